//! Channels with their codes, and municipalities that registered themselves and wait for the institute.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use fieldwork::{Addressee, MessageKind, WaveName, is_channel_code};
use serde::Deserialize;
use store::{Channel, MailingLine, NewMail, Registration};

use super::{title, wave};
use crate::State;
use crate::answer::access::last_day;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::{Signed, frame};
use crate::practice::mails::token;

struct RegistrationView {
    id: i64,
    name: String,
    who: String,
    mail: String,
    channel: String,
    made: String,
    state: String,
    /// Whether the institute can decide; inviting needs a confirmed address.
    open: bool,
    confirmed: bool,
}

#[derive(Template)]
#[template(path = "field/registrations.html")]
struct RegistrationsPage {
    frame: Frame,
    back: String,
    here: String,
    public: String,
    channels: Vec<(Channel, String)>,
    channel_action: String,
    error: Option<String>,
    registrations: Vec<RegistrationView>,
}

#[derive(Deserialize)]
pub(crate) struct Decision {
    was: String,
}

#[derive(Deserialize)]
pub(crate) struct NewChannel {
    code: String,
    name: String,
}

fn state_of(ask: &Ask, r: &Registration) -> String {
    ask.t(match (r.confirmed, &r.decided) {
        (_, Some((_, true))) => "web-field-registration-invited",
        (_, Some((_, false))) => "web-field-registration-refused",
        (Some(_), None) => "web-field-registration-waits",
        (None, None) => "web-field-registration-unconfirmed",
    })
}

async fn page(
    state: &State,
    ask: &Ask,
    staff: &store::Staff,
    name: &str,
    error: Option<String>,
) -> Result<Response, PageError> {
    let stored = wave(state, name).await?;
    let register = state
        .known
        .register(&state.store, stored.register_list)
        .await?;
    let channels = state.store.channels(&stored.wave.name).await?;
    let named: BTreeMap<&str, &str> = channels
        .iter()
        .map(|c| (c.code.as_str(), c.name.as_str()))
        .collect();
    let registrations = state.store.registrations(&stored.wave.name).await?;
    let view = |r: &Registration| {
        let channel = r.channel.as_deref().unwrap_or_default();
        RegistrationView {
            id: r.id,
            name: register.get(&r.municipality).map_or_else(
                || r.municipality.to_string(),
                |u| format!("{} ({})", u.name, u.key),
            ),
            who: [r.contact.name(), r.contact.function.clone()]
                .into_iter()
                .filter(|t| !t.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
            mail: r.contact.mail.clone().unwrap_or_default(),
            channel: named.get(channel).map_or(channel, |n| n).to_owned(),
            made: ask.moment(r.made),
            state: state_of(ask, r),
            open: r.decided.is_none(),
            confirmed: r.confirmed.is_some(),
        }
    };
    let public = format!("{}/teilnehmen/{name}", state.base_url);
    let page = RegistrationsPage {
        frame: frame(
            state,
            ask,
            staff,
            title(ask, "web-field-registrations-title", &stored),
        ),
        back: ask.to(&format!("/verwaltung/feld/{name}")),
        here: format!("/verwaltung/feld/{name}/anmeldungen"),
        channels: channels
            .iter()
            .map(|c| (c.clone(), format!("{public}?kanal={}", c.code)))
            .collect(),
        public,
        channel_action: ask.to(&format!("/verwaltung/feld/{name}/kanaele")),
        error,
        registrations: registrations.iter().map(view).collect(),
    };
    Ok(html(&page)?.into_response())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    page(&state, &ask, &staff, &name, None).await
}

pub(crate) async fn channel(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
    Form(new): Form<NewChannel>,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    wave(&state, &name).await?;
    let code = new.code.trim().to_lowercase();
    if !is_channel_code(&code) || new.name.trim().is_empty() {
        let error = Some(ask.t("web-field-channel-wrong"));
        return page(&state, &ask, &staff, &name, error).await;
    }
    let channel = Channel {
        code,
        name: new.name.trim().chars().take(120).collect(),
    };
    let wave = WaveName(name.clone());
    state
        .store
        .put_channel(&wave, channel, state.now(), &staff.mail)
        .await?;
    Ok(Redirect::to(&ask.to(&format!("/verwaltung/feld/{name}/anmeldungen"))).into_response())
}

pub(crate) async fn decide(
    Extract(state): Extract<State>,
    Path((name, id)): Path<(String, i64)>,
    ask: Ask,
    signed: Signed,
    Form(decision): Form<Decision>,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let wave = WaveName(name.clone());
    let all = state.store.registrations(&wave).await?;
    let registration = all
        .into_iter()
        .find(|r| r.id == id)
        .ok_or(PageError::NotFound)?;
    let line = match decision.was.as_str() {
        "einladen" => Some(invitation(&state, &ask, &registration).await?),
        _ => None,
    };
    let store = &state.store;
    if !store
        .decide_registration(&registration, line, state.now(), &staff.mail)
        .await?
    {
        return Err(PageError::Conflict);
    }
    Ok(Redirect::to(&ask.to(&format!("/verwaltung/feld/{name}/anmeldungen"))).into_response())
}

/// The invitation of a registered municipality, with the wave's own text.
async fn invitation(state: &State, ask: &Ask, r: &Registration) -> Result<MailingLine, PageError> {
    let stored = wave(state, &r.wave.0).await?;
    let register = state
        .known
        .register(&state.store, stored.register_list)
        .await?;
    let municipality = register.get(&r.municipality).ok_or(PageError::Conflict)?;
    let (text, _) = state
        .store
        .wave_text(&r.wave, MessageKind::Invitation)
        .await?;
    let token = token()?;
    let mut bytes = [0; 10];
    getrandom::fill(&mut bytes).map_err(PageError::internal)?;
    let code = fieldwork::AccessCode::from_random(bytes);
    let german = Ask {
        lang: questionnaire::Lang::De,
        ..ask.clone()
    };
    let addressee = Addressee {
        wave: &stored.wave,
        municipality,
        contact: &r.contact,
        base_url: &state.base_url,
        link: &format!("{}/antworten/{}", state.base_url, token.as_str()),
        code: &code.grouped(),
        deadline: &last_day(&german, &stored.wave),
    };
    let filled = text.fill(&addressee.values());
    Ok(MailingLine {
        municipality: r.municipality.clone(),
        access: Some((token.hash(), code.hash())),
        mail: Some(NewMail {
            to: r.contact.mail.clone().unwrap_or_default(),
            subject: filled.subject,
            body: filled.body,
        }),
    })
}
