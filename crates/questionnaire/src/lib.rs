//! What is asked: the questionnaire's file format, its checks, its routing and the answers it accepts.
//!
//! Second step of the chain. This crate must not know who answers, SQL, HTTP, a clock or randomness.

mod answer;
mod condition;
mod file;
mod form;
mod model;
mod number;
mod problem;
mod route;
mod words;

pub use answer::{Answer, Answers, Nomination, VariableKey};
pub use condition::{Comparison, Condition, Test, Truth};
pub use file::{Fault, Faults};
pub use form::{
    DONT_KNOW, NOMINATION_DESCRIPTION, NOMINATION_MAILBOX, NOMINATION_TITLE, Parsed, REFUSED, mark,
};
pub use model::{
    Choice, Item, Lang, Page, Point, Question, QuestionKind, Questionnaire, Scale, Text, Variable,
};
pub use number::typed_number;
pub use problem::{Problem, ProblemKind};
pub use route::Progress;
pub use words::special;
