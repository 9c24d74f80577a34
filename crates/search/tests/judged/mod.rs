//! The judged set and its measures.

use std::collections::BTreeMap;
use std::fmt;

use search::Document;
use serde::Deserialize;

const DOCUMENTS: &str = include_str!("documents.json");
const QUERIES: &str = include_str!("queries.json");

/// Which part of the queries one belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    Tuned,
    Untouched,
}

#[derive(Deserialize)]
struct Written {
    id: String,
    title: String,
    text: String,
    municipality: String,
}

#[derive(Deserialize)]
struct Asked {
    query: String,
    relevant: BTreeMap<String, u8>,
}

/// One query with its grades.
#[derive(Debug)]
pub struct Judged {
    pub query: String,
    pub relevant: BTreeMap<String, u8>,
    pub share: Share,
}

/// All documents.
pub fn documents() -> Vec<Document> {
    documents_of(DOCUMENTS)
}

/// Documents of a file in this form.
pub fn documents_of(file: &str) -> Vec<Document> {
    let written: Vec<Written> = serde_json::from_str(file).expect("our own documents");
    let document = |w: Written| Document {
        id: w.id,
        title: w.title,
        text: w.text,
        place: w.municipality,
        ..Document::default()
    };
    written.into_iter().map(document).collect()
}

impl Judged {
    /// All queries.
    pub fn read() -> Vec<Self> {
        Self::read_of(QUERIES)
    }

    /// Queries of a file in this form.
    pub fn read_of(file: &str) -> Vec<Self> {
        let asked: Vec<Asked> = serde_json::from_str(file).expect("our own queries");
        let judged = |(i, a): (usize, Asked)| Self {
            query: a.query,
            relevant: a.relevant,
            share: if i % 3 == 2 {
                Share::Untouched
            } else {
                Share::Tuned
            },
        };
        asked.into_iter().enumerate().map(judged).collect()
    }
}

/// Means over queries.
#[derive(Debug, Default)]
pub struct Figures {
    queries: usize,
    ndcg: f64,
    recall: f64,
    /// Queries with nothing relevant among the first ten.
    pub without: usize,
}

impl Figures {
    /// Adds what was found for a query; its nDCG@10.
    pub fn add(&mut self, query: &Judged, found: &[String]) -> f64 {
        let gain =
            |grade: u8, rank: usize| (f64::from(1u32 << grade) - 1.0) / ((rank + 2) as f64).log2();
        let grade = |id: &String| query.relevant.get(id).copied().unwrap_or(0);
        let first = found.iter().take(10);
        let reached: f64 = first
            .clone()
            .enumerate()
            .map(|(rank, id)| gain(grade(id), rank))
            .sum();
        let mut best: Vec<u8> = query.relevant.values().copied().collect();
        best.sort_by(|a, b| b.cmp(a));
        let ideal: f64 = best
            .iter()
            .take(10)
            .enumerate()
            .map(|(rank, g)| gain(*g, rank))
            .sum();
        let hits = first.filter(|id| grade(id) > 0).count();
        self.queries += 1;
        self.ndcg += reached / ideal;
        self.recall += hits as f64 / query.relevant.len().min(10) as f64;
        self.without += usize::from(hits == 0);
        reached / ideal
    }

    /// Mean nDCG@10.
    pub fn ndcg(&self) -> f64 {
        self.ndcg / self.queries as f64
    }

    /// Mean recall@10.
    pub fn recall(&self) -> f64 {
        self.recall / self.queries as f64
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (ndcg, recall) = (self.ndcg(), self.recall());
        write!(
            f,
            "{} queries, nDCG@10 {ndcg:.3}, recall@10 {recall:.3}, without a hit {}",
            self.queries, self.without
        )
    }
}
