//! What the attacker does not know about one block of questions, and what the published numbers say about it.
//!
//! A *subject* is one respondent in one wave; its unknown is one *state* (a code, "weiß nicht", or for questions that
//! hang together the whole record of answers). A published number is a [`Constraint`]: a weighted sum over subjects
//! whose value is known up to rounding. A *world* gives every subject a state; the worlds that meet all constraints
//! are those that the attacker cannot tell apart.

use std::collections::{BTreeMap, BTreeSet};

use super::classes::Classes;

/// A weighted sum that the publication bounds: `low <= sum of weight[subject] * gain[state] <= high`.
#[derive(Clone, Debug)]
pub(crate) struct Constraint {
    /// The published number that it comes from, an index that the caller gave.
    pub source: usize,
    /// Place of its question among those of the block.
    pub place: usize,
    /// One a subject; 0 outside of the domain.
    pub weight: Vec<f64>,
    /// One a state.
    pub gain: Vec<f64>,
    pub low: f64,
    pub high: f64,
}

/// One block: subjects, states, the truth, and all constraints on it.
#[derive(Clone, Debug)]
pub(crate) struct Programme {
    /// Unit behind each subject: who knows a unit knows all of its subjects.
    pub units: Vec<u32>,
    single: bool,
    /// States that a subject may have, by its space.
    pub spaces: Vec<Vec<u16>>,
    /// Space of each subject.
    pub space_of: Vec<usize>,
    /// The true state of each subject.
    pub truth: Vec<u16>,
    pub constraints: Vec<Constraint>,
    /// Constraints in which a subject has weight, with that weight.
    touches: Vec<Vec<(u32, f64)>>,
    /// Subjects that stand in the same constraints, by what they weigh there aside.
    pub alike: Vec<usize>,
    /// Gains by state, then by constraint.
    gains: Vec<Vec<f64>>,
    /// The answers that each state stands for, one a question of the block.
    records: Vec<Vec<i16>>,
    /// The state of each record.
    state_of: BTreeMap<Vec<i16>, u16>,
    /// By question, a state that stands for each answer to it.
    states_of: Vec<BTreeMap<i16, u16>>,
    /// Kind of each subject: those of a kind weigh the same everywhere and may have the same states.
    pub kind_of: Vec<usize>,
    /// Class of each constraint: those of a class have the same weights; and one constraint of each class.
    classes: (Vec<usize>, Vec<usize>),
    /// Value of each constraint in the true world.
    values: Vec<f64>,
    /// Least and largest value of each constraint.
    bounds: Vec<(f64, f64)>,
    by_class: Classes,
}

/// Rounding of sums of a few hundred doubles, against the size of the sum.
const NOISE: f64 = 1e-10;

impl Programme {
    /// A programme without constraints: units, spaces, space and true state of each subject, and what each state stands
    /// for.
    pub fn new(
        units: Vec<u32>,
        spaces: Vec<Vec<u16>>,
        space_of: Vec<usize>,
        truth: Vec<u16>,
        records: Vec<Vec<i16>>,
    ) -> Self {
        let (constraints, touches) = (Vec::new(), Vec::new());
        let (gains, values, alike) = (Vec::new(), Vec::new(), Vec::new());
        let different: BTreeSet<u32> = units.iter().copied().collect();
        let single = different.len() == units.len();
        Self {
            units,
            single,
            spaces,
            space_of,
            truth,
            constraints,
            touches,
            alike,
            gains,
            values,
            states_of: (0..records.first().map_or(0, Vec::len))
                .map(|place| records.iter().map(|r| r[place]).zip(0..).collect())
                .collect(),
            state_of: records.iter().cloned().zip(0..).collect(),
            records,
            kind_of: Vec::new(),
            classes: (Vec::new(), Vec::new()),
            bounds: Vec::new(),
            by_class: Classes::default(),
        }
    }

    /// Whether no two subjects are the same unit.
    pub fn each_its_own_unit(&self) -> bool {
        self.single
    }

    /// The answers of a state, one a question.
    pub fn record(&self, state: u16) -> &[i16] {
        &self.records[usize::from(state)]
    }

    /// The state with another answer to one question, if there is one.
    pub fn with(&self, state: u16, place: usize, answer: i16) -> Option<u16> {
        let mut record = self.records[usize::from(state)].clone();
        record[place] = answer;
        self.state_of.get(&record).copied()
    }

    /// All answers to one question that occur in states, ascending.
    pub fn answers(&self, place: usize) -> Vec<i16> {
        let answers = self.records.iter().map(|record| record[place]);
        let answers: std::collections::BTreeSet<i16> = answers.collect();
        answers.into_iter().collect()
    }

    /// What a constraint counts for an answer to one question: up to what it counts for the others, which is the same. The
    /// constraint must be about that question.
    pub fn gain_of(&self, place: usize, answer: i16, constraint: usize) -> f64 {
        let state = self.states_of[place].get(&answer);
        state.map_or(0.0, |state| self.gains[usize::from(*state)][constraint])
    }

    /// How far the published numbers let the sums of those go who change from one state to the other, less those who come
    /// back: bounds of each sum, and a constraint that has its weights.
    pub fn between(&self, from: u16, to: u16) -> (Vec<(f64, f64)>, Vec<usize>) {
        let (of_class, of) = &self.classes;
        let mut bounds = vec![(f64::NEG_INFINITY, f64::INFINITY); of.len()];
        let (from, to) = (&self.gains[usize::from(from)], &self.gains[usize::from(to)]);
        for (place, constraint) in self.constraints.iter().enumerate() {
            let step = to[place] - from[place];
            if step == 0.0 {
                continue;
            }
            let a = (constraint.low - self.values[place]) / step;
            let b = (constraint.high - self.values[place]) / step;
            let bound = &mut bounds[of_class[place]];
            *bound = (bound.0.max(a.min(b)), bound.1.min(a.max(b)));
        }
        let bounded = |(low, high): &(f64, f64)| low.is_finite() || high.is_finite();
        let both = bounds.into_iter().zip(of.iter().copied());
        both.filter(|(bound, _)| bounded(bound)).unzip()
    }

    /// Adds a constraint, in units of its heaviest respondent. A truth on the edge of rounding, or off it by the
    /// rounding of doubles, stays allowed.
    pub fn add(&mut self, mut constraint: Constraint) {
        let heaviest = constraint
            .weight
            .iter()
            .fold(0.0_f64, |most, w| most.max(w.abs()));
        if heaviest == 0.0 {
            return;
        }
        constraint.weight.iter_mut().for_each(|w| *w /= heaviest);
        (constraint.low, constraint.high) = (constraint.low / heaviest, constraint.high / heaviest);
        let parts = constraint.weight.iter().zip(&self.truth);
        let value: f64 = parts
            .map(|(w, s)| w * constraint.gain[usize::from(*s)])
            .sum();
        let slack = constraint.weight.iter().map(|w| w.abs()).sum::<f64>() * NOISE;
        constraint.low -= slack;
        // The upper edge of a rounded number rounds up and is outside, but for noise in the truth itself.
        let high = constraint.high - slack;
        constraint.high = if value > high && value <= high + 2.0 * slack {
            value
        } else {
            high
        };
        self.values.push(value);
        self.constraints.push(constraint);
    }

    /// To be called after the last constraint was added.
    pub fn index(&mut self) {
        let touching = |subject: usize| {
            let list = (0u32..)
                .zip(&self.constraints)
                .map(|(place, c)| (place, c.weight[subject]));
            list.filter(|(_, weight)| *weight != 0.0).collect()
        };
        self.touches = (0..self.truth.len()).map(touching).collect();
        let mut kinds: BTreeMap<(usize, Vec<u32>), usize> = BTreeMap::new();
        let kind = |(touches, space): (&Vec<(u32, f64)>, &usize)| {
            let next = kinds.len();
            let places = touches.iter().map(|(place, _)| *place).collect();
            *kinds.entry((*space, places)).or_insert(next)
        };
        self.alike = self.touches.iter().zip(&self.space_of).map(kind).collect();
        let mut kinds: BTreeMap<(usize, Vec<(u32, u64)>), usize> = BTreeMap::new();
        let kind = |(touches, space): (&Vec<(u32, f64)>, &usize)| {
            let next = kinds.len();
            let weights = touches.iter().map(|(place, w)| (*place, w.to_bits()));
            *kinds.entry((*space, weights.collect())).or_insert(next)
        };
        self.kind_of = self.touches.iter().zip(&self.space_of).map(kind).collect();
        let mut classes: BTreeMap<Vec<u64>, usize> = BTreeMap::new();
        let mut first = Vec::new();
        let mut class = |(place, c): (usize, &Constraint)| {
            let weights = c.weight.iter().map(|w| w.to_bits()).collect();
            *classes.entry(weights).or_insert_with(|| {
                first.push(place);
                first.len() - 1
            })
        };
        let of_class = self
            .constraints
            .iter()
            .enumerate()
            .map(&mut class)
            .collect();
        self.classes = (of_class, first);
        let states = self
            .spaces
            .iter()
            .flatten()
            .max()
            .map_or(0, |most| usize::from(*most) + 1);
        let by_state = |state: usize| self.constraints.iter().map(|c| c.gain[state]).collect();
        self.gains = (0..states).map(by_state).collect();
        self.bounds = self.constraints.iter().map(|c| (c.low, c.high)).collect();
        self.by_class = Classes::new(self, &self.records, &self.touches, &self.gains);
    }

    /// Subjects by kind, and what steps between states move.
    pub fn classes(&self) -> &Classes {
        &self.by_class
    }

    /// Value of each constraint in the true world.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// By how many of its heaviest respondents a constraint is violated at this value.
    pub fn off_at(&self, place: usize, value: f64) -> f64 {
        let (low, high) = self.bounds[place];
        (low - value).max(value - high).max(0.0)
    }

    /// Sources of the constraints that the truth itself violates: they were made of other answers.
    pub fn untrue(&self) -> Vec<usize> {
        let all = self.constraints.iter().zip(&self.values);
        all.filter(|(c, value)| violation(c, **value) > 1e-6)
            .map(|(c, _)| c.source)
            .collect()
    }

    pub fn allowed(&self, subject: usize) -> &[u16] {
        &self.spaces[self.space_of[subject]]
    }

    /// Change of each touched constraint's value when a subject goes from one state to another.
    pub fn steps(&self, subject: usize, from: u16, to: u16) -> impl Iterator<Item = (usize, f64)> {
        let (from, to) = (&self.gains[usize::from(from)], &self.gains[usize::from(to)]);
        self.touches[subject].iter().map(move |&(place, weight)| {
            let place = place as usize;
            (place, weight * (to[place] - from[place]))
        })
    }

    /// Constraints that a world violates.
    pub fn violated(&self, world: &[(usize, u16)]) -> Vec<usize> {
        let mut moved: BTreeMap<usize, f64> = BTreeMap::new();
        for &(subject, state) in world {
            for (place, step) in self.steps(subject, self.truth[subject], state) {
                *moved.entry(place).or_default() += step;
            }
        }
        let off = |(place, step): &(usize, f64)| self.off(*place, *step) > 0.0;
        moved
            .into_iter()
            .filter(off)
            .map(|(place, _)| place)
            .collect()
    }

    /// Whether a world meets all constraints; quick for worlds of one or two changes.
    pub fn meets(&self, world: &[(usize, u16)]) -> bool {
        match world {
            [(subject, state)] => {
                let mut steps = self.steps(*subject, self.truth[*subject], *state);
                steps.all(|(place, step)| self.off(place, step) == 0.0)
            }
            [(a, to_a), (b, to_b)] => {
                let step = |place: usize, subject: usize, to: u16| {
                    let c = &self.constraints[place];
                    let from = usize::from(self.truth[subject]);
                    c.weight[subject] * (c.gain[usize::from(to)] - c.gain[from])
                };
                let both = self.touches[*a].iter().chain(&self.touches[*b]);
                both.map(|(place, _)| *place as usize).all(|place| {
                    self.off(place, step(place, *a, *to_a) + step(place, *b, *to_b)) == 0.0
                })
            }
            _ => self.violated(world).is_empty(),
        }
    }

    /// By how many of its heaviest respondents a constraint is violated when its value moves by `step`.
    pub fn off(&self, place: usize, step: f64) -> f64 {
        self.off_at(place, self.values[place] + step)
    }
}

fn violation(c: &Constraint, value: f64) -> f64 {
    (c.low - value).max(value - c.high).max(0.0)
}
