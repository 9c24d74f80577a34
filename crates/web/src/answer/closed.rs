//! Before and after the field period a page says so; afterwards one's own answers stay readable.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use fieldwork::Phase;
use questionnaire::VariableKey;

use crate::State;
use crate::answer::access::{Access, last_day};
use crate::answer::review::{AnswerGroup, groups};
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame, day};

#[derive(Template)]
#[template(path = "answer/closed.html")]
struct ClosedPage {
    frame: Frame,
    municipality: String,
    what: String,
    help: String,
    groups: Vec<AnswerGroup>,
    sheet_href: Option<String>,
    contact: String,
    unsaved: Vec<Unsaved>,
}

/// What somebody typed and could not save any more: shown, so that it can be copied.
pub(crate) struct Unsaved {
    /// Wording of the question or item.
    pub label: String,
    /// The answer in words, or what was typed.
    pub answer: String,
}

/// What a page's form would have changed, in words.
pub(crate) fn unsaved(
    access: &Access,
    ask: &Ask,
    page: &str,
    fields: &[(String, String)],
    before: &fieldwork::Response,
) -> Vec<Unsaved> {
    let Some(page) = access.questionnaire.page(page) else {
        return Vec::new();
    };
    let parsed = page.parse(fields, &before.answers());
    let label = |variable: &VariableKey| {
        let known = access.questionnaire.variable(variable);
        let words = known.map(|v| {
            v.item
                .map_or(&v.question.text, |item| &item.text)
                .get(ask.lang)
        });
        words.unwrap_or(variable.as_str()).to_owned()
    };
    let changed = parsed.changes.iter().filter_map(|(variable, answer)| {
        let answer = access
            .questionnaire
            .describe(variable, answer.as_ref()?, ask.lang);
        Some(Unsaved {
            label: label(variable),
            answer,
        })
    });
    let faulty = parsed.problems.iter().map(|problem| Unsaved {
        label: label(&problem.variable),
        answer: problem.typed_text(),
    });
    changed.chain(faulty).collect()
}

/// The page that says that answers cannot be given now.
pub(crate) fn page(
    state: &State,
    ask: &Ask,
    access: &Access,
    response: &fieldwork::Response,
    unsaved: Vec<Unsaved>,
) -> Result<Response, PageError> {
    let wave = access.wave();
    let planned = access.phase(state) == Phase::Planned;
    let (title, what, help) = if access.invitation.withdrawn.is_some() {
        let what = ask.t("web-answer-withdrawn-what");
        (
            "web-answer-withdrawn-title",
            what,
            ask.t("web-answer-withdrawn-help"),
        )
    } else if planned {
        let opens = ask.date(day(wave.opens));
        let what = ask.tv("web-answer-planned-what", &[("day", &opens)]);
        (
            "web-answer-planned-title",
            what,
            ask.t("web-answer-planned-help"),
        )
    } else {
        let what = ask.tv("web-answer-closed-what", &[("day", &last_day(ask, wave))]);
        (
            "web-answer-closed-title",
            what,
            ask.t("web-answer-closed-help"),
        )
    };
    let sheet = (!planned && access.invitation.submitted.is_some())
        .then(|| ask.to(&access.path("/vergleichsblatt")));
    let page = ClosedPage {
        frame: access.frame(state, ask, ask.t(title)),
        municipality: access.municipality.clone(),
        what,
        help,
        groups: if response.records.is_empty() {
            Vec::new()
        } else {
            groups(access, ask, response, false)
        },
        sheet_href: sheet,
        contact: wave.contact.clone(),
        unsaved,
    };
    Ok(html(&page)?.into_response())
}

/// The same as the answer to a save that came too late: nothing was saved.
pub(crate) fn refused(
    state: &State,
    ask: &Ask,
    access: &Access,
    response: &fieldwork::Response,
    unsaved: Vec<Unsaved>,
) -> Result<Response, PageError> {
    let page = page(state, ask, access, response, unsaved)?;
    Ok((StatusCode::CONFLICT, page).into_response())
}
