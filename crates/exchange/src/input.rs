//! The columns that a request asks for, from CSV and Parquet files, in as few bytes as they need.

mod compact;
mod csv_file;
mod parquet_file;

use std::path::{Path, PathBuf};

use statistics::request::Table;

/// What is read of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Those of them that hold texts although they look like numbers.
    pub text: Vec<String>,
    /// Texts (of CSV files and text columns) and numbers that stand for a missing value.
    pub missing: Vec<String>,
}

impl Wanted {
    fn is_text(&self, name: &str) -> bool {
        self.text.iter().any(|text| text == name)
    }

    /// The missing values that are numbers.
    fn missing_numbers(&self) -> Vec<f64> {
        self.missing
            .iter()
            .filter_map(|text| text.trim().parse().ok())
            .collect()
    }
}

/// Why a file gives no table.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// It cannot be opened or read.
    #[error("{}: {source}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is neither CSV nor Parquet by its name.
    #[error("{}: the name ends neither with .csv nor with .parquet", file.display())]
    Format {
        /// The file.
        file: PathBuf,
    },
    /// A line of a CSV file is damaged.
    #[error("{}, line {line}: {what}", file.display())]
    Line {
        /// The file.
        file: PathBuf,
        /// Its line, from one.
        line: u64,
        /// What is wrong, and what would be right.
        what: String,
    },
    /// A Parquet file is damaged.
    #[error("{}: {source}", file.display())]
    Parquet {
        /// The file.
        file: PathBuf,
        /// What the reader says.
        source: parquet::errors::ParquetError,
    },
    /// A column is of a type that is no number and no text.
    #[error(
        "{}: column {column} holds {kind}; whole numbers, decimal numbers, true or false and texts are read",
        file.display()
    )]
    Type {
        /// The file.
        file: PathBuf,
        /// The column.
        column: String,
        /// Its type.
        kind: String,
    },
    /// A column is not there.
    #[error("{}: there is no column {column}", file.display())]
    Column {
        /// The file.
        file: PathBuf,
        /// The column.
        column: String,
    },
}

/// The names of a file's columns, in their order.
pub fn column_names(file: &Path) -> Result<Vec<String>, InputError> {
    match kind(file)? {
        Kind::Csv => csv_file::names(file),
        Kind::Parquet => parquet_file::names(file),
    }
}

/// Reads columns of a CSV or Parquet file.
///
/// In a CSV file (comma, or semicolon where the head has no comma) a column is numeric when every
/// value that is not missing is a number. Errors: [`InputError`].
pub fn read_table(file: &Path, wanted: &Wanted) -> Result<Table, InputError> {
    match kind(file)? {
        Kind::Csv => csv_file::read(file, wanted),
        Kind::Parquet => parquet_file::read(file, wanted),
    }
}

enum Kind {
    Csv,
    Parquet,
}

fn kind(file: &Path) -> Result<Kind, InputError> {
    let ending = file.extension().map(|e| e.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("csv" | "txt") => Ok(Kind::Csv),
        Some("parquet" | "pq") => Ok(Kind::Parquet),
        _ => Err(InputError::Format {
            file: file.to_owned(),
        }),
    }
}

fn io(file: &Path) -> impl Fn(std::io::Error) -> InputError + '_ {
    |source| InputError::Io {
        file: file.to_owned(),
        source,
    }
}
