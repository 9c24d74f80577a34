//! Numbers: how closely a single contribution can be told from the means that leave together (p % rule, linked tables).
//!
//! The attacker knows who gave a number, the weights, and the numbers of two others. What it does not know of the others in
//! one place of the cross table is one sum, so a programme has one variable a place and one for the number in question.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome};

use super::search::Effort;
use crate::disclosure::{P_PERCENT, TENS_FROM};

/// The means of one question in one population.
pub(crate) struct Magnitudes<'a> {
    /// The number of each respondent who gave one.
    pub values: &'a [f64],
    pub weights: &'a [f64],
    /// Members of each printed mean, and the mean in tenths.
    pub rows: &'a [(Vec<bool>, i64)],
}

/// A number that can be told too closely.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TooClose {
    /// Place among the respondents.
    pub respondent: usize,
    /// Places of those whose number the attacker knows.
    pub knows: Vec<usize>,
    /// What the number must lie between.
    pub between: (f64, f64),
}

/// The first number that can be told to within p %; numbers below zero are not audited (no question asks for them).
pub(crate) fn too_close(of: &Magnitudes<'_>, effort: &mut Effort) -> Option<TooClose> {
    let places = places(of);
    for respondent in 0..of.values.len() {
        effort.secrets += 1;
        let value = of.values[respondent];
        let needed = P_PERCENT * value * of.weights[respondent];
        if value == 0.0 || hidden_in_its_place(of, &places, respondent, needed) {
            continue;
        }
        for knows in worst_pairs(of, &places, respondent) {
            effort.programmes += 2;
            let between = bounds(of, &places, respondent, &knows);
            if between.1 < value * (1.0 + P_PERCENT) || between.0 > value * (1.0 - P_PERCENT) {
                return Some(TooClose {
                    respondent,
                    knows,
                    between,
                });
            }
        }
    }
    None
}

/// What a printed mean lies between.
pub(crate) fn rounding(tenths: i64) -> (f64, f64) {
    let mean = tenths as f64 / 10.0;
    if mean.abs() > TENS_FROM {
        (mean - 5.0, mean + 5.0)
    } else if mean.abs() == TENS_FROM {
        (mean - 0.05, mean + 5.0)
    } else {
        (mean - 0.05, mean + 0.05)
    }
}

/// Respondents by place of the cross table: those in the same printed rows.
fn places(of: &Magnitudes<'_>) -> Vec<Vec<usize>> {
    let mut places: Vec<(Vec<bool>, Vec<usize>)> = Vec::new();
    for respondent in 0..of.values.len() {
        let signature: Vec<bool> = of
            .rows
            .iter()
            .map(|(members, _)| members[respondent])
            .collect();
        match places.iter_mut().find(|(known, _)| *known == signature) {
            Some((_, members)) => members.push(respondent),
            None => places.push((signature, vec![respondent])),
        }
    }
    places.into_iter().map(|(_, members)| members).collect()
}

/// Sufficient condition: p % more of this number can be taken from the others of its place, and p % less be given to
/// them, whichever two of them are known. Every published sum stays what it is, so both worlds are possible ones.
fn hidden_in_its_place(
    of: &Magnitudes<'_>,
    places: &[Vec<usize>],
    respondent: usize,
    needed: f64,
) -> bool {
    let place = places.iter().find(|members| members.contains(&respondent));
    let others = place
        .into_iter()
        .flatten()
        .filter(|other| **other != respondent);
    let mut parts: Vec<f64> = others
        .map(|other| of.values[*other] * of.weights[*other])
        .collect();
    parts.sort_by(|a, b| b.total_cmp(a));
    parts.len() > 2 && parts[2..].iter().sum::<f64>() >= needed
}

/// Within one place, who knows a larger contribution knows more: the worst pair is among the two largest of each place.
fn worst_pairs(of: &Magnitudes<'_>, places: &[Vec<usize>], respondent: usize) -> Vec<Vec<usize>> {
    let part = |r: &usize| of.values[*r] * of.weights[*r];
    let mut candidates = Vec::new();
    for members in places {
        let mut others: Vec<usize> = members
            .iter()
            .copied()
            .filter(|o| *o != respondent)
            .collect();
        others.sort_by(|a, b| part(b).total_cmp(&part(a)));
        candidates.extend(others.into_iter().take(2));
    }
    let mut pairs = vec![Vec::new()];
    for (at, &first) in candidates.iter().enumerate() {
        pairs.push(vec![first]);
        pairs.extend(
            candidates[at + 1..]
                .iter()
                .map(|&second| vec![first, second]),
        );
    }
    pairs
}

/// The least and the largest number that all printed means allow.
fn bounds(
    of: &Magnitudes<'_>,
    places: &[Vec<usize>],
    respondent: usize,
    knows: &[usize],
) -> (f64, f64) {
    let weight = of.weights[respondent];
    let extreme = |direction: OptimizationDirection| {
        let mut problem = Problem::new(direction);
        let own = problem.add_var(1.0, (0.0, f64::INFINITY));
        let rest: Vec<_> = places
            .iter()
            .map(|members| {
                let unknown = |m: &&usize| **m != respondent && !knows.contains(m);
                let most = if members.iter().any(|m| unknown(&m)) {
                    f64::INFINITY
                } else {
                    0.0
                };
                (members[0], problem.add_var(0.0, (0.0, most)))
            })
            .collect();
        for (members, tenths) in of.rows {
            let inside = (0..members.len()).filter(|r| members[*r]);
            let total: f64 = inside.map(|r| of.weights[r]).sum();
            let known = knows.iter().filter(|k| members[**k]);
            let known: f64 = known.map(|k| of.values[*k] * of.weights[*k]).sum();
            // In units of the row's weight: means, of a size that the solver likes.
            let mut terms: Vec<_> = rest
                .iter()
                .filter(|(first, _)| members[*first])
                .map(|(_, variable)| (*variable, 1.0 / total * weight))
                .collect();
            if members[respondent] {
                terms.push((own, weight / total));
            }
            let (low, high) = rounding(*tenths);
            problem.add_constraint(&terms, ComparisonOp::Ge, low - known / total);
            problem.add_constraint(&terms, ComparisonOp::Le, high - known / total);
        }
        match problem.solve() {
            Ok(SolveOutcome::Solution(solution)) => Some(solution.objective()),
            Err(microlp::Error::Unbounded) => Some(f64::INFINITY),
            _ => None,
        }
    };
    // What cannot be solved counts as told: the number itself, from both sides.
    let value = of.values[respondent];
    let low = extreme(OptimizationDirection::Minimize).unwrap_or(value);
    (
        low,
        extreme(OptimizationDirection::Maximize).unwrap_or(value),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(values: &[f64], weights: &[f64], members: &[bool]) -> i64 {
        let inside = || (0..values.len()).filter(|r| members[*r]);
        let sum: f64 = inside().map(|r| values[r] * weights[r]).sum();
        (sum / inside().map(|r| weights[r]).sum::<f64>() * 10.0).round() as i64
    }

    fn check(values: &[f64], groups: &[std::ops::Range<usize>]) -> Option<TooClose> {
        let weights = vec![1.0; values.len()];
        let row = |group: &std::ops::Range<usize>| {
            let members: Vec<bool> = (0..values.len()).map(|r| group.contains(&r)).collect();
            let mean = mean(values, &weights, &members);
            (members, mean)
        };
        let rows: Vec<(Vec<bool>, i64)> = groups.iter().map(row).collect();
        let of = Magnitudes {
            values,
            weights: &weights,
            rows: &rows,
        };
        too_close(&of, &mut Effort::default())
    }

    #[test]
    fn a_contribution_that_two_others_can_work_out_is_found() {
        // Three large ones among small ones: two of the large ones know the third.
        let mut values = vec![0.2; 12];
        values[..3].copy_from_slice(&[90.0, 80.0, 70.0]);
        let told = check(&values, std::slice::from_ref(&(0..12))).unwrap();
        assert_eq!((told.respondent, told.knows.len()), (0, 2));
        assert!(told.between.0 <= 90.0 && told.between.1 < 99.0, "{told:?}");
        let even: Vec<f64> = (0..12).map(|r| 50.0 + f64::from(r)).collect();
        assert_eq!(check(&even, std::slice::from_ref(&(0..12))), None);
    }

    #[test]
    fn linked_rows_give_away_what_no_row_does_alone() {
        // All, and all but the last three: the last three are the difference.
        let mut values: Vec<f64> = (0..24).map(|r| 50.0 + f64::from(r)).collect();
        values[21..].copy_from_slice(&[80.0, 2.0, 1.0]);
        assert_eq!(check(&values, std::slice::from_ref(&(0..24))), None);
        assert_eq!(check(&values, std::slice::from_ref(&(0..21))), None);
        let told = check(&values, &[0..24, 0..21]).unwrap();
        assert!(told.respondent >= 21);
    }
}
