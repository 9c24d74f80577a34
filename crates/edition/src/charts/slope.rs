//! Change between two waves: two columns of figures, a line an item. What has risen or fallen is drawn strong, with an
//! arrowhead; what cannot be told apart is drawn quiet, not left out.

use findings::Verdict;

use super::Medium;
use super::svg::{Anchor, Colour, Drawing, Sizes, measure, wrap};

/// One line.
#[derive(Clone, Debug)]
pub(crate) struct Slope {
    /// What it is.
    pub(crate) label: String,
    /// Released figures, in the axis' whole units (percents, or tenths).
    pub(crate) before: i64,
    pub(crate) after: i64,
    /// The same in words: "71 %".
    pub(crate) words: (String, String),
    /// What the test says.
    pub(crate) verdict: Verdict,
}

/// Places of a medium.
struct Columns {
    left: f64,
    right: f64,
    label: f64,
}

/// What a chart is called, for its ids and for screen readers.
pub(crate) struct Names<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) alt: &'a str,
}

/// The lines between two columns with these headings, as SVG with its width and height. Lines must not be empty.
pub(crate) fn svg(
    lines: &[Slope],
    headings: (&str, &str),
    medium: Medium,
    names: &Names<'_>,
) -> (String, u32, u32) {
    let drawing = draw(lines, headings, medium);
    let svg = drawing.finish(names.id, medium, names.title, names.alt);
    (svg, drawing.width, drawing.height)
}

fn draw(lines: &[Slope], headings: (&str, &str), medium: Medium) -> Drawing {
    let sizes = Sizes::of(medium);
    let mut drawing = Drawing::new(medium);
    let widest = |of: fn(&Slope) -> &String| {
        let widths = lines
            .iter()
            .map(|line| measure(of(line), sizes.type_size, medium));
        widths.fold(0.0, f64::max)
    };
    let (left_words, right_words) = (widest(|l| &l.words.0), widest(|l| &l.words.1) * STRONG);
    let gap = sizes.type_size * 0.6;
    let between = match medium {
        Medium::Screen => 250.0,
        Medium::Narrow => 84.0,
        Medium::Print => 118.0,
    };
    let left = left_words + gap + sizes.type_size * 0.3;
    let columns = Columns {
        left,
        right: left + between,
        label: left + between + 2.0 * gap + right_words + 2.2 * gap,
    };
    let room = sizes.width - columns.label;
    let head_width = columns.label - columns.right + room.min(between) * 0.4;
    let top = heading(&mut drawing, headings, &columns, head_width, sizes, medium);

    // The axis: from the smallest to the largest figure, high enough for all labels.
    let labels: Vec<Vec<String>> = lines
        .iter()
        .map(|line| wrap(&line.label, sizes.type_size, room, medium))
        .collect();
    let heights: Vec<f64> = labels
        .iter()
        .map(|label| label.len() as f64 * sizes.line + sizes.line * 0.3)
        .collect();
    let figures = || lines.iter().flat_map(|line| [line.before, line.after]);
    let (low, high) = (figures().min().unwrap_or(0), figures().max().unwrap_or(1));
    let needed: f64 = heights.iter().sum();
    let height = needed.max(sizes.line * 9.0);
    let span = (high - low).max(1) as f64;
    let at = |value: i64| {
        top + sizes.line * 0.7 + (high - value) as f64 / span * (height - sizes.line * 1.4)
    };

    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|&i| (-lines[i].after, -lines[i].before, i));
    let wanted: Vec<(f64, f64)> = order
        .iter()
        .map(|&i| (at(lines[i].after), heights[i]))
        .collect();
    let right = spread(&wanted, top, top + height);
    let mut figures: Vec<(i64, &str)> = lines
        .iter()
        .map(|l| (l.before, l.words.0.as_str()))
        .collect();
    figures.sort_by_key(|(value, _)| -value);
    figures.dedup();
    let wanted: Vec<(f64, f64)> = figures.iter().map(|(v, _)| (at(*v), sizes.line)).collect();
    let left = spread(&wanted, top, top + height);

    for x in [columns.left, columns.right] {
        drawing.line((x, top), (x, top + height), sizes.bar / 26.0, Colour::Rule);
    }
    let weight = sizes.bar / 9.0;
    // The quiet ones first, so that the others lie on them.
    for strong in [false, true] {
        for line in lines
            .iter()
            .filter(|line| is_strong(line.verdict) == strong)
        {
            let (from, to) = (at(line.before), at(line.after));
            let (colour, width) = match line.verdict {
                Verdict::Risen => (Colour::Petrol, weight),
                Verdict::Fallen => (Colour::Rust, weight),
                Verdict::NotSeen | Verdict::NotTested => (Colour::Edge, weight * 0.45),
            };
            drawing.line((columns.left, from), (columns.right, to), width, colour);
            drawing.dot(columns.left, from, weight * 1.35, colour);
            drawing.dot(columns.right, to, weight * 1.35, colour);
        }
    }
    for ((value, words), y) in figures.iter().zip(&left) {
        let x = columns.left - gap;
        leader(
            &mut drawing,
            (columns.left - weight * 1.6, at(*value)),
            (x + gap * 0.15, *y),
            sizes,
        );
        let baseline = y + sizes.type_size * 0.35;
        drawing.words(
            x,
            baseline,
            sizes.type_size,
            Anchor::End,
            Colour::Quiet,
            words,
        );
    }
    for (&i, y) in order.iter().zip(&right) {
        let line = &lines[i];
        let x = columns.right + 2.0 * gap;
        leader(
            &mut drawing,
            (columns.right + weight * 1.6, at(line.after)),
            (x - gap * 0.15, *y),
            sizes,
        );
        let first = y - labels[i].len() as f64 * sizes.line / 2.0 + sizes.type_size;
        let strong = is_strong(line.verdict);
        let ink = if strong { Colour::Ink } else { Colour::Quiet };
        let baseline = y + sizes.type_size * 0.35;
        match strong {
            true => drawing.strong(
                x,
                baseline,
                sizes.type_size,
                Anchor::Start,
                ink,
                &line.words.1,
            ),
            false => drawing.words(
                x,
                baseline,
                sizes.type_size,
                Anchor::Start,
                ink,
                &line.words.1,
            ),
        }
        arrow(
            &mut drawing,
            columns.label - gap * 0.95,
            *y,
            sizes.type_size * 0.36,
            line.verdict,
        );
        for (row, words) in labels[i].iter().enumerate() {
            let y = first + row as f64 * sizes.line;
            match strong {
                true => {
                    drawing.strong(columns.label, y, sizes.type_size, Anchor::Start, ink, words)
                }
                false => {
                    drawing.words(columns.label, y, sizes.type_size, Anchor::Start, ink, words)
                }
            }
        }
    }
    drawing
}

/// Strong words are wider.
const STRONG: f64 = 1.12;

fn is_strong(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Risen | Verdict::Fallen)
}

/// The columns' headings, in as many lines as they need; returns where the columns begin.
fn heading(
    drawing: &mut Drawing,
    (before, after): (&str, &str),
    columns: &Columns,
    width: f64,
    sizes: Sizes,
    medium: Medium,
) -> f64 {
    let middle = (columns.left + columns.right) / 2.0;
    let left = wrap(before, sizes.small, middle - 4.0, medium);
    let right = wrap(
        after,
        sizes.small,
        (columns.right - middle - 4.0) + width,
        medium,
    );
    let line = sizes.small * 1.25;
    let rows = left.len().max(right.len());
    let baseline = |row: usize, of: usize| (row + rows - of + 1) as f64 * line;
    for (row, words) in left.iter().enumerate() {
        let y = baseline(row, left.len());
        drawing.strong(0.0, y, sizes.small, Anchor::Start, Colour::Ink, words);
    }
    for (row, words) in right.iter().enumerate() {
        let y = baseline(row, right.len());
        drawing.strong(
            middle + 4.0,
            y,
            sizes.small,
            Anchor::Start,
            Colour::Ink,
            words,
        );
    }
    rows as f64 * line + sizes.small * 0.9
}

/// Moves blocks (wanted middle and height, ascending) apart until none overlaps, within the bounds.
fn spread(wanted: &[(f64, f64)], top: f64, bottom: f64) -> Vec<f64> {
    let mut places: Vec<f64> = Vec::with_capacity(wanted.len());
    let mut end = top;
    for (middle, height) in wanted {
        let place = middle.max(end + height / 2.0);
        places.push(place);
        end = place + height / 2.0;
    }
    let mut begin = bottom.max(wanted.iter().map(|(_, height)| height).sum::<f64>() + top);
    for (place, (_, height)) in places.iter_mut().zip(wanted).rev() {
        *place = place.min(begin - height / 2.0);
        begin = *place - height / 2.0;
    }
    places
}

/// A thin line from a point to its words, where they stand apart.
fn leader(drawing: &mut Drawing, from: (f64, f64), to: (f64, f64), sizes: Sizes) {
    if (from.1 - to.1).abs() > sizes.line * 0.3 {
        drawing.line(from, to, sizes.bar / 40.0, Colour::Rule);
    }
}

/// A triangle that points up or down; nothing where no change is seen.
fn arrow(drawing: &mut Drawing, x: f64, y: f64, size: f64, verdict: Verdict) {
    let (tip, colour) = match verdict {
        Verdict::Risen => (-1.0, Colour::Petrol),
        Verdict::Fallen => (1.0, Colour::Rust),
        Verdict::NotSeen | Verdict::NotTested => return,
    };
    let base = y - tip * size * 0.8;
    drawing.triangle(
        [(x - size, base), (x + size, base), (x, y + tip * size)],
        colour,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slope(label: &str, before: i64, after: i64, verdict: Verdict) -> Slope {
        Slope {
            label: label.to_owned(),
            before,
            after,
            words: (format!("{before} %"), format!("{after} %")),
            verdict,
        }
    }

    #[test]
    fn labels_never_overlap_and_keep_their_order() {
        let wanted: Vec<(f64, f64)> = [50.0, 51.0, 51.0, 52.0, 90.0].map(|y| (y, 12.0)).to_vec();
        let places = spread(&wanted, 0.0, 100.0);
        assert!(
            places.windows(2).all(|pair| pair[1] - pair[0] >= 11.99),
            "{places:?}"
        );
        assert!(places[4] <= 94.0 && places[0] >= 6.0);
    }

    #[test]
    fn what_cannot_be_told_apart_is_drawn_quiet() {
        let lines = [
            slope("Sprache", 67, 45, Verdict::Fallen),
            slope("Wohnen", 71, 72, Verdict::NotSeen),
            slope("Arbeit", 60, 78, Verdict::Risen),
        ];
        let svg =
            draw(&lines, ("Winter", "Herbst"), Medium::Print).finish("x", Medium::Print, "t", "d");
        assert_eq!(svg.matches("<polygon").count(), 2, "two arrows");
        assert!(svg.contains("Wohnen") && svg.contains("72 %"));
        assert_eq!(
            svg.matches("#A63F16").count(),
            4,
            "line, two dots, arrow: {svg}"
        );
    }
}
