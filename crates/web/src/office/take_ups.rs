//! Take-ups that were handed in: reading them, sending them for release, taking them back.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use practices::{State as Life, TakeUp, TakeUpId};
use store::{Staff, TakeUpUpdate};

use crate::State;
use crate::error::{PageError, html};
use crate::example::{take_up_modes, take_up_parts, take_up_read};
use crate::frame::{Ask, Frame};
use crate::office::practice::version;
use crate::office::session::{Signed, frame};
use crate::practice::form::Typed;
use crate::practice::{MODES, Part, mails, place, state as life, word};

struct RowView {
    href: String,
    title: String,
    place: String,
    state: String,
    todo: bool,
}

#[derive(Template)]
#[template(path = "office/take_ups.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<RowView>,
}

#[derive(Template)]
#[template(path = "office/take_up.html")]
struct OnePage {
    frame: Frame,
    place: String,
    title: String,
    state: String,
    version: u32,
    typed: Typed,
    errors: BTreeMap<&'static str, String>,
    modes: Vec<(&'static str, String)>,
    /// What stands now, when somebody else saved in the meantime.
    standing: Vec<Part>,
    mail: String,
    may_send: bool,
    withdrawn: bool,
    /// Steps with moment and person, oldest first.
    history: Vec<String>,
    here: String,
    list_href: String,
}

impl OnePage {
    fn value(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }

    fn error(&self, name: &str) -> Option<&String> {
        self.errors.get(name)
    }
}

pub(crate) async fn list(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let mut rows = Vec::new();
    for t in state.store.take_ups(None).await?.into_iter().rev() {
        let practice = state.store.practice(t.practice).await?;
        let (title, wave) = practice.map(|p| (p.form.title, p.wave)).unwrap_or_default();
        rows.push(RowView {
            href: ask.to(&format!("/verwaltung/uebernahmen/{}", t.id.0)),
            title,
            place: place(&state, &t.municipality, &wave).await?,
            state: life(&ask, t.state),
            todo: t.state == Life::InReview,
        });
    }
    let title = ask.t("web-practice-takeups-title");
    let page = ListPage {
        frame: frame(&state, &ask, &staff, title),
        rows,
    };
    Ok(html(&page)?.into_response())
}

async fn find(state: &State, id: i64) -> Result<TakeUp, PageError> {
    let found = state.store.take_up(TakeUpId(id)).await?;
    found.ok_or(PageError::NotFound)
}

fn typed(take_up: &TakeUp) -> Typed {
    let running = &take_up.form.running;
    [
        ("mode", word(&MODES, running.mode).to_owned()),
        ("since", running.since.to_string()),
        ("ended_why", running.ended_why.clone()),
        ("changed", take_up.form.changed.clone()),
        ("advice", take_up.form.advice.clone()),
    ]
    .into_iter()
    .map(|(n, v)| (n.to_owned(), v))
    .collect()
}

async fn page(
    state: &State,
    ask: &Ask,
    staff: &Staff,
    take_up: &TakeUp,
    sent: Option<Typed>,
    (errors, status): (BTreeMap<&'static str, String>, StatusCode),
) -> Result<Response, PageError> {
    let practice = state.store.practice(take_up.practice).await?;
    let (title, wave) = practice.map(|p| (p.form.title, p.wave)).unwrap_or_default();
    let conflict = status == StatusCode::CONFLICT;
    let page = OnePage {
        frame: frame(state, ask, staff, ask.t("web-practice-takeup-title")),
        place: place(state, &take_up.municipality, &wave).await?,
        title,
        state: life(ask, take_up.state),
        version: take_up.version,
        typed: sent.unwrap_or_else(|| typed(take_up)),
        errors,
        modes: take_up_modes(ask),
        standing: if conflict {
            take_up_parts(ask, take_up)
        } else {
            Vec::new()
        },
        mail: state.store.take_up_mail(take_up.id).await?,
        may_send: matches!(take_up.state, Life::InReview | Life::SentForRelease),
        withdrawn: take_up.state == Life::Withdrawn,
        history: history(state, ask, take_up).await?,
        here: format!("/verwaltung/uebernahmen/{}", take_up.id.0),
        list_href: ask.to("/verwaltung/uebernahmen"),
    };
    Ok((status, html(&page)?).into_response())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let take_up = find(&state, id).await?;
    page(
        &state,
        &ask,
        &staff,
        &take_up,
        None,
        (BTreeMap::new(), StatusCode::OK),
    )
    .await
}

fn back(ask: &Ask, id: i64) -> Response {
    Redirect::to(&ask.to(&format!("/verwaltung/uebernahmen/{id}"))).into_response()
}

pub(crate) async fn save(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let take_up = find(&state, id).await?;
    let (form, errors) = take_up_read(&ask, &sent);
    if !errors.is_empty() {
        let said = (errors, StatusCode::UNPROCESSABLE_ENTITY);
        return page(&state, &ask, &staff, &take_up, Some(sent), said).await;
    }
    let (seen, now) = (version(&sent)?, state.now());
    match state
        .store
        .save_take_up(take_up.id, form, seen, now, &staff.mail)
        .await?
    {
        TakeUpUpdate::Saved(_) => Ok(back(&ask, id)),
        TakeUpUpdate::Conflict(standing) => {
            let said = (BTreeMap::new(), StatusCode::CONFLICT);
            page(&state, &ask, &staff, &standing, Some(sent), said).await
        }
        TakeUpUpdate::NotPossible => Err(PageError::Conflict),
    }
}

pub(crate) async fn send(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let take_up = find(&state, id).await?;
    let to = sent.get("an").map_or("", |v| v.trim()).to_owned();
    if !mails::is_address(&to) {
        let errors = [("an", ask.t("web-practice-wrong-mailbox"))].into();
        let said = (errors, StatusCode::UNPROCESSABLE_ENTITY);
        return page(&state, &ask, &staff, &take_up, None, said).await;
    }
    let practice = state
        .store
        .practice(take_up.practice)
        .await?
        .ok_or(PageError::NotFound)?;
    let place = place(&state, &take_up.municipality, &practice.wave).await?;
    let token = mails::token()?;
    let link = format!("{}/uebernahme/{}", state.base_url, token.as_str());
    let values = [
        ("title", practice.form.title.as_str()),
        ("place", &place),
        ("link", &link),
    ];
    let mail = mails::mail(&ask, &to, "also-release", &values);
    let (seen, now) = (version(&sent)?, state.now());
    let sending =
        state
            .store
            .send_take_up(take_up.id, seen, (token.hash(), mail), now, &staff.mail);
    match sending.await? {
        TakeUpUpdate::Saved(_) => Ok(back(&ask, id)),
        _ => Err(PageError::Conflict),
    }
}

pub(crate) async fn withdraw(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let take_up = find(&state, id).await?;
    state
        .store
        .withdraw_take_up(take_up.id, state.now(), &staff.mail)
        .await?;
    Ok(back(&ask, id))
}

async fn history(state: &State, ask: &Ask, take_up: &TakeUp) -> Result<Vec<String>, PageError> {
    let events = state.store.take_up_events(take_up.id).await?;
    let line = |event: &store::TakeUpEvent| {
        let values = [
            ("moment", ask.moment(event.at)),
            (
                "step",
                ask.t(&format!("web-fit-takeup-step-{}", event.step)),
            ),
            ("version", event.version.to_string()),
            ("who", event.actor.clone()),
        ];
        let values = values.each_ref().map(|(name, v)| (*name, v.as_str()));
        ask.tv("web-fit-takeup-event", &values)
    };
    Ok(events.iter().map(line).collect())
}
