//! What of an answer may be published: disclosure control for tables that nobody has foreseen.

use dataset::Column;
use register::Population;
use statistics::EstimateError;

use super::base::{Base, Masks};
use super::measure::{self, Measured, Said};
use super::query::{self, Breakdown, Counted, Query};
use super::{AnalysisRow, Workspace};
use crate::cells::{RawRow, Row, Share, release_table_with};
use crate::disclosure::{Mean, complement, complement_means, release_mean, row_is_shown};
use crate::tables::{INHABITANTS_SUFFIX, item_key};
use crate::{Domain, Estimand, ReleasedCell, ReleasedRow};

/// Respondents of a row, and what was measured among them.
struct Part {
    mask: Vec<bool>,
    measured: Measured,
}

/// What is asked of one variable.
struct Asked<'a> {
    base: &'a Base,
    counted: Counted,
    said: &'a Said,
}

impl Asked<'_> {
    fn part(&self, mask: Vec<bool>) -> Result<Part, EstimateError> {
        let measured = self.said.measure(self.base, self.counted, &mask)?;
        Ok(Part { mask, measured })
    }

    fn fit(&self, part: &Part) -> bool {
        row_is_shown(&measure::weights(self.base, self.counted, &part.mask))
    }

    /// Whether all of a filter that leaves `rest` out may be shown: `rest` follows by subtraction.
    fn fit_without(&self, part: &Part, rest: &Part) -> bool {
        self.fit(part) && (rest.measured.n == 0 || self.fit(rest))
    }

    fn units(&self, part: &Part) -> usize {
        let weights = measure::weights(self.base, Counted::Municipalities, &part.mask);
        weights.iter().sum::<f64>().round() as usize
    }

    fn raw(&self, part: &Part) -> RawRow {
        let share = |figure: &super::Figure| Share {
            estimate: figure.estimate,
            interval: figure.interval,
            count: figure.count.unwrap_or_default(),
        };
        RawRow {
            n: part.measured.n,
            units: self.units(part),
            shares: part.measured.figures.iter().map(share).collect(),
            top_two: part.measured.top_two.as_ref().map(share),
        }
    }

    fn mean(&self, part: &Part) -> ReleasedCell {
        let Some(figure) = part.measured.figures.first() else {
            return ReleasedCell::Suppressed;
        };
        release_mean(&Mean {
            estimate: figure.estimate,
            interval: figure.interval,
            values: &self.said.values(self.base, &part.mask),
        })
    }

    fn is_mean(&self) -> bool {
        matches!(self.said, Said::Numbers(_))
    }

    /// Which cells of a filtered row are held so that the row of those whom the filter leaves out is held too.
    fn held_by_rest(&self, all: &Part, part: &Part, rest: &Part) -> Vec<bool> {
        let none = vec![false; width(part)];
        if rest.measured.n == 0 || part.measured.n == 0 {
            return none;
        }
        if self.is_mean() {
            return vec![self.mean(rest) == ReleasedCell::Suppressed];
        }
        let rows = [all, part, rest].map(|part| Some(self.raw(part)));
        let forced = [none.clone(), none.clone(), none];
        let released = release_table_with(&rows, std::slice::from_ref(&(1..3)), &forced);
        let row = released.into_iter().nth(1).flatten();
        row.map_or_else(|| vec![true; width(part)], |row| held(&row))
    }
}

/// Cells of a row: one a column, and the two upper points.
fn width(part: &Part) -> usize {
    part.measured.figures.len() + usize::from(part.measured.top_two.is_some())
}

/// Which cells of a released row are not printed.
fn held((cells, top_two): &Row) -> Vec<bool> {
    let all = cells.iter().chain(top_two);
    all.map(|cell| {
        !matches!(
            cell,
            ReleasedCell::Percent { .. } | ReleasedCell::Mean { .. }
        )
    })
    .collect()
}

fn both(a: &[bool], b: &[bool]) -> Vec<bool> {
    a.iter().zip(b).map(|(a, b)| *a && *b).collect()
}

fn without(a: &[bool], b: &[bool]) -> Vec<bool> {
    a.iter().zip(b).map(|(a, b)| *a && !*b).collect()
}

impl Workspace {
    /// The rows of one variable in every group, the whole first.
    pub(super) fn rows(
        &self,
        base: &Base,
        query: &Query,
        column: &Column,
        said: &Said,
        masks: &Masks,
        estimand: Estimand,
    ) -> Result<Vec<AnalysisRow>, EstimateError> {
        let asked = Asked {
            base,
            counted: query.counted,
            said,
        };
        let valid = said.valid();
        let groups: Vec<&Vec<bool>> = masks.parts.iter().map(|(_, mask)| mask).collect();
        let mut all = vec![valid.clone()];
        all.extend(groups.iter().map(|group| both(&valid, group)));
        let parts = all.iter().map(|mask| asked.part(both(mask, &masks.only)));
        let parts: Vec<Part> = parts.collect::<Result<_, _>>()?;
        let released = match query.counted {
            Counted::Respondents => vec![None; parts.len()],
            _ => match self.official(query, column, estimand) {
                Some(rows) if !masks.filtered() => rows,
                _ => self.guarded(&asked, query, column, masks, &all, &parts, estimand)?,
            },
        };
        let key = item_key(column);
        let label = column.variable.item.clone();
        let label = label.unwrap_or_else(|| column.variable.text.clone());
        let heads = measure::heads(column).len();
        let rows = parts.into_iter().zip(released).enumerate();
        let row = |(group, (part, row)): (usize, (Part, Option<Row>))| {
            let n = part.measured.n;
            let shown = row.is_some();
            let (cells, top_two) = row.unwrap_or((vec![ReleasedCell::Suppressed; heads], None));
            AnalysisRow {
                item: key.clone(),
                label: label.clone(),
                group,
                n,
                n_effective: part.measured.n_effective,
                df: part.measured.df,
                figures: part.measured.figures,
                top_two: part.measured.top_two,
                released: ReleasedRow {
                    key: key.clone(),
                    label: label.clone(),
                    domain: domain(query, masks, group),
                    n: shown.then(|| u32::try_from(n).ok()).flatten(),
                    cells,
                    top_two,
                },
            }
        };
        Ok(rows.map(row).collect())
    }

    /// The rows that the wave has released already: by size class and by town status. `None` where it has none.
    fn official(
        &self,
        query: &Query,
        column: &Column,
        estimand: Estimand,
    ) -> Option<Vec<Option<Row>>> {
        let domains = match query.by {
            Breakdown::SizeClass if query.population == Population::Municipalities => {
                let classes = super::query::classes();
                classes.map(Domain::SizeClass).collect()
            }
            Breakdown::Town if query.population == Population::Municipalities => {
                vec![Domain::Town(true), Domain::Town(false)]
            }
            Breakdown::Whole | Breakdown::SizeClass | Breakdown::Town => Vec::new(),
            _ => return None,
        };
        let whole = Domain::All(query.population);
        let all = std::iter::once(whole).chain(domains);
        all.map(|domain| self.released_row(query, column, estimand, domain))
            .collect()
    }

    /// A row of the wave's release: outer `None` where it has no such row, inner where it is held back.
    fn released_row(
        &self,
        query: &Query,
        column: &Column,
        estimand: Estimand,
        domain: Domain,
    ) -> Option<Option<Row>> {
        let suffix = match estimand {
            Estimand::ShareOfInhabitants => INHABITANTS_SUFFIX,
            _ => "",
        };
        let finding = self
            .release
            .finding(&format!("{}{suffix}", query.question))?;
        if finding.columns.len() != measure::heads(column).len() {
            return None;
        }
        let key = item_key(column);
        let mut rows = finding.rows.iter();
        let row = rows.find(|row| row.key == key && row.domain == domain)?;
        Some(row.n.map(|_| (row.cells.clone(), row.top_two)))
    }

    /// Whether the wave's release has this question with other answers.
    fn recoded(&self, query: &Query, column: &Column) -> bool {
        let released = self.release.finding(&query.question);
        released.is_some_and(|finding| finding.columns.len() != measure::heads(column).len())
    }

    #[allow(clippy::too_many_arguments)]
    fn guarded(
        &self,
        asked: &Asked<'_>,
        query: &Query,
        column: &Column,
        masks: &Masks,
        all: &[Vec<bool>],
        parts: &[Part],
        estimand: Estimand,
    ) -> Result<Vec<Option<Row>>, EstimateError> {
        let mut hidden = Vec::with_capacity(parts.len());
        let mut forced = Vec::with_capacity(parts.len());
        for (all, part) in all.iter().zip(parts) {
            let rest = asked.part(without(all, &masks.only))?;
            hidden.push(!asked.fit_without(part, &rest));
            forced.push(match masks.filtered() {
                true => asked.held_by_rest(&asked.part(all.clone())?, part, &rest),
                false => vec![false; width(part)],
            });
        }
        // Answers that were recoded after the release: beside the old table a new one would tell who was recoded.
        if self.recoded(query, column) {
            return Ok(vec![None; parts.len()]);
        }
        if !masks.filtered() {
            let whole = Domain::All(query.population);
            match self.released_row(query, column, estimand, whole) {
                Some(Some(row)) => forced[0] = held(&row),
                Some(None) => hidden[0] = true,
                None => {}
            }
        }
        // Who is in no group follows from the whole and the groups.
        let mut grouped = vec![false; all[0].len()];
        for (_, mask) in &masks.parts {
            for (slot, inside) in grouped.iter_mut().zip(mask) {
                *slot |= inside;
            }
        }
        let remainder = match masks.parts.is_empty() {
            true => vec![false; grouped.len()],
            false => without(&parts[0].mask, &grouped),
        };
        let remainder = asked.part(remainder)?;
        let mut groups: Vec<(usize, bool)> = parts[1..]
            .iter()
            .zip(&hidden[1..])
            .map(|(part, hidden)| (part.measured.n, *hidden))
            .collect();
        groups.push((remainder.measured.n, !asked.fit(&remainder)));
        let closed = complement(!hidden[0], &groups);
        hidden[1..].copy_from_slice(&closed[..parts.len() - 1]);
        // The part with the fewest respondents may be those in no group: then they are hidden anyhow.
        if asked.is_mean() {
            return Ok(means(asked, parts, &hidden, &forced, &remainder));
        }
        let mut rows: Vec<Option<RawRow>> = parts
            .iter()
            .zip(&hidden)
            .map(|(part, hidden)| (!hidden && part.measured.n > 0).then(|| asked.raw(part)))
            .collect();
        if remainder.measured.n > 0 {
            rows.push(None);
            forced.push(Vec::new());
        }
        let breakdown = 1..rows.len();
        let mut released = release_table_with(&rows, std::slice::from_ref(&breakdown), &forced);
        released.truncate(parts.len());
        Ok(released)
    }
}

fn means(
    asked: &Asked<'_>,
    parts: &[Part],
    hidden: &[bool],
    forced: &[Vec<bool>],
    remainder: &Part,
) -> Vec<Option<Row>> {
    let mut means: Vec<(usize, Option<ReleasedCell>)> = parts
        .iter()
        .zip(hidden)
        .zip(forced)
        .map(|((part, hidden), forced)| {
            let mean = match forced.first() {
                Some(true) => ReleasedCell::Suppressed,
                _ => asked.mean(part),
            };
            (
                part.measured.n,
                (!hidden && part.measured.n > 0).then_some(mean),
            )
        })
        .collect();
    if remainder.measured.n > 0 {
        means.push((remainder.measured.n, None));
    }
    while complement_means(&mut means) {}
    means.truncate(parts.len());
    let rows = means.into_iter().map(|(_, mean)| Some((vec![mean?], None)));
    rows.collect()
}

/// For whom a row speaks, as far as a domain of the release says it.
fn domain(query: &Query, masks: &Masks, group: usize) -> Domain {
    let key = group
        .checked_sub(1)
        .map(|part| masks.parts[part].0.key.as_str());
    match (&query.by, key) {
        (Breakdown::SizeClass, Some(key)) => {
            query::size_class(key).map_or(Domain::All(query.population), Domain::SizeClass)
        }
        (Breakdown::Town, Some(key)) => Domain::Town(key == query::town_word(true)),
        _ => Domain::All(query.population),
    }
}
