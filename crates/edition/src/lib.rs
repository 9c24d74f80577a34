//! A frozen edition: selection, texts, charts, the static site and the open data.
//!
//! Seventh step of the chain. Light: this crate must not know Typst, tantivy, arrow, SQL, HTTP or a clock.

pub mod document;
pub mod markdown;
mod model;
pub mod numbers;
pub mod translation;

pub use model::{ChapterText, Edition, Example, Logo};
