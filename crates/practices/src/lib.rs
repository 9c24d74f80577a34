//! Curated examples: their form, their life and who may take which step; take-ups, freshness, codes, and what files
//! may stand beside them.
//!
//! Beside the chain: a practice is named in a response and ends in an edition.
//! This crate must not know SQL, HTTP or a clock.
//!
//! ```
//! use practices::{Actor, State, Step, next};
//! assert_eq!(next(State::SentForRelease, Step::Release, Actor::Owner), Ok(State::Released));
//! assert!(next(State::SentForRelease, Step::Release, Actor::Editor).is_err());
//! ```

mod attachment;
mod codes;
mod document;
mod entry;
mod field;
mod form;
mod freshness;
mod life;
mod picture;
mod practice;
mod take_up;

pub use attachment::{Attachment, FileFault, FileKind, MAX_DOCUMENT, MAX_PICTURE, inspect};
pub use codes::{CODES, Code, CodeKind, Lesson, lessons};
pub use entry::Entry;
pub use field::{DEFAULT_FIELDS, FieldOfAction, SUBFIELDS, default_fields};
pub use form::{
    CostBand, Duty, Evidence, FIELDS, FieldSpec, Form, FormFault, Kind, Link, Mode, Part, Problem,
    Reach, Runner, Running, TargetGroup, looks_personal, words,
};
pub use freshness::{
    Answer, Confirmation, Due, FADES_AFTER_DAYS, Freshness, REMIND_AFTER_DAYS, due, freshness,
};
pub use life::{Actor, Refused, State, Step, TRANSITIONS, Transition, next, picture, steps_from};
pub use practice::{LICENCES, Practice, PracticeId, Publication, PublishedExample};
pub use take_up::{TakeUp, TakeUpFault, TakeUpForm, TakeUpId, TakenUp, chain};
