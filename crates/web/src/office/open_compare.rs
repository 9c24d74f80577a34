//! Two coders side by side: how far they agree, where they differ, what is settled; and the dataset's next version.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, Query, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use dataset::Coded;
use edition::numbers;
use findings::agreement;
use serde::Deserialize;
use store::Role;

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame, day};
use crate::office::open::{Open, OpenAnswer, texts};
use crate::office::open_coding::{BoxView, boxes, ticked};
use crate::office::session::{Signed, frame};

struct DifferenceView {
    number: usize,
    text: String,
    /// Coder and codes in words.
    chose: Vec<(String, String)>,
    boxes: Vec<BoxView>,
    settled: bool,
}

/// What was done just before.
#[derive(Deserialize)]
pub(crate) struct After {
    nach: Option<String>,
}

#[derive(Template)]
#[template(path = "office/open_compare.html")]
struct OpenComparePage {
    frame: Frame,
    list_href: String,
    version_href: String,
    compare_href: String,
    wave: String,
    wording: String,
    both: usize,
    same: usize,
    settled: usize,
    of: usize,
    alpha: String,
    by_code: Vec<(String, String)>,
    /// What two read differently and nobody has settled.
    open: Vec<DifferenceView>,
    /// What was settled of that.
    settled_before: Vec<DifferenceView>,
    open_count: usize,
    settled_count: usize,
    saved: Option<String>,
    version: i64,
    may_make: bool,
}

/// Two decimals, as alpha is usually given; "–" where nobody could disagree.
fn alpha(ask: &Ask, alpha: Option<f64>) -> String {
    alpha.map_or_else(|| "–".to_owned(), |a| numbers::decimal(ask.lang, a, 2))
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path((wave, variable)): Path<(String, String)>,
    Query(asked): Query<After>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let open = Open::load(&state, &wave, &variable).await?;
    let keys: Vec<String> = open.frame.codes.iter().map(|c| c.key.clone()).collect();
    let coded: Vec<_> = open
        .answers
        .iter()
        .map(|a| open.by_coder(&a.unit))
        .collect();
    let found = agreement(&keys, &coded);
    let newest = state.store.newest_dataset(&open.wave).await?;
    let settled = open.coded().units.len();
    let label = |key: &str| {
        let code = open.frame.codes.iter().find(|code| code.key == key);
        code.map_or(key.to_owned(), |c| c.label.get(ask.lang).to_owned())
    };
    let names = coders(&state).await?;
    let (decided, undecided): (Vec<_>, Vec<_>) = open
        .answers
        .iter()
        .filter_map(|answer| difference(&ask, (&open, &names), answer))
        .partition(|difference| difference.settled);
    let page = OpenComparePage {
        frame: frame(&state, &ask, &staff, ask.t("coding-compare-title")),
        list_href: ask.to("/verwaltung/offene-antworten"),
        version_href: ask.to(&open.path("fassung")),
        compare_href: ask.to(&open.path("abgleich")),
        wave: open.title.get(ask.lang).to_owned(),
        wording: open.wording.get(ask.lang).to_owned(),
        both: found.both,
        same: found.same,
        settled,
        of: open.answers.len(),
        alpha: alpha(&ask, found.alpha),
        by_code: found
            .by_code
            .iter()
            .map(|(code, a)| (label(code), alpha(&ask, *a)))
            .collect(),
        open_count: undecided.len(),
        settled_count: decided.len(),
        open: undecided,
        settled_before: decided,
        saved: match asked.nach.as_deref() {
            Some("entschieden") => Some(ask.t("coding-compare-saved")),
            Some("fassung") => Some(ask.t("coding-compare-version-made")),
            _ => None,
        },
        version: newest.map_or(1, |(version, _)| version),
        may_make: staff.role == Role::Researcher && settled > 0,
    };
    Ok(html(&page)?.into_response())
}

/// Names of the staff by mail address.
async fn coders(state: &State) -> Result<BTreeMap<String, String>, PageError> {
    let staff = state.store.all_staff().await?.into_iter();
    Ok(staff.map(|person| (person.mail, person.name)).collect())
}

/// An answer that two coders read differently, with what is settled meanwhile.
fn difference(
    ask: &Ask,
    (open, names): (&Open, &BTreeMap<String, String>),
    answer: &OpenAnswer,
) -> Option<DifferenceView> {
    let coders = open.by_coder(&answer.unit);
    let mut sets = coders.values();
    let (first, second) = (sets.next()?, sets.next()?);
    if first == second {
        return None;
    }
    let label = |key: &String| {
        let code = open.frame.codes.iter().find(|code| code.key == *key);
        code.map_or(key.clone(), |c| c.label.get(ask.lang).to_owned())
    };
    let words = |codes: &std::collections::BTreeSet<String>| {
        if codes.is_empty() {
            return ask.t("coding-code-none");
        }
        numbers::list(ask.lang, &codes.iter().map(label).collect::<Vec<_>>())
    };
    let settled = open.settled(&answer.unit);
    Some(DifferenceView {
        number: answer.number,
        text: answer.text.clone(),
        chose: coders
            .iter()
            .map(|(coder, codes)| (names.get(coder).unwrap_or(coder).clone(), words(codes)))
            .collect(),
        settled: settled.is_some(),
        boxes: boxes(ask, open, answer, settled.as_ref()),
    })
}

pub(crate) async fn settle(
    Extract(state): Extract<State>,
    Path((wave, variable)): Path<(String, String)>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let open = Open::load(&state, &wave, &variable).await?;
    let codings = ticked(&open, &sent, None);
    let (wave, variable) = (&open.wave, &open.variable.0);
    state
        .store
        .put_codings(wave, variable, codings, state.now(), &staff.mail)
        .await?;
    let path = ask.to(&open.path("abgleich?nach=entschieden"));
    Ok(Redirect::to(&path).into_response())
}

/// Makes the next version of the wave's dataset: the first one with everything that is settled by now.
pub(crate) async fn next_version(
    Extract(state): Extract<State>,
    Path((wave, variable)): Path<(String, String)>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let open = Open::load(&state, &wave, &variable).await?;
    let mut coded: Vec<Coded> = Vec::new();
    for (variable, ..) in texts(&open.dataset) {
        let one = Open::load(&state, &wave, &variable.0).await?.coded();
        if !one.units.is_empty() && !one.frame.codes.is_empty() {
            coded.push(one);
        }
    }
    let newest = state.store.newest_dataset(&open.wave).await?;
    let (seen, _) = newest.ok_or(PageError::NotFound)?;
    let next = open
        .dataset
        .recoded(day(state.now()), &coded)
        .map_err(|fault| {
            tracing::warn!(%fault, "a dataset was not recoded");
            PageError::Conflict
        })?;
    let questions: Vec<&str> = coded.iter().map(|c| c.variable.as_str()).collect();
    let note = questions.join(", ");
    let version = (seen, &next);
    let made = state
        .store
        .add_dataset_version(&open.wave, version, &note, state.now(), &staff.mail)
        .await?;
    if !made {
        return Err(PageError::Conflict);
    }
    let path = ask.to(&open.path("abgleich?nach=fassung"));
    Ok(Redirect::to(&path).into_response())
}
