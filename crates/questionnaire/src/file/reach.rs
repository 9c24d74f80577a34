//! Whether a condition can ever hold, decided by trying.
//!
//! Every variable that a condition rests on has finitely many kinds of answer that the condition can tell
//! apart: options in the same sets, numbers between the same bounds, the subsets of the options that are
//! named. One answer of each kind, and no answer, in all combinations, decide it exactly; `search` goes through them
//! within a fixed amount of work. Numbers that are computed and patterns of texts are tried at their bounds and by
//! their intervals; what neither decides, and what would take more work, is said as a note.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds;
use super::fields::Reader;
use super::lower::Asked;
use super::search::{Axis, Found, search, size};
use super::yaml::Node;
use crate::{
    Answer, Answers, Choice, Comparison, Condition, Expression, Nomination, Place, Question,
    SentFile, Test, Value, VariableKey,
};

/// Parts of conditions looked at for one condition.
const CONDITION: usize = 400_000;
/// Parts of conditions looked at for a whole file.
pub(crate) const BUDGET: usize = 2_000_000;
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
    if !bounds::can(asked, &condition.test) {
        return Some(false);
    }
    if *budget == 0 {
        return None;
    }
    let mut atoms = Vec::new();
    tests.iter().for_each(|test| atoms_of(test, &mut atoms));
    let mut exact = !atoms.iter().any(|atom| inexact(atom));
    let mut axes: Vec<Axis> = Vec::new();
    for variable in variables {
        let question = &asked.known(variable.question())?.question;
        let (kinds, all) = kinds(question, variable, &atoms)?;
        exact &= all;
        axes.push((variable, kinds));
    }
    // What the condition names itself decides soonest.
    let named = condition.variables();
    axes.sort_by_key(|(variable, kinds)| (!named.contains(variable), kinds.len()));
    let mut work = CONDITION.min(*budget);
    let before = work;
    let mut quick = work / 4;
    let held = some_hold(condition, &axes, &mut quick);
    work -= work / 4 - quick;
    let found = match held {
        true => Found::Some,
        false => search(condition, &axes, &mut work),
    };
    *budget -= before - work;
    match found {
        Found::Some => Some(true),
        Found::None if exact => Some(false),
        Found::None | Found::Unknown => None,
    }
}

/// Tries the combinations in which all variables are answered alike, and those in which one of them differs.
fn some_hold(condition: &Condition, axes: &[Axis], work: &mut usize) -> bool {
    let most = axes.iter().map(|(_, kinds)| kinds.len()).max().unwrap_or(0);
    let look = size(condition);
    let mut pay = |price: usize| {
        let able = *work >= price;
        *work = work.saturating_sub(price);
        able
    };
    let fill = |at: usize| -> Answers {
        let pick = |(variable, kinds): &Axis| {
            Some(((*variable).clone(), kinds[at % kinds.len()].clone()?))
        };
        axes.iter().filter_map(pick).collect()
    };
    for at in 0..most {
        if !pay(look + axes.len()) {
            return false;
        }
        let mut answers = fill(at);
        if condition.holds(&answers) {
            return true;
        }
        for (variable, kinds) in axes {
            let stood = answers.get(*variable).cloned();
            for kind in kinds {
                if !pay(look) {
                    return false;
                }
                match kind {
                    Some(answer) => answers.insert((*variable).clone(), answer.clone()),
                    None => answers.remove(*variable),
                };
                if condition.holds(&answers) {
                    return true;
                }
            }
            match stood {
                Some(answer) => answers.insert((*variable).clone(), answer),
                None => answers.remove(*variable),
            };
        }
    }
    false
}

/// Tests that one answer of each kind does not decide.
fn inexact(atom: &Test) -> bool {
    match atom {
        Test::Compare { left, right, .. } => {
            let counts = |e: &Expression| {
                matches!(
                    e,
                    Expression::Constant(_) | Expression::Count { .. } | Expression::Code { .. }
                )
            };
            !(counts(left) && counts(right))
        }
        Test::Matches { .. } => true,
        _ => false,
    }
}

/// One answer of each kind that the tests can tell apart, and no answer; and whether these are all kinds.
fn kinds(
    question: &Question,
    variable: &VariableKey,
    atoms: &[&Test],
) -> Option<(Vec<Option<Answer>>, bool)> {
    let part = question.part(variable)?;
    let mut kinds = vec![None];
    let mut exact = true;
    match &part.value {
        Value::Choice { codes, .. } => {
            let mut seen = BTreeMap::new();
            for (code, _) in codes.list() {
                let mut signature: Vec<bool> = Vec::new();
                for atom in atoms {
                    signature.push(match atom {
                        Test::OneOf {
                            variable: named,
                            options,
                        } => named == variable && options.contains(code),
                        _ => false,
                    });
                    if let Test::Compare { left, right, .. } = atom {
                        tells_apart(left, variable, code, &mut signature);
                        tells_apart(right, variable, code, &mut signature);
                    }
                }
                seen.entry(signature).or_insert(code);
            }
            let choice = |code: &str| Some(Answer::Choice(code.to_owned()));
            kinds.extend(seen.into_values().map(choice));
        }
        Value::Choices { options, min, max } => {
            let mut named: BTreeSet<&str> = BTreeSet::new();
            for atom in atoms {
                match atom {
                    Test::Contains {
                        variable: own,
                        option,
                    } if own == variable => {
                        named.insert(option.as_str());
                    }
                    Test::Compare { left, right, .. } => {
                        exact &= !names(left, variable) && !names(right, variable);
                    }
                    _ => {}
                }
            }
            kinds.extend(subsets(options, *min, *max, named)?);
            if !exact {
                // Counted: as few and as many as the question allows.
                let some = options
                    .iter()
                    .filter(|o| !o.exclusive)
                    .map(|o| o.key.clone());
                let all: BTreeSet<String> = some.take(max.unwrap_or(usize::MAX)).collect();
                kinds.push(Some(Answer::Choices(all)));
            }
        }
        Value::Number {
            min, max, decimals, ..
        } => {
            let grid = 10f64.powi(i32::from(*decimals));
            let mut numbers: Vec<f64> = [*min, *max, Some(0.0)].into_iter().flatten().collect();
            for atom in atoms {
                let mut bounds = Vec::new();
                match atom {
                    Test::Number {
                        variable: named,
                        bound,
                        ..
                    } if named == variable => bounds.push(*bound),
                    Test::Compare { left, right, .. } => {
                        left.constants(&mut bounds);
                        right.constants(&mut bounds);
                    }
                    _ => {}
                }
                for bound in bounds.into_iter().take(8) {
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
        Value::Date { min, max } => {
            let mut days: Vec<jiff::civil::Date> = [*min, *max].into_iter().flatten().collect();
            for (text, _) in texts(atoms, variable) {
                if let Ok(day) = text.parse::<jiff::civil::Date>() {
                    days.extend(
                        [Some(day), day.yesterday().ok(), day.tomorrow().ok()]
                            .into_iter()
                            .flatten(),
                    );
                }
            }
            if days.is_empty() {
                days.push(jiff::civil::date(2020, 1, 1));
            }
            days.retain(|day| {
                min.is_none_or(|min| *day >= min) && max.is_none_or(|max| *day <= max)
            });
            days.sort();
            days.dedup();
            kinds.extend(days.into_iter().map(|day| Some(Answer::Date(day))));
        }
        Value::Text { .. } | Value::Email => {
            let mut words = vec!["…".to_owned()];
            for (text, comparison) in texts(atoms, variable) {
                exact &= comparison == Comparison::Equal;
                words.extend([text.to_owned(), format!("{text}a")]);
            }
            let word = |word: String| Some(Answer::Text(word));
            kinds.extend(words.into_iter().filter(|w| !w.is_empty()).map(word));
        }
        Value::Municipality => {
            let mut keys = vec!["…"];
            keys.extend(texts(atoms, variable).into_iter().map(|(text, _)| text));
            let place = |key: &str| {
                let (key, name) = (key.to_owned(), String::new());
                Some(Answer::Municipality(Place { key, name }))
            };
            kinds.extend(keys.into_iter().map(place));
        }
        Value::Ranking { options, max, .. } => {
            exact = false;
            let keys: Vec<String> = options.iter().map(|o| o.key.clone()).collect();
            let most = max.unwrap_or(keys.len()).min(keys.len());
            for turn in 0..keys.len().min(12) {
                let mut turned = keys.clone();
                turned.rotate_left(turn);
                turned.truncate(most);
                kinds.push(Some(Answer::Ranking(turned)));
            }
        }
        Value::Files { .. } => {
            kinds.push(Some(Answer::Files(Vec::<SentFile>::new())));
        }
        Value::Nominations { .. } => {
            kinds.push(Some(Answer::Nominations(Vec::<Nomination>::new())));
        }
    }
    Some((kinds, exact))
}

/// What a test compares a text, a day or a municipality with.
fn texts<'t>(atoms: &[&'t Test], variable: &VariableKey) -> Vec<(&'t str, Comparison)> {
    let compared = |atom: &&'t Test| match atom {
        Test::Text {
            variable: named,
            comparison,
            text,
        } if named == variable => Some((text.as_str(), *comparison)),
        _ => None,
    };
    atoms.iter().filter_map(compared).collect()
}

/// How an expression tells this code of a variable from others.
fn tells_apart(
    expression: &Expression,
    variable: &VariableKey,
    code: &str,
    signature: &mut Vec<bool>,
) {
    match expression {
        Expression::Count { variables, options } if variables.contains(variable) => {
            signature.push(
                options
                    .as_ref()
                    .is_none_or(|options| options.contains(code)),
            );
        }
        Expression::Code {
            variable: named,
            codes,
        } if named == variable => {
            // Each code is a kind of its own.
            signature.extend(codes.iter().map(|(known, _)| known == code));
        }
        Expression::Both { left, right, .. } => {
            tells_apart(left, variable, code, signature);
            tells_apart(right, variable, code, signature);
        }
        Expression::Of { parts, .. } => {
            for part in parts {
                tells_apart(part, variable, code, signature);
            }
        }
        Expression::If { test, yes, no } => {
            let mut atoms = Vec::new();
            atoms_of(test, &mut atoms);
            for atom in atoms {
                if let Test::OneOf {
                    variable: named,
                    options,
                } = atom
                {
                    signature.push(named == variable && options.contains(code));
                }
            }
            tells_apart(yes, variable, code, signature);
            tells_apart(no, variable, code, signature);
        }
        _ => {}
    }
}

fn names(expression: &Expression, variable: &VariableKey) -> bool {
    let mut found = BTreeSet::new();
    expression.collect(&mut found);
    found.contains(variable)
}

/// The subsets of the named options that the question takes, filled up with others where it wants more;
/// `None` where there are too many.
fn subsets(
    options: &[Choice],
    min: Option<usize>,
    max: Option<usize>,
    named: BTreeSet<&str>,
) -> Option<Vec<Option<Answer>>> {
    if named.len() > SUBSETS {
        return None;
    }
    let mut kinds = Vec::new();
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
