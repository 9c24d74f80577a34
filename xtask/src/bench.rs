//! Measurements: what a response, a sheet and an edition cost, finding an example and a municipality's neighbours,
//! disclosure control, beside their limits.

use std::process::Command;

use anyhow::Context;

use crate::root;
use crate::server::Server;

/// Builds the binary and runs the benches of `tests/benches` on it, then those of single crates; `arguments` are handed on.
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
    let load = ["bench", "--locked", "--workspace", "--bench", "load"];
    println!("\non a file:");
    let on_a_file = cargo(&load)?;
    println!("\nkilled, and cut from power:");
    let kept = cargo(&["bench", "--locked", "--workspace", "--bench", "crash"])?;
    println!("\non a PostgreSQL server, which waits for the disk at each commit:");
    let server = Server::start_durable()?;
    let status = Command::new("cargo")
        .args(load)
        .env("VONEINANDER_TEST_SERVER", server.address())
        .current_dir(root())
        .status();
    let on_a_server = status.context("cargo could not be started")?.success();
    drop(server);
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
    println!("\nfiles changed at random, 10,000 of each kind:");
    let mutated = crate::mutate::run("10000")?;
    let estimates = estimates()?;
    let rest = finding && neighbours && audit && estimates;
    Ok(mutated && chain && on_a_file && kept && on_a_server && rest)
}

/// 120 items by three breakdowns with standard errors, beside polars: `tests/benches/estimate.py` on the data of
/// `../shared/statistics/bench/gen.py`. `VONEINANDER_PYTHON` names a Python with numpy and polars, `VONEINANDER_BENCH` the
/// folder of the data; without the generator, or without the two libraries, it says so and passes.
fn estimates() -> anyhow::Result<bool> {
    let generator = root().join("../shared/statistics/bench/gen.py");
    let python = std::env::var("VONEINANDER_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    println!("\nestimates:");
    if !generator.is_file() {
        println!("SKIPPED: {} is not there", generator.display());
        return Ok(true);
    }
    let libraries = Command::new(&python)
        .args(["-c", "import numpy, polars"])
        .stderr(std::process::Stdio::null())
        .status();
    if !libraries.is_ok_and(|status| status.success()) {
        println!(
            "SKIPPED: {python} has no numpy and polars (VONEINANDER_PYTHON names another one)"
        );
        return Ok(true);
    }
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), std::path::PathBuf::from);
    let folder = std::env::var_os("VONEINANDER_BENCH")
        .map_or_else(|| target.join("estimates"), std::path::PathBuf::from);
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let status = Command::new(&python)
        .arg(root().join("tests/benches/estimate.py"))
        .arg(target.join("release/voneinander"))
        .arg(&folder)
        .arg(&generator)
        .current_dir(root())
        .status();
    Ok(status.context("Python could not be started")?.success())
}
