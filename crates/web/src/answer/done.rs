//! The page after submitting.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use practices::{Actor, PracticeId, Step, steps_from};

use crate::State;
use crate::answer::access::{Access, last_day};
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};

#[derive(Template)]
#[template(path = "answer/done.html")]
struct DonePage {
    frame: Frame,
    municipality: String,
    at: String,
    until: String,
    sheet_href: String,
    sheet_pdf_href: String,
    fits_href: String,
    review_href: String,
    /// The practices that the response named and that wait for their short form: where to go on, and the title.
    named: Vec<(String, String)>,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Parts,
) -> Result<Response, PageError> {
    let access = Access::find(&state, &token, &parts).await?;
    let Some(at) = access.invitation.submitted else {
        return Ok(Redirect::to(&ask.to(&access.path("/pruefen"))).into_response());
    };
    let open = |p: &practices::Practice| steps_from(p.state, Actor::Owner).contains(&Step::Save);
    let (wave, key) = (&access.invitation.wave, &access.invitation.municipality);
    let named = state.store.practices_of(wave, key).await?.into_iter();
    let named = named.filter(open);
    let page = DonePage {
        named: named
            .map(|p| {
                let way = access.path(&format!("/kurzform/{}", p.id.0));
                (ask.to(&way), p.form.title)
            })
            .collect(),
        frame: access.frame(&state, &ask, ask.t("web-answer-done-title")),
        municipality: access.municipality.clone(),
        at: ask.tv("web-answer-done-at", &[("moment", &ask.moment(at))]),
        until: ask.tv(
            "web-answer-done-change",
            &[("day", &last_day(&ask, access.wave()))],
        ),
        sheet_href: ask.to(&access.path("/vergleichsblatt")),
        fits_href: ask.to(&access.path("/beispiele")),
        sheet_pdf_href: ask.to(&access.path("/vergleichsblatt.pdf")),
        review_href: ask.to(&access.path("/pruefen")),
    };
    Ok(html(&page)?.into_response())
}

/// Goes on to the short form of a practice that the response named.
pub(crate) async fn short_form(
    Extract(state): Extract<State>,
    Path((token, id)): Path<(String, i64)>,
    ask: Ask,
    parts: Parts,
) -> Result<Response, PageError> {
    let access = Access::find(&state, &token, &parts).await?;
    let practice = state.store.practice(PracticeId(id)).await?;
    let own = |p: &practices::Practice| p.municipality == access.invitation.municipality;
    let practice = practice.filter(own).ok_or(PageError::NotFound)?;
    crate::example::link_for(&state, &ask, &practice).await
}
