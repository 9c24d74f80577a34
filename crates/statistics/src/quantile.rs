//! Quantiles with Woodruff intervals.

use crate::design::Design;
use crate::distribution::t_quantile;
use crate::estimates::{Basis, Estimate, EstimateError, Interval, Missing};
use crate::interval::{ProportionInterval, ProportionMethod};
use crate::replicate::ReplicateDesign;

/// How a quantile is read from weighted values; the names are those of R `survey`, `Hf1` to `Hf9`
/// the nine definitions of Hyndman and Fan (1996) with weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QuantileRule {
    /// The smallest value whose share is at least p (the inverse of the distribution function).
    #[default]
    Math,
    /// As `Math`, but halfway to the next value where the share is exactly p.
    School,
    /// The same as `Math`.
    Hf1,
    /// The same as `School`.
    Hf2,
    /// As `Math`, but the even-numbered of two values where the share is exactly p.
    Hf3,
    /// Linear between the shares.
    Hf4,
    /// Linear, shares taken in the middle of each step.
    Hf5,
    /// Linear, shares of n + 1 parts.
    Hf6,
    /// Linear, shares of n - 1 parts: R's default for samples.
    Hf7,
    /// Linear, about median-unbiased.
    Hf8,
    /// Linear, about unbiased for normal values.
    Hf9,
}

/// What to ask of a quantile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuantileRequest {
    /// Definition.
    pub rule: QuantileRule,
    /// Interval on the scale of the share, carried back (Woodruff 1952): `Mean` as survey's
    /// default, `KornGraubard`, `Logit`, `Arcsine`.
    pub method: ProportionMethod,
    /// Confidence, for example 0.95.
    pub confidence: f64,
}

impl Default for QuantileRequest {
    /// Survey's defaults: `Math`, `Mean`, 0.95.
    fn default() -> Self {
        Self {
            rule: QuantileRule::Math,
            method: ProportionMethod::Mean,
            confidence: 0.95,
        }
    }
}

/// A quantile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuantileEstimate {
    /// The quantile.
    pub value: f64,
    /// Width of the interval over twice the t quantile; NaN where an end is missing.
    pub se: f64,
    /// Interval; an end is NaN where the share's interval leaves `[0, 1]`.
    pub interval: Interval,
    /// Rows, effective n and degrees of freedom.
    pub basis: Basis,
}

impl Design {
    /// Quantiles of a numeric column at the shares `p`, one result a share, NaN being missing.
    ///
    /// Degrees of freedom are those of the rows in the domain, as R has them for a subset. Errors: [`EstimateError`].
    pub fn quantiles(
        &self,
        column: &[f64],
        p: &[f64],
        request: QuantileRequest,
        domain: Option<&[bool]>,
        missing: Missing,
    ) -> Result<Vec<QuantileEstimate>, EstimateError> {
        let present = self.present_numbers(&[column], domain, missing)?;
        let sorted = Sorted::new(column, &self.weights, &present);
        let mut results = Vec::with_capacity(p.len());
        for share in p {
            if !(0.0..=1.0).contains(share) {
                return Err(EstimateError::Range { what: "a share" });
            }
            let value = sorted.quantile(*share, request.rule);
            let below: Vec<f64> = column.iter().map(|x| f64::from(*x <= value)).collect();
            let mean: Estimate = self.mean_of(&[&below], &present)?.get(0);
            let shares = ProportionInterval {
                method: request.method,
                confidence: request.confidence,
                df: mean.basis.df_domain as f64,
                n: mean.basis.n,
                cap: None,
            };
            let (interval, se) = sorted.woodruff(&shares, mean.value, mean.se, request.rule);
            results.push(QuantileEstimate {
                value,
                se,
                interval,
                basis: mean.basis,
            });
        }
        Ok(results)
    }
}

/// A quantile over replicate weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReplicateQuantile {
    /// The quantile.
    pub value: f64,
    /// Width of the interval over twice the t quantile; NaN where an end is missing.
    pub se: f64,
    /// Interval; an end is NaN where the share's interval leaves `[0, 1]`.
    pub interval: Interval,
}

impl ReplicateDesign {
    /// Quantiles as [`Design::quantiles`], the share's variance being that over the replicates;
    /// `df` are the degrees of freedom of that variance. NaN and rows outside `domain` are left
    /// out. Errors: [`EstimateError`].
    pub fn quantiles(
        &self,
        column: &[f64],
        p: &[f64],
        request: QuantileRequest,
        df: f64,
        domain: Option<&[bool]>,
    ) -> Result<Vec<ReplicateQuantile>, EstimateError> {
        let inside = self.inside(&[column], domain)?;
        let sorted = Sorted::new(column, self.weights(), &inside);
        let mut results = Vec::with_capacity(p.len());
        for share in p {
            if !(0.0..=1.0).contains(share) {
                return Err(EstimateError::Range { what: "a share" });
            }
            let value = sorted.quantile(*share, request.rule);
            let below: Vec<f64> = column.iter().map(|x| f64::from(*x <= value)).collect();
            let mean = self.mean(&[&below], Some(&inside))?;
            let shares = ProportionInterval {
                method: request.method,
                confidence: request.confidence,
                df,
                n: inside.iter().filter(|row| **row).count(),
                cap: None,
            };
            let (interval, se) = sorted.woodruff(&shares, mean.values[0], mean.se(0), request.rule);
            results.push(ReplicateQuantile {
                value,
                se,
                interval,
            });
        }
        Ok(results)
    }
}

/// A quantile of plain weighted values without any variance, for replicate weights. NaN and zero
/// weights are left out; NaN when nothing is left.
pub fn weighted_quantile(values: &[f64], weights: &[f64], p: f64, rule: QuantileRule) -> f64 {
    let present: Vec<bool> = values.iter().map(|value| !value.is_nan()).collect();
    Sorted::new(values, weights, &present).quantile(p, rule)
}

/// Values in ascending order with their weights and running sums.
struct Sorted {
    values: Vec<f64>,
    weights: Vec<f64>,
    running: Vec<f64>,
}

/// Shares that differ by less are equal.
const SAME: f64 = 1e-13;

impl Sorted {
    fn new(column: &[f64], weights: &[f64], present: &[bool]) -> Self {
        let mut rows: Vec<usize> = (0..column.len())
            .filter(|row| present[*row] && weights[*row] > 0.0)
            .collect();
        rows.sort_by(|a, b| column[*a].total_cmp(&column[*b]).then(a.cmp(b)));
        let mut sum = 0.0;
        let running = rows
            .iter()
            .map(|row| {
                sum += weights[*row];
                sum
            })
            .collect();
        Self {
            values: rows.iter().map(|row| column[*row]).collect(),
            weights: rows.iter().map(|row| weights[*row]).collect(),
            running,
        }
    }

    fn quantile(&self, p: f64, rule: QuantileRule) -> f64 {
        let (Some(total), Some(last)) = (self.running.last(), self.weights.last()) else {
            return f64::NAN;
        };
        let before = |k: usize| if k == 0 { 0.0 } else { self.running[k - 1] };
        match rule {
            QuantileRule::Math | QuantileRule::Hf1 => {
                let step = self.step(p);
                if step.exact { step.low } else { step.high }
            }
            QuantileRule::School | QuantileRule::Hf2 => {
                let step = self.step(p);
                if step.exact {
                    0.5 * (step.low + step.high)
                } else {
                    step.high
                }
            }
            QuantileRule::Hf3 => {
                let step = self.merged().step(p);
                if step.exact && step.number.is_multiple_of(2) {
                    step.low
                } else {
                    step.high
                }
            }
            QuantileRule::Hf4 => {
                let step = self.step(p);
                let width = step.above - step.below;
                let part = if width == 0.0 {
                    0.0
                } else {
                    ((p - step.below) / width).max(0.0)
                };
                step.low * (1.0 - part) + step.high * part
            }
            QuantileRule::Hf5 => {
                self.linear(p, |k| (self.running[k] - 0.5 * self.weights[k]) / total)
            }
            QuantileRule::Hf6 => self.linear(p, |k| self.running[k] / (total + last)),
            QuantileRule::Hf7 => self.linear(p, |k| before(k) / (total - last)),
            QuantileRule::Hf8 => self.linear(p, |k| {
                (before(k) / 3.0 + self.running[k] * 2.0 / 3.0) / (total + last / 3.0)
            }),
            QuantileRule::Hf9 => self.linear(p, |k| {
                (before(k) * 3.0 / 8.0 + self.running[k] * 5.0 / 8.0) / (total + last / 4.0)
            }),
        }
    }

    /// The interval of a share carried back to values, and the standard error that it stands for.
    fn woodruff(
        &self,
        shares: &ProportionInterval,
        value: f64,
        se: f64,
        rule: QuantileRule,
    ) -> (Interval, f64) {
        let of_share = shares.interval(value, se);
        let back = |at: f64| {
            if (0.0..=1.0).contains(&at) {
                self.quantile(at, rule)
            } else {
                f64::NAN
            }
        };
        let interval = Interval {
            low: back(of_share.low),
            high: back(of_share.high),
        };
        let reach = 2.0 * t_quantile(0.5 + 0.5 * shares.confidence, shares.df);
        (interval, (interval.high - interval.low) / reach)
    }

    /// The values on both sides of the share p.
    fn step(&self, p: f64) -> Step {
        let count = self.running.len();
        let total = self.running[count - 1];
        let reached = self
            .running
            .iter()
            .take_while(|sum| **sum <= p * total * (1.0 + SAME))
            .count();
        // Below the first step both sides are the first value (survey takes the second there).
        let at = reached.max(1) - 1;
        let next = reached.min(count - 1);
        let below = self.running[at] / total;
        Step {
            low: self.values[at],
            high: self.values[next],
            below,
            above: self.running[next] / total,
            exact: libm::fabs(p - below) <= SAME,
            number: at + 1,
        }
    }

    /// Equal values made one.
    fn merged(&self) -> Sorted {
        let mut values: Vec<f64> = Vec::new();
        let mut weights: Vec<f64> = Vec::new();
        for (value, weight) in self.values.iter().zip(&self.weights) {
            match (values.last(), weights.last_mut()) {
                (Some(last), Some(sum)) if last == value => *sum += weight,
                _ => {
                    values.push(*value);
                    weights.push(*weight);
                }
            }
        }
        let mut sum = 0.0;
        let running = weights
            .iter()
            .map(|weight| {
                sum += weight;
                sum
            })
            .collect();
        Sorted {
            values,
            weights,
            running,
        }
    }

    /// Linear between the points `(share(k), value k)`, level beyond them.
    fn linear(&self, p: f64, share: impl Fn(usize) -> f64) -> f64 {
        let count = self.values.len();
        if p <= share(0) {
            return self.values[0];
        }
        for k in 1..count {
            let high = share(k);
            if p <= high {
                let low = share(k - 1);
                let part = (p - low) / (high - low);
                return self.values[k - 1] + (self.values[k] - self.values[k - 1]) * part;
            }
        }
        self.values[count - 1]
    }
}

struct Step {
    low: f64,
    high: f64,
    below: f64,
    above: f64,
    exact: bool,
    /// Number of the lower value, from one.
    number: usize,
}
