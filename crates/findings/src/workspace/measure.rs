//! Raw estimates of one variable in one domain. They never leave the workspace but through `guard`.

use dataset::{Cell, Column, Values};
use questionnaire::Text;
use statistics::{Design, Estimate, EstimateError, Estimates, Missing};

use super::base::{Base, codes};
use super::query::Counted;
use crate::ReleasedCell;
use crate::disclosure::{TENS_FROM, whole};
use crate::interval::Support;
use crate::labels::text;

/// An estimate with its uncertainty: for researchers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// Share between 0 and 1, or mean in the unit.
    pub estimate: f64,
    /// Standard error.
    pub se: f64,
    /// Lower and upper bound; `None` below Kish's n of 10, below 8 degrees of freedom or without variance.
    pub interval: Option<(f64, f64)>,
    /// Design effect, against sampling with replacement.
    pub design_effect: Option<f64>,
    /// Respondents who said so; `None` for means.
    pub count: Option<usize>,
}

impl Figure {
    /// Rounded as a released number is. For researchers only: disclosure control has not seen it.
    pub(super) fn cell(&self) -> ReleasedCell {
        if self.count.is_some() {
            let percent = |share: f64| whole(share.clamp(0.0, 1.0) * 100.0) as u8;
            let value = percent(self.estimate);
            let bounds = |(low, high)| (percent(low).min(value), percent(high).max(value));
            return ReleasedCell::Percent {
                value,
                interval: self.interval.map(bounds),
            };
        }
        let tens = self.estimate.abs() >= TENS_FROM;
        let tenths = |value: f64| match tens {
            true => whole(value / 10.0) * 100,
            false => whole(value * 10.0),
        };
        ReleasedCell::Mean {
            tenths: tenths(self.estimate),
            interval: self.interval.map(|(low, high)| (tenths(low), tenths(high))),
        }
    }
}

/// What each respondent said to one variable.
pub(super) enum Said {
    /// Place of the answer, with the sets of answers whose shares are wanted: the answers one by one, then the two
    /// upper points of a scale.
    Codes {
        codes: Vec<Option<usize>>,
        sets: Vec<Vec<usize>>,
        with_top: bool,
    },
    /// A number; NaN where there is none.
    Numbers(Vec<f64>),
}

/// The estimates of one domain.
pub(super) struct Measured {
    pub n: usize,
    pub n_effective: f64,
    pub df: usize,
    /// One a column.
    pub figures: Vec<Figure>,
    pub top_two: Option<Figure>,
    /// All of them with their covariance, the two upper points last; `None` where nobody answered.
    pub estimates: Option<Estimates>,
}

impl Said {
    pub fn of(base: &Base, column: &Column) -> Self {
        match &column.values {
            Values::Coded(_) => {
                let count = column.variable.codes.len();
                let with_top = column.variable.ordered && count >= 4;
                let single = (0..count).map(|code| vec![code]);
                let top = with_top.then(|| vec![count - 2, count - 1]);
                Self::Codes {
                    codes: codes(base, column),
                    sets: single.chain(top).collect(),
                    with_top,
                }
            }
            Values::Flag(_) => Self::Codes {
                codes: codes(base, column),
                sets: vec![vec![1]],
                with_top: false,
            },
            Values::Number(cells) => {
                let number = |row: &usize| match cells[*row] {
                    Cell::Value(value) => value,
                    _ => f64::NAN,
                };
                Self::Numbers(base.rows.iter().map(number).collect())
            }
            Values::Text(_) => Self::Numbers(vec![f64::NAN; base.rows.len()]),
        }
    }

    /// Who gave a valid answer.
    pub fn valid(&self) -> Vec<bool> {
        match self {
            Self::Codes { codes, .. } => codes.iter().map(Option::is_some).collect(),
            Self::Numbers(values) => values.iter().map(|v| !v.is_nan()).collect(),
        }
    }

    /// Place of the figure that speaks among the estimates of [`Measured`].
    pub fn lead(&self, column: Option<usize>) -> usize {
        match (self, column) {
            (Self::Codes { sets, .. }, Some(column)) if column < sets.len() => column,
            (Self::Codes { sets, with_top, .. }, _) if *with_top => sets.len() - 1,
            _ => 0,
        }
    }

    /// The estimates among the respondents of `mask`, all of whom gave a valid answer.
    pub fn measure(
        &self,
        base: &Base,
        counted: Counted,
        mask: &[bool],
    ) -> Result<Measured, EstimateError> {
        let weights = weights(base, counted, mask);
        let mut measured = Measured {
            n: weights.len(),
            n_effective: statistics::kish(&weights),
            df: 0,
            figures: Vec::new(),
            top_two: None,
            estimates: None,
        };
        if weights.is_empty() {
            return Ok(measured);
        }
        let design = design(base, counted);
        let support = support(base, counted, mask, measured.n);
        measured.df = design.domain_degrees_of_freedom(mask);
        let estimates = match self {
            Self::Codes {
                codes,
                sets,
                with_top,
            } => {
                let estimates = shares(base, counted, codes, sets, mask)?;
                let figure = |(place, set): (usize, &Vec<usize>)| {
                    let inside = codes.iter().zip(mask).filter(|(_, inside)| **inside);
                    let said = |code: &Option<usize>| code.is_some_and(|code| set.contains(&code));
                    let count = inside.filter(|(code, _)| said(code)).count();
                    let estimate = estimates.get(place);
                    share_figure(&estimate, &support, count)
                };
                measured.figures = sets.iter().enumerate().map(figure).collect();
                measured.top_two = with_top.then(|| measured.figures.pop()).flatten();
                estimates
            }
            Self::Numbers(values) => {
                let estimates = design.mean(&[values], Some(mask), Missing::Drop)?;
                let negative = values
                    .iter()
                    .zip(mask)
                    .any(|(v, inside)| *inside && *v < 0.0);
                let mean = mean_figure(&estimates.get(0), &support, negative);
                measured.figures = vec![mean];
                estimates
            }
        };
        measured.estimates = Some(estimates);
        Ok(measured)
    }

    /// Value and weight of each respondent of `mask`, for means.
    pub fn values(&self, base: &Base, mask: &[bool]) -> Vec<(f64, f64)> {
        let Self::Numbers(values) = self else {
            return Vec::new();
        };
        let all = values.iter().zip(base.weighting.weights()).zip(mask);
        all.filter(|(_, inside)| **inside)
            .map(|((value, weight), _)| (*value, *weight))
            .collect()
    }
}

/// Heads of the figures of a column.
pub(super) fn heads(column: &Column) -> Vec<(String, Text)> {
    match &column.values {
        Values::Coded(_) => column.variable.codes.clone(),
        Values::Flag(_) => vec![("genannt".to_owned(), text("genannt", "named"))],
        Values::Number(_) | Values::Text(_) => vec![(
            "mittelwert".to_owned(),
            column.variable.unit.clone().unwrap_or_default(),
        )],
    }
}

/// The design that counts so.
pub(super) fn design(base: &Base, counted: Counted) -> &Design {
    match counted {
        Counted::Respondents => &base.unweighted,
        Counted::Municipalities | Counted::Inhabitants => &base.weighting.design,
    }
}

/// Weights of the respondents of `mask`; for shares of inhabitants, times their inhabitants.
pub(super) fn weights(base: &Base, counted: Counted, mask: &[bool]) -> Vec<f64> {
    let all = design(base, counted)
        .weights()
        .iter()
        .zip(&base.inhabitants);
    all.zip(mask)
        .filter(|(_, inside)| **inside)
        .map(|((weight, inhabitants), _)| match counted {
            Counted::Inhabitants => weight * inhabitants,
            Counted::Municipalities | Counted::Respondents => *weight,
        })
        .collect()
}

fn shares(
    base: &Base,
    counted: Counted,
    codes: &[Option<usize>],
    sets: &[Vec<usize>],
    mask: &[bool],
) -> Result<Estimates, EstimateError> {
    let said = |set: &Vec<usize>| -> Vec<f64> {
        let one = |code: &Option<usize>| code.is_some_and(|code| set.contains(&code));
        codes
            .iter()
            .map(|code| f64::from(u8::from(one(code))))
            .collect()
    };
    let indicators: Vec<Vec<f64>> = sets.iter().map(said).collect();
    let design = design(base, counted);
    if counted != Counted::Inhabitants {
        let columns: Vec<&[f64]> = indicators.iter().map(Vec::as_slice).collect();
        return design.mean(&columns, Some(mask), Missing::Drop);
    }
    let living = |said: &Vec<f64>| -> Vec<f64> {
        let pairs = said.iter().zip(&base.inhabitants);
        pairs.map(|(y, x)| y * x).collect()
    };
    let living: Vec<Vec<f64>> = indicators.iter().map(living).collect();
    let numerators: Vec<&[f64]> = living.iter().map(Vec::as_slice).collect();
    let denominators = vec![base.inhabitants.as_slice(); living.len()];
    design.ratio(&numerators, &denominators, Some(mask), Missing::Drop)
}

/// What intervals among the respondents of `mask` rest on: the same as in the release.
fn support(base: &Base, counted: Counted, mask: &[bool], n: usize) -> Support {
    let inhabitants = base.inhabitants.as_slice();
    match counted {
        Counted::Respondents => Support::unweighted(n),
        Counted::Municipalities => Support::new(&base.weighting, mask, None),
        Counted::Inhabitants => Support::new(&base.weighting, mask, Some(inhabitants)),
    }
}

fn share_figure(estimate: &Estimate, support: &Support, count: usize) -> Figure {
    let interval = support.share(estimate).map(|i| (i.low, i.high));
    figure(estimate, interval, Some(count))
}

fn mean_figure(estimate: &Estimate, support: &Support, negative: bool) -> Figure {
    // What cannot be negative has no negative bound.
    let least = if negative { f64::NEG_INFINITY } else { 0.0 };
    let interval = support.mean(estimate).map(|i| (i.low.max(least), i.high));
    figure(estimate, interval, None)
}

fn figure(estimate: &Estimate, interval: Option<(f64, f64)>, count: Option<usize>) -> Figure {
    let effect = estimate.design_effect.map(|d| d.with_replacement);
    Figure {
        estimate: estimate.value,
        se: estimate.se,
        interval,
        design_effect: effect.filter(|effect| effect.is_finite()),
        count,
    }
}
