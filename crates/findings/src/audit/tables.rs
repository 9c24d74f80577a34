//! All tables that leave together, asked one after the other.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};

use dataset::{Cell, Column, Values};
use jiff::civil::Date;
use questionnaire::Text;
use register::{Municipality, Population, SizeClass};

use super::build::{Block, Part, Place, Said, Side, block, components, headline};
use super::difference::{Isolated, isolated};
use super::hold::{cheapest, hold, nearest};
use super::magnitude::{Magnitudes, too_close};
use super::report::{AuditError, Breach, BreachKind, checksum, report};
use super::search::{Care, Effort, Pool, Secret, Told, told};
use super::{Audited, Before, WaveData};
use crate::evaluate::{respondents, samples};
use crate::labels::{self, text};
use crate::tables::{INHABITANTS_SUFFIX, Sample, item_key};
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
}

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
        })
    }

    /// Holds numbers of the new release back until nobody is given away by them.
    ///
    /// What was shown to be open stays so when more is held back: what comes out has passed.
    pub fn protect(mut self, date: Date) -> Result<Audited, AuditError> {
        self.run(true);
        self.result(date)
    }

    /// Audits the release as it is.
    pub fn check(mut self, date: Date) -> Result<Audited, AuditError> {
        self.run(false);
        self.result(date)
    }

    fn result(mut self, date: Date) -> Result<Audited, AuditError> {
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
        self.new.method.audit = report.sentences();
        report.checksum = checksum(&self.new);
        Ok(Audited {
            release: self.new,
            report,
        })
    }

    fn run(&mut self, holding: bool) {
        let same_wave = |(_, (_, wave)): &(usize, &(Before<'_>, usize))| *wave == self.wave;
        // Held back in the new release, a number may still stand in an earlier one that was the same.
        let says_more = |(_, (b, _)): &(usize, &(Before<'_>, usize))| {
            holding || b.release.findings != self.new.findings
        };
        let before = self
            .before
            .iter()
            .enumerate()
            .filter(same_wave)
            .filter(says_more);
        self.earlier = before.map(|(place, _)| place).collect();
        let waves = std::mem::take(&mut self.waves);
        let wave = &waves[self.wave];
        for sample in &wave.samples {
            for column in &wave.data.dataset.columns {
                self.differences_of(wave, sample, column, holding);
                self.magnitudes_of(wave, sample, column, holding);
            }
        }
        let blocks = components(wave.data.dataset, wave.data.questionnaire);
        let tasks: Vec<(&Sample, &[usize])> = wave
            .samples
            .iter()
            .flat_map(|sample| blocks.iter().map(move |block| (sample, block.as_slice())))
            .collect();
        let outcomes = self.all_answers(wave, &tasks, holding);
        let mut plain: Vec<(Population, usize)> = Vec::new();
        for ((sample, _), outcome) in tasks.iter().zip(outcomes) {
            for place in outcome.hold {
                if let Part::Plain { row } = place.part {
                    plain.push((sample.weighting.population, row));
                    self.held += 1;
                    continue;
                }
                self.held += hold(&mut self.new.findings[place.finding], place.part);
            }
            self.breaches.extend(outcome.breaches);
            self.effort.add(outcome.effort);
            self.numbers += outcome.numbers;
        }
        if holding {
            self.prune(&plain);
        }
        self.waves = waves;
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
    fn all_answers(
        &self,
        wave: &Frozen<'_>,
        tasks: &[(&Sample, &[usize])],
        holding: bool,
    ) -> Vec<Outcome> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            loop {
                let task = next.fetch_add(1, Ordering::Relaxed);
                let Some((sample, columns)) = tasks.get(task) else {
                    return done;
                };
                done.push((task, self.answers_of(wave, sample, columns, holding)));
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

    /// Releases about one wave that are out and are not the same as the new one.
    fn earlier(&self) -> impl Iterator<Item = &Before<'a>> {
        self.earlier.iter().map(|place| &self.before[*place].0)
    }

    fn answers_of(
        &self,
        wave: &Frozen<'_>,
        sample: &Sample,
        columns: &[usize],
        holding: bool,
    ) -> Outcome {
        let mut outcome = Outcome::default();
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
        let mut findings = self.new.findings.clone();
        let population = sample.weighting.population;
        let mut plain = plain_rows(&self.new, population);
        let earlier_plain: Vec<Vec<Option<PlainRow>>> = self
            .earlier()
            .map(|b| plain_rows(b.release, population))
            .collect();
        let mut pool = Pool::new(if holding { Care::Quick } else { Care::Thorough });
        let mut next = 0;
        loop {
            let earlier = (0..).zip(self.earlier().zip(&earlier_plain));
            let mut releases: Vec<Said<'_>> = earlier
                .map(|(release, (before, plain))| Said {
                    release,
                    findings: &before.release.findings,
                    plain,
                })
                .collect();
            releases.push(Said {
                release: new,
                findings: &findings,
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
                true => cheapest(&programme, secret, &told.knows, &places, (new, &findings)),
                false => None,
            };
            let to_hold = to_hold.filter(|places| !places.is_empty());
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
                        let ours = places.iter().filter(|place| place.release == new);
                        ours.filter(|place| matches!(place.part, Part::N { .. }))
                    };
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
        let findings = match self.earlier().nth(place.release) {
            Some(before) => &before.release.findings,
            None => &self.new.findings,
        };
        let finding = &findings[place.finding];
        let row = |row: usize| row_words(finding, row);
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
        Some((finding.question.clone(), row, cell))
    }

    fn made_of_other_answers(&self, place: &Place) -> Breach {
        let (table, row, cell) = self.words(Some(*place)).unwrap_or_default();
        let release = match self.earlier().nth(place.release) {
            Some(before) => before.name.to_owned(),
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
        sample: &Sample,
        column: &Column,
        holding: bool,
    ) {
        for estimand in [
            Estimand::ShareOfMunicipalities,
            Estimand::ShareOfInhabitants,
            Estimand::Mean,
        ] {
            loop {
                let rows = self.rows_of(sample, column, estimand);
                if rows.is_empty() {
                    break;
                }
                let mut sets: Vec<Vec<bool>> = Vec::new();
                let mut named: Vec<Place> = Vec::new();
                for (place, domain) in rows {
                    let base = base(sample, column, &domain);
                    // The same group again, in an earlier release, adds nothing; what can be held back stands for it.
                    match sets.iter().position(|set| *set == base) {
                        Some(known) => named[known] = place,
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
                let Some(place) = self.smallest(&found, &named, &sets).filter(|_| holding) else {
                    self.isolates(wave, sample, &found, &named);
                    break;
                };
                self.held += hold(&mut self.new.findings[place.finding], place.part);
            }
        }
    }

    /// Published rows about one column, in all releases of the wave.
    fn rows_of(
        &self,
        sample: &Sample,
        column: &Column,
        estimand: Estimand,
    ) -> Vec<(Place, Domain)> {
        let new = (self.before.len(), self.new.findings.as_slice());
        let earlier = self.earlier().map(|b| b.release.findings.as_slice());
        let suffix = match estimand {
            Estimand::ShareOfInhabitants => INHABITANTS_SUFFIX,
            Estimand::ShareOfMunicipalities | Estimand::Mean => "",
        };
        let key = format!("{}{suffix}", column.variable.question);
        let item = item_key(column);
        let mut rows = Vec::new();
        for (release, findings) in (0..).zip(earlier).chain([new]) {
            for (finding, of) in findings.iter().enumerate() {
                if of.estimand != estimand || of.key.0 != key {
                    continue;
                }
                let shown = of
                    .rows
                    .iter()
                    .enumerate()
                    .filter(|(_, r)| r.key == item && r.n.is_some());
                let ours = shown.filter(|(_, r)| sample.mask(&r.domain).is_some());
                rows.extend(ours.map(|(row, r)| {
                    (
                        Place {
                            release,
                            finding,
                            part: Part::N { row },
                        },
                        r.domain,
                    )
                }));
            }
        }
        rows
    }

    /// Of the groups in a difference the one with the fewest respondents that can be held back, not all if possible.
    fn smallest(&self, found: &Isolated, named: &[Place], sets: &[Vec<bool>]) -> Option<Place> {
        let new = self.before.len();
        let involved = found.added.iter().chain(&found.less).copied();
        let ours = involved.filter(|set| named[*set].release == new);
        let all = |place: &Place| match place.part {
            Part::N { row } => matches!(
                self.new.findings[place.finding].rows[row].domain,
                Domain::All(_)
            ),
            _ => false,
        };
        let size = |set: usize| sets[set].iter().filter(|inside| **inside).count();
        ours.min_by_key(|set| (all(&named[*set]), size(*set)))
            .map(|set| named[set])
    }

    fn isolates(&mut self, wave: &Frozen<'_>, sample: &Sample, found: &Isolated, named: &[Place]) {
        let group = |set: &usize| self.words(Some(named[*set])).unwrap_or_default().1;
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
        sample: &Sample,
        column: &Column,
        holding: bool,
    ) {
        let Values::Number(cells) = &column.values else {
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
        let new = self.before.len();
        loop {
            let mut rows = Vec::new();
            let mut named = Vec::new();
            for (place, domain) in self.rows_of(sample, column, Estimand::Mean) {
                let Part::N { row } = place.part else {
                    continue;
                };
                let findings = match self.earlier().nth(place.release) {
                    Some(before) => &before.release.findings,
                    None => &self.new.findings,
                };
                let cell = findings[place.finding].rows[row].cells.first();
                let Some((ReleasedCell::Mean { tenths, .. }, mask)) =
                    cell.zip(sample.mask(&domain))
                else {
                    continue;
                };
                let members: Vec<bool> = valid.iter().map(|(place, _)| mask[*place]).collect();
                rows.push((members, *tenths));
                named.push((place, row));
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
            let ours = (0..rows.len()).filter(|at| named[*at].0.release == new);
            let smallest = ours
                .min_by_key(size)
                .map(|at| named[at])
                .filter(|_| holding);
            let Some((place, row)) = smallest else {
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
            self.held += hold(&mut self.new.findings[place.finding], part);
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

/// Who is in the base of a column in a domain.
fn base(sample: &Sample, column: &Column, domain: &Domain) -> Vec<bool> {
    let valid = |row: usize| match &column.values {
        Values::Coded(cells) => matches!(cells[row], Cell::Value(_)),
        Values::Flag(cells) => matches!(cells[row], Cell::Value(_)),
        Values::Number(cells) => matches!(cells[row], Cell::Value(_)),
        Values::Text(_) => false,
    };
    let mask = sample
        .mask(domain)
        .unwrap_or_default()
        .iter()
        .zip(&sample.rows);
    mask.map(|(inside, row)| *inside && valid(*row)).collect()
}

fn row_words(finding: &Finding, row: usize) -> Text {
    let row = &finding.rows[row];
    let domain = row.domain.label();
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
