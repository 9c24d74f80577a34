//! Truth: R 4.5 with survey 4.1.1, by `tests/change.R`: calibrated designs of both waves (`calfun = "raking"`), the
//! linearised values' residuals, and Tam's covariance (1984, eq. 2) of the units in both; the panel as a design of its own.

#![allow(clippy::unwrap_used)] // helpers of tests may

use dataset::Dataset;
use fieldwork::Disposition;
use jiff::civil::date;
use questionnaire::{Answer, Questionnaire, Text, VariableKey};
use register::{Key, Municipality, Population, Register};

use super::evaluate::tested;
use super::{Side, Verdict, change, change_with_panel};
use crate::{Estimand, Release, ReleasedCell, WaveFacts, Weighting, evaluate};

const SOURCE: &str = "format: 1
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
          ja: { de: \"ja\", en: \"yes\" }
          nein: { de: nein, en: \"no\" }
";

pub(super) struct Made {
    pub register: Register,
    pub questionnaire: Questionnaire,
    pub dataset: Dataset,
    pub release: Release,
}

/// Answers of the units of one population: `None` did not answer.
fn made(
    wave: &str,
    month: i8,
    population: Population,
    says: &dyn Fn(usize, &Municipality) -> Option<bool>,
) -> Made {
    made_of(
        (SOURCE, "konzept"),
        (wave, month),
        population,
        &|i, unit| Some(if says(i, unit)? { "ja" } else { "nein" }),
    )
}

/// The same of any question with a choice of one answer.
pub(super) fn made_of(
    (source, question): (&str, &str),
    (wave, month): (&str, i8),
    population: Population,
    says: &dyn Fn(usize, &Municipality) -> Option<&'static str>,
) -> Made {
    let register = Register::invented(2016);
    let questionnaire = Questionnaire::read(source, "probe.yaml").unwrap();
    let answered: Vec<(Key, &str)> = register
        .of(population)
        .enumerate()
        .filter_map(|(i, unit)| Some((unit.key.clone(), says(i, unit)?)))
        .collect();
    let responses: Vec<_> = answered
        .iter()
        .map(|(key, option)| {
            let answer = (
                VariableKey::new(question),
                Answer::Choice((*option).to_owned()),
            );
            (key.as_str().to_owned(), [answer].into())
        })
        .collect();
    let day = date(2016, month, 20);
    let dataset = Dataset::freeze(&questionnaire, wave, day, &responses).unwrap();
    let dispositions: Vec<(Key, Disposition)> = answered
        .iter()
        .map(|(key, _)| (key.clone(), Disposition::Complete))
        .collect();
    let facts = WaveFacts {
        title: Text::default(),
        field_period: (date(2016, month, 1), day),
        inhabitants_too: vec![question.to_owned()],
        paradata: Vec::new(),
        synthetic: true,
    };
    let release = evaluate(&dataset, &questionnaire, &register, &facts, &dispositions).unwrap();
    Made {
        register,
        questionnaire,
        dataset,
        release,
    }
}

impl Made {
    pub fn side(&self) -> Side<'_> {
        Side {
            dataset: &self.dataset,
            questionnaire: &self.questionnaire,
            register: &self.register,
            release: &self.release,
        }
    }
}

/// A fixed throw, without pattern.
pub(super) fn throw(i: usize, sides: u32) -> u32 {
    let i = u32::try_from(i).unwrap();
    (i.wrapping_mul(2_654_435_761) >> 12) % sides
}

/// Two waves of municipalities: large cities often, small places seldom; about half in both.
fn waves() -> (Made, Made) {
    let every = |unit: &Municipality| match unit.inhabitants {
        0..5_000 => 160,
        5_000..20_000 => 24,
        20_000..100_000 => 8,
        _ => 2,
    };
    let first = made("a", 2, Population::Municipalities, &|i, unit| {
        (i % every(unit) == 0).then_some(throw(i, 10) < 6)
    });
    let second = made("b", 11, Population::Municipalities, &|i, unit| {
        let e = every(unit);
        let again = i % (2 * e) == 0;
        let says = match throw(i, 10) < 6 {
            true => throw(i + 7, 4) > 0,
            false => throw(i + 3, 5) == 0,
        };
        (again || i % (2 * e) == e / 2).then_some(says)
    });
    (first, second)
}

/// The rows that `tests/change.R` reads: wave, unit, stratum, its size, base weight, Land group and its size, answer.
fn rows(made: &Made, wave: u8) -> Vec<String> {
    let register: Vec<&Municipality> = made.register.of(Population::Municipalities).collect();
    let units: Vec<&Municipality> = made
        .dataset
        .units
        .iter()
        .map(|unit| {
            made.register
                .get(&Key::new(unit.as_str()).unwrap())
                .unwrap()
        })
        .collect();
    let weighting = Weighting::new(Population::Municipalities, &register, &units)
        .unwrap()
        .unwrap();
    let says: Vec<bool> = match &made.dataset.columns[0].values {
        dataset::Values::Coded(cells) => cells
            .iter()
            .map(|c| *c == dataset::Cell::Value(0))
            .collect(),
        _ => unreachable!("a choice"),
    };
    (0..units.len())
        .map(|i| {
            let cell = &weighting.cells[weighting.cell_of[i] as usize];
            let group = &weighting.groups[weighting.group_of[i] as usize];
            let classes: Vec<String> = cell.classes.iter().map(|c| format!("{c:?}")).collect();
            let laender: Vec<&str> = group.laender.iter().map(|l| l.abbreviation()).collect();
            format!(
                "{wave},{},{},{},{},{},{},{},{},{}",
                units[i].key,
                classes.join("+"),
                cell.units,
                cell.responded,
                laender.join("+"),
                group.units,
                format_args!("{:?}", units[i].size_class()),
                u8::from(says[i]),
                units[i].inhabitants
            )
        })
        .collect()
}

#[test]
fn the_change_is_that_of_r_survey() {
    let (first, second) = waves();
    println!("welle,unit,cell,Nh,nh,land,Nl,class,y,inhabitants");
    for line in rows(&first, 1).into_iter().chain(rows(&second, 2)) {
        println!("{line}");
    }
    // Domain, value, standard error, standard error if the waves were independent.
    let municipalities = [
        (
            0,
            [
                -0.05088937412684247,
                0.06853013098912378,
                0.08369256632095878,
            ],
        ),
        (
            2,
            [
                -0.15786290167781597,
                0.06687814474188364,
                0.07619391708568167,
            ],
        ),
        (
            4,
            [
                -0.02830215630308575,
                0.08407974554720003,
                0.08343522441130662,
            ],
        ),
    ];
    let inhabitants = [
        (
            0,
            [
                -0.0669825790638407,
                0.05362508952634338,
                0.05782255568352875,
            ],
        ),
        (
            2,
            [
                -0.1730206963103963,
                0.06676554435526785,
                0.07975370017468357,
            ],
        ),
        (
            4,
            [
                -0.04702982955824708,
                0.12940173442299954,
                0.1290966094353232,
            ],
        ),
    ];
    for (estimand, truth) in [
        (Estimand::ShareOfMunicipalities, municipalities),
        (Estimand::ShareOfInhabitants, inhabitants),
    ] {
        let tests = tested(&first.side(), &second.side(), "ja", estimand).unwrap();
        for (place, wanted) in truth {
            let Some(test) = tests[place] else {
                // Too few respondents by their inhabitants for a test.
                assert_eq!((estimand, place), (Estimand::ShareOfInhabitants, 4));
                continue;
            };
            let got = [test.value, test.se, test.se_if_independent].map(|x| x / 100.0);
            for (got, wanted) in got.into_iter().zip(wanted) {
                assert!(
                    (got - wanted).abs() <= 1e-9 * wanted.abs(),
                    "{estimand:?} {place}: {got} {wanted}"
                );
            }
        }
    }
    let released = change(&first.side(), &second.side()).unwrap();
    let by = released.finding("konzept-einwohner").unwrap();
    assert_eq!(by.estimand, Estimand::ShareOfInhabitants);
    assert!(by.rows.iter().any(|row| row.change.is_some()));
    assert!(by.rows.iter().all(|row| row.panel.is_none()));
}

#[test]
fn a_change_is_the_difference_of_what_was_released() {
    let (first, second) = waves();
    let released = change(&first.side(), &second.side()).unwrap();
    let mut shown = 0;
    for row in released.findings.iter().flat_map(|f| &f.rows) {
        let level = |cell| match cell {
            crate::ReleasedCell::Percent { value, .. } => Some(i64::from(value)),
            _ => None,
        };
        match (row.change, level(row.before), level(row.after)) {
            (Some(change), Some(before), Some(after)) => {
                shown += 1;
                assert_eq!(change.value, after - before);
                if let Some((low, high)) = change.interval {
                    assert!(low <= change.value && change.value <= high);
                    let zero = low <= 0 && 0 <= high;
                    assert_eq!(zero, change.verdict == Verdict::NotSeen);
                }
            }
            (None, before, after) => {
                assert!(before.is_none() || after.is_none());
                assert!(row.panel.is_none(), "no panel where there is no change");
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(shown >= 10, "{shown}");
    // Nothing finer than whole points stands in what is released.
    let json = serde_json::to_string(&released).unwrap();
    assert!(
        !json.contains('.')
            || !json.split(',').any(|part| {
                let value = part.rsplit(':').next().unwrap_or_default();
                value.contains('.') && value.parse::<f64>().is_ok()
            })
    );
}

#[test]
fn the_same_answers_again_are_no_change_and_cost_no_width() {
    let says = |i: usize, _: &Municipality| i.is_multiple_of(3).then_some(i.is_multiple_of(2));
    let first = made("a", 2, Population::Counties, &says);
    let second = made("b", 11, Population::Counties, &says);
    let released = change(&first.side(), &second.side()).unwrap();
    let row = &released.findings[0].rows[0];
    let change = row.change.unwrap();
    // Every unit answers the same again: the difference has no variance, so there is nothing to test.
    assert_eq!((change.value, change.verdict), (0, Verdict::NotTested));
    assert_eq!(released.both.1 as usize, second.dataset.units.len());
    assert!(row.panel.is_none(), "nobody moved: held back");
}

/// Counties, those below `both` of every third in both waves, `more` others in the later one alone.
fn panel(both: usize, more: usize) -> Option<crate::change::PanelDifference> {
    let place = |i: usize| i.is_multiple_of(3).then_some(i / 3);
    let first = made("a", 2, Population::Counties, &|i, _| {
        place(i).filter(|i| *i < both).map(|i| i.is_multiple_of(2))
    });
    let second = made("b", 11, Population::Counties, &|i, _| {
        place(i).filter(|i| *i < both + more).map(|i| i % 5 < 3)
    });
    let released = change(&first.side(), &second.side()).unwrap();
    let published = &released.findings[0].rows[0];
    assert!(published.panel.is_none(), "never published: {published:?}");
    let seen = change_with_panel(&first.side(), &second.side()).unwrap();
    let row = &seen.findings[0].rows[0];
    assert!(row.change.is_some(), "{row:?}");
    row.panel
}

#[test]
fn a_panel_that_is_the_wave_but_for_a_few_tells_of_them_and_is_held_back() {
    // Planted: five answered the second time only. The panel beside the wave's share would tell what they said.
    assert_eq!(panel(60, 5), None);
    assert_eq!(panel(60, 9), None);
    assert_eq!(panel(60, 10).map(|p| p.n), Some(60));
    assert_eq!(panel(60, 0).map(|p| p.n), Some(60), "nobody else is left");
}

#[test]
fn nothing_of_a_change_says_what_the_audit_held_back_in_a_wave() {
    let (mut first, second) = waves();
    let shown = change_with_panel(&first.side(), &second.side()).unwrap();
    let row = |released: &crate::ReleasedChange| released.findings[0].rows[2].clone();
    let open = row(&shown);
    assert!(open.change.is_some() && open.panel.is_some(), "{open:?}");
    // As the audit holds it: the cell of this group alone, in the earlier wave.
    for finding in &mut first.release.findings {
        let held = finding.rows.iter_mut().filter(|r| r.domain == open.domain);
        held.for_each(|r| r.cells[0] = ReleasedCell::Suppressed);
    }
    let held = row(&change_with_panel(&first.side(), &second.side()).unwrap());
    assert_eq!(held.domain, open.domain);
    assert_eq!(held.before, ReleasedCell::Suppressed);
    assert_eq!((held.change, held.panel), (None, None));
    // The others stay the differences of what is printed beside them, so that nothing about the held one is in them.
    let all = change_with_panel(&first.side(), &second.side()).unwrap();
    for (before, after) in shown.findings[0].rows.iter().zip(&all.findings[0].rows) {
        if before.domain != open.domain {
            let value = |row: &crate::ChangeRow| row.change.map(|c| c.value);
            assert_eq!(value(before), value(after));
        }
    }
}

#[test]
fn waves_without_lineage_are_refused_and_so_is_the_wrong_order() {
    let says = |i: usize, _: &Municipality| i.is_multiple_of(3).then_some(i.is_multiple_of(2));
    let first = made("a", 2, Population::Counties, &says);
    let mut second = made("b", 11, Population::Counties, &says);
    let turned = change(&second.side(), &first.side())
        .unwrap_err()
        .to_string();
    assert!(turned.contains("did not end before"), "{turned}");
    second.questionnaire.version = 2;
    let refused = change(&first.side(), &second.side())
        .unwrap_err()
        .to_string();
    assert!(refused.contains("has no lineage"), "{refused}");
}
