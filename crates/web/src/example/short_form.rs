//! The short form behind a mailed link: for the municipality that named an example, and for who proposed one. What is
//! typed is kept as a draft; handing it in gives it to the editors.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Multipart, Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use fieldwork::AccessToken;
use practices::{Actor, Practice, State as Life, Step, steps_from};
use store::{PracticeLink, PracticeUpdate, StepTaken};

use super::files::{Upload, stored, upload};
use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::practice::{Pair, Said, keep, pairs};
use crate::practice::form::{
    Control, FileView, GroupView, Typed, files, groups, prints, problem, typed,
};
use crate::practice::{label, mails, place, state as life};

#[derive(Template)]
#[template(path = "example/short_form.html")]
struct FormPage {
    frame: Frame,
    place: String,
    state: String,
    version: u32,
    prints: String,
    groups: Vec<GroupView>,
    files: Vec<FileView>,
    faults: Vec<(String, String)>,
    pairs: Vec<Pair>,
    /// Whether it can still be changed here.
    open: bool,
    saved: bool,
    here: String,
}

/// The link and the role in which its holder acts.
async fn find(state: &State, token: &str) -> Result<(PracticeLink, Actor), PageError> {
    let hash = AccessToken::from_link(token).hash();
    let link = state.store.practice_link(&hash).await?;
    let link = link
        .filter(|l| l.purpose == "form")
        .ok_or(PageError::NotFound)?;
    let who = if link.actor == link.practice.municipality.as_str() {
        Actor::Owner
    } else {
        Actor::Anyone
    };
    Ok((link, who))
}

async fn page(
    state: &State,
    ask: &Ask,
    token: &str,
    practice: &Practice,
    who: Actor,
    said: Said,
) -> Result<Response, PageError> {
    let list = state.store.fields_of_action().await?;
    let standing = typed(&practice.form);
    let shown = said.typed.as_ref().unwrap_or(&standing);
    let fault = |(name, text): (&&str, &String)| {
        (
            format!("#feld-{name}"),
            format!("{}: {text}", label(ask, name)),
        )
    };
    let here = format!("/kurzform/{token}");
    let page = FormPage {
        frame: Frame::new(state, ask, ask.t("web-practice-form-title")),
        place: place(state, &practice.municipality, &practice.wave).await?,
        state: life(ask, practice.state),
        version: practice.version,
        prints: prints(&standing),
        groups: groups(ask, &list, shown, &said.errors),
        files: files(ask, &practice.form, shown, &format!("{here}/dateien")),
        faults: said.errors.iter().map(fault).collect(),
        pairs: pairs(ask, shown, &standing, &said.both),
        open: steps_from(practice.state, who).contains(&Step::Save),
        saved: practice.state == Life::Draft,
        here,
    };
    Ok((said.status, html(&page)?).into_response())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
) -> Result<Response, PageError> {
    let (link, who) = find(&state, &token).await?;
    page(&state, &ask, &token, &link.practice, who, Said::default()).await
}

/// Keeps the draft; with the second button it is handed in, where nothing is missing.
pub(crate) async fn save(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let (link, who) = find(&state, &token).await?;
    let list = state.store.fields_of_action().await?;
    let hands_in = sent.get("schritt").is_some_and(|s| s == "abgeben");
    let actor = match who {
        Actor::Owner => link.practice.municipality.to_string(),
        _ => link.actor.clone(),
    };
    let kept = keep(&state, &ask, &link.practice, (sent, &list), (who, &actor)).await?;
    match kept {
        Ok(PracticeUpdate::Saved(_)) => {}
        Ok(PracticeUpdate::Conflict(_) | PracticeUpdate::NotPossible) => {
            return Err(PageError::Conflict);
        }
        Err(said) => {
            let (link, who) = find(&state, &token).await?;
            return page(&state, &ask, &token, &link.practice, who, said).await;
        }
    }
    let (link, who) = find(&state, &token).await?;
    if hands_in {
        let faults = link.practice.form.check();
        if !faults.is_empty() {
            let said = Said {
                errors: faults
                    .iter()
                    .map(|f| (f.field, problem(&ask, f)))
                    .collect::<BTreeMap<_, _>>(),
                status: StatusCode::UNPROCESSABLE_ENTITY,
                ..Said::default()
            };
            return page(&state, &ask, &token, &link.practice, who, said).await;
        }
        hand_in(&state, &ask, &link.practice, who, actor).await?;
    }
    Ok(Redirect::to(&ask.to(&format!("/kurzform/{token}"))).into_response())
}

async fn hand_in(
    state: &State,
    ask: &Ask,
    practice: &Practice,
    who: Actor,
    actor: String,
) -> Result<(), PageError> {
    let place = place(state, &practice.municipality, &practice.wave).await?;
    let link = format!(
        "{}/verwaltung/praxisbeispiele/{}",
        state.base_url, practice.id.0
    );
    let values = [
        ("title", practice.form.title.as_str()),
        ("place", &place),
        ("link", &link),
    ];
    let taken = StepTaken {
        step: Step::HandIn,
        who,
        actor,
        note: String::new(),
        mails: mails::to_editors(state, ask, "handed-in", &values).await?,
    };
    let done = state
        .store
        .take_practice_step(practice.id, practice.version, taken, state.now());
    match done.await? {
        PracticeUpdate::Saved(_) => Ok(()),
        PracticeUpdate::Conflict(_) | PracticeUpdate::NotPossible => Err(PageError::Conflict),
    }
}

pub(crate) async fn file(
    Extract(state): Extract<State>,
    Path((token, file)): Path<(String, i64)>,
) -> Result<Response, PageError> {
    let (link, _) = find(&state, &token).await?;
    stored(&state, link.practice.id, file).await
}

pub(crate) async fn add_file(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Multipart,
) -> Result<Response, PageError> {
    let (link, who) = find(&state, &token).await?;
    let practice = &link.practice;
    if !steps_from(practice.state, who).contains(&Step::Save) {
        return Err(PageError::Conflict);
    }
    let actor = link.actor.clone();
    match upload(&state, &ask, practice, parts, &actor).await? {
        Upload::Taken { form, version } => {
            let now = state.now();
            let saved = state
                .store
                .save_practice(practice.id, *form, version, now, (who, &actor));
            match saved.await? {
                PracticeUpdate::Saved(_) => Ok(Redirect::to(
                    &ask.to(&format!("/kurzform/{token}#dateien")),
                )
                .into_response()),
                PracticeUpdate::Conflict(_) | PracticeUpdate::NotPossible => {
                    Err(PageError::Conflict)
                }
            }
        }
        Upload::Refused(text) => {
            let said = Said {
                errors: [("files", text)].into(),
                status: StatusCode::UNPROCESSABLE_ENTITY,
                ..Said::default()
            };
            page(&state, &ask, &token, practice, who, said).await
        }
    }
}

/// `POST /antworten/{token}/kurzform/{id}`: the municipality that named an example in its response fills in the form.
pub(crate) async fn link_for(
    state: &State,
    ask: &Ask,
    practice: &Practice,
) -> Result<Response, PageError> {
    let token = mails::token()?;
    let put = state.store.put_practice_link(
        token.hash(),
        practice.id,
        "form",
        practice.municipality.as_str(),
        state.now(),
    );
    put.await?;
    Ok(Redirect::to(&ask.to(&format!("/kurzform/{}", token.as_str()))).into_response())
}
