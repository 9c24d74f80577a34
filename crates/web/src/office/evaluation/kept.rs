//! The findings that were kept: all of them, and one, to be reworded or deleted. Editors read them.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use findings::workspace::{Analysis, QueryError, Workspace};
use store::{Kept, KeptId, KeptText, KeptUpdate, Role};

use super::asked::{Pairs, address, value};
use super::keep::{faults, typed};
use super::view::{self, ChartView, TableView};
use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::{Signed, frame};

struct LineView {
    href: String,
    title: String,
    key: String,
    wave: String,
    by: String,
}

#[derive(Template)]
#[template(path = "office/evaluation/list.html")]
struct ListPage {
    frame: Frame,
    lines: Vec<LineView>,
    workspace_href: Option<String>,
}

#[derive(Template)]
#[template(path = "office/evaluation/kept.html")]
struct KeptPage {
    frame: Frame,
    key: String,
    title: String,
    wording: String,
    version: u32,
    made: String,
    changed: Option<String>,
    question: String,
    only: String,
    sentence: String,
    charts: Vec<ChartView>,
    tables: Vec<TableView>,
    request: String,
    /// What is wrong with what was typed, by field.
    faults: Vec<(&'static str, String)>,
    /// What stands now, where somebody else changed it.
    standing: Option<KeptText>,
    /// Why the numbers cannot be made any more.
    lost: Option<String>,
    /// Researchers may change it; the address of the workspace with its query.
    workspace_href: Option<String>,
    delete_action: String,
}

pub(super) async fn list(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let line = |kept: Kept| LineView {
        href: ask.to(&format!("/verwaltung/ergebnisse/{}", kept.id.0)),
        title: kept.text.title,
        key: kept.id.key(),
        wave: kept.wave.0,
        by: said(&ask, "web-evaluation-kept-by", &kept.changed),
    };
    let kept = state.store.kept_findings().await?;
    let researcher = staff.role == Role::Researcher;
    let page = ListPage {
        frame: frame(&state, &ask, &staff, ask.t("web-evaluation-kept-title")),
        lines: kept.into_iter().map(line).collect(),
        workspace_href: researcher.then(|| ask.to("/verwaltung/auswertung")),
    };
    Ok(html(&page)?.into_response())
}

fn said(ask: &Ask, key: &str, (at, actor): &(jiff::Timestamp, String)) -> String {
    ask.tv(key, &[("moment", &ask.moment(*at)), ("who", actor)])
}

/// What the page says besides the finding itself.
#[derive(Default)]
struct Said {
    typed: Option<KeptText>,
    faults: Vec<(&'static str, String)>,
    standing: Option<KeptText>,
    status: StatusCode,
}

async fn find(state: &State, id: i64) -> Result<(Kept, Arc<Workspace>), PageError> {
    let kept = state.store.kept_finding(KeptId(id)).await?;
    let kept = kept.ok_or(PageError::NotFound)?;
    let workspace = state.known.workspace(&state.store, &kept.wave).await?;
    Ok((kept, workspace.ok_or(PageError::NotFound)?))
}

fn page(
    state: &State,
    ask: &Ask,
    signed: Signed,
    kept: Kept,
    answer: Result<Analysis, QueryError>,
    said_too: Said,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let researcher = staff.role == Role::Researcher;
    let (charts, tables, sentence, question, only, request, lost) = match &answer {
        Ok(analysis) => {
            let table = analysis.released(&kept.id.key());
            let sentence = view::sentence(ask, &table, analysis);
            (
                view::charts(ask, &table, &sentence, None),
                view::released_tables(ask, &table),
                sentence,
                analysis.question.get(ask.lang).to_owned(),
                edition::analysis::only(ask.lang, &analysis.only).unwrap_or_default(),
                analysis.request.clone(),
                None,
            )
        }
        Err(error) => {
            let none = String::new;
            let lost = Some(error.to_string());
            (Vec::new(), Vec::new(), none(), none(), none(), none(), lost)
        }
    };
    let text = said_too.typed.unwrap_or_else(|| kept.text.clone());
    let page = KeptPage {
        frame: frame(state, ask, &staff, kept.text.title.clone()),
        key: kept.id.key(),
        title: text.title,
        wording: text.wording,
        version: kept.version,
        made: said(ask, "web-evaluation-made", &kept.made),
        changed: (kept.version > 1).then(|| said(ask, "web-evaluation-changed", &kept.changed)),
        question,
        only,
        sentence,
        charts,
        tables,
        request,
        faults: said_too.faults,
        standing: said_too.standing,
        lost,
        workspace_href: researcher.then(|| {
            ask.to(&address(
                &kept.wave,
                &kept.query,
                "/verwaltung/auswertung",
                &[],
            ))
        }),
        delete_action: ask.to(&format!("/verwaltung/ergebnisse/{}/loeschen", kept.id.0)),
    };
    Ok((said_too.status, html(&page)?).into_response())
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let signed = Signed(signed.editor()?);
    let (kept, workspace) = find(&state, id).await?;
    let answer = workspace.ask(&kept.query);
    page(&state, &ask, signed, kept, answer, Said::default())
}

fn seen(pairs: &Pairs) -> Result<u32, PageError> {
    let seen = value(pairs, "_version").and_then(|v| v.parse().ok());
    seen.ok_or_else(|| PageError::BadRequest("the version is missing".to_owned()))
}

/// Saves title and wording.
pub(super) async fn save(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
    signed: Signed,
    Form(pairs): Form<Pairs>,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let (kept, workspace) = find(&state, id).await?;
    let seen = seen(&pairs)?;
    let text = typed(&pairs);
    let answer = workspace.ask(&kept.query);
    if let Ok(analysis) = &answer {
        let faults = faults(&ask, &text, &analysis.released(""));
        if !faults.is_empty() {
            let said = Said {
                typed: Some(text),
                faults,
                status: StatusCode::UNPROCESSABLE_ENTITY,
                standing: None,
            };
            let kept = Kept {
                version: seen,
                ..kept
            };
            return page(&state, &ask, Signed(staff), kept, answer, said);
        }
    }
    let (at, actor) = (state.now(), staff.mail.as_str());
    let update = state
        .store
        .reword_finding(kept.id, text.clone(), seen, at, actor);
    match update.await? {
        KeptUpdate::Saved => {
            let here = ask.to(&format!("/verwaltung/ergebnisse/{id}"));
            Ok(Redirect::to(&here).into_response())
        }
        KeptUpdate::Conflict(standing) => {
            let said = Said {
                typed: Some(text),
                standing: Some(standing.text.clone()),
                status: StatusCode::CONFLICT,
                faults: Vec::new(),
            };
            page(&state, &ask, Signed(staff), *standing, answer, said)
        }
        KeptUpdate::Gone => Err(PageError::NotFound),
    }
}

/// Deletes a kept finding.
pub(super) async fn delete(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
    signed: Signed,
    Form(pairs): Form<Pairs>,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let seen = seen(&pairs)?;
    let deleted = state
        .store
        .delete_finding(KeptId(id), seen, state.now(), &staff.mail);
    match deleted.await? {
        KeptUpdate::Saved => Ok(Redirect::to(&ask.to("/verwaltung/ergebnisse")).into_response()),
        KeptUpdate::Conflict(_) => Err(PageError::Conflict),
        KeptUpdate::Gone => Err(PageError::NotFound),
    }
}
