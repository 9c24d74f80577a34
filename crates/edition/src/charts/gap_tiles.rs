//! Where examples are missing, as a map of the Länder: one for each field of action.

use findings::{GapCell, GapPlace, GapState, Gaps, ReleasedCell};
use practices::FieldOfAction;
use questionnaire::Lang;
use register::Land;

use super::Medium;
use super::svg::{Anchor, Colour, Drawing};
use super::tiles::{TILE_ROWS, land_name, tile_of};
use crate::document::PlainChart;
use crate::gaps::{field_name, reading, said};
use crate::numbers;
use crate::translation::text;

/// The Länder as tiles for one field: how high the need is, and how many examples there are. Where the need is not
/// released by Länder, the examples alone, and dark where the need of all is high and there is none.
pub fn gap_tiles(
    lang: Lang,
    fields: &[FieldOfAction],
    gaps: &Gaps,
    field: &str,
    medium: Medium,
) -> PlainChart {
    let (width, tile, gap, big, small) = match medium {
        Medium::Print => (240, 55.0, 6.0, 10.0, 6.6),
        Medium::Screen | Medium::Narrow => (360, 83.0, 8.0, 17.0, 11.0),
    };
    let mut drawing = Drawing::sized(medium, width);
    let pitch = tile + gap;
    let mut words = Vec::new();
    // Where no Land's own need is released, the map shows the examples beside the need of all.
    let mut known = Land::ALL
        .into_iter()
        .filter_map(|l| of_land(gaps, field, l));
    let of_all = known.clone().next().filter(|_| known.all(|c| c.of_all));
    let only_examples = of_all.is_some();
    for land in Land::ALL {
        let (column, row) = tile_of(land);
        let (x, y) = (
            f64::from(column) * pitch + 0.5,
            f64::from(row) * pitch + 0.5,
        );
        let cell = of_land(gaps, field, land);
        let step = match cell {
            Some(cell) if cell.of_all && only_examples => step_of(cell.state()),
            Some(cell) if !cell.of_all => step(&cell.need),
            _ => 0,
        };
        drawing.rounded(x, y, tile, tile, tile / 14.0, Colour::Step(step));
        let ink = Colour::OnStep(step);
        let middle = x + tile / 2.0;
        let abbreviation = land.abbreviation();
        let line = y + small * 1.6;
        drawing.words(middle, line, small, Anchor::Middle, ink, abbreviation);
        let said_of_it = match cell {
            Some(cell) if !cell.of_all => numbers::cell(lang, &cell.need),
            Some(cell) if only_examples => cell.examples.to_string(),
            _ => "·".to_owned(),
        };
        let line = y + tile / 2.0 + big * 0.45;
        drawing.strong(middle, line, big, Anchor::Middle, ink, &said_of_it);
        let Some(cell) = cell else { continue };
        let count = cell.examples.to_string();
        let below = match cell.state() {
            GapState::Missing => text(lang, "gaps-tile-missing", &[]),
            GapState::Few if only_examples => text(lang, "gaps-tile-few", &[]),
            _ if only_examples => text(lang, "gaps-tile-only", &[("count", &count)]),
            _ => text(lang, "gaps-tile-examples", &[("count", &count)]),
        };
        let line = y + tile - small * 0.8;
        drawing.words(middle, line, small, Anchor::Middle, ink, &below);
        words.push(format!("{}: {}", land_name(lang, land), said(lang, cell)));
    }
    let below = f64::from(TILE_ROWS) * pitch + small;
    match of_all {
        None => legend(lang, &mut drawing, below, small),
        Some(cell) => {
            let need = numbers::cell(lang, &cell.need);
            let words = text(lang, "gaps-map-of-all", &[("need", &need)]);
            let line = below + small * 1.2;
            drawing.words(0.5, line, small, Anchor::Start, Colour::Quiet, &words);
        }
    }
    let name = field_name(lang, fields, field);
    let title = text(lang, "gaps-map-title", &[("field", &name)]);
    let alt = text(lang, "gaps-map-alt", &[("numbers", &words.join("; "))]);
    let word = match medium {
        Medium::Print => "p",
        Medium::Screen => "w",
        Medium::Narrow => "s",
    };
    PlainChart {
        svg: drawing.finish(&format!("luecken-{field}-{word}"), medium, &title, &alt),
        width: drawing.width,
        height: drawing.height,
        title,
        alt,
        note: reading(lang),
    }
}

/// The field's need in the group to which a Land belongs, with the examples from the whole group.
fn of_land<'g>(gaps: &'g Gaps, field: &str, land: Land) -> Option<&'g GapCell> {
    let holds = |p: &GapPlace| matches!(p, GapPlace::Laender(all) if all.contains(&land));
    let place = gaps.laender.iter().map(|c| &c.place).find(|p| holds(p))?;
    Gaps::strongest(&gaps.laender, field, place)
}

/// Five steps of a need.
fn step(need: &ReleasedCell) -> usize {
    match need {
        ReleasedCell::Percent { value, .. } => usize::from(*value / 20).min(4),
        ReleasedCell::Over90 => 4,
        _ => 0,
    }
}

/// The darker, the more an example is missed.
fn step_of(state: GapState) -> usize {
    match state {
        GapState::Missing => 4,
        GapState::Few => 2,
        GapState::NotShown | GapState::NotHigh | GapState::Covered => 0,
    }
}

fn legend(lang: Lang, drawing: &mut Drawing, y: f64, size: f64) {
    let labels = ["0–19", "20–39", "40–59", "60–79", "80–100"];
    let width = f64::from(drawing.width) / 5.0;
    for (i, label) in labels.into_iter().enumerate() {
        let x = i as f64 * width;
        drawing.rounded(x + 0.5, y, width - 3.0, size * 0.9, 1.0, Colour::Step(i));
        let label = match lang {
            Lang::De => format!("{label}\u{a0}%"),
            Lang::En => format!("{label}%"),
        };
        let middle = x + width / 2.0 - 1.0;
        let line = y + size * 2.1;
        drawing.words(middle, line, size, Anchor::Middle, Colour::Quiet, &label);
    }
}
