//! Sign-off before submitting (Mitzeichnung), as a house wants it: behind a read-only link, or on paper.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use fieldwork::{AccessToken, Phase};
use jiff::civil::Date;
use serde::Deserialize;
use store::SignOff;

use crate::State;
use crate::answer::access::{Access, Writer};
use crate::answer::closed;
use crate::answer::department::LinkPage;
use crate::answer::review::{AnswerGroup, groups};
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame, time_zone};
use crate::practice::mails::token;

/// Longest function, in characters.
const LONGEST: usize = 120;

struct SignView {
    id: i64,
    words: String,
    /// Answers have changed since it was given.
    old: bool,
    waits: bool,
}

#[derive(Template)]
#[template(path = "together/sign_offs.html")]
struct SignOffsPage {
    frame: Frame,
    municipality: String,
    error: Option<String>,
    signs: Vec<SignView>,
    pdf_href: String,
    back_href: String,
    function: String,
    day: String,
}

#[derive(Template)]
#[template(path = "together/sign.html")]
struct SignPage {
    frame: Frame,
    municipality: String,
    error: Option<String>,
    signed: Option<String>,
    old: bool,
    open: bool,
    function: String,
    groups: Vec<AnswerGroup>,
}

/// Counts the saves of all answers: another number is another set of answers.
fn whole(response: &fieldwork::Response) -> u64 {
    response
        .records
        .values()
        .map(|r| u64::from(r.version))
        .sum()
}

#[derive(Deserialize)]
pub(crate) struct Said {
    #[serde(default)]
    was: String,
    #[serde(default)]
    funktion: String,
    #[serde(default)]
    tag: String,
    #[serde(default)]
    nummer: i64,
}

fn view(ask: &Ask, sign: &SignOff, stand: u64) -> SignView {
    let words = match sign.signed {
        None => ask.tv("together-sign-waits", &[("moment", &ask.moment(sign.made))]),
        Some(at) => {
            let key = if sign.on_paper {
                "together-sign-paper"
            } else {
                "together-sign-given"
            };
            let when = if sign.on_paper {
                ask.date(crate::frame::day(at))
            } else {
                ask.moment(at)
            };
            ask.tv(key, &[("function", &sign.function), ("when", &when)])
        }
    };
    SignView {
        id: sign.id,
        words,
        old: sign.signed.is_some() && sign.stand != stand,
        waits: sign.signed.is_none(),
    }
}

async fn list(
    state: &State,
    ask: &Ask,
    access: &Access,
    error: Option<String>,
    said: Option<&Said>,
) -> Result<Response, PageError> {
    let (wave, key) = (&access.invitation.wave, &access.invitation.municipality);
    let together = state.store.together(wave, key).await?;
    let stand = whole(&access.standing);
    let status = if error.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = SignOffsPage {
        frame: access.frame(state, ask, ask.t("together-sign-title")),
        municipality: access.municipality.clone(),
        error,
        signs: together
            .sign_offs
            .iter()
            .map(|s| view(ask, s, stand))
            .collect(),
        pdf_href: ask.to(&access.path("/antworten.pdf")),
        back_href: ask.to(&access.path("/aufgabenliste")),
        function: said.map(|s| s.funktion.clone()).unwrap_or_default(),
        day: said.map(|s| s.tag.clone()).unwrap_or_default(),
    };
    Ok((status, html(&page)?).into_response())
}

/// The contact's page: who has signed, a new link, a signature on paper.
pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Parts,
) -> Result<Response, PageError> {
    let access = Access::find(&state, &token, &parts).await?;
    list(&state, &ask, &access, None, None).await
}

pub(crate) async fn change(
    Extract(state): Extract<State>,
    Path(segment): Path<String>,
    ask: Ask,
    parts: Parts,
    Form(said): Form<Said>,
) -> Result<Response, PageError> {
    let access = Access::find(&state, &segment, &parts).await?;
    let standing = access.standing.clone();
    if access.phase(&state) != Phase::Open {
        return closed::refused(&state, &ask, &access, &standing, Vec::new());
    }
    let (wave, key) = (&access.invitation.wave, &access.invitation.municipality);
    match said.was.as_str() {
        "link" => {
            let secret = token()?;
            let asked = state
                .store
                .ask_sign_off(wave, key, secret.hash(), state.now());
            asked.await?;
            return link(&state, &ask, &access, &secret);
        }
        "papier" => {
            let function: String = said.funktion.trim().chars().take(LONGEST).collect();
            let day = read_day(&said.tag);
            let (Some(day), false) = (day, function.is_empty()) else {
                let error = Some(ask.t("together-sign-paper-wrong"));
                return list(&state, &ask, &access, error, Some(&said)).await;
            };
            let at = day.to_zoned(time_zone()).map_err(PageError::internal)?;
            let given = (at.timestamp(), whole(&standing));
            let noted = state
                .store
                .note_sign_off(wave, key, &function, given, state.now());
            noted.await?;
        }
        _ => state.store.drop_sign_off(wave, key, said.nummer).await?,
    }
    Ok(Redirect::to(&ask.to(&access.path("/mitzeichnung"))).into_response())
}

fn read_day(text: &str) -> Option<Date> {
    let text = text.trim();
    let day = text.parse().ok();
    day.or_else(|| Date::strptime("%d.%m.%Y", text).ok())
}

fn link(
    state: &State,
    ask: &Ask,
    access: &Access,
    secret: &AccessToken,
) -> Result<Response, PageError> {
    let address = format!("{}/mitzeichnung/{}", state.base_url, secret.as_str());
    let title = access.wave().title.get(ask.lang);
    let page = LinkPage {
        frame: access.frame(state, ask, ask.t("together-sign-link-title")),
        municipality: access.municipality.clone(),
        lead: ask.t("together-sign-link-lead"),
        pass_on: ask.tv(
            "together-sign-pass-on",
            &[("wave", title), ("link", &address)],
        ),
        address,
        code: String::new(),
        code_address: String::new(),
        mailto: None,
        once: ask.t("together-link-once"),
        back_href: ask.to(&access.path("/mitzeichnung")),
        back: ask.t("together-sign-title"),
    };
    Ok(html(&page)?.into_response())
}

/// The access of who signs: to look only.
async fn signer(state: &State, secret: &str) -> Result<(SignOff, Access), PageError> {
    let hash = AccessToken::from_link(secret).hash();
    let found = state.store.sign_off_by_link(&hash).await?;
    let (sign, invitation, response) = found.ok_or(PageError::NotFound)?;
    let whose = (invitation, Arc::new(response.into()), Writer::Contact);
    // The address of the answers stays out of every link on this page.
    Ok((sign, Access::of(state, "", whose).await?))
}

fn look(
    state: &State,
    ask: &Ask,
    (sign, access): (&SignOff, &Access),
    error: Option<String>,
) -> Result<Response, PageError> {
    let status = if error.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let view = view(ask, sign, whole(&access.standing));
    let page = SignPage {
        frame: access.frame(state, ask, ask.t("together-sign-title")),
        municipality: access.municipality.clone(),
        error,
        signed: sign.signed.map(|_| view.words),
        old: view.old,
        open: access.phase(state) == Phase::Open,
        function: sign.function.clone(),
        groups: groups(access, ask, &access.standing, false),
    };
    Ok((status, html(&page)?).into_response())
}

/// The page behind a link for a sign-off: all answers, and the button.
pub(crate) async fn read(
    Extract(state): Extract<State>,
    Path(secret): Path<String>,
    ask: Ask,
) -> Result<Response, PageError> {
    let (sign, access) = signer(&state, &secret).await?;
    look(&state, &ask, (&sign, &access), None)
}

/// Signs, with the function; the day is the present one.
pub(crate) async fn sign(
    Extract(state): Extract<State>,
    Path(secret): Path<String>,
    ask: Ask,
    Form(said): Form<Said>,
) -> Result<Response, PageError> {
    let (sign, access) = signer(&state, &secret).await?;
    if access.phase(&state) != Phase::Open {
        return Err(PageError::Conflict);
    }
    let function: String = said.funktion.trim().chars().take(LONGEST).collect();
    if function.is_empty() {
        let error = Some(ask.t("together-sign-no-function"));
        return look(&state, &ask, (&sign, &access), error);
    }
    let stand = whole(&access.standing);
    state
        .store
        .sign(sign.id, &function, stand, state.now())
        .await?;
    Ok(Redirect::to(&ask.to(&format!("/mitzeichnung/{secret}"))).into_response())
}
