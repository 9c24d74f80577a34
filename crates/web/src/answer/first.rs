//! The first page: who asks, who pays, why, until when, who sees the answers. Beginning happens on its button.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use fieldwork::{Phase, Supporter};

use crate::State;
use crate::answer::access::{Access, Writer, last_day, minutes, saved_line, sees_not};
use crate::answer::{closed, section, tongue};
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};

/// An organisation with its logo.
struct LogoView {
    name: String,
    svg: Option<String>,
}

impl LogoView {
    fn of(organisation: &Supporter) -> Self {
        Self {
            name: organisation.name.clone(),
            svg: organisation.logo_svg.clone(),
        }
    }
}

#[derive(Template)]
#[template(path = "answer/first.html")]
struct FirstPage {
    frame: Frame,
    tongues: Vec<tongue::Tongue>,
    municipality: String,
    submitted: Option<String>,
    purpose: String,
    button: String,
    saved: Option<String>,
    institute: LogoView,
    funder: Option<LogoView>,
    sees_not: String,
    supporters: Vec<LogoView>,
    until: String,
    minutes: String,
    contact: String,
    pdf_href: String,
    review_href: String,
    sheet_href: String,
    tasks_href: String,
    withdraw_href: String,
    privacy_href: String,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Parts,
) -> Result<Response, PageError> {
    let access = Access::find_any(&state, &token, &parts).await?;
    let response = &access.standing;
    if access.phase(&state) != Phase::Open {
        return closed::page(&state, &ask, &access, response, Vec::new());
    }
    if let Writer::Department(department) = &access.writer {
        return section::start(&state, &ask, &access, department, response);
    }
    let wave = access.wave();
    let submitted = access.invitation.submitted;
    let button = match (submitted, response.records.is_empty()) {
        (Some(_), _) => "web-answer-first-change",
        (None, true) => "web-answer-first-begin",
        (None, false) => "web-answer-first-continue",
    };
    let page = FirstPage {
        tongues: tongue::choices(&access, &ask),
        frame: access.frame(&state, &ask, wave.title.get(ask.lang)),
        municipality: access.municipality.clone(),
        submitted: submitted
            .map(|at| ask.tv("web-answer-first-submitted", &[("moment", &ask.moment(at))])),
        purpose: wave.purpose.get(ask.lang).to_owned(),
        button: ask.t(button),
        saved: saved_line(&state, &ask, response),
        institute: LogoView::of(&wave.institute),
        funder: wave.has_funder().then(|| LogoView::of(&wave.funder)),
        sees_not: sees_not(&ask, wave),
        supporters: wave.supporters.iter().map(LogoView::of).collect(),
        until: ask.tv(
            "web-answer-first-until-text",
            &[("day", &last_day(&ask, wave))],
        ),
        minutes: minutes(&ask, wave.minutes),
        contact: wave.contact.clone(),
        pdf_href: ask.to(&access.path("/fragebogen.pdf")),
        review_href: ask.to(&access.path("/pruefen")),
        sheet_href: ask.to(&access.path("/vergleichsblatt")),
        tasks_href: ask.to(&access.path("/aufgabenliste")),
        withdraw_href: ask.to(&access.path("/zurueckziehen")),
        privacy_href: ask.to(&format!("/datenschutz/{}", wave.name)),
    };
    Ok(html(&page)?.into_response())
}

/// Notes that the municipality has begun and leads to where it left off.
pub(crate) async fn begin(
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
    super::pretest::arrived(&state, &access, &parts).await?;
    if access.invitation.opened.is_none() {
        let (wave, key) = (&access.invitation.wave, &access.invitation.municipality);
        state.store.mark_opened(wave, key, state.now()).await?;
    }
    let answers = response.answers();
    let next = match access.questionnaire.first_unfinished_page(answers) {
        Some(page) => access.path(&format!("/seite/{}", page.key)),
        None => access.path("/pruefen"),
    };
    Ok(Redirect::to(&ask.to(&next)).into_response())
}
