//! From releases to programmes: what leaves together about one block of questions.
//!
//! Published tables are per question, so questions are independent of one another, but for what the questionnaire itself
//! ties together: the options of a multiple choice, and questions that are asked only after certain answers. Such
//! questions form one block with one state a record. The records that are allowed are those that occur and those one
//! option away: fewer worlds than the attacker must reckon with, so that what is shown to be open is open.

use std::collections::{BTreeMap, BTreeSet};

use dataset::{Cell, Column, Dataset, Values};
use questionnaire::{Condition, QuestionKind, Questionnaire};

use super::programme::{Constraint, Programme};
use super::search::Secret;
use crate::disclosure::MIN_SIDE;
use crate::tables::{INHABITANTS_SUFFIX, Sample, item_key};
use crate::{Domain, Estimand, Finding, PlainRow, ReleasedCell, ReleasedRow};

/// Where a published number stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Which of the releases that are audited together.
    pub release: usize,
    pub finding: usize,
    pub part: Part,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// A cell of a row; the number behind the last cell is the two upper points.
    Cell { row: usize, cell: usize },
    /// The number of respondents of a row.
    N { row: usize },
    /// Respondents that are left out, all together.
    LeftOut { entry: usize },
    /// Respondents that are left out, by reason.
    Reasons { entry: usize },
    /// A plain percentage of the weights report, beside the weighted one of all.
    Plain { row: usize },
}

/// One block of one population, ready to be asked.
pub(crate) struct Block {
    pub programme: Programme,
    pub places: Vec<Place>,
    /// With the place in the dataset's columns of the question that it is about.
    pub secrets: Vec<(Secret, usize)>,
}

/// A cell of the dataset as a small number: a code, or why there is none.
const DONT_KNOW: i16 = -1;
const REFUSED: i16 = -2;
const MISSING: i16 = -3;
const NOT_ASKED: i16 = -4;

/// Records that a block may have before single options are no longer changed on their own.
const STATES: usize = 4_000;

/// Counts are whole: what a solver's tolerance may take from them.
const COUNTED: f64 = 1e-6;

fn coded(column: &Column, row: usize) -> i16 {
    fn of<T: Copy>(cell: &Cell<T>, value: impl Fn(T) -> i16) -> i16 {
        match cell {
            Cell::Value(v) => value(*v),
            Cell::DontKnow => DONT_KNOW,
            Cell::Refused => REFUSED,
            Cell::Missing => MISSING,
            Cell::NotAsked => NOT_ASKED,
        }
    }
    match &column.values {
        Values::Coded(cells) => of(&cells[row], |code| i16::try_from(code).unwrap_or(i16::MAX)),
        Values::Flag(cells) => of(&cells[row], i16::from),
        // Of a number the programme knows only whether there is one; how large it may be is asked elsewhere.
        Values::Number(cells) => of(&cells[row], |_| 0),
        Values::Text(_) => MISSING,
    }
}

/// Groups of columns (places in the dataset) that the questionnaire ties together; texts are in none.
pub(crate) fn components(dataset: &Dataset, questionnaire: &Questionnaire) -> Vec<Vec<usize>> {
    let columns = &dataset.columns;
    let closed = |place: usize| !matches!(columns[place].values, Values::Text(_));
    let mut group: Vec<usize> = (0..columns.len()).collect();
    let join = |group: &mut Vec<usize>, a: usize, b: usize| {
        let (from, to) = (group[a].max(group[b]), group[a].min(group[b]));
        group
            .iter_mut()
            .filter(|g| **g == from)
            .for_each(|g| *g = to);
    };
    for place in 1..columns.len() {
        let flag = |place: usize| matches!(columns[place].values, Values::Flag(_));
        let same = columns[place].variable.question == columns[place - 1].variable.question;
        if same && flag(place) && flag(place - 1) {
            join(&mut group, place, place - 1);
        }
    }
    for page in &questionnaire.pages {
        for question in &page.questions {
            let asked_if = [&page.show_if, &question.show_if];
            let mut rests_on = BTreeSet::new();
            asked_if
                .into_iter()
                .flatten()
                .for_each(|c| variables(c, &mut rests_on));
            let own = |place: usize| columns[place].variable.question == question.key;
            let before = |place: usize| {
                let variable = &columns[place].variable;
                rests_on.contains(&variable.key.0) || rests_on.contains(&variable.question)
            };
            for a in (0..columns.len()).filter(|p| own(*p) && closed(*p)) {
                for b in (0..columns.len()).filter(|p| before(*p) && closed(*p)) {
                    join(&mut group, a, b);
                }
            }
        }
    }
    let mut components: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for place in (0..columns.len()).filter(|p| closed(*p)) {
        components.entry(group[place]).or_default().push(place);
    }
    components.into_values().collect()
}

fn variables(condition: &Condition, into: &mut BTreeSet<String>) {
    let named = condition.variables().into_iter();
    into.extend(named.map(|variable| variable.0.clone()));
}

/// Records of a component: what occurs, and what is one answer away from that.
fn records(
    dataset: &Dataset,
    questionnaire: &Questionnaire,
    columns: &[usize],
    rows: &[usize],
) -> Vec<Vec<i16>> {
    let of = |row: usize| {
        columns
            .iter()
            .map(|c| coded(&dataset.columns[*c], row))
            .collect()
    };
    let seen: BTreeSet<Vec<i16>> = rows.iter().map(|row| of(*row)).collect();
    let mut all = seen.clone();
    let not_asked =
        |record: &[i16]| -> Vec<bool> { record.iter().map(|s| *s == NOT_ASKED).collect() };
    for record in &seen {
        for (place, &column) in columns.iter().enumerate() {
            let variable = &dataset.columns[column].variable;
            if record[place] < 0 {
                continue;
            }
            let question = questionnaire.question(&variable.question);
            let others = match dataset.columns[column].values {
                Values::Flag(_) => vec![1 - record[place]],
                _ => (0..variable.codes.len() as i16).collect(),
            };
            for other in others {
                let mut next = record.clone();
                next[place] = other;
                let allowed = match question.map(|q| &q.kind) {
                    Some(QuestionKind::Multiple { .. }) => {
                        choice_is_allowed(dataset, questionnaire, columns, column, &next)
                    }
                    // What is asked next must stay what it was for somebody who gave this answer.
                    _ => {
                        columns.len() == 1
                            || seen
                                .iter()
                                .any(|s| s[place] == other && not_asked(s) == not_asked(record))
                    }
                };
                if allowed {
                    all.insert(next);
                }
            }
        }
    }
    if all.len() > STATES {
        seen.into_iter().collect()
    } else {
        all.into_iter().collect()
    }
}

/// Whether the options chosen in a record fit the rules of their multiple choice.
fn choice_is_allowed(
    dataset: &Dataset,
    questionnaire: &Questionnaire,
    columns: &[usize],
    column: usize,
    record: &[i16],
) -> bool {
    let key = &dataset.columns[column].variable.question;
    let Some(QuestionKind::Multiple { options, min, max }) =
        questionnaire.question(key).map(|q| &q.kind)
    else {
        return false;
    };
    let own = columns
        .iter()
        .zip(record)
        .filter(|(c, _)| dataset.columns[**c].variable.question == *key);
    let chosen: Vec<String> = own
        .filter(|(_, state)| **state == 1)
        .map(|(c, _)| item_key(&dataset.columns[*c]))
        .collect();
    let exclusive = options
        .iter()
        .any(|o| o.exclusive && chosen.contains(&o.key));
    chosen.len() >= min.unwrap_or(1).max(1)
        && chosen.len() <= max.unwrap_or(usize::MAX)
        && (!exclusive || chosen.len() == 1)
}

/// Which states of the block count for a published share of one column: those in its base and those in its numerator.
struct Share {
    /// Place of the question among those of the block.
    place: usize,
    base: Vec<f64>,
    said: Vec<f64>,
}

/// One population of one wave.
pub(crate) struct Side<'a> {
    pub dataset: &'a Dataset,
    pub questionnaire: &'a Questionnaire,
    pub sample: &'a Sample,
    /// Number of each respondent's unit, the same over all waves.
    pub units: &'a [u32],
}

/// The block of these columns; `releases` are all releases of this wave that leave, or have left, the house.
pub(crate) fn block(side: &Side<'_>, columns: &[usize], releases: &[Said<'_>]) -> Block {
    let Side {
        dataset, sample, ..
    } = side;
    let states = records(dataset, side.questionnaire, columns, &sample.rows);
    let state_of = |row: &usize| {
        let record: Vec<i16> = columns
            .iter()
            .map(|c| coded(&dataset.columns[*c], *row))
            .collect();
        let place = states
            .binary_search(&record)
            .expect("every record that occurs is a state");
        u16::try_from(place).expect("a block has few states")
    };
    let truth: Vec<u16> = sample.rows.iter().map(state_of).collect();
    let spaces = vec![(0..).take(states.len()).collect()];
    let (units, of) = (side.units.to_vec(), vec![0; truth.len()]);
    let mut programme = Programme::new(units, spaces, of, truth, states.clone());
    let mut places = Vec::new();
    let mut top_two = BTreeSet::new();
    for &Said {
        release,
        findings,
        plain,
    } in releases
    {
        for (finding, table) in findings.iter().enumerate() {
            let numbers = Numbers {
                side,
                columns,
                states: &states,
                table,
                plain,
            };
            numbers.add(
                &mut programme,
                (release, finding),
                &mut places,
                &mut top_two,
            );
        }
    }
    programme.index();
    // Where no row is shown, nothing is said of any answer.
    let row = |place: &Place| matches!(place.part, Part::N { .. });
    let secrets = match places.iter().any(row) {
        true => secrets(dataset, columns, &states, &programme, &top_two),
        false => Vec::new(),
    };
    Block {
        programme,
        places,
        secrets,
    }
}

/// What one release says.
#[derive(Clone, Copy)]
pub(crate) struct Said<'a> {
    pub release: usize,
    pub findings: &'a [Finding],
    /// Plain percentages of the weights report about the population of the block; `None` where one is held back.
    pub plain: &'a [Option<PlainRow>],
}

/// The cell of a row of all that stands for its question in the weights report: the two upper points, of flags the
/// only one, else the answer that is released with the largest share.
pub(crate) fn headline(row: &ReleasedRow) -> Option<usize> {
    let percent = |place: usize| match row.cells[place] {
        ReleasedCell::Percent { value, .. } => i32::from(value),
        _ => -1,
    };
    match row.top_two {
        Some(_) => Some(row.cells.len()),
        None => (0..row.cells.len())
            .rev()
            .max_by_key(|place| percent(*place)),
    }
}

/// The numbers of one finding about the columns of one block.
struct Numbers<'a> {
    plain: &'a [Option<PlainRow>],
    side: &'a Side<'a>,
    columns: &'a [usize],
    states: &'a [Vec<i16>],
    table: &'a Finding,
}

impl Numbers<'_> {
    fn add(
        &self,
        programme: &mut Programme,
        (release, finding): (usize, usize),
        places: &mut Vec<Place>,
        top_two: &mut BTreeSet<usize>,
    ) {
        let mut source = |part: Part| {
            places.push(Place {
                release,
                finding,
                part,
            });
            places.len() - 1
        };
        for (row, of) in self.table.rows.iter().enumerate() {
            let Some((place, mask)) = self.column(&of.key).zip(self.mask(&of.domain)) else {
                continue;
            };
            let Some(n) = of.n else { continue };
            let ones: Vec<f64> = mask
                .iter()
                .map(|inside| f64::from(u8::from(*inside)))
                .collect();
            let base = self.gain(place, &|state| state >= 0);
            let n_at = source(Part::N { row });
            programme.add(exactly((n_at, place), &ones, &base, f64::from(n)));
            let weights = self.weights(mask);
            let cells = of.cells.iter().chain(&of.top_two).enumerate();
            for (cell, released) in cells {
                let share = self.share(place, of, cell);
                if cell == of.cells.len() {
                    top_two.insert(place);
                }
                let at = source(Part::Cell { row, cell });
                cell_says(
                    programme,
                    at,
                    released,
                    &share,
                    &weights,
                    (&ones, f64::from(n)),
                );
            }
        }
        let whole = Domain::All(self.side.sample.weighting.population);
        for (at, plain) in self.plain.iter().enumerate() {
            let Some(plain) = plain.as_ref().filter(|p| p.finding == self.table.key) else {
                continue;
            };
            let of_all = |row: &&ReleasedRow| row.domain == whole && row.key == plain.key;
            let row = self.table.rows.iter().find(of_all);
            let Some((row, place)) = row.zip(self.column(&plain.key)) else {
                continue;
            };
            let Some(cell) = headline(row) else { continue };
            let share = self.share(place, row, cell);
            let source = source(Part::Plain { row: at });
            let ones = vec![1.0; programme.truth.len()];
            rounded(programme, source, f64::from(plain.plain), &share, &ones);
        }
        for (entry, of) in self.table.left_out.iter().enumerate() {
            let Some(place) = self
                .column(&of.key)
                .filter(|_| Domain::All(of.population) == whole)
            else {
                continue;
            };
            let ones = vec![1.0; programme.truth.len()];
            let out = self.gain(place, &|state| (MISSING..0).contains(&state));
            let at = source(Part::LeftOut { entry });
            programme.add(exactly((at, place), &ones, &out, f64::from(of.total)));
            let Some(reasons) = of.by_reason else {
                continue;
            };
            let at = source(Part::Reasons { entry });
            for (reason, count) in [DONT_KNOW, REFUSED, MISSING].into_iter().zip(reasons) {
                let gain = self.gain(place, &|state| state == reason);
                programme.add(exactly((at, place), &ones, &gain, f64::from(count)));
            }
        }
    }

    /// Place among the block's columns of the column that a row speaks of.
    fn column(&self, key: &str) -> Option<usize> {
        let question = match self.table.estimand {
            Estimand::ShareOfInhabitants => self.table.key.0.strip_suffix(INHABITANTS_SUFFIX)?,
            Estimand::ShareOfMunicipalities | Estimand::Mean => &self.table.key.0,
        };
        let fits = |column: &usize| {
            let column = &self.side.dataset.columns[*column];
            column.variable.question == question && item_key(column) == key
        };
        self.columns.iter().position(fits)
    }

    fn mask(&self, domain: &Domain) -> Option<&[bool]> {
        self.side.sample.mask(domain)
    }

    fn weights(&self, mask: &[bool]) -> Vec<f64> {
        let sample = self.side.sample;
        let weights = sample.weighting.weights().iter().zip(&sample.inhabitants);
        weights
            .zip(mask)
            .map(
                |((weight, inhabitants), inside)| match (inside, self.table.estimand) {
                    (false, _) => 0.0,
                    (true, Estimand::ShareOfInhabitants) => weight * inhabitants,
                    (true, _) => *weight,
                },
            )
            .collect()
    }

    fn gain(&self, place: usize, counts: &dyn Fn(i16) -> bool) -> Vec<f64> {
        let counts = |record: &Vec<i16>| f64::from(u8::from(counts(record[place])));
        self.states.iter().map(counts).collect()
    }

    fn share(&self, place: usize, row: &ReleasedRow, cell: usize) -> Share {
        let flag = matches!(
            self.side.dataset.columns[self.columns[place]].values,
            Values::Flag(_)
        );
        let codes = row.cells.len();
        let counts = |state: i16| match usize::try_from(state) {
            Err(_) => false,
            Ok(code) if flag => code == 1,
            Ok(code) if cell == codes => code + 2 >= codes,
            Ok(code) => code == cell,
        };
        Share {
            place,
            base: self.gain(place, &|state| state >= 0),
            said: self.gain(place, &counts),
        }
    }
}

fn exactly(
    (source, place): (usize, usize),
    weight: &[f64],
    gain: &[f64],
    count: f64,
) -> Constraint {
    let (weight, gain) = (weight.to_vec(), gain.to_vec());
    Constraint {
        source,
        place,
        weight,
        gain,
        low: count - COUNTED,
        high: count + COUNTED,
    }
}

/// What a released share says: rounding as inequalities, and the rule behind a printed one.
fn cell_says(
    programme: &mut Programme,
    source: usize,
    cell: &ReleasedCell,
    share: &Share,
    weights: &[f64],
    (ones, n): (&[f64], f64),
) {
    match cell {
        ReleasedCell::Percent { value, .. } => {
            rounded(programme, source, f64::from(*value), share, weights);
            let side = MIN_SIDE as f64 - COUNTED;
            let (weight, gain) = (ones.to_vec(), share.said.clone());
            programme.add(Constraint {
                source,
                place: share.place,
                weight,
                gain,
                low: side,
                high: n - side,
            });
        }
        ReleasedCell::Under10 => edge(programme, source, share, weights, (0.095, false)),
        ReleasedCell::Over90 => edge(programme, source, share, weights, (0.905, true)),
        ReleasedCell::Mean { .. } | ReleasedCell::Suppressed => {}
    }
}

/// A percentage that was rounded to a whole one.
fn rounded(programme: &mut Programme, source: usize, value: f64, share: &Share, weights: &[f64]) {
    if value > 0.0 {
        edge(
            programme,
            source,
            share,
            weights,
            ((value - 0.5) / 100.0, true),
        );
    }
    if value < 100.0 {
        edge(
            programme,
            source,
            share,
            weights,
            ((value + 0.5) / 100.0, false),
        );
    }
}

/// A share that is at least (`above`) or below a part of its base.
fn edge(
    programme: &mut Programme,
    source: usize,
    share: &Share,
    weights: &[f64],
    (part, above): (f64, bool),
) {
    let parts = share.said.iter().zip(&share.base);
    let gain = parts.map(|(said, base)| said - part * base).collect();
    let (low, high) = match above {
        true => (0.0, f64::INFINITY),
        false => (f64::NEG_INFINITY, 0.0),
    };
    let weight = weights.to_vec();
    programme.add(Constraint {
        source,
        place: share.place,
        weight,
        gain,
        low,
        high,
    });
}

/// What must stay open of every subject: its answer to each question of the block. Where the two upper points are
/// published, already on which side of them it is.
fn secrets(
    dataset: &Dataset,
    columns: &[usize],
    states: &[Vec<i16>],
    programme: &Programme,
    top_two: &BTreeSet<usize>,
) -> Vec<(Secret, usize)> {
    let mut secrets = Vec::new();
    for (place, &column) in columns.iter().enumerate() {
        let codes = dataset.columns[column].variable.codes.len() as i16;
        let side = |state: i16| match state {
            0.. if top_two.contains(&place) => i16::from(state + 2 >= codes),
            state => state,
        };
        for (subject, &truth) in programme.truth.iter().enumerate() {
            let own = states[usize::from(truth)][place];
            // How many gave no answer is published; who, is no answer. Numbers are asked elsewhere.
            let number = matches!(dataset.columns[column].values, Values::Number(_));
            if own < 0 || number {
                continue;
            }
            let other = |(_, record): &(u16, &Vec<i16>)| side(record[place]) != side(own);
            let others = (0..)
                .zip(states)
                .filter(other)
                .map(|(state, _)| state)
                .collect();
            let secret = Secret {
                subject,
                place,
                others,
            };
            secrets.push((secret, column));
        }
    }
    secrets
}
