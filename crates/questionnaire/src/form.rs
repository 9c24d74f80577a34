//! A page's form: from the fields that a browser sends to typed answers, or to problems in words.
//!
//! Field names are variable keys. A radio's value is the option's key, checkboxes repeat the name,
//! [`DONT_KNOW`] and [`REFUSED`] stand for "weiß nicht" and "keine Angabe": as the value of a radio or
//! checkbox, or, beside a text or number field, in a field of their own named `<variable>.special`.
//! Practices are `<variable>.1.title`, `.description`, `.field` and `.mailbox`.
//!
//! Two hidden fields help where browsers are silent. `_asked`, repeated, names the questions that the page
//! showed: only these are read, and one of them without a field was left empty. `_shown.<variable>` carries
//! the [`mark`] of the answer that the page was shown with: what is as it was is no change.

use std::collections::{BTreeMap, BTreeSet};

use crate::number::{NotRead, read};
use crate::{
    Answer, Answers, Choice, Nomination, Page, Problem, ProblemKind, Question, QuestionKind,
    VariableKey,
};

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
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in format!("{answer:?}").bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

/// What one variable's fields say.
type Said = Result<Option<Answer>, ProblemKind>;

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
                for variable in question.variables() {
                    parsed.take(question, variable, fields, &shown);
                }
            }
        }
        let after = parsed.applied_to(standing);
        let visible: BTreeSet<VariableKey> = self
            .visible_questions(&after)
            .into_iter()
            .flat_map(Question::variables)
            .collect();
        parsed.problems.retain(|p| visible.contains(&p.variable));
        parsed.missing = self.missing(&after);
        let problems = &parsed.problems;
        parsed
            .missing
            .retain(|key| problems.iter().all(|p| p.variable != *key));
        parsed
    }
}

impl Parsed {
    fn take(
        &mut self,
        question: &Question,
        variable: VariableKey,
        fields: &[(String, String)],
        shown: &BTreeMap<&str, &str>,
    ) {
        let battery = matches!(question.kind, QuestionKind::Battery { .. });
        let own = |name: &str| {
            if battery {
                belongs(name, variable.as_str())
            } else {
                belongs(name, &question.key)
            }
        };
        let typed: Vec<(String, String)> = fields
            .iter()
            .filter(|(name, _)| own(name))
            .cloned()
            .collect();
        match question.read(&variable, &typed) {
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

impl Question {
    fn read(&self, variable: &VariableKey, typed: &[(String, String)]) -> Said {
        let special_name = format!("{variable}.special");
        let (mut specials, mut values) = (BTreeSet::new(), Vec::new());
        let mut nominations = Vec::new();
        for (name, value) in typed {
            if *name == special_name || *name == variable.as_str() {
                match value.as_str() {
                    DONT_KNOW if self.dont_know => {
                        specials.insert(DONT_KNOW);
                    }
                    REFUSED if self.no_answer => {
                        specials.insert(REFUSED);
                    }
                    DONT_KNOW | REFUSED => return Err(ProblemKind::UnknownOption),
                    _ if *name == special_name => {
                        if !value.is_empty() {
                            return Err(ProblemKind::UnknownOption);
                        }
                    }
                    _ => values.push(value.as_str()),
                }
            } else {
                nominations.push((name.as_str(), value.as_str()));
            }
        }
        let answer = match &self.kind {
            QuestionKind::Nomination { fields, max } => {
                named_practices(variable, &nominations, fields, *max)?
            }
            kind => kind.read(&values)?,
        };
        match (specials.len(), answer) {
            (0, answer) => Ok(answer),
            (1, None) if specials.contains(DONT_KNOW) => Ok(Some(Answer::DontKnow)),
            (1, None) => Ok(Some(Answer::Refused)),
            _ => Err(ProblemKind::SpecialWithAnswer),
        }
    }
}

impl QuestionKind {
    fn read(&self, values: &[&str]) -> Said {
        match self {
            QuestionKind::Single { options, .. } => {
                one_of(values, |value| options.iter().any(|o| o.key == value))
            }
            QuestionKind::Battery { scale, .. } => {
                one_of(values, |value| scale.points.iter().any(|p| p.key == value))
            }
            QuestionKind::Multiple { options, min, max } => several_of(values, options, *min, *max),
            QuestionKind::Number {
                unit,
                min,
                max,
                decimals,
            } => {
                let Some(value) = single(values)? else {
                    return Ok(None);
                };
                let units = [unit.de.as_str(), unit.en.as_str()];
                let (number, places) = read(value, &units, *decimals).map_err(|why| match why {
                    NotRead::NoNumber => ProblemKind::NotANumber {
                        decimals: *decimals,
                    },
                    NotRead::Ambiguous => ProblemKind::AmbiguousNumber,
                })?;
                match (min, max) {
                    _ if places > usize::from(*decimals) => Err(ProblemKind::TooManyDecimals {
                        decimals: *decimals,
                    }),
                    (Some(min), _) if number < *min => Err(ProblemKind::TooSmall { min: *min }),
                    (_, Some(max)) if number > *max => Err(ProblemKind::TooLarge { max: *max }),
                    _ => Ok(Some(Answer::Number(number))),
                }
            }
            QuestionKind::ShortText { max_length } => {
                let line = single(values)?.map(|value| clean(value).replace('\n', " "));
                within(line.unwrap_or_default(), *max_length)
            }
            QuestionKind::LongText { max_length } => {
                within(clean(single(values)?.unwrap_or_default()), *max_length)
            }
            QuestionKind::Nomination { .. } => Ok(None),
        }
    }
}

/// Whether a field belongs to a question or a variable: its key, or its key and a dot.
fn belongs(name: &str, key: &str) -> bool {
    name.strip_prefix(key)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The one value that is not blank. The same value twice is one.
fn single<'v>(values: &[&'v str]) -> Result<Option<&'v str>, ProblemKind> {
    let mut given = values.iter().filter(|value| !value.trim().is_empty());
    let first = given.next();
    match first {
        Some(first) if given.any(|other| other != first) => Err(ProblemKind::SeveralValues),
        first => Ok(first.copied()),
    }
}

fn one_of(values: &[&str], known: impl Fn(&str) -> bool) -> Said {
    match single(values)? {
        None => Ok(None),
        Some(value) if known(value) => Ok(Some(Answer::Choice(value.to_owned()))),
        Some(_) => Err(ProblemKind::UnknownOption),
    }
}

fn several_of(values: &[&str], options: &[Choice], min: Option<usize>, max: Option<usize>) -> Said {
    let chosen: BTreeSet<String> = values
        .iter()
        .filter(|value| !value.trim().is_empty())
        .map(|value| (*value).to_owned())
        .collect();
    if chosen.is_empty() {
        return Ok(None);
    }
    if chosen
        .iter()
        .any(|key| options.iter().all(|o| o.key != *key))
    {
        return Err(ProblemKind::UnknownOption);
    }
    let exclusive = options
        .iter()
        .find(|o| o.exclusive && chosen.contains(&o.key));
    match (exclusive, min, max) {
        (Some(option), _, _) if chosen.len() > 1 => Err(ProblemKind::Exclusive {
            option: option.text.clone(),
        }),
        (None, Some(min), _) if chosen.len() < min => Err(ProblemKind::TooFew {
            chosen: chosen.len(),
            min,
        }),
        (None, _, Some(max)) if chosen.len() > max => Err(ProblemKind::TooMany {
            chosen: chosen.len(),
            max,
        }),
        _ => Ok(Some(Answer::Choices(chosen))),
    }
}

/// A text as it is kept: trimmed, one kind of line end, no control characters.
fn clean(value: &str) -> String {
    let lines = value.replace("\r\n", "\n").replace('\r', "\n");
    let kept = |c: &char| *c == '\n' || *c == '\t' || !c.is_control();
    lines.chars().filter(kept).collect::<String>().trim().into()
}

fn within(text: String, max: usize) -> Said {
    let length = text.chars().count();
    match length {
        0 => Ok(None),
        _ if length > max => Err(ProblemKind::TooLong { length, max }),
        _ => Ok(Some(Answer::Text(text))),
    }
}

fn named_practices(
    variable: &VariableKey,
    fields: &[(&str, &str)],
    known: &[Choice],
    max: usize,
) -> Said {
    #[derive(Default)]
    struct Draft {
        title: String,
        description: String,
        field: String,
        mailbox: String,
    }
    let mut drafts: BTreeMap<usize, Draft> = BTreeMap::new();
    for (name, value) in fields {
        let rest = name.strip_prefix(variable.as_str());
        let rest = rest.and_then(|rest| rest.strip_prefix('.'));
        let Some((number, part)) = rest.and_then(|rest| rest.split_once('.')) else {
            return Err(ProblemKind::UnknownOption);
        };
        let number: usize = number.parse().map_err(|_| ProblemKind::UnknownOption)?;
        let value = clean(value);
        if value.is_empty() {
            continue;
        }
        let draft = drafts.entry(number).or_default();
        match part {
            "title" => draft.title = value.replace('\n', " "),
            "description" => draft.description = value,
            "field" => draft.field = value,
            "mailbox" => draft.mailbox = value,
            _ => return Err(ProblemKind::UnknownOption),
        }
    }
    // A field of action alone is a form that was not filled in.
    drafts.retain(|_, d| !(d.title.is_empty() && d.description.is_empty() && d.mailbox.is_empty()));
    if drafts.is_empty() {
        return Ok(None);
    }
    if drafts.len() > max {
        return Err(ProblemKind::TooMany {
            chosen: drafts.len(),
            max,
        });
    }
    let mut named = Vec::new();
    for (number, draft) in drafts {
        if draft.title.is_empty() {
            return Err(ProblemKind::NominationWithoutTitle { number });
        }
        for (text, max) in [
            (&draft.title, NOMINATION_TITLE),
            (&draft.description, NOMINATION_DESCRIPTION),
            (&draft.mailbox, NOMINATION_MAILBOX),
        ] {
            let length = text.chars().count();
            if length > max {
                return Err(ProblemKind::TooLong { length, max });
            }
        }
        if draft.field.is_empty() {
            return Err(ProblemKind::NominationWithoutField { number });
        }
        if known.iter().all(|field| field.key != draft.field) {
            return Err(ProblemKind::UnknownOption);
        }
        if !draft.mailbox.is_empty() && !is_mailbox(&draft.mailbox) {
            return Err(ProblemKind::NoMailbox { number });
        }
        named.push(Nomination {
            title: draft.title,
            description: draft.description,
            field: draft.field,
            mailbox: Some(draft.mailbox).filter(|mailbox| !mailbox.is_empty()),
        });
    }
    Ok(Some(Answer::Nominations(named)))
}

/// Whether it looks like one e-mail address; only sending to it would tell more.
fn is_mailbox(text: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"".contains(c);
    match text.split_once('@') {
        Some((local, domain)) => {
            !local.is_empty()
                && !text.contains(odd)
                && !domain.contains('@')
                && domain.contains('.')
                && domain.split('.').all(|label| !label.is_empty())
        }
        None => false,
    }
}
