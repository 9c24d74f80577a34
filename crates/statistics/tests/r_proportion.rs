//! Truth: R's `prop.test(correct = FALSE)` (Wilson) and `binom.test` (Clopper and Pearson), seven
//! digits, on the four examples of Newcombe (1998).

#![allow(clippy::unwrap_used)] // tests may

use statistics::distribution::normal_quantile;
use statistics::request::{Column, Request, Table};
use statistics::{Interval, ProportionInterval, ProportionMethod, korn_graubard, wilson};

fn assert_near(got: Interval, low: f64, high: f64) {
    assert!((got.low - low).abs() <= 0.000_000_06, "{got:?} for {low}");
    assert!(
        (got.high - high).abs() <= 0.000_000_06,
        "{got:?} for {high}"
    );
}

#[test]
fn intervals_are_those_of_r() {
    let z = normal_quantile(0.975);
    for (yes, n, score, exact) in [
        (81.0, 263.0, (0.2552885, 0.3662096), (0.2527367, 0.3676219)),
        (15.0, 148.0, (0.0623864, 0.1604872), (0.0578440, 0.1616505)),
        (0.0, 20.0, (0.0, 0.1611252), (0.0, 0.1684335)),
        (1.0, 29.0, (0.0061132, 0.1717552), (0.0008726, 0.1776443)),
    ] {
        assert_near(wilson(yes / n, n, z), score.0, score.1);
        assert_near(korn_graubard(yes / n, n, 0.95), exact.0, exact.1);
    }
}

/// Where everybody says the same there is no variance, but with the cap there is an interval.
#[test]
fn a_unanimous_domain_has_an_interval_with_the_cap() {
    let request = ProportionInterval {
        method: ProportionMethod::Wilson,
        confidence: 0.95,
        df: f64::INFINITY,
        n: 25,
        cap: Some(20.0),
    };
    assert_near(request.interval(0.0, 0.0), 0.0, 0.1611252);
    let request = ProportionInterval {
        method: ProportionMethod::KornGraubard,
        ..request
    };
    let got = request.interval(1.0, 0.0);
    assert!(
        got.high == 1.0 && got.low > 0.8 && got.low < 0.85,
        "{got:?}"
    );
    let uncapped = ProportionInterval {
        cap: None,
        ..request
    };
    assert_eq!(uncapped.interval(1.0, 0.0).low, 1.0);
}

/// The cap only ever widens an interval.
#[test]
fn the_cap_widens() {
    for method in [ProportionMethod::Wilson, ProportionMethod::KornGraubard] {
        let free = ProportionInterval {
            method,
            confidence: 0.95,
            df: 40.0,
            n: 60,
            cap: None,
        };
        let capped = ProportionInterval {
            cap: Some(45.0),
            ..free
        };
        let (wide, narrow) = (capped.interval(0.3, 0.03), free.interval(0.3, 0.03));
        assert!(
            wide.low < narrow.low && wide.high > narrow.high,
            "{method:?}"
        );
    }
}

/// Truth: R's `survey` 4.1, `svyciprop` of a JKn design, `logit` and `xlogit`: the first takes the replicates' logits.
#[test]
fn a_logit_interval_takes_the_logits_of_the_replicates() {
    let mut table = Table::new(12);
    table.insert("h", Column::Byte(vec![1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2]));
    let sizes = vec![40, 40, 40, 40, 40, 40, 40, 30, 30, 30, 30, 30];
    table.insert("N", Column::Byte(sizes));
    table.insert("y", Column::Byte(vec![1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0]));
    let ask = |interval: &str| {
        format!(
            r#"{{"id": "{interval}", "stat": "proportion", "of": ["y"], "level": 1, "interval": "{interval}"}}"#
        )
    };
    let request = format!(
        r#"{{"format": 1, "data": {{"file": "t.csv"}},
        "design": {{"stages": [{{"strata": "h", "population": "N"}}], "replicates": {{"type": "JKn"}}}},
        "ask": [{}, {}]}}"#,
        ask("logit"),
        ask("xlogit")
    );
    let answer = Request::read(&request).unwrap().evaluate(table).unwrap();
    for (id, low, high) in [
        ("logit", 0.220516431819184, 0.7822771246123221),
        ("xlogit", 0.2213331629068831, 0.7814678393673127),
    ] {
        let json: serde_json::Value = serde_json::from_str(&answer.to_json()).unwrap();
        let row = &json[id][0];
        let end = |name: &str| row[name].as_f64().unwrap();
        // R's `glm` stops at a relative change of the deviance of 1e-8.
        assert!((end("low") - low).abs() < 1e-7, "{id}: {row}");
        assert!((end("high") - high).abs() < 1e-7, "{id}: {row}");
    }
}
