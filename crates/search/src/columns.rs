//! What is kept in memory of every document: its length, its day, its name and the values to filter by.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use tantivy::schema::Value;
use tantivy::{DocId, SegmentReader, TantivyDocument, TantivyError};

use crate::document::FACETS;
use crate::index::Request;

/// All columns.
#[derive(Debug, Default)]
pub struct Columns {
    /// BM25's norm of each document's length, times k1.
    norms: Vec<f32>,
    k1: f32,
    confirmed: Vec<i32>,
    faded: Vec<bool>,
    facets: Vec<Column>,
    /// Names in order, with their documents.
    names: Vec<(Box<str>, DocId)>,
}

/// No day.
const NEVER: i32 = i32::MIN;

#[derive(Debug, Default)]
struct Column {
    values: Vec<String>,
    /// Where each document's values begin in `ordinals`; one more than there are documents.
    starts: Vec<u32>,
    ordinals: Vec<u16>,
}

/// A page of documents with their scores, and the counts.
#[derive(Debug, Default)]
pub struct Picked {
    /// All that match.
    pub total: usize,
    /// Best first.
    pub page: Vec<(DocId, f32)>,
    /// Facet -> value -> documents.
    pub facets: BTreeMap<&'static str, BTreeMap<String, usize>>,
}

impl Columns {
    pub(crate) fn read(segment: &SegmentReader, k1: f32, b: f32) -> Result<Self, TantivyError> {
        let n = segment.max_doc();
        let fast = segment.fast_fields();
        let lengths = fast.u64("length")?;
        let lengths: Vec<f32> = (0..n)
            .map(|doc| lengths.first(doc).unwrap_or(0) as f32)
            .collect();
        let mean = (lengths.iter().sum::<f32>() / (n.max(1) as f32)).max(1.0);
        let confirmed = fast.i64("day")?;
        let day = |doc| {
            confirmed
                .first(doc)
                .and_then(|d| i32::try_from(d).ok())
                .unwrap_or(NEVER)
        };
        let faded = fast.u64("faded")?;
        let store = segment.get_store_reader(2)?;
        let id = segment.schema().get_field("id")?;
        let mut names = Vec::with_capacity(n as usize);
        for doc in 0..n {
            let stored: TantivyDocument = store.get(doc)?;
            let name = stored.get_first(id).and_then(|v| v.as_str().map(Box::from));
            names.push((name.unwrap_or_default(), doc));
        }
        names.sort();
        let facets = FACETS
            .into_iter()
            .map(|name| column(segment, name))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            norms: lengths
                .iter()
                .map(|length| k1 * (1.0 - b + b * length / mean))
                .collect(),
            k1,
            confirmed: (0..n).map(day).collect(),
            faded: (0..n).map(|doc| faded.first(doc) == Some(1)).collect(),
            facets,
            names,
        })
    }

    pub(crate) fn documents(&self) -> usize {
        self.norms.len()
    }

    pub(crate) fn find(&self, name: &str) -> Option<DocId> {
        let at = self.names.binary_search_by(|(n, _)| (**n).cmp(name)).ok()?;
        Some(self.names[at].1)
    }

    pub(crate) fn confirmed(&self, doc: DocId) -> Option<i64> {
        let day = self.confirmed[doc as usize];
        (day != NEVER).then(|| i64::from(day))
    }

    pub(crate) fn faded(&self, doc: DocId) -> bool {
        self.faded[doc as usize]
    }

    /// BM25's share for a frequency: more occurrences say less and less.
    pub(crate) fn saturate(&self, doc: DocId, frequency: f32) -> f32 {
        frequency * (self.k1 + 1.0) / (frequency + self.norms[doc as usize])
    }

    /// Filters, counts and takes the page; `score` says whether a document matches the words.
    pub(crate) fn pick(&self, request: &Request, score: impl Fn(DocId) -> Option<f32>) -> Picked {
        let filters: Vec<(usize, Vec<u16>)> = request
            .filters
            .iter()
            .filter(|(_, values)| !values.is_empty())
            .filter_map(|(name, values)| {
                let facet = FACETS.iter().position(|f| f == name)?;
                let all = &self.facets.get(facet)?.values;
                let allowed = all
                    .iter()
                    .zip(0..)
                    .filter(|(v, _)| values.contains(v))
                    .map(|(_, o)| o);
                Some((facet, allowed.collect()))
            })
            .collect();
        let mut counts: Vec<Vec<usize>> = self
            .facets
            .iter()
            .map(|f| vec![0; f.values.len()])
            .collect();
        let mut matching: Vec<(DocId, f32)> = Vec::new();
        let open = filters.is_empty();
        for doc in 0..self.documents() as DocId {
            let Some(score) = score(doc) else {
                continue;
            };
            if open {
                matching.push((doc, score));
                continue;
            }
            let mut failing = filters.iter().filter(|(facet, allowed)| {
                !self.facets[*facet]
                    .of(doc)
                    .iter()
                    .any(|o| allowed.contains(o))
            });
            let (first, second) = (failing.next(), failing.next());
            if second.is_some() {
                continue;
            }
            if request.facets {
                for (at, (column, counts)) in self.facets.iter().zip(&mut counts).enumerate() {
                    if first.is_none_or(|(facet, _)| *facet == at) {
                        for ordinal in column.of(doc) {
                            counts[usize::from(*ordinal)] += 1;
                        }
                    }
                }
            }
            if first.is_none() {
                matching.push((doc, score));
            }
        }
        // Without filters every column counts the same documents: one column after the other, in their order.
        if open && request.facets {
            for (column, counts) in self.facets.iter().zip(&mut counts) {
                if column.ordinals.is_empty() {
                    continue;
                }
                for (doc, _) in &matching {
                    for ordinal in column.of(*doc) {
                        counts[usize::from(*ordinal)] += 1;
                    }
                }
            }
        }
        let total = matching.len();
        let order = |a: &(DocId, f32), b: &(DocId, f32)| -> Ordering {
            b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))
        };
        let end = (request.offset + request.limit).min(total);
        if end > 0 && end < total {
            matching.select_nth_unstable_by(end - 1, order);
        }
        matching.truncate(end);
        matching.sort_by(order);
        Picked {
            total,
            page: matching.into_iter().skip(request.offset).collect(),
            facets: self.named(counts),
        }
    }

    fn named(&self, counts: Vec<Vec<usize>>) -> BTreeMap<&'static str, BTreeMap<String, usize>> {
        FACETS
            .into_iter()
            .zip(&self.facets)
            .zip(counts)
            .map(|((name, column), counts)| {
                let values = column
                    .values
                    .iter()
                    .cloned()
                    .zip(counts)
                    .filter(|(_, n)| *n > 0);
                (name, values.collect::<BTreeMap<_, _>>())
            })
            .filter(|(_, values)| !values.is_empty())
            .collect()
    }
}

impl Column {
    fn of(&self, doc: DocId) -> &[u16] {
        let doc = doc as usize;
        match (self.starts.get(doc), self.starts.get(doc + 1)) {
            (Some(from), Some(to)) => &self.ordinals[*from as usize..*to as usize],
            _ => &[],
        }
    }
}

/// A facet's values of all documents. Values beyond the first 65,535 are left out: nobody filters by so many.
fn column(segment: &SegmentReader, name: &str) -> Result<Column, TantivyError> {
    let Some(strings) = segment.fast_fields().str(name)? else {
        return Ok(Column::default());
    };
    let mut column = Column::default();
    for ordinal in 0..strings.num_terms().min(usize::from(u16::MAX)) as u64 {
        let mut value = String::new();
        strings.ord_to_str(ordinal, &mut value)?;
        column.values.push(value);
    }
    column.starts.push(0);
    for doc in 0..segment.max_doc() {
        let ordinals = strings
            .ords()
            .values_for_doc(doc)
            .filter_map(|o| u16::try_from(o).ok());
        column
            .ordinals
            .extend(ordinals.filter(|o| usize::from(*o) < column.values.len()));
        column
            .starts
            .push(u32::try_from(column.ordinals.len()).unwrap_or(u32::MAX));
    }
    Ok(column)
}
