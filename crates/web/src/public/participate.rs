//! A municipality registers itself: choose it from the list, say where to reach you, confirm the address by its mail.
//! The institute agrees before anybody is invited.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, Query, State as Extract};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use fieldwork::contact::is_address;
use fieldwork::{AccessToken, Addressee, Contact, MessageKind, Phase, WaveName, is_channel_code};
use questionnaire::Lang;
use register::{Key, Municipality, Register};
use serde::Deserialize;
use store::{NewMail, StoredWave};

use crate::State;
use crate::answer::access::last_day;
use crate::error::{PageError, html};
use crate::example::propose::named;
use crate::frame::{Ask, Frame};
use crate::layers::address;
use crate::practice::mails::token;

/// Registrations that one address may begin in a window of the throttle.
const MOST: usize = 5;

type Typed = BTreeMap<String, String>;

#[derive(Template)]
#[template(path = "public/participate.html")]
struct ParticipatePage {
    frame: Frame,
    typed: Typed,
    errors: BTreeMap<&'static str, String>,
    /// Municipalities that the typed name may mean: key, and name with Land.
    meant: Vec<(String, String)>,
    privacy_href: String,
}

impl ParticipatePage {
    fn value(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }

    /// What was typed to find the municipality.
    fn sought(&self) -> String {
        sought(&self.typed)
    }

    fn error(&self, name: &str) -> Option<&String> {
        self.errors.get(name)
    }
}

#[derive(Template)]
#[template(path = "public/participated.html")]
struct DonePage {
    frame: Frame,
    text: String,
    /// The button that confirms.
    confirm: bool,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    kanal: String,
}

/// The open wave of an address.
async fn open(state: &State, name: &str) -> Result<StoredWave, PageError> {
    let found = state.store.wave(&WaveName(name.to_owned())).await?;
    let found = found.ok_or(PageError::NotFound)?;
    match found.wave.phase(state.now()) {
        Phase::Open => Ok(found),
        _ => Err(PageError::NotFound),
    }
}

/// The municipality as it was chosen or typed: the newest search, the choice, the search that led to the choice.
fn sought(typed: &Typed) -> String {
    let said = |field: &&str| typed.get(*field).is_some_and(|v| !v.trim().is_empty());
    let field = ["suche", "kommune", "gesucht"].into_iter().find(said);
    field.map_or(String::new(), |field| typed[field].trim().to_owned())
}

/// What was typed in a field, without control characters and at most 120 long.
fn cleaned(typed: &str) -> String {
    let shown = typed.chars().take(120).filter(|c| !c.is_control());
    shown.collect()
}

fn page(
    state: &State,
    ask: &Ask,
    stored: &StoredWave,
    typed: Typed,
    errors: BTreeMap<&'static str, String>,
    meant: &[Municipality],
) -> Result<Response, PageError> {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let wave = stored.wave.title.get(ask.lang);
    let page = ParticipatePage {
        frame: Frame::new(
            state,
            ask,
            ask.tv("web-field-participate-title", &[("wave", wave)]),
        ),
        typed,
        errors,
        meant: meant
            .iter()
            .map(|m| (m.key.to_string(), named(m)))
            .collect(),
        privacy_href: ask.to(&format!("/datenschutz/{}", stored.wave.name)),
    };
    Ok((status, html(&page)?).into_response())
}

fn done(state: &State, ask: &Ask, text: &str, confirm: bool) -> Result<Response, PageError> {
    let page = DonePage {
        frame: Frame::new(state, ask, ask.t("web-field-participate-done")),
        text: ask.t(text),
        confirm,
    };
    Ok(html(&page)?.into_response())
}

/// Municipalities of the wave's list that a typed name or key means.
fn meant(register: &Register, typed: &str) -> Vec<Municipality> {
    let asked = |unit: &&Municipality| unit.population().is_some();
    if let Ok(key) = Key::new(typed.trim()) {
        return register
            .get(&key)
            .filter(asked)
            .cloned()
            .into_iter()
            .collect();
    }
    let found: Vec<Municipality> = register
        .search(typed, 12)
        .into_iter()
        .filter(asked)
        .take(8)
        .cloned()
        .collect();
    let same = |m: &&Municipality| m.plain_name().to_lowercase() == typed.trim().to_lowercase();
    let exact: Vec<Municipality> = found.iter().filter(same).cloned().collect();
    if exact.len() == 1 { exact } else { found }
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
    ask: Ask,
) -> Result<Response, PageError> {
    let stored = open(&state, &name).await?;
    let typed = Typed::from([("kanal".to_owned(), asked.kanal)]);
    page(&state, &ask, &stored, typed, BTreeMap::new(), &[])
}

pub(crate) async fn register(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    parts: Parts,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let stored = open(&state, &name).await?;
    let (from, window) = (address(&parts, &state.limits), state.limits.window_seconds);
    state
        .forms
        .check(from, state.now(), MOST, window)
        .map_err(PageError::TooMany)?;
    let list = state
        .known
        .register(&state.store, stored.register_list)
        .await?;
    let mut sent = sent;
    sent.insert("kommune".to_owned(), sought(&sent));
    let units = meant(&list, &cleaned(&sent["kommune"]));
    let text = |field: &str| cleaned(sent.get(field).map_or("", |v| v.trim()));
    let mut errors = BTreeMap::new();
    match units.len() {
        1 => {}
        0 => drop(errors.insert("kommune", ask.t("web-field-participate-no-place"))),
        _ => drop(errors.insert("kommune", ask.t("web-field-participate-places"))),
    }
    if !is_address(&text("mail")) {
        errors.insert("mail", ask.t("web-field-participate-no-mail"));
    }
    let channel = text("kanal").to_lowercase();
    let known = state.store.channels(&stored.wave.name).await?;
    if !channel.is_empty() && !known.iter().any(|c| c.code == channel) {
        errors.insert("kanal", ask.t("web-field-participate-no-channel"));
    }
    let ([unit], true) = (units.as_slice(), errors.is_empty()) else {
        return page(&state, &ask, &stored, sent.clone(), errors, &units);
    };
    state.forms.wrong(from, state.now());
    let contact = Contact {
        family: text("name"),
        function: text("funktion"),
        mail: Some(text("mail")),
        source: "Selbstanmeldung".to_owned(),
        ..Contact::default()
    };
    let token = token()?;
    let german = Ask {
        lang: Lang::De,
        ..ask.clone()
    };
    let addressee = Addressee {
        wave: &stored.wave,
        municipality: unit,
        contact: &contact,
        base_url: &state.base_url,
        link: &format!(
            "{}/teilnehmen/bestaetigen/{}",
            state.base_url,
            token.as_str()
        ),
        code: "",
        deadline: &last_day(&german, &stored.wave),
    };
    let wave = &stored.wave.name;
    let (wording, _) = state
        .store
        .wave_text(wave, MessageKind::Registration)
        .await?;
    let filled = wording.fill(&addressee.values());
    let mail = NewMail {
        to: text("mail"),
        subject: filled.subject,
        body: filled.body,
    };
    let channel = Some(channel).filter(|c| is_channel_code(c));
    let link = (token.hash(), mail);
    let store = &state.store;
    store
        .register_municipality(wave, &unit.key, &contact, channel, link, state.now())
        .await?;
    done(&state, &ask, "web-field-participate-mailed", false)
}

pub(crate) async fn show_link(
    Extract(state): Extract<State>,
    Path(segment): Path<String>,
    ask: Ask,
) -> Result<Response, PageError> {
    let hash = AccessToken::from_link(&segment).hash();
    let found = state.store.registration_by_link(&hash).await?;
    match found.ok_or(PageError::NotFound)?.confirmed {
        Some(_) => done(&state, &ask, "web-field-participate-confirmed", false),
        None => done(&state, &ask, "web-field-participate-confirm", true),
    }
}

pub(crate) async fn confirm(
    Extract(state): Extract<State>,
    Path(segment): Path<String>,
    ask: Ask,
) -> Result<Response, PageError> {
    let hash = AccessToken::from_link(&segment).hash();
    let found = state.store.registration_by_link(&hash).await?;
    let found = found.ok_or(PageError::NotFound)?;
    state
        .store
        .confirm_registration(found.id, state.now())
        .await?;
    done(&state, &ask, "web-field-participate-confirmed", false)
}
