//! Beside a practice: its files, and the codes that editors give it.

use std::collections::BTreeSet;

use axum::extract::{Form, Multipart, Path, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use practices::{Actor, PracticeId, Step, steps_from};
use store::PracticeUpdate;

use crate::State;
use crate::error::PageError;
use crate::example::{Upload, stored, upload};
use crate::frame::Ask;
use crate::office::practice::{back, find};
use crate::office::session::Signed;
use crate::practice::form::Typed;

pub(crate) async fn file(
    Extract(state): Extract<State>,
    Path((id, file)): Path<(i64, i64)>,
    signed: Signed,
) -> Result<Response, PageError> {
    signed.editor()?;
    stored(&state, PracticeId(id), file).await
}

pub(crate) async fn add_file(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
    signed: Signed,
    parts: Multipart,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let practice = find(&state, id).await?;
    if !steps_from(practice.state, Actor::Editor).contains(&Step::Save) {
        return Err(PageError::Conflict);
    }
    match upload(&state, &ask, &practice, parts, &staff.mail).await? {
        Upload::Taken { form, version } => {
            let by = (Actor::Editor, staff.mail.as_str());
            let now = state.now();
            match state
                .store
                .save_practice(practice.id, *form, version, now, by)
                .await?
            {
                PracticeUpdate::Saved(_) => Ok(back(&ask, id)),
                PracticeUpdate::Conflict(_) | PracticeUpdate::NotPossible => {
                    Err(PageError::Conflict)
                }
            }
        }
        Upload::Refused(text) => {
            let errors = [("files", text)].into();
            crate::office::practice::again(&state, &ask, &staff, &practice, errors).await
        }
    }
}

/// Codes that were seen stand in the form, so that those which others set meanwhile stay.
pub(crate) async fn code(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let practice = find(&state, id).await?;
    let known: BTreeSet<String> = state
        .store
        .codes()
        .await?
        .into_iter()
        .map(|c| c.key)
        .collect();
    let seen = sent.get("_gesehen").map_or("", String::as_str);
    let seen: BTreeSet<String> = seen
        .split(' ')
        .filter(|k| known.contains(*k))
        .map(str::to_owned)
        .collect();
    let wanted: BTreeSet<String> = known
        .into_iter()
        .filter(|k| sent.contains_key(&format!("kode.{k}")))
        .collect();
    state
        .store
        .code_practice(practice.id, seen, wanted, state.now(), &staff.mail)
        .await?;
    let here = ask.to(&format!("/verwaltung/praxisbeispiele/{id}"));
    Ok(Redirect::to(&format!("{here}#kodes")).into_response())
}
