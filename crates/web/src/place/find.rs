//! `/kommune`: finding a municipality by its name, its key or its Land.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use edition::numbers;
use register::{Key, Land, Municipality, Register};

use crate::State;
use crate::catalogue::encoded;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::place::{folded, href, place};

/// Municipalities on one page.
const PAGE: usize = 50;
/// Letters of a query that are read.
const LONGEST: usize = 100;

struct Line {
    href: String,
    name: String,
    said: String,
}

struct LandChoice {
    code: &'static str,
    name: &'static str,
    on: bool,
}

#[derive(Template)]
#[template(path = "place/find.html")]
struct FindPage {
    frame: Frame,
    text: String,
    lands: Vec<LandChoice>,
    english: bool,
    /// Nothing was asked yet.
    asked: bool,
    found: String,
    lines: Vec<Line>,
    before: Option<String>,
    after: Option<String>,
    /// Municipalities with released examples.
    with_examples: Vec<Line>,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Query(asked): Query<BTreeMap<String, String>>,
    ask: Ask,
) -> Result<Response, PageError> {
    let word = |name: &str| asked.get(name).map_or("", |v| v.trim());
    let text: String = word("q").chars().take(LONGEST).collect();
    let land = Land::from_code(word("land"));
    let page: usize = word("seite").parse().unwrap_or(1).clamp(1, 1_000);
    if let Some(key) = as_key(&text)
        && let Some(found) = place(&state, &key).await?
    {
        return Ok(Redirect::to(&href(&ask, &found.unit)).into_response());
    }
    let list = state.store.register_lists().await?.into_iter().next();
    let register = match &list {
        Some(list) => Some(state.known.register(&state.store, list.id).await?),
        None => None,
    };
    let asks = !text.is_empty() || land.is_some();
    let found = match &register {
        Some(register) if asks => matching(register, &text, land),
        _ => Vec::new(),
    };
    let first = (page - 1) * PAGE;
    let to = |page: usize| {
        let land = land.map_or("", |l| l.code());
        let query = format!("q={}&land={land}&seite={page}", encoded(&text));
        ask.to(&format!("/kommune?{query}"))
    };
    let count = found.len().to_string();
    let view = FindPage {
        lands: lands(&ask, land),
        english: ask.lang == questionnaire::Lang::En,
        asked: asks,
        found: match found.len() {
            0 => ask.t("web-place-none"),
            _ => ask.tv("web-place-found", &[("count", &count)]),
        },
        before: (page > 1).then(|| to(page - 1)),
        after: (found.len() > first + PAGE).then(|| to(page + 1)),
        lines: found
            .iter()
            .skip(first)
            .take(PAGE)
            .map(|unit| line(&ask, unit))
            .collect(),
        with_examples: with_examples(&state, &ask).await?,
        frame: Frame::new(&state, &ask, ask.t("web-place-find-title")),
        text,
    };
    Ok(html(&view)?.into_response())
}

/// The digits of a key, typed with or without spaces.
fn as_key(text: &str) -> Option<Key> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    Key::new(digits).ok()
}

/// By how the name begins, then by size.
fn matching<'r>(register: &'r Register, text: &str, land: Option<Land>) -> Vec<&'r Municipality> {
    let wanted = folded(text);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let rank = |unit: &Municipality| {
        let name = folded(&unit.plain_name());
        let begins = |word: &str| word.starts_with(&wanted);
        match () {
            () if wanted.is_empty() => Some(0),
            () if name == wanted => Some(0),
            () if begins(&name) => Some(1),
            () if name.split([' ', '-', '(', '/']).any(begins) => Some(2),
            () if name.contains(&wanted) => Some(3),
            () if digits.len() > 1 && unit.key.as_str().starts_with(&digits) => Some(4),
            () => None,
        }
    };
    let here = |unit: &&Municipality| land.is_none_or(|land| unit.land == land);
    let mut found: Vec<(i32, &Municipality)> = register
        .municipalities()
        .iter()
        .filter(here)
        .filter_map(|unit| Some((rank(unit)?, unit)))
        .collect();
    found.sort_by(|(a, x), (b, y)| {
        let by_size = || y.inhabitants.cmp(&x.inhabitants);
        a.cmp(b).then_with(by_size).then_with(|| x.key.cmp(&y.key))
    });
    found.into_iter().map(|(_, unit)| unit).collect()
}

fn lands(ask: &Ask, chosen: Option<Land>) -> Vec<LandChoice> {
    let mut all = Land::ALL;
    all.sort_by_key(|l| edition::charts::land_name(ask.lang, *l));
    all.into_iter()
        .map(|land| LandChoice {
            code: land.code(),
            name: edition::charts::land_name(ask.lang, land),
            on: chosen == Some(land),
        })
        .collect()
}

fn line(ask: &Ask, unit: &Municipality) -> Line {
    let kind = match ask.lang {
        questionnaire::Lang::De => unit.kind.german(),
        questionnaire::Lang::En => unit.kind.english(),
    };
    let inhabitants = numbers::thousands(ask.lang, unit.inhabitants.into());
    let land = edition::charts::land_name(ask.lang, unit.land);
    let values = [("kind", kind), ("land", land), ("count", &inhabitants)];
    Line {
        href: href(ask, unit),
        name: unit.plain_name(),
        said: ask.tv("web-place-line", &values),
    }
}

/// Municipalities that released an example or a take-up, in German order.
async fn with_examples(state: &State, ask: &Ask) -> Result<Vec<Line>, PageError> {
    let mut units: BTreeMap<Key, Municipality> = BTreeMap::new();
    for example in state.known.published(&state.store).await?.iter() {
        let take_ups = example.take_ups.iter().map(|t| &t.municipality);
        for key in take_ups.chain([&example.municipality]) {
            if !units.contains_key(key)
                && let Some(found) = place(state, key).await?
            {
                units.insert(key.clone(), found.unit);
            }
        }
    }
    let mut units: Vec<Municipality> = units.into_values().collect();
    units.sort_by(|a, b| numbers::collate(&a.plain_name(), &b.plain_name()));
    Ok(units.iter().map(|unit| line(ask, unit)).collect())
}
