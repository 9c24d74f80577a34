//! What was compared, what was left out and what disagrees, by name of the reference.

use std::collections::BTreeMap;

use serde_json::Value;
use statistics::request::Row;

use crate::{ITERATED, TOLERANCE};

#[derive(Default)]
struct Entry {
    compared: usize,
    worst: f64,
    tolerance: f64,
    wrong: Vec<String>,
    skipped: Vec<String>,
}

pub struct Ledger {
    reference: Value,
    entries: BTreeMap<String, Entry>,
}

impl Ledger {
    pub fn new(reference: Value) -> Self {
        let names = reference.as_object().unwrap().keys();
        let entries = names
            .filter(|name| !matches!(name.as_str(), "meta" | "failed"))
            .map(|name| (name.clone(), Entry::default()))
            .collect();
        Self { reference, entries }
    }

    pub fn names(&self) -> Vec<String> {
        self.entries.keys().cloned().collect()
    }

    pub fn has(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }

    pub fn at(&self, name: &str, pointer: &str) -> Value {
        let found = self.reference.get(name).and_then(|v| v.pointer(pointer));
        found.cloned().unwrap_or(Value::Null)
    }

    pub fn numbers(&self, name: &str, pointer: &str) -> Vec<f64> {
        let number = |v: &Value| v.as_f64().unwrap_or(f64::NAN);
        match self.at(name, pointer) {
            Value::Array(list) => list.iter().map(number).collect(),
            Value::Null => Vec::new(),
            value => vec![number(&value)],
        }
    }

    pub fn check(
        &mut self,
        name: &str,
        what: &str,
        got: f64,
        want: f64,
        scale: f64,
        tolerance: f64,
    ) {
        let entry = self
            .entries
            .get_mut(name)
            .unwrap_or_else(|| panic!("no reference {name}"));
        if want.is_nan() {
            entry.skipped.push(format!("{what}: NA in R, {got} here"));
            return;
        }
        let relative = if got == want {
            0.0
        } else {
            (got - want).abs() / want.abs().max(scale)
        };
        entry.compared += 1;
        entry.tolerance = entry.tolerance.max(tolerance);
        if relative.is_nan() || relative > tolerance {
            entry
                .wrong
                .push(format!("{what}: {got} for {want} ({relative:.1e})"));
        }
        if relative.is_nan() || relative > entry.worst {
            entry.worst = relative;
        }
    }

    /// Values, standard errors, covariances, t intervals and design effects of `{est, se, vcov, ci95_t, deff}`;
    /// `order` has the place of each of the reference's values among the rows.
    pub fn estimates(
        &mut self,
        name: &str,
        pointer: &str,
        rows: &[Row],
        order: &[usize],
        tolerance: f64,
    ) {
        let field = |field: &str| format!("{pointer}/{field}");
        let want = self.numbers(name, &field("est"));
        assert_eq!(
            want.len(),
            order.len(),
            "{name}{pointer}: {} rows",
            rows.len()
        );
        let ses = self.numbers(name, &field("se"));
        // A standard error below this is rounding dust of a variance that is zero.
        let dust = |i: usize| (want[i].abs() * 1e-9).max(1e-12);
        for (i, place) in order.iter().enumerate() {
            let row = rows[*place].estimate.unwrap();
            self.check(
                name,
                &format!("{pointer} est[{i}]"),
                row.value,
                want[i],
                0.0,
                tolerance,
            );
            if let Some(se) = ses.get(i) {
                let scale = if *se < dust(i) {
                    want[i].abs().max(1e-3)
                } else {
                    0.0
                };
                self.check(
                    name,
                    &format!("{pointer} se[{i}]"),
                    row.se,
                    *se,
                    scale,
                    tolerance,
                );
            }
        }
        let matrix: Vec<Vec<f64>> = match self.at(name, &field("vcov")) {
            Value::Array(list) => list
                .iter()
                .map(|row| {
                    row.as_array()
                        .unwrap()
                        .iter()
                        .map(|v| v.as_f64().unwrap_or(f64::NAN))
                        .collect()
                })
                .collect(),
            _ => Vec::new(),
        };
        // `svyby` without `covmat = TRUE` leaves covariances out.
        let diagonal = matrix.len() > 1
            && (0..matrix.len()).all(|i| (0..matrix.len()).all(|j| i == j || matrix[i][j] == 0.0));
        for i in 0..matrix.len() {
            for j in 0..matrix.len() {
                let Some(covariance) = &rows[order[i]].covariance else {
                    continue;
                };
                if i != j && diagonal {
                    continue;
                }
                let mut scale = (matrix[i][i] * matrix[j][j]).sqrt();
                if scale < dust(i) * dust(j) {
                    scale = (want[i] * want[j]).abs().max(1e-6);
                }
                self.check(
                    name,
                    &format!("vcov[{i}][{j}]"),
                    covariance[order[j]],
                    matrix[i][j],
                    scale,
                    tolerance,
                );
            }
        }
        let low = self.numbers(name, &field("ci95_t/lo"));
        let high = self.numbers(name, &field("ci95_t/hi"));
        let effects = self.numbers(name, &field("deff"));
        for (i, place) in order.iter().enumerate() {
            let row = &rows[*place];
            let estimate = row.estimate.unwrap();
            if let (Some(low), Some(high)) = (low.get(i), high.get(i)) {
                self.interval(name, (estimate.low, estimate.high), *low, *high, tolerance);
            }
            if let (Some(want), Some(got)) = (effects.get(i), row.deff) {
                self.check(name, "deff", got, *want, 1e-12, tolerance);
            }
        }
    }

    pub fn interval(&mut self, name: &str, got: (f64, f64), low: f64, high: f64, tolerance: f64) {
        // An end near zero is judged on the scale of the interval.
        let scale = low.abs().max(high.abs());
        self.check(name, "low", got.0, low, scale, tolerance);
        self.check(name, "high", got.1, high, scale, tolerance);
    }

    /// `{est, se, lo, hi}` of intervals, one or several.
    pub fn shares(&mut self, name: &str, rows: &[Row], tolerance: f64, ends: f64) {
        let fields = ["/est", "/se", "/lo", "/hi"].map(|field| self.numbers(name, field));
        for (i, row) in rows.iter().enumerate() {
            let e = row.estimate.unwrap();
            let known = |k: usize| fields[k].get(i).copied();
            if let Some(want) = known(0) {
                self.check(name, &format!("est[{i}]"), e.value, want, 0.0, tolerance);
            }
            if let Some(want) = known(1) {
                self.check(name, &format!("se[{i}]"), e.se, want, 0.0, tolerance);
            }
            if let (Some(low), Some(high)) = (known(2), known(3)) {
                if low.is_nan() || high.is_nan() {
                    self.skip(name, &format!("interval[{i}]: R's glm has no interval ({low} to {high}); here {} to {}", e.low, e.high));
                } else {
                    self.interval(name, (e.low, e.high), low, high, ends);
                }
            }
        }
    }

    /// A test: `{statistic, parameter, p.value, estimate, conf}`.
    pub fn test(&mut self, name: &str, row: &Row) {
        let test = row.test.unwrap();
        let parameters = self.numbers(name, "/parameter");
        self.check(
            name,
            "statistic",
            test.statistic,
            self.numbers(name, "/statistic")[0],
            0.0,
            TOLERANCE,
        );
        self.check(
            name,
            "p",
            test.p,
            self.numbers(name, "/p.value")[0],
            0.0,
            TOLERANCE,
        );
        if let Some(estimate) = row.estimate {
            self.check(name, "df", estimate.df, parameters[0], 0.0, TOLERANCE);
            self.check(
                name,
                "estimate",
                estimate.value,
                self.numbers(name, "/estimate")[0],
                0.0,
                TOLERANCE,
            );
            if let [low, high] = self.numbers(name, "/conf")[..] {
                self.interval(name, (estimate.low, estimate.high), low, high, TOLERANCE);
            }
        } else if let Some((ndf, ddf)) = test.df {
            self.check(name, "ndf", ndf, parameters[0], 0.0, TOLERANCE);
            if let (Some(ddf), Some(want)) = (ddf, parameters.get(1)) {
                self.check(name, "ddf", ddf, *want, 0.0, TOLERANCE);
            }
        }
    }

    pub fn skip(&mut self, name: &str, reason: &str) {
        if let Some(entry) = self.entries.get_mut(name) {
            entry.skipped.push(reason.to_owned());
        }
    }

    /// Prints the table; fails on disagreement and on names that nobody spoke of.
    pub fn close(self) {
        let (mut values, mut whole, mut out) = (0, 0, 0);
        let mut worst = (0.0, String::new());
        let mut failures = Vec::new();
        println!(
            "{:<52} {:>6} {:>10} {:>7}",
            "reference", "values", "worst", "limit"
        );
        for (name, entry) in &self.entries {
            for line in entry.wrong.iter().take(3) {
                failures.push(format!("{name}: {line} ({} wrong)", entry.wrong.len()));
            }
            if entry.compared > 0 {
                println!(
                    "{name:<52} {:>6} {:>10.1e} {:>7.0e}",
                    entry.compared, entry.worst, entry.tolerance
                );
                values += entry.compared;
                whole += 1;
                if entry.worst > worst.0 && entry.tolerance <= TOLERANCE {
                    worst = (entry.worst, name.clone());
                }
            } else if entry.skipped.is_empty() {
                failures.push(format!(
                    "{name}: neither asked for nor named as out of scope"
                ));
            } else {
                out += 1;
            }
        }
        println!("\nout of scope or not as in R, whole or in part:");
        for (name, entry) in &self.entries {
            for reason in &entry.skipped {
                println!("{name:<52} {reason}");
            }
        }
        println!(
            "\n{whole} of {} references compared by request ({values} values), {out} out of scope; worst within 1e-9: \
             {:.1e} ({}); limit where R iterates {ITERATED:.0e}",
            self.entries.len(),
            worst.0,
            worst.1
        );
        assert!(failures.is_empty(), "\n{}", failures.join("\n"));
    }
}
