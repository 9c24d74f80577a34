//! The file as it is written: a small tree, and which lines came from what.
//!
//! Some nodes have alternatives: a text with inserted answers and one without, a condition and none. When the finished
//! file has a fault on a line, the innermost node of that line takes its next alternative, and what that loses is told.

/// A value of the file.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub enum Yaml {
    /// Written as it is: numbers, true, false, keys.
    Word(String),
    /// A text in quotes.
    Text(String),
    /// A block on one line.
    Flow(Vec<(String, Yaml)>),
    /// A list on one line.
    List(Vec<Yaml>),
    Block(Vec<(String, Yaml)>),
    Items(Vec<Yaml>),
    Node(usize),
}

/// What is lost when a node takes its next alternative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What.
    pub what: String,
    /// Whether the question is less than it was: its answers, its obligation, who is asked.
    pub heavy: bool,
}

/// A place of the file with alternatives.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Node {
    /// What to write, the best first; `None` writes nothing.
    pub alternatives: Vec<Option<Yaml>>,
    /// What is lost by leaving each.
    pub losses: Vec<Loss>,
    /// The alternative taken.
    pub at: usize,
    /// Whose loss it is: the question in the order of the survey.
    pub question: Option<usize>,
}

/// The nodes of a file.
#[derive(Debug, Default)]
pub struct Nodes {
    /// By the number in [`Yaml::Node`].
    pub all: Vec<Node>,
}

impl Nodes {
    /// A node that falls back from each alternative to the next.
    pub fn add(
        &mut self,
        question: Option<usize>,
        alternatives: Vec<Option<Yaml>>,
        losses: Vec<Loss>,
    ) -> Yaml {
        self.all.push(Node {
            alternatives,
            losses,
            at: 0,
            question,
        });
        Yaml::Node(self.all.len() - 1)
    }

    fn taken(&self, node: usize) -> Option<&Yaml> {
        let node = self.all.get(node)?;
        node.alternatives.get(node.at)?.as_ref()
    }
}

/// Lines that came from a node, both from 1 and inclusive.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub struct Span {
    pub from: usize,
    pub to: usize,
    pub node: usize,
}

/// Writes the file.
pub fn write(root: &Yaml, nodes: &Nodes) -> (String, Vec<Span>) {
    let mut writer = Writer {
        out: String::new(),
        line: 1,
        nodes,
        spans: Vec::new(),
    };
    if let Yaml::Block(entries) = root {
        writer.block(entries, 0, false);
    }
    (writer.out, writer.spans)
}

struct Writer<'n> {
    out: String,
    line: usize,
    nodes: &'n Nodes,
    spans: Vec<Span>,
}

impl Writer<'_> {
    fn push(&mut self, text: &str) {
        self.line += text.bytes().filter(|b| *b == b'\n').count();
        self.out.push_str(text);
    }

    fn block(&mut self, entries: &[(String, Yaml)], indent: usize, in_item: bool) {
        let mut first = in_item;
        for (key, value) in entries {
            let mut found = Vec::new();
            let Some(value) = self.resolved(value, &mut found) else {
                continue;
            };
            let from = self.line;
            if !first {
                self.push(&" ".repeat(indent));
            }
            first = false;
            self.push(&format!("{}:", scalar_key(key)));
            self.value(&value, indent);
            self.span(from, &found);
        }
    }

    /// What to write for a value, with the nodes on the way to it.
    fn resolved(&self, value: &Yaml, found: &mut Vec<usize>) -> Option<Yaml> {
        let mut value = value.clone();
        while let Yaml::Node(node) = value {
            found.push(node);
            value = self.nodes.taken(node)?.clone();
        }
        Some(value)
    }

    fn span(&mut self, from: usize, found: &[usize]) {
        let to = self.line.saturating_sub(1).max(from);
        self.spans.extend(found.iter().map(|node| Span {
            from,
            to,
            node: *node,
        }));
    }

    fn value(&mut self, value: &Yaml, indent: usize) {
        match value {
            Yaml::Block(entries) => {
                self.push("\n");
                self.block(entries, indent + 2, false);
            }
            Yaml::Items(items) => {
                let mut any = false;
                for item in items {
                    let mut found = Vec::new();
                    let Some(item) = self.resolved(item, &mut found) else {
                        continue;
                    };
                    if !any {
                        self.push("\n");
                        any = true;
                    }
                    let from = self.line;
                    self.push(&format!("{}- ", " ".repeat(indent + 2)));
                    match &item {
                        Yaml::Block(entries) => self.block(entries, indent + 4, true),
                        other => {
                            let line = self.flow(other);
                            self.push(&line);
                            self.push("\n");
                        }
                    }
                    self.span(from, &found);
                }
                if !any {
                    self.push(" []\n");
                }
            }
            other => {
                let line = self.flow(other);
                self.push(&format!(" {line}\n"));
            }
        }
    }

    fn flow(&self, value: &Yaml) -> String {
        match value {
            Yaml::Word(word) => word.clone(),
            Yaml::Text(text) => quoted(text),
            Yaml::Flow(entries) | Yaml::Block(entries) => {
                let mut parts = Vec::new();
                for (key, value) in entries {
                    if let Some(value) = self.resolved(value, &mut Vec::new()) {
                        parts.push(format!("{}: {}", scalar_key(key), self.flow(&value)));
                    }
                }
                format!("{{ {} }}", parts.join(", "))
            }
            Yaml::List(items) | Yaml::Items(items) => {
                let each = items
                    .iter()
                    .filter_map(|item| self.resolved(item, &mut Vec::new()));
                let parts: Vec<String> = each.map(|item| self.flow(&item)).collect();
                format!("[{}]", parts.join(", "))
            }
            Yaml::Node(_) => String::new(),
        }
    }
}

/// Keys that YAML would read as something else are quoted.
fn scalar_key(key: &str) -> String {
    let number = key
        .bytes()
        .next()
        .is_some_and(|b| b.is_ascii_digit() || b == b'-');
    let word = matches!(
        key,
        "yes" | "no" | "on" | "off" | "true" | "false" | "null" | "y" | "n"
    );
    if number || word {
        quoted(key)
    } else {
        key.to_owned()
    }
}

/// A text in double quotes.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control()
                || matches!(
                    c,
                    '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
                ) =>
            {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Short forms for what is written often.
impl Yaml {
    pub(crate) fn word(word: impl ToString) -> Yaml {
        Yaml::Word(word.to_string())
    }

    pub(crate) fn text(text: impl Into<String>) -> Yaml {
        Yaml::Text(text.into())
    }
}
