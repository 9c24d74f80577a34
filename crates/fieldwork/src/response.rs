//! What one municipality answered, answer by answer, each with its version.

use std::collections::BTreeMap;

use jiff::Timestamp;
use questionnaire::{Answer, Answers, VariableKey};
use register::Key;
use serde::{Deserialize, Serialize};

use crate::{Origin, WaveName};

/// Counts the saves of one variable; 0 is "never saved". A page carries the versions that it was shown with.
pub type Version = u32;

/// One saved answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnswerRecord {
    /// The answer; `None` when it was taken back.
    pub answer: Option<Answer>,
    /// How often this variable was saved.
    pub version: Version,
    /// When it was saved.
    pub saved: Timestamp,
    /// Who gave it.
    #[serde(default, skip_serializing_if = "Origin::is_contact")]
    pub by: Origin,
}

/// All that one municipality answered to one wave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// The wave.
    pub wave: WaveName,
    /// The unit for which it speaks.
    pub municipality: Key,
    /// Saved answers by variable.
    pub records: BTreeMap<VariableKey, AnswerRecord>,
    /// When it was submitted, if it was.
    pub submitted: Option<Timestamp>,
}

/// Saving one page: what is to change, with the versions that the page was shown with.
#[derive(Clone, Debug, PartialEq)]
pub struct Save {
    /// New answers (`None` takes one back) with the version that the writer saw.
    pub changes: BTreeMap<VariableKey, (Option<Answer>, Version)>,
    /// When.
    pub at: Timestamp,
    /// Who saves.
    pub by: Origin,
}

/// A variable that somebody else changed in the meantime.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The variable.
    pub variable: VariableKey,
    /// What stands now.
    pub theirs: AnswerRecord,
    /// What was to be saved.
    pub yours: Option<Answer>,
}

impl Response {
    /// The answers that stand.
    pub fn answers(&self) -> Answers {
        let standing = |(key, record): (&VariableKey, &AnswerRecord)| {
            Some((key.clone(), record.answer.clone()?))
        };
        self.records.iter().filter_map(standing).collect()
    }

    /// The version of one variable, 0 when it was never saved.
    pub fn version(&self, variable: &VariableKey) -> Version {
        self.records.get(variable).map_or(0, |r| r.version)
    }

    /// Applies a save. Nothing changes when one variable conflicts: somebody else saved another value
    /// after the version that the writer saw. The same value twice is no conflict.
    /// Returns the variables that changed.
    pub fn apply(&mut self, save: &Save) -> Result<Vec<VariableKey>, Vec<Conflict>> {
        let mut conflicts = Vec::new();
        for (variable, (yours, seen)) in &save.changes {
            if let Some(theirs) = self.records.get(variable)
                && theirs.version > *seen
                && theirs.answer != *yours
            {
                conflicts.push(Conflict {
                    variable: variable.clone(),
                    theirs: theirs.clone(),
                    yours: yours.clone(),
                });
            }
        }
        if !conflicts.is_empty() {
            return Err(conflicts);
        }
        let mut changed = Vec::new();
        for (variable, (answer, _)) in &save.changes {
            let before = self.records.get(variable);
            if before.and_then(|r| r.answer.as_ref()) == answer.as_ref() {
                continue;
            }
            let version = before.map_or(0, |r| r.version) + 1;
            self.records.insert(
                variable.clone(),
                AnswerRecord {
                    answer: answer.clone(),
                    version,
                    saved: save.at,
                    by: save.by.clone(),
                },
            );
            changed.push(variable.clone());
        }
        Ok(changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn save(variable: &str, text: &str, seen: Version) -> Save {
        let change = (Some(Answer::Text(text.into())), seen);
        Save {
            changes: [(VariableKey(variable.into()), change)].into(),
            at: Timestamp::UNIX_EPOCH,
            by: Origin::Contact,
        }
    }

    fn empty() -> Response {
        Response {
            wave: WaveName("probe".into()),
            municipality: Key::new("99001001").unwrap(),
            records: BTreeMap::new(),
            submitted: None,
        }
    }

    #[test]
    fn the_second_window_is_told_what_the_first_changed() {
        let mut response = empty();
        response.apply(&save("a", "first", 0)).unwrap();
        let conflicts = response.apply(&save("a", "second", 0)).unwrap_err();
        assert_eq!(
            conflicts[0].theirs.answer,
            Some(Answer::Text("first".into()))
        );
        assert_eq!(response.version(&VariableKey("a".into())), 1);
        response.apply(&save("a", "second", 1)).unwrap();
        assert_eq!(response.version(&VariableKey("a".into())), 2);
    }

    #[test]
    fn the_same_answer_twice_is_no_conflict() {
        let mut response = empty();
        response.apply(&save("a", "same", 0)).unwrap();
        assert_eq!(response.apply(&save("a", "same", 0)), Ok(vec![]));
    }
}
