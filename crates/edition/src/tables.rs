//! A finding as a table of words: the same for the site, the handbook's annex and beside every chart.

use findings::{Domain, Estimand, Finding, LeftOut, ReleasedCell, ReleasedRow};
use questionnaire::{Lang, Text};
use register::Population;

use crate::document::{RowGroup, Table};
use crate::lookup;
use crate::numbers;
use crate::sentences::{domain_label, domain_short, estimand, quoted};
use crate::translation::text;

/// Id of a finding's table.
pub fn table_id(finding: &Finding) -> String {
    format!("tabelle-{}", finding.key.0.replace('.', "-"))
}

/// The question; for shares of inhabitants with a word that says so.
pub fn caption(lang: Lang, finding: &Finding) -> String {
    let question = finding.question.get(lang);
    match finding.estimand {
        Estimand::ShareOfInhabitants => text(
            lang,
            "edition-table-of-inhabitants",
            &[("question", question)],
        ),
        _ => question.to_owned(),
    }
}

/// The whole table of a finding: all groups, both populations apart.
pub fn finding_table(lang: Lang, finding: &Finding) -> Table {
    let rows: Vec<&ReleasedRow> = finding.rows.iter().collect();
    table(lang, finding, &rows)
}

/// The tables of a finding: for items and options the whole of both populations, and a second table by group; for a
/// question without items one table with all groups.
pub fn finding_tables(lang: Lang, finding: &Finding) -> Vec<Table> {
    let groups = group_table(lang, finding);
    let whole = |row: &&ReleasedRow| groups.is_none() || matches!(row.domain, Domain::All(_));
    let rows: Vec<&ReleasedRow> = finding.rows.iter().filter(whole).collect();
    let mut tables = vec![table(lang, finding, &rows)];
    tables.extend(groups);
    tables
}

/// The tables of one population, as [`finding_tables`] has them.
pub fn population_tables(lang: Lang, finding: &Finding, population: Population) -> Vec<Table> {
    if lookup::items(finding).is_empty() {
        return vec![population_table(lang, finding, population)];
    }
    let rows: Vec<&ReleasedRow> = finding
        .rows
        .iter()
        .filter(|r| r.domain == Domain::All(population))
        .collect();
    let mut tables = vec![table(lang, finding, &rows)];
    if population == Population::Municipalities {
        tables.extend(group_table(lang, finding));
    }
    tables
}

/// Items by group: the share that speaks for each, with its interval. `None` for a question without items or groups.
fn group_table(lang: Lang, finding: &Finding) -> Option<Table> {
    let shape = Shape::of(finding);
    let items = lookup::items(finding);
    let mut domains: Vec<Domain> = Vec::new();
    for row in &finding.rows {
        let counties = Domain::All(Population::Counties);
        if row.domain != counties && !domains.contains(&row.domain) {
            domains.push(row.domain);
        }
    }
    if items.is_empty() || domains.len() < 2 || !matches!(shape, Shape::Scale | Shape::Flags) {
        return None;
    }
    let at = |item: &str, domain: Domain| {
        finding
            .rows
            .iter()
            .find(|r| r.key == item && r.domain == domain)
    };
    let held = || text(lang, "edition-number-suppressed", &[]);
    let share = |row: Option<&ReleasedRow>| {
        row.and_then(|row| lookup::lead_cell(finding, row, None))
            .map_or_else(held, |cell| with_range(lang, &cell))
    };
    let mut rows: Vec<Vec<String>> = items
        .iter()
        .map(|item| {
            let label = finding.rows.iter().find(|r| r.key == *item);
            let mut line = vec![label.map_or("", |r| r.label.get(lang)).to_owned()];
            line.extend(domains.iter().map(|d| share(at(item, *d))));
            line
        })
        .collect();
    let mut counts = vec![text(lang, "edition-table-n", &[])];
    counts.extend(domains.iter().map(|domain| {
        let n = items.iter().filter_map(|item| at(item, *domain)?.n);
        match (n.clone().min(), n.max()) {
            (Some(low), Some(high)) if low == high => numbers::thousands(lang, low.into()),
            (Some(low), Some(high)) => text(
                lang,
                "edition-number-cell-range",
                &[
                    ("low", &numbers::thousands(lang, low.into())),
                    ("high", &numbers::thousands(lang, high.into())),
                ],
            ),
            _ => held(),
        }
    }));
    rows.push(counts);
    let suppressed = rows.iter().flatten().any(|cell| *cell == held());
    let mut notes = vec![text(lang, "edition-table-interval-inside", &[])];
    if suppressed {
        notes.push(text(lang, "edition-table-suppressed", &[]));
    }
    let mut columns = vec![match shape {
        Shape::Flags => text(lang, "edition-table-option", &[]),
        _ => text(lang, "edition-table-item", &[]),
    }];
    columns.extend(domains.iter().map(|domain| match domain {
        Domain::All(_) => text(lang, "edition-table-everyone", &[]),
        other => domain_short(lang, *other),
    }));
    let whole = Domain::All(Population::Municipalities);
    let base = match shape {
        Shape::Scale => {
            let upper: Vec<String> = finding.columns[finding.columns.len() - 2..]
                .iter()
                .map(|(_, t)| quoted(lang, t.get(lang)))
                .collect();
            text(
                lang,
                "edition-table-groups-sum",
                &[
                    ("estimand", &estimand(lang, finding.estimand, whole)),
                    ("answers", &numbers::list(lang, &upper)),
                ],
            )
        }
        _ => estimand(lang, finding.estimand, whole),
    };
    Some(Table {
        id: format!("{}-gruppen", table_id(finding)),
        caption: text(
            lang,
            "edition-table-groups",
            &[("question", &caption(lang, finding))],
        ),
        base,
        columns,
        groups: vec![RowGroup {
            title: String::new(),
            rows,
        }],
        notes,
    })
}

/// The table of one population with its groups, for beside a chart.
pub fn population_table(lang: Lang, finding: &Finding, population: Population) -> Table {
    let rows: Vec<&ReleasedRow> = finding
        .rows
        .iter()
        .filter(|r| match population {
            Population::Municipalities => r.domain != Domain::All(Population::Counties),
            Population::Counties => r.domain == Domain::All(Population::Counties),
        })
        .collect();
    table(lang, finding, &rows)
}

fn table(lang: Lang, finding: &Finding, rows: &[&ReleasedRow]) -> Table {
    let shape = Shape::of(finding);
    let word = |key: &str| text(lang, key, &[]);
    let itemised = !lookup::items(finding).is_empty();
    let mut columns = vec![match (itemised, shape) {
        (false, _) => word("edition-table-domain"),
        (true, Shape::Flags) => word("edition-table-option"),
        (true, _) => word("edition-table-item"),
    }];
    match shape {
        Shape::Mean => {
            let unit = finding.columns.first().map_or("", |(_, t)| t.get(lang));
            columns.push(text(lang, "edition-table-mean", &[("unit", unit)]));
            columns.push(word("edition-table-interval"));
        }
        Shape::Flags => {
            columns.extend(finding.columns.iter().map(|(_, t)| t.get(lang).to_owned()));
            columns.push(word("edition-table-interval"));
        }
        Shape::Scale => {
            columns.extend(finding.columns.iter().map(|(_, t)| t.get(lang).to_owned()));
            columns.push(word("edition-table-top-two"));
            columns.push(word("edition-table-interval"));
        }
        Shape::Options => {
            columns.extend(finding.columns.iter().map(|(_, t)| t.get(lang).to_owned()))
        }
    }
    columns.push(word("edition-table-n"));
    let left_out = rows
        .iter()
        .any(|r| finding.left_out.iter().any(|l| left_out_of(l, r)));
    if left_out {
        columns.push(word("edition-table-left-out"));
    }
    let line = |row: &ReleasedRow| {
        let mut cells = vec![row_header(lang, row, itemised)];
        cells.extend(values(lang, shape, row));
        cells.push(row.n.map_or_else(
            || word("edition-number-suppressed"),
            |n| numbers::thousands(lang, n.into()),
        ));
        if left_out {
            let of_row = finding.left_out.iter().find(|l| left_out_of(l, row));
            cells.push(of_row.map_or_else(|| "–".to_owned(), |l| left_out_words(lang, l)));
        }
        cells
    };
    let mut groups: Vec<RowGroup> = Vec::new();
    for row in rows {
        let title = group_title(lang, row.domain, itemised);
        match groups.last_mut() {
            Some(group) if group.title == title => group.rows.push(line(row)),
            _ => groups.push(RowGroup {
                title,
                rows: vec![line(row)],
            }),
        }
    }
    Table {
        id: table_id(finding),
        caption: caption(lang, finding),
        base: base(lang, finding, rows),
        columns,
        groups,
        notes: notes(lang, shape, left_out, finding, rows),
    }
}

/// The kinds of table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A number: mean and interval.
    Mean,
    /// One share a row.
    Flags,
    /// An ordered scale with the sum of its two upper points.
    Scale,
    /// Answers without order.
    Options,
}

impl Shape {
    pub(crate) fn of(finding: &Finding) -> Self {
        if finding.estimand == Estimand::Mean {
            Self::Mean
        } else if finding.columns.len() == 1 {
            Self::Flags
        } else if lookup::has_sum(finding) {
            Self::Scale
        } else {
            Self::Options
        }
    }
}

/// How many are missing; marked with what part of those asked where that is much.
fn left_out_words(lang: Lang, left_out: &LeftOut) -> String {
    let total = numbers::thousands(lang, left_out.total.into());
    if left_out.is_much() {
        let percent = numbers::percent(lang, percent_of(left_out));
        let values = [("total", total.as_str()), ("percent", &percent)];
        text(lang, "edition-table-left-out-much", &values)
    } else {
        total
    }
}

fn percent_of(left_out: &LeftOut) -> u8 {
    let percent = (200 * left_out.total + left_out.asked) / (2 * left_out.asked.max(1));
    u8::try_from(percent).unwrap_or(100).min(100)
}

/// What became of every question and item in the whole of each population: asked, answered, "weiß nicht", refused, left
/// empty. The three reasons are one number where one of them is one or two.
pub fn missing_table(lang: Lang, findings: &[Finding]) -> Table {
    let word = |key: &str| text(lang, key, &[]);
    let count = |n: u32| numbers::thousands(lang, n.into());
    let line = |finding: &Finding, left_out: &LeftOut| {
        let row = finding.rows.iter().find(|row| left_out_of(left_out, row));
        let label = row.map_or("", |row| row.label.get(lang));
        let mut cells = vec![
            label.to_owned(),
            count(left_out.asked),
            count(left_out.answered()),
        ];
        match left_out.by_reason {
            Some(reasons) => cells.extend(reasons.map(count)),
            None => cells.extend(std::iter::repeat_n("·".to_owned(), 3)),
        }
        cells.push(left_out_words(lang, left_out));
        cells
    };
    let mut groups: Vec<RowGroup> = Vec::new();
    let plain = |finding: &&Finding| finding.estimand != Estimand::ShareOfInhabitants;
    for finding in findings.iter().filter(plain) {
        for population in [Population::Municipalities, Population::Counties] {
            let of = finding.left_out.iter();
            let of = of.filter(|l| l.population == population && l.asked > 0);
            let rows: Vec<Vec<String>> = of.map(|l| line(finding, l)).collect();
            if rows.is_empty() {
                continue;
            }
            let who = domain_label(lang, Domain::All(population));
            groups.push(RowGroup {
                title: format!("{} – {who}", finding.question.get(lang)),
                rows,
            });
        }
    }
    let columns = [
        "edition-table-item",
        "edition-missing-asked",
        "edition-missing-answered",
        "edition-missing-unknown",
        "edition-missing-refused",
        "edition-missing-empty",
        "edition-table-left-out",
    ];
    Table {
        id: "fehlende-angaben".to_owned(),
        caption: word("edition-missing-caption"),
        base: String::new(),
        columns: columns.map(word).to_vec(),
        groups,
        notes: vec![
            word("edition-missing-note"),
            word("edition-table-much-note"),
        ],
    }
}

fn left_out_of(left_out: &LeftOut, row: &ReleasedRow) -> bool {
    left_out.key == row.key && row.domain == Domain::All(left_out.population)
}

fn row_header(lang: Lang, row: &ReleasedRow, itemised: bool) -> String {
    if itemised {
        row.label.get(lang).to_owned()
    } else {
        domain_short(lang, row.domain)
    }
}

fn group_title(lang: Lang, domain: Domain, itemised: bool) -> String {
    if itemised {
        return domain_label(lang, domain);
    }
    let key = match domain {
        Domain::All(_) => "edition-table-all",
        Domain::SizeClass(_) => "edition-table-by-size",
        Domain::Town(_) => "edition-table-by-kind",
    };
    text(lang, key, &[])
}

fn values(lang: Lang, shape: Shape, row: &ReleasedRow) -> Vec<String> {
    let cell = |c: &ReleasedCell| numbers::cell(lang, c);
    let range = |c: Option<&ReleasedCell>| {
        c.and_then(|c| range(lang, c))
            .unwrap_or_else(|| "–".to_owned())
    };
    let mut values: Vec<String> = row.cells.iter().map(cell).collect();
    match shape {
        Shape::Mean | Shape::Flags => values.push(range(row.cells.first())),
        Shape::Scale => {
            let top = row.top_two.unwrap_or(ReleasedCell::Suppressed);
            values.push(cell(&top));
            values.push(range(Some(&top)));
        }
        Shape::Options => {
            values = row.cells.iter().map(|c| with_range(lang, c)).collect();
        }
    }
    values
}

/// "71 % (64 bis 77)"
pub(crate) fn with_range(lang: Lang, cell: &ReleasedCell) -> String {
    match cell {
        ReleasedCell::Percent {
            interval: Some((low, high)),
            ..
        } => {
            // A dash would let the line break inside the range.
            let (low, high) = (low.to_string(), high.to_string());
            let range = text(
                lang,
                "edition-number-cell-range",
                &[("low", &low), ("high", &high)],
            );
            format!("{} ({range})", numbers::cell(lang, cell))
        }
        cell => numbers::cell(lang, cell),
    }
}

/// "64 bis 77 %", where an interval is stated.
fn range(lang: Lang, cell: &ReleasedCell) -> Option<String> {
    match cell {
        ReleasedCell::Percent {
            interval: Some(bounds),
            ..
        } => Some(numbers::percent_range(lang, *bounds)),
        ReleasedCell::Mean {
            interval: Some((low, high)),
            ..
        } => {
            let (low, high) = (numbers::mean(lang, *low), numbers::mean(lang, *high));
            Some(text(
                lang,
                "edition-number-range",
                &[("low", &low), ("high", &high)],
            ))
        }
        _ => None,
    }
}

/// What is estimated and who is counted.
fn base(lang: Lang, finding: &Finding, rows: &[&ReleasedRow]) -> String {
    let mut populations: Vec<Domain> = Vec::new();
    for row in rows {
        if matches!(row.domain, Domain::All(_)) && !populations.contains(&row.domain) {
            populations.push(row.domain);
        }
    }
    let mut sentences: Vec<String> = populations
        .iter()
        .map(|d| estimand(lang, finding.estimand, *d))
        .collect();
    let counted = Text::get(&finding.base, lang);
    if !counted.is_empty() {
        sentences.push(counted.to_owned());
    }
    sentences.join(" ")
}

fn notes(
    lang: Lang,
    shape: Shape,
    left_out: bool,
    finding: &Finding,
    rows: &[&ReleasedRow],
) -> Vec<String> {
    let mut notes = Vec::new();
    let what = match shape {
        Shape::Scale => "edition-table-interval-of-sum",
        Shape::Flags => "edition-table-interval-of-share",
        Shape::Mean => "edition-table-interval-of-mean",
        Shape::Options => "",
    };
    notes.push(if what.is_empty() {
        text(lang, "edition-table-interval-inside", &[])
    } else {
        let what = text(lang, what, &[]);
        text(lang, "edition-table-interval-note", &[("what", &what)])
    });
    if left_out {
        notes.push(text(lang, "edition-table-left-out-note", &[]));
    }
    let much = |row: &&ReleasedRow| {
        let of_row = finding.left_out.iter().find(|l| left_out_of(l, row));
        of_row.is_some_and(LeftOut::is_much)
    };
    if rows.iter().any(much) {
        notes.push(text(lang, "edition-table-much-note", &[]));
    }
    let held_back = |row: &&ReleasedRow| {
        row.cells.contains(&ReleasedCell::Suppressed)
            || row.top_two == Some(ReleasedCell::Suppressed)
    };
    if rows.iter().any(held_back) {
        notes.push(text(lang, "edition-table-suppressed", &[]));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn every_row_has_a_text_for_every_column() {
        for finding in &sample::release().findings {
            for lang in [Lang::De, Lang::En] {
                let table = finding_table(lang, finding);
                for row in table.groups.iter().flat_map(|g| &g.rows) {
                    assert_eq!(row.len(), table.columns.len(), "{}: {row:?}", finding.key.0);
                    assert!(row.iter().all(|c| !c.is_empty()), "{row:?}");
                }
            }
        }
    }

    #[test]
    fn items_have_a_second_table_by_group() {
        let release = sample::release();
        let tables = finding_tables(Lang::De, release.finding("aufgaben").unwrap());
        assert_eq!(tables.len(), 2);
        assert_eq!(tables[0].groups.len(), 2, "both populations, no breakdowns");
        let groups = &tables[1];
        assert_eq!(groups.columns[1], "alle");
        let wohnen: Vec<String> = groups.groups[0].rows[1]
            .iter()
            .map(|c| c.replace('\u{a0}', " "))
            .collect();
        assert_eq!(
            wohnen,
            [
                "Wohnraum",
                "71 % (64 bis 77)",
                "über 90 %",
                "80 % (73 bis 87)",
                "69 % (62 bis 76)",
                "60 % (53 bis 67)"
            ]
        );
        assert_eq!(
            finding_tables(Lang::De, release.finding("trend").unwrap()).len(),
            1
        );
    }

    #[test]
    fn an_item_with_more_than_a_fifth_missing_is_marked_in_its_table() {
        let mut release = sample::release();
        let finding = release.findings.iter_mut().find(|f| f.key.0 == "aufgaben");
        let finding = finding.unwrap();
        let note = |table: &Table| table.notes.iter().any(|n| n.starts_with('†'));
        assert!(!note(&finding_table(Lang::De, finding)));
        (finding.left_out[0].total, finding.left_out[0].asked) = (61, 234);
        let table = finding_table(Lang::De, finding);
        assert!(note(&table));
        let cells = table.groups.iter().flat_map(|g| g.rows.iter().flatten());
        let marked: Vec<&String> = cells.filter(|cell| cell.starts_with('†')).collect();
        assert_eq!(marked, ["† 61 (26\u{a0}%)"]);
    }

    #[test]
    fn a_scale_shows_its_two_upper_points_with_their_interval() {
        let release = sample::release();
        let table = finding_table(Lang::De, release.finding("aufgaben").unwrap());
        assert_eq!(table.groups[0].title, "Städte und Gemeinden");
        let row: Vec<String> = table.groups[0].rows[1]
            .iter()
            .map(|c| c.replace('\u{a0}', " "))
            .collect();
        assert_eq!(
            row,
            [
                "Wohnraum",
                "3 %",
                "8 %",
                "18 %",
                "33 %",
                "38 %",
                "71 %",
                "64 bis 77 %",
                "230",
                "6"
            ]
        );
        assert!(table.notes.iter().any(|n| n.starts_with('·')));
    }
}
