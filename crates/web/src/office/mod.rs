//! The back office (Verwaltung): for the study's staff, after signing in.
//!
//! Roles: researchers may do everything, editors edit practices and editions, associations see response rates only.

mod audit;
mod close;
mod edition;
mod edition_form;
mod evaluation;
mod mails;
mod overview;
mod practice;
mod practice_form;
mod practices;
mod preview;
mod response;
mod session;
mod sign_in;
mod weights;

use axum::Router;
use axum::routing::{get, post};

use crate::State;

/// Pages behind the sign-in, and the sign-in.
pub(crate) fn router() -> Router<State> {
    Router::new()
        .route("/anmelden", get(sign_in::show).post(sign_in::with_password))
        .route(
            "/anmelden/{token}",
            get(sign_in::show_link).post(sign_in::with_link),
        )
        .route("/abmelden", post(sign_in::out))
        .route("/verwaltung", get(overview::show))
        .route("/verwaltung/ruecklauf/{wave}", get(response::show))
        .route(
            "/verwaltung/ruecklauf/{wave}/abschliessen",
            get(close::ask).post(close::close),
        )
        .route(
            "/verwaltung/ruecklauf/{wave}/gewichtung",
            get(weights::show),
        )
        .route("/verwaltung/praxisbeispiele", get(practices::list))
        .route(
            "/verwaltung/praxisbeispiele/{id}",
            get(practice::show).post(practice::save),
        )
        .route(
            "/verwaltung/praxisbeispiele/{id}/freigabe",
            post(practice::send),
        )
        .route(
            "/verwaltung/ausgaben/{key}",
            get(edition::show).post(edition::save),
        )
        .route("/verwaltung/ausgaben/{key}/vorschau", get(preview::show))
        .route("/verwaltung/ausgaben/{key}/vorschau.pdf", get(preview::pdf))
        .merge(evaluation::router())
        .route("/verwaltung/postausgang", get(mails::list))
        .route("/verwaltung/postausgang/{id}", get(mails::one))
        .route("/verwaltung/protokoll", get(audit::show))
}
