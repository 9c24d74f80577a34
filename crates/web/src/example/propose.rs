//! Proposing an example: an initiative says in which municipality it works and where it is reached, and goes on to the
//! short form. The municipality releases; nothing is published before.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, State as Extract};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use practices::{Actor, Form as Wording, Practice, PracticeId, State as Life, Step};
use register::Municipality;
use store::StepTaken;

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::layers::address;
use crate::practice::form::Typed;
use crate::practice::mails;

/// Proposals that one address may begin in a window of the throttle.
const MOST: usize = 10;

#[derive(Template)]
#[template(path = "example/propose.html")]
struct ProposePage {
    frame: Frame,
    typed: Typed,
    errors: BTreeMap<&'static str, String>,
    /// Municipalities that the typed name may mean: key, and name with Land.
    meant: Vec<(String, String)>,
}

impl ProposePage {
    fn value(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }

    fn error(&self, name: &str) -> Option<&String> {
        self.errors.get(name)
    }
}

fn page(
    state: &State,
    ask: &Ask,
    typed: Typed,
    errors: BTreeMap<&'static str, String>,
    meant: &[Municipality],
) -> Result<Response, PageError> {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = ProposePage {
        frame: Frame::new(state, ask, ask.t("web-practice-propose-title")),
        typed,
        errors,
        meant: meant
            .iter()
            .map(|m| (m.key.to_string(), named(m)))
            .collect(),
    };
    Ok((status, html(&page)?).into_response())
}

/// "Neustadt, Stadt (Hessen)"
pub(crate) fn named(unit: &Municipality) -> String {
    format!("{} ({})", unit.name, unit.land.german())
}

/// Municipalities that a typed name or key means: one when it is clear.
pub(crate) async fn meant(state: &State, typed: &str) -> Result<Vec<Municipality>, PageError> {
    let typed = typed.trim();
    let Some(list) = state.store.newest_register_number().await? else {
        return Ok(Vec::new());
    };
    let register = state.known.register(&state.store, list).await?;
    if let Ok(key) = register::Key::new(typed)
        && let Some(unit) = register.get(&key)
    {
        return Ok(vec![unit.clone()]);
    }
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<Municipality> = register.search(typed, 8).into_iter().cloned().collect();
    let exact: Vec<Municipality> = found
        .iter()
        .filter(|m| m.plain_name().to_lowercase() == typed.to_lowercase() || m.name == typed)
        .cloned()
        .collect();
    Ok(if exact.len() == 1 { exact } else { found })
}

pub(crate) async fn show(Extract(state): Extract<State>, ask: Ask) -> Result<Response, PageError> {
    page(&state, &ask, Typed::new(), BTreeMap::new(), &[])
}

pub(crate) async fn begin(
    Extract(state): Extract<State>,
    ask: Ask,
    parts: Parts,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let from = address(&parts, &state.limits);
    let window = state.limits.window_seconds;
    let waits = state.forms.check(from, state.now(), MOST, window);
    waits.map_err(PageError::TooMany)?;
    let text = |name: &str| sent.get(name).map_or("", |v| v.trim()).to_owned();
    let units = meant(&state, &text("kommune")).await?;
    let mut errors = BTreeMap::new();
    match units.len() {
        1 => {}
        0 => drop(errors.insert("kommune", ask.t("web-practice-propose-no-place"))),
        _ => drop(errors.insert("kommune", ask.t("web-practice-propose-places"))),
    }
    if !mails::is_address(&text("mail")) {
        errors.insert("mail", ask.t("web-practice-wrong-mailbox"));
    }
    let title = text("title");
    if title.is_empty() || title.chars().count() > 90 {
        errors.insert("title", ask.t("web-practice-wrong-title"));
    }
    if text("wer").is_empty() {
        errors.insert("wer", ask.t("web-practice-propose-no-name"));
    }
    let [unit] = units.as_slice() else {
        return page(&state, &ask, sent, errors, &units);
    };
    if !errors.is_empty() {
        return page(&state, &ask, sent, errors, &[]);
    }
    state.forms.wrong(from, state.now());
    let token = mails::token()?;
    let link = format!("{}/kurzform/{}", state.base_url, token.as_str());
    let place = unit.name.clone();
    let who: String = text("wer").chars().take(120).collect();
    let values = [
        ("title", title.as_str()),
        ("place", &place),
        ("link", &link),
        ("who", &who),
    ];
    let mut letters = vec![mails::mail(&ask, &text("mail"), "begun", &values)];
    let office = format!("{}/verwaltung/praxisbeispiele", state.base_url);
    let values = [
        ("title", title.as_str()),
        ("place", &place),
        ("link", &office),
        ("who", &who),
    ];
    letters.extend(mails::to_editors(&state, &ask, "proposed", &values).await?);
    let new = Practice {
        id: PracticeId(0),
        municipality: unit.key.clone(),
        wave: String::new(),
        form: Wording {
            title: title.clone(),
            run_by: who.clone(),
            ..Wording::default()
        },
        state: Life::Nominated,
        version: 1,
        released: None,
        confirmed: None,
    };
    let taken = StepTaken {
        step: Step::Nominate,
        who: Actor::Anyone,
        actor: who,
        note: String::new(),
        mails: letters,
    };
    state
        .store
        .propose_practice(new, "", Some(token.hash()), taken, state.now())
        .await?;
    Ok(Redirect::to(&ask.to(&format!("/kurzform/{}", token.as_str()))).into_response())
}
