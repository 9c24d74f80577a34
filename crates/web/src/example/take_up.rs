//! "Haben wir auch gemacht": another municipality says that it took the example up.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use practices::{
    Mode, PracticeId, PublishedExample, Running, State as Life, TakeUp, TakeUpFault, TakeUpForm,
    TakeUpId,
};
use register::Municipality;

use super::propose::{meant, named};
use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::layers::address;
use crate::practice::form::Typed;
use crate::practice::{MODES, mails, place};

/// Take-ups that one address may send in a window of the throttle.
const MOST: usize = 10;

#[derive(Template)]
#[template(path = "example/take_up.html")]
struct TakeUpPage {
    frame: Frame,
    title: String,
    back: String,
    sent: bool,
    typed: Typed,
    errors: BTreeMap<&'static str, String>,
    meant: Vec<(String, String)>,
    modes: Vec<(&'static str, String)>,
    /// From whom it was learned: the example's own municipality, or one that took it up.
    sources: Vec<(String, String)>,
}

impl TakeUpPage {
    fn value(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }

    fn error(&self, name: &str) -> Option<&String> {
        self.errors.get(name)
    }
}

async fn page(
    state: &State,
    ask: &Ask,
    example: &PublishedExample,
    (typed, errors, units): (Typed, BTreeMap<&'static str, String>, &[Municipality]),
    sent: bool,
) -> Result<Response, PageError> {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let mut sources = vec![(
        String::new(),
        place(state, &example.municipality, &example.wave).await?,
    )];
    for t in &example.take_ups {
        sources.push((
            t.id.0.to_string(),
            place(state, &t.municipality, &example.wave).await?,
        ));
    }
    let page = TakeUpPage {
        frame: Frame::new(state, ask, ask.t("web-practice-also-title")),
        title: example.publication.form.title.clone(),
        back: ask.to(&format!("/beispiele/{}", example.id.0)),
        sent,
        typed,
        errors,
        meant: units
            .iter()
            .map(|m| (m.key.to_string(), named(m)))
            .collect(),
        modes: modes(ask),
        sources,
    };
    Ok((status, html(&page)?).into_response())
}

/// All modes with their words.
pub(crate) fn modes(ask: &Ask) -> Vec<(&'static str, String)> {
    let words = MODES
        .iter()
        .map(|(_, w)| (*w, ask.t(&format!("web-practice-mode-{w}"))));
    words.collect()
}

async fn find(state: &State, id: i64) -> Result<PublishedExample, PageError> {
    let known = &state.known;
    let found = known
        .published_example(&state.store, PracticeId(id))
        .await?;
    found.ok_or(PageError::NotFound)
}

/// Reads a take-up's wording; what is wrong stands at its field.
pub(crate) fn read(ask: &Ask, sent: &Typed) -> (TakeUpForm, BTreeMap<&'static str, String>) {
    let text = |name: &str| {
        sent.get(name)
            .map_or("", |v| v.trim())
            .replace("\r\n", "\n")
    };
    let mode = MODES
        .iter()
        .find(|(_, w)| *w == text("mode"))
        .map_or(Mode::Running, |(m, _)| *m);
    let form = TakeUpForm {
        running: Running {
            mode,
            since: text("since").parse().unwrap_or(0),
            ended_why: text("ended_why"),
        },
        changed: text("changed"),
        advice: text("advice"),
    };
    let errors = form.check().into_iter().map(|fault| match fault {
        TakeUpFault::Since => (
            "since",
            ask.tv("web-practice-wrong-year", &[("typed", &text("since"))]),
        ),
        TakeUpFault::ChangedMissing => ("changed", ask.t("web-practice-wrong-missing")),
        TakeUpFault::ChangedTooLong => ("changed", ask.t("web-practice-also-long")),
        TakeUpFault::AdviceTooLong => ("advice", ask.t("web-practice-also-long")),
        TakeUpFault::EndedWithoutReason => ("ended_why", ask.t("web-practice-wrong-ended")),
    });
    let errors = errors.collect();
    (form, errors)
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
) -> Result<Response, PageError> {
    let example = find(&state, id).await?;
    page(
        &state,
        &ask,
        &example,
        (Typed::new(), BTreeMap::new(), &[]),
        false,
    )
    .await
}

pub(crate) async fn send(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
    parts: Parts,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let example = find(&state, id).await?;
    let from = address(&parts, &state.limits);
    let waits = state
        .forms
        .check(from, state.now(), MOST, state.limits.window_seconds);
    waits.map_err(PageError::TooMany)?;
    let text = |name: &str| sent.get(name).map_or("", |v| v.trim()).to_owned();
    let units = meant(&state, &text("kommune")).await?;
    let (form, mut errors) = read(&ask, &sent);
    match units.as_slice() {
        [unit] if unit.key == example.municipality => {
            errors.insert("kommune", ask.t("web-practice-also-own"));
        }
        [_] => {}
        [] => drop(errors.insert("kommune", ask.t("web-practice-propose-no-place"))),
        _ => drop(errors.insert("kommune", ask.t("web-practice-propose-places"))),
    }
    if !mails::is_address(&text("mail")) {
        errors.insert("mail", ask.t("web-practice-wrong-mailbox"));
    }
    let [unit] = units.as_slice() else {
        return page(&state, &ask, &example, (sent, errors, &units), false).await;
    };
    if !errors.is_empty() {
        return page(&state, &ask, &example, (sent, errors, &[]), false).await;
    }
    state.forms.wrong(from, state.now());
    let via = text("via").parse().ok().map(TakeUpId);
    let new = TakeUp {
        id: TakeUpId(0),
        practice: example.id,
        municipality: unit.key.clone(),
        via: via.filter(|v| example.take_ups.iter().any(|t| t.id == *v)),
        form,
        state: Life::InReview,
        version: 1,
        released: None,
    };
    let title = &example.publication.form.title;
    let office = format!("{}/verwaltung/uebernahmen", state.base_url);
    let values = [
        ("title", title.as_str()),
        ("place", &unit.name),
        ("link", &office),
    ];
    let letters = mails::to_editors(&state, &ask, "taken-up", &values).await?;
    state
        .store
        .add_take_up(new, &text("mail"), letters, state.now())
        .await?;
    page(
        &state,
        &ask,
        &example,
        (Typed::new(), BTreeMap::new(), &[]),
        true,
    )
    .await
}
