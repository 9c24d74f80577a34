//! Findings that researchers kept in the evaluation workspace: chart, table and words for every output.

use findings::workspace::KeptFinding;
use findings::{Domain, Release, ReleasedCell, ReleasedRow};
use questionnaire::Lang;

use crate::analysis;
use crate::charts::{Drawn, GroupedChart, Medium, grouped};
use crate::document::{Figure, RowGroup, Table};
use crate::lookup::{LookupError, domain_word, has_sum};
use crate::numbers;
use crate::sentences;
use crate::tables::with_range;
use crate::translation::text;

/// The chart; `None` when nothing of it may be shown.
pub fn drawn(lang: Lang, kept: &KeptFinding, medium: Medium) -> Option<Drawn> {
    let word = match medium {
        Medium::Screen => "w",
        Medium::Narrow => "s",
        Medium::Print => "p",
    };
    let items = kept.table.items();
    let item = match items.as_slice() {
        [item] => Some(*item),
        _ => None,
    };
    let chart = GroupedChart {
        id: &id(kept, word),
        title: &kept.title,
        item: item.filter(|_| kept.table.groups.len() > 1),
        mark: None,
        below: &[],
        medium,
    };
    grouped(lang, &kept.table, &chart)
}

/// Begins all ids of its chart.
pub(crate) fn id(kept: &KeptFinding, word: &str) -> String {
    format!("b-{}-{word}", kept.key.0)
}

/// Title, wording and print chart; `None` when nothing of it may be shown.
pub(crate) fn figure(lang: Lang, release: &Release, kept: &KeptFinding) -> Option<Figure> {
    let drawn = drawn(lang, kept, Medium::Print)?;
    let population = Domain::All(kept.table.population);
    Some(Figure {
        key: kept.key.0.clone(),
        population: domain_word(population).to_owned(),
        table: table_id(kept),
        sentence: kept.title.clone(),
        certainty: certainty(lang, kept),
        question: kept.table.finding.question.get(lang).to_owned(),
        note: note(lang, release, kept, &drawn),
        svg: drawn.svg,
        width: drawn.width,
        height: drawn.height,
        alt: drawn.alt,
    })
}

/// The wording, and what is estimated of whom.
pub(crate) fn certainty(lang: Lang, kept: &KeptFinding) -> String {
    let population = Domain::All(kept.table.population);
    let estimand = sentences::estimand(lang, kept.table.finding.estimand, population);
    let mut words = vec![kept.wording.clone(), estimand];
    if let Some(only) = analysis::only(lang, &kept.table.only) {
        words.push(text(lang, "edition-kept-only", &[("only", &only)]));
    }
    words.retain(|w| !w.is_empty());
    words.join(" ")
}

/// How to read it, who was asked, n, wave, source.
pub(crate) fn note(lang: Lang, release: &Release, kept: &KeptFinding, drawn: &Drawn) -> String {
    let group = sentences::domain_label(lang, Domain::All(kept.table.population));
    let whole = kept.table.rows().zip(&kept.table.group_of);
    let n = whole
        .filter(|(_, group)| **group == 0)
        .find_map(|((row, _), _)| row.n);
    let n = n.map_or_else(
        || text(lang, "edition-number-suppressed", &[]),
        |n| numbers::thousands(lang, n.into()),
    );
    text(
        lang,
        "edition-chart-note",
        &[
            ("how", &drawn.how),
            ("group", &group),
            ("n", &n),
            ("wave", release.title.get(lang)),
            ("period", &numbers::period(lang, release.field_period)),
        ],
    )
}

/// Id of its table.
pub(crate) fn table_id(kept: &KeptFinding) -> String {
    format!("tabelle-{}", kept.key.0)
}

/// Its numbers as a table: a line a group; where it holds several items, a group of lines each.
pub fn table(lang: Lang, kept: &KeptFinding) -> Table {
    let of = &kept.table;
    let several = of.items().len() > 1;
    let word = |key: &str| text(lang, key, &[]);
    let mut columns = vec![word(match several {
        true => "edition-table-item",
        false => "edition-table-domain",
    })];
    if has_sum(&of.finding) {
        columns.push(word("edition-table-top-two"));
    }
    columns.extend(
        of.finding
            .columns
            .iter()
            .map(|(_, t)| t.get(lang).to_owned()),
    );
    columns.push(word("edition-table-n"));
    let held = || text(lang, "edition-number-suppressed", &[]);
    let line = |row: &ReleasedRow, head: &str| {
        let sum = has_sum(&of.finding).then(|| row.top_two.unwrap_or(ReleasedCell::Suppressed));
        let mut cells = vec![head.to_owned()];
        cells.extend(
            sum.iter()
                .chain(&row.cells)
                .map(|cell| with_range(lang, cell)),
        );
        cells.push(
            row.n
                .map_or_else(held, |n| numbers::thousands(lang, n.into())),
        );
        cells
    };
    let mut groups: Vec<RowGroup> = Vec::new();
    for (place, (row, group)) in of.rows().enumerate() {
        let (title, head) = match several {
            true => (group.label.get(lang), row.label.get(lang)),
            false => ("", group.label.get(lang)),
        };
        let first = place == 0 || groups.iter().all(|g| g.title != title);
        if first {
            groups.push(RowGroup {
                title: title.to_owned(),
                rows: Vec::new(),
            });
        }
        if let Some(group) = groups.iter_mut().find(|g| g.title == title) {
            group.rows.push(line(row, head));
        }
    }
    let suppressed = groups
        .iter()
        .flat_map(|g| &g.rows)
        .flatten()
        .any(|cell| *cell == held());
    let mut notes = vec![word("edition-table-interval-inside")];
    if suppressed {
        notes.push(word("edition-table-suppressed"));
    }
    Table {
        id: table_id(kept),
        caption: format!("{}: {}", kept.title, of.finding.question.get(lang)),
        base: certainty(
            lang,
            &KeptFinding {
                wording: String::new(),
                ..kept.clone()
            },
        ),
        columns,
        groups,
        notes,
    }
}

/// The leading number of the whole, or of the group with this word.
pub(crate) fn number(kept: &KeptFinding, group: Option<&str>) -> Result<ReleasedCell, LookupError> {
    let key = || kept.key.0.clone();
    let items = kept.table.items();
    let [item] = items.as_slice() else {
        return Err(LookupError::ItemMissing {
            key: key(),
            items: Vec::new(),
        });
    };
    let mut rows = kept.table.rows_of(item);
    let row = rows.find(|(_, g)| g.key == group.unwrap_or_default());
    let (row, _) = row.ok_or_else(|| LookupError::NoSuchGroup { key: key() })?;
    match kept.table.lead_cell(row) {
        ReleasedCell::Suppressed => Err(LookupError::HeldBack { key: key() }),
        cell => Ok(cell),
    }
}

/// Whether one of the texts names a kept finding by its key.
pub fn is_named(key: &str, texts: &[&str]) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '-';
    texts.iter().any(|text| {
        text.match_indices(key).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + key.len()..].chars().next();
            !before.is_some_and(inside) && !after.is_some_and(inside)
        })
    })
}

/// The finding of this key among those that were kept.
pub(crate) fn find<'a>(release: &'a Release, key: &str) -> Option<&'a KeptFinding> {
    release.kept.iter().find(|kept| kept.key.0 == key)
}

#[cfg(test)]
mod tests {
    use super::is_named;

    #[test]
    fn a_key_is_named_as_a_whole_word() {
        let text = "Siehe {{ diagramm auswertung-1 }} und {{satz auswertung-21}}.";
        assert!(is_named("auswertung-1", &[text]) && is_named("auswertung-21", &[text]));
        assert!(!is_named("auswertung-2", &[text]) && !is_named("wertung-1", &[text]));
    }
}
