//! 100 % bars of a scale: one an item, sorted, with the sum of the two upper points at the right.

use findings::{Finding, ReleasedCell};
use questionnaire::Lang;

use super::row::head;
use super::svg::{Anchor, Colour, Drawing, Sizes, measure, wrap};
use super::{Line, Medium};
use crate::numbers;
use crate::translation::text;

pub(super) fn draw(lang: Lang, finding: &Finding, lines: &[Line<'_>], medium: Medium) -> Drawing {
    let sizes = Sizes::of(medium);
    let mut drawing = Drawing::new(medium);
    let points = finding.columns.len();
    let mut y = legend(lang, &mut drawing, finding, lines, medium);
    for line in lines {
        y = row(lang, &mut drawing, line, points, sizes, medium, y);
    }
    drawing
}

/// The words of the scale with their colours, low to high, and what the number at the right means.
fn legend(
    lang: Lang,
    drawing: &mut Drawing,
    finding: &Finding,
    lines: &[Line<'_>],
    medium: Medium,
) -> f64 {
    let sizes = Sizes::of(medium);
    let side = sizes.small * 0.9;
    let (mut x, mut y) = (sizes.left, 0.0);
    let points = finding.columns.len();
    for (i, (_, label)) in finding.columns.iter().enumerate() {
        let words = label.get(lang);
        let width = side + 5.0 + measure(words, sizes.small, medium);
        if x > sizes.left && x + width > sizes.width {
            x = sizes.left;
            y += sizes.line;
        }
        drawing.rounded(x, y + 1.0, side, side, 1.0, Colour::Scale(tone(i, points)));
        drawing.words(
            x + side + 5.0,
            y + sizes.small * 0.85,
            sizes.small,
            Anchor::Start,
            Colour::Quiet,
            words,
        );
        x += width + sizes.small;
    }
    y += sizes.line;
    // The stroke below the two upper points is said in words.
    let words = text(lang, "edition-chart-legend-sum", &[]);
    let mark = 2.0 * side;
    for (i, part) in wrap(
        &words,
        sizes.small,
        sizes.width - sizes.left - mark - 5.0,
        medium,
    )
    .iter()
    .enumerate()
    {
        if i == 0 {
            drawing.line(
                (sizes.left, y + side * 0.55),
                (sizes.left + mark, y + side * 0.55),
                stroke(medium),
                Colour::Ink,
            );
        }
        drawing.words(
            sizes.left + mark + 5.0,
            y + sizes.small * 0.85,
            sizes.small,
            Anchor::Start,
            Colour::Quiet,
            part,
        );
        y += sizes.line;
    }
    if lines.iter().any(|l| partly_known(&l.row.cells)) {
        let words = text(lang, "edition-chart-legend-hatched", &[]);
        drawing.hatched(sizes.left, y + 1.0, mark, side);
        for part in wrap(
            &words,
            sizes.small,
            sizes.width - sizes.left - mark - 5.0,
            medium,
        ) {
            drawing.words(
                sizes.left + mark + 5.0,
                y + sizes.small * 0.85,
                sizes.small,
                Anchor::Start,
                Colour::Quiet,
                &part,
            );
            y += sizes.line;
        }
    }
    y + sizes.gap * 0.7
}

fn row(
    lang: Lang,
    drawing: &mut Drawing,
    line: &Line<'_>,
    points: usize,
    sizes: Sizes,
    medium: Medium,
    top: f64,
) -> f64 {
    let (y, end) = head(lang, drawing, &line.label, line.row.n, medium, top);
    bar(lang, drawing, line, points, sizes, medium, y);
    end + sizes.gap
}

fn bar(
    lang: Lang,
    drawing: &mut Drawing,
    line: &Line<'_>,
    points: usize,
    sizes: Sizes,
    medium: Medium,
    y: f64,
) {
    let widths = widths(&line.row.cells);
    let Some(widths) = widths else {
        drawing.hatched(sizes.left, y, 100.0 * sizes.step, sizes.bar);
        let words = text(lang, "edition-chart-not-shown", &[]);
        let width = measure(&words, sizes.small, medium) + 10.0;
        drawing.rect(
            sizes.left + 6.0,
            y + 2.0,
            width,
            sizes.bar - 4.0,
            Colour::Ground,
        );
        drawing.words(
            sizes.left + 11.0,
            y + middle(sizes, sizes.small),
            sizes.small,
            Anchor::Start,
            Colour::Quiet,
            &words,
        );
        return;
    };
    let upper = points.saturating_sub(2);
    let (mut percent, mut upper_from) = (0u32, 0u32);
    for (i, width) in widths.iter().enumerate() {
        if i == upper {
            upper_from = percent;
        }
        let x = sizes.left + f64::from(percent) * sizes.step;
        let w = f64::from(*width) * sizes.step;
        let known = matches!(
            line.row.cells[i],
            ReleasedCell::Percent { .. } | ReleasedCell::Over90
        );
        if *width > 0 && known {
            drawing.rect(x, y, w, sizes.bar, Colour::Scale(tone(i, points)));
            if *width >= 8
                && let ReleasedCell::Percent { value, .. } = line.row.cells[i]
            {
                let colour = Colour::OnScale(tone(i, points));
                drawing.words(
                    x + w / 2.0,
                    y + middle(sizes, sizes.small),
                    sizes.small,
                    Anchor::Middle,
                    colour,
                    &value.to_string(),
                );
            }
        } else if *width > 0 {
            drawing.hatched(x, y, w, sizes.bar);
        }
        if percent > 0 && *width > 0 {
            drawing.line(
                (x, y),
                (x, y + sizes.bar),
                stroke(medium) * 0.4,
                Colour::Ground,
            );
        }
        percent += u32::from(*width);
    }
    if let Some(top) = &line.row.top_two {
        if percent > upper_from {
            let below = y + sizes.bar + stroke(medium);
            let from = sizes.left + f64::from(upper_from) * sizes.step;
            let to = sizes.left + f64::from(percent) * sizes.step;
            drawing.line((from, below), (to, below), stroke(medium), Colour::Ink);
        }
        let words = short_cell(lang, top);
        // Rounded shares may add up to 102: the number stands behind them all.
        let x = sizes.right() + 2.0 * sizes.step + sizes.type_size * 0.2;
        drawing.strong(
            x,
            y + middle(sizes, sizes.type_size),
            sizes.type_size,
            Anchor::Start,
            Colour::Ink,
            &words,
        );
    }
}

/// Whether a bar has segments that are hatched since they are not known.
fn partly_known(cells: &[ReleasedCell]) -> bool {
    widths(cells).is_some_and(|widths| {
        widths
            .iter()
            .zip(cells)
            .any(|(w, c)| *w > 0 && matches!(c, ReleasedCell::Under10 | ReleasedCell::Suppressed))
    })
}

/// Whole percents of the segments; those of cells that are "unter 10 %" share what the others leave. `None` when no
/// cell is known.
fn widths(cells: &[ReleasedCell]) -> Option<Vec<u8>> {
    let known = |c: &ReleasedCell| match c {
        ReleasedCell::Percent { value, .. } => Some(*value),
        _ => None,
    };
    if !cells
        .iter()
        .any(|c| known(c).is_some() || *c == ReleasedCell::Over90)
    {
        return None;
    }
    let sum: u32 = cells.iter().filter_map(known).map(u32::from).sum();
    let open: Vec<usize> = (0..cells.len())
        .filter(|i| known(&cells[*i]).is_none())
        .collect();
    let mut rest = 100u32.saturating_sub(sum);
    let mut widths: Vec<u8> = cells.iter().map(|c| known(c).unwrap_or(0)).collect();
    // "Over 90 %" takes at least its 90; the others share evenly what is left.
    if let Some(over) = open.iter().find(|i| cells[**i] == ReleasedCell::Over90) {
        let others = open.len() as u32 - 1;
        let share = rest.saturating_sub(5 * others.min(1)).min(95);
        widths[*over] = share as u8;
        rest -= share;
    }
    let mut others: Vec<usize> = open
        .into_iter()
        .filter(|i| cells[*i] != ReleasedCell::Over90)
        .collect();
    while let Some(i) = others.first().copied() {
        let part = rest / others.len() as u32;
        widths[i] = part as u8;
        rest -= part;
        others.remove(0);
    }
    Some(widths)
}

/// The colour of point `i` of a scale of `points`.
pub(super) fn tone(i: usize, points: usize) -> usize {
    match points {
        0 | 1 => 4,
        5 => i,
        2 => [0, 4][i.min(1)],
        3 => [0, 2, 4][i.min(2)],
        4 => [0, 1, 3, 4][i.min(3)],
        more => (i * 4 + (more - 1) / 2) / (more - 1),
    }
}

/// A cell where space is short: "71 %", "< 10 %", "> 90 %", "·".
pub(super) fn short_cell(lang: Lang, cell: &ReleasedCell) -> String {
    let ten = numbers::percent(lang, 10);
    let ninety = numbers::percent(lang, 90);
    match cell {
        ReleasedCell::Under10 => format!("<\u{a0}{ten}"),
        ReleasedCell::Over90 => format!(">\u{a0}{ninety}"),
        cell => numbers::cell(lang, cell),
    }
}

/// From the top of a bar to the baseline of words in its middle.
pub(super) fn middle(sizes: Sizes, size: f64) -> f64 {
    sizes.bar / 2.0 + size * 0.35
}

fn stroke(medium: Medium) -> f64 {
    if medium == Medium::Print { 1.2 } else { 2.5 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_shares_the_rest() {
        let percent = |value| ReleasedCell::Percent {
            value,
            interval: None,
        };
        let under = ReleasedCell::Under10;
        assert_eq!(widths(&[percent(3), percent(97)]), Some(vec![3, 97]));
        assert_eq!(
            widths(&[under, percent(36), percent(60)]),
            Some(vec![4, 36, 60])
        );
        assert_eq!(widths(&[under, under, percent(93)]), Some(vec![3, 4, 93]));
        assert_eq!(widths(&[under, ReleasedCell::Over90]), Some(vec![5, 95]));
        assert_eq!(widths(&[ReleasedCell::Suppressed; 3]), None);
    }
}
