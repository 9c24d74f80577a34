//! Publishing an edition: asked first, done beside the server, told how it stands. No script is needed: the page says that
//! the edition is being made, and a link loads it again.

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use edition::markdown::{self, TextFault};
use edition::numbers;
use fieldwork::WaveName;
use practices::State as Life;
use questionnaire::Text;
use serde::Deserialize;
use store::{EditionRow, Publishing, Staff};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::edition::release;
use crate::office::edition_form::label;
use crate::office::session::{Signed, frame};

/// How publishing stands.
#[derive(Default)]
struct StandView {
    under_way: Option<String>,
    failed: Option<String>,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "begin/publish.html")]
struct PublishPage {
    frame: Frame,
    edit: String,
    here: String,
    stand: StandView,
    version: u32,
    /// What is published: words and value.
    what: Vec<(String, String)>,
    /// The draft was saved by somebody since the page was made.
    changed: bool,
    has_release: bool,
    /// What must be put right in the texts first.
    faults: Vec<String>,
    /// Numbers that the texts name and that are held back.
    held: Vec<String>,
    audit: Vec<String>,
    before: bool,
    site: String,
    pdf: String,
}

#[derive(Deserialize)]
pub(crate) struct Sent {
    #[serde(rename = "_version")]
    version: u32,
}

fn stand(ask: &Ask, asked: Option<&Publishing>) -> StandView {
    let mut view = StandView::default();
    let Some(asked) = asked else { return view };
    let values = |at| [("who", asked.by.clone()), ("moment", ask.moment(at))];
    let words = |key: &str, at| {
        let values = values(at);
        let values = values.each_ref().map(|(k, v)| (*k, v.as_str()));
        ask.tv(key, &values)
    };
    match (asked.ended, asked.fault.is_empty()) {
        (None, _) => view.under_way = Some(words("begin-publish-under-way", asked.asked)),
        (Some(at), true) => view.done = Some(words("begin-publish-done", at)),
        (Some(_), false) => {
            let said: Result<Text, _> = serde_json::from_str(&asked.fault);
            let said = said.map(|text| text.get(ask.lang).to_owned());
            view.failed = Some(said.unwrap_or_else(|_| asked.fault.clone()));
        }
    }
    view
}

/// What is published, in words.
async fn contents(
    state: &State,
    ask: &Ask,
    row: &EditionRow,
) -> Result<Vec<(String, String)>, PageError> {
    let draft = &row.draft;
    let wave = state.store.wave(&WaveName(draft.wave.clone())).await?;
    let practices = state.store.practices().await?;
    let out = |id: i64| {
        let found = practices.iter().find(|p| p.id.0 == id);
        found.is_some_and(|p| matches!(p.state, Life::Released | Life::Published | Life::Faded))
    };
    let chosen = draft.chapters.iter().flat_map(|c| &c.examples);
    let (taken, left): (Vec<i64>, Vec<i64>) = chosen.partition(|id| out(**id));
    let number = |n: usize| numbers::thousands(ask.lang, n as i64);
    let mut what = vec![
        (ask.t("web-office-edition-name"), draft.title.clone()),
        (ask.t("web-office-edition-date"), ask.date(draft.date)),
        (
            ask.t("begin-publish-wave"),
            wave.map_or(draft.wave.clone(), |w| {
                w.wave.title.get(ask.lang).to_owned()
            }),
        ),
        (ask.t("begin-publish-examples"), number(taken.len())),
    ];
    if !left.is_empty() {
        what.push((ask.t("begin-publish-left"), number(left.len())));
    }
    Ok(what)
}

async fn page(
    state: &State,
    ask: &Ask,
    staff: &Staff,
    row: EditionRow,
    (changed, status): (bool, StatusCode),
) -> Result<Response, PageError> {
    let draft = &row.draft;
    let key = &draft.key;
    let release = release(state, draft).await?;
    let wave = WaveName(draft.wave.clone());
    let mut what = contents(state, ask, &row).await?;
    let (mut faults, mut held) = (Vec::new(), Vec::new());
    if let Some(release) = &release {
        let count = numbers::thousands(ask.lang, release.findings.len() as i64);
        what.push((ask.t("begin-publish-findings"), count));
        let frozen = draft
            .clone()
            .preview(release.clone(), Vec::new(), Vec::new());
        let line = |(text, fault): &(String, TextFault)| {
            format!("{}: {}", label(ask, text), fault.message(ask.lang))
        };
        let all = markdown::check(&frozen);
        let (told, wrong): (Vec<_>, Vec<_>) = all.iter().partition(|(_, f)| f.only_held());
        held = told.into_iter().map(line).collect();
        faults = wrong.into_iter().map(line).collect();
    }
    // What was published passed the audit last; else what the audit said when the wave was closed.
    let published = state.store.audit_of(key).await?;
    let before = published.is_some();
    let audit = match published {
        Some(report) => Some(report),
        None => state.store.audit_of_wave(&wave.0).await?,
    };
    let sentences = audit.map(|report| report.sentences()).unwrap_or_default();
    let asked = state.store.publishing(key).await?;
    let here = format!("/verwaltung/ausgaben/{key}");
    let page = PublishPage {
        frame: frame(
            state,
            ask,
            staff,
            ask.tv("begin-publish-title", &[("title", &draft.title)]),
        ),
        edit: ask.to(&here),
        here: ask.to(&format!("{here}/veroeffentlichen")),
        stand: stand(ask, asked.as_ref()),
        version: row.version,
        what,
        changed,
        has_release: release.is_some(),
        faults,
        held,
        audit: sentences
            .iter()
            .map(|s| s.get(ask.lang).to_owned())
            .collect(),
        before,
        site: format!("/ausgaben/{key}/site/index.html"),
        pdf: format!("/ausgaben/{key}/handreichung.pdf"),
    };
    Ok((status, html(&page)?).into_response())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(key): Path<String>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let row = state
        .store
        .edition(&key)
        .await?
        .ok_or(PageError::NotFound)?;
    page(&state, &ask, &staff, row, (false, StatusCode::OK)).await
}

/// Asks for the publication of what the page showed; the jobs do it.
pub(crate) async fn ask_for(
    Extract(state): Extract<State>,
    Path(key): Path<String>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let row = state
        .store
        .edition(&key)
        .await?
        .ok_or(PageError::NotFound)?;
    if row.version != sent.version {
        return page(&state, &ask, &staff, row, (true, StatusCode::CONFLICT)).await;
    }
    // One that is under way goes on; the page says so.
    state
        .store
        .ask_publishing(&key, state.now(), &staff.mail)
        .await?;
    let to = ask.to(&format!("/verwaltung/ausgaben/{key}/veroeffentlichen"));
    Ok(Redirect::to(&to).into_response())
}
