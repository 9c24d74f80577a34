//! Complementary suppression: what is held back so that a secret is open again, and what that costs.
//!
//! After Kelly, Golden, Assad (1992) and Fischetti, Salazar (2001): the attacker's own programme says which secret is
//! told; of all worlds in which it would be open, the one whose published contradictions are cheapest is taken, and
//! these numbers are held back; then the attacker is asked again. Every step takes constraints away and adds none, so a
//! secret that is open stays open, and the loop ends.

use super::build::{Part, Place};
use super::exchange::KNOWN;
use super::programme::Programme;
use super::search::Secret;
use super::walk::Walk;
use crate::{Domain, Finding, ReleasedCell, ReleasedRow};

/// What a figure costs that is no cell of a table.
const BESIDE: f64 = 0.5;

/// What holding a number back costs: figures of all weigh more than those of a group, the two upper points more than a
/// code, a whole row most. `None` where it cannot be held back.
fn cost(finding: &Finding, part: Part) -> Option<f64> {
    let of_row = |row: usize| match finding.rows[row].domain {
        Domain::All(_) => 4.0,
        _ => 1.0,
    };
    match part {
        Part::Cell { row, cell } => {
            let released = cell_of(&finding.rows[row], cell);
            let value = match released {
                Some(ReleasedCell::Percent { value: 10..=90, .. } | ReleasedCell::Mean { .. }) => {
                    1.0
                }
                Some(ReleasedCell::Percent { .. }) => 0.5,
                Some(ReleasedCell::Under10 | ReleasedCell::Over90) => 0.3,
                Some(ReleasedCell::Suppressed) | None => return None,
            };
            let upper = if cell == finding.rows[row].cells.len() {
                2.0
            } else {
                1.0
            };
            Some(of_row(row) * value * upper)
        }
        Part::N { row } => Some(of_row(row) * 2.0 * finding.rows[row].cells.len() as f64),
        Part::Reasons { .. } | Part::Plain { .. } => Some(0.5),
        Part::Compared { .. } => Some(BESIDE),
        Part::LeftOut { .. } => None,
    }
}

fn cell_of(row: &ReleasedRow, cell: usize) -> Option<ReleasedCell> {
    row.cells.get(cell).copied().or(row.top_two)
}

/// Holds one published number back. How many went. What a reader could complete it from needs no rule here: the
/// programme knows that the shares of a row add up, and is asked again.
pub(crate) fn hold(finding: &mut Finding, part: Part) -> u32 {
    match part {
        Part::Cell { row, cell } => hold_cell(&mut finding.rows[row], cell),
        Part::N { row } => hold_row(&mut finding.rows[row]),
        Part::Reasons { entry } => u32::from(finding.left_out[entry].by_reason.take().is_some()),
        Part::LeftOut { .. } | Part::Plain { .. } => 0,
        Part::Compared { .. } => 0,
    }
}

fn hold_row(row: &mut ReleasedRow) -> u32 {
    let shown = |cell: &&ReleasedCell| **cell != ReleasedCell::Suppressed;
    let held = row.cells.iter().chain(&row.top_two).filter(shown).count();
    (row.n, row.top_two) = (None, None);
    row.cells.fill(ReleasedCell::Suppressed);
    u32::try_from(held).expect("a row has few cells")
}

/// A share near an end keeps its end, once; then nothing is said of it any more.
fn hold_cell(row: &mut ReleasedRow, cell: usize) -> u32 {
    let Some(released) = row.cells.get_mut(cell).or(row.top_two.as_mut()) else {
        return 0;
    };
    *released = match released {
        ReleasedCell::Percent { value: 0..10, .. } => ReleasedCell::Under10,
        ReleasedCell::Percent { value: 91.., .. } => ReleasedCell::Over90,
        ReleasedCell::Suppressed => return 0,
        _ => ReleasedCell::Suppressed,
    };
    1
}

/// Which worlds are considered when numbers are to be held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// The owner moves alone or changes places with another respondent.
    Swaps,
    /// Also the worlds through which walks lead: they contradict fewer numbers. Where questions hang together and inhabitants
    /// count they open one secret at a time, and lose more than swaps.
    Walks,
}

/// Walks of each sort on which worlds are looked for that contradict little.
const WALKS: u64 = 2;

/// The cheapest numbers of the release `new` whose holding back opens this secret to whoever knows these units; `None` when numbers that cannot be held back any more give it away.
pub(crate) fn cheapest(
    programme: &Programme,
    secret: &Secret,
    knows: &[u32],
    places: &[Place],
    new: (usize, &[Finding]),
    choice: Choice,
) -> Option<Vec<Place>> {
    let (own, truth) = (secret.subject, programme.truth[secret.subject]);
    let alone = secret.others.iter().map(|&state| vec![(own, state)]);
    let swaps = (0..programme.truth.len()).filter_map(|other| {
        let there = programme.truth[other];
        let fits = other != own
            && !knows.contains(&programme.units[other])
            && secret.others.binary_search(&there).is_ok()
            && programme.allowed(other).binary_search(&truth).is_ok();
        fits.then(|| vec![(own, there), (other, truth)])
    });
    let price = |place: &Place| {
        let own = place.release == new.0;
        match place.part {
            _ if !own => None,
            Part::Compared { .. } => Some(BESIDE),
            part => cost(&new.1[place.finding], part),
        }
    };
    let prices: Vec<Option<f64>> = places.iter().map(price).collect();
    let mut best: Option<(f64, Vec<Place>)> = None;
    let mut offer = |violated: &[usize]| {
        let sources = violated.iter().map(|c| programme.constraints[*c].source);
        let mut of: Vec<usize> = sources.collect();
        of.sort_unstable();
        of.dedup();
        let Some(sum) = of.iter().map(|source| prices[*source]).sum::<Option<f64>>() else {
            return;
        };
        if !of.is_empty() && best.as_ref().is_none_or(|(least, _)| sum < *least) {
            let of = of.into_iter().map(|source| places[source]);
            best = Some((sum, of.collect()));
        }
    };
    let fixed = |subject: usize| knows.contains(&programme.units[subject]);
    for world in alone.chain(swaps) {
        offer(&programme.violated(&world));
    }
    if choice == Choice::Swaps || secret.others.is_empty() {
        return best.map(|(_, places)| places);
    }
    let sorts = [KNOWN, 0].into_iter();
    for (free, attempt) in sorts.flat_map(|free| (0..WALKS).map(move |attempt| (free, attempt))) {
        let mut walk = Walk::start(programme, secret, &fixed, (free, attempt));
        walk.go(&mut offer);
    }
    best.map(|(_, places)| places)
}

/// The published number that stands nearest in the way of another answer, to name it.
pub(crate) fn nearest(
    programme: &Programme,
    secret: &Secret,
    knows: &[u32],
    places: &[Place],
) -> Option<Place> {
    let (own, truth) = (secret.subject, programme.truth[secret.subject]);
    let swaps = (0..programme.truth.len()).filter(|other| {
        *other != own
            && !knows.contains(&programme.units[*other])
            && secret.others.contains(&programme.truth[*other])
            && programme.allowed(*other).contains(&truth)
    });
    let swaps = swaps.map(|other| vec![(own, programme.truth[other]), (other, truth)]);
    let worlds = swaps.chain(secret.others.iter().map(|&state| vec![(own, state)]));
    let violated = worlds
        .map(|world| programme.violated(&world))
        .filter(|v| !v.is_empty());
    let fewest = violated.min_by_key(Vec::len)?;
    fewest
        .first()
        .map(|c| places[programme.constraints[*c].source])
}
