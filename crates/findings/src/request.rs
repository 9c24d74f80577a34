//! How a number was made: the request (format 1) that whoever holds the dataset can run again.

use dataset::{Column, Values};
use serde_json::{Value, json};

use crate::interval::CONFIDENCE;
use crate::tables::Sample;
use crate::{Estimand, Weighting};

/// Number of the request's file format.
pub(crate) const REQUEST_FORMAT: u32 = 1;

/// The request for one question, as JSON in one line.
pub(crate) fn request(
    wave: &str,
    samples: &[Sample],
    columns: &[&Column],
    estimand: Estimand,
) -> String {
    let of: Vec<&str> = columns.iter().map(|c| c.variable.key.0.as_str()).collect();
    let coded = columns
        .iter()
        .any(|column| matches!(column.values, Values::Coded(_)));
    let stat = match estimand {
        Estimand::Mean => "mean",
        Estimand::ShareOfMunicipalities | Estimand::ShareOfInhabitants => "proportion",
    };
    let ask = |id: &str, by: &str| {
        let mut ask = json!({
            "id": id, "stat": stat, "of": of, "by": [by], "missing": "drop", "df": "domain",
        });
        if estimand != Estimand::Mean {
            ask["interval"] = json!("wilson");
        }
        if estimand == Estimand::ShareOfInhabitants {
            ask["weight_by"] = json!("inhabitants");
        }
        ask
    };
    let cells = samples.iter().flat_map(|s| cell_totals(&s.weighting));
    let laender = samples.iter().flat_map(|s| land_totals(&s.weighting));
    let rake = [
        json!({"by": ["cell"], "totals": cells.collect::<Vec<_>>()}),
        json!({"by": ["land_group"], "totals": laender.collect::<Vec<_>>()}),
    ];
    json!({
        "format": REQUEST_FORMAT,
        "data": {
            "file": format!("{wave}.csv"),
            "text": if coded { of.clone() } else { Vec::new() },
            "missing": ["", "-7", "-8", "-9"],
        },
        "design": {
            "stages": [{"strata": "cell", "population": "cell_units"}],
            "weights": "base_weight",
            "lonely_psu": "adjust",
        },
        "calibrate": {"rake": rake},
        "confidence": CONFIDENCE,
        "ask": [
            ask("all", "population"),
            ask("size-class", "size_class"),
            ask("town", "town"),
        ],
    })
    .to_string()
}

/// Cells are named by population and classes, e.g. `municipalities:medium-town+large-city`.
pub(crate) fn cell_totals(weighting: &Weighting) -> Vec<Value> {
    let population = word(&weighting.population);
    let cells = weighting.cells.iter().map(|cell| {
        let classes: Vec<String> = cell.classes.iter().map(word).collect();
        json!({"cell": format!("{population}:{}", classes.join("+")), "total": cell.units})
    });
    cells.collect()
}

/// Land groups are named by population and Länder, e.g. `municipalities:SH+HH`.
pub(crate) fn land_totals(weighting: &Weighting) -> Vec<Value> {
    let population = word(&weighting.population);
    let groups = weighting.groups.iter().map(|group| {
        let laender: Vec<&str> = group.laender.iter().map(|l| l.abbreviation()).collect();
        json!({"land_group": format!("{population}:{}", laender.join("+")), "total": group.units})
    });
    groups.collect()
}

/// The word by which an enum of the register is written in files.
pub(crate) fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}
