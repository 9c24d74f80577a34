//! Kept findings that leave together, and with the wave's release: no difference of two published domains may isolate
//! fewer respondents than a row needs.

use std::collections::BTreeMap;

use register::Population;

use super::base::Base;
use super::measure::Said;
use super::{KeptFinding, QueryError, Workspace};
use crate::Domain;
use crate::disclosure::MIN_RESPONDENTS;

/// Two published rows about the same question, one within the other, between which too few respondents lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Isolated {
    /// The smaller row: key of its table, and its group.
    pub within: String,
    /// The larger one.
    pub larger: String,
    /// Respondents between them.
    pub between: usize,
}

/// A published row: what it is called, and who is in its base.
type Row = (String, Vec<bool>);

impl Workspace {
    /// The pairs of rows of these findings and of the release that isolate somebody.
    pub fn isolated(&self, kept: &[KeptFinding]) -> Result<Vec<Isolated>, QueryError> {
        let mut published = BTreeMap::new();
        for finding in kept {
            self.rows_of(finding, &mut published)?;
        }
        let mut isolated = Vec::new();
        for ((population, variable), mut rows) in published {
            let released = self.released_rows(population, &variable)?;
            // What the release says anyway is a matter of the release.
            let out = |mask: &Vec<bool>| released.iter().any(|(_, of)| of == mask);
            rows.retain(|(_, mask)| !out(mask));
            let all = || rows.iter().chain(&released);
            let own = |mask: &Vec<bool>| !out(mask);
            for (name, inside) in all() {
                for (other, larger) in all().filter(|(_, of)| own(of) || own(inside)) {
                    let within = inside.iter().zip(larger).all(|(a, b)| !*a || *b);
                    let between = inside.iter().zip(larger).filter(|(a, b)| !**a && **b);
                    let between = between.count();
                    if within && (1..MIN_RESPONDENTS).contains(&between) {
                        isolated.push(Isolated {
                            within: name.clone(),
                            larger: other.clone(),
                            between,
                        });
                    }
                }
            }
        }
        Ok(isolated)
    }

    fn rows_of(
        &self,
        finding: &KeptFinding,
        published: &mut BTreeMap<(Population, String), Vec<Row>>,
    ) -> Result<(), QueryError> {
        let query = &finding.query;
        let base = self.base(query.population)?;
        let masks = self.masks(base, query)?;
        for column in self.columns(query)? {
            let valid = Said::of(base, column).valid();
            let item = crate::tables::item_key(column);
            for (row, group) in finding
                .table
                .rows_of(&item)
                .filter(|(row, _)| row.n.is_some())
            {
                let part = masks.parts.iter().find(|(g, _)| g.key == group.key);
                let inside = |place: usize| {
                    let of_group = part.is_none_or(|(_, mask)| mask[place]);
                    valid[place] && masks.only[place] && of_group
                };
                let mask = (0..valid.len()).map(inside).collect();
                let name = format!("{} ({}, {})", finding.key.0, row.label.de, group.label.de);
                let place = (query.population, column.variable.key.0.clone());
                published.entry(place).or_default().push((name, mask));
            }
        }
        Ok(())
    }

    /// The rows of the release about one variable.
    fn released_rows(
        &self,
        population: Population,
        variable: &str,
    ) -> Result<Vec<Row>, QueryError> {
        let base = self.base(population)?;
        let mut columns = self.dataset.columns.iter();
        let Some(column) = columns.find(|c| c.variable.key.0 == variable) else {
            return Ok(Vec::new());
        };
        let valid = Said::of(base, column).valid();
        let item = crate::tables::item_key(column);
        let findings = self.release.findings.iter();
        let of_question = findings.filter(|f| f.key.0 == column.variable.question);
        let rows = of_question.flat_map(|f| &f.rows);
        let shown = rows.filter(|r| r.key == item && r.n.is_some());
        let ours = shown.filter(|r| r.domain.population() == population);
        Ok(ours
            .map(|row| {
                let name = format!("{} ({})", column.variable.question, row.domain.label().de);
                (name, both(&valid, &base.domain(row.domain)))
            })
            .collect())
    }
}

impl Base {
    /// Who is in a domain of the release.
    fn domain(&self, domain: Domain) -> Vec<bool> {
        (0..self.rows.len())
            .map(|row| match domain {
                Domain::All(_) => true,
                Domain::SizeClass(class) => self.class(row) == class,
                Domain::Town(town) => self.town(row) == Some(town),
            })
            .collect()
    }
}

fn both(a: &[bool], b: &[bool]) -> Vec<bool> {
    a.iter().zip(b).map(|(a, b)| *a && *b).collect()
}
