//! An answer as its page shows it: charts, tables, tests, ranks. Numbers are words already.

use edition::analysis;
use edition::charts::{GroupedChart, Medium, grouped};
use edition::numbers;
use findings::workspace::{Analysis, AnalysisRow, Figure, GroupedTable};
use findings::{Estimand, ReleasedCell};

use crate::frame::Ask;

/// A chart for a wide and for a narrow screen.
pub(super) struct ChartView {
    /// Wording of the item, where every item has its own chart.
    pub title: String,
    pub wide: String,
    pub narrow: String,
    pub how: String,
    /// Key of the item, to download it.
    pub item: String,
    /// Its address alone, where it is one of several.
    pub svg_href: Option<String>,
}

/// A cell of a table.
pub(super) struct CellView {
    pub value: String,
    pub interval: String,
    /// What is published instead, where the value is not.
    pub instead: Option<String>,
}

pub(super) struct RowView {
    pub label: String,
    pub cells: Vec<CellView>,
    pub n: String,
    /// Kish's effective n; empty where only released numbers are shown.
    pub n_effective: String,
}

pub(super) struct TableView {
    pub caption: String,
    pub first: String,
    pub heads: Vec<String>,
    pub rows: Vec<RowView>,
    /// Whether the table holds more than released numbers.
    pub internal: bool,
}

pub(super) struct TestView {
    pub label: String,
    pub test: String,
    pub p: String,
    pub adjusted: String,
    pub verdict: String,
    pub differs: bool,
}

pub(super) struct ContrastView {
    pub pair: String,
    pub difference: String,
    pub interval: String,
    pub adjusted: String,
    pub verdict: String,
    pub differs: bool,
}

pub(super) struct RankView {
    pub label: String,
    pub rank: usize,
    pub range: String,
}

/// Figures of one row in full, for those who check.
pub(super) struct FullView {
    pub label: String,
    pub cells: Vec<String>,
}

/// Rows that are not for publication.
pub(super) struct Marked {
    /// Any of their numbers.
    any: Vec<bool>,
    /// Their leading number, which is all that charts by group show.
    lead: Vec<bool>,
}

impl Marked {
    pub fn of(analysis: &Analysis) -> Self {
        let table = analysis.released("");
        let held = |row: &AnalysisRow| {
            row.n > 0 && (row.released.n.is_none() || !printed(&table.lead_cell(&row.released)))
        };
        Self {
            any: analysis.rows.iter().map(|r| r.holds_back()).collect(),
            lead: analysis.rows.iter().map(held).collect(),
        }
    }

    /// The rows that a chart marks.
    pub fn rows(&self, by_group: bool) -> &[bool] {
        if by_group { &self.lead } else { &self.any }
    }
}

/// The charts of a table: one, or one an item where a battery is broken down. `marked` names rows that are not for
/// publication.
pub(super) fn charts(
    ask: &Ask,
    table: &GroupedTable,
    title: &str,
    marked: Option<&Marked>,
) -> Vec<ChartView> {
    let items = table.items();
    let broken_down = table.groups.len() > 1;
    let which: Vec<Option<&str>> = match (broken_down, items.as_slice()) {
        (true, items) => items.iter().map(|item| Some(*item)).collect(),
        (false, _) => vec![None],
    };
    let mark = ask.t("web-evaluation-mark");
    let chart = |(number, item): (usize, &Option<&str>)| {
        let draw = |medium: Medium, word: &str| {
            let id = format!("auswertung-{number}-{word}");
            let chart = GroupedChart {
                id: &id,
                title,
                item: *item,
                mark: marked.map(|marked| (mark.as_str(), marked.rows(item.is_some()))),
                below: &[],
                medium,
            };
            grouped(ask.lang, table, &chart)
        };
        let (wide, narrow) = (draw(Medium::Screen, "w")?, draw(Medium::Narrow, "s")?);
        let label = item.and_then(|item| table.rows_of(item).next());
        Some(ChartView {
            title: match items.len() > 1 && broken_down {
                true => label.map_or(String::new(), |(row, _)| row.label.get(ask.lang).to_owned()),
                false => String::new(),
            },
            wide: wide.svg,
            narrow: narrow.svg,
            how: wide.how,
            item: item.unwrap_or_default().to_owned(),
            svg_href: None,
        })
    };
    which.iter().enumerate().filter_map(chart).collect()
}

/// The table with all numbers, for researchers.
pub(super) fn internal_tables(ask: &Ask, analysis: &Analysis) -> Vec<TableView> {
    let cell = |row: &AnalysisRow, figure: &Figure, released: &ReleasedCell| {
        let open = row.released.n.is_some() && printed(released);
        CellView {
            value: value(ask, analysis, figure),
            interval: interval(ask, analysis, figure),
            instead: (!open).then(|| numbers::cell(ask.lang, released)),
        }
    };
    let line = |row: &AnalysisRow, label: String| {
        let mut cells = Vec::new();
        if let Some(top) = &row.top_two {
            let released = row.released.top_two.unwrap_or(ReleasedCell::Suppressed);
            cells.push(cell(row, top, &released));
        }
        let figures = row.figures.iter().zip(&row.released.cells);
        cells.extend(figures.map(|(f, c)| cell(row, f, c)));
        RowView {
            label,
            cells,
            n: numbers::thousands(ask.lang, row.n as i64),
            n_effective: numbers::decimal(ask.lang, row.n_effective, 0),
        }
    };
    let table = analysis.internal("");
    let rows: Vec<(usize, String, RowView)> = analysis
        .rows
        .iter()
        .filter(|row| row.n > 0)
        .map(|row| {
            let group = analysis.groups[row.group].label.get(ask.lang).to_owned();
            let label = row.label.get(ask.lang).to_owned();
            (
                row.group,
                group.clone(),
                line(row, first(&table, label, group)),
            )
        })
        .collect();
    tables(ask, &table, rows, true)
}

/// The table as it is published.
pub(super) fn released_tables(ask: &Ask, table: &GroupedTable) -> Vec<TableView> {
    let cell = |cell: &ReleasedCell| CellView {
        value: numbers::cell(ask.lang, cell),
        interval: numbers::cell_interval(ask.lang, cell).unwrap_or_default(),
        instead: None,
    };
    let rows = table
        .rows()
        .zip(&table.group_of)
        .map(|((row, group), place)| {
            // A row that is held back has no two upper points of its own.
            let upper = edition::lookup::has_sum(&table.finding);
            let upper = upper.then(|| row.top_two.unwrap_or(ReleasedCell::Suppressed));
            let cells = upper.iter().chain(&row.cells).map(cell).collect();
            let held = numbers::cell(ask.lang, &ReleasedCell::Suppressed);
            let group = group.label.get(ask.lang).to_owned();
            let label = row.label.get(ask.lang).to_owned();
            let view = RowView {
                label: first(table, label, group.clone()),
                cells,
                n: row
                    .n
                    .map_or(held, |n| numbers::thousands(ask.lang, n.into())),
                n_effective: String::new(),
            };
            (*place, group, view)
        });
    tables(ask, table, rows.collect(), false)
}

/// The head of a row: its group, or its item where a table holds several.
fn first(table: &GroupedTable, item: String, group: String) -> String {
    if table.items().len() > 1 { item } else { group }
}

/// One table; where a battery is broken down, one a group.
fn tables(
    ask: &Ask,
    table: &GroupedTable,
    rows: Vec<(usize, String, RowView)>,
    internal: bool,
) -> Vec<TableView> {
    let several = table.items().len() > 1;
    let finding = &table.finding;
    let mut heads: Vec<String> = match finding.estimand {
        Estimand::Mean => {
            let unit = finding.columns.first().map_or("", |(_, t)| t.get(ask.lang));
            vec![ask.tv("web-evaluation-mean", &[("unit", unit)])]
        }
        _ => {
            let words = finding.columns.iter();
            words.map(|(_, t)| t.get(ask.lang).to_owned()).collect()
        }
    };
    if edition::lookup::has_sum(finding) {
        heads.insert(0, ask.t("web-evaluation-top-two"));
    }
    let mut views: Vec<TableView> = Vec::new();
    let mut last = None;
    let mut sorted = rows;
    if several {
        sorted.sort_by_key(|(place, _, _)| *place);
    }
    for (place, group, row) in sorted {
        if views.is_empty() || (several && last != Some(place)) {
            views.push(TableView {
                caption: match several {
                    true => group,
                    false => finding.question.get(ask.lang).to_owned(),
                },
                first: ask.t(match several {
                    true => "web-evaluation-item",
                    false => "web-evaluation-group",
                }),
                heads: heads.clone(),
                rows: Vec::new(),
                internal,
            });
        }
        last = Some(place);
        if let Some(view) = views.last_mut() {
            view.rows.push(row);
        }
    }
    views
}

fn printed(cell: &ReleasedCell) -> bool {
    matches!(
        cell,
        ReleasedCell::Percent { .. } | ReleasedCell::Mean { .. }
    )
}

fn is_share(analysis: &Analysis) -> bool {
    analysis.estimand != Estimand::Mean
}

/// "71,3 %" or "2,45".
fn value(ask: &Ask, analysis: &Analysis, figure: &Figure) -> String {
    match is_share(analysis) {
        true => percent(ask, figure.estimate),
        false => numbers::decimal(ask.lang, figure.estimate, 2),
    }
}

fn percent(ask: &Ask, share: f64) -> String {
    let number = numbers::decimal(ask.lang, share * 100.0, 1);
    ask.tv("web-evaluation-percent", &[("number", &number)])
}

fn interval(ask: &Ask, analysis: &Analysis, figure: &Figure) -> String {
    let Some((low, high)) = figure.interval else {
        return String::new();
    };
    bounds(ask, is_share(analysis), low, high)
}

fn bounds(ask: &Ask, share: bool, low: f64, high: f64) -> String {
    let (factor, places) = if share { (100.0, 1) } else { (1.0, 2) };
    let number = |value: f64| numbers::decimal(ask.lang, value * factor, places);
    ask.tv(
        "web-evaluation-range",
        &[("low", &number(low)), ("high", &number(high))],
    )
}

/// "p = 0,017" without its name: "0,017", or "unter 0,001".
fn p_value(ask: &Ask, p: f64) -> String {
    if p < 0.001 {
        let least = numbers::decimal(ask.lang, 0.001, 3);
        return ask.tv("web-evaluation-p-below", &[("least", &least)]);
    }
    numbers::decimal(ask.lang, p, 3)
}

/// Whether the groups differ, an item each.
pub(super) fn tests(ask: &Ask, analysis: &Analysis) -> Vec<TestView> {
    let test = |test: &findings::workspace::ItemTest| {
        let number = |value: f64, places: usize| numbers::decimal(ask.lang, value, places);
        let differs = test.adjusted <= 0.05;
        TestView {
            label: test.label.get(ask.lang).to_owned(),
            test: ask.tv(
                "web-evaluation-f",
                &[
                    ("first", &number(test.numerator_df, 1)),
                    ("second", &number(test.denominator_df, 0)),
                    ("value", &number(test.statistic, 2)),
                ],
            ),
            p: p_value(ask, test.p),
            adjusted: p_value(ask, test.adjusted),
            verdict: verdict(ask, differs),
            differs,
        }
    };
    analysis.tests.iter().map(test).collect()
}

fn verdict(ask: &Ask, differs: bool) -> String {
    ask.t(match differs {
        true => "web-evaluation-differs",
        false => "web-evaluation-alike",
    })
}

/// Differences between two groups each.
pub(super) fn contrasts(ask: &Ask, analysis: &Analysis) -> Vec<ContrastView> {
    let share = is_share(analysis);
    let group = |place: usize| analysis.groups[place].label.get(ask.lang);
    let contrast = |c: &findings::workspace::Contrast| {
        let number = match share {
            true => numbers::decimal(ask.lang, c.difference * 100.0, 1),
            false => numbers::decimal(ask.lang, c.difference, 2),
        };
        ContrastView {
            pair: ask.tv(
                "web-evaluation-pair",
                &[("first", group(c.first)), ("second", group(c.second))],
            ),
            difference: match share {
                true => ask.tv("web-evaluation-points", &[("number", &number)]),
                false => number,
            },
            interval: bounds(ask, share, c.interval.0, c.interval.1),
            adjusted: p_value(ask, c.adjusted),
            verdict: verdict(ask, c.differs),
            differs: c.differs,
        }
    };
    analysis.contrasts.iter().map(contrast).collect()
}

/// The ranks of the items with what the data do not exclude.
pub(super) fn ranks(ask: &Ask, analysis: &Analysis) -> Vec<RankView> {
    let rank = |ranked: &findings::workspace::Ranked| RankView {
        label: ranked.label.get(ask.lang).to_owned(),
        rank: ranked.rank,
        range: match ranked.best == ranked.worst {
            true => ranked.best.to_string(),
            false => {
                let (best, worst) = (ranked.best.to_string(), ranked.worst.to_string());
                ask.tv("web-evaluation-range", &[("low", &best), ("high", &worst)])
            }
        },
    };
    analysis.ranks.iter().map(rank).collect()
}

/// Standard error, degrees of freedom, design effect and n of the leading figure of every row.
pub(super) fn full(ask: &Ask, analysis: &Analysis) -> Vec<FullView> {
    let places = if is_share(analysis) { 4 } else { 3 };
    let row = |row: &AnalysisRow| {
        let figure = analysis.lead_figure(row)?;
        let group = analysis.groups[row.group].label.get(ask.lang);
        let number = |value: f64| numbers::decimal(ask.lang, value, places);
        let none = || "–".to_owned();
        Some(FullView {
            label: match row.item.is_empty() {
                true => group.to_owned(),
                false => format!("{}: {group}", row.label.get(ask.lang)),
            },
            cells: vec![
                number(figure.estimate),
                number(figure.se),
                figure.interval.map_or_else(none, |(low, high)| {
                    format!("{}–{}", number(low), number(high))
                }),
                row.df.to_string(),
                figure
                    .design_effect
                    .map_or_else(none, |effect| numbers::decimal(ask.lang, effect, 2)),
                numbers::thousands(ask.lang, row.n as i64),
                numbers::decimal(ask.lang, row.n_effective, 1),
            ],
        })
    };
    analysis.rows.iter().filter_map(row).collect()
}

/// The sentence that says the table, else the question.
pub(super) fn sentence(ask: &Ask, table: &GroupedTable, analysis: &Analysis) -> String {
    let said = analysis::sentence(ask.lang, table, analysis.query.counted);
    said.unwrap_or_else(|| analysis.question.get(ask.lang).to_owned())
}
