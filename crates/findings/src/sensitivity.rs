//! Whether it matters who answered, when and how: early against late, by channel, heads against staff.
//!
//! Each main result is compared between two groups of respondents at equal size class: a weighted regression on the
//! group and the response cells with the design's variance (Binder 1983). A comparison is one family of tests: "distinguishable"
//! by Benjamini and Hochberg at 5 %, and intervals adjusted for that selection (FCR), so that one excludes zero
//! exactly where the test says so. No test below Kish's n of 10 or 8 degrees of freedom in either group.

use std::collections::BTreeMap;

use dataset::{Cell, Column, Values};
use jiff::civil::Date;
use questionnaire::Text;
use serde::{Deserialize, Serialize};
use statistics::{Alternative, Missing, benjamini_hochberg, fcr_confidence};

use crate::headlines::Headline;
use crate::interval::{INTERVAL_DF, INTERVAL_KISH, Support};
use crate::labels::text;
use crate::tables::Sample;
use crate::{FindingKey, Paradata, disclosure};

/// Key of the question that asks for the role of who answers.
pub const ROLE_QUESTION: &str = "rolle";
/// Key of its option for heads of administration (mayors, Verwaltungsleitung).
pub const ROLE_HEAD: &str = "leitung";
/// Share of false findings that a family of tests may have.
pub const FALSE_DISCOVERIES: f64 = 0.05;
/// Part of the respondents that count as late: those who answered last.
pub const LATE: f64 = 1.0 / 3.0;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ComparisonKind {
    /// Who answered last against who answered first.
    Late,
    /// One channel of invitations against the others.
    Channel,
    /// Heads of administration against staff.
    Heads,
}

/// Two groups of respondents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// What is compared.
    pub kind: ComparisonKind,
    /// The two groups in words; differences are the first less the second.
    pub groups: [Text; 2],
    /// Respondents in each; `None` where there are too few to say.
    pub n: Option<[u32; 2]>,
    /// Main results that were tested, and why the others were not.
    pub tested: u32,
    /// Main results of which too few said one or the other, or with too little behind a group.
    pub untested: u32,
    /// Tested results, the smallest p first.
    pub rows: Vec<DifferenceRow>,
    /// Why nothing is compared, where that is so.
    pub reason: Option<Text>,
}

impl Comparison {
    /// How many results differ by the adjusted test.
    pub fn distinguishable(&self) -> usize {
        self.rows.iter().filter(|row| row.distinguishable).count()
    }
}

/// The difference of a main result between two groups, at equal size class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DifferenceRow {
    /// Key of the finding.
    pub finding: FindingKey,
    /// Key of the item or option.
    pub key: String,
    /// What is counted, in words.
    pub label: Text,
    /// First group less second, in whole points.
    pub points: i16,
    /// Its interval, adjusted for selection, in whole points.
    pub interval: (i16, i16),
    /// Whether it differs from zero by the adjusted test.
    pub distinguishable: bool,
}

/// All comparisons of one sample. `paradata` has one entry a row of the dataset.
pub(crate) fn comparisons(
    sample: &Sample,
    columns: &[Column],
    headlines: &[Headline],
    paradata: &[Option<&Paradata>],
) -> Vec<Comparison> {
    let of = |row: &usize| paradata.get(*row).copied().flatten();
    let known: Vec<Option<&Paradata>> = sample.rows().iter().map(of).collect();
    let mut all = vec![late(sample, headlines, &known)];
    all.extend(channels(sample, headlines, &known));
    all.extend(heads(sample, columns, headlines));
    all
}

/// In which of the two groups of a comparison each respondent of a sample is: of the comparison of this kind that comes
/// after `before` others of it. `None` where there is no such comparison.
pub(crate) fn sides(
    (kind, before): (ComparisonKind, usize),
    sample: &Sample,
    columns: &[Column],
    known: &[Option<&Paradata>],
) -> Option<Vec<Option<bool>>> {
    match kind {
        ComparisonKind::Late => Some(late_sides(last_early_day(known)?, known)),
        ComparisonKind::Channel => {
            let names = channel_names(known);
            let name = match names.as_slice() {
                [] | [_] => None,
                [_, second] => (before == 0).then_some(*second),
                all => all.get(before).copied(),
            };
            name.map(|name| channel_sides(name, known))
        }
        ComparisonKind::Heads => head_sides(sample, columns),
    }
}

/// The day whose followers are nearest to the last third of those who answered.
fn last_early_day(known: &[Option<&Paradata>]) -> Option<Date> {
    let mut of_day: BTreeMap<Date, usize> = BTreeMap::new();
    for paradata in known.iter().flatten() {
        *of_day.entry(paradata.answered).or_default() += 1;
    }
    let all: usize = of_day.values().sum();
    let mut before = 0;
    let mut best: Option<(f64, Date)> = None;
    for (day, count) in &of_day {
        before += count;
        let off = ((all - before) as f64 / all as f64 - LATE).abs();
        if before < all && best.is_none_or(|(least, _)| off < least) {
            best = Some((off, *day));
        }
    }
    best.map(|(_, day)| day)
}

fn late_sides(day: Date, known: &[Option<&Paradata>]) -> Vec<Option<bool>> {
    let side = |paradata: &Option<&Paradata>| paradata.map(|p| p.answered > day);
    known.iter().map(side).collect()
}

fn channel_names<'a>(known: &[Option<&'a Paradata>]) -> Vec<&'a str> {
    let mut names: Vec<&str> = known.iter().flatten().map(|p| p.channel.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn channel_sides(name: &str, known: &[Option<&Paradata>]) -> Vec<Option<bool>> {
    let side = |paradata: &Option<&Paradata>| paradata.map(|p| p.channel == name);
    known.iter().map(side).collect()
}

fn late(sample: &Sample, headlines: &[Headline], known: &[Option<&Paradata>]) -> Comparison {
    let groups = [
        text(
            "spät geantwortet (letztes Drittel)",
            "answered late (last third)",
        ),
        text("früher geantwortet", "answered earlier"),
    ];
    let kind = ComparisonKind::Late;
    let Some(day) = last_early_day(known) else {
        return nothing(
            kind,
            groups,
            text(
                "Wann geantwortet wurde, ist nicht bekannt oder war für alle derselbe Tag.",
                "When answers came in is not known, or was the same day for all.",
            ),
        );
    };
    compare(kind, groups, sample, headlines, &late_sides(day, known))
}

/// Each channel against the others; of two, the second against the first.
fn channels(
    sample: &Sample,
    headlines: &[Headline],
    known: &[Option<&Paradata>],
) -> Vec<Comparison> {
    let names = channel_names(known);
    let kind = ComparisonKind::Channel;
    if names.len() < 2 {
        let groups = [
            text("ein Zugangsweg", "a channel"),
            text("die anderen", "the others"),
        ];
        let reason = text(
            "Alle Einladungen kamen auf demselben Weg, oder der Weg ist nicht bekannt.",
            "All invitations came by the same channel, or the channel is not known.",
        );
        return vec![nothing(kind, groups, reason)];
    }
    let others = text("alle anderen Zugangswege", "all other channels");
    let named = |name: &str| text(name, name);
    let pairs: Vec<(&str, [Text; 2])> = match names.as_slice() {
        [first, second] => vec![(*second, [named(second), named(first)])],
        all => all
            .iter()
            .map(|name| (*name, [named(name), others.clone()]))
            .collect(),
    };
    let compared = pairs.into_iter().map(|(name, groups)| {
        let sides = channel_sides(name, known);
        compare(kind, groups, sample, headlines, &sides)
    });
    compared.collect()
}

/// Heads of administration against all others who gave their role; nothing where it was not asked.
fn heads(sample: &Sample, columns: &[Column], headlines: &[Headline]) -> Option<Comparison> {
    let sides = head_sides(sample, columns)?;
    let groups = [
        text("Verwaltungsspitze", "heads of administration"),
        text("Fachkräfte und andere", "staff and others"),
    ];
    let rest: Vec<&Headline> = headlines
        .iter()
        .filter(|headline| headline.finding.0 != ROLE_QUESTION)
        .collect();
    Some(compare_all(
        ComparisonKind::Heads,
        groups,
        sample,
        &rest,
        &sides,
    ))
}

fn head_sides(sample: &Sample, columns: &[Column]) -> Option<Vec<Option<bool>>> {
    let column = columns
        .iter()
        .find(|column| column.variable.key.0 == ROLE_QUESTION)?;
    let Values::Coded(cells) = &column.values else {
        return None;
    };
    let codes = &column.variable.codes;
    let head = codes.iter().position(|(key, _)| key == ROLE_HEAD)?;
    let side = |row: &usize| match cells[*row] {
        Cell::Value(code) => Some(usize::from(code) == head),
        _ => None,
    };
    Some(sample.rows().iter().map(side).collect())
}

fn compare(
    kind: ComparisonKind,
    groups: [Text; 2],
    sample: &Sample,
    headlines: &[Headline],
    sides: &[Option<bool>],
) -> Comparison {
    let all: Vec<&Headline> = headlines.iter().collect();
    compare_all(kind, groups, sample, &all, sides)
}

/// Compares the respondents of side `true` (the first group) with those of side `false`.
fn compare_all(
    kind: ComparisonKind,
    groups: [Text; 2],
    sample: &Sample,
    headlines: &[&Headline],
    sides: &[Option<bool>],
) -> Comparison {
    let sized = |of: bool| sides.iter().filter(|side| **side == Some(of)).count();
    let n = [sized(true), sized(false)];
    if n.iter().any(|n| *n < disclosure::MIN_GROUP) {
        let least = disclosure::MIN_GROUP;
        let reason = text(
            format!("In einer der beiden Gruppen sind weniger als {least} Kommunen."),
            format!("One of the two groups has fewer than {least} municipalities."),
        );
        return nothing(kind, groups, reason);
    }
    let tests: Vec<Option<Tested>> = headlines
        .iter()
        .map(|headline| test(sample, headline, sides))
        .collect();
    let p: Vec<f64> = tests
        .iter()
        .map(|test| test.as_ref().map_or(f64::NAN, |test| test.p))
        .collect();
    let adjusted = benjamini_hochberg(&p);
    let tested = tests.iter().flatten().count();
    let found = |p: &f64| *p <= FALSE_DISCOVERIES;
    let selected = adjusted.iter().filter(|p| found(p)).count();
    let confidence = fcr_confidence(selected.max(1), tested, FALSE_DISCOVERIES);
    let mut rows: Vec<(f64, DifferenceRow)> = Vec::new();
    for ((headline, test), adjusted) in headlines.iter().zip(&tests).zip(&adjusted) {
        let Some(test) = test else { continue };
        let (points, interval) =
            disclosure::release_difference(&test.difference, test.df, confidence);
        let row = DifferenceRow {
            finding: headline.finding.clone(),
            key: headline.key.clone(),
            label: headline.label.clone(),
            points,
            interval,
            distinguishable: found(adjusted),
        };
        rows.push((test.p, row));
    }
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let count = |n: usize| u32::try_from(n).expect("respondents and items are few");
    Comparison {
        kind,
        groups,
        n: Some(n.map(count)),
        tested: count(tested),
        untested: count(headlines.len() - tested),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        reason: None,
    }
}

struct Tested {
    difference: statistics::Estimate,
    df: f64,
    p: f64,
}

/// The coefficient of the group beside the cells; nothing where a group is too small or too uniform.
fn test(sample: &Sample, headline: &Headline, sides: &[Option<bool>]) -> Option<Tested> {
    let weighting = &sample.weighting;
    let rows = sides.len();
    let of = |side: bool| -> Vec<bool> {
        (0..rows)
            .map(|row| headline.base[row] && sides[row] == Some(side))
            .collect()
    };
    let groups = [of(true), of(false)];
    let mut df = f64::INFINITY;
    for group in &groups {
        let n = group.iter().filter(|inside| **inside).count();
        let said = (0..rows).filter(|&row| group[row] && headline.said[row] == 1.0);
        let support = Support::new(weighting, group, None);
        let enough = n >= disclosure::MIN_GROUP
            && disclosure::two_sided(said.count(), n)
            && support.kish >= INTERVAL_KISH
            && support.df >= INTERVAL_DF;
        if !enough {
            return None;
        }
        df = df.min(support.effective_df);
    }
    let either: Vec<bool> = (0..rows)
        .map(|row| groups[0][row] || groups[1][row])
        .collect();
    let indicator = |holds: &dyn Fn(usize) -> bool| -> Vec<f64> {
        (0..rows)
            .map(|row| f64::from(u8::from(holds(row))))
            .collect()
    };
    let mut predictors = vec![vec![1.0; rows], indicator(&|row| groups[0][row])];
    let there =
        |cell: usize| (0..rows).any(|row| either[row] && weighting.cell_of[row] as usize == cell);
    let cells: Vec<usize> = (0..weighting.cells.len())
        .filter(|&cell| there(cell))
        .collect();
    for &cell in cells.iter().skip(1) {
        predictors.push(indicator(&|row| weighting.cell_of[row] as usize == cell));
    }
    let predictors: Vec<&[f64]> = predictors.iter().map(Vec::as_slice).collect();
    let fitted = weighting
        .design
        .linear_regression(&headline.said, &predictors, Some(&either), Missing::Drop)
        .ok()?;
    let difference = fitted.coefficients.get(1);
    let df = df.min(fitted.df_residual);
    if difference.se.is_nan() || difference.se <= 0.0 || fitted.df_residual < INTERVAL_DF {
        return None;
    }
    let p = difference.t_test(0.0, df, Alternative::TwoSided).p;
    Some(Tested { difference, df, p })
}

fn nothing(kind: ComparisonKind, groups: [Text; 2], reason: Text) -> Comparison {
    Comparison {
        kind,
        groups,
        n: None,
        tested: 0,
        untested: 0,
        rows: Vec::new(),
        reason: Some(reason),
    }
}
