//! Editors' Markdown with inserted findings, as a neutral tree of blocks.
//!
//! `{{ n }}` is how many municipalities answered, `{{ anteil KEY }}` a number ("rund 71 %"), `{{ satz KEY }}` a
//! finding as a sentence, `{{ diagramm KEY }}` a chart. `groesse=large-city` (or `population=counties`) behind the key
//! names a group; `{{ n }}` takes the two populations only. Numbers come from the release only. All faults are found at once, each with its place.

mod faults;
mod html;
mod insert;
mod parse;

use serde::Serialize;

pub use faults::{Fault, TextFault};
pub use html::{escape, to_html};
pub use parse::parse;

use crate::Edition;
use crate::document::Figure;
use crate::figures::Source;
use questionnaire::Lang;

/// A block. In JSON: `{"type": "paragraph", "content": [...]}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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

/// All faults of all texts of an edition, with the text in which they stand: `vorwort`, `einleitung`, `methode` or
/// the key of a field of action.
pub fn check(edition: &Edition) -> Vec<(String, TextFault)> {
    let source = Source {
        lang: Lang::De,
        release: &edition.release,
        patterns: &edition.sentences,
    };
    let mut texts = vec![
        ("vorwort".to_owned(), &edition.foreword),
        ("einleitung".to_owned(), &edition.introduction),
        ("veraenderung".to_owned(), &edition.change_text),
        ("methode".to_owned(), &edition.method),
    ];
    texts.extend(
        edition
            .chapters
            .iter()
            .map(|c| (c.field.clone(), &c.markdown)),
    );
    let mut faults: Vec<(String, TextFault)> = texts
        .into_iter()
        .flat_map(|(name, text)| {
            parse(text, &source)
                .1
                .into_iter()
                .map(move |f| (name.clone(), f))
        })
        .collect();
    for chapter in &edition.chapters {
        for key in &chapter.findings {
            if source.kept(key).is_some() {
                continue;
            }
            if let Err(error) = source.subject(key, register::Population::Municipalities) {
                let problem = Fault::Lookup(error);
                faults.push((
                    chapter.field.clone(),
                    TextFault {
                        line: 0,
                        column: 0,
                        problem,
                    },
                ));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests;
