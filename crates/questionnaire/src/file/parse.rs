//! CEL's parser, kept from what it cannot bear, and its complaints in short words.

use cel::common::ast::{IdedExpr, SourceInfo};

use super::fields::Reader;
use super::yaml::{Node, place_within};

/// Characters of a condition at most.
const LENGTH: usize = 1_000;
/// Bytes of stack for the parser.
const STACK: usize = 128 << 20;
/// Brackets within brackets at most.
const DEPTH: usize = 16;

/// What would be right.
pub(super) const EXAMPLE: &str =
    "write a condition in quotes, e.g. \"konzept == 'ja' || 'bund' in bedarf_von\"";

/// What is too large for the parser is refused before it sees it.
pub(super) fn too_large(text: &str) -> Option<(String, String)> {
    let length = text.chars().count();
    if length > LENGTH {
        return Some((
            format!("the condition has {length} characters"),
            format!("a condition has at most {LENGTH}; split the page or the question"),
        ));
    }
    let (mut depth, mut deepest, mut signs) = (0usize, 0usize, 0usize);
    for c in text.chars() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '?' | '-' | '!' | '.' => signs += 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    (deepest > DEPTH || signs > 200).then(|| {
        (
            "the condition is nested too deeply".to_owned(),
            format!("at most {DEPTH} brackets stand within each other"),
        )
    })
}

/// The first complaint of the parser: line and column from 1, and what it says.
pub(super) type Complaint = (isize, isize, String);

/// Parses in a thread of its own with a stack that holds whatever a condition's length allows:
/// the parser descends once for each sign of a chain such as `a + b + c`.
pub(super) fn parse(text: &str) -> Result<(IdedExpr, SourceInfo), Complaint> {
    let run = || {
        let parser = cel::parser::Parser::new().max_recursion_depth(48);
        let first = |errors: cel::ParseErrors| match errors.errors.into_iter().next() {
            Some(error) => (error.pos.0, error.pos.1, error.msg),
            None => (1, 1, "it cannot be read".to_owned()),
        };
        parser.parse_with_source_info(text).map_err(first)
    };
    let parsed = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let handle = thread.spawn_scoped(scope, run).ok()?;
        handle.join().ok()
    });
    parsed.unwrap_or_else(|| Err((1, 1, "it cannot be read".to_owned())))
}

/// Says the parser's first complaint in short words, and the rest when they stand elsewhere.
pub(super) fn syntax(
    reader: &mut Reader,
    node: &Node,
    source: &str,
    text: &str,
    (line, column, what): Complaint,
) {
    // Further complaints mostly follow from the first.
    let line = usize::try_from(line - 1).unwrap_or(0);
    let column = usize::try_from(column - 1).unwrap_or(0);
    let lines = text.split('\n').take(line);
    let before: usize = lines.map(|l| l.chars().count() + 1).sum();
    let offset = (before + column).min(text.chars().count().saturating_sub(1));
    let what = what.split(" expecting").next().unwrap_or_default();
    let what = what.split(" at input").next().unwrap_or_default();
    let what = what.strip_prefix("Syntax error: ").unwrap_or(what);
    let what: String = what.chars().take(80).collect();
    let help = if text.contains(" and ") || text.contains(" or ") || text.contains(" und ") {
        "write `&&` for and, `||` for or, `!` for not"
    } else if what.contains("error at: '=") {
        "compare with two equals signs: konzept == 'ja'"
    } else if text.matches('\'').count() % 2 == 1 {
        "close the quote: options stand in single quotes, konzept == 'ja'"
    } else {
        EXAMPLE
    };
    reader.fault(
        place_within(source, node, offset, 1),
        format!("this is no condition: {what}"),
        help,
    );
}
