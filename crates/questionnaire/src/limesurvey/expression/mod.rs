//! LimeSurvey's expression language: read into a tree of our own, and said again as a condition of the format.
//!
//! The language is that of relevance equations, validations and texts in braces. What it means is told by
//! LimeSurvey's manual, "ExpressionScript": an answer not given is the empty string, so a comparison is true or
//! false and never unknown. Our conditions are three-valued; [`say`] writes what makes up the difference.

mod names;
mod read;
mod reckon;
mod say;

pub use names::{Names, Scope, What, headings};
pub use read::{Binary, Expression, read};
pub use say::{Said, Speaker, bare_pattern, escaped, figure};
