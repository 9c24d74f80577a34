//! Truth: for a mean in strata of equal weights the bootstrap's variance is, but for the draws,
//! that of linearisation without finite population correction (Rao and Wu 1988).
#![allow(clippy::unwrap_used)]

use statistics::{Columns, Design, LonelyPsu, Missing};

#[test]
fn the_bootstrap_comes_near_linearisation() {
    let strata: Vec<u32> = (0..40).map(|row| row % 3).collect();
    let weights: Vec<f64> = strata.iter().map(|h| 2.0 + f64::from(*h)).collect();
    let y: Vec<f64> = (0..40_u32).map(|row| f64::from(row * 37 % 23)).collect();
    let design = Design::new(
        &Columns {
            rows: 40,
            weights: Some(&weights),
            strata: Some(&strata),
            ..Columns::default()
        },
        LonelyPsu::Fail,
    )
    .unwrap();
    let linear = design.mean(&[&y], None, Missing::Fail).unwrap();
    let bootstrap = design.bootstrap(4000, 1988).unwrap();
    let got = bootstrap.mean(&[&y], None).unwrap();
    assert_eq!(got.values, linear.values());
    let ratio = got.se(0) / linear.se(0);
    assert!((ratio - 1.0).abs() < 0.03, "{ratio}");
    let again = design
        .bootstrap(4000, 1988)
        .unwrap()
        .mean(&[&y], None)
        .unwrap();
    assert_eq!(got.se(0).to_bits(), again.se(0).to_bits());
    let jackknife = design.jackknife().unwrap().mean(&[&y], None).unwrap();
    assert!((jackknife.se(0) / linear.se(0) - 1.0).abs() < 1e-6);
}
