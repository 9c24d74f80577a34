//! A whole made-up wave through weighting, tables and disclosure control. Truths: raking by plain iterative
//! proportional fitting, written here again; counts of the answers by hand; a residual variance by hand.

#![allow(clippy::unwrap_used)] // helpers of tests may

mod made_up;

use std::collections::BTreeMap;

use dataset::{Cell, Dataset, Values};
use fieldwork::Disposition;
use findings::{Domain, Estimand, EvaluateError, Finding, ReleasedCell, ReleasedRow, Weighting};
use made_up::{MadeUp, shares, wave};
use register::{Kind, Municipality, Population, SizeClass};

fn inside(domain: Domain, unit: &Municipality) -> bool {
    match domain {
        Domain::All(population) => unit.population() == Some(population),
        Domain::SizeClass(class) => unit.size_class() == class,
        Domain::Town(town) => {
            unit.population() == Some(Population::Municipalities)
                && unit.size_class() != SizeClass::Under5000
                && town == matches!(unit.kind, Kind::IndependentCity | Kind::Town)
        }
    }
}

/// Places (in the dataset) of valid answers of one row, with their code; flags are 1 or 0, numbers 0.
fn base(
    made: &MadeUp,
    dataset: &Dataset,
    finding: &Finding,
    row: &ReleasedRow,
) -> Vec<(usize, usize)> {
    let question = finding.key.0.trim_end_matches(findings::INHABITANTS_SUFFIX);
    let key = match row.key.as_str() {
        "" => question.to_owned(),
        item => format!("{question}.{item}"),
    };
    let column = dataset
        .columns
        .iter()
        .find(|c| c.variable.key.0 == key)
        .unwrap();
    let code = |place: usize| match &column.values {
        Values::Coded(cells) => match cells[place] {
            Cell::Value(code) => Some(usize::from(code)),
            _ => None,
        },
        Values::Flag(cells) => match cells[place] {
            Cell::Value(chosen) => Some(usize::from(chosen)),
            _ => None,
        },
        Values::Number(cells) => matches!(cells[place], Cell::Value(_)).then_some(0),
        Values::Text(_) => None,
    };
    let units = units(made, dataset);
    (0..dataset.units.len())
        .filter(|&place| inside(row.domain, units[place]))
        .filter_map(|place| Some((place, code(place)?)))
        .collect()
}

fn units<'a>(made: &'a MadeUp, dataset: &Dataset) -> Vec<&'a Municipality> {
    let find = |unit: &String| {
        let key = register::Key::new(unit.as_str()).unwrap();
        made.register.get(&key).unwrap()
    };
    dataset.units.iter().map(find).collect()
}

fn is_printed(cell: &ReleasedCell) -> bool {
    matches!(
        cell,
        ReleasedCell::Percent { .. } | ReleasedCell::Mean { .. }
    )
}

/// What must hold for every release, whatever was answered.
fn check_disclosure(made: &MadeUp, inhabitants_too: &[&str]) -> (usize, usize) {
    let dataset = made.dataset();
    let release = made.release(inhabitants_too);
    let (mut printed, mut held) = (0, 0);
    for finding in &release.findings {
        for row in &finding.rows {
            let said = base(made, &dataset, finding, row);
            let place = format!("{} {} {:?}", finding.key.0, row.key, row.domain);
            assert_eq!(row.cells.len(), finding.columns.len(), "{place}");
            let Some(n) = row.n else {
                held += 1;
                assert!(
                    row.cells.iter().all(|c| *c == ReleasedCell::Suppressed),
                    "{place}"
                );
                assert_eq!(row.top_two, None, "{place}");
                continue;
            };
            printed += 1;
            assert_eq!(n as usize, said.len(), "{place}");
            assert!(n >= 10, "{place}: {n}");
            if finding.estimand != Estimand::Mean {
                check_cells(finding, row, &said, &place);
            }
        }
        check_breakdowns(made, &dataset, finding);
    }
    let text = serde_json::to_string(&release).unwrap();
    for (unit, _) in &made.responses {
        assert!(
            !text.contains(unit.as_str()),
            "{unit} stands in the release"
        );
    }
    (printed, held)
}

fn check_cells(finding: &Finding, row: &ReleasedRow, said: &[(usize, usize)], place: &str) {
    let flag = finding.columns.len() == 1;
    let count = |column: usize| {
        let wanted = if flag { 1 } else { column };
        said.iter().filter(|(_, code)| *code == wanted).count()
    };
    let fair = |cell: &ReleasedCell, count: usize| {
        if let ReleasedCell::Percent { value, interval } = cell {
            assert!(
                count >= 3 && said.len() - count >= 3,
                "{place}: {count} of {}",
                said.len()
            );
            if let Some((low, high)) = interval {
                assert!(low <= value && value <= high && *high <= 100, "{place}");
            }
        }
    };
    for (column, cell) in row.cells.iter().enumerate() {
        fair(cell, count(column));
    }
    let width = row.cells.len();
    let hidden = |range: std::ops::Range<usize>| {
        let cells = row.cells[range].iter().chain(&row.top_two);
        cells.filter(|cell| !is_printed(cell)).count()
    };
    match &row.top_two {
        Some(top) => {
            fair(top, count(width - 1) + count(width - 2));
            assert_ne!(hidden(0..width - 2), 1, "{place}: the rest gives one cell");
            assert_ne!(
                hidden(width - 2..width),
                1,
                "{place}: the top two give one cell"
            );
        }
        None if width > 1 => {
            assert_ne!(hidden(0..width), 1, "{place}: one cell is the rest to 100")
        }
        None => {}
    }
}

fn check_breakdowns(made: &MadeUp, dataset: &Dataset, finding: &Finding) {
    let whole = Domain::All(Population::Municipalities);
    let wholes = finding
        .rows
        .iter()
        .filter(|row| row.domain == whole && row.n.is_some());
    for all in wholes {
        for by_class in [true, false] {
            let parts = finding.rows.iter().filter(|row| {
                row.key == all.key
                    && match row.domain {
                        Domain::SizeClass(_) => by_class,
                        Domain::Town(_) => !by_class,
                        Domain::All(_) => false,
                    }
            });
            let hidden = parts
                .filter(|row| row.n.is_none() && !base(made, dataset, finding, row).is_empty())
                .count();
            assert_ne!(
                hidden, 1,
                "{} {}: one hidden part is all less the others",
                finding.key.0, all.key
            );
        }
    }
}

#[test]
fn no_release_breaks_the_rules_of_disclosure() {
    let mut held_in_all = 0;
    for seed in 1..=6u64 {
        // From a thin wave to twice the usual response.
        let factor = [0.2, 0.5, 0.8, 1.0, 1.2, 2.0][(seed - 1) as usize];
        let made = wave(seed, &|class| shares(class) * factor);
        let (printed, held) = check_disclosure(&made, &["konzept", "bedarf"]);
        println!(
            "{} responses: {printed} rows shown, {held} held back",
            made.responses.len()
        );
        held_in_all += held;
        assert!(printed > 0 || factor < 0.5);
    }
    assert!(
        held_in_all > 0,
        "nothing was ever held back: the test shows nothing"
    );
}

#[test]
fn the_rules_hold_on_the_official_register_too() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/register/auszug-gv-2019-12-31.csv"
    );
    let Ok(bytes) = std::fs::read(file) else {
        println!("skipped: the official list is not there");
        return;
    };
    for seed in [1, 2] {
        let register = register::Register::read(&bytes, "auszug-gv.csv").unwrap();
        let made = made_up::wave_on(register, seed, &shares);
        let (printed, held) = check_disclosure(&made, &["konzept"]);
        println!(
            "{} responses: {printed} rows shown, {held} held back",
            made.responses.len()
        );
        assert!(printed > 600);
    }
}

#[test]
fn a_population_of_nine_says_nothing_and_the_other_speaks_on() {
    let mut made = wave(3, &shares);
    let mut counties = 0;
    let mut keep = |key: &str| {
        let county = key.len() == 5;
        counties += usize::from(county);
        !county || counties <= 9
    };
    made.responses.retain(|(key, _)| keep(key));
    let kept: Vec<String> = made.responses.iter().map(|(key, _)| key.clone()).collect();
    for (key, disposition) in &mut made.dispositions {
        if disposition.counts() && !kept.iter().any(|k| k == key.as_str()) {
            *disposition = Disposition::Withdrawn;
        }
    }
    let release = made.release(&[]);
    assert_eq!(release.method.n_counties, 9);
    for finding in &release.findings {
        let of = |population| {
            let rows = finding.rows.iter();
            rows.filter(move |row| row.domain == Domain::All(population))
        };
        assert!(of(Population::Counties).all(|row| row.n.is_none()));
        assert!(
            of(Population::Municipalities).any(|row| row.n.is_some()),
            "{}",
            finding.key.0
        );
    }
}

/// Weights of one population by plain iterative proportional fitting over cells and Land groups.
fn fitted(weighting: &Weighting) -> Vec<f64> {
    let mut weights = vec![1.0; weighting.cell_of.len()];
    for _ in 0..20_000 {
        for (of, totals) in [
            (
                &weighting.cell_of,
                weighting.cells.iter().map(|c| c.units).collect::<Vec<_>>(),
            ),
            (
                &weighting.group_of,
                weighting.groups.iter().map(|g| g.units).collect(),
            ),
        ] {
            let mut sums = vec![0.0; totals.len()];
            for (weight, group) in weights.iter().zip(of) {
                sums[*group as usize] += weight;
            }
            for (weight, group) in weights.iter_mut().zip(of) {
                *weight *= totals[*group as usize] as f64 / sums[*group as usize];
            }
        }
    }
    weights
}

fn weighting(made: &MadeUp, population: Population) -> (Weighting, Vec<usize>) {
    let dataset = made.dataset();
    let all: Vec<&Municipality> = made.register.of(population).collect();
    let (places, respondents): (Vec<usize>, Vec<&Municipality>) = units(made, &dataset)
        .into_iter()
        .enumerate()
        .filter(|(_, unit)| unit.population() == Some(population))
        .unzip();
    let weighting = Weighting::new(population, &all, &respondents)
        .unwrap()
        .unwrap();
    (weighting, places)
}

#[test]
fn weights_are_those_of_iterative_proportional_fitting() {
    let made = wave(1, &shares);
    for population in Population::ALL {
        let (weighting, _) = weighting(&made, population);
        assert!(weighting.raked);
        let expected = fitted(&weighting);
        for (weight, expected) in weighting.weights().iter().zip(&expected) {
            assert!(
                (weight - expected).abs() <= 1e-8 * expected,
                "{weight} {expected}"
            );
        }
        let units = made.register.of(population).count() as f64;
        let sum: f64 = weighting.weights().iter().sum();
        assert!((sum - units).abs() <= 1e-8 * units);
        assert!(weighting.cells.iter().all(|cell| cell.responded >= 5));
        assert!(weighting.groups.iter().all(|group| group.responded >= 3));
    }
}

#[test]
fn released_percents_are_the_weighted_shares() {
    let made = wave(1, &shares);
    let dataset = made.dataset();
    let release = made.release(&["konzept"]);
    let units = units(&made, &dataset);
    let mut weight = BTreeMap::new();
    for population in Population::ALL {
        let (weighting, places) = weighting(&made, population);
        weight.extend(places.into_iter().zip(fitted(&weighting)));
    }
    let mut compared = 0;
    for finding in &release.findings {
        for row in finding.rows.iter().filter(|row| row.n.is_some()) {
            let said = base(&made, &dataset, finding, row);
            let of = |place: usize| match finding.estimand {
                Estimand::ShareOfInhabitants => {
                    weight[&place] * f64::from(units[place].inhabitants)
                }
                _ => weight[&place],
            };
            let all: f64 = said.iter().map(|(place, _)| of(*place)).sum();
            for (column, cell) in row.cells.iter().enumerate() {
                let ReleasedCell::Percent { value, .. } = cell else {
                    continue;
                };
                let wanted = if finding.columns.len() == 1 {
                    1
                } else {
                    column
                };
                let yes = said.iter().filter(|(_, code)| *code == wanted);
                let share = yes.map(|(place, _)| of(*place)).sum::<f64>() / all * 100.0;
                assert!(
                    (share - f64::from(*value)).abs() < 0.5 + 1e-6,
                    "{} {share} {value}",
                    finding.key.0
                );
                compared += 1;
            }
        }
    }
    println!("{compared} percents compared");
    assert!(compared > 1_000);
}

#[test]
fn there_is_one_n_everywhere() {
    let made = wave(1, &shares);
    let method = made.release(&[]).method;
    let n = made.responses.len() as u32;
    assert_eq!(method.n_municipalities + method.n_counties, n);
    for rows in [
        &method.by_size_class,
        &method.by_type,
        &method.by_land,
        &method.cells,
    ] {
        assert_eq!(rows.iter().map(|row| row.responded).sum::<u32>(), n);
        assert_eq!(
            rows.iter().map(|row| row.population).sum::<u32>(),
            method.invited
        );
    }
    let counted: u32 = method.dispositions.iter().map(|(_, count)| count).sum();
    assert_eq!(counted, method.invited);
}

#[test]
fn a_dataset_that_is_not_the_one_n_is_refused() {
    let mut made = wave(1, &shares);
    let facts = made_up::facts(&[]);
    let dataset = made.dataset();
    let evaluate = |dataset: &Dataset, made: &MadeUp| {
        findings::evaluate(
            dataset,
            &made.questionnaire,
            &made.register,
            &facts,
            &made.dispositions,
        )
    };
    let mut stranger = dataset.clone();
    stranger.units[0] = "00000000".to_owned();
    let unknown = evaluate(&stranger, &made).unwrap_err();
    assert!(matches!(unknown, EvaluateError::UnknownUnit { unit } if unit == "00000000"));
    let complete = made
        .dispositions
        .iter()
        .position(|(_, d)| d.counts())
        .unwrap();
    made.dispositions[complete].1 = Disposition::Withdrawn;
    let refused = evaluate(&dataset, &made).unwrap_err();
    assert!(matches!(refused, EvaluateError::NotOneN { .. }));
}

/// Truth: a table has one heading, and no figure stands under another's.
#[test]
fn columns_of_another_scale_do_not_stand_under_the_headings_of_the_first() {
    let made = wave(1, &shares);
    let mut dataset = made.dataset();
    let of = |column: &dataset::Column| column.variable.question == "aufgaben";
    let last = dataset.columns.iter().rposition(of).unwrap();
    let other = &mut dataset.columns[last].variable;
    for (code, _) in &mut other.codes {
        *code = format!("anders-{code}");
    }
    let key = other.key.0.strip_prefix("aufgaben.").unwrap().to_owned();
    let release = |dataset: &Dataset| {
        let facts = made_up::facts(&[]);
        let (of, list) = (&made.questionnaire, &made.register);
        findings::evaluate(dataset, of, list, &facts, &made.dispositions).unwrap()
    };
    let rows = |dataset: &Dataset| -> Vec<String> {
        let release = release(dataset);
        let finding = release.finding("aufgaben").unwrap();
        assert!(finding.left_out.iter().any(|left| left.key == key));
        finding.rows.iter().map(|row| row.key.clone()).collect()
    };
    assert!(rows(&made.dataset()).contains(&key));
    let told = rows(&dataset);
    assert!(!told.contains(&key) && !told.is_empty());
    let base = release(&dataset).finding("aufgaben").unwrap().base.clone();
    assert!(base.de.contains("anderen Skala") && base.en.contains("another scale"));
}

#[test]
fn the_order_of_responses_changes_nothing() {
    let mut made = wave(2, &shares);
    let release = made.release(&[]);
    made.responses.reverse();
    made.dispositions.reverse();
    assert_eq!(made.release(&[]), release);
}

#[test]
fn the_request_says_how_the_number_was_made() {
    let made = wave(1, &shares);
    let release = made.release(&["konzept"]);
    let request = &release.finding("konzept-einwohner").unwrap().request;
    let request: serde_json::Value = serde_json::from_str(request).unwrap();
    assert_eq!(request["format"], 1);
    assert_eq!(request["ask"][0]["stat"], "proportion");
    assert_eq!(request["ask"][0]["of"][0], "konzept");
    assert_eq!(request["ask"][1]["weight_by"], "inhabitants");
    let totals = &request["calibrate"]["linear"]["totals"];
    for margin in ["cell", "land_group"] {
        let groups = totals[margin].as_object().unwrap().values();
        let sum: u64 = groups.map(|total| total.as_u64().unwrap()).sum();
        assert_eq!(sum, u64::from(release.method.invited), "{margin}");
    }
}

#[test]
fn small_classes_collapse_with_the_neighbour_that_has_fewer_responses() {
    let made = wave(1, &|class| match class {
        SizeClass::MediumTown => 0.004,
        SizeClass::Under5000 => 0.0,
        other => shares(other),
    });
    let (weighting, _) = weighting(&made, Population::Municipalities);
    let classes: Vec<&[SizeClass]> = weighting
        .cells
        .iter()
        .map(|c| c.classes.as_slice())
        .collect();
    let expected: [&[SizeClass]; 2] = [
        &[SizeClass::Under5000, SizeClass::SmallTown],
        &[SizeClass::MediumTown, SizeClass::LargeCity],
    ];
    assert_eq!(classes, expected);
    let method = made.release(&[]).method;
    assert!(
        method
            .uncovered
            .iter()
            .any(|text| text.de == "Kleine Gemeinden")
    );
    assert!(
        method
            .merged
            .iter()
            .any(|text| text.de.starts_with("Mittelstädte und Großstädte"))
    );
}
/// Solves a small linear system by elimination with pivoting.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for column in 0..size {
        let pivot = (column..size)
            .max_by(|&a, &b| matrix[a][column].abs().total_cmp(&matrix[b][column].abs()))
            .unwrap();
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        let pivot_row = matrix[column].clone();
        for row in (0..size).filter(|&row| row != column) {
            let factor = matrix[row][column] / pivot_row[column];
            for (value, pivot) in matrix[row].iter_mut().zip(&pivot_row) {
                *value -= factor * pivot;
            }
            right[row] -= factor * right[column];
        }
    }
    (0..size).map(|row| right[row] / matrix[row][row]).collect()
}

#[test]
fn variances_are_those_of_weighted_residuals_within_cells() {
    let made = wave(1, &shares);
    let (weighting, places) = weighting(&made, Population::Municipalities);
    let n = places.len();
    let share: Vec<f64> = (0..n)
        .map(|row| f64::from(u8::from(row % 3 == 0)))
        .collect();
    let domain: Vec<bool> = weighting.cell_of.iter().map(|cell| *cell == 3).collect();
    for mask in [vec![true; n], domain] {
        let column = [share.as_slice()];
        let missing = statistics::Missing::Drop;
        let mean = weighting
            .design
            .mean(&column, Some(&mask), missing)
            .unwrap()
            .get(0);
        // Linearised value of the domain's mean, then its residual from the regression on the margins.
        let weights = weighting.weights();
        let inside = |row: usize| f64::from(u8::from(mask[row]));
        let size: f64 = (0..n).map(|row| weights[row] * inside(row)).sum();
        let z: Vec<f64> = (0..n)
            .map(|row| inside(row) * (share[row] - mean.value) / size)
            .collect();
        let cells = weighting.cells.len();
        let x: Vec<Vec<f64>> = (0..n)
            .map(|row| {
                let mut x = vec![0.0; cells + weighting.groups.len() - 1];
                x[weighting.cell_of[row] as usize] = 1.0;
                if let Some(group) = (weighting.group_of[row] as usize).checked_sub(1) {
                    x[cells + group] = 1.0;
                }
                x
            })
            .collect();
        let base: Vec<f64> = weighting
            .cell_of
            .iter()
            .map(|&cell| {
                let cell = &weighting.cells[cell as usize];
                cell.units as f64 / cell.responded as f64
            })
            .collect();
        let sum = |of: &dyn Fn(usize) -> f64| (0..n).map(|row| base[row] * of(row)).sum::<f64>();
        let matrix: Vec<Vec<f64>> = (0..x[0].len())
            .map(|i| {
                (0..x[0].len())
                    .map(|j| sum(&|row| x[row][i] * x[row][j]))
                    .collect()
            })
            .collect();
        let right = (0..x[0].len())
            .map(|i| sum(&|row| x[row][i] * z[row]))
            .collect();
        let slope = solve(matrix.clone(), right);
        let residual = |row: usize| {
            let fitted: f64 = x[row].iter().zip(&slope).map(|(x, b)| x * b).sum();
            // Residuals are too small by what the row itself bears on the fit, beyond its stratum's mean.
            let pull = solve(matrix.clone(), x[row].clone());
            let leverage: f64 = x[row].iter().zip(&pull).map(|(x, b)| x * b).sum();
            let own = weighting.cells[weighting.cell_of[row] as usize].responded as f64;
            let left = 1.0 - (base[row] * leverage).min(0.9);
            let stretch = match mask[row] {
                true => ((1.0 - 1.0 / own) / left).max(1.0).sqrt(),
                false => 1.0,
            };
            weights[row] * (z[row] - fitted) * stretch
        };
        let mut variance = 0.0;
        for (index, cell) in weighting.cells.iter().enumerate() {
            let rows = (0..n).filter(|&row| weighting.cell_of[row] as usize == index);
            let values: Vec<f64> = rows.map(residual).collect();
            let m = values.len() as f64;
            let middle = values.iter().sum::<f64>() / m;
            let squares: f64 = values.iter().map(|v| (v - middle) * (v - middle)).sum();
            variance += (1.0 - m / cell.units as f64) * m / (m - 1.0) * squares;
        }
        let expected = variance.sqrt();
        assert!(
            (mean.se - expected).abs() <= 1e-9 * expected,
            "{} {expected}",
            mean.se
        );
    }
}

#[test]
fn the_response_table_counts_units_once_and_against_the_register() {
    let mut made = wave(1, &shares);
    let table = findings::response_table(&made.register, &made.dispositions);
    assert_eq!(table.responded as usize, made.responses.len());
    // A duplicate of one that counts changes nothing; neither does a key that the register does not know.
    let counted = made
        .dispositions
        .iter()
        .find(|(_, d)| d.counts())
        .unwrap()
        .0
        .clone();
    made.dispositions.push((counted, Disposition::Duplicate));
    let unknown = register::Key::new("99999999").unwrap();
    made.dispositions.push((unknown, Disposition::Complete));
    assert_eq!(
        findings::response_table(&made.register, &made.dispositions),
        table
    );
    let counties = table.by_type.last().unwrap();
    assert_eq!(counties.label.de, "Landkreise");
    assert_eq!(
        counties.population as usize,
        made.register.of(Population::Counties).count()
    );
    assert_eq!(counties.population, counties.invited);
    let sum = |lines: &[findings::ResponseLine]| lines.iter().map(|l| l.responded).sum::<u32>();
    for lines in [&table.by_size_class, &table.by_type, &table.by_land] {
        assert_eq!(sum(lines), table.responded);
    }
}
