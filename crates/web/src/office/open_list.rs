//! The open questions of all closed waves, with how far they are coded.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::{IntoResponse, Response};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::open::{Open, texts};
use crate::office::session::{Signed, frame};

struct QuestionRow {
    wave: String,
    wording: String,
    answers: usize,
    codes: usize,
    mine: usize,
    both: usize,
    settled: usize,
    frame_href: String,
    code_href: String,
    compare_href: String,
    quotes_href: String,
}

#[derive(Template)]
#[template(path = "office/open_list.html")]
struct OpenListPage {
    frame: Frame,
    rows: Vec<QuestionRow>,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let mut rows = Vec::new();
    for stored in state.store.waves().await? {
        let name = &stored.wave.name;
        let Some(dataset) = state.store.dataset(name).await? else {
            continue;
        };
        for (variable, ..) in texts(&dataset) {
            let open = Open::load(&state, &name.0, &variable.0).await?;
            let coders = |unit: &str| open.by_coder(unit);
            let count = |holds: &dyn Fn(&str) -> bool| {
                open.answers.iter().filter(|a| holds(&a.unit)).count()
            };
            rows.push(QuestionRow {
                wave: open.title.get(ask.lang).to_owned(),
                wording: open.wording.get(ask.lang).to_owned(),
                answers: open.answers.len(),
                codes: open.frame.codes.len(),
                mine: count(&|unit| coders(unit).contains_key(&staff.mail)),
                both: count(&|unit| coders(unit).len() > 1),
                settled: count(&|unit| open.settled(unit).is_some()),
                frame_href: ask.to(&open.path("codes")),
                code_href: ask.to(&open.path("kodieren")),
                compare_href: ask.to(&open.path("abgleich")),
                quotes_href: ask.to(&open.path("zitate")),
            });
        }
    }
    let page = OpenListPage {
        frame: frame(&state, &ask, &staff, ask.t("coding-list-title")),
        rows,
    };
    Ok(html(&page)?.into_response())
}
