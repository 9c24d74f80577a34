//! Where a need is high and examples are missing, from released figures; and from there to a call for examples.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use edition::charts::{Medium, gap_tiles};
use edition::document::{PlainChart, Table};
use edition::gaps;
use fieldwork::WaveName;
use findings::{GapBasis, GapExample, GapState, Gaps, gap_groups};
use practices::FieldOfAction;
use store::{Role, StoredWave};

use crate::State;
use crate::catalogue::encoded;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::{Signed, frame};
use crate::practice::fitting;

struct GapView {
    said: String,
    /// Where editors write a call.
    call: Option<String>,
}

struct FieldChoice {
    key: String,
    name: String,
    on: bool,
}

#[derive(Template)]
#[template(path = "office/gaps.html")]
struct GapsPage {
    frame: Frame,
    /// No wave is closed, or this one is not.
    none: bool,
    tables: Vec<Table>,
    map: Option<PlainChart>,
    fields: Vec<FieldChoice>,
    list: Vec<GapView>,
    reading: String,
    sent: Option<String>,
    history: Vec<String>,
    others: Vec<(String, String)>,
    english: bool,
}

/// What a wave's release and the published examples say together.
pub(super) struct Found {
    pub gaps: Gaps,
    pub fields: Vec<FieldOfAction>,
}

/// Leads to the newest closed wave.
pub(crate) async fn lead(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let waves = state.store.waves().await?;
    let newest = waves
        .iter()
        .filter(|w| w.wave.frozen.is_some())
        .max_by_key(|w| w.wave.closes);
    if let Some(wave) = newest {
        let to = ask.to(&format!("/verwaltung/luecken/{}", wave.wave.name));
        return Ok(Redirect::to(&to).into_response());
    }
    let title = ask.t("gaps-title");
    let page = empty(frame(&state, &ask, &signed.0, title));
    Ok(html(&page)?.into_response())
}

fn empty(frame: Frame) -> GapsPage {
    GapsPage {
        english: frame.ask.lang == questionnaire::Lang::En,
        frame,
        none: true,
        tables: Vec::new(),
        map: None,
        fields: Vec::new(),
        list: Vec::new(),
        reading: String::new(),
        sent: None,
        history: Vec::new(),
        others: Vec::new(),
    }
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.0;
    let wave = WaveName(name.clone());
    let stored = state.store.wave(&wave).await?.ok_or(PageError::NotFound)?;
    let title = stored.wave.title.get(ask.lang);
    let title = ask.tv("gaps-office-title", &[("wave", title)]);
    let frame = frame(&state, &ask, &staff, title);
    let Some(found) = found(&state, &stored).await? else {
        return Ok(html(&empty(frame))?.into_response());
    };
    let may_call = staff.role != Role::Association;
    let on_map = gaps::fields_of(&found.gaps.laender, &found.fields);
    let chosen = asked.get("feld").map(String::as_str);
    let chosen = on_map.iter().find(|key| Some(**key) == chosen);
    let chosen = chosen.or(on_map.first()).copied();
    let map = chosen.map(|field| {
        let (fields, medium) = (&found.fields, Medium::Screen);
        gap_tiles(ask.lang, fields, &found.gaps, field, medium)
    });
    let others = state.store.waves().await?.into_iter();
    let others = others.filter(|w| w.wave.frozen.is_some() && w.wave.name != wave);
    let history = match may_call {
        true => history(&state, &ask, &found, &wave).await?,
        false => Vec::new(),
    };
    let page = GapsPage {
        tables: gaps::tables(ask.lang, &found.fields, &found.gaps, Medium::Screen),
        list: list(&ask, &found, may_call.then_some(&name)),
        fields: on_map
            .iter()
            .map(|key| FieldChoice {
                key: (*key).to_owned(),
                name: gaps::field_name(ask.lang, &found.fields, key),
                on: Some(*key) == chosen,
            })
            .collect(),
        map,
        none: false,
        reading: gaps::reading(ask.lang),
        sent: asked
            .get("gesendet")
            .map(|count| ask.tv("gaps-call-sent", &[("count", count)])),
        history,
        others: others
            .map(|w| {
                let to = ask.to(&format!("/verwaltung/luecken/{}", w.wave.name));
                (to, w.wave.title.get(ask.lang).to_owned())
            })
            .collect(),
        ..empty(frame)
    };
    Ok(html(&page)?.into_response())
}

/// The gaps of a closed wave; `None` while it is not closed or has no such needs.
pub(super) async fn found(state: &State, stored: &StoredWave) -> Result<Option<Found>, PageError> {
    let Some(workspace) = state
        .known
        .workspace(&state.store, &stored.wave.name)
        .await?
    else {
        return Ok(None);
    };
    let questionnaire = state.known.questionnaire(stored)?;
    let codes = state.store.codes().await?;
    let mapping = fitting::mapping(state, stored, &questionnaire, &codes).await?;
    let register = state
        .known
        .register(&state.store, stored.register_list)
        .await?;
    let practices = fitting::practices(state, &register).await?;
    let examples = practices
        .iter()
        .map(|p| GapExample::new(&p.field, &p.municipality));
    let basis = GapBasis::new(&mapping, examples.collect());
    let workspace = Arc::clone(&workspace);
    let read = move || {
        let mut release = workspace.release().clone();
        // An association reads this page: what no audit has passed does not stand here.
        release.kept = gap_groups(&workspace, &basis);
        Gaps::of(&release, &basis)
    };
    let gaps = tokio::task::spawn_blocking(read).await;
    let gaps = gaps.map_err(PageError::internal)?;
    let fields = state.store.fields_of_action().await?;
    let some = !gaps.classes.is_empty();
    Ok(some.then_some(Found { gaps, fields }))
}

/// The gaps, those without any example first; with the address of a call where calls may be written.
fn list(ask: &Ask, found: &Found, wave: Option<&String>) -> Vec<GapView> {
    let mut list = Vec::new();
    for cells in [&found.gaps.classes, &found.gaps.laender] {
        for place in Gaps::places(cells) {
            for field in gaps::fields_of(cells, &found.fields) {
                let Some(cell) = Gaps::strongest(cells, field, &place) else {
                    continue;
                };
                let state = cell.state();
                if !matches!(state, GapState::Missing | GapState::Few) {
                    continue;
                }
                let values = [
                    ("field", gaps::field_name(ask.lang, &found.fields, field)),
                    ("place", place.label().get(ask.lang).to_owned()),
                    ("said", gaps::said(ask.lang, cell)),
                ];
                let values = values.each_ref().map(|(n, v)| (*n, v.as_str()));
                let call = wave.map(|wave| {
                    let (field, place) = (encoded(field), encoded(&place.word()));
                    let query = format!("feld={field}&ort={place}");
                    ask.to(&format!("/verwaltung/luecken/{wave}/aufruf?{query}"))
                });
                let said = ask.tv("gaps-office-item", &values);
                list.push((state == GapState::Few, GapView { said, call }));
            }
        }
    }
    list.sort_by_key(|(few, _)| *few);
    list.into_iter().map(|(_, view)| view).collect()
}

/// The calls of a wave in words, the newest first.
pub(super) async fn history(
    state: &State,
    ask: &Ask,
    found: &Found,
    wave: &WaveName,
) -> Result<Vec<String>, PageError> {
    let cells = || found.gaps.classes.iter().chain(&found.gaps.laender);
    let line = |call: &store::Call| {
        let place = cells().find(|c| c.place.word() == call.call.place);
        let place = place.map_or_else(
            || call.call.place.clone(),
            |c| c.place.label().get(ask.lang).to_owned(),
        );
        let field = gaps::field_name(ask.lang, &found.fields, &call.call.field);
        let gap = ask.tv("gaps-call-gap", &[("field", &field), ("place", &place)]);
        let values = [
            ("moment", ask.moment(call.made)),
            ("gap", gap),
            ("count", call.mails.to_string()),
            ("who", call.actor.clone()),
        ];
        let values = values.each_ref().map(|(n, v)| (*n, v.as_str()));
        ask.tv("gaps-call-line", &values)
    };
    Ok(state.store.calls(wave).await?.iter().map(line).collect())
}
