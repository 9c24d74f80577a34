//! The search for another world among all answers at once: a walk.
//!
//! From the truth, with the secret turned round, a violated constraint is drawn, and of the moves that mend it the one that
//! leaves least violated is made (Selman, Kautz, Cohen 1994, with a tabu list). Draws come from a fixed seed: the same
//! release is always audited alike. A walk that gives up says nothing.

use super::exchange::{Exchange, Part, To, kin};
use super::programme::Programme;
use super::search::Secret;

/// Moves after which a walk gives up.
const MOVES: usize = 160;
/// States of one respondent that are tried in one step; of longer lists a few are drawn.
const TRIED: usize = 12;
/// Pairs that are drawn in one step.
const PAIRS: usize = 120;

/// Walks to a world, without the respondents for whom `fixed` holds; `attempt` is the seed.
pub(crate) fn walk(
    programme: &Programme,
    secret: &Secret,
    fixed: &dyn Fn(usize) -> bool,
    attempt: u64,
) -> Option<Exchange> {
    // Where all who answered are of one kind, there is none to turn into.
    if secret.others.is_empty() {
        return None;
    }
    let free: Vec<usize> = (0..programme.truth.len())
        .filter(|s| *s != secret.subject && !fixed(*s))
        .collect();
    let seed = (secret.subject as u64) << 8 | attempt;
    let world = Walk::start(programme, secret, seed).go(programme, secret, &free)?;
    let parts = world.into_iter().map(|(subject, to)| Part {
        members: kin(programme, subject, &|s| s != secret.subject && fixed(s)),
        needed: 1,
        to: To::State(to),
    });
    Some(Exchange {
        parts: parts.collect(),
    })
}

struct Walk {
    states: Vec<u16>,
    values: Vec<f64>,
    tabu: Vec<usize>,
    draws: u64,
}

impl Walk {
    fn start(programme: &Programme, secret: &Secret, seed: u64) -> Self {
        let mut walk = Self {
            states: programme.truth.clone(),
            values: programme.values().to_vec(),
            tabu: vec![0; programme.truth.len()],
            draws: seed,
        };
        let to = secret.others[walk.below(secret.others.len())];
        walk.make(programme, secret.subject, to);
        walk
    }

    /// splitmix64
    fn below(&mut self, bound: usize) -> usize {
        self.draws = self.draws.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.draws;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound.max(1) as u64) as usize
    }

    fn make(&mut self, programme: &Programme, subject: usize, to: u16) {
        for (place, step) in programme.steps(subject, self.states[subject], to) {
            self.values[place] += step;
        }
        self.states[subject] = to;
    }

    fn go(
        mut self,
        programme: &Programme,
        secret: &Secret,
        free: &[usize],
    ) -> Option<Vec<(usize, u16)>> {
        for made in 1..=MOVES {
            let off = |place: &usize| programme.off_at(*place, self.values[*place]) > NOTHING;
            let violated: Vec<usize> = (0..self.values.len()).filter(off).collect();
            if violated.is_empty() {
                let changed =
                    (0..self.states.len()).filter(|s| self.states[*s] != programme.truth[*s]);
                let world: Vec<(usize, u16)> = changed.map(|s| (s, self.states[s])).collect();
                // Sums were kept by differences: what counts is the sum anew.
                return programme.meets(&world).then_some(world);
            }
            let mended = violated[self.below(violated.len())];
            let single = self.best(programme, secret, free, mended, made);
            let pair = self.best_swap(programme, free, mended, made);
            let least = |moved: &Option<(f64, Vec<(usize, u16)>)>| {
                moved.as_ref().map_or(f64::INFINITY, |m| m.0)
            };
            let (_, moves) = if least(&pair) < least(&single) {
                pair?
            } else {
                single?
            };
            for (subject, to) in moves {
                self.make(programme, subject, to);
                self.tabu[subject] = made + 3 + self.below(4);
            }
        }
        None
    }

    /// The move that mends this constraint and leaves least violated.
    fn best(
        &mut self,
        programme: &Programme,
        secret: &Secret,
        free: &[usize],
        mended: usize,
        made: usize,
    ) -> Option<(f64, Vec<(usize, u16)>)> {
        let constraint = &programme.constraints[mended];
        let up = self.values[mended] < constraint.low;
        let mut best: Option<(f64, usize, u16)> = None;
        let start = self.below(free.len());
        for &subject in free[start..]
            .iter()
            .chain(&free[..start])
            .chain([&secret.subject])
        {
            let weight = constraint.weight[subject];
            if weight == 0.0 || self.tabu[subject] >= made {
                continue;
            }
            let states = match subject == secret.subject {
                true => &secret.others,
                false => programme.allowed(subject),
            };
            let from = self.states[subject];
            let first = if states.len() > TRIED {
                self.below(states.len())
            } else {
                0
            };
            for state in states
                .iter()
                .cycle()
                .skip(first)
                .take(states.len().min(TRIED))
            {
                let gain =
                    constraint.gain[usize::from(*state)] - constraint.gain[usize::from(from)];
                if weight * gain == 0.0 || (weight * gain > 0.0) != up {
                    continue;
                }
                let mut off = 0.0;
                for (place, step) in programme.steps(subject, from, *state) {
                    let value = self.values[place];
                    off += programme.off_at(place, value + step) - programme.off_at(place, value);
                }
                if best.is_none_or(|(least, ..)| off < least) {
                    best = Some((off, subject, *state));
                }
            }
        }
        best.map(|(off, subject, state)| (off, vec![(subject, state)]))
    }

    /// Of some drawn pairs that stand in the same constraints, the one whose exchange of states leaves least violated:
    /// it shifts a sum by the difference of two weights, which is finer than one weight.
    fn best_swap(
        &mut self,
        programme: &Programme,
        free: &[usize],
        mended: usize,
        made: usize,
    ) -> Option<(f64, Vec<(usize, u16)>)> {
        let constraint = &programme.constraints[mended];
        let open = |s: &&usize| constraint.weight[**s] != 0.0 && self.tabu[**s] < made;
        let members: Vec<usize> = free.iter().filter(open).copied().collect();
        let up = self.values[mended] < constraint.low;
        let mut best: Option<(f64, usize, usize)> = None;
        for _ in 0..PAIRS {
            let (a, b) = (
                members.get(self.below(members.len()))?,
                members.get(self.below(members.len()))?,
            );
            let (from_a, from_b) = (self.states[*a], self.states[*b]);
            if from_a == from_b || programme.alike[*a] != programme.alike[*b] {
                continue;
            }
            let gain = constraint.gain[usize::from(from_b)] - constraint.gain[usize::from(from_a)];
            let step = (constraint.weight[*a] - constraint.weight[*b]) * gain;
            if step == 0.0 || (step > 0.0) != up {
                continue;
            }
            let mut off = 0.0;
            for (place, step) in programme.swap_steps((*a, from_a, from_b), (*b, from_b, from_a)) {
                let value = self.values[place];
                off += programme.off_at(place, value + step) - programme.off_at(place, value);
            }
            if best.is_none_or(|(least, ..)| off < least) {
                best = Some((off, *a, *b));
            }
        }
        best.map(|(off, a, b)| (off, vec![(a, self.states[b]), (b, self.states[a])]))
    }
}

/// Below this nothing is violated while sums are kept by differences.
const NOTHING: f64 = 1e-12;
