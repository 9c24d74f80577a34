//! A scale answer by answer: what has risen and fallen, and tables of all of it. For site and open data; the handbook
//! prints the leading answers alone.

use findings::{ChangeFinding, ChangeRow, CodeRow, Domain, ReleasedChange, Verdict};
use questionnaire::Lang;
use register::Population;

use super::tables::{signed, table_id};
use super::words::{figure, from_to, moved, period_label, verdict_words};
use crate::document::{RowGroup, Table};
use crate::translation::text;
use crate::{numbers, sentences};

/// What has risen and fallen among the single answers of a population; `None` where nothing was tested.
pub fn code_sentence(
    lang: Lang,
    finding: &ChangeFinding,
    population: Population,
) -> Option<String> {
    let domain = Domain::All(population);
    let rows: Vec<&CodeRow> = finding
        .codes
        .iter()
        .filter(|code| code.row.domain == domain && code.row.change.is_some())
        .collect();
    let of = |wanted: Verdict| -> Vec<&CodeRow> {
        let fits = |code: &&&CodeRow| code.row.change.is_some_and(|c| c.verdict == wanted);
        rows.iter().filter(fits).copied().collect()
    };
    let (risen, fallen) = (of(Verdict::Risen), of(Verdict::Fallen));
    let still = of(Verdict::NotSeen).len();
    if risen.is_empty() && fallen.is_empty() && still == 0 {
        return None;
    }
    let each = |rows: &[&CodeRow]| -> Vec<String> {
        let one = |code: &&CodeRow| {
            let answer = sentences::quoted(lang, code.answer.get(lang));
            let moved = from_to(lang, &code.row);
            if code.row.key.is_empty() {
                return format!("{answer} ({moved})");
            }
            let item = sentences::quoted(lang, code.row.label.get(lang));
            let values = [
                ("answer", answer.as_str()),
                ("item", &item),
                ("moved", &moved),
            ];
            text(lang, "change-codes-one", &values)
        };
        rows.iter().map(one).collect()
    };
    let mut said = moved(lang, &each(&risen), &each(&fallen));
    if said.is_empty() {
        let count = still.to_string();
        said.push(text(lang, "change-codes-none", &[("count", &count)]));
    }
    Some(text(lang, "change-codes", &[("said", &said.join(" "))]))
}

/// All answers of a question in a population: the table of the whole, and where there are groups one of theirs. Empty
/// for anything but scales.
pub fn code_tables(
    lang: Lang,
    change: &ReleasedChange,
    finding: &ChangeFinding,
    population: Population,
) -> Vec<Table> {
    let rows: Vec<&CodeRow> = finding
        .codes
        .iter()
        .filter(|code| code.row.domain.population() == population)
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let mut tables = vec![of_whole(lang, change, finding, &rows, population)];
    tables.extend(of_groups(lang, finding, &rows));
    // Notes stand once, below the last table.
    let held = rows.iter().any(|code| code.row.change.is_none());
    if let Some(last) = tables.last_mut() {
        last.notes = notes(lang, held);
    }
    tables
}

fn of_whole(
    lang: Lang,
    change: &ReleasedChange,
    finding: &ChangeFinding,
    rows: &[&CodeRow],
    population: Population,
) -> Table {
    let word = |key: &str| text(lang, key, &[]);
    let whole: Vec<&CodeRow> = rows
        .iter()
        .filter(|code| matches!(code.row.domain, Domain::All(_)))
        .copied()
        .collect();
    let group = sentences::domain_label(lang, Domain::All(population));
    Table {
        id: format!("{}-antworten", table_id(finding)),
        caption: text(
            lang,
            "change-codes-caption",
            &[("question", finding.question.get(lang)), ("group", &group)],
        ),
        base: word("change-codes-base"),
        columns: vec![
            word("change-codes-answer"),
            period_label(lang, change.before.field_period),
            period_label(lang, change.after.field_period),
            word("change-table-points"),
            word("edition-table-interval"),
            word("change-table-verdict"),
            word("change-table-smallest"),
        ],
        groups: grouped(lang, &whole, |code| cells(lang, finding, &code.row)),
        notes: Vec::new(),
    }
}

/// Answers by group: the difference and, where a change is seen, the verdict.
fn of_groups(lang: Lang, finding: &ChangeFinding, rows: &[&CodeRow]) -> Option<Table> {
    let mut domains: Vec<Domain> = Vec::new();
    for code in rows {
        let domain = code.row.domain;
        if !matches!(domain, Domain::All(_)) && !domains.contains(&domain) {
            domains.push(domain);
        }
    }
    let first = *domains.first()?;
    let of_first: Vec<&CodeRow> = rows
        .iter()
        .filter(|code| code.row.domain == first)
        .copied()
        .collect();
    let held = || text(lang, "edition-number-suppressed", &[]);
    let in_domain = |code: &CodeRow, domain: Domain| {
        let found = rows.iter().find(|other| {
            other.row.domain == domain && other.code == code.code && other.row.key == code.row.key
        });
        let Some(change) = found.and_then(|found| found.row.change) else {
            return held();
        };
        let value = signed(lang, finding, change.value);
        match change.verdict {
            Verdict::Risen | Verdict::Fallen => {
                format!("{value} {}", verdict_words(lang, change.verdict))
            }
            Verdict::NotSeen | Verdict::NotTested => value,
        }
    };
    let groups = grouped(lang, &of_first, |code| {
        domains.iter().map(|d| in_domain(code, *d)).collect()
    });
    let mut columns = vec![text(lang, "change-codes-answer", &[])];
    columns.extend(domains.iter().map(|d| sentences::domain_short(lang, *d)));
    Some(Table {
        id: format!("{}-antworten-gruppen", table_id(finding)),
        caption: text(
            lang,
            "change-codes-groups",
            &[("question", finding.question.get(lang))],
        ),
        base: text(lang, "change-codes-groups-base", &[]),
        columns,
        groups,
        notes: Vec::new(),
    })
}

/// One group of rows an item, one row an answer.
fn grouped(
    lang: Lang,
    rows: &[&CodeRow],
    cells: impl Fn(&CodeRow) -> Vec<String>,
) -> Vec<RowGroup> {
    let mut groups: Vec<(&str, RowGroup)> = Vec::new();
    for code in rows {
        let mut line = vec![code.answer.get(lang).to_owned()];
        line.extend(cells(code));
        match groups.last_mut() {
            Some((key, group)) if *key == code.row.key => group.rows.push(line),
            _ => {
                let title = match code.row.key.is_empty() {
                    true => String::new(),
                    false => code.row.label.get(lang).to_owned(),
                };
                let rows = vec![line];
                groups.push((&code.row.key, RowGroup { title, rows }));
            }
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn cells(lang: Lang, finding: &ChangeFinding, row: &ChangeRow) -> Vec<String> {
    let none = || "–".to_owned();
    let mut cells = vec![
        numbers::cell(lang, &row.before),
        numbers::cell(lang, &row.after),
    ];
    let Some(change) = row.change else {
        let held = text(lang, "edition-number-suppressed", &[]);
        cells.extend([held.clone(), none(), held, none()]);
        return cells;
    };
    let signed = |value| signed(lang, finding, value);
    cells.push(signed(change.value));
    cells.push(change.interval.map_or_else(none, |(low, high)| {
        let (low, high) = (signed(low), signed(high));
        let values = [("low", low.as_str()), ("high", &high)];
        text(lang, "edition-number-cell-range", &values)
    }));
    cells.push(verdict_words(lang, change.verdict));
    let smallest = change.smallest;
    cells.push(smallest.map_or_else(none, |s| figure(lang, finding, s)));
    cells
}

fn notes(lang: Lang, held: bool) -> Vec<String> {
    let mut notes = vec![text(lang, "change-codes-note", &[])];
    if held {
        notes.push(text(lang, "change-codes-held", &[]));
    }
    notes
}
