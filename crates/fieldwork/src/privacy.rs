//! What a study states about a wave's privacy, and when which data are deleted.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::Wave;

/// What researchers state about one wave. Empty fields are named as missing; they are never filled with a guess.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Privacy {
    /// The controller (Verantwortlicher) with its postal address, line by line.
    pub controller: String,
    /// How to reach the data protection officer.
    pub officer: String,
    /// Legal basis, in words.
    pub legal_basis: String,
    /// Who processes on behalf: the host, the print shop, line by line.
    pub processors: String,
    /// Where the contacts' addresses come from, where not from the municipality itself.
    pub origin: String,
    /// The supervisory authority.
    pub authority: String,
    /// Days after the field period until departments, comments and sign-offs are deleted.
    pub together_days: u32,
    /// Days after the field period until the history of changes is deleted.
    pub history_days: u32,
    /// Days after freezing until single answers with moment and giver are deleted.
    pub answers_days: u32,
    /// Days after the field period until contacts are deleted.
    pub contacts_days: u32,
    /// Days after they were sent until mails are deleted; the shortest of all waves counts.
    pub mails_days: u32,
    /// Days until lines of the audit log are deleted; the longest of all waves counts.
    pub audit_days: u32,
}

impl Default for Privacy {
    fn default() -> Self {
        Self {
            controller: String::new(),
            officer: String::new(),
            legal_basis: String::new(),
            processors: String::new(),
            origin: String::new(),
            authority: String::new(),
            together_days: 90,
            history_days: 90,
            answers_days: 730,
            contacts_days: 365,
            mails_days: 365,
            audit_days: 1095,
        }
    }
}

/// A moment this many days after another.
fn after(at: Timestamp, days: u32) -> Timestamp {
    let hours = SignedDuration::from_hours(24 * i64::from(days));
    at.checked_add(hours).unwrap_or(Timestamp::MAX)
}

impl Privacy {
    /// When departments, comments and sign-offs are deleted.
    pub fn together_until(&self, wave: &Wave) -> Timestamp {
        after(wave.closes, self.together_days)
    }

    /// When the history of changes is deleted.
    pub fn history_until(&self, wave: &Wave) -> Timestamp {
        after(wave.closes, self.history_days)
    }

    /// When contacts are deleted.
    pub fn contacts_until(&self, wave: &Wave) -> Timestamp {
        after(wave.closes, self.contacts_days)
    }

    /// When single answers with moment and giver are deleted; `None` while the dataset is not frozen.
    pub fn answers_until(&self, wave: &Wave) -> Option<Timestamp> {
        wave.frozen.map(|at| after(at, self.answers_days))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_that_are_not_stated_stay_empty_and_days_have_defaults() {
        let read: Privacy = serde_json::from_str(r#"{"controller":"Institut"}"#).unwrap();
        assert_eq!(read.together_days, 90);
        assert!(read.legal_basis.is_empty());
        let end: Timestamp = "2017-03-31T22:00:00Z".parse().unwrap();
        assert_eq!(after(end, 90).to_string(), "2017-06-29T22:00:00Z");
    }
}
