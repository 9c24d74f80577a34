//! Truth: R 4.2.2 with `survey` 4.5 (T. Lumley), `../shared/statistics/reference.json`.
//!
//! |difference| <= 1e-9 max(|reference|, scale), where scale = sqrt(v_ii v_jj) for covariances;
//! 1e-7 where the reference iterates. The test prints what it compared (run with `--nocapture`),
//! what is out of scope and why, and fails on a name that it does not know.
#![allow(clippy::unwrap_used)]

mod api;
mod calibrated;
mod data;
mod ledger;
mod models;
mod municipal;
mod replicated;

use data::shared;
use ledger::Ledger;

#[test]
fn agrees_with_survey() {
    let Some(folder) = shared() else { return };
    let text = std::fs::read_to_string(folder.join("reference.json")).unwrap();
    let mut ledger = Ledger::new(serde_json::from_str(&text).unwrap());
    api::compare(&mut ledger, &folder.join("data"));
    api::compare_lonely(&mut ledger, &folder.join("data"));
    models::compare(&mut ledger, &folder.join("data"));
    replicated::compare(&mut ledger, &folder.join("data"));
    calibrated::compare(&mut ledger, &folder.join("data"));
    municipal::compare(&mut ledger, &folder.join("data"));
    ledger.close();
}
