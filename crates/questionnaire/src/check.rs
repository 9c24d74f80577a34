//! Checks of answers against one another: what a page or a question says must hold.

use crate::number::spoken;
use crate::{
    Answers, Check, Comparison, Expression, Lang, Page, Question, QuestionKind, Questionnaire,
    Text, Truth, VariableKey, Wording,
};

/// A check that does not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// Variable at which it is said: the first of the question, or of the page.
    pub variable: VariableKey,
    /// What is said.
    pub message: Text,
    /// Whether one may go on nevertheless.
    pub soft: bool,
}

impl Questionnaire {
    /// All checks on the route that do not hold, in the order of the questionnaire.
    pub fn violations(&self, answers: &Answers) -> Vec<Violation> {
        let pages = self.pages.iter().filter(|page| page.is_visible(answers));
        pages.flat_map(|page| page.violations(answers)).collect()
    }

    /// The number of an expression; `None` where it is unknown.
    pub fn number(&self, expression: &Expression, answers: &Answers) -> Option<f64> {
        expression.value(answers, &Default::default())
    }

    /// The number of a computed question; `None` where it is unknown, or no computed question.
    pub fn computed(&self, question: &str, answers: &Answers) -> Option<f64> {
        match &self.question(question)?.kind {
            QuestionKind::Computed { value, .. } => {
                value.as_ref()?.value(answers, &Default::default())
            }
            _ => None,
        }
    }

    /// The same in words, with its unit; or the words that depend on answers, with theirs inserted.
    pub fn computed_words(&self, question: &str, answers: &Answers, lang: Lang) -> Option<String> {
        let QuestionKind::Computed {
            unit,
            decimals,
            words,
            ..
        } = &self.question(question)?.kind
        else {
            return None;
        };
        if !words.is_empty() {
            let said = chosen(words, answers);
            return Some(said.map_or_else(String::new, |text| {
                self.insert(text.get(lang), answers, lang)
            }));
        }
        let number = self.computed(question, answers)?;
        let grid = 10f64.powi(i32::from(*decimals));
        // Minus zero is zero.
        let words = spoken((number * grid).round() / grid + 0.0, lang);
        Some(
            format!("{words}\u{A0}{}", unit.get(lang))
                .trim_end()
                .to_owned(),
        )
    }
}

/// The words that are said: the first whose condition holds.
pub(crate) fn chosen<'w>(words: &'w [Wording], answers: &Answers) -> Option<&'w Text> {
    let holds = |wording: &&Wording| wording.when.as_ref().is_none_or(|c| c.holds(answers));
    words.iter().find(holds).map(|wording| &wording.text)
}

impl Page {
    /// The checks of this page and its visible questions that do not hold.
    pub fn violations(&self, answers: &Answers) -> Vec<Violation> {
        let mut found = Vec::new();
        let visible = self.visible_questions(answers);
        for question in &visible {
            found.extend(question.violations(answers));
        }
        let first = visible
            .iter()
            .find_map(|q| q.variables().into_iter().next());
        if let Some(first) = first {
            found.extend(
                self.checks
                    .iter()
                    .filter_map(|c| c.violation(&first, answers)),
            );
        }
        found
    }
}

impl Question {
    fn violations(&self, answers: &Answers) -> Vec<Violation> {
        let Some(first) = self.variables_shown(answers).into_iter().next() else {
            return Vec::new();
        };
        let checks = &self.settings.checks;
        let mut found: Vec<Violation> = checks
            .iter()
            .filter_map(|check| check.violation(&first, answers))
            .collect();
        found.extend(self.sum_violation(first, answers));
        found
    }

    fn sum_violation(&self, variable: VariableKey, answers: &Answers) -> Option<Violation> {
        let QuestionKind::Numbers {
            items,
            sum: Some(sum),
        } = &self.kind
        else {
            return None;
        };
        let shown = self.variables_shown(answers);
        let parts = shown.into_iter().map(Expression::Answer).collect();
        let total = Expression::Of {
            aggregate: crate::Aggregate::Sum,
            parts,
        };
        let hidden = Default::default();
        let total = total.value(answers, &hidden)?;
        let bound = sum.bound.as_ref()?.value(answers, &hidden)?;
        // Decimals that were typed are compared as typed, not as the machine keeps them.
        let near = (total - bound).abs() < 1e-6;
        let holds = match sum.comparison {
            Comparison::Equal | Comparison::AtMost | Comparison::AtLeast if near => true,
            other => other.holds(total, bound),
        };
        let unit = items.first().map(|n| &n.number.unit);
        let with = |number: f64, lang: Lang| {
            let unit = unit.map_or("", |unit| unit.get(lang));
            format!("{}\u{A0}{unit}", spoken(number, lang))
                .trim_end()
                .to_owned()
        };
        let (de, en) = match sum.comparison {
            Comparison::AtLeast | Comparison::Greater => ("mindestens ", "at least "),
            Comparison::AtMost | Comparison::Less => ("höchstens ", "at most "),
            Comparison::Equal => ("", ""),
        };
        (!holds).then(|| Violation {
            variable,
            message: Text {
                de: format!(
                    "Die Zahlen ergeben zusammen {}. Es müssen {de}{} sein.",
                    with(total, Lang::De),
                    with(bound, Lang::De)
                ),
                en: format!(
                    "The numbers add up to {}. They must be {en}{}.",
                    with(total, Lang::En),
                    with(bound, Lang::En)
                ),
            },
            soft: false,
        })
    }
}

impl Check {
    fn violation(&self, variable: &VariableKey, answers: &Answers) -> Option<Violation> {
        (self.test.truth(answers) == Truth::False).then(|| Violation {
            variable: variable.clone(),
            message: self.message.clone(),
            soft: self.soft,
        })
    }
}
