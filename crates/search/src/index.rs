//! Searching: every word of the query is looked up with all that answers it; the best answer counts (BM25).
//!
//! Scores are gathered term by term in one array over all documents: with many answers for each word this is quicker
//! than tantivy's queries, and every rule of the ranking stands here.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use tantivy::schema::{IndexRecordOption, Term, Value};
use tantivy::store::StoreReader;
use tantivy::{DocId, Index, InvertedIndexReader, TantivyDocument};

use crate::analysis::{Analyser, is_word};
use crate::build::{Fields, IndexError, days, read_words, schema};
use crate::columns::Columns;
use crate::lists::Lists;
use crate::query::{Idea, Reader, Unit};
use crate::vocabulary::{Entry, Vocabulary};
use crate::why::{Known, Reason, reasons};

/// What one asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// The words; empty for all documents.
    pub text: String,
    /// Facets with the values that are allowed; several values of one facet are alternatives.
    pub filters: Vec<(String, Vec<String>)>,
    /// Hits that are passed over.
    pub offset: usize,
    /// Hits that are returned.
    pub limit: usize,
    /// The present day: what was confirmed long ago sinks.
    pub today: Option<Date>,
    /// Whether to count the facets' values.
    pub facets: bool,
    /// Whether to say why each hit was found.
    pub why: bool,
}

/// One document that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its name.
    pub id: String,
    /// The higher the better; comparable within one answer only.
    pub score: f32,
    /// Title.
    pub title: String,
    /// Its one sentence, or the beginning of its text.
    pub summary: String,
    /// Which words answered which words of the query.
    pub why: Vec<Reason>,
}

/// An answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// All documents that match.
    pub total: usize,
    /// The page that was asked for, best first.
    pub hits: Vec<Hit>,
    /// Facet -> value -> documents, each facet as if it had no filter of its own.
    pub facets: BTreeMap<&'static str, BTreeMap<String, usize>>,
    /// Words with typing errors and what was taken instead.
    pub instead: Vec<(String, String)>,
}

/// BM25's two numbers, tuned on the judged set.
const K1: f32 = 1.2;
const B: f32 = 0.4;
/// How much a text that has only some ideas of a way loses.
const COVER: f32 = 1.6;
/// How much a text that answers only some words of the query loses.
const ALL: f32 = 1.1;
/// Days after which a confirmation is old, and what the score is multiplied with then.
const AGES: [(i64, f32); 2] = [(800, 0.75), (430, 0.9)];

/// What the score of a faded example is multiplied with.
const FADED: f32 = 0.7;
/// Blocks of stored texts that are kept in memory (16 kB each).
const BLOCKS: usize = 20;
/// A word that so many documents answer needs no weaker answers: they would only end up far below. Bounds the work.
const ENOUGH: usize = 4_000;
/// Topics help only where a word has found fewer documents than this.
const FEW: usize = 100;
/// How much more a topic says of a word that nothing else answers.
const ALONE: f32 = 2.0;
/// Answers from this weight on are always looked up.
const STRONG: f32 = 0.8;

/// Arrays over all documents that a query fills, used again by the next one: new ones would cost more than the query.
#[derive(Default)]
struct Scratch {
    /// Score of each document; left by the last query.
    total: Vec<f32>,
    matched: Vec<f32>,
    /// The following are all zero between queries.
    best: Vec<f32>,
    sum: Vec<f32>,
    ideas: Vec<u8>,
    idea_best: Vec<f32>,
}

/// At most so many wait for the next query.
const SCRATCHES: usize = 4;

impl Scratch {
    /// For a query over `n` documents.
    fn ready(&mut self, n: usize) {
        for array in [&mut self.total, &mut self.matched] {
            array.clear();
            array.resize(n, 0.0);
        }
        for array in [&mut self.best, &mut self.sum, &mut self.idea_best] {
            array.resize(n, 0.0);
        }
        self.ideas.resize(n, 0);
    }
}

/// An index that is open for searching; cheap to share behind an [`Arc`].
pub struct Search {
    stored: Option<StoreReader>,
    terms: Option<Arc<InvertedIndexReader>>,
    fields: Fields,
    columns: Columns,
    analyser: Analyser,
    vocabulary: Vocabulary,
    listed: Vocabulary,
    scratches: Mutex<Vec<Scratch>>,
    /// Terms of words that were looked at for reasons.
    known: Mutex<Known>,
}

const CALM: &str = "no holder of this lock panics";

impl Search {
    /// Opens the index in a folder that [`crate::build`] wrote with the same lists.
    pub fn open(folder: &Path, lists: Lists) -> Result<Self, IndexError> {
        let index = Index::open_in_dir(folder)?;
        let (_, fields) = schema();
        let reader = index.reader()?;
        let searcher = reader.searcher();
        let segment = searcher.segment_readers().first().cloned();
        let terms = segment
            .as_ref()
            .map(|s| s.inverted_index(fields.terms))
            .transpose()?;
        let columns = match &segment {
            Some(segment) => Columns::read(segment, K1, B)?,
            None => Columns::default(),
        };
        let stored = match &segment {
            Some(segment) => {
                let reader = segment.get_store_reader(BLOCKS);
                Some(reader.map_err(tantivy::TantivyError::from)?)
            }
            None => None,
        };
        let vocabulary = read_words(folder)?;
        let analyser = Analyser::new(lists, &vocabulary);
        let mut words: Vec<Entry> = analyser
            .lists
            .named
            .union(&analyser.lists.parts)
            .map(|folded| Entry {
                folded: folded.clone(),
                shown: folded.clone(),
                documents: 0,
                noun: true,
            })
            .collect();
        words.sort_by(|a, b| a.folded.cmp(&b.folded));
        Ok(Self {
            stored,
            terms,
            fields,
            columns,
            analyser,
            vocabulary,
            listed: Vocabulary::new(words),
            scratches: Mutex::default(),
            known: Mutex::default(),
        })
    }

    /// Documents in the index.
    pub fn documents(&self) -> usize {
        self.columns.documents()
    }

    /// Words of the texts that begin like this, the most frequent first, as the texts write them.
    pub fn completions(&self, typed: &str, most: usize) -> Vec<String> {
        let prefix = crate::fold::fold(typed);
        if prefix.len() < 2 {
            return Vec::new();
        }
        let found = self.vocabulary.begins(&prefix, most * 2);
        let stop = |e: &&Entry| !self.analyser.lists.is_stop(&e.folded) && e.folded.len() > 3;
        found
            .into_iter()
            .filter(stop)
            .take(most)
            .map(|e| e.shown.clone())
            .collect()
    }

    /// The units of a query, as this index reads them.
    pub fn read(&self, query: &str) -> Vec<Unit> {
        let count = |term: &str| self.count(term);
        let reader = Reader {
            analyser: &self.analyser,
            vocabulary: &self.vocabulary,
            listed: &self.listed,
            count: &count,
        };
        reader.read(query)
    }

    /// Answers a request.
    pub fn find(&self, request: &Request) -> Result<Found, IndexError> {
        let units = self.read(&request.text);
        let mut scratch = self.scratches.lock().expect(CALM).pop().unwrap_or_default();
        let asked = self.scores(&units, &mut scratch)?;
        let floor = if asked { floor(&scratch.total) } else { 0.0 };
        let picked = self.columns.pick(request, |doc| {
            let score = if asked {
                scratch.total[doc as usize]
            } else {
                1.0
            };
            (score > floor).then(|| score * self.freshness(doc, request.today))
        });
        let mut waiting = self.scratches.lock().expect(CALM);
        if waiting.len() < SCRATCHES {
            waiting.push(scratch);
        }
        drop(waiting);
        let mut hits = Vec::with_capacity(picked.page.len());
        for (doc, score) in picked.page {
            hits.push(self.hit(doc, score, &units, request.why)?);
        }
        Ok(Found {
            total: picked.total,
            hits,
            facets: picked.facets,
            instead: units
                .into_iter()
                .filter_map(|unit| unit.instead.map(|word| (unit.typed, word)))
                .collect(),
        })
    }

    /// Documents that are like this one, best first: those that have its rarest words.
    pub fn related(
        &self,
        id: &str,
        most: usize,
        today: Option<Date>,
    ) -> Result<Vec<Hit>, IndexError> {
        let Some(doc) = self.columns.find(id) else {
            return Ok(Vec::new());
        };
        let own = self.hit(doc, 0.0, &[], false)?;
        let stored = self.stored(doc)?;
        let text = |field| {
            stored
                .get_first(field)
                .and_then(|v| v.as_str().map(str::to_owned))
                .unwrap_or_default()
        };
        let mut terms: BTreeMap<String, f32> = BTreeMap::new();
        for (text, weight) in [
            (own.title, 2.0),
            (text(self.fields.summary), 1.0),
            (text(self.fields.text), 0.5),
        ] {
            for word in crate::fold::words(&text) {
                for term in self
                    .analyser
                    .terms(&word)
                    .into_iter()
                    .filter(|t| is_word(&t.text))
                {
                    *terms.entry(term.text).or_default() +=
                        if term.part { weight * 0.6 } else { weight };
                }
            }
        }
        let mut rare: Vec<(f32, String)> = terms
            .into_iter()
            .filter_map(|(term, weight)| {
                let count = self.count(&term);
                (count > 1).then(|| (weight.min(3.0) * self.idf(count), term))
            })
            .collect();
        rare.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        rare.truncate(16);
        let mut scores = vec![0f32; self.documents()];
        for (weight, term) in rare {
            self.each(&term, |doc, frequency| {
                scores[doc as usize] += weight * self.columns.saturate(doc, frequency);
            })?;
        }
        scores[doc as usize] = 0.0;
        let request = Request {
            limit: most,
            ..Request::default()
        };
        let picked = self.columns.pick(&request, |doc| {
            let score = scores[doc as usize];
            (score > 0.0).then(|| score * self.freshness(doc, today))
        });
        picked
            .page
            .into_iter()
            .map(|(doc, score)| self.hit(doc, score, &[], false))
            .collect()
    }

    fn freshness(&self, doc: DocId, today: Option<Date>) -> f32 {
        if self.columns.faded(doc) {
            return FADED;
        }
        let (Some(today), Some(confirmed)) = (today, self.columns.confirmed(doc)) else {
            return 1.0;
        };
        let age = days(today) - confirmed;
        AGES.iter()
            .find(|(limit, _)| age > *limit)
            .map_or(1.0, |(_, factor)| *factor)
    }

    fn idf(&self, count: u32) -> f32 {
        let (all, count) = (self.documents() as f32, count as f32);
        (1.0 + (all - count + 0.5) / (count + 0.5)).ln()
    }

    fn count(&self, term: &str) -> u32 {
        let Some(terms) = &self.terms else {
            return 0;
        };
        terms
            .doc_freq(&Term::from_field_text(self.fields.terms, term))
            .unwrap_or(0)
    }

    fn each(&self, term: &str, mut take: impl FnMut(DocId, f32)) -> Result<(), IndexError> {
        let Some(terms) = &self.terms else {
            return Ok(());
        };
        let term = Term::from_field_text(self.fields.terms, term);
        let postings = terms
            .read_block_postings(&term, IndexRecordOption::WithFreqs)
            .map_err(tantivy::TantivyError::from)?;
        let Some(mut block) = postings else {
            return Ok(());
        };
        while block.block_len() > 0 {
            for (doc, frequency) in block.docs().iter().zip(block.freqs()) {
                take(*doc, *frequency as f32 / 2.0);
            }
            block.advance();
        }
        Ok(())
    }

    /// Leaves the score of every document in `scratch.total`; false where nothing was asked.
    fn scores(&self, units: &[Unit], scratch: &mut Scratch) -> Result<bool, IndexError> {
        if units.is_empty() {
            return Ok(false);
        }
        scratch.ready(self.documents());
        // Of the way at hand: sum over its ideas, and how many were there.
        let Scratch {
            total,
            matched,
            best,
            sum,
            ideas,
            idea_best,
        } = scratch;
        let (mut touched, mut of_way, mut of_idea) = (Vec::new(), Vec::new(), Vec::new());
        let mut all = 0.0;
        for unit in units {
            for way in &unit.ways {
                if touched.len() > ENOUGH && way.weight < STRONG || touched.len() > FEW && way.topic
                {
                    continue;
                }
                for idea in &way.ideas {
                    self.idea(idea, idea_best, &mut of_idea)?;
                    for doc in of_idea.drain(..) {
                        let at = doc as usize;
                        if ideas[at] == 0 {
                            of_way.push(doc);
                        }
                        ideas[at] += 1;
                        sum[at] += idea_best[at];
                        idea_best[at] = 0.0;
                    }
                }
                let several = way.ideas.len() as f32;
                let alone = way.topic && touched.is_empty();
                let weight = way.weight * if alone { ALONE } else { 1.0 };
                for doc in of_way.drain(..) {
                    let at = doc as usize;
                    let share = f32::from(ideas[at]) / several;
                    // Two parts of one word are not two words.
                    let even = if unit.words > 1 { 1.0 } else { several.sqrt() };
                    let covered = if share < 1.0 { share.powf(COVER) } else { 1.0 };
                    let score = weight * sum[at] * covered / even;
                    (ideas[at], sum[at]) = (0, 0.0);
                    if way.whole && share < 1.0 {
                        continue;
                    }
                    if best[at] == 0.0 {
                        touched.push(doc);
                    }
                    best[at] = best[at].max(score);
                }
            }
            // What a unit can reach at most says how much it matters: rare words more than common ones.
            let most = touched
                .iter()
                .map(|doc| best[*doc as usize])
                .fold(0.0, f32::max);
            all += most;
            for doc in touched.drain(..) {
                let at = doc as usize;
                total[at] += best[at];
                matched[at] += most;
                best[at] = 0.0;
            }
        }
        for (score, matched) in total.iter_mut().zip(&*matched) {
            if *score > 0.0 && *matched < all {
                *score *= (matched / all).powf(ALL);
            }
        }
        Ok(true)
    }

    /// The best answer of an idea in each document.
    fn idea(
        &self,
        idea: &Idea,
        best: &mut [f32],
        touched: &mut Vec<DocId>,
    ) -> Result<(), IndexError> {
        // A rare synonym says no more than the word itself.
        let own = idea.first().map(|a| self.count(&a.term)).filter(|c| *c > 0);
        let most = own.map_or(f32::MAX, |c| self.idf(c));
        for answer in idea {
            let count = self.count(&answer.term);
            if count == 0 || (touched.len() > ENOUGH && answer.weight < STRONG) {
                continue;
            }
            let factor = answer.weight * self.idf(count).min(most);
            self.each(&answer.term, |doc, frequency| {
                let score = factor * self.columns.saturate(doc, frequency);
                let place = &mut best[doc as usize];
                if *place == 0.0 {
                    touched.push(doc);
                }
                if score > *place {
                    *place = score;
                }
            })?;
        }
        Ok(())
    }

    fn stored(&self, doc: DocId) -> Result<TantivyDocument, IndexError> {
        let store = self.stored.as_ref().expect("a document has a segment");
        Ok(store.get(doc)?)
    }

    fn hit(&self, doc: DocId, score: f32, units: &[Unit], why: bool) -> Result<Hit, IndexError> {
        let stored = self.stored(doc)?;
        let text = |field| {
            let value = stored.get_first(field);
            value
                .and_then(|v| v.as_str().map(str::to_owned))
                .unwrap_or_default()
        };
        let (title, mut summary, body) = (
            text(self.fields.title),
            text(self.fields.summary),
            text(self.fields.text),
        );
        let why = if why {
            reasons(
                (&self.analyser, &mut self.known.lock().expect(CALM)),
                units,
                &[&title, &summary, &body],
            )
        } else {
            Vec::new()
        };
        if summary.is_empty() {
            summary = beginning(&body);
        }
        Ok(Hit {
            id: text(self.fields.id),
            score,
            title,
            summary,
            why,
        })
    }
}

/// What a hit must have: nothing, or where at least ten have more than a small share of the best one, that.
fn floor(scores: &[f32]) -> f32 {
    const SHARE: f32 = 0.15;
    const ENOUGH: usize = 10;
    let floor = SHARE * scores.iter().copied().fold(0.0, f32::max);
    let above = scores.iter().filter(|score| **score > floor).count();
    if above >= ENOUGH { floor } else { 0.0 }
}

/// The first sentences of a text, about 200 letters.
fn beginning(text: &str) -> String {
    const LONG: usize = 220;
    if text.chars().count() <= LONG {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONG).collect();
    match cut.rfind(". ").filter(|at| *at > 80) {
        Some(at) => cut[..=at].to_owned(),
        None => format!(
            "{}…",
            cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head)
        ),
    }
}
