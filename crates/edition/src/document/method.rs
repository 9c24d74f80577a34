//! The method in plain words: who was asked, who answered, how weights were made, what the intervals assume, what is
//! not shown, and what the numbers cannot say.

use findings::{Release, ResponseRow};
use questionnaire::{Lang, Text};

use super::report::{SHOWN_ROWS, report_parts};
use super::{MethodPart, RowGroup, Table};
use crate::charts::{Medium, response_by_land};
use crate::numbers;
use crate::translation::text;

/// The parts of the method chapter and of the method page.
pub fn method_parts(lang: Lang, release: &Release, medium: Medium) -> Vec<MethodPart> {
    let mut parts = vec![
        asked(lang, release),
        answered(lang, release, medium),
        weights(lang, release),
        uncertainty(lang, release),
    ];
    parts.extend(report_parts(lang, release, SHOWN_ROWS));
    parts.extend([protection(lang, release), limits(lang, release)]);
    parts
}

/// How the wave was weighted, cell by cell, and what its intervals assume: what a weights report begins with.
pub fn weighting_parts(lang: Lang, release: &Release) -> Vec<MethodPart> {
    vec![weights(lang, release), uncertainty(lang, release)]
}

fn asked(lang: Lang, release: &Release) -> MethodPart {
    let invited = numbers::thousands(lang, release.method.invited.into());
    let period = numbers::period(lang, release.field_period);
    let values = [
        ("invited", invited.as_str()),
        ("period", &period),
        ("wave", release.title.get(lang)),
    ];
    part(
        lang,
        "befragt",
        vec![
            text(lang, "edition-method-asked-1", &values),
            text(lang, "edition-method-asked-2", &values),
            text(lang, "edition-method-asked-3", &values),
        ],
    )
}

fn answered(lang: Lang, release: &Release, medium: Medium) -> MethodPart {
    let method = &release.method;
    let count = |n: u32| numbers::thousands(lang, n.into());
    let (municipalities, counties) = (count(method.n_municipalities), count(method.n_counties));
    let all = count(method.n_municipalities + method.n_counties);
    let values = [
        ("all", all.as_str()),
        ("municipalities", &municipalities),
        ("counties", &counties),
    ];
    let mut part = part(
        lang,
        "ruecklauf",
        vec![
            text(lang, "edition-method-answered-1", &values),
            text(lang, "edition-method-answered-2", &values),
        ],
    );
    part.tables = vec![
        response_table(lang, "groesse", &method.by_size_class),
        response_table(lang, "art", &method.by_type),
        response_table(lang, "land", &method.by_land),
    ];
    if !method.dispositions.is_empty() {
        part.tables.push(dispositions(lang, &method.dispositions));
    }
    part.charts = vec![response_by_land(lang, &method.by_land, medium)];
    part
}

fn weights(lang: Lang, release: &Release) -> MethodPart {
    let method = &release.method;
    let say = |key: &str, values: &[(&str, &str)]| text(lang, key, values);
    let count = |n: u32| numbers::thousands(lang, n.into());
    let mut paragraphs = vec![say("edition-method-weights-1", &[])];
    paragraphs.push(method.collapsing.get(lang).to_owned());
    paragraphs.push(method.raking.get(lang).to_owned());
    let effects = [
        (
            "municipalities",
            method.n_municipalities,
            method.kish_n,
            method.weight_ratio,
        ),
        (
            "counties",
            method.n_counties,
            method.kish_n_counties,
            method.weight_ratio_counties,
        ),
    ];
    for (who, n, kish, ratio) in effects {
        if n > 0 && kish > 0 {
            let the = say(&format!("edition-of-{who}"), &[]);
            paragraphs.push(say(
                "edition-method-weights-effect",
                &[
                    ("of", &the),
                    ("n", &count(n)),
                    ("kish", &count(kish)),
                    ("ratio", &count(ratio)),
                ],
            ));
        }
    }
    paragraphs.retain(|p| !p.is_empty());
    let mut part = part(lang, "gewichte", paragraphs);
    part.points = method
        .merged
        .iter()
        .map(|t| t.get(lang).to_owned())
        .collect();
    if !method.cells.is_empty() {
        part.tables = vec![response_table(lang, "zellen", &method.cells)];
    }
    part
}

fn uncertainty(lang: Lang, release: &Release) -> MethodPart {
    let mut paragraphs = vec![
        text(lang, "edition-method-uncertainty-1", &[]),
        release.method.assumption.get(lang).to_owned(),
        text(lang, "edition-method-uncertainty-2", &[]),
    ];
    paragraphs.retain(|p| !p.is_empty());
    part(lang, "unsicherheit", paragraphs)
}

fn protection(lang: Lang, release: &Release) -> MethodPart {
    let mut part = part(
        lang,
        "schutz",
        vec![text(lang, "edition-method-protection-1", &[])],
    );
    let rules = release.method.disclosure.iter();
    part.points = rules
        .chain(&release.method.audit)
        .map(|t| t.get(lang).to_owned())
        .collect();
    part
}

fn limits(lang: Lang, release: &Release) -> MethodPart {
    let mut part = part(
        lang,
        "grenzen",
        vec![text(lang, "edition-method-limits-1", &[])],
    );
    let uncovered: Vec<&str> = release
        .method
        .uncovered
        .iter()
        .map(|t| t.get(lang))
        .collect();
    if !uncovered.is_empty() {
        let groups = uncovered.join("; ");
        part.points.push(text(
            lang,
            "edition-method-limits-uncovered",
            &[("groups", &groups)],
        ));
    }
    let frozen = numbers::date(lang, release.frozen);
    for number in 1..=6 {
        let key = format!("edition-method-limits-point-{number}");
        part.points.push(text(lang, &key, &[("frozen", &frozen)]));
    }
    part
}

fn part(lang: Lang, key: &str, paragraphs: Vec<String>) -> MethodPart {
    MethodPart {
        key: key.to_owned(),
        title: text(lang, &format!("edition-method-title-{key}"), &[]),
        paragraphs,
        points: Vec::new(),
        tables: Vec::new(),
        charts: Vec::new(),
    }
}

/// Register, answers and the part of the register that answered.
fn response_table(lang: Lang, key: &str, rows: &[ResponseRow]) -> Table {
    let word = |key: &str| text(lang, key, &[]);
    let lines = rows
        .iter()
        .map(|row| {
            vec![
                row.label.get(lang).to_owned(),
                numbers::thousands(lang, row.population.into()),
                numbers::thousands(lang, row.responded.into()),
                part_of(lang, row.responded, row.population),
            ]
        })
        .collect();
    Table {
        id: format!("ruecklauf-{key}"),
        caption: word(&format!("edition-response-caption-{key}")),
        base: String::new(),
        columns: vec![
            word(&format!("edition-response-group-{key}")),
            word("edition-response-register"),
            word("edition-response-answers"),
            word("edition-response-part"),
        ],
        groups: vec![RowGroup {
            title: String::new(),
            rows: lines,
        }],
        notes: Vec::new(),
    }
}

fn dispositions(lang: Lang, counts: &[(Text, u32)]) -> Table {
    let word = |key: &str| text(lang, key, &[]);
    Table {
        id: "ruecklauf-einladungen".to_owned(),
        caption: word("edition-response-caption-einladungen"),
        base: String::new(),
        columns: vec![
            word("edition-response-group-einladungen"),
            word("edition-response-count"),
        ],
        groups: vec![RowGroup {
            title: String::new(),
            rows: counts
                .iter()
                .map(|(label, n)| {
                    vec![
                        label.get(lang).to_owned(),
                        numbers::thousands(lang, (*n).into()),
                    ]
                })
                .collect(),
        }],
        notes: Vec::new(),
    }
}

/// Whole percents; what is more than nothing and less than one is said so.
fn part_of(lang: Lang, part: u32, whole: u32) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let tenths = u64::from(part) * 1_000 / u64::from(whole);
    match tenths {
        0..10 if part > 0 => text(lang, "edition-response-below-one", &[]),
        _ => numbers::percent(
            lang,
            u8::try_from((tenths + 5) / 10).unwrap_or(100).min(100),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_speaks_and_says_the_assumption() {
        let release = crate::sample::release();
        for lang in [Lang::De, Lang::En] {
            let parts = method_parts(lang, &release, Medium::Print);
            let all = format!("{parts:?}");
            assert!(!all.contains("edition-"), "{all}");
            assert!(!all.to_lowercase().contains("repräsentativ"));
            assert_eq!(parts.len(), 11);
        }
        let parts = method_parts(Lang::De, &release, Medium::Print);
        assert_eq!(parts[1].tables.len(), 4);
        assert!(parts[1].paragraphs[0].contains("274"));
    }

    #[test]
    fn small_parts_are_not_rounded_away() {
        assert_eq!(part_of(Lang::De, 31, 7_823), "unter 1\u{a0}%");
        assert_eq!(part_of(Lang::De, 38, 80), "48\u{a0}%");
        assert_eq!(part_of(Lang::De, 0, 5), "0\u{a0}%");
    }
}
