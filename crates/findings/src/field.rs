//! Watching the field: how even the response is, and whom to remind next. Made of invitations alone, no answer is
//! behind it.

use std::collections::{BTreeMap, BTreeSet};

use questionnaire::Text;
use register::{Key, Land, Municipality, SizeClass};

use crate::{Evenness, labels};

/// How even the response of these units is: the R-indicator of a model of size class and Land, or of size class alone
/// where that cannot be fitted; `None` where neither can (nobody, or everybody of a group answered).
pub fn field_evenness(units: &[&Municipality], responded: &BTreeSet<Key>) -> Option<Evenness> {
    let answered: Vec<bool> = units.iter().map(|u| responded.contains(&u.key)).collect();
    // Groups in which nobody or everybody answered go together: alone they would have no finite coefficient.
    fn columns<G: Ord + Copy>(
        units: &[&Municipality],
        answered: &[bool],
        of: impl Fn(&Municipality) -> G,
    ) -> Vec<Vec<f64>> {
        let mut counts: BTreeMap<G, (usize, usize)> = BTreeMap::new();
        for (unit, answered) in units.iter().zip(answered) {
            let count = counts.entry(of(unit)).or_default();
            count.0 += 1;
            count.1 += usize::from(*answered);
        }
        let open = counts
            .iter()
            .filter(|(_, (n, r))| *r > 0 && r < n)
            .map(|(g, _)| *g);
        // The first group is what the others are compared with.
        let rest = counts.values().any(|(n, r)| *r == 0 || r == n);
        open.skip(usize::from(!rest))
            .map(|group| {
                units
                    .iter()
                    .map(|u| f64::from(u8::from(of(u) == group)))
                    .collect()
            })
            .collect()
    }
    let sizes = columns(units, &answered, |u| u.size_class());
    let laender = columns(units, &answered, |u| u.land);
    let models = [
        (true, "Größenklasse und Land", "size class and Land"),
        (false, "Größenklasse", "size class"),
    ];
    models.into_iter().find_map(|(with_land, de, en)| {
        let mut all = vec![vec![1.0; units.len()]];
        all.extend(sizes.clone());
        if with_land {
            all.extend(laender.clone());
        }
        let predictors: Vec<&[f64]> = all.iter().map(Vec::as_slice).collect();
        let found = statistics::propensity(&answered, &predictors).ok()?;
        let part = |value: f64, whole: f64| (value.max(0.0) * whole).round() as u32;
        let finite = [found.r_indicator, found.r_indicator_adjusted, found.sd];
        (finite.iter().all(|v| v.is_finite()) && found.mean > 0.0).then(|| Evenness {
            indicator_thousandths: part(found.r_indicator.min(1.0), 1_000.0),
            adjusted_thousandths: part(found.r_indicator_adjusted.min(1.0), 1_000.0),
            bias_hundredths: part(found.sd / found.mean, 100.0),
            model: Text {
                de: de.into(),
                en: en.into(),
            },
        })
    })
}

/// A group whose silent units could be reminded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReminderGroup {
    /// The Land.
    pub land: Land,
    /// The size class.
    pub size: SizeClass,
    /// In words, e.g. "Hessen, Mittelstädte".
    pub label: Text,
    /// Units that were invited.
    pub invited: u32,
    /// Units of them that have answered.
    pub responded: u32,
}

/// Invited units that a group has at least, so that its response says something.
pub const REMIND_FROM: u32 = 5;

/// Whom to remind next: groups of Land and size class with at least [`REMIND_FROM`] invited units and somebody who has
/// not answered, the one with the lowest response first; of equal ones the larger.
pub fn remind_next(invited: &[&Municipality], responded: &BTreeSet<Key>) -> Vec<ReminderGroup> {
    let mut groups: BTreeMap<(Land, SizeClass), (u32, u32)> = BTreeMap::new();
    for unit in invited {
        let group = groups.entry((unit.land, unit.size_class())).or_default();
        group.0 += 1;
        group.1 += u32::from(responded.contains(&unit.key));
    }
    let mut found: Vec<ReminderGroup> = groups
        .into_iter()
        .filter(|(_, (n, r))| *n >= REMIND_FROM && r < n)
        .map(|((land, size), (invited, responded))| {
            let (place, class) = (labels::land(land), labels::size_class(size));
            ReminderGroup {
                land,
                size,
                label: Text {
                    de: format!("{}: {}", place.de, class.de),
                    en: format!("{}: {}", place.en, class.en),
                },
                invited,
                responded,
            }
        })
        .collect();
    found.sort_by(|a, b| {
        let (left, right) = (
            u64::from(a.responded) * u64::from(b.invited),
            u64::from(b.responded) * u64::from(a.invited),
        );
        left.cmp(&right)
            .then(b.invited.cmp(&a.invited))
            .then((a.land, a.size).cmp(&(b.land, b.size)))
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use register::Register;

    #[test]
    fn an_even_response_has_a_high_indicator_and_the_silent_group_is_reminded_first() {
        let register = Register::invented(2016);
        let units: Vec<&Municipality> = register
            .municipalities()
            .iter()
            .filter(|u| u.population().is_some())
            .collect();
        let even: BTreeSet<Key> = units.iter().step_by(3).map(|u| u.key.clone()).collect();
        let large: BTreeSet<Key> = units
            .iter()
            .enumerate()
            .filter(|(i, u)| u.inhabitants > 20_000 && i % 5 != 0 || i % 20 == 0)
            .map(|(_, u)| u.key.clone())
            .collect();
        let of = |answered| field_evenness(&units, answered).map(|e| e.indicator_thousandths);
        let (high, low) = (of(&even).unwrap(), of(&large).unwrap());
        assert!(high > 850 && low < high - 200, "{high} {low}");
        let first = &remind_next(&units, &large)[0];
        assert!(
            matches!(first.size, SizeClass::Under5000 | SizeClass::SmallTown),
            "{first:?}"
        );
        assert_eq!(of(&BTreeSet::new()), None);
    }
}
