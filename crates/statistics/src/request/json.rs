//! JSON with the place of every value, so that faults can be named where they are.

/// A value with its line and column, both from one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) value: Value,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Node>),
    /// Members in their order, each with the place of its name.
    Object(Vec<(Node, Node)>),
}

impl Value {
    /// What it is, for people.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Object(_) => "an object",
        }
    }
}

/// Why a text is no JSON: where, and what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Broken {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) what: String,
}

/// Objects and lists may be this deep.
const DEPTH: usize = 64;

/// Reads one value and nothing behind it (RFC 8259).
pub(crate) fn read(text: &str) -> Result<Node, Broken> {
    let mut reader = Reader {
        rest: text.trim_start_matches('\u{feff}'),
        line: 1,
        column: 1,
    };
    let node = reader.value(0)?;
    reader.space();
    match reader.rest.chars().next() {
        None => Ok(node),
        Some(found) => {
            Err(reader.broken(format!("`{found}` behind the end of the value; remove it")))
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    column: usize,
}

impl Reader<'_> {
    fn broken(&self, what: impl Into<String>) -> Broken {
        Broken {
            line: self.line,
            column: self.column,
            what: what.into(),
        }
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn take(&mut self) -> Option<char> {
        let found = self.peek()?;
        self.rest = &self.rest[found.len_utf8()..];
        if found == '\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
        Some(found)
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\r' | '\n')) {
            self.take();
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node, Broken> {
        self.space();
        let (line, column) = (self.line, self.column);
        if depth > DEPTH {
            return Err(self.broken("lists and objects are nested too deeply"));
        }
        let value = match self.peek() {
            Some('{') => self.object(depth)?,
            Some('[') => self.list(depth)?,
            Some('"') => Value::Text(self.text()?),
            Some('-' | '0'..='9') => self.number()?,
            Some('a'..='z' | 'A'..='Z') => self.word()?,
            Some('\'') => {
                return Err(
                    self.broken("texts stand in double quotes (\") in JSON, not in single ones")
                );
            }
            Some(found) => {
                return Err(self.broken(format!("`{found}` where a value was expected")));
            }
            None => return Err(self.broken("the text ends where a value was expected")),
        };
        Ok(Node {
            line,
            column,
            value,
        })
    }

    fn object(&mut self, depth: usize) -> Result<Value, Broken> {
        self.take();
        let mut members: Vec<(Node, Node)> = Vec::new();
        self.space();
        if self.peek() == Some('}') {
            self.take();
            return Ok(Value::Object(members));
        }
        loop {
            self.space();
            let (line, column) = (self.line, self.column);
            if self.peek() != Some('"') {
                let what = match (self.peek(), members.is_empty()) {
                    (Some('}'), false) => "a comma before `}`; remove it",
                    _ => "a name in double quotes was expected here",
                };
                return Err(self.broken(what));
            }
            let name = Node {
                line,
                column,
                value: Value::Text(self.text()?),
            };
            self.space();
            if self.peek() != Some(':') {
                return Err(self.broken("`:` was expected behind the name"));
            }
            self.take();
            let value = self.value(depth + 1)?;
            members.push((name, value));
            self.space();
            match self.peek() {
                Some(',') => {
                    self.take();
                }
                Some('}') => {
                    self.take();
                    return Ok(Value::Object(members));
                }
                _ => return Err(self.broken("`,` or `}` was expected here")),
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, Broken> {
        self.take();
        let mut items = Vec::new();
        self.space();
        if self.peek() == Some(']') {
            self.take();
            return Ok(Value::List(items));
        }
        loop {
            self.space();
            if self.peek() == Some(']') && !items.is_empty() {
                return Err(self.broken("a comma before `]`; remove it"));
            }
            items.push(self.value(depth + 1)?);
            self.space();
            match self.peek() {
                Some(',') => {
                    self.take();
                }
                Some(']') => {
                    self.take();
                    return Ok(Value::List(items));
                }
                _ => return Err(self.broken("`,` or `]` was expected here")),
            }
        }
    }

    fn text(&mut self) -> Result<String, Broken> {
        let start = self.broken("the text that begins here does not end");
        self.take();
        let mut text = String::new();
        loop {
            match self.peek() {
                None | Some('\n') => return Err(start),
                Some('"') => {
                    self.take();
                    return Ok(text);
                }
                Some('\\') => text.push(self.escape()?),
                Some(control) if u32::from(control) < 0x20 => {
                    return Err(self.broken("a control character in a text; write it as \\u00.."));
                }
                Some(other) => {
                    self.take();
                    text.push(other);
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, Broken> {
        let start = self.broken("no such escape; \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX exist");
        self.take();
        Ok(match self.take() {
            Some('"') => '"',
            Some('\\') => '\\',
            Some('/') => '/',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                let high = self.four().ok_or_else(|| start.clone())?;
                let code = if (0xd800..0xdc00).contains(&high) {
                    let pair = (self.take(), self.take());
                    let low = self.four().ok_or_else(|| start.clone())?;
                    if pair != (Some('\\'), Some('u')) || !(0xdc00..0xe000).contains(&low) {
                        return Err(start);
                    }
                    0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)
                } else {
                    high
                };
                char::from_u32(code).ok_or(start)?
            }
            _ => return Err(start),
        })
    }

    fn four(&mut self) -> Option<u32> {
        let mut code = 0;
        for _ in 0..4 {
            code = code * 16 + self.take()?.to_digit(16)?;
        }
        Some(code)
    }

    fn number(&mut self) -> Result<Value, Broken> {
        let start = self.broken("");
        let length = self
            .rest
            .find(|c: char| !matches!(c, '0'..='9' | '-' | '+' | '.' | 'e' | 'E'))
            .unwrap_or(self.rest.len());
        let written = &self.rest[..length];
        let digits = written.strip_prefix('-').unwrap_or(written);
        let whole = digits.split(['.', 'e', 'E']).next().unwrap_or_default();
        let wrong = whole.is_empty()
            || (whole.len() > 1 && whole.starts_with('0'))
            || digits.ends_with('.')
            || digits.contains(".e")
            || digits.contains(".E");
        let number = written
            .parse::<f64>()
            .ok()
            .filter(|n| n.is_finite() && !wrong);
        let Some(number) = number else {
            return Err(Broken {
                what: format!("`{written}` is no number of JSON"),
                ..start
            });
        };
        for _ in 0..length {
            self.take();
        }
        Ok(Value::Number(number))
    }

    fn word(&mut self) -> Result<Value, Broken> {
        let length = self
            .rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(self.rest.len());
        let value = match &self.rest[..length] {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            other => {
                return Err(self.broken(format!(
                    "`{other}` is no value of JSON; a text stands in double quotes: \"{other}\""
                )));
            }
        };
        for _ in 0..self.rest[..length].chars().count() {
            self.take();
        }
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_values() {
        let node =
            read("{\n  \"a\": [1, -2.5e3, \"x\\u00e4\\ud83d\\ude00\", null, true]\n}").unwrap();
        let Value::Object(members) = node.value else {
            panic!()
        };
        assert_eq!((members[0].1.line, members[0].1.column), (2, 8));
        let Value::List(items) = &members[0].1.value else {
            panic!()
        };
        assert_eq!(items[1].value, Value::Number(-2500.0));
        assert_eq!(items[2].value, Value::Text("xä😀".to_owned()));
    }

    #[test]
    fn what_is_broken_is_named_with_its_place() {
        for (text, line, column, words) in [
            ("{\"a\": 1,\n}", 2, 1, "comma before"),
            ("{\"a\" 1}", 1, 6, "`:`"),
            ("[1 2]", 1, 4, "`,` or `]`"),
            ("{'a': 1}", 1, 2, "double quotes"),
            ("[yes]", 1, 2, "\"yes\""),
            ("[\"a]\n", 1, 2, "does not end"),
            ("[01]", 1, 2, "no number"),
            ("{} x", 1, 4, "behind the end"),
            ("", 1, 1, "ends"),
        ] {
            let broken = read(text).unwrap_err();
            assert_eq!(
                (broken.line, broken.column),
                (line, column),
                "{text}: {broken:?}"
            );
            assert!(broken.what.contains(words), "{broken:?}");
        }
    }
}
