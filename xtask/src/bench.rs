//! Measurements: what a response, a sheet and an edition cost, finding an example and a municipality's neighbours,
//! disclosure control, beside their limits.

use std::process::Command;

use anyhow::Context;

use crate::root;
use crate::server::Server;

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
    let load = ["bench", "--locked", "--workspace", "--bench", "load"];
    println!("\non a file:");
    let on_a_file = cargo(&load)?;
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
    Ok(mutated && chain && on_a_file && on_a_server && finding && neighbours && audit)
}
