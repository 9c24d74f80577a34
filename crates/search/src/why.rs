//! Why a document was found: which of its words answered which word of the query.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::analysis::{Analyser, Term};
use crate::fold::words;
use crate::lists::Relation;
use crate::query::Unit;

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The word of the query, as it was typed.
    pub typed: String,
    /// The word of the document, as it stands there.
    pub word: String,
    /// How the one answers the other.
    pub relation: Relation,
}

/// Terms of words as they stand in texts, so that each word is read once.
pub(crate) type Known = HashMap<String, Arc<[Term]>>;
/// Words that are remembered.
const MOST: usize = 20_000;

/// At most one reason for each idea of the best way of each unit.
pub(crate) fn reasons(
    (analyser, known): (&Analyser, &mut Known),
    units: &[Unit],
    texts: &[&str],
) -> Vec<Reason> {
    let wanted: BTreeSet<&str> = units
        .iter()
        .flat_map(|unit| unit.ways.iter().flat_map(|way| way.ideas.iter().flatten()))
        .map(|answer| answer.term.as_str())
        .collect();
    let mut there: Vec<(&str, Arc<[Term]>)> = Vec::new();
    for text in texts {
        for word in words(text).into_iter().take(400) {
            let terms = match known.get(word.text) {
                Some(terms) => Arc::clone(terms),
                None => {
                    if known.len() >= MOST {
                        known.clear();
                    }
                    let terms: Arc<[Term]> = analyser.terms(&word).into();
                    known.insert(word.text.to_owned(), Arc::clone(&terms));
                    terms
                }
            };
            if terms.iter().any(|term| wanted.contains(term.text.as_str())) {
                there.push((word.text, terms));
            }
        }
    }
    let mut all = Vec::new();
    for unit in units {
        let mut best: Option<(f32, Vec<Reason>)> = None;
        for way in &unit.ways {
            let mut found: Vec<Reason> = Vec::new();
            let mut weight = 0.0;
            for idea in &way.ideas {
                let answer = idea
                    .iter()
                    .filter_map(|answer| {
                        let has = |term: &Term| term.text == answer.term;
                        // Whole words before parts of words.
                        let place = there
                            .iter()
                            .filter_map(|(word, terms)| {
                                terms.iter().find(|t| has(t)).map(|t| (t.part, *word))
                            })
                            .min_by_key(|(part, _)| *part)?;
                        Some((answer, place))
                    })
                    .max_by(|a, b| a.0.weight.total_cmp(&b.0.weight));
                if let Some((answer, (part, word))) = answer {
                    weight += answer.weight * way.weight / way.ideas.len() as f32;
                    let relation = if part && answer.relation == Relation::Same {
                        Relation::Part
                    } else {
                        answer.relation
                    };
                    let reason = Reason {
                        typed: unit.typed.clone(),
                        word: word.to_owned(),
                        relation,
                    };
                    if !found.iter().any(|r| r.word == reason.word) {
                        found.push(reason);
                    }
                }
            }
            if !found.is_empty() && best.as_ref().is_none_or(|(old, _)| weight > *old) {
                best = Some((weight, found));
            }
        }
        all.extend(best.map(|(_, found)| found).unwrap_or_default());
    }
    all
}
