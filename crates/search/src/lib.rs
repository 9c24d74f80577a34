//! Finding a practice by words, in German as people write it. The only crate with tantivy.
//!
//! Beside the chain: it reads what is published and answers with names of documents. The index can always be rebuilt
//! from the store. It must not know what a municipality answered, nor SQL, HTTP or a clock.
//!
//! A text becomes [`fold::words`], these become terms ([`analysis`]): the word's [`stem`], the parts of a
//! [`compound`], and the roots of both. A query becomes units ([`query`]): each word with its synonyms from the
//! [`lists`], its parts, and near words where it has a typing error. [`Search`] adds up the best answers.
//!
//! ```
//! use search::{Document, Lists, Request, Search, build};
//! let folder = std::env::temp_dir().join(format!("search-doc-{}", std::process::id()));
//! std::fs::create_dir_all(&folder).unwrap();
//! let document = Document {
//!     id: "1".into(),
//!     title: "Ausbildungsplätze in Handwerksbetrieben".into(),
//!     ..Document::default()
//! };
//! build(&folder, Lists::ours(), &mut |take| {
//!     take(document.clone());
//!     Ok(())
//! })
//! .unwrap();
//! let search = Search::open(&folder, Lists::ours()).unwrap();
//! let found = search
//!     .find(&Request { text: "Azubi Werkstatt".into(), limit: 10, ..Request::default() })
//!     .unwrap();
//! assert_eq!(found.hits[0].id, "1");
//! # std::fs::remove_dir_all(&folder).unwrap();
//! ```

pub mod analysis;
mod build;
mod columns;
pub mod compound;
mod document;
mod entries;
pub mod fold;
mod index;
pub mod lists;
pub mod query;
pub mod stem;
pub mod vocabulary;
mod why;

pub use build::{FORMAT, IndexError, Reading, build};
pub use document::{Document, FACETS};
pub use entries::{Entries, EntryFault};
pub use index::{Found, Hit, Request, Search};
pub use lists::{Added, ListFault, Lists, Relation};
pub use why::Reason;
