//! The feedback sheet (Vergleichsblatt): a municipality's own answers beside released figures of its peer group.

use jiff::civil::Date;
use questionnaire::Text;
use serde::{Deserialize, Serialize};

use crate::{FindingKey, ReleasedCell};

/// One line: an own answer beside the peer group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeedbackRow {
    /// Key of the finding beside which the answer stands.
    pub finding: FindingKey,
    /// Key of the item or option; empty for a question without items.
    pub key: String,
    /// Theme of the questionnaire.
    pub theme: Text,
    /// Wording of the question or item.
    pub label: Text,
    /// The own answer in words; "–" when there is none. Numbers are plain digits here: people get them
    /// from `own_number` through the one module that formats numbers.
    pub own: Text,
    /// The own answer when it is a number, in the unit that `columns` names.
    pub own_number: Option<f64>,
    /// Index of the own answer among `columns`, for the mark on the chart.
    pub own_column: Option<usize>,
    /// Headings of the cells.
    pub columns: Vec<Text>,
    /// Released figures of the peer group, one a column.
    pub peers: Vec<ReleasedCell>,
    /// Respondents of the peer group behind it.
    pub n: Option<u32>,
    /// Whose figures `peers` are: the peer group, or the wider group that stands in for it
    /// where the peer group's figures are not released.
    pub peers_of: Text,
    /// Whether a wider group stands in.
    pub wider: bool,
}

/// An example that fits a need, with the reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatchedExample {
    /// Number of the practice.
    pub practice: i64,
    /// Title.
    pub title: String,
    /// Name of its municipality.
    pub municipality: String,
    /// Why it fits, e.g. "auch ein Landkreis, ähnliche Größe".
    pub reason: Text,
}

/// A need that was rated high, with examples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeedbackNeed {
    /// Wording of the need.
    pub need: Text,
    /// Key of the field of action.
    pub field: String,
    /// At most three.
    pub examples: Vec<MatchedExample>,
}

/// Two pages for one municipality.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeedbackSheet {
    /// Name of the municipality.
    pub municipality: String,
    /// Its fixed peer group (type x size class), e.g. "Städte mit 20.000 bis unter 100.000 Einwohnern".
    pub peer_group: Text,
    /// Title of the wave whose figures stand beside.
    pub figures_of: Text,
    /// Day on which those figures were frozen.
    pub figures_date: Date,
    /// Wave in which the own answers were given.
    pub own_wave: Text,
    /// Rows.
    pub rows: Vec<FeedbackRow>,
    /// Needs that were rated high.
    pub needs: Vec<FeedbackNeed>,
    /// Made-up data.
    pub synthetic: bool,
}
