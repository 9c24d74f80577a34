//! What answers must fit to: validations, sums, bounds that rest on other answers.

use super::ask::{Asker, Entries, bare, literal, shortened};
use super::expression::{Expression, Said, Scope, Speaker, What, bare_pattern, read};
use super::plan::Form;
use super::yaml::{Loss, Yaml};

/// The checks of a question.
pub fn checks(asker: &mut Asker, index: usize) -> Vec<Yaml> {
    let mut checks = Vec::new();
    validations(asker, index, &mut checks);
    answers(asker, index, &mut checks);
    sums(asker, index, &mut checks);
    bounds(asker, index, &mut checks);
    beside_other(asker, index, &mut checks);
    checks
}

/// What must stand beside "other".
fn beside_other(asker: &mut Asker, index: usize, checks: &mut Vec<Yaml>) {
    let planned = &asker.planned[index];
    let (asked, name) = (planned.asked, planned.name());
    let Some(other) = &planned.other else {
        return;
    };
    let text = format!("{name}.{}.text", other.replace('-', "_"));
    if asked.is_on("other_comment_mandatory") {
        let chosen = match planned.form {
            Form::Multiple => format!("!('{other}' in {name})"),
            _ => format!("{name} != '{other}'"),
        };
        let message = asker.sentence(
            "Bitte schreiben Sie dazu, was Sie meinen.",
            "Please write what you mean.",
        );
        let test = Ok(format!("{chosen} || answered({text})"));
        let what = "that a text must stand beside \"other\"";
        push(asker, index, checks, what, test, message);
    }
    if asked.is_on("other_numbers_only") {
        let message = asker.sentence("Bitte geben Sie eine Zahl ein.", "Please enter a number.");
        let test = Ok(format!("matches({text}, '-?[0-9]+([.,][0-9]+)?')"));
        let what = "that only a number may stand beside \"other\"";
        push(asker, index, checks, what, test, message);
    }
}

fn speaker<'n>(asker: &Asker<'n>, index: usize, item: Option<&str>) -> Speaker<'n> {
    Speaker {
        names: asker.names,
        scope: Scope {
            question: Some(index),
            item: item.map(str::to_owned),
            check: true,
        },
    }
}

fn push(
    asker: &mut Asker,
    index: usize,
    checks: &mut Vec<Yaml>,
    what: &str,
    test: Result<String, String>,
    message: Yaml,
) {
    match test {
        Ok(test) => {
            let entries = vec![
                ("test".to_owned(), Yaml::text(test)),
                ("message".to_owned(), message),
            ];
            let loss = Loss {
                what: what.to_owned(),
                heavy: true,
            };
            let node = asker.nodes.add(
                Some(index),
                vec![Some(Yaml::Block(entries)), None],
                vec![loss],
            );
            checks.push(node);
        }
        Err(why) => asker.lose(index, what, why, true),
    }
}

fn validations(asker: &mut Asker, index: usize, checks: &mut Vec<Yaml>) {
    let planned = &asker.planned[index];
    let asked = planned.asked;
    for (attribute, tip, each) in [
        ("em_validation_q", "em_validation_q_tip", false),
        ("em_validation_sq", "em_validation_sq_tip", true),
    ] {
        let written = bare(asked.attribute(attribute));
        if written.is_empty() {
            continue;
        }
        let what = format!("the validation {}", shortened(&written));
        let mut helpers = Vec::new();
        let texts = asked.texts(tip);
        let message = asker
            .wordings(Some(index), &texts, true, &mut helpers)
            .map(|found| {
                let each = found.into_iter().map(|(language, wording)| {
                    (language, Yaml::text(wording.bare.unwrap_or(wording.text)))
                });
                Yaml::Flow(each.collect())
            });
        let message = message.unwrap_or_else(|| {
            asker.sentence(
                "Bitte prüfen Sie Ihre Eingabe.",
                "Please check your answer.",
            )
        });
        let expression = match read(&written) {
            Ok(expression) => expression,
            Err(why) => {
                asker.lose(index, what, why, true);
                continue;
            }
        };
        let scopes: Vec<Option<String>> = if each {
            let codes: Vec<Option<String>> = asker
                .names
                .of(index)
                .into_iter()
                .map(|t| Some(t.suffix))
                .collect();
            if codes.is_empty() { vec![None] } else { codes }
        } else {
            vec![None]
        };
        let parts = scopes
            .iter()
            .map(|item| speaker(asker, index, item.as_deref()).condition(&expression, true));
        let parts: Result<Vec<Said>, String> = parts.collect();
        let parts = parts.map(|parts| {
            let mut said: Vec<String> = Vec::new();
            for part in parts {
                let text = match part {
                    Said::Constant(true) => continue,
                    Said::Any(_) if scopes.len() > 1 => format!("({})", part.text()),
                    part => part.text(),
                };
                if !said.contains(&text) {
                    said.push(text);
                }
            }
            said
        });
        match parts {
            Ok(parts) if parts.is_empty() => {}
            // One check an item keeps each short, and says more.
            Ok(parts) if parts.len() <= 15 => {
                for part in parts {
                    push(asker, index, checks, &what, Ok(part), message.clone());
                }
            }
            Ok(parts) => push(asker, index, checks, &what, Ok(parts.join(" && ")), message),
            Err(why) => asker.lose(index, what, why, true),
        }
    }
}

/// How many items or options must be answered, where the type has no bounds for it, or they rest on answers.
fn answers(asker: &mut Asker, index: usize, checks: &mut Vec<Yaml>) {
    let planned = &asker.planned[index];
    let asked = planned.asked;
    for (attribute, sign, de, en) in [
        (
            "min_answers",
            ">=",
            "Das sind weniger Antworten als verlangt.",
            "These are fewer answers than required.",
        ),
        (
            "max_answers",
            "<=",
            "Das sind mehr Antworten als erlaubt.",
            "These are more answers than allowed.",
        ),
    ] {
        let written = bare(asked.attribute(attribute));
        let fixed = literal(&written);
        let own = matches!(planned.form, Form::Multiple | Form::Ranking) && fixed.is_some();
        if written.is_empty() || own || fixed == Some(0.0) {
            continue;
        }
        let what = format!("the bound {attribute} = {}", shortened(&written));
        let countable = matches!(
            planned.form,
            Form::Multiple | Form::Ranking | Form::Battery | Form::Differential
        );
        let test = read(&written).and_then(|bound| {
            let speaker = speaker(asker, index, None);
            let bound = speaker.number(&bound)?;
            let counted = if countable {
                format!("count({})", planned.name())
            } else {
                speaker.number(&Expression::Call(
                    "count".to_owned(),
                    vec![Expression::Name("self".to_owned())],
                ))?
            };
            Ok(format!("{counted} {sign} {bound}"))
        });
        let message = asker.sentence(de, en);
        push(asker, index, checks, &what, test, message);
    }
}

/// The rule of a sum that the type holds itself is the first; others are checks.
fn sums(asker: &mut Asker, index: usize, checks: &mut Vec<Yaml>) {
    let planned = &asker.planned[index];
    if planned.form != Form::Numbers {
        return;
    }
    let asked = planned.asked;
    for (names, sign, de, en) in [
        (
            ["equals_num_value", "num_value_equals_sgqa"],
            "==",
            "Die Summe stimmt nicht.",
            "The sum is not right.",
        ),
        (
            ["min_num_value", "min_num_value_sgqa"],
            ">=",
            "Die Summe ist zu klein.",
            "The sum is too small.",
        ),
        (
            ["max_num_value", "max_num_value_sgqa"],
            "<=",
            "Die Summe ist zu groß.",
            "The sum is too large.",
        ),
    ] {
        let written = names
            .iter()
            .map(|name| bare(asked.attribute(name)))
            .find(|written| !written.is_empty());
        let Some(written) = written else {
            continue;
        };
        let what = format!("the sum {sign} {}", shortened(&written));
        let bound = read(&written).and_then(|bound| speaker(asker, index, None).number(&bound));
        let test = bound.map(|bound| format!("sum({}) {sign} {bound}", planned.name()));
        let message = asker.sentence(de, en);
        push(asker, index, checks, &what, test, message);
    }
}

/// Bounds of numbers that rest on other answers.
fn bounds(asker: &mut Asker, index: usize, checks: &mut Vec<Yaml>) {
    let planned = &asker.planned[index];
    let asked = planned.asked;
    let names = match planned.form {
        Form::Number | Form::Numbers => [("min_num_value_n", ">="), ("max_num_value_n", "<=")],
        Form::Grid if asked.kind == ':' => {
            [("multiflexible_min", ">="), ("multiflexible_max", "<=")]
        }
        _ => return,
    };
    for (attribute, sign) in names {
        let written = bare(asked.attribute(attribute));
        if written.is_empty() || literal(&written).is_some() {
            continue;
        }
        let what = format!("the bound {sign} {}", shortened(&written));
        let test = read(&written).and_then(|bound| {
            let bound = speaker(asker, index, None).number(&bound)?;
            let targets = asker.names.of(index);
            let each = targets
                .iter()
                .filter(|t| t.what == What::Number)
                .map(|t| format!("{} {sign} {bound}", t.name));
            Ok(each.collect::<Vec<_>>().join(" && "))
        });
        let message = match sign {
            ">=" => asker.sentence("Die Zahl ist zu klein.", "The number is too small."),
            _ => asker.sentence("Die Zahl ist zu groß.", "The number is too large."),
        };
        push(asker, index, checks, &what, test, message);
    }
}

/// The pattern of a text.
pub fn pattern(asker: &mut Asker, index: usize, entries: &mut Entries) {
    let planned = &asker.planned[index];
    let written = planned.asked.preg.clone();
    let what = format!("the pattern {}", shortened(&written));
    match bare_pattern(&written) {
        Ok(pattern) if planned.form == Form::ShortText => {
            let loss = Loss { what, heavy: true };
            let node = asker.nodes.add(
                Some(index),
                vec![Some(Yaml::text(pattern)), None],
                vec![loss],
            );
            entries.push(("pattern".to_owned(), node));
        }
        Ok(pattern) => {
            let test = format!(
                "matches({}, '{}')",
                planned.name(),
                super::expression::escaped(&pattern)
            );
            let message = asker.sentence(
                "Das hat nicht die verlangte Form.",
                "This does not have the form asked for.",
            );
            let mut checks = Vec::new();
            push(asker, index, &mut checks, &what, Ok(test), message);
            entries.push(("checks".to_owned(), Yaml::Items(checks)));
        }
        Err(why) => asker.lose(index, what, why, true),
    }
}

/// What is left of the attributes that would matter.
pub fn leftovers(asker: &mut Asker, index: usize) {
    let asked = asker.planned[index].asked;
    let no = |value: &str| matches!(value, "" | "0" | "N" | "no");
    for (attribute, what, why) in [
        (
            "time_limit",
            "the time limit",
            "nobody is hurried; a draft waits",
        ),
        (
            "slider_default",
            "where a slider stands at first",
            "fields of several numbers begin empty",
        ),
        (
            "random_group",
            "the random order of questions within a group",
            "all questions of a page change places, or none",
        ),
        (
            "location_mapservice",
            "the map",
            "places are typed; no map service is called",
        ),
    ] {
        if !no(asked.attribute(attribute)) {
            asker.lose(index, what, why, false);
        }
    }
}
