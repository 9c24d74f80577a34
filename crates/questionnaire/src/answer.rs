//! What a municipality answered, as typed values.

use std::collections::{BTreeMap, BTreeSet};

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

    /// Key of the item: what stands behind the dot.
    pub fn item_key(&self) -> Option<&str> {
        self.0.split_once('.').map(|(_, item)| item)
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
