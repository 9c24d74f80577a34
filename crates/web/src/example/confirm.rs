//! How an example stands: the owner says it behind one mailed link. The link shows, the button answers.

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use fieldwork::AccessToken;
use practices::{Answer, Confirmation, PublishedExample};
use store::PracticeUpdate;

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame, day};
use crate::practice::form::Typed;
use crate::practice::{ANSWERS, Part, mails, parts, place};

#[derive(Template)]
#[template(path = "example/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    municipality: String,
    title: String,
    confirmed: String,
    parts: Vec<Part>,
    answers: Vec<(&'static str, String, bool)>,
    note: String,
    error: Option<(&'static str, String)>,
    done: Option<String>,
}

async fn find(state: &State, token: &str) -> Result<(PublishedExample, bool), PageError> {
    let hash = AccessToken::from_link(token).hash();
    let link = state.store.practice_link(&hash).await?;
    let link = link
        .filter(|l| l.purpose == "confirm")
        .ok_or(PageError::NotFound)?;
    let example = state.store.published_example(link.practice.id).await?;
    Ok((example.ok_or(PageError::NotFound)?, link.used))
}

async fn page(
    state: &State,
    ask: &Ask,
    example: &PublishedExample,
    typed: &Typed,
    error: Option<(&'static str, &str)>,
    done: bool,
) -> Result<Response, PageError> {
    let status = if error.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let list = state.store.fields_of_action().await?;
    let form = &example.publication.form;
    let chosen = typed.get("antwort").map_or("", String::as_str);
    let on = ask.date(example.confirmed);
    let page = ConfirmPage {
        frame: Frame::new(state, ask, ask.t("web-practice-confirm-title")),
        municipality: place(state, &example.municipality, &example.wave).await?,
        title: form.title.clone(),
        confirmed: on.clone(),
        parts: parts(ask, &list, form),
        answers: ANSWERS
            .iter()
            .map(|(_, w)| (*w, ask.t(&format!("web-practice-answer-{w}")), *w == chosen))
            .collect(),
        note: typed.get("hinweis").cloned().unwrap_or_default(),
        error: error.map(|(at, key)| (at, ask.t(key))),
        done: done.then(|| ask.tv("web-practice-confirm-done", &[("day", &on)])),
    };
    Ok((status, html(&page)?).into_response())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
) -> Result<Response, PageError> {
    let (example, used) = find(&state, &token).await?;
    page(&state, &ask, &example, &Typed::new(), None, used).await
}

pub(crate) async fn answer(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let (example, used) = find(&state, &token).await?;
    if used {
        return page(&state, &ask, &example, &sent, None, true).await;
    }
    let chosen = sent.get("antwort").map_or("", String::as_str);
    let Some(answer) = ANSWERS.iter().find(|(_, w)| *w == chosen).map(|(a, _)| *a) else {
        let error = Some(("antwort", "web-practice-confirm-choose"));
        return page(&state, &ask, &example, &sent, error, false).await;
    };
    let note: String = sent
        .get("hinweis")
        .map_or("", |n| n.trim())
        .chars()
        .take(1000)
        .collect();
    if matches!(answer, Answer::Ended | Answer::Changed) && note.is_empty() {
        let error = Some(("hinweis", "web-practice-confirm-why"));
        return page(&state, &ask, &example, &sent, error, false).await;
    }
    let now = state.now();
    let place = place(&state, &example.municipality, &example.wave).await?;
    let link = format!(
        "{}/verwaltung/praxisbeispiele/{}",
        state.base_url, example.id.0
    );
    let title = &example.publication.form.title;
    let values = [
        ("title", title.as_str()),
        ("place", &place),
        ("link", &link),
        ("note", &note),
    ];
    let letters = match answer {
        Answer::Runs => Vec::new(),
        _ => mails::to_editors(&state, &ask, "said", &values).await?,
    };
    let said = Confirmation {
        on: day(now),
        answer,
        note,
    };
    let by = example.municipality.to_string();
    let hash = AccessToken::from_link(&token).hash();
    if !state.store.use_practice_link(&hash, now).await? {
        return page(&state, &ask, &example, &sent, None, true).await;
    }
    match state
        .store
        .confirm(example.id, said, &by, letters, now)
        .await?
    {
        PracticeUpdate::Saved(_) => {
            let (example, _) = find(&state, &token).await?;
            page(&state, &ask, &example, &Typed::new(), None, true).await
        }
        PracticeUpdate::Conflict(_) | PracticeUpdate::NotPossible => Err(PageError::Conflict),
    }
}
