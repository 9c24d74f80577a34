//! Any table of words and numbers as xlsx: for people who go on with it in a spreadsheet.

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use thiserror::Error;

/// A sheet: lines of notes, then a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Name of the sheet, also the title of the workbook. At most 31 characters are kept.
    pub name: String,
    /// Lines above the table.
    pub notes: Vec<String>,
    /// Heads of the columns.
    pub head: Vec<String>,
    /// Lines of the table.
    pub rows: Vec<Vec<SheetCell>>,
}

/// A cell of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub enum SheetCell {
    /// Words. They are never computed.
    Text(String),
    /// A number.
    Number(f64),
    /// Nothing.
    Empty,
}

/// Why a sheet could not be written.
#[derive(Debug, Error)]
#[error("the workbook could not be written: {0}")]
pub struct SheetError(#[from] XlsxError);

/// Writes a workbook of one sheet. `day` is the only date in the file: same arguments, same bytes.
pub fn write_sheet(sheet: &Sheet, day: Date) -> Result<Vec<u8>, SheetError> {
    let mut book = Workbook::new();
    let year = u16::try_from(day.year()).unwrap_or_default();
    let (month, day) = (day.month().unsigned_abs(), day.day().unsigned_abs());
    let properties = DocProperties::new()
        .set_title(&sheet.name)
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?);
    book.set_properties(&properties);
    let name: String = sheet
        .name
        .chars()
        .filter(|c| !"[]:*?/\\".contains(*c))
        .take(31)
        .collect();
    let page = book.add_worksheet().set_name(name)?;
    let strong = Format::new().set_bold();
    let mut row = 0;
    for note in &sheet.notes {
        page.write_string(row, 0, note)?;
        row += 1;
    }
    if !sheet.notes.is_empty() {
        row += 1;
    }
    for (column, head) in (0..).zip(&sheet.head) {
        page.write_string_with_format(row, column, head, &strong)?;
    }
    page.set_freeze_panes(row + 1, 0)?;
    for line in &sheet.rows {
        row += 1;
        for (column, cell) in (0..).zip(line) {
            match cell {
                SheetCell::Text(words) if words.is_empty() => {}
                SheetCell::Text(words) => {
                    page.write_string(row, column, words)?;
                }
                SheetCell::Number(number) => {
                    page.write_number(row, column, *number)?;
                }
                SheetCell::Empty => {}
            }
        }
    }
    Ok(book.save_to_buffer()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_sheet_same_bytes() {
        let sheet = Sheet {
            name: "NICHT VERÖFFENTLICHEN: a/b".into(),
            notes: vec!["=1+1".into()],
            head: vec!["wert".into()],
            rows: vec![vec![SheetCell::Number(0.5), SheetCell::Empty]],
        };
        let day = jiff::civil::date(2016, 3, 7);
        let bytes = write_sheet(&sheet, day).unwrap();
        assert!(bytes.starts_with(b"PK"));
        assert_eq!(bytes, write_sheet(&sheet, day).unwrap());
    }
}
