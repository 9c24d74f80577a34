//! A table of the evaluation workspace in words and as a sheet to be downloaded.
//!
//! The tables that leave the house are made from released cells only, like everything else here. A sheet for
//! researchers also holds what disclosure control holds back: every line of such a sheet says that it is not for
//! publication.

use findings::workspace::{Analysis, AnalysisRow, Counted, Figure, Group, GroupedTable};
use findings::{Estimand, ReleasedCell, ReleasedRow};
use questionnaire::{Lang, Text};

use crate::lookup::has_sum;
use crate::numbers;
use crate::sentences::{self, Patterns, rank};
use crate::translation::text;

/// A sheet of a workbook, or a CSV file.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Name of the sheet.
    pub name: String,
    /// Lines above the table: what it shows, of whom, and whether it may be published.
    pub notes: Vec<String>,
    /// Heads of the columns.
    pub head: Vec<String>,
    /// Lines below.
    pub rows: Vec<Vec<SheetCell>>,
}

/// A cell of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub enum SheetCell {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// Nothing.
    Empty,
}

/// The sentence that says a table: its leading number of the whole, then the groups with the largest and the smallest.
/// `None` when nothing of it may be said.
pub fn sentence(lang: Lang, table: &GroupedTable, counted: Counted) -> Option<String> {
    let whole = |row: &&ReleasedRow| leads(table, row);
    let mut wholes: Vec<&ReleasedRow> = table
        .rows()
        .enumerate()
        .filter(|(place, _)| table.group_of[*place] == 0)
        .map(|(_, (row, _))| row)
        .filter(whole)
        .collect();
    wholes.sort_by_key(|row| std::cmp::Reverse(rank(Some(table.lead_cell(row)))));
    let first = wholes.first();
    let said = first.and_then(|row| {
        sentences::sentence(lang, &table.finding, row, table.lead, &Patterns::new())
    });
    let mut words = Vec::new();
    if let Some(said) = said {
        words.push(match only(lang, &table.only) {
            Some(only) => text(
                lang,
                "edition-analysis-only",
                &[("only", &only), ("sentence", &said.text)],
            ),
            None => said.text,
        });
    }
    if let [item] = table.items().as_slice() {
        words.extend(extremes(lang, table, item));
    }
    if words.is_empty() {
        return None;
    }
    let words = words.join(" ");
    Some(match counted {
        Counted::Respondents => text(lang, "edition-analysis-unweighted", &[("sentence", &words)]),
        _ => words,
    })
}

fn leads(table: &GroupedTable, row: &ReleasedRow) -> bool {
    row.n.is_some() && table.lead_cell(row) != ReleasedCell::Suppressed
}

/// Conditions in one line.
pub fn only(lang: Lang, only: &[Text]) -> Option<String> {
    let words: Vec<&str> = only.iter().map(|t| t.get(lang)).collect();
    (!words.is_empty()).then(|| words.join("; "))
}

/// "Am höchsten ist der Anteil bei …, am niedrigsten bei …": of groups with a printed number, when they differ.
fn extremes(lang: Lang, table: &GroupedTable, item: &str) -> Option<String> {
    let mut groups: Vec<(ReleasedCell, &Group)> = table
        .rows_of(item)
        .skip(1)
        .filter(|(row, _)| leads(table, row))
        .map(|(row, group)| (table.lead_cell(row), group))
        .collect();
    groups.sort_by_key(|(cell, _)| std::cmp::Reverse(rank(Some(*cell))));
    let ((high, most), (low, least)) = (groups.first()?, groups.last()?);
    if rank(Some(*high)) == rank(Some(*low)) {
        return None;
    }
    let key = match table.finding.estimand {
        Estimand::Mean => "edition-analysis-means",
        _ => "edition-analysis-shares",
    };
    Some(text(
        lang,
        key,
        &[
            ("most", &sentences::quoted(lang, most.label.get(lang))),
            ("high", &numbers::cell(lang, high)),
            ("least", &sentences::quoted(lang, least.label.get(lang))),
            ("low", &numbers::cell(lang, low)),
        ],
    ))
}

/// The released table as a sheet: one line a number.
pub fn released_sheet(lang: Lang, table: &GroupedTable, notes: Vec<String>) -> Sheet {
    let mut rows = Vec::new();
    for (row, group) in table.rows() {
        let mut cells: Vec<(&str, String, ReleasedCell)> = table
            .finding
            .columns
            .iter()
            .zip(&row.cells)
            .map(|((code, words), cell)| (code.as_str(), words.get(lang).to_owned(), *cell))
            .collect();
        if has_sum(&table.finding) {
            let sum = row.top_two.unwrap_or(ReleasedCell::Suppressed);
            cells.push(("", text(lang, "edition-table-top-two", &[]), sum));
        }
        for (code, words, cell) in cells {
            let mut line = place(lang, row, group, code, &words);
            line.extend(released_values(&cell));
            line.push(
                row.n
                    .map_or(SheetCell::Empty, |n| SheetCell::Number(n.into())),
            );
            rows.push(line);
        }
    }
    let mut head = head(lang);
    head.extend(["status", "value", "low", "high", "n"].map(|c| column(lang, c)));
    Sheet {
        name: text(lang, "edition-analysis-sheet", &[]),
        notes,
        head,
        rows,
    }
}

/// All numbers of an analysis as a sheet for researchers. Every line says whether it may be published.
pub fn internal_sheet(lang: Lang, analysis: &Analysis, notes: Vec<String>) -> Sheet {
    let mut rows = Vec::new();
    for row in &analysis.rows {
        let group = &analysis.groups[row.group];
        let words = |(code, words): &(String, Text)| (code.clone(), words.get(lang).to_owned());
        let mut columns: Vec<(String, String)> = analysis.columns.iter().map(words).collect();
        columns.push((String::new(), text(lang, "edition-table-top-two", &[])));
        let released = row.released.cells.iter().chain(&row.released.top_two);
        let figures = row.figures.iter().chain(&row.top_two);
        for ((figure, released), (code, words)) in figures.zip(released).zip(&columns) {
            let mut line = place(lang, &row.released, group, code, words);
            line.push(SheetCell::Text(mark(lang, row, released)));
            line.extend(values(figure, row));
            rows.push(line);
        }
    }
    let mut head = head(lang);
    let more = [
        "publication",
        "value",
        "low",
        "high",
        "se",
        "df",
        "deff",
        "count",
        "n",
        "n-effective",
    ];
    head.extend(more.map(|c| column(lang, c)));
    Sheet {
        name: text(lang, "edition-analysis-sheet-internal", &[]),
        notes,
        head,
        rows,
    }
}

/// "ja", or that the number is not for publication.
fn mark(lang: Lang, row: &AnalysisRow, released: &ReleasedCell) -> String {
    let printed = matches!(
        released,
        ReleasedCell::Percent { .. } | ReleasedCell::Mean { .. }
    );
    let key = match printed && row.released.n.is_some() {
        true => "edition-analysis-for-publication",
        false => "edition-analysis-not-for-publication",
    };
    text(lang, key, &[])
}

fn head(lang: Lang) -> Vec<String> {
    let keys = [
        "item",
        "item-text",
        "group",
        "group-text",
        "answer",
        "answer-text",
    ];
    keys.map(|c| column(lang, c)).to_vec()
}

fn column(lang: Lang, name: &str) -> String {
    text(lang, &format!("edition-analysis-column-{name}"), &[])
}

fn place(lang: Lang, row: &ReleasedRow, group: &Group, code: &str, words: &str) -> Vec<SheetCell> {
    let label = if row.key.is_empty() {
        ""
    } else {
        row.label.get(lang)
    };
    [
        row.key.as_str(),
        label,
        &group.key,
        group.label.get(lang),
        code,
        words,
    ]
    .map(|words| SheetCell::Text(plain(words)))
    .to_vec()
}

/// Status, value, lower and upper bound: percents or the unit of a mean.
fn released_values(cell: &ReleasedCell) -> Vec<SheetCell> {
    let word = |word: &str| SheetCell::Text(word.to_owned());
    let (status, numbers) = match cell {
        ReleasedCell::Percent { value, interval } => {
            let interval = interval.map(|(low, high)| (f64::from(low), f64::from(high)));
            ("prozent", Some((f64::from(*value), interval)))
        }
        ReleasedCell::Mean { tenths, interval } => {
            let unit = |tenths: i64| tenths as f64 / 10.0;
            let interval = interval.map(|(low, high)| (unit(low), unit(high)));
            ("mittelwert", Some((unit(*tenths), interval)))
        }
        ReleasedCell::Under10 => ("unter-10", None),
        ReleasedCell::Over90 => ("ueber-90", None),
        ReleasedCell::Suppressed => ("nicht-ausgewiesen", None),
    };
    let (value, interval) = match numbers {
        Some((value, interval)) => (SheetCell::Number(value), interval),
        None => (SheetCell::Empty, None),
    };
    let (low, high) = match interval {
        Some((low, high)) => (SheetCell::Number(low), SheetCell::Number(high)),
        None => (SheetCell::Empty, SheetCell::Empty),
    };
    vec![word(status), value, low, high]
}

fn values(figure: &Figure, row: &AnalysisRow) -> Vec<SheetCell> {
    let number = |value: Option<f64>| match value {
        Some(value) if value.is_finite() => SheetCell::Number(value),
        _ => SheetCell::Empty,
    };
    vec![
        number(Some(figure.estimate)),
        number(figure.interval.map(|i| i.0)),
        number(figure.interval.map(|i| i.1)),
        number(Some(figure.se)),
        number(Some(row.df as f64)),
        number(figure.design_effect),
        number(figure.count.map(|c| c as f64)),
        number(Some(row.n as f64)),
        number(Some(row.n_effective)),
    ]
}

/// Files are for machines: plain spaces.
fn plain(words: &str) -> String {
    words.replace([numbers::NBSP, numbers::NNBSP], " ")
}

/// A sheet as CSV (UTF-8, comma, decimal point); its notes are lines of their own, which begin with `#`.
pub fn csv(sheet: &Sheet) -> String {
    let mut file = String::new();
    for note in &sheet.notes {
        file.push_str(&format!("# {}\n", plain(note).replace(['\n', '\r'], " ")));
    }
    let line = |cells: Vec<String>| {
        let quoted: Vec<String> = cells.iter().map(|c| field(c)).collect();
        quoted.join(",") + "\n"
    };
    file.push_str(&line(sheet.head.clone()));
    for row in &sheet.rows {
        let cell = |cell: &SheetCell| match cell {
            SheetCell::Text(words) => words.clone(),
            SheetCell::Number(number) => rounded(*number).to_string(),
            SheetCell::Empty => String::new(),
        };
        file.push_str(&line(row.iter().map(cell).collect()));
    }
    file
}

/// Nine digits behind the point are more than anyone can check.
fn rounded(number: f64) -> f64 {
    (number * 1e9).round() / 1e9
}

/// A field as RFC 4180 has it. What a spreadsheet would compute is led by an apostrophe.
fn field(words: &str) -> String {
    let computed = words.starts_with(['=', '+', '@'])
        || (words.starts_with('-') && words.parse::<f64>().is_err());
    let words = if computed {
        format!("'{words}")
    } else {
        words.to_owned()
    };
    if words.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", words.replace('"', "\"\""))
    } else {
        words
    }
}
