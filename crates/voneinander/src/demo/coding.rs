//! Open answers of the demo's second wave, coded by two invented people, so that the pages of coding are not empty. The
//! answers of the first wave are left to whoever tries it.

use std::collections::BTreeSet;

use anyhow::Context;
use dataset::{Cell, Code, CodeFrame, Values};
use fieldwork::{AnswerRecord, Origin, Response, WaveName};
use jiff::Timestamp;
use questionnaire::{Answer, Text, VariableKey};
use store::{Coding, Store};

/// The open question that is coded.
const QUESTION: &str = "anliegen";
/// Who coded; nobody of this name can sign in.
const CODERS: [&str; 2] = ["Kodiererin A (erfunden)", "Kodierer B (erfunden)"];
/// Answers that both have read; the rest waits.
const READ: usize = 70;
/// Key, German, English, and words of the demo's answers that speak of it.
const CODES: [(&str, &str, &str, &[&str]); 6] = [
    (
        "geld",
        "Finanzierung",
        "funding",
        &["Kosten", "finanziert", "Förderprogramme"],
    ),
    (
        "kurse",
        "Sprache und Kurse",
        "language and courses",
        &["kurs", "Kurse", "Dolmetscher"],
    ),
    (
        "wohnen",
        "Wohnen",
        "housing",
        &["Wohnungsbau", "Unterkunft"],
    ),
    (
        "verfahren",
        "Verfahren und Zuständigkeiten",
        "procedures",
        &[
            "verfahren",
            "Zuständigkeiten",
            "Nachweise",
            "anerkannt werden",
            "Zuweisungen",
        ],
    ),
    (
        "personal",
        "Stellen und Ansprechpersonen",
        "staff and contacts",
        &["Stelle", "Ansprechpersonen"],
    ),
    ("austausch", "Austausch", "exchange", &["Austausch"]),
];

/// Who may be quoted, beside each text that was written: by name, by type and size, or not at all.
pub fn with_permissions(mut responses: Vec<Response>) -> Vec<Response> {
    let text = VariableKey::new(QUESTION);
    let mut number = 0_usize;
    for response in &mut responses {
        let Some(record) = response.records.get(&text) else {
            continue;
        };
        if !matches!(record.answer, Some(Answer::Text(_))) {
            continue;
        }
        number += 1;
        let word = match number % 5 {
            0 => "name",
            1 | 3 => "art",
            2 => "nein",
            _ => continue,
        };
        let permission = AnswerRecord {
            answer: Some(Answer::Choice(word.to_owned())),
            version: 1,
            saved: record.saved,
            by: Origin::Contact,
        };
        let key = VariableKey(format!("{QUESTION}._zitat"));
        response.records.insert(key, permission);
    }
    responses
}

/// Writes the frame, what both chose, and what was settled of it.
pub async fn add(store: &Store, wave: &WaveName, at: Timestamp) -> anyhow::Result<()> {
    let codes = CODES.iter().map(|(key, de, en, _)| Code {
        key: (*key).to_owned(),
        label: Text {
            de: (*de).to_owned(),
            en: (*en).to_owned(),
        },
    });
    let frame = CodeFrame {
        codes: codes.collect(),
        other: None,
    };
    let put = store.put_code_frame(wave, QUESTION, (0, &frame), at, "demo");
    anyhow::ensure!(put.await?, "the demo's frame of codes was there already");
    let dataset = store.dataset(wave).await?.context("the wave is closed")?;
    let mut columns = dataset.columns.iter();
    let column = columns.find(|c| c.variable.key.0 == QUESTION);
    let Some(Values::Text(cells)) = column.map(|column| &column.values) else {
        anyhow::bail!("the demo's open question is not there");
    };
    let said = dataset.units.iter().zip(cells);
    let said = said.filter_map(|(unit, cell)| match cell {
        Cell::Value(text) => Some((unit.clone(), text.clone())),
        _ => None,
    });
    let mut codings = Vec::new();
    for (number, (unit, text)) in said.take(READ).enumerate() {
        let own = read(&text);
        // The second one reads one in nine differently; of those half are settled.
        let other = match number % 9 {
            4 => own.iter().take(1).cloned().collect(),
            7 if own.len() < 2 => BTreeSet::new(),
            _ => own.clone(),
        };
        let settle = number % 18 == 7 && other != own;
        let settled = settle.then(|| (None, own.clone()));
        let both = CODERS.map(|coder| Some(coder.to_owned()));
        let chosen = both.into_iter().zip([own, other]).chain(settled);
        codings.extend(chosen.map(|(coder, codes)| Coding {
            municipality: unit.clone(),
            coder,
            codes,
        }));
    }
    Ok(store
        .put_codings(wave, QUESTION, codings, at, "demo")
        .await?)
}

/// The codes whose words stand in an answer.
fn read(text: &str) -> BTreeSet<String> {
    let speaks = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let of = CODES.iter().filter(|(.., words)| speaks(words));
    of.map(|(key, ..)| (*key).to_owned()).collect()
}
