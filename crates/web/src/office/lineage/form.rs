//! The form of one question: what a researcher says became of it, read and checked.

use questionnaire::lineage::{
    Entry, LineageFault, Step, alike, faults, itemised, not_asked_any_more, part_keys, part_text,
    proposed,
};
use questionnaire::{Lineage, Question, Questionnaire, Text};

use super::Pair;
use crate::frame::Ask;

/// The fields as they were sent.
pub(super) struct Sent(pub Vec<(String, String)>);

impl Sent {
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut all = self.0.iter();
        all.find(|(n, _)| n == name).map(|(_, v)| v.trim())
    }

    fn all(&self, name: &str) -> Vec<String> {
        let all = self.0.iter().filter(|(n, _)| n == name);
        all.map(|(_, v)| v.clone()).collect()
    }

    /// A note in German and English; one of them is enough.
    pub fn note(&self, of: &str) -> Option<Text> {
        let said = |lang: &str| {
            let sent = self.get(&format!("notiz-{lang}{of}")).unwrap_or_default();
            sent.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        match (said("de"), said("en")) {
            (de, en) if de.is_empty() && en.is_empty() => None,
            (de, en) if de.is_empty() => Some(Text { de: en.clone(), en }),
            (de, en) if en.is_empty() => Some(Text { en: de.clone(), de }),
            (de, en) => Some(Text { de, en }),
        }
    }
}

/// Whether options (or items) of the two can be set against one another.
pub(super) fn with_parts(new: &Question, old: &Question) -> bool {
    alike(new, old) && !part_keys(new).is_empty() && !part_keys(old).is_empty()
}

/// The entry that the form states.
pub(super) fn entry(sent: &Sent, new: &Question, old: Option<&Question>) -> Entry {
    let step = sent.get("schritt").and_then(Step::from_word);
    let (Some(old), step) = (old, step.unwrap_or(Step::Same)) else {
        return of_nothing(sent, new);
    };
    if step == Step::New {
        return of_nothing(sent, new);
    }
    let mut entry = Entry::new(&new.key, step);
    if old.key != new.key {
        entry.from.push(old.key.clone());
    }
    entry.note = sent.note("").filter(|_| step != Step::Same);
    if matches!(step, Step::Reworded | Step::Options) {
        entry.comparable = match sent.get("vergleichbar") {
            Some("ja") => Some(true),
            Some("nein") => Some(false),
            _ => None,
        };
    }
    if step == Step::Scale {
        let codes = old.codes().into_iter();
        let mapped = codes.map(|(code, _)| (code.to_owned(), sent.all(&format!("wird.{code}"))));
        entry.mapping = mapped.collect();
        if entry.mapping.iter().all(|(_, to)| to.is_empty()) {
            entry.mapping.clear();
        }
    }
    if with_parts(new, old) {
        match itemised(new) {
            true => items(&mut entry, sent, new, old),
            false if step != Step::Scale => parts(&mut entry, sent, new, old),
            false => {}
        }
    }
    entry
}

/// Items: the form has a line for each later one, which says the earlier one it goes on from.
fn items(entry: &mut Entry, sent: &Sent, new: &Question, old: &Question) {
    let proposal = proposed(new, old);
    let mut gone_on = Vec::new();
    for key in part_keys(new) {
        let suggested = proposal.part(key).and_then(|part| part.note.clone());
        let note = sent.note(&format!(".{key}")).or(suggested);
        let from = sent.get(&format!("aus.{key}")).unwrap_or_default();
        let Some(from) = part_keys(old).into_iter().find(|o| *o == from) else {
            entry.parts.push(Entry {
                note: note.or_else(|| Some(not_asked_before())),
                ..Entry::new(key, Step::New)
            });
            continue;
        };
        gone_on.push(from.to_owned());
        let same = part_text(new, key) == part_text(old, from);
        if same && from == key {
            continue;
        }
        let others = if from == key {
            Vec::new()
        } else {
            vec![from.to_owned()]
        };
        let comparable = sent.get(&format!("gleich.{key}")) == Some("ja");
        entry.parts.push(match same {
            true => Entry {
                from: others,
                ..Entry::new(key, Step::Same)
            },
            false => Entry {
                from: others,
                comparable: Some(comparable),
                note: note.or_else(|| Some(changed())),
                ..Entry::new(key, Step::Reworded)
            },
        });
    }
    for key in part_keys(old) {
        if !gone_on.iter().any(|on| on == key) {
            let note = sent.note(&format!(".alt.{key}"));
            let note = note.unwrap_or_else(not_asked_any_more);
            entry.dropped.push((key.to_owned(), note));
        }
    }
}

fn not_asked_before() -> Text {
    Text {
        de: "In der früheren Befragung wurde das nicht gefragt.".into(),
        en: "This was not asked in the earlier wave.".into(),
    }
}

fn of_nothing(sent: &Sent, new: &Question) -> Entry {
    Entry {
        note: sent.note(""),
        ..Entry::new(&new.key, Step::New)
    }
}

/// Options: the form says for each earlier one which of the later ones it goes on as; several may go into one.
fn parts(entry: &mut Entry, sent: &Sent, new: &Question, old: &Question) {
    let proposal = proposed(new, old);
    let goes_on = |key: &str| {
        sent.get(&format!("teil.{key}"))
            .unwrap_or_default()
            .to_owned()
    };
    for key in part_keys(new) {
        let suggested = proposal.part(key).and_then(|part| part.note.clone());
        let note = sent.note(&format!(".{key}")).or(suggested);
        let from: Vec<String> = part_keys(old)
            .into_iter()
            .filter(|o| goes_on(o) == key)
            .map(str::to_owned)
            .collect();
        let note = || note.clone().or_else(|| Some(changed()));
        match from.as_slice() {
            [] => entry.parts.push(Entry {
                note: note(),
                ..Entry::new(key, Step::New)
            }),
            [one] => {
                let same = part_text(new, key) == part_text(old, one);
                if same && one == key {
                    continue;
                }
                let from = if one == key { Vec::new() } else { from };
                let comparable = sent.get(&format!("gleich.{key}")).map(|said| said == "ja");
                entry.parts.push(match same {
                    true => Entry {
                        from,
                        ..Entry::new(key, Step::Same)
                    },
                    false => Entry {
                        from,
                        comparable: comparable.or(Some(false)),
                        note: note(),
                        ..Entry::new(key, Step::Reworded)
                    },
                });
            }
            _ => entry.parts.push(Entry {
                from,
                note: note(),
                ..Entry::new(key, Step::Merged)
            }),
        }
    }
    for key in part_keys(old) {
        if goes_on(key).is_empty() {
            let note = sent.note(&format!(".alt.{key}"));
            let note = note.unwrap_or_else(not_asked_any_more);
            entry.dropped.push((key.to_owned(), note));
        }
    }
}

fn changed() -> Text {
    Text {
        de: "Das wurde geändert.".into(),
        en: "This changed.".into(),
    }
}

/// What is wrong with a decision: the field and the sentence.
pub(super) fn problems(ask: &Ask, pair: &Pair, entry: &Entry) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut say = |field: &str, key: &str| found.push((format!("#{field}"), ask.t(key)));
    let Some(new) = pair.new.question(&entry.key) else {
        return found;
    };
    let old = entry.before().and_then(|key| pair.old.question(key));
    let judged = matches!(entry.step, Step::Reworded | Step::Options);
    if judged && entry.comparable.is_none() {
        say("vergleichbar-ja", "lineage-fault-comparable");
    }
    if entry.step != Step::Same && entry.note.is_none() {
        say("notiz-de", "lineage-fault-note");
    }
    if let Some(old) = old {
        let options = !itemised(new) && (!entry.parts.is_empty() || !entry.dropped.is_empty());
        let plain = matches!(entry.step, Step::Same | Step::Reworded);
        if entry.step == Step::Same && new.text != old.text {
            say("schritt-reworded", "lineage-fault-wording");
        } else if plain && (options || (itemised(new) && new.codes() != old.codes())) {
            say("schritt-options", "lineage-fault-answers");
        }
        if itemised(new) && with_parts(new, old) {
            let of = |key| entry.part(key).map_or(Some(key), |part| part.before());
            let mut from = part_keys(new).into_iter().filter_map(of);
            let mut seen = std::collections::BTreeSet::new();
            if !from.all(|key| seen.insert(key)) {
                say("teile", "lineage-fault-items");
            }
        }
        if entry.step == Step::Scale && !entry.mapping.is_empty() && !complete(entry, new, old) {
            say("zuordnung", "lineage-fault-mapping");
        }
        let others = pair.lineage.questions.iter().filter(|e| e.key != entry.key);
        let mut decided = others.filter(|e| !pair.lineage.open.contains(&e.key));
        if decided.any(|other| other.before() == Some(old.key.as_str())) {
            say("von", "lineage-fault-taken");
        }
    }
    if found.is_empty() {
        let rest = remaining(pair, entry).into_iter();
        found.extend(rest.map(|fault| {
            let said = ask.tv("lineage-fault-other", &[("what", &fault.what)]);
            ("#schritt-same".to_owned(), said)
        }));
    }
    found
}

/// Every earlier answer stands for a later one, and every later one for an earlier one.
fn complete(entry: &Entry, new: &Question, old: &Question) -> bool {
    let from = |code: &str| {
        entry
            .mapping
            .iter()
            .any(|(o, to)| o == code && !to.is_empty())
    };
    let to = |code: &str| {
        entry
            .mapping
            .iter()
            .any(|(_, to)| to.iter().any(|n| n == code))
    };
    old.codes().iter().all(|(code, _)| from(code)) && new.codes().iter().all(|(code, _)| to(code))
}

/// What the questionnaire's own check finds.
fn remaining(pair: &Pair, entry: &Entry) -> Vec<LineageFault> {
    let lineage = Lineage {
        questions: vec![entry.clone()],
        dropped: Vec::new(),
        open: Vec::new(),
        ..pair.lineage.clone()
    };
    let new = Questionnaire {
        lineage: Some(lineage),
        ..pair.new.as_ref().clone()
    };
    let mut found = faults(&new, Some(&pair.old));
    found.retain(|fault| fault.path.get(1).is_some_and(|key| *key == entry.key));
    found
}
