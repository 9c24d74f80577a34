//! Editors' Markdown with inserted findings, as a neutral tree of blocks.

use serde::Serialize;

use crate::document::Figure;

/// A block. In JSON: `{"type": "paragraph", "content": [...]}`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "kebab-case", tag = "type")]
pub enum Block {
    /// A heading; `level` 2 to 4.
    Heading {
        /// 2 to 4.
        level: u8,
        /// Words.
        content: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// Words.
        content: Vec<Inline>,
    },
    /// A list.
    List {
        /// Numbered.
        ordered: bool,
        /// Items, each of blocks.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote {
        /// Its blocks.
        content: Vec<Block>,
    },
    /// A finding's chart, inserted with `{{ diagramm KEY }}`.
    Figure {
        /// The chart with all that belongs to it.
        figure: Box<Figure>,
    },
}

/// Part of a line. In JSON: `{"type": "text", "text": "..."}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "type")]
pub enum Inline {
    /// Words.
    Text {
        /// The words.
        text: String,
    },
    /// Emphasis.
    Emphasis {
        /// Words.
        content: Vec<Inline>,
    },
    /// Strong emphasis.
    Strong {
        /// Words.
        content: Vec<Inline>,
    },
    /// A link (http, https or mailto only).
    Link {
        /// Address.
        url: String,
        /// Words.
        content: Vec<Inline>,
    },
    /// A forced line break.
    Break,
}
