//! All tables that leave together, asked one after the other.

mod answers;
mod groups;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;
use questionnaire::Text;
use register::{Municipality, Population};

use super::beside::{Beside, compared};
use super::build::{Part, Place, components, headline};
use super::hold::hold;
use super::report::{AuditError, AuditReport, Breach, HeldBack, checksum, report};
use super::rows::{Meaning, Reader, Who};
use super::search::Effort;
use super::{Audited, Before, WaveData};
use crate::evaluate::{respondents, samples};
use crate::tables::INHABITANTS_SUFFIX;
use crate::tables::{Sample, item_key};
use crate::workspace::GroupedTable;
use crate::{Domain, Finding, FindingKey, PlainRow, Release, ReleasedCell, ReleasedRow};

/// The new release with all that left before, and the waves that they were made from.
pub(super) struct Together<'a> {
    waves: Vec<Frozen<'a>>,
    /// Releases that are out, with the place of their wave.
    before: Vec<(Before<'a>, usize)>,
    new: Release,
    /// Place of the new release's wave.
    wave: usize,
    /// Places in `before` of releases about the same wave that say something else than the new one.
    earlier: Vec<usize>,
    effort: Effort,
    numbers: u64,
    differences: u64,
    held: u32,
    /// How many were tried and given back.
    given: u32,
    breaches: Vec<Breach>,
    mode: Mode,
    /// What each population hears, in the order of the wave's samples.
    heard: Vec<Heard>,
    /// What was held back in kept findings.
    held_back: Vec<HeldBack>,
}

/// What is done about what would give somebody away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// It is told.
    Judge,
    /// Numbers of the new release are held back.
    Hold,
    /// The wave's own tables have passed an audit and are out; what was added to them is held back, and asked is only what
    /// that is about.
    HoldAdded,
}

/// Tables of an earlier release, what they mean, and its plain percentages.
type Earlier = (Vec<Finding>, Vec<Meaning>, Vec<Option<PlainRow>>);

/// What all releases say of one population.
struct Heard {
    /// Figures that are no cells of tables, of all releases.
    beside: Vec<Beside>,
    /// Earlier releases, in the order of `Together::earlier`: tables, what they are about, plain percentages.
    earlier: Vec<Earlier>,
    /// What the tables of the new release are about.
    new: Vec<Meaning>,
}

/// What came out for one block of questions of one population.
#[derive(Default)]
struct Outcome {
    hold: Vec<Place>,
    /// How many numbers were given back after all.
    given: u32,
    breaches: Vec<Breach>,
    effort: Effort,
    numbers: u64,
}

/// A wave with its weights and the numbers of its units.
struct Frozen<'a> {
    data: WaveData<'a>,
    respondents: Vec<&'a Municipality>,
    samples: Vec<Sample>,
    /// Number of the unit of each row of the dataset, the same in all waves.
    units: Vec<u32>,
}

impl<'a> Together<'a> {
    pub fn new(
        new: Release,
        waves: &[WaveData<'a>],
        before: &[Before<'a>],
    ) -> Result<Self, AuditError> {
        let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
        let mut frozen = Vec::with_capacity(waves.len());
        for data in waves {
            let respondents = respondents(data.dataset, data.register)?;
            let mut number = |unit: &'a String| {
                let next = u32::try_from(numbers.len()).expect("units are few");
                *numbers.entry(unit.as_str()).or_insert(next)
            };
            frozen.push(Frozen {
                data: *data,
                samples: samples(data.register, &respondents)?.0,
                respondents,
                units: data.dataset.units.iter().map(&mut number).collect(),
            });
        }
        let place = |name: &str, release: &Release| {
            let of_wave = |(_, data): &(usize, &WaveData<'_>)| data.dataset.wave == release.wave;
            let versions = || waves.iter().enumerate().filter(of_wave);
            let same_day = versions().find(|(_, data)| data.dataset.frozen == release.frozen);
            let found = same_day
                .or_else(|| versions().next_back())
                .map(|(place, _)| place);
            found.ok_or_else(|| AuditError::NoDataset {
                release: name.to_owned(),
                wave: release.wave.clone(),
            })
        };
        let wave = place(&new.title.de, &new)?;
        let before = before.iter().map(|b| Ok((*b, place(b.name, b.release)?)));
        Ok(Self {
            before: before.collect::<Result<_, AuditError>>()?,
            waves: frozen,
            new,
            wave,
            earlier: Vec::new(),
            effort: Effort::default(),
            numbers: 0,
            differences: 0,
            held: 0,
            given: 0,
            breaches: Vec::new(),
            mode: Mode::Judge,
            heard: Vec::new(),
            held_back: Vec::new(),
        })
    }

    /// Holds numbers of the new release back until nobody is given away by them.
    ///
    /// What was shown to be open stays so when more is held back: what comes out has passed.
    pub fn protect(mut self, date: Date) -> Result<Audited, AuditError> {
        self.mode = Mode::Hold;
        self.name_only_what_differs();
        self.run()?;
        self.result(date, None)
    }

    /// Of comparisons of two groups of respondents only the differences that the test found leave; the others are counted. Each
    /// is one more sum over the same answers, and says of one that was not found no more than that.
    fn name_only_what_differs(&mut self) {
        let reports = self.new.method.weights.iter_mut();
        let populations = reports.flat_map(|report| &mut report.populations);
        for of in populations.flat_map(|of| &mut of.comparisons) {
            of.rows.retain(|row| row.distinguishable);
        }
    }

    /// Audits the release as it is.
    pub fn check(mut self, date: Date) -> Result<Audited, AuditError> {
        self.run()?;
        self.result(date, None)
    }

    /// Holds back in what was added to a release that has passed, and is out, whatever would give somebody away with it.
    pub fn extend(mut self, passed: &AuditReport, date: Date) -> Result<Audited, AuditError> {
        self.mode = Mode::HoldAdded;
        self.repeat()?;
        self.run()?;
        self.result(date, Some(passed))
    }

    fn result(mut self, date: Date, passed: Option<&AuditReport>) -> Result<Audited, AuditError> {
        if !self.breaches.is_empty() {
            return Err(AuditError::Breaches(self.breaches));
        }
        // An edition that was published again is out more than once.
        let mut together: Vec<String> = Vec::new();
        let before = self.before.iter().map(|(b, _)| b.name);
        for name in before.chain([self.new.title.de.as_str()]) {
            if together.iter().all(|known| known != name) {
                together.push(name.to_owned());
            }
        }
        let respondents = self.waves[self.wave].data.dataset.units.len();
        let respondents = u32::try_from(respondents).expect("respondents are few");
        let counts = (respondents, self.numbers, self.differences);
        let mut report = report(date, together, counts, self.effort, self.held);
        report.held_back = self.held_back;
        if let Some(passed) = passed {
            report.add(passed);
        }
        self.new.method.audit = report.sentences();
        report.checksum = checksum(&self.new);
        Ok(Audited {
            release: self.new,
            report,
        })
    }

    /// Takes down what all releases about the wave say.
    fn listen(&mut self) -> Result<(), AuditError> {
        let same_wave = |(_, (_, wave)): &(usize, &(Before<'_>, usize))| *wave == self.wave;
        let before = self.before.iter().enumerate().filter(same_wave);
        self.earlier = before.map(|(place, _)| place).collect();
        let wave = &self.waves[self.wave];
        let heard = wave.samples.iter().map(|sample| self.hear(wave, sample));
        self.heard = heard.collect::<Result<_, AuditError>>()?;
        Ok(())
    }

    fn run(&mut self) -> Result<(), AuditError> {
        let holding = self.mode != Mode::Judge;
        self.listen()?;
        let waves = std::mem::take(&mut self.waves);
        let wave = &waves[self.wave];
        let of_interest = |heard: &Heard| -> Box<dyn Fn(usize) -> bool> {
            match self.mode {
                Mode::HoldAdded => {
                    let added = self.added(heard);
                    Box::new(move |column| added.contains(&column))
                }
                Mode::Judge | Mode::Hold => Box::new(|_| true),
            }
        };
        let asked: Vec<_> = self.heard.iter().map(of_interest).collect();
        for (at, sample) in wave.samples.iter().enumerate() {
            for (column, of) in wave.data.dataset.columns.iter().enumerate() {
                if asked[at](column) {
                    self.differences_of(wave, (at, sample), (column, of));
                    self.magnitudes_of(wave, (at, sample), (column, of));
                }
            }
        }
        let blocks = components(wave.data.dataset, wave.data.questionnaire);
        let tasks: Vec<(usize, &[usize])> = (0..wave.samples.len())
            .flat_map(|at| blocks.iter().map(move |block| (at, block.as_slice())))
            .filter(|(at, block)| block.iter().any(|column| asked[*at](*column)))
            .collect();
        let outcomes = self.all_answers(wave, &tasks);
        let mut plain: Vec<(Population, Part)> = Vec::new();
        for ((at, _), outcome) in tasks.iter().zip(outcomes) {
            for place in outcome.hold {
                if matches!(place.part, Part::Plain { .. } | Part::Compared { .. }) {
                    plain.push((wave.samples[*at].weighting.population, place.part));
                    self.held += 1;
                    continue;
                }
                self.hold(place);
            }
            self.given += outcome.given;
            self.breaches.extend(outcome.breaches);
            self.effort.add(outcome.effort);
            self.numbers += outcome.numbers;
        }
        if holding {
            self.prune(wave, &plain);
        }
        self.waves = waves;
        Ok(())
    }

    /// What all releases about the wave say of one population.
    fn hear(&self, wave: &Frozen<'_>, sample: &Sample) -> Result<Heard, AuditError> {
        let reader = Reader {
            dataset: wave.data.dataset,
            sample,
            units: sample
                .rows
                .iter()
                .map(|row| wave.respondents[*row])
                .collect(),
        };
        let population = sample.weighting.population;
        let earlier = self.earlier().map(|before| {
            let release = before.release;
            let tables = release.tables().cloned().collect();
            let plain = plain_rows(release, population);
            Ok((tables, reader.release(release)?, plain))
        });
        let (data, paradata) = ((wave.data.dataset, sample), wave.data.paradata);
        // What is out comes first: said again, it says nothing more.
        let mut beside: Vec<Beside> = Vec::new();
        let releases = self.earlier().map(|before| before.release).enumerate();
        for of in releases.chain([(self.before.len(), &self.new)]) {
            for figure in compared(data, paradata, of) {
                if !beside.iter().any(|known| known.says_the_same(&figure)) {
                    beside.push(figure);
                }
            }
        }
        Ok(Heard {
            beside,
            earlier: earlier.collect::<Result<_, AuditError>>()?,
            new: reader.release(&self.new)?,
        })
    }

    /// What is out already is said again as it is: a kept finding as an edition published it, a row of it as the wave's own
    /// table has it. So it adds nothing, and an edition that is published twice says the same.
    fn repeat(&mut self) -> Result<(), AuditError> {
        let same_wave = |(_, wave): &&(Before<'_>, usize)| *wave == self.wave;
        let earlier: Vec<_> = self.before.iter().filter(same_wave).collect();
        for kept in &mut self.new.kept {
            let mut out = earlier.iter().rev().flat_map(|(b, _)| &b.release.kept);
            let known = out.find(|out| out.query == kept.query && holds(&kept.table, &out.table));
            if let Some(known) = known {
                kept.table = known.table.clone();
            }
        }
        let wave = &self.waves[self.wave];
        let mut known = Vec::new();
        for sample in &wave.samples {
            let heard = self.hear(wave, sample)?;
            let (own, added) = heard.new.split_at(self.new.findings.len());
            for (place, meaning) in added.iter().enumerate() {
                let finding = &self.new.kept[place].table.finding;
                for (at, who) in meaning.rows.iter().enumerate() {
                    let row = self.own_row(own, finding, who.as_ref());
                    let row = row.filter(|row| is_held_version(&finding.rows[at], row));
                    known.extend(row.map(|row| (place, at, row.clone())));
                }
            }
        }
        for (place, at, row) in known {
            let kept = &mut self.new.kept[place].table.finding.rows[at];
            (kept.n, kept.cells, kept.top_two) = (row.n, row.cells, row.top_two);
        }
        Ok(())
    }

    /// The row of the release's own tables that counts the same answers of the same respondents.
    fn own_row(
        &self,
        own: &[Meaning],
        finding: &Finding,
        who: Option<&Who>,
    ) -> Option<&ReleasedRow> {
        let like = |of: &Finding| of.estimand == finding.estimand && of.columns == finding.columns;
        let tables = self.new.findings.iter().zip(own);
        let tables = tables.filter(|(of, _)| like(of));
        let mut rows = tables.flat_map(|(of, meaning)| of.rows.iter().zip(&meaning.rows));
        let found = rows.find(|(_, of)| of.is_some() && of.as_ref() == who);
        found.map(|(row, _)| row)
    }

    /// Columns that kept findings of the new release speak of or rest on, but for those that are out already as they are.
    fn added(&self, heard: &Heard) -> BTreeSet<usize> {
        let is_out = |finding: &Finding| {
            let mut earlier = self.earlier().flat_map(|b| &b.release.kept);
            earlier.any(|kept| kept.table.finding == *finding)
        };
        let own = &heard.new[..self.new.findings.len()];
        let tables = self.new.tables().zip(&heard.new);
        let added = tables.filter(|(finding, meaning)| meaning.added && !is_out(finding));
        let rows = added.flat_map(|(finding, meaning)| {
            let rows = finding.rows.iter().zip(&meaning.rows);
            rows.filter_map(move |(row, who)| {
                let who = who.as_ref()?;
                let known = self.own_row(own, finding, Some(who));
                let same = known.is_some_and(|known| says_the_same(row, known));
                (!same).then_some(who)
            })
        });
        rows.flat_map(Who::depends_on).collect()
    }

    /// Holds a number of the new release back.
    fn hold(&mut self, place: Place) {
        let own = self.new.findings.len();
        let table = self.new.table_mut(place.finding);
        let held = hold(table, place.part);
        self.held += held;
        let kept = place.finding.checked_sub(own);
        if let Some(kept) = kept
            .and_then(|kept| self.new.kept.get(kept))
            .filter(|_| held > 0)
        {
            let known = self.held_back.iter_mut().find(|h| h.key == kept.key.0);
            match known {
                Some(known) => known.cells += held,
                None => self.held_back.push(HeldBack {
                    key: kept.key.0.clone(),
                    title: kept.title.clone(),
                    cells: held,
                }),
            }
        }
    }

    /// Whether this number may be held back.
    fn is_ours(&self, place: &Place) -> bool {
        let added = place.finding >= self.new.findings.len();
        place.release == self.before.len() && (added || self.mode != Mode::HoldAdded)
    }

    /// Takes out of the weights report what is held back there, and what repeats a number that is held back elsewhere.
    fn prune(&mut self, wave: &Frozen<'_>, held: &[(Population, Part)]) {
        let Some(report) = &mut self.new.method.weights else {
            return;
        };
        let findings = &self.new.findings;
        let columns = &wave.data.dataset.columns;
        for of in &mut report.populations {
            let population = of.population;
            let shown = |(key, item): (&FindingKey, &str), label: &Text| {
                let table = findings.iter().find(|f| f.key == *key)?;
                let mut rows = table.rows.iter();
                let row = rows.find(|r| r.domain == Domain::All(population) && r.key == item)?;
                let column = columns
                    .iter()
                    .find(|column| column.variable.question == key.0 && item_key(column) == item)?;
                headline(table, row, (column, label))
            };
            let is_held = |part: Part| held.contains(&(population, part));
            let mut at = 0..;
            of.plain.retain(|plain| {
                let row = at.next().expect("counts on");
                let is_shown = shown((&plain.finding, &plain.key), &plain.label).is_some();
                !is_held(Part::Plain { row }) && is_shown
            });
            of.ranges
                .retain(|range| shown((&range.finding, &range.key), &range.label).is_some());
            for (comparison, of) in of.comparisons.iter_mut().enumerate() {
                let (before, mut at) = (of.rows.len(), 0..);
                of.rows.retain(|_| {
                    let row = at.next().expect("counts on");
                    !is_held(Part::Compared { comparison, row })
                });
                let gone = u32::try_from(before - of.rows.len()).expect("rows are few");
                (of.tested, of.untested) = (of.tested - gone, of.untested + gone);
            }
        }
    }

    /// Blocks share no number, so they are worked out side by side; what comes out is in their order.
    fn all_answers(&self, wave: &Frozen<'_>, tasks: &[(usize, &[usize])]) -> Vec<Outcome> {
        // The long ones first, so that no thread waits for one at the end.
        let mut order: Vec<usize> = (0..tasks.len()).collect();
        order.sort_by_key(|task| std::cmp::Reverse(self.length(wave, tasks[*task].1)));
        side_by_side(order, |task| {
            let (at, columns) = tasks[task];
            self.answers_of(wave, at, columns)
        })
    }

    /// How long the audit of a block takes, roughly: where inhabitants count every respondent is a kind of its own.
    fn length(&self, wave: &Frozen<'_>, columns: &[usize]) -> usize {
        columns.len() + if self.weighty(wave, columns) { 10 } else { 0 }
    }

    /// Whether shares of inhabitants are published of one of these questions.
    fn weighty(&self, wave: &Frozen<'_>, columns: &[usize]) -> bool {
        let question = |column: &usize| &wave.data.dataset.columns[*column].variable.question;
        let inhabitants = |finding: &Finding| {
            let of = finding.key.0.strip_suffix(INHABITANTS_SUFFIX);
            of.is_some_and(|of| columns.iter().any(|column| question(column) == of))
        };
        self.new.findings.iter().any(inhabitants)
    }

    /// Releases about one wave that are out and are not the same as the new one.
    fn earlier(&self) -> impl Iterator<Item = &Before<'a>> {
        self.earlier.iter().map(|place| &self.before[*place].0)
    }

    /// The release of a place.
    fn release(&self, place: usize) -> &Release {
        match self.earlier().nth(place) {
            Some(before) => before.release,
            None => &self.new,
        }
    }
}

/// Works tasks out on all threads, in this order; what comes out is in the order of their numbers.
fn side_by_side<T: Send>(order: Vec<usize>, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        while let Some(&task) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push((task, work(task)));
        }
        done
    };
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let mut outcomes: Vec<(usize, T)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        let done = workers
            .into_iter()
            .map(|w| w.join().expect("a block's audit does not panic"));
        done.flatten().collect()
    });
    outcomes.sort_by_key(|(task, _)| *task);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

/// Plain percentages of a release's weights report about one population.
fn plain_rows(release: &Release, population: Population) -> Vec<Option<PlainRow>> {
    let reports = release
        .method
        .weights
        .iter()
        .flat_map(|report| &report.populations);
    let ours = reports.filter(|of| of.population == population);
    ours.flat_map(|of| of.plain.iter().cloned().map(Some))
        .collect()
}

/// Whether two rows print the same numbers.
fn says_the_same(one: &ReleasedRow, other: &ReleasedRow) -> bool {
    (one.n, &one.cells, one.top_two) == (other.n, &other.cells, other.top_two)
}

/// Whether a row is another with some of its numbers held back, or none.
fn is_held_version(row: &ReleasedRow, held: &ReleasedRow) -> bool {
    let cell = |(cell, held): (&ReleasedCell, &ReleasedCell)| {
        *held == ReleasedCell::Suppressed || held == cell
    };
    let top_two = match (&row.top_two, &held.top_two) {
        (Some(top_two), Some(held)) => cell((top_two, held)),
        (_, held) => held.is_none(),
    };
    let cells = row.cells.len() == held.cells.len();
    let n = held.n.is_none() || held.n == row.n;
    n && top_two && cells && row.cells.iter().zip(&held.cells).all(cell)
}

/// Whether a table is another with some of its numbers held back, or none.
fn holds(table: &GroupedTable, held: &GroupedTable) -> bool {
    let same = |(row, held): (&ReleasedRow, &ReleasedRow)| {
        (&row.key, row.domain) == (&held.key, held.domain) && is_held_version(row, held)
    };
    (&table.groups, &table.group_of) == (&held.groups, &held.group_of)
        && table.finding.rows.len() == held.finding.rows.len()
        && table.finding.rows.iter().zip(&held.finding.rows).all(same)
}
