//! Every number that leaves the house: weighting to the register, tables, needs against examples, disclosure control.
//!
//! Sixth step of the chain, and the only way out. [`evaluate`] turns a frozen dataset into a [`Release`];
//! everything that is printed, drawn or downloaded is made from it. [`feedback_sheet`] sets one municipality's own
//! answers beside it.
//!
//! ```
//! use dataset::Dataset;
//! use fieldwork::Disposition;
//! use findings::{Domain, ReleasedCell, WaveFacts, evaluate};
//! use jiff::civil::date;
//! use questionnaire::{Answer, Answers, Questionnaire, Text, VariableKey};
//! use register::{Key, Population, Register};
//!
//! let questionnaire = Questionnaire::read(
//!     "format: 1
//! key: probe
//! version: 1
//! title: { de: Probe, en: Trial }
//! pages:
//!   - key: eins
//!     title: { de: Eins, en: One }
//!     questions:
//!       - key: konzept
//!         type: single
//!         text: { de: Gibt es ein Konzept?, en: Is there a concept? }
//!         options:
//!           ja: { de: ja, en: yes }
//!           nein: { de: nein, en: no }
//! ",
//!     "probe.yaml",
//! )?;
//! let register = Register::invented(2016);
//! // Every fourth county answers; every other one of them has a concept.
//! let units = register.of(Population::Counties).step_by(4).enumerate();
//! let responses: Vec<(String, Answers)> = units
//!     .map(|(i, unit)| {
//!         let option = if i % 2 == 0 { "ja" } else { "nein" };
//!         let answer = Answer::Choice(option.to_owned());
//!         (unit.key.to_string(), [(VariableKey("konzept".to_owned()), answer)].into())
//!     })
//!     .collect();
//! let dispositions: Vec<(Key, Disposition)> = responses
//!     .iter()
//!     .map(|(key, _)| Ok((Key::new(key.as_str())?, Disposition::Complete)))
//!     .collect::<Result<_, register::KeyError>>()?;
//! let dataset = Dataset::freeze(&questionnaire, "probe", date(2016, 3, 7), &responses)?;
//! let facts = WaveFacts {
//!     title: Text { de: "Probe".to_owned(), en: "Trial".to_owned() },
//!     field_period: (date(2016, 1, 25), date(2016, 3, 5)),
//!     inhabitants_too: Vec::new(),
//!     paradata: Vec::new(),
//!     synthetic: true,
//! };
//! let release = evaluate(&dataset, &questionnaire, &register, &facts, &dispositions)?;
//! let row = &release.finding("konzept").unwrap().rows[0];
//! assert_eq!(row.domain, Domain::All(Population::Counties));
//! assert!(matches!(row.cells[0], ReleasedCell::Percent { value: 40..60, .. }));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! This crate must not know SQL, HTTP, a clock or randomness.

mod agreement;
mod audit;
mod cells;
mod change;
mod disclosure;
mod evaluate;
mod examples;
mod feedback;
mod field;
mod gaps;
mod headlines;
mod interval;
mod labels;
mod matching;
mod release;
mod request;
mod response;
mod sensitivity;
mod tables;
mod weighting;
mod weights_report;
pub mod workspace;

pub use agreement::{Agreement, agreement};
pub use audit::{
    AuditError, AuditReport, Audited, Before, Breach, BreachKind, HeldBack, WaveData, audit,
    audit_edition, protect, still_audited,
};
pub use change::{
    Breakdown, CARRIED, ChangeError, ChangeFinding, ChangeRow, CodeAnalysis, CodePanel, CodeRow,
    ComparedWave, Family, Incomparable, LEVEL, POWER, PanelDifference, ReleasedChange,
    ReleasedDifference, Side, Verdict, change, change_with_panel, code_analysis, continued,
};
pub use disclosure::{
    MAX_ONE, MAX_TWO, MIN_GROUP, MIN_KISH, MIN_PLAIN, MIN_RESPONDENTS, MIN_SIDE, P_PERCENT,
    TENS_FROM, row_is_shown, rules as disclosure_rules,
};
pub use evaluate::{EvaluateError, WaveFacts, evaluate};
pub use examples::{FieldExamples, MIN_CODED, field_examples};
pub use feedback::{
    FeedbackNeed, FeedbackRow, FeedbackSheet, MatchedExample, feedback_sheet, peer_group,
};
pub use field::{REMIND_FROM, ReminderGroup, field_evenness, remind_next};
pub use gaps::{
    ENOUGH_EXAMPLES, GapBasis, GapCell, GapExample, GapNeed, GapPlace, GapState, Gaps, HIGH_NEED,
    gap_groups, gap_tables, is_gap_table,
};
pub use interval::{CONFIDENCE, INTERVAL_DF, INTERVAL_KISH, Stated};
pub use matching::{
    EXAMPLES, MappedNeed, MappedResource, Mapping, MappingFault, MappingProblem, Matching,
    NeedKind, PublishedPractice, Stand, fitting_examples, ranked,
};
pub use release::{
    Domain, Estimand, Finding, FindingKey, LeftOut, MUCH_MISSING, MethodReport, Release,
    ReleasedCell, ReleasedRow, ResponseRow,
};
pub use response::{ResponseLine, ResponseTable, response_table};
pub use sensitivity::{
    Comparison, ComparisonKind, DifferenceRow, FALSE_DISCOVERIES, ROLE_HEAD, ROLE_QUESTION,
};
pub use tables::INHABITANTS_SUFFIX;
pub use weighting::{
    CELL_MINIMUM, LAND_CLASS, LAND_CLASS_MINIMUM, LAND_FACTOR, LAND_KISH, LAND_MINIMUM, LandGroup,
    ResponseCell, Weighting, WeightingError, covers_land, response_cells,
};
pub use weights_report::{
    DIFFERENCES, DomainBasis, Evenness, Paradata, PlainRow, PopulationReport, RangeRow, Spread,
    WeightsReport,
};
