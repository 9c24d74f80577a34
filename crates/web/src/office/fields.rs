//! The fields of action in two levels, with the criteria by which their examples are chosen.

use askama::Template;
use axum::extract::{Form, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use practices::FieldOfAction;

use super::codes::key;
use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::{Signed, frame};
use crate::practice::form::Typed;

#[derive(Template)]
#[template(path = "office/fields.html")]
struct FieldsPage {
    frame: Frame,
    fields: Vec<FieldOfAction>,
    error: Option<String>,
}

async fn page(
    state: &State,
    ask: &Ask,
    staff: &store::Staff,
    error: Option<String>,
) -> Result<Response, PageError> {
    let status = if error.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = FieldsPage {
        frame: frame(state, ask, staff, ask.t("web-practice-fields-title")),
        fields: state.store.fields_of_action().await?,
        error,
    };
    Ok((status, html(&page)?).into_response())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    page(&state, &ask, &staff, None).await
}

/// Keeps names and criteria, and a new field where one was typed. Keys never change.
pub(crate) async fn save(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let text = |name: String| sent.get(&name).map_or("", |v| v.trim()).to_owned();
    let mut fields = state.store.fields_of_action().await?;
    for field in &mut fields {
        let (de, en) = (
            text(format!("{}.de", field.key)),
            text(format!("{}.en", field.key)),
        );
        if !de.is_empty() {
            (field.de, field.en) = (de, en);
        }
        if let Some(criteria) = sent.get(&format!("{}.criteria", field.key)) {
            field.criteria = criteria.trim().replace("\r\n", "\n");
        }
    }
    let new = text("neu.de".to_owned());
    if !new.is_empty() {
        let parent = Some(text("neu.parent".to_owned())).filter(|p| !p.is_empty());
        let known = |k: &String| fields.iter().any(|f| f.key == *k && f.parent.is_none());
        let key = match &parent {
            Some(parent) => format!("{parent}.{}", key(&new)),
            None => key(&new),
        };
        if fields.iter().any(|f| f.key == key) || parent.as_ref().is_some_and(|p| !known(p)) {
            let error = Some(ask.t("web-practice-codes-twice"));
            return page(&state, &ask, &staff, error).await;
        }
        // Below its field, behind those that stand there already.
        let at = match &parent {
            Some(p) => fields
                .iter()
                .rposition(|f| f.key == *p || f.parent.as_ref() == Some(p))
                .map(|i| i + 1),
            None => None,
        };
        let en = Some(text("neu.en".to_owned())).filter(|e| !e.is_empty());
        let field = FieldOfAction {
            parent,
            ..FieldOfAction::new(&key, &new, en.as_deref().unwrap_or(&new))
        };
        fields.insert(at.unwrap_or(fields.len()), field);
    }
    state
        .store
        .put_fields_of_action(fields, state.now(), &staff.mail)
        .await?;
    Ok(Redirect::to(&ask.to("/verwaltung/handlungsfelder")).into_response())
}
