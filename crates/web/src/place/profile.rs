//! `/kommune/<key>-<name>`: what the register says, released examples, and municipalities like this one.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use edition::numbers;
use practices::PublishedExample;
use questionnaire::Lang;
use register::{Key, Municipality, Parts, Register, Weights};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::place::{Place, href, path, place};
use crate::practice::{MODES, word};

/// Neighbours on a profile.
const NEIGHBOURS: usize = 8;

/// Similar municipalities with examples beside them.
const NEAR: usize = 5;

struct Way {
    href: String,
    label: String,
    said: String,
}

struct Fact {
    label: String,
    value: String,
    href: Option<String>,
}

struct NeighbourView {
    href: String,
    name: String,
    reason: String,
    apart: Option<String>,
    distance: String,
    examples: Vec<Way>,
}

#[derive(Template)]
#[template(path = "place/profile.html")]
struct ProfilePage {
    frame: Frame,
    facts: Vec<Fact>,
    source: String,
    examples: Vec<Way>,
    take_ups: Vec<Way>,
    neighbours: Vec<NeighbourView>,
    /// The most similar municipalities that released examples.
    near: Vec<NeighbourView>,
    without_land: bool,
    switch: String,
    method: String,
    find: String,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
    ask: Ask,
) -> Result<Response, PageError> {
    let digits = name.split('-').next().unwrap_or_default();
    let key = Key::new(digits).map_err(|_| PageError::NotFound)?;
    let found = place(&state, &key).await?.ok_or(PageError::NotFound)?;
    let own = path(&found.unit);
    let without_land = asked.get("ohne").is_some_and(|v| v == "land");
    let address = match without_land {
        true => format!("{own}?ohne=land"),
        false => own.clone(),
    };
    if own.strip_prefix("/kommune/") != Some(name.as_str()) {
        return Ok(Redirect::to(&ask.to(&address)).into_response());
    }
    let published = state.known.published(&state.store).await?;
    let page = ProfilePage {
        facts: facts(&ask, &found),
        source: source(&ask, &found),
        examples: of(&ask, &published, &key),
        take_ups: taken_up(&ask, &published, &key),
        near: near(&state, &ask, &found, (without_land, &published)).await?,
        neighbours: neighbours(&state, &ask, &found, (without_land, &published)).await?,
        without_land,
        switch: match without_land {
            true => ask.to(&own),
            false => ask.to(&format!("{own}?ohne=land")),
        },
        method: ask.to("/kommune/abstand"),
        find: ask.to("/kommune"),
        frame: Frame::new(&state, &ask, found.unit.plain_name()),
    };
    Ok(html(&page)?.into_response())
}

fn kind(ask: &Ask, unit: &Municipality) -> &'static str {
    match ask.lang {
        Lang::De => unit.kind.german(),
        Lang::En => unit.kind.english(),
    }
}

/// Inhabitants per square kilometre.
fn density(unit: &Municipality) -> Option<f64> {
    (unit.area_km2 > 0.0).then(|| f64::from(unit.inhabitants) / unit.area_km2)
}

fn facts(ask: &Ask, place: &Place) -> Vec<Fact> {
    let unit = &place.unit;
    let class = match ask.lang {
        Lang::De => unit.size_class().range_german(),
        Lang::En => unit.size_class().range_english(),
    };
    let above = |key: &Option<Key>| {
        let (_, register) = place.list.as_ref()?;
        let above = register.get(key.as_ref()?)?;
        Some((above.plain_name(), href(ask, above)))
    };
    let plain = |value: String| Some((value, None));
    let linked = |found: Option<(String, String)>| found.map(|(name, to)| (name, Some(to)));
    let number = |value: f64, places| numbers::decimal(ask.lang, value, places);
    let all = [
        ("kind", plain(kind(ask, unit).to_owned())),
        (
            "land",
            plain(edition::charts::land_name(ask.lang, unit.land).to_owned()),
        ),
        ("county", linked(above(&unit.county))),
        ("association", linked(above(&unit.association))),
        (
            "inhabitants",
            plain(numbers::thousands(ask.lang, unit.inhabitants.into())),
        ),
        ("class", plain(class.to_owned())),
        (
            "area",
            plain(format!("{}\u{a0}km²", number(unit.area_km2, 2))),
        ),
        (
            "density",
            density(unit).map(|d| {
                let count = number(d, 0);
                (ask.tv("web-place-per-km2", &[("count", &count)]), None)
            }),
        ),
        (
            "urbanisation",
            unit.urbanisation
                .map(|degree| (ask.t(&format!("web-place-degree-{degree}")), None)),
        ),
        ("key", plain(unit.key.to_string())),
    ];
    all.into_iter()
        .filter_map(|(name, value)| {
            let (value, href) = value?;
            Some(Fact {
                label: ask.t(&format!("web-place-of-{name}")),
                value,
                href,
            })
        })
        .collect()
}

/// Where the facts come from, and of which day.
fn source(ask: &Ask, place: &Place) -> String {
    let Some((_, register)) = &place.list else {
        return ask.t("web-place-source-none");
    };
    let day = register.date().and_then(|d| d.parse().ok());
    let day = day.map_or_else(|| ask.t("web-place-day-unknown"), |d| ask.date(d));
    let values = [("list", register.label()), ("day", day.as_str())];
    match register.synthetic() {
        true => ask.tv("web-place-source-invented", &values),
        false => ask.tv("web-place-source", &values),
    }
}

/// Released examples of a municipality.
fn of(ask: &Ask, published: &[PublishedExample], key: &Key) -> Vec<Way> {
    let own = published.iter().filter(|e| e.municipality == *key);
    own.map(|e| Way {
        href: ask.to(&format!("/beispiele/{}", e.id.0)),
        label: e.publication.form.title.clone(),
        said: e.publication.form.sentence.clone(),
    })
    .collect()
}

/// Examples of others that a municipality took up, as it released that.
fn taken_up(ask: &Ask, published: &[PublishedExample], key: &Key) -> Vec<Way> {
    let all = published
        .iter()
        .flat_map(|e| e.take_ups.iter().map(move |t| (e, t)));
    all.filter(|(_, t)| t.municipality == *key)
        .map(|(e, t)| {
            let mode = ask.t(&format!(
                "web-practice-mode-{}",
                word(&MODES, t.form.running.mode)
            ));
            let year = t.form.running.since.to_string();
            let since = [("mode", mode.as_str()), ("year", &year)];
            Way {
                href: ask.to(&format!("/beispiele/{}", e.id.0)),
                label: e.publication.form.title.clone(),
                said: ask.tv("web-practice-since", &since),
            }
        })
        .collect()
}

async fn neighbours(
    state: &State,
    ask: &Ask,
    place: &Place,
    (without_land, published): (bool, &[PublishedExample]),
) -> Result<Vec<NeighbourView>, PageError> {
    let Some((list, register)) = &place.list else {
        return Ok(Vec::new());
    };
    let ready = state.known.neighbours(&state.store, *list).await?;
    let weights = match without_land {
        true => Weights::default().without_land(),
        false => Weights::default(),
    };
    let view = |found: register::Neighbour| {
        let other = register.get(&found.key)?;
        let (reason, apart) = reason(ask, &place.unit, other, weights);
        Some(NeighbourView {
            href: href(ask, other),
            name: name_of(ask, register, other),
            reason,
            apart,
            distance: numbers::decimal(ask.lang, found.distance, 2),
            examples: of(ask, published, &found.key),
        })
    };
    let near = ready.nearest(&place.unit.key, NEIGHBOURS, weights);
    Ok(near.into_iter().filter_map(view).collect())
}

/// Of the municipalities with published examples, the most similar ones that are not among the neighbours.
async fn near(
    state: &State,
    ask: &Ask,
    own: &Place,
    (without_land, published): (bool, &[PublishedExample]),
) -> Result<Vec<NeighbourView>, PageError> {
    let Some((list, register)) = &own.list else {
        return Ok(Vec::new());
    };
    if own.unit.population().is_none() {
        return Ok(Vec::new());
    }
    let weights = match without_land {
        true => Weights::default().without_land(),
        false => Weights::default(),
    };
    let ready = state.known.neighbours(&state.store, *list).await?;
    let shown = ready.nearest(&own.unit.key, NEIGHBOURS, weights);
    let mut keys: Vec<&Key> = published.iter().map(|e| &e.municipality).collect();
    keys.sort();
    keys.dedup();
    let mut others = Vec::new();
    for key in keys {
        if *key == own.unit.key || shown.iter().any(|n| n.key == *key) {
            continue;
        }
        // An invented one beside the lists is like nobody who exists.
        let found = place(state, key).await?.filter(|p| p.list.is_some());
        let found = found.map(|p| p.unit);
        if let Some(unit) = found.filter(|u| u.population() == own.unit.population()) {
            let distance = Parts::between(&own.unit, &unit, weights).distance();
            others.push((distance, unit));
        }
    }
    others.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.key.cmp(&b.1.key)));
    others.truncate(NEAR);
    let view = |(distance, unit): &(f64, Municipality)| {
        let (reason, apart) = reason(ask, &own.unit, unit, weights);
        NeighbourView {
            href: href(ask, unit),
            name: name_of(ask, register, unit),
            reason,
            apart,
            distance: numbers::decimal(ask.lang, *distance, 2),
            examples: of(ask, published, &unit.key),
        }
    };
    Ok(others.iter().map(view).collect())
}

/// The name with its county, since names come several times.
fn name_of(ask: &Ask, register: &Register, unit: &Municipality) -> String {
    let land = edition::charts::land_name(ask.lang, unit.land);
    let county = unit.county.as_ref().and_then(|key| register.get(key));
    match county {
        Some(county) => format!("{} ({}, {land})", unit.plain_name(), county.plain_name()),
        None => format!("{} ({land})", unit.plain_name()),
    }
}

/// What both have in common and how far the numbers are apart; then what is different.
fn reason(
    ask: &Ask,
    own: &Municipality,
    other: &Municipality,
    weights: Weights,
) -> (String, Option<String>) {
    let parts = Parts::between(own, other, weights);
    let (mut same, mut apart) = (Vec::new(), Vec::new());
    let said_kind = [("kind", kind(ask, other))];
    match parts.kind > 0.0 {
        true => apart.push(ask.tv("web-place-other-kind", &said_kind)),
        false => same.push(ask.tv("web-place-same-kind", &said_kind)),
    }
    let inhabitants = numbers::thousands(ask.lang, other.inhabitants.into());
    let ratio = f64::from(other.inhabitants) / f64::from(own.inhabitants.max(1));
    let compared = compared(ask, ratio);
    let values = [("count", inhabitants.as_str()), ("compared", &compared)];
    same.push(ask.tv("web-place-inhabitants", &values));
    if let (Some(mine), Some(theirs)) = (density(own), density(other)) {
        let count = numbers::decimal(ask.lang, theirs, 0);
        let compared = self::compared(ask, theirs / mine.max(f64::MIN_POSITIVE));
        let values = [("count", count.as_str()), ("compared", &compared)];
        same.push(ask.tv("web-place-density", &values));
    }
    if let (Some(_), Some(degree)) = (own.urbanisation, other.urbanisation) {
        let degree = ask.t(&format!("web-place-degree-{degree}"));
        let values = [("degree", degree.as_str())];
        match parts.urbanisation > 0.0 {
            true => apart.push(ask.tv("web-place-other-degree", &values)),
            false => same.push(ask.tv("web-place-same-degree", &values)),
        }
    }
    if weights.land > 0.0 {
        let land = [("land", edition::charts::land_name(ask.lang, other.land))];
        match parts.land > 0.0 {
            true => apart.push(ask.tv("web-place-other-land", &land)),
            false => same.push(ask.tv("web-place-same-land", &land)),
        }
    }
    let apart = (!apart.is_empty()).then(|| {
        let list = apart.join("; ");
        ask.tv("web-place-apart", &[("list", &list)])
    });
    (same.join("; "), apart)
}

/// "4 % mehr", "gleich viele".
fn compared(ask: &Ask, ratio: f64) -> String {
    let points = ((ratio - 1.0).abs() * 100.0).round().min(999.0);
    let percent = numbers::decimal(ask.lang, points, 0);
    let values = [("percent", percent.as_str())];
    match ratio {
        _ if points < 1.0 => ask.t("web-place-as-many"),
        r if r > 1.0 => ask.tv("web-place-more", &values),
        _ => ask.tv("web-place-fewer", &values),
    }
}
