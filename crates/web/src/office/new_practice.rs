//! A new practice that an editor enters for a municipality.

use askama::Template;
use axum::extract::{Form, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use practices::{Actor, Form as Wording, Practice, PracticeId, State as Life, Step};
use store::StepTaken;

use crate::State;
use crate::error::{PageError, html};
use crate::example::{meant, named};
use crate::frame::{Ask, Frame};
use crate::office::practice::back;
use crate::office::session::{Signed, frame};
use crate::practice::form::Typed;

#[derive(Template)]
#[template(path = "office/new_practice.html")]
struct NewPage {
    frame: Frame,
    title: String,
    place: String,
    errors: Vec<(&'static str, String)>,
    meant: Vec<(String, String)>,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let page = NewPage {
        frame: frame(&state, &ask, &staff, ask.t("web-practice-new-title")),
        title: String::new(),
        place: String::new(),
        errors: Vec::new(),
        meant: Vec::new(),
    };
    Ok(html(&page)?.into_response())
}

pub(crate) async fn add(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let text = |name: &str| sent.get(name).map_or("", |v| v.trim()).to_owned();
    let (title, place) = (text("title"), text("kommune"));
    let units = meant(&state, &place).await?;
    let mut errors = Vec::new();
    if title.is_empty() || title.chars().count() > 90 {
        errors.push(("title", ask.t("web-practice-wrong-title")));
    }
    match units.len() {
        1 => {}
        0 => errors.push(("kommune", ask.t("web-practice-propose-no-place"))),
        _ => errors.push(("kommune", ask.t("web-practice-propose-places"))),
    }
    let ([unit], true) = (units.as_slice(), errors.is_empty()) else {
        let page = NewPage {
            frame: frame(&state, &ask, &staff, ask.t("web-practice-new-title")),
            title,
            place,
            errors,
            meant: units
                .iter()
                .map(|m| (m.key.to_string(), named(m)))
                .collect(),
        };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response());
    };
    let new = Practice {
        id: PracticeId(0),
        municipality: unit.key.clone(),
        wave: String::new(),
        form: Wording {
            title,
            ..Wording::default()
        },
        state: Life::Nominated,
        version: 1,
        released: None,
        confirmed: None,
    };
    let taken = StepTaken {
        step: Step::Nominate,
        who: Actor::Editor,
        actor: staff.mail,
        note: String::new(),
        mails: Vec::new(),
    };
    let id = state
        .store
        .propose_practice(new, "", None, taken, state.now())
        .await?;
    Ok(back(&ask, id.0))
}
