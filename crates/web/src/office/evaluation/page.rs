//! The page of the workspace: choices, and the answer below or beside them.

use askama::Template;
use axum::extract::{Query, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use findings::workspace::{Analysis, Counted, QueryError};
use questionnaire::Lang;

use super::asked::{Asked, Pairs};
use super::change::{ChangeView, against, change};
use super::form::{Form, form};
use super::view::{self, ChartView, ContrastView, FullView, RankView, TableView, TestView};
use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::{Signed, frame};

/// Addresses of the files of an answer.
pub(super) struct Downloads {
    pub csv: String,
    pub xlsx: String,
    pub svg: String,
    pub png: String,
    pub request: String,
    /// The same with what is not for publication: table, chart.
    pub internal_csv: String,
    pub internal_xlsx: String,
    pub internal_svg: String,
    pub internal_png: String,
}

/// An answer.
pub(super) struct AnswerView {
    pub theme: String,
    pub question: String,
    pub sentence: String,
    pub unweighted: bool,
    /// Some of it is not for publication.
    pub holds_back: bool,
    /// Some of it may be published.
    pub releases: bool,
    pub charts: Vec<ChartView>,
    pub tables: Vec<TableView>,
    pub full: Vec<FullView>,
    pub tests: Vec<TestView>,
    pub contrasts: Vec<ContrastView>,
    pub ranks: Vec<RankView>,
    pub request: String,
    pub downloads: Downloads,
    /// What a kept finding begins with: what may be published of it, in a sentence.
    pub proposed: String,
    /// Names and values that keep the query in a form.
    pub hidden: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "office/evaluation/page.html")]
pub(super) struct WorkspacePage {
    frame: Frame,
    english: bool,
    form: Option<Form>,
    fault: Option<String>,
    answer: Option<AnswerView>,
    change: Option<ChangeView>,
    /// Title and wording as they were typed, and what is wrong with them.
    keep: Typed,
    kept_href: String,
}

/// What was typed to keep a finding.
#[derive(Default)]
pub(super) struct Typed {
    pub title: Option<String>,
    pub wording: Option<String>,
    pub faults: Vec<(&'static str, String)>,
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    Query(pairs): Query<Pairs>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    page(&state, &ask, signed, &pairs, Typed::default()).await
}

/// The page; with what was typed where keeping did not work.
pub(super) async fn page(
    state: &State,
    ask: &Ask,
    signed: Signed,
    pairs: &Pairs,
    keep: Typed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let asked = Asked::read(state, pairs).await?;
    let (mut status, mut fault, mut answer) = (StatusCode::OK, None, None);
    if let Some(asked) = &asked {
        match asked.answer() {
            Ok(analysis) => answer = Some(answered(ask, asked, &analysis)),
            Err(error) => {
                status = StatusCode::UNPROCESSABLE_ENTITY;
                fault = Some(in_words(ask, &error));
            }
        }
    }
    let against = asked.as_ref().and_then(|asked| against(asked, pairs));
    let change = match (&asked, against, &answer) {
        (Some(asked), Some(other), Some(_)) => change(state, ask, asked, other).await?,
        _ => None,
    };
    if !keep.faults.is_empty() {
        status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    let title = ask.t("web-evaluation-title");
    let page = WorkspacePage {
        frame: frame(state, ask, &staff, title),
        english: ask.lang == Lang::En,
        form: asked.as_ref().map(|asked| form(ask, asked, against)),
        fault,
        answer,
        change,
        keep,
        kept_href: ask.to("/verwaltung/ergebnisse"),
    };
    Ok((status, html(&page)?).into_response())
}

fn in_words(ask: &Ask, error: &QueryError) -> String {
    let (key, what) = match error {
        QueryError::Question(what) => ("web-evaluation-fault-question", what.as_str()),
        QueryError::Item(what) => ("web-evaluation-fault-item", what.as_str()),
        QueryError::Breakdown(what) => ("web-evaluation-fault-breakdown", what.as_str()),
        QueryError::Condition(what) => ("web-evaluation-fault-condition", what.as_str()),
        QueryError::Nobody | QueryError::Estimate(_) => ("web-evaluation-fault-nobody", ""),
    };
    ask.tv(key, &[("what", what)])
}

fn answered(ask: &Ask, asked: &Asked, analysis: &Analysis) -> AnswerView {
    let internal = analysis.internal("");
    let released = analysis.released("");
    // What may be published heads the page; what is left stands below it, marked.
    let sentence = match analysis.releases() {
        true => view::sentence(ask, &released, analysis),
        false => view::sentence(ask, &internal, analysis),
    };
    AnswerView {
        theme: analysis.theme.get(ask.lang).to_owned(),
        question: analysis.question.get(ask.lang).to_owned(),
        unweighted: analysis.query.counted == Counted::Respondents,
        holds_back: analysis.holds_back(),
        releases: analysis.releases(),
        charts: charts(
            ask,
            asked,
            view::charts(ask, &internal, &sentence, Some(&view::Marked::of(analysis))),
        ),
        tables: view::internal_tables(ask, analysis),
        full: view::full(ask, analysis),
        tests: view::tests(ask, analysis),
        contrasts: view::contrasts(ask, analysis),
        ranks: view::ranks(ask, analysis),
        request: analysis.request.clone(),
        downloads: downloads(ask, asked),
        proposed: view::sentence(ask, &released, analysis),
        hidden: hidden(asked),
        sentence,
    }
}

/// Where a battery is broken down every item has its own chart: each can be downloaded.
fn charts(ask: &Ask, asked: &Asked, charts: Vec<ChartView>) -> Vec<ChartView> {
    let several = charts.len() > 1;
    let address = |chart: ChartView| {
        let more = [("zeile", chart.item.as_str()), ("fassung", "intern")];
        let href = asked.address("/verwaltung/auswertung/diagramm.svg", &more);
        ChartView {
            svg_href: several.then(|| ask.to(&href)),
            ..chart
        }
    };
    charts.into_iter().map(address).collect()
}

fn downloads(ask: &Ask, asked: &Asked) -> Downloads {
    let to = |file: &str, more: &[(&str, &str)]| {
        let path = format!("/verwaltung/auswertung/{file}");
        ask.to(&asked.address(&path, more))
    };
    let internal = [("fassung", "intern")];
    Downloads {
        csv: to("tabelle.csv", &[]),
        xlsx: to("tabelle.xlsx", &[]),
        svg: to("diagramm.svg", &[]),
        png: to("diagramm.png", &[]),
        request: to("anfrage.json", &[]),
        internal_csv: to("tabelle.csv", &internal),
        internal_xlsx: to("tabelle.xlsx", &internal),
        internal_svg: to("diagramm.svg", &internal),
        internal_png: to("diagramm.png", &internal),
    }
}

/// The query as hidden fields.
fn hidden(asked: &Asked) -> Vec<(&'static str, String)> {
    let query = &asked.query;
    let question = match &query.item {
        Some(item) => format!("{}.{item}", query.question),
        None => query.question.clone(),
    };
    let population = super::asked::population_word(query.population);
    let mut hidden = vec![
        ("befragung", asked.wave.name.0.clone()),
        ("frage", question),
        ("wer", population.to_owned()),
        ("nach", query.by.to_string()),
        ("zaehlen", query.counted.word().to_owned()),
    ];
    hidden.extend(query.only.iter().map(|c| ("nur", c.to_string())));
    hidden.extend(query.answer.iter().map(|code| ("antwort", code.clone())));
    hidden
}
