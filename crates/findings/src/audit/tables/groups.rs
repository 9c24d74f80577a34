//! Groups and numbers: differences of domains that leave few, and means that could be told too closely.

use dataset::{Cell, Column, Values};
use questionnaire::Text;

use super::words::whom;
use super::{Frozen, Mode, Together};
use crate::audit::build::{Part, Place};
use crate::audit::difference::{Isolated, isolated};
use crate::audit::magnitude::{Magnitudes, too_close};
use crate::audit::report::{Breach, BreachKind};
use crate::labels::{self, text};
use crate::tables::Sample;
use crate::{Domain, Estimand, ReleasedCell};

impl Together<'_> {
    pub(super) fn differences_of(
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
    pub(super) fn rows_of(
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
    pub(super) fn smallest(
        &self,
        found: &Isolated,
        named: &[Place],
        sets: &[Vec<bool>],
    ) -> Option<Place> {
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

    pub(super) fn isolates(
        &mut self,
        wave: &Frozen<'_>,
        sample: &Sample,
        found: &Isolated,
        named: &[Place],
    ) {
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

    pub(super) fn magnitudes_of(
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
