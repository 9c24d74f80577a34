//! The frozen table.

use jiff::civil::Date;
use questionnaire::{Text, VariableKey};
use serde::{Deserialize, Serialize};

/// One cell: a value, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cell<T> {
    /// A valid answer.
    Value(T),
    /// "weiß nicht"
    DontKnow,
    /// "keine Angabe"
    Refused,
    /// The question was not on this respondent's route.
    NotAsked,
    /// Asked, and left empty.
    Missing,
}

/// What one variable is: its wording and its codes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variable {
    /// Key: `question`, `question.item` or, for an option of a multiple choice, `question.option`.
    pub key: VariableKey,
    /// Key of the question that it belongs to.
    pub question: String,
    /// Key of the page (theme) that it stands on.
    pub page: String,
    /// Wording of the question.
    pub text: Text,
    /// Wording of the item or option, for batteries and multiple choices.
    pub item: Option<Text>,
    /// Codes with their wording, in the order of the questionnaire; empty for numbers and texts.
    pub codes: Vec<(String, Text)>,
    /// Whether the codes are a scale in ascending order (shares of the two upper points make sense).
    pub ordered: bool,
    /// Unit of a number.
    pub unit: Option<Text>,
}

/// The values of one variable, one a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "cells", rename_all = "kebab-case")]
pub enum Values {
    /// Index into the variable's codes.
    Coded(Vec<Cell<u16>>),
    /// Option of a multiple choice: chosen or not.
    Flag(Vec<Cell<bool>>),
    /// Number in the variable's unit.
    Number(Vec<Cell<f64>>),
    /// Free text.
    Text(Vec<Cell<String>>),
}

/// A variable with its values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Column {
    pub variable: Variable,
    pub values: Values,
}

/// A frozen wave: one row a unit that counts, in the order of their keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dataset {
    /// Name of the wave.
    pub wave: String,
    /// Day on which it was frozen.
    pub frozen: Date,
    /// Register keys of the units, ascending. They stay inside the house.
    pub units: Vec<String>,
    /// Columns, in the order of the questionnaire.
    pub columns: Vec<Column>,
}
