//! How each published number was made, beside the data: the request of every finding that these files can answer.

use std::collections::BTreeMap;

use anyhow::Context;
use exchange::{Format, Table};
use findings::{Estimand, Release};
use serde_json::{Value, json};

use super::{Names, Order};

/// One file a finding. Where the Land group is not among the columns, weights are not raked again: the request takes
/// the final weights as they are, which gives the same shares, and somewhat wider intervals. Findings on inhabitants are
/// left out where the number of inhabitants is not there.
pub fn requests(
    release: &Release,
    table: &Table,
    order: &Order,
) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let readable = [Format::Csv, Format::Parquet];
    let Some(format) = readable.into_iter().find(|f| order.formats.contains(f)) else {
        return Ok(files);
    };
    let data = format!("../{}.{}", release.wave, format.extension());
    for finding in &release.findings {
        let inhabitants = finding.estimand == Estimand::ShareOfInhabitants;
        if inhabitants && table.field("inhabitants").is_none() {
            continue;
        }
        let mut request: Value = serde_json::from_str(&finding.request)
            .with_context(|| format!("the request of finding {}", finding.key.0))?;
        request["data"]["file"] = json!(data);
        if table.field("land_group").is_none()
            && let Value::Object(parts) = &mut request
        {
            parts.remove("calibrate");
            request["design"]["weights"] = json!("weight");
        }
        let name: String = finding
            .key
            .0
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || c == '.' {
                    c
                } else {
                    '-'
                }
            })
            .collect();
        let text = serde_json::to_string_pretty(&request)? + "\n";
        files.insert(
            format!("{}/{name}.json", Names::of(order.lang).requests),
            text.into_bytes(),
        );
    }
    Ok(files)
}
