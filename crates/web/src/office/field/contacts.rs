//! Contacts: a file is looked at first, every fault is shown, and only a button takes it over.

use askama::Template;
use axum::extract::{Form, Multipart, Path, Query, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use edition::numbers;
use fieldwork::contact::{contact_changes, read_contacts};
use fieldwork::{AccessToken, WaveName};
use register::Key;
use serde::Deserialize;
use store::{Staff, StoredWave};

use super::{title, wave};
use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::{Signed, frame};
use crate::practice::mails::token;

/// Contacts and faults that a page shows.
const SHOWN: usize = 200;

struct RowView {
    key: String,
    name: String,
    function: String,
    mail: String,
    source: String,
    checked: String,
    state: String,
    marked: bool,
}

/// A fault: where, what, what would be right.
type FaultView = (String, String, String);

struct PreviewView {
    counts: String,
    notes: Vec<String>,
    token: String,
}

#[derive(Template)]
#[template(path = "field/contacts.html")]
struct ContactsPage {
    frame: Frame,
    back: String,
    here: String,
    lead: String,
    rows: Vec<RowView>,
    faults: Vec<FaultView>,
    fault_count: String,
    preview: Option<PreviewView>,
    done: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Told {
    uebernommen: Option<usize>,
}

#[derive(Deserialize)]
pub(crate) struct Taken {
    token: String,
}

#[derive(Deserialize)]
pub(crate) struct Objecting {
    ags: String,
}

#[derive(Default)]
struct Said {
    faults: Vec<FaultView>,
    preview: Option<PreviewView>,
    done: Option<String>,
}

async fn page(
    state: &State,
    ask: &Ask,
    staff: &Staff,
    stored: &StoredWave,
    said: Said,
) -> Result<Response, PageError> {
    let register = state
        .known
        .register(&state.store, stored.register_list)
        .await?;
    let contacts = state.store.contacts(&stored.wave.name).await?;
    let number = |n: usize| numbers::thousands(ask.lang, n as i64);
    let reachable = contacts.values().filter(|c| c.mail().is_some()).count();
    let objected = contacts.values().filter(|c| c.objected.is_some()).count();
    let bounced = contacts.values().filter(|c| c.bounced.is_some()).count();
    let lead = ask.tv(
        "web-field-contacts-lead",
        &[
            ("all", &number(contacts.len())),
            ("reachable", &number(reachable)),
            ("objected", &number(objected)),
            ("bounced", &number(bounced)),
        ],
    );
    let mut order: Vec<_> = contacts.iter().collect();
    // Those that need somebody's attention come first.
    order.sort_by_key(|(key, c)| (c.bounced.is_none(), c.objected.is_none(), (*key).clone()));
    let rows = order.into_iter().take(SHOWN).map(|(key, kept)| RowView {
        key: key.to_string(),
        name: register.get(key).map_or(String::new(), |u| u.plain_name()),
        function: kept.contact.function.clone(),
        mail: kept.contact.mail.clone().unwrap_or_default(),
        source: kept.contact.source.clone(),
        checked: kept.contact.checked.map_or(String::new(), |d| ask.date(d)),
        state: match (&kept.objected, &kept.bounced) {
            (Some(_), _) => ask.t("web-field-contacts-objected"),
            (None, Some((_, why))) => ask.tv("web-field-contacts-bounced", &[("why", why)]),
            (None, None) => String::new(),
        },
        marked: kept.objected.is_some() || kept.bounced.is_some(),
    });
    let name = &stored.wave.name;
    let status = if said.faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = ContactsPage {
        frame: frame(
            state,
            ask,
            staff,
            title(ask, "web-field-contacts-title", stored),
        ),
        back: ask.to(&format!("/verwaltung/feld/{name}")),
        here: format!("/verwaltung/feld/{name}/kontakte"),
        lead,
        rows: rows.collect(),
        fault_count: ask.tv(
            "web-field-contacts-faults",
            &[("count", &number(said.faults.len()))],
        ),
        faults: said.faults.into_iter().take(SHOWN).collect(),
        preview: said.preview,
        done: said.done,
    };
    Ok((status, html(&page)?).into_response())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    Query(told): Query<Told>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let stored = wave(&state, &name).await?;
    let done = told.uebernommen.map(|count| {
        let count = numbers::thousands(ask.lang, count as i64);
        ask.tv("web-field-contacts-taken", &[("count", &count)])
    });
    let said = Said {
        done,
        ..Said::default()
    };
    page(&state, &ask, &staff, &stored, said).await
}

/// Looks at a file; nothing changes yet.
pub(crate) async fn upload(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
    mut parts: Multipart,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let stored = wave(&state, &name).await?;
    let register = state
        .known
        .register(&state.store, stored.register_list)
        .await?;
    let broken = |e: axum::extract::multipart::MultipartError| PageError::BadRequest(e.to_string());
    let mut file = (String::new(), Vec::new());
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        if part.name() == Some("datei") {
            let called = part
                .file_name()
                .unwrap_or_default()
                .chars()
                .take(120)
                .collect();
            file = (called, part.bytes().await.map_err(broken)?.to_vec());
        }
    }
    let reading = move || read_contacts(&file.1, &file.0, &register);
    let read = tokio::task::spawn_blocking(reading)
        .await
        .map_err(PageError::internal)?;
    let said = match read {
        Err(faults) => {
            let view = |f: &register::Fault| {
                let place = ask.tv(
                    "web-field-contacts-place",
                    &[
                        ("file", &f.file),
                        ("line", &f.line.to_string()),
                        ("column", &f.column.to_string()),
                        ("field", f.field.as_deref().unwrap_or("–")),
                    ],
                );
                (place, f.what.clone(), f.right.clone())
            };
            Said {
                faults: faults.iter().map(view).collect(),
                ..Said::default()
            }
        }
        Ok(read) => {
            let before = state.store.contacts(&stored.wave.name).await?;
            let before = before
                .into_iter()
                .map(|(key, kept)| (key, kept.contact))
                .collect();
            let changes = contact_changes(&before, &read.rows);
            let number = |n: usize| numbers::thousands(ask.lang, n as i64);
            let token = token()?;
            let rows: Vec<_> = read
                .rows
                .into_iter()
                .map(|row| (row.key, row.contact))
                .collect();
            let (wave, now) = (&stored.wave.name, state.now());
            let keep = &state.store;
            keep.keep_contact_import(&token.hash(), wave, &rows, now, &staff.mail)
                .await?;
            Said {
                preview: Some(PreviewView {
                    counts: ask.tv(
                        "web-field-contacts-counts",
                        &[
                            ("all", &number(rows.len())),
                            ("new", &number(changes.new.len())),
                            ("changed", &number(changes.changed.len())),
                            ("same", &number(changes.same)),
                            ("objected", &number(changes.objected)),
                        ],
                    ),
                    notes: read.notes,
                    token: token.as_str().to_owned(),
                }),
                ..Said::default()
            }
        }
    };
    page(&state, &ask, &staff, &stored, said).await
}

pub(crate) async fn take(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
    Form(taken): Form<Taken>,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let (hash, wave) = (
        AccessToken::from_link(&taken.token).hash(),
        WaveName(name.clone()),
    );
    let store = &state.store;
    let count = store
        .take_contact_import(&hash, &wave, state.now(), &staff.mail)
        .await?;
    let count = count.ok_or(PageError::Conflict)?;
    let to = format!("/verwaltung/feld/{name}/kontakte?uebernommen={count}");
    Ok(Redirect::to(&ask.to(&to)).into_response())
}

pub(crate) async fn object(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
    Form(objecting): Form<Objecting>,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let key = Key::new(objecting.ags.trim()).map_err(|_| PageError::Conflict)?;
    let wave = WaveName(name.clone());
    let store = &state.store;
    if !store
        .note_objection(&wave, &key, state.now(), &staff.mail)
        .await?
    {
        return Err(PageError::Conflict);
    }
    Ok(Redirect::to(&ask.to(&format!("/verwaltung/feld/{name}/kontakte"))).into_response())
}
