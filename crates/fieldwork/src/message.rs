//! Texts of mails and letters: what may stand in braces, and what is put there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::nearest::nearest;

/// What is written to a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MessageKind {
    /// The first mail with link and code.
    Invitation,
    /// To those who have not answered.
    Reminder,
    /// To those who have.
    Thanks,
    /// To the contact: all sections that were handed to departments are finished.
    DepartmentsFinished,
    /// To who registered a municipality: the address is to be confirmed.
    Registration,
    /// The letter for the print shop.
    Letter,
}

impl MessageKind {
    /// All kinds, in the order in which a wave needs them.
    pub const ALL: [Self; 6] = [
        Self::Invitation,
        Self::Reminder,
        Self::Thanks,
        Self::DepartmentsFinished,
        Self::Registration,
        Self::Letter,
    ];

    /// The word in addresses and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reminder => "reminder",
            Self::Thanks => "thanks",
            Self::DepartmentsFinished => "departments-finished",
            Self::Registration => "registration",
            Self::Letter => "letter",
        }
    }

    /// The kind of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What the text must hold: without it nobody could do what it asks for.
    pub fn needs(self) -> &'static [&'static str] {
        match self {
            Self::Invitation | Self::Reminder | Self::DepartmentsFinished => &["link"],
            Self::Registration => &["link"],
            Self::Letter => &["code"],
            Self::Thanks => &[],
        }
    }

    /// The text where a wave has none of its own.
    pub fn default_text(self) -> Message {
        let text = match self {
            Self::Invitation => include_str!("../texts/invitation.txt"),
            Self::Reminder => include_str!("../texts/reminder.txt"),
            Self::Thanks => include_str!("../texts/thanks.txt"),
            Self::DepartmentsFinished => include_str!("../texts/departments-finished.txt"),
            Self::Registration => include_str!("../texts/registration.txt"),
            Self::Letter => include_str!("../texts/letter.txt"),
        };
        let (subject, body) = text.split_once("\n\n").unwrap_or((text, ""));
        Message {
            subject: subject.trim().to_owned(),
            body: body.trim_end().to_owned(),
        }
    }
}

/// A text with placeholders, or filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Subject.
    pub subject: String,
    /// Plain text; paragraphs separated by an empty line.
    pub body: String,
}

/// What may stand in braces, with what it becomes.
pub const PLACEHOLDERS: [(&str, &str); 11] = [
    ("anrede", "Sehr geehrte Frau Dr. Meier"),
    ("kommune", "Name der Kommune"),
    ("land", "Name des Landes"),
    ("funktion", "Funktion der Ansprechperson"),
    ("link", "der persönliche Zugangslink"),
    ("code", "der Zugangscode zum Eintippen"),
    ("adresse", "die Adresse, unter der man den Code eintippt"),
    ("frist", "der letzte Tag des Befragungszeitraums"),
    ("titel", "Titel der Befragung"),
    ("institut", "Name des Instituts"),
    ("kontakt", "E-Mail-Adresse für Fragen"),
];

/// A fault of a text, with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum MessageFault {
    #[error("{place}: {{{name}}} gibt es nicht{}", suggestion(.near))]
    Unknown {
        place: String,
        name: String,
        near: Option<&'static str>,
    },
    #[error(
        "{place}: die Klammer {{ wird nicht geschlossen; richtig wäre ein Platzhalter wie {{kommune}}"
    )]
    Open { place: String },
    #[error("{{{0}}} fehlt: ohne das kann niemand tun, worum der Text bittet")]
    Missing(&'static str),
    #[error("der Betreff fehlt")]
    NoSubject,
}

fn suggestion(near: &Option<&'static str>) -> String {
    match near {
        Some(near) => format!("; meinten Sie {{{near}}}?"),
        None => {
            let names: Vec<String> = PLACEHOLDERS
                .iter()
                .map(|(n, _)| format!("{{{n}}}"))
                .collect();
            format!("; es gibt: {}", names.join(", "))
        }
    }
}

/// A piece of a text.
enum Piece<'t> {
    Words(&'t str),
    Placeholder(&'t str),
    /// An opening brace that is not closed in its line, by its place in the text.
    Open,
}

/// The pieces of a text with the line in which each begins.
fn pieces(text: &str) -> Vec<(usize, Piece<'_>)> {
    let mut pieces = Vec::new();
    let mut line = 1;
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (words, behind) = rest.split_at(at);
        pieces.push((line, Piece::Words(words)));
        line += words.matches('\n').count();
        let end = behind.find(['}', '\n']);
        match end {
            Some(end) if behind[end..].starts_with('}') => {
                pieces.push((line, Piece::Placeholder(behind[1..end].trim())));
                rest = &behind[end + 1..];
            }
            _ => {
                pieces.push((line, Piece::Open));
                rest = &behind[1..];
            }
        }
    }
    pieces.push((line, Piece::Words(rest)));
    pieces
}

impl Message {
    /// All that is wrong with the text, each with its place.
    pub fn check(&self, kind: MessageKind) -> Vec<MessageFault> {
        let mut faults = Vec::new();
        if self.subject.trim().is_empty() {
            faults.push(MessageFault::NoSubject);
        }
        let mut found = Vec::new();
        for (part, text) in [("Betreff", &self.subject), ("Text", &self.body)] {
            for (line, piece) in pieces(text) {
                let place = match part {
                    "Betreff" => part.to_owned(),
                    _ => format!("{part}, Zeile {line}"),
                };
                match piece {
                    Piece::Words(_) => {}
                    Piece::Open => faults.push(MessageFault::Open { place }),
                    Piece::Placeholder(name) => {
                        let known = PLACEHOLDERS.iter().map(|(name, _)| *name);
                        if known.clone().any(|known| known == name) {
                            found.push(name.to_owned());
                        } else {
                            faults.push(MessageFault::Unknown {
                                place,
                                name: name.to_owned(),
                                near: nearest(name, known),
                            });
                        }
                    }
                }
            }
        }
        for need in kind.needs() {
            if !found.iter().any(|name| name == need) {
                faults.push(MessageFault::Missing(need));
            }
        }
        faults
    }

    /// The text with its placeholders filled in; what is not known stays as it stands.
    /// Line breaks in values for the subject become spaces.
    pub fn fill(&self, values: &BTreeMap<&'static str, String>) -> Self {
        let fill = |text: &str| -> String {
            pieces(text)
                .into_iter()
                .map(|(_, piece)| match piece {
                    Piece::Words(words) => words.to_owned(),
                    Piece::Open => "{".to_owned(),
                    Piece::Placeholder(name) => values
                        .get(name)
                        .cloned()
                        .unwrap_or_else(|| format!("{{{name}}}")),
                })
                .collect()
        };
        Self {
            subject: fill(&self.subject).replace(['\n', '\r'], " "),
            body: fill(&self.body),
        }
    }
}

/// A text for those who may not use links: the secrets of links and typed codes are masked.
pub fn mask_access(text: &str) -> String {
    const MARKS: [&str; 3] = ["/antworten/", "/teilnehmen/", "/fachbereich/"];
    let mut masked = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let mut rest = line;
        'line: while !rest.is_empty() {
            for mark in MARKS {
                if let Some(secret) = rest.strip_prefix(mark) {
                    let end = secret
                        .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
                        .unwrap_or(secret.len());
                    masked.push_str(mark);
                    masked.push('…');
                    rest = &secret[end..];
                    continue 'line;
                }
            }
            if let Some(after) = code(rest) {
                masked.push_str("····-····-····-····");
                rest = after;
                continue;
            }
            let next = rest.chars().next().map_or(1, char::len_utf8);
            masked.push_str(&rest[..next]);
            rest = &rest[next..];
        }
    }
    masked
}

/// What follows a typed code in groups of four, where one begins here.
fn code(text: &str) -> Option<&str> {
    let bytes = text.as_bytes().get(..19)?;
    let fits = bytes.iter().enumerate().all(|(i, b)| match i % 5 {
        4 => *b == b'-',
        _ => b.is_ascii_uppercase() || b.is_ascii_digit(),
    });
    fits.then(|| &text[19..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(body: &str) -> Message {
        Message {
            subject: "Einladung für {kommune}".into(),
            body: body.into(),
        }
    }

    #[test]
    fn faults_are_told_with_their_line_and_the_nearest_name() {
        let said: Vec<String> = message("{anrede},\n\n{komune} {link")
            .check(MessageKind::Invitation)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(said.len(), 3, "{said:?}");
        assert!(said[0].contains("Text, Zeile 3") && said[0].contains("meinten Sie {kommune}?"));
        assert!(said[1].contains("nicht geschlossen"));
        assert!(said[2].contains("{link} fehlt"));
    }

    #[test]
    fn the_texts_of_the_house_have_no_faults() {
        for kind in MessageKind::ALL {
            assert_eq!(kind.default_text().check(kind), [], "{kind:?}");
        }
    }

    #[test]
    fn what_is_filled_in_is_not_read_again_and_makes_no_header() {
        let values = BTreeMap::from([("kommune", "A\r\nBcc: x {link}".to_owned())]);
        let filled = message("{kommune}").fill(&values);
        assert!(!filled.subject.contains(['\r', '\n']));
        assert!(filled.body.ends_with("{link}"));
    }

    #[test]
    fn links_and_codes_are_masked() {
        let text = "https://a.example/antworten/abc123def, Code AB12-CD34-EF56-GH78.";
        assert_eq!(
            mask_access(text),
            "https://a.example/antworten/…, Code ····-····-····-····."
        );
    }
}
