//! Change as tables: figures, difference, interval, verdict, and for researchers the panel beside it.

use findings::{
    ChangeFinding, ChangeRow, Domain, Estimand, PanelDifference, ReleasedChange, Verdict,
};
use questionnaire::Lang;
use questionnaire::lineage::Step;
use register::Population;

use super::items;
use super::words::{figure, period_label, verdict_words};
use crate::document::{RowGroup, Table};
use crate::translation::text;
use crate::{numbers, sentences};

/// Id of a question's table of change.
pub(super) fn table_id(finding: &ChangeFinding) -> String {
    format!("veraenderung-{}", finding.key.0.replace('.', "-"))
}

/// The table of a question: all items of both populations (of one, where named); a question without items with all of
/// its groups.
pub fn table(
    lang: Lang,
    change: &ReleasedChange,
    finding: &ChangeFinding,
    population: Option<Population>,
) -> Table {
    let one = items(finding).len() == 1;
    let rows: Vec<&ChangeRow> = finding
        .rows
        .iter()
        .filter(|row| one || matches!(row.domain, Domain::All(_)))
        .filter(|row| population.is_none_or(|of| row.domain.population() == of))
        .collect();
    // Published figures have none.
    let panel = rows.iter().any(|row| row.panel.is_some());
    let mut groups: Vec<RowGroup> = Vec::new();
    for row in &rows {
        let title = match (one, row.domain) {
            (false, domain) => sentences::domain_label(lang, domain),
            (true, Domain::All(_)) => text(lang, "edition-table-all", &[]),
            (true, Domain::SizeClass(_)) => text(lang, "edition-table-by-size", &[]),
            (true, Domain::Town(_)) => text(lang, "edition-table-by-kind", &[]),
        };
        let label = match one {
            true => sentences::domain_short(lang, row.domain),
            false => row.label.get(lang).to_owned(),
        };
        let mut line = vec![label];
        line.extend(cells(lang, finding, row, panel));
        match groups.last_mut() {
            Some(group) if group.title == title => group.rows.push(line),
            _ => groups.push(RowGroup {
                title,
                rows: vec![line],
            }),
        }
    }
    let word = |key: &str| text(lang, key, &[]);
    let head = if one {
        "edition-table-domain"
    } else {
        "edition-table-item"
    };
    Table {
        id: table_id(finding),
        caption: text(
            lang,
            "change-table-caption",
            &[("question", &super::title(lang, finding))],
        ),
        base: format!("{}.", finding.measure.get(lang)),
        columns: [
            word(head),
            period_label(lang, change.before.field_period),
            period_label(lang, change.after.field_period),
            word(match finding.estimand {
                Estimand::Mean => "change-table-difference",
                _ => "change-table-points",
            }),
            word("edition-table-interval"),
            word("change-table-verdict"),
            word("change-table-smallest"),
        ]
        .into_iter()
        .chain(panel.then(|| word("change-table-panel")))
        .collect(),
        groups,
        notes: notes(lang, finding, &rows, panel),
    }
}

fn cells(lang: Lang, finding: &ChangeFinding, row: &ChangeRow, panel: bool) -> Vec<String> {
    let held = || text(lang, "edition-number-suppressed", &[]);
    let mut cells = vec![
        numbers::cell(lang, &row.before),
        numbers::cell(lang, &row.after),
    ];
    let none = || "–".to_owned();
    match row.change {
        None => cells.extend([held(), none(), held(), none()]),
        Some(change) => {
            let signed = |value| signed(lang, finding, value);
            cells.push(signed(change.value));
            cells.push(change.interval.map_or_else(none, |(low, high)| {
                let (low, high) = (signed(low), signed(high));
                text(
                    lang,
                    "edition-number-cell-range",
                    &[("low", &low), ("high", &high)],
                )
            }));
            cells.push(verdict_words(lang, change.verdict));
            cells.push(
                change
                    .smallest
                    .map_or_else(none, |s| figure(lang, finding, s)),
            );
        }
    }
    if panel {
        let beside = row.panel.map(|panel| in_panel(lang, finding, panel));
        cells.push(beside.unwrap_or_else(held));
    }
    cells
}

fn in_panel(lang: Lang, finding: &ChangeFinding, panel: PanelDifference) -> String {
    let n = numbers::thousands(lang, panel.n.into());
    let value = signed(lang, finding, panel.value);
    text(
        lang,
        "change-table-panel-cell",
        &[("value", &value), ("n", &n)],
    )
}

/// "+7", "−12", "0".
pub(super) fn signed(lang: Lang, finding: &ChangeFinding, value: i64) -> String {
    let number = figure(lang, finding, value);
    if value > 0 {
        format!("+{number}")
    } else {
        number
    }
}

/// Items by group: difference and, where a change is seen, the verdict. `None` for a question without items.
pub fn group_table(lang: Lang, finding: &ChangeFinding) -> Option<Table> {
    let keys = items(finding);
    let mut domains: Vec<Domain> = Vec::new();
    for row in &finding.rows {
        if !matches!(row.domain, Domain::All(_)) && !domains.contains(&row.domain) {
            domains.push(row.domain);
        }
    }
    if keys.len() < 2 || domains.is_empty() {
        return None;
    }
    let held = || text(lang, "edition-number-suppressed", &[]);
    let rows = keys.iter().map(|key| {
        let label = finding.rows.iter().find(|row| row.key == *key);
        let mut line = vec![label.map_or("", |row| row.label.get(lang)).to_owned()];
        line.extend(domains.iter().map(|domain| {
            let mut rows = finding.rows.iter();
            let row = rows.find(|row| row.key == *key && row.domain == *domain);
            let Some(change) = row.and_then(|row| row.change) else {
                return held();
            };
            let value = signed(lang, finding, change.value);
            match change.verdict {
                Verdict::Risen | Verdict::Fallen => {
                    format!("{value} {}", verdict_words(lang, change.verdict))
                }
                _ => value,
            }
        }));
        line
    });
    let mut columns = vec![text(lang, "edition-table-item", &[])];
    columns.extend(domains.iter().map(|d| sentences::domain_short(lang, *d)));
    let rows = rows.collect();
    Some(Table {
        id: format!("{}-gruppen", table_id(finding)),
        caption: text(
            lang,
            "change-table-groups",
            &[("question", &super::title(lang, finding))],
        ),
        base: text(
            lang,
            "change-table-groups-base",
            &[("measure", finding.measure.get(lang))],
        ),
        columns,
        groups: vec![RowGroup {
            title: String::new(),
            rows,
        }],
        notes: vec![text(lang, "edition-table-suppressed", &[])],
    })
}

fn notes(lang: Lang, finding: &ChangeFinding, rows: &[&ChangeRow], panel: bool) -> Vec<String> {
    let mut notes = vec![text(lang, "change-table-note", &[])];
    notes.extend(finding.note.iter().map(|note| note.get(lang).to_owned()));
    for row in rows {
        let own = row
            .note
            .as_ref()
            .filter(|_| row.step != Step::Same && row.step != finding.step);
        if let Some(note) = own {
            let item = sentences::quoted(lang, row.label.get(lang));
            let note = format!("{item}: {}", note.get(lang));
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
    }
    if rows
        .iter()
        .any(|row| row.change.is_none() || (panel && row.panel.is_none()))
    {
        notes.push(text(lang, "edition-table-suppressed", &[]));
    }
    notes
}
