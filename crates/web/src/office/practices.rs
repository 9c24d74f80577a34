//! All practices by state, with what each waits for.

use askama::Template;
use axum::extract::{Query, State as Extract};
use axum::response::{IntoResponse, Response};
use practices::State as Life;
use serde::Deserialize;

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::{Signed, frame};
use crate::practice::{STATES, field, place, state as life, word};

struct RowView {
    href: String,
    title: String,
    place: String,
    field: String,
    state: String,
    todo: bool,
    confirmed: String,
}

struct Filter {
    href: String,
    label: String,
    count: usize,
    current: bool,
}

#[derive(Template)]
#[template(path = "office/practices.html")]
struct PracticesPage {
    frame: Frame,
    filters: Vec<Filter>,
    rows: Vec<RowView>,
    /// Pages beside the list.
    ways: Vec<(String, String)>,
}

#[derive(Deserialize)]
pub(crate) struct Wanted {
    stand: Option<String>,
}

pub(crate) async fn list(
    Extract(state): Extract<State>,
    Query(wanted): Query<Wanted>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let all = state.store.practices().await?;
    let list = state.store.fields_of_action().await?;
    let current = wanted.stand.unwrap_or_default();
    let filter = |(state, word): (Life, &str)| Filter {
        href: ask.to(&format!("/verwaltung/praxisbeispiele?stand={word}")),
        label: life(&ask, state),
        count: all.iter().filter(|p| p.state == state).count(),
        current: current == word,
    };
    let mut filters: Vec<Filter> = STATES
        .into_iter()
        .map(filter)
        .filter(|f| f.count > 0)
        .collect();
    filters.insert(
        0,
        Filter {
            href: ask.to("/verwaltung/praxisbeispiele"),
            label: ask.t("web-office-practices-all"),
            count: all.len(),
            current: current.is_empty(),
        },
    );
    let mut rows = Vec::new();
    for practice in all
        .iter()
        .filter(|p| current.is_empty() || word(&STATES, p.state) == current)
    {
        rows.push(RowView {
            href: ask.to(&format!("/verwaltung/praxisbeispiele/{}", practice.id.0)),
            title: practice.form.title.clone(),
            place: place(&state, &practice.municipality, &practice.wave).await?,
            field: field(ask.lang, &list, &practice.form.field),
            state: life(&ask, practice.state),
            todo: matches!(practice.state, Life::Nominated | Life::InReview),
            confirmed: practice.confirmed.map(|d| ask.date(d)).unwrap_or_default(),
        });
    }
    let title = ask.t("web-office-practices-title");
    let ways = [
        ("/verwaltung/praxisbeispiele/neu", "web-practice-new-title"),
        ("/verwaltung/uebernahmen", "web-practice-takeups-title"),
        ("/verwaltung/kodes", "web-practice-codes-title"),
        ("/verwaltung/handlungsfelder", "web-practice-fields-title"),
        ("/verwaltung/links", "web-practice-links-title"),
    ];
    let page = PracticesPage {
        ways: ways
            .iter()
            .map(|(path, key)| (ask.to(path), ask.t(key)))
            .collect(),
        frame: frame(&state, &ask, &staff, title),
        filters,
        rows,
    };
    Ok(html(&page)?.into_response())
}
