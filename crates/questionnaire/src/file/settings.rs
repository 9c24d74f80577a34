//! The walk over what most questions leave out: checks, default answers, display, patterns.

use super::fields::{Fields, Reader, short};
use super::walk::Slot;
use super::yaml::{Node, Value};
use crate::{Pattern, QuestionKind, Settings};

/// Checks of one question or page at most.
const CHECKS: usize = 20;

/// Reads the settings of a question of this kind.
pub(crate) fn read<'n>(
    reader: &mut Reader,
    fields: &Fields<'n>,
    key: &str,
    kind: Option<&QuestionKind>,
    slots: &mut Vec<(Slot, &'n Node)>,
) -> Settings {
    for (slot, node) in checks(reader, fields) {
        slots.push((slot, node));
    }
    let mut word = |key: &str, words: [&str; 2]| match fields.get(key).map(|n| (n, &n.value)) {
        None => false,
        Some((_, Value::Scalar { text, .. })) if text == words[0] => false,
        Some((_, Value::Scalar { text, .. })) if text == words[1] => true,
        Some((node, _)) => {
            reader.fault(
                node.place,
                format!("`{key}` must be `{}` or `{}`", words[0], words[1]),
                format!("write `{key}: {}`", words[1]),
            );
            false
        }
    };
    let dropdown = word("display", ["list", "dropdown"]);
    let by_column = word("by", ["row", "column"]);
    Settings {
        comment: reader.flag(fields, "comment", false),
        random: reader.flag(fields, "random", false),
        dropdown,
        by_column,
        default: default(reader, fields, key, kind),
        pattern: pattern(reader, fields),
        checks: Vec::new(),
    }
}

fn pattern(reader: &mut Reader, fields: &Fields) -> Option<Pattern> {
    let hint = reader.may_text(fields, "pattern-hint");
    let node = fields.get("pattern")?;
    let pattern = match &node.value {
        Value::Scalar { text, .. } if text.len() <= 500 => Pattern::new(text, hint),
        _ => None,
    };
    if pattern.is_none() {
        reader.fault(
            node.place,
            "`pattern` is no regular expression",
            "write e.g. `pattern: \"[0-9]{5}\"`; it must fit the whole text",
        );
    }
    pattern
}

/// The default answer, as a form would send it.
fn default(
    reader: &mut Reader,
    fields: &Fields,
    key: &str,
    kind: Option<&QuestionKind>,
) -> Vec<String> {
    let Some(node) = fields.get("default") else {
        return Vec::new();
    };
    let words: Vec<String> = match &node.value {
        Value::Scalar { text, .. } => vec![text.clone()],
        Value::List(list) => list
            .iter()
            .filter_map(|node| match &node.value {
                Value::Scalar { text, .. } => Some(text.clone()),
                _ => None,
            })
            .collect(),
        Value::Map(_) => Vec::new(),
    };
    let known = |options: &[crate::Choice]| {
        words
            .iter()
            .all(|word| options.iter().any(|o| o.key == *word))
    };
    let right = match kind {
        None => true,
        Some(QuestionKind::Single { options, .. }) => words.len() == 1 && known(options),
        Some(QuestionKind::Multiple { options, .. } | QuestionKind::Ranking { options, .. }) => {
            !words.is_empty() && known(options)
        }
        Some(QuestionKind::Number { .. }) => words.len() == 1 && words[0].parse::<f64>().is_ok(),
        Some(QuestionKind::Date { .. }) => {
            words.len() == 1 && words[0].parse::<jiff::civil::Date>().is_ok()
        }
        Some(QuestionKind::ShortText { max_length } | QuestionKind::LongText { max_length }) => {
            words.len() == 1 && words[0].chars().count() <= *max_length
        }
        Some(QuestionKind::Email) => words.len() == 1,
        Some(_) => false,
    };
    if !right {
        let first = words.first().map_or("", |word| short(word));
        reader.fault(
            node.place,
            format!("`{first}` cannot be the default answer of `{key}`"),
            "single choices take one option, multiple choices and rankings a list of options, numbers, texts and dates one value; other types take none",
        );
        return Vec::new();
    }
    words
}

/// The checks below `checks`, each with the node of its test.
pub(crate) fn checks<'n>(reader: &mut Reader, fields: &Fields<'n>) -> Vec<(Slot, &'n Node)> {
    let Some(node) = fields.get("checks") else {
        return Vec::new();
    };
    let help = "write `- { test: \"a + b <= 100\", message: { de: \"…\", en: \"…\" } }`";
    let Value::List(list) = &node.value else {
        reader.fault(
            node.place,
            format!("expected a list of checks, found {}", node.kind()),
            help,
        );
        return Vec::new();
    };
    if list.len() > CHECKS {
        reader.fault(
            node.place,
            format!("there are {} checks", list.len()),
            format!("at most {CHECKS} are possible here"),
        );
    }
    let mut found = Vec::new();
    for node in list.iter().take(CHECKS) {
        let Some(fields) = reader.fields(node, "a check", &["test", "message", "soft"]) else {
            continue;
        };
        let test = reader.need(&fields, "test", help);
        let message = reader.need_text(&fields, "message");
        let soft = reader.flag(&fields, "soft", false);
        if let (Some(test), Some(message)) = (test, message) {
            found.push((Slot::Check { message, soft }, test));
        }
    }
    found
}
