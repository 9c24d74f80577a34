//! The edition as it is frozen.

use findings::{AuditReport, GapBasis, Release, ReleasedChange};
use jiff::civil::Date;
use practices::{Confirmation, FieldOfAction, Form, TakeUpForm};
use questionnaire::Text;
use serde::{Deserialize, Serialize};

use crate::sentences::Patterns;

/// An organisation with its logo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// Name as it is printed.
    pub name: String,
    /// SVG text.
    pub svg: Option<String>,
}

/// The editors' own words for one field of action, in Markdown with inserted findings:
/// `{{ anteil aufgaben.wohnen }}` becomes "rund 71 %", `{{ diagramm aufgaben }}` a chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChapterText {
    /// Key of the field of action.
    pub field: String,
    /// Markdown.
    pub markdown: String,
    /// Findings (keys, `variable` or `variable.item`) that open the chapter, the first with its sentence and chart.
    pub findings: Vec<String>,
    /// Numbers of the examples in their order.
    pub examples: Vec<i64>,
}

/// A published example, with the public facts of its municipality.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// Number of the practice.
    pub id: i64,
    /// Released wording.
    pub form: Form,
    /// Name of the municipality.
    pub municipality: String,
    /// Its type in words, e.g. "Stadt", "Gemeinde", "Landkreis".
    pub kind: Text,
    /// Inhabitants.
    pub inhabitants: u32,
    /// Official two-digit key of the Land, e.g. "05".
    pub land: String,
    /// Wave in which it was named, its title.
    pub wave: Text,
    /// Day of release.
    pub released: Date,
    /// Day of the last confirmation.
    pub confirmed: Date,
    /// Number of the published wording: "Fassung 2".
    #[serde(default = "first")]
    pub number: u32,
    /// Conditions of use, by name.
    #[serde(default = "default_licence")]
    pub licence: String,
    /// What the owner last said, where it did.
    #[serde(default)]
    pub said: Option<Confirmation>,
    /// Since when the owner has not answered.
    #[serde(default)]
    pub faded: Option<Date>,
    /// Who took it up, in the order of the chain.
    #[serde(default)]
    pub take_ups: Vec<ExampleTakeUp>,
}

/// A released take-up of an example.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExampleTakeUp {
    /// Name of the municipality.
    pub municipality: String,
    /// How many take-ups stand between it and the example.
    pub depth: usize,
    /// Released wording.
    pub form: TakeUpForm,
    /// Day of release.
    pub released: Date,
}

/// What the examples of one field share, as it stood when the edition was frozen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFacts {
    /// Key of the field of action.
    pub field: String,
    /// Examples that were named.
    pub named: usize,
    /// Examples that are published.
    pub published: usize,
    /// Published ones that editors have coded.
    pub coded: usize,
    /// By which criteria, in the editors' words; empty where the general ones hold.
    pub criteria: String,
    /// Success factors: name, and how many of the coded examples carry it.
    pub success: Vec<(Text, usize)>,
    /// Obstacles: the same.
    pub obstacles: Vec<(Text, usize)>,
    /// Prerequisites: the same.
    #[serde(default)]
    pub prerequisites: Vec<(Text, usize)>,
}

fn first() -> u32 {
    1
}

fn default_licence() -> String {
    practices::LICENCES[0].1.to_owned()
}

/// All that the outputs are made from. Frozen as JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    /// Format of this JSON.
    pub format: u32,
    /// Key in addresses, e.g. `2016-1`.
    pub key: String,
    /// Title, e.g. "Kommunen lernen voneinander".
    pub title: String,
    /// Subtitle.
    pub subtitle: String,
    /// The edition's date: the only date that the outputs carry.
    pub date: Date,
    /// Publisher, with the address for the imprint (lines).
    pub publisher: Logo,
    /// Address and responsible person of the imprint, as lines.
    pub imprint: Vec<String>,
    /// Funder.
    pub funder: Logo,
    /// Supporters.
    pub supporters: Vec<Logo>,
    /// Foreword, Markdown.
    pub foreword: String,
    /// Introduction, Markdown with inserted findings.
    pub introduction: String,
    /// Method chapter: the editors' words beside the generated ones, Markdown.
    pub method: String,
    /// Fields of action.
    pub fields: Vec<FieldOfAction>,
    /// A text for each field, in the order of the chapters.
    pub chapters: Vec<ChapterText>,
    /// The findings.
    pub release: Release,
    /// What the audit said before they were published; `None` in a preview.
    #[serde(default)]
    pub audit: Option<AuditReport>,
    /// The examples.
    pub examples: Vec<Example>,
    /// What the examples of each field share.
    #[serde(default)]
    pub shared: Vec<FieldFacts>,
    /// Patterns of lead sentences by key of the finding; see [`Patterns`]. May be empty.
    #[serde(default)]
    pub sentences: Patterns,
    /// What changed since an earlier wave, where the edition compares one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<ReleasedChange>,
    /// The editors' words on the change, Markdown.
    #[serde(default)]
    pub change_text: String,
    /// What gaps are counted from, where the edition shows them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gaps: Option<GapBasis>,
    /// Made-up data: said on every page.
    pub synthetic: bool,
}
