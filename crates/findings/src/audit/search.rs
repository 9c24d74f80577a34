//! Whether the attacker can tell a secret: the search for another world, and the proof that there is none.
//!
//! A secret is open when there is a world that meets every published number and in which it is the other way round. Such
//! a world is a proof that needs no solver: it is looked for by two respondents changing places, by
//! walks ([`walk`]), by exchanges of more ([`exchange`]) and by integer programmes of bounded size ([`integer`]), and
//! is checked against all sums. A programme without solution proves that the secret is told; a limit that is reached is no
//! proof and counts as told too.
//!
//! **Two known respondents.** The worst pair is found by implicit hitting sets (Chandrasekaran, Karp, Moreno-Centeno,
//! Vempala 2011): a pair of known respondents can only spoil a world that changes one of the two. As long as some pair
//! hits every world found so far, a world without that pair is looked for. *Sufficient condition*: three worlds
//! that share nobody but the secret's owner leave one standing whatever pair is known, and so does one world that moves
//! nobody else. So most secrets need three cheap swaps and no programme.

use std::collections::{BTreeMap, BTreeSet};

use super::exchange::{Exchange, KNOWN, Part, exchange, swap};
use super::integer::{Solved, integer};
use super::programme::Programme;
use super::walk::walk;

/// Something about one subject that must stay open: whether its state is in a set.
#[derive(Clone, Debug)]
pub(crate) struct Secret {
    pub subject: usize,
    /// Place of the question among those of the block.
    pub place: usize,
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
    /// Where something may be said that need not be: by swaps and short walks alone.
    Brief,
    /// While numbers are held back: what is hard to show is held back.
    Quick,
    /// When a release is judged: the same, and where it finds nothing, more.
    Thorough,
}

/// Walks among all answers, of each sort.
const WALKS: u64 = 2;
/// Walks when a release is judged.
const MORE_WALKS: u64 = 12;
/// Nodes of an integer programme.
const NODES: u64 = 600;

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
    exchanges: Vec<Exchange>,
    /// Classes of respondents, and what they could have said instead, of which one is open: nothing tells a class apart.
    open: BTreeSet<(usize, u16, Vec<u16>)>,
    care: Care,
}

impl Pool {
    pub fn new(care: Care) -> Self {
        Self {
            exchanges: Vec::new(),
            open: BTreeSet::new(),
            care,
        }
    }

    /// The worlds that are left when more numbers are published: those that meet them too, and count in none as alike who is
    /// told apart by them.
    pub fn still(&self, programme: &Programme) -> Self {
        let stands = |exchange: &&Exchange| {
            let alike = |part: &Part| {
                let kinds = part.members.iter().map(|m| programme.kind_of[*m]);
                kinds.collect::<BTreeSet<usize>>().len() == 1
            };
            exchange.parts.iter().all(alike) && programme.meets(&exchange.world(programme, None))
        };
        Self {
            exchanges: self.exchanges.iter().filter(stands).cloned().collect(),
            open: BTreeSet::new(),
            care: Care::Brief,
        }
    }

    /// To be called when fewer numbers are published: respondents are told apart by less.
    pub fn changed(&mut self) {
        self.open.clear();
    }
}

/// Why a secret is open: a world in which it is the other way round, by whom it changes beside the secret's owner. Of
/// each list of units so many must answer otherwise, whichever; a world falls when too few are left that are not known.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Proof(Vec<(Vec<u32>, usize)>);

impl Proof {
    fn of_exchange(programme: &Programme, secret: &Secret, exchange: &Exchange) -> Option<Self> {
        let own = secret.subject;
        let turned = |part: &Part| {
            let goes = part.members.binary_search(&own).is_ok();
            let to = goes.then(|| part.target(programme, own)).flatten();
            to.is_some_and(|state| secret.others.contains(&state))
        };
        let part = exchange.parts.iter().position(turned)?;
        // Parts with the same members draw on the same respondents.
        let mut lists: BTreeMap<&[usize], usize> = BTreeMap::new();
        for (at, of) in exchange.parts.iter().enumerate() {
            *lists.entry(&of.members).or_default() += of.needed - usize::from(at == part);
        }
        let lists = lists.into_iter().map(|(members, needed)| {
            let others = members.iter().filter(|m| **m != own);
            (others.map(|m| programme.units[*m]).collect(), needed)
        });
        Some(Self(lists.filter(|(_, needed)| *needed > 0).collect()))
    }

    /// Whether too few are left when these are known.
    fn falls(&self, known: &[u32]) -> bool {
        self.0.iter().any(|(units, needed)| {
            let gone = known.iter().filter(|k| units.contains(k)).count();
            units.len() - gone < *needed
        })
    }

    /// Pairs of known units with which it falls: single ones first.
    fn spoilers(&self) -> Vec<Vec<u32>> {
        let with = |spare: usize| {
            let lists = self.0.iter();
            lists.filter(move |(units, needed)| units.len() == needed + spare)
        };
        let mut spoilers: Vec<Vec<u32>> = Vec::new();
        spoilers.extend(with(0).flat_map(|(units, _)| units).map(|u| vec![*u]));
        for (units, _) in with(1) {
            for (at, first) in units.iter().enumerate() {
                spoilers.extend(units[at + 1..].iter().map(|second| vec![*first, *second]));
            }
        }
        spoilers
    }

    /// Units with which, one of them beside `known`, it falls.
    fn spoilers_beside(&self, known: u32) -> Vec<u32> {
        let near = self.0.iter().filter(|(units, needed)| {
            let gone = usize::from(units.contains(&known));
            units.len() - gone == *needed
        });
        near.flat_map(|(units, _)| units.iter().copied())
            .filter(|unit| *unit != known)
            .collect()
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
    let class = (
        programme.kind_of[secret.subject],
        programme.truth[secret.subject],
        secret.others.clone(),
    );
    if pool.open.contains(&class) {
        return None;
    }
    let found = told_of_class(programme, secret, pool, effort);
    if found.is_none() && programme.each_its_own_unit() {
        pool.open.insert(class);
    }
    found
}

fn told_of_class(
    programme: &Programme,
    secret: &Secret,
    pool: &mut Pool,
    effort: &mut Effort,
) -> Option<Told> {
    let known = |pool: &Pool| {
        let exchanges = pool.exchanges.iter();
        let proofs = exchanges.filter_map(|e| Proof::of_exchange(programme, secret, e));
        proofs.collect::<Vec<Proof>>()
    };
    let mut proofs: Vec<Proof> = known(pool);
    loop {
        let knows = match proofs.is_empty() {
            true => Vec::new(),
            false => spoiling_pair(&proofs)?,
        };
        let fixed = |subject: usize| knows.contains(&programme.units[subject]);
        match other_world(programme, secret, &fixed, pool, effort) {
            Ok(found) => {
                effort.worlds += 1;
                let proof = Proof::of_exchange(programme, secret, &found);
                proofs.push(proof.expect("the search turned the secret round"));
                pool.exchanges.push(found);
            }
            Err(proven) => return Some(Told { knows, proven }),
        }
    }
}

/// A world in which the secret is the other way round, without the respondents behind these units.
pub(crate) fn another(
    programme: &Programme,
    secret: &Secret,
    knows: &[u32],
    effort: &mut Effort,
) -> Option<Vec<(usize, u16)>> {
    let mut pool = Pool::new(Care::Quick);
    let own = secret.subject;
    let fixed = |subject: usize| knows.contains(&programme.units[subject]);
    let found = other_world(programme, secret, &fixed, &mut pool, effort).ok()?;
    let mut parts = found.parts.iter().filter(|p| p.members.contains(&own));
    let turned = parts.find_map(|part| {
        let to = part.target(programme, own)?;
        secret.others.contains(&to).then_some(to)
    });
    Some(found.world(programme, Some((own, turned?))))
}

/// Another world; otherwise whether there is proof that there is none.
fn other_world(
    programme: &Programme,
    secret: &Secret,
    fixed: &dyn Fn(usize) -> bool,
    pool: &mut Pool,
    effort: &mut Effort,
) -> Result<Exchange, bool> {
    let walks = |free: usize, mut attempts: std::ops::Range<u64>| {
        attempts.find_map(|attempt| walk(programme, secret, fixed, (free, attempt)))
    };
    let brief = swap(programme, secret, fixed).or_else(|| walks(KNOWN, 0..WALKS));
    if pool.care == Care::Brief {
        return brief.or_else(|| walks(0, 0..1)).ok_or(false);
    }
    let quick = brief
        .or_else(|| exchange(programme, secret, fixed, KNOWN))
        .or_else(|| walks(0, 0..WALKS))
        .or_else(|| exchange(programme, secret, fixed, 0));
    if let Some(found) = quick {
        return Ok(found);
    }
    if pool.care == Care::Quick {
        return Err(false);
    }
    if let Some(found) = walks(0, WALKS..MORE_WALKS) {
        return Ok(found);
    }
    let own = programme.record(programme.truth[secret.subject])[secret.place];
    let all = programme.answers(secret.place);
    let said: Vec<i16> = all.iter().copied().filter(|a| *a >= 0).collect();
    let mut solve = |free: usize, answers: &[i16]| {
        effort.programmes += 1;
        integer(programme, secret, fixed, (free, answers), NODES)
    };
    for free in [2, 0] {
        for to in said.iter().copied().filter(|to| *to != own) {
            if let Solved::World(found) = solve(free, &[own, to]) {
                return Ok(found);
            }
        }
    }
    if let Solved::World(found) = solve(0, &said) {
        return Ok(found);
    }
    match solve(0, &all) {
        Solved::World(found) => Ok(found),
        // Of several questions that hang together the programme moves one only: no proof.
        Solved::None => Err(programme.record(0).len() == 1),
        Solved::Unknown => Err(false),
    }
}

/// At most two known units with which all of these proofs fall.
fn spoiling_pair(proofs: &[Proof]) -> Option<Vec<u32>> {
    let spoilers = proofs.iter().map(|proof| proof.spoilers());
    let fewest = spoilers.min_by_key(Vec::len)?;
    for known in fewest {
        let mut left = proofs.iter().filter(|proof| !proof.falls(&known));
        let Some(next) = left.next() else {
            return Some(known);
        };
        let [first] = known[..] else { continue };
        let mut seconds = next.spoilers_beside(first).into_iter();
        if let Some(second) = seconds.find(|s| proofs.iter().all(|p| p.falls(&[first, *s]))) {
            return Some(vec![first, second]);
        }
    }
    None
}
