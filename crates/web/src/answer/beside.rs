//! What stands beside a question: who gave the answer, and the comments of the house.

use std::collections::BTreeMap;

use fieldwork::{DepartmentId, Origin, Response};
use jiff::Timestamp;
use questionnaire::{Page, Question, VariableKey};
use store::Comment;

use crate::State;
use crate::answer::access::{Access, Writer};
use crate::error::PageError;
use crate::frame::{Ask, day};

/// Begin of the names of the fields for comments.
const FIELD: &str = "_anmerkung.";
/// Longest comment, in characters.
const MOST: usize = 2000;

/// Names of the departments, and the comments that this writer may see.
#[derive(Default)]
pub(crate) struct Beside {
    names: BTreeMap<DepartmentId, String>,
    comments: Vec<Comment>,
    /// Whether departments are at work here, or were.
    shared: bool,
    /// Whether comments are shown and taken: never for the institute.
    inside: bool,
}

/// A comment with who wrote it when.
pub(crate) struct CommentView {
    pub by: String,
    pub words: String,
}

/// What stands beside one question.
pub(crate) struct BesideView {
    pub field: String,
    pub id: String,
    pub given: Option<String>,
    /// Taken over from an earlier wave and not looked at since.
    pub taken_over: Option<String>,
    pub comments: Vec<CommentView>,
    pub count: String,
    pub inside: bool,
}

/// "um 14:05 Uhr", with the day where it is not today's.
pub(crate) fn when(state: &State, ask: &Ask, at: Timestamp) -> String {
    if day(state.now()) == day(at) {
        ask.tv("together-at", &[("time", &ask.clock(at))])
    } else {
        ask.tv("together-on", &[("moment", &ask.moment(at))])
    }
}

impl Beside {
    /// Reads it; nothing where nobody shares the work.
    pub(crate) async fn load(state: &State, access: &Access) -> Result<Self, PageError> {
        let (wave, key) = (&access.invitation.wave, &access.invitation.municipality);
        let inside = !matches!(access.writer, Writer::Institute);
        if !access.shared {
            return Ok(Self {
                inside,
                ..Self::default()
            });
        }
        let departments = state.store.departments(wave, key).await?;
        let comments = if inside {
            state.store.comments(wave, key).await?
        } else {
            Vec::new()
        };
        Ok(Self {
            shared: !departments.is_empty(),
            names: departments.into_iter().map(|d| (d.id, d.name)).collect(),
            comments,
            inside,
        })
    }

    /// Who an answer or a comment is by, as this reader calls it.
    pub(crate) fn who(&self, ask: &Ask, access: &Access, by: &Origin) -> String {
        if access.origin() == *by {
            return ask.t("together-who-you");
        }
        match by {
            Origin::Contact => ask.t("together-who-contact"),
            Origin::Department(id) => match self.names.get(id) {
                Some(name) => name.clone(),
                None => ask.t("together-who-department"),
            },
            Origin::Paper => ask.t("together-who-paper"),
            Origin::TakenOver(wave) => ask.tv("together-who-wave", &[("wave", &wave.0)]),
        }
    }

    /// One view a question, in their order.
    pub(crate) fn views(
        &self,
        ask: &Ask,
        access: &Access,
        questions: &[&Question],
        response: &Response,
    ) -> Vec<BesideView> {
        let view = |question: &&Question| self.view(ask, access, question, response);
        questions.iter().map(view).collect()
    }

    fn view(
        &self,
        ask: &Ask,
        access: &Access,
        question: &Question,
        response: &Response,
    ) -> BesideView {
        let variables = question.variables();
        let records: Vec<_> = variables
            .iter()
            .filter_map(|v| response.records.get(v))
            .filter(|r| r.answer.is_some())
            .collect();
        let last = records.iter().max_by_key(|r| r.saved);
        let own = access.origin();
        let telling = last.filter(|r| self.shared || r.by != own);
        let given = telling.filter(|r| r.by.taken_over().is_none()).map(|r| {
            let who = self.who(ask, access, &r.by);
            let moment = ask.moment(r.saved);
            ask.tv("together-given", &[("who", &who), ("moment", &moment)])
        });
        let over = records.iter().find_map(|r| r.by.taken_over());
        let comments: Vec<CommentView> = self
            .comments
            .iter()
            .filter(|c| c.question == question.key)
            .map(|c| CommentView {
                by: ask.tv(
                    "together-comment-by",
                    &[
                        ("who", &self.who(ask, access, &c.by)),
                        ("moment", &ask.moment(c.at)),
                    ],
                ),
                words: c.words.clone(),
            })
            .collect();
        let count = comments.len().to_string();
        BesideView {
            field: format!("{FIELD}{}", question.key),
            id: format!("anmerkung-{}", question.key),
            given,
            taken_over: over.map(|w| ask.tv("together-taken-over", &[("wave", &w.0)])),
            count: ask.qv("together-comment-title", &[("count", &count)]),
            comments,
            inside: self.inside && !question.silent(),
        }
    }
}

/// Keeps the comments that a page sent. They are no answers: they stand in a table of their own.
pub(crate) async fn keep(
    state: &State,
    access: &Access,
    page: &Page,
    sent: &[(String, String)],
) -> Result<(), PageError> {
    if matches!(access.writer, Writer::Institute) {
        return Ok(());
    }
    let comment = |(name, words): &(String, String)| {
        let question = name.strip_prefix(FIELD)?;
        let words: String = words.trim().chars().take(MOST).collect();
        let here = page.questions.iter().any(|q| q.key == question);
        (here && !words.is_empty()).then(|| (question.to_owned(), words))
    };
    let comments: Vec<(String, String)> = sent.iter().filter_map(comment).collect();
    if comments.is_empty() {
        return Ok(());
    }
    let (wave, key) = (&access.invitation.wave, &access.invitation.municipality);
    let by = access.origin();
    let kept = state
        .store
        .add_comments(wave, key, by, comments, state.now());
    Ok(kept.await?)
}

/// Wording of a variable: the question's, with the item's where there is one.
pub(crate) fn wording(access: &Access, ask: &Ask, variable: &VariableKey) -> String {
    let Some(found) = access.questionnaire.variable(variable) else {
        return variable.to_string();
    };
    let text = found.question.text.get(ask.lang);
    let number = &found.question.number;
    match found.item {
        Some(item) => format!("{number} {}: {}", text.trim(), item.text.get(ask.lang)),
        None => format!("{number} {text}"),
    }
}
