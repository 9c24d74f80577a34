//! A frozen, typed table of responses with its codebook, in memory and as CSV.
//!
//! Fourth step of the chain: responses that count become a [`Dataset`]; everything after works on it alone.
//! This crate must not know weights, SQL, HTTP or a clock.
//!
//! ```
//! use dataset::{Cell, Column, Dataset, Values, Variable};
//! use questionnaire::{Text, VariableKey};
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
//! let values = Values::Coded(vec![Cell::Value(0), Cell::DontKnow]);
//! let frozen = Dataset {
//!     wave: "2016-1".into(),
//!     frozen: jiff::civil::date(2016, 3, 7),
//!     units: vec!["99001001".into(), "99001002".into()],
//!     columns: vec![Column { variable: concept, values }],
//! };
//! // No key leaves: a running number stands in its place, in the order of the content.
//! assert_eq!(frozen.to_csv(), "row,konzept\n1,-9\n2,1\n");
//! let back = Dataset::from_csv(&frozen.codebook().to_csv(), &frozen.to_csv()).unwrap();
//! assert_eq!(back.columns[0].variable, frozen.columns[0].variable);
//! ```

mod codebook;
mod files;
mod freeze;
mod recode;
mod table;

pub use codebook::{
    CODEBOOK_FORMAT, Codebook, CodebookEntry, CodebookValue, ColumnType, DONT_KNOW, NOT_ASKED,
    REFUSED,
};
pub use files::FileError;
pub use freeze::FreezeError;
pub use recode::{Code, CodeFrame, Coded, Other, RecodeError};
pub use table::{Cell, Column, Dataset, Values, Variable};

pub(crate) use codebook::reserved;
