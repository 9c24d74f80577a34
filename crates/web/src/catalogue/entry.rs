//! One example: as a page with what is like it, as PDF, and as text for a Beschlussvorlage.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use practices::{Entry, FieldOfAction};

use crate::State;
use crate::catalogue::address::encoded;
use crate::catalogue::kept;
use crate::catalogue::view::{Card, href, label, place};
use crate::error::{PageError, html};
use crate::finder::Example;
use crate::frame::{Ask, Frame};

/// A part with its heading, in paragraphs.
struct PartView {
    label: String,
    paragraphs: Vec<String>,
}

#[derive(Template)]
#[template(path = "catalogue/entry.html")]
struct EntryPage {
    frame: Frame,
    card: Card,
    imported: bool,
    facts: Vec<(String, String)>,
    parts: Vec<PartView>,
    related: Vec<Card>,
    pdf: String,
    text: String,
    back: String,
    all: String,
}

async fn find(state: &State, code: &str) -> Result<(Example, Vec<Example>), PageError> {
    let found = (state.finder.example)(code.to_owned()).await;
    found
        .map_err(PageError::internal)?
        .ok_or(PageError::NotFound)
}

/// Facts in a line each: what places the example.
fn facts(ask: &Ask, fields: &[FieldOfAction], entry: &Entry) -> Vec<(String, String)> {
    let confirmed = entry.confirmed.map(|day| ask.date(day)).unwrap_or_default();
    let all = [
        ("web-search-place", place(ask, entry)),
        ("web-search-facet-type", entry.place_kind.clone()),
        ("web-search-facet-size", entry.size_class.clone()),
        (
            "web-search-facet-target",
            entry
                .target
                .iter()
                .map(|t| label(ask, fields, "target", t))
                .collect::<Vec<_>>()
                .join(", "),
        ),
        (
            "web-search-facet-state",
            label(ask, fields, "state", &entry.state),
        ),
        (
            "web-search-facet-cost",
            label(ask, fields, "cost", &entry.cost),
        ),
        (
            "web-search-facet-evidence",
            label(ask, fields, "evidence", &entry.evidence),
        ),
        ("web-search-confirmed-on", confirmed),
    ];
    all.into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| (ask.t(key), value))
        .collect()
}

fn parts(ask: &Ask, entry: &Entry) -> Vec<PartView> {
    let paragraphs = |text: &str| -> Vec<String> {
        let all = text.split("\n\n").map(str::trim);
        all.filter(|p| !p.is_empty()).map(str::to_owned).collect()
    };
    if entry.parts.is_empty() {
        return vec![PartView {
            label: ask.t("web-search-text"),
            paragraphs: paragraphs(&entry.text),
        }];
    }
    let view = |(name, text): &(String, String)| PartView {
        label: ask.t(&format!("web-practice-part-{name}")),
        paragraphs: paragraphs(text),
    };
    entry.parts.iter().map(view).collect()
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(code): Path<String>,
    headers: HeaderMap,
    ask: Ask,
) -> Result<Response, PageError> {
    let (example, related) = find(&state, &code).await?;
    let mine = kept::codes(&headers);
    let own = format!("/beispiele/eintrag/{}", encoded(&example.code));
    let fields = state.store.fields_of_action().await?;
    let page = EntryPage {
        frame: Frame::new(&state, &ask, example.entry.title.clone()),
        card: Card::new(&ask, &fields, &example, &mine),
        imported: example.code.starts_with("s-"),
        facts: facts(&ask, &fields, &example.entry),
        parts: parts(&ask, &example.entry),
        related: related
            .iter()
            .map(|e| Card::new(&ask, &fields, e, &mine))
            .collect(),
        pdf: ask.to(&format!("{own}/beispiel.pdf")),
        text: ask.to(&format!("{own}/beschlussvorlage.txt")),
        back: ask.to(&own),
        all: ask.to("/beispiele"),
    };
    Ok(html(&page)?.into_response())
}

pub(crate) async fn pdf(
    Extract(state): Extract<State>,
    Path(code): Path<String>,
    ask: Ask,
) -> Result<Response, PageError> {
    let (example, _) = find(&state, &code).await?;
    kept::file(&state, &ask, vec![example], "beispiel.pdf").await
}

/// The example under the headings of a Beschlussvorlage; what only the own house knows is left open and said so.
pub(crate) async fn text(
    Extract(state): Extract<State>,
    Path(code): Path<String>,
    ask: Ask,
) -> Result<Response, PageError> {
    let (example, _) = find(&state, &code).await?;
    let entry = &example.entry;
    let part = |name: &str| {
        let found = entry.parts.iter().find(|(n, _)| n == name);
        found.map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let steps = if entry.parts.is_empty() {
        entry.text.clone()
    } else {
        part("steps")
    };
    let means = [
        part("staff"),
        label(&ask, &[], "cost", &entry.cost),
        part("funding"),
    ];
    let means: Vec<String> = means.into_iter().filter(|t| !t.is_empty()).collect();
    let risks = [part("obstacle"), part("helped")].join("\n\n");
    let sections = [
        (
            "decision",
            ask.tv("web-search-paper-decision-text", &[("title", &entry.title)]),
        ),
        ("situation", part("problem")),
        ("example", [entry.sentence.clone(), steps].join("\n\n")),
        ("result", part("result")),
        ("requires", part("requires")),
        ("means", means.join("\n\n")),
        ("risks", risks),
    ];
    let mut text = format!(
        "{}\n\n",
        ask.tv("web-search-paper-title", &[("title", &entry.title)])
    );
    for (name, body) in sections {
        let body = body.trim();
        let body = if body.is_empty() {
            ask.t("web-search-paper-open")
        } else {
            body.to_owned()
        };
        let heading = ask.t(&format!("web-search-paper-{name}"));
        text.push_str(&format!("{heading}\n\n{body}\n\n"));
    }
    let address = format!("{}{}", state.base_url, href(&ask, &example.code));
    let source = [("place", place(&ask, entry)), ("address", address)];
    let source: Vec<(&str, &str)> = source.iter().map(|(n, v)| (*n, v.as_str())).collect();
    text.push_str(&ask.tv("web-search-paper-source", &source));
    text.push('\n');
    let headers = [
        (CONTENT_TYPE, "text/plain; charset=utf-8"),
        (
            CONTENT_DISPOSITION,
            "inline; filename=\"beschlussvorlage.txt\"",
        ),
    ];
    Ok((headers, text).into_response())
}
