//! Dots with intervals: one a group, the interval as a line, both said at the right.

use findings::{Finding, ReleasedCell};
use questionnaire::Lang;

use super::likert::short_cell;
use super::svg::{Anchor, Colour, Drawing, Sizes, measure, wrap};
use super::{Line, Medium};
use crate::lookup;
use crate::numbers;
use crate::translation::text;

/// Shares of one item by group, on an axis of 0 to 100 %: of the two upper points or of the answer in `column`.
pub(super) fn shares(
    lang: Lang,
    finding: &Finding,
    lines: &[Line<'_>],
    column: Option<usize>,
    medium: Medium,
) -> Drawing {
    let marks = lines
        .iter()
        .map(|line| {
            let cell =
                lookup::lead_cell(finding, line.row, column).unwrap_or(ReleasedCell::Suppressed);
            let place = match cell {
                ReleasedCell::Percent { value, interval } => Some(Place {
                    at: i64::from(value),
                    span: interval.map(|(l, h)| (l.into(), h.into())),
                    exact: true,
                }),
                ReleasedCell::Under10 => Some(Place {
                    at: 5,
                    span: Some((0, 10)),
                    exact: false,
                }),
                ReleasedCell::Over90 => Some(Place {
                    at: 95,
                    span: Some((90, 100)),
                    exact: false,
                }),
                _ => None,
            };
            (place, words(lang, &cell))
        })
        .collect();
    let ticks = [0, 25, 50, 75, 100]
        .into_iter()
        .map(|p: i64| (p, numbers::percent(lang, p as u8)))
        .collect();
    draw(lang, lines, marks, ticks, 100, medium)
}

/// Means by group, on an axis from 0 to the next round number.
pub(super) fn means(lang: Lang, finding: &Finding, lines: &[Line<'_>], medium: Medium) -> Drawing {
    let cell = |line: &Line<'_>| {
        lookup::lead_cell(finding, line.row, None).unwrap_or(ReleasedCell::Suppressed)
    };
    let reach = lines
        .iter()
        .map(|line| match cell(line) {
            ReleasedCell::Mean { tenths, interval } => {
                interval.map_or(tenths, |(_, high)| high.max(tenths))
            }
            _ => 0,
        })
        .max()
        .unwrap_or(0);
    let end = round_up(reach.max(10));
    let marks = lines
        .iter()
        .map(|line| {
            let cell = cell(line);
            let place = match cell {
                ReleasedCell::Mean { tenths, interval } => Some(Place {
                    at: tenths.max(0),
                    span: interval.map(|(l, h)| (l.max(0), h)),
                    exact: true,
                }),
                _ => None,
            };
            (place, words(lang, &cell))
        })
        .collect();
    let ticks = (0..=4)
        .map(|i| {
            let tenths = end * i / 4;
            let label = if end % 40 == 0 {
                numbers::thousands(lang, tenths / 10)
            } else {
                numbers::tenths(lang, tenths)
            };
            (tenths, label)
        })
        .collect();
    draw(lang, lines, marks, ticks, end, medium)
}

/// Where a dot stands, in the axis' own whole units.
struct Place {
    at: i64,
    span: Option<(i64, i64)>,
    /// A range only ("unter 10 %"): no dot.
    exact: bool,
}

/// Value and interval at the right: ("71 %", "64–77").
fn words(lang: Lang, cell: &ReleasedCell) -> (String, String) {
    match cell {
        ReleasedCell::Percent {
            interval: Some((low, high)),
            ..
        } => (short_cell(lang, cell), format!("({low}–{high})")),
        ReleasedCell::Mean {
            interval: Some((low, high)),
            ..
        } => (
            numbers::cell(lang, cell),
            format!(
                "({}–{})",
                numbers::mean(lang, *low),
                numbers::mean(lang, *high)
            ),
        ),
        ReleasedCell::Suppressed => (text(lang, "edition-number-suppressed", &[]), String::new()),
        cell => (short_cell(lang, cell), String::new()),
    }
}

fn draw(
    lang: Lang,
    lines: &[Line<'_>],
    marks: Vec<(Option<Place>, (String, String))>,
    ticks: Vec<(i64, String)>,
    end: i64,
    medium: Medium,
) -> Drawing {
    let mut sizes = Sizes::of(medium);
    let mut drawing = Drawing::new(medium);
    // The words at the right need room: the plot gives it.
    let right = marks
        .iter()
        .map(|(_, (value, range))| {
            measure(value, sizes.type_size, medium) * STRONG
                + measure(range, sizes.small, medium)
                + sizes.small * 0.5
                + sizes.type_size * 0.4
        })
        .fold(0.0, f64::max);
    let n_width = measure("n 0000", sizes.small, medium);
    let room = if sizes.above() {
        0.0
    } else {
        n_width + sizes.small
    };
    if !sizes.above() {
        let free = sizes.width - sizes.left - right - room;
        sizes.step = sizes.step.min((free / 100.0 * 10.0).floor() / 10.0);
    } else {
        // Half a tick's label hangs over on both sides.
        sizes.left = 8.0;
        sizes.step = 3.3;
    }
    let above = Sizes::of(medium).above();
    let row = if above {
        sizes.type_size
    } else {
        sizes.bar * 0.9
    };
    let at = move |value: i64| sizes.left + value as f64 * 100.0 / end as f64 * sizes.step;
    let mut y = sizes.small * 0.3;
    let top = y;
    let mut later: Vec<Step> = Vec::new();
    // Where the lines of the axis stand: not across labels.
    let mut bands = Vec::new();
    let mut kind = None;
    for (line, (place, (value, range))) in lines.iter().zip(marks) {
        // All, by size, by town status: a little apart.
        let of = std::mem::discriminant(&line.row.domain);
        if kind.is_some_and(|kind| kind != of) {
            y += sizes.gap * 0.6;
        }
        kind = Some(of);
        let width = if above {
            sizes.width - right - 6.0
        } else {
            sizes.label_width()
        };
        let labels = wrap(&line.label, sizes.type_size, width, medium);
        let height = labels.len() as f64 * sizes.line;
        let block = if above {
            height + row + 4.0
        } else {
            height.max(row)
        };
        let baseline = if above {
            y + sizes.type_size
        } else {
            y + (block - height) / 2.0 + sizes.type_size * 0.95
        };
        for (i, label) in labels.into_iter().enumerate() {
            let (x, anchor) = if above {
                (0.0, Anchor::Start)
            } else {
                (sizes.left - 10.0, Anchor::End)
            };
            let y = baseline + i as f64 * sizes.line;
            let size = sizes.type_size;
            later.push(Box::new(move |d| {
                d.words(x, y, size, anchor, Colour::Ink, &label)
            }));
        }
        let centre = if above {
            y + height + row / 2.0 + 2.0
        } else {
            y + block / 2.0
        };
        bands.push((centre - row * 0.5, centre + row * 0.5));
        let n = line
            .row
            .n
            .map(|n| format!("n\u{a0}{}", numbers::thousands(lang, n.into())))
            .unwrap_or_default();
        let (value_x, value_y) = if above {
            (sizes.width - right + sizes.type_size * 0.4, baseline)
        } else {
            (
                sizes.right() + sizes.type_size * 0.8,
                centre + sizes.type_size * 0.35,
            )
        };
        let range_x =
            value_x + measure(&value, sizes.type_size, medium) * STRONG + sizes.small * 0.5;
        let s = sizes;
        later.push(Box::new(move |d| {
            if let Some(place) = place {
                if let Some((low, high)) = place.span {
                    let width = s.bar / 9.0;
                    d.line((at(low), centre), (at(high), centre), width, Colour::Petrol);
                    for x in [at(low), at(high)] {
                        d.line(
                            (x, centre - width * 1.8),
                            (x, centre + width * 1.8),
                            width,
                            Colour::Petrol,
                        );
                    }
                }
                if place.exact {
                    d.dot(at(place.at), centre, s.bar * 0.24, Colour::Petrol);
                }
            }
            d.strong(
                value_x,
                value_y,
                s.type_size,
                Anchor::Start,
                Colour::Ink,
                &value,
            );
            if !range.is_empty() {
                d.words(
                    range_x,
                    value_y,
                    s.small,
                    Anchor::Start,
                    Colour::Quiet,
                    &range,
                );
            }
            if !above {
                d.words(s.width, value_y, s.small, Anchor::End, Colour::Quiet, &n);
            }
        }));
        y += block + sizes.gap * 0.6;
    }
    let bottom = y - sizes.gap * 0.2;
    if !above {
        bands = vec![(top, bottom)];
    }
    for (i, (value, label)) in ticks.into_iter().enumerate() {
        let x = at(value);
        let (width, colour) = if i == 0 {
            (1.0, Colour::Quiet)
        } else {
            (0.6, Colour::Rule)
        };
        for (from, to) in &bands {
            drawing.line((x, *from), (x, *to), width, colour);
        }
        let (x, anchor) = match (above, i) {
            (true, 0) => (0.0, Anchor::Start),
            (true, _) if value == end => (x, Anchor::End),
            _ => (x, Anchor::Middle),
        };
        let y = bottom + sizes.small * 1.25;
        drawing.words(x, y, sizes.small, anchor, Colour::Quiet, &label);
    }
    for step in later {
        step(&mut drawing);
    }
    drawing
}

/// Drawn after the axis, so that it stands on it.
type Step = Box<dyn FnOnce(&mut Drawing)>;

/// Strong words are wider.
const STRONG: f64 = 1.08;

/// The next of 1, 2, 4, 8 (times a power of ten), in tenths, that divides well into quarters.
fn round_up(tenths: i64) -> i64 {
    let mut power = 10;
    loop {
        for lead in [1, 2, 4, 6, 8] {
            if lead * power >= tenths {
                return lead * power;
            }
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::round_up;

    #[test]
    fn axes_end_at_round_numbers() {
        assert_eq!(round_up(29), 40);
        assert_eq!(round_up(375), 400);
        assert_eq!(round_up(401), 600);
        assert_eq!(round_up(81_000), 100_000);
    }
}
