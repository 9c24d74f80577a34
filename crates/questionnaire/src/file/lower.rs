//! From CEL to typed conditions.
//!
//! CEL's parser gives the tree; what our conditions may say is a small, typed part of CEL: comparisons of
//! one question with options or numbers, `in`, `answered(…)`, `!`, `&&`, `||` and brackets, and numbers computed
//! from answers (in `functions`). Keys are written
//! with underscores for their hyphens (`bedarf_von` for `bedarf-von`), since a hyphen is a minus in CEL.

use std::collections::{BTreeMap, BTreeSet};

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, SourceInfo, operators};

use super::faults::nearest;
use super::fields::{Reader, quoted, short};
use super::functions::arithmetic;
use super::parse::{EXAMPLE, parse, syntax, too_large};
use super::walk::WalkedPage;
use super::yaml::{Node, Place, Value, place_within};
use crate::condition::Guard;
use crate::{
    Comparison, Condition, Expression, Question, QuestionKind, Test, Value as Takes, VariableKey,
};

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
    /// Items with a condition of their own, `question.item`.
    items: Vec<(String, Test)>,
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
                    items: Vec::new(),
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
        known.items = question
            .items()
            .into_iter()
            .flatten()
            .filter_map(|item| {
                let key = format!("{}.{}", question.key, item.key);
                Some((key, item.show_if.as_ref()?.test.clone()))
            })
            .collect();
        if matches!(question.kind, QuestionKind::Computed { .. }) {
            known.question.kind = question.kind.clone();
        }
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
                    let known = &self.questions[*index];
                    open.extend(&known.tests);
                    open.extend(known.items.iter().map(|(_, test)| test));
                }
            }
        }
        let guarded = found.into_iter().map(|index| &self.questions[index]);
        let mut guards = Vec::new();
        for known in guarded {
            if !known.tests.is_empty() {
                guards.push(Guard {
                    question: known.question.key.clone(),
                    tests: known.tests.clone(),
                });
            }
            guards.extend(known.items.iter().map(|(key, test)| Guard {
                question: key.clone(),
                tests: vec![test.clone()],
            }));
        }
        guards
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

/// A condition of an item or option that may look at those before it in the same question. `before` are the keys of
/// these, with the tests that the items among them have.
pub(crate) fn within(
    reader: &mut Reader,
    asked: &Asked,
    node: &Node,
    source: &str,
    question: &str,
    before: &[(&str, Option<&Test>)],
) -> Option<Condition> {
    let sight = Sight::Within(question);
    let mut condition = condition(reader, asked, node, source, sight)?;
    let mut own = BTreeSet::new();
    if !looks_back(&condition.test, question, before, &mut own) {
        reader.fault(
            node.place,
            format!("the condition of `{question}` looks at `{question}` itself"),
            "it can only depend on questions before it, and on the items or options of its own that stand before it",
        );
        return None;
    }
    // Items that it names rest on items before them: all of these decide what counts as an answer.
    let mut tests = vec![condition.test.clone()];
    let mut guards = Vec::new();
    for (key, test) in before.iter().rev() {
        let Some(test) = test.filter(|_| own.contains(*key)) else {
            continue;
        };
        looks_back(test, question, before, &mut own);
        tests.push(test.clone());
        guards.push(Guard {
            question: format!("{question}.{key}"),
            tests: vec![test.clone()],
        });
    }
    condition.guards = asked.guards(&Test::All(tests));
    condition.guards.extend(guards.into_iter().rev());
    Some(condition)
}

/// Whether a test looks at nothing of the question but what stands before; `own` collects the items that it names.
fn looks_back(
    test: &Test,
    question: &str,
    before: &[(&str, Option<&Test>)],
    own: &mut BTreeSet<String>,
) -> bool {
    let stands = |key: &str| before.iter().any(|(known, _)| *known == key);
    match test {
        Test::Not(inner) => looks_back(inner, question, before, own),
        Test::All(parts) | Test::Any(parts) => parts
            .iter()
            .all(|part| looks_back(part, question, before, own)),
        Test::Contains { variable, option } if variable.as_str() == question => stands(option),
        test => {
            let mut found = BTreeSet::new();
            test.collect(&mut found);
            found.into_iter().all(|variable| {
                if variable.question() != question {
                    return true;
                }
                let row = variable.row().split_once('.').map(|(_, item)| item);
                row.is_some_and(|item| {
                    own.insert(item.to_owned());
                    stands(item)
                })
            })
        }
    }
}

/// How far a condition sees.
#[derive(Clone, Copy)]
pub(crate) enum Sight<'k> {
    /// All before the question of this key.
    Before(&'k str),
    /// All before the question of this key, and itself.
    Upto(&'k str),
    /// All before the question of this key, and of it what stands before an item or option: the caller sees to that.
    Within(&'k str),
    /// All pages before this one.
    Pages,
    /// All pages before this one, and itself.
    Page,
}

/// Lowers one written condition.
pub(crate) fn condition(
    reader: &mut Reader,
    asked: &Asked,
    node: &Node,
    source: &str,
    sight: Sight,
) -> Option<Condition> {
    let (text, test) = lower(reader, asked, node, source, sight, |lowering, read| {
        lowering.test(read)
    })?;
    Some(Condition {
        source: text.to_owned(),
        guards: asked.guards(&test),
        test,
    })
}

/// Lowers one written number.
pub(crate) fn expression(
    reader: &mut Reader,
    asked: &Asked,
    node: &Node,
    source: &str,
    sight: Sight,
) -> Option<Expression> {
    let read = lower(reader, asked, node, source, sight, |lowering, read| {
        lowering.number(read)
    });
    read.map(|(_, expression)| expression)
}

fn lower<'n, T>(
    reader: &mut Reader,
    asked: &Asked,
    node: &'n Node,
    source: &str,
    sight: Sight,
    read: impl Fn(&mut Lowering, &IdedExpr) -> Option<T>,
) -> Option<(&'n str, T)> {
    let Value::Scalar { text, .. } = &node.value else {
        reader.fault(
            node.place,
            format!("this must be a condition, found {}", node.kind()),
            EXAMPLE,
        );
        return None;
    };
    if node.is_nothing() {
        reader.fault(node.place, "the condition has no value", EXAMPLE);
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
        sight,
        failed: false,
    };
    let lowered = read(&mut lowering, &expression);
    let failed = lowering.failed;
    Some((text.as_str(), lowered.filter(|_| !failed)?))
}

/// What stands on one side of a comparison.
pub(super) enum Side {
    Variable(VariableKey, usize),
    Word(String),
    Number(f64),
    Words(Vec<(String, u64)>),
}

pub(super) struct Lowering<'a> {
    reader: &'a mut Reader,
    pub(super) asked: &'a Asked,
    node: &'a Node,
    source: &'a str,
    info: &'a SourceInfo,
    sight: Sight<'a>,
    failed: bool,
}

impl<'a> Lowering<'a> {
    fn place(&self, id: u64) -> Place {
        match self.info.offset_for(id) {
            Some((start, stop)) => {
                let width = stop.saturating_sub(start) as usize + 1;
                place_within(self.source, self.node, start as usize, width.min(60))
            }
            None => self.node.place,
        }
    }

    pub(super) fn fault<T>(&mut self, id: u64, what: String, help: impl Into<String>) -> Option<T> {
        let place = self.place(id);
        self.reader.fault(place, what, help);
        self.failed = true;
        None
    }

    /// What a variable takes.
    pub(super) fn takes(&self, variable: &VariableKey, index: usize) -> Option<Takes<'a>> {
        let asked: &'a Asked = self.asked;
        let part = asked.questions[index].question.part(variable)?;
        Some(part.value)
    }

    /// An expression that is true, false or unknown.
    pub(super) fn test(&mut self, expression: &IdedExpr) -> Option<Test> {
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
            ("answered", [inner]) if call.target.is_none() => self.answered(inner),
            ("any" | "all" | "matches", args) if call.target.is_none() => {
                self.function(id, name, args)
            }
            (operators::SUBSTRACT, [left, right]) if !self.is_number(left, right) => {
                self.hyphen(id, left, right)
            }
            _ if arithmetic(name) => self.fault(
                id,
                "this is a number, no condition".into(),
                "compare it, e.g. stellen + leitung > 10",
            ),
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
        if self.computes(left) || self.computes(right) {
            let (left, right) = (self.number(left), self.number(right));
            return Some(Test::Compare {
                left: left?,
                comparison: comparison(operator),
                right: right?,
            });
        }
        let (a, b) = (self.side(left), self.side(right));
        match (a?, b?) {
            (Side::Variable(first, one), Side::Variable(second, two))
                if self.is_numeric(&first, one) && self.is_numeric(&second, two) =>
            {
                Some(Test::Compare {
                    left: Expression::Answer(first),
                    comparison: comparison(operator),
                    right: Expression::Answer(second),
                })
            }
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
        let takes = self.takes(&variable, index)?;
        match (&takes, other) {
            (Takes::Choices { .. }, Side::Word(word)) => self.fault(
                variable_id,
                format!("`{variable}` is a multiple choice, it has several answers"),
                format!("write '{word}' in {}", named(&variable)),
            ),
            (
                Takes::Text { .. } | Takes::Email | Takes::Date { .. } | Takes::Municipality,
                Side::Word(text),
            ) => {
                let day = matches!(takes, Takes::Date { .. });
                if day && text.parse::<jiff::civil::Date>().is_err() {
                    return self.fault(
                        other_id,
                        format!("`{}` is no day", short(&text)),
                        "write year, month and day: '2020-12-31'",
                    );
                }
                Some(Test::Text {
                    variable,
                    comparison: comparison(operator),
                    text,
                })
            }
            (_, Side::Word(word)) => {
                let Some((codes, ordered)) = codes(&takes) else {
                    let example = self.example(&variable, index);
                    return self.fault(
                        other_id,
                        format!(
                            "`{variable}` {}, it cannot be compared with an option",
                            what(&takes)
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
            (Takes::Number { .. }, Side::Number(bound)) => Some(Test::Number {
                variable,
                comparison: comparison(operator),
                bound,
            }),
            (_, Side::Number(_)) => {
                let example = self.example(&variable, index);
                self.fault(
                    other_id,
                    format!(
                        "`{variable}` {}, it cannot be compared with a number",
                        what(&takes)
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
                if question.items().is_some() {
                    "compare each with an option or a number; code(…) makes a number of a choice"
                } else {
                    "compare each with an option or a number"
                },
            ),
        }
    }

    fn contains(&mut self, id: u64, left: &IdedExpr, right: &IdedExpr) -> Option<Test> {
        let (a, b) = (self.side(left), self.side(right));
        match (a?, b?) {
            (Side::Word(word), Side::Variable(variable, index)) => {
                let takes = self.takes(&variable, index)?;
                if let Takes::Choices { options, .. } | Takes::Ranking { options, .. } = &takes {
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
                    format!("`{variable}` {}, nothing is in it", what(&takes)),
                    format!("write e.g. {example}"),
                )
            }
            (Side::Variable(variable, index), Side::Words(words)) => {
                let takes = self.takes(&variable, index)?;
                if matches!(takes, Takes::Text { .. } | Takes::Municipality) {
                    let is = |(text, _)| Test::Text {
                        variable: variable.clone(),
                        comparison: Comparison::Equal,
                        text,
                    };
                    return Some(Test::Any(words.into_iter().map(is).collect()));
                }
                let Some((codes, _)) = codes(&takes) else {
                    let example = self.example(&variable, index);
                    return self.fault(
                        left.id,
                        format!("`{variable}` {}, it is in no list of options", what(&takes)),
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

    pub(super) fn option(
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

    pub(super) fn side(&mut self, expression: &IdedExpr) -> Option<Side> {
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
                if let Some(mut items) = question.items() {
                    let first = items.next().map_or("…", |item| item.key.as_str());
                    let help = format!("name one of its items: {name}.{}", first.replace('-', "_"));
                    return self.fault(
                        expression.id,
                        format!("`{}` is a battery of items", question.key),
                        help,
                    );
                }
                if question.silent() {
                    return self.fault(
                        expression.id,
                        format!("`{}` asks for nothing", question.key),
                        "compare a computed value with a number, and name no note",
                    );
                }
                Some(Side::Variable(VariableKey::new(&question.key), index))
            }
            Expr::Select(select) if !select.test => {
                let mut path = vec![select.field.as_str()];
                let mut operand = &select.operand;
                while let Expr::Select(inner) = &operand.expr
                    && !inner.test
                {
                    path.push(inner.field.as_str());
                    operand = &inner.operand;
                }
                let Expr::Ident(name) = &operand.expr else {
                    return self.fault(
                        expression.id,
                        "only items of a battery stand behind a point".into(),
                        "write e.g. bedarf.finanzen",
                    );
                };
                path.reverse();
                let index = self.question(operand.id, name)?;
                self.item(expression.id, index, &path.join("."))
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
        let parts = question.parts();
        let below = |part: &crate::Part| part.key.item_key().map(|key| key.replace('-', "_"));
        if let Some(part) = parts.iter().find(|p| below(p).as_deref() == Some(field)) {
            return Some(Side::Variable(part.key.clone(), index));
        }
        let names: Vec<String> = parts.iter().filter_map(below).collect();
        if names.is_empty() {
            return self.fault(
                id,
                format!("`{}` has no items", question.key),
                format!("write {} alone", question.key.replace('-', "_")),
            );
        }
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
    pub(super) fn question(&mut self, id: u64, name: &str) -> Option<usize> {
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
        let place = |key: &str| asked.by_name.get(&key.replace('-', "_")).copied();
        let (own, itself) = match self.sight {
            Sight::Before(key) => (place(key), false),
            Sight::Upto(key) | Sight::Within(key) => (place(key), true),
            Sight::Pages | Sight::Page => (None, false),
        };
        match own {
            Some(own) if own == index && !itself => self.fault(
                id,
                format!("the condition of `{key}` looks at `{key}` itself"),
                "whether a question is shown can only depend on questions before it",
            ),
            Some(own) if index > own => self.fault(
                id,
                format!("the condition looks ahead: `{key}` is asked later"),
                "move that question before this one, or turn the condition round",
            ),
            None if known.page > asked.page && matches!(self.sight, Sight::Page) => self.fault(
                id,
                format!("the check looks ahead: `{key}` is asked on a later page"),
                "a page's check can only see its own page and the pages before it",
            ),
            None if known.page >= asked.page && matches!(self.sight, Sight::Pages) => self.fault(
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
    pub(super) fn example(&self, variable: &VariableKey, index: usize) -> String {
        let name = named(variable);
        let Some(takes) = self.takes(variable, index) else {
            return format!("{name} > 100");
        };
        match (&takes, codes(&takes)) {
            (Takes::Number { .. }, _) => format!("{name} > 100"),
            (Takes::Choices { options, .. } | Takes::Ranking { options, .. }, _) => {
                format!("'{}' in {name}", options.first().map_or("…", |o| &o.key))
            }
            (_, Some((codes, _))) => format!("{name} == '{}'", codes.first().unwrap_or(&"…")),
            (Takes::Date { .. }, _) => format!("{name} >= '2020-12-31'"),
            _ => format!("answered({name})"),
        }
    }
}

pub(super) const PARTS: &str =
    "a condition is made of ==, !=, <, <=, >, >=, in, answered(…), !, &&, || and brackets";

/// Options of a choice or points of a scale, and whether they ascend.
pub(super) fn codes<'q>(takes: &Takes<'q>) -> Option<(Vec<&'q str>, bool)> {
    match takes {
        Takes::Choice { codes, ordered } => {
            let keys = codes.list().into_iter().map(|(key, _)| key);
            Some((keys.collect(), *ordered))
        }
        _ => None,
    }
}

pub(super) fn what(takes: &Takes) -> &'static str {
    match takes {
        Takes::Choice {
            codes: crate::Codes::Points(_),
            ..
        } => "is an item on a scale",
        Takes::Choice { .. } => "is a choice",
        Takes::Choices { .. } => "is a multiple choice",
        Takes::Number { .. } => "is a number",
        Takes::Text { .. } | Takes::Email => "is a text",
        Takes::Date { .. } => "is a day",
        Takes::Files { .. } => "takes files",
        Takes::Municipality => "is a municipality",
        Takes::Ranking { .. } => "is a ranking",
        Takes::Nominations { .. } => "names practices",
    }
}

/// How an operator of CEL compares.
pub(super) fn comparison(operator: &str) -> Comparison {
    match operator {
        operators::LESS => Comparison::Less,
        operators::LESS_EQUALS => Comparison::AtMost,
        operators::GREATER => Comparison::Greater,
        operators::GREATER_EQUALS => Comparison::AtLeast,
        _ => Comparison::Equal,
    }
}

/// A variable as conditions write it.
pub(super) fn named(variable: &VariableKey) -> String {
    variable.as_str().replace('-', "_")
}

/// An operator's or function's name as people write it.
pub(super) fn plain(name: &str) -> String {
    let name = name.trim_matches('_');
    let name = name.strip_prefix('@').unwrap_or(name);
    name.chars().take(40).collect()
}
