//! The permission to quote, beside each long text: kept with the answers, and no answer itself.

use fieldwork::{Response, Save};
use questionnaire::{Answer, Page, Question, QuestionKind, VariableKey};

use crate::answer::view::OptionView;
use crate::frame::Ask;

/// How an answer may be quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quote {
    /// With the municipality's name.
    Name,
    /// With its type and size only.
    KindAndSize,
    /// Not at all: also where nothing was chosen.
    Not,
}

const WORDS: [(Quote, &str); 3] = [
    (Quote::Name, "name"),
    (Quote::KindAndSize, "art"),
    (Quote::Not, "nein"),
];

impl Quote {
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        WORDS
            .iter()
            .find(|(_, w)| *w == word)
            .map(|(quote, _)| *quote)
    }
}

/// Where the permission for one question is kept. No questionnaire has a variable of this key, so that no dataset has
/// a column of it.
pub(crate) fn variable(question: &str) -> VariableKey {
    VariableKey(format!("{question}._zitat"))
}

/// Name of the radio buttons.
pub(crate) fn field(question: &str) -> String {
    format!("_zitat.{question}")
}

/// The three choices beside a long text.
pub(crate) fn options(question: &Question, chosen: Option<&str>, ask: &Ask) -> Vec<OptionView> {
    let option = |(_, word): (Quote, &str)| OptionView {
        id: format!("zitat-{}-{word}", question.key),
        name: field(&question.key),
        value: word.to_owned(),
        label: ask.q(&format!("coding-quote-{word}")),
        checked: chosen == Some(word),
        rest: false,
        gap: false,
        beside: Vec::new(),
        alone: false,
        later: None,
    };
    WORDS.map(option).into()
}

/// Adds the permissions that a page sent to what is saved.
pub(crate) fn add(save: &mut Save, page: &Page, sent: &[(String, String)], before: &Response) {
    let long = page
        .questions
        .iter()
        .filter(|q| matches!(q.kind, QuestionKind::LongText { .. }));
    for question in long {
        let name = field(&question.key);
        let word = sent.iter().find(|(n, _)| *n == name).map(|(_, word)| word);
        if let Some(word) = word.filter(|word| Quote::from_word(word).is_some()) {
            let key = variable(&question.key);
            let version = before.version(&key);
            save.changes
                .insert(key, (Some(Answer::Choice(word.clone())), version));
        }
    }
}

/// What stands: the field's name and the word, as a browser would send it.
pub(crate) fn standing(
    question: &Question,
    response: &questionnaire::Answers,
) -> Option<(String, String)> {
    match response.get(&variable(&question.key)) {
        Some(Answer::Choice(word)) => Some((field(&question.key), word.clone())),
        _ => None,
    }
}
