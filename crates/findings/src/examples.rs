//! What the examples of one field of action share: counts over published examples, as description, never as an effect.

use std::collections::{BTreeMap, BTreeSet};

use practices::{Code, Lesson, PracticeId, lessons};

/// So many coded examples there must be before it is said what they share.
pub const MIN_CODED: usize = 3;

/// The examples of one field of action in numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldExamples {
    /// How many were named or proposed, published ones included.
    pub named: usize,
    /// How many are published.
    pub published: usize,
    /// How many of the published ones editors have coded.
    pub coded: usize,
    /// What they share, most frequent first; empty below [`MIN_CODED`].
    pub lessons: Vec<Lesson>,
}

/// Counts the examples of one field: `published` holds those that everybody can read, so that a count over them tells
/// nothing that their pages do not tell.
pub fn field_examples(
    named: usize,
    published: &BTreeSet<PracticeId>,
    list: &[Code],
    coded: &BTreeMap<PracticeId, BTreeSet<String>>,
) -> FieldExamples {
    let known: BTreeSet<&str> = list.iter().map(|c| c.key.as_str()).collect();
    let carries = |id: &PracticeId| {
        coded
            .get(id)
            .is_some_and(|codes| codes.iter().any(|c| known.contains(c.as_str())))
    };
    let count = published.iter().filter(|id| carries(id)).count();
    FieldExamples {
        named,
        published: published.len(),
        coded: count,
        lessons: if count < MIN_CODED {
            Vec::new()
        } else {
            lessons(list, coded, published)
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_about_fewer_than_three() {
        let list = Code::defaults();
        let codes: BTreeSet<String> = ["partner".to_owned()].into();
        let published: BTreeSet<PracticeId> = (1..=4).map(PracticeId).collect();
        let coded = |n: i64| (1..=n).map(|id| (PracticeId(id), codes.clone())).collect();
        let two = field_examples(9, &published, &list, &coded(2));
        assert_eq!(
            (two.named, two.published, two.coded, two.lessons.len()),
            (9, 4, 2, 0)
        );
        let three = field_examples(9, &published, &list, &coded(3));
        assert_eq!(three.lessons[0].examples.len(), 3);
        let unpublished = field_examples(9, &published, &list, &coded(9));
        assert_eq!(
            unpublished.lessons[0].examples.len(),
            4,
            "drafts do not count"
        );
    }
}
