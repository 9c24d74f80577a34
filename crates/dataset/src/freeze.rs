//! From answers to the frozen table: the route decides what was asked.

use jiff::civil::Date;
use questionnaire::{Answer, Answers, Question, QuestionKind, Questionnaire, Text, VariableKey};

use crate::{Cell, Column, Dataset, Values, Variable, reserved};

/// Why responses cannot be frozen under a questionnaire.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FreezeError {
    /// Two responses of one unit: only one may count.
    #[error("unit {unit} has two responses that count")]
    UnitTwice {
        /// Register key.
        unit: String,
    },
    /// An answer is of another kind than its question.
    #[error("unit {unit}: the answer to {variable} does not fit the question's kind")]
    WrongKind {
        /// Register key.
        unit: String,
        /// The variable.
        variable: String,
    },
    /// A code that the questionnaire does not have.
    #[error("unit {unit}: {variable} has no code \"{code}\"")]
    UnknownCode {
        /// Register key.
        unit: String,
        /// The variable.
        variable: String,
        /// What was answered.
        code: String,
    },
    /// A number that stands for a missing value (-7, -8, -9) or is not finite.
    #[error("unit {unit}: {number} cannot be a value of {variable}")]
    ReservedNumber {
        /// Register key.
        unit: String,
        /// The variable.
        variable: String,
        /// What was answered.
        number: f64,
    },
}

impl Dataset {
    /// Freezes the responses that count, one row a unit in the order of the keys.
    ///
    /// One column a variable, in the order of the questionnaire; a multiple choice has one flag column an option.
    /// Nominated practices are not part of a dataset. A variable off the respondent's route is
    /// [`Cell::NotAsked`], whatever stands in the draft; on the route and without an answer it is [`Cell::Missing`].
    ///
    /// Errors: a unit twice, or an answer that the questionnaire does not know.
    pub fn freeze(
        questionnaire: &Questionnaire,
        wave: &str,
        date: Date,
        responses: &[(String, Answers)],
    ) -> Result<Dataset, FreezeError> {
        let mut rows: Vec<Row> = responses
            .iter()
            .map(|(unit, answers)| Row::new(questionnaire, unit, answers))
            .collect();
        rows.sort_by(|a, b| a.unit.cmp(b.unit));
        if let Some(pair) = rows.windows(2).find(|pair| pair[0].unit == pair[1].unit) {
            let unit = pair[0].unit.to_owned();
            return Err(FreezeError::UnitTwice { unit });
        }
        let mut columns = Vec::new();
        for page in &questionnaire.pages {
            for question in &page.questions {
                columns.extend(question_columns(&page.key, question, &rows)?);
            }
        }
        Ok(Dataset {
            wave: wave.to_owned(),
            frozen: date,
            units: rows.iter().map(|row| row.unit.to_owned()).collect(),
            columns,
        })
    }
}

/// One response with its route.
struct Row<'a> {
    unit: &'a str,
    answers: &'a Answers,
    route: std::collections::BTreeSet<VariableKey>,
}

impl<'a> Row<'a> {
    fn new(questionnaire: &Questionnaire, unit: &'a str, answers: &'a Answers) -> Self {
        Self {
            unit,
            answers,
            route: questionnaire.variables_on_route(answers),
        }
    }

    /// The cell of one variable; `value` turns a substantial answer into a value.
    fn cell<T>(
        &self,
        key: &VariableKey,
        value: impl Fn(&Answer) -> Result<T, Fault>,
    ) -> Result<Cell<T>, FreezeError> {
        if !self.route.contains(key) {
            return Ok(Cell::NotAsked);
        }
        match self.answers.get(key) {
            None => Ok(Cell::Missing),
            Some(Answer::DontKnow) => Ok(Cell::DontKnow),
            Some(Answer::Refused) => Ok(Cell::Refused),
            Some(answer) => match value(answer) {
                Ok(value) => Ok(Cell::Value(value)),
                Err(fault) => Err(fault.of(self.unit, key)),
            },
        }
    }
}

/// A fault before it knows its unit and variable.
enum Fault {
    Kind,
    Code(String),
    Number(f64),
}

impl Fault {
    fn of(self, unit: &str, variable: &VariableKey) -> FreezeError {
        let (unit, variable) = (unit.to_owned(), variable.0.clone());
        match self {
            Self::Kind => FreezeError::WrongKind { unit, variable },
            Self::Code(code) => FreezeError::UnknownCode {
                unit,
                variable,
                code,
            },
            Self::Number(number) => FreezeError::ReservedNumber {
                unit,
                variable,
                number,
            },
        }
    }
}

fn question_columns(
    page: &str,
    question: &Question,
    rows: &[Row<'_>],
) -> Result<Vec<Column>, FreezeError> {
    let codes: Vec<(String, Text)> = question
        .codes()
        .into_iter()
        .map(|(key, text)| (key.to_owned(), text.clone()))
        .collect();
    let variable = |key: &VariableKey, item: Option<&Text>| Variable {
        key: key.clone(),
        question: question.key.clone(),
        page: page.to_owned(),
        text: question.text.clone(),
        item: item.cloned(),
        codes: Vec::new(),
        ordered: false,
        unit: None,
    };
    let coded = |key: &VariableKey, item: Option<&Text>| {
        let code = |answer: &Answer| code_of(answer, &codes);
        let cells: Result<_, _> = rows.iter().map(|row| row.cell(key, code)).collect();
        let variable = Variable {
            codes: codes.clone(),
            ordered: question.ordered(),
            ..variable(key, item)
        };
        let values = Values::Coded(cells?);
        Ok(Column { variable, values })
    };
    let own = VariableKey(question.key.clone());
    match &question.kind {
        QuestionKind::Single { .. } => Ok(vec![coded(&own, None)?]),
        QuestionKind::Battery { items, .. } => items
            .iter()
            .map(|item| {
                let key = VariableKey(format!("{}.{}", question.key, item.key));
                coded(&key, Some(&item.text))
            })
            .collect(),
        QuestionKind::Multiple { options, .. } => {
            check_options(&own, &codes, rows)?;
            options
                .iter()
                .map(|option| {
                    let chosen = |answer: &Answer| match answer {
                        Answer::Choices(set) => Ok(set.contains(&option.key)),
                        _ => Err(Fault::Kind),
                    };
                    let cells: Result<_, _> =
                        rows.iter().map(|row| row.cell(&own, chosen)).collect();
                    let key = VariableKey(format!("{}.{}", question.key, option.key));
                    Ok(Column {
                        variable: variable(&key, Some(&option.text)),
                        values: Values::Flag(cells?),
                    })
                })
                .collect()
        }
        QuestionKind::Number { unit, .. } => {
            let cells: Result<_, _> = rows.iter().map(|row| row.cell(&own, number_of)).collect();
            let variable = Variable {
                unit: Some(unit.clone()),
                ..variable(&own, None)
            };
            let values = Values::Number(cells?);
            Ok(vec![Column { variable, values }])
        }
        QuestionKind::ShortText { .. } | QuestionKind::LongText { .. } => {
            let text = |answer: &Answer| match answer {
                Answer::Text(text) => Ok(text.clone()),
                _ => Err(Fault::Kind),
            };
            let cells: Result<_, _> = rows.iter().map(|row| row.cell(&own, text)).collect();
            let values = Values::Text(cells?);
            let variable = variable(&own, None);
            Ok(vec![Column { variable, values }])
        }
        QuestionKind::Nomination { .. } => Ok(Vec::new()),
    }
}

fn code_of(answer: &Answer, codes: &[(String, Text)]) -> Result<u16, Fault> {
    let Answer::Choice(chosen) = answer else {
        return Err(Fault::Kind);
    };
    let place = codes.iter().position(|(key, _)| key == chosen);
    let code = place.and_then(|place| u16::try_from(place).ok());
    code.ok_or_else(|| Fault::Code(chosen.clone()))
}

fn number_of(answer: &Answer) -> Result<f64, Fault> {
    match answer {
        Answer::Number(number) if !number.is_finite() || reserved(*number) => {
            Err(Fault::Number(*number))
        }
        Answer::Number(number) => Ok(*number),
        _ => Err(Fault::Kind),
    }
}

fn check_options(
    key: &VariableKey,
    codes: &[(String, Text)],
    rows: &[Row<'_>],
) -> Result<(), FreezeError> {
    for row in rows {
        if let (true, Some(Answer::Choices(chosen))) =
            (row.route.contains(key), row.answers.get(key))
        {
            let unknown = |option: &&String| !codes.iter().any(|(code, _)| code == *option);
            if let Some(unknown) = chosen.iter().find(unknown) {
                return Err(Fault::Code(unknown.clone()).of(row.unit, key));
            }
        }
    }
    Ok(())
}
