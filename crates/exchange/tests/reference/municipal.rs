//! Requests on a made-up population of municipalities.

use std::path::Path;

use serde_json::{Value, json};

use crate::cases::{all, counted, margin};
use crate::ledger::Ledger;
use crate::{Asked, ITERATED, TOLERANCE};

pub fn municipal(ledger: &mut Ledger, data: &Path, scratch: &Path) {
    for name in ["muni.counts", "muni.lonely", "muni.truth"] {
        ledger.skip(name, "describes the data, nothing is estimated");
    }
    two_waves(ledger, data, scratch);
    ledger.skip(
        "muni.change.panel_paired",
        "needs two files joined: crates/statistics/tests/r_survey",
    );
    let file = data.join("municipal_wave1.csv");
    let design = |rule: &str, fpc: bool| {
        let stage = if fpc {
            json!({"strata": "stratum", "population": "Nh"})
        } else {
            json!({"strata": "stratum"})
        };
        json!({"stages": [stage], "weights": "w", "lonely_psu": rule})
    };
    for rule in ["adjust", "remove", "certainty", "average"] {
        let mut asked = Asked::new(&file, design(rule, true));
        asked.ask(
            "q1",
            json!({"stat": "mean", "of": ["q1_w1"], "covariance": true}),
        );
        asked.ask(
            "by_size",
            json!({"stat": "mean", "of": ["q1_w1"], "by": ["size"], "covariance": true}),
        );
        let got = asked.run(scratch, &format!("muni.lonely_{rule}"));
        ledger.estimates(
            &format!("muni.w1.q1.lonely_{rule}"),
            "",
            &got["q1"],
            &[0],
            TOLERANCE,
        );
        ledger.estimates(
            &format!("muni.w1.by_size.lonely_{rule}"),
            "",
            &got["by_size"],
            &all(&got["by_size"]),
            TOLERANCE,
        );
    }
    let mut asked = Asked::new(&file, design("adjust", true));
    asked.ask(
        "q1",
        json!({"stat": "mean", "of": ["q1_w1"], "covariance": true}),
    );
    asked.ask(
        "q1_total",
        json!({"stat": "total", "of": ["q1_w1"], "covariance": true}),
    );
    asked.ask(
        "q2",
        json!({"stat": "mean", "of": ["q2_w1"], "covariance": true}),
    );
    asked.ask(
        "q2f",
        json!({"stat": "proportion", "of": ["q2_w1"], "covariance": true}),
    );
    asked.ask(
        "weighted_by_residents",
        json!({"stat": "mean", "of": ["q1_w1"], "weight_by": "residents", "covariance": true}),
    );
    for column in ["land", "size", "type"] {
        asked.ask(
            &format!("by_{column}"),
            json!({"stat": "mean", "of": ["q1_w1"], "by": [column], "covariance": true}),
        );
        asked.ask(
            &format!("q2.by_{column}"),
            json!({"stat": "mean", "of": ["q2_w1"], "by": [column], "covariance": "within"}),
        );
        for method in ["logit", "beta", "xlogit"] {
            asked.ask(
                &format!("ciprop_{method}.by_{column}"),
                json!({"stat": "proportion", "of": ["q1_w1"], "level": 1, "by": [column], "interval": method, "df": "domain"}),
            );
        }
    }
    let got = asked.run(scratch, "muni.w1");
    let mut ids = vec![
        "q1".to_owned(),
        "q1_total".into(),
        "q2".into(),
        "q2f".into(),
        "weighted_by_residents".into(),
    ];
    for column in ["land", "size", "type"] {
        ids.extend([format!("by_{column}"), format!("q2.by_{column}")]);
        for method in ["logit", "beta", "xlogit"] {
            let id = format!("ciprop_{method}.by_{column}");
            let tolerance = if method == "logit" {
                ITERATED
            } else {
                TOLERANCE
            };
            ledger.shares(&format!("muni.w1.{id}"), &got[&id], tolerance, tolerance);
        }
    }
    for id in &ids {
        ledger.estimates(
            &format!("muni.w1.{id}"),
            "",
            &got[id],
            &all(&got[id]),
            TOLERANCE,
        );
    }
    let df = ledger.numbers("muni.w1.degf", "/value")[0];
    ledger.check(
        "muni.w1.degf",
        "df",
        got["q1"][0].estimate.unwrap().df,
        df,
        0.0,
        TOLERANCE,
    );
    let key = "muni.w1.kish";
    let effective = ledger.numbers(key, "/neff")[0];
    ledger.check(
        key,
        "neff",
        got["q1"][0].n_effective.unwrap(),
        effective,
        0.0,
        TOLERANCE,
    );

    let mut asked = Asked::new(&file, design("adjust", false));
    asked.ask(
        "q1",
        json!({"stat": "mean", "of": ["q1_w1"], "covariance": true}),
    );
    let got = asked.run(scratch, "muni.w1.nofpc");
    ledger.estimates("muni.w1.nofpc.q1", "", &got["q1"], &[0], TOLERANCE);
    let mut asked = Asked::new(&file, json!({}));
    asked.ask("mean", json!({"stat": "mean", "of": ["q1_w1"]}));
    let got = asked.run(scratch, "muni.w1.unweighted");
    let mean = ledger.numbers("muni.w1.unweighted", "/mean")[0];
    ledger.check(
        "muni.w1.unweighted",
        "mean",
        got["mean"][0].estimate.unwrap().value,
        mean,
        0.0,
        TOLERANCE,
    );
    raked(ledger, data, scratch);
    stacked(ledger, data, scratch);

    let key = "muni.propensity";
    let mut asked = Asked::new(&data.join("municipal_pop.csv"), json!({}));
    asked.ask(
        "p",
        json!({"stat": "logistic", "of": ["r1"], "on": ["size", "type"]}),
    );
    let got = asked.run(scratch, key);
    for (row, want) in got["p"].iter().zip(ledger.numbers(key, "/coef")) {
        ledger.check(
            key,
            "coef",
            row.estimate.unwrap().value,
            want,
            0.0,
            ITERATED,
        );
    }
    ledger.skip(
        key,
        "R-indicator and inverse propensities: crates/statistics/tests/r_survey",
    );
}

/// Raking to Länder, size classes and types; nobody of one Land answered, so that margin is scaled to the whole.
fn raked(ledger: &mut Ledger, data: &Path, scratch: &Path) {
    let (file, population) = (
        data.join("municipal_wave1.csv"),
        data.join("municipal_pop.csv"),
    );
    let margins: Vec<Value> = ["land", "size", "type"]
        .iter()
        .map(|column| {
            let mut counts = counted(&population, column);
            let size: f64 = counts.values().sum();
            let there = counted(&file, column);
            counts.retain(|level, _| there.contains_key(level));
            let sum: f64 = counts.values().sum();
            counts.values_mut().for_each(|total| *total *= size / sum);
            margin(column, &counts)
        })
        .collect();
    let mut asked = Asked::new(&file, json!({"weights": "start", "lonely_psu": "adjust"}));
    asked.request["define"] = json!({"start": "11300 / 481"});
    asked.request["calibrate"] = json!({"rake": {"margins": margins, "epsilon": 1e-13}});
    asked.ask("mean", json!({"stat": "mean", "of": ["q1_w1"]}));
    let got = asked.run(scratch, "muni.rake");
    ledger.estimates("muni.rake", "/mean", &got["mean"], &[0], ITERATED);
    let effective = ledger.numbers("muni.rake", "/kish_neff")[0];
    ledger.check(
        "muni.rake",
        "kish",
        got["mean"][0].n_effective.unwrap(),
        effective,
        0.0,
        ITERATED,
    );
}

/// Both waves as one design with the municipality as PSU.
fn stacked(ledger: &mut Ledger, data: &Path, scratch: &Path) {
    let design = json!({"stages": [{"psu": "id", "strata": "stratum"}], "weights": "w", "lonely_psu": "adjust"});
    let mut asked = Asked::new(&data.join("municipal_stacked.csv"), design);
    asked.ask(
        "waves",
        json!({"stat": "mean", "of": ["y"], "by": ["wave"], "covariance": true}),
    );
    let weights = json!([{"wave": 2, "x": 1}, {"wave": 1, "x": -1}]);
    asked.ask(
        "diff",
        json!({"stat": "contrast", "from": "waves", "weights": weights}),
    );
    asked.ask(
        "ttest",
        json!({"stat": "ttest", "of": ["y"], "over": "wave"}),
    );
    asked.ask(
        "chisqF",
        json!({"stat": "chisq", "of": ["y"], "over": "wave"}),
    );
    asked.ask(
        "by_size",
        json!({"stat": "mean", "of": ["y"], "by": ["size", "wave"], "covariance": true}),
    );
    let got = asked.run(scratch, "muni.change");
    let full = |id: &str| format!("muni.change.nofpc.{id}");
    for id in ["waves", "by_size"] {
        ledger.estimates(&full(id), "", &got[id], &all(&got[id]), TOLERANCE);
    }
    ledger.test(&full("ttest"), &got["ttest"][0]);
    ledger.test(&full("chisqF"), &got["chisqF"][0]);
    let key = full("diff");
    let e = got["diff"][0].estimate.unwrap();
    let waves = &got["waves"];
    let covariance = |i: usize, j: usize| waves[i].covariance.as_ref().unwrap()[j];
    let independent = (covariance(0, 0) + covariance(1, 1)).sqrt();
    for (field, value) in [
        ("/est", e.value),
        ("/se", e.se),
        ("/df", e.df),
        ("/cov12", covariance(0, 1)),
        ("/se_if_independent", independent),
    ] {
        let want = ledger.numbers(&key, field)[0];
        ledger.check(&key, field, value, want, 0.0, TOLERANCE);
    }
}

/// Both waves in one file: each is a sample of its own, and their change has the covariance of the units in both.
fn two_waves(ledger: &mut Ledger, data: &Path, scratch: &Path) {
    let design = json!({
        "stages": [{"psu": "id", "strata": "stratum", "population": "Nh"}],
        "weights": "w", "lonely_psu": "remove", "waves": "wave",
    });
    let mut asked = Asked::new(&data.join("municipal_stacked.csv"), design);
    asked.ask(
        "levels",
        json!({"stat": "mean", "of": ["y"], "by": ["wave"], "covariance": true}),
    );
    let weights = json!([{"wave": 2, "x": 1}, {"wave": 1, "x": -1}]);
    asked.ask(
        "change",
        json!({"stat": "contrast", "from": "levels", "weights": weights}),
    );
    let name = "muni.change.tam1984";
    let got = asked.run(scratch, name);
    let estimated = got["change"][0].estimate.unwrap();
    let both = |row: usize, column: usize| {
        let covariances = got["levels"][row].covariance.as_ref().unwrap();
        covariances[column]
    };
    for (field, value) in [
        ("/est", estimated.value),
        ("/v1", both(0, 0)),
        ("/v2", both(1, 1)),
        ("/cov12", both(0, 1)),
        ("/se", estimated.se),
        ("/se_if_independent", (both(0, 0) + both(1, 1)).sqrt()),
    ] {
        let want = ledger.numbers(name, field)[0];
        ledger.check(name, field, value, want, 0.0, TOLERANCE);
    }
}
