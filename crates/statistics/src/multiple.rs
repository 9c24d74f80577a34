//! Many tests at once: adjusted p-values, and intervals adjusted for selection.

/// Benjamini and Hochberg's adjusted p-values (1995): rejecting those of at most q keeps the
/// expected share of false rejections at q for independent (or positively dependent) tests.
/// In the order given; NaN stays NaN and is not counted.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    step_up(p, 1.0)
}

/// Benjamini and Yekutieli's adjusted p-values (2001), valid under any dependence.
pub fn benjamini_yekutieli(p: &[f64]) -> Vec<f64> {
    let count = p.iter().filter(|p| !p.is_nan()).count();
    let mut harmonic = 0.0;
    for i in 1..=count {
        harmonic += 1.0 / i as f64;
    }
    step_up(p, harmonic)
}

/// Holm's adjusted p-values (1979): rejecting those of at most α keeps the probability of any
/// false rejection at α. In the order given; NaN stays NaN and is not counted.
pub fn holm(p: &[f64]) -> Vec<f64> {
    let order = ascending(p);
    let count = order.len();
    let mut adjusted = vec![f64::NAN; p.len()];
    let mut largest: f64 = 0.0;
    for (rank, index) in order.into_iter().enumerate() {
        largest = libm::fmax(largest, (count - rank) as f64 * p[index]);
        adjusted[index] = largest.min(1.0);
    }
    adjusted
}

/// The confidence of intervals for `selected` of `tested` parameters, such that the expected share
/// of intervals that miss is `q` (Benjamini and Yekutieli 2005, FCR): `1 - q selected / tested`.
///
/// With Benjamini-Hochberg at q selecting, an interval for a difference then excludes zero exactly
/// where its test was selected, so that picture and verdict agree. Nothing selected: `1 - q`.
pub fn fcr_confidence(selected: usize, tested: usize, q: f64) -> f64 {
    if selected == 0 || tested == 0 {
        1.0 - q
    } else {
        1.0 - q * selected as f64 / tested as f64
    }
}

fn step_up(p: &[f64], factor: f64) -> Vec<f64> {
    let order = ascending(p);
    let count = order.len();
    let mut adjusted = vec![f64::NAN; p.len()];
    let mut smallest: f64 = 1.0;
    for (rank, index) in order.into_iter().enumerate().rev() {
        let value = factor * count as f64 / (rank + 1) as f64 * p[index];
        smallest = libm::fmin(smallest, value);
        adjusted[index] = smallest;
    }
    adjusted
}

fn ascending(p: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p.len()).filter(|index| !p[*index].is_nan()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]).then(a.cmp(b)));
    order
}
