//! The feedback sheet (Vergleichsblatt): a municipality's own answers beside released figures of its peer group.

use jiff::civil::Date;
use questionnaire::{Answer, Answers, Question, QuestionKind, Questionnaire, Text, VariableKey};
use register::{Municipality, Population, SizeClass};
use serde::{Deserialize, Serialize};

use crate::labels::{self, text};
use crate::matching::{EXAMPLES, Matching, fitting_examples};
use crate::{Domain, Estimand, Finding, FindingKey, Release, ReleasedCell, ReleasedRow};

/// One line: an own answer beside the peer group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeedbackRow {
    /// Key of the finding beside which the answer stands.
    pub finding: FindingKey,
    /// Key of the item or option; empty for a question without items.
    pub key: String,
    /// Theme of the questionnaire.
    pub theme: Text,
    /// Wording of the question or item.
    pub label: Text,
    /// The own answer in words; "–" when there is none. Numbers are plain digits here: people get them
    /// from `own_number` through the one module that formats numbers.
    pub own: Text,
    /// The own answer when it is a number, in the unit that `columns` names.
    pub own_number: Option<f64>,
    /// Index of the own answer among `columns`, for the mark on the chart.
    pub own_column: Option<usize>,
    /// Headings of the cells.
    pub columns: Vec<Text>,
    /// Released figures of the peer group, one a column.
    pub peers: Vec<ReleasedCell>,
    /// Respondents of the peer group behind it.
    pub n: Option<u32>,
    /// Whose figures `peers` are: the peer group, or the wider group that stands in for it
    /// where the peer group's figures are not released.
    pub peers_of: Text,
    /// Whether a wider group stands in.
    pub wider: bool,
}

/// An example that fits a need, with the reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatchedExample {
    /// Number of the practice.
    pub practice: i64,
    /// Title.
    pub title: String,
    /// Name of its municipality.
    pub municipality: String,
    /// Why it fits, e.g. "auch ein Landkreis, 40–60 Tsd. Einwohner, Bedarf „Wohnen“ hoch".
    pub reason: Text,
    /// What it presupposes and the municipality says it lacks: "eine Koordinierungsstelle"; may be empty.
    #[serde(default)]
    pub missing: Text,
    /// What it presupposes and is there.
    #[serde(default)]
    pub there: Text,
    /// What it presupposes beside that: partly there, or nothing was said of it.
    #[serde(default)]
    pub also: Text,
    /// What must exist first, in its owner's words.
    #[serde(default)]
    pub requires: String,
}

/// A need that was rated high, with examples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeedbackNeed {
    /// Wording of the need.
    pub need: Text,
    /// Key of the field of action.
    pub field: String,
    /// Best fitting first.
    pub examples: Vec<MatchedExample>,
}

/// Two pages for one municipality.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeedbackSheet {
    /// Name of the municipality.
    pub municipality: String,
    /// Its fixed peer group (type x size class), e.g. "Städte mit 20.000 bis unter 100.000 Einwohnern".
    pub peer_group: Text,
    /// Title of the wave whose figures stand beside.
    pub figures_of: Text,
    /// Day on which those figures were frozen.
    pub figures_date: Date,
    /// Wave in which the own answers were given.
    pub own_wave: Text,
    /// Rows.
    pub rows: Vec<FeedbackRow>,
    /// Needs that were rated high.
    pub needs: Vec<FeedbackNeed>,
    /// Made-up data.
    pub synthetic: bool,
}

/// Questions about the answering person: they stand beside no peer group.
pub(crate) const NOT_COMPARED: [&str; 1] = ["rolle"];

/// The sheet of one municipality: its answers to `questionnaire` in the wave `own_wave` beside what `release` shows.
///
/// The peer group is fixed: all counties, or all municipalities of the size class. Where its row is held back, the row
/// of all municipalities stands in and says so. Only questions whose codes are the same in the release are compared.
/// A question that was not on the route has no row. Needs and their examples: [`fitting_examples`].
pub fn feedback_sheet(
    questionnaire: &Questionnaire,
    answers: &Answers,
    municipality: &Municipality,
    own_wave: &Text,
    release: &Release,
    matching: &Matching,
) -> FeedbackSheet {
    let route = questionnaire.variables_on_route(answers);
    let own = Own {
        answers,
        domains: domains(municipality),
    };
    let on_route: Answers = answers
        .iter()
        .filter(|(key, _)| route.contains(key))
        .map(|(key, answer)| (key.clone(), answer.clone()))
        .collect();
    let mut rows = Vec::new();
    for (page, question) in questionnaire
        .pages
        .iter()
        .flat_map(|page| page.questions.iter().map(move |question| (page, question)))
    {
        let asked = question.variables().iter().any(|key| route.contains(key));
        if !asked || NOT_COMPARED.contains(&question.key.as_str()) {
            continue;
        }
        if let Some(finding) = release.finding(&question.key)
            && same_codes(question, finding)
        {
            rows.extend(own.rows(&page.title, question, finding));
        }
    }
    FeedbackSheet {
        municipality: municipality.plain_name(),
        peer_group: peer_group(municipality),
        figures_of: release.title.clone(),
        figures_date: release.frozen,
        own_wave: own_wave.clone(),
        rows,
        needs: fitting_examples(questionnaire, &on_route, municipality, matching, EXAMPLES),
        synthetic: release.synthetic,
    }
}

/// The fixed peer group of a municipality, in words.
pub fn peer_group(municipality: &Municipality) -> Text {
    match municipality.size_class() {
        SizeClass::County => labels::population(Population::Counties),
        class => {
            let words = labels::population(Population::Municipalities);
            let range = labels::size_class(class);
            text(
                format!("{}, {}", words.de, range.de),
                format!("{}, {}", words.en, range.en),
            )
        }
    }
}

/// The peer group's domain, then the wider ones that stand in for it.
fn domains(municipality: &Municipality) -> Vec<Domain> {
    match municipality.size_class() {
        SizeClass::County => vec![Domain::All(Population::Counties)],
        class => vec![
            Domain::SizeClass(class),
            Domain::All(Population::Municipalities),
        ],
    }
}

struct Own<'a> {
    answers: &'a Answers,
    domains: Vec<Domain>,
}

impl Own<'_> {
    fn answer(&self, variable: &VariableKey) -> Option<&Answer> {
        self.answers.get(variable)
    }

    fn rows(&self, theme: &Text, question: &Question, finding: &Finding) -> Vec<FeedbackRow> {
        let row = |key: &str, label: &Text, own: OwnAnswer| {
            let (peers, wider) = self.peers(finding, key)?;
            Some(FeedbackRow {
                finding: finding.key.clone(),
                key: key.to_owned(),
                theme: theme.clone(),
                label: label.clone(),
                own: own.words,
                own_number: own.number,
                own_column: own.column,
                columns: finding
                    .columns
                    .iter()
                    .map(|(_, text)| text.clone())
                    .collect(),
                peers: peers.cells.clone(),
                n: peers.n,
                peers_of: peers.domain.label(),
                wider,
            })
        };
        let whole = VariableKey(question.key.clone());
        match &question.kind {
            QuestionKind::Battery { items, .. } => items
                .iter()
                .filter_map(|item| {
                    let key = VariableKey(format!("{}.{}", question.key, item.key));
                    row(&item.key, &item.text, self.choice(question, &key))
                })
                .collect(),
            QuestionKind::Multiple { options, .. } => options
                .iter()
                .filter_map(|option| row(&option.key, &option.text, self.flag(&whole, &option.key)))
                .collect(),
            QuestionKind::Number { unit, .. } => {
                let own = self.number(&whole, unit);
                row("", &question.text, own).into_iter().collect()
            }
            _ => {
                let own = self.choice(question, &whole);
                row("", &question.text, own).into_iter().collect()
            }
        }
    }

    /// The row of the peer group, or of the wider group that stands in. When none is released the peer group's own.
    fn peers<'f>(&self, finding: &'f Finding, key: &str) -> Option<(&'f ReleasedRow, bool)> {
        let row = |domain: &Domain| {
            let mut rows = finding.rows.iter();
            rows.find(|row| row.domain == *domain && row.key == key)
        };
        let shown = (0..).zip(&self.domains).find_map(|(place, domain)| {
            let row = row(domain).filter(|row| row.n.is_some())?;
            Some((row, place > 0))
        });
        shown.or_else(|| Some((row(self.domains.first()?)?, false)))
    }

    fn choice(&self, question: &Question, variable: &VariableKey) -> OwnAnswer {
        let codes = question.codes();
        match self.answer(variable) {
            Some(Answer::Choice(chosen)) => {
                let column = codes.iter().position(|(code, _)| code == chosen);
                OwnAnswer {
                    words: column.map_or_else(none, |column| codes[column].1.clone()),
                    column,
                    number: None,
                }
            }
            other => OwnAnswer::without(other),
        }
    }

    fn flag(&self, variable: &VariableKey, option: &str) -> OwnAnswer {
        match self.answer(variable) {
            Some(Answer::Choices(chosen)) if chosen.contains(option) => OwnAnswer {
                words: text("genannt", "named"),
                column: Some(0),
                number: None,
            },
            Some(Answer::Choices(_)) => OwnAnswer {
                words: text("nicht genannt", "not named"),
                column: None,
                number: None,
            },
            other => OwnAnswer::without(other),
        }
    }

    fn number(&self, variable: &VariableKey, unit: &Text) -> OwnAnswer {
        match self.answer(variable) {
            Some(Answer::Number(number)) => OwnAnswer {
                words: text(
                    format!("{} {}", number.to_string().replace('.', ","), unit.de),
                    format!("{number} {}", unit.en),
                ),
                column: None,
                number: Some(*number),
            },
            other => OwnAnswer::without(other),
        }
    }
}

struct OwnAnswer {
    words: Text,
    column: Option<usize>,
    number: Option<f64>,
}

impl OwnAnswer {
    fn without(answer: Option<&Answer>) -> Self {
        let words = match answer {
            Some(Answer::DontKnow) => text("weiß nicht", "don't know"),
            Some(Answer::Refused) => text("keine Angabe", "no answer"),
            _ => none(),
        };
        Self {
            words,
            column: None,
            number: None,
        }
    }
}

fn none() -> Text {
    text("–", "–")
}

/// Whether the finding's columns are the question's codes (or the question has none).
fn same_codes(question: &Question, finding: &Finding) -> bool {
    match &question.kind {
        QuestionKind::Single { .. } | QuestionKind::Battery { .. } => {
            let codes = question.codes();
            codes.len() == finding.columns.len()
                && codes
                    .iter()
                    .zip(&finding.columns)
                    .all(|((a, _), (b, _))| a == b)
        }
        QuestionKind::Multiple { .. } => finding.estimand == Estimand::ShareOfMunicipalities,
        // The figure of other units is another figure.
        QuestionKind::Number { unit, .. } => {
            finding.estimand == Estimand::Mean && finding.columns.iter().all(|(_, of)| of == unit)
        }
        _ => false,
    }
}
