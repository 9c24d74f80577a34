//! The cells of a file of contacts: xlsx, or text separated by semicolon, comma or tab in UTF-8 or Windows-1252.
//!
//! Hostile files must do no harm: sheets are unpacked within a limit before a reader sees them, cells are counted.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use register::Fault;

const MOST_COLUMNS: u32 = 60;
const MOST_ROWS: usize = 40_000;
const MOST_CELLS: usize = 1_000_000;
/// Bytes of all parts of a spreadsheet when unpacked.
const MOST_UNPACKED: usize = 96 * 1024 * 1024;
/// Characters of a cell that are kept.
const MOST_CHARACTERS: usize = 2_000;

/// A table with the places of its cells.
pub(super) struct Table {
    /// How faults call it: the file, with its sheet.
    pub name: String,
    pub rows: Vec<Row>,
}

pub(super) struct Row {
    pub line: u32,
    pub cells: BTreeMap<usize, Cell>,
}

#[derive(Default)]
pub(super) struct Cell {
    pub text: String,
    /// Where people find it: the character in the line, or the column of the sheet.
    pub column: u32,
    /// A number of a spreadsheet, which has lost its leading zeros.
    pub number: bool,
}

impl Row {
    pub(super) fn text(&self, column: usize) -> &str {
        self.cells.get(&column).map_or("", |cell| cell.text.trim())
    }

    pub(super) fn is_blank(&self) -> bool {
        self.cells.values().all(|cell| cell.text.trim().is_empty())
    }
}

fn fault(file: &str, line: u32, column: u32, what: impl Into<String>, right: &str) -> Fault {
    Fault {
        file: file.to_owned(),
        line,
        column,
        field: None,
        what: what.into(),
        right: right.to_owned(),
    }
}

const RIGHT: &str = "eine Excel-Datei (xlsx) oder eine CSV-Datei mit einer Zeile je Kommune";

/// Reads the table of a file. `is_head` says which sheet is meant: the first whose first rows hold the headings.
pub(super) fn read(
    bytes: &[u8],
    file: &str,
    is_head: &dyn Fn(&Row) -> bool,
    faults: &mut Vec<Fault>,
) -> Option<Table> {
    if bytes.starts_with(b"PK") {
        // The reader of a file that anyone may have damaged is not ours; a panic in it must stay a fault of the file.
        let read = catch_unwind(AssertUnwindSafe(|| spreadsheet(bytes, file, is_head)));
        return match read {
            Ok(Ok(table)) => Some(table),
            Ok(Err(cause)) => {
                let what = format!("Die Excel-Datei lässt sich nicht lesen: {cause}");
                faults.push(fault(file, 1, 1, what, RIGHT));
                None
            }
            Err(_) => {
                let what = "Die Excel-Datei lässt sich nicht lesen, sie ist vermutlich beschädigt";
                faults.push(fault(file, 1, 1, what, RIGHT));
                None
            }
        };
    }
    let text = match decode(bytes) {
        Ok(text) => text,
        Err((what, right)) => {
            faults.push(fault(file, 1, 1, what, right));
            return None;
        }
    };
    let rows = lines(&text, file, faults)?;
    Some(Table {
        name: file.to_owned(),
        rows,
    })
}

fn decode(bytes: &[u8]) -> Result<String, (&'static str, &'static str)> {
    let utf8 = "die Datei als UTF-8 speichern (in Excel: Speichern unter, \"CSV UTF-8\")";
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(("Die Datei ist in UTF-16 gespeichert", utf8));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(("Die Datei ist leer", RIGHT));
    }
    for (start, what) in [
        (&b"%PDF"[..], "Die Datei ist ein PDF"),
        (
            b"\xD0\xCF\x11\xE0",
            "Die Datei ist eine alte Excel-Datei (xls)",
        ),
    ] {
        if bytes.starts_with(start) {
            return Err((what, RIGHT));
        }
    }
    if bytes.iter().any(|b| matches!(b, 0..=8 | 14..=31)) {
        return Err(("Die Datei ist kein Text oder beschädigt", RIGHT));
    }
    // What is no UTF-8 is read as Windows-1252, which every older German Excel writes.
    Ok(std::str::from_utf8(bytes).map_or_else(
        |_| bytes.iter().map(|byte| windows_1252(*byte)).collect(),
        str::to_owned,
    ))
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

/// What stands most often in the first line that has text.
fn separator(text: &str) -> char {
    let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or("");
    let count = |c: char| first.matches(c).count();
    let mut best = ';';
    for candidate in [',', '\t'] {
        if count(candidate) > count(best) {
            best = candidate;
        }
    }
    best
}

/// The rows of a text. A quotation mark that is not closed is told with its place; then nothing more can be read.
fn lines(text: &str, file: &str, faults: &mut Vec<Fault>) -> Option<Vec<Row>> {
    let separator = separator(text);
    let mut rows = Vec::new();
    let mut chars = text.chars().peekable();
    let (mut line, mut column) = (1_u32, 1_u32);
    let mut row = Row {
        line,
        cells: BTreeMap::new(),
    };
    let mut cell = Cell {
        column,
        ..Cell::default()
    };
    let mut quoted: Option<(u32, u32)> = None;
    let mut begun = false;
    while let Some(c) = chars.next() {
        let at = (line, column);
        column = column.saturating_add(1);
        if c == '\n' || c == '\r' && chars.peek() != Some(&'\n') {
            line += 1;
            column = 1;
        }
        if quoted.is_some() {
            match (c, chars.peek()) {
                ('"', Some('"')) => {
                    chars.next();
                    column += 1;
                    cell.text.push('"');
                }
                ('"', _) => quoted = None,
                (c, _) => cell.text.push(c),
            }
            continue;
        }
        match c {
            '"' if !begun => {
                quoted = Some(at);
                begun = true;
            }
            c if c == separator => {
                finish(&mut row, std::mem::take(&mut cell));
                cell.column = column;
                begun = false;
            }
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                finish(&mut row, std::mem::take(&mut cell));
                cell.column = 1;
                begun = false;
                let next = Row {
                    line,
                    cells: BTreeMap::new(),
                };
                rows.push(std::mem::replace(&mut row, next));
                if rows.len() > MOST_ROWS {
                    let what = format!("Die Datei hat mehr als {MOST_ROWS} Zeilen");
                    faults.push(fault(file, line, 1, what, RIGHT));
                    return None;
                }
            }
            c => {
                begun = true;
                cell.text.push(c);
            }
        }
    }
    if let Some((line, column)) = quoted {
        faults.push(fault(
            file,
            line,
            column,
            "Das Anführungszeichen dieses Feldes wird nicht geschlossen",
            "ein zweites Anführungszeichen am Ende des Feldes; im Inneren verdoppelt (\"\")",
        ));
        return None;
    }
    finish(&mut row, cell);
    rows.push(row);
    Some(rows)
}

fn finish(row: &mut Row, mut cell: Cell) {
    if row.cells.len() < MOST_COLUMNS as usize {
        cell.text = cell.text.trim().chars().take(MOST_CHARACTERS).collect();
        row.cells.insert(row.cells.len(), cell);
    }
}

/// Unpacks every part of the archive once, within the limit: what says it is small and is not never reaches the reader.
fn within_limits(bytes: &[u8]) -> Result<(), String> {
    let number = |at: usize, length: usize| -> Option<usize> {
        let part = bytes.get(at..at.checked_add(length)?)?;
        Some(part.iter().rev().fold(0, |n, b| n << 8 | usize::from(*b)))
    };
    let broken = || "das Archiv ist beschädigt".to_owned();
    let end = bytes
        .windows(4)
        .rposition(|w| w == b"PK\x05\x06")
        .ok_or_else(broken)?;
    let count = number(end + 10, 2).ok_or_else(broken)?;
    let mut at = number(end + 16, 4).ok_or_else(broken)?;
    let mut left = MOST_UNPACKED;
    for _ in 0..count {
        if bytes.get(at..at.saturating_add(4)) != Some(b"PK\x01\x02") {
            return Err(broken());
        }
        let field = |offset, length| number(at + offset, length).ok_or_else(broken);
        let (method, packed, local) = (field(10, 2)?, field(20, 4)?, field(42, 4)?);
        let (name, extra) = (
            number(local.saturating_add(26), 2).ok_or_else(broken)?,
            number(local.saturating_add(28), 2).ok_or_else(broken)?,
        );
        let start = local.saturating_add(30 + name + extra);
        let data = start
            .checked_add(packed)
            .and_then(|end| bytes.get(start..end))
            .ok_or_else(broken)?;
        let size = match method {
            0 => data.len(),
            8 => match miniz_oxide::inflate::decompress_to_vec_with_limit(data, left) {
                Ok(unpacked) => unpacked.len(),
                Err(e) if e.status == miniz_oxide::inflate::TINFLStatus::HasMoreOutput => left + 1,
                Err(_) => return Err(broken()),
            },
            _ => {
                return Err("das Archiv ist auf eine Art gepackt, die Excel nicht schreibt".into());
            }
        };
        left = left
            .checked_sub(size)
            .ok_or_else(|| "ausgepackt ist sie größer als 96 MB".to_owned())?;
        let next = at + 46 + field(28, 2)? + field(30, 2)? + field(32, 2)?;
        at = next;
    }
    Ok(())
}

fn spreadsheet(bytes: &[u8], file: &str, is_head: &dyn Fn(&Row) -> bool) -> Result<Table, String> {
    within_limits(bytes)?;
    let said = |error: XlsxError| error.to_string();
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(said)?;
    let names = book.sheet_names();
    for name in &names {
        let rows = sheet(&mut book, name)?;
        if rows.iter().take(20).any(is_head) {
            return Ok(Table {
                name: format!("{file}, Blatt „{name}“"),
                rows,
            });
        }
    }
    Err(format!(
        "in keinem der Tabellenblätter ({}) gibt es eine Spalte „AGS“",
        names.join(", ")
    ))
}

fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<Row>, String> {
    let said = |error: XlsxError| error.to_string();
    let mut cells = book.worksheet_cells_reader(name).map_err(said)?;
    let mut rows: BTreeMap<u32, BTreeMap<usize, Cell>> = BTreeMap::new();
    let mut count = 0;
    while let Some(cell) = cells.next_cell().map_err(said)? {
        let (row, column) = cell.get_position();
        count += 1;
        if count > MOST_CELLS || rows.len() > MOST_ROWS {
            return Err(format!("sie hat mehr als {MOST_ROWS} Zeilen"));
        }
        let (text, number) = written(cell.get_value());
        if column >= MOST_COLUMNS || text.is_empty() {
            continue;
        }
        let cell = Cell {
            text: text.chars().take(MOST_CHARACTERS).collect(),
            column: column + 1,
            number,
        };
        rows.entry(row).or_default().insert(column as usize, cell);
    }
    Ok(rows
        .into_iter()
        .map(|(row, cells)| Row {
            line: row.saturating_add(1),
            cells,
        })
        .collect())
}

/// The cell as people see it, and whether it is a number.
fn written(value: &DataRef<'_>) -> (String, bool) {
    match value {
        DataRef::Int(i) => (i.to_string(), true),
        DataRef::Float(f) => (f.to_string(), true),
        DataRef::Bool(true) => ("ja".to_owned(), false),
        DataRef::Bool(false) => ("nein".to_owned(), false),
        DataRef::Empty | DataRef::Error(_) => (String::new(), false),
        DataRef::String(s) => (s.clone(), false),
        DataRef::SharedString(s) => ((*s).to_owned(), false),
        DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => (s.clone(), false),
        DataRef::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            (format!("{year:04}-{month:02}-{day:02}"), false)
        }
        #[allow(unreachable_patterns)]
        _ => (String::new(), false),
    }
}
