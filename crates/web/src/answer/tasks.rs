//! The contact's task list: every section with who has it and how far it is, and what is done together.

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use fieldwork::{Department, Phase, SectionCheck, SectionState, section_state, stand};
use questionnaire::Lang;
use serde::Deserialize;
use store::{NewMail, Together};

use crate::State;
use crate::answer::access::{Access, last_day};
use crate::answer::closed;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame, day};
use crate::practice::mails::is_address;

/// A state as a label with a look of its own; the look never says more than the words.
pub(crate) struct StateView {
    pub label: String,
    pub class: &'static str,
}

/// A state in words.
pub(crate) fn state_view(ask: &Ask, state: SectionState) -> StateView {
    let (key, class) = match state {
        SectionState::NotAsked => ("together-state-not-asked", "none"),
        SectionState::Open => ("together-state-open", "open"),
        SectionState::Begun => ("together-state-begun", "begun"),
        SectionState::Finished => ("together-state-finished", "finished"),
        SectionState::Checked => ("together-state-checked", "checked"),
    };
    StateView {
        label: ask.t(key),
        class,
    }
}

struct WhoView {
    words: String,
    late: bool,
}

struct TaskView {
    key: String,
    title: String,
    href: String,
    asked: bool,
    state: StateView,
    who: Vec<WhoView>,
    missing: Option<String>,
    note: Option<String>,
    /// Whether it can be marked as checked, or is.
    checkable: bool,
    checked: bool,
}

struct DepartmentView {
    name: String,
    href: String,
    what: String,
    late: bool,
}

#[derive(Template)]
#[template(path = "together/tasks.html")]
struct TasksPage {
    frame: Frame,
    municipality: String,
    summary: String,
    tasks: Vec<TaskView>,
    departments: Vec<DepartmentView>,
    add_href: String,
    notice: String,
    notice_error: Option<String>,
    told: bool,
    here: String,
    review_href: String,
    sign_href: String,
    signed: String,
    take_href: Option<String>,
    changes_href: Option<String>,
    pdf_href: String,
    answers_href: String,
    withdraw_href: String,
    first_href: String,
    until: String,
}

/// The mail that tells the contact that all departments have finished; the store knows the recipient.
pub(crate) fn finished_mail(state: &State, ask: &Ask, access: &Access) -> NewMail {
    let german = Ask {
        lang: Lang::De,
        ..ask.clone()
    };
    let title = access.wave().title.get(Lang::De);
    let values = [
        ("municipality", access.municipality.as_str()),
        ("wave", title),
        ("address", state.base_url.as_str()),
        ("contact", access.wave().contact.as_str()),
    ];
    NewMail {
        to: String::new(),
        subject: german.tv("together-mail-finished-subject", &values),
        body: german.tv("together-mail-finished-body", &values),
    }
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Parts,
) -> Result<Response, PageError> {
    let access = Access::find(&state, &token, &parts).await?;
    if access.phase(&state) != Phase::Open {
        let standing = access.standing.clone();
        return closed::page(&state, &ask, &access, &standing, Vec::new());
    }
    let page = page(&state, &ask, &access, None).await?;
    Ok(html(&page)?.into_response())
}

async fn page(
    state: &State,
    ask: &Ask,
    access: &Access,
    wrong: Option<String>,
) -> Result<TasksPage, PageError> {
    let (wave, key) = (&access.invitation.wave, &access.invitation.municipality);
    let together = state.store.together(wave, key).await?;
    let response = &access.standing;
    let pages = &access.questionnaire.pages;
    let tasks: Vec<TaskView> = pages
        .iter()
        .map(|page| task(state, ask, access, page, &together))
        .collect();
    let done = |t: &&TaskView| t.asked && matches!(t.state.class, "finished" | "checked");
    let (done, asked) = (
        tasks.iter().filter(done).count().to_string(),
        tasks.iter().filter(|t| t.asked).count().to_string(),
    );
    let signed = together.sign_offs.iter().filter(|s| s.signed.is_some());
    let signed = signed.count().to_string();
    let active = together.departments.iter();
    let taking = crate::answer::take_over::earlier(state, access).await?;
    Ok(TasksPage {
        frame: access.frame(state, ask, ask.t("together-tasks-title")),
        municipality: access.municipality.clone(),
        summary: ask.tv("together-tasks-summary", &[("done", &done), ("of", &asked)]),
        tasks,
        departments: active.map(|d| department(state, ask, access, d)).collect(),
        add_href: ask.to(&access.path("/fachbereiche")),
        notice: wrong
            .clone()
            .or(together.notice.clone())
            .unwrap_or_default(),
        notice_error: wrong.map(|_| ask.t("together-notice-wrong")),
        told: together.notice.is_some(),
        here: ask.to(&access.path("/aufgabenliste")),
        review_href: ask.to(&access.path("/pruefen")),
        sign_href: ask.to(&access.path("/mitzeichnung")),
        signed: ask.tv("together-tasks-signed", &[("count", &signed)]),
        take_href: (!taking.is_empty()).then(|| ask.to(&access.path("/uebernehmen"))),
        changes_href: response
            .submitted
            .map(|_| ask.to(&access.path("/aenderungen"))),
        pdf_href: ask.to(&access.path("/fragebogen.pdf")),
        answers_href: ask.to(&access.path("/antworten.pdf")),
        withdraw_href: ask.to(&access.path("/zurueckziehen")),
        first_href: ask.to(&access.path("")),
        until: last_day(ask, access.wave()),
    })
}

fn late(state: &State, department: &Department) -> bool {
    let over = department
        .until
        .is_some_and(|until| day(state.now()) > until);
    over && department.sections.values().any(Option::is_none)
}

fn task(
    state: &State,
    ask: &Ask,
    access: &Access,
    page: &questionnaire::Page,
    together: &Together,
) -> TaskView {
    let (response, answers) = (&access.standing, access.standing.answers());
    let check = together.checks.get(&page.key);
    let found = section_state(page, response, &together.departments, check);
    let asked = found != SectionState::NotAsked;
    let with = together.departments.iter();
    let with = with.filter(|d| d.ended.is_none() && d.has(&page.key));
    let who = |d: &Department| WhoView {
        words: match (d.sections[&page.key], d.until) {
            (Some(at), _) => ask.tv(
                "together-who-finished",
                &[("who", &d.name), ("moment", &ask.moment(at))],
            ),
            (None, Some(until)) => ask.tv(
                "together-who-until",
                &[("who", &d.name), ("day", &ask.date(until))],
            ),
            (None, None) => d.name.clone(),
        },
        late: d.sections[&page.key].is_none() && late(state, d),
    };
    let missing = if asked {
        page.missing(answers).len()
    } else {
        0
    };
    let count = missing.to_string();
    let changed = check.is_some_and(|c| c.stand != stand(page, response));
    TaskView {
        key: page.key.clone(),
        title: page.title.get(ask.lang).to_owned(),
        href: ask.to(&access.path(&format!("/seite/{}", page.key))),
        asked,
        state: state_view(ask, found),
        who: with.map(who).collect(),
        missing: (missing > 0).then(|| ask.tv("together-missing", &[("count", &count)])),
        note: (changed && asked).then(|| ask.t("together-changed-since-check")),
        checkable: matches!(found, SectionState::Begun | SectionState::Finished),
        checked: found == SectionState::Checked,
    }
}

fn department(state: &State, ask: &Ask, access: &Access, d: &Department) -> DepartmentView {
    let done = d.sections.values().filter(|at| at.is_some()).count();
    let (done, of) = (done.to_string(), d.sections.len().to_string());
    let what = match (d.ended, d.until) {
        (Some(at), _) => ask.tv("together-department-ended", &[("moment", &ask.moment(at))]),
        (None, None) => ask.tv("together-department-done", &[("done", &done), ("of", &of)]),
        (None, Some(until)) => ask.tv(
            "together-department-done-until",
            &[("done", &done), ("of", &of), ("day", &ask.date(until))],
        ),
    };
    DepartmentView {
        name: d.name.clone(),
        href: ask.to(&access.path(&format!("/fachbereiche/{}", d.id.0))),
        what,
        late: d.ended.is_none() && late(state, d),
    }
}

#[derive(Deserialize)]
pub(crate) struct Said {
    #[serde(default)]
    was: String,
    #[serde(default)]
    seite: String,
    #[serde(default)]
    mail: String,
}

/// Marks a section as checked or no longer so, or keeps the address for the notice.
pub(crate) async fn change(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Parts,
    Form(said): Form<Said>,
) -> Result<Response, PageError> {
    let access = Access::find(&state, &token, &parts).await?;
    let standing = access.standing.clone();
    if access.phase(&state) != Phase::Open {
        return closed::refused(&state, &ask, &access, &standing, Vec::new());
    }
    let (wave, key) = (&access.invitation.wave, &access.invitation.municipality);
    if said.was == "mail" {
        let mail = said.mail.trim();
        if !mail.is_empty() && !is_address(mail) {
            let page = page(&state, &ask, &access, Some(mail.to_owned())).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response());
        }
        state.store.put_finished_notice(wave, key, mail).await?;
    } else {
        let page = access.questionnaire.page(&said.seite);
        let page = page.ok_or(PageError::NotFound)?;
        let check = (said.was == "geprueft").then(|| SectionCheck {
            stand: stand(page, &standing),
            at: state.now(),
        });
        let put = state.store.check_section(wave, key, &page.key, check);
        put.await?;
    }
    Ok(Redirect::to(&ask.to(&access.path("/aufgabenliste"))).into_response())
}
