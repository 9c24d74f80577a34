//! All checks and tests, in the order in which a fault is cheapest to find.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::Context;

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
        step("tests and stories", &mut || tests(&mut sums));
    }
    sums.failed += failed
        .iter()
        .filter(|name| *name != "tests and stories")
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

fn tests(sums: &mut Sums) -> anyhow::Result<bool> {
    let mut child = Command::new("cargo")
        .args([
            "test",
            "--workspace",
            "--release",
            "--locked",
            "--no-fail-fast",
        ])
        .env("VONEINANDER_TOOLS", tools::folder())
        .current_dir(crate::root())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start cargo")?;
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
