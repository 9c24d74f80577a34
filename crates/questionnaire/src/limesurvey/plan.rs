//! What each question becomes, and under which keys: decided for all before any condition is said again.

use std::collections::BTreeSet;

use super::survey::{Question, Survey};

/// What a question becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Form {
    Single,
    YesNo,
    Multiple,
    Battery,
    Differential,
    Grid,
    Ticks,
    Number,
    Numbers,
    ShortText,
    LongText,
    Texts,
    Ranking,
    Date,
    File,
    Computed,
    Note,
    /// It has nothing that could be asked.
    Nothing(&'static str),
}

/// A code of LimeSurvey and the key that it becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Named {
    pub code: String,
    pub key: String,
}

/// One question with its keys.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Planned<'s> {
    pub asked: &'s Question,
    /// Where its group stands.
    pub group: usize,
    pub key: String,
    pub form: Form,
    /// Whether its fields take numbers only, though LimeSurvey calls them texts.
    pub numbers: bool,
    /// Items, or the options of a multiple choice.
    pub items: Vec<Named>,
    /// Columns of a grid.
    pub columns: Vec<Named>,
    /// Options, points of a scale, by LimeSurvey's number of the scale.
    pub options: [Vec<Named>; 2],
    /// Key of the option with a text of one's own.
    pub other: Option<String>,
}

impl<'s> Planned<'s> {
    /// What a comparison may name.
    pub fn name(&self) -> String {
        self.key.replace('-', "_")
    }
}

/// Plans all questions in their order.
/// `reckoned` are texts, by their place, that conditions reckon with: they become numbers.
pub fn plan<'s>(survey: &'s Survey, reckoned: &BTreeSet<usize>) -> Vec<Planned<'s>> {
    let mut used = BTreeSet::new();
    let mut planned = Vec::new();
    for (group, questions) in survey.groups.iter().enumerate() {
        for asked in &questions.questions {
            let number = reckoned.contains(&planned.len());
            planned.push(one(asked, group, number, &mut used));
        }
    }
    planned
}

fn one<'s>(
    asked: &'s Question,
    group: usize,
    number: bool,
    used: &mut BTreeSet<String>,
) -> Planned<'s> {
    let form = match form(asked) {
        Form::ShortText | Form::LongText if number => Form::Number,
        Form::Texts if number => Form::Numbers,
        form => form,
    };
    let mut items = Vec::new();
    let mut columns = Vec::new();
    let mut options = [Vec::new(), Vec::new()];
    let mut taken = BTreeSet::new();
    // A remark beside an option is named in conditions, where no name begins with a digit.
    let letter = form != Form::Multiple || asked.kind == 'P';
    for item in asked.items_of(0) {
        items.push(named(&item.code, &mut taken, letter));
    }
    let other_among_items = asked.other && form == Form::Multiple;
    let mut other = other_among_items.then(|| fresh("other", &mut taken, false));
    let mut beside = BTreeSet::new();
    match (form, asked.kind) {
        (Form::YesNo, _) => {
            let named = |code: &str, key: &str| Named {
                code: code.to_owned(),
                key: key.to_owned(),
            };
            options[0] = vec![named("Y", "ja"), named("N", "nein")];
        }
        (_, 'G') => options[0] = fixed(&["F", "M"]),
        (_, 'C') => options[0] = fixed(&["Y", "U", "N"]),
        (_, 'E') => options[0] = fixed(&["I", "S", "D"]),
        (_, '5' | 'A') => options[0] = counted(5),
        (_, 'B') => options[0] = counted(10),
        (Form::Grid, '1') => {
            columns = ["0", "1"]
                .map(|code| Named {
                    code: code.to_owned(),
                    key: format!("s{}", if code == "0" { 1 } else { 2 }),
                })
                .into();
        }
        (Form::Grid | Form::Ticks, ':' | ';') => {
            for item in asked.items_of(1) {
                columns.push(named(&item.code, &mut beside, form == Form::Grid));
            }
        }
        (Form::Ticks, _) => {
            for answer in asked.answers_of(0) {
                columns.push(named(&answer.code, &mut beside, false));
            }
        }
        _ => {}
    }
    if options[0].is_empty() {
        for scale in 0..2 {
            let mut taken = BTreeSet::new();
            let index = usize::try_from(scale).unwrap_or(0);
            for answer in asked.answers_of(scale) {
                options[index].push(named(&answer.code, &mut taken, false));
            }
            if scale == 0 && asked.other && !other_among_items && form == Form::Single {
                other = Some(fresh("other", &mut taken, false));
            }
        }
    }
    // A list with a single answer becomes a multiple choice: its answers are its options.
    if form == Form::Multiple && matches!(asked.kind, 'L' | '!' | 'O') {
        items = std::mem::take(&mut options[0]);
    }
    Planned {
        asked,
        group,
        key: fresh(&slug(&asked.code, true), used, true),
        form,
        numbers: number || asked.is_on("numbers_only"),
        items,
        columns,
        options,
        other,
    }
}

fn fixed(codes: &[&str]) -> Vec<Named> {
    let named = |code: &&str| Named {
        code: (*code).to_owned(),
        key: code.to_lowercase(),
    };
    codes.iter().map(named).collect()
}

fn counted(points: usize) -> Vec<Named> {
    let named = |n: usize| Named {
        code: n.to_string(),
        key: n.to_string(),
    };
    (1..=points).map(named).collect()
}

fn form(asked: &Question) -> Form {
    let (rows, columns) = (asked.items_of(0).len(), asked.items_of(1).len());
    let answers = asked.answers_of(0).len();
    let numbers = asked.is_on("numbers_only");
    match asked.kind {
        'X' | 'I' => Form::Note,
        '*' => Form::Computed,
        'L' | '!' | 'O' | 'W' | 'Z' => match answers + usize::from(asked.other) {
            0 => Form::Nothing("it has no answer options"),
            1 if asked.other => Form::ShortText,
            1 => Form::Multiple,
            _ => Form::Single,
        },
        '5' | 'G' => Form::Single,
        'Y' => Form::YesNo,
        'M' | 'P' if rows == 0 && !asked.other => Form::Nothing("it has no options"),
        'M' | 'P' => Form::Multiple,
        'A' | 'B' | 'C' | 'E' | 'F' | 'H' | 'K' | 'Q' | '1' | ':' | ';' if rows == 0 => {
            Form::Nothing("it has no subquestions")
        }
        'A' | 'B' | 'C' | 'E' => differential(asked, Form::Battery),
        'F' | 'H' => match answers {
            0 => Form::Nothing("it has no answer options"),
            1 => Form::Ticks,
            _ => differential(asked, Form::Battery),
        },
        '1' => match (answers, asked.answers_of(1).len()) {
            (a, b) if a < 2 && b < 2 => Form::Nothing("its scales have no answer options"),
            _ => Form::Grid,
        },
        ':' | ';' if columns == 0 => Form::Nothing("it has no columns"),
        ':' if asked.is_on("multiflexible_checkbox") => Form::Ticks,
        ':' | ';' => Form::Grid,
        'K' => Form::Numbers,
        'Q' if numbers => Form::Numbers,
        'Q' => Form::Texts,
        'N' => Form::Number,
        'S' | 'T' | 'U' if numbers => Form::Number,
        'S' => Form::ShortText,
        'T' | 'U' => Form::LongText,
        'R' if answers + rows < 2 => Form::Nothing("it has nothing to rank"),
        'R' => Form::Ranking,
        'D' => Form::Date,
        '|' => Form::File,
        _ => Form::Nothing("LimeSurvey's manual has no such type code"),
    }
}

/// Items written "left|right" are the poles of a differential.
fn differential(asked: &Question, otherwise: Form) -> Form {
    let poles = |text: &String| {
        text.split_once('|').is_some_and(|(low, high)| {
            !low.trim().is_empty()
                && !high.trim().is_empty()
                && !high.contains('|')
                && !text.contains('{')
        })
    };
    let items = asked.items_of(0);
    let all = items
        .iter()
        .all(|item| !item.text.is_empty() && item.text.values().all(poles));
    if all { Form::Differential } else { otherwise }
}

/// Words that are no keys of questions: CEL's own, and the functions of conditions.
const RESERVED: [&str; 40] = [
    "all",
    "answered",
    "any",
    "as",
    "break",
    "code",
    "const",
    "continue",
    "count",
    "else",
    "false",
    "for",
    "function",
    "has",
    "if",
    "import",
    "in",
    "length",
    "let",
    "loop",
    "matches",
    "max",
    "mean",
    "min",
    "namespace",
    "null",
    "package",
    "rank",
    "return",
    "sum",
    "true",
    "var",
    "while",
    "size",
    "exists",
    "map",
    "filter",
    "int",
    "double",
    "string",
];

/// Parts of variables that items may not be called.
const PARTS: [&str; 4] = ["text", "comment", "special", "shown"];

fn named(code: &str, taken: &mut BTreeSet<String>, letter: bool) -> Named {
    let key = slug(code, letter);
    let key = if PARTS.contains(&key.as_str()) {
        format!("{key}-x")
    } else {
        key
    };
    Named {
        code: code.to_owned(),
        key: fresh(&key, taken, false),
    }
}

/// The key as proposed, with a number behind it when it is taken.
fn fresh(key: &str, taken: &mut BTreeSet<String>, question: bool) -> String {
    let begin = if question && RESERVED.contains(&key) {
        format!("{key}-q")
    } else {
        key.to_owned()
    };
    let mut proposed = begin.clone();
    let mut number = 2;
    while !taken.insert(proposed.clone()) {
        proposed = format!("{begin}-{number}");
        number += 1;
    }
    proposed
}

/// A key that the format accepts, made from a code: `Q01_A` becomes `q01-a`.
pub fn slug(code: &str, letter: bool) -> String {
    let mut out = String::new();
    for c in code.chars() {
        match c.to_lowercase().next().unwrap_or(c) {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            c if c.is_ascii_alphanumeric() => out.push(c),
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
        if out.len() >= 32 {
            break;
        }
    }
    out.truncate(34);
    let out = out.trim_end_matches('-');
    match out.bytes().next() {
        None => "x".to_owned(),
        Some(first) if letter && first.is_ascii_digit() => format!("q{out}"),
        Some(_) => out.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_valid_and_unique() {
        let cases = [
            ("Q01_A", "q01-a"),
            ("1", "q1"),
            ("Größe", "groesse"),
            ("__", "x"),
            ("a--b-", "a-b"),
        ];
        for (code, key) in cases {
            assert_eq!(slug(code, true), key);
        }
        let mut taken = BTreeSet::new();
        let keys: Vec<String> = ["a", "A", "sum"]
            .iter()
            .map(|code| fresh(&slug(code, true), &mut taken, true))
            .collect();
        assert_eq!(keys, ["a", "a-2", "sum-q"]);
    }
}
