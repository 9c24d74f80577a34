//! The demo's register: real Länder, invented places, in the numbers and sizes of the real list.
//!
//! Integer arithmetic only, so that a seed gives the same register on every machine.

mod names;
mod shape;

use std::collections::BTreeMap;

use crate::{Coordinates, Key, Kind, Land, Municipality, Register};
use names::Names;
use shape::{Box, Shape};

impl Register {
    /// An invented register of the size and shape of the official one of 2019: 10,796 Gemeinden in 294 counties,
    /// with names that no place has. The keys begin with the digits of their Land and then an 8, which no
    /// Regierungsbezirk has. Same seed, same register.
    pub fn invented(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let mut names = Names::new();
        let mut units = Vec::with_capacity(12_500);
        for shape in &shape::LAENDER {
            land(shape, &mut dice, &mut names, &mut units);
        }
        Self::new(
            "Erfundenes Gemeindeverzeichnis",
            Some("2015-12-31".to_owned()),
            true,
            units,
        )
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0 to `n` - 1; `n` must not be 0.
    fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.roll()) * u128::from(n)) >> 64) as u64
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low).max(0) as u64 + 1) as i64
    }

    /// True in `percent` of 100 cases.
    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len() as u64) as usize]
    }

    /// A value from the distribution with these quantiles (0, 10, ..., 100 %).
    fn drawn(&mut self, deciles: &[u32; 11]) -> u32 {
        let at = self.below(10) as usize;
        self.between(i64::from(deciles[at]), i64::from(deciles[at + 1])) as u32
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u64 + 1) as usize);
        }
    }
}

/// One Gemeinde before it has a key.
struct Draft {
    kind: Kind,
    class: usize,
    inhabitants: u32,
}

fn land(shape: &Shape, dice: &mut Dice, names: &mut Names, units: &mut Vec<Municipality>) {
    let mut drafts = drafts(shape, dice);
    let independent = drafts
        .iter()
        .filter(|draft| draft.kind == Kind::IndependentCity)
        .count();
    let members = drafts.split_off(independent);
    for (at, draft) in drafts.into_iter().enumerate() {
        let middle = point(shape.boxes, dice);
        let mut city = gemeinde(shape.land, at + 1, 0, &draft, middle, dice, names);
        city.seat = Some(degrees(middle));
        units.push(city);
    }
    for (at, members) in shared_out(members, shape.counties, dice)
        .into_iter()
        .enumerate()
    {
        county(shape, independent + at + 1, &members, dice, names, units);
    }
}

/// All Gemeinden of a Land, independent cities first, the others in random order.
fn drafts(shape: &Shape, dice: &mut Dice) -> Vec<Draft> {
    let kinds = [
        (Kind::IndependentCity, shape.independent),
        (Kind::Town, shape.towns),
        (Kind::Municipality, shape.municipalities),
    ];
    let mut drafts = Vec::new();
    for (kind, classes) in kinds {
        for (class, number) in classes.into_iter().enumerate() {
            for _ in 0..number {
                let inhabitants = match class {
                    0 => dice.drawn(&shape.small),
                    _ => dice.drawn(&shape::INHABITANTS[class - 1]),
                };
                drafts.push(Draft {
                    kind,
                    class,
                    inhabitants,
                });
            }
        }
    }
    let largest = drafts.iter_mut().max_by_key(|draft| draft.inhabitants);
    if let (Some(largest), true) = (largest, shape.largest > 0) {
        largest.inhabitants = dice.between(shape.largest * 19 / 20, shape.largest * 21 / 20) as u32;
    }
    let independent = drafts
        .iter()
        .filter(|draft| draft.kind == Kind::IndependentCity)
        .count();
    dice.shuffle(&mut drafts[independent..]);
    drafts
}

/// Gives each county one Gemeinde, then the rest by chance, larger counties more.
fn shared_out(members: Vec<Draft>, counties: usize, dice: &mut Dice) -> Vec<Vec<Draft>> {
    let weights: Vec<u64> = (0..counties).map(|_| 2 + dice.below(5)).collect();
    let total: u64 = weights.iter().sum();
    let mut shares: Vec<Vec<Draft>> = (0..counties).map(|_| Vec::new()).collect();
    for (at, member) in members.into_iter().enumerate() {
        let mut to = at;
        if at >= counties {
            let mut rest = dice.below(total);
            to = weights
                .iter()
                .position(|weight| {
                    let here = rest < *weight;
                    rest = rest.saturating_sub(*weight);
                    here
                })
                .unwrap_or_default();
        }
        shares[to].push(member);
    }
    shares
}

fn county(
    shape: &Shape,
    number: usize,
    drafts: &[Draft],
    dice: &mut Dice,
    names: &mut Names,
    units: &mut Vec<Municipality>,
) {
    let middle = point(shape.boxes, dice);
    let county = key(format!("{}8{number:02}", shape.land.code()));
    let name = names.county(shape.land, dice);
    let first = units.len();
    let mut joined = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        let mut unit = gemeinde(shape.land, number, at + 1, draft, middle, dice, names);
        unit.county = Some(county.clone());
        if draft.class < 3 && dice.below(1000) < shape.in_associations[draft.class] {
            joined.push(units.len());
        }
        units.push(unit);
    }
    associations(shape, &county, &joined, units, dice);
    let members = &units[first..];
    let members = || members.iter().filter(|unit| unit.kind != Kind::Association);
    let county = Municipality {
        name,
        kind: Kind::County,
        land: shape.land,
        inhabitants: members().map(|unit| unit.inhabitants).sum(),
        area_km2: hundredths(members().map(|unit| unit.area_km2).sum()),
        association: None,
        county: None,
        seat: Some(degrees(middle)),
        urbanisation: None,
        key: county,
    };
    units.push(county);
}

/// Joins Gemeinden of a county to associations of about the Land's usual size.
fn associations(
    shape: &Shape,
    county: &Key,
    joined: &[usize],
    units: &mut Vec<Municipality>,
    dice: &mut Dice,
) {
    let mut sizes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let number = (joined.len() / shape.association_size.max(2)).max(1);
    for (at, unit) in joined.iter().enumerate() {
        let group = if at < 2 * number {
            at % number
        } else {
            dice.below(number as u64) as usize
        };
        sizes.entry(group).or_default().push(*unit);
    }
    for (group, members) in sizes {
        if members.len() < 2 {
            continue;
        }
        let association = key(format!("{county}{}", 5001 + group));
        for member in &members {
            units[*member].association = Some(association.clone());
        }
        let of = || members.iter().map(|member| &units[*member]);
        let seat = of().max_by_key(|unit| unit.inhabitants);
        let joint = Municipality {
            name: format!(
                "{} {}",
                association_word(shape.land),
                seat.map_or_else(String::new, Municipality::plain_name)
            ),
            kind: Kind::Association,
            land: shape.land,
            inhabitants: of().map(|unit| unit.inhabitants).sum(),
            area_km2: hundredths(of().map(|unit| unit.area_km2).sum()),
            association: None,
            county: Some(county.clone()),
            seat: seat.and_then(|unit| unit.seat),
            urbanisation: None,
            key: association,
        };
        units.push(joint);
    }
}

fn association_word(land: Land) -> &'static str {
    match land {
        Land::SchleswigHolstein | Land::Brandenburg | Land::MecklenburgVorpommern => "Amt",
        Land::Niedersachsen => "Samtgemeinde",
        Land::RheinlandPfalz | Land::SachsenAnhalt => "Verbandsgemeinde",
        _ => "Verwaltungsgemeinschaft",
    }
}

fn gemeinde(
    land: Land,
    district: usize,
    number: usize,
    draft: &Draft,
    near: (i64, i64),
    dice: &mut Dice,
    names: &mut Names,
) -> Municipality {
    let name = names.place(land, dice);
    let name = match draft.kind {
        Kind::Municipality => name,
        _ => format!("{name}, Stadt"),
    };
    let around = |middle: i64, by: i64, dice: &mut Dice| {
        middle + (dice.between(-by, by) + dice.between(-by, by)) / 2
    };
    let seat = (around(near.0, 30_000, dice), around(near.1, 19_000, dice));
    Municipality {
        key: key(format!("{}8{district:02}{number:03}", land.code())),
        name,
        kind: draft.kind,
        land,
        inhabitants: draft.inhabitants,
        area_km2: f64::from(dice.drawn(&shape::AREA[draft.class])) / 100.0,
        association: None,
        county: None,
        seat: Some(degrees(seat)),
        urbanisation: Some(urbanisation(draft.class, dice)),
    }
}

fn urbanisation(class: usize, dice: &mut Dice) -> u8 {
    match class {
        0 if dice.chance(10) => 2,
        0 => 3,
        1 if dice.chance(61) => 2,
        1 => 3,
        2 if dice.chance(15) => 1,
        2 => 2,
        _ => 1,
    }
}

/// A place in one of the boxes, in hundred-thousandths of a degree (longitude, latitude); larger boxes hold more.
fn point(boxes: &[Box], dice: &mut Dice) -> (i64, i64) {
    let area = |b: &Box| ((b.2 - b.0) * (b.3 - b.1)) as u64;
    let mut rest = dice.below(boxes.iter().map(area).sum());
    let mut chosen = boxes[0];
    for b in boxes {
        chosen = *b;
        if rest < area(b) {
            break;
        }
        rest -= area(b);
    }
    let (west, south, east, north) = chosen;
    (
        dice.between(west * 1_000, east * 1_000),
        dice.between(south * 1_000, north * 1_000),
    )
}

fn degrees((longitude, latitude): (i64, i64)) -> Coordinates {
    Coordinates {
        longitude: longitude as f64 / 100_000.0,
        latitude: latitude as f64 / 100_000.0,
    }
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn key(digits: String) -> Key {
    Key::new(digits).expect("made of two digits of a Land, an 8 and numbers of fixed width")
}
