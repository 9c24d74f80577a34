//! Finds the headings of the list, in one row (CSV) or in several (the office's spreadsheet), below any titles.

use std::collections::BTreeMap;

use super::{Report, Row, Sheet};

/// What we read; the list has more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    RecordType,
    TextKey,
    Land,
    Region,
    District,
    Association,
    Municipality,
    Name,
    Area,
    Inhabitants,
    Longitude,
    Latitude,
    Urbanisation,
}

impl Column {
    /// All, with the heading in the CSV and further ones in the spreadsheet (letters only, lower case).
    const ALL: [(Self, &'static str, &'static [&'static str]); 13] = [
        (Self::RecordType, "satzart", &[]),
        (Self::TextKey, "textkennzeichen", &[]),
        (Self::Land, "land", &[]),
        (Self::Region, "rb", &["regierungsbezirk"]),
        (Self::District, "kreis", &[]),
        (Self::Association, "vb", &["verband", "gemeindeverband"]),
        (Self::Municipality, "gemeinde", &["gem"]),
        (Self::Name, "gemeindename", &["name"]),
        (Self::Area, "flaeche", &["flaechekm", "flaecheinkm"]),
        (
            Self::Inhabitants,
            "bevoelkerung",
            &["insgesamt", "bevoelkerunginsgesamt"],
        ),
        (Self::Longitude, "laengengrad", &[]),
        (Self::Latitude, "breitengrad", &[]),
        (Self::Urbanisation, "verstaedterungschluessel", &[]),
    ];

    /// The heading in the CSV.
    pub(super) fn heading(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(column, ..)| *column == self)
            .map_or("", |(_, heading, _)| heading)
    }

    fn of(heading: &str) -> Option<Self> {
        let heading = letters(heading);
        Self::ALL
            .iter()
            .find(|(_, name, others)| *name == heading || others.contains(&heading.as_str()))
            .map(|(column, ..)| *column)
    }

    fn is_required(self) -> bool {
        self < Self::Longitude
    }
}

/// Where the columns stand and where the list begins.
pub(super) struct Header {
    pub(super) columns: BTreeMap<Column, usize>,
    /// Number of cells in the row of the headings.
    pub(super) width: usize,
    /// Index of the first row behind the headings.
    pub(super) first: usize,
    /// A date that the titles give, as `YYYY-MM-DD`.
    pub(super) date: Option<String>,
}

/// Titles are few.
const MOST_TITLES: usize = 30;

/// Whether a sheet looks like the list.
pub(super) fn has_headings(sheet: &Sheet) -> bool {
    heading_row(sheet).is_some()
}

/// The headings; `None` (and a fault) when there are none or a column that we need is missing.
pub(super) fn find(sheet: &Sheet, report: &mut Report) -> Option<Header> {
    let Some(top) = heading_row(sheet) else {
        let line = sheet.rows.first().map_or(1, |row| row.line);
        report.add(
            (line, 1),
            "Hier stehen nicht die Überschriften des Gemeindeverzeichnisses",
            format!("eine Zeile mit den Spalten {}", required().join(", ")),
        );
        return None;
    };
    let block = heading_block(sheet, top);
    let mut columns: BTreeMap<Column, usize> = BTreeMap::new();
    let mut unknown = Vec::new();
    let width = block
        .iter()
        .filter_map(|row| row.cells.keys().max())
        .max()
        .map_or(0, |max| max + 1);
    for at in 0..width {
        let column = block.iter().rev().find_map(|row| Column::of(row.text(at)));
        match column {
            Some(column) if columns.contains_key(&column) => {
                let cell = block
                    .iter()
                    .find_map(|row| Some((row.line, row.cells.get(&at)?.column)));
                report.add_in(
                    cell.unwrap_or((block[0].line, 1)),
                    None,
                    format!("Die Spalte \"{}\" kommt zweimal vor", column.heading()),
                    "jede Spalte einmal",
                );
            }
            Some(column) => {
                columns.insert(column, at);
            }
            None => {
                let headings = block.iter().rev().map(|row| letters(row.text(at)));
                unknown.extend(
                    headings
                        .into_iter()
                        .find(|h| !h.is_empty())
                        .map(|h| (at, h)),
                );
            }
        }
    }
    // In the office's spreadsheet the degree of urbanisation is the last of two columns called "Schlüssel".
    if let Some((at, _)) = unknown.iter().rfind(|(_, heading)| heading == "schluessel") {
        columns.entry(Column::Urbanisation).or_insert(*at);
    }
    let mut complete = true;
    for (column, heading, _) in Column::ALL {
        if column.is_required() && !columns.contains_key(&column) {
            complete = false;
            let meant = unknown.iter().find(|(_, other)| alike(other, heading));
            let place = meant.and_then(|(at, _)| block.last()?.cells.get(at));
            let (place, what) = match place {
                Some(cell) => (
                    cell.column,
                    format!(
                        "Die Spalte \"{heading}\" fehlt; hier steht \"{}\"",
                        cell.text.trim()
                    ),
                ),
                None => (block[0].end, format!("Die Spalte \"{heading}\" fehlt")),
            };
            report.add(
                (block[0].line, place),
                what,
                format!("eine Spalte mit der Überschrift \"{heading}\""),
            );
        }
    }
    complete.then(|| Header {
        columns,
        width,
        first: top + block.len(),
        date: sheet.rows[..top]
            .iter()
            .find_map(|row| row.cells.values().find_map(|cell| german_date(&cell.text))),
    })
}

/// The first `2019-12-31` in a text.
pub(super) fn iso_date(text: &str) -> Option<String> {
    windows(text, 10).find(|date| {
        date.chars().enumerate().all(|(i, c)| {
            if i == 4 || i == 7 {
                c == '-'
            } else {
                c.is_ascii_digit()
            }
        })
    })
}

/// The first `31.12.2019` in a text, as `2019-12-31`.
fn german_date(text: &str) -> Option<String> {
    let is_date = |date: &String| {
        date.chars().enumerate().all(|(i, c)| {
            if i == 2 || i == 5 {
                c == '.'
            } else {
                c.is_ascii_digit()
            }
        })
    };
    windows(text, 10)
        .find(is_date)
        .map(|date| format!("{}-{}-{}", &date[6..], &date[3..5], &date[..2]))
}

fn windows(text: &str, length: usize) -> impl Iterator<Item = String> {
    let chars: Vec<char> = text.chars().collect();
    let last = (chars.len() + 1).saturating_sub(length);
    (0..last).map(move |at| chars[at..at + length].iter().collect())
}

fn required() -> Vec<&'static str> {
    let all = Column::ALL.into_iter();
    all.filter(|(column, ..)| column.is_required())
        .map(|(_, heading, _)| heading)
        .collect()
}

/// The first row with the record type or several other headings.
fn heading_row(sheet: &Sheet) -> Option<usize> {
    sheet.rows.iter().take(MOST_TITLES).position(|row| {
        let known = row.cells.values().filter_map(|cell| Column::of(&cell.text));
        let known: Vec<Column> = known.collect();
        known.contains(&Column::RecordType) || known.len() > 3
    })
}

/// The rows from the headings down to the list.
fn heading_block(sheet: &Sheet, top: usize) -> &[Row] {
    let record_type = sheet.rows[top]
        .cells
        .iter()
        .find(|(_, cell)| Column::of(&cell.text) == Some(Column::RecordType))
        .map(|(at, _)| *at);
    let is_heading = |row: &Row| {
        let Some(at) = record_type else {
            return false;
        };
        // The office numbers its columns below the headings: 1, 2, 3, ...
        let numbers = row.text(at) == "1" && row.text(at + 1) == "2";
        let holds_digits =
            |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let words = row.text(at).is_empty()
            && !row
                .cells
                .values()
                .any(|cell| holds_digits(cell.text.trim()));
        numbers || words
    };
    let rows = &sheet.rows[top..];
    let length = if sheet.spreadsheet {
        1 + rows
            .iter()
            .skip(1)
            .take(MOST_TITLES)
            .take_while(|row| is_heading(row))
            .count()
    } else {
        1
    };
    &rows[..length]
}

fn letters(heading: &str) -> String {
    let mut letters = String::new();
    for c in heading.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' => letters.push_str("ae"),
            'ö' => letters.push_str("oe"),
            'ü' => letters.push_str("ue"),
            'ß' => letters.push_str("ss"),
            c if c.is_alphabetic() => letters.push(c),
            _ => {}
        }
    }
    letters
}

/// Whether two headings differ by at most two slips (Levenshtein).
fn alike(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.is_empty() || a.len().abs_diff(b.len()) > 2 || a.len().min(b.len()) < 4 {
        return false;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let swap = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = swap.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()] <= 2
}
