//! What holds for the settings of a wave and for changing it, wherever they come from: the settings file of the command
//! line or the form of the back office.

use std::collections::BTreeSet;

use questionnaire::{Lang, Questionnaire, SEED, Text, VariableKey};

use crate::{Response, Wave, WaveName};

/// What is wrong in the settings of a wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsFault {
    /// Key of the settings file: `name`, `title`, `purpose`, `institute`, `funder`, `supporters`, `contact`, `minutes`,
    /// `closes`.
    pub key: &'static str,
    /// What is wrong and what would be right.
    pub said: Text,
}

fn fault(key: &'static str, de: String, en: String) -> SettingsFault {
    SettingsFault {
        key,
        said: Text { de, en },
    }
}

/// What was entered, where something was.
fn entered(value: &str) -> String {
    match value {
        "" => String::new(),
        value => format!(" Sie haben „{value}“ eingegeben."),
    }
}

/// Everything that is wrong in the settings of a wave, in the order in which they are asked.
pub fn settings_faults(wave: &Wave) -> Vec<SettingsFault> {
    let mut wrong = Vec::new();
    let name = &wave.name.0;
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || name.len() > 40 || !name.chars().all(letters) {
        wrong.push(fault(
            "name",
            format!(
                "Der Kurzname steht in Adressen: Bitte verwenden Sie bis zu 40 Zeichen aus a–z, 0–9 und -, zum Beispiel „2017-1“.{}",
                entered(name)
            ),
            format!(
                "name = \"{name}\": it stands in addresses; use up to 40 of a-z, 0-9 and -, e.g. \"2017-1\""
            ),
        ));
    }
    let texts = [
        ("title", "Der Titel", &wave.title),
        ("purpose", "Der Zweck", &wave.purpose),
    ];
    for (key, word, text) in texts {
        if text.de.trim().is_empty() || text.en.trim().is_empty() {
            wrong.push(fault(
                key,
                format!("{word} fehlt. Er steht auf der ersten Seite der Befragung."),
                format!("{key}: expected words in German (de) and English (en)"),
            ));
        }
    }
    if wave.institute.name.trim().is_empty() {
        wrong.push(fault(
            "institute",
            "Wer die Befragung verantwortet, fehlt. Bitte nennen Sie die Einrichtung.".to_owned(),
            "institute: expected the organisation's name".to_owned(),
        ));
    }
    if !wave.has_funder() && wave.funder.logo_svg.is_some() {
        wrong.push(fault(
            "funder",
            "Zum Logo des Förderers fehlt der Name. Bitte nennen Sie die Einrichtung, oder entfernen Sie das Logo."
                .to_owned(),
            "funder: expected the name of the organisation whose logo this is".to_owned(),
        ));
    }
    if !wave.contact.contains('@') {
        wrong.push(fault(
            "contact",
            format!(
                "Bitte geben Sie eine E-Mail-Adresse für Rückfragen ein, zum Beispiel studie@institut.example.{}",
                entered(&wave.contact)
            ),
            format!("contact = \"{}\": expected a mail address", wave.contact),
        ));
    }
    let (from, to) = wave.minutes;
    if from == 0 || to < from {
        wrong.push(fault(
            "minutes",
            format!(
                "Bitte geben Sie an, wie viele Minuten das Antworten dauert, zum Beispiel 15 bis 20. Sie haben {from} bis {to} eingegeben."
            ),
            format!("minutes = [{from}, {to}]: expected from and to, e.g. [15, 20]"),
        ));
    }
    if wave.closes <= wave.opens {
        wrong.push(fault(
            "closes",
            "Der letzte Tag liegt vor dem ersten. Bitte wählen Sie einen späteren.".to_owned(),
            format!(
                "closes = {} is not after opens = {}",
                wave.closes, wave.opens
            ),
        ));
    }
    let named = [("institute", &wave.institute), ("funder", &wave.funder)];
    let supporters = wave.supporters.iter().map(|s| ("supporters", s));
    for (key, organisation) in named.into_iter().chain(supporters) {
        let logo = organisation.logo_svg.as_deref().unwrap_or("<svg");
        if !logo.trim_start().starts_with("<svg") || logo.contains("<script") {
            wrong.push(fault(
                key,
                format!(
                    "Das Logo von „{}“ ist kein SVG-Text: Er muss mit <svg beginnen und darf kein Skript enthalten.",
                    organisation.name
                ),
                format!(
                    "logo_svg of \"{}\": expected an SVG that begins with <svg and has no script",
                    organisation.name
                ),
            ));
        }
    }
    wrong
}

/// Why a wave is not made or not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaveRefused {
    /// There is no list of municipalities yet.
    NoRegister,
    /// The wave was closed: nobody changes it any more.
    Closed(WaveName),
    /// There are answers to questions that the questionnaire does not ask: the first of them, and how many others.
    AnswersLost(WaveName, VariableKey, usize),
    /// A new wave was to be made, and another one has this name.
    Taken(WaveName),
    /// Somebody else changed the wave since it was read.
    Changed(WaveName),
}

impl WaveRefused {
    /// What to tell people.
    pub fn message(&self, lang: Lang) -> String {
        let text = match self {
            Self::NoRegister => (
                "Es gibt noch kein Verzeichnis der Kommunen. Wer den Dienst betreibt, liest es ein: „voneinander register import DATEI“.".to_owned(),
                "there is no list of municipalities yet: `voneinander register import FILE`".to_owned(),
            ),
            Self::Closed(name) => (
                format!("Die Befragung „{name}“ ist abgeschlossen und wird nicht mehr geändert."),
                format!("the wave \"{name}\" was closed and is not changed any more"),
            ),
            Self::AnswersLost(name, first, more) => {
                let (de, en) = match more {
                    0 => (String::new(), String::new()),
                    n => (format!(" und {n} weitere"), format!(" and {n} other keys")),
                };
                (
                    format!("Zur Befragung „{name}“ gibt es schon Antworten auf „{first}“{de}; dieser Fragebogen fragt nicht danach."),
                    format!("the wave \"{name}\" has answers to \"{first}\"{en}, which this questionnaire does not ask"),
                )
            }
            Self::Taken(name) => (
                format!("Eine Befragung mit dem Kurznamen „{name}“ gibt es schon. Bitte wählen Sie einen anderen."),
                format!("there is a wave \"{name}\" already; choose another name"),
            ),
            Self::Changed(name) => (
                format!("Die Befragung „{name}“ wurde inzwischen von jemand anderem geändert. Überschrieben ist nichts."),
                format!("the wave \"{name}\" was changed by somebody else in the meantime; nothing was overwritten"),
            ),
        };
        match lang {
            Lang::De => text.0,
            Lang::En => text.1,
        }
    }
}

/// The answers of a wave that a questionnaire would lose, since it does not ask for them.
pub fn lost_answers<'a>(
    responses: impl Iterator<Item = &'a Response>,
    questionnaire: &Questionnaire,
) -> BTreeSet<&'a VariableKey> {
    responses
        .flat_map(|response| response.records.keys())
        // Permissions to quote and the seed of random orders stand beside the answers, under keys that no questionnaire
        // has.
        .filter(|variable| !variable.as_str().ends_with("._zitat") && variable.as_str() != SEED)
        .filter(|variable| questionnaire.variable(variable).is_none())
        .collect()
}
