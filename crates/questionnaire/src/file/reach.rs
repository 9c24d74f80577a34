//! Whether a condition can ever hold, decided by trying.
//!
//! Every variable that a condition rests on has finitely many kinds of answer that the condition can tell
//! apart: options in the same sets, numbers between the same bounds, the subsets of the options that are
//! named. One answer of each kind, and no answer, in all combinations, decide it exactly. Where there are
//! more combinations than the budget allows, that is said as a note.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::Reader;
use super::lower::Asked;
use super::yaml::Node;
use crate::{Answer, Answers, Condition, Nomination, Question, QuestionKind, Test, VariableKey};

/// Combinations tried for one condition.
const COMBINATIONS: usize = 100_000;
/// Combinations tried for a whole file.
pub(crate) const BUDGET: usize = 1_000_000;
/// Options of one multiple choice whose subsets are tried.
const SUBSETS: usize = 10;

/// Says when the condition never holds. Returns whether it can hold, or may.
pub(crate) fn check(
    reader: &mut Reader,
    asked: &Asked,
    condition: &Condition,
    node: &Node,
    budget: &mut usize,
    what: &str,
) -> bool {
    match decide(asked, condition, budget) {
        Some(true) => true,
        None => {
            reader.note(
                node.place,
                "it was not decided whether this condition ever holds",
                "it rests on too many answers to try them all; test it by hand",
            );
            true
        }
        Some(false) => {
            let dead = condition
                .variables()
                .into_iter()
                .find(|v| asked.known(v.question()).is_some_and(|known| !known.lives));
            let help = match dead {
                Some(variable) => format!(
                    "it rests on `{}`, which is itself never asked",
                    variable.question()
                ),
                None => "no combination of answers makes it true; look for parts that exclude each other, also with the condition of the page and of the questions it names".to_owned(),
            };
            reader.fault(
                node.place,
                format!("this condition never holds: the {what} can never be reached"),
                help,
            );
            false
        }
    }
}

/// Whether some answers make the condition true; `None` when there are too many to try.
fn decide(asked: &Asked, condition: &Condition, budget: &mut usize) -> Option<bool> {
    let guards = condition.guards.iter().flat_map(|guard| &guard.tests);
    let tests: Vec<&Test> = [&condition.test].into_iter().chain(guards).collect();
    let mut variables = BTreeSet::new();
    tests.iter().for_each(|test| test.collect(&mut variables));
    let mut axes: Vec<(&VariableKey, Vec<Option<Answer>>)> = Vec::new();
    let mut combinations = 1usize;
    for variable in variables {
        let question = &asked.known(variable.question())?.question;
        let kinds = kinds(question, variable, &tests)?;
        combinations = combinations.checked_mul(kinds.len())?;
        axes.push((variable, kinds));
    }
    if combinations > COMBINATIONS.min(*budget) {
        return None;
    }
    let mut answers = Answers::new();
    for number in 0..combinations {
        *budget = budget.saturating_sub(1);
        let mut rest = number;
        for (variable, kinds) in &axes {
            let kind = &kinds[rest % kinds.len()];
            rest /= kinds.len();
            match kind {
                Some(answer) => answers.insert((*variable).clone(), answer.clone()),
                None => answers.remove(*variable),
            };
        }
        if condition.holds(&answers) {
            return Some(true);
        }
    }
    Some(false)
}

/// One answer of each kind that the tests can tell apart, and no answer.
fn kinds(
    question: &Question,
    variable: &VariableKey,
    tests: &[&Test],
) -> Option<Vec<Option<Answer>>> {
    let mut atoms = Vec::new();
    tests.iter().for_each(|test| atoms_of(test, &mut atoms));
    let mut kinds = vec![None];
    match &question.kind {
        QuestionKind::Single { .. } | QuestionKind::Battery { .. } => {
            let mut seen = BTreeMap::new();
            for (code, _) in question.codes() {
                let member = |atom: &&Test| match atom {
                    Test::OneOf {
                        variable: named,
                        options,
                    } => named == variable && options.contains(code),
                    _ => false,
                };
                let signature: Vec<bool> = atoms.iter().map(member).collect();
                seen.entry(signature).or_insert(code);
            }
            let choice = |code: &str| Some(Answer::Choice(code.to_owned()));
            kinds.extend(seen.into_values().map(choice));
        }
        QuestionKind::Multiple { options, min, max } => {
            let named: BTreeSet<&str> = atoms
                .iter()
                .filter_map(|atom| match atom {
                    Test::Contains {
                        variable: named,
                        option,
                    } if named == variable => Some(option.as_str()),
                    _ => None,
                })
                .collect();
            if named.len() > SUBSETS {
                return None;
            }
            let named: Vec<&str> = named.into_iter().collect();
            let exclusive = |key: &str| options.iter().any(|o| o.key == key && o.exclusive);
            let others: Vec<&str> = options
                .iter()
                .map(|o| o.key.as_str())
                .filter(|key| !named.contains(key))
                .collect();
            let fillers: Vec<&str> = others.iter().filter(|k| !exclusive(k)).copied().collect();
            let (min, max) = (min.unwrap_or(1), max.unwrap_or(usize::MAX));
            for subset in 0..1usize << named.len() {
                let within = |(index, _): &(usize, &&str)| subset >> index & 1 == 1;
                let mut chosen: BTreeSet<String> = named
                    .iter()
                    .enumerate()
                    .filter(within)
                    .map(|(_, key)| (*key).to_owned())
                    .collect();
                let alone = chosen.iter().any(|key| exclusive(key));
                if alone && chosen.len() == 1 {
                    kinds.push(Some(Answer::Choices(chosen)));
                    continue;
                }
                if chosen.is_empty()
                    && let Some(key) = others.iter().find(|key| exclusive(key))
                {
                    chosen.insert((*key).to_owned());
                    kinds.push(Some(Answer::Choices(chosen)));
                    continue;
                }
                let wanted = min.max(1).saturating_sub(chosen.len());
                if alone || chosen.len() > max || wanted > fillers.len() {
                    continue;
                }
                chosen.extend(fillers.iter().take(wanted).map(|key| (*key).to_owned()));
                kinds.push(Some(Answer::Choices(chosen)));
            }
        }
        QuestionKind::Number {
            min, max, decimals, ..
        } => {
            let grid = 10f64.powi(i32::from(*decimals));
            let mut numbers: Vec<f64> = [*min, *max, Some(0.0)].into_iter().flatten().collect();
            for atom in &atoms {
                if let Test::Number {
                    variable: named,
                    bound,
                    ..
                } = atom
                    && named == variable
                {
                    let (below, above) = ((bound * grid).floor(), (bound * grid).ceil());
                    let near = [below - 1.0, below, above, above + 1.0];
                    numbers.extend(near.map(|step| step / grid));
                }
            }
            let low = |n: &f64| min.is_none_or(|min| *n >= min);
            let high = |n: &f64| max.is_none_or(|max| *n <= max);
            numbers.retain(|n| n.is_finite() && low(n) && high(n));
            numbers.sort_by(f64::total_cmp);
            numbers.dedup();
            kinds.extend(numbers.into_iter().map(|n| Some(Answer::Number(n))));
        }
        QuestionKind::ShortText { .. } | QuestionKind::LongText { .. } => {
            kinds.push(Some(Answer::Text("…".into())));
        }
        QuestionKind::Nomination { .. } => {
            kinds.push(Some(Answer::Nominations(Vec::<Nomination>::new())));
        }
    }
    Some(kinds)
}

fn atoms_of<'t>(test: &'t Test, atoms: &mut Vec<&'t Test>) {
    match test {
        Test::Constant(_) => {}
        Test::Not(inner) => atoms_of(inner, atoms),
        Test::All(parts) | Test::Any(parts) => parts.iter().for_each(|part| atoms_of(part, atoms)),
        atom => atoms.push(atom),
    }
}
