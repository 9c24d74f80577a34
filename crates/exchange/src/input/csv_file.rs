//! CSV files.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use statistics::request::{Column, Table};

use super::compact::Compact;
use super::{InputError, Wanted, io};

/// A semicolon where the head has semicolons and no comma, else a comma.
fn delimiter(file: &Path) -> Result<u8, InputError> {
    let mut head = Vec::new();
    let mut reader = BufReader::new(File::open(file).map_err(io(file))?);
    reader.read_until(b'\n', &mut head).map_err(io(file))?;
    let semicolon = head.contains(&b';') && !head.contains(&b',');
    Ok(if semicolon { b';' } else { b',' })
}

fn open(file: &Path) -> Result<csv::Reader<File>, InputError> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter(file)?)
        .buffer_capacity(1 << 18)
        .from_path(file)
        .map_err(|error| damaged(file, &error))
}

fn damaged(file: &Path, error: &csv::Error) -> InputError {
    let line = error.position().map_or(1, csv::Position::line);
    let what = match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => format!("{len} values where the head has {expected_len} columns"),
        _ => error.to_string(),
    };
    InputError::Line {
        file: file.to_owned(),
        line,
        what,
    }
}

pub(super) fn names(file: &Path) -> Result<Vec<String>, InputError> {
    let mut reader = open(file)?;
    let head = reader.headers().map_err(|error| damaged(file, &error))?;
    let names = head
        .iter()
        .map(|name| name.trim_start_matches('\u{feff}').to_owned());
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        return Err(InputError::Line {
            file: file.to_owned(),
            line: 1,
            what: "the file is empty; its first line names the columns".to_owned(),
        });
    }
    Ok(names)
}

pub(super) fn read(file: &Path, wanted: &Wanted) -> Result<Table, InputError> {
    let names = names(file)?;
    let mut places = Vec::new();
    for column in &wanted.columns {
        let mut found = (0..names.len()).filter(|&place| names[place] == *column);
        let place = found.next();
        if found.next().is_some() {
            return Err(InputError::Line {
                file: file.to_owned(),
                line: 1,
                what: format!(
                    "the column {column} stands here twice; give one of them another name"
                ),
            });
        }
        places.push(place.ok_or_else(|| InputError::Column {
            file: file.to_owned(),
            column: column.clone(),
        })?);
    }
    let mut text: Vec<bool> = wanted
        .columns
        .iter()
        .map(|name| wanted.is_text(name))
        .collect();
    let mut spoilt: Vec<Spoilt> = Vec::new();
    loop {
        match pass(file, wanted, &places, &text)? {
            Ok(mut table) => {
                for Spoilt { column, line, by } in spoilt {
                    table.spoilt_by(wanted.columns[column].clone(), line, by);
                }
                return Ok(table);
            }
            // A column that began with numbers holds texts: what was read of it as a number is
            // read again as it stands in the file.
            Err(texts) => {
                for found in &texts {
                    text[found.column] = true;
                }
                spoilt.extend(texts);
            }
        }
    }
}

enum Reading {
    Numbers(Compact),
    Texts {
        known: BTreeMap<Vec<u8>, u32>,
        codes: Vec<u32>,
    },
    /// Was numeric and met a text: read again.
    Spoilt {
        line: u64,
        by: String,
    },
}

/// A column that holds texts, and what said so first.
struct Spoilt {
    column: usize,
    line: u64,
    by: String,
}

/// Reads the columns once; the inner error names columns that hold texts.
fn pass(
    file: &Path,
    wanted: &Wanted,
    places: &[usize],
    text: &[bool],
) -> Result<Result<Table, Vec<Spoilt>>, InputError> {
    let mut reader = open(file)?;
    let mut columns: Vec<Reading> = text
        .iter()
        .map(|text| {
            if *text {
                Reading::Texts {
                    known: BTreeMap::new(),
                    codes: Vec::new(),
                }
            } else {
                Reading::Numbers(Compact::new(0))
            }
        })
        .collect();
    let missing: Vec<&[u8]> = wanted.missing.iter().map(String::as_bytes).collect();
    // A missing value of one kind only is by far the most frequent: the empty one.
    let is_missing = |field: &[u8]| missing.contains(&field);
    let mut record = csv::ByteRecord::new();
    let mut rows = 0_usize;
    while reader
        .read_byte_record(&mut record)
        .map_err(|error| damaged(file, &error))?
    {
        rows += 1;
        for (column, place) in columns.iter_mut().zip(places) {
            let field = &record[*place];
            match column {
                Reading::Numbers(numbers) => {
                    if let Some(value) = short(field) {
                        if missing.len() > 2 && is_missing(field) {
                            numbers.push_missing();
                        } else {
                            numbers.push_whole(value);
                        }
                    } else if is_missing(field) {
                        numbers.push_missing();
                    } else if let Some(value) = number(field) {
                        numbers.push(value);
                    } else {
                        *column = Reading::Spoilt {
                            line: record.position().map_or(0, csv::Position::line),
                            by: String::from_utf8_lossy(field).into_owned(),
                        };
                    }
                }
                Reading::Texts { known, codes } => {
                    if is_missing(field) {
                        codes.push(u32::MAX);
                    } else if let Some(code) = known.get(field) {
                        codes.push(*code);
                    } else {
                        if std::str::from_utf8(field).is_err() {
                            return Err(InputError::Line {
                                file: file.to_owned(),
                                line: record.position().map_or(0, csv::Position::line),
                                what:
                                    "the text is not UTF-8; save the file with the encoding UTF-8"
                                        .to_owned(),
                            });
                        }
                        let code = u32::try_from(known.len()).expect("rows are counted in 32 bits");
                        known.insert(field.to_vec(), code);
                        codes.push(code);
                    }
                }
                Reading::Spoilt { .. } => {}
            }
        }
    }
    let spoilt: Vec<Spoilt> = columns
        .iter()
        .enumerate()
        .filter_map(|(column, reading)| match reading {
            Reading::Spoilt { line, by } => Some(Spoilt {
                column,
                line: *line,
                by: by.clone(),
            }),
            _ => None,
        })
        .collect();
    if !spoilt.is_empty() {
        return Ok(Err(spoilt));
    }
    let mut table = Table::new(rows);
    for (name, column) in wanted.columns.iter().zip(columns) {
        let column = match column {
            Reading::Numbers(numbers) => numbers.finish(),
            Reading::Texts { known, codes } => {
                let mut labels = vec![String::new(); known.len()];
                for (label, code) in known {
                    labels[code as usize] = String::from_utf8(label).expect("it was checked");
                }
                let label = |code: &u32| labels.get(*code as usize).map(String::as_str);
                Column::from_texts(codes.iter().map(label))
            }
            Reading::Spoilt { .. } => continue,
        };
        table.insert(name.clone(), column);
    }
    Ok(Ok(table))
}

/// A whole number of few digits.
fn short(field: &[u8]) -> Option<i32> {
    let (digits, negative) = match field {
        [b'-', rest @ ..] => (rest, true),
        _ => (field, false),
    };
    if digits.is_empty() || digits.len() > 8 || digits == b"0" && negative {
        return None;
    }
    let mut value = 0;
    for digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        value = value * 10 + i32::from(digit - b'0');
    }
    Some(if negative { -value } else { value })
}

/// Any other number; words such as "inf" and "nan" are texts.
fn number(field: &[u8]) -> Option<f64> {
    let first = field.iter().find(|b| !matches!(b, b'-' | b'+'))?;
    if !(first.is_ascii_digit() || *first == b'.') {
        return None;
    }
    let number: f64 = std::str::from_utf8(field).ok()?.parse().ok()?;
    number.is_finite().then_some(number)
}
