//! Answering: from the mailed link to the page after submitting.

pub(crate) mod access;
mod closed;
mod code;
mod conflict;
mod done;
mod first;
mod fits;
mod page;
mod pdf;
pub(crate) mod quote;
mod review;
mod save;
mod sheet;

mod stand;
pub(crate) mod throttle;
mod view;

use axum::Router;
use axum::routing::get;

use crate::State;
pub(crate) use pdf::{file_of, rendered as pdf_of};

/// Pages that people reach with their link or code.
pub(crate) fn router() -> Router<State> {
    Router::new()
        .route("/zugang", get(code::show).post(code::enter))
        .route("/antworten/{token}", get(first::show).post(first::begin))
        .route("/antworten/{token}/fragebogen.pdf", get(pdf::get))
        .route(
            "/antworten/{token}/seite/{page}",
            get(page::show).post(save::post),
        )
        .route(
            "/antworten/{token}/pruefen",
            get(review::show).post(review::submit),
        )
        .route("/antworten/{token}/fertig", get(done::show))
        .route(
            "/antworten/{token}/kurzform/{id}",
            axum::routing::post(done::short_form),
        )
        .route("/antworten/{token}/beispiele", get(fits::show))
        .route("/antworten/{token}/vergleichsblatt", get(sheet::show))
        .route("/antworten/{token}/vergleichsblatt.pdf", get(sheet::pdf))
}
