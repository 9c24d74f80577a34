//! Routing: which pages and questions a municipality sees, what is answered and what is still open.

use std::collections::BTreeSet;

use crate::{Answer, Answers, Page, Question, Questionnaire, VariableKey};

/// How many of the required variables on the route are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Progress {
    /// Answered, "weiß nicht" and "keine Angabe" included.
    pub answered: usize,
    /// Asked on this route.
    pub asked: usize,
}

impl Questionnaire {
    /// The pages on the route, in their order: those whose condition holds and that have a visible question.
    pub fn visible_pages(&self, answers: &Answers) -> Vec<&Page> {
        let visible = |page: &&Page| page.is_visible(answers);
        self.pages.iter().filter(visible).collect()
    }

    /// The page after `after` on the route; the first one when `after` is `None` or unknown; `None` at the end.
    pub fn next_page(&self, after: Option<&str>, answers: &Answers) -> Option<&Page> {
        let place = |key: &str| self.pages.iter().position(|page| page.key == key);
        let from = after.and_then(place).map_or(0, |index| index + 1);
        let visible = |page: &&Page| page.is_visible(answers);
        self.pages.get(from..)?.iter().find(visible)
    }

    /// The page before `before` on the route; `None` at the start.
    pub fn previous_page(&self, before: &str, answers: &Answers) -> Option<&Page> {
        let until = self.pages.iter().position(|page| page.key == before)?;
        let visible = |page: &&Page| page.is_visible(answers);
        self.pages[..until].iter().rev().find(visible)
    }

    /// Where to continue: the first page on the route with a required question that is open.
    /// When none is open, the first page behind the last one with an answer. `None` when all is done.
    pub fn first_unfinished_page(&self, answers: &Answers) -> Option<&Page> {
        let pages = self.visible_pages(answers);
        let open = |page: &&&Page| !page.missing(answers).is_empty();
        if let Some(page) = pages.iter().find(open) {
            return Some(page);
        }
        let begun = |page: &&Page| {
            let answered = |question: &&Question| {
                let variables = question.variables();
                variables.iter().any(|key| answers.contains_key(key))
            };
            page.visible_questions(answers).iter().any(answered)
        };
        let last = pages.iter().rposition(begun);
        pages.get(last.map_or(0, |index| index + 1)).copied()
    }

    /// How many required variables on the route are answered, for the disposition rule.
    pub fn required(&self, answers: &Answers) -> Progress {
        let required = self.required_on_route(answers);
        let given = |key: &&VariableKey| answers.contains_key(key);
        Progress {
            answered: required.iter().filter(given).count(),
            asked: required.len(),
        }
    }

    /// Required variables on the route that are not answered, in the order of the questionnaire.
    pub fn missing(&self, answers: &Answers) -> Vec<VariableKey> {
        let mut required = self.required_on_route(answers);
        required.retain(|key| !answers.contains_key(key));
        required
    }

    /// Whether a variable is asked under these answers. Unknown variables are not.
    pub fn on_route(&self, variable: &VariableKey, answers: &Answers) -> bool {
        self.variable(variable).is_some_and(|v| {
            v.page.shows(answers) && v.question.is_visible(answers) && v.part.is_visible(answers)
        })
    }

    /// The answers on the route: what counts. Others are kept in the draft and ignored.
    pub fn answers_on_route(&self, answers: &Answers) -> Answers {
        let shown = self.variables_on_route(answers);
        let keep = |(key, _): &(&VariableKey, &Answer)| shown.contains(key);
        let owned = |(key, answer): (&VariableKey, &Answer)| (key.clone(), answer.clone());
        answers.iter().filter(keep).map(owned).collect()
    }

    /// All variables on the route.
    pub fn variables_on_route(&self, answers: &Answers) -> BTreeSet<VariableKey> {
        let pages = self.pages.iter().filter(|page| page.shows(answers));
        pages
            .flat_map(|page| page.visible_questions(answers))
            .flat_map(|question| question.variables_shown(answers))
            .collect()
    }

    fn required_on_route(&self, answers: &Answers) -> Vec<VariableKey> {
        let pages = self.pages.iter().filter(|page| page.shows(answers));
        pages
            .flat_map(|page| page.visible_questions(answers))
            .filter(|question| question.required)
            .flat_map(|question| question.variables_needed(answers))
            .collect()
    }
}

impl Page {
    /// The questions on this page whose condition holds.
    pub fn visible_questions(&self, answers: &Answers) -> Vec<&Question> {
        let visible = |question: &&Question| question.is_visible(answers);
        self.questions.iter().filter(visible).collect()
    }

    /// Whether the page is on the route: its condition holds and one of its questions is visible.
    pub fn is_visible(&self, answers: &Answers) -> bool {
        self.shows(answers) && self.questions.iter().any(|q| q.is_visible(answers))
    }

    /// Required variables on this page that are visible and not answered.
    pub fn missing(&self, answers: &Answers) -> Vec<VariableKey> {
        let visible = self.visible_questions(answers);
        let required = visible.into_iter().filter(|question| question.required);
        let mut open: Vec<VariableKey> = required
            .flat_map(|question| question.variables_needed(answers))
            .collect();
        open.retain(|key| !answers.contains_key(key));
        open
    }

    fn shows(&self, answers: &Answers) -> bool {
        self.show_if.as_ref().is_none_or(|c| c.holds(answers))
    }
}

impl Question {
    /// Whether the question's own condition holds; that of its page is the page's. A question all of whose items
    /// are hidden is not asked, nor is a computed value that is not shown.
    pub fn is_visible(&self, answers: &Answers) -> bool {
        if matches!(
            self.kind,
            crate::QuestionKind::Computed { shown: false, .. }
        ) {
            return false;
        }
        let any = || {
            let shown = |item: &crate::Item| {
                let condition = item.show_if.as_ref();
                condition.is_none_or(|c| c.holds(answers))
            };
            match &self.kind {
                crate::QuestionKind::Battery { items, .. }
                | crate::QuestionKind::Grid { items, .. }
                | crate::QuestionKind::Ticks { items, .. }
                | crate::QuestionKind::Texts { items, .. } => items.iter().any(shown),
                crate::QuestionKind::Numbers { items, .. } => items.iter().any(|n| shown(&n.item)),
                _ => true,
            }
        };
        self.show_if.as_ref().is_none_or(|c| c.holds(answers)) && any()
    }
}
