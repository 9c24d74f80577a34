//! CSV as text: its encoding, its separator, its cells with their places.
//!
//! Written by hand since a fault names line and column of a cell, and a stray quotation mark must not swallow the
//! rest of the file; the crate `csv` tells neither.

use std::collections::BTreeMap;

use super::{Cell, Report, Row, Sheet};

/// The table of a text file; `None` when the bytes are no text at all.
pub(super) fn sheet(bytes: &[u8], report: &mut Report) -> Option<Sheet> {
    let text = decode(bytes, report)?;
    let separator = separator(&text);
    Some(Sheet {
        rows: rows(&text, separator, report),
        spreadsheet: false,
    })
}

const SAVE_AS_UTF8: &str =
    "die Datei als UTF-8 speichern (in Excel: Speichern unter, \"CSV UTF-8\")";

fn decode(bytes: &[u8], report: &mut Report) -> Option<String> {
    let top = (1, 1);
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        report.add(top, "Die Datei ist in UTF-16 gespeichert", SAVE_AS_UTF8);
        return None;
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        report.add(
            top,
            "Die Datei ist leer",
            "das Gemeindeverzeichnis als CSV oder xlsx",
        );
        return None;
    }
    let known = [
        (&b"%PDF"[..], "ein PDF"),
        (b"\xD0\xCF\x11\xE0", "eine alte Excel-Datei (xls)"),
        (b"PK", "ein Archiv oder eine Excel-Datei (xlsx)"),
    ];
    for (start, kind) in known {
        if bytes.starts_with(start) {
            report.add(
                top,
                format!("Die Datei ist {kind}, keine CSV-Datei"),
                "das Gemeindeverzeichnis als CSV oder xlsx",
            );
            return None;
        }
    }
    if let Some(at) = bytes.iter().position(|b| matches!(b, 0..=8 | 14..=31)) {
        report.add(
            place(bytes, at),
            format!("Hier steht ein Steuerzeichen (Byte {:02X}); die Datei ist kein Text oder beschädigt", bytes[at]),
            "das Gemeindeverzeichnis als CSV oder xlsx",
        );
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(_) => Some(decode_wrong(bytes, report)),
    }
}

/// Says what the encoding seems to be, and reads on, so that the other faults are found as well.
fn decode_wrong(bytes: &[u8], report: &mut Report) -> String {
    let mut at = 0;
    let mut wrong = Vec::new();
    let mut has_utf8 = false;
    for chunk in bytes.utf8_chunks() {
        has_utf8 |= !chunk.valid().is_ascii();
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            wrong.push(at);
        }
        at += chunk.invalid().len();
    }
    if !has_utf8 {
        let at = wrong.first().copied().unwrap_or_default();
        report.add(
            place(bytes, at),
            format!(
                "Die Datei ist nicht in UTF-8, sondern vermutlich in Windows-1252 gespeichert: Byte {:02X} ist dort \"{}\"",
                bytes[at],
                windows_1252(bytes[at]),
            ),
            SAVE_AS_UTF8,
        );
        return bytes.iter().map(|&byte| windows_1252(byte)).collect();
    }
    for at in wrong {
        report.add(
            place(bytes, at),
            format!(
                "Byte {:02X} ist hier kein gültiges UTF-8; die Datei ist beschädigt",
                bytes[at]
            ),
            "ein Zeichen in UTF-8",
        );
    }
    String::from_utf8_lossy(bytes).into_owned()
}

/// Line and column of a byte, columns in characters.
fn place(bytes: &[u8], at: usize) -> (u32, u32) {
    let before = &bytes[..at];
    let line = before.iter().filter(|b| **b == b'\n').count() as u32 + 1;
    let start = before
        .iter()
        .rposition(|b| *b == b'\n')
        .map_or(0, |i| i + 1);
    let column = String::from_utf8_lossy(&before[start..]).chars().count() as u32 + 1;
    (line, column)
}

/// The character that a byte stands for in Windows-1252.
pub(super) fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž',
        '\u{8F}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

/// The separator: whatever stands most often in the line of the headings, else in the first line.
fn separator(text: &str) -> char {
    let headings = text
        .lines()
        .take(30)
        .find(|line| line.to_lowercase().contains("satzart"))
        .or_else(|| text.lines().next())
        .unwrap_or_default();
    let count = |c: char| headings.matches(c).count();
    let mut best = ',';
    for candidate in [';', '\t'] {
        if count(candidate) > count(best) {
            best = candidate;
        }
    }
    best
}

/// A cell in quotation marks may hold line breaks (headings do), but few, and nothing may follow its end.
const LONGEST_QUOTED: usize = 400;
const MOST_BREAKS: usize = 4;

struct Reader<'a> {
    chars: &'a [char],
    at: usize,
    line: u32,
    column: u32,
    separator: char,
}

fn rows(text: &str, separator: char, report: &mut Report) -> Vec<Row> {
    let chars: Vec<char> = text.chars().collect();
    let mut reader = Reader {
        chars: &chars,
        at: 0,
        line: 1,
        column: 1,
        separator,
    };
    let mut rows = Vec::new();
    while reader.at < chars.len() {
        rows.push(reader.row(report));
    }
    rows
}

impl Reader<'_> {
    fn row(&mut self, report: &mut Report) -> Row {
        let line = self.line;
        let mut cells = BTreeMap::new();
        loop {
            let cell = self.cell(report);
            cells.insert(cells.len(), cell);
            let end = self.column;
            match self.chars.get(self.at) {
                Some(c) if *c == self.separator => self.step(),
                other => {
                    if other == Some(&'\r') && self.chars.get(self.at + 1) == Some(&'\n') {
                        self.step();
                    }
                    if self.at < self.chars.len() {
                        self.step();
                    }
                    return Row { line, cells, end };
                }
            }
        }
    }

    /// Reads up to the separator or the end of the line.
    fn cell(&mut self, report: &mut Report) -> Cell {
        let (line, column) = (self.line, self.column);
        let mut text = String::new();
        if self.chars.get(self.at) == Some(&'"') {
            if let Some((quoted, end)) = self.quoted() {
                while self.at < end {
                    self.step();
                }
                return Cell {
                    text: quoted,
                    column,
                    number: false,
                };
            }
            report.add(
                (line, column),
                "Das Anführungszeichen dieses Feldes wird nicht geschlossen",
                "ein zweites Anführungszeichen am Ende des Feldes; im Inneren verdoppelt (\"\")",
            );
        }
        while let Some(&c) = self.chars.get(self.at) {
            if c == self.separator || c == '\n' || c == '\r' {
                break;
            }
            text.push(c);
            self.step();
        }
        Cell {
            text,
            column,
            number: false,
        }
    }

    /// The content of the quoted cell that begins here and the place behind it, if it ends as it should.
    fn quoted(&self) -> Option<(String, usize)> {
        let mut text = String::new();
        let mut breaks = 0;
        let mut at = self.at + 1;
        while at - self.at < LONGEST_QUOTED {
            match (*self.chars.get(at)?, self.chars.get(at + 1)) {
                ('"', Some('"')) => {
                    text.push('"');
                    at += 1;
                }
                ('"', None) => return Some((text, at + 1)),
                ('"', Some(next)) => {
                    let ends = *next == self.separator || matches!(next, '\n' | '\r');
                    return ends.then_some((text, at + 1));
                }
                (c, _) => {
                    breaks += usize::from(c == '\n');
                    if breaks > MOST_BREAKS {
                        return None;
                    }
                    text.push(c);
                }
            }
            at += 1;
        }
        None
    }

    /// Goes one character on. A lone carriage return ends a line as well.
    fn step(&mut self) {
        let ends_line = match self.chars[self.at] {
            '\n' => true,
            '\r' => self.chars.get(self.at + 1) != Some(&'\n'),
            _ => false,
        };
        self.at += 1;
        if ends_line {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
    }
}
