//! Estimates with the interval that may be stated for them: what tables are made of, and what the coverage
//! simulation runs (`docs/decisions/coverage.md`). Nothing here is released yet: that is for disclosure control.
//!
//! **Shares** have Wilson's interval (Wilson 1927; for surveys Dean and Pagano 2015) on an effective n: that of the
//! design's variance, `p (1 - p) / se²`, but at most [`weighted_n`], since a variance estimated from a few heavy
//! respondents is at times far too small. Its quantile is the normal one: a score interval takes the variance at
//! the share that is tried, not an estimated one. Since a share is printed only with three respondents on each side, the
//! interval of a rare one allows for that ([`statistics::printed`]). **Means** have t intervals with [`effective_df`].
//! Standard errors allow for what raking used up (`Design::with_leverage_correction`).
//!
//! `weighted_n` is that of an error whose variance is known but for the share itself (Royall 1970): that an answer is taken
//! for `w - 1` other units, and that the units without answer answer as they do. The latter are in the register: whether
//! Berlin answered or not, shares of inhabitants know how much it weighs (and that the weighted inhabitants are too few
//! without it), and a Land of which all answered says nothing of the others.
//!
//! No interval is stated below Kish's n of [`INTERVAL_KISH`], below [`INTERVAL_DF`] degrees of freedom, or at zero
//! variance - unless every unit of the domain answered: then the share is known, and its interval is the share.

use statistics::{
    Estimate, EstimateError, Estimates, Interval, Missing, ProportionInterval, ProportionMethod,
};

use crate::Weighting;
use crate::disclosure::MIN_SIDE;

/// Smallest effective n (Kish) for which an interval is stated.
pub const INTERVAL_KISH: f64 = 10.0;
/// Fewest degrees of freedom for which an interval is stated.
pub const INTERVAL_DF: f64 = 8.0;
/// Confidence of all intervals.
pub const CONFIDENCE: f64 = 0.95;

/// An estimate with its interval, before disclosure control.
#[derive(Clone, Copy, Debug)]
pub struct Stated {
    /// The estimate with its standard error.
    pub estimate: Estimate,
    /// Kish's n of the base's weights.
    pub kish: f64,
    /// Degrees of freedom of the domain: respondents less cells.
    pub df: f64,
    /// The interval, where one may be stated.
    pub interval: Option<Interval>,
}

impl Weighting {
    /// The weighted inhabitants of the respondents in `base` over those that they stand for in the register: one but
    /// for the size of those who happened to answer.
    fn reached(&self, base: &[bool], inhabitants: &[f64]) -> f64 {
        let rows = (0..base.len()).filter(|&row| base[row]);
        let (weighted, all) = rows.fold((0.0, 0.0), |(weighted, all), row| {
            let cell = &self.inhabitants[self.cell_of[row] as usize];
            (
                weighted + self.weights()[row] * inhabitants[row],
                all + cell.expansion * inhabitants[row],
            )
        });
        weighted / all
    }

    /// Shares of `said` (columns of 0 and 1, one value a respondent) among the respondents in `base`; with
    /// `inhabitants`, shares of the inhabitants who live in municipalities that said so.
    pub fn shares(
        &self,
        base: &[bool],
        said: &[&[f64]],
        inhabitants: Option<&[f64]>,
    ) -> Result<Vec<Stated>, EstimateError> {
        let estimates = self.share_estimates(base, said, inhabitants)?;
        let support = Support::new(self, base, inhabitants);
        Ok(estimates
            .iter()
            .map(|estimate| support.stated(estimate, support.share(&estimate)))
            .collect())
    }

    /// The mean of `column` (NaN: missing, outside of `base` anything) among the respondents in `base`.
    pub fn mean(&self, base: &[bool], column: &[f64]) -> Result<Stated, EstimateError> {
        let mean = self.design.mean(&[column], Some(base), Missing::Drop)?;
        let (mean, support) = (mean.get(0), Support::new(self, base, None));
        Ok(support.stated(mean, support.mean(&mean)))
    }

    fn share_estimates(
        &self,
        base: &[bool],
        said: &[&[f64]],
        inhabitants: Option<&[f64]>,
    ) -> Result<Estimates, EstimateError> {
        let Some(inhabitants) = inhabitants else {
            return self.design.mean(said, Some(base), Missing::Drop);
        };
        let living: Vec<Vec<f64>> = said
            .iter()
            .map(|said| said.iter().zip(inhabitants).map(|(y, x)| y * x).collect())
            .collect();
        let numerators: Vec<&[f64]> = living.iter().map(Vec::as_slice).collect();
        let denominators = vec![inhabitants; living.len()];
        self.design
            .ratio(&numerators, &denominators, Some(base), Missing::Drop)
    }
}

/// What an interval among the same respondents rests on, whatever the estimate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Support {
    /// Kish's n of the weights.
    pub kish: f64,
    /// See [`weighted_n`].
    weighted_n: f64,
    /// Degrees of freedom: respondents less cells.
    pub df: f64,
    /// See [`effective_df`].
    pub effective_df: f64,
    /// Whether every unit of the cells in the base answered.
    everybody: bool,
    /// Whether it is of shares of inhabitants.
    inhabitants: bool,
}

impl Support {
    /// Of the respondents in `base`; with `inhabitants`, for shares of inhabitants.
    pub fn new(weighting: &Weighting, base: &[bool], inhabitants: Option<&[f64]>) -> Self {
        let (mut weights, mut squares) = (Vec::new(), Vec::new());
        let mut unanswered = Vec::new();
        let mut everybody = true;
        let g = inhabitants.map_or(1.0, |of| weighting.reached(base, of));
        for row in (0..base.len()).filter(|&row| base[row]) {
            let weight = weighting.weights()[row] * inhabitants.map_or(1.0, |of| of[row]);
            let cell = &weighting.cells[weighting.cell_of[row] as usize];
            let stands_for = weighting.weights()[row];
            let size = weight / stands_for;
            let silent = match inhabitants {
                Some(_) => weighting.inhabitants[weighting.cell_of[row] as usize].silent,
                None => 1.0,
            };
            everybody &= cell.responded == cell.units;
            weights.push(weight);
            // That the respondent's answer is taken for others', and that these others answer as they do.
            let others = silent * (cell.units as f64 / cell.responded as f64 - 1.0);
            unanswered.push(((stands_for - g).powi(2) + g * g * others) * size * size);
            let open = 1.0 - cell.responded as f64 / cell.units as f64;
            squares.push(open * weight * weight);
        }
        Self {
            kish: statistics::kish(&weights),
            weighted_n: weighted_n(&weights, &unanswered),
            df: weighting.design.domain_degrees_of_freedom(base) as f64,
            effective_df: effective_df(&squares),
            everybody,
            inhabitants: inhabitants.is_some(),
        }
    }

    /// Of `n` respondents who count alike, as if drawn from a population without end.
    pub fn unweighted(n: usize) -> Self {
        let n = n as f64;
        Self {
            kish: n,
            weighted_n: n,
            df: n - 1.0,
            effective_df: n - 1.0,
            everybody: false,
            inhabitants: false,
        }
    }

    /// The interval of a share, where one may be stated.
    pub fn share(&self, share: &Estimate) -> Option<Interval> {
        let method = ProportionInterval {
            method: ProportionMethod::Wilson,
            confidence: CONFIDENCE,
            df: f64::INFINITY,
            n: share.basis.n,
            cap: Some(self.weighted_n),
        };
        self.state(share, |share| {
            let wilson = method.of(share);
            if self.inhabitants {
                return wilson;
            }
            let n = method.effective_n(share.value, share.se);
            let least = MIN_SIDE as f64 / share.basis.n as f64;
            statistics::printed(wilson, share.value, least, n, CONFIDENCE)
        })
    }

    /// The interval of a mean, where one may be stated.
    pub fn mean(&self, mean: &Estimate) -> Option<Interval> {
        let df = self.effective_df.min(self.df);
        self.state(mean, |mean| mean.interval(df, CONFIDENCE))
    }

    fn state(
        &self,
        estimate: &Estimate,
        interval: impl Fn(&Estimate) -> Interval,
    ) -> Option<Interval> {
        let varies = estimate.se > 0.0;
        if varies && self.kish >= INTERVAL_KISH && self.df >= INTERVAL_DF {
            return Some(interval(estimate));
        }
        let known = self.everybody && !varies;
        known.then_some(Interval {
            low: estimate.value,
            high: estimate.value,
        })
    }

    fn stated(&self, estimate: Estimate, interval: Option<Interval>) -> Stated {
        Stated {
            estimate,
            kish: self.kish,
            df: self.df,
            interval,
        }
    }
}

/// The n of an equally weighted random sample from an infinite population in which a share would have the variance
/// that it has here by what is not known: `(Σwx)² / Σ((w - g)² + g² k (N / n - 1)) x²`, x being one or inhabitants, k how
/// heavy the silent units are, and g [`Weighting::reached`]. With `w = N / n`, g and k of one it is `(Σwx)² / Σ(1 - f)(wx)²`,
/// Kish's n where f is zero, and without bound where everybody answered.
fn weighted_n(weights: &[f64], unanswered: &[f64]) -> f64 {
    let sum: f64 = weights.iter().sum();
    sum * sum / unanswered.iter().sum::<f64>()
}

/// How many terms an estimated variance rests on, less one: `(Σa)² / Σa² - 1` with what each respondent adds to
/// the variance, `a = (1 - f)w²` (after Satterthwaite 1946). That is n - 1 with equal weights, and far less than
/// the design's degrees of freedom where a few carry most of the weight.
fn effective_df(open_squares: &[f64]) -> f64 {
    statistics::kish(open_squares) - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(value: f64, se: f64) -> Estimate {
        let basis = statistics::Basis {
            n: 40,
            n_effective: 40.0,
            weight: 400.0,
            df: 39,
            df_domain: 39,
        };
        Estimate {
            value,
            se,
            design_effect: None,
            basis,
        }
    }

    fn support(kish: f64, df: f64, everybody: bool) -> Support {
        Support {
            kish,
            df,
            everybody,
            ..Support::unweighted(40)
        }
    }

    #[test]
    fn no_interval_on_little_ground_nor_without_variance() {
        let stated = |support: Support, se| {
            let share = support.share(&estimate(0.4, se)).is_some();
            assert_eq!(support.mean(&estimate(0.4, se)).is_some(), share);
            share
        };
        assert!(stated(support(10.0, 8.0, false), 0.08));
        assert!(!stated(support(9.9, 8.0, false), 0.08));
        assert!(!stated(support(10.0, 7.0, false), 0.08));
        assert!(!stated(support(40.0, 39.0, false), 0.0));
        // Everybody answered: the share is known.
        let known = support(9.0, 5.0, true).share(&estimate(0.4, 0.0)).unwrap();
        assert_eq!((known.low, known.high), (0.4, 0.4));
    }

    #[test]
    fn a_variance_that_is_too_small_by_chance_is_not_believed() {
        let support = Support::unweighted(40);
        let narrow = support.share(&estimate(0.1, 0.01)).unwrap();
        let model = support.share(&estimate(0.1, 0.0474)).unwrap();
        assert!((narrow.low - model.low).abs() < 1e-3 && (narrow.high - model.high).abs() < 1e-3);
        // A finite population of which half answered leaves less open.
        assert!(weighted_n(&[2.0; 40], &[2.0; 40]) > 79.0);
        assert!((effective_df(&[1.0; 40]) - 39.0).abs() < 1e-9);
    }
}
