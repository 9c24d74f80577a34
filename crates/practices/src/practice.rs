//! An example with its life.

use jiff::civil::Date;
use register::Key;
use serde::{Deserialize, Serialize};

use crate::form::Form;
use crate::freshness::Confirmation;
use crate::life::State;
use crate::take_up::TakeUp;

/// Number of a practice, as it stands in addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PracticeId(pub i64);

/// A practice with its life: the newest wording, published or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Practice {
    /// Number.
    pub id: PracticeId,
    /// The municipality that named it.
    pub municipality: Key,
    /// Wave in which it was named; empty when it was proposed apart from a wave.
    pub wave: String,
    /// Wording.
    pub form: Form,
    /// State.
    pub state: State,
    /// Counts the saves of the form; a writer names the version that it saw.
    pub version: u32,
    /// Day of release.
    pub released: Option<Date>,
    /// "zuletzt bestätigt am"
    pub confirmed: Option<Date>,
}

/// Conditions of use that a municipality may choose on release, the default first: key and name.
pub const LICENCES: [(&str, &str); 3] = [
    ("cc-by-4.0", "CC BY 4.0"),
    ("cc-by-sa-4.0", "CC BY-SA 4.0"),
    ("cc0-1.0", "CC0 1.0"),
];

/// A published wording, citable for good at its own address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Publication {
    /// Counts the published wordings of a practice, from 1: "Fassung 2".
    pub number: u32,
    /// The version of the form that was released.
    pub version: u32,
    /// Released wording. The mailbox stands in it only when its owner released it too.
    pub form: Form,
    /// Day of release.
    pub released: Date,
    /// Day of publication.
    pub published: Date,
    /// Key of the conditions of use, one of [`LICENCES`].
    pub licence: String,
}

/// What everybody may see of a practice: its newest published wording, how fresh it is and who took it up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublishedExample {
    /// Number.
    pub id: PracticeId,
    /// The municipality that runs it.
    pub municipality: Key,
    /// Wave in which it was named; may be empty.
    pub wave: String,
    /// The newest published wording.
    pub publication: Publication,
    /// Days on which earlier wordings were published, with their numbers.
    pub earlier: Vec<(u32, Date)>,
    /// Last day on which the owner said something about it: release or confirmation.
    pub confirmed: Date,
    /// What the owner last said.
    pub confirmation: Option<Confirmation>,
    /// Since when it is faded: the owner did not answer.
    pub faded: Option<Date>,
    /// Released take-ups in the order in which they were released.
    pub take_ups: Vec<TakeUp>,
}

impl PublishedExample {
    /// State that people see: published, or faded.
    pub fn state(&self) -> State {
        if self.faded.is_some() {
            State::Faded
        } else {
            State::Published
        }
    }
}
