//! Finding examples: handed in, since these pages must not know tantivy.

use std::collections::BTreeMap;
use std::sync::Arc;

use practices::Entry;
use questionnaire::Lang;

use crate::state::{Rendered, StepFuture};

/// What is asked of the catalogue.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// The words; empty for all.
    pub text: String,
    /// Facets with the values that are allowed.
    pub filters: Vec<(String, Vec<String>)>,
    /// Examples that are passed over.
    pub offset: usize,
    /// Examples that are returned.
    pub limit: usize,
}

/// Which word of an example answered which word of the query.
#[derive(Clone, Debug, PartialEq)]
pub struct Because {
    /// As it was typed.
    pub typed: String,
    /// As it stands in the example.
    pub word: String,
    /// `same`, `part`, `family`, `synonym`, `related` or `typo`.
    pub relation: &'static str,
}

/// An example that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Its name in addresses: the number of a practice, or `s-` and the id of an imported entry.
    pub code: String,
    /// What it says.
    pub entry: Entry,
    /// Why it was found.
    pub why: Vec<Because>,
}

/// What the catalogue answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// All that match.
    pub total: usize,
    /// The page that was asked for.
    pub examples: Vec<Example>,
    /// Facet -> value -> examples, each facet as if it had no filter of its own.
    pub facets: BTreeMap<String, BTreeMap<String, usize>>,
    /// Words with typing errors, and what was looked for instead.
    pub instead: Vec<(String, String)>,
}

/// Answers a search.
pub type SearchStep = dyn Fn(Wanted) -> StepFuture<Answer> + Send + Sync;
/// One example, with those that are like it.
pub type ExampleStep = dyn Fn(String) -> StepFuture<Option<(Example, Vec<Example>)>> + Send + Sync;
/// Words that complete what is typed.
pub type SuggestStep = dyn Fn(String) -> StepFuture<Vec<String>> + Send + Sync;
/// What is wrong with lists of parts and of synonyms, one line a fault.
pub type ListCheck = dyn Fn(&str, &str) -> Vec<String> + Send + Sync;
/// Examples as PDF, two pages each.
pub type ExamplesRenderer = dyn Fn(&[Entry], Lang) -> Rendered + Send + Sync;

/// The catalogue, handed in.
#[derive(Clone)]
pub struct Finder {
    /// Answers a search.
    pub search: Arc<SearchStep>,
    /// One example by its code, with those that are like it.
    pub example: Arc<ExampleStep>,
    /// Completes a word.
    pub suggest: Arc<SuggestStep>,
    /// Checks an editor's lists.
    pub check_lists: Arc<ListCheck>,
    /// Examples as PDF.
    pub pdf: Arc<ExamplesRenderer>,
}

impl Finder {
    /// A catalogue without examples, for tests of other pages.
    pub fn empty() -> Self {
        Self {
            search: Arc::new(|_| Box::pin(async { Ok(Answer::default()) })),
            example: Arc::new(|_| Box::pin(async { Ok(None) })),
            suggest: Arc::new(|_| Box::pin(async { Ok(Vec::new()) })),
            check_lists: Arc::new(|_, _| Vec::new()),
            pdf: Arc::new(|_, _| Err("no examples".to_owned())),
        }
    }
}
