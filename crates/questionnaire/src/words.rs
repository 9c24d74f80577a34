//! Answers in words, as people read them back.

use crate::number::spoken;
use crate::{Answer, Lang, QuestionKind, Questionnaire, Text, VariableKey};

/// "weiß nicht" and "keine Angabe", as the questionnaire's pages offer them.
pub fn special(answer: &Answer, lang: Lang) -> Option<&'static str> {
    match (answer, lang) {
        (Answer::DontKnow, Lang::De) => Some("weiß nicht"),
        (Answer::DontKnow, Lang::En) => Some("don't know"),
        (Answer::Refused, Lang::De) => Some("keine Angabe"),
        (Answer::Refused, Lang::En) => Some("no answer"),
        _ => None,
    }
}

impl Questionnaire {
    /// The answer in words: for "Antworten prüfen", for conflicts and for the feedback sheet.
    /// Codes that the questionnaire does not know stand as they are.
    pub fn describe(&self, variable: &VariableKey, answer: &Answer, lang: Lang) -> String {
        if let Some(words) = special(answer, lang) {
            return words.to_owned();
        }
        let question = self.question(variable.question());
        let codes: Vec<(&str, &Text)> = question.map(|q| q.codes()).unwrap_or_default();
        let word = |code: &str| {
            let found = codes.iter().find(|(key, _)| *key == code);
            found.map_or_else(|| code.to_owned(), |(_, text)| text.get(lang).to_owned())
        };
        match (answer, question.map(|q| &q.kind)) {
            (Answer::Choice(chosen), _) => word(chosen),
            (Answer::Choices(chosen), _) => {
                let known = codes.iter().map(|(key, _)| *key);
                let mut listed: Vec<String> = known
                    .filter(|key| chosen.contains(*key))
                    .map(word)
                    .collect();
                let unknown = |key: &&String| !codes.iter().any(|(code, _)| code == key);
                listed.extend(chosen.iter().filter(unknown).cloned());
                listed.join("; ")
            }
            (Answer::Number(number), Some(QuestionKind::Number { unit, .. })) => {
                format!("{}\u{A0}{}", spoken(*number, lang), unit.get(lang))
                    .trim_end()
                    .to_owned()
            }
            (Answer::Number(number), _) => spoken(*number, lang),
            (Answer::Text(text), _) => text.clone(),
            (Answer::Nominations(named), kind) => {
                let field = |key: &str| match kind {
                    Some(QuestionKind::Nomination { fields, .. }) => fields
                        .iter()
                        .find(|field| field.key == key)
                        .map_or_else(|| key.to_owned(), |field| field.text.get(lang).to_owned()),
                    _ => key.to_owned(),
                };
                let line = |n: &crate::Nomination| format!("{} ({})", n.title, field(&n.field));
                named.iter().map(line).collect::<Vec<_>>().join("; ")
            }
            (Answer::DontKnow | Answer::Refused, _) => String::new(),
        }
    }
}
