//! Measurements: what a response, a sheet and an edition cost, finding an example and a municipality's neighbours,
//! disclosure control, beside their limits.

use std::process::Command;

use anyhow::Context;

use crate::root;

/// Builds the binary and runs `tests/benches/chain.rs` on it, then the search's own bench; `arguments` are handed on.
///
/// # Errors
/// When cargo cannot be started.
pub fn run(arguments: &[&str]) -> anyhow::Result<bool> {
    let cargo = |words: &[&str]| -> anyhow::Result<bool> {
        let status = Command::new("cargo")
            .args(words)
            .current_dir(root())
            .status();
        Ok(status.context("cargo could not be started")?.success())
    };
    if !cargo(&["build", "--release", "--locked"])? {
        return Ok(false);
    }
    let mut words = vec!["bench", "--locked", "--workspace", "--bench", "chain", "--"];
    words.extend(arguments);
    let chain = cargo(&words)?;
    let finding = cargo(&["bench", "--locked", "-p", "search", "--bench", "finding"])?;
    let neighbours = cargo(&[
        "bench",
        "--locked",
        "-p",
        "register",
        "--bench",
        "neighbours",
    ])?;
    let audit = cargo(&["bench", "--locked", "-p", "findings", "--bench", "audit"])?;
    Ok(chain && finding && neighbours && audit)
}
