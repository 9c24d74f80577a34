//! Where each question of a questionnaire comes from: its lineage against the questionnaire of an earlier wave.
//!
//! The researcher writes it in the questionnaire's file (`lineage:`), or has it proposed by [`propose`] and edits it.
//! [`faults`] says what is wrong with it; [`links`] says variable by variable what may be compared, on which
//! answers, and for the rest why not. Nothing is comparable unless it says so.

mod check;
mod decide;
mod links;
mod next;
mod propose;

use serde::{Deserialize, Serialize};

use crate::Text;

pub use check::{LineageFault, alike, faults, itemised, part_keys, part_text};
pub use decide::{Decisions, decided};
pub use links::{Group, Link, Refusal, links};
pub use next::next;
pub use propose::{not_asked_any_more, propose, proposed, to_yaml};

/// What became of a question, item or option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Asked as before.
    Same,
    /// Asked in other words.
    Reworded,
    /// Options were added, merged or dropped.
    Options,
    /// The scale (or the unit, or the type of the question) is another one.
    Scale,
    /// An option that holds what several options held.
    Merged,
    /// Not asked before.
    New,
    /// Not asked any more.
    Dropped,
}

impl Step {
    /// The word in the file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Reworded => "reworded",
            Self::Options => "options",
            Self::Scale => "scale",
            Self::Merged => "merged",
            Self::New => "new",
            Self::Dropped => "dropped",
        }
    }

    /// Reads [`Self::word`].
    pub fn from_word(word: &str) -> Option<Self> {
        let all = [
            Self::Same,
            Self::Reworded,
            Self::Options,
            Self::Scale,
            Self::Merged,
            Self::New,
            Self::Dropped,
        ];
        all.into_iter().find(|step| step.word() == word)
    }
}

/// The lineage of a whole questionnaire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lineage {
    /// Key of the earlier questionnaire.
    pub of: String,
    /// Its version.
    pub version: u32,
    /// One entry a question of the new questionnaire.
    pub questions: Vec<Entry>,
    /// Questions of the earlier questionnaire that are not asked any more, with their notes.
    pub dropped: Vec<(String, Text)>,
    /// Questions of the new questionnaire whose entry is only proposed: nobody confirmed it, so they are not compared.
    pub open: Vec<String>,
}

/// What became of one question, item or option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Key in the new questionnaire.
    pub key: String,
    /// What became of it.
    pub step: Step,
    /// Keys in the earlier questionnaire, where they are other ones; several only for merged options.
    pub from: Vec<String>,
    /// For other words and other options: whether the answers can be compared, as the researcher judges.
    pub comparable: Option<bool>,
    /// What readers must know.
    pub note: Option<Text>,
    /// For another scale: each earlier code with the new codes that stand for it.
    pub mapping: Vec<(String, Vec<String>)>,
    /// Items or options that are not as before; the others are the same.
    pub parts: Vec<Entry>,
    /// Items or options that are not offered any more, with their notes.
    pub dropped: Vec<(String, Text)>,
}

impl Entry {
    /// An entry without anything but its key and step.
    pub fn new(key: impl Into<String>, step: Step) -> Self {
        Self {
            key: key.into(),
            step,
            from: Vec::new(),
            comparable: None,
            note: None,
            mapping: Vec::new(),
            parts: Vec::new(),
            dropped: Vec::new(),
        }
    }

    /// Key of the question, item or option in the earlier questionnaire; `None` when it is new or merged of several.
    pub fn before(&self) -> Option<&str> {
        match (self.step, self.from.as_slice()) {
            (Step::New | Step::Dropped, _) => None,
            (_, []) => Some(&self.key),
            (_, [one]) => Some(one),
            _ => None,
        }
    }

    /// The entry of one item or option, where it is not as before.
    pub fn part(&self, key: &str) -> Option<&Entry> {
        self.parts.iter().find(|part| part.key == key)
    }
}

impl Lineage {
    /// The entry of a question.
    pub fn question(&self, key: &str) -> Option<&Entry> {
        self.questions.iter().find(|entry| entry.key == key)
    }
}
