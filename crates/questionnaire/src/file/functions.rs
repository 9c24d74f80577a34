//! Numbers computed from answers, and the functions of conditions: count, any, all, sum, mean, min, max, code, rank,
//! length, matches.

use std::collections::BTreeSet;

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, operators};

use super::fields::short;
use super::lower::{Lowering, PARTS, Side, codes, named, plain, what};
use crate::{
    Aggregate, Comparison, Expression, Operator, Pattern, Question, QuestionKind, Role, Test,
    Value as Takes, VariableKey,
};

/// Parts of one number at most: computed values are put in where they are named.
const SIZE: usize = 2_000;
const FUNCTIONS: [&str; 11] = [
    "count", "sum", "mean", "min", "max", "floor", "ceil", "round", "code", "rank", "length",
];
const NUMBERS: &str = "numbers are made of answers, digits, + - * /, count(…), sum(…), mean(…), min(…), max(…), floor(…), ceil(…), round(…), code(…), rank(…), length(…), a ? b : c and brackets";

/// Whether an operator or function makes a number.
pub(super) fn arithmetic(name: &str) -> bool {
    let signs = [
        operators::ADD,
        operators::SUBSTRACT,
        operators::MULTIPLY,
        operators::DIVIDE,
        operators::NEGATE,
        operators::CONDITIONAL,
    ];
    signs.contains(&name) || FUNCTIONS.contains(&name)
}

impl<'a> Lowering<'a> {
    fn named_question(&self, name: &str) -> Option<&'a Question> {
        let known = self.asked.known(name)?;
        Some(&known.question)
    }

    /// Whether an expression is a number that has to be computed; a number as written is none.
    pub(super) fn computes(&self, expression: &IdedExpr) -> bool {
        match &expression.expr {
            Expr::Call(call) if call.func_name == operators::NEGATE => call
                .args
                .iter()
                .any(|inner| !matches!(inner.expr, Expr::Literal(_))),
            Expr::Call(call) if call.func_name == operators::SUBSTRACT => {
                match call.args.as_slice() {
                    [left, right] => self.is_number(left, right),
                    _ => false,
                }
            }
            Expr::Call(call) => arithmetic(&call.func_name),
            Expr::Ident(name) => self
                .named_question(name)
                .is_some_and(|q| matches!(q.kind, QuestionKind::Computed { .. })),
            _ => false,
        }
    }

    /// Whether a hyphen between the two is a minus: all names on both sides are questions.
    pub(super) fn is_number(&self, left: &IdedExpr, right: &IdedExpr) -> bool {
        let known = |side: &IdedExpr| match &side.expr {
            Expr::Ident(name) => self.named_question(name).is_some(),
            Expr::Select(select) => match &select.operand.expr {
                Expr::Ident(name) => self.named_question(name).is_some(),
                _ => true,
            },
            Expr::Call(call) => call.func_name != operators::SUBSTRACT || self.computes(side),
            _ => true,
        };
        let joined = match (&left.expr, &right.expr) {
            (Expr::Ident(a), Expr::Ident(b)) => self.named_question(&format!("{a}_{b}")).is_some(),
            _ => false,
        };
        known(left) && known(right) && !joined
    }

    /// A hyphen where an underscore was meant.
    pub(super) fn hyphen<T>(&mut self, id: u64, left: &IdedExpr, right: &IdedExpr) -> Option<T> {
        let help = match (&left.expr, &right.expr) {
            (Expr::Ident(a), Expr::Ident(b)) => {
                format!("keys are written with underscores here: {a}_{b}")
            }
            _ => "keys are written with underscores for their hyphens: bedarf_von".into(),
        };
        self.fault(id, "a hyphen is a minus in conditions".into(), help)
    }

    /// Whether a variable is a number.
    pub(super) fn is_numeric(&self, variable: &VariableKey, index: usize) -> bool {
        matches!(self.takes(variable, index), Some(Takes::Number { .. }))
    }

    /// An expression that is a number.
    pub(super) fn number(&mut self, expression: &IdedExpr) -> Option<Expression> {
        let read = self.number_of(expression)?;
        if read.size() > SIZE {
            return self.fault(
                expression.id,
                "this number is made of too many parts".into(),
                format!("at most {SIZE} are possible, computed values counted with their parts"),
            );
        }
        Some(read)
    }

    fn number_of(&mut self, expression: &IdedExpr) -> Option<Expression> {
        match &expression.expr {
            Expr::Literal(LiteralValue::Int(n)) => Some(Expression::Constant(*n.inner() as f64)),
            Expr::Literal(LiteralValue::Double(n)) => Some(Expression::Constant(*n.inner())),
            Expr::Call(call) => self.computed(expression, call),
            Expr::Ident(name) => {
                if let Some(QuestionKind::Computed { value, words, .. }) =
                    self.named_question(name).map(|q| &q.kind)
                {
                    if !words.is_empty() {
                        let what = format!("`{}` is said in words, it is no number", short(name));
                        let help = "name the question on which the words depend";
                        return self.fault(expression.id, what, help);
                    }
                    self.question(expression.id, name)?;
                    return value.clone();
                }
                self.answer(expression)
            }
            Expr::Select(_) => self.answer(expression),
            _ => self.fault(expression.id, "this is no number".into(), NUMBERS),
        }
    }

    fn answer(&mut self, expression: &IdedExpr) -> Option<Expression> {
        let Side::Variable(variable, index) = self.side(expression)? else {
            return self.fault(expression.id, "this is no number".into(), NUMBERS);
        };
        match self.takes(&variable, index)? {
            Takes::Number { .. } => Some(Expression::Answer(variable)),
            takes => {
                let help = match takes {
                    Takes::Choice { .. } => format!("write code({})", named(&variable)),
                    Takes::Choices { .. } => format!("write count({})", named(&variable)),
                    Takes::Text { .. } => format!("write length({})", named(&variable)),
                    _ => NUMBERS.to_owned(),
                };
                let said = format!("`{variable}` {}, no number", what(&takes));
                self.fault(expression.id, said, help)
            }
        }
    }

    fn computed(&mut self, expression: &IdedExpr, call: &CallExpr) -> Option<Expression> {
        let id = expression.id;
        let name = call.func_name.as_str();
        let operator = match name {
            operators::ADD => Some(Operator::Add),
            operators::SUBSTRACT => Some(Operator::Subtract),
            operators::MULTIPLY => Some(Operator::Multiply),
            operators::DIVIDE => Some(Operator::Divide),
            _ => None,
        };
        match (operator, call.args.as_slice()) {
            (Some(Operator::Subtract), [left, right]) if !self.is_number(left, right) => {
                self.hyphen(id, left, right)
            }
            (Some(operator), [left, right]) => {
                let (left, right) = (self.number(left), self.number(right));
                Some(Expression::Both {
                    operator,
                    left: Box::new(left?),
                    right: Box::new(right?),
                })
            }
            (_, [inner]) if name == operators::NEGATE => Some(Expression::Both {
                operator: Operator::Subtract,
                left: Box::new(Expression::Constant(0.0)),
                right: Box::new(self.number(inner)?),
            }),
            (_, [test, yes, no]) if name == operators::CONDITIONAL => {
                let (test, yes, no) = (self.test(test), self.number(yes), self.number(no));
                Some(Expression::If {
                    test: Box::new(test?),
                    yes: Box::new(yes?),
                    no: Box::new(no?),
                })
            }
            (_, args) if call.target.is_none() && FUNCTIONS.contains(&name) => {
                self.number_function(id, name, args)
            }
            _ => self.fault(id, format!("`{}` makes no number", plain(name)), NUMBERS),
        }
    }

    fn number_function(&mut self, id: u64, name: &str, args: &[IdedExpr]) -> Option<Expression> {
        let aggregate = match name {
            "sum" => Some(Aggregate::Sum),
            "mean" => Some(Aggregate::Mean),
            "min" => Some(Aggregate::Min),
            "max" => Some(Aggregate::Max),
            "floor" => Some(Aggregate::Floor),
            "ceil" => Some(Aggregate::Ceil),
            "round" => Some(Aggregate::Round),
            _ => None,
        };
        match (name, aggregate, args) {
            (_, _, []) => self.fault(id, format!("`{name}` has nothing to look at"), NUMBERS),
            ("floor" | "ceil" | "round", _, [_, second, ..]) => self.fault(
                second.id,
                format!("`{name}` takes one number"),
                format!("write e.g. {name}(anteil)"),
            ),
            (_, Some(aggregate), args) => {
                let mut parts = Vec::new();
                for arg in args {
                    match self.several(arg) {
                        Some((index, variables)) => {
                            let numeric = |v: &VariableKey| self.is_numeric(v, index);
                            if !variables.iter().all(numeric) {
                                return self.fault(
                                    arg.id,
                                    "its items are no numbers".into(),
                                    "sum(…) takes numbers; count(…) counts answers",
                                );
                            }
                            parts.extend(variables.into_iter().map(Expression::Answer));
                        }
                        None => parts.push(self.number(arg)?),
                    }
                }
                Some(Expression::Of { aggregate, parts })
            }
            ("count", _, args) => self.count(id, args),
            ("code", _, [arg]) => {
                let Side::Variable(variable, index) = self.side(arg)? else {
                    return self.fault(
                        arg.id,
                        "`code` takes a choice".into(),
                        "write code(konzept)",
                    );
                };
                let takes = self.takes(&variable, index)?;
                let Some((keys, _)) = codes(&takes) else {
                    let said = format!("`{variable}` {}, it has no codes", what(&takes));
                    return self.fault(arg.id, said, "write code(…) of a choice or an item");
                };
                let code = |(place, key): (usize, &str)| {
                    let number = key.parse::<u32>().map_or(place as f64 + 1.0, f64::from);
                    (key.to_owned(), number)
                };
                let codes = keys.into_iter().enumerate().map(code).collect();
                Some(Expression::Code { variable, codes })
            }
            ("rank", _, [arg, option]) => {
                let (a, b) = (self.side(arg), self.side(option));
                let (Side::Variable(variable, index), Side::Word(word)) = (a?, b?) else {
                    return self.fault(
                        id,
                        "`rank` takes a ranking and an option".into(),
                        "write rank(vorrang, 'wohnen')",
                    );
                };
                let Some(Takes::Ranking { options, .. }) = self.takes(&variable, index) else {
                    return self.fault(
                        arg.id,
                        format!("`{variable}` is no ranking"),
                        "write rank(vorrang, 'wohnen')",
                    );
                };
                let keys: Vec<&str> = options.iter().map(|o| o.key.as_str()).collect();
                self.option(&keys, &word, &variable, option.id)?;
                let option = word;
                Some(Expression::Rank { variable, option })
            }
            ("length", _, [arg]) => match self.side(arg)? {
                Side::Variable(variable, index)
                    if matches!(
                        self.takes(&variable, index),
                        Some(Takes::Text { .. } | Takes::Email)
                    ) =>
                {
                    Some(Expression::Length(variable))
                }
                _ => self.fault(
                    arg.id,
                    "`length` takes a text".into(),
                    "write length(anliegen)",
                ),
            },
            _ => self.fault(id, format!("`{name}` takes other things"), NUMBERS),
        }
    }

    /// The variables of a question of several, or of one column of a grid; `None` for a single variable.
    fn several(&mut self, expression: &IdedExpr) -> Option<(usize, Vec<VariableKey>)> {
        let (name, column) = match &expression.expr {
            Expr::Ident(name) => (name, None),
            Expr::Select(select) => match &select.operand.expr {
                Expr::Ident(name) => (name, Some(select.field.as_str())),
                _ => return None,
            },
            _ => return None,
        };
        let question = self.named_question(name)?;
        let parts = question.items().map(|_| question.parts())?;
        let own = parts.into_iter().filter(|p| p.role == Role::Own);
        let below = |key: &VariableKey| {
            let word = key.as_str().rsplit('.').next().unwrap_or_default();
            word.replace('-', "_")
        };
        let keys = own.map(|part| part.key).filter(|key| match column {
            None => true,
            // Two dots: question, item and column.
            Some(column) => key.row() != key.as_str() && below(key) == column,
        });
        let keys: Vec<VariableKey> = keys.collect();
        if keys.is_empty() {
            return None;
        }
        let index = self.question(expression.id, name)?;
        Some((index, keys))
    }

    fn count(&mut self, id: u64, args: &[IdedExpr]) -> Option<Expression> {
        let mut variables: Vec<VariableKey> = Vec::new();
        let mut known: BTreeSet<&'a str> = BTreeSet::new();
        let mut options: Option<BTreeSet<String>> = None;
        for arg in args {
            if let Expr::Literal(LiteralValue::String(word)) = &arg.expr {
                let Some(last) = variables.last().cloned() else {
                    return self.fault(
                        arg.id,
                        "the options stand behind the question".into(),
                        "write e.g. count(bedarf, 'hoch')",
                    );
                };
                let word = word.inner();
                let keys: Vec<&str> = known.iter().copied().collect();
                self.option(&keys, word, &last, arg.id)?;
                options.get_or_insert_default().insert(word.to_owned());
                continue;
            }
            let (index, found) = match self.several(arg) {
                Some(found) => found,
                None => match self.side(arg)? {
                    Side::Variable(variable, index) => (index, vec![variable]),
                    _ => {
                        return self.fault(
                            arg.id,
                            "this cannot be counted".into(),
                            "write e.g. count(bedarf, 'hoch')",
                        );
                    }
                },
            };
            for variable in &found {
                let takes = self.takes(variable, index);
                let codes = takes.map(|takes| takes.codes()).unwrap_or_default();
                known.extend(codes.into_iter().map(|(key, _)| key));
            }
            variables.extend(found);
        }
        if variables.is_empty() {
            return self.fault(
                id,
                "there is nothing to count".into(),
                "write e.g. count(bedarf, 'hoch')",
            );
        }
        Some(Expression::Count { variables, options })
    }

    /// `answered(…)` of a question, an item or a battery.
    pub(super) fn answered(&mut self, inner: &IdedExpr) -> Option<Test> {
        if let Some((_, variables)) = self.several(inner) {
            return Some(Test::Any(
                variables.into_iter().map(Test::Answered).collect(),
            ));
        }
        match self.side(inner)? {
            Side::Variable(variable, _) => Some(Test::Answered(variable)),
            _ => self.fault(
                inner.id,
                "`answered` takes a question".into(),
                "write e.g. answered(personal)",
            ),
        }
    }

    /// `any(…)`, `all(…)` and `matches(…)`.
    pub(super) fn function(&mut self, id: u64, name: &str, args: &[IdedExpr]) -> Option<Test> {
        if name == "matches" {
            return self.matches(id, args);
        }
        let counted = self.count(id, args)?;
        let Expression::Count { variables, options } = &counted else {
            return None;
        };
        if options.is_none() {
            return self.fault(
                id,
                format!("`{name}` needs an option"),
                format!("write e.g. {name}(bedarf, 'hoch')"),
            );
        }
        let right = match name {
            "any" => Expression::Constant(1.0),
            _ => Expression::Count {
                variables: variables.clone(),
                options: None,
            },
        };
        Some(Test::Compare {
            left: counted,
            comparison: Comparison::AtLeast,
            right,
        })
    }

    fn matches(&mut self, id: u64, args: &[IdedExpr]) -> Option<Test> {
        let example = "write e.g. matches(plz, '[0-9]{5}')";
        let [text, pattern] = args else {
            return self.fault(id, "`matches` takes a text and a pattern".into(), example);
        };
        let (a, b) = (self.side(text), self.side(pattern));
        let (Side::Variable(variable, index), Side::Word(word)) = (a?, b?) else {
            return self.fault(id, "`matches` takes a text and a pattern".into(), example);
        };
        if !matches!(
            self.takes(&variable, index),
            Some(Takes::Text { .. } | Takes::Email)
        ) {
            return self.fault(text.id, format!("`{variable}` is no text"), PARTS);
        }
        match Pattern::new(&word, None) {
            Some(pattern) => Some(Test::Matches { variable, pattern }),
            None => self.fault(
                pattern.id,
                format!("`{}` is no regular expression", short(&word)),
                example,
            ),
        }
    }
}
