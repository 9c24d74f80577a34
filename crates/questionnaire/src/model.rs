//! The questionnaire as it is asked: pages, questions, scales.

use serde::{Deserialize, Serialize};

use crate::{Condition, Lineage, VariableKey};

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
}

/// The kinds of questions with what each needs.
#[derive(Clone, Debug, PartialEq)]
pub enum QuestionKind {
    /// Exactly one option.
    Single {
        /// Options in their order.
        options: Vec<Choice>,
        /// Whether the options are a scale in ascending order.
        ordered: bool,
    },
    /// Any number of options within the bounds.
    Multiple {
        /// Options in their order.
        options: Vec<Choice>,
        /// At least so many, when answered at all.
        min: Option<usize>,
        /// At most so many.
        max: Option<usize>,
    },
    /// Several items on one scale; each item is a variable `question.item`.
    Battery {
        /// Items in their order.
        items: Vec<Item>,
        /// The scale of all items.
        scale: Scale,
    },
    /// A number in a unit.
    Number {
        /// Unit, as it stands behind the field.
        unit: Text,
        /// Smallest number allowed.
        min: Option<f64>,
        /// Largest number allowed.
        max: Option<f64>,
        /// Decimal places allowed; 0 asks for whole numbers.
        decimals: u8,
    },
    /// One line of text.
    ShortText {
        /// At most so many characters.
        max_length: usize,
    },
    /// Several lines of text.
    LongText {
        /// At most so many characters.
        max_length: usize,
    },
    /// Practices that the municipality names.
    Nomination {
        /// Fields of action to choose from.
        fields: Vec<Choice>,
        /// At most so many practices.
        max: usize,
    },
}

/// An option of a choice, or a field of action of a nomination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Stable key, unique in its question.
    pub key: String,
    /// Wording.
    pub text: Text,
    /// Cannot be chosen together with others ("keine davon").
    pub exclusive: bool,
}

/// One item of a battery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Stable key, unique in its battery.
    pub key: String,
    /// Wording.
    pub text: Text,
}

/// A scale whose points ascend from the low to the high pole; every point has its wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Stable key.
    pub key: String,
    /// Points in ascending order, at least two.
    pub points: Vec<Point>,
}

/// One point of a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Stable key, unique in its scale.
    pub key: String,
    /// Wording.
    pub text: Text,
}

/// An answer variable with where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable<'q> {
    /// `question` or `question.item`.
    pub key: VariableKey,
    /// The page on which it stands.
    pub page: &'q Page,
    /// Its question.
    pub question: &'q Question,
    /// Its item, for batteries.
    pub item: Option<&'q Item>,
}

impl Variable<'_> {
    /// The codes with their wording, for choices and batteries; empty for the rest.
    pub fn codes(&self) -> Vec<(&str, &Text)> {
        self.question.codes()
    }
}

impl Questionnaire {
    /// All answer variables in the order of the questionnaire: one a question, one an item for batteries.
    pub fn variables(&self) -> Vec<Variable<'_>> {
        let mut all = Vec::new();
        for page in &self.pages {
            for question in &page.questions {
                if let QuestionKind::Battery { items, .. } = &question.kind {
                    all.extend(items.iter().map(|item| Variable {
                        key: VariableKey::item(&question.key, &item.key),
                        page,
                        question,
                        item: Some(item),
                    }));
                } else {
                    all.push(Variable {
                        key: VariableKey::new(&question.key),
                        page,
                        question,
                        item: None,
                    });
                }
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
        let item = match (&question.kind, key.item_key()) {
            (QuestionKind::Battery { items, .. }, Some(wanted)) => {
                Some(items.iter().find(|item| item.key == wanted)?)
            }
            (QuestionKind::Battery { .. }, None) | (_, Some(_)) => return None,
            (_, None) => None,
        };
        Some(Variable {
            key: key.clone(),
            page,
            question,
            item,
        })
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
        match &self.kind {
            QuestionKind::Battery { items, .. } => items
                .iter()
                .map(|item| VariableKey::item(&self.key, &item.key))
                .collect(),
            _ => vec![VariableKey::new(&self.key)],
        }
    }

    /// The codes with their wording, for choices and batteries; empty for the rest.
    pub fn codes(&self) -> Vec<(&str, &Text)> {
        match &self.kind {
            QuestionKind::Single { options, .. } | QuestionKind::Multiple { options, .. } => {
                options.iter().map(|o| (o.key.as_str(), &o.text)).collect()
            }
            QuestionKind::Battery { scale, .. } => scale.codes(),
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
                | QuestionKind::Nomination { .. }
        )
    }
}

impl Scale {
    /// The points with their wording, ascending.
    pub fn codes(&self) -> Vec<(&str, &Text)> {
        self.points
            .iter()
            .map(|p| (p.key.as_str(), &p.text))
            .collect()
    }

    /// Wording of the lowest and of the highest point.
    pub fn poles(&self) -> Option<(&Text, &Text)> {
        Some((&self.points.first()?.text, &self.points.last()?.text))
    }
}
