//! An edition as it would look: its texts with the findings put in, and the handbook.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Response};
use edition::document::Figure;
use edition::figures::Source;
use edition::markdown;
use questionnaire::Lang;

use crate::State;
use crate::answer::pdf_of;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::edition::release;
use crate::office::session::{Signed, frame};
use crate::practice::field;

struct PreviewText {
    title: String,
    html: String,
}

#[derive(Template)]
#[template(path = "office/preview.html")]
struct PreviewPage {
    frame: Frame,
    subtitle: String,
    texts: Vec<PreviewText>,
    edit_href: String,
    pdf_href: String,
}

/// The texts with their findings put in, as they would be printed.
pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(key): Path<String>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let draft = state
        .store
        .edition(&key)
        .await?
        .ok_or(PageError::NotFound)?
        .draft;
    let release = release(&state, &draft).await?.ok_or(PageError::Conflict)?;
    let source = Source {
        lang: Lang::De,
        release: &release,
        patterns: &draft.sentences,
    };
    let text = |title: String, text: &str| PreviewText {
        title,
        html: markdown::to_html(&markdown::parse(text, &source).0, 1, &drawn),
    };
    let mut texts = vec![
        text(ask.t("web-office-edition-foreword"), &draft.foreword),
        text(
            ask.t("web-office-edition-introduction"),
            &draft.introduction,
        ),
    ];
    texts.extend(
        draft
            .chapters
            .iter()
            .map(|c| text(field(ask.lang, &draft.fields, &c.field), &c.markdown)),
    );
    texts.push(text(ask.t("web-office-edition-method"), &draft.method));
    let here = format!("/verwaltung/ausgaben/{key}");
    let page = PreviewPage {
        frame: frame(
            &state,
            &ask,
            &staff,
            ask.tv("web-office-preview-title", &[("title", &draft.title)]),
        ),
        subtitle: draft.subtitle.clone(),
        texts,
        edit_href: ask.to(&here),
        pdf_href: ask.to(&format!("{here}/vorschau.pdf")),
    };
    Ok(html(&page)?.into_response())
}

/// A chart under its sentence.
fn drawn(figure: &Figure) -> String {
    let sentence = markdown::escape(&figure.sentence);
    let note = markdown::escape(&figure.note);
    let svg = &figure.svg;
    format!(
        "<figure><figcaption>{sentence}</figcaption>{svg}<p class=\"quiet\">{note}</p></figure>"
    )
}

/// The handbook as it would be published now.
pub(crate) async fn pdf(
    Extract(state): Extract<State>,
    Path(key): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    signed.editor()?;
    state
        .store
        .edition(&key)
        .await?
        .ok_or(PageError::NotFound)?;
    let frozen = (state.steps.freeze_edition)(key.clone())
        .await
        .map_err(PageError::Internal)?;
    let render = state.render.handbook.clone();
    pdf_of(&format!("vorschau-{key}.pdf"), move || render(&frozen)).await
}
