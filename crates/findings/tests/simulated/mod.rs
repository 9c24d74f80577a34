//! Coverage by simulation: a population with known answers, who answers drawn many times, and the intervals of the
//! very code that publishes.
//!
//! Population: the cities and municipalities of the invented register (10,796 units in the sizes and Länder of the real
//! list). What they would answer is drawn first and fixed; then only who answers is random. A run draws respondents, weighs them with
//! `Weighting`, and asks for shares and means as `tables` does.

#![allow(clippy::unwrap_used)] // helpers of tests may
#![allow(dead_code)] // test and bench use their part

use findings::{Weighting, covers_land, row_is_shown};
use register::{Land, Municipality, Population, Register, SizeClass};

/// splitmix64 (Steele, Lea and Flood 2014): a fixed stream of numbers from a seed.
pub struct Stream(pub u64);

impl Stream {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 up to 1, without 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// About normal with mean 0 and variance 1.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }
}

/// Size classes of cities and municipalities, ascending.
pub const CLASSES: [SizeClass; 4] = [
    SizeClass::Under5000,
    SizeClass::SmallTown,
    SizeClass::MediumTown,
    SizeClass::LargeCity,
];

/// The part of each class that answers: as in 2016 about 31, 80, 60 and 40 units.
pub const RATES: [f64; 4] = [31.0 / 7_823.0, 1.0 / 27.0, 2.0 / 21.0, 0.5];

/// What is asked of everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A share: about 40 % of the villages, 70 % of the large cities, more in some Länder than in others.
    Common,
    /// A share of about 6 %.
    Rare,
    /// The mean of a five-point scale.
    Scale,
    /// The common share, of inhabitants instead of municipalities.
    Inhabitants,
}

/// How answering depends on what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Response {
    /// On the size class alone: random within cells.
    Size,
    /// On size class and Land: some Länder answer three times as often as others.
    LandAndSize,
    /// On size class, and in each run on which associations forward the invitation: Länder answer in clusters.
    Clusters,
    /// On the answer itself: who says yes to the common item answers 1.5 times as often.
    NotAtRandom,
}

/// A scenario of the grid.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    pub name: &'static str,
    pub item: Item,
    pub response: Response,
    /// On all of [`RATES`].
    pub factor: f64,
    pub raked: bool,
    /// Whether the intervals promise to cover: not where the assumption does not hold.
    pub promised: bool,
}

const fn scenario(name: &'static str, item: Item, response: Response) -> Scenario {
    Scenario {
        name,
        item,
        response,
        factor: 1.0,
        raked: true,
        promised: true,
    }
}

/// The named grid.
pub const GRID: [Scenario; 13] = [
    scenario("random within cells", Item::Common, Response::Size),
    Scenario {
        raked: false,
        ..scenario(
            "random within cells, not raked",
            Item::Common,
            Response::Size,
        )
    },
    scenario("by Land and size", Item::Common, Response::LandAndSize),
    Scenario {
        factor: 0.5,
        ..scenario("small counts", Item::Common, Response::Size)
    },
    Scenario {
        factor: 1.5,
        ..scenario("large counts", Item::Common, Response::Size)
    },
    scenario("clustered by Land", Item::Common, Response::Clusters),
    scenario("rare item", Item::Rare, Response::Size),
    Scenario {
        raked: false,
        ..scenario("rare item, not raked", Item::Rare, Response::Size)
    },
    scenario("scale mean", Item::Scale, Response::LandAndSize),
    Scenario {
        raked: false,
        ..scenario("scale mean, not raked", Item::Scale, Response::Size)
    },
    Scenario {
        ..scenario("share of inhabitants", Item::Inhabitants, Response::Size)
    },
    Scenario {
        factor: 2.0,
        ..scenario(
            "nearly complete in some Länder",
            Item::Common,
            Response::LandAndSize,
        )
    },
    Scenario {
        promised: false,
        ..scenario("not at random", Item::Common, Response::NotAtRandom)
    },
];

/// The population with its answers.
pub struct World {
    register: Register,
}

/// Units with their answers, in the order of the register.
pub struct Units<'a> {
    pub of: Vec<&'a Municipality>,
    class: Vec<usize>,
    land: Vec<usize>,
    common: Vec<f64>,
    rare: Vec<f64>,
    scale: Vec<f64>,
    inhabitants: Vec<f64>,
}

/// Fixed differences between the Länder, in the order of the official key.
const LAND_EFFECTS: [f64; 16] = [
    0.3, 0.2, -0.3, 0.1, 0.4, -0.2, 0.5, -0.5, 0.1, 0.0, 0.3, -0.6, -0.3, 0.4, -0.4, 0.2,
];
/// How much more or less often a Land answers in [`Response::LandAndSize`].
const LAND_RATES: [f64; 16] = [
    1.0, 1.0, 1.3, 1.0, 1.5, 1.2, 0.8, 1.4, 1.0, 1.0, 0.6, 0.5, 0.5, 0.6, 0.7, 0.5,
];

impl World {
    /// The invented register.
    pub fn new() -> Self {
        Self {
            register: Register::invented(2016),
        }
    }

    /// Units and what they would answer, drawn from a seed.
    pub fn units(&self, seed: u64) -> Units<'_> {
        let of: Vec<&Municipality> = self.register.of(Population::Municipalities).collect();
        let place = |unit: &&Municipality| {
            let class = CLASSES.iter().position(|c| *c == unit.size_class());
            let land = Land::ALL.iter().position(|l| *l == unit.land);
            (class.unwrap(), land.unwrap())
        };
        let (class, land): (Vec<usize>, Vec<usize>) = of.iter().map(place).unzip();
        let mut stream = Stream(seed);
        let chance = |x: f64| 1.0 / (1.0 + (-x).exp());
        let (mut common, mut rare, mut scale) = (Vec::new(), Vec::new(), Vec::new());
        for (&class, &land) in class.iter().zip(&land) {
            let size = class as f64;
            let likely = chance(-0.5 + 0.45 * size + LAND_EFFECTS[land]);
            common.push(f64::from(u8::from(stream.share() < likely)));
            let likely = chance(-2.9 + 0.25 * size + 0.5 * LAND_EFFECTS[land]);
            rare.push(f64::from(u8::from(stream.share() < likely)));
            let level = 2.8 + 0.3 * size + 0.5 * LAND_EFFECTS[land] + 1.1 * stream.normal();
            scale.push(level.round().clamp(1.0, 5.0));
        }
        Units {
            inhabitants: of.iter().map(|u| f64::from(u.inhabitants)).collect(),
            of,
            class,
            land,
            common,
            rare,
            scale,
        }
    }
}

/// What is counted for one domain of a scenario.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Runs.
    pub runs: u32,
    /// Runs in which an interval is published: the row is shown, one may be stated, and three respondents are on each side.
    pub stated: u32,
    /// Of these, intervals that hold the truth.
    pub covered: u32,
    /// Intervals below the truth.
    pub below: u32,
    /// Sum of estimates less the truth, over stated rows.
    pub bias: f64,
    /// Sum of the squares of estimates less the truth.
    pub square: f64,
    /// Sum of estimated variances.
    pub variance: f64,
    /// Sum of the intervals' widths.
    pub width: f64,
}

impl Tally {
    /// Adds another tally, of a disjoint domain.
    pub fn take(&mut self, other: &Self) {
        self.runs += other.runs;
        self.stated += other.stated;
        self.covered += other.covered;
        self.below += other.below;
        self.bias += other.bias;
        self.square += other.square;
        self.variance += other.variance;
        self.width += other.width;
    }

    /// Share of stated intervals that hold the truth.
    pub fn coverage(&self) -> f64 {
        f64::from(self.covered) / f64::from(self.stated.max(1))
    }
}

/// All, four size classes, sixteen Länder.
pub const DOMAINS: usize = 21;

/// Runs a scenario: a tally for all, for each size class and for each Land.
pub fn run(units: &Units<'_>, scenario: &Scenario, runs: u32, seed: u64) -> Vec<Tally> {
    let y = match scenario.item {
        Item::Common | Item::Inhabitants => &units.common,
        Item::Rare => &units.rare,
        Item::Scale => &units.scale,
    };
    let inside = |domain: usize, unit: usize| match domain {
        0 => true,
        1..=4 => units.class[unit] == domain - 1,
        land => units.land[unit] == land - 5,
    };
    let by_inhabitants = scenario.item == Item::Inhabitants;
    let size = |unit: usize| {
        if by_inhabitants {
            units.inhabitants[unit]
        } else {
            1.0
        }
    };
    let truths: Vec<f64> = (0..DOMAINS)
        .map(|domain| {
            let of: Vec<usize> = (0..y.len()).filter(|&u| inside(domain, u)).collect();
            let top: f64 = of.iter().map(|&u| y[u] * size(u)).sum();
            top / of.iter().map(|&u| size(u)).sum::<f64>()
        })
        .collect();
    let mut stream = Stream(seed);
    let mut tallies = vec![Tally::default(); DOMAINS];
    for _ in 0..runs {
        let drawn = draw(units, scenario, &mut stream);
        let respondents: Vec<&Municipality> = drawn.iter().map(|&u| units.of[u]).collect();
        let make = match scenario.raked {
            true => Weighting::new,
            false => Weighting::in_cells,
        };
        let made = make(Population::Municipalities, &units.of, &respondents).unwrap();
        let Some(weighting) = made else { continue };
        let values: Vec<f64> = drawn.iter().map(|&u| y[u]).collect();
        let living: Vec<f64> = drawn.iter().map(|&u| units.inhabitants[u]).collect();
        for (domain, tally) in tallies.iter_mut().enumerate() {
            tally.runs += 1;
            let base: Vec<bool> = drawn.iter().map(|&u| inside(domain, u)).collect();
            let weights: Vec<f64> = (0..base.len())
                .filter(|&row| base[row])
                .map(|row| weighting.weights()[row] * size(drawn[row]))
                .collect();
            let land = domain.checked_sub(5).map(|land| Land::ALL[land]);
            let covered = |land| covers_land(&units.of, &respondents, land);
            if !row_is_shown(&weights) || !land.is_none_or(covered) {
                continue;
            }
            let stated = match scenario.item {
                Item::Scale => weighting.mean(&base, &values).unwrap(),
                _ => {
                    let by = by_inhabitants.then_some(living.as_slice());
                    weighting.shares(&base, &[&values], by).unwrap()[0]
                }
            };
            let yes = values.iter().zip(&base).filter(|(y, b)| **b && **y == 1.0);
            let sides = (yes.count(), weights.len());
            tally.add(&stated, truths[domain], scenario.item, sides);
        }
    }
    tallies
}

impl Tally {
    fn add(&mut self, stated: &findings::Stated, truth: f64, item: Item, (yes, n): (usize, usize)) {
        let Some(interval) = stated.interval else {
            return;
        };
        // Thinner sides are printed as a bound; their interval leaves with nothing.
        if item != Item::Scale && (yes < 3 || n - yes < 3) {
            return;
        }
        self.stated += 1;
        let covers = interval.low <= truth && truth <= interval.high;
        self.covered += u32::from(covers);
        self.below += u32::from(interval.high < truth);
        let off = stated.estimate.value - truth;
        self.bias += off;
        self.square += off * off;
        self.variance += stated.estimate.se * stated.estimate.se;
        self.width += interval.high - interval.low;
    }
}

/// Who answers in one run, ascending.
fn draw(units: &Units<'_>, scenario: &Scenario, stream: &mut Stream) -> Vec<usize> {
    let land: Vec<f64> = match scenario.response {
        Response::Size | Response::NotAtRandom => vec![1.0; 16],
        Response::LandAndSize => LAND_RATES.to_vec(),
        Response::Clusters => (0..16)
            .map(|_| [0.3, 1.0, 1.7][(stream.share() * 3.0) as usize])
            .collect(),
    };
    (0..units.of.len())
        .filter(|&unit| {
            let mut rate = RATES[units.class[unit]] * land[units.land[unit]] * scenario.factor;
            if scenario.response == Response::NotAtRandom {
                rate *= if units.common[unit] == 1.0 { 1.2 } else { 0.8 };
            }
            stream.share() < rate
        })
        .collect()
}
