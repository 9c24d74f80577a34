//! Compounds taken apart: `sozialarbeit|fachkrafte`, with the joints -s-, -n-, -en-, -es-, -er-, -e-.

use std::collections::HashMap;

use crate::lists::Lists;
use crate::stem::stem;

/// Shortest part that only the texts know.
const LEAST: usize = 4;
/// Letters of a word that is long enough to be a compound.
const LONG: usize = 7;

/// What follows a word in its derivations: no part of a compound begins like this.
const ENDINGS: [&str; 16] = [
    "schaft", "lich", "keit", "heit", "ungs", "ung", "ier", "isch", "igkeit", "barkeit", "losig",
    "haft", "atio", "istisch", "innen", "ende",
];

/// The words that may be parts: ours, an editor's, and the nouns of the texts themselves.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// Folded form or stem -> what it costs to use it; less is likelier.
    costs: HashMap<Box<str>, f32>,
    splits: HashMap<Box<str>, Vec<String>>,
    /// Words that stay whole.
    whole: std::collections::HashSet<Box<str>>,
}

impl Parts {
    /// From the lists and the nouns of the texts (folded, with the number of texts in which they stand).
    pub fn new<'a>(lists: &Lists, nouns: impl Iterator<Item = (&'a str, u32)>) -> Self {
        let mut parts = Self::default();
        for (word, documents) in nouns {
            if word.len() < LEAST
                || !word.bytes().all(|b| b.is_ascii_lowercase())
                || lists.is_stop(word)
            {
                continue;
            }
            let cost = if documents >= 3 { 1.15 } else { 1.3 };
            parts.add(word, cost);
            let stemmed = stem(word);
            if stemmed.len() >= LEAST {
                parts.add(&stemmed, cost + 0.05);
            }
        }
        for word in lists.named.iter().filter(|w| w.len() >= LEAST) {
            parts.add(word, 1.15);
            let stemmed = stem(word);
            if stemmed.len() >= LEAST {
                parts.add(&stemmed, 1.2);
            }
        }
        for word in &lists.part_stems {
            parts.add(word, if word.len() <= 3 { 1.25 } else { 1.05 });
        }
        for word in &lists.parts {
            parts.add(word, if word.len() <= 3 { 1.2 } else { 1.0 });
            parts.whole.insert(word.as_str().into());
            parts.whole.insert(stem(word).into());
        }
        for (word, split) in &lists.splits {
            for form in [word.clone(), stem(word)] {
                parts.splits.insert(form.into(), split.clone());
            }
        }
        parts
    }

    fn add(&mut self, word: &str, cost: f32) {
        let place = self.costs.entry(word.into()).or_insert(cost);
        if cost < *place {
            *place = cost;
        }
    }

    /// Whether this folded word may be a part as it stands.
    pub fn knows(&self, folded: &str) -> bool {
        self.costs.contains_key(folded) || self.costs.contains_key(stem(folded).as_str())
    }

    /// The parts of a folded word (folded, without joints), also the parts of its parts; nothing where it is no
    /// compound.
    pub fn split(&self, folded: &str) -> Vec<String> {
        let mut all = Vec::new();
        for part in self.once(folded) {
            let deeper = self.split(&part);
            all.push(part);
            all.extend(deeper);
        }
        all.dedup();
        all
    }

    /// One level of it: the fewest and likeliest parts.
    pub fn once(&self, folded: &str) -> Vec<String> {
        if let Some(split) = self
            .splits
            .get(folded)
            .or_else(|| self.splits.get(stem(folded).as_str()))
        {
            return split.clone();
        }
        if folded.len() < LONG
            || folded.len() > 60
            || !folded.bytes().all(|b| b.is_ascii_lowercase())
            || self.whole.contains(folded)
            || self.whole.contains(stem(folded).as_str())
        {
            return Vec::new();
        }
        // best[i]: cheapest way to cover the first i letters, with the start of its last part and the part.
        let n = folded.len();
        let mut best: Vec<Option<(f32, usize, &str)>> = vec![None; n + 1];
        best[0] = Some((0.0, 0, ""));
        for end in 3..=n {
            for start in 0..=end - 3 {
                let Some((before, ..)) = best[start] else {
                    continue;
                };
                if start == 0 && end == n {
                    continue;
                }
                let Some((cost, part)) = self.part(&folded[start..end], end == n) else {
                    continue;
                };
                let total = before + cost;
                if best[end].is_none_or(|(old, ..)| total < old) {
                    best[end] = Some((total, start, part));
                }
            }
        }
        let mut parts = Vec::new();
        let mut at = n;
        while at > 0 {
            let Some((_, start, part)) = best[at] else {
                return self.with_unknown(folded);
            };
            parts.push(part.to_owned());
            at = start;
        }
        parts.reverse();
        parts
    }

    /// A long word with one long part of the lists at its beginning or end; nobody knows the rest.
    fn with_unknown(&self, folded: &str) -> Vec<String> {
        const LONG_ENOUGH: usize = 10;
        /// Letters of the part that is known, and of the rest.
        const KNOWN: usize = 5;
        let word = |rest: &str| {
            rest.len() >= KNOWN
                && rest.bytes().any(|b| b"aeiouy".contains(&b))
                && !ENDINGS.iter().any(|ending| rest.starts_with(ending))
        };
        if folded.len() < LONG_ENOUGH {
            return Vec::new();
        }
        for at in (KNOWN..=folded.len() - KNOWN).rev() {
            let (left, right) = folded.split_at(at);
            if let Some((cost, part)) = self.part(left, false)
                && cost <= 1.1
                && word(right)
            {
                return vec![part.to_owned(), right.to_owned()];
            }
        }
        for at in KNOWN..=folded.len() - KNOWN {
            let (left, right) = folded.split_at(at);
            if let Some((cost, part)) = self.part(right, true)
                && cost <= 1.05
                && part.len() >= KNOWN
                && word(left)
            {
                return vec![left.trim_end_matches('s').to_owned(), part.to_owned()];
            }
        }
        Vec::new()
    }

    /// What this stretch of letters costs as a part, and the part without its joint.
    fn part<'a>(&self, stretch: &'a str, last: bool) -> Option<(f32, &'a str)> {
        let mut best: Option<(f32, &str)> = self.costs.get(stretch).map(|cost| (*cost, stretch));
        let mut offer = |cost: f32, part: &'a str| {
            if best.is_none_or(|(old, _)| cost < old) {
                best = Some((cost, part));
            }
        };
        if last {
            let stemmed = stem(stretch);
            if stemmed.len() < stretch.len()
                && let Some(cost) = self.costs.get(stemmed.as_str())
            {
                offer(cost + 0.02, stretch);
            }
        } else {
            for (joint, more) in [
                ("s", 0.0),
                ("n", 0.05),
                ("en", 0.05),
                ("es", 0.1),
                ("er", 0.1),
                ("e", 0.1),
            ] {
                if let Some(part) = stretch.strip_suffix(joint)
                    && part.len() >= 3
                    && let Some(cost) = self.costs.get(part)
                {
                    offer(cost + more, part);
                }
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;

    #[track_caller]
    fn check(word: &str, expect: &[&str]) {
        let parts = Parts::new(&Lists::ours(), std::iter::empty());
        let found: Vec<String> = parts.split(&fold(word)).iter().map(|p| stem(p)).collect();
        let expect: Vec<String> = expect.iter().map(|p| stem(&fold(p))).collect();
        assert_eq!(found, expect, "{word}");
    }

    #[test]
    fn joints() {
        check("Wohnungssuche", &["Wohnung", "Suche"]);
        check("Frauenhaus", &[]);
        check("Kinderbetreuung", &["Kinder", "Betreuung"]);
        check("Ausbildungsplätze", &["Ausbildung", "Platz"]);
        check("Ehrenamtskoordinatorin", &["Ehrenamt", "Koordinator"]);
        check("Flüchtlingsunterkunft", &["Flüchtling", "Unterkunft"]);
        check("Bundesmittel", &["Bund", "Mittel"]);
        check("Schulsozialarbeit", &["Schul", "Sozialarbeit"]);
        check("Sprachkursträger", &["Sprachkurs", "Träger"]);
        check("Männergruppe", &["Mann", "Gruppe"]);
    }

    #[test]
    fn what_is_no_compound_stays_whole() {
        for word in [
            "Unterbringung",
            "Integration",
            "Ehrenamt",
            "Verwaltung",
            "Beratung",
            "Termine",
            "Handwerker",
        ] {
            check(word, &[]);
        }
    }

    #[test]
    fn the_texts_themselves_are_a_source() {
        let ours = Lists::ours();
        let parts = Parts::new(&ours, [("mofa", 1)].into_iter());
        assert_eq!(parts.once("mofaverleih"), ["mofa", "verleih"]);
    }
}
