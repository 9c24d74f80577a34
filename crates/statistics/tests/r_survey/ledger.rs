//! Keeps what was compared, what was skipped and what disagrees, by name of the reference.

use std::collections::BTreeMap;

use serde_json::Value;
use statistics::{Estimates, Interval};

/// The tolerance, relative to the larger of reference and scale.
pub const TOLERANCE: f64 = 1e-9;
/// The tolerance where the reference iterates.
pub const ITERATED: f64 = 1e-7;

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
        let names = reference.as_object().expect("an object of results").keys();
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
        self.reference.get(name).is_some()
    }

    pub fn value(&self, name: &str) -> &Value {
        self.reference.get(name).unwrap_or(&Value::Null)
    }

    /// A number of the reference, by JSON pointer.
    pub fn number(&self, name: &str, pointer: &str) -> f64 {
        self.value(name)
            .pointer(pointer)
            .and_then(Value::as_f64)
            .unwrap_or_else(|| panic!("{name}{pointer} is no number"))
    }

    /// A list of numbers, also where the reference holds a single one.
    pub fn numbers(&self, name: &str, pointer: &str) -> Vec<f64> {
        match self.value(name).pointer(pointer) {
            Some(Value::Array(list)) => list
                .iter()
                .map(|v| v.as_f64().unwrap_or(f64::NAN))
                .collect(),
            Some(value) => vec![value.as_f64().unwrap()],
            None => panic!("{name}{pointer} is missing"),
        }
    }

    /// One value against the reference, by its own size.
    pub fn check(&mut self, name: &str, what: &str, got: f64, want: f64) {
        self.check_scaled(name, what, got, want, 0.0, TOLERANCE);
    }

    pub fn check_iterated(&mut self, name: &str, what: &str, got: f64, want: f64) {
        self.check_scaled(name, what, got, want, 0.0, ITERATED);
    }

    /// One value, `|difference| <= tolerance max(|reference|, scale)`.
    pub fn check_scaled(
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
            .unwrap_or_else(|| panic!("{name}"));
        if want.is_nan() {
            entry.skipped.push(format!("{what}: NA in R, {got} here"));
            return;
        }
        let size = want.abs().max(scale);
        let relative = if got == want {
            0.0
        } else {
            (got - want).abs() / size
        };
        entry.compared += 1;
        entry.tolerance = entry.tolerance.max(tolerance);
        // A NaN is a disagreement too.
        if relative.is_nan() || relative > tolerance {
            entry.wrong.push(format!("{what}: {got} for {want}"));
        }
        if relative.is_nan() || relative > entry.worst {
            entry.worst = relative;
        }
    }

    /// Values, standard errors and covariances of an `{est, se, vcov}` under `pointer`.
    pub fn check_estimates(
        &mut self,
        name: &str,
        pointer: &str,
        got: &Estimates,
        order: &[usize],
        tolerance: f64,
    ) {
        let value = self.value(name).pointer(pointer).unwrap().clone();
        let want = self.numbers(name, &format!("{pointer}/est"));
        assert_eq!(want.len(), order.len(), "{name}");
        let ses = match value.get("se") {
            Some(_) => self.numbers(name, &format!("{pointer}/se")),
            None => Vec::new(),
        };
        // A standard error below this is rounding dust of a variance that is zero; it is judged
        // on the scale of the estimate.
        let dust = |i: usize| (want[i].abs() * 1e-9).max(1e-12);
        for (i, index) in order.iter().enumerate() {
            let what = format!("est[{i}]");
            self.check_scaled(name, &what, got.values()[*index], want[i], 0.0, tolerance);
            if let Some(se) = ses.get(i) {
                let scale = if *se < dust(i) {
                    want[i].abs().max(1e-3)
                } else {
                    0.0
                };
                let what = format!("se[{i}]");
                self.check_scaled(name, &what, got.se(*index), *se, scale, tolerance);
            }
        }
        if let Some(rows) = value.get("vcov").and_then(Value::as_array) {
            let cell =
                |i: usize, j: usize| rows[i].as_array().unwrap()[j].as_f64().unwrap_or(f64::NAN);
            // `svyby` without `covmat = TRUE` leaves the covariances out (exact zeros).
            let diagonal = rows.len() > 1
                && (0..rows.len()).all(|i| (0..rows.len()).all(|j| i == j || cell(i, j) == 0.0));
            for i in 0..rows.len() {
                for j in 0..rows.len() {
                    if i != j && diagonal {
                        continue;
                    }
                    let mut scale = (cell(i, i) * cell(j, j)).sqrt();
                    if scale < dust(i) * dust(j) {
                        scale = (want[i] * want[j]).abs().max(1e-6);
                    }
                    let have = got.covariance().get(order[i], order[j]);
                    let what = format!("vcov[{i}][{j}]");
                    self.check_scaled(name, &what, have, cell(i, j), scale, tolerance);
                }
            }
        }
        for (key, df) in [("ci95_z", f64::INFINITY), ("ci95_t", f64::NAN)] {
            let Some(interval) = value.get(key) else {
                continue;
            };
            let df = interval.get("df").and_then(Value::as_f64).unwrap_or(df);
            let low = self.numbers(name, &format!("{pointer}/{key}/lo"));
            let high = self.numbers(name, &format!("{pointer}/{key}/hi"));
            for (i, index) in order.iter().enumerate() {
                let have = got.get(*index).interval(df, 0.95);
                self.check_interval(name, key, have, low[i], high[i], tolerance);
            }
        }
        if value.get("deff").is_some() {
            let want = self.numbers(name, &format!("{pointer}/deff"));
            for (i, index) in order.iter().enumerate() {
                let effect = got.get(*index).design_effect.expect("a design effect");
                let have = if name.contains("deff_replace") {
                    effect.with_replacement
                } else {
                    effect.without_replacement
                };
                self.check_scaled(name, "deff", have, want[i], 1e-12, tolerance);
            }
        }
    }

    pub fn check_interval(
        &mut self,
        name: &str,
        what: &str,
        got: Interval,
        low: f64,
        high: f64,
        tolerance: f64,
    ) {
        // An end near zero is judged on the scale of the interval.
        let scale = low.abs().max(high.abs());
        self.check_scaled(name, &format!("{what} low"), got.low, low, scale, tolerance);
        self.check_scaled(
            name,
            &format!("{what} high"),
            got.high,
            high,
            scale,
            tolerance,
        );
    }

    pub fn skip(&mut self, name: &str, reason: &str) {
        if let Some(entry) = self.entries.get_mut(name) {
            entry.skipped.push(reason.to_owned());
        }
    }

    /// Prints the table; fails on disagreement and on names that nobody spoke of.
    pub fn close(self) {
        let mut values = 0;
        let mut whole = 0;
        let mut out_of_scope = 0;
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
                let (n, w, t) = (entry.compared, entry.worst, entry.tolerance);
                println!("{name:<52} {n:>6} {w:>10.1e} {t:>7.0e}");
                values += entry.compared;
                whole += 1;
                if entry.worst > worst.0 && entry.tolerance <= TOLERANCE {
                    worst = (entry.worst, name.clone());
                }
            } else if entry.skipped.is_empty() {
                failures.push(format!(
                    "{name}: neither compared nor named as out of scope"
                ));
            } else {
                out_of_scope += 1;
            }
        }
        println!("\nout of scope, whole or in part:");
        for (name, entry) in &self.entries {
            for reason in &entry.skipped {
                println!("{name:<52} {reason}");
            }
        }
        println!(
            "\n{whole} of {} references compared ({values} values), {out_of_scope} out of scope; \
             worst within 1e-9: {:.1e} ({})",
            self.entries.len(),
            worst.0,
            worst.1
        );
        assert!(failures.is_empty(), "\n{}", failures.join("\n"));
    }
}
