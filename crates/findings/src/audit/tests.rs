//! The search against plain enumeration: of small random instances every world is written down, and for every secret and
//! every pair of known respondents it is counted whether one is left in which the secret is the other way round.

use super::programme::{Constraint, Programme};
use super::search::{Care, Effort, Pool, Secret, told};

/// splitmix64
struct Stream(u64);

impl Stream {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}

const STATES: u16 = 3;

/// States that stand for one answer each.
fn plain(states: u16) -> Vec<Vec<i16>> {
    (0..states as i16).map(|answer| vec![answer]).collect()
}

/// Respondents in two groups; the shares of some codes in all and in the groups, rounded to steps of `precision`.
fn instance(seed: u64, precision: f64) -> Programme {
    let mut stream = Stream(seed);
    let n = 5 + stream.below(3);
    let truth: Vec<u16> = (0..n)
        .map(|_| stream.below(usize::from(STATES)) as u16)
        .collect();
    let spaces = vec![(0..STATES).collect()];
    let mut programme = Programme::new(
        (0..n as u32).collect(),
        spaces,
        vec![0; n],
        truth,
        plain(STATES),
    );
    let weights: Vec<f64> = (0..n).map(|_| 1.0 + stream.below(3) as f64).collect();
    let split = 2 + stream.below(n - 3);
    let groups: [&dyn Fn(usize) -> bool; 3] = [&|_| true, &|s| s < split, &|s| s >= split];
    for (source, inside) in groups.into_iter().enumerate() {
        let weight: Vec<f64> = (0..n)
            .map(|s| if inside(s) { weights[s] } else { 0.0 })
            .collect();
        let total: f64 = weight.iter().sum();
        for code in 0..STATES {
            if stream.below(3) == 0 {
                continue;
            }
            let gain: Vec<f64> = (0..STATES)
                .map(|s| f64::from(u8::from(s == code)))
                .collect();
            let said = weight.iter().zip(&programme.truth);
            let share: f64 = said.map(|(w, s)| w * gain[usize::from(*s)]).sum::<f64>() / total;
            let rounded = (share / precision).round() * precision;
            let low = (rounded - precision / 2.0) * total;
            let high = (rounded + precision / 2.0) * total;
            programme.add(Constraint {
                source,
                place: 0,
                weight: weight.clone(),
                gain,
                low,
                high,
            });
        }
    }
    programme.index();
    programme
}

/// All worlds that meet every constraint.
fn worlds(programme: &Programme) -> Vec<Vec<u16>> {
    let n = programme.truth.len();
    let count = usize::from(STATES).pow(n as u32);
    let world = |mut number: usize| -> Vec<u16> {
        let digit = |_| {
            let state = (number % usize::from(STATES)) as u16;
            number /= usize::from(STATES);
            state
        };
        (0..n).map(digit).collect()
    };
    let meets = |world: &Vec<u16>| {
        let changes = world.iter().copied().enumerate();
        let changes: Vec<(usize, u16)> = changes
            .filter(|(s, to)| programme.truth[*s] != *to)
            .collect();
        programme.violated(&changes).is_empty()
    };
    (0..count).map(world).filter(meets).collect()
}

/// Whether some pair of known respondents leaves no world with the secret turned round.
fn told_by_enumeration(programme: &Programme, all: &[Vec<u16>], secret: &Secret) -> bool {
    let n = programme.truth.len();
    let turned: Vec<&Vec<u16>> = all
        .iter()
        .filter(|w| secret.others.contains(&w[secret.subject]))
        .collect();
    let left = |known: [usize; 2]| {
        turned
            .iter()
            .any(|w| known.iter().all(|k| w[*k] == programme.truth[*k]))
    };
    let others: Vec<usize> = (0..n).filter(|s| *s != secret.subject).collect();
    others
        .iter()
        .any(|p| others.iter().any(|q| !left([*p, *q])))
}

#[test]
fn the_search_agrees_with_enumeration_on_small_instances() {
    let (mut open, mut given_away, mut proven) = (0, 0, 0);
    for seed in 0..150 {
        let programme = instance(seed, [0.1, 0.2, 0.3][(seed % 3) as usize]);
        let all = worlds(&programme);
        let mut pool = Pool::new(Care::Thorough);
        for subject in 0..programme.truth.len() {
            let others = (0..STATES)
                .filter(|s| *s != programme.truth[subject])
                .collect();
            let secret = Secret {
                subject,
                place: 0,
                others,
            };
            let truth = told_by_enumeration(&programme, &all, &secret);
            let found = told(&programme, &secret, &mut pool, &mut Effort::default());
            // Never open where enumeration finds it told; and a proof is one.
            assert_eq!(
                found.is_some(),
                truth,
                "instance {seed}, respondent {subject}: {found:?}"
            );
            match found {
                None => open += 1,
                Some(told) => {
                    given_away += 1;
                    proven += usize::from(told.proven);
                }
            }
        }
    }
    println!("{open} open, {given_away} told, {proven} of them proven by a linear programme");
    assert!(open > 50 && given_away > 50 && proven > 50);
}

#[test]
fn three_swaps_with_different_partners_are_enough() {
    // Eight of one weight, four of each answer: no programme is needed, whichever two are known.
    let truth = vec![0, 0, 0, 0, 1, 1, 1, 1];
    let mut programme = Programme::new(
        (0..8).collect(),
        vec![vec![0, 1]],
        vec![0; 8],
        truth,
        plain(2),
    );
    let weight = vec![1.0; 8];
    programme.add(Constraint {
        source: 0,
        place: 0,
        weight,
        gain: vec![1.0, 0.0],
        low: 4.0,
        high: 4.0,
    });
    programme.index();
    let (mut pool, mut effort) = (Pool::new(Care::Thorough), Effort::default());
    for subject in 0..8 {
        let others = vec![1 - programme.truth[subject]];
        assert_eq!(
            told(
                &programme,
                &Secret {
                    subject,
                    place: 0,
                    others
                },
                &mut pool,
                &mut effort
            ),
            None
        );
    }
    assert_eq!(effort.programmes, 0);
}

#[test]
fn four_decimals_tell_everybody_and_whole_percents_do_not() {
    // Weights of all sizes: with four decimals a sum has one solution.
    let check = |precision: f64| {
        let weights: Vec<f64> = (0..14)
            .map(|s| 1.0 + 0.137 * f64::from(s * s % 29))
            .collect();
        let truth: Vec<u16> = (0..14).map(|s| u16::from(s % 3 == 0)).collect();
        let mut programme = Programme::new(
            (0..14).collect(),
            vec![vec![0, 1]],
            vec![0; 14],
            truth,
            plain(2),
        );
        let total: f64 = weights.iter().sum();
        let yes: f64 = (0..14).filter(|s| s % 3 == 0).map(|s| weights[s]).sum();
        let middle = (yes / total / precision).round() * precision;
        let (low, high) = (
            (middle - precision / 2.0) * total,
            (middle + precision / 2.0) * total,
        );
        programme.add(Constraint {
            source: 0,
            place: 0,
            weight: weights,
            gain: vec![0.0, 1.0],
            low,
            high,
        });
        programme.index();
        let (mut pool, mut effort) = (Pool::new(Care::Thorough), Effort::default());
        let told = (0..14).filter(|&subject| {
            let others = vec![1 - programme.truth[subject]];
            told(
                &programme,
                &Secret {
                    subject,
                    place: 0,
                    others,
                },
                &mut pool,
                &mut effort,
            )
            .is_some()
        });
        told.count()
    };
    assert_eq!(check(0.01), 0);
    assert!(check(0.000_001) > 7);
}
