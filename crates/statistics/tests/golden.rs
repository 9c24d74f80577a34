//! Truth: R 4.2.2 and `survey` 4.1.1 on made-up data, `golden/make.R`; runs everywhere.
//!
//! |difference| <= 1e-9 max(|reference|, scale), where scale = sqrt(v_ii v_jj) for covariances;
//! distributions at 1e-12. Every line of `golden/golden.csv` is compared.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use statistics::distribution as dist;
use statistics::{
    AssociationMethod, Columns, Design, Distance, Estimates, LonelyPsu, Margin, Missing,
    Population, ProportionInterval, ProportionMethod, QuantileRequest, QuantileRule, RakeControl,
    TwoWay, benjamini_hochberg, benjamini_yekutieli, cross, holm,
};

const TOLERANCE: f64 = 1e-9;

struct Golden {
    values: BTreeMap<String, f64>,
    used: BTreeSet<String>,
    worst: f64,
    wrong: Vec<String>,
}

impl Golden {
    fn read() -> Self {
        let values = rows("golden.csv")
            .into_iter()
            .map(|row| (row[0].clone(), row[1].parse().unwrap()))
            .collect();
        Self {
            values,
            used: BTreeSet::new(),
            worst: 0.0,
            wrong: Vec::new(),
        }
    }

    fn one(&mut self, name: &str, got: f64, scale: f64, tolerance: f64) {
        let want = *self.values.get(name).unwrap_or_else(|| panic!("{name}"));
        assert!(self.used.insert(name.to_owned()), "{name} twice");
        if want.is_nan() && got.is_nan() || want == got {
            return;
        }
        let relative = (got - want).abs() / want.abs().max(scale);
        if relative.is_nan() || relative > tolerance {
            self.wrong
                .push(format!("{name}: {got} for {want} ({relative:.1e})"));
        } else {
            self.worst = self.worst.max(relative);
        }
    }

    fn all(&mut self, name: &str, got: &[f64], tolerance: f64) {
        if let [got] = got {
            return self.one(name, *got, 0.0, tolerance);
        }
        for (i, got) in got.iter().enumerate() {
            self.one(&format!("{name}.{i}"), *got, 0.0, tolerance);
        }
    }

    fn check(&mut self, name: &str, got: &[f64]) {
        self.all(name, got, TOLERANCE);
    }

    fn estimates(&mut self, name: &str, got: &Estimates) {
        self.check(&format!("{name}.est"), got.values());
        let k = got.len();
        for i in 0..k {
            for j in 0..k {
                let v = got.covariance();
                let scale = (v.get(i, i) * v.get(j, j)).sqrt();
                let key = if k == 1 {
                    format!("{name}.cov")
                } else {
                    format!("{name}.cov.{}", i * k + j)
                };
                self.one(&key, v.get(i, j), scale, TOLERANCE);
            }
        }
    }

    fn close(self, prefixes: &[&str]) {
        let mine = |name: &&String| prefixes.iter().any(|prefix| name.starts_with(prefix));
        let left: Vec<&String> = self
            .values
            .keys()
            .filter(mine)
            .filter(|name| !self.used.contains(*name))
            .collect();
        println!("{} compared, worst {:.1e}", self.used.len(), self.worst);
        assert!(self.wrong.is_empty(), "\n{}", self.wrong.join("\n"));
        assert!(left.is_empty(), "not compared: {left:?}");
    }
}

fn rows(file: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut reader = csv::Reader::from_path(path.join(file)).unwrap();
    reader
        .records()
        .map(|record| record.unwrap().iter().map(String::from).collect())
        .collect()
}

struct Sample {
    columns: BTreeMap<&'static str, Vec<f64>>,
    rows: usize,
}

impl Sample {
    fn read() -> Self {
        let names = [
            "id",
            "stratum",
            "land",
            "size",
            "Nh",
            "region",
            "residents",
            "office",
            "scale",
            "staff",
            "kind",
            "regions",
            "cw",
        ];
        let rows = rows("sample.csv");
        let column = |k: usize| {
            let number = |row: &Vec<String>| row[k].parse().unwrap_or(f64::NAN);
            rows.iter().map(number).collect()
        };
        Self {
            columns: names
                .into_iter()
                .enumerate()
                .map(|(k, name)| (name, column(k)))
                .collect(),
            rows: rows.len(),
        }
    }

    fn get(&self, name: &str) -> &[f64] {
        &self.columns[name]
    }

    fn ids(&self, name: &str) -> Vec<u32> {
        self.get(name).iter().map(|x| *x as u32).collect()
    }

    fn levels(&self, name: &str) -> Vec<Option<u32>> {
        self.ids(name).into_iter().map(|id| Some(id - 1)).collect()
    }

    fn stratified(&self, lonely: LonelyPsu) -> Design {
        Design::new(
            &Columns {
                rows: self.rows,
                strata: Some(&self.ids("stratum")),
                population: Some(Population::Sizes(self.get("Nh"))),
                ..Columns::default()
            },
            lonely,
        )
        .unwrap()
    }

    fn clustered(&self) -> Design {
        Design::new(
            &Columns {
                rows: self.rows,
                weights: Some(self.get("cw")),
                strata: Some(&self.ids("land")),
                psu: Some(&self.ids("region")),
                population: Some(Population::Sizes(self.get("regions"))),
                nest: false,
            },
            LonelyPsu::Adjust,
        )
        .unwrap()
    }

    fn product(&self, left: &str, right: &str) -> Vec<f64> {
        let pairs = self.get(left).iter().zip(self.get(right));
        pairs.map(|(l, r)| l * r).collect()
    }

    fn is(&self, name: &str, value: f64) -> Vec<f64> {
        let column = self.get(name).iter();
        column.map(|x| f64::from(*x == value)).collect()
    }

    fn mask(&self, name: &str, value: f64) -> Vec<bool> {
        self.get(name).iter().map(|x| *x == value).collect()
    }
}

const DROP: Missing = Missing::Drop;

#[test]
fn distributions_agree() {
    let mut golden = Golden::read();
    let mut check = |name: String, at: &[f64], f: &dyn Fn(f64) -> f64| {
        let got: Vec<f64> = at.iter().map(|x| f(*x)).collect();
        golden.all(&name, &got, 1e-12);
    };
    let at = [1e-300, 1e-12, 0.025, 0.3, 0.9999];
    check("normal.quantile".into(), &at, &dist::normal_quantile);
    let at = [-3.0, 0.1, 5.0, 20.0, 37.0];
    check("normal.upper".into(), &at, &dist::normal_upper);
    for (df, name) in [
        (0.5, "0.5"),
        (1.0, "1"),
        (2.5, "2.5"),
        (5.0, "5"),
        (30.0, "30"),
        (197.0, "197"),
        (1e4, "10000"),
    ] {
        let at = [1e-10, 0.025, 0.4, 0.51, 0.9, 0.9995];
        let quantile = |p| dist::t_quantile(p, df);
        check(format!("t.quantile.{name}"), &at, &quantile);
    }
    for (df, name) in [(1.0, "1"), (3.3, "3.3"), (40.0, "40"), (1000.0, "1000")] {
        let at = [-2.0, 0.001, 1.0, 12.0];
        check(format!("t.upper.{name}"), &at, &|x| dist::t_upper(x, df));
    }
    for (df, name) in [(0.5, "0.5"), (1.0, "1"), (7.7, "7.7"), (100.0, "100")] {
        let at = [0.01, 1.0, 20.0, 400.0];
        let upper = |x| dist::chi_square_upper(x, df);
        check(format!("chi.upper.{name}"), &at, &upper);
        let at = [1e-5, 0.3, 0.95, 1.0 - 1e-6];
        let quantile = |p| dist::chi_square_quantile(p, df);
        check(format!("chi.quantile.{name}"), &at, &quantile);
    }
    for (df, name) in [(1.7, "1.7"), (12.0, "12"), (400.0, "400")] {
        let at = [0.1, 1.0, 5.0, 60.0];
        check(format!("f.upper.{name}"), &at, &|x| {
            dist::f_upper(x, 3.2, df)
        });
        let at = [0.025, 0.5, 0.95];
        let quantile = |p| dist::f_quantile(p, 3.2, df);
        check(format!("f.quantile.{name}"), &at, &quantile);
    }
    for (a, name) in [
        (0.3, "0.3"),
        (1.0, "1"),
        (4.5, "4.5"),
        (80.0, "80"),
        (2000.0, "2000"),
    ] {
        let at = [0.001, 0.025, 0.5, 0.975];
        let quantile = |p| dist::beta_quantile(p, a, 3.7);
        check(format!("beta.quantile.{name}"), &at, &quantile);
        let at = [0.01, 0.4, 0.97];
        let lower = |x| dist::beta_lower(x, a, 3.7);
        check(format!("beta.lower.{name}"), &at, &lower);
    }
    golden.close(&["normal.", "t.", "chi.", "f.", "beta."]);
}

#[test]
fn stratified_design_agrees() {
    let mut golden = Golden::read();
    let sample = Sample::read();
    let design = sample.stratified(LonelyPsu::Adjust);
    let (office, scale) = (sample.get("office"), sample.get("scale"));
    let (residents, staff) = (sample.get("residents"), sample.get("staff"));
    let means = design
        .mean(&[office, scale, residents], None, DROP)
        .unwrap();
    golden.estimates("strat.mean", &means);
    let effects: Vec<_> = (0..2)
        .map(|i| means.get(i).design_effect.unwrap())
        .collect();
    let without: Vec<f64> = effects.iter().map(|e| e.without_replacement).collect();
    let with: Vec<f64> = effects.iter().map(|e| e.with_replacement).collect();
    golden.check("strat.deff", &without);
    golden.check("strat.deff.replace", &with);
    golden.check("strat.df", &[design.degrees_of_freedom() as f64]);
    let got = design.mean(&[staff], None, DROP).unwrap();
    golden.estimates("strat.staff", &got);
    golden.check("strat.staff.df", &[got.basis().df_domain as f64]);
    let got = design
        .proportions(&sample.levels("kind"), 3, None, DROP)
        .unwrap();
    golden.estimates("strat.kind", &got);
    let got = design.ratio(&[staff], &[residents], None, DROP).unwrap();
    golden.estimates("strat.ratio", &got);
    let weighted = sample.product("office", "residents");
    let got = design
        .ratio(&[&weighted], &[residents], None, DROP)
        .unwrap();
    golden.estimates("strat.inhabitants", &got);
    let sizes = sample.levels("size");
    let got = design
        .by(&sizes, None, |rows| design.mean(&[scale], Some(rows), DROP))
        .unwrap();
    golden.estimates("strat.by", &got.joint);
    let second = sample.mask("kind", 2.0);
    let got = design.mean(&[scale], Some(&second), DROP).unwrap();
    golden.estimates("strat.domain", &got);
    let yes = means.get(0);
    for (name, method) in [
        ("beta", ProportionMethod::KornGraubard),
        ("xlogit", ProportionMethod::Logit),
        ("mean", ProportionMethod::Mean),
        ("asin", ProportionMethod::Arcsine),
    ] {
        let interval = ProportionInterval {
            method,
            confidence: 0.95,
            df: yes.basis.df as f64,
            n: design.rows(),
            cap: None,
        }
        .of(&yes);
        let ends = [interval.low, interval.high];
        golden.check(&format!("strat.share.{name}"), &ends);
    }
    for (name, rule) in [
        ("remove", LonelyPsu::Remove),
        ("average", LonelyPsu::Average),
    ] {
        let design = design.clone().with_lonely(rule);
        let got = design.total(&[staff, residents], None, DROP).unwrap();
        golden.estimates(&format!("strat.total.{name}"), &got);
    }
    golden.close(&[
        "strat.mean",
        "strat.d",
        "strat.staff",
        "strat.kind",
        "strat.ratio",
        "strat.inh",
        "strat.by",
        "strat.share",
        "strat.total",
    ]);
}

#[test]
fn quantiles_and_tests_agree() {
    let mut golden = Golden::read();
    let sample = Sample::read();
    let design = sample.stratified(LonelyPsu::Adjust);
    let (office, scale) = (sample.get("office"), sample.get("scale"));
    let residents = sample.get("residents");
    for (name, rule) in [
        ("math", QuantileRule::Math),
        ("school", QuantileRule::School),
        ("hf3", QuantileRule::Hf3),
        ("hf4", QuantileRule::Hf4),
        ("hf5", QuantileRule::Hf5),
        ("hf6", QuantileRule::Hf6),
        ("hf7", QuantileRule::Hf7),
        ("hf8", QuantileRule::Hf8),
        ("hf9", QuantileRule::Hf9),
    ] {
        let request = QuantileRequest {
            rule,
            ..QuantileRequest::default()
        };
        let shares = [0.2, 0.35, 0.5, 0.8];
        let got = design
            .quantiles(residents, &shares, request, None, DROP)
            .unwrap();
        let flat: Vec<f64> = got.iter().flat_map(|q| [q.value, q.se]).collect();
        golden.check(&format!("strat.quantile.{name}"), &flat);
    }
    let got = design.variances(&[scale, residents], None, DROP).unwrap();
    golden.estimates("strat.var", &got);
    let (sizes, kinds) = (sample.levels("size"), sample.levels("kind"));
    let removed = sample.stratified(LonelyPsu::Remove);
    let table = TwoWay {
        rows: &sizes,
        row_count: 3,
        columns: &kinds,
        column_count: 3,
    };
    for (name, method) in [
        ("F", AssociationMethod::F),
        ("Chisq", AssociationMethod::ChiSquare),
        ("Wald", AssociationMethod::Wald),
        ("adjWald", AssociationMethod::AdjustedWald),
    ] {
        let design = match method {
            AssociationMethod::Wald | AssociationMethod::AdjustedWald => &removed,
            _ => &design,
        };
        let got = design.association(&table, method, None).unwrap();
        golden.check(&format!("strat.chisq.{name}"), &[got.statistic, got.p]);
    }
    let (no, yes) = (sample.mask("office", 0.0), sample.mask("office", 1.0));
    let got = design.t_test_of_groups(scale, &no, &yes, DROP).unwrap();
    let flat = [got.estimate, got.statistic, got.df, got.p];
    golden.check("strat.ttest", &flat);
    let got = design.rank_test(residents, &no, &yes, DROP).unwrap();
    let flat = [got.estimate, got.statistic, got.p];
    golden.check("strat.ranktest", &flat);
    let ones = vec![1.0; sample.rows];
    let (two, three) = (sample.is("size", 2.0), sample.is("size", 3.0));
    let got = design
        .logistic_regression(office, &[&ones, scale, &two, &three], None, DROP)
        .unwrap();
    golden.estimates("strat.logit", &got.coefficients);
    let got = design
        .linear_regression(scale, &[&ones, residents, office], None, DROP)
        .unwrap();
    golden.estimates("strat.linear", &got.coefficients);
    golden.close(&[
        "strat.quantile",
        "strat.var",
        "strat.chisq",
        "strat.ttest",
        "strat.rank",
        "strat.l",
    ]);
}

#[test]
fn clustered_design_agrees() {
    let mut golden = Golden::read();
    let sample = Sample::read();
    let design = sample.clustered();
    let (office, scale) = (sample.get("office"), sample.get("scale"));
    golden.check("clus.df", &[design.degrees_of_freedom() as f64]);
    let got = design.mean(&[office, scale], None, DROP).unwrap();
    golden.estimates("clus.mean", &got);
    let got = design
        .total(&[sample.get("residents")], None, DROP)
        .unwrap();
    golden.estimates("clus.total", &got);
    let sizes = cross(&[&sample.levels("size")]).unwrap().groups;
    let got = design
        .by(&sizes, None, |rows| {
            design.mean(&[office], Some(rows), DROP)
        })
        .unwrap();
    golden.estimates("clus.by", &got.joint);
    let jackknife = design.jackknife().unwrap();
    let got = jackknife.mean(&[scale, office], None).unwrap();
    golden.check("clus.jackknife.est", &got.values);
    for i in 0..2 {
        for j in 0..2 {
            let value = got.covariance.get(i, j);
            let key = format!("clus.jackknife.cov.{}", 2 * i + j);
            golden.one(&key, value, got.se(i) * got.se(j), TOLERANCE);
        }
    }
    golden.close(&["clus."]);
}

#[test]
fn calibrations_agree() {
    let mut golden = Golden::read();
    let sample = Sample::read();
    let design = sample.stratified(LonelyPsu::Remove);
    let (office, scale) = (sample.get("office"), sample.get("scale"));
    let residents = sample.get("residents");
    let (lands, sizes, kinds) = (sample.ids("land"), sample.ids("size"), sample.ids("kind"));
    let totals = |list: [f64; 3]| -> BTreeMap<u32, f64> { (1..).zip(list).collect() };
    let land_totals = totals([170.0, 232.0, 170.0]);
    let size_totals = totals([470.0, 79.0, 23.0]);
    let kind_totals = totals([180.0, 260.0, 132.0]);
    let margins = [
        (&lands, &land_totals),
        (&sizes, &size_totals),
        (&kinds, &kind_totals),
    ]
    .map(|(groups, totals)| Margin { groups, totals });

    let got = design.poststratify(&margins[2]).unwrap();
    golden.check("post.weights", &range(&got));
    golden.estimates(
        "post.mean",
        &got.mean(&[scale, office], None, DROP).unwrap(),
    );
    let by = got
        .by(&sample.levels("size"), None, |rows| {
            got.mean(&[scale], Some(rows), DROP)
        })
        .unwrap()
        .joint;
    golden.check("post.by.est", by.values());
    golden.check("post.by.se", &[by.se(0), by.se(1), by.se(2)]);

    let control = RakeControl {
        max_iterations: 200,
        epsilon: 1e-13,
    };
    let (got, report) = design.rake(&margins, control).unwrap();
    assert!(report.converged && report.miss < 1e-9, "{report:?}");
    golden.check("rake.weights", &range(&got));
    let mean = got.mean(&[scale, office], None, DROP).unwrap();
    golden.estimates("rake.mean", &mean);
    golden.check("rake.kish", &[mean.basis().n_effective]);
    let small = sample.mask("size", 1.0);
    let domain = got.mean(&[office], Some(&small), DROP).unwrap();
    golden.estimates("rake.domain", &domain);
    let weighted = sample.product("office", "residents");
    let ratio = got.ratio(&[&weighted], &[residents], None, DROP).unwrap();
    golden.estimates("rake.ratio", &ratio);

    let (ones, small) = (vec![1.0; sample.rows], sample.is("size", 1.0));
    for (name, distance) in [("linear", Distance::Linear), ("raking", Distance::Raking)] {
        let totals = [572.0, 470.0, 6.1e6];
        let got = design
            .calibrate(&[&ones, &small, residents], &totals, distance)
            .unwrap();
        golden.check(&format!("greg.{name}.weights"), &range(&got));
        let mean = got.mean(&[scale, office], None, DROP).unwrap();
        golden.estimates(&format!("greg.{name}"), &mean);
    }
    golden.close(&["post.", "rake.", "greg."]);
}

#[test]
fn adjusted_p_values_agree() {
    let mut golden = Golden::read();
    let p: Vec<f64> = (1..=20)
        .map(f64::from)
        .map(|i| i.powi(3) / 9000.0 * (1.0 + i.sin() / 3.0))
        .collect();
    golden.check("adjust.BH", &benjamini_hochberg(&p));
    golden.check("adjust.BY", &benjamini_yekutieli(&p));
    golden.check("adjust.holm", &holm(&p));
    golden.close(&["adjust."]);
}

fn range(design: &Design) -> [f64; 2] {
    let weights = design.weights().iter().copied();
    [
        weights.clone().fold(f64::INFINITY, f64::min),
        weights.fold(0.0, f64::max),
    ]
}
