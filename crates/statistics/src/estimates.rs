//! What estimators return: values with their full covariance, and what they rest on.

use crate::design::Design;
use crate::distribution::t_quantile;
use crate::matrix::Matrix;

/// What happens to rows whose value is missing (NaN, `None`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Missing {
    /// They leave the domain; strata and clusters stay as they are. With several variables a row
    /// with any missing value leaves.
    #[default]
    Drop,
    /// A missing level counts as one more level, the last (levels only; numbers are refused).
    Level,
    /// They are an error.
    Fail,
}

/// Why an estimate cannot be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum EstimateError {
    /// A column is shorter or longer than the design.
    #[error("a column has {found} values for {rows} rows")]
    Length {
        /// Its length.
        found: usize,
        /// The design's rows.
        rows: usize,
    },
    /// No row (with a positive weight) is left in the domain.
    #[error("the domain has no row with a value and a positive weight")]
    Empty,
    /// A value is missing, and missing values were to fail.
    #[error("the value in row {row} (from 0) is missing")]
    Missing {
        /// Row, from zero.
        row: usize,
    },
    /// A level is not below the number of levels.
    #[error("level {level} in row {row} (from 0), but there are {levels} levels")]
    Level {
        /// Row, from zero.
        row: usize,
        /// The level.
        level: u32,
        /// How many there are.
        levels: usize,
    },
    /// A ratio's denominator is zero.
    #[error("the denominator's total is zero")]
    ZeroDenominator,
    /// A stratum has a single PSU, and such strata were to fail.
    #[error("stratum {stratum} has a single PSU")]
    LonelyPsu {
        /// The stratum's id as given.
        stratum: u32,
    },
    /// Predictors depend on one another, or a matrix that must be inverted is singular.
    #[error("the columns depend on one another")]
    Singular,
    /// An iteration did not converge.
    #[error("no convergence after {iterations} iterations")]
    NoConvergence {
        /// How many were made.
        iterations: usize,
    },
    /// An argument is outside its range.
    #[error("{what} is out of range")]
    Range {
        /// Which argument.
        what: &'static str,
    },
}

/// An interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Several estimates with their joint covariance.
///
/// All of them rest on the same rows. The linearised values are kept, so that estimates of
/// different calls (domains, waves) can be put together with their covariances
/// ([`Design::join`](crate::Design::join)).
#[derive(Debug, Clone)]
pub struct Estimates {
    pub(crate) values: Vec<f64>,
    pub(crate) covariance: Matrix,
    /// Per value; `None` where survey has no definition.
    pub(crate) design_effects: Vec<Option<DesignEffect>>,
    /// Weighted linearised values, one column an estimate.
    pub(crate) scores: Vec<Vec<f64>>,
    pub(crate) basis: Basis,
    /// Rows that the estimates rest on.
    pub(crate) present: Vec<bool>,
}

/// What an estimate rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Basis {
    /// Rows in the domain with a value and a positive weight.
    pub n: usize,
    /// Kish's effective n of their weights, `(Σw)² / Σw²` (Kish 1965, 11.2C).
    pub n_effective: f64,
    /// Sum of their weights.
    pub weight: f64,
    /// Degrees of freedom of the whole design: PSUs less strata.
    pub df: usize,
    /// Degrees of freedom of the domain: PSUs less strata with rows in it.
    pub df_domain: usize,
}

/// Variance over that of a simple random sample with the same number of rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DesignEffect {
    /// Against sampling without replacement (R's `deff = TRUE`); NaN where the weights sum to
    /// less than n.
    pub without_replacement: f64,
    /// Against sampling with replacement (R's `deff = "replace"`).
    pub with_replacement: f64,
}

impl DesignEffect {
    /// From the variance of an estimate, the population's variance `spread`, and the factor of the
    /// estimate on means (1, or the sum of weights for totals).
    pub(crate) fn new(variance: f64, spread: f64, factor: f64, basis: Basis) -> Self {
        let n = basis.n as f64;
        let with = spread * factor * factor / n;
        let remaining = if basis.weight < n {
            f64::NAN
        } else {
            (basis.weight - n) / basis.weight
        };
        // No variance is no effect, also where rounding leaves dust in the reference.
        let over = |reference: f64| {
            if variance == 0.0 && reference != 0.0 {
                0.0
            } else {
                variance / reference
            }
        };
        Self {
            without_replacement: over(with * remaining),
            with_replacement: over(with),
        }
    }
}

/// One estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The number itself.
    pub value: f64,
    /// Standard error.
    pub se: f64,
    /// Design effect, for means, totals and proportions.
    pub design_effect: Option<DesignEffect>,
    /// Rows, effective n and degrees of freedom.
    pub basis: Basis,
}

impl Estimate {
    /// `value ± t se` with `df` degrees of freedom (infinite: normal) at `confidence`, for
    /// example 0.95.
    pub fn interval(&self, df: f64, confidence: f64) -> Interval {
        let reach = t_quantile(0.5 + 0.5 * confidence, df) * self.se;
        Interval {
            low: self.value - reach,
            high: self.value + reach,
        }
    }
}

impl Estimates {
    /// How many estimates.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The numbers.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Their covariance matrix.
    pub fn covariance(&self) -> &Matrix {
        &self.covariance
    }

    /// Rows, effective n and degrees of freedom.
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// Standard error of one estimate.
    pub fn se(&self, index: usize) -> f64 {
        libm::sqrt(self.covariance.get(index, index))
    }

    /// One estimate, counted from zero; panics beyond the last as a slice does.
    pub fn get(&self, index: usize) -> Estimate {
        Estimate {
            value: self.values[index],
            se: self.se(index),
            design_effect: self.design_effects[index],
            basis: self.basis,
        }
    }

    /// All of them, one after the other.
    pub fn iter(&self) -> impl Iterator<Item = Estimate> + '_ {
        (0..self.len()).map(|index| self.get(index))
    }
}

impl Design {
    /// The rows that an estimate rests on: in `domain`, positive weight, and `has` a value.
    /// Errors when a value is missing and must not be, or no row is left.
    pub(crate) fn present(
        &self,
        domain: Option<&[bool]>,
        missing: Missing,
        has: impl Fn(usize) -> bool,
    ) -> Result<Vec<bool>, EstimateError> {
        if let Some(domain) = domain {
            self.check_length(domain.len())?;
        }
        let mut present = vec![false; self.rows()];
        let mut weight = 0.0;
        for (row, slot) in present.iter_mut().enumerate() {
            if domain.is_some_and(|domain| !domain[row]) {
                continue;
            }
            if !has(row) {
                if missing == Missing::Fail {
                    return Err(EstimateError::Missing { row });
                }
                continue;
            }
            *slot = true;
            weight += self.weights[row];
        }
        if weight > 0.0 {
            Ok(present)
        } else {
            Err(EstimateError::Empty)
        }
    }

    pub(crate) fn check_length(&self, found: usize) -> Result<(), EstimateError> {
        if found == self.rows() {
            Ok(())
        } else {
            Err(EstimateError::Length {
                found,
                rows: self.rows(),
            })
        }
    }

    pub(crate) fn basis(&self, present: &[bool]) -> Basis {
        let mut n = 0;
        let mut weight = 0.0;
        let mut square = 0.0;
        for (w, inside) in self.weights.iter().zip(present) {
            if *inside && *w != 0.0 {
                n += 1;
                weight += w;
                square += w * w;
            }
        }
        Basis {
            n,
            n_effective: if square > 0.0 {
                weight * weight / square
            } else {
                0.0
            },
            weight,
            df: self.degrees_of_freedom(),
            df_domain: self.domain_degrees_of_freedom(present),
        }
    }

    /// Puts values and their scores together into estimates.
    pub(crate) fn estimates(
        &self,
        values: Vec<f64>,
        scores: Vec<Vec<f64>>,
        present: &[bool],
    ) -> Result<Estimates, EstimateError> {
        let covariance = self.covariance(&scores, Some(present))?;
        Ok(Estimates {
            design_effects: vec![None; values.len()],
            covariance,
            basis: self.basis(present),
            present: present.to_vec(),
            values,
            scores,
        })
    }

    /// Several estimates of this design as one, with the covariances between them.
    ///
    /// Each keeps its own standard errors; the basis is that of all rows of any of them. Errors:
    /// as the variance (lonely PSUs), or estimates of a design with other rows.
    pub fn join(&self, parts: &[&Estimates]) -> Result<Estimates, EstimateError> {
        let mut values = Vec::new();
        let mut scores = Vec::new();
        let mut design_effects = Vec::new();
        for part in parts {
            values.extend_from_slice(&part.values);
            scores.extend_from_slice(&part.scores);
            design_effects.extend_from_slice(&part.design_effects);
        }
        for column in &scores {
            self.check_length(column.len())?;
        }
        let mut present = vec![false; self.rows()];
        for part in parts {
            for (slot, inside) in present.iter_mut().zip(&part.present) {
                *slot |= inside;
            }
        }
        let mut covariance = self.covariance(&scores, Some(&present))?;
        let mut start = 0;
        for part in parts {
            for i in 0..part.len() {
                for j in 0..part.len() {
                    covariance.set(start + i, start + j, part.covariance.get(i, j));
                }
            }
            start += part.len();
        }
        Ok(Estimates {
            values,
            covariance,
            design_effects,
            basis: self.basis(&present),
            present,
            scores,
        })
    }
}
