//! The routing of a wave's questionnaire as a picture: which pages a kind of respondent sees.

use askama::Template;
use axum::extract::{Path, Query, State as Extract};
use axum::response::{IntoResponse, Response};
use questionnaire::{Answers, Questionnaire, Seen, Value, VariableKey, plain};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::{Signed, frame};

/// A variable that decides: choices as a list, everything else as a field.
struct Deciding {
    id: String,
    name: String,
    label: String,
    several: bool,
    options: Vec<(String, String, bool)>,
    value: String,
}

struct Step {
    title: String,
    word: &'static str,
    seen: bool,
    because: Option<String>,
    questions: Vec<(String, &'static str, String)>,
}

#[derive(Template)]
#[template(path = "office/paths.html")]
struct PathsPage {
    frame: Frame,
    back: String,
    wave: String,
    deciding: Vec<Deciding>,
    problems: Vec<String>,
    seen: String,
    svg: String,
    steps: Vec<Step>,
}

/// Fields of a form as a browser sends it.
type Sent = Vec<(String, String)>;

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(wave): Path<String>,
    Query(sent): Query<Sent>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let name = fieldwork::WaveName(wave.clone());
    let known = state.known.wave(&state.store, &name, state.now()).await?;
    let known = known.ok_or(PageError::NotFound)?;
    let questionnaire = &known.questionnaire;
    let given: Sent = sent
        .into_iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .collect();
    let (answers, problems) = questionnaire.kind_of(&given);
    let steps = steps(questionnaire, &answers, &ask);
    let (count, all) = (steps.iter().filter(|s| s.seen).count(), steps.len());
    let page = PathsPage {
        frame: frame(&state, &ask, &staff, ask.t("answer-types-paths-title")),
        back: ask.to(&format!("/verwaltung/ruecklauf/{wave}")),
        wave: known.stored.wave.title.get(ask.lang).to_owned(),
        deciding: deciding(questionnaire, &given, &ask),
        problems: problems.iter().map(|p| p.message(ask.lang)).collect(),
        seen: ask.tv(
            "answer-types-paths-seen",
            &[("count", &count.to_string()), ("all", &all.to_string())],
        ),
        svg: questionnaire.path_svg(&answers, ask.lang),
        steps,
    };
    Ok(html(&page)?.into_response())
}

fn steps(questionnaire: &Questionnaire, answers: &Answers, ask: &Ask) -> Vec<Step> {
    let word = |seen: Seen| seen.word(ask.lang);
    let path = questionnaire.path_of(answers).into_iter();
    path.map(|path| Step {
        title: plain(path.page.title.get(ask.lang)),
        word: word(path.seen),
        seen: path.seen == Seen::Yes,
        because: path.because.map(str::to_owned),
        questions: path
            .questions
            .iter()
            .filter_map(|(question, seen)| {
                let condition = question.show_if.as_ref()?;
                let label = format!("{} {}", question.number, plain(question.text.get(ask.lang)));
                Some((label, word(*seen), condition.source.clone()))
            })
            .collect(),
    })
    .collect()
}

fn deciding(questionnaire: &Questionnaire, given: &Sent, ask: &Ask) -> Vec<Deciding> {
    let view = |key: VariableKey| {
        let variable = questionnaire.variable(&key)?;
        let label = variable.part.label(ask.lang);
        let wording = plain(variable.question.text.get(ask.lang));
        let has = |value: &str| given.iter().any(|(n, v)| *n == key.0 && v == value);
        let codes = variable.codes().into_iter();
        let ranking = matches!(variable.part.value, Value::Ranking { .. });
        let value = given.iter().find(|(name, _)| *name == key.0);
        Some(Deciding {
            id: format!("weg-{key}"),
            name: key.to_string(),
            label: match label {
                Some(label) => format!("{} {wording} {label}", variable.question.number),
                None => format!("{} {wording}", variable.question.number),
            },
            several: matches!(variable.part.value, Value::Choices { .. }),
            options: codes
                .filter(|_| !ranking || !variable.codes().is_empty())
                .map(|(code, text)| (code.to_owned(), plain(text.get(ask.lang)), has(code)))
                .collect(),
            value: value.map(|(_, value)| value.clone()).unwrap_or_default(),
        })
    };
    questionnaire
        .deciding()
        .into_iter()
        .filter_map(view)
        .collect()
}
