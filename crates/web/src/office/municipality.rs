//! One municipality in a wave: a new contact takes over, and answers that came on paper are typed in.
//! What it answered is not shown here but for the files that it sent along.

use askama::Template;
use axum::extract::{Form, Path, Query, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use fieldwork::{Phase, WaveName};
use questionnaire::{Answer, plain};
use register::Key;
use serde::Deserialize;
use store::{Staff, StoredWave};

use crate::State;
use crate::answer::access::PAPER;
use crate::answer::department::{LinkPage, secrets};
use crate::answer::upload::attachment;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::{Signed, frame};

/// Most municipalities that a search lists.
const MOST: usize = 50;

/// Address of a municipality's page in the back office.
pub(crate) fn path(wave: &WaveName, key: &Key) -> String {
    format!("/verwaltung/ruecklauf/{wave}/kommunen/{key}")
}

#[derive(Template)]
#[template(path = "together/municipalities.html")]
struct ListPage {
    frame: Frame,
    asked: String,
    /// Name with key, and address.
    found: Vec<(String, String)>,
    more: Option<String>,
    back_href: String,
}

#[derive(Template)]
#[template(path = "together/municipality.html")]
struct MunicipalityPage {
    frame: Frame,
    key: String,
    facts: Vec<(String, String)>,
    departments: Option<String>,
    /// Files that it sent along: question, name with size, and address.
    files: Vec<(String, String, String)>,
    error: Option<String>,
    withdrawn: bool,
    open: bool,
    paper_href: String,
    back_href: String,
}

async fn wave(state: &State, name: &str) -> Result<StoredWave, PageError> {
    let stored = state.store.wave(&WaveName(name.to_owned())).await?;
    stored.ok_or(PageError::NotFound)
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    name: String,
}

/// Finds an invited municipality by name or key.
pub(crate) async fn list(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let stored = wave(&state, &name).await?;
    let register = state.known.register(&state.store, stored.register_list);
    let register = register.await?;
    let wanted = asked.name.trim().to_lowercase();
    let mut found = Vec::new();
    if !wanted.is_empty() {
        for invitation in state.store.invitations(&stored.wave.name).await? {
            let key = invitation.municipality;
            let Some(unit) = register.get(&key) else {
                continue;
            };
            if unit.name.to_lowercase().contains(&wanted) || key.as_str().starts_with(&wanted) {
                let href = ask.to(&path(&stored.wave.name, &key));
                found.push((format!("{} ({key})", unit.name), href));
            }
        }
    }
    let count = found.len().to_string();
    let more = (found.len() > MOST || (found.is_empty() && !wanted.is_empty()))
        .then(|| ask.tv("together-office-found", &[("count", &count)]));
    found.truncate(MOST);
    let page = ListPage {
        frame: frame(&state, &ask, &staff, ask.t("together-office-title")),
        asked: asked.name,
        found,
        more,
        back_href: ask.to(&format!("/verwaltung/ruecklauf/{name}")),
    };
    Ok(html(&page)?.into_response())
}

async fn page(
    state: &State,
    ask: &Ask,
    staff: &Staff,
    (name, key): (&str, &Key),
    error: Option<String>,
) -> Result<Response, PageError> {
    let stored = wave(state, name).await?;
    let wave = &stored.wave;
    let found = state.store.answering_of(&wave.name, key).await?;
    let (invitation, _) = found.ok_or(PageError::NotFound)?;
    let register = state.known.register(&state.store, stored.register_list);
    let register = register.await?;
    let unit = register
        .get(key)
        .map_or(key.to_string(), |m| m.name.clone());
    let departments = state.store.departments(&wave.name, key).await?;
    let active = departments.iter().filter(|d| d.ended.is_none()).count();
    let count = active.to_string();
    let moments = [
        ("together-office-invited", Some(invitation.invited)),
        ("together-office-opened", invitation.opened),
        ("together-office-submitted", invitation.submitted),
        ("together-office-withdrawn", invitation.withdrawn),
    ];
    let mut facts = vec![(ask.t("together-office-channel"), invitation.channel.clone())];
    facts.extend(
        moments
            .into_iter()
            .filter_map(|(label, at)| Some((ask.t(label), ask.moment(at?)))),
    );
    let status = if error.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = MunicipalityPage {
        frame: frame(state, ask, staff, unit),
        key: key.to_string(),
        facts,
        departments: (active > 0)
            .then(|| ask.tv("together-office-departments", &[("count", &count)])),
        files: files(state, ask, &stored, key).await?,
        error,
        withdrawn: invitation.withdrawn.is_some(),
        open: wave.phase(state.now()) == Phase::Open && invitation.withdrawn.is_none(),
        paper_href: ask.to(&format!("/antworten/{PAPER}{}.{key}", wave.name)),
        back_href: ask.to(&format!("/verwaltung/ruecklauf/{name}/kommunen")),
    };
    Ok((status, html(&page)?).into_response())
}

/// The files that the answers of a municipality name, with their addresses.
async fn files(
    state: &State,
    ask: &Ask,
    stored: &StoredWave,
    key: &Key,
) -> Result<Vec<(String, String, String)>, PageError> {
    let name = &stored.wave.name;
    let known = state.known.wave(&state.store, name, state.now()).await?;
    let known = known.ok_or(PageError::NotFound)?;
    let answers = state.store.response(name, key).await?.answers();
    let mut files = Vec::new();
    for (variable, answer) in &answers {
        let Answer::Files(sent) = answer else {
            continue;
        };
        let found = known.questionnaire.variable(variable);
        let question = found.map(|v| plain(v.question.text.get(ask.lang)));
        for file in sent {
            let size = edition::numbers::decimal(ask.lang, file.size as f64 / 1000.0, 1);
            files.push((
                question.clone().unwrap_or_default(),
                format!("{} ({size} kB)", file.name),
                ask.to(&format!("{}/dateien/{}", path(name, key), file.id)),
            ));
        }
    }
    Ok(files)
}

/// A file that stands among the answers, to be saved.
pub(crate) async fn file(
    Extract(state): Extract<State>,
    Path((name, key, id)): Path<(String, String, String)>,
    signed: Signed,
) -> Result<Response, PageError> {
    signed.researcher()?;
    let key = Key::new(key).map_err(|_| PageError::NotFound)?;
    let wave = WaveName(name);
    let answers = state.store.response(&wave, &key).await?.answers();
    // What was taken out of the answers again is nobody's any more.
    let stands = answers.values().any(|answer| match answer {
        Answer::Files(files) => files.iter().any(|file| file.id == id),
        _ => false,
    });
    let found = state.store.answer_file(&wave, &key, &id).await?;
    let (file, bytes) = found.filter(|_| stands).ok_or(PageError::NotFound)?;
    Ok(attachment(&file, bytes))
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path((name, key)): Path<(String, String)>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let key = Key::new(key).map_err(|_| PageError::NotFound)?;
    page(&state, &ask, &staff, (&name, &key), None).await
}

#[derive(Deserialize)]
pub(crate) struct Said {
    #[serde(default)]
    was: String,
    #[serde(default)]
    fachbereiche: String,
    #[serde(default)]
    sicher: String,
}

/// Gives a new contact a link and ends the old one, or notes that a municipality takes its answers back.
pub(crate) async fn change(
    Extract(state): Extract<State>,
    Path((name, key)): Path<(String, String)>,
    ask: Ask,
    signed: Signed,
    Form(said): Form<Said>,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let key = Key::new(key).map_err(|_| PageError::NotFound)?;
    let stored = wave(&state, &name).await?;
    let wave = &stored.wave.name;
    let found = state.store.answering_of(wave, &key).await?;
    found.ok_or(PageError::NotFound)?;
    match (said.was.as_str(), said.sicher.as_str()) {
        ("neu", _) if !said.fachbereiche.is_empty() => {
            let (token, code) = secrets()?;
            let (now, keep) = (state.now(), said.fachbereiche == "behalten");
            let hashes = (token.hash(), code.hash());
            let renewed = state
                .store
                .renew_access((wave, &key), hashes, keep, now, &staff.mail);
            renewed.await?;
            let link = format!("{}/antworten/{}", state.base_url, token.as_str());
            let title = stored.wave.title.get(ask.lang);
            let code = code.grouped();
            let code_address = format!("{}/zugang", state.base_url);
            let values = [
                ("wave", title),
                ("link", link.as_str()),
                ("address", code_address.as_str()),
                ("code", code.as_str()),
            ];
            let page = LinkPage {
                frame: frame(&state, &ask, &staff, ask.t("together-office-new-title")),
                municipality: key.to_string(),
                lead: ask.t("together-office-new-lead"),
                pass_on: ask.tv("together-office-pass-on", &values),
                address: link.clone(),
                code: code.clone(),
                code_address: code_address.clone(),
                mailto: None,
                once: ask.t("together-link-once"),
                back_href: ask.to(&path(wave, &key)),
                back: ask.t("together-office-back"),
            };
            Ok(html(&page)?.into_response())
        }
        ("zurueckziehen", "ja") => {
            let actor = &staff.mail;
            state.store.withdraw(wave, &key, state.now(), actor).await?;
            Ok(Redirect::to(&ask.to(&path(wave, &key))).into_response())
        }
        ("zurueckziehen", _) => {
            let error = Some(ask.t("privacy-withdraw-unsure"));
            page(&state, &ask, &staff, (&name, &key), error).await
        }
        _ => {
            let error = Some(ask.t("together-office-choose"));
            page(&state, &ask, &staff, (&name, &key), error).await
        }
    }
}
