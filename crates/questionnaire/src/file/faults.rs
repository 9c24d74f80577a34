//! Faults of a file, said like a good compiler says them.

use std::fmt;

/// One fault, or one note, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// Characters to underline, at least 1.
    pub width: usize,
    /// What is wrong.
    pub what: String,
    /// What would be right; may be empty for notes.
    pub help: String,
}

/// All faults (or all notes) of one file, in the order of their places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults {
    /// Name of the file as it was given.
    pub file: String,
    /// The faults.
    pub list: Vec<Fault>,
    word: &'static str,
    lines: Vec<String>,
}

impl Faults {
    pub(crate) fn new(file: &str, source: &str, word: &'static str, mut list: Vec<Fault>) -> Self {
        list.sort_by(|a, b| (a.line, a.column, &a.what).cmp(&(b.line, b.column, &b.what)));
        list.dedup();
        let quoted = |fault: &Fault| {
            let line = source.lines().nth(fault.line.saturating_sub(1));
            line.unwrap_or_default().to_owned()
        };
        Self {
            file: file.to_owned(),
            lines: list.iter().map(quoted).collect(),
            list,
            word,
        }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (fault, line)) in self.list.iter().zip(&self.lines).enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            let Fault {
                line: number,
                column,
                width,
                what,
                help,
            } = fault;
            writeln!(f, "{}: {what}", self.word)?;
            let gutter = number.to_string().len();
            writeln!(f, "{:gutter$}--> {}:{number}:{column}", "", self.file)?;
            let (quote, caret) = excerpt(line, *column, *width);
            if !quote.trim().is_empty() {
                writeln!(f, "{:gutter$} |", "")?;
                writeln!(f, "{number} | {quote}")?;
                writeln!(f, "{:gutter$} | {caret}", "")?;
            }
            if !help.is_empty() {
                writeln!(f, "{:gutter$} = help: {help}", "")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}

/// The part of a line around the place, at most 100 characters, and the carets below it.
fn excerpt(line: &str, column: usize, width: usize) -> (String, String) {
    let shown: Vec<char> = line
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let at = column.saturating_sub(1).min(shown.len());
    let from = if at > 80 { at - 40 } else { 0 };
    let until = shown.len().min(from + 100);
    let quote: String = shown[from..until].iter().collect();
    let carets = width.clamp(1, (until.saturating_sub(at)).max(1));
    let caret = " ".repeat(at - from) + &"^".repeat(carets);
    (quote.trim_end().to_owned(), caret)
}

/// The known name that is nearest to a mistyped one, if one is near enough.
pub(crate) fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let name: String = name.chars().take(60).collect();
    let allowed = name.chars().count().div_ceil(3);
    known
        .into_iter()
        .map(|other| (distance(&name, other), other))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| other)
}

/// Edits (insert, delete, replace, swap of neighbours) between two names.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1)
                .min(rows[i][j - 1] + 1)
                .min(rows[i - 1][j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_name_finds_the_right_one() {
        let known = ["title", "text", "questions", "show-if"];
        assert_eq!(nearest("tilte", known), Some("title"));
        assert_eq!(nearest("question", known), Some("questions"));
        assert_eq!(nearest("showif", known), Some("show-if"));
        assert_eq!(nearest("scale", known), None);
    }

    #[test]
    fn a_fault_shows_its_line_and_what_would_be_right() {
        let fault = Fault {
            line: 2,
            column: 3,
            width: 5,
            what: "unknown key `tilte`".into(),
            help: "did you mean `title`?".into(),
        };
        let faults = Faults::new("f.yaml", "a: 1\n  tilte: x\n", "error", vec![fault]);
        let expected = "\
error: unknown key `tilte`
 --> f.yaml:2:3
  |
2 |   tilte: x
  |   ^^^^^
  = help: did you mean `title`?
";
        assert_eq!(faults.to_string(), expected);
    }
}
