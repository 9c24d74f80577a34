//! Open answers as codes: the next version of a frozen dataset. The first one stays as it was.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use questionnaire::{Text, VariableKey};
use serde::{Deserialize, Serialize};

use crate::{Cell, Column, Dataset, Values, Variable};

/// One code of a frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// Key: a-z, 0-9 and hyphens, each once in the frame.
    pub key: String,
    /// What it means.
    pub label: Text,
}

/// The codes by which the answers to one open question are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeFrame {
    /// Codes in their order.
    pub codes: Vec<Code>,
    /// Where the open question asks what "Sonstiges" meant: where its answers go.
    pub other: Option<Other>,
}

/// "Sonstiges" of a closed question, to be recoded into its options.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    /// Key of the closed question.
    pub question: String,
    /// Key of its option "Sonstiges".
    pub option: String,
    /// Key of the option that a code stands for, by the code's key. A code that stands for none of them, and is named
    /// here with a key that the question does not have, becomes a new option of a single choice with the code's label.
    pub into: BTreeMap<String, String>,
}

/// The settled codes of one open question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// The open question.
    pub variable: VariableKey,
    /// Its frame.
    pub frame: CodeFrame,
    /// Codes of each unit whose answer is settled; an empty set says that none fits.
    pub units: BTreeMap<String, BTreeSet<String>>,
}

/// Why there is no next version.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecodeError {
    /// The variable is not there or no text.
    #[error("{0} is no open question of the dataset")]
    NoText(String),
    /// A code's column would have the key of another one.
    #[error("the column {0} is there already; choose another key for the code")]
    Twice(String),
    /// The closed question or its option is not there.
    #[error("the dataset has no option {option} of {question}")]
    NoOption {
        /// The closed question.
        question: String,
        /// The option.
        option: String,
    },
}

impl Dataset {
    /// The dataset with the codes of open answers: behind each text a column a code (chosen or not; left empty where
    /// the answer is not settled), and "Sonstiges" moved to the options that its codes stand for. All else stays.
    ///
    /// Errors: what is not there; nothing is changed then.
    pub fn recoded(&self, date: Date, coded: &[Coded]) -> Result<Dataset, RecodeError> {
        let mut next = Dataset {
            frozen: date,
            ..self.clone()
        };
        for coded in coded {
            next.add_codes(coded)?;
            if let Some(other) = &coded.frame.other {
                next.move_other(coded, other)?;
            }
        }
        Ok(next)
    }

    fn add_codes(&mut self, coded: &Coded) -> Result<(), RecodeError> {
        let place = self
            .columns
            .iter()
            .position(|c| c.variable.key == coded.variable && matches!(c.values, Values::Text(_)));
        let no_text = || RecodeError::NoText(coded.variable.0.clone());
        let place = place.ok_or_else(no_text)?;
        let Values::Text(answers) = &self.columns[place].values else {
            return Err(no_text());
        };
        let text = &self.columns[place].variable;
        let mut columns = Vec::new();
        for code in &coded.frame.codes {
            let key = VariableKey(format!("{}.{}", coded.variable, code.key));
            if self.columns.iter().any(|c| c.variable.key == key) {
                return Err(RecodeError::Twice(key.0));
            }
            let cells = self
                .units
                .iter()
                .zip(answers)
                .map(|(unit, answer)| match answer {
                    Cell::Value(_) => match coded.units.get(unit) {
                        Some(codes) => Cell::Value(codes.contains(&code.key)),
                        None => Cell::Missing,
                    },
                    Cell::DontKnow => Cell::DontKnow,
                    Cell::Refused => Cell::Refused,
                    Cell::NotAsked => Cell::NotAsked,
                    Cell::Missing => Cell::Missing,
                });
            columns.push(Column {
                values: Values::Flag(cells.collect()),
                variable: Variable {
                    key,
                    item: Some(code.label.clone()),
                    ..text.clone()
                },
            });
        }
        self.columns.splice(place + 1..place + 1, columns);
        Ok(())
    }

    fn move_other(&mut self, coded: &Coded, other: &Other) -> Result<(), RecodeError> {
        let single = self
            .columns
            .iter()
            .position(|c| c.variable.key.0 == other.question);
        match single {
            Some(place) => self.move_single(place, coded, other),
            None => self.move_flags(coded, other),
        }
    }

    /// A single choice: the first of the settled codes that stands for an option takes the place of "Sonstiges".
    fn move_single(
        &mut self,
        place: usize,
        coded: &Coded,
        other: &Other,
    ) -> Result<(), RecodeError> {
        let Column { variable, values } = &mut self.columns[place];
        let at = |codes: &[(String, Text)], key: &str| codes.iter().position(|(k, _)| k == key);
        let (Values::Coded(cells), Some(from)) = (values, at(&variable.codes, &other.option))
        else {
            return Err(no_option(other, &other.option));
        };
        for (unit, cell) in self.units.iter().zip(cells) {
            if *cell != Cell::Value(from as u16) {
                continue;
            }
            let Some(settled) = coded.units.get(unit) else {
                continue;
            };
            let mut codes = coded.frame.codes.iter();
            let first = codes.find(|c| settled.contains(&c.key) && other.into.contains_key(&c.key));
            let Some(code) = first else { continue };
            let option = &other.into[&code.key];
            let to = at(&variable.codes, option).unwrap_or_else(|| {
                variable.codes.push((option.clone(), code.label.clone()));
                variable.codes.len() - 1
            });
            *cell = Cell::Value(to as u16);
        }
        Ok(())
    }

    /// A multiple choice: each settled code sets its option; "Sonstiges" goes where all codes stand for one.
    fn move_flags(&mut self, coded: &Coded, other: &Other) -> Result<(), RecodeError> {
        let column = |columns: &[Column], option: &str| {
            let key = format!("{}.{option}", other.question);
            let right = |c: &Column| c.variable.key.0 == key && matches!(c.values, Values::Flag(_));
            columns
                .iter()
                .position(right)
                .ok_or_else(|| no_option(other, option))
        };
        let from = column(&self.columns, &other.option)?;
        let mut into = BTreeMap::new();
        for (code, option) in &other.into {
            into.insert(code, column(&self.columns, option)?);
        }
        for (row, unit) in self.units.iter().enumerate() {
            let Some(settled) = coded.units.get(unit) else {
                continue;
            };
            let flag = |columns: &mut [Column], place: usize| match &mut columns[place].values {
                Values::Flag(cells) => cells[row],
                _ => Cell::Missing,
            };
            if flag(&mut self.columns, from) != Cell::Value(true) {
                continue;
            }
            let mut set = |place: usize, value: bool| {
                if let Values::Flag(cells) = &mut self.columns[place].values {
                    cells[row] = Cell::Value(value);
                }
            };
            for code in settled {
                if let Some(place) = into.get(code) {
                    set(*place, true);
                }
            }
            if !settled.is_empty() && settled.iter().all(|code| into.contains_key(code)) {
                set(from, false);
            }
        }
        Ok(())
    }
}

fn no_option(other: &Other, option: &str) -> RecodeError {
    RecodeError::NoOption {
        question: other.question.clone(),
        option: option.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn text(word: &str) -> Text {
        Text {
            de: word.to_owned(),
            en: word.to_owned(),
        }
    }

    fn column(key: &str, codes: &[&str], values: Values) -> Column {
        Column {
            variable: Variable {
                key: VariableKey(key.to_owned()),
                question: key.split('.').next().unwrap_or_default().to_owned(),
                page: "eins".to_owned(),
                text: text(key),
                item: None,
                codes: codes.iter().map(|c| ((*c).to_owned(), text(c))).collect(),
                ordered: false,
                unit: None,
            },
            values,
        }
    }

    fn frozen() -> Dataset {
        let answer = |text: &str| Cell::Value(text.to_owned());
        let said = vec![
            answer("Bauhof"),
            answer("Kirche und Bauhof"),
            Cell::NotAsked,
        ];
        let flags = |a, b| Values::Flag(vec![Cell::Value(a), Cell::Value(b), Cell::NotAsked]);
        let role = Values::Coded(vec![Cell::Value(1), Cell::Value(1), Cell::Value(0)]);
        Dataset {
            wave: "2016-1".to_owned(),
            frozen: date(2016, 3, 7),
            units: ["a", "b", "c"].map(str::to_owned).to_vec(),
            columns: vec![
                column("rolle", &["amt", "sonstige"], role),
                column("wer.vereine", &[], flags(true, false)),
                column("wer.sonstige", &[], flags(true, true)),
                column("wer-text", &[], Values::Text(said)),
            ],
        }
    }

    fn coded(other: Other) -> Coded {
        let code = |key: &str| Code {
            key: key.to_owned(),
            label: text(key),
        };
        Coded {
            variable: VariableKey("wer-text".to_owned()),
            frame: CodeFrame {
                codes: vec![code("bauhof"), code("kirche")],
                other: Some(other),
            },
            units: [
                ("a".to_owned(), ["bauhof".to_owned()].into()),
                (
                    "b".to_owned(),
                    ["bauhof".to_owned(), "kirche".to_owned()].into(),
                ),
            ]
            .into(),
        }
    }

    fn other(question: &str, into: &[(&str, &str)]) -> Other {
        Other {
            question: question.to_owned(),
            option: "sonstige".to_owned(),
            into: into
                .iter()
                .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
                .collect(),
        }
    }

    fn values<'a>(dataset: &'a Dataset, key: &str) -> &'a Values {
        let mut columns = dataset.columns.iter();
        let found = columns.find(|c| c.variable.key.0 == key);
        &found.expect("the dataset has this column").values
    }

    #[test]
    fn codes_become_columns_and_the_first_version_stays() {
        let first = frozen();
        let day = date(2016, 9, 1);
        let next = first.recoded(day, &[coded(other("rolle", &[]))]).unwrap();
        assert_eq!(first, frozen());
        assert_eq!((next.frozen, next.columns.len()), (day, 6));
        let expected = Values::Flag(vec![Cell::Value(false), Cell::Value(true), Cell::NotAsked]);
        assert_eq!(*values(&next, "wer-text.kirche"), expected);
        assert_eq!(values(&next, "rolle"), values(&first, "rolle"));
    }

    #[test]
    fn other_moves_to_the_options_that_its_codes_stand_for() {
        let single = other("rolle", &[("kirche", "amt"), ("bauhof", "bauhof")]);
        let next = frozen()
            .recoded(date(2016, 9, 1), &[coded(single)])
            .unwrap();
        // "bauhof" is no option yet: it becomes one.
        let expected = Values::Coded(vec![Cell::Value(2), Cell::Value(2), Cell::Value(0)]);
        assert_eq!(*values(&next, "rolle"), expected);
        let multiple = other("wer", &[("bauhof", "vereine")]);
        let next = frozen()
            .recoded(date(2016, 9, 1), &[coded(multiple)])
            .unwrap();
        let flags = |a, b| Values::Flag(vec![Cell::Value(a), Cell::Value(b), Cell::NotAsked]);
        assert_eq!(*values(&next, "wer.vereine"), flags(true, true));
        // "kirche" stands for no option: for unit b something else is left.
        assert_eq!(*values(&next, "wer.sonstige"), flags(false, true));
    }

    #[test]
    fn what_is_not_there_is_told() {
        let day = date(2016, 9, 1);
        let gone = other("wer", &[("bauhof", "gibt-es-nicht")]);
        let error = frozen().recoded(day, &[coded(gone)]).unwrap_err();
        assert!(error.to_string().contains("gibt-es-nicht"), "{error}");
        let twice = [coded(other("rolle", &[])), coded(other("rolle", &[]))];
        assert!(matches!(
            frozen().recoded(day, &twice),
            Err(RecodeError::Twice(_))
        ));
    }
}
