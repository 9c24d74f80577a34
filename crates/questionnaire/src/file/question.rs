//! The walk over one question.

use std::collections::BTreeMap;

use super::faults::nearest;
use super::fields::{Fields, Reader, quoted, short};
use super::walk::{Scales, WalkedQuestion};
use super::yaml::{Node, Value};
use crate::{Choice, Item, Question, QuestionKind, Scale, Text};

/// Types with the keys that each takes beside the common ones.
const TYPES: [(&str, &[&str]); 7] = [
    ("single", &["options", "scale", "ordered"]),
    ("multiple", &["options", "min", "max"]),
    ("battery", &["items", "scale"]),
    ("number", &["unit", "min", "max", "decimals"]),
    ("short-text", &["max-length"]),
    ("long-text", &["max-length"]),
    ("nomination", &["fields", "max"]),
];

/// Keys that every question may have.
const COMMON: [&str; 9] = [
    "key",
    "type",
    "text",
    "help",
    "required",
    "dont-know",
    "no-answer",
    "show-if",
    "follow-up",
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
    let number = numbers.next(follow_up);
    let kind = match (own, type_node) {
        (Some((name, _)), _) => kind(reader, &fields, name, scales, used),
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
    let closed = matches!(own, Some(("single" | "multiple" | "battery" | "number", _)));
    let required = reader.flag(&fields, "required", closed);
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

fn kind(
    reader: &mut Reader,
    fields: &Fields,
    name: &str,
    scales: &Scales,
    used: &mut BTreeMap<String, ()>,
) -> Option<QuestionKind> {
    let length = |reader: &mut Reader, otherwise| match fields.get("max-length") {
        None => Some(otherwise),
        Some(_) => reader.count(fields, "max-length", 1, 20_000),
    };
    match name {
        "single" => single(reader, fields, scales, used),
        "multiple" => {
            let options = choices(reader, fields, "options", &["exclusive"])?;
            let most = options.len();
            let min = reader.count(fields, "min", 1, most);
            let max = reader.count(fields, "max", 1, most);
            bounds(reader, fields, min.map(|n| n as f64), max.map(|n| n as f64));
            Some(QuestionKind::Multiple { options, min, max })
        }
        "battery" => {
            let scale = scale(reader, fields, scales, used, true);
            let items = reader.need(
                fields,
                "items",
                "write its items with their wording: `sprache: { de: \"…\", en: \"…\" }`",
            );
            let items = items.and_then(|node| wordings(reader, node, "`items`", &[], false))?;
            let item = |(key, text, _)| Item { key, text };
            Some(QuestionKind::Battery {
                items: items.into_iter().map(item).collect(),
                scale: scale?,
            })
        }
        "number" => {
            let unit = reader.need_text(fields, "unit");
            let min = reader.number(fields, "min");
            let max = reader.number(fields, "max");
            let decimals = match fields.get("decimals") {
                None => Some(0),
                Some(_) => reader.count(fields, "decimals", 0, 6),
            };
            bounds(reader, fields, min, max);
            Some(QuestionKind::Number {
                unit: unit?,
                min,
                max,
                decimals: decimals? as u8,
            })
        }
        "short-text" => Some(QuestionKind::ShortText {
            max_length: length(reader, 200)?,
        }),
        "long-text" => Some(QuestionKind::LongText {
            max_length: length(reader, 2_000)?,
        }),
        _ => {
            let named = choices(reader, fields, "fields", &[]);
            let max = match fields.get("max") {
                None => Some(3),
                Some(_) => reader.count(fields, "max", 1, 10),
            };
            Some(QuestionKind::Nomination {
                fields: named?,
                max: max?,
            })
        }
    }
}

fn single(
    reader: &mut Reader,
    fields: &Fields,
    scales: &Scales,
    used: &mut BTreeMap<String, ()>,
) -> Option<QuestionKind> {
    if let (Some(_), Some(second)) = (fields.get("options"), fields.get("scale")) {
        reader.fault(
            second.place,
            "a single choice has either `options` or a `scale`, not both",
            "remove one of the two",
        );
        return None;
    }
    if fields.get("scale").is_some() {
        let scale = scale(reader, fields, scales, used, false)?;
        let option = |point: &crate::Point| Choice {
            key: point.key.clone(),
            text: point.text.clone(),
            exclusive: false,
        };
        return Some(QuestionKind::Single {
            options: scale.points.iter().map(option).collect(),
            ordered: true,
        });
    }
    let ordered = reader.flag(fields, "ordered", false);
    let options = choices(reader, fields, "options", &[])?;
    if options.len() < 2 {
        let place = fields.get("options").map_or(fields.place, |n| n.place);
        reader.fault(
            place,
            "a single choice needs at least two options",
            "add the others, or make it a multiple choice",
        );
    }
    Some(QuestionKind::Single { options, ordered })
}

fn scale(
    reader: &mut Reader,
    fields: &Fields,
    scales: &Scales,
    used: &mut BTreeMap<String, ()>,
    needed: bool,
) -> Option<Scale> {
    let help = "name a scale from `scales`: `scale: zustimmung`";
    let node = if needed {
        reader.need(fields, "scale", help)?
    } else {
        fields.get("scale")?
    };
    let Value::Scalar { text, .. } = &node.value else {
        reader.fault(
            node.place,
            format!("`scale` must name a scale, found {}", node.kind()),
            help,
        );
        return None;
    };
    used.insert(text.clone(), ());
    match scales.get(text) {
        Some(scale) => scale.clone(),
        None => {
            let known = scales.keys().map(String::as_str);
            let help = match nearest(text, known.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if scales.is_empty() => "write the scale below `scales` first".to_owned(),
                None => format!("the scales are {}", quoted(known)),
            };
            reader.fault(node.place, format!("unknown scale `{}`", short(text)), help);
            None
        }
    }
}

fn choices(
    reader: &mut Reader,
    fields: &Fields,
    key: &str,
    beside: &[&str],
) -> Option<Vec<Choice>> {
    let node = reader.need(
        fields,
        key,
        "write each with its key and wording: `ja: { de: \"ja\", en: \"yes\" }`",
    )?;
    let read = wordings(reader, node, &format!("`{key}`"), beside, true)?;
    let choice = |(key, text, exclusive)| Choice {
        key,
        text,
        exclusive,
    };
    Some(read.into_iter().map(choice).collect())
}

/// Keys with wordings, in their order, and whether each is exclusive; at least one.
pub(crate) fn wordings(
    reader: &mut Reader,
    node: &Node,
    what: &str,
    beside: &[&str],
    may_begin_with_digit: bool,
) -> Option<Vec<(String, Text, bool)>> {
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
            let exclusive = reader.flag(&fields, "exclusive", false);
            read.push((key.to_owned(), text, exclusive));
        }
    }
    if entries.is_empty() {
        reader.fault(node.place, format!("{what} is empty"), "write at least one");
    }
    (reader.faults.len() == before).then_some(read)
}

fn bounds(reader: &mut Reader, fields: &Fields, min: Option<f64>, max: Option<f64>) {
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        let place = fields.get("min").map_or(fields.place, |node| node.place);
        reader.fault(
            place,
            format!("`min` is {min} and `max` is {max}"),
            "the smallest number allowed cannot be larger than the largest: swap them",
        );
    }
}
