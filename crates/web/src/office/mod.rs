//! The back office (Verwaltung): for the study's staff, after signing in.
//!
//! Roles: researchers may do everything, editors edit practices and editions, associations see response rates only.

mod audit;
mod begin;
mod call;
mod close;
mod codes;
mod edition;
mod edition_form;
mod edition_together;
mod evaluation;
pub(crate) mod expired;
mod field;
mod fields;
mod gaps;
mod lineage;
pub(crate) mod links;
mod list;
mod lists;
mod mails;
mod matching;
pub(crate) mod municipality;
mod new_practice;
mod open;
mod open_coding;
mod open_compare;
mod open_frame;
mod open_list;
mod open_quotes;
mod overview;
mod paths;
pub(crate) mod practice;
mod practice_extra;
mod practices;
mod preview;
pub(crate) mod privacy;
mod response;
mod rooms;
pub(crate) mod session;
mod sign_in;
mod take_ups;
mod weights;

use axum::Router;
use axum::routing::{get, post};

use crate::State;

pub(crate) use field::departments_finished;
pub(crate) use practice_extra::add_file;

/// Pages that take files: contacts, questionnaires.
pub(crate) fn uploads() -> Router<State> {
    field::uploads().merge(begin::uploads())
}

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
            "/verwaltung/ruecklauf/{wave}/datenschutz",
            get(privacy::show).post(privacy::save),
        )
        .route(
            "/verwaltung/ruecklauf/{wave}/verzeichnis",
            get(privacy::processing),
        )
        .route("/verwaltung/vorlagen/{name}", get(privacy::template))
        .route(
            "/verwaltung/ruecklauf/{wave}/kommunen",
            get(municipality::list),
        )
        .route(
            "/verwaltung/ruecklauf/{wave}/kommunen/{key}",
            get(municipality::show).post(municipality::change),
        )
        .route(
            "/verwaltung/ruecklauf/{wave}/kommunen/{key}/dateien/{id}",
            get(municipality::file),
        )
        .route(
            "/verwaltung/ruecklauf/{wave}/gewichtung",
            get(weights::show),
        )
        .route("/verwaltung/ruecklauf/{wave}/wege", get(paths::show))
        .route(
            "/verwaltung/ruecklauf/{wave}/zuordnung",
            get(matching::show).post(matching::save),
        )
        .route("/verwaltung/herkunft/{wave}", get(lineage::choose))
        .route(
            "/verwaltung/herkunft/{wave}/naechster-fragebogen.yaml",
            get(lineage::next_file),
        )
        .route(
            "/verwaltung/herkunft/{wave}/{earlier}",
            get(lineage::show).post(lineage::confirm),
        )
        .route(
            "/verwaltung/herkunft/{wave}/{earlier}/frage/{question}",
            get(lineage::show_question).post(lineage::save),
        )
        .route(
            "/verwaltung/herkunft/{wave}/{earlier}/entfallen/{question}",
            post(lineage::drop_question),
        )
        .route("/verwaltung/luecken", get(gaps::lead))
        .route("/verwaltung/luecken/{wave}", get(gaps::show))
        .route(
            "/verwaltung/luecken/{wave}/aufruf",
            get(call::show).post(call::send),
        )
        .route("/verwaltung/offene-antworten", get(open_list::show))
        .route(
            "/verwaltung/offene-antworten/{wave}/{variable}/codes",
            get(open_frame::show).post(open_frame::save),
        )
        .route(
            "/verwaltung/offene-antworten/{wave}/{variable}/kodieren",
            get(open_coding::show).post(open_coding::save),
        )
        .route(
            "/verwaltung/offene-antworten/{wave}/{variable}/abgleich",
            get(open_compare::show).post(open_compare::settle),
        )
        .route(
            "/verwaltung/offene-antworten/{wave}/{variable}/fassung",
            post(open_compare::next_version),
        )
        .route(
            "/verwaltung/offene-antworten/{wave}/{variable}/zitate",
            get(open_quotes::show),
        )
        .route("/verwaltung/praxisbeispiele", get(practices::list))
        .route(
            "/verwaltung/praxisbeispiele/{id}",
            get(practice::show).post(practice::save),
        )
        .route(
            "/verwaltung/praxisbeispiele/neu",
            get(new_practice::show).post(new_practice::add),
        )
        .route(
            "/verwaltung/praxisbeispiele/{id}/freigabe",
            post(practice::send),
        )
        .route(
            "/verwaltung/praxisbeispiele/{id}/schritt",
            post(practice::step),
        )
        .route(
            "/verwaltung/praxisbeispiele/{id}/kodes",
            post(practice_extra::code),
        )
        .route(
            "/verwaltung/praxisbeispiele/{id}/dateien/{file}",
            get(practice_extra::file),
        )
        .route("/verwaltung/kodes", get(codes::show).post(codes::save))
        .route(
            "/verwaltung/handlungsfelder",
            get(fields::show).post(fields::save),
        )
        .route("/verwaltung/links", get(links::list))
        .route("/verwaltung/uebernahmen", get(take_ups::list))
        .route(
            "/verwaltung/uebernahmen/{id}",
            get(take_ups::show).post(take_ups::save),
        )
        .route(
            "/verwaltung/uebernahmen/{id}/freigabe",
            post(take_ups::send),
        )
        .route(
            "/verwaltung/uebernahmen/{id}/zurueckziehen",
            post(take_ups::withdraw),
        )
        .route(
            "/verwaltung/ausgaben/{key}",
            get(edition::show).post(edition::save),
        )
        .route("/verwaltung/ausgaben/{key}/vorschau", get(preview::show))
        .route("/verwaltung/ausgaben/{key}/vorschau.pdf", get(preview::pdf))
        .merge(evaluation::router())
        .merge(field::router())
        .merge(begin::router())
        .route("/verwaltung/suche", get(lists::show).post(lists::save))
        .route("/verwaltung/postausgang", get(mails::list))
        .route("/verwaltung/postausgang/{id}", get(mails::one))
        .route(
            "/verwaltung/postausgang/{id}/noch-einmal",
            post(mails::again),
        )
        .route("/verwaltung/protokoll", get(audit::show))
}
