//! The pretest of a wave: pages take comments, and when they were shown and saved is kept.

use questionnaire::Page;
use store::PretestStep;

use crate::State;
use crate::answer::access::Access;
use crate::error::PageError;
use crate::frame::Ask;

/// What the names of the fields begin with.
const NAME: &str = "_pretest.";
/// Characters of a comment that are kept.
const MOST: usize = 2_000;

/// The fields for comments on a page: name and label, a question each. Nothing outside a pretest.
pub(crate) fn fields(access: &Access, page: &Page, ask: &Ask) -> Vec<(String, String)> {
    if !access.pretest {
        return Vec::new();
    }
    let field = |q: &questionnaire::Question| {
        let label = ask.tv("web-field-pretest-field", &[("number", &q.number)]);
        (format!("{NAME}{}", q.key), label)
    };
    page.questions.iter().map(field).collect()
}

/// Keeps that a page was shown.
pub(crate) async fn shown(state: &State, access: &Access, page: &Page) -> Result<(), PageError> {
    keep(state, access, page, false, Vec::new()).await
}

/// Keeps that a page was saved, with its comments.
pub(crate) async fn saved(
    state: &State,
    access: &Access,
    page: &Page,
    sent: &[(String, String)],
) -> Result<(), PageError> {
    let comment = |(name, text): &(String, String)| {
        let question = name.strip_prefix(NAME)?;
        let known = page.questions.iter().any(|q| q.key == question);
        let text: String = text.trim().chars().take(MOST).collect();
        (known && !text.is_empty()).then(|| (question.to_owned(), text))
    };
    keep(
        state,
        access,
        page,
        true,
        sent.iter().filter_map(comment).collect(),
    )
    .await
}

async fn keep(
    state: &State,
    access: &Access,
    page: &Page,
    saved: bool,
    comments: Vec<(String, String)>,
) -> Result<(), PageError> {
    if !access.pretest {
        return Ok(());
    }
    let (wave, key) = (&access.invitation.wave, &access.invitation.municipality);
    let step = PretestStep {
        municipality: key.to_string(),
        page: page.key.clone(),
        saved,
        at: state.now(),
    };
    Ok(state.store.pretest_step(wave, key, step, comments).await?)
}

/// Notes the channel (`?kanal=…`) with which a municipality came.
pub(crate) async fn arrived(
    state: &State,
    access: &Access,
    parts: &axum::http::request::Parts,
) -> Result<(), PageError> {
    let query = parts.uri.query().unwrap_or_default();
    let code = query
        .split('&')
        .find_map(|part| part.strip_prefix("kanal="));
    if let Some(code) = code.filter(|code| fieldwork::is_channel_code(code)) {
        let (wave, key) = (&access.invitation.wave, &access.invitation.municipality);
        state.store.mark_arrived(wave, key, code).await?;
    }
    Ok(())
}
