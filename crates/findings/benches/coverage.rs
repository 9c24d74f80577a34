//! How often the published intervals hold the truth: `nice cargo bench -p findings --bench coverage -- [RUNS] [=NAME]`.
//!
//! Prints the tables of `docs/decisions/coverage.md`; 5,000 runs a scenario unless said otherwise, of all scenarios or of
//! those whose name contains NAME. One thread. Fails where a promised coverage is not reached.

#[path = "../tests/simulated/mod.rs"]
mod simulated;

use register::Land;
use simulated::{CLASSES, DOMAINS, GRID, Tally, Units, World, run};

/// How often the population's answers are drawn anew: who answers is drawn RUNS / POPULATIONS times from each.
const POPULATIONS: u64 = 50;

/// What all and size classes must reach.
const BAND: (f64, f64) = (0.935, 0.97);
/// What published Länder must reach at least.
const LAND: f64 = 0.93;
/// Fewest intervals from which a coverage is judged.
const JUDGED: u32 = 500;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let runs = arguments.find_map(|a| a.parse::<u32>().ok());
    let only = std::env::args().skip(1).find(|a| a.starts_with('='));
    let runs = runs.unwrap_or(5_000);
    let world = World::new();
    let units: Vec<Units<'_>> = (0..POPULATIONS).map(|seed| world.units(seed)).collect();
    println!(
        "{runs} runs a scenario. Coverage in percent; behind it in brackets the percent of runs that publish an interval."
    );
    println!(
        "Below: the interval ends below the truth. SE: mean estimated over true standard error.\n"
    );
    println!("| scenario | domain | coverage | below | above | SE | bias |");
    println!("|---|---|---|---|---|---|---|");
    let mut misses = Vec::new();
    for (place, scenario) in GRID.iter().enumerate() {
        if only
            .as_ref()
            .is_some_and(|o| !scenario.name.contains(&o[1..]))
        {
            continue;
        }
        let mut tallies = vec![Tally::default(); DOMAINS];
        for (population, units) in units.iter().enumerate() {
            let seed = 1_000 + 100 * place + population;
            let share = runs / POPULATIONS as u32;
            let more = run(units, scenario, share, seed as u64);
            tallies
                .iter_mut()
                .zip(&more)
                .for_each(|(tally, more)| tally.take(more));
        }
        let mut line = |domain: &str, tally: &Tally, good: &dyn Fn(f64) -> bool| {
            let coverage = tally.coverage();
            let judged = scenario.promised && tally.stated >= JUDGED;
            let missed = judged && !good(coverage);
            if missed {
                misses.push(format!(
                    "{}, {domain}: {:.2} %",
                    scenario.name,
                    100.0 * coverage
                ));
            }
            row(scenario.name, domain, tally, missed);
        };
        let band = |coverage: f64| (BAND.0..=BAND.1).contains(&coverage);
        line("all", &tallies[0], &band);
        for (class, tally) in CLASSES.iter().zip(&tallies[1..5]) {
            line(class.english(), tally, &band);
        }
        let mut all = Tally::default();
        for (land, tally) in Land::ALL.iter().zip(&tallies[5..]) {
            all.take(tally);
            if tally.stated >= JUDGED {
                line(land.english(), tally, &|coverage| coverage >= LAND);
            }
        }
        line("published Länder", &all, &|coverage| coverage >= LAND);
    }
    println!("\n{} promises missed.", misses.len());
    for miss in &misses {
        println!("- {miss}");
    }
    std::process::exit(i32::from(!misses.is_empty()));
}

fn row(scenario: &str, domain: &str, tally: &Tally, missed: bool) {
    let n = f64::from(tally.stated.max(1));
    let percent = |part: u32, whole: f64| 100.0 * f64::from(part) / whole;
    let bias = tally.bias / n;
    let sd = (tally.square / n - bias * bias).sqrt();
    let below = percent(tally.below, n);
    let mark = if missed { " **missed**" } else { "" };
    println!(
        "| {scenario} | {domain} | {:.2} ({:.0}){mark} | {below:.2} | {:.2} | {:.2} | {bias:+.4} |",
        100.0 * tally.coverage(),
        percent(tally.stated, f64::from(tally.runs.max(1))),
        100.0 - 100.0 * tally.coverage() - below,
        (tally.variance / n).sqrt() / sd,
    );
}
