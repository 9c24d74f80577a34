//! YAML as a tree of marked nodes.
//!
//! The tree is built from the parser's events rather than by a loader, since a loader keeps one of two
//! equal keys and unfolds aliases. Here both keys stay, each with its place, and aliases, anchors, tags,
//! further documents, deep nesting and large files are refused before they cost anything.

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::Fault;

/// Bytes of a file at most.
const SIZE: usize = 1 << 20;
/// Nesting at most; the format needs seven.
const DEPTH: usize = 16;
const TOO_DEEP: (&str, &str) = (
    "this is nested too deeply",
    "a questionnaire needs at most seven levels: pages, questions, options, wording",
);

/// Where something stands in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// Characters, at least 1.
    pub width: usize,
}

/// A node with its place.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub place: Place,
    pub value: Value,
}

#[derive(Clone, Debug)]
pub(crate) enum Value {
    Scalar { text: String, style: ScalarStyle },
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// What it is, in words.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Scalar { text, .. } if text.is_empty() => "nothing",
            Value::Scalar { .. } => "a single value",
            Value::List(_) => "a list",
            Value::Map(_) => "a block of keys",
        }
    }

    /// Whether nothing was written: an empty plain scalar, `~` or `null`.
    pub fn is_nothing(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, style: ScalarStyle::Plain }
            if matches!(text.as_str(), "" | "~" | "null"))
    }
}

/// Reads one document into a tree, or says the first thing that is no YAML.
pub(crate) fn tree(source: &str) -> Result<Node, Fault> {
    if source.len() > SIZE {
        return Err(fault(
            Place::default(),
            format!("the file has {} bytes", source.len()),
            format!("a questionnaire has at most {SIZE} bytes; split it or shorten its texts"),
        ));
    }
    let mut stack: Vec<Open> = Vec::new();
    let mut root = None;
    let mut documents = 0;
    for event in Parser::new_from_str(source) {
        let (event, span) = event.map_err(|error| {
            let at = error.marker();
            let place = Place {
                line: at.line().max(1),
                column: at.col() + 1,
                width: 1,
            };
            if error.info().contains("recursion limit") {
                return fault(place, TOO_DEEP.0.into(), TOO_DEEP.1.into());
            }
            let help = "check indentation (spaces, never tabs), colons and closing quotes above this place";
            fault(place, format!("this is not YAML: {}", error.info()), help.into())
        })?;
        let place = place(span);
        let refuse = |what: &str, help: &str| Err(fault(place, what.to_owned(), help.to_owned()));
        let (anchor, tagged) = match &event {
            Event::Scalar(_, _, anchor, tag)
            | Event::SequenceStart(anchor, tag)
            | Event::MappingStart(anchor, tag) => (*anchor, tag.is_some()),
            _ => (0, false),
        };
        if anchor > 0 || matches!(event, Event::Alias(_)) {
            return refuse(
                "anchors (`&name`) and aliases (`*name`) are not part of the format",
                "write a scale once below `scales` and name it with `scale: key`; quote texts that begin with & or *",
            );
        }
        if tagged {
            return refuse(
                "tags (`!name`) are not part of the format",
                "remove the tag, or put the text into quotes",
            );
        }
        let done = match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    return refuse(
                        "a second document begins here",
                        "one file holds one questionnaire: remove the line `---`",
                    );
                }
                continue;
            }
            Event::Scalar(text, style, _, _) => Some(Node {
                place: Place {
                    width: if place.width > 1 {
                        place.width
                    } else {
                        text.chars().count().max(1)
                    },
                    ..place
                },
                value: Value::Scalar {
                    text: text.into_owned(),
                    style,
                },
            }),
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                if stack.len() >= DEPTH {
                    return refuse(TOO_DEEP.0, TOO_DEEP.1);
                }
                stack.push(match event {
                    Event::SequenceStart(..) => Open::List(place, Vec::new()),
                    _ => Open::Map(place, Vec::new(), None),
                });
                None
            }
            Event::SequenceEnd | Event::MappingEnd => stack.pop().map(Open::close),
            _ => None,
        };
        if let Some(node) = done {
            match stack.last_mut() {
                Some(Open::List(_, list)) => list.push(node),
                Some(Open::Map(_, map, key)) => match key.take() {
                    Some(key) => map.push((key, node)),
                    None => *key = Some(node),
                },
                None => root = Some(node),
            }
        }
    }
    root.filter(|node| !node.is_nothing()).ok_or_else(|| {
        fault(
            Place::default(),
            "the file is empty".into(),
            "begin with `format: 1`, then `key`, `version`, `title`, `scales` and `pages`".into(),
        )
    })
}

/// A list or map that is still being read.
enum Open {
    List(Place, Vec<Node>),
    Map(Place, Vec<(Node, Node)>, Option<Node>),
}

impl Open {
    fn close(self) -> Node {
        match self {
            Open::List(place, list) => Node {
                place,
                value: Value::List(list),
            },
            Open::Map(place, map, _) => Node {
                // A block's place is its first key's.
                place: map.first().map_or(place, |(key, _)| key.place),
                value: Value::Map(map),
            },
        }
    }
}

pub(crate) fn fault(place: Place, what: String, help: String) -> Fault {
    Fault {
        line: place.line.max(1),
        column: place.column.max(1),
        width: place.width.max(1),
        what,
        help,
    }
}

fn place(span: Span) -> Place {
    let (start, end) = (span.start, span.end);
    let width = if start.line() == end.line() {
        end.col().saturating_sub(start.col())
    } else {
        1
    };
    Place {
        line: start.line().max(1),
        column: start.col() + 1,
        width: width.max(1),
    }
}

/// The place in the file of the character `offset` of a scalar's text: quotes, escapes, indentation and
/// folded lines are walked along with the text.
pub(crate) fn place_within(source: &str, node: &Node, offset: usize, width: usize) -> Place {
    let Value::Scalar { text, style } = &node.value else {
        return node.place;
    };
    let mut line = node.place.line;
    let mut column = node.place.column;
    let rest: Vec<char> = {
        let from = source.lines().skip(line - 1).take(64);
        let all: Vec<&str> = from.collect();
        all.join("\n").chars().skip(column - 1).collect()
    };
    let mut raw = rest.into_iter().peekable();
    let mut step = |raw: &mut std::iter::Peekable<std::vec::IntoIter<char>>| {
        if raw.next() == Some('\n') {
            line += 1;
            column = 1;
        } else {
            column += 1;
        }
        (line, column)
    };
    let mut at = (node.place.line, node.place.column);
    match style {
        ScalarStyle::Literal | ScalarStyle::Folded => {
            // The parser may point at the header or at the first line of the text.
            if raw.peek().is_some_and(|c| matches!(c, '|' | '>')) {
                while raw.peek().is_some_and(|c| *c != '\n') {
                    at = step(&mut raw);
                }
            }
        }
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => at = step(&mut raw),
        ScalarStyle::Plain => {}
    }
    for (index, wanted) in text.chars().enumerate() {
        let same = |c: char| c == wanted || c.is_whitespace() && wanted.is_whitespace();
        while raw.peek().is_some_and(|c| !same(*c)) {
            at = step(&mut raw);
        }
        if raw.peek().is_none() {
            return node.place;
        }
        if index == offset {
            break;
        }
        at = step(&mut raw);
    }
    Place {
        line: at.0,
        column: at.1,
        width: width.max(1),
    }
}
