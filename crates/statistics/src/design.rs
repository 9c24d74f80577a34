//! The sampling design: who stood for whom, in which strata and clusters.

use std::collections::BTreeMap;

use crate::calibration::Adjustment;

/// What a stratum with a single sampled PSU adds to a variance; named as in R `survey`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LonelyPsu {
    /// A variance cannot be had: [`EstimateError::LonelyPsu`](crate::EstimateError::LonelyPsu).
    #[default]
    Fail,
    /// Nothing: the stratum is left out of the variance.
    Remove,
    /// Nothing, because the PSU was taken with certainty.
    Certainty,
    /// Its squared distance from the mean of all PSUs: careful, never too small on average.
    Adjust,
    /// The mean of what the other strata add.
    Average,
}

/// How many PSUs a stratum holds in the population, for the finite population correction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Population<'a> {
    /// Number of PSUs in the row's stratum; one value a row, equal within a stratum.
    Sizes(&'a [f64]),
    /// Sampled fraction of the row's stratum, in `(0, 1]`; one value a row.
    Fractions(&'a [f64]),
}

impl Population<'_> {
    fn len(self) -> usize {
        match self {
            Population::Sizes(values) | Population::Fractions(values) => values.len(),
        }
    }
}

/// The columns that make a [`Design`]; every given column has one value a row.
///
/// `Columns { rows, ..Columns::default() }` is a simple random sample from an infinite population.
#[derive(Debug, Clone, Copy, Default)]
pub struct Columns<'a> {
    /// Number of rows (respondents).
    pub rows: usize,
    /// Sampling weights, finite and not negative. Left out, they follow from `population`
    /// (N over n), else they are 1.
    pub weights: Option<&'a [f64]>,
    /// Stratum of each row; any ids. Left out: one stratum.
    pub strata: Option<&'a [u32]>,
    /// Primary sampling unit (cluster) of each row; any ids. Left out: every row is one.
    pub psu: Option<&'a [u32]>,
    /// Population sizes for the finite population correction. Left out: no correction.
    pub population: Option<Population<'a>>,
    /// Whether equal PSU ids in different strata are different PSUs; else they are an error.
    pub nest: bool,
}

/// Why columns make no design.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DesignError {
    /// No rows at all.
    #[error("a design needs at least one row")]
    Empty,
    /// A column is shorter or longer than `rows`.
    #[error("column {column} has {found} values for {rows} rows")]
    Length {
        /// Which column.
        column: &'static str,
        /// Its length.
        found: usize,
        /// The design's rows.
        rows: usize,
    },
    /// A weight is negative, infinite or NaN.
    #[error("the weight in row {row} (from 0) is {value}, not a number of at least 0")]
    Weight {
        /// Row, from zero.
        row: usize,
        /// The weight.
        value: f64,
    },
    /// One PSU id in two strata, without `nest`.
    #[error("PSU {psu} is in several strata; say `nest` if equal ids there are different PSUs")]
    PsuInSeveralStrata {
        /// The id.
        psu: u32,
    },
    /// The population size or fraction is not a positive number.
    #[error("the population size or fraction in row {row} (from 0) is {value}")]
    Population {
        /// Row, from zero.
        row: usize,
        /// The value.
        value: f64,
    },
    /// Two rows of a stratum have different population sizes.
    #[error("population sizes differ within stratum {stratum}")]
    PopulationVaries {
        /// The stratum's id as given.
        stratum: u32,
    },
    /// More PSUs were sampled than there are.
    #[error("stratum {stratum} has {sampled} sampled PSUs of only {population}")]
    SampleExceedsPopulation {
        /// The stratum's id as given.
        stratum: u32,
        /// Sampled PSUs.
        sampled: usize,
        /// PSUs in the population.
        population: f64,
    },
}

/// The columns of a further stage of sampling, within the units of the stage before.
#[derive(Debug, Clone, Copy, Default)]
pub struct LaterStage<'a> {
    /// Unit of each row; any ids, those of different units before being different units. Left
    /// out: every row is one.
    pub psu: Option<&'a [u32]>,
    /// Stratum of each row within its unit of the stage before. Left out: one.
    pub strata: Option<&'a [u32]>,
    /// Units in the population of the stratum, or its sampled fraction.
    pub population: Option<Population<'a>>,
}

/// A design with strata, clusters, finite population corrections, weights and the calibrations
/// applied to them, of one stage or several. Estimators are methods on it.
#[derive(Debug, Clone)]
pub struct Design {
    pub(crate) weights: Vec<f64>,
    /// Whether the weights follow from the populations.
    weights_follow: bool,
    /// Further stages, the second first.
    pub(crate) later: Vec<Stage>,
    /// Dense PSU index of each row.
    pub(crate) psu: Vec<u32>,
    /// Dense stratum index of each PSU.
    pub(crate) psu_stratum: Vec<u32>,
    /// For each stratum its id as given, sampled PSUs, and population size (infinite: none).
    pub(crate) strata: Vec<Stratum>,
    pub(crate) lonely: LonelyPsu,
    pub(crate) adjust_domain_lonely: bool,
    pub(crate) adjustments: Vec<Adjustment>,
    /// What weights were multiplied by, one a row.
    pub(crate) sizes: Option<Vec<f64>>,
    /// For each stratum what is known of the sizes of its units without a row.
    pub(crate) unheard: Option<Vec<Unheard>>,
    /// Where rows are of several waves: the units that two of them share.
    pub(crate) shared: Vec<Shared>,
}

/// What is known of the units of a stratum without a row, by what its rows let expect of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unheard {
    /// The sum of their squared sizes over the expected one.
    heavier: f64,
    /// The sizes of all units over those of the rows; NaN: not known.
    expansion: f64,
}

/// Units of one stratum in two waves.
#[derive(Debug, Clone)]
pub(crate) struct Shared {
    /// `n12 - n1 n2 / N`
    pub(crate) factor: f64,
    /// PSU in the one wave and in the other.
    pub(crate) pairs: Vec<(u32, u32)>,
}

/// A stage after the first.
#[derive(Debug, Clone)]
pub(crate) struct Stage {
    /// Dense unit of each row.
    pub(crate) unit: Vec<u32>,
    /// Dense stratum of each unit; a stratum lies in one unit of the stage before.
    pub(crate) unit_stratum: Vec<u32>,
    pub(crate) strata: Vec<Stratum>,
    /// Share of the stages before that was sampled: factor of each stratum's variance.
    pub(crate) factor: Vec<f64>,
}

/// A stratum of the design.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stratum {
    pub(crate) id: u32,
    pub(crate) sampled: usize,
    pub(crate) population: f64,
}

impl Stratum {
    fn unbounded(id: u32) -> Self {
        Self {
            id,
            sampled: 0,
            population: f64::INFINITY,
        }
    }

    /// For how many units of the population a sampled one stands; 1 without a population.
    fn expansion(&self) -> f64 {
        self.expansion_or(1.0)
    }

    fn expansion_or(&self, unbounded: f64) -> f64 {
        if self.population == f64::INFINITY {
            unbounded
        } else {
            self.population / self.sampled as f64
        }
    }

    /// The finite population correction, `(N - n) / N`.
    /// Units without a row for each with one.
    pub(crate) fn others(&self) -> f64 {
        self.population / self.sampled as f64 - 1.0
    }

    pub(crate) fn correction(&self) -> f64 {
        if self.population == f64::INFINITY {
            1.0
        } else {
            (self.population - self.sampled as f64) / self.population
        }
    }
}

impl Design {
    /// Makes a design from columns. Errors: [`DesignError`].
    pub fn new(columns: &Columns<'_>, lonely: LonelyPsu) -> Result<Self, DesignError> {
        let rows = columns.rows;
        if rows == 0 {
            return Err(DesignError::Empty);
        }
        let lengths = [
            ("weights", columns.weights.map(<[f64]>::len)),
            ("strata", columns.strata.map(<[u32]>::len)),
            ("psu", columns.psu.map(<[u32]>::len)),
            ("population", columns.population.map(Population::len)),
        ];
        for (column, found) in lengths {
            if let Some(found) = found
                && found != rows
            {
                return Err(DesignError::Length {
                    column,
                    found,
                    rows,
                });
            }
        }
        let (row_stratum, mut strata) = dense_strata(columns.strata, rows);
        let (psu, psu_stratum) = dense_psu(columns.psu, columns.nest, &row_stratum)?;
        for stratum in &psu_stratum {
            strata[*stratum as usize].sampled += 1;
        }
        if let Some(population) = columns.population {
            read_population(population, &row_stratum, &mut strata)?;
        }
        let weights = match columns.weights {
            Some(weights) => {
                for (row, value) in weights.iter().enumerate() {
                    if !(value.is_finite() && *value >= 0.0) {
                        return Err(DesignError::Weight { row, value: *value });
                    }
                }
                weights.to_vec()
            }
            None => row_stratum
                .iter()
                .map(|stratum| strata[*stratum as usize].expansion())
                .collect(),
        };
        Ok(Self {
            weights,
            weights_follow: columns.weights.is_none(),
            later: Vec::new(),
            psu,
            psu_stratum,
            strata,
            lonely,
            adjust_domain_lonely: false,
            adjustments: Vec::new(),
            sizes: None,
            unheard: None,
            shared: Vec::new(),
        })
    }

    /// The same design, of rows of several waves that share units: variances of what compares waves then have the
    /// covariance of the units in both (Tam 1984, eq. 2; see [`overlap_covariance`](crate::overlap_covariance)).
    ///
    /// PSUs and strata of this design lie within one wave each, so that every wave keeps its own finite population
    /// correction. `units` are the lasting ids of the rows' PSUs, `places` their strata without the wave, `waves` their
    /// waves; all have one value a row. Strata with fewer than two common units add nothing. Where waves state different
    /// populations, the larger one counts. Errors: [`DesignError::Length`].
    pub fn with_overlap(
        mut self,
        units: &[u32],
        places: &[u32],
        waves: &[u32],
    ) -> Result<Self, DesignError> {
        for (column, values) in [("units", units), ("places", places), ("waves", waves)] {
            if values.len() != self.rows() {
                return Err(DesignError::Length {
                    column,
                    found: values.len(),
                    rows: self.rows(),
                });
            }
        }
        // PSU by stratum, wave and unit.
        let mut found: BTreeMap<u32, BTreeMap<u32, BTreeMap<u32, u32>>> = BTreeMap::new();
        for row in 0..self.rows() {
            let of_place = found.entry(places[row]).or_default();
            let of_wave = of_place.entry(waves[row]).or_default();
            of_wave.insert(units[row], self.psu[row]);
        }
        for of_place in found.values() {
            let all: Vec<&BTreeMap<u32, u32>> = of_place.values().collect();
            for (later, two) in all.iter().enumerate() {
                for one in &all[..later] {
                    let both = one
                        .iter()
                        .filter_map(|(unit, psu)| Some((*psu, *two.get(unit)?)));
                    let pairs: Vec<(u32, u32)> = both.collect();
                    if pairs.len() < 2 {
                        continue;
                    }
                    let of = |psu: u32| self.strata[self.psu_stratum[psu as usize] as usize];
                    let (first, second) = (of(pairs[0].0), of(pairs[0].1));
                    let finite = first.population.is_finite() && second.population.is_finite();
                    let population = match finite {
                        true => first.population.max(second.population),
                        false => f64::INFINITY,
                    };
                    let taken = first.sampled as f64 * second.sampled as f64 / population;
                    let factor = pairs.len() as f64 - taken;
                    self.shared.push(Shared { factor, pairs });
                }
            }
        }
        Ok(self)
    }

    /// The same design with a further stage of sampling within the units of the last one.
    ///
    /// Its variance within units is added with the sampled share of the stages before (Särndal,
    /// Swensson, Wretman 1992, 4.3; R's `svyrecvar`), so that it counts only where these have
    /// populations. Weights that follow from populations are multiplied by this stage's. Errors:
    /// [`DesignError`].
    pub fn with_stage(mut self, columns: &LaterStage<'_>) -> Result<Self, DesignError> {
        let rows = self.rows();
        let lengths = [
            ("strata", columns.strata.map(<[u32]>::len)),
            ("psu", columns.psu.map(<[u32]>::len)),
            ("population", columns.population.map(Population::len)),
        ];
        for (column, found) in lengths {
            if let Some(found) = found
                && found != rows
            {
                return Err(DesignError::Length {
                    column,
                    found,
                    rows,
                });
            }
        }
        let (before, before_stratum, before_strata, before_factor) = match self.later.last() {
            Some(stage) => (
                &stage.unit,
                &stage.unit_stratum,
                &stage.strata,
                Some(&stage.factor),
            ),
            None => (&self.psu, &self.psu_stratum, &self.strata, None),
        };
        let mut index: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        let key = |row: usize| (before[row], columns.strata.map_or(0, |strata| strata[row]));
        for row in 0..rows {
            index.insert(key(row), 0);
        }
        let mut strata = Vec::with_capacity(index.len());
        let mut factor = Vec::with_capacity(index.len());
        for (place, ((unit, id), slot)) in (0..).zip(index.iter_mut()) {
            *slot = place;
            strata.push(Stratum::unbounded(*id));
            let above = before_stratum[*unit as usize] as usize;
            factor.push(
                before_factor.map_or(1.0, |factor| factor[above])
                    / before_strata[above].expansion_or(f64::INFINITY),
            );
        }
        let row_stratum: Vec<u32> = (0..rows).map(|row| index[&key(row)]).collect();
        let (unit, unit_stratum) = dense_psu(columns.psu, true, &row_stratum)?;
        for stratum in &unit_stratum {
            strata[*stratum as usize].sampled += 1;
        }
        if let Some(population) = columns.population {
            read_population(population, &row_stratum, &mut strata)?;
        }
        if self.weights_follow {
            for (weight, stratum) in self.weights.iter_mut().zip(&row_stratum) {
                *weight *= strata[*stratum as usize].expansion();
            }
        }
        self.later.push(Stage {
            unit,
            unit_stratum,
            strata,
            factor,
        });
        Ok(self)
    }

    /// The same design with every weight multiplied by a measure of size, so that a share of units
    /// becomes one of what the measure counts (inhabitants). Variances are those of the ratios
    /// that such estimates are. Errors: [`DesignError`]; the measure must be finite and not
    /// negative.
    pub fn with_measure(mut self, measure: &[f64]) -> Result<Self, DesignError> {
        if measure.len() != self.rows() {
            return Err(DesignError::Length {
                column: "measure",
                found: measure.len(),
                rows: self.rows(),
            });
        }
        for (row, (weight, value)) in self.weights.iter_mut().zip(measure).enumerate() {
            if !(value.is_finite() && *value >= 0.0) {
                return Err(DesignError::Weight { row, value: *value });
            }
            *weight *= value;
        }
        self.sizes = Some(match self.sizes.take() {
            None => measure.to_vec(),
            Some(sizes) => sizes.iter().zip(measure).map(|(a, b)| a * b).collect(),
        });
        Ok(self)
    }

    /// What the error of a share of one answer has of a row as its variance: that its answer is taken for `w - g` others,
    /// and that these others answer as they do. Without a population the square of the weight. `g` is the weighted
    /// size of the domain over its true one ([`Design::population_size`]), or one.
    pub(crate) fn unanswered(&self, row: usize, g: f64) -> f64 {
        let size = self.sizes.as_ref().map_or(1.0, |sizes| sizes[row]);
        let place = self.row_stratum(row);
        let stratum = &self.strata[place];
        if stratum.population == f64::INFINITY || size == 0.0 {
            return self.weights[row] * self.weights[row];
        }
        let unheard = self.unheard.as_ref().map_or(1.0, |of| of[place].heavier);
        let stands_for = self.weights[row] / size - g;
        (stands_for * stands_for + g * g * unheard * stratum.others()) * size * size
    }

    /// What the units have as their sizes in the population that a row stands for: its own part of its stratum's.
    /// NaN where that is not known.
    pub(crate) fn population_size(&self, row: usize) -> f64 {
        match (&self.unheard, &self.sizes) {
            (Some(of), Some(sizes)) => sizes[row] * of[self.row_stratum(row)].expansion,
            _ => f64::NAN,
        }
    }

    /// The same with the sums of sizes and of squared sizes in the population, one a stratum in their order; NaN: not
    /// known.
    pub(crate) fn with_unheard(mut self, sums: &[f64], squares: &[f64]) -> Self {
        let mut heard = vec![(0.0, 0.0); self.strata.len()];
        for row in 0..self.rows() {
            let size = self.sizes.as_ref().map_or(1.0, |sizes| sizes[row]);
            let (sum, square) = &mut heard[self.row_stratum(row)];
            *sum += size;
            *square += size * size;
        }
        let known = |list: &[f64], place: usize| list.get(place).copied().unwrap_or(f64::NAN);
        let of = |(place, (sum, square)): (usize, &(f64, f64))| {
            let expected = square * self.strata[place].others();
            let all = known(squares, place);
            Unheard {
                heavier: match expected > 0.0 && all.is_finite() {
                    true => ((all - square) / expected).max(0.0),
                    false => 1.0,
                },
                expansion: known(sums, place) / sum,
            }
        };
        self.unheard = Some(heard.iter().enumerate().map(of).collect());
        self
    }

    /// The same design with other weights, one a row, all finite and not negative.
    pub(crate) fn with_weights(mut self, weights: Vec<f64>) -> Self {
        self.weights = weights;
        self
    }

    /// Whether every row is a unit of its own, in one stage, with weights that were not calibrated.
    pub(crate) fn is_plain(&self) -> bool {
        !self.is_calibrated()
            && self.later.is_empty()
            && self.shared.is_empty()
            && self.psu_stratum.len() == self.rows()
    }

    /// Also applies the lonely-PSU rule (adjust, average) where only the domain has a single PSU
    /// in a stratum, as R's `survey.adjust.domain.lonely`.
    pub fn with_adjusted_domains(mut self) -> Self {
        self.adjust_domain_lonely = true;
        self
    }

    /// The same design under another rule for lonely PSUs.
    pub fn with_lonely(mut self, lonely: LonelyPsu) -> Self {
        self.lonely = lonely;
        self
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.weights.len()
    }

    /// The weights, after any calibration.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Whether the weights were calibrated; then every row bears on every variance.
    pub fn is_calibrated(&self) -> bool {
        !self.adjustments.is_empty()
    }

    /// Number of strata.
    pub fn strata(&self) -> usize {
        self.strata.len()
    }

    /// Degrees of freedom: PSUs less strata, counted over rows with a positive weight (R's
    /// `degf`).
    pub fn degrees_of_freedom(&self) -> usize {
        self.count_degrees(|_| true)
    }

    /// Degrees of freedom of a domain: PSUs less strata that have rows in it, `mask` having one
    /// value a row.
    pub fn domain_degrees_of_freedom(&self, mask: &[bool]) -> usize {
        self.count_degrees(|row| mask.get(row).copied().unwrap_or(false))
    }

    fn count_degrees(&self, inside: impl Fn(usize) -> bool) -> usize {
        let mut psu_seen = vec![false; self.psu_stratum.len()];
        for (row, (psu, weight)) in self.psu.iter().zip(&self.weights).enumerate() {
            if *weight != 0.0 && inside(row) {
                psu_seen[*psu as usize] = true;
            }
        }
        let mut stratum_seen = vec![false; self.strata.len()];
        let mut count = 0;
        for (seen, stratum) in psu_seen.iter().zip(&self.psu_stratum) {
            if *seen {
                count += 1;
                stratum_seen[*stratum as usize] = true;
            }
        }
        count - stratum_seen.iter().filter(|seen| **seen).count()
    }

    /// Stratum (dense index) of a row.
    /// The ids of the strata, in their order.
    pub(crate) fn stratum_ids(&self) -> impl Iterator<Item = u32> {
        self.strata.iter().map(|stratum| stratum.id)
    }

    pub(crate) fn row_stratum(&self, row: usize) -> usize {
        self.psu_stratum[self.psu[row] as usize] as usize
    }
}

/// Dense places of ids, ascending, and the ids.
fn dense(ids: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let largest = ids.iter().copied().max().unwrap_or(0) as usize;
    if largest <= 4 * ids.len() + 1024 {
        let mut place = vec![0_u32; largest + 1];
        for id in ids {
            place[*id as usize] = 1;
        }
        let mut known = Vec::new();
        for (id, slot) in (0..).zip(&mut place) {
            if *slot == 1 {
                *slot = u32::try_from(known.len()).expect("ids are counted in 32 bits");
                known.push(id);
            }
        }
        return (ids.iter().map(|id| place[*id as usize]).collect(), known);
    }
    let sorted: BTreeMap<u32, ()> = ids.iter().map(|id| (*id, ())).collect();
    let index: BTreeMap<u32, u32> = sorted.into_keys().zip(0..).collect();
    let places = ids.iter().map(|id| index[id]).collect();
    (places, index.into_keys().collect())
}

fn dense_strata(ids: Option<&[u32]>, rows: usize) -> (Vec<u32>, Vec<Stratum>) {
    let Some(ids) = ids else {
        return (vec![0; rows], vec![Stratum::unbounded(0)]);
    };
    let (places, known) = dense(ids);
    (places, known.into_iter().map(Stratum::unbounded).collect())
}

/// Dense PSU index of each row, and the stratum of each PSU.
fn dense_psu(
    ids: Option<&[u32]>,
    nest: bool,
    row_stratum: &[u32],
) -> Result<(Vec<u32>, Vec<u32>), DesignError> {
    let Some(ids) = ids else {
        let rows = u32::try_from(row_stratum.len()).expect("rows are counted in 32 bits");
        return Ok(((0..rows).collect(), row_stratum.to_vec()));
    };
    let mut index: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for (id, stratum) in ids.iter().zip(row_stratum) {
        index.insert((*stratum, *id), 0);
    }
    for (dense, slot) in (0..).zip(index.values_mut()) {
        *slot = dense;
    }
    if !nest {
        let mut stratum_of: BTreeMap<u32, u32> = BTreeMap::new();
        for (stratum, id) in index.keys() {
            if stratum_of.insert(*id, *stratum).is_some() {
                return Err(DesignError::PsuInSeveralStrata { psu: *id });
            }
        }
    }
    let psu = ids
        .iter()
        .zip(row_stratum)
        .map(|(id, stratum)| index[&(*stratum, *id)])
        .collect();
    Ok((psu, index.into_keys().map(|(stratum, _)| stratum).collect()))
}

fn read_population(
    population: Population<'_>,
    row_stratum: &[u32],
    strata: &mut [Stratum],
) -> Result<(), DesignError> {
    let (values, fractions) = match population {
        Population::Sizes(values) => (values, false),
        Population::Fractions(values) => (values, true),
    };
    for (row, (value, stratum)) in values.iter().zip(row_stratum).enumerate() {
        let stratum = &mut strata[*stratum as usize];
        if value.is_nan() || *value <= 0.0 || (fractions && *value > 1.0) {
            return Err(DesignError::Population { row, value: *value });
        }
        let size = if fractions {
            stratum.sampled as f64 / value
        } else {
            *value
        };
        if stratum.population != f64::INFINITY && stratum.population != size {
            return Err(DesignError::PopulationVaries {
                stratum: stratum.id,
            });
        }
        stratum.population = size;
    }
    for stratum in strata {
        if (stratum.sampled as f64) > stratum.population * (1.0 + 1e-12) {
            return Err(DesignError::SampleExceedsPopulation {
                stratum: stratum.id,
                sampled: stratum.sampled,
                population: stratum.population,
            });
        }
    }
    Ok(())
}
