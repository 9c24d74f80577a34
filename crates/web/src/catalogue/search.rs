//! `/beispiele`: words, facets, what was found and why, and where it is.

use askama::Template;
use axum::extract::{Query, State as Extract};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use edition::charts::tile_of;
use edition::numbers;
use practices::FieldOfAction;
use register::Land;

use crate::State;
use crate::catalogue::address::{Asked, FACETS, PAGE};
use crate::catalogue::view::{Card, label};
use crate::catalogue::{kept, suggest};
use crate::error::{PageError, html};
use crate::finder::Answer;
use crate::frame::{Ask, Frame};

struct Choice {
    id: String,
    value: String,
    label: String,
    count: String,
    on: bool,
}

struct FacetView {
    name: &'static str,
    label: String,
    choices: Vec<Choice>,
    open: bool,
}

/// A Land on the map: place of its tile, how many, and the address of its examples.
struct Tile {
    x: u32,
    y: u32,
    code: &'static str,
    name: String,
    count: usize,
    href: String,
    /// Its municipalities.
    places: String,
}

#[derive(Template)]
#[template(path = "catalogue/search.html")]
struct SearchPage {
    frame: Frame,
    script: &'static str,
    asked: Asked,
    english: bool,
    found: String,
    range: String,
    instead: Vec<String>,
    cards: Vec<Card>,
    facets: Vec<FacetView>,
    filtered: bool,
    all: String,
    tiles: Vec<Tile>,
    before: Option<String>,
    after: Option<String>,
    feed: String,
    kept: String,
    back: String,
}

/// Values of a facet that are shown at once; the others are reached by words.
const MOST: usize = 30;

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
    ask: Ask,
) -> Result<Response, PageError> {
    let asked = Asked::read(&pairs);
    let answer = (state.finder.search)(asked.wanted()).await;
    let answer = answer.map_err(PageError::internal)?;
    let fields = state.store.fields_of_action().await?;
    let kept = kept::codes(&headers);
    let page = page(&state, (&ask, &fields), asked, answer, &kept);
    Ok(html(&page)?.into_response())
}

fn page(
    state: &State,
    (ask, fields): (&Ask, &[FieldOfAction]),
    asked: Asked,
    answer: Answer,
    kept: &[String],
) -> SearchPage {
    let path = |asked: &Asked| format!("/beispiele{}", asked.query(ask.lang));
    let number = |n: usize| numbers::thousands(ask.lang, i64::try_from(n).unwrap_or(i64::MAX));
    let first = (asked.page - 1) * PAGE;
    let last = first + answer.examples.len();
    let range = [("first", number(first + 1)), ("last", number(last))];
    let range: Vec<(&str, &str)> = range.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let count = answer.total.to_string();
    let instead = |(typed, word): &(String, String)| {
        ask.tv("web-search-instead", &[("typed", typed), ("word", word)])
    };
    SearchPage {
        frame: Frame::new(state, ask, ask.t("web-search-title")).wide(),
        script: suggest::address(),
        english: ask.lang == questionnaire::Lang::En,
        found: match answer.total {
            0 => ask.t("web-search-none"),
            _ => ask.tv("web-search-found", &[("count", &count)]),
        },
        range: if answer.total > PAGE {
            ask.tv("web-search-range", &range)
        } else {
            String::new()
        },
        instead: answer.instead.iter().map(instead).collect(),
        cards: answer
            .examples
            .iter()
            .map(|e| Card::new(ask, fields, e, kept))
            .collect(),
        facets: facets((ask, fields), &asked, &answer),
        filtered: !asked.filters.is_empty() || !asked.text.is_empty(),
        all: ask.to("/beispiele"),
        tiles: tiles(ask, &asked, &answer),
        before: (asked.page > 1).then(|| path(&asked.on_page(asked.page - 1))),
        after: (last < answer.total).then(|| path(&asked.on_page(asked.page + 1))),
        feed: format!("/beispiele/feed.atom{}", asked.on_page(1).query(ask.lang)),
        kept: ask.tv(
            "web-search-kept-link",
            &[("count", &kept.len().to_string())],
        ),
        back: path(&asked),
        asked,
    }
}

fn facets(
    (ask, fields): (&Ask, &[FieldOfAction]),
    asked: &Asked,
    answer: &Answer,
) -> Vec<FacetView> {
    let view = |(facet, name): (&'static str, &'static str)| {
        let counts = answer.facets.get(facet).cloned().unwrap_or_default();
        let chosen = asked.filters.iter().find(|(f, _)| f == facet);
        let chosen = chosen.map(|(_, v)| v.clone()).unwrap_or_default();
        let mut values: Vec<(String, usize)> = counts.into_iter().collect();
        for value in &chosen {
            if !values.iter().any(|(v, _)| v == value) {
                values.push((value.clone(), 0));
            }
        }
        // One value alone separates nothing.
        if values.len() < 2 && chosen.is_empty() {
            return None;
        }
        if values.len() > MOST {
            values.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
            values.truncate(MOST);
        }
        let mut choices: Vec<Choice> = values
            .into_iter()
            .enumerate()
            .map(|(i, (value, count))| Choice {
                id: format!("{name}-{i}"),
                label: label(ask, fields, facet, &value),
                count: numbers::thousands(ask.lang, i64::try_from(count).unwrap_or(i64::MAX)),
                on: asked.has(facet, &value),
                value,
            })
            .collect();
        if matches!(facet, "field" | "land" | "target") {
            choices.sort_by(|a, b| a.label.cmp(&b.label));
        }
        Some(FacetView {
            name,
            label: ask.t(&format!("web-search-facet-{facet}")),
            open: !chosen.is_empty(),
            choices,
        })
    };
    FACETS.into_iter().filter_map(view).collect()
}

fn tiles(ask: &Ask, asked: &Asked, answer: &Answer) -> Vec<Tile> {
    const PITCH: u32 = 62;
    let counts = answer.facets.get("land").cloned().unwrap_or_default();
    if counts.is_empty() {
        return Vec::new();
    }
    let mut all = Land::ALL;
    all.sort_by_key(|l| edition::charts::land_name(ask.lang, *l));
    all.into_iter()
        .map(|land| {
            let (column, row) = tile_of(land);
            Tile {
                x: u32::from(column) * PITCH + 2,
                y: u32::from(row) * PITCH + 2,
                code: land.abbreviation(),
                name: edition::charts::land_name(ask.lang, land).to_owned(),
                places: ask.to(&format!("/kommune?land={}", land.code())),
                count: counts.get(land.code()).copied().unwrap_or(0),
                href: format!(
                    "/beispiele{}",
                    asked.only("land", land.code()).query(ask.lang)
                ),
            }
        })
        .collect()
}
