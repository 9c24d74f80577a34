//! Who answered: response propensities and the R-indicator.

use crate::estimates::EstimateError;
use crate::interval::expit;
use crate::matrix::Orthogonal;
use crate::regression::fit_logistic;

/// Response propensities of a whole frame, by logistic regression on what is known of everybody.
#[derive(Debug, Clone, PartialEq)]
pub struct Propensity {
    /// Coefficients in the order of the predictors.
    pub coefficients: Vec<f64>,
    /// Propensity of each unit of the frame.
    pub propensities: Vec<f64>,
    /// Their mean: the response rate.
    pub mean: f64,
    /// Their standard deviation (n - 1).
    pub sd: f64,
    /// The R-indicator, `1 - 2 sd` (Schouten, Cobben, Bethlehem 2009): 1 when everybody is equally
    /// likely to answer.
    pub r_indicator: f64,
    /// The same without the bias that comes from estimating the propensities: `1 - 2 sd*`, where
    /// the square of sd* is that of sd less the mean variance of the estimated propensities
    /// (Shlomo, Skinner, Schouten 2012, for a frame observed as a whole).
    pub r_indicator_adjusted: f64,
}

/// Fits response propensities to a frame: `responded` and `predictors` (with a column of ones)
/// have one value for each unit, respondent or not. Errors: [`EstimateError`] of the fit.
pub fn propensity(responded: &[bool], predictors: &[&[f64]]) -> Result<Propensity, EstimateError> {
    let rows = responded.len();
    for column in predictors {
        if column.len() != rows {
            return Err(EstimateError::Length {
                found: column.len(),
                rows,
            });
        }
    }
    if rows < 2 {
        return Err(EstimateError::Empty);
    }
    let outcome: Vec<f64> = responded.iter().map(|r| f64::from(u8::from(*r))).collect();
    let coefficients = fit_logistic(&vec![1.0; rows], &outcome, predictors)?;
    let propensities: Vec<f64> = (0..rows)
        .map(|row| {
            let mut linear = 0.0;
            for (x, b) in predictors.iter().zip(&coefficients) {
                linear += x[row] * b;
            }
            expit(linear)
        })
        .collect();
    let n = rows as f64;
    let mean = propensities.iter().fold(0.0, |sum, p| sum + p) / n;
    let square = propensities
        .iter()
        .fold(0.0, |sum, p| sum + (p - mean) * (p - mean))
        / (n - 1.0);
    // Mean variance of the estimated propensities: gradients p(1 - p)x times the information.
    let slope = |row: usize| propensities[row] * (1.0 - propensities[row]);
    let information = Orthogonal::new(
        predictors
            .iter()
            .map(|x| {
                (0..rows)
                    .map(|row| x[row] * libm::sqrt(slope(row)))
                    .collect()
            })
            .collect(),
    );
    let mut bias = 0.0;
    for row in 0..rows {
        let gradient: Vec<f64> = predictors.iter().map(|x| x[row] * slope(row)).collect();
        bias += crate::matrix::dot(&information.solve_normal(&gradient), &gradient);
    }
    let adjusted = (square - bias / n).max(0.0);
    let sd = libm::sqrt(square);
    Ok(Propensity {
        coefficients,
        propensities,
        mean,
        sd,
        r_indicator: 1.0 - 2.0 * sd,
        r_indicator_adjusted: 1.0 - 2.0 * libm::sqrt(adjusted),
    })
}
