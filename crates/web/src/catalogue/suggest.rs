//! Suggestions while typing: words as JSON, and the script that asks for them. Without it the field is a field.

use std::sync::LazyLock;

use axum::extract::{Query, State as Extract};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::State;
use crate::error::PageError;

const SCRIPT: &str = include_str!("../../style/suche.js");

static ADDRESS: LazyLock<String> = LazyLock::new(|| {
    let digest = Sha256::digest(SCRIPT.as_bytes());
    let hash: String = digest.iter().take(6).map(|b| format!("{b:02x}")).collect();
    format!("/suche-{hash}.js")
});

/// The address of the script, e.g. `/suche-0a1b2c3d4e5f.js`.
pub(super) fn address() -> &'static str {
    &ADDRESS
}

pub(super) async fn script() -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, SCRIPT)
}

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    q: String,
}

/// `GET /beispiele/vorschlaege?q=…`: at most eight, whole queries with the last word completed.
pub(super) async fn words(
    Extract(state): Extract<State>,
    Query(typed): Query<Typed>,
) -> Result<impl IntoResponse, PageError> {
    let typed: String = typed.q.chars().take(200).collect();
    let found = (state.finder.suggest)(typed).await;
    let words = serde_json::to_string(&found.map_err(PageError::internal)?);
    let headers = [(CONTENT_TYPE, "application/json")];
    Ok((headers, words.map_err(PageError::internal)?))
}
