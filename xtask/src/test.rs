//! All checks and tests, in the order in which a fault is cheapest to find.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::Context;

use crate::server::Server;
use crate::{tidy, tools};

/// Sums of the `test result:` lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sums {
    passed: u64,
    failed: u64,
}

/// Runs everything; a step that fails does not keep the next from running, except that nothing runs without tools.
/// The last line is `N passed, N failed`; a failed check counts as one failed test.
///
/// # Errors
/// When what the tests need is missing and cannot be installed here.
pub fn run() -> anyhow::Result<bool> {
    let start = Instant::now();
    let mut sums = Sums::default();
    let mut failed = Vec::new();
    let mut step = |name: &str, work: &mut dyn FnMut() -> anyhow::Result<bool>| {
        println!("\n=== {name} (at {})", clock(start));
        let begun = Instant::now();
        let ok = work().unwrap_or_else(|error| {
            println!("{error:#}");
            false
        });
        println!(
            "=== {name}: {} after {}",
            if ok { "passed" } else { "FAILED" },
            clock(begun)
        );
        if !ok {
            failed.push(name.to_owned());
        }
        ok
    };
    if !step("tools", &mut || tools::install().map(|()| true)) {
        println!("\n0 passed, 1 failed");
        return Ok(false);
    }
    step("format", &mut || cargo(&["fmt", "--all", "--check"]));
    step("tidy", &mut tidy::run);
    step("licences, bans and sources", &mut deny);
    // The release profile everywhere, so that the demo and the tests share what is built.
    step("clippy", &mut || {
        let what = [
            "clippy",
            "--workspace",
            "--all-targets",
            "--release",
            "--locked",
        ];
        cargo(&[&what[..], &["--", "-D", "warnings"]].concat())
    });
    // Stories run the binary, which `cargo test` alone would not build.
    let what = [
        "build",
        "--workspace",
        "--bins",
        "--tests",
        "--release",
        "--locked",
    ];
    if step("build", &mut || cargo(&what)) {
        step("tests and stories", &mut || tests(&mut sums, &[], None));
        step("store and stories on PostgreSQL", &mut || {
            let server = Server::start()?;
            let names = on_both()?;
            let targets: Vec<&str> = names.iter().flat_map(|n| ["--test", n]).collect();
            tests(&mut sums, &targets, Some(&server))
        });
    }
    sums.failed += failed
        .iter()
        .filter(|name| !name.contains("stories"))
        .count() as u64;
    if sums.failed == 0 && !failed.is_empty() {
        sums.failed = 1;
    }
    println!("\nAll of it took {}.", clock(start));
    if !failed.is_empty() {
        println!("Failed: {}", failed.join(", "));
    }
    println!("{} passed, {} failed", sums.passed, sums.failed);
    Ok(failed.is_empty())
}

fn clock(since: Instant) -> String {
    let seconds = since.elapsed().as_secs();
    format!("{}:{:02} min", seconds / 60, seconds % 60)
}

fn cargo(arguments: &[&str]) -> anyhow::Result<bool> {
    let mut cargo = Command::new("cargo");
    let status = cargo.args(arguments).current_dir(crate::root()).status();
    Ok(status.context("cannot start cargo")?.success())
}

fn deny() -> anyhow::Result<bool> {
    let mut deny = Command::new(tools::cargo_deny());
    deny.args(["--locked", "check", "licenses", "bans", "sources"]);
    let status = deny.current_dir(crate::root()).status();
    Ok(status.context("cannot start cargo-deny")?.success())
}

/// The tests that a database can change: those of the store and all stories. Not among them: the visits to every page
/// with axe, which ask what a page looks like, and what is drawn the same from either database.
fn on_both() -> anyhow::Result<Vec<String>> {
    const LOOKS: [&str; 2] = ["accessibility", "pdf"];
    let manifest = std::fs::read_to_string(crate::root().join("tests/Cargo.toml"))?;
    let mut names: Vec<String> = manifest
        .split("[[test]]")
        .skip(1)
        .filter_map(|rest| rest.split('"').nth(1).map(str::to_owned))
        .filter(|name| !LOOKS.contains(&name.as_str()))
        .collect();
    for entry in std::fs::read_dir(crate::root().join("crates/store/tests"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "rs")
            && let Some(name) = path.file_stem().and_then(|s| s.to_str())
        {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Runs the named targets, or all, on files or on a server.
fn tests(sums: &mut Sums, targets: &[&str], server: Option<&Server>) -> anyhow::Result<bool> {
    let mut cargo = Command::new("cargo");
    cargo
        .args([
            "test",
            "--workspace",
            "--release",
            "--locked",
            "--no-fail-fast",
        ])
        .args(targets)
        .env("VONEINANDER_TOOLS", tools::folder())
        .current_dir(crate::root())
        .stdout(Stdio::piped());
    if let Some(server) = server {
        cargo.env("VONEINANDER_TEST_SERVER", server.address());
    }
    let mut child = cargo.spawn().context("cannot start cargo")?;
    let stdout = child.stdout.take().context("its output is piped")?;
    for line in BufReader::new(stdout).lines() {
        let line = line?;
        println!("{line}");
        sums.add(&line);
    }
    Ok(child.wait()?.success())
}

impl Sums {
    /// Adds what a line like `test result: ok. 4 passed; 0 failed; ...` says; other lines change nothing.
    fn add(&mut self, line: &str) {
        let Some(result) = line.trim_start().strip_prefix("test result: ") else {
            return;
        };
        for part in result.split([';', '.']) {
            match part.trim().split_once(' ') {
                Some((number, "passed")) => self.passed += number.parse().unwrap_or(0),
                Some((number, "failed")) => self.failed += number.parse().unwrap_or(0),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn result_lines_add_up() {
        let mut sums = Sums::default();
        sums.add("test result: ok. 4 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s");
        sums.add("test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 9.95s");
        sums.add("test it_passed ... ok");
        assert_eq!(
            sums,
            Sums {
                passed: 5,
                failed: 2
            }
        );
    }
}
