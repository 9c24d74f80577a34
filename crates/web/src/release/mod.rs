//! Releasing a practice (Freigabe): the mailed link shows exactly this wording; the button releases it.

use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use fieldwork::AccessToken;
use practices::State as Life;
use serde::Deserialize;
use store::{PracticeUpdate, ReleaseLink};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame, day};
use crate::practice::{Part, parts};

/// Pages that the owner of a practice reaches with the mailed link.
pub(crate) fn router() -> Router<State> {
    Router::new().route("/freigabe/{token}", get(show).post(answer))
}

#[derive(Template)]
#[template(path = "release/wording.html")]
struct WordingPage {
    frame: Frame,
    municipality: String,
    title: String,
    parts: Vec<Part>,
    /// What has become of it, instead of the buttons.
    settled: Option<String>,
    error: Option<String>,
    note: String,
}

/// What the owner sends.
#[derive(Deserialize)]
pub(crate) struct Decision {
    #[serde(default)]
    schritt: String,
    #[serde(default)]
    hinweis: String,
}

async fn page(
    state: &State,
    ask: &Ask,
    link: &ReleaseLink,
    error: Option<&str>,
    note: String,
) -> Result<Response, PageError> {
    let practice = &link.practice;
    let newer = link.version != practice.version;
    let settled = match practice.state {
        _ if newer => Some("web-release-settled-newer"),
        Life::SentForRelease => None,
        Life::Released | Life::Published => Some("web-release-settled-released"),
        Life::ChangesRequested => Some("web-release-settled-changes"),
        Life::Nominated | Life::Draft | Life::Withdrawn => Some("web-release-settled-other"),
    };
    let register = match state
        .store
        .wave(&fieldwork::WaveName(practice.wave.clone()))
        .await?
    {
        Some(wave) => Some(
            state
                .known
                .register(&state.store, wave.register_list)
                .await?,
        ),
        None => None,
    };
    let known = register
        .as_ref()
        .and_then(|r| r.get(&practice.municipality));
    let page = WordingPage {
        frame: Frame::new(state, ask, ask.t("web-release-title")),
        municipality: known.map_or_else(|| practice.municipality.to_string(), |m| m.name.clone()),
        title: practice.form.title.clone(),
        // A wording that was not mailed with this link is not shown by it.
        parts: if newer {
            Vec::new()
        } else {
            parts(ask, &practice.form)
        },
        settled: settled.map(|key| ask.t(key)),
        error: error.map(|key| ask.t(key)),
        note,
    };
    let status = match error {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    Ok((status, html(&page)?).into_response())
}

async fn find(state: &State, token: &str) -> Result<ReleaseLink, PageError> {
    let hash = AccessToken::from_link(token).hash();
    state
        .store
        .release_link(&hash)
        .await?
        .ok_or(PageError::NotFound)
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
) -> Result<Response, PageError> {
    let link = find(&state, &token).await?;
    page(&state, &ask, &link, None, String::new()).await
}

pub(crate) async fn answer(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    Form(decision): Form<Decision>,
) -> Result<Response, PageError> {
    let link = find(&state, &token).await?;
    let note = decision.hinweis.trim().to_owned();
    let release = match decision.schritt.as_str() {
        "freigeben" => true,
        "aendern" if note.is_empty() => {
            let error = Some("web-release-note-missing");
            return page(&state, &ask, &link, error, note).await;
        }
        "aendern" => false,
        other => return Err(PageError::BadRequest(format!("step \"{other}\""))),
    };
    let (now, hash) = (state.now(), AccessToken::from_link(&token).hash());
    match state
        .store
        .answer_release(&hash, release, &note, now, day(now))
        .await?
    {
        PracticeUpdate::Saved(_) => {
            let link = find(&state, &token).await?;
            page(&state, &ask, &link, None, String::new()).await
        }
        PracticeUpdate::Conflict(_) | PracticeUpdate::NotPossible => {
            let link = find(&state, &token).await?;
            let shown = page(&state, &ask, &link, None, note).await?;
            Ok((StatusCode::CONFLICT, shown).into_response())
        }
    }
}
