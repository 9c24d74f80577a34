//! Calibration: post-stratification, raking and linear calibration, and what they do to variances.

use std::collections::BTreeMap;

use crate::design::Design;
use crate::matrix::Orthogonal;

/// A margin that weights must meet: the group of each row, and each group's population total.
#[derive(Debug, Clone)]
pub struct Margin<'a> {
    /// Group of each row.
    pub groups: &'a [u32],
    /// Population total of each group; the groups of the rows exactly.
    pub totals: &'a BTreeMap<u32, f64>,
}

/// When raking stops.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RakeControl {
    /// At most so many rounds over all margins.
    pub max_iterations: usize,
    /// Stop when no cell of the margins' cross table changed by more than this; below 1 it is a
    /// share of the sum of weights, as in `survey`.
    pub epsilon: f64,
}

impl Default for RakeControl {
    /// 200 rounds, 1e-10 of the sum of weights.
    fn default() -> Self {
        Self {
            max_iterations: 200,
            epsilon: 1e-10,
        }
    }
}

/// How raking went.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RakeReport {
    /// Whether it converged; else the weights of the last round were kept.
    pub converged: bool,
    /// Rounds made.
    pub iterations: usize,
    /// Largest change of a cell of the cross table in the last round.
    pub change: f64,
    /// Largest distance of a margin from its total, relative to that total.
    pub miss: f64,
}

/// Why weights cannot be calibrated.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CalibrationError {
    /// A column is shorter or longer than the design.
    #[error("a column has {found} values for {rows} rows")]
    Length {
        /// Its length.
        found: usize,
        /// The design's rows.
        rows: usize,
    },
    /// A row's group has no total.
    #[error("group {group} of a row has no total")]
    NoTotal {
        /// The group.
        group: u32,
    },
    /// A total belongs to a group without a row (or without weight): collapse groups first.
    #[error("group {group} has a total of {total} but no row with a positive weight")]
    NoRow {
        /// The group.
        group: u32,
        /// Its total.
        total: f64,
    },
    /// A total is negative or not a number.
    #[error("the total of group {group} is {total}")]
    Total {
        /// The group.
        group: u32,
        /// Its total.
        total: f64,
    },
    /// No margin or no column was given, or their number differs from that of totals.
    #[error("{found} totals for {expected} columns")]
    Count {
        /// Totals.
        found: usize,
        /// Columns.
        expected: usize,
    },
    /// A value is missing.
    #[error("column {column} has a missing value in row {row} (both from 0)")]
    Missing {
        /// Column, from zero.
        column: usize,
        /// Row, from zero.
        row: usize,
    },
    /// The totals cannot be met: columns contradict one another, or bounds are too narrow.
    #[error("the totals cannot be met: the worst is off by {miss} of itself")]
    NotMet {
        /// Largest relative distance from a total.
        miss: f64,
    },
    /// Bounds do not enclose 1.
    #[error("bounds must enclose 1")]
    Bounds,
}

/// What a calibration does to linearised values.
#[derive(Debug, Clone)]
pub(crate) enum Adjustment {
    /// Residuals from group means, weighted by the weights before; `after` are those after.
    Poststrata {
        groups: Vec<u32>,
        count: usize,
        before: Vec<f64>,
        after: Vec<f64>,
    },
    /// Residuals from each margin's means in turn, ten rounds.
    Raking { margins: Vec<RakedMargin> },
    /// Residuals from a regression; `scale` is g-weight times the root of the weight before, `stretch` what
    /// residuals are multiplied by (empty: nothing).
    Regression {
        basis: Orthogonal,
        scale: Vec<f64>,
        stretch: Vec<f64>,
    },
}

#[derive(Debug, Clone)]
pub(crate) struct RakedMargin {
    groups: Vec<u32>,
    count: usize,
    /// Weights after this margin was met in the last round.
    after: Vec<f64>,
}

impl Adjustment {
    /// Replaces a column of weighted scores by its residuals.
    pub(crate) fn residual(&self, scores: &mut [f64]) {
        match self {
            Adjustment::Poststrata {
                groups,
                count,
                before,
                after,
            } => take_group_means(scores, groups, *count, Some(before), after),
            // survey's variance for raking projects on every margin in turn, ten times over.
            Adjustment::Raking { margins } => {
                for _ in 0..10 {
                    for margin in margins {
                        take_group_means(scores, &margin.groups, margin.count, None, &margin.after);
                    }
                }
            }
            Adjustment::Regression {
                basis,
                scale,
                stretch,
            } => {
                let own: Vec<bool> = scores.iter().map(|score| *score != 0.0).collect();
                for (score, s) in scores.iter_mut().zip(scale) {
                    *score = if *s == 0.0 { 0.0 } else { *score / s };
                }
                basis.residual(scores);
                for (score, s) in scores.iter_mut().zip(scale) {
                    *score *= s;
                }
                for ((score, s), own) in scores.iter_mut().zip(stretch).zip(own) {
                    if own {
                        *score *= s;
                    }
                }
            }
        }
    }
}

/// Takes from `scores / after` the means of groups, weighted by `means` (`None`: equally).
fn take_group_means(
    scores: &mut [f64],
    groups: &[u32],
    count: usize,
    means: Option<&[f64]>,
    after: &[f64],
) {
    let mut sums = vec![0.0; count];
    let mut weights = vec![0.0; count];
    for (row, group) in groups.iter().enumerate() {
        if after[row] == 0.0 {
            continue;
        }
        let weight = means.map_or(1.0, |means| means[row]);
        sums[*group as usize] += scores[row] / after[row] * weight;
        weights[*group as usize] += weight;
    }
    for (row, group) in groups.iter().enumerate() {
        if after[row] != 0.0 {
            scores[row] -= sums[*group as usize] / weights[*group as usize] * after[row];
        }
    }
}

/// A margin with dense groups.
struct Dense {
    groups: Vec<u32>,
    totals: Vec<f64>,
}

impl Design {
    /// Post-stratification: weights within each group are scaled to its total.
    ///
    /// Variances are those of residuals from group means (Särndal, Swensson, Wretman 1992, 7.6;
    /// R's `postStratify`). Errors: [`CalibrationError`]; groups without rows must be collapsed
    /// by the caller, who knows which belong together.
    pub fn poststratify(&self, margin: &Margin<'_>) -> Result<Design, CalibrationError> {
        let dense = self.dense(margin)?;
        let mut result = self.clone();
        scale_to(&mut result.weights, &dense);
        result.adjustments.push(Adjustment::Poststrata {
            count: dense.totals.len(),
            groups: dense.groups,
            before: self.weights.clone(),
            after: result.weights.clone(),
        });
        Ok(result)
    }

    /// Raking: post-stratification on each margin in turn until the cross table of all margins
    /// stays (Deming and Stephan 1940; R's `rake`).
    ///
    /// The report says whether it converged; weights that did not converge are returned all the
    /// same. Variances are those of residuals from all margins, ten rounds of group means in turn,
    /// the means being unweighted as in R's `svyrecvar`. Where weights differ much, calibrate to
    /// indicator columns with [`Distance::Raking`](crate::Distance::Raking) instead: the same
    /// weights, and residuals of the weighted regression (Deville, Särndal, Sautory 1993). Errors:
    /// [`CalibrationError`].
    pub fn rake(
        &self,
        margins: &[Margin<'_>],
        control: RakeControl,
    ) -> Result<(Design, RakeReport), CalibrationError> {
        if margins.is_empty() {
            return Err(CalibrationError::Count {
                found: 0,
                expected: 1,
            });
        }
        let dense: Vec<Dense> = margins
            .iter()
            .map(|margin| self.dense(margin))
            .collect::<Result<_, _>>()?;
        let epsilon = if control.epsilon < 1.0 {
            control.epsilon * self.weights.iter().fold(0.0, |sum, weight| sum + weight)
        } else {
            control.epsilon
        };
        let cells = cross_cells(&dense, self.rows());
        let mut result = self.clone();
        let mut table = cell_sums(&cells, &result.weights);
        let mut after = vec![Vec::new(); dense.len()];
        let mut report = RakeReport {
            converged: false,
            iterations: 0,
            change: f64::INFINITY,
            miss: f64::INFINITY,
        };
        while report.iterations < control.max_iterations && !report.converged {
            for (margin, after) in dense.iter().zip(&mut after) {
                scale_to(&mut result.weights, margin);
                after.clone_from(&result.weights);
            }
            let next = cell_sums(&cells, &result.weights);
            report.change = table
                .iter()
                .zip(&next)
                .fold(0.0, |worst, (a, b)| libm::fmax(worst, libm::fabs(a - b)));
            report.converged = report.change < epsilon;
            report.iterations += 1;
            table = next;
        }
        report.miss = dense
            .iter()
            .map(|margin| worst_miss(&result.weights, margin))
            .fold(0.0, libm::fmax);
        result.adjustments.push(Adjustment::Raking {
            margins: dense
                .into_iter()
                .zip(after)
                .map(|(margin, after)| RakedMargin {
                    count: margin.totals.len(),
                    groups: margin.groups,
                    after,
                })
                .collect(),
        });
        Ok((result, report))
    }

    fn dense(&self, margin: &Margin<'_>) -> Result<Dense, CalibrationError> {
        if margin.groups.len() != self.rows() {
            return Err(CalibrationError::Length {
                found: margin.groups.len(),
                rows: self.rows(),
            });
        }
        let index: BTreeMap<u32, u32> = margin.totals.keys().copied().zip(0..).collect();
        let mut sums = vec![0.0; index.len()];
        let mut groups = Vec::with_capacity(self.rows());
        for (group, weight) in margin.groups.iter().zip(&self.weights) {
            let dense = *index
                .get(group)
                .ok_or(CalibrationError::NoTotal { group: *group })?;
            sums[dense as usize] += weight;
            groups.push(dense);
        }
        for ((group, total), sum) in margin.totals.iter().zip(&sums) {
            if !(total.is_finite() && *total >= 0.0) {
                return Err(CalibrationError::Total {
                    group: *group,
                    total: *total,
                });
            }
            if *sum == 0.0 && *total > 0.0 {
                return Err(CalibrationError::NoRow {
                    group: *group,
                    total: *total,
                });
            }
        }
        Ok(Dense {
            groups,
            totals: margin.totals.values().copied().collect(),
        })
    }
}

fn group_sums(weights: &[f64], margin: &Dense) -> Vec<f64> {
    let mut sums = vec![0.0; margin.totals.len()];
    for (weight, group) in weights.iter().zip(&margin.groups) {
        sums[*group as usize] += weight;
    }
    sums
}

fn scale_to(weights: &mut [f64], margin: &Dense) {
    let sums = group_sums(weights, margin);
    for (weight, group) in weights.iter_mut().zip(&margin.groups) {
        let group = *group as usize;
        if sums[group] != 0.0 {
            *weight *= margin.totals[group] / sums[group];
        }
    }
}

fn worst_miss(weights: &[f64], margin: &Dense) -> f64 {
    group_sums(weights, margin)
        .iter()
        .zip(&margin.totals)
        .filter(|(_, total)| **total > 0.0)
        .fold(0.0, |worst, (sum, total)| {
            libm::fmax(worst, libm::fabs(sum / total - 1.0))
        })
}

/// The cell of each row in the cross table of all margins.
fn cross_cells(margins: &[Dense], rows: usize) -> Vec<u32> {
    let key =
        |row: usize| -> Vec<u32> { margins.iter().map(|margin| margin.groups[row]).collect() };
    let mut index: BTreeMap<Vec<u32>, u32> = (0..rows).map(|row| (key(row), 0)).collect();
    for (position, slot) in (0..).zip(index.values_mut()) {
        *slot = position;
    }
    (0..rows).map(|row| index[&key(row)]).collect()
}

fn cell_sums(cells: &[u32], weights: &[f64]) -> Vec<f64> {
    let count = cells.iter().max().map_or(0, |last| *last as usize + 1);
    let mut sums = vec![0.0; count];
    for (cell, weight) in cells.iter().zip(weights) {
        sums[*cell as usize] += weight;
    }
    sums
}
