//! What disclosure control has passed: rounded numbers that can be printed, and nothing else.

use jiff::civil::Date;
use questionnaire::Text;
use register::{Land, Population, SizeClass};
use serde::{Deserialize, Serialize};

use crate::workspace::KeptFinding;

use crate::WeightsReport;

/// Key of a finding: `<variable>` for the shares of one question, item or battery, e.g. `aufgaben` or `aufgaben.wohnen`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FindingKey(pub String);

/// What a number is an estimate of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Estimand {
    /// Share of municipalities that ... (the default).
    ShareOfMunicipalities,
    /// Share of the inhabitants who live in municipalities that ...
    ShareOfInhabitants,
    /// Mean over municipalities.
    Mean,
}

/// For whom a row speaks. Gemeinden and Kreise are never pooled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "type", content = "value")]
pub enum Domain {
    /// All of a population.
    All(Population),
    /// One size class (of `Population::Municipalities`).
    SizeClass(SizeClass),
    /// Cities and towns (`true`) or Gemeinden without town status (`false`), from 5,000 inhabitants on.
    Town(bool),
}

/// A number that may be printed, or why there is none. Percents are whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "type")]
pub enum ReleasedCell {
    /// A share in whole percents with its interval; `interval` is `None` where none may be stated.
    Percent {
        /// Whole percents.
        value: u8,
        /// Lower and upper bound, whole percents.
        interval: Option<(u8, u8)>,
    },
    /// Fewer than three said so: "unter 10 %".
    Under10,
    /// Fewer than three did not say so: "über 90 %".
    Over90,
    /// A mean in tenths of the unit, with its interval.
    Mean {
        /// Tenths of the unit.
        tenths: i64,
        /// Lower and upper bound in tenths.
        interval: Option<(i64, i64)>,
    },
    /// Held back by disclosure control: a dot, with one common reason.
    Suppressed,
}

/// One row of a table: an item (or option) in one domain, with a cell for each column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReleasedRow {
    /// Key of the item or option; empty for a question without items.
    pub key: String,
    /// Its wording.
    pub label: Text,
    /// For whom the row speaks.
    pub domain: Domain,
    /// Respondents behind it; `None` when suppressed.
    pub n: Option<u32>,
    /// One cell a column of the finding.
    pub cells: Vec<ReleasedCell>,
    /// For ordered scales: the share of the two upper points, for sorting and for the sentence.
    pub top_two: Option<ReleasedCell>,
}

/// One question's released table. All charts, sentences, sheets and downloads are made from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Key.
    pub key: FindingKey,
    /// Page (theme) of the questionnaire.
    pub theme: Text,
    /// Wording of the question.
    pub question: Text,
    /// What the numbers estimate.
    pub estimand: Estimand,
    /// Headings of the cells: the codes of the scale or the options; one ("trifft zu") for flags; the unit for means.
    pub columns: Vec<(String, Text)>,
    /// Whether the columns are a scale in ascending order.
    pub ordered: bool,
    /// Rows: every item in `Domain::All` of each population first, then the breakdowns.
    pub rows: Vec<ReleasedRow>,
    /// Who is counted, in words: valid answers of those who were asked.
    pub base: Text,
    /// How many respondents are not in the base, by item and population.
    pub left_out: Vec<LeftOut>,
    /// The request that made the numbers (issue: "how was this number made?"), as JSON.
    pub request: String,
}

/// Respondents who were asked and are not in the base of one row of `Domain::All`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Key of the item or option, as in [`ReleasedRow::key`].
    pub key: String,
    /// Which population.
    pub population: Population,
    /// All of them: "weiß nicht", "keine Angabe" and left empty together.
    pub total: u32,
    /// "weiß nicht", "keine Angabe", left empty; `None` when one of the three counts is one or two.
    pub by_reason: Option<[u32; 3]>,
    /// Respondents who were asked; 0 in releases that were made before this was counted.
    #[serde(default)]
    pub asked: u32,
}

/// Part of those asked that may be missing before a row is flagged.
pub const MUCH_MISSING: f64 = 0.20;

impl LeftOut {
    /// Respondents who were asked and gave a substantial answer.
    pub fn answered(&self) -> u32 {
        self.asked.saturating_sub(self.total)
    }

    /// Whether more than [`MUCH_MISSING`] of those who were asked are missing.
    pub fn is_much(&self) -> bool {
        f64::from(self.total) > MUCH_MISSING * f64::from(self.asked) && self.asked > 0
    }
}

/// One line of the response table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResponseRow {
    /// Group, e.g. a size class, a Land.
    pub label: Text,
    /// Units in the register.
    pub population: u32,
    /// Units that count.
    pub responded: u32,
    /// The Land, for rows by Land.
    pub land: Option<Land>,
}

/// What the method page says, with its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MethodReport {
    /// The one N, by population.
    pub n_municipalities: u32,
    /// The one N of the counties.
    pub n_counties: u32,
    /// Units invited.
    pub invited: u32,
    /// By size class and type.
    pub by_size_class: Vec<ResponseRow>,
    /// By type.
    pub by_type: Vec<ResponseRow>,
    /// By Land.
    pub by_land: Vec<ResponseRow>,
    /// Response cells after collapsing, in words, e.g. "Großstädte und Mittelstädte".
    pub cells: Vec<ResponseRow>,
    /// Cells without any response: nothing can be said about them.
    pub uncovered: Vec<Text>,
    /// Kish's effective n of the municipalities, rounded.
    pub kish_n: u32,
    /// Largest over smallest weight, rounded.
    pub weight_ratio: u32,
    /// Whether raking to the Länder converged, and over which margins.
    pub raking: Text,
    /// Kish's effective n of the counties, rounded.
    pub kish_n_counties: u32,
    /// Largest over smallest weight of the counties, rounded.
    pub weight_ratio_counties: u32,
    /// The rule by which response cells were collapsed, in plain words.
    pub collapsing: Text,
    /// What was collapsed or merged in this wave, one sentence each; empty when nothing was.
    pub merged: Vec<Text>,
    /// What the intervals assume.
    pub assumption: Text,
    /// The rules of disclosure control, one sentence each.
    pub disclosure: Vec<Text>,
    /// What the audit before publication checked, one sentence each; empty before it.
    #[serde(default)]
    pub audit: Vec<Text>,
    /// What became of the invitations, in words with their counts.
    pub dispositions: Vec<(Text, u32)>,
    /// What the weights did; `None` in releases that were made before it was kept.
    #[serde(default)]
    pub weights: Option<WeightsReport>,
}

/// All that one closed wave releases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Release {
    /// Name of the wave.
    pub wave: String,
    /// Title of the wave.
    pub title: Text,
    /// Field period: first and last day.
    pub field_period: (Date, Date),
    /// Day on which the dataset was frozen: the date of all these figures.
    pub frozen: Date,
    /// Method.
    pub method: MethodReport,
    /// Findings in the order of the questionnaire.
    pub findings: Vec<Finding>,
    /// Findings that researchers kept in the evaluation workspace and that an edition names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<KeptFinding>,
    /// Made-up data.
    pub synthetic: bool,
}

impl Release {
    /// The finding with this key.
    pub fn finding(&self, key: &str) -> Option<&Finding> {
        self.findings.iter().find(|f| f.key.0 == key)
    }

    /// Its tables, then those of its kept findings.
    pub(crate) fn tables(&self) -> impl Iterator<Item = &Finding> {
        let kept = self.kept.iter().map(|kept| &kept.table.finding);
        self.findings.iter().chain(kept)
    }

    /// The kept finding in this place among [`tables`](Self::tables).
    pub(crate) fn kept_at(&self, place: usize) -> Option<&KeptFinding> {
        self.kept.get(place.checked_sub(self.findings.len())?)
    }

    /// The table in this place.
    pub(crate) fn table(&self, place: usize) -> &Finding {
        match self.kept_at(place) {
            Some(kept) => &kept.table.finding,
            None => &self.findings[place],
        }
    }

    /// The table in this place.
    pub(crate) fn table_mut(&mut self, place: usize) -> &mut Finding {
        match place.checked_sub(self.findings.len()) {
            Some(kept) => &mut self.kept[kept].table.finding,
            None => &mut self.findings[place],
        }
    }

    /// The group of a row of a kept finding, in words.
    pub(crate) fn group_of(&self, place: usize, row: usize) -> Option<&Text> {
        let table = &self.kept_at(place)?.table;
        let group = table.groups.get(*table.group_of.get(row)?)?;
        Some(&group.label)
    }
}
