//! Charts of tables by any groups: the evaluation workspace, and the findings that are kept from it.

use findings::workspace::GroupedTable;
use findings::{ReleasedCell, ReleasedRow};
use questionnaire::Lang;

use super::svg::{Anchor, Colour, Drawing, Sizes, wrap};
use super::{Line, Medium, bars, dots, in_words, likert};
use crate::numbers;
use crate::sentences::{self, rank};
use crate::tables::Shape;
use crate::translation::text;

/// What is drawn of a table by groups.
#[derive(Clone, Copy, Debug)]
pub struct GroupedChart<'a> {
    /// Begins all ids of the SVG: unique on its page.
    pub id: &'a str,
    /// What it shows, in a sentence: the SVG's `<title>`.
    pub title: &'a str,
    /// The item by group; `None`: all items of the whole.
    pub item: Option<&'a str>,
    /// Behind the labels of rows that are not for publication; `None`: nothing is marked.
    pub mark: Option<(&'a str, &'a [bool])>,
    /// Lines below the chart, where it leaves its page: whether it may be published, how to read it, its source.
    pub below: &'a [String],
    /// Where it is shown.
    pub medium: Medium,
}

/// A drawn chart: the whole SVG with its size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The whole SVG.
    pub svg: String,
    /// Width in its own units.
    pub width: u32,
    /// Height in its own units.
    pub height: u32,
    /// All its numbers in words.
    pub alt: String,
    /// How to read it.
    pub how: String,
}

/// Draws it; `None` when there is no row with a number.
pub fn grouped(lang: Lang, table: &GroupedTable, chart: &GroupedChart<'_>) -> Option<Drawn> {
    let lines = lines(lang, table, chart);
    if lines.iter().all(|line| line.row.n.is_none()) {
        return None;
    }
    let (finding, medium) = (&table.finding, chart.medium);
    let shape = Shape::of(finding);
    let by_group = chart.item.is_some() && lines.len() > 1;
    let (mut drawn, how) = match (shape, by_group) {
        (Shape::Mean, _) => (
            dots::means(lang, finding, &lines, medium),
            "edition-chart-how-means",
        ),
        (_, true) => (
            dots::shares(lang, finding, &lines, table.lead, medium),
            match table.lead {
                Some(_) => "edition-chart-how-dots-answer",
                None => "edition-chart-how-dots",
            },
        ),
        (Shape::Scale, false) => (
            likert::draw(lang, finding, &lines, medium),
            "edition-chart-how-likert",
        ),
        (Shape::Flags, false) => (bars::rows(lang, &lines, medium), "edition-chart-how-bars"),
        (Shape::Options, false) => (
            bars::columns(lang, finding, &lines, medium),
            "edition-chart-how-bars",
        ),
    };
    let alt = alt(lang, table, shape, by_group, &lines);
    let unit = finding.columns.first().map_or("", |(_, t)| t.get(lang));
    let answer = lead_words(lang, table);
    let how = text(lang, how, &[("unit", unit), ("answer", &answer)]);
    if !chart.below.is_empty() {
        below(&mut drawn, chart.below, medium);
    }
    Some(Drawn {
        svg: drawn.finish(chart.id, medium, chart.title, &alt),
        width: drawn.width,
        height: drawn.height,
        alt,
        how,
    })
}

/// Lines of words under a drawing.
fn below(drawing: &mut Drawing, lines: &[String], medium: Medium) {
    let sizes = Sizes::of(medium);
    let mut y = f64::from(drawing.height) + sizes.small;
    for line in lines {
        for part in wrap(line, sizes.small, sizes.width, medium) {
            y += sizes.line;
            drawing.words(0.0, y, sizes.small, Anchor::Start, Colour::Quiet, &part);
        }
    }
}

/// The answers whose share a row's leading number is: "„groß“ oder „sehr groß“".
pub fn lead_words(lang: Lang, table: &GroupedTable) -> String {
    sentences::answers(lang, &table.finding, table.lead)
}

fn lines<'a>(lang: Lang, table: &'a GroupedTable, chart: &GroupedChart<'_>) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    for (place, (row, group)) in table.rows().enumerate() {
        let label = match chart.item {
            Some(item) if row.key == item => group.label.get(lang),
            None if table.group_of[place] == 0 && !row.key.is_empty() => row.label.get(lang),
            None if table.group_of[place] == 0 => group.label.get(lang),
            _ => continue,
        };
        let marked = chart
            .mark
            .filter(|(_, rows)| rows.get(place) == Some(&true));
        let label = match marked {
            Some((mark, _)) => format!("{label} {mark}"),
            None => label.to_owned(),
        };
        lines.push(Line { label, row });
    }
    // Items by their leading number; answers of one question by group keep their order.
    if chart.item.is_none() {
        let order = |row: &ReleasedRow| std::cmp::Reverse(rank(Some(table.lead_cell(row))));
        lines.sort_by_key(|line| order(line.row));
    }
    lines
}

/// All numbers of the chart in words, for those who do not see it.
fn alt(
    lang: Lang,
    table: &GroupedTable,
    shape: Shape,
    by_group: bool,
    lines: &[Line<'_>],
) -> String {
    let finding = &table.finding;
    let options = shape == Shape::Options && !by_group;
    let said = lines.iter().map(|line| {
        let value = match options {
            true => {
                let cells = finding.columns.iter().zip(&line.row.cells);
                let cells: Vec<String> = cells
                    .map(|((_, t), cell)| format!("{} {}", t.get(lang), in_words(lang, cell)))
                    .collect();
                cells.join(", ")
            }
            false => with_interval(lang, &table.lead_cell(line.row)),
        };
        format!("{}: {value}", line.label)
    });
    let key = match shape {
        Shape::Mean => "edition-chart-alt-means",
        Shape::Scale => "edition-chart-alt-scale",
        _ if options => "edition-chart-alt-options",
        _ => "edition-chart-alt-shares",
    };
    text(
        lang,
        key,
        &[
            (
                "question",
                &sentences::quoted(lang, finding.question.get(lang)),
            ),
            ("answers", &lead_words(lang, table)),
            (
                "unit",
                finding.columns.first().map_or("", |(_, t)| t.get(lang)),
            ),
            ("numbers", &said.collect::<Vec<_>>().join("; ")),
        ],
    )
}

fn with_interval(lang: Lang, cell: &ReleasedCell) -> String {
    match numbers::cell_interval(lang, cell) {
        Some(interval) => format!("{} ({interval})", in_words(lang, cell)),
        None => in_words(lang, cell),
    }
}
