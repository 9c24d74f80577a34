//! A row of a finding in words. Sentences never say more than the released cell, name what is estimated, and
//! quote the wording of the questionnaire instead of bending it.

use std::collections::BTreeMap;

use findings::{Domain, Estimand, Finding, ReleasedCell, ReleasedRow};
use questionnaire::Lang;
use register::Population;

use crate::lookup::{domain_word, lead_cell};
use crate::numbers;
use crate::translation::text;

/// Editors' patterns for lead sentences by finding key, e.g. `aufgaben` ->
/// "{item} nennen {share} {of} als große oder sehr große Herausforderung."
///
/// `{share}` becomes "rund 71 %", `{of}` "der Städte und Gemeinden", `{the}` "die Städte und Gemeinden",
/// `{item}` the quoted wording of the item or option, `{answers}` the quoted answers; for a mean `{share}` is the
/// number. They are German, and hold for shares of municipalities and means only, and there for the usual answer
/// (the two upper points, the only column).
pub type Patterns = BTreeMap<String, String>;

/// A finding in words, in four parts, so that a page can set them differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The finding: "Bei „Wohnraum“ antworten rund 71 % der Städte und Gemeinden mit „groß“ oder „sehr groß“."
    pub text: String,
    /// The same for below the question, whose wording it leaves out.
    pub short: String,
    /// What is estimated: "Geschätzt ist der Anteil der Städte und Gemeinden."
    pub estimand: String,
    /// "251 haben geantwortet (n = 251)."
    pub n: Option<String>,
    /// "Unsicherheitsbereich 64 bis 77 % unter der Annahme, dass ..."
    pub interval: Option<String>,
}

impl Sentence {
    /// What is estimated, n and interval behind one another.
    pub fn certainty(&self) -> String {
        let mut all = self.estimand.clone();
        for part in [&self.n, &self.interval].into_iter().flatten() {
            all.push(' ');
            all.push_str(part);
        }
        all
    }

    /// Everything behind one another.
    pub fn full(&self) -> String {
        format!("{} {}", self.text, self.certainty())
    }
}

/// The name of a group as a heading or label: "Städte und Gemeinden", "unter 5 000 Einwohner".
pub fn domain_label(lang: Lang, domain: Domain) -> String {
    text(
        lang,
        &format!("edition-domain-{}", domain_word(domain)),
        &[],
    )
}

/// The same, shorter, for row headers under "Nach Größe".
pub fn domain_short(lang: Lang, domain: Domain) -> String {
    text(lang, &format!("edition-short-{}", domain_word(domain)), &[])
}

/// In the genitive: "der Städte und Gemeinden".
pub fn domain_of(lang: Lang, domain: Domain) -> String {
    text(lang, &format!("edition-of-{}", domain_word(domain)), &[])
}

/// As a subject: "die Städte und Gemeinden".
pub fn domain_the(lang: Lang, domain: Domain) -> String {
    text(lang, &format!("edition-the-{}", domain_word(domain)), &[])
}

/// A wording in quotation marks.
pub fn quoted(lang: Lang, words: &str) -> String {
    let words = words.trim();
    let words = words.strip_suffix('.').unwrap_or(words);
    text(lang, "edition-number-quoted", &[("text", words)])
}

/// The row in words; `column` names one answer, else the two upper points, the only column, or the most frequent
/// answer are said. `None` when nothing of the row may be shown.
pub fn sentence(
    lang: Lang,
    finding: &Finding,
    row: &ReleasedRow,
    column: Option<usize>,
    patterns: &Patterns,
) -> Option<Sentence> {
    let column = column.or_else(|| most_frequent(finding, row));
    let cell = lead_cell(finding, row, column)?;
    let value = share_in_text(lang, &cell)?;
    let words = Words {
        share: value,
        of: domain_of(lang, row.domain),
        the: domain_the(lang, row.domain),
        within: text(
            lang,
            &format!("edition-in-{}", domain_word(row.domain)),
            &[],
        ),
        item: quoted(lang, row.label.get(lang)),
        question: quoted(lang, finding.question.get(lang)),
        answers: answers(lang, finding, column),
        unit: finding
            .columns
            .first()
            .map(|(_, t)| t.get(lang).to_owned())
            .unwrap_or_default(),
    };
    let pattern = patterns.get(&finding.key.0).filter(|_| {
        lang == Lang::De
            && finding.estimand != Estimand::ShareOfInhabitants
            && (column.is_none() || finding.columns.len() == 1)
    });
    let (said, short) = match pattern {
        Some(pattern) => (words.fill(pattern), words.fill(pattern)),
        None => (
            words.generic(lang, finding, row),
            words.short(lang, finding, row),
        ),
    };
    Some(Sentence {
        text: capitalised(&said),
        short: capitalised(&short),
        estimand: estimand(lang, finding.estimand, row.domain),
        n: row.n.map(|n| {
            let n = numbers::thousands(lang, n.into());
            text(lang, "edition-n", &[("n", &n)])
        }),
        interval: numbers::cell_interval(lang, &cell)
            .map(|i| text(lang, "edition-assumption", &[("interval", &i)])),
    })
}

/// The sentence that heads a finding's chart: its foremost row of one population.
pub fn headline(
    lang: Lang,
    finding: &Finding,
    population: Population,
    patterns: &Patterns,
) -> Option<Sentence> {
    let rows = sorted_rows(finding, Domain::All(population));
    sentence(lang, finding, rows.first()?, None, patterns)
}

/// What to say where nothing of a population may be shown.
pub fn held_back(lang: Lang, finding: &Finding, population: Population) -> String {
    let question = quoted(lang, finding.question.get(lang));
    let the = domain_the(lang, Domain::All(population));
    text(
        lang,
        "edition-held-back",
        &[("question", &question), ("the", &the)],
    )
}

/// What is estimated, in words.
pub fn estimand(lang: Lang, estimand: Estimand, domain: Domain) -> String {
    let of = domain_of(lang, domain);
    let the = domain_the(lang, domain);
    let within = text(lang, &format!("edition-in-{}", domain_word(domain)), &[]);
    let key = match estimand {
        Estimand::ShareOfMunicipalities => "edition-estimand-municipalities",
        Estimand::ShareOfInhabitants => "edition-estimand-inhabitants",
        Estimand::Mean => "edition-estimand-mean",
    };
    text(lang, key, &[("of", &of), ("the", &the), ("in", &within)])
}

/// The rows of one group, the largest lead share first; rows without a number last, in their order.
pub fn sorted_rows(finding: &Finding, domain: Domain) -> Vec<&ReleasedRow> {
    let mut rows: Vec<&ReleasedRow> = finding.rows.iter().filter(|r| r.domain == domain).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(rank(lead_cell(finding, row, None))));
    rows
}

/// Order of cells by size; -1 for what is held back.
pub(crate) fn rank(cell: Option<ReleasedCell>) -> i64 {
    match cell {
        Some(ReleasedCell::Percent { value, .. }) => i64::from(value) * 10,
        Some(ReleasedCell::Over90) => 955,
        Some(ReleasedCell::Under10) => 45,
        Some(ReleasedCell::Mean { tenths, .. }) => tenths,
        Some(ReleasedCell::Suppressed) | None => -1,
    }
}

/// The words that a sentence is made of.
struct Words {
    share: String,
    of: String,
    the: String,
    within: String,
    item: String,
    question: String,
    answers: String,
    unit: String,
}

impl Words {
    fn fill(&self, pattern: &str) -> String {
        pattern
            .replace("{share}", &self.share)
            .replace("{of}", &self.of)
            .replace("{the}", &self.the)
            .replace("{item}", &self.item)
            .replace("{question}", &self.question)
            .replace("{answers}", &self.answers)
            .replace("{unit}", &self.unit)
    }

    fn generic(&self, lang: Lang, finding: &Finding, row: &ReleasedRow) -> String {
        let asked = finding.question.get(lang).trim_end().ends_with('?');
        let flags = finding.columns.len() == 1 && !row.key.is_empty();
        let key = match (finding.estimand, row.key.is_empty(), flags) {
            (Estimand::Mean, _, _) if asked => "edition-sentence-mean",
            (Estimand::Mean, _, _) => "edition-sentence-mean-topic",
            (Estimand::ShareOfInhabitants, _, true) => "edition-sentence-inhabitants-flag",
            (Estimand::ShareOfInhabitants, true, _) => "edition-sentence-inhabitants-question",
            (Estimand::ShareOfInhabitants, false, _) => "edition-sentence-inhabitants-item",
            (_, _, true) if asked => "edition-sentence-flag",
            (_, _, true) => "edition-sentence-flag-topic",
            (_, false, _) => "edition-sentence-item",
            (_, true, _) if asked => "edition-sentence-question",
            _ => "edition-sentence-topic",
        };
        self.say(lang, key)
    }

    fn short(&self, lang: Lang, finding: &Finding, row: &ReleasedRow) -> String {
        let flags = finding.columns.len() == 1 && !row.key.is_empty();
        let key = match (finding.estimand, row.key.is_empty(), flags) {
            (Estimand::Mean, _, _) => "edition-sentence-short-mean",
            (Estimand::ShareOfInhabitants, _, true) => "edition-sentence-short-inhabitants-flag",
            (Estimand::ShareOfInhabitants, true, _) => "edition-sentence-short-inhabitants",
            (_, _, true) => "edition-sentence-short-flag",
            (_, true, _) => "edition-sentence-short",
            _ => return self.generic(lang, finding, row),
        };
        self.say(lang, key)
    }

    fn say(&self, lang: Lang, key: &str) -> String {
        text(
            lang,
            key,
            &[
                ("share", &self.share),
                ("value", &self.share),
                ("of", &self.of),
                ("the", &self.the),
                ("in", &self.within),
                ("item", &self.item),
                ("question", &self.question),
                ("answers", &self.answers),
                ("unit", &self.unit),
            ],
        )
    }
}

/// The most frequent answer of a question whose answers are no scale; `None` where the lead cell is clear already.
fn most_frequent(finding: &Finding, row: &ReleasedRow) -> Option<usize> {
    if lead_cell(finding, row, None).is_some() {
        return None;
    }
    (0..row.cells.len())
        .filter(|i| {
            matches!(
                row.cells[*i],
                ReleasedCell::Percent { .. } | ReleasedCell::Over90
            )
        })
        .max_by_key(|i| (rank(Some(row.cells[*i])), std::cmp::Reverse(*i)))
}

/// The answers that a row speaks of, in quotation marks.
pub(crate) fn answers(lang: Lang, finding: &Finding, column: Option<usize>) -> String {
    let label = |i: usize| quoted(lang, finding.columns[i].1.get(lang));
    match column {
        Some(column) if column < finding.columns.len() => label(column),
        _ if crate::lookup::has_sum(finding) => {
            let last = finding.columns.len() - 1;
            let (first, last) = (label(last - 1), label(last));
            text(
                lang,
                "edition-number-or",
                &[("first", &first), ("last", &last)],
            )
        }
        _ => finding
            .columns
            .first()
            .map(|_| label(0))
            .unwrap_or_default(),
    }
}

fn share_in_text(lang: Lang, cell: &ReleasedCell) -> Option<String> {
    match cell {
        ReleasedCell::Under10 => Some(text(lang, "edition-number-less10", &[])),
        ReleasedCell::Over90 => Some(text(lang, "edition-number-more90", &[])),
        other => numbers::cell_in_text(lang, other),
    }
}

/// First letter large.
fn capitalised(words: &str) -> String {
    let mut rest = words.chars();
    match rest.next() {
        Some(first) => first.to_uppercase().chain(rest).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn say(key: &str, domain: &str) -> String {
        let release = sample::release();
        let domain = crate::lookup::domain(domain).unwrap();
        let found = crate::lookup::find(&release, key, domain).unwrap();
        sentence(
            Lang::De,
            found.finding,
            found.row,
            found.column,
            &Patterns::new(),
        )
        .unwrap()
        .text
        .replace(['\u{a0}', '\u{202f}'], " ")
    }

    #[test]
    fn every_kind_of_question_reads_well() {
        assert_eq!(
            say("aufgaben.wohnen", "municipalities"),
            "Bei „Wohnraum“ antworten rund 71 % der Städte und Gemeinden mit „groß“ oder „sehr groß“."
        );
        assert_eq!(
            say("aufgaben.wohnen", "large-city"),
            "Bei „Wohnraum“ antworten mehr als 90 % der Großstädte (ab 100 000 Einwohnern) mit „groß“ oder „sehr groß“."
        );
        assert_eq!(
            say("stelle.nein", "municipalities"),
            "Auf die Frage „Gibt es bei Ihnen eine Stelle für Koordination?“ antworten rund 41 % der Städte und Gemeinden mit „nein“."
        );
        assert_eq!(
            say("bedarf-von.land", "municipalities"),
            "Auf die Frage „Von wem brauchen Sie zuerst Unterstützung?“ nennen rund 62 % der Städte und Gemeinden „Land“."
        );
        assert_eq!(
            say("personal", "municipalities"),
            "Auf die Frage „Wie viele Vollzeitstellen gibt es dafür?“ nennen die Städte und Gemeinden im Mittel 2,4 (Vollzeitstellen)."
        );
    }

    #[test]
    fn says_how_sure_and_of_what() {
        let release = sample::release();
        let finding = release.finding("aufgaben").unwrap();
        let head = headline(
            Lang::De,
            finding,
            Population::Municipalities,
            &Patterns::new(),
        )
        .unwrap();
        let certainty = head.certainty().replace('\u{a0}', " ");
        assert_eq!(
            certainty,
            "Geschätzt ist der Anteil der Städte und Gemeinden. 230 haben geantwortet (n = 230). \
             Unsicherheitsbereich 64 bis 77 % unter der Annahme, dass innerhalb der Gewichtungszellen zufällig \
             geantwortet wurde."
        );
        for row in &finding.rows {
            if let Some(s) = sentence(Lang::De, finding, row, None, &Patterns::new()) {
                assert!(!s.full().to_lowercase().contains("repräsentativ"));
            }
        }
    }

    #[test]
    fn an_editors_pattern_takes_the_place_of_the_generic_words() {
        let release = sample::release();
        let finding = release.finding("aufgaben").unwrap();
        let mut patterns = Patterns::new();
        patterns.insert(
            "aufgaben".into(),
            "{item} nennen {share} {of} als große Herausforderung.".into(),
        );
        let head = headline(Lang::De, finding, Population::Municipalities, &patterns).unwrap();
        assert_eq!(
            head.text.replace('\u{a0}', " "),
            "„Wohnraum“ nennen rund 71 % der Städte und Gemeinden als große Herausforderung."
        );
    }
}
