//! What is wrong with a file, and where: all of it at once.

use std::fmt;

/// One fault of a file that people made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Name of the file.
    pub file: String,
    /// Line, counted from 1; in a spreadsheet the row.
    pub line: u32,
    /// Column, counted from 1: the character in the line; in a spreadsheet the column of the cell.
    pub column: u32,
    /// Name of the column or the address of the cell, where the fault is in one.
    pub field: Option<String>,
    /// What is wrong.
    pub what: String,
    /// What would be right.
    pub right: String,
}

/// All faults of a file, in the order of their places. Never empty.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// The faults, in the order of their places.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Fehler: {}", self.what)?;
        write!(f, "  --> {}:{}:{}", self.file, self.line, self.column)?;
        if let Some(field) = &self.field {
            write!(f, " ({field})")?;
        }
        write!(f, "\n   = richtig wäre: {}", self.right)
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for fault in &self.0 {
            writeln!(f, "{fault}\n")?;
        }
        match self.0.len() {
            1 => write!(f, "1 Fehler. Es wurde nichts übernommen."),
            n => write!(f, "{n} Fehler. Es wurde nichts übernommen."),
        }
    }
}
