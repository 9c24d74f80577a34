//! What must hold whatever the numbers are: errors, missing values, domains, equal bits.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use statistics::{
    CalibrationError, Columns, Design, DesignError, EstimateError, LonelyPsu, Margin, Missing,
    Population, RakeControl, fcr_confidence, kish, smallest_detectable,
};

fn plain(rows: usize) -> Columns<'static> {
    Columns {
        rows,
        ..Columns::default()
    }
}

#[test]
fn faulty_columns_are_refused() {
    let new = |columns: &Columns| Design::new(columns, LonelyPsu::Fail).map(|_| ());
    assert_eq!(new(&plain(0)), Err(DesignError::Empty));
    let short = Columns {
        strata: Some(&[1, 2]),
        ..plain(3)
    };
    let column = "strata";
    let error = DesignError::Length {
        column,
        found: 2,
        rows: 3,
    };
    assert_eq!(new(&short), Err(error));
    let crossed = Columns {
        strata: Some(&[1, 2]),
        psu: Some(&[7, 7]),
        ..plain(2)
    };
    assert_eq!(
        new(&crossed),
        Err(DesignError::PsuInSeveralStrata { psu: 7 })
    );
    let nested = Columns {
        nest: true,
        ..crossed
    };
    assert_eq!(new(&nested), Ok(()));
    let few = Columns {
        population: Some(Population::Sizes(&[2.0, 2.0, 2.0])),
        ..plain(3)
    };
    let error = DesignError::SampleExceedsPopulation {
        stratum: 0,
        sampled: 3,
        population: 2.0,
    };
    assert_eq!(new(&few), Err(error));
    let varying = Columns {
        population: Some(Population::Sizes(&[9.0, 8.0])),
        ..plain(2)
    };
    assert_eq!(
        new(&varying),
        Err(DesignError::PopulationVaries { stratum: 0 })
    );
    let negative = Columns {
        weights: Some(&[1.0, -1.0]),
        ..plain(2)
    };
    let error = DesignError::Weight {
        row: 1,
        value: -1.0,
    };
    assert_eq!(new(&negative), Err(error));
}

#[test]
fn fractions_are_sizes() {
    let strata = [1, 1, 2, 2];
    let sizes = [8.0, 8.0, 4.0, 4.0];
    let fractions = [0.25, 0.25, 0.5, 0.5];
    let y = [1.0, 2.0, 5.0, 9.0];
    let mean = |population| {
        let columns = Columns {
            strata: Some(&strata),
            population: Some(population),
            ..plain(4)
        };
        let design = Design::new(&columns, LonelyPsu::Fail).unwrap();
        let mean = design.mean(&[&y], None, Missing::Fail).unwrap().get(0);
        (mean.value, mean.se)
    };
    let by_size = mean(Population::Sizes(&sizes));
    assert_eq!(by_size, mean(Population::Fractions(&fractions)));
    assert_eq!(by_size.0, (8.0 * 1.5 + 4.0 * 7.0) / 12.0);
}

#[test]
fn missing_values_leave_as_a_domain_does() {
    let design = Design::new(&plain(5), LonelyPsu::Fail).unwrap();
    let gaps = [1.0, f64::NAN, 3.0, 7.0, f64::NAN];
    let filled = [1.0, 50.0, 3.0, 7.0, 60.0];
    let there = [true, false, true, true, false];
    let dropped = design.mean(&[&gaps], None, Missing::Drop).unwrap();
    let domain = design
        .mean(&[&filled], Some(&there), Missing::Fail)
        .unwrap();
    assert_eq!(dropped.get(0), domain.get(0));
    assert_eq!(dropped.basis().n, 3);
    let refused = design.mean(&[&gaps], None, Missing::Fail);
    assert_eq!(refused.map(|_| ()), Err(EstimateError::Missing { row: 1 }));
    let nobody = design.mean(&[&gaps], Some(&[false; 5]), Missing::Drop);
    assert_eq!(nobody.map(|_| ()), Err(EstimateError::Empty));
}

#[test]
fn a_missing_level_can_be_a_level() {
    let design = Design::new(&plain(4), LonelyPsu::Fail).unwrap();
    let levels = [Some(0), None, Some(1), Some(0)];
    let shares = |missing| {
        let got = design.proportions(&levels, 2, None, missing).unwrap();
        got.values().to_vec()
    };
    assert_eq!(shares(Missing::Level), [0.5, 0.25, 0.25]);
    assert_eq!(shares(Missing::Drop), [2.0 / 3.0, 1.0 / 3.0]);
    let beyond = design.proportions(&[Some(2); 4], 2, None, Missing::Drop);
    let error = EstimateError::Level {
        row: 0,
        level: 2,
        levels: 2,
    };
    assert_eq!(beyond.map(|_| ()), Err(error));
}

#[test]
fn a_census_has_no_variance() {
    let sizes = [3.0; 3];
    let columns = Columns {
        population: Some(Population::Sizes(&sizes)),
        ..plain(3)
    };
    let design = Design::new(&columns, LonelyPsu::Fail).unwrap();
    let mean = design
        .mean(&[&[1.0, 5.0, 9.0]], None, Missing::Fail)
        .unwrap();
    assert_eq!(mean.se(0), 0.0);
}

#[test]
fn a_lonely_stratum_fails_unless_told_otherwise() {
    let strata = [1, 1, 2];
    let columns = Columns {
        strata: Some(&strata),
        ..plain(3)
    };
    let design = Design::new(&columns, LonelyPsu::Fail).unwrap();
    let y = [1.0, 2.0, 8.0];
    let refused = design.mean(&[&y], None, Missing::Fail);
    assert_eq!(
        refused.map(|_| ()),
        Err(EstimateError::LonelyPsu { stratum: 2 })
    );
    // A domain without that stratum has no such trouble.
    let first = design.mean(&[&y], Some(&[true, true, false]), Missing::Fail);
    assert!(first.is_ok());
    let groups = design.by(&[Some(4), Some(5), None], None, |rows| {
        design.mean(&[&y], Some(rows), Missing::Fail)
    });
    assert!(groups.is_ok());
    let se = |rule| {
        let design = design.clone().with_lonely(rule);
        design.mean(&[&y], None, Missing::Fail).unwrap().se(0)
    };
    assert_eq!(se(LonelyPsu::Remove), se(LonelyPsu::Certainty));
    assert!(se(LonelyPsu::Remove) < se(LonelyPsu::Average));
    assert!(se(LonelyPsu::Average) < se(LonelyPsu::Adjust));
}

#[test]
fn margins_that_cannot_be_met_are_named() {
    let design = Design::new(&plain(3), LonelyPsu::Fail).unwrap();
    let groups = [1, 1, 2];
    let rake = |totals: &[(u32, f64)]| {
        let totals: BTreeMap<u32, f64> = totals.iter().copied().collect();
        let margin = Margin {
            groups: &groups,
            totals: &totals,
        };
        design
            .rake(&[margin], RakeControl::default())
            .map(|(design, report)| (design.weights().to_vec(), report.converged))
    };
    assert_eq!(rake(&[(1, 8.0), (2, 5.0)]), Ok((vec![4.0, 4.0, 5.0], true)));
    assert_eq!(
        rake(&[(1, 8.0)]),
        Err(CalibrationError::NoTotal { group: 2 })
    );
    let error = CalibrationError::NoRow {
        group: 3,
        total: 1.0,
    };
    assert_eq!(rake(&[(1, 8.0), (2, 5.0), (3, 1.0)]), Err(error));
}

#[test]
fn a_calibrated_total_is_known_exactly() {
    let design = Design::new(&plain(4), LonelyPsu::Fail).unwrap();
    let groups = [1, 1, 2, 2];
    let totals: BTreeMap<u32, f64> = [(1, 30.0), (2, 70.0)].into();
    let margin = Margin {
        groups: &groups,
        totals: &totals,
    };
    let (raked, report) = design.rake(&[margin], RakeControl::default()).unwrap();
    assert!(report.converged && report.miss == 0.0);
    let second = [0.0, 0.0, 1.0, 1.0];
    let share = raked.mean(&[&second], None, Missing::Fail).unwrap();
    assert!((share.values()[0] - 0.7).abs() < 1e-15);
    assert!(share.se(0) < 1e-15);
}

#[test]
fn equal_input_gives_equal_bits() {
    let y: Vec<f64> = (0..500_u32).map(|i| f64::from(i * 7919 % 997)).collect();
    let w: Vec<f64> = (0..500_u32)
        .map(|i| 1.0 + f64::from(i * 31 % 17) / 3.0)
        .collect();
    let run = || {
        let columns = Columns {
            weights: Some(&w),
            ..plain(500)
        };
        let design = Design::new(&columns, LonelyPsu::Fail).unwrap();
        let mean = design.mean(&[&y], None, Missing::Fail).unwrap().get(0);
        (mean.value.to_bits(), mean.se.to_bits())
    };
    // Written down once: another machine must find the same bits.
    assert_eq!(run(), run());
    let bits = run();
    assert_eq!(bits, (4_647_721_308_562_291_903, 4_624_226_451_989_565_050));
}

#[test]
fn effective_n_and_selection() {
    assert_eq!(kish(&[2.0; 7]), 7.0);
    assert_eq!(kish(&[1.0, 0.0, 0.0]), 1.0);
    assert_eq!(kish(&[]), 0.0);
    // Ten of forty selected at 5 %: intervals at 98.75 %.
    assert!((fcr_confidence(10, 40, 0.05) - 0.9875).abs() < 1e-15);
    assert_eq!(fcr_confidence(0, 40, 0.05), 0.95);
    // Cohen: 1.96 + 0.84 standard errors.
    let found = smallest_detectable(1.0, f64::INFINITY, 0.05, 0.8);
    assert!((found - 2.8016).abs() < 1e-4, "{found}");
}
