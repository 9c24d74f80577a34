//! Building the index: once through the documents for their words, once for their terms.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::rc::Rc;

use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::store::Compressor;
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{Index, IndexSettings, IndexWriter, TantivyDocument};

use crate::analysis::{Analyser, Term};
use crate::document::{Document, FACETS};
use crate::fold::{Word, words};
use crate::lists::Lists;
use crate::vocabulary::{Counter, Entry, Vocabulary};

/// Changes when the index of an older program cannot be read any more.
pub const FORMAT: u32 = 2;
/// The file with the words, beside tantivy's.
pub(crate) const WORDS: &str = "woerter.tsv";

/// How much a word counts by where it stands: whole words, and parts of words. In halves of an occurrence.
const TITLE: (usize, usize) = (6, 4);
const SUMMARY: (usize, usize) = (3, 2);
const TEXT: (usize, usize) = (2, 1);
const PLACE: (usize, usize) = (2, 0);
/// More of one term in one document says nothing more.
const MOST: usize = 24;
/// Memory of tantivy's writer in bytes: the least that it takes is 15 MB.
const MEMORY: usize = 16_000_000;
/// Words whose terms are remembered while building.
const KNOWN: usize = 15_000;

/// Why an index could not be built or opened.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum IndexError {
    #[error("the search index: {0}")]
    Tantivy(#[from] tantivy::TantivyError),
    #[error("the search index, {file}: {cause}")]
    File { file: String, cause: std::io::Error },
    #[error("the search index, {file}, line {line}: not a line of words; build the index again")]
    Words { file: String, line: usize },
    #[error("the documents cannot be read: {0}")]
    Source(String),
}

pub(crate) struct Fields {
    pub terms: Field,
    pub id: Field,
    pub title: Field,
    pub summary: Field,
    pub text: Field,
    pub length: Field,
    pub confirmed: Field,
    pub faded: Field,
    pub facets: BTreeMap<&'static str, Field>,
}

pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let terms = TextFieldIndexing::default()
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::WithFreqs);
    let fields = Fields {
        terms: builder.add_text_field("terms", TextOptions::default().set_indexing_options(terms)),
        id: builder.add_text_field("id", STORED),
        title: builder.add_text_field("title", STORED),
        summary: builder.add_text_field("summary", STORED),
        text: builder.add_text_field("text", STORED),
        length: builder.add_u64_field("length", FAST),
        confirmed: builder.add_i64_field("day", NumericOptions::default().set_fast()),
        faded: builder.add_u64_field("faded", FAST),
        facets: FACETS
            .into_iter()
            .map(|name| {
                (
                    name,
                    builder.add_text_field(name, TextOptions::default().set_fast("raw")),
                )
            })
            .collect(),
    };
    (builder.build(), fields)
}

/// Goes through all documents and hands each to its argument.
pub type Reading<'a> = dyn FnMut(&mut dyn FnMut(Document)) -> Result<(), String> + 'a;

/// Builds an index in an empty folder. `read` goes through all documents and hands each to its argument; it is called
/// twice and must hand over the same documents both times.
pub fn build(folder: &Path, lists: Lists, read: &mut Reading<'_>) -> Result<usize, IndexError> {
    let mut counter = Counter::default();
    read(&mut |document| counter.add(document.texts())).map_err(IndexError::Source)?;
    let vocabulary = Vocabulary::new(counter.finish());
    write_words(folder, vocabulary.entries())?;
    let analyser = Analyser::new(lists, &vocabulary);
    let (schema, fields) = schema();
    let index = Index::builder()
        .schema(schema)
        .settings(IndexSettings {
            docstore_compression: Compressor::None,
            ..IndexSettings::default()
        })
        .create_in_dir(folder)?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, MEMORY)?;
    let mut known: HashMap<String, Rc<[Term]>> = HashMap::new();
    let (mut count, mut failed) = (0, None);
    read(&mut |document| {
        if failed.is_some() {
            return;
        }
        count += 1;
        let added = writer.add_document(one(&fields, &analyser, &mut known, &document));
        failed = added.err();
    })
    .map_err(IndexError::Source)?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    writer.commit()?;
    // Joining the segments maps them all: what they were made from must be gone by then.
    drop((known, analyser, vocabulary));
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.wait_merging_threads()?;
    Ok(count)
}

fn one(
    fields: &Fields,
    analyser: &Analyser,
    known: &mut HashMap<String, Rc<[Term]>>,
    document: &Document,
) -> TantivyDocument {
    let mut weights: BTreeMap<String, usize> = BTreeMap::new();
    let mut length = 0;
    for (text, (whole, part)) in [
        (&document.title, TITLE),
        (&document.summary, SUMMARY),
        (&document.text, TEXT),
        (&document.place, PLACE),
    ] {
        for word in words(text) {
            length += 1;
            for term in terms(analyser, known, &word).iter() {
                let weight = if term.part { part } else { whole };
                if weight > 0 {
                    *weights.entry(term.text.clone()).or_default() += weight;
                }
            }
        }
    }
    let mut tokens = Vec::with_capacity(weights.len() * 3);
    for (text, weight) in weights {
        for _ in 0..weight.min(MOST) {
            tokens.push(Token {
                text: text.clone(),
                position: 0,
                ..Token::default()
            });
        }
    }
    let mut added = TantivyDocument::default();
    added.add_pre_tokenized_text(
        fields.terms,
        PreTokenizedString {
            text: String::new(),
            tokens,
        },
    );
    added.add_text(fields.id, &document.id);
    added.add_text(fields.title, &document.title);
    added.add_text(fields.summary, &document.summary);
    added.add_text(fields.text, &document.text);
    added.add_u64(fields.length, length);
    added.add_u64(fields.faded, u64::from(document.faded));
    if let Some(day) = document.confirmed {
        added.add_i64(fields.confirmed, days(day));
    }
    for (name, value) in &document.facets {
        if let Some(field) = fields
            .facets
            .get(name.as_str())
            .filter(|_| !value.is_empty())
        {
            added.add_text(*field, value);
        }
    }
    added
}

fn terms(
    analyser: &Analyser,
    known: &mut HashMap<String, Rc<[Term]>>,
    word: &Word<'_>,
) -> Rc<[Term]> {
    // A word with hyphens has the same letters as one without but other parts.
    if !word.pieces.is_empty() {
        return analyser.terms(word).into();
    }
    if let Some(terms) = known.get(&word.folded) {
        return Rc::clone(terms);
    }
    let terms: Rc<[Term]> = analyser.terms(word).into();
    if known.len() >= KNOWN {
        known.clear();
    }
    known.insert(word.folded.clone(), Rc::clone(&terms));
    terms
}

/// Days since the beginning of 1970.
pub(crate) fn days(day: jiff::civil::Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch
        .until(day)
        .map_or(0, |span| i64::from(span.get_days()))
}

fn write_words(folder: &Path, entries: &[Entry]) -> Result<(), IndexError> {
    let path = folder.join(WORDS);
    let said = |cause| IndexError::File {
        file: path.display().to_string(),
        cause,
    };
    let mut file = BufWriter::new(std::fs::File::create(&path).map_err(said)?);
    for entry in entries {
        let noun = if entry.noun { 'n' } else { '-' };
        writeln!(
            file,
            "{}\t{}\t{noun}\t{}",
            entry.folded, entry.documents, entry.shown
        )
        .map_err(said)?;
    }
    file.flush().map_err(said)
}

pub(crate) fn read_words(folder: &Path) -> Result<Vocabulary, IndexError> {
    let path = folder.join(WORDS);
    let file = path.display().to_string();
    let text = std::fs::read_to_string(&path).map_err(|cause| IndexError::File {
        file: file.clone(),
        cause,
    })?;
    let mut entries = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        let mut parts = content.split('\t');
        let entry = (|| {
            Some(Entry {
                folded: parts.next()?.to_owned(),
                documents: parts.next()?.parse().ok()?,
                noun: parts.next()? == "n",
                shown: parts.next()?.to_owned(),
            })
        })();
        entries.push(entry.ok_or_else(|| IndexError::Words {
            file: file.clone(),
            line,
        })?);
    }
    Ok(Vocabulary::new(entries))
}
