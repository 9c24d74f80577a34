//! Variance by Taylor linearisation: what R `survey` does in `svyrecvar`.

use crate::design::{Design, LonelyPsu, Stratum};
use crate::estimates::EstimateError;
use crate::matrix::Matrix;

/// A correction below this counts as a stratum that was fully observed, as in `survey`.
const FULLY_OBSERVED: f64 = 1e-7;

impl Design {
    /// Covariance matrix of totals of `scores`, weighted linearised values with one column an
    /// estimate and one value a row (zero outside the domain).
    ///
    /// `present` says which rows are in the domain. In a design that was not calibrated, strata
    /// without any such row add nothing; in a calibrated one every row bears on the variance.
    /// Source: Wolter, Introduction to Variance Estimation (2007), 6; calibration residuals after
    /// Deville and Särndal (1992).
    pub(crate) fn covariance(
        &self,
        scores: &[Vec<f64>],
        present: Option<&[bool]>,
    ) -> Result<Matrix, EstimateError> {
        let count = scores.len();
        let adjusted;
        let (scores, present) = if self.adjustments.is_empty() {
            (scores, present)
        } else {
            adjusted = self.residuals(scores);
            (adjusted.as_slice(), None)
        };
        let first = Units {
            of_row: &self.psu,
            stratum: &self.psu_stratum,
            strata: &self.strata,
            factor: None,
        };
        let mut result = self.covariance_of_units(&first, scores, present)?;
        for stage in &self.later {
            let units = Units {
                of_row: &stage.unit,
                stratum: &stage.unit_stratum,
                strata: &stage.strata,
                factor: Some(&stage.factor),
            };
            let within = self.covariance_of_units(&units, scores, present)?;
            for i in 0..count {
                for j in 0..count {
                    result.add(i, j, within.get(i, j));
                }
            }
        }
        if !self.shared.is_empty() {
            self.add_overlap(&mut result, scores);
        }
        Ok(result)
    }

    /// Adds what the units in two waves have in common, to the covariances of both with one another.
    fn add_overlap(&self, result: &mut Matrix, scores: &[Vec<f64>]) {
        let count = scores.len();
        let mut totals = vec![0.0; self.psu_stratum.len() * count];
        for (k, column) in scores.iter().enumerate() {
            for (psu, value) in self.psu.iter().zip(column) {
                totals[*psu as usize * count + k] += value;
            }
        }
        let of = |psu: u32| &totals[psu as usize * count..(psu as usize + 1) * count];
        for shared in &self.shared {
            let common = shared.pairs.len() as f64;
            let mut means = (vec![0.0; count], vec![0.0; count]);
            for (one, two) in &shared.pairs {
                for k in 0..count {
                    means.0[k] += of(*one)[k] / common;
                    means.1[k] += of(*two)[k] / common;
                }
            }
            let factor = shared.factor / (common - 1.0);
            for (one, two) in &shared.pairs {
                for i in 0..count {
                    let left = factor * (of(*one)[i] - means.0[i]);
                    for j in 0..count {
                        let both = left * (of(*two)[j] - means.1[j]);
                        result.add(i, j, both);
                        result.add(j, i, both);
                    }
                }
            }
        }
    }

    /// What the units of one stage add.
    fn covariance_of_units(
        &self,
        units: &Units<'_>,
        scores: &[Vec<f64>],
        present: Option<&[bool]>,
    ) -> Result<Matrix, EstimateError> {
        let count = scores.len();
        let unit_count = units.stratum.len();
        let mut totals = vec![0.0; unit_count * count];
        for (k, column) in scores.iter().enumerate() {
            for (unit, value) in units.of_row.iter().zip(column) {
                totals[*unit as usize * count + k] += value;
            }
        }
        let unit_present: Vec<bool> = match present {
            None => vec![true; unit_count],
            Some(mask) => {
                let mut seen = vec![false; unit_count];
                for (unit, inside) in units.of_row.iter().zip(mask) {
                    if *inside {
                        seen[*unit as usize] = true;
                    }
                }
                seen
            }
        };
        self.sum_strata(units, &totals, &unit_present, count)
    }

    /// The scores less what the calibrations explain; as they are without any.
    pub(crate) fn residuals(&self, scores: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let mut columns = scores.to_vec();
        for adjustment in &self.adjustments {
            for column in &mut columns {
                adjustment.residual(column);
            }
        }
        columns
    }

    fn sum_strata(
        &self,
        units: &Units<'_>,
        totals: &[f64],
        psu_present: &[bool],
        count: usize,
    ) -> Result<Matrix, EstimateError> {
        let strata_count = units.strata.len();
        let mut present_in = vec![0_usize; strata_count];
        let mut sums = vec![0.0; strata_count * count];
        let mut overall = vec![0.0; count];
        for (psu, stratum) in units.stratum.iter().enumerate() {
            if psu_present[psu] {
                let stratum = *stratum as usize;
                present_in[stratum] += 1;
                for k in 0..count {
                    sums[stratum * count + k] += totals[psu * count + k];
                    overall[k] += totals[psu * count + k];
                }
            }
        }
        let psu_total = units.stratum.len() as f64;
        for value in &mut overall {
            *value /= psu_total;
        }
        let mut plan = self.plan(units.strata, &present_in)?;
        if let Some(factor) = units.factor {
            for (scale, factor) in plan.scale.iter_mut().zip(factor) {
                *scale *= factor;
            }
        }
        let mut centres = vec![0.0; strata_count * count];
        for (h, centring) in plan.centring.iter().enumerate() {
            let centre = &mut centres[h * count..(h + 1) * count];
            match centring {
                Centring::Own => {
                    let sampled = units.strata[h].sampled as f64;
                    for (c, sum) in centre.iter_mut().zip(&sums[h * count..(h + 1) * count]) {
                        *c = sum / sampled;
                    }
                }
                Centring::Overall => centre.copy_from_slice(&overall),
            }
        }
        let scale = &plan.scale;
        let mut result = Matrix::zeros(count, count);
        let mut centred = vec![0.0; count];
        for (psu, stratum) in units.stratum.iter().enumerate() {
            let h = *stratum as usize;
            if scale[h] == 0.0 {
                continue;
            }
            for k in 0..count {
                centred[k] = totals[psu * count + k] - centres[h * count + k];
            }
            for i in 0..count {
                let left = scale[h] * centred[i];
                for (j, right) in centred.iter().enumerate().take(i + 1) {
                    result.add(i, j, left * right);
                }
            }
        }
        for i in 0..count {
            for j in 0..=i {
                let value = result.get(i, j) * plan.factor;
                result.set(i, j, value);
                result.set(j, i, value);
            }
        }
        Ok(result)
    }

    /// How each stratum enters a variance, from the number of its PSUs in the domain.
    fn plan(&self, strata: &[Stratum], present_in: &[usize]) -> Result<Plan, EstimateError> {
        let mut plan = Plan {
            scale: vec![0.0; strata.len()],
            centring: vec![Centring::Own; strata.len()],
            factor: 1.0,
        };
        let mut counted = 0_usize;
        let mut averaged = 0_usize;
        for (h, stratum) in strata.iter().enumerate() {
            if present_in[h] == 0 {
                continue;
            }
            counted += 1;
            let correction = stratum.correction();
            if correction < FULLY_OBSERVED {
                continue;
            }
            if stratum.sampled > 1 {
                let sampled = stratum.sampled as f64;
                plan.scale[h] = correction * sampled / (sampled - 1.0);
                if present_in[h] == 1 && self.adjust_domain_lonely {
                    match self.lonely {
                        LonelyPsu::Adjust => plan.centring[h] = Centring::Overall,
                        LonelyPsu::Average => {
                            plan.scale[h] = 0.0;
                            averaged += 1;
                        }
                        _ => {}
                    }
                }
                continue;
            }
            match self.lonely {
                LonelyPsu::Fail => {
                    return Err(EstimateError::LonelyPsu {
                        stratum: stratum.id,
                    });
                }
                LonelyPsu::Remove | LonelyPsu::Certainty => {}
                LonelyPsu::Adjust => {
                    plan.scale[h] = correction;
                    plan.centring[h] = Centring::Overall;
                }
                LonelyPsu::Average => averaged += 1,
            }
        }
        if averaged > 0 && averaged < counted {
            plan.factor = counted as f64 / (counted - averaged) as f64;
        }
        Ok(plan)
    }

    /// The variance of a total of scores from sums by stratum, every row being its own PSU.
    pub(crate) fn variance_of_cells(
        &self,
        contributions: &Contributions<'_>,
    ) -> Result<f64, EstimateError> {
        let plan = self.plan(&self.strata, contributions.present)?;
        let mean = self.mean_of_psus(contributions.totals);
        let mut variance = 0.0;
        for (h, stratum) in self.strata.iter().enumerate() {
            let n = stratum.sampled as f64;
            let total = contributions.totals[h];
            let square = contributions.squares[h];
            let around = match plan.centring[h] {
                Centring::Own => square - total * total / n,
                Centring::Overall => square - 2.0 * mean * total + n * mean * mean,
            };
            variance += plan.scale[h] * libm::fmax(around, 0.0);
        }
        Ok(variance * plan.factor)
    }

    /// Covariances of totals of scores of groups that share no row, from sums by stratum (one
    /// slice a group), every row being its own PSU; zeros on the diagonal. `present` counts the
    /// rows of all groups together.
    pub(crate) fn covariance_of_cells(
        &self,
        totals: &[&[f64]],
        present: &[usize],
    ) -> Result<Matrix, EstimateError> {
        let plan = self.plan(&self.strata, present)?;
        let means: Vec<f64> = totals.iter().map(|t| self.mean_of_psus(t)).collect();
        let mut result = Matrix::zeros(totals.len(), totals.len());
        for (h, stratum) in self.strata.iter().enumerate() {
            let n = stratum.sampled as f64;
            let scale = plan.scale[h] * plan.factor;
            if scale == 0.0 {
                continue;
            }
            for i in 0..totals.len() {
                for j in 0..i {
                    let (left, right) = (totals[i][h], totals[j][h]);
                    let product = match plan.centring[h] {
                        Centring::Own => -left * right / n,
                        Centring::Overall => {
                            n * means[i] * means[j] - means[i] * right - means[j] * left
                        }
                    };
                    result.add(i, j, scale * product);
                }
            }
        }
        for i in 0..totals.len() {
            for j in 0..i {
                let value = result.get(i, j);
                result.set(j, i, value);
            }
        }
        Ok(result)
    }

    fn mean_of_psus(&self, totals: &[f64]) -> f64 {
        totals.iter().fold(0.0, |sum, t| sum + t) / self.psu_stratum.len() as f64
    }
}

/// What one domain's rows add in each stratum: how many they are, the sum of their linearised
/// values, and the sum of squares.
pub(crate) struct Contributions<'a> {
    pub(crate) present: &'a [usize],
    pub(crate) totals: &'a [f64],
    pub(crate) squares: &'a [f64],
}

/// The units of one stage of sampling.
struct Units<'a> {
    /// Unit of each row.
    of_row: &'a [u32],
    /// Stratum of each unit.
    stratum: &'a [u32],
    strata: &'a [Stratum],
    /// Factor on each stratum's variance; none: 1.
    factor: Option<&'a [f64]>,
}

/// How each stratum enters a variance.
struct Plan {
    /// Factor on squared distances; zero leaves the stratum out.
    scale: Vec<f64>,
    centring: Vec<Centring>,
    /// What strata that are averaged over stretch the rest by.
    factor: f64,
}

/// What distances are taken from.
#[derive(Clone, Copy)]
enum Centring {
    /// The mean of the stratum's own PSUs.
    Own,
    /// The mean of all PSUs, where the stratum has a single one.
    Overall,
}
