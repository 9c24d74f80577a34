//! Truth: the general path, `Design::by` with `Design::mean`, which is compared with R elsewhere.
#![allow(clippy::unwrap_used)]

use statistics::{Columns, Design, EstimateError, LonelyPsu, Missing, Population};

struct Made {
    strata: Vec<u32>,
    sizes: Vec<f64>,
    weights: Vec<f64>,
    regions: Vec<Option<u32>>,
    kinds: Vec<Option<u32>>,
    item: Vec<f64>,
    domain: Vec<bool>,
}

/// 300 rows in seven strata: one is lonely, one fully observed; some values are missing.
fn made() -> Made {
    let mut state: u64 = 99;
    let mut draw = || {
        state = state * 16_807 % 2_147_483_647;
        state as f64 / 2_147_483_647.0
    };
    let strata: Vec<u32> = (0..300)
        .map(|row| match row {
            0 => 6,
            1..=4 => 5,
            _ => row % 5,
        })
        .collect();
    Made {
        sizes: strata
            .iter()
            .map(|h| match h {
                6 => 3.0,
                5 => 4.0,
                h => 100.0 + 50.0 * f64::from(*h),
            })
            .collect(),
        weights: (0..300).map(|_| 1.0 + 3.0 * draw()).collect(),
        regions: (0..300)
            .map(|row| (row % 11 != 0).then_some(row % 4 + 10))
            .collect(),
        kinds: (0..300).map(|_| Some((draw() * 3.0) as u32)).collect(),
        item: (0..300)
            .map(|row| {
                let value = 2016.0 + (5.0 * draw()).floor();
                if row % 13 == 2 { f64::NAN } else { value }
            })
            .collect(),
        domain: (0..300).map(|_| draw() < 0.8).collect(),
        strata,
    }
}

#[test]
fn cells_give_what_the_general_path_gives() {
    let made = made();
    for lonely in [LonelyPsu::Remove, LonelyPsu::Adjust, LonelyPsu::Average] {
        let design = Design::new(
            &Columns {
                rows: 300,
                weights: Some(&made.weights),
                strata: Some(&made.strata),
                population: Some(Population::Sizes(&made.sizes)),
                ..Columns::default()
            },
            lonely,
        )
        .unwrap();
        for domain in [None, Some(made.domain.as_slice())] {
            let tables = design
                .tabulation(&[&made.regions, &made.kinds], domain)
                .unwrap()
                .mean(&made.item)
                .unwrap();
            for (groups, table) in [&made.regions, &made.kinds].iter().zip(&tables) {
                let want = design
                    .by(groups, domain, |rows| {
                        design.mean(&[&made.item], Some(rows), Missing::Drop)
                    })
                    .unwrap();
                assert_eq!(table.groups, want.groups);
                for (i, (got, want)) in table.estimates.iter().zip(&want.estimates).enumerate() {
                    let (got, want) = (got.unwrap(), want.get(0));
                    assert_eq!(
                        (got.basis.n, got.basis.df, got.basis.df_domain),
                        (want.basis.n, want.basis.df, want.basis.df_domain)
                    );
                    let close = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-11;
                    assert!(close(got.value, want.value), "{i} {got:?} {want:?}");
                    assert!(close(got.se, want.se), "{i} {lonely:?} {got:?} {want:?}");
                    assert!(close(got.basis.n_effective, want.basis.n_effective));
                    let (a, b) = (got.design_effect.unwrap(), want.design_effect.unwrap());
                    assert!(close(a.without_replacement, b.without_replacement));
                }
                for i in 0..table.groups.len() {
                    for j in 0..i {
                        let want = want.joint.covariance();
                        let scale = (want.get(i, i) * want.get(j, j)).sqrt();
                        let difference = table.covariance.get(i, j) - want.get(i, j);
                        assert!(difference.abs() < 1e-11 * scale, "{i} {j} {lonely:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn clusters_are_refused() {
    let design = Design::new(
        &Columns {
            rows: 4,
            psu: Some(&[1, 1, 2, 2]),
            ..Columns::default()
        },
        LonelyPsu::Fail,
    )
    .unwrap();
    let refused = design.tabulation(&[&[Some(1); 4]], None).map(|_| ());
    assert!(matches!(refused, Err(EstimateError::Range { .. })));
}

/// The variance is zero, not the root of rounding dust.
#[test]
fn equal_values_have_no_variance() {
    let made = made();
    let design = Design::new(
        &Columns {
            rows: 300,
            weights: Some(&made.weights),
            ..Columns::default()
        },
        LonelyPsu::Fail,
    )
    .unwrap();
    // Group 10 says 1, group 11 says 0, the rest differ.
    let item: Vec<f64> = (0..300)
        .map(|row| match made.regions[row] {
            Some(10) => 1.0,
            Some(11) => 0.0,
            _ => (row % 5) as f64,
        })
        .collect();
    let plan = design.tabulation(&[&made.regions], None).unwrap();
    let table = plan.mean(&item).unwrap().remove(0);
    assert_eq!(table.groups, [10, 11, 12, 13]);
    let ses: Vec<f64> = table.estimates.iter().map(|e| e.unwrap().se).collect();
    assert!(ses[0] < 1e-15 && ses[1] < 1e-15 && ses[2] > 0.1, "{ses:?}");
}
