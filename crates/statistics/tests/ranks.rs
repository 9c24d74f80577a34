//! Truth: known values, and the promised coverage in simulated estimates (Mogstad, Romano, Shaikh,
//! Wilhelm 2024): the sets of all items hold together in at least 95 of 100 runs.
#![allow(clippy::unwrap_used)]

use statistics::distribution::normal_quantile;
use statistics::{Columns, Design, Estimates, LonelyPsu, Missing, RankRequest, RankSet, rank_sets};

const REQUEST: RankRequest = RankRequest {
    confidence: 0.95,
    df: f64::INFINITY,
    draws: 800,
    seed: 7,
};

/// Park and Miller's generator (1988).
struct Generator(u64);

impl Generator {
    fn normal(&mut self) -> f64 {
        self.0 = self.0 * 16_807 % 2_147_483_647;
        normal_quantile(self.0 as f64 / 2_147_483_647.0)
    }
}

/// Means of items with the given true values in a sample of 40.
fn means(truth: &[f64], generator: &mut Generator) -> Estimates {
    let rows = 40;
    let columns: Vec<Vec<f64>> = truth
        .iter()
        .map(|mean| (0..rows).map(|_| mean + generator.normal()).collect())
        .collect();
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let design = Design::new(
        &Columns {
            rows,
            ..Columns::default()
        },
        LonelyPsu::Fail,
    )
    .unwrap();
    design.mean(&columns, None, Missing::Fail).unwrap()
}

#[test]
fn far_apart_items_have_one_rank_each() {
    let got = rank_sets(&means(&[3.0, 9.0, 6.0], &mut Generator(11)), &REQUEST).unwrap();
    let set = |rank| RankSet {
        rank,
        best: rank,
        worst: rank,
    };
    assert_eq!(got, [set(3), set(1), set(2)]);
    let again = rank_sets(&means(&[3.0, 9.0, 6.0], &mut Generator(11)), &REQUEST).unwrap();
    assert_eq!(got, again);
}

#[test]
fn all_sets_hold_together() {
    let truth = [0.0, 0.0, 0.3, 0.6, 1.2];
    // Ties: an item's true ranks go from the number of larger ones to that of at least as large.
    let true_rank = |j: usize| {
        let larger = truth.iter().filter(|t| **t > truth[j]).count();
        let equal = truth.iter().filter(|t| **t == truth[j]).count();
        (larger + 1, larger + equal)
    };
    let mut generator = Generator(20_160_125);
    let runs = 300;
    let mut held = 0;
    for _ in 0..runs {
        let sets = rank_sets(&means(&truth, &mut generator), &REQUEST).unwrap();
        let holds = |(j, set): (usize, &RankSet)| {
            let (low, high) = true_rank(j);
            set.best <= low && set.worst >= high && set.best <= set.rank && set.rank <= set.worst
        };
        held += usize::from(sets.iter().enumerate().all(holds));
    }
    let share = f64::from(held as u32) / f64::from(runs);
    println!("all sets hold in {share} of {runs} runs");
    assert!(share > 0.925, "{share}");
}
