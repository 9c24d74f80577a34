//! One family of tests: adjusted verdicts, and intervals that agree with them.

use statistics::{benjamini_hochberg, smallest_detectable};

use super::{ReleasedDifference, Verdict};

/// Expected part of false ones among the changes that are said to be seen.
pub const LEVEL: f64 = 0.05;
/// Probability with which [`ReleasedDifference::smallest`] would have been seen.
pub const POWER: f64 = 0.8;

/// An estimated change, before it is released. In the scale of the released figures: percentage points, or tenths.
#[derive(Clone, Copy, Debug)]
pub(super) struct Estimated {
    /// Difference of the released figures.
    pub released: i64,
    /// The estimate and its standard errors; `None` when it may not be tested.
    pub test: Option<Test>,
    /// Figures are rounded to so many of their units (means from 100 on: to tens).
    pub unit: i64,
}

/// What a test needs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Test {
    pub value: f64,
    pub se: f64,
    pub se_if_independent: f64,
    pub df: f64,
}

/// Releases all changes of one family.
///
/// With R of m tests rejected by Benjamini and Hochberg at [`LEVEL`], all intervals are at `1 - LEVEL max(R, 1) / m`:
/// a rejected test has p <= LEVEL R / m, any other p > LEVEL max(R, 1) / m, so that exactly the intervals of
/// rejected ones leave zero out. For those it is the FCR-adjusted interval.
pub(super) fn release(family: &[Estimated]) -> Vec<ReleasedDifference> {
    let p: Vec<f64> = family
        .iter()
        .map(|change| match change.test {
            Some(test) => statistics::distribution::t_two_sided(test.value / test.se, test.df),
            None => f64::NAN,
        })
        .collect();
    let adjusted = benjamini_hochberg(&p);
    let tests = p.iter().filter(|p| !p.is_nan()).count();
    let rejected = adjusted.iter().filter(|p| **p <= LEVEL).count();
    let alpha = LEVEL * rejected.max(1) as f64 / tests.max(1) as f64;
    let each = family.iter().zip(&adjusted);
    each.map(|(change, p)| one(change, *p <= LEVEL, alpha))
        .collect()
}

fn one(change: &Estimated, rejected: bool, alpha: f64) -> ReleasedDifference {
    let value = change.released;
    let Some(test) = change.test else {
        return ReleasedDifference {
            value,
            interval: None,
            verdict: Verdict::NotTested,
            smallest: None,
            too_wide: None,
        };
    };
    let reach = statistics::distribution::t_quantile(1.0 - 0.5 * alpha, test.df) * test.se;
    let unit = change.unit;
    let to_unit = |x: f64| crate::disclosure::whole(x / unit as f64) * unit;
    let (mut low, mut high) = (to_unit(test.value - reach), to_unit(test.value + reach));
    // What rounds to nothing is not said to have moved.
    let verdict = match rejected {
        true if test.value > 0.0 && value >= unit => Verdict::Risen,
        true if test.value < 0.0 && value <= -unit => Verdict::Fallen,
        _ => Verdict::NotSeen,
    };
    match verdict {
        Verdict::Risen => low = low.max(unit),
        Verdict::Fallen => high = high.min(-unit),
        Verdict::NotSeen | Verdict::NotTested => (low, high) = (low.min(0), high.max(0)),
    }
    let smallest = smallest_detectable(test.se, test.df, alpha, POWER) / unit as f64;
    let too_wide = 100.0 * (test.se_if_independent / test.se - 1.0);
    ReleasedDifference {
        value,
        interval: Some((low.min(value), high.max(value))),
        verdict,
        smallest: Some(crate::disclosure::whole(smallest.ceil()) * unit),
        too_wide: Some(crate::disclosure::whole(too_wide)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimated(value: f64, se: f64) -> Estimated {
        Estimated {
            released: value.round() as i64,
            unit: 1,
            test: Some(Test {
                value,
                se,
                se_if_independent: 1.2 * se,
                df: 100.0,
            }),
        }
    }

    #[test]
    fn picture_and_verdict_agree_whatever_the_family() {
        for shift in 0..60 {
            let family: Vec<Estimated> = (0..10)
                .map(|i| estimated(f64::from(i * i * shift) / 30.0 - 4.0, 3.0))
                .collect();
            for change in release(&family) {
                let (low, high) = change.interval.expect("tested");
                let zero = low <= 0 && 0 <= high;
                assert_eq!(zero, change.verdict == Verdict::NotSeen, "{change:?}");
                assert!(low <= change.value && change.value <= high);
                assert_eq!(change.too_wide, Some(20));
            }
        }
    }

    #[test]
    fn one_small_p_among_many_is_not_enough() {
        // p = 0.03 alone is a change, as one of ten it is none.
        let alone = release(&[estimated(6.6, 3.0)]);
        assert_eq!(alone[0].verdict, Verdict::Risen);
        let mut family = vec![estimated(0.3, 3.0); 10];
        family[4] = estimated(6.6, 3.0);
        let ten = release(&family);
        assert_eq!(ten[4].verdict, Verdict::NotSeen);
        assert!(ten[4].interval.expect("tested").0 <= 0);
        // More tests, a larger change is needed.
        assert!(ten[4].smallest > alone[0].smallest);
    }

    #[test]
    fn less_than_a_point_has_not_risen() {
        let change = release(&[estimated(0.4, 0.01)])[0];
        assert_eq!((change.value, change.verdict), (0, Verdict::NotSeen));
        let untested = Estimated {
            test: None,
            ..estimated(9.0, 1.0)
        };
        assert_eq!(release(&[untested])[0].verdict, Verdict::NotTested);
    }
}
