//! `/zugang`: the typed code. A wrong one says so without telling whether others exist.

use askama::Template;
use axum::extract::{Form, State as Extract};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use fieldwork::AccessCode;
use serde::Deserialize;

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::layers::address;

#[derive(Template)]
#[template(path = "answer/code.html")]
struct CodePage {
    frame: Frame,
    error: Option<String>,
    typed: String,
}

#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    code: String,
    /// Code of the channel, where the circular has one.
    #[serde(default)]
    kanal: String,
}

fn page(state: &State, ask: &Ask, error: Option<&str>, typed: String) -> CodePage {
    let frame = Frame::new(state, ask, ask.t("web-answer-code-title"));
    CodePage {
        frame,
        error: error.map(|key| ask.t(key)),
        typed,
    }
}

pub(crate) async fn show(Extract(state): Extract<State>, ask: Ask) -> Result<Response, PageError> {
    Ok(html(&page(&state, &ask, None, String::new()))?.into_response())
}

pub(crate) async fn enter(
    Extract(state): Extract<State>,
    ask: Ask,
    parts: Parts,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let (from, now, limits) = (address(&parts, &state.limits), state.now(), state.limits);
    let wait = state
        .throttle
        .check(from, now, limits.wrong_codes, limits.window_seconds);
    wait.map_err(PageError::TooMany)?;
    let wrong = |key: &str, code: String| {
        let page = html(&page(&state, &ask, Some(key), code))?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    let Some(code) = AccessCode::from_typed(&typed.code) else {
        return wrong("web-answer-code-length", typed.code);
    };
    let hash = code.hash();
    let known = state.store.invitation_by_code(&hash).await?.is_some()
        || state.store.department_by_code(&hash).await?.is_some();
    match known {
        true => {
            let channel = typed.kanal.trim().to_lowercase();
            let mut path = format!("/antworten/{}", code.grouped());
            if fieldwork::is_channel_code(&channel) {
                path.push_str(&format!("?kanal={channel}"));
            }
            Ok(Redirect::to(&ask.to(&path)).into_response())
        }
        false => {
            state.throttle.wrong(from, now);
            wrong("web-answer-code-wrong", typed.code)
        }
    }
}
