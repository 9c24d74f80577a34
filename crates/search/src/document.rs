//! What is searched: an example with its texts and what it is filtered by.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// By what one filters. `confirmed` is the year of the last confirmation.
pub const FACETS: [&str; 12] = [
    "field",
    "target",
    "land",
    "size",
    "type",
    "cost",
    "state",
    "evidence",
    "kind",
    "lang",
    "source",
    "confirmed",
];

/// One document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Its name in the catalogue; unique.
    pub id: String,
    /// Title: counts most.
    pub title: String,
    /// The one sentence that says it.
    pub summary: String,
    /// Everything else.
    pub text: String,
    /// Name of the municipality: found by its words, never taken for parts of compounds.
    pub place: String,
    /// Values to filter by: the facet's name and a value, several of one name where it has several.
    pub facets: Vec<(String, String)>,
    /// Day of the last confirmation; without one it counts as neither fresh nor old.
    pub confirmed: Option<Date>,
    /// Its owner did not answer: it sinks.
    pub faded: bool,
}

impl Document {
    /// The texts from which the words are learnt.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        [self.title.as_str(), &self.summary, &self.text].into_iter()
    }
}
