//! Horizontal bars: one an option, the percent at its end, the interval as a thin line.

use findings::{Domain, Finding, ReleasedCell};
use questionnaire::Lang;

use super::likert::{middle, short_cell};
use super::row::head;
use super::svg::{Anchor, Colour, Drawing, Sizes, measure};
use super::{Line, Medium};
use crate::numbers;
use crate::translation::text;

/// One bar a row: the options of a multiple choice, sorted.
pub(super) fn rows(lang: Lang, lines: &[Line<'_>], medium: Medium) -> Drawing {
    let mut drawing = Drawing::new(medium);
    let mut y = 0.0;
    for line in lines {
        let cell = line.row.cells.first().unwrap_or(&ReleasedCell::Suppressed);
        y = bar(lang, &mut drawing, &line.label, cell, line.row.n, medium, y);
    }
    axis(lang, &mut drawing, medium, y);
    drawing
}

/// One bar a column: the answers of a single choice in their order, of the whole population.
pub(super) fn columns(
    lang: Lang,
    finding: &Finding,
    lines: &[Line<'_>],
    medium: Medium,
) -> Drawing {
    let mut drawing = Drawing::new(medium);
    let mut y = 0.0;
    let whole = lines
        .iter()
        .find(|l| matches!(l.row.domain, Domain::All(_)));
    if let Some(line) = whole {
        for ((_, label), cell) in finding.columns.iter().zip(&line.row.cells) {
            y = bar(
                lang,
                &mut drawing,
                label.get(lang),
                cell,
                line.row.n,
                medium,
                y,
            );
        }
    }
    axis(lang, &mut drawing, medium, y);
    drawing
}

fn bar(
    lang: Lang,
    drawing: &mut Drawing,
    label: &str,
    cell: &ReleasedCell,
    n: Option<u32>,
    medium: Medium,
    top: f64,
) -> f64 {
    let sizes = Sizes::of(medium);
    let (y, row_end) = head(lang, drawing, label, n, medium, top);
    drawing.rect(sizes.left, y, 100.0 * sizes.step, sizes.bar, Colour::Raised);
    let at = |percent: u8| sizes.left + f64::from(percent) * sizes.step;
    let end = match cell {
        ReleasedCell::Percent { value, interval } => {
            drawing.rect(
                sizes.left,
                y,
                f64::from(*value) * sizes.step,
                sizes.bar,
                Colour::Petrol,
            );
            match interval {
                Some((low, high)) => {
                    whisker(drawing, at(*low), at(*value), at(*high), y, sizes);
                    (*value).max(*high)
                }
                None => *value,
            }
        }
        ReleasedCell::Over90 => {
            drawing.rect(sizes.left, y, 90.0 * sizes.step, sizes.bar, Colour::Petrol);
            drawing.hatched(at(90), y, 10.0 * sizes.step, sizes.bar);
            100
        }
        ReleasedCell::Under10 => {
            drawing.hatched(sizes.left, y, 10.0 * sizes.step, sizes.bar);
            10
        }
        ReleasedCell::Mean { .. } | ReleasedCell::Suppressed => 0,
    };
    let words = match cell {
        ReleasedCell::Suppressed => text(lang, "edition-chart-not-shown", &[]),
        cell => short_cell(lang, cell),
    };
    // Behind the bar where there is room, else on the fixed place right of the track.
    let width = measure(&words, sizes.type_size, medium);
    let free = at(end) + sizes.type_size * 0.5;
    let x = if free + width <= sizes.right() {
        free
    } else {
        sizes.right() + sizes.type_size * 0.4
    };
    drawing.strong(
        x,
        y + middle(sizes, sizes.type_size),
        sizes.type_size,
        Anchor::Start,
        Colour::Ink,
        &words,
    );
    row_end + sizes.gap * 0.8
}

/// The interval: light inside the bar, ink outside it, so that both parts are seen.
fn whisker(drawing: &mut Drawing, low: f64, value: f64, high: f64, y: f64, sizes: Sizes) {
    let middle = y + sizes.bar / 2.0;
    let width = sizes.bar / 10.0;
    drawing.line((low, middle), (value, middle), width, Colour::Ground);
    drawing.line(
        (low, middle - width * 2.0),
        (low, middle + width * 2.0),
        width,
        Colour::Ground,
    );
    drawing.line((value, middle), (high, middle), width, Colour::Ink);
    drawing.line(
        (high, middle - width * 2.0),
        (high, middle + width * 2.0),
        width,
        Colour::Ink,
    );
}

/// 0, 50 and 100 % below the bars.
fn axis(lang: Lang, drawing: &mut Drawing, medium: Medium, y: f64) {
    let sizes = Sizes::of(medium);
    let y = y - sizes.gap * 0.4;
    for (percent, anchor) in [
        (0u8, Anchor::Start),
        (50, Anchor::Middle),
        (100, Anchor::End),
    ] {
        let x = sizes.left + f64::from(percent) * sizes.step;
        drawing.line((x, y), (x, y + sizes.small * 0.3), 1.0, Colour::Quiet);
        drawing.words(
            x,
            y + sizes.small * 1.35,
            sizes.small,
            anchor,
            Colour::Quiet,
            &numbers::percent(lang, percent),
        );
    }
    drawing.line((sizes.left, y), (sizes.right(), y), 1.0, Colour::Quiet);
}
