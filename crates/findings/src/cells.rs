//! The shares of one item in all domains: which cells are printed, which are held.

use std::ops::Range;

use crate::ReleasedCell;
use crate::disclosure::{MIN_SIDE, whole};

/// An estimated share before it is released.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Share {
    /// Between 0 and 1.
    pub estimate: f64,
    /// Lower and upper bound, where one may be stated.
    pub interval: Option<(f64, f64)>,
    /// Respondents who said so.
    pub count: usize,
}

/// The estimated shares of one row (one domain) before they are released.
#[derive(Clone, Debug)]
pub(crate) struct RawRow {
    /// Respondents in the base.
    pub n: usize,
    /// Units of the register in the domain.
    pub units: usize,
    /// Shares of all codes, which add up to the whole; one share for a flag.
    pub shares: Vec<Share>,
    /// Share of the two upper codes.
    pub top_two: Option<Share>,
}

/// A row that has passed.
pub(crate) type Row = (Vec<ReleasedCell>, Option<ReleasedCell>);

/// Releases one item's shares in all domains together. The first row is the whole, `breakdowns` are the places of
/// the parts that make it up; `None` is a row that is held back.
///
/// A cell is thin when fewer than [`MIN_SIDE`] respondents are on one side; it is held, which means that at most the
/// end on which it lies is said. No held cell is alone in an equation that readers can solve for it:
/// - the two upper codes are the two upper points together; the others and the two upper points are 100 %
///   (without two upper points: all codes are 100 %). The smallest other code goes with a held one;
/// - the whole is made of its parts. Where a dot could be worked out from the others with less than [`MIN_SIDE`]
///   respondents left open by rounding, the same cell of another part or of the whole goes with it. A cell of
///   which the end is said ("unter 10 %") may be narrowed so: that waits for the audit.
pub(crate) fn release_table(
    rows: &[Option<RawRow>],
    breakdowns: &[Range<usize>],
) -> Vec<Option<Row>> {
    release_table_with(rows, breakdowns, &vec![Vec::new(); rows.len()])
}

/// The same where some cells must be held for another reason: `forced` has one flag a cell for each row, or none.
pub(crate) fn release_table_with(
    rows: &[Option<RawRow>],
    breakdowns: &[Range<usize>],
    forced: &[Vec<bool>],
) -> Vec<Option<Row>> {
    let mut held: Vec<Vec<bool>> = rows.iter().map(thin_cells).collect();
    for (held, forced) in held.iter_mut().zip(forced) {
        for (held, forced) in held.iter_mut().zip(forced) {
            *held |= forced;
        }
    }
    while hold_one_more(rows, breakdowns, &mut held) {}
    let released = rows.iter().zip(&held).map(|(row, held)| {
        let row = row.as_ref()?;
        let cells = all_shares(row).zip(held);
        let mut cells: Vec<ReleasedCell> = cells
            .map(|(share, held)| {
                if *held {
                    bounded(share)
                } else {
                    printed(share)
                }
            })
            .collect();
        let top_two = row.top_two.as_ref().and_then(|_| cells.pop());
        Some((cells, top_two))
    });
    released.collect()
}

/// Codes, then the two upper points.
fn all_shares(row: &RawRow) -> impl Iterator<Item = &Share> {
    row.shares.iter().chain(&row.top_two)
}

fn thin_cells(row: &Option<RawRow>) -> Vec<bool> {
    let row = row.iter();
    row.flat_map(|row| all_shares(row).map(|share| is_thin(row.n, share)))
        .collect()
}

/// Holds one cell more where a held one is alone in an equation; false when none is.
fn hold_one_more(
    rows: &[Option<RawRow>],
    breakdowns: &[Range<usize>],
    held: &mut [Vec<bool>],
) -> bool {
    for (row, held) in rows.iter().zip(held.iter_mut()) {
        let Some(row) = row else { continue };
        for equation in equations(row) {
            if let Some(cell) = companion(row, &equation, held) {
                held[cell] = true;
                return true;
            }
        }
    }
    let Some(Some(whole)) = rows.first() else {
        return false;
    };
    for breakdown in breakdowns {
        for cell in 0..all_shares(whole).count() {
            if let Some(part) = companion_part(rows, breakdown, cell, held) {
                held[part][cell] = true;
                return true;
            }
        }
    }
    false
}

/// Cells of a row that are tied by an equation, the two upper points last.
fn equations(row: &RawRow) -> Vec<Vec<usize>> {
    let codes = row.shares.len();
    match row.top_two {
        Some(_) => vec![
            (codes - 2..=codes).collect(),
            (0..codes - 2).chain([codes]).collect(),
        ],
        None if codes > 1 => vec![(0..codes).collect()],
        None => Vec::new(),
    }
}

/// The cell that goes with the only held one of an equation: the smallest code, else the two upper points.
fn companion(row: &RawRow, equation: &[usize], held: &[bool]) -> Option<usize> {
    if equation.iter().filter(|&&cell| held[cell]).count() != 1 {
        return None;
    }
    let codes = row.shares.len();
    let open = equation.iter().copied().filter(|&cell| !held[cell]);
    let rank = |cell: usize| match row.shares.get(cell) {
        Some(share) => share.estimate,
        None => f64::INFINITY,
    };
    open.min_by(|&a, &b| rank(a).total_cmp(&rank(b)).then(a.cmp(&b)))
        .filter(|&cell| cell <= codes)
}

/// The row whose cell goes with the only held one of a breakdown, if that could be worked out closely enough:
/// one of which the end can still be said, else a part; of several parts the largest.
fn companion_part(
    rows: &[Option<RawRow>],
    breakdown: &Range<usize>,
    cell: usize,
    held: &[Vec<bool>],
) -> Option<usize> {
    let members = || std::iter::once(0).chain(breakdown.clone());
    let is_held = |&row: &usize| rows[row].is_none() || held[row][cell];
    let mut hidden = members().filter(is_held);
    let (Some(alone), None) = (hidden.next(), hidden.next()) else {
        return None;
    };
    let units = |row: usize| rows[row].as_ref().map_or(0.0, |row| row.units as f64);
    let dot = |row: usize| {
        let share = rows[row].as_ref().and_then(|row| all_shares(row).nth(cell));
        share.is_none_or(|share| bounded(share) == ReleasedCell::Suppressed)
    };
    if !dot(alone) {
        return None;
    }
    let n = rows[alone].as_ref()?.n as f64;
    let needed = 0.5 * 100.0 * MIN_SIDE as f64 / n;
    // Each printed share leaves half a percent of its units open on both sides.
    let others = || members().filter(|&row| row != alone);
    let open = 0.5 * others().map(units).sum::<f64>() / units(alone);
    if open >= needed {
        return None;
    }
    let rank = |row: usize| {
        let width = if dot(row) { 50.0 } else { 5.0 };
        let enough = width * units(row) / units(alone) >= needed;
        // Sorts what serves and costs least first.
        (
            !enough,
            dot(row),
            row == 0,
            std::cmp::Reverse(units(row) as u64),
        )
    };
    others().min_by_key(|&row| rank(row))
}

fn is_thin(n: usize, share: &Share) -> bool {
    share.count < MIN_SIDE || n - share.count < MIN_SIDE
}

fn percent(share: f64) -> u8 {
    whole(share.clamp(0.0, 1.0) * 100.0) as u8
}

fn printed(share: &Share) -> ReleasedCell {
    let value = percent(share.estimate);
    let interval = share.interval;
    ReleasedCell::Percent {
        value,
        interval: interval.map(|(low, high)| (percent(low).min(value), percent(high).max(value))),
    }
}

/// What may be said of a share that is held back: on which end it is, if that does not contradict the share.
fn bounded(share: &Share) -> ReleasedCell {
    match percent(share.estimate) {
        0..10 => ReleasedCell::Under10,
        91.. => ReleasedCell::Over90,
        _ => ReleasedCell::Suppressed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(estimate: f64, count: usize) -> Share {
        Share {
            estimate,
            interval: Some((estimate - 0.05, estimate + 0.05)),
            count,
        }
    }

    fn value(cell: &ReleasedCell) -> Option<u8> {
        match cell {
            ReleasedCell::Percent { value, .. } => Some(*value),
            _ => None,
        }
    }

    fn row(n: usize, shares: &[Share], top_two: Option<Share>) -> RawRow {
        RawRow {
            n,
            units: 1_000,
            shares: shares.to_vec(),
            top_two,
        }
    }

    fn release_share(n: usize, share: &Share) -> ReleasedCell {
        release_table(&[Some(row(n, &[*share], None))], &[])[0]
            .clone()
            .unwrap()
            .0[0]
    }

    fn release_distribution(n: usize, shares: &[Share], top: Option<&Share>) -> Row {
        release_table(&[Some(row(n, shares, top.copied()))], &[])[0]
            .clone()
            .unwrap()
    }

    #[test]
    fn fewer_than_three_on_one_side_are_not_counted_out() {
        assert_eq!(release_share(40, &share(0.03, 2)), ReleasedCell::Under10);
        assert_eq!(release_share(40, &share(0.00, 0)), ReleasedCell::Under10);
        assert_eq!(release_share(40, &share(0.97, 38)), ReleasedCell::Over90);
        assert_eq!(value(&release_share(40, &share(0.08, 3))), Some(8));
        // Two heavy respondents: "unter 10 %" would be wrong, and so is 0.098, which rounds to 10.
        assert_eq!(release_share(40, &share(0.14, 2)), ReleasedCell::Suppressed);
        assert_eq!(
            release_share(40, &share(0.098, 2)),
            ReleasedCell::Suppressed
        );
        assert_eq!(
            release_share(40, &share(0.90, 38)),
            ReleasedCell::Suppressed
        );
    }

    #[test]
    fn the_rest_to_one_hundred_gives_no_thin_cell_away() {
        let shares = [share(0.04, 2), share(0.26, 10), share(0.70, 28)];
        let (cells, _) = release_distribution(40, &shares, None);
        assert_eq!(cells[0], ReleasedCell::Under10);
        assert_eq!(cells[1], ReleasedCell::Suppressed);
        assert_eq!(value(&cells[2]), Some(70));
    }

    #[test]
    fn the_two_upper_points_less_one_of_them_give_no_thin_cell_away() {
        let shares = [
            share(0.20, 8),
            share(0.20, 8),
            share(0.28, 12),
            share(0.29, 11),
            share(0.03, 1),
        ];
        let top = share(0.32, 12);
        let (cells, top) = release_distribution(40, &shares, Some(&top));
        assert_eq!(top.as_ref().and_then(value), Some(32));
        assert_eq!(cells[4], ReleasedCell::Under10);
        assert_eq!(cells[3], ReleasedCell::Suppressed);
        // The rest below keeps its three figures: none of them is thin.
        assert!(cells[..3].iter().all(|cell| value(cell).is_some()));
    }

    #[test]
    fn all_less_the_other_classes_gives_no_dot_away() {
        let part = |n: usize, units: usize, estimate: f64, yes: usize| {
            let share = share(estimate, yes);
            let alone = row(n, &[share], None);
            Some(RawRow { units, ..alone })
        };
        // Two heavy respondents make 14 % of the 8,000 small ones: all, less the 2,000 others, would tell it.
        let rows = [
            part(100, 10_000, 0.20, 20),
            part(40, 8_000, 0.14, 2),
            part(35, 1_500, 0.29, 10),
            part(25, 500, 0.32, 8),
        ];
        let table = release_table(&rows, std::slice::from_ref(&(1..4)));
        let cell = |part: usize| table[part].as_ref().unwrap().0[0];
        assert_eq!(value(&cell(0)), Some(20));
        assert_eq!(cell(1), ReleasedCell::Suppressed);
        assert_eq!(cell(2), ReleasedCell::Suppressed, "the largest other class");
        assert_eq!(value(&cell(3)), Some(32));
        // The same in the smallest class is hidden by rounding: nothing else need be held.
        let rows = [
            part(100, 10_000, 0.20, 20),
            part(40, 8_000, 0.18, 10),
            part(35, 1_500, 0.29, 8),
            part(25, 500, 0.14, 2),
        ];
        let table = release_table(&rows, std::slice::from_ref(&(1..4)));
        let printed = table.iter().flatten();
        assert_eq!(printed.filter(|row| value(&row.0[0]).is_some()).count(), 3);
    }

    #[test]
    fn an_interval_never_leaves_its_share_outside() {
        let cell = release_share(
            100,
            &Share {
                estimate: 0.004,
                interval: Some((0.006, 0.031)),
                count: 3,
            },
        );
        let expected = ReleasedCell::Percent {
            value: 0,
            interval: Some((0, 3)),
        };
        assert_eq!(cell, expected);
    }
}
