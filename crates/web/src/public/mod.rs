//! What everyone may see: the start, the texts of the instance, published editions, health.

mod editions;
mod health;
mod participate;
pub(crate) mod privacy;
mod start;
mod text;

use axum::Router;
use axum::routing::get;

use crate::State;

/// Public pages.
pub(crate) fn router() -> Router<State> {
    Router::new()
        .route("/", get(start::show))
        .route(
            "/teilnehmen/{wave}",
            get(participate::show).post(participate::register),
        )
        .route(
            "/teilnehmen/bestaetigen/{token}",
            get(participate::show_link).post(participate::confirm),
        )
        .route("/impressum", get(text::imprint))
        .route("/datenschutz", get(text::privacy))
        .route("/datenschutz/{wave}", get(privacy::show))
        .route("/barrierefreiheit", get(text::accessibility))
        .route("/ausgaben", get(editions::list))
        .route("/ausgaben/{key}", get(editions::lead))
        .route("/ausgaben/{key}/{*path}", get(editions::file))
        .route("/health", get(health::get))
        .route(crate::style::address(), get(crate::style::get))
}
