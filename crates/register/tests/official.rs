//! Truth: the Gemeindeverzeichnis of 31.12.2019 (© Statistisches Bundesamt (Destatis)) and its published sums.
//! The file is not part of the project; without it these tests say so and pass.

mod list;

use std::collections::BTreeSet;
use std::path::Path;

use register::{Key, Kind, Municipality, Population, Register};

fn official() -> Option<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/register/auszug-gv-2019-12-31.csv");
    let bytes = std::fs::read(path).ok();
    if bytes.is_none() {
        eprintln!("skipped: ../shared/register is not there");
    }
    bytes
}

#[test]
fn the_official_list_gives_the_published_sums() {
    let Some(bytes) = official() else { return };
    let register = Register::read(&bytes, "auszug-gv-2019-12-31.csv")
        .unwrap_or_else(|faults| panic!("{faults}"));
    let counts = register.counts();
    assert_eq!(
        (counts.municipalities, counts.with_inhabitants),
        (11_004, 10_796)
    );
    assert_eq!(
        (counts.districts, counts.counties, counts.laender),
        (401, 294, 16)
    );
    assert_eq!(
        (counts.associations, counts.inhabitants),
        (1_210, 83_166_711)
    );
    assert_eq!(register.of(Population::Municipalities).count(), 10_796);
    assert_eq!(register.of(Population::Counties).count(), 294);
    let in_associations = register
        .of(Population::Municipalities)
        .filter(|unit| unit.association.is_some())
        .count();
    assert_eq!(in_associations, 7_608);
    let sum = |population| {
        register
            .of(population)
            .map(|unit| u64::from(unit.inhabitants))
            .sum::<u64>()
    };
    let cities: u64 = register
        .municipalities()
        .iter()
        .filter(|unit| unit.kind == Kind::IndependentCity)
        .map(|unit| u64::from(unit.inhabitants))
        .sum();
    assert_eq!(
        sum(Population::Counties) + cities,
        sum(Population::Municipalities),
        "no city counts twice"
    );
    assert_eq!(register.date(), Some("2019-12-31"));
    assert_eq!(register.search("Flensburg", 1)[0].key.as_str(), "01001000");
}

#[test]
fn the_official_list_as_spreadsheet_is_the_same() {
    let Some(bytes) = official() else { return };
    let csv = std::str::from_utf8(&bytes)
        .unwrap()
        .trim_start_matches('\u{feff}');
    let from_csv = Register::read(&bytes, "gv.csv").unwrap();
    let from_xlsx =
        Register::read(&list::xlsx(csv), "gv.xlsx").unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(from_csv.municipalities(), from_xlsx.municipalities());
}

#[test]
fn the_official_list_as_gv100ad_is_the_same_without_seats() {
    let Some(bytes) = official() else { return };
    let csv = std::str::from_utf8(&bytes)
        .unwrap()
        .trim_start_matches('\u{feff}');
    let from_csv = Register::read(&bytes, "gv.csv").unwrap();
    let fixed = list::gv100ad(csv);
    let from_fixed =
        Register::read(fixed.as_bytes(), "GV100AD.txt").unwrap_or_else(|faults| panic!("{faults}"));
    let known: Vec<Municipality> = from_csv
        .municipalities()
        .iter()
        .cloned()
        .map(bare)
        .collect();
    for (fixed, known) in from_fixed.municipalities().iter().zip(&known) {
        assert_eq!(fixed, known);
    }
    assert_eq!(from_fixed.municipalities().len(), known.len());
    assert_eq!(from_fixed.counts(), from_csv.counts());
    assert_eq!(from_fixed.date(), Some("2019-12-31"));
}

/// What GV100AD knows of a unit: its names have fifty characters.
fn bare(unit: Municipality) -> Municipality {
    Municipality {
        name: unit.name.chars().take(50).collect(),
        seat: None,
        urbanisation: None,
        ..unit
    }
}

#[test]
fn no_invented_place_exists() {
    let Some(bytes) = official() else { return };
    let official = Register::read(&bytes, "gv.csv").unwrap();
    let short = |unit: &Municipality| {
        let name = unit.name.split([',', '(', '/']).next().unwrap_or_default();
        name.trim().to_lowercase()
    };
    let names: BTreeSet<String> = official.municipalities().iter().map(short).collect();
    let keys: BTreeSet<&Key> = official
        .municipalities()
        .iter()
        .map(|unit| &unit.key)
        .collect();
    for seed in [1, 2016, 77] {
        let invented = Register::invented(seed);
        let wrong: Vec<_> = invented
            .municipalities()
            .iter()
            .filter(|unit| names.contains(&short(unit)) || keys.contains(&unit.key))
            .map(|unit| &unit.name)
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}

#[test]
fn the_invented_register_has_the_shape_of_the_official_one() {
    let Some(bytes) = official() else { return };
    let official = Register::read(&bytes, "gv.csv").unwrap();
    let invented = Register::invented(2016);
    assert_eq!(official.cells(), invented.cells());
    let (o, i) = (official.counts(), invented.counts());
    assert!(
        i.inhabitants.abs_diff(o.inhabitants) < o.inhabitants / 20,
        "{i:?}"
    );
    assert!(
        i.associations.abs_diff(o.associations) < o.associations / 5,
        "{i:?}"
    );
    let members = |register: &Register| {
        register
            .of(Population::Municipalities)
            .filter(|unit| unit.association.is_some())
            .count()
    };
    assert!(
        members(&invented).abs_diff(members(&official)) < 400,
        "{}",
        members(&invented)
    );
}
