//! From a request's design and calibration to a design on a table.

use std::collections::BTreeMap;

use super::model::{
    Calibration, DesignOf, Fault, MarginOf, Name, Place, ReplicateKind, Replicates, Request,
};
use super::sample::Sampler;
use super::table::{Column, Level, Levels, NO_LEVEL, Table};
use crate::{
    CalibrationError, Columns, Design, DesignError, EstimateError, LaterStage, Margin, Population,
    RakeControl, ReplicateColumns, ReplicateDesign,
};

/// A table without the rows that are excluded, and its design.
pub(super) struct Setup {
    pub(super) table: Table,
    pub(super) sampler: Sampler,
    /// Number of each row in the file, from one; empty where none was excluded.
    rows: Vec<usize>,
    /// Names of the first stage's strata, by their ids.
    strata: Vec<Level>,
}

pub(super) fn fault(place: &Place, what: impl Into<String>) -> Fault {
    Fault {
        place: place.clone(),
        what: what.into(),
    }
}

/// Units, strata and sizes of one stage, where they are given.
type StageColumns = (Option<Levels>, Option<Levels>, Option<Vec<f64>>);

impl Setup {
    /// The design on the rows of `table` (with defined columns) where `keep` is true.
    pub(super) fn new(
        request: &Request,
        mut table: Table,
        keep: Option<&[bool]>,
    ) -> Result<Self, Vec<Fault>> {
        let mut rows = Vec::new();
        if let Some(keep) = keep
            && keep.iter().any(|keep| !keep)
        {
            rows = (1..)
                .zip(keep)
                .filter(|(_, k)| **k)
                .map(|(n, _)| n)
                .collect();
            table.retain(keep);
        }
        if table.rows() == 0 {
            let place = &request.data.file.place;
            return Err(vec![fault(
                place,
                "no row is left: the file has none, or all are excluded",
            )]);
        }
        let reader = Reader {
            table: &table,
            rows: &rows,
        };
        let design = reader.design(&request.design);
        let ((design, strata), steps) = match (design, reader.steps(&request.calibrate)) {
            (Ok(design), Ok(steps)) => (design, steps),
            (design, steps) => {
                let mut faults = design.err().unwrap_or_default();
                faults.extend(steps.err().unwrap_or_default());
                return Err(faults);
            }
        };
        let sampler = match &request.design.replicates {
            None => Sampler::Linear(apply(&steps, design, &request.calibrate)?),
            Some(replicates) => {
                let replicated = reader.replicates(replicates, &design)?;
                let number = |replicate: Option<usize>| match replicate {
                    None => String::new(),
                    Some(number) => format!("in replicate {}: ", number + 1),
                };
                let calibrated = replicated.map_weights(|replicate, weights| {
                    let design = design.clone().with_weights(weights);
                    apply(&steps, design, &request.calibrate)
                        .map(|design| design.weights().to_vec())
                        .map_err(|faults| {
                            let named = |f: Fault| fault(&f.place, number(replicate) + &f.what);
                            faults.into_iter().map(named).collect::<Vec<Fault>>()
                        })
                })?;
                let df = match (replicates.df, replicates.columns.is_empty()) {
                    (Some(df), _) => Some(df),
                    (None, true) if replicates.kind == ReplicateKind::Jackknife => {
                        Some(design.degrees_of_freedom() as f64)
                    }
                    _ => None,
                };
                Sampler::replicated(calibrated, design, df)
            }
        };
        Ok(Self {
            sampler,
            rows,
            strata,
            table,
        })
    }

    /// Number of a row in the file, from one.
    pub(super) fn row(&self, row: usize) -> usize {
        self.rows.get(row).copied().unwrap_or(row + 1)
    }

    /// The numbers that are named for strata, in the strata's order; NaN where none is.
    pub(super) fn by_stratum(&self, named: &[(Level, f64)]) -> Vec<f64> {
        let of = |id: u32| {
            let level = self.strata.get(id as usize)?;
            named.iter().find(|(name, _)| same_level(level, name))
        };
        let ids = self.sampler.design().stratum_ids();
        ids.map(|id| of(id).map_or(f64::NAN, |(_, x)| *x)).collect()
    }

    /// What an estimator says, in the words of the file.
    pub(super) fn explain(&self, error: &EstimateError) -> String {
        match error {
            EstimateError::LonelyPsu { stratum } => {
                let label = self.strata.get(*stratum as usize).map(Level::label);
                let whose = label.map_or("the sample".to_owned(), |l| format!("stratum {l}"));
                format!(
                    "{whose} has a single PSU, and `lonely_psu` is \"fail\"; \"adjust\", \
                     \"average\", \"remove\" or \"certainty\" say what it adds to the variance"
                )
            }
            EstimateError::Missing { row } => format!(
                "the value in row {} is missing, and `missing` is \"fail\"; \"drop\" leaves such rows out",
                self.row(*row)
            ),
            other => other.to_string(),
        }
    }
}

/// A column as numbers, or what is wrong with it.
pub(super) fn numbers(table: &Table, name: &Name) -> Result<Vec<f64>, Fault> {
    let column = column(table, name)?;
    column.numbers().ok_or_else(|| {
        let example = match (column, table.spoiler(&name.name)) {
            (_, Some((line, text))) => format!(": \"{text}\" in line {line} is no number"),
            (Column::Text { labels, .. }, None) => labels
                .first()
                .map_or_else(String::new, |l| format!(" (as \"{l}\")")),
            _ => String::new(),
        };
        fault(
            &name.place,
            format!(
                "column {} holds texts{example}; numbers are needed here",
                name.name
            ),
        )
    })
}

pub(super) fn column<'t>(table: &'t Table, name: &Name) -> Result<&'t Column, Fault> {
    table.get(&name.name).ok_or_else(|| {
        let near = super::read::nearest(table.names(), &name.name, 3);
        let what = format!(
            "there is no column {}; the nearest are {}",
            name.name,
            near.join(", ")
        );
        fault(&name.place, what)
    })
}

/// Whether a level of the data is the one that a request names.
pub(super) fn same_level(data: &Level, named: &Level) -> bool {
    match (data, named) {
        (Level::Text(a), Level::Text(b)) => a == b,
        (Level::Number(a), Level::Number(b)) => a == b,
        (Level::Text(a), Level::Number(b)) => *a == format!("{b}"),
        (Level::Number(a), Level::Text(b)) => b.trim().parse() == Ok(*a),
    }
}

/// A calibration with everything that it needs from the table.
enum Step {
    Poststratify(Group),
    Rake(Vec<Group>, RakeControl),
    Linear(Vec<Vec<f64>>, Vec<f64>),
    Trim,
}

struct Group {
    groups: Vec<u32>,
    totals: BTreeMap<u32, f64>,
}

impl Group {
    fn margin(&self) -> Margin<'_> {
        Margin {
            groups: &self.groups,
            totals: &self.totals,
        }
    }
}

/// Applies the steps, in order.
fn apply(steps: &[Step], mut design: Design, of: &[Calibration]) -> Result<Design, Vec<Fault>> {
    for (step, calibration) in steps.iter().zip(of) {
        let (place, made) = match (step, calibration) {
            (Step::Poststratify(group), Calibration::Poststratify(margin)) => {
                (&margin.place, design.poststratify(&group.margin()))
            }
            (Step::Rake(groups, control), Calibration::Rake { place, margins, .. }) => {
                let list: Vec<Margin<'_>> = groups.iter().map(Group::margin).collect();
                let raked = design.rake(&list, *control);
                let raked = match raked {
                    Ok((_, report)) if !report.converged => {
                        let what = format!(
                            "raking did not converge in {} rounds; a margin is off its total by {:.3} % \
                             at the worst (do the {} margins have the same sum?)",
                            report.iterations,
                            100.0 * report.miss,
                            margins.len()
                        );
                        return Err(vec![fault(place, what)]);
                    }
                    other => other.map(|(design, _)| design),
                };
                (place, raked)
            }
            (
                Step::Linear(columns, totals),
                Calibration::Linear {
                    distance,
                    leverage,
                    place,
                    ..
                },
            ) => {
                let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
                let made = design.calibrate(&columns, totals, *distance);
                let made = made.map(|design| match leverage {
                    true => design.with_leverage_correction(),
                    false => design,
                });
                (place, made)
            }
            (
                Step::Trim,
                Calibration::Trim {
                    low,
                    high,
                    strict,
                    place,
                },
            ) => (place, design.trim_weights(*low, *high, *strict)),
            _ => unreachable!("a step is made from its calibration"),
        };
        design = made.map_err(|error| {
            let what = match error {
                CalibrationError::NotMet { miss } if miss.is_finite() => format!(
                    "the totals cannot be met: the worst is off by {:.3} % of itself; wider `bounds`, \
                     or totals that do not contradict one another, would do",
                    100.0 * miss
                ),
                CalibrationError::NotMet { .. } => {
                    "the weights do not fit between `low` and `high`".to_owned()
                }
                other => other.to_string(),
            };
            vec![fault(place, what)]
        })?;
    }
    Ok(design)
}

struct Reader<'a> {
    table: &'a Table,
    rows: &'a [usize],
}

impl Reader<'_> {
    fn row(&self, row: usize) -> usize {
        self.rows.get(row).copied().unwrap_or(row + 1)
    }

    fn numbers(&self, name: &Name) -> Result<Vec<f64>, Fault> {
        numbers(self.table, name)
    }

    /// Levels of a column that may not miss any.
    fn ids(&self, name: &Name, what: &str) -> Result<Levels, Fault> {
        let levels = column(self.table, name)?.levels();
        match levels.codes.iter().position(|code| *code == NO_LEVEL) {
            None => Ok(levels),
            Some(row) => Err(fault(
                &name.place,
                format!(
                    "column {} is missing in row {}; every row needs its {what}",
                    name.name,
                    self.row(row)
                ),
            )),
        }
    }

    fn design(&self, of: &DesignOf) -> Result<(Design, Vec<Level>), Vec<Fault>> {
        let mut faults = Vec::new();
        let mut keep = |result: Result<_, Fault>| result.map_err(|f| faults.push(f)).ok();
        let weights = of
            .weights
            .as_ref()
            .and_then(|name| keep(self.numbers(name)));
        let mut stages = Vec::new();
        for stage in &of.stages {
            let mut ids = |name: &Option<Name>, what| {
                let name = name.as_ref()?;
                self.ids(name, what).map_err(|f| faults.push(f)).ok()
            };
            let psu = ids(&stage.psu, "PSU");
            let strata = ids(&stage.strata, "stratum");
            let population = stage.population.as_ref().or(stage.fraction.as_ref());
            let numbers =
                population.and_then(|name| self.numbers(name).map_err(|f| faults.push(f)).ok());
            stages.push((psu, strata, numbers));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let waves = match (&of.waves, stages.first_mut()) {
            (Some(name), Some(first)) => {
                let waves = self.ids(name, "wave").map_err(|f| vec![f])?;
                Some(in_waves(first, &waves))
            }
            _ => None,
        };
        let first = stages.first();
        let population = |index: usize| {
            let numbers = stages.get(index)?.2.as_ref()?;
            Some(if of.stages[index].fraction.is_some() {
                Population::Fractions(numbers)
            } else {
                Population::Sizes(numbers)
            })
        };
        let codes = |levels: &Option<Levels>| levels.as_ref().map(|l| l.codes.clone());
        let (psu, strata) =
            first.map_or((None, None), |(psu, strata, _)| (codes(psu), codes(strata)));
        let columns = Columns {
            rows: self.table.rows(),
            weights: weights.as_deref(),
            strata: strata.as_deref(),
            psu: psu.as_deref(),
            population: population(0),
            nest: of.nest,
        };
        let explain =
            |stage: usize, error: DesignError| vec![self.explain(of, stage, &stages, error)];
        let mut design = Design::new(&columns, of.lonely).map_err(|error| explain(0, error))?;
        for (index, (psu, strata, _)) in stages.iter().enumerate().skip(1) {
            let (psu, strata) = (codes(psu), codes(strata));
            let columns = LaterStage {
                psu: psu.as_deref(),
                strata: strata.as_deref(),
                population: population(index),
            };
            design = design
                .with_stage(&columns)
                .map_err(|error| explain(index, error))?;
        }
        if let Some((units, places, waves)) = waves {
            let overlap = design.with_overlap(&units, &places, &waves);
            design = overlap.map_err(|error| explain(0, error))?;
        }
        if of.domain_lonely {
            design = design.with_adjusted_domains();
        }
        if !design.weights().iter().any(|weight| *weight > 0.0) {
            return Err(vec![fault(&of.place, "all weights are zero")]);
        }
        let labels = first.and_then(|(_, strata, _)| strata.as_ref());
        Ok((design, labels.map_or_else(Vec::new, |l| l.levels.clone())))
    }

    /// What is wrong with a design, in the words of the file.
    fn explain(
        &self,
        of: &DesignOf,
        stage: usize,
        levels: &[StageColumns],
        error: DesignError,
    ) -> Fault {
        let place = |name: Option<&Name>| name.map_or(of.place.clone(), |name| name.place.clone());
        let columns = of.stages.get(stage);
        let population = columns.and_then(|s| s.population.as_ref().or(s.fraction.as_ref()));
        let label = |levels: Option<&Levels>, id: u32| {
            let found = levels.and_then(|l| l.levels.get(id as usize));
            found.map_or_else(|| format!("{id}"), Level::label)
        };
        let stratum = |id: u32| match (stage, columns.and_then(|s| s.strata.as_ref())) {
            (_, Some(_)) => format!("stratum {}", label(levels[stage].1.as_ref(), id)),
            (0, None) => "the sample".to_owned(),
            (_, None) => format!("a unit of stage {stage}"),
        };
        match error {
            DesignError::Weight { row, value } => {
                let what = if value.is_nan() {
                    "missing".to_owned()
                } else {
                    format!("{value}")
                };
                fault(
                    &place(of.weights.as_ref()),
                    format!(
                        "the weight in row {} is {what}; a number of at least 0 is needed",
                        self.row(row)
                    ),
                )
            }
            DesignError::PsuInSeveralStrata { psu } => fault(
                &place(columns.and_then(|s| s.psu.as_ref())),
                format!(
                    "PSU {} is in several strata; write \"nest\": true in `design` if equal ids there are \
                     different PSUs",
                    label(levels[stage].0.as_ref(), psu)
                ),
            ),
            DesignError::Population { row, value } => fault(
                &place(population),
                format!(
                    "the {} in row {} is {value}; {} is needed",
                    if columns.is_some_and(|s| s.fraction.is_some()) {
                        "fraction"
                    } else {
                        "population"
                    },
                    self.row(row),
                    if columns.is_some_and(|s| s.fraction.is_some()) {
                        "a share above 0 and up to 1"
                    } else {
                        "a positive number"
                    },
                ),
            ),
            DesignError::PopulationVaries { stratum: id } => fault(
                &place(population),
                format!(
                    "rows of {} have different populations; they need the same",
                    stratum(id)
                ),
            ),
            DesignError::SampleExceedsPopulation {
                stratum: id,
                sampled,
                population: size,
            } => fault(
                &place(population),
                format!("{} has {sampled} sampled units of only {size}", stratum(id)),
            ),
            other => fault(&of.place, other.to_string()),
        }
    }

    fn replicates(&self, of: &Replicates, design: &Design) -> Result<ReplicateDesign, Vec<Fault>> {
        let made = |result: Result<ReplicateDesign, EstimateError>| {
            result.map_err(|error| {
                let what = match error {
                    EstimateError::Empty => {
                        "no stratum has two PSUs: there is nothing to replicate".to_owned()
                    }
                    other => other.to_string(),
                };
                vec![fault(&of.place, what)]
            })
        };
        if of.columns.is_empty() {
            let replicates = match of.kind {
                ReplicateKind::Jackknife => made(design.jackknife())?,
                ReplicateKind::Bootstrap => made(design.resampled(of.count, of.seed))?,
                _ => made(design.bootstrap(of.count, of.seed))?,
            };
            return Ok(replicates.with_mse(of.mse));
        }
        let mut faults = Vec::new();
        let mut columns = Vec::new();
        for name in &of.columns {
            let names: Vec<Name> = match name.name.strip_suffix('*') {
                None => vec![name.clone()],
                Some(start) => {
                    let mut found: Vec<(u64, Name)> = self
                        .table
                        .names()
                        .filter_map(|column| {
                            let number = column.strip_prefix(start)?.parse().ok()?;
                            let name = Name {
                                name: column.to_owned(),
                                place: name.place.clone(),
                            };
                            Some((number, name))
                        })
                        .collect();
                    found.sort_by_key(|(number, _)| *number);
                    if found.is_empty() {
                        faults.push(fault(
                            &name.place,
                            format!("no column is called {start} with a number behind it"),
                        ));
                    }
                    found.into_iter().map(|(_, name)| name).collect()
                }
            };
            for name in names {
                match self.numbers(&name) {
                    Ok(numbers) => match numbers.iter().position(|x| !(*x >= 0.0 && x.is_finite()))
                    {
                        None => columns.push(numbers),
                        Some(row) => faults.push(fault(
                            &name.place,
                            format!(
                                "{} in row {} is {}; a number of at least 0 is needed",
                                name.name,
                                self.row(row),
                                numbers[row]
                            ),
                        )),
                    },
                    Err(f) => faults.push(f),
                }
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let count = columns.len() as f64;
        let scale = of.scale.unwrap_or(match of.kind {
            ReplicateKind::Jackknife if of.rscales.is_none() => (count - 1.0) / count,
            ReplicateKind::Bootstrap | ReplicateKind::Subbootstrap => 1.0 / (count - 1.0),
            _ => 1.0,
        });
        if let Some(rscales) = &of.rscales
            && rscales.len() != columns.len()
        {
            let what = format!(
                "there are {} `rscales` for {} columns",
                rscales.len(),
                columns.len()
            );
            return Err(vec![fault(&of.place, what)]);
        }
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        made(ReplicateDesign::new(&ReplicateColumns {
            weights: design.weights(),
            replicates: &columns,
            combined: of.combined,
            scale,
            rscales: of.rscales.as_deref(),
            mse: of.mse,
        }))
    }

    fn steps(&self, calibrate: &[Calibration]) -> Result<Vec<Step>, Vec<Fault>> {
        let mut steps = Vec::new();
        let mut faults = Vec::new();
        for calibration in calibrate {
            match calibration {
                Calibration::Poststratify(margin) => {
                    steps.extend(self.group(margin, &mut faults).map(Step::Poststratify));
                }
                Calibration::Rake {
                    margins,
                    epsilon,
                    iterations,
                    ..
                } => {
                    let groups = margins
                        .iter()
                        .filter_map(|m| self.group(m, &mut faults))
                        .collect();
                    faults.extend(unequal(margins));
                    let control = RakeControl {
                        max_iterations: *iterations,
                        epsilon: *epsilon,
                    };
                    steps.push(Step::Rake(groups, control));
                }
                Calibration::Linear { terms, .. } => {
                    let mut columns = Vec::new();
                    let mut totals = Vec::new();
                    for (name, level, total) in terms {
                        totals.push(*total);
                        match self.term(name.as_ref(), level.as_ref()) {
                            Ok(column) => columns.push(column),
                            Err(f) => faults.push(f),
                        }
                    }
                    steps.push(Step::Linear(columns, totals));
                }
                Calibration::Trim { .. } => steps.push(Step::Trim),
            }
        }
        if faults.is_empty() {
            Ok(steps)
        } else {
            Err(faults)
        }
    }

    /// A column of a linear calibration.
    fn term(&self, name: Option<&Name>, level: Option<&Level>) -> Result<Vec<f64>, Fault> {
        let Some(name) = name else {
            return Ok(vec![1.0; self.table.rows()]);
        };
        let Some(level) = level else {
            let numbers = self.numbers(name)?;
            return match numbers.iter().position(|x| x.is_nan()) {
                None => Ok(numbers),
                Some(row) => Err(fault(
                    &name.place,
                    format!(
                        "column {} is missing in row {}; weights are calibrated to columns without gaps",
                        name.name,
                        self.row(row)
                    ),
                )),
            };
        };
        let levels = self.ids(name, "level")?;
        let known = levels
            .levels
            .iter()
            .position(|data| same_level(data, level));
        let Some(known) = known else {
            return Err(fault(
                &name.place,
                format!(
                    "no row has {} == {}; {}",
                    name.name,
                    level.label(),
                    list(&levels.levels)
                ),
            ));
        };
        let is = |code: &u32| f64::from(u8::from(*code as usize == known));
        Ok(levels.codes.iter().map(is).collect())
    }

    /// The group of each row among those with a total.
    fn group(&self, margin: &MarginOf, faults: &mut Vec<Fault>) -> Option<Group> {
        let before = faults.len();
        let mut columns = Vec::new();
        for name in &margin.by {
            match self.ids(name, "group") {
                Ok(levels) => columns.push(levels),
                Err(f) => faults.push(f),
            }
        }
        if faults.len() > before || columns.is_empty() {
            return None;
        }
        let named = |key: &[Level]| {
            let parts: Vec<String> = margin
                .by
                .iter()
                .zip(key)
                .map(|(name, level)| format!("{} {}", name.name, level.label()))
                .collect();
            parts.join(", ")
        };
        let mut index: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
        let mut totals = BTreeMap::new();
        for (place, (key, total)) in (0..).zip(&margin.totals) {
            let codes: Option<Vec<u32>> = columns
                .iter()
                .zip(key)
                .map(|(levels, level)| {
                    let at = levels
                        .levels
                        .iter()
                        .position(|data| same_level(data, level));
                    at.and_then(|at| u32::try_from(at).ok())
                })
                .collect();
            match codes {
                Some(codes) => {
                    index.insert(codes, place);
                    totals.insert(place, *total);
                }
                None if *total > 0.0 => faults.push(fault(
                    &margin.place,
                    format!(
                        "{} has a total of {total}, but no row; collapse it with another group, or check \
                         how the level is written",
                        named(key)
                    ),
                )),
                None => {}
            }
        }
        let mut groups = Vec::with_capacity(self.table.rows());
        let mut lacking: BTreeMap<Vec<u32>, usize> = BTreeMap::new();
        for row in 0..self.table.rows() {
            let key: Vec<u32> = columns.iter().map(|levels| levels.codes[row]).collect();
            match index.get(&key) {
                Some(group) => groups.push(*group),
                None => *lacking.entry(key).or_default() += 1,
            }
        }
        for (key, rows) in &lacking {
            let levels: Vec<Level> = columns
                .iter()
                .zip(key)
                .map(|(levels, code)| levels.levels[*code as usize].clone())
                .collect();
            faults.push(fault(
                &margin.place,
                format!("{} has {rows} rows but no total", named(&levels)),
            ));
        }
        // A total whose level occurs, but not in this combination.
        let mut seen = vec![false; margin.totals.len()];
        for group in &groups {
            seen[*group as usize] = true;
        }
        for (place, total) in &totals {
            if !seen[*place as usize] && *total > 0.0 && lacking.is_empty() {
                faults.push(fault(
                    &margin.place,
                    format!(
                        "{} has a total of {total}, but no row; collapse it with another group",
                        named(&margin.totals[*place as usize].0)
                    ),
                ));
            }
        }
        (faults.len() == before).then_some(Group { groups, totals })
    }
}

/// The levels that there are, for people.
/// Units and strata of a stage within their waves; returns for each row its lasting unit, its stratum as it was, and its
/// wave.
fn in_waves(stage: &mut StageColumns, waves: &Levels) -> (Vec<u32>, Vec<u32>, Vec<u32>) {
    let crossed = |levels: &Levels| {
        let pairs = levels.codes.iter().zip(&waves.codes);
        let all: std::collections::BTreeSet<(u32, u32)> =
            pairs.clone().map(|(a, b)| (*a, *b)).collect();
        let codes: std::collections::BTreeMap<(u32, u32), u32> =
            all.iter().copied().zip(0..).collect();
        let name = |(level, wave): &(u32, u32)| {
            let (level, wave) = (
                &levels.levels[*level as usize],
                &waves.levels[*wave as usize],
            );
            Level::Text(format!("{} of wave {}", level.label(), wave.label()))
        };
        Levels {
            codes: pairs.map(|(a, b)| codes[&(*a, *b)]).collect(),
            levels: all.iter().map(name).collect(),
        }
    };
    let rows = waves.codes.len();
    let units = stage
        .0
        .as_ref()
        .map_or_else(|| vec![0; rows], |psu| psu.codes.clone());
    let places = stage
        .1
        .as_ref()
        .map_or_else(|| vec![0; rows], |strata| strata.codes.clone());
    stage.0 = stage.0.as_ref().map(crossed);
    stage.1 = Some(stage.1.as_ref().map_or_else(|| waves.clone(), crossed));
    (units, places, waves.codes.clone())
}

/// Margins that add up to different totals: no weights can fit both.
fn unequal(margins: &[MarginOf]) -> Option<Fault> {
    let sum = |margin: &MarginOf| margin.totals.iter().map(|(_, total)| total).sum::<f64>();
    let first = sum(margins.first()?);
    let other = margins
        .iter()
        .find(|margin| (sum(margin) - first).abs() > 1e-6 * first.abs())?;
    Some(fault(
        &other.place,
        format!(
            "these totals add up to {}, those of the first margin to {first}; both are the whole population",
            sum(other)
        ),
    ))
}

pub(super) fn list(levels: &[Level]) -> String {
    let shown: Vec<String> = levels.iter().take(12).map(Level::label).collect();
    let more = if levels.len() > 12 { ", ..." } else { "" };
    format!("there are {}{more}", shown.join(", "))
}
