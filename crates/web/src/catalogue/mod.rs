//! The public catalogue: search with facets, suggestions, feed, Merkliste, and an example as page, PDF and text.

mod address;
mod entry;
mod feed;
pub(crate) mod kept;
mod search;
mod suggest;
pub(crate) mod view;

use axum::Router;
use axum::routing::get;

use crate::State;

pub(crate) use address::encoded;

/// Pages of the catalogue.
pub(crate) fn router() -> Router<State> {
    Router::new()
        .route("/beispiele", get(search::show))
        .route("/beispiele/feed.atom", get(feed::get))
        .route("/beispiele/vorschlaege", get(suggest::words))
        .route(suggest::address(), get(suggest::script))
        .route("/beispiele/merkliste", get(kept::show).post(kept::change))
        .route("/beispiele/merkliste.pdf", get(kept::pdf))
        .route("/beispiele/eintrag/{code}", get(entry::show))
        .route("/beispiele/eintrag/{code}/beispiel.pdf", get(entry::pdf))
        .route(
            "/beispiele/eintrag/{code}/beschlussvorlage.txt",
            get(entry::text),
        )
}
