//! The columns of the design beside the answers: weights, strata, groups. Made as for the findings, from the same
//! register, by the same [`Weighting`].

use std::collections::BTreeMap;

use anyhow::Context;
use dataset::Dataset;
use exchange::{DesignColumn, DesignValues};
use findings::Weighting;
use questionnaire::Text;
use register::{Key, Kind, Municipality, Population, Register, SizeClass};
use serde_json::Value;

use super::Access;

/// A Land group is handed on only where at least so many units of the register share population, response cell,
/// type and Land group with each row.
pub const LAND_MINIMUM: usize = 5;

/// What the columns are, and how many units of the register share what they tell.
pub struct Design {
    /// In the order of the files.
    pub columns: Vec<DesignColumn>,
    /// Whether the Land group is among them.
    pub land_group: bool,
    /// Fewest units of the register that share with a row what the columns say of it, weights apart.
    pub fewest_alike: usize,
    /// Rows that stand for nobody: associations of municipalities.
    pub apart: usize,
}

/// Values of one row as they are collected.
#[derive(Clone, Default)]
struct Row {
    cell: Option<(String, Text)>,
    cell_units: Option<f64>,
    base_weight: Option<f64>,
    weight: Option<f64>,
    land_group: Option<(String, Text)>,
}

/// The design of a frozen dataset, one value a row in its order.
pub fn design(dataset: &Dataset, register: &Register, access: Access) -> anyhow::Result<Design> {
    let units = respondents(dataset, register)?;
    let mut rows = vec![Row::default(); units.len()];
    for population in Population::ALL {
        let all: Vec<&Municipality> = register.of(population).collect();
        let (places, of): (Vec<usize>, Vec<&Municipality>) = (0..)
            .zip(&units)
            .filter(|(_, unit)| unit.population() == Some(population))
            .map(|(row, unit)| (row, *unit))
            .unzip();
        let Some(weighting) = Weighting::new(population, &all, &of)? else {
            continue;
        };
        for (at, place) in places.into_iter().enumerate() {
            rows[place] = row(&weighting, at);
        }
    }
    let alike = |land_group: bool| fewest_alike(&units, &rows, register, land_group);
    let land_group = access == Access::House || alike(true) >= LAND_MINIMUM;
    let mut columns = vec![
        words(
            "population",
            ("Grundgesamtheit", "Population"),
            units.iter().map(|u| {
                u.population()
                    .map(|p| (word(&p), text(p.german(), p.english())))
            }),
        ),
        words(
            "size_class",
            ("Größenklasse", "Size class"),
            units
                .iter()
                .map(|u| u.population().map(|_| size_class(u.size_class()))),
        ),
        words(
            "type",
            ("Art der Kommune", "Type of municipality"),
            units
                .iter()
                .map(|u| Some((word(&u.kind), text(u.kind.german(), u.kind.english())))),
        ),
        words(
            "town",
            (
                "Stadtrecht (nur Städte und Gemeinden ab 5.000 Einwohnern)",
                "Town status (cities and municipalities from 5,000 inhabitants on only)",
            ),
            units.iter().map(|u| town(u)),
        ),
        words(
            "cell",
            ("Antwortzelle (Schicht)", "Response cell (stratum)"),
            rows.iter().map(|row| row.cell.clone()),
        ),
        numbers(
            "cell_units",
            (
                "Kommunen der Antwortzelle im Verzeichnis (Umfang der Schicht)",
                "Units of the response cell in the register (size of the stratum)",
            ),
            rows.iter().map(|row| row.cell_units),
        ),
        numbers(
            "base_weight",
            (
                "Basisgewicht: Kommunen der Zelle je Antwort, vor dem Ausgleich zwischen den Ländern",
                "Base weight: units of the cell per response, before raking to the Länder",
            ),
            rows.iter().map(|row| row.base_weight),
        ),
        numbers(
            "weight",
            (
                "Gewicht, mit dem die veröffentlichten Zahlen gerechnet sind",
                "Weight with which the published figures are made",
            ),
            rows.iter().map(|row| row.weight),
        ),
    ];
    if land_group {
        columns.push(words(
            "land_group",
            (
                "Land oder Ländergruppe des Ausgleichs",
                "Land or group of Länder in raking",
            ),
            rows.iter().map(|row| row.land_group.clone()),
        ));
    }
    if access == Access::House {
        columns.push(numbers(
            "inhabitants",
            ("Einwohner", "Inhabitants"),
            units.iter().map(|u| Some(f64::from(u.inhabitants))),
        ));
    }
    Ok(Design {
        columns,
        land_group,
        fewest_alike: alike(land_group),
        apart: units.iter().filter(|u| u.population().is_none()).count(),
    })
}

fn respondents<'r>(
    dataset: &Dataset,
    register: &'r Register,
) -> anyhow::Result<Vec<&'r Municipality>> {
    let find = |unit: &String| {
        let key = Key::new(unit.as_str()).ok();
        key.and_then(|key| register.get(&key))
            .with_context(|| format!("the dataset's unit {unit} is not in the register"))
    };
    dataset.units.iter().map(find).collect()
}

fn row(weighting: &Weighting, at: usize) -> Row {
    let population = word(&weighting.population);
    let cell = &weighting.cells[weighting.cell_of[at] as usize];
    let group = &weighting.groups[weighting.group_of[at] as usize];
    let classes: Vec<String> = cell.classes.iter().map(word).collect();
    let names = |name: fn(SizeClass) -> &'static str| {
        let names: Vec<&str> = cell.classes.iter().map(|class| name(*class)).collect();
        names.join(", ")
    };
    let laender: Vec<&str> = group.laender.iter().map(|l| l.abbreviation()).collect();
    let lands = |name: fn(register::Land) -> &'static str| {
        let names: Vec<&str> = group.laender.iter().map(|land| name(*land)).collect();
        let of = weighting.population;
        (of, names.join(", "))
    };
    let ((of, german), (_, english)) = (
        lands(register::Land::german),
        lands(register::Land::english),
    );
    Row {
        cell: Some((
            format!("{population}:{}", classes.join("+")),
            text(
                &names(SizeClass::german_plural),
                &names(SizeClass::english_plural),
            ),
        )),
        cell_units: Some(cell.units as f64),
        base_weight: Some(cell.units as f64 / cell.responded as f64),
        weight: Some(weighting.weights()[at]),
        land_group: Some((
            format!("{population}:{}", laender.join("+")),
            text(
                &format!("{}: {german}", of.german()),
                &format!("{}: {english}", of.english()),
            ),
        )),
    }
}

/// Fewest units of the register that share population, response cell, type and perhaps Land group with a row.
fn fewest_alike(
    units: &[&Municipality],
    rows: &[Row],
    register: &Register,
    land_group: bool,
) -> usize {
    // Each cell and Land group says of itself which units of the register it holds.
    let laender = |row: &Row| {
        let (word, _) = row.land_group.as_ref().filter(|_| land_group)?;
        let (_, laender) = word.split_once(':')?;
        Some(laender.split('+').map(str::to_owned).collect::<Vec<_>>())
    };
    /// What the file tells of a unit.
    type Traits = (Option<Population>, SizeClass, Kind, Option<Vec<String>>);
    let mut counted: BTreeMap<Traits, usize> = BTreeMap::new();
    for (unit, row) in units.iter().zip(rows) {
        let group = laender(row);
        let key = (
            unit.population(),
            unit.size_class(),
            unit.kind,
            group.clone(),
        );
        counted.entry(key).or_insert_with(|| {
            let alike = |other: &&Municipality| {
                other.population() == unit.population()
                    && other.size_class() == unit.size_class()
                    && other.kind == unit.kind
                    && group
                        .as_ref()
                        .is_none_or(|g| g.iter().any(|l| l == other.land.abbreviation()))
            };
            register.municipalities().iter().filter(alike).count()
        });
    }
    counted.into_values().min().unwrap_or(0)
}

fn town(unit: &Municipality) -> Option<(String, Text)> {
    unit.population()
        .filter(|p| *p == Population::Municipalities)?;
    // As in the released tables: `findings::Domain::Town`.
    Some(match unit.kind {
        _ if unit.size_class() == SizeClass::Under5000 => return None,
        Kind::IndependentCity | Kind::Town => ("town".to_owned(), text("Stadt", "city or town")),
        _ => (
            "municipality".to_owned(),
            text(
                "Gemeinde ohne Stadtrecht",
                "municipality without town status",
            ),
        ),
    })
}

fn size_class(class: SizeClass) -> (String, Text) {
    (
        word(&class),
        text(class.range_german(), class.range_english()),
    )
}

fn text(de: &str, en: &str) -> Text {
    Text {
        de: de.to_owned(),
        en: en.to_owned(),
    }
}

/// The word by which an enum of the register is written in files.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

fn numbers(
    key: &str,
    (de, en): (&str, &str),
    cells: impl Iterator<Item = Option<f64>>,
) -> DesignColumn {
    DesignColumn {
        key: key.to_owned(),
        label: text(de, en),
        values: DesignValues::Number(cells.collect()),
    }
}

/// A column of words; the list of words is what occurs, in alphabetical order.
fn words(
    key: &str,
    (de, en): (&str, &str),
    cells: impl Iterator<Item = Option<(String, Text)>>,
) -> DesignColumn {
    let cells: Vec<Option<(String, Text)>> = cells.collect();
    let labels: BTreeMap<String, Text> = cells.iter().flatten().cloned().collect();
    let words: Vec<(String, Text)> = labels.into_iter().collect();
    let place = |(word, _): &(String, Text)| {
        let at = words.iter().position(|(other, _)| other == word);
        at.and_then(|at| u16::try_from(at).ok())
    };
    let cells = cells
        .iter()
        .map(|cell| cell.as_ref().and_then(place))
        .collect();
    DesignColumn {
        key: key.to_owned(),
        label: text(de, en),
        values: DesignValues::Word { words, cells },
    }
}
