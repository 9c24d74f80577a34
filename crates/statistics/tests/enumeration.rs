//! Truth: every possible pair of samples from a small population, so that the mean over all of
//! them is what theory promises: the covariance of the overlap (Tam 1984) and the variance of a
//! mean, both unbiased with each wave's own finite population correction.
#![allow(clippy::unwrap_used)]

use statistics::{
    Columns, Design, Estimates, LonelyPsu, Missing, Population, Wave, overlap_covariance,
};

const FIRST: [f64; 6] = [1.0, 4.0, 2.0, 8.0, 5.0, 7.0];
const SECOND: [f64; 6] = [2.0, 3.0, 2.5, 9.0, 4.0, 5.0];

fn subsets(of: &[u32], size: usize) -> Vec<Vec<u32>> {
    (0_u32..1 << of.len())
        .filter(|bits| bits.count_ones() as usize == size)
        .map(|bits| {
            let inside = |(at, _): &(usize, &u32)| bits >> at & 1 == 1;
            of.iter()
                .enumerate()
                .filter(inside)
                .map(|(_, id)| *id)
                .collect()
        })
        .collect()
}

fn wave(units: &[u32], values: &[f64; 6]) -> (Design, Estimates) {
    let sizes = vec![6.0; units.len()];
    let design = Design::new(
        &Columns {
            rows: units.len(),
            population: Some(Population::Sizes(&sizes)),
            ..Columns::default()
        },
        LonelyPsu::Fail,
    )
    .unwrap();
    let y: Vec<f64> = units.iter().map(|unit| values[*unit as usize]).collect();
    let mean = design.mean(&[&y], None, Missing::Fail).unwrap();
    (design, mean)
}

#[test]
fn the_covariance_of_the_overlap_is_unbiased() {
    let all = [0, 1, 2, 3, 4, 5];
    let (mut runs, mut first_sum, mut second_sum, mut product) = (0.0, 0.0, 0.0, 0.0);
    let (mut first_square, mut estimated, mut variance) = (0.0, 0.0, 0.0);
    for first in subsets(&all, 4) {
        let rest: Vec<u32> = all.iter().copied().filter(|u| !first.contains(u)).collect();
        for kept in subsets(&first, 2) {
            for fresh in subsets(&rest, 1) {
                let second: Vec<u32> = kept.iter().chain(&fresh).copied().collect();
                let (design1, mean1) = wave(&first, &FIRST);
                let (design2, mean2) = wave(&second, &SECOND);
                let covariance = overlap_covariance(
                    &Wave {
                        design: &design1,
                        estimates: &mean1,
                        units: &first,
                    },
                    &Wave {
                        design: &design2,
                        estimates: &mean2,
                        units: &second,
                    },
                )
                .unwrap();
                estimated += covariance.get(0, 0);
                variance += mean1.covariance().get(0, 0);
                let (a, b) = (mean1.values()[0], mean2.values()[0]);
                runs += 1.0;
                first_sum += a;
                first_square += a * a;
                second_sum += b;
                product += a * b;
            }
        }
    }
    let truth = product / runs - first_sum / runs * second_sum / runs;
    assert!((estimated / runs - truth).abs() < 1e-12, "{truth}");
    let truth = first_square / runs - (first_sum / runs) * (first_sum / runs);
    assert!((variance / runs - truth).abs() < 1e-12, "{truth}");
}

/// The same respondents twice: the covariance is the whole variance, and nothing has changed.
#[test]
fn a_complete_panel_without_change_has_no_variance() {
    let units = [0, 2, 3, 5];
    let (design, mean) = wave(&units, &FIRST);
    let wave = Wave {
        design: &design,
        estimates: &mean,
        units: &units,
    };
    let change = statistics::change(&wave, &wave).unwrap()[0];
    assert_eq!(change.value, 0.0);
    assert!(
        change.se < 1e-8 && change.se_if_independent > 0.5,
        "{change:?}"
    );
}
