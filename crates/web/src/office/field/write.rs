//! Mails and letters of a wave: their text, who would get it now, how it reads for a real recipient, and sending it.

use askama::Template;
use axum::body::Body;
use axum::extract::{Form, Path, Query, State as Extract};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use edition::numbers;
use fieldwork::{LeftOut, MailingOrder, Message, MessageKind, PLACEHOLDERS, WaveName};
use register::{Key, Register};
use serde::Deserialize;
use store::{Staff, StoredWave};

use super::{title, wave};
use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::{Signed, frame};
use crate::state::LetterFormat;

#[derive(Template)]
#[template(path = "field/write.html")]
struct WritePage {
    frame: Frame,
    back: String,
    here: String,
    send_to: String,
    kinds: Vec<(String, String, bool)>,
    subject: String,
    body: String,
    version: i64,
    placeholders: Vec<(String, &'static str)>,
    faults: Vec<String>,
    conflict: bool,
    error: Option<String>,
    done: Option<String>,
    plan: Option<PlanView>,
    is_letter: bool,
    to_label: String,
    group: String,
    preview_key: String,
}

struct PlanView {
    lead: String,
    count: usize,
    round: i64,
    left_out: Vec<(String, String)>,
    preview: Option<(String, String, String, String)>,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    verschickt: Option<usize>,
    #[serde(default)]
    gruppe: String,
    #[serde(default)]
    vorschau: String,
}

#[derive(Deserialize)]
pub(crate) struct Written {
    betreff: String,
    text: String,
    version: i64,
}

#[derive(Deserialize)]
pub(crate) struct Sending {
    runde: i64,
    #[serde(default)]
    gruppe: String,
    #[serde(default)]
    form: String,
    #[serde(default)]
    ohne_mail: String,
}

#[derive(Default)]
struct Said {
    typed: Option<(Message, i64)>,
    faults: Vec<String>,
    conflict: bool,
    error: Option<String>,
    done: Option<String>,
    group: String,
    preview: String,
}

/// Kinds with a page of their own, in the order of a wave.
const SHOWN: [MessageKind; 6] = MessageKind::ALL;

fn name(ask: &Ask, kind: MessageKind) -> String {
    ask.t(match kind {
        MessageKind::Invitation => "web-field-kind-invitation",
        MessageKind::Reminder => "web-field-kind-reminder",
        MessageKind::Thanks => "web-field-kind-thanks",
        MessageKind::DepartmentsFinished => "web-field-kind-departments",
        MessageKind::Registration => "web-field-kind-registration",
        MessageKind::Letter => "web-field-kind-letter",
    })
}

fn reason(ask: &Ask, left_out: LeftOut) -> String {
    ask.t(match left_out {
        LeftOut::Objected => "web-field-left-objected",
        LeftOut::Withdrawn => "web-field-left-withdrawn",
        LeftOut::Bounced => "web-field-left-bounced",
        LeftOut::NoMail => "web-field-left-no-mail",
        LeftOut::NoAddress => "web-field-left-no-address",
        LeftOut::HasMail => "web-field-left-has-mail",
        LeftOut::NotInvited => "web-field-left-not-invited",
        LeftOut::Answered => "web-field-left-answered",
        LeftOut::NotAnswered => "web-field-left-not-answered",
        LeftOut::Written => "web-field-left-written",
    })
}

/// Whether a mailing can be started by a person.
fn can_send(kind: MessageKind) -> bool {
    !matches!(
        kind,
        MessageKind::DepartmentsFinished | MessageKind::Registration
    )
}

/// The municipalities of a group as watching the field names it: code of the Land, and size class.
fn of_group(register: &Register, group: &str) -> Option<Vec<Key>> {
    let (land, size) = group.split_once('.')?;
    let units = register.municipalities().iter().filter(|u| {
        u.population().is_some() && u.land.code() == land && format!("{:?}", u.size_class()) == size
    });
    Some(units.map(|u| u.key.clone()).collect())
}

async fn order(
    state: &State,
    stored: &StoredWave,
    kind: MessageKind,
    group: &str,
) -> Result<MailingOrder, PageError> {
    let register = state
        .known
        .register(&state.store, stored.register_list)
        .await?;
    Ok(MailingOrder {
        wave: stored.wave.name.clone(),
        kind,
        round: None,
        only: of_group(&register, group),
        unreachable_only: false,
        preview: None,
    })
}

async fn page(
    state: &State,
    ask: &Ask,
    staff: &Staff,
    stored: &StoredWave,
    kind: MessageKind,
    said: Said,
) -> Result<Response, PageError> {
    let wave = &stored.wave.name;
    let (text, version) = match said.typed {
        Some(typed) => typed,
        None => state.store.wave_text(wave, kind).await?,
    };
    let mut error = said.error;
    let mut plan = None;
    if can_send(kind) {
        let mut order = order(state, stored, kind, &said.group).await?;
        order.preview = Key::new(said.preview.trim()).ok();
        match (state.steps.field.plan)(order).await {
            Ok(found) => {
                let number = |n: usize| numbers::thousands(ask.lang, n as i64);
                let round = found.round.to_string();
                let values = [("count", number(found.to.len())), ("round", round)];
                let values = values.each_ref().map(|(k, v)| (*k, v.as_str()));
                plan = Some(PlanView {
                    lead: ask.tv("web-field-write-plan", &values),
                    count: found.to.len(),
                    round: found.round,
                    left_out: found
                        .left_out
                        .iter()
                        .map(|(why, n)| (reason(ask, *why), number(*n)))
                        .collect(),
                    preview: found
                        .preview
                        .map(|(name, to, text)| (name, to, text.subject, text.body)),
                });
            }
            Err(cause) => error = error.or(Some(cause)),
        }
    }
    let faults: Vec<String> = if said.faults.is_empty() {
        text.check(kind).iter().map(ToString::to_string).collect()
    } else {
        said.faults
    };
    let status = match (said.conflict, faults.is_empty() && error.is_none()) {
        (true, _) => StatusCode::CONFLICT,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, true) => StatusCode::OK,
    };
    let here = format!("/verwaltung/feld/{wave}/schreiben/{}", kind.word());
    let page = WritePage {
        frame: frame(
            state,
            ask,
            staff,
            title(ask, "web-field-write-title", stored),
        ),
        back: ask.to(&format!("/verwaltung/feld/{wave}")),
        send_to: ask.to(&format!("{here}/senden")),
        here: ask.to(&here),
        kinds: SHOWN
            .into_iter()
            .map(|k| {
                let to = ask.to(&format!("/verwaltung/feld/{wave}/schreiben/{}", k.word()));
                (to, name(ask, k), k == kind)
            })
            .collect(),
        subject: text.subject,
        body: text.body,
        version,
        placeholders: PLACEHOLDERS
            .map(|(n, what)| (format!("{{{n}}}"), what))
            .into(),
        faults,
        conflict: said.conflict,
        error,
        done: said.done,
        plan,
        is_letter: kind == MessageKind::Letter,
        to_label: ask.t(match kind {
            MessageKind::Letter => "web-field-address",
            _ => "web-field-mail",
        }),
        group: said.group,
        preview_key: said.preview,
    };
    Ok((status, html(&page)?).into_response())
}

fn kind_of(word: &str) -> Result<MessageKind, PageError> {
    MessageKind::of_word(word).ok_or(PageError::NotFound)
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path((name, word)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let (stored, kind) = (wave(&state, &name).await?, kind_of(&word)?);
    let done = asked.verschickt.map(|count| {
        let count = numbers::thousands(ask.lang, count as i64);
        ask.tv("web-field-write-sent", &[("count", &count)])
    });
    let said = Said {
        done,
        group: asked.gruppe,
        preview: asked.vorschau,
        ..Said::default()
    };
    page(&state, &ask, &staff, &stored, kind, said).await
}

pub(crate) async fn save(
    Extract(state): Extract<State>,
    Path((name, word)): Path<(String, String)>,
    ask: Ask,
    signed: Signed,
    Form(written): Form<Written>,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let (stored, kind) = (wave(&state, &name).await?, kind_of(&word)?);
    let text = Message {
        subject: written.betreff.trim().to_owned(),
        body: written.text.replace("\r\n", "\n").trim().to_owned(),
    };
    let faults: Vec<String> = text.check(kind).iter().map(ToString::to_string).collect();
    let said = |conflict, faults, version| Said {
        typed: Some((text.clone(), version)),
        faults,
        conflict,
        ..Said::default()
    };
    if !faults.is_empty() {
        let said = said(false, faults, written.version);
        return page(&state, &ask, &staff, &stored, kind, said).await;
    }
    let (wave, store) = (&stored.wave.name, &state.store);
    let seen = (text.clone(), written.version);
    if !store
        .put_wave_text(wave, kind, seen, state.now(), &staff.mail)
        .await?
    {
        let (_, version) = store.wave_text(wave, kind).await?;
        let said = said(true, Vec::new(), version);
        return page(&state, &ask, &staff, &stored, kind, said).await;
    }
    let to = format!("/verwaltung/feld/{name}/schreiben/{word}");
    Ok(Redirect::to(&ask.to(&to)).into_response())
}

/// Sends what the page has shown: its round is named, so that pressing twice writes once.
pub(crate) async fn send(
    Extract(state): Extract<State>,
    Path((name, word)): Path<(String, String)>,
    ask: Ask,
    signed: Signed,
    Form(sending): Form<Sending>,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let (stored, kind) = (wave(&state, &name).await?, kind_of(&word)?);
    if !can_send(kind) {
        return Err(PageError::NotFound);
    }
    let mut order = order(&state, &stored, kind, &sending.gruppe).await?;
    order.round = Some(sending.runde);
    order.unreachable_only = sending.ohne_mail == "1";
    let (now, actor) = (state.now(), staff.mail.clone());
    let failed = |cause: String, group: String| Said {
        error: Some(cause),
        group,
        ..Said::default()
    };
    if kind == MessageKind::Letter {
        let format = match sending.form.as_str() {
            "xlsx" => LetterFormat::Xlsx,
            "csv" => LetterFormat::Csv,
            _ => LetterFormat::Pdf,
        };
        return match (state.steps.field.letters)(order, format, now, actor).await {
            Ok(bytes) => file(&name, format, bytes),
            Err(cause) => {
                let said = failed(cause, sending.gruppe);
                page(&state, &ask, &staff, &stored, kind, said).await
            }
        };
    }
    match (state.steps.field.send)(order, now, actor).await {
        Ok(count) => {
            let to = format!("/verwaltung/feld/{name}/schreiben/{word}?verschickt={count}");
            Ok(Redirect::to(&ask.to(&to)).into_response())
        }
        Err(cause) => {
            let said = failed(cause, sending.gruppe);
            page(&state, &ask, &staff, &stored, kind, said).await
        }
    }
}

fn file(wave: &str, format: LetterFormat, bytes: Vec<u8>) -> Result<Response, PageError> {
    let (name, media) = match format {
        LetterFormat::Pdf => ("briefe", "application/pdf"),
        LetterFormat::Xlsx => (
            "serienbrief",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        LetterFormat::Csv => ("serienbrief", "text/csv; charset=utf-8"),
    };
    let ending = match format {
        LetterFormat::Pdf => "pdf",
        LetterFormat::Xlsx => "xlsx",
        LetterFormat::Csv => "csv",
    };
    let disposition = format!("attachment; filename=\"{name}-{wave}.{ending}\"");
    Response::builder()
        .header(CONTENT_TYPE, media)
        .header(CONTENT_DISPOSITION, disposition)
        .header("Cache-Control", "no-store")
        .body(Body::from(bytes))
        .map_err(PageError::internal)
}

/// Writes to the contact of a municipality, as the institute knows it, that all its departments have finished. Does
/// nothing where there is no contact, or one that is not to be written to.
pub(crate) async fn departments_finished(state: &State, wave: &WaveName, municipality: &Key) {
    let order = MailingOrder {
        wave: wave.clone(),
        kind: MessageKind::DepartmentsFinished,
        round: None,
        only: Some(vec![municipality.clone()]),
        unreachable_only: false,
        preview: None,
    };
    let sent = (state.steps.field.send)(order, state.now(), "Fachbereiche".to_owned()).await;
    if let Err(cause) = sent {
        tracing::warn!(%cause, %wave, "the contact was not told that its departments have finished");
    }
}
