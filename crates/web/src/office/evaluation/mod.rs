//! The evaluation workspace: any question to a closed wave, answered at once; and the findings that are kept of it.
//!
//! Everything is a form that is read (GET) under an address that can be kept. What disclosure control holds back is
//! shown to researchers only and marked; a download without that mark holds released numbers only.

mod asked;
mod change;
mod codes;
mod download;
mod form;
mod keep;
mod kept;
mod page;
mod view;

use axum::Router;
use axum::routing::{get, post};

use crate::State;

pub(super) fn router() -> Router<State> {
    Router::new()
        .route("/verwaltung/auswertung", get(page::show))
        .route("/verwaltung/auswertung/tabelle.csv", get(download::csv))
        .route("/verwaltung/auswertung/tabelle.xlsx", get(download::xlsx))
        .route("/verwaltung/auswertung/diagramm.svg", get(download::svg))
        .route("/verwaltung/auswertung/diagramm.png", get(download::png))
        .route(
            "/verwaltung/auswertung/anfrage.json",
            get(download::request),
        )
        .route("/verwaltung/auswertung/behalten", post(keep::keep))
        .route("/verwaltung/ergebnisse", get(kept::list))
        .route(
            "/verwaltung/ergebnisse/{id}",
            get(kept::show).post(kept::save),
        )
        .route("/verwaltung/ergebnisse/{id}/loeschen", post(kept::delete))
}
