//! The weights report of a closed wave: what the weights did, who is missing, how sensitive results are.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Response};
use edition::document::{MethodPart, report_parts, weighting_parts};
use edition::tables::missing_table;
use fieldwork::WaveName;

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::{Signed, frame};

#[derive(Template)]
#[template(path = "office/weights.html")]
struct WeightsPage {
    frame: Frame,
    back_href: String,
    /// None: the wave was closed before reports were kept.
    parts: Vec<MethodPart>,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let wave = WaveName(name.clone());
    let stored = state.store.wave(&wave).await?.ok_or(PageError::NotFound)?;
    let release = state.store.release(&wave).await?;
    let release = release.ok_or(PageError::NotFound)?;
    let mut parts = report_parts(ask.lang, &release, usize::MAX);
    if !parts.is_empty() {
        let first = weighting_parts(ask.lang, &release);
        parts.splice(0..0, first);
        parts.push(MethodPart {
            key: "angaben".to_owned(),
            title: ask.t("web-office-weights-missing"),
            paragraphs: vec![ask.t("web-office-weights-missing-meaning")],
            points: Vec::new(),
            tables: vec![missing_table(ask.lang, &release.findings)],
            charts: Vec::new(),
        });
    }
    let title = stored.wave.title.get(ask.lang);
    let page = WeightsPage {
        frame: frame(
            &state,
            &ask,
            &staff,
            ask.tv("web-office-weights-title", &[("wave", title)]),
        ),
        back_href: ask.to(&format!("/verwaltung/ruecklauf/{name}")),
        parts,
    };
    Ok(html(&page)?.into_response())
}
