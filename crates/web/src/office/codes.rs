//! The code list: success factors, obstacles and prerequisites that editors find in many examples.

use askama::Template;
use axum::extract::{Form, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use practices::{Code, CodeKind};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::{Signed, frame};
use crate::practice::form::Typed;
use crate::practice::shown::code_kind;

struct CodeView {
    key: String,
    kind: String,
    de: String,
    en: String,
    definition: String,
    used: usize,
}

#[derive(Template)]
#[template(path = "office/codes.html")]
struct CodesPage {
    frame: Frame,
    codes: Vec<CodeView>,
    error: Option<String>,
    kinds: [(&'static str, String); 3],
}

async fn page(
    state: &State,
    ask: &Ask,
    staff: &store::Staff,
    error: Option<String>,
) -> Result<Response, PageError> {
    let coded = state.store.coded().await?;
    let view = |c: Code| CodeView {
        used: coded
            .values()
            .filter(|codes| codes.contains(&c.key))
            .count(),
        kind: code_kind(ask, c.kind),
        key: c.key,
        de: c.de,
        en: c.en,
        definition: c.definition,
    };
    let status = if error.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = CodesPage {
        frame: frame(state, ask, staff, ask.t("web-practice-codes-title")),
        codes: state.store.codes().await?.into_iter().map(view).collect(),
        error,
        kinds: [
            ("success", code_kind(ask, CodeKind::Success)),
            ("obstacle", code_kind(ask, CodeKind::Obstacle)),
            ("prerequisite", code_kind(ask, CodeKind::Prerequisite)),
        ],
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

/// Keeps names and definitions as they stand, and a new code where one was typed. Keys never change.
pub(crate) async fn save(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let text = |name: String| sent.get(&name).map_or("", |v| v.trim()).to_owned();
    let mut codes = state.store.codes().await?;
    for code in &mut codes {
        let field = |what: &str| text(format!("{}.{what}", code.key));
        let (de, en, definition) = (field("de"), field("en"), field("definition"));
        if !de.is_empty() {
            (code.de, code.en, code.definition) = (de, en, definition);
        }
    }
    let new = text("neu.de".to_owned());
    if !new.is_empty() {
        let key = key(&new);
        if key.is_empty() || codes.iter().any(|c| c.key == key) {
            let error = Some(ask.t("web-practice-codes-twice"));
            return page(&state, &ask, &staff, error).await;
        }
        codes.push(Code {
            key,
            kind: match text("neu.kind".to_owned()).as_str() {
                "obstacle" => CodeKind::Obstacle,
                "prerequisite" => CodeKind::Prerequisite,
                _ => CodeKind::Success,
            },
            en: Some(text("neu.en".to_owned()))
                .filter(|e| !e.is_empty())
                .unwrap_or_else(|| new.clone()),
            definition: text("neu.definition".to_owned()),
            de: new,
        });
    }
    state
        .store
        .put_codes(codes, state.now(), &staff.mail)
        .await?;
    Ok(Redirect::to(&ask.to("/verwaltung/kodes")).into_response())
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
