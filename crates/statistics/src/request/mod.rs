//! A request is a file: which data, which design, what is asked; and its answer.
//!
//! A request is JSON with a format number. [`Request::read`] types it and finds all faults at once,
//! each with its place; [`Request::columns`] says what must be read of the data file;
//! [`Request::evaluate`] computes. Nothing here opens a file.
//!
//! ```
//! use statistics::request::{Column, Request, Table};
//!
//! let request = Request::read(r#"{
//!     "format": 1,
//!     "data": {"file": "five.csv"},
//!     "design": {"stages": [{"strata": "h", "population": "size"}]},
//!     "ask": [{"id": "staff", "stat": "mean", "of": ["staff"], "where": "open == 'yes'"}]
//! }"#).map_err(|faults| faults[0].to_string())?;
//! let mut table = Table::new(5);
//! table.insert("h", Column::Byte(vec![1, 1, 1, 2, 2]));
//! table.insert("size", Column::Byte(vec![40, 40, 40, 10, 10]));
//! table.insert("staff", Column::Number(vec![2.0, 3.5, f64::NAN, 8.0, 12.0]));
//! let open = [Some("yes"), Some("yes"), Some("no"), Some("yes"), Some("yes")];
//! table.insert("open", Column::from_texts(open.into_iter()));
//!
//! let answer = request.evaluate(table).map_err(|faults| faults[0].to_string())?;
//! let row = &answer.get("staff").unwrap()[0];
//! assert_eq!(row.n, 4);
//! assert!(answer.to_json().contains("\"estimate\""));
//!
//! let faults = Request::read(r#"{"format": 1, "data": {"file": "x.csv"}, "ask": [{"id": "a", "stat": "meen"}]}"#);
//! assert!(faults.unwrap_err()[0].to_string().contains("did you mean `mean`?"));
//! # Ok::<(), String>(())
//! ```

mod answer;
mod combine;
mod context;
mod evaluate;
mod expression;
mod json;
mod model;
mod models;
mod prepare;
mod read;
mod read_ask;
mod sample;
mod table;

pub use answer::{Answer, Estimated, Row, Tested};
pub use expression::Expression;
pub use model::{
    Adjustment, Ask, Calibration, Cap, Condition, ContrastWeight, CovarianceOf, Data, DegreesOf,
    DesignOf, Fault, MarginOf, Name, Place, REQUEST_FORMAT, ReplicateKind, Replicates, Request,
    Stage, Stat,
};
pub use table::{Column, Level, Table};

/// The JSON schema of requests (draft 2020-12).
pub const SCHEMA: &str = include_str!("../../request/schema.json");
