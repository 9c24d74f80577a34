//! Coding: a few answers at a time, each coder without seeing what the other one chose.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Form, Path, Query, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use store::Coding;

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::open::{Open, OpenAnswer};
use crate::office::session::{Signed, frame};

/// Answers on one page.
const AT_ONCE: usize = 10;
/// Value of the box "no code fits".
const NONE: &str = "_keiner";

pub(crate) struct BoxView {
    pub id: String,
    pub name: String,
    pub value: String,
    pub label: String,
    pub checked: bool,
}

struct AnswerView {
    number: usize,
    text: String,
    boxes: Vec<BoxView>,
}

#[derive(Template)]
#[template(path = "office/open_coding.html")]
struct OpenCodingPage {
    frame: Frame,
    list_href: String,
    frame_href: String,
    wave: String,
    wording: String,
    no_codes: bool,
    left: usize,
    answers: Vec<AnswerView>,
    /// While one's own are looked at again: the number from which the next page begins.
    next: Option<usize>,
    /// To one's own, where there are any.
    own_href: Option<String>,
    here: String,
}

/// From which number on one's own codings are asked for again.
#[derive(Deserialize)]
pub(crate) struct Asked {
    eigene: Option<usize>,
}

/// The boxes below an answer: a code each, and "no code fits".
pub(crate) fn boxes(
    ask: &Ask,
    open: &Open,
    answer: &OpenAnswer,
    chosen: Option<&BTreeSet<String>>,
) -> Vec<BoxView> {
    let number = answer.number;
    let one = |value: &str, label: String, checked: bool| BoxView {
        id: format!("a{number}-{value}"),
        name: format!("a{number}"),
        value: value.to_owned(),
        label,
        checked,
    };
    let codes = open.frame.codes.iter().map(|code| {
        let checked = chosen.is_some_and(|chosen| chosen.contains(&code.key));
        one(&code.key, code.label.get(ask.lang).to_owned(), checked)
    });
    let none = chosen.is_some_and(BTreeSet::is_empty);
    let none = one(NONE, ask.t("coding-code-none"), none);
    codes.chain([none]).collect()
}

/// What was ticked, by the answers' numbers; an answer without a tick is left for later.
pub(crate) fn ticked(open: &Open, sent: &[(String, String)], coder: Option<&str>) -> Vec<Coding> {
    let mut ticked: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for (name, value) in sent {
        let number = name.strip_prefix('a').and_then(|n| n.parse::<usize>().ok());
        let Some(number) = number else { continue };
        let codes = ticked.entry(number).or_default();
        if open.frame.codes.iter().any(|code| code.key == *value) {
            codes.insert(value.clone());
        }
    }
    let coding = |(number, codes): (usize, BTreeSet<String>)| {
        let answer = open.answers.get(number.checked_sub(1)?)?;
        Some(Coding {
            municipality: answer.unit.clone(),
            coder: coder.map(str::to_owned),
            codes,
        })
    };
    ticked.into_iter().filter_map(coding).collect()
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path((wave, variable)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let open = Open::load(&state, &wave, &variable).await?;
    // Each answer is read by two; what I have read, or two others have, is not asked again.
    let waits = |answer: &&OpenAnswer| {
        let coders = open.by_coder(&answer.unit);
        !coders.contains_key(&staff.mail) && coders.len() < 2
    };
    let mine = |answer: &OpenAnswer| open.by_coder(&answer.unit).remove(&staff.mail);
    let waiting: Vec<&OpenAnswer> = open.answers.iter().filter(waits).collect();
    let own: Vec<&OpenAnswer> = open.answers.iter().filter(|a| mine(a).is_some()).collect();
    let shown: Vec<&OpenAnswer> = match asked.eigene {
        Some(from) => own.iter().filter(|a| a.number >= from).copied().collect(),
        None => waiting.clone(),
    };
    let shown = &shown[..shown.len().min(AT_ONCE)];
    let view = |answer: &&OpenAnswer| AnswerView {
        number: answer.number,
        text: answer.text.clone(),
        boxes: boxes(&ask, &open, answer, mine(answer).as_ref()),
    };
    let page = OpenCodingPage {
        frame: frame(&state, &ask, &staff, ask.t("coding-code-title")),
        list_href: ask.to("/verwaltung/offene-antworten"),
        frame_href: ask.to(&open.path("codes")),
        wave: open.title.get(ask.lang).to_owned(),
        wording: open.wording.get(ask.lang).to_owned(),
        no_codes: open.frame.codes.is_empty(),
        left: waiting.len(),
        answers: shown.iter().map(view).collect(),
        next: asked.eigene.and(shown.last()).map(|last| last.number + 1),
        own_href: (!own.is_empty() && asked.eigene.is_none())
            .then(|| ask.to(&open.path("kodieren?eigene=1"))),
        here: ask.to(&open.path("kodieren")),
    };
    Ok(html(&page)?.into_response())
}

pub(crate) async fn save(
    Extract(state): Extract<State>,
    Path((wave, variable)): Path<(String, String)>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let open = Open::load(&state, &wave, &variable).await?;
    let codings = ticked(&open, &sent, Some(&staff.mail));
    let (wave, variable) = (&open.wave, &open.variable.0);
    state
        .store
        .put_codings(wave, variable, codings, state.now(), &staff.mail)
        .await?;
    let next = sent.iter().find(|(name, _)| name == "weiter");
    let path = match next.and_then(|(_, from)| from.parse::<usize>().ok()) {
        Some(from) => open.path(&format!("kodieren?eigene={from}")),
        None => open.path("kodieren"),
    };
    Ok(Redirect::to(&ask.to(&path)).into_response())
}
