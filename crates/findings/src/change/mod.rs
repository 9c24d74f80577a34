//! What changed between two waves that share units: released figures, verdicts, and what is not compared.
//!
//! [`change`] takes two closed waves and the lineage of the later questionnaire. For every comparable item it sets the
//! two released figures side by side and tests their difference with the covariance of the units in both waves
//! (Tam 1984, each wave with its own finite population correction). A family of tests is one question by one breakdown;
//! "risen" and "fallen" are said only by the test adjusted for its family (Benjamini and Hochberg 1995), and intervals
//! are as wide as the adjusted test demands (Benjamini and Yekutieli 2005), so that picture and verdict agree.
//!
//! Disclosure control: a change is the difference of two *released* figures, so that it says nothing that they do not;
//! where one of the two is held back there is none. Figures that only the comparison needs (merged answers) pass the
//! same rules as all others, and are held back where they would open a held answer of the first wave.

#[cfg(test)]
mod answers;
mod codes;
mod evaluate;
mod family;
mod figures;
mod panel;
#[cfg(test)]
mod truth;
mod units;

use jiff::civil::Date;
use questionnaire::Text;
use questionnaire::lineage::{Refusal, Step};
use register::Population;
use serde::{Deserialize, Serialize};

use crate::{Domain, Estimand, FindingKey, ReleasedCell};

pub use codes::{CodeAnalysis, CodePanel, CodeRow, code_analysis};
pub use evaluate::{ChangeError, Side, change, change_with_panel};
pub use family::{LEVEL, POWER};
pub use units::{CARRIED, continued};

/// What a test says about a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// "gestiegen": by the adjusted test, and by at least one whole point.
    Risen,
    /// "gefallen", likewise.
    Fallen,
    /// "keine Veränderung erkennbar".
    NotSeen,
    /// Too few respondents for a test.
    NotTested,
}

/// The difference of two released figures, later less earlier: whole percentage points for shares, tenths of the unit
/// for means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleasedDifference {
    /// Later less earlier.
    pub value: i64,
    /// As wide as the adjusted test demands: leaves zero out exactly where a change is seen.
    pub interval: Option<(i64, i64)>,
    /// What the adjusted test says.
    pub verdict: Verdict,
    /// The smallest change that would have been seen four times out of five; rounded up.
    pub smallest: Option<i64>,
    /// By how many percent the standard error would be too wide if the waves were taken as independent; negative
    /// where it would be too narrow.
    pub too_wide: Option<i64>,
}

/// The mean change of the units in both waves alone, in the units of [`ReleasedDifference`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelDifference {
    /// Later less earlier.
    pub value: i64,
    /// 95 % interval, not adjusted; `None` where none may be stated.
    pub interval: Option<(i64, i64)>,
    /// Units with an answer in both waves.
    pub n: u32,
}

/// One item in one domain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeRow {
    /// Key of the item, option or answer; empty for a question without items.
    pub key: String,
    /// Its wording in the later wave.
    pub label: Text,
    /// For whom the row speaks; in each wave those who belonged to it then.
    pub domain: Domain,
    /// What became of the item since the earlier wave.
    pub step: Step,
    /// The researcher's note for readers.
    pub note: Option<Text>,
    /// The figure of the earlier wave.
    pub before: ReleasedCell,
    /// The figure of the later wave.
    pub after: ReleasedCell,
    /// Respondents of the earlier wave; `None` when held back.
    pub n_before: Option<u32>,
    /// Respondents of the later wave.
    pub n_after: Option<u32>,
    /// The change; `None` when one of the two figures is held back.
    pub change: Option<ReleasedDifference>,
    /// The change of the units in both waves, for researchers; `None` when held back, and in all that is published.
    pub panel: Option<PanelDifference>,
}

/// One family of tests: one question by one breakdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// Which breakdown.
    pub breakdown: Breakdown,
    /// Tests made.
    pub tests: u32,
    /// Changes seen.
    pub seen: u32,
}

/// By what a question is broken down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Breakdown {
    /// All municipalities.
    Municipalities,
    /// All counties.
    Counties,
    /// Size classes.
    SizeClass,
    /// Towns and others.
    Town,
}

impl Breakdown {
    /// The breakdown to which a domain belongs.
    pub fn of(domain: Domain) -> Self {
        match domain {
            Domain::All(Population::Municipalities) => Self::Municipalities,
            Domain::All(Population::Counties) => Self::Counties,
            Domain::SizeClass(_) => Self::SizeClass,
            Domain::Town(_) => Self::Town,
        }
    }
}

/// The change of one question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeFinding {
    /// Key of the question in the later questionnaire.
    pub key: FindingKey,
    /// Page (theme) of the later questionnaire.
    pub theme: Text,
    /// Its wording in the later wave.
    pub question: Text,
    /// Share of municipalities, or mean.
    pub estimand: Estimand,
    /// What the figures are: "Anteil mit „groß“ oder „sehr groß“", the unit of a mean.
    pub measure: Text,
    /// What became of the question.
    pub step: Step,
    /// The researcher's note for readers.
    pub note: Option<Text>,
    /// Items in every domain: all of each population first, then the breakdowns.
    pub rows: Vec<ChangeRow>,
    /// The families of tests.
    pub families: Vec<Family>,
    /// Of scales: each answer by itself, item by item, in every domain.
    #[serde(default)]
    pub codes: Vec<CodeRow>,
    /// Their families of tests: all items by all answers in one breakdown.
    #[serde(default)]
    pub code_families: Vec<Family>,
}

/// What is not compared, with the reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Incomparable {
    /// Key of the question, in the later questionnaire unless it was dropped.
    pub question: String,
    /// Page (theme).
    pub theme: Text,
    /// Wording of the question.
    pub text: Text,
    /// Wording of the item or option; `None` for the whole question.
    pub part: Option<Text>,
    /// What became of it.
    pub step: Step,
    /// Why it is not compared.
    pub refused: Refusal,
    /// The reason in words.
    pub reason: Text,
    /// The researcher's note for readers.
    pub note: Option<Text>,
}

/// One of the two waves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComparedWave {
    /// Name.
    pub wave: String,
    /// Title.
    pub title: Text,
    /// First and last day.
    pub field_period: (Date, Date),
    /// Day on which its dataset was frozen.
    pub frozen: Date,
    /// Municipalities and counties that count.
    pub n: (u32, u32),
}

/// All that is released about the change between two waves. Made by [`change`] alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReleasedChange {
    /// The earlier wave.
    pub before: ComparedWave,
    /// The later wave.
    pub after: ComparedWave,
    /// Municipalities and counties that count in both.
    pub both: (u32, u32),
    /// Questions in the order of the later questionnaire.
    pub findings: Vec<ChangeFinding>,
    /// What is not compared.
    pub refused: Vec<Incomparable>,
    /// How it was compared, one paragraph each.
    pub method: Vec<Text>,
}

impl ReleasedChange {
    /// The change of this question.
    pub fn finding(&self, key: &str) -> Option<&ChangeFinding> {
        self.findings.iter().find(|finding| finding.key.0 == key)
    }
}
