//! Means, totals, ratios and shares of levels.

use crate::design::Design;
use crate::estimates::{Basis, DesignEffect, EstimateError, Estimates, Missing};

impl Design {
    /// Weighted means of numeric columns, one estimate a column, NaN being missing.
    ///
    /// `domain` restricts the estimate to rows that are true, without touching the design.
    /// Linearisation: `w (y - mean) / Σw` (Särndal, Swensson, Wretman 1992, 5.8). Errors:
    /// [`EstimateError`].
    pub fn mean(
        &self,
        columns: &[&[f64]],
        domain: Option<&[bool]>,
        missing: Missing,
    ) -> Result<Estimates, EstimateError> {
        let present = self.present_numbers(columns, domain, missing)?;
        self.mean_of(columns, &present)
    }

    /// Weighted totals of numeric columns, one estimate a column, NaN being missing.
    ///
    /// A missing value counts as nothing, it is not replaced: where values are missing, a total is
    /// the total of those who answered. Errors: [`EstimateError`].
    pub fn total(
        &self,
        columns: &[&[f64]],
        domain: Option<&[bool]>,
        missing: Missing,
    ) -> Result<Estimates, EstimateError> {
        let present = self.present_numbers(columns, domain, missing)?;
        self.total_of(columns, &present)
    }

    /// Ratios of totals, `numerators[i]` over `denominators[i]`, NaN being missing.
    ///
    /// Linearisation: `w (y - R x) / Σwx` (Särndal, Swensson, Wretman 1992, 5.6). A mean that
    /// weights each row by `x` (share of inhabitants) is the ratio of `y x` to `x`. Errors:
    /// [`EstimateError`].
    pub fn ratio(
        &self,
        numerators: &[&[f64]],
        denominators: &[&[f64]],
        domain: Option<&[bool]>,
        missing: Missing,
    ) -> Result<Estimates, EstimateError> {
        if numerators.len() != denominators.len() {
            return Err(EstimateError::Range {
                what: "the number of denominators",
            });
        }
        let all: Vec<&[f64]> = numerators.iter().chain(denominators).copied().collect();
        let present = self.present_numbers(&all, domain, missing)?;
        let mut values = Vec::with_capacity(numerators.len());
        let mut scores = Vec::with_capacity(numerators.len());
        for (y, x) in numerators.iter().zip(denominators) {
            let mut top = 0.0;
            let mut bottom = 0.0;
            for (row, weight) in self.weights.iter().enumerate() {
                if present[row] {
                    top += weight * y[row];
                    bottom += weight * x[row];
                }
            }
            if bottom == 0.0 {
                return Err(EstimateError::ZeroDenominator);
            }
            let ratio = top / bottom;
            scores.push(self.scores(&present, |row| (y[row] - ratio * x[row]) / bottom));
            values.push(ratio);
        }
        self.estimates(values, scores, &present)
    }

    /// Weighted shares of the levels `0..count` of a categorical column, one estimate a level,
    /// `None` being missing (with [`Missing::Level`] the last level of all).
    ///
    /// Levels that nobody chose have the share zero. Errors: [`EstimateError`].
    pub fn proportions(
        &self,
        levels: &[Option<u32>],
        count: usize,
        domain: Option<&[bool]>,
        missing: Missing,
    ) -> Result<Estimates, EstimateError> {
        let (indicators, present) = self.indicators(levels, count, domain, missing)?;
        let columns: Vec<&[f64]> = indicators.iter().map(Vec::as_slice).collect();
        self.mean_of(&columns, &present)
    }

    /// Weighted counts of the levels `0..count`; as [`Design::proportions`], but totals.
    pub fn level_totals(
        &self,
        levels: &[Option<u32>],
        count: usize,
        domain: Option<&[bool]>,
        missing: Missing,
    ) -> Result<Estimates, EstimateError> {
        let (indicators, present) = self.indicators(levels, count, domain, missing)?;
        let columns: Vec<&[f64]> = indicators.iter().map(Vec::as_slice).collect();
        self.total_of(&columns, &present)
    }

    pub(crate) fn mean_of(
        &self,
        columns: &[&[f64]],
        present: &[bool],
    ) -> Result<Estimates, EstimateError> {
        let weight = self.weight_of(present);
        let mut values = Vec::with_capacity(columns.len());
        let mut scores = Vec::with_capacity(columns.len());
        for column in columns {
            let mean = self.weighted_mean(column, present, weight);
            scores.push(self.scores(present, |row| (column[row] - mean) / weight));
            values.push(mean);
        }
        let mut estimates = self.estimates(values, scores, present)?;
        for (index, column) in columns.iter().enumerate() {
            let variance = self.spread(column, present, estimates.values[index], estimates.basis);
            estimates.design_effects[index] = Some(DesignEffect::new(
                estimates.covariance.get(index, index),
                variance,
                1.0,
                estimates.basis,
            ));
        }
        Ok(estimates)
    }

    fn total_of(&self, columns: &[&[f64]], present: &[bool]) -> Result<Estimates, EstimateError> {
        let weight = self.weight_of(present);
        let mut values = Vec::with_capacity(columns.len());
        let mut scores = Vec::with_capacity(columns.len());
        for column in columns {
            let mut total = 0.0;
            for (row, w) in self.weights.iter().enumerate() {
                if present[row] {
                    total += w * column[row];
                }
            }
            scores.push(self.scores(present, |row| column[row]));
            values.push(total);
        }
        let mut estimates = self.estimates(values, scores, present)?;
        for (index, column) in columns.iter().enumerate() {
            let mean = estimates.values[index] / weight;
            let variance = self.spread(column, present, mean, estimates.basis);
            estimates.design_effects[index] = Some(DesignEffect::new(
                estimates.covariance.get(index, index),
                variance,
                weight,
                estimates.basis,
            ));
        }
        Ok(estimates)
    }

    /// `weight × value` where present, zero elsewhere.
    pub(crate) fn scores(&self, present: &[bool], value: impl Fn(usize) -> f64) -> Vec<f64> {
        self.weights
            .iter()
            .enumerate()
            .map(|(row, weight)| {
                if present[row] {
                    weight * value(row)
                } else {
                    0.0
                }
            })
            .collect()
    }

    pub(crate) fn weight_of(&self, present: &[bool]) -> f64 {
        let mut sum = 0.0;
        for (weight, inside) in self.weights.iter().zip(present) {
            if *inside {
                sum += weight;
            }
        }
        sum
    }

    pub(crate) fn weighted_mean(&self, column: &[f64], present: &[bool], weight: f64) -> f64 {
        let mut sum = 0.0;
        for (row, w) in self.weights.iter().enumerate() {
            if present[row] {
                sum += w * column[row];
            }
        }
        sum / weight
    }

    pub(crate) fn present_numbers(
        &self,
        columns: &[&[f64]],
        domain: Option<&[bool]>,
        missing: Missing,
    ) -> Result<Vec<bool>, EstimateError> {
        for column in columns {
            self.check_length(column.len())?;
        }
        if missing == Missing::Level {
            return Err(EstimateError::Range {
                what: "a level for missing numbers",
            });
        }
        self.present(domain, missing, |row| {
            columns.iter().all(|column| !column[row].is_nan())
        })
    }

    pub(crate) fn indicators(
        &self,
        levels: &[Option<u32>],
        count: usize,
        domain: Option<&[bool]>,
        missing: Missing,
    ) -> Result<(Vec<Vec<f64>>, Vec<bool>), EstimateError> {
        self.check_length(levels.len())?;
        for (row, level) in levels.iter().enumerate() {
            if let Some(level) = level
                && *level as usize >= count
            {
                return Err(EstimateError::Level {
                    row,
                    level: *level,
                    levels: count,
                });
            }
        }
        let as_level = missing == Missing::Level;
        let present = self.present(domain, missing, |row| as_level || levels[row].is_some())?;
        let columns = if as_level { count + 1 } else { count };
        let mut indicators = vec![vec![0.0; levels.len()]; columns];
        for (row, level) in levels.iter().enumerate() {
            match level {
                Some(level) => indicators[*level as usize][row] = 1.0,
                None if as_level => indicators[count][row] = 1.0,
                None => {}
            }
        }
        Ok((indicators, present))
    }

    /// The population variance of a column as `svyvar` has it: `Σw (y - mean)² / Σw · n / (n - 1)`.
    fn spread(&self, column: &[f64], present: &[bool], mean: f64, basis: Basis) -> f64 {
        let mut sum = 0.0;
        for (row, weight) in self.weights.iter().enumerate() {
            if present[row] {
                let distance = column[row] - mean;
                sum += weight * distance * distance;
            }
        }
        let n = basis.n as f64;
        sum / basis.weight * n / (n - 1.0)
    }
}
