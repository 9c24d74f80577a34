//! A page's form: from the fields that a browser sends to typed answers, or to problems in words.
//!
//! Field names are variable keys. A radio's value is the option's key, checkboxes repeat the name,
//! [`DONT_KNOW`] and [`REFUSED`] stand for "weiß nicht" and "keine Angabe": as the value of a radio or
//! checkbox, or, beside a text or number field, in a field of their own named `<variable>.special`.
//! Practices are `<variable>.1.title`, `.description`, `.field` and `.mailbox`; a ranking's fields are
//! `<variable>.<option>` with the rank, or the variable repeated in the order of the ranks. A municipality is
//! `key|name` and a file `id|size|name`: who takes the form has looked them up (see [`typed`]).
//!
//! Two hidden fields help where browsers are silent. `_asked`, repeated, names the questions that the page
//! showed: only these are read, and one of them without a field was left empty. `_shown.<variable>` carries
//! the [`mark`] of the answer that the page was shown with: what is as it was is no change.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::check::Violation;
use crate::{Answer, Answers, Page, Part, Problem, Question, Value, VariableKey, typed};

/// Form value of "weiß nicht".
pub const DONT_KNOW: &str = "_dont-know";
/// Form value of "keine Angabe".
pub const REFUSED: &str = "_refused";
/// Longest title of a practice, in characters.
pub const NOMINATION_TITLE: usize = 90;
/// Longest description of a practice, in characters.
pub const NOMINATION_DESCRIPTION: usize = 1_500;
/// Longest mailbox, in characters.
pub const NOMINATION_MAILBOX: usize = 120;

/// What a form said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// New answers by variable; `None` takes an answer back. Variables with a problem are not in it.
    pub changes: BTreeMap<VariableKey, Option<Answer>>,
    /// What cannot be saved, in the order of the page; at most one a variable.
    pub problems: Vec<Problem>,
    /// Required variables of the page that stay open, in their order. A draft may leave them so.
    pub missing: Vec<VariableKey>,
    /// Checks of the page that do not hold under what stands now; the answers are good as a draft.
    pub violations: Vec<Violation>,
}

impl Parsed {
    /// The answers that stand when the changes are applied.
    pub fn applied_to(&self, standing: &Answers) -> Answers {
        let mut answers = standing.clone();
        for (variable, answer) in &self.changes {
            match answer {
                Some(answer) => answers.insert(variable.clone(), answer.clone()),
                None => answers.remove(variable),
            };
        }
        answers
    }

    /// The problem of one variable.
    pub fn problem(&self, variable: &VariableKey) -> Option<&Problem> {
        self.problems.iter().find(|p| p.variable == *variable)
    }
}

/// A short mark of an answer for the hidden field `_shown.<variable>`; empty for no answer.
/// Equal answers have equal marks (FNV-1a of 64 bits over the answer's debug form).
pub fn mark(answer: Option<&Answer>) -> String {
    let Some(answer) = answer else {
        return String::new();
    };
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    // Hashing takes whatever is written.
    let _ = write!(hash, "{answer:?}");
    format!("{:016x}", hash.0)
}

/// FNV-1a of what is written.
struct Fnv(u64);

impl Write for Fnv {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Ok(())
    }
}

impl Page {
    /// Reads a form of this page. `standing` are the answers before. Never panics, whatever is sent.
    pub fn parse(&self, fields: &[(String, String)], standing: &Answers) -> Parsed {
        let asked: BTreeSet<&str> = fields
            .iter()
            .filter(|(name, _)| name == "_asked")
            .map(|(_, value)| value.as_str())
            .collect();
        let shown: BTreeMap<&str, &str> = fields
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix("_shown.")?, value.as_str())))
            .collect();
        let mut parsed = Parsed::default();
        for question in &self.questions {
            let own = fields.iter().any(|(name, _)| belongs(name, &question.key));
            let was_shown = if asked.is_empty() {
                own || question.is_visible(standing)
            } else {
                asked.contains(question.key.as_str())
            };
            if was_shown {
                for part in question.parts() {
                    // An item that was not drawn is not taken back.
                    let conditional = part.item.is_some_and(|item| item.show_if.is_some());
                    let drawn = asked.is_empty()
                        || !conditional
                        || shown.contains_key(part.key.as_str())
                        || fields
                            .iter()
                            .any(|(name, _)| belongs(name, part.key.as_str()));
                    if !drawn {
                        continue;
                    }
                    parsed.take(question, part, fields, &shown);
                }
            }
        }
        let after = parsed.applied_to(standing);
        let visible: BTreeSet<VariableKey> = self
            .visible_questions(&after)
            .into_iter()
            .flat_map(|question| question.variables_shown(&after))
            .collect();
        parsed.problems.retain(|p| visible.contains(&p.variable));
        parsed.missing = self.missing(&after);
        let problems = &parsed.problems;
        parsed
            .missing
            .retain(|key| problems.iter().all(|p| p.variable != *key));
        parsed.violations = self.violations(&after);
        parsed
    }
}

impl Parsed {
    fn take(
        &mut self,
        question: &Question,
        part: Part,
        fields: &[(String, String)],
        shown: &BTreeMap<&str, &str>,
    ) {
        let special = format!("{}.special", part.key);
        let below = matches!(
            part.value,
            Value::Nominations { .. } | Value::Ranking { .. }
        );
        let own = |name: &str| {
            name == part.key.as_str()
                || name == special
                || below && belongs(name, part.key.as_str())
        };
        let typed: Vec<(String, String)> = fields
            .iter()
            .filter(|(name, _)| own(name))
            .cloned()
            .collect();
        let variable = part.key.clone();
        match typed::read(question, &part, &typed) {
            Ok(answer) => {
                let before = shown.get(variable.as_str());
                if before.is_none_or(|before| **before != mark(answer.as_ref())) {
                    self.changes.insert(variable, answer);
                }
            }
            Err(kind) => self.problems.push(Problem {
                variable,
                kind,
                typed,
            }),
        }
    }
}

/// Whether a field belongs to a question or a variable: its key, or its key and a dot.
fn belongs(name: &str, key: &str) -> bool {
    name.strip_prefix(key)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
