//! Variance by Taylor linearisation: what R `survey` does in `svyrecvar` with one stage.

use crate::design::{Design, LonelyPsu};
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
        let psu_count = self.psu_stratum.len();
        let mut totals = vec![0.0; psu_count * count];
        for (k, column) in scores.iter().enumerate() {
            for (psu, value) in self.psu.iter().zip(column) {
                totals[*psu as usize * count + k] += value;
            }
        }
        let psu_present: Vec<bool> = match present {
            None => vec![true; psu_count],
            Some(mask) => {
                let mut seen = vec![false; psu_count];
                for (psu, inside) in self.psu.iter().zip(mask) {
                    if *inside {
                        seen[*psu as usize] = true;
                    }
                }
                seen
            }
        };
        self.sum_strata(&totals, &psu_present, count)
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
        totals: &[f64],
        psu_present: &[bool],
        count: usize,
    ) -> Result<Matrix, EstimateError> {
        let strata_count = self.strata.len();
        let mut present_in = vec![0_usize; strata_count];
        let mut sums = vec![0.0; strata_count * count];
        let mut overall = vec![0.0; count];
        for (psu, stratum) in self.psu_stratum.iter().enumerate() {
            if psu_present[psu] {
                let stratum = *stratum as usize;
                present_in[stratum] += 1;
                for k in 0..count {
                    sums[stratum * count + k] += totals[psu * count + k];
                    overall[k] += totals[psu * count + k];
                }
            }
        }
        let psu_total = self.psu_stratum.len() as f64;
        for value in &mut overall {
            *value /= psu_total;
        }
        // Centre and weight of each stratum; a weight of zero leaves it out.
        let mut centres = vec![0.0; strata_count * count];
        let mut scale = vec![0.0; strata_count];
        // The lonely ones whose distance from the mean of all is taken, not from their own.
        let mut counted = 0_usize;
        let mut averaged = 0_usize;
        for (h, stratum) in self.strata.iter().enumerate() {
            if present_in[h] == 0 {
                continue;
            }
            counted += 1;
            let correction = stratum.correction();
            if correction < FULLY_OBSERVED {
                continue;
            }
            let sampled = stratum.sampled as f64;
            let centre = &mut centres[h * count..(h + 1) * count];
            if stratum.sampled > 1 {
                scale[h] = correction * sampled / (sampled - 1.0);
                for (c, sum) in centre.iter_mut().zip(&sums[h * count..(h + 1) * count]) {
                    *c = sum / sampled;
                }
                if present_in[h] == 1 && self.adjust_domain_lonely {
                    match self.lonely {
                        LonelyPsu::Adjust => centre.copy_from_slice(&overall),
                        LonelyPsu::Average => {
                            scale[h] = 0.0;
                            averaged += 1;
                        }
                        _ => {}
                    }
                }
            } else {
                match self.lonely {
                    LonelyPsu::Fail => {
                        return Err(EstimateError::LonelyPsu {
                            stratum: stratum.id,
                        });
                    }
                    LonelyPsu::Remove | LonelyPsu::Certainty => {}
                    LonelyPsu::Adjust => {
                        scale[h] = correction;
                        centre.copy_from_slice(&overall);
                    }
                    LonelyPsu::Average => averaged += 1,
                }
            }
        }
        let mut result = Matrix::zeros(count, count);
        let mut centred = vec![0.0; count];
        for (psu, stratum) in self.psu_stratum.iter().enumerate() {
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
        let factor = if averaged > 0 && averaged < counted {
            counted as f64 / (counted - averaged) as f64
        } else {
            1.0
        };
        for i in 0..count {
            for j in 0..=i {
                let value = result.get(i, j) * factor;
                result.set(i, j, value);
                result.set(j, i, value);
            }
        }
        Ok(result)
    }
}
