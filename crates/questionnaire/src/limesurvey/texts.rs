//! Texts in all languages: HTML becomes marks, braces become inserted answers.

use super::expression::{Speaker, read};
use super::html;
use super::inserted::Helper;
use super::survey::Texts;
use super::yaml::{Loss, Nodes, Yaml};

/// Characters of one wording at most.
pub const WORDING: usize = 3_900;

/// A language of LimeSurvey and what the format calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Language {
    pub from: String,
    pub to: String,
}

/// The languages that come over, the base first, and those that do not: the format has one form of each.
pub fn languages(of: &[String]) -> (Vec<Language>, Vec<String>) {
    let mut kept: Vec<Language> = Vec::new();
    let mut left = Vec::new();
    for from in of {
        let to: String = from
            .chars()
            .take_while(char::is_ascii_alphabetic)
            .take(3)
            .collect::<String>()
            .to_lowercase();
        if to.len() < 2 || kept.iter().any(|language| language.to == to) {
            left.push(from.clone());
        } else {
            kept.push(Language {
                from: from.clone(),
                to,
            });
        }
    }
    if kept.is_empty() {
        kept.push(Language {
            from: "en".to_owned(),
            to: "en".to_owned(),
        });
    }
    (kept, left)
}

/// What happened to a text.
#[derive(Debug, Default)]
pub struct Notes {
    /// What was lost: what and why.
    pub lost: Vec<(String, String)>,
    /// What is computed before the question, as texts insert it.
    pub helpers: Vec<(String, Helper)>,
}

impl Notes {
    pub(super) fn lose(&mut self, what: &str, why: &str) {
        let loss = (what.to_owned(), why.to_owned());
        if !self.lost.contains(&loss) {
            self.lost.push(loss);
        }
    }
}

/// A wording in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// With inserted answers.
    pub text: String,
    /// Without them, where there are any.
    pub bare: Option<String>,
}

/// Where texts are cleaned.
pub struct Desk<'d, 'n> {
    /// The languages to write.
    pub languages: &'d [Language],
    /// What braces mean here.
    pub speaker: Speaker<'n>,
    /// Static texts of questions by code, for `{Q1.question}`.
    pub question_text: &'d dyn Fn(&str, &str, &str) -> Option<String>,
    /// Words of an option or item, by question, its code and the language.
    pub option_text: &'d dyn Fn(usize, &str, &str) -> Option<String>,
    /// Key for computed values that texts insert.
    pub helper: &'d dyn Fn(usize) -> String,
}

impl Desk<'_, '_> {
    /// The wordings of a text by language; `None` when there is no word in any.
    pub fn wordings(
        &self,
        texts: &Texts,
        marks: bool,
        notes: &mut Notes,
    ) -> Option<Vec<(String, Wording)>> {
        let mut found = Vec::new();
        for language in self.languages {
            let raw = texts.get(&language.from).or_else(|| texts.get(""));
            let wording = raw.map(|raw| self.wording(raw, marks, &language.from, notes));
            if let Some(wording) = wording.filter(|w| !w.text.trim().is_empty()) {
                found.push((language.to.clone(), wording));
            }
        }
        if found.is_empty() {
            let any = texts
                .iter()
                .map(|(language, raw)| self.wording(raw, marks, language, notes));
            let any = any.into_iter().find(|w| !w.text.trim().is_empty())?;
            found.push((self.languages[0].to.clone(), any));
        } else if found[0].0 != self.languages[0].to {
            let first = found[0].1.clone();
            found.insert(0, (self.languages[0].to.clone(), first));
        }
        Some(found)
    }

    fn wording(&self, raw: &str, marks: bool, language: &str, notes: &mut Notes) -> Wording {
        let (raw, braces) = braces(raw);
        let (cleaned, lost) = if marks {
            html::marked(&raw)
        } else {
            html::plain(&raw)
        };
        for (is, what, why) in [
            (
                lost.script,
                "a script in the text",
                "texts never run anything here",
            ),
            (
                lost.picture,
                "a picture or film in the text",
                "texts hold words, emphasis, lists and links",
            ),
            (
                lost.field,
                "a field within the text",
                "texts hold words, emphasis, lists and links",
            ),
            (
                lost.link,
                "a link in the text",
                "only addresses with https, http and mailto are taken over",
            ),
        ] {
            if is {
                notes.lose(what, why);
            }
        }
        let mut wording = Wording {
            text: String::new(),
            bare: Some(String::new()),
        };
        let mut inserted = false;
        for c in cleaned.chars() {
            let index = (u32::from(c))
                .checked_sub(PLACE)
                .and_then(|i| usize::try_from(i).ok());
            let Some(brace) = index.and_then(|index| braces.get(index)) else {
                wording.text.push(c);
                wording.bare.get_or_insert_default().push(c);
                continue;
            };
            let (text, bare) = self.brace(brace, language, notes);
            inserted |= bare.is_some();
            wording
                .bare
                .get_or_insert_default()
                .push_str(bare.as_ref().unwrap_or(&text));
            wording.text.push_str(&text);
        }
        if !inserted {
            wording.bare = None;
        }
        if wording.text.chars().count() > WORDING && !marks {
            notes.lose(
                "the end of a long text",
                "a wording has at most 4000 characters",
            );
            wording.text = wording.text.chars().take(WORDING).collect::<String>() + "…";
            wording.bare = None;
        }
        wording
    }

    /// What stands for a brace, and what stands there when it cannot be inserted.
    fn brace(&self, inner: &str, language: &str, notes: &mut Notes) -> (String, Option<String>) {
        let literal = || {
            let inner = html::plain(inner).0;
            // A space keeps it from being read as an inserted answer.
            let space = if inner.starts_with(|c: char| c.is_ascii_lowercase()) {
                " "
            } else {
                ""
            };
            (format!("{{{space}{inner}}}"), None)
        };
        let decoded = html::plain(inner).0;
        let Ok(expression) = read(&decoded) else {
            return literal();
        };
        match self.insert(&expression, language, notes) {
            Ok(said) => said,
            Err(Some(why)) => {
                notes.lose(
                    &format!(
                        "the inserted value {{{}}}",
                        decoded.chars().take(80).collect::<String>()
                    ),
                    &why,
                );
                ("…".to_owned(), None)
            }
            Err(None) => literal(),
        }
    }
}

/// First of the characters that stand for braces while HTML is cleaned.
const PLACE: u32 = 0xE000;
/// So many braces a text.
const BRACES: usize = 2_000;

/// The text with one character for each expression in braces, and the expressions.
fn braces(raw: &str) -> (String, Vec<String>) {
    let mut out = String::with_capacity(raw.len());
    let mut found = Vec::new();
    let mut rest = raw;
    while let Some(at) = rest.find('{') {
        out.push_str(&clear(&rest[..at]));
        rest = &rest[at + 1..];
        let end = closing(rest)
            .filter(|_| found.len() < BRACES && !rest.starts_with(char::is_whitespace));
        match (
            end,
            char::from_u32(PLACE + u32::try_from(found.len()).unwrap_or(0)),
        ) {
            (Some(end), Some(place)) if end > 0 => {
                found.push(rest[..end].to_owned());
                out.push(place);
                rest = &rest[end + 1..];
            }
            _ => out.push('{'),
        }
    }
    out.push_str(&clear(rest));
    (out, found)
}

/// Characters that stand for braces do not come from outside.
fn clear(text: &str) -> String {
    text.chars()
        .filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c))
        .collect()
}

/// Where the brace closes: quotes are passed over.
fn closing(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text.char_indices().take(2_000) {
        match (quote, c) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (None, '}') => return Some(at),
            (None, '{') => return None,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    // An apostrophe in plain words is no quote.
    text.find(['}', '{'])
        .filter(|at| text[*at..].starts_with('}'))
}

/// Writes wordings: on one line, or one line a language where an inserted answer may have to go.
pub fn written(
    wordings: Vec<(String, Wording)>,
    question: Option<usize>,
    nodes: &mut Nodes,
) -> Vec<(String, Yaml)> {
    let mut entries = Vec::new();
    for (language, wording) in wordings {
        let value = match wording.bare {
            Some(bare) => {
                let loss = Loss {
                    what: "an inserted answer in a text".to_owned(),
                    heavy: false,
                };
                nodes.add(
                    question,
                    vec![Some(Yaml::text(wording.text)), Some(Yaml::text(bare))],
                    vec![loss],
                )
            }
            None => Yaml::text(wording.text),
        };
        entries.push((language, value));
    }
    entries
}

/// A wording as a value: a block when one of its lines may change.
pub fn value(entries: Vec<(String, Yaml)>) -> Yaml {
    if entries
        .iter()
        .any(|(_, value)| matches!(value, Yaml::Node(_)))
    {
        Yaml::Block(entries)
    } else {
        Yaml::Flow(entries)
    }
}
