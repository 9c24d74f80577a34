//! How far each section of a questionnaire is: a page is a section, the unit that can be handed to a department.

use jiff::Timestamp;
use questionnaire::{Page, Question};

use crate::{Department, Response};

/// How far a section is, in the order of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SectionState {
    /// The answers given so far do not lead there.
    NotAsked,
    /// Nothing is answered.
    Open,
    /// Something is answered.
    Begun,
    /// Its departments have said so; or, where it was handed to none, nothing that is required is missing.
    Finished,
    /// The contact has checked it, and no answer has changed since.
    Checked,
}

/// The contact's word that a section was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SectionCheck {
    /// The section's [`stand`] at that moment: another one is another set of answers.
    pub stand: u64,
    /// When.
    pub at: Timestamp,
}

/// Counts the saves of all answers of a page: differs as soon as one of them changes, whatever the clock says.
pub fn stand(page: &Page, response: &Response) -> u64 {
    let variables = page.questions.iter().flat_map(Question::variables);
    variables.map(|v| u64::from(response.version(&v))).sum()
}

/// How far a section is. `departments` are those of the municipality; ended ones do not count.
pub fn section_state(
    page: &Page,
    response: &Response,
    departments: &[Department],
    check: Option<&SectionCheck>,
) -> SectionState {
    let answers = response.answers();
    if !page.is_visible(&answers) {
        return SectionState::NotAsked;
    }
    if check.is_some_and(|check| check.stand == stand(page, response)) {
        return SectionState::Checked;
    }
    let mut handed = departments
        .iter()
        .filter(|d| d.ended.is_none())
        .filter_map(|d| d.sections.get(&page.key))
        .peekable();
    let variables = page.questions.iter().flat_map(Question::variables);
    let begun = variables.into_iter().any(|v| answers.contains_key(&v));
    let finished = match handed.peek() {
        Some(_) => handed.all(Option::is_some),
        None => begun && page.missing(&answers).is_empty(),
    };
    match (finished, begun) {
        (true, _) => SectionState::Finished,
        (false, true) => SectionState::Begun,
        (false, false) => SectionState::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DepartmentId, Origin, Save, WaveName};
    use questionnaire::{Answer, Questionnaire, VariableKey};
    use register::Key;

    const SOURCE: &str = r#"
format: 1
key: probe
version: 1
title: { de: Probe, en: Trial }
pages:
  - key: a
    title: { de: A, en: A }
    questions:
      - key: eins
        type: short-text
        text: { de: Eins?, en: One? }
        max-length: 50
      - key: zwei
        type: short-text
        text: { de: Zwei?, en: Two? }
        max-length: 50
"#;

    #[test]
    fn a_section_goes_from_open_to_checked_and_back_when_an_answer_changes() {
        let questionnaire = Questionnaire::read(SOURCE, "test").unwrap();
        let page = &questionnaire.pages[0];
        let mut response = Response {
            wave: WaveName("probe".into()),
            municipality: Key::new("99001001").unwrap(),
            records: Default::default(),
            submitted: None,
        };
        let now = Timestamp::UNIX_EPOCH;
        let mut department = Department {
            id: DepartmentId(1),
            name: "Sozialamt".into(),
            until: None,
            made: now,
            ended: None,
            sections: [("a".to_owned(), None)].into(),
        };
        let state = |r: &Response, d: &Department, c: Option<&SectionCheck>| {
            section_state(page, r, std::slice::from_ref(d), c)
        };
        assert_eq!(state(&response, &department, None), SectionState::Open);
        let save = |key: &str, seen| Save {
            changes: [(
                VariableKey::new(key),
                (Some(Answer::Text(format!("{key}{seen}"))), seen),
            )]
            .into(),
            at: now,
            by: Origin::Department(DepartmentId(1)),
        };
        response.apply(&save("eins", 0)).unwrap();
        response.apply(&save("zwei", 0)).unwrap();
        // All is answered, but who has it has not said so.
        assert_eq!(state(&response, &department, None), SectionState::Begun);
        department.sections.insert("a".into(), Some(now));
        assert_eq!(state(&response, &department, None), SectionState::Finished);
        let check = SectionCheck {
            stand: stand(page, &response),
            at: now,
        };
        assert_eq!(
            state(&response, &department, Some(&check)),
            SectionState::Checked
        );
        response.apply(&save("eins", 1)).unwrap();
        assert_eq!(
            state(&response, &department, Some(&check)),
            SectionState::Finished
        );
        department.sections.insert("a".into(), None);
        department.ended = Some(now);
        assert_eq!(state(&response, &department, None), SectionState::Finished);
    }
}
