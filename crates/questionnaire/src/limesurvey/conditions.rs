//! What decides who is asked: the conditions of old, and array filters.

use super::expression::{Binary, Names, Said, Scope, Speaker, What};
use super::plan::{Form, Planned};
use super::survey::{Condition, Question};

/// The relevance of a question: as written, or made from the conditions of old.
pub fn relevance(asked: &Question, names: &Names, planned: &[Planned]) -> String {
    let written = asked.relevance.trim();
    if !matches!(written, "" | "1") || asked.conditions.is_empty() {
        return written.to_owned();
    }
    /// Number of the scenario, and by group the tests that are alternatives.
    type Scenario = (i64, Vec<(String, Vec<String>)>);
    let mut scenarios: Vec<Scenario> = Vec::new();
    for condition in &asked.conditions {
        let at = scenarios
            .iter()
            .position(|(number, _)| *number == condition.scenario)
            .unwrap_or_else(|| {
                scenarios.push((condition.scenario, Vec::new()));
                scenarios.len() - 1
            });
        // Several values of one question are alternatives; several questions must all hold.
        let group = format!("{}{}", condition.question, condition.method);
        let tests = &mut scenarios[at].1;
        let place = tests
            .iter()
            .position(|(name, _)| *name == group)
            .unwrap_or_else(|| {
                tests.push((group, Vec::new()));
                tests.len() - 1
            });
        tests[place].1.push(test(condition, names, planned));
    }
    scenarios.sort_by_key(|(number, _)| *number);
    let alternatives = scenarios.iter().map(|(_, tests)| {
        let parts: Vec<String> = tests
            .iter()
            .map(|(_, values)| format!("({})", values.join(" or ")))
            .collect();
        format!("({})", parts.join(" and "))
    });
    alternatives.collect::<Vec<_>>().join(" or ")
}

fn test(condition: &Condition, names: &Names, planned: &[Planned]) -> String {
    let field = condition.field.trim();
    let checkbox = field.starts_with('+');
    let field = field.trim_start_matches('+');
    let value = condition.value.trim();
    let method = match condition.method.trim() {
        "" => "==",
        "a<b" => "<",
        "a<=b" => "<=",
        "a>b" => ">",
        "a>=b" => ">=",
        other => other,
    };
    if let Some(other) = value
        .strip_prefix('@')
        .and_then(|value| value.strip_suffix('@'))
    {
        return format!(
            "{field}.NAOK {method} {}.NAOK",
            other.trim_start_matches('+')
        );
    }
    let quoted = value.replace('"', "\\\"");
    if method == "RX" {
        return format!("regexMatch(\"{quoted}\", {field}.NAOK)");
    }
    // An option of a multiple choice is named by the value.
    let form = names
        .numbered(&condition.question)
        .and_then(|index| planned.get(index))
        .map(|p| p.form);
    if !checkbox
        && form == Some(Form::Multiple)
        && field.ends_with(&condition.question)
        && !value.is_empty()
    {
        return format!("{field}{value}.NAOK {method} \"Y\"");
    }
    format!("{field}.NAOK {method} \"{quoted}\"")
}

/// When an item is shown that another question filters: its item of the same code must be answered, or must not.
///
/// # Errors
/// Why it cannot be said.
pub fn array_filter(
    names: &Names,
    planned: &[Planned],
    source: &str,
    code: &str,
    wanted: bool,
) -> Result<Option<String>, String> {
    let index = names
        .question(source)
        .ok_or_else(|| format!("there is no question {source}"))?;
    if planned.get(index).is_none() {
        return Ok(None);
    }
    let of = names.of(index);
    let within = format!("{code}_");
    let targets: Vec<_> = of
        .iter()
        .filter(|target| target.suffix == code || target.suffix.starts_with(&within))
        .collect();
    let speaker = Speaker {
        names,
        scope: Scope::default(),
    };
    let mut parts = Vec::new();
    if targets.is_empty() {
        // A list filters by what was chosen.
        let choice = of.iter().find(|target| target.suffix.is_empty());
        let Some(choice) = choice.filter(
            |t| matches!(&t.what, What::Choice(codes) if codes.iter().any(|n| n.code == code)),
        ) else {
            let ranks: Vec<_> = of.iter().filter(|t| matches!(&t.what, What::Rank { options, .. } if options.iter().any(|n| n.code == code))).collect();
            let Some(What::Rank { options, .. }) = ranks.first().map(|t| &t.what) else {
                return Ok(None);
            };
            let (name, key) = (
                &ranks[0].name,
                options
                    .iter()
                    .find(|n| n.code == code)
                    .map(|n| n.key.as_str())
                    .unwrap_or_default(),
            );
            let said = if wanted {
                format!("'{key}' in {name}")
            } else {
                format!("!answered({name}) || !('{key}' in {name})")
            };
            return Ok(Some(said));
        };
        let said = speaker.literal(choice, Binary::Equal, code, wanted)?;
        return Ok(Some(said.text()));
    }
    for target in targets {
        parts.push(speaker.literal(target, Binary::Unequal, "", wanted)?.text());
    }
    parts.dedup();
    Ok(match (parts.len(), wanted) {
        (1, _) => Some(parts.swap_remove(0)),
        (_, true) => Some(parts.join(" || ")),
        (_, false) => Some(
            parts
                .iter()
                .map(|p| format!("({p})"))
                .collect::<Vec<_>>()
                .join(" && "),
        ),
    }
    .filter(|text| *text != Said::Constant(true).text()))
}
