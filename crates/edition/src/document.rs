//! The one value that the handbook's template gets: words, numbers as text, charts as SVG. No layout here, no
//! arithmetic there. Typst reads it as `json("data.json")`; field names below are the keys of that JSON.
//!
//! Conventions: every number is text already formatted for people; `svg` is a whole SVG document with fixed
//! colours (no variables) and text in "Libertinus Serif"; an absent value is `null`; keys named `id` are unique in
//! the document and may serve as labels; German throughout (`lang`).

use std::collections::BTreeMap;

mod build;
mod examples;
mod method;
mod report;
pub(crate) mod shared;

use serde::Serialize;

pub(crate) use build::facts;
pub use build::{document, index, pages};
pub use examples::{cost_words, evidence_words, example_page, kind_words, mode_words};
pub use method::{method_parts, weighting_parts};
pub use report::{SHOWN_ROWS, report_parts};

use crate::change::ChangeChapter;
use crate::markdown::Block;

/// All of the handbook.
#[derive(Clone, Debug, Serialize)]
pub struct Document {
    /// Format of this value: 1.
    pub format: u32,
    /// "de".
    pub lang: String,
    /// Title of the edition.
    pub title: String,
    /// Subtitle.
    pub subtitle: String,
    /// Its date in words, e.g. "12. Juni 2016".
    pub date: String,
    /// The year, e.g. "2016".
    pub year: String,
    /// The same date as `2016-06-12`, for the PDF's own data.
    pub date_iso: String,
    /// Title of the wave that it reports, e.g. "Aufnahme und Integration in den Kommunen 2016".
    pub wave: String,
    /// Field period in words.
    pub field_period: String,
    /// "Beispieldaten: erfundene Kommunen", else `null`. Belongs on the cover and into every footer.
    pub synthetic: Option<String>,
    /// Who publishes.
    pub publisher: Organisation,
    /// Address and responsible person, a line each.
    pub imprint: Vec<String>,
    /// Who pays.
    pub funder: Organisation,
    /// Who supports.
    pub supporters: Vec<Organisation>,
    /// Figures at a glance (label and value), e.g. ("Kommunen haben geantwortet", "271"); four to six.
    pub facts: Vec<Fact>,
    /// Foreword. Headings in all blocks start at level 2 (level 1 is the chapter's own title).
    pub foreword: Vec<Block>,
    /// Introduction.
    pub introduction: Vec<Block>,
    /// One chapter a field of action, in order.
    pub chapters: Vec<Chapter>,
    /// What has changed since an earlier wave; `null` where none is compared.
    pub change: Option<ChangeChapter>,
    /// Where examples are missing; `null` where the edition does not say.
    pub gaps: Option<GapChapter>,
    /// Method chapter.
    pub method: Method,
    /// Tables of all findings, by theme.
    pub annex: Vec<Theme>,
    /// What the dot in tables means, and the other notes that hold for all tables; a sentence each.
    pub annex_notes: Vec<String>,
    /// Index of municipalities by first letter, in German order.
    pub index: Vec<IndexLetter>,
    /// Small maps (equal tiles, one Land marked), by the Land's two-digit key.
    pub locators: BTreeMap<String, Locator>,
}

/// An organisation.
#[derive(Clone, Debug, Serialize)]
pub struct Organisation {
    /// Name.
    pub name: String,
    /// Logo as SVG.
    pub svg: Option<String>,
}

/// Label and value.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// What it is, e.g. "Laufzeit".
    pub label: String,
    /// The value in words.
    pub value: String,
}

/// A small map with one Land marked.
#[derive(Clone, Debug, Serialize)]
pub struct Locator {
    /// Name of the Land.
    pub land: String,
    /// 60 x 72 units.
    pub svg: String,
    /// Alternative text.
    pub alt: String,
}

/// A chapter.
#[derive(Clone, Debug, Serialize)]
pub struct Chapter {
    /// `feld-<key>`.
    pub id: String,
    /// Key of the field of action.
    pub field: String,
    /// Name of the field of action.
    pub title: String,
    /// The finding that opens it: one sentence and one chart.
    pub lead: Option<Figure>,
    /// Further findings of the chapter, in order.
    pub findings: Vec<Figure>,
    /// The editors' text.
    pub text: Vec<Block>,
    /// What the chapter's examples share, how many were named, and by which criteria, as sentences.
    pub shared: Vec<String>,
    /// Examples, in the editors' order.
    pub examples: Vec<ExamplePage>,
}

/// A chart with what belongs to it. Its numbers are in the annex, table `tabelle-<key>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Key of the finding as the editors wrote it, e.g. `aufgaben` or `aufgaben.wohnen`.
    pub key: String,
    /// `municipalities` or `counties`.
    pub population: String,
    /// Id of its table in the annex, e.g. `tabelle-aufgaben`.
    pub table: String,
    /// The finding as one sentence: the chart's heading.
    pub sentence: String,
    /// Interval, n and what is estimated, one sentence; may be long.
    pub certainty: String,
    /// Wording of the question.
    pub question: String,
    /// SVG.
    pub svg: String,
    /// Width and height of the SVG in its own units (1 unit = 1 pt at a chart width of 360).
    pub width: u32,
    /// See `width`.
    pub height: u32,
    /// Alternative text.
    pub alt: String,
    /// Who was asked, n, wave, source, how to read it: one line below the chart.
    pub note: String,
}

/// An example: one page or two.
#[derive(Clone, Debug, Serialize)]
pub struct ExamplePage {
    /// `beispiel-<number>`.
    pub id: String,
    /// Small on top: field of action and kind, e.g. "Wohnen", "Projekt".
    pub field: String,
    /// Kind in words.
    pub kind: String,
    /// Title.
    pub title: String,
    /// The one sentence.
    pub sentence: String,
    /// Name of the municipality.
    pub municipality: String,
    /// Type, inhabitants, Land in one line, e.g. "Stadt, 12 400 Einwohner, Hessen".
    pub place: String,
    /// Key of the locator map.
    pub land: String,
    /// For the margin, in order: since when and state, cost, staff, funding, how the result is known, wave,
    /// last confirmed.
    pub margin: Vec<Fact>,
    /// Who took it up, in the order of the chain.
    pub take_ups: Vec<TakeUpLine>,
    /// Pages elsewhere.
    pub links: Vec<Fact>,
    /// Number of the wording with its conditions of use, e.g. "Fassung 1, CC BY 4.0".
    pub version: String,
    /// Function mailbox.
    pub mailbox: Option<String>,
    /// "Ausgangslage", "Was getan wurde", "Wer dabei ist", "Ergebnis", "Hürde und was half", "Was es braucht".
    pub sections: Vec<Section>,
}

/// A titled part of an example.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// Title.
    pub title: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
}

/// A municipality that took an example up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TakeUpLine {
    /// How many others stand between it and the example.
    pub depth: usize,
    /// Municipality, state and year, e.g. "Neustadt (läuft, seit 2015)".
    pub line: String,
    /// What it changed.
    pub changed: String,
    /// What it advises; may be empty.
    pub advice: String,
}

/// The method chapter.
#[derive(Clone, Debug, Serialize)]
pub struct Method {
    /// Generated parts, in order: who was asked, who answered, how weights were made, what the intervals assume,
    /// what is shown and what is not, what the numbers cannot say.
    pub parts: Vec<MethodPart>,
    /// The editors' words.
    pub text: Vec<Block>,
}

/// One part of the method chapter.
#[derive(Clone, Debug, Serialize)]
pub struct MethodPart {
    /// Stable key, e.g. `befragt`, `ruecklauf`, `gewichte`, `unsicherheit`, `schutz`, `grenzen`.
    pub key: String,
    /// Title.
    pub title: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
    /// Points of a list behind the paragraphs; may be empty.
    pub points: Vec<String>,
    /// Tables behind them.
    pub tables: Vec<Table>,
    /// Charts behind them (response by Land as tiles).
    pub charts: Vec<PlainChart>,
}

/// A chart that is no finding.
#[derive(Clone, Debug, Serialize)]
pub struct PlainChart {
    /// Title.
    pub title: String,
    /// SVG.
    pub svg: String,
    /// Size in the SVG's own units.
    pub width: u32,
    /// Size in the SVG's own units.
    pub height: u32,
    /// Alternative text.
    pub alt: String,
    /// How to read it.
    pub note: String,
}

/// Where a need is high and examples are missing.
#[derive(Clone, Debug, Serialize)]
pub struct GapChapter {
    /// Title.
    pub title: String,
    /// What it shows and how to read it, a paragraph each.
    pub lead: Vec<String>,
    /// Heading of the list.
    pub list_title: String,
    /// A sentence for each field with a gap, with the kinds of places.
    pub list: Vec<String>,
    /// Fields by size of the municipality.
    pub table: Table,
    /// Heading of the maps.
    pub maps_title: String,
    /// What holds for all maps.
    pub maps_note: String,
    /// One map for each field; none where the release has no tables by Land.
    pub maps: Vec<PlainChart>,
}

/// A theme of the annex.
#[derive(Clone, Debug, Serialize)]
pub struct Theme {
    /// Title.
    pub title: String,
    /// Tables, one a finding.
    pub tables: Vec<Table>,
}

/// A table. The first cell of a row is its header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Table {
    /// `tabelle-<key>`.
    pub id: String,
    /// Caption: the question, or what it shows.
    pub caption: String,
    /// What is estimated and who is counted; may be empty.
    pub base: String,
    /// Headings; the first is the one of the row headers (may be empty text).
    pub columns: Vec<String>,
    /// Groups of rows ("Städte und Gemeinden", "Landkreise", "nach Größe"); `title` may be empty.
    pub groups: Vec<RowGroup>,
    /// Notes below; may be empty.
    pub notes: Vec<String>,
}

/// Rows under one heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowGroup {
    /// Heading that spans the table.
    pub title: String,
    /// Rows: header first, then a text for each further column.
    pub rows: Vec<Vec<String>>,
}

/// A letter of the index.
#[derive(Clone, Debug, Serialize)]
pub struct IndexLetter {
    /// The letter.
    pub letter: String,
    /// Municipalities.
    pub entries: Vec<IndexEntry>,
}

/// A municipality of the index.
#[derive(Clone, Debug, Serialize)]
pub struct IndexEntry {
    /// Name.
    pub municipality: String,
    /// Name of the Land.
    pub land: String,
    /// Ids of its examples (`beispiel-<number>`), whose pages the template looks up.
    pub examples: Vec<String>,
}
