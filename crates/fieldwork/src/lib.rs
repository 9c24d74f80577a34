//! Who is asked and what came back: waves, invitations, responses and their disposition.
//!
//! Third step of the chain. This crate must not know SQL, HTTP or the clock: times and random bytes are parameters.

mod access;
pub mod contact;
mod department;
mod disposition;
mod mailing;
mod message;
mod nearest;
mod origin;
mod population;
mod privacy;
mod response;
mod section;
mod settings;
mod wave;

pub use access::{AccessCode, AccessHash, AccessToken};
pub use contact::{Contact, Salutation};
pub use department::{Department, DepartmentId};
pub use disposition::{Disposition, disposition};
pub use mailing::{
    Addressee, LeftOut, MailingOrder, MailingPlan, Standing, gets, is_channel_code, is_test,
    test_key,
};
pub use message::{Message, MessageFault, MessageKind, PLACEHOLDERS, mask_access};
pub use origin::Origin;
pub use population::{Choice, ChoiceFault, Chosen, Sample, SampleSize, Stratum, StratumBy, choose};
pub use privacy::Privacy;
pub use response::{AnswerRecord, Conflict, Response, Save, Version};
pub use section::{SectionCheck, SectionState, section_state, stand};
pub use settings::{SettingsFault, WaveRefused, lost_answers, settings_faults};
pub use wave::{Phase, Supporter, Wave, WaveName};
