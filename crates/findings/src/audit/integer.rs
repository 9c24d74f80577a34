//! The attacker's integer programme: is there any world at all in which one question is answered otherwise?
//!
//! Its unknowns are whole numbers: how many respondents of each kind go from which answer of the question to which other
//! one. Every published number is an inequality on them, as its rounding leaves it. A programme without solution
//! proves that the secret is told as far as this question goes; a solution is a world; a limit that is reached is neither.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, SolveOptions, SolveOutcome};

use super::exchange::{Exchange, Part, To};
use super::programme::{Constraint, Programme};
use super::search::Secret;

/// What the programme says.
pub(crate) enum Solved {
    World(Exchange),
    /// There is none.
    None,
    /// The limit was reached.
    Unknown,
}

/// Respondents of a kind who gave the same answer and could give the same others.
struct Group {
    members: Vec<usize>,
    from: i16,
    to: Vec<i16>,
}

/// Looks for a world without the respondents for whom `fixed` holds, in which respondents go from one of `answers` to
/// another one; `nodes` bounds the work. Of each group `free` respondents stay where they are.
pub(crate) fn integer(
    programme: &Programme,
    secret: &Secret,
    fixed: &dyn Fn(usize) -> bool,
    (free, answers): (usize, &[i16]),
    nodes: u64,
) -> Solved {
    let place = secret.place;
    let truth = programme.truth[secret.subject];
    let reached = |answer: &i16| {
        let state = programme.with(truth, place, *answer);
        state.is_some_and(|state| secret.others.contains(&state))
    };
    let own: Vec<i16> = answers.iter().copied().filter(reached).collect();
    let groups = groups(programme, secret, fixed, answers);
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    // One column a move: the place of its group (none: the owner), the answer it goes to, the variable.
    let mut moves = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let most = i32::try_from(group.members.len().saturating_sub(free)).unwrap_or(i32::MAX);
        if most == 0 {
            continue;
        }
        let first = moves.len();
        for to in &group.to {
            moves.push((Some(at), *to, problem.add_integer_var(0.0, (0, most))));
        }
        let sum: Vec<_> = moves[first..].iter().map(|m| (m.2, 1.0)).collect();
        problem.add_constraint(&sum, ComparisonOp::Le, f64::from(most));
    }
    let first = moves.len();
    for to in own {
        moves.push((None, to, problem.add_binary_var(0.0)));
    }
    if first == moves.len() {
        return Solved::None;
    }
    let sum: Vec<_> = moves[first..].iter().map(|m| (m.2, 1.0)).collect();
    problem.add_constraint(&sum, ComparisonOp::Eq, 1.0);
    let about = |c: &(usize, &Constraint)| c.1.place == place;
    for (c, constraint) in programme.constraints.iter().enumerate().filter(about) {
        let mut terms = Vec::new();
        for (group, to, variable) in &moves {
            let (subject, from) = match group {
                Some(at) => (groups[*at].members[0], groups[*at].from),
                None => (secret.subject, programme.record(truth)[place]),
            };
            let step = programme.gain_of(place, *to, c) - programme.gain_of(place, from, c);
            let coefficient = constraint.weight[subject] * step;
            if coefficient.abs() > 1e-9 {
                terms.push((*variable, coefficient));
            }
        }
        if terms.is_empty() {
            continue;
        }
        let value = programme.values()[c];
        if constraint.low.is_finite() {
            problem.add_constraint(&terms, ComparisonOp::Ge, constraint.low - value);
        }
        if constraint.high.is_finite() {
            problem.add_constraint(&terms, ComparisonOp::Le, constraint.high - value);
        }
    }
    let mut options = SolveOptions::default();
    options.node_limit = Some(nodes);
    let solution = match problem.solve_with(options) {
        Err(Error::Infeasible) => return Solved::None,
        Ok(SolveOutcome::Solution(solution)) => solution,
        _ => return Solved::Unknown,
    };
    let (mut parts, mut own) = (Vec::new(), None);
    for (group, to, variable) in &moves {
        let needed = solution.var_value(*variable).round() as usize;
        if needed == 0 {
            continue;
        }
        let members = match group {
            Some(at) => groups[*at].members.clone(),
            None => {
                own = programme
                    .with(truth, place, *to)
                    .map(|state| (secret.subject, state));
                vec![secret.subject]
            }
        };
        parts.push(Part {
            members,
            needed,
            to: To::Answer(place, *to),
        });
    }
    let found = Exchange { parts };
    // Solved within a tolerance: what counts are the sums of the world itself.
    match programme.meets(&found.world(programme, own)) {
        true => Solved::World(found),
        false => Solved::Unknown,
    }
}

fn groups(
    programme: &Programme,
    secret: &Secret,
    fixed: &dyn Fn(usize) -> bool,
    answers: &[i16],
) -> Vec<Group> {
    let place = secret.place;
    let mut groups: BTreeMap<(usize, i16, Vec<i16>), Vec<usize>> = BTreeMap::new();
    for (subject, state) in programme.truth.iter().enumerate() {
        let from = programme.record(*state)[place];
        if subject == secret.subject || fixed(subject) || !answers.contains(&from) {
            continue;
        }
        let others = answers.iter().copied().filter(|to| *to != from);
        let to: Vec<i16> = others
            .filter(|to| programme.with(*state, place, *to).is_some())
            .collect();
        if !to.is_empty() {
            let key = (programme.kind_of[subject], from, to);
            groups.entry(key).or_default().push(subject);
        }
    }
    let groups = groups.into_iter();
    groups
        .map(|((_, from, to), members)| Group { members, from, to })
        .collect()
}
