//! All SQL and migrations: where the chain is kept.
//!
//! Writes go through one writer that commits waiting saves together ([`writer`]); reads have a pool of their own.
//! A statement is one text for SQLite and PostgreSQL (`sql`); the few that differ stand in `dialect`.
//! This crate must not know HTTP, HTML, Typst or the wording of a page.

mod answer_file;
mod audit;
mod call;
mod catalogue;
mod code;
mod coding;
mod contact;
mod database;
mod department;
mod dialect;
mod edition;
mod error;
mod file;
mod invitation;
mod kept;
mod lineage;
mod loaded;
mod mail;
mod mailing;
mod matching;
mod population;
mod practice;
mod practice_link;
mod pretest;
mod privacy;
mod published;
mod publishing;
mod register;
mod registration;
mod response;
mod sql;
mod staff;
mod standing;
mod take_up;
mod together;
mod wave;
mod wave_draft;
mod withdrawal;
pub mod writer;

pub use audit::AuditEntry;
pub use call::{Call, NewCall, Recipient, Refusals};
pub use catalogue::{SearchLists, SearchListsUpdate};
pub use code::{LinkCheck, LinkOutcome, ListUpdate, stand};
pub use coding::Coding;
pub use contact::KeptContact;
pub use database::{SCHEMA_VERSION, Store};
pub use department::{DepartmentAccess, FinishOutcome, NewDepartment};
pub use edition::EditionRow;
pub use error::{BackupError, OpenError, StoreError};
pub use invitation::{Invitation, NewInvitation};
pub use kept::{Kept, KeptId, KeptText, KeptUpdate};
pub use lineage::{KeptLineage, LineageDecision, LineageUpdate, decisions};
pub use loaded::LoadedResponse;
pub use mail::{Mail, MailState, NewMail};
pub use mailing::{Mailing, MailingLine, WaveText};
pub use matching::{MatchingText, MatchingUpdate};
pub use population::Population;
pub use practice::{PracticeEvent, PracticeUpdate, ReleaseDecision, ReleaseLink, StepTaken};
pub use practice_link::{PracticeFile, PracticeLink};
pub use pretest::{PretestComment, PretestStep};
pub use privacy::{Deleted, DeletionKind, PrivacyRow};
pub use publishing::Publishing;
pub use register::RegisterList;
pub use registration::{Channel, Registration};
pub use response::{Answering, SaveOutcome, SubmitOutcome};
pub use staff::{Role, Staff, StaffId, hash_password};
pub use standing::Standing;
pub use take_up::{TakeUpEvent, TakeUpUpdate};
pub use together::{AnswerChange, Comment, SignOff, Together};
pub use wave::{FieldState, FreezeOutcome, StoredWave, WaveMade};
pub use wave_draft::WaveDraft;
pub use withdrawal::WithdrawOutcome;
