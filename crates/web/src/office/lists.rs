//! The search's word lists: what editors add to the parts of compounds and to the synonyms.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use store::{SearchLists, SearchListsUpdate};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::{Signed, frame};

#[derive(Template)]
#[template(path = "office/lists.html")]
struct ListsPage {
    frame: Frame,
    parts: String,
    synonyms: String,
    version: u32,
    faults: Vec<String>,
    conflict: bool,
    saved: bool,
}

#[derive(Deserialize)]
pub(crate) struct Sent {
    parts: String,
    synonyms: String,
    version: u32,
}

#[derive(Deserialize)]
pub(crate) struct After {
    gespeichert: Option<String>,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Query(after): Query<After>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let lists = state.store.search_lists().await?;
    let page = ListsPage {
        frame: frame(&state, &ask, &staff, ask.t("web-search-lists-title")),
        parts: lists.parts,
        synonyms: lists.synonyms,
        version: lists.version,
        faults: Vec::new(),
        conflict: false,
        saved: after.gespeichert.is_some(),
    };
    Ok(html(&page)?.into_response())
}

pub(crate) async fn save(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    // Browsers send lines with CR LF.
    let (parts, synonyms) = (
        sent.parts.replace('\r', ""),
        sent.synonyms.replace('\r', ""),
    );
    let faults = (state.finder.check_lists)(&parts, &synonyms);
    let mut conflict = false;
    let mut version = sent.version;
    if faults.is_empty() {
        let new = SearchLists {
            parts: parts.clone(),
            synonyms: synonyms.clone(),
            version: sent.version,
        };
        let saved = state
            .store
            .save_search_lists(new, state.now(), &staff.mail)
            .await?;
        match saved {
            SearchListsUpdate::Saved(_) => {
                return Ok(Redirect::to("/verwaltung/suche?gespeichert=1").into_response());
            }
            SearchListsUpdate::Conflict(now) => {
                conflict = true;
                version = now.version;
            }
        }
    }
    let page = ListsPage {
        frame: frame(&state, &ask, &staff, ask.t("web-search-lists-title")),
        parts,
        synonyms,
        version,
        faults,
        conflict,
        saved: false,
    };
    Ok(html(&page)?.into_response())
}
