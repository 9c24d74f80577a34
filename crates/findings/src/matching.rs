//! Needs against examples: which published practices fit a municipality that rated a need high, and why.

use practices::PublishedExample;
use questionnaire::Text;
use register::{Kind, Municipality};

use crate::MatchedExample;
use crate::labels::text;

/// Needs of the questionnaire with the field of action whose examples answer them.
/// A need counts as rated high on the two upper points of its scale.
pub const NEEDS: [(&str, &str); 11] = [
    ("bedarf.sprachkurse", "sprache"),
    ("aufgaben.sprache", "sprache"),
    ("aufgaben.kita-schule", "bildung"),
    ("aufgaben.ausbildung", "bildung"),
    ("bedarf.ehrenamt", "engagement"),
    ("aufgaben.begegnung", "begegnung"),
    ("aufgaben.information", "begegnung"),
    ("bedarf.wohnungsbau", "wohnen"),
    ("aufgaben.wohnen", "wohnen"),
    ("bedarf.arbeitsmarkt", "arbeit"),
    ("aufgaben.arbeit", "arbeit"),
];

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
        }
    }
}

/// Examples of one field in the order in which they fit: those that have not faded first, then same kind of municipality first, then same size class,
/// then closeness in size (in steps of the ratio of inhabitants), then same Land. Never the municipality's own.
pub fn ranked<'p>(
    municipality: &Municipality,
    field: &str,
    practices: &'p [PublishedPractice],
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

/// The example with the reason why it fits.
pub(crate) fn matched(municipality: &Municipality, practice: &PublishedPractice) -> MatchedExample {
    MatchedExample {
        practice: practice.id,
        title: practice.title.clone(),
        municipality: practice.municipality.plain_name(),
        reason: reason(municipality, &practice.municipality),
    }
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
        de.push("ähnliche Größe".to_owned());
        en.push("similar size".to_owned());
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
            "auch ein Landkreis, ähnliche Größe, gleiches Land"
        );
        let far = county("99003", Land::Bayern, 80_000);
        assert_eq!(said(&far), "auch ein Landkreis");
        let town = place("99001001", Kind::Town, Land::Bayern, 8_000);
        assert_eq!(said(&town), "gleiches Handlungsfeld, eine Stadt");
    }
}
