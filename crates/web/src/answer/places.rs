//! A municipality as an answer: what was typed or chosen becomes one of the register.

use axum::extract::{Path, Query, State as Extract};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::response::IntoResponse;
use questionnaire::{Page, QuestionKind};
use register::{Key, Register};
use serde::Deserialize;

use crate::State;
use crate::answer::access::Access;
use crate::error::PageError;

/// Municipalities suggested while typing.
const SUGGESTED: usize = 12;
/// Longest name that is looked for, in characters.
const TYPED: usize = 100;

#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    q: String,
}

/// `GET /antworten/{token}/kommunen?q=…`: key, name and Land of the municipalities whose names begin so, then of
/// those that contain it, the larger ones first.
pub(crate) async fn suggest(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    Query(typed): Query<Typed>,
    parts: Parts,
) -> Result<impl IntoResponse, PageError> {
    let access = Access::find_any(&state, &token, &parts).await?;
    let typed: String = typed.q.trim().chars().take(TYPED).collect();
    let by_key = Key::try_from(typed.clone()).ok();
    let by_key = by_key.and_then(|key| access.register.get(&key));
    let found = access.register.search(&typed, SUGGESTED).into_iter();
    let line = |m: &register::Municipality| {
        [
            m.key.to_string(),
            m.name.clone(),
            m.land.german().to_owned(),
        ]
    };
    let lines: Vec<[String; 3]> = by_key.into_iter().chain(found).map(line).collect();
    let json = serde_json::to_string(&lines).map_err(PageError::internal)?;
    Ok(([(CONTENT_TYPE, "application/json")], json))
}

/// Name of the radios of the municipalities that were found.
pub(crate) fn choice(question: &str) -> String {
    format!("_kommune.{question}")
}

/// Puts the register's key and name in the place of what was typed: the one that was chosen, or the only one of that
/// name or key. Everything else stays as it was typed, without the mark that only we set.
pub(crate) fn resolve(
    page: &Page,
    mut sent: Vec<(String, String)>,
    register: &Register,
) -> Vec<(String, String)> {
    let places = page
        .questions
        .iter()
        .filter(|q| matches!(q.kind, QuestionKind::Municipality));
    for question in places {
        let radio = choice(&question.key);
        let chosen = sent.iter().find(|(name, _)| *name == radio);
        let chosen = chosen.map(|(_, key)| key.clone());
        let found = |key: &str| register.get(&Key::try_from(key.to_owned()).ok()?);
        for (name, value) in &mut sent {
            if *name != question.key || value.starts_with('_') {
                continue;
            }
            let typed = value.replace('|', " ").trim().to_owned();
            let picked = chosen.as_deref().and_then(found);
            let hits = register.search(&typed, 12);
            let same = hits
                .iter()
                .filter(|m| m.name == typed || m.plain_name() == typed);
            let same: Vec<_> = same.collect();
            let typed_one = match same.as_slice() {
                [one] => Some(**one),
                _ => found(&typed),
            };
            // A name typed anew counts more than what was chosen before.
            let right = picked
                .filter(|m| {
                    typed.is_empty() || m.name == typed || hits.iter().any(|hit| hit.key == m.key)
                })
                .or(typed_one);
            *value = match right {
                Some(m) if !typed.is_empty() => format!("{}|{}", m.key, m.name),
                _ => typed,
            };
        }
    }
    sent
}
