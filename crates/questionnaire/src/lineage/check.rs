//! What is wrong with a lineage, each fault with the path to its place in the file.

use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, Step};
use crate::file::nearest;
use crate::part::{Role, Value};
use crate::{Question, QuestionKind, Questionnaire, Text};

/// One fault. The path leads to it below `lineage`, e.g. `questions`, `lage`, `mapping`, `gut`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineageFault {
    /// Keys from `lineage` on.
    pub path: Vec<String>,
    /// What is wrong.
    pub what: String,
    /// What would be right.
    pub help: String,
}

impl std::fmt::Display for LineageFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "lineage.{}: {} ({})",
            self.path.join("."),
            self.what,
            self.help
        )
    }
}

/// Everything that is wrong with the lineage of `new`; empty where it has none. With the earlier questionnaire it is
/// checked too that what is said to be the same is the same, and that the mapping covers every earlier answer.
pub fn faults(new: &Questionnaire, old: Option<&Questionnaire>) -> Vec<LineageFault> {
    let Some(lineage) = &new.lineage else {
        return Vec::new();
    };
    let mut check = Check { faults: Vec::new() };
    let known: Vec<&str> = new.questions().map(|q| q.key.as_str()).collect();
    for question in new.questions() {
        if lineage.question(&question.key).is_none() {
            check.fault(
                &["questions"],
                format!("the question `{}` has no entry", question.key),
                format!("add `{}: {{ change: same }}`, or what became of it: `reworded`, `options`, `scale`, `new`", question.key),
            );
        }
    }
    let mut sources: BTreeMap<&str, &str> = BTreeMap::new();
    for entry in &lineage.questions {
        let path = ["questions", entry.key.as_str()];
        let Some(question) = new.question(&entry.key) else {
            check.unknown(
                &path,
                &entry.key,
                "this questionnaire has no question",
                &known,
            );
            continue;
        };
        if lineage.open.contains(&entry.key) {
            continue;
        }
        check.entry(&path, entry, question);
        if let Some(from) = entry.before() {
            if let Some(other) = sources.insert(from, &entry.key) {
                check.fault(
                    &path,
                    format!("`{other}` comes from the earlier question `{from}` already"),
                    "a question has one successor at most: the other one is `change: new`",
                );
            }
            if lineage.dropped.iter().any(|(key, _)| key == from) {
                check.fault(
                    &["dropped", from],
                    format!("`{from}` is dropped and goes on as `{}`", entry.key),
                    "remove it from `dropped`, or write `change: new` at the question",
                );
            }
        }
    }
    if let Some(old) = old {
        if (&lineage.of, lineage.version) != (&old.key, old.version) {
            check.fault(
                &["of"],
                format!(
                    "the lineage is of `{}` version {}, the earlier questionnaire is `{}` version {}",
                    lineage.of, lineage.version, old.key, old.version
                ),
                "name the questionnaire of the earlier wave",
            );
        }
        against(&mut check, new, old);
    }
    check.faults
}

/// What only the earlier questionnaire can tell.
fn against(check: &mut Check, new: &Questionnaire, old: &Questionnaire) {
    let Some(lineage) = &new.lineage else { return };
    let known: Vec<&str> = old.questions().map(|q| q.key.as_str()).collect();
    let mut gone: BTreeSet<&str> = known.iter().copied().collect();
    for (key, _) in &lineage.dropped {
        if !gone.remove(key.as_str()) {
            let path = ["dropped", key.as_str()];
            check.unknown(
                &path,
                key,
                "the earlier questionnaire has no question",
                &known,
            );
        }
    }
    for entry in &lineage.questions {
        let path = ["questions", entry.key.as_str()];
        let (Some(question), Some(from)) = (new.question(&entry.key), entry.before()) else {
            continue;
        };
        let Some(before) = old.question(from) else {
            check.unknown(
                &path,
                from,
                "the earlier questionnaire has no question",
                &known,
            );
            continue;
        };
        gone.remove(from);
        if lineage.open.contains(&entry.key) {
            continue;
        }
        check.pair(&path, entry, question, before);
    }
    for key in gone {
        check.fault(
            &["dropped"],
            format!("nothing says what became of the earlier question `{key}`"),
            format!("add `{key}: {{ de: \"…\", en: \"…\" }}` below `dropped`, or `from: {key}` at its successor"),
        );
    }
}

struct Check {
    faults: Vec<LineageFault>,
}

impl Check {
    fn fault(&mut self, path: &[&str], what: impl Into<String>, help: impl Into<String>) {
        self.faults.push(LineageFault {
            path: path.iter().map(|key| (*key).to_owned()).collect(),
            what: what.into(),
            help: help.into(),
        });
    }

    fn unknown(&mut self, path: &[&str], key: &str, what: &str, known: &[&str]) {
        let help = match nearest(key, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are {}", known.join(", ")),
        };
        self.fault(path, format!("{what} `{key}`"), help);
    }

    /// What an entry must and must not have, seen from the new questionnaire alone.
    fn entry(&mut self, path: &[&str], entry: &Entry, question: &Question) {
        let parts = part_keys(question);
        self.step(path, entry);
        if entry.step == Step::Merged {
            self.fault(
                path,
                "a question cannot be merged",
                "`merged` is for options; write `options`, `scale` or `new`",
            );
        }
        if entry.step != Step::Scale && !entry.mapping.is_empty() {
            self.fault(
                &[path, &["mapping"]].concat(),
                "a mapping belongs to `change: scale`",
                "remove it, or write `change: scale`",
            );
        }
        let codes: Vec<&str> = question.codes().into_iter().map(|(code, _)| code).collect();
        for (old, new) in &entry.mapping {
            for code in new.iter().filter(|code| !codes.contains(&code.as_str())) {
                let at = [path, &["mapping", old.as_str()]].concat();
                let what = format!("`{}` has no answer", question.key);
                self.unknown(&at, code, &what, &codes);
            }
        }
        let inner = if itemised(question) {
            "items"
        } else {
            "options"
        };
        for part in &entry.parts {
            let at = [path, &["parts", part.key.as_str()]].concat();
            if !parts.contains(&part.key.as_str()) {
                let what = format!("`{}` has none of the {inner}", question.key);
                self.unknown(&at, &part.key, &what, &parts);
            }
            self.step(&at, part);
            let option = inner == "options";
            let fits = match part.step {
                Step::Same | Step::Reworded | Step::New => true,
                Step::Merged => option,
                _ => false,
            };
            if !fits {
                self.fault(
                    &at,
                    format!("`{}` is not for single {inner}", part.step.word()),
                    if option {
                        "an option is `same`, `reworded`, `merged` or `new`"
                    } else {
                        "an item is `same`, `reworded` or `new`; its scale belongs to the question"
                    },
                );
            }
            if part.step != Step::Merged && part.from.len() > 1 {
                self.fault(
                    &at,
                    "several origins",
                    "only merged options have several; write `change: merged`",
                );
            }
        }
        let changed = !entry.parts.is_empty() || !entry.dropped.is_empty();
        if inner == "options" && changed && !matches!(entry.step, Step::Options | Step::Scale) {
            self.fault(
                path,
                "options changed, but the question is not said to have changed",
                "write `change: options` and whether it is `comparable`",
            );
        }
    }

    fn step(&mut self, path: &[&str], entry: &Entry) {
        let judged = matches!(entry.step, Step::Reworded | Step::Options);
        if judged && entry.comparable.is_none() {
            self.fault(
                path,
                format!(
                    "`{}` does not say whether the answers can be compared",
                    entry.key
                ),
                "write `comparable: true` or `comparable: false`",
            );
        }
        if !judged && entry.comparable.is_some() {
            self.fault(
                &[path, &["comparable"]].concat(),
                format!(
                    "`comparable` does not belong to `change: {}`",
                    entry.step.word()
                ),
                "same and merged are comparable, new is not, a scale is with a `mapping`",
            );
        }
        if entry.step != Step::Same && entry.note.is_none() {
            self.fault(
                path,
                format!("`{}` has no note for readers", entry.key),
                "write `note: { de: \"…\", en: \"…\" }`: what changed, in one sentence",
            );
        }
        if entry.step == Step::Merged && entry.from.len() < 2 {
            self.fault(
                path,
                "merged of fewer than two options",
                "write `from: [a, b]`",
            );
        }
        if entry.step == Step::New && !entry.from.is_empty() {
            self.fault(
                path,
                "what is new comes from nothing",
                "remove `from`, or say what became of it",
            );
        }
    }

    /// An entry against the earlier question.
    fn pair(&mut self, path: &[&str], entry: &Entry, question: &Question, before: &Question) {
        let same_codes = answers(question) == answers(before) && alike(question, before);
        let (old_codes, old_parts): (Vec<&str>, Vec<&str>) = (
            before.codes().into_iter().map(|(code, _)| code).collect(),
            part_keys(before),
        );
        match entry.step {
            Step::Same if question.text != before.text => self.fault(
                path,
                format!(
                    "`{}` is said to be the same, but its wording changed",
                    entry.key
                ),
                "write `change: reworded`, whether it is `comparable`, and a note",
            ),
            Step::Same | Step::Reworded if !same_codes => self.fault(
                path,
                format!("the answers of `{}` changed", entry.key),
                "write `change: options` (options added, merged or dropped) or `change: scale`",
            ),
            Step::Scale if !entry.mapping.is_empty() => {
                for (code, _) in &entry.mapping {
                    if !old_codes.contains(&code.as_str()) {
                        let at = [path, &["mapping", code.as_str()]].concat();
                        let what = format!("the earlier question `{}` has no answer", before.key);
                        self.unknown(&at, code, &what, &old_codes);
                    }
                }
                for code in &old_codes {
                    if !entry
                        .mapping
                        .iter()
                        .any(|(old, new)| old == code && !new.is_empty())
                    {
                        self.fault(
                            &[path, &["mapping"]].concat(),
                            format!("the mapping leaves out the earlier answer `{code}`"),
                            "give every earlier answer one of the new answers, or several as a list; leave the mapping out where none fits",
                        );
                    }
                }
                for (code, _) in question.codes() {
                    if !entry
                        .mapping
                        .iter()
                        .any(|(_, new)| new.iter().any(|n| n == code))
                    {
                        self.fault(
                            &[path, &["mapping"]].concat(),
                            format!("nothing is mapped to the new answer `{code}`"),
                            "an earlier answer may be given several new ones as a list: `gut: [eher-gut, gut]`",
                        );
                    }
                }
            }
            _ => {}
        }
        let inner = if itemised(question) {
            "items"
        } else {
            "options"
        };
        let set_out = alike(question, before) && itemised(question);
        if !set_out && entry.step == Step::Scale {
            return;
        }
        let mut gone: BTreeSet<&str> = old_parts.iter().copied().collect();
        for (key, _) in &entry.dropped {
            if !gone.remove(key.as_str()) {
                let at = [path, &["dropped", key.as_str()]].concat();
                let what = format!(
                    "the earlier question `{}` had none of the {inner}",
                    before.key
                );
                self.unknown(&at, key, &what, &old_parts);
            }
        }
        for key in part_keys(question) {
            let part = entry.part(key);
            let at: Vec<&str> = match part {
                Some(_) => [path, &["parts", key]].concat(),
                None => path.to_vec(),
            };
            let step = part.map_or(Step::Same, |part| part.step);
            if step == Step::New {
                continue;
            }
            let from: Vec<&str> = match part.map(|part| part.from.as_slice()) {
                Some([]) | None => vec![key],
                Some(from) => from.iter().map(String::as_str).collect(),
            };
            for from in &from {
                if !old_parts.contains(from) {
                    let what = format!(
                        "the earlier question `{}` had none of the {inner}",
                        before.key
                    );
                    self.unknown(&at, from, &what, &old_parts);
                }
                gone.remove(from);
            }
            if let [one] = from.as_slice()
                && step == Step::Same
                && let (Some(now), Some(then)) = (part_text(question, key), part_text(before, one))
                && now != then
            {
                self.fault(
                    &at,
                    format!("the wording of `{key}` changed"),
                    "add it below `parts` with `change: reworded`, whether it is `comparable`, and a note".to_owned(),
                );
            }
            if let [one] = from.as_slice()
                && item_unit(question, key) != item_unit(before, one)
            {
                self.fault(
                    &at,
                    format!("the unit of `{key}` changed"),
                    "numbers in different units are not compared: write `change: new` and a note",
                );
            }
        }
        for key in gone {
            self.fault(
                path,
                format!(
                    "nothing says what became of `{key}` of the earlier question `{}`",
                    before.key
                ),
                format!(
                    "add `dropped: {{ {key}: {{ de: \"…\", en: \"…\" }} }}`, or name it in a `from`"
                ),
            );
        }
    }
}

/// Keys of items, or of the options of a question without items.
pub fn part_keys(question: &Question) -> Vec<&str> {
    match question.items() {
        Some(items) => items.map(|item| item.key.as_str()).collect(),
        None => question.codes().into_iter().map(|(code, _)| code).collect(),
    }
}

/// Wording of an item or option.
pub fn part_text<'q>(question: &'q Question, key: &str) -> Option<&'q Text> {
    match question.items() {
        Some(mut items) => items.find(|item| item.key == key).map(|item| &item.text),
        None => {
            let codes = question.codes();
            codes
                .into_iter()
                .find(|(code, _)| *code == key)
                .map(|(_, text)| text)
        }
    }
}

/// Whether the question has items, each of which goes its own way from wave to wave.
pub fn itemised(question: &Question) -> bool {
    question.items().is_some()
}

/// Whether the two are of one kind, so that items (or options) of one can be set against those of the other.
pub fn alike(a: &Question, b: &Question) -> bool {
    std::mem::discriminant(&a.kind) == std::mem::discriminant(&b.kind)
}

/// What can be answered: column, whether it is a scale, the codes with their wording, the unit.
pub(super) type Answers<'q> = (String, bool, Vec<(&'q str, &'q Text)>, Option<&'q Text>);

/// What can be answered to a question, or to each of its items, column by column. Units of numbers that are items are the
/// items' own ([`item_unit`]).
pub(super) fn answers(question: &Question) -> Vec<Answers<'_>> {
    let several = matches!(question.kind, QuestionKind::Numbers { .. });
    let first = question
        .items()
        .and_then(|mut items| items.next().map(|item| item.key.clone()));
    let of = first.map_or(question.key.clone(), |item| {
        format!("{}.{item}", question.key)
    });
    let own = question
        .parts()
        .into_iter()
        .filter(|part| part.role == Role::Own);
    let own = own.filter_map(|part| {
        let column = part.key.as_str().strip_prefix(&of)?.to_owned();
        if !(column.is_empty() || column.starts_with('.')) {
            return None;
        }
        let ordered = matches!(part.value, Value::Choice { ordered: true, .. });
        let unit = match part.value {
            Value::Number { unit, .. } if !several => Some(unit),
            _ => None,
        };
        Some((column, ordered, part.value.codes(), unit))
    });
    own.collect()
}

/// The unit of one of several numbers.
pub(super) fn item_unit<'q>(question: &'q Question, key: &str) -> Option<&'q Text> {
    match &question.kind {
        QuestionKind::Numbers { items, .. } => {
            let number = items.iter().find(|number| number.item.key == key);
            number.map(|number| &number.number.unit)
        }
        _ => None,
    }
}
