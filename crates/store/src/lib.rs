//! All SQL and migrations: where the chain is kept.
//!
//! Writes go through one writer that commits waiting saves together ([`writer`]); reads have a pool of their own.
//! A statement is one text for SQLite and PostgreSQL (`sql`); the few that differ stand in `dialect`.
//! This crate must not know HTTP, HTML, Typst or the wording of a page.

mod audit;
mod call;
mod catalogue;
mod code;
mod coding;
mod database;
mod dialect;
mod edition;
mod error;
mod invitation;
mod kept;
mod mail;
mod matching;
mod practice;
mod practice_link;
mod published;
mod register;
mod response;
mod sql;
mod staff;
mod take_up;
mod wave;
pub mod writer;

pub use audit::AuditEntry;
pub use call::{Call, NewCall, Recipient};
pub use catalogue::{SearchLists, SearchListsUpdate};
pub use code::{LinkCheck, LinkOutcome};
pub use coding::Coding;
pub use database::{SCHEMA_VERSION, Store};
pub use edition::EditionRow;
pub use error::{BackupError, OpenError, StoreError};
pub use invitation::{Invitation, NewInvitation};
pub use kept::{Kept, KeptId, KeptText, KeptUpdate};
pub use mail::{Mail, MailState, NewMail};
pub use matching::{MatchingText, MatchingUpdate};
pub use practice::{PracticeEvent, PracticeUpdate, ReleaseDecision, ReleaseLink, StepTaken};
pub use practice_link::{PracticeFile, PracticeLink};
pub use register::RegisterList;
pub use response::{SaveOutcome, SubmitOutcome};
pub use staff::{Role, Staff, StaffId, hash_password};
pub use take_up::{TakeUpEvent, TakeUpUpdate};
pub use wave::{FieldState, FreezeOutcome, StoredWave};
