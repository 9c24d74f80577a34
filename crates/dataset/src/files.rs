//! Dataset and codebook as CSV files, and back.
//!
//! The data file has one row a unit and one column a variable, under a running number. It carries no register
//! key, and its rows are ordered by their content: the order of the keys would tell who is who to anyone
//! who knows the list of those who took part.

use std::collections::BTreeMap;

use jiff::civil::Date;
use questionnaire::{Text, VariableKey};

use crate::{
    CODEBOOK_FORMAT, Cell, Codebook, CodebookEntry, CodebookValue, Column, ColumnType, DONT_KNOW,
    Dataset, NOT_ASKED, REFUSED, Values, Variable,
};

/// Head of the data file's first column.
const RUNNING_NUMBER: &str = "row";

const CODEBOOK_HEAD: [&str; 18] = [
    "format", "wave", "frozen", "variable", "question", "page", "type", "ordered", "text_de",
    "text_en", "item_de", "item_en", "unit_de", "unit_en", "value", "code", "label_de", "label_en",
];

/// What is wrong in a file, with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}, column \"{column}\": {what}")]
pub struct FileError {
    /// `codebook` or `data`.
    pub file: &'static str,
    /// Line, counted from 1 with the head.
    pub line: u64,
    /// Head of the column.
    pub column: String,
    /// What is wrong, and what would be right.
    pub what: String,
}

impl Dataset {
    /// The data as CSV (UTF-8, comma, decimal point), under the codes of [`Dataset::codebook`].
    /// Texts that begin with one of `= + - @ '` carry a leading apostrophe, so that no spreadsheet computes them.
    pub fn to_csv(&self) -> String {
        let mut rows: Vec<Vec<String>> = (0..self.units.len())
            .map(|row| self.columns.iter().map(|c| written(c, row)).collect())
            .collect();
        rows.sort();
        let head = std::iter::once(RUNNING_NUMBER.to_owned())
            .chain(self.columns.iter().map(|c| c.variable.key.0.clone()));
        let numbered = (1u32..).zip(rows).map(|(number, row)| {
            let mut line = vec![number.to_string()];
            line.extend(row);
            line
        });
        csv_text(std::iter::once(head.collect()).chain(numbered))
    }

    /// Reads the two files back. Units are then the running numbers.
    ///
    /// Errors: all faults at once, each with line and column.
    pub fn from_csv(codebook: &str, data: &str) -> Result<Dataset, Vec<FileError>> {
        let codebook = Codebook::from_csv(codebook)?;
        let mut reader = csv::ReaderBuilder::new().from_reader(data.as_bytes());
        let mut faults = Vec::new();
        let heads = reader.headers().cloned().unwrap_or_default();
        let place: BTreeMap<&str, usize> = heads.iter().zip(0..).collect();
        for entry in &codebook.entries {
            if !place.contains_key(entry.key.0.as_str()) {
                faults.push(fault("data", 1, &entry.key.0, "this column is not there"));
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut units = Vec::new();
        let mut columns: Vec<Column> = codebook.entries.iter().map(empty_column).collect();
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    faults.push(fault("data", line, "", &error.to_string()));
                    continue;
                }
            };
            let line = record.position().map_or(0, csv::Position::line);
            units.push(match place.get(RUNNING_NUMBER) {
                Some(&at) => record.get(at).unwrap_or_default().to_owned(),
                None => (units.len() + 1).to_string(),
            });
            for (entry, column) in codebook.entries.iter().zip(&mut columns) {
                let written = place
                    .get(entry.key.0.as_str())
                    .and_then(|at| record.get(*at))
                    .unwrap_or_default();
                if let Err(what) = push(column, entry, written) {
                    faults.push(fault("data", line, &entry.key.0, &what));
                }
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Dataset {
            wave: codebook.wave,
            frozen: codebook.frozen,
            units,
            columns,
        })
    }
}

impl Codebook {
    /// The codebook as CSV: one line a value of a variable, those for missing values included.
    pub fn to_csv(&self) -> String {
        let head = CODEBOOK_HEAD.map(str::to_owned).to_vec();
        let lines = self.entries.iter().flat_map(|entry| {
            entry.values.iter().map(move |value| {
                let both = |text: &Option<Text>| {
                    text.as_ref()
                        .map_or_else(Default::default, |text| [text.de.clone(), text.en.clone()])
                };
                let [item_de, item_en] = both(&entry.item);
                let [unit_de, unit_en] = both(&entry.unit);
                vec![
                    self.format.to_string(),
                    self.wave.clone(),
                    self.frozen.to_string(),
                    entry.key.0.clone(),
                    entry.question.clone(),
                    entry.page.clone(),
                    entry.kind.word().to_owned(),
                    u8::from(entry.ordered).to_string(),
                    entry.text.de.clone(),
                    entry.text.en.clone(),
                    item_de,
                    item_en,
                    unit_de,
                    unit_en,
                    value.value.map_or_else(String::new, |v| v.to_string()),
                    value.code.clone(),
                    value.label.de.clone(),
                    value.label.en.clone(),
                ]
            })
        });
        csv_text(std::iter::once(head).chain(lines))
    }

    /// Reads a codebook back. Errors: all faults at once.
    pub fn from_csv(file: &str) -> Result<Codebook, Vec<FileError>> {
        let mut reader = csv::ReaderBuilder::new().from_reader(file.as_bytes());
        let heads = reader.headers().cloned().unwrap_or_default();
        let place: BTreeMap<&str, usize> = heads.iter().zip(0..).collect();
        let absent = CODEBOOK_HEAD.iter().filter(|h| !place.contains_key(*h));
        let mut faults: Vec<FileError> = absent
            .map(|head| fault("codebook", 1, head, "this column is not there"))
            .collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut wave = String::new();
        let mut frozen = Date::ZERO;
        let mut entries: Vec<CodebookEntry> = Vec::new();
        for (line, record) in (2..).zip(reader.records()) {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    faults.push(fault("codebook", line, "", &error.to_string()));
                    continue;
                }
            };
            let line = record.position().map_or(line, csv::Position::line);
            let field = |head: &str| place.get(head).and_then(|at| record.get(*at)).unwrap_or("");
            let text = |de: &str, en: &str| Text {
                de: field(de).to_owned(),
                en: field(en).to_owned(),
            };
            let some = |text: Text| (!text.de.is_empty() || !text.en.is_empty()).then_some(text);
            if field("format") != CODEBOOK_FORMAT.to_string() {
                faults.push(fault("codebook", line, "format", "expected 1"));
            }
            wave = field("wave").to_owned();
            match field("frozen").parse() {
                Ok(day) => frozen = day,
                Err(_) => faults.push(fault("codebook", line, "frozen", "expected a date")),
            }
            let Some(kind) = ColumnType::from_word(field("type")) else {
                let what = "expected coded, flag, number or text";
                faults.push(fault("codebook", line, "type", what));
                continue;
            };
            let value = match field("value") {
                "" => None,
                written => match written.parse::<i32>() {
                    Ok(value) => Some(value),
                    Err(_) => {
                        faults.push(fault("codebook", line, "value", "expected a whole number"));
                        None
                    }
                },
            };
            let value = CodebookValue {
                value,
                code: field("code").to_owned(),
                label: text("label_de", "label_en"),
                missing: value.is_none_or(|v| [NOT_ASKED, REFUSED, DONT_KNOW].contains(&v)),
            };
            match entries.last_mut() {
                Some(last) if last.key.0 == field("variable") => last.values.push(value),
                _ => entries.push(CodebookEntry {
                    key: VariableKey(field("variable").to_owned()),
                    question: field("question").to_owned(),
                    page: field("page").to_owned(),
                    kind,
                    text: text("text_de", "text_en"),
                    item: some(text("item_de", "item_en")),
                    unit: some(text("unit_de", "unit_en")),
                    ordered: field("ordered") == "1",
                    values: vec![value],
                }),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Codebook {
            format: CODEBOOK_FORMAT,
            wave,
            frozen,
            entries,
        })
    }
}

fn fault(file: &'static str, line: u64, column: &str, what: &str) -> FileError {
    FileError {
        file,
        line,
        column: column.to_owned(),
        what: what.to_owned(),
    }
}

fn csv_text(lines: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for line in lines {
        let written = writer.write_record(&line);
        written.expect("every line has as many fields as the head, and memory does not fail");
    }
    let bytes = writer.into_inner().expect("memory does not fail");
    String::from_utf8(bytes).expect("only text was written")
}

fn written(column: &Column, row: usize) -> String {
    match &column.values {
        Values::Coded(cells) => cell(&cells[row], |code| (u32::from(*code) + 1).to_string()),
        Values::Flag(cells) => cell(&cells[row], |chosen| u8::from(*chosen).to_string()),
        Values::Number(cells) => cell(&cells[row], f64::to_string),
        Values::Text(cells) => cell(&cells[row], |text| guarded(text)),
    }
}

fn cell<T>(cell: &Cell<T>, value: impl Fn(&T) -> String) -> String {
    match cell {
        Cell::Value(v) => value(v),
        Cell::DontKnow => DONT_KNOW.to_string(),
        Cell::Refused => REFUSED.to_string(),
        Cell::NotAsked => NOT_ASKED.to_string(),
        Cell::Missing => String::new(),
    }
}

fn guarded(text: &str) -> String {
    let guard = text.starts_with(['=', '+', '-', '@', '\'']);
    if guard {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn read<T>(written: &str, value: impl Fn(&str) -> Result<T, String>) -> Result<Cell<T>, String> {
    Ok(match written {
        "" => Cell::Missing,
        "-7" => Cell::NotAsked,
        "-8" => Cell::Refused,
        "-9" => Cell::DontKnow,
        other => Cell::Value(value(other)?),
    })
}

fn empty_column(entry: &CodebookEntry) -> Column {
    let coded = entry.kind == ColumnType::Coded;
    let codes = entry.values.iter().filter(|v| coded && !v.missing);
    Column {
        variable: Variable {
            key: entry.key.clone(),
            question: entry.question.clone(),
            page: entry.page.clone(),
            text: entry.text.clone(),
            item: entry.item.clone(),
            codes: codes.map(|v| (v.code.clone(), v.label.clone())).collect(),
            ordered: entry.ordered,
            unit: entry.unit.clone(),
        },
        values: match entry.kind {
            ColumnType::Coded => Values::Coded(Vec::new()),
            ColumnType::Flag => Values::Flag(Vec::new()),
            ColumnType::Number => Values::Number(Vec::new()),
            ColumnType::Text => Values::Text(Vec::new()),
        },
    }
}

fn push(column: &mut Column, entry: &CodebookEntry, written: &str) -> Result<(), String> {
    match &mut column.values {
        Values::Coded(cells) => cells.push(read(written, |text| {
            let highest = entry.values.iter().filter(|v| !v.missing).count();
            match text.parse::<u16>() {
                Ok(value) if (1..=highest).contains(&usize::from(value)) => Ok(value - 1),
                _ => Err(format!("\"{text}\" is no code from 1 to {highest}")),
            }
        })?),
        Values::Flag(cells) => cells.push(read(written, |text| match text {
            "0" => Ok(false),
            "1" => Ok(true),
            _ => Err(format!("\"{text}\" is neither 0 nor 1")),
        })?),
        Values::Number(cells) => cells.push(read(written, |text| {
            let number = text.parse::<f64>().ok().filter(|n| n.is_finite());
            number.ok_or_else(|| format!("\"{text}\" is no number"))
        })?),
        Values::Text(cells) => cells.push(read(written, |text| {
            Ok(text.strip_prefix('\'').unwrap_or(text).to_owned())
        })?),
    }
    Ok(())
}
