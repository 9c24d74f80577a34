//! Post-stratification, raking and calibration of the api designs to their population.

use std::collections::BTreeMap;
use std::path::Path;

use statistics::{Design, Distance, Margin, Missing, RakeControl};

use crate::api::{Sample, clustered, stratified};
use crate::data::Table;
use crate::ledger::{ITERATED, Ledger, TOLERANCE};

pub fn compare(ledger: &mut Ledger, data: &Path) {
    let population = Table::read(&data.join("apipop.csv"));
    for (name, sample) in [
        ("cal.strat_fpc", stratified(data, true)),
        ("cal.clus1_fpc", clustered(data)),
    ] {
        by_margins(ledger, name, &sample, &population);
        by_totals(ledger, name, &sample, &population);
        trimmed(ledger, name, &sample, &population);
    }
}

fn counts(table: &Table, column: &str) -> BTreeMap<u32, f64> {
    let mut counts = BTreeMap::new();
    for id in table.ids(column) {
        *counts.entry(id).or_insert(0.0) += 1.0;
    }
    counts
}

fn by_margins(ledger: &mut Ledger, name: &str, sample: &Sample, population: &Table) {
    let Sample { table, design } = sample;
    let (types, wide) = (table.ids("stype"), table.ids("sch.wide"));
    let (type_totals, wide_totals) = (counts(population, "stype"), counts(population, "sch.wide"));
    let margins = [
        Margin {
            groups: &types,
            totals: &type_totals,
        },
        Margin {
            groups: &wide,
            totals: &wide_totals,
        },
    ];
    let key = format!("{name}.poststrat");
    let got = design.poststratify(&margins[0]).unwrap();
    check(ledger, &key, table, &got, TOLERANCE);

    // The reference raked to 1e-10 or so of the table; ours goes to the same fixed point.
    let key = format!("{name}.rake");
    let (got, report) = design.rake(&margins, RakeControl::default()).unwrap();
    assert!(report.converged && report.miss < 1e-6, "{report:?}");
    check(ledger, &key, table, &got, ITERATED);
    let key = format!("{name}.rake_default_eps");
    let control = RakeControl {
        max_iterations: 10,
        epsilon: 1.0,
    };
    let (got, report) = design.rake(&margins, control).unwrap();
    assert!(report.converged, "{report:?}");
    check(ledger, &key, table, &got, TOLERANCE);
}

fn by_totals(ledger: &mut Ledger, name: &str, sample: &Sample, population: &Table) {
    let Sample { table, design } = sample;
    let indicator = |table: &Table, label: &str| -> Vec<f64> {
        let is = |text: &String| f64::from(text == label);
        table.text("stype").iter().map(is).collect()
    };
    let columns = |table: &Table| {
        [
            vec![1.0; table.rows],
            indicator(table, "H"),
            indicator(table, "M"),
            table.numbers("api99"),
        ]
    };
    let sample_columns = columns(table);
    let totals: Vec<f64> = columns(population).iter().map(|c| c.iter().sum()).collect();
    let refs: Vec<&[f64]> = sample_columns.iter().map(Vec::as_slice).collect();
    for (on, k) in [("stype", 3), ("stype_api99", 4)] {
        for (word, distance, tolerance) in [
            ("linear", Distance::Linear, TOLERANCE),
            ("raking", Distance::Raking, ITERATED),
        ] {
            let key = format!("{name}.greg.{on}.{word}");
            let got = design
                .calibrate(&refs[..k], &totals[..k], distance)
                .unwrap();
            check(ledger, &key, table, &got, tolerance);
        }
        let key = format!("{name}.greg.{on}.logit");
        // The bounds are not in the reference; these are the ones that give its weights.
        let distance = Distance::Logit {
            low: 0.2,
            high: 4.0,
        };
        let got = design
            .calibrate(&refs[..k], &totals[..k], distance)
            .unwrap();
        check(ledger, &key, table, &got, ITERATED);
    }
    let key = format!("{name}.greg.bounded_linear");
    let bounds = Distance::BoundedLinear {
        low: 0.5,
        high: 2.0,
    };
    let got = design.calibrate(&refs, &totals, bounds).unwrap();
    check(ledger, &key, table, &got, ITERATED);
}

/// Post-stratified weights trimmed at the largest weight before.
fn trimmed(ledger: &mut Ledger, name: &str, sample: &Sample, population: &Table) {
    let Sample { table, design } = sample;
    let key = format!("{name}.trim");
    let margin = Margin {
        groups: &table.ids("stype"),
        totals: &counts(population, "stype"),
    };
    let largest = design.weights().iter().copied().fold(0.0, f64::max);
    let got = design
        .poststratify(&margin)
        .and_then(|design| design.trim_weights(0.0, largest, false))
        .unwrap();
    let weights = ledger.numbers(&key, "/weights");
    for (have, want) in got.weights().iter().zip(weights) {
        ledger.check(&key, "weight", *have, want);
    }
    let sum = ledger.number(&key, "/sum_w");
    ledger.check(&key, "sum_w", got.weights().iter().sum(), sum);
    let mean = got
        .mean(&[&table.numbers("api00")], None, Missing::Drop)
        .unwrap();
    ledger.check_estimates(&key, "/mean", &mean, &[0], TOLERANCE);
}

fn check(ledger: &mut Ledger, key: &str, table: &Table, got: &Design, tolerance: f64) {
    let weights = ledger.numbers(key, "/weights");
    for (have, want) in got.weights().iter().zip(weights) {
        ledger.check_scaled(key, "weight", *have, want, 0.0, tolerance);
    }
    let sum = ledger.number(key, "/sum_w");
    ledger.check(key, "sum_w", got.weights().iter().sum(), sum);
    let (api00, enroll) = (table.numbers("api00"), table.numbers("enroll"));
    let (stype, _) = table.levels("stype");
    let drop = Missing::Drop;
    let mean = got.mean(&[&api00], None, drop).unwrap();
    ledger.check_estimates(key, "/mean_api00", &mean, &[0], tolerance);
    let total = got.total(&[&enroll], None, drop).unwrap();
    ledger.check_estimates(key, "/total_enroll", &total, &[0], tolerance);
    let shares = got.proportions(&stype, 3, None, drop).unwrap();
    ledger.check_estimates(key, "/mean_stype", &shares, &[0, 1, 2], tolerance);
    let by = got
        .by(&stype, None, |rows| got.mean(&[&api00], Some(rows), drop))
        .unwrap();
    ledger.check_estimates(key, "/by_stype", &by.joint, &[0, 1, 2], tolerance);
}
