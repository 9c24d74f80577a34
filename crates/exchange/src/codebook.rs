//! The codebook of a table, as CSV and JSON.

use questionnaire::Text;
use serde_json::{Value, json};

use crate::sav::LEFT_EMPTY;
use crate::table::{Field, FieldKind, Table};

/// Number of the codebook's file format, the same as that of the dataset's own codebook.
pub const CODEBOOK_FORMAT: u32 = dataset::CODEBOOK_FORMAT;

/// The columns of the dataset's own codebook, then what is of the exported files alone.
const HEAD: [&str; 21] = [
    "format",
    "wave",
    "frozen",
    "variable",
    "question",
    "page",
    "type",
    "ordered",
    "text_de",
    "text_en",
    "item_de",
    "item_en",
    "unit_de",
    "unit_en",
    "value",
    "code",
    "label_de",
    "label_en",
    "column",
    "sav_name",
    "sav_value",
];

impl Table {
    /// The codebook as CSV: one line a value of a field. It says nothing about how often anything was answered.
    /// `Dataset::from_csv` reads it, with the data's CSV.
    pub fn codebook_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for line in self.codebook_lines() {
            let written = writer.write_record(&line);
            written.expect("every line has as many fields as the head, and memory does not fail");
        }
        let bytes = writer.into_inner().expect("memory does not fail");
        String::from_utf8(bytes).expect("only text was written")
    }

    /// The codebook as JSON: the same, a field an object. `pages` and `questions` follow the questionnaire's order.
    pub fn codebook_json(&self) -> Value {
        let fields: Vec<Value> = self.fields.iter().map(Field::described).collect();
        json!({
            "format": CODEBOOK_FORMAT,
            "wave": self.wave,
            "title": both(&self.title),
            "frozen": self.frozen.to_string(),
            "synthetic": self.synthetic,
            "rows": self.rows,
            "fields": fields,
        })
    }

    /// Head and lines of the CSV.
    pub(crate) fn codebook_lines(&self) -> Vec<Vec<String>> {
        let mut lines = vec![HEAD.map(str::to_owned).to_vec()];
        for field in &self.fields {
            if field.values.is_empty() {
                lines.push(self.codebook_line(field, None));
            }
            for value in &field.values {
                lines.push(self.codebook_line(field, Some(value)));
            }
        }
        lines
    }

    fn codebook_line(&self, field: &Field, value: Option<&crate::FieldValue>) -> Vec<String> {
        let pair = |text: Option<&Text>| {
            let text = text.cloned().unwrap_or_default();
            [text.de, text.en]
        };
        let [text_de, text_en] = pair(Some(&field.text));
        let [item_de, item_en] = pair(field.item.as_ref());
        let [unit_de, unit_en] = pair(field.unit.as_ref());
        let [label_de, label_en] = pair(value.map(|value| &value.label));
        let number = |number: Option<i32>| number.map_or_else(String::new, |n| n.to_string());
        let word = field.kind == FieldKind::Word;
        vec![
            CODEBOOK_FORMAT.to_string(),
            self.wave.clone(),
            self.frozen.to_string(),
            field.name.clone(),
            field.question.clone(),
            field.page.clone(),
            field.kind.word().to_owned(),
            u8::from(field.ordered).to_string(),
            text_de,
            text_en,
            item_de,
            item_en,
            unit_de,
            unit_en,
            number(value.and_then(|v| v.number).filter(|_| !word)),
            value.map_or_else(String::new, |value| value.word.clone()),
            label_de,
            label_en,
            if field.design { "design" } else { "answer" }.to_owned(),
            field.sav_name.clone(),
            value.map_or_else(String::new, |value| number(field.sav_value(value))),
        ]
    }
}

impl FieldKind {
    /// The word in the codebook's file, one of the dataset's own: a list of words is text there.
    fn word(self) -> &'static str {
        match self {
            Self::Coded => "coded",
            Self::Flag => "flag",
            Self::Number => "number",
            Self::Text | Self::Word => "text",
        }
    }
}

impl Field {
    /// The number of a value in `.sav`; `None` where it is empty or system-missing there.
    fn sav_value(&self, value: &crate::FieldValue) -> Option<i32> {
        let empty = self.kind == FieldKind::Text || self.answers_like_missing_values();
        match value.number {
            None if empty => None,
            None => Some(LEFT_EMPTY),
            number => number,
        }
    }

    fn described(&self) -> Value {
        let values: Vec<Value> = self
            .values
            .iter()
            .map(|value| {
                json!({
                    "value": match self.kind {
                        FieldKind::Word => json!(value.word),
                        _ => json!(value.number),
                    },
                    "sav_value": self.sav_value(value),
                    "code": value.word,
                    "label": both(&value.label),
                    "missing": value.missing,
                })
            })
            .collect();
        json!({
            "column": self.name,
            "sav_name": self.sav_name,
            "variable": self.key,
            "design": self.design,
            "question": self.question,
            "page": self.page,
            "type": if self.kind == FieldKind::Word { "word" } else { self.kind.word() },
            "ordered": self.ordered,
            "text": both(&self.text),
            "item": self.item.as_ref().map(both),
            "unit": self.unit.as_ref().map(both),
            "values": values,
        })
    }
}

fn both(text: &Text) -> Value {
    json!({ "de": text.de, "en": text.en })
}
