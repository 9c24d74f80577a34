//! A change in words. "Gestiegen" and "gefallen" come from the adjusted test alone.

use findings::{ChangeFinding, ChangeRow, Domain, Estimand, ReleasedChange, Verdict};
use jiff::civil::Date;
use questionnaire::Lang;
use questionnaire::lineage::Step;
use register::Population;

use super::items;
use crate::lookup::domain_word;
use crate::translation::text;
use crate::{numbers, sentences};

/// "Januar bis März 2016".
pub fn period_label(lang: Lang, (from, to): (Date, Date)) -> String {
    numbers::months(lang, (from, to))
}

/// What was compared.
pub(super) fn lead(lang: Lang, change: &ReleasedChange) -> Vec<String> {
    let count = |n: u32| numbers::thousands(lang, n.into());
    let values = [
        ("before", numbers::period(lang, change.before.field_period)),
        ("after", numbers::period(lang, change.after.field_period)),
        ("before-n", count(change.before.n.0 + change.before.n.1)),
        ("after-n", count(change.after.n.0 + change.after.n.1)),
        ("both", count(change.both.0 + change.both.1)),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
    vec![
        text(lang, "change-lead", &values),
        text(lang, "change-lead-read", &[]),
    ]
}

/// What has risen and fallen among municipalities, a sentence a question; questions without any are counted.
pub(super) fn glance(lang: Lang, change: &ReleasedChange) -> Vec<String> {
    let whole = Domain::All(Population::Municipalities);
    let moved = |row: &&ChangeRow| {
        row.domain == whole
            && row
                .change
                .is_some_and(|c| matches!(c.verdict, Verdict::Risen | Verdict::Fallen))
    };
    let mut points: Vec<String> = Vec::new();
    let mut still = 0;
    for finding in &change.findings {
        if finding.rows.iter().any(|row| moved(&row)) {
            let question = sentences::quoted(lang, finding.question.get(lang));
            let said = headline(lang, finding, Population::Municipalities);
            points.push(text(
                lang,
                "change-glance",
                &[("question", &question), ("said", &said)],
            ));
        } else {
            still += 1;
        }
    }
    if still > 0 {
        let count = still.to_string();
        points.push(text(lang, "change-glance-still", &[("count", &count)]));
    }
    points
}

/// "von 67 % auf 45 %".
pub(super) fn from_to(lang: Lang, row: &ChangeRow) -> String {
    let (before, after) = (
        numbers::cell(lang, &row.before),
        numbers::cell(lang, &row.after),
    );
    text(
        lang,
        "change-from-to",
        &[("before", &before), ("after", &after)],
    )
}

/// What has risen and fallen of a question in a population, in two or three sentences.
pub fn headline(lang: Lang, finding: &ChangeFinding, population: Population) -> String {
    let domain = Domain::All(population);
    let rows: Vec<&ChangeRow> = finding
        .rows
        .iter()
        .filter(|row| row.domain == domain && row.change.is_some())
        .collect();
    let of = |wanted: Verdict| -> Vec<&ChangeRow> {
        let fits = |row: &&&ChangeRow| row.change.is_some_and(|c| c.verdict == wanted);
        rows.iter().filter(fits).copied().collect()
    };
    let (risen, fallen) = (of(Verdict::Risen), of(Verdict::Fallen));
    let group = text(lang, &format!("edition-in-{}", domain_word(domain)), &[]);
    if items(finding).len() == 1 {
        let Some(row) = rows.first() else {
            return text(lang, "change-held", &[("group", &group)]);
        };
        let key = match row.change.map(|change| change.verdict) {
            Some(Verdict::Risen) => "change-one-risen",
            Some(Verdict::Fallen) => "change-one-fallen",
            Some(Verdict::NotSeen) => "change-one-not-seen",
            _ => "change-one-not-tested",
        };
        return text(
            lang,
            key,
            &[
                ("measure", finding.measure.get(lang)),
                ("group", &group),
                ("before", &numbers::cell(lang, &row.before)),
                ("after", &numbers::cell(lang, &row.after)),
            ],
        );
    }
    let each = |rows: &[&ChangeRow]| -> Vec<String> {
        let one = |row: &&ChangeRow| {
            let item = sentences::quoted(lang, row.label.get(lang));
            format!("{item} ({})", from_to(lang, row))
        };
        rows.iter().map(one).collect()
    };
    let mut said = moved(lang, &each(&risen), &each(&fallen));
    let (still, untested) = (of(Verdict::NotSeen).len(), of(Verdict::NotTested).len());
    let count = still.to_string();
    if said.is_empty() && still > 0 {
        let values = [("count", count.as_str()), ("group", &group)];
        said.push(text(lang, "change-none", &values));
    } else if still > 0 {
        said.push(text(lang, "change-rest", &[("count", &count)]));
    }
    if untested > 0 {
        let count = untested.to_string();
        said.push(text(lang, "change-untested", &[("count", &count)]));
    }
    if said.is_empty() {
        said.push(text(lang, "change-held", &[("group", &group)]));
    }
    let said = said.join(" ");
    match finding.estimand {
        Estimand::ShareOfInhabitants => text(lang, "change-inhabitants", &[("said", &said)]),
        _ => said,
    }
}

/// How many tests were made, how large a change had to be, and what taking the waves as independent would do.
pub(super) fn certainty(lang: Lang, finding: &ChangeFinding, rows: &[&ChangeRow]) -> String {
    let mut said = Vec::new();
    let tested: Vec<findings::ReleasedDifference> = rows
        .iter()
        .filter_map(|row| row.change)
        .filter(|change| change.verdict != Verdict::NotTested)
        .collect();
    let smallest: Vec<i64> = tested.iter().filter_map(|change| change.smallest).collect();
    if let (Some(low), Some(high)) = (smallest.iter().min(), smallest.iter().max()) {
        let range = match low == high {
            true => amount(lang, finding, *low),
            false => {
                let (low, high) = (figure(lang, finding, *low), amount(lang, finding, *high));
                text(
                    lang,
                    "edition-number-range",
                    &[("low", &low), ("high", &high)],
                )
            }
        };
        let count = tested.len().to_string();
        said.push(text(
            lang,
            "change-smallest",
            &[("count", &count), ("range", &range)],
        ));
    }
    let mut wide: Vec<i64> = tested.iter().filter_map(|change| change.too_wide).collect();
    wide.sort_unstable();
    if let Some(middle) = wide.get(wide.len() / 2) {
        let key = if *middle >= 0 {
            "change-too-wide"
        } else {
            "change-too-narrow"
        };
        let percent = u8::try_from(middle.abs().min(100)).unwrap_or(100);
        let percent = numbers::percent(lang, percent);
        said.push(text(lang, key, &[("percent", &percent)]));
    }
    said.extend(finding.note.iter().map(|note| note.get(lang).to_owned()));
    for row in rows {
        let own = row
            .note
            .as_ref()
            .filter(|_| row.step != Step::Same && row.step != finding.step);
        if let Some(note) = own {
            let note = note.get(lang).to_owned();
            if !said.contains(&note) {
                said.push(note);
            }
        }
    }
    said.join(" ")
}

/// "14 Prozentpunkte", "2,5 Vollzeitstellen".
pub(super) fn amount(lang: Lang, finding: &ChangeFinding, value: i64) -> String {
    let number = figure(lang, finding, value);
    match finding.estimand {
        Estimand::Mean => number,
        _ => text(lang, "change-points", &[("count", &number)]),
    }
}

/// The number alone.
pub(super) fn figure(lang: Lang, finding: &ChangeFinding, value: i64) -> String {
    match finding.estimand {
        Estimand::Mean => numbers::mean(lang, value),
        _ => numbers::thousands(lang, value),
    }
}

/// All numbers of a chart in words, for those who do not see it.
pub(super) fn alt(
    lang: Lang,
    finding: &ChangeFinding,
    rows: &[&ChangeRow],
    groups: bool,
) -> String {
    let said: Vec<String> = rows
        .iter()
        .map(|row| {
            let label = match groups {
                true => sentences::domain_label(lang, row.domain),
                false => row.label.get(lang).to_owned(),
            };
            let verdict = row.change.map(|c| c.verdict).unwrap_or(Verdict::NotTested);
            format!(
                "{label} {}, {}",
                from_to(lang, row),
                verdict_words(lang, verdict)
            )
        })
        .collect();
    let question = sentences::quoted(lang, finding.question.get(lang));
    text(
        lang,
        "change-alt",
        &[
            ("question", &question),
            ("measure", finding.measure.get(lang)),
            ("numbers", &said.join("; ")),
        ],
    )
}

/// What the test says, in a word or two.
pub(super) fn verdict_words(lang: Lang, verdict: Verdict) -> String {
    let key = match verdict {
        Verdict::Risen => "change-verdict-risen",
        Verdict::Fallen => "change-verdict-fallen",
        Verdict::NotSeen => "change-verdict-not-seen",
        Verdict::NotTested => "change-verdict-not-tested",
    };
    text(lang, key, &[])
}

/// How to read the chart, who was asked, n, source.
pub(super) fn note(
    lang: Lang,
    change: &ReleasedChange,
    finding: &ChangeFinding,
    rows: &[&ChangeRow],
) -> String {
    let range = |of: fn(&ChangeRow) -> Option<u32>| {
        let counts: Vec<u32> = rows.iter().filter_map(|row| of(row)).collect();
        let count = |n: Option<&u32>| numbers::thousands(lang, n.copied().unwrap_or(0).into());
        let (low, high) = (count(counts.iter().min()), count(counts.iter().max()));
        match low == high {
            true => low,
            false => text(
                lang,
                "edition-number-range",
                &[("low", &low), ("high", &high)],
            ),
        }
    };
    let group = match rows.first() {
        Some(row) => sentences::domain_label(lang, Domain::All(row.domain.population())),
        None => String::new(),
    };
    text(
        lang,
        "change-note",
        &[
            ("measure", finding.measure.get(lang)),
            ("group", &group),
            ("before", change.before.title.get(lang)),
            ("after", change.after.title.get(lang)),
            ("before-n", &range(|row| row.n_before)),
            ("after-n", &range(|row| row.n_after)),
        ],
    )
}

/// What has risen and what has fallen, a sentence each.
pub(super) fn moved(lang: Lang, risen: &[String], fallen: &[String]) -> Vec<String> {
    [("change-risen", risen), ("change-fallen", fallen)]
        .into_iter()
        .filter(|(_, items)| !items.is_empty())
        .map(|(key, items)| text(lang, key, &[("items", &numbers::list(lang, items))]))
        .collect()
}
