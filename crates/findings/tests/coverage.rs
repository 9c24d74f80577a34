//! Coverage of the published intervals, in small: the bench of the same name runs the whole grid
//! (`docs/decisions/coverage.md`). Truth: the answers of a whole made-up population.

#![allow(clippy::unwrap_used)] // tests may

mod simulated;

use simulated::{GRID, Item, Response, Scenario, World, run};

const RUNS: u32 = 400;

fn scenario(name: &str) -> &'static Scenario {
    GRID.iter().find(|scenario| scenario.name == name).unwrap()
}

#[test]
fn intervals_of_all_and_of_size_classes_hold_the_truth() {
    let world = World::new();
    let units = world.units(7);
    // With 400 runs a coverage of 95 % is measured as 92.3 to 97.3 % (2.5 standard errors).
    for name in ["random within cells", "by Land and size", "scale mean"] {
        let tallies = run(&units, scenario(name), RUNS, 20_161);
        for (domain, tally) in tallies[..5].iter().enumerate() {
            let coverage = tally.coverage();
            println!("{name}, domain {domain}: {coverage:.3} of {}", tally.stated);
            assert!(tally.stated > RUNS * 3 / 4, "{name} {domain}: {tally:?}");
            assert!(
                (0.915..=0.988).contains(&coverage),
                "{name} {domain}: {tally:?}"
            );
        }
    }
}

#[test]
fn standard_errors_are_those_of_repeated_waves() {
    let world = World::new();
    let units = world.units(7);
    let tallies = run(&units, scenario("by Land and size"), RUNS, 7);
    for (domain, tally) in tallies[..5].iter().enumerate() {
        let n = f64::from(tally.stated);
        let bias = tally.bias / n;
        let ratio = ((tally.variance / n) / (tally.square / n - bias * bias)).sqrt();
        println!("domain {domain}: estimated over true standard error {ratio:.3}, bias {bias:.4}");
        assert!((0.88..=1.15).contains(&ratio), "{domain}: {ratio}");
        assert!(bias.abs() < 0.02, "{domain}: {bias}");
    }
}

#[test]
fn the_simulation_sees_when_answering_is_not_at_random() {
    let world = World::new();
    let units = world.units(7);
    let skewed = Scenario {
        item: Item::Common,
        response: Response::NotAtRandom,
        ..*scenario("random within cells")
    };
    let tallies = run(&units, &skewed, RUNS / 2, 3);
    assert!(tallies[0].coverage() < 0.9, "{:?}", tallies[0]);
}
