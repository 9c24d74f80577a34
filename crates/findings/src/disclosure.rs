//! Disclosure control: the only way from an estimate to a number that may be printed.
//!
//! The rules stand in [`rules`] as sentences; as code they stand here for rows and means, in `cells` for shares. They guard single rows and one-way breakdowns
//! against readers who know who took part, the weights and these rules; linked tables wait for the audit
//! (`docs/decisions/disclosure-control.md`).

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

/// Fewest respondents behind a plain percentage beside the weighted one.
pub const MIN_PLAIN: usize = 50;
/// Fewest respondents of each group of a comparison (early against late and the like).
pub const MIN_GROUP: usize = 20;

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
pub fn row_is_shown(weights: &[f64]) -> bool {
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

/// Whether at least [`MIN_SIDE`] of `n` respondents are on each side.
pub(crate) fn two_sided(count: usize, n: usize) -> bool {
    count >= MIN_SIDE && n - count >= MIN_SIDE
}

/// The share of `yes` of `n` respondents, each counted once, in whole percents: a second figure beside the weighted one,
/// so only of a whole of at least [`MIN_PLAIN`], and with [`MIN_SIDE`] on each side.
pub(crate) fn release_plain(yes: usize, n: usize) -> Option<u8> {
    let shown = n >= MIN_PLAIN && two_sided(yes, n);
    shown.then(|| whole(100.0 * yes as f64 / n as f64) as u8)
}

/// A difference of shares between two groups of at least [`MIN_GROUP`] respondents each (the caller's part), with its
/// interval at `confidence`, in whole points.
pub(crate) fn release_difference(
    difference: &statistics::Estimate,
    df: f64,
    confidence: f64,
) -> (i16, (i16, i16)) {
    let points = |value: f64| whole(100.0 * value.clamp(-1.0, 1.0)) as i16;
    let interval = difference.interval(df, confidence);
    (
        points(difference.value),
        (points(interval.low), points(interval.high)),
    )
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

/// Means of one breakdown, the whole first, with the respondents of each row: where exactly one of them is a dot it
/// follows from the others, and the one of the part with the fewest respondents goes with it.
/// `None` is a row that is held back, or one without respondents. True when a mean was held.
pub(crate) fn complement_means(means: &mut [(usize, Option<ReleasedCell>)]) -> bool {
    let dot = |mean: &Option<ReleasedCell>| matches!(mean, None | Some(ReleasedCell::Suppressed));
    let asked = |n: usize| n > 0;
    let hidden = means.iter().filter(|(n, mean)| asked(*n) && dot(mean));
    if hidden.count() != 1 {
        return false;
    }
    let open = means.iter_mut().skip(1).filter(|(_, mean)| !dot(mean));
    match open.min_by_key(|(n, _)| *n) {
        Some((_, mean)) => {
            *mean = Some(ReleasedCell::Suppressed);
            true
        }
        None => false,
    }
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

pub(crate) fn whole(value: f64) -> i64 {
    // Means and bounds are far below 2^53; the cast saturates otherwise.
    value.round() as i64
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
    fn a_mean_that_the_others_give_away_takes_another_with_it() {
        let shown = Some(ReleasedCell::Mean {
            tenths: 120,
            interval: None,
        });
        let dot = Some(ReleasedCell::Suppressed);
        let mut means = [(120, shown), (30, dot), (50, shown), (40, shown)];
        assert!(complement_means(&mut means));
        assert_eq!(means.map(|(_, mean)| mean), [shown, dot, shown, dot]);
        assert!(!complement_means(&mut means));
        // The whole alone is the sum of its parts.
        let mut means = [(120, dot), (70, shown), (50, shown)];
        assert!(complement_means(&mut means));
        assert_eq!(means.map(|(_, mean)| mean), [dot, shown, dot]);
        // A part without respondents hides nobody.
        let mut means = [(120, shown), (0, None), (120, shown)];
        assert!(!complement_means(&mut means));
    }

    #[test]
    fn small_counts_of_reasons_are_pooled() {
        assert_eq!(reasons([3, 0, 12]), Some([3, 0, 12]));
        assert_eq!(reasons([3, 1, 12]), None);
    }
}
