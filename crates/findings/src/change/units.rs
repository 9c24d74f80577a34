//! Which unit of the later wave is which of the earlier one: the rule for mergers, new keys and changed classes.
//!
//! - A unit is the same one when it has the same key, or when the list's history says that the old key went on under
//!   a new one, and when the unit before had at least [`CARRIED`] of the inhabitants of the unit after: an
//!   administration that took in a small neighbour goes on, one that merged with its equals is new.
//! - Of several that merged, at most one goes on: the largest, by that rule.
//! - In each wave a unit belongs to the size class and type that it had then. Change is between the classes as they
//!   were; who moved between classes is in both of them once, and counts with the later class in the panel.
//!
//! A unit that is not linked counts in both waves as different units. That leaves covariance out, so that intervals
//! are rather too wide.

use std::collections::BTreeMap;

use register::{ChangeKind, History, Key, Municipality, Register};

/// Part of the later unit's inhabitants that the earlier unit must have had.
pub const CARRIED: f64 = 0.8;

/// The earlier keys with the later ones under which they go on, by the rule above. What became of keys is told by the
/// two lists ([`History::between`]).
pub fn continued(before: &Register, after: &Register) -> BTreeMap<Key, Key> {
    let history = History::between(before, after);
    let mut moved: BTreeMap<&Key, &Key> = BTreeMap::new();
    for change in history.changes() {
        let goes_on = matches!(change.kind, ChangeKind::Rekeyed | ChangeKind::Merged);
        if let ([later], true) = (change.after.as_slice(), goes_on) {
            moved.extend(change.before.iter().map(|key| (key, later)));
        }
    }
    let mut carriers: BTreeMap<&Key, &Municipality> = BTreeMap::new();
    for unit in before.municipalities() {
        let key = moved.get(&unit.key).copied().unwrap_or(&unit.key);
        let Some(later) = after.get(key) else {
            continue;
        };
        let carries = f64::from(unit.inhabitants) >= CARRIED * f64::from(later.inhabitants);
        if !carries || unit.population() != later.population() {
            continue;
        }
        let carrier = carriers.entry(&later.key).or_insert(unit);
        if unit.inhabitants > carrier.inhabitants {
            *carrier = unit;
        }
    }
    carriers
        .into_iter()
        .map(|(later, earlier)| (earlier.key.clone(), later.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use register::{Kind, Land};

    use super::*;

    fn list(units: &[(&str, &str, f64, u32)]) -> Register {
        let unit = |(key, name, area_km2, inhabitants): &(&str, &str, f64, u32)| Municipality {
            key: Key::new(*key).expect("a key"),
            name: (*name).to_owned(),
            kind: Kind::Municipality,
            land: Land::SchleswigHolstein,
            inhabitants: *inhabitants,
            area_km2: *area_km2,
            association: None,
            county: None,
            seat: None,
            urbanisation: None,
        };
        Register::new("liste", None, true, units.iter().map(unit).collect())
    }

    fn goes_on(before: &[(&str, &str, f64, u32)], after: &[(&str, &str, f64, u32)]) -> Vec<String> {
        let pairs = continued(&list(before), &list(after));
        let said = pairs.iter().map(|(old, new)| format!("{old} > {new}"));
        said.collect()
    }

    #[test]
    fn a_town_that_takes_in_a_village_goes_on_and_equals_that_merge_do_not() {
        let before = [
            ("01001001", "Adorf", 40.0, 9_000),
            ("01001002", "Bedorf", 10.0, 600),
            ("01001003", "Cehausen", 20.0, 3_000),
            ("01001004", "Dehausen", 22.0, 2_800),
            ("01001005", "Eheim", 15.0, 1_000),
        ];
        let after = [
            ("01001001", "Adorf", 50.0, 9_600),
            ("01001009", "Cehausen-Dehausen", 42.0, 5_800),
            ("01002005", "Eheim", 15.0, 1_020),
        ];
        assert_eq!(
            goes_on(&before, &after),
            ["01001001 > 01001001", "01001005 > 01002005"]
        );
    }

    #[test]
    fn the_same_key_with_many_more_people_is_another_administration() {
        let before = [("01001001", "Adorf", 40.0, 5_000)];
        let after = [("01001001", "Adorf", 90.0, 11_000)];
        assert!(goes_on(&before, &after).is_empty());
        assert_eq!(goes_on(&before, &before), ["01001001 > 01001001"]);
    }
}
