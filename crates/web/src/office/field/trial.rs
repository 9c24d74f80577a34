//! Trying a wave out: the rehearsal on a copy, test links apart from real ones, and the pretest with its comments.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use fieldwork::{AccessCode, WaveName, test_key};
use serde::Deserialize;
use store::{NewInvitation, PretestStep, StoredWave};

use super::{title, wave};
use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::{Signed, frame};
use crate::practice::mails::token;

/// Minutes after which a page counts as left, not as read.
const LONGEST: i64 = 30;

struct PageView {
    title: String,
    shown: usize,
    minutes: String,
    ended: usize,
}

struct CommentView {
    question: String,
    text: String,
    at: String,
}

#[derive(Template)]
#[template(path = "field/trial.html")]
struct TrialPage {
    frame: Frame,
    back: String,
    here: String,
    pretest: bool,
    pages: Vec<PageView>,
    comments: Vec<CommentView>,
    tests: usize,
    /// The link and code that were just made: shown once.
    made: Option<(String, String)>,
    rehearsed: Vec<(String, String)>,
    error: Option<String>,
    open: bool,
}

#[derive(Deserialize)]
pub(crate) struct Act {
    was: String,
}

#[derive(Default)]
struct Said {
    made: Option<(String, String)>,
    rehearsed: Vec<(String, String)>,
    error: Option<String>,
}

/// For each page how often it was shown, the median of its minutes, and how many saw nothing after it without saving.
fn pages(
    ask: &Ask,
    questionnaire: &questionnaire::Questionnaire,
    steps: &[PretestStep],
) -> Vec<PageView> {
    let mut seconds: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
    let mut ended: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, step) in steps.iter().enumerate() {
        let next = steps
            .get(i + 1)
            .filter(|n| n.municipality == step.municipality);
        if !step.saved {
            *shown.entry(&step.page).or_default() += 1;
            if let Some(next) = next.filter(|n| n.saved && n.page == step.page) {
                let took = next.at.as_second() - step.at.as_second();
                if took <= LONGEST * 60 {
                    seconds.entry(&step.page).or_default().push(took);
                }
            }
            if next.is_none() {
                *ended.entry(&step.page).or_default() += 1;
            }
        }
    }
    let view = |page: &questionnaire::Page| {
        let key = page.key.as_str();
        let mut took = seconds.remove(key).unwrap_or_default();
        took.sort_unstable();
        let median = took.get(took.len() / 2);
        let minutes = median.map(|s| edition::numbers::decimal(ask.lang, *s as f64 / 60.0, 1));
        PageView {
            title: page.title.get(ask.lang).to_owned(),
            shown: shown.get(key).copied().unwrap_or(0),
            minutes: minutes.unwrap_or_else(|| "–".to_owned()),
            ended: ended.get(key).copied().unwrap_or(0),
        }
    };
    questionnaire.pages.iter().map(view).collect()
}

async fn page(
    state: &State,
    ask: &Ask,
    staff: &store::Staff,
    stored: &StoredWave,
    said: Said,
) -> Result<Response, PageError> {
    let name = &stored.wave.name;
    let questionnaire = state.known.questionnaire(stored)?;
    let steps = state.store.pretest_steps(name).await?;
    let comments = state.store.pretest_comments(name).await?;
    let invitations = state.store.invitations(name).await?;
    let number = |key: &str| {
        questionnaire
            .question(key)
            .map_or(String::new(), |q| q.number.clone())
    };
    let page = TrialPage {
        frame: frame(
            state,
            ask,
            staff,
            title(ask, "web-field-trial-title", stored),
        ),
        back: ask.to(&format!("/verwaltung/feld/{name}")),
        here: ask.to(&format!("/verwaltung/feld/{name}/probe")),
        pretest: state.store.is_pretest(name).await?,
        pages: if steps.is_empty() {
            Vec::new()
        } else {
            pages(ask, &questionnaire, &steps)
        },
        comments: comments
            .into_iter()
            .map(|c| CommentView {
                question: number(&c.question),
                text: c.text,
                at: ask.moment(c.at),
            })
            .collect(),
        tests: invitations
            .iter()
            .filter(|i| fieldwork::is_test(&i.municipality))
            .count(),
        made: said.made,
        rehearsed: said.rehearsed,
        error: said.error,
        open: stored.wave.frozen.is_none(),
    };
    Ok(html(&page)?.into_response())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let stored = wave(&state, &name).await?;
    page(&state, &ask, &staff, &stored, Said::default()).await
}

/// A further test response: its key belongs to no municipality, so that it never counts.
async fn test_link(
    state: &State,
    name: &WaveName,
    actor: &str,
) -> Result<(String, String), PageError> {
    let invitations = state.store.invitations(name).await?;
    let last = invitations
        .iter()
        .filter(|i| fieldwork::is_test(&i.municipality))
        .count();
    let key = test_key(last as u32 + 1).ok_or(PageError::Conflict)?;
    let token = token()?;
    let mut bytes = [0; 10];
    getrandom::fill(&mut bytes).map_err(PageError::internal)?;
    let code = AccessCode::from_random(bytes);
    let new = NewInvitation {
        municipality: key,
        link: token.hash(),
        code: code.hash(),
    };
    state
        .store
        .invite(name, "Test", vec![new], state.now(), actor)
        .await?;
    let link = format!("{}/antworten/{}", state.base_url, token.as_str());
    Ok((link, code.grouped()))
}

pub(crate) async fn act(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
    Form(act): Form<Act>,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let stored = wave(&state, &name).await?;
    let (wave, now) = (stored.wave.name.clone(), state.now());
    if stored.wave.frozen.is_some() {
        return Err(PageError::Conflict);
    }
    let mut said = Said::default();
    match act.was.as_str() {
        "proben" => match (state.steps.field.rehearse)(wave, now).await {
            Ok(lines) => {
                let line = |(key, value): (&'static str, String)| (ask.t(key), value);
                said.rehearsed = lines.into_iter().map(line).collect();
            }
            Err(cause) => said.error = Some(cause),
        },
        "test" => said.made = Some(test_link(&state, &wave, &staff.mail).await?),
        "pretest-an" | "pretest-aus" => {
            let on = act.was == "pretest-an";
            state.store.set_pretest(&wave, on, now, &staff.mail).await?;
            state.known.forget(&wave);
            let to = format!("/verwaltung/feld/{name}/probe");
            return Ok(Redirect::to(&ask.to(&to)).into_response());
        }
        _ => return Err(PageError::NotFound),
    }
    page(&state, &ask, &staff, &stored, said).await
}
