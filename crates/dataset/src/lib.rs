//! A frozen, typed table of responses with its codebook, in memory and as CSV.
//!
//! Fourth step of the chain. This crate must not know weights, SQL, HTTP or a clock.

mod table;

pub use table::{Cell, Column, Dataset, Values, Variable};
