//! The parser.

/// Characters of an expression at most.
const LENGTH: usize = 20_000;
/// Brackets and signs within each other at most.
const DEPTH: usize = 40;

/// An expression as it is written.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Expression {
    Number(f64),
    Text(String),
    /// A variable with all that stands behind its dots.
    Name(String),
    Not(Box<Expression>),
    Minus(Box<Expression>),
    Binary(Binary, Box<Expression>, Box<Expression>),
    Call(String, Vec<Expression>),
}

/// Signs between two expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Binary {
    And,
    Or,
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Plus,
    Minus,
    Times,
    Over,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(f64),
    Text(String),
    Name(String),
    Sign(&'static str),
}

/// Reads an expression.
///
/// # Errors
/// What cannot be read, in words.
pub fn read(text: &str) -> Result<Expression, String> {
    if text.len() > LENGTH {
        return Err(format!("it has more than {LENGTH} characters"));
    }
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Err("it is empty".to_owned());
    }
    let mut parser = Parser {
        tokens,
        at: 0,
        depth: 0,
    };
    let read = parser.any()?;
    match parser.tokens.get(parser.at) {
        None => Ok(read),
        Some(token) => Err(format!("{} stands where it should end", said(token))),
    }
}

fn said(token: &Token) -> String {
    match token {
        Token::Number(number) => format!("`{number}`"),
        Token::Text(text) => format!("\"{}\"", text.chars().take(30).collect::<String>()),
        Token::Name(name) => format!("`{}`", name.chars().take(40).collect::<String>()),
        Token::Sign(sign) => format!("`{sign}`"),
    }
}

/// Signs, the longer ones first.
const SIGNS: [(&str, &str); 21] = [
    ("===", "=="),
    ("!==", "!="),
    ("==", "=="),
    ("!=", "!="),
    ("<>", "!="),
    ("<=", "<="),
    (">=", ">="),
    ("&&", "&&"),
    ("||", "||"),
    ("&", "&&"),
    ("|", "||"),
    ("<", "<"),
    (">", ">"),
    ("!", "!"),
    ("+", "+"),
    ("-", "-"),
    ("*", "*"),
    ("/", "/"),
    ("(", "("),
    (")", ")"),
    (",", ","),
];

const WORDS: [(&str, &str); 9] = [
    ("and", "&&"),
    ("or", "||"),
    ("eq", "=="),
    ("ne", "!="),
    ("lt", "<"),
    ("le", "<="),
    ("gt", ">"),
    ("ge", ">="),
    ("not", "!"),
];

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if first == '"' || first == '\'' {
            let (inner, after) = quoted(rest, first)?;
            found.push(Token::Text(inner));
            rest = after.trim_start();
            continue;
        }
        if first.is_alphanumeric()
            || first == '_'
            || (first == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit()))
        {
            let end = rest
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '#' | ':')))
                .unwrap_or(rest.len());
            let word = &rest[..end];
            found.push(word_token(word));
            rest = rest[end..].trim_start();
            continue;
        }
        if first == '\u{a0}' {
            rest = rest[first.len_utf8()..].trim_start();
            continue;
        }
        let sign = SIGNS.iter().find(|(written, _)| rest.starts_with(written));
        let Some((written, sign)) = sign else {
            return Err(if first == '=' {
                "it sets a variable with `=`".to_owned()
            } else {
                format!("`{first}` is no sign of the language")
            });
        };
        found.push(Token::Sign(sign));
        rest = rest[written.len()..].trim_start();
    }
    Ok(found)
}

fn word_token(word: &str) -> Token {
    let digits = word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if digits && let Ok(number) = word.parse::<f64>() {
        return Token::Number(number);
    }
    let lower = word.to_lowercase();
    match WORDS.iter().find(|(name, _)| *name == lower) {
        Some((_, sign)) => Token::Sign(sign),
        None => Token::Name(word.strip_prefix("INSERTANS:").unwrap_or(word).to_owned()),
    }
}

fn quoted(rest: &str, quote: char) -> Result<(String, &str), String> {
    let mut inner = String::new();
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, c)) = characters.next() {
        if c == quote {
            return Ok((inner, &rest[at + c.len_utf8()..]));
        }
        if c == '\\' {
            match characters.next() {
                Some((_, next)) if next == quote => inner.push(next),
                Some((_, next)) => {
                    inner.push('\\');
                    inner.push(next);
                }
                None => break,
            }
        } else {
            inner.push(c);
        }
    }
    Err("a quote is not closed".to_owned())
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn sign(&self) -> Option<&'static str> {
        match self.tokens.get(self.at) {
            Some(Token::Sign(sign)) => Some(sign),
            _ => None,
        }
    }

    fn take(&mut self, wanted: &str) -> bool {
        let there = self.sign() == Some(wanted);
        self.at += usize::from(there);
        there
    }

    fn any(&mut self) -> Result<Expression, String> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(format!("it is nested deeper than {DEPTH}"));
        }
        let read = self.level(0);
        self.depth -= 1;
        read
    }

    /// Signs by how strongly they bind, the weakest first.
    fn level(&mut self, level: usize) -> Result<Expression, String> {
        const LEVELS: [&[(&str, Binary)]; 6] = [
            &[("||", Binary::Or)],
            &[("&&", Binary::And)],
            &[("==", Binary::Equal), ("!=", Binary::Unequal)],
            &[
                ("<", Binary::Less),
                ("<=", Binary::AtMost),
                (">", Binary::Greater),
                (">=", Binary::AtLeast),
            ],
            &[("+", Binary::Plus), ("-", Binary::Minus)],
            &[("*", Binary::Times), ("/", Binary::Over)],
        ];
        let Some(signs) = LEVELS.get(level) else {
            return self.unary();
        };
        let mut left = self.level(level + 1)?;
        while let Some((_, binary)) = self
            .sign()
            .and_then(|sign| signs.iter().find(|(s, _)| *s == sign))
        {
            self.at += 1;
            let right = self.level(level + 1)?;
            left = Expression::Binary(*binary, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<Expression, String> {
        let mut signs = Vec::new();
        while let Some(sign @ ("!" | "-" | "+")) = self.sign() {
            signs.push(sign);
            self.at += 1;
            if signs.len() > DEPTH {
                return Err(format!("it is nested deeper than {DEPTH}"));
            }
        }
        let mut read = self.one()?;
        for sign in signs.into_iter().rev() {
            read = match sign {
                "!" => Expression::Not(Box::new(read)),
                "-" => Expression::Minus(Box::new(read)),
                _ => read,
            };
        }
        Ok(read)
    }

    fn one(&mut self) -> Result<Expression, String> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        match token {
            Some(Token::Number(number)) => Ok(Expression::Number(number)),
            Some(Token::Text(text)) => Ok(Expression::Text(text)),
            Some(Token::Name(name)) if self.take("(") => {
                let mut inner = Vec::new();
                if !self.take(")") {
                    loop {
                        inner.push(self.any()?);
                        if self.take(")") {
                            break;
                        }
                        if !self.take(",") {
                            return Err(format!("a bracket of `{name}` is not closed"));
                        }
                    }
                }
                Ok(Expression::Call(name, inner))
            }
            Some(Token::Name(name)) => Ok(Expression::Name(name)),
            Some(Token::Sign("(")) => {
                let inner = self.any()?;
                if self.take(")") {
                    Ok(inner)
                } else {
                    Err("a bracket is not closed".to_owned())
                }
            }
            Some(token) => Err(format!("{} stands where a value should", said(&token))),
            None => Err("it ends where a value should stand".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_real_surveys_write() {
        let all = [
            r#"((QCS1_SH101.NAOK == "Y") and (QCS3.NAOK != "Y")) or ((282267X2473X22834SQ201.NAOK == "Y"))"#,
            "!is_empty(cohabs) && count(p1rel.NAOK, p2rel.NAOK) == cohabs",
            r#"countifop("RX","/[02468]$/",self)"#,
            "p1rel !=\"\"",
            "if(is_numeric(num),min(num2,num,num+num2,num-num2,num*num2,num/2),'')",
            "countif(\"1\",self)==1 &&\ncountif(\"2\",self)==1",
            "-(2 + a.value) * 3 >= .5",
            "a eq 'it\\'s' OR b ne 3",
        ];
        for text in all {
            read(text).unwrap_or_else(|why| panic!("{text}: {why}"));
        }
    }

    #[test]
    fn and_binds_more_strongly_than_or() {
        let Expression::Binary(Binary::Or, _, right) = read("a or b and c").unwrap() else {
            panic!("expected or");
        };
        assert!(matches!(*right, Expression::Binary(Binary::And, _, _)));
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let cases = [
            ("a = 3", "sets a variable"),
            ("(a", "bracket"),
            ("a == 'x", "quote"),
            ("a b", "should end"),
            ("", "empty"),
            ("a >", "should stand"),
        ];
        for (text, why) in cases {
            let said = read(text).unwrap_err();
            assert!(said.contains(why), "{text}: {said}");
        }
        assert!(read(&"(".repeat(100_000)).is_err());
        assert!(read(&"!".repeat(10_000)).is_err());
    }
}
