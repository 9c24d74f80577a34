//! What a request is answered with, and how it is written as JSON.

use super::table::Level;

/// The answers, by the ids of the asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// For each ask its id and its rows, in the order of the request.
    pub asks: Vec<(String, Vec<Row>)>,
}

/// One row of an answer. What is not finite is written as null, with a reason.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Column.
    pub of: Option<String>,
    /// The other column.
    pub over: Option<String>,
    /// Levels; none for numbers.
    pub level: Vec<Level>,
    /// Group: variables with their values.
    pub by: Vec<(String, Level)>,
    /// Share below a quantile.
    pub share: Option<f64>,
    /// Term of a regression.
    pub term: Option<String>,
    /// The number, its standard error and its interval; none for tests of association.
    pub estimate: Option<Estimated>,
    /// Design effect, where it is defined.
    pub deff: Option<f64>,
    /// Rows behind it.
    pub n: usize,
    /// Kish's effective n of their weights.
    pub n_effective: Option<f64>,
    /// Test.
    pub test: Option<Tested>,
    /// Rank with the best and the worst that are not excluded.
    pub rank: Option<[usize; 3]>,
    /// Covariances with all rows of the answer, or with those of the same column, in their order.
    pub covariance: Option<Vec<f64>>,
    /// Why something is null.
    pub reason: Option<String>,
}

/// A number with its uncertainty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimated {
    /// The number.
    pub value: f64,
    /// Standard error.
    pub se: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Degrees of freedom.
    pub df: f64,
}

/// A test.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Tested {
    /// Statistic.
    pub statistic: f64,
    /// Degrees of freedom of numerator and denominator, for F and chi-square.
    pub df: Option<(f64, Option<f64>)>,
    /// p-value.
    pub p: f64,
    /// p-value adjusted for all of its family.
    pub p_adjusted: Option<f64>,
    /// Interval adjusted for selection: it excludes the null value exactly where the adjusted test
    /// does.
    pub adjusted: Option<(f64, f64)>,
}

impl Row {
    /// A row of which nothing can be said.
    pub(super) fn without(mut self, reason: impl Into<String>) -> Self {
        self.estimate = Some(Estimated {
            value: f64::NAN,
            se: f64::NAN,
            low: f64::NAN,
            high: f64::NAN,
            df: f64::NAN,
        });
        self.reason = Some(reason.into());
        self
    }

    /// Gives a reason where none was given and something is not finite.
    pub(super) fn explain(&mut self) {
        if self.reason.is_some() {
            return;
        }
        let mut reasons = Vec::new();
        if let Some(e) = &self.estimate {
            if !e.value.is_finite() {
                reasons.push("the estimate is not defined here");
            } else if !e.se.is_finite() {
                reasons.push("the standard error is not defined here");
            } else if !(e.low.is_finite() && e.high.is_finite()) {
                reasons.push(if e.df < 1.0 {
                    "there are no degrees of freedom left for an interval"
                } else {
                    "an end of the interval is not defined here"
                });
            }
        }
        if self.estimate.is_some_and(|e| e.df == f64::INFINITY) {
            reasons.push("df: the quantile is that of the normal distribution");
        }
        if self.deff.is_some_and(|deff| !deff.is_finite()) {
            reasons.push("deff compares with a variance that is zero or not defined here");
        }
        if let Some(test) = &self.test
            && !(test.statistic.is_finite() && test.p.is_finite())
        {
            reasons.push("without a standard error above zero nothing can be tested");
        }
        if self.covariance.iter().flatten().any(|c| !c.is_finite()) {
            reasons.push("covariances are null where a row has no estimate");
        }
        if !reasons.is_empty() {
            self.reason = Some(reasons.join("; "));
        }
    }

    fn json(&self) -> String {
        let mut object = Object::default();
        let name =
            |name: &Option<String>| name.as_ref().map_or_else(|| "null".to_owned(), |n| text(n));
        let estimated = self.estimate.is_some();
        if self.of.is_some() || estimated {
            object.add("of", name(&self.of));
        }
        if self.over.is_some() {
            object.add("over", name(&self.over));
        }
        if estimated && self.term.is_none() {
            object.add(
                "level",
                match &self.level[..] {
                    [] => "null".to_owned(),
                    [one] => level(one),
                    many => {
                        let items: Vec<String> = many.iter().map(level).collect();
                        format!("[{}]", items.join(", "))
                    }
                },
            );
        }
        let by: Vec<String> = self
            .by
            .iter()
            .map(|(name, value)| format!("{}: {}", text(name), level(value)))
            .collect();
        object.add("by", format!("{{{}}}", by.join(", ")));
        if let Some(term) = &self.term {
            object.add("term", text(term));
        }
        if let Some(share) = self.share {
            object.add("p", number(share));
        }
        if let Some(e) = &self.estimate {
            object.add("estimate", number(e.value));
            object.add("se", number(e.se));
            object.add("low", number(e.low));
            object.add("high", number(e.high));
            object.add("df", number(e.df));
        }
        if let Some(deff) = self.deff {
            object.add("deff", number(deff));
        }
        if let Some(test) = &self.test {
            object.add("statistic", number(test.statistic));
            if let Some((ndf, ddf)) = test.df {
                object.add("ndf", number(ndf));
                if let Some(ddf) = ddf {
                    object.add("ddf", number(ddf));
                }
            }
            // Rows of quantiles have a share of that name; they have no test.
            object.add("p", number(test.p));
            if let Some(p) = test.p_adjusted {
                object.add("p_adjusted", number(p));
            }
            if let Some((low, high)) = test.adjusted {
                object.add("low_adjusted", number(low));
                object.add("high_adjusted", number(high));
            }
        }
        if let Some([rank, best, worst]) = self.rank {
            object.add("rank", rank.to_string());
            object.add("best", best.to_string());
            object.add("worst", worst.to_string());
        }
        object.add("n", self.n.to_string());
        if let Some(n) = self.n_effective {
            object.add("n_effective", number(n));
        }
        if let Some(covariance) = &self.covariance {
            let items: Vec<String> = covariance.iter().map(|c| number(*c)).collect();
            object.add("covariance", format!("[{}]", items.join(", ")));
        }
        if let Some(reason) = &self.reason {
            object.add("reason", text(reason));
        }
        format!("{{{}}}", object.0.join(", "))
    }
}

impl Answer {
    /// The rows of an ask.
    pub fn get(&self, id: &str) -> Option<&[Row]> {
        let found = self.asks.iter().find(|(name, _)| name == id);
        found.map(|(_, rows)| rows.as_slice())
    }

    /// As JSON, one row a line. Doubles are written so that they are read back as they were.
    pub fn to_json(&self) -> String {
        let asks: Vec<String> = self
            .asks
            .iter()
            .map(|(id, rows)| {
                let rows: Vec<String> =
                    rows.iter().map(|row| format!("  {}", row.json())).collect();
                format!(" {}: [\n{}\n ]", text(id), rows.join(",\n"))
            })
            .collect();
        format!("{{\n{}\n}}\n", asks.join(",\n"))
    }
}

#[derive(Default)]
struct Object(Vec<String>);

impl Object {
    fn add(&mut self, name: &str, value: String) {
        self.0.push(format!("\"{name}\": {value}"));
    }
}

fn level(level: &Level) -> String {
    match level {
        Level::Number(value) => number(*value),
        Level::Text(value) => text(value),
    }
}

fn number(value: f64) -> String {
    if !value.is_finite() {
        "null".to_owned()
    } else if value.fract() == 0.0 && libm::fabs(value) < 1e15 {
        format!("{}", value as i64)
    } else {
        format!("{value:?}")
    }
}

fn text(value: &str) -> String {
    let mut result = String::with_capacity(value.len() + 2);
    result.push('"');
    for letter in value.chars() {
        match letter {
            '"' => result.push_str("\\\""),
            '\\' => result.push_str("\\\\"),
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\t' => result.push_str("\\t"),
            control if u32::from(control) < 0x20 => {
                result.push_str(&format!("\\u{:04x}", u32::from(control)));
            }
            other => result.push(other),
        }
    }
    result.push('"');
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_round_trip() {
        for value in [
            662.2873631593208,
            1e-300,
            6.02e23,
            0.1 + 0.2,
            -5e-324,
            197.0,
            1.0e15,
        ] {
            assert_eq!(number(value).parse::<f64>().unwrap(), value);
            assert!(serde_json::from_str::<f64>(&number(value)).is_ok_and(|v| v == value));
        }
        assert_eq!(number(f64::NAN), "null");
        assert_eq!(number(197.0), "197");
    }
}
