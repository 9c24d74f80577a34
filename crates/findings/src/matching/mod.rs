//! Needs against examples: which published practices fit what a municipality answered, why, and what they presuppose.
//!
//! Used for the municipality itself only: what comes out stands behind its own link and on its feedback sheet.

mod mapping;

use std::collections::BTreeSet;

use practices::{Code, PublishedExample};
use questionnaire::{Answers, Questionnaire, Text};
use register::{Kind, Municipality};

use crate::labels::{list, text};
use crate::{FeedbackNeed, MatchedExample};

use mapping::Rated;
pub use mapping::{
    MappedNeed, MappedResource, Mapping, MappingFault, MappingProblem, NeedKind, Stand,
};

/// At most so many examples a need.
pub const EXAMPLES: usize = 3;

/// Two places are of similar size when the larger has at most so many times the inhabitants of the smaller.
const SIMILAR_SIZE: f64 = 1.5;

/// A published example with the public facts of its municipality.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishedPractice {
    /// Number of the practice.
    pub id: i64,
    /// Title.
    pub title: String,
    /// Key of the field of action.
    pub field: String,
    /// Its municipality.
    pub municipality: Municipality,
    /// Its owner did not answer whether it still runs: it sinks in the ranking.
    pub faded: bool,
    /// Codes that editors gave it; those of prerequisites are matched with what is there.
    pub codes: BTreeSet<String>,
    /// What must exist first, in its owner's words.
    pub requires: String,
}

/// What matching needs beside answers.
#[derive(Clone, Debug, Default)]
pub struct Matching {
    /// Which items speak of what.
    pub mapping: Mapping,
    /// The code list: names of prerequisites.
    pub codes: Vec<Code>,
    /// All that can be matched.
    pub practices: Vec<PublishedPractice>,
}

impl PublishedPractice {
    /// The public facts of a published example.
    pub fn new(example: &PublishedExample, municipality: &Municipality) -> Self {
        Self {
            id: example.id.0,
            title: example.publication.form.title.clone(),
            field: example.publication.form.field.clone(),
            municipality: municipality.clone(),
            faded: example.faded.is_some(),
            codes: BTreeSet::new(),
            requires: example.publication.form.requires.trim().to_owned(),
        }
    }

    /// The same with its codes.
    pub fn with_codes(self, codes: BTreeSet<String>) -> Self {
        Self { codes, ..self }
    }
}

/// The needs that these answers rate high (and the resources that they say are short), the strongest first, each with
/// at most `most` examples that fit it.
///
/// Examples of a need are the best fitting ones of its field that no earlier need has taken, and taken ones again when
/// those are used up. Each says why it fits and what it presupposes: what is missing here, what is there, and what
/// nothing was said about.
pub fn fitting_examples(
    questionnaire: &Questionnaire,
    answers: &Answers,
    municipality: &Municipality,
    matching: &Matching,
    most: usize,
) -> Vec<FeedbackNeed> {
    let needs = matching.mapping.needs.iter().enumerate();
    let mut rated: Vec<(usize, &MappedNeed, Rated)> = needs
        .filter_map(|(place, need)| Some((place, need, need.rated(questionnaire, answers)?)))
        .collect();
    rated.sort_by_key(|(place, _, rated)| (rated.from_end, *place));
    let own = Own {
        questionnaire,
        answers,
        municipality,
        matching,
    };
    let mut taken = BTreeSet::new();
    rated
        .into_iter()
        .map(|(_, need, rated)| {
            let fitting = own.ranked(&need.field);
            let fresh = fitting.iter().filter(|p| !taken.contains(&p.id));
            let again = fitting.iter().filter(|p| taken.contains(&p.id));
            let chosen: Vec<_> = fresh.chain(again).take(most).copied().collect();
            taken.extend(chosen.iter().map(|practice| practice.id));
            let phrase = phrase(need.kind, &rated);
            FeedbackNeed {
                need: rated.item,
                field: need.field.clone(),
                examples: chosen.iter().map(|p| own.matched(p, &phrase)).collect(),
            }
        })
        .collect()
}

/// A municipality with its answers, and what they are matched with.
struct Own<'a> {
    questionnaire: &'a Questionnaire,
    answers: &'a Answers,
    municipality: &'a Municipality,
    matching: &'a Matching,
}

impl<'a> Own<'a> {
    fn stand(&self, code: &str) -> Stand {
        let mapping = &self.matching.mapping;
        mapping.stand(self.questionnaire, self.answers, code)
    }

    fn ranked(&self, field: &str) -> Vec<&'a PublishedPractice> {
        let missing = |practice: &PublishedPractice| {
            let codes = practice.codes.iter();
            codes.filter(|c| self.stand(c) == Stand::Missing).count()
        };
        ranked_by(self.municipality, field, &self.matching.practices, &missing)
    }

    fn matched(&self, practice: &PublishedPractice, phrase: &Text) -> MatchedExample {
        let codes = self.matching.codes.iter();
        let prerequisites = codes
            .filter(|c| c.kind == practices::CodeKind::Prerequisite)
            .filter(|c| practice.codes.contains(&c.key));
        let (mut missing, mut there, mut also) = (Vec::new(), Vec::new(), Vec::new());
        for code in prerequisites {
            let name = text(code.de.clone(), code.en.clone());
            match self.stand(&code.key) {
                Stand::Missing => missing.push(name),
                Stand::There => there.push(name),
                Stand::Partly | Stand::NotSaid => also.push(name),
            }
        }
        let said = |names: &[Text]| match names {
            [] => Text::default(),
            names => list(names),
        };
        let structural = reason(self.municipality, &practice.municipality);
        MatchedExample {
            practice: practice.id,
            title: practice.title.clone(),
            municipality: practice.municipality.plain_name(),
            reason: text(
                format!("{}, {}", structural.de, phrase.de),
                format!("{}, {}", structural.en, phrase.en),
            ),
            missing: said(&missing),
            there: said(&there),
            also: said(&also),
            requires: practice.requires.clone(),
        }
    }
}

/// "Bedarf „Förderung des Wohnungsbaus“ sehr hoch"
fn phrase(kind: NeedKind, rated: &Rated) -> Text {
    let (de, en) = match kind {
        NeedKind::Need => ("Bedarf", "need"),
        NeedKind::Challenge => ("Herausforderung", "challenge"),
        NeedKind::Lack => ("bei Ihnen", "in your place"),
    };
    text(
        format!("{de} „{}“ {}", rated.item.de, rated.point.de),
        format!("{en} “{}” {}", rated.item.en, rated.point.en),
    )
}

/// Examples of one field in the order in which they fit: those that have not faded first, then same kind of municipality
/// first, then same size class, then closeness in size (in steps of the ratio of inhabitants), then same Land. Never the
/// municipality's own.
pub fn ranked<'p>(
    municipality: &Municipality,
    field: &str,
    practices: &'p [PublishedPractice],
) -> Vec<&'p PublishedPractice> {
    ranked_by(municipality, field, practices, &|_| 0)
}

/// The same; of one kind of municipality, those of which less is missing come first.
fn ranked_by<'p>(
    municipality: &Municipality,
    field: &str,
    practices: &'p [PublishedPractice],
    missing: &dyn Fn(&PublishedPractice) -> usize,
) -> Vec<&'p PublishedPractice> {
    let mut fitting: Vec<&PublishedPractice> = practices
        .iter()
        .filter(|p| p.field == field && p.municipality.key != municipality.key)
        .collect();
    let rank = |practice: &PublishedPractice| {
        let other = &practice.municipality;
        let ratio = size_ratio(municipality, other);
        let step = match ratio {
            _ if ratio <= SIMILAR_SIZE => 0,
            _ if ratio <= 3.0 => 1,
            _ if ratio <= 10.0 => 2,
            _ => 3,
        };
        (
            practice.faded,
            say_kind(other.kind) != say_kind(municipality.kind),
            missing(practice),
            other.size_class() != municipality.size_class(),
            step,
            other.land != municipality.land,
        )
    };
    fitting.sort_by(|a, b| {
        let closeness = |p: &PublishedPractice| size_ratio(municipality, &p.municipality);
        let by_rank = rank(a).cmp(&rank(b));
        by_rank
            .then(closeness(a).total_cmp(&closeness(b)))
            .then(a.id.cmp(&b.id))
    });
    fitting
}

fn reason(own: &Municipality, other: &Municipality) -> Text {
    let mut de = Vec::new();
    let mut en = Vec::new();
    let (kind_de, kind_en) = say_kind(other.kind);
    if say_kind(own.kind) == (kind_de, kind_en) {
        de.push(format!("auch {kind_de}"));
        en.push(format!("also {kind_en}"));
    }
    if size_ratio(own, other) <= SIMILAR_SIZE {
        let (least, most) = (
            own.inhabitants.min(other.inhabitants),
            own.inhabitants.max(other.inhabitants),
        );
        let band = size_band(least, most);
        de.push(format!("{} Einwohner", band.de));
        en.push(format!("{} inhabitants", band.en));
    } else if own.kind != Kind::County && own.size_class() == other.size_class() {
        de.push("gleiche Größenklasse".to_owned());
        en.push("same size class".to_owned());
    }
    if own.land == other.land {
        de.push("gleiches Land".to_owned());
        en.push("same Land".to_owned());
    }
    if de.is_empty() {
        de.push(format!("gleiches Handlungsfeld, {kind_de}"));
        en.push(format!("same field of action, {kind_en}"));
    }
    text(de.join(", "), en.join(", "))
}

fn say_kind(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::County => ("ein Landkreis", "a county"),
        Kind::IndependentCity | Kind::Town => ("eine Stadt", "a town or city"),
        Kind::Municipality | Kind::Unincorporated => ("eine Gemeinde", "a municipality"),
        Kind::Association => ("ein Gemeindeverband", "an association of municipalities"),
    }
}

/// A round range that holds both sizes: "40–60 Tsd.".
fn size_band(least: u32, most: u32) -> Text {
    let step = 10_u32.pow(most.max(1).ilog10()).max(100);
    let low = least / step * step;
    let high = most.div_ceil(step).max(low / step + 1) * step;
    match high {
        0..2_000 => text(format!("{low}–{high}"), format!("{low}–{high}")),
        _ if step < 1_000 => {
            let [low, high] = [low, high].map(|n| f64::from(n) / 1_000.0);
            text(
                format!("{low}–{high} Tsd.")
                    .replace('.', ",")
                    .replace("Tsd,", "Tsd."),
                format!("{low}–{high} thousand"),
            )
        }
        _ => text(
            format!("{}–{} Tsd.", low / 1_000, high / 1_000),
            format!("{}–{} thousand", low / 1_000, high / 1_000),
        ),
    }
}

/// Inhabitants of the larger over those of the smaller, at least 1.
fn size_ratio(a: &Municipality, b: &Municipality) -> f64 {
    let [a, b] = [a, b].map(|m| f64::from(m.inhabitants.max(1)));
    a.max(b) / a.min(b)
}

#[cfg(test)]
mod tests {
    use register::{Key, Land};

    use super::*;

    fn place(key: &str, kind: Kind, land: Land, inhabitants: u32) -> Municipality {
        Municipality {
            key: Key::new(key).unwrap(),
            name: format!("Ort {key}"),
            kind,
            land,
            inhabitants,
            area_km2: 10.0,
            association: None,
            county: None,
            seat: None,
            urbanisation: None,
        }
    }

    fn practice(id: i64, field: &str, municipality: Municipality) -> PublishedPractice {
        PublishedPractice {
            id,
            title: format!("Beispiel {id}"),
            field: field.to_owned(),
            municipality,
            faded: false,
            codes: BTreeSet::new(),
            requires: String::new(),
        }
    }

    #[test]
    fn kind_comes_before_size_class_before_size_before_land() {
        let own = place("99001001", Kind::Town, Land::Hessen, 30_000);
        let practices = [
            practice(
                1,
                "wohnen",
                place("99001002", Kind::Municipality, Land::Hessen, 30_000),
            ),
            practice(
                2,
                "wohnen",
                place("99001003", Kind::Town, Land::Bayern, 90_000),
            ),
            practice(
                3,
                "wohnen",
                place("99001004", Kind::Town, Land::Bayern, 33_000),
            ),
            practice(
                4,
                "wohnen",
                place("99001005", Kind::IndependentCity, Land::Hessen, 40_000),
            ),
            practice(
                5,
                "wohnen",
                place("99001006", Kind::Town, Land::Hessen, 19_000),
            ),
            practice(
                6,
                "arbeit",
                place("99001007", Kind::Town, Land::Hessen, 30_000),
            ),
            practice(7, "wohnen", own.clone()),
        ];
        let order: Vec<i64> = ranked(&own, "wohnen", &practices)
            .iter()
            .map(|p| p.id)
            .collect();
        assert_eq!(order, [4, 3, 2, 5, 1]);
    }

    #[test]
    fn the_reason_says_what_both_have_in_common() {
        let county = |key, land, inhabitants| place(key, Kind::County, land, inhabitants);
        let own = county("99001", Land::Hessen, 200_000);
        let said = |other: &Municipality| reason(&own, other).de;
        let near = county("99002", Land::Hessen, 250_000);
        assert_eq!(
            said(&near),
            "auch ein Landkreis, 200–300 Tsd. Einwohner, gleiches Land"
        );
        let far = county("99003", Land::Bayern, 80_000);
        assert_eq!(said(&far), "auch ein Landkreis");
        let town = place("99001001", Kind::Town, Land::Bayern, 8_000);
        assert_eq!(said(&town), "gleiches Handlungsfeld, eine Stadt");
    }

    #[test]
    fn a_round_range_holds_both_sizes() {
        assert_eq!(size_band(42_000, 55_000).de, "40–60 Tsd.");
        assert_eq!(size_band(812, 990).de, "800–1000");
        assert_eq!(size_band(9_000, 11_000).de, "0–20 Tsd.");
        assert_eq!(size_band(150_000, 199_000).de, "100–200 Tsd.");
    }
}
