//! One page of the questionnaire, shown.

use askama::Template;
use axum::extract::{Path, Query, State as Extract};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use fieldwork::Phase;
use questionnaire::{Answers, Lang, Page, Question, QuestionKind, VariableKey, plain};
use serde::Deserialize;
use store::Standing;

use crate::State;
use crate::answer::access::{Access, saved_line};
use crate::answer::beside::{Beside, BesideView};
use crate::answer::drawn::Words;
use crate::answer::stand::{self, Stand};
use crate::answer::tongue::{self, Tongue};
use crate::answer::view::{self, Errors, Fields, KindView, QuestionView};
use crate::answer::{closed, script, upload};
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::layers;

/// Name of the hidden field with the required questions that the page has already named as open.
pub(crate) const TOLD: &str = "_genannt";
/// Name of the buttons.
pub(crate) const WAY: &str = "_weg";

/// A line of the error summary.
#[derive(Clone)]
pub(crate) struct Fault {
    pub anchor: String,
    pub text: String,
}

/// What is said above the questions.
#[derive(Default)]
pub(crate) struct Said {
    pub title: String,
    pub text: Option<String>,
    pub faults: Vec<Fault>,
    pub errors: Errors,
    /// Variables that were named as open, for the hidden field.
    pub told: String,
    pub note: Option<String>,
    /// Variables whose answer could not be read: their writer has not seen what others saved meanwhile.
    pub unread: Vec<VariableKey>,
    /// Who gave the answers, and the comments of the house.
    pub beside: Beside,
}

#[derive(Template)]
#[template(path = "answer/page.html")]
struct QuestionPage {
    frame: Frame,
    municipality: String,
    progress: String,
    place: usize,
    of: usize,
    saved: Option<String>,
    changed_note: Option<String>,
    summary_title: String,
    summary_text: Option<String>,
    faults: Vec<Fault>,
    intro: Option<String>,
    /// Where the form with its files is sent, where the page takes files.
    files: Option<String>,
    /// Language of the questions, where it is not that of the page.
    tongue: Option<String>,
    /// Whether it is written from right to left.
    from_the_right: bool,
    tongues: Vec<Tongue>,
    seen_name: &'static str,
    seen: String,
    told_name: &'static str,
    told: String,
    way_name: &'static str,
    /// Address of the script, where the page has something for it.
    script: Option<&'static str>,
    /// What the script shows and hides, as JSON.
    live: Option<String>,
    /// Where it asks for municipalities.
    places_href: String,
    questions: Vec<QuestionView>,
    /// One a question.
    beside: Vec<BesideView>,
    whole: bool,
    /// Fields for comments in a pretest: name and label.
    comments: Vec<(String, String)>,
    back: String,
    review_href: String,
    first_href: String,
}

/// What a redirect tells the page that it leads to.
#[derive(Deserialize)]
pub(crate) struct Told {
    /// Question that has just come up.
    neu: Option<String>,
    /// Page on which somebody else changed answers in the meantime.
    inzwischen: Option<String>,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path((token, page)): Path<(String, String)>,
    Query(told): Query<Told>,
    ask: Ask,
    parts: Parts,
) -> Result<Response, PageError> {
    let access = Access::find_any(&state, &token, &parts).await?;
    if !access.sees(&page) {
        return Err(PageError::NotFound);
    }
    let response = &access.standing;
    if access.phase(&state) != Phase::Open {
        return closed::page(&state, &ask, &access, response, Vec::new());
    }
    let questionnaire = access.questionnaire.clone();
    let page = questionnaire.page(&page).ok_or(PageError::NotFound)?;
    if !page.is_visible(response.answers()) {
        return Ok(Redirect::to(&ask.to(&access.end())).into_response());
    }
    super::pretest::shown(&state, &access, page).await?;
    let elsewhere = told.inzwischen.and_then(|key| questionnaire.page(&key));
    let note = match (told.neu, elsewhere) {
        (Some(_), _) => Some(ask.t("web-answer-page-new-question")),
        (None, Some(other)) => {
            let title = other.title.get(ask.lang);
            Some(ask.tv("web-answer-page-changed-elsewhere", &[("page", title)]))
        }
        (None, None) => None,
    };
    let said = Said {
        note,
        beside: Beside::load(&state, &access).await?,
        ..Said::default()
    };
    draw(&state, &ask, &access, page, response, None, said)
}

/// Draws the page: with what stands, or with what was `sent` where it could not be taken.
pub(crate) fn draw(
    state: &State,
    ask: &Ask,
    access: &Access,
    page: &Page,
    response: &Standing,
    sent: Option<(&Stand, &[(String, String)])>,
    said: Said,
) -> Result<Response, PageError> {
    let answers = response.answers();
    // Texts insert answers; those of sections that this writer does not see stay out.
    let known = access.known(answers);
    let ask = &ask.for_questions_in(access.questionnaire.tag(ask.lang));
    let live = access.questionnaire.live(page, answers, &known, ask.lang);
    let drawn = |q: &&Question| q.is_visible(answers) || live.question(&q.key);
    let questions: Vec<&Question> = page.questions.iter().filter(drawn).collect();
    let mut standing = Fields::standing(&questions, answers, ask);
    for question in &questions {
        standing.defaults(question, response, ask);
    }
    let words = Words {
        questionnaire: &access.questionnaire,
        answers: &known,
        all: answers,
        live: Some((&live, response)),
        register: &access.register,
    };
    let shown = page.visible_questions(answers);
    let mut seen = Stand::of(&shown, answers, response);
    if let Some((before, _)) = sent {
        seen.keep(before, &said.unread);
    }
    let typed = sent.map(|(stand, pairs)| (stand, Fields::sent(pairs)));
    let draw = |q: &&Question| {
        let fields = match &typed {
            Some((stand, typed)) if stand.asked(&q.key) => typed,
            _ => &standing,
        };
        let mut view = view::question(q, fields, &said.errors, &words, ask);
        view.later = (!q.is_visible(answers)).then(|| view::Later {
            was: format!("q:{}", q.key),
            stand: Stand::of(&[q], answers, response).write(),
        });
        view
    };
    let views = questions.iter().map(draw).collect();
    let script = script::serves(page, &live).then(|| script::address(ask));
    let lively = (!live.is_empty()).then(|| serde_json::to_string(&live));
    let files = upload::takes_files(page)
        .then(|| ask.to(&access.path(&format!("/seite/{}/dateien", page.key))));
    let (place, of) = place(access, page, answers);
    let (p, n) = (place.to_string(), of.to_string());
    let first = access.previous_page(&page.key, answers).is_none();
    let battery = questions.iter().any(|q| {
        matches!(
            q.kind,
            QuestionKind::Battery { .. } | QuestionKind::Ticks { .. }
        )
    });
    let mut frame = access.frame(state, ask, page.title.get(ask.lang));
    frame.wide = battery;
    let comments = super::pretest::fields(access, page, ask);
    let page = QuestionPage {
        frame,
        comments,
        municipality: access.municipality.clone(),
        progress: ask.tv("web-answer-page-progress", &[("place", &p), ("of", &n)]),
        place,
        of,
        saved: saved_line(state, ask, response),
        changed_note: said.note,
        summary_title: said.title,
        summary_text: said.text,
        faults: said.faults,
        intro: page.intro.as_ref().map(|t| words.html(t, ask.lang)),
        files,
        from_the_right: tongue::from_the_right(access.questionnaire.tag(ask.lang)),
        tongues: tongue::choices(access, ask),
        tongue: Some(access.questionnaire.tag(ask.lang).to_owned())
            .filter(|tag| tag != questionnaire_tag(ask.lang)),
        seen_name: stand::NAME,
        seen: seen.write(),
        told_name: TOLD,
        told: said.told,
        way_name: WAY,
        script,
        live: lively.transpose().map_err(PageError::internal)?,
        places_href: access.path("/kommunen?q="),
        questions: views,
        beside: said.beside.views(ask, access, &questions, response),
        whole: access.end() != access.path(""),
        back: ask.q(if first {
            "web-answer-page-back-first"
        } else {
            "web-answer-page-back"
        }),
        review_href: ask.to(&access.path("/pruefen")),
        first_href: ask.to(&access.path("")),
    };
    let scripted = page.script.is_some();
    let mut response = html(&page)?.into_response();
    if scripted {
        let policy = HeaderValue::from_static(layers::SCRIPT_POLICY);
        response
            .headers_mut()
            .insert(CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

fn questionnaire_tag(lang: Lang) -> &'static str {
    match lang {
        Lang::De => "de",
        Lang::En => "en",
    }
}

/// Which page of how many on this route.
fn place(access: &Access, page: &Page, answers: &Answers) -> (usize, usize) {
    let mut pages = access.questionnaire.visible_pages(answers);
    pages.retain(|p| access.sees(&p.key));
    let place = pages.iter().position(|p| p.key == page.key);
    (place.map_or(1, |p| p + 1), pages.len())
}

/// A line of the summary for one variable: the question's number and its wording, or the item's.
pub(crate) fn fault(
    access: &Access,
    ask: &Ask,
    variable: &VariableKey,
    text: Option<&str>,
) -> Option<Fault> {
    let v = access.questionnaire.variable(variable)?;
    let item = v.part.label(ask.lang).map(|label| plain(&label));
    let whole = plain(v.question.text.get(ask.lang));
    let wording = item.as_ref().unwrap_or(&whole);
    let number = &v.question.number;
    let text = match (text, &item) {
        (Some(text), Some(_)) => format!("{number}, {wording}: {text}"),
        (Some(text), None) => {
            let question = ask.tv("web-answer-page-question", &[("number", number)]);
            format!("{question}: {text}")
        }
        (None, _) => format!("{number} {wording}"),
    };
    Some(Fault {
        anchor: view::anchor(v.question, variable),
        text,
    })
}
