//! Truth by hand: three made-up responses to a small questionnaire with routing.

use std::collections::BTreeSet;

use dataset::{Cell, Dataset, FreezeError, Values};
use jiff::civil::{Date, date};
use questionnaire::{
    Answer, Answers, Choice, Item, Nomination, Page, Point, Question, QuestionKind, Questionnaire,
    Scale, Text, VariableKey,
};

const DAY: Date = date(2016, 3, 7);

fn text(word: &str) -> Text {
    Text {
        de: word.to_owned(),
        en: format!("{word} (en)"),
    }
}

fn choices(keys: &[&str]) -> Vec<Choice> {
    let choice = |key: &&str| Choice {
        key: (*key).to_owned(),
        text: text(key),
        ..Choice::default()
    };
    keys.iter().map(choice).collect()
}

fn question(key: &str, kind: QuestionKind) -> Question {
    Question {
        key: key.to_owned(),
        number: "1".to_owned(),
        text: text(key),
        help: None,
        required: true,
        dont_know: true,
        no_answer: true,
        show_if: None,
        kind,
        settings: Default::default(),
    }
}

fn questionnaire() -> Questionnaire {
    let scale = Scale {
        key: "bedarf".to_owned(),
        points: ["kein", "gering", "hoch"]
            .map(|key| Point {
                key: key.to_owned(),
                text: text(key),
            })
            .to_vec(),
    };
    let items = ["sprachkurse", "wohnen"].map(|key| Item {
        key: key.to_owned(),
        text: text(key),
        ..Item::default()
    });
    let number = QuestionKind::Number {
        unit: text("Personen"),
        min: None,
        max: None,
        decimals: 1,
    };
    let questions = vec![
        question(
            "konzept",
            QuestionKind::Single {
                options: choices(&["ja", "nein"]),
                ordered: false,
            },
        ),
        question(
            "themen",
            QuestionKind::Multiple {
                options: choices(&["sprache", "arbeit"]),
                min: None,
                max: None,
            },
        ),
        question(
            "bedarf",
            QuestionKind::Battery {
                items: items.to_vec(),
                scale: scale.clone(),
            },
        ),
        question("personal", number),
        question("anliegen", QuestionKind::LongText { max_length: 500 }),
        question(
            "praxis",
            QuestionKind::Nomination {
                fields: choices(&["sprache"]),
                max: 1,
            },
        ),
    ];
    Questionnaire {
        format: 1,
        key: "probe".to_owned(),
        version: 1,
        title: text("Probe"),
        intro: None,
        scales: vec![scale],
        pages: vec![Page {
            key: "eins".to_owned(),
            title: text("Eins"),
            intro: None,
            show_if: None,
            questions,
            checks: Vec::new(),
            random: false,
        }],
        lineage: None,
        more: Default::default(),
    }
}

fn answers(pairs: &[(&str, Answer)]) -> Answers {
    let pair = |(key, answer): &(&str, Answer)| (VariableKey((*key).to_owned()), answer.clone());
    pairs.iter().map(pair).collect()
}

fn choice(key: &str) -> Answer {
    Answer::Choice(key.to_owned())
}

fn responses() -> Vec<(String, Answers)> {
    let topics = BTreeSet::from(["arbeit".to_owned()]);
    let nomination = Nomination {
        title: "Sprachpaten".to_owned(),
        description: "Ehrenamtliche üben mit Zugewanderten.".to_owned(),
        field: "sprache".to_owned(),
        mailbox: None,
    };
    vec![
        (
            "99002001".to_owned(),
            answers(&[
                ("konzept", choice("nein")),
                ("themen", Answer::Refused),
                ("bedarf.sprachkurse", choice("hoch")),
                ("bedarf.wohnen", Answer::DontKnow),
                (
                    "anliegen",
                    Answer::Text("=1+1, \"sagt\" man\nund -7".into()),
                ),
            ]),
        ),
        (
            "99001001".to_owned(),
            answers(&[
                ("konzept", choice("ja")),
                ("themen", Answer::Choices(topics)),
                ("bedarf.sprachkurse", choice("kein")),
                ("personal", Answer::Number(2.5)),
                ("anliegen", Answer::Text("-7".to_owned())),
                ("praxis", Answer::Nominations(vec![nomination])),
            ]),
        ),
    ]
}

#[test]
fn every_answer_finds_its_cell_and_nothing_else_does() {
    let frozen = Dataset::freeze(&questionnaire(), "probe", DAY, &responses()).unwrap();
    assert_eq!(frozen.units, ["99001001", "99002001"]);
    let keys: Vec<&str> = frozen
        .columns
        .iter()
        .map(|c| c.variable.key.0.as_str())
        .collect();
    let expected = [
        "konzept",
        "themen.sprache",
        "themen.arbeit",
        "bedarf.sprachkurse",
        "bedarf.wohnen",
        "personal",
        "anliegen",
    ];
    assert_eq!(keys, expected, "the nomination is no column");
    let values: Vec<&Values> = frozen.columns.iter().map(|c| &c.values).collect();
    assert_eq!(
        values[0],
        &Values::Coded(vec![Cell::Value(0), Cell::Value(1)])
    );
    assert_eq!(
        values[1],
        &Values::Flag(vec![Cell::Value(false), Cell::Refused])
    );
    assert_eq!(
        values[2],
        &Values::Flag(vec![Cell::Value(true), Cell::Refused])
    );
    assert_eq!(
        values[3],
        &Values::Coded(vec![Cell::Value(0), Cell::Value(2)])
    );
    assert_eq!(
        values[4],
        &Values::Coded(vec![Cell::Missing, Cell::DontKnow])
    );
    assert_eq!(
        values[5],
        &Values::Number(vec![Cell::Value(2.5), Cell::Missing])
    );
    assert!(frozen.columns[3].variable.ordered && !frozen.columns[0].variable.ordered);
}

#[test]
fn both_files_read_back_and_carry_no_key() {
    let frozen = Dataset::freeze(&questionnaire(), "probe", DAY, &responses()).unwrap();
    let (codebook, data) = (frozen.codebook().to_csv(), frozen.to_csv());
    assert!(!data.contains("9900"), "{data}");
    let back = Dataset::from_csv(&codebook, &data).unwrap();
    assert_eq!((back.wave.as_str(), back.frozen), ("probe", DAY));
    assert_eq!(back.columns, frozen.columns);
    assert_eq!(back.units, ["1", "2"]);
    assert_eq!(back.codebook(), frozen.codebook());
    assert_eq!(back.to_csv(), data);
}

#[test]
fn rows_stand_in_the_order_of_their_content() {
    let mut swapped = responses();
    let (first, second) = (swapped[0].0.clone(), swapped[1].0.clone());
    (swapped[0].0, swapped[1].0) = (second, first);
    let file = |responses: &[(String, Answers)]| {
        let frozen = Dataset::freeze(&questionnaire(), "probe", DAY, responses);
        frozen.unwrap().to_csv()
    };
    assert_eq!(
        file(&swapped),
        file(&responses()),
        "who is who cannot be seen"
    );
}

#[test]
fn a_damaged_file_names_every_fault_with_its_place() {
    let frozen = Dataset::freeze(&questionnaire(), "probe", DAY, &responses()).unwrap();
    let codebook = frozen.codebook().to_csv();
    let head = frozen.to_csv().lines().next().unwrap().to_owned();
    let data = format!("{head}\n1,3,0,1,1,,2.5,\n2,1,0,2,1,,viel,\n");
    let faults = Dataset::from_csv(&codebook, &data).unwrap_err();
    let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let expected = [
        "data, line 2, column \"konzept\": \"3\" is no code from 1 to 2",
        "data, line 3, column \"themen.arbeit\": \"2\" is neither 0 nor 1",
        "data, line 3, column \"personal\": \"viel\" is no number",
    ];
    assert_eq!(said, expected);
    let faults = Dataset::from_csv(&codebook, "row,konzept\n").unwrap_err();
    assert_eq!(faults.len(), 6);
}

#[test]
fn what_the_questionnaire_does_not_know_is_refused() {
    let freeze = |pairs: &[(&str, Answer)]| {
        let responses = [("99001001".to_owned(), answers(pairs))];
        Dataset::freeze(&questionnaire(), "probe", DAY, &responses).unwrap_err()
    };
    let unknown = freeze(&[("konzept", choice("vielleicht"))]);
    assert!(matches!(unknown, FreezeError::UnknownCode { code, .. } if code == "vielleicht"));
    let topics = Answer::Choices(BTreeSet::from(["wetter".to_owned()]));
    let unknown = freeze(&[("themen", topics)]);
    assert!(matches!(unknown, FreezeError::UnknownCode { code, .. } if code == "wetter"));
    let kind = freeze(&[("personal", choice("ja"))]);
    assert!(matches!(kind, FreezeError::WrongKind { .. }));
    let reserved = freeze(&[("personal", Answer::Number(-9.0))]);
    assert!(matches!(reserved, FreezeError::ReservedNumber { .. }));
    let twice = ["99001001", "99001001"].map(|key| (key.to_owned(), Answers::new()));
    let twice = Dataset::freeze(&questionnaire(), "probe", DAY, &twice).unwrap_err();
    assert!(matches!(twice, FreezeError::UnitTwice { .. }));
}

#[test]
fn what_was_not_on_the_route_is_not_asked_whatever_the_draft_says() {
    let source = "
format: 1
key: probe
version: 1
title: { de: Probe, en: Trial }
pages:
  - key: eins
    title: { de: Eins, en: One }
    questions:
      - key: konzept
        type: single
        text: { de: Gibt es ein Konzept?, en: Is there a concept? }
        options:
          ja: { de: ja, en: yes }
          nein: { de: nein, en: no }
      - key: themen
        type: multiple
        show-if: konzept == 'ja'
        no-answer: true
        text: { de: Welche Themen?, en: Which topics? }
        options:
          sprache: { de: Sprache, en: language }
          arbeit: { de: Arbeit, en: work }
";
    let questionnaire = Questionnaire::read(source, "probe.yaml").unwrap();
    let topics = || Answer::Choices(BTreeSet::from(["arbeit".to_owned()]));
    let responses = vec![
        (
            "99001001".to_owned(),
            answers(&[("konzept", choice("ja")), ("themen", topics())]),
        ),
        (
            "99001002".to_owned(),
            answers(&[("konzept", choice("nein")), ("themen", topics())]),
        ),
        ("99001003".to_owned(), answers(&[("konzept", choice("ja"))])),
        ("99001004".to_owned(), answers(&[("themen", topics())])),
    ];
    let frozen = Dataset::freeze(&questionnaire, "probe", DAY, &responses).unwrap();
    let work = Values::Flag(vec![
        Cell::Value(true),
        Cell::NotAsked,
        Cell::Missing,
        Cell::NotAsked,
    ]);
    assert_eq!(frozen.columns[2].values, work);
    assert!(frozen.to_csv().contains("2,-7,-7"));
}
