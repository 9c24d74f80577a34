//! Questionnaires that come over from LimeSurvey.
//!
//! [`import`] reads a survey structure (`.lss`) of any version and writes a questionnaire of the format, with a report
//! that names each loss. What it writes has no faults: before it is handed out it is read like any other file, and
//! whatever of it does not hold (a condition that looks ahead, a text that inserts what is not yet asked) gives way to
//! its next best, and is told.

mod ask;
mod check;
mod conditions;
mod expression;
mod fault;
mod fields;
mod html;
mod inserted;
mod kinds;
mod plan;
mod responses;
mod survey;
mod texts;
mod write;
mod xml;
mod yaml;

pub use fault::{Fault as LimeSurveyFault, NotImported};
pub use responses::{CellFault, LoadedResponse, RESPONSES_SIZE, responses};
pub use write::{ImportReport, Imported, Loss as ImportLoss, headings, import};
pub use xml::SIZE as LIMESURVEY_SIZE;
