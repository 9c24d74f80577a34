//! Any search as an Atom feed.

use askama::Template;
use axum::extract::{Query, State as Extract};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::State;
use crate::catalogue::address::Asked;
use crate::catalogue::view::{href, place, sentence};
use crate::error::PageError;
use crate::frame::Ask;

struct Item {
    address: String,
    title: String,
    summary: String,
    author: String,
    updated: String,
}

#[derive(Template)]
#[template(path = "catalogue/feed.xml")]
struct Feed {
    lang: &'static str,
    title: String,
    own: String,
    page: String,
    updated: String,
    items: Vec<Item>,
}

/// Examples in a feed.
const MOST: usize = 50;

pub(crate) async fn get(
    Extract(state): Extract<State>,
    Query(pairs): Query<Vec<(String, String)>>,
    ask: Ask,
) -> Result<Response, PageError> {
    let asked = Asked::read(&pairs);
    let mut wanted = asked.wanted();
    (wanted.offset, wanted.limit) = (0, MOST);
    let found = (state.finder.search)(wanted).await;
    let mut examples = found.map_err(PageError::internal)?.examples;
    // Readers of feeds want what is new.
    examples.sort_by_key(|e| std::cmp::Reverse(e.entry.confirmed));
    let query = asked.on_page(1).query(ask.lang);
    let moment = |day: Option<jiff::civil::Date>| match day {
        Some(day) => format!("{day}T00:00:00Z"),
        None => "1970-01-01T00:00:00Z".to_owned(),
    };
    let item = |example: &crate::finder::Example| Item {
        address: format!("{}{}", state.base_url, href(&ask, &example.code)),
        title: example.entry.title.clone(),
        summary: sentence(&example.entry),
        author: place(&ask, &example.entry),
        updated: moment(example.entry.confirmed),
    };
    let words = if asked.text.is_empty() {
        ask.t("web-search-title")
    } else {
        asked.text.clone()
    };
    let feed = Feed {
        lang: if ask.lang == questionnaire::Lang::En {
            "en"
        } else {
            "de"
        },
        title: format!("{words} – {}", state.title),
        own: format!("{}/beispiele/feed.atom{query}", state.base_url),
        page: format!("{}/beispiele{query}", state.base_url),
        updated: moment(examples.first().and_then(|e| e.entry.confirmed)),
        items: examples.iter().map(item).collect(),
    };
    let body = feed.render().map_err(PageError::internal)?;
    Ok((
        [(CONTENT_TYPE, "application/atom+xml; charset=utf-8")],
        body,
    )
        .into_response())
}
