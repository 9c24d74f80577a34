//! Looking for answers under which a condition holds, within a fixed amount of work.
//!
//! Answers are given one variable after the other. Before each step it is asked what the condition can still become
//! with the variables that are open: where that is never true, none of the combinations below is tried; where it is
//! true whatever comes, the search is over. Work is counted in parts of conditions that are looked at, not in
//! combinations, so that neither a long condition nor many guards make it slow.

use std::collections::BTreeSet;

use crate::{Answer, Answers, Condition, Expression, Test, Truth, VariableKey};

/// A variable with one answer of each kind that the condition can tell apart.
pub(crate) type Axis<'a> = (&'a VariableKey, Vec<Option<Answer>>);

/// What a search found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Answers that make the condition true.
    Some,
    /// There are none among these kinds.
    None,
    /// The work was used up before.
    Unknown,
}

/// Truth values that are possible, as bits.
const TRUE: u8 = 1;
const FALSE: u8 = 2;
const UNKNOWN: u8 = 4;

/// Axes on which the search goes down at most; each is a step of recursion.
const DEPTH: usize = 500;

/// Searches all combinations of the axes. `work` is what is left of it.
pub(crate) fn search(condition: &Condition, axes: &[Axis], work: &mut usize) -> Found {
    if axes.len() > DEPTH {
        return Found::Unknown;
    }
    let mut search = Search {
        condition,
        axes,
        size: size(condition),
        answers: Answers::new(),
        open: axes.iter().map(|(variable, _)| *variable).collect(),
        work,
    };
    search.below(0)
}

/// What one look at a condition costs.
pub(crate) fn size(condition: &Condition) -> usize {
    let guards = condition.guards.iter().flat_map(|guard| &guard.tests);
    [&condition.test].into_iter().chain(guards).map(parts).sum()
}

fn parts(test: &Test) -> usize {
    1 + match test {
        Test::Not(inner) => parts(inner),
        Test::All(tests) | Test::Any(tests) => tests.iter().map(parts).sum(),
        Test::Compare { left, right, .. } => left.size() + right.size(),
        _ => 0,
    }
}

struct Search<'a, 'w> {
    condition: &'a Condition,
    axes: &'a [Axis<'a>],
    size: usize,
    answers: Answers,
    open: BTreeSet<&'a VariableKey>,
    work: &'w mut usize,
}

impl<'a> Search<'a, '_> {
    fn below(&mut self, depth: usize) -> Found {
        if *self.work < self.size {
            *self.work = 0;
            return Found::Unknown;
        }
        *self.work -= self.size;
        match self.condition_may() {
            TRUE => return Found::Some,
            may if may & TRUE == 0 => return Found::None,
            _ => {}
        }
        let Some((variable, kinds)) = self.axes.get(depth) else {
            // All is answered: nothing is left open, and what may be true is.
            return Found::Some;
        };
        self.open.remove(variable);
        let mut found = Found::None;
        for kind in kinds {
            match kind {
                Some(answer) => self.answers.insert((*variable).clone(), answer.clone()),
                None => self.answers.remove(*variable),
            };
            found = self.below(depth + 1);
            if found != Found::None {
                break;
            }
        }
        self.answers.remove(*variable);
        self.open.insert(variable);
        found
    }

    /// What the condition can be, whatever the open variables are.
    fn condition_may(&self) -> u8 {
        let mut off = Off::default();
        for guard in &self.condition.guards {
            let shown = guard.tests.iter().map(|test| self.may(test, &off));
            let shown = shown.fold(TRUE, both);
            if shown == TRUE {
                continue;
            }
            if shown & TRUE == 0 {
                off.surely.insert(guard.question.as_str());
            } else {
                off.perhaps.insert(guard.question.as_str());
            }
        }
        self.may(&self.condition.test, &off)
    }

    fn may(&self, test: &Test, off: &Off) -> u8 {
        match test {
            Test::Constant(true) => TRUE,
            Test::Constant(false) => FALSE,
            Test::Not(inner) => not(self.may(inner, off)),
            Test::All(tests) => tests.iter().map(|t| self.may(t, off)).fold(TRUE, both),
            Test::Any(tests) => {
                let tests = tests.iter().map(|t| not(self.may(t, off)));
                not(tests.fold(TRUE, both))
            }
            Test::Answered(variable) if !self.settled(variable, off) => TRUE | FALSE,
            Test::OneOf { variable, .. }
            | Test::Contains { variable, .. }
            | Test::Number { variable, .. }
            | Test::Text { variable, .. }
            | Test::Matches { variable, .. }
                if !self.settled(variable, off) =>
            {
                TRUE | FALSE | UNKNOWN
            }
            Test::Compare { left, right, .. }
                if !self.settled_in(left, off) || !self.settled_in(right, off) =>
            {
                TRUE | FALSE | UNKNOWN
            }
            test => match test.truth(&self.answers, &off.surely) {
                Truth::True => TRUE,
                Truth::False => FALSE,
                Truth::Unknown => UNKNOWN,
            },
        }
    }

    /// Whether it is known what counts as this variable's answer.
    fn settled(&self, variable: &VariableKey, off: &Off) -> bool {
        let (question, row) = (variable.question(), variable.row());
        if off.surely.contains(question) || off.surely.contains(row) {
            return true;
        }
        let perhaps = off.perhaps.contains(question) || off.perhaps.contains(row);
        let answered = self.answers.contains_key(variable);
        !(self.open.contains(variable) || perhaps && answered)
    }

    fn settled_in(&self, expression: &Expression, off: &Off) -> bool {
        let mut variables = BTreeSet::new();
        expression.collect(&mut variables);
        variables.into_iter().all(|v| self.settled(v, off))
    }
}

/// Questions and items that are not on the route.
#[derive(Default)]
struct Off<'a> {
    surely: BTreeSet<&'a str>,
    /// Those of which it rests on what is open.
    perhaps: BTreeSet<&'a str>,
}

/// What two tests joined by "and" can be.
fn both(a: u8, b: u8) -> u8 {
    let no = (a | b) & FALSE;
    let unknown = if a & (TRUE | UNKNOWN) != 0 && b & (TRUE | UNKNOWN) != 0 {
        (a | b) & UNKNOWN
    } else {
        0
    };
    let (a_only, b_only) = (a == FALSE, b == FALSE);
    if a_only || b_only {
        return FALSE;
    }
    (a & b & TRUE) | no | unknown
}

fn not(a: u8) -> u8 {
    (a & UNKNOWN) | if a & TRUE != 0 { FALSE } else { 0 } | if a & FALSE != 0 { TRUE } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_can_be_is_what_their_values_can_be() {
        let and = |a: u8, b: u8| match (a, b) {
            (FALSE, _) | (_, FALSE) => FALSE,
            (TRUE, TRUE) => TRUE,
            _ => UNKNOWN,
        };
        let values = |mask: u8| {
            [TRUE, FALSE, UNKNOWN]
                .into_iter()
                .filter(move |v| mask & v != 0)
        };
        for a in 1..8 {
            for b in 1..8 {
                let all = values(a).flat_map(|x| values(b).map(move |y| and(x, y)));
                assert_eq!(both(a, b), all.fold(0, |m, v| m | v), "{a} and {b}");
            }
        }
        assert_eq!(not(TRUE | UNKNOWN), FALSE | UNKNOWN);
    }
}
