//! Secrets of one block of questions: what all that leaves says of who answered what, and what is held back for it.

use std::collections::BTreeSet;

use super::{Frozen, Heard, Mode, Outcome, Together, plain_rows};
use crate::audit::WaveData;
use crate::audit::beside::Beside;
use crate::audit::build::{Block, Part, Place, Side, block};
use crate::audit::hold::{Choice, cheapest, hold, nearest};
use crate::audit::programme::Programme;
use crate::audit::rows::Said;
use crate::audit::search::{Care, Pool, another, told};
use crate::{Finding, PlainRow, ReleasedCell, ReleasedRow};

/// Numbers of a question that are tried, at most; where questions hang together each try takes long.
const TRIES: usize = 40;
const TRIES_TOGETHER: usize = 8;

fn cell_mut(row: &mut ReleasedRow, cell: usize) -> Option<&mut ReleasedCell> {
    row.cells.get_mut(cell).or(row.top_two.as_mut())
}

impl Heard {
    /// Figures beside the tables that are about these columns.
    fn beside_of(&self, columns: &[usize]) -> Vec<&Beside> {
        let about = |of: &&Beside| of.columns.iter().all(|column| columns.contains(column));
        self.beside.iter().filter(about).collect()
    }

    /// Everything that is said together: the earlier releases, then the new one with its place, its tables and its plain
    /// percentages as they stand now.
    fn with<'a>(
        &'a self,
        release: usize,
        findings: &'a [Finding],
        plain: &'a [Option<PlainRow>],
    ) -> Vec<Said<'a>> {
        let earlier = (0..).zip(&self.earlier);
        let earlier = earlier.map(|(release, (findings, meanings, plain))| Said {
            release,
            findings,
            meanings,
            plain,
        });
        let new = Said {
            release,
            findings,
            meanings: &self.new,
            plain,
        };
        earlier.chain([new]).collect()
    }
}

impl Together<'_> {
    pub(super) fn answers_of(&self, wave: &Frozen<'_>, at: usize, columns: &[usize]) -> Outcome {
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
        let mut beside = heard.beside_of(columns);
        let mut next = 0;
        loop {
            let releases = heard.with(new, &findings, &plain);
            let Block {
                programme,
                places,
                secrets,
            } = block(&side, columns, &releases, &beside);
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
                break;
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
                let said = (heard, plain.as_slice(), added.as_slice());
                self.in_the_way((&side, columns), said, &beside, |bare| {
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
                            Part::Compared { .. } => {
                                beside.retain(|of| of.place != place);
                            }
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
        if self.mode == Mode::Hold {
            let said = (findings.as_mut_slice(), plain.as_slice(), beside.as_slice());
            self.give_back((&side, columns), heard, said, (pool, &mut outcome));
        }
        outcome
    }

    /// Gives back what was held of a block and need not have been: a number that was held for one secret may be said again
    /// when others that were held later leave that one open too. One after the other, in the order in which they were held.
    fn give_back(
        &self,
        (side, columns): (&Side<'_>, &[usize]),
        heard: &Heard,
        (findings, plain, beside): (&mut [Finding], &[Option<PlainRow>], &[&Beside]),
        (mut pool, outcome): (Pool, &mut Outcome),
    ) {
        let mut held = outcome.hold.clone();
        held.sort_unstable();
        held.dedup();
        held.sort_by_key(|place| outcome.hold.iter().position(|of| of == place));
        // Secrets that were told in a try before come first.
        let mut hot: Vec<usize> = Vec::new();
        let mut tries = match columns.len() {
            1 => TRIES,
            _ => TRIES_TOGETHER,
        };
        for place in held {
            let Part::Cell { row, cell } = place.part else {
                continue;
            };
            if findings[place.finding].rows[row].n.is_none() || tries == 0 {
                continue;
            }
            tries -= 1;
            let said =
                cell_mut(&mut self.new.table(place.finding).rows[row].clone(), cell).copied();
            let now = cell_mut(&mut findings[place.finding].rows[row], cell);
            let (Some(said), Some(now)) = (said, now) else {
                continue;
            };
            let before = std::mem::replace(now, said);
            let releases = heard.with(self.before.len(), findings, plain);
            let Block {
                programme, secrets, ..
            } = block(side, columns, &releases, beside);
            let mut still = pool.still(&programme);
            let order = hot.iter().copied().chain(0..secrets.len());
            let mut order = order.filter(|at| *at < secrets.len());
            let given_away = order.find(|at| {
                let effort = &mut outcome.effort;
                told(&programme, &secrets[*at].0, &mut still, effort).is_some()
            });
            match given_away {
                Some(at) => {
                    hot.retain(|known| *known != at);
                    hot.insert(0, at);
                    if let Some(now) = cell_mut(&mut findings[place.finding].rows[row], cell) {
                        *now = before;
                    }
                }
                None => {
                    pool = still;
                    outcome.hold.retain(|of| *of != place);
                    outcome.given += 1;
                }
            }
        }
    }

    /// What was added of this block that a world contradicts which the wave's own tables leave open; `None` where nothing is.
    pub(super) fn in_the_way(
        &self,
        (side, columns): (&Side<'_>, &[usize]),
        (heard, plain, findings): (&Heard, &[Option<PlainRow>], &[Finding]),
        beside: &[&Beside],
        contradicted: impl FnOnce(&Programme) -> Option<Vec<Place>>,
    ) -> Option<Vec<Place>> {
        let mut bare = findings.to_vec();
        for table in &mut bare[self.new.findings.len()..] {
            table.rows.iter_mut().for_each(|row| row.n = None);
        }
        let releases = heard.with(self.before.len(), &bare, plain);
        let places = contradicted(&block(side, columns, &releases, beside).programme)?;
        let ours = places.iter().all(|place| self.is_ours(place));
        (ours && !places.is_empty()).then_some(places)
    }
}
