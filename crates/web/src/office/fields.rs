//! The fields of action in two levels, with the criteria by which their examples are chosen.

use askama::Template;
use axum::extract::{Form, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use practices::FieldOfAction;
use store::ListUpdate;

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::codes::key;
use crate::office::list::{ListField, Said, no_name, text};
use crate::office::session::{Signed, frame};
use crate::practice::form::Typed;

struct FieldView {
    key: String,
    name: String,
    /// On the first level.
    top: bool,
    fields: Vec<ListField>,
}

#[derive(Template)]
#[template(path = "office/fields.html")]
struct FieldsPage {
    frame: Frame,
    stand: String,
    fields: Vec<FieldView>,
    said: Said,
}

async fn page(
    state: &State,
    ask: &Ask,
    staff: &store::Staff,
    said: Said,
) -> Result<Response, PageError> {
    let standing = state.store.fields_of_action().await?;
    let view = |f: &FieldOfAction| {
        let field = |what, label, standing| said.field(ask, (&f.key, what), label, standing);
        let mut fields = vec![
            field("de", "web-practice-name-de", &f.de),
            field("en", "web-practice-name-en", &f.en),
        ];
        if f.parent.is_none() {
            fields.push(field(
                "criteria",
                "web-practice-fields-criteria",
                &f.criteria,
            ));
        }
        FieldView {
            key: f.key.clone(),
            name: f.de.clone(),
            top: f.parent.is_none(),
            fields,
        }
    };
    let page = FieldsPage {
        frame: frame(state, ask, staff, ask.t("web-practice-fields-title")),
        stand: store::stand(&standing)?,
        fields: standing.iter().map(view).collect(),
        said,
    };
    Ok((page.said.status(), html(&page)?).into_response())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    page(&state, &ask, &staff, Said::default()).await
}

/// Keeps names and criteria, and a new field where one was typed. Keys never change.
pub(crate) async fn save(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let mut fields = state.store.fields_of_action().await?;
    let mut said = Said {
        errors: merge(&ask, &mut fields, &sent),
        typed: sent,
        conflict: false,
    };
    if said.errors.is_empty() {
        let (at, by) = (state.now(), staff.mail.as_str());
        let put = state
            .store
            .put_fields_of_action(fields, said.seen(), at, by);
        match put.await? {
            ListUpdate::Saved => {
                return Ok(Redirect::to(&ask.to("/verwaltung/handlungsfelder")).into_response());
            }
            ListUpdate::Conflict => said.conflict = true,
        }
    }
    page(&state, &ask, &staff, said).await
}

/// Puts what was typed into the list; says what is wrong.
fn merge(ask: &Ask, fields: &mut Vec<FieldOfAction>, sent: &Typed) -> Vec<(String, String)> {
    let mut errors = Vec::new();
    for field in &mut *fields {
        // A field that the page did not show stays as it is.
        let typed = |what| text(sent, &field.key, what);
        let (Some(de), Some(en)) = (typed("de"), typed("en")) else {
            continue;
        };
        if de.is_empty() {
            errors.push(no_name(ask, &field.key, &field.de));
        }
        let criteria = typed("criteria");
        (field.de, field.en) = (de, en);
        if let Some(criteria) = criteria {
            field.criteria = criteria;
        }
    }
    let new = |what| text(sent, "neu", what).unwrap_or_default();
    let de = new("de");
    if de.is_empty() {
        return errors;
    }
    let parent = Some(new("parent")).filter(|p| !p.is_empty());
    let known = |k: &String| fields.iter().any(|f| f.key == *k && f.parent.is_none());
    let key = match &parent {
        Some(parent) => format!("{parent}.{}", key(&de)),
        None => key(&de),
    };
    if fields.iter().any(|f| f.key == key) || parent.as_ref().is_some_and(|p| !known(p)) {
        errors.push(("neu-de".to_owned(), ask.t("web-practice-codes-twice")));
        return errors;
    }
    // Below its field, behind those that stand there already.
    let at = match &parent {
        Some(p) => fields
            .iter()
            .rposition(|f| f.key == *p || f.parent.as_ref() == Some(p))
            .map(|i| i + 1),
        None => None,
    };
    let en = Some(new("en")).filter(|e| !e.is_empty());
    let field = FieldOfAction {
        parent,
        ..FieldOfAction::new(&key, &de, en.as_deref().unwrap_or(&de))
    };
    fields.insert(at.unwrap_or(fields.len()), field);
    errors
}
