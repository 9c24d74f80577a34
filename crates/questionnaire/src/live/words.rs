//! Answers that texts of a page insert, as data for the script: they change while the page is filled in.
//!
//! Only what rests on this page and can be read by the script is in it. Words with markup or paragraphs of their own,
//! files, municipalities and texts with a pattern are put in by the server when the page is saved.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Live, LiveValue, Lowering, Node};
use crate::insert::inserted;
use crate::{
    Answer, Answers, Choice, Lang, Page, Question, QuestionKind, Questionnaire, Value, VariableKey,
    Wording, plain,
};

/// What the texts of a page insert, by key.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LiveWords {
    /// Whether numbers and days are written as in German.
    #[serde(rename = "d")]
    german: bool,
    /// "weiß nicht" and "keine Angabe".
    #[serde(rename = "s")]
    specials: [String; 2],
    #[serde(rename = "k")]
    keys: BTreeMap<String, LiveWord>,
}

/// How one insertion is put into words.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum LiveWord {
    /// A computed number.
    Number(LiveValue),
    /// The text behind the first test that is true; each may insert others.
    Words {
        /// Tests with their texts.
        #[serde(rename = "w")]
        words: Vec<(Node, String)>,
    },
    /// An answer.
    Answer {
        /// Options with their wording.
        #[serde(rename = "l", skip_serializing_if = "Vec::is_empty")]
        labels: Vec<(String, String)>,
        /// Options beside which stands a text of one's own, which takes their place.
        #[serde(rename = "t", skip_serializing_if = "Vec::is_empty")]
        own: Vec<String>,
        /// Unit of a number; may be empty.
        #[serde(rename = "u", skip_serializing_if = "String::is_empty")]
        unit: String,
        /// Which of the two stands, where it is one of "weiß nicht" (0) and "keine Angabe" (1).
        #[serde(rename = "x", skip_serializing_if = "Option::is_none")]
        special: Option<u8>,
    },
}

impl LiveWords {
    /// The keys whose insertions change on the page.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.keys().map(String::as_str)
    }
}

impl Questionnaire {
    /// Like [`Page::live`], with the answers that texts of the page insert.
    pub fn live<'a>(
        &'a self,
        page: &'a Page,
        answers: &'a Answers,
        known: &'a Answers,
        lang: Lang,
    ) -> Live {
        let live = page.live(answers, known, lang);
        let wanted = keys(page, lang);
        if wanted.is_empty() {
            return live;
        }
        let mut writing = Writing {
            questionnaire: self,
            lowering: Lowering {
                page,
                answers: known,
                hidden: BTreeSet::new(),
                live,
            },
            known,
            lang,
            words: BTreeMap::new(),
        };
        for key in wanted {
            writing.word(key);
        }
        let found = writing.words.into_iter();
        let keys: BTreeMap<String, LiveWord> = found.filter_map(|(k, w)| Some((k, w?))).collect();
        let mut live = writing.lowering.live;
        if !keys.is_empty() {
            let special = |answer| self.special(answer, lang).unwrap_or_default().to_owned();
            live.words = Some(LiveWords {
                german: lang == Lang::De,
                specials: [special(&Answer::DontKnow), special(&Answer::Refused)],
                keys,
            });
        }
        live
    }
}

struct Writing<'a> {
    questionnaire: &'a Questionnaire,
    lowering: Lowering<'a>,
    known: &'a Answers,
    lang: Lang,
    /// What was looked at; `None` is left to the server.
    words: BTreeMap<String, Option<LiveWord>>,
}

impl<'a> Writing<'a> {
    /// Whether an insertion changes on this page; then it stands in `words`.
    fn word(&mut self, key: &str) -> bool {
        if let Some(known) = self.words.get(key) {
            return known.is_some();
        }
        // Nothing inserts itself; the file's check sees to that.
        self.words.insert(key.to_owned(), None);
        let variable = VariableKey(key.to_owned());
        let word = match self.questionnaire.question(variable.question()) {
            Some(question) => match &question.kind {
                QuestionKind::Computed { words, .. } if !words.is_empty() => self.wordings(words),
                QuestionKind::Computed { .. } => self.number(question),
                _ => self.answer(question, &variable),
            },
            None => None,
        };
        let lives = word.is_some();
        self.words.insert(key.to_owned(), word);
        lives
    }

    fn number(&mut self, question: &'a Question) -> Option<LiveWord> {
        let QuestionKind::Computed {
            value: Some(value),
            unit,
            decimals,
            ..
        } = &question.kind
        else {
            return None;
        };
        self.lowering.hidden.clear();
        let value = self.lowering.expression(value)?;
        matches!(value, Node::List(_)).then(|| {
            LiveWord::Number(LiveValue {
                value,
                decimals: *decimals,
                unit: unit.get(self.lang).to_owned(),
            })
        })
    }

    fn wordings(&mut self, wordings: &'a [Wording]) -> Option<LiveWord> {
        let mut words = Vec::new();
        let mut moves = false;
        for wording in wordings {
            let text = wording.text.get(self.lang);
            if plain(text) != text {
                return None;
            }
            let test = match &wording.when {
                Some(condition) => self.lowering.condition(condition)?,
                None => Node::Truth(true),
            };
            moves |= matches!(test, Node::List(_));
            let mut filled = text.to_owned();
            for (key, _) in inserted(text) {
                if self.word(key) {
                    moves = true;
                } else {
                    let name = format!("{{{key}}}");
                    let stands = self.questionnaire.insert(&name, self.known, self.lang);
                    filled = filled.replace(&name, &stands);
                }
            }
            words.push((test, filled));
        }
        moves.then_some(LiveWord::Words { words })
    }

    fn answer(&mut self, question: &'a Question, variable: &VariableKey) -> Option<LiveWord> {
        if !self.lowering.here(&question.key) {
            return None;
        }
        let part = question.part(variable)?;
        self.lowering.field(variable)?;
        let own = (question.key.clone(), question.show_if.as_ref());
        let item = part.item.and_then(|item| item.show_if.as_ref());
        for (row, condition) in [own, (variable.row().to_owned(), item)] {
            let Some(condition) = condition else { continue };
            let shown = self.lowering.condition(condition)?;
            if shown != Node::Truth(true) {
                self.lowering.live.guards.insert(row, vec![shown]);
            }
        }
        let (QuestionKind::Single { options, .. } | QuestionKind::Multiple { options, .. }) =
            &question.kind
        else {
            return Some(self.plain_answer(variable, &part.value, Vec::new()));
        };
        let other = |option: &&Choice| option.other;
        let own: Vec<String> = options
            .iter()
            .filter(other)
            .map(|o| o.key.clone())
            .collect();
        for option in &own {
            let text = VariableKey(format!("{variable}.{option}.text"));
            self.lowering.field(&text)?;
        }
        Some(self.plain_answer(variable, &part.value, own))
    }

    fn plain_answer(&self, variable: &VariableKey, value: &Value, own: Vec<String>) -> LiveWord {
        let codes = value.codes().into_iter();
        LiveWord::Answer {
            labels: codes
                .map(|(key, text)| (key.to_owned(), text.get(self.lang).to_owned()))
                .collect(),
            own,
            unit: match value {
                Value::Number { unit, .. } => unit.get(self.lang).to_owned(),
                _ => String::new(),
            },
            special: match self.known.get(variable) {
                Some(Answer::DontKnow) => Some(0),
                Some(Answer::Refused) => Some(1),
                _ => None,
            },
        }
    }
}

/// What the texts of a page insert.
fn keys(page: &Page, lang: Lang) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let texts = page.intro.iter().chain(page.questions.iter().flat_map(|q| {
        let items = q.items().into_iter().flatten().map(|item| &item.text);
        [&q.text].into_iter().chain(&q.help).chain(items)
    }));
    for text in texts {
        found.extend(inserted(text.get(lang)).into_iter().map(|(key, _)| key));
    }
    for question in &page.questions {
        if let QuestionKind::Computed {
            shown: true, words, ..
        } = &question.kind
            && !words.is_empty()
        {
            found.insert(&question.key);
        }
    }
    found
}
