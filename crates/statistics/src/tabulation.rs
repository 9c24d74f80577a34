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
/// Most different values of an item of bytes that are counted apart.
const WIDEST: i32 = 32;

/// A plan for tables: cells of strata by all breakdowns, made once for many items.
#[derive(Debug, Clone)]
pub struct Tabulation<'a> {
    design: &'a Design,
    /// Cell of each row; the last cell takes what is outside the domain or has no weight.
    cell_of: Vec<u32>,
    cells: Vec<Cell>,
    /// For each breakdown the ids of its groups, ascending.
    breakdowns: Vec<Vec<u32>>,
    /// Degrees of freedom of the whole design.
    df: usize,
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
struct Sum {
    wy: f64,
    wyy: f64,
    wwy: f64,
    wwyy: f64,
}

/// The group of each row, counted from one; zero is none.
fn group_codes(column: &[Option<u32>], ids: &[u32]) -> Vec<u32> {
    let direct = ids
        .last()
        .is_some_and(|last| (*last as usize) < 4 * ids.len() + 1024);
    let place = |id: u32| {
        let at = ids.partition_point(|known| *known < id);
        u32::try_from(at + 1).expect("groups are counted in 32 bits")
    };
    if !direct {
        return column.iter().map(|id| id.map_or(0, place)).collect();
    }
    let mut table = vec![0; ids.last().map_or(0, |last| *last as usize + 1)];
    for id in ids {
        table[*id as usize] = place(*id);
    }
    column
        .iter()
        .map(|id| id.map_or(0, |id| table[id as usize]))
        .collect()
}

/// Places of cells by key: a plain table where keys are few.
enum Index {
    Table(Vec<u32>),
    Tree(BTreeMap<u64, u32>),
}

impl Index {
    fn new(strata: usize, groups: &[Vec<u32>]) -> Self {
        let keys = groups.iter().try_fold(strata as u64, |keys, ids| {
            keys.checked_mul(ids.len() as u64 + 1)
        });
        match keys {
            Some(keys) if keys <= 1 << 22 => Index::Table(vec![u32::MAX; keys as usize]),
            _ => Index::Tree(BTreeMap::new()),
        }
    }

    /// The place of a key, `next` being that of a new one.
    fn place(&mut self, key: u64, next: u32) -> u32 {
        match self {
            Index::Table(table) => {
                let slot = &mut table[key as usize];
                if *slot == u32::MAX {
                    *slot = next;
                }
                *slot
            }
            Index::Tree(tree) => *tree.entry(key).or_insert(next),
        }
    }
}

/// What is known of an item in every cell.
enum Sums {
    /// Sums over the rows, of the item less `shift`.
    Shifted {
        shift: f64,
        sums: Vec<Sum>,
        gaps: Vec<Gap>,
    },
    /// Sums of weights and of their squares by cell and value.
    Counted {
        /// The values of the slots; one more slot holds what is missing.
        values: Vec<f64>,
        table: Vec<[f64; 2]>,
        missing: Vec<usize>,
    },
}

impl Sums {
    fn gap(&self, cell: usize) -> Gap {
        match self {
            Sums::Shifted { gaps, .. } => gaps[cell],
            Sums::Counted {
                values,
                table,
                missing,
            } => {
                let [weight, square] = table[cell * (values.len() + 1) + values.len()];
                Gap {
                    n: missing[cell],
                    weight,
                    square,
                }
            }
        }
    }

    /// Sum of `w (y - shift)` and the smallest and largest value, as far as they are known.
    fn total(&self, cell: usize) -> (f64, f64, f64) {
        match self {
            Sums::Shifted { sums, .. } => (sums[cell].wy, f64::NEG_INFINITY, f64::INFINITY),
            Sums::Counted { values, table, .. } => {
                let at = cell * (values.len() + 1);
                let (mut sum, mut low, mut high) = (0.0, f64::INFINITY, f64::NEG_INFINITY);
                for (value, [weight, _]) in values.iter().zip(&table[at..]) {
                    if *weight != 0.0 {
                        sum += weight * value;
                        low = libm::fmin(low, *value);
                        high = libm::fmax(high, *value);
                    }
                }
                (sum, low, high)
            }
        }
    }

    fn shift(&self) -> f64 {
        match self {
            Sums::Shifted { shift, .. } => *shift,
            Sums::Counted { .. } => 0.0,
        }
    }

    /// Sums of `w d`, `w d²` and `w² d²` with `d = y - shift - mean`, and of the squares that the
    /// last one is left of, over a cell with these weights.
    fn around(&self, cell: usize, mean: f64, weight: f64, square: f64) -> [f64; 4] {
        match self {
            Sums::Shifted { sums, .. } => {
                let s = &sums[cell];
                [
                    s.wy - mean * weight,
                    s.wyy - 2.0 * mean * s.wy + mean * mean * weight,
                    s.wwyy - 2.0 * mean * s.wwy + mean * mean * square,
                    s.wwyy + mean * mean * square,
                ]
            }
            Sums::Counted { values, table, .. } => {
                let at = cell * (values.len() + 1);
                let mut result = [0.0; 4];
                for (value, [w, ww]) in values.iter().zip(&table[at..]) {
                    let d = value - mean;
                    result[0] += w * d;
                    result[1] += w * d * d;
                    result[2] += ww * d * d;
                }
                result
            }
        }
    }
}

/// One group of a breakdown.
#[derive(Debug, Clone, Copy)]
struct Group {
    n: usize,
    weight: f64,
    square: f64,
    total: f64,
    low: f64,
    high: f64,
    mean: f64,
    spread: f64,
    magnitude: f64,
}

impl Default for Group {
    fn default() -> Self {
        Self {
            n: 0,
            weight: 0.0,
            square: 0.0,
            total: 0.0,
            low: f64::INFINITY,
            high: f64::NEG_INFINITY,
            mean: 0.0,
            spread: 0.0,
            magnitude: 0.0,
        }
    }
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
        if !self.is_plain() {
            return Err(EstimateError::Range {
                what: "a design with clusters, several stages or calibrated weights",
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
        // A row's key counts through strata and groups; groups are counted from one, zero is none.
        let codes: Vec<Vec<u32>> = breakdowns
            .iter()
            .zip(&groups)
            .map(|(column, ids)| group_codes(column, ids))
            .collect();
        let mut index = Index::new(self.strata.len(), &groups);
        let mut cells: Vec<Cell> = Vec::new();
        let mut cell_of = vec![u32::MAX; self.rows()];
        for (row, slot) in cell_of.iter_mut().enumerate() {
            let weight = self.weights[row];
            if weight == 0.0 || domain.is_some_and(|domain| !domain[row]) {
                continue;
            }
            let stratum = self.psu_stratum[self.psu[row] as usize];
            let mut key = u64::from(stratum);
            for (column, ids) in codes.iter().zip(&groups) {
                key = key * (ids.len() as u64 + 1) + u64::from(column[row]);
            }
            let next = u32::try_from(cells.len()).expect("cells are counted in 32 bits");
            let at = index.place(key, next);
            if at == next {
                cells.push(Cell {
                    stratum: stratum as usize,
                    groups: codes
                        .iter()
                        .map(|column| (column[row] as usize).checked_sub(1))
                        .collect(),
                    n: 0,
                    weight: 0.0,
                    square: 0.0,
                });
            }
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
            df: self.degrees_of_freedom(),
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
        let mut sums = vec![Sum::default(); self.cells.len() + 1];
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
        let sums = Sums::Shifted { shift, sums, gaps };
        (0..self.breakdowns.len())
            .map(|breakdown| self.means(breakdown, Some(item), &sums))
            .collect()
    }

    /// The same for an item of small whole numbers, `i8::MIN` missing: weights are summed by cell
    /// and value, which reads an eighth of the memory.
    pub fn mean_of_bytes(&self, item: &[i8]) -> Result<Vec<GroupMeans>, EstimateError> {
        self.design.check_length(item.len())?;
        let (mut low, mut high) = (i8::MAX, i8::MIN);
        for value in item {
            // The missing value is the smallest one: one more than it turns it into the largest.
            low = low.min(value.wrapping_sub(1));
            high = high.max(*value);
        }
        let low = low.wrapping_add(1);
        let width = i32::from(high) - i32::from(low) + 1;
        if !(1..=WIDEST).contains(&width) {
            let number = |v: &i8| {
                if *v == i8::MIN {
                    f64::NAN
                } else {
                    f64::from(*v)
                }
            };
            let numbers: Vec<f64> = item.iter().map(number).collect();
            return self.mean(&numbers);
        }
        let values: Vec<f64> = (0..width)
            .map(|slot| f64::from(i32::from(low) + slot))
            .collect();
        let gap = values.len();
        let mut slot_of = [gap; 256];
        for (slot, value) in (low..=high).enumerate() {
            slot_of[usize::from(value.cast_unsigned())] = slot;
        }
        slot_of[usize::from(i8::MIN.cast_unsigned())] = gap;
        let slots = gap + 1;
        let mut table = vec![[0.0; 2]; (self.cells.len() + 1) * slots];
        let mut missing = vec![0; self.cells.len() + 1];
        for ((value, weight), cell) in item.iter().zip(&self.design.weights).zip(&self.cell_of) {
            let slot = slot_of[usize::from(value.cast_unsigned())];
            if slot == gap {
                missing[*cell as usize] += 1;
            }
            let sum = &mut table[*cell as usize * slots + slot];
            sum[0] += weight;
            sum[1] += weight * weight;
        }
        let sums = Sums::Counted {
            values,
            table,
            missing,
        };
        (0..self.breakdowns.len())
            .map(|breakdown| self.means(breakdown, None, &sums))
            .collect()
    }

    fn means(
        &self,
        breakdown: usize,
        item: Option<&[f64]>,
        sums: &Sums,
    ) -> Result<GroupMeans, EstimateError> {
        let ids = &self.breakdowns[breakdown];
        let strata = self.design.strata.len();
        let mut groups = vec![Group::default(); ids.len()];
        for (place, cell) in self.cells.iter().enumerate() {
            let Some(group) = cell.groups[breakdown] else {
                continue;
            };
            let gap = sums.gap(place);
            if gap.n == cell.n {
                continue;
            }
            let (total, low, high) = sums.total(place);
            let group = &mut groups[group];
            group.n += cell.n - gap.n;
            group.weight += cell.weight - gap.weight;
            group.square += cell.square - gap.square;
            group.total += total;
            group.low = libm::fmin(group.low, low);
            group.high = libm::fmax(group.high, high);
        }
        for group in &mut groups {
            group.mean = if group.low == group.high {
                group.low
            } else {
                group.total / group.weight
            };
        }
        // Rows, and sums of linearised values and of their squares, by group and stratum.
        let mut counts = vec![0; ids.len() * strata];
        let mut totals = vec![0.0; ids.len() * strata];
        let mut squares = vec![0.0; ids.len() * strata];
        for (place, cell) in self.cells.iter().enumerate() {
            let Some(at) = cell.groups[breakdown] else {
                continue;
            };
            let gap = sums.gap(place);
            if gap.n == cell.n {
                continue;
            }
            let group = &mut groups[at];
            let (weight, square) = (cell.weight - gap.weight, cell.square - gap.square);
            let [d, dd, wdd, magnitude] = sums.around(place, group.mean, weight, square);
            let slot = at * strata + cell.stratum;
            counts[slot] += cell.n - gap.n;
            totals[slot] += d / group.weight;
            squares[slot] += wdd;
            group.spread += dd;
            group.magnitude += magnitude;
        }
        let mut estimates = Vec::with_capacity(ids.len());
        for (at, group) in groups.iter().enumerate() {
            if group.n == 0 {
                estimates.push(None);
                continue;
            }
            let mine = at * strata..(at + 1) * strata;
            let factor = 1.0 / (group.weight * group.weight);
            let squares: Vec<f64> = squares[mine.clone()]
                .iter()
                .map(|square| libm::fmax(*square, 0.0) * factor)
                .collect();
            let contributions = Contributions {
                present: &counts[mine.clone()],
                totals: &totals[mine.clone()],
                squares: &squares,
            };
            let mut variance = self.design.variance_of_cells(&contributions)?;
            // A variance that is small beside the squares that it is left of has lost its digits
            // (all values of a stratum equal): there the rows are read again.
            if let Some(item) = item
                && variance < LOST * group.magnitude * factor
            {
                variance = self.variance_of_rows(breakdown, at, item)?;
            }
            let occupied = counts[mine].iter().filter(|count| **count > 0).count();
            let basis = Basis {
                n: group.n,
                n_effective: group.weight * group.weight / group.square,
                weight: group.weight,
                df: self.df,
                df_domain: group.n - occupied,
            };
            let n = group.n as f64;
            let spread = group.spread / group.weight * n / (n - 1.0);
            estimates.push(Some(Estimate {
                value: group.mean + sums.shift(),
                se: libm::sqrt(variance),
                design_effect: Some(DesignEffect::new(variance, spread, 1.0, basis)),
                basis,
            }));
        }
        let mut anywhere = vec![0; strata];
        for (place, count) in counts.iter().enumerate() {
            anywhere[place % strata] += count;
        }
        let totals: Vec<&[f64]> = totals.chunks(strata).collect();
        let mut covariance = self.design.covariance_of_cells(&totals, &anywhere)?;
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
