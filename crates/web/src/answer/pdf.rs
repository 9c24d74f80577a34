//! The whole questionnaire as PDF, to forward inside the house.

use axum::extract::{Path, State as Extract};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;

use crate::State;
use crate::answer::access::Access;
use crate::error::PageError;
use crate::frame::Ask;
use crate::state::Rendered;

pub(crate) async fn get(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Parts,
) -> Result<Response, PageError> {
    let access = Access::find_any(&state, &token, &parts).await?;
    let render = state.render.questionnaire.clone();
    let (questionnaire, wave) = (access.questionnaire.clone(), access.wave().clone());
    let lang = ask.lang;
    let file = format!("fragebogen-{}.pdf", access.wave().name);
    rendered(&file, move || render(&questionnaire, &wave, lang)).await
}

/// What stands, under the same numbers, with a line to sign on; never a department's.
pub(crate) async fn answers(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Parts,
) -> Result<Response, PageError> {
    let access = Access::find_whole(&state, &token, &parts).await?;
    let render = state.render.answers.clone();
    let (questionnaire, wave) = (access.questionnaire.clone(), access.wave().clone());
    let (given, who) = (access.standing.clone(), access.municipality.clone());
    let lang = ask.lang;
    let file = format!("antworten-{}.pdf", access.wave().name);
    rendered(&file, move || {
        render(&questionnaire, &wave, (given.answers(), &who), lang)
    })
    .await
}

/// Renderings at once: each takes a core and up to some hundred megabytes.
static RENDERING: Semaphore = Semaphore::const_new(2);
/// Those and the ones that wait; more hear 503.
static ASKED: Semaphore = Semaphore::const_new(12);

/// Renders on a thread of its own and answers with the PDF under a file name.
pub(crate) async fn rendered(
    file: &str,
    render: impl FnOnce() -> Rendered + Send + 'static,
) -> Result<Response, PageError> {
    file_of("application/pdf", "inline", file, render).await
}

/// Renders on a thread of its own and answers with a file of this kind, shown (`inline`) or saved (`attachment`).
pub(crate) async fn file_of(
    kind: &'static str,
    place: &'static str,
    file: &str,
    render: impl FnOnce() -> Rendered + Send + 'static,
) -> Result<Response, PageError> {
    let asked = ASKED.try_acquire().map_err(|_| PageError::Busy)?;
    let rendering = RENDERING.acquire().await.map_err(PageError::internal)?;
    let render = move || {
        // Held by the thread: a reader who goes away does not make room for another rendering.
        let _held = (asked, rendering);
        render()
    };
    let bytes = tokio::task::spawn_blocking(render)
        .await
        .map_err(PageError::internal)?;
    let bytes = bytes.map_err(PageError::Internal)?;
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, format!("{place}; filename=\"{file}\"")),
    ];
    Ok((headers, bytes).into_response())
}
