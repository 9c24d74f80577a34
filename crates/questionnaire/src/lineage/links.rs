//! Variable by variable: what may be compared, on which answers, and for the rest why not.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::check::{answers, itemised, part_text};
use super::{Entry, Lineage, Step};
use crate::part::{Role, Value};
use crate::{Question, QuestionKind, Questionnaire, Text, VariableKey};

/// Answers of both waves that mean the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// In words: the new wordings.
    pub label: Text,
    /// Codes of the earlier wave.
    pub old: Vec<String>,
    /// Codes of the later wave.
    pub new: Vec<String>,
}

/// Why something is not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// It was not asked before.
    New,
    /// It is not asked any more.
    Dropped,
    /// The wording changed too much.
    Reworded,
    /// The options changed too much.
    Options,
    /// Another scale, and no mapping is stated.
    Scale,
    /// A text or practices: there is nothing to count.
    Open,
    /// No change is worked out for answers of this kind: ranks, days, places; columns of another scale than the first.
    Kind,
    /// What became of it is only proposed so far.
    Unconfirmed,
}

/// One variable of the later dataset (or, when dropped, of the earlier one) with its counterpart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Key of the question, in the later questionnaire unless it was dropped.
    pub question: String,
    /// Wording of the question.
    pub text: Text,
    /// Wording of the item or option, where there is one.
    pub part: Option<Text>,
    /// Variable of the later dataset; `None` when it was dropped.
    pub new: Option<VariableKey>,
    /// Variables of the earlier dataset: several flags for merged options, none when it is new.
    pub old: Vec<VariableKey>,
    /// What became of it.
    pub step: Step,
    /// The researcher's note for readers.
    pub note: Option<Text>,
    /// For choices of one option and batteries: the answers that are compared. Empty for flags and numbers.
    pub groups: Vec<Group>,
    /// Whether `groups` are the codes as they are, one by one.
    pub as_is: bool,
    /// Why it is not compared; `None` when it is.
    pub refused: Option<Refusal>,
}

/// What may be compared of two questionnaires, in the order of the later one; what was dropped comes last.
///
/// `new` must have a lineage of `old` without [`faults`](super::faults), or be the same questionnaire in the same version:
/// then everything is the same. `None` when it has none.
pub fn links(old: &Questionnaire, new: &Questionnaire) -> Option<Vec<Link>> {
    let own;
    let lineage = match &new.lineage {
        Some(lineage) if lineage.of == old.key && lineage.version == old.version => lineage,
        _ if (&new.key, new.version) == (&old.key, old.version) => {
            let same = |q: &Question| Entry::new(&q.key, Step::Same);
            own = Lineage {
                of: old.key.clone(),
                version: old.version,
                questions: new.questions().map(same).collect(),
                dropped: Vec::new(),
                open: Vec::new(),
            };
            &own
        }
        _ => return None,
    };
    let mut links = Vec::new();
    for question in new.questions() {
        let Some(entry) = lineage.question(&question.key) else {
            continue;
        };
        let before = entry.before().and_then(|key| old.question(key));
        let first = links.len();
        of_question(question, entry, before, &mut links);
        if lineage.open.contains(&question.key) {
            for link in links[first..]
                .iter_mut()
                .filter(|l| l.refused != Some(Refusal::Open))
            {
                link.refused = Some(Refusal::Unconfirmed);
            }
        }
    }
    for (key, note) in &lineage.dropped {
        if let Some(question) = old.question(key) {
            links.push(Link {
                old: question.variables(),
                note: Some(note.clone()),
                refused: Some(Refusal::Dropped),
                ..blank(question, Step::Dropped)
            });
        }
    }
    Some(links)
}

fn blank(question: &Question, step: Step) -> Link {
    Link {
        question: question.key.clone(),
        text: question.text.clone(),
        part: None,
        new: None,
        old: Vec::new(),
        step,
        note: None,
        groups: Vec::new(),
        as_is: true,
        refused: None,
    }
}

/// Why the question as a whole is not compared.
fn refusal(entry: &Entry, question: &Question, before: Option<&Question>) -> Option<Refusal> {
    if !question.closed() {
        return Some(Refusal::Open);
    }
    let counted = !matches!(
        question.kind,
        QuestionKind::Ranking { .. } | QuestionKind::Date { .. } | QuestionKind::Municipality
    );
    match entry.step {
        Step::New | Step::Dropped | Step::Merged => Some(Refusal::New),
        Step::Reworded if entry.comparable != Some(true) => Some(Refusal::Reworded),
        Step::Options if entry.comparable != Some(true) => Some(Refusal::Options),
        Step::Scale if entry.mapping.is_empty() => Some(Refusal::Scale),
        _ if before.is_none() => Some(Refusal::New),
        _ if !counted => Some(Refusal::Kind),
        _ => None,
    }
}

fn of_question(
    question: &Question,
    entry: &Entry,
    before: Option<&Question>,
    links: &mut Vec<Link>,
) {
    let refused = refusal(entry, question, before);
    let old_key = before.map(|q| q.key.as_str());
    let whole = Link {
        note: entry.note.clone(),
        refused,
        ..blank(question, entry.step)
    };
    match &question.kind {
        _ if itemised(question) => {
            of_items(&whole, question, entry, before, links);
            dropped_parts(&whole, entry, before, links);
        }
        QuestionKind::Multiple { options, .. } => {
            for option in options {
                let part = entry.part(&option.key);
                let link = of_part(&whole, part, &option.key, old_key, true);
                links.push(Link {
                    part: Some(option.text.clone()),
                    ..link
                });
            }
            dropped_parts(&whole, entry, before, links);
        }
        QuestionKind::Single { .. } => {
            links.push(Link {
                new: Some(VariableKey::new(&question.key)),
                old: old_key.map(VariableKey::new).into_iter().collect(),
                groups: groups(question, entry, before),
                as_is: entry.mapping.is_empty() && entry.parts.is_empty(),
                ..whole.clone()
            });
            for part in entry.parts.iter().filter(|p| p.step == Step::New) {
                let text = question.codes().into_iter().find(|(k, _)| *k == part.key);
                links.push(Link {
                    part: text.map(|(_, text)| text.clone()),
                    new: Some(VariableKey::new(&question.key)),
                    step: Step::New,
                    note: part.note.clone(),
                    refused: Some(Refusal::New),
                    ..whole.clone()
                });
            }
            dropped_parts(&whole, entry, before, links);
        }
        _ => links.push(Link {
            new: Some(VariableKey::new(&question.key)),
            old: old_key.map(VariableKey::new).into_iter().collect(),
            ..whole
        }),
    }
}

/// Every item of a battery and its like by itself; of several columns each, of boxes to tick each box.
fn of_items(
    whole: &Link,
    question: &Question,
    entry: &Entry,
    before: Option<&Question>,
    links: &mut Vec<Link>,
) {
    let columns = answers(question);
    // Of one scale a researcher may say that the answers that both have can be compared.
    let judged = entry.step == Step::Options && columns.len() == 1;
    let first = columns.into_iter().next();
    for part in question.parts() {
        let Some(item) = part.item.filter(|_| part.role == Role::Own) else {
            continue;
        };
        let of = entry.part(&item.key);
        let link = of_part(whole, of, &item.key, before.map(|q| q.key.as_str()), false);
        let stem = format!("{}.{}", question.key, item.key);
        let column = part.key.as_str().strip_prefix(&stem).unwrap_or_default();
        let key = link.old.first().map(|old| format!("{old}{column}"));
        let then = before.zip(key).and_then(|(before, key)| {
            let key = VariableKey(key);
            before.parts().into_iter().find(|part| part.key == key)
        });
        let now = (part.value.codes(), unit_of(&part.value));
        // Columns of another kind or scale than the first have no place in the question's table.
        let alone = first
            .as_ref()
            .is_some_and(|f| f.2 != now.0 || (f.3.is_none() && now.1.is_some() && !f.2.is_empty()));
        let own = match (&part.value, &then) {
            (Value::Text { .. }, _) => Some(Refusal::Open),
            (_, None) => Some(Refusal::New),
            (value, Some(then)) => {
                let units = unit_of(value) != unit_of(&then.value);
                let other = value.codes() != then.value.codes() && entry.mapping.is_empty();
                let boxes = matches!(value, Value::Choices { .. });
                match () {
                    () if alone => Some(Refusal::Kind),
                    () if units || (other && !boxes && !judged) => Some(Refusal::Scale),
                    () => None,
                }
            }
        };
        let refused = link.refused.or(own);
        let words = |get: fn(&Text) -> &str| match part.beside {
            Some(column) => format!("{}: {}", get(&item.text), get(column)),
            None => get(&item.text).to_owned(),
        };
        let text = Text {
            de: words(|t| &t.de),
            en: words(|t| &t.en),
        };
        let old: Vec<VariableKey> = then.iter().map(|then| then.key.clone()).collect();
        if let Value::Choices { options, .. } = part.value {
            for option in options {
                let box_of = |key: &VariableKey| VariableKey(format!("{key}.{}", option.key));
                let there = then.as_ref().and_then(|then| {
                    then.value
                        .codes()
                        .into_iter()
                        .find(|(k, _)| *k == option.key)
                });
                let own = match there {
                    None => Some(Refusal::New),
                    Some((_, text)) if *text != option.text => Some(Refusal::Reworded),
                    Some(_) => None,
                };
                links.push(Link {
                    part: Some(Text {
                        de: format!("{}: {}", text.de, option.text.de),
                        en: format!("{}: {}", text.en, option.text.en),
                    }),
                    new: Some(box_of(&part.key)),
                    old: old.iter().filter(|_| own.is_none()).map(box_of).collect(),
                    refused: refused.or(own),
                    ..link.clone()
                });
            }
            continue;
        }
        links.push(Link {
            part: Some(text),
            new: Some(part.key.clone()),
            groups: then
                .map(|then| grouped(entry, false, &now.0, &then.value.codes()))
                .unwrap_or_default(),
            as_is: entry.mapping.is_empty(),
            old,
            refused,
            ..link
        });
    }
}

/// The unit of a number.
fn unit_of<'q>(value: &Value<'q>) -> Option<&'q Text> {
    match value {
        Value::Number { unit, .. } => Some(unit),
        _ => None,
    }
}

/// An item of a battery, or an option of a multiple choice.
fn of_part(
    whole: &Link,
    part: Option<&Entry>,
    key: &str,
    old_question: Option<&str>,
    option: bool,
) -> Link {
    let same;
    let of = match part {
        Some(part) => part,
        None => {
            same = Entry::new(key, Step::Same);
            &same
        }
    };
    let old_keys: Vec<&str> = match (of.step, of.from.as_slice()) {
        (Step::New, _) => Vec::new(),
        (_, []) => vec![key],
        (_, from) => from.iter().map(String::as_str).collect(),
    };
    let own = match of.step {
        Step::New => Some(Refusal::New),
        Step::Reworded if of.comparable != Some(true) => Some(Refusal::Reworded),
        _ => None,
    };
    let step = match of.step {
        // A part that is as before shares what became of its question.
        Step::Same if !(option && whole.step == Step::Options) => whole.step,
        step => step,
    };
    Link {
        new: Some(VariableKey::item(&whole.question, key)),
        old: old_question
            .map(|q| old_keys.iter().map(|k| VariableKey::item(q, k)).collect())
            .unwrap_or_default(),
        step,
        note: of.note.clone().or_else(|| whole.note.clone()),
        refused: own.or(whole.refused),
        ..whole.clone()
    }
}

fn dropped_parts(whole: &Link, entry: &Entry, before: Option<&Question>, links: &mut Vec<Link>) {
    let Some(before) = before else { return };
    for (key, note) in &entry.dropped {
        links.push(Link {
            part: part_text(before, key).cloned(),
            new: None,
            old: vec![VariableKey::item(&before.key, key)],
            step: Step::Dropped,
            note: Some(note.clone()),
            refused: Some(Refusal::Dropped),
            ..whole.clone()
        });
    }
}

/// The answers that are compared, in the order of the new codes. With a mapping: what is joined by it, directly or by
/// several steps, is one answer, so that one code may stand for several on either side.
fn groups(question: &Question, entry: &Entry, before: Option<&Question>) -> Vec<Group> {
    let Some(before) = before else {
        return Vec::new();
    };
    grouped(entry, true, &question.codes(), &before.codes())
}

/// The same of two lists of codes; `options` where the entry's parts are these codes.
fn grouped(
    entry: &Entry,
    options: bool,
    codes: &[(&str, &Text)],
    before: &[(&str, &Text)],
) -> Vec<Group> {
    let old_codes: BTreeSet<&str> = before.iter().map(|(code, _)| *code).collect();
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    if entry.mapping.is_empty() {
        for (code, _) in codes {
            match entry.part(code).filter(|_| options) {
                Some(part) if part.step == Step::New => {}
                Some(part) if part.step == Step::Reworded && part.comparable != Some(true) => {}
                Some(part) if !part.from.is_empty() => {
                    pairs.extend(part.from.iter().map(|old| (old.as_str(), *code)));
                }
                _ if old_codes.contains(code) => pairs.push((code, code)),
                _ => {}
            }
        }
    } else {
        for (old, new) in &entry.mapping {
            pairs.extend(new.iter().map(|new| (old.as_str(), new.as_str())));
        }
    }
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let mut groups = Vec::new();
    for (code, _) in codes {
        if taken.contains(code) {
            continue;
        }
        let (mut old, mut new) = (BTreeSet::new(), BTreeSet::from([*code]));
        loop {
            let size = old.len() + new.len();
            for (from, to) in &pairs {
                if old.contains(from) || new.contains(to) {
                    old.insert(*from);
                    new.insert(*to);
                }
            }
            if old.len() + new.len() == size {
                break;
            }
        }
        taken.extend(&new);
        if old.is_empty() {
            continue;
        }
        let in_order: Vec<(&str, &Text)> = codes
            .iter()
            .filter(|(c, _)| new.contains(c))
            .copied()
            .collect();
        groups.push(Group {
            label: joined(&in_order),
            old: before
                .iter()
                .filter(|(c, _)| old.contains(c))
                .map(|(c, _)| (*c).to_owned())
                .collect(),
            new: in_order.iter().map(|(c, _)| (*c).to_owned()).collect(),
        });
    }
    groups
}

fn joined(codes: &[(&str, &Text)]) -> Text {
    let join = |get: fn(&Text) -> &str, or: &str| {
        let words: Vec<&str> = codes.iter().map(|(_, text)| get(text)).collect();
        words.join(or)
    };
    Text {
        de: join(|t| &t.de, " oder "),
        en: join(|t| &t.en, " or "),
    }
}
