//! Response of a wave by Land, type and size class against the register. Made of dispositions, never of answers.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Response};
use edition::numbers;
use fieldwork::{Disposition, WaveName, disposition};
use findings::{ResponseLine, response_table};
use register::Key;
use store::{Role, StoredWave};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::{Signed, frame};

struct LineView {
    label: String,
    population: String,
    invited: String,
    responded: String,
    /// Whole percents of the register's units that responded; `None` where the register has none.
    share: Option<(String, u32)>,
}

struct TableView {
    caption: String,
    lines: Vec<LineView>,
}

#[derive(Template)]
#[template(path = "office/response.html")]
struct ResponsePage {
    frame: Frame,
    lead: String,
    dispositions: Vec<(String, String)>,
    tables: Vec<TableView>,
    close_href: Option<String>,
    /// The weights report, once the wave is closed.
    lineage_href: Option<String>,
    weights_href: Option<String>,
    /// For researchers: one municipality, and privacy.
    municipality_href: Option<String>,
    privacy_href: Option<String>,
    mapping_href: Option<String>,
}

/// What became of each invitation, by the written rule.
pub(crate) async fn dispositions(
    state: &State,
    stored: &StoredWave,
) -> Result<Vec<(Key, Disposition)>, PageError> {
    let questionnaire = state.known.questionnaire(stored)?;
    let name = &stored.wave.name;
    let responses = state.store.responses(name).await?;
    let invitations = state.store.invitations(name).await?;
    let rule = |i: store::Invitation| {
        let answers = responses
            .get(&i.municipality)
            .map(fieldwork::Response::answers);
        let progress = questionnaire.required(&answers.unwrap_or_default());
        let (opened, submitted) = (i.opened.is_some(), i.submitted.is_some());
        let withdrawn = i.withdrawn.is_some();
        let found = disposition(
            opened,
            submitted,
            withdrawn,
            progress.answered,
            progress.asked,
        );
        (i.municipality, found)
    };
    let real = |i: &store::Invitation| !fieldwork::is_test(&i.municipality);
    Ok(invitations.into_iter().filter(real).map(rule).collect())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.0;
    let stored = state
        .store
        .wave(&WaveName(name.clone()))
        .await?
        .ok_or(PageError::NotFound)?;
    let register = state
        .known
        .register(&state.store, stored.register_list)
        .await?;
    let found = dispositions(&state, &stored).await?;
    let table = response_table(&register, &found);
    let mut counts: BTreeMap<Disposition, usize> = BTreeMap::new();
    for (_, disposition) in &found {
        *counts.entry(*disposition).or_default() += 1;
    }
    let number = |n: usize| numbers::thousands(ask.lang, n as i64);
    let tables = [
        ("web-office-response-by-size", &table.by_size_class),
        ("web-office-response-by-type", &table.by_type),
        ("web-office-response-by-land", &table.by_land),
    ];
    let view = |(key, lines): (&str, &Vec<ResponseLine>)| TableView {
        caption: ask.t(key),
        lines: lines.iter().map(|l| line(&ask, l)).collect(),
    };
    let title = stored.wave.title.get(ask.lang);
    let researcher = staff.role == Role::Researcher;
    let may_close = researcher && stored.wave.frozen.is_none();
    let n = [
        ("n", number(table.responded as usize)),
        ("invited", number(table.invited as usize)),
    ];
    let page = ResponsePage {
        frame: frame(
            &state,
            &ask,
            &staff,
            ask.tv("web-office-response-title", &[("wave", title)]),
        ),
        lead: ask.tv(
            "web-office-response-lead",
            &[(n[0].0, &n[0].1), (n[1].0, &n[1].1)],
        ),
        dispositions: counts
            .iter()
            .map(|(d, count)| (label(&ask, *d), number(*count)))
            .collect(),
        tables: tables.into_iter().map(view).collect(),
        close_href: may_close
            .then(|| ask.to(&format!("/verwaltung/ruecklauf/{name}/abschliessen"))),
        mapping_href: matches!(staff.role, Role::Researcher | Role::Editor)
            .then(|| ask.to(&format!("/verwaltung/ruecklauf/{name}/zuordnung"))),
        municipality_href: researcher
            .then(|| ask.to(&format!("/verwaltung/ruecklauf/{name}/kommunen"))),
        privacy_href: researcher
            .then(|| ask.to(&format!("/verwaltung/ruecklauf/{name}/datenschutz"))),
        lineage_href: researcher.then(|| ask.to(&format!("/verwaltung/herkunft/{name}"))),
        weights_href: (researcher && stored.wave.frozen.is_some())
            .then(|| ask.to(&format!("/verwaltung/ruecklauf/{name}/gewichtung"))),
    };
    Ok(html(&page)?.into_response())
}

/// A disposition in words.
pub(crate) fn label(ask: &Ask, disposition: Disposition) -> String {
    ask.t(match disposition {
        Disposition::Unopened => "web-office-disposition-unopened",
        Disposition::Begun => "web-office-disposition-begun",
        Disposition::UsablePartial => "web-office-disposition-usable-partial",
        Disposition::Complete => "web-office-disposition-complete",
        Disposition::Duplicate => "web-office-disposition-duplicate",
        Disposition::Withdrawn => "web-office-disposition-withdrawn",
    })
}

fn line(ask: &Ask, line: &ResponseLine) -> LineView {
    let number = |n: u32| numbers::thousands(ask.lang, n.into());
    let share = (line.responded * 100 + line.population / 2).checked_div(line.population);
    LineView {
        label: line.label.get(ask.lang).to_owned(),
        population: number(line.population),
        invited: number(line.invited),
        responded: number(line.responded),
        share: share.map(|s| (numbers::percent(ask.lang, s.min(100) as u8), s.min(100))),
    }
}
