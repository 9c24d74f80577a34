//! Released tables: one finding for every closed question of a dataset.
//!
//! The base of a row are the valid answers of those who were asked; "weiß nicht", "keine Angabe" and what was left
//! empty are counted apart. Which interval an estimate has, and whether it has one, is said in `interval`.

use std::collections::BTreeSet;

use dataset::{Cell, Column, Dataset, Values};
use questionnaire::{Questionnaire, Text};
use register::{Key, Kind, Land, Municipality, Population, SizeClass};
use statistics::EstimateError;

use crate::cells::{RawRow, Row, Share, release_table};
use crate::disclosure::{
    MIN_SIDE, Mean, complement, complement_means, reasons, release_mean, row_is_shown,
};
use crate::interval::Stated;
use crate::labels::text;
use crate::{Domain, Estimand, Finding, FindingKey, LeftOut, ReleasedCell, ReleasedRow, Weighting};

/// Behind the key of a question: its finding as share of inhabitants, e.g. `konzept-einwohner`.
pub const INHABITANTS_SUFFIX: &str = "-einwohner";
/// The respondents of one population, weighted, with the domains for which rows are made.
pub(crate) struct Sample {
    pub weighting: Weighting,
    /// Row of the dataset of each respondent.
    pub rows: Vec<usize>,
    pub inhabitants: Vec<f64>,
    classes: Vec<(SizeClass, Land)>,
    keys: BTreeSet<Key>,
    /// The first domain is the whole; then come the breakdowns.
    pub domains: Vec<(Domain, Vec<bool>)>,
    /// Units of the register in each domain.
    pub units: Vec<usize>,
    /// Places of the breakdowns' parts among `domains`.
    pub breakdowns: Vec<std::ops::Range<usize>>,
}

impl Sample {
    /// `rows` are places in the dataset, `respondents` their units, `register` all units of the population.
    pub fn new(
        weighting: Weighting,
        rows: Vec<usize>,
        respondents: &[&Municipality],
        register: &[&Municipality],
    ) -> Self {
        let population = weighting.population;
        let mut of = vec![Domain::All(population)];
        let mut breakdowns = Vec::new();
        if population == Population::Municipalities {
            let classes = SizeClass::ALL
                .into_iter()
                .filter(|c| *c != SizeClass::County);
            of.extend(classes.map(Domain::SizeClass));
            breakdowns.push(1..of.len());
            of.extend([true, false].map(Domain::Town));
            breakdowns.push(breakdowns[0].end..of.len());
        }
        let mask = |domain: Domain, units: &[&Municipality]| -> Vec<bool> {
            units.iter().map(|unit| within(domain, unit)).collect()
        };
        let count = |domain: &Domain| mask(*domain, register).into_iter().filter(|i| *i).count();
        let inhabitants = respondents.iter().map(|u| f64::from(u.inhabitants));
        Self {
            inhabitants: inhabitants.collect(),
            classes: respondents
                .iter()
                .map(|u| (u.size_class(), u.land))
                .collect(),
            keys: respondents.iter().map(|u| u.key.clone()).collect(),
            units: of.iter().map(count).collect(),
            domains: of
                .into_iter()
                .map(|domain| (domain, mask(domain, respondents)))
                .collect(),
            weighting,
            rows,
            breakdowns,
        }
    }

    /// Rows of the dataset, one a respondent.
    pub fn rows(&self) -> &[usize] {
        &self.rows
    }

    /// Whether the unit is a respondent.
    pub fn holds(&self, unit: &Municipality) -> bool {
        self.keys.contains(&unit.key)
    }

    /// Domains with who is in them and their units in the register, the whole first.
    pub fn domains(&self) -> impl Iterator<Item = (Domain, &[bool], usize)> {
        let domains = self.domains.iter().zip(&self.units);
        domains.map(|((domain, inside), units)| (*domain, inside.as_slice(), *units))
    }

    /// Whether any respondent's size class and Land fit.
    pub fn covers(&self, fits: impl Fn(SizeClass, Land) -> bool) -> bool {
        self.classes.iter().any(|(class, land)| fits(*class, *land))
    }
}

/// Whether a unit counts as a town or as a municipality without town status. Below 5,000 inhabitants neither: so few
/// respondents of that size are towns that a figure for all towns would tell what they answered.
pub(crate) fn is_town(unit: &Municipality) -> Option<bool> {
    let town = matches!(unit.kind, Kind::IndependentCity | Kind::Town);
    (unit.size_class() != SizeClass::Under5000).then_some(town)
}

/// Whether a unit of the domain's population is in the domain.
fn within(domain: Domain, unit: &Municipality) -> bool {
    match domain {
        Domain::All(_) => true,
        Domain::SizeClass(class) => unit.size_class() == class,
        Domain::Town(town) => is_town(unit) == Some(town),
    }
}

/// Findings of all closed questions in the order of the dataset; of a question whose columns have several scales or units
/// those that are [`alike`] the first. `inhabitants_too` has the keys of questions
/// whose shares are also given as shares of inhabitants.
pub(crate) fn findings(
    dataset: &Dataset,
    questionnaire: &Questionnaire,
    samples: &[Sample],
    inhabitants_too: &[String],
    request: &dyn Fn(&[&Column], Estimand) -> String,
) -> Result<Vec<Finding>, EstimateError> {
    let mut findings = Vec::new();
    for all in dataset
        .columns
        .chunk_by(|a, b| a.variable.question == b.variable.question)
    {
        let columns: Vec<&Column> = all.iter().filter(|c| alike(c, &all[0])).collect();
        let question = &all[0].variable.question;
        let estimands: &[Estimand] = match &all[0].values {
            Values::Text(_) => &[],
            Values::Number(_) => &[Estimand::Mean],
            _ if inhabitants_too.contains(question) => &[
                Estimand::ShareOfMunicipalities,
                Estimand::ShareOfInhabitants,
            ],
            _ => &[Estimand::ShareOfMunicipalities],
        };
        for &estimand in estimands {
            let finding = Question {
                all,
                columns: &columns,
                estimand,
                samples,
            };
            findings.push(finding.release(questionnaire, request(&columns, estimand))?);
        }
    }
    Ok(findings)
}

/// Whether two columns of a question are counted alike, so that one table can have both: the same answers, or the same unit.
pub(crate) fn alike(one: &Column, other: &Column) -> bool {
    let codes = |column: &Column| -> Vec<String> {
        let codes = column.variable.codes.iter();
        codes.map(|(code, _)| code.clone()).collect()
    };
    match (&one.values, &other.values) {
        (Values::Coded(_), Values::Coded(_)) => codes(one) == codes(other),
        (Values::Number(_), Values::Number(_)) => one.variable.unit == other.variable.unit,
        (Values::Flag(_), Values::Flag(_)) | (Values::Text(_), Values::Text(_)) => true,
        _ => false,
    }
}

/// One question with what is asked of it.
struct Question<'a> {
    all: &'a [Column],
    /// Those that one table can have.
    columns: &'a [&'a Column],
    estimand: Estimand,
    samples: &'a [Sample],
}

impl Question<'_> {
    fn release(
        &self,
        questionnaire: &Questionnaire,
        request: String,
    ) -> Result<Finding, EstimateError> {
        let first = &self.columns[0].variable;
        let page = questionnaire.pages.iter().find(|p| p.key == first.page);
        let mut wholes = Vec::new();
        let mut parts = Vec::new();
        let mut left_out = Vec::new();
        for sample in self.samples {
            let mut of_parts = vec![Vec::new(); sample.domains.len() - 1];
            for column in self.columns {
                let mut rows = self.rows(sample, column)?;
                for (place, row) in rows.drain(1..).enumerate() {
                    of_parts[place].push(row);
                }
                wholes.extend(rows);
            }
            left_out.extend(self.all.iter().map(|column| left_out_of(sample, column)));
            parts.extend(of_parts.into_iter().flatten());
        }
        wholes.extend(parts);
        let suffix = match self.estimand {
            Estimand::ShareOfInhabitants => INHABITANTS_SUFFIX,
            Estimand::ShareOfMunicipalities | Estimand::Mean => "",
        };
        Ok(Finding {
            key: FindingKey(format!("{}{suffix}", first.question)),
            theme: page.map(|page| page.title.clone()).unwrap_or_default(),
            question: first.text.clone(),
            estimand: self.estimand,
            columns: self.heads(),
            ordered: first.ordered,
            rows: wholes,
            base: self.base(),
            left_out,
            request,
        })
    }

    fn heads(&self) -> Vec<(String, Text)> {
        let variable = &self.columns[0].variable;
        match &self.columns[0].values {
            Values::Coded(_) => variable.codes.clone(),
            Values::Flag(_) => vec![("genannt".to_owned(), text("genannt", "named"))],
            Values::Number(_) | Values::Text(_) => vec![(
                "mittelwert".to_owned(),
                variable.unit.clone().unwrap_or_default(),
            )],
        }
    }

    fn base(&self) -> Text {
        let rows = self.samples.iter().flat_map(|sample| &sample.rows);
        let routed = rows
            .clone()
            .any(|&row| state(self.columns[0], row) == State::NotAsked);
        let base = if routed {
            text(
                "Kommunen, denen die Frage gestellt wurde und die sie inhaltlich beantwortet haben; „weiß nicht“ und \
                 „keine Angabe“ zählen nicht mit.",
                "Municipalities that were asked this question and gave a substantial answer; “don't know” \
                 and “no answer” do not count.",
            )
        } else {
            text(
                "Kommunen, die die Frage inhaltlich beantwortet haben; „weiß nicht“ und „keine Angabe“ zählen nicht mit.",
                "Municipalities that gave a substantial answer; “don't know” and “no answer” do not count.",
            )
        };
        if self.columns.len() == self.all.len() {
            return base;
        }
        text(
            format!(
                "{} Spalten mit einer anderen Skala oder Einheit stehen nicht in dieser Tabelle.",
                base.de
            ),
            format!(
                "{} Columns with another scale or unit are not in this table.",
                base.en
            ),
        )
    }

    /// The rows of one column in every domain of a sample, the whole first.
    fn rows(&self, sample: &Sample, column: &Column) -> Result<Vec<ReleasedRow>, EstimateError> {
        let bases: Vec<Vec<bool>> = sample
            .domains
            .iter()
            .map(|(_, mask)| {
                let valid =
                    |(&row, inside): (&usize, &bool)| *inside && state(column, row) == State::Valid;
                sample.rows.iter().zip(mask).map(valid).collect()
            })
            .collect();
        let counts: Vec<usize> = bases
            .iter()
            .map(|b| b.iter().filter(|in_it| **in_it).count())
            .collect();
        let mut held: Vec<bool> = bases
            .iter()
            .map(|base| !row_is_shown(&self.weights(sample, base)))
            .collect();
        for breakdown in &sample.breakdowns {
            let parts: Vec<(usize, bool)> = breakdown
                .clone()
                .map(|part| (counts[part], held[part]))
                .collect();
            for (part, hidden) in breakdown.clone().zip(complement(!held[0], &parts)) {
                held[part] = hidden;
            }
        }
        let width = self.heads().len();
        let released = self.cells(sample, column, &bases, &held)?;
        let rows = released.into_iter().enumerate().map(|(domain, row)| {
            let n = row.as_ref().map(|_| u32::try_from(counts[domain]));
            let (cells, top_two) = row.unwrap_or((vec![ReleasedCell::Suppressed; width], None));
            ReleasedRow {
                key: item_key(column),
                label: column
                    .variable
                    .item
                    .clone()
                    .unwrap_or_else(|| column.variable.text.clone()),
                domain: sample.domains[domain].0,
                n: n.map(|n| n.expect("respondents are few")),
                cells,
                top_two,
            }
        });
        Ok(rows.collect())
    }

    /// Weights of the base; for shares of inhabitants, times their inhabitants.
    fn weights(&self, sample: &Sample, base: &[bool]) -> Vec<f64> {
        let weights = sample.weighting.weights().iter().zip(&sample.inhabitants);
        weights
            .zip(base)
            .filter(|(_, inside)| **inside)
            .map(|((weight, inhabitants), _)| match self.estimand {
                Estimand::ShareOfInhabitants => weight * inhabitants,
                Estimand::ShareOfMunicipalities | Estimand::Mean => *weight,
            })
            .collect()
    }

    /// What is released of one column in every domain of a sample; `None` where the row is held back.
    fn cells(
        &self,
        sample: &Sample,
        column: &Column,
        bases: &[Vec<bool>],
        held: &[bool],
    ) -> Result<Vec<Option<Row>>, EstimateError> {
        let codes = column.variable.codes.len();
        let with_top = column.variable.ordered && codes >= 4;
        let sets = |with_top: bool| {
            let top = with_top.then(|| vec![codes - 2, codes - 1]);
            let single = (0..codes).map(|code| vec![code]);
            single.chain(top).collect::<Vec<_>>()
        };
        // Code of each respondent (for a flag 1 or 0) and the sets of codes whose shares are wanted.
        let (said, sets): (Vec<usize>, Vec<Vec<usize>>) = match &column.values {
            Values::Coded(cells) => {
                let code = |row: &usize| match cells[*row] {
                    Cell::Value(code) => usize::from(code),
                    _ => usize::MAX,
                };
                (sample.rows.iter().map(code).collect(), sets(with_top))
            }
            Values::Flag(cells) => {
                let chosen = |row: &usize| usize::from(cells[*row] == Cell::Value(true));
                (sample.rows.iter().map(chosen).collect(), vec![vec![1]])
            }
            Values::Number(cells) => return self.means(sample, cells, bases, held),
            Values::Text(_) => return Ok(vec![None; bases.len()]),
        };
        let mut rows = Vec::with_capacity(bases.len());
        for (domain, base) in bases.iter().enumerate() {
            if held[domain] {
                rows.push(None);
                continue;
            }
            let mut shares = self.shares(sample, base, &sets, &said)?;
            let top_two = if with_top { shares.pop() } else { None };
            rows.push(Some(RawRow {
                n: base.iter().filter(|inside| **inside).count(),
                units: sample.units[domain],
                shares,
                top_two,
            }));
        }
        Ok(release_table(&rows, &sample.breakdowns))
    }

    fn means(
        &self,
        sample: &Sample,
        cells: &[Cell<f64>],
        bases: &[Vec<bool>],
        held: &[bool],
    ) -> Result<Vec<Option<Row>>, EstimateError> {
        let mut means = Vec::with_capacity(bases.len());
        for (base, held) in bases.iter().zip(held) {
            let n = base.iter().filter(|inside| **inside).count();
            let mean = match held {
                true => None,
                false => Some(self.mean(sample, cells, base)?),
            };
            means.push((n, mean));
        }
        let mut again = true;
        while again {
            again = false;
            for breakdown in &sample.breakdowns {
                let mut members = vec![means[0]];
                members.extend_from_slice(&means[breakdown.clone()]);
                again |= complement_means(&mut members);
                means[breakdown.clone()].copy_from_slice(&members[1..]);
            }
        }
        let rows = means.into_iter().map(|(_, mean)| Some((vec![mean?], None)));
        Ok(rows.collect())
    }

    fn mean(
        &self,
        sample: &Sample,
        cells: &[Cell<f64>],
        base: &[bool],
    ) -> Result<ReleasedCell, EstimateError> {
        let value = |place: usize| match cells[sample.rows[place]] {
            Cell::Value(value) => value,
            _ => f64::NAN,
        };
        let column: Vec<f64> = (0..base.len()).map(value).collect();
        let mean = sample.weighting.mean(base, &column)?;
        // What cannot be negative has no negative bound.
        let least = match column.iter().any(|value| *value < 0.0) {
            true => f64::NEG_INFINITY,
            false => 0.0,
        };
        let interval = mean.interval.map(|i| (i.low.max(least), i.high));
        let weights = sample.weighting.weights();
        let values: Vec<(f64, f64)> = (0..base.len())
            .filter(|&place| base[place])
            .map(|place| (column[place], weights[place]))
            .collect();
        Ok(release_mean(&Mean {
            estimate: mean.estimate.value,
            interval,
            values: &values,
        }))
    }

    /// The share of each set of codes in the base.
    fn shares(
        &self,
        sample: &Sample,
        base: &[bool],
        sets: &[Vec<usize>],
        said: &[usize],
    ) -> Result<Vec<Share>, EstimateError> {
        let indicators: Vec<Vec<f64>> = sets
            .iter()
            .map(|set| {
                let in_set = |code: &usize| f64::from(u8::from(set.contains(code)));
                said.iter().map(in_set).collect()
            })
            .collect();
        let said: Vec<&[f64]> = indicators.iter().map(Vec::as_slice).collect();
        let inhabitants = (self.estimand == Estimand::ShareOfInhabitants)
            .then_some(sample.inhabitants.as_slice());
        let n = base.iter().filter(|inside| **inside).count();
        let stated = sample.weighting.shares(base, &said, inhabitants)?;
        let share = |(stated, said): (Stated, &Vec<f64>)| {
            let said = said.iter().zip(base);
            let count = said
                .filter(|(said, inside)| **inside && **said == 1.0)
                .count();
            let printed = (MIN_SIDE..=n - MIN_SIDE).contains(&count);
            let interval = stated.interval.filter(|_| printed);
            Share {
                estimate: stated.estimate.value,
                interval: interval.map(|i| (i.low, i.high)),
                count,
            }
        };
        Ok(stated.into_iter().zip(&indicators).map(share).collect())
    }
}

/// What became of a question in one row of the dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Valid,
    DontKnow,
    Refused,
    Missing,
    NotAsked,
}

fn state(column: &Column, row: usize) -> State {
    fn of<T>(cell: &Cell<T>) -> State {
        match cell {
            Cell::Value(_) => State::Valid,
            Cell::DontKnow => State::DontKnow,
            Cell::Refused => State::Refused,
            Cell::Missing => State::Missing,
            Cell::NotAsked => State::NotAsked,
        }
    }
    match &column.values {
        Values::Coded(cells) => of(&cells[row]),
        Values::Flag(cells) => of(&cells[row]),
        Values::Number(cells) => of(&cells[row]),
        Values::Text(cells) => of(&cells[row]),
    }
}

/// The part of the variable's key behind the question's.
pub(crate) fn item_key(column: &Column) -> String {
    let key = &column.variable.key.0;
    let rest = key.strip_prefix(&column.variable.question);
    let item = rest.and_then(|rest| rest.strip_prefix('.'));
    item.unwrap_or_default().to_owned()
}

fn left_out_of(sample: &Sample, column: &Column) -> LeftOut {
    let count = |wanted: State| {
        let rows = sample
            .rows
            .iter()
            .filter(|&&row| state(column, row) == wanted);
        u32::try_from(rows.count()).expect("respondents are few")
    };
    let counts = [State::DontKnow, State::Refused, State::Missing].map(count);
    LeftOut {
        asked: counts.iter().sum::<u32>() + count(State::Valid),
        key: item_key(column),
        population: sample.weighting.population,
        total: counts.iter().sum(),
        by_reason: reasons(counts),
    }
}
