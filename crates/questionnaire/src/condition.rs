//! Conditions: when a page or a question is shown.
//!
//! A condition is true, false or unknown: it is unknown where it rests on a question that is not answered,
//! was answered with "weiß nicht" or "keine Angabe", or is not on the route. Only what is true is shown.

use std::collections::BTreeSet;

use crate::{Answer, Answers, Expression, Pattern, VariableKey};

/// Kleene's three truth values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Truth {
    True,
    False,
    Unknown,
}

/// A condition, lowered from CEL and checked against the questionnaire.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// As it is written in the file.
    pub source: String,
    /// What it says.
    pub test: Test,
    /// The questions on which it rests, directly or through their own conditions, in the order of
    /// the questionnaire, each with the tests that must be true for it to be on the route.
    pub(crate) guards: Vec<Guard>,
}

/// A question, or an item `question.item`, on which a condition rests.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Guard {
    pub question: String,
    pub tests: Vec<Test>,
}

/// What a condition says, in our own terms.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// `true` or `false` as written.
    Constant(bool),
    /// `!a`
    Not(Box<Test>),
    /// `a && b`
    All(Vec<Test>),
    /// `a || b`
    Any(Vec<Test>),
    /// The choice of the variable is one of these options or points.
    OneOf {
        /// A single choice or an item of a battery.
        variable: VariableKey,
        /// Keys of the options.
        options: BTreeSet<String>,
    },
    /// A multiple choice contains this option.
    Contains {
        /// A multiple choice.
        variable: VariableKey,
        /// Key of the option.
        option: String,
    },
    /// A number compares so with a bound.
    Number {
        /// A number question.
        variable: VariableKey,
        /// How.
        comparison: Comparison,
        /// With what.
        bound: f64,
    },
    /// A valid answer stands; "weiß nicht" and "keine Angabe" are none. Never unknown.
    Answered(VariableKey),
    /// Two numbers compare so; unknown when one of them is.
    Compare {
        /// What stands on the left.
        left: Expression,
        /// How.
        comparison: Comparison,
        /// What stands on the right.
        right: Expression,
    },
    /// A text, a day (as 2020-01-31) or the key of a municipality compares so with a text.
    Text {
        /// A text, a date or a municipality.
        variable: VariableKey,
        /// How; texts are ordered by their characters.
        comparison: Comparison,
        /// With what.
        text: String,
    },
    /// A text fits a regular expression as a whole.
    Matches {
        /// A text.
        variable: VariableKey,
        /// The expression.
        pattern: Pattern,
    },
}

/// What the answers of a page or a question must fit to.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Must not be false. What is unknown passes.
    pub test: Condition,
    /// What is said otherwise.
    pub message: crate::Text,
    /// Whether one may go on nevertheless.
    pub soft: bool,
}

/// How a number is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Comparison {
    Less,
    AtMost,
    Equal,
    AtLeast,
    Greater,
}

impl Condition {
    /// Whether what it governs is shown: the condition is true under the answers on the route.
    pub fn holds(&self, answers: &Answers) -> bool {
        self.truth(answers) == Truth::True
    }

    /// The truth value under these answers; answers that are not on the route count as not given.
    pub fn truth(&self, answers: &Answers) -> Truth {
        let mut hidden = BTreeSet::new();
        for guard in &self.guards {
            let shown = |test: &Test| test.truth(answers, &hidden) == Truth::True;
            if !guard.tests.iter().all(shown) {
                hidden.insert(guard.question.as_str());
            }
        }
        self.test.truth(answers, &hidden)
    }

    /// The variables that it names, each once.
    pub fn variables(&self) -> BTreeSet<&VariableKey> {
        let mut found = BTreeSet::new();
        self.test.collect(&mut found);
        found
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Truth::True } else { Truth::False }
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;
    fn not(self) -> Truth {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
        }
    }
}

impl Test {
    /// The truth value, where answers to `hidden` questions count as not given.
    pub(crate) fn truth(&self, answers: &Answers, hidden: &BTreeSet<&str>) -> Truth {
        let answer = |variable: &VariableKey| given(variable, answers, hidden);
        match self {
            Test::Constant(value) => (*value).into(),
            Test::Not(inner) => !inner.truth(answers, hidden),
            Test::All(parts) => all(parts.iter().map(|part| part.truth(answers, hidden))),
            Test::Any(parts) => !all(parts.iter().map(|part| !part.truth(answers, hidden))),
            Test::OneOf { variable, options } => match answer(variable) {
                Some(Answer::Choice(chosen)) => options.contains(chosen).into(),
                _ => Truth::Unknown,
            },
            Test::Contains { variable, option } => match answer(variable) {
                Some(Answer::Choices(chosen)) => chosen.contains(option).into(),
                Some(Answer::Ranking(ranked)) => ranked.contains(option).into(),
                _ => Truth::Unknown,
            },
            Test::Number {
                variable,
                comparison,
                bound,
            } => match answer(variable) {
                Some(Answer::Number(number)) => comparison.holds(*number, *bound).into(),
                _ => Truth::Unknown,
            },
            Test::Answered(variable) => {
                let given = answer(variable)
                    .is_some_and(|a| !matches!(a, Answer::DontKnow | Answer::Refused));
                given.into()
            }
            Test::Compare {
                left,
                comparison,
                right,
            } => match (left.value(answers, hidden), right.value(answers, hidden)) {
                (Some(left), Some(right)) => comparison.holds(left, right).into(),
                _ => Truth::Unknown,
            },
            Test::Text {
                variable,
                comparison,
                text,
            } => match answer(variable).and_then(written) {
                Some(written) => comparison.orders(written.as_str().cmp(text)).into(),
                None => Truth::Unknown,
            },
            Test::Matches { variable, pattern } => match answer(variable).and_then(written) {
                Some(written) => pattern.fits(&written).into(),
                None => Truth::Unknown,
            },
        }
    }

    pub(crate) fn collect<'a>(&'a self, found: &mut BTreeSet<&'a VariableKey>) {
        match self {
            Test::Constant(_) => {}
            Test::Not(inner) => inner.collect(found),
            Test::All(parts) | Test::Any(parts) => {
                parts.iter().for_each(|part| part.collect(found));
            }
            Test::OneOf { variable, .. }
            | Test::Contains { variable, .. }
            | Test::Number { variable, .. }
            | Test::Text { variable, .. }
            | Test::Matches { variable, .. }
            | Test::Answered(variable) => {
                found.insert(variable);
            }
            Test::Compare { left, right, .. } => {
                left.collect(found);
                right.collect(found);
            }
        }
    }
}

/// The answer of a variable, where it is on the route.
pub(crate) fn given<'a>(
    variable: &VariableKey,
    answers: &'a Answers,
    hidden: &BTreeSet<&str>,
) -> Option<&'a Answer> {
    let off = hidden.contains(variable.question()) || hidden.contains(variable.row());
    answers.get(variable).filter(|_| !off)
}

/// An answer as a text to compare.
fn written(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Text(text) => Some(text.clone()),
        Answer::Date(day) => Some(day.to_string()),
        Answer::Municipality(place) => Some(place.key.clone()),
        _ => None,
    }
}

impl Comparison {
    /// Whether an ordering is of this kind.
    pub fn orders(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Comparison::Less => ordering.is_lt(),
            Comparison::AtMost => ordering.is_le(),
            Comparison::Equal => ordering.is_eq(),
            Comparison::AtLeast => ordering.is_ge(),
            Comparison::Greater => ordering.is_gt(),
        }
    }

    /// Whether `number` compares so with `bound`.
    pub fn holds(self, number: f64, bound: f64) -> bool {
        match self {
            Comparison::Less => number < bound,
            Comparison::AtMost => number <= bound,
            Comparison::Equal => number == bound,
            Comparison::AtLeast => number >= bound,
            Comparison::Greater => number > bound,
        }
    }
}

fn all(parts: impl Iterator<Item = Truth>) -> Truth {
    let mut result = Truth::True;
    for part in parts {
        match part {
            Truth::False => return Truth::False,
            Truth::Unknown => result = Truth::Unknown,
            Truth::True => {}
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kleenes_tables() {
        use Truth::{False, True, Unknown};
        let cases = [
            (True, True, True),
            (True, Unknown, Unknown),
            (Unknown, False, False),
            (Unknown, Unknown, Unknown),
            (False, True, False),
        ];
        for (a, b, both) in cases {
            assert_eq!(all([a, b].into_iter()), both, "{a:?} && {b:?}");
        }
        assert_eq!(!Unknown, Unknown);
    }

    #[test]
    fn what_is_not_answered_is_neither_true_nor_false() {
        let is = Test::OneOf {
            variable: VariableKey::new("konzept"),
            options: ["ja".to_owned()].into(),
        };
        let not = Test::Not(Box::new(is.clone()));
        let none = Answers::new();
        let hidden = BTreeSet::new();
        assert_eq!(is.truth(&none, &hidden), Truth::Unknown);
        assert_eq!(not.truth(&none, &hidden), Truth::Unknown);
        let yes: Answers = [(VariableKey::new("konzept"), Answer::Choice("ja".into()))].into();
        assert_eq!(is.truth(&yes, &hidden), Truth::True);
        let off_route = ["konzept"].into();
        assert_eq!(is.truth(&yes, &off_route), Truth::Unknown);
    }
}
