//! Reading single values out of the tree, with a fault for whatever is not as it should be.

use std::collections::BTreeMap;

use saphyr_parser::ScalarStyle;

use super::Fault;
use super::faults::nearest;
use super::yaml::{Node, Place, Value, fault};
use crate::Text;

/// Characters of one wording at most.
const WORDING: usize = 4_000;

/// Collects what is wrong while the tree is read.
#[derive(Default)]
pub(crate) struct Reader {
    pub faults: Vec<Fault>,
    pub notes: Vec<Fault>,
    /// Languages of the file, the main one first; empty for German and English.
    pub languages: Vec<String>,
    /// Wordings in languages beside German and English.
    pub translations: BTreeMap<String, BTreeMap<String, String>>,
    /// Answers that texts insert: the key and where it stands.
    pub inserts: Vec<(String, Place)>,
    /// Whether wordings are parts of sentences now: blanks at their borders stay, and they may be empty.
    pub parts: bool,
}

/// A block of keys, each known and each once.
pub(crate) struct Fields<'n> {
    pub place: Place,
    what: String,
    values: BTreeMap<&'n str, &'n Node>,
}

impl<'n> Fields<'n> {
    /// The value of a key, if it was written.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.values.get(key).copied()
    }
}

impl Reader {
    pub fn fault(&mut self, place: Place, what: impl Into<String>, help: impl Into<String>) {
        self.faults.push(fault(place, what.into(), help.into()));
    }

    pub fn note(&mut self, place: Place, what: impl Into<String>, help: impl Into<String>) {
        self.notes.push(fault(place, what.into(), help.into()));
    }

    /// A block with only `known` keys. `what` names it in faults, e.g. "a question".
    pub fn fields<'n>(&mut self, node: &'n Node, what: &str, known: &[&str]) -> Option<Fields<'n>> {
        let listed = || format!("{what} has the keys {}", quoted(known.iter().copied()));
        let Value::Map(entries) = &node.value else {
            self.fault(
                node.place,
                format!("expected {what} as a block of keys, found {}", node.kind()),
                listed(),
            );
            return None;
        };
        let mut values = BTreeMap::new();
        for (key, value) in self.distinct(entries, what) {
            if known.contains(&key) {
                values.insert(key, value);
            } else {
                let place = entry_place(entries, value);
                let help = match nearest(key, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => listed(),
                };
                self.fault(
                    place,
                    format!("unknown key `{}` in {what}", short(key)),
                    help,
                );
            }
        }
        Some(Fields {
            place: node.place,
            what: what.to_owned(),
            values,
        })
    }

    /// The entries of a block whose keys are the file's own; a key that stands twice is a fault.
    pub fn distinct<'n>(
        &mut self,
        entries: &'n [(Node, Node)],
        what: &str,
    ) -> Vec<(&'n str, &'n Node)> {
        let mut first: BTreeMap<&str, Place> = BTreeMap::new();
        let mut kept = Vec::new();
        for (key, value) in entries {
            let Value::Scalar { text, .. } = &key.value else {
                self.fault(
                    key.place,
                    format!("a key in {what} must be a word, found {}", key.kind()),
                    "put texts that contain : { } [ ] into quotes",
                );
                continue;
            };
            if let Some(before) = first.get(text.as_str()) {
                self.fault(
                    key.place,
                    format!("the key `{}` stands twice in {what}", short(text)),
                    format!(
                        "it stands first in line {}; remove or rename one of the two",
                        before.line
                    ),
                );
                continue;
            }
            first.insert(text, key.place);
            kept.push((text.as_str(), value));
        }
        kept
    }

    /// The value of a key that must be there.
    pub fn need<'n>(&mut self, fields: &Fields<'n>, key: &str, help: &str) -> Option<&'n Node> {
        match fields.get(key) {
            Some(node) if !node.is_nothing() => Some(node),
            Some(node) => {
                self.fault(
                    node.place,
                    format!("`{key}` has no value in {}", fields.what),
                    help,
                );
                None
            }
            None => {
                self.fault(
                    fields.place,
                    format!("`{key}` is missing in {}", fields.what),
                    help,
                );
                None
            }
        }
    }

    /// A wording in both languages that must be there.
    pub fn need_text(&mut self, fields: &Fields, key: &str) -> Option<Text> {
        let help = format!("write `{key}: {{ de: \"…\", en: \"…\" }}`");
        let node = self.need(fields, key, &help)?;
        self.text(node, &format!("`{key}`"), &[])
            .map(|(text, _)| text)
    }

    /// A wording in both languages that may be left out.
    pub fn may_text(&mut self, fields: &Fields, key: &str) -> Option<Text> {
        let node = fields.get(key)?;
        self.text(node, &format!("`{key}`"), &[])
            .map(|(text, _)| text)
    }

    /// A wording in both languages; `beside` are further keys allowed in its block.
    pub fn text<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        beside: &[&str],
    ) -> Option<(Text, Fields<'n>)> {
        if let Value::Scalar { text, .. } = &node.value {
            let german = if text.is_empty() { "…" } else { short(text) };
            self.fault(
                node.place,
                format!("{what} needs its wording in both languages"),
                format!("write {{ de: \"{german}\", en: \"…\" }}"),
            );
            return None;
        }
        if !self.languages.is_empty() {
            return self.text_in(node, what, beside);
        }
        let known: Vec<&str> = ["de", "en"].iter().chain(beside).copied().collect();
        let fields = self.fields(node, what, &known)?;
        let mut wording = |key: &str, language: &str| {
            let Some(node) = fields.get(key) else {
                self.fault(
                    fields.place,
                    format!("the {language} wording of {what} is missing"),
                    format!("add `{key}: \"…\"`"),
                );
                return None;
            };
            let Value::Scalar { text, .. } = &node.value else {
                self.fault(
                    node.place,
                    format!(
                        "the {language} wording must be a text, found {}",
                        node.kind()
                    ),
                    "put the text into quotes",
                );
                return None;
            };
            let length = text.chars().count();
            if !self.parts && (text.trim().is_empty() || node.is_nothing()) {
                self.fault(
                    node.place,
                    format!("the {language} wording of {what} is empty"),
                    "write the wording, in quotes if it contains a colon",
                );
                None
            } else if length > WORDING {
                self.fault(
                    node.place,
                    format!("the {language} wording of {what} has {length} characters"),
                    format!("a wording has at most {WORDING}"),
                );
                None
            } else {
                self.inserted(node, text);
                Some(if self.parts { text } else { text.trim() }.to_owned())
            }
        };
        let (de, en) = (wording("de", "German"), wording("en", "English"));
        Some((Text { de: de?, en: en? }, fields))
    }

    /// A wording in the languages of the file: the main one must be there, German and English fall back to it.
    fn text_in<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        beside: &[&str],
    ) -> Option<(Text, Fields<'n>)> {
        let languages = self.languages.clone();
        let main = languages.first()?;
        let own = languages.iter().map(String::as_str);
        let known: Vec<&str> = own.chain(beside.iter().copied()).collect();
        let fields = self.fields(node, what, &known)?;
        let mut wordings: BTreeMap<&str, String> = BTreeMap::new();
        for language in &languages {
            let Some(node) = fields.get(language) else {
                continue;
            };
            match &node.value {
                Value::Scalar { text, .. } if text.chars().count() > WORDING => self.fault(
                    node.place,
                    format!("a wording of {what} is too long"),
                    format!("a wording has at most {WORDING} characters"),
                ),
                Value::Scalar { text, .. } if self.parts || !text.trim().is_empty() => {
                    self.inserted(node, text);
                    let text = if self.parts { text } else { text.trim() };
                    wordings.insert(language, text.to_owned());
                }
                Value::Scalar { .. } => {}
                _ => self.fault(
                    node.place,
                    format!("a wording must be a text, found {}", node.kind()),
                    "put the text into quotes",
                ),
            }
        }
        let Some(first) = wordings.get(main.as_str()).cloned() else {
            self.fault(
                fields.place,
                format!("the wording of {what} in the main language `{main}` is missing"),
                format!("add `{main}: \"…\"`"),
            );
            return None;
        };
        for (language, wording) in &wordings {
            if !matches!(*language, "de" | "en") {
                let words = self.translations.entry((*language).to_owned()).or_default();
                words
                    .entry(first.clone())
                    .or_insert_with(|| wording.clone());
            }
        }
        let mut take = |key: &str| wordings.remove(key).unwrap_or_else(|| first.clone());
        let (de, en) = (take("de"), take("en"));
        Some((Text { de, en }, fields))
    }

    /// Remembers the answers that a wording inserts.
    fn inserted(&mut self, node: &Node, text: &str) {
        for (key, _) in crate::insert::inserted(text) {
            self.inserts.push((key.to_owned(), node.place));
        }
    }

    /// `true` or `false`; `otherwise` when left out.
    pub fn flag(&mut self, fields: &Fields, key: &str, otherwise: bool) -> bool {
        match fields.get(key) {
            None => otherwise,
            Some(node) => match &node.value {
                Value::Scalar {
                    text,
                    style: ScalarStyle::Plain,
                } if text == "true" => true,
                Value::Scalar {
                    text,
                    style: ScalarStyle::Plain,
                } if text == "false" => false,
                _ => {
                    self.fault(
                        node.place,
                        format!("`{key}` must be true or false"),
                        format!("write `{key}: true` or `{key}: false`, without quotes"),
                    );
                    otherwise
                }
            },
        }
    }

    /// A number; `None` when left out or wrong.
    pub fn number(&mut self, fields: &Fields, key: &str) -> Option<f64> {
        let node = fields.get(key)?;
        let read = match &node.value {
            Value::Scalar {
                text,
                style: ScalarStyle::Plain,
            } if text
                .bytes()
                .all(|b| b.is_ascii_digit() || b == b'-' || b == b'.') =>
            {
                text.parse::<f64>().ok().filter(|n| n.abs() <= 1e15)
            }
            _ => None,
        };
        if read.is_none() {
            self.fault(
                node.place,
                format!("`{key}` must be a number, found {}", found(node)),
                format!("write digits only, with a point before decimals, e.g. `{key}: 2000`"),
            );
        }
        read
    }

    /// A whole number between two bounds; `None` when left out or wrong.
    pub fn count(&mut self, fields: &Fields, key: &str, from: usize, to: usize) -> Option<usize> {
        let number = self.number(fields, key)?;
        if number.fract() == 0.0 && number >= from as f64 && number <= to as f64 {
            return Some(number as usize);
        }
        let place = fields.get(key).map_or(fields.place, |node| node.place);
        self.fault(
            place,
            format!("`{key}` is {number}"),
            format!("a whole number from {from} to {to} is possible here"),
        );
        None
    }

    /// A stable key that must be there.
    pub fn need_key(&mut self, fields: &Fields, what: &str) -> Option<String> {
        let help = format!("give {what} a stable key, e.g. `key: konzept`");
        let node = self.need(fields, "key", &help)?;
        match &node.value {
            Value::Scalar { text, .. } => self.key(node.place, text, false).then(|| text.clone()),
            _ => {
                self.fault(
                    node.place,
                    format!("a key must be a word, found {}", node.kind()),
                    help,
                );
                None
            }
        }
    }

    /// Whether a key has only characters that survive in addresses, columns and conditions.
    pub fn key(&mut self, place: Place, key: &str, may_begin_with_digit: bool) -> bool {
        let words = !key.is_empty() && key.split('-').all(|word| !word.is_empty());
        let characters = key
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let begins =
            may_begin_with_digit || key.bytes().next().is_some_and(|b| !b.is_ascii_digit());
        if !(words && characters && begins) || key.len() > 40 {
            let near = proposed(key);
            let help = if near.is_empty() {
                "use lower-case letters a-z, digits and single hyphens, at most 40".to_owned()
            } else {
                format!(
                    "use lower-case letters a-z, digits and single hyphens, at most 40, e.g. `{near}`"
                )
            };
            self.fault(place, format!("`{}` is not a key", short(key)), help);
            return false;
        }
        if !may_begin_with_digit && RESERVED.contains(&key) {
            self.fault(
                place,
                format!("`{key}` is a word of the condition language"),
                "choose another key, conditions could not name it",
            );
            return false;
        }
        true
    }
}

/// Words that CEL keeps for itself, and our one function.
const RESERVED: [&str; 22] = [
    "answered",
    "as",
    "break",
    "const",
    "continue",
    "else",
    "false",
    "for",
    "function",
    "has",
    "if",
    "import",
    "in",
    "let",
    "loop",
    "namespace",
    "null",
    "package",
    "return",
    "true",
    "var",
    "while",
];

/// The place of the key whose value this is.
fn entry_place(entries: &[(Node, Node)], value: &Node) -> Place {
    let found = entries.iter().find(|(_, other)| std::ptr::eq(other, value));
    found.map_or(value.place, |(key, _)| key.place)
}

/// A text short enough to be quoted in a fault.
pub(crate) fn short(text: &str) -> &str {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(40) {
        Some((end, _)) => &line[..end],
        None => line,
    }
}

/// Names in backquotes, separated by commas.
pub(crate) fn quoted<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let all: Vec<&str> = names.into_iter().collect();
    let mut listed: Vec<String> = all
        .iter()
        .take(12)
        .map(|name| format!("`{name}`"))
        .collect();
    if all.len() > 12 {
        listed.push("…".into());
    }
    listed.join(", ")
}

fn found(node: &Node) -> String {
    match &node.value {
        Value::Scalar { text, .. } if !text.is_empty() => format!("\"{}\"", short(text)),
        _ => node.kind().to_owned(),
    }
}

/// What a key could be called instead.
fn proposed(key: &str) -> String {
    let mut out = String::new();
    for c in key.chars().take(40) {
        match c.to_lowercase().next().unwrap_or(c) {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            c if c.is_ascii_alphanumeric() => out.push(c),
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    let begin = out.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    begin.trim_end_matches('-').to_owned()
}
