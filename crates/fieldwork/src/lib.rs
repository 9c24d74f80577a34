//! Who is asked and what came back: waves, invitations, responses and their disposition.
//!
//! Third step of the chain. This crate must not know SQL, HTTP or the clock: times and random bytes are parameters.

mod access;
mod disposition;
mod response;
mod wave;

pub use access::{AccessCode, AccessHash, AccessToken};
pub use disposition::{Disposition, disposition};
pub use response::{AnswerRecord, Conflict, Response, Save, Version};
pub use wave::{Phase, Supporter, Wave, WaveName};
