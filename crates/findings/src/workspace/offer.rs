//! What can be asked of a wave: questions, what to break down by, what to restrict to.

use dataset::{Column, Values};
use questionnaire::Text;

use super::Workspace;
use super::base::answers;
use crate::tables::item_key;

/// A closed question that can be asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Key of the question.
    pub key: String,
    /// Its page of the questionnaire.
    pub theme: Text,
    /// Its wording.
    pub text: Text,
    /// Items or options with their wording; empty for a question without.
    pub items: Vec<(String, Text)>,
    /// The answers of each of its variables; empty for numbers.
    pub answers: Vec<(String, Text)>,
    /// Whether the answers are a scale in ascending order.
    pub ordered: bool,
}

impl Offer {
    /// Keys of its variables with their wording: one for a question without items.
    pub fn variables(&self) -> Vec<(String, Text)> {
        if self.items.is_empty() {
            return vec![(self.key.clone(), self.text.clone())];
        }
        let items = self.items.iter();
        items
            .map(|(item, text)| (format!("{}.{item}", self.key), text.clone()))
            .collect()
    }

    /// Whether it can break a table down or restrict it.
    pub fn divides(&self) -> bool {
        !self.answers.is_empty()
    }
}

impl Workspace {
    /// All closed questions, in the order of the questionnaire.
    pub fn offers(&self) -> Vec<Offer> {
        let closed = self.dataset.columns.iter();
        let closed: Vec<&Column> = closed
            .filter(|c| !matches!(c.values, Values::Text(_)))
            .collect();
        closed
            .chunk_by(|a, b| a.variable.question == b.variable.question)
            .map(|columns| {
                let first = &columns[0].variable;
                let item = |c: &&Column| {
                    let label = c.variable.item.clone()?;
                    Some((item_key(c), label))
                };
                Offer {
                    key: first.question.clone(),
                    theme: self.themes.get(&first.page).cloned().unwrap_or_default(),
                    text: first.text.clone(),
                    items: columns.iter().filter_map(item).collect(),
                    answers: answers(columns[0]),
                    ordered: first.ordered,
                }
            })
            .collect()
    }
}
