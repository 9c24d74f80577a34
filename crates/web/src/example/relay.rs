//! A question to the owner of an example: it goes on by mail, and nobody sees an address.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use practices::{PracticeId, PublishedExample};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::layers::address;
use crate::practice::form::Typed;
use crate::practice::mails;

/// Questions that one address may send in a window of the throttle.
const MOST: usize = 10;
/// Characters of a question.
const LENGTH: usize = 3000;

#[derive(Template)]
#[template(path = "example/relay.html")]
struct RelayPage {
    frame: Frame,
    title: String,
    back: String,
    mailbox: Option<String>,
    sent: bool,
    typed: Typed,
    errors: BTreeMap<&'static str, String>,
}

impl RelayPage {
    fn value(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }

    fn error(&self, name: &str) -> Option<&String> {
        self.errors.get(name)
    }
}

async fn find(state: &State, id: i64) -> Result<PublishedExample, PageError> {
    let known = &state.known;
    let found = known
        .published_example(&state.store, PracticeId(id))
        .await?;
    found.ok_or(PageError::NotFound)
}

fn page(
    state: &State,
    ask: &Ask,
    example: &PublishedExample,
    typed: Typed,
    errors: BTreeMap<&'static str, String>,
    sent: bool,
) -> Result<Response, PageError> {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let form = &example.publication.form;
    let page = RelayPage {
        frame: Frame::new(state, ask, ask.t("web-practice-relay-title")),
        title: form.title.clone(),
        back: ask.to(&format!("/beispiele/{}", example.id.0)),
        mailbox: form.mailbox.clone(),
        sent,
        typed,
        errors,
    };
    Ok((status, html(&page)?).into_response())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
) -> Result<Response, PageError> {
    let example = find(&state, id).await?;
    page(&state, &ask, &example, Typed::new(), BTreeMap::new(), false)
}

/// Queues the mail to the owner; where none is known it goes to the editors.
pub(crate) async fn send(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
    parts: Parts,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let example = find(&state, id).await?;
    let from = address(&parts, &state.limits);
    let waits = state
        .forms
        .check(from, state.now(), MOST, state.limits.window_seconds);
    waits.map_err(PageError::TooMany)?;
    let text = |name: &str| {
        sent.get(name)
            .map_or("", |v| v.trim())
            .replace("\r\n", "\n")
    };
    let (question, reply) = (text("frage"), text("mail"));
    let mut errors = BTreeMap::new();
    if question.is_empty() || question.chars().count() > LENGTH {
        errors.insert("frage", ask.t("web-practice-relay-no-question"));
    }
    if !mails::is_address(&reply) {
        errors.insert("mail", ask.t("web-practice-wrong-mailbox"));
    }
    if !errors.is_empty() {
        return page(&state, &ask, &example, sent, errors, false);
    }
    state.forms.wrong(from, state.now());
    let title = &example.publication.form.title;
    let who = text("wer");
    let values = [
        ("title", title.as_str()),
        ("question", &question),
        ("reply", &reply),
        ("who", &who),
    ];
    let owner = state.store.owner_mail(example.id).await?;
    let to = if owner.is_empty() {
        example.publication.form.mailbox.clone().unwrap_or_default()
    } else {
        owner
    };
    let letters = if mails::is_address(&to) {
        vec![mails::mail(&ask, &to, "question", &values)]
    } else {
        mails::to_editors(&state, &ask, "question", &values).await?
    };
    state.store.queue_mails(letters, state.now()).await?;
    page(&state, &ask, &example, Typed::new(), BTreeMap::new(), true)
}
