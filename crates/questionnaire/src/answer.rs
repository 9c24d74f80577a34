//! What a municipality answered, as typed values.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Key of one answer variable: the question's key, or `question.item` for an item of a battery.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VariableKey(pub String);

impl VariableKey {
    /// The variable of a question that is no battery.
    pub fn new(question: impl Into<String>) -> Self {
        Self(question.into())
    }

    /// The variable of one item of a battery.
    pub fn item(question: &str, item: &str) -> Self {
        Self(format!("{question}.{item}"))
    }

    /// Key of the question: what stands before the dot.
    pub fn question(&self) -> &str {
        self.0
            .split_once('.')
            .map_or(&self.0, |(question, _)| question)
    }

    /// Key of the item: what stands behind the first dot.
    pub fn item_key(&self) -> Option<&str> {
        self.0.split_once('.').map(|(_, item)| item)
    }

    /// Question and item without a column: all before the second dot.
    pub fn row(&self) -> &str {
        let mut dots = self.0.match_indices('.').map(|(at, _)| at);
        dots.nth(1).map_or(&self.0, |second| &self.0[..second])
    }

    /// The key as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for VariableKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for VariableKey {
    fn from(key: &str) -> Self {
        Self(key.to_owned())
    }
}

/// One answer. Not answered at all is the variable's absence from [`Answers`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "kebab-case")]
pub enum Answer {
    /// "weiß nicht"
    DontKnow,
    /// "keine Angabe"
    Refused,
    /// Key of the chosen option, or of the scale's point for an item of a battery.
    Choice(String),
    /// Keys of the chosen options, never empty.
    Choices(BTreeSet<String>),
    /// A number in the question's unit.
    Number(f64),
    /// Short or long text, trimmed, never empty.
    Text(String),
    /// Practices that were named.
    Nominations(Vec<Nomination>),
    /// Keys of the ranked options, the first rank first, never empty.
    Ranking(Vec<String>),
    /// A day.
    Date(Date),
    /// A municipality of the register.
    Municipality(Place),
    /// Files that were sent along, never empty.
    Files(Vec<SentFile>),
}

/// A municipality as an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its key in the register.
    pub key: String,
    /// Its name when it was chosen.
    pub name: String,
}

/// A file that was sent along; its bytes are kept elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentFile {
    /// Under which the bytes are kept: letters and digits.
    pub id: String,
    /// Name as it was sent, without folders.
    pub name: String,
    /// Bytes.
    pub size: u64,
}

/// A practice as a municipality names it in the questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nomination {
    /// What it is called.
    pub title: String,
    /// What is done, in a few sentences.
    pub description: String,
    /// Key of the field of action.
    pub field: String,
    /// Function mailbox for questions (never a person's name).
    pub mailbox: Option<String>,
}

/// All answers of one response, by variable.
pub type Answers = BTreeMap<VariableKey, Answer>;
