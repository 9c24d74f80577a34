//! Change between two waves that share units.

use std::collections::BTreeMap;

use crate::design::Design;
use crate::estimates::{EstimateError, Estimates};
use crate::matrix::Matrix;

/// One wave: its design, its estimates, and the lasting id of the unit (PSU) of each row.
#[derive(Debug, Clone, Copy)]
pub struct Wave<'a> {
    /// The wave's design; strata have the same ids in both waves.
    pub design: &'a Design,
    /// Estimates made with that design.
    pub estimates: &'a Estimates,
    /// Unit of each row.
    pub units: &'a [u32],
}

/// The change from a first to a second wave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Second less first.
    pub value: f64,
    /// Standard error with the covariance of the overlap.
    pub se: f64,
    /// Standard error if the waves were independent, to say by how much that is too wide.
    pub se_if_independent: f64,
    /// Covariance of the two estimates.
    pub covariance: f64,
}

/// Covariances between the estimates of two waves: rows those of the first, columns those of the
/// second.
///
/// In each stratum the two samples are simple random samples with `n12` units in common, and the
/// covariance of two totals of linearised values is `(n12 - n1 n2 / N) S12`, with S12 over the
/// common units (Tam 1984, eq. 2; each wave keeps its own finite population correction). Strata
/// with fewer than two common units add nothing, which errs on the wide side where change is of
/// interest, and so does a unit that moved to another stratum. Where the waves state different N,
/// the larger one counts. Errors: [`EstimateError::Length`].
pub fn overlap_covariance(first: &Wave<'_>, second: &Wave<'_>) -> Result<Matrix, EstimateError> {
    let one = UnitTotals::new(first)?;
    let two = UnitTotals::new(second)?;
    let (rows, columns) = (first.estimates.len(), second.estimates.len());
    let mut common: BTreeMap<u32, Vec<Pair<'_>>> = BTreeMap::new();
    for (key, left) in &one.totals {
        if let Some(right) = two.totals.get(key) {
            common.entry(key.0).or_default().push((left, right));
        }
    }
    let mut result = Matrix::zeros(rows, columns);
    for (stratum, pairs) in common {
        let (n1, population1) = one.strata[&stratum];
        let (n2, population2) = two.strata[&stratum];
        let n12 = pairs.len() as f64;
        if pairs.len() < 2 {
            continue;
        }
        let population = match (population1.is_finite(), population2.is_finite()) {
            (true, true) => population1.max(population2),
            _ => f64::INFINITY,
        };
        let factor = n12 - n1 * n2 / population;
        let mut left_mean = vec![0.0; rows];
        let mut right_mean = vec![0.0; columns];
        for (left, right) in &pairs {
            for (mean, value) in left_mean.iter_mut().zip(*left) {
                *mean += value / n12;
            }
            for (mean, value) in right_mean.iter_mut().zip(*right) {
                *mean += value / n12;
            }
        }
        for (left, right) in &pairs {
            for i in 0..rows {
                let scaled = factor * (left[i] - left_mean[i]) / (n12 - 1.0);
                for j in 0..columns {
                    result.add(i, j, scaled * (right[j] - right_mean[j]));
                }
            }
        }
    }
    Ok(result)
}

/// The change of each estimate from the first to the second wave, one by one. Errors:
/// [`EstimateError::Length`]; `Range` when the waves have different numbers of estimates.
pub fn change(first: &Wave<'_>, second: &Wave<'_>) -> Result<Vec<Change>, EstimateError> {
    if first.estimates.len() != second.estimates.len() {
        return Err(EstimateError::Range {
            what: "the number of estimates",
        });
    }
    let covariance = overlap_covariance(first, second)?;
    Ok((0..first.estimates.len())
        .map(|index| {
            let v1 = first.estimates.covariance.get(index, index);
            let v2 = second.estimates.covariance.get(index, index);
            let both = covariance.get(index, index);
            Change {
                value: second.estimates.values[index] - first.estimates.values[index],
                se: libm::sqrt((v1 + v2 - 2.0 * both).max(0.0)),
                se_if_independent: libm::sqrt(v1 + v2),
                covariance: both,
            }
        })
        .collect())
}

/// Linearised values of a common unit in the first and in the second wave.
type Pair<'a> = (&'a [f64], &'a [f64]);

struct UnitTotals {
    /// Linearised values of each unit, by stratum id and unit.
    totals: BTreeMap<(u32, u32), Vec<f64>>,
    /// Sampled PSUs and population of each stratum id.
    strata: BTreeMap<u32, (f64, f64)>,
}

impl UnitTotals {
    fn new(wave: &Wave<'_>) -> Result<Self, EstimateError> {
        let design = wave.design;
        design.check_length(wave.units.len())?;
        let count = wave.estimates.len();
        let scores = design.residuals(&wave.estimates.scores);
        let mut totals: BTreeMap<(u32, u32), Vec<f64>> = BTreeMap::new();
        for (row, unit) in wave.units.iter().enumerate() {
            let stratum = design.strata[design.row_stratum(row)].id;
            let slot = totals
                .entry((stratum, *unit))
                .or_insert_with(|| vec![0.0; count]);
            for (sum, column) in slot.iter_mut().zip(&scores) {
                *sum += column[row];
            }
        }
        let strata = design
            .strata
            .iter()
            .map(|stratum| (stratum.id, (stratum.sampled as f64, stratum.population)))
            .collect();
        Ok(Self { totals, strata })
    }
}
