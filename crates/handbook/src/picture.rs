//! A chart as PNG, with the handbook's embedded faces only.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use thiserror::Error;

/// Why a picture could not be made.
#[derive(Debug, Error)]
pub enum PictureError {
    /// The SVG is none.
    #[error("the chart cannot be read: {0}")]
    Svg(#[from] resvg::usvg::Error),
    /// It is empty, or far too large.
    #[error("a chart of {width} by {height} units cannot be drawn")]
    Size {
        /// Its width in its own units.
        width: f32,
        /// Its height.
        height: f32,
    },
    /// The picture could not be written.
    #[error("the picture cannot be written: {0}")]
    Png(String),
}

/// Pixels a unit: a chart of 360 units is 1440 pixels wide, enough for 12 cm of print at 300 dots an inch.
const SCALE: f32 = 4.0;

/// The SVG as PNG on white ground. Pure: same SVG, same bytes.
pub fn render_picture(svg: &str) -> Result<Vec<u8>, PictureError> {
    let options = Options {
        fontdb: faces(),
        font_family: "Libertinus Serif".to_owned(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options)?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let pixels = |units: f32| (units * SCALE).ceil() as u32;
    let pixmap = Pixmap::new(pixels(width), pixels(height));
    let mut pixmap = pixmap.ok_or(PictureError::Size { width, height })?;
    pixmap.fill(Color::WHITE);
    resvg::render(
        &tree,
        Transform::from_scale(SCALE, SCALE),
        &mut pixmap.as_mut(),
    );
    pixmap
        .encode_png()
        .map_err(|e| PictureError::Png(e.to_string()))
}

/// The embedded faces: read once, none of the machine's.
fn faces() -> Arc<fontdb::Database> {
    static FACES: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let read = || {
        let mut faces = fontdb::Database::new();
        for face in typst_assets::fonts() {
            faces.load_font_data(face.to_vec());
        }
        Arc::new(faces)
    };
    FACES.get_or_init(read).clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30" width="90" height="30" font-family="Libertinus Serif"><text x="5" y="20" font-size="12" fill="#1B2420">Größe</text></svg>"##;

    #[test]
    fn a_chart_becomes_a_picture_with_its_words() {
        let picture = render_picture(SVG).unwrap();
        assert!(picture.starts_with(b"\x89PNG"));
        assert_eq!(picture, render_picture(SVG).unwrap());
        let pixmap = Pixmap::decode_png(&picture).unwrap();
        assert_eq!((pixmap.width(), pixmap.height()), (360, 120));
        let inked = pixmap.pixels().iter().filter(|p| p.red() < 128).count();
        assert!(inked > 300, "the words are drawn: {inked} dark pixels");
    }
}
