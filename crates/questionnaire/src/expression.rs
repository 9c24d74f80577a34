//! Numbers computed from answers, for conditions, checks, sums and computed values.
//!
//! A number is unknown where an answer that it needs is not given. Counts and sums look at the answers that are
//! given and are unknown where there is none.

use std::collections::BTreeSet;

use crate::condition::given;
use crate::{Answer, Answers, Test, Truth, VariableKey};

/// A number computed from answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A number as written.
    Constant(f64),
    /// The answer of a number question.
    Answer(VariableKey),
    /// The number that a choice stands for: its key where that is a number, else its position from 1.
    Code {
        /// A choice.
        variable: VariableKey,
        /// Keys with their numbers.
        codes: Vec<(String, f64)>,
    },
    /// The rank of an option, from 1.
    Rank {
        /// A ranking.
        variable: VariableKey,
        /// Key of the option.
        option: String,
    },
    /// Characters of a text.
    Length(VariableKey),
    /// How many of these choices are one of these options.
    Count {
        /// Items of a battery.
        variables: Vec<VariableKey>,
        /// Keys that count; `None` counts every valid answer. Of sets of options, their size is counted then.
        options: Option<BTreeSet<String>>,
    },
    /// Two numbers.
    Both {
        /// What is done with them.
        operator: Operator,
        /// On the left.
        left: Box<Expression>,
        /// On the right.
        right: Box<Expression>,
    },
    /// Sum, mean, smallest or largest of several numbers, as far as they are known.
    Of {
        /// What is taken of them.
        aggregate: Aggregate,
        /// The numbers.
        parts: Vec<Expression>,
    },
    /// One number or the other.
    If {
        /// Which.
        test: Box<Test>,
        /// When it is true.
        yes: Box<Expression>,
        /// When it is false.
        no: Box<Expression>,
    },
}

/// What is done with two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// What is taken of several numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Aggregate {
    Sum,
    Mean,
    Min,
    Max,
    /// Of one number: the next whole one below.
    Floor,
    /// Of one number: the next whole one above.
    Ceil,
    /// Of one number: the nearest whole one.
    Round,
}

impl Expression {
    /// The number under these answers, where answers of `hidden` questions count as not given.
    pub(crate) fn value(&self, answers: &Answers, hidden: &BTreeSet<&str>) -> Option<f64> {
        let answer = |variable: &VariableKey| given(variable, answers, hidden);
        let value = match self {
            Expression::Constant(number) => *number,
            Expression::Answer(variable) => match answer(variable)? {
                Answer::Number(number) => *number,
                _ => return None,
            },
            Expression::Code { variable, codes } => match answer(variable)? {
                Answer::Choice(key) => codes.iter().find(|(code, _)| code == key)?.1,
                _ => return None,
            },
            Expression::Rank { variable, option } => match answer(variable)? {
                Answer::Ranking(ranked) => {
                    ranked.iter().position(|key| key == option)? as f64 + 1.0
                }
                _ => return None,
            },
            Expression::Length(variable) => match answer(variable)? {
                Answer::Text(text) => text.chars().count() as f64,
                _ => return None,
            },
            Expression::Count { variables, options } => {
                let given: Vec<&Answer> = variables.iter().filter_map(answer).collect();
                if given.is_empty() {
                    return None;
                }
                given
                    .into_iter()
                    .map(|a| counted(a, options.as_ref()))
                    .sum::<usize>() as f64
            }
            Expression::Both {
                operator,
                left,
                right,
            } => {
                let (a, b) = (left.value(answers, hidden)?, right.value(answers, hidden)?);
                operator.apply(a, b)
            }
            Expression::Of { aggregate, parts } => {
                let known: Vec<f64> = parts
                    .iter()
                    .filter_map(|part| part.value(answers, hidden))
                    .collect();
                aggregate.of(&known)?
            }
            Expression::If { test, yes, no } => match test.truth(answers, hidden) {
                Truth::True => yes.value(answers, hidden)?,
                Truth::False => no.value(answers, hidden)?,
                Truth::Unknown => return None,
            },
        };
        // What computing leaves behind a number's fifteenth digit is no part of it.
        value
            .is_finite()
            .then(|| (value * 1e9).round() / 1e9)
            .filter(|v| v.is_finite())
    }

    /// How many parts it is made of.
    pub(crate) fn size(&self) -> usize {
        1 + match self {
            Expression::Both { left, right, .. } => left.size() + right.size(),
            Expression::Of { parts, .. } => parts.iter().map(Expression::size).sum(),
            Expression::If { yes, no, .. } => yes.size() + no.size(),
            Expression::Count { variables, .. } => variables.len(),
            _ => 0,
        }
    }

    pub(crate) fn collect<'a>(&'a self, found: &mut BTreeSet<&'a VariableKey>) {
        match self {
            Expression::Constant(_) => {}
            Expression::Answer(variable)
            | Expression::Code { variable, .. }
            | Expression::Rank { variable, .. }
            | Expression::Length(variable) => {
                found.insert(variable);
            }
            Expression::Count { variables, .. } => found.extend(variables),
            Expression::Both { left, right, .. } => {
                left.collect(found);
                right.collect(found);
            }
            Expression::Of { parts, .. } => parts.iter().for_each(|part| part.collect(found)),
            Expression::If { test, yes, no } => {
                test.collect(found);
                yes.collect(found);
                no.collect(found);
            }
        }
    }

    /// All numbers that stand in it.
    pub(crate) fn constants(&self, found: &mut Vec<f64>) {
        match self {
            Expression::Constant(number) => found.push(*number),
            Expression::Both { left, right, .. } => {
                left.constants(found);
                right.constants(found);
            }
            Expression::Of { parts, .. } => parts.iter().for_each(|part| part.constants(found)),
            Expression::If { yes, no, .. } => {
                yes.constants(found);
                no.constants(found);
            }
            _ => {}
        }
    }
}

impl Operator {
    fn apply(self, a: f64, b: f64) -> f64 {
        match self {
            Operator::Add => a + b,
            Operator::Subtract => a - b,
            Operator::Multiply => a * b,
            Operator::Divide => a / b,
        }
    }

    /// As people write it.
    pub fn sign(self) -> &'static str {
        match self {
            Operator::Add => "+",
            Operator::Subtract => "−",
            Operator::Multiply => "·",
            Operator::Divide => "/",
        }
    }
}

impl Aggregate {
    fn of(self, known: &[f64]) -> Option<f64> {
        let first = *known.first()?;
        let sum: f64 = known.iter().sum();
        Some(match self {
            Aggregate::Sum => sum,
            Aggregate::Mean => sum / known.len() as f64,
            Aggregate::Min => known.iter().copied().fold(first, f64::min),
            Aggregate::Max => known.iter().copied().fold(first, f64::max),
            Aggregate::Floor => first.floor(),
            Aggregate::Ceil => first.ceil(),
            Aggregate::Round => first.round(),
        })
    }
}

fn counted(answer: &Answer, options: Option<&BTreeSet<String>>) -> usize {
    match (answer, options) {
        (Answer::DontKnow | Answer::Refused, _) => 0,
        (Answer::Choice(key), Some(options)) => usize::from(options.contains(key)),
        (Answer::Choices(keys), Some(options)) => usize::from(!keys.is_disjoint(options)),
        (Answer::Ranking(keys), Some(options)) => {
            usize::from(keys.iter().any(|key| options.contains(key)))
        }
        (Answer::Choices(keys), None) => keys.len(),
        (Answer::Ranking(keys), None) => keys.len(),
        (_, None) => 1,
        (_, Some(_)) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: &str) -> VariableKey {
        VariableKey(key.to_owned())
    }

    #[test]
    fn counts_and_sums_look_at_what_is_given() {
        let count = Expression::Count {
            variables: vec![key("b.x"), key("b.y"), key("b.z")],
            options: Some(["hoch".to_owned()].into()),
        };
        let sum = Expression::Of {
            aggregate: Aggregate::Sum,
            parts: vec![Expression::Answer(key("n")), Expression::Answer(key("m"))],
        };
        let hidden = BTreeSet::new();
        let mut answers = Answers::new();
        assert_eq!(count.value(&answers, &hidden), None);
        assert_eq!(sum.value(&answers, &hidden), None);
        answers.insert(key("b.x"), Answer::Choice("hoch".into()));
        answers.insert(key("b.y"), Answer::DontKnow);
        answers.insert(key("n"), Answer::Number(0.1));
        answers.insert(key("m"), Answer::Number(0.2));
        assert_eq!(count.value(&answers, &hidden), Some(1.0));
        assert_eq!(sum.value(&answers, &hidden), Some(0.3));
        let off: BTreeSet<&str> = ["b.x"].into();
        assert_eq!(
            count.value(&answers, &off),
            Some(0.0),
            "an item off the route is not given"
        );
        let divided = Expression::Both {
            operator: Operator::Divide,
            left: Box::new(sum),
            right: Box::new(Expression::Constant(0.0)),
        };
        assert_eq!(divided.value(&answers, &hidden), None, "divided by zero");
    }
}
