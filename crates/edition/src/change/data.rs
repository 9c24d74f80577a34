//! Change as open data.

use findings::{ChangeFinding, ChangeRow, Estimand, ReleasedChange, Verdict};
use questionnaire::Lang;

use crate::data::{DataError, plain, values};
use crate::lookup::domain_word;
use crate::sentences::domain_label;
use crate::translation::text;

/// The files.
const FILES: [&str; 3] = [
    "veraenderung.csv",
    "veraenderung-antworten.csv",
    "nicht-vergleichbar.csv",
];

/// Place of the measure in words.
const MEASURE: usize = 7;

/// Columns of the leading figure alone.
const ONLY_WHOLE: [&str; 1] = ["unabhaengig_zu_weit_prozent"];

/// What scales have besides, before the columns of the figures.
const ANSWER: [&str; 2] = ["antwort", "antwort_text"];

const COLUMNS: [&str; 23] = [
    "frage",
    "frage_text",
    "zeile",
    "zeile_text",
    "gruppe",
    "gruppe_text",
    "groesse",
    "mass",
    "welle_vorher",
    "status_vorher",
    "wert_vorher",
    "n_vorher",
    "welle_nachher",
    "status_nachher",
    "wert_nachher",
    "n_nachher",
    "veraenderung",
    "von",
    "bis",
    "urteil",
    "erkennbar_ab",
    "unabhaengig_zu_weit_prozent",
    "anmerkung",
];

/// All files by name: every change that was released, scales answer by answer, and what is not compared.
pub(crate) fn files(change: &ReleasedChange) -> Result<Vec<(String, Vec<u8>)>, DataError> {
    let [changes, codes, refused] = FILES;
    let mut rows: Vec<Vec<String>> = vec![COLUMNS.map(str::to_owned).to_vec()];
    for finding in &change.findings {
        rows.extend(finding.rows.iter().map(|row| record(change, finding, row)));
    }
    // Answer by answer nothing says what the overlap did to the width.
    let told = |column: &&str| !ONLY_WHOLE.contains(column);
    let kept: Vec<usize> = (0..COLUMNS.len()).filter(|i| told(&COLUMNS[*i])).collect();
    let mut answers: Vec<Vec<String>> = Vec::new();
    let with = |line: &[String], answer: [String; 2]| {
        let mut all: Vec<String> = kept.iter().map(|i| line[*i].clone()).collect();
        all.splice(4..4, answer);
        all
    };
    let heads = COLUMNS.map(str::to_owned);
    answers.push(with(&heads, ANSWER.map(str::to_owned)));
    for finding in &change.findings {
        answers.extend(finding.codes.iter().map(|code| {
            let mut line = record(change, finding, &code.row);
            line[MEASURE] = text(Lang::De, "change-codes-measure", &[]);
            let answer = code.answer.get(Lang::De).to_owned();
            with(&line, [code.code.clone(), answer])
        }));
    }
    let mut others = vec![
        [
            "frage",
            "frage_text",
            "zeile_text",
            "abstammung",
            "grund",
            "anmerkung",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    let lang = Lang::De;
    others.extend(change.refused.iter().map(|r| {
        let of = |text: &Option<questionnaire::Text>| {
            text.as_ref()
                .map(|t| t.get(lang).to_owned())
                .unwrap_or_default()
        };
        vec![
            r.question.clone(),
            r.text.get(lang).to_owned(),
            of(&r.part),
            r.step.word().to_owned(),
            r.reason.get(lang).to_owned(),
            of(&r.note),
        ]
    }));
    Ok(vec![
        (changes.to_owned(), write(changes, &rows)?),
        (codes.to_owned(), write(codes, &answers)?),
        (refused.to_owned(), write(refused, &others)?),
    ])
}

fn write(file: &str, rows: &[Vec<String>]) -> Result<Vec<u8>, DataError> {
    let error = |source| DataError {
        file: file.to_owned(),
        source,
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(error)?;
    }
    writer
        .into_inner()
        .map_err(|e| error(e.into_error().into()))
}

fn record(change: &ReleasedChange, finding: &ChangeFinding, row: &ChangeRow) -> Vec<String> {
    let lang = Lang::De;
    let mean = finding.estimand == Estimand::Mean;
    let number = |value: i64| match mean {
        true => {
            let sign = if value < 0 { "-" } else { "" };
            format!("{sign}{}.{}", value.abs() / 10, value.abs() % 10)
        }
        false => value.to_string(),
    };
    let may = |value: Option<i64>| value.map(number).unwrap_or_default();
    let count = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    let [status_before, before, ..] = values(&row.before);
    let [status_after, after, ..] = values(&row.after);
    let difference = row.change;
    let verdict = match difference.map(|change| change.verdict) {
        Some(Verdict::Risen) => "gestiegen",
        Some(Verdict::Fallen) => "gefallen",
        Some(Verdict::NotSeen) => "keine-veraenderung-erkennbar",
        Some(Verdict::NotTested) => "nicht-geprueft",
        None => "nicht-ausgewiesen",
    };
    let note = row.note.as_ref().or(finding.note.as_ref());
    vec![
        finding.key.0.clone(),
        finding.question.get(lang).to_owned(),
        row.key.clone(),
        if row.key.is_empty() {
            String::new()
        } else {
            row.label.get(lang).to_owned()
        },
        domain_word(row.domain).to_owned(),
        plain(&domain_label(lang, row.domain)),
        match finding.estimand {
            Estimand::Mean => "mittelwert",
            Estimand::ShareOfMunicipalities => "anteil-kommunen",
            Estimand::ShareOfInhabitants => "anteil-einwohner",
        }
        .to_owned(),
        finding.measure.get(lang).to_owned(),
        change.before.wave.clone(),
        status_before,
        before,
        count(row.n_before),
        change.after.wave.clone(),
        status_after,
        after,
        count(row.n_after),
        may(difference.map(|change| change.value)),
        may(difference
            .and_then(|change| change.interval)
            .map(|interval| interval.0)),
        may(difference
            .and_then(|change| change.interval)
            .map(|interval| interval.1)),
        verdict.to_owned(),
        may(difference.and_then(|change| change.smallest)),
        difference
            .and_then(|change| change.too_wide)
            .map(|w| w.to_string())
            .unwrap_or_default(),
        note.map(|note| note.get(lang).to_owned())
            .unwrap_or_default(),
    ]
}
