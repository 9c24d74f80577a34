//! A lineage proposed by the program: by key, then by likeness of wording. The researcher edits and so confirms it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::check::{alike, answers, item_unit, itemised, part_keys, part_text};
use super::{Entry, Lineage, Step};
use crate::{Question, QuestionKind, Questionnaire, Text};

/// From this likeness on (0 to 1), two wordings are taken for one question under another key.
const LIKE: f64 = 0.6;
/// From this likeness on, other words are proposed as comparable.
const COMPARABLE: f64 = 0.8;

/// What became of each question, as far as keys and wordings tell. Notes say what changed in generated words.
pub fn propose(old: &Questionnaire, new: &Questionnaire) -> Lineage {
    let now: Vec<(&str, &str)> = new
        .questions()
        .map(|q| (q.key.as_str(), q.text.de.as_str()))
        .collect();
    let then: Vec<(&str, &str)> = old
        .questions()
        .map(|q| (q.key.as_str(), q.text.de.as_str()))
        .collect();
    let from = matched(&then, &now);
    let questions = new.questions().map(|question| {
        match from
            .get(question.key.as_str())
            .and_then(|key| old.question(key))
        {
            Some(before) => proposed(question, before),
            None => Entry {
                note: Some(note(
                    "In der früheren Befragung wurde das nicht gefragt.",
                    "This was not asked in the earlier wave.",
                )),
                ..Entry::new(&question.key, Step::New)
            },
        }
    });
    let went_on: BTreeSet<&str> = from.values().copied().collect();
    let dropped = old
        .questions()
        .filter(|q| !went_on.contains(q.key.as_str()));
    Lineage {
        of: old.key.clone(),
        version: old.version,
        questions: questions.collect(),
        dropped: dropped
            .map(|q| (q.key.clone(), not_asked_any_more()))
            .collect(),
        open: Vec::new(),
    }
}

fn note(de: impl Into<String>, en: impl Into<String>) -> Text {
    Text {
        de: de.into(),
        en: en.into(),
    }
}

/// The note on what is not asked any more.
pub fn not_asked_any_more() -> Text {
    note(
        "In der späteren Befragung wird das nicht mehr gefragt.",
        "This is not asked any more in the later wave.",
    )
}

fn reworded(before: &Text) -> Text {
    note(
        format!(
            "Der Wortlaut wurde geändert; vorher hieß es: „{}“",
            before.de
        ),
        format!("The wording changed; before it was: “{}”", before.en),
    )
}

/// New key to old key: equal keys first, then the most alike of the rest, each old one once.
fn matched<'a>(
    then: &[(&'a str, &'a str)],
    now: &[(&'a str, &'a str)],
) -> BTreeMap<&'a str, &'a str> {
    let mut from = BTreeMap::new();
    let mut free: BTreeSet<&str> = then.iter().map(|(key, _)| *key).collect();
    for (key, _) in now {
        if free.remove(key) {
            from.insert(*key, *key);
        }
    }
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (i, (new, text)) in now.iter().enumerate() {
        for (j, (old, before)) in then.iter().enumerate() {
            if !from.contains_key(new) && free.contains(old) {
                let likeness = likeness(text, before);
                if likeness >= LIKE {
                    pairs.push((likeness, i, j));
                }
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, i, j) in pairs {
        let (new, old) = (now[i].0, then[j].0);
        if !from.contains_key(new) && free.remove(old) {
            from.insert(new, old);
        }
    }
    from
}

/// What became of one question, as far as the two wordings tell.
pub fn proposed(question: &Question, before: &Question) -> Entry {
    let renamed = || {
        if question.key == before.key {
            Vec::new()
        } else {
            vec![before.key.clone()]
        }
    };
    let (items, same_kind) = (itemised(question), alike(question, before));
    let (now, then) = (answers(question), answers(before));
    // Of a single scale (or unit) another one can be mapped; of several columns, and of boxes to tick, each is looked at by
    // itself.
    let boxes = matches!(question.kind, QuestionKind::Ticks { .. });
    let one = now.len() == 1 && then.len() == 1 && !boxes;
    let measured =
        question.ordered() || before.ordered() || now.iter().chain(&then).any(|of| of.3.is_some());
    let scale = !same_kind || (one && now != then && (measured || items));
    let columns = same_kind && !one && now != then;
    let mut entry = Entry {
        from: renamed(),
        ..Entry::new(&question.key, Step::Same)
    };
    if question.text != before.text {
        entry.step = Step::Reworded;
        entry.comparable = Some(likeness(&question.text.de, &before.text.de) >= COMPARABLE);
        entry.note = Some(reworded(&before.text));
    }
    let coded = !scale && !question.codes().is_empty();
    if same_kind && (items || coded) {
        parts(&mut entry, question, before);
    }
    let changed = !entry.parts.is_empty() || !entry.dropped.is_empty();
    if scale {
        entry.step = Step::Scale;
        entry.comparable = None;
        entry.mapping = mapping(question, before);
        let note = note(
            format!(
                "Die Antworten wurden geändert; vorher: {}.",
                said(before, |t| &t.de)
            ),
            format!("The answers changed; before: {}.", said(before, |t| &t.en)),
        );
        entry.note = Some(note);
    } else if columns || (changed && !items) {
        entry.step = Step::Options;
        let each = columns || matches!(question.kind, QuestionKind::Multiple { .. });
        entry.comparable = Some(each);
        entry.note.get_or_insert_with(|| {
            note(
                "Die Auswahl der Antworten wurde geändert.",
                "The choice of answers changed.",
            )
        });
    }
    entry
}

fn said(question: &Question, get: fn(&Text) -> &str) -> String {
    let words: Vec<&str> = question
        .codes()
        .into_iter()
        .map(|(_, text)| get(text))
        .collect();
    words.join(", ")
}

/// Items or options that are not as before.
fn parts(entry: &mut Entry, question: &Question, before: &Question) {
    let words = |q| -> Vec<(&str, &str)> {
        let text = |key| part_text(q, key).map_or("", |text| text.de.as_str());
        part_keys(q)
            .into_iter()
            .map(|key| (key, text(key)))
            .collect()
    };
    let (now, then) = (words(question), words(before));
    let from = matched(&then, &now);
    for (key, text) in &now {
        let old = from.get(key);
        if let Some(old) = old
            && item_unit(question, key) != item_unit(before, old)
        {
            entry.parts.push(Entry {
                note: Some(note(
                    "Die Zahl hat eine andere Einheit als in der früheren Befragung.",
                    "The number has another unit than in the earlier wave.",
                )),
                ..Entry::new(*key, Step::New)
            });
            continue;
        }
        let Some(old) = old else {
            entry.parts.push(Entry {
                note: Some(note(
                    "Das wurde in der früheren Befragung nicht angeboten.",
                    "This was not offered in the earlier wave.",
                )),
                ..Entry::new(*key, Step::New)
            });
            continue;
        };
        let (wording, earlier) = (part_text(question, key), part_text(before, old));
        if wording != earlier || old != key {
            let earlier = earlier.cloned().unwrap_or_default();
            let same = wording == Some(&earlier);
            entry.parts.push(Entry {
                from: if old == key {
                    Vec::new()
                } else {
                    vec![(*old).to_owned()]
                },
                comparable: (!same).then(|| likeness(text, &earlier.de) >= LIKE),
                note: (!same).then(|| reworded(&earlier)),
                ..Entry::new(*key, if same { Step::Same } else { Step::Reworded })
            });
        }
    }
    let goes_on = |(key, old): (&&str, &&str)| {
        let unit = item_unit(question, key) == item_unit(before, old);
        unit.then(|| (*old).to_owned())
    };
    let mut went_on: BTreeSet<String> = from.iter().filter_map(goes_on).collect();
    if !itemised(question) {
        went_on.extend(merge(entry, &now, &then, &went_on));
    }
    let lost = then.iter().filter(|(key, _)| !went_on.contains(*key));
    entry.dropped = lost
        .map(|(key, _)| ((*key).to_owned(), not_asked_any_more()))
        .collect();
}

/// Options that are gone and whose longest word stands in a reworded option were merged into it. Returns their keys.
fn merge(
    entry: &mut Entry,
    now: &[(&str, &str)],
    then: &[(&str, &str)],
    went_on: &BTreeSet<String>,
) -> Vec<String> {
    let mut merged = Vec::new();
    for (key, text) in then.iter().filter(|(key, _)| !went_on.contains(*key)) {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let Some(word) = words.max_by_key(|word| word.chars().count()) else {
            continue;
        };
        let holds = |part: &&mut Entry| {
            let renamed = matches!(part.step, Step::Reworded | Step::Merged);
            let wording = now.iter().find(|(key, _)| *key == part.key);
            let wording = wording.map_or("", |(_, text)| *text);
            renamed && word.chars().count() >= 5 && wording.contains(word)
        };
        if let Some(part) = entry.parts.iter_mut().find(holds) {
            if part.from.is_empty() {
                part.from.push(part.key.clone());
            }
            part.from.push((*key).to_owned());
            (part.step, part.comparable) = (Step::Merged, None);
            part.note = Some(note(
                "Vorher waren das mehrere Antworten.",
                "Before, these were several answers.",
            ));
            merged.push((*key).to_owned());
        }
    }
    merged
}

/// Earlier answers with the new ones that stand for them: by key or wording, else by their place on scales. Empty where
/// that leaves an answer out: then nothing is comparable until the researcher states a mapping.
fn mapping(question: &Question, before: &Question) -> Vec<(String, Vec<String>)> {
    let (now, then) = (question.codes(), before.codes());
    if now.len() < 2 || then.len() < 2 || !question.ordered() || !before.ordered() {
        return Vec::new();
    }
    let top = |count: usize| (count - 1) as f64;
    // A point half-way between two goes to the one farther from the middle.
    let place = |i: usize| {
        let (at, end) = (i as f64 / top(then.len()) * top(now.len()), top(now.len()));
        let nearest = if at < end / 2.0 {
            (at - 0.5).ceil()
        } else {
            (at + 0.5).floor()
        };
        nearest.clamp(0.0, end) as usize
    };
    let mut mapping: Vec<(String, Vec<String>)> = then
        .iter()
        .enumerate()
        .map(|(i, (code, text))| {
            let found = now.iter().find(|(new, words)| new == code && words == text);
            let new = found.map_or(now[place(i)].0, |(new, _)| *new);
            ((*code).to_owned(), vec![new.to_owned()])
        })
        .collect();
    // New points that nothing falls on go with their neighbour below.
    for (j, (code, _)) in now.iter().enumerate() {
        let reached = mapping.iter().any(|(_, new)| new.iter().any(|n| n == code));
        if !reached && j > 0 {
            let below = now[j - 1].0;
            if let Some((_, new)) = mapping
                .iter_mut()
                .rev()
                .find(|(_, new)| new.iter().any(|n| n == below))
            {
                new.push((*code).to_owned());
            }
        }
    }
    mapping
}

/// Dice's likeness of two wordings by their pairs of letters, 0 to 1.
fn likeness(a: &str, b: &str) -> f64 {
    let pairs = |text: &str| {
        let letters: Vec<char> = text
            .to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        let mut counts: BTreeMap<(char, char), usize> = BTreeMap::new();
        for pair in letters.windows(2) {
            *counts.entry((pair[0], pair[1])).or_default() += 1;
        }
        counts
    };
    let (a, b) = (pairs(a), pairs(b));
    let common: usize = a
        .iter()
        .map(|(pair, n)| (*n).min(b.get(pair).copied().unwrap_or(0)))
        .sum();
    let all = a.values().sum::<usize>() + b.values().sum::<usize>();
    if all == 0 {
        0.0
    } else {
        2.0 * common as f64 / all as f64
    }
}

/// The lineage as it is written in a questionnaire's file.
pub fn to_yaml(lineage: &Lineage) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let mut line = |depth: usize, text: String| {
        let _ = writeln!(out, "{:1$}{text}", "", depth * 2);
    };
    line(0, "lineage:".into());
    line(1, format!("of: {}", lineage.of));
    line(1, format!("version: {}", lineage.version));
    line(1, "questions:".into());
    for entry in &lineage.questions {
        write_entry(&mut line, 2, entry, true);
    }
    if !lineage.dropped.is_empty() {
        line(1, "dropped:".into());
        for (key, note) in &lineage.dropped {
            line(2, format!("{key}: {}", wording(note)));
        }
    }
    out
}

fn write_entry(line: &mut impl FnMut(usize, String), depth: usize, entry: &Entry, question: bool) {
    let plain = entry.from.is_empty()
        && entry.note.is_none()
        && entry.parts.is_empty()
        && entry.dropped.is_empty();
    if plain {
        line(
            depth,
            format!("{}: {{ change: {} }}", entry.key, entry.step.word()),
        );
        return;
    }
    line(depth, format!("{}:", entry.key));
    line(depth + 1, format!("change: {}", entry.step.word()));
    match entry.from.as_slice() {
        [] => {}
        [one] => line(depth + 1, format!("from: {one}")),
        several => line(depth + 1, format!("from: [{}]", several.join(", "))),
    }
    if let Some(comparable) = entry.comparable {
        line(depth + 1, format!("comparable: {comparable}"));
    }
    if let Some(note) = &entry.note {
        line(depth + 1, format!("note: {}", wording(note)));
    }
    if !entry.mapping.is_empty() {
        line(depth + 1, "mapping:".into());
        for (old, new) in &entry.mapping {
            let new = match new.as_slice() {
                [one] => one.clone(),
                several => format!("[{}]", several.join(", ")),
            };
            line(depth + 2, format!("{old}: {new}"));
        }
    }
    if !entry.parts.is_empty() && question {
        line(depth + 1, "parts:".into());
        for part in &entry.parts {
            write_entry(line, depth + 2, part, false);
        }
    }
    if !entry.dropped.is_empty() {
        line(depth + 1, "dropped:".into());
        for (key, note) in &entry.dropped {
            line(depth + 2, format!("{key}: {}", wording(note)));
        }
    }
}

fn wording(text: &Text) -> String {
    let quoted = |words: &str| {
        format!(
            "\"{}\"",
            words
                .replace('\\', "\\\\")
                .replace('"', "\\\"")
                .replace('\n', " ")
        )
    };
    format!("{{ de: {}, en: {} }}", quoted(&text.de), quoted(&text.en))
}
