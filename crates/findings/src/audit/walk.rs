//! The search for another world among all answers at once: a walk.
//!
//! From the truth, with the secret turned round, a violated constraint is drawn, and of the moves that mend it the one that
//! leaves least violated is made (Selman, Kautz, Cohen 1994, with a tabu list). The walk counts how many of each class are in
//! which state ([`Classes`]): a step is looked up once for all who weigh the same. Draws come from a fixed seed: the same
//! release is always audited alike. A walk that gives up says nothing.

use std::collections::BTreeMap;

use super::classes::Classes;
use super::exchange::{Exchange, Part, To};
use super::programme::Programme;
use super::search::Secret;

/// Moves after which a walk gives up.
const MOVES: usize = 100;
/// Up to so many states are tried in one step; of longer lists those with another answer to one question, and a few drawn.
const TRIED: usize = 12;
const DRAWN: usize = 3;
/// Classes that are looked at in one step.
const LOOKED_AT: usize = 80;
/// Pairs that are drawn in one step.
const PAIRS: usize = 120;

/// Walks to a world, without the respondents for whom `fixed` holds; `free` of each class stay where they are, and
/// `attempt` is the seed.
pub(crate) fn walk(
    programme: &Programme,
    secret: &Secret,
    fixed: &dyn Fn(usize) -> bool,
    (free, attempt): (usize, u64),
) -> Option<Exchange> {
    // Where all who answered are of one kind, there is none to turn into.
    if secret.others.is_empty() {
        return None;
    }
    let mut walk = Walk::start(programme, secret, fixed, (free, attempt));
    walk.go(|_| {}).then_some(())?;
    let found = walk.exchange(fixed);
    // Sums were kept by differences: what counts is the sum anew.
    let world = found.world(programme, Some((secret.subject, walk.own_state)));
    programme.meets(&world).then_some(found)
}

/// A world on its way.
pub(crate) struct Walk<'a> {
    programme: &'a Programme,
    secret: &'a Secret,
    classes: &'a Classes,
    /// Kind and state of the secret's owner, who is not counted below.
    own_kind: usize,
    own_state: u16,
    own_tabu: usize,
    /// How many of each kind are in each state, and how many must stay.
    counts: Vec<u32>,
    least: Vec<u32>,
    /// Classes of which some may be left, and whether each is listed.
    present: Vec<(usize, u16)>,
    listed: Vec<bool>,
    /// Until when none leaves a class.
    tabu: Vec<usize>,
    values: Vec<f64>,
    /// By how much each constraint is violated at its value.
    offs: Vec<f64>,
    all_off: f64,
    draws: u64,
}

/// One respondent of a kind goes from one state to another; `own` is the secret's owner.
#[derive(Clone, Copy, Debug)]
struct Move {
    kind: usize,
    from: u16,
    to: u16,
    own: bool,
}

/// What is left violated more or less than before, and the one or two moves.
type Step = (f64, Move, Option<Move>);

impl<'a> Walk<'a> {
    pub fn start(
        programme: &'a Programme,
        secret: &'a Secret,
        fixed: &dyn Fn(usize) -> bool,
        (free, attempt): (usize, u64),
    ) -> Self {
        let classes = programme.classes();
        let mut counts = vec![0; classes.kinds.len() * classes.states];
        let mut known = counts.clone();
        for (subject, state) in programme.truth.iter().enumerate() {
            if subject != secret.subject {
                let class = programme.kind_of[subject] * classes.states + usize::from(*state);
                counts[class] += 1;
                known[class] += u32::from(fixed(subject));
            }
        }
        let least = counts.iter().zip(known);
        let least = least.map(|(count, known): (&u32, u32)| (*count).min(known + free as u32));
        let mut listed = vec![false; counts.len()];
        let mut present = Vec::new();
        for (subject, state) in programme.truth.iter().enumerate() {
            let kind = programme.kind_of[subject];
            let class = kind * classes.states + usize::from(*state);
            if counts[class] > 0 && !std::mem::replace(&mut listed[class], true) {
                present.push((kind, *state));
            }
        }
        let values = programme.values().to_vec();
        let off = |place: usize| programme.off_at(place, values[place]);
        let mut walk = Self {
            programme,
            secret,
            classes,
            own_kind: programme.kind_of[secret.subject],
            own_state: programme.truth[secret.subject],
            own_tabu: 0,
            least: least.collect(),
            present,
            listed,
            tabu: vec![0; counts.len()],
            counts,
            offs: (0..values.len()).map(off).collect(),
            values,
            all_off: 0.0,
            draws: (secret.subject as u64) << 8 | attempt,
        };
        let to = secret.others[walk.below(secret.others.len())];
        walk.shift(walk.own_kind, walk.own_state, to);
        walk.own_state = to;
        walk
    }

    fn below(&mut self, bound: usize) -> usize {
        (splitmix(&mut self.draws) % bound.max(1) as u64) as usize
    }

    /// Sums after one of a kind has gone from one state to another.
    fn shift(&mut self, kind: usize, from: u16, to: u16) {
        let (values, offs, programme) = (&mut self.values, &mut self.offs, self.programme);
        self.classes.each_step(kind, (from, to), |place, step| {
            values[place] += step;
            offs[place] = programme.off_at(place, values[place]);
            true
        });
    }

    fn class(&self, kind: usize, state: u16) -> usize {
        kind * self.classes.states + usize::from(state)
    }

    /// Whether a world was reached; shows of each world on the way which constraints it violates.
    pub fn go(&mut self, mut show: impl FnMut(&[usize])) -> bool {
        let mut violated = Vec::new();
        for made in 1..=MOVES {
            violated.clear();
            let off = |place: &usize| self.offs[*place] > NOTHING;
            violated.extend((0..self.offs.len()).filter(off));
            if violated.is_empty() {
                return true;
            }
            show(&violated);
            self.all_off = self.offs.iter().sum();
            let mended = violated[self.below(violated.len())];
            let single = self.best(mended, made);
            let pair = self.best_swap(mended, made);
            let least = |step: &Option<Step>| step.map_or(f64::INFINITY, |step| step.0);
            let better = match least(&pair) < least(&single) {
                true => pair,
                false => single,
            };
            let Some((_, first, second)) = better else {
                return false;
            };
            for moved in [Some(first), second].into_iter().flatten() {
                self.make(moved, made);
            }
        }
        false
    }

    fn make(
        &mut self,
        Move {
            kind,
            from,
            to,
            own,
        }: Move,
        made: usize,
    ) {
        self.shift(kind, from, to);
        let until = made + 3 + self.below(4);
        if own {
            (self.own_state, self.own_tabu) = (to, until);
            return;
        }
        let (left, reached) = (self.class(kind, from), self.class(kind, to));
        self.counts[left] -= 1;
        self.counts[reached] += 1;
        self.tabu[reached] = until;
        if !std::mem::replace(&mut self.listed[reached], true) {
            self.present.push((kind, to));
        }
    }

    fn may_leave(&self, class: usize, made: usize) -> bool {
        self.counts[class] > self.least[class] && self.tabu[class] < made
    }

    /// The move that mends this constraint and leaves least violated.
    fn best(&mut self, mended: usize, made: usize) -> Option<Step> {
        let programme = self.programme;
        let constraint = &programme.constraints[mended];
        let up = self.values[mended] < constraint.low;
        let mut best: Option<Step> = None;
        let start = self.below(self.present.len());
        let mut left = LOOKED_AT;
        for at in 0..self.present.len() {
            if left == 0 {
                break;
            }
            let (kind, from) = self.present[(start + at) % self.present.len()];
            let weight = self.classes.weight(kind, constraint);
            if weight != 0.0 && self.may_leave(self.class(kind, from), made) {
                left -= 1;
                self.best_of(kind, from, false, (mended, weight, up), &mut best);
            }
        }
        let weight = self.classes.weight(self.own_kind, constraint);
        if weight != 0.0 && self.own_tabu < made {
            self.best_of(
                self.own_kind,
                self.own_state,
                true,
                (mended, weight, up),
                &mut best,
            );
        }
        best
    }

    /// The best way on from one state.
    fn best_of(
        &mut self,
        kind: usize,
        from: u16,
        own: bool,
        (mended, weight, up): (usize, f64, bool),
        best: &mut Option<Step>,
    ) {
        let (programme, classes) = (self.programme, self.classes);
        let constraint = &programme.constraints[mended];
        let states = match own {
            true => &self.secret.others,
            false => programme.allowed(classes.kinds[kind].first),
        };
        let mut consider = |to: u16| {
            let gain = constraint.gain[usize::from(to)] - constraint.gain[usize::from(from)];
            if gain == 0.0 || (weight * gain > 0.0) != up {
                return;
            }
            let (mut off, mut after) = (0.0, 0.0);
            let least = best.map_or(f64::INFINITY, |best| best.0);
            let whole = classes.each_step(kind, (from, to), |place, step| {
                let new = programme.off_at(place, self.values[place] + step);
                (off, after) = (off + new - self.offs[place], after + new);
                // No step mends more than all that is violated.
                after - self.all_off < least
            });
            if whole && off < least {
                let moved = Move {
                    kind,
                    from,
                    to,
                    own,
                };
                *best = Some((off, moved, None));
            }
        };
        if states.len() <= TRIED {
            states.iter().for_each(|to| consider(*to));
            return;
        }
        let near = classes.near(from, constraint.place);
        let allowed = |to: &&u16| states.binary_search(to).is_ok();
        near.iter().filter(allowed).for_each(|to| consider(*to));
        let drawn = if near.is_empty() { TRIED } else { DRAWN };
        let first = splitmix(&mut self.draws) as usize % states.len();
        let drawn = states.iter().cycle().skip(first).take(drawn);
        drawn.for_each(|to| consider(*to));
    }

    /// Of some drawn pairs that stand in the same constraints, the one whose exchange of states leaves least violated:
    /// it shifts a sum by the difference of two weights, which is finer than one weight.
    fn best_swap(&mut self, mended: usize, made: usize) -> Option<Step> {
        let (programme, classes) = (self.programme, self.classes);
        let constraint = &programme.constraints[mended];
        let up = self.values[mended] < constraint.low;
        // Classes that some may leave, with the weight in the constraint.
        let open = self.present.iter().filter_map(|&(kind, state)| {
            let weight = classes.weight(kind, constraint);
            let may = weight != 0.0 && self.may_leave(self.class(kind, state), made);
            may.then_some((kind, state, weight))
        });
        let open: Vec<(usize, u16, f64)> = open.collect();
        let mut best: Option<Step> = None;
        for _ in 0..PAIRS {
            let &(a, from, weight_a) = open.get(self.below(open.len()))?;
            let &(b, to, weight_b) = open.get(self.below(open.len()))?;
            if from == to || classes.kinds[a].group != classes.kinds[b].group {
                continue;
            }
            let gain = constraint.gain[usize::from(to)] - constraint.gain[usize::from(from)];
            let step = (weight_a - weight_b) * gain;
            if step == 0.0 || (step > 0.0) != up {
                continue;
            }
            let (mut off, mut after) = (0.0, 0.0);
            let least = best.map_or(f64::INFINITY, |best| best.0);
            let whole = classes.each_swap_step((a, b), (from, to), |place, step| {
                let new = programme.off_at(place, self.values[place] + step);
                (off, after) = (off + new - self.offs[place], after + new);
                after - self.all_off < least
            });
            if whole && off < least {
                let goes = |kind, from, to| Move {
                    kind,
                    from,
                    to,
                    own: false,
                };
                best = Some((off, goes(a, from, to), Some(goes(b, to, from))));
            }
        }
        best
    }

    /// The world that was reached: how many of which class go where, whoever they are.
    pub fn exchange(&self, fixed: &dyn Fn(usize) -> bool) -> Exchange {
        let (programme, own) = (self.programme, self.secret.subject);
        let mut members: BTreeMap<(usize, u16), Vec<usize>> = BTreeMap::new();
        let mut counted = vec![0_u32; self.counts.len()];
        for (subject, state) in programme.truth.iter().enumerate() {
            let kind = programme.kind_of[subject];
            if subject == own || !fixed(subject) {
                members.entry((kind, *state)).or_default().push(subject);
            }
            if subject != own {
                counted[self.class(kind, *state)] += 1;
            }
        }
        let part = |members: &Vec<usize>, needed: u32, to: u16| Part {
            members: members.clone(),
            needed: needed as usize,
            to: To::State(to),
        };
        let own_class = (self.own_kind, programme.truth[own]);
        let mut parts = vec![part(&members[&own_class], 1, self.own_state)];
        for kind in 0..self.classes.kinds.len() {
            let states = || programme.allowed(self.classes.kinds[kind].first).iter();
            let at = |state: u16| {
                let class = self.class(kind, state);
                (counted[class], self.counts[class])
            };
            let come = |state: u16| at(state).1.saturating_sub(at(state).0);
            let mut coming: Vec<(u16, u32)> = states().map(|s| (*s, come(*s))).collect();
            coming.retain(|(_, come)| *come > 0);
            for &from in states() {
                let mut leave = at(from).0.saturating_sub(at(from).1);
                while leave > 0 {
                    let (to, come) = coming
                        .last_mut()
                        .expect("who leaves a state comes to another");
                    let go = leave.min(*come);
                    parts.push(part(&members[&(kind, from)], go, *to));
                    (leave, *come) = (leave - go, *come - go);
                    if *come == 0 {
                        coming.pop();
                    }
                }
            }
        }
        Exchange { parts }
    }
}

/// splitmix64
fn splitmix(draws: &mut u64) -> u64 {
    *draws = draws.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *draws;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Below this nothing is violated while sums are kept by differences.
const NOTHING: f64 = 1e-12;
