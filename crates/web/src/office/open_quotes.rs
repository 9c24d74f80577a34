//! What may be quoted: answers to an open question, each by the permission that stands beside it.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Response};
use questionnaire::{Answer, Lang};
use register::Municipality;

use crate::State;
use crate::answer::quote::{self, Quote};
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::open::Open;
use crate::office::session::{Signed, frame};

struct QuoteView {
    text: String,
    by: String,
}

#[derive(Template)]
#[template(path = "office/open_quotes.html")]
struct OpenQuotesPage {
    frame: Frame,
    list_href: String,
    wave: String,
    wording: String,
    quotes: Vec<QuoteView>,
    not: usize,
}

/// "kreisangehörige Stadt, 5.000 bis unter 20.000 Einwohner"
fn kind_and_size(unit: &Municipality, lang: Lang) -> String {
    let class = unit.size_class();
    match lang {
        Lang::De => format!("{}, {}", unit.kind.german(), class.range_german()),
        Lang::En => format!("{}, {}", unit.kind.english(), class.range_english()),
    }
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path((wave, variable)): Path<(String, String)>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let open = Open::load(&state, &wave, &variable).await?;
    let stored = state.store.wave(&open.wave).await?;
    let list = stored.ok_or(PageError::NotFound)?.register_list;
    let register = state.known.register(&state.store, list).await?;
    let responses = state.store.responses(&open.wave).await?;
    let mut quotes = Vec::new();
    for answer in &open.answers {
        let response = responses
            .iter()
            .find(|(key, _)| key.as_str() == answer.unit);
        let Some((key, response)) = response else {
            continue;
        };
        let records = &response.records;
        let record = records.get(&quote::variable(open.variable.as_str()));
        let allowed = match record.and_then(|r| r.answer.as_ref()) {
            Some(Answer::Choice(word)) => Quote::from_word(word),
            _ => None,
        };
        let by = match (allowed, register.get(key)) {
            (Some(Quote::Name), Some(unit)) => unit.name.clone(),
            (Some(Quote::KindAndSize), Some(unit)) => kind_and_size(unit, ask.lang),
            _ => continue,
        };
        quotes.push(QuoteView {
            text: answer.text.clone(),
            by,
        });
    }
    let page = OpenQuotesPage {
        frame: frame(&state, &ask, &staff, ask.t("coding-quotes-title")),
        list_href: ask.to("/verwaltung/offene-antworten"),
        wave: open.title.get(ask.lang).to_owned(),
        wording: open.wording.get(ask.lang).to_owned(),
        not: open.answers.len() - quotes.len(),
        quotes,
    };
    Ok(html(&page)?.into_response())
}
