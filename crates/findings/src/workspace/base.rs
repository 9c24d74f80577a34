//! Those who answered, of one population: weighted, with what is known of each from the register.

use dataset::{Cell, Column, Values};
use questionnaire::Text;
use register::{Land, Municipality, Population, SizeClass};
use statistics::{Columns, Design, DesignError, LonelyPsu};

use super::query::{self, Breakdown, Condition, Query, QueryError};
use super::{Group, Workspace};
use crate::Weighting;
use crate::labels::{self, text};
use crate::tables::is_town;

/// Respondents of one population.
#[derive(Clone, Debug)]
pub(super) struct Base {
    pub weighting: Weighting,
    /// The same respondents as a simple random sample: for unweighted numbers.
    pub unweighted: Design,
    /// Row of the dataset of each respondent.
    pub rows: Vec<usize>,
    pub inhabitants: Vec<f64>,
    classes: Vec<SizeClass>,
    towns: Vec<Option<bool>>,
    laender: Vec<Land>,
}

/// The domains of a table: which respondents are in which group.
#[derive(Clone, Debug)]
pub(super) struct Masks {
    /// Those who fulfil the conditions.
    pub only: Vec<bool>,
    /// Groups of the breakdown with their respondents, whatever the conditions; the whole is not among them.
    pub parts: Vec<(Group, Vec<bool>)>,
    /// The whole in words.
    pub whole: Text,
}

impl Masks {
    /// The whole, then the parts.
    pub fn groups(&self) -> Vec<Group> {
        let whole = Group {
            key: String::new(),
            label: self.whole.clone(),
        };
        let parts = self.parts.iter().map(|(group, _)| group.clone());
        std::iter::once(whole).chain(parts).collect()
    }

    /// Whether a condition restricts the domain.
    pub fn filtered(&self) -> bool {
        self.only.contains(&false)
    }
}

impl Base {
    pub fn new(
        weighting: Weighting,
        rows: Vec<usize>,
        units: &[&Municipality],
    ) -> Result<Self, DesignError> {
        let columns = Columns {
            rows: rows.len(),
            ..Columns::default()
        };
        Ok(Self {
            unweighted: Design::new(&columns, LonelyPsu::Adjust)?,
            inhabitants: units.iter().map(|u| f64::from(u.inhabitants)).collect(),
            classes: units.iter().map(|u| u.size_class()).collect(),
            towns: units.iter().map(|u| is_town(u)).collect(),
            laender: units.iter().map(|u| u.land).collect(),
            weighting,
            rows,
        })
    }

    pub fn population(&self) -> Population {
        self.weighting.population
    }

    /// Size class of a respondent.
    pub fn class(&self, row: usize) -> SizeClass {
        self.classes[row]
    }

    /// Whether a respondent is a city or town; `None` below 5,000 inhabitants.
    pub fn town(&self, row: usize) -> Option<bool> {
        self.towns[row]
    }

    /// Respondents for whom `fits` holds, which is asked by their place among the respondents.
    fn mask(&self, fits: impl Fn(usize) -> bool) -> Vec<bool> {
        (0..self.rows.len()).map(fits).collect()
    }
}

impl Workspace {
    /// The domains of a query.
    pub(super) fn masks(&self, base: &Base, query: &Query) -> Result<Masks, QueryError> {
        let mut only = vec![true; base.rows.len()];
        for condition in &query.only {
            let holds = self.holding(base, condition)?;
            for (inside, holds) in only.iter_mut().zip(holds) {
                *inside &= holds;
            }
        }
        let whole = labels::population(query.population);
        Ok(Masks {
            only,
            parts: self.parts(base, &query.by)?,
            whole,
        })
    }

    fn parts(&self, base: &Base, by: &Breakdown) -> Result<Vec<(Group, Vec<bool>)>, QueryError> {
        let part = |key: &str, label: Text, mask: Vec<bool>| {
            let key = key.to_owned();
            (Group { key, label }, mask)
        };
        let municipalities = base.population() == Population::Municipalities;
        Ok(match by {
            Breakdown::Whole => Vec::new(),
            Breakdown::SizeClass if municipalities => query::classes()
                .map(|class| {
                    let label = text(
                        format!(
                            "{} ({})",
                            capital(class.german_plural()),
                            class.range_german()
                        ),
                        format!(
                            "{} ({})",
                            capital(class.english_plural()),
                            class.range_english()
                        ),
                    );
                    let mask = base.mask(|row| base.classes[row] == class);
                    part(query::size_word(class), label, mask)
                })
                .collect(),
            Breakdown::Town if municipalities => [true, false]
                .into_iter()
                .map(|town| {
                    let label = crate::Domain::Town(town).label();
                    let mask = base.mask(|row| base.towns[row] == Some(town));
                    part(query::town_word(town), label, mask)
                })
                .collect(),
            Breakdown::SizeClass | Breakdown::Town => Vec::new(),
            Breakdown::LandGroup => (0u32..)
                .zip(&base.weighting.groups)
                .map(|(place, group)| {
                    let names: Vec<Text> = group.laender.iter().map(|l| labels::land(*l)).collect();
                    let short: Vec<&str> = group.laender.iter().map(|l| l.abbreviation()).collect();
                    let mask = base.mask(|row| base.weighting.group_of[row] == place);
                    part(&short.join("+"), labels::list(&names), mask)
                })
                .collect(),
            Breakdown::Answer(key) => {
                let fault = || QueryError::Breakdown(key.clone());
                let column = self.column(key).ok_or_else(fault)?;
                let answers = answers(column);
                if answers.is_empty() {
                    return Err(fault());
                }
                let codes = codes(base, column);
                let group = |(code, (key, label)): (usize, (String, Text))| {
                    part(&key, label, base.mask(|row| codes[row] == Some(code)))
                };
                answers.into_iter().enumerate().map(group).collect()
            }
        })
    }

    fn holding(&self, base: &Base, condition: &Condition) -> Result<Vec<bool>, QueryError> {
        let fault = || QueryError::Condition(condition.to_string());
        let words = condition.is.iter();
        Ok(match condition.of.as_str() {
            "size-class" => {
                let classes = words.map(|w| query::size_class(w).ok_or_else(fault));
                let classes: Vec<SizeClass> = classes.collect::<Result<_, _>>()?;
                base.mask(|row| classes.contains(&base.classes[row]))
            }
            "land" => {
                let laender = words.map(|w| query::land(w).ok_or_else(fault));
                let laender: Vec<Land> = laender.collect::<Result<_, _>>()?;
                base.mask(|row| laender.contains(&base.laender[row]))
            }
            "town" => {
                let known = |w: &&String| ["towns", "not-towns"].contains(&w.as_str());
                if !words.clone().all(|w| known(&w)) {
                    return Err(fault());
                }
                let wanted = |town| condition.is.iter().any(|w| w == query::town_word(town));
                base.mask(|row| base.towns[row].is_some_and(wanted))
            }
            key => {
                let column = self.column(key).ok_or_else(fault)?;
                let answers = answers(column);
                let place = |word: &String| answers.iter().position(|(code, _)| code == word);
                let wanted = words.map(|w| place(w).ok_or_else(fault));
                let wanted: Vec<usize> = wanted.collect::<Result<_, _>>()?;
                let codes = codes(base, column);
                base.mask(|row| codes[row].is_some_and(|code| wanted.contains(&code)))
            }
        })
    }

    /// The column of a closed variable.
    pub(super) fn column(&self, key: &str) -> Option<&Column> {
        let column = self.dataset.columns.iter();
        let mut column = column.filter(|c| c.variable.key.0 == key);
        column.find(|c| matches!(c.values, Values::Coded(_) | Values::Flag(_)))
    }

    /// The conditions of a query in words, e.g. "Gibt es …?: nein".
    pub(super) fn conditions_in_words(&self, query: &Query) -> Vec<Text> {
        query
            .only
            .iter()
            .map(|condition| self.condition_in_words(condition))
            .collect()
    }

    fn condition_in_words(&self, condition: &Condition) -> Text {
        let either = |labels: Vec<Text>| {
            let join = |words: Vec<String>, or: &str| words.join(or);
            let de = labels.iter().map(|t| t.de.clone()).collect();
            let en = labels.iter().map(|t| t.en.clone()).collect();
            text(join(de, " oder "), join(en, " or "))
        };
        let words = condition.is.iter();
        match condition.of.as_str() {
            "size-class" => either(
                words
                    .filter_map(|w| query::size_class(w))
                    .map(|class| text(class.german_plural(), class.english_plural()))
                    .collect(),
            ),
            "land" => either(
                words
                    .filter_map(|w| query::land(w))
                    .map(labels::land)
                    .collect(),
            ),
            "town" => either(
                words
                    .map(|w| crate::Domain::Town(w == "towns").label())
                    .collect(),
            ),
            key => {
                let Some(column) = self.column(key) else {
                    return Text::default();
                };
                let variable = &column.variable;
                let answers = answers(column);
                let label =
                    |w: &String| answers.iter().find(|(c, _)| c == w).map(|(_, t)| t.clone());
                let said = either(words.filter_map(label).collect());
                let of = variable.item.as_ref().unwrap_or(&variable.text);
                text(
                    format!("„{}“: {}", of.de.trim(), said.de),
                    format!("“{}”: {}", of.en.trim(), said.en),
                )
            }
        }
    }
}

/// The answers to a closed variable: codes with their wording, or chosen and not chosen.
pub(super) fn answers(column: &Column) -> Vec<(String, Text)> {
    match &column.values {
        Values::Coded(_) => column.variable.codes.clone(),
        Values::Flag(_) => vec![
            ("0".to_owned(), text("nicht genannt", "not named")),
            ("1".to_owned(), text("genannt", "named")),
        ],
        Values::Number(_) | Values::Text(_) => Vec::new(),
    }
}

/// Place of each respondent's answer among [`answers`].
pub(super) fn codes(base: &Base, column: &Column) -> Vec<Option<usize>> {
    let code = |row: &usize| match &column.values {
        Values::Coded(cells) => match cells[*row] {
            Cell::Value(code) => Some(usize::from(code)),
            _ => None,
        },
        Values::Flag(cells) => match cells[*row] {
            Cell::Value(chosen) => Some(usize::from(chosen)),
            _ => None,
        },
        Values::Number(_) | Values::Text(_) => None,
    };
    base.rows.iter().map(code).collect()
}

/// With a large first letter.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
