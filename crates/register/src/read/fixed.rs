//! GV100AD, the fixed-width text file of the Statistisches Bundesamt: one record a line, fields by their columns.
//!
//! Source: the office's description of the records of GV100AD. A record is cut into the same cells as a line of the
//! CSV, so that everything behind checks both alike; a fault names the column of the line.

use std::collections::BTreeMap;

use super::columns::{Column, Header};
use super::text::windows_1252;
use super::{Cell, Report, Row, Sheet};

/// The fields that we read: first and last column of the line, counted from 1.
const FIELDS: [(Column, usize, usize); 10] = [
    (Column::RecordType, 1, 2),
    (Column::Land, 11, 12),
    (Column::Region, 13, 13),
    (Column::District, 14, 15),
    (Column::Municipality, 16, 18),
    (Column::Association, 19, 22),
    (Column::Name, 23, 72),
    (Column::TextKey, 123, 124),
    (Column::Area, 129, 139),
    (Column::Inhabitants, 140, 150),
];

/// Longest line that can be a record; the office's have 220 characters.
const LONGEST: usize = 1_000;

/// Whether the file begins like GV100AD: a record type and a date as eight digits.
pub(super) fn is_fixed(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let start = bytes.get(..12).unwrap_or_default();
    start.len() == 12
        && matches!(&start[..2], b"10" | b"20" | b"30" | b"40" | b"50" | b"60")
        && start[2..].iter().all(u8::is_ascii_digit)
}

/// The records as a table with its header; `None` when the bytes are no text at all.
pub(super) fn sheet(bytes: &[u8], report: &mut Report) -> Option<(Sheet, Header)> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Some(at) = bytes
        .iter()
        .position(|b| matches!(b, 0..=8 | 14..=25 | 27..=31))
    {
        let line = bytes[..at].iter().filter(|b| **b == b'\n').count() as u32 + 1;
        report.add(
            (line, 1),
            format!(
                "In dieser Zeile steht ein Steuerzeichen (Byte {:02X}); die Datei ist beschädigt",
                bytes[at]
            ),
            "die Textdatei GV100AD, wie das Amt sie veröffentlicht",
        );
        return None;
    }
    // The office has published the file in Windows-1252 and in UTF-8; both are right.
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|&byte| windows_1252(byte)).collect(),
    };
    let mut rows = Vec::new();
    let mut date: Option<(String, u32)> = None;
    for (line, record) in (1..).zip(text.lines()) {
        // Some editions end with the mark of the end of a file (control Z).
        let record = record.trim_end_matches(['\r', '\u{1A}']);
        if record.trim().is_empty() {
            continue;
        }
        let chars: Vec<char> = record.chars().collect();
        if chars.len() > LONGEST {
            report.add(
                (line, LONGEST as u32),
                format!("Die Zeile hat {} Zeichen", chars.len()),
                "Sätze von 220 Zeichen, jeder in einer Zeile",
            );
            continue;
        }
        same_date(&chars, line, &mut date, report);
        rows.push(row(&chars, line));
    }
    let header = Header {
        columns: FIELDS
            .iter()
            .enumerate()
            .map(|(at, (column, ..))| (*column, at))
            .collect(),
        width: FIELDS.len(),
        first: 0,
        date: date.map(|(date, _)| date),
    };
    let sheet = Sheet {
        rows,
        spreadsheet: false,
    };
    Some((sheet, header))
}

fn row(chars: &[char], line: u32) -> Row {
    let field = |first: usize, last: usize| -> String {
        let end = last.min(chars.len());
        chars
            .get(first - 1..end)
            .map_or_else(String::new, |part| part.iter().collect())
    };
    let mut cells = BTreeMap::new();
    for (at, (column, first, last)) in FIELDS.iter().enumerate() {
        let mut text = field(*first, *last);
        match column {
            Column::Area => text = square_kilometres(text.trim()),
            Column::Inhabitants => {
                let digits = text.trim();
                let number = digits.trim_start_matches('0');
                text = if number.is_empty() && !digits.is_empty() {
                    "0".to_owned()
                } else {
                    number.to_owned()
                };
            }
            _ => {}
        }
        let cell = Cell {
            text,
            column: *first as u32,
            number: false,
        };
        cells.insert(at, cell);
    }
    Row {
        line,
        cells,
        end: chars.len() as u32 + 1,
    }
}

/// Whole hectares as square kilometres with two decimals; what is no number stays as it is, for the fault.
fn square_kilometres(hectares: &str) -> String {
    match hectares.parse::<u64>() {
        Ok(number) => format!("{}.{:02}", number / 100, number % 100),
        Err(_) => hectares.to_owned(),
    }
}

/// All records of one file are of one date.
fn same_date(chars: &[char], line: u32, first: &mut Option<(String, u32)>, report: &mut Report) {
    let digits: String = chars.iter().skip(2).take(8).collect();
    let is_date = digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit());
    if !is_date {
        report.add(
            (line, 3),
            format!("Hier steht \"{}\" statt eines Datums", digits.trim()),
            "der Stand als acht Ziffern, zum Beispiel 20191231",
        );
        return;
    }
    let date = format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]);
    match first {
        None => *first = Some((date, line)),
        Some((known, at)) if *known != date => report.add(
            (line, 3),
            format!("Der Stand {date} ist ein anderer als in Zeile {at} ({known})"),
            "in allen Zeilen derselbe Stand",
        ),
        Some(_) => {}
    }
}
