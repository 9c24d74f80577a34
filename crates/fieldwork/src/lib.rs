//! Who is asked and what came back: waves, invitations, responses and their disposition.
//!
//! Third step of the chain. This crate must not know SQL, HTTP or the clock: times and random bytes are parameters.

mod access;
pub mod contact;
mod disposition;
mod mailing;
mod message;
mod nearest;
mod population;
mod response;
mod wave;

pub use access::{AccessCode, AccessHash, AccessToken};
pub use contact::{Contact, Salutation};
pub use disposition::{Disposition, disposition};
pub use mailing::{Addressee, LeftOut, MailingOrder, MailingPlan, Standing, gets, is_channel_code};
pub use message::{Message, MessageFault, MessageKind, PLACEHOLDERS, mask_access};
pub use population::{Choice, ChoiceFault, Chosen, Sample, SampleSize, Stratum, StratumBy, choose};
pub use response::{AnswerRecord, Conflict, Response, Save, Version};
pub use wave::{Phase, Supporter, Wave, WaveName};
