//! Ranks of items with simultaneous confidence sets.

use crate::distribution::{chi_square_quantile, normal_quantile};
use crate::estimates::{EstimateError, Estimates};
use crate::matrix::Matrix;
use crate::random::SplitMix;

/// What a rank set is made with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankRequest {
    /// Confidence that all sets hold together, for example 0.95.
    pub confidence: f64,
    /// Degrees of freedom of the variances (infinite: normal).
    pub df: f64,
    /// Draws for the critical value; 10,000 is plenty.
    pub draws: usize,
    /// Seed of the draws; equal seeds give equal sets.
    pub seed: u64,
}

/// The rank of one item; rank 1 has the largest value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankSet {
    /// Rank of the estimate: one more than the number of larger ones.
    pub rank: usize,
    /// Best rank that the data do not exclude.
    pub best: usize,
    /// Worst rank that the data do not exclude.
    pub worst: usize,
}

/// Simultaneous confidence sets for the ranks of all items (Mogstad, Romano, Shaikh, Wilhelm 2024,
/// stepwise): an item's best rank counts the items that are significantly larger, its worst those
/// that are significantly smaller, all pairwise comparisons holding together.
///
/// Critical values come from the largest studentised difference under the estimates' covariance,
/// drawn with a seeded generator, and step down over the pairs that are still open (Romano and
/// Wolf 2005). Pairs whose difference has no variance are decided by their values. Errors:
/// `Range` of an argument.
pub fn rank_sets(
    estimates: &Estimates,
    request: &RankRequest,
) -> Result<Vec<RankSet>, EstimateError> {
    let count = estimates.len();
    if !(request.confidence > 0.0 && request.confidence < 1.0) || request.draws < 100 {
        return Err(EstimateError::Range {
            what: "the confidence or the number of draws",
        });
    }
    let values = estimates.values();
    let covariance = estimates.covariance();
    let mut larger = vec![0_usize; count];
    let mut smaller = vec![0_usize; count];
    // Pairs (j, k) with the claim that k is larger than j.
    let mut open = Vec::new();
    for j in 0..count {
        for k in 0..count {
            if j == k {
                continue;
            }
            let variance = covariance.get(j, j) + covariance.get(k, k) - 2.0 * covariance.get(j, k);
            let scale = covariance.get(j, j) + covariance.get(k, k);
            if variance <= 1e-14 * scale {
                if values[k] > values[j] {
                    larger[j] += 1;
                    smaller[k] += 1;
                }
            } else {
                let se = libm::sqrt(variance);
                open.push((j, k, (values[k] - values[j]) / se, se));
            }
        }
    }
    let draws = draw(covariance, request);
    while !open.is_empty() {
        let mut largest: Vec<f64> = draws
            .iter()
            .map(|z| {
                open.iter().fold(f64::NEG_INFINITY, |worst, (j, k, _, se)| {
                    libm::fmax(worst, (z[*k] - z[*j]) / se)
                })
            })
            .collect();
        largest.sort_by(f64::total_cmp);
        let at = libm::ceil(request.confidence * largest.len() as f64) as usize;
        let critical = largest[at.clamp(1, largest.len()) - 1];
        let before = open.len();
        open.retain(|(j, k, statistic, _)| {
            let found = *statistic > critical;
            if found {
                larger[*j] += 1;
                smaller[*k] += 1;
            }
            !found
        });
        if open.len() == before {
            break;
        }
    }
    Ok((0..count)
        .map(|j| RankSet {
            rank: 1 + values.iter().filter(|value| **value > values[j]).count(),
            best: 1 + larger[j],
            worst: count - smaller[j],
        })
        .collect())
}

/// Draws from the (multivariate t or normal) distribution of the estimates' errors.
fn draw(covariance: &Matrix, request: &RankRequest) -> Vec<Vec<f64>> {
    let count = covariance.rows();
    let factor = root(covariance);
    let mut generator = SplitMix::new(request.seed);
    (0..request.draws)
        .map(|_| {
            let normal: Vec<f64> = (0..count)
                .map(|_| normal_quantile(generator.uniform()))
                .collect();
            let stretch = if request.df.is_finite() {
                libm::sqrt(request.df / chi_square_quantile(generator.uniform(), request.df))
            } else {
                1.0
            };
            (0..count)
                .map(|i| {
                    let mut sum = 0.0;
                    for (j, z) in normal.iter().enumerate().take(i + 1) {
                        sum += factor.get(i, j) * z;
                    }
                    sum * stretch
                })
                .collect()
        })
        .collect()
}

/// A lower triangular root of a covariance matrix that may be singular (shares sum to one).
fn root(covariance: &Matrix) -> Matrix {
    let count = covariance.rows();
    let mut factor = Matrix::zeros(count, count);
    for i in 0..count {
        for j in 0..=i {
            let mut sum = covariance.get(i, j);
            for k in 0..j {
                sum -= factor.get(i, k) * factor.get(j, k);
            }
            if i == j {
                let left = sum > 1e-12 * covariance.get(i, i);
                factor.set(i, i, if left { libm::sqrt(sum) } else { 0.0 });
            } else if factor.get(j, j) > 0.0 {
                factor.set(i, j, sum / factor.get(j, j));
            }
        }
    }
    factor
}
