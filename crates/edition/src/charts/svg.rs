//! The little SVG that charts need: rectangles, lines, dots, words that are never clipped.

use std::fmt::Write as _;

use super::{Medium, View};

/// What a colour is for; its value depends on the medium.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Colour {
    Ground,
    Raised,
    Ink,
    Quiet,
    Rule,
    Petrol,
    /// What has fallen.
    Rust,
    /// A line that is there and says little.
    Edge,
    /// Points of a scale, 0 (low) to 4 (high).
    Scale(usize),
    /// Label on a point of a scale.
    OnScale(usize),
    /// Steps of a map from light to dark, 0 to 4.
    Step(usize),
    /// Label on a step.
    OnStep(usize),
}

const SCALE: [&str; 5] = ["#8F3A17", "#D98F68", "#DADDD9", "#74AEB3", "#0B5D66"];
const ON_SCALE: [&str; 5] = ["#FFFFFF", "#1B2420", "#1B2420", "#1B2420", "#FFFFFF"];
const STEPS: [&str; 5] = ["#F4F6F3", "#D3E3E2", "#A9CCCD", "#4F939A", "#0B5D66"];
const ON_STEPS: [&str; 5] = ["#1B2420", "#1B2420", "#1B2420", "#1B2420", "#FFFFFF"];

impl Colour {
    /// The value of an attribute `fill` or `stroke`.
    pub(super) fn on(self, medium: Medium) -> String {
        let (name, plain) = match self {
            Self::Ground => ("--ground".to_owned(), "#FFFFFF"),
            Self::Raised => ("--raised".to_owned(), "#F4F6F3"),
            Self::Ink => ("--ink".to_owned(), "#1B2420"),
            Self::Quiet => ("--quiet".to_owned(), "#4A5852"),
            Self::Rule => ("--hair".to_owned(), "#C9D0CC"),
            Self::Petrol => ("--petrol".to_owned(), "#0B5D66"),
            Self::Rust => ("--rust".to_owned(), "#A63F16"),
            Self::Edge => ("--edge".to_owned(), "#6B7772"),
            Self::Scale(i) => (format!("--scale-{}", i + 1), SCALE[i.min(4)]),
            Self::OnScale(i) => (format!("--on-scale-{}", i + 1), ON_SCALE[i.min(4)]),
            Self::Step(i) => (format!("--step-{}", i + 1), STEPS[i.min(4)]),
            Self::OnStep(i) => (format!("--on-step-{}", i + 1), ON_STEPS[i.min(4)]),
        };
        match medium {
            Medium::Print => plain.to_owned(),
            Medium::Screen | Medium::Narrow => format!("var({name},{plain})"),
        }
    }
}

/// Where a word's anchor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A drawing that grows downwards.
#[derive(Clone, Debug)]
pub(super) struct Drawing {
    pub(super) width: u32,
    pub(super) height: u32,
    medium: Medium,
    hatch: bool,
    body: String,
}

/// Sizes of type and space of a medium.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    /// Width of the drawing.
    pub(super) width: f64,
    /// Where bars begin; 0 when labels stand above them.
    pub(super) left: f64,
    /// Units a whole percent.
    pub(super) step: f64,
    /// Type size.
    pub(super) type_size: f64,
    /// Distance of two lines of a label.
    pub(super) line: f64,
    /// Height of a bar.
    pub(super) bar: f64,
    /// Space between two rows.
    pub(super) gap: f64,
    /// Type size of what stands in bars, of n and of axes.
    pub(super) small: f64,
}

impl Sizes {
    pub(super) fn of(medium: Medium) -> Self {
        match medium {
            Medium::Screen => Self {
                width: 720.0,
                left: 236.0,
                step: 3.8,
                type_size: 15.0,
                line: 19.0,
                bar: 26.0,
                gap: 14.0,
                small: 13.0,
            },
            Medium::Narrow => Self {
                width: 360.0,
                left: 0.0,
                step: 3.0,
                type_size: 14.5,
                line: 19.0,
                bar: 22.0,
                gap: 16.0,
                small: 12.5,
            },
            Medium::Print => Self {
                width: 360.0,
                left: 122.0,
                step: 1.8,
                type_size: 8.5,
                line: 10.0,
                bar: 12.0,
                gap: 7.0,
                small: 7.2,
            },
        }
    }

    /// Whether labels stand above their bars.
    pub(super) fn above(self) -> bool {
        self.left == 0.0
    }

    /// Width that a label may take.
    pub(super) fn label_width(self) -> f64 {
        if self.above() {
            self.width - 56.0
        } else {
            self.left - 12.0
        }
    }

    /// Right end of a bar of 100 %.
    pub(super) fn right(self) -> f64 {
        self.left + 100.0 * self.step
    }
}

impl Drawing {
    pub(super) fn new(medium: Medium) -> Self {
        Self::sized(medium, Sizes::of(medium).width as u32)
    }

    pub(super) fn sized(medium: Medium, width: u32) -> Self {
        Self {
            width,
            height: 0,
            medium,
            hatch: false,
            body: String::new(),
        }
    }

    pub(super) fn rect(&mut self, x: f64, y: f64, w: f64, h: f64, fill: Colour) {
        let fill = fill.on(self.medium);
        let (x, y, w, h) = (short(x), short(y), short(w), short(h));
        let _ = write!(
            self.body,
            r#"<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="{fill}"/>"#
        );
        self.reach(&y, &h);
    }

    pub(super) fn rounded(&mut self, x: f64, y: f64, w: f64, h: f64, radius: f64, fill: Colour) {
        let fill = fill.on(self.medium);
        let edge = Colour::Rule.on(self.medium);
        let (x, y, w, h, r) = (short(x), short(y), short(w), short(h), short(radius));
        let _ = write!(
            self.body,
            r#"<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}" fill="{fill}" stroke="{edge}" stroke-width=".75"/>"#
        );
        self.reach(&y, &h);
    }

    /// A rectangle of thin slanted lines: something that is not shown.
    pub(super) fn hatched(&mut self, x: f64, y: f64, w: f64, h: f64) {
        self.hatch = true;
        let edge = Colour::Quiet.on(self.medium);
        let (x, y, w, h) = (short(x), short(y), short(w), short(h));
        let _ = write!(
            self.body,
            r#"<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="url(#HATCH)" stroke="{edge}" stroke-width=".5"/>"#
        );
        self.reach(&y, &h);
    }

    pub(super) fn line(
        &mut self,
        (x1, y1): (f64, f64),
        (x2, y2): (f64, f64),
        width: f64,
        colour: Colour,
    ) {
        let stroke = colour.on(self.medium);
        let (x1, y1, x2, y2, w) = (short(x1), short(y1), short(x2), short(y2), short(width));
        let _ = write!(
            self.body,
            r#"<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{stroke}" stroke-width="{w}"/>"#
        );
        self.reach(&y2, "0");
    }

    pub(super) fn dot(&mut self, x: f64, y: f64, radius: f64, fill: Colour) {
        let (x, y, r) = (short(x), short(y), short(radius));
        let (fill, edge) = (fill.on(self.medium), Colour::Ground.on(self.medium));
        let _ = write!(
            self.body,
            r#"<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}" stroke="{edge}" stroke-width="1"/>"#
        );
    }

    pub(super) fn triangle(&mut self, corners: [(f64, f64); 3], fill: Colour) {
        let fill = fill.on(self.medium);
        let points = corners.map(|(x, y)| format!("{},{}", short(x), short(y)));
        let points = points.join(" ");
        let _ = write!(self.body, r#"<polygon points="{points}" fill="{fill}"/>"#);
    }

    /// Words on a baseline at `y`.
    pub(super) fn words(
        &mut self,
        x: f64,
        y: f64,
        size: f64,
        anchor: Anchor,
        colour: Colour,
        words: &str,
    ) {
        self.write(x, y, size, anchor, colour, false, words);
    }

    /// Strong words on a baseline at `y`.
    pub(super) fn strong(
        &mut self,
        x: f64,
        y: f64,
        size: f64,
        anchor: Anchor,
        colour: Colour,
        words: &str,
    ) {
        self.write(x, y, size, anchor, colour, true, words);
    }

    #[allow(clippy::too_many_arguments)]
    fn write(
        &mut self,
        x: f64,
        y: f64,
        size: f64,
        anchor: Anchor,
        colour: Colour,
        strong: bool,
        words: &str,
    ) {
        let fill = colour.on(self.medium);
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let weight = if strong { r#" font-weight="600""# } else { "" };
        let (x, y, s) = (short(x), short(y), short(size));
        let words = escaped(words);
        let _ = write!(
            self.body,
            r#"<text x="{x}" y="{y}" font-size="{s}" fill="{fill}"{anchor}{weight}>{words}</text>"#
        );
        let depth = short(size * 0.3);
        self.reach(&y, &depth);
    }

    /// The whole SVG. `id` is unique on its page.
    pub(super) fn finish(&self, id: &str, medium: Medium, title: &str, desc: &str) -> String {
        let (w, h) = (self.width, self.height);
        let font = match medium {
            Medium::Print => "Libertinus Serif",
            Medium::Screen | Medium::Narrow => "system-ui, sans-serif",
        };
        let (title, desc) = (escaped(title), escaped(desc));
        let hatch = if self.hatch {
            let stroke = Colour::Quiet.on(medium);
            let ground = Colour::Ground.on(medium);
            let (cell, width) = match medium {
                Medium::Print => ("3", ".6"),
                Medium::Screen | Medium::Narrow => ("5", "1.2"),
            };
            format!(
                r#"<defs><pattern id="{id}-h" width="{cell}" height="{cell}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="{cell}" height="{cell}" fill="{ground}"/><line x1="0" y1="0" x2="0" y2="{cell}" stroke="{stroke}" stroke-width="{width}"/></pattern></defs>"#
            )
        } else {
            String::new()
        };
        let body = self.body.replace("url(#HATCH)", &format!("url(#{id}-h)"));
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-labelledby="{id}-t {id}-d" font-family="{font}"><title id="{id}-t">{title}</title><desc id="{id}-d">{desc}</desc>{hatch}{body}</svg>"#
        )
    }

    /// Grows to hold what ends at `y + h`.
    fn reach(&mut self, y: &str, h: &str) {
        let end = |s: &str| s.parse::<f64>().unwrap_or(0.0);
        self.height = self.height.max((end(y) + end(h) + 1.0).ceil() as u32);
    }
}

/// Words broken into lines that fit into `width`; a word that is too long is broken at a hyphen or as it comes.
pub(super) fn wrap(words: &str, size: f64, width: f64, medium: Medium) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in words.split(' ').filter(|w| !w.is_empty()) {
        for piece in pieces(word, size, width, medium) {
            let tight = line.ends_with('-') && !word.starts_with(piece.as_str());
            let joined = match (line.is_empty(), tight) {
                (true, _) => piece.clone(),
                (_, true) => format!("{line}{piece}"),
                _ => format!("{line} {piece}"),
            };
            if line.is_empty() || measure(&joined, size, medium) <= width {
                line = joined;
            } else {
                lines.push(std::mem::replace(&mut line, piece));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// A word that fits, or its pieces that do.
fn pieces(word: &str, size: f64, width: f64, medium: Medium) -> Vec<String> {
    if measure(word, size, medium) <= width {
        return vec![word.to_owned()];
    }
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for c in word.chars() {
        piece.push(c);
        if measure(&format!("{piece}--"), size, medium) > width {
            if !piece.ends_with('-') {
                piece.push('-');
            }
            pieces.push(std::mem::take(&mut piece));
        }
    }
    if !piece.is_empty() {
        pieces.push(piece);
    }
    pieces
}

/// Width of words, estimated rather too wide: the screen's face is not known.
pub(super) fn measure(words: &str, size: f64, medium: Medium) -> f64 {
    let ems: f64 = words
        .chars()
        .map(|c| match c {
            'i' | 'l' | 'j' | '.' | ',' | ':' | ';' | '\'' | '|' | '·' | '\u{202f}' => 0.32,
            'f' | 't' | 'r' | ' ' | '\u{a0}' | '-' | '(' | ')' | 'I' => 0.40,
            'm' | 'w' | 'M' | 'W' | '%' | '@' | '—' => 0.92,
            'A'..='Z' | 'Ä' | 'Ö' | 'Ü' => 0.72,
            _ => 0.59,
        })
        .sum();
    let face = if medium == Medium::Print { 0.82 } else { 1.0 };
    ems * size * face
}

/// An id that is unique on a page.
pub(super) fn id(key: &str, view: View<'_>, medium: Medium) -> String {
    let view = match view {
        View::Population(register::Population::Municipalities) => "g".to_owned(),
        View::Population(register::Population::Counties) => "k".to_owned(),
        View::ByGroup(item) => format!("n-{item}"),
    };
    let medium = match medium {
        Medium::Screen => "w",
        Medium::Narrow => "s",
        Medium::Print => "p",
    };
    format!("b-{}-{view}-{medium}", key.replace('.', "-"))
}

/// At most one decimal, none where it is zero.
pub(super) fn short(value: f64) -> String {
    let tenths = (value * 10.0).round() as i64;
    if tenths % 10 == 0 {
        (tenths / 10).to_string()
    } else {
        format!(
            "{}{}.{}",
            if tenths < 0 { "-" } else { "" },
            tenths.abs() / 10,
            tenths.abs() % 10
        )
    }
}

/// Words as XML.
pub(crate) fn escaped(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
