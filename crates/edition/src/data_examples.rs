//! Open data of the examples: one record each, with every coded field of the short form.

use serde::Serialize;

use crate::Edition;
use crate::data::DataError;

const FILE: &str = "beispiele.csv";

/// Heads of the columns, in their order. Words are those of the short form; empty means not said.
const COLUMNS: [&str; 26] = [
    "nummer",
    "fassung",
    "titel",
    "satz",
    "kommune",
    "typ",
    "einwohner",
    "land",
    "feld",
    "teilfeld",
    "art",
    "zielgruppen",
    "traeger",
    "stand",
    "seit",
    "ergebnis_bekannt",
    "kosten_jahr",
    "kosten_einmalig",
    "vollzeitstellen",
    "foerderung_bis",
    "aufgabe",
    "uebernahmen",
    "zuletzt_bestaetigt",
    "verblasst",
    "freigegeben",
    "nutzung",
];

/// One record an example, as CSV; format as the other tables.
pub(crate) fn table(edition: &Edition) -> Result<Vec<u8>, DataError> {
    let error = |source| DataError {
        file: FILE.to_owned(),
        source,
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(error)?;
    for example in &edition.examples {
        let form = &example.form;
        let groups: Vec<String> = form.target_groups.iter().map(word).collect();
        let since = form.running.since;
        writer
            .write_record([
                example.id.to_string(),
                example.number.to_string(),
                form.title.trim().to_owned(),
                form.sentence.trim().to_owned(),
                example.municipality.clone(),
                example.kind.de.clone(),
                example.inhabitants.to_string(),
                example.land.clone(),
                form.field.clone(),
                form.subfield.clone().unwrap_or_default(),
                word(&form.kind),
                groups.join(" "),
                form.runner.as_ref().map(word).unwrap_or_default(),
                word(&form.running.mode),
                if since == 0 {
                    String::new()
                } else {
                    since.to_string()
                },
                word(&form.evidence),
                word(&form.cost),
                word(&form.cost_once),
                form.fte
                    .map(|f| format!("{}.{:02}", f / 100, f % 100))
                    .unwrap_or_default(),
                form.funding_until
                    .map(|y| y.to_string())
                    .unwrap_or_default(),
                word(&form.duty),
                example.take_ups.len().to_string(),
                example.confirmed.to_string(),
                example.faded.map(|d| d.to_string()).unwrap_or_default(),
                example.released.to_string(),
                example.licence.clone(),
            ])
            .map_err(error)?;
    }
    writer
        .into_inner()
        .map_err(|e| error(e.into_error().into()))
}

/// The word of a choice as the short form keeps it.
fn word<T: Serialize>(choice: &T) -> String {
    match serde_json::to_value(choice) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_example_is_a_record_with_words_and_no_mailbox() {
        let edition = crate::sample::edition();
        let bytes = table(&edition).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(!text.contains('@'), "addresses are not open data");
        let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(bytes.as_slice())
            .records()
            .map(Result::unwrap)
            .collect();
        assert_eq!(rows.len(), edition.examples.len());
        assert_eq!(
            (&rows[0][10], &rows[0][15], &rows[0][16]),
            ("project", "counted", "under5000")
        );
    }
}
