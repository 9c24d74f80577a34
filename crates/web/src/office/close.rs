//! Closing a wave: asked first, done on the button, by researchers only.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use edition::numbers;
use fieldwork::WaveName;
use store::Staff;

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::response::dispositions;
use crate::office::session::{Signed, frame};

#[derive(Template)]
#[template(path = "office/close.html")]
struct ClosePage {
    frame: Frame,
    lead: String,
    error: Option<String>,
    back_href: String,
}

async fn page(
    state: &State,
    ask: &Ask,
    staff: &Staff,
    name: &str,
    error: Option<String>,
) -> Result<Response, PageError> {
    let stored = state
        .store
        .wave(&WaveName(name.to_owned()))
        .await?
        .ok_or(PageError::NotFound)?;
    if stored.wave.frozen.is_some() {
        return Err(PageError::Conflict);
    }
    let found = dispositions(state, &stored).await?;
    let counted = found.iter().filter(|(_, d)| d.counts()).count();
    let n = numbers::thousands(ask.lang, counted as i64);
    let title = stored.wave.title.get(ask.lang);
    let status = if error.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    let page = ClosePage {
        frame: frame(
            state,
            ask,
            staff,
            ask.tv("web-office-close-heading", &[("wave", title)]),
        ),
        lead: ask.tv("web-office-close-lead", &[("n", &n)]),
        error,
        back_href: ask.to(&format!("/verwaltung/ruecklauf/{name}")),
    };
    Ok((status, html(&page)?).into_response())
}

pub(crate) async fn ask(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    page(&state, &ask, &staff, &name, None).await
}

pub(crate) async fn close(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let wave = WaveName(name.clone());
    state.store.wave(&wave).await?.ok_or(PageError::NotFound)?;
    match (state.steps.close_wave)(wave, state.now(), staff.mail.clone()).await {
        Ok(()) => {
            state.known.forget(&WaveName(name.clone()));
            let to = ask.to(&format!("/verwaltung/ruecklauf/{name}"));
            Ok(Redirect::to(&to).into_response())
        }
        Err(cause) => {
            tracing::warn!(%cause, wave = %name, "a wave was not closed");
            page(&state, &ask, &staff, &name, Some(cause)).await
        }
    }
}
