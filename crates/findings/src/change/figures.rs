//! What one wave says about an item: its values row by row, and its figures as they are released.

use dataset::{Cell, Column, Values};
use questionnaire::Text;
use questionnaire::lineage::Step;
use statistics::{EstimateError, Estimates, Missing};

use crate::cells::{RawRow, Share, release_table};
use crate::disclosure::{MIN_SIDE, row_is_shown};
use crate::interval::Support;
use crate::tables::{INHABITANTS_SUFFIX, Sample, item_key};
use crate::{Domain, Estimand, Release, ReleasedCell};

/// How an item is measured in one wave.
pub(super) struct Measure<'a> {
    /// One column; several flags for options that were merged later.
    pub columns: Vec<&'a Column>,
    /// The codes that count, for columns with codes; ascending.
    pub codes: Vec<u16>,
}

/// An item as it is compared.
pub(super) struct Item<'a> {
    pub key: String,
    pub label: Text,
    pub step: Step,
    pub note: Option<Text>,
    pub before: Measure<'a>,
    pub after: Measure<'a>,
}

/// An item's figure of one wave in one domain.
pub(super) struct Figure {
    /// As it is released.
    pub cell: ReleasedCell,
    /// Respondents behind it; `None` where it is held back.
    pub n: Option<u32>,
    /// The estimate with its linearised values; `None` without respondents.
    pub estimates: Option<Estimates>,
    /// Degrees of freedom of a test; `None` where it has too few respondents for one.
    pub df: Option<f64>,
    /// Respondents with a valid answer, among those of the sample.
    pub base: Vec<bool>,
}

impl Measure<'_> {
    /// The value of one row of the dataset: 1 or 0, or the number; NaN without a valid answer.
    pub fn value(&self, row: usize) -> f64 {
        let mut any = 0.0_f64;
        for column in &self.columns {
            let value = match &column.values {
                Values::Coded(cells) => match cells[row] {
                    Cell::Value(code) => f64::from(u8::from(self.codes.contains(&code))),
                    _ => f64::NAN,
                },
                Values::Flag(cells) => match cells[row] {
                    Cell::Value(chosen) => f64::from(u8::from(chosen)),
                    _ => f64::NAN,
                },
                Values::Number(cells) => match cells[row] {
                    Cell::Value(number) => number,
                    _ => f64::NAN,
                },
                Values::Text(_) => f64::NAN,
            };
            if value.is_nan() {
                return f64::NAN;
            }
            any = if self.columns.len() == 1 {
                value
            } else {
                any.max(value)
            };
        }
        any
    }

    /// The figures of all domains of a sample. Shares of inhabitants are those that the wave has released; there are no
    /// others, so that the comparison adds none.
    pub fn figures(
        &self,
        sample: &Sample,
        release: &Release,
        estimand: Estimand,
    ) -> Result<Vec<Figure>, EstimateError> {
        let living = (estimand == Estimand::ShareOfInhabitants).then_some(&sample.inhabitants[..]);
        let values: Vec<f64> = sample.rows.iter().map(|&row| self.value(row)).collect();
        let bases: Vec<Vec<bool>> = sample
            .domains
            .iter()
            .map(|(_, mask)| {
                let pairs = mask.iter().zip(&values);
                pairs
                    .map(|(inside, value)| *inside && !value.is_nan())
                    .collect()
            })
            .collect();
        let estimates: Vec<Option<Estimates>> = bases
            .iter()
            .map(|base| {
                if !base.contains(&true) {
                    return Ok(None);
                }
                let design = &sample.weighting.design;
                let Some(living) = living else {
                    let mean = design.mean(&[&values], Some(base), Missing::Drop);
                    return mean.map(Some);
                };
                // weight_by: the mean with weights times inhabitants is the ratio of two totals.
                let lived: Vec<f64> = values.iter().zip(living).map(|(y, x)| y * x).collect();
                let share = design.ratio(&[&lived], &[living], Some(base), Missing::Drop);
                share.map(Some)
            })
            .collect::<Result<_, _>>()?;
        let computed = match self.released(release, sample.domains[0].0, estimand) {
            Some(_) => Vec::new(),
            None if living.is_some() => Vec::new(),
            None => self.computed(sample, release, &bases, &values, &estimates),
        };
        let mut figures = Vec::with_capacity(bases.len());
        for (place, (base, estimates)) in bases.iter().zip(estimates).enumerate() {
            let released = self.released(release, sample.domains[place].0, estimand);
            let (cell, n) = match released {
                Some(released) => released,
                None => computed
                    .get(place)
                    .copied()
                    .unwrap_or((ReleasedCell::Suppressed, None)),
            };
            // Tested is what may have an interval, and varies.
            let df = estimates.as_ref().and_then(|estimates| {
                let support = Support::new(&sample.weighting, base, living);
                let estimate = estimates.get(0);
                let stated = estimate.se > 0.0 && support.mean(&estimate).is_some();
                stated.then(|| support.effective_df.min(support.df))
            });
            figures.push(Figure {
                cell,
                n,
                estimates,
                df,
                base: base.clone(),
            });
        }
        Ok(figures)
    }

    /// The figure as the wave's release has it; `None` when it has no such figure.
    pub(super) fn released(
        &self,
        release: &Release,
        domain: Domain,
        estimand: Estimand,
    ) -> Option<(ReleasedCell, Option<u32>)> {
        let [column] = self.columns.as_slice() else {
            return None;
        };
        let variable = &column.variable;
        let finding = match estimand {
            Estimand::ShareOfInhabitants => {
                release.finding(&format!("{}{INHABITANTS_SUFFIX}", variable.question))?
            }
            _ => release.finding(&variable.question)?,
        };
        let key = item_key(column);
        let row = finding
            .rows
            .iter()
            .find(|row| row.key == key && row.domain == domain)?;
        if row.n.is_none() {
            return Some((ReleasedCell::Suppressed, None));
        }
        let cell = match (&column.values, self.codes.as_slice()) {
            (Values::Coded(_), [code]) => row.cells.get(usize::from(*code)).copied()?,
            (Values::Coded(_), [low, high]) => {
                let count = variable.codes.len();
                let two = usize::from(*low) + 2 == count && usize::from(*high) + 1 == count;
                row.top_two.filter(|_| two)?
            }
            (Values::Coded(_), _) => return None,
            _ => row.cells.first().copied()?,
        };
        Some((cell, row.n))
    }

    /// Figures that only the comparison needs, under the rules of all others. Held back besides where, with what the
    /// wave released before, it would open an answer that was held, or tell of one or two who chose two merged options.
    fn computed(
        &self,
        sample: &Sample,
        release: &Release,
        bases: &[Vec<bool>],
        values: &[f64],
        estimates: &[Option<Estimates>],
    ) -> Vec<(ReleasedCell, Option<u32>)> {
        let mut rows = Vec::with_capacity(bases.len());
        for (place, base) in bases.iter().enumerate() {
            let weights: Vec<f64> = sample
                .weighting
                .weights()
                .iter()
                .zip(base)
                .filter(|(_, inside)| **inside)
                .map(|(weight, _)| *weight)
                .collect();
            let domain = sample.domains[place].0;
            let estimate = estimates[place].as_ref().map(|estimates| estimates.get(0));
            let shown = row_is_shown(&weights) && !self.opens(release, sample, base, domain);
            let (Some(estimate), true) = (estimate, shown) else {
                rows.push(None);
                continue;
            };
            let count = values
                .iter()
                .zip(base)
                .filter(|(v, inside)| **inside && **v == 1.0);
            let (n, count) = (weights.len(), count.count());
            let printed = (MIN_SIDE..=n - MIN_SIDE).contains(&count);
            let support = Support::new(&sample.weighting, base, None);
            let interval = support.share(&estimate).filter(|_| printed);
            let interval = interval.map(|interval| (interval.low, interval.high));
            rows.push(Some(RawRow {
                n,
                units: sample.units[place],
                shares: vec![Share {
                    estimate: estimate.value,
                    interval,
                    count,
                }],
                top_two: None,
            }));
        }
        let released = release_table(&rows, &sample.breakdowns);
        let cells = released
            .into_iter()
            .zip(&rows)
            .map(|(row, raw)| match (row, raw) {
                (Some((cells, _)), Some(raw)) => {
                    let cell = cells.first().copied().unwrap_or(ReleasedCell::Suppressed);
                    (cell, u32::try_from(raw.n).ok())
                }
                _ => (ReleasedCell::Suppressed, None),
            });
        cells.collect()
    }

    /// Whether the figure, beside what its wave released, would tell what was held back.
    fn opens(&self, release: &Release, sample: &Sample, base: &[bool], domain: Domain) -> bool {
        let thin = |count: usize| (1..MIN_SIDE).contains(&count);
        if let [column] = self.columns.as_slice() {
            // One held code among those that count, or one among the others: it would follow.
            let finding = release.finding(&column.variable.question);
            let key = item_key(column);
            let row = finding.and_then(|finding| {
                let mut rows = finding.rows.iter();
                rows.find(|row| row.key == key && row.domain == domain)
            });
            return row.is_some_and(|row| {
                let held = |inside: bool| {
                    let cells = row.cells.iter().zip(0..);
                    let held = cells.filter(|(cell, code)| {
                        let open = matches!(cell, ReleasedCell::Percent { .. });
                        self.codes.contains(code) == inside && !open
                    });
                    held.count()
                };
                row.n.is_none() || held(true) == 1 || held(false) == 1
            });
        }
        let rows: Vec<usize> = sample
            .rows
            .iter()
            .zip(base)
            .filter(|(_, inside)| **inside)
            .map(|(row, _)| *row)
            .collect();
        let chose = |column: &Column, row: usize| match &column.values {
            Values::Flag(cells) => cells[row] == Cell::Value(true),
            _ => false,
        };
        let any = rows.iter().filter(|row| self.value(**row) == 1.0).count();
        let alone = self.columns.iter().any(|column| {
            let one = rows.iter().filter(|row| chose(column, **row)).count();
            thin(any - one)
        });
        let pairs = self.columns.iter().enumerate().any(|(i, a)| {
            self.columns[..i].iter().any(|b| {
                let both = rows.iter().filter(|row| chose(a, **row) && chose(b, **row));
                thin(both.count())
            })
        });
        alone || pairs
    }
}
