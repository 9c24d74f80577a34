//! How an analysis was made: the request (format 1) that whoever holds the dataset can run again.

use dataset::{Column, Values};
use serde_json::json;

use super::Workspace;
use super::base::answers;
use super::query::{self, Breakdown, Condition, Counted, Query};
use crate::Estimand;
use crate::interval::CONFIDENCE;
use crate::request::{REQUEST_FORMAT, calibration, know_inhabitants, method, word};

impl Workspace {
    /// The request as JSON.
    pub(super) fn request(&self, query: &Query, columns: &[&Column], estimand: Estimand) -> String {
        let of: Vec<&str> = columns.iter().map(|c| c.variable.key.0.as_str()).collect();
        let population = word(&query.population);
        let mut conditions = vec![format!("population == '{population}'")];
        conditions.extend(query.only.iter().filter_map(|c| self.condition(c)));
        let domain = conditions.join(" and ");
        let stat = match estimand {
            Estimand::Mean => "mean",
            Estimand::ShareOfMunicipalities | Estimand::ShareOfInhabitants => "proportion",
        };
        let ask = |id: &str, by: Option<&str>| {
            let mut ask = json!({
                "id": id, "stat": stat, "of": of, "missing": "drop", "where": domain,
            });
            if let Some(by) = by {
                ask["by"] = json!([by]);
                ask["covariance"] = json!(true);
            }
            method(&mut ask, estimand);
            if query.counted == Counted::Inhabitants {
                ask["weight_by"] = json!("inhabitants");
                if estimand == Estimand::ShareOfInhabitants {
                    let weightings: Vec<_> = self.bases.iter().map(|b| &b.weighting).collect();
                    know_inhabitants(&mut ask, &weightings);
                }
            }
            ask
        };
        let mut asks = vec![ask("all", None)];
        let by = match &query.by {
            Breakdown::Whole => None,
            Breakdown::SizeClass => Some("size_class"),
            Breakdown::Town => Some("town"),
            Breakdown::LandGroup => Some("land_group"),
            Breakdown::Answer(key) => Some(key.as_str()),
        };
        if let Some(by) = by {
            asks.push(ask("groups", Some(by)));
            if estimand != Estimand::Mean && query.counted != Counted::Inhabitants {
                asks.extend(of.iter().map(|of| {
                    json!({
                        "id": format!("test-{of}"), "stat": "chisq", "of": [of], "over": by,
                        "method": "F", "where": domain,
                    })
                }));
            }
        }
        let mut request = json!({
            "format": REQUEST_FORMAT,
            "data": {
                "file": format!("{}.csv", self.dataset.wave),
                "text": self.texts(query, columns),
                "missing": ["", "-7", "-8", "-9"],
            },
            "confidence": CONFIDENCE,
            "ask": asks,
        });
        if query.counted == Counted::Respondents {
            request["design"] = json!({"stages": [{}]});
        } else {
            request["exclude"] = json!("missing(cell)");
            request["design"] = json!({
                "stages": [{"strata": "cell", "population": "cell_units"}],
                "weights": "base_weight",
                "lonely_psu": "adjust",
            });
            // The file holds both populations: the margins of both.
            let weightings: Vec<_> = self.bases.iter().map(|base| &base.weighting).collect();
            request["calibrate"] = calibration(&weightings);
        }
        serde_json::to_string_pretty(&request).unwrap_or_default()
    }

    /// Columns of codes that the request names.
    fn texts(&self, query: &Query, columns: &[&Column]) -> Vec<String> {
        let coded = |c: &&Column| matches!(c.values, Values::Coded(_) | Values::Flag(_));
        let asked = columns.iter().copied().filter(coded);
        let mut texts: Vec<String> = asked.map(|c| c.variable.key.0.clone()).collect();
        let by = match &query.by {
            Breakdown::Answer(key) => Some(key),
            _ => None,
        };
        let others = by.into_iter().chain(query.only.iter().map(|c| &c.of));
        for key in others {
            if self.column(key).is_some() && !texts.contains(key) {
                texts.push(key.clone());
            }
        }
        texts
    }

    /// A condition in the request's own words, over the columns of the dataset's file.
    fn condition(&self, condition: &Condition) -> Option<String> {
        let (name, words): (&str, Vec<String>) = match condition.of.as_str() {
            "size-class" => ("size_class", condition.is.clone()),
            // The words of the dataset's file.
            "town" => {
                let word = |w: &String| match w == query::town_word(true) {
                    true => "town".to_owned(),
                    false => "municipality".to_owned(),
                };
                ("town", condition.is.iter().map(word).collect())
            }
            "land" => ("land", condition.is.clone()),
            key => {
                let column = self.column(key)?;
                let answers = answers(column);
                let first = match column.values {
                    Values::Coded(_) => 1,
                    _ => 0,
                };
                let number = |word: &String| {
                    let place = answers.iter().position(|(code, _)| code == word)?;
                    Some((place + first).to_string())
                };
                (key, condition.is.iter().filter_map(number).collect())
            }
        };
        let each: Vec<String> = words
            .iter()
            .map(|word| format!("{} == '{word}'", quoted(name)))
            .collect();
        match each.as_slice() {
            [one] => Some(one.clone()),
            several => Some(format!("({})", several.join(" or "))),
        }
    }
}

/// A column's name in an expression: in backticks where it is no plain word.
fn quoted(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    match name.chars().all(plain) {
        true => name.to_owned(),
        false => format!("`{name}`"),
    }
}
