//! The weights report in plain words: what weights did, who is missing, how far plain percentages would be off, and how
//! sensitive results are to those who did not answer.

use findings::{
    Comparison, ComparisonKind, DIFFERENCES, DomainBasis, PopulationReport, Release, WeightsReport,
};
use questionnaire::Lang;
use register::Population;

use super::{MethodPart, RowGroup, Table};
use crate::numbers;
use crate::sentences::domain_label;
use crate::translation::text;

/// Rows of a table in the method chapter; the open data have all of them.
pub const SHOWN_ROWS: usize = 10;

/// Points from which a plain percentage counts as clearly off.
const CLEARLY_OFF: i16 = 5;

/// The parts of the report, tables with at most `rows` rows a population. None where the release has no report.
pub fn report_parts(lang: Lang, release: &Release, rows: usize) -> Vec<MethodPart> {
    let Some(report) = &release.method.weights else {
        return Vec::new();
    };
    let words = Words {
        lang,
        release,
        report,
        rows,
    };
    vec![
        words.effect(),
        words.missing(),
        words.plain(),
        words.silent(),
        words.comparisons(),
    ]
}

struct Words<'a> {
    lang: Lang,
    release: &'a Release,
    report: &'a WeightsReport,
    rows: usize,
}

impl Words<'_> {
    fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        text(self.lang, key, values)
    }

    fn t(&self, key: &str) -> String {
        self.say(key, &[])
    }

    fn count(&self, n: u32) -> String {
        numbers::thousands(self.lang, n.into())
    }

    fn tenths(&self, n: u32) -> String {
        numbers::tenths(self.lang, n.into())
    }

    fn hundredths(&self, n: u32) -> String {
        numbers::decimal(self.lang, f64::from(n) / 100.0, 2)
    }

    fn percent(&self, n: u8) -> String {
        numbers::percent(self.lang, n)
    }

    /// "+4", "−12", "0".
    fn points(&self, n: i16) -> String {
        let number = numbers::thousands(self.lang, n.into());
        if n > 0 { format!("+{number}") } else { number }
    }

    fn of(&self, population: Population) -> String {
        match population {
            Population::Municipalities => self.t("edition-of-municipalities"),
            Population::Counties => self.t("edition-of-counties"),
        }
    }

    fn named(&self, population: Population) -> String {
        match self.lang {
            Lang::De => population.german(),
            Lang::En => population.english(),
        }
        .to_owned()
    }

    fn populations(&self) -> impl Iterator<Item = &PopulationReport> {
        self.report.populations.iter()
    }

    fn part(&self, key: &str) -> MethodPart {
        MethodPart {
            key: key.to_owned(),
            title: self.t(&format!("report-{key}-title")),
            paragraphs: vec![self.t(&format!("report-{key}-meaning"))],
            points: Vec::new(),
            tables: Vec::new(),
            charts: Vec::new(),
        }
    }

    /// One table with a group of rows for each population that has any; none without rows.
    fn table(
        &self,
        key: &str,
        rows: impl Fn(&PopulationReport) -> Vec<Vec<String>>,
    ) -> Option<Table> {
        let groups: Vec<RowGroup> = self
            .populations()
            .map(|of| RowGroup {
                title: self.named(of.population),
                rows: rows(of),
            })
            .filter(|group| !group.rows.is_empty())
            .collect();
        let columns = self.t(&format!("report-{key}-columns"));
        let table = Table {
            id: format!("bericht-{key}"),
            caption: self.t(&format!("report-{key}-caption")),
            base: String::new(),
            columns: columns.split('|').map(|c| c.trim().to_owned()).collect(),
            notes: Vec::new(),
            groups,
        };
        (!table.groups.is_empty()).then_some(table)
    }

    /// Theme and wording of a main result.
    fn subject(&self, finding: &findings::FindingKey, label: &questionnaire::Text) -> String {
        let label = label.get(self.lang);
        match self.release.finding(&finding.0) {
            Some(finding) if !finding.theme.get(self.lang).is_empty() => {
                format!("{}: {label}", finding.theme.get(self.lang))
            }
            _ => label.to_owned(),
        }
    }

    fn effect(&self) -> MethodPart {
        let mut part = self.part("wirkung");
        for of in self.populations() {
            let spread = &of.spread;
            let [low, _, middle, _, high] = spread.tenths.map(|t| self.tenths(t));
            part.paragraphs.push(self.say(
                "report-wirkung-spread",
                &[
                    ("of", &self.of(of.population)),
                    ("low", &low),
                    ("middle", &middle),
                    ("high", &high),
                    ("tenth", &self.percent(spread.heaviest_tenth)),
                ],
            ));
            let (low, high) = spread.raking_hundredths;
            if (low, high) != (100, 100) {
                let values = [self.hundredths(low), self.hundredths(high)];
                part.paragraphs.push(self.say(
                    "report-wirkung-raking",
                    &[
                        ("of", &self.of(of.population)),
                        ("low", &values[0]),
                        ("high", &values[1]),
                    ],
                ));
            }
        }
        if let Some(of) = self.populations().next() {
            part.paragraphs.push(of.trimming.get(self.lang).to_owned());
        }
        part.tables.extend(self.table("wirkung", |of| {
            of.bases.iter().map(|basis| self.basis(basis)).collect()
        }));
        for of in self.populations() {
            if let Some(even) = &of.evenness {
                let thousandths = |n: u32| numbers::decimal(self.lang, f64::from(n) / 1000.0, 3);
                part.points.push(self.say(
                    "report-wirkung-even",
                    &[
                        ("of", &self.of(of.population)),
                        ("value", &thousandths(even.indicator_thousandths)),
                        ("adjusted", &thousandths(even.adjusted_thousandths)),
                        ("model", even.model.get(self.lang)),
                        ("bias", &self.hundredths(even.bias_hundredths)),
                    ],
                ));
            }
        }
        part
    }

    fn basis(&self, basis: &DomainBasis) -> Vec<String> {
        vec![
            domain_label(self.lang, basis.domain),
            self.count(basis.units),
            self.count(basis.n),
            self.tenths(basis.kish_tenths),
            self.tenths(basis.effect_tenths),
        ]
    }

    fn missing(&self) -> MethodPart {
        let mut part = self.part("fehlt");
        // The list of groups follows the last paragraph: populations without thin groups come first.
        let mut ordered: Vec<&PopulationReport> = self.populations().collect();
        ordered.sort_by_key(|of| !of.thin.is_empty());
        for of in ordered {
            let part_of_all = u64::from(of.n) * 1_000 / u64::from(of.units.max(1));
            let share = numbers::tenths(self.lang, part_of_all as i64);
            let all = [
                ("of", self.of(of.population)),
                ("n", self.count(of.n)),
                ("units", self.count(of.units)),
                ("share", share),
            ];
            let all: Vec<(&str, &str)> = all.iter().map(|(k, v)| (*k, v.as_str())).collect();
            let key = match of.thin.is_empty() {
                true => "report-fehlt-even",
                false => "report-fehlt-thin",
            };
            part.paragraphs.push(self.say(key, &all));
            for row in of.thin.iter().take(self.rows) {
                let values = [
                    ("group", row.label.get(self.lang).to_owned()),
                    ("n", self.count(row.responded)),
                    ("units", self.count(row.population)),
                    ("population", self.named(of.population)),
                ];
                let values: Vec<(&str, &str)> =
                    values.iter().map(|(k, v)| (*k, v.as_str())).collect();
                part.points.push(match row.responded {
                    0 => self.say("report-fehlt-none", &values),
                    n => {
                        let one_of = self.count((row.population + n / 2) / n);
                        let values: Vec<(&str, &str)> = values
                            .into_iter()
                            .chain([("each", one_of.as_str())])
                            .collect();
                        self.say("report-fehlt-group", &values)
                    }
                });
            }
        }
        part
    }

    fn plain(&self) -> MethodPart {
        let mut part = self.part("ungewichtet");
        for of in self.populations().filter(|of| !of.plain.is_empty()) {
            let mut off: Vec<i16> = of.plain.iter().map(|row| row.off().abs()).collect();
            off.sort_unstable();
            let clearly = off.iter().filter(|off| **off >= CLEARLY_OFF).count();
            let values = [
                ("of", self.of(of.population)),
                ("results", off.len().to_string()),
                ("clearly", clearly.to_string()),
                ("points", CLEARLY_OFF.to_string()),
                ("middle", off[off.len() / 2].to_string()),
                ("most", off[off.len() - 1].to_string()),
            ];
            let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
            part.paragraphs
                .push(self.say("report-ungewichtet-summary", &values));
        }
        part.tables.extend(self.table("ungewichtet", |of| {
            let rows = of.plain.iter().take(self.rows).map(|row| {
                vec![
                    self.subject(&row.finding, &row.label),
                    self.percent(row.weighted),
                    self.percent(row.plain),
                    self.points(row.off()),
                ]
            });
            rows.collect()
        }));
        part
    }

    fn silent(&self) -> MethodPart {
        let mut part = self.part("schweigen");
        let shift = |tenths: u32| format!("±{}", self.tenths(tenths));
        part.tables.extend(self.table("verschiebung", |of| {
            let rows = of.bases.iter().map(|basis| {
                let mut row = vec![domain_label(self.lang, basis.domain)];
                row.extend(basis.shift_tenths.map(shift));
                row
            });
            rows.collect()
        }));
        let range = |(low, high): (u8, u8)| numbers::percent_range(self.lang, (low, high));
        part.tables.extend(self.table("spanne", |of| {
            let mut rows: Vec<&findings::RangeRow> = of.ranges.iter().collect();
            if rows.len() > self.rows {
                rows.sort_by_key(|row| std::cmp::Reverse(row.value));
            }
            let rows = rows.into_iter().take(self.rows).map(|row| {
                let mut line = vec![
                    self.subject(&row.finding, &row.label),
                    self.percent(row.value),
                    row.interval.map_or_else(|| "–".to_owned(), range),
                ];
                line.extend(row.ranges.map(range));
                line
            });
            rows.collect()
        }));
        debug_assert_eq!(DIFFERENCES, [5, 10], "the tables' headings name both");
        part
    }

    fn comparisons(&self) -> MethodPart {
        let mut part = self.part("vergleiche");
        for of in self.populations() {
            for comparison in &of.comparisons {
                part.paragraphs
                    .push(self.comparison(of.population, comparison));
                part.tables.extend(self.differences(of, comparison));
            }
        }
        for (place, table) in part.tables.iter_mut().enumerate() {
            table.id = format!("bericht-vergleich-{}", place + 1);
        }
        part
    }

    fn comparison(&self, population: Population, comparison: &Comparison) -> String {
        let [first, second] = comparison.groups.each_ref().map(|g| g.get(self.lang));
        let mut values = vec![
            ("population", self.named(population)),
            ("first", first.to_owned()),
            ("second", second.to_owned()),
            ("kind", self.kind(comparison.kind)),
        ];
        let key = match (&comparison.reason, comparison.n, comparison.tested) {
            (Some(reason), _, _) => {
                values.push(("reason", reason.get(self.lang).to_owned()));
                "report-vergleiche-none"
            }
            (None, Some([n, m]), tested) => {
                values.push(("n", self.count(n)));
                values.push(("m", self.count(m)));
                values.push(("tested", tested.to_string()));
                values.push(("untested", comparison.untested.to_string()));
                values.push(("found", comparison.distinguishable().to_string()));
                "report-vergleiche-tested"
            }
            (None, None, _) => "report-vergleiche-none",
        };
        let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
        self.say(key, &values)
    }

    fn kind(&self, kind: ComparisonKind) -> String {
        self.t(match kind {
            ComparisonKind::Late => "report-vergleiche-late",
            ComparisonKind::Channel => "report-vergleiche-channel",
            ComparisonKind::Heads => "report-vergleiche-heads",
        })
    }

    /// What differs by the test, at most `rows`; all that was tested where there is no such bound.
    fn differences(&self, of: &PopulationReport, comparison: &Comparison) -> Option<Table> {
        let [first, second] = comparison.groups.each_ref().map(|g| g.get(self.lang));
        let rows: Vec<Vec<String>> = comparison
            .rows
            .iter()
            .filter(|row| row.distinguishable || self.rows == usize::MAX)
            .take(self.rows)
            .map(|row| {
                let (low, high) = row.interval;
                let range = [self.points(low), self.points(high)];
                vec![
                    self.subject(&row.finding, &row.label),
                    self.points(row.points),
                    self.say(
                        "edition-number-range",
                        &[("low", &range[0]), ("high", &range[1])],
                    ),
                    self.t(match row.distinguishable {
                        true => "report-vergleiche-yes",
                        false => "report-vergleiche-no",
                    }),
                ]
            })
            .collect();
        let columns = self.t("report-vergleiche-columns");
        (!rows.is_empty()).then(|| Table {
            id: String::new(),
            caption: self.say(
                "report-vergleiche-caption",
                &[
                    ("population", &self.named(of.population)),
                    ("first", first),
                    ("second", second),
                ],
            ),
            base: String::new(),
            columns: columns.split('|').map(|c| c.trim().to_owned()).collect(),
            groups: vec![RowGroup {
                title: String::new(),
                rows,
            }],
            notes: Vec::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_text_for_every_column_in_both_languages() {
        let release = crate::sample::release();
        for lang in [Lang::De, Lang::En] {
            let parts = report_parts(lang, &release, SHOWN_ROWS);
            assert_eq!(parts.len(), 5);
            let all = format!("{parts:?}");
            assert!(
                !all.contains("report-") && !all.contains("edition-"),
                "{all}"
            );
            assert!(!all.to_lowercase().contains("repräsentativ"));
            let tables = parts.iter().flat_map(|part| &part.tables);
            for table in tables {
                for row in table.groups.iter().flat_map(|group| &group.rows) {
                    assert_eq!(row.len(), table.columns.len(), "{}: {row:?}", table.id);
                    assert!(row.iter().all(|cell| !cell.is_empty()), "{row:?}");
                }
            }
        }
    }

    #[test]
    fn a_release_from_before_has_no_report() {
        let mut release = crate::sample::release();
        release.method.weights = None;
        assert!(report_parts(Lang::De, &release, SHOWN_ROWS).is_empty());
    }
}
