//! What a questionnaire asks, in figures: for whoever checks the file.

use std::fmt::Write;

use crate::{Lang, QuestionKind, Questionnaire};

impl Questionnaire {
    /// How long answering takes, in whole minutes: from for quick readers to for slow ones.
    ///
    /// A rule of thumb: 12 seconds for a choice, 18 for a multiple choice, 7 for an item, 45 for a number
    /// that has to be looked up, 90 for an open question, three minutes for naming practices.
    pub fn minutes(&self) -> (u32, u32) {
        let seconds = |kind: &QuestionKind| match kind {
            QuestionKind::Single { .. } => 12,
            QuestionKind::Multiple { .. } => 18,
            QuestionKind::Battery { items, .. } => 8 + 7 * items.len(),
            QuestionKind::Number { .. } => 45,
            QuestionKind::ShortText { .. } => 20,
            QuestionKind::LongText { .. } => 90,
            QuestionKind::Grid { items, columns } => 8 + 9 * items.len() * columns.len(),
            QuestionKind::Ticks { items, .. } => 8 + 12 * items.len(),
            QuestionKind::Numbers { items, .. } => 10 + 30 * items.len(),
            QuestionKind::Texts { items, .. } => 5 + 20 * items.len(),
            QuestionKind::Ranking { options, .. } => 10 + 6 * options.len(),
            QuestionKind::Date { .. } | QuestionKind::Email | QuestionKind::Municipality => 15,
            QuestionKind::File { .. } => 60,
            QuestionKind::Computed { .. } => 0,
            QuestionKind::Note => 8,
            QuestionKind::Nomination { .. } => 180,
        };
        let questions: usize = self.questions().map(|q| seconds(&q.kind)).sum();
        let quick = questions + 5 * self.pages.len();
        let minutes = |seconds: usize| (seconds as f64 / 60.0).round().max(1.0) as u32;
        (minutes(quick), minutes(quick * 13 / 10))
    }
}

/// Counts of pages, questions and variables, page by page, and the minutes that answering takes.
pub fn report(questionnaire: &Questionnaire) -> String {
    let (from, to) = questionnaire.minutes();
    let questions: Vec<_> = questionnaire.questions().collect();
    let closed = questions.iter().filter(|q| q.closed()).count();
    let required = questions.iter().filter(|q| q.required).count();
    let conditional = questions.iter().filter(|q| q.show_if.is_some()).count()
        + questionnaire
            .pages
            .iter()
            .filter(|p| p.show_if.is_some())
            .count();
    let mut out = format!(
        "{} ({}, version {})\n",
        questionnaire.title.get(Lang::De),
        questionnaire.key,
        questionnaire.version
    );
    let lines = [
        ("pages", questionnaire.pages.len().to_string()),
        (
            "questions",
            format!("{} ({closed} closed, {required} required)", questions.len()),
        ),
        ("variables", questionnaire.variables().len().to_string()),
        ("scales", questionnaire.scales.len().to_string()),
        ("conditions", conditional.to_string()),
        ("minutes", format!("about {from} to {to}")),
    ];
    for (name, value) in lines {
        let _ = writeln!(out, "  {name:<11} {value}");
    }
    for page in &questionnaire.pages {
        let numbers = page.questions.iter().map(|q| &*q.number);
        let numbered: Vec<&str> = numbers.filter(|number| !number.is_empty()).collect();
        let first = numbered.first().copied().unwrap_or("");
        let last = numbered.last().copied().unwrap_or("");
        let variables: usize = page.questions.iter().map(|q| q.variables().len()).sum();
        let span = if first == last {
            first.to_owned()
        } else {
            format!("{first}-{last}")
        };
        let _ = writeln!(
            out,
            "  {:<20} questions {span:<7} {variables:>3} variables",
            page.key
        );
    }
    out
}
