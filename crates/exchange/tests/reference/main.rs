//! Truth: R 4.2.2 with `survey` 4.5 (T. Lumley), `../shared/statistics/reference.json`, by request files.
//!
//! Every reference result that a request can ask for is asked for: the request is written to a file, read, its data
//! file is read by this crate, and the answer compared. |difference| <= 1e-9 max(|reference|, scale), where
//! scale = sqrt(v_ii v_jj) for covariances; 1e-7 where the reference iterates. Prints what it compared (run with
//! `--nocapture`), what is out of scope, what disagrees and why; fails on a name that it does not know.
//! `crates/statistics/tests/r_survey` compares the same results without requests, and those that no request asks for.
#![allow(clippy::unwrap_used, missing_docs)]

mod cases;
mod ledger;
mod municipal;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use exchange::{Wanted, column_names, read_table};
use ledger::Ledger;
use serde_json::{Value, json};
use statistics::request::{Answer, Request, Row};

/// The tolerance, relative to the larger of reference and scale.
pub const TOLERANCE: f64 = 1e-9;
/// The tolerance where the reference iterates.
pub const ITERATED: f64 = 1e-7;

/// Writes a request to a file, reads it and answers it.
pub fn answer(folder: &Path, name: &str, request: &Value) -> Answer {
    let path = folder.join(format!("{name}.json"));
    std::fs::write(&path, serde_json::to_string_pretty(request).unwrap()).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let request = Request::read(&text).unwrap_or_else(|faults| panic!("{name}: {faults:#?}"));
    let file = folder.join(&request.data.file.name);
    let known = column_names(&file).unwrap();
    let faults = request.check_columns(&known);
    assert!(faults.is_empty(), "{name}: {faults:#?}");
    let mut columns = Vec::new();
    for wanted in request.columns() {
        match wanted.name.strip_suffix('*') {
            Some(start) => columns.extend(known.iter().filter(|c| c.starts_with(start)).cloned()),
            None => columns.push(wanted.name),
        }
    }
    let wanted = Wanted {
        columns,
        text: request
            .data
            .text
            .iter()
            .map(|name| name.name.clone())
            .collect(),
        missing: request.data.missing.clone(),
    };
    let table = read_table(&file, &wanted).unwrap();
    request
        .evaluate(table)
        .unwrap_or_else(|faults| panic!("{name}: {faults:#?}"))
}

/// A request with its asks by the reference's names.
pub struct Asked {
    pub request: Value,
    asks: Vec<Value>,
}

impl Asked {
    pub fn new(file: &Path, design: Value) -> Self {
        let request = json!({"format": 1, "data": {"file": file}, "design": design});
        Self {
            request,
            asks: Vec::new(),
        }
    }

    pub fn ask(&mut self, id: &str, mut ask: Value) {
        ask["id"] = json!(id);
        self.asks.push(ask);
    }

    pub fn run(&self, folder: &Path, name: &str) -> BTreeMap<String, Vec<Row>> {
        let mut request = self.request.clone();
        request["ask"] = json!(self.asks);
        answer(folder, name, &request).asks.into_iter().collect()
    }
}

fn shared() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/statistics");
    path.join("reference.json")
        .exists()
        .then(|| path.canonicalize().unwrap())
}

#[test]
fn requests_agree_with_survey() {
    let Some(folder) = shared() else {
        println!(
            "SKIPPED: ../shared/statistics is absent, so its reference results were NOT compared"
        );
        return;
    };
    let text = std::fs::read_to_string(folder.join("reference.json")).unwrap();
    let mut ledger = Ledger::new(serde_json::from_str(&text).unwrap());
    let data = folder.join("data");
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("requests");
    std::fs::create_dir_all(&scratch).unwrap();
    cases::api(&mut ledger, &data, &scratch);
    cases::two_stages(&mut ledger, &data, &scratch);
    cases::lonely(&mut ledger, &data, &scratch);
    cases::calibrated(&mut ledger, &data, &scratch);
    cases::replicated(&mut ledger, &data, &scratch);
    municipal::municipal(&mut ledger, &data, &scratch);
    ledger.close();
}
