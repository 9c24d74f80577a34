//! Reads the lists of the Statistisches Bundesamt: the "Auszug aus dem Gemeindeverzeichnis" as CSV or spreadsheet,
//! and the fixed-width text file GV100AD.
//!
//! All become the same [`Sheet`] of cells with places; everything behind that knows no file format.

mod columns;
mod fixed;
mod records;
mod spreadsheet;
mod text;

use std::collections::BTreeMap;

use columns::Header;

use crate::{Fault, Faults, Register};

impl Register {
    /// Reads the official list from a CSV file, a spreadsheet (xlsx) or GV100AD; the content decides which.
    /// `file_name` is what faults call the file; a date in it (`2019-12-31`) is taken as that of the figures.
    ///
    /// # Errors
    /// All faults of the file at once, each with line and column.
    pub fn read(bytes: &[u8], file_name: &str) -> Result<Self, Faults> {
        if bytes.starts_with(b"PK\x03\x04") {
            Self::read_xlsx(bytes, file_name)
        } else if fixed::is_fixed(bytes) {
            Self::read_gv100ad(bytes, file_name)
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
        finish(sheet.map(|sheet| (sheet, None)), report)
    }

    /// Reads the fixed-width text file GV100AD, in UTF-8 or Windows-1252. It knows no seats and no urbanisation.
    ///
    /// # Errors
    /// All faults of the file at once, each with line and column.
    pub fn read_gv100ad(bytes: &[u8], file_name: &str) -> Result<Self, Faults> {
        let mut report = Report::new(file_name);
        let read = fixed::sheet(bytes, &mut report);
        finish(read.map(|(sheet, header)| (sheet, Some(header))), report)
    }

    /// Reads the official list from a spreadsheet (xlsx): the first sheet with the headings of the list.
    ///
    /// # Errors
    /// All faults of the file at once, each with row and column.
    pub fn read_xlsx(bytes: &[u8], file_name: &str) -> Result<Self, Faults> {
        let mut report = Report::new(file_name);
        let sheet = spreadsheet::sheet(bytes, &mut report);
        finish(sheet.map(|sheet| (sheet, None)), report)
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

/// Reads the records; a header that is not known by the format is looked for in the rows.
fn finish(sheet: Option<(Sheet, Option<Header>)>, mut report: Report) -> Result<Register, Faults> {
    let register = sheet.and_then(|(sheet, header)| {
        let header = match header {
            Some(header) => header,
            None => columns::find(&sheet, &mut report)?,
        };
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
