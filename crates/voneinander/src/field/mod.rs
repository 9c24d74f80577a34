//! Field work through several crates: mailings, letters, the rehearsal of a wave.

mod letters;
mod mailing;
mod rehearse;

pub use letters::{LetterFile, letters};
pub use mailing::{plan, send};
pub use rehearse::rehearse;
