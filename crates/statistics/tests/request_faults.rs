//! Broken requests: every fault at once, each with its place and what would be right.
#![allow(clippy::unwrap_used)]

use statistics::request::{Column, Request, Table};

fn table() -> Table {
    let mut table = Table::new(6);
    table.insert("h", Column::Byte(vec![1, 1, 1, 2, 2, 3]));
    table.insert("size", Column::Byte(vec![40, 40, 40, 10, 10, 5]));
    table.insert("w", Column::Number(vec![1.0, 2.0, 1.0, -3.0, 1.0, 1.0]));
    table.insert("y", Column::Byte(vec![1, 2, 3, 4, i8::MIN, 6]));
    let types = ["a", "a", "b", "b", "b", "a"].map(Some);
    table.insert("type", Column::from_texts(types.into_iter()));
    table
}

fn faults(text: &str) -> Vec<String> {
    let read = Request::read(text);
    let known: Vec<String> = table().names().map(String::from).collect();
    let found = match read {
        Err(faults) => faults,
        Ok(request) => {
            let columns = request.check_columns(&known);
            if columns.is_empty() {
                request.evaluate(table()).unwrap_err()
            } else {
                columns
            }
        }
    };
    found.iter().map(ToString::to_string).collect()
}

/// A request with these parts.
fn with(design: &str, ask: &str) -> String {
    format!(r#"{{"format": 1, "data": {{"file": "x.csv"}}, "design": {design}, "ask": [{ask}]}}"#)
}

#[track_caller]
fn check(text: &str, words: &[&str]) {
    let found = faults(text);
    assert_eq!(found.len(), words.len(), "{found:#?}");
    for (fault, words) in found.iter().zip(words) {
        assert!(fault.contains(words), "{fault}\nlacks\n{words}");
    }
}

#[test]
fn all_faults_come_at_once_with_their_places() {
    let text = r#"{"format": 2,
 "data": {"file": "x.csv"},
 "design": {"wieghts": "w", "lonely_psu": "adust"},
 "ask": [
  {"id": "a", "stat": "meen", "of": ["y"]},
  {"id": "b", "stat": "mean", "of": ["y", 3], "where": "type = 'a'"},
  {"id": "b", "stat": "ratio", "of": ["y"], "p": [0.5]}]}"#;
    check(
        text,
        &[
            "1:12: format: format 2 is not known",
            "3:43: design.lonely_psu: `adust` is not known here; did you mean `adjust`?",
            "3:13: design.wieghts: `wieghts` is not known here; did you mean `weights`?",
            "5:23: ask[0].stat: `meen` is not known here; did you mean `mean`?",
            "6:43: ask[1].of[1]: a text in double quotes was expected, not a number",
            "ask[1].where: the expression \"type = 'a'\": at character 6: `=` compares nothing; write `==`",
            "ask[2].p: `p` is not known here",
            "ask[2]: `over` is missing: the column of the denominator",
            "ask[2].id: the id `b` is taken",
        ],
    );
}

#[test]
fn what_is_no_json_is_named_with_its_place() {
    check(
        "{\"format\": 1,\n \"data\": {\"file\": \"x.csv\",}\n}",
        &["2:27: this is no JSON: a comma before `}`"],
    );
}

#[test]
fn columns_that_are_not_there_are_answered_with_the_nearest() {
    let ask = r#"{"id": "a", "stat": "mean", "of": ["yy"], "by": ["typ"]}"#;
    check(
        &with(
            r#"{"stages": [{"strata": "h", "population": "sizes"}]}"#,
            ask,
        ),
        &[
            "design.stages[0].population: there is no column sizes in x.csv; the nearest are size",
            "ask[0].of[0]: there is no column yy in x.csv; the nearest are y",
            "ask[0].by[0]: there is no column typ in x.csv; the nearest are type",
        ],
    );
}

#[test]
fn contrasts_in_a_circle_or_of_nothing_are_refused() {
    let circle = r#"{"id": "a", "stat": "contrast", "from": "b", "weights": [{"x": 1}]},
        {"id": "b", "stat": "contrast", "from": "a", "weights": [{"x": 1}]}"#;
    check(
        &with("{}", circle),
        &[
            "in a circle: a from b from a",
            "in a circle: b from a from b",
        ],
    );
    let of_nothing = r#"{"id": "m", "stat": "mean", "of": ["y"], "by": ["type"]},
        {"id": "c", "stat": "contrast", "from": "m", "weights": [{"type": "c", "x": 1}, {"typ": "a", "x": -1}]}"#;
    check(
        &with("{}", of_nothing),
        &[
            "no row has type == c; there are a, b",
            "rows of that ask have no `typ`; they have type",
        ],
    );
    let unknown = r#"{"id": "c", "stat": "contrast", "from": "mean", "weights": [{"x": 1}]},
        {"id": "means", "stat": "mean", "of": ["y"]}"#;
    check(
        &with("{}", unknown),
        &["there is no ask `mean`; the nearest ids are means"],
    );
}

#[test]
fn designs_that_contradict_the_data_are_refused() {
    let ask = r#"{"id": "a", "stat": "mean", "of": ["y"]}"#;
    check(
        &with(r#"{"weights": "w"}"#, ask),
        &["design.weights: the weight in row 4 is -3"],
    );
    check(
        &with(r#"{"weights": "type"}"#, ask),
        &["column type holds texts (as \"a\")"],
    );
    check(
        &with(r#"{"stages": [{"population": "size"}]}"#, ask),
        &["different populations"],
    );
    let lonely = with(
        r#"{"stages": [{"strata": "h", "population": "size"}]}"#,
        ask,
    );
    check(
        &lonely,
        &["stratum 3 has a single PSU, and `lonely_psu` is \"fail\""],
    );
    let missing = r#"{"id": "a", "stat": "mean", "of": ["y"], "missing": "fail"}"#;
    check(&with("{}", missing), &["the value in row 5 is missing"]);
    let texts = r#"{"id": "a", "stat": "quantile", "of": ["type"], "p": [0.5]}"#;
    check(
        &with("{}", texts),
        &["ask[0].of[0]: column type holds texts"],
    );
    let margin = r#"{"format": 1, "data": {"file": "x.csv"},
        "calibrate": {"poststratify": {"by": ["type"], "totals": [{"type": "a", "total": 9}, {"type": "c", "total": 3}]}},
        "ask": [{"id": "a", "stat": "mean", "of": ["y"]}]}"#;
    check(
        margin,
        &[
            "type c has a total of 3, but no row",
            "type b has 3 rows but no total",
        ],
    );
}

#[test]
fn an_empty_domain_is_null_with_its_reason() {
    let ask = r#"{"id": "a", "stat": "mean", "of": ["y"], "where": "y > 100"}"#;
    let request = Request::read(&with("{}", ask)).unwrap();
    let json = request.evaluate(table()).unwrap().to_json();
    assert!(json.contains("\"estimate\": null"), "{json}");
    assert!(
        json.contains("no row is in the domain \\\"y > 100\\\""),
        "{json}"
    );
}

#[test]
fn margins_that_cannot_both_hold_and_waves_without_units_are_refused() {
    let margins = r#"{"format": 1, "data": {"file": "x.csv"},
        "calibrate": {"rake": [{"by": ["type"], "totals": [{"type": "a", "total": 9}, {"type": "b", "total": 3}]},
                               {"by": ["type"], "totals": [{"type": "a", "total": 9}, {"type": "b", "total": 4}]}]},
        "ask": [{"id": "a", "stat": "mean", "of": ["y"]}]}"#;
    check(
        margins,
        &["these totals add up to 13, those of the first margin to 12"],
    );
    let ask = r#"{"id": "a", "stat": "mean", "of": ["y"]}"#;
    check(
        &with(r#"{"waves": "type", "stages": []}"#, ask),
        &["the first of `stages` needs `psu`"],
    );
}

#[test]
fn a_quote_within_a_text_stands_twice() {
    let ask = r#"{"id": "a", "stat": "mean", "of": ["y"], "where": "type != 'O''Brien' and type != 'Ä\"'"}"#;
    let request = Request::read(&with("{}", ask)).unwrap();
    let json = request.evaluate(table()).unwrap().to_json();
    assert!(!json.contains("\"estimate\": null"), "{json}");
    check(
        &with(
            "{}",
            r#"{"id": "a", "stat": "mean", "of": ["y"], "where": "type != 'a''"}"#,
        ),
        &["is not closed"],
    );
}

#[test]
fn an_option_that_nobody_chose_has_a_share_of_zero() {
    let text = r#"{"format": 1, "data": {"file": "x.csv"}, "define": {"chosen": "y > 100"},
        "ask": [{"id": "a", "stat": "proportion", "of": ["chosen"], "level": 1, "where": "not missing(y)"}]}"#;
    let answer = Request::read(text).unwrap().evaluate(table()).unwrap();
    let estimate = answer.get("a").unwrap()[0].estimate.unwrap();
    assert_eq!((estimate.value, estimate.se), (0.0, 0.0));
}

#[test]
fn design_and_calibration_are_told_together() {
    let text = r#"{"format": 1, "data": {"file": "x.csv"},
 "design": {"stages": [{"psu": "type", "strata": "h"}]},
 "calibrate": {"rake": [{"by": ["type"], "totals": [{"type": "a", "total": 3}]}]},
 "ask": [{"id": "a", "stat": "mean", "of": ["y"]}]}"#;
    check(
        text,
        &[
            "design.stages[0].psu: PSU b is in several strata; write \"nest\": true",
            "calibrate.rake[0]: type b has 3 rows but no total",
        ],
    );
    check(
        &with(
            r#"{"stages": [{"strata": "h"}], "replicates": {"type": "JK1"}}"#,
            r#"{"id": "a", "stat": "mean", "of": ["y"]}"#,
        ),
        &["design.replicates.type: JK1 knows no strata"],
    );
}

#[test]
fn the_text_that_is_no_number_is_named_with_its_line() {
    let request = with("{}", r#"{"id": "a", "stat": "variance", "of": ["type"]}"#);
    let mut table = table();
    table.spoilt_by("type", 2, "a");
    let faults = Request::read(&request)
        .unwrap()
        .evaluate(table)
        .unwrap_err();
    assert!(faults[0].what.contains("\"a\" in line 2 is no number"));
}
