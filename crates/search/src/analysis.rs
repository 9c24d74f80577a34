//! From words to terms: what is written into the index, and what is looked for.

use crate::compound::Parts;
use crate::fold::Word;
use crate::lists::Lists;
use crate::stem::{root, stem};
use crate::vocabulary::Vocabulary;

/// Marks the term of a root, so that it is not taken for a word.
const ROOT: char = '~';

/// Marks the term of a topic.
const TOPIC: char = '#';

/// A term under which a word is found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// Stem of the word or of one of its parts, [`root_term`] or [`topic_term`].
    pub text: String,
    /// From a part of the word only.
    pub part: bool,
}

/// The lists and what the texts taught.
#[derive(Clone, Debug)]
pub struct Analyser {
    /// Our lists and an editor's.
    pub lists: Lists,
    /// What compounds may consist of.
    pub parts: Parts,
}

impl Analyser {
    /// From the lists and the words of the texts.
    pub fn new(lists: Lists, vocabulary: &Vocabulary) -> Self {
        let nouns = vocabulary.entries().iter().filter(|e| e.noun);
        let parts = Parts::new(&lists, nouns.map(|e| (e.folded.as_str(), e.documents)));
        Self { lists, parts }
    }

    /// The terms of a word of a text, each once; none for words that nobody looks for.
    pub fn terms(&self, word: &Word<'_>) -> Vec<Term> {
        if self.lists.is_stop(&word.folded) {
            return Vec::new();
        }
        let mut terms = Vec::new();
        let whole = stem(&word.folded);
        terms.push(Term {
            text: root_term(&root(&word.folded)),
            part: false,
        });
        let topic = |text: &String| Term {
            text: text.clone(),
            part: true,
        };
        terms.extend(self.lists.topics(&word.folded).iter().map(topic));
        for part in self.parts_of(word) {
            terms.extend(self.lists.topics(&part).iter().map(topic));
            let stemmed = stem(&part);
            terms.push(Term {
                text: root_term(&root(&part)),
                part: true,
            });
            terms.push(Term {
                text: stemmed,
                part: true,
            });
        }
        terms.push(Term {
            text: whole,
            part: false,
        });
        terms.sort();
        terms.dedup_by(|b, a| a.text == b.text);
        terms
    }

    /// The parts of a word, folded: its pieces between hyphens and what these consist of, or its own.
    pub fn parts_of(&self, word: &Word<'_>) -> Vec<String> {
        if word.pieces.is_empty() {
            return self.parts.split(&word.folded);
        }
        let mut all = Vec::new();
        for piece in word
            .pieces
            .iter()
            .filter(|p| p.len() > 1 && !self.lists.is_stop(p))
        {
            all.push(piece.clone());
            all.extend(self.parts.split(piece));
        }
        all
    }
}

/// The term of a topic, by its folded name.
pub fn topic_term(name: &str) -> String {
    format!("{TOPIC}{name}")
}

/// Whether a term is a word or a part of one, and not its root or topic.
pub fn is_word(term: &str) -> bool {
    !term.starts_with([ROOT, TOPIC])
}

/// The term of a root.
pub fn root_term(root: &str) -> String {
    format!("{ROOT}{root}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::words;

    #[test]
    fn a_compound_is_found_whole_by_its_parts_and_by_its_family() {
        let analyser = Analyser::new(Lists::ours(), &Vocabulary::default());
        let word = &words("Wohnungssuche")[0];
        let terms: Vec<(String, bool)> = analyser
            .terms(word)
            .into_iter()
            .map(|t| (t.text, t.part))
            .collect();
        for expect in [
            ("wohnungssuch", false),
            ("wohnung", true),
            ("~wohn", true),
            ("such", true),
        ] {
            assert!(
                terms.contains(&(expect.0.to_owned(), expect.1)),
                "{expect:?} in {terms:?}"
            );
        }
    }
}
