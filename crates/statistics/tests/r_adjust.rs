//! Truth: R's `p.adjust` on 120 p-values, `../shared/statistics/bh.json`, at 1e-12.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use statistics::{benjamini_hochberg, benjamini_yekutieli, holm};

#[test]
fn adjusts_p_values_as_r_does() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/statistics");
    let Ok(text) = std::fs::read_to_string(folder.join("bh.json")) else {
        println!("SKIPPED: ../shared/statistics/bh.json is absent and was NOT compared");
        return;
    };
    let reference: serde_json::Value = serde_json::from_str(&text).unwrap();
    let list = |name: &str| -> Vec<f64> {
        let list = reference[name].as_array().unwrap().iter();
        list.map(|v| v.as_f64().unwrap()).collect()
    };
    let p = list("p");
    for (name, got) in [
        ("BH", benjamini_hochberg(&p)),
        ("BY", benjamini_yekutieli(&p)),
        ("holm", holm(&p)),
    ] {
        let mut worst: f64 = 0.0;
        for (got, want) in got.iter().zip(list(name)) {
            worst = worst.max((got / want - 1.0).abs());
        }
        println!(
            "{name}: {} values, worst relative difference {worst:.1e}",
            got.len()
        );
        assert!(worst < 1e-12, "{name}");
    }
}
