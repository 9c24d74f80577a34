//! Random order with a kept seed: the same response sees the same order on every visit.

use crate::{Answer, Answers, Page, Question, QuestionKind, Questionnaire, VariableKey};

/// Where a response keeps the seed of its random orders; no questionnaire has a variable of this key.
pub const SEED: &str = "_reihenfolge";

/// The seed that a response keeps, or one made from what is its own, e.g. wave and municipality.
/// Whole and below 2^53, so that it survives as a number.
pub fn seed(answers: &Answers, own: &str) -> u64 {
    match answers.get(&VariableKey(SEED.to_owned())) {
        Some(Answer::Number(number)) if *number >= 0.0 => *number as u64,
        _ => hash(0, own) >> 11,
    }
}

/// The places 0 to `len` - 1 in an order of this seed and key. Fisher and Yates with SplitMix64.
fn shuffled(len: usize, seed: u64, key: &str) -> Vec<usize> {
    let mut state = hash(seed, key);
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    let mut places: Vec<usize> = (0..len).collect();
    for last in (1..len).rev() {
        places.swap(last, (next() % (last as u64 + 1)) as usize);
    }
    places
}

/// FNV-1a of 64 bits.
fn hash(seed: u64, text: &str) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325 ^ seed;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

impl Question {
    /// The question with its options or items in the order of this seed; as it is, where it has none.
    /// Options that exclude others and those with a text of their own stay at the end.
    pub fn ordered_for(&self, seed: u64) -> Question {
        let mut question = self.clone();
        if !self.settings.random {
            return question;
        }
        let key = self.key.as_str();
        match &mut question.kind {
            QuestionKind::Single {
                options,
                ordered: false,
            }
            | QuestionKind::Multiple { options, .. }
            | QuestionKind::Ranking { options, .. } => {
                mix(options, seed, key);
                options.sort_by_key(|o| o.exclusive || o.other);
            }
            QuestionKind::Battery { items, .. }
            | QuestionKind::Grid { items, .. }
            | QuestionKind::Ticks { items, .. }
            | QuestionKind::Texts { items, .. } => mix(items, seed, key),
            QuestionKind::Numbers { items, .. } => mix(items, seed, key),
            _ => {}
        }
        question
    }
}

impl Page {
    /// The questions in the order of this seed.
    pub fn questions_for(&self, seed: u64) -> Vec<&Question> {
        let mut questions: Vec<&Question> = self.questions.iter().collect();
        if self.random {
            mix(&mut questions, seed, &self.key);
        }
        questions
    }
}

impl Questionnaire {
    /// Whether anything stands in random order.
    pub fn is_random(&self) -> bool {
        let random = |page: &Page| page.random || page.questions.iter().any(|q| q.settings.random);
        !self.more.random_pages.is_empty() || self.pages.iter().any(random)
    }

    /// The questionnaire with pages that change places and questions in the order of this seed;
    /// `None` where nothing is in random order.
    pub fn ordered_for(&self, seed: u64) -> Option<Questionnaire> {
        if !self.is_random() {
            return None;
        }
        let mut own = self.clone();
        for group in &self.more.random_pages {
            let places: Vec<usize> = (0..own.pages.len())
                .filter(|at| group.contains(&own.pages[*at].key))
                .collect();
            let order = shuffled(places.len(), seed, &group.join(" "));
            let pages: Vec<Page> = order
                .iter()
                .map(|from| own.pages[places[*from]].clone())
                .collect();
            for (at, page) in places.into_iter().zip(pages) {
                own.pages[at] = page;
            }
        }
        for page in &mut own.pages {
            page.questions = page
                .questions_for(seed)
                .into_iter()
                .map(|question| question.ordered_for(seed))
                .collect();
        }
        Some(own)
    }
}

fn mix<T: Clone>(all: &mut Vec<T>, seed: u64, key: &str) {
    *all = shuffled(all.len(), seed, key)
        .into_iter()
        .map(|from| all[from].clone())
        .collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_comes_up_and_the_same_seed_gives_the_same() {
        let mut seen = std::collections::BTreeSet::new();
        for seed in 0..200 {
            assert_eq!(shuffled(3, seed, "a"), shuffled(3, seed, "a"));
            seen.insert(shuffled(3, seed, "a"));
        }
        assert_eq!(seen.len(), 6);
        let kept = [(VariableKey(SEED.into()), Answer::Number(7.0))].into();
        assert_eq!(seed(&kept, "whatever"), 7);
        assert!(seed(&Answers::new(), "2016-1/99001001") < 1 << 53);
    }
}
