//! `cargo xtask tidy`: whether the code still is what ARCHITECTURE.md and the house's rules say.
//!
//! Each check has its file; all of them speak at once, each fault with file, line, what, and what would be right.

mod architecture;
mod dependencies;
mod mask;
mod source;
mod translations;

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fault {
    file: String,
    line: usize,
    what: String,
    right: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            what,
            right,
        } = self;
        write!(f, "{file}:{line}: {what}\n    right: {right}")
    }
}

fn fault(file: &str, line: usize, what: impl Into<String>, right: impl Into<String>) -> Fault {
    Fault {
        file: file.to_owned(),
        line,
        what: what.into(),
        right: right.into(),
    }
}

/// A text file of the project; its path with slashes, from the workspace's folder.
struct File {
    path: String,
    text: String,
}

impl File {
    fn extension(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// The crate whose folder it lies in.
    fn krate(&self) -> Option<&str> {
        self.path.strip_prefix("crates/")?.split('/').next()
    }
}

/// Prints all faults; true when there is none.
///
/// # Errors
/// When the files or `cargo metadata` cannot be read.
pub fn run() -> anyhow::Result<bool> {
    let root = crate::root();
    let (files, mut faults) = files(&root)?;
    let metadata = metadata(&root)?;
    architecture::check(&files, &metadata, &mut faults);
    dependencies::check(&files, &metadata, &mut faults);
    source::check(&files, &mut faults);
    translations::check(&files, &mut faults);
    faults.sort();
    faults.dedup();
    for fault in &faults {
        println!("{fault}");
    }
    println!("tidy: {} files, {} faults", files.len(), faults.len());
    Ok(faults.is_empty())
}

fn metadata(root: &Path) -> anyhow::Result<serde_json::Value> {
    let mut cargo = Command::new("cargo");
    cargo
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root);
    let said = crate::tools::output(&mut cargo)?;
    serde_json::from_str(&said).context("cargo metadata is no JSON")
}

/// Larger files do not belong into the project.
const LARGEST: u64 = 512 * 1024;

/// All files that git knows or would take up, where they are text; large ones are faults.
fn files(root: &Path) -> anyhow::Result<(Vec<File>, Vec<Fault>)> {
    let mut git = Command::new("git");
    git.args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ])
    .current_dir(root);
    let said = crate::tools::output(&mut git)?;
    let mut files = Vec::new();
    let mut faults = Vec::new();
    for path in said.split('\0').filter(|path| !path.is_empty()) {
        let place: PathBuf = root.join(path);
        // A file may be gone though git still knows it.
        let Ok(about) = place.metadata() else {
            continue;
        };
        if about.len() > LARGEST {
            let what = format!("the file has {} kB", about.len() / 1024);
            faults.push(fault(path, 1, what, "at most 512 kB"));
            continue;
        }
        let bytes = std::fs::read(&place).with_context(|| format!("cannot read {path}"))?;
        if let Ok(text) = String::from_utf8(bytes) {
            files.push(File {
                path: path.to_owned(),
                text,
            });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    Ok((files, faults))
}

/// Line of a byte, counted from 1.
fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}
