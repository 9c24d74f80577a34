//! The data as a workbook: data, codebook, and a page about both.

use jiff::civil::Date;
use questionnaire::Lang;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as Style, Workbook, Worksheet};

use crate::table::{Cells, Table};
use crate::{WriteError, sav};

impl Table {
    /// The data as xlsx: a sheet with the data (codes as in the CSV, numbers as numbers, texts as texts), one with the
    /// codebook, one that says what they are. Its date is the day on which the dataset was frozen.
    pub(crate) fn workbook(&self, lang: Lang) -> Result<Vec<u8>, WriteError> {
        let mut book = Workbook::new();
        let properties = DocProperties::new()
            .set_title(self.title.get(lang))
            .set_creation_datetime(&moment(self.frozen)?);
        book.set_properties(&properties);
        let head = Style::new().set_bold();
        let [data, codebook, about] = match lang {
            Lang::De => ["Daten", "Codebuch", "Hinweise"],
            Lang::En => ["Data", "Codebook", "About"],
        };
        self.data_sheet(book.add_worksheet().set_name(data)?, &head)?;
        self.codebook_sheet(book.add_worksheet().set_name(codebook)?, &head)?;
        let sheet = book.add_worksheet().set_name(about)?;
        sheet.set_column_width(0, 110)?;
        for (row, line) in (0..).zip(self.about(lang)) {
            sheet.write_string(row, 0, line)?;
        }
        Ok(book.save_to_buffer()?)
    }

    fn data_sheet(&self, sheet: &mut Worksheet, head: &Style) -> Result<(), WriteError> {
        sheet.set_freeze_panes(1, 1)?;
        for (column, field) in (0..).zip(&self.fields) {
            sheet.write_string_with_format(0, column, &field.name, head)?;
            for (row, index) in (1..).zip(0..self.rows) {
                match &field.cells {
                    Cells::Number(cells) => {
                        if let Some(number) = cells[index] {
                            sheet.write_number(row, column, number)?;
                        }
                    }
                    Cells::Word(cells) => {
                        if let Some(at) = cells[index] {
                            let word = &field.values[usize::from(at)].word;
                            sheet.write_string(row, column, word)?;
                        }
                    }
                    Cells::Text(cells) => {
                        if let Some(text) = &cells[index] {
                            sheet.write_string(row, column, text)?;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn codebook_sheet(&self, sheet: &mut Worksheet, head: &Style) -> Result<(), WriteError> {
        sheet.set_freeze_panes(1, 0)?;
        for (row, line) in (0..).zip(self.codebook_lines()) {
            for (column, cell) in (0..).zip(line) {
                if row == 0 {
                    sheet.write_string_with_format(row, column, cell, head)?;
                } else if let Ok(number) = cell.parse::<i32>() {
                    sheet.write_number(row, column, number)?;
                } else if !cell.is_empty() {
                    sheet.write_string(row, column, cell)?;
                }
            }
        }
        Ok(())
    }

    fn about(&self, lang: Lang) -> Vec<String> {
        let mut lines = vec![self.title.get(lang).to_owned()];
        if self.synthetic {
            lines.push(sav::made_up(lang).to_owned());
        }
        lines.extend(match lang {
            Lang::De => [
                format!("Befragung: {}", self.wave),
                format!("Datensatz eingefroren am: {}", self.frozen),
                format!("Zeilen: {}", self.rows),
                "Fehlende Werte: -7 nicht gefragt, -8 keine Angabe, -9 weiß nicht, leere Zelle nicht beantwortet.".to_owned(),
                "Jede Zeile ist eine Kommune, die zählt. Die laufende Nummer folgt aus dem Inhalt; sie ist kein Schlüssel.".to_owned(),
            ],
            Lang::En => [
                format!("Wave: {}", self.wave),
                format!("Dataset frozen on: {}", self.frozen),
                format!("Rows: {}", self.rows),
                "Missing values: -7 not asked, -8 no answer given, -9 don't know, empty cell left empty.".to_owned(),
                "Each row is a municipality that counts. The running number follows from the content; it is no key.".to_owned(),
            ],
        });
        lines
    }
}

/// Midnight of a day.
fn moment(day: Date) -> Result<ExcelDateTime, rust_xlsxwriter::XlsxError> {
    let year = u16::try_from(day.year()).unwrap_or(1900);
    let month = u8::try_from(day.month()).unwrap_or(1);
    ExcelDateTime::from_ymd(year, month, u8::try_from(day.day()).unwrap_or(1))
}
