//! What can be wrong with an editor's text, in words for the editor.

use questionnaire::Lang;

use crate::lookup::LookupError;
use crate::translation::text;

/// A fault with its place. Line 0 is the list of findings that open a chapter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {problem}")]
pub struct TextFault {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub problem: Fault,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// `{{` without `}}` on the same line.
    #[error("\"{{{{\" is not closed by \"}}}}\" on its line")]
    Unclosed,
    /// Not `n`, `anteil`, `satz` or `diagramm`.
    #[error("\"{0}\" cannot be inserted; right are n, anteil, satz and diagramm")]
    Command(String),
    /// `anteil`, `satz` or `diagramm` without a key.
    #[error("\"{0}\" needs the key of a finding")]
    KeyMissing(String),
    /// An option that is neither `groesse=` nor `population=`, or a group that is not there.
    #[error("\"{word}\" is no group; right are {}", right.join(", "))]
    Group {
        /// As written.
        word: String,
        /// What would be right.
        right: Vec<String>,
    },
    /// The key gives no number.
    #[error(transparent)]
    Lookup(#[from] LookupError),
    /// HTML in the text.
    #[error("HTML is not possible here: \"{0}\"")]
    Html(String),
    /// A link to something else than http, https or mailto.
    #[error("a link may lead to http, https or mailto only, not to \"{0}\"")]
    Link(String),
    /// A picture.
    #[error("pictures are not possible here")]
    Picture,
}

impl TextFault {
    /// Whether nothing is wrong but that disclosure control holds the number back: the text says so itself.
    pub fn only_held(&self) -> bool {
        matches!(
            self.problem,
            Fault::Lookup(LookupError::HeldBack { .. } | LookupError::NoSuchGroup { .. })
        )
    }

    /// The fault for the editor: "Zeile 3, Spalte 12: ..."
    pub fn message(&self, lang: Lang) -> String {
        let what = self.problem.message(lang);
        if self.line == 0 {
            return what;
        }
        let (line, column) = (self.line.to_string(), self.column.to_string());
        text(
            lang,
            "edition-fault-place",
            &[("line", &line), ("column", &column), ("what", &what)],
        )
    }
}

impl Fault {
    /// What is wrong and what would be right.
    pub fn message(&self, lang: Lang) -> String {
        let say = |key: &str, values: &[(&str, &str)]| text(lang, key, values);
        match self {
            Self::Unclosed => say("edition-fault-unclosed", &[]),
            Self::Command(word) => say("edition-fault-command", &[("word", word)]),
            Self::KeyMissing(word) => say("edition-fault-key-missing", &[("word", word)]),
            Self::Group { word, right } => say(
                "edition-fault-group",
                &[("word", word), ("right", &right.join(", "))],
            ),
            Self::Html(tag) => say("edition-fault-html", &[("tag", tag)]),
            Self::Link(url) => say("edition-fault-link", &[("url", url)]),
            Self::Picture => say("edition-fault-picture", &[]),
            Self::Lookup(error) => match error {
                LookupError::Unknown { key, nearest } if nearest.is_empty() => {
                    say("edition-fault-unknown", &[("key", key)])
                }
                LookupError::Unknown { key, nearest } => say(
                    "edition-fault-unknown-near",
                    &[("key", key), ("nearest", &nearest.join(", "))],
                ),
                LookupError::AnswerMissing { key, answers } => say(
                    "edition-fault-answer",
                    &[("key", key), ("right", &answers.join(", "))],
                ),
                LookupError::ItemMissing { key, items } => say(
                    "edition-fault-item",
                    &[("key", key), ("right", &items.join(", "))],
                ),
                LookupError::NoSuchGroup { key } => say("edition-fault-no-group", &[("key", key)]),
                LookupError::HeldBack { key } => say("edition-fault-held-back", &[("key", key)]),
            },
        }
    }
}
