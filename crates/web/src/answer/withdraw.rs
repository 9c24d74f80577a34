//! A municipality takes its answers back: possible until the dataset is frozen, asked first, done on the button.

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use store::WithdrawOutcome;

use crate::State;
use crate::answer::access::Access;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};

#[derive(Template)]
#[template(path = "together/withdraw.html")]
struct WithdrawPage {
    frame: Frame,
    municipality: String,
    error: Option<String>,
    /// Withdrawn already, or too late.
    done: Option<String>,
    back_href: String,
    contact: String,
}

fn page(
    state: &State,
    ask: &Ask,
    access: &Access,
    error: Option<String>,
) -> Result<Response, PageError> {
    let status = if error.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let done = match (access.invitation.withdrawn, access.wave().frozen) {
        (Some(at), _) => Some(ask.tv("privacy-withdrawn", &[("moment", &ask.moment(at))])),
        (None, Some(at)) => Some(ask.tv(
            "privacy-withdraw-frozen",
            &[("day", &ask.date(crate::frame::day(at)))],
        )),
        (None, None) => None,
    };
    let page = WithdrawPage {
        frame: access.frame(state, ask, ask.t("privacy-withdraw-title")),
        municipality: access.municipality.clone(),
        error,
        done,
        back_href: ask.to(&access.path("")),
        contact: access.wave().contact.clone(),
    };
    Ok((status, html(&page)?).into_response())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Parts,
) -> Result<Response, PageError> {
    let access = Access::find(&state, &token, &parts).await?;
    page(&state, &ask, &access, None)
}

#[derive(Deserialize)]
pub(crate) struct Said {
    #[serde(default)]
    sicher: String,
}

pub(crate) async fn withdraw(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Parts,
    Form(said): Form<Said>,
) -> Result<Response, PageError> {
    let access = Access::find(&state, &token, &parts).await?;
    if said.sicher != "ja" {
        let error = Some(ask.t("privacy-withdraw-unsure"));
        return page(&state, &ask, &access, error);
    }
    let (wave, key) = (&access.invitation.wave, &access.invitation.municipality);
    let done = state.store.withdraw(wave, key, state.now(), "municipality");
    match done.await? {
        WithdrawOutcome::Withdrawn { .. } | WithdrawOutcome::NotThere => {}
        WithdrawOutcome::Frozen => state.known.forget(wave),
    }
    Ok(Redirect::to(&ask.to(&access.path("/zurueckziehen"))).into_response())
}
