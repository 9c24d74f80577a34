//! Contrasts: linear combinations and ratios of estimates, and their t tests.

use crate::design::Design;
use crate::distribution::{t_quantile, t_two_sided, t_upper};
use crate::estimates::{Estimate, EstimateError, Estimates, Interval, Missing};
use crate::matrix::Matrix;

/// Which differences speak against the null hypothesis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Alternative {
    /// Both.
    #[default]
    TwoSided,
    /// Only values above the null.
    Greater,
    /// Only values below the null.
    Less,
}

/// A t test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TTest {
    /// What is tested.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// `(estimate - null) / se`.
    pub statistic: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// p-value.
    pub p: f64,
    /// Two-sided interval of the estimate at 0.95.
    pub interval: Interval,
}

impl Estimate {
    /// Tests whether the estimate differs from `null`, with `df` degrees of freedom.
    ///
    /// With a standard error of zero the statistic is infinite (or NaN without difference): the
    /// caller must not test what was fully observed.
    pub fn t_test(&self, null: f64, df: f64, alternative: Alternative) -> TTest {
        let statistic = (self.value - null) / self.se;
        let p = match alternative {
            Alternative::TwoSided => t_two_sided(statistic, df),
            Alternative::Greater => t_upper(statistic, df),
            Alternative::Less => t_upper(-statistic, df),
        };
        TTest {
            estimate: self.value,
            se: self.se,
            statistic,
            df,
            p,
            interval: self.interval(df, 0.95),
        }
    }
}

impl Estimates {
    /// Linear contrasts: one estimate a row of `weights`, each with one weight an estimate.
    ///
    /// `[-1, 1]` is the second less the first. Errors: [`EstimateError::Range`] when a row has
    /// another length.
    pub fn contrasts(&self, weights: &[&[f64]]) -> Result<Estimates, EstimateError> {
        if weights.iter().any(|row| row.len() != self.len()) {
            return Err(EstimateError::Range {
                what: "the length of a contrast",
            });
        }
        let values = weights
            .iter()
            .map(|row| crate::matrix::dot(row, &self.values))
            .collect();
        Ok(self.transform(values, weights))
    }

    /// The ratio of two of the estimates, by the delta method. Errors:
    /// [`EstimateError::ZeroDenominator`].
    pub fn ratio_of(
        &self,
        numerator: usize,
        denominator: usize,
    ) -> Result<Estimates, EstimateError> {
        let bottom = self.values[denominator];
        if bottom == 0.0 {
            return Err(EstimateError::ZeroDenominator);
        }
        let ratio = self.values[numerator] / bottom;
        let mut gradient = vec![0.0; self.len()];
        gradient[numerator] += 1.0 / bottom;
        gradient[denominator] -= ratio / bottom;
        Ok(self.transform(vec![ratio], &[&gradient]))
    }

    /// Any smooth function of the estimates: its values and the gradient of each (delta method).
    pub fn transform(&self, values: Vec<f64>, gradients: &[&[f64]]) -> Estimates {
        let count = gradients.len();
        let mut covariance = Matrix::zeros(count, count);
        for (i, left) in gradients.iter().enumerate() {
            for (j, right) in gradients.iter().enumerate() {
                covariance.set(i, j, self.covariance.quadratic(left, right));
            }
        }
        let rows = self.scores.first().map_or(0, Vec::len);
        let scores = gradients
            .iter()
            .map(|gradient| {
                let mut column = vec![0.0; rows];
                for (factor, score) in gradient.iter().zip(&self.scores) {
                    for (slot, value) in column.iter_mut().zip(score) {
                        *slot += factor * value;
                    }
                }
                column
            })
            .collect();
        Estimates {
            design_effects: vec![None; count],
            values,
            covariance,
            scores,
            basis: self.basis,
            present: self.present.clone(),
        }
    }
}

impl Design {
    /// Tests whether the mean of a column is `null`; degrees of freedom less one, as R's
    /// `svyttest`. Errors: [`EstimateError`].
    pub fn t_test(
        &self,
        column: &[f64],
        null: f64,
        domain: Option<&[bool]>,
        missing: Missing,
    ) -> Result<TTest, EstimateError> {
        let mean = self.mean(&[column], domain, missing)?.get(0);
        let df = mean.basis.df_domain as f64 - 1.0;
        Ok(mean.t_test(null, df, Alternative::TwoSided))
    }

    /// Tests whether the means of two groups differ: `second` less `first`, degrees of freedom
    /// less one, as R's `svyttest`. Errors: [`EstimateError`].
    pub fn t_test_of_groups(
        &self,
        column: &[f64],
        first: &[bool],
        second: &[bool],
        missing: Missing,
    ) -> Result<TTest, EstimateError> {
        let a = self.mean(&[column], Some(first), missing)?;
        let b = self.mean(&[column], Some(second), missing)?;
        let difference = self.join(&[&a, &b])?.contrasts(&[&[-1.0, 1.0]])?;
        let either: Vec<bool> = first.iter().zip(second).map(|(a, b)| *a || *b).collect();
        let present = self.present_numbers(&[column], Some(&either), missing)?;
        let df = self.domain_degrees_of_freedom(&present) as f64 - 1.0;
        Ok(difference.get(0).t_test(0.0, df, Alternative::TwoSided))
    }

    /// Tests whether two groups differ in the ranks of a column: the difference of mean scores,
    /// scores being mid-ranks over the population (Lumley and Scott 2013; R's `svyranktest`,
    /// Wilcoxon). Errors: [`EstimateError`].
    pub fn rank_test(
        &self,
        column: &[f64],
        first: &[bool],
        second: &[bool],
        missing: Missing,
    ) -> Result<TTest, EstimateError> {
        self.check_length(first.len())?;
        self.check_length(second.len())?;
        let either: Vec<bool> = first.iter().zip(second).map(|(a, b)| *a || *b).collect();
        let present = self.present_numbers(&[column], Some(&either), missing)?;
        let mut rows: Vec<usize> = (0..self.rows()).filter(|row| present[*row]).collect();
        rows.sort_by(|a, b| column[*a].total_cmp(&column[*b]).then(a.cmp(b)));
        let total = self.weight_of(&present);
        let mut scores = vec![f64::NAN; self.rows()];
        let mut before = 0.0;
        let mut start = 0;
        while start < rows.len() {
            // Rows of one value share the plain mean of their mid-ranks, as in survey.
            let mut end = start;
            let mut sum = 0.0;
            while end < rows.len() && column[rows[end]] == column[rows[start]] {
                let weight = self.weights[rows[end]];
                sum += before + 0.5 * weight;
                before += weight;
                end += 1;
            }
            for row in &rows[start..end] {
                scores[*row] = sum / (end - start) as f64 / total;
            }
            start = end;
        }
        self.t_test_of_groups(&scores, first, second, Missing::Drop)
    }
}

/// The smallest difference that a two-sided test at `alpha` finds with probability `power`:
/// `(t(1 - alpha / 2) + t(power)) se`.
pub fn smallest_detectable(se: f64, df: f64, alpha: f64, power: f64) -> f64 {
    (t_quantile(1.0 - 0.5 * alpha, df) + t_quantile(power, df)) * se
}
