//! The lists that people write: parts of compounds, synonyms, words that nobody looks for. Ours stand in `words/`;
//! an editor's go on top of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::analysis::topic_term;
use crate::fold::{fold, words};
use crate::stem::{root, stem};

const PARTS: &str = include_str!("../words/teile.txt");
const SYNONYMS: &str = include_str!("../words/synonyme.txt");
const TOPICS: &str = include_str!("../words/themen.txt");
const GENERAL: &str = include_str!("../words/allgemein.txt");
const STOP: &str = include_str!("../words/stopp.txt");

/// How a word in a text answers a word in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The same word, also in another form of its inflection or spelling.
    Same,
    /// A part of a compound.
    Part,
    /// A word of the same family ("beraten", "Beratung").
    Family,
    /// The list of synonyms says that it means the same.
    Synonym,
    /// The list says that it is near.
    Related,
    /// The query has a typing error.
    Typo,
}

/// One answer of the list of synonyms: the stems of what else to look for.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Stems; several where the synonym is several words.
    pub stems: Vec<String>,
    /// The same words, folded.
    pub folded: Vec<String>,
    /// At most 1.
    pub weight: f32,
    /// [`Relation::Synonym`] or [`Relation::Related`].
    pub relation: Relation,
}

/// What is wrong with a line of a list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{list}, line {line}: {problem}")]
pub struct ListFault {
    /// Which list.
    pub list: &'static str,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: ListProblem,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListProblem {
    /// Two signs in one line.
    #[error("a line has one sign: =, ~ or >; write two lines")]
    MixedSigns,
    /// No sign at all.
    #[error(
        "expected words with =, ~ or > between them, e.g. \"Kita = Kindergarten\", or a topic, e.g. \"Wohnen: Miete Kaution\""
    )]
    NoSign,
    /// An empty place between two signs.
    #[error("a word is missing before or after a sign")]
    Empty,
    /// The parts are not in the word.
    #[error("\"{word}\": give at least two parts, e.g. \"Volkshochschule = Volk Hochschule\"")]
    Parts {
        /// The word.
        word: String,
    },
    /// A part of fewer than two letters.
    #[error("\"{word}\" is too short for a part: at least two letters")]
    Short {
        /// The word.
        word: String,
    },
}

/// What an editor added, in the form of our own files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// Parts of compounds (`words/teile.txt`).
    pub parts: String,
    /// Synonyms (`words/synonyme.txt`) and topics (`words/themen.txt`).
    pub synonyms: String,
}

/// All lists, read.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// Folded words of which compounds consist; they are not split themselves.
    pub(crate) parts: BTreeSet<String>,
    /// Their stems.
    pub(crate) part_stems: BTreeSet<String>,
    /// Splits that are written down: folded word -> folded parts.
    pub(crate) splits: BTreeMap<String, Vec<String>>,
    pub(crate) stop: BTreeSet<String>,
    synonyms: BTreeMap<String, Vec<Target>>,
    /// Root of a single-word key -> the keys.
    roots: BTreeMap<String, Vec<String>>,
    /// Words of the longest key.
    pub(crate) longest: usize,
    /// Stem of a word -> terms of its topics.
    topics: BTreeMap<String, Vec<String>>,
    /// Stems that say little.
    general: BTreeSet<String>,
    /// All single words that stand in the list of synonyms, folded.
    pub(crate) named: BTreeSet<String>,
}

const SAME: f32 = 0.85;
const NEAR: f32 = 0.5;
const ONE_WAY: f32 = 0.75;
/// Two steps through the list count this much less than their product.
const SECOND: f32 = 0.8;
/// What is weaker is left out.
const WEAKEST: f32 = 0.3;

impl Lists {
    /// Our lists with an editor's on top; all faults at once.
    pub fn read(added: &Added) -> Result<Self, Vec<ListFault>> {
        let mut lists = Self::default();
        let mut faults = Vec::new();
        for line in lines(STOP) {
            let words = line.1.split_whitespace().map(fold);
            lists.stop.extend(words);
        }
        for line in lines(GENERAL) {
            let words = line.1.split_whitespace().map(|w| stem(&fold(w)));
            lists.general.extend(words);
        }
        for text in [PARTS, &added.parts] {
            lists.read_parts(text, &mut faults);
        }
        let mut edges: BTreeMap<String, BTreeMap<String, (f32, Relation)>> = BTreeMap::new();
        let mut spelled: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for text in [SYNONYMS, TOPICS, &added.synonyms] {
            lists.read_synonyms(text, &mut edges, &mut spelled, &mut faults);
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        lists.connect(&edges, &spelled);
        Ok(lists)
    }

    /// Our lists alone.
    pub fn ours() -> Self {
        Self::read(&Added::default()).expect("the lists in words/ are faultless: a test reads them")
    }

    /// What the list of synonyms says for these stems (one or several words).
    pub fn synonyms(&self, stems: &[&str]) -> &[Target] {
        self.synonyms
            .get(&stems.join(" "))
            .map_or(&[], Vec::as_slice)
    }

    /// The same for a word that is not in the list but one of its family is ("vorbeugen", "Vorbeugung").
    pub fn synonyms_of_family(&self, folded: &str) -> Vec<Target> {
        let keys = self.roots.get(&root(folded));
        keys.into_iter()
            .flatten()
            .flat_map(|key| {
                let own = Target {
                    stems: vec![key.clone()],
                    folded: vec![key.clone()],
                    weight: 0.8,
                    relation: Relation::Family,
                };
                let mut all: Vec<Target> = self.synonyms.get(key).cloned().unwrap_or_default();
                for target in &mut all {
                    target.weight *= 0.8;
                }
                all.push(own);
                all
            })
            .filter(|t| t.weight >= WEAKEST)
            .collect()
    }

    /// The terms of the topics of a folded word.
    pub fn topics(&self, folded: &str) -> &[String] {
        self.topics.get(&stem(folded)).map_or(&[], Vec::as_slice)
    }

    /// Whether this folded word says little beside others.
    pub fn is_general(&self, folded: &str) -> bool {
        self.general.contains(&stem(folded))
    }

    /// Whether nobody looks for this folded word.
    pub fn is_stop(&self, folded: &str) -> bool {
        self.stop.contains(folded)
    }

    fn read_parts(&mut self, text: &str, faults: &mut Vec<ListFault>) {
        for (line, content) in lines(text) {
            let mut fault = |problem| {
                faults.push(ListFault {
                    list: "parts",
                    line,
                    problem,
                });
            };
            if let Some((word, parts)) = content.split_once('=') {
                let parts: Vec<String> = parts.split_whitespace().map(fold).collect();
                if parts.len() < 2 || fold(word.trim()).is_empty() {
                    fault(ListProblem::Parts {
                        word: word.trim().to_owned(),
                    });
                    continue;
                }
                self.splits.insert(fold(word.trim()), parts);
                continue;
            }
            for word in content.split_whitespace() {
                let folded: String = fold(word).chars().filter(|c| c.is_alphanumeric()).collect();
                if folded.len() < 2 {
                    fault(ListProblem::Short {
                        word: word.to_owned(),
                    });
                    continue;
                }
                let stemmed = stem(&folded);
                if stemmed.len() >= 3 {
                    self.part_stems.insert(stemmed);
                }
                self.parts.insert(folded);
            }
        }
    }

    fn read_synonyms(
        &mut self,
        text: &str,
        edges: &mut BTreeMap<String, BTreeMap<String, (f32, Relation)>>,
        spelled: &mut BTreeMap<String, Vec<String>>,
        faults: &mut Vec<ListFault>,
    ) {
        for (line, content) in lines(text) {
            let mut fault = |problem| {
                faults.push(ListFault {
                    list: "synonyms",
                    line,
                    problem,
                });
            };
            let signs: Vec<char> = ['=', '~', '>']
                .into_iter()
                .filter(|s| content.contains(*s))
                .collect();
            let sign = match signs.as_slice() {
                [sign] => *sign,
                [] if content.contains(':') => {
                    if !self.read_topic(content) {
                        fault(ListProblem::Empty);
                    }
                    continue;
                }
                [] => {
                    fault(ListProblem::NoSign);
                    continue;
                }
                _ => {
                    fault(ListProblem::MixedSigns);
                    continue;
                }
            };
            let members: Vec<&str> = match content.split_once('>') {
                Some((from, to)) => [from].into_iter().chain(to.split(',')).collect(),
                None => content.split(sign).collect(),
            };
            let mut keys = Vec::new();
            for member in members {
                let folded: Vec<String> = words(member)
                    .into_iter()
                    .map(|w| w.folded)
                    .filter(|w| !self.stop.contains(w))
                    .collect();
                let stems: Vec<String> = folded.iter().map(|w| stem(w)).collect();
                if stems.is_empty() {
                    continue;
                }
                if let [only] = folded.as_slice() {
                    self.named.insert(only.clone());
                }
                let key = stems.join(" ");
                spelled.entry(key.clone()).or_insert(folded);
                keys.push(key);
            }
            if keys.len() < 2 {
                fault(ListProblem::Empty);
                continue;
            }
            let (weight, relation) = match sign {
                '=' => (SAME, Relation::Synonym),
                '~' => (NEAR, Relation::Related),
                _ => (ONE_WAY, Relation::Synonym),
            };
            let mut edge = |from: &String, to: &String| {
                if from != to {
                    let place = edges
                        .entry(from.clone())
                        .or_default()
                        .entry(to.clone())
                        .or_insert((weight, relation));
                    if place.0 < weight {
                        *place = (weight, relation);
                    }
                }
            };
            if sign == '>' {
                for to in &keys[1..] {
                    edge(&keys[0], to);
                }
            } else if sign == '~' {
                // The first word is what the line is about: its neighbours are not each other's.
                for other in &keys[1..] {
                    edge(&keys[0], other);
                    edge(other, &keys[0]);
                }
            } else {
                for from in &keys {
                    for to in &keys {
                        edge(from, to);
                    }
                }
            }
        }
    }

    /// A line `Name: Wort Wort`; false where the name or the words are missing.
    fn read_topic(&mut self, content: &str) -> bool {
        let (name, members) = content.split_once(':').unwrap_or((content, ""));
        let letters: String = fold(name).chars().filter(|c| c.is_alphanumeric()).collect();
        let members = words(members);
        if letters.is_empty() || members.is_empty() {
            return false;
        }
        let term = topic_term(&letters);
        for word in members {
            if self.stop.contains(&word.folded) {
                continue;
            }
            let topics = self.topics.entry(stem(&word.folded)).or_default();
            if !topics.contains(&term) {
                topics.push(term.clone());
            }
            self.named.insert(word.folded);
        }
        true
    }

    /// Follows the list two steps.
    fn connect(
        &mut self,
        edges: &BTreeMap<String, BTreeMap<String, (f32, Relation)>>,
        spelled: &BTreeMap<String, Vec<String>>,
    ) {
        for (from, direct) in edges {
            let mut reached: BTreeMap<&str, (f32, Relation)> = BTreeMap::new();
            let keep = |to: &str, weight: f32, relation: Relation| {
                if to == from || weight < WEAKEST {
                    return None;
                }
                Some((weight, relation))
            };
            for (to, (weight, relation)) in direct {
                if let Some(kept) = keep(to, *weight, *relation) {
                    reached.insert(to, kept);
                }
            }
            for (middle, (first, relation)) in direct {
                for (to, (second, next)) in edges.get(middle).into_iter().flatten() {
                    let relation = (*relation).max(*next);
                    if let Some(kept) = keep(to, first * second * SECOND, relation) {
                        let place = reached.entry(to).or_insert(kept);
                        if place.0 < kept.0 {
                            *place = kept;
                        }
                    }
                }
            }
            let mut targets: Vec<Target> = reached
                .into_iter()
                .map(|(to, (weight, relation))| Target {
                    stems: to.split(' ').map(str::to_owned).collect(),
                    folded: spelled.get(to).cloned().unwrap_or_default(),
                    weight,
                    relation,
                })
                .collect();
            targets.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.stems.cmp(&b.stems)));
            self.longest = self.longest.max(from.split(' ').count());
            if let Some([only]) = spelled.get(from).map(Vec::as_slice) {
                let keys = self.roots.entry(root(only)).or_default();
                if keys.len() < 3 {
                    keys.push(from.clone());
                }
            }
            self.synonyms.insert(from.clone(), targets);
        }
    }
}

/// Lines that say something, with their numbers.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..)
        .zip(text.lines())
        .map(|(number, line)| (number, line.split('#').next().unwrap_or("").trim()))
        .filter(|(_, line)| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_lists_are_faultless() {
        if let Err(faults) = Lists::read(&Added::default()) {
            let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
            panic!("{}", all.join("\n"));
        }
    }

    #[test]
    fn an_editors_line_counts_and_faults_come_all_at_once() {
        let added = Added {
            parts: "Zwergschule\n".into(),
            synonyms: "Zwergschule = kleine Schule\n".into(),
        };
        let lists = Lists::read(&added).unwrap();
        assert_eq!(lists.synonyms(&["zwergschul"])[0].stems, ["klein", "schul"]);
        assert!(lists.parts.contains("zwergschule"));
        let faults = Lists::read(&Added {
            parts: "a\n".into(),
            synonyms: "Kita\n\nKita = Hort ~ Krippe\nKita =\n".into(),
        })
        .unwrap_err();
        let found: Vec<(&str, usize)> = faults.iter().map(|f| (f.list, f.line)).collect();
        assert_eq!(
            found,
            [
                ("parts", 1),
                ("synonyms", 1),
                ("synonyms", 3),
                ("synonyms", 4)
            ]
        );
    }

    #[test]
    fn one_way_is_one_way() {
        let lists = Lists::ours();
        let has = |from: &str, to: &str| {
            lists
                .synonyms(&[from])
                .iter()
                .any(|t| t.stems == [to.to_owned()])
        };
        assert!(has("sgbxii", "sozialhilf") || !lists.synonyms(&["sgb", "xii"]).is_empty());
        assert!(has("asylum", "asyl") && !has("asyl", "asylum"));
    }
}
