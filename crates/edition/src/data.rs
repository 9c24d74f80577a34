//! Open data: the released tables as CSV, the codebook, and a text that says what they are.
//!
//! CSV as RFC 4180 has it: UTF-8, comma, a line feed, decimal point. Every number is one that disclosure control
//! has passed; cells that are held back say so in the column `status`.

mod report;

use std::collections::BTreeMap;

use findings::workspace::KeptFinding;
use findings::{Estimand, Finding, ReleasedCell, ReleasedRow};
use questionnaire::Lang;

use crate::Edition;
use crate::lookup::{domain_word, has_sum};
use crate::numbers;
use crate::sentences::domain_label;
use crate::translation::text;

pub use report::{MISSING_COLUMNS, REPORT_COLUMNS};

/// Number of the files' format; it stands in the readme.
pub const FORMAT: u32 = 1;

/// A file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the file {file} could not be written")]
pub struct DataError {
    /// Path of the file.
    pub file: String,
    /// The writer's error.
    pub source: csv::Error,
}

/// All files by name: `ergebnisse.csv` (all), `ergebnis-<key>.csv`, `codebuch.csv` (as handed in),
/// `gewichtung.csv` (the weights report), `fehlende-angaben.csv`, `LIESMICH.txt`.
pub fn write(edition: &Edition, codebook: &str) -> Result<BTreeMap<String, Vec<u8>>, DataError> {
    let mut files = BTreeMap::new();
    let findings = &edition.release.findings;
    let all: Vec<&Finding> = findings.iter().collect();
    files.insert(
        "ergebnisse.csv".to_owned(),
        table("ergebnisse.csv", edition, &all)?,
    );
    for finding in findings {
        let name = file_name(finding);
        let bytes = table(&name, edition, &[finding])?;
        files.insert(name, bytes);
    }
    files.insert("gewichtung.csv".to_owned(), report::weights(edition)?);
    files.insert("fehlende-angaben.csv".to_owned(), report::missing(edition)?);
    for kept in &edition.release.kept {
        let name = kept_file_name(kept);
        let sheet = crate::analysis::released_sheet(Lang::De, &kept.table, Vec::new());
        files.insert(name, crate::analysis::csv(&sheet).into_bytes());
    }
    if let Some(change) = &edition.change {
        files.extend(crate::change::files(change)?);
    }
    if let Some(gaps) = crate::gaps::of(edition) {
        files.insert(
            crate::gaps::FILE.to_owned(),
            crate::gaps::csv(edition, &gaps)?,
        );
    }
    files.insert(
        "beispiele.csv".to_owned(),
        crate::data_examples::table(edition)?,
    );
    files.insert("codebuch.csv".to_owned(), codebook.as_bytes().to_vec());
    files.insert("LIESMICH.txt".to_owned(), readme(edition).into_bytes());
    Ok(files)
}

/// Name of a finding's own file.
pub fn file_name(finding: &Finding) -> String {
    format!("ergebnis-{}.csv", finding.key.0.replace('.', "-"))
}

/// Name of the file of a finding that was kept in the evaluation workspace.
pub fn kept_file_name(kept: &KeptFinding) -> String {
    format!("ergebnis-{}.csv", kept.key.0)
}

/// Heads of the columns, in their order.
pub const COLUMNS: [&str; 16] = [
    "welle",
    "ergebnis",
    "thema",
    "frage",
    "zeile",
    "zeile_text",
    "gruppe",
    "gruppe_text",
    "antwort",
    "antwort_text",
    "groesse",
    "status",
    "wert",
    "von",
    "bis",
    "n",
];

fn table(file: &str, edition: &Edition, findings: &[&Finding]) -> Result<Vec<u8>, DataError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let error = |source| DataError {
        file: file.to_owned(),
        source,
    };
    writer.write_record(COLUMNS).map_err(error)?;
    for finding in findings {
        for row in &finding.rows {
            for record in records(edition, finding, row) {
                writer.write_record(&record).map_err(error)?;
            }
        }
    }
    writer
        .into_inner()
        .map_err(|e| error(e.into_error().into()))
}

/// One record a cell; for scales one more with the sum of the two upper points.
fn records(edition: &Edition, finding: &Finding, row: &ReleasedRow) -> Vec<[String; 16]> {
    let lang = Lang::De;
    let measure = match finding.estimand {
        Estimand::ShareOfMunicipalities => "anteil-kommunen",
        Estimand::ShareOfInhabitants => "anteil-einwohner",
        Estimand::Mean => "mittelwert",
    };
    let label = if row.key.is_empty() {
        ""
    } else {
        row.label.get(lang)
    };
    let record = |code: &str, words: &str, cell: &ReleasedCell| {
        let [status, value, low, high] = values(cell);
        [
            edition.release.wave.clone(),
            finding.key.0.clone(),
            finding.theme.get(lang).to_owned(),
            finding.question.get(lang).to_owned(),
            row.key.clone(),
            label.to_owned(),
            domain_word(row.domain).to_owned(),
            plain(&domain_label(lang, row.domain)),
            code.to_owned(),
            words.to_owned(),
            measure.to_owned(),
            status,
            value,
            low,
            high,
            row.n.map(|n| n.to_string()).unwrap_or_default(),
        ]
    };
    let mut records: Vec<[String; 16]> = finding
        .columns
        .iter()
        .zip(&row.cells)
        .map(|((code, words), cell)| record(code, words.get(lang), cell))
        .collect();
    if has_sum(finding) {
        let sum = row.top_two.unwrap_or(ReleasedCell::Suppressed);
        let codes: Vec<&str> = finding.columns[finding.columns.len() - 2..]
            .iter()
            .map(|(code, _)| code.as_str())
            .collect();
        records.push(record(
            &codes.join("+"),
            &text(lang, "edition-table-top-two", &[]),
            &sum,
        ));
    }
    records
}

/// Status, value, lower and upper bound, with decimal points.
pub(crate) fn values(cell: &ReleasedCell) -> [String; 4] {
    let tenths = |t: i64| {
        let sign = if t < 0 { "-" } else { "" };
        format!("{sign}{}.{}", t.abs() / 10, t.abs() % 10)
    };
    let none = String::new;
    match cell {
        ReleasedCell::Percent { value, interval } => [
            "prozent".to_owned(),
            value.to_string(),
            interval.map(|i| i.0.to_string()).unwrap_or_default(),
            interval.map(|i| i.1.to_string()).unwrap_or_default(),
        ],
        ReleasedCell::Mean {
            tenths: value,
            interval,
        } => [
            "mittelwert".to_owned(),
            tenths(*value),
            interval.map(|i| tenths(i.0)).unwrap_or_default(),
            interval.map(|i| tenths(i.1)).unwrap_or_default(),
        ],
        ReleasedCell::Under10 => ["unter-10".to_owned(), none(), none(), none()],
        ReleasedCell::Over90 => ["ueber-90".to_owned(), none(), none(), none()],
        ReleasedCell::Suppressed => ["nicht-ausgewiesen".to_owned(), none(), none(), none()],
    }
}

/// Files are for machines: plain spaces.
pub(crate) fn plain(words: &str) -> String {
    words.replace([numbers::NBSP, numbers::NNBSP], " ")
}

fn readme(edition: &Edition) -> String {
    let lang = Lang::De;
    let release = &edition.release;
    let format = FORMAT.to_string();
    let synthetic = edition.synthetic || release.synthetic;
    let values = [
        ("title", edition.title.clone()),
        ("wave", release.title.get(lang).to_owned()),
        ("period", numbers::period(lang, release.field_period)),
        ("frozen", numbers::date(lang, release.frozen)),
        ("date", numbers::date(lang, edition.date)),
        ("publisher", edition.publisher.name.clone()),
        ("format", format),
        ("n", release.method.n_municipalities.to_string()),
        ("counties", release.method.n_counties.to_string()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let mut words = String::new();
    if synthetic {
        words.push_str(&text(lang, "edition-synthetic", &[]));
        words.push_str("\n\n");
    }
    for number in 1..=8 {
        let paragraph = text(lang, &format!("edition-readme-{number}"), &values);
        words.push_str(&plain(&paragraph));
        words.push_str("\n\n");
    }
    if let Some(change) = &edition.change {
        let before = change.before.title.get(lang);
        let period = numbers::period(lang, change.before.field_period);
        let values = [("before", before), ("period", period.as_str())];
        words.push_str(&plain(&text(lang, "change-readme", &values)));
        words.push_str("\n\n");
    }
    words.push_str(release.method.assumption.get(lang));
    words.push('\n');
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn rows(bytes: &[u8]) -> Vec<csv::StringRecord> {
        csv::Reader::from_reader(bytes)
            .records()
            .map(Result::unwrap)
            .collect()
    }

    #[test]
    fn a_file_for_each_finding_and_one_with_all() {
        let edition = sample::edition();
        let files = write(&edition, "key\n").unwrap();
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "LIESMICH.txt",
                "beispiele.csv",
                "codebuch.csv",
                "ergebnis-aufgaben.csv",
                "ergebnis-bedarf-von.csv",
                "ergebnis-personal.csv",
                "ergebnis-stelle.csv",
                "ergebnis-trend.csv",
                "ergebnisse.csv",
                "fehlende-angaben.csv",
                "gewichtung.csv",
            ]
        );
        let each: usize = names
            .iter()
            .filter(|n| n.starts_with("ergebnis-"))
            .map(|n| rows(&files[*n]).len())
            .sum();
        assert_eq!(rows(&files["ergebnisse.csv"]).len(), each);
        assert_eq!(files, write(&edition, "key\n").unwrap());
        assert!(!String::from_utf8_lossy(&files["LIESMICH.txt"]).contains("edition-readme"));
    }

    #[test]
    fn values_are_whole_percents_and_what_is_held_back_has_none() {
        let files = write(&sample::edition(), "").unwrap();
        for row in rows(&files["ergebnisse.csv"]) {
            let (status, value) = (&row[11], &row[12]);
            match status {
                "prozent" => assert!(value.parse::<u8>().is_ok_and(|v| v <= 100), "{row:?}"),
                "mittelwert" => assert!(
                    value.split_once('.').is_some_and(|(_, d)| d.len() == 1),
                    "{row:?}"
                ),
                _ => assert!(
                    value.is_empty() && row[13].is_empty() && row[14].is_empty(),
                    "{row:?}"
                ),
            }
        }
    }

    #[test]
    fn the_sum_of_the_upper_points_is_a_record_of_its_own() {
        let files = write(&sample::edition(), "").unwrap();
        let found = rows(&files["ergebnis-aufgaben.csv"])
            .into_iter()
            .find(|r| &r[4] == "wohnen" && &r[6] == "municipalities" && &r[8] == "gross+sehr-gross")
            .unwrap();
        assert_eq!(
            [&found[12], &found[13], &found[14], &found[15]],
            ["71", "64", "77", "230"]
        );
    }
}
