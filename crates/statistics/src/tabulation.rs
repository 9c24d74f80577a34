//! Many items by many breakdowns in one pass over the rows of each item.
//!
//! Where every row is its own PSU and nothing was calibrated, the variance of a mean in a group
//! needs no more than a few sums in each cell of strata by groups. So the rows are read once an
//! item, whatever the number of breakdowns, and the rest is arithmetic on cells. The result is that
//! of [`Design::by`] with [`Design::mean`].

use std::collections::BTreeMap;

use crate::design::Design;
use crate::estimates::{Basis, DesignEffect, Estimate, EstimateError, Missing};
use crate::linearisation::Contributions;
use crate::matrix::Matrix;

/// Share of the sum of squares below which a variance is computed again from the rows.
const LOST: f64 = 1e-5;

/// A plan for tables: cells of strata by all breakdowns, made once for many items.
#[derive(Debug, Clone)]
pub struct Tabulation<'a> {
    design: &'a Design,
    /// Cell of each row; the last cell takes what is outside the domain or has no weight.
    cell_of: Vec<u32>,
    cells: Vec<Cell>,
    /// For each breakdown the ids of its groups, ascending.
    breakdowns: Vec<Vec<u32>>,
}

#[derive(Debug, Clone)]
struct Cell {
    stratum: usize,
    /// Index of the group in each breakdown, if any.
    groups: Vec<Option<usize>>,
    n: usize,
    weight: f64,
    square: f64,
}

/// The mean of an item in the groups of one breakdown.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupMeans {
    /// Ids of the groups, ascending; all groups of the breakdown, whether the item has values or
    /// not.
    pub groups: Vec<u32>,
    /// Their estimates; `None` where no row has a value.
    pub estimates: Vec<Option<Estimate>>,
    /// Covariances between the groups' means; zero for groups without a value.
    pub covariance: Matrix,
}

/// Sums over the rows of a cell, of the item less a constant.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    wy: f64,
    wyy: f64,
    wwy: f64,
    wwyy: f64,
}

/// What rows with a missing value take from a cell.
#[derive(Debug, Clone, Copy, Default)]
struct Gap {
    n: usize,
    weight: f64,
    square: f64,
}

impl Design {
    /// Prepares means by several breakdowns, each a column of groups (`None`: in no group), within
    /// `domain`.
    ///
    /// Errors: `Length`; `Range` where rows share PSUs, or after calibration: use [`Design::by`]
    /// there.
    pub fn tabulation(
        &self,
        breakdowns: &[&[Option<u32>]],
        domain: Option<&[bool]>,
    ) -> Result<Tabulation<'_>, EstimateError> {
        if self.is_calibrated() || self.psu_stratum.len() != self.rows() {
            return Err(EstimateError::Range {
                what: "a design with clusters or calibrated weights",
            });
        }
        for column in breakdowns {
            self.check_length(column.len())?;
        }
        if let Some(domain) = domain {
            self.check_length(domain.len())?;
        }
        let groups: Vec<Vec<u32>> = breakdowns
            .iter()
            .map(|column| {
                let mut ids: Vec<u32> = column.iter().copied().flatten().collect();
                ids.sort_unstable();
                ids.dedup();
                ids
            })
            .collect();
        let mut index: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
        let mut cells: Vec<Cell> = Vec::new();
        let mut cell_of = vec![u32::MAX; self.rows()];
        let mut key = vec![0; breakdowns.len() + 1];
        for (row, slot) in cell_of.iter_mut().enumerate() {
            let weight = self.weights[row];
            if weight == 0.0 || domain.is_some_and(|domain| !domain[row]) {
                continue;
            }
            // Groups are counted from one, zero is none.
            key[0] = self.psu_stratum[self.psu[row] as usize];
            for (place, (column, ids)) in key[1..].iter_mut().zip(breakdowns.iter().zip(&groups)) {
                *place = match column[row] {
                    Some(id) => {
                        let at = ids.partition_point(|known| *known < id);
                        u32::try_from(at + 1).expect("groups are counted in 32 bits")
                    }
                    None => 0,
                };
            }
            let next = u32::try_from(cells.len()).expect("cells are counted in 32 bits");
            let at = match index.get(&key) {
                Some(at) => *at,
                None => {
                    index.insert(key.clone(), next);
                    cells.push(Cell {
                        stratum: key[0] as usize,
                        groups: key[1..]
                            .iter()
                            .map(|k| (*k as usize).checked_sub(1))
                            .collect(),
                        n: 0,
                        weight: 0.0,
                        square: 0.0,
                    });
                    next
                }
            };
            let cell = &mut cells[at as usize];
            cell.n += 1;
            cell.weight += weight;
            cell.square += weight * weight;
            *slot = at;
        }
        let outside = u32::try_from(cells.len()).expect("cells are counted in 32 bits");
        for slot in &mut cell_of {
            if *slot == u32::MAX {
                *slot = outside;
            }
        }
        Ok(Tabulation {
            design: self,
            cell_of,
            cells,
            breakdowns: groups,
        })
    }
}

impl Tabulation<'_> {
    /// The weighted means of an item (NaN missing) in the groups of every breakdown, one result a
    /// breakdown. Errors: `Length`, or `LonelyPsu`.
    pub fn mean(&self, item: &[f64]) -> Result<Vec<GroupMeans>, EstimateError> {
        self.design.check_length(item.len())?;
        // Sums of squares lose no digits to a large common value when it is taken off first.
        let shift = item.iter().copied().find(|y| !y.is_nan()).unwrap_or(0.0);
        let mut sums = vec![Sums::default(); self.cells.len() + 1];
        let mut gaps = vec![Gap::default(); self.cells.len() + 1];
        for ((value, weight), cell) in item.iter().zip(&self.design.weights).zip(&self.cell_of) {
            let y = value - shift;
            if y.is_nan() {
                let gap = &mut gaps[*cell as usize];
                gap.n += 1;
                gap.weight += weight;
                gap.square += weight * weight;
                continue;
            }
            let sum = &mut sums[*cell as usize];
            let wy = weight * y;
            sum.wy += wy;
            sum.wyy += wy * y;
            sum.wwy += weight * wy;
            sum.wwyy += wy * wy;
        }
        (0..self.breakdowns.len())
            .map(|breakdown| self.means(breakdown, item, shift, &sums, &gaps))
            .collect()
    }

    fn means(
        &self,
        breakdown: usize,
        item: &[f64],
        shift: f64,
        sums: &[Sums],
        gaps: &[Gap],
    ) -> Result<GroupMeans, EstimateError> {
        let ids = &self.breakdowns[breakdown];
        let strata = self.design.strata.len();
        // Sums by group and stratum: n, w, w², and those of the item.
        let mut by = vec![(0_usize, 0.0, 0.0, Sums::default()); ids.len() * strata];
        for ((cell, sum), gap) in self.cells.iter().zip(sums).zip(gaps) {
            let Some(group) = cell.groups[breakdown] else {
                continue;
            };
            let slot = &mut by[group * strata + cell.stratum];
            slot.0 += cell.n - gap.n;
            slot.1 += cell.weight - gap.weight;
            slot.2 += cell.square - gap.square;
            slot.3.wy += sum.wy;
            slot.3.wyy += sum.wyy;
            slot.3.wwy += sum.wwy;
            slot.3.wwyy += sum.wwyy;
        }
        let df = self.design.degrees_of_freedom();
        let mut estimates = Vec::with_capacity(ids.len());
        // Sum of linearised values by group and stratum, for the covariances.
        let mut totals = vec![0.0; ids.len() * strata];
        for group in 0..ids.len() {
            let rows = &by[group * strata..(group + 1) * strata];
            let (mut n, mut weight, mut square, mut wy, mut wyy) = (0, 0.0, 0.0, 0.0, 0.0);
            let mut present = 0;
            for (count, w, ww, sum) in rows {
                n += count;
                present += usize::from(*count > 0);
                if *count > 0 {
                    weight += w;
                    square += ww;
                }
                wy += sum.wy;
                wyy += sum.wyy;
            }
            if n == 0 {
                estimates.push(None);
                continue;
            }
            let mean = wy / weight;
            let mut counts = vec![0; strata];
            let mut squares = vec![0.0; strata];
            for (h, (count, w, ww, sum)) in rows.iter().enumerate() {
                if *count == 0 {
                    continue;
                }
                counts[h] = *count;
                totals[group * strata + h] = (sum.wy - mean * w) / weight;
                let square = sum.wwyy - 2.0 * mean * sum.wwy + mean * mean * ww;
                squares[h] = libm::fmax(square, 0.0) / (weight * weight);
            }
            let contributions = Contributions {
                present: &counts,
                totals: &totals[group * strata..(group + 1) * strata],
                squares: &squares,
            };
            let mut variance = self.design.variance_of_cells(&contributions)?;
            // A variance that is small beside the squares that it is left of has lost its digits
            // (all values of a stratum equal): there the rows are read again.
            let magnitude = rows.iter().fold(0.0, |sum, (_, _, ww, cell)| {
                sum + cell.wwyy + mean * mean * ww
            });
            if variance < LOST * magnitude / (weight * weight) {
                variance = self.variance_of_rows(breakdown, group, item)?;
            }
            let basis = Basis {
                n,
                n_effective: weight * weight / square,
                weight,
                df,
                df_domain: n - present,
            };
            let spread = (wyy / weight - mean * mean) * n as f64 / (n as f64 - 1.0);
            estimates.push(Some(Estimate {
                value: mean + shift,
                se: libm::sqrt(variance),
                design_effect: Some(DesignEffect::new(variance, spread, 1.0, basis)),
                basis,
            }));
        }
        let mut anywhere = vec![0; strata];
        for (place, (count, ..)) in by.iter().enumerate() {
            anywhere[place % strata] += count;
        }
        let groups: Vec<&[f64]> = totals.chunks(strata).collect();
        let mut covariance = self.design.covariance_of_cells(&groups, &anywhere)?;
        for (group, estimate) in estimates.iter().enumerate() {
            if let Some(estimate) = estimate {
                covariance.set(group, group, estimate.se * estimate.se);
            }
        }
        Ok(GroupMeans {
            groups: ids.clone(),
            estimates,
            covariance,
        })
    }

    /// The variance of the mean in one group by the general path.
    fn variance_of_rows(
        &self,
        breakdown: usize,
        group: usize,
        item: &[f64],
    ) -> Result<f64, EstimateError> {
        let inside: Vec<bool> = self
            .cell_of
            .iter()
            .map(|cell| {
                let cell = self.cells.get(*cell as usize);
                cell.is_some_and(|cell| cell.groups[breakdown] == Some(group))
            })
            .collect();
        let mean = self.design.mean(&[item], Some(&inside), Missing::Drop)?;
        Ok(mean.covariance().get(0, 0))
    }
}
