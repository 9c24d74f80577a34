//! The walk over one question.

use std::collections::BTreeMap;

use super::faults::nearest;
use super::fields::{Fields, Reader, quoted, short};
use super::kinds::Kinds;
use super::settings;
use super::walk::{Scales, WalkedQuestion};
use super::yaml::{Node, Value};
use crate::{Question, QuestionKind, Text};

/// Types with the keys that each takes beside the common ones.
const TYPES: [(&str, &[&str]); 20] = [
    (
        "single",
        &[
            "options", "scale", "points", "low", "high", "ordered", "display", "comment", "random",
        ],
    ),
    ("yes-no", &["comment"]),
    ("multiple", &["options", "min", "max", "random"]),
    (
        "battery",
        &["items", "scale", "points", "low", "high", "by", "random"],
    ),
    (
        "differential",
        &["items", "scale", "points", "low", "high", "random"],
    ),
    ("grid", &["items", "columns", "random"]),
    ("ticks", &["items", "columns", "min", "max", "by", "random"]),
    ("number", &["unit", "min", "max", "decimals"]),
    (
        "numbers",
        &["items", "unit", "min", "max", "decimals", "sum", "random"],
    ),
    ("short-text", &["max-length", "pattern", "pattern-hint"]),
    ("long-text", &["max-length"]),
    ("texts", &["items", "max-length", "random"]),
    ("ranking", &["options", "min", "max", "random"]),
    ("date", &["min", "max"]),
    ("email", &[]),
    ("file", &["types", "max-size", "max"]),
    ("municipality", &[]),
    ("computed", &["value", "words", "shown", "unit", "decimals"]),
    ("note", &[]),
    ("nomination", &["fields", "max"]),
];

/// Keys that every question may have.
const COMMON: [&str; 11] = [
    "key",
    "type",
    "text",
    "help",
    "required",
    "dont-know",
    "no-answer",
    "show-if",
    "follow-up",
    "checks",
    "default",
];

/// Types whose answers are expected unless said otherwise.
const CLOSED: [&str; 10] = [
    "single",
    "yes-no",
    "multiple",
    "battery",
    "differential",
    "grid",
    "ticks",
    "number",
    "ranking",
    "municipality",
];

/// Numbers as printed: 1, 2, 3; a follow-up carries its question's number and a letter, 3a.
#[derive(Default)]
pub(crate) struct Numbers {
    question: usize,
    follow_ups: u8,
}

impl Numbers {
    fn next(&mut self, follow_up: bool) -> String {
        if follow_up && self.question > 0 && self.follow_ups < 26 {
            self.follow_ups += 1;
            let letter = char::from(b'a' + self.follow_ups - 1);
            return format!("{}{letter}", self.question);
        }
        self.question += 1;
        self.follow_ups = 0;
        self.question.to_string()
    }
}

/// Reads one question; `None` when not even its key can be read.
pub(crate) fn read<'n>(
    reader: &mut Reader,
    node: &'n Node,
    numbers: &mut Numbers,
    scales: &Scales,
    used: &mut BTreeMap<String, ()>,
) -> Option<WalkedQuestion<'n>> {
    let before = reader.faults.len();
    let typed = written_type(node);
    let own = TYPES.iter().find(|(name, _)| Some(*name) == typed);
    let every: Vec<&str> = TYPES.iter().flat_map(|(_, keys)| *keys).copied().collect();
    let known: Vec<&str> = COMMON
        .iter()
        .chain(own.map_or(every.as_slice(), |(_, keys)| keys))
        .copied()
        .collect();
    let what = match own {
        Some((name, _)) => format!("a question of type `{name}`"),
        None => "a question".to_owned(),
    };
    let fields = reader.fields(node, &what, &known)?;
    let key = reader.need_key(&fields, "the question")?;
    let text = reader.need_text(&fields, "text").unwrap_or_default();
    let help = reader.may_text(&fields, "help");
    let dont_know = reader.flag(&fields, "dont-know", false);
    let no_answer = reader.flag(&fields, "no-answer", false);
    let type_node = reader.need(
        &fields,
        "type",
        &format!("the types are {}", quoted(TYPES.map(|(name, _)| name))),
    );
    let follow_up = reader.flag(&fields, "follow-up", false);
    let number = match own {
        // What asks for nothing takes no number.
        Some(("note" | "computed", _)) => String::new(),
        _ => numbers.next(follow_up),
    };
    let mut slots = Vec::new();
    let kind = match (own, type_node) {
        (Some((name, _)), _) => {
            let mut kinds = Kinds {
                reader: &mut *reader,
                fields: &fields,
                scales,
                used,
                slots: &mut slots,
            };
            kinds.kind(name)
        }
        (None, Some(node)) => {
            let name = typed.unwrap_or_default();
            let types = TYPES.map(|(name, _)| name);
            let help = match nearest(name, types) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the types are {}", quoted(types)),
            };
            reader.fault(
                node.place,
                format!("unknown type `{}` of question `{key}`", short(name)),
                help,
            );
            None
        }
        _ => None,
    };
    let closed = own.is_some_and(|(name, _)| CLOSED.contains(name));
    let required = reader.flag(&fields, "required", closed);
    let silent = matches!(own, Some(("note" | "computed", _)));
    if silent && required {
        reader.fault(
            fields.place,
            format!("`{key}` asks for nothing, it cannot be required"),
            "remove `required: true`",
        );
    }
    let settings = settings::read(reader, &fields, &key, kind.as_ref(), &mut slots);
    if let Some(QuestionKind::Multiple { options, .. }) = &kind {
        let way_out = dont_know || no_answer || options.iter().any(|o| o.exclusive);
        if required && !way_out {
            reader.fault(
                fields.place,
                format!("nobody to whom no option of `{key}` applies can answer it"),
                "add an option such as `keine: { de: \"nichts davon\", en: \"none of these\", exclusive: true }`, or `no-answer: true`, or `required: false`",
            );
        }
    }
    let whole = reader.faults.len() == before && kind.is_some();
    Some(WalkedQuestion {
        written: fields.get("show-if"),
        slots,
        place: fields.place,
        whole,
        question: Question {
            key,
            number,
            text,
            help,
            required,
            dont_know,
            no_answer,
            show_if: None,
            // A question with faults stands in as a text, so that conditions on it are not judged.
            kind: kind.unwrap_or(QuestionKind::ShortText { max_length: 1 }),
            settings,
        },
    })
}

fn written_type(node: &Node) -> Option<&str> {
    let Value::Map(entries) = &node.value else {
        return None;
    };
    entries
        .iter()
        .find_map(|(key, value)| match (&key.value, &value.value) {
            (Value::Scalar { text: key, .. }, Value::Scalar { text, .. }) if key == "type" => {
                Some(text.as_str())
            }
            _ => None,
        })
}

/// A key with its wording and the fields that stand beside it.
pub(crate) type Worded<'n> = (String, Text, Fields<'n>);

/// Keys with wordings, in their order; at least one.
pub(crate) fn wordings<'n>(
    reader: &mut Reader,
    node: &'n Node,
    what: &str,
    beside: &[&str],
    may_begin_with_digit: bool,
) -> Option<Vec<Worded<'n>>> {
    let Value::Map(entries) = &node.value else {
        reader.fault(
            node.place,
            format!("expected {what} by their keys, found {}", node.kind()),
            "write each with its key and wording: `ja: { de: \"ja\", en: \"yes\" }`",
        );
        return None;
    };
    let before = reader.faults.len();
    let mut read = Vec::new();
    let kept = reader.distinct(entries, what);
    for (key, value) in kept {
        let place = entries
            .iter()
            .find(|(_, node)| std::ptr::eq(node, value))
            .map_or(value.place, |(key, _)| key.place);
        let named = reader.key(place, key, may_begin_with_digit);
        if let Some((text, fields)) = reader.text(value, &format!("`{}`", short(key)), beside)
            && named
        {
            read.push((key.to_owned(), text, fields));
        }
    }
    if entries.is_empty() {
        reader.fault(node.place, format!("{what} is empty"), "write at least one");
    }
    (reader.faults.len() == before).then_some(read)
}
