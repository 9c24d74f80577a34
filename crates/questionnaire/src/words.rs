//! Answers in words, as people read them back.

use crate::number::spoken;
use crate::{Answer, Lang, Questionnaire, Text, Value, VariableKey};

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

/// A day as people read it: 31.12.2020, 31 December 2020.
pub fn day(day: jiff::civil::Date, lang: Lang) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    match lang {
        Lang::De => format!("{:02}.{:02}.{}", day.day(), day.month(), day.year()),
        Lang::En => {
            let month = MONTHS[usize::from(day.month().unsigned_abs()) - 1];
            format!("{} {month} {}", day.day(), day.year())
        }
    }
}

impl Questionnaire {
    /// The answer in words: for "Antworten prüfen", for conflicts and for the feedback sheet.
    /// Codes that the questionnaire does not know stand as they are.
    pub fn describe(&self, variable: &VariableKey, answer: &Answer, lang: Lang) -> String {
        if let Some(words) = self.special(answer, lang) {
            return words.to_owned();
        }
        let question = self.question(variable.question());
        let part = question.and_then(|q| q.part(variable));
        let value = part.map(|part| part.value);
        let codes: Vec<(&str, &Text)> = value.as_ref().map(Value::codes).unwrap_or_default();
        let word = |code: &str| {
            let found = codes.iter().find(|(key, _)| *key == code);
            found.map_or_else(|| code.to_owned(), |(_, text)| text.get(lang).to_owned())
        };
        match (answer, value.as_ref()) {
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
            (Answer::Number(number), Some(Value::Number { unit, .. })) => {
                format!("{}\u{A0}{}", spoken(*number, lang), unit.get(lang))
                    .trim_end()
                    .to_owned()
            }
            (Answer::Number(number), _) => spoken(*number, lang),
            (Answer::Text(text), _) => text.clone(),
            (Answer::Ranking(ranked), _) => {
                let place = |(place, key): (usize, &String)| format!("{place}. {}", word(key));
                let places: Vec<String> = (1..).zip(ranked).map(place).collect();
                places.join("; ")
            }
            (Answer::Date(date), _) => day(*date, lang),
            (Answer::Municipality(place), _) => format!("{} ({})", place.name, place.key),
            (Answer::Files(files), _) => {
                let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
                names.join("; ")
            }
            (Answer::Nominations(named), kind) => {
                let field = |key: &str| match kind {
                    Some(Value::Nominations { fields, .. }) => fields
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
