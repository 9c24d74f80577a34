//! `/kommune/abstand`: how likeness is measured, with the weights as the program has them.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::{IntoResponse, Response};
use edition::numbers;
use register::Weights;

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};

struct Step {
    what: String,
    step: String,
    weight: String,
}

#[derive(Template)]
#[template(path = "place/method.html")]
struct MethodPage {
    frame: Frame,
    steps: Vec<Step>,
    formula: String,
    find: String,
}

pub(crate) async fn show(Extract(state): Extract<State>, ask: Ask) -> Result<Response, PageError> {
    let weights = Weights::default();
    let weights = [
        ("inhabitants", weights.inhabitants),
        ("density", weights.density),
        ("kind", weights.kind),
        ("urbanisation", weights.urbanisation),
        ("land", weights.land),
    ]
    .map(|(word, weight)| (word, numbers::decimal(ask.lang, weight, 1)));
    let written = weights.each_ref().map(|(word, w)| (*word, w.as_str()));
    let page = MethodPage {
        frame: Frame::new(&state, &ask, ask.t("web-place-method-title")),
        formula: ask.tv("web-place-method-written", &written),
        steps: weights
            .into_iter()
            .map(|(word, weight)| Step {
                what: ask.t(&format!("web-place-of-{word}")),
                step: ask.t(&format!("web-place-step-{word}")),
                weight,
            })
            .collect(),
        find: ask.to("/kommune"),
    };
    Ok(html(&page)?.into_response())
}
