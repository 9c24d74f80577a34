//! The parts of a question: each variable that it fills, with what it takes.

use jiff::civil::Date;

use crate::{
    Answer, Answers, CellKind, Choice, FileType, Item, Lang, NumberSpec, Pattern, Point, Question,
    QuestionKind, Text, VariableKey,
};

/// One variable of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Part<'q> {
    /// Key of the variable.
    pub key: VariableKey,
    /// Its item, where it has one.
    pub item: Option<&'q Item>,
    /// Wording of its column, or of the option whose text or remark it is.
    pub beside: Option<&'q Text>,
    /// Whether it is the answer itself or stands beside it.
    pub role: Role,
    /// What it takes.
    pub value: Value<'q>,
    /// The option that must be chosen for it to be asked.
    chosen: Option<&'q str>,
}

/// What a variable is to its question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The answer, or one item's.
    Own,
    /// What was written beside "Sonstiges".
    Other,
    /// A remark.
    Comment,
}

/// What a variable takes.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Value<'q> {
    Choice {
        codes: Codes<'q>,
        ordered: bool,
    },
    Choices {
        options: &'q [Choice],
        min: Option<usize>,
        max: Option<usize>,
    },
    Number {
        unit: &'q Text,
        min: Option<f64>,
        max: Option<f64>,
        decimals: u8,
    },
    Text {
        max_length: usize,
        lines: bool,
        pattern: Option<&'q Pattern>,
    },
    Date {
        min: Option<Date>,
        max: Option<Date>,
    },
    Email,
    Files {
        types: &'q [FileType],
        max_size: u64,
        max: usize,
    },
    Municipality,
    Ranking {
        options: &'q [Choice],
        min: Option<usize>,
        max: Option<usize>,
    },
    Nominations {
        fields: &'q [Choice],
        max: usize,
    },
}

/// Codes of a choice: options of its own, or the points of a scale.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Codes<'q> {
    Options(&'q [Choice]),
    Points(&'q [Point]),
}

/// Characters of a text beside an option, and of a remark, at most.
const BESIDE: usize = 500;

impl<'q> Codes<'q> {
    /// Keys with their wordings, in their order.
    pub fn list(self) -> Vec<(&'q str, &'q Text)> {
        match self {
            Codes::Options(all) => all.iter().map(|o| (o.key.as_str(), &o.text)).collect(),
            Codes::Points(all) => all.iter().map(|p| (p.key.as_str(), &p.text)).collect(),
        }
    }

    /// Whether there is this key.
    pub fn has(self, key: &str) -> bool {
        match self {
            Codes::Options(all) => all.iter().any(|o| o.key == key),
            Codes::Points(all) => all.iter().any(|p| p.key == key),
        }
    }
}

impl<'q> Value<'q> {
    /// The codes with their wording, for choices, scales and rankings; empty for the rest.
    pub fn codes(&self) -> Vec<(&'q str, &'q Text)> {
        match self {
            Value::Choice { codes, .. } => codes.list(),
            Value::Choices { options, .. } | Value::Ranking { options, .. } => {
                Codes::Options(options).list()
            }
            _ => Vec::new(),
        }
    }

    /// Whether it is typed rather than chosen.
    pub fn typed(&self) -> bool {
        !matches!(self, Value::Choice { .. } | Value::Choices { .. })
    }
}

impl<'q> From<&'q NumberSpec> for Value<'q> {
    fn from(spec: &'q NumberSpec) -> Self {
        Value::Number {
            unit: &spec.unit,
            min: spec.min,
            max: spec.max,
            decimals: spec.decimals,
        }
    }
}

impl Part<'_> {
    /// What tells it from the other variables of its question: item and column, or the option whose text it is;
    /// `None` where the question has only this one.
    pub fn label(&self, lang: Lang) -> Option<String> {
        let word = match (self.role, lang) {
            (Role::Own, _) => None,
            (Role::Other, Lang::De) => Some("Ihr Text"),
            (Role::Other, Lang::En) => Some("your text"),
            (Role::Comment, Lang::De) => Some("Anmerkung"),
            (Role::Comment, Lang::En) => Some("remark"),
        };
        let item = self.item.map(|item| item.text.get(lang));
        let beside = self.beside.map(|text| text.get(lang));
        let parts: Vec<&str> = [item, beside, word].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(": "))
    }

    /// Whether it is asked under these answers, where its question is.
    pub fn is_visible(&self, answers: &Answers) -> bool {
        let item = self.item.and_then(|item| item.show_if.as_ref());
        item.is_none_or(|condition| condition.holds(answers))
            && self.chosen.is_none_or(|option| {
                let question = VariableKey::new(self.key.question());
                match answers.get(&question) {
                    Some(Answer::Choice(key)) => key == option,
                    Some(Answer::Choices(keys)) => keys.contains(option),
                    _ => false,
                }
            })
    }
}

impl Question {
    /// The variable of this key.
    pub fn part(&self, key: &VariableKey) -> Option<Part<'_>> {
        if key.question() != self.key {
            return None;
        }
        self.parts().into_iter().find(|part| part.key == *key)
    }

    /// All variables of this question, each with what it takes, in their order.
    pub fn parts(&self) -> Vec<Part<'_>> {
        let own = |value| part(VariableKey::new(&self.key), None, value);
        let of = |item: &'_ Item| VariableKey::item(&self.key, &item.key);
        match &self.kind {
            QuestionKind::Single { options, ordered } => {
                let mut parts = vec![own(Value::Choice {
                    codes: Codes::Options(options),
                    ordered: *ordered,
                })];
                self.beside(options, &mut parts);
                parts
            }
            QuestionKind::Multiple { options, min, max } => {
                let (min, max) = (*min, *max);
                let mut parts = vec![own(Value::Choices { options, min, max })];
                self.beside(options, &mut parts);
                parts
            }
            QuestionKind::Battery { items, scale } => {
                let value = Value::Choice {
                    codes: Codes::Points(&scale.points),
                    ordered: true,
                };
                let item = |item| part(of(item), Some(item), value.clone());
                items.iter().map(item).collect()
            }
            QuestionKind::Grid { items, columns } => {
                let mut parts = Vec::with_capacity(items.len() * columns.len());
                for item in items {
                    for column in columns {
                        let key = format!("{}.{}.{}", self.key, item.key, column.key);
                        let value = match &column.cell {
                            CellKind::Scale(scale) => Value::Choice {
                                codes: Codes::Points(&scale.points),
                                ordered: true,
                            },
                            CellKind::Number(spec) => spec.into(),
                            CellKind::Text(max_length) => line(*max_length),
                        };
                        let mut cell = part(VariableKey(key), Some(item), value);
                        cell.beside = Some(&column.text);
                        parts.push(cell);
                    }
                }
                parts
            }
            QuestionKind::Ticks {
                items,
                columns,
                min,
                max,
            } => {
                let value = Value::Choices {
                    options: columns,
                    min: *min,
                    max: *max,
                };
                let item = |item| part(of(item), Some(item), value.clone());
                items.iter().map(item).collect()
            }
            QuestionKind::Number {
                unit,
                min,
                max,
                decimals,
            } => vec![own(Value::Number {
                unit,
                min: *min,
                max: *max,
                decimals: *decimals,
            })],
            QuestionKind::Numbers { items, .. } => items
                .iter()
                .map(|n| part(of(&n.item), Some(&n.item), (&n.number).into()))
                .collect(),
            QuestionKind::ShortText { max_length } => vec![own(Value::Text {
                max_length: *max_length,
                lines: false,
                pattern: self.settings.pattern.as_ref(),
            })],
            QuestionKind::LongText { max_length } => vec![own(Value::Text {
                max_length: *max_length,
                lines: true,
                pattern: None,
            })],
            QuestionKind::Texts { items, max_length } => {
                let item = |item| part(of(item), Some(item), line(*max_length));
                items.iter().map(item).collect()
            }
            QuestionKind::Ranking { options, min, max } => vec![own(Value::Ranking {
                options,
                min: *min,
                max: *max,
            })],
            QuestionKind::Date { min, max } => vec![own(Value::Date {
                min: *min,
                max: *max,
            })],
            QuestionKind::Email => vec![own(Value::Email)],
            QuestionKind::File {
                types,
                max_size,
                max,
            } => vec![own(Value::Files {
                types,
                max_size: *max_size,
                max: *max,
            })],
            QuestionKind::Municipality => vec![own(Value::Municipality)],
            QuestionKind::Computed { .. } | QuestionKind::Note => Vec::new(),
            QuestionKind::Nomination { fields, max } => {
                vec![own(Value::Nominations { fields, max: *max })]
            }
        }
    }

    /// Texts beside options, and remarks.
    fn beside<'q>(&'q self, options: &'q [Choice], parts: &mut Vec<Part<'q>>) {
        for option in options {
            for (there, role, word) in [
                (option.other, Role::Other, "text"),
                (option.comment, Role::Comment, "comment"),
            ] {
                if there {
                    let key = format!("{}.{}.{word}", self.key, option.key);
                    let mut beside = part(VariableKey(key), None, line(BESIDE));
                    beside.role = role;
                    beside.beside = Some(&option.text);
                    beside.chosen = Some(&option.key);
                    parts.push(beside);
                }
            }
        }
        if self.settings.comment {
            let key = VariableKey::item(&self.key, "comment");
            let mut comment = part(key, None, line(BESIDE));
            comment.role = Role::Comment;
            parts.push(comment);
        }
    }
}

fn part<'q>(key: VariableKey, item: Option<&'q Item>, value: Value<'q>) -> Part<'q> {
    Part {
        key,
        item,
        beside: None,
        role: Role::Own,
        value,
        chosen: None,
    }
}

fn line(max_length: usize) -> Value<'static> {
    Value::Text {
        max_length,
        lines: false,
        pattern: None,
    }
}
