//! The frame of codes of an open question: one code a line.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use dataset::{Code, CodeFrame, Dataset, Other, Values};
use questionnaire::Text;
use serde::Deserialize;
use store::Staff;

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::open::Open;
use crate::office::session::{Signed, frame};

#[derive(Template)]
#[template(path = "office/open_frame.html")]
struct OpenFramePage {
    frame: Frame,
    list_href: String,
    wave: String,
    wording: String,
    faults: Vec<String>,
    typed: Typed,
}

/// What was typed.
#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(rename = "_version")]
    version: i64,
    codes: String,
    other: String,
}

fn page(
    state: &State,
    ask: &Ask,
    staff: &Staff,
    open: &Open,
    (typed, faults): (Typed, Vec<String>),
) -> Result<Response, PageError> {
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = OpenFramePage {
        frame: frame(state, ask, staff, ask.t("coding-frame-title")),
        list_href: ask.to("/verwaltung/offene-antworten"),
        wave: open.title.get(ask.lang).to_owned(),
        wording: open.wording.get(ask.lang).to_owned(),
        faults,
        typed,
    };
    Ok((status, html(&page)?).into_response())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path((wave, variable)): Path<(String, String)>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let open = Open::load(&state, &wave, &variable).await?;
    let typed = written(&open);
    page(&state, &ask, &staff, &open, (typed, Vec::new()))
}

pub(crate) async fn save(
    Extract(state): Extract<State>,
    Path((wave, variable)): Path<(String, String)>,
    ask: Ask,
    signed: Signed,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let open = Open::load(&state, &wave, &variable).await?;
    let read = match read(&ask, &typed, &open.dataset) {
        Ok(read) => read,
        Err(faults) => return page(&state, &ask, &staff, &open, (typed, faults)),
    };
    let kept = state
        .store
        .put_code_frame(
            &open.wave,
            &open.variable.0,
            (typed.version, &read),
            state.now(),
            &staff.mail,
        )
        .await?;
    if !kept {
        let faults = vec![ask.t("coding-frame-conflict")];
        return page(&state, &ask, &staff, &open, (typed, faults));
    }
    Ok(Redirect::to(&ask.to(&open.path("kodieren"))).into_response())
}

fn written(open: &Open) -> Typed {
    let into = open.frame.other.as_ref();
    let line = |code: &Code| {
        let end = into.and_then(|other| other.into.get(&code.key));
        let end = end.map_or_else(String::new, |option| format!(" | {option}"));
        format!(
            "{} | {} | {}{end}\n",
            code.key, code.label.de, code.label.en
        )
    };
    Typed {
        version: open.version,
        codes: open.frame.codes.iter().map(line).collect(),
        other: into.map_or_else(String::new, |o| format!("{}.{}", o.question, o.option)),
    }
}

/// Lines "key | German | English", for "Sonstiges" with a fourth part: the option. All faults at once.
fn read(ask: &Ask, typed: &Typed, dataset: &Dataset) -> Result<CodeFrame, Vec<String>> {
    let mut faults = Vec::new();
    let (mut codes, mut into) = (Vec::new(), BTreeMap::new());
    let mut seen = BTreeSet::new();
    for (number, line) in (1..).zip(typed.codes.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let number = number.to_string();
        let right = |key: &str| {
            let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            !key.is_empty() && key.len() <= 40 && key.bytes().all(letters)
        };
        match parts.as_slice() {
            [key, de, en, rest @ ..]
                if right(key) && !de.is_empty() && !en.is_empty() && rest.len() < 2 =>
            {
                if !seen.insert((*key).to_owned()) {
                    faults.push(ask.tv("coding-frame-twice", &[("line", &number), ("key", key)]));
                }
                if let Some(option) = rest.first().filter(|option| !option.is_empty()) {
                    into.insert((*key).to_owned(), (*option).to_owned());
                }
                codes.push(Code {
                    key: (*key).to_owned(),
                    label: Text {
                        de: (*de).to_owned(),
                        en: (*en).to_owned(),
                    },
                });
            }
            _ => faults.push(ask.tv("coding-frame-line", &[("line", &number)])),
        }
    }
    let other = match typed.other.trim() {
        "" => None,
        other => match other.split_once('.').filter(|o| has_option(dataset, *o)) {
            Some((question, option)) => Some(Other {
                question: question.to_owned(),
                option: option.to_owned(),
                into,
            }),
            None => {
                faults.push(ask.tv("coding-frame-other-wrong", &[("other", other)]));
                None
            }
        },
    };
    if faults.is_empty() {
        Ok(CodeFrame { codes, other })
    } else {
        Err(faults)
    }
}

fn has_option(dataset: &Dataset, (question, option): (&str, &str)) -> bool {
    dataset.columns.iter().any(|column| {
        let key = &column.variable.key.0;
        match &column.values {
            Values::Coded(_) => {
                key == question && column.variable.codes.iter().any(|(code, _)| code == option)
            }
            Values::Flag(_) => *key == format!("{question}.{option}"),
            _ => false,
        }
    })
}
