//! Who gave an answer: kept with each of them.

use serde::{Deserialize, Serialize};

use crate::{DepartmentId, WaveName};

/// Who gave an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Who holds the link of the invitation: the contact of the municipality.
    #[default]
    Contact,
    /// A department with a link of its own.
    Department(DepartmentId),
    /// Typed in by the institute from paper.
    Paper,
    /// Taken over from the municipality's answers to an earlier wave, on the contact's word.
    TakenOver(WaveName),
}

impl Origin {
    /// Whether the contact gave it: this is what most answers say, and what is not written out.
    pub fn is_contact(&self) -> bool {
        *self == Self::Contact
    }

    /// The earlier wave that it was taken over from.
    pub fn taken_over(&self) -> Option<&WaveName> {
        match self {
            Self::TakenOver(wave) => Some(wave),
            _ => None,
        }
    }
}
