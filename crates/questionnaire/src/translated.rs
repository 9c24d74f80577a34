//! The questionnaire in a language beside German and English: the same keys, other words.

use std::collections::BTreeMap;

use crate::{
    CellKind, Check, Choice, Item, Pattern, QuestionKind, Questionnaire, Scale, Text, tongues,
};

/// Wording in the main language, and wording.
type Words = BTreeMap<String, String>;

impl Questionnaire {
    /// Languages beside German and English in which it can be answered, in the order of the file.
    pub fn other_languages(&self) -> impl Iterator<Item = &str> {
        let other = |language: &&String| {
            let translated = self.more.translations.contains_key(*language);
            let main = self.more.languages.first() == Some(*language);
            (translated || main) && *language != "de" && *language != "en"
        };
        self.more.languages.iter().filter(other).map(String::as_str)
    }

    /// The questionnaire in one of [`Questionnaire::other_languages`]; what is not translated stays in the main
    /// language. `None` for other languages.
    pub fn translated(&self, language: &str) -> Option<Questionnaire> {
        let language = self.other_languages().find(|other| *other == language)?;
        let none = Words::new();
        let words = self.more.translations.get(language).unwrap_or(&none);
        let english = self.more.languages.first().is_some_and(|main| main == "en");
        let mut own = self.clone();
        own.more.shown = Some(language.to_owned());
        let mut put = |text: &mut Text| {
            let main = if english { &text.en } else { &text.de };
            let known = words.get(main).or_else(|| words.get(&text.en));
            // Yes and no are words of ours, which no file translates.
            let ours = tongues::of(language).and_then(|ours| ours.answer(main));
            let word = match (known, ours) {
                (None, Some(ours)) => ours.to_owned(),
                _ => known.unwrap_or(main).clone(),
            };
            *text = Text {
                de: word.clone(),
                en: word,
            };
        };
        own.texts(&mut put);
        Some(own)
    }

    fn texts(&mut self, put: &mut impl FnMut(&mut Text)) {
        put(&mut self.title);
        self.intro.iter_mut().for_each(&mut *put);
        self.scales.iter_mut().for_each(|s| scale(s, put));
        for page in &mut self.pages {
            put(&mut page.title);
            page.intro.iter_mut().for_each(&mut *put);
            checks(&mut page.checks, put);
            for question in &mut page.questions {
                put(&mut question.text);
                question.help.iter_mut().for_each(&mut *put);
                checks(&mut question.settings.checks, put);
                question
                    .settings
                    .pattern
                    .iter_mut()
                    .for_each(|p| pattern(p, put));
                kind(&mut question.kind, put);
            }
        }
    }
}

fn kind(kind: &mut QuestionKind, put: &mut impl FnMut(&mut Text)) {
    match kind {
        QuestionKind::Single { options, .. }
        | QuestionKind::Multiple { options, .. }
        | QuestionKind::Ranking { options, .. }
        | QuestionKind::Nomination {
            fields: options, ..
        } => choices(options, put),
        QuestionKind::Battery { items, scale: s } => {
            items.iter_mut().for_each(|i| item(i, put));
            scale(s, put);
        }
        QuestionKind::Grid { items, columns } => {
            items.iter_mut().for_each(|i| item(i, put));
            for column in columns {
                put(&mut column.text);
                match &mut column.cell {
                    CellKind::Scale(s) => scale(s, put),
                    CellKind::Number(spec) => put(&mut spec.unit),
                    CellKind::Text(_) => {}
                }
            }
        }
        QuestionKind::Ticks { items, columns, .. } => {
            items.iter_mut().for_each(|i| item(i, put));
            choices(columns, put);
        }
        QuestionKind::Numbers { items, .. } => {
            for number in items {
                item(&mut number.item, put);
                put(&mut number.number.unit);
            }
        }
        QuestionKind::Texts { items, .. } => items.iter_mut().for_each(|i| item(i, put)),
        QuestionKind::Number { unit, .. } => put(unit),
        QuestionKind::Computed { unit, words, .. } => {
            put(unit);
            words.iter_mut().for_each(|wording| put(&mut wording.text));
        }
        QuestionKind::ShortText { .. }
        | QuestionKind::LongText { .. }
        | QuestionKind::Date { .. }
        | QuestionKind::Email
        | QuestionKind::File { .. }
        | QuestionKind::Municipality
        | QuestionKind::Note => {}
    }
}

fn choices(options: &mut [Choice], put: &mut impl FnMut(&mut Text)) {
    options.iter_mut().for_each(|option| put(&mut option.text));
}

fn item(item: &mut Item, put: &mut impl FnMut(&mut Text)) {
    match &mut item.poles {
        Some((low, high)) => {
            put(low);
            put(high);
            item.text = Text {
                de: format!("{} – {}", low.de, high.de),
                en: format!("{} – {}", low.en, high.en),
            };
        }
        None => put(&mut item.text),
    }
}

fn scale(scale: &mut Scale, put: &mut impl FnMut(&mut Text)) {
    scale
        .points
        .iter_mut()
        .for_each(|point| put(&mut point.text));
}

fn checks(checks: &mut [Check], put: &mut impl FnMut(&mut Text)) {
    checks.iter_mut().for_each(|check| put(&mut check.message));
}

fn pattern(pattern: &mut Pattern, put: &mut impl FnMut(&mut Text)) {
    pattern.hint.iter_mut().for_each(put);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Answer, Lang, VariableKey};

    const FILE: &str = "
format: 1
key: probe
version: 1
languages: [de, en, fr]
title: { de: Probe, en: Trial, fr: Essai }
pages:
  - key: eins
    title: { de: Eins, en: One, fr: Un }
    questions:
      - key: farbe
        type: single
        text: { de: Welche Farbe?, en: Which colour?, fr: Quelle couleur ? }
        options:
          rot: { de: rot, en: red, fr: rouge }
          blau: { de: blau, en: blue }
      - key: profil
        type: differential
        text: { de: Wie?, en: How?, fr: Comment ? }
        items:
          tempo: { low: { de: langsam, en: slow, fr: lent }, high: { de: schnell, en: fast, fr: rapide } }
";

    #[test]
    fn another_language_has_the_same_keys_and_other_words() {
        let file = Questionnaire::read(FILE, "probe.yaml").expect("no faults");
        assert_eq!(file.other_languages().collect::<Vec<_>>(), ["fr"]);
        assert_eq!(file.translated("it"), None);
        let french = file.translated("fr").expect("it has it");
        assert_eq!((french.tag(Lang::De), french.tag(Lang::En)), ("fr", "fr"));
        assert_eq!(french.pages[0].title.de, "Un");
        let colour = VariableKey::new("farbe");
        let said = |key: &str| french.describe(&colour, &Answer::Choice(key.into()), Lang::De);
        assert_eq!((said("rot"), said("blau")), ("rouge".into(), "blau".into()));
        let items: Vec<&Text> = french.pages[0].questions[1]
            .items()
            .into_iter()
            .flatten()
            .map(|i| &i.text)
            .collect();
        assert_eq!(items[0].en, "lent – rapide");
        assert_eq!(
            file.question("farbe").map(|q| q.variables()),
            french.question("farbe").map(|q| q.variables())
        );
    }
}
