//! From answers to the frozen table: the route decides what was asked.

use jiff::civil::Date;
use questionnaire::{
    Answer, Answers, Lang, Part, Question, QuestionKind, Questionnaire, Text, Value, VariableKey,
};

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
    /// One column a variable, in the order of the questionnaire; a multiple choice has one flag column an option,
    /// a ranking one column a rank, a computed value one of its own. A day stands as 2020-12-31, a municipality
    /// as its key, files as their number. Nominated practices and e-mail addresses are not part of a dataset. A variable off the respondent's route is
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
                columns.extend(computed_column(questionnaire, &page.key, question, &rows));
                for part in question.parts() {
                    columns.extend(part_columns(&page.key, question, &part, &rows)?);
                }
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

/// A variable without codes and unit.
fn variable(page: &str, question: &Question, key: VariableKey, item: Option<Text>) -> Variable {
    Variable {
        key,
        question: question.key.clone(),
        page: page.to_owned(),
        text: question.text.clone(),
        item,
        codes: Vec::new(),
        ordered: false,
        unit: None,
    }
}

/// The column of a computed value.
fn computed_column(
    questionnaire: &Questionnaire,
    page: &str,
    question: &Question,
    rows: &[Row<'_>],
) -> Option<Column> {
    let QuestionKind::Computed { unit, words, .. } = &question.kind else {
        return None;
    };
    // Words follow from answers that stand in columns of their own.
    if !words.is_empty() {
        return None;
    }
    let asked = |row: &Row| {
        let own = question.show_if.as_ref();
        let page = questionnaire
            .page(page)
            .and_then(|page| page.show_if.as_ref());
        [own, page]
            .into_iter()
            .flatten()
            .all(|c| c.holds(row.answers))
    };
    let cell = |row: &Row| match questionnaire.computed(&question.key, row.answers) {
        _ if !asked(row) => Cell::NotAsked,
        Some(number) if !reserved(number) => Cell::Value(number),
        _ => Cell::Missing,
    };
    let variable = Variable {
        unit: Some(unit.clone()),
        ..variable(page, question, VariableKey::new(&question.key), None)
    };
    let values = Values::Number(rows.iter().map(cell).collect());
    Some(Column { variable, values })
}

/// The columns of one variable of a question.
fn part_columns(
    page: &str,
    question: &Question,
    part: &Part,
    rows: &[Row<'_>],
) -> Result<Vec<Column>, FreezeError> {
    let key = &part.key;
    let label = match (part.label(Lang::De), part.label(Lang::En)) {
        (Some(de), Some(en)) => Some(Text { de, en }),
        _ => None,
    };
    let codes: Vec<(String, Text)> = part
        .value
        .codes()
        .into_iter()
        .map(|(key, text)| (key.to_owned(), text.clone()))
        .collect();
    let own = || variable(page, question, key.clone(), label.clone());
    match &part.value {
        Value::Choice { ordered, .. } => {
            let code = |answer: &Answer| code_of(answer, &codes);
            let cells: Result<_, _> = rows.iter().map(|row| row.cell(key, code)).collect();
            let variable = Variable {
                codes: codes.clone(),
                ordered: *ordered,
                ..own()
            };
            let values = Values::Coded(cells?);
            Ok(vec![Column { variable, values }])
        }
        Value::Choices { options, .. } => {
            check_options(key, &codes, rows)?;
            options
                .iter()
                .map(|option| {
                    let chosen = |answer: &Answer| match answer {
                        Answer::Choices(set) => Ok(set.contains(&option.key)),
                        _ => Err(Fault::Kind),
                    };
                    let cells: Result<_, _> =
                        rows.iter().map(|row| row.cell(key, chosen)).collect();
                    let joined = |lang| match &label {
                        Some(label) => format!("{}: {}", label.get(lang), option.text.get(lang)),
                        None => option.text.get(lang).to_owned(),
                    };
                    let item = Text {
                        de: joined(Lang::De),
                        en: joined(Lang::En),
                    };
                    let key = VariableKey(format!("{key}.{}", option.key));
                    Ok(Column {
                        variable: variable(page, question, key, Some(item)),
                        values: Values::Flag(cells?),
                    })
                })
                .collect()
        }
        Value::Ranking { options, max, .. } => {
            let ranks = max.unwrap_or(options.len()).min(options.len());
            (1..=ranks)
                .map(|rank| rank_column(own(), key, rank, &codes, rows))
                .collect()
        }
        Value::Number { unit, .. } => {
            let cells: Result<_, _> = rows.iter().map(|row| row.cell(key, number_of)).collect();
            let variable = Variable {
                unit: Some((*unit).clone()),
                ..own()
            };
            let values = Values::Number(cells?);
            Ok(vec![Column { variable, values }])
        }
        Value::Files { .. } => {
            let count = |answer: &Answer| match answer {
                Answer::Files(files) => Ok(files.len() as f64),
                _ => Err(Fault::Kind),
            };
            let cells: Result<_, _> = rows.iter().map(|row| row.cell(key, count)).collect();
            let variable = Variable {
                unit: Some(Text {
                    de: "Dateien".into(),
                    en: "files".into(),
                }),
                ..own()
            };
            let values = Values::Number(cells?);
            Ok(vec![Column { variable, values }])
        }
        Value::Text { .. } | Value::Date { .. } | Value::Municipality => {
            let text = |answer: &Answer| match (&part.value, answer) {
                (Value::Text { .. }, Answer::Text(text)) => Ok(text.clone()),
                (Value::Date { .. }, Answer::Date(day)) => Ok(day.to_string()),
                (Value::Municipality, Answer::Municipality(place)) => Ok(place.key.clone()),
                _ => Err(Fault::Kind),
            };
            let cells: Result<_, _> = rows.iter().map(|row| row.cell(key, text)).collect();
            let values = Values::Text(cells?);
            let variable = own();
            Ok(vec![Column { variable, values }])
        }
        Value::Email | Value::Nominations { .. } => Ok(Vec::new()),
    }
}

/// The option on one rank; missing where fewer were ranked.
fn rank_column(
    own: Variable,
    key: &VariableKey,
    rank: usize,
    codes: &[(String, Text)],
    rows: &[Row<'_>],
) -> Result<Column, FreezeError> {
    let place = |answer: &Answer| match answer {
        Answer::Ranking(ranked) => match ranked.get(rank - 1) {
            Some(option) => code_of(&Answer::Choice(option.clone()), codes).map(Some),
            None => Ok(None),
        },
        _ => Err(Fault::Kind),
    };
    let flat = |cell: Cell<Option<u16>>| match cell {
        Cell::Value(Some(code)) => Cell::Value(code),
        Cell::Value(None) | Cell::Missing => Cell::Missing,
        Cell::DontKnow => Cell::DontKnow,
        Cell::Refused => Cell::Refused,
        Cell::NotAsked => Cell::NotAsked,
    };
    let cells: Result<_, _> = rows
        .iter()
        .map(|row| row.cell(key, place).map(flat))
        .collect();
    let variable = Variable {
        key: VariableKey(format!("{key}.{rank}")),
        item: Some(Text {
            de: format!("Platz {rank}"),
            en: format!("rank {rank}"),
        }),
        codes: codes.to_vec(),
        ..own
    };
    let values = Values::Coded(cells?);
    Ok(Column { variable, values })
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
