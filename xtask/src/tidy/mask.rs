//! Rust source with comments and literals blanked, so that a rule sees code only; and where its tests are.

/// The code of a file: same length, same lines, but comments and the inside of literals are spaces.
/// The literals are kept with the byte where their content begins.
pub(super) struct Masked {
    pub(super) code: String,
    pub(super) comments: Vec<(usize, String)>,
    pub(super) literals: Vec<(usize, String)>,
}

pub(super) fn mask(text: &str) -> Masked {
    let mut masker = Masker {
        text,
        bytes: text.as_bytes(),
        at: 0,
        code: Vec::with_capacity(text.len()),
        comments: Vec::new(),
        literals: Vec::new(),
    };
    while masker.at < text.len() {
        masker.step();
    }
    Masked {
        // Blanked bytes are spaces and the others are copied in whole, so this loses nothing.
        code: String::from_utf8_lossy(&masker.code).into_owned(),
        comments: masker.comments,
        literals: masker.literals,
    }
}

/// Blanks modules and functions behind `#[cfg(test)]` too.
pub(super) fn without_tests(code: &str) -> String {
    let mut rest = code.as_bytes().to_vec();
    let mut from = 0;
    while let Some(found) = code[from..].find("#[cfg(test)]") {
        let start = from + found;
        let end = end_of_item(code, start + "#[cfg(test)]".len());
        for byte in &mut rest[start..end] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        from = end;
    }
    String::from_utf8_lossy(&rest).into_owned()
}

/// Names of modules declared as `#[cfg(test)] mod name;`.
pub(super) fn test_modules(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for behind in code.split("#[cfg(test)]").skip(1) {
        let declared = behind
            .trim_start()
            .trim_start_matches("pub(crate) ")
            .strip_prefix("mod ");
        if let Some((name, _)) = declared.and_then(|rest| rest.split_once(';'))
            && name.chars().all(|c| c.is_alphanumeric() || c == '_')
        {
            names.push(name.to_owned());
        }
    }
    names
}

/// The end of the item that begins here: its closing brace, or a semicolon before any brace.
fn end_of_item(code: &str, start: usize) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in code.bytes().enumerate().skip(start) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth <= 1 => return at + 1,
            b'}' => depth -= 1,
            b';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

struct Masker<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    code: Vec<u8>,
    comments: Vec<(usize, String)>,
    literals: Vec<(usize, String)>,
}

impl Masker<'_> {
    fn step(&mut self) {
        let rest = &self.bytes[self.at..];
        let in_word = self.at > 0
            && (self.bytes[self.at - 1].is_ascii_alphanumeric() || self.bytes[self.at - 1] == b'_');
        if rest.starts_with(b"//") {
            let end = self.text[self.at..]
                .find('\n')
                .map_or(self.text.len(), |n| self.at + n);
            self.comment(end);
        } else if rest.starts_with(b"/*") {
            self.comment(self.end_of_block());
        } else if rest[0] == b'"' {
            self.literal(1, "\"", true);
        } else if rest[0] == b'r'
            && !in_word
            && let Some(hashes) = raw_start(&rest[1..])
        {
            self.literal(2 + hashes, &format!("\"{}", "#".repeat(hashes)), false);
        } else if rest.starts_with(b"br")
            && !in_word
            && let Some(hashes) = raw_start(&rest[2..])
        {
            self.literal(3 + hashes, &format!("\"{}", "#".repeat(hashes)), false);
        } else if rest[0] == b'\'' && is_char(&self.text[self.at + 1..]) {
            self.literal(1, "'", true);
        } else {
            self.code.push(rest[0]);
            self.at += 1;
        }
    }

    fn comment(&mut self, end: usize) {
        self.comments
            .push((self.at, self.text[self.at..end].to_owned()));
        self.blank(end);
    }

    fn end_of_block(&self) -> usize {
        let mut depth = 0;
        let mut at = self.at;
        while at < self.bytes.len() {
            if self.bytes[at..].starts_with(b"/*") {
                depth += 1;
                at += 2;
            } else if self.bytes[at..].starts_with(b"*/") {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at;
                }
            } else {
                at += 1;
            }
        }
        at
    }

    /// A literal whose opening has this length.
    fn literal(&mut self, opening: usize, closing: &str, escapes: bool) {
        self.code.extend(&self.bytes[self.at..self.at + opening]);
        let start = self.at + opening;
        let mut end = start;
        while end < self.bytes.len() && !self.bytes[end..].starts_with(closing.as_bytes()) {
            end += if escapes && self.bytes[end] == b'\\' {
                2
            } else {
                1
            };
        }
        let end = end.min(self.bytes.len());
        if let Some(content) = self.text.get(start..end) {
            self.literals.push((start, content.to_owned()));
        }
        self.at = start;
        self.blank(end);
        let close = (self.at + closing.len()).min(self.bytes.len());
        self.code.extend(&self.bytes[self.at..close]);
        self.at = close;
    }

    fn blank(&mut self, end: usize) {
        for byte in &self.bytes[self.at..end] {
            self.code.push(if *byte == b'\n' { b'\n' } else { b' ' });
        }
        self.at = end;
    }
}

/// Number of hashes when a raw string begins behind its r.
fn raw_start(rest: &[u8]) -> Option<usize> {
    let hashes = rest.iter().take_while(|byte| **byte == b'#').count();
    (rest.get(hashes) == Some(&b'"')).then_some(hashes)
}

/// A character literal, not a lifetime.
fn is_char(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some('\\') => true,
        Some(_) => chars.next() == Some('\''),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_blank_and_kept() {
        let text = "let a = \"x.unwrap() \\\" // no\"; // b.unwrap()\nlet c: &'a str = r#\"d\"e\"#; let f = '\"'; /* g /* h */ */ i();";
        let masked = mask(text);
        assert_eq!(masked.code.len(), text.len());
        assert!(!masked.code.contains("unwrap"));
        assert!(masked.code.contains("&'a str") && masked.code.ends_with("i();"));
        let literals: Vec<_> = masked
            .literals
            .iter()
            .map(|(_, text)| text.as_str())
            .collect();
        assert_eq!(literals, ["x.unwrap() \\\" // no", "d\"e", "\""]);
        assert_eq!(masked.comments.len(), 2);
    }

    #[test]
    fn tests_are_left_out() {
        let code = "fn a() { b(); }\n#[cfg(test)]\nmod tests { fn c() { d(); } }\nfn e() {}\n#[cfg(test)]\nmod more;\n";
        let rest = without_tests(code);
        assert!(rest.contains("b()") && !rest.contains("d()") && rest.contains("fn e()"));
        assert_eq!(rest.lines().count(), code.lines().count());
        assert_eq!(test_modules(code), ["more"]);
    }
}
