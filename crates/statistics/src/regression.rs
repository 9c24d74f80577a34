//! Linear and logistic regression with design-based variances.

use crate::design::Design;
use crate::estimates::{EstimateError, Estimates, Missing};
use crate::interval::expit;
use crate::matrix::Orthogonal;

/// A fitted regression.
#[derive(Debug, Clone)]
pub struct Regression {
    /// Coefficients in the order of the predictors, with their covariance.
    pub coefficients: Estimates,
    /// Fitted means, one a row; NaN outside the domain.
    pub fitted: Vec<f64>,
    /// Variance of the Pearson residuals, as R's `svyglm` states dispersion.
    pub dispersion: f64,
    /// Degrees of freedom of the domain, plus one, less the number of predictors (R's
    /// `df.residual`).
    pub df_residual: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Model {
    Linear,
    Logistic,
}

impl Design {
    /// Linear regression of `outcome` on `predictors` (give a column of ones for the intercept),
    /// with the sandwich variance of Binder (1983). Rows with a NaN are dropped or an error.
    ///
    /// Errors: [`EstimateError`]; `Singular` where predictors depend on one another.
    pub fn linear_regression(
        &self,
        outcome: &[f64],
        predictors: &[&[f64]],
        domain: Option<&[bool]>,
        missing: Missing,
    ) -> Result<Regression, EstimateError> {
        self.regression(outcome, predictors, domain, missing, Model::Linear)
    }

    /// Logistic regression of `outcome` (0 or 1) on `predictors`, as
    /// [`Design::linear_regression`] otherwise; also `NoConvergence`.
    pub fn logistic_regression(
        &self,
        outcome: &[f64],
        predictors: &[&[f64]],
        domain: Option<&[bool]>,
        missing: Missing,
    ) -> Result<Regression, EstimateError> {
        self.regression(outcome, predictors, domain, missing, Model::Logistic)
    }

    fn regression(
        &self,
        outcome: &[f64],
        predictors: &[&[f64]],
        domain: Option<&[bool]>,
        missing: Missing,
        model: Model,
    ) -> Result<Regression, EstimateError> {
        let all: Vec<&[f64]> = predictors.iter().copied().chain([outcome]).collect();
        let present = self.present_numbers(&all, domain, missing)?;
        let logistic = model == Model::Logistic;
        let variance = |mean: f64| if logistic { mean * (1.0 - mean) } else { 1.0 };
        let weights: Vec<f64> = self
            .weights
            .iter()
            .zip(&present)
            .map(|(weight, inside)| if *inside { *weight } else { 0.0 })
            .collect();
        let values = if logistic {
            fit_logistic(&weights, outcome, predictors)?
        } else {
            fit_linear(&weights, outcome, predictors)?
        };
        let fitted: Vec<f64> = (0..self.rows())
            .map(|row| {
                if !present[row] {
                    return f64::NAN;
                }
                let linear = predict(predictors, &values, row);
                if logistic { expit(linear) } else { linear }
            })
            .collect();
        // Information X'WX, and the score of each row times its inverse.
        let columns = predictors
            .iter()
            .map(|x| {
                (0..self.rows())
                    .map(|row| {
                        if present[row] {
                            x[row] * libm::sqrt(weights[row] * variance(fitted[row]))
                        } else {
                            0.0
                        }
                    })
                    .collect()
            })
            .collect();
        let information = Orthogonal::new(columns);
        if !information.full_rank() {
            return Err(EstimateError::Singular);
        }
        let mut scores = vec![vec![0.0; self.rows()]; predictors.len()];
        let mut score = vec![0.0; predictors.len()];
        for row in 0..self.rows() {
            if !present[row] || weights[row] == 0.0 {
                continue;
            }
            let residual = weights[row] * (outcome[row] - fitted[row]);
            for (slot, x) in score.iter_mut().zip(predictors) {
                *slot = residual * x[row];
            }
            for (column, value) in scores.iter_mut().zip(information.solve_normal(&score)) {
                column[row] = value;
            }
        }
        let residuals: Vec<f64> = (0..self.rows())
            .map(|row| (outcome[row] - fitted[row]) / libm::sqrt(variance(fitted[row])))
            .collect();
        let dispersion = self
            .variances(&[&residuals], Some(&present), Missing::Drop)
            .map_or(f64::NAN, |v| v.values()[0]);
        let coefficients = self.estimates(values, scores, &present)?;
        let df = coefficients.basis.df_domain as f64;
        Ok(Regression {
            df_residual: df + 1.0 - predictors.len() as f64,
            coefficients,
            fitted,
            dispersion,
        })
    }
}

/// Weighted least squares: coefficients alone. Rows with weight zero are left out.
pub fn fit_linear(
    weights: &[f64],
    outcome: &[f64],
    predictors: &[&[f64]],
) -> Result<Vec<f64>, EstimateError> {
    let roots: Vec<f64> = weights.iter().map(|weight| libm::sqrt(*weight)).collect();
    let scaled = |column: &[f64]| -> Vec<f64> {
        column
            .iter()
            .zip(&roots)
            .map(|(x, root)| if *root == 0.0 { 0.0 } else { x * root })
            .collect()
    };
    let basis = Orthogonal::new(predictors.iter().map(|x| scaled(x)).collect());
    if !basis.full_rank() {
        return Err(EstimateError::Singular);
    }
    Ok(basis.coefficients(&scaled(outcome)))
}

/// Weighted logistic regression by iterated least squares, to the last digits: coefficients alone.
/// Rows with weight zero are left out. Errors: `Singular`, `NoConvergence` (also where a predictor
/// separates the outcomes).
pub fn fit_logistic(
    weights: &[f64],
    outcome: &[f64],
    predictors: &[&[f64]],
) -> Result<Vec<f64>, EstimateError> {
    const ROUNDS: usize = 50;
    let mut means: Vec<f64> = outcome.iter().map(|y| 0.5 * y + 0.25).collect();
    let mut linear: Vec<f64> = means.iter().map(|p| libm::log(p / (1.0 - p))).collect();
    let mut last = vec![0.0; predictors.len()];
    for round in 0..ROUNDS {
        let working: Vec<f64> = (0..outcome.len())
            .map(|row| {
                linear[row] + (outcome[row] - means[row]) / (means[row] * (1.0 - means[row]))
            })
            .collect();
        let information: Vec<f64> = weights
            .iter()
            .zip(&means)
            .map(|(w, p)| if *w == 0.0 { 0.0 } else { w * p * (1.0 - p) })
            .collect();
        let coefficients = fit_linear(&information, &working, predictors)?;
        let mut change: f64 = 0.0;
        for (new, old) in coefficients.iter().zip(&last) {
            change = libm::fmax(change, libm::fabs(new - old) / (1e-8 + libm::fabs(*new)));
        }
        last = coefficients;
        if round > 0 && change < 1e-13 {
            return Ok(last);
        }
        for row in 0..outcome.len() {
            linear[row] = predict(predictors, &last, row);
            means[row] = expit(linear[row]);
            if weights[row] != 0.0 && !(means[row] > 1e-14 && means[row] < 1.0 - 1e-14) {
                return Err(EstimateError::NoConvergence { iterations: round });
            }
        }
        // Rounding keeps some fits from standing still to the last digit.
        if round > 15 && change < 1e-11 {
            return Ok(last);
        }
    }
    Err(EstimateError::NoConvergence { iterations: ROUNDS })
}

fn predict(predictors: &[&[f64]], coefficients: &[f64], row: usize) -> f64 {
    let mut sum = 0.0;
    for (x, b) in predictors.iter().zip(coefficients) {
        sum += x[row] * b;
    }
    sum
}
