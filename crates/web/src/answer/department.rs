//! Handing sections to a department: a name, a date, a link and a code that are shown once.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use fieldwork::{AccessCode, AccessToken, Department, DepartmentId, Phase};
use jiff::civil::Date;
use store::NewDepartment;

use crate::State;
use crate::answer::access::Access;
use crate::answer::closed;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::practice::mails::token;

/// Longest name of a department, in characters.
const LONGEST: usize = 120;

struct BoxView {
    key: String,
    title: String,
    checked: bool,
}

#[derive(Template)]
#[template(path = "together/department.html")]
struct DepartmentPage {
    frame: Frame,
    municipality: String,
    faults: Vec<(&'static str, String)>,
    name: String,
    until: String,
    sections: Vec<BoxView>,
    /// What stands already, for one that is changed.
    standing: Option<String>,
    ended: bool,
    tasks_href: String,
}

#[derive(Template)]
#[template(path = "together/link.html")]
pub(crate) struct LinkPage {
    pub frame: Frame,
    pub municipality: String,
    pub lead: String,
    pub address: String,
    pub code: String,
    pub code_address: String,
    pub pass_on: String,
    pub mailto: Option<String>,
    pub once: String,
    pub back_href: String,
    pub back: String,
}

/// A link's token and a typed code.
pub(crate) fn secrets() -> Result<(AccessToken, AccessCode), PageError> {
    let mut bytes = [0; 10];
    getrandom::fill(&mut bytes).map_err(PageError::internal)?;
    Ok((token()?, AccessCode::from_random(bytes)))
}

/// What was typed.
#[derive(Default)]
struct Typed {
    name: String,
    until: String,
    sections: BTreeSet<String>,
}

impl Typed {
    fn read(sent: &[(String, String)]) -> Self {
        let text = |name: &str| {
            let found = sent.iter().find(|(n, _)| n == name);
            found.map_or("", |(_, v)| v.trim()).to_owned()
        };
        let sections = sent.iter().filter(|(n, _)| n == "abschnitt");
        Self {
            name: text("name").chars().take(LONGEST).collect(),
            until: text("bis"),
            sections: sections.map(|(_, v)| v.clone()).collect(),
        }
    }

    fn of(department: &Department) -> Self {
        Self {
            name: department.name.clone(),
            until: department.until.map(|d| d.to_string()).unwrap_or_default(),
            sections: department.sections.keys().cloned().collect(),
        }
    }

    /// The day, as a browser sends it or as people write it; `Err` when it is none.
    fn day(&self) -> Result<Option<Date>, ()> {
        if self.until.is_empty() {
            return Ok(None);
        }
        let day = self.until.parse().ok();
        let day = day.or_else(|| Date::strptime("%d.%m.%Y", &self.until).ok());
        day.map(Some).ok_or(())
    }

    fn faults(
        &self,
        ask: &Ask,
        access: &Access,
        others: &[Department],
    ) -> Vec<(&'static str, String)> {
        let mut faults = Vec::new();
        let same = |d: &Department| d.ended.is_none() && d.name == self.name;
        if self.name.is_empty() {
            faults.push(("name", ask.t("together-department-no-name")));
        } else if others.iter().any(same) {
            faults.push(("name", ask.t("together-department-twice")));
        }
        if self.day().is_err() {
            faults.push(("bis", ask.t("together-department-no-day")));
        }
        let known = |key: &String| access.questionnaire.page(key).is_some();
        if !self.sections.iter().any(known) {
            faults.push(("abschnitte", ask.t("together-department-no-section")));
        }
        faults
    }
}

fn draw(
    state: &State,
    ask: &Ask,
    access: &Access,
    typed: &Typed,
    standing: Option<&Department>,
    faults: Vec<(&'static str, String)>,
) -> Result<Response, PageError> {
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let title = match standing {
        Some(department) => department.name.clone(),
        None => ask.t("together-department-add"),
    };
    let view = |page: &questionnaire::Page| BoxView {
        key: page.key.clone(),
        title: page.title.get(ask.lang).to_owned(),
        checked: typed.sections.contains(&page.key),
    };
    let page = DepartmentPage {
        frame: access.frame(state, ask, title),
        municipality: access.municipality.clone(),
        faults,
        name: typed.name.clone(),
        until: typed.until.clone(),
        sections: access.questionnaire.pages.iter().map(view).collect(),
        standing: standing.map(|d| match d.ended {
            Some(at) => ask.tv("together-department-ended", &[("moment", &ask.moment(at))]),
            None => ask.tv(
                "together-department-since",
                &[("moment", &ask.moment(d.made))],
            ),
        }),
        ended: standing.is_some_and(|d| d.ended.is_some()),
        tasks_href: ask.to(&access.path("/aufgabenliste")),
    };
    Ok((status, html(&page)?).into_response())
}

/// Link and code, shown this once: only their hashes are kept.
fn link(
    state: &State,
    ask: &Ask,
    access: &Access,
    name: &str,
    (token, code): (&AccessToken, &AccessCode),
) -> Result<Response, PageError> {
    let address = format!("{}/antworten/{}", state.base_url, token.as_str());
    let code_address = format!("{}/zugang", state.base_url);
    let pass_on = ask.tv(
        "together-link-pass-on",
        &[
            ("name", name),
            ("wave", access.wave().title.get(ask.lang)),
            ("link", &address),
            ("address", &code_address),
            ("code", &code.grouped()),
        ],
    );
    let subject = ask.tv(
        "together-link-subject",
        &[("wave", access.wave().title.get(ask.lang))],
    );
    let (subject, body) = (percent(&subject), percent(&pass_on));
    let page = LinkPage {
        frame: access.frame(state, ask, ask.tv("together-link-title", &[("name", name)])),
        municipality: access.municipality.clone(),
        lead: ask.t("together-link-lead"),
        address,
        code: code.grouped(),
        code_address,
        pass_on,
        mailto: Some(format!("mailto:?subject={subject}&body={body}")),
        once: ask.t("together-link-once"),
        back_href: ask.to(&access.path("/aufgabenliste")),
        back: ask.t("together-tasks-title"),
    };
    Ok(html(&page)?.into_response())
}

fn percent(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    let encode = |b: u8| {
        if plain(b) {
            char::from(b).to_string()
        } else {
            format!("%{b:02X}")
        }
    };
    text.bytes().map(encode).collect()
}

/// The contact's access in the field period; `Err` with the page that says that it is over.
async fn contact(
    state: &State,
    token: &str,
    ask: &Ask,
    parts: &Parts,
) -> Result<Result<Access, Response>, PageError> {
    let access = Access::find(state, token, parts).await?;
    if access.phase(state) == Phase::Open {
        return Ok(Ok(access));
    }
    let standing = access.standing.clone();
    Ok(Err(closed::refused(
        state,
        ask,
        &access,
        &standing,
        Vec::new(),
    )?))
}

async fn one(
    state: &State,
    access: &Access,
    id: i64,
) -> Result<(Department, Vec<Department>), PageError> {
    let (wave, key) = (&access.invitation.wave, &access.invitation.municipality);
    let mut all = state.store.departments(wave, key).await?;
    let at = all.iter().position(|d| d.id == DepartmentId(id));
    let at = at.ok_or(PageError::NotFound)?;
    Ok((all.remove(at), all))
}

pub(crate) async fn new(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Parts,
) -> Result<Response, PageError> {
    match contact(&state, &token, &ask, &parts).await? {
        Ok(access) => draw(&state, &ask, &access, &Typed::default(), None, Vec::new()),
        Err(closed) => Ok(closed),
    }
}

pub(crate) async fn add(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Parts,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let access = match contact(&state, &token, &ask, &parts).await? {
        Ok(access) => access,
        Err(closed) => return Ok(closed),
    };
    let (wave, key) = (&access.invitation.wave, &access.invitation.municipality);
    let typed = Typed::read(&sent);
    let others = state.store.departments(wave, key).await?;
    let faults = typed.faults(&ask, &access, &others);
    if !faults.is_empty() {
        return draw(&state, &ask, &access, &typed, None, faults);
    }
    let (link_token, code) = secrets()?;
    let until = typed.day().ok().flatten();
    let new = NewDepartment {
        name: typed.name.clone(),
        until,
        sections: known(&access, typed.sections),
        link: link_token.hash(),
        code: code.hash(),
    };
    state
        .store
        .add_department(wave, key, new, state.now())
        .await?;
    link(&state, &ask, &access, &typed.name, (&link_token, &code))
}

fn known(access: &Access, sections: BTreeSet<String>) -> BTreeSet<String> {
    let known = |key: &String| access.questionnaire.page(key).is_some();
    sections.into_iter().filter(known).collect()
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path((token, id)): Path<(String, i64)>,
    ask: Ask,
    parts: Parts,
) -> Result<Response, PageError> {
    let access = match contact(&state, &token, &ask, &parts).await? {
        Ok(access) => access,
        Err(closed) => return Ok(closed),
    };
    let (department, _) = one(&state, &access, id).await?;
    let typed = Typed::of(&department);
    draw(&state, &ask, &access, &typed, Some(&department), Vec::new())
}

/// Changes a department, gives it a new link, or ends its link.
pub(crate) async fn change(
    Extract(state): Extract<State>,
    Path((token, id)): Path<(String, i64)>,
    ask: Ask,
    parts: Parts,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let access = match contact(&state, &token, &ask, &parts).await? {
        Ok(access) => access,
        Err(closed) => return Ok(closed),
    };
    let (department, others) = one(&state, &access, id).await?;
    let what = sent
        .iter()
        .find(|(n, _)| n == "was")
        .map(|(_, v)| v.as_str());
    let id = department.id;
    match what {
        Some("beenden") => state.store.end_department(id, state.now()).await?,
        Some("neu") => {
            let (link_token, code) = secrets()?;
            let renewed = state
                .store
                .renew_department(id, link_token.hash(), code.hash());
            renewed.await?;
            return link(
                &state,
                &ask,
                &access,
                &department.name,
                (&link_token, &code),
            );
        }
        _ => {
            let typed = Typed::read(&sent);
            let faults = typed.faults(&ask, &access, &others);
            if !faults.is_empty() {
                return draw(&state, &ask, &access, &typed, Some(&department), faults);
            }
            let until = typed.day().ok().flatten();
            let sections = known(&access, typed.sections);
            let changed = state
                .store
                .change_department(id, &typed.name, until, sections);
            changed.await?;
        }
    }
    Ok(Redirect::to(&ask.to(&access.path("/aufgabenliste"))).into_response())
}
