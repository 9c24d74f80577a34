//! What a page was shown with: the version and mark of each answer, in one hidden field.
//!
//! So the second window on the same page is told what the first one changed, and what a window left as it
//! was is no change of its. `variable:version:mark`, separated by spaces.

use std::collections::BTreeMap;

use fieldwork::{Response, Version};
use questionnaire::{Answers, Question, VariableKey, mark};

/// Name of the hidden field.
pub(crate) const NAME: &str = "_stand";

/// Version and mark of each variable that a page showed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Stand(BTreeMap<VariableKey, (Version, String)>);

impl Stand {
    /// What stands now, for the questions of a page.
    pub(crate) fn of(questions: &[&Question], answers: &Answers, response: &Response) -> Self {
        let variables = questions.iter().flat_map(|q| q.variables_drawn(answers));
        Self::of_variables(variables, response)
    }

    /// What stands now, for these variables.
    pub(crate) fn of_variables(
        variables: impl Iterator<Item = VariableKey>,
        response: &Response,
    ) -> Self {
        let entry = |variable: VariableKey| {
            let answer = response
                .records
                .get(&variable)
                .and_then(|r| r.answer.as_ref());
            let seen = (response.version(&variable), mark(answer));
            (variable, seen)
        };
        Self(variables.map(entry).collect())
    }

    /// Reads the hidden field; what cannot be read is left out and counts as never seen.
    pub(crate) fn read(fields: &[(String, String)]) -> Self {
        let text = fields.iter().find(|(name, _)| name == NAME);
        let entry = |part: &str| {
            let mut parts = part.split(':');
            let variable = VariableKey(parts.next()?.to_owned());
            let version = parts.next()?.parse().ok()?;
            Some((
                variable,
                (version, parts.next().unwrap_or_default().to_owned()),
            ))
        };
        let parts = text.map_or("", |(_, value)| value).split_whitespace();
        Self(parts.filter_map(entry).collect())
    }

    /// The hidden field's value.
    pub(crate) fn write(&self) -> String {
        let part = |(variable, (version, mark)): (&VariableKey, &(Version, String))| {
            format!("{variable}:{version}:{mark}")
        };
        self.0.iter().map(part).collect::<Vec<_>>().join(" ")
    }

    /// The fields that the questionnaire's reader of forms wants: what was asked, and how it stood.
    pub(crate) fn fields(&self) -> Vec<(String, String)> {
        let pair = |(variable, (_, mark)): (&VariableKey, &(Version, String))| {
            let asked = ("_asked".to_owned(), variable.question().to_owned());
            [asked, (format!("_shown.{variable}"), mark.clone())]
        };
        self.0.iter().flat_map(pair).collect()
    }

    /// The version that the page was shown with.
    pub(crate) fn version(&self, variable: &VariableKey) -> Version {
        self.0.get(variable).map_or(0, |(version, _)| *version)
    }

    /// Whether the page showed this question.
    pub(crate) fn asked(&self, question: &str) -> bool {
        self.0
            .keys()
            .any(|variable| variable.question() == question)
    }

    /// The writer has now seen this version.
    pub(crate) fn seen(&mut self, variable: &VariableKey, version: Version) {
        if let Some((seen, _)) = self.0.get_mut(variable) {
            *seen = version;
        }
    }

    /// These variables were shown as they stood `before`, and not since.
    pub(crate) fn keep(&mut self, before: &Self, variables: &[VariableKey]) {
        for variable in variables {
            if let Some(shown) = before.0.get(variable) {
                self.0.insert(variable.clone(), shown.clone());
            }
        }
    }

    /// Variables that somebody else changed since the page was shown.
    pub(crate) fn changed_since(&self, response: &Response) -> Vec<VariableKey> {
        let newer = |variable: &&VariableKey| response.version(variable) > self.version(variable);
        self.0.keys().filter(newer).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hidden_field_comes_back_as_it_was() {
        let mut stand = Stand::default();
        stand.0.insert("aufgaben.wohnen".into(), (3, "00ff".into()));
        stand.0.insert("rolle".into(), (0, String::new()));
        let sent = vec![(NAME.to_owned(), stand.write())];
        assert_eq!(Stand::read(&sent), stand);
        assert_eq!(
            Stand::read(&[(NAME.to_owned(), "garbage a:x b:".into())]),
            Stand::default()
        );
        assert!(stand.asked("aufgaben") && !stand.asked("lage"));
    }
}
