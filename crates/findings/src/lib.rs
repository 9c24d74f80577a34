//! Every number that leaves the house: weighting to the register, tables, needs against examples, disclosure control.
//!
//! Sixth step of the chain, and the only way out. This crate must not know SQL, HTTP, a clock or randomness.

mod feedback;
mod release;

pub use feedback::{FeedbackNeed, FeedbackRow, FeedbackSheet, MatchedExample};
pub use release::{
    Domain, Estimand, Finding, FindingKey, LeftOut, MethodReport, Release, ReleasedCell,
    ReleasedRow, ResponseRow,
};
