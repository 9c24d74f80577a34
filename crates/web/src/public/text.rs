//! Impressum, Datenschutz, Erklärung zur Barrierefreiheit: texts of the instance, in Markdown.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::{IntoResponse, Response};
use questionnaire::Lang;

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::markdown;

#[derive(Template)]
#[template(path = "public/text.html")]
struct TextPage {
    frame: Frame,
    text: String,
    /// Language of the text where it is not the page's.
    text_lang: Option<&'static str>,
}

pub(crate) async fn imprint(
    Extract(state): Extract<State>,
    ask: Ask,
) -> Result<Response, PageError> {
    page(&state, &ask, "impressum", "web-public-imprint")
}

pub(crate) async fn privacy(
    Extract(state): Extract<State>,
    ask: Ask,
) -> Result<Response, PageError> {
    page(&state, &ask, "datenschutz", "web-public-privacy")
}

pub(crate) async fn accessibility(
    Extract(state): Extract<State>,
    ask: Ask,
) -> Result<Response, PageError> {
    page(&state, &ask, "barrierefreiheit", "web-public-accessibility")
}

fn page(state: &State, ask: &Ask, key: &str, title: &str) -> Result<Response, PageError> {
    let text = state.pages.get(key);
    let (text, text_lang) = match (text, ask.lang) {
        (None, _) => (
            format!("# {}\n\n{}", ask.t(title), ask.t("web-public-text-missing")),
            None,
        ),
        (Some(text), Lang::En) if text.en.is_empty() => (text.de.clone(), Some("de")),
        (Some(text), Lang::En) => (text.en.clone(), None),
        (Some(text), Lang::De) => (text.de.clone(), None),
    };
    let frame = Frame::new(state, ask, ask.t(title));
    Ok(html(&TextPage {
        frame,
        text: markdown::html(&text),
        text_lang,
    })?
    .into_response())
}
