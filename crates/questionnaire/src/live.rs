//! A page's conditions as data, for the script that shows and hides its questions at once.
//!
//! What rests on other pages is decided here, so that no answer of another section goes out with the page: only what
//! rests on answers of this page is left. Patterns of texts, files, practices and municipalities are read by the server
//! alone; what rests on them is not in it and stays as the server drew it. The script (`web/style/bogen.js`) reads the
//! form as [`Page::parse`] does and must come to the same result; a story feeds both with the same forms.

mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

pub use words::{LiveWord, LiveWords};

use crate::{
    Aggregate, Answer, Answers, Comparison, Condition, Expression, Lang, Operator, Page, Question,
    QuestionKind, Test, Truth, Value, VariableKey,
};

/// A test or an expression as JSON: what is known already, or `[operator, …]`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Node {
    /// Unknown: `null`.
    Unknown,
    /// Known to be true or false.
    Truth(bool),
    /// A number that is known, rounded as expressions are.
    Number(f64),
    /// A key or an operator.
    Word(String),
    /// Operator and what it is applied to; or a list of keys.
    List(Vec<Node>),
}

/// How the script reads a variable: what it takes, and what stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// `c` choice, `m` choices, `n` number, `t` text, `d` day, `e` e-mail, `r` ranking.
    #[serde(rename = "k")]
    kind: &'static str,
    /// What stands: `null`, `true` for "weiß nicht" and "keine Angabe", else the answer.
    #[serde(rename = "s")]
    standing: Node,
    /// "weiß nicht" (1) and "keine Angabe" (2), as far as they are offered.
    #[serde(rename = "x", skip_serializing_if = "none")]
    specials: u8,
    /// Keys of the options.
    #[serde(rename = "o", skip_serializing_if = "Vec::is_empty")]
    options: Vec<String>,
    /// Keys of those that exclude others.
    #[serde(rename = "a", skip_serializing_if = "Vec::is_empty")]
    alone: Vec<String>,
    /// Units that may be typed behind a number.
    #[serde(rename = "u", skip_serializing_if = "Vec::is_empty")]
    units: Vec<String>,
    /// Decimal places of a number, or characters of a text.
    #[serde(rename = "p", skip_serializing_if = "Option::is_none")]
    places: Option<usize>,
    /// Whether a text has lines.
    #[serde(rename = "l", skip_serializing_if = "no")]
    lines: bool,
    #[serde(rename = "min", skip_serializing_if = "Option::is_none")]
    min: Option<Node>,
    #[serde(rename = "max", skip_serializing_if = "Option::is_none")]
    max: Option<Node>,
}

/// A sum that is shown while one types.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RunningSum {
    /// Variables that are added.
    #[serde(rename = "v")]
    pub variables: Vec<String>,
    /// `==`, `<=` or `>=`.
    #[serde(rename = "c")]
    pub comparison: &'static str,
    /// What the sum is compared with.
    #[serde(rename = "b")]
    pub bound: Node,
    /// Unit of the sum; may be empty.
    #[serde(rename = "u")]
    pub unit: String,
}

/// A computed value that is shown while one types.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LiveValue {
    /// How it is computed.
    #[serde(rename = "e")]
    pub value: Node,
    /// Decimal places shown.
    #[serde(rename = "p")]
    pub decimals: u8,
    /// Unit; may be empty.
    #[serde(rename = "u")]
    pub unit: String,
}

/// What of a page changes while it is filled in.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Live {
    /// The variables of the page on which something rests.
    #[serde(rename = "v")]
    pub variables: BTreeMap<String, Field>,
    /// Questions and items of the page on which something rests, with what must be true for them.
    #[serde(rename = "g")]
    guards: BTreeMap<String, Vec<Node>>,
    /// What is shown when it is true: `q:question`, `i:question.item`, `o:question.option`.
    #[serde(rename = "s")]
    pub shown: BTreeMap<String, Node>,
    /// Computed values by question.
    #[serde(rename = "c", skip_serializing_if = "BTreeMap::is_empty")]
    pub computed: BTreeMap<String, LiveValue>,
    /// Sums with a rule by question.
    #[serde(rename = "u", skip_serializing_if = "BTreeMap::is_empty")]
    pub sums: BTreeMap<String, RunningSum>,
    /// Answers that texts insert.
    #[serde(rename = "w", skip_serializing_if = "Option::is_none")]
    pub words: Option<LiveWords>,
}

impl Live {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        let numbers = self.computed.is_empty() && self.sums.is_empty();
        self.shown.is_empty() && numbers && self.words.is_none()
    }

    /// Whether the script shows and hides this question.
    pub fn question(&self, key: &str) -> bool {
        self.has('q', key)
    }

    /// Whether the script shows and hides this item, by `question.item`.
    pub fn item(&self, row: &str) -> bool {
        self.has('i', row)
    }

    /// Whether the script shows and hides this option.
    pub fn option(&self, question: &str, option: &str) -> bool {
        !self.shown.is_empty() && self.has('o', &format!("{question}.{option}"))
    }

    fn has(&self, kind: char, key: &str) -> bool {
        !self.shown.is_empty() && self.shown.contains_key(&format!("{kind}:{key}"))
    }
}

impl Page {
    /// What changes on this page while it is filled in, where these answers stand. They decide what is asked; numbers
    /// that are shown rest on the `known` ones, those that the reader may see.
    pub fn live<'a>(&'a self, answers: &'a Answers, known: &'a Answers, lang: Lang) -> Live {
        let mut lowering = Lowering {
            page: self,
            answers,
            hidden: BTreeSet::new(),
            live: Live::default(),
        };
        for question in &self.questions {
            lowering.answers = answers;
            lowering.conditions(question);
            lowering.shown_values(question, known, lang);
        }
        lowering.live
    }
}

struct Lowering<'a> {
    page: &'a Page,
    answers: &'a Answers,
    /// Questions and items of other pages that are not on the route.
    hidden: BTreeSet<&'a str>,
    live: Live,
}

impl<'a> Lowering<'a> {
    fn conditions(&mut self, question: &'a Question) {
        let mut own = vec![match &question.show_if {
            Some(condition) => self.condition(condition),
            None => Some(Node::Truth(true)),
        }];
        if let Some(items) = question.items().filter(|_| !question.silent()) {
            let mut any = Some(Vec::new());
            for item in items {
                let shown = match &item.show_if {
                    Some(condition) => self.condition(condition),
                    None => Some(Node::Truth(true)),
                };
                let what = || format!("i:{}.{}", question.key, item.key);
                self.keep(what, shown.as_ref());
                any = any.zip(shown).map(|(mut any, shown)| {
                    any.push(shown);
                    any
                });
            }
            own.push(any.map(|any| joined("|", any)));
        }
        let own: Option<Vec<Node>> = own.into_iter().collect();
        let own = own.map(|own| joined("&", own));
        let silent = matches!(question.kind, QuestionKind::Computed { shown: false, .. });
        if !silent {
            self.keep(|| format!("q:{}", question.key), own.as_ref());
        }
        if let QuestionKind::Single { options, .. }
        | QuestionKind::Multiple { options, .. }
        | QuestionKind::Ranking { options, .. } = &question.kind
        {
            for option in options {
                let shown = option.show_if.as_ref().and_then(|c| self.condition(c));
                let what = || format!("o:{}.{}", question.key, option.key);
                self.keep(what, shown.as_ref());
            }
        }
    }

    /// Computed values and sums that people see.
    fn shown_values(&mut self, question: &'a Question, known: &'a Answers, lang: Lang) {
        self.hidden.clear();
        match &question.kind {
            QuestionKind::Computed {
                value: Some(value),
                shown: true,
                unit,
                decimals,
                ..
            } => {
                self.answers = known;
                let lowered = self.expression(value);
                if let Some(value @ Node::List(_)) = lowered {
                    let shown = LiveValue {
                        value,
                        decimals: *decimals,
                        unit: unit.get(lang).to_owned(),
                    };
                    self.live.computed.insert(question.key.clone(), shown);
                }
            }
            QuestionKind::Numbers {
                items,
                sum: Some(sum),
            } => {
                let mut variables = Vec::new();
                for number in items {
                    let shown = match &number.item.show_if {
                        None => Some(Node::Truth(true)),
                        Some(condition) => self
                            .condition(condition)
                            .or_else(|| Some(Node::Truth(condition.holds(self.answers)))),
                    };
                    if matches!(shown, Some(Node::List(_) | Node::Truth(true))) {
                        variables.push(VariableKey::item(&question.key, &number.item.key));
                    }
                }
                self.hidden.clear();
                self.answers = known;
                if !variables.iter().all(|v| self.field(v).is_some()) {
                    return;
                }
                let Some(bound) = sum.bound.as_ref().and_then(|b| self.expression(b)) else {
                    return;
                };
                let running = RunningSum {
                    variables: variables.into_iter().map(|v| v.0).collect(),
                    comparison: sign(sum.comparison),
                    bound,
                    unit: items
                        .first()
                        .map_or(String::new(), |n| n.number.unit.get(lang).to_owned()),
                };
                self.live.sums.insert(question.key.clone(), running);
            }
            _ => {}
        }
    }

    /// Keeps what is not known yet; most is, and needs no name.
    fn keep(&mut self, what: impl FnOnce() -> String, shown: Option<&Node>) {
        if let Some(shown @ Node::List(_)) = shown {
            self.live.shown.insert(what(), shown.clone());
        }
    }

    /// A condition with what it rests on; `None` where only the server can decide it.
    fn condition(&mut self, condition: &'a Condition) -> Option<Node> {
        self.hidden.clear();
        for guard in &condition.guards {
            let row = guard.question.as_str();
            let key = row.split('.').next().unwrap_or(row);
            if self.here(key) {
                let tests: Option<Vec<Node>> = guard.tests.iter().map(|t| self.test(t)).collect();
                let mut tests = tests?;
                tests.retain(|test| *test != Node::Truth(true));
                if !tests.is_empty() {
                    self.live.guards.insert(row.to_owned(), tests);
                }
            } else {
                let shown = |test: &Test| test.truth(self.answers, &self.hidden) == Truth::True;
                if !guard.tests.iter().all(shown) {
                    self.hidden.insert(row);
                }
            }
        }
        self.test(&condition.test)
    }

    fn here(&self, question: &str) -> bool {
        self.page.questions.iter().any(|q| q.key == question)
    }

    fn known(&self, variables: &BTreeSet<&VariableKey>) -> bool {
        variables.iter().all(|v| !self.here(v.question()))
    }

    fn test(&mut self, test: &Test) -> Option<Node> {
        let mut variables = BTreeSet::new();
        test.collect(&mut variables);
        if self.known(&variables) {
            return Some(match test.truth(self.answers, &self.hidden) {
                Truth::True => Node::Truth(true),
                Truth::False => Node::Truth(false),
                Truth::Unknown => Node::Unknown,
            });
        }
        Some(match test {
            Test::Constant(value) => Node::Truth(*value),
            Test::Not(inner) => match self.test(inner)? {
                Node::Truth(value) => Node::Truth(!value),
                Node::Unknown => Node::Unknown,
                inner => list("!", vec![inner]),
            },
            Test::All(parts) => joined("&", self.tests(parts)?),
            Test::Any(parts) => joined("|", self.tests(parts)?),
            Test::OneOf { variable, options } => {
                list("in", vec![self.field(variable)?, words(options)])
            }
            Test::Contains { variable, option } => {
                list("has", vec![self.field(variable)?, word(option)])
            }
            Test::Number {
                variable,
                comparison,
                bound,
            } => {
                let variable = self.field(variable)?;
                let bound = Node::Number(*bound);
                list("n", vec![variable, word(sign(*comparison)), bound])
            }
            Test::Answered(variable) => list("a", vec![self.field(variable)?]),
            Test::Compare {
                left,
                comparison,
                right,
            } => {
                let (left, right) = (self.expression(left)?, self.expression(right)?);
                list("c", vec![left, word(sign(*comparison)), right])
            }
            Test::Text {
                variable,
                comparison,
                text,
            } => {
                let variable = self.field(variable)?;
                list("s", vec![variable, word(sign(*comparison)), word(text)])
            }
            Test::Matches { .. } => return None,
        })
    }

    fn tests(&mut self, parts: &[Test]) -> Option<Vec<Node>> {
        parts.iter().map(|part| self.test(part)).collect()
    }

    fn expression(&mut self, expression: &Expression) -> Option<Node> {
        let mut variables = BTreeSet::new();
        expression.collect(&mut variables);
        if self.known(&variables) {
            let value = expression.value(self.answers, &self.hidden);
            return Some(value.map_or(Node::Unknown, Node::Number));
        }
        Some(match expression {
            Expression::Constant(number) => Node::Number(*number),
            Expression::Answer(variable) => list("v", vec![self.field(variable)?]),
            Expression::Code { variable, codes } => {
                let pair = |(key, number): &(String, f64)| {
                    Node::List(vec![word(key), Node::Number(*number)])
                };
                let codes = codes.iter().map(pair).collect();
                list("code", vec![self.field(variable)?, Node::List(codes)])
            }
            Expression::Rank { variable, option } => {
                list("rank", vec![self.field(variable)?, word(option)])
            }
            Expression::Length(variable) => list("len", vec![self.field(variable)?]),
            Expression::Count { variables, options } => {
                let (here, there): (Vec<&VariableKey>, Vec<&VariableKey>) =
                    variables.iter().partition(|v| self.here(v.question()));
                let there = Expression::Count {
                    variables: there.into_iter().cloned().collect(),
                    options: options.clone(),
                };
                let base = there.value(self.answers, &self.hidden);
                let here: Option<Vec<Node>> = here.into_iter().map(|v| self.field(v)).collect();
                let options = options.as_ref().map_or(Node::Unknown, words);
                let base = base.map_or(Node::Unknown, Node::Number);
                list("#", vec![Node::List(here?), options, base])
            }
            Expression::Both {
                operator,
                left,
                right,
            } => {
                let operator = match operator {
                    Operator::Add => "+",
                    Operator::Subtract => "-",
                    Operator::Multiply => "*",
                    Operator::Divide => "/",
                };
                list(
                    operator,
                    vec![self.expression(left)?, self.expression(right)?],
                )
            }
            Expression::Of { aggregate, parts } => {
                let name = match aggregate {
                    Aggregate::Sum => "sum",
                    Aggregate::Mean => "mean",
                    Aggregate::Min => "min",
                    Aggregate::Max => "max",
                    Aggregate::Floor => "floor",
                    Aggregate::Ceil => "ceil",
                    Aggregate::Round => "round",
                };
                let parts: Option<Vec<Node>> = parts.iter().map(|p| self.expression(p)).collect();
                list(name, parts?)
            }
            Expression::If { test, yes, no } => {
                let test = self.test(test)?;
                list("?", vec![test, self.expression(yes)?, self.expression(no)?])
            }
        })
    }

    /// The variable's key, once it is known how it is read; `None` where only the server can.
    fn field(&mut self, variable: &VariableKey) -> Option<Node> {
        let key = word(variable.as_str());
        if self.live.variables.contains_key(variable.as_str()) {
            return Some(key);
        }
        let question = self
            .page
            .questions
            .iter()
            .find(|q| q.key == variable.question())?;
        let part = question.part(variable)?;
        let mut field = Field {
            kind: "t",
            standing: standing(self.answers.get(variable), &part.value)?,
            specials: u8::from(question.dont_know) + 2 * u8::from(question.no_answer),
            options: Vec::new(),
            alone: Vec::new(),
            units: Vec::new(),
            places: None,
            lines: false,
            min: None,
            max: None,
        };
        let count = |n: &Option<usize>| n.map(|n| Node::Number(n as f64));
        let day = |day: &Option<jiff::civil::Date>| day.map(|day| Node::Word(day.to_string()));
        let codes = part.value.codes().into_iter();
        field.options = codes.map(|(key, _)| key.to_owned()).collect();
        match &part.value {
            Value::Choice { .. } => field.kind = "c",
            Value::Choices { options, min, max } => {
                field.kind = "m";
                let alone = options.iter().filter(|o| o.exclusive);
                field.alone = alone.map(|o| o.key.clone()).collect();
                (field.min, field.max) = (count(min), count(max));
            }
            Value::Ranking { min, max, .. } => {
                field.kind = "r";
                (field.min, field.max) = (count(min), count(max));
            }
            Value::Number {
                unit,
                min,
                max,
                decimals,
            } => {
                field.kind = "n";
                field.units = vec![unit.de.clone(), unit.en.clone()];
                field.places = Some(usize::from(*decimals));
                (field.min, field.max) = (min.map(Node::Number), max.map(Node::Number));
            }
            Value::Text {
                max_length,
                lines,
                pattern: None,
            } => {
                field.places = Some(*max_length);
                field.lines = *lines;
            }
            Value::Date { min, max } => {
                field.kind = "d";
                (field.min, field.max) = (day(min), day(max));
            }
            Value::Email => field.kind = "e",
            _ => return None,
        }
        self.live.variables.insert(variable.0.clone(), field);
        Some(key)
    }
}

/// An answer that stands, where it is of the kind that the variable takes.
fn standing(answer: Option<&Answer>, value: &Value) -> Option<Node> {
    let list = |keys: &mut dyn Iterator<Item = &String>| {
        Some(Node::List(keys.map(|key| word(key)).collect()))
    };
    match (answer, value) {
        (None, _) => Some(Node::Unknown),
        (Some(Answer::DontKnow | Answer::Refused), _) => Some(Node::Truth(true)),
        (Some(Answer::Choice(key)), Value::Choice { .. }) => Some(word(key)),
        (Some(Answer::Choices(keys)), Value::Choices { .. }) => list(&mut keys.iter()),
        (Some(Answer::Ranking(keys)), Value::Ranking { .. }) => list(&mut keys.iter()),
        (Some(Answer::Number(number)), Value::Number { .. }) => Some(Node::Number(*number)),
        (Some(Answer::Text(text)), Value::Text { .. } | Value::Email) => Some(word(text)),
        (Some(Answer::Date(day)), Value::Date { .. }) => Some(Node::Word(day.to_string())),
        _ => None,
    }
}

fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Equal => "==",
        Comparison::AtLeast => ">=",
        Comparison::Greater => ">",
    }
}

fn word(text: &str) -> Node {
    Node::Word(text.to_owned())
}

fn words(keys: &BTreeSet<String>) -> Node {
    Node::List(keys.iter().map(|key| word(key)).collect())
}

fn list(operator: &str, mut parts: Vec<Node>) -> Node {
    parts.insert(0, word(operator));
    Node::List(parts)
}

/// `&` or `|` of what is not decided yet.
fn joined(operator: &str, mut parts: Vec<Node>) -> Node {
    let decides = Node::Truth(operator == "|");
    let neutral = Node::Truth(operator == "&");
    if parts.contains(&decides) {
        return decides;
    }
    parts.retain(|part| *part != neutral);
    match parts.as_slice() {
        [] => neutral,
        [_] => parts.remove(0),
        _ if parts.iter().all(|part| *part == Node::Unknown) => Node::Unknown,
        _ => list(operator, parts),
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn none(number: &u8) -> bool {
    *number == 0
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn no(flag: &bool) -> bool {
    !*flag
}
