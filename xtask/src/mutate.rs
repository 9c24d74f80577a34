//! Files as nobody should send them: questionnaires, registers, contacts and LimeSurvey's surveys, changed at random.

use std::process::Command;

use anyhow::Context;

use crate::root;

/// Crate, file of tests and the test that makes the files.
const TESTS: [(&str, &str, &str); 4] = [
    (
        "questionnaire",
        "mutated",
        "mutated_files_and_forms_do_no_harm",
    ),
    ("register", "reading", "mutated_lists_do_no_harm"),
    (
        "fieldwork",
        "contacts",
        "mutated_files_neither_crash_nor_hang",
    ),
    (
        "questionnaire",
        "limesurvey",
        "mutated_surveys_neither_crash_nor_hang",
    ),
];

/// Reads so many changed files of each kind, each kind in a process of its own, and prints how many were read, the
/// slowest and the most memory. A crash, more than 2 seconds or more than 500 MB is a failure.
///
/// # Errors
/// When cargo cannot be started.
pub fn run(count: &str) -> anyhow::Result<bool> {
    let mut whole = true;
    for (package, file, name) in TESTS {
        let told = Command::new("cargo")
            .args(["test", "--release", "--locked", "--quiet", "-p", package])
            .args(["--test", file, "--", "--exact", name, "--nocapture"])
            .env("MUTATED", count)
            .current_dir(root())
            .output()
            .context("cargo could not be started")?;
        let said = String::from_utf8_lossy(&told.stdout);
        for line in said.lines().filter(|line| line.starts_with("mutated ")) {
            println!("{line}");
        }
        if !told.status.success() {
            println!(
                "{package} {file}: failed\n{said}{}",
                String::from_utf8_lossy(&told.stderr)
            );
            whole = false;
        }
    }
    Ok(whole)
}
