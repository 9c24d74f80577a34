//! The feedback sheet: two pages for mayor and council.

use ::questionnaire::{Lang, Text};
use edition::numbers;
use edition::translation::text;
use findings::{FeedbackRow, FeedbackSheet, ReleasedCell};
use serde_json::{Value, json};

use crate::RenderError;
use crate::render::render;
use crate::words::{tag, words};

/// The feedback sheet as PDF/UA-1, two pages exactly.
pub fn render_feedback_sheet(sheet: &FeedbackSheet, lang: Lang) -> Result<Vec<u8>, RenderError> {
    let identifier = format!(
        "feedback-sheet/{}/{}",
        sheet.municipality,
        sheet.own_wave.get(lang)
    );
    render(
        "sheet.typ",
        &value(sheet, lang),
        sheet.figures_date,
        &identifier,
    )
}

/// What the template gets.
fn value(sheet: &FeedbackSheet, lang: Lang) -> Value {
    let needs: Vec<Value> = sheet
        .needs
        .iter()
        .map(|need| {
            let examples: Vec<Value> = need
                .examples
                .iter()
                .map(|example| {
                    json!({
                        "title": example.title,
                        "municipality": example.municipality,
                        "reason": example.reason.get(lang),
                        "missing": example.missing.get(lang),
                    })
                })
                .collect();
            json!({ "need": need.need.get(lang), "field": field_name(&need.field, lang), "examples": examples })
        })
        .collect();
    // Two pages hold what a council talks about: scales, choices and numbers; not every option of every list.
    let rows: Vec<&FeedbackRow> = sheet.rows.iter().filter(|row| !is_flag(row)).collect();
    let mut wider: Vec<&str> = Vec::new();
    for row in rows.iter().filter(|row| row.wider) {
        let group = row.peers_of.get(lang);
        if !wider.contains(&group) {
            wider.push(group);
        }
    }
    json!({
        "lang": tag(lang),
        "words": words(lang),
        "municipality": sheet.municipality,
        "peer_group": sheet.peer_group.get(lang),
        "figures_of": sheet.figures_of.get(lang),
        "figures_date": numbers::date(lang, sheet.figures_date),
        "own_wave": sheet.own_wave.get(lang),
        "wider": numbers::list(lang, &wider),
        "themes": themes(&rows, lang),
        "more": rows.len() < sheet.rows.len(),
        "needs": needs,
        "synthetic": sheet.synthetic,
    })
}

/// The name of a default field of action; a key that the study made up stands as it is.
fn field_name(key: &str, lang: Lang) -> String {
    practices::DEFAULT_FIELDS
        .iter()
        .find(|(field, _, _)| *field == key)
        .map_or(key, |(_, de, en)| if lang == Lang::De { de } else { en })
        .to_owned()
}

/// Rows in blocks of one theme, so that each block says the poles of its scale once. Rows without a scale join
/// the block of their theme; a scale with other poles begins a new one.
fn themes(rows: &[&FeedbackRow], lang: Lang) -> Vec<Value> {
    struct Block<'a> {
        poles: Option<(&'a Text, &'a Text)>,
        rows: Vec<&'a FeedbackRow>,
    }
    let mut blocks: Vec<Block> = Vec::new();
    for &row in rows {
        let found = poles(row);
        match blocks.last_mut() {
            Some(block)
                if block.rows[0].theme == row.theme
                    && (found.is_none() || block.poles.is_none() || block.poles == found) =>
            {
                block.poles = block.poles.or(found);
                block.rows.push(row);
            }
            _ => blocks.push(Block {
                poles: found,
                rows: vec![row],
            }),
        }
    }
    let mut title = None;
    blocks
        .iter()
        .map(|block| {
            let theme = &block.rows[0].theme;
            let repeated = title == Some(theme);
            title = Some(theme);
            json!({
                "title": theme.get(lang),
                "repeated": repeated,
                "low": block.poles.map(|(low, _)| low.get(lang)),
                "high": block.poles.map(|(_, high)| high.get(lang)),
                "rows": block.rows.iter().map(|row| line(row, lang)).collect::<Vec<_>>(),
            })
        })
        .collect()
}

/// One option of a question with several answers.
fn is_flag(row: &FeedbackRow) -> bool {
    row.columns.len() == 1 && row.own_number.is_none() && !row.key.is_empty()
}

/// Five columns, one cell each: an ascending scale, drawn as one 100 % bar.
fn is_scale(row: &FeedbackRow) -> bool {
    row.columns.len() == 5 && row.peers.len() == 5
}

fn poles(row: &FeedbackRow) -> Option<(&Text, &Text)> {
    is_scale(row).then(|| (&row.columns[0], &row.columns[4]))
}

fn line(row: &FeedbackRow, lang: Lang) -> Value {
    let dot = text(lang, "edition-number-suppressed", &[]);
    let own = match row.own_number {
        Some(number) => numbers::decimal(lang, number, usize::from(number.fract() != 0.0)),
        None => row.own.get(lang).to_owned(),
    };
    let shown = |cell: &ReleasedCell| !matches!(cell, ReleasedCell::Suppressed);
    let all_shown = !row.peers.is_empty() && row.peers.iter().all(shown);
    let same = row
        .own_column
        .and_then(|column| row.peers.get(column))
        .map(|cell| numbers::cell(lang, cell));
    let (kind, cells, note) = match row.peers.as_slice() {
        [cell @ ReleasedCell::Mean { .. }] => (
            "text",
            Vec::new(),
            mean_text(cell, lang).unwrap_or_default(),
        ),
        [_, _, _, _, _] if all_shown && is_scale(row) => (
            "scale",
            row.peers.iter().map(cell_value).collect(),
            String::new(),
        ),
        cells => match row.own_column.or((cells.len() == 1).then_some(0)) {
            Some(column) if cells.get(column).is_some_and(shown) => {
                ("share", vec![cell_value(&cells[column])], String::new())
            }
            _ => ("none", Vec::new(), dot.clone()),
        },
    };
    let shares: Vec<String> = row
        .columns
        .iter()
        .zip(&row.peers)
        .map(|(column, cell)| format!("{} {}", column.get(lang), numbers::cell(lang, cell)))
        .collect();
    let star = if row.wider { "*" } else { "" };
    json!({
        "label": row.label.get(lang),
        "own": own,
        "own_column": row.own_column,
        "kind": kind,
        "cells": cells,
        "text": note,
        "same": same,
        "n": row.n.map_or(dot, |n| format!("{}{star}", numbers::thousands(lang, i64::from(n)))),
        "alt": text(lang, "handbook-sheet-alt", &[("shares", &shares.join(", "))]),
    })
}

/// A mean in words, with its interval where one is stated.
fn mean_text(cell: &ReleasedCell, lang: Lang) -> Option<String> {
    let ReleasedCell::Mean { tenths, interval } = cell else {
        return None;
    };
    let mean = numbers::tenths(lang, *tenths);
    Some(match interval {
        Some((low, high)) => text(
            lang,
            "handbook-sheet-mean-interval",
            &[
                ("mean", &mean),
                ("low", &numbers::tenths(lang, *low)),
                ("high", &numbers::tenths(lang, *high)),
            ],
        ),
        None => text(lang, "handbook-sheet-mean", &[("mean", &mean)]),
    })
}

/// Length of a bar's part in whole percents. "Unter 10 %" and "über 90 %" are drawn at a fixed length
/// that says no more than the words do.
fn cell_value(cell: &ReleasedCell) -> Value {
    let (share, exact) = match cell {
        ReleasedCell::Percent { value, .. } => (Some(*value), true),
        ReleasedCell::Under10 => (Some(5), false),
        ReleasedCell::Over90 => (Some(95), false),
        _ => (None, false),
    };
    json!({ "share": share, "exact": exact })
}
