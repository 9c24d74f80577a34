//! The CSV files beside the reference results.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub struct Table {
    columns: BTreeMap<String, Vec<String>>,
    pub rows: usize,
}

/// The shared folder, or `None` with a loud word.
pub fn shared() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/statistics");
    if path.join("reference.json").exists() {
        return Some(path);
    }
    println!("SKIPPED: ../shared/statistics is absent, so its reference results were NOT compared");
    None
}

impl Table {
    pub fn read(path: &Path) -> Self {
        let mut reader = csv::Reader::from_path(path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
        let names: Vec<String> = reader.headers().unwrap().iter().map(String::from).collect();
        let mut lists = vec![Vec::new(); names.len()];
        let mut rows = 0;
        for record in reader.records() {
            for (list, field) in lists.iter_mut().zip(record.unwrap().iter()) {
                list.push(field.to_owned());
            }
            rows += 1;
        }
        Self {
            columns: names.into_iter().zip(lists).collect(),
            rows,
        }
    }

    pub fn text(&self, name: &str) -> &[String] {
        self.columns
            .get(name)
            .unwrap_or_else(|| panic!("no column {name}"))
    }

    /// Numbers; what is empty or `NA` is NaN.
    pub fn numbers(&self, name: &str) -> Vec<f64> {
        let number = |text: &String| text.parse().unwrap_or(f64::NAN);
        self.text(name).iter().map(number).collect()
    }

    /// Codes in the order of the sorted texts; what is empty or `NA` is missing.
    pub fn levels(&self, name: &str) -> (Vec<Option<u32>>, Vec<String>) {
        let texts = self.text(name);
        let mut labels: Vec<String> = texts
            .iter()
            .filter(|text| !matches!(text.as_str(), "" | "NA"))
            .cloned()
            .collect();
        labels.sort();
        labels.dedup();
        let code = |text: &String| labels.binary_search(text).ok().map(|at| at as u32);
        (texts.iter().map(code).collect(), labels)
    }

    /// Codes of a column without missing values.
    pub fn ids(&self, name: &str) -> Vec<u32> {
        let (codes, _) = self.levels(name);
        codes.into_iter().map(|code| code.unwrap()).collect()
    }
}
