//! The edition as the handbook's value.

use std::collections::{BTreeMap, BTreeSet};

use questionnaire::Lang;
use register::{Land, Population};

use super::{
    Chapter, Document, ExamplePage, Fact, Figure, IndexEntry, IndexLetter, Locator, Method,
    Organisation, Theme, example_page, method_parts,
};
use crate::change;
use crate::charts::{Medium, land_name, locator};
use crate::figures::Source;
use crate::kept;
use crate::markdown;
use crate::numbers;
use crate::tables::finding_tables;
use crate::translation::text;
use crate::{ChapterText, Edition, Example, Logo};

/// The one value for the handbook's template: a [`Document`] as JSON. Texts with faults are still set; what could not
/// be inserted reads "(nicht ausgewiesen)" ([`markdown::check`] names the faults).
pub fn document(edition: &Edition) -> serde_json::Value {
    serde_json::to_value(build(edition)).expect("a document is strings and lists")
}

/// The examples of a chapter in the editors' order.
pub fn pages(lang: Lang, edition: &Edition, chapter: &ChapterText) -> Vec<ExamplePage> {
    chapter
        .examples
        .iter()
        .filter_map(|id| edition.examples.iter().find(|e| e.id == *id))
        .map(|example| example_page(lang, edition, example))
        .collect()
}

/// The municipalities of the edition's examples by first letter, in German order.
pub fn index(edition: &Edition) -> Vec<IndexLetter> {
    let shown: BTreeSet<i64> = edition
        .chapters
        .iter()
        .flat_map(|c| c.examples.iter().copied())
        .collect();
    let mut places: BTreeMap<(&str, &str), Vec<&Example>> = BTreeMap::new();
    for example in edition.examples.iter().filter(|e| shown.contains(&e.id)) {
        places
            .entry((&example.municipality, &example.land))
            .or_default()
            .push(example);
    }
    let mut places: Vec<_> = places.into_iter().collect();
    places.sort_by(|((a, _), _), ((b, _), _)| numbers::collate(a, b));
    let mut letters: Vec<IndexLetter> = Vec::new();
    for ((municipality, land), examples) in places {
        let letter = first_letter(municipality);
        let entry = IndexEntry {
            municipality: municipality.to_owned(),
            land: Land::from_code(land)
                .map_or(String::new(), |l| land_name(Lang::De, l).to_owned()),
            examples: examples
                .iter()
                .map(|e| format!("beispiel-{}", e.id))
                .collect(),
        };
        match letters.last_mut() {
            Some(last) if last.letter == letter => last.entries.push(entry),
            _ => letters.push(IndexLetter {
                letter,
                entries: vec![entry],
            }),
        }
    }
    letters
}

fn build(edition: &Edition) -> Document {
    let lang = Lang::De;
    let release = &edition.release;
    let source = Source {
        lang,
        release,
        patterns: &edition.sentences,
    };
    let blocks = |markdown: &str| markdown::parse(markdown, &source).0;
    let chapters: Vec<Chapter> = edition
        .chapters
        .iter()
        .map(|chapter| {
            let mut figures = figures(&source, &chapter.findings);
            let lead = if figures.is_empty() {
                None
            } else {
                Some(figures.remove(0))
            };
            let field = edition.fields.iter().find(|f| f.key == chapter.field);
            Chapter {
                id: format!("feld-{}", chapter.field),
                field: chapter.field.clone(),
                title: field.map_or_else(|| chapter.field.clone(), |f| f.de.clone()),
                lead,
                findings: figures,
                text: blocks(&chapter.markdown),
                shared: super::shared::sentences(lang, edition, &chapter.field),
                examples: pages(lang, edition, chapter),
            }
        })
        .collect();
    Document {
        format: 1,
        lang: "de".to_owned(),
        title: edition.title.clone(),
        subtitle: edition.subtitle.clone(),
        date: numbers::date(lang, edition.date),
        year: edition.date.year().to_string(),
        date_iso: edition.date.to_string(),
        wave: release.title.get(lang).to_owned(),
        field_period: numbers::period(lang, release.field_period),
        synthetic: (edition.synthetic || release.synthetic)
            .then(|| text(lang, "edition-synthetic", &[])),
        publisher: organisation(&edition.publisher),
        imprint: edition.imprint.clone(),
        funder: organisation(&edition.funder),
        supporters: edition.supporters.iter().map(organisation).collect(),
        facts: facts(lang, edition),
        foreword: blocks(&edition.foreword),
        introduction: blocks(&edition.introduction),
        locators: locators(lang, &chapters),
        chapters,
        change: change::chapter(lang, edition, blocks(&edition.change_text)),
        method: Method {
            parts: method_parts(lang, release, Medium::Print),
            text: blocks(&edition.method),
        },
        gaps: crate::gaps::chapter(edition),
        annex: annex(lang, edition),
        annex_notes: vec![
            text(lang, "edition-table-suppressed", &[]),
            text(lang, "edition-annex-percent", &[]),
            text(lang, "edition-annex-apart", &[]),
        ],
        index: index(edition),
    }
}

/// The figures of a chapter; those of which nothing may be shown are left out.
fn figures(source: &Source<'_>, keys: &[String]) -> Vec<Figure> {
    keys.iter()
        .filter_map(|key| {
            source
                .figure(key, Population::Municipalities)
                .ok()
                .flatten()
        })
        .collect()
}

fn organisation(logo: &Logo) -> Organisation {
    Organisation {
        name: logo.name.clone(),
        svg: logo.svg.clone(),
    }
}

/// What a reader wants to know first.
pub(crate) fn facts(lang: Lang, edition: &Edition) -> Vec<Fact> {
    let method = &edition.release.method;
    let count = |n: usize| numbers::thousands(lang, n as i64);
    let shown: BTreeSet<i64> = edition
        .chapters
        .iter()
        .flat_map(|c| c.examples.iter().copied())
        .collect();
    let examples: Vec<&Example> = edition
        .examples
        .iter()
        .filter(|e| shown.contains(&e.id))
        .collect();
    let small = examples.iter().filter(|e| e.inhabitants < 10_000).count();
    [
        (
            "edition-fact-municipalities",
            count(method.n_municipalities as usize),
        ),
        ("edition-fact-counties", count(method.n_counties as usize)),
        (
            "edition-fact-questions",
            count(edition.release.findings.len()),
        ),
        ("edition-fact-examples", count(examples.len())),
        ("edition-fact-small", count(small)),
    ]
    .into_iter()
    .map(|(key, value)| Fact {
        label: text(lang, key, &[]),
        value,
    })
    .collect()
}

fn annex(lang: Lang, edition: &Edition) -> Vec<Theme> {
    let mut themes: Vec<Theme> = Vec::new();
    for finding in &edition.release.findings {
        let title = finding.theme.get(lang);
        let tables = finding_tables(lang, finding);
        match themes.last_mut() {
            Some(theme) if theme.title == title => theme.tables.extend(tables),
            _ => themes.push(Theme {
                title: title.to_owned(),
                tables,
            }),
        }
    }
    // Tables that were made for the gaps stand there.
    let kept = edition.release.kept.iter();
    let kept = kept.filter(|kept| !findings::is_gap_table(kept));
    let tables: Vec<_> = kept.map(|kept| kept::table(lang, kept)).collect();
    if !tables.is_empty() {
        themes.push(Theme {
            title: text(lang, "edition-kept-theme", &[]),
            tables,
        });
    }
    if let Some(gaps) = crate::gaps::of(edition) {
        themes.push(Theme {
            title: text(lang, "gaps-annex", &[]),
            tables: crate::gaps::tables(lang, &edition.fields, &gaps, Medium::Print),
        });
    }
    if let Some(compared) = &edition.change {
        themes.push(Theme {
            title: text(lang, "change-annex", &[]),
            tables: change::annex(lang, compared),
        });
    }
    themes
}

fn locators(lang: Lang, chapters: &[Chapter]) -> BTreeMap<String, Locator> {
    let keys: BTreeSet<&str> = chapters
        .iter()
        .flat_map(|c| &c.examples)
        .map(|e| e.land.as_str())
        .collect();
    keys.into_iter()
        .filter_map(|key| Some((key, Land::from_code(key)?)))
        .map(|(key, land)| {
            let map = locator(lang, land, Medium::Print);
            let locator = Locator {
                land: land_name(lang, land).to_owned(),
                svg: map.svg,
                alt: map.alt,
            };
            (key.to_owned(), locator)
        })
        .collect()
}

/// The letter under which a name stands: umlauts as their vowels, "Landkreis Zell" under L as it is written.
fn first_letter(name: &str) -> String {
    let first = name.chars().find(|c| c.is_alphabetic()).unwrap_or('#');
    let plain = match first.to_uppercase().next().unwrap_or(first) {
        'Ä' => 'A',
        'Ö' => 'O',
        'Ü' => 'U',
        other => other,
    };
    plain.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn the_document_is_whole() {
        let value = document(&sample::edition());
        let json = value.to_string();
        assert!(!json.contains("edition-"), "a text is missing");
        assert!(!json.to_lowercase().contains("repräsentativ"));
        assert_eq!(value["synthetic"], "Beispieldaten: erfundene Kommunen");
        assert_eq!(value["chapters"].as_array().unwrap().len(), 6);
        assert_eq!(value["chapters"][0]["examples"][0]["id"], "beispiel-1");
        assert!(
            value["chapters"][0]["lead"]["svg"]
                .as_str()
                .unwrap()
                .starts_with("<svg")
        );
        assert_eq!(value["annex"].as_array().unwrap().len(), 4);
        assert_eq!(value["date_iso"], "2016-06-12");
    }

    #[test]
    fn every_figure_points_at_a_table_of_the_annex() {
        let built = build(&sample::edition());
        let tables: BTreeSet<&str> = built
            .annex
            .iter()
            .flat_map(|t| &t.tables)
            .map(|t| t.id.as_str())
            .collect();
        let figures = built
            .chapters
            .iter()
            .flat_map(|c| c.lead.iter().chain(&c.findings));
        for figure in figures {
            assert!(tables.contains(figure.table.as_str()), "{}", figure.table);
        }
    }

    #[test]
    fn the_index_is_in_german_order() {
        let letters = index(&sample::edition());
        let names: Vec<String> = letters
            .iter()
            .flat_map(|l| {
                l.entries
                    .iter()
                    .map(|e| format!("{} {}", l.letter, e.municipality))
            })
            .collect();
        assert_eq!(
            names,
            [
                "A Ährenbach",
                "L Landkreis Zellerland",
                "O Österfelde",
                "O Ostheim am Berg"
            ]
        );
    }

    #[test]
    fn same_edition_same_bytes() {
        let edition = sample::edition();
        assert_eq!(
            document(&edition).to_string(),
            document(&edition).to_string()
        );
    }
}
