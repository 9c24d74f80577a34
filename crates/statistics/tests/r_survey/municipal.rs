//! A made-up population of municipalities, two waves.

use std::collections::BTreeMap;
use std::path::Path;

use statistics::{
    AssociationMethod, Columns, Design, Estimates, LonelyPsu, Margin, Missing, Population,
    ProportionInterval, RakeControl, TwoWay, Wave, change as wave_change, cross, kish, propensity,
    weighting_effect,
};

use crate::api::proportion_method;
use crate::data::Table;
use crate::ledger::{ITERATED, Ledger, TOLERANCE};
use crate::models::check_test;

fn wave(table: &Table, fpc: bool, lonely: LonelyPsu) -> Design {
    let (weights, sizes) = (table.numbers("w"), table.numbers("Nh"));
    Design::new(
        &Columns {
            rows: table.rows,
            weights: Some(&weights),
            strata: Some(&table.ids("stratum")),
            population: fpc.then_some(Population::Sizes(&sizes)),
            ..Columns::default()
        },
        lonely,
    )
    .unwrap()
}

fn all(estimates: &Estimates) -> Vec<usize> {
    (0..estimates.len()).collect()
}

pub fn compare(ledger: &mut Ledger, data: &Path) {
    let first = Table::read(&data.join("municipal_wave1.csv"));
    first_wave(ledger, &first);
    lonely_rules(ledger, &first);
    raked(
        ledger,
        &first,
        &Table::read(&data.join("municipal_pop.csv")),
    );
    change(ledger, &Table::read(&data.join("municipal_stacked.csv")));
    let second = Table::read(&data.join("municipal_wave2.csv"));
    let population = Table::read(&data.join("municipal_pop.csv"));
    overlap(ledger, &first, &second);
    panel(ledger, &first, &second);
    propensities(ledger, &first, &population);
    for name in ["muni.counts", "muni.lonely", "muni.truth"] {
        ledger.skip(name, "describes the data, nothing is estimated");
    }
}

fn first_wave(ledger: &mut Ledger, table: &Table) {
    let design = wave(table, true, LonelyPsu::Adjust);
    let (q1, q2) = (table.numbers("q1_w1"), table.numbers("q2_w1"));
    let residents = table.numbers("residents");
    let drop = Missing::Drop;
    let want = ledger.number("muni.w1.degf", "/value");
    let df = design.degrees_of_freedom() as f64;
    ledger.check("muni.w1.degf", "df", df, want);
    let weighted: Vec<f64> = q1.iter().zip(&residents).map(|(q, r)| q * r).collect();
    let (q2_levels, labels) = table.levels("q2_w1");
    for (name, got) in [
        ("muni.w1.q1", design.mean(&[&q1], None, drop)),
        ("muni.w1.q1_total", design.total(&[&q1], None, drop)),
        ("muni.w1.q2", design.mean(&[&q2], None, drop)),
        (
            "muni.w1.q2f",
            design.proportions(&q2_levels, labels.len(), None, drop),
        ),
        (
            "muni.w1.weighted_by_residents",
            design.ratio(&[&weighted], &[&residents], None, drop),
        ),
        (
            "muni.w1.nofpc.q1",
            wave(table, false, LonelyPsu::Adjust).mean(&[&q1], None, drop),
        ),
    ] {
        let got = got.unwrap();
        ledger.check_estimates(name, "", &got, &all(&got), TOLERANCE);
    }
    let name = "muni.w1.unweighted";
    let want = ledger.number(name, "/mean");
    let got = q1.iter().sum::<f64>() / q1.len() as f64;
    ledger.check(name, "mean", got, want);
    let name = "muni.w1.kish";
    let (effective, effect) = (ledger.number(name, "/neff"), ledger.number(name, "/deff_w"));
    ledger.check(name, "neff", kish(design.weights()), effective);
    ledger.check(name, "deff_w", weighting_effect(design.weights()), effect);

    for column in ["land", "size", "type"] {
        let (groups, _) = table.levels(column);
        for (item, y) in [("", &q1), ("q2.", &q2)] {
            let name = format!("muni.w1.{item}by_{column}");
            let got = design
                .by(&groups, None, |rows| design.mean(&[y], Some(rows), drop))
                .unwrap();
            ledger.check_estimates(&name, "", &got.joint, &all(&got.joint), TOLERANCE);
        }
        for method in ["logit", "beta", "xlogit"] {
            let name = format!("muni.w1.ciprop_{method}.by_{column}");
            let got = design
                .by(&groups, None, |rows| design.mean(&[&q1], Some(rows), drop))
                .unwrap();
            intervals(ledger, &name, method, &got.estimates);
        }
    }
}

fn intervals(ledger: &mut Ledger, name: &str, method: &str, groups: &[Estimates]) {
    let tolerance = if method == "logit" {
        ITERATED
    } else {
        TOLERANCE
    };
    let (want, low, high) = (
        ledger.numbers(name, "/est"),
        ledger.numbers(name, "/lo"),
        ledger.numbers(name, "/hi"),
    );
    for (i, group) in groups.iter().enumerate() {
        let got = group.get(0);
        ledger.check_scaled(name, "est", got.value, want[i], 0.0, tolerance);
        let interval = ProportionInterval {
            method: proportion_method(method),
            confidence: 0.95,
            df: got.basis.df_domain as f64,
            n: got.basis.n,
            cap: None,
        };
        let what = format!("interval[{i}]");
        if low[i].is_nan() || high[i].is_nan() {
            let have = interval.of(&got);
            let df = got.basis.df_domain;
            ledger.skip(
                name,
                &format!(
                    "{what}: R's glm gives {} and {}, here {} and {} at {df} df and se {:.1e}; R's \
                     xlogit, the same formula without glm, agrees",
                    low[i], high[i], have.low, have.high, got.se
                ),
            );
            continue;
        }
        ledger.check_interval(name, &what, interval.of(&got), low[i], high[i], tolerance);
    }
}

fn lonely_rules(ledger: &mut Ledger, table: &Table) {
    let q1 = table.numbers("q1_w1");
    let (sizes, _) = table.levels("size");
    for (word, rule) in [
        ("remove", LonelyPsu::Remove),
        ("certainty", LonelyPsu::Certainty),
        ("average", LonelyPsu::Average),
        ("adjust", LonelyPsu::Adjust),
    ] {
        let design = wave(table, true, rule);
        let name = format!("muni.w1.q1.lonely_{word}");
        let got = design.mean(&[&q1], None, Missing::Drop).unwrap();
        ledger.check_estimates(&name, "", &got, &[0], TOLERANCE);
        let name = format!("muni.w1.by_size.lonely_{word}");
        let got = design
            .by(&sizes, None, |rows| {
                design.mean(&[&q1], Some(rows), Missing::Drop)
            })
            .unwrap();
        ledger.check_estimates(&name, "", &got.joint, &all(&got.joint), TOLERANCE);
    }
}

/// Raking to Länder, size classes and types. Nobody of one Land answered, so that margin is
/// scaled to the whole, as the reference did.
fn raked(ledger: &mut Ledger, table: &Table, population: &Table) {
    let name = "muni.rake";
    let count = |column: &str| {
        let (codes, labels) = population.levels(column);
        let (_, mine) = table.levels(column);
        let mut totals: BTreeMap<u32, f64> = BTreeMap::new();
        for code in codes.into_iter().flatten() {
            let label = &labels[code as usize];
            if let Ok(at) = mine.binary_search(label) {
                *totals.entry(at as u32).or_insert(0.0) += 1.0;
            }
        }
        let sum: f64 = totals.values().sum();
        for total in totals.values_mut() {
            *total *= population.rows as f64 / sum;
        }
        totals
    };
    let columns = ["land", "size", "type"];
    let groups = columns.map(|column| table.ids(column));
    let totals = columns.map(count);
    let margins: Vec<Margin> = groups
        .iter()
        .zip(&totals)
        .map(|(groups, totals)| Margin { groups, totals })
        .collect();
    let weights = vec![population.rows as f64 / table.rows as f64; table.rows];
    let design = Design::new(
        &Columns {
            rows: table.rows,
            weights: Some(&weights),
            ..Columns::default()
        },
        LonelyPsu::Adjust,
    )
    .unwrap();
    let control = RakeControl {
        max_iterations: 200,
        epsilon: 1e-13,
    };
    let (got, _) = design.rake(&margins, control).unwrap();
    let want = ledger.numbers(name, "/weights");
    for (have, want) in got.weights().iter().zip(want) {
        ledger.check_scaled(name, "weight", *have, want, 0.0, ITERATED);
    }
    let mean = got
        .mean(&[&table.numbers("q1_w1")], None, Missing::Drop)
        .unwrap();
    ledger.check_estimates(name, "/mean", &mean, &[0], ITERATED);
    let want = ledger.number(name, "/kish_neff");
    ledger.check_iterated(name, "kish", kish(got.weights()), want);
}

/// Both waves as one design with the municipality as PSU.
fn change(ledger: &mut Ledger, table: &Table) {
    let weights = table.numbers("w");
    let design = Design::new(
        &Columns {
            rows: table.rows,
            weights: Some(&weights),
            strata: Some(&table.ids("stratum")),
            psu: Some(&table.ids("id")),
            ..Columns::default()
        },
        LonelyPsu::Adjust,
    )
    .unwrap();
    let y = table.numbers("y");
    let (waves, _) = table.levels("wave");
    let name = "muni.change.nofpc.waves";
    let got = design
        .by(&waves, None, |rows| {
            design.mean(&[&y], Some(rows), Missing::Drop)
        })
        .unwrap();
    ledger.check_estimates(name, "", &got.joint, &[0, 1], TOLERANCE);

    let name = "muni.change.nofpc.diff";
    let difference = got.joint.contrasts(&[&[-1.0, 1.0]]).unwrap().get(0);
    let covariance = got.joint.covariance();
    let independent = (covariance.get(0, 0) + covariance.get(1, 1)).sqrt();
    for (field, value) in [
        ("/est", difference.value),
        ("/se", difference.se),
        ("/df", design.degrees_of_freedom() as f64),
        ("/cov12", covariance.get(0, 1)),
        ("/se_if_independent", independent),
    ] {
        let want = ledger.number(name, field);
        ledger.check(name, field, value, want);
    }
    let first: Vec<bool> = waves.iter().map(|w| *w == Some(0)).collect();
    let second: Vec<bool> = waves.iter().map(|w| *w == Some(1)).collect();
    let test = design
        .t_test_of_groups(&y, &first, &second, Missing::Drop)
        .unwrap();
    check_test(ledger, "muni.change.nofpc.ttest", &test);

    let name = "muni.change.nofpc.chisqF";
    let (levels, _) = table.levels("y");
    let test = design
        .association(
            &TwoWay {
                rows: &levels,
                row_count: 2,
                columns: &waves,
                column_count: 2,
            },
            AssociationMethod::F,
            None,
        )
        .unwrap();
    for (field, value) in [
        ("/statistic", test.statistic),
        ("/parameter/0", test.numerator_df),
        ("/parameter/1", test.denominator_df),
        ("/p.value", test.p),
    ] {
        let want = ledger.number(name, field);
        ledger.check(name, field, value, want);
    }

    let name = "muni.change.nofpc.by_size";
    let (sizes, _) = table.levels("size");
    // R's order: the first variable changes fastest.
    let crossed = cross(&[&sizes, &waves]).unwrap();
    let got = design
        .by(&crossed.groups, None, |rows| {
            design.mean(&[&y], Some(rows), Missing::Drop)
        })
        .unwrap();
    ledger.check_estimates(name, "", &got.joint, &all(&got.joint), TOLERANCE);
}

/// Tam's covariance of the overlap, with each wave's own fpc.
fn overlap(ledger: &mut Ledger, first: &Table, second: &Table) {
    let name = "muni.change.tam1984";
    // Stratum ids must be the same in both waves.
    let mut labels: Vec<String> = [first, second]
        .iter()
        .flat_map(|table| table.text("stratum").to_vec())
        .collect();
    labels.sort();
    labels.dedup();
    let mut designs = Vec::new();
    for table in [first, second] {
        let strata: Vec<u32> = table
            .text("stratum")
            .iter()
            .map(|text| labels.binary_search(text).unwrap() as u32)
            .collect();
        let (weights, sizes) = (table.numbers("w"), table.numbers("Nh"));
        let columns = Columns {
            rows: table.rows,
            weights: Some(&weights),
            strata: Some(&strata),
            population: Some(Population::Sizes(&sizes)),
            ..Columns::default()
        };
        designs.push(Design::new(&columns, LonelyPsu::Remove).unwrap());
    }
    let y = [first.numbers("q1_w1"), second.numbers("q1_w2")];
    let units: Vec<Vec<u32>> = [first, second]
        .iter()
        .map(|table| table.numbers("id").iter().map(|id| *id as u32).collect())
        .collect();
    let estimates: Vec<Estimates> = (0..2)
        .map(|w| designs[w].mean(&[&y[w]], None, Missing::Drop).unwrap())
        .collect();
    let waves = [0, 1].map(|w| Wave {
        design: &designs[w],
        estimates: &estimates[w],
        units: &units[w],
    });
    let got = wave_change(&waves[0], &waves[1]).unwrap()[0];
    for (field, value) in [
        ("/est", got.value),
        ("/v1", estimates[0].covariance().get(0, 0)),
        ("/v2", estimates[1].covariance().get(0, 0)),
        ("/cov12", got.covariance),
        ("/se", got.se),
        ("/se_if_independent", got.se_if_independent),
    ] {
        let want = ledger.number(name, field);
        ledger.check(name, field, value, want);
    }
    // Weighted by residents: by change_by_residents.R, which states the levels by svyratio of survey 4.1.1.
    let estimates: Vec<Estimates> = (0..2)
        .map(|w| {
            let residents = [first, second][w].numbers("residents");
            let lived: Vec<f64> = y[w].iter().zip(&residents).map(|(y, x)| y * x).collect();
            let (lived, residents): (&[f64], &[f64]) = (&lived, &residents);
            let share = designs[w].ratio(&[lived], &[residents], None, Missing::Drop);
            share.unwrap()
        })
        .collect();
    let waves = [0, 1].map(|w| Wave {
        design: &designs[w],
        estimates: &estimates[w],
        units: &units[w],
    });
    let got = wave_change(&waves[0], &waves[1]).unwrap()[0];
    for (field, value, want) in [
        ("est", got.value, 0.06126821859018183),
        (
            "v1",
            estimates[0].covariance().get(0, 0),
            0.000462800439020256,
        ),
        (
            "v2",
            estimates[1].covariance().get(0, 0),
            0.00042153389063243556,
        ),
        ("cov12", got.covariance, 8.770413712351171e-05),
        ("se", got.se, 0.02662566535141738),
        (
            "se_if_independent",
            got.se_if_independent,
            0.02973775932468167,
        ),
    ] {
        ledger.check(
            name,
            &format!("{field} by residents (change_by_residents.R)"),
            value,
            want,
        );
    }
}

/// Response propensities of the whole population.
fn propensities(ledger: &mut Ledger, first: &Table, population: &Table) {
    let name = "muni.propensity";
    let responded: Vec<bool> = population.text("r1").iter().map(|r| r == "1").collect();
    let is = |column: &str, label: &str| -> Vec<f64> {
        let text = population.text(column);
        text.iter().map(|v| f64::from(v == label)).collect()
    };
    let mut predictors = vec![vec![1.0; population.rows]];
    predictors.extend(["S2", "S3", "S4", "S5"].map(|label| is("size", label)));
    predictors.extend(["kreis", "stadt"].map(|label| is("type", label)));
    let predictors: Vec<&[f64]> = predictors.iter().map(Vec::as_slice).collect();
    let got = propensity(&responded, &predictors).unwrap();
    for (i, want) in ledger.numbers(name, "/coef").into_iter().enumerate() {
        ledger.check_iterated(name, "coef", got.coefficients[i], want);
    }
    for (field, value) in [
        ("/R_indicator", got.r_indicator),
        ("/mean_p", got.mean),
        ("/sd_p", got.sd),
    ] {
        let want = ledger.number(name, field);
        ledger.check_iterated(name, field, value, want);
    }
    assert!(got.r_indicator_adjusted > got.r_indicator);
    // The mean of respondents weighted by the inverse propensity.
    let q1 = population.numbers("q1_w1");
    let mut top = 0.0;
    let mut bottom = 0.0;
    for (row, p) in got.propensities.iter().enumerate() {
        if responded[row] {
            top += q1[row] / p;
            bottom += 1.0 / p;
        }
    }
    assert_eq!(responded.iter().filter(|r| **r).count(), first.rows);
    let want = ledger.number(name, "/ipw_mean");
    ledger.check_iterated(name, "ipw_mean", top / bottom, want);
}

/// Units that answered both waves, with their own weights.
fn panel(ledger: &mut Ledger, first: &Table, second: &Table) {
    let name = "muni.change.panel_paired";
    let answered: BTreeMap<&String, usize> = second.text("id").iter().zip(0..).collect();
    let (before, after) = (first.numbers("q1_w1"), second.numbers("q1_w2"));
    let both: Vec<usize> = (0..first.rows)
        .filter(|row| answered.contains_key(&first.text("id")[*row]))
        .collect();
    let labels: Vec<&String> = both
        .iter()
        .map(|row| &first.text("stratum")[*row])
        .collect();
    let mut known = labels.clone();
    known.sort();
    known.dedup();
    let strata: Vec<u32> = labels
        .iter()
        .map(|label| known.binary_search(label).unwrap() as u32)
        .collect();
    let difference: Vec<f64> = both
        .iter()
        .map(|row| after[answered[&first.text("id")[*row]]] - before[*row])
        .collect();
    let sizes: Vec<f64> = both.iter().map(|row| first.numbers("Nh")[*row]).collect();
    let design = Design::new(
        &Columns {
            rows: both.len(),
            strata: Some(&strata),
            population: Some(Population::Sizes(&sizes)),
            ..Columns::default()
        },
        LonelyPsu::Adjust,
    )
    .unwrap();
    let got = design.mean(&[&difference], None, Missing::Drop).unwrap();
    let n = ledger.number(name, "/n");
    ledger.check(name, "n", got.basis().n as f64, n);
    ledger.check_estimates(name, "", &got, &[0], TOLERANCE);
}
