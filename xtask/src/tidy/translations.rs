//! The texts in translations/{de,en}/*.ftl: both languages have the same keys and slots, each key is used, and each
//! key that is used is there.

use std::collections::{BTreeMap, BTreeSet};

use super::mask::mask;
use super::{Fault, File, fault, line_of};

const LANGUAGES: [&str; 2] = ["de", "en"];

/// One text.
struct Message {
    file: String,
    line: usize,
    /// Names of what is put in.
    slots: BTreeSet<String>,
}

/// A key in code; what `format!` puts in stands as a gap.
struct Use {
    file: String,
    line: usize,
    parts: Vec<String>,
}

pub(super) fn check(files: &[File], faults: &mut Vec<Fault>) {
    let [german, english] = LANGUAGES.map(|language| messages(files, language, faults));
    compare(&german, &english, "en", faults);
    compare(&english, &german, "de", faults);
    let first_word = |key: &String| key.split('-').next().map(str::to_owned);
    let words: BTreeSet<String> = german.keys().filter_map(first_word).collect();
    let uses = uses(files, &words);
    let mut used = BTreeSet::new();
    for key_use in &uses {
        let matching: Vec<&String> = german
            .keys()
            .chain(english.keys())
            .filter(|key| key_use.matches(key))
            .collect();
        if matching.is_empty() && key_use.is_surely_a_key() {
            let what = format!(
                "the text \"{}\" is in no file of translations/",
                key_use.parts.join("{}")
            );
            faults.push(fault(
                &key_use.file,
                key_use.line,
                what,
                "a line for it in translations/de and translations/en",
            ));
        }
        used.extend(matching);
    }
    for (key, message) in german.iter().filter(|(key, _)| !used.contains(key)) {
        let what = format!("the text \"{key}\" is used nowhere");
        faults.push(fault(
            &message.file,
            message.line,
            what,
            "delete it in both languages",
        ));
    }
}

fn compare(
    from: &BTreeMap<String, Message>,
    to: &BTreeMap<String, Message>,
    language: &str,
    faults: &mut Vec<Fault>,
) {
    for (key, message) in from {
        match to.get(key) {
            None => {
                let what = format!("the text \"{key}\" is missing in {language}");
                faults.push(fault(
                    &message.file,
                    message.line,
                    what,
                    format!("a line for it in translations/{language}"),
                ));
            }
            Some(other) if !message.slots.is_subset(&other.slots) => {
                let missing: Vec<&str> = message
                    .slots
                    .difference(&other.slots)
                    .map(String::as_str)
                    .collect();
                let what = format!(
                    "\"{key}\" does not put in {} as the other language does",
                    missing.join(", ")
                );
                faults.push(fault(
                    &other.file,
                    other.line,
                    what,
                    "the same slots in both languages",
                ));
            }
            Some(_) => {}
        }
    }
}

fn messages(files: &[File], language: &str, faults: &mut Vec<Fault>) -> BTreeMap<String, Message> {
    let folder = format!("translations/{language}/");
    let mut messages: BTreeMap<String, Message> = BTreeMap::new();
    for file in files
        .iter()
        .filter(|file| file.path.starts_with(&folder) && file.extension() == "ftl")
    {
        let mut current: Option<String> = None;
        for (at, line) in file.text.lines().enumerate() {
            let begins = line.starts_with(|c: char| c.is_ascii_lowercase());
            if let (true, Some((key, _))) = (begins, line.split_once('=')) {
                let key = key.trim().to_owned();
                if let Some(first) = messages.get(&key) {
                    let what = format!(
                        "the text \"{key}\" stands already in {}:{}",
                        first.file, first.line
                    );
                    faults.push(fault(&file.path, at + 1, what, "each key once"));
                }
                let message = Message {
                    file: file.path.clone(),
                    line: at + 1,
                    slots: BTreeSet::new(),
                };
                messages.insert(key.clone(), message);
                current = Some(key);
            } else if line.starts_with('#') || begins {
                current = None;
            }
            if let Some(message) = current.as_ref().and_then(|key| messages.get_mut(key)) {
                message.slots.extend(slots(line));
            }
        }
    }
    messages
}

/// Names behind `$`.
fn slots(line: &str) -> impl Iterator<Item = String> {
    line.split('$').skip(1).map(|rest| {
        rest.chars()
            .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
            .collect()
    })
}

/// Strings in code and templates that begin with the first word of a key.
fn uses(files: &[File], words: &BTreeSet<String>) -> Vec<Use> {
    let mut uses = Vec::new();
    for file in files {
        // xtask speaks of keys, and the store's log has names of its own that look like keys.
        if matches!(file.krate(), None | Some("store")) || file.path.ends_with("/translation.rs") {
            continue;
        }
        let strings = match file.extension() {
            "rs" => mask(&file.text).literals,
            "html" | "typ" | "txt" | "md" => quoted(&file.text),
            _ => continue,
        };
        for (at, string) in strings {
            let begins = words.iter().any(|word| {
                string
                    .strip_prefix(word.as_str())
                    .is_some_and(|rest| rest.starts_with('-'))
            });
            if let (true, Some(parts)) = (begins, parts(&string)) {
                uses.push(Use {
                    file: file.path.clone(),
                    line: line_of(&file.text, at),
                    parts,
                });
            }
        }
    }
    uses
}

/// What stands between straight quotation marks on one line.
fn quoted(text: &str) -> Vec<(usize, String)> {
    let mut quoted = Vec::new();
    for (at, _) in text.match_indices('"') {
        let rest = &text[at + 1..];
        let end = rest.find(['"', '\n']).unwrap_or(rest.len());
        quoted.push((at + 1, rest[..end].to_owned()));
    }
    quoted
}

/// The fixed parts of a key around its gaps; `None` when it is no key.
fn parts(string: &str) -> Option<Vec<String>> {
    let mut parts = vec![String::new()];
    let mut rest = string.chars();
    while let Some(c) = rest.next() {
        match c {
            '{' => {
                rest.by_ref().find(|c| *c == '}')?;
                parts.push(String::new());
            }
            c if c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' => {
                parts.last_mut().expect("begins with one part").push(c);
            }
            _ => return None,
        }
    }
    Some(parts)
}

impl Use {
    fn matches(&self, key: &str) -> bool {
        let Some((first, gaps)) = self.parts.split_first() else {
            return false;
        };
        let Some(mut rest) = key.strip_prefix(first.as_str()) else {
            return false;
        };
        let Some((last, middle)) = gaps.split_last() else {
            return rest.is_empty();
        };
        for part in middle {
            match rest.find(part.as_str()) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return false,
            }
        }
        rest.len() > last.len() && rest.ends_with(last.as_str())
    }

    /// Three words at least: `<word>-<page>-<thing>`.
    fn is_surely_a_key(&self) -> bool {
        self.parts
            .join("x")
            .split('-')
            .filter(|word| !word.is_empty())
            .count()
            > 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whats(de: &str, en: &str, code: &str) -> Vec<String> {
        let file = |path: &str, text: &str| File {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        let files = [
            file("translations/de/web-answer.ftl", de),
            file("translations/en/web-answer.ftl", en),
            file("crates/web/src/a.rs", code),
            file(
                "crates/web/templates/a.html",
                "<p>{{ f.t(\"web-answer-page-title\") }}</p>",
            ),
        ];
        let mut faults = Vec::new();
        check(&files, &mut faults);
        faults.sort();
        faults
            .into_iter()
            .map(|f| {
                format!(
                    "{}:{} {}",
                    f.file.rsplit('/').next().unwrap_or_default(),
                    f.line,
                    f.what
                )
            })
            .collect()
    }

    #[test]
    fn keys_that_fit_are_silent() {
        let text = "# a comment = x\nweb-answer-page-title = T\nweb-answer-error-403 =\n    several { $n }\n    lines\n";
        let code = "t(&format!(\"web-answer-error-{code}\"))";
        assert!(whats(text, text, code).is_empty());
    }

    #[test]
    fn missing_unused_doubled_and_unlike_keys_are_told() {
        let de = "web-answer-page-title = T\nweb-answer-page-n = { $n }\nweb-answer-page-n = { $n }\nweb-answer-old = x\n";
        let en = "web-answer-page-n = { $m }\nweb-answer-page-title = T\n";
        assert_eq!(
            whats(
                de,
                en,
                "t(\"web-answer-page-n\"); t(\"web-answer-page-gone\")"
            ),
            [
                "a.rs:1 the text \"web-answer-page-gone\" is in no file of translations/",
                "web-answer.ftl:3 \"web-answer-page-n\" does not put in m as the other language does",
                "web-answer.ftl:3 the text \"web-answer-page-n\" stands already in translations/de/web-answer.ftl:2",
                "web-answer.ftl:4 the text \"web-answer-old\" is missing in en",
                "web-answer.ftl:4 the text \"web-answer-old\" is used nowhere",
                "web-answer.ftl:1 \"web-answer-page-n\" does not put in n as the other language does",
            ]
        );
    }
}
