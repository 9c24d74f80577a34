//! Which answers of a wave lead to which examples: the lines that editors write.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use fieldwork::WaveName;
use findings::{Mapping, MappingFault, MappingProblem};
use serde::Deserialize;
use store::{MatchingText, MatchingUpdate};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::{Signed, frame};
use crate::practice::fitting::read;

#[derive(Template)]
#[template(path = "office/matching.html")]
struct MatchingPage {
    frame: Frame,
    text: String,
    version: u32,
    faults: Vec<String>,
    conflict: bool,
    saved: bool,
    codes: Vec<(String, String)>,
    back: String,
    here: String,
}

#[derive(Deserialize)]
pub(crate) struct Sent {
    text: String,
    version: u32,
}

#[derive(Deserialize)]
pub(crate) struct After {
    gespeichert: Option<String>,
}

/// What the page says beside the text.
#[derive(Default)]
struct Said {
    faults: Vec<String>,
    conflict: bool,
    saved: bool,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    Query(after): Query<After>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let kept = state.store.matching(&WaveName(name.clone())).await?;
    let kept = kept.unwrap_or_else(|| MatchingText {
        text: Mapping::default_text().to_owned(),
        version: 0,
    });
    let said = Said {
        saved: after.gespeichert.is_some(),
        ..Said::default()
    };
    page(&state, (&ask, &staff), &name, kept, said).await
}

pub(crate) async fn save(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let wave = WaveName(name.clone());
    let stored = state.store.wave(&wave).await?.ok_or(PageError::NotFound)?;
    let questionnaire = state.known.questionnaire(&stored)?;
    // Browsers send lines with CR LF.
    let mut new = MatchingText {
        text: sent.text.replace('\r', ""),
        version: sent.version,
    };
    let codes = state.store.codes().await?;
    let mut said = Said::default();
    match read(&state, &new.text, &questionnaire, &codes).await? {
        Err(faults) => said.faults = faults.iter().map(|f| fault(&ask, f)).collect(),
        Ok(_) => {
            let (now, who) = (state.now(), &staff.mail);
            let saving = state.store.put_matching(&wave, new.clone(), now, who);
            match saving.await? {
                MatchingUpdate::Saved(_) => {
                    let to = format!("/verwaltung/ruecklauf/{name}/zuordnung?gespeichert=1");
                    return Ok(Redirect::to(&ask.to(&to)).into_response());
                }
                MatchingUpdate::Conflict(now) => {
                    new.version = now.version;
                    said.conflict = true;
                }
            }
        }
    }
    page(&state, (&ask, &staff), &name, new, said).await
}

async fn page(
    state: &State,
    (ask, staff): (&Ask, &store::Staff),
    name: &str,
    kept: MatchingText,
    said: Said,
) -> Result<Response, PageError> {
    let stored = state.store.wave(&WaveName(name.to_owned())).await?;
    let stored = stored.ok_or(PageError::NotFound)?;
    let title = stored.wave.title.get(ask.lang);
    let title = ask.tv("web-fit-mapping-title", &[("wave", title)]);
    let status = match (said.faults.is_empty(), said.conflict) {
        (false, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (_, true) => StatusCode::CONFLICT,
        _ => StatusCode::OK,
    };
    let codes = state.store.codes().await?.into_iter();
    let codes = codes.filter(|c| c.kind == practices::CodeKind::Prerequisite);
    let page = MatchingPage {
        frame: frame(state, ask, staff, title),
        text: kept.text,
        version: kept.version,
        faults: said.faults,
        conflict: said.conflict,
        saved: said.saved,
        codes: codes.map(|c| (c.key, c.de)).collect(),
        back: ask.to(&format!("/verwaltung/ruecklauf/{name}")),
        here: ask.to(&format!("/verwaltung/ruecklauf/{name}/zuordnung")),
    };
    Ok((status, html(&page)?).into_response())
}

fn fault(ask: &Ask, fault: &MappingFault) -> String {
    let line = fault.line.to_string();
    let (key, word) = match &fault.problem {
        MappingProblem::Form => ("web-fit-fault-form", ""),
        MappingProblem::Variable(word) => ("web-fit-fault-variable", word.as_str()),
        MappingProblem::Answer(word) => ("web-fit-fault-answer", word.as_str()),
        MappingProblem::Field(word) => ("web-fit-fault-field", word.as_str()),
        MappingProblem::Code(word) => ("web-fit-fault-code", word.as_str()),
    };
    let what = ask.tv(key, &[("word", word)]);
    ask.tv("web-fit-fault", &[("line", &line), ("what", &what)])
}
