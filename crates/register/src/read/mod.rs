//! Reads the "Auszug aus dem Gemeindeverzeichnis" of the Statistisches Bundesamt, as CSV or as spreadsheet.
//!
//! Both become the same [`Sheet`] of cells with places; everything behind that knows no file format.

mod columns;
mod records;
mod spreadsheet;
mod text;

use std::collections::BTreeMap;

use crate::{Fault, Faults, Register};

impl Register {
    /// Reads the official list from a CSV file or a spreadsheet (xlsx); the content decides which.
    /// `file_name` is what faults call the file; a date in it (`2019-12-31`) is taken as that of the figures.
    ///
    /// # Errors
    /// All faults of the file at once, each with line and column.
    pub fn read(bytes: &[u8], file_name: &str) -> Result<Self, Faults> {
        if bytes.starts_with(b"PK\x03\x04") {
            Self::read_xlsx(bytes, file_name)
        } else {
            Self::read_csv(bytes, file_name)
        }
    }

    /// Reads the official list from CSV: UTF-8, separated by comma, semicolon or tab, title rows allowed.
    ///
    /// # Errors
    /// All faults of the file at once, each with line and column.
    pub fn read_csv(bytes: &[u8], file_name: &str) -> Result<Self, Faults> {
        let mut report = Report::new(file_name);
        let sheet = text::sheet(bytes, &mut report);
        finish(sheet, report)
    }

    /// Reads the official list from a spreadsheet (xlsx): the first sheet with the headings of the list.
    ///
    /// # Errors
    /// All faults of the file at once, each with row and column.
    pub fn read_xlsx(bytes: &[u8], file_name: &str) -> Result<Self, Faults> {
        let mut report = Report::new(file_name);
        let sheet = spreadsheet::sheet(bytes, &mut report);
        finish(sheet, report)
    }
}

/// A table as it stands in the file.
struct Sheet {
    rows: Vec<Row>,
    spreadsheet: bool,
}

/// One row; cells by the number of their column, counted from 0, gaps left out.
struct Row {
    line: u32,
    cells: BTreeMap<usize, Cell>,
    /// Column just behind the last character (CSV) or cell.
    end: u32,
}

struct Cell {
    text: String,
    /// Column as people count it: the character in the line (CSV) or the column of the cell.
    column: u32,
    /// A number of the spreadsheet, which has lost its leading zeros.
    number: bool,
}

impl Row {
    fn text(&self, column: usize) -> &str {
        self.cells.get(&column).map_or("", |cell| cell.text.trim())
    }

    fn is_blank(&self) -> bool {
        self.cells.values().all(|cell| cell.text.trim().is_empty())
    }
}

/// Collects what is wrong with one file.
struct Report {
    file: String,
    faults: Vec<Fault>,
}

impl Report {
    fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            faults: Vec::new(),
        }
    }

    fn add(
        &mut self,
        (line, column): (u32, u32),
        what: impl Into<String>,
        right: impl Into<String>,
    ) {
        self.add_in((line, column), None, what, right);
    }

    fn add_in(
        &mut self,
        (line, column): (u32, u32),
        field: Option<String>,
        what: impl Into<String>,
        right: impl Into<String>,
    ) {
        self.faults.push(Fault {
            file: self.file.clone(),
            line,
            column,
            field,
            what: what.into(),
            right: right.into(),
        });
    }
}

fn finish(sheet: Option<Sheet>, mut report: Report) -> Result<Register, Faults> {
    let register = sheet.and_then(|sheet| {
        let header = columns::find(&sheet, &mut report)?;
        let municipalities = records::read(&sheet, &header, &mut report);
        let date = header.date.or_else(|| columns::iso_date(&report.file));
        Some(Register::new(&report.file, date, false, municipalities))
    });
    report
        .faults
        .sort_by_key(|fault| (fault.line, fault.column));
    match register {
        Some(register) if report.faults.is_empty() => Ok(register),
        _ => Err(Faults(report.faults)),
    }
}
