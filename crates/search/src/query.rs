//! What is looked for: each word of a query with everything that may answer it.

use crate::analysis::{Analyser, root_term};
use crate::fold::{Word, words};
use crate::lists::{Relation, Target};
use crate::stem::{root, stem};
use crate::vocabulary::{Entry, Vocabulary};

/// A term that answers a word, and how well.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Term of the index.
    pub term: String,
    /// At most 1.
    pub weight: f32,
    /// Why.
    pub relation: Relation,
}

/// One idea: any of its terms answers it, the best one counts.
pub type Idea = Vec<Answer>;

/// One way to answer a part of the query: all its ideas together.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// At most 1.
    pub weight: f32,
    /// Ideas; a text that has some of them counts less than one that has all.
    pub ideas: Vec<Idea>,
    /// Only the topics of the words: for words of which little is found.
    pub topic: bool,
    /// A text that has only some of them has nothing of it.
    pub whole: bool,
}

/// A word of the query, or several that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// As it was typed.
    pub typed: String,
    /// The best way counts.
    pub ways: Vec<Way>,
    /// How many words of the query it stands for.
    pub words: usize,
    /// The word that was taken instead of one with a typing error, as the texts write it.
    pub instead: Option<String>,
}

const FAMILY: f32 = 0.55;
/// A compound found by its parts.
const PARTS: f32 = 0.85;
/// Synonyms of a part of a compound, and the least that they must weigh.
const OF_PART: f32 = 0.8;
const WEAKEST_OF_PART: f32 = 0.35;
const TYPO: [f32; 3] = [1.0, 0.85, 0.7];
/// A text that is about the same topic.
const TOPIC: f32 = 0.3;
/// A compound whose last part says little, found by the others.
const WITHOUT_HEAD: f32 = 0.7;
/// A verb of which only the part after its prefix is known.
const PREFIX: f32 = 0.6;
/// Words that say little, beside others that say more.
const GENERAL: f32 = 0.5;
/// Answers of one idea.
const MOST: usize = 28;

/// Reads queries.
pub struct Reader<'a> {
    /// The lists and the parts of compounds.
    pub analyser: &'a Analyser,
    /// Words of the texts.
    pub vocabulary: &'a Vocabulary,
    /// Words of the lists, in the form of a vocabulary.
    pub listed: &'a Vocabulary,
    /// In how many texts a term stands.
    pub count: &'a dyn Fn(&str) -> u32,
}

impl Reader<'_> {
    /// The units of a query.
    pub fn read(&self, query: &str) -> Vec<Unit> {
        let all = words(query);
        let meant: Vec<&Word<'_>> = all
            .iter()
            .filter(|w| !self.analyser.lists.is_stop(&w.folded))
            .take(16)
            .collect();
        // Only words that nobody looks for: then they are meant.
        let meant = if meant.is_empty() {
            all.iter().take(4).collect()
        } else {
            meant
        };
        let stems: Vec<String> = meant.iter().map(|w| stem(&w.folded)).collect();
        let mut units = Vec::new();
        let mut at = 0;
        while at < meant.len() {
            let (unit, taken) = self
                .together(&meant[at..], &stems[at..])
                .unwrap_or_else(|| (self.unit(meant[at]), 1));
            let general = taken == 1 && self.analyser.lists.is_general(&meant[at].folded);
            units.push((general, unit));
            at += taken;
        }
        let some_say_more = units.iter().any(|(general, _)| !general);
        for (_, unit) in units.iter_mut().filter(|(g, _)| *g && some_say_more) {
            for way in &mut unit.ways {
                way.weight *= GENERAL;
            }
        }
        units.into_iter().map(|(_, unit)| unit).collect()
    }

    /// Several words that the lists know as one, or that the texts write as one.
    fn together(&self, words: &[&Word<'_>], stems: &[String]) -> Option<(Unit, usize)> {
        let longest = self.analyser.lists.longest.min(words.len());
        for n in (2..=longest).rev() {
            let key: Vec<&str> = stems[..n].iter().map(String::as_str).collect();
            let targets = self.analyser.lists.synonyms(&key);
            if !targets.is_empty() {
                return Some((self.phrase(&words[..n], None, targets), n));
            }
        }
        let [first, second, ..] = words else {
            return None;
        };
        for joint in ["", "s", "n"] {
            let joined = format!("{}{joint}{}", first.folded, second.folded);
            let listed = self.analyser.lists.synonyms(&[&stem(&joined)]);
            if self.vocabulary.get(&joined).is_some()
                || (self.count)(&stem(&joined)) > 0
                || !listed.is_empty()
            {
                return Some((self.phrase(&words[..2], Some(&joined), listed), 2));
            }
        }
        None
    }

    fn phrase(&self, words: &[&Word<'_>], joined: Option<&str>, targets: &[Target]) -> Unit {
        let mut ways = vec![Way {
            whole: false,
            topic: false,
            weight: 1.0,
            ideas: words.iter().map(|w| self.idea(&w.folded)).collect(),
        }];
        if let Some(joined) = joined {
            ways.push(Way {
                whole: false,
                topic: false,
                weight: 1.0,
                ideas: vec![self.idea(joined)],
            });
        }
        self.targets(&mut ways, targets, true);
        let folded: Vec<&str> = words.iter().map(|w| w.folded.as_str()).collect();
        self.topics(&mut ways, &folded);
        Unit {
            typed: words.iter().map(|w| w.text).collect::<Vec<_>>().join(" "),
            ways,
            words: words.len(),
            instead: None,
        }
    }

    fn unit(&self, word: &Word<'_>) -> Unit {
        let mut ways = self.ways(&word.folded);
        if !word.pieces.is_empty() {
            let pieces = word.pieces.iter().filter(|p| p.len() > 1);
            ways.push(Way {
                whole: false,
                topic: false,
                weight: PARTS,
                ideas: pieces.map(|p| self.idea(p)).collect(),
            });
        }
        let mut instead = None;
        if word.pieces.is_empty() && !self.known(&word.folded) {
            for (candidate, distance, shown) in self.near(&word.folded) {
                let mut better = self.ways(&candidate);
                for way in &mut better {
                    way.weight *= TYPO[distance.min(2)];
                    for answer in way.ideas.iter_mut().flatten() {
                        answer.relation = answer.relation.max(Relation::Typo);
                    }
                }
                instead.get_or_insert(shown);
                ways.extend(better);
            }
            if instead.is_none()
                && let Some((left, right)) = self.near_parts(&word.folded)
            {
                ways.push(Way {
                    whole: false,
                    topic: false,
                    weight: PARTS * TYPO[1],
                    ideas: vec![self.idea(&left), self.idea(&right)],
                });
            }
        }
        Unit {
            typed: word.text.to_owned(),
            ways,
            words: 1,
            instead,
        }
    }

    /// The ways of one word without typing errors.
    fn ways(&self, folded: &str) -> Vec<Way> {
        let mut ways = vec![Way {
            whole: false,
            topic: false,
            weight: 1.0,
            ideas: vec![self.idea(folded)],
        }];
        let parts = self.analyser.parts.once(folded);
        if parts.len() > 1 {
            // What means the same as the last part counts only beside the others: "Elternarbeit" is no job.
            ways.push(Way {
                whole: true,
                topic: false,
                weight: PARTS,
                ideas: parts.iter().map(|p| self.idea_of_part(p)).collect(),
            });
            ways.push(Way {
                whole: false,
                topic: false,
                weight: PARTS,
                ideas: self.with_end(&parts, &|part| plain(part, Relation::Same)),
            });
        }
        if let [before @ .., last] = parts.as_slice()
            && !before.is_empty()
            && self.analyser.lists.is_general(last)
        {
            ways.push(Way {
                whole: false,
                topic: false,
                weight: WITHOUT_HEAD,
                ideas: before.iter().map(|p| self.idea_of_part(p)).collect(),
            });
        }
        if let Some(rest) = self.without_prefix(folded) {
            ways.push(Way {
                whole: false,
                topic: false,
                weight: PREFIX,
                ideas: vec![plain(rest, Relation::Family)],
            });
        }
        let stemmed = stem(folded);
        let targets = self.analyser.lists.synonyms(&[&stemmed]);
        self.targets(&mut ways, targets, false);
        self.topics(&mut ways, &[folded]);
        ways
    }

    /// "mieten" of "anmieten", where no text has the verb itself but some have the rest.
    fn without_prefix<'b>(&self, folded: &'b str) -> Option<&'b str> {
        const PREFIXES: [&str; 12] = [
            "zusammen", "weiter", "nach", "aus", "auf", "ein", "vor", "mit", "ab", "an", "um", "zu",
        ];
        if !folded.ends_with("en") || (self.count)(&stem(folded)) > 0 {
            return None;
        }
        let rest = PREFIXES.iter().find_map(|p| folded.strip_prefix(p))?;
        let there = |term: &str| (self.count)(term) > 0;
        (rest.len() >= 5 && (there(&stem(rest)) || there(&root_term(&root(rest))))).then_some(rest)
    }

    /// The topics of these words, or of the parts of one that has none.
    fn topics(&self, ways: &mut Vec<Way>, folded: &[&str]) {
        let of = |word: &str| -> Idea {
            let topics = self.analyser.lists.topics(word).iter();
            let answer = |term: &String| Answer {
                term: term.clone(),
                weight: 1.0,
                relation: Relation::Related,
            };
            topics.map(answer).collect()
        };
        let mut ideas: Vec<Idea> = Vec::new();
        for word in folded {
            let own = of(word);
            if own.is_empty() {
                ideas.extend(self.analyser.parts.once(word).iter().map(|p| of(p)));
            } else {
                ideas.push(own);
            }
        }
        ideas.retain(|idea| !idea.is_empty());
        if !ideas.is_empty() {
            ways.push(Way {
                whole: false,
                topic: true,
                weight: TOPIC,
                ideas,
            });
        }
    }

    /// Synonyms of several words, and compounds that no text has but whose parts some text may have.
    fn targets(&self, ways: &mut Vec<Way>, targets: &[Target], single_too: bool) {
        let mut single = Vec::new();
        for target in targets {
            if let [only] = target.stems.as_slice() {
                if single_too {
                    single.push(Answer {
                        term: only.clone(),
                        weight: target.weight,
                        relation: target.relation,
                    });
                }
                if (self.count)(only) == 0
                    && let Some(folded) = target.folded.first()
                {
                    let parts = self.analyser.parts.once(folded);
                    if parts.len() > 1 {
                        ways.push(Way {
                            whole: true,
                            topic: false,
                            weight: target.weight * PARTS,
                            ideas: parts.iter().map(|p| plain(p, target.relation)).collect(),
                        });
                    }
                }
            } else {
                ways.push(Way {
                    whole: false,
                    topic: false,
                    weight: target.weight,
                    ideas: target
                        .folded
                        .iter()
                        .map(|w| plain(w, target.relation))
                        .collect(),
                });
            }
        }
        if !single.is_empty() {
            single.truncate(MOST);
            ways.push(Way {
                whole: false,
                topic: false,
                weight: 1.0,
                ideas: vec![single],
            });
        }
    }

    /// A word, its family and its synonyms of one word.
    fn idea(&self, folded: &str) -> Idea {
        let stemmed = stem(folded);
        let mut idea = plain(folded, Relation::Same);
        let listed = self.analyser.lists.synonyms(&[&stemmed]);
        let family;
        let targets = if listed.is_empty() {
            family = self.analyser.lists.synonyms_of_family(folded);
            &family
        } else {
            listed
        };
        for target in targets {
            if let [only] = target.stems.as_slice() {
                idea.push(Answer {
                    term: only.clone(),
                    weight: target.weight,
                    relation: target.relation,
                });
            }
        }
        // The word itself first, then the stronger answers: the weaker ones may be left out.
        idea[1..].sort_by(|a, b| b.weight.total_cmp(&a.weight));
        idea.truncate(MOST);
        idea
    }

    /// A part of a compound: its synonyms say less than those of a word of its own ("Elternarbeit" is no job).
    fn idea_of_part(&self, folded: &str) -> Idea {
        let mut idea = self.idea(folded);
        idea.retain_mut(|answer| {
            if matches!(answer.relation, Relation::Synonym | Relation::Related) {
                answer.weight *= OF_PART;
            }
            answer.weight >= WEAKEST_OF_PART
        });
        idea
    }

    /// Parts of a compound; the last one, which says what kind of thing it is, answered by `end`.
    fn with_end<S: AsRef<str>>(&self, parts: &[S], end: &dyn Fn(&str) -> Idea) -> Vec<Idea> {
        let last = parts.len() - 1;
        let idea = |(at, part): (usize, &S)| match at == last {
            true => end(part.as_ref()),
            false => self.idea_of_part(part.as_ref()),
        };
        parts.iter().enumerate().map(idea).collect()
    }

    /// Whether texts or lists have this word, or can take it apart.
    fn known(&self, folded: &str) -> bool {
        let stemmed = stem(folded);
        self.vocabulary.get(folded).is_some()
            || (self.count)(&stemmed) > 0
            || self.analyser.parts.knows(folded)
            || !self.analyser.lists.synonyms(&[&stemmed]).is_empty()
            || self.analyser.parts.once(folded).len() > 1
    }

    /// What may have been meant: folded, distance, as people write it.
    fn near(&self, folded: &str) -> Vec<(String, usize, String)> {
        let mut found: Vec<(&Entry, usize)> = self.vocabulary.near(folded, 3);
        found.extend(self.listed.near(folded, 2));
        let least = found.iter().map(|(_, distance)| *distance).min();
        let mut candidates: Vec<(String, usize, String)> = Vec::new();
        for (entry, distance) in found {
            let again = candidates
                .iter()
                .any(|(word, ..)| stem(word) == stem(&entry.folded));
            if Some(distance) == least && !again {
                candidates.push((entry.folded.clone(), distance, entry.shown.clone()));
            }
        }
        candidates.truncate(3);
        candidates
    }

    /// A compound of two parts of which one has a typing error.
    fn near_parts(&self, folded: &str) -> Option<(String, String)> {
        if !folded.is_ascii() || folded.len() < 9 {
            return None;
        }
        let right = |part: &str| {
            let known = self.vocabulary.near(part, 1);
            let known = known.first().or(None).map(|(e, d)| (e.folded.clone(), *d));
            let listed = self
                .listed
                .near(part, 1)
                .first()
                .map(|(e, d)| (e.folded.clone(), *d));
            [known, listed]
                .into_iter()
                .flatten()
                .filter(|(_, d)| *d <= 1)
                .min_by_key(|(_, d)| *d)
        };
        for at in 4..=folded.len() - 5 {
            let (left, rest) = folded.split_at(at);
            if self.analyser.parts.knows(left)
                && let Some((word, _)) = right(rest)
            {
                return Some((left.to_owned(), word));
            }
            if rest.len() >= 4
                && left.len() >= 5
                && self.analyser.parts.knows(rest)
                && let Some((word, _)) = right(left)
            {
                return Some((word, rest.to_owned()));
            }
        }
        None
    }
}

fn plain(folded: &str, relation: Relation) -> Idea {
    vec![
        Answer {
            term: stem(folded),
            weight: 1.0,
            relation,
        },
        Answer {
            term: root_term(&root(folded)),
            weight: FAMILY,
            relation: relation.max(Relation::Family),
        },
    ]
}
