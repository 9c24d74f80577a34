//! Field work in the back office: population, contacts, mails and letters, registrations, watching, rehearsing.

mod contacts;
mod population;
mod registrations;
mod trial;
mod watch;
mod write;

#[allow(unused_imports)]
pub(crate) use write::departments_finished;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use fieldwork::WaveName;
use store::StoredWave;

use crate::State;
use crate::error::PageError;

/// Largest file of contacts: every municipality of Germany fits in several times.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// Pages of the field.
pub(super) fn router() -> Router<State> {
    Router::new()
        .route("/verwaltung/feld/{wave}", get(watch::show))
        .route("/verwaltung/feld/{wave}/verlaengern", post(watch::extend))
        .route(
            "/verwaltung/feld/{wave}/grundgesamtheit",
            get(population::show).post(population::take),
        )
        .route("/verwaltung/feld/{wave}/kontakte", get(contacts::show))
        .route(
            "/verwaltung/feld/{wave}/kontakte/uebernehmen",
            post(contacts::take),
        )
        .route(
            "/verwaltung/feld/{wave}/kontakte/widerspruch",
            post(contacts::object),
        )
        .route(
            "/verwaltung/feld/{wave}/schreiben/{kind}",
            get(write::show).post(write::save),
        )
        .route(
            "/verwaltung/feld/{wave}/schreiben/{kind}/senden",
            post(write::send),
        )
        .route(
            "/verwaltung/feld/{wave}/anmeldungen",
            get(registrations::show),
        )
        .route(
            "/verwaltung/feld/{wave}/anmeldungen/{id}",
            post(registrations::decide),
        )
        .route(
            "/verwaltung/feld/{wave}/kanaele",
            post(registrations::channel),
        )
        .route(
            "/verwaltung/feld/{wave}/probe",
            get(trial::show).post(trial::act),
        )
}

/// Pages that take files of contacts.
pub(crate) fn uploads() -> Router<State> {
    Router::new()
        .route(
            "/verwaltung/feld/{wave}/kontakte/datei",
            post(contacts::upload),
        )
        .layer(DefaultBodyLimit::max(MOST_BYTES))
}

/// The wave of an address.
async fn wave(state: &State, name: &str) -> Result<StoredWave, PageError> {
    let found = state.store.wave(&WaveName(name.to_owned())).await?;
    found.ok_or(PageError::NotFound)
}

/// A heading with the wave's title.
fn title(ask: &crate::frame::Ask, key: &str, stored: &StoredWave) -> String {
    ask.tv(key, &[("wave", stored.wave.title.get(ask.lang))])
}
