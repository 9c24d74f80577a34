//! What published rows are about: whose answers they count, and which.
//!
//! A row of the wave's own tables counts those of a domain of the register. A row of a kept finding may count those of a Land,
//! and those who gave a certain answer to another question. All of that is a weighted sum over what respondents answered, so that
//! all of it goes into the same programmes.

use std::sync::Arc;

use dataset::{Cell, Dataset, Values};
use register::{Municipality, Population};

use super::report::AuditError;
use crate::tables::{INHABITANTS_SUFFIX, Sample, is_town, item_key};
use crate::workspace::{self, Breakdown, KeptFinding};
use crate::{Estimand, Finding, Release};

/// All tables of one release that speak of one population, in the order of their places.
pub(crate) struct Said<'a> {
    /// Which of the releases that are audited together.
    pub release: usize,
    /// Its tables, then its kept findings.
    pub findings: &'a [Finding],
    /// What the rows of each of them are about.
    pub meanings: &'a [Meaning],
    /// Plain percentages of the weights report about the population of the block; `None` where one is held back.
    pub plain: &'a [Option<crate::PlainRow>],
}

/// What the rows of one table are about.
#[derive(Clone, Debug)]
pub(crate) struct Meaning {
    /// One a row; `None` where it speaks of another population.
    pub rows: Vec<Option<Who>>,
    /// Whether it is no table of the wave's own release.
    pub added: bool,
}

/// Whose answers a row counts, and which.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Who {
    /// Column of the dataset that it speaks of.
    pub column: usize,
    /// Respondents that the register puts into it.
    pub inside: Arc<Vec<bool>>,
    /// Answers that they must have given: column of the dataset, and the codes.
    pub answers: Vec<(usize, Vec<i16>)>,
}

impl Who {
    /// Columns on whose answers the row depends.
    pub fn depends_on(&self) -> impl Iterator<Item = usize> + '_ {
        let answers = self.answers.iter().map(|(column, _)| *column);
        std::iter::once(self.column).chain(answers)
    }

    /// Who is in the base of the row in truth: in the domain, with the answers that it asks for, and a valid one of its own.
    pub fn base(&self, dataset: &Dataset, sample: &Sample) -> Vec<bool> {
        let places = self.inside.iter().zip(&sample.rows);
        let base = |(inside, row): (&bool, &usize)| {
            let gave = |(column, codes): &(usize, Vec<i16>)| {
                codes.contains(&code(&dataset.columns[*column].values, *row))
            };
            let valid = code(&dataset.columns[self.column].values, *row) >= 0;
            *inside && valid && self.answers.iter().all(gave)
        };
        places.map(base).collect()
    }
}

/// A cell of the dataset as a small number: a code, or why there is none.
pub(crate) const DONT_KNOW: i16 = -1;
pub(crate) const REFUSED: i16 = -2;
pub(crate) const MISSING: i16 = -3;
pub(crate) const NOT_ASKED: i16 = -4;

/// The answer in a row of the dataset.
pub(crate) fn code(values: &Values, row: usize) -> i16 {
    fn of<T: Copy>(cell: &Cell<T>, value: impl Fn(T) -> i16) -> i16 {
        match cell {
            Cell::Value(v) => value(*v),
            Cell::DontKnow => DONT_KNOW,
            Cell::Refused => REFUSED,
            Cell::Missing => MISSING,
            Cell::NotAsked => NOT_ASKED,
        }
    }
    match values {
        Values::Coded(cells) => of(&cells[row], |code| i16::try_from(code).unwrap_or(i16::MAX)),
        Values::Flag(cells) => of(&cells[row], i16::from),
        // Of a number the programme knows only whether there is one; how large it may be is asked elsewhere.
        Values::Number(cells) => of(&cells[row], |_| 0),
        Values::Text(_) => MISSING,
    }
}

/// One population of one wave, to read rows with.
pub(crate) struct Reader<'a> {
    pub dataset: &'a Dataset,
    pub sample: &'a Sample,
    /// Its respondents.
    pub units: Vec<&'a Municipality>,
}

impl Reader<'_> {
    fn population(&self) -> Population {
        self.sample.weighting.population
    }

    /// What all tables of a release are about: its own, then its kept findings.
    pub fn release(&self, release: &Release) -> Result<Vec<Meaning>, AuditError> {
        let domains: Vec<_> = self
            .sample
            .domains
            .iter()
            .map(|(domain, mask)| (*domain, Arc::new(mask.clone())))
            .collect();
        let own = release.findings.iter().map(|finding| {
            let question = match finding.estimand {
                Estimand::ShareOfInhabitants => finding.key.0.strip_suffix(INHABITANTS_SUFFIX),
                Estimand::ShareOfMunicipalities | Estimand::Mean => Some(finding.key.0.as_str()),
            };
            let rows = finding.rows.iter().map(|row| {
                let (_, inside) = domains.iter().find(|(domain, _)| *domain == row.domain)?;
                Some(Who {
                    column: self.column(question?, &row.key)?,
                    inside: Arc::clone(inside),
                    answers: Vec::new(),
                })
            });
            let rows = rows.collect();
            Ok(Meaning { rows, added: false })
        });
        let kept = release.kept.iter().map(|kept| self.kept(kept));
        own.chain(kept).collect()
    }

    /// The column of a question's item.
    fn column(&self, question: &str, item: &str) -> Option<usize> {
        let of = |column: &dataset::Column| {
            column.variable.question == question && item_key(column) == item
        };
        self.dataset.columns.iter().position(of)
    }

    /// What the rows of a kept finding are about. One that shows a row of which that cannot be told is refused.
    fn kept(&self, kept: &KeptFinding) -> Result<Meaning, AuditError> {
        let query = &kept.query;
        let table = &kept.table;
        let mut rows = Vec::with_capacity(table.finding.rows.len());
        if table.population != self.population() {
            rows.resize(table.finding.rows.len(), None);
            return Ok(Meaning { rows, added: true });
        }
        let fault = || AuditError::Unreadable {
            key: kept.key.0.clone(),
            title: kept.title.clone(),
        };
        let mut whole = Domain::all(self.sample);
        for condition in &query.only {
            let read = self.condition(&condition.of, &condition.is);
            whole.narrow(read.ok_or_else(fault)?);
        }
        for (row, group) in table.rows() {
            if row.n.is_none() {
                rows.push(None);
                continue;
            }
            let mut domain = whole.clone();
            if !group.key.is_empty() {
                let key = std::slice::from_ref(&group.key);
                let part = match &query.by {
                    Breakdown::Whole => None,
                    Breakdown::SizeClass => self.condition("size-class", key),
                    Breakdown::Town => self.condition("town", key),
                    Breakdown::LandGroup => {
                        let laender: Vec<String> =
                            group.key.split('+').map(str::to_owned).collect();
                        self.condition("land", &laender)
                    }
                    Breakdown::Answer(variable) => self.condition(variable, key),
                };
                domain.narrow(part.ok_or_else(fault)?);
            }
            let column = self.column(&query.question, &row.key).ok_or_else(fault)?;
            rows.push(Some(Who {
                column,
                inside: Arc::new(domain.inside),
                answers: domain.answers,
            }));
        }
        Ok(Meaning { rows, added: true })
    }

    /// A condition of a query: who fulfils it by the register, or the answers that fulfil it.
    fn condition(&self, of: &str, is: &[String]) -> Option<Condition> {
        let by = |fits: &dyn Fn(&Municipality) -> bool| {
            Some(Condition::Register(
                self.units.iter().map(|unit| fits(unit)).collect(),
            ))
        };
        match of {
            "size-class" => {
                let classes: Option<Vec<_>> = is.iter().map(|w| workspace::size_class(w)).collect();
                let classes = classes?;
                by(&|unit| classes.contains(&unit.size_class()))
            }
            "land" => {
                let laender: Option<Vec<_>> = is.iter().map(|w| workspace::land(w)).collect();
                let laender = laender?;
                by(&|unit| laender.contains(&unit.land))
            }
            "town" => by(&|unit| {
                is_town(unit).is_some_and(|town| is.iter().any(|w| w == workspace::town_word(town)))
            }),
            key => {
                let mut columns = self.dataset.columns.iter();
                let place = columns.position(|column| column.variable.key.0 == key)?;
                let column = &self.dataset.columns[place];
                let codes = is.iter().map(|word| match &column.values {
                    Values::Coded(_) => {
                        let mut codes = column.variable.codes.iter();
                        codes.position(|(code, _)| code == word)
                    }
                    Values::Flag(_) => ["0", "1"].iter().position(|flag| flag == word),
                    Values::Number(_) | Values::Text(_) => None,
                });
                let codes: Option<Vec<i16>> = codes.map(|code| i16::try_from(code?).ok()).collect();
                Some(Condition::Answer(place, codes?))
            }
        }
    }
}

enum Condition {
    Register(Vec<bool>),
    Answer(usize, Vec<i16>),
}

/// Whom a row counts, before its question is looked at.
#[derive(Clone)]
struct Domain {
    inside: Vec<bool>,
    answers: Vec<(usize, Vec<i16>)>,
}

impl Domain {
    fn all(sample: &Sample) -> Self {
        Self {
            inside: vec![true; sample.rows.len()],
            answers: Vec::new(),
        }
    }

    fn narrow(&mut self, condition: Condition) {
        match condition {
            Condition::Register(mask) => {
                for (inside, fits) in self.inside.iter_mut().zip(mask) {
                    *inside &= fits;
                }
            }
            Condition::Answer(column, codes) => self.answers.push((column, codes)),
        }
    }
}
