//! All tables that leave together, asked one after the other.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};

use dataset::{Cell, Column, Values};
use jiff::civil::Date;
use questionnaire::Text;
use register::{Municipality, Population, SizeClass};

use super::build::{Block, Part, Place, Side, block, components, headline};
use super::difference::{Isolated, isolated};
use super::hold::{Choice, cheapest, hold, nearest};
use super::magnitude::{Magnitudes, too_close};
use super::programme::Programme;
use super::report::{AuditError, AuditReport, Breach, BreachKind, HeldBack, checksum, report};
use super::rows::{Meaning, Reader, Said};
use super::search::{Care, Effort, Pool, Secret, Told, another, told};
use super::{Audited, Before, WaveData};
use crate::evaluate::{respondents, samples};
use crate::labels::{self, text};
use crate::tables::INHABITANTS_SUFFIX;
use crate::tables::Sample;
use crate::{Domain, Estimand, Finding, FindingKey, PlainRow, Release, ReleasedCell};

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
    /// Earlier releases, in the order of `Together::earlier`: tables, what they are about, plain percentages.
    earlier: Vec<Earlier>,
    /// What the tables of the new release are about.
    new: Vec<Meaning>,
}

impl Heard {}

/// What came out for one block of questions of one population.
#[derive(Default)]
struct Outcome {
    hold: Vec<Place>,
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
        self.run()?;
        self.result(date, None)
    }

    /// Audits the release as it is.
    pub fn check(mut self, date: Date) -> Result<Audited, AuditError> {
        self.run()?;
        self.result(date, None)
    }

    /// Holds back in what was added to a release that has passed, and is out, whatever would give somebody away with it.
    pub fn extend(mut self, passed: &AuditReport, date: Date) -> Result<Audited, AuditError> {
        self.mode = Mode::HoldAdded;
        self.run()?;
        self.result(date, Some(passed))
    }

    fn result(mut self, date: Date, passed: Option<&AuditReport>) -> Result<Audited, AuditError> {
        if !self.breaches.is_empty() {
            return Err(AuditError::Breaches(self.breaches));
        }
        let mut together: Vec<String> =
            self.before.iter().map(|(b, _)| b.name.to_owned()).collect();
        together.push(self.new.title.de.clone());
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

    fn run(&mut self) -> Result<(), AuditError> {
        let holding = self.mode != Mode::Judge;
        let same_wave = |(_, (_, wave)): &(usize, &(Before<'_>, usize))| *wave == self.wave;
        let before = self.before.iter().enumerate().filter(same_wave);
        self.earlier = before.map(|(place, _)| place).collect();
        let waves = std::mem::take(&mut self.waves);
        let wave = &waves[self.wave];
        for sample in &wave.samples {
            let heard = self.hear(wave, sample)?;
            self.heard.push(heard);
        }
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
        let mut plain: Vec<(Population, usize)> = Vec::new();
        for ((at, _), outcome) in tasks.iter().zip(outcomes) {
            for place in outcome.hold {
                if let Part::Plain { row } = place.part {
                    plain.push((wave.samples[*at].weighting.population, row));
                    self.held += 1;
                    continue;
                }
                self.hold(place);
            }
            self.breaches.extend(outcome.breaches);
            self.effort.add(outcome.effort);
            self.numbers += outcome.numbers;
        }
        if holding {
            self.prune(&plain);
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
        Ok(Heard {
            earlier: earlier.collect::<Result<_, AuditError>>()?,
            new: reader.release(&self.new)?,
        })
    }

    /// Columns that kept findings of the new release speak of or rest on, but for those that are out already as they are.
    fn added(&self, heard: &Heard) -> BTreeSet<usize> {
        let is_out = |finding: &Finding| {
            let mut earlier = self.earlier().flat_map(|b| &b.release.kept);
            earlier.any(|kept| kept.table.finding == *finding)
        };
        let tables = self.new.tables().zip(&heard.new);
        let added = tables.filter(|(finding, meaning)| meaning.added && !is_out(finding));
        let rows = added.flat_map(|(_, meaning)| meaning.rows.iter().flatten());
        rows.flat_map(|who| who.depends_on()).collect()
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
    fn prune(&mut self, held: &[(Population, usize)]) {
        let Some(report) = &mut self.new.method.weights else {
            return;
        };
        let findings = &self.new.findings;
        for of in &mut report.populations {
            let population = of.population;
            let shown = |key: &FindingKey, item: &str| {
                let rows = findings
                    .iter()
                    .filter(|f| f.key == *key)
                    .flat_map(|f| &f.rows);
                let mut rows =
                    rows.filter(|r| r.domain == Domain::All(population) && r.key == item);
                rows.next().is_some_and(|row| {
                    let cell =
                        headline(row).and_then(|cell| row.cells.get(cell).copied().or(row.top_two));
                    row.n.is_some() && matches!(cell, Some(ReleasedCell::Percent { .. }))
                })
            };
            let mut at = 0..;
            of.plain.retain(|row| {
                let place = at.next().expect("counts on");
                !held.contains(&(population, place)) && shown(&row.finding, &row.key)
            });
            of.ranges.retain(|row| shown(&row.finding, &row.key));
        }
    }

    /// Blocks share no number, so they are worked out side by side; what comes out is in their order.
    fn all_answers(&self, wave: &Frozen<'_>, tasks: &[(usize, &[usize])]) -> Vec<Outcome> {
        let next = AtomicUsize::new(0);
        // The long ones first, so that no thread waits for one at the end.
        let mut order: Vec<usize> = (0..tasks.len()).collect();
        order.sort_by_key(|task| std::cmp::Reverse(self.length(wave, tasks[*task].1)));
        let work = || {
            let mut done = Vec::new();
            loop {
                let Some(&task) = order.get(next.fetch_add(1, Ordering::Relaxed)) else {
                    return done;
                };
                let (at, columns) = tasks[task];
                done.push((task, self.answers_of(wave, at, columns)));
            }
        };
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
        let mut outcomes: Vec<(usize, Outcome)> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            let done = workers
                .into_iter()
                .map(|w| w.join().expect("a block's audit does not panic"));
            done.flatten().collect()
        });
        outcomes.sort_by_key(|(task, _)| *task);
        outcomes.into_iter().map(|(_, outcome)| outcome).collect()
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

    fn answers_of(&self, wave: &Frozen<'_>, at: usize, columns: &[usize]) -> Outcome {
        let mut outcome = Outcome::default();
        let (sample, heard) = (&wave.samples[at], &self.heard[at]);
        let holding = self.mode != Mode::Judge;
        let units: Vec<u32> = sample.rows.iter().map(|row| wave.units[*row]).collect();
        let WaveData {
            dataset,
            questionnaire,
            ..
        } = wave.data;
        let side = Side {
            dataset,
            questionnaire,
            sample,
            units: &units,
        };
        let new = self.before.len();
        let mut findings: Vec<Finding> = self.new.tables().cloned().collect();
        let mut plain = plain_rows(&self.new, sample.weighting.population);
        let care = match self.mode {
            Mode::Hold | Mode::HoldAdded => Care::Quick,
            Mode::Judge => Care::Thorough,
        };
        let mut pool = Pool::new(care);
        let choice = match columns.len() > 1 && self.weighty(wave, columns) {
            true => Choice::Swaps,
            false => Choice::Walks,
        };
        let mut next = 0;
        loop {
            let earlier = (0..).zip(&heard.earlier);
            let mut releases: Vec<Said<'_>> = earlier
                .map(|(release, (findings, meanings, plain))| Said {
                    release,
                    findings,
                    meanings,
                    plain,
                })
                .collect();
            releases.push(Said {
                release: new,
                findings: &findings,
                meanings: &heard.new,
                plain: &plain,
            });
            let Block {
                programme,
                places,
                secrets,
            } = block(&side, columns, &releases);
            if next == 0 && outcome.hold.is_empty() {
                outcome.numbers = places.len() as u64;
                if let Some(source) = programme.untrue().first() {
                    outcome
                        .breaches
                        .push(self.made_of_other_answers(&places[*source]));
                    return outcome;
                }
            }
            pool.changed();
            let mut found = None;
            while let Some((secret, column)) = secrets.get(next) {
                if let Some(told) = told(&programme, secret, &mut pool, &mut outcome.effort) {
                    found = Some((secret, *column, told));
                    break;
                }
                next += 1;
            }
            let Some((secret, column, told)) = found else {
                return outcome;
            };
            let to_hold = match holding {
                true => {
                    let new = (new, findings.as_slice());
                    cheapest(&programme, secret, &told.knows, &places, new, choice)
                }
                false => None,
            };
            let to_hold = to_hold.filter(|places| !places.is_empty());
            let to_hold = to_hold.or_else(|| {
                let added = (self.mode == Mode::HoldAdded).then_some(&findings)?;
                self.in_the_way(&side, columns, (heard, &plain, added), |bare| {
                    let knows = &told.knows;
                    let world = another(bare, secret, knows, &mut outcome.effort)?;
                    let violated = programme.violated(&world).into_iter();
                    let places = violated.map(|c| places[programme.constraints[c].source]);
                    let places: BTreeSet<Place> = places.collect();
                    Some(places.into_iter().collect())
                })
            });
            match to_hold {
                Some(places) => {
                    for place in places {
                        match place.part {
                            Part::Plain { row } => plain[row] = None,
                            part => {
                                hold(&mut findings[place.finding], part);
                            }
                        }
                        outcome.hold.push(place);
                    }
                }
                None => {
                    let rows = || {
                        let ours = places.iter().filter(|place| self.is_ours(place));
                        ours.filter(|place| matches!(place.part, Part::N { .. }))
                    };
                    if self.mode == Mode::HoldAdded && rows().next().is_none() {
                        // Nothing is added any more: what is left has passed before.
                        next += 1;
                        continue;
                    }
                    if holding && rows().next().is_some() {
                        // No single number opens it: nothing is said of these questions any more.
                        for place in rows() {
                            hold(&mut findings[place.finding], place.part);
                            outcome.hold.push(*place);
                        }
                        continue;
                    }
                    let place = nearest(&programme, secret, &told.knows, &places);
                    outcome.breaches.push(self.breach(
                        wave,
                        sample,
                        (secret, &told),
                        place,
                        column,
                    ));
                    // One breach a question is enough to say what is wrong with it.
                    while secrets.get(next).is_some_and(|(_, of)| *of == column) {
                        next += 1;
                    }
                }
            }
        }
    }

    /// What was added of this block that a world contradicts which the wave's own tables leave open; `None` where nothing is.
    fn in_the_way(
        &self,
        side: &Side<'_>,
        columns: &[usize],
        (heard, plain, findings): (&Heard, &[Option<PlainRow>], &[Finding]),
        contradicted: impl FnOnce(&Programme) -> Option<Vec<Place>>,
    ) -> Option<Vec<Place>> {
        let mut bare = findings.to_vec();
        for table in &mut bare[self.new.findings.len()..] {
            table.rows.iter_mut().for_each(|row| row.n = None);
        }
        let earlier = (0..).zip(&heard.earlier);
        let mut releases: Vec<Said<'_>> = earlier
            .map(|(release, (findings, meanings, plain))| Said {
                release,
                findings,
                meanings,
                plain,
            })
            .collect();
        releases.push(Said {
            release: self.before.len(),
            findings: &bare,
            meanings: &heard.new,
            plain,
        });
        let places = contradicted(&block(side, columns, &releases).programme)?;
        let ours = places.iter().all(|place| self.is_ours(place));
        (ours && !places.is_empty()).then_some(places)
    }

    fn breach(
        &self,
        wave: &Frozen<'_>,
        sample: &Sample,
        (secret, told): (&Secret, &Told),
        place: Option<Place>,
        column: usize,
    ) -> Breach {
        let variable = &wave.data.dataset.columns[column].variable;
        let (table, row, cell) = self.words(place).unwrap_or_else(|| {
            (
                variable.text.clone(),
                variable.item.clone().unwrap_or_default(),
                Text::default(),
            )
        });
        Breach {
            table,
            row,
            cell,
            whom: whom(wave.respondents[sample.rows[secret.subject]]),
            kind: BreachKind::Answer {
                knows: told.knows.len(),
                proven: told.proven,
            },
        }
    }

    /// Table, row and cell of a published number.
    fn words(&self, place: Option<Place>) -> Option<(Text, Text, Text)> {
        let place = place?;
        let release = self.release(place.release);
        let finding = release.table(place.finding);
        let group = |row: usize| release.group_of(place.finding, row);
        let row = |row: usize| row_words(finding, row, group(row));
        let (row, cell) = match place.part {
            Part::Cell { row: of, cell } => (row(of), column_words(finding, cell)),
            Part::N { row: of } => (row(of), text("Zahl der Antworten", "number of answers")),
            Part::Plain { .. } => (
                Text::default(),
                text("ungewichteter Anteil", "plain percentage"),
            ),
            Part::LeftOut { .. } | Part::Reasons { .. } => (
                Text::default(),
                text("nicht gezählte Antworten", "answers that are not counted"),
            ),
        };
        let question = match release.kept_at(place.finding) {
            Some(kept) => text(
                format!("Auswertung „{}“ ({})", kept.title, kept.key.0),
                format!("finding \"{}\" ({})", kept.title, kept.key.0),
            ),
            None => finding.question.clone(),
        };
        Some((question, row, cell))
    }

    fn made_of_other_answers(&self, place: &Place) -> Breach {
        let (table, row, cell) = self.words(Some(*place)).unwrap_or_default();
        let kept = self.new.kept_at(place.finding).is_some();
        let release = match self.earlier().nth(place.release) {
            Some(before) => before.name.to_owned(),
            // What was added now is named by itself.
            None if kept => String::new(),
            None => self.new.title.de.clone(),
        };
        let kind = BreachKind::OtherAnswers {
            release,
            differ: None,
        };
        Breach {
            table,
            row,
            cell,
            whom: Text::default(),
            kind,
        }
    }

    fn differences_of(
        &mut self,
        wave: &Frozen<'_>,
        (at, sample): (usize, &Sample),
        (column, of): (usize, &Column),
    ) {
        if matches!(of.values, Values::Text(_)) {
            return;
        }
        for estimand in [
            Estimand::ShareOfMunicipalities,
            Estimand::ShareOfInhabitants,
            Estimand::Mean,
        ] {
            loop {
                let rows = self.rows_of(wave, (at, sample), column, estimand);
                if rows.is_empty() {
                    break;
                }
                let mut sets: Vec<Vec<bool>> = Vec::new();
                let mut named: Vec<Place> = Vec::new();
                for (place, base) in rows {
                    // The same group again adds nothing. What is out cannot be held back any more.
                    match sets.iter().position(|set| *set == base) {
                        Some(known) if self.is_ours(&named[known]) => named[known] = place,
                        Some(_) => {}
                        None => {
                            sets.push(base);
                            named.push(place);
                        }
                    }
                }
                let slices: Vec<&[bool]> = sets.iter().map(Vec::as_slice).collect();
                let Some(found) = isolated(&slices) else {
                    self.differences += 1;
                    break;
                };
                let holding = self.mode != Mode::Judge;
                let Some(place) = self.smallest(&found, &named, &sets).filter(|_| holding) else {
                    self.isolates(wave, sample, &found, &named);
                    break;
                };
                self.hold(place);
            }
        }
    }

    /// Published rows about one column, in all releases of the wave, with who is in their base.
    fn rows_of(
        &self,
        wave: &Frozen<'_>,
        (at, sample): (usize, &Sample),
        column: usize,
        estimand: Estimand,
    ) -> Vec<(Place, Vec<bool>)> {
        let heard = &self.heard[at];
        let earlier = heard.earlier.iter().enumerate();
        let earlier = earlier.flat_map(|(release, (findings, meanings, _))| {
            let tables = findings.iter().zip(meanings).enumerate();
            tables.map(move |(finding, (of, meaning))| ((release, finding), of, meaning))
        });
        let tables = self.new.tables().zip(&heard.new).enumerate();
        let new =
            tables.map(|(finding, (of, meaning))| ((self.before.len(), finding), of, meaning));
        let mut rows = Vec::new();
        for ((release, finding), of, meaning) in earlier.chain(new) {
            if of.estimand != estimand {
                continue;
            }
            let all = of.rows.iter().zip(&meaning.rows).enumerate();
            for (row, (_, who)) in all.filter(|(_, (row, _))| row.n.is_some()) {
                let Some(who) = who.as_ref().filter(|who| who.column == column) else {
                    continue;
                };
                let place = Place {
                    release,
                    finding,
                    part: Part::N { row },
                };
                rows.push((place, who.base(wave.data.dataset, sample)));
            }
        }
        rows
    }

    /// Of the groups in a difference the one with the fewest respondents that can be held back, not all if possible.
    fn smallest(&self, found: &Isolated, named: &[Place], sets: &[Vec<bool>]) -> Option<Place> {
        let involved = found.added.iter().chain(&found.less).copied();
        let ours = involved.filter(|set| self.is_ours(&named[*set]));
        let all = |place: &Place| match place.part {
            Part::N { row } => {
                let own = place.finding < self.new.findings.len();
                let domain = self.new.table(place.finding).rows[row].domain;
                own && matches!(domain, Domain::All(_))
            }
            _ => false,
        };
        let size = |set: usize| sets[set].iter().filter(|inside| **inside).count();
        ours.min_by_key(|set| (all(&named[*set]), size(*set)))
            .map(|set| named[set])
    }

    fn isolates(&mut self, wave: &Frozen<'_>, sample: &Sample, found: &Isolated, named: &[Place]) {
        let group = |set: &usize| {
            let (table, row, _) = self.words(Some(named[*set])).unwrap_or_default();
            match self
                .release(named[*set].release)
                .kept_at(named[*set].finding)
            {
                Some(_) => text(
                    format!("{}: {}", table.de, row.de),
                    format!("{}: {}", table.en, row.en),
                ),
                None => row,
            }
        };
        let list = |sets: &[usize]| labels::list(&sets.iter().map(group).collect::<Vec<_>>());
        let (added, less) = (list(&found.added), list(&found.less));
        let groups = match found.less.is_empty() {
            true => added,
            false => text(
                format!("„{}“ ohne „{}“", added.de, less.de),
                format!("\"{}\" without \"{}\"", added.en, less.en),
            ),
        };
        let (table, row, _) = self
            .words(found.added.first().map(|set| named[*set]))
            .unwrap_or_default();
        self.breaches.push(Breach {
            table,
            row,
            cell: Text::default(),
            whom: whom(wave.respondents[sample.rows[found.left[0]]]),
            kind: BreachKind::Difference {
                left: found.left.len(),
                groups,
            },
        });
    }

    fn magnitudes_of(
        &mut self,
        wave: &Frozen<'_>,
        (at, sample): (usize, &Sample),
        (column, of): (usize, &Column),
    ) {
        let Values::Number(cells) = &of.values else {
            return;
        };
        let valid: Vec<(usize, f64)> = (0..sample.rows.len())
            .filter_map(|place| match cells[sample.rows[place]] {
                Cell::Value(value) => Some((place, value)),
                _ => None,
            })
            .collect();
        let values: Vec<f64> = valid.iter().map(|(_, value)| *value).collect();
        let weights: Vec<f64> = valid
            .iter()
            .map(|(place, _)| sample.weighting.weights()[*place])
            .collect();
        let holding = self.mode != Mode::Judge;
        loop {
            let mut rows: Vec<(Vec<bool>, i64)> = Vec::new();
            let mut named: Vec<(Place, usize)> = Vec::new();
            for (place, mask) in self.rows_of(wave, (at, sample), column, Estimand::Mean) {
                let Part::N { row } = place.part else {
                    continue;
                };
                let release = self.release(place.release);
                let cell = release.table(place.finding).rows[row].cells.first();
                let Some(ReleasedCell::Mean { tenths, .. }) = cell else {
                    continue;
                };
                let members: Vec<bool> = valid.iter().map(|(place, _)| mask[*place]).collect();
                // Said again, it says nothing more; what is out comes first.
                if !rows.contains(&(members.clone(), *tenths)) {
                    rows.push((members, *tenths));
                    named.push((place, row));
                }
            }
            let of = Magnitudes {
                values: &values,
                weights: &weights,
                rows: &rows,
            };
            let Some(found) = too_close(&of, &mut self.effort) else {
                return;
            };
            let size = |at: &usize| rows[*at].0.iter().filter(|inside| **inside).count();
            let ours = (0..rows.len()).filter(|at| self.is_ours(&named[*at].0));
            let smallest = ours
                .min_by_key(size)
                .map(|at| named[at])
                .filter(|_| holding);
            let Some((place, row)) = smallest else {
                if self.mode == Mode::HoldAdded {
                    // Nothing is added any more: what is left has passed before.
                    return;
                }
                let (table, row, _) = self
                    .words(named.first().map(|(place, _)| *place))
                    .unwrap_or_default();
                self.breaches.push(Breach {
                    table,
                    row,
                    cell: Text::default(),
                    whom: whom(wave.respondents[sample.rows[valid[found.respondent].0]]),
                    kind: BreachKind::Number {
                        knows: found.knows.len(),
                    },
                });
                return;
            };
            let part = Part::Cell { row, cell: 0 };
            self.hold(Place { part, ..place });
        }
    }
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

fn row_words(finding: &Finding, row: usize, group: Option<&Text>) -> Text {
    let row = &finding.rows[row];
    let domain = group.cloned().unwrap_or_else(|| row.domain.label());
    if row.key.is_empty() {
        return domain;
    }
    text(
        format!("{}, {}", row.label.de, domain.de),
        format!("{}, {}", row.label.en, domain.en),
    )
}

fn column_words(finding: &Finding, cell: usize) -> Text {
    let upper = || text("die beiden oberen Stufen", "the two upper points");
    finding
        .columns
        .get(cell)
        .map_or_else(upper, |(_, words)| words.clone())
}

/// The kind of a municipality, never its name.
fn whom(unit: &Municipality) -> Text {
    match unit.size_class() {
        SizeClass::County => text("Landkreise", "counties"),
        class => text(class.german_plural(), class.english_plural()),
    }
}
