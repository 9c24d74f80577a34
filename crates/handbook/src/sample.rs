//! A made-up feedback sheet for tests and for looking at the template.

use ::questionnaire::Text;
use findings::{
    FeedbackNeed, FeedbackRow, FeedbackSheet, FindingKey, MatchedExample, ReleasedCell,
};
use jiff::civil::date;

fn t(de: &str) -> Text {
    Text {
        de: de.to_owned(),
        en: de.to_owned(),
    }
}

const LARGE: [&str; 5] = ["sehr gering", "gering", "mittel", "groß", "sehr groß"];
const THERE: [&str; 5] = ["gar nicht", "kaum", "teilweise", "weitgehend", "voll"];
const TASKS: [&str; 10] = [
    "Wohnraum für Geflüchtete finden",
    "Angebote zum Deutschlernen bereitstellen",
    "Plätze in Kita und Schule schaffen",
    "Zugang zu Ausbildung eröffnen",
    "Zugang zu Arbeit eröffnen",
    "Gesundheitliche Versorgung sichern",
    "Begegnung zwischen Alteingesessenen und Zugewanderten fördern",
    "Die Bürgerschaft informieren",
    "Sicherheit im öffentlichen Raum gewährleisten",
    "Die Arbeit der Beteiligten koordinieren",
];

/// Shares that add up to 100, different from row to row.
fn shares(row: usize) -> [u8; 5] {
    let first = (row * 7 % 23) as u8;
    let second = (row * 11 % 19) as u8 + 5;
    let third = (row * 13 % 17) as u8 + 10;
    let fourth = 20;
    [
        first,
        second,
        third,
        fourth,
        100 - first - second - third - fourth,
    ]
}

fn row(index: usize, theme: &str, label: &str, scale: [&str; 5]) -> FeedbackRow {
    let own = index * 3 % 5;
    let peers = if index % 14 == 6 {
        vec![ReleasedCell::Suppressed; 5]
    } else {
        shares(index)
            .iter()
            .map(|value| match value {
                0..3 => ReleasedCell::Under10,
                value => ReleasedCell::Percent {
                    value: *value,
                    interval: Some((value.saturating_sub(7), value + 7)),
                },
            })
            .collect()
    };
    FeedbackRow {
        finding: FindingKey("aufgaben".to_owned()),
        key: format!("item-{index}"),
        theme: t(theme),
        label: t(label),
        own: t(scale[own]),
        own_number: None,
        own_column: Some(own),
        columns: scale.iter().map(|word| t(word)).collect(),
        n: (peers[0] != ReleasedCell::Suppressed).then_some(30 + index as u32),
        peers,
        peers_of: t("Städte mit 20 000 bis unter 100 000 Einwohnern"),
        wider: index % 9 == 4,
    }
}

/// A full sheet: about fifty rows of all shapes, and needs with three examples each.
pub fn sheet() -> FeedbackSheet {
    let mut rows: Vec<FeedbackRow> = Vec::new();
    for (index, task) in TASKS.iter().enumerate() {
        rows.push(row(index, "Aufgaben und Herausforderungen", task, LARGE));
    }
    for (index, task) in TASKS.iter().enumerate() {
        rows.push(row(index + 10, "Ressourcen vor Ort", task, THERE));
    }
    for (index, task) in TASKS.iter().enumerate() {
        rows.push(row(index + 20, "Bedarf an Unterstützung", task, LARGE));
    }
    for (index, partner) in TASKS.iter().take(8).enumerate() {
        rows.push(row(index + 30, "Zusammenarbeit", partner, THERE));
    }
    for (index, statement) in TASKS.iter().take(4).enumerate() {
        rows.push(row(index + 38, "Integration als Aufgabe", statement, LARGE));
    }
    for (index, theme) in ["Freiwilliges Engagement", "Strategie"].iter().enumerate() {
        let question =
            "Wie hat sich das freiwillige Engagement für Geflüchtete in Ihrer Kommune entwickelt?";
        rows.push(row(index + 42, theme, question, THERE));
        let mut nominal = row(
            index + 44,
            theme,
            "Hat Ihre Kommune ein schriftliches Konzept?",
            LARGE,
        );
        nominal.columns = ["ja", "in Arbeit", "geplant", "nein"].map(t).to_vec();
        nominal.peers.truncate(4);
        nominal.own_column = Some(1);
        nominal.own = t("in Arbeit");
        nominal.key.clear();
        rows.push(nominal.clone());
        let mut number = nominal.clone();
        number.label = t(
            "Wie viele Vollzeitstellen standen in Ihrer Verwaltung am 1. Januar 2016 für diese Aufgaben zur Verfügung?",
        );
        number.columns = vec![t("Vollzeitstellen")];
        number.own_column = None;
        number.own_number = Some(2.5);
        number.peers = vec![ReleasedCell::Mean {
            tenths: 18,
            interval: Some((12, 24)),
        }];
        rows.push(number);
        let mut flag = nominal;
        flag.key = "land".to_owned();
        flag.label = t("vom Land");
        flag.columns = vec![t("genannt")];
        flag.own_column = Some(0);
        flag.own = t("genannt");
        flag.peers = vec![ReleasedCell::Over90];
        rows.push(flag);
    }
    let example = |practice: i64, title: &str, municipality: &str, reason: &str| MatchedExample {
        practice,
        title: title.to_owned(),
        municipality: municipality.to_owned(),
        reason: t(reason),
        missing: t("eine Koordinierungsstelle"),
        there: Text::default(),
        also: Text::default(),
        requires: String::new(),
    };
    let needs = [
        "Sprachkurse",
        "Wohnungsbau",
        "Arbeitsmarkt",
        "Ehrenamt",
        "Kita",
    ]
    .iter()
    .zip(["sprache", "wohnen", "arbeit", "engagement", "bildung"])
    .map(|(need, field)| FeedbackNeed {
        need: t(need),
        field: field.to_owned(),
        examples: vec![
            example(
                1,
                "Deutsch, bevor der Kurs beginnt",
                "Österfelde",
                "auch eine Stadt, ähnliche Größe",
            ),
            example(
                2,
                "Die Lehrkräfte fahren, nicht die Lernenden",
                "Landkreis Zellerland",
                "im selben Land",
            ),
            example(
                3,
                "Ein Test, eine Liste, neun Träger: die gemeinsame Kursvermittlung",
                "Ährenbach",
                "im selben Handlungsfeld",
            ),
        ],
    })
    .collect();
    FeedbackSheet {
        municipality: "Hohenbruck".to_owned(),
        peer_group: t("Städte mit 20 000 bis unter 100 000 Einwohnern"),
        figures_of: t("Aufnahme und Integration in den Kommunen 2016"),
        figures_date: date(2016, 3, 7),
        own_wave: t("Probe"),
        rows,
        needs,
        synthetic: true,
    }
}
