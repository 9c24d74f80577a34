//! Keeping an answer as a finding: query, title and wording.

use axum::extract::{Form, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use findings::workspace::GroupedTable;
use store::KeptText;

use super::asked::{Asked, Pairs, value};
use super::page::{Typed, page};
use crate::State;
use crate::error::PageError;
use crate::frame::Ask;
use crate::office::session::Signed;

/// Longest title and longest wording, in characters.
const TITLE: usize = 200;
const WORDING: usize = 4_000;

/// Title and wording as they were typed, without the spaces around them.
pub(super) fn typed(pairs: &Pairs) -> KeptText {
    let text = |name| {
        let text = value(pairs, name).unwrap_or_default();
        text.replace("\r\n", "\n").trim().to_owned()
    };
    KeptText {
        title: text("titel"),
        wording: text("wortlaut"),
    }
}

/// What is wrong with title and wording, by field. They must say no percentage that is not released.
pub(super) fn faults(
    ask: &Ask,
    text: &KeptText,
    table: &GroupedTable,
) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    if text.title.is_empty() {
        faults.push(("titel", ask.t("web-evaluation-title-missing")));
    }
    for (field, words, most) in [
        ("titel", &text.title, TITLE),
        ("wortlaut", &text.wording, WORDING),
    ] {
        if words.chars().count() > most {
            let most = most.to_string();
            faults.push((field, ask.tv("web-evaluation-too-long", &[("most", &most)])));
        }
        let foreign = table.foreign_percents(words);
        if !foreign.is_empty() {
            let numbers = edition::numbers::list(ask.lang, &foreign);
            let numbers = ask.tv("web-evaluation-foreign", &[("numbers", &numbers)]);
            faults.push((field, numbers));
        }
    }
    faults
}

pub(super) async fn keep(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
    Form(pairs): Form<Pairs>,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let asked = Asked::read(&state, &pairs)
        .await?
        .ok_or(PageError::NotFound)?;
    let analysis = asked.answer();
    let analysis = analysis.map_err(|e| PageError::BadRequest(e.to_string()))?;
    if !analysis.releases() {
        return Err(PageError::Conflict);
    }
    let text = typed(&pairs);
    let faults = faults(&ask, &text, &analysis.released(""));
    if !faults.is_empty() {
        let keep = Typed {
            title: Some(text.title),
            wording: Some(text.wording),
            faults,
        };
        return page(&state, &ask, Signed(staff), &pairs, keep).await;
    }
    let (at, actor) = (state.now(), staff.mail.as_str());
    let id = state
        .store
        .keep_finding(&asked.wave.name, &asked.query, text, at, actor)
        .await?;
    let here = ask.to(&format!("/verwaltung/ergebnisse/{}", id.0));
    Ok(Redirect::to(&here).into_response())
}
