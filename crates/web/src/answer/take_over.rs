//! Facts of an earlier wave may be taken over with the contact's consent: one by one or by section, and marked.
//!
//! Only where the lineage says comparable, and only facts: numbers and choices. How somebody judged something then is
//! no answer for now, so scales and batteries are asked afresh, and texts are written afresh.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use fieldwork::{Origin, Phase, Save, WaveName};
use questionnaire::lineage::links;
use questionnaire::{Answer, Question, QuestionKind, Questionnaire, VariableKey};

use crate::State;
use crate::answer::access::Access;
use crate::answer::closed;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};

/// An earlier answer that may be taken over.
pub(crate) struct Offer {
    variable: VariableKey,
    answer: Answer,
    wave: WaveName,
    /// Title of that wave.
    from: String,
}

struct OfferView {
    key: String,
    label: String,
    answer: String,
}

struct GroupView {
    key: String,
    title: String,
    offers: Vec<OfferView>,
}

#[derive(Template)]
#[template(path = "together/take_over.html")]
struct TakeOverPage {
    frame: Frame,
    municipality: String,
    lead: String,
    groups: Vec<GroupView>,
    error: Option<String>,
    back_href: String,
}

/// Whether an answer to this question is a fact rather than a judgement.
fn is_fact(question: &Question) -> bool {
    match question.kind {
        QuestionKind::Number { .. } | QuestionKind::Multiple { .. } => true,
        QuestionKind::Single { ordered, .. } => !ordered,
        _ => false,
    }
}

/// Whether the present questionnaire still offers what was answered.
fn still_offered(question: &Question, answer: &Answer) -> bool {
    let codes = question.codes();
    let known = |key: &String| codes.iter().any(|(code, _)| code == key);
    match answer {
        Answer::Choice(key) => known(key),
        Answer::Choices(keys) => keys.iter().all(known),
        Answer::Number(_) => matches!(question.kind, QuestionKind::Number { .. }),
        // "weiß nicht" of then is no knowledge of now.
        _ => false,
    }
}

/// The questions that may be taken over, each with its variable in the earlier questionnaire.
fn comparable(old: &Questionnaire, new: &Questionnaire) -> BTreeMap<String, VariableKey> {
    let Some(links) = links(old, new) else {
        return BTreeMap::new();
    };
    let facts = new.questions().filter(|q| is_fact(q));
    let pair = |question: &Question| {
        let own: Vec<_> = links
            .iter()
            .filter(|l| l.question == question.key)
            .collect();
        let whole = own.iter().all(|l| l.refused.is_none() && l.as_is);
        let before = own.first()?.old.first()?.question().to_owned();
        let same = own
            .iter()
            .all(|l| l.old.iter().all(|o| o.question() == before));
        (whole && same).then(|| (question.key.clone(), VariableKey::new(before)))
    };
    facts.filter_map(pair).collect()
}

/// What may be taken over now: of the newest earlier wave that the lineage links to, and only where nothing is answered.
pub(crate) async fn earlier(state: &State, access: &Access) -> Result<Vec<Offer>, PageError> {
    let (present, key) = (access.wave(), &access.invitation.municipality);
    for stored in state.store.waves().await? {
        // A wave that was extended and closed before its last day is over as well.
        let over = stored.wave.frozen.is_some() || stored.wave.closes <= present.opens;
        if stored.wave.name == present.name || stored.wave.opens >= present.opens || !over {
            continue;
        }
        let old = state.known.questionnaire(&stored)?;
        let wave = (&stored.wave.name, old.as_ref());
        let known = &state.known;
        let related = known.related(&state.store, wave, &present.name, &access.questionnaire);
        let pairs = comparable(&old, &related.await?);
        if pairs.is_empty() {
            continue;
        }
        let then = state
            .store
            .response(&stored.wave.name, key)
            .await?
            .answers();
        let offer = |(question, before): (String, VariableKey)| {
            let variable = VariableKey::new(&question);
            let answer = then.get(&before)?.clone();
            let asked = access.questionnaire.question(&question)?;
            let open = !access.standing.answers().contains_key(&variable);
            (open && still_offered(asked, &answer)).then(|| Offer {
                variable,
                answer,
                wave: stored.wave.name.clone(),
                from: stored.wave.title.de.clone(),
            })
        };
        return Ok(pairs.into_iter().filter_map(offer).collect());
    }
    Ok(Vec::new())
}

fn page(
    state: &State,
    ask: &Ask,
    access: &Access,
    offers: &[Offer],
    error: Option<String>,
) -> Result<Response, PageError> {
    let status = if error.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let questionnaire = &access.questionnaire;
    let group = |page: &questionnaire::Page| {
        let here = page.questions.iter().filter_map(|q| {
            let offer = offers.iter().find(|o| o.variable.question() == q.key)?;
            Some(OfferView {
                key: q.key.clone(),
                label: format!("{} {}", q.number, q.text.get(ask.lang)),
                answer: questionnaire.describe(&offer.variable, &offer.answer, ask.lang),
            })
        });
        GroupView {
            key: page.key.clone(),
            title: page.title.get(ask.lang).to_owned(),
            offers: here.collect(),
        }
    };
    let mut groups: Vec<GroupView> = questionnaire.pages.iter().map(group).collect();
    groups.retain(|g| !g.offers.is_empty());
    let from = offers.first().map_or("", |o| &o.from);
    let page = TakeOverPage {
        frame: access.frame(state, ask, ask.t("together-take-title")),
        municipality: access.municipality.clone(),
        lead: if offers.is_empty() {
            ask.t("together-take-none")
        } else {
            ask.tv("together-take-lead", &[("wave", from)])
        },
        groups,
        error,
        back_href: ask.to(&access.path("/aufgabenliste")),
    };
    Ok((status, html(&page)?).into_response())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Parts,
) -> Result<Response, PageError> {
    let access = Access::find(&state, &token, &parts).await?;
    if access.phase(&state) != Phase::Open {
        let standing = access.standing.clone();
        return closed::page(&state, &ask, &access, &standing, Vec::new());
    }
    let offers = earlier(&state, &access).await?;
    page(&state, &ask, &access, &offers, None)
}

/// Takes over what was ticked: single answers, or all of a section.
pub(crate) async fn take(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Parts,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let access = Access::find(&state, &token, &parts).await?;
    let before = access.standing.clone();
    if access.phase(&state) != Phase::Open {
        return closed::refused(&state, &ask, &access, &before, Vec::new());
    }
    let offers = earlier(&state, &access).await?;
    let ticked = |name: &str, value: &str| sent.iter().any(|(n, v)| n == name && v == value);
    let wanted = |o: &&Offer| {
        let question = o.variable.question();
        let section = access.questionnaire.page_of(question);
        ticked("frage", question) || section.is_some_and(|p| ticked("abschnitt", &p.key))
    };
    let wanted: Vec<&Offer> = offers.iter().filter(wanted).collect();
    let Some(first) = wanted.first() else {
        let error = Some(ask.t("together-take-nothing"));
        return page(&state, &ask, &access, &offers, error);
    };
    let save = Save {
        by: Origin::TakenOver(first.wave.clone()),
        changes: wanted
            .iter()
            .map(|o| {
                let seen = before.version(&o.variable);
                (o.variable.clone(), (Some(o.answer.clone()), seen))
            })
            .collect(),
        at: state.now(),
    };
    // Where somebody has answered in this moment, nothing is taken over: the list is shown anew.
    match state.store.save_after(&before, save).await? {
        store::SaveOutcome::Saved(_) => {
            Ok(Redirect::to(&ask.to(&access.path("/aufgabenliste"))).into_response())
        }
        store::SaveOutcome::Conflict(_) => {
            Ok(Redirect::to(&ask.to(&access.path("/uebernehmen"))).into_response())
        }
        store::SaveOutcome::Closed => closed::refused(&state, &ask, &access, &before, Vec::new()),
    }
}
