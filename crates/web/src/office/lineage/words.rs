//! What became of a question, in words for researchers.

use questionnaire::lineage::{Entry, Step, part_keys, part_text};
use questionnaire::{Question, Text};

use super::{Pair, Stand};
use crate::frame::{Ask, day};

/// The step in words.
pub(super) fn step(ask: &Ask, step: Step) -> String {
    ask.t(match step {
        Step::Same => "lineage-step-same",
        Step::Reworded => "lineage-step-reworded",
        Step::Options => "lineage-step-options",
        Step::Scale => "lineage-step-scale",
        Step::Merged => "lineage-step-merged",
        Step::New => "lineage-step-new",
        Step::Dropped => "lineage-step-dropped",
    })
}

/// What became of an item: its step, what it said before, and its key where that is another one.
pub(super) fn item(
    ask: &Ask,
    of: Step,
    (key, from): (&str, Option<&str>),
    before: Option<&Text>,
) -> String {
    let mut said = step(ask, of);
    if let (Step::Reworded, Some(before)) = (of, before) {
        let before = before.get(ask.lang);
        said = ask.tv(
            "lineage-item-before",
            &[("step", &said), ("before", before)],
        );
    }
    match from.filter(|from| *from != key && of != Step::New) {
        Some(from) => {
            let keys = [("from", from), ("to", key)];
            format!("{said}, {}", ask.tv("lineage-item-key", &keys))
        }
        None => said,
    }
}

/// Who decided: "von … am …", "steht in der Datei", "Vorschlag".
pub(super) fn stand(ask: &Ask, pair: &Pair, key: &str) -> String {
    match pair.stand(key) {
        Stand::Proposed => ask.t("lineage-stand-proposed"),
        Stand::File => ask.t("lineage-stand-file"),
        Stand::Decided => {
            let kept = pair.kept(true, key);
            let (by, at) = kept.map_or((String::new(), String::new()), |kept| {
                (kept.by.clone(), ask.date(day(kept.at)))
            });
            ask.tv("lineage-stand-decided", &[("by", &by), ("date", &at)])
        }
    }
}

/// Whether it will be compared, and on what.
pub(super) fn outcome(ask: &Ask, entry: &Entry, decided: bool) -> String {
    let compared = match entry.step {
        Step::New | Step::Dropped => return ask.t("lineage-not-compared-new"),
        Step::Reworded | Step::Options => entry.comparable == Some(true),
        Step::Scale => !entry.mapping.is_empty(),
        Step::Same | Step::Merged => true,
    };
    ask.t(match (compared, decided, entry.step) {
        (false, ..) => "lineage-not-compared",
        (true, false, _) => "lineage-would-compare",
        (true, true, Step::Scale) => "lineage-compared-mapped",
        (true, true, _) => "lineage-compared",
    })
}

/// What an entry says about options, items and answers: label and value, line by line.
pub(super) fn lines(
    ask: &Ask,
    entry: &Entry,
    new: &Question,
    old: Option<&Question>,
) -> Vec<(String, String)> {
    let of = |question: Option<&Question>, key: &str| {
        let text = question.and_then(|q| part_text(q, key).or_else(|| code_text(q, key)));
        text.map_or(key.to_owned(), |text| text.get(ask.lang).to_owned())
    };
    let mut lines = Vec::new();
    for part in &entry.parts {
        let now = of(Some(new), &part.key);
        let mut said = step(ask, part.step);
        if part.comparable == Some(false) {
            said = format!("{said}, {}", ask.t("lineage-part-not-comparable"));
        }
        if part.step != Step::New {
            let from: Vec<String> = match part.from.as_slice() {
                [] => vec![of(old, &part.key)],
                from => from.iter().map(|key| of(old, key)).collect(),
            };
            said = format!("{said}: {}", quoted(ask, &from));
            if let (Step::Same, [from]) = (part.step, part.from.as_slice()) {
                let keys = [("from", from.as_str()), ("to", &part.key)];
                said = format!("{said}, {}", ask.tv("lineage-item-key", &keys));
            }
        }
        lines.push((now, said));
    }
    for (from, to) in &entry.mapping {
        let to: Vec<String> = to.iter().map(|key| of(Some(new), key)).collect();
        lines.push((of(old, from), format!("→ {}", quoted(ask, &to))));
    }
    for (key, _) in &entry.dropped {
        lines.push((of(old, key), step(ask, Step::Dropped)));
    }
    lines
}

fn quoted(ask: &Ask, words: &[String]) -> String {
    edition::numbers::list(ask.lang, words)
}

fn code_text<'q>(question: &'q Question, key: &str) -> Option<&'q Text> {
    let codes = question.codes();
    codes.into_iter().find(|(k, _)| *k == key).map(|(_, t)| t)
}

/// What is asked besides the wording: items or options, and the scale.
pub(super) fn offered(ask: &Ask, question: &Question) -> Vec<String> {
    let keys = part_keys(question).into_iter();
    let parts = keys.filter_map(|key| part_text(question, key));
    let mut all: Vec<String> = parts.map(|t| t.get(ask.lang).to_owned()).collect();
    if question.items().is_some() {
        let codes = question.codes();
        let scale: Vec<&str> = codes.iter().map(|(_, t)| t.get(ask.lang)).collect();
        if !scale.is_empty() {
            all.push(ask.tv("lineage-scale", &[("codes", &scale.join(" – "))]));
        }
    }
    all
}
