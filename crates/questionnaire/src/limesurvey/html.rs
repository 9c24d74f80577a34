//! From HTML to the emphasis, lists and links of the format; and to plain words.
//!
//! A small forgiving reader: tags it knows become marks, all others go with their attributes, the insides of scripts,
//! styles and frames go altogether. What was lost beside looks is told.

/// What a text lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Lost {
    pub script: bool,
    pub picture: bool,
    pub table: bool,
    pub field: bool,
    pub link: bool,
}

/// Elements whose inside is not for people.
const UNREAD: [&str; 12] = [
    "script", "style", "iframe", "object", "embed", "applet", "noscript", "template", "head",
    "title", "svg", "math",
];

/// A text with the marks of the format.
pub fn marked(html: &str) -> (String, Lost) {
    clean(html, true)
}

/// A text of one line without marks, for titles and codes.
pub fn plain(html: &str) -> (String, Lost) {
    let (text, lost) = clean(html, false);
    (text.split_whitespace().collect::<Vec<_>>().join(" "), lost)
}

struct Cleaned {
    out: String,
    marks: bool,
    lost: Lost,
    /// Open emphasis, with where its words begin.
    open: Vec<(&'static str, usize)>,
    /// Open link: address and where its words begin.
    link: Option<(String, usize)>,
    lists: Vec<Option<usize>>,
    cells: usize,
}

fn clean(html: &str, marks: bool) -> (String, Lost) {
    let mut cleaned = Cleaned {
        out: String::with_capacity(html.len()),
        marks,
        lost: Lost::default(),
        open: Vec::new(),
        link: None,
        lists: Vec::new(),
        cells: 0,
    };
    // Without any tag, line ends are as the author set them.
    let by_tags = html.contains('<');
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        cleaned.text(&rest[..at], by_tags);
        rest = &rest[at..];
        let Some((tag, after)) = tag(rest) else {
            cleaned.text("<", by_tags);
            rest = &rest[1..];
            continue;
        };
        rest = after;
        if UNREAD.contains(&tag.name.as_str()) && !tag.closing {
            cleaned.lost.script |= tag.name == "script";
            cleaned.lost.picture |= matches!(
                tag.name.as_str(),
                "iframe" | "object" | "embed" | "svg" | "math"
            );
            if !tag.alone {
                rest = behind(rest, &tag.name);
            }
            continue;
        }
        cleaned.tag(&tag);
    }
    cleaned.text(rest, by_tags);
    cleaned.end()
}

struct Tag<'t> {
    name: String,
    closing: bool,
    alone: bool,
    attributes: &'t str,
}

/// The tag at the beginning of a text, and what stands behind it. `a < b` is none.
fn tag(text: &str) -> Option<(Tag<'_>, &str)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        let end = comment.find("-->").map_or(comment.len(), |at| at + 3);
        let nothing = Tag {
            name: String::new(),
            closing: false,
            alone: true,
            attributes: "",
        };
        return Some((nothing, &comment[end..]));
    }
    let inner = &text[1..];
    let (closing, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner),
        None => (false, inner.strip_prefix(['!', '?']).unwrap_or(inner)),
    };
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = inner
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(inner.len());
    let name = inner[..end].to_ascii_lowercase();
    let rest = &inner[end..];
    let mut quote = None;
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (None, '>') => {
                let attributes = &rest[..at];
                let alone = attributes.trim_end().ends_with('/');
                return Some((
                    Tag {
                        name,
                        closing,
                        alone,
                        attributes,
                    },
                    &rest[at + 1..],
                ));
            }
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    // Never closed: all of it is the tag, so that nothing of it can come through.
    Some((
        Tag {
            name,
            closing,
            alone: false,
            attributes: rest,
        },
        "",
    ))
}

/// What stands behind the closing tag of this name.
fn behind<'t>(text: &'t str, name: &str) -> &'t str {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = text[from..].find("</") {
        let begin = from + at + 2;
        let end = begin + name.len();
        if bytes.len() >= end && bytes[begin..end].eq_ignore_ascii_case(name.as_bytes()) {
            let close = text[end..].find('>').map_or(text.len(), |at| end + at + 1);
            return &text[close..];
        }
        from = begin;
    }
    ""
}

/// The value of an attribute, decoded.
fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '=' | '/'))
            .unwrap_or(rest.len());
        if end == 0 {
            rest = rest.strip_prefix('=')?;
            continue;
        }
        let name = &rest[..end];
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            (value, rest) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    after[1..].split_once(quote).unwrap_or((&after[1..], ""))
                }
                _ => {
                    let end = after.find(char::is_whitespace).unwrap_or(after.len());
                    (&after[..end], &after[end..])
                }
            };
        }
        if name.eq_ignore_ascii_case(wanted) {
            return Some(decoded(value));
        }
        if rest.is_empty() {
            return None;
        }
    }
}

impl Cleaned {
    fn text(&mut self, text: &str, by_tags: bool) {
        let text = decoded(text);
        for c in text.chars() {
            match c {
                '\n' | '\r' if !by_tags && c == '\n' => self.out.push('\n'),
                c if c.is_whitespace() && c != '\u{a0}' => {
                    if !self.out.is_empty() && !self.out.ends_with([' ', '\n']) {
                        self.out.push(' ');
                    }
                }
                '\u{a0}' => {
                    if !self.out.is_empty() && !self.out.ends_with([' ', '\n']) {
                        self.out.push(' ');
                    }
                }
                c if c.is_control()
                    || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}') =>
                    {}
                c => self.out.push(c),
            }
        }
    }

    /// A new line, or a new paragraph.
    fn line(&mut self, lines: usize) {
        self.shut();
        while self.out.ends_with(' ') {
            self.out.pop();
        }
        if self.out.is_empty() {
            return;
        }
        let there = self.out.chars().rev().take_while(|c| *c == '\n').count();
        for _ in there..lines {
            self.out.push('\n');
        }
    }

    /// Emphasis and links do not reach over lines.
    fn shut(&mut self) {
        while let Some((mark, from)) = self.open.pop() {
            self.emphasise(mark, from);
        }
        self.close_link();
    }

    fn emphasise(&mut self, mark: &str, from: usize) {
        let words = self.out.get(from..).unwrap_or_default().trim();
        if !self.marks
            || words.is_empty()
            || words.contains(['*', '\n'])
            || (mark == "_" && words.contains('_'))
        {
            return;
        }
        // A mark within a word would stay literal.
        let within = mark == "_" && self.out[..from].ends_with(char::is_alphanumeric);
        if within {
            return;
        }
        let words = words.to_owned();
        let (lead, trail) = (self.out[from..].starts_with(' '), self.out.ends_with(' '));
        self.out.truncate(from);
        if lead {
            self.out.push(' ');
        }
        self.out.push_str(mark);
        self.out.push_str(&words);
        self.out.push_str(mark);
        if trail {
            self.out.push(' ');
        }
    }

    fn close_link(&mut self) {
        let Some((address, from)) = self.link.take() else {
            return;
        };
        let words = self.out.get(from..).unwrap_or_default().trim().to_owned();
        let words = words.replace(['[', ']'], "");
        if !self.marks || address.is_empty() {
            return;
        }
        let words = if words.is_empty() {
            address.clone()
        } else {
            words
        };
        self.out.truncate(from);
        self.out.push_str(&format!("[{words}]({address})"));
    }

    fn tag(&mut self, tag: &Tag) {
        match (tag.name.as_str(), tag.closing) {
            ("b" | "strong", false) => self.open.push(("**", self.out.len())),
            ("i" | "em" | "u", false) => self.open.push(("_", self.out.len())),
            ("b" | "strong" | "i" | "em" | "u", true) => {
                if let Some((mark, from)) = self.open.pop() {
                    self.emphasise(mark, from);
                }
            }
            ("a", false) => {
                self.close_link();
                let address = attribute(tag.attributes, "href").map(|a| a.trim().to_owned());
                let safe = address.as_deref().is_some_and(safe);
                self.lost.link |= address
                    .as_deref()
                    .is_some_and(|a| !a.is_empty() && !a.starts_with('#'))
                    && !safe;
                self.lost.script |= address.as_deref().is_some_and(scripted);
                let address = address.filter(|_| safe).unwrap_or_default();
                self.link = Some((address, self.out.len()));
            }
            ("a", true) => self.close_link(),
            ("br", _) => self.line(2),
            (
                "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "section"
                | "article" | "header" | "footer" | "pre" | "center" | "hr" | "dl" | "fieldset"
                | "form",
                closing,
            ) => {
                self.line(if tag.name == "div" { 1 } else { 2 });
                if tag.name.len() == 2 && tag.name.starts_with('h') && tag.name != "hr" && !closing
                {
                    self.open.push(("**", self.out.len()));
                }
            }
            ("ul", false) => {
                self.line(2);
                self.lists.push(None);
            }
            ("ol", false) => {
                self.line(2);
                self.lists.push(Some(0));
            }
            ("ul" | "ol", true) => {
                self.lists.pop();
                self.line(2);
            }
            ("li", false) => {
                self.line(1);
                let begin = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("- {number}. ")
                    }
                    _ => "- ".to_owned(),
                };
                self.out.push_str(if self.marks { &begin } else { " " });
            }
            ("li" | "dt" | "dd" | "caption", _) => self.line(1),
            ("table" | "thead" | "tbody", _) => {
                self.lost.table = true;
                self.line(2);
            }
            ("tr", closing) => {
                self.cells = 0;
                self.line(1);
                if !closing && self.marks {
                    self.out.push_str("- ");
                }
            }
            ("td" | "th", false) => {
                if self.cells > 0 && !self.out.ends_with('\n') {
                    self.shut();
                    while self.out.ends_with(' ') {
                        self.out.pop();
                    }
                    self.out.push_str(" | ");
                }
                self.cells += 1;
            }
            ("img" | "video" | "audio" | "canvas" | "picture", false) => {
                self.lost.picture = true;
                if let Some(words) = attribute(tag.attributes, "alt")
                    && !words.trim().is_empty()
                {
                    self.text(&words, true);
                }
            }
            ("input" | "select" | "button" | "textarea", false) => self.lost.field = true,
            _ => {}
        }
        if !tag.closing && has_handler(tag.attributes) {
            self.lost.script = true;
        }
    }

    fn end(mut self) -> (String, Lost) {
        self.shut();
        let mut lines: Vec<&str> = Vec::new();
        for line in self.out.lines().map(str::trim) {
            let doubled = line.is_empty() && lines.last().is_none_or(|last| last.is_empty());
            let bare = line.trim_matches(['|', ' ', '-']).is_empty() && line.contains('|');
            if !doubled && line != "-" && !bare {
                lines.push(line);
            }
        }
        while lines.last().is_some_and(|line| line.is_empty()) {
            lines.pop();
        }
        (lines.join("\n"), self.lost)
    }
}

fn has_handler(attributes: &str) -> bool {
    let lower = attributes.to_ascii_lowercase();
    let words = lower.split(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\''));
    words
        .filter_map(|word| word.split_once('='))
        .any(|(name, _)| name.len() > 2 && name.starts_with("on"))
}

fn scripted(address: &str) -> bool {
    let bare: String = address
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .collect();
    let bare = bare.to_ascii_lowercase();
    ["javascript:", "vbscript:", "data:"]
        .iter()
        .any(|scheme| bare.starts_with(scheme))
}

/// Addresses that a text may lead to, and that the format can hold.
fn safe(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    let scheme = ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme) && lower.len() > scheme.len());
    scheme
        && !address.contains(|c: char| {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, '(' | ')' | '<' | '>' | '"' | '\\' | '{' | '}')
        })
}

/// Named characters that texts of surveys use.
const NAMED: [(&str, &str); 48] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("auml", "ä"),
    ("ouml", "ö"),
    ("uuml", "ü"),
    ("Auml", "Ä"),
    ("Ouml", "Ö"),
    ("Uuml", "Ü"),
    ("szlig", "ß"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("ecirc", "ê"),
    ("euml", "ë"),
    ("agrave", "à"),
    ("acirc", "â"),
    ("aacute", "á"),
    ("ccedil", "ç"),
    ("ocirc", "ô"),
    ("oacute", "ó"),
    ("ograve", "ò"),
    ("icirc", "î"),
    ("iacute", "í"),
    ("iuml", "ï"),
    ("ucirc", "û"),
    ("uacute", "ú"),
    ("ugrave", "ù"),
    ("ntilde", "ñ"),
    ("Eacute", "É"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("bdquo", "„"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("euro", "€"),
    ("deg", "°"),
    ("sect", "§"),
    ("middot", "·"),
    ("bull", "•"),
    ("copy", "©"),
];

/// A text with its named and numbered characters decoded, once.
fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.bytes().take(12).position(|b| b == b';');
        let known = end.and_then(|end| character(&rest[..end]));
        match (known, end) {
            (Some(known), Some(end)) => {
                out.push_str(&known);
                rest = &rest[end + 1..];
            }
            _ => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<String> {
    if let Some((_, known)) = NAMED.iter().find(|(named, _)| *named == name) {
        return Some((*known).to_owned());
    }
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
        .filter(|c| *c != '\0')
        .map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_lists_and_links_stay() {
        let cases = [
            (
                "<p>Ein <strong>wichtiges</strong> Wort</p><p>und <em>mehr</em></p>",
                "Ein **wichtiges** Wort\n\nund _mehr_",
            ),
            ("<ul><li>eins</li><li>zwei</li></ul>", "- eins\n- zwei"),
            (
                "Siehe <a href=\"https://www.example.org/a?b=1&amp;c=2\">dort</a>.",
                "Siehe [dort](https://www.example.org/a?b=1&c=2).",
            ),
            ("a &lt; b &amp; c&nbsp;d &uuml;ber", "a < b & c d über"),
            ("1 < 2 und 3 > 2", "1 < 2 und 3 > 2"),
            ("eins<br />zwei", "eins\n\nzwei"),
            (
                "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
                "- a | b\n- c",
            ),
            ("ohne\nTags", "ohne\nTags"),
        ];
        for (html, text) in cases {
            assert_eq!(marked(html).0, text, "{html}");
        }
    }

    #[test]
    fn nothing_that_runs_comes_through() {
        let hostile = [
            "<script>alert(1)</script>x",
            "<SCRIPT src=//evil.example/x.js></SCRIPT >x",
            "<img src=x onerror=alert(1)>x",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<a href=\" java\nscript:alert(1)\">x</a>",
            "<a href='data:text/html,alert(1)'>x</a>",
            "<style>p{background:url(javascript:alert(1))}</style>x",
            "<svg onload=alert(1)><script>alert(1)</script></svg>x",
            "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>x",
            "<div onclick=\"alert(1)\">x</div>",
            "x<script>alert(1)",
            "x<img src=\"",
            "<p onmouseover='alert(1)'>x",
        ];
        for html in hostile {
            let (text, lost) = marked(html);
            assert_eq!(text, "x", "{html}");
            assert!(
                lost != Lost::default() || html.contains("style") || html.ends_with("src=\""),
                "{html}: nothing is told"
            );
        }
    }
}
