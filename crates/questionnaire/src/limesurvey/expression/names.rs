//! The variables of a survey, under all the names that LimeSurvey has for them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::super::plan::{Form, Named, Planned};

/// What a variable is in the format.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum What {
    /// One of several codes; `code` of LimeSurvey and the key that it became.
    Choice(Vec<Named>),
    /// An option of a multiple choice, or a ticked cell: "Y" or nothing.
    Flag {
        option: String,
    },
    /// The text beside "other"; of a multiple choice also whether it is chosen.
    Other {
        option: String,
        several: bool,
    },
    Number,
    /// A value made from others: never empty.
    Computed,
    Text,
    Date,
    Rank {
        place: usize,
        options: Vec<Named>,
    },
    Files,
    Nothing(&'static str),
}

/// A variable.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Target {
    /// Its question, in the order of the survey.
    pub question: usize,
    /// LimeSurvey's code behind the question's.
    pub suffix: String,
    /// As texts insert it: `question.item`.
    pub key: String,
    /// As conditions write it: `question.item` with underscores.
    pub name: String,
    pub what: What,
}

/// Where an expression stands.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct Scope {
    pub question: Option<usize>,
    /// Code of the item that `this` means.
    pub item: Option<String>,
    /// It checks answers: what is not answered passes.
    pub check: bool,
}

/// All variables.
#[derive(Debug, Default)]
pub struct Names {
    all: Vec<Target>,
    by_name: BTreeMap<String, usize>,
    by_number: BTreeMap<String, usize>,
    /// Texts that an expression reckons with, by their question.
    reckoned: RefCell<BTreeSet<usize>>,
    /// Texts whose own validation reckons with each of their fields.
    demanded: RefCell<BTreeSet<usize>>,
    questions: BTreeMap<String, usize>,
    numbers: BTreeMap<String, usize>,
}

impl Names {
    /// Collects the variables of all questions.
    pub fn new(planned: &[Planned]) -> Self {
        let mut names = Self::default();
        for (index, question) in planned.iter().enumerate() {
            let (code, qid) = (&question.asked.code, &question.asked.qid);
            names.questions.entry(code.clone()).or_insert(index);
            names.numbers.entry(qid.clone()).or_insert(index);
            for (suffix, numbered, target) in targets(index, question) {
                let at = names.all.len();
                let mut by_code = code.clone();
                if !suffix.is_empty() {
                    by_code = format!("{code}_{suffix}");
                }
                names.by_name.entry(by_code).or_insert(at);
                names
                    .by_number
                    .entry(format!("{qid}+{numbered}"))
                    .or_insert(at);
                names.all.push(target);
            }
        }
        names
    }

    /// Index of the question of this code.
    pub fn question(&self, code: &str) -> Option<usize> {
        self.questions.get(code).copied()
    }

    /// All variables of a question.
    pub fn of(&self, question: usize) -> Vec<Target> {
        self.all
            .iter()
            .filter(|target| target.question == question)
            .cloned()
            .collect()
    }

    /// The variables that a name stands for: one, or several for `self` and `that`.
    ///
    /// # Errors
    /// Why there is none.
    pub fn find(&self, written: &str, scope: &Scope) -> Result<Vec<Target>, String> {
        let mut parts = written.split('.');
        let first = parts.next().unwrap_or_default();
        let parts: Vec<&str> = parts.collect();
        let unknown = || {
            format!(
                "there is no variable `{}`",
                written.chars().take(60).collect::<String>()
            )
        };
        let found = match first {
            "self" => self.several(scope.question.ok_or_else(unknown)?, &parts)?,
            "that" => {
                let code = parts.first().copied().unwrap_or_default();
                let question = self.question(code).ok_or_else(unknown)?;
                self.several(question, &parts[1..])?
            }
            "this" => {
                let question = scope.question.ok_or_else(unknown)?;
                let own = self.of(question);
                let mut own: Vec<Target> = own
                    .into_iter()
                    .filter(|target| {
                        scope.item.as_ref().is_none_or(|item| {
                            target.suffix == *item || target.suffix.starts_with(&format!("{item}_"))
                        })
                    })
                    .collect();
                own.truncate(1);
                own
            }
            _ => {
                check_property(&parts)?;
                self.one(first).into_iter().collect()
            }
        };
        if found.is_empty() {
            Err(unknown())
        } else {
            Ok(found)
        }
    }

    fn several(&self, question: usize, parts: &[&str]) -> Result<Vec<Target>, String> {
        let wanted: Vec<&str> = parts
            .iter()
            .filter_map(|part| part.strip_prefix("sq_"))
            .collect();
        let rest: Vec<&str> = parts
            .iter()
            .copied()
            .filter(|part| !part.starts_with("sq_") && !matches!(*part, "nocomments" | "comments"))
            .collect();
        check_property(&rest)?;
        let fits = |target: &Target| {
            wanted.is_empty()
                || wanted
                    .iter()
                    .any(|w| target.suffix == *w || target.suffix.contains(w))
        };
        let commented = |target: &Target| {
            target.suffix.ends_with("comment") && matches!(target.what, What::Text)
        };
        let comments = parts.contains(&"comments");
        let no_comments = parts.contains(&"nocomments");
        let mut found = self.of(question);
        found.retain(|target| {
            fits(target) && !(no_comments && commented(target)) && (!comments || commented(target))
        });
        if !comments {
            found.retain(|target| !commented(target));
        }
        Ok(found)
    }

    fn one(&self, name: &str) -> Option<Target> {
        if let Some(at) = self.by_name.get(name) {
            return self.all.get(*at).cloned();
        }
        // 111X222X333SQ: survey, group, question and what stands behind it.
        let mut parts = name.splitn(3, 'X');
        let (sid, gid, rest) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(sid) || !digits(gid) {
            return None;
        }
        let end = rest
            .bytes()
            .position(|b| !b.is_ascii_digit())
            .unwrap_or(rest.len());
        for length in (1..=end).rev() {
            let (qid, suffix) = rest.split_at(length);
            if let Some(at) = self.by_number.get(&format!("{qid}+{suffix}")) {
                return self.all.get(*at).cloned();
            }
        }
        None
    }

    /// Notes that a text is reckoned with, and whether its own validation does so with each of its fields: what it
    /// takes are numbers then.
    pub fn reckon(&self, target: &Target, scope: &Scope) {
        if target.suffix.is_empty() {
            self.reckoned.borrow_mut().insert(target.question);
        }
        if scope.check && scope.item.is_some() && scope.question == Some(target.question) {
            self.demanded.borrow_mut().insert(target.question);
        }
    }

    /// Questions whose own validation demands numbers.
    pub fn demanded(&self) -> BTreeSet<usize> {
        self.demanded.borrow().clone()
    }

    /// Questions whose text was reckoned with.
    pub fn reckoned(&self) -> BTreeSet<usize> {
        self.reckoned.borrow().clone()
    }

    /// The question whose number or code a condition of old names.
    pub fn numbered(&self, qid: &str) -> Option<usize> {
        self.numbers.get(qid).copied()
    }
}

/// Headings by the numbers of survey, group and question, in capitals, and by codes.
pub fn headings(planned: &[Planned], sid: &str) -> BTreeMap<String, String> {
    let mut headings = BTreeMap::new();
    for (index, question) in planned.iter().enumerate() {
        let asked = question.asked;
        for (suffix, numbered, _) in targets(index, question) {
            let number = format!("{sid}X{}X{}{numbered}", asked.gid, asked.qid);
            let code = if suffix.is_empty() {
                asked.code.clone()
            } else {
                format!("{}_{suffix}", asked.code)
            };
            headings.entry(number.to_uppercase()).or_insert(code);
        }
    }
    headings
}

fn check_property(parts: &[&str]) -> Result<(), String> {
    const VALUE: [&str; 7] = [
        "NAOK",
        "value",
        "shown",
        "code",
        "valueNAOK",
        "valNAOK",
        "sgqa",
    ];
    match parts
        .iter()
        .find(|part| !VALUE.contains(part) || **part == "sgqa")
    {
        None => Ok(()),
        Some(part) => Err(format!(
            "`.{}` is no answer",
            part.chars().take(30).collect::<String>()
        )),
    }
}

/// The variables of one question: suffix behind the code, suffix behind the number, and what it is.
fn targets(index: usize, question: &Planned) -> Vec<(String, String, Target)> {
    let mut all = Vec::new();
    let name = question.name();
    let mut put = |suffix: &str, numbered: &str, key: String, what: What| {
        let target = Target {
            question: index,
            suffix: suffix.to_owned(),
            name: key.replace('-', "_"),
            key,
            what,
        };
        all.push((suffix.to_owned(), numbered.to_owned(), target));
    };
    let key = &question.key;
    let options = || What::Choice(question.options[0].clone());
    match question.form {
        Form::Single | Form::YesNo => {
            put("", "", key.clone(), options());
            if let Some(other) = &question.other {
                put(
                    "other",
                    "other",
                    format!("{key}.{other}.text"),
                    What::Other {
                        option: other.clone(),
                        several: false,
                    },
                );
            }
            if question.asked.kind == 'O' {
                put("comment", "comment", format!("{key}.comment"), What::Text);
            }
        }
        Form::Multiple => {
            let single = matches!(question.asked.kind, 'L' | '!' | 'O');
            if single {
                put(
                    "",
                    "",
                    key.clone(),
                    What::Nothing("a list with one option became a multiple choice"),
                );
            }
            for item in &question.items {
                put(
                    &item.code,
                    &item.code,
                    key.clone(),
                    What::Flag {
                        option: item.key.clone(),
                    },
                );
                if question.asked.kind == 'P' {
                    let comment = format!("{}comment", item.code);
                    put(
                        &comment,
                        &comment,
                        format!("{key}.{}.comment", item.key),
                        What::Text,
                    );
                }
            }
            if let Some(other) = &question.other {
                put(
                    "other",
                    "other",
                    format!("{key}.{other}.text"),
                    What::Other {
                        option: other.clone(),
                        several: true,
                    },
                );
                if question.asked.kind == 'P' {
                    put(
                        "othercomment",
                        "othercomment",
                        format!("{key}.{other}.comment"),
                        What::Text,
                    );
                }
            }
        }
        Form::Battery | Form::Differential => {
            for item in &question.items {
                put(
                    &item.code,
                    &item.code,
                    format!("{key}.{}", item.key),
                    options(),
                );
            }
        }
        Form::Grid if question.asked.kind == '1' => {
            for item in &question.items {
                for (scale, column) in question.columns.iter().enumerate() {
                    let what = What::Choice(question.options[scale.min(1)].clone());
                    put(
                        &format!("{}_{scale}", item.code),
                        &format!("{}#{scale}", item.code),
                        format!("{key}.{}.{}", item.key, column.key),
                        what,
                    );
                }
            }
        }
        Form::Grid | Form::Ticks => {
            let checkbox = question.form == Form::Ticks;
            for item in &question.items {
                if checkbox && question.asked.kind != ':' {
                    let option = question
                        .columns
                        .first()
                        .map(|c| c.key.clone())
                        .unwrap_or_default();
                    put(
                        &item.code,
                        &item.code,
                        format!("{key}.{}", item.key),
                        What::Flag { option },
                    );
                    continue;
                }
                for column in &question.columns {
                    let suffix = format!("{}_{}", item.code, column.code);
                    if checkbox {
                        put(
                            &suffix,
                            &suffix,
                            format!("{key}.{}", item.key),
                            What::Flag {
                                option: column.key.clone(),
                            },
                        );
                    } else {
                        let number = question.asked.kind == ':' || question.numbers;
                        let what = if number { What::Number } else { What::Text };
                        put(
                            &suffix,
                            &suffix,
                            format!("{key}.{}.{}", item.key, column.key),
                            what,
                        );
                    }
                }
            }
        }
        Form::Numbers | Form::Texts => {
            let what = if question.form == Form::Numbers {
                What::Number
            } else {
                What::Text
            };
            for item in &question.items {
                put(
                    &item.code,
                    &item.code,
                    format!("{key}.{}", item.key),
                    what.clone(),
                );
            }
        }
        Form::Ranking => {
            let options = if question.options[0].is_empty() {
                &question.items
            } else {
                &question.options[0]
            };
            for place in 1..=options.len() {
                let suffix = place.to_string();
                put(
                    &suffix,
                    &suffix,
                    key.clone(),
                    What::Rank {
                        place,
                        options: options.clone(),
                    },
                );
            }
        }
        Form::Number => put("", "", key.clone(), What::Number),
        Form::ShortText | Form::LongText => put("", "", key.clone(), What::Text),
        Form::Date => put("", "", key.clone(), What::Date),
        Form::Computed => put("", "", key.clone(), What::Computed),
        Form::File => {
            put("", "", key.clone(), What::Files);
            put("filecount", "_filecount", key.clone(), What::Files);
        }
        Form::Note => put(
            "",
            "",
            name,
            What::Nothing("it is a text without an answer"),
        ),
        Form::Nothing(why) => put("", "", name, What::Nothing(why)),
    }
    all
}
