//! "Antworten prüfen": all answers with links to change them, and the button that submits.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use fieldwork::Phase;
use questionnaire::{Question, QuestionKind, Role, VariableKey, plain};
use store::SubmitOutcome;

use crate::State;
use crate::answer::access::{Access, Writer, last_day, saved_line, sees_not};
use crate::answer::drawn::Words;
use crate::answer::view::anchor;
use crate::answer::{closed, page::Fault, tongue};
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};

/// One answer in words.
pub(crate) struct AnswerRow {
    pub label: String,
    pub answer: Option<String>,
    pub required: bool,
}

/// A question: itself one row, or a battery under its wording.
pub(crate) struct AnswerBlock {
    pub heading: Option<String>,
    pub rows: Vec<AnswerRow>,
}

/// A page of the questionnaire.
pub(crate) struct AnswerGroup {
    pub key: String,
    pub title: String,
    pub change: Option<String>,
    pub blocks: Vec<AnswerBlock>,
}

#[derive(Template)]
#[template(path = "answer/review.html")]
struct ReviewPage {
    frame: Frame,
    tongues: Vec<tongue::Tongue>,
    municipality: String,
    saved: Option<String>,
    summary_title: String,
    missing: Vec<Fault>,
    groups: Vec<AnswerGroup>,
    submitted: Option<String>,
    until: String,
    sees_not: String,
    first_href: String,
}

/// The answers on the route, by page.
pub(crate) fn groups(
    access: &Access,
    ask: &Ask,
    response: &fieldwork::Response,
    change: bool,
) -> Vec<AnswerGroup> {
    let (questionnaire, answers) = (&access.questionnaire, response.answers());
    let row = |q: &Question, variable: &VariableKey, label: String| AnswerRow {
        label,
        answer: answers
            .get(variable)
            .map(|a| questionnaire.describe(variable, a, ask.lang)),
        required: q.required,
    };
    let words = Words {
        questionnaire,
        answers: &answers,
        all: &answers,
        live: None,
        register: &access.register,
    };
    let block = |q: &Question| {
        let text = plain(&words.text(&q.text, ask.lang));
        // The numbers of the pages and of the form on paper.
        let text = format!("{} {text}", q.number).trim().to_owned();
        if let QuestionKind::Computed { .. } = q.kind {
            let row = AnswerRow {
                label: text,
                answer: Some(words.computed(&q.key, ask.lang)),
                required: false,
            };
            return AnswerBlock {
                heading: None,
                rows: vec![row],
            };
        }
        let shown = q.parts().into_iter();
        let shown: Vec<_> = shown.filter(|part| part.is_visible(&answers)).collect();
        let label = |part: &questionnaire::Part| part.label(ask.lang).map(|l| plain(&l));
        let rows = shown.iter().map(|part| AnswerRow {
            required: q.required && part.role == Role::Own,
            ..row(q, &part.key, label(part).unwrap_or_else(|| text.clone()))
        });
        AnswerBlock {
            heading: q.items().is_some().then(|| text.clone()),
            rows: rows.collect(),
        }
    };
    let group = |page: &questionnaire::Page| AnswerGroup {
        key: page.key.clone(),
        title: page.title.get(ask.lang).to_owned(),
        change: change.then(|| ask.to(&access.path(&format!("/seite/{}", page.key)))),
        blocks: joined(
            page.visible_questions(&answers)
                .into_iter()
                .filter(|q| !matches!(q.kind, QuestionKind::Note))
                .map(block),
        ),
    };
    questionnaire
        .visible_pages(&answers)
        .into_iter()
        .filter(|page| access.sees(&page.key))
        .map(group)
        .collect()
}

/// Questions that follow one another share a list; a battery has one of its own under its wording.
fn joined(blocks: impl Iterator<Item = AnswerBlock>) -> Vec<AnswerBlock> {
    let mut joined: Vec<AnswerBlock> = Vec::new();
    for block in blocks {
        match joined.last_mut() {
            Some(last) if last.heading.is_none() && block.heading.is_none() => {
                last.rows.extend(block.rows);
            }
            _ => joined.push(block),
        }
    }
    joined
}

/// Required variables that are open, and checks that do not hold, each with the place where it is answered.
fn missing(access: &Access, ask: &Ask, response: &fieldwork::Response) -> Vec<Fault> {
    let (questionnaire, answers) = (&access.questionnaire, response.answers());
    let fault = |variable: VariableKey, message: Option<&str>| {
        let v = questionnaire.variable(&variable)?;
        let at = format!("/seite/{}#{}", v.page.key, anchor(v.question, &variable));
        let label = v.part.label(ask.lang);
        let text = label.unwrap_or_else(|| v.question.text.get(ask.lang).to_owned());
        let text = match message {
            Some(message) => format!("{} {message}", v.question.number),
            None => format!("{} {}", v.question.number, plain(&text)),
        };
        let (path, hash) = at.split_once('#')?;
        let address = format!("{}#{hash}", ask.to(&access.path(path)));
        Some(Fault {
            anchor: address,
            text,
        })
    };
    let open = questionnaire.missing(&answers).into_iter();
    let mut faults: Vec<Fault> = open.filter_map(|v| fault(v, None)).collect();
    let wrong = questionnaire
        .violations(&answers)
        .into_iter()
        .filter(|v| !v.soft);
    faults.extend(wrong.filter_map(|v| fault(v.variable, Some(v.message.get(ask.lang)))));
    faults
}

fn page(state: &State, ask: &Ask, access: &Access, response: &fieldwork::Response) -> ReviewPage {
    let missing = missing(access, ask, response);
    let count = missing.len().to_string();
    ReviewPage {
        tongues: tongue::choices(access, ask),
        frame: access.frame(state, ask, ask.t("web-answer-review-title")),
        municipality: access.municipality.clone(),
        saved: saved_line(state, ask, response),
        summary_title: ask.tv("web-answer-review-missing", &[("count", &count)]),
        missing,
        groups: groups(access, ask, response, true),
        submitted: access
            .invitation
            .submitted
            .map(|at| ask.tv("web-answer-first-submitted", &[("moment", &ask.moment(at))])),
        until: last_day(ask, access.wave()),
        sees_not: sees_not(ask, access.wave()),
        first_href: ask.to(&access.path("")),
    }
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Parts,
) -> Result<Response, PageError> {
    let access = Access::find_whole(&state, &token, &parts).await?;
    let response = &access.standing;
    if access.phase(&state) != Phase::Open {
        return closed::page(&state, &ask, &access, response, Vec::new());
    }
    Ok(html(&page(&state, &ask, &access, response))?.into_response())
}

pub(crate) async fn submit(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Parts,
) -> Result<Response, PageError> {
    let access = Access::find_whole(&state, &token, &parts).await?;
    let response = &access.standing;
    if access.phase(&state) != Phase::Open {
        return closed::refused(&state, &ask, &access, response, Vec::new());
    }
    if !missing(&access, &ask, response).is_empty() {
        let page = html(&page(&state, &ask, &access, response))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let (wave, key) = (&access.invitation.wave, &access.invitation.municipality);
    match state.store.submit(wave, key, state.now()).await? {
        SubmitOutcome::Submitted => {
            let done = match access.writer {
                Writer::Institute => ask.to(&crate::office::municipality::path(wave, key)),
                _ => ask.to(&access.path("/fertig")),
            };
            Ok(Redirect::to(&done).into_response())
        }
        SubmitOutcome::Closed => closed::refused(&state, &ask, &access, response, Vec::new()),
    }
}
