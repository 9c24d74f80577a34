//! Two waves of the demo side by side, on the real binary: what the second edition says has changed.

use stories::{Demo, run, run_failing};

/// Records of a CSV file by the names of its columns. Its fields may be quoted.
fn records(text: &str) -> Vec<Vec<String>> {
    let mut records = vec![vec![String::new()]];
    let (mut quoted, mut letters) = (false, text.chars().peekable());
    while let Some(c) = letters.next() {
        let record = records.last_mut().expect("never empty");
        let field = record.last_mut().expect("never empty");
        match c {
            '"' if quoted && letters.peek() == Some(&'"') => {
                field.push('"');
                letters.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(String::new()),
            '\n' if !quoted => records.push(vec![String::new()]),
            c => field.push(c),
        }
    }
    records.retain(|record| record.len() > 1);
    records
}

#[test]
fn the_second_edition_says_what_has_changed_and_what_is_not_compared() -> anyhow::Result<()> {
    let demo = Demo::start("change")?;
    let edition = demo.data.join("ausgaben/2016-2");
    let text = std::fs::read_to_string(edition.join("data/veraenderung.csv"))?;
    let all = records(&text);
    let column = |name: &str| {
        let found = all[0].iter().position(|head| head == name);
        found.unwrap_or_else(|| panic!("no column {name}"))
    };
    let [before, after, change, low, high, verdict] = [
        "wert_vorher",
        "wert_nachher",
        "veraenderung",
        "von",
        "bis",
        "urteil",
    ]
    .map(column);
    let (mut risen, mut fallen, mut still) = (0, 0, 0);
    for row in &all[1..] {
        let number = |place: usize| row[place].parse::<f64>().ok();
        match row[verdict].as_str() {
            "gestiegen" => {
                risen += 1;
                assert!(number(low) > Some(0.0), "{row:?}");
            }
            "gefallen" => {
                fallen += 1;
                assert!(number(high).is_some_and(|high| high < 0.0), "{row:?}");
            }
            "keine-veraenderung-erkennbar" => {
                still += 1;
                assert!(
                    number(low) <= Some(0.0) && number(high) >= Some(0.0),
                    "{row:?}"
                );
            }
            "nicht-geprueft" => assert!(row[low].is_empty()),
            "nicht-ausgewiesen" => assert!(row[change].is_empty(), "{row:?}"),
            other => panic!("{other}"),
        }
        if let (Some(before), Some(after), Some(change)) =
            (number(before), number(after), number(change))
        {
            assert!(
                (after - before - change).abs() < 1e-9,
                "picture and table: {row:?}"
            );
        }
    }
    assert!(
        risen > 5 && fallen > 5 && still > 100,
        "{risen} {fallen} {still}"
    );
    // Answer by answer: nothing but differences of what is out, and the overlap is told of no single answer.
    let text = std::fs::read_to_string(edition.join("data/veraenderung-antworten.csv"))?;
    let answers = records(&text);
    let place = |name: &str| answers[0].iter().position(|head| head == name);
    let column = |name: &str| place(name).unwrap_or_else(|| panic!("no column {name}"));
    assert!(place("beide_n").is_none() && place("unabhaengig_zu_weit_prozent").is_none());
    let columns = [
        "wert_vorher",
        "wert_nachher",
        "veraenderung",
        "antwort",
        "urteil",
    ];
    let [before, after, change, answer, verdict] = columns.map(column);
    let mut told = 0;
    for row in &answers[1..] {
        assert!(!row[answer].is_empty());
        let number = |place: usize| row[place].parse::<i32>().ok();
        match (number(before), number(after), number(change)) {
            (Some(before), Some(after), Some(change)) => {
                assert_eq!(after - before, change, "{row:?}");
                told += 1;
            }
            (_, _, None) => assert_eq!(row[verdict], "nicht-ausgewiesen"),
            other => panic!("{other:?} {row:?}"),
        }
    }
    assert!(told > 300, "{told}");
    let refused = std::fs::read_to_string(edition.join("data/nicht-vergleichbar.csv"))?;
    for step in ["reworded", "new", "dropped", "scale"] {
        let found = records(&refused).iter().any(|row| row[3] == step);
        assert!(found, "{step}");
    }
    let page = std::fs::read_to_string(edition.join("site/ergebnisse/veraenderung.html"))?;
    for said in [
        "<svg",
        "keine Veränderung erkennbar",
        "Was nicht verglichen wird",
        "gefallen",
        "Jede Antwort für sich zeigen",
        "nach Einwohnerinnen und Einwohnern</h2>",
    ] {
        assert!(page.contains(said), "{said}");
    }
    let theme = std::fs::read_to_string(edition.join("site/ergebnisse/vernetzung.html"))?;
    assert!(
        theme.contains("Nicht verglichen:"),
        "told beside the question"
    );
    let first = demo.data.join("ausgaben/2016-1/data/veraenderung.csv");
    assert!(!first.exists(), "the first edition compares nothing");
    Ok(())
}

#[test]
fn waves_are_compared_only_where_the_questionnaire_allows_it() -> anyhow::Result<()> {
    let demo = Demo::start("refused")?;
    let data = demo.data();
    run(&[
        "edition",
        "add",
        "--edition",
        "rueckwaerts",
        "--wave",
        "2016-1",
        "--title",
        "Rückwärts",
        "--date",
        "2017-04-01",
        "--compare-with",
        "2016-2",
        "--data",
        data,
    ])?;
    let out = demo.data.join("aus");
    let out = out.to_string_lossy();
    let arguments = [
        "publish",
        "--edition",
        "rueckwaerts",
        "--data",
        data,
        "--out",
        &out,
    ];
    let said = run_failing(&arguments)?;
    assert!(said.contains("did not end before"), "{said}");
    Ok(())
}
