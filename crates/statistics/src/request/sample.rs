//! One face for designs with linearised and with replicate variances.

use crate::design::Design;
use crate::estimates::{DesignEffect, EstimateError, Estimates, Missing};
use crate::matrix::Matrix;
use crate::regression::{fit_linear, fit_logistic};
use crate::replicate::ReplicateDesign;
use crate::{QuantileEstimate, QuantileRequest};

/// A design, whatever its variances come from.
#[derive(Clone)]
pub(super) enum Sampler {
    Linear(Design),
    Replicates {
        replicates: ReplicateDesign,
        /// Rows and weights, for n and effective n.
        design: Design,
        /// Degrees of freedom, where they are known.
        known_df: Option<f64>,
        df: f64,
    },
}

/// Estimates that rest on the same rows.
pub(super) struct Part {
    pub(super) values: Vec<f64>,
    pub(super) covariance: Matrix,
    pub(super) effects: Vec<Option<DesignEffect>>,
    pub(super) basis: Rows,
    pub(super) scores: Scores,
}

/// What is needed to put parts together.
pub(super) enum Scores {
    Linear(Box<Estimates>),
    Replicates(Vec<Vec<f64>>),
}

/// Rows that something rests on.
#[derive(Clone, Copy, Default)]
pub(super) struct Rows {
    pub(super) n: usize,
    pub(super) n_effective: f64,
    pub(super) df: f64,
    pub(super) df_domain: f64,
    /// See [`DegreesOf::Effective`](super::model::DegreesOf::Effective).
    pub(super) df_effective: f64,
    /// See [`Cap::KishOpen`](super::model::Cap::KishOpen).
    pub(super) n_open: f64,
    /// See [`Cap::Unanswered`](super::model::Cap::Unanswered).
    pub(super) n_unanswered: f64,
}

impl Part {
    pub(super) fn se(&self, index: usize) -> f64 {
        libm::sqrt(self.covariance.get(index, index))
    }
}

impl Sampler {
    pub(super) fn replicated(
        replicates: ReplicateDesign,
        design: Design,
        known_df: Option<f64>,
    ) -> Self {
        let design = design.with_weights(replicates.weights().to_vec());
        let df = known_df.unwrap_or_else(|| replicates.degrees_of_freedom(None));
        Sampler::Replicates {
            replicates,
            design,
            known_df,
            df,
        }
    }

    pub(super) fn design(&self) -> &Design {
        match self {
            Sampler::Linear(design) | Sampler::Replicates { design, .. } => design,
        }
    }

    /// With every weight multiplied by a measure, which is finite and not negative.
    pub(super) fn with_measure(&self, measure: &[f64]) -> Self {
        match self.clone() {
            Sampler::Linear(design) => Sampler::Linear(
                design
                    .with_measure(measure)
                    .expect("the measure was checked"),
            ),
            Sampler::Replicates {
                replicates,
                design,
                known_df,
                df,
            } => Sampler::Replicates {
                replicates: replicates.with_measure(measure),
                design: design
                    .with_measure(measure)
                    .expect("the measure was checked"),
                known_df,
                df,
            },
        }
    }

    /// See [`Design::with_unheard`].
    pub(super) fn with_unheard(self, sums: &[f64], squares: &[f64]) -> Self {
        match self {
            Sampler::Linear(design) => Sampler::Linear(design.with_unheard(sums, squares)),
            replicated => replicated,
        }
    }

    pub(super) fn rows(&self, mask: &[bool]) -> Rows {
        let basis = self.design().basis(mask);
        let (df, df_domain) = match self {
            Sampler::Linear(_) => (basis.df as f64, basis.df_domain as f64),
            Sampler::Replicates {
                replicates,
                known_df,
                df,
                ..
            } => (
                *df,
                known_df.unwrap_or_else(|| replicates.degrees_of_freedom(Some(mask))),
            ),
        };
        // What each row adds to a variance, without what it says.
        let design = self.design();
        let (mut sum, mut open, mut squares, mut population) = (0.0, 0.0, 0.0, 0.0);
        for (row, weight) in design.weights().iter().enumerate() {
            if mask[row] && *weight != 0.0 {
                let part = design.strata[design.row_stratum(row)].correction() * weight * weight;
                sum += weight;
                population += design.population_size(row);
                open += part;
                squares += part * part;
            }
        }
        let g = sum / population;
        let g = if g.is_finite() { g } else { 1.0 };
        let counts = |row: &usize| mask[*row] && design.weights()[*row] != 0.0;
        let rows = (0..mask.len()).filter(counts);
        let unanswered: f64 = rows.map(|row| design.unanswered(row, g)).sum();
        Rows {
            n: basis.n,
            n_effective: basis.n_effective,
            df,
            df_domain,
            df_effective: libm::fmin(open * open / squares - 1.0, df_domain),
            n_open: sum * sum / open,
            n_unanswered: sum * sum / unanswered,
        }
    }

    fn linear(&self, estimates: Estimates, mask: &[bool]) -> Part {
        Part {
            values: estimates.values.clone(),
            covariance: estimates.covariance.clone(),
            effects: estimates.design_effects.clone(),
            basis: self.rows(mask),
            scores: Scores::Linear(Box::new(estimates)),
        }
    }

    fn replicates(
        &self,
        replicates: &ReplicateDesign,
        mask: &[bool],
        estimator: impl Fn(&[f64]) -> Result<Vec<f64>, EstimateError>,
    ) -> Result<Part, EstimateError> {
        let (values, each) = replicates.values(estimator)?;
        Ok(Part {
            covariance: replicates.covariance(&values, &each),
            effects: vec![None; values.len()],
            values,
            basis: self.rows(mask),
            scores: Scores::Replicates(each),
        })
    }

    /// The standard error of the logit of a share from its replicates; `None` where there are none, or where one of
    /// them is 0 or 1.
    pub(super) fn logit_se(&self, part: &Part, index: usize) -> Option<f64> {
        let (Sampler::Replicates { replicates, .. }, Scores::Replicates(each)) =
            (self, &part.scores)
        else {
            return None;
        };
        let logit = |share: f64| libm::log(share / (1.0 - share));
        let each: Vec<Vec<f64>> = each.iter().map(|share| vec![logit(share[index])]).collect();
        let all = logit(part.values[index]);
        if each.iter().any(|logit| logit[0].is_infinite()) || !all.is_finite() {
            return None;
        }
        Some(libm::sqrt(replicates.covariance(&[all], &each).get(0, 0)))
    }

    /// Means of columns over the rows of a mask, where none is missing.
    pub(super) fn mean(&self, columns: &[&[f64]], mask: &[bool]) -> Result<Part, EstimateError> {
        match self {
            Sampler::Linear(design) => {
                Ok(self.linear(design.mean(columns, Some(mask), Missing::Drop)?, mask))
            }
            Sampler::Replicates { replicates, .. } => {
                let mut part = self.replicates(replicates, mask, |weights| {
                    let total = sum(weights, mask, |_| 1.0);
                    if total == 0.0 {
                        return Err(EstimateError::Empty);
                    }
                    Ok(columns
                        .iter()
                        .map(|column| sum(weights, mask, |row| column[row]) / total)
                        .collect())
                })?;
                self.effects(&mut part, columns, mask, false);
                Ok(part)
            }
        }
    }

    /// Totals of columns, as [`Sampler::mean`].
    pub(super) fn total(&self, columns: &[&[f64]], mask: &[bool]) -> Result<Part, EstimateError> {
        match self {
            Sampler::Linear(design) => {
                Ok(self.linear(design.total(columns, Some(mask), Missing::Drop)?, mask))
            }
            Sampler::Replicates { replicates, .. } => {
                let mut part = self.replicates(replicates, mask, |weights| {
                    if sum(weights, mask, |_| 1.0) == 0.0 {
                        return Err(EstimateError::Empty);
                    }
                    let total = |column: &&[f64]| sum(weights, mask, |row| column[row]);
                    Ok(columns.iter().map(total).collect())
                })?;
                self.effects(&mut part, columns, mask, true);
                Ok(part)
            }
        }
    }

    /// Design effects of means or totals whose variance comes from replicates.
    fn effects(&self, part: &mut Part, columns: &[&[f64]], mask: &[bool], totals: bool) {
        let design = self.design();
        let basis = design.basis(mask);
        let factor = if totals { basis.weight } else { 1.0 };
        for (index, column) in columns.iter().enumerate() {
            let mean = sum(design.weights(), mask, |row| column[row]) / basis.weight;
            let spread = sum(design.weights(), mask, |row| {
                (column[row] - mean) * (column[row] - mean)
            });
            let n = basis.n as f64;
            let spread = spread / basis.weight * n / (n - 1.0);
            let variance = part.covariance.get(index, index);
            part.effects[index] = Some(DesignEffect::new(variance, spread, factor, basis));
        }
    }

    /// The ratio of two totals.
    pub(super) fn ratio(&self, y: &[f64], x: &[f64], mask: &[bool]) -> Result<Part, EstimateError> {
        match self {
            Sampler::Linear(design) => {
                Ok(self.linear(design.ratio(&[y], &[x], Some(mask), Missing::Drop)?, mask))
            }
            Sampler::Replicates { replicates, .. } => {
                self.replicates(replicates, mask, |weights| {
                    let bottom = sum(weights, mask, |row| x[row]);
                    if bottom == 0.0 {
                        return Err(EstimateError::ZeroDenominator);
                    }
                    Ok(vec![sum(weights, mask, |row| y[row]) / bottom])
                })
            }
        }
    }

    /// The covariance of two columns in the population; the variance where they are the same.
    pub(super) fn variance(
        &self,
        x: &[f64],
        y: Option<&[f64]>,
        mask: &[bool],
    ) -> Result<Part, EstimateError> {
        match (self, y) {
            (Sampler::Linear(design), None) => {
                Ok(self.linear(design.variances(&[x], Some(mask), Missing::Drop)?, mask))
            }
            (Sampler::Linear(design), Some(y)) => {
                let all = design.variances(&[x, y], Some(mask), Missing::Drop)?;
                let value = all.values()[1];
                let one = all.transform(vec![value], &[&[0.0, 1.0, 0.0, 0.0]]);
                Ok(self.linear(one, mask))
            }
            (Sampler::Replicates { replicates, .. }, y) => {
                let n = self.rows(mask).n as f64;
                self.replicates(replicates, mask, |weights| {
                    Ok(vec![covariance_of(weights, mask, x, y.unwrap_or(x), n)?])
                })
            }
        }
    }

    /// The correlation of two columns.
    pub(super) fn correlation(
        &self,
        x: &[f64],
        y: &[f64],
        mask: &[bool],
    ) -> Result<Part, EstimateError> {
        match self {
            Sampler::Linear(design) => {
                let all = design.variances(&[x, y], Some(mask), Missing::Drop)?;
                let (xx, xy, yy) = (all.values()[0], all.values()[1], all.values()[3]);
                let root = libm::sqrt(xx * yy);
                if root == 0.0 {
                    return Err(EstimateError::ZeroDenominator);
                }
                let r = xy / root;
                let gradient = [-0.5 * r / xx, 1.0 / root, 0.0, -0.5 * r / yy];
                Ok(self.linear(all.transform(vec![r], &[&gradient]), mask))
            }
            Sampler::Replicates { replicates, .. } => {
                self.replicates(replicates, mask, |weights| {
                    let pair = |a, b| covariance_of(weights, mask, a, b, 2.0);
                    let root = libm::sqrt(pair(x, x)? * pair(y, y)?);
                    if root == 0.0 {
                        return Err(EstimateError::ZeroDenominator);
                    }
                    Ok(vec![pair(x, y)? / root])
                })
            }
        }
    }

    /// Coefficients of a regression, with their degrees of freedom.
    pub(super) fn regression(
        &self,
        outcome: &[f64],
        predictors: &[&[f64]],
        mask: &[bool],
        logistic: bool,
    ) -> Result<(Part, f64), EstimateError> {
        match self {
            Sampler::Linear(design) => {
                let fitted = if logistic {
                    design.logistic_regression(outcome, predictors, Some(mask), Missing::Drop)?
                } else {
                    design.linear_regression(outcome, predictors, Some(mask), Missing::Drop)?
                };
                Ok((self.linear(fitted.coefficients, mask), fitted.df_residual))
            }
            Sampler::Replicates { replicates, .. } => {
                let part = self.replicates(replicates, mask, |weights| {
                    let inside =
                        |(weight, inside): (&f64, &bool)| if *inside { *weight } else { 0.0 };
                    let weights: Vec<f64> = weights.iter().zip(mask).map(inside).collect();
                    // Rows without weight still take part in sums: their gaps are filled.
                    let filled = |column: &[f64]| -> Vec<f64> {
                        let value = |(x, w): (&f64, &f64)| if *w == 0.0 { 0.0 } else { *x };
                        column.iter().zip(&weights).map(value).collect()
                    };
                    let columns: Vec<Vec<f64>> = predictors.iter().map(|x| filled(x)).collect();
                    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
                    if logistic {
                        fit_logistic(&weights, &filled(outcome), &columns)
                    } else {
                        fit_linear(&weights, &filled(outcome), &columns)
                    }
                })?;
                let df = part.basis.df_domain + 1.0 - predictors.len() as f64;
                Ok((part, df))
            }
        }
    }

    /// Quantiles of a column.
    pub(super) fn quantiles(
        &self,
        column: &[f64],
        p: &[f64],
        request: QuantileRequest,
        mask: &[bool],
    ) -> Result<Vec<QuantileEstimate>, EstimateError> {
        match self {
            Sampler::Linear(design) => {
                design.quantiles(column, p, request, Some(mask), Missing::Drop)
            }
            Sampler::Replicates {
                replicates, design, ..
            } => {
                let basis = design.basis(mask);
                if basis.n == 0 {
                    return Err(EstimateError::Empty);
                }
                let df = self.rows(mask).df_domain;
                let found = replicates.quantiles(column, p, request, df, Some(mask))?;
                Ok(found
                    .into_iter()
                    .map(|quantile| QuantileEstimate {
                        value: quantile.value,
                        se: quantile.se,
                        interval: quantile.interval,
                        basis,
                    })
                    .collect())
            }
        }
    }

    /// The covariance of all estimates of several parts, one after the other.
    pub(super) fn join(&self, parts: &[&Part]) -> Result<Matrix, EstimateError> {
        match self {
            Sampler::Linear(design) => {
                let estimates: Vec<&Estimates> = parts
                    .iter()
                    .filter_map(|part| match &part.scores {
                        Scores::Linear(estimates) => Some(estimates.as_ref()),
                        Scores::Replicates(_) => None,
                    })
                    .collect();
                Ok(design.join(&estimates)?.covariance)
            }
            Sampler::Replicates { replicates, .. } => {
                let mut values = Vec::new();
                let mut each = vec![Vec::new(); replicates.replicates()];
                for part in parts {
                    values.extend_from_slice(&part.values);
                    if let Scores::Replicates(own) = &part.scores {
                        for (all, own) in each.iter_mut().zip(own) {
                            all.extend_from_slice(own);
                        }
                    }
                }
                Ok(replicates.covariance(&values, &each))
            }
        }
    }
}

/// The weighted covariance of two columns over rows of a mask, times n over n - 1.
fn covariance_of(
    weights: &[f64],
    mask: &[bool],
    x: &[f64],
    y: &[f64],
    n: f64,
) -> Result<f64, EstimateError> {
    let total = sum(weights, mask, |_| 1.0);
    if total == 0.0 {
        return Err(EstimateError::Empty);
    }
    let x_mean = sum(weights, mask, |row| x[row]) / total;
    let y_mean = sum(weights, mask, |row| y[row]) / total;
    let product = sum(weights, mask, |row| (x[row] - x_mean) * (y[row] - y_mean));
    Ok(product / total * n / (n - 1.0))
}

fn sum(weights: &[f64], mask: &[bool], value: impl Fn(usize) -> f64) -> f64 {
    let mut sum = 0.0;
    for (row, weight) in weights.iter().enumerate() {
        if mask[row] && *weight != 0.0 {
            sum += weight * value(row);
        }
    }
    sum
}
