//! Examples of the catalogue as PDF, two pages each.

use ::questionnaire::Lang;
use edition::charts::land_name;
use edition::numbers;
use edition::translation::{has, text};
use jiff::civil::{Date, date};
use practices::{DEFAULT_FIELDS, Entry};
use register::Land;
use serde_json::{Value, json};

use crate::RenderError;
use crate::render::render;
use crate::words::tag;

/// Parts that stand on the first page; the others follow on the second.
const FIRST: [&str; 2] = ["problem", "steps"];

/// Examples as PDF/UA-1, each on two pages at most: its text becomes smaller where it is long. The file carries the
/// day of the last confirmation among them.
pub fn render_examples(entries: &[Entry], lang: Lang) -> Result<Vec<u8>, RenderError> {
    let day: Date = entries
        .iter()
        .filter_map(|e| e.confirmed)
        .max()
        .unwrap_or(date(2016, 1, 1));
    let codes: Vec<&str> = entries.iter().map(|e| e.id.as_str()).collect();
    let identifier = format!("examples/{}/{}", tag(lang), codes.join(","));
    render("examples.typ", &value(entries, lang), day, &identifier)
}

fn value(entries: &[Entry], lang: Lang) -> Value {
    let t = |key: &str| text(lang, key, &[]);
    let title = match entries {
        [only] => only.title.clone(),
        _ => t("web-search-kept-title"),
    };
    let examples: Vec<Value> = entries.iter().map(|entry| example(entry, lang)).collect();
    json!({
        "lang": tag(lang),
        "words": {},
        "title": title,
        "author": "Voneinander",
        "description": t("web-search-title"),
        "kicker": title,
        "examples": examples,
    })
}

fn example(entry: &Entry, lang: Lang) -> Value {
    let t = |key: &str| text(lang, key, &[]);
    let place: Vec<String> = [entry.municipality.clone(), land(lang, &entry.land)]
        .into_iter()
        .filter(|p| !p.is_empty())
        .collect();
    let place = place.join(", ");
    let coded = |group: &str, value: &str| {
        let key = format!("web-practice-{group}-{value}");
        if has(lang, &key) {
            t(&key)
        } else {
            value.to_owned()
        }
    };
    let confirmed = entry
        .confirmed
        .map(|day| numbers::date(lang, day))
        .unwrap_or_default();
    let facts: Vec<Value> = [
        ("web-search-place", place.clone()),
        ("web-search-facet-type", entry.place_kind.clone()),
        ("web-search-facet-size", entry.size_class.clone()),
        ("web-search-facet-state", coded("mode", &entry.state)),
        ("web-search-facet-cost", coded("cost", &entry.cost)),
        (
            "web-search-facet-evidence",
            coded("evidence", &entry.evidence),
        ),
        ("web-search-confirmed-on", confirmed),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(key, value)| json!({ "label": t(key), "value": value }))
    .collect();
    let part = |name: &str, label: String, body: &str| {
        let paragraphs: Vec<&str> = body
            .split("\n\n")
            .map(str::trim)
            .filter(|p| !p.is_empty())
            .collect();
        (
            FIRST.contains(&name),
            json!({ "label": label, "paragraphs": paragraphs }),
        )
    };
    let parts: Vec<(bool, Value)> = if entry.parts.is_empty() {
        vec![part("steps", t("web-search-text"), &entry.text)]
    } else {
        let labelled = |(name, body): &(String, String)| {
            part(name, t(&format!("web-practice-part-{name}")), body)
        };
        entry.parts.iter().map(labelled).collect()
    };
    let on = |first: bool| -> Vec<&Value> {
        parts
            .iter()
            .filter(|(f, _)| *f == first)
            .map(|(_, v)| v)
            .collect()
    };
    json!({
        "title": entry.title,
        "sentence": entry.sentence,
        "over": field(lang, &entry.field),
        "facts": facts,
        "first": on(true),
        "second": on(false),
        "source": place,
    })
}

fn field(lang: Lang, key: &str) -> String {
    let known = DEFAULT_FIELDS.iter().find(|(k, ..)| *k == key);
    known.map_or_else(
        || key.to_owned(),
        |(_, de, en)| {
            if lang == Lang::De {
                (*de).to_owned()
            } else {
                (*en).to_owned()
            }
        },
    )
}

fn land(lang: Lang, value: &str) -> String {
    let found = Land::ALL
        .into_iter()
        .find(|l| l.code() == value || l.abbreviation() == value);
    found.map_or_else(|| value.to_owned(), |l| land_name(lang, l).to_owned())
}
