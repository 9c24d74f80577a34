//! Links of published examples that do not answer, for the editors.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::{IntoResponse, Response};
use store::{LinkCheck, LinkOutcome};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame, day};
use crate::office::session::{Signed, frame};

struct RowView {
    href: String,
    title: String,
    url: String,
    said: String,
    dead: bool,
}

#[derive(Template)]
#[template(path = "office/links.html")]
struct LinksPage {
    frame: Frame,
    rows: Vec<RowView>,
    checked: usize,
}

/// A look at a link in words.
pub(crate) fn said(ask: &Ask, check: &LinkCheck) -> String {
    let key = match check.outcome {
        LinkOutcome::Alive => "web-practice-link-alive",
        LinkOutcome::Dead => "web-practice-link-dead",
        LinkOutcome::NotAllowed => "web-practice-link-not-allowed",
        LinkOutcome::Refused => "web-practice-link-refused",
    };
    let on = ask.date(day(check.checked));
    ask.tv(key, &[("day", &on), ("note", &check.note)])
}

pub(crate) async fn list(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let checks = state.store.link_checks().await?;
    let mut rows = Vec::new();
    for example in state.store.published().await? {
        for link in &example.publication.form.links {
            let Some(check) = checks.get(&link.url) else {
                continue;
            };
            if check.outcome != LinkOutcome::Alive {
                rows.push(RowView {
                    href: ask.to(&format!("/verwaltung/praxisbeispiele/{}", example.id.0)),
                    title: example.publication.form.title.clone(),
                    url: link.url.clone(),
                    said: said(&ask, check),
                    dead: check.outcome == LinkOutcome::Dead,
                });
            }
        }
    }
    let page = LinksPage {
        frame: frame(&state, &ask, &staff, ask.t("web-practice-links-title")),
        rows,
        checked: checks.len(),
    };
    Ok(html(&page)?.into_response())
}
