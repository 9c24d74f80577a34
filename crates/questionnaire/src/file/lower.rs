//! From CEL to typed conditions.
//!
//! CEL's parser gives the tree; what our conditions may say is a small, typed part of CEL: comparisons of
//! one question with options or numbers, `in`, `answered(…)`, `!`, `&&`, `||` and brackets. Keys are written
//! with underscores for their hyphens (`bedarf_von` for `bedarf-von`), since a hyphen is a minus in CEL.

use std::collections::{BTreeMap, BTreeSet};

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, SourceInfo, operators};

use super::faults::nearest;
use super::fields::{Reader, quoted, short};
use super::walk::WalkedPage;
use super::yaml::{Node, Place, Value, place_within};
use crate::condition::Guard;
use crate::{Comparison, Condition, Question, QuestionKind, Test, VariableKey};

/// Characters of a condition at most.
const LENGTH: usize = 1_000;
/// Bytes of stack for the parser.
const STACK: usize = 128 << 20;
/// Brackets within brackets at most.
const DEPTH: usize = 16;

/// What a condition may name: all questions, and of those already lowered their own conditions.
pub(crate) struct Asked {
    by_name: BTreeMap<String, usize>,
    questions: Vec<Known>,
    page: usize,
}

/// One question as conditions see it.
pub(crate) struct Known {
    pub question: Question,
    page: usize,
    whole: bool,
    /// The tests that must be true for it to be on the route.
    tests: Vec<Test>,
    /// Whether it can be shown at all.
    pub lives: bool,
}

impl Asked {
    pub fn new(pages: &[WalkedPage]) -> Self {
        let mut asked = Self {
            by_name: BTreeMap::new(),
            questions: Vec::new(),
            page: 0,
        };
        for (page, walked) in pages.iter().enumerate() {
            for question in &walked.questions {
                let index = asked.questions.len();
                let name = question.question.key.replace('-', "_");
                asked.by_name.entry(name).or_insert(index);
                asked.questions.push(Known {
                    question: question.question.clone(),
                    page,
                    whole: question.whole,
                    tests: Vec::new(),
                    lives: true,
                });
            }
        }
        asked
    }

    /// From now on, conditions of this page and its questions are lowered.
    pub fn begin_page(&mut self, page: usize) {
        self.page = page;
    }

    /// A question's own condition is lowered: later conditions rest on it.
    pub fn add(&mut self, question: &Question, page: Option<&Condition>, lives: bool) {
        let name = question.key.replace('-', "_");
        let Some(index) = self.by_name.get(&name) else {
            return;
        };
        let known = &mut self.questions[*index];
        let conditions = page.into_iter().chain(&question.show_if);
        known.tests = conditions.map(|c| c.test.clone()).collect();
        known.lives = lives;
    }

    /// The question of this key.
    pub fn known(&self, key: &str) -> Option<&Known> {
        let index = self.by_name.get(&key.replace('-', "_"))?;
        self.questions.get(*index)
    }

    /// The questions on which a test rests, directly and through their own tests, in their order.
    fn guards(&self, test: &Test) -> Vec<Guard> {
        let mut found: BTreeSet<usize> = BTreeSet::new();
        let mut open: Vec<&Test> = vec![test];
        while let Some(test) = open.pop() {
            let mut names = BTreeSet::new();
            test.collect(&mut names);
            for name in names {
                let key = name.question().replace('-', "_");
                if let Some(index) = self.by_name.get(&key)
                    && found.insert(*index)
                {
                    open.extend(&self.questions[*index].tests);
                }
            }
        }
        let guarded = found.into_iter().map(|index| &self.questions[index]);
        guarded
            .filter(|known| !known.tests.is_empty())
            .map(|known| Guard {
                question: known.question.key.clone(),
                tests: known.tests.clone(),
            })
            .collect()
    }
}

/// A question's condition and that of its page, as one.
pub(crate) fn together(own: &Condition, page: Option<&Condition>, asked: &Asked) -> Condition {
    let tests = page.into_iter().chain([own]).map(|c| c.test.clone());
    let test = Test::All(tests.collect());
    Condition {
        source: own.source.clone(),
        guards: asked.guards(&test),
        test,
    }
}

/// Lowers one written condition. `own` is the key of the question it belongs to, `None` for a page's.
pub(crate) fn condition(
    reader: &mut Reader,
    asked: &Asked,
    node: &Node,
    source: &str,
    own: Option<&str>,
) -> Option<Condition> {
    let Value::Scalar { text, .. } = &node.value else {
        reader.fault(
            node.place,
            format!("`show-if` must be a condition, found {}", node.kind()),
            EXAMPLE,
        );
        return None;
    };
    if node.is_nothing() {
        reader.fault(node.place, "`show-if` has no value", EXAMPLE);
        return None;
    }
    if let Some((what, help)) = too_large(text) {
        reader.fault(node.place, what, help);
        return None;
    }
    let (expression, info) = match parse(text) {
        Ok(parsed) => parsed,
        Err(complaint) => {
            syntax(reader, node, source, text, complaint);
            return None;
        }
    };
    let mut lowering = Lowering {
        reader,
        asked,
        node,
        source,
        info: &info,
        own: own.and_then(|key| asked.by_name.get(&key.replace('-', "_")).copied()),
        failed: false,
    };
    let test = lowering.test(&expression);
    let failed = lowering.failed;
    let test = test.filter(|_| !failed)?;
    Some(Condition {
        source: text.clone(),
        guards: asked.guards(&test),
        test,
    })
}

const EXAMPLE: &str =
    "write a condition in quotes, e.g. \"konzept == 'ja' || 'bund' in bedarf_von\"";

/// What is too large for the parser is refused before it sees it.
fn too_large(text: &str) -> Option<(String, String)> {
    let length = text.chars().count();
    if length > LENGTH {
        return Some((
            format!("the condition has {length} characters"),
            format!("a condition has at most {LENGTH}; split the page or the question"),
        ));
    }
    let (mut depth, mut deepest, mut signs) = (0usize, 0usize, 0usize);
    for c in text.chars() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '?' | '-' | '!' | '.' => signs += 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    (deepest > DEPTH || signs > 200).then(|| {
        (
            "the condition is nested too deeply".to_owned(),
            format!("at most {DEPTH} brackets stand within each other"),
        )
    })
}

/// The first complaint of the parser: line and column from 1, and what it says.
type Complaint = (isize, isize, String);

/// Parses in a thread of its own with a stack that holds whatever a condition's length allows:
/// the parser descends once for each sign of a chain such as `a + b + c`.
fn parse(text: &str) -> Result<(IdedExpr, SourceInfo), Complaint> {
    let run = || {
        let parser = cel::parser::Parser::new().max_recursion_depth(48);
        let first = |errors: cel::ParseErrors| match errors.errors.into_iter().next() {
            Some(error) => (error.pos.0, error.pos.1, error.msg),
            None => (1, 1, "it cannot be read".to_owned()),
        };
        parser.parse_with_source_info(text).map_err(first)
    };
    let parsed = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let handle = thread.spawn_scoped(scope, run).ok()?;
        handle.join().ok()
    });
    parsed.unwrap_or_else(|| Err((1, 1, "it cannot be read".to_owned())))
}

/// Says the parser's first complaint in short words, and the rest when they stand elsewhere.
fn syntax(
    reader: &mut Reader,
    node: &Node,
    source: &str,
    text: &str,
    (line, column, what): Complaint,
) {
    // Further complaints mostly follow from the first.
    let line = usize::try_from(line - 1).unwrap_or(0);
    let column = usize::try_from(column - 1).unwrap_or(0);
    let lines = text.split('\n').take(line);
    let before: usize = lines.map(|l| l.chars().count() + 1).sum();
    let offset = (before + column).min(text.chars().count().saturating_sub(1));
    let what = what.split(" expecting").next().unwrap_or_default();
    let what = what.split(" at input").next().unwrap_or_default();
    let what = what.strip_prefix("Syntax error: ").unwrap_or(what);
    let what: String = what.chars().take(80).collect();
    let help = if text.contains(" and ") || text.contains(" or ") || text.contains(" und ") {
        "write `&&` for and, `||` for or, `!` for not"
    } else if what.contains("error at: '=") {
        "compare with two equals signs: konzept == 'ja'"
    } else if text.matches('\'').count() % 2 == 1 {
        "close the quote: options stand in single quotes, konzept == 'ja'"
    } else {
        EXAMPLE
    };
    reader.fault(
        place_within(source, node, offset, 1),
        format!("this is no condition: {what}"),
        help,
    );
}

/// What stands on one side of a comparison.
enum Side {
    Variable(VariableKey, usize),
    Word(String),
    Number(f64),
    Words(Vec<(String, u64)>),
}

struct Lowering<'a> {
    reader: &'a mut Reader,
    asked: &'a Asked,
    node: &'a Node,
    source: &'a str,
    info: &'a SourceInfo,
    own: Option<usize>,
    failed: bool,
}

impl Lowering<'_> {
    fn place(&self, id: u64) -> Place {
        match self.info.offset_for(id) {
            Some((start, stop)) => {
                let width = stop.saturating_sub(start) as usize + 1;
                place_within(self.source, self.node, start as usize, width.min(60))
            }
            None => self.node.place,
        }
    }

    fn fault<T>(&mut self, id: u64, what: String, help: impl Into<String>) -> Option<T> {
        let place = self.place(id);
        self.reader.fault(place, what, help);
        self.failed = true;
        None
    }

    /// An expression that is true, false or unknown.
    fn test(&mut self, expression: &IdedExpr) -> Option<Test> {
        match &expression.expr {
            Expr::Literal(LiteralValue::Boolean(value)) => Some(Test::Constant(*value.inner())),
            Expr::Call(call) => self.call(expression.id, call),
            Expr::Ident(_) | Expr::Select(_) => {
                let side = self.side(expression)?;
                let Side::Variable(variable, index) = side else {
                    return None;
                };
                let example = self.example(&variable, index);
                self.fault(
                    expression.id,
                    format!("`{variable}` alone is no condition"),
                    format!("compare it, e.g. {example}"),
                )
            }
            _ => self.fault(
                expression.id,
                "this is not part of our conditions".into(),
                PARTS,
            ),
        }
    }

    fn call(&mut self, id: u64, call: &CallExpr) -> Option<Test> {
        let name = call.func_name.as_str();
        match (name, call.args.as_slice()) {
            (operators::LOGICAL_AND, parts) => self.parts(parts).map(Test::All),
            (operators::LOGICAL_OR, parts) => self.parts(parts).map(Test::Any),
            (operators::LOGICAL_NOT, [inner]) => {
                self.test(inner).map(|test| Test::Not(Box::new(test)))
            }
            (operators::EQUALS, [left, right]) => self.compare(id, left, right, name),
            (operators::NOT_EQUALS, [left, right]) => self
                .compare(id, left, right, operators::EQUALS)
                .map(|test| Test::Not(Box::new(test))),
            (
                operators::LESS
                | operators::LESS_EQUALS
                | operators::GREATER
                | operators::GREATER_EQUALS,
                [left, right],
            ) => self.compare(id, left, right, name),
            (operators::IN, [left, right]) => self.contains(id, left, right),
            ("answered", [inner]) if call.target.is_none() => match self.side(inner)? {
                Side::Variable(variable, _) => Some(Test::Answered(variable)),
                _ => self.fault(
                    inner.id,
                    "`answered` takes a question".into(),
                    "write e.g. answered(personal)",
                ),
            },
            (operators::SUBSTRACT, [left, right]) => {
                let help = match (&left.expr, &right.expr) {
                    (Expr::Ident(a), Expr::Ident(b)) => {
                        format!("keys are written with underscores here: {a}_{b}")
                    }
                    _ => "keys are written with underscores for their hyphens: bedarf_von".into(),
                };
                self.fault(id, "a hyphen is a minus in conditions".into(), help)
            }
            _ => self.fault(
                id,
                format!("`{}` is not part of our conditions", plain(name)),
                PARTS,
            ),
        }
    }

    fn parts(&mut self, parts: &[IdedExpr]) -> Option<Vec<Test>> {
        let read: Vec<Option<Test>> = parts.iter().map(|part| self.test(part)).collect();
        read.into_iter().collect()
    }

    fn compare(
        &mut self,
        id: u64,
        left: &IdedExpr,
        right: &IdedExpr,
        operator: &str,
    ) -> Option<Test> {
        let (a, b) = (self.side(left), self.side(right));
        match (a?, b?) {
            (Side::Variable(variable, index), other) => {
                self.typed(variable, index, operator, other, left.id, right.id)
            }
            (other, Side::Variable(variable, index)) => {
                let turned = match operator {
                    operators::LESS => operators::GREATER,
                    operators::LESS_EQUALS => operators::GREATER_EQUALS,
                    operators::GREATER => operators::LESS,
                    operators::GREATER_EQUALS => operators::LESS_EQUALS,
                    same => same,
                };
                self.typed(variable, index, turned, other, right.id, left.id)
            }
            _ => self.fault(
                id,
                "a comparison needs a question on one side".into(),
                "write e.g. konzept == 'ja'",
            ),
        }
    }

    fn typed(
        &mut self,
        variable: VariableKey,
        index: usize,
        operator: &str,
        other: Side,
        variable_id: u64,
        other_id: u64,
    ) -> Option<Test> {
        let asked = self.asked;
        let question = &asked.questions[index].question;
        match (&question.kind, other) {
            (QuestionKind::Multiple { .. }, Side::Word(word)) => self.fault(
                variable_id,
                format!("`{variable}` is a multiple choice, it has several answers"),
                format!("write '{word}' in {}", named(&variable)),
            ),
            (_, Side::Word(word)) => {
                let Some((codes, ordered)) = codes(question) else {
                    let example = self.example(&variable, index);
                    return self.fault(
                        other_id,
                        format!(
                            "`{variable}` {}, it cannot be compared with an option",
                            what(question)
                        ),
                        format!("write e.g. {example}"),
                    );
                };
                let at = self.option(&codes, &word, &variable, other_id)?;
                let span = match operator {
                    operators::EQUALS => at..at + 1,
                    _ if !ordered => {
                        return self.fault(
                            other_id,
                            format!("the options of `{variable}` have no order"),
                            "compare with == or in, or say `ordered: true` at the question",
                        );
                    }
                    operators::LESS => 0..at,
                    operators::LESS_EQUALS => 0..at + 1,
                    operators::GREATER => at + 1..codes.len(),
                    _ => at..codes.len(),
                };
                Some(Test::OneOf {
                    variable,
                    options: codes[span].iter().map(|code| (*code).to_owned()).collect(),
                })
            }
            (QuestionKind::Number { .. }, Side::Number(bound)) => Some(Test::Number {
                variable,
                comparison: match operator {
                    operators::LESS => Comparison::Less,
                    operators::LESS_EQUALS => Comparison::AtMost,
                    operators::GREATER => Comparison::Greater,
                    operators::GREATER_EQUALS => Comparison::AtLeast,
                    _ => Comparison::Equal,
                },
                bound,
            }),
            (_, Side::Number(_)) => {
                let example = self.example(&variable, index);
                self.fault(
                    other_id,
                    format!(
                        "`{variable}` {}, it cannot be compared with a number",
                        what(question)
                    ),
                    format!("write e.g. {example}"),
                )
            }
            (_, Side::Words(_)) => self.fault(
                other_id,
                "a list cannot be compared".into(),
                format!("write {} in ['…', '…']", named(&variable)),
            ),
            (_, Side::Variable(second, _)) => self.fault(
                other_id,
                format!("`{variable}` and `{second}` are compared with each other"),
                "compare each with an option or a number",
            ),
        }
    }

    fn contains(&mut self, id: u64, left: &IdedExpr, right: &IdedExpr) -> Option<Test> {
        let (a, b) = (self.side(left), self.side(right));
        let asked = self.asked;
        match (a?, b?) {
            (Side::Word(word), Side::Variable(variable, index)) => {
                let question = &asked.questions[index].question;
                if let QuestionKind::Multiple { options, .. } = &question.kind {
                    let codes: Vec<&str> = options.iter().map(|o| o.key.as_str()).collect();
                    self.option(&codes, &word, &variable, left.id)?;
                    return Some(Test::Contains {
                        variable,
                        option: word,
                    });
                }
                let example = self.example(&variable, index);
                self.fault(
                    right.id,
                    format!("`{variable}` {}, nothing is in it", what(question)),
                    format!("write e.g. {example}"),
                )
            }
            (Side::Variable(variable, index), Side::Words(words)) => {
                let question = &asked.questions[index].question;
                let Some((codes, _)) = codes(question) else {
                    let example = self.example(&variable, index);
                    return self.fault(
                        left.id,
                        format!(
                            "`{variable}` {}, it is in no list of options",
                            what(question)
                        ),
                        format!("write e.g. {example}"),
                    );
                };
                let mut options = BTreeSet::new();
                for (word, id) in words {
                    if self.option(&codes, &word, &variable, id).is_some() {
                        options.insert(word);
                    }
                }
                Some(Test::OneOf { variable, options })
            }
            _ => self.fault(
                id,
                "`in` needs an option before a multiple choice, or a question before a list".into(),
                "write 'bund' in bedarf_von, or konzept in ['ja', 'geplant']",
            ),
        }
    }

    fn option(
        &mut self,
        codes: &[&str],
        word: &str,
        variable: &VariableKey,
        id: u64,
    ) -> Option<usize> {
        if let Some(at) = codes.iter().position(|code| *code == word) {
            return Some(at);
        }
        let help = match nearest(word, codes.iter().copied()) {
            Some(near) => format!("did you mean '{near}'?"),
            None => format!("the options are {}", quoted(codes.iter().copied())),
        };
        self.fault(
            id,
            format!("`{variable}` has no option `{}`", short(word)),
            help,
        )
    }

    fn side(&mut self, expression: &IdedExpr) -> Option<Side> {
        match &expression.expr {
            Expr::Literal(LiteralValue::String(word)) => Some(Side::Word(word.inner().to_owned())),
            Expr::Literal(LiteralValue::Int(number)) => Some(Side::Number(*number.inner() as f64)),
            Expr::Literal(LiteralValue::Double(number)) => Some(Side::Number(*number.inner())),
            Expr::Call(call) if call.func_name == operators::NEGATE && call.args.len() == 1 => {
                match self.side(&call.args[0])? {
                    Side::Number(number) => Some(Side::Number(-number)),
                    _ => self.fault(
                        expression.id,
                        "a minus stands before numbers only".into(),
                        PARTS,
                    ),
                }
            }
            Expr::List(list) => {
                let mut words = Vec::new();
                for element in &list.elements {
                    match &element.expr {
                        Expr::Literal(LiteralValue::String(word)) => {
                            words.push((word.inner().to_owned(), element.id));
                        }
                        _ => {
                            return self.fault(
                                element.id,
                                "a list holds options in quotes".into(),
                                "write e.g. konzept in ['ja', 'geplant']",
                            );
                        }
                    }
                }
                Some(Side::Words(words))
            }
            Expr::Ident(name) => {
                let index = self.question(expression.id, name)?;
                let question = &self.asked.questions[index].question;
                if let QuestionKind::Battery { items, .. } = &question.kind {
                    let first = items.first().map_or("…", |item| item.key.as_str());
                    let help = format!("name one of its items: {name}.{}", first.replace('-', "_"));
                    return self.fault(
                        expression.id,
                        format!("`{}` is a battery of items", question.key),
                        help,
                    );
                }
                Some(Side::Variable(VariableKey::new(&question.key), index))
            }
            Expr::Select(select) if !select.test => {
                let Expr::Ident(name) = &select.operand.expr else {
                    return self.fault(
                        expression.id,
                        "only items of a battery stand behind a point".into(),
                        "write e.g. bedarf.finanzen",
                    );
                };
                let index = self.question(select.operand.id, name)?;
                self.item(expression.id, index, &select.field)
            }
            Expr::Call(call) if call.func_name == operators::SUBSTRACT => {
                self.call(expression.id, call);
                None
            }
            Expr::Call(call) => self.fault(
                expression.id,
                format!("`{}` is not part of our conditions", plain(&call.func_name)),
                PARTS,
            ),
            _ => self.fault(
                expression.id,
                "this cannot be compared".into(),
                "compare a question with an option in quotes or with a number",
            ),
        }
    }

    fn item(&mut self, id: u64, index: usize, field: &str) -> Option<Side> {
        let asked = self.asked;
        let question = &asked.questions[index].question;
        let QuestionKind::Battery { items, .. } = &question.kind else {
            return self.fault(
                id,
                format!("`{}` has no items", question.key),
                format!("write {} alone", question.key.replace('-', "_")),
            );
        };
        if let Some(item) = items.iter().find(|i| i.key.replace('-', "_") == field) {
            let variable = VariableKey::item(&question.key, &item.key);
            return Some(Side::Variable(variable, index));
        }
        let names: Vec<String> = items.iter().map(|i| i.key.replace('-', "_")).collect();
        let names = names.iter().map(String::as_str);
        let help = match nearest(field, names.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the items are {}", quoted(names)),
        };
        self.fault(
            id,
            format!("`{}` has no item `{}`", question.key, short(field)),
            help,
        )
    }

    /// The question of this name, if it stands before the condition.
    fn question(&mut self, id: u64, name: &str) -> Option<usize> {
        let asked = self.asked;
        let Some(index) = asked.by_name.get(name).copied() else {
            let names = asked.by_name.keys().map(String::as_str);
            let help = match nearest(name, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "name a question that stands before, with underscores for hyphens; options stand in single quotes".into(),
            };
            return self.fault(id, format!("unknown question `{}`", short(name)), help);
        };
        let known = &asked.questions[index];
        let key = &known.question.key;
        match self.own {
            Some(own) if own == index => self.fault(
                id,
                format!("the condition of `{key}` looks at `{key}` itself"),
                "whether a question is shown can only depend on questions before it",
            ),
            Some(own) if index > own => self.fault(
                id,
                format!("the condition looks ahead: `{key}` is asked later"),
                "move that question before this one, or turn the condition round",
            ),
            None if known.page >= asked.page => self.fault(
                id,
                format!("the page's condition looks ahead: `{key}` is asked on this page or later"),
                "a page can only depend on questions of the pages before it",
            ),
            _ if !known.whole => {
                // The question has faults of its own; they are said there.
                self.failed = true;
                None
            }
            _ => Some(index),
        }
    }

    /// A condition that would be right for this variable.
    fn example(&self, variable: &VariableKey, index: usize) -> String {
        let question = &self.asked.questions[index].question;
        let name = named(variable);
        match (&question.kind, codes(question)) {
            (QuestionKind::Number { .. }, _) => format!("{name} > 100"),
            (QuestionKind::Multiple { options, .. }, _) => {
                format!("'{}' in {name}", options.first().map_or("…", |o| &o.key))
            }
            (_, Some((codes, _))) => format!("{name} == '{}'", codes.first().unwrap_or(&"…")),
            _ => format!("answered({name})"),
        }
    }
}

const PARTS: &str =
    "a condition is made of ==, !=, <, <=, >, >=, in, answered(…), !, &&, || and brackets";

/// Options of a single choice or points of a battery's scale, and whether they ascend.
fn codes(question: &Question) -> Option<(Vec<&str>, bool)> {
    match &question.kind {
        QuestionKind::Single { options, ordered } => {
            Some((options.iter().map(|o| o.key.as_str()).collect(), *ordered))
        }
        QuestionKind::Battery { scale, .. } => {
            Some((scale.points.iter().map(|p| p.key.as_str()).collect(), true))
        }
        _ => None,
    }
}

fn what(question: &Question) -> &'static str {
    match question.kind {
        QuestionKind::Single { .. } => "is a choice",
        QuestionKind::Multiple { .. } => "is a multiple choice",
        QuestionKind::Battery { .. } => "is an item on a scale",
        QuestionKind::Number { .. } => "is a number",
        QuestionKind::ShortText { .. } | QuestionKind::LongText { .. } => "is a text",
        QuestionKind::Nomination { .. } => "names practices",
    }
}

/// A variable as conditions write it.
fn named(variable: &VariableKey) -> String {
    variable.as_str().replace('-', "_")
}

/// An operator's or function's name as people write it.
fn plain(name: &str) -> String {
    let name = name.trim_matches('_');
    let name = name.strip_prefix('@').unwrap_or(name);
    name.chars().take(40).collect()
}
