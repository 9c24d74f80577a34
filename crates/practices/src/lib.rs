//! Curated examples: their form, their life and who may take which step.
//!
//! Beside the chain: a practice is named in a response and ends in an edition.
//! This crate must not know SQL, HTTP or a clock.

mod entry;
mod practice;

pub use entry::Entry;
pub use practice::{
    CostBand, DEFAULT_FIELDS, Evidence, FieldOfAction, Form, Kind, Mode, Practice, PracticeId,
    Running, State,
};
