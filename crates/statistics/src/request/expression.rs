//! The small language of `where`, `exclude` and `define`.
//!
//! ```text
//! stype != 'H' and (enroll >= 500 or missing(target))
//! land in ('BY', 'BW') and not `with a blank` == 2
//! api00 - api99                        (in `define`)
//! ```
//!
//! A comparison with a missing value is neither true nor false: the row is in no domain and is not
//! excluded either.

use std::cmp::Ordering;

use super::table::{Column, NO_LEVEL, Table};

/// An expression, read and not yet bound to a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    root: Term,
    columns: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
enum Term {
    Number(f64),
    Text(String),
    Column(String),
    Missing(String),
    Negated(Box<Term>),
    Arithmetic(char, Box<Term>, Box<Term>),
    Compare(Comparison, Box<Term>, Box<Term>),
    In(Box<Term>, Vec<Term>),
    Not(Box<Term>),
    And(Box<Term>, Box<Term>),
    Or(Box<Term>, Box<Term>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Comparison::Equal => order == Ordering::Equal,
            Comparison::Unequal => order != Ordering::Equal,
            Comparison::Less => order == Ordering::Less,
            Comparison::LessOrEqual => order != Ordering::Greater,
            Comparison::Greater => order == Ordering::Greater,
            Comparison::GreaterOrEqual => order != Ordering::Less,
        }
    }
}

/// A truth of three values.
const FALSE: u8 = 0;
const TRUE: u8 = 1;
const UNKNOWN: u8 = 2;

impl Expression {
    /// Reads an expression. The error says at which character and what was expected.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut reader = Reader {
            tokens: tokens(text)?,
            next: 0,
            columns: Vec::new(),
            depth: 0,
        };
        let root = reader.or()?;
        if let Some((at, token)) = reader.tokens.get(reader.next) {
            return Err(format!(
                "at character {at}: {} where `and`, `or` or the end was expected",
                token.words()
            ));
        }
        Ok(Self {
            root,
            columns: reader.columns,
        })
    }

    /// Names of the columns that it reads, in order, possibly repeated.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The rows where it is true.
    pub(crate) fn truth(&self, table: &Table) -> Result<Vec<bool>, String> {
        match evaluate(&self.root, table)? {
            Vector::Truth(truth) => Ok(truth.into_iter().map(|t| t == TRUE).collect()),
            other => Err(format!(
                "it gives {}, not true or false; compare it with something, as in `{} == 1`",
                other.kind(),
                self.columns.first().map_or("x", String::as_str)
            )),
        }
    }

    /// The rows where it is true, those where it is not known being false as well.
    pub(crate) fn column(&self, table: &Table) -> Result<Column, String> {
        Ok(match evaluate(&self.root, table)? {
            Vector::Truth(truth) => Column::Byte(
                truth
                    .into_iter()
                    .map(|t| if t == UNKNOWN { i8::MIN } else { t as i8 })
                    .collect(),
            ),
            Vector::Numbers(numbers) => Column::Number(
                numbers
                    .into_iter()
                    .map(|n| if n.is_finite() { n } else { f64::NAN })
                    .collect(),
            ),
            Vector::Number(number) => Column::Number(vec![number; table.rows()]),
            Vector::Texts(codes, labels) => Column::Text {
                codes,
                labels: labels.to_vec(),
            },
            Vector::Text(text) => Column::from_texts(std::iter::repeat_n(Some(text), table.rows())),
        })
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(f64),
    Text(String),
    Name(String),
    Word(&'static str),
    Sign(&'static str),
}

impl Token {
    fn words(&self) -> String {
        match self {
            Token::Number(number) => format!("the number {number}"),
            Token::Text(text) => format!("the text '{text}'"),
            Token::Name(name) => format!("the name {name}"),
            Token::Word(word) => format!("`{word}`"),
            Token::Sign(sign) => format!("`{sign}`"),
        }
    }
}

const WORDS: [&str; 5] = ["and", "or", "not", "in", "missing"];
/// Longer ones first.
const SIGNS: [&str; 18] = [
    "&&", "||", "==", "!=", "<=", ">=", "<>", "<", ">", "(", ")", ",", "+", "-", "*", "/", "&", "|",
];

/// The tokens with the place of their first character, from one.
fn tokens(text: &str) -> Result<Vec<(usize, Token)>, String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let at = text[..text.len() - rest.len()].chars().count() + 1;
        if first.is_whitespace() {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        if matches!(first, '\'' | '"' | '`') {
            let inner = &rest[1..];
            // A quote that stands twice is one within the text.
            let (mut inside, mut end) = (String::new(), 0);
            loop {
                let Some(length) = inner[end..].find(first) else {
                    return Err(format!(
                        "at character {at}: the {first} that opens here is not closed"
                    ));
                };
                inside.push_str(&inner[end..end + length]);
                end += length;
                if !inner[end + 1..].starts_with(first) {
                    break;
                }
                inside.push(first);
                end += 2;
            }
            found.push((
                at,
                if first == '`' {
                    Token::Name(inside)
                } else {
                    Token::Text(inside)
                },
            ));
            rest = &inner[end + 1..];
            continue;
        }
        if first.is_ascii_digit()
            || (first == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit()))
        {
            let mut length = 0;
            let bytes = rest.as_bytes();
            while let Some(byte) = bytes.get(length) {
                let exponent =
                    matches!(byte, b'+' | b'-') && matches!(bytes[length - 1], b'e' | b'E');
                if byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E') || exponent {
                    length += 1;
                } else {
                    break;
                }
            }
            let written = &rest[..length];
            let number: f64 = written
                .parse()
                .map_err(|_| format!("at character {at}: `{written}` is no number"))?;
            found.push((at, Token::Number(number)));
            rest = &rest[length..];
            continue;
        }
        if first.is_alphabetic() || first == '_' || first == '.' {
            let length = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
                .unwrap_or(rest.len());
            let written = &rest[..length];
            let word = WORDS.iter().find(|word| word.eq_ignore_ascii_case(written));
            found.push((
                at,
                match word {
                    Some(word) => Token::Word(word),
                    None => Token::Name(written.to_owned()),
                },
            ));
            rest = &rest[length..];
            continue;
        }
        let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) else {
            return Err(match first {
                '=' => format!("at character {at}: `=` compares nothing; write `==`"),
                '!' => format!("at character {at}: `!` stands alone; write `not` or `!=`"),
                '{' | '[' => {
                    format!("at character {at}: lists stand in round brackets: ('a', 'b')")
                }
                other => format!(
                    "at character {at}: `{other}` has no meaning here; names with such characters stand in `backquotes`"
                ),
            });
        };
        rest = &rest[sign.len()..];
        let token = match *sign {
            "&&" | "&" => Token::Word("and"),
            "||" | "|" => Token::Word("or"),
            "<>" => Token::Sign("!="),
            other => Token::Sign(other),
        };
        found.push((at, token));
    }
    Ok(found)
}

struct Reader {
    tokens: Vec<(usize, Token)>,
    next: usize,
    columns: Vec<String>,
    depth: usize,
}

impl Reader {
    fn takes(&mut self, wanted: &Token) -> bool {
        let found = self.tokens.get(self.next).is_some_and(|(_, t)| t == wanted);
        self.next += usize::from(found);
        found
    }

    fn expected(&self, what: &str) -> String {
        match self.tokens.get(self.next) {
            Some((at, token)) => format!(
                "at character {at}: {} where {what} was expected",
                token.words()
            ),
            None => format!("it ends where {what} was expected"),
        }
    }

    fn deeper(&mut self) -> Result<(), String> {
        self.depth += 1;
        if self.depth > 200 {
            return Err("it is nested too deeply".to_owned());
        }
        Ok(())
    }

    fn or(&mut self) -> Result<Term, String> {
        self.deeper()?;
        let mut left = self.and()?;
        while self.takes(&Token::Word("or")) {
            left = Term::Or(Box::new(left), Box::new(self.and()?));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn and(&mut self) -> Result<Term, String> {
        let mut left = self.not()?;
        while self.takes(&Token::Word("and")) {
            left = Term::And(Box::new(left), Box::new(self.not()?));
        }
        Ok(left)
    }

    fn not(&mut self) -> Result<Term, String> {
        if self.takes(&Token::Word("not")) {
            self.deeper()?;
            let inner = self.not()?;
            self.depth -= 1;
            return Ok(Term::Not(Box::new(inner)));
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<Term, String> {
        let left = self.sum()?;
        let signs = [
            ("==", Comparison::Equal),
            ("!=", Comparison::Unequal),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        for (sign, comparison) in signs {
            if self.takes(&Token::Sign(sign)) {
                let right = self.sum()?;
                return Ok(Term::Compare(comparison, Box::new(left), Box::new(right)));
            }
        }
        let negated = self.takes(&Token::Word("not"));
        if self.takes(&Token::Word("in")) {
            let list = self.list()?;
            let within = Term::In(Box::new(left), list);
            return Ok(if negated {
                Term::Not(Box::new(within))
            } else {
                within
            });
        }
        if negated {
            return Err(self.expected("`in`"));
        }
        Ok(left)
    }

    fn list(&mut self) -> Result<Vec<Term>, String> {
        if !self.takes(&Token::Sign("(")) {
            return Err(self.expected("a list in round brackets, as in ('a', 'b'),"));
        }
        let mut list = Vec::new();
        loop {
            let minus = self.takes(&Token::Sign("-"));
            match self.tokens.get(self.next) {
                Some((_, Token::Number(number))) => {
                    list.push(Term::Number(if minus { -number } else { *number }));
                }
                Some((_, Token::Text(text))) if !minus => list.push(Term::Text(text.clone())),
                _ => return Err(self.expected("a number or a text in quotes")),
            }
            self.next += 1;
            if self.takes(&Token::Sign(")")) {
                return Ok(list);
            }
            if !self.takes(&Token::Sign(",")) {
                return Err(self.expected("`,` or `)`"));
            }
        }
    }

    fn sum(&mut self) -> Result<Term, String> {
        let mut left = self.product()?;
        loop {
            let sign = if self.takes(&Token::Sign("+")) {
                '+'
            } else if self.takes(&Token::Sign("-")) {
                '-'
            } else {
                return Ok(left);
            };
            left = Term::Arithmetic(sign, Box::new(left), Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Result<Term, String> {
        let mut left = self.operand()?;
        loop {
            let sign = if self.takes(&Token::Sign("*")) {
                '*'
            } else if self.takes(&Token::Sign("/")) {
                '/'
            } else {
                return Ok(left);
            };
            left = Term::Arithmetic(sign, Box::new(left), Box::new(self.operand()?));
        }
    }

    fn operand(&mut self) -> Result<Term, String> {
        if self.takes(&Token::Sign("-")) {
            self.deeper()?;
            let inner = self.operand()?;
            self.depth -= 1;
            return Ok(Term::Negated(Box::new(inner)));
        }
        if self.takes(&Token::Sign("(")) {
            let inner = self.or()?;
            if !self.takes(&Token::Sign(")")) {
                return Err(self.expected("`)`"));
            }
            return Ok(inner);
        }
        if self.takes(&Token::Word("missing")) {
            if !self.takes(&Token::Sign("(")) {
                return Err(self.expected("`(` behind `missing`"));
            }
            let Some((_, Token::Name(name))) = self.tokens.get(self.next).cloned() else {
                return Err(self.expected("the name of a column"));
            };
            self.next += 1;
            if !self.takes(&Token::Sign(")")) {
                return Err(self.expected("`)`"));
            }
            self.columns.push(name.clone());
            return Ok(Term::Missing(name));
        }
        let term = match self.tokens.get(self.next) {
            Some((_, Token::Number(number))) => Term::Number(*number),
            Some((_, Token::Text(text))) => Term::Text(text.clone()),
            Some((_, Token::Name(name))) => {
                self.columns.push(name.clone());
                Term::Column(name.clone())
            }
            _ => return Err(self.expected("a column, a number or a text in quotes")),
        };
        self.next += 1;
        Ok(term)
    }
}

enum Vector<'t> {
    Number(f64),
    Numbers(Vec<f64>),
    Text(&'t str),
    Texts(Vec<u32>, &'t [String]),
    Truth(Vec<u8>),
}

impl Vector<'_> {
    fn kind(&self) -> &'static str {
        match self {
            Vector::Number(_) | Vector::Numbers(_) => "numbers",
            Vector::Text(_) | Vector::Texts(..) => "texts",
            Vector::Truth(_) => "true or false",
        }
    }

    /// Numbers by row, true being one.
    fn number(&self) -> Option<Box<dyn Fn(usize) -> f64 + '_>> {
        match self {
            Vector::Number(number) => Some(Box::new(|_| *number)),
            Vector::Numbers(numbers) => Some(Box::new(|row| numbers[row])),
            Vector::Truth(truth) => Some(Box::new(|row| match truth[row] {
                UNKNOWN => f64::NAN,
                known => f64::from(known),
            })),
            Vector::Text(_) | Vector::Texts(..) => None,
        }
    }
}

fn evaluate<'t>(term: &'t Term, table: &'t Table) -> Result<Vector<'t>, String> {
    let rows = table.rows();
    let column = |name: &str| {
        let found = table.get(name);
        found.ok_or_else(|| format!("there is no column {name}"))
    };
    let truth = |term: &'t Term| match evaluate(term, table)? {
        Vector::Truth(truth) => Ok(truth),
        other => Err(format!(
            "{} stand where true or false was expected; compare them with something",
            other.kind()
        )),
    };
    Ok(match term {
        Term::Number(number) => Vector::Number(*number),
        Term::Text(text) => Vector::Text(text),
        Term::Column(name) => match column(name)? {
            Column::Text { codes, labels } => Vector::Texts(codes.clone(), labels),
            other => Vector::Numbers(other.numbers().expect("what is no text has numbers")),
        },
        Term::Missing(name) => {
            let missing: Vec<u8> = match column(name)? {
                Column::Text { codes, .. } => {
                    codes.iter().map(|c| u8::from(*c == NO_LEVEL)).collect()
                }
                other => {
                    let numbers = other.numbers().expect("what is no text has numbers");
                    numbers.iter().map(|n| u8::from(n.is_nan())).collect()
                }
            };
            Vector::Truth(missing)
        }
        Term::Negated(inner) => match evaluate(inner, table)? {
            Vector::Number(number) => Vector::Number(-number),
            other => {
                let number = other.number().ok_or("a text has no negative")?;
                Vector::Numbers((0..rows).map(|row| -number(row)).collect())
            }
        },
        Term::Arithmetic(sign, left, right) => {
            let (left, right) = (evaluate(left, table)?, evaluate(right, table)?);
            let (Some(left), Some(right)) = (left.number(), right.number()) else {
                return Err(format!("`{sign}` computes with numbers, not with texts"));
            };
            let compute = |row: usize| {
                let (l, r) = (left(row), right(row));
                match sign {
                    '+' => l + r,
                    '-' => l - r,
                    '*' => l * r,
                    _ => l / r,
                }
            };
            Vector::Numbers((0..rows).map(compute).collect())
        }
        Term::Compare(comparison, left, right) => {
            let (left, right) = (evaluate(left, table)?, evaluate(right, table)?);
            Vector::Truth(compare(*comparison, &left, &right, rows)?)
        }
        Term::In(left, list) => {
            let left = evaluate(left, table)?;
            let mut result = vec![FALSE; rows];
            for item in list {
                let item = evaluate(item, table)?;
                for (slot, equal) in
                    result
                        .iter_mut()
                        .zip(compare(Comparison::Equal, &left, &item, rows)?)
                {
                    *slot = or(*slot, equal);
                }
            }
            Vector::Truth(result)
        }
        Term::Not(inner) => Vector::Truth(
            truth(inner)?
                .into_iter()
                .map(|t| if t == UNKNOWN { t } else { 1 - t })
                .collect(),
        ),
        Term::And(left, right) => Vector::Truth(
            truth(left)?
                .into_iter()
                .zip(truth(right)?)
                .map(|(l, r)| match (l, r) {
                    (FALSE, _) | (_, FALSE) => FALSE,
                    (TRUE, TRUE) => TRUE,
                    _ => UNKNOWN,
                })
                .collect(),
        ),
        Term::Or(left, right) => Vector::Truth(
            truth(left)?
                .into_iter()
                .zip(truth(right)?)
                .map(|(l, r)| or(l, r))
                .collect(),
        ),
    })
}

fn or(left: u8, right: u8) -> u8 {
    match (left, right) {
        (TRUE, _) | (_, TRUE) => TRUE,
        (FALSE, FALSE) => FALSE,
        _ => UNKNOWN,
    }
}

fn compare(
    comparison: Comparison,
    left: &Vector<'_>,
    right: &Vector<'_>,
    rows: usize,
) -> Result<Vec<u8>, String> {
    if let (Some(left), Some(right)) = (left.number(), right.number()) {
        let holds = |row: usize| match left(row).partial_cmp(&right(row)) {
            Some(order) => u8::from(comparison.holds(order)),
            None => UNKNOWN,
        };
        return Ok((0..rows).map(holds).collect());
    }
    let by_label = |codes: &[u32], labels: &[String], holds: &dyn Fn(&str) -> bool| -> Vec<u8> {
        let known: Vec<u8> = labels.iter().map(|label| u8::from(holds(label))).collect();
        let of = |code: &u32| known.get(*code as usize).copied().unwrap_or(UNKNOWN);
        codes.iter().map(of).collect()
    };
    match (left, right) {
        (Vector::Texts(codes, labels), Vector::Text(text)) => {
            Ok(by_label(codes, labels, &|label| {
                comparison.holds(label.cmp(text))
            }))
        }
        (Vector::Text(text), Vector::Texts(codes, labels)) => {
            Ok(by_label(codes, labels, &|label| {
                comparison.holds((*text).cmp(label))
            }))
        }
        (Vector::Text(left), Vector::Text(right)) => {
            Ok(vec![u8::from(comparison.holds((*left).cmp(right))); rows])
        }
        (Vector::Texts(left, left_labels), Vector::Texts(right, right_labels)) => Ok(left
            .iter()
            .zip(right)
            .map(
                |(l, r)| match (left_labels.get(*l as usize), right_labels.get(*r as usize)) {
                    (Some(l), Some(r)) => u8::from(comparison.holds(l.cmp(r))),
                    _ => UNKNOWN,
                },
            )
            .collect()),
        (Vector::Texts(..), Vector::Number(number))
        | (Vector::Number(number), Vector::Texts(..)) => Err(format!(
            "a text column is compared with the number {number}; write it in quotes: '{number}'"
        )),
        (Vector::Text(text), _) | (_, Vector::Text(text)) => Err(format!(
            "a column of numbers is compared with the text '{text}'; write a number without \
             quotes, or name the column in `data.text`"
        )),
        _ => Err("texts are compared with numbers".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(4);
        let texts = [Some("E"), Some("H"), None, Some("M")];
        table.insert("stype", Column::from_texts(texts.into_iter()));
        table.insert("api.stu", Column::Short(vec![100, 200, 300, i16::MIN]));
        table.insert("two words", Column::Number(vec![0.5, -1.0, 2.0, 1e3]));
        table
    }

    fn rows(text: &str) -> Vec<usize> {
        let truth = Expression::read(text).unwrap().truth(&table()).unwrap();
        (0..4).filter(|row| truth[*row]).collect()
    }

    #[test]
    fn domains() {
        for (text, want) in [
            ("stype != 'H'", vec![0, 3]),
            ("not stype == \"H\"", vec![0, 3]),
            ("stype in ('E', 'M') and api.stu <= 100", vec![0]),
            ("stype not in ('E')", vec![1, 3]),
            ("missing(stype) or missing(api.stu)", vec![2, 3]),
            ("`two words` > -0.5 && api.stu >= 2e2", vec![2]),
            (
                "api.stu - 100 == 2 * 50 | `two words` in (-1, 1000)",
                vec![1, 3],
            ),
            ("'H' < stype", vec![3]),
            ("NOT (stype == 'E' OR stype == 'H')", vec![3]),
        ] {
            assert_eq!(rows(text), want, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (text, words) in [
            ("stype = 'H'", "write `==`"),
            ("stype == 'H", "character 10"),
            ("stype == 'H' api.stu", "`and`, `or`"),
            ("(stype == 'H'", "`)`"),
            ("stype in 'H'", "round brackets"),
            ("", "ends"),
            ("a ? 3", "backquotes"),
        ] {
            let error = Expression::read(text).unwrap_err();
            assert!(error.contains(words), "{text}: {error}");
        }
        for (text, words) in [
            ("stype == 1", "quotes: '1'"),
            ("api.stu == '100'", "without quotes"),
            ("api.stu", "`api.stu == 1`"),
            ("stype + 1 > 2", "computes with numbers"),
        ] {
            let error = Expression::read(text).unwrap().truth(&table()).unwrap_err();
            assert!(error.contains(words), "{text}: {error}");
        }
    }
}
