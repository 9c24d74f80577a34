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

/// The Länder as tiles for one field: how high the need is, and how many examples there are.
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
    for land in Land::ALL {
        let (column, row) = tile_of(land);
        let (x, y) = (
            f64::from(column) * pitch + 0.5,
            f64::from(row) * pitch + 0.5,
        );
        let cell = of_land(gaps, field, land);
        let step = cell.map_or(0, |c| step(&c.need));
        drawing.rounded(x, y, tile, tile, tile / 14.0, Colour::Step(step));
        let ink = Colour::OnStep(step);
        let middle = x + tile / 2.0;
        let abbreviation = land.abbreviation();
        let line = y + small * 1.6;
        drawing.words(middle, line, small, Anchor::Middle, ink, abbreviation);
        let need = cell.map_or_else(|| "·".to_owned(), |c| numbers::cell(lang, &c.need));
        let line = y + tile / 2.0 + big * 0.45;
        drawing.strong(middle, line, big, Anchor::Middle, ink, &need);
        let Some(cell) = cell else { continue };
        let count = cell.examples.to_string();
        let below = match cell.state() {
            GapState::Missing => text(lang, "gaps-tile-missing", &[]),
            _ => text(lang, "gaps-tile-examples", &[("count", &count)]),
        };
        let line = y + tile - small * 0.8;
        drawing.words(middle, line, small, Anchor::Middle, ink, &below);
        words.push(format!("{}: {}", land_name(lang, land), said(lang, cell)));
    }
    let below = f64::from(TILE_ROWS) * pitch + small;
    legend(lang, &mut drawing, below, small);
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
