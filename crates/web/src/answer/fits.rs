//! Examples that fit what a municipality answered, with reasons and what they presuppose: behind its own link only.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use findings::{FeedbackNeed, MatchedExample, fitting_examples};

use crate::State;
use crate::answer::access::Access;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::practice::field;
use crate::practice::fitting::matching;

/// Examples beside each need.
const MOST: usize = 5;

struct ExampleView {
    href: String,
    title: String,
    place: String,
    reason: String,
    missing: Option<String>,
    there: Option<String>,
    also: Option<String>,
    requires: String,
}

struct NeedView {
    need: String,
    field: String,
    examples: Vec<ExampleView>,
}

#[derive(Template)]
#[template(path = "answer/fits.html")]
struct FitsPage {
    frame: Frame,
    municipality: String,
    needs: Vec<NeedView>,
    profile: String,
    back: String,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Parts,
) -> Result<Response, PageError> {
    let access = Access::find(&state, &token, &parts).await?;
    let key = &access.invitation.municipality;
    let list = access.stored.register_list;
    let register = state.known.register(&state.store, list).await?;
    let municipality = register
        .get(key)
        .ok_or_else(|| PageError::internal(format!("{key} is not in the list of its wave")))?;
    let questionnaire = &access.questionnaire;
    let matching = matching(&state, &access.stored, questionnaire).await?;
    let answers = access.standing.answers();
    let route = questionnaire.variables_on_route(answers);
    let asked = answers.iter().filter(|(key, _)| route.contains(*key));
    let asked = asked.map(|(key, answer)| (key.clone(), answer.clone()));
    let asked = asked.collect();
    let needs = fitting_examples(questionnaire, &asked, municipality, &matching, MOST);
    let fields = state.store.fields_of_action().await?;
    let view = |need: &FeedbackNeed| NeedView {
        need: need.need.get(ask.lang).to_owned(),
        field: field(ask.lang, &fields, &need.field),
        examples: need.examples.iter().map(|e| example(&ask, e)).collect(),
    };
    let page = FitsPage {
        needs: needs.iter().map(view).collect(),
        frame: access.frame(&state, &ask, ask.t("web-fit-title")),
        municipality: access.municipality.clone(),
        profile: crate::place::href(&ask, municipality),
        back: ask.to(&access.path(match access.invitation.submitted {
            Some(_) => "/vergleichsblatt",
            None => "/pruefen",
        })),
    };
    Ok(html(&page)?.into_response())
}

fn example(ask: &Ask, example: &MatchedExample) -> ExampleView {
    let said = |key: &str, what: &questionnaire::Text| {
        let what = what.get(ask.lang);
        (!what.is_empty()).then(|| ask.tv(key, &[("what", what)]))
    };
    ExampleView {
        href: ask.to(&format!("/beispiele/{}", example.practice)),
        title: example.title.clone(),
        place: example.municipality.clone(),
        reason: example.reason.get(ask.lang).to_owned(),
        missing: said("web-fit-missing", &example.missing),
        there: said("web-fit-there", &example.there),
        also: said("web-fit-also", &example.also),
        requires: example.requires.clone(),
    }
}
