//! Another world by exchange: respondents go from one answer to another and others come back, until every sum fits.
//!
//! All that a published table says of one question is linear in who gave which answer. Between two answers `a` and `b` a
//! world is therefore: how many of each *kind* (respondents whom no published number tells apart) go from `a` to `b`,
//! and how many come back. These few whole numbers are looked for by a local search over single moves and pairs
//! of moves (a tabu search after Glover 1989: the best step is made also where it is a worse place, no place twice).
//!
//! Since only numbers of a kind are counted, what is found is good for everybody of the kind: as long as enough others of
//! each kind are left, it does not matter which of them the attacker knows.

use std::collections::{BTreeMap, BTreeSet};

use super::programme::Programme;
use super::search::Secret;

/// Respondents of one kind who could take part in a world, and how many of them must.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// Places of the respondents, ascending.
    pub members: Vec<usize>,
    /// How many of them take part.
    pub needed: usize,
    pub to: To,
}

/// Where a respondent goes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum To {
    /// To another answer to the question in this place of the block.
    Answer(usize, i16),
    /// To another state.
    State(u16),
}

impl Part {
    /// The state of a member that takes part.
    pub fn target(&self, programme: &Programme, member: usize) -> Option<u16> {
        match self.to {
            To::Answer(place, answer) => programme.with(programme.truth[member], place, answer),
            To::State(state) => Some(state),
        }
    }
}

/// A world in which some respondents of some kinds answer otherwise. Who takes part in several parts with the same members
/// takes part in one of them.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    pub parts: Vec<Part>,
}

/// Steps of the local search before it gives up.
const STEPS: usize = 60;
/// Steps without coming nearer after which it gives up earlier.
const STALE: usize = 6;
/// Below this a sum is not off: sums are kept by differences.
const NOTHING: f64 = 1e-12;
/// Kept free in each kind, so that no two known respondents matter.
pub(crate) const KNOWN: usize = 2;

/// A world in which the secret is the other way round, without the respondents for whom `fixed` holds; `free` of each
/// kind stay where they are.
pub(crate) fn exchange(
    programme: &Programme,
    secret: &Secret,
    fixed: &dyn Fn(usize) -> bool,
    free: usize,
) -> Option<Exchange> {
    let mut targets = targets(programme, secret).into_iter();
    targets.find_map(|to| {
        let flow = Flow::new(programme, secret, to, fixed, free)?;
        let taken = flow.balance()?;
        let found = flow.exchange(&taken);
        let target = programme.with(programme.truth[secret.subject], secret.place, to)?;
        let world = found.world(programme, Some((secret.subject, target)));
        programme.meets(&world).then_some(found)
    })
}

/// Respondents of the same kind in the same state, the respondent among them, without those for whom `fixed` holds.
pub(crate) fn kin(programme: &Programme, of: usize, fixed: &dyn Fn(usize) -> bool) -> Vec<usize> {
    let same = |s: &usize| {
        programme.truth[*s] == programme.truth[of] && programme.kind_of[*s] == programme.kind_of[of]
    };
    let all = (0..programme.truth.len()).filter(same);
    all.filter(|s| !fixed(*s)).collect()
}

/// The owner alone moves, or changes places with somebody of another answer; first with somebody of whose kind two others
/// are left, whom the attacker cannot know as well.
pub(crate) fn swap(
    programme: &Programme,
    secret: &Secret,
    fixed: &dyn Fn(usize) -> bool,
) -> Option<Exchange> {
    let (own, truth) = (secret.subject, programme.truth[secret.subject]);
    let part = |of: usize, to: u16| Part {
        members: kin(programme, of, &|s| s != own && fixed(s)),
        needed: 1,
        to: To::State(to),
    };
    let mut alone = secret.others.iter();
    if let Some(to) = alone.find(|to| programme.meets(&[(own, **to)])) {
        return Some(Exchange {
            parts: vec![part(own, *to)],
        });
    }
    let mut tried: BTreeSet<(usize, u16)> = BTreeSet::new();
    let mut best: Option<(usize, Exchange)> = None;
    for other in (0..programme.truth.len()).filter(|other| *other != own && !fixed(*other)) {
        let there = programme.truth[other];
        let fits = secret.others.binary_search(&there).is_ok()
            && programme.allowed(other).binary_search(&truth).is_ok()
            && tried.insert((programme.kind_of[other], there));
        if !fits || !programme.meets(&[(own, there), (other, truth)]) {
            continue;
        }
        let parts = vec![part(own, there), part(other, truth)];
        let left = parts[1].members.len();
        if left > KNOWN {
            return Some(Exchange { parts });
        }
        if best.as_ref().is_none_or(|(most, _)| left > *most) {
            best = Some((left, Exchange { parts }));
        }
    }
    best.map(|(_, exchange)| exchange)
}

/// Other answers of the secret's question to which its owner alone could go, the most frequent first.
fn targets(programme: &Programme, secret: &Secret) -> Vec<i16> {
    let truth = programme.truth[secret.subject];
    let record = programme.record(truth);
    let reached = secret.others.iter().filter(|state| {
        let other = programme.record(**state);
        let same = record.iter().zip(other).enumerate();
        same.filter(|(_, (a, b))| a != b)
            .all(|(place, _)| place == secret.place)
    });
    let mut targets: Vec<i16> = reached
        .map(|state| programme.record(*state)[secret.place])
        .collect();
    let given = |answer: &i16| {
        let who = programme.truth.iter();
        who.filter(|s| programme.record(**s)[secret.place] == *answer)
            .count()
    };
    targets.sort_by_key(|answer| (*answer < 0, std::cmp::Reverse(given(answer))));
    targets
}

/// Respondents of one kind who go one way.
struct Kind {
    members: Vec<usize>,
    to: i16,
    /// How many may go.
    most: usize,
    /// What one of them adds to each sum.
    adds: Vec<f64>,
}

/// The whole numbers that are looked for, and the sums that they must keep.
struct Flow {
    place: usize,
    kinds: Vec<Kind>,
    /// Kind of the secret's owner.
    own: usize,
    /// What each sum may change by.
    bounds: Vec<(f64, f64)>,
    /// What one of each kind adds, by sum.
    by_sum: Vec<Vec<f64>>,
}

impl Flow {
    fn new(
        programme: &Programme,
        secret: &Secret,
        to: i16,
        fixed: &dyn Fn(usize) -> bool,
        free: usize,
    ) -> Option<Self> {
        let place = secret.place;
        let truth = programme.truth[secret.subject];
        let from = programme.record(truth)[place];
        let target = programme.with(truth, place, to)?;
        let (bounds, weights) = programme.between(truth, target);
        if bounds.iter().any(|(low, high)| *low > 0.0 || *high < 0.0) {
            return None;
        }
        let mut kinds: BTreeMap<(bool, usize), Vec<usize>> = BTreeMap::new();
        for (subject, state) in programme.truth.iter().enumerate() {
            let answer = programme.record(*state)[place];
            let goes = (answer == from, answer == to);
            let other = match goes {
                (true, _) => to,
                (_, true) => from,
                _ => continue,
            };
            let own = subject == secret.subject;
            if (own || !fixed(subject)) && programme.with(*state, place, other).is_some() {
                let kind = kinds.entry((goes.1, programme.kind_of[subject]));
                kind.or_default().push(subject);
            }
        }
        let kinds: Vec<Kind> = kinds
            .into_iter()
            .map(|((back, _), members)| {
                let sign = if back { -1.0 } else { 1.0 };
                let adds = weights.iter().map(|c| {
                    let weight = programme.constraints[*c].weight[members[0]];
                    sign * weight
                });
                Kind {
                    to: if back { from } else { to },
                    most: members.len().saturating_sub(free),
                    adds: adds.collect(),
                    members,
                }
            })
            .collect();
        let own = kinds
            .iter()
            .position(|kind| kind.members.contains(&secret.subject))?;
        let by_sum = (0..bounds.len()).map(|sum| kinds.iter().map(|k| k.adds[sum]).collect());
        let by_sum = by_sum.collect();
        let mut flow = Self {
            place,
            kinds,
            own,
            bounds,
            by_sum,
        };
        flow.kinds[own].most = flow.kinds[own].most.max(1);
        Some(flow)
    }

    /// The sum that is most off.
    fn worst(&self, sums: &[f64]) -> usize {
        let (mut worst, mut most) = (0, f64::NEG_INFINITY);
        for (place, (sum, (low, high))) in sums.iter().zip(&self.bounds).enumerate() {
            let off = (low - sum).max(sum - high);
            if off > most {
                (worst, most) = (place, off);
            }
        }
        worst
    }

    fn off(&self, sums: &[f64]) -> f64 {
        let each = sums.iter().zip(&self.bounds);
        each.map(|(sum, (low, high))| (low - sum).max(sum - high).max(0.0))
            .sum()
    }

    /// How many of each kind go so that every sum fits.
    fn balance(&self) -> Option<Vec<usize>> {
        let mut taken = vec![0; self.kinds.len()];
        taken[self.own] = 1;
        let mut sums = self.kinds[self.own].adds.clone();
        let mut seen: BTreeSet<Vec<usize>> = BTreeSet::new();
        let (mut nearest, mut since) = (f64::INFINITY, 0);
        for _ in 0..STEPS {
            let off = self.off(&sums);
            if off <= NOTHING {
                return Some(taken);
            }
            (nearest, since) = match off < nearest {
                true => (off, 0),
                false => (nearest, since + 1),
            };
            if since == STALE {
                return None;
            }
            seen.insert(taken.clone());
            let moves = self.moves(&taken);
            let mut best: Option<(f64, usize, Option<usize>)> = None;
            let mut near = vec![0.0; sums.len()];
            for (at, &(kind, sign)) in moves.iter().enumerate() {
                for (near, (sum, add)) in
                    near.iter_mut().zip(sums.iter().zip(&self.kinds[kind].adds))
                {
                    *near = sum + sign * add;
                }
                let least = best.map_or(f64::INFINITY, |b| b.0);
                let alone = self.off(&near);
                if alone < least && !seen.contains(&self.after(&taken, &[moves[at]])) {
                    best = Some((alone, at, None));
                }
                // The sum that is most off after the first move decides about most of the seconds.
                let worst = self.worst(&near);
                let (low, high) = self.bounds[worst];
                let adds_worst = &self.by_sum[worst];
                for (behind, &(second, turn)) in moves.iter().enumerate().skip(at + 1) {
                    let least = best.map_or(f64::INFINITY, |b| b.0);
                    let sum = near[worst] + turn * adds_worst[second];
                    if (low - sum).max(sum - high).max(0.0) >= least {
                        continue;
                    }
                    let adds = &self.kinds[second].adds;
                    let mut off = 0.0;
                    for ((near, add), (low, high)) in near.iter().zip(adds).zip(&self.bounds) {
                        let sum = near + turn * add;
                        off += (low - sum).max(sum - high).max(0.0);
                        if off >= least {
                            break;
                        }
                    }
                    if off < least
                        && !seen.contains(&self.after(&taken, &[moves[at], moves[behind]]))
                    {
                        best = Some((off, at, Some(behind)));
                    }
                }
            }
            let (_, first, second) = best?;
            for at in [Some(first), second].into_iter().flatten() {
                let (kind, sign) = moves[at];
                taken = self.after(&taken, &[moves[at]]);
                for (sum, add) in sums.iter_mut().zip(&self.kinds[kind].adds) {
                    *sum += sign * add;
                }
            }
        }
        (self.off(&sums) <= NOTHING).then_some(taken)
    }

    /// Kinds of which one more, or one fewer, may go.
    fn moves(&self, taken: &[usize]) -> Vec<(usize, f64)> {
        let mut moves = Vec::new();
        for (kind, of) in self.kinds.iter().enumerate() {
            if taken[kind] < of.most {
                moves.push((kind, 1.0));
            }
            if taken[kind] > usize::from(kind == self.own) {
                moves.push((kind, -1.0));
            }
        }
        moves
    }

    fn after(&self, taken: &[usize], moves: &[(usize, f64)]) -> Vec<usize> {
        let mut after = taken.to_vec();
        for &(kind, sign) in moves {
            after[kind] = match sign > 0.0 {
                true => after[kind] + 1,
                false => after[kind] - 1,
            };
        }
        after
    }

    fn exchange(&self, taken: &[usize]) -> Exchange {
        let parts = self.kinds.iter().zip(taken).filter(|(_, n)| **n > 0);
        let parts = parts.map(|(kind, needed)| Part {
            members: kind.members.clone(),
            needed: *needed,
            to: To::Answer(self.place, kind.to),
        });
        Exchange {
            parts: parts.collect(),
        }
    }
}

impl Exchange {
    /// One of the worlds: the first members of each kind go; `own` is a respondent who goes to this state in any case.
    pub fn world(&self, programme: &Programme, own: Option<(usize, u16)>) -> Vec<(usize, u16)> {
        let mut world: Vec<(usize, u16)> = own.into_iter().collect();
        let mut owed = own.is_some();
        for part in &self.parts {
            let mut needed = part.needed;
            if let Some((subject, to)) = own.filter(|_| owed)
                && part.members.contains(&subject)
                && part.target(programme, subject) == Some(to)
            {
                (needed, owed) = (needed - 1, false);
            }
            for &member in &part.members {
                if needed == 0 {
                    break;
                }
                let goes = world.iter().any(|(subject, _)| *subject == member);
                if let Some(to) = part.target(programme, member).filter(|_| !goes) {
                    world.push((member, to));
                    needed -= 1;
                }
            }
        }
        world
    }
}
