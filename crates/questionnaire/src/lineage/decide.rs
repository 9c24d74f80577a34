//! What researchers decided about two questionnaires, question by question, put together to a lineage.
//!
//! What somebody decided on the page counts first, then what stands in the later questionnaire's file. For the rest there
//! is a proposal, and what is only proposed is open: [`links`](super::links) refuses to compare it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::propose::{not_asked_any_more, propose};
use super::{Entry, Lineage, Step, faults};
use crate::{Questionnaire, Text};

/// What was decided about a pair of questionnaires beside the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decisions {
    /// About questions of the later questionnaire.
    pub questions: Vec<Entry>,
    /// About questions of the earlier one that are not asked any more, with their notes.
    pub dropped: Vec<(String, Text)>,
}

/// The lineage of `new` against `old`: decided where somebody decided, [open](Lineage::open) where nobody did.
///
/// A decision that does not fit the two questionnaires any more (one of them was replaced since) is open again.
pub fn decided(old: &Questionnaire, new: &Questionnaire, decisions: &Decisions) -> Lineage {
    let mut lineage = assembled(old, new, decisions);
    let with = |lineage: &Lineage| Questionnaire {
        lineage: Some(lineage.clone()),
        ..new.clone()
    };
    let wrong: BTreeSet<String> = faults(&with(&lineage), Some(old))
        .into_iter()
        .filter(|fault| fault.path.first().is_some_and(|part| part == "questions"))
        .filter_map(|fault| fault.path.into_iter().nth(1))
        .filter(|key| decisions.questions.iter().any(|entry| entry.key == *key))
        .collect();
    if !wrong.is_empty() {
        let fits = |entry: &&Entry| !wrong.contains(&entry.key);
        let rest = Decisions {
            questions: decisions.questions.iter().filter(fits).cloned().collect(),
            dropped: decisions.dropped.clone(),
        };
        let without = Questionnaire {
            lineage: new.lineage.clone().map(|mut of_file| {
                of_file
                    .questions
                    .retain(|entry| !wrong.contains(&entry.key));
                of_file
            }),
            ..new.clone()
        };
        lineage = assembled(old, &without, &rest);
    }
    lineage
}

fn assembled(old: &Questionnaire, new: &Questionnaire, decisions: &Decisions) -> Lineage {
    let proposal = propose(old, new);
    let of_file = new.lineage.as_ref().filter(|lineage| {
        (lineage.of.as_str(), lineage.version) == (old.key.as_str(), old.version)
    });
    // One questionnaire in one version: nothing is left to decide.
    let unchanged = new.lineage.is_none() && (&new.key, new.version) == (&old.key, old.version);
    let mut taken: BTreeSet<String> = decisions
        .questions
        .iter()
        .filter_map(|entry| entry.before().map(str::to_owned))
        .collect();
    let (mut questions, mut open) = (Vec::new(), Vec::new());
    for question in new.questions() {
        let key = question.key.as_str();
        if let Some(entry) = decisions.questions.iter().find(|e| e.key == key) {
            questions.push(entry.clone());
            continue;
        }
        let written = of_file.and_then(|lineage| lineage.question(key));
        if let Some(entry) = written
            && entry
                .before()
                .is_none_or(|from| taken.insert(from.to_owned()))
        {
            questions.push(entry.clone());
            continue;
        }
        let proposed = proposal.question(key).cloned();
        let entry = proposed.unwrap_or_else(|| Entry::new(key, Step::New));
        if !unchanged {
            open.push(key.to_owned());
        }
        questions.push(entry);
    }
    let goes_on: BTreeSet<&str> = questions
        .iter()
        .filter(|entry| !open.contains(&entry.key))
        .filter_map(Entry::before)
        .collect();
    let wanted: BTreeSet<&str> = questions.iter().filter_map(Entry::before).collect();
    let written = of_file.map_or(&[][..], |lineage| &lineage.dropped);
    let mut dropped = Vec::new();
    for question in old.questions() {
        let key = question.key.as_str();
        let note = |notes: &[(String, Text)]| {
            let found = notes.iter().find(|(of, _)| of == key);
            found.map(|(_, note)| note.clone())
        };
        if goes_on.contains(key) {
            continue;
        }
        let stated = note(&decisions.dropped).or_else(|| note(written));
        if let Some(stated) = stated {
            dropped.push((key.to_owned(), stated));
        } else if !wanted.contains(key) {
            dropped.push((key.to_owned(), not_asked_any_more()));
        }
    }
    Lineage {
        of: old.key.clone(),
        version: old.version,
        questions,
        dropped,
        open,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Refusal, links};
    use super::*;

    const OLD: &str = "format: 1\nkey: f\nversion: 1\ntitle: { de: F, en: F }\npages:\n  - key: p\n    title: { de: P, en: P }\n    questions:\n      - { key: a, type: yes-no, text: { de: Gibt es ein Konzept?, en: Is there a concept? } }\n      - { key: b, type: yes-no, text: { de: Wohnraum?, en: Housing? } }\n";

    fn read(source: &str) -> Questionnaire {
        Questionnaire::read(source, "test").expect("a good questionnaire")
    }

    fn pair() -> (Questionnaire, Questionnaire) {
        let new = OLD
            .replace("version: 1", "version: 2")
            .replace("key: b", "key: c")
            .replace("Wohnraum?", "Zahl der Kitas vorhanden?");
        (read(OLD), read(&new))
    }

    #[test]
    fn nothing_is_compared_before_somebody_decides() {
        let (old, new) = pair();
        let lineage = decided(&old, &new, &Decisions::default());
        assert_eq!(lineage.open, ["a", "c"]);
        let new = Questionnaire {
            lineage: Some(lineage),
            ..new
        };
        assert!(faults(&new, Some(&old)).is_empty());
        let links = links(&old, &new).expect("linked");
        let refused: Vec<_> = links.iter().map(|link| link.refused).collect();
        let open = Some(Refusal::Unconfirmed);
        assert_eq!(refused, [open, open, Some(Refusal::Dropped)]);
    }

    #[test]
    fn a_decision_counts_and_one_that_no_longer_fits_is_open_again() {
        let (old, new) = pair();
        let mut decisions = Decisions {
            questions: vec![Entry::new("a", Step::Same)],
            dropped: Vec::new(),
        };
        assert_eq!(decided(&old, &new, &decisions).open, ["c"]);
        // "the same" of another wording: the questionnaire was replaced since.
        decisions.questions.push(Entry {
            from: vec!["b".into()],
            ..Entry::new("c", Step::Same)
        });
        let lineage = decided(&old, &new, &decisions);
        assert_eq!(lineage.open, ["c"]);
        let kept = Questionnaire {
            lineage: Some(lineage),
            ..new
        };
        assert!(faults(&kept, Some(&old)).is_empty());
    }

    #[test]
    fn the_file_decides_too_and_the_page_before_it() {
        let (old, new) = pair();
        let file = Lineage {
            of: "f".into(),
            version: 1,
            questions: vec![Entry::new("a", Step::Same)],
            dropped: Vec::new(),
            open: Vec::new(),
        };
        let new = Questionnaire {
            lineage: Some(file),
            ..new
        };
        assert_eq!(decided(&old, &new, &Decisions::default()).open, ["c"]);
        let page = Decisions {
            questions: vec![Entry {
                note: Some(not_asked_any_more()),
                ..Entry::new("a", Step::New)
            }],
            dropped: Vec::new(),
        };
        let lineage = decided(&old, &new, &page);
        assert_eq!(lineage.question("a").map(|e| e.step), Some(Step::New));
        assert!(lineage.dropped.iter().any(|(key, _)| key == "a"));
    }
}
