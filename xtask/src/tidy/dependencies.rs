//! Each library that we use stands with its reason in docs/decisions/dependencies.md, and no other.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Fault, File, fault};

const PAGE: &str = "docs/decisions/dependencies.md";
const MANIFEST: &str = "Cargo.toml";

pub(super) fn check(files: &[File], metadata: &Value, faults: &mut Vec<Fault>) {
    let text = |path: &str| {
        files
            .iter()
            .find(|file| file.path == path)
            .map_or("", |file| file.text.as_str())
    };
    let manifest = text(MANIFEST);
    let page = text(PAGE);
    let named = named(page);
    let used = used(metadata);
    for name in &used {
        if !named.contains_key(name.as_str()) {
            let line = manifest
                .lines()
                .position(|line| line.starts_with(&format!("{name} ")))
                .map_or(1, |at| at + 1);
            let what = format!("the library {name} has no reason in {PAGE}");
            faults.push(fault(
                MANIFEST,
                line,
                what,
                format!("a row \"| `{name}` | what for | licence |\" in {PAGE}"),
            ));
        }
    }
    for (name, line) in named {
        if !used.contains(name) {
            let what = format!("the library {name} is not used any more");
            faults.push(fault(
                PAGE,
                line,
                what,
                "only libraries that a crate of ours uses",
            ));
        }
    }
}

/// First cells of table rows, in backquotes, with their lines.
fn named(page: &str) -> BTreeMap<&str, usize> {
    let mut named = BTreeMap::new();
    for (at, line) in page.lines().enumerate() {
        let cell = line
            .trim_start()
            .strip_prefix('|')
            .and_then(|rest| rest.split('|').next());
        for name in cell.unwrap_or_default().split(',') {
            let name = name
                .trim()
                .strip_prefix('`')
                .and_then(|rest| rest.strip_suffix('`'));
            if let Some(name) = name {
                named.insert(name, at + 1);
            }
        }
    }
    named
}

/// Names of all libraries of others that a crate of ours names.
fn used(metadata: &Value) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        if !package["source"].is_null() {
            continue;
        }
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            if !dependency["source"].is_null() {
                used.extend(dependency["name"].as_str().map(str::to_owned));
            }
        }
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn missing_and_stale_reasons_are_told() {
        let file = |path: &str, text: &str| File {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        let files = [
            file(
                MANIFEST,
                "[workspace.dependencies]\ncsv = \"1\"\nserde = \"1\"\n",
            ),
            file(
                PAGE,
                "| library | what for |\n|---|---|\n| `serde`, `serde_json` | data |\n",
            ),
        ];
        let metadata = json!({"packages": [{"source": null, "dependencies": [
            {"name": "serde", "source": "r"}, {"name": "csv", "source": "r"}, {"name": "register", "source": null},
        ]}]});
        let mut faults = Vec::new();
        check(&files, &metadata, &mut faults);
        let places: Vec<_> = faults.iter().map(|f| (f.file.as_str(), f.line)).collect();
        assert_eq!(places, [(MANIFEST, 2), (PAGE, 3)]);
    }
}
