//! Reading a questionnaire from its file: YAML with its places, our own walk over it, CEL conditions.
//!
//! All faults come at once. `yaml` makes a tree, `walk` reads it into the model, `lower` turns CEL into
//! typed conditions, `reach` decides what can ever be shown.

mod bounds;
mod faults;
mod fields;
mod functions;
mod kinds;
mod lineage;
mod lower;
mod parse;
mod question;
mod reach;
mod search;
mod settings;
mod tables;
mod walk;
mod yaml;

pub(crate) use faults::nearest;
pub use faults::{Fault, Faults};

use crate::Questionnaire;

/// The faults of a file, but for conditions that never hold: to find those, answers are tried, which takes time.
pub(crate) fn faults_on_sight(source: &str) -> Vec<Fault> {
    walk::read(source, None, 0).1
}

impl Questionnaire {
    /// Reads and checks a questionnaire. `file` is its name as faults shall show it.
    ///
    /// # Errors
    /// Every fault with line, column, what is wrong and what would be right, all at once. When the file
    /// is no YAML, the first place where it is none.
    pub fn read(source: &str, file: &str) -> Result<Questionnaire, Faults> {
        Self::examine(source, file).0
    }

    /// Like [`Questionnaire::read`], and beside it the notes: what is no fault but worth a look,
    /// such as a condition of which could not be decided whether it ever holds.
    pub fn examine(source: &str, file: &str) -> (Result<Questionnaire, Faults>, Faults) {
        Self::examine_after(source, file, None)
    }

    /// The text of a questionnaire's file.
    ///
    /// # Errors
    /// Where it is not UTF-8, the line.
    pub fn text(bytes: Vec<u8>, file: &str) -> Result<String, Faults> {
        String::from_utf8(bytes).map_err(|error| {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let fault = Fault {
                line: before.iter().filter(|b| **b == b'\n').count() + 1,
                column: 1,
                width: 1,
                what: "the file is not UTF-8".to_owned(),
                help: "save it with the encoding UTF-8".to_owned(),
            };
            Faults::new(file, "", "error", vec![fault])
        })
    }

    /// Like [`Questionnaire::examine`], with the questionnaire of the earlier wave beside it: then the lineage is also
    /// checked against that.
    pub fn examine_after(
        source: &str,
        file: &str,
        earlier: Option<&Questionnaire>,
    ) -> (Result<Questionnaire, Faults>, Faults) {
        let (questionnaire, faults, notes) = walk::read(source, earlier, reach::BUDGET);
        let notes = Faults::new(file, source, "note", notes);
        match questionnaire {
            Some(questionnaire) if faults.is_empty() => (Ok(questionnaire), notes),
            _ => (Err(Faults::new(file, source, "error", faults)), notes),
        }
    }
}
