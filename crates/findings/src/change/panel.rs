//! The units in both waves alone: the mean of their own changes, beside the change of all.

use std::collections::BTreeSet;

use register::{Municipality, Population};
use statistics::EstimateError;

use super::PanelDifference;
use super::figures::{Item, Measure};
use crate::disclosure::{
    MIN_RESPONDENTS, MIN_SIDE, Mean, complement, release_mean, row_is_shown, whole,
};
use crate::tables::Sample;
use crate::{Estimand, ReleasedCell, Weighting, WeightingError};

/// The units of one population that count in both waves, weighted to the later register like a wave of its own.
pub(super) struct Panel {
    sample: Sample,
    /// Row of the earlier dataset of each unit.
    before: Vec<usize>,
}

/// A mean change with its interval and the units behind it.
pub(super) type Raw = (f64, Option<(f64, f64)>, usize);

impl Panel {
    /// `pairs` are rows of the earlier and the later dataset with the unit; `None` without units.
    pub fn new(
        population: Population,
        pairs: &[(usize, usize, &Municipality)],
        register: &[&Municipality],
    ) -> Result<Option<Self>, WeightingError> {
        let units: Vec<&Municipality> = pairs.iter().map(|(_, _, unit)| *unit).collect();
        let Some(weighting) = Weighting::new(population, register, &units)? else {
            return Ok(None);
        };
        let rows = pairs.iter().map(|(_, after, _)| *after).collect();
        Ok(Some(Self {
            sample: Sample::new(weighting, rows, &units, register),
            before: pairs.iter().map(|(before, _, _)| *before).collect(),
        }))
    }

    /// Units.
    pub fn len(&self) -> usize {
        self.before.len()
    }

    /// The mean change of an item in every domain. Held back by the rules for rows, and for shares where fewer than
    /// three moved or fewer than three stayed, for means where one unit could be told from it; and where those who gave an
    /// answer both times are, but for fewer than ten, those behind the figure of one of the waves: the few who are not would
    /// be told by the difference. `waves` are the samples of the earlier and the later wave.
    pub fn changes(
        &self,
        item: &Item<'_>,
        estimand: Estimand,
        waves: (&Sample, &Sample),
    ) -> Result<Vec<Option<PanelDifference>>, EstimateError> {
        let sample = &self.sample;
        let rows = self.before.iter().zip(&sample.rows);
        let moved: Vec<f64> = rows
            .map(|(&before, &after)| item.after.value(after) - item.before.value(before))
            .collect();
        let mut changes = Vec::with_capacity(sample.domains.len());
        let mut counts = Vec::with_capacity(sample.domains.len());
        for (place, (_, mask)) in sample.domains.iter().enumerate() {
            let base: Vec<bool> = mask
                .iter()
                .zip(&moved)
                .map(|(inside, moved)| *inside && !moved.is_nan())
                .collect();
            let values: Vec<(f64, f64)> = moved
                .iter()
                .zip(sample.weighting.weights())
                .zip(&base)
                .filter(|(_, inside)| **inside)
                .map(|((moved, weight), _)| (*moved, *weight))
                .collect();
            counts.push(values.len());
            let inside = |rows: &[usize]| -> BTreeSet<usize> {
                let rows = rows.iter().zip(&base).filter(|(_, inside)| **inside);
                rows.map(|(row, _)| *row).collect()
            };
            let near = is_near((waves.0, place), &inside(&self.before), &item.before)
                || is_near((waves.1, place), &inside(&sample.rows), &item.after);
            changes.push(match near {
                true => None,
                false => self.change(&base, &moved, &values, estimand)?,
            });
        }
        for breakdown in &sample.breakdowns {
            let parts: Vec<(usize, bool)> = breakdown
                .clone()
                .map(|part| (counts[part], changes[part].is_none()))
                .collect();
            let held = complement(changes[0].is_some(), &parts);
            for (part, held) in breakdown.clone().zip(held) {
                if held {
                    changes[part] = None;
                }
            }
        }
        Ok(changes)
    }

    /// The mean change of an item in a domain with its interval, and the units behind it; for researchers, nothing held
    /// back. `None` without units.
    pub fn raw(&self, item: &Item<'_>, place: usize) -> Result<Option<Raw>, EstimateError> {
        let sample = &self.sample;
        let rows = self.before.iter().zip(&sample.rows);
        let moved: Vec<f64> = rows
            .map(|(&before, &after)| item.after.value(after) - item.before.value(before))
            .collect();
        let mask = &sample.domains[place].1;
        let base = mask.iter().zip(&moved);
        let base: Vec<bool> = base.map(|(inside, v)| *inside && !v.is_nan()).collect();
        let n = base.iter().filter(|inside| **inside).count();
        if n == 0 {
            return Ok(None);
        }
        let stated = sample.weighting.mean(&base, &moved)?;
        let interval = stated.interval.map(|i| (i.low, i.high));
        Ok(Some((stated.estimate.value, interval, n)))
    }

    fn change(
        &self,
        base: &[bool],
        moved: &[f64],
        values: &[(f64, f64)],
        estimand: Estimand,
    ) -> Result<Option<PanelDifference>, EstimateError> {
        let weights: Vec<f64> = values.iter().map(|(_, weight)| *weight).collect();
        if !row_is_shown(&weights) {
            return Ok(None);
        }
        let stated = self.sample.weighting.mean(base, moved)?;
        let interval = stated
            .interval
            .map(|interval| (interval.low, interval.high));
        let mean = stated.estimate;
        let n = u32::try_from(values.len()).expect("respondents are few");
        if estimand == Estimand::Mean {
            let released = release_mean(&Mean {
                estimate: mean.value,
                interval,
                values,
            });
            return Ok(match released {
                ReleasedCell::Mean { tenths, interval } => Some(PanelDifference {
                    value: tenths,
                    interval,
                    n,
                }),
                _ => None,
            });
        }
        let movers = values.iter().filter(|(moved, _)| *moved != 0.0).count();
        if movers < MIN_SIDE || values.len() - movers < MIN_SIDE {
            return Ok(None);
        }
        let points = |share: f64| whole(100.0 * share);
        let value = points(mean.value);
        Ok(Some(PanelDifference {
            value,
            interval: interval.map(|(low, high)| (points(low).min(value), points(high).max(value))),
            n,
        }))
    }
}

/// Whether these rows of a wave's dataset are those behind its figure in a domain, but for one to nine.
fn is_near(
    (wave, place): (&Sample, usize),
    panel: &BTreeSet<usize>,
    measure: &Measure<'_>,
) -> bool {
    let all = wave.rows.iter().zip(&wave.domains[place].1);
    let base = all.filter(|(row, inside)| **inside && !measure.value(**row).is_nan());
    let base: BTreeSet<usize> = base.map(|(row, _)| *row).collect();
    (1..MIN_RESPONDENTS).contains(&base.symmetric_difference(panel).count())
}
