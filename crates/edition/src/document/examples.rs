//! An example with all its labels in words.

use practices::{Answer, CostBand, Evidence, Form, Kind, Mode, TakenUp, TargetGroup};
use questionnaire::Lang;
use register::Land;

use super::{ExamplePage, Fact, Section, TakeUpLine};
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
        ("edition-example-groups", groups(lang, form)),
        ("edition-example-cost", costs(lang, form)),
        ("edition-example-staff", form.staff.trim().to_owned()),
        ("edition-example-funding", funding(lang, form)),
        (
            "edition-example-evidence",
            evidence_words(lang, form.evidence),
        ),
        (
            "edition-example-taken-up",
            taken_up_words(lang, example.take_ups.len()),
        ),
        (
            "edition-example-named-in",
            example.wave.get(lang).to_owned(),
        ),
        ("edition-example-confirmed", confirmed(lang, example)),
    ];
    let differently = said(lang, "edition-example-differently", &form.differently);
    let builds_on = format!("{} {}", form.builds_on.trim(), form.added.trim());
    let builds_on = said(lang, "edition-example-builds-on", &builds_on);
    let take_up = |t: &crate::ExampleTakeUp| TakeUpLine {
        depth: t.depth,
        line: text(
            lang,
            "edition-example-take-up",
            &[
                ("municipality", &t.municipality),
                ("mode", &mode_words(lang, t.form.running.mode)),
                ("year", &year(t.form.running.since)),
            ],
        ),
        changed: t.form.changed.trim().to_owned(),
        advice: t.form.advice.trim().to_owned(),
    };
    let number = example.number.to_string();
    let sections = [
        ("edition-example-problem", vec![form.problem.as_str()]),
        ("edition-example-steps", vec![form.steps.as_str()]),
        (
            "edition-example-partners",
            vec![form.partners.as_str(), builds_on.as_str()],
        ),
        ("edition-example-result", vec![form.result.as_str()]),
        (
            "edition-example-obstacle",
            vec![
                form.obstacle.as_str(),
                form.helped.as_str(),
                differently.as_str(),
            ],
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
        take_ups: example.take_ups.iter().map(take_up).collect(),
        links: form
            .links
            .iter()
            .map(|l| Fact {
                label: l.title.clone(),
                value: l.url.clone(),
            })
            .collect(),
        version: text(
            lang,
            "edition-example-version",
            &[("number", &number), ("licence", &example.licence)],
        ),
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

/// Words put into a sentence, or nothing where there are none.
fn said(lang: Lang, key: &str, words: &str) -> String {
    match words.trim() {
        "" => String::new(),
        words => text(lang, key, &[("words", words)]),
    }
}

/// Cost per year, and once where it is known.
fn costs(lang: Lang, form: &Form) -> String {
    let yearly = cost_words(lang, form.cost);
    let key = match form.cost_once {
        CostBand::Under5000 => "edition-cost-once-under-5000",
        CostBand::From5000To20000 => "edition-cost-once-5000",
        CostBand::From20000To50000 => "edition-cost-once-20000",
        CostBand::From50000To150000 => "edition-cost-once-50000",
        CostBand::Over150000 => "edition-cost-once-150000",
        CostBand::NotKnown => return yearly,
    };
    format!("{yearly}; {}", text(lang, key, &[]))
}

fn funding(lang: Lang, form: &Form) -> String {
    let words = form.funding.trim();
    match form.funding_until {
        Some(until) if !words.is_empty() => {
            let values = [("funding", words), ("year", &year(until))];
            text(lang, "edition-example-funding-until", &values)
        }
        _ => words.to_owned(),
    }
}

/// The target groups in words.
fn groups(lang: Lang, form: &Form) -> String {
    let word = |group: &TargetGroup| match group {
        TargetGroup::Newcomers => "web-practice-group-newcomers",
        TargetGroup::Children => "web-practice-group-children",
        TargetGroup::Youth => "web-practice-group-youth",
        TargetGroup::Women => "web-practice-group-women",
        TargetGroup::Families => "web-practice-group-families",
        TargetGroup::JobSeekers => "web-practice-group-job-seekers",
        TargetGroup::Older => "web-practice-group-older",
        TargetGroup::Volunteers => "web-practice-group-volunteers",
        TargetGroup::Neighbourhood => "web-practice-group-neighbourhood",
        TargetGroup::Employers => "web-practice-group-employers",
        TargetGroup::Landlords => "web-practice-group-landlords",
        TargetGroup::Administration => "web-practice-group-administration",
    };
    let words: Vec<String> = form
        .target_groups
        .iter()
        .map(|g| text(lang, word(g), &[]))
        .collect();
    words.join(", ")
}

/// How often it was taken up, in words: the second axis of honesty.
pub fn taken_up_words(lang: Lang, count: usize) -> String {
    let number = count.to_string();
    let key = match TakenUp::of(count) {
        TakenUp::NotYet => "web-practice-taken-up-not-yet",
        TakenUp::Once => "web-practice-taken-up-once",
        TakenUp::Several => "web-practice-taken-up-several",
        TakenUp::Often => "web-practice-taken-up-often",
    };
    text(lang, key, &[("count", &number)])
}

/// The day of the last confirmation; where the owner said more than that it runs, or nothing any more, that too.
fn confirmed(lang: Lang, example: &Example) -> String {
    let on = numbers::date(lang, example.confirmed);
    let said = example.said.as_ref().map(|s| match s.answer {
        Answer::Runs => String::new(),
        Answer::Changed => text(lang, "web-practice-answer-changed", &[]),
        Answer::RegularService => text(lang, "web-practice-answer-regular-service", &[]),
        Answer::Ended => text(lang, "web-practice-answer-ended", &[]),
    });
    match (example.faded, said) {
        (Some(_), _) => format!("{on}; {}", text(lang, "edition-example-faded", &[])),
        (None, Some(said)) if !said.is_empty() => format!("{on}; {said}"),
        _ => on,
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
