//! How a number was made: the request (format 1) that whoever holds the dataset can run again.

use dataset::{Column, Values};
use serde_json::{Map, Value, json};

use crate::disclosure::MIN_SIDE;
use crate::interval::CONFIDENCE;
use crate::tables::Sample;
use crate::weighting::Inhabitants;
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
            "id": id, "stat": stat, "of": of, "by": [by], "missing": "drop",
        });
        method(&mut ask, estimand);
        // Of what could be named or not, the share that named it.
        if columns
            .iter()
            .all(|column| matches!(column.values, Values::Flag(_)))
        {
            ask["level"] = json!(1);
        }
        if estimand == Estimand::ShareOfInhabitants {
            ask["weight_by"] = json!("inhabitants");
            let weightings: Vec<&Weighting> = samples.iter().map(|s| &s.weighting).collect();
            know_inhabitants(&mut ask, &weightings);
        }
        ask
    };
    let weightings: Vec<&Weighting> = samples.iter().map(|sample| &sample.weighting).collect();
    json!({
        "format": REQUEST_FORMAT,
        "data": {
            "file": format!("{wave}.csv"),
            "text": if coded { of.clone() } else { Vec::new() },
            "missing": ["", "-7", "-8", "-9"],
        },
        // Associations of municipalities stand for nobody.
        "exclude": "missing(cell)",
        "design": {
            "stages": [{"strata": "cell", "population": "cell_units"}],
            "weights": "base_weight",
            "lonely_psu": "adjust",
        },
        "calibrate": calibration(&weightings),
        "confidence": CONFIDENCE,
        "ask": [
            ask("all", "population"),
            ask("size-class", "size_class"),
            ask("town", "town"),
        ],
    })
    .to_string()
}

/// The interval of an ask: shares have Wilson's, means that of t (see [`crate::interval`]).
pub(crate) fn method(ask: &mut Value, estimand: Estimand) {
    if estimand == Estimand::Mean {
        ask["df"] = json!("effective");
    } else {
        ask["interval"] = json!("wilson");
        ask["df"] = json!("normal");
        ask["cap"] = json!("unanswered");
        if estimand == Estimand::ShareOfMunicipalities {
            ask["printed_from"] = json!(MIN_SIDE);
        }
    }
}

/// How the weights of those populations that were raked are made from the base weights.
pub(crate) fn calibration(weightings: &[&Weighting]) -> Value {
    let raked = || weightings.iter().filter(|weighting| weighting.raked);
    if raked().next().is_none() {
        return json!([]);
    }
    let cells: Map<String, Value> = raked().flat_map(|w| cell_totals(w)).collect();
    let groups: Map<String, Value> = raked().flat_map(|w| land_totals(w)).collect();
    json!({"linear": {
        "on": ["cell", "land_group"],
        "totals": {"cell": cells, "land_group": groups},
        "distance": "raking",
        "leverage": true,
    }})
}

/// Of each cell the inhabitants of all its units, and their squares, summed: from the register.
pub(crate) fn know_inhabitants(ask: &mut Value, weightings: &[&Weighting]) {
    let of_cells = |known: fn(&Inhabitants) -> f64| -> Value {
        let cells = weightings.iter().flat_map(|weighting| {
            let names = cell_totals(weighting).into_iter().map(|(name, _)| name);
            names.zip(weighting.inhabitants.iter().map(move |of| json!(known(of))))
        });
        Value::Object(cells.collect())
    };
    ask["sums"] = of_cells(|of| of.sum);
    ask["squares"] = of_cells(|of| of.squares);
}

/// Cells are named by population and classes, e.g. `municipalities:medium-town+large-city`.
fn cell_totals(weighting: &Weighting) -> Vec<(String, Value)> {
    let population = word(&weighting.population);
    let cells = weighting.cells.iter().map(|cell| {
        let classes: Vec<String> = cell.classes.iter().map(word).collect();
        (
            format!("{population}:{}", classes.join("+")),
            json!(cell.units),
        )
    });
    cells.collect()
}

/// Land groups are named by population and Länder, e.g. `municipalities:SH+HH`.
fn land_totals(weighting: &Weighting) -> Vec<(String, Value)> {
    let population = word(&weighting.population);
    let groups = weighting.groups.iter().map(|group| {
        let laender: Vec<&str> = group.laender.iter().map(|l| l.abbreviation()).collect();
        (
            format!("{population}:{}", laender.join("+")),
            json!(group.units),
        )
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
