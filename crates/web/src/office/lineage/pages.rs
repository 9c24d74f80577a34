//! All questions of two waves: what is proposed, what is decided, and what follows for the comparison.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State as Extract};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use fieldwork::WaveName;
use questionnaire::lineage::{self, Step, not_asked_any_more};
use serde::Deserialize;
use store::{LineageDecision, LineageUpdate, Staff};

use super::form::{Sent, problems};
use super::{Pair, Stand, words};
use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame, day};
use crate::office::session::{Signed, frame};

#[derive(Template)]
#[template(path = "office/lineage/pair.html")]
struct PairPage {
    frame: Frame,
    later: String,
    earlier: String,
    lead: String,
    saved: Option<String>,
    conflicts: Vec<String>,
    faults: Vec<(String, String)>,
    open: usize,
    rows: Vec<RowView>,
    dropped: Vec<DroppedView>,
    back: String,
}

struct RowView {
    key: String,
    number: String,
    now: String,
    before: Option<String>,
    step: String,
    stand: String,
    decided: bool,
    outcome: String,
    lines: Vec<(String, String)>,
    note: Option<String>,
    version: u32,
    href: String,
}

struct DroppedView {
    key: String,
    text: String,
    stand: String,
    note_de: String,
    note_en: String,
    version: u32,
    action: String,
}

#[derive(Template)]
#[template(path = "office/lineage/choose.html")]
struct ChoosePage {
    frame: Frame,
    pairs: Vec<(String, String)>,
    file_href: String,
    back: String,
}

/// What the page says beside the questions.
#[derive(Default)]
struct Said {
    saved: Option<usize>,
    conflicts: Vec<String>,
    faults: Vec<(String, String)>,
}

#[derive(Deserialize)]
pub(crate) struct After {
    gespeichert: Option<usize>,
}

/// The waves before this one, and the file with which the next one begins.
pub(crate) async fn choose(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let stored = state.store.wave(&WaveName(name.clone())).await?;
    let stored = stored.ok_or(PageError::NotFound)?;
    let all = state.store.waves().await?.into_iter();
    let earlier = all.filter(|w| w.wave.opens < stored.wave.opens);
    let title = stored.wave.title.get(ask.lang);
    let page = ChoosePage {
        frame: frame(
            &state,
            &ask,
            &staff,
            ask.tv("lineage-choose-title", &[("wave", title)]),
        ),
        pairs: earlier
            .map(|w| {
                let path = format!("/verwaltung/herkunft/{name}/{}", w.wave.name);
                (ask.to(&path), w.wave.title.get(ask.lang).to_owned())
            })
            .collect(),
        file_href: ask.to(&format!(
            "/verwaltung/herkunft/{name}/naechster-fragebogen.yaml"
        )),
        back: ask.to(&format!("/verwaltung/ruecklauf/{name}")),
    };
    Ok(html(&page)?.into_response())
}

/// The questionnaire's file as the next wave begins with it.
pub(crate) async fn next_file(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    signed.researcher()?;
    let stored = state.store.wave(&WaveName(name)).await?;
    let stored = stored.ok_or(PageError::NotFound)?;
    let file = lineage::next(&stored.questionnaire).ok_or(PageError::Conflict)?;
    let head = [
        (header::CONTENT_TYPE, "application/yaml; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"fragebogen.yaml\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((head, file).into_response())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path((later, earlier)): Path<(String, String)>,
    Query(after): Query<After>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let pair = Pair::read(&state, (&later, &earlier)).await?;
    let said = Said {
        saved: after.gespeichert,
        ..Said::default()
    };
    page(&state, &ask, &staff, &pair, said)
}

/// Confirms proposals as they are: those that were ticked, or all questions that are as before.
pub(crate) async fn confirm(
    Extract(state): Extract<State>,
    Path((later, earlier)): Path<(String, String)>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let pair = Pair::read(&state, (&later, &earlier)).await?;
    let sent = Sent(sent);
    let same = sent.get("was") == Some("unveraendert");
    let ticked = |key: &str| sent.0.iter().any(|(n, v)| n == "frage" && v == key);
    let (mut decisions, mut said) = (Vec::new(), Said::default());
    for entry in &pair.lineage.questions {
        let wanted = match same {
            true => entry.step == Step::Same && entry.parts.is_empty() && entry.dropped.is_empty(),
            false => ticked(&entry.key),
        };
        if !wanted {
            continue;
        }
        let version = sent
            .get(&format!("stand.{}", entry.key))
            .unwrap_or_default();
        let version: u32 = version.parse().unwrap_or(0);
        if pair.stand(&entry.key) != Stand::Proposed {
            // Confirmed as this person did not see it: somebody else has decided it since.
            if version != pair.version(true, &entry.key) {
                said.conflicts.push(conflict(&ask, &pair, &entry.key));
            }
            continue;
        }
        match problems(&ask, &pair, entry).into_iter().next() {
            Some((_, what)) => said.faults.push((format!("#frage-{}", entry.key), what)),
            None => decisions.push((LineageDecision::Question(entry.clone()), version, false)),
        }
    }
    let update = put(&state, &pair, decisions, &staff).await?;
    if update.conflicts.is_empty() && said.conflicts.is_empty() && said.faults.is_empty() {
        let path = format!(
            "/verwaltung/herkunft/{later}/{earlier}?gespeichert={}",
            update.saved
        );
        return Ok(Redirect::to(&ask.to(&path)).into_response());
    }
    let pair = Pair::read(&state, (&later, &earlier)).await?;
    let raced = update
        .conflicts
        .iter()
        .map(|kept| conflict(&ask, &pair, &kept.of.1));
    said.conflicts.extend(raced);
    said.saved = Some(update.saved);
    page(&state, &ask, &staff, &pair, said)
}

/// Keeps the note on a question that is not asked any more.
pub(crate) async fn drop_question(
    Extract(state): Extract<State>,
    Path((later, earlier, key)): Path<(String, String, String)>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let pair = Pair::read(&state, (&later, &earlier)).await?;
    pair.old.question(&key).ok_or(PageError::NotFound)?;
    let sent = Sent(sent);
    let version = sent.get("stand").unwrap_or_default().parse().unwrap_or(0);
    let note = sent.note("").unwrap_or_else(not_asked_any_more);
    let decision = LineageDecision::Dropped(key.clone(), note.clone());
    let update = put(&state, &pair, vec![(decision, version, false)], &staff).await?;
    if update.conflicts.is_empty() {
        let path = format!("/verwaltung/herkunft/{later}/{earlier}?gespeichert=1");
        return Ok(Redirect::to(&ask.to(&path)).into_response());
    }
    let pair = Pair::read(&state, (&later, &earlier)).await?;
    let said = Said {
        conflicts: vec![ask.tv(
            "lineage-dropped-conflict",
            &[("question", &key), ("note", note.get(ask.lang))],
        )],
        ..Said::default()
    };
    page(&state, &ask, &staff, &pair, said)
}

/// Keeps decisions and forgets nothing that somebody else decided.
pub(super) async fn put(
    state: &State,
    pair: &Pair,
    decisions: Vec<(LineageDecision, u32, bool)>,
    staff: &Staff,
) -> Result<LineageUpdate, PageError> {
    let waves = (&pair.earlier.wave.name, &pair.later.wave.name);
    let (store, now) = (&state.store, state.now());
    Ok(store
        .put_lineage(waves, decisions, now, &staff.mail)
        .await?)
}

fn conflict(ask: &Ask, pair: &Pair, key: &str) -> String {
    let kept = pair.kept(true, key);
    let (by, at) = kept.map_or((String::new(), String::new()), |kept| {
        (kept.by.clone(), ask.date(day(kept.at)))
    });
    let step = pair.entry(key).map(|e| words::step(ask, e.step));
    let step = step.unwrap_or_default();
    let values = [
        ("question", key),
        ("by", &by),
        ("date", &at),
        ("step", &step),
    ];
    ask.tv("lineage-conflict-line", &values)
}

fn page(
    state: &State,
    ask: &Ask,
    staff: &Staff,
    pair: &Pair,
    said: Said,
) -> Result<Response, PageError> {
    let status = match (said.conflicts.is_empty(), said.faults.is_empty()) {
        (false, _) => StatusCode::CONFLICT,
        (_, false) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let (later, earlier) = (&pair.later.wave, &pair.earlier.wave);
    let titles = [
        ("later", later.title.get(ask.lang)),
        ("earlier", earlier.title.get(ask.lang)),
    ];
    let (open, all) = (pair.lineage.open.len(), pair.lineage.questions.len());
    let (open_said, all_said) = (open.to_string(), all.to_string());
    let saved = said.saved.map(|n| n.to_string());
    let page = PairPage {
        frame: frame(state, ask, staff, ask.t("lineage-title")),
        lead: ask.tv(
            "lineage-lead",
            &[
                titles[0],
                titles[1],
                ("open", &open_said),
                ("all", &all_said),
            ],
        ),
        later: titles[0].1.to_owned(),
        earlier: titles[1].1.to_owned(),
        saved: saved.map(|n| ask.tv("lineage-saved", &[("count", &n)])),
        conflicts: said.conflicts,
        faults: said.faults,
        open,
        rows: pair
            .lineage
            .questions
            .iter()
            .filter_map(|e| row(ask, pair, &e.key))
            .collect(),
        dropped: pair
            .lineage
            .dropped
            .iter()
            .filter_map(|(key, _)| dropped(ask, pair, key))
            .collect(),
        back: ask.to(&format!("/verwaltung/herkunft/{}", later.name)),
    };
    Ok((status, html(&page)?).into_response())
}

fn row(ask: &Ask, pair: &Pair, key: &str) -> Option<RowView> {
    let (entry, new) = (pair.entry(key)?, pair.new.question(key)?);
    let old = entry.before().and_then(|key| pair.old.question(key));
    let decided = pair.stand(key) != Stand::Proposed;
    Some(RowView {
        key: key.to_owned(),
        number: new.number.clone(),
        now: new.text.get(ask.lang).to_owned(),
        before: old.map(|q| q.text.get(ask.lang).to_owned()),
        step: words::step(ask, entry.step),
        stand: words::stand(ask, pair, key),
        decided,
        outcome: match new.closed() {
            true => words::outcome(ask, entry, decided),
            false => ask.t("lineage-not-compared-open"),
        },
        lines: words::lines(ask, entry, new, old),
        note: entry
            .note
            .as_ref()
            .map(|note| note.get(ask.lang).to_owned()),
        version: pair.version(true, key),
        href: pair.path(ask, &format!("/frage/{key}")),
    })
}

fn dropped(ask: &Ask, pair: &Pair, key: &str) -> Option<DroppedView> {
    let question = pair.old.question(key)?;
    let (_, note) = pair.lineage.dropped.iter().find(|(of, _)| of == key)?;
    let kept = pair.kept(false, key);
    let in_file = pair.new.lineage.as_ref();
    let in_file = in_file.is_some_and(|l| l.dropped.iter().any(|(of, _)| of == key));
    Some(DroppedView {
        key: key.to_owned(),
        text: question.text.get(ask.lang).to_owned(),
        stand: match (kept, in_file) {
            (Some(kept), _) => ask.tv(
                "lineage-stand-decided",
                &[("by", &kept.by), ("date", &ask.date(day(kept.at)))],
            ),
            (None, true) => ask.t("lineage-stand-file"),
            (None, false) => ask.t("lineage-stand-proposed"),
        },
        note_de: note.de.clone(),
        note_en: note.en.clone(),
        version: pair.version(false, key),
        action: pair.path(ask, &format!("/entfallen/{key}")),
    })
}
