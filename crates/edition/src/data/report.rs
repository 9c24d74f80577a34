//! The weights report and the missing answers as CSV.

use findings::{ComparisonKind, DIFFERENCES, Domain, Estimand, PopulationReport};
use questionnaire::Lang;

use super::{DataError, plain};
use crate::Edition;
use crate::lookup::domain_word;
use crate::sentences::domain_label;

/// Heads of `gewichtung.csv`, in their order.
pub const REPORT_COLUMNS: [&str; 13] = [
    "welle",
    "grundgesamtheit",
    "teil",
    "ergebnis",
    "zeile",
    "text",
    "gruppe",
    "groesse",
    "wert",
    "von",
    "bis",
    "n",
    "urteil",
];

/// Heads of `fehlende-angaben.csv`, in their order.
pub const MISSING_COLUMNS: [&str; 11] = [
    "welle",
    "ergebnis",
    "zeile",
    "grundgesamtheit",
    "gefragt",
    "beantwortet",
    "ohne_angabe",
    "weiss_nicht",
    "keine_angabe",
    "leer",
    "mehr_als_ein_fuenftel",
];

/// `gewichtung.csv`: one number a line.
pub(super) fn weights(edition: &Edition) -> Result<Vec<u8>, DataError> {
    let mut lines = vec![REPORT_COLUMNS.map(str::to_owned).to_vec()];
    let report = edition.release.method.weights.as_ref();
    for of in report.iter().flat_map(|report| &report.populations) {
        let wave = &edition.release.wave;
        let population = domain_word(Domain::All(of.population));
        for line in population_lines(of) {
            let mut record = vec![wave.clone(), population.to_owned()];
            record.extend(line.0);
            lines.push(record);
        }
    }
    write("gewichtung.csv", &lines)
}

/// `fehlende-angaben.csv`: one line an item and population.
pub(super) fn missing(edition: &Edition) -> Result<Vec<u8>, DataError> {
    let mut lines = vec![MISSING_COLUMNS.map(str::to_owned).to_vec()];
    let findings = edition.release.findings.iter();
    // A question's shares of inhabitants have the same respondents.
    for finding in findings.filter(|f| f.estimand != Estimand::ShareOfInhabitants) {
        for left_out in finding.left_out.iter().filter(|l| l.asked > 0) {
            let [unknown, refused, empty] = match left_out.by_reason {
                Some(reasons) => reasons.map(|n| n.to_string()),
                None => Default::default(),
            };
            lines.push(vec![
                edition.release.wave.clone(),
                finding.key.0.clone(),
                left_out.key.clone(),
                domain_word(Domain::All(left_out.population)).to_owned(),
                left_out.asked.to_string(),
                left_out.answered().to_string(),
                left_out.total.to_string(),
                unknown,
                refused,
                empty,
                if left_out.is_much() { "ja" } else { "nein" }.to_owned(),
            ]);
        }
    }
    write("fehlende-angaben.csv", &lines)
}

/// What stands behind wave and population.
struct Line(Vec<String>);

#[derive(Default)]
struct Fields {
    part: &'static str,
    finding: String,
    key: String,
    text: String,
    group: String,
    measure: String,
    value: String,
    bounds: Option<(String, String)>,
    n: String,
    verdict: &'static str,
}

impl Fields {
    fn line(self) -> Line {
        let (low, high) = self.bounds.unwrap_or_default();
        Line(vec![
            self.part.to_owned(),
            self.finding,
            self.key,
            plain(&self.text),
            self.group,
            self.measure,
            self.value,
            low,
            high,
            self.n,
            self.verdict.to_owned(),
        ])
    }
}

fn population_lines(of: &PopulationReport) -> Vec<Line> {
    let mut lines = weights_lines(of);
    for basis in &of.bases {
        let group = domain_word(basis.domain).to_owned();
        let numbers = [
            ("register", basis.units.to_string()),
            ("wirksame-fallzahl", tenths(basis.kish_tenths)),
            ("designeffekt", tenths(basis.effect_tenths)),
            ("verschiebung-bei-5-punkten", tenths(basis.shift_tenths[0])),
            ("verschiebung-bei-10-punkten", tenths(basis.shift_tenths[1])),
        ];
        for (measure, value) in numbers {
            lines.push(
                Fields {
                    part: "basis",
                    text: domain_label(Lang::De, basis.domain),
                    group: group.clone(),
                    measure: measure.to_owned(),
                    value,
                    n: basis.n.to_string(),
                    ..Fields::default()
                }
                .line(),
            );
        }
    }
    for row in &of.plain {
        lines.push(
            Fields {
                part: "ungewichtet",
                finding: row.finding.0.clone(),
                key: row.key.clone(),
                text: row.label.de.clone(),
                measure: "prozent-ungewichtet".to_owned(),
                value: row.plain.to_string(),
                ..Fields::default()
            }
            .line(),
        );
    }
    for row in &of.ranges {
        for (points, (low, high)) in DIFFERENCES.iter().zip(row.ranges) {
            lines.push(
                Fields {
                    part: "spanne",
                    finding: row.finding.0.clone(),
                    key: row.key.clone(),
                    text: row.label.de.clone(),
                    measure: format!("prozent-bei-{points}-punkten"),
                    value: row.value.to_string(),
                    bounds: Some((low.to_string(), high.to_string())),
                    ..Fields::default()
                }
                .line(),
            );
        }
    }
    for comparison in &of.comparisons {
        let part = match comparison.kind {
            ComparisonKind::Late => "spaet-gegen-frueh",
            ComparisonKind::Channel => "zugangsweg",
            ComparisonKind::Heads => "verwaltungsspitze-gegen-fachkraefte",
        };
        let [first, second] = comparison.groups.each_ref().map(|g| g.de.as_str());
        let n = comparison.n.map(|[n, m]| format!("{n}+{m}"));
        for row in &comparison.rows {
            lines.push(
                Fields {
                    part,
                    finding: row.finding.0.clone(),
                    key: row.key.clone(),
                    text: row.label.de.clone(),
                    group: format!("{first} gegen {second}"),
                    measure: "punkte".to_owned(),
                    value: row.points.to_string(),
                    bounds: Some((row.interval.0.to_string(), row.interval.1.to_string())),
                    n: n.clone().unwrap_or_default(),
                    verdict: match row.distinguishable {
                        true => "unterscheidbar",
                        false => "nicht-unterscheidbar",
                    },
                }
                .line(),
            );
        }
    }
    lines
}

/// Spread of the weights and the R-indicator.
fn weights_lines(of: &PopulationReport) -> Vec<Line> {
    let line = |measure: &str, value: String, text: &str| {
        Fields {
            part: "gewichte",
            text: text.to_owned(),
            measure: measure.to_owned(),
            value,
            n: of.n.to_string(),
            ..Fields::default()
        }
        .line()
    };
    let names = [
        "kleinstes",
        "erstes-viertel",
        "mitte",
        "drittes-viertel",
        "groesstes",
    ];
    let mut lines: Vec<Line> = names
        .iter()
        .zip(of.spread.tenths)
        .map(|(name, value)| line(name, tenths(value), ""))
        .collect();
    let (low, high) = of.spread.raking_hundredths;
    lines.push(line(
        "prozent-im-schwersten-zehntel",
        of.spread.heaviest_tenth.to_string(),
        "",
    ));
    lines.push(line("laenderfaktor-kleinster", parts(low, 100), ""));
    lines.push(line("laenderfaktor-groesster", parts(high, 100), ""));
    if let Some(even) = &of.evenness {
        let model = &even.model.de;
        lines.push(line(
            "r-indikator",
            parts(even.indicator_thousandths, 1000),
            model,
        ));
        lines.push(line(
            "r-indikator-korrigiert",
            parts(even.adjusted_thousandths, 1000),
            model,
        ));
        lines.push(line(
            "groesste-verzerrung-in-standardabweichungen",
            parts(even.bias_hundredths, 100),
            model,
        ));
    }
    lines
}

fn tenths(value: u32) -> String {
    parts(value, 10)
}

/// A number from its parts, with a decimal point.
fn parts(value: u32, part: u32) -> String {
    let places = part.ilog10() as usize;
    format!("{}.{:0places$}", value / part, value % part)
}

fn write(file: &str, lines: &[Vec<String>]) -> Result<Vec<u8>, DataError> {
    let error = |source| DataError {
        file: file.to_owned(),
        source,
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    for line in lines {
        writer.write_record(line).map_err(error)?;
    }
    writer
        .into_inner()
        .map_err(|e| error(e.into_error().into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn numbers_have_decimal_points_and_no_blanks() {
        assert_eq!(parts(1_234, 10), "123.4");
        assert_eq!(parts(7, 1_000), "0.007");
        let bytes = weights(&sample::edition()).unwrap();
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let mut lines = 0;
        for record in reader.records() {
            let record = record.unwrap();
            assert!(record[8].parse::<f64>().is_ok(), "{record:?}");
            lines += 1;
        }
        assert!(lines > 20);
    }

    #[test]
    fn every_item_says_who_was_asked() {
        let bytes = missing(&sample::edition()).unwrap();
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        for record in reader.records() {
            let record = record.unwrap();
            let count = |place: usize| record[place].parse::<u32>().unwrap();
            assert_eq!(count(4), count(5) + count(6), "{record:?}");
        }
    }
}
