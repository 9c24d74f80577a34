//! Table, chart and request of an answer as files. Without `fassung=intern` they hold released numbers only; with it
//! they say that they are not for publication, in their names and inside.

use axum::extract::{Query, State as Extract};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use edition::analysis::{self, Sheet};
use edition::charts::{Drawn, GroupedChart, Medium, grouped};
use findings::workspace::{Analysis, GroupedTable};

use super::asked::{Asked, Pairs, value};
use super::view;
use crate::State;
use crate::answer::file_of;
use crate::error::PageError;
use crate::frame::Ask;
use crate::office::session::Signed;

/// An answer with the version that was asked for.
struct Wanted {
    asked: Asked,
    analysis: Analysis,
    internal: bool,
}

impl Wanted {
    async fn read(state: &State, signed: Signed, pairs: &Pairs) -> Result<Self, PageError> {
        signed.researcher()?;
        let asked = Asked::read(state, pairs).await?;
        let asked = asked.ok_or(PageError::NotFound)?;
        let analysis = asked.answer();
        Ok(Self {
            analysis: analysis.map_err(|e| PageError::BadRequest(e.to_string()))?,
            internal: value(pairs, "fassung") == Some("intern"),
            asked,
        })
    }

    /// The table in the version that was asked for. Released tables of which nothing may be shown are none.
    fn table(&self) -> Result<GroupedTable, PageError> {
        match (self.internal, self.analysis.releases()) {
            (true, _) => Ok(self.analysis.internal("")),
            (false, true) => Ok(self.analysis.released("")),
            (false, false) => Err(PageError::Conflict),
        }
    }

    fn file(&self, ending: &str) -> String {
        let query = &self.analysis.query;
        let item = query.item.as_deref().map(|item| format!("-{item}"));
        let name = format!("{}{}", query.question, item.unwrap_or_default());
        let prefix = if self.internal {
            "NICHT-VEROEFFENTLICHEN-"
        } else {
            ""
        };
        format!("{prefix}{}-{name}.{ending}", self.asked.wave.name)
    }

    /// What a file says above its table: what it is, of whom, when, and whether it may be published.
    fn notes(&self, ask: &Ask) -> Vec<String> {
        let mut notes = Vec::new();
        if self.internal {
            notes.push(ask.t("web-evaluation-file-internal"));
        }
        let release = self.asked.workspace.release();
        if release.synthetic {
            notes.push(ask.t("web-public-demo-banner"));
        }
        notes.push(self.analysis.question.get(ask.lang).to_owned());
        notes.extend(analysis::only(ask.lang, &self.analysis.only));
        notes.push(ask.t(&format!(
            "web-evaluation-counted-{}",
            self.analysis.query.counted.word()
        )));
        notes.push(ask.tv(
            "web-evaluation-file-source",
            &[
                ("wave", release.title.get(ask.lang)),
                (
                    "period",
                    &edition::numbers::period(ask.lang, release.field_period),
                ),
            ],
        ));
        notes
    }

    fn sheet(&self, ask: &Ask) -> Result<Sheet, PageError> {
        Ok(match self.internal {
            true => analysis::internal_sheet(ask.lang, &self.analysis, self.notes(ask)),
            false => analysis::released_sheet(ask.lang, &self.table()?, self.notes(ask)),
        })
    }

    /// The chart for paper. Where a battery is broken down `item` says of which item.
    fn chart(&self, ask: &Ask, item: Option<&str>) -> Result<Drawn, PageError> {
        let table = self.table()?;
        let items = table.items();
        let item = match table.groups.len() > 1 {
            true => item.or(items.first().copied()),
            false => None,
        };
        let sentence = view::sentence(ask, &table, &self.analysis);
        let marked = view::Marked::of(&self.analysis);
        let marked = marked.rows(item.is_some());
        let mark = ask.t("web-evaluation-mark");
        let title = match self.internal {
            true => format!("{}: {sentence}", ask.t("web-evaluation-internal")),
            false => sentence,
        };
        let below = self.notes(ask);
        let chart = GroupedChart {
            id: "auswertung",
            title: &title,
            item,
            mark: self.internal.then_some((mark.as_str(), marked)),
            below: &below,
            medium: Medium::Print,
        };
        grouped(ask.lang, &table, &chart).ok_or(PageError::Conflict)
    }
}

fn attached(kind: &'static str, file: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{file}\""),
        ),
    ];
    (headers, bytes).into_response()
}

pub(super) async fn csv(
    Extract(state): Extract<State>,
    Query(pairs): Query<Pairs>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let wanted = Wanted::read(&state, signed, &pairs).await?;
    let file = analysis::csv(&wanted.sheet(&ask)?);
    let kind = "text/csv; charset=utf-8";
    Ok(attached(kind, &wanted.file("csv"), file.into_bytes()))
}

pub(super) async fn xlsx(
    Extract(state): Extract<State>,
    Query(pairs): Query<Pairs>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let wanted = Wanted::read(&state, signed, &pairs).await?;
    let sheet = wanted.sheet(&ask)?;
    let (file, day) = (wanted.file("xlsx"), wanted.asked.workspace.release().frozen);
    let render = state.render.workbook.clone();
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    file_of(kind, "attachment", &file, move || render(&sheet, day)).await
}

pub(super) async fn svg(
    Extract(state): Extract<State>,
    Query(pairs): Query<Pairs>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let wanted = Wanted::read(&state, signed, &pairs).await?;
    let drawn = wanted.chart(&ask, value(&pairs, "zeile"))?;
    let bytes = drawn.svg.into_bytes();
    Ok(attached("image/svg+xml", &wanted.file("svg"), bytes))
}

pub(super) async fn png(
    Extract(state): Extract<State>,
    Query(pairs): Query<Pairs>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let wanted = Wanted::read(&state, signed, &pairs).await?;
    let drawn = wanted.chart(&ask, value(&pairs, "zeile"))?;
    let render = state.render.picture.clone();
    let file = wanted.file("png");
    file_of("image/png", "attachment", &file, move || render(&drawn)).await
}

/// The request: how the numbers were made.
pub(super) async fn request(
    Extract(state): Extract<State>,
    Query(pairs): Query<Pairs>,
    signed: Signed,
) -> Result<Response, PageError> {
    let wanted = Wanted::read(&state, signed, &pairs).await?;
    let query = &wanted.analysis.query;
    let file = format!("anfrage-{}-{}.json", wanted.asked.wave.name, query.question);
    let bytes = wanted.analysis.request.clone().into_bytes();
    Ok(attached("application/json", &file, bytes))
}
