//! The walk over `lineage`: where the questions of a later wave come from.

use super::faults::nearest;
use super::fields::{Fields, Reader, quoted, short};
use super::walk::is_key_of;
use super::yaml::{Node, Place, Value};
use crate::lineage::{Entry, Lineage, Step, faults};
use crate::{Questionnaire, Text};

const STEPS: [&str; 6] = ["same", "reworded", "options", "scale", "merged", "new"];
const EXAMPLE: &str = "write `konzept: { change: same }`, or what became of it";

/// Reads the section; faults that need no knowledge of the questions are told here.
pub(crate) fn read(reader: &mut Reader, node: &Node) -> Option<Lineage> {
    let known = ["of", "version", "questions", "dropped"];
    let fields = reader.fields(node, "`lineage`", &known)?;
    let of = reader.need(&fields, "of", "name the earlier questionnaire by its key");
    let of = of.and_then(|node| word(reader, node));
    let version = reader
        .need(
            &fields,
            "version",
            "name the version of the earlier questionnaire",
        )
        .and_then(|_| reader.count(&fields, "version", 1, 9_999));
    let questions = reader.need(&fields, "questions", EXAMPLE);
    let questions = questions
        .map(|node| entries(reader, node, "`questions`"))
        .unwrap_or_default();
    let dropped = notes(reader, fields.get("dropped"));
    Some(Lineage {
        of: of?,
        version: version? as u32,
        questions,
        dropped,
        open: Vec::new(),
    })
}

/// Tells what is wrong with the lineage as a whole, each fault at its place.
pub(crate) fn check(
    reader: &mut Reader,
    tree: &Node,
    questionnaire: &Questionnaire,
    earlier: Option<&Questionnaire>,
) {
    for fault in faults(questionnaire, earlier) {
        reader.fault(place(tree, &fault.path), fault.what, fault.help);
    }
}

/// The place of a path below `lineage`: of the last key on it that was written.
fn place(tree: &Node, path: &[String]) -> Place {
    let mut node = tree;
    let mut place = tree.place;
    for key in ["lineage"]
        .into_iter()
        .chain(path.iter().map(String::as_str))
    {
        let Value::Map(entries) = &node.value else {
            break;
        };
        let Some((at, value)) = entries.iter().find(|(k, _)| is_key_of(k, key)) else {
            break;
        };
        (place, node) = (at.place, value);
    }
    place
}

/// Entries by their keys.
fn entries(reader: &mut Reader, node: &Node, what: &str) -> Vec<Entry> {
    let Value::Map(map) = &node.value else {
        reader.fault(
            node.place,
            format!("expected {what} by their keys, found {}", node.kind()),
            EXAMPLE,
        );
        return Vec::new();
    };
    let distinct = reader.distinct(map, what);
    let read = distinct
        .into_iter()
        .filter_map(|(key, node)| entry(reader, key, node));
    read.collect()
}

fn entry(reader: &mut Reader, key: &str, node: &Node) -> Option<Entry> {
    let known = [
        "change",
        "from",
        "comparable",
        "note",
        "mapping",
        "parts",
        "dropped",
    ];
    let what = format!("the lineage of `{}`", short(key));
    let fields = reader.fields(node, &what, &known)?;
    let help = format!("the changes are {}", quoted(STEPS));
    let node = reader.need(&fields, "change", &help)?;
    let step = word(reader, node)?;
    let Some(step) = Step::from_word(&step).filter(|step| *step != Step::Dropped) else {
        let help = match nearest(&step, STEPS) {
            Some(near) => format!("did you mean `{near}`?"),
            None => help,
        };
        reader.fault(
            node.place,
            format!("unknown change `{}`", short(&step)),
            help,
        );
        return None;
    };
    let comparable = fields
        .get("comparable")
        .map(|_| reader.flag(&fields, "comparable", false));
    Some(Entry {
        from: fields
            .get("from")
            .map(|node| words(reader, node))
            .unwrap_or_default(),
        comparable,
        note: reader.may_text(&fields, "note"),
        mapping: mapping(reader, &fields),
        parts: fields
            .get("parts")
            .map(|node| entries(reader, node, "`parts`"))
            .unwrap_or_default(),
        dropped: notes(reader, fields.get("dropped")),
        ..Entry::new(key, step)
    })
}

fn mapping(reader: &mut Reader, fields: &Fields) -> Vec<(String, Vec<String>)> {
    let Some(node) = fields.get("mapping") else {
        return Vec::new();
    };
    let Value::Map(map) = &node.value else {
        reader.fault(
            node.place,
            format!(
                "expected earlier answers with their new ones, found {}",
                node.kind()
            ),
            "write `earlier-answer: new-answer`, one a line",
        );
        return Vec::new();
    };
    let distinct = reader.distinct(map, "`mapping`");
    let pairs = distinct
        .into_iter()
        .map(|(old, node)| (old.to_owned(), words(reader, node)));
    pairs.collect()
}

/// What is not there any more, each with its note.
fn notes(reader: &mut Reader, node: Option<&Node>) -> Vec<(String, Text)> {
    let Some(node) = node else {
        return Vec::new();
    };
    let Value::Map(map) = &node.value else {
        reader.fault(
            node.place,
            format!("expected keys with a note each, found {}", node.kind()),
            "write `key: { de: \"…\", en: \"…\" }`",
        );
        return Vec::new();
    };
    let distinct = reader.distinct(map, "`dropped`");
    let read = distinct.into_iter().filter_map(|(key, node)| {
        let (text, _) = reader.text(node, &format!("the note on `{}`", short(key)), &[])?;
        Some((key.to_owned(), text))
    });
    read.collect()
}

/// One word, or a list of them.
fn words(reader: &mut Reader, node: &Node) -> Vec<String> {
    match &node.value {
        Value::List(list) => list.iter().filter_map(|node| word(reader, node)).collect(),
        _ => word(reader, node).into_iter().collect(),
    }
}

fn word(reader: &mut Reader, node: &Node) -> Option<String> {
    match &node.value {
        Value::Scalar { text, .. } if !node.is_nothing() => Some(text.clone()),
        _ => {
            reader.fault(
                node.place,
                format!("expected a key, found {}", node.kind()),
                "write the key of a question or answer",
            );
            None
        }
    }
}
