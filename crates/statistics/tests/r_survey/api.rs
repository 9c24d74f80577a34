//! The api designs: strata with and without fpc, one-stage clusters; lonely PSUs.

use std::path::Path;

use statistics::{
    Columns, Design, Estimate, LaterStage, LonelyPsu, Missing, Population, ProportionInterval,
    ProportionMethod, cross,
};

use crate::data::Table;
use crate::ledger::{ITERATED, Ledger, TOLERANCE};

pub struct Sample {
    pub table: Table,
    pub design: Design,
}

pub fn stratified(data: &Path, fpc: bool) -> Sample {
    let table = Table::read(&data.join("apistrat.csv"));
    let (weights, sizes) = (table.numbers("pw"), table.numbers("fpc"));
    let design = Design::new(
        &Columns {
            rows: table.rows,
            weights: Some(&weights),
            strata: Some(&table.ids("stype")),
            population: fpc.then_some(Population::Sizes(&sizes)),
            ..Columns::default()
        },
        LonelyPsu::Fail,
    )
    .unwrap();
    Sample { table, design }
}

pub fn clustered(data: &Path) -> Sample {
    let table = Table::read(&data.join("apiclus1.csv"));
    let (weights, sizes) = (table.numbers("pw"), table.numbers("fpc"));
    let design = Design::new(
        &Columns {
            rows: table.rows,
            weights: Some(&weights),
            psu: Some(&table.ids("dnum")),
            population: Some(Population::Sizes(&sizes)),
            ..Columns::default()
        },
        LonelyPsu::Fail,
    )
    .unwrap();
    Sample { table, design }
}

pub fn compare(ledger: &mut Ledger, data: &Path) {
    for (name, sample) in [
        ("api.strat_fpc", stratified(data, true)),
        ("api.strat_nofpc", stratified(data, false)),
        ("api.clus1_fpc", clustered(data)),
    ] {
        numbers(ledger, name, &sample);
        groups(ledger, name, &sample);
        shares(ledger, name, &sample);
    }
    for name in ledger.names() {
        if name.contains(".ciprop.") && name.ends_with("likelihood") {
            ledger.skip(
                &name,
                "R interpolates the profile: crates/exchange/tests/reference",
            );
        }
    }
    two_stages(ledger, &Table::read(&data.join("apiclus2.csv")));
}

/// Districts, and schools within them; weights follow from the populations of both stages.
fn two_stages(ledger: &mut Ledger, table: &Table) {
    let (districts, schools) = (table.numbers("fpc1"), table.numbers("fpc2"));
    let columns = Columns {
        rows: table.rows,
        psu: Some(&table.ids("dnum")),
        population: Some(Population::Sizes(&districts)),
        ..Columns::default()
    };
    let later = LaterStage {
        psu: Some(&table.ids("snum")),
        population: Some(Population::Sizes(&schools)),
        ..LaterStage::default()
    };
    let design = Design::new(&columns, LonelyPsu::Fail)
        .unwrap()
        .with_stage(&later)
        .unwrap();
    let key = "api.clus2_fpc.degf";
    let want = ledger.number(key, "/value");
    ledger.check(key, "df", design.degrees_of_freedom() as f64, want);
    let key = "api.clus2_fpc.sum_weights";
    let want = ledger.number(key, "/value");
    ledger.check(key, "sum", design.weights().iter().sum(), want);
    let mean = design
        .mean(&[&table.numbers("api00")], None, Missing::Drop)
        .unwrap();
    ledger.check_estimates("api.clus2_fpc.mean.api00", "", &mean, &[0], TOLERANCE);
    let total = design
        .total(&[&table.numbers("enroll")], None, Missing::Drop)
        .unwrap();
    ledger.check_estimates("api.clus2_fpc.total.enroll", "", &total, &[0], TOLERANCE);
}

fn numbers(ledger: &mut Ledger, name: &str, sample: &Sample) {
    let Sample { table, design } = sample;
    let column = |name: &str| table.numbers(name);
    let (api00, api99, enroll) = (column("api00"), column("api99"), column("enroll"));
    let (students, ell, meals) = (column("api.stu"), column("ell"), column("meals"));
    let full = |item: &str| format!("{name}.{item}");

    let key = full("degf");
    let df = ledger.number(&key, "/value");
    ledger.check(&key, "df", design.degrees_of_freedom() as f64, df);
    let key = full("sum_weights");
    let (sum, n) = (ledger.number(&key, "/value"), ledger.number(&key, "/n"));
    ledger.check(&key, "sum", design.weights().iter().sum(), sum);
    ledger.check(&key, "n", design.rows() as f64, n);

    let drop = Missing::Drop;
    for (item, got) in [
        ("mean.api00", design.mean(&[&api00], None, drop)),
        ("mean.deff_replace", design.mean(&[&api00], None, drop)),
        (
            "mean.multi",
            design.mean(&[&api00, &api99, &ell, &meals], None, drop),
        ),
        ("total.enroll", design.total(&[&enroll], None, drop)),
        ("mean.enroll.narm", design.mean(&[&enroll], None, drop)),
        (
            "ratio.stu_enroll",
            design.ratio(&[&students], &[&enroll], None, drop),
        ),
        (
            "ratio.separate",
            design.ratio(&[&api00], &[&api99], None, drop),
        ),
        (
            "mean.mobility_avgEd.narm",
            design.mean(&[&column("avg.ed")], None, drop),
        ),
    ] {
        let got = got.unwrap();
        let order: Vec<usize> = (0..got.len()).collect();
        ledger.check_estimates(&full(item), "", &got, &order, TOLERANCE);
    }

    let (stype, types) = table.levels("stype");
    let (awards, _) = table.levels("awards");
    let (wide, _) = table.levels("comp.imp");
    let got = design.proportions(&stype, types.len(), None, drop).unwrap();
    ledger.check_estimates(&full("mean.factor.stype"), "", &got, &[0, 1, 2], TOLERANCE);
    let got = design.level_totals(&stype, 3, None, drop).unwrap();
    ledger.check_estimates(&full("total.factor.stype"), "", &got, &[0, 1, 2], TOLERANCE);
    let got = design.proportions(&awards, 2, None, drop).unwrap();
    ledger.check_estimates(&full("mean.factor.awards"), "", &got, &[0, 1], TOLERANCE);
    let pairs: Vec<Option<u32>> = awards
        .iter()
        .zip(&wide)
        .map(|(a, w)| Some(a.unwrap() + 2 * w.unwrap()))
        .collect();
    let got = design.proportions(&pairs, 4, None, drop).unwrap();
    ledger.check_estimates(
        &full("mean.interaction"),
        "",
        &got,
        &[0, 1, 2, 3],
        TOLERANCE,
    );

    let domain: Vec<bool> = table.text("comp.imp").iter().map(|v| v == "Yes").collect();
    let got = design.mean(&[&api00], Some(&domain), drop).unwrap();
    ledger.check_estimates(&full("domain.subset.mean"), "", &got, &[0], TOLERANCE);
    let df = design.domain_degrees_of_freedom(&domain) as f64;
    let want = ledger.number(&full("domain.degf"), "/value");
    ledger.check(&full("domain.degf"), "df", df, want);
    let got = design.total(&[&enroll], Some(&domain), drop).unwrap();
    ledger.check_estimates(&full("domain.subset.total"), "", &got, &[0], TOLERANCE);

    // A cell of the table and the distribution function are totals and means of indicators.
    let key = full("table");
    let cells: Vec<Option<u32>> = stype
        .iter()
        .zip(&awards)
        .map(|(s, a)| Some(2 * s.unwrap() + a.unwrap()))
        .collect();
    let got = design.level_totals(&cells, 6, None, drop).unwrap();
    for i in 0..6 {
        let want = ledger.number(&key, &format!("/est/{}/{}", i / 2, i % 2));
        ledger.check(&key, "count", got.values()[i], want);
    }
    let key = full("ecdf_cdf");
    for (i, at) in ledger.numbers(&key, "/at").into_iter().enumerate() {
        let below: Vec<f64> = api00.iter().map(|x| f64::from(*x <= at)).collect();
        let got = design.mean(&[&below], None, drop).unwrap();
        let want = ledger.numbers(&key, "/est")[i];
        ledger.check(&key, "share", got.values()[0], want);
    }
}

fn groups(ledger: &mut Ledger, name: &str, sample: &Sample) {
    let Sample { table, design } = sample;
    let (api00, enroll) = (table.numbers("api00"), table.numbers("enroll"));
    let students = table.numbers("api.stu");
    let (stype, _) = table.levels("stype");
    let (awards, _) = table.levels("awards");
    let drop = Missing::Drop;
    let full = |item: &str| format!("{name}.{item}");

    let got = design
        .by(&stype, None, |rows| {
            design.mean(&[&api00], Some(rows), drop)
        })
        .unwrap();
    ledger.check_estimates(
        &full("by.stype.mean"),
        "",
        &got.joint,
        &[0, 1, 2],
        TOLERANCE,
    );
    let got = design
        .by(&stype, None, |rows| {
            design.total(&[&enroll], Some(rows), drop)
        })
        .unwrap();
    ledger.check_estimates(
        &full("by.stype.total"),
        "",
        &got.joint,
        &[0, 1, 2],
        TOLERANCE,
    );
    let got = design
        .by(&stype, None, |rows| {
            design.ratio(&[&students], &[&enroll], Some(rows), drop)
        })
        .unwrap();
    ledger.check_estimates(
        &full("by.stype.ratio"),
        "",
        &got.joint,
        &[0, 1, 2],
        TOLERANCE,
    );
    let got = design
        .by(&stype, None, |rows| {
            design.proportions(&awards, 2, Some(rows), drop)
        })
        .unwrap();
    // R goes through the levels first: E:No H:No M:No E:Yes H:Yes M:Yes.
    let order = [0, 2, 4, 1, 3, 5];
    ledger.check_estimates(&full("by.stype.factor"), "", &got.joint, &order, TOLERANCE);
    let crossed = cross(&[&stype, &awards]).unwrap();
    let got = design
        .by(&crossed.groups, None, |rows| {
            design.mean(&[&api00], Some(rows), drop)
        })
        .unwrap();
    ledger.check_estimates(
        &full("by.stype_awards.mean"),
        "",
        &got.joint,
        &order,
        TOLERANCE,
    );
}

fn shares(ledger: &mut Ledger, name: &str, sample: &Sample) {
    let Sample { table, design } = sample;
    let awards: Vec<f64> = table
        .text("awards")
        .iter()
        .map(|v| f64::from(v == "Yes"))
        .collect();
    let rare: Vec<f64> = table
        .numbers("ell")
        .iter()
        .map(|x| f64::from(*x > 60.0))
        .collect();
    for (item, column) in [("awards", &awards), ("rare", &rare)] {
        let got = design.mean(&[column], None, Missing::Drop).unwrap().get(0);
        for method in ["logit", "xlogit", "beta", "mean", "asin"] {
            let key = format!("{name}.ciprop.{item}.{method}");
            if ledger.has(&key) {
                check_share(ledger, &key, method, &got, design.rows());
            }
        }
    }
}

fn check_share(ledger: &mut Ledger, key: &str, method: &str, got: &Estimate, rows: usize) {
    let tolerance = if method == "logit" {
        ITERATED
    } else {
        TOLERANCE
    };
    let want = ledger.number(key, "/est");
    ledger.check_scaled(key, "est", got.value, want, 0.0, tolerance);
    let want = ledger.number(key, "/se");
    ledger.check_scaled(key, "se", got.se, want, 0.0, tolerance);
    let interval = ProportionInterval {
        method: proportion_method(method),
        confidence: 0.95,
        df: got.basis.df as f64,
        n: rows,
        cap: None,
    };
    let (low, high) = (ledger.number(key, "/lo"), ledger.number(key, "/hi"));
    ledger.check_interval(key, "interval", interval.of(got), low, high, tolerance);
}

pub fn proportion_method(name: &str) -> ProportionMethod {
    match name {
        "logit" | "xlogit" => ProportionMethod::Logit,
        "beta" => ProportionMethod::KornGraubard,
        "mean" => ProportionMethod::Mean,
        "asin" => ProportionMethod::Arcsine,
        other => panic!("no interval {other}"),
    }
}

/// A stratum with a single PSU under every rule, for all and in domains.
pub fn compare_lonely(ledger: &mut Ledger, data: &Path) {
    let table = Table::read(&data.join("lonely.csv"));
    let (weights, sizes) = (table.numbers("pw"), table.numbers("fpc"));
    let (api00, enroll) = (table.numbers("api00"), table.numbers("enroll"));
    for (rule, lonely) in [
        ("fail", LonelyPsu::Fail),
        ("remove", LonelyPsu::Remove),
        ("certainty", LonelyPsu::Certainty),
        ("adjust", LonelyPsu::Adjust),
        ("average", LonelyPsu::Average),
    ] {
        let design = Design::new(
            &Columns {
                rows: table.rows,
                weights: Some(&weights),
                strata: Some(&table.ids("stype")),
                population: Some(Population::Sizes(&sizes)),
                ..Columns::default()
            },
            lonely,
        )
        .unwrap();
        for (item, got) in [
            ("mean", design.mean(&[&api00], None, Missing::Drop)),
            ("total", design.total(&[&enroll], None, Missing::Drop)),
        ] {
            let key = format!("lonely.{rule}.{item}");
            if !ledger.has(&key) {
                continue;
            }
            match got {
                Ok(got) => ledger.check_estimates(&key, "", &got, &[0], TOLERANCE),
                Err(_) => {
                    let refused = ledger.value(&key).get("error").is_some();
                    ledger.check(&key, "refused", f64::from(refused), 1.0);
                }
            }
        }
    }
    lonely_domains(ledger, data);
}

/// A stratum of which only one PSU is in the domain, under every rule: apistrat's rows of E and
/// M and the first of H without an award, by awards.
fn lonely_domains(ledger: &mut Ledger, data: &Path) {
    let Sample { table, design } = stratified(data, true);
    let api00 = table.numbers("api00");
    let (stype, awards) = (table.text("stype"), table.text("awards"));
    let first = (0..table.rows).find(|row| stype[*row] == "H" && awards[*row] == "No");
    let (groups, _) = table.levels("awards");
    let domain: Vec<bool> = (0..table.rows)
        .map(|row| stype[row] != "H" || Some(row) == first)
        .collect();
    for (rule, lonely) in [
        ("fail", LonelyPsu::Fail),
        ("remove", LonelyPsu::Remove),
        ("certainty", LonelyPsu::Certainty),
        ("adjust", LonelyPsu::Adjust),
    ] {
        let design = design.clone().with_lonely(lonely);
        for (word, design) in [
            ("FALSE", design.clone()),
            ("TRUE", design.with_adjusted_domains()),
        ] {
            let key = format!("lonely.{rule}.domain_adjust_{word}");
            let got = design
                .by(&groups, Some(&domain), |rows| {
                    design.mean(&[&api00], Some(rows), Missing::Drop)
                })
                .unwrap();
            ledger.check_estimates(&key, "", &got.joint, &[0, 1], TOLERANCE);
        }
    }
}
