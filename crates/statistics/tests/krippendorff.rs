//! Truth: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), example C: four
//! observers, twelve units, missing data; printed to three digits.
#![allow(clippy::unwrap_used)]

use statistics::{AlphaMetric, krippendorff_alpha};

const OBSERVERS: [[u8; 12]; 4] = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
];

#[test]
fn alpha_is_as_printed() {
    let units: Vec<Vec<f64>> = (0..12)
        .map(|unit| {
            let values = OBSERVERS.iter().map(|observer| observer[unit]);
            values.filter(|v| *v != 0).map(f64::from).collect()
        })
        .collect();
    for (metric, printed) in [
        (AlphaMetric::Nominal, 0.743),
        (AlphaMetric::Ordinal, 0.815),
        (AlphaMetric::Interval, 0.849),
        (AlphaMetric::Ratio, 0.797),
    ] {
        let alpha = krippendorff_alpha(&units, metric).unwrap();
        assert!((alpha - printed).abs() <= 0.0005, "{metric:?}: {alpha}");
    }
}

#[test]
fn there_must_be_something_to_agree_on() {
    assert_eq!(krippendorff_alpha(&[vec![1.0]], AlphaMetric::Nominal), None);
    let equal = [vec![1.0, 1.0], vec![1.0, 1.0]];
    assert_eq!(krippendorff_alpha(&equal, AlphaMetric::Nominal), None);
}
