//! `/health`: whether the database answers and the writer lives.

use axum::extract::State as Extract;
use axum::http::StatusCode;

use crate::State;

pub(crate) async fn get(Extract(state): Extract<State>) -> (StatusCode, &'static str) {
    match state.store.health().await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(cause) => {
            tracing::error!(%cause, "not healthy");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
        }
    }
}
