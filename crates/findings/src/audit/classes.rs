//! Respondents by class: those of a kind who gave the same answers are told apart by no published number.
//!
//! A world is, up to who of a class does what, how many of each class go to which state. The walk and the choice of what is
//! held back count in classes; a step from one state to another is looked up as a short list of the sums that it moves.

use std::collections::BTreeMap;

use super::programme::{Constraint, Programme};

/// A sum that moves when the answer to one question changes.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// Place among the constraints in which the kind has weight.
    touch: u32,
    constraint: u32,
    gain: f64,
}

/// Subjects of one kind.
#[derive(Clone, Debug)]
pub(crate) struct Kind {
    /// One of them, for what is the same for all.
    pub first: usize,
    /// Kinds that stand in the same constraints are of one group.
    pub group: usize,
    /// Weight in each constraint that the group touches.
    weights: Vec<f64>,
}

/// Kinds, and what each step between two states moves.
#[derive(Clone, Debug, Default)]
pub(crate) struct Classes {
    pub kinds: Vec<Kind>,
    /// Number of states.
    pub states: usize,
    /// Number of groups of kinds.
    groups: usize,
    /// Number of questions, and of different answers to one.
    places: usize,
    answers: usize,
    /// The answer of each state to each question, as a number from 0.
    answer: Vec<u16>,
    /// Steps by group, question, answer before and answer after: where they begin.
    starts: Vec<u32>,
    steps: Vec<Step>,
    /// States that differ from a state in the answer to one question only, by state and question.
    near: Vec<Vec<u16>>,
}

impl Classes {
    /// Of a programme whose kinds and gains are worked out already.
    pub fn new(
        programme: &Programme,
        records: &[Vec<i16>],
        touches: &[Vec<(u32, f64)>],
        gains: &[Vec<f64>],
    ) -> Self {
        let count = |of: &[usize]| of.iter().max().map_or(0, |most| most + 1);
        let groups = count(&programme.alike);
        let kind = |kind: usize| {
            let first = programme.kind_of.iter().position(|of| *of == kind);
            let first = first.expect("every kind has a subject");
            Kind {
                first,
                group: programme.alike[first],
                weights: touches[first].iter().map(|(_, weight)| *weight).collect(),
            }
        };
        let places = records.first().map_or(0, Vec::len);
        let mut known: Vec<BTreeMap<i16, u16>> = vec![BTreeMap::new(); places];
        let mut answer = Vec::with_capacity(records.len() * places);
        // A state that stands for each answer to each question.
        let mut standing: Vec<Vec<usize>> = vec![Vec::new(); places];
        for (state, record) in records.iter().enumerate() {
            for (place, given) in record.iter().enumerate() {
                let next = u16::try_from(known[place].len()).expect("answers are few");
                let number = *known[place].entry(*given).or_insert(next);
                if number == next && standing[place].len() == usize::from(next) {
                    standing[place].push(state);
                }
                answer.push(number);
            }
        }
        let answers = standing.iter().map(Vec::len).max().unwrap_or(0);
        let mut classes = Self {
            kinds: (0..count(&programme.kind_of)).map(kind).collect(),
            states: records.len(),
            groups,
            places,
            answers,
            answer,
            starts: Vec::new(),
            steps: Vec::new(),
            near: Vec::new(),
        };
        classes.list(programme, &standing, touches, gains);
        classes.near = (0..records.len() as u16)
            .flat_map(|state| (0..places).map(move |place| (state, place)))
            .map(|(state, place)| {
                let own = records[usize::from(state)][place];
                let others = known[place].keys().filter(|answer| **answer != own);
                others
                    .filter_map(|answer| programme.with(state, place, *answer))
                    .collect()
            })
            .collect();
        classes
    }

    fn list(
        &mut self,
        programme: &Programme,
        standing: &[Vec<usize>],
        touches: &[Vec<(u32, f64)>],
        gains: &[Vec<f64>],
    ) {
        for group in 0..self.groups {
            let first = programme.alike.iter().position(|of| *of == group);
            let touches = first.map_or(&[][..], |subject| &touches[subject]);
            for place in 0..self.places {
                let about = |touch: &(u32, &(u32, f64))| {
                    programme.constraints[touch.1.0 as usize].place == place
                };
                let own: Vec<(u32, u32)> = (0..)
                    .zip(touches)
                    .filter(about)
                    .map(|(touch, (constraint, _))| (touch, *constraint))
                    .collect();
                for from in 0..self.answers {
                    for to in 0..self.answers {
                        self.starts.push(self.steps.len() as u32);
                        let standing = &standing[place];
                        let (Some(a), Some(b)) = (standing.get(from), standing.get(to)) else {
                            continue;
                        };
                        let steps = own.iter().map(|&(touch, constraint)| Step {
                            touch,
                            constraint,
                            gain: gains[*b][constraint as usize] - gains[*a][constraint as usize],
                        });
                        self.steps.extend(steps.filter(|step| step.gain != 0.0));
                    }
                }
            }
        }
        self.starts.push(self.steps.len() as u32);
    }

    /// What a subject of this group moves on its way between two states, one list a question that it answers otherwise.
    #[inline]
    fn lists(&self, group: usize, from: u16, to: u16) -> impl Iterator<Item = &[Step]> {
        let answers = |state: u16| {
            let start = usize::from(state) * self.places;
            &self.answer[start..start + self.places]
        };
        let both = answers(from).iter().zip(answers(to)).enumerate();
        both.filter(|(_, (a, b))| a != b)
            .map(move |(place, (a, b))| {
                let at = (group * self.places + place) * self.answers + usize::from(*a);
                let at = at * self.answers + usize::from(*b);
                &self.steps[self.starts[at] as usize..self.starts[at + 1] as usize]
            })
    }

    /// The sums that move when one of a kind goes from one state to another, with the change; until `each` has enough.
    #[inline]
    pub fn each_step(
        &self,
        kind: usize,
        (from, to): (u16, u16),
        mut each: impl FnMut(usize, f64) -> bool,
    ) -> bool {
        let kind = &self.kinds[kind];
        self.lists(kind.group, from, to).all(|steps| {
            let mut steps = steps.iter();
            steps.all(|step| {
                let moved = kind.weights[step.touch as usize] * step.gain;
                each(step.constraint as usize, moved)
            })
        })
    }

    /// The sums that move when one of a kind goes from one state to another, and one of another kind of the same group comes
    /// back; until `each` has enough.
    #[inline]
    pub fn each_swap_step(
        &self,
        (kind, other): (usize, usize),
        (from, to): (u16, u16),
        mut each: impl FnMut(usize, f64) -> bool,
    ) -> bool {
        let (a, b) = (&self.kinds[kind], &self.kinds[other]);
        self.lists(a.group, from, to).all(|steps| {
            let mut steps = steps.iter();
            steps.all(|step| {
                let touch = step.touch as usize;
                let moved = a.weights[touch] * step.gain - b.weights[touch] * step.gain;
                each(step.constraint as usize, moved)
            })
        })
    }

    /// States that differ from this one in the answer to one question only.
    pub fn near(&self, state: u16, place: usize) -> &[u16] {
        &self.near[usize::from(state) * self.places + place]
    }

    /// Weight of a kind in a constraint.
    pub fn weight(&self, kind: usize, constraint: &Constraint) -> f64 {
        constraint.weight[self.kinds[kind].first]
    }
}
