//! Every number that leaves the house: weighting to the register, tables, needs against examples, disclosure control.
//!
//! Sixth step of the chain, and the only way out. [`evaluate`] turns a frozen dataset into a [`Release`];
//! everything that is printed, drawn or downloaded is made from it. [`feedback_sheet`] sets one municipality's own
//! answers beside it.
//!
//! This crate must not know SQL, HTTP, a clock or randomness.

mod disclosure;
mod evaluate;
mod feedback;
mod labels;
mod matching;
mod release;
mod request;
mod response;
mod tables;
mod weighting;

pub use disclosure::{
    MAX_ONE, MAX_TWO, MIN_KISH, MIN_RESPONDENTS, MIN_SIDE, P_PERCENT, TENS_FROM,
    rules as disclosure_rules,
};
pub use evaluate::{EvaluateError, WaveFacts, evaluate};
pub use feedback::{
    FeedbackNeed, FeedbackRow, FeedbackSheet, MatchedExample, feedback_sheet, peer_group,
};
pub use matching::{EXAMPLES, NEEDS, PublishedPractice, ranked};
pub use release::{
    Domain, Estimand, Finding, FindingKey, LeftOut, MethodReport, Release, ReleasedCell,
    ReleasedRow, ResponseRow,
};
pub use response::{ResponseLine, ResponseTable, response_table};
pub use tables::INHABITANTS_SUFFIX;
pub use weighting::{
    CELL_MINIMUM, LAND_FACTOR, LAND_MINIMUM, LandGroup, ResponseCell, Weighting, WeightingError,
    response_cells,
};
