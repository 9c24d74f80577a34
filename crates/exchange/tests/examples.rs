//! The example requests run, and everything that is null in their answers has a reason.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use exchange::{Wanted, column_names, read_table};
use serde_json::Value;
use statistics::request::Request;

#[test]
fn every_example_is_answered() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../statistics/request/examples");
    let mut seen = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        seen += 1;
        let request = Request::read(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let file = folder.join(&request.data.file.name);
        assert!(
            request
                .check_columns(&column_names(&file).unwrap())
                .is_empty()
        );
        let wanted = Wanted {
            columns: request
                .columns()
                .into_iter()
                .map(|name| name.name)
                .collect(),
            text: Vec::new(),
            missing: request.data.missing.clone(),
        };
        let answer = request
            .evaluate(read_table(&file, &wanted).unwrap())
            .unwrap_or_else(|faults| panic!("{}: {faults:#?}", path.display()));
        let json: Value = serde_json::from_str(&answer.to_json()).unwrap();
        for (id, rows) in json.as_object().unwrap() {
            let rows = rows.as_array().unwrap();
            assert!(!rows.is_empty(), "{id}");
            for row in rows {
                let row = row.as_object().unwrap();
                let null = row
                    .iter()
                    .any(|(key, value)| key != "level" && value.is_null());
                assert!(!null || row.contains_key("reason"), "{id}: {row:?}");
            }
        }
    }
    assert!(seen >= 4);
}

#[test]
fn a_column_that_turns_out_to_hold_texts_keeps_them_as_they_stand() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("late.csv");
    std::fs::write(&path, "a;b\n007;1\n12;\nx1;2.5\n").unwrap();
    let wanted = Wanted {
        columns: vec!["a".into(), "b".into()],
        text: Vec::new(),
        missing: vec![String::new()],
    };
    let table = read_table(&path, &wanted).unwrap();
    let statistics::request::Column::Text { labels, .. } = table.get("a").unwrap() else {
        panic!("texts")
    };
    assert_eq!(labels, &["007", "12", "x1"]);
    let statistics::request::Column::Number(numbers) = table.get("b").unwrap() else {
        panic!("numbers")
    };
    assert!(numbers[1].is_nan() && numbers[2] == 2.5);
    let error = std::fs::write(&path, "a,b\n1,2\n3\n")
        .map(|()| read_table(&path, &wanted).unwrap_err().to_string())
        .unwrap();
    assert!(error.contains("line 3"), "{error}");
}
