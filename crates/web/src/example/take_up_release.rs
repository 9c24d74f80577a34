//! Releasing a take-up: the mailed link shows exactly this wording; the button releases it.

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use fieldwork::AccessToken;
use practices::{State as Life, TakeUp};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame, day};
use crate::practice::form::Typed;
use crate::practice::{MODES, Part, label, place, word};

#[derive(Template)]
#[template(path = "example/take_up_release.html")]
struct ReleasePage {
    frame: Frame,
    municipality: String,
    title: String,
    parts: Vec<Part>,
    settled: Option<String>,
    accept: bool,
}

/// A take-up's wording in parts.
pub(crate) fn parts(ask: &Ask, take_up: &TakeUp) -> Vec<Part> {
    let running = &take_up.form.running;
    let mode = ask.t(&format!("web-practice-mode-{}", word(&MODES, running.mode)));
    let since = running.since.to_string();
    let all = [
        (
            "mode",
            ask.tv("web-practice-since", &[("mode", &mode), ("year", &since)]),
        ),
        ("ended_why", running.ended_why.clone()),
        ("changed", take_up.form.changed.clone()),
        ("advice", take_up.form.advice.clone()),
    ];
    let part = |(name, text): (&str, String)| Part {
        label: label(ask, name),
        text,
    };
    all.into_iter()
        .filter(|(_, t)| !t.is_empty())
        .map(part)
        .collect()
}

async fn find(state: &State, token: &str) -> Result<(TakeUp, u32), PageError> {
    let hash = AccessToken::from_link(token).hash();
    state
        .store
        .take_up_link(&hash)
        .await?
        .ok_or(PageError::NotFound)
}

async fn page(
    state: &State,
    ask: &Ask,
    (take_up, version): &(TakeUp, u32),
    status: StatusCode,
) -> Result<Response, PageError> {
    let practice = state
        .store
        .practice(take_up.practice)
        .await?
        .ok_or(PageError::NotFound)?;
    let newer = take_up.version != *version;
    let settled = match take_up.state {
        _ if newer => Some("web-release-settled-newer"),
        Life::SentForRelease => None,
        Life::Published => Some("web-release-settled-released"),
        _ => Some("web-release-settled-other"),
    };
    let page = ReleasePage {
        frame: Frame::new(state, ask, ask.t("web-practice-also-release-title")),
        municipality: place(state, &take_up.municipality, &practice.wave).await?,
        title: practice.form.title.clone(),
        parts: if newer {
            Vec::new()
        } else {
            parts(ask, take_up)
        },
        settled: settled.map(|key| ask.t(key)),
        accept: status == StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok((status, html(&page)?).into_response())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
) -> Result<Response, PageError> {
    let found = find(&state, &token).await?;
    page(&state, &ask, &found, StatusCode::OK).await
}

pub(crate) async fn answer(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let found = find(&state, &token).await?;
    let release = match sent.get("schritt").map_or("", String::as_str) {
        "freigeben" if !sent.contains_key("bedingungen") => {
            return page(&state, &ask, &found, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
        "freigeben" => true,
        "zurueckziehen" => false,
        other => return Err(PageError::BadRequest(format!("step \"{other}\""))),
    };
    let hash = AccessToken::from_link(&token).hash();
    let done = state
        .store
        .answer_take_up(&hash, release, state.now(), day(state.now()))
        .await?;
    let found = find(&state, &token).await?;
    let status = match done {
        store::TakeUpUpdate::Saved(_) => StatusCode::OK,
        _ => StatusCode::CONFLICT,
    };
    page(&state, &ask, &found, status).await
}
