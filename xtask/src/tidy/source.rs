//! Rules for source: length, what pure crates must not know, what must not be left behind.

use std::collections::BTreeSet;

use super::mask::{Masked, mask, test_modules, without_tests};
use super::{Fault, File, fault, line_of};

const MOST_LINES: usize = 900;

/// From register to findings: time and seeds are parameters.
const PURE: [&str; 7] = [
    "register",
    "questionnaire",
    "fieldwork",
    "dataset",
    "statistics",
    "practices",
    "findings",
];

/// A word that must not stand in code, and what would be right.
struct Rule {
    words: &'static [&'static str],
    what: &'static str,
    right: &'static str,
    applies: fn(&File) -> bool,
    in_tests: bool,
}

const RULES: [Rule; 7] = [
    Rule {
        words: &[".unwrap()"],
        what: "unwrap outside tests",
        right: "?, or expect(\"why it cannot fail\")",
        applies: |_| true,
        in_tests: false,
    },
    Rule {
        words: &[".ok();"],
        what: "an error that nobody hears of",
        right: "?, or a log line and the reason in a comment",
        applies: |_| true,
        in_tests: false,
    },
    Rule {
        words: &["todo!(", "unimplemented!(", "dbg!("],
        what: "something left open",
        right: "finished code",
        applies: |_| true,
        in_tests: true,
    },
    Rule {
        words: &["#[ignore"],
        what: "a test that does not run",
        right: "a test that runs, or none",
        applies: |_| true,
        in_tests: true,
    },
    Rule {
        words: &["sqlx::", "use sqlx", "rusqlite::", "use rusqlite"],
        what: "SQL outside crates/store",
        right: "a function in crates/store/src/<word>.rs",
        applies: |file| file.krate().is_some_and(|krate| krate != "store"),
        in_tests: true,
    },
    Rule {
        words: &[
            "SystemTime::now",
            "Instant::now",
            "Timestamp::now",
            "Zoned::now",
            "getrandom",
            "thread_rng",
            "rand::",
            "RandomState",
        ],
        what: "a clock or randomness in a pure crate",
        right: "time and seeds as parameters",
        applies: |file| file.krate().is_some_and(|krate| PURE.contains(&krate)),
        in_tests: false,
    },
    Rule {
        words: &["std::fs", "std::net", "std::env", "tokio::", "axum::"],
        what: "files, network or surroundings in a pure crate",
        right: "bytes and values as parameters",
        applies: |file| file.krate().is_some_and(|krate| PURE.contains(&krate)),
        in_tests: false,
    },
];

pub(super) fn check(files: &[File], faults: &mut Vec<Fault>) {
    let tests = test_files(files);
    for file in files {
        check_paths(file, faults);
        if file.extension() == "rs" {
            check_length(file, faults);
            check_rules(file, tests.contains(file.path.as_str()), faults);
        }
    }
}

fn check_rules(file: &File, is_test: bool, faults: &mut Vec<Fault>) {
    let Masked { code, comments, .. } = mask(&file.text);
    let outside = if is_test {
        String::new()
    } else {
        without_tests(&code)
    };
    for rule in RULES.iter().filter(|rule| (rule.applies)(file)) {
        let code = if rule.in_tests { &code } else { &outside };
        for word in rule.words {
            for (at, _) in code.match_indices(word) {
                let before = code[..at].chars().next_back();
                let is_part = word.starts_with(char::is_alphabetic)
                    && before.is_some_and(|c| c.is_alphanumeric() || c == '_');
                // `let x = y.ok();` hands the outcome on.
                let is_kept = *word == ".ok();" && statement_before(code, at).contains('=');
                if !is_part && !is_kept {
                    let what = format!("{}: {}", rule.what, word.trim_end_matches('('));
                    faults.push(fault(&file.path, line_of(code, at), what, rule.right));
                }
            }
        }
    }
    for (at, comment) in comments {
        let marks = [
            concat!("FIX", "ME"),
            concat!("XX", "X"),
            concat!("TO", "DO"),
        ];
        if let Some(mark) = marks.iter().find(|mark| comment.contains(*mark)) {
            let what = format!("something left open: {mark}");
            faults.push(fault(
                &file.path,
                line_of(&file.text, at),
                what,
                "finished code, or an issue",
            ));
        }
    }
}

/// The statement up to here.
fn statement_before(code: &str, at: usize) -> &str {
    let start = code[..at]
        .rfind([';', '{', '}'])
        .map_or(0, |start| start + 1);
    &code[start..at]
}

fn check_length(file: &File, faults: &mut Vec<Fault>) {
    let lines = file.text.lines().count();
    let is_generated = file
        .text
        .lines()
        .take(3)
        .any(|line| line.contains("@generated"));
    if lines > MOST_LINES && !is_generated {
        let what = format!("the file has {lines} lines");
        faults.push(fault(
            &file.path,
            MOST_LINES,
            what,
            format!(
                "at most {MOST_LINES}, better 300: a file is one page, one table or one estimator"
            ),
        ));
    }
}

/// Folders of a particular machine.
fn check_paths(file: &File, faults: &mut Vec<Fault>) {
    if file.path.ends_with(".lock") {
        return;
    }
    for folder in ["tmp", "work", "root", "home", "farm"] {
        let path = format!("/{folder}/");
        for (at, _) in file.text.match_indices(&path) {
            let before = file.text[..at].chars().next_back();
            if !before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.') {
                let what = format!("a path of a machine: {path}");
                faults.push(fault(
                    &file.path,
                    line_of(&file.text, at),
                    what,
                    "a path that the user gives, or from the workspace's folder",
                ));
            }
        }
    }
}

/// Files that hold tests only: in folders of that name, or declared so.
fn test_files(files: &[File]) -> BTreeSet<String> {
    let mut tests = BTreeSet::new();
    for file in files.iter().filter(|file| file.extension() == "rs") {
        let folders: Vec<&str> = file.path.split('/').collect();
        let in_folder = folders[..folders.len() - 1]
            .iter()
            .any(|folder| matches!(*folder, "tests" | "benches" | "examples"));
        if in_folder {
            tests.insert(file.path.clone());
        }
        let stem = file.path.trim_end_matches(".rs");
        let home = match stem.rsplit_once('/') {
            Some((folder, "lib" | "main" | "mod")) => folder.to_owned(),
            _ => stem.to_owned(),
        };
        for module in test_modules(&mask(&file.text).code) {
            let start = format!("{home}/{module}");
            let inside = files.iter().filter(|other| {
                other.path == format!("{start}.rs") || other.path.starts_with(&format!("{start}/"))
            });
            tests.extend(inside.map(|other| other.path.clone()));
        }
    }
    tests
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whats(path: &str, text: &str) -> Vec<(usize, String)> {
        let mut faults = Vec::new();
        check(
            &[File {
                path: path.to_owned(),
                text: text.to_owned(),
            }],
            &mut faults,
        );
        faults
            .into_iter()
            .map(|fault| (fault.line, fault.what))
            .collect()
    }

    #[test]
    fn each_rule_finds_its_word_and_spares_the_rest() {
        let check = |path: &str, text: &str, expected: &[(usize, &str)]| {
            let found = whats(path, text);
            let found: Vec<(usize, &str)> = found
                .iter()
                .map(|(line, what)| (*line, what.as_str()))
                .collect();
            assert_eq!(found, expected, "{path}: {text}");
        };
        check(
            "crates/web/src/a.rs",
            "fn a() {\n    b.unwrap();\n}",
            &[(2, "unwrap outside tests: .unwrap()")],
        );
        check(
            "crates/web/src/a.rs",
            "#[cfg(test)]\nmod tests {\n    fn a() { b.unwrap(); }\n}",
            &[],
        );
        check("crates/web/tests/a.rs", "b.unwrap();", &[]);
        check(
            "crates/web/src/a.rs",
            "// b.unwrap()\nlet a = \".unwrap()\";",
            &[],
        );
        check(
            "crates/web/src/a.rs",
            "sqlx::query(a)",
            &[(1, "SQL outside crates/store: sqlx::")],
        );
        check("crates/store/src/a.rs", "sqlx::query(a)", &[]);
        check(
            "crates/findings/src/a.rs",
            "Timestamp::now()",
            &[(1, "a clock or randomness in a pure crate: Timestamp::now")],
        );
        check("crates/web/src/a.rs", "Timestamp::now()", &[]);
        check("crates/findings/src/a.rs", "operand::b", &[]);
        check("crates/web/src/a.rs", "{ let a = b.ok(); }", &[]);
        check(
            "crates/web/src/a.rs",
            "{ let a = 1; b.ok(); }",
            &[(1, "an error that nobody hears of: .ok();")],
        );
        check(
            "crates/web/src/a.rs",
            &format!("{}!()", "todo"),
            &[(1, "something left open: todo!")],
        );
        check(
            "docs/a.md",
            &format!("see /{}/x", "tmp"),
            &[(1, &format!("a path of a machine: /{}/", "tmp"))],
        );
        check("docs/a.md", "see the-home/work/x", &[]);
        check(
            "crates/web/src/a.rs",
            &"\n".repeat(901),
            &[(900, "the file has 901 lines")],
        );
    }
}
