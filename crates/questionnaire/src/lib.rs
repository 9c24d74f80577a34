//! What is asked: the questionnaire's file format, its checks, its routing and the answers it accepts.
//!
//! Second step of the chain. This crate must not know who answers, SQL, HTTP, a clock or randomness.

mod answer;
mod model;

pub use answer::{Answer, Answers, Nomination, VariableKey};
pub use model::{Lang, Text};
