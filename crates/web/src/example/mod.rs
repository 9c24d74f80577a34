//! Examples for everybody: published wordings, questions to their owners, take-ups, fields of action; and the pages that
//! owners reach with a mailed link: the short form, and how it stands.

mod confirm;
mod field;
mod files;
pub(crate) mod propose;
mod relay;
mod short_form;
mod take_up;
mod take_up_release;
mod version;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::State;

pub(crate) use files::{Upload, stored, upload};
pub(crate) use propose::{meant, named};
pub(crate) use short_form::link_for;
pub(crate) use take_up::{modes as take_up_modes, read as take_up_read};
pub(crate) use take_up_release::parts as take_up_parts;

/// Public pages about examples.
pub(crate) fn router() -> Router<State> {
    Router::new()
        .route("/beispiel-melden", get(propose::show).post(propose::begin))
        .route(
            "/kurzform/{token}",
            get(short_form::show).post(short_form::save),
        )
        .route("/kurzform/{token}/dateien/{file}", get(short_form::file))
        .route(
            "/bestaetigen/{token}",
            get(confirm::show).post(confirm::answer),
        )
        .route("/beispiele/{id}", get(version::newest))
        .route("/beispiele/{id}/fassung/{number}", get(version::one))
        .route("/beispiele/{id}/dateien/{file}", get(files::public))
        .route("/beispiele/{id}/frage", get(relay::show).post(relay::send))
        .route(
            "/beispiele/{id}/auch",
            get(take_up::show).post(take_up::send),
        )
        .route(
            "/uebernahme/{token}",
            get(take_up_release::show).post(take_up_release::answer),
        )
        .route("/handlungsfelder/{key}", get(field::show))
}

/// The pages that take files: they have a larger limit of their own.
pub(crate) fn uploads() -> Router<State> {
    Router::new()
        .route("/kurzform/{token}/dateien", post(short_form::add_file))
        .route(
            "/verwaltung/praxisbeispiele/{id}/dateien",
            post(crate::office::add_file),
        )
        .layer(DefaultBodyLimit::max(practices::MAX_DOCUMENT + 64 * 1024))
}
