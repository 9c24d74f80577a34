//! An example with all its labels in words.

use practices::{CostBand, Evidence, Kind, Mode};
use questionnaire::Lang;
use register::Land;

use super::{ExamplePage, Fact, Section};
use crate::charts::land_name;
use crate::translation::text;
use crate::{Edition, Example, numbers};

/// "Projekt"
pub fn kind_words(lang: Lang, kind: Kind) -> String {
    let key = match kind {
        Kind::Offer => "edition-kind-offer",
        Kind::Project => "edition-kind-project",
        Kind::Concept => "edition-kind-concept",
        Kind::Strategy => "edition-kind-strategy",
        Kind::Instrument => "edition-kind-instrument",
    };
    text(lang, key, &[])
}

/// "5 000 bis unter 20 000 Euro im Jahr"
pub fn cost_words(lang: Lang, cost: CostBand) -> String {
    let key = match cost {
        CostBand::Under5000 => "edition-cost-under-5000",
        CostBand::From5000To20000 => "edition-cost-5000",
        CostBand::From20000To50000 => "edition-cost-20000",
        CostBand::From50000To150000 => "edition-cost-50000",
        CostBand::Over150000 => "edition-cost-150000",
        CostBand::NotKnown => "edition-cost-not-known",
    };
    text(lang, key, &[])
}

/// "Teilnahmen gezählt"
pub fn evidence_words(lang: Lang, evidence: Evidence) -> String {
    let key = match evidence {
        Evidence::Counted => "edition-evidence-counted",
        Evidence::UsersAsked => "edition-evidence-users-asked",
        Evidence::Evaluated => "edition-evidence-evaluated",
        Evidence::NotKnown => "edition-evidence-not-known",
    };
    text(lang, key, &[])
}

/// "läuft"
pub fn mode_words(lang: Lang, mode: Mode) -> String {
    let key = match mode {
        Mode::Pilot => "edition-mode-pilot",
        Mode::Running => "edition-mode-running",
        Mode::RegularService => "edition-mode-regular",
        Mode::Ended => "edition-mode-ended",
    };
    text(lang, key, &[])
}

/// An example as a page, in the handbook and on the site.
pub fn example_page(lang: Lang, edition: &Edition, example: &Example) -> ExamplePage {
    let form = &example.form;
    let word = |key: &str| text(lang, key, &[]);
    let field = edition.fields.iter().find(|f| f.key == form.field);
    let field = field.map_or_else(
        || form.field.clone(),
        |f| match lang {
            Lang::De => f.de.clone(),
            Lang::En => f.en.clone(),
        },
    );
    let land = Land::from_code(&example.land);
    let inhabitants = numbers::thousands(lang, example.inhabitants.into());
    let place = text(
        lang,
        "edition-example-place",
        &[
            ("kind", example.kind.get(lang)),
            ("inhabitants", &inhabitants),
            ("land", land.map_or("", |l| land_name(lang, l))),
        ],
    );
    let since = text(
        lang,
        "edition-example-since-value",
        &[
            ("year", &year(form.running.since)),
            ("mode", &mode_words(lang, form.running.mode)),
        ],
    );
    let margin = [
        ("edition-example-run-by", form.run_by.trim().to_owned()),
        ("edition-example-since", since),
        ("edition-example-cost", cost_words(lang, form.cost)),
        ("edition-example-staff", form.staff.trim().to_owned()),
        ("edition-example-funding", form.funding.trim().to_owned()),
        (
            "edition-example-evidence",
            evidence_words(lang, form.evidence),
        ),
        (
            "edition-example-named-in",
            example.wave.get(lang).to_owned(),
        ),
        (
            "edition-example-confirmed",
            numbers::date(lang, example.confirmed),
        ),
    ];
    let sections = [
        ("edition-example-problem", vec![form.problem.as_str()]),
        ("edition-example-steps", vec![form.steps.as_str()]),
        ("edition-example-partners", vec![form.partners.as_str()]),
        ("edition-example-result", vec![form.result.as_str()]),
        (
            "edition-example-obstacle",
            vec![form.obstacle.as_str(), form.helped.as_str()],
        ),
        ("edition-example-requires", vec![form.requires.as_str()]),
    ];
    ExamplePage {
        id: format!("beispiel-{}", example.id),
        field,
        kind: kind_words(lang, form.kind),
        title: form.title.trim().to_owned(),
        sentence: form.sentence.trim().to_owned(),
        municipality: example.municipality.clone(),
        place,
        land: example.land.clone(),
        margin: margin
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| Fact {
                label: word(key),
                value,
            })
            .collect(),
        mailbox: form.mailbox.clone(),
        sections: sections
            .into_iter()
            .map(|(key, texts)| Section {
                title: word(key),
                paragraphs: texts.into_iter().flat_map(paragraphs).collect(),
            })
            .filter(|section| !section.paragraphs.is_empty())
            .collect(),
    }
}

/// Paragraphs are separated by empty lines.
fn paragraphs(words: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in words.lines().map(str::trim) {
        let last = paragraphs.len() - 1;
        if line.is_empty() {
            paragraphs.push(String::new());
        } else {
            if !paragraphs[last].is_empty() {
                paragraphs[last].push(' ');
            }
            paragraphs[last].push_str(line);
        }
    }
    paragraphs.retain(|p| !p.is_empty());
    paragraphs
}

/// A year is no number: no space between its digits.
fn year(year: i16) -> String {
    format!("{year}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_end_at_empty_lines_only() {
        assert_eq!(paragraphs("\na\nb\n\n\nc\n"), ["a b", "c"]);
        assert!(paragraphs(" \n").is_empty());
    }

    #[test]
    fn an_example_has_all_labels_in_words() {
        let edition = crate::sample::edition();
        let page = example_page(Lang::De, &edition, &edition.examples[0]);
        assert_eq!(page.place, "Gemeinde, 4\u{202f}100 Einwohner, Hessen");
        let titles: Vec<&str> = page.sections.iter().map(|s| s.title.as_str()).collect();
        assert_eq!(
            titles,
            [
                "Ausgangslage",
                "Was getan wurde",
                "Wer mitmacht",
                "Ergebnis",
                "Hürde und was half",
                "Was es braucht"
            ]
        );
        assert!(
            page.margin
                .iter()
                .all(|f| !f.label.starts_with("edition-") && !f.value.starts_with("edition-"))
        );
    }
}
