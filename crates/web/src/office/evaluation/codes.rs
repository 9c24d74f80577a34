//! A scale answer by answer in two waves, for researchers: what is published, and marked what is not.

use edition::change::period_label;
use edition::document::{RowGroup, Table};
use edition::{numbers, sentences};
use findings::{ChangeFinding, CodeAnalysis, ReleasedChange, Verdict};

use crate::frame::Ask;

/// One table a domain: its answers item by item.
pub(super) fn tables(
    ask: &Ask,
    change: &ReleasedChange,
    finding: &ChangeFinding,
    all: &[&CodeAnalysis],
) -> Vec<Table> {
    let mut domains = Vec::new();
    for code in all {
        if !domains.contains(&code.domain) {
            domains.push(code.domain);
        }
    }
    let of_domain = |domain| {
        let mut groups: Vec<(&str, RowGroup)> = Vec::new();
        for code in all.iter().filter(|code| code.domain == domain) {
            let line = line(ask, finding, code);
            match groups.last_mut() {
                Some((item, group)) if *item == code.item => group.rows.push(line),
                _ => {
                    let title = match code.item.is_empty() {
                        true => String::new(),
                        false => code.label.get(ask.lang).to_owned(),
                    };
                    let rows = vec![line];
                    groups.push((&code.item, RowGroup { title, rows }));
                }
            }
        }
        let group = sentences::domain_label(ask.lang, domain);
        Table {
            id: String::new(),
            caption: ask.tv("web-evaluation-codes-caption", &[("group", &group)]),
            base: String::new(),
            columns: vec![
                ask.t("change-codes-answer"),
                period_label(ask.lang, change.before.field_period),
                period_label(ask.lang, change.after.field_period),
                ask.t("web-evaluation-codes-difference"),
                ask.t("web-evaluation-codes-smallest"),
                ask.t("web-evaluation-codes-panel"),
                ask.t("web-evaluation-codes-published"),
            ],
            groups: groups.into_iter().map(|(_, group)| group).collect(),
            notes: Vec::new(),
        }
    };
    domains.into_iter().map(of_domain).collect()
}

fn line(ask: &Ask, finding: &ChangeFinding, code: &CodeAnalysis) -> Vec<String> {
    let percent = |share: f64| format!("{} %", numbers::decimal(ask.lang, share, 1));
    let signed = |value: f64| {
        let number = numbers::decimal(ask.lang, value, 1);
        match value >= 0.05 {
            true => format!("+{number}"),
            false => number,
        }
    };
    let with = |value: f64, interval: Option<(f64, f64)>| {
        let range = interval.map(|(low, high)| {
            let (low, high) = (signed(low), signed(high));
            ask.tv(
                "web-evaluation-codes-range",
                &[("low", &low), ("high", &high)],
            )
        });
        format!("{}{}", signed(value), range.unwrap_or_default())
    };
    let none = || "–".to_owned();
    let n = |n: usize| numbers::thousands(ask.lang, i64::try_from(n).unwrap_or(i64::MAX));
    let panel = code.panel.map_or_else(none, |panel| {
        let value = with(panel.value, panel.interval);
        format!("{value}, n = {}", n(panel.n))
    });
    vec![
        code.answer.get(ask.lang).to_owned(),
        format!("{} (n = {})", percent(code.shares.0), n(code.n.0)),
        format!("{} (n = {})", percent(code.shares.1), n(code.n.1)),
        with(code.shares.1 - code.shares.0, code.interval),
        code.smallest
            .map_or_else(none, |s| numbers::decimal(ask.lang, s, 1)),
        panel,
        published(ask, finding, code),
    ]
}

/// What the edition says of it, or that it does not.
fn published(ask: &Ask, finding: &ChangeFinding, code: &CodeAnalysis) -> String {
    let row = finding.codes.iter().find(|row| {
        row.code == code.code && row.row.key == code.item && row.row.domain == code.domain
    });
    let Some(change) = row.and_then(|row| row.row.change) else {
        return ask.t("web-evaluation-not-for-publication");
    };
    let value = match change.value > 0 {
        true => format!("+{}", numbers::thousands(ask.lang, change.value)),
        false => numbers::thousands(ask.lang, change.value),
    };
    let verdict = ask.t(match change.verdict {
        Verdict::Risen => "change-verdict-risen",
        Verdict::Fallen => "change-verdict-fallen",
        Verdict::NotSeen => "change-verdict-not-seen",
        Verdict::NotTested => "change-verdict-not-tested",
    });
    format!("{value}, {verdict}")
}
