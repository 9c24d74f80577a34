//! The history of changes after submitting: for the municipality only.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use questionnaire::{Answer, VariableKey};

use crate::State;
use crate::answer::access::Access;
use crate::answer::beside::{Beside, wording};
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};

struct ChangeView {
    when: String,
    who: String,
    what: String,
    before: String,
    after: String,
}

#[derive(Template)]
#[template(path = "together/changes.html")]
struct ChangesPage {
    frame: Frame,
    municipality: String,
    submitted: Option<String>,
    changes: Vec<ChangeView>,
    back_href: String,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Parts,
) -> Result<Response, PageError> {
    let access = Access::find(&state, &token, &parts).await?;
    let (wave, key) = (&access.invitation.wave, &access.invitation.municipality);
    let beside = Beside::load(&state, &access).await?;
    let changes = state.store.answer_changes(wave, key).await?;
    let words = |variable: &VariableKey, answer: &Option<Answer>| match answer {
        Some(answer) => access.questionnaire.describe(variable, answer, ask.lang),
        None => ask.t("web-answer-conflict-none"),
    };
    let view = |c: &store::AnswerChange| ChangeView {
        when: ask.moment(c.at),
        who: beside.who(&ask, &access, &c.by),
        what: wording(&access, &ask, &c.variable),
        before: words(&c.variable, &c.before),
        after: words(&c.variable, &c.after),
    };
    let submitted = access.invitation.submitted;
    let page = ChangesPage {
        frame: access
            .frame(&state, &ask, ask.t("together-changes-title"))
            .wide(),
        municipality: access.municipality.clone(),
        submitted: submitted
            .map(|at| ask.tv("web-answer-first-submitted", &[("moment", &ask.moment(at))])),
        changes: changes.iter().map(view).collect(),
        back_href: ask.to(&access.path("/aufgabenliste")),
    };
    Ok(html(&page)?.into_response())
}
