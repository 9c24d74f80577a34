//! Published editions: their list, and the files of each.

use std::cmp::Reverse;
use std::path::Path as FilePath;

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};

/// An edition in a list.
pub(crate) struct EditionView {
    pub key: String,
    pub title: String,
    pub subtitle: String,
    pub date: String,
}

#[derive(Template)]
#[template(path = "public/editions.html")]
struct EditionsPage {
    frame: Frame,
    editions: Vec<EditionView>,
}

/// Editions that were published, the newest first.
pub(crate) async fn published(state: &State, ask: &Ask) -> Result<Vec<EditionView>, PageError> {
    let mut rows = state.store.editions().await?;
    rows.retain(|row| row.published.is_some());
    rows.sort_by_key(|row| Reverse(row.draft.date));
    let view = |row: store::EditionRow| EditionView {
        date: ask.date(row.draft.date),
        key: row.draft.key,
        title: row.draft.title,
        subtitle: row.draft.subtitle,
    };
    Ok(rows.into_iter().map(view).collect())
}

pub(crate) async fn list(Extract(state): Extract<State>, ask: Ask) -> Result<Response, PageError> {
    let page = EditionsPage {
        frame: Frame::new(&state, &ask, ask.t("web-public-editions")),
        editions: published(&state, &ask).await?,
    };
    Ok(html(&page)?.into_response())
}

/// The short address of an edition leads to its site.
pub(crate) async fn lead(Path(key): Path<String>) -> Redirect {
    Redirect::permanent(&format!("/ausgaben/{key}/site/index.html"))
}

pub(crate) async fn file(
    Extract(state): Extract<State>,
    Path((key, path)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let file = state
        .editions
        .find(&key, &path)
        .ok_or(PageError::NotFound)?;
    let kind = content_type(&file);
    let bytes = tokio::fs::read(&file).await.map_err(PageError::internal)?;
    let headers = [(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache")];
    Ok((headers, bytes).into_response())
}

fn content_type(file: &FilePath) -> &'static str {
    match file.extension().and_then(|e| e.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("pdf") => "application/pdf",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}
