//! Replicate weights: jackknife, bootstrap and whatever columns somebody gives.

use crate::design::{Design, Stratum};
use crate::estimates::EstimateError;
use crate::matrix::Matrix;
use crate::random::SplitMix;

/// A design whose variance is that of an estimate over replicate weights.
#[derive(Debug, Clone)]
pub struct ReplicateDesign {
    weights: Vec<f64>,
    /// One column of weights (not of factors) a replicate.
    replicates: Vec<Vec<f64>>,
    scale: f64,
    rscales: Vec<f64>,
    /// Whether distances are taken from the full estimate, not from the replicates' mean.
    mse: bool,
}

/// How given replicate columns are to be read (R's `svrepdesign`).
#[derive(Debug, Clone, Copy)]
pub struct ReplicateColumns<'a> {
    /// Sampling weights, one a row.
    pub weights: &'a [f64],
    /// One column a replicate.
    pub replicates: &'a [&'a [f64]],
    /// Whether the columns are weights already (`true`) or factors on the weights.
    pub combined: bool,
    /// Factor on the sum of squared distances.
    pub scale: f64,
    /// Factor on each replicate's squared distance; `None`: 1.
    pub rscales: Option<&'a [f64]>,
    /// Whether distances are taken from the full estimate (`true`) or the replicates' mean.
    pub mse: bool,
}

/// An estimate with its variance over the replicates.
#[derive(Debug, Clone)]
pub struct ReplicateEstimates {
    /// The numbers, with the full weights.
    pub values: Vec<f64>,
    /// Their covariance.
    pub covariance: Matrix,
    /// Replicates that gave no number and were left out, as in R.
    pub lost: usize,
}

impl ReplicateEstimates {
    /// Standard error of one estimate.
    pub fn se(&self, index: usize) -> f64 {
        libm::sqrt(self.covariance.get(index, index))
    }
}

impl ReplicateDesign {
    /// A design from given columns. Errors: [`EstimateError::Length`], `Empty` without replicates.
    pub fn new(columns: &ReplicateColumns<'_>) -> Result<Self, EstimateError> {
        let rows = columns.weights.len();
        if columns.replicates.is_empty() || rows == 0 {
            return Err(EstimateError::Empty);
        }
        for column in columns.replicates {
            if column.len() != rows {
                return Err(EstimateError::Length {
                    found: column.len(),
                    rows,
                });
            }
        }
        let rscales = match columns.rscales {
            Some(rscales) if rscales.len() != columns.replicates.len() => {
                return Err(EstimateError::Length {
                    found: rscales.len(),
                    rows: columns.replicates.len(),
                });
            }
            Some(rscales) => rscales.to_vec(),
            None => vec![1.0; columns.replicates.len()],
        };
        let replicates = columns
            .replicates
            .iter()
            .map(|column| {
                if columns.combined {
                    column.to_vec()
                } else {
                    let pairs = column.iter().zip(columns.weights);
                    pairs.map(|(factor, weight)| factor * weight).collect()
                }
            })
            .collect();
        Ok(Self {
            weights: columns.weights.to_vec(),
            replicates,
            scale: columns.scale,
            rscales,
            mse: columns.mse,
        })
    }

    /// The full weights, one a row.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Number of replicates.
    pub fn replicates(&self) -> usize {
        self.replicates.len()
    }

    /// Distances from the full estimate (`true`) or from the replicates' mean.
    pub fn with_mse(mut self, mse: bool) -> Self {
        self.mse = mse;
        self
    }

    /// Any estimate, made once with the full weights and once with each replicate's.
    ///
    /// A replicate whose estimate has an error or a value that is not finite is left out and
    /// counted. Errors: that of the full weights; `Empty` when every replicate is lost.
    pub fn estimate(
        &self,
        estimator: impl Fn(&[f64]) -> Result<Vec<f64>, EstimateError>,
    ) -> Result<ReplicateEstimates, EstimateError> {
        let (values, replicates) = self.values(estimator)?;
        let lost = replicates
            .iter()
            .filter(|value| !value.iter().all(|v| v.is_finite()))
            .count();
        if lost == replicates.len() {
            return Err(EstimateError::Empty);
        }
        Ok(ReplicateEstimates {
            covariance: self.covariance(&values, &replicates),
            values,
            lost,
        })
    }

    /// Any estimate with the full weights, and with each replicate's: NaN where it has an error.
    pub(crate) fn values(
        &self,
        estimator: impl Fn(&[f64]) -> Result<Vec<f64>, EstimateError>,
    ) -> Result<(Vec<f64>, Vec<Vec<f64>>), EstimateError> {
        let values = estimator(&self.weights)?;
        let replicates = self
            .replicates
            .iter()
            .map(|weights| match estimator(weights) {
                Ok(value) if value.iter().all(|v| v.is_finite()) => value,
                _ => vec![f64::NAN; values.len()],
            })
            .collect();
        Ok((values, replicates))
    }

    /// The covariance of estimates over their replicates; for each pair, replicates that lack one
    /// of the two are left out.
    pub(crate) fn covariance(&self, values: &[f64], replicates: &[Vec<f64>]) -> Matrix {
        let count = values.len();
        let mut result = Matrix::zeros(count, count);
        for i in 0..count {
            for j in 0..=i {
                let kept = || {
                    let all = replicates.iter().zip(&self.rscales);
                    all.filter(|(value, _)| value[i].is_finite() && value[j].is_finite())
                };
                let centre = |k: usize| {
                    if self.mse {
                        return values[k];
                    }
                    let (mut sum, mut number) = (0.0, 0.0);
                    for (value, _) in kept().filter(|(_, rscale)| **rscale > 0.0) {
                        sum += value[k];
                        number += 1.0;
                    }
                    sum / number
                };
                let (left, right) = (centre(i), centre(j));
                let mut sum = 0.0;
                for (value, rscale) in kept() {
                    sum += (value[i] - left) * rscale * self.scale * (value[j] - right);
                }
                if kept().next().is_none() {
                    sum = f64::NAN;
                }
                result.set(i, j, sum);
                result.set(j, i, sum);
            }
        }
        result
    }

    /// Degrees of freedom: the rank of the replicate weights, over the rows of `domain`, less one.
    pub fn degrees_of_freedom(&self, domain: Option<&[bool]>) -> f64 {
        // Rows of the same unit have the same factors: one of each is enough.
        let mut seen = std::collections::BTreeSet::new();
        let mut rows = Vec::new();
        for (row, weight) in self.weights.iter().enumerate() {
            if *weight == 0.0 || domain.is_some_and(|domain| !domain[row]) {
                continue;
            }
            let factors: Vec<i64> = self
                .replicates
                .iter()
                .map(|replicate| libm::rint(replicate[row] / weight * 1e6) as i64)
                .collect();
            if seen.insert(factors) {
                rows.push(row);
            }
        }
        let columns = self
            .replicates
            .iter()
            .map(|replicate| {
                rows.iter()
                    .map(|row| replicate[*row] / self.weights[*row])
                    .collect()
            })
            .collect();
        let rank = crate::matrix::Orthogonal::new(columns).rank();
        (rank as f64 - 1.0).max(0.0)
    }

    /// The same design with every set of weights multiplied by a measure; see
    /// [`Design::with_measure`].
    pub(crate) fn with_measure(mut self, measure: &[f64]) -> Self {
        let times = |weights: &mut Vec<f64>| {
            for (weight, value) in weights.iter_mut().zip(measure) {
                *weight *= value;
            }
        };
        times(&mut self.weights);
        self.replicates.iter_mut().for_each(times);
        self
    }

    /// The same design with every set of weights changed, the full ones first (number none).
    pub(crate) fn map_weights<E>(
        mut self,
        change: impl Fn(Option<usize>, Vec<f64>) -> Result<Vec<f64>, E>,
    ) -> Result<Self, E> {
        self.weights = change(None, std::mem::take(&mut self.weights))?;
        for (number, replicate) in self.replicates.iter_mut().enumerate() {
            *replicate = change(Some(number), std::mem::take(replicate))?;
        }
        Ok(self)
    }

    /// Means of numeric columns; rows with a NaN in any of them, or outside `domain`, are left out.
    pub fn mean(
        &self,
        columns: &[&[f64]],
        domain: Option<&[bool]>,
    ) -> Result<ReplicateEstimates, EstimateError> {
        let inside = self.inside(columns, domain)?;
        self.estimate(|weights| {
            let total = sum_where(weights, &inside, |_| 1.0);
            if total == 0.0 {
                return Err(EstimateError::Empty);
            }
            let mean = |column: &&[f64]| sum_where(weights, &inside, |row| column[row]) / total;
            Ok(columns.iter().map(mean).collect())
        })
    }

    /// Totals of numeric columns, as [`ReplicateDesign::mean`].
    pub fn total(
        &self,
        columns: &[&[f64]],
        domain: Option<&[bool]>,
    ) -> Result<ReplicateEstimates, EstimateError> {
        let inside = self.inside(columns, domain)?;
        self.estimate(|weights| {
            let total = |column: &&[f64]| sum_where(weights, &inside, |row| column[row]);
            Ok(columns.iter().map(total).collect())
        })
    }

    /// The ratio of two totals, as [`ReplicateDesign::mean`].
    pub fn ratio(
        &self,
        numerator: &[f64],
        denominator: &[f64],
        domain: Option<&[bool]>,
    ) -> Result<ReplicateEstimates, EstimateError> {
        let inside = self.inside(&[numerator, denominator], domain)?;
        self.estimate(|weights| {
            let bottom = sum_where(weights, &inside, |row| denominator[row]);
            if bottom == 0.0 {
                return Err(EstimateError::ZeroDenominator);
            }
            Ok(vec![
                sum_where(weights, &inside, |row| numerator[row]) / bottom,
            ])
        })
    }

    /// Rows in the domain without a missing value.
    pub(crate) fn inside(
        &self,
        columns: &[&[f64]],
        domain: Option<&[bool]>,
    ) -> Result<Vec<bool>, EstimateError> {
        let rows = self.weights.len();
        let lengths = columns.iter().map(|column| column.len());
        for found in lengths.chain(domain.map(<[bool]>::len)) {
            if found != rows {
                return Err(EstimateError::Length { found, rows });
            }
        }
        Ok((0..rows)
            .map(|row| {
                domain.is_none_or(|domain| domain[row])
                    && columns.iter().all(|column| !column[row].is_nan())
            })
            .collect())
    }
}

fn sum_where(weights: &[f64], inside: &[bool], value: impl Fn(usize) -> f64) -> f64 {
    let mut sum = 0.0;
    for (row, weight) in weights.iter().enumerate() {
        if inside[row] {
            sum += weight * value(row);
        }
    }
    sum
}

impl Design {
    /// The delete-one jackknife of the PSUs: JK1 without strata, JKn with (R's `as.svrepdesign`),
    /// finite population corrections included.
    ///
    /// Strata with a single PSU get no replicate. Errors: `Empty` when there is no replicate; a
    /// calibrated design is refused as `Range`, since its replicates would need calibration too.
    pub fn jackknife(&self) -> Result<ReplicateDesign, EstimateError> {
        if self.is_calibrated() {
            return Err(EstimateError::Range {
                what: "a calibrated design",
            });
        }
        let mut replicates = Vec::new();
        let mut rscales = Vec::new();
        for (psu, stratum) in self.psu_stratum.iter().enumerate() {
            let Stratum { sampled, .. } = self.strata[*stratum as usize];
            if sampled < 2 {
                continue;
            }
            let n = sampled as f64;
            let column = self
                .psu
                .iter()
                .zip(&self.weights)
                .map(|(row_psu, weight)| {
                    if *row_psu as usize == psu {
                        0.0
                    } else if self.psu_stratum[*row_psu as usize] == *stratum {
                        weight * n / (n - 1.0)
                    } else {
                        *weight
                    }
                })
                .collect();
            replicates.push(column);
            rscales.push((n - 1.0) / n * self.strata[*stratum as usize].correction());
        }
        if replicates.is_empty() {
            return Err(EstimateError::Empty);
        }
        Ok(ReplicateDesign {
            weights: self.weights.clone(),
            replicates,
            scale: 1.0,
            rscales,
            mse: false,
        })
    }

    /// The rescaling bootstrap of Rao and Wu (1988): in each stratum n - 1 of the n PSUs are drawn
    /// with replacement and their weights multiplied by `n / (n - 1)` times how often (R's
    /// `subbootstrap`). Equal seeds give equal replicates.
    ///
    /// The finite population correction is left out, which errs on the wide side; a lonely PSU
    /// keeps its weight. Errors: `Range` for fewer than two replicates or a calibrated design.
    pub fn bootstrap(&self, count: usize, seed: u64) -> Result<ReplicateDesign, EstimateError> {
        let replicates = self.redrawn(count, seed, |generator, _, psus, factors| {
            let n = psus.len();
            if n == 1 {
                factors[psus[0]] = 1.0;
                return;
            }
            for _ in 1..n {
                factors[psus[generator.below(n)]] += n as f64 / (n as f64 - 1.0);
            }
        })?;
        Ok(ReplicateDesign {
            weights: self.weights.clone(),
            replicates,
            scale: 1.0 / (count as f64 - 1.0),
            rscales: vec![1.0; count],
            mse: false,
        })
    }

    /// The bootstrap of Canty and Davison (1999): in each stratum as many PSUs as were sampled are
    /// drawn - with a finite population without replacement from the sample repeated to its size,
    /// else with replacement - and their weights multiplied by how often (R's `bootstrap`). The
    /// scale is the harmonic mean n of the strata over n - 1. Equal seeds give equal replicates.
    ///
    /// Errors: `Range` for fewer than two replicates or a calibrated design.
    pub fn resampled(&self, count: usize, seed: u64) -> Result<ReplicateDesign, EstimateError> {
        let replicates = self.redrawn(count, seed, |generator, stratum, psus, factors| {
            let n = psus.len();
            if !stratum.population.is_finite() {
                for _ in 0..n {
                    factors[psus[generator.below(n)]] += 1.0;
                }
                return;
            }
            let size = (libm::rint(stratum.population) as usize).max(n);
            // The first n of a shuffled population, of which a place is known by its PSU only.
            let mut left: Vec<usize> = (0..n)
                .map(|k| size / n + usize::from(k < size % n))
                .collect();
            for drawn in 0..n {
                let mut at = generator.below(size - drawn);
                for (k, slot) in left.iter_mut().enumerate() {
                    if at < *slot {
                        *slot -= 1;
                        factors[psus[k]] += 1.0;
                        break;
                    }
                    at -= *slot;
                }
            }
        })?;
        let sampled = self.strata.iter().map(|s| s.sampled as f64);
        let inverse = sampled.fold(0.0, |sum, n| sum + 1.0 / n);
        let mean = self.strata.len() as f64 / inverse;
        Ok(ReplicateDesign {
            weights: self.weights.clone(),
            replicates,
            scale: mean / (mean - 1.0).max(f64::MIN_POSITIVE) / (count as f64 - 1.0),
            rscales: vec![1.0; count],
            mse: false,
        })
    }

    /// `count` replicates of weights: `draw` puts into the factors of a stratum's PSUs how often each was drawn.
    ///
    /// Errors: `Range` for fewer than two replicates or a calibrated design.
    fn redrawn(
        &self,
        count: usize,
        seed: u64,
        draw: impl Fn(&mut SplitMix, &Stratum, &[usize], &mut [f64]),
    ) -> Result<Vec<Vec<f64>>, EstimateError> {
        if self.is_calibrated() || count < 2 {
            return Err(EstimateError::Range {
                what: "a calibrated design or the number of replicates",
            });
        }
        let mut members = vec![Vec::new(); self.strata.len()];
        for (psu, stratum) in self.psu_stratum.iter().enumerate() {
            members[*stratum as usize].push(psu);
        }
        let mut generator = SplitMix::new(seed);
        let replicate = |_| {
            let mut factors = vec![0.0; self.psu_stratum.len()];
            for (psus, stratum) in members.iter().zip(&self.strata) {
                draw(&mut generator, stratum, psus, &mut factors);
            }
            let rows = self.psu.iter().zip(&self.weights);
            rows.map(|(psu, weight)| factors[*psu as usize] * weight)
                .collect()
        };
        Ok((0..count).map(replicate).collect())
    }
}
