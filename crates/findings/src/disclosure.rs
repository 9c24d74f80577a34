//! Disclosure control: the only way from an estimate to a number that may be printed.
//!
//! The rules stand in [`rules`] as sentences and below as code. They guard single rows and one-way breakdowns
//! against readers who know who took part, the weights and these rules; linked tables wait for the audit
//! (`docs/decisions/disclosure-control.md`).

use std::ops::Range;

use questionnaire::Text;

use crate::ReleasedCell;

/// Fewest respondents behind a row.
pub const MIN_RESPONDENTS: usize = 10;
/// Smallest effective n (Kish) behind a row.
pub const MIN_KISH: f64 = 5.0;
/// Largest part of a row's weight that one respondent may have.
pub const MAX_ONE: f64 = 0.30;
/// Largest part of a row's weight that two respondents may have together.
pub const MAX_TWO: f64 = 0.50;
/// Fewest respondents on each side of a printed share.
pub const MIN_SIDE: usize = 3;
/// p of the p % rule for magnitudes: who knows the second largest contribution must not be able to tell
/// the largest one to within this part of it.
pub const P_PERCENT: f64 = 0.10;
/// Means from here on are rounded to tens, not to tenths.
pub const TENS_FROM: f64 = 100.0;

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

/// An estimated mean before it is released.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mean<'a> {
    pub estimate: f64,
    pub interval: Option<(f64, f64)>,
    /// Value and weight of each respondent.
    pub values: &'a [(f64, f64)],
}

/// Kish's effective n: the square of the sum of weights over the sum of their squares; 0 without weights.
pub(crate) fn kish(weights: &[f64]) -> f64 {
    let sum: f64 = weights.iter().sum();
    let squares: f64 = weights.iter().map(|w| w * w).sum();
    if squares > 0.0 {
        sum * sum / squares
    } else {
        0.0
    }
}

/// Whether a row with these weights (one a respondent in its base) may be shown at all.
pub(crate) fn row_is_shown(weights: &[f64]) -> bool {
    let sum: f64 = weights.iter().sum();
    let (mut first, mut second) = (0.0, 0.0);
    for &weight in weights {
        if weight > first {
            (first, second) = (weight, first);
        } else if weight > second {
            second = weight;
        }
    }
    weights.len() >= MIN_RESPONDENTS
        && kish(weights) >= MIN_KISH
        && first <= MAX_ONE * sum
        && first + second <= MAX_TWO * sum
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
    let mut held: Vec<Vec<bool>> = rows.iter().map(thin_cells).collect();
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

/// Releases a mean: not when one contribution could be told from it (p % rule), and not when fewer than
/// [`MIN_SIDE`] respondents differ from the most frequent value.
pub(crate) fn release_mean(mean: &Mean<'_>) -> ReleasedCell {
    if dominated(mean.values) || uniform(mean.values) {
        return ReleasedCell::Suppressed;
    }
    let tens = mean.estimate.abs() >= TENS_FROM;
    let tenths = |value: f64| {
        if tens {
            whole(value / 10.0) * 100
        } else {
            whole(value * 10.0)
        }
    };
    ReleasedCell::Mean {
        tenths: tenths(mean.estimate),
        interval: mean.interval.map(|(low, high)| (tenths(low), tenths(high))),
    }
}

/// Which rows of one breakdown are held back in the end, given which are held back on their own.
///
/// When the whole is shown and exactly one part is not, the whole less the others would give it: the part with
/// the fewest respondents among the others goes with it. `parts` has respondents and whether the row is held back;
/// parts without any respondent do not count.
pub(crate) fn complement(whole_is_shown: bool, parts: &[(usize, bool)]) -> Vec<bool> {
    let mut held: Vec<bool> = parts.iter().map(|(_, held)| *held).collect();
    let hidden = parts.iter().filter(|(n, held)| *held && *n > 0).count();
    if whole_is_shown && hidden == 1 {
        let open = (0..parts.len()).filter(|&part| !held[part]);
        if let Some(part) = open.min_by_key(|&part| parts[part].0) {
            held[part] = true;
        }
    }
    held
}

/// Counts of reasons, shown one by one only when none of them is one or two.
pub(crate) fn reasons(counts: [u32; 3]) -> Option<[u32; 3]> {
    let thin = |count: &u32| (1..3).contains(count);
    (!counts.iter().any(thin)).then_some(counts)
}

/// The rules in plain words, for the method page.
pub fn rules() -> Vec<Text> {
    let text = |de: &str, en: &str| Text {
        de: de.to_owned(),
        en: en.to_owned(),
    };
    vec![
        text(
            "Eine Zeile wird nur gezeigt, wenn mindestens zehn Kommunen dahinterstehen und ihr Gewicht \
             rechnerisch wenigstens fünf gleich gewichteten Kommunen entspricht.",
            "A row is shown only if at least ten municipalities stand behind it and their weights are worth \
             at least five equally weighted ones.",
        ),
        text(
            "Keine Kommune darf mehr als 30 % des Gewichts einer Zeile tragen, keine zwei zusammen mehr als 50 %.",
            "No municipality may carry more than 30 % of a row's weight, no two together more than 50 %.",
        ),
        text(
            "Anteile, denen weniger als drei Kommunen zustimmen oder widersprechen, erscheinen als \
             „unter 10 %“ oder „über 90 %“ oder gar nicht; damit sie sich nicht als Rest errechnen lassen, \
             wird eine zweite Angabe ebenso behandelt.",
            "Shares to which fewer than three municipalities agree or disagree are shown as \
             “under 10 %” or “over 90 %” or not at all; a second figure is treated alike so that they cannot \
             be worked out as the remainder.",
        ),
        text(
            "Anteile stehen in ganzen Prozent. Mittelwerte stehen mit höchstens einer Stelle nach dem Komma, \
             ab 100 auf Zehner gerundet, und nur, wenn sich daraus die Angabe keiner Kommune auf 10 % genau \
             schließen lässt.",
            "Shares are in whole percents. Means have at most one decimal, from 100 on they are rounded to tens, \
             and they are shown only if no municipality's figure can be told from them to within 10 %.",
        ),
        text(
            "Aufgegliedert wird immer nur nach einem Merkmal. Fehlt darin genau eine Gruppe, wird die kleinste \
             der übrigen ebenfalls nicht gezeigt. Was nicht gezeigt wird, ist mit einem Punkt gekennzeichnet.",
            "Breakdowns are by one characteristic at a time. Where exactly one group is held back, the smallest \
             of the others is held back as well. What is not shown is marked by a dot.",
        ),
    ]
}

fn is_thin(n: usize, share: &Share) -> bool {
    share.count < MIN_SIDE || n - share.count < MIN_SIDE
}

fn whole(value: f64) -> i64 {
    // Means and bounds are far below 2^53; the cast saturates otherwise.
    value.round() as i64
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

/// The p % rule on weighted contributions.
fn dominated(values: &[(f64, f64)]) -> bool {
    let mut parts: Vec<f64> = values.iter().map(|(v, w)| (v * w).abs()).collect();
    parts.sort_by(|a, b| b.total_cmp(a));
    match parts.as_slice() {
        [first, _, rest @ ..] => rest.iter().sum::<f64>() < P_PERCENT * first,
        _ => true,
    }
}

fn uniform(values: &[(f64, f64)]) -> bool {
    let mut sorted: Vec<f64> = values.iter().map(|(value, _)| *value).collect();
    sorted.sort_by(f64::total_cmp);
    let runs = sorted.chunk_by(|a, b| a == b).map(<[f64]>::len);
    let longest = runs.max().unwrap_or(0);
    values.len() - longest < MIN_SIDE
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

    #[test]
    fn a_row_needs_ten_respondents_of_balanced_weight() {
        assert!(row_is_shown(&[1.0; 10]));
        assert!(!row_is_shown(&[1.0; 9]));
        // One of twelve with 30 % and a bit of the weight.
        let mut one = [1.0; 12];
        one[3] = 11.0 * 0.31 / 0.69;
        assert!(!row_is_shown(&one));
        // Two with a quarter and a bit each.
        let mut two = [1.0; 22];
        (two[0], two[1]) = (20.0 * 0.26 / 0.48, 20.0 * 0.26 / 0.48);
        assert!(!row_is_shown(&two));
        // Kish's n below five although no single weight is large: four with 22 % each.
        let mut few = [0.01; 30];
        few[..4].fill(1.0);
        assert!(kish(&few) < 5.0);
        assert!(!row_is_shown(&few));
        assert!(!row_is_shown(&[]));
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
    fn a_mean_that_one_town_makes_is_held_back() {
        let mean = |values: &[(f64, f64)]| {
            let interval = None;
            release_mean(&Mean {
                estimate: 312.6,
                interval,
                values,
            })
        };
        let mut values: Vec<(f64, f64)> = (0..20).map(|i| (f64::from(i), 1.0)).collect();
        let tens = ReleasedCell::Mean {
            tenths: 3100,
            interval: None,
        };
        assert_eq!(mean(&values), tens);
        values[0].0 = 10_000.0;
        assert_eq!(mean(&values), ReleasedCell::Suppressed);
        // All but two say the same number.
        let mut same = vec![(7.0, 1.0); 20];
        (same[0].0, same[1].0) = (8.0, 9.0);
        assert_eq!(mean(&same), ReleasedCell::Suppressed);
    }

    #[test]
    fn one_hidden_part_takes_the_smallest_other_with_it() {
        let parts = [(31, false), (70, false), (9, true), (40, false)];
        assert_eq!(complement(true, &parts), [true, false, true, false]);
        assert_eq!(complement(false, &parts), [false, false, true, false]);
        // Two are hidden already; and a part without respondents hides nobody.
        let two = [(31, false), (8, true), (9, true)];
        assert_eq!(complement(true, &two), [false, true, true]);
        let empty = [(31, false), (0, true), (50, false)];
        assert_eq!(complement(true, &empty), [false, true, false]);
    }

    #[test]
    fn small_counts_of_reasons_are_pooled() {
        assert_eq!(reasons([3, 0, 12]), Some([3, 0, 12]));
        assert_eq!(reasons([3, 1, 12]), None);
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
