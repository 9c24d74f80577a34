//! One edition: its texts, organisations and examples, with what is wrong in them.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use edition::{Draft, markdown};
use fieldwork::WaveName;
use findings::Release;
use store::{KeptText, Staff};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::edition_form::{
    ChapterView, LogoView, TextView, Typed, chapters, label, logos, read,
};
use crate::office::edition_together::{together, typed};
use crate::office::practice::Pair;
use crate::office::session::{Signed, frame};
use crate::practice::form::prints;

#[derive(Template)]
#[template(path = "office/edition.html")]
struct EditionPage {
    frame: Frame,
    draft: Draft,
    version: u32,
    /// What the draft looked like when the form was made, field by field.
    prints: String,
    /// What two changed in the same field.
    pairs: Vec<Pair>,
    date_wrong: Option<String>,
    /// The wave is closed, so that findings can be inserted and checked.
    has_release: bool,
    faults: Vec<(String, String)>,
    texts: Vec<TextView>,
    /// Closed waves with which the edition may compare: name, title, chosen.
    compare: Vec<(String, String, bool)>,
    logos: Vec<LogoView>,
    chapters: Vec<ChapterView>,
    keys: Vec<(String, String)>,
    /// Day and sentences of the audit that the last published edition has passed.
    audit: Option<(String, Vec<String>)>,
    preview_href: String,
    preview_pdf_href: String,
    publish_href: String,
}

/// What the page says besides the draft itself.
#[derive(Default)]
struct Said {
    pairs: Vec<Pair>,
    /// What stands in the store, where the form shows something else.
    standing: Option<Draft>,
    date_wrong: Option<String>,
    status: StatusCode,
}

/// The release of an edition's wave with all findings that were kept of it: any of them may be inserted.
pub(super) async fn release(state: &State, draft: &Draft) -> Result<Option<Release>, PageError> {
    let wave = WaveName(draft.wave.clone());
    let Some(mut release) = state.store.release(&wave).await? else {
        return Ok(None);
    };
    let kept = state.store.kept_findings_of(&wave).await?;
    if !kept.is_empty()
        && let Some(workspace) = state.known.workspace(&state.store, &wave).await?
    {
        let made = |kept: &store::Kept| {
            let KeptText { title, wording } = &kept.text;
            workspace.kept(&kept.id.key(), &kept.query, title, wording)
        };
        // One that cannot be computed any more is a key that is not there.
        release.kept = kept.iter().filter_map(|kept| made(kept).ok()).collect();
    }
    Ok(Some(release))
}

/// What is wrong in the texts, by text. Nothing can be checked before the wave is closed.
fn faults(ask: &Ask, draft: &Draft, release: Option<&Release>) -> BTreeMap<String, Vec<String>> {
    let mut by_text: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if let Some(release) = release {
        let frozen = draft
            .clone()
            .preview(release.clone(), Vec::new(), Vec::new());
        for (text, fault) in markdown::check(&frozen) {
            let faults = by_text.entry(text).or_default();
            faults.push(fault.message(ask.lang));
        }
    }
    by_text
}

/// Where a text is edited.
fn place(name: &str) -> String {
    match name {
        "vorwort" | "einleitung" | "methode" | "veraenderung" => format!("#feld-{name}"),
        key => format!("#feld-kapitel-{key}"),
    }
}

/// Closed waves that ended before the edition's own began, with whether the draft compares with them.
async fn comparable(
    state: &State,
    ask: &Ask,
    draft: &Draft,
) -> Result<Vec<(String, String, bool)>, PageError> {
    let waves = state.store.waves().await?;
    let own = waves.iter().find(|w| w.wave.name.0 == draft.wave);
    let Some(opens) = own.map(|own| own.wave.opens) else {
        return Ok(Vec::new());
    };
    let earlier = waves
        .iter()
        .filter(|w| w.wave.frozen.is_some() && w.wave.closes <= opens);
    let line = |w: &store::StoredWave| {
        let name = w.wave.name.0.clone();
        let chosen = draft.compare_with.as_deref() == Some(name.as_str());
        (name, w.wave.title.get(ask.lang).to_owned(), chosen)
    };
    Ok(earlier.map(line).collect())
}

async fn page(
    state: &State,
    ask: &Ask,
    staff: &Staff,
    draft: Draft,
    version: u32,
    said: Said,
) -> Result<Response, PageError> {
    let release = release(state, &draft).await?;
    let by_text = faults(ask, &draft, release.as_ref());
    let text = |name: &str, value: &str| TextView {
        name: name.to_owned(),
        label: label(ask, name),
        value: value.to_owned(),
        faults: by_text.get(name).cloned().unwrap_or_default(),
    };
    let lines = |(name, faults): (&String, &Vec<String>)| -> Vec<(String, String)> {
        let line = |fault| (place(name), format!("{}: {fault}", label(ask, name)));
        faults.iter().map(line).collect()
    };
    let here = format!("/verwaltung/ausgaben/{}", draft.key);
    let practices = state.store.practices().await?;
    let keys = release.iter().flat_map(|r| &r.findings);
    let kept = release.iter().flat_map(|r| &r.kept);
    let page = EditionPage {
        frame: frame(
            state,
            ask,
            staff,
            ask.tv("web-office-edition-title", &[("title", &draft.title)]),
        ),
        version,
        prints: prints(&typed(said.standing.as_ref().unwrap_or(&draft))),
        pairs: said.pairs,
        date_wrong: said.date_wrong,
        has_release: release.is_some(),
        audit: state.store.audit_of(&draft.key).await?.map(|report| {
            let sentences = report.sentences();
            let sentences = sentences.iter().map(|s| s.get(ask.lang).to_owned());
            (ask.date(report.date), sentences.collect())
        }),
        faults: by_text.iter().flat_map(lines).collect(),
        texts: vec![
            text("vorwort", &draft.foreword),
            text("einleitung", &draft.introduction),
            text("veraenderung", &draft.change),
            text("methode", &draft.method),
        ],
        compare: comparable(state, ask, &draft).await?,
        logos: logos(ask, &draft),
        chapters: chapters(ask, &draft, &practices, &by_text),
        keys: keys
            .map(|f| (f.key.0.clone(), f.question.get(ask.lang).to_owned()))
            .chain(kept.map(|k| (k.key.0.clone(), k.title.clone())))
            .collect(),
        preview_href: ask.to(&format!("{here}/vorschau")),
        preview_pdf_href: ask.to(&format!("{here}/vorschau.pdf")),
        publish_href: ask.to(&format!("{here}/veroeffentlichen")),
        draft,
    };
    Ok((said.status, html(&page)?).into_response())
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
    page(
        &state,
        &ask,
        &staff,
        row.draft,
        row.version,
        Said::default(),
    )
    .await
}

/// Saves the draft; faults in texts are told and do not keep it from being saved.
pub(crate) async fn save(
    Extract(state): Extract<State>,
    Path(key): Path<String>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let row = state.store.edition(&key).await?;
    let mut row = row.ok_or(PageError::NotFound)?;
    let seen = sent.get("_version").and_then(|v| v.parse().ok());
    let seen: u32 = seen.ok_or_else(|| PageError::BadRequest("the version is missing".into()))?;
    // Somebody else may save between reading and writing: then what stands is put together again.
    for _ in 0..3 {
        let read = if seen == row.version {
            read(&row.draft, &sent).map(|draft| (draft, Vec::new()))
        } else {
            together(&ask, &sent, &row.draft).map(|t| (t.draft, t.pairs))
        };
        let (draft, pairs) = match read {
            Ok(read) => read,
            Err(wrong) => {
                return date_wrong(&state, &ask, &staff, (row.draft, seen), &sent, wrong).await;
            }
        };
        if !pairs.is_empty() {
            let said = Said {
                pairs,
                standing: Some(row.draft),
                status: StatusCode::CONFLICT,
                date_wrong: None,
            };
            return page(&state, &ask, &staff, draft, row.version, said).await;
        }
        let saved = state
            .store
            .save_edition(draft, row.version, state.now(), &staff.mail)
            .await?;
        match saved {
            Ok(_) => {
                let here = ask.to(&format!("/verwaltung/ausgaben/{key}"));
                return Ok(Redirect::to(&here).into_response());
            }
            Err(standing) => row = *standing,
        }
    }
    Err(PageError::Busy)
}

/// The form again, with what was typed but the date.
async fn date_wrong(
    state: &State,
    ask: &Ask,
    staff: &Staff,
    (standing, seen): (Draft, u32),
    sent: &Typed,
    wrong: String,
) -> Result<Response, PageError> {
    let mut with_typed = sent.clone();
    with_typed.remove("date");
    let draft = read(&standing, &with_typed).unwrap_or_else(|_| standing.clone());
    let said = Said {
        date_wrong: Some(wrong),
        status: StatusCode::UNPROCESSABLE_ENTITY,
        standing: Some(standing),
        pairs: Vec::new(),
    };
    page(state, ask, staff, draft, seen, said).await
}
