//! Fields of action: a list in two levels that is data.

use serde::{Deserialize, Serialize};

/// A field of action (Handlungsfeld). The list is data; the six of 2016 are the default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldOfAction {
    /// Stable key, e.g. `sprache`; on the second level `sprache.kurse`.
    pub key: String,
    /// German name.
    pub de: String,
    /// English name.
    pub en: String,
    /// Key of the field above; `None` on the first level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// By which criteria examples of this field are chosen, in the editors' words; empty where the general ones hold.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub criteria: String,
}

impl FieldOfAction {
    /// A field of the first level.
    pub fn new(key: &str, de: &str, en: &str) -> Self {
        Self {
            key: key.to_owned(),
            de: de.to_owned(),
            en: en.to_owned(),
            parent: None,
            criteria: String::new(),
        }
    }
}

/// Keys with German and English names of the six fields of 2016, in the order of the handbook.
pub const DEFAULT_FIELDS: [(&str, &str, &str); 6] = [
    ("sprache", "Sprache", "Language"),
    (
        "bildung",
        "Bildung und berufliche Bildung",
        "Education and vocational training",
    ),
    ("engagement", "Freiwilliges Engagement", "Volunteering"),
    ("begegnung", "Begegnung", "Encounter"),
    ("wohnen", "Wohnen", "Housing"),
    ("arbeit", "Arbeitsmarkt", "Labour market"),
];

/// The default second level: key, German and English name. The part before the dot is the field above.
pub const SUBFIELDS: [(&str, &str, &str); 24] = [
    ("sprache.kurse", "Sprachkurse", "Language courses"),
    (
        "sprache.vermittlung",
        "Einstufung und Vermittlung",
        "Placement",
    ),
    (
        "sprache.dolmetschen",
        "Dolmetschen und Übersetzen",
        "Interpreting",
    ),
    ("sprache.alltag", "Sprache im Alltag", "Everyday language"),
    ("bildung.kita", "Kindertagesstätte", "Day care"),
    ("bildung.schule", "Schule", "School"),
    (
        "bildung.ausbildung",
        "Ausbildung und Übergang",
        "Apprenticeship",
    ),
    (
        "bildung.erwachsene",
        "Bildung für Erwachsene",
        "Adult education",
    ),
    (
        "engagement.gewinnen",
        "Ehrenamtliche gewinnen",
        "Finding volunteers",
    ),
    (
        "engagement.begleiten",
        "Ehrenamt begleiten",
        "Supporting volunteers",
    ),
    ("engagement.patenschaften", "Patenschaften", "Mentoring"),
    (
        "engagement.selbst",
        "Eigenes Engagement Zugewanderter",
        "Newcomers' own engagement",
    ),
    ("begegnung.orte", "Orte der Begegnung", "Places to meet"),
    (
        "begegnung.sport-kultur",
        "Sport und Kultur",
        "Sport and culture",
    ),
    (
        "begegnung.dialog",
        "Dialog und Information",
        "Dialogue and information",
    ),
    (
        "begegnung.konflikte",
        "Umgang mit Konflikten",
        "Dealing with conflicts",
    ),
    ("wohnen.vermittlung", "Wohnungen finden", "Finding homes"),
    ("wohnen.bauen", "Bauen und Umbauen", "Building"),
    (
        "wohnen.nachbarschaft",
        "Wohnen und Nachbarschaft",
        "Neighbourhood",
    ),
    (
        "wohnen.unterkunft",
        "Gemeinschaftsunterkünfte",
        "Shared accommodation",
    ),
    ("arbeit.einstieg", "Einstieg in Arbeit", "Starting work"),
    (
        "arbeit.anerkennung",
        "Abschlüsse und Kompetenzen",
        "Qualifications",
    ),
    ("arbeit.betriebe", "Betriebe gewinnen", "Winning employers"),
    ("arbeit.beratung", "Beratung und Begleitung", "Advice"),
];

/// The default list: each field followed by those below it.
pub fn default_fields() -> Vec<FieldOfAction> {
    let mut all = Vec::new();
    for (key, de, en) in DEFAULT_FIELDS {
        all.push(FieldOfAction::new(key, de, en));
        for (below, de, en) in SUBFIELDS {
            if below.split('.').next() == Some(key) {
                all.push(FieldOfAction {
                    parent: Some(key.to_owned()),
                    ..FieldOfAction::new(below, de, en)
                });
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_list_has_two_levels_and_no_orphan() {
        let all = default_fields();
        assert_eq!(all.len(), DEFAULT_FIELDS.len() + SUBFIELDS.len());
        let keys: std::collections::BTreeSet<_> = all.iter().map(|f| &f.key).collect();
        assert_eq!(keys.len(), all.len());
        for field in &all {
            assert!(field.parent.as_ref().is_none_or(|p| keys.contains(p)));
        }
    }
}
