//! Two windows on the same page: the second save is shown what the first one changed, and chooses.

use std::collections::BTreeSet;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use fieldwork::Conflict;
use questionnaire::{Answer, Answers, Page, Question, VariableKey};

use crate::State;
use crate::answer::access::Access;
use crate::answer::beside::{self, Beside};
use crate::answer::stand::{self, Stand};
use crate::answer::view::Fields;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};

/// Name of the radios: `_wahl.<variable>`, with `gespeichert` or `ihre:<version that was shown beside it>`.
const CHOICE: &str = "_wahl.";

struct Pair {
    name: String,
    id: String,
    label: String,
    question: Option<String>,
    yours: String,
    theirs: String,
    saved: String,
    /// The saved version that is shown: overwriting it is allowed, a newer one is not.
    version: u32,
}

#[derive(Template)]
#[template(path = "answer/conflict.html")]
struct ConflictPage {
    frame: Frame,
    municipality: String,
    hidden: Vec<(String, String)>,
    pairs: Vec<Pair>,
}

/// The page with both values side by side.
pub(crate) fn page(
    state: &State,
    ask: &Ask,
    access: &Access,
    page: &Page,
    (sent, stand, beside): (&[(String, String)], &Stand, &Beside),
    conflicts: Vec<Conflict>,
) -> Result<Response, PageError> {
    let questionnaire = &access.questionnaire;
    let words = |variable: &VariableKey, answer: &Option<Answer>| match answer {
        Some(answer) => questionnaire.describe(variable, answer, ask.lang),
        None => ask.t("web-answer-conflict-none"),
    };
    let mut pairs = Vec::new();
    for conflict in &conflicts {
        let variable = &conflict.variable;
        let Some(known) = questionnaire.variable(variable) else {
            continue;
        };
        let question = known.question.text.get(ask.lang).to_owned();
        let item = known.part.label(ask.lang);
        pairs.push(Pair {
            name: format!("{CHOICE}{variable}"),
            id: format!("wahl-{variable}"),
            label: item.clone().unwrap_or_else(|| question.clone()),
            question: item.map(|_| question),
            yours: words(variable, &conflict.yours),
            theirs: words(variable, &conflict.theirs.answer),
            saved: ask.tv(
                "together-conflict-saved",
                &[
                    ("who", &beside.who(ask, access, &conflict.theirs.by)),
                    ("when", &beside::when(state, ask, conflict.theirs.saved)),
                ],
            ),
            version: conflict.theirs.version,
        });
    }
    let own = |(name, _): &&(String, String)| name != stand::NAME && !name.starts_with(CHOICE);
    let mut hidden: Vec<(String, String)> = sent.iter().filter(own).cloned().collect();
    hidden.push((stand::NAME.to_owned(), stand.write()));
    let page = ConflictPage {
        frame: access.frame(
            state,
            ask,
            ask.tv(
                "web-answer-conflict-title",
                &[("page", page.title.get(ask.lang))],
            ),
        ),
        municipality: access.municipality.clone(),
        hidden,
        pairs,
    };
    Ok((StatusCode::CONFLICT, html(&page)?).into_response())
}

/// Takes the choices out of what was sent. Returns the rest and the variables whose saved answer is kept.
/// A choice for one's own answer counts for the saved version that was shown beside it, and for no newer one.
pub(crate) fn resolve(
    sent: Vec<(String, String)>,
    mut stand: Stand,
) -> (Vec<(String, String)>, Stand, BTreeSet<VariableKey>) {
    let mut theirs = BTreeSet::new();
    let mut rest = Vec::new();
    for (name, value) in sent {
        let Some(variable) = name.strip_prefix(CHOICE).map(VariableKey::from) else {
            rest.push((name, value));
            continue;
        };
        match value.strip_prefix("ihre:").map(str::parse) {
            Some(Ok(version)) => stand.seen(&variable, version),
            _ => {
                theirs.insert(variable);
            }
        }
    }
    (rest, stand, theirs)
}

/// Puts what is saved in the place of what was sent for these variables, so that the page shows it where it is shown
/// once more: their saved answer was chosen, or somebody else changed what this writer left as it was.
pub(crate) fn kept(
    page: &Page,
    sent: Vec<(String, String)>,
    theirs: &BTreeSet<VariableKey>,
    saved: &Answers,
    ask: &Ask,
) -> Vec<(String, String)> {
    if theirs.is_empty() {
        return sent;
    }
    let questions: Vec<&Question> = page.questions.iter().collect();
    let known: Vec<VariableKey> = questions.iter().flat_map(|q| q.variables()).collect();
    // A field belongs to the longest variable that its name begins with: `a.b.text` is no part of the answer to `a`.
    let field_of = |name: &str| {
        let begins = |v: &&VariableKey| {
            let rest = name.strip_prefix(v.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        known.iter().filter(begins).max_by_key(|v| v.as_str().len())
    };
    let own = |(name, _): &(String, String)| field_of(name).is_none_or(|v| !theirs.contains(v));
    let mut rest: Vec<(String, String)> = sent.into_iter().filter(own).collect();
    let answers = saved.iter().filter(|(v, _)| theirs.contains(v));
    let answers: Answers = answers.map(|(v, a)| (v.clone(), a.clone())).collect();
    let standing = Fields::standing(&questions, &answers, ask).pairs();
    rest.extend(standing.filter(|(name, _)| field_of(name).is_some()));
    rest
}
