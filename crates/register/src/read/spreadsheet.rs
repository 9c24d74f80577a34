//! The cells of a spreadsheet (xlsx), read one by one: a damaged or hostile sheet must not make us reserve memory
//! for cells that are not there.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use super::{Cell, Report, Row, Sheet, columns};

/// Far more than the list has (20 columns, 16,000 rows).
const MOST_COLUMNS: u32 = 100;
const MOST_CELLS: usize = 4_000_000;

/// The first sheet with the headings of the list; `None` when there is none or the file cannot be read.
pub(super) fn sheet(bytes: &[u8], report: &mut Report) -> Option<Sheet> {
    // The reader of a file that anyone may have damaged is not ours; a panic in it must stay a fault of the file.
    let read = catch_unwind(AssertUnwindSafe(|| open(bytes)));
    let what = match read {
        Ok(Ok(Found::List(sheet))) => return Some(sheet),
        Ok(Ok(Found::Other(names))) => format!(
            "In keinem der Tabellenblätter ({}) stehen die Überschriften des Gemeindeverzeichnisses",
            names.join(", ")
        ),
        Ok(Err(error)) => format!(
            "Die Excel-Datei lässt sich nicht lesen, sie ist vermutlich beschädigt ({error})"
        ),
        Err(_) => {
            "Die Excel-Datei lässt sich nicht lesen, sie ist vermutlich beschädigt".to_owned()
        }
    };
    report.add(
        (1, 1),
        what,
        "die Tabelle AuszugGV als xlsx, mit den Überschriften Satzart, Textkennzeichen, Land, ...",
    );
    None
}

enum Found {
    List(Sheet),
    Other(Vec<String>),
}

fn open(bytes: &[u8]) -> Result<Found, XlsxError> {
    let mut book = Xlsx::new(Cursor::new(bytes))?;
    let names = book.sheet_names();
    for name in &names {
        let sheet = rows(&mut book, name)?;
        if columns::has_headings(&sheet) {
            return Ok(Found::List(sheet));
        }
    }
    Ok(Found::Other(names))
}

fn rows(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Sheet, XlsxError> {
    let mut cells = book.worksheet_cells_reader(name)?;
    let mut rows: BTreeMap<u32, BTreeMap<usize, Cell>> = BTreeMap::new();
    let mut count = 0;
    while let Some(cell) = cells.next_cell()? {
        let (row, column) = cell.get_position();
        let (text, number) = written(cell.get_value());
        count += 1;
        if column >= MOST_COLUMNS || text.is_empty() {
            continue;
        }
        if count > MOST_CELLS {
            return Err(XlsxError::Unexpected("zu viele Zellen"));
        }
        let cell = Cell {
            text,
            column: column.saturating_add(1),
            number,
        };
        rows.entry(row).or_default().insert(column as usize, cell);
    }
    let rows = rows.into_iter().map(|(row, cells)| Row {
        line: row.saturating_add(1),
        end: cells
            .values()
            .map(|cell| cell.column + 1)
            .max()
            .unwrap_or(1),
        cells,
    });
    Ok(Sheet {
        rows: rows.collect(),
        spreadsheet: true,
    })
}

/// The cell as people see it, and whether it is a number.
fn written(value: &DataRef<'_>) -> (String, bool) {
    match value {
        DataRef::Int(i) => (i.to_string(), true),
        DataRef::Float(f) => (f.to_string(), true),
        DataRef::Bool(b) => (b.to_string(), false),
        DataRef::Empty => (String::new(), false),
        DataRef::String(s) => (s.clone(), false),
        DataRef::SharedString(s) => ((*s).to_owned(), false),
        DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => (s.clone(), false),
        other => (format!("{other:?}"), false),
    }
}
