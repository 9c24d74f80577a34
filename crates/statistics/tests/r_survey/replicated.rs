//! Replicate weights: jackknives made here, bootstraps from the columns that R exported.

use std::path::Path;

use statistics::{
    QuantileRequest, ReplicateColumns, ReplicateDesign, ReplicateEstimates, fit_logistic,
};

use crate::api::{clustered, stratified};
use crate::data::Table;
use crate::ledger::{ITERATED, Ledger, TOLERANCE};

pub fn compare(ledger: &mut Ledger, data: &Path) {
    let strat = stratified(data, true);
    let clus = clustered(data);
    let plain = stratified(data, false);
    for (name, sample, mse) in [
        ("rep.clus1.JK1", &clus, false),
        ("rep.clus1.JK1.mse", &clus, true),
        ("rep.strat.JKn", &strat, false),
        ("rep.strat_nofpc.JKn", &plain, false),
    ] {
        let design = sample.design.jackknife().unwrap().with_mse(mse);
        check(ledger, name, &sample.table, &design);
    }
    for (name, sample) in [
        ("clus1.bootstrap", &clus),
        ("strat.bootstrap", &strat),
        ("clus1.subbootstrap", &clus),
        ("strat.subbootstrap", &strat),
    ] {
        let file = format!("rep_{}.csv", name.replace('.', "_"));
        let columns = Table::read(&data.join(file));
        let name = format!("rep.{name}");
        let replicates: Vec<Vec<f64>> = (1..=ledger.number(&name, "/nrep") as usize)
            .map(|k| columns.numbers(&format!("X{k}")))
            .collect();
        let replicates: Vec<&[f64]> = replicates.iter().map(Vec::as_slice).collect();
        let design = ReplicateDesign::new(&ReplicateColumns {
            weights: &columns.numbers("pw"),
            replicates: &replicates,
            combined: true,
            scale: ledger.number(&name, "/scale"),
            rscales: Some(&ledger.numbers(&name, "/rscales")),
            mse: false,
        })
        .unwrap();
        check(ledger, &name, &sample.table, &design);
    }
}

fn check(ledger: &mut Ledger, name: &str, table: &Table, design: &ReplicateDesign) {
    let (api00, enroll) = (table.numbers("api00"), table.numbers("enroll"));
    let students = table.numbers("api.stu");
    let want = ledger.number(name, "/nrep");
    ledger.check(name, "nrep", design.replicates() as f64, want);
    let got = design.mean(&[&api00], None).unwrap();
    check_estimates(ledger, name, "mean_api00", &got, TOLERANCE);
    let got = design.total(&[&enroll], None).unwrap();
    check_estimates(ledger, name, "total_enroll", &got, TOLERANCE);
    let got = design.ratio(&students, &enroll, None).unwrap();
    check_estimates(ledger, name, "ratio", &got, TOLERANCE);
    let (stype, _) = table.levels("stype");
    let indicators: Vec<Vec<f64>> = (0..3)
        .map(|level| {
            let is = |v: &Option<u32>| f64::from(*v == Some(level));
            stype.iter().map(is).collect()
        })
        .collect();
    let columns: Vec<&[f64]> = indicators.iter().map(Vec::as_slice).collect();
    let got = design.mean(&columns, None).unwrap();
    check_estimates(ledger, name, "factor", &got, TOLERANCE);

    // Means by groups are ratios of totals of the indicator's products, made together.
    let got = design
        .estimate(|weights| {
            Ok(indicators
                .iter()
                .map(|indicator| {
                    let mut top = 0.0;
                    let mut bottom = 0.0;
                    for (row, weight) in weights.iter().enumerate() {
                        top += weight * indicator[row] * api00[row];
                        bottom += weight * indicator[row];
                    }
                    top / bottom
                })
                .collect())
        })
        .unwrap();
    check_estimates(ledger, name, "by", &got, TOLERANCE);
    let df = ledger.number(name, "/degf");
    let got = design
        .quantiles(&api00, &[0.5], QuantileRequest::default(), df, None)
        .unwrap();
    let (est, se) = (
        ledger.number(name, "/median/est"),
        ledger.number(name, "/median/se"),
    );
    ledger.check(name, "median est", got[0].value, est);
    ledger.check(name, "median se", got[0].se, se);
    let awards: Vec<f64> = table
        .text("awards")
        .iter()
        .map(|v| f64::from(v == "Yes"))
        .collect();
    let (ones, meals) = (vec![1.0; table.rows], table.numbers("meals"));
    let got = design
        .estimate(|weights| fit_logistic(weights, &awards, &[&ones, &meals]))
        .unwrap();
    check_estimates(ledger, name, "glm", &got, ITERATED);
}

fn check_estimates(
    ledger: &mut Ledger,
    name: &str,
    item: &str,
    got: &ReplicateEstimates,
    tolerance: f64,
) {
    let want = ledger.numbers(name, &format!("/{item}/est"));
    let ses = ledger.numbers(name, &format!("/{item}/se"));
    for (i, want) in want.into_iter().enumerate() {
        let what = format!("{item} est");
        ledger.check_scaled(name, &what, got.values[i], want, 0.0, tolerance);
        // A standard error of zero up to rounding is judged by the estimate.
        let scale = if ses[i] < 1e-9 * want.abs() {
            want.abs()
        } else {
            0.0
        };
        let what = format!("{item} se");
        ledger.check_scaled(name, &what, got.se(i), ses[i], scale, tolerance);
    }
}
