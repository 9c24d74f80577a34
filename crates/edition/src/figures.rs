//! A finding with its sentence and chart, as a chapter or a text shows it.

use findings::workspace::KeptFinding;
use findings::{Domain, Finding, Release};
use questionnaire::Lang;
use register::Population;

use crate::charts::{Chart, Medium, View, draw};
use crate::document::Figure;
use crate::kept;
use crate::lookup::{self, LookupError, domain_word};
use crate::sentences::{self, Patterns, Sentence};
use crate::tables;

/// What texts and charts are made from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Language.
    pub lang: Lang,
    /// The numbers.
    pub release: &'a Release,
    /// Editors' patterns of sentences.
    pub patterns: &'a Patterns,
}

/// A finding, or one item of it, of one population.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The table.
    pub finding: &'a Finding,
    /// Key of the item or option; `None` for the whole question.
    pub item: Option<&'a str>,
    /// Of whom.
    pub population: Population,
}

impl<'a> Source<'a> {
    /// The subject of a key as editors write it: `aufgaben` or `aufgaben.wohnen`.
    pub fn subject(&self, key: &str, population: Population) -> Result<Subject<'a>, LookupError> {
        let finding = lookup::table(self.release, key)?;
        let item = match key
            .strip_prefix(finding.key.0.as_str())
            .and_then(|r| r.strip_prefix('.'))
        {
            None => None,
            Some(item) => {
                let row = finding
                    .rows
                    .iter()
                    .find(|r| r.key == item && !item.is_empty());
                match row {
                    Some(row) => Some(row.key.as_str()),
                    // `konzept.ja`: one answer of a question is shown with all its answers.
                    None if finding.columns.iter().any(|(code, _)| code == item) => None,
                    None => return Err(lookup::unknown(self.release, key)),
                }
            }
        };
        Ok(Subject {
            finding,
            item,
            population,
        })
    }

    /// The sentence of a subject; `None` when nothing of it may be shown.
    pub fn sentence(&self, subject: Subject<'_>) -> Option<Sentence> {
        let domain = Domain::All(subject.population);
        match subject.item {
            None => sentences::headline(
                self.lang,
                subject.finding,
                subject.population,
                self.patterns,
            ),
            Some(item) => {
                let row = subject
                    .finding
                    .rows
                    .iter()
                    .find(|r| r.key == item && r.domain == domain)?;
                sentences::sentence(self.lang, subject.finding, row, None, self.patterns)
            }
        }
    }

    /// The chart of a subject; `None` when nothing of it may be shown. An item is shown by group where its
    /// finding has groups.
    pub fn chart(&self, subject: Subject<'_>, medium: Medium) -> Option<Chart> {
        let finding = subject.finding;
        let groups = |item: &str| {
            finding
                .rows
                .iter()
                .filter(|r| r.key == item && r.n.is_some())
                .filter(|r| r.domain != Domain::All(Population::Counties))
                .count()
        };
        let view = match subject.item {
            Some(item) if subject.population == Population::Municipalities && groups(item) > 1 => {
                View::ByGroup(item)
            }
            _ => View::Population(subject.population),
        };
        draw(
            self.lang,
            self.release,
            finding,
            view,
            self.patterns,
            medium,
        )
    }

    /// The kept finding of a key.
    pub fn kept(&self, key: &str) -> Option<&'a KeptFinding> {
        kept::find(self.release, key)
    }

    /// Sentence and print chart of a key; `None` when nothing of it may be shown.
    pub fn figure(&self, key: &str, population: Population) -> Result<Option<Figure>, LookupError> {
        if let Some(kept) = self.kept(key) {
            return Ok(kept::figure(self.lang, self.release, kept));
        }
        let subject = self.subject(key, population)?;
        let Some(chart) = self.chart(subject, Medium::Print) else {
            return Ok(None);
        };
        let sentence = self.sentence(subject);
        Ok(Some(Figure {
            key: key.to_owned(),
            population: domain_word(Domain::All(population)).to_owned(),
            table: tables::table_id(subject.finding),
            sentence: sentence.as_ref().map_or_else(
                || sentences::held_back(self.lang, subject.finding, population),
                |s| s.text.clone(),
            ),
            certainty: sentence.map(|s| s.certainty()).unwrap_or_default(),
            question: subject.finding.question.get(self.lang).to_owned(),
            svg: chart.svg,
            width: chart.width,
            height: chart.height,
            alt: chart.alt,
            note: chart.note,
        }))
    }
}
