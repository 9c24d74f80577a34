//! The data as CSV.

use crate::table::{Cells, Field, Table};

impl Table {
    /// The data as CSV (UTF-8, comma, decimal point): codes as in the codebook, an empty cell where a question was left
    /// empty. Texts that begin with one of `= + - @ '` carry a leading apostrophe, so that no spreadsheet computes
    /// them. `Dataset::from_csv` reads it back, with the codebook's CSV.
    pub fn csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let mut line = |fields: Vec<&str>| {
            let written = writer.write_record(fields);
            written.expect("every line has as many fields as the head, and memory does not fail");
        };
        line(self.fields.iter().map(|f| f.name.as_str()).collect());
        for row in 0..self.rows {
            let cells: Vec<String> = self.fields.iter().map(|f| f.written(row)).collect();
            line(cells.iter().map(String::as_str).collect());
        }
        let bytes = writer.into_inner().expect("memory does not fail");
        String::from_utf8(bytes).expect("only text was written")
    }
}

impl Field {
    /// A cell as it stands in the CSV.
    pub(crate) fn written(&self, row: usize) -> String {
        match &self.cells {
            Cells::Number(cells) => cells[row].map_or_else(String::new, |n| n.to_string()),
            Cells::Word(cells) => cells[row].map_or_else(String::new, |word| {
                self.values[usize::from(word)].word.clone()
            }),
            Cells::Text(cells) => match &cells[row] {
                None => String::new(),
                Some(text) if self.is_missing_code(text) => text.clone(),
                Some(text) if text.starts_with(['=', '+', '-', '@', '\'']) => format!("'{text}"),
                Some(text) => text.clone(),
            },
        }
    }

    fn is_missing_code(&self, text: &str) -> bool {
        let mut codes = self.values.iter().filter_map(|value| value.number);
        codes.any(|code| text == code.to_string())
    }
}
