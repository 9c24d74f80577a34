//! The data as an SPSS file.

use std::io::Cursor;
use std::sync::Arc;

use ambers::{Alignment, Compression, Measure, MissingSpec, MrSet, MrType, SpssMetadata, Value};
use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field as Column, Schema};
use dataset::{DONT_KNOW, NOT_ASKED, REFUSED};
use questionnaire::Lang;

use crate::WriteError;
use crate::sav_records::with_missing_texts;
use crate::table::{Cells, Field, FieldKind, Table};

/// Stands in `.sav` for a question that was left empty; the other files have an empty cell there.
pub const LEFT_EMPTY: i32 = -6;

/// Bytes of a variable label, a value label, the file's label, a text: SPSS's limits.
const LABEL: usize = 255;
const VALUE_LABEL: usize = 120;
const FILE_LABEL: usize = 64;
const TEXT: usize = 32_767;

impl Table {
    /// The data as `.sav`, UTF-8, with labels in `lang`. Missing values are declared: in numbers and codes -9 to -6
    /// (-6 is "left empty"), in texts "-9", "-8" and "-7", a text that was left empty being empty. Where a number
    /// that somebody answered lies between -9 and -6, only -9, -8 and -7 are declared, and left empty is
    /// system-missing. What is longer than SPSS allows is cut and ends with "…"; the codebook has it whole.
    pub(crate) fn sav(&self, lang: Lang) -> Result<Vec<u8>, WriteError> {
        let mut meta = SpssMetadata {
            file_label: cut(self.title.get(lang), FILE_LABEL),
            creation_time: format!("{} 00:00:00", self.frozen),
            ..SpssMetadata::default()
        };
        if self.synthetic {
            meta.notes.push(made_up(lang).to_owned());
        }
        let (mut columns, mut arrays) = (Vec::new(), Vec::<ArrayRef>::new());
        for field in &self.fields {
            let (kind, array, width): (_, ArrayRef, usize) = match &field.cells {
                Cells::Text(cells) => {
                    let texts = texts(cells);
                    let width = texts.iter().map(String::len).max().unwrap_or(0).max(9);
                    (DataType::Utf8, Arc::new(StringArray::from(texts)), width)
                }
                _ => {
                    let numbers = field.numbers();
                    (DataType::Float64, Arc::new(Float64Array::from(numbers)), 8)
                }
            };
            describe(&mut meta, field, width, lang);
            columns.push(Column::new(&field.sav_name, kind, true));
            arrays.push(array);
        }
        self.multiple_choices(&mut meta, lang);
        let batch = RecordBatch::try_new(Arc::new(Schema::new(columns)), arrays)?;
        let mut file = Cursor::new(Vec::new());
        ambers::write_sav_to_writer(&mut file, &batch, &meta, Compression::Bytecode, None)?;
        let texts = self.fields.iter().filter(|f| f.kind == FieldKind::Text);
        let texts: Vec<&str> = texts.map(|field| field.sav_name.as_str()).collect();
        if texts.is_empty() {
            return Ok(file.into_inner());
        }
        let codes = [DONT_KNOW, REFUSED, NOT_ASKED].map(|code| code.to_string());
        with_missing_texts(file.get_ref(), &texts, &codes).ok_or(WriteError::SavRecords)
    }

    /// Options of one question as one set, so that SPSS tabulates them together.
    fn multiple_choices(&self, meta: &mut SpssMetadata, lang: Lang) {
        for field in self.fields.iter().filter(|f| f.kind == FieldKind::Flag) {
            let name = field.question.replace('-', "_");
            let set = meta.mr_sets.entry(name.clone()).or_insert_with(|| MrSet {
                name,
                label: cut(field.text.get(lang), VALUE_LABEL),
                mr_type: MrType::MultipleDichotomy,
                counted_value: Some("1".to_owned()),
                variables: Vec::new(),
            });
            set.variables.push(field.sav_name.clone());
        }
    }
}

/// Said wherever data are made up.
pub(crate) fn made_up(lang: Lang) -> &'static str {
    match lang {
        Lang::De => "Beispieldaten: erfundene Kommunen.",
        Lang::En => "Sample data: invented municipalities.",
    }
}

fn describe(meta: &mut SpssMetadata, field: &Field, width: usize, lang: Lang) {
    let name = || field.sav_name.clone();
    meta.variable_names.push(name());
    meta.variable_labels
        .insert(name(), cut(&field.label(lang), LABEL));
    let text = field.kind == FieldKind::Text;
    let (format, measure) = match field.kind {
        FieldKind::Text => (format!("A{width}"), Measure::Nominal),
        FieldKind::Coded if field.ordered => ("F8.0".to_owned(), Measure::Ordinal),
        FieldKind::Coded | FieldKind::Flag | FieldKind::Word => {
            ("F8.0".to_owned(), Measure::Nominal)
        }
        FieldKind::Number => (format!("F12.{}", field.decimals()), Measure::Scale),
    };
    meta.variable_formats.insert(name(), format);
    meta.variable_storage_widths
        .insert(name(), if text { width } else { 8 });
    meta.variable_display_widths
        .insert(name(), if text { 40 } else { 12 });
    meta.variable_measures.insert(name(), measure);
    let alignment = if text {
        Alignment::Left
    } else {
        Alignment::Right
    };
    meta.variable_alignments.insert(name(), alignment);
    if field.design {
        let labels = field.values.iter().map(|value| {
            let number = f64::from(value.number.unwrap_or_default());
            (
                Value::Numeric(number),
                cut(value.label.get(lang), VALUE_LABEL),
            )
        });
        if field.kind == FieldKind::Word {
            meta.variable_value_labels.insert(name(), labels.collect());
        }
        return;
    }
    let in_range = field.answers_like_missing_values();
    let missing = if text {
        // Declared by `with_missing_texts`.
        Vec::new()
    } else if in_range {
        let codes = [DONT_KNOW, REFUSED, NOT_ASKED];
        codes
            .map(|code| MissingSpec::Value(f64::from(code)))
            .to_vec()
    } else {
        vec![MissingSpec::Range {
            lo: f64::from(DONT_KNOW),
            hi: f64::from(LEFT_EMPTY),
        }]
    };
    meta.variable_missing_values.insert(name(), missing);
    let labels = field.values.iter().filter_map(|value| {
        let number = match value.number {
            Some(number) => number,
            None if text || in_range => return None,
            None => LEFT_EMPTY,
        };
        let key = if text {
            Value::String(number.to_string())
        } else {
            Value::Numeric(f64::from(number))
        };
        Some((key, cut(value.label.get(lang), VALUE_LABEL)))
    });
    meta.variable_value_labels.insert(name(), labels.collect());
}

impl Field {
    /// Item or option first, so that labels that are cut still differ.
    pub(crate) fn label(&self, lang: Lang) -> String {
        match &self.item {
            Some(item) => format!("{} – {}", item.get(lang), self.text.get(lang)),
            None => self.text.get(lang).to_owned(),
        }
    }

    /// Whether somebody answered a number that would count as missing by range.
    pub(crate) fn answers_like_missing_values(&self) -> bool {
        let codes = [DONT_KNOW, REFUSED, NOT_ASKED].map(f64::from);
        let low = f64::from(DONT_KNOW)..=f64::from(LEFT_EMPTY);
        match &self.cells {
            Cells::Number(cells) => {
                let mut answers = cells.iter().flatten().filter(|n| !codes.contains(n));
                answers.any(|answer| low.contains(answer))
            }
            _ => false,
        }
    }

    fn numbers(&self) -> Vec<Option<f64>> {
        match &self.cells {
            Cells::Number(cells) if self.design || self.answers_like_missing_values() => {
                cells.clone()
            }
            Cells::Number(cells) => {
                let coded = |cell: &Option<f64>| cell.or(Some(f64::from(LEFT_EMPTY)));
                cells.iter().map(coded).collect()
            }
            Cells::Word(cells) => cells
                .iter()
                .map(|c| c.map(|at| f64::from(at) + 1.0))
                .collect(),
            Cells::Text(_) => Vec::new(),
        }
    }

    /// Decimal places that its numbers have, six at most. Files keep the whole number whatever is shown.
    fn decimals(&self) -> usize {
        let Cells::Number(cells) = &self.cells else {
            return 0;
        };
        let places = |n: &f64| {
            let written = n.to_string();
            written.split_once('.').map_or(0, |(_, end)| end.len())
        };
        cells.iter().flatten().map(places).max().unwrap_or(0).min(6)
    }
}

fn texts(cells: &[Option<String>]) -> Vec<String> {
    let text = |cell: &Option<String>| cut(cell.as_deref().unwrap_or_default(), TEXT);
    cells.iter().map(text).collect()
}

/// At most so many bytes of UTF-8, without half a letter; what is cut ends with "…".
fn cut(text: &str, bytes: usize) -> String {
    const MARK: &str = "…";
    if text.len() <= bytes {
        return text.to_owned();
    }
    let room = bytes - MARK.len();
    let ends = text.char_indices().map(|(at, _)| at);
    let end = ends.take_while(|at| *at <= room).last().unwrap_or(0);
    format!("{}{MARK}", text[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_labels_are_cut_between_letters() {
        let long = "ä".repeat(200);
        let label = cut(&long, LABEL);
        assert!(label.len() <= LABEL && label.ends_with('…'), "{label}");
        assert_eq!(cut("kurz", LABEL), "kurz");
    }
}
