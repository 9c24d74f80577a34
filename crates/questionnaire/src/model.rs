//! The questionnaire as it is asked: pages, questions, scales.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Answers, Check, Condition, Item, Lineage, Part, QuestionKind, Scale, Value, VariableKey, part,
};

/// Language a person reads.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Lang {
    #[default]
    De,
    En,
}

/// A wording in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Text {
    pub de: String,
    pub en: String,
}

impl Text {
    /// The wording in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::De => &self.de,
            Lang::En => &self.en,
        }
    }
}

/// A whole questionnaire, checked: every key is unique, every condition looks back only.
#[derive(Clone, Debug, PartialEq)]
pub struct Questionnaire {
    /// Number of the file format, now 1.
    pub format: u32,
    /// Stable key of the questionnaire.
    pub key: String,
    /// Version (Fassung), counted from 1.
    pub version: u32,
    /// Title, as it stands on the first page.
    pub title: Text,
    /// What stands before the first page, if anything.
    pub intro: Option<Text>,
    /// Scales that batteries and single choices share.
    pub scales: Vec<Scale>,
    /// Pages, in the order in which they are asked. Never empty.
    pub pages: Vec<Page>,
    /// Where its questions come from, for the questionnaire of a later wave.
    pub lineage: Option<Lineage>,
    /// Languages, translations beyond German and English, and pages that change places.
    pub more: More,
}

/// What most questionnaires leave out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct More {
    /// Languages as the file lists them, the main one first; empty means German and English.
    pub languages: Vec<String>,
    /// Wordings in languages beside German and English: language, wording in the main language, wording.
    pub translations: BTreeMap<String, BTreeMap<String, String>>,
    /// Groups of pages that follow one another and change places, by their keys.
    pub random_pages: Vec<Vec<String>>,
    /// The language in which the wordings stand, where it is neither German nor English.
    pub shown: Option<String>,
}

/// One page: what is shown and saved together.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Stable key, also the last part of the page's address.
    pub key: String,
    /// Heading.
    pub title: Text,
    /// A few sentences below the heading.
    pub intro: Option<Text>,
    /// Shown only when this holds; always when `None`.
    pub show_if: Option<Condition>,
    /// Questions in their order. Never empty.
    pub questions: Vec<Question>,
    /// What the answers of this page must fit to.
    pub checks: Vec<Check>,
    /// Whether its questions are asked in random order.
    pub random: bool,
}

/// One question.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Stable key, unique in the questionnaire.
    pub key: String,
    /// Number as printed, counted over the whole questionnaire.
    pub number: String,
    /// Wording.
    pub text: Text,
    /// A short help below the wording.
    pub help: Option<Text>,
    /// Whether an answer is expected before submitting. Drafts may leave it open.
    pub required: bool,
    /// Whether "weiß nicht" is offered.
    pub dont_know: bool,
    /// Whether "keine Angabe" is offered.
    pub no_answer: bool,
    /// Shown only when this holds; always when `None`.
    pub show_if: Option<Condition>,
    /// What kind of answer it takes.
    pub kind: QuestionKind,
    /// What most questions leave out.
    pub settings: Settings,
}

/// What most questions leave out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Whether a single choice has a field for a remark, the variable `question.comment`.
    pub comment: bool,
    /// Whether options or items stand in random order.
    pub random: bool,
    /// Whether a single choice is a list to pull down.
    pub dropdown: bool,
    /// Whether a battery's items are the columns of its table.
    pub by_column: bool,
    /// Filled in before anybody answered: form values of the question's own variable.
    pub default: Vec<String>,
    /// What the whole text must look like.
    pub pattern: Option<Pattern>,
    /// What the answer must fit to.
    pub checks: Vec<Check>,
}

/// A regular expression for the whole of a text.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// As it is written in the file.
    pub source: String,
    /// What is said when a text does not fit.
    pub hint: Option<Text>,
    regex: regex::Regex,
}

impl Pattern {
    /// A pattern for whole texts; `None` when it is no regular expression, or too large a one.
    pub fn new(source: &str, hint: Option<Text>) -> Option<Self> {
        let whole = format!("^(?:{source})$");
        let built = regex::RegexBuilder::new(&whole).size_limit(1 << 18).build();
        Some(Self {
            source: source.to_owned(),
            hint,
            regex: built.ok()?,
        })
    }

    /// Whether the whole text fits.
    pub fn fits(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source && self.hint == other.hint
    }
}

/// An answer variable with where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable<'q> {
    /// `question`, `question.item`, `question.item.column`, `question.option.text` or `question.comment`.
    pub key: VariableKey,
    /// The page on which it stands.
    pub page: &'q Page,
    /// Its question.
    pub question: &'q Question,
    /// Its item, where it has one.
    pub item: Option<&'q Item>,
    /// The variable as a part of its question.
    pub part: Part<'q>,
}

impl Variable<'_> {
    /// The codes with their wording, for choices and scales; empty for the rest.
    pub fn codes(&self) -> Vec<(&str, &Text)> {
        self.part.value.codes()
    }
}

impl Questionnaire {
    /// All answer variables in the order of the questionnaire: one a question, one an item for batteries.
    pub fn variables(&self) -> Vec<Variable<'_>> {
        let mut all = Vec::new();
        for page in &self.pages {
            for question in &page.questions {
                all.extend(question.parts().into_iter().map(|part| Variable {
                    key: part.key.clone(),
                    page,
                    question,
                    item: part.item,
                    part,
                }));
            }
        }
        all
    }

    /// One variable, or `None` when the questionnaire has none of this key.
    pub fn variable(&self, key: &VariableKey) -> Option<Variable<'_>> {
        let page = self.page_of(key.question())?;
        let question = page
            .questions
            .iter()
            .find(|question| question.key == key.question())?;
        let part = question.part(key)?;
        Some(Variable {
            key: key.clone(),
            page,
            question,
            item: part.item,
            part,
        })
    }

    /// The language tag of what a reader of `lang` gets to see: the questionnaire may not have that language.
    pub fn tag(&self, lang: Lang) -> &str {
        let own = match lang {
            Lang::De => "de",
            Lang::En => "en",
        };
        let languages = &self.more.languages;
        if let Some(shown) = &self.more.shown {
            return shown;
        }
        match languages.first() {
            Some(first) if !languages.iter().any(|l| l == own) => first,
            _ => own,
        }
    }

    /// All questions in their order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.pages.iter().flat_map(|page| &page.questions)
    }

    /// The question of this key.
    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions().find(|question| question.key == key)
    }

    /// The page of this key.
    pub fn page(&self, key: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.key == key)
    }

    /// The page on which a question stands.
    pub fn page_of(&self, question: &str) -> Option<&Page> {
        let holds = |page: &&Page| page.questions.iter().any(|q| q.key == question);
        self.pages.iter().find(holds)
    }

    /// The scale of this key.
    pub fn scale(&self, key: &str) -> Option<&Scale> {
        self.scales.iter().find(|scale| scale.key == key)
    }
}

impl Question {
    /// The variables that this question fills: itself, or one an item for batteries.
    pub fn variables(&self) -> Vec<VariableKey> {
        self.parts().into_iter().map(|part| part.key).collect()
    }

    /// The variables asked under these answers: items and free texts may rest on other answers.
    pub fn variables_shown(&self, answers: &Answers) -> Vec<VariableKey> {
        let parts = self.parts().into_iter();
        parts
            .filter(|part| part.is_visible(answers))
            .map(|part| part.key)
            .collect()
    }

    /// The variables that need an answer under these answers, where the question is required.
    pub fn variables_needed(&self, answers: &Answers) -> Vec<VariableKey> {
        let parts = self.parts().into_iter();
        parts
            .filter(|part| part.role == part::Role::Own && part.is_visible(answers))
            .map(|part| part.key)
            .collect()
    }

    /// The codes with their wording, for choices, scales and rankings; empty for the rest.
    pub fn codes(&self) -> Vec<(&str, &Text)> {
        let own = self.parts().into_iter().next();
        match own.map(|part| part.value) {
            Some(Value::Choice { codes, .. }) => codes.list(),
            Some(Value::Choices { options, .. } | Value::Ranking { options, .. }) => {
                options.iter().map(|o| (o.key.as_str(), &o.text)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether the codes are a scale in ascending order.
    pub fn ordered(&self) -> bool {
        matches!(
            self.kind,
            QuestionKind::Single { ordered: true, .. } | QuestionKind::Battery { .. }
        )
    }

    /// Whether it is a closed question: choices, batteries and numbers.
    pub fn closed(&self) -> bool {
        !matches!(
            self.kind,
            QuestionKind::ShortText { .. }
                | QuestionKind::LongText { .. }
                | QuestionKind::Texts { .. }
                | QuestionKind::Email
                | QuestionKind::File { .. }
                | QuestionKind::Computed { .. }
                | QuestionKind::Note
                | QuestionKind::Nomination { .. }
        )
    }

    /// The items, for batteries and their like.
    pub fn items(&self) -> Option<Box<dyn Iterator<Item = &Item> + '_>> {
        match &self.kind {
            QuestionKind::Battery { items, .. }
            | QuestionKind::Grid { items, .. }
            | QuestionKind::Ticks { items, .. }
            | QuestionKind::Texts { items, .. } => Some(Box::new(items.iter())),
            QuestionKind::Numbers { items, .. } => Some(Box::new(items.iter().map(|n| &n.item))),
            _ => None,
        }
    }

    pub(crate) fn item_mut(&mut self, at: usize) -> Option<&mut Item> {
        match &mut self.kind {
            QuestionKind::Battery { items, .. }
            | QuestionKind::Grid { items, .. }
            | QuestionKind::Ticks { items, .. }
            | QuestionKind::Texts { items, .. } => items.get_mut(at),
            QuestionKind::Numbers { items, .. } => items.get_mut(at).map(|n| &mut n.item),
            _ => None,
        }
    }

    /// The variables that a page draws under these answers: also the texts beside options not yet chosen.
    pub fn variables_drawn(&self, answers: &Answers) -> Vec<VariableKey> {
        let drawn = |part: &Part| {
            let condition = part.item.and_then(|item| item.show_if.as_ref());
            condition.is_none_or(|c| c.holds(answers))
        };
        let parts = self.parts().into_iter();
        parts.filter(drawn).map(|part| part.key).collect()
    }

    /// Whether it asks for nothing: a text to read, or a value that is computed.
    pub fn silent(&self) -> bool {
        matches!(
            self.kind,
            QuestionKind::Note | QuestionKind::Computed { .. }
        )
    }
}
