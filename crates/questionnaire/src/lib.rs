//! What is asked: the questionnaire's file format, its checks, its routing and the answers it accepts.
//!
//! Second step of the chain. A researcher writes a YAML file; [`Questionnaire::read`] turns it into pages and
//! questions, or into all its faults at once, each with its place and what would be right. [`Page::parse`] turns
//! the fields of a form into typed [`Answers`], or into problems that keep what was typed. Conditions
//! (`show-if`, written in CEL) are three-valued: what rests on an unanswered question is not shown.
//!
//! ```
//! use questionnaire::{Answers, Lang, Questionnaire};
//!
//! let source = r#"
//! format: 1
//! key: probe
//! version: 1
//! title: { de: Probe, en: Trial }
//! pages:
//!   - key: strategie
//!     title: { de: Strategie, en: Strategy }
//!     questions:
//!       - key: konzept
//!         type: single
//!         text: { de: Gibt es ein Konzept?, en: Is there a concept? }
//!         options:
//!           ja: { de: "ja", en: "yes" }
//!           nein: { de: nein, en: "no" }
//!   - key: umfang
//!     title: { de: Umfang, en: Size }
//!     show-if: "konzept == 'ja'"
//!     questions:
//!       - key: seiten
//!         type: number
//!         text: { de: Wie viele Seiten hat es?, en: How many pages has it? }
//!         unit: { de: Seiten, en: pages }
//!         min: 1
//! "#;
//! let questionnaire = Questionnaire::read(source, "probe.yaml").expect("no faults");
//!
//! let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
//! let first = questionnaire.next_page(None, &Answers::new()).expect("a first page");
//! let answers = first.parse(&[field("konzept", "ja")], &Answers::new()).applied_to(&Answers::new());
//! let second = questionnaire.next_page(Some("strategie"), &answers).expect("the condition holds");
//!
//! let parsed = second.parse(&[field("seiten", "viele")], &answers);
//! assert_eq!(
//!     parsed.problems[0].message(Lang::De),
//!     "Bitte geben Sie eine ganze Zahl ein, zum Beispiel 1250. Sie haben „viele“ eingegeben."
//! );
//!
//! let faults = Questionnaire::read(&source.replace("== 'ja'", "== 'jaa'"), "probe.yaml");
//! let said = faults.expect_err("`jaa` is no option").to_string();
//! assert!(said.contains("probe.yaml:18:26") && said.contains("did you mean 'ja'?"), "{said}");
//! ```
//!
//! This crate must not know who answers, SQL, HTTP, a clock or randomness.

mod answer;
mod arrived;
mod check;
mod condition;
mod expression;
mod file;
mod form;
mod insert;
mod kind;
pub mod limesurvey;
pub mod lineage;
mod live;
mod model;
mod number;
mod order;
mod part;
mod paths;
mod problem;
mod report;
mod route;
mod tongues;
mod translated;
mod typed;
mod words;

pub use answer::{Answer, Answers, Nomination, Place, SentFile, VariableKey};
pub use arrived::Arrived;
pub use check::Violation;
pub use condition::{Check, Comparison, Condition, Test, Truth};
pub use expression::{Aggregate, Expression, Operator};
pub use file::{Fault, Faults};
pub use form::{
    DONT_KNOW, NOMINATION_DESCRIPTION, NOMINATION_MAILBOX, NOMINATION_TITLE, Parsed, REFUSED, mark,
};
pub use insert::{MARKS, Markup, Piece, markup, plain};
pub use kind::{
    CellKind, Choice, Column, FileType, Item, NumberItem, NumberSpec, Point, QuestionKind, Scale,
    Sum, Wording,
};
pub use lineage::Lineage;
pub use live::{Live, LiveValue, LiveWord, LiveWords, Node, RunningSum};
pub use model::{Lang, More, Page, Pattern, Question, Questionnaire, Settings, Text, Variable};
pub use number::typed_number;
pub use order::{SEED, seed};
pub use part::{Codes, Part, Role, Value};
pub use paths::{PagePath, Seen};
pub use problem::{Problem, ProblemKind};
pub use report::report;
pub use route::Progress;
pub use words::{day, special};
