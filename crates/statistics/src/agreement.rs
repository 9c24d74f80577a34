//! Agreement between coders: Krippendorff's alpha.

use std::collections::BTreeMap;

/// How far apart two values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlphaMetric {
    /// Equal or not.
    Nominal,
    /// By how many values lie between them, counted by how often they were used.
    Ordinal,
    /// Squared difference.
    Interval,
    /// Squared difference over the sum.
    Ratio,
}

/// Krippendorff's alpha: 1 for perfect agreement, 0 for that of chance (Krippendorff, Computing
/// Krippendorff's Alpha-Reliability, 2011).
///
/// `units` holds for each unit the values that coders gave it, missing ones left out; units with
/// fewer than two values do not count. `None` when no unit has two values, or when all values are
/// equal, so that there is nothing to agree on.
pub fn krippendorff_alpha(units: &[Vec<f64>], metric: AlphaMetric) -> Option<f64> {
    let paired: Vec<&Vec<f64>> = units.iter().filter(|values| values.len() > 1).collect();
    let mut sorted: Vec<f64> = paired
        .iter()
        .flat_map(|values| values.iter().copied())
        .collect();
    sorted.sort_by(f64::total_cmp);
    sorted.dedup();
    let index = |value: f64| {
        sorted
            .binary_search_by(|probe| probe.total_cmp(&value))
            .expect("every value is in the list")
    };
    // Coincidences of values within units, each unit weighing as many as it has values.
    let mut coincidences: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    let mut counts = vec![0.0; sorted.len()];
    for values in paired {
        let share = 1.0 / (values.len() as f64 - 1.0);
        for (i, left) in values.iter().enumerate() {
            counts[index(*left)] += 1.0;
            for (j, right) in values.iter().enumerate() {
                if i != j {
                    let key = (index(*left), index(*right));
                    *coincidences.entry(key).or_insert(0.0) += share;
                }
            }
        }
    }
    let total = counts.iter().fold(0.0, |sum, count| sum + count);
    let distance = |a: usize, b: usize| distance(&sorted, &counts, a, b, metric);
    let mut observed = 0.0;
    for ((a, b), count) in &coincidences {
        observed += count * distance(*a, *b);
    }
    let mut expected = 0.0;
    for (a, left) in counts.iter().enumerate() {
        for (b, right) in counts.iter().enumerate() {
            expected += left * right * distance(a, b);
        }
    }
    if expected > 0.0 {
        Some(1.0 - (total - 1.0) * observed / expected)
    } else {
        None
    }
}

fn distance(sorted: &[f64], counts: &[f64], a: usize, b: usize, metric: AlphaMetric) -> f64 {
    if a == b {
        return 0.0;
    }
    let (low, high) = (a.min(b), a.max(b));
    let (left, right) = (sorted[low], sorted[high]);
    let root = match metric {
        AlphaMetric::Nominal => 1.0,
        AlphaMetric::Ordinal => {
            let between = counts[low..=high]
                .iter()
                .fold(0.0, |sum, count| sum + count);
            between - 0.5 * (counts[low] + counts[high])
        }
        AlphaMetric::Interval => right - left,
        AlphaMetric::Ratio => (right - left) / (right + left),
    };
    root * root
}
