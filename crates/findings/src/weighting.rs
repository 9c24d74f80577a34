//! From those who answered to the register: response cells, base weights, raking to the Länder.
//!
//! The two populations are weighted apart and never pooled. Within each of them:
//!
//! 1. **Cells.** Response cells are the size classes. A cell with fewer than [`CELL_MINIMUM`] respondents is
//!    collapsed with a neighbouring size class (of two neighbours the one with fewer respondents, of equals the
//!    larger class), the cell with the fewest respondents first, until each has five or all of its units answered.
//! 2. **Base weights.** Every respondent of a cell stands for N_h / n_h units. Cells are strata with n_h fixed and
//!    the finite population correction of N_h: within a cell, answering counts as random. That is an assumption.
//! 3. **Länder.** Weights are raked to cells and Länder. A Land with fewer than [`LAND_MINIMUM`] respondents, with
//!    an effective n below [`LAND_KISH`], or whose respondents' base weights are off its number of units by more than a factor of [`LAND_FACTOR`],
//!    is merged with a named neighbour, the one with the fewest respondents first. Where the margins still
//!    cannot be met, the Land group with the fewest respondents is merged further. Nothing is trimmed.
//!    Cells of which every unit answered are not raked: each of their units stands for itself.
//!
//! Raking is done as calibration with the raking distance: the same weights as iterative proportional fitting, and
//! variances from residuals of the *weighted* regression on the margins. R's `rake` takes unweighted means
//! instead; with weights from 2 to 1,000 its variance of a large city's share is made by small municipalities.
//!
//! Sources: Särndal, Swensson, Wretman, Model Assisted Survey Sampling, 1992, 15.6 (response homogeneity groups);
//! Deming and Stephan 1940 (raking); Deville, Särndal, Sautory 1993 (raking as calibration, and its variance).

use register::{Land, Municipality, Population, SizeClass};
use statistics::{
    CalibrationError, Columns, Design, DesignError, Distance, LonelyPsu, Population as Sizes,
};

/// Fewest respondents of a response cell, unless all of its units answered.
pub const CELL_MINIMUM: usize = 5;
/// Fewest respondents of a Land that is a margin of its own.
pub const LAND_MINIMUM: usize = 3;
/// Smallest effective n (Kish, of base weights) of a Land that is a margin of its own: with less, one village's weight is
/// that of its Land, raking adds more noise than it takes away, and standard errors are too small (`docs/decisions/coverage.md`).
pub const LAND_KISH: f64 = 8.0;
/// How far the base weights of a Land may be off its number of units before it is merged.
pub const LAND_FACTOR: f64 = 3.0;

/// Part of a Land's units from which a size class must be heard before the Land has figures of its own.
pub const LAND_CLASS: f64 = 0.10;
/// Fewest respondents of such a size class.
pub const LAND_CLASS_MINIMUM: usize = 3;

/// A response cell after collapsing: a stratum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseCell {
    /// Its size classes, ascending.
    pub classes: Vec<SizeClass>,
    /// Units in the register, N_h.
    pub units: usize,
    /// Respondents, n_h.
    pub responded: usize,
}

impl ResponseCell {
    /// A number that says which size classes it holds; ascending with them.
    fn id(&self) -> u32 {
        let bit = |class: &SizeClass| SizeClass::ALL.iter().position(|c| c == class);
        let bits = self.classes.iter().filter_map(bit);
        bits.fold(0, |id, bit| id | 1 << bit)
    }
}

/// Länder that are one group of the margin.
#[derive(Clone, Debug, PartialEq)]
pub struct LandGroup {
    /// Its Länder, in the order of the official key.
    pub laender: Vec<Land>,
    /// Units in the register.
    pub units: usize,
    /// Respondents.
    pub responded: usize,
    /// Sum of the respondents' base weights.
    pub base_weight: f64,
    /// Sum of their squares.
    pub base_squares: f64,
}

impl LandGroup {
    /// Kish's n of the respondents' base weights.
    pub fn kish(&self) -> f64 {
        self.base_weight * self.base_weight / self.base_squares
    }
}

/// Why weights cannot be made. Both mean that counts and register contradict one another.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[allow(missing_docs)]
pub enum WeightingError {
    #[error(transparent)]
    Design(#[from] DesignError),
    #[error(transparent)]
    Calibration(#[from] CalibrationError),
}

/// The weights of one population.
#[derive(Clone, Debug)]
pub struct Weighting {
    /// Whose.
    pub population: Population,
    /// Response cells, ascending in size.
    pub cells: Vec<ResponseCell>,
    /// Länder margin.
    pub groups: Vec<LandGroup>,
    /// Index of each respondent's cell.
    pub cell_of: Vec<u32>,
    /// Index of each respondent's Land group.
    pub group_of: Vec<u32>,
    /// Whether weights are raked; not when a single Land group is left.
    pub raked: bool,
    /// The design with its final weights, one row a respondent.
    pub design: Design,
    /// For each cell what the register knows of its inhabitants.
    pub(crate) inhabitants: Vec<Inhabitants>,
}

/// Inhabitants of the units of a cell: what the interval of a share of inhabitants knows besides the answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Inhabitants {
    /// Of all units.
    pub sum: f64,
    /// Their squares, summed over all units.
    pub squares: f64,
    /// Inhabitants of all units over those of the respondents.
    pub expansion: f64,
    /// How much heavier the units without answer are than the respondents say: the sum of their squared
    /// inhabitants over what respondents would let expect. One where all units are alike.
    pub silent: f64,
}

impl Weighting {
    /// Weighs respondents to the units of their population in the register; `None` without respondents.
    pub fn new(
        population: Population,
        units: &[&Municipality],
        respondents: &[&Municipality],
    ) -> Result<Option<Self>, WeightingError> {
        if respondents.is_empty() {
            return Ok(None);
        }
        let Start {
            cells,
            cell_of,
            design: unraked,
        } = Start::new(units, respondents)?;
        let mut groups = land_groups(units, respondents, unraked.weights());
        loop {
            let group_of: Vec<u32> = respondents
                .iter()
                .map(|unit| place(&groups, |group| group.laender.contains(&unit.land)))
                .collect();
            let raked = groups.len() > 1;
            let design = if raked {
                rake(&unraked, &cells, &cell_of, &groups, &group_of)?
            } else {
                Some(unraked.clone())
            };
            if let Some(design) = design {
                return Ok(Some(Self {
                    population,
                    inhabitants: inhabitants(&cells, units, respondents),
                    cells,
                    groups,
                    cell_of,
                    group_of,
                    raked,
                    design,
                }));
            }
            let fewest = (0..groups.len()).min_by_key(|&g| groups[g].responded);
            merge(&mut groups, fewest.expect("several groups were raked"));
        }
    }

    /// As [`Weighting::new`], but without raking to the Länder: base weights of the cells alone.
    pub fn in_cells(
        population: Population,
        units: &[&Municipality],
        respondents: &[&Municipality],
    ) -> Result<Option<Self>, WeightingError> {
        if respondents.is_empty() {
            return Ok(None);
        }
        let start = Start::new(units, respondents)?;
        let laender = Land::ALL.to_vec();
        Ok(Some(Self {
            population,
            groups: vec![LandGroup {
                laender,
                units: units.len(),
                responded: respondents.len(),
                base_weight: units.len() as f64,
                base_squares: start.design.weights().iter().map(|w| w * w).sum(),
            }],
            inhabitants: inhabitants(&start.cells, units, respondents),
            cells: start.cells,
            cell_of: start.cell_of,
            group_of: vec![0; respondents.len()],
            raked: false,
            design: start.design,
        }))
    }

    /// Final weights, one a respondent.
    pub fn weights(&self) -> &[f64] {
        self.design.weights()
    }
}

/// Cells and base weights.
struct Start {
    cells: Vec<ResponseCell>,
    cell_of: Vec<u32>,
    design: Design,
}

impl Start {
    fn new(units: &[&Municipality], respondents: &[&Municipality]) -> Result<Self, DesignError> {
        let cells = response_cells(units, respondents);
        let cell_of: Vec<u32> = respondents
            .iter()
            .map(|unit| place(&cells, |cell| cell.classes.contains(&unit.size_class())))
            .collect();
        let of = |row: &u32| &cells[*row as usize];
        let sizes: Vec<f64> = cell_of.iter().map(|c| of(c).units as f64).collect();
        let base: Vec<f64> = cell_of
            .iter()
            .map(|c| of(c).units as f64 / of(c).responded as f64)
            .collect();
        // Equal cells of two waves have equal ids, whatever else was collapsed: the overlap's covariance needs that.
        let strata: Vec<u32> = cell_of.iter().map(|c| of(c).id()).collect();
        let columns = Columns {
            rows: respondents.len(),
            weights: Some(&base),
            strata: Some(&strata),
            population: Some(Sizes::Sizes(&sizes)),
            ..Columns::default()
        };
        let design = Design::new(&columns, LonelyPsu::Adjust)?;
        Ok(Self {
            cells,
            cell_of,
            design,
        })
    }
}

/// See [`Inhabitants`].
fn inhabitants(
    cells: &[ResponseCell],
    units: &[&Municipality],
    respondents: &[&Municipality],
) -> Vec<Inhabitants> {
    let sums = |cell: &ResponseCell, of: &[&Municipality]| {
        let inside = of.iter().filter(|u| cell.classes.contains(&u.size_class()));
        inside.fold((0.0, 0.0), |(sum, squares), unit| {
            let inhabitants = f64::from(unit.inhabitants);
            (sum + inhabitants, squares + inhabitants * inhabitants)
        })
    };
    let of = |cell: &ResponseCell| {
        let (sum, squares) = sums(cell, units);
        let (answered, answered_squares) = sums(cell, respondents);
        let expected = answered_squares * (cell.units as f64 / cell.responded as f64 - 1.0);
        Inhabitants {
            sum,
            squares,
            expansion: sum / answered,
            silent: match expected > 0.0 {
                true => ((squares - answered_squares) / expected).max(0.0),
                false => 1.0,
            },
        }
    };
    cells.iter().map(of).collect()
}

fn place<T>(list: &[T], holds: impl Fn(&T) -> bool) -> u32 {
    let place = list.iter().position(holds);
    let place = place.expect("respondents are units of the register");
    u32::try_from(place).expect("cells and Länder are few")
}

/// The design raked to cells and Land groups; `None` when both cannot be met at once.
fn rake(
    design: &Design,
    cells: &[ResponseCell],
    cell_of: &[u32],
    groups: &[LandGroup],
    group_of: &[u32],
) -> Result<Option<Design>, CalibrationError> {
    let open: Vec<bool> = cell_of
        .iter()
        .map(|&cell| cells[cell as usize].responded < cells[cell as usize].units)
        .collect();
    let indicators = |of: &[u32], count: usize| -> Vec<Vec<f64>> {
        let column = |group| {
            let rows = of.iter().zip(&open);
            rows.map(move |(&g, open)| f64::from(u8::from(*open && g as usize == group)))
        };
        (0..count).map(|group| column(group).collect()).collect()
    };
    let mut columns = indicators(cell_of, cells.len());
    let size = |cell: &ResponseCell| match cell.responded < cell.units {
        true => cell.units as f64,
        false => 0.0,
    };
    let mut totals: Vec<f64> = cells.iter().map(size).collect();
    // The first Land group follows from the cells' sum. Units of complete cells count for themselves.
    columns.extend(indicators(group_of, groups.len()).split_off(1));
    let known = |group: usize| {
        let rows = group_of.iter().zip(&open);
        rows.filter(|(of, open)| **of as usize == group && !**open)
            .count()
    };
    totals.extend((1..groups.len()).map(|group| (groups[group].units - known(group)) as f64));
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    match design.calibrate(&columns, &totals, Distance::Raking) {
        Ok(raked) => Ok(Some(raked.with_leverage_correction())),
        Err(CalibrationError::NotMet { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Response cells of one population after collapsing. Classes without units are left out.
pub fn response_cells(units: &[&Municipality], respondents: &[&Municipality]) -> Vec<ResponseCell> {
    let count = |list: &[&Municipality], class: SizeClass| {
        list.iter().filter(|u| u.size_class() == class).count()
    };
    let mut cells: Vec<ResponseCell> = SizeClass::ALL
        .into_iter()
        .map(|class| ResponseCell {
            classes: vec![class],
            units: count(units, class),
            responded: count(respondents, class),
        })
        .filter(|cell| cell.units > 0)
        .collect();
    loop {
        let thin =
            |cell: &ResponseCell| cell.responded < CELL_MINIMUM && cell.responded < cell.units;
        let thinnest = (0..cells.len())
            .filter(|&cell| thin(&cells[cell]))
            .min_by_key(|&cell| cells[cell].responded);
        let Some(cell) = thinnest.filter(|_| cells.len() > 1) else {
            return cells;
        };
        let below = cell.checked_sub(1);
        let above = Some(cell + 1).filter(|&above| above < cells.len());
        let lower = match (below, above) {
            (Some(below), Some(above)) if cells[below].responded < cells[above].responded => below,
            (_, Some(_)) => cell,
            (below, None) => below.expect("one of several cells has a neighbour"),
        };
        let upper = cells.remove(lower + 1);
        cells[lower].classes.extend(upper.classes);
        cells[lower].units += upper.units;
        cells[lower].responded += upper.responded;
    }
}

/// Whether respondents of a Land can speak for it: each size class that makes at least [`LAND_CLASS`] of its units has
/// at least [`LAND_CLASS_MINIMUM`] respondents there, or all of its units. Else its figures would be those of its towns.
pub fn covers_land(units: &[&Municipality], respondents: &[&Municipality], land: Land) -> bool {
    let of = |list: &[&Municipality], class: Option<SizeClass>| {
        let fits = |unit: &&&Municipality| {
            unit.land == land && class.is_none_or(|class| unit.size_class() == class)
        };
        list.iter().filter(fits).count()
    };
    let all = of(units, None);
    SizeClass::ALL.into_iter().all(|class| {
        let there = of(units, Some(class));
        let answered = of(respondents, Some(class));
        (there as f64) < LAND_CLASS * all as f64
            || answered >= LAND_CLASS_MINIMUM
            || answered == there
    })
}

fn land_groups(
    units: &[&Municipality],
    respondents: &[&Municipality],
    base: &[f64],
) -> Vec<LandGroup> {
    let mut groups: Vec<LandGroup> = Land::ALL
        .into_iter()
        .map(|land| LandGroup {
            laender: vec![land],
            units: units.iter().filter(|u| u.land == land).count(),
            responded: respondents.iter().filter(|u| u.land == land).count(),
            base_weight: respondents
                .iter()
                .zip(base)
                .filter(|(unit, _)| unit.land == land)
                .fold(0.0, |sum, (_, weight)| sum + weight),
            base_squares: respondents
                .iter()
                .zip(base)
                .filter(|(unit, _)| unit.land == land)
                .fold(0.0, |sum, (_, weight)| sum + weight * weight),
        })
        .filter(|group| group.units > 0)
        .collect();
    loop {
        let off = |group: &LandGroup| {
            let ratio = group.units as f64 / group.base_weight;
            let thin = group.responded < LAND_MINIMUM || group.kish() < LAND_KISH;
            thin || !(1.0 / LAND_FACTOR..=LAND_FACTOR).contains(&ratio)
        };
        let next = (0..groups.len())
            .filter(|&group| off(&groups[group]))
            .min_by_key(|&group| groups[group].responded);
        match next.filter(|_| groups.len() > 1) {
            Some(group) => merge(&mut groups, group),
            None => return groups,
        }
    }
}

/// Merges one group into the group of its nearest named neighbour (breadth first over the neighbours).
fn merge(groups: &mut Vec<LandGroup>, group: usize) {
    let moved = groups.remove(group);
    let mut path = moved.laender.clone();
    let mut next = 0;
    let target = loop {
        let Some(&land) = path.get(next) else {
            break 0; // not reached: the neighbours connect all sixteen
        };
        if let Some(target) = groups.iter().position(|g| g.laender.contains(&land)) {
            break target;
        }
        for neighbour in neighbours(land) {
            if !path.contains(neighbour) {
                path.push(*neighbour);
            }
        }
        next += 1;
    };
    let target = &mut groups[target];
    target.laender.extend(moved.laender);
    target.laender.sort();
    target.units += moved.units;
    target.responded += moved.responded;
    target.base_weight += moved.base_weight;
    target.base_squares += moved.base_squares;
}

/// Named neighbours, nearest in kind first: city states with the Land around them, then common borders.
fn neighbours(land: Land) -> &'static [Land] {
    use Land::*;
    match land {
        SchleswigHolstein => &[Hamburg, Niedersachsen, MecklenburgVorpommern],
        Hamburg => &[SchleswigHolstein, Niedersachsen],
        Niedersachsen => &[Bremen, NordrheinWestfalen, Hessen],
        Bremen => &[Niedersachsen],
        NordrheinWestfalen => &[Niedersachsen, RheinlandPfalz],
        Hessen => &[RheinlandPfalz, NordrheinWestfalen],
        RheinlandPfalz => &[Saarland, Hessen],
        BadenWuerttemberg => &[Bayern, RheinlandPfalz],
        Bayern => &[BadenWuerttemberg, Hessen],
        Saarland => &[RheinlandPfalz],
        Berlin => &[Brandenburg],
        Brandenburg => &[Berlin, MecklenburgVorpommern, Sachsen],
        MecklenburgVorpommern => &[Brandenburg, SchleswigHolstein],
        Sachsen => &[Thueringen, SachsenAnhalt, Brandenburg],
        SachsenAnhalt => &[Thueringen, Sachsen, Niedersachsen],
        Thueringen => &[Sachsen, SachsenAnhalt, Hessen],
    }
}
