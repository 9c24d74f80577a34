//! The dataset as others want it and bring it: `.sav`, CSV, xlsx and Parquet. The only crate with arrow.
//!
//! It stands beside the chain: a frozen [`Dataset`](dataset::Dataset) and the columns of its design become a
//! [`Table`], and a table becomes a file of one [`Format`]. All four carry the same rows in the same order and the same
//! codes. No file carries a register key: rows have a running number, in the order of their content.
//!
//! This crate must not know who answered, how weights are made, SQL, HTTP or a clock: the only date in a file is the
//! day on which the dataset was frozen.
//!
//! ```
//! use dataset::{Cell, Column, Dataset, Values, Variable};
//! use exchange::{DesignColumn, DesignValues, Format, Table};
//! use questionnaire::{Lang, Text, VariableKey};
//!
//! let text = |de: &str, en: &str| Text { de: de.into(), en: en.into() };
//! let concept = Variable {
//!     key: VariableKey("konzept".into()),
//!     question: "konzept".into(),
//!     page: "strategie".into(),
//!     text: text("Gibt es ein Konzept?", "Is there a concept?"),
//!     item: None,
//!     codes: vec![("ja".into(), text("ja", "yes")), ("nein".into(), text("nein", "no"))],
//!     ordered: false,
//!     unit: None,
//! };
//! let frozen = Dataset {
//!     wave: "2016-1".into(),
//!     frozen: jiff::civil::date(2016, 3, 7),
//!     units: vec!["99001001".into(), "99001002".into()],
//!     columns: vec![Column {
//!         variable: concept,
//!         values: Values::Coded(vec![Cell::Value(0), Cell::DontKnow]),
//!     }],
//! };
//! let weight = DesignColumn {
//!     key: "weight".into(),
//!     label: text("Gewicht", "Weight"),
//!     values: DesignValues::Number(vec![Some(3.5), Some(2.0)]),
//! };
//! let table = Table::new(&frozen, vec![weight], &text("Probe", "Trial"), true);
//! let csv = table.write(Format::Csv, Lang::En).unwrap();
//! assert_eq!(csv, b"row,weight,konzept\n1,2,-9\n2,3.5,1\n");
//! ```

mod codebook;
mod columns;
mod input;
mod names;
mod sav;
mod sav_records;
mod sheet;
mod table;
mod text;
mod workbook;

use questionnaire::Lang;

pub use codebook::CODEBOOK_FORMAT;
pub use input::{InputError, Wanted, column_names, read_table};
pub use sav::LEFT_EMPTY;
pub use sheet::{Sheet, SheetCell, SheetError, write_sheet};
pub use table::{DesignColumn, DesignValues, Field, FieldKind, FieldValue, Table};

/// The kinds of files that statistics programs read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// SPSS: labels and declared missing values inside the file.
    Sav,
    /// Text, comma, UTF-8, decimal point.
    Csv,
    /// A workbook with the data, the codebook and a page about both.
    Xlsx,
    /// Typed columns with their labels as metadata.
    Parquet,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Sav, Self::Csv, Self::Xlsx, Self::Parquet];

    /// How the file's name ends, and how the format is asked for.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Sav => "sav",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Parquet => "parquet",
        }
    }

    /// Reads [`Self::extension`].
    pub fn from_extension(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.extension() == word)
    }
}

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// SPSS's limits, or a fault of the writer.
    #[error("the .sav file could not be written: {0}")]
    Sav(#[from] ambers::error::SpssError),
    /// The writer of `.sav` made something else than it did when this was tested.
    #[error("the .sav file could not be written: its dictionary is not as expected")]
    SavRecords,
    /// A table that Parquet cannot hold.
    #[error("the Parquet file could not be written: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// Columns of unequal length.
    #[error("the columns do not make a table: {0}")]
    Arrow(#[from] arrow_schema::ArrowError),
    /// More rows or columns than a sheet has.
    #[error("the workbook could not be written: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}

impl Table {
    /// The file's bytes: same table, same bytes. `lang` chooses the labels' language.
    pub fn write(&self, format: Format, lang: Lang) -> Result<Vec<u8>, WriteError> {
        match format {
            Format::Sav => self.sav(lang),
            Format::Csv => Ok(self.csv().into_bytes()),
            Format::Xlsx => self.workbook(lang),
            Format::Parquet => self.parquet(lang),
        }
    }
}
