//! Releasing a practice (Freigabe): the mailed link shows exactly this wording; the button releases it, with the
//! conditions of use accepted in the same step. That is apart from the consent to the survey.

use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use fieldwork::AccessToken;
use practices::{LICENCES, State as Life};
use store::{PracticeUpdate, ReleaseDecision, ReleaseLink};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame, day};
use crate::practice::form::{FileView, Typed, files};
use crate::practice::{Part, mails, parts, place};

/// Pages that the owner of a practice reaches with the mailed link.
pub(crate) fn router() -> Router<State> {
    Router::new()
        .route("/freigabe/{token}", get(show).post(answer))
        .route("/freigabe/{token}/dateien/{file}", get(file))
}

#[derive(Template)]
#[template(path = "release/wording.html")]
struct WordingPage {
    frame: Frame,
    municipality: String,
    title: String,
    parts: Vec<Part>,
    files: Vec<FileView>,
    mailbox: Option<String>,
    /// Conditions of use: key, name, chosen.
    licences: Vec<(&'static str, &'static str, bool)>,
    /// What has become of it, instead of the buttons.
    settled: Option<String>,
    /// The field with an error, and what is wrong.
    error: Option<(&'static str, String)>,
    note: String,
}

async fn page(
    state: &State,
    ask: &Ask,
    token: &str,
    link: &ReleaseLink,
    error: Option<(&'static str, &str)>,
    sent: &Typed,
) -> Result<Response, PageError> {
    let practice = &link.practice;
    let newer = link.version != practice.version;
    let settled = match practice.state {
        _ if newer => Some("web-release-settled-newer"),
        Life::SentForRelease => None,
        Life::Released | Life::Published | Life::Faded => Some("web-release-settled-released"),
        Life::Draft => Some("web-release-settled-changes"),
        Life::Nominated | Life::InReview | Life::Withdrawn => Some("web-release-settled-other"),
    };
    let list = state.store.fields_of_action().await?;
    let chosen = sent
        .get("bedingungen")
        .map_or(LICENCES[0].0, String::as_str);
    let folder = format!("/freigabe/{token}/dateien");
    let page = WordingPage {
        frame: Frame::new(state, ask, ask.t("web-release-title")),
        municipality: place(state, &practice.municipality, &practice.wave).await?,
        title: practice.form.title.clone(),
        // A wording that was not mailed with this link is not shown by it.
        parts: if newer {
            Vec::new()
        } else {
            parts(ask, &list, &practice.form)
        },
        files: if newer {
            Vec::new()
        } else {
            files(ask, &practice.form, &Typed::new(), &folder)
        },
        mailbox: practice.form.mailbox.clone().filter(|_| !newer),
        licences: LICENCES
            .iter()
            .map(|(key, name)| (*key, *name, *key == chosen))
            .collect(),
        settled: settled.map(|key| ask.t(key)),
        error: error.map(|(at, key)| (at, ask.t(key))),
        note: sent.get("hinweis").cloned().unwrap_or_default(),
    };
    let status = match error {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    Ok((status, html(&page)?).into_response())
}

async fn find(state: &State, token: &str) -> Result<ReleaseLink, PageError> {
    let hash = AccessToken::from_link(token).hash();
    let link = state.store.release_link(&hash).await?;
    link.ok_or(PageError::NotFound)
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
) -> Result<Response, PageError> {
    let link = find(&state, &token).await?;
    page(&state, &ask, &token, &link, None, &Typed::new()).await
}

/// A file beside the wording that the link is for.
pub(crate) async fn file(
    Extract(state): Extract<State>,
    Path((token, file)): Path<(String, i64)>,
) -> Result<Response, PageError> {
    let link = find(&state, &token).await?;
    let beside = link
        .practice
        .form
        .attachments
        .iter()
        .any(|a| a.file == file);
    if link.version != link.practice.version || !beside {
        return Err(PageError::NotFound);
    }
    crate::example::stored(&state, link.practice.id, file).await
}

pub(crate) async fn answer(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let link = find(&state, &token).await?;
    let note = sent.get("hinweis").map_or("", |n| n.trim()).to_owned();
    let licence = sent
        .get("bedingungen")
        .map_or("", String::as_str)
        .to_owned();
    let (decision, letter) = match sent.get("schritt").map_or("", String::as_str) {
        "freigeben"
            if !LICENCES.iter().any(|(key, _)| *key == licence)
                || !sent.contains_key("einverstanden") =>
        {
            let error = Some(("einverstanden", "web-practice-release-accept"));
            return page(&state, &ask, &token, &link, error, &sent).await;
        }
        "freigeben" => {
            let mailbox = sent.contains_key("postfach");
            (ReleaseDecision::Release { licence, mailbox }, "released")
        }
        "aendern" if note.is_empty() => {
            let error = Some(("hinweis", "web-release-note-missing"));
            return page(&state, &ask, &token, &link, error, &sent).await;
        }
        "aendern" => (ReleaseDecision::Changes { note: note.clone() }, "changes"),
        "ablehnen" => (ReleaseDecision::Refuse { note: note.clone() }, "refused"),
        other => return Err(PageError::BadRequest(format!("step \"{other}\""))),
    };
    let practice = &link.practice;
    let place = place(&state, &practice.municipality, &practice.wave).await?;
    let address = format!(
        "{}/verwaltung/praxisbeispiele/{}",
        state.base_url, practice.id.0
    );
    let values = [
        ("title", practice.form.title.as_str()),
        ("place", &place),
        ("link", &address),
        ("note", &note),
    ];
    let letters = mails::to_editors(&state, &ask, letter, &values).await?;
    let (now, hash) = (state.now(), AccessToken::from_link(&token).hash());
    let done = state
        .store
        .answer_release(&hash, decision, letters, now, day(now))
        .await?;
    let link = find(&state, &token).await?;
    let shown = page(&state, &ask, &token, &link, None, &sent).await?;
    match done {
        PracticeUpdate::Saved(_) => Ok(shown),
        PracticeUpdate::Conflict(_) | PracticeUpdate::NotPossible => {
            Ok((StatusCode::CONFLICT, shown).into_response())
        }
    }
}
