//! How long disclosure control takes, and what it costs: `cargo bench -p findings --bench audit`.
//!
//! A made-up wave in the shape of the demo's, all its questions: holding back until the audit passes, then the audit alone.
//! Fails above 60 seconds together.

#![allow(clippy::unwrap_used)] // as in tests

#[path = "../tests/made_up/mod.rs"]
mod made_up;

use std::time::{Duration, Instant};

use findings::{Release, ReleasedCell, WaveData, audit, protect};
use jiff::civil::date;

/// What the issue allows.
const MOST: Duration = Duration::from_secs(60);

fn printed(release: &Release) -> usize {
    let rows = release.findings.iter().flat_map(|f| &f.rows);
    let cells = rows.flat_map(|r| r.cells.iter().chain(&r.top_two));
    let number =
        |c: &&ReleasedCell| matches!(c, ReleasedCell::Percent { .. } | ReleasedCell::Mean { .. });
    cells.filter(number).count()
}

fn main() {
    let made = made_up::wave(1, &made_up::shares);
    let dataset = made.dataset();
    let waves = [WaveData {
        dataset: &dataset,
        questionnaire: &made.questionnaire,
        register: &made.register,
        paradata: &[],
    }];
    let release = made.release(&["konzept"]);
    let before = printed(&release);
    let start = Instant::now();
    let passed = protect(release, &waves, &[], date(2016, 3, 7)).unwrap();
    let held = start.elapsed();
    let report = passed.report().clone();
    let after = printed(passed.release());
    let start = Instant::now();
    audit(passed.release().clone(), &waves, &[], date(2016, 3, 7)).unwrap();
    let judged = start.elapsed();
    println!(
        "{} respondents, {} published numbers, {} answers",
        report.respondents, report.numbers, report.answers
    );
    println!(
        "holding back: {held:.1?}, {} integer programmes; {before} -> {after} figures printed ({:.1} % held back)",
        report.programmes,
        100.0 * (before - after) as f64 / before as f64
    );
    println!("the audit alone: {judged:.1?}");
    assert!(held + judged < MOST, "more than {MOST:?}");
}
