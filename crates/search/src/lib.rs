//! Finding a practice by words, in German as people in administrations write it. The only crate with tantivy.
//!
//! The index can always be rebuilt from the store. It must not know what a municipality answered.
