//! The Merkliste: a cookie with the codes of examples, or the address itself. No account, nothing on the server.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State as Extract};
use axum::http::HeaderMap;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::State;
use crate::catalogue::address::encoded;
use crate::catalogue::view::Card;
use crate::error::{PageError, html};
use crate::finder::Example;
use crate::frame::{Ask, Frame};

const NAME: &str = "merkliste";
/// Examples on one list: their PDF has two pages each.
const MOST: usize = 30;
const DAYS: u32 = 180;

#[derive(Template)]
#[template(path = "catalogue/kept.html")]
struct KeptPage {
    frame: Frame,
    cards: Vec<Card>,
    /// Whether the list is one's own, not one that was shared as an address.
    own: bool,
    address: String,
    pdf: String,
    back: String,
    all: String,
}

#[derive(Deserialize)]
pub(crate) struct Shared {
    /// Codes, separated by commas.
    ids: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Change {
    code: String,
    /// `dazu` or `weg`.
    schritt: String,
    /// Where to go then.
    zurueck: String,
}

/// The codes of the cookie.
pub(crate) fn codes(headers: &HeaderMap) -> Vec<String> {
    let pairs = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'));
    let own = pairs
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == NAME);
    own.map(|(_, value)| split(value)).unwrap_or_default()
}

/// Codes are percent encoded, so that no id can leave its place in the list.
fn split(list: &str) -> Vec<String> {
    let mut codes: Vec<String> = list
        .split([',', '|'])
        .filter(|c| !c.is_empty())
        .map(decoded)
        .take(MOST)
        .collect();
    codes.dedup();
    codes
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = |b: &u8| char::from(*b).to_digit(16);
        if let (b'%', [a, b, tail @ ..]) = (first, after)
            && let (Some(high), Some(low)) = (hex(a), hex(b))
        {
            bytes.push((high * 16 + low) as u8);
            rest = tail;
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn joined(codes: &[String]) -> String {
    let codes: Vec<String> = codes.iter().map(|c| encoded(c)).collect();
    codes.join(",")
}

async fn examples(state: &State, codes: &[String]) -> Result<Vec<Example>, PageError> {
    let mut examples = Vec::new();
    for code in codes {
        let found = (state.finder.example)(code.clone()).await;
        examples.extend(
            found
                .map_err(PageError::internal)?
                .map(|(example, _)| example),
        );
    }
    Ok(examples)
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Query(shared): Query<Shared>,
    headers: HeaderMap,
    ask: Ask,
) -> Result<Response, PageError> {
    let own = shared.ids.is_none();
    let mine = codes(&headers);
    let wanted = shared.ids.as_deref().map_or_else(|| mine.clone(), split);
    let examples = examples(&state, &wanted).await?;
    let codes: Vec<String> = examples.iter().map(|e| e.code.clone()).collect();
    let address = ask.to(&format!("/beispiele/merkliste?ids={}", joined(&codes)));
    let fields = state.store.fields_of_action().await?;
    let page = KeptPage {
        frame: Frame::new(&state, &ask, ask.t("web-search-kept-title")),
        cards: examples
            .iter()
            .map(|e| Card::new(&ask, &fields, e, &mine))
            .collect(),
        own,
        pdf: ask.to(&format!("/beispiele/merkliste.pdf?ids={}", joined(&codes))),
        back: if own {
            ask.to("/beispiele/merkliste")
        } else {
            address.clone()
        },
        address: format!("{}{address}", state.base_url),
        all: ask.to("/beispiele"),
    };
    Ok(html(&page)?.into_response())
}

pub(crate) async fn change(
    Extract(state): Extract<State>,
    headers: HeaderMap,
    Form(change): Form<Change>,
) -> Response {
    let mut list = codes(&headers);
    list.retain(|code| *code != change.code);
    if change.schritt == "dazu" && list.len() < MOST {
        list.push(change.code);
    }
    let secure = if state.limits.https { "; Secure" } else { "" };
    let age = DAYS * 24 * 3600;
    // A cookie's value has no commas.
    let value = joined(&list).replace(',', "|");
    let cookie =
        format!("{NAME}={value}; Path=/beispiele; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    let inside =
        change.zurueck.starts_with("/beispiele") && !change.zurueck.contains(['\r', '\n', '\\']);
    let back = if inside {
        change.zurueck.as_str()
    } else {
        "/beispiele"
    };
    ([(SET_COOKIE, cookie)], Redirect::to(back)).into_response()
}

pub(crate) async fn pdf(
    Extract(state): Extract<State>,
    Query(shared): Query<Shared>,
    headers: HeaderMap,
    ask: Ask,
) -> Result<Response, PageError> {
    let wanted = shared.ids.as_deref().map_or_else(|| codes(&headers), split);
    let examples = examples(&state, &wanted).await?;
    if examples.is_empty() {
        return Err(PageError::NotFound);
    }
    file(&state, &ask, examples, "merkliste.pdf").await
}

/// Examples as one PDF, set on a thread of its own.
pub(super) async fn file(
    state: &State,
    ask: &Ask,
    examples: Vec<Example>,
    name: &str,
) -> Result<Response, PageError> {
    let entries: Vec<practices::Entry> = examples.into_iter().map(|e| e.entry).collect();
    let (render, lang) = (state.finder.pdf.clone(), ask.lang);
    crate::answer::pdf_of(name, move || render(&entries, lang)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_survive_the_cookie() {
        let codes = vec!["12".to_owned(), "s-a,b ü%".to_owned()];
        assert_eq!(split(&joined(&codes).replace(',', "|")), codes);
    }
}
