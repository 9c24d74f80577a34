//! Waves and editions begin here: their lists, a wave made or changed from a questionnaire that is uploaded, an edition
//! begun and published.

mod draft;
mod edition;
mod form;
mod list;
mod publish;
mod upload;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use questionnaire::limesurvey::LIMESURVEY_SIZE;

use crate::State;

/// Room beside a file: the settings with their logos.
const BESIDE: usize = 2 << 20;

/// Pages that begin something.
pub(super) fn router() -> Router<State> {
    Router::new()
        .route("/verwaltung/befragungen", get(list::waves))
        .route(
            "/verwaltung/befragungen/aendern/{wave}",
            post(draft::change),
        )
        .route(
            "/verwaltung/befragungen/entwurf/{draft}/fragebogen.yaml",
            get(draft::file),
        )
        .route("/verwaltung/ausgaben", get(list::editions))
        .route(
            "/verwaltung/ausgaben/neu",
            get(edition::show).post(edition::begin),
        )
        .route(
            "/verwaltung/ausgaben/{key}/veroeffentlichen",
            get(publish::show).post(publish::ask_for),
        )
}

/// Pages that take questionnaires.
pub(crate) fn uploads() -> Router<State> {
    Router::new()
        .route(
            "/verwaltung/befragungen/neu",
            get(draft::new).post(draft::begin),
        )
        .route(
            "/verwaltung/befragungen/entwurf/{draft}",
            get(draft::show).post(draft::save),
        )
        .layer(DefaultBodyLimit::max(LIMESURVEY_SIZE + BESIDE))
}
