//! Published figures that are no cells of tables: differences between groups of respondents, and what only a comparison of two
//! waves says.
//!
//! All of them are weighted sums of who gave certain answers, once it is known who answered at all. So they are sums of the
//! same programmes, with those who answered held at the truth: the attacker is taken to know who they are, and in which of two
//! groups each of them is. That is the safe side.

use std::collections::BTreeMap;

use dataset::{Column, Dataset};

use super::build::{Part, Place};
use super::rows::code;
use crate::headlines::main_result;
use crate::sensitivity::{Comparison, sides};
use crate::tables::Sample;
use crate::{Paradata, Release};

/// A figure that is no cell of a table.
#[derive(Clone, Debug)]
pub(crate) struct Beside {
    pub place: Place,
    /// Columns of the dataset that it speaks of; several options that were merged into one.
    pub columns: Vec<usize>,
    /// The answers that count, ascending; of merged options that one of them was chosen.
    pub codes: Vec<i16>,
    /// Who answered in truth, one a respondent of the population.
    pub base: Vec<bool>,
    /// Sums over those who gave these answers: what each respondent counts, and the bounds.
    pub sums: Vec<(Vec<f64>, f64, f64)>,
}

impl Beside {
    /// Whether another figure bounds the same sums alike.
    pub fn says_the_same(&self, other: &Self) -> bool {
        (&self.columns, &self.codes, &self.base, &self.sums)
            == (&other.columns, &other.codes, &other.base, &other.sums)
    }

    /// Whether the truth gives these sums; where not, it was made of other answers.
    fn is_true(&self, said: &[bool]) -> bool {
        self.sums.iter().all(|(weights, low, high)| {
            let parts = weights.iter().zip(said).filter(|(_, said)| **said);
            let sum: f64 = parts.map(|(weight, _)| *weight).sum();
            (low - NEAR..=high + NEAR).contains(&sum)
        })
    }
}

/// Rounding of sums of doubles.
const NEAR: f64 = 1e-7;

/// Who gave one of these answers; `None` without a valid answer.
pub(crate) fn said(column: &Column, codes: &[i16], rows: &[usize]) -> Vec<Option<bool>> {
    let answer = |row: &usize| {
        let answer = code(&column.values, *row);
        (answer >= 0).then(|| codes.contains(&answer))
    };
    rows.iter().map(answer).collect()
}

/// What the weights report says of two groups of respondents: the coefficient of the group beside the response cells in a
/// weighted regression, which is a weighted sum of the answers (Frisch, Waugh 1933). `release` is its place among those that
/// are audited together. What the dataset and what is known of how answers came in do not give again is left out.
pub(crate) fn compared(
    (dataset, sample): (&Dataset, &Sample),
    paradata: &[Paradata],
    (place, release): (usize, &Release),
) -> Vec<Beside> {
    let by_unit: BTreeMap<&str, &Paradata> =
        paradata.iter().map(|p| (p.unit.as_str(), p)).collect();
    let known = |row: &usize| by_unit.get(dataset.units[*row].as_str()).copied();
    let known: Vec<Option<&Paradata>> = sample.rows.iter().map(known).collect();
    let reports = release.method.weights.iter().flat_map(|w| &w.populations);
    let ours = reports.filter(|of| of.population == sample.weighting.population);
    let comparisons: Vec<&Comparison> = ours.flat_map(|of| &of.comparisons).collect();
    let mut all = Vec::new();
    for (comparison, of) in comparisons.iter().enumerate() {
        let before = comparisons[..comparison].iter();
        let before = before.filter(|other| other.kind == of.kind).count();
        let groups = sides((of.kind, before), sample, &dataset.columns, &known);
        let Some(groups) = groups else { continue };
        for (row, difference) in of.rows.iter().enumerate() {
            let table = release.finding(&difference.finding.0);
            let columns = dataset.columns.iter().enumerate();
            let mut columns = columns.filter(|(_, column)| {
                column.variable.question == difference.finding.0
                    && crate::tables::item_key(column) == difference.key
            });
            let (Some(table), Some((at, column))) = (table, columns.next()) else {
                continue;
            };
            let Some(codes) = main_result(table, column, &difference.label) else {
                continue;
            };
            let said = said(column, &codes, &sample.rows);
            let base: Vec<bool> = (0..said.len())
                .map(|i| said[i].is_some() && groups[i].is_some())
                .collect();
            let weights = coefficients(sample, &groups, &base);
            let points = f64::from(difference.points) / 100.0;
            let beside = Beside {
                place: Place {
                    release: place,
                    finding: 0,
                    part: Part::Compared { comparison, row },
                },
                columns: vec![at],
                codes,
                base,
                sums: vec![(weights, points - 0.005, points + 0.005)],
            };
            let said: Vec<bool> = said.iter().map(|said| *said == Some(true)).collect();
            if beside.is_true(&said) {
                all.push(beside);
            }
        }
    }
    all
}

/// What each answer adds to the coefficient of the first group, with the response cells in the regression.
fn coefficients(sample: &Sample, groups: &[Option<bool>], base: &[bool]) -> Vec<f64> {
    let weights = sample.weighting.weights();
    let cell_of = &sample.weighting.cell_of;
    let mut cells: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
    let group = |i: usize| f64::from(u8::from(groups[i] == Some(true)));
    for i in (0..base.len()).filter(|i| base[*i]) {
        let (all, first) = cells.entry(cell_of[i]).or_default();
        *all += weights[i];
        *first += weights[i] * group(i);
    }
    let off = |i: usize| {
        let (all, first) = cells[&(cell_of[i])];
        group(i) - first / all
    };
    let inside = (0..base.len()).filter(|i| base[*i]);
    let squares: f64 = inside.map(|i| weights[i] * off(i) * off(i)).sum();
    let part = |i: usize| match base[i] && squares > 0.0 {
        true => weights[i] * off(i) / squares,
        false => 0.0,
    };
    (0..base.len()).map(part).collect()
}
