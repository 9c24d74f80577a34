//! The list as a whole: look-ups, counts and search.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{Key, Kind, Land, Municipality, Population, SizeClass};

/// An official (or invented) list of municipalities on one date, sorted by key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Register {
    /// What it is called, e.g. the name of its file.
    label: String,
    /// The date of its figures as `YYYY-MM-DD`, where the file says it.
    date: Option<String>,
    /// Whether its municipalities are invented.
    synthetic: bool,
    /// All units, sorted by key, each key once.
    municipalities: Vec<Municipality>,
}

/// What the office counts, to compare a file with its published sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Gemeinden in the list, unincorporated areas included.
    pub municipalities: u32,
    /// Those of them that have inhabitants.
    pub with_inhabitants: u32,
    /// Kreise of all kinds: counties and independent cities.
    pub districts: u32,
    /// Counties alone (Landkreise, Kreise, Regionalverband).
    pub counties: u32,
    /// Gemeindeverbände with several members.
    pub associations: u32,
    /// Länder with at least one Gemeinde.
    pub laender: u32,
    /// Inhabitants of all Gemeinden.
    pub inhabitants: u64,
}

/// Units of one Land, population and size class.
pub type CellKey = (Land, Population, SizeClass);

impl Register {
    /// Makes a register of units in any order; of several with one key the first stays.
    /// `date` is `YYYY-MM-DD`.
    pub fn new(
        label: impl Into<String>,
        date: Option<String>,
        synthetic: bool,
        mut municipalities: Vec<Municipality>,
    ) -> Self {
        municipalities.sort_by(|a, b| a.key.cmp(&b.key));
        municipalities.dedup_by(|b, a| a.key == b.key);
        Self {
            label: label.into(),
            date,
            synthetic,
            municipalities,
        }
    }

    /// What it is called, e.g. the name of its file.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The date of its figures as `YYYY-MM-DD`, where known.
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }

    /// Whether its municipalities are invented.
    pub fn synthetic(&self) -> bool {
        self.synthetic
    }

    /// All units of every kind, sorted by key.
    pub fn municipalities(&self) -> &[Municipality] {
        &self.municipalities
    }

    /// The unit with this key.
    pub fn get(&self, key: &Key) -> Option<&Municipality> {
        self.municipalities
            .binary_search_by(|unit| unit.key.cmp(key))
            .ok()
            .map(|at| &self.municipalities[at])
    }

    /// The units of one population, sorted by key.
    pub fn of(&self, population: Population) -> impl Iterator<Item = &Municipality> {
        self.municipalities
            .iter()
            .filter(move |unit| unit.population() == Some(population))
    }

    /// The Gemeinden of a county or an association, sorted by key.
    pub fn members<'a>(&'a self, key: &'a Key) -> impl Iterator<Item = &'a Municipality> {
        // All of them begin with the five digits of the Kreis, so they stand together.
        let district = &key.as_str()[..5];
        let start = self
            .municipalities
            .partition_point(|unit| unit.key.as_str() < district);
        self.municipalities[start..]
            .iter()
            .take_while(move |unit| unit.key.as_str().starts_with(district))
            .filter(move |unit| {
                let belongs = [&unit.county, &unit.association];
                is_gemeinde(unit) && belongs.iter().any(|parent| parent.as_ref() == Some(key))
            })
    }

    /// The sums to compare with those that the office publishes.
    pub fn counts(&self) -> Counts {
        let number = |kinds: &[Kind]| {
            let units = self.municipalities.iter();
            units.filter(|unit| kinds.contains(&unit.kind)).count() as u32
        };
        let gemeinden = || self.municipalities.iter().filter(|unit| is_gemeinde(unit));
        Counts {
            municipalities: gemeinden().count() as u32,
            with_inhabitants: gemeinden().filter(|unit| unit.inhabitants > 0).count() as u32,
            districts: number(&[Kind::County, Kind::IndependentCity]),
            counties: number(&[Kind::County]),
            associations: number(&[Kind::Association]),
            laender: gemeinden()
                .map(|unit| unit.land)
                .collect::<BTreeSet<_>>()
                .len() as u32,
            inhabitants: gemeinden().map(|unit| u64::from(unit.inhabitants)).sum(),
        }
    }

    /// How many units each Land has in each population and size class: the N_h that weights refer to.
    /// Cells without units are left out.
    pub fn cells(&self) -> BTreeMap<CellKey, u32> {
        let mut cells = BTreeMap::new();
        for unit in &self.municipalities {
            if let Some(population) = unit.population() {
                *cells
                    .entry((unit.land, population, unit.size_class()))
                    .or_insert(0) += 1;
            }
        }
        cells
    }

    /// Units whose name begins with the words, then those that contain them; larger ones first.
    /// Case, umlauts (ü as u or ue), ß, hyphens and spaces make no difference. At most `limit`.
    /// Areas without inhabitants are left out; an empty search finds nothing.
    pub fn search(&self, words: &str, limit: usize) -> Vec<&Municipality> {
        let wanted = [folded(words, false), folded(words, true)];
        if wanted[0].is_empty() {
            return Vec::new();
        }
        let rank = |unit: &Municipality| {
            let names = [folded(&unit.name, false), folded(&unit.name, true)];
            let any = |test: &dyn Fn(&str, &str) -> bool| {
                names
                    .iter()
                    .zip(&wanted)
                    .any(|(name, words)| test(name, words))
            };
            if any(&|name, words| name.starts_with(words)) {
                Some(0)
            } else if any(&|name, words| name.contains(words)) {
                Some(1)
            } else {
                None
            }
        };
        let mut found: Vec<_> = self
            .municipalities
            .iter()
            .filter(|unit| unit.inhabitants > 0)
            .filter_map(|unit| rank(unit).map(|rank| (rank, u32::MAX - unit.inhabitants, unit)))
            .collect();
        found.sort_by(|a, b| (a.0, a.1, &a.2.key).cmp(&(b.0, b.1, &b.2.key)));
        found
            .into_iter()
            .take(limit)
            .map(|(_, _, unit)| unit)
            .collect()
    }
}

/// The serialized form; reading it restores the order by key.
#[derive(Deserialize)]
struct Stored {
    label: String,
    date: Option<String>,
    synthetic: bool,
    municipalities: Vec<Municipality>,
}

impl From<Stored> for Register {
    fn from(s: Stored) -> Self {
        Self::new(s.label, s.date, s.synthetic, s.municipalities)
    }
}

fn is_gemeinde(unit: &Municipality) -> bool {
    !matches!(unit.kind, Kind::County | Kind::Association)
}

/// Lower case letters and digits only; umlauts as their base letter, or `spelled_out` with e.
fn folded(name: &str, spelled_out: bool) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        let base = match c {
            'ä' | 'á' | 'à' | 'â' => 'a',
            'ö' | 'ó' | 'ô' => 'o',
            'ü' | 'ú' => 'u',
            'é' | 'è' | 'ê' => 'e',
            'ß' => {
                folded.push_str("ss");
                continue;
            }
            c if c.is_alphanumeric() => c,
            _ => continue,
        };
        folded.push(base);
        if spelled_out && matches!(c, 'ä' | 'ö' | 'ü') {
            folded.push('e');
        }
    }
    folded
}
