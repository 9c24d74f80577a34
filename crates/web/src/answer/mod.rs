//! Answering: from the mailed link to the page after submitting.

pub(crate) mod access;
mod beside;
mod changes;
mod closed;
mod code;
mod conflict;
pub(crate) mod department;
mod done;
mod drawn;
mod first;
mod fits;
mod page;
mod pdf;
mod places;
mod pretest;
pub(crate) mod quote;
mod review;
mod save;
mod script;
mod section;
mod sheet;
mod sign_off;
mod stand;
mod take_over;
mod tasks;
pub(crate) mod throttle;
mod tongue;
pub(crate) mod upload;
mod view;
mod withdraw;

use axum::Router;
use axum::routing::get;

use crate::State;
pub(crate) use pdf::{file_of, rendered as pdf_of};

/// The pages that take files: they have a larger limit of their own.
pub(crate) fn uploads() -> Router<State> {
    Router::new()
        .route(
            "/antworten/{token}/seite/{page}/dateien",
            axum::routing::post(upload::post),
        )
        .layer(axum::extract::DefaultBodyLimit::max(upload::MOST))
}

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
        .route("/antworten/{token}/datei/{id}", get(upload::show))
        .route("/antworten/{token}/kommunen", get(places::suggest))
        .merge(script::routes())
        .route("/antworten/{token}/fertig", get(done::show))
        .route(
            "/antworten/{token}/kurzform/{id}",
            axum::routing::post(done::short_form),
        )
        .route("/antworten/{token}/beispiele", get(fits::show))
        .route(
            "/antworten/{token}/aufgabenliste",
            get(tasks::show).post(tasks::change),
        )
        .route(
            "/antworten/{token}/fachbereiche",
            get(department::new).post(department::add),
        )
        .route(
            "/antworten/{token}/fachbereiche/{id}",
            get(department::show).post(department::change),
        )
        .route(
            "/antworten/{token}/fertig-melden",
            axum::routing::post(section::finish),
        )
        .route(
            "/antworten/{token}/uebernehmen",
            get(take_over::show).post(take_over::take),
        )
        .route(
            "/antworten/{token}/mitzeichnung",
            get(sign_off::show).post(sign_off::change),
        )
        .route(
            "/mitzeichnung/{token}",
            get(sign_off::read).post(sign_off::sign),
        )
        .route("/antworten/{token}/aenderungen", get(changes::show))
        .route("/antworten/{token}/antworten.pdf", get(pdf::answers))
        .route(
            "/antworten/{token}/zurueckziehen",
            get(withdraw::show).post(withdraw::withdraw),
        )
        .route("/antworten/{token}/vergleichsblatt", get(sheet::show))
        .route("/antworten/{token}/vergleichsblatt.pdf", get(sheet::pdf))
}
