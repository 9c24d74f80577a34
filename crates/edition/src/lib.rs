//! A frozen edition: selection, texts, charts, the static site and the open data.
//!
//! Seventh step of the chain. Light: this crate must not know Typst, tantivy, arrow, SQL, HTTP or a clock.
//! All its numbers come from a [`findings::Release`]; sentences, charts, tables, site and data are made from the same
//! cells, so that they cannot differ.
//!
//! ```
//! use edition::{document, markdown, sample};
//!
//! let edition = sample::edition();
//! assert!(markdown::check(&edition).is_empty());
//! let handbook = document::document(&edition);
//! assert_eq!(handbook["chapters"][4]["title"], "Wohnen");
//! ```

pub mod analysis;
pub mod change;
pub mod charts;
pub mod data;
mod data_examples;
pub mod document;
mod draft;
pub mod figures;
pub mod gaps;
pub mod kept;
pub mod lookup;
pub mod markdown;
mod model;
pub mod numbers;
pub mod sample;
pub mod sentences;
pub mod site;
pub mod tables;
pub mod translation;

pub use draft::{Beginning, Draft, is_edition_key};
pub use model::{ChapterText, Edition, Example, ExampleTakeUp, FieldFacts, Logo};
