//! The page after submitting.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};

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
    review_href: String,
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
    let page = DonePage {
        frame: access.frame(&state, &ask, ask.t("web-answer-done-title")),
        municipality: access.municipality.clone(),
        at: ask.tv("web-answer-done-at", &[("moment", &ask.moment(at))]),
        until: ask.tv(
            "web-answer-done-change",
            &[("day", &last_day(&ask, access.wave()))],
        ),
        sheet_href: ask.to(&access.path("/vergleichsblatt")),
        sheet_pdf_href: ask.to(&access.path("/vergleichsblatt.pdf")),
        review_href: ask.to(&access.path("/pruefen")),
    };
    Ok(html(&page)?.into_response())
}
