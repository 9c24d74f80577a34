//! A survey round: who asks whom, when, and with which questionnaire.

use jiff::Timestamp;
use questionnaire::Text;
use serde::{Deserialize, Serialize};

/// Name of a wave in addresses and on the command line, e.g. `2016-1` or `probe`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WaveName(pub String);

impl std::fmt::Display for WaveName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// An organisation that asks, pays or supports, with its logo.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supporter {
    /// Name as it is printed.
    pub name: String,
    /// Logo as SVG text, drawn beside the name.
    pub logo_svg: Option<String>,
}

/// One survey round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wave {
    /// Its name in addresses.
    pub name: WaveName,
    /// Title of the study and the wave, e.g. "Aufnahme und Integration in den Kommunen 2016".
    pub title: Text,
    /// Why the municipalities are asked, a few sentences.
    pub purpose: Text,
    /// Who asks.
    pub institute: Supporter,
    /// Who pays; without a name where nobody does beside the institute.
    #[serde(default)]
    pub funder: Supporter,
    /// Who supports.
    pub supporters: Vec<Supporter>,
    /// Mail address for questions.
    pub contact: String,
    /// Minutes that answering takes, from and to.
    pub minutes: (u32, u32),
    /// First moment of the field period.
    pub opens: Timestamp,
    /// First moment after the field period.
    pub closes: Timestamp,
    /// When the dataset was frozen; `None` while it is not.
    pub frozen: Option<Timestamp>,
    /// Made-up data: said on every page.
    pub synthetic: bool,
}

/// Where a wave is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Before the field period.
    Planned,
    /// Within the field period: answers can be given and changed.
    Open,
    /// After the field period, or frozen.
    Closed,
}

impl Wave {
    /// Whether somebody beside the institute pays.
    pub fn has_funder(&self) -> bool {
        !self.funder.name.trim().is_empty()
    }

    /// The phase at `now`.
    pub fn phase(&self, now: Timestamp) -> Phase {
        if self.frozen.is_some() || now >= self.closes {
            Phase::Closed
        } else if now < self.opens {
            Phase::Planned
        } else {
            Phase::Open
        }
    }
}
