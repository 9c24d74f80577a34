//! An expression of LimeSurvey, said again in the language of conditions.
//!
//! LimeSurvey knows two truth values: what is not answered is "". So each comparison is turned into the set of answers
//! that make it true, and whether no answer does; a negation turns both round. `!answered(x) || …` says the second.

use super::names::{Names, Scope, Target, What};
use super::read::{Binary, Expression};

/// A condition while it is put together.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// True or false whatever is answered.
    Constant(bool),
    /// A condition that needs no brackets.
    One(String),
    /// Joined with `&&`.
    All(Vec<Said>),
    /// Joined with `||`.
    Any(Vec<Said>),
}

impl Said {
    /// As conditions are written.
    pub fn text(&self) -> String {
        match self {
            Said::Constant(value) => value.to_string(),
            Said::One(text) => text.clone(),
            Said::All(parts) => joined(parts, " && "),
            Said::Any(parts) => joined(parts, " || "),
        }
    }
}

fn joined(parts: &[Said], sign: &str) -> String {
    let each = |part: &Said| match part {
        Said::All(_) | Said::Any(_) => format!("({})", part.text()),
        part => part.text(),
    };
    parts.iter().map(each).collect::<Vec<_>>().join(sign)
}

pub(super) fn all(parts: Vec<Said>) -> Said {
    let mut kept = Vec::new();
    for part in parts {
        match part {
            Said::Constant(true) => {}
            Said::Constant(false) => return Said::Constant(false),
            Said::All(inner) => kept.extend(inner),
            part if kept.contains(&part) => {}
            part => kept.push(part),
        }
    }
    match kept.len() {
        0 => Said::Constant(true),
        1 => kept.swap_remove(0),
        _ => Said::All(kept),
    }
}

fn any(parts: Vec<Said>) -> Said {
    let mut kept = Vec::new();
    for part in parts {
        match part {
            Said::Constant(false) => {}
            Said::Constant(true) => return Said::Constant(true),
            Said::Any(inner) => kept.extend(inner),
            part if kept.contains(&part) => {}
            part => kept.push(part),
        }
    }
    match kept.len() {
        0 => Said::Constant(false),
        1 => kept.swap_remove(0),
        _ => Said::Any(kept),
    }
}

pub(super) fn answered(name: &str) -> Said {
    Said::One(format!("answered({name})"))
}

fn open(name: &str) -> Said {
    Said::One(format!("!answered({name})"))
}

/// Why something cannot be said.
pub(super) type Why = String;

/// Translates within one place of a survey.
pub struct Speaker<'n> {
    /// All variables.
    pub names: &'n Names,
    /// Where the expression stands.
    pub scope: Scope,
}

/// Calls that a translation makes at most: `self` within `self` multiplies.
pub(super) const ARGUMENTS: usize = 400;

impl Speaker<'_> {
    /// The condition under which the expression is true, or false when `wanted` is false.
    ///
    /// # Errors
    /// What has no counterpart.
    pub fn condition(&self, expression: &Expression, wanted: bool) -> Result<Said, Why> {
        match expression {
            Expression::Not(inner) => self.condition(inner, !wanted),
            Expression::Number(number) => Ok(Said::Constant((*number != 0.0) == wanted)),
            Expression::Text(text) => {
                Ok(Said::Constant((!text.is_empty() && text != "0") == wanted))
            }
            Expression::Binary(Binary::And, left, right) => self.two(left, right, wanted, wanted),
            Expression::Binary(Binary::Or, left, right) => self.two(left, right, wanted, !wanted),
            Expression::Binary(Binary::Plus | Binary::Minus | Binary::Times | Binary::Over, ..) => {
                self.numbers(
                    Binary::Unequal,
                    expression,
                    &Expression::Number(0.0),
                    wanted,
                )
            }
            Expression::Binary(sign, left, right) => self.compare(*sign, left, right, wanted),
            Expression::Minus(inner) => self.condition(inner, wanted),
            Expression::Name(name) => {
                let target = self.single(name)?;
                self.literal(&target, Binary::Unequal, "", wanted)
            }
            Expression::Call(name, arguments) => self.call(name, arguments, expression, wanted),
        }
    }

    fn two(
        &self,
        left: &Expression,
        right: &Expression,
        wanted: bool,
        both: bool,
    ) -> Result<Said, Why> {
        let parts = vec![
            self.condition(left, wanted)?,
            self.condition(right, wanted)?,
        ];
        Ok(if both { all(parts) } else { any(parts) })
    }

    /// One variable.
    pub fn single(&self, name: &str) -> Result<Target, Why> {
        let mut found = self.names.find(name, &self.scope)?;
        if found.len() > 1 {
            return Err(format!("`{name}` stands for several answers"));
        }
        Ok(found.swap_remove(0))
    }

    pub(super) fn several(&self, arguments: &[Expression]) -> Result<Vec<Target>, Why> {
        let mut all = Vec::new();
        for argument in arguments {
            match argument {
                Expression::Name(name) => all.extend(self.names.find(name, &self.scope)?),
                _ => return Err("it counts values that are no answers".to_owned()),
            }
            if all.len() > ARGUMENTS {
                return Err(format!("it looks at more than {ARGUMENTS} answers"));
            }
        }
        Ok(all)
    }

    fn call(
        &self,
        name: &str,
        arguments: &[Expression],
        whole: &Expression,
        wanted: bool,
    ) -> Result<Said, Why> {
        match (name, arguments) {
            ("is_empty" | "empty" | "is_null", [Expression::Name(name)]) => {
                let targets = self.names.find(name, &self.scope)?;
                let parts = targets
                    .iter()
                    .map(|target| self.literal(target, Binary::Equal, "", wanted));
                let parts: Vec<Said> = parts.collect::<Result<_, _>>()?;
                Ok(if wanted { all(parts) } else { any(parts) })
            }
            ("is_empty" | "empty", [inner]) => self.condition(inner, !wanted),
            ("is_numeric" | "is_int" | "is_float", [Expression::Name(name)]) => {
                let target = self.single(name)?;
                match target.what {
                    What::Number => self.literal(&target, Binary::Unequal, "", wanted),
                    What::Text => {
                        let said = format!("matches({}, '-?[0-9]+([.,][0-9]+)?')", target.name);
                        Ok(self.or_open(&target, said, wanted))
                    }
                    _ => Err(format!("`{name}` is a choice, no number")),
                }
            }
            ("regexMatch", [Expression::Text(pattern), Expression::Name(name)]) => {
                let target = self.single(name)?;
                if target.what != What::Text {
                    return Err("a pattern is matched with an answer that is no text".to_owned());
                }
                let pattern = bare_pattern(pattern)?;
                let said = format!("matches({}, '{}')", target.name, escaped(&pattern));
                Ok(self.or_open(&target, said, wanted))
            }
            ("if" | "iif", [test, then, otherwise]) => {
                let yes = all(vec![
                    self.condition(test, true)?,
                    self.condition(then, wanted)?,
                ]);
                let no = all(vec![
                    self.condition(test, false)?,
                    self.condition(otherwise, wanted)?,
                ]);
                Ok(any(vec![yes, no]))
            }
            ("strlen", [inner @ Expression::Name(_)]) => self.condition(inner, wanted),
            ("unique", arguments) => {
                let targets = self.several(arguments)?;
                let mut parts = Vec::new();
                for (at, left) in targets.iter().enumerate() {
                    for right in &targets[at + 1..] {
                        if parts.len() > 60 {
                            return Err("`unique` looks at too many answers".to_owned());
                        }
                        parts.push(self.pair(Binary::Unequal, left, right, wanted)?);
                    }
                }
                Ok(if wanted { all(parts) } else { any(parts) })
            }
            (
                "count" | "sum" | "countif" | "countifop" | "sumif" | "sumifop" | "min" | "max"
                | "abs",
                _,
            ) => self.numbers(Binary::Unequal, whole, &Expression::Number(0.0), wanted),
            _ => Err(no_function(name)),
        }
    }

    /// A condition on an answer, true also when there is none if that is wanted.
    fn or_open(&self, target: &Target, said: String, wanted: bool) -> Said {
        if wanted {
            return Said::One(said);
        }
        let not = Said::One(format!("!{said}"));
        if self.scope.check {
            not
        } else {
            any(vec![open(&target.name), not])
        }
    }

    fn compare(
        &self,
        sign: Binary,
        left: &Expression,
        right: &Expression,
        wanted: bool,
    ) -> Result<Said, Why> {
        let target = |expression: &Expression| match expression {
            Expression::Name(name) => Some(self.single(name)),
            _ => None,
        };
        match (target(left), target(right), literal(left), literal(right)) {
            (_, _, Some(a), Some(b)) => Ok(Said::Constant(holds(sign, &a, &b) == wanted)),
            (Some(target), _, _, Some(value)) => self.literal(&target?, sign, &value, wanted),
            (_, Some(target), Some(value), _) => {
                self.literal(&target?, turned(sign), &value, wanted)
            }
            (Some(left), Some(right), _, _) => self.pair(sign, &left?, &right?, wanted),
            _ => self.numbers(sign, left, right, wanted),
        }
    }

    /// Two answers compared with each other.
    fn pair(&self, sign: Binary, left: &Target, right: &Target, wanted: bool) -> Result<Said, Why> {
        match (&left.what, &right.what) {
            (What::Choice(a), What::Choice(b))
                if matches!(sign, Binary::Equal | Binary::Unequal) =>
            {
                let equal = (sign == Binary::Equal) == wanted;
                let mut parts = Vec::new();
                for one in a {
                    let other = b.iter().any(|other| other.code == one.code);
                    let first = self.literal(left, Binary::Equal, &one.code, true)?;
                    parts.push(match (equal, other) {
                        (true, true) => all(vec![
                            first,
                            self.literal(right, Binary::Equal, &one.code, true)?,
                        ]),
                        (true, false) => Said::Constant(false),
                        (false, true) => all(vec![
                            first,
                            self.literal(right, Binary::Unequal, &one.code, true)?,
                        ]),
                        (false, false) => first,
                    });
                }
                Ok(any(parts))
            }
            (What::Text, What::Text) if matches!(sign, Binary::Equal | Binary::Unequal) => {
                Err("it compares two texts with each other".to_owned())
            }
            (What::Date, What::Date) => Err("it compares two dates with each other".to_owned()),
            _ => {
                let name = |target: &Target| self.value(target);
                let (a, b) = (name(left)?, name(right)?);
                let sign = if wanted { sign } else { negated(sign) };
                let said = Said::One(format!("{a} {} {b}", written(sign)));
                if wanted || self.scope.check {
                    return Ok(said);
                }
                let mut parts: Vec<Said> = Vec::new();
                for target in [left, right] {
                    if target.what != What::Computed {
                        parts.push(open(&target.name));
                    }
                }
                parts.push(said);
                Ok(any(parts))
            }
        }
    }

    /// Two numeric expressions.
    fn numbers(
        &self,
        sign: Binary,
        left: &Expression,
        right: &Expression,
        wanted: bool,
    ) -> Result<Said, Why> {
        if let (Some(a), Some(b)) = (constant(left), constant(right)) {
            return Ok(Said::Constant(
                holds(sign, &figure(a), &figure(b)) == wanted,
            ));
        }
        let (a, b) = (self.number(left)?, self.number(right)?);
        let sign = if wanted { sign } else { negated(sign) };
        Ok(Said::One(format!("{a} {} {b}", written(sign))))
    }

    /// An answer compared with a value that is written out.
    pub fn literal(
        &self,
        target: &Target,
        sign: Binary,
        value: &str,
        wanted: bool,
    ) -> Result<Said, Why> {
        let empty = holds(sign, "", value) == wanted;
        let name = &target.name;
        match &target.what {
            What::Choice(codes) => {
                let fits = |code: &str| holds(sign, code, value) == wanted;
                let mut keys: Vec<&str> = codes
                    .iter()
                    .filter(|n| fits(&n.code))
                    .map(|n| n.key.as_str())
                    .collect();
                let mut of = codes.len();
                if let Some(other) = self.other(target) {
                    of += 1;
                    if fits("-oth-") {
                        keys.push("");
                        let at = keys.len() - 1;
                        return Ok(one_of(name, keys, Some((at, other)), of, empty));
                    }
                }
                Ok(one_of(name, keys, None, of, empty))
            }
            What::Flag { option } => {
                Ok(flag(name, option, holds(sign, "Y", value) == wanted, empty))
            }
            What::Other { option, several } => {
                let question = name.split('.').next().unwrap_or(name);
                if value.is_empty() && matches!(sign, Binary::Equal | Binary::Unequal) {
                    if *several {
                        return Ok(flag(question, option, !empty, empty));
                    }
                    let text = if empty { open(name) } else { answered(name) };
                    return Ok(text);
                }
                if *several && value == "Y" {
                    return Ok(flag(
                        question,
                        option,
                        holds(sign, "Y", value) == wanted,
                        empty,
                    ));
                }
                self.text(name, sign, value, wanted, empty)
            }
            What::Text => {
                if !matches!(sign, Binary::Equal | Binary::Unequal)
                    && value.trim().parse::<f64>().is_ok()
                {
                    self.names.reckon(target, &self.scope);
                }
                self.text(name, sign, value, wanted, empty)
            }
            What::Date => {
                let day = value
                    .get(..10)
                    .filter(|day| day.bytes().all(|b| b.is_ascii_digit() || b == b'-'));
                match day {
                    _ if value.is_empty() => Ok(if empty { open(name) } else { answered(name) }),
                    Some(day) => Ok(self.with_open(
                        name,
                        format!("{name} {} '{day}'", written(sense(sign, wanted))),
                        empty,
                    )),
                    None => Err("a date is compared with something else".to_owned()),
                }
            }
            What::Number | What::Computed => {
                if value.is_empty() {
                    return match (sign, &target.what) {
                        (_, What::Computed) => Ok(Said::Constant(!empty)),
                        _ if empty => Ok(open(name)),
                        _ => Ok(answered(name)),
                    };
                }
                match value.trim().parse::<f64>() {
                    Ok(number) if number.is_finite() => {
                        let said =
                            format!("{name} {} {}", written(sense(sign, wanted)), figure(number));
                        Ok(self.with_open(name, said, empty && target.what == What::Number))
                    }
                    _ => match sense(sign, wanted) {
                        Binary::Equal => Ok(Said::Constant(false)),
                        Binary::Unequal => Ok(Said::Constant(true)),
                        _ => Err("a number is compared with a text".to_owned()),
                    },
                }
            }
            What::Rank { place, options } => {
                if value.is_empty() {
                    let said = if empty {
                        format!("count({name}) < {place}")
                    } else {
                        format!("count({name}) >= {place}")
                    };
                    return Ok(self.with_open(name, said, empty));
                }
                let Some(option) = options.iter().find(|option| option.code == value) else {
                    return Ok(Said::Constant(empty));
                };
                match sense(sign, wanted) {
                    Binary::Equal => Ok(Said::One(format!(
                        "rank({name}, '{}') == {place}",
                        option.key
                    ))),
                    Binary::Unequal => Ok(any(vec![
                        open(name),
                        Said::One(format!("rank({name}, '{}') != {place}", option.key)),
                    ])),
                    _ => Err("ranks are compared by their order".to_owned()),
                }
            }
            What::Files => match (sense(sign, wanted), value) {
                (Binary::Greater, "0") | (Binary::Unequal, "" | "0") | (Binary::AtLeast, "1") => {
                    Ok(answered(name))
                }
                (Binary::Equal, "" | "0") | (Binary::AtMost, "0") | (Binary::Less, "1") => {
                    Ok(open(name))
                }
                _ => Err("the number of files is no answer here".to_owned()),
            },
            What::Nothing(why) => Err(format!("`{}` is no answer: {why}", target.key)),
        }
    }

    fn other(&self, target: &Target) -> Option<String> {
        let own = self.names.of(target.question);
        if !target.suffix.is_empty() {
            return None;
        }
        own.into_iter().find_map(|t| match t.what {
            What::Other {
                option,
                several: false,
            } => Some(option),
            _ => None,
        })
    }

    fn with_open(&self, name: &str, said: String, empty: bool) -> Said {
        if empty && !self.scope.check {
            any(vec![open(name), Said::One(said)])
        } else {
            Said::One(said)
        }
    }

    fn text(
        &self,
        name: &str,
        sign: Binary,
        value: &str,
        wanted: bool,
        empty: bool,
    ) -> Result<Said, Why> {
        match sense(sign, wanted) {
            _ if value.is_empty() => Ok(if empty { open(name) } else { answered(name) }),
            Binary::Equal => Ok(Said::One(format!("{name} == '{}'", escaped(value)))),
            Binary::Unequal => Ok(any(vec![
                open(name),
                Said::One(format!("{name} != '{}'", escaped(value))),
            ])),
            _ => Err("a text is compared by its order".to_owned()),
        }
    }

    /// The value of an answer as a number.
    pub(super) fn value(&self, target: &Target) -> Result<String, Why> {
        let name = &target.name;
        match &target.what {
            What::Number | What::Computed => Ok(name.clone()),
            What::Choice(codes)
                if codes
                    .iter()
                    .all(|n| n.code == n.key && n.code.parse::<f64>().is_ok())
                    && self.other(target).is_none() =>
            {
                Ok(format!("code({name})"))
            }
            What::Flag { option } => Ok(format!(
                "({} ? 1 : 0)",
                flag(name, option, true, false).text()
            )),
            What::Choice(_) => Err(format!("the codes of `{}` are no numbers", target.key)),
            What::Text | What::Other { .. } => {
                self.names.reckon(target, &self.scope);
                Err(format!("`{}` is a text, and reckoned with", target.key))
            }
            What::Date => Err(format!("`{}` is a date, and reckoned with", target.key)),
            What::Rank { .. } | What::Files => Err(format!("`{}` is reckoned with", target.key)),
            What::Nothing(why) => Err(format!("`{}` is no answer: {why}", target.key)),
        }
    }
}

/// The value of an expression that looks at no answer.
pub(super) fn constant(expression: &Expression) -> Option<f64> {
    let value = match expression {
        Expression::Number(number) => *number,
        Expression::Minus(inner) => -constant(inner)?,
        Expression::Binary(sign, left, right) => {
            let (a, b) = (constant(left)?, constant(right)?);
            match sign {
                Binary::Plus => a + b,
                Binary::Minus => a - b,
                Binary::Times => a * b,
                Binary::Over => a / b,
                _ => return None,
            }
        }
        Expression::Call(name, parts) => match (name.as_str(), parts.as_slice()) {
            ("pi", []) => std::f64::consts::PI,
            ("abs", [a]) => constant(a)?.abs(),
            ("floor", [a]) => constant(a)?.floor(),
            ("ceil", [a]) => constant(a)?.ceil(),
            ("round", [a]) => constant(a)?.round(),
            ("sqrt", [a]) => constant(a)?.sqrt(),
            _ => return None,
        },
        _ => return None,
    };
    value.is_finite().then_some(value)
}

pub(super) fn no_function(name: &str) -> String {
    format!(
        "the function `{}` has no counterpart",
        name.chars().take(40).collect::<String>()
    )
}

fn one_of(
    name: &str,
    keys: Vec<&str>,
    other: Option<(usize, String)>,
    of: usize,
    empty: bool,
) -> Said {
    let chosen = keys.len();
    let keys: Vec<String> = keys
        .into_iter()
        .enumerate()
        .map(|(at, key)| match &other {
            Some((place, other)) if *place == at => other.clone(),
            _ => key.to_owned(),
        })
        .collect();
    let said = match keys.as_slice() {
        [] => Said::Constant(false),
        _ if chosen == of => answered(name),
        [one] => Said::One(format!("{name} == '{one}'")),
        several => {
            let quoted: Vec<String> = several.iter().map(|key| format!("'{key}'")).collect();
            Said::One(format!("{name} in [{}]", quoted.join(", ")))
        }
    };
    match (empty, chosen == of) {
        (true, true) => Said::Constant(true),
        (true, false) => any(vec![open(name), said]),
        (false, _) => said,
    }
}

fn flag(name: &str, option: &str, chosen: bool, not: bool) -> Said {
    match (chosen, not) {
        (true, true) => Said::Constant(true),
        (false, false) => Said::Constant(false),
        (true, false) => Said::One(format!("'{option}' in {name}")),
        (false, true) => any(vec![
            open(name),
            Said::One(format!("!('{option}' in {name})")),
        ]),
    }
}

/// A value that is written out.
pub(super) fn literal(expression: &Expression) -> Option<String> {
    match expression {
        Expression::Text(text) => Some(text.clone()),
        Expression::Number(number) => Some(figure(*number)),
        Expression::Minus(inner) => match inner.as_ref() {
            Expression::Number(number) => Some(figure(-number)),
            _ => None,
        },
        _ => None,
    }
}

/// Whether LimeSurvey finds that a value compares so: as numbers where both are, else as texts.
pub(super) fn holds(sign: Binary, left: &str, right: &str) -> bool {
    let numbers = (
        left.trim().parse::<f64>().ok(),
        right.trim().parse::<f64>().ok(),
    );
    let order = match numbers {
        (Some(a), Some(b)) => a.partial_cmp(&b),
        _ => Some(left.cmp(right)),
    };
    // Nothing is neither smaller nor larger than a number.
    let incomparable = left.is_empty() != right.is_empty();
    match (sign, order) {
        (_, None) => false,
        (Binary::Equal, Some(order)) => order.is_eq(),
        (Binary::Unequal, Some(order)) => order.is_ne(),
        _ if incomparable => false,
        (Binary::Less, Some(order)) => order.is_lt(),
        (Binary::AtMost, Some(order)) => order.is_le(),
        (Binary::Greater, Some(order)) => order.is_gt(),
        (Binary::AtLeast, Some(order)) => order.is_ge(),
        _ => false,
    }
}

fn sense(sign: Binary, wanted: bool) -> Binary {
    if wanted { sign } else { negated(sign) }
}

fn negated(sign: Binary) -> Binary {
    match sign {
        Binary::Equal => Binary::Unequal,
        Binary::Unequal => Binary::Equal,
        Binary::Less => Binary::AtLeast,
        Binary::AtMost => Binary::Greater,
        Binary::Greater => Binary::AtMost,
        Binary::AtLeast => Binary::Less,
        same => same,
    }
}

fn turned(sign: Binary) -> Binary {
    match sign {
        Binary::Less => Binary::Greater,
        Binary::AtMost => Binary::AtLeast,
        Binary::Greater => Binary::Less,
        Binary::AtLeast => Binary::AtMost,
        same => same,
    }
}

pub(super) fn written(sign: Binary) -> &'static str {
    match sign {
        Binary::And => "&&",
        Binary::Or => "||",
        Binary::Equal => "==",
        Binary::Unequal => "!=",
        Binary::Less => "<",
        Binary::AtMost => "<=",
        Binary::Greater => ">",
        Binary::AtLeast => ">=",
        Binary::Plus => "+",
        Binary::Minus => "-",
        Binary::Times => "*",
        Binary::Over => "/",
    }
}

pub(super) fn named_sign(sign: &str) -> Result<Binary, Why> {
    match sign.trim() {
        "==" | "eq" => Ok(Binary::Equal),
        "!=" | "ne" => Ok(Binary::Unequal),
        "<" | "lt" => Ok(Binary::Less),
        "<=" | "le" => Ok(Binary::AtMost),
        ">" | "gt" => Ok(Binary::Greater),
        ">=" | "ge" => Ok(Binary::AtLeast),
        "RX" => Err("it matches a pattern with numbers".to_owned()),
        other => Err(format!(
            "`{}` is no comparison",
            other.chars().take(10).collect::<String>()
        )),
    }
}

/// A number as conditions write it.
pub fn figure(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        format!("{number:.0}")
    } else {
        format!("{number}")
    }
}

/// A text within single quotes.
pub fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('\'', "\\'")
        .replace(['\n', '\r'], " ")
}

/// A pattern without its slashes; the whole text must match in the format, so what is not anchored is opened.
///
/// # Errors
/// What the format's patterns cannot say.
pub fn bare_pattern(pattern: &str) -> Result<String, Why> {
    let trimmed = pattern.trim();
    let Some(inner) = trimmed.strip_prefix('/') else {
        return Err("the pattern does not begin with a slash".to_owned());
    };
    let Some((inner, flags)) = inner.rsplit_once('/') else {
        return Err("the pattern does not end with a slash".to_owned());
    };
    let flags: String = flags
        .chars()
        .filter(|c| !matches!(c, 'u' | 'm' | 's'))
        .collect();
    if !matches!(flags.as_str(), "" | "i") {
        return Err(format!("the pattern has the flag `{flags}`"));
    }
    if inner.contains("(?=")
        || inner.contains("(?!")
        || inner.contains("(?<")
        || inner.contains("\\1")
    {
        return Err("the pattern looks ahead or back".to_owned());
    }
    let inner = inner.replace("\\/", "/");
    let begin = if inner.starts_with('^') { "" } else { ".*" };
    let end = if inner.ends_with('$') && !inner.ends_with("\\$") {
        ""
    } else {
        ".*"
    };
    let bare = inner.strip_prefix('^').unwrap_or(&inner);
    let bare = if end.is_empty() {
        bare.strip_suffix('$').unwrap_or(bare)
    } else {
        bare
    };
    let bare = if bare.contains('|') {
        format!("({bare})")
    } else {
        bare.to_owned()
    };
    let mut whole = format!("{begin}{bare}{end}");
    // PHP's letters are those of ASCII; ours are those of all languages, which can make a pattern too large.
    if crate::Pattern::new(&whole, None).is_none() {
        let ascii = whole
            .replace("\\w", "[0-9A-Za-z_]")
            .replace("\\W", "[^0-9A-Za-z_]")
            .replace("\\d", "[0-9]");
        if crate::Pattern::new(&ascii, None).is_some() {
            whole = ascii;
        }
    }
    Ok(if flags == "i" {
        format!("(?i){whole}")
    } else {
        whole
    })
}
