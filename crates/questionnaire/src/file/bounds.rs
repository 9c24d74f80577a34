//! Intervals of computed numbers: what a comparison can never be, whatever is answered.

use super::lower::Asked;
use crate::{Aggregate, Comparison, Expression, Operator, Test, Value, VariableKey};

/// From, to.
type Interval = (f64, f64);

const ALL: Interval = (f64::NEG_INFINITY, f64::INFINITY);

/// Whether a test may be true; `false` only where no answers make it so.
pub(crate) fn can(asked: &Asked, test: &Test) -> bool {
    match test {
        Test::Constant(value) => *value,
        Test::All(parts) => parts.iter().all(|part| can(asked, part)),
        Test::Any(parts) => parts.iter().any(|part| can(asked, part)),
        Test::Compare {
            left,
            comparison,
            right,
        } => {
            let (a, b) = (interval(asked, left), interval(asked, right));
            match comparison {
                Comparison::Less => a.0 < b.1,
                Comparison::AtMost => a.0 <= b.1,
                Comparison::Equal => a.0 <= b.1 && b.0 <= a.1,
                Comparison::AtLeast => a.1 >= b.0,
                Comparison::Greater => a.1 > b.0,
            }
        }
        _ => true,
    }
}

fn interval(asked: &Asked, expression: &Expression) -> Interval {
    let found = match expression {
        Expression::Constant(number) => (*number, *number),
        Expression::Answer(variable) => answer(asked, variable),
        Expression::Code { codes, .. } => codes.iter().fold(
            (f64::INFINITY, f64::NEG_INFINITY),
            |(low, high), (_, code)| (low.min(*code), high.max(*code)),
        ),
        Expression::Rank { .. } | Expression::Length(_) => (1.0, f64::INFINITY),
        Expression::Count { variables, options } => {
            let each = |variable: &VariableKey| match options {
                Some(_) => 1.0,
                None => most(asked, variable),
            };
            (0.0, variables.iter().map(each).sum())
        }
        Expression::Both {
            operator,
            left,
            right,
        } => both(*operator, interval(asked, left), interval(asked, right)),
        Expression::Of { aggregate, parts } => of(*aggregate, asked, parts),
        Expression::If { yes, no, .. } => {
            let (a, b) = (interval(asked, yes), interval(asked, no));
            (a.0.min(b.0), a.1.max(b.1))
        }
    };
    if found.0.is_nan() || found.1.is_nan() {
        ALL
    } else {
        found
    }
}

fn answer(asked: &Asked, variable: &VariableKey) -> Interval {
    let known = asked.known(variable.question());
    let part = known.and_then(|known| known.question.part(variable));
    match part.map(|part| part.value) {
        Some(Value::Number { min, max, .. }) => (
            min.unwrap_or(f64::NEG_INFINITY),
            max.unwrap_or(f64::INFINITY),
        ),
        _ => ALL,
    }
}

fn most(asked: &Asked, variable: &VariableKey) -> f64 {
    let known = asked.known(variable.question());
    let part = known.and_then(|known| known.question.part(variable));
    match part.map(|part| part.value) {
        Some(Value::Choices { options, .. } | Value::Ranking { options, .. }) => {
            options.len() as f64
        }
        _ => 1.0,
    }
}

fn both(operator: Operator, a: Interval, b: Interval) -> Interval {
    match operator {
        Operator::Add => (a.0 + b.0, a.1 + b.1),
        Operator::Subtract => (a.0 - b.1, a.1 - b.0),
        Operator::Multiply => {
            let all = [a.0 * b.0, a.0 * b.1, a.1 * b.0, a.1 * b.1];
            if all.iter().any(|n| n.is_nan()) {
                return ALL;
            }
            let low = all.iter().copied().fold(f64::INFINITY, f64::min);
            (low, all.iter().copied().fold(f64::NEG_INFINITY, f64::max))
        }
        Operator::Divide => ALL,
    }
}

fn of(aggregate: Aggregate, asked: &Asked, parts: &[Expression]) -> Interval {
    let all: Vec<Interval> = parts.iter().map(|part| interval(asked, part)).collect();
    let low = all.iter().map(|i| i.0).fold(f64::INFINITY, f64::min);
    let high = all.iter().map(|i| i.1).fold(f64::NEG_INFINITY, f64::max);
    match aggregate {
        // Parts may be left open, but not all of them.
        Aggregate::Sum => {
            let below: f64 = all.iter().map(|i| i.0.min(0.0)).sum();
            let above: f64 = all.iter().map(|i| i.1.max(0.0)).sum();
            (
                below.max(if low > 0.0 { low } else { below }),
                above.min(if high < 0.0 { high } else { above }),
            )
        }
        Aggregate::Mean | Aggregate::Min | Aggregate::Max => (low, high),
        Aggregate::Floor | Aggregate::Ceil | Aggregate::Round => (low.floor(), high.ceil()),
    }
}
