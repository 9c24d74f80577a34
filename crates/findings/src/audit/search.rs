//! Whether the attacker can tell a secret: the search for another world, and the proof that there is none.
//!
//! A secret is open when there is a world that meets every published number and in which it is the other way round. Such
//! a world is a proof that needs no solver: it is found by moving one respondent and then repairing, respondent
//! by respondent, what that violates (a beam search), and it is integer by construction. Where that finds none, a linear
//! programme and then a mixed-integer programme over groups of interchangeable respondents decide: infeasible means
//! that the secret is given away, and a limit that is reached is no proof and counts as given away too.
//!
//! **Two known respondents.** The worst pair is found by implicit hitting sets (Chandrasekaran, Karp, Moreno-Centeno,
//! Vempala 2011): a pair of known respondents can only spoil a world that changes one of the two. As long as some pair
//! hits every world found so far, a world without that pair is looked for. *Sufficient condition*: three worlds
//! that share nobody but the secret's owner leave one standing whatever pair is known, and so does one world that moves
//! nobody else. So most secrets need three cheap swaps and no programme.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome, Variable};

use super::programme::{Programme, World};

/// Something about one subject that must stay open: whether its state is in a set.
#[derive(Clone, Debug)]
pub(crate) struct Secret {
    pub subject: usize,
    /// States in which the secret is the other way round, a subset of those allowed.
    pub others: Vec<u16>,
}

/// What the search did, for the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Effort {
    /// Secrets asked for.
    pub secrets: u64,
    /// Worlds that were found as proofs.
    pub worlds: u64,
    /// Linear programmes solved.
    pub programmes: u64,
}

impl Effort {
    pub fn add(&mut self, other: Self) {
        self.secrets += other.secrets;
        self.worlds += other.worlds;
        self.programmes += other.programmes;
    }
}

/// How long is looked for another world before a secret counts as told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Care {
    /// While numbers are held back: what is hard to show is held back.
    Quick,
    /// When a release is judged.
    Thorough,
}

impl Care {
    /// Linear programmes that are solved for one block before what is hard to show counts as told.
    fn programmes(self) -> u32 {
        match self {
            Self::Quick => 3,
            Self::Thorough => 400,
        }
    }

    fn walks(self) -> u64 {
        match self {
            Self::Quick => 2,
            Self::Thorough => 24,
        }
    }
}

/// A secret that the attacker can tell, or that could not be shown to be open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    /// Units that the attacker knows in addition: none, one or two.
    pub knows: Vec<u32>,
    /// Shown by an infeasible programme; otherwise a limit was reached.
    pub proven: bool,
}

/// Worlds found so far for one block: each is a proof for everybody whom it changes.
#[derive(Clone, Debug)]
pub(crate) struct Pool {
    worlds: Vec<World>,
    care: Care,
    /// Programmes that may still be solved.
    programmes: u32,
}

impl Pool {
    pub fn new(care: Care) -> Self {
        Self {
            worlds: Vec::new(),
            care,
            programmes: care.programmes(),
        }
    }

    /// Forgets the worlds: fewer numbers are published, and secrets may have come or gone.
    pub fn forget(&mut self) {
        self.worlds.clear();
    }
}

/// Looks for a pair of known units with which the secret is told; `None` when it is open against all pairs.
pub(crate) fn told(
    programme: &Programme,
    secret: &Secret,
    pool: &mut Pool,
    effort: &mut Effort,
) -> Option<Told> {
    effort.secrets += 1;
    let own = programme.units[secret.subject];
    let changed = |world: &World| {
        let turned = |(subject, state): &(usize, u16)| {
            *subject == secret.subject && secret.others.contains(state)
        };
        world.iter().any(turned).then(|| {
            let units = world.iter().map(|(subject, _)| programme.units[*subject]);
            units.filter(|unit| *unit != own).collect::<Vec<u32>>()
        })
    };
    let mut worlds: Vec<Vec<u32>> = pool.worlds.iter().filter_map(changed).collect();
    worlds.sort_by_key(Vec::len);
    loop {
        let knows = match worlds.is_empty() {
            true => Vec::new(),
            false => hitting_pair(&worlds)?,
        };
        match other_world(programme, secret, &knows, pool, effort) {
            Search::Found(world) => {
                effort.worlds += 1;
                let units = changed(&world).expect("the search turned the secret round");
                let place = worlds.partition_point(|known| known.len() <= units.len());
                worlds.insert(place, units);
                pool.worlds.push(world);
            }
            Search::None { proven } => return Some(Told { knows, proven }),
        }
    }
}

/// A set of at most two units that hits every one of these sets.
fn hitting_pair(worlds: &[Vec<u32>]) -> Option<Vec<u32>> {
    for &first in &worlds[0] {
        let rest = || worlds.iter().filter(|w| !w.contains(&first));
        let Some(next) = rest().next() else {
            return Some(vec![first]);
        };
        let second = next.iter().find(|unit| rest().all(|w| w.contains(unit)));
        if let Some(&second) = second {
            return Some(vec![first, second]);
        }
    }
    None
}

enum Search {
    Found(World),
    None { proven: bool },
}

fn other_world(
    programme: &Programme,
    secret: &Secret,
    knows: &[u32],
    pool: &mut Pool,
    effort: &mut Effort,
) -> Search {
    let fixed = |subject: usize| knows.contains(&programme.units[subject]);
    let free: Vec<usize> = (0..programme.truth.len())
        .filter(|s| *s != secret.subject && !fixed(*s))
        .collect();
    let quick =
        swap(programme, secret, &fixed).or_else(|| walk(programme, secret, &free, pool.care));
    if let Some(world) = quick {
        return Search::Found(world);
    }
    if pool.programmes == 0 {
        return Search::None { proven: false };
    }
    pool.programmes -= 1;
    solve(programme, secret, &fixed, (&free, pool.care), effort)
}

/// The owner alone moves, or changes places with somebody of another answer.
fn swap(programme: &Programme, secret: &Secret, fixed: &dyn Fn(usize) -> bool) -> Option<World> {
    let (own, truth) = (secret.subject, programme.truth[secret.subject]);
    let alone = secret.others.iter().map(|&state| vec![(own, state)]);
    let others = (0..programme.truth.len()).filter(|&other| {
        let there = programme.truth[other];
        other != own
            && !fixed(other)
            && secret.others.contains(&there)
            && programme.allowed(other).contains(&truth)
    });
    let swaps = others.map(|other| vec![(own, programme.truth[other]), (other, truth)]);
    alone.chain(swaps).find(|world| programme.meets(world))
}

/// Moves after which a walk gives up.
const MOVES: usize = 160;
/// States of one respondent that are tried in one step; of longer lists a few are drawn.
const TRIED: usize = 12;
/// Pairs that are drawn in one step.
const PAIRS: usize = 120;

/// A walk from the truth, with the secret turned round, to a world that meets everything: a violated constraint is drawn,
/// and of the moves that mend it the one that leaves least violated is made (Selman, Kautz, Cohen 1994, with a tabu list).
/// Drawn numbers come from a fixed seed: the same release is always audited alike.
fn walk(programme: &Programme, secret: &Secret, free: &[usize], care: Care) -> Option<World> {
    (0..care.walks()).find_map(|attempt| {
        let seed = (secret.subject as u64) << 8 | attempt;
        Walk::start(programme, secret, seed).go(programme, secret, free)
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

    fn go(mut self, programme: &Programme, secret: &Secret, free: &[usize]) -> Option<World> {
        for made in 1..=MOVES {
            let off = |place: &usize| programme.off_at(*place, self.values[*place]) > NOTHING;
            let violated: Vec<usize> = (0..self.values.len()).filter(off).collect();
            if violated.is_empty() {
                let changed =
                    (0..self.states.len()).filter(|s| self.states[*s] != programme.truth[*s]);
                let world: World = changed.map(|s| (s, self.states[s])).collect();
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

/// States above which no programme is made: the records of a multiple choice are too many for it.
const PROGRAMMED: usize = 16;

/// Decides by a linear programme over groups of interchangeable respondents. Without a solution the secret is told, and
/// that is a proof. Otherwise its solution, rounded to whole respondents, is where a last walk starts.
fn solve(
    programme: &Programme,
    secret: &Secret,
    fixed: &dyn Fn(usize) -> bool,
    (free, care): (&[usize], Care),
    effort: &mut Effort,
) -> Search {
    let undecided = Search::None { proven: false };
    if programme.allowed(secret.subject).len() > PROGRAMMED {
        return undecided;
    }
    let own = |subject: usize| subject == secret.subject;
    let groups = programme.interchangeable(&|subject| fixed(subject) || own(subject));
    effort.programmes += 1;
    let Model { problem, variables } = model(programme, secret, fixed, &groups);
    let solution = match problem.solve() {
        Err(microlp::Error::Infeasible) => return Search::None { proven: true },
        Ok(SolveOutcome::Solution(solution)) => solution,
        _ => return undecided,
    };
    let parts: Vec<Vec<f64>> = variables
        .iter()
        .map(|of| of.iter().map(|v| solution.var_value(*v)).collect())
        .collect();
    let world = world_of(programme, secret, &groups, &parts);
    let found = (0..care.walks()).find_map(|attempt| {
        let mut walk = Walk::start(
            programme,
            secret,
            (secret.subject as u64) << 8 | 1 << 40 | attempt,
        );
        for &(subject, state) in &world {
            walk.make(programme, subject, state);
        }
        walk.go(programme, secret, free)
    });
    found.map_or(undecided, Search::Found)
}

struct Model {
    problem: Problem,
    /// One a group and state, then one a state of the secret's owner.
    variables: Vec<Vec<Variable>>,
}

fn model(
    programme: &Programme,
    secret: &Secret,
    fixed: &dyn Fn(usize) -> bool,
    groups: &[Vec<usize>],
) -> Model {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let mut variables = Vec::with_capacity(groups.len() + 1);
    let mut counted = |size: usize, states: &[u16], stays: &dyn Fn(u16) -> usize| {
        let of: Vec<Variable> = states
            .iter()
            .map(|&state| {
                // The fewer move the better: it keeps the search near the truth, which is feasible but for one.
                let cost = -(f64::from(u8::from(stays(state) > 0)));
                problem.add_var(cost, (0.0, size as f64))
            })
            .collect();
        let sum: Vec<(Variable, f64)> = of.iter().map(|v| (*v, 1.0)).collect();
        problem.add_constraint(&sum, ComparisonOp::Eq, size as f64);
        variables.push(of);
    };
    for group in groups {
        let stays = |state: u16| {
            group
                .iter()
                .filter(|s| programme.truth[**s] == state)
                .count()
        };
        counted(group.len(), programme.allowed(group[0]), &stays);
    }
    counted(1, &secret.others, &|_| 0);
    for c in &programme.constraints {
        let known = (0..programme.truth.len()).filter(|s| fixed(*s));
        let known: f64 = known
            .map(|s| c.weight[s] * c.gain[usize::from(programme.truth[s])])
            .sum();
        let mut terms: Vec<(Variable, f64)> = Vec::new();
        let owners = groups.iter().map(|g| (g[0], programme.allowed(g[0])));
        let owners = owners.chain([(secret.subject, secret.others.as_slice())]);
        for ((subject, states), of) in owners.zip(&variables) {
            for (state, variable) in states.iter().zip(of) {
                let coefficient = c.weight[subject] * c.gain[usize::from(*state)];
                if coefficient != 0.0 {
                    terms.push((*variable, coefficient));
                }
            }
        }
        if c.low == c.high {
            problem.add_constraint(&terms, ComparisonOp::Eq, c.low - known);
            continue;
        }
        if c.low > f64::NEG_INFINITY {
            problem.add_constraint(&terms, ComparisonOp::Ge, c.low - known);
        }
        if c.high < f64::INFINITY {
            problem.add_constraint(&terms, ComparisonOp::Le, c.high - known);
        }
    }
    Model { problem, variables }
}

/// Hands out the states that a group got, rounded by largest remainders: to those first who have them anyway.
fn world_of(
    programme: &Programme,
    secret: &Secret,
    groups: &[Vec<usize>],
    parts: &[Vec<f64>],
) -> World {
    let mut world = World::new();
    for (group, parts) in groups.iter().zip(parts) {
        let mut left: Vec<(u16, usize, f64)> = programme
            .allowed(group[0])
            .iter()
            .zip(parts)
            .map(|(state, part)| (*state, (part + 1e-6) as usize, part.fract()))
            .collect();
        left.sort_by(|a, b| b.2.total_cmp(&a.2));
        let given: usize = left.iter().map(|(_, n, _)| n).sum();
        left.iter_mut()
            .take(group.len().saturating_sub(given))
            .for_each(|(_, n, _)| *n += 1);
        let mut movers = Vec::new();
        for &subject in group {
            match left
                .iter_mut()
                .find(|(s, n, _)| *s == programme.truth[subject] && *n > 0)
            {
                Some((_, n, _)) => *n -= 1,
                None => movers.push(subject),
            }
        }
        let free = left
            .iter()
            .flat_map(|&(state, n, _)| std::iter::repeat_n(state, n));
        world.extend(movers.into_iter().zip(free));
    }
    let own = secret.others.iter().zip(&parts[groups.len()]);
    let own = own
        .max_by(|a, b| a.1.total_cmp(b.1))
        .map(|(state, _)| *state);
    world.extend(own.map(|state| (secret.subject, state)));
    world
}
