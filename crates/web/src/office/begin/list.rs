//! The lists of waves and editions, with what is being begun.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::{IntoResponse, Response};
use store::Role;

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::overview::{
    EditionView, WaveView, editions as edition_views, waves as wave_views,
};
use crate::office::session::{Signed, frame};

struct DraftView {
    title: String,
    since: String,
    href: String,
}

#[derive(Template)]
#[template(path = "begin/waves.html")]
struct WavesPage {
    frame: Frame,
    waves: Vec<WaveView>,
    drafts: Vec<DraftView>,
    researcher: bool,
}

#[derive(Template)]
#[template(path = "begin/editions.html")]
struct EditionsPage {
    frame: Frame,
    editions: Vec<EditionView>,
}

async fn drafts(state: &State, ask: &Ask) -> Result<Vec<DraftView>, PageError> {
    let view = |draft: store::WaveDraft| {
        let titled = draft.settings.get("title-de").filter(|t| !t.is_empty());
        let title = titled.cloned().unwrap_or(draft.file);
        DraftView {
            title: match &draft.wave {
                None => title,
                Some(name) => ask.tv("begin-change-title", &[("wave", &name.0)]),
            },
            since: ask.tv(
                "begin-draft-since",
                &[("who", &draft.by), ("moment", &ask.moment(draft.changed))],
            ),
            href: ask.to(&format!("/verwaltung/befragungen/entwurf/{}", draft.key)),
        }
    };
    Ok(state
        .store
        .wave_drafts()
        .await?
        .into_iter()
        .map(view)
        .collect())
}

pub(crate) async fn waves(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.0;
    let researcher = staff.role == Role::Researcher;
    let page = WavesPage {
        frame: frame(&state, &ask, &staff, ask.t("web-office-overview-waves")),
        waves: wave_views(&state, &ask).await?,
        drafts: if researcher {
            drafts(&state, &ask).await?
        } else {
            Vec::new()
        },
        researcher,
    };
    Ok(html(&page)?.into_response())
}

pub(crate) async fn editions(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let page = EditionsPage {
        frame: frame(&state, &ask, &staff, ask.t("web-public-editions")),
        editions: edition_views(&state, &ask).await?,
    };
    Ok(html(&page)?.into_response())
}
