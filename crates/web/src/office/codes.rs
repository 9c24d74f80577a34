//! The code list: success factors, obstacles and prerequisites that editors find in many examples.

use askama::Template;
use axum::extract::{Form, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use practices::{Code, CodeKind};
use store::ListUpdate;

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::list::{ListField, Said, no_name, text};
use crate::office::session::{Signed, frame};
use crate::practice::form::Typed;
use crate::practice::shown::code_kind;

struct CodeView {
    name: String,
    kind: String,
    used: usize,
    fields: [ListField; 3],
}

#[derive(Template)]
#[template(path = "office/codes.html")]
struct CodesPage {
    frame: Frame,
    stand: String,
    codes: Vec<CodeView>,
    said: Said,
    kinds: [(&'static str, String); 3],
}

async fn page(
    state: &State,
    ask: &Ask,
    staff: &store::Staff,
    said: Said,
) -> Result<Response, PageError> {
    let coded = state.store.coded().await?;
    let standing = state.store.codes().await?;
    let view = |c: &Code| {
        let field = |what, label, standing| said.field(ask, (&c.key, what), label, standing);
        CodeView {
            name: c.de.clone(),
            kind: code_kind(ask, c.kind),
            used: coded
                .values()
                .filter(|codes| codes.contains(&c.key))
                .count(),
            fields: [
                field("de", "web-practice-name-de", &c.de),
                field("en", "web-practice-name-en", &c.en),
                field("definition", "web-practice-codes-definition", &c.definition),
            ],
        }
    };
    let page = CodesPage {
        frame: frame(state, ask, staff, ask.t("web-practice-codes-title")),
        stand: store::stand(&standing)?,
        codes: standing.iter().map(view).collect(),
        said,
        kinds: [
            ("success", code_kind(ask, CodeKind::Success)),
            ("obstacle", code_kind(ask, CodeKind::Obstacle)),
            ("prerequisite", code_kind(ask, CodeKind::Prerequisite)),
        ],
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

/// Keeps names and definitions as they stand, and a new code where one was typed. Keys never change.
pub(crate) async fn save(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let mut codes = state.store.codes().await?;
    let mut said = Said {
        errors: merge(&ask, &mut codes, &sent),
        typed: sent,
        conflict: false,
    };
    if said.errors.is_empty() {
        let (at, by) = (state.now(), staff.mail.as_str());
        match state.store.put_codes(codes, said.seen(), at, by).await? {
            ListUpdate::Saved => {
                return Ok(Redirect::to(&ask.to("/verwaltung/kodes")).into_response());
            }
            ListUpdate::Conflict => said.conflict = true,
        }
    }
    page(&state, &ask, &staff, said).await
}

/// Puts what was typed into the list; says what is wrong.
fn merge(ask: &Ask, codes: &mut Vec<Code>, sent: &Typed) -> Vec<(String, String)> {
    let mut errors = Vec::new();
    for code in &mut *codes {
        let field = |what| text(sent, &code.key, what);
        // A code that the page did not show stays as it is.
        let (Some(de), Some(en), Some(definition)) =
            (field("de"), field("en"), field("definition"))
        else {
            continue;
        };
        if de.is_empty() {
            errors.push(no_name(ask, &code.key, &code.de));
        }
        (code.de, code.en, code.definition) = (de, en, definition);
    }
    let new = |what| text(sent, "neu", what).unwrap_or_default();
    let de = new("de");
    if de.is_empty() {
        return errors;
    }
    let key = key(&de);
    if key.is_empty() || codes.iter().any(|c| c.key == key) {
        errors.push(("neu-de".to_owned(), ask.t("web-practice-codes-twice")));
        return errors;
    }
    codes.push(Code {
        key,
        kind: match new("kind").as_str() {
            "obstacle" => CodeKind::Obstacle,
            "prerequisite" => CodeKind::Prerequisite,
            _ => CodeKind::Success,
        },
        en: Some(new("en"))
            .filter(|en| !en.is_empty())
            .unwrap_or_else(|| de.clone()),
        definition: new("definition"),
        de,
    });
    errors
}

/// A key from a name: small letters, digits and hyphens.
pub(crate) fn key(name: &str) -> String {
    let folded = name
        .to_lowercase()
        .replace('ä', "ae")
        .replace('ö', "oe")
        .replace('ü', "ue")
        .replace('ß', "ss");
    let kept: String = folded
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let parts: Vec<&str> = kept.split('-').filter(|p| !p.is_empty()).collect();
    parts.join("-").chars().take(40).collect()
}
