//! A frozen edition: selection, texts, charts, the static site and the open data.
//!
//! Seventh step of the chain. Light: this crate must not know Typst, tantivy, arrow, SQL, HTTP or a clock.

pub mod charts;
pub mod data;
pub mod document;
mod draft;
pub mod figures;
pub mod lookup;
pub mod markdown;
mod model;
pub mod numbers;
pub mod sample;
pub mod sentences;
pub mod site;
pub mod tables;
pub mod translation;

pub use draft::Draft;
pub use model::{ChapterText, Edition, Example, Logo};
