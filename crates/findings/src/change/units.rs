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

use register::{Key, Municipality, Register};

/// Part of the later unit's inhabitants that the earlier unit must have had.
pub const CARRIED: f64 = 0.8;

/// The earlier keys with the later ones under which they go on, by the rule above. `moved` are pairs of an old and a
/// new key from the history of the later list; it may be empty when no key changed.
pub fn continued(before: &Register, after: &Register, moved: &[(Key, Key)]) -> BTreeMap<Key, Key> {
    let mut carriers: BTreeMap<&Key, &Municipality> = BTreeMap::new();
    for unit in before.municipalities() {
        let to = moved.iter().find(|(old, _)| *old == unit.key);
        let key = to.map_or(&unit.key, |(_, new)| new);
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
