//! The data as Parquet: typed columns, what they mean as metadata.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int16Array, Int32Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field as Column, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use questionnaire::{Lang, Text};
use serde_json::{Value, json};

use crate::table::{Cells, Field, FieldKind, Table};
use crate::{CODEBOOK_FORMAT, WriteError};

impl Table {
    /// The data as Parquet. Codes are 16-bit integers, numbers doubles, words and texts UTF-8; missing values keep their
    /// codes, null is left empty. Each column's metadata has its label in `lang` (`label`), in both languages
    /// (`label.de`, `label.en`), and its values as JSON (`values`); the table's says which wave it is.
    pub(crate) fn parquet(&self, lang: Lang) -> Result<Vec<u8>, WriteError> {
        let columns: Vec<(Column, ArrayRef)> = self
            .fields
            .iter()
            .map(|field| {
                let (kind, array) = field.array();
                let metadata = field.metadata(lang);
                let nullable = field.name != self.fields[0].name;
                let column = Column::new(&field.name, kind, nullable).with_metadata(metadata);
                (column, array)
            })
            .collect();
        let (columns, arrays): (Vec<Column>, Vec<ArrayRef>) = columns.into_iter().unzip();
        let metadata = [
            ("format", CODEBOOK_FORMAT.to_string()),
            ("wave", self.wave.clone()),
            ("title", self.title.get(lang).to_owned()),
            ("frozen", self.frozen.to_string()),
            ("synthetic", self.synthetic.to_string()),
        ];
        let metadata: HashMap<String, String> = metadata
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect();
        let schema = Arc::new(Schema::new(columns).with_metadata(metadata));
        let batch = RecordBatch::try_new(schema.clone(), arrays)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by("Voneinander".to_owned())
            .build();
        let mut writer = ArrowWriter::try_new(Vec::new(), schema, Some(properties))?;
        writer.write(&batch)?;
        Ok(writer.into_inner()?)
    }
}

impl Field {
    fn array(&self) -> (DataType, ArrayRef) {
        match (&self.cells, self.kind) {
            (Cells::Number(cells), FieldKind::Coded | FieldKind::Flag) => {
                let codes: Int16Array = cells.iter().map(|c| c.map(|n| n as i16)).collect();
                (DataType::Int16, Arc::new(codes))
            }
            (Cells::Number(cells), _) if self.key == "row" && self.design => {
                let numbers: Int32Array = cells.iter().map(|c| c.map(|n| n as i32)).collect();
                (DataType::Int32, Arc::new(numbers))
            }
            (Cells::Number(cells), _) => {
                let numbers: Float64Array = cells.iter().copied().collect();
                (DataType::Float64, Arc::new(numbers))
            }
            (Cells::Text(cells), _) => {
                let texts: StringArray = cells.iter().map(Option::as_deref).collect();
                (DataType::Utf8, Arc::new(texts))
            }
            (Cells::Word(cells), _) => {
                let word = |at: &u16| self.values[usize::from(*at)].word.as_str();
                let words: StringArray = cells.iter().map(|c| c.as_ref().map(word)).collect();
                (DataType::Utf8, Arc::new(words))
            }
        }
    }

    fn metadata(&self, lang: Lang) -> HashMap<String, String> {
        let values: Vec<Value> = self
            .values
            .iter()
            .map(|value| {
                let stands = match (self.kind, value.number) {
                    (FieldKind::Word, _) => json!(value.word),
                    (FieldKind::Text, Some(number)) => json!(number.to_string()),
                    (_, number) => json!(number),
                };
                json!({
                    "value": stands,
                    "label": value.label.get(lang),
                    "label.de": value.label.de,
                    "label.en": value.label.en,
                    "missing": value.missing,
                })
            })
            .collect();
        let mut metadata = HashMap::from([
            ("label".to_owned(), self.label(lang)),
            ("label.de".to_owned(), self.label(Lang::De)),
            ("label.en".to_owned(), self.label(Lang::En)),
            ("values".to_owned(), Value::Array(values).to_string()),
        ]);
        let unit = self.unit.as_ref().filter(|unit| **unit != Text::default());
        if let Some(unit) = unit {
            metadata.insert("unit".to_owned(), unit.get(lang).to_owned());
        }
        if !self.question.is_empty() {
            metadata.insert("question".to_owned(), self.question.clone());
        }
        metadata
    }
}
