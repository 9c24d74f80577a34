//! The crates and their edges against the table in ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Fault, File, fault};

const PAGE: &str = "ARCHITECTURE.md";

/// These compile fast and must stay so.
const LIGHT: [&str; 10] = [
    "register",
    "questionnaire",
    "fieldwork",
    "dataset",
    "statistics",
    "practices",
    "findings",
    "edition",
    "store",
    "web",
];

/// What makes a build slow: exact names and beginnings of families.
const HEAVY: [&str; 4] = ["typst", "tantivy", "arrow", "parquet"];

/// What a crate may use, and the line that says so.
#[derive(Debug, PartialEq)]
struct Row {
    line: usize,
    /// `None` is "all".
    may_use: Option<BTreeSet<String>>,
}

pub(super) fn check(files: &[File], metadata: &Value, faults: &mut Vec<Fault>) {
    let Some(page) = files.iter().find(|file| file.path == PAGE) else {
        faults.push(fault(
            PAGE,
            1,
            "the page is missing",
            "a page with the table of crates",
        ));
        return;
    };
    let table = table(&page.text);
    let ours = ours(metadata);
    for (name, edges) in &ours {
        let manifest = format!("crates/{name}/Cargo.toml");
        let Some(row) = table.get(name) else {
            let what = format!("the crate {name} is not in the table of {PAGE}");
            faults.push(fault(
                &manifest,
                1,
                what,
                "a row \"| `name` | purpose | may use |\"",
            ));
            continue;
        };
        for edge in edges {
            if !row
                .may_use
                .as_ref()
                .is_none_or(|allowed| allowed.contains(edge))
            {
                let what = format!("{name} uses {edge}, which the table of {PAGE} does not allow");
                let right = format!(
                    "another way, or {edge} in line {} of {PAGE} with the reason in docs/decisions",
                    row.line
                );
                let line = files
                    .iter()
                    .find(|file| file.path == manifest)
                    .map_or(1, |file| line_with(&file.text, edge));
                faults.push(fault(&manifest, line, what, right));
            }
        }
    }
    for (name, row) in &table {
        if !ours.contains_key(name) {
            let what = format!("the table names the crate {name}, which is not there");
            faults.push(fault(PAGE, row.line, what, "only crates that exist"));
        }
        for used in row.may_use.iter().flatten() {
            if !ours.contains_key(used) {
                let what = format!("{name} may use {used}, which is no crate");
                faults.push(fault(
                    PAGE,
                    row.line,
                    what,
                    "names of crates in the third column",
                ));
            }
        }
    }
    check_weight(metadata, faults);
}

/// Light crates must not reach heavy ones by any way.
fn check_weight(metadata: &Value, faults: &mut Vec<Fault>) {
    let graph = graph(metadata);
    for name in LIGHT {
        let Some(start) = graph
            .iter()
            .find(|(_, node)| node.name == name && node.is_ours)
            .map(|(id, _)| *id)
        else {
            continue;
        };
        let mut from: BTreeMap<&str, &str> = BTreeMap::new();
        let mut open = vec![start];
        while let Some(id) = open.pop() {
            for next in graph.get(id).into_iter().flat_map(|node| &node.uses) {
                if !from.contains_key(next) && *next != start {
                    from.insert(next, id);
                    open.push(next);
                }
            }
        }
        let mut heavy: Vec<&str> = from
            .keys()
            .copied()
            .filter(|id| graph.get(id).is_some_and(|node| is_heavy(node.name)))
            .collect();
        heavy.sort_by_key(|id| way(&graph, &from, start, id).len());
        if let Some(id) = heavy.first() {
            let what = format!(
                "{name} must stay light, but pulls in {}",
                way(&graph, &from, start, id).join(" -> ")
            );
            faults.push(fault(
                &format!("crates/{name}/Cargo.toml"),
                1,
                what,
                "rendering and search handed in from outside",
            ));
        }
    }
}

fn is_heavy(name: &str) -> bool {
    HEAVY.iter().any(|heavy| {
        name == *heavy
            || name
                .strip_prefix(heavy)
                .is_some_and(|rest| rest.starts_with('-'))
    })
}

fn way<'a>(
    graph: &BTreeMap<&'a str, Node<'a>>,
    from: &BTreeMap<&'a str, &'a str>,
    start: &str,
    end: &'a str,
) -> Vec<&'a str> {
    let mut way = vec![end];
    let mut at = end;
    while at != start
        && let Some(before) = from.get(at)
    {
        at = before;
        way.push(at);
    }
    way.iter()
        .rev()
        .map(|id| graph.get(id).map_or(*id, |node| node.name))
        .collect()
}

struct Node<'a> {
    name: &'a str,
    is_ours: bool,
    /// Ids of what it uses, but for tests.
    uses: Vec<&'a str>,
}

fn graph(metadata: &Value) -> BTreeMap<&str, Node<'_>> {
    let mut names = BTreeMap::new();
    for package in list(&metadata["packages"]) {
        names.insert(
            text(&package["id"]),
            (text(&package["name"]), package["source"].is_null()),
        );
    }
    let mut graph = BTreeMap::new();
    for node in list(&metadata["resolve"]["nodes"]) {
        let id = text(&node["id"]);
        let (name, is_ours) = names.get(id).copied().unwrap_or_default();
        let used = list(&node["deps"]).iter().filter(|dep| {
            list(&dep["dep_kinds"])
                .iter()
                .any(|kind| kind["kind"].is_null())
        });
        let uses = used.map(|dep| text(&dep["pkg"])).collect();
        graph.insert(
            id,
            Node {
                name,
                is_ours,
                uses,
            },
        );
    }
    graph
}

/// Our crates under crates/ and which of ours each uses outside of tests.
fn ours(metadata: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let packages = || {
        list(&metadata["packages"]).iter().filter(|package| {
            let manifest = text(&package["manifest_path"]);
            package["source"].is_null() && manifest.rsplit('/').nth(2) == Some("crates")
        })
    };
    let names: BTreeSet<&str> = packages().map(|package| text(&package["name"])).collect();
    let edges = |package: &Value| {
        let used = list(&package["dependencies"]).iter();
        let used =
            used.filter(|dep| text(&dep["kind"]) != "dev" && names.contains(text(&dep["name"])));
        used.map(|dep| text(&dep["name"]).to_owned()).collect()
    };
    packages()
        .map(|package| (text(&package["name"]).to_owned(), edges(package)))
        .collect()
}

/// Rows of the table whose first heading is "crate".
fn table(page: &str) -> BTreeMap<String, Row> {
    let mut rows = BTreeMap::new();
    let mut inside = false;
    for (at, line) in page.lines().enumerate() {
        let cells: Vec<&str> = line
            .trim()
            .trim_matches('|')
            .split('|')
            .map(str::trim)
            .collect();
        if !line.trim_start().starts_with('|') {
            inside = false;
        } else if cells[0] == "crate" {
            inside = true;
        } else if inside && cells.len() == 3 && !cells[0].starts_with("--") {
            let name = cells[0].trim_matches('`').to_owned();
            let may_use = match cells[2] {
                "all" => None,
                "-" => Some(BTreeSet::new()),
                list => Some(
                    list.split(',')
                        .map(|name| name.trim().trim_matches('`').to_owned())
                        .collect(),
                ),
            };
            rows.insert(
                name,
                Row {
                    line: at + 1,
                    may_use,
                },
            );
        }
    }
    rows
}

fn line_with(text: &str, word: &str) -> usize {
    text.lines()
        .position(|line| line.starts_with(word))
        .map_or(1, |at| at + 1)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TABLE: &str = "text\n\n| crate | purpose | may use (ours) |\n|---|---|---|\n| `register` | the list | - |\n| `web` | pages | register |\n";

    fn metadata(web_uses: &str) -> Value {
        let package = |name: &str, uses: Value| json!({"id": name, "name": name, "source": null, "manifest_path": format!("/x/crates/{name}/Cargo.toml"), "dependencies": uses});
        json!({
            "packages": [
                package("register", json!([])),
                package("web", json!([{"name": web_uses, "kind": null}])),
                {"id": "s", "name": "svg", "source": "crates.io", "manifest_path": "/y/svg/Cargo.toml", "dependencies": []},
                {"id": "t", "name": "typst-pdf", "source": "crates.io", "manifest_path": "/y/t/Cargo.toml", "dependencies": []},
            ],
            "resolve": {"nodes": [
                {"id": "register", "deps": [{"pkg": "t", "dep_kinds": [{"kind": "dev"}]}]},
                {"id": "web", "deps": [{"pkg": "s", "dep_kinds": [{"kind": null}]}]},
                {"id": "s", "deps": [{"pkg": "t", "dep_kinds": [{"kind": null}]}]},
                {"id": "t", "deps": []},
            ]},
        })
    }

    fn whats(page: &str, metadata: &Value) -> Vec<String> {
        let files = [File {
            path: PAGE.to_owned(),
            text: page.to_owned(),
        }];
        let mut faults = Vec::new();
        check(&files, metadata, &mut faults);
        faults.into_iter().map(|fault| fault.what).collect()
    }

    #[test]
    fn edges_and_weight_are_compared_with_the_table() {
        let heavy = "web must stay light, but pulls in web -> svg -> typst-pdf";
        assert_eq!(whats(TABLE, &metadata("register")), [heavy]);
        let row = "| `web` | pages | register |\n";
        assert_eq!(
            whats(
                &TABLE.replace(row, "| `web` | pages | - |\n"),
                &metadata("register")
            ),
            [
                "web uses register, which the table of ARCHITECTURE.md does not allow",
                heavy
            ]
        );
        assert_eq!(
            whats(
                &TABLE.replace(row, "| `jobs` | later | all |\n"),
                &metadata("register")
            ),
            [
                "the crate web is not in the table of ARCHITECTURE.md",
                "the table names the crate jobs, which is not there",
                heavy
            ]
        );
    }
}
