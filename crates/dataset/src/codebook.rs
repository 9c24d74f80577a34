//! What the columns and their numbers mean.

use jiff::civil::Date;
use questionnaire::{Text, VariableKey};
use serde::{Deserialize, Serialize};

use crate::{Dataset, Values};

/// Number of the codebook's file format.
pub const CODEBOOK_FORMAT: u32 = 1;

/// Stands for "not asked": the question was not on the respondent's route.
pub const NOT_ASKED: i32 = -7;
/// Stands for "keine Angabe".
pub const REFUSED: i32 = -8;
/// Stands for "weiß nicht".
pub const DONT_KNOW: i32 = -9;

/// Type of a column in the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnType {
    /// Codes 1, 2, ... in the order of the questionnaire.
    Coded,
    /// 1 chosen, 0 not chosen.
    Flag,
    /// A number in the variable's unit.
    Number,
    /// Free text.
    Text,
}

impl ColumnType {
    /// The word in the codebook's file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Coded => "coded",
            Self::Flag => "flag",
            Self::Number => "number",
            Self::Text => "text",
        }
    }

    /// Reads [`Self::word`].
    pub fn from_word(word: &str) -> Option<Self> {
        let all = [Self::Coded, Self::Flag, Self::Number, Self::Text];
        all.into_iter().find(|kind| kind.word() == word)
    }
}

/// One number of a column with what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodebookValue {
    /// The number in the file; `None` for the empty cell.
    pub value: Option<i32>,
    /// Key of the code in the questionnaire; empty for flags and missing values.
    pub code: String,
    /// What it means.
    pub label: Text,
    /// Stands for a missing value.
    pub missing: bool,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodebookEntry {
    /// Head of the column.
    pub key: VariableKey,
    /// Key of its question.
    pub question: String,
    /// Key of its page.
    pub page: String,
    /// Type.
    pub kind: ColumnType,
    /// Wording of the question.
    pub text: Text,
    /// Wording of the item or option.
    pub item: Option<Text>,
    /// Unit of a number.
    pub unit: Option<Text>,
    /// Whether the codes are a scale in ascending order.
    pub ordered: bool,
    /// Numbers with their meaning, those for missing values last.
    pub values: Vec<CodebookValue>,
}

/// The codebook of a dataset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codebook {
    /// [`CODEBOOK_FORMAT`].
    pub format: u32,
    /// Name of the wave.
    pub wave: String,
    /// Day on which the dataset was frozen.
    pub frozen: Date,
    /// Columns in the order of the dataset.
    pub entries: Vec<CodebookEntry>,
}

impl Dataset {
    /// The codebook. It says nothing about how often anything was answered.
    pub fn codebook(&self) -> Codebook {
        let entries = self.columns.iter().map(|column| {
            let variable = &column.variable;
            let (kind, mut values) = match &column.values {
                Values::Coded(_) => (ColumnType::Coded, coded(&variable.codes)),
                Values::Flag(_) => (ColumnType::Flag, flags()),
                Values::Number(_) => (ColumnType::Number, Vec::new()),
                Values::Text(_) => (ColumnType::Text, Vec::new()),
            };
            values.extend(missing_values());
            CodebookEntry {
                key: variable.key.clone(),
                question: variable.question.clone(),
                page: variable.page.clone(),
                kind,
                text: variable.text.clone(),
                item: variable.item.clone(),
                unit: variable.unit.clone(),
                ordered: variable.ordered,
                values,
            }
        });
        Codebook {
            format: CODEBOOK_FORMAT,
            wave: self.wave.clone(),
            frozen: self.frozen,
            entries: entries.collect(),
        }
    }
}

/// Whether a number stands for a missing value and so cannot be an answer.
pub(crate) fn reserved(number: f64) -> bool {
    [NOT_ASKED, REFUSED, DONT_KNOW]
        .iter()
        .any(|code| f64::from(*code) == number)
}

fn coded(codes: &[(String, Text)]) -> Vec<CodebookValue> {
    (1..)
        .zip(codes)
        .map(|(value, (code, label))| CodebookValue {
            value: Some(value),
            code: code.clone(),
            label: label.clone(),
            missing: false,
        })
        .collect()
}

fn text(de: &str, en: &str) -> Text {
    Text {
        de: de.to_owned(),
        en: en.to_owned(),
    }
}

fn value(value: Option<i32>, missing: bool, de: &str, en: &str) -> CodebookValue {
    CodebookValue {
        value,
        code: String::new(),
        label: text(de, en),
        missing,
    }
}

fn flags() -> Vec<CodebookValue> {
    vec![
        value(Some(0), false, "nicht gewählt", "not chosen"),
        value(Some(1), false, "gewählt", "chosen"),
    ]
}

fn missing_values() -> [CodebookValue; 4] {
    [
        value(Some(NOT_ASKED), true, "nicht gefragt", "not asked"),
        value(Some(REFUSED), true, "keine Angabe", "no answer given"),
        value(Some(DONT_KNOW), true, "weiß nicht", "don't know"),
        value(None, true, "nicht beantwortet", "left empty"),
    ]
}
