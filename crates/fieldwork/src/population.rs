//! Who is asked: chosen from the register, the same again for the same choice and seed.

use std::collections::{BTreeMap, BTreeSet};

use register::{Key, Kind, Land, Municipality, Register, SizeClass};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What to choose. Empty sets choose everything of their kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// These Länder.
    pub laender: BTreeSet<Land>,
    /// These types.
    pub kinds: BTreeSet<Kind>,
    /// These size classes.
    pub size_classes: BTreeSet<SizeClass>,
    /// Units with at least so many inhabitants.
    pub inhabitants_from: Option<u32>,
    /// An own list of keys; everything else of the choice still holds.
    pub own: Option<Vec<Key>>,
    /// A random sample of what the rest of the choice leaves.
    pub sample: Option<Sample>,
}

/// A random sample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// How many.
    pub size: SampleSize,
    /// What makes a stratum; empty: one stratum.
    pub by: BTreeSet<StratumBy>,
    /// Units with at least so many inhabitants are all taken; the sample is drawn from the others.
    pub all_from: Option<u32>,
    /// The seed: the same seed draws the same units.
    pub seed: u64,
}

/// How large a sample is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SampleSize {
    /// So many units, spread over the strata as the units are; each stratum gets at least one.
    Total(u32),
    /// So many units of each stratum, or all where there are fewer.
    PerStratum(u32),
    /// So many percent of each stratum, rounded up.
    Percent(u32),
}

/// What a stratum is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum StratumBy {
    Land,
    SizeClass,
    Kind,
}

/// A group of units of which some were taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stratum {
    /// In German words, e.g. "Hessen, Mittelstadt"; "alle" where there is one only.
    pub label: String,
    /// Units in it.
    pub units: u32,
    /// Units taken.
    pub taken: u32,
}

/// What a choice takes from a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// What was chosen.
    pub choice: Choice,
    /// Strata with their counts.
    pub strata: Vec<Stratum>,
    /// The units, by key.
    pub keys: Vec<Key>,
}

/// What is wrong with a choice.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum ChoiceFault {
    #[error("Schlüssel {0} steht nicht in der Liste der Kommunen")]
    Unknown(Key),
    #[error(
        "{key} ({name}) wird nicht befragt: nur Städte, Gemeinden und Landkreise mit Einwohnern"
    )]
    NotAsked { key: Key, name: String },
    #[error("auf diese Auswahl passt keine Kommune")]
    Nobody,
    #[error("die Stichprobe soll {wanted} Kommunen haben, die Auswahl hat nur {there}")]
    TooFew { wanted: u32, there: u32 },
    #[error("{0} % sind kein Anteil: richtig wäre eine Zahl von 1 bis 100")]
    Percent(u32),
}

type StratumKey = (Option<Land>, Option<SizeClass>, Option<Kind>);

/// Applies a choice to a register: all faults at once, or the units.
///
/// A sample takes, in each stratum, the units with the smallest SHA-256 of seed and key (permanent random numbers,
/// Ohlsson 1995): a larger sample with the same seed contains the smaller one.
pub fn choose(register: &Register, choice: &Choice) -> Result<Chosen, Vec<ChoiceFault>> {
    let mut faults = Vec::new();
    if let Some(own) = &choice.own {
        for key in own.iter().collect::<BTreeSet<_>>() {
            match register.get(key) {
                None => faults.push(ChoiceFault::Unknown(key.clone())),
                Some(unit) if unit.population().is_none() => faults.push(ChoiceFault::NotAsked {
                    key: key.clone(),
                    name: unit.name.clone(),
                }),
                Some(_) => {}
            }
        }
    }
    if let Some(Sample {
        size: SampleSize::Percent(percent),
        ..
    }) = choice.sample
        && !(1..=100).contains(&percent)
    {
        faults.push(ChoiceFault::Percent(percent));
    }
    let units: Vec<&Municipality> = register
        .municipalities()
        .iter()
        .filter(|unit| unit.population().is_some() && fits(unit, choice))
        .collect();
    if units.is_empty() && faults.is_empty() {
        faults.push(ChoiceFault::Nobody);
    }
    let Some(sample) = choice.sample.as_ref().filter(|_| faults.is_empty()) else {
        if !faults.is_empty() {
            return Err(faults);
        }
        let count = units.len() as u32;
        return Ok(Chosen {
            choice: choice.clone(),
            strata: vec![Stratum {
                label: "alle".to_owned(),
                units: count,
                taken: count,
            }],
            keys: units.into_iter().map(|unit| unit.key.clone()).collect(),
        });
    };
    draw(&units, choice, sample).map_err(|fault| vec![fault])
}

fn fits(unit: &Municipality, choice: &Choice) -> bool {
    let any = |empty: bool, holds: bool| empty || holds;
    any(
        choice.laender.is_empty(),
        choice.laender.contains(&unit.land),
    ) && any(choice.kinds.is_empty(), choice.kinds.contains(&unit.kind))
        && any(
            choice.size_classes.is_empty(),
            choice.size_classes.contains(&unit.size_class()),
        )
        && choice
            .inhabitants_from
            .is_none_or(|from| unit.inhabitants >= from)
        && choice
            .own
            .as_ref()
            .is_none_or(|own| own.contains(&unit.key))
}

fn draw(units: &[&Municipality], choice: &Choice, sample: &Sample) -> Result<Chosen, ChoiceFault> {
    let certain = |unit: &&&Municipality| sample.all_from.is_some_and(|n| unit.inhabitants >= n);
    let mut keys: Vec<Key> = units
        .iter()
        .filter(certain)
        .map(|u| u.key.clone())
        .collect();
    let mut strata = Vec::new();
    if !keys.is_empty() {
        strata.push(Stratum {
            label: format!("ab {} Einwohnern", sample.all_from.unwrap_or_default()),
            units: keys.len() as u32,
            taken: keys.len() as u32,
        });
    }
    let by = |of: StratumBy| sample.by.contains(&of);
    let mut groups: BTreeMap<StratumKey, Vec<&Municipality>> = BTreeMap::new();
    for unit in units.iter().filter(|unit| !certain(unit)) {
        let stratum = (
            by(StratumBy::Land).then_some(unit.land),
            by(StratumBy::SizeClass).then(|| unit.size_class()),
            by(StratumBy::Kind).then_some(unit.kind),
        );
        groups.entry(stratum).or_default().push(unit);
    }
    let sizes: Vec<u32> = groups.values().map(|g| g.len() as u32).collect();
    let there: u32 = sizes.iter().sum();
    let taken: Vec<u32> = match sample.size {
        SampleSize::Total(wanted) if wanted > there => {
            return Err(ChoiceFault::TooFew { wanted, there });
        }
        SampleSize::Total(wanted) => spread(&sizes, wanted),
        SampleSize::PerStratum(n) => sizes.iter().map(|size| n.min(*size)).collect(),
        SampleSize::Percent(percent) => sizes
            .iter()
            .map(|size| (u64::from(*size) * u64::from(percent)).div_ceil(100) as u32)
            .collect(),
    };
    for ((stratum, mut group), take) in groups.into_iter().zip(taken) {
        group.sort_by_key(|unit| (place(sample.seed, &unit.key), unit.key.clone()));
        strata.push(Stratum {
            label: label(stratum),
            units: group.len() as u32,
            taken: take,
        });
        keys.extend(group.into_iter().take(take as usize).map(|u| u.key.clone()));
    }
    keys.sort();
    Ok(Chosen {
        choice: choice.clone(),
        strata,
        keys,
    })
}

/// A unit's permanent random number under a seed.
fn place(seed: u64, key: &Key) -> [u8; 32] {
    Sha256::new()
        .chain_update(seed.to_be_bytes())
        .chain_update(key.as_str())
        .finalize()
        .into()
}

/// Spreads a total over strata as they are large, by the largest remainder; each gets at least one where it can.
fn spread(sizes: &[u32], total: u32) -> Vec<u32> {
    let there: u64 = sizes.iter().map(|s| u64::from(*s)).sum();
    if there == 0 {
        return vec![0; sizes.len()];
    }
    let exact = |size: u32| u64::from(size) * u64::from(total);
    let mut taken: Vec<u32> = sizes.iter().map(|s| (exact(*s) / there) as u32).collect();
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|i| (std::cmp::Reverse(exact(sizes[*i]) % there), *i));
    let missing = total.saturating_sub(taken.iter().sum());
    for i in order.into_iter().take(missing as usize) {
        taken[i] += 1;
    }
    // A stratum without anybody could never be spoken for: it takes one from the largest.
    for i in 0..taken.len() {
        if taken[i] == 0
            && sizes[i] > 0
            && let Some(largest) = (0..taken.len()).max_by_key(|j| (taken[*j], usize::MAX - j))
            && taken[largest] > 1
        {
            taken[largest] -= 1;
            taken[i] = 1;
        }
    }
    taken
}

fn label((land, size, kind): StratumKey) -> String {
    let parts: Vec<&str> = [
        land.map(Land::german),
        size.map(SizeClass::german),
        kind.map(Kind::german),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        "Stichprobe".to_owned()
    } else {
        parts.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(size: SampleSize, seed: u64) -> Choice {
        Choice {
            sample: Some(Sample {
                size,
                by: [StratumBy::SizeClass].into(),
                all_from: Some(100_000),
                seed,
            }),
            ..Choice::default()
        }
    }

    #[test]
    fn a_sample_is_drawn_again_by_its_seed_and_grows_without_losing_anybody() {
        let register = Register::invented(2016);
        let take = |n, seed| choose(&register, &sample(SampleSize::PerStratum(n), seed)).unwrap();
        let (small, large) = (take(20, 7), take(40, 7));
        assert_eq!(small, take(20, 7));
        assert!(small.keys.iter().all(|key| large.keys.contains(key)));
        assert_ne!(small.keys, take(20, 8).keys);
        let cities = register
            .municipalities()
            .iter()
            .filter(|u| u.population().is_some() && u.inhabitants >= 100_000)
            .count();
        assert_eq!(small.strata[0].taken as usize, cities);
        assert!(small.strata[1..].iter().all(|s| s.taken == s.units.min(20)));
    }

    #[test]
    fn a_total_is_met_exactly_and_every_stratum_has_somebody() {
        let register = Register::invented(2016);
        let chosen = choose(&register, &sample(SampleSize::Total(100), 3)).unwrap();
        let drawn: u32 = chosen.strata[1..].iter().map(|s| s.taken).sum();
        assert_eq!(drawn, 100);
        assert!(
            chosen.strata.iter().all(|s| s.taken > 0),
            "{:?}",
            chosen.strata
        );
        assert_eq!(spread(&[900, 90, 9, 1], 10), [7, 1, 1, 1]);
    }

    #[test]
    fn an_own_list_names_every_key_that_cannot_be_asked() {
        let register = Register::invented(2016);
        let own = ["99999999", "99999998"]
            .map(|k| Key::new(k).unwrap())
            .to_vec();
        let choice = Choice {
            own: Some(own),
            ..Choice::default()
        };
        assert_eq!(choose(&register, &choice).unwrap_err().len(), 2);
    }
}
