//! Measurements: what a response, a sheet and an edition cost, finding an example and a municipality's neighbours,
//! disclosure control, estimates, beside their limits and their peers. Each part runs whatever became of the others; a
//! table at the end says what.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::root;
use crate::server::Server;

/// What became of a part.
enum Ending {
    Done,
    Failed(String),
    Skipped(String),
}

/// A part by its name, what it measures, and how.
type Part = (
    &'static str,
    &'static str,
    fn(&mut Vec<String>) -> anyhow::Result<Ending>,
);

const PARTS: &[Part] = &[
    (
        "chain",
        "a page, a sheet and an edition, one after the other",
        |told| bench(None, "chain", &[], told),
    ),
    ("load", "32 respondents at once, on a file", |told| {
        bench(None, "load", &[], told)
    }),
    (
        "server",
        "32 respondents at once, on a PostgreSQL server that waits for the disk at each commit",
        on_a_server,
    ),
    ("crash", "killed, and cut from power", |told| {
        bench(None, "crash", &[], told)
    }),
    ("finding", "finding an example", |told| {
        bench(Some("search"), "finding", &[], told)
    }),
    ("neighbours", "a municipality's neighbours", |told| {
        bench(Some("register"), "neighbours", &[], told)
    }),
    (
        "audit",
        "suppression and the audit of a demo's publication",
        |told| bench(Some("findings"), "audit", &[], told),
    ),
    (
        "estimate",
        "`voneinander estimate`, beside polars and R's survey",
        estimates,
    ),
    (
        "mutate",
        "files changed at random, 10,000 of each kind",
        |_| ending(crate::mutate::run("10000")?),
    ),
];

/// Builds the binary, runs the parts that are named, or all, and prints what became of each with all figures that have a
/// limit. `false` where a part failed.
///
/// # Errors
/// When a part is named that there is not.
pub fn run(named: &[&str]) -> anyhow::Result<bool> {
    let known: Vec<&str> = PARTS.iter().map(|(name, ..)| *name).collect();
    if let Some(unknown) = named.iter().find(|name| !known.contains(name)) {
        anyhow::bail!("there is no part {unknown}: {}", known.join(", "));
    }
    let built = told(
        Command::new("cargo").args(["build", "--release", "--locked"]),
        &mut Vec::new(),
    );
    if !matches!(built, Ok(true)) {
        eprintln!("the binary could not be built: nothing can be measured");
        return Ok(false);
    }
    let wanted = |part: &&Part| named.is_empty() || named.contains(&part.0);
    let mut endings = Vec::new();
    for (name, what, measure) in PARTS.iter().filter(wanted) {
        println!("\n{name}: {what}");
        let (began, mut figures) = (Instant::now(), Vec::new());
        let ending =
            measure(&mut figures).unwrap_or_else(|error| Ending::Failed(format!("{error:#}")));
        if let Ending::Failed(why) | Ending::Skipped(why) = &ending {
            println!("{name}: {why}");
        }
        endings.push((*name, ending, began.elapsed(), figures));
    }
    Ok(summary(&endings))
}

/// The table at the end; whether nothing failed.
fn summary(endings: &[(&str, Ending, Duration, Vec<String>)]) -> bool {
    println!("\nfigures that have a limit:");
    for (name, _, _, figures) in endings {
        for figure in figures {
            println!("{name:<11} {figure}");
        }
    }
    println!("\npart        ended     after");
    let mut whole = true;
    for (name, ending, took, _) in endings {
        let (word, why) = match ending {
            Ending::Done => ("done", ""),
            Ending::Failed(why) => ("FAILED", why.as_str()),
            Ending::Skipped(why) => ("skipped", why.as_str()),
        };
        whole &= !matches!(ending, Ending::Failed(_));
        let why = why.lines().next().unwrap_or_default();
        println!("{name:<11} {word:<8} {:>5.0} s  {why}", took.as_secs_f64());
    }
    whole
}

fn ending(succeeded: bool) -> anyhow::Result<Ending> {
    Ok(if succeeded {
        Ending::Done
    } else {
        Ending::Failed("ended with a fault, see above".to_owned())
    })
}

/// Runs a bench of a crate, or of `tests`.
fn bench(
    package: Option<&str>,
    name: &str,
    environment: &[(&str, String)],
    figures: &mut Vec<String>,
) -> anyhow::Result<Ending> {
    let mut command = Command::new("cargo");
    command.args(["bench", "--locked", "--bench", name]);
    match package {
        Some(package) => command.args(["-p", package]),
        None => command.arg("--workspace"),
    };
    command.envs(environment.iter().map(|(name, value)| (name, value)));
    ending(told(&mut command, figures)?)
}

/// Runs a command in the workspace and shows what it prints; keeps the lines that name a limit.
fn told(command: &mut Command, figures: &mut Vec<String>) -> anyhow::Result<bool> {
    let program = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .current_dir(root())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{program} could not be started"))?;
    let out = child.stdout.take().context("its output")?;
    for line in BufReader::new(out).lines() {
        let line = line?;
        println!("{line}");
        if line.contains("limit ") {
            figures.push(line);
        }
    }
    Ok(child.wait()?.success())
}

/// The same load on a server of our own.
fn on_a_server(figures: &mut Vec<String>) -> anyhow::Result<Ending> {
    if crate::tools::postgres().is_none() {
        return Ok(Ending::Skipped("PostgreSQL is not installed".to_owned()));
    }
    let server = Server::start_durable().context("the server could not be started")?;
    let address = [("VONEINANDER_TEST_SERVER", server.address())];
    bench(None, "load", &address, figures)
}

/// 120 items by three breakdowns with standard errors, beside polars and R: `tests/benches/estimate.py` on the data of
/// `../shared/statistics/bench/gen.py`. `VONEINANDER_PYTHON` names a Python with numpy and polars, `VONEINANDER_BENCH` the
/// folder of the data.
fn estimates(figures: &mut Vec<String>) -> anyhow::Result<Ending> {
    let generator = root().join("../shared/statistics/bench/gen.py");
    let python = std::env::var("VONEINANDER_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    if !generator.is_file() {
        let why = format!("{} is not there", generator.display());
        return Ok(Ending::Skipped(why));
    }
    if !has(&python, &["-c", "import numpy, polars"]) {
        let why =
            format!("{python} has no numpy and polars (VONEINANDER_PYTHON names another one)");
        return Ok(Ending::Skipped(why));
    }
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), std::path::PathBuf::from);
    let folder = std::env::var_os("VONEINANDER_BENCH")
        .map_or_else(|| target.join("estimates"), std::path::PathBuf::from);
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let binary = std::env::var_os("VONEINANDER_BIN")
        .map_or_else(|| target.join("release/voneinander"), PathBuf::from);
    let mut command = Command::new(&python);
    command
        .arg(root().join("tests/benches/estimate.py"))
        .arg(binary)
        .args([&folder, Path::new(&generator)]);
    ending(told(&mut command, figures)?)
}

/// Whether a program is there and content with these words.
fn has(program: &str, words: &[&str]) -> bool {
    let mut command = Command::new(program);
    command
        .args(words)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
