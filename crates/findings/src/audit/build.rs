//! From releases to programmes: what leaves together about one block of questions.
//!
//! Published tables are per question, so questions are independent of one another, but for what the questionnaire itself
//! ties together: the options of a multiple choice, and questions that are asked only after certain answers. Such
//! questions form one block with one state a record. The records that are allowed are those that occur, those one
//! option away, and "none of these" alone: fewer worlds than the attacker must reckon with, so that what is shown to be open is open.

use std::collections::{BTreeMap, BTreeSet};

use dataset::{Column, Dataset, Values};
use questionnaire::{Condition, QuestionKind, Questionnaire, Text};

use super::beside::Beside;
use super::programme::{Constraint, Programme};
use super::rows::{DONT_KNOW, MISSING, Meaning, NOT_ASKED, REFUSED, Said, Who, code};
use super::search::Secret;
use crate::disclosure::MIN_SIDE;
use crate::headlines::main_result;
use crate::tables::{Sample, item_key};
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
    /// A difference between two groups of respondents in the weights report.
    Compared { comparison: usize, row: usize },
}

/// One block of one population, ready to be asked.
pub(crate) struct Block {
    pub programme: Programme,
    pub places: Vec<Place>,
    /// With the place in the dataset's columns of the question that it is about.
    pub secrets: Vec<(Secret, usize)>,
}

/// Records that a block may have before single options are no longer changed on their own.
const STATES: usize = 4_000;

/// Counts are whole: what a solver's tolerance may take from them.
const COUNTED: f64 = 1e-6;

fn coded(column: &Column, row: usize) -> i16 {
    code(&column.values, row)
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
                if other == 1 && excludes(dataset, questionnaire, columns, column) {
                    next.fill(0);
                }
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

/// Whether a column is an option that stands for none of the others, of a question that is a block on its own: whoever turns
/// to it drops all others at once.
fn excludes(
    dataset: &Dataset,
    questionnaire: &Questionnaire,
    columns: &[usize],
    column: usize,
) -> bool {
    let key = &dataset.columns[column].variable.question;
    let Some(QuestionKind::Multiple { options, .. }) =
        questionnaire.question(key).map(|question| &question.kind)
    else {
        return false;
    };
    let item = item_key(&dataset.columns[column]);
    let own = |c: &usize| dataset.columns[*c].variable.question == *key;
    columns.iter().all(own) && options.iter().any(|o| o.exclusive && o.key == item)
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

/// What of the block counts for a published share: states in its base and those in its numerator.
struct Share {
    /// Place of the question among those of the block.
    place: usize,
    base: Vec<f64>,
    said: Vec<f64>,
    /// Whose answer counts, one a respondent, where the share is about another block: then `base` says who is asked.
    known: Option<Vec<f64>>,
}

/// One population of one wave.
pub(crate) struct Side<'a> {
    pub dataset: &'a Dataset,
    pub questionnaire: &'a Questionnaire,
    pub sample: &'a Sample,
    /// Number of each respondent's unit, the same over all waves.
    pub units: &'a [u32],
}

/// The block of these columns; `releases` are all releases of this wave that leave, or have left, the house, the new one last,
/// and `beside` the figures that are no cells of tables.
pub(crate) fn block(
    side: &Side<'_>,
    columns: &[usize],
    releases: &[Said<'_>],
    beside: &[&Beside],
) -> Block {
    let Side {
        dataset, sample, ..
    } = side;
    let mut states = records(dataset, side.questionnaire, columns, &sample.rows);
    let tables = || {
        releases.iter().flat_map(|said| {
            let tables = said.findings.iter().zip(said.meanings).enumerate();
            tables.map(move |(finding, (table, meaning))| (said, finding, table, meaning))
        })
    };
    // What rests on several answers of a record has a place of its own behind them.
    let mut joint: Vec<View> = Vec::new();
    for (_, _, table, meaning) in tables() {
        let shown = table.rows.iter().zip(&meaning.rows);
        for who in shown
            .filter(|(row, _)| row.n.is_some())
            .filter_map(|(_, who)| who.as_ref())
        {
            let Some(view) = View::of(who, columns).filter(View::is_joint) else {
                continue;
            };
            if !joint.contains(&view) {
                joint.push(view);
            }
        }
    }
    for of in beside.iter().filter(|of| of.columns.len() > 1) {
        let view = View::any(of, columns);
        if !joint.contains(&view) {
            joint.push(view);
        }
    }
    for state in &mut states {
        let values: Vec<i16> = joint.iter().map(|view| view.value(state)).collect();
        state.extend(values);
    }
    let state_of = |row: &usize| {
        let record: Vec<i16> = columns
            .iter()
            .map(|c| coded(&dataset.columns[*c], *row))
            .collect();
        let place = states
            .binary_search_by(|state| state[..columns.len()].cmp(&record))
            .expect("every record that occurs is a state");
        u16::try_from(place).expect("a block has few states")
    };
    let truth: Vec<u16> = sample.rows.iter().map(state_of).collect();
    let spaces = vec![(0..).take(states.len()).collect()];
    let (units, of) = (side.units.to_vec(), vec![0; truth.len()]);
    let mut programme = Programme::new(units, spaces, of, truth, states.clone());
    let mut adder = Adder {
        places: Vec::new(),
        sets: BTreeMap::new(),
        said: BTreeSet::new(),
    };
    for (said, finding, table, meaning) in tables() {
        let numbers = Numbers {
            new: releases
                .last()
                .is_some_and(|last| last.release == said.release),
            side,
            columns,
            states: &states,
            joint: &joint,
            table,
            meaning,
            plain: said.plain,
        };
        numbers.add(&mut programme, (said.release, finding), &mut adder);
    }
    let mut merged = Vec::new();
    for of in beside {
        let view = View::any(of, columns);
        let place = match joint.iter().position(|known| *known == view) {
            Some(joint) => columns.len() + joint,
            None => view.any.first().copied().unwrap_or_default(),
        };
        if of.columns.len() > 1 {
            merged.push((place, of.columns[0]));
        }
        of.add((&mut programme, place), &states, &mut adder);
    }
    merged.dedup();
    programme.index();
    // Where no row is shown, nothing is said of any answer.
    let row = |place: &Place| matches!(place.part, Part::N { .. });
    let secrets = match adder.places.iter().any(row) {
        true => {
            let own = columns.iter().copied().enumerate();
            let asked: Vec<(usize, usize)> = own.chain(merged).collect();
            secrets(dataset, &asked, &states, &programme, &adder.sets)
        }
        false => Vec::new(),
    };
    Block {
        programme,
        places: adder.places,
        secrets,
    }
}

/// What a row rests on in one block: its own question, if that is in the block, and the answers that it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct View {
    /// Place in the block of the column that the row speaks of; `None` where it is elsewhere.
    own: Option<usize>,
    /// Places in the block with the codes that count.
    given: Vec<(usize, Vec<i16>)>,
    /// Options of which one at least was chosen, where they were merged.
    any: Vec<usize>,
}

impl View {
    /// `None` where the row has nothing to do with the block.
    fn of(who: &Who, columns: &[usize]) -> Option<Self> {
        let place = |column: &usize| columns.iter().position(|c| c == column);
        let own = place(&who.column);
        let given = who.answers.iter();
        let given: Vec<_> = given
            .filter_map(|(column, codes)| Some((place(column)?, codes.clone())))
            .collect();
        let any = Vec::new();
        (own.is_some() || !given.is_empty()).then_some(Self { own, given, any })
    }

    /// Of a figure that is no cell of a table; of several options, whether one of them was chosen.
    fn any(of: &Beside, columns: &[usize]) -> Self {
        let place = |column: &usize| columns.iter().position(|c| c == column);
        Self {
            own: None,
            given: Vec::new(),
            any: of.columns.iter().filter_map(place).collect(),
        }
    }

    fn places(&self) -> BTreeSet<usize> {
        let given = self.given.iter().map(|(place, _)| *place);
        self.own.into_iter().chain(given).collect()
    }

    fn is_joint(&self) -> bool {
        self.places().len() > 1
    }

    fn holds(&self, record: &[i16]) -> bool {
        let mut given = self.given.iter();
        given.all(|(place, codes)| codes.contains(&record[*place]))
    }

    /// Whether a record is in the base.
    fn counts(&self, record: &[i16]) -> bool {
        self.holds(record) && self.own.is_none_or(|place| record[place] >= 0)
    }

    /// The answer of a record; -1 where it is not in the base.
    fn value(&self, record: &[i16]) -> i16 {
        if !self.any.is_empty() {
            let answers = || self.any.iter().map(|place| record[*place]);
            let asked = answers().all(|answer| answer >= 0);
            return if asked {
                answers().max().unwrap_or(0)
            } else {
                DONT_KNOW
            };
        }
        match self.counts(record) {
            true => self.own.map_or(1, |place| record[place]),
            false => DONT_KNOW,
        }
    }
}

/// Whether of inhabitants, who, which answers, and what is said of them.
type Statement<'a> = (bool, &'a Who, Vec<i16>, (u8, i64));

/// What has been said of a block so far.
struct Adder<'a> {
    places: Vec<Place>,
    /// Merged answers of which a share is published, by place: on which side of them somebody is, is a secret too.
    sets: BTreeMap<usize, BTreeSet<Vec<i16>>>,
    /// Published shares: who, of what, which answers, and what is said. Said again, it says nothing more.
    said: BTreeSet<Statement<'a>>,
}

impl Adder<'_> {
    fn source(&mut self, (release, finding): (usize, usize), part: Part) -> usize {
        self.places.push(Place {
            release,
            finding,
            part,
        });
        self.places.len() - 1
    }
}

/// The figure of a row of all beside which the weights report sets others, told from their label: a cell, or behind the last
/// one the two upper points. `None` where it is held back.
pub(crate) fn headline(
    table: &Finding,
    row: &ReleasedRow,
    (column, label): (&Column, &Text),
) -> Option<usize> {
    let codes = main_result(table, column, label)?;
    let cell = match (&column.values, codes.as_slice()) {
        (Values::Flag(_), _) => 0,
        (_, [code]) => usize::try_from(*code).ok()?,
        _ => row.cells.len(),
    };
    let shown = row.cells.get(cell).or(row.top_two.as_ref());
    let shown = matches!(shown, Some(ReleasedCell::Percent { .. }));
    (shown && row.n.is_some()).then_some(cell)
}

/// The numbers of one finding about the columns of one block.
struct Numbers<'a> {
    /// Whether the release leaves now.
    new: bool,
    plain: &'a [Option<PlainRow>],
    side: &'a Side<'a>,
    columns: &'a [usize],
    states: &'a [Vec<i16>],
    joint: &'a [View],
    table: &'a Finding,
    meaning: &'a Meaning,
}

impl<'a> Numbers<'a> {
    fn add(&self, programme: &mut Programme, at: (usize, usize), adder: &mut Adder<'a>) {
        let rows = self.table.rows.iter().zip(&self.meaning.rows).enumerate();
        for (row, (of, who)) in rows {
            let Some((n, who)) = of.n.zip(who.as_ref()) else {
                continue;
            };
            let Some(view) = View::of(who, self.columns) else {
                continue;
            };
            let place = self.place(&view);
            let ones = self.ones(who, &view);
            let base = self.gain(&|record| view.counts(record));
            let n_at = adder.source(at, Part::N { row });
            if adder
                .said
                .insert((false, who, Vec::new(), (0, i64::from(n))))
            {
                programme.add(exactly((n_at, place), &ones, &base, f64::from(n)));
            }
            let weights = self.weights(&ones);
            let living = self.table.estimand == Estimand::ShareOfInhabitants;
            let cells = of.cells.iter().chain(&of.top_two).enumerate();
            for (cell, released) in cells {
                let codes = self.codes(who, of, cell);
                if let Some(own) = view.own.filter(|_| codes.len() > 1) {
                    adder.sets.entry(own).or_default().insert(codes.clone());
                }
                if !adder
                    .said
                    .insert((living, who, codes.clone(), said(released)))
                {
                    continue;
                }
                let share = self.share((who, &view), place, &codes);
                let source = adder.source(at, Part::Cell { row, cell });
                let ones = (&ones[..], f64::from(n));
                cell_says(programme, source, released, &share, &weights, ones);
            }
        }
        if !self.meaning.added {
            self.add_counts(programme, at, adder);
        }
    }

    /// Plain percentages, and who is left out.
    fn add_counts(&self, programme: &mut Programme, at: (usize, usize), adder: &mut Adder<'a>) {
        let whole = Domain::All(self.side.sample.weighting.population);
        let of_all = |key: &str| {
            let mut rows = self.table.rows.iter().zip(&self.meaning.rows);
            let (row, who) = rows.find(|(row, _)| row.domain == whole && row.key == key)?;
            let who = who.as_ref()?;
            let view = View::of(who, self.columns)?;
            Some((row, who, view))
        };
        for (entry, plain) in self.plain.iter().enumerate() {
            let Some(plain) = plain.as_ref().filter(|p| p.finding == self.table.key) else {
                continue;
            };
            let Some((row, who, view)) = of_all(&plain.key) else {
                continue;
            };
            let column = &self.side.dataset.columns[who.column];
            // What was published beside a figure that is held back now goes with it; what is out stays said.
            if self.new && headline(self.table, row, (column, &plain.label)).is_none() {
                continue;
            }
            let Some(codes) = main_result(self.table, column, &plain.label) else {
                continue;
            };
            let share = self.share((who, &view), self.place(&view), &codes);
            let source = adder.source(at, Part::Plain { row: entry });
            let ones = vec![1.0; programme.truth.len()];
            rounded(programme, source, f64::from(plain.plain), &share, &ones);
        }
        for (entry, of) in self.table.left_out.iter().enumerate() {
            if Domain::All(of.population) != whole {
                continue;
            }
            let Some((_, _, view)) = of_all(&of.key) else {
                continue;
            };
            let place = self.place(&view);
            let ones = vec![1.0; programme.truth.len()];
            let out = self.gain(&|record| (MISSING..0).contains(&record[place]));
            let source = adder.source(at, Part::LeftOut { entry });
            programme.add(exactly((source, place), &ones, &out, f64::from(of.total)));
            let Some(reasons) = of.by_reason else {
                continue;
            };
            let source = adder.source(at, Part::Reasons { entry });
            for (reason, count) in [DONT_KNOW, REFUSED, MISSING].into_iter().zip(reasons) {
                let gain = self.gain(&|record| record[place] == reason);
                programme.add(exactly((source, place), &ones, &gain, f64::from(count)));
            }
        }
    }

    /// The place of the records on which the row rests.
    fn place(&self, view: &View) -> usize {
        match self.joint.iter().position(|joint| joint == view) {
            Some(joint) => self.columns.len() + joint,
            None => view.places().first().copied().unwrap_or_default(),
        }
    }

    /// Respondents who are in the base as far as that is not a matter of this block: what they said elsewhere is held at the
    /// truth, so that the attacker is taken to know it.
    fn ones(&self, who: &Who, view: &View) -> Vec<f64> {
        let sample = self.side.sample;
        let columns = &self.side.dataset.columns;
        let elsewhere = |column: usize| !self.columns.contains(&column);
        let inside = |(inside, row): (&bool, &usize)| {
            let gave = |(column, codes): &(usize, Vec<i16>)| {
                !elsewhere(*column) || codes.contains(&coded(&columns[*column], *row))
            };
            let valid = coded(&columns[who.column], *row) >= 0;
            *inside && who.answers.iter().all(gave) && (view.own.is_some() || valid)
        };
        let all = who.inside.iter().zip(&sample.rows);
        all.map(|both| f64::from(u8::from(inside(both)))).collect()
    }

    fn weights(&self, ones: &[f64]) -> Vec<f64> {
        let sample = self.side.sample;
        let weights = sample.weighting.weights().iter().zip(&sample.inhabitants);
        let weight = |((weight, inhabitants), one): ((&f64, &f64), &f64)| match self.table.estimand
        {
            Estimand::ShareOfInhabitants => weight * inhabitants * one,
            _ => weight * one,
        };
        weights.zip(ones).map(weight).collect()
    }

    fn gain(&self, counts: &dyn Fn(&[i16]) -> bool) -> Vec<f64> {
        let counts = |record: &Vec<i16>| f64::from(u8::from(counts(record)));
        self.states.iter().map(counts).collect()
    }

    /// The codes that a cell counts; the cell behind the last one is the two upper points.
    fn codes(&self, who: &Who, row: &ReleasedRow, cell: usize) -> Vec<i16> {
        let values = &self.side.dataset.columns[who.column].values;
        let code = |cell: usize| i16::try_from(cell).unwrap_or(i16::MAX);
        match cell {
            _ if matches!(values, Values::Flag(_)) => vec![1],
            cell if cell == row.cells.len() => (cell.saturating_sub(2)..cell).map(code).collect(),
            cell => vec![code(cell)],
        }
    }

    fn share(&self, (who, view): (&Who, &View), place: usize, codes: &[i16]) -> Share {
        let columns = &self.side.dataset.columns;
        let base = self.gain(&|record| view.counts(record));
        if view.own.is_some() {
            let counts =
                |record: &[i16]| view.counts(record) && codes.contains(&view.value(record));
            return Share {
                place,
                said: self.gain(&counts),
                base,
                known: None,
            };
        }
        let answer = |row: &usize| {
            let answer = coded(&columns[who.column], *row);
            f64::from(u8::from(codes.contains(&answer)))
        };
        Share {
            place,
            said: base.clone(),
            base,
            known: Some(self.side.sample.rows.iter().map(answer).collect()),
        }
    }
}

impl Beside {
    fn add(
        &self,
        (programme, place): (&mut Programme, usize),
        states: &[Vec<i16>],
        adder: &mut Adder<'_>,
    ) {
        let counts = |fits: &dyn Fn(i16) -> bool| -> Vec<f64> {
            let of = |record: &Vec<i16>| f64::from(u8::from(fits(record[place])));
            states.iter().map(of).collect()
        };
        let (said, valid) = (
            counts(&|answer| self.codes.contains(&answer)),
            counts(&|answer| answer >= 0),
        );
        adder.places.push(self.place);
        let source = adder.places.len() - 1;
        if self.columns.len() == 1 && self.codes.len() > 1 {
            adder
                .sets
                .entry(place)
                .or_default()
                .insert(self.codes.clone());
        }
        for (weight, low, high) in &self.sums {
            programme.add(Constraint {
                source,
                place,
                weight: weight.clone(),
                gain: said.clone(),
                low: *low,
                high: *high,
            });
        }
        // Who answered at all is known: the sums above hold for them only.
        let inside: Vec<f64> = self
            .base
            .iter()
            .map(|base| f64::from(u8::from(*base)))
            .collect();
        let all = inside.iter().sum();
        programme.add(exactly((source, place), &inside, &valid, all));
        let silent = programme.truth.iter().zip(&self.base);
        let silent = silent.map(|(state, base)| match valid[usize::from(*state)] > 0.0 {
            false if !*base => 1.0,
            _ => 0.0,
        });
        let silent: Vec<f64> = silent.collect();
        programme.add(exactly((source, place), &silent, &valid, 0.0));
    }
}

/// What a cell says, without its interval.
fn said(cell: &ReleasedCell) -> (u8, i64) {
    match cell {
        ReleasedCell::Percent { value, .. } => (1, i64::from(*value)),
        ReleasedCell::Under10 => (2, 0),
        ReleasedCell::Over90 => (3, 0),
        ReleasedCell::Mean { tenths, .. } => (4, *tenths),
        ReleasedCell::Suppressed => (5, 0),
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
            let weight = match &share.known {
                None => ones.to_vec(),
                Some(known) => ones
                    .iter()
                    .zip(known)
                    .map(|(one, said)| one * said)
                    .collect(),
            };
            let gain = share.said.clone();
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
    let (weight, gain) = match &share.known {
        None => {
            let parts = share.said.iter().zip(&share.base);
            let gain = parts.map(|(said, base)| said - part * base).collect();
            (weights.to_vec(), gain)
        }
        Some(known) => {
            let parts = weights.iter().zip(known);
            let weight = parts.map(|(weight, said)| weight * (said - part)).collect();
            (weight, share.base.clone())
        }
    };
    let (low, high) = match above {
        true => (0.0, f64::INFINITY),
        false => (f64::NEG_INFINITY, 0.0),
    };
    programme.add(Constraint {
        source,
        place: share.place,
        weight,
        gain,
        low,
        high,
    });
}

/// What must stay open of every subject: its answer to each question of the block. Where the two upper points, or other
/// merged answers, are published, already on which side of them it is.
fn secrets(
    dataset: &Dataset,
    asked: &[(usize, usize)],
    states: &[Vec<i16>],
    programme: &Programme,
    sets: &BTreeMap<usize, BTreeSet<Vec<i16>>>,
) -> Vec<(Secret, usize)> {
    let mut secrets = Vec::new();
    for &(place, column) in asked {
        // How many gave no answer is published; who, is no answer. Numbers are asked elsewhere.
        if matches!(dataset.columns[column].values, Values::Number(_)) {
            continue;
        }
        let merged: Vec<Option<&Vec<i16>>> = match sets.get(&place) {
            Some(sets) => sets.iter().map(Some).collect(),
            None => vec![None],
        };
        for set in merged {
            let side = |state: i16| match set {
                Some(codes) if state >= 0 => i16::from(codes.contains(&state)),
                _ => state,
            };
            for (subject, &truth) in programme.truth.iter().enumerate() {
                let own = states[usize::from(truth)][place];
                if own < 0 {
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
    }
    secrets
}
