//! What stands around the bar of a row: its label, and how many answered.

use questionnaire::Lang;

use super::Medium;
use super::likert::middle;
use super::svg::{Anchor, Colour, Drawing, Sizes, wrap};
use crate::numbers;
use crate::translation::text;

/// Draws label and n of a row that begins at `top`. Returns where its bar begins and where the row ends, without the
/// space to the next one.
pub(super) fn head(
    lang: Lang,
    drawing: &mut Drawing,
    label: &str,
    n: Option<u32>,
    medium: Medium,
    top: f64,
) -> (f64, f64) {
    let sizes = Sizes::of(medium);
    let labels = wrap(label, sizes.type_size, sizes.label_width(), medium);
    let height = labels.len() as f64 * sizes.line;
    let n = n.map(|n| format!("n\u{a0}{}", numbers::thousands(lang, n.into())));
    let n = n.unwrap_or_else(|| text(lang, "edition-number-suppressed", &[]));
    let above = sizes.above();
    let block = height.max(sizes.bar);
    let (x, anchor) = if above {
        (0.0, Anchor::Start)
    } else {
        (sizes.left - 10.0, Anchor::End)
    };
    let mut baseline = if above {
        top + sizes.type_size
    } else {
        top + (block - height) / 2.0 + sizes.type_size * 0.95
    };
    for label in &labels {
        drawing.words(x, baseline, sizes.type_size, anchor, Colour::Ink, label);
        baseline += sizes.line;
    }
    let bar = if above {
        top + height + 5.0
    } else {
        top + (block - sizes.bar) / 2.0
    };
    let beside = if above {
        top + sizes.type_size
    } else {
        bar + middle(sizes, sizes.small)
    };
    drawing.words(
        sizes.width,
        beside,
        sizes.small,
        Anchor::End,
        Colour::Quiet,
        &n,
    );
    let end = if above { bar + sizes.bar } else { top + block };
    (bar, end)
}
