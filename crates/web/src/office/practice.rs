//! One practice: completing it, its life so far, sending it for release.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use fieldwork::AccessToken;
use practices::{Practice, PracticeId, State as Life};
use store::{NewMail, PracticeUpdate, Staff};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::practice_form::{Control, FieldView, Typed, fields, label, read, typed};
use crate::office::practices::place;
use crate::office::session::{Signed, frame};
use crate::practice::{Part, parts, state as life};

struct EventView {
    at: String,
    actor: String,
    state: String,
    note: String,
}

#[derive(Template)]
#[template(path = "office/practice.html")]
struct PracticePage {
    frame: Frame,
    place: String,
    state: String,
    version: u32,
    fields: Vec<FieldView>,
    faults: Vec<(String, String)>,
    /// What stands now, when somebody else saved in the meantime.
    standing: Vec<Part>,
    missing: Vec<String>,
    mail: String,
    may_send: bool,
    released_before: bool,
    send_href: String,
    events: Vec<EventView>,
    list_href: String,
}

/// What the page says besides the practice itself.
#[derive(Default)]
struct Said {
    typed: Option<Typed>,
    errors: BTreeMap<&'static str, String>,
    conflict: bool,
    status: StatusCode,
}

async fn page(
    state: &State,
    ask: &Ask,
    staff: &Staff,
    practice: &Practice,
    said: Said,
) -> Result<Response, PageError> {
    let form = &practice.form;
    let shown = said.typed.unwrap_or_else(|| typed(form));
    let event = |e: store::PracticeEvent| EventView {
        at: ask.moment(e.at),
        actor: e.actor,
        state: life(ask, e.state),
        note: e.note,
    };
    let missing: Vec<String> = form
        .missing()
        .into_iter()
        .map(|name| label(ask, name))
        .collect();
    let settled = matches!(
        practice.state,
        Life::Released | Life::Published | Life::Withdrawn
    );
    let fault = |(name, text): (&&str, &String)| {
        (
            format!("#feld-{name}"),
            format!("{}: {text}", label(ask, name)),
        )
    };
    let here = format!("/verwaltung/praxisbeispiele/{}", practice.id.0);
    let page = PracticePage {
        frame: frame(state, ask, staff, form.title.clone()),
        place: place(state, practice).await?,
        state: life(ask, practice.state),
        version: practice.version,
        fields: fields(ask, &shown, &said.errors),
        faults: said.errors.iter().map(fault).collect(),
        standing: if said.conflict {
            parts(ask, form)
        } else {
            Vec::new()
        },
        may_send: missing.is_empty() && !settled,
        missing,
        mail: form.mailbox.clone().unwrap_or_default(),
        released_before: matches!(practice.state, Life::Released | Life::Published),
        send_href: ask.to(&format!("{here}/freigabe")),
        events: state
            .store
            .practice_events(practice.id)
            .await?
            .into_iter()
            .map(event)
            .collect(),
        list_href: ask.to("/verwaltung/praxisbeispiele"),
    };
    Ok((said.status, html(&page)?).into_response())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let practice = state
        .store
        .practice(PracticeId(id))
        .await?
        .ok_or(PageError::NotFound)?;
    page(&state, &ask, &staff, &practice, Said::default()).await
}

pub(crate) async fn save(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let id = PracticeId(id);
    let practice = state.store.practice(id).await?.ok_or(PageError::NotFound)?;
    let seen = version(&sent)?;
    let form = match read(&ask, &sent) {
        Ok(form) => form,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            let said = Said {
                typed: Some(sent),
                errors,
                conflict: false,
                status,
            };
            return page(&state, &ask, &staff, &practice, said).await;
        }
    };
    match state
        .store
        .save_practice(id, form, seen, state.now(), &staff.mail)
        .await?
    {
        PracticeUpdate::Saved(_) => {
            let here = ask.to(&format!("/verwaltung/praxisbeispiele/{}", id.0));
            Ok(Redirect::to(&here).into_response())
        }
        PracticeUpdate::Conflict(standing) => {
            let status = StatusCode::CONFLICT;
            let said = Said {
                typed: Some(sent),
                errors: BTreeMap::new(),
                conflict: true,
                status,
            };
            page(&state, &ask, &staff, &standing, said).await
        }
        PracticeUpdate::NotPossible => Err(PageError::Conflict),
    }
}

fn version(sent: &Typed) -> Result<u32, PageError> {
    let version = sent.get("_version").and_then(|v| v.parse().ok());
    version.ok_or_else(|| PageError::BadRequest("the version is missing".to_owned()))
}

/// Sends exactly the version that the editor saw; the mail is queued with the change.
pub(crate) async fn send(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let id = PracticeId(id);
    let practice = state.store.practice(id).await?.ok_or(PageError::NotFound)?;
    let to = sent.get("an").map_or("", String::as_str).trim().to_owned();
    if !practice.form.missing().is_empty() || !to.contains('@') {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        let errors = [("mailbox", ask.t("web-office-practice-mailbox-wrong"))].into();
        let said = Said {
            errors,
            status,
            ..Said::default()
        };
        return page(&state, &ask, &staff, &practice, said).await;
    }
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(PageError::internal)?;
    let token = AccessToken::from_random(bytes);
    let link = format!("{}/freigabe/{}", state.base_url, token.as_str());
    let place = place(&state, &practice).await?;
    // Mails to municipalities are German, whatever language the editor reads.
    let german = Ask {
        lang: questionnaire::Lang::De,
        ..ask.clone()
    };
    let values = [
        ("title", practice.form.title.as_str()),
        ("place", &place),
        ("link", &link),
    ];
    let mail = NewMail {
        to,
        subject: german.tv("web-office-release-mail-subject", &values),
        body: german.tv("web-office-release-mail-body", &values),
    };
    let seen = version(&sent)?;
    match state
        .store
        .send_for_release(id, seen, token.hash(), mail, state.now(), &staff.mail)
        .await?
    {
        PracticeUpdate::Saved(_) => {
            let here = ask.to(&format!("/verwaltung/praxisbeispiele/{}", id.0));
            Ok(Redirect::to(&here).into_response())
        }
        PracticeUpdate::Conflict(_) | PracticeUpdate::NotPossible => Err(PageError::Conflict),
    }
}
