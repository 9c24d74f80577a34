//! Whether groups differ, by how much, and which items lead. For researchers.

use questionnaire::Text;
use statistics::{
    Alternative, AssociationMethod, EstimateError, Estimates, RankRequest, TwoWay,
    benjamini_hochberg, fcr_confidence, rank_sets,
};

use super::base::{Base, Masks};
use super::measure::{self, Said};
use super::query::Counted;
use super::{Analysis, AnalysisRow};
use crate::interval::CONFIDENCE;

/// Draws for the critical values of rank sets, and their seed: equal data give equal sets.
const DRAWS: usize = 10_000;
const SEED: u64 = 20_160_307;

/// Whether the groups differ in one item: Rao and Scott's second-order corrected chi-square, as F.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemTest {
    /// Key of the item; empty for a question without items.
    pub item: String,
    /// Its wording.
    pub label: Text,
    /// The statistic.
    pub statistic: f64,
    /// Degrees of freedom of the numerator.
    pub numerator_df: f64,
    /// Degrees of freedom of the denominator.
    pub denominator_df: f64,
    /// p-value.
    pub p: f64,
    /// The same, adjusted over the items of the table (Benjamini and Hochberg).
    pub adjusted: f64,
}

/// The difference of the leading figure between two groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contrast {
    /// Place of the first group among the analysis' groups.
    pub first: usize,
    /// Place of the second.
    pub second: usize,
    /// The first less the second.
    pub difference: f64,
    /// Standard error.
    pub se: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// p-value of the t test.
    pub p: f64,
    /// The same, adjusted over all pairs (Benjamini and Hochberg).
    pub adjusted: f64,
    /// Interval adjusted for selection (FCR): it excludes zero exactly where the adjusted test finds a difference.
    pub interval: (f64, f64),
    /// Whether the adjusted test finds a difference.
    pub differs: bool,
}

/// The rank of an item by its leading figure; rank 1 is the largest.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// Key of the item.
    pub item: String,
    /// Its wording.
    pub label: Text,
    /// Rank of the estimate.
    pub rank: usize,
    /// Best rank that the data do not exclude, for all items at once.
    pub best: usize,
    /// Worst rank that they do not exclude.
    pub worst: usize,
}

/// Adds tests, contrasts and ranks to an analysis of which everything else is there.
pub(super) fn compare(
    base: &Base,
    said: &[Said],
    masks: &Masks,
    analysis: &mut Analysis,
) -> Result<(), EstimateError> {
    let counted = analysis.query.counted;
    let groups: Vec<&Vec<bool>> = analysis
        .groups
        .iter()
        .skip(1)
        .filter_map(|group| masks.parts.iter().find(|(g, _)| g == group))
        .map(|(_, mask)| mask)
        .collect();
    if groups.len() >= 2 {
        if counted != Counted::Inhabitants {
            analysis.tests = tests(base, said, masks, &groups, analysis)?;
        }
        if let [said] = said {
            analysis.contrasts = contrasts(base, said, masks, &groups, analysis)?;
        }
    }
    if groups.is_empty() && said.len() >= 2 {
        analysis.ranks = ranks(base, said, masks, analysis)?;
    }
    Ok(())
}

fn tests(
    base: &Base,
    said: &[Said],
    masks: &Masks,
    groups: &[&Vec<bool>],
    analysis: &Analysis,
) -> Result<Vec<ItemTest>, EstimateError> {
    let design = measure::design(base, analysis.query.counted);
    let wholes: Vec<&AnalysisRow> = analysis.rows.iter().filter(|r| r.group == 0).collect();
    let mut tests = Vec::new();
    for (said, whole) in said.iter().zip(wholes) {
        let Said::Codes { codes, .. } = said else {
            continue;
        };
        let group_of = |row: usize| groups.iter().position(|mask| mask[row]);
        let inside = |row: usize| masks.only[row] && codes[row].is_some();
        let row_of: Vec<Option<usize>> = (0..codes.len())
            .map(|row| group_of(row).filter(|_| inside(row)))
            .collect();
        let column_of: Vec<Option<usize>> = (0..codes.len())
            .map(|row| codes[row].filter(|_| row_of[row].is_some()))
            .collect();
        let (rows, row_count) = dense(&row_of);
        let (columns, column_count) = dense(&column_of);
        let table = TwoWay {
            rows: &rows,
            row_count,
            columns: &columns,
            column_count,
        };
        match design.association(&table, AssociationMethod::F, None) {
            Ok(test) => tests.push(ItemTest {
                item: whole.item.clone(),
                label: whole.label.clone(),
                statistic: test.statistic,
                numerator_df: test.numerator_df,
                denominator_df: test.denominator_df,
                p: test.p,
                adjusted: test.p,
            }),
            // Where nobody or everybody said it there is nothing to test.
            Err(EstimateError::Range { .. } | EstimateError::Singular | EstimateError::Empty) => {}
            Err(error) => return Err(error),
        }
    }
    let p: Vec<f64> = tests.iter().map(|test| test.p).collect();
    for (test, adjusted) in tests.iter_mut().zip(benjamini_hochberg(&p)) {
        test.adjusted = adjusted;
    }
    Ok(tests)
}

/// Levels renumbered without gaps, and how many there are.
fn dense(levels: &[Option<usize>]) -> (Vec<Option<u32>>, usize) {
    let mut present: Vec<usize> = levels.iter().flatten().copied().collect();
    present.sort_unstable();
    present.dedup();
    let place = |level: usize| present.binary_search(&level).ok();
    let place = |level: &Option<usize>| u32::try_from(place((*level)?)?).ok();
    (levels.iter().map(place).collect(), present.len())
}

/// One figure alone, with its scores, so that it can be joined to others.
fn alone(estimates: &Estimates, place: usize) -> Result<Estimates, EstimateError> {
    let mut unit = vec![0.0; estimates.len()];
    unit[place] = 1.0;
    estimates.contrasts(&[&unit])
}

fn contrasts(
    base: &Base,
    said: &Said,
    masks: &Masks,
    groups: &[&Vec<bool>],
    analysis: &Analysis,
) -> Result<Vec<Contrast>, EstimateError> {
    let counted = analysis.query.counted;
    let design = measure::design(base, counted);
    let place = said.lead(analysis.lead);
    let valid = said.valid();
    // Groups of which an interval may be stated, with their place in the analysis.
    let mut stated = Vec::new();
    for (group, mask) in groups.iter().enumerate() {
        let row = analysis.rows.iter().find(|row| row.group == group + 1);
        let certain = row.and_then(|row| analysis.lead_figure(row)?.interval);
        if certain.is_none() {
            continue;
        }
        let inside = |row: usize| valid[row] && masks.only[row] && mask[row];
        let mask: Vec<bool> = (0..valid.len()).map(inside).collect();
        let measured = said.measure(base, counted, &mask)?;
        if let Some(estimates) = measured.estimates {
            stated.push((group + 1, mask, alone(&estimates, place)?));
        }
    }
    let parts: Vec<&Estimates> = stated.iter().map(|(_, _, part)| part).collect();
    if parts.len() < 2 {
        return Ok(Vec::new());
    }
    let joint = design.join(&parts)?;
    let mut contrasts = Vec::new();
    let mut estimates = Vec::new();
    for (a, (first, of_first, _)) in stated.iter().enumerate() {
        for (b, (second, of_second, _)) in stated.iter().enumerate().skip(a + 1) {
            let mut weights = vec![0.0; stated.len()];
            (weights[a], weights[b]) = (1.0, -1.0);
            let difference = joint.contrasts(&[&weights])?.get(0);
            let either = of_first.iter().zip(of_second);
            let either: Vec<bool> = either.map(|(a, b)| *a || *b).collect();
            let df = design.domain_degrees_of_freedom(&either) as f64;
            let test = difference.t_test(0.0, df, Alternative::TwoSided);
            contrasts.push(Contrast {
                first: *first,
                second: *second,
                difference: difference.value,
                se: difference.se,
                df,
                p: test.p,
                adjusted: test.p,
                interval: (difference.value, difference.value),
                differs: false,
            });
            estimates.push(difference);
        }
    }
    let p: Vec<f64> = contrasts.iter().map(|c| c.p).collect();
    let adjusted = benjamini_hochberg(&p);
    let level = 1.0 - CONFIDENCE;
    let found = adjusted.iter().filter(|p| **p <= level).count();
    let confidence = fcr_confidence(found, p.len(), level);
    for ((contrast, estimate), adjusted) in contrasts.iter_mut().zip(estimates).zip(adjusted) {
        let interval = estimate.interval(contrast.df, confidence);
        contrast.interval = (interval.low, interval.high);
        contrast.adjusted = adjusted;
        contrast.differs = adjusted <= level;
    }
    Ok(contrasts)
}

fn ranks(
    base: &Base,
    said: &[Said],
    masks: &Masks,
    analysis: &Analysis,
) -> Result<Vec<Ranked>, EstimateError> {
    let counted = analysis.query.counted;
    let design = measure::design(base, counted);
    let mut parts = Vec::new();
    let mut of = Vec::new();
    for (said, row) in said.iter().zip(&analysis.rows) {
        let valid = said.valid();
        let mask: Vec<bool> = valid
            .iter()
            .zip(&masks.only)
            .map(|(a, b)| *a && *b)
            .collect();
        let certain = analysis.lead_figure(row).and_then(|figure| figure.interval);
        let measured = said.measure(base, counted, &mask)?;
        if let (Some(_), Some(estimates)) = (certain, measured.estimates) {
            parts.push(alone(&estimates, said.lead(analysis.lead))?);
            of.push(row);
        }
    }
    if parts.len() < 2 {
        return Ok(Vec::new());
    }
    let joint = design.join(&parts.iter().collect::<Vec<_>>())?;
    let request = RankRequest {
        confidence: CONFIDENCE,
        df: joint.basis().df_domain as f64,
        draws: DRAWS,
        seed: SEED,
    };
    let sets = rank_sets(&joint, &request)?;
    let mut ranked: Vec<Ranked> = of
        .into_iter()
        .zip(sets)
        .map(|(row, set)| Ranked {
            item: row.item.clone(),
            label: row.label.clone(),
            rank: set.rank,
            best: set.best,
            worst: set.worst,
        })
        .collect();
    ranked.sort_by_key(|ranked| ranked.rank);
    Ok(ranked)
}
