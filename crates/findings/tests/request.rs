//! Truth: `Weighting::shares`, from which a finding is rounded. A finding's stored request, run on the columns of the
//! exported dataset, gives the same estimate, standard error and interval.
#![allow(clippy::unwrap_used)]

use dataset::{Cell, Dataset, Values};
use fieldwork::Disposition;
use findings::{ReleasedCell, WaveFacts, Weighting, evaluate};
use jiff::civil::date;
use questionnaire::{Answer, Answers, Questionnaire, Text, VariableKey};
use register::{Key, Municipality, Population, Register, SizeClass};
use statistics::request::{Column, Level, Request, Table};

const QUESTIONS: &str = "format: 1
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
";

fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .unwrap()
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn a_stored_request_gives_the_number_before_rounding() {
    let questionnaire = Questionnaire::read(QUESTIONS, "probe.yaml").unwrap();
    let register = Register::invented(2016);
    let municipalities = register.of(Population::Municipalities).step_by(23);
    let units: Vec<&Municipality> = municipalities
        .chain(register.of(Population::Counties).step_by(4))
        .collect();
    let responses: Vec<(String, Answers)> = units
        .iter()
        .enumerate()
        .map(|(i, unit)| {
            let large = usize::from(unit.inhabitants > 10_000);
            let option = if (i * 7 + i / 3 + large) % 5 < 2 + large {
                "ja"
            } else {
                "nein"
            };
            let answer = Answer::Choice(option.to_owned());
            (
                unit.key.to_string(),
                [(VariableKey("konzept".to_owned()), answer)].into(),
            )
        })
        .collect();
    let dispositions: Vec<(Key, Disposition)> = units
        .iter()
        .map(|unit| (unit.key.clone(), Disposition::Complete))
        .collect();
    let dataset = Dataset::freeze(&questionnaire, "probe", date(2016, 3, 7), &responses).unwrap();
    let facts = WaveFacts {
        title: Text {
            de: "Probe".into(),
            en: "Trial".into(),
        },
        field_period: (date(2016, 1, 25), date(2016, 3, 5)),
        inhabitants_too: vec!["konzept".into()],
        paradata: Vec::new(),
        synthetic: true,
    };
    let release = evaluate(&dataset, &questionnaire, &register, &facts, &dispositions).unwrap();
    let of = |unit: &String| register.get(&Key::new(unit.as_str()).unwrap()).unwrap();
    let units: Vec<&Municipality> = dataset.units.iter().map(of).collect();
    let Values::Coded(cells) = &dataset.columns[0].values else {
        panic!()
    };
    let said: Vec<Option<u8>> = cells
        .iter()
        .map(|cell| {
            if let Cell::Value(code) = cell {
                Some(u8::try_from(*code).unwrap())
            } else {
                None
            }
        })
        .collect();

    // The columns of the exported dataset.
    let rows = units.len();
    let mut cell = vec![String::new(); rows];
    let mut group = vec![String::new(); rows];
    let (mut sizes, mut base) = (vec![0.0; rows], vec![0.0; rows]);
    let mut weightings = Vec::new();
    for population in Population::ALL {
        let all: Vec<&Municipality> = register.of(population).collect();
        let places: Vec<usize> = (0..rows)
            .filter(|r| units[*r].population() == Some(population))
            .collect();
        let mine: Vec<&Municipality> = places.iter().map(|r| units[*r]).collect();
        let weighting = Weighting::new(population, &all, &mine).unwrap().unwrap();
        for (at, row) in places.iter().enumerate() {
            let of = &weighting.cells[weighting.cell_of[at] as usize];
            let classes: Vec<String> = of.classes.iter().map(word).collect();
            cell[*row] = format!("{}:{}", word(&population), classes.join("+"));
            let laender = &weighting.groups[weighting.group_of[at] as usize].laender;
            let laender: Vec<&str> = laender.iter().map(|l| l.abbreviation()).collect();
            group[*row] = format!("{}:{}", word(&population), laender.join("+"));
            sizes[*row] = of.units as f64;
            base[*row] = of.units as f64 / of.responded as f64;
        }
        weightings.push((population, weighting, places));
    }
    let text = |values: Vec<String>| Column::from_texts(values.iter().map(|v| Some(v.as_str())));
    let mut table = Table::new(rows);
    table.insert("cell", text(cell));
    table.insert("land_group", text(group));
    table.insert("cell_units", Column::Number(sizes));
    table.insert("base_weight", Column::Number(base));
    table.insert(
        "population",
        text(
            units
                .iter()
                .map(|u| word(&u.population().unwrap()))
                .collect(),
        ),
    );
    table.insert(
        "size_class",
        text(units.iter().map(|u| word(&u.size_class())).collect()),
    );
    table.insert(
        "town",
        text(units.iter().map(|_| "town".to_owned()).collect()),
    );
    table.insert(
        "inhabitants",
        Column::Number(units.iter().map(|u| f64::from(u.inhabitants)).collect()),
    );
    table.insert(
        "konzept",
        text(
            said.iter()
                .map(|code| (code.unwrap() + 1).to_string())
                .collect(),
        ),
    );

    let mut compared = 0;
    for finding in &release.findings {
        let by_inhabitants = finding.key.0.ends_with(findings::INHABITANTS_SUFFIX);
        let request =
            Request::read(&finding.request).unwrap_or_else(|faults| panic!("{faults:#?}"));
        let answer = request
            .evaluate(table.clone())
            .unwrap_or_else(|faults| panic!("{faults:#?}"));
        let yes = [Level::Text("1".to_owned())];
        for (population, weighting, places) in &weightings {
            let column: Vec<f64> = places
                .iter()
                .map(|r| f64::from(u8::from(said[*r] == Some(0))))
                .collect();
            let inhabitants: Vec<f64> = places
                .iter()
                .map(|r| f64::from(units[*r].inhabitants))
                .collect();
            let inhabitants = by_inhabitants.then_some(inhabitants.as_slice());
            let mut domains = vec![(
                "all",
                "population",
                word(population),
                vec![true; places.len()],
            )];
            for class in [SizeClass::MediumTown, SizeClass::SmallTown] {
                let base: Vec<bool> = places
                    .iter()
                    .map(|r| units[*r].size_class() == class)
                    .collect();
                if base.iter().any(|inside| *inside) {
                    domains.push(("size-class", "size_class", word(&class), base));
                }
            }
            for (id, by, value, base) in domains {
                let want = weighting.shares(&base, &[&column], inhabitants).unwrap()[0];
                let key = [(by.to_owned(), Level::Text(value.clone()))];
                let row = answer
                    .get(id)
                    .unwrap()
                    .iter()
                    .find(|row| row.by == key && row.level == yes);
                let Some(row) = row else {
                    panic!("{id} {value}: {:#?}", answer.get(id))
                };
                let got = row.estimate.unwrap();
                let close = |got: f64, want: f64| {
                    assert!((got - want).abs() < 1e-9, "{id} {value}: {got} for {want}")
                };
                close(got.value, want.estimate.value);
                close(got.se, want.estimate.se);
                if let Some(interval) = want.interval {
                    close(got.low, interval.low);
                    close(got.high, interval.high);
                }
                let released = finding
                    .rows
                    .iter()
                    .find(|r| id == "all" && r.domain == findings::Domain::All(*population));
                if let Some(ReleasedCell::Percent { value, .. }) = released.map(|row| &row.cells[0])
                {
                    assert_eq!(f64::from(*value), (got.value * 100.0).round());
                }
                compared += 1;
            }
        }
    }
    assert!(compared >= 6, "{compared}");
}
