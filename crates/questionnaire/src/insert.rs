//! Texts with inserted answers and a little markup: emphasis, links, lists.
//!
//! A text is plain; only `**strong**`, `_emphasis_` at the borders of words, `[words](https://…)`, lines that
//! begin with `- ` and empty lines between paragraphs mean something. What comes out is a tree, never markup of
//! the page: whoever draws it escapes it.

use std::collections::BTreeSet;

use crate::{Answer, Answers, Lang, QuestionKind, Questionnaire, VariableKey};

/// Characters for private use that stand around what [`Questionnaire::insert_marked`] inserts.
pub const MARKS: [char; 3] = ['\u{e000}', '\u{e001}', '\u{e002}'];

/// A block of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Markup {
    /// A paragraph.
    Paragraph(Vec<Piece>),
    /// A list with its entries.
    List(Vec<Vec<Piece>>),
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Piece {
    Plain(String),
    Strong(String),
    Emphasis(String),
    /// Words and address: https, http or mailto only.
    Link(String, String),
}

/// Reads a text's markup.
pub fn markup(text: &str) -> Vec<Markup> {
    let mut blocks: Vec<Markup> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            open = false;
        } else if let Some(entry) = line.strip_prefix("- ") {
            match blocks.last_mut() {
                Some(Markup::List(list)) => list.push(pieces(entry)),
                _ => blocks.push(Markup::List(vec![pieces(entry)])),
            }
            open = false;
        } else {
            match blocks.last_mut() {
                Some(Markup::Paragraph(paragraph)) if open => {
                    paragraph.push(Piece::Plain(" ".to_owned()));
                    paragraph.extend(pieces(line));
                }
                _ => blocks.push(Markup::Paragraph(pieces(line))),
            }
            open = true;
        }
    }
    blocks
}

/// The text without its markup, on one line.
pub fn plain(text: &str) -> String {
    let bare = !text.contains(['*', '_', '[', '\n']);
    if bare {
        return text.to_owned();
    }
    let word = |piece: &Piece| match piece {
        Piece::Plain(t) | Piece::Strong(t) | Piece::Emphasis(t) | Piece::Link(t, _) => t.clone(),
    };
    let line = |pieces: &Vec<Piece>| pieces.iter().map(word).collect::<String>();
    let blocks: Vec<String> = markup(text)
        .iter()
        .map(|block| match block {
            Markup::Paragraph(pieces) => line(pieces),
            Markup::List(entries) => entries.iter().map(line).collect::<Vec<_>>().join("; "),
        })
        .collect();
    blocks.join(" ")
}

fn pieces(line: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = line;
    let mut plain = String::new();
    while let Some(c) = rest.chars().next() {
        let before = plain.chars().last().is_none_or(|c| !c.is_alphanumeric());
        let piece = match c {
            '*' => between(rest, "**").map(|(t, n)| (Piece::Strong(t.to_owned()), n)),
            '_' if before => between(rest, "_")
                .filter(|(_, n)| {
                    rest[*n..]
                        .chars()
                        .next()
                        .is_none_or(|c| !c.is_alphanumeric())
                })
                .map(|(t, n)| (Piece::Emphasis(t.to_owned()), n)),
            '[' => link(rest),
            _ => None,
        };
        match piece {
            Some((piece, length)) => {
                if !plain.is_empty() {
                    found.push(Piece::Plain(std::mem::take(&mut plain)));
                }
                found.push(piece);
                rest = &rest[length..];
            }
            None => {
                plain.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    if !plain.is_empty() || found.is_empty() {
        found.push(Piece::Plain(plain));
    }
    found
}

/// What stands between two marks at the beginning, and how many bytes that is with the marks.
fn between<'t>(text: &'t str, mark: &str) -> Option<(&'t str, usize)> {
    let inner = text.strip_prefix(mark)?;
    let end = inner.find(mark)?;
    let inside = &inner[..end];
    let firm = !inside.is_empty() && inside.trim() == inside;
    firm.then_some((inside, end + 2 * mark.len()))
}

fn link(text: &str) -> Option<(Piece, usize)> {
    let words_end = text.find("](")?;
    let words = &text[1..words_end];
    let behind = &text[words_end + 2..];
    let end = behind.find(')')?;
    let address = &behind[..end];
    let known = ["https://", "http://", "mailto:"];
    let right = known.iter().any(|scheme| address.starts_with(scheme))
        && !address.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>".contains(c))
        && !words.is_empty()
        && !words.contains('[');
    right.then(|| {
        (
            Piece::Link(words.to_owned(), address.to_owned()),
            words_end + end + 3,
        )
    })
}

/// The keys that a text inserts, each with where it begins in characters.
pub(crate) fn inserted(text: &str) -> Vec<(&str, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('{').map(|at| from + at) {
        from = at + 1;
        let behind = &text[from..];
        let Some(end) = behind.find('}') else { break };
        let key = &behind[..end];
        if is_key(key) {
            found.push((key, text[..from].chars().count()));
        }
    }
    found
}

fn is_key(key: &str) -> bool {
    let word = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    key.bytes().next().is_some_and(|b| b.is_ascii_lowercase()) && key.split('.').all(word)
}

impl Questionnaire {
    /// The text with answers in the place of their keys; "…" where there is none.
    /// Answers come in as they are: marks of theirs mean nothing, since they are taken out.
    pub fn insert(&self, text: &str, answers: &Answers, lang: Lang) -> String {
        self.insert_marked(text, answers, lang, &BTreeSet::new())
    }

    /// The same with [`MARKS`] around what stands for the keys in `marked`: key between the first and the second,
    /// words between the second and the third.
    pub fn insert_marked(
        &self,
        text: &str,
        answers: &Answers,
        lang: Lang,
        marked: &BTreeSet<&str>,
    ) -> String {
        if !text.contains('{') {
            return text.to_owned();
        }
        let mut out = String::new();
        let mut left = INSERTED;
        self.fill(text, answers, lang, &mut left, &mut |key, words| {
            if key.is_some_and(|key| marked.contains(key)) {
                let [first, second, third] = MARKS;
                out.extend([first].into_iter().chain(key.unwrap_or_default().chars()));
                out.extend([second].into_iter().chain(words.chars()).chain([third]));
            } else {
                out.push_str(words);
            }
        });
        out
    }

    /// `left` is how much may still be inserted: words insert words, and no text shall grow without bound.
    fn filled(&self, text: &str, answers: &Answers, lang: Lang, left: &mut usize) -> String {
        let mut out = String::new();
        self.fill(text, answers, lang, left, &mut |_, words| {
            out.push_str(words);
        });
        out
    }

    /// Gives `put` one piece after the other: what is inserted with its key, the rest without.
    fn fill(
        &self,
        text: &str,
        answers: &Answers,
        lang: Lang,
        left: &mut usize,
        put: &mut dyn FnMut(Option<&str>, &str),
    ) {
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            put(None, &rest[..at]);
            let behind = &rest[at + 1..];
            let end = behind.find('}').unwrap_or(0);
            let key = &behind[..end];
            if is_key(key)
                && self
                    .question(VariableKey(key.to_owned()).question())
                    .is_some()
            {
                put(Some(key), &self.inserted_words(key, answers, lang, left));
                rest = &behind[end + 1..];
            } else {
                put(None, "{");
                rest = behind;
            }
        }
        put(None, rest);
    }

    fn inserted_words(&self, key: &str, answers: &Answers, lang: Lang, left: &mut usize) -> String {
        let nothing = || "…".to_owned();
        if *left == 0 {
            return nothing();
        }
        *left -= 1;
        let variable = VariableKey(key.to_owned());
        let question = self.question(variable.question());
        let words = match question.map(|q| &q.kind) {
            // Words are the researcher's own: their marks stay.
            Some(QuestionKind::Computed { words, .. }) if !words.is_empty() => {
                return crate::check::chosen(words, answers).map_or_else(String::new, |text| {
                    self.filled(text.get(lang), answers, lang, left)
                });
            }
            Some(QuestionKind::Computed { .. }) => {
                self.computed_words(variable.question(), answers, lang)
            }
            _ => {
                let answer = answers.get(&variable);
                let answer = answer.filter(|_| self.on_route(&variable, answers));
                answer.map(|answer| self.own_words(&variable, answer, answers, lang))
            }
        };
        let plain = |c: char| match c {
            '*' | '_' | '[' | ']' | '\n' | '{' | '}' => ' ',
            c if MARKS.contains(&c) => ' ',
            c => c,
        };
        words.map_or_else(nothing, |words| words.chars().map(plain).collect())
    }
}

/// So many answers a text inserts at most, those of its words counted.
const INSERTED: usize = 2_000;

impl Questionnaire {
    /// The answer in words, with the respondent's own text in the place of "Sonstiges".
    fn own_words(
        &self,
        variable: &VariableKey,
        answer: &Answer,
        answers: &Answers,
        lang: Lang,
    ) -> String {
        let own = |option: &String| {
            let text = VariableKey(format!("{variable}.{option}.text"));
            match answers.get(&text) {
                Some(Answer::Text(text)) => Some(text.clone()),
                _ => None,
            }
        };
        let chosen: Vec<&String> = match answer {
            Answer::Choice(option) => vec![option],
            Answer::Choices(options) => options.iter().collect(),
            _ => Vec::new(),
        };
        if chosen.iter().all(|option| own(option).is_none()) {
            return self.describe(variable, answer, lang);
        }
        // In the order of the questionnaire, as all answers are read back.
        let order = self.variable(variable).map(|v| {
            let codes = v.codes().into_iter();
            codes.map(|(key, _)| key.to_owned()).collect::<Vec<_>>()
        });
        let chosen = order.unwrap_or_default().into_iter();
        let chosen = chosen.filter(|key| match answer {
            Answer::Choice(option) => option == key,
            Answer::Choices(options) => options.contains(key),
            _ => false,
        });
        let word = |key: String| {
            own(&key).unwrap_or_else(|| self.describe(variable, &Answer::Choice(key), lang))
        };
        chosen.map(word).collect::<Vec<_>>().join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_little_markup_and_nothing_else() {
        let text = "Das ist **wichtig** und _kursiv_, nicht Bürger*innen oder a_b_c.\n- eins\n- [zwei](https://example.org)\n\n<b>x</b> [nein](javascript:alert)";
        let read = markup(text);
        assert_eq!(read.len(), 3, "{read:?}");
        assert!(matches!(&read[1], Markup::List(entries) if entries.len() == 2));
        let Markup::Paragraph(first) = &read[0] else {
            panic!("{read:?}")
        };
        assert_eq!(first[1], Piece::Strong("wichtig".into()));
        assert_eq!(first[3], Piece::Emphasis("kursiv".into()));
        assert_eq!(first.len(), 5);
        assert_eq!(
            read[2],
            Markup::Paragraph(vec![Piece::Plain(
                "<b>x</b> [nein](javascript:alert)".into()
            )])
        );
        assert_eq!(plain("**a** [b](https://c.example)"), "a b");
    }

    #[test]
    fn words_depend_on_answers_and_never_insert_themselves() {
        let source = |own: &str| {
            format!(
                "format: 1\nkey: probe\nversion: 1\ntitle: {{ de: P, en: P }}\npages:\n  - key: a\n    title: {{ de: A, en: A }}\n    questions:\n      - key: zahl\n        type: number\n        text: {{ de: Z, en: Z }}\n      - key: wort\n        type: computed\n        text: {{ de: W, en: W }}\n        words:\n          - {{ when: \"zahl == 1\", de: \" eine **Stelle**\", en: \" one **post**\" }}\n          - {{ when: \"zahl > 1\", de: \" {own} Stellen\", en: \" {own} posts\" }}\n      - key: satz\n        type: note\n        text: {{ de: \"Sie haben{{wort}}.\", en: \"You have{{wort}}.\" }}\n"
            )
        };
        let read = Questionnaire::read(&source("{zahl}"), "probe").unwrap();
        let said = |number: Option<f64>| {
            let answer = number.map(|n| (VariableKey::new("zahl"), crate::Answer::Number(n)));
            let answers: Answers = answer.into_iter().collect();
            read.insert("Sie haben{wort}.", &answers, Lang::De)
        };
        assert_eq!(said(None), "Sie haben.");
        assert_eq!(said(Some(1.0)), "Sie haben eine **Stelle**.");
        assert_eq!(said(Some(3.0)), "Sie haben 3 Stellen.");
        let faults = Questionnaire::read(&source("{wort}"), "probe").unwrap_err();
        assert!(faults.to_string().contains("insert themselves"), "{faults}");
    }

    #[test]
    fn inserted_keys_are_found_and_other_braces_are_not() {
        assert_eq!(
            inserted("Sie {konzept}, {a.b-c} und {Nein} {}"),
            [("konzept", 5), ("a.b-c", 16)]
        );
        assert_eq!(inserted("{"), []);
    }
}
