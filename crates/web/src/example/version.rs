//! A published wording: the newest at the example's address, each at its own for good.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use practices::{PracticeId, Publication, PublishedExample};

use crate::State;
use crate::catalogue::kept::codes;
use crate::catalogue::view::Card;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::practice::shown::{Shown, shown};

#[derive(Template)]
#[template(path = "example/version.html")]
struct VersionPage {
    frame: Frame,
    example: Shown,
    field: (String, String),
    /// That a newer wording has been published, with its address.
    newer: Option<String>,
    /// Its own card in the catalogue, and those that are like it.
    card: Option<Card>,
    related: Vec<Card>,
    back: String,
}

async fn find(state: &State, id: i64) -> Result<PublishedExample, PageError> {
    let known = &state.known;
    let found = known
        .published_example(&state.store, PracticeId(id))
        .await?;
    found.ok_or(PageError::NotFound)
}

async fn page(
    state: &State,
    (ask, mine): (&Ask, &[String]),
    example: &PublishedExample,
    publication: &Publication,
) -> Result<Response, PageError> {
    let list = state.store.fields_of_action().await?;
    let key = &publication.form.field;
    let found = (state.finder.example)(example.id.0.to_string()).await;
    let found = found.map_err(PageError::internal)?;
    let card = |e: &crate::finder::Example| Card::new(ask, &list, e, mine);
    let (card, related) = found.map_or((None, Vec::new()), |(own, related)| {
        (Some(card(&own)), related.iter().map(card).collect())
    });
    let page = VersionPage {
        card,
        related,
        back: ask.to(&format!("/beispiele/{}", example.id.0)),
        frame: Frame::new(state, ask, publication.form.title.clone()),
        example: shown(state, ask, &list, example, publication).await?,
        field: (
            ask.to(&format!("/handlungsfelder/{key}")),
            crate::practice::field(ask.lang, &list, key),
        ),
        newer: (publication.number != example.publication.number)
            .then(|| ask.to(&format!("/beispiele/{}", example.id.0))),
    };
    Ok(html(&page)?.into_response())
}

pub(crate) async fn newest(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    headers: HeaderMap,
    ask: Ask,
) -> Result<Response, PageError> {
    let example = find(&state, id).await?;
    let mine = codes(&headers);
    page(&state, (&ask, &mine), &example, &example.publication).await
}

pub(crate) async fn one(
    Extract(state): Extract<State>,
    Path((id, number)): Path<(i64, u32)>,
    headers: HeaderMap,
    ask: Ask,
) -> Result<Response, PageError> {
    let example = find(&state, id).await?;
    let publication = state.store.publication(example.id, number).await?;
    let publication = publication.ok_or(PageError::NotFound)?;
    let mine = codes(&headers);
    page(&state, (&ask, &mine), &example, &publication).await
}
