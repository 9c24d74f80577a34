//! Parquet files, column by column without arrow arrays between.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use parquet::basic::{ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;
use statistics::request::{Column, Table};

use super::compact::Compact;
use super::{InputError, Wanted, io};

/// Rows that are read at a time.
const BATCH: usize = 1 << 14;

fn open(file: &Path) -> Result<SerializedFileReader<File>, InputError> {
    let opened = File::open(file).map_err(io(file))?;
    SerializedFileReader::new(opened).map_err(damaged(file))
}

fn damaged(file: &Path) -> impl Fn(ParquetError) -> InputError + '_ {
    |source| InputError::Parquet {
        file: file.to_owned(),
        source,
    }
}

pub(super) fn names(file: &Path) -> Result<Vec<String>, InputError> {
    let reader = open(file)?;
    let schema = reader.metadata().file_metadata().schema_descr();
    Ok(schema.columns().iter().map(|c| c.path().string()).collect())
}

pub(super) fn read(file: &Path, wanted: &Wanted) -> Result<Table, InputError> {
    let reader = open(file)?;
    let metadata = reader.metadata();
    let rows = usize::try_from(metadata.file_metadata().num_rows()).unwrap_or(0);
    let schema = metadata.file_metadata().schema_descr();
    let mut table = Table::new(rows);
    for name in &wanted.columns {
        let place = schema
            .columns()
            .iter()
            .position(|c| c.path().string() == *name);
        let Some(place) = place else {
            return Err(InputError::Column {
                file: file.to_owned(),
                column: name.clone(),
            });
        };
        let descriptor = schema.column(place);
        if let Some(kind) = refused(&descriptor) {
            return Err(InputError::Type {
                file: file.to_owned(),
                column: name.clone(),
                kind,
            });
        }
        let unsigned = is_unsigned(&descriptor);
        let optional = descriptor.self_type().get_basic_info().repetition() == Repetition::OPTIONAL;
        let mut reading = Reading {
            numbers: Compact::new(rows),
            known: BTreeMap::new(),
            codes: Vec::new(),
            missing_texts: &wanted.missing,
            missing_numbers: wanted.missing_numbers(),
            optional,
            levels: Vec::new(),
        };
        let textual = descriptor.physical_type() == Physical::BYTE_ARRAY;
        for group in 0..metadata.num_row_groups() {
            let group = reader.get_row_group(group).map_err(damaged(file))?;
            let column = group.get_column_reader(place).map_err(damaged(file))?;
            reading.read(column, unsigned).map_err(damaged(file))?;
        }
        table.insert(name.clone(), reading.finish(textual, wanted.is_text(name)));
    }
    Ok(table)
}

/// The type of a column that is no number and no text.
fn refused(column: &ColumnDescriptor) -> Option<String> {
    if column.max_rep_level() > 0 {
        return Some("lists".to_owned());
    }
    match column.logical_type_ref() {
        Some(LogicalType::Date) => return Some("dates".to_owned()),
        Some(LogicalType::Timestamp { unit, .. } | LogicalType::Time { unit, .. }) => {
            let unit: &TimeUnit = unit;
            return Some(format!("times ({unit:?})"));
        }
        Some(LogicalType::Decimal { .. }) => return Some("decimals".to_owned()),
        _ => {}
    }
    match column.physical_type() {
        Physical::INT96 => Some("times".to_owned()),
        Physical::FIXED_LEN_BYTE_ARRAY => Some("bytes of fixed length".to_owned()),
        _ => None,
    }
}

fn is_unsigned(column: &ColumnDescriptor) -> bool {
    matches!(
        column.logical_type_ref(),
        Some(LogicalType::Integer {
            is_signed: false,
            ..
        })
    ) || matches!(
        column.converted_type(),
        ConvertedType::UINT_8
            | ConvertedType::UINT_16
            | ConvertedType::UINT_32
            | ConvertedType::UINT_64
    )
}

struct Reading<'a> {
    numbers: Compact,
    known: BTreeMap<Vec<u8>, u32>,
    codes: Vec<u32>,
    missing_texts: &'a [String],
    missing_numbers: Vec<f64>,
    optional: bool,
    levels: Vec<i16>,
}

impl Reading<'_> {
    fn read(&mut self, column: ColumnReader, unsigned: bool) -> Result<(), ParquetError> {
        match column {
            ColumnReader::Int32ColumnReader(reader) if !unsigned => {
                let gaps = !self.missing_numbers.is_empty();
                self.batches(reader, |reading, values| {
                    if !gaps {
                        return reading.numbers.extend(values);
                    }
                    for value in values {
                        reading.number(f64::from(*value));
                    }
                })
            }
            ColumnReader::Int32ColumnReader(reader) => self.batches(reader, |reading, values| {
                for value in values {
                    reading.number(f64::from(value.cast_unsigned()));
                }
            }),
            ColumnReader::Int64ColumnReader(reader) => self.batches(reader, |reading, values| {
                for value in values {
                    reading.number(if unsigned {
                        value.cast_unsigned() as f64
                    } else {
                        *value as f64
                    });
                }
            }),
            ColumnReader::FloatColumnReader(reader) => self.batches(reader, |reading, values| {
                for value in values {
                    reading.number(f64::from(*value));
                }
            }),
            ColumnReader::DoubleColumnReader(reader) => self.batches(reader, |reading, values| {
                for value in values {
                    reading.number(*value);
                }
            }),
            ColumnReader::BoolColumnReader(reader) => self.batches(reader, |reading, values| {
                for value in values {
                    reading.numbers.push_whole(i32::from(*value));
                }
            }),
            ColumnReader::ByteArrayColumnReader(reader) => {
                self.batches(reader, |reading, values| {
                    for value in values {
                        reading.text(value.data());
                    }
                })
            }
            _ => Err(ParquetError::General("a column of another type".to_owned())),
        }
    }

    /// Reads all batches of a chunk; gaps are filled in between.
    fn batches<T: DataType>(
        &mut self,
        mut reader: ColumnReaderImpl<T>,
        take: impl Fn(&mut Self, &[T::T]),
    ) -> Result<(), ParquetError> {
        let mut values: Vec<T::T> = Vec::with_capacity(BATCH);
        loop {
            values.clear();
            let mut levels = std::mem::take(&mut self.levels);
            levels.clear();
            let given = self.optional.then_some(&mut levels);
            let (records, read, _) = reader.read_records(BATCH, given, None, &mut values)?;
            if read == records {
                take(self, &values);
            } else {
                let mut next = 0;
                let mut start = 0;
                // Runs of values between gaps are taken at once.
                for level in &levels {
                    if *level == 0 {
                        if next > start {
                            take(self, &values[start..next]);
                        }
                        start = next;
                        self.gap();
                    } else {
                        next += 1;
                    }
                }
                if next > start {
                    take(self, &values[start..next]);
                }
            }
            self.levels = levels;
            if records < BATCH {
                return Ok(());
            }
        }
    }

    fn gap(&mut self) {
        self.numbers.push_missing();
        self.codes.push(u32::MAX);
    }

    fn number(&mut self, value: f64) {
        if !value.is_finite() || self.missing_numbers.contains(&value) {
            self.numbers.push_missing();
        } else {
            self.numbers.push(value);
        }
    }

    fn text(&mut self, value: &[u8]) {
        if let Some(code) = self.known.get(value) {
            return self.codes.push(*code);
        }
        if self
            .missing_texts
            .iter()
            .any(|text| text.as_bytes() == value)
        {
            return self.codes.push(u32::MAX);
        }
        let code = u32::try_from(self.known.len()).expect("rows are counted in 32 bits");
        self.known.insert(value.to_vec(), code);
        self.codes.push(code);
    }

    fn finish(self, textual: bool, as_text: bool) -> Column {
        if textual {
            let mut labels = vec![String::new(); self.known.len()];
            for (label, code) in self.known {
                labels[code as usize] = String::from_utf8_lossy(&label).into_owned();
            }
            let label = |code: &u32| labels.get(*code as usize).map(String::as_str);
            return Column::from_texts(self.codes.iter().map(label));
        }
        let column = self.numbers.finish();
        if as_text { column.to_text() } else { column }
    }
}
