//! What is wrong with a LimeSurvey file.

/// One fault of a file from LimeSurvey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What would be right.
    pub help: String,
}

pub(crate) fn fault(line: usize, what: String, help: String) -> Fault {
    Fault { line, what, help }
}

/// Why a file was not taken over: all its faults, in the order of their lines. Nothing was made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", told(.file, .faults))]
pub struct NotImported {
    /// Name of the file as it was given.
    pub file: String,
    /// What is wrong, never empty.
    pub faults: Vec<Fault>,
}

impl NotImported {
    pub(crate) fn new(file: &str, mut faults: Vec<Fault>) -> Self {
        faults.sort_by_key(|fault| fault.line);
        Self {
            file: file.to_owned(),
            faults,
        }
    }
}

/// At most so many faults are told.
const TOLD: usize = 50;

fn told(file: &str, faults: &[Fault]) -> String {
    let each = |f: &Fault| format!("error: {file}:{}: {}\n  help: {}", f.line, f.what, f.help);
    let mut lines: Vec<String> = faults.iter().take(TOLD).map(each).collect();
    if faults.len() > TOLD {
        lines.push(format!("and {} more", faults.len() - TOLD));
    }
    lines.join("\n")
}
