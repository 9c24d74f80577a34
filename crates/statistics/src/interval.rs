//! Intervals for proportions, from survey estimates.

use crate::distribution::{beta_quantile, t_quantile};
use crate::estimates::{Estimate, Interval};

/// How an interval for a proportion is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProportionMethod {
    /// Wilson's score interval with the effective n and the t quantile (Wilson 1927; for surveys
    /// Dean and Pagano 2015).
    Wilson,
    /// Clopper-Pearson's with the effective n, called beta in R `survey` (Korn and Graubard
    /// 1998). Covers at least as often as promised, mostly more often.
    KornGraubard,
    /// Symmetric on the logit scale, as of a logistic regression on nothing (R's `logit`): with replicate weights a
    /// request takes the variance of the replicates' logits.
    Logit,
    /// Symmetric on the logit scale, with the share's standard error (R's `xlogit`).
    TransformedLogit,
    /// Where twice the log-likelihood of the effective n falls by the squared t quantile, times the
    /// n / (n - 1) of R's dispersion (R's `likelihood`, which interpolates the same curve; Rao and
    /// Scott 1984).
    Likelihood,
    /// Symmetric on the scale of the arcsine of the root (R's `asin`).
    Arcsine,
    /// `p ± t se`: wrong for shares near zero and one, here for comparison.
    Mean,
}

/// What an interval for a proportion is made with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProportionInterval {
    /// Which interval.
    pub method: ProportionMethod,
    /// Confidence, for example 0.95.
    pub confidence: f64,
    /// Degrees of freedom of the t quantile (infinite: normal); R takes those of the design.
    pub df: f64,
    /// n of the sample for Korn-Graubard's correction for degrees of freedom,
    /// `(t(n - 1) / t(df))²`; R takes all rows of the design, also in domains.
    pub n: usize,
    /// The effective n is at most this, for example Kish's n; `None`: no cap, as in R.
    pub cap: Option<f64>,
}

impl ProportionInterval {
    /// The effective n behind a proportion: `p (1 - p) / se²`, at most the cap.
    ///
    /// Where the variance is zero - nobody or everybody, or all units observed - it is the cap,
    /// and infinite without one; the caller must know which of the two it is.
    pub fn effective_n(&self, value: f64, se: f64) -> f64 {
        let cap = self.cap.unwrap_or(f64::INFINITY);
        let variance = se * se;
        if variance > 0.0 {
            (value * (1.0 - value) / variance).min(cap)
        } else {
            cap
        }
    }

    /// The interval of an estimated proportion. Formulas as in R's `svyciprop`; ends are within
    /// `[0, 1]` except with [`ProportionMethod::Mean`]. Logit and arcsine need `0 < p < 1` and
    /// give NaN elsewhere.
    pub fn of(&self, estimate: &Estimate) -> Interval {
        self.interval(estimate.value, estimate.se)
    }

    /// As [`ProportionInterval::of`], from the proportion and its standard error.
    pub fn interval(&self, value: f64, se: f64) -> Interval {
        let t = t_quantile(0.5 + 0.5 * self.confidence, self.df);
        let n = self.effective_n(value, se);
        match self.method {
            ProportionMethod::Wilson => wilson(value, n, t),
            ProportionMethod::KornGraubard => {
                let rows_t = t_quantile(0.5 + 0.5 * self.confidence, self.n as f64 - 1.0);
                korn_graubard(value, n * (rows_t / t) * (rows_t / t), self.confidence)
            }
            ProportionMethod::Logit | ProportionMethod::TransformedLogit => {
                let centre = libm::log(value / (1.0 - value));
                let reach = t * se / (value * (1.0 - value));
                Interval {
                    low: expit(centre - reach),
                    high: expit(centre + reach),
                }
            }
            ProportionMethod::Likelihood => {
                let rows = self.n as f64;
                likelihood(value, n, t * libm::sqrt(rows / (rows - 1.0)))
            }
            ProportionMethod::Arcsine => {
                let centre = libm::asin(libm::sqrt(value));
                let reach = t * se / (2.0 * libm::sqrt(value * (1.0 - value)));
                let quarter = core::f64::consts::FRAC_PI_2;
                let low = libm::sin((centre - reach).max(0.0));
                let high = libm::sin((centre + reach).min(quarter));
                Interval {
                    low: low * low,
                    high: high * high,
                }
            }
            ProportionMethod::Mean => Interval {
                low: value - t * se,
                high: value + t * se,
            },
        }
    }
}

/// The interval of a share that is printed only when it is at least `least` and at most `1 - least`, for example three
/// of 31 rows; `interval` is the one without that rule, `n` the effective n of both (need not be whole).
///
/// Of a rare share only those samples are printed in which it came out high, and of their ordinary intervals too few hold
/// the truth. Here an end is the share at which a printed one would be that far off with a probability of one less
/// `confidence`, half of the value's own probability left out (mid-p); all of it belongs to one side, since no
/// printed interval can end on the other side of a truth that is hardly ever printed. Beyond the reach of the smallest
/// printed share the ordinary end stands. After Zhong and Prentice (2008) for effects that were selected.
pub fn printed(interval: Interval, value: f64, least: f64, n: f64, confidence: f64) -> Interval {
    if !(n.is_finite() && least > 0.0) {
        return interval;
    }
    let z = crate::distribution::normal_quantile(0.5 + 0.5 * confidence);
    let reach = wilson(least, n, z).high;
    let low = |ordinary: f64, value: f64| {
        printed_low(value * n, least * n, n, 1.0 - confidence).min(ordinary.max(reach))
    };
    Interval {
        low: low(interval.low, value),
        high: 1.0 - low(1.0 - interval.high, 1.0 - value),
    }
}

/// The share at which a count of at least `least` would be `count` or more with the probability `error`.
fn printed_low(count: f64, least: f64, n: f64, error: f64) -> f64 {
    let at_least = |share: f64, count: f64| match count {
        _ if count <= 0.0 => 1.0,
        _ if count >= n + 1.0 => 0.0,
        _ => crate::distribution::beta_lower(share, count, n - count + 1.0),
    };
    let mid = |share: f64| 0.5 * (at_least(share, count) + at_least(share, count + 1.0));
    let (mut low, mut high) = (0.0, (count / n).min(1.0));
    for _ in 0..40 {
        let middle = 0.5 * (low + high);
        if mid(middle) <= error * at_least(middle, least) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// Wilson's interval for a share of `n` (need not be whole) at the quantile `z`.
pub fn wilson(value: f64, n: f64, z: f64) -> Interval {
    if n == f64::INFINITY {
        return Interval {
            low: value,
            high: value,
        };
    }
    let square = z * z;
    let centre = value + square / (2.0 * n);
    let reach = z * libm::sqrt(value * (1.0 - value) / n + square / (4.0 * n * n));
    let bottom = 1.0 + square / n;
    Interval {
        low: ((centre - reach) / bottom).max(0.0),
        high: ((centre + reach) / bottom).min(1.0),
    }
}

/// Clopper and Pearson's interval for a share of `n`, which need not be whole (Korn and Graubard
/// 1998).
pub fn korn_graubard(value: f64, n: f64, confidence: f64) -> Interval {
    if n == f64::INFINITY {
        return Interval {
            low: value,
            high: value,
        };
    }
    let half = 0.5 - 0.5 * confidence;
    let yes = n * value;
    let no = n * (1.0 - value);
    Interval {
        low: beta_quantile(half, yes, no + 1.0),
        high: beta_quantile(1.0 - half, yes + 1.0, no),
    }
}

/// The shares whose deviance from `value` at `n` is the square of `t`, by bisection.
fn likelihood(value: f64, n: f64, t: f64) -> Interval {
    if n == f64::INFINITY || value.is_nan() {
        return Interval {
            low: value,
            high: value,
        };
    }
    let part = |observed: f64, assumed: f64| {
        if observed == 0.0 {
            0.0
        } else {
            observed * libm::log(observed / assumed)
        }
    };
    let deviance = |share: f64| 2.0 * n * (part(value, share) + part(1.0 - value, 1.0 - share));
    let end = |outer: f64| {
        if deviance(outer) <= t * t {
            return outer;
        }
        let (mut inside, mut outside) = (value, outer);
        for _ in 0..200 {
            let middle = 0.5 * (inside + outside);
            if deviance(middle) <= t * t {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        0.5 * (inside + outside)
    };
    Interval {
        low: end(0.0),
        high: end(1.0),
    }
}

pub(crate) fn expit(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_what_is_printed_95_percent_hold_the_truth() {
        // Truth: the binomial distribution, summed. 31 villages, printed from three on each side.
        let (n, least) = (31, 3);
        let interval = |count: i32| {
            let value = f64::from(count) / f64::from(n);
            let ordinary = wilson(value, f64::from(n), 1.959_963_984_540_054);
            let least = f64::from(least) / f64::from(n);
            (
                ordinary,
                printed(ordinary, value, least, f64::from(n), 0.95),
            )
        };
        for truth in [0.02, 0.05, 0.08, 0.15, 0.3, 0.5] {
            let mut chance = libm::pow(1.0 - truth, f64::from(n));
            let (mut shown, mut held, mut held_before) = (0.0, 0.0, 0.0);
            for count in 0..=n {
                if (least..=n - least).contains(&count) {
                    let holds =
                        |i: Interval| f64::from(u8::from(i.low <= truth && truth <= i.high));
                    let (ordinary, printed) = interval(count);
                    shown += chance;
                    held += chance * holds(printed);
                    held_before += chance * holds(ordinary);
                }
                chance *= f64::from(n - count) / f64::from(count + 1) * truth / (1.0 - truth);
            }
            println!(
                "{truth}: {:.4}, without the rule {:.4}",
                held / shown,
                held_before / shown
            );
            // Counts are whole: it jumps by some points.
            assert!(held / shown > 0.92, "{truth}: {}", held / shown);
        }
    }
}
