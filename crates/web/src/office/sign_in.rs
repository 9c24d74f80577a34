//! Signing in with a one-time link or with mail address and password; signing out.

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use fieldwork::AccessToken;
use jiff::SignedDuration;
use serde::Deserialize;
use store::Staff;

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::layers::address;
use crate::office::expired;
use crate::office::session::{HOURS, cookie, set_cookie};

#[derive(Template)]
#[template(path = "office/sign_in.html")]
struct SignInPage {
    frame: Frame,
    /// A mailed link: its page has one button only.
    by_link: bool,
    error: Option<String>,
    mail: String,
}

#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    mail: String,
    #[serde(default)]
    passwort: String,
    /// Where a form was to go when its session had ended, and what it held.
    #[serde(default)]
    wohin: String,
    #[serde(default)]
    behalten: String,
}

fn page(
    state: &State,
    ask: &Ask,
    by_link: bool,
    error: Option<&str>,
    mail: String,
) -> Result<Response, PageError> {
    let frame = Frame::new(state, ask, ask.t("web-office-sign-in-title"));
    let page = SignInPage {
        frame,
        by_link,
        error: error.map(|key| ask.t(key)),
        mail,
    };
    let status = if error.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok((status, html(&page)?).into_response())
}

pub(crate) async fn show(Extract(state): Extract<State>, ask: Ask) -> Result<Response, PageError> {
    page(&state, &ask, false, None, String::new())
}

pub(crate) async fn show_link(
    Extract(state): Extract<State>,
    ask: Ask,
) -> Result<Response, PageError> {
    page(&state, &ask, true, None, String::new())
}

pub(crate) async fn with_password(
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
    match state
        .store
        .staff_by_password(&typed.mail, &typed.passwort)
        .await?
    {
        Some(staff) => {
            let mut response = begin(&state, &ask, &staff).await?;
            let kept = (typed.wohin.as_str(), typed.behalten.as_str());
            if let Some(mut again) = expired::again(&state, &ask, kept).await? {
                again
                    .headers_mut()
                    .extend(std::mem::take(response.headers_mut()));
                again.headers_mut().remove(LOCATION);
                response = again;
            }
            Ok(response)
        }
        None if !typed.wohin.is_empty() => {
            state.throttle.wrong(from, now);
            let kept = (typed.wohin.as_str(), typed.behalten.as_str());
            expired::page(&state, &ask, kept, Some(typed.mail)).await
        }
        None => {
            state.throttle.wrong(from, now);
            page(
                &state,
                &ask,
                false,
                Some("web-office-sign-in-wrong"),
                typed.mail,
            )
        }
    }
}

pub(crate) async fn with_link(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
) -> Result<Response, PageError> {
    let hash = AccessToken::from_link(&token).hash();
    match state.store.use_sign_in_link(&hash, state.now()).await? {
        Some(staff) => begin(&state, &ask, &staff).await,
        None => page(
            &state,
            &ask,
            false,
            Some("web-office-sign-in-used"),
            String::new(),
        ),
    }
}

/// Begins a session and leads to the back office.
async fn begin(state: &State, ask: &Ask, staff: &Staff) -> Result<Response, PageError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(PageError::internal)?;
    let token = AccessToken::from_random(bytes);
    let now = state.now();
    let expires = now + SignedDuration::from_hours(HOURS);
    state
        .store
        .begin_session(token.hash(), staff.id, now, expires)
        .await?;
    let cookie = set_cookie(state, token.as_str());
    Ok(([(SET_COOKIE, cookie)], Redirect::to(&ask.to("/verwaltung"))).into_response())
}

pub(crate) async fn out(
    Extract(state): Extract<State>,
    ask: Ask,
    parts: Parts,
) -> Result<Response, PageError> {
    if let Some(token) = cookie(&parts) {
        state
            .store
            .end_session(&AccessToken::from_link(&token).hash())
            .await?;
    }
    let ended = [(SET_COOKIE, set_cookie(&state, ""))];
    Ok((ended, Redirect::to(&ask.to("/anmelden"))).into_response())
}
