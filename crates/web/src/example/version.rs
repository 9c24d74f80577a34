//! A published wording: the newest at the example's address, each at its own for good.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Response};
use practices::{PracticeId, Publication, PublishedExample};

use crate::State;
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
}

async fn find(state: &State, id: i64) -> Result<PublishedExample, PageError> {
    let found = state.store.published_example(PracticeId(id)).await?;
    found.ok_or(PageError::NotFound)
}

async fn page(
    state: &State,
    ask: &Ask,
    example: &PublishedExample,
    publication: &Publication,
) -> Result<Response, PageError> {
    let list = state.store.fields_of_action().await?;
    let key = &publication.form.field;
    let page = VersionPage {
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
    ask: Ask,
) -> Result<Response, PageError> {
    let example = find(&state, id).await?;
    page(&state, &ask, &example, &example.publication).await
}

pub(crate) async fn one(
    Extract(state): Extract<State>,
    Path((id, number)): Path<(i64, u32)>,
    ask: Ask,
) -> Result<Response, PageError> {
    let example = find(&state, id).await?;
    let publication = state.store.publication(example.id, number).await?;
    let publication = publication.ok_or(PageError::NotFound)?;
    page(&state, &ask, &example, &publication).await
}
