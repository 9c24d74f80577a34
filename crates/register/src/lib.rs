//! The official list of municipalities: the population every wave is drawn from.
//!
//! First step of the chain. This crate must not know questionnaires, answers, SQL, HTTP, a clock or randomness.

mod municipality;

pub use municipality::{
    Coordinates, Key, KeyError, Kind, Land, Municipality, Population, SizeClass,
};
