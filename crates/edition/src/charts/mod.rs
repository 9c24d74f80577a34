//! Charts as SVG, made from released cells only. No coordinate says more than the printed whole percent: every
//! length of data is the whole percent times a fixed step.
//!
//! Two media: [`Medium::Screen`] writes colours as CSS custom properties with a fallback, so that a chart inline on a
//! page follows light and dark; [`Medium::Print`] writes plain colours and "Libertinus Serif", which Typst embeds.

mod bars;
mod dots;
mod gap_tiles;
mod grouped;
mod likert;
mod row;
pub(crate) mod slope;
mod svg;
mod tiles;

use findings::{Domain, Finding, Release};
use questionnaire::Lang;
use register::Population;

pub use gap_tiles::gap_tiles;
pub use grouped::{Drawn, GroupedChart, grouped, lead_words};
pub(crate) use svg::escaped;
pub use tiles::{TILE_COLUMNS, TILE_ROWS, land_name, locator, response_by_land, tile_of};

use crate::document::Table;
use crate::lookup;
use crate::numbers;
use crate::sentences::{self, Patterns};
use crate::tables::{self, Shape};
use crate::translation::text;

/// Where a chart is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// Inline on a page that is at least 700 px wide.
    Screen,
    /// Inline on a phone, 360 units wide: labels stand above their bars.
    Narrow,
    /// In the handbook, 360 units (pt) wide.
    Print,
}

/// A chart with all that must stand beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// Begins all ids in the SVG; to be replaced where a chart stands twice on a page.
    pub id: String,
    /// The whole SVG.
    pub svg: String,
    /// Width in its own units.
    pub width: u32,
    /// Height in its own units.
    pub height: u32,
    /// What it shows, a sentence or the question: also the SVG's `<title>`.
    pub title: String,
    /// All its numbers in words: also the SVG's `<desc>`.
    pub alt: String,
    /// Who was asked, n, wave, source, how to read it: one line.
    pub note: String,
    /// Its numbers.
    pub table: Table,
}

/// What is drawn of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View<'a> {
    /// All items or options of one population; a question without items shows all its groups.
    Population(Population),
    /// One item (its key) by group: dots with intervals.
    ByGroup(&'a str),
}

impl Chart {
    /// The chart for the handbook; `None` when nothing of it may be shown.
    pub fn for_print(
        lang: Lang,
        release: &Release,
        finding: &Finding,
        view: View<'_>,
        patterns: &Patterns,
    ) -> Option<Self> {
        draw(lang, release, finding, view, patterns, Medium::Print)
    }

    /// The chart for a wide page; `None` when nothing of it may be shown.
    pub fn for_screen(
        lang: Lang,
        release: &Release,
        finding: &Finding,
        view: View<'_>,
        patterns: &Patterns,
    ) -> Option<Self> {
        draw(lang, release, finding, view, patterns, Medium::Screen)
    }

    /// The chart for a phone; `None` when nothing of it may be shown.
    pub fn for_phone(
        lang: Lang,
        release: &Release,
        finding: &Finding,
        view: View<'_>,
        patterns: &Patterns,
    ) -> Option<Self> {
        draw(lang, release, finding, view, patterns, Medium::Narrow)
    }
}

/// One line of a chart.
struct Line<'a> {
    label: String,
    row: &'a findings::ReleasedRow,
}

/// The chart for any medium; `None` when nothing of it may be shown.
pub fn draw(
    lang: Lang,
    release: &Release,
    finding: &Finding,
    view: View<'_>,
    patterns: &Patterns,
    medium: Medium,
) -> Option<Chart> {
    let lines = lines(lang, finding, view);
    if lines.iter().all(|l| l.row.n.is_none()) {
        return None;
    }
    let title = match view {
        View::Population(population) => {
            sentences::headline(lang, finding, population, patterns).map(|s| s.text)
        }
        View::ByGroup(item) => lines
            .iter()
            .find(|l| l.row.key == item)
            .and_then(|l| sentences::sentence(lang, finding, l.row, None, patterns))
            .map(|s| s.text),
    }
    .unwrap_or_else(|| finding.question.get(lang).to_owned());
    let shape = Shape::of(finding);
    let (drawn, how) = match (shape, view) {
        (Shape::Scale, View::Population(_)) => (
            likert::draw(lang, finding, &lines, medium),
            "edition-chart-how-likert",
        ),
        (Shape::Scale | Shape::Flags, View::ByGroup(_)) => (
            dots::shares(lang, finding, &lines, None, medium),
            "edition-chart-how-dots",
        ),
        (Shape::Mean, _) => (
            dots::means(lang, finding, &lines, medium),
            "edition-chart-how-means",
        ),
        (Shape::Flags, View::Population(_)) => {
            (bars::rows(lang, &lines, medium), "edition-chart-how-bars")
        }
        (Shape::Options, _) => (
            bars::columns(lang, finding, &lines, medium),
            "edition-chart-how-bars",
        ),
    };
    let table = match view {
        View::Population(population) => tables::population_table(lang, finding, population),
        View::ByGroup(_) => tables::finding_table(lang, finding),
    };
    let alt = alt(lang, finding, shape, &lines);
    let id = svg::id(&finding.key.0, view, medium);
    Some(Chart {
        svg: drawn.finish(&id, medium, &title, &alt),
        width: drawn.width,
        height: drawn.height,
        note: note(lang, release, finding, &lines, view, how),
        title,
        alt,
        table,
        id,
    })
}

/// The lines of a chart in the order in which they are drawn.
fn lines<'a>(lang: Lang, finding: &'a Finding, view: View<'_>) -> Vec<Line<'a>> {
    let itemised = !lookup::items(finding).is_empty();
    match view {
        View::Population(population) if itemised => {
            sentences::sorted_rows(finding, Domain::All(population))
                .into_iter()
                .map(|row| Line {
                    label: row.label.get(lang).to_owned(),
                    row,
                })
                .collect()
        }
        View::Population(Population::Counties) => by_group(lang, finding, "")
            .into_iter()
            .filter(|l| l.row.domain == Domain::All(Population::Counties))
            .collect(),
        View::Population(Population::Municipalities) => by_group(lang, finding, "")
            .into_iter()
            .filter(|l| l.row.domain != Domain::All(Population::Counties))
            .collect(),
        View::ByGroup(item) => by_group(lang, finding, item)
            .into_iter()
            .filter(|l| l.row.domain != Domain::All(Population::Counties))
            .collect(),
    }
}

fn by_group<'a>(lang: Lang, finding: &'a Finding, item: &str) -> Vec<Line<'a>> {
    finding
        .rows
        .iter()
        .filter(|r| r.key == item)
        .map(|row| {
            let label = match row.domain {
                Domain::SizeClass(_) => sentences::domain_label(lang, row.domain),
                other => sentences::domain_short(lang, other),
            };
            Line { label, row }
        })
        .collect()
}

/// All numbers of the chart in words, for those who do not see it.
fn alt(lang: Lang, finding: &Finding, shape: Shape, lines: &[Line<'_>]) -> String {
    let kind = match shape {
        Shape::Scale => "edition-chart-alt-scale",
        Shape::Flags => "edition-chart-alt-shares",
        Shape::Options => "edition-chart-alt-options",
        Shape::Mean => "edition-chart-alt-means",
    };
    let question = sentences::quoted(lang, finding.question.get(lang));
    let answers: Vec<String> = finding
        .columns
        .iter()
        .map(|(_, t)| sentences::quoted(lang, t.get(lang)))
        .collect();
    let tail = answers.len().saturating_sub(2);
    let upper = match &answers[tail..] {
        [a, b] => text(lang, "edition-number-or", &[("first", a), ("last", b)]),
        rest => rest.concat(),
    };
    let said: Vec<String> = lines
        .iter()
        .filter_map(|line| {
            let name = if line.label.is_empty() {
                None
            } else {
                Some(&line.label)
            };
            let value = match shape {
                Shape::Options => {
                    let cells: Vec<String> = finding
                        .columns
                        .iter()
                        .zip(&line.row.cells)
                        .map(|((_, t), c)| format!("{} {}", t.get(lang), in_words(lang, c)))
                        .collect();
                    cells.join(", ")
                }
                _ => in_words(lang, &lookup::lead_cell(finding, line.row, None)?),
            };
            Some(match (name, shape) {
                (Some(name), Shape::Options) => format!("{name}: {value}"),
                (Some(name), _) => format!("{name} {value}"),
                (None, _) => value,
            })
        })
        .collect();
    let separator = if shape == Shape::Options { "; " } else { ", " };
    text(
        lang,
        kind,
        &[
            ("question", &question),
            ("answers", &upper),
            (
                "unit",
                finding.columns.first().map_or("", |(_, t)| t.get(lang)),
            ),
            ("numbers", &said.join(separator)),
        ],
    )
}

fn in_words(lang: Lang, cell: &findings::ReleasedCell) -> String {
    match cell {
        findings::ReleasedCell::Suppressed => text(lang, "edition-chart-not-shown", &[]),
        cell => numbers::cell(lang, cell),
    }
}

/// How to read it, who was asked, n, wave, source.
fn note(
    lang: Lang,
    release: &Release,
    finding: &Finding,
    lines: &[Line<'_>],
    view: View<'_>,
    how: &str,
) -> String {
    let (population, grouped) = match view {
        View::Population(population) => (population, lookup::items(finding).is_empty()),
        View::ByGroup(_) => (Population::Municipalities, true),
    };
    let counts: Vec<u32> = lines.iter().filter_map(|l| l.row.n).collect();
    let (low, high) = (
        counts.iter().min().copied().unwrap_or(0),
        counts.iter().max().copied().unwrap_or(0),
    );
    let whole = lines
        .iter()
        .find(|l| l.row.domain == Domain::All(population))
        .and_then(|l| l.row.n);
    let n = match whole {
        Some(n) if grouped || low == high => numbers::thousands(lang, n.into()),
        _ => text(
            lang,
            "edition-number-range",
            &[
                ("low", &numbers::thousands(lang, low.into())),
                ("high", &numbers::thousands(lang, high.into())),
            ],
        ),
    };
    let group = sentences::domain_label(lang, Domain::All(population));
    let unit = finding.columns.first().map_or("", |(_, t)| t.get(lang));
    let how = text(lang, how, &[("unit", unit)]);
    text(
        lang,
        "edition-chart-note",
        &[
            ("how", &how),
            ("group", &group),
            ("n", &n),
            ("wave", release.title.get(lang)),
            ("period", &numbers::period(lang, release.field_period)),
        ],
    )
}

#[cfg(test)]
mod tests;
