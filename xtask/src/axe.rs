//! axe-core on pages in Chromium.

use std::process::Command;

use anyhow::Context;

use crate::tools;

/// Looks at each address, light and dark, 390 and 1280 px wide; prints every violation. True when there is none.
/// `--sign-in URL` opens a page first and presses its button, so that the others are seen as staff see them.
///
/// # Errors
/// When Chromium or Node cannot be had or started.
pub fn run(arguments: &[&str]) -> anyhow::Result<bool> {
    tools::install()?;
    check(arguments)
}

/// The same without installing anything.
///
/// # Errors
/// When Node cannot be started.
pub fn check(arguments: &[&str]) -> anyhow::Result<bool> {
    let chromium = tools::on_path("chromium").context("chromium is missing")?;
    let status = Command::new("node")
        .arg(crate::root().join("tests/accessibility.mjs"))
        .args(arguments)
        .env("VONEINANDER_TOOLS", tools::folder())
        .env("CHROMIUM", chromium)
        .status()
        .context("cannot start node")?;
    Ok(status.success())
}
