//! The demo's register without the official file: full size, reproducible, plausible.

use std::collections::BTreeSet;

use register::{Kind, Land, Population, Register};

#[test]
fn it_has_the_full_size_and_the_right_keys() {
    let register = Register::invented(2016);
    let counts = register.counts();
    assert_eq!(
        (
            counts.with_inhabitants,
            counts.counties,
            counts.districts,
            counts.laender
        ),
        (10_796, 294, 401, 16)
    );
    assert!(register.synthetic());
    let mut names = BTreeSet::new();
    for unit in register.municipalities() {
        assert_eq!(Land::from_code(&unit.key.as_str()[..2]), Some(unit.land));
        assert_eq!(&unit.key.as_str()[2..3], "8", "visibly invented");
        assert!(
            unit.kind == Kind::Association || names.insert(&unit.name),
            "{} twice",
            unit.name
        );
        let seat = unit.seat.unwrap();
        assert!((5.5..15.5).contains(&seat.longitude) && (47.2..55.2).contains(&seat.latitude));
        assert!(unit.area_km2 > 0.0 && unit.inhabitants > 0);
        if let Some(county) = &unit.county {
            assert_eq!(&unit.key.as_str()[..5], county.as_str());
        }
    }
}

#[test]
fn sums_of_counties_and_associations_are_those_of_their_members() {
    let register = Register::invented(5);
    let parents = register
        .municipalities()
        .iter()
        .filter(|unit| matches!(unit.kind, Kind::County | Kind::Association));
    for parent in parents {
        let members = || {
            register
                .members(&parent.key)
                .filter(|unit| unit.kind != Kind::Association)
        };
        assert_eq!(
            parent.inhabitants,
            members().map(|unit| unit.inhabitants).sum::<u32>(),
            "{}",
            parent.name
        );
        assert!(members().count() > usize::from(parent.kind == Kind::Association));
    }
    assert_eq!(register.of(Population::Counties).count(), 294);
}

#[test]
fn a_seed_gives_the_same_register_and_another_seed_another() {
    assert_eq!(Register::invented(7), Register::invented(7));
    assert_ne!(Register::invented(7), Register::invented(8));
    let one = Register::invented(2016);
    let sample: Vec<String> = ["018", "098", "148"]
        .iter()
        .filter_map(|start| {
            let unit = one.municipalities().iter().find(|unit| {
                unit.key.as_str().len() == 8 && unit.key.as_str().starts_with(start)
            })?;
            Some(format!("{} {} {}", unit.key, unit.name, unit.inhabitants))
        })
        .collect();
    assert_eq!(
        sample,
        [
            "01801000 Wiskenbeck, Stadt 86496",
            "09801000 Unternerlingsberg, Stadt 23182",
            "14801000 Klein Schmolernsee, Stadt 238387"
        ]
    );
}
