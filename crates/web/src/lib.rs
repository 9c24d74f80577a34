//! All HTTP: answering, public pages, back office.
//!
//! Last step of the chain, beside the handbook: it shows what the other crates know and hands on what people
//! enter. This crate must not know SQL, Typst, tantivy or the wording of a question; rendering is handed in
//! ([`Renderers`]), time too ([`House::clock`]).
//!
//! Every page works without script; that of answering pages and that of the catalogue only add to them. A link that was mailed only shows; what it is for happens on a button.

mod answer;
mod catalogue;
mod error;
mod example;
pub mod finder;
mod frame;
mod known;
mod layers;
mod markdown;
mod office;
mod place;
mod practice;
mod public;
mod release;
mod routes;
mod state;
mod style;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use tower::ServiceBuilder;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;

pub use answer::throttle::Throttle;
pub use known::Known;
pub use layers::request_at_hand;
pub use routes::{Route, Who, routes};
pub(crate) use state::State;
pub use state::{
    EditionFiles, FieldSteps, House, LetterFormat, Limits, PageText, Rendered, Renderers,
    StepFuture, Steps,
};

/// All pages under one service.
pub fn router(house: House) -> Router {
    let state = State::from(house);
    let limit = state.limits.body_bytes;
    // Only the back office has sessions that end while somebody writes.
    let ended = from_fn_with_state(state.clone(), office::expired::keep);
    let pages = Router::new()
        .merge(answer::router())
        .merge(public::router())
        .merge(example::router())
        .merge(catalogue::router())
        .merge(place::router())
        .merge(office::router().layer(ended))
        .merge(release::router())
        .fallback(|| async { StatusCode::NOT_FOUND.into_response() })
        .layer(RequestBodyLimitLayer::new(limit));
    // Pages that take files have a larger limit of their own.
    pages
        .merge(example::uploads())
        .merge(office::uploads())
        .merge(answer::uploads())
        // As one layer: each is a box that every request copies and opens.
        .layer(
            ServiceBuilder::new()
                .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
                .layer(from_fn_with_state(state.clone(), layers::dress))
                .layer(CsrfLayer::new()),
        )
        .with_state(state)
}
