//! What happened to units between two lists: renamed, re-keyed, merged, split.
//!
//! The lists do not say what became of a key. Within a Land it follows from names and areas: territory changes hands
//! whole, so the area of what is gone is the area by which something else grew. What does not follow is said to be open.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{Key, Kind, Land, Municipality, Register};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// The same key has another name.
    Renamed,
    /// The same place has another key, for instance after a reform of the Kreise.
    Rekeyed,
    /// Several units became one, or one was taken in by another.
    Merged,
    /// One unit became several, or gave up a part that is a unit now.
    Split,
    /// The key is gone and the lists do not tell what became of it.
    Gone,
}

/// One event between two lists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// Units of the earlier list that it happened to, sorted by key. Of a merger also the unit that took them in.
    pub before: Vec<Key>,
    /// Units of the later list that came of it, sorted by key; empty when that is open.
    pub after: Vec<Key>,
}

/// All changes between two lists, by the earlier keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    changes: Vec<Change>,
}

/// Areas are rounded and surveyed anew: so many square kilometres, and this share, make no difference.
const SLACK_KM2: f64 = 0.6;
const SLACK_SHARE: f64 = 0.01;
/// A merger of more units than this in one Kreis is looked for among neighbours by key only.
const MOST_PARTS: usize = 12;

impl History {
    /// Compares an earlier list with a later one. Gemeinden, Gemeindeverbände and Kreise are compared each among
    /// themselves.
    pub fn between(earlier: &Register, later: &Register) -> Self {
        let mut changes = Vec::new();
        for level in [Level::Gemeinde, Level::Association, Level::County] {
            for land in Land::ALL {
                let old = units(earlier, level, land);
                let new = units(later, level, land);
                compare(&old, &new, &mut changes);
            }
        }
        changes.sort();
        Self { changes }
    }

    /// All changes, by kind and key.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// What a key of the earlier list is called in the later one: itself where nothing happened, several after a
    /// split, none where it is open. The flag of a merger is in [`History::changes`].
    pub fn successors(&self, key: &Key) -> Vec<Key> {
        let event = self
            .changes
            .iter()
            .filter(|change| change.kind != ChangeKind::Renamed)
            .find(|change| change.before.contains(key));
        event.map_or_else(|| vec![key.clone()], |change| change.after.clone())
    }

    /// The units of the earlier list of which a unit of the later one came: itself where nothing happened.
    pub fn predecessors(&self, key: &Key) -> Vec<Key> {
        let event = self
            .changes
            .iter()
            .filter(|change| change.kind != ChangeKind::Renamed)
            .find(|change| change.after.contains(key));
        event.map_or_else(|| vec![key.clone()], |change| change.before.clone())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Gemeinde,
    Association,
    County,
}

type Units<'a> = BTreeMap<&'a Key, &'a Municipality>;

fn units(register: &Register, level: Level, land: Land) -> Units<'_> {
    let of_level = |unit: &&Municipality| {
        let own = match unit.kind {
            Kind::Association => Level::Association,
            Kind::County => Level::County,
            _ => Level::Gemeinde,
        };
        own == level && unit.land == land
    };
    let all = register.municipalities().iter().filter(of_level);
    all.map(|unit| (&unit.key, unit)).collect()
}

fn compare(old: &Units<'_>, new: &Units<'_>, changes: &mut Vec<Change>) {
    let mut gone: BTreeSet<&Key> = old
        .keys()
        .filter(|k| !new.contains_key(*k))
        .copied()
        .collect();
    let mut fresh: BTreeSet<&Key> = new
        .keys()
        .filter(|k| !old.contains_key(*k))
        .copied()
        .collect();
    let mut event = |kind, mut before: Vec<&Key>, mut after: Vec<&Key>| {
        before.sort();
        after.sort();
        changes.push(Change {
            kind,
            before: before.into_iter().cloned().collect(),
            after: after.into_iter().cloned().collect(),
        });
    };
    for (key, unit) in old {
        if new.get(key).is_some_and(|now| now.name != unit.name) {
            event(ChangeKind::Renamed, vec![*key], vec![*key]);
        }
    }
    // The same place under another key: equal area, and an equal name or the same inhabitants but for a few.
    for key in gone.clone() {
        let before = old[key];
        let same = |now: &&Key| {
            let now = new[*now];
            close(before.area_km2, now.area_km2)
                && (before.plain_name() == now.plain_name()
                    || before.inhabitants.abs_diff(now.inhabitants) * 50 <= before.inhabitants)
        };
        let found: Vec<&Key> = fresh.iter().copied().filter(same).collect();
        let named = found
            .iter()
            .copied()
            .find(|now| new[*now].plain_name() == before.plain_name());
        let only = (found.len() == 1).then(|| found[0]);
        if let Some(now) = named.or(only) {
            gone.remove(key);
            fresh.remove(now);
            event(ChangeKind::Rekeyed, vec![key], vec![now]);
        }
    }
    // Mergers: what is gone makes up a new unit, or what an old one grew by.
    let takers = new.iter().filter_map(|(key, unit)| {
        let grew = unit.area_km2 - old.get(key).map_or(0.0, |before| before.area_km2);
        (grew > SLACK_KM2).then_some((*key, *unit, grew))
    });
    let mut takers: Vec<_> = takers.collect();
    // The surest first: what grew by least has the fewest ways to be made up.
    takers.sort_by(|a, b| a.2.total_cmp(&b.2).then_with(|| a.0.cmp(b.0)));
    for (key, unit, grew) in takers {
        let candidates = candidates(&gone, old, unit, grew);
        if let Some(mut parts) = adding_up(&candidates, grew) {
            for part in &parts {
                gone.remove(*part);
            }
            fresh.remove(key);
            parts.extend(old.get_key_value(key).map(|(key, _)| *key));
            event(ChangeKind::Merged, parts, vec![key]);
        }
    }
    // Splits: what is new makes up a unit that is gone, or what an old one lost.
    let givers = old.iter().filter_map(|(key, unit)| {
        let lost = unit.area_km2 - new.get(key).map_or(0.0, |now| now.area_km2);
        (lost > SLACK_KM2).then_some((*key, *unit, lost))
    });
    let mut givers: Vec<_> = givers.collect();
    givers.sort_by(|a, b| a.2.total_cmp(&b.2).then_with(|| a.0.cmp(b.0)));
    for (key, unit, lost) in givers {
        let candidates = candidates(&fresh, new, unit, lost);
        if let Some(mut parts) = adding_up(&candidates, lost) {
            for part in &parts {
                fresh.remove(*part);
            }
            gone.remove(key);
            parts.extend(new.get_key_value(key).map(|(key, _)| *key));
            event(ChangeKind::Split, vec![key], parts);
        }
    }
    for key in gone {
        event(ChangeKind::Gone, vec![key], Vec::new());
    }
}

/// Units that may be part of the change of `unit`: no larger than it, of its own Kreis where there are any.
fn candidates<'a>(
    keys: &BTreeSet<&'a Key>,
    units: &Units<'a>,
    unit: &Municipality,
    area: f64,
) -> Vec<(&'a Key, f64)> {
    let fits = |key: &&'a Key| {
        let size = units[*key].area_km2;
        (size <= area + slack(area)).then_some((*key, size))
    };
    let all: Vec<(&Key, f64)> = keys.iter().filter_map(fits).collect();
    let district = |key: &Key| key.as_str().get(..5).map(str::to_owned);
    let own = district(&unit.key);
    let near: Vec<(&Key, f64)> = all
        .iter()
        .copied()
        .filter(|(key, _)| district(key) == own)
        .collect();
    let mut chosen = if near.is_empty() { all } else { near };
    chosen.truncate(MOST_PARTS);
    chosen
}

/// The keys whose areas add up to `wanted`, when exactly one choice of them does.
fn adding_up<'a>(candidates: &[(&'a Key, f64)], wanted: f64) -> Option<Vec<&'a Key>> {
    let mut found: Option<u32> = None;
    for choice in 1..1_u32 << candidates.len() {
        let chosen = |at: usize| choice & (1 << at) != 0;
        let areas = candidates.iter().enumerate().filter(|(at, _)| chosen(*at));
        let sum: f64 = areas.map(|(_, (_, area))| area).sum();
        if (sum - wanted).abs() <= slack(wanted) && found.replace(choice).is_some() {
            return None;
        }
    }
    let choice = found?;
    let keys = candidates.iter().enumerate();
    Some(
        keys.filter(|(at, _)| choice & (1 << at) != 0)
            .map(|(_, (key, _))| *key)
            .collect(),
    )
}

fn slack(area: f64) -> f64 {
    SLACK_KM2.min(area * 0.2).max(area * SLACK_SHARE)
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= slack(a.max(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(key: &str, name: &str, area_km2: f64, inhabitants: u32) -> Municipality {
        Municipality {
            key: Key::new(key).unwrap(),
            name: name.to_owned(),
            kind: Kind::Municipality,
            land: Land::SchleswigHolstein,
            inhabitants,
            area_km2,
            association: None,
            county: None,
            seat: None,
            urbanisation: None,
        }
    }

    fn list(units: &[(&str, &str, f64, u32)]) -> Register {
        let units = units
            .iter()
            .map(|(k, n, a, i)| unit(k, n, *a, *i))
            .collect();
        Register::new("liste", None, true, units)
    }

    fn check(old: &[(&str, &str, f64, u32)], new: &[(&str, &str, f64, u32)], expected: &[&str]) {
        let history = History::between(&list(old), &list(new));
        let keys = |keys: &[Key]| {
            let keys: Vec<&str> = keys.iter().map(Key::as_str).collect();
            keys.join("+")
        };
        let said: Vec<String> = history
            .changes()
            .iter()
            .map(|c| format!("{:?} {} > {}", c.kind, keys(&c.before), keys(&c.after)))
            .collect();
        assert_eq!(said, expected);
    }

    const A: (&str, &str, f64, u32) = ("01051001", "Aken", 10.0, 900);
    const B: (&str, &str, f64, u32) = ("01051002", "Berle", 21.5, 2_000);
    const C: (&str, &str, f64, u32) = ("01051003", "Celm", 33.3, 3_100);

    #[test]
    fn what_stays_is_no_change() {
        check(&[A, B], &[A, B], &[]);
    }

    #[test]
    fn a_new_name_keeps_the_key() {
        let renamed = ("01051001", "Bad Aken", 10.0, 900);
        check(&[A], &[renamed], &["Renamed 01051001 > 01051001"]);
    }

    #[test]
    fn a_place_with_another_key_is_found_again() {
        let moved = ("01052017", "Aken", 10.0, 905);
        check(&[A, B], &[moved, B], &["Rekeyed 01051001 > 01052017"]);
    }

    #[test]
    fn mergers_follow_from_the_areas() {
        let taken_in = ("01051002", "Berle", 31.5, 2_900);
        let event = "Merged 01051001+01051002 > 01051002";
        check(&[A, B, C], &[taken_in, C], &[event]);
        let new = ("01051009", "Akenberle", 31.52, 2_890);
        let event = "Merged 01051001+01051002 > 01051009";
        check(&[A, B, C], &[new, C], &[event]);
    }

    #[test]
    fn splits_follow_from_the_areas() {
        let whole = ("01051009", "Akenberle", 31.5, 2_900);
        let event = "Split 01051009 > 01051001+01051002";
        check(&[whole, C], &[A, B, C], &[event]);
    }

    #[test]
    fn what_does_not_follow_is_open() {
        check(&[A, B], &[B], &["Gone 01051001 > "]);
    }

    #[test]
    fn old_keys_lead_to_the_units_of_now() {
        let merged = ("01051002", "Berle", 31.5, 2_900);
        let history = History::between(&list(&[A, B, C]), &list(&[merged, C]));
        let key = |digits: &str| Key::new(digits).unwrap();
        assert_eq!(history.successors(&key(A.0)), [key(B.0)]);
        assert_eq!(history.successors(&key(C.0)), [key(C.0)]);
        assert_eq!(history.predecessors(&key(B.0)), [key(A.0), key(B.0)]);
    }
}
