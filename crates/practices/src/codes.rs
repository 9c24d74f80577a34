//! Codes: what editors find in many examples, success factors and obstacles, with a code list.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::practice::PracticeId;

/// What a code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodeKind {
    /// What carried it.
    Success,
    /// What stood in its way.
    Obstacle,
    /// What must exist first.
    Prerequisite,
}

/// A code of the list. The list is data: editors add to it and sharpen definitions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// Stable key.
    pub key: String,
    /// Success factor or obstacle.
    pub kind: CodeKind,
    /// German name.
    pub de: String,
    /// English name.
    pub en: String,
    /// When it is given and when not, in German.
    pub definition: String,
}

/// The default list: key, kind, German and English name, definition.
pub const CODES: [(&str, CodeKind, &str, &str, &str); 24] = [
    (
        "koordination",
        CodeKind::Success,
        "feste Koordinierungsstelle",
        "a fixed coordination office",
        "Eine benannte Stelle mit Stunden hält die Fäden zusammen. Nicht: nur ein Gremium.",
    ),
    (
        "politik",
        CodeKind::Success,
        "Rückhalt der Spitze",
        "backing from the top",
        "Bürgermeisterin, Landrat oder Rat haben sich erkennbar dahintergestellt.",
    ),
    (
        "vertretung",
        CodeKind::Success,
        "Vertretung geregelt",
        "cover arranged",
        "Fällt jemand aus, läuft das Angebot weiter; das ist geregelt.",
    ),
    (
        "partner",
        CodeKind::Success,
        "verbindliche Absprachen mit Partnern",
        "binding agreements with partners",
        "Schriftlich oder in festen Runden: wer was wann tut.",
    ),
    (
        "nahe",
        CodeKind::Success,
        "nah an den Menschen",
        "close to the people",
        "Ort, Zeit oder Sprache wurden an die Zielgruppe angepasst.",
    ),
    (
        "beteiligung",
        CodeKind::Success,
        "Zielgruppe gestaltet mit",
        "the target group takes part in shaping it",
        "Zugewanderte planen oder führen mit durch. Nicht: nur befragt.",
    ),
    (
        "klein-anfangen",
        CodeKind::Success,
        "klein angefangen",
        "started small",
        "Erprobung mit wenigen, dann ausgeweitet.",
    ),
    (
        "rueckmeldung",
        CodeKind::Success,
        "Ergebnisse angesehen und nachgesteuert",
        "looked at results and adjusted",
        "Zahlen oder Rückmeldungen haben nachweislich etwas geändert.",
    ),
    (
        "personal",
        CodeKind::Obstacle,
        "zu wenig Personal",
        "too little staff",
        "Stunden fehlten, Überlastung, unbesetzte Stellen.",
    ),
    (
        "geld",
        CodeKind::Obstacle,
        "unsichere Finanzierung",
        "uncertain funding",
        "Befristete Mittel, Ende der Förderung, Streit um Kosten.",
    ),
    (
        "vorschriften",
        CodeKind::Obstacle,
        "rechtliche Fragen",
        "legal questions",
        "Datenschutz, Haftung, Vergabe, Aufenthaltsrecht bremsten.",
    ),
    (
        "zustaendigkeit",
        CodeKind::Obstacle,
        "unklare Zuständigkeit",
        "unclear responsibility",
        "Niemand fühlte sich zuständig, oder mehrere zugleich.",
    ),
    (
        "vorbehalte",
        CodeKind::Obstacle,
        "Vorbehalte",
        "reservations",
        "Skepsis bei Nachbarschaft, Betrieben, Vermietenden oder in der Verwaltung.",
    ),
    (
        "erreichen",
        CodeKind::Obstacle,
        "Zielgruppe schwer erreicht",
        "target group hard to reach",
        "Weg, Zeit, Wechsel oder Wissen hielten Menschen fern.",
    ),
    (
        "braucht-stelle",
        CodeKind::Prerequisite,
        "eine Koordinierungsstelle",
        "a coordination office",
        "Ohne eine benannte Stelle, die vermittelt und nachfragt, geht es nicht. Nicht: eine Fachkraft, die selbst berät.",
    ),
    (
        "braucht-spitze",
        CodeKind::Prerequisite,
        "Rückhalt der Verwaltungsspitze",
        "backing from the head of administration",
        "Ein Beschluss oder eine Leitung, die dahintersteht, muss vorher da sein.",
    ),
    (
        "braucht-personal",
        CodeKind::Prerequisite,
        "bezahlte Fachkräfte",
        "paid specialists",
        "Hauptamtliche Stunden mit passender Ausbildung.",
    ),
    (
        "braucht-ehrenamt",
        CodeKind::Prerequisite,
        "freiwillig Engagierte",
        "volunteers",
        "Menschen, die regelmäßig und unbezahlt mitmachen.",
    ),
    (
        "braucht-vereine",
        CodeKind::Prerequisite,
        "Vereine, die sich öffnen",
        "clubs that open up",
        "Vereine mit freien Plätzen und einem Menschen, der am Anfang Zeit hat.",
    ),
    (
        "braucht-traeger",
        CodeKind::Prerequisite,
        "einen leistungsfähigen Träger",
        "a capable organisation to run it",
        "Volkshochschule, Wohlfahrtsverband, Genossenschaft oder ähnliche, die anstellen und abrechnen können.",
    ),
    (
        "braucht-betriebe",
        CodeKind::Prerequisite,
        "Betriebe, die mitmachen",
        "firms that take part",
        "Arbeitgeber, die Plätze, Zeit oder Anleitung geben.",
    ),
    (
        "braucht-wohnraum",
        CodeKind::Prerequisite,
        "verfügbaren Wohnraum",
        "available housing",
        "Leerstand oder eigene Gebäude, die sich bewohnen lassen.",
    ),
    (
        "braucht-raum",
        CodeKind::Prerequisite,
        "einen geeigneten Raum",
        "a suitable room",
        "Ein Raum oder eine Fläche, die dauerhaft zugesagt ist.",
    ),
    (
        "braucht-geld",
        CodeKind::Prerequisite,
        "gesicherte Mittel",
        "secured funds",
        "Geld über mehr als ein Jahr, das vorher zugesagt ist.",
    ),
];

impl Code {
    /// The default list.
    pub fn defaults() -> Vec<Self> {
        CODES
            .iter()
            .map(|(key, kind, de, en, definition)| Self {
                key: (*key).to_owned(),
                kind: *kind,
                de: (*de).to_owned(),
                en: (*en).to_owned(),
                definition: (*definition).to_owned(),
            })
            .collect()
    }
}

/// In how many examples a code was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// The code.
    pub code: Code,
    /// The examples that carry it, by number.
    pub examples: BTreeSet<PracticeId>,
}

/// What examples share: codes of the list with the examples among `within` that carry them, most frequent first; codes
/// without any are left out. Ties stand in the order of the list.
pub fn lessons(
    list: &[Code],
    coded: &BTreeMap<PracticeId, BTreeSet<String>>,
    within: &BTreeSet<PracticeId>,
) -> Vec<Lesson> {
    let carries = |code: &Code| -> BTreeSet<PracticeId> {
        let all = coded
            .iter()
            .filter(|(id, codes)| within.contains(id) && codes.contains(&code.key));
        all.map(|(id, _)| *id).collect()
    };
    let mut found: Vec<Lesson> = list
        .iter()
        .map(|code| Lesson {
            code: code.clone(),
            examples: carries(code),
        })
        .filter(|lesson| !lesson.examples.is_empty())
        .collect();
    found.sort_by_key(|lesson| std::cmp::Reverse(lesson.examples.len()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lessons_count_examples_within_the_field_only() {
        let list = Code::defaults();
        let codes = |keys: &[&str]| {
            keys.iter()
                .map(|k| (*k).to_owned())
                .collect::<BTreeSet<_>>()
        };
        let coded = BTreeMap::from([
            (PracticeId(1), codes(&["partner", "geld"])),
            (PracticeId(2), codes(&["partner"])),
            (PracticeId(3), codes(&["geld", "partner"])),
        ]);
        let within = BTreeSet::from([PracticeId(1), PracticeId(2)]);
        let found: Vec<(String, usize)> = lessons(&list, &coded, &within)
            .into_iter()
            .map(|l| (l.code.key, l.examples.len()))
            .collect();
        assert_eq!(found, [("partner".to_owned(), 2), ("geld".to_owned(), 1)]);
    }

    #[test]
    fn keys_of_the_list_are_unique() {
        let keys: BTreeSet<_> = CODES.iter().map(|c| c.0).collect();
        assert_eq!(keys.len(), CODES.len());
    }
}
