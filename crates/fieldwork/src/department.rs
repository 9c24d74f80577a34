//! A department that answers some sections of a questionnaire with a link of its own.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Number of a department in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DepartmentId(pub i64);

/// A department (Fachbereich) of one municipality in one wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Department {
    /// Its number.
    pub id: DepartmentId,
    /// Its name as the contact typed it, e.g. "Sozialamt". Never a person's.
    pub name: String,
    /// The day until which the contact asks for its answers.
    pub until: Option<Date>,
    /// When it was given its first link.
    pub made: Timestamp,
    /// When its link was ended by the contact or the institute; it opens nothing any more.
    pub ended: Option<Timestamp>,
    /// Its sections by page key, each with the moment when it was marked as finished.
    pub sections: BTreeMap<String, Option<Timestamp>>,
}

impl Department {
    /// Whether it may see and answer this section.
    pub fn has(&self, page: &str) -> bool {
        self.sections.contains_key(page)
    }

    /// Whether it has marked as finished all of its sections that are asked.
    pub fn finished(&self, asked: &BTreeSet<&str>) -> bool {
        let open = |(page, at): (&String, &Option<Timestamp>)| {
            at.is_none() && asked.contains(page.as_str())
        };
        !self.sections.iter().any(open)
    }
}
