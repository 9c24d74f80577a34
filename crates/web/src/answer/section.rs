//! A department's first page: its sections, how far each is, and the button that marks them as finished.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use fieldwork::{Department, Phase, SectionState, section_state};
use serde::Deserialize;
use store::{DepartmentAccess, FinishOutcome};

use crate::State;
use crate::answer::access::{Access, Writer, last_day};
use crate::answer::tasks::{self, StateView};
use crate::answer::{closed, tongue};
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::departments_finished;

struct SectionView {
    key: String,
    title: String,
    href: String,
    state: StateView,
    missing: Option<String>,
    finished: Option<String>,
    asked: bool,
    /// Whether something in it was answered.
    begun: bool,
}

#[derive(Template)]
#[template(path = "together/section.html")]
struct StartPage {
    frame: Frame,
    tongues: Vec<tongue::Tongue>,
    municipality: String,
    lead: String,
    until: Option<String>,
    all: Option<String>,
    sections: Vec<SectionView>,
    pdf_href: String,
    finish_href: String,
    last_day: String,
    contact: String,
    privacy_href: String,
}

/// The page behind a department's link.
pub(crate) fn start(
    state: &State,
    ask: &Ask,
    access: &Access,
    department: &Department,
    response: &fieldwork::Response,
) -> Result<Response, PageError> {
    let answers = response.answers();
    let pages = access.questionnaire.pages.iter();
    let view = |page: &questionnaire::Page| {
        let found = section_state(page, response, std::slice::from_ref(department), None);
        let asked = found != SectionState::NotAsked;
        let missing = if asked {
            page.missing(&answers).len()
        } else {
            0
        };
        let count = missing.to_string();
        SectionView {
            key: page.key.clone(),
            title: page.title.get(ask.lang).to_owned(),
            href: ask.to(&access.path(&format!("/seite/{}", page.key))),
            state: tasks::state_view(ask, found),
            missing: (missing > 0).then(|| ask.tv("together-missing", &[("count", &count)])),
            finished: department.sections[&page.key]
                .map(|at| ask.tv("together-finished-at", &[("moment", &ask.moment(at))])),
            asked,
            begun: found != SectionState::Open,
        }
    };
    let sections: Vec<SectionView> = pages
        .filter(|page| department.has(&page.key))
        .map(view)
        .collect();
    let all = sections.iter().all(|s| s.finished.is_some() || !s.asked);
    let page = StartPage {
        tongues: tongue::choices(access, ask),
        frame: access.frame(state, ask, department.name.clone()),
        municipality: access.municipality.clone(),
        lead: ask.t("together-section-lead"),
        until: department
            .until
            .map(|day| ask.tv("together-section-until", &[("day", &ask.date(day))])),
        all: all.then(|| ask.t("together-section-all")),
        sections,
        pdf_href: ask.to(&access.path("/fragebogen.pdf")),
        finish_href: ask.to(&access.path("/fertig-melden")),
        last_day: last_day(ask, access.wave()),
        contact: access.wave().contact.clone(),
        privacy_href: ask.to(&format!("/datenschutz/{}", access.wave().name)),
    };
    Ok(html(&page)?.into_response())
}

#[derive(Deserialize)]
pub(crate) struct Said {
    /// Key of the page, or empty for all.
    #[serde(default)]
    seite: String,
    /// `wieder` opens it again.
    #[serde(default)]
    was: String,
}

/// Marks one section or all as finished, or one as open again.
pub(crate) async fn finish(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Parts,
    Form(said): Form<Said>,
) -> Result<Response, PageError> {
    let access = Access::find_any(&state, &token, &parts).await?;
    let Writer::Department(department) = access.writer.clone() else {
        return Err(PageError::NotFound);
    };
    let response = access.standing.clone();
    if access.phase(&state) != Phase::Open {
        return closed::refused(&state, &ask, &access, &response, Vec::new());
    }
    let asked: BTreeSet<String> = access
        .questionnaire
        .visible_pages(response.answers())
        .into_iter()
        .map(|page| page.key.clone())
        .collect();
    let pages: BTreeSet<String> = match said.seite.as_str() {
        "" => department
            .sections
            .keys()
            .filter(|k| asked.contains(*k))
            .cloned()
            .collect(),
        one => [one.to_owned()].into(),
    };
    let mail = tasks::finished_mail(&state, &ask, &access);
    let found = DepartmentAccess {
        department,
        invitation: access.invitation.clone(),
        response: fieldwork::Response::clone(&response),
    };
    let finished = said.was != "wieder";
    let marked = state
        .store
        .finish_sections(&found, pages, finished, asked, mail, state.now());
    match marked.await? {
        FinishOutcome::NotThere => return Err(PageError::NotFound),
        FinishOutcome::AllFinished { told: false } => {
            let (wave, key) = (&access.invitation.wave, &access.invitation.municipality);
            departments_finished(&state, wave, key).await;
        }
        FinishOutcome::AllFinished { told: true } | FinishOutcome::Marked => (),
    }
    Ok(Redirect::to(&ask.to(&access.path(""))).into_response())
}
