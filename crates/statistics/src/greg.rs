//! Calibration to totals of numeric columns: linear, raking and logit distance, with bounds.

use crate::calibration::{Adjustment, CalibrationError};
use crate::design::Design;
use crate::matrix::Orthogonal;

/// How far calibrated weights may be from the weights before, and how the distance is measured
/// (Deville and Särndal 1992; R's `calibrate`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Distance {
    /// Chi-square: weights by one solution, possibly negative.
    Linear,
    /// Chi-square, the change factor of each weight kept within bounds that enclose 1.
    BoundedLinear {
        /// Smallest change factor.
        low: f64,
        /// Largest change factor.
        high: f64,
    },
    /// Multiplicative: `exp`, never negative.
    Raking,
    /// Between bounds that enclose 1, smoothly.
    Logit {
        /// Smallest change factor.
        low: f64,
        /// Largest change factor.
        high: f64,
    },
}

impl Distance {
    /// Change factor and its slope at the linear predictor `u`.
    fn factor(self, u: f64) -> (f64, f64) {
        match self {
            Distance::Linear => (1.0 + u, 1.0),
            Distance::BoundedLinear { low, high } => {
                if 1.0 + u < low {
                    (low, 0.0)
                } else if 1.0 + u > high {
                    (high, 0.0)
                } else {
                    (1.0 + u, 1.0)
                }
            }
            Distance::Raking => {
                let g = libm::exp(u);
                (g, g)
            }
            Distance::Logit { low, high } => {
                let steep = (high - low) / ((1.0 - low) * (high - 1.0));
                let e = libm::exp((steep * u).clamp(-700.0, 700.0));
                let bottom = (high - 1.0) + (1.0 - low) * e;
                let g = (low * (high - 1.0) + high * (1.0 - low) * e) / bottom;
                let slope =
                    steep * e * (high - 1.0) * (1.0 - low) * (high - low) / (bottom * bottom);
                (g, slope)
            }
        }
    }
}

impl Design {
    /// Calibrates the weights so that the weighted totals of `columns` are `totals`, by Newton's
    /// method to 1e-12 of each total.
    ///
    /// A column of ones keeps the number of units. Columns that depend on earlier ones are left
    /// out (indicators of all levels beside a column of ones, for example). The variance of later estimates is
    /// that of residuals from the regression on the columns, times the change factors. Errors:
    /// [`CalibrationError`], also where the totals cannot be met within the bounds.
    pub fn calibrate(
        &self,
        columns: &[&[f64]],
        totals: &[f64],
        distance: Distance,
    ) -> Result<Design, CalibrationError> {
        self.check_calibration(columns, totals, distance)?;
        let roots: Vec<f64> = self.weights.iter().map(|w| libm::sqrt(*w)).collect();
        let scaled = columns
            .iter()
            .map(|column| column.iter().zip(&roots).map(|(x, r)| x * r).collect())
            .collect();
        let basis = Orthogonal::new(scaled);
        let mut lambda = vec![0.0; columns.len()];
        let mut factors = vec![1.0; self.rows()];
        let mut miss = f64::INFINITY;
        for round in 0..100 {
            let predictor = |row: usize| {
                let mut u = 0.0;
                for (column, l) in columns.iter().zip(&lambda) {
                    u += column[row] * l;
                }
                u
            };
            let mut slopes = vec![0.0; self.rows()];
            for (row, factor) in factors.iter_mut().enumerate() {
                (*factor, slopes[row]) = distance.factor(predictor(row));
            }
            let gaps: Vec<f64> = columns
                .iter()
                .zip(totals)
                .map(|(column, total)| {
                    let mut sum = 0.0;
                    for (row, weight) in self.weights.iter().enumerate() {
                        sum += weight * factors[row] * column[row];
                    }
                    total - sum
                })
                .collect();
            let last = miss;
            miss = gaps.iter().zip(totals).fold(0.0, |worst, (gap, total)| {
                libm::fmax(
                    worst,
                    libm::fabs(*gap) / libm::fmax(1.0, libm::fabs(*total)),
                )
            });
            if miss < 1e-14 || (round > 0 && miss < 1e-12 && miss >= last) {
                break;
            }
            let step = if round == 0 {
                basis.solve_normal(&gaps)
            } else {
                let part = columns
                    .iter()
                    .map(|column| {
                        column
                            .iter()
                            .enumerate()
                            .map(|(row, x)| x * roots[row] * libm::sqrt(slopes[row]))
                            .collect()
                    })
                    .collect();
                Orthogonal::new(part).solve_normal(&gaps)
            };
            for (l, s) in lambda.iter_mut().zip(step) {
                *l += s;
            }
        }
        if miss.is_nan() || miss > 1e-10 {
            return Err(CalibrationError::NotMet { miss });
        }
        let mut result = self.clone();
        for (weight, factor) in result.weights.iter_mut().zip(&factors) {
            *weight *= factor;
        }
        let scale = roots.iter().zip(&factors).map(|(r, g)| r * g).collect();
        result.adjustments.push(Adjustment::Regression {
            basis,
            scale,
            stretch: Vec::new(),
        });
        Ok(result)
    }

    /// The same weights, with variances that allow for what the last calibration's regression used up: its residuals
    /// are divided by the root of `(1 - h) / (1 - 1 / n_h)`, h being a row's leverage on the calibration columns and
    /// n_h the sampled PSUs of its stratum.
    ///
    /// Residuals are too small where few rows make a margin; under equal variances within strata this takes the bias
    /// away (MacKinnon and White 1985, HC2; Kott 2009 for calibrated weights). The division by the stratum's own part
    /// is because strata have their `n_h / (n_h - 1)` already. R's `survey` has no such correction. Leverages above
    /// [`MOST_LEVERAGE`](Self::MOST_LEVERAGE) count as that. Nothing changes where the last adjustment is none of
    /// [`Design::calibrate`].
    pub fn with_leverage_correction(mut self) -> Self {
        let sampled: Vec<f64> = (0..self.rows())
            .map(|row| self.strata[self.row_stratum(row)].sampled as f64)
            .collect();
        if let Some(Adjustment::Regression { basis, stretch, .. }) = self.adjustments.last_mut() {
            let leverages = basis.leverages(sampled.len()).into_iter();
            let factor = |(h, n): (f64, &f64)| {
                let own = 1.0 - libm::fmin(h, Self::MOST_LEVERAGE);
                libm::sqrt(libm::fmax(1.0, (1.0 - 1.0 / n) / own))
            };
            *stretch = leverages.zip(&sampled).map(factor).collect();
        }
        self
    }

    /// Largest leverage that [`Design::with_leverage_correction`] allows for.
    pub const MOST_LEVERAGE: f64 = 0.9;

    /// Trims weights to `[low, high]` and spreads what is cut off (or added) equally on the
    /// weights within, so that their sum stays; zero weights stay zero (R's `trimWeights`).
    ///
    /// `strict` repeats this until no weight is outside; else the spreading may push some over a
    /// bound. Later variances take the trimming as given, beside the residuals of calibrations
    /// made before. Errors: [`CalibrationError::Bounds`] unless `low <= high`;
    /// [`CalibrationError::NotMet`] where the sum of weights does not fit within.
    pub fn trim_weights(
        &self,
        low: f64,
        high: f64,
        strict: bool,
    ) -> Result<Design, CalibrationError> {
        if low.is_nan() || high.is_nan() || low > high {
            return Err(CalibrationError::Bounds);
        }
        let mut result = self.clone();
        let outside = |weight: f64| weight != 0.0 && (weight < low || weight > high);
        for _ in 0..1000 {
            let mut surplus = 0.0;
            let mut inside = 0_usize;
            for weight in &result.weights {
                if outside(*weight) {
                    surplus += weight - weight.clamp(low, high);
                } else if *weight != 0.0 {
                    inside += 1;
                }
            }
            if !result.weights.iter().any(|weight| outside(*weight)) {
                return Ok(result);
            }
            if inside == 0 {
                break;
            }
            let share = surplus / inside as f64;
            for weight in &mut result.weights {
                if outside(*weight) {
                    *weight = weight.clamp(low, high);
                } else if *weight != 0.0 {
                    *weight += share;
                }
            }
            if !strict {
                return Ok(result);
            }
        }
        Err(CalibrationError::NotMet { miss: f64::NAN })
    }

    fn check_calibration(
        &self,
        columns: &[&[f64]],
        totals: &[f64],
        distance: Distance,
    ) -> Result<(), CalibrationError> {
        if columns.is_empty() || columns.len() != totals.len() {
            return Err(CalibrationError::Count {
                found: totals.len(),
                expected: columns.len(),
            });
        }
        for (index, column) in columns.iter().enumerate() {
            if column.len() != self.rows() {
                return Err(CalibrationError::Length {
                    found: column.len(),
                    rows: self.rows(),
                });
            }
            if let Some(row) = column.iter().position(|x| x.is_nan()) {
                return Err(CalibrationError::Missing { column: index, row });
            }
        }
        match distance {
            Distance::BoundedLinear { low, high } | Distance::Logit { low, high } => {
                if low < 1.0 && high > 1.0 {
                    Ok(())
                } else {
                    Err(CalibrationError::Bounds)
                }
            }
            Distance::Linear | Distance::Raking => Ok(()),
        }
    }
}
