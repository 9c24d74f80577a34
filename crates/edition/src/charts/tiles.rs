//! The Länder as equal tiles: no boundaries needed, and no Land is large because it is wide.

use findings::ResponseRow;
use questionnaire::Lang;
use register::Land;

use super::Medium;
use super::svg::{Anchor, Colour, Drawing};
use crate::document::PlainChart;
use crate::numbers;
use crate::translation::text;

/// Columns of the tile map.
pub const TILE_COLUMNS: u8 = 4;
/// Rows of the tile map.
pub const TILE_ROWS: u8 = 5;

/// Column and row of a Land, from the top left.
pub fn tile_of(land: Land) -> (u8, u8) {
    match land {
        Land::Bremen => (1, 0),
        Land::SchleswigHolstein => (2, 0),
        Land::MecklenburgVorpommern => (3, 0),
        Land::Niedersachsen => (1, 1),
        Land::Hamburg => (2, 1),
        Land::Berlin => (3, 1),
        Land::NordrheinWestfalen => (0, 2),
        Land::Hessen => (1, 2),
        Land::SachsenAnhalt => (2, 2),
        Land::Brandenburg => (3, 2),
        Land::RheinlandPfalz => (0, 3),
        Land::Thueringen => (2, 3),
        Land::Sachsen => (3, 3),
        Land::Saarland => (0, 4),
        Land::BadenWuerttemberg => (1, 4),
        Land::Bayern => (2, 4),
    }
}

/// A small map with one Land marked: 60 x 75 units.
pub fn locator(lang: Lang, land: Land, medium: Medium) -> PlainChart {
    let mut drawing = Drawing::sized(medium, 60);
    let side = 14.0;
    for other in Land::ALL {
        let (column, row) = tile_of(other);
        let (x, y) = (f64::from(column) * 15.0 + 0.5, f64::from(row) * 15.0 + 0.5);
        let here = other == land;
        let (fill, ink) = if here {
            (Colour::Petrol, Colour::Ground)
        } else {
            (Colour::Raised, Colour::Quiet)
        };
        drawing.rounded(x, y, side, side, 1.5, fill);
        let (x, y) = (x + side / 2.0, y + side / 2.0 + 2.2);
        match here {
            true => drawing.strong(x, y, 6.2, Anchor::Middle, ink, other.abbreviation()),
            false => drawing.words(x, y, 6.2, Anchor::Middle, ink, other.abbreviation()),
        }
    }
    let name = land_name(lang, land);
    let title = text(lang, "edition-locator-alt", &[("land", name)]);
    let id = format!("lage-{}", land.code());
    PlainChart {
        svg: drawing.finish(&id, medium, &title, &title),
        width: drawing.width,
        height: drawing.height,
        alt: title.clone(),
        title,
        note: String::new(),
    }
}

/// How many answered in each Land, and which part of the register that is (in five steps).
pub fn response_by_land(lang: Lang, rows: &[ResponseRow], medium: Medium) -> PlainChart {
    let (width, tile, gap, big, small) = match medium {
        Medium::Print => (240, 55.0, 6.0, 10.0, 6.6),
        Medium::Screen | Medium::Narrow => (360, 83.0, 8.0, 17.0, 11.0),
    };
    let mut drawing = Drawing::sized(medium, width);
    let pitch = tile + gap;
    let mut said = Vec::new();
    for land in Land::ALL {
        let found = rows.iter().find(|r| r.land == Some(land));
        let (column, row) = tile_of(land);
        let (x, y) = (
            f64::from(column) * pitch + 0.5,
            f64::from(row) * pitch + 0.5,
        );
        let step = found.map_or(0, |r| step(r.responded, r.population));
        drawing.rounded(x, y, tile, tile, tile / 14.0, Colour::Step(step));
        let ink = Colour::OnStep(step);
        let middle = x + tile / 2.0;
        drawing.words(
            middle,
            y + small * 1.6,
            small,
            Anchor::Middle,
            ink,
            land.abbreviation(),
        );
        if let Some(found) = found {
            let responded = numbers::thousands(lang, found.responded.into());
            let of = text(
                lang,
                "edition-tiles-of",
                &[("whole", &numbers::thousands(lang, found.population.into()))],
            );
            drawing.strong(
                middle,
                y + tile / 2.0 + big * 0.45,
                big,
                Anchor::Middle,
                ink,
                &responded,
            );
            drawing.words(
                middle,
                y + tile - small * 0.8,
                small,
                Anchor::Middle,
                ink,
                &of,
            );
            said.push(format!(
                "{} {}",
                land_name(lang, land),
                numbers::of(lang, found.responded.into(), found.population.into())
            ));
        }
    }
    let below = f64::from(TILE_ROWS) * pitch + small;
    legend(lang, &mut drawing, below, small, medium);
    let title = text(lang, "edition-tiles-title", &[]);
    let alt = text(lang, "edition-tiles-alt", &[("numbers", &said.join("; "))]);
    let id = match medium {
        Medium::Print => "karte-p",
        Medium::Screen => "karte-w",
        Medium::Narrow => "karte-s",
    };
    PlainChart {
        svg: drawing.finish(id, medium, &title, &alt),
        width: drawing.width,
        height: drawing.height,
        title,
        alt,
        note: text(lang, "edition-tiles-note", &[]),
    }
}

/// The Land's name in the reader's language.
pub fn land_name(lang: Lang, land: Land) -> &'static str {
    match lang {
        Lang::De => land.german(),
        Lang::En => land.english(),
    }
}

/// Upper bounds of the five steps, in percent of the register.
const STEPS: [u32; 4] = [2, 5, 10, 20];

fn step(part: u32, whole: u32) -> usize {
    STEPS
        .iter()
        .position(|bound| part * 100 < bound * whole.max(1))
        .unwrap_or(4)
}

fn legend(lang: Lang, drawing: &mut Drawing, y: f64, size: f64, medium: Medium) {
    let labels = ["< 2", "2–5", "5–10", "10–20", "≥ 20"];
    let width = f64::from(drawing.width) / 5.0;
    for (i, label) in labels.into_iter().enumerate() {
        let x = i as f64 * width;
        drawing.rounded(x + 0.5, y, width - 3.0, size * 0.9, 1.0, Colour::Step(i));
        let label = match lang {
            Lang::De => format!("{label}\u{a0}%"),
            Lang::En => format!("{label}%"),
        };
        drawing.words(
            x + width / 2.0 - 1.0,
            y + size * 2.1,
            size,
            Anchor::Middle,
            Colour::Quiet,
            &label,
        );
    }
    let _ = medium;
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_land_has_a_place_of_its_own() {
        let places: BTreeSet<_> = Land::ALL.into_iter().map(tile_of).collect();
        assert_eq!(places.len(), 16);
        assert!(
            places
                .iter()
                .all(|(c, r)| *c < TILE_COLUMNS && *r < TILE_ROWS)
        );
    }

    #[test]
    fn steps_are_shares_of_the_register() {
        assert_eq!(
            [step(0, 10), step(3, 100), step(5, 100), step(1, 2)],
            [0, 1, 2, 4]
        );
    }
}
