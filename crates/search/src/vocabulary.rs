//! The words of the texts: for splitting compounds, for typing errors and for suggestions while typing.

use std::collections::HashMap;

use crate::fold::{fold, words};

/// One word of the texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// In the one spelling.
    pub folded: String,
    /// As most texts write it.
    pub shown: String,
    /// In how many texts it stands.
    pub documents: u32,
    /// Written with a capital inside a sentence at least once.
    pub noun: bool,
}

/// Counts words.
#[derive(Debug, Default)]
pub struct Counter {
    words: HashMap<String, Count>,
    documents: u32,
}

#[derive(Debug)]
struct Count {
    documents: u32,
    last: u32,
    noun: bool,
    shown: String,
}

impl Counter {
    /// Adds the texts of one document.
    pub fn add<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        self.documents += 1;
        for text in texts {
            let mut begins = true;
            for word in words(text) {
                let end = word.text.as_ptr() as usize - text.as_ptr() as usize + word.text.len();
                let capital = word.text.starts_with(char::is_uppercase);
                let noun = capital && !begins;
                begins = text[end..].trim_start().starts_with(['.', '!', '?', ':']);
                self.count(&word.folded, word.text, noun);
                for piece in word.text.split('-').filter(|_| !word.pieces.is_empty()) {
                    let noun = noun && piece.starts_with(char::is_uppercase);
                    let folded: String = fold(piece)
                        .chars()
                        .filter(|c| c.is_alphanumeric())
                        .collect();
                    if !folded.is_empty() {
                        self.count(&folded, piece, noun);
                    }
                }
            }
        }
    }

    fn count(&mut self, folded: &str, shown: &str, noun: bool) {
        if let Some(count) = self.words.get_mut(folded) {
            if count.last != self.documents {
                count.documents += 1;
                count.last = self.documents;
            }
            if noun && !count.noun {
                count.noun = true;
                count.shown.clear();
                count.shown.push_str(shown);
            }
            return;
        }
        let count = Count {
            documents: 1,
            last: self.documents,
            noun,
            shown: shown.to_owned(),
        };
        self.words.insert(folded.to_owned(), count);
    }

    /// All words, by their spelling.
    pub fn finish(self) -> Vec<Entry> {
        let mut all: Vec<Entry> = self
            .words
            .into_iter()
            .map(|(folded, count)| Entry {
                folded,
                shown: count.shown,
                documents: count.documents,
                noun: count.noun,
            })
            .collect();
        all.sort_by(|a, b| a.folded.cmp(&b.folded));
        all
    }
}

/// The words in order, with what makes looking for near ones quick.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    entries: Vec<Entry>,
    /// Which letters a word has, one bit each.
    letters: Vec<u32>,
}

impl Vocabulary {
    /// From entries in order.
    pub fn new(entries: Vec<Entry>) -> Self {
        let letters = entries.iter().map(|e| letters(&e.folded)).collect();
        Self { entries, letters }
    }

    /// All entries in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of a folded word.
    pub fn get(&self, folded: &str) -> Option<&Entry> {
        let at = self
            .entries
            .binary_search_by(|e| e.folded.as_str().cmp(folded));
        at.ok().map(|at| &self.entries[at])
    }

    /// Words that begin with these folded letters, the most frequent first.
    pub fn begins(&self, prefix: &str, most: usize) -> Vec<&Entry> {
        let from = self.entries.partition_point(|e| e.folded.as_str() < prefix);
        let mut found: Vec<&Entry> = self.entries[from..]
            .iter()
            .take_while(|e| e.folded.starts_with(prefix))
            .take(5_000)
            .collect();
        found.sort_by(|a, b| {
            (!a.noun, b.documents, &a.folded).cmp(&(!b.noun, a.documents, &b.folded))
        });
        found.truncate(most);
        found
    }

    /// The nearest words to one with a typing error, with their distance: at most one error in words of four to
    /// seven letters, two in longer ones; the first letter is right in words of up to seven.
    pub fn near(&self, folded: &str, most: usize) -> Vec<(&Entry, usize)> {
        let Some(errors) = allowed(folded) else {
            return Vec::new();
        };
        let (mask, length) = (letters(folded), folded.len());
        let mut found: Vec<(&Entry, usize)> = Vec::new();
        for (entry, other) in self.entries.iter().zip(&self.letters) {
            if entry.folded.len().abs_diff(length) > errors
                || (mask ^ other).count_ones() as usize > 2 * errors
                || entry.folded.len() < 4
                || (length < 8 && entry.folded.as_bytes()[0] != folded.as_bytes()[0])
            {
                continue;
            }
            if let Some(distance) = distance(folded, &entry.folded, errors) {
                found.push((entry, distance));
            }
        }
        found.sort_by(|a, b| {
            (a.1, b.0.documents, &a.0.folded).cmp(&(b.1, a.0.documents, &b.0.folded))
        });
        found.truncate(most);
        found
    }
}

/// Errors that a word of this length may have; none in short ones and in numbers.
pub fn allowed(folded: &str) -> Option<usize> {
    if folded.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    match folded.len() {
        0..=3 => None,
        4..=7 => Some(1),
        _ => Some(2),
    }
}

fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |bits, b| bits | 1 << (b % 32))
}

/// Edits between two words (a swap of neighbours is one), or none where there are more than `most`.
pub fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut row = last.clone();
    for i in 1..=a.len() {
        row[0] = i;
        let mut least = i;
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut cell = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cell = cell.min(before[j - 2] + 1);
            }
            row[j] = cell;
            least = least.min(cell);
        }
        if least > most {
            return None;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    (last[b.len()] <= most).then_some(last[b.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        assert_eq!(distance("werkstat", "werkstatt", 2), Some(1));
        assert_eq!(
            distance("foerderung", "foerdreung", 2),
            Some(1),
            "a swap is one"
        );
        assert_eq!(distance("kurs", "kurse", 0), None);
    }

    #[test]
    fn counting_and_finding() {
        let mut counter = Counter::default();
        counter.add(["Neue Kurse. Wir beraten im Rathaus"].into_iter());
        counter.add(["Beraten wird im Rathaus"].into_iter());
        let words = Vocabulary::new(counter.finish());
        let rathaus = words.get("rathaus").unwrap();
        assert!(rathaus.noun && rathaus.documents == 2 && rathaus.shown == "Rathaus");
        assert!(!words.get("beraten").unwrap().noun);
        assert_eq!(words.near("rathuas", 1)[0].0.folded, "rathaus");
        assert_eq!(words.begins("rat", 3)[0].shown, "Rathaus");
    }
}
