//! Municipalities like yours: a documented distance over what the register knows.
//!
//! The distance is a weighted sum of differences (a city-block distance, as in Gower 1971, without its division by
//! ranges, so that it does not depend on who else is in the list). Each weight says what counts as one step:
//!
//! | what | one step | weight |
//! |---|---|---|
//! | inhabitants | twice or half as many | 1 |
//! | density (inhabitants per km²) | twice or half as dense | 0.5 |
//! | type | town instead of Gemeinde; an independent city is two steps from a Gemeinde | 0.5 |
//! | degree of urbanisation | one degree; nothing where a list does not know it | 0.5 |
//! | Land | another Land; can be left out | 0.5 |
//!
//! Municipalities and counties are two populations: a neighbour is always of the same one.

use std::collections::BTreeMap;

use crate::{Key, Kind, Land, Municipality, Population, Register};

/// How much each difference counts, per step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// For each doubling of the inhabitants.
    pub inhabitants: f64,
    /// For each doubling of the density.
    pub density: f64,
    /// For each step between Gemeinde, town and independent city.
    pub kind: f64,
    /// For each degree of urbanisation.
    pub urbanisation: f64,
    /// For another Land; 0 leaves the Land out.
    pub land: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            inhabitants: 1.0,
            density: 0.5,
            kind: 0.5,
            urbanisation: 0.5,
            land: 0.5,
        }
    }
}

impl Weights {
    /// The same weights without the Land.
    pub fn without_land(self) -> Self {
        Self { land: 0.0, ..self }
    }
}

/// What each difference between two units adds to their distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parts {
    /// Inhabitants.
    pub inhabitants: f64,
    /// Inhabitants per square kilometre.
    pub density: f64,
    /// Gemeinde, town or independent city.
    pub kind: f64,
    /// Degree of urbanisation; 0 where one of the two is not known.
    pub urbanisation: f64,
    /// Land.
    pub land: f64,
}

impl Parts {
    /// Compares two units of one population.
    pub fn between(one: &Municipality, other: &Municipality, weights: Weights) -> Self {
        Point::of(one).parts(&Point::of(other), weights)
    }

    /// Their sum: the distance.
    pub fn distance(&self) -> f64 {
        self.inhabitants + self.density + self.kind + self.urbanisation + self.land
    }
}

/// A municipality like another, and how far it is from being the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbour {
    /// Its key.
    pub key: Key,
    /// The distance: 0 is the same in all that is compared, 1 as much as twice the inhabitants.
    pub distance: f64,
}

/// All units of a list, made ready for the search.
#[derive(Clone, Debug)]
pub struct Neighbours {
    populations: BTreeMap<Population, Vec<Point>>,
    /// Where a unit stands among those of its population.
    places: BTreeMap<Key, (Population, usize)>,
}

/// What is compared of one unit.
#[derive(Clone, Debug)]
struct Point {
    key: Key,
    /// Binary logarithm of the inhabitants.
    inhabitants: f64,
    /// Binary logarithm of the inhabitants per square kilometre.
    density: f64,
    kind: f64,
    urbanisation: Option<u8>,
    land: Land,
}

/// Smallest area that is divided by, in square kilometres.
const LEAST_AREA: f64 = 0.01;

impl Neighbours {
    /// Makes a list ready; units that are asked nothing (associations, empty areas) are left out.
    pub fn of(register: &Register) -> Self {
        let mut populations = BTreeMap::new();
        let mut places = BTreeMap::new();
        for population in Population::ALL {
            let mut points: Vec<Point> = register.of(population).map(Point::of).collect();
            points.sort_by(|a, b| {
                let by_size = a.inhabitants.total_cmp(&b.inhabitants);
                by_size.then_with(|| a.key.cmp(&b.key))
            });
            for (at, point) in points.iter().enumerate() {
                places.insert(point.key.clone(), (population, at));
            }
            populations.insert(population, points);
        }
        Self {
            populations,
            places,
        }
    }

    /// The `number` units most like this one, the nearest first, equal ones by key; empty for a unit that is not asked.
    pub fn nearest(&self, key: &Key, number: usize, weights: Weights) -> Vec<Neighbour> {
        let Some((population, at)) = self.places.get(key) else {
            return Vec::new();
        };
        let points = &self.populations[population];
        let own = &points[*at];
        let mut best: Vec<(f64, usize)> = Vec::with_capacity(number + 1);
        let (mut below, mut above) = (*at, *at + 1);
        // From the unit's own size outwards: when the sizes alone are farther apart than the farthest of the best,
        // nobody behind can be nearer.
        loop {
            let gap = |at: usize| {
                let apart = (points[at].inhabitants - own.inhabitants).abs();
                apart * weights.inhabitants
            };
            let smaller = below.checked_sub(1).map(|at| (gap(at), at));
            let larger = (above < points.len()).then(|| (gap(above), above));
            let (apart, next) = match (smaller, larger) {
                (None, None) => break,
                (Some(smaller), Some(larger)) if smaller.0 <= larger.0 => smaller,
                (_, Some(larger)) => larger,
                (Some(smaller), None) => smaller,
            };
            if best.len() == number && best.last().is_none_or(|(worst, _)| apart > *worst) {
                break;
            }
            if next < *at {
                below = next;
            } else {
                above = next + 1;
            }
            let candidate = (own.distance(&points[next], weights), next);
            let order = |a: &(f64, usize), b: &(f64, usize)| {
                let by_distance = a.0.total_cmp(&b.0);
                by_distance.then_with(|| points[a.1].key.cmp(&points[b.1].key))
            };
            let place = best.partition_point(|one| order(one, &candidate).is_lt());
            if place < number {
                best.insert(place, candidate);
                best.truncate(number);
            }
        }
        best.into_iter()
            .map(|(distance, at)| Neighbour {
                key: points[at].key.clone(),
                distance,
            })
            .collect()
    }
}

impl Point {
    fn of(unit: &Municipality) -> Self {
        let inhabitants = f64::from(unit.inhabitants.max(1));
        Self {
            key: unit.key.clone(),
            inhabitants: libm::log2(inhabitants),
            density: libm::log2(inhabitants / unit.area_km2.max(LEAST_AREA)),
            kind: match unit.kind {
                Kind::IndependentCity => 2.0,
                Kind::Town => 1.0,
                _ => 0.0,
            },
            urbanisation: unit.urbanisation,
            land: unit.land,
        }
    }

    fn distance(&self, other: &Self, weights: Weights) -> f64 {
        self.parts(other, weights).distance()
    }

    fn parts(&self, other: &Self, weights: Weights) -> Parts {
        let urbanisation = match (self.urbanisation, other.urbanisation) {
            (Some(a), Some(b)) => f64::from(a.abs_diff(b)),
            _ => 0.0,
        };
        let land = f64::from(u8::from(self.land != other.land));
        Parts {
            inhabitants: weights.inhabitants * (self.inhabitants - other.inhabitants).abs(),
            density: weights.density * (self.density - other.density).abs(),
            kind: weights.kind * (self.kind - other.kind).abs(),
            urbanisation: weights.urbanisation * urbanisation,
            land: weights.land * land,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every pair compared, the slow way.
    fn by_comparing_all(
        neighbours: &Neighbours,
        key: &Key,
        number: usize,
        weights: Weights,
    ) -> Vec<Neighbour> {
        let (population, at) = neighbours.places[key];
        let points = &neighbours.populations[&population];
        let others = points.iter().enumerate().filter(|(other, _)| *other != at);
        let mut all: Vec<Neighbour> = others
            .map(|(_, other)| Neighbour {
                key: other.key.clone(),
                distance: points[at].distance(other, weights),
            })
            .collect();
        all.sort_by(|a, b| {
            let by_distance = a.distance.total_cmp(&b.distance);
            by_distance.then_with(|| a.key.cmp(&b.key))
        });
        all.truncate(number);
        all
    }

    #[test]
    fn the_search_outwards_finds_what_comparing_all_finds() {
        let register = Register::invented(2016);
        let neighbours = Neighbours::of(&register);
        let asked = Population::ALL.into_iter().flat_map(|p| register.of(p));
        for unit in asked.step_by(701) {
            for weights in [Weights::default(), Weights::default().without_land()] {
                let found = neighbours.nearest(&unit.key, 8, weights);
                let expected = by_comparing_all(&neighbours, &unit.key, 8, weights);
                assert_eq!(found, expected, "{}", unit.name);
                assert_eq!(found.len(), 8);
            }
        }
    }

    #[test]
    fn what_each_difference_adds_makes_the_distance() {
        let register = Register::invented(2016);
        let neighbours = Neighbours::of(&register);
        let unit = register.of(Population::Municipalities).nth(77).unwrap();
        for found in neighbours.nearest(&unit.key, 8, Weights::default()) {
            let other = register.get(&found.key).unwrap();
            let parts = Parts::between(unit, other, Weights::default());
            assert_eq!(parts.distance(), found.distance);
        }
        let town = Municipality {
            kind: Kind::Town,
            inhabitants: unit.inhabitants * 2,
            area_km2: unit.area_km2 * 2.0,
            ..unit.clone()
        };
        let parts = Parts::between(unit, &town, Weights::default());
        assert_eq!((parts.density, parts.land), (0.0, 0.0));
        assert!((parts.inhabitants - 1.0).abs() < 1e-9, "twice as many is 1");
    }

    #[test]
    fn a_neighbour_is_of_the_same_population_and_never_oneself() {
        let register = Register::invented(2016);
        let neighbours = Neighbours::of(&register);
        let county = register.of(Population::Counties).next().unwrap();
        for found in neighbours.nearest(&county.key, 20, Weights::default()) {
            let unit = register.get(&found.key).unwrap();
            assert_eq!(unit.kind, Kind::County);
            assert_ne!(unit.key, county.key);
        }
    }

    #[test]
    fn without_the_land_it_does_not_count() {
        let register = Register::invented(2016);
        let neighbours = Neighbours::of(&register);
        let unit = register.of(Population::Municipalities).nth(500).unwrap();
        let own = |weights| {
            let found = neighbours.nearest(&unit.key, 30, weights);
            let same = |n: &&Neighbour| register.get(&n.key).unwrap().land == unit.land;
            found.iter().filter(same).count()
        };
        assert!(own(Weights::default()) > own(Weights::default().without_land()));
    }

    #[test]
    fn who_is_not_asked_has_no_neighbours() {
        let neighbours = Neighbours::of(&Register::invented(2016));
        let nobody = Key::new("99999999").unwrap();
        assert!(
            neighbours
                .nearest(&nobody, 5, Weights::default())
                .is_empty()
        );
    }
}
