//! The start of the back office: the waves with their response, practices by state, editions.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::{IntoResponse, Response};
use edition::numbers;
use fieldwork::Phase;
use store::Role;

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::{Signed, frame};
use crate::practice::{STATES, state as life};

pub(super) struct WaveView {
    pub title: String,
    pub phase: String,
    pub open: bool,
    pub response: String,
    pub href: String,
    pub field_href: String,
}

struct CountView {
    label: String,
    count: usize,
    href: String,
}

pub(super) struct EditionView {
    pub title: String,
    pub published: String,
    pub href: String,
}

#[derive(Template)]
#[template(path = "office/overview.html")]
struct OverviewPage {
    frame: Frame,
    who: String,
    waves: Vec<WaveView>,
    practices: Vec<CountView>,
    editions: Vec<EditionView>,
    staff_sees_all: bool,
    researcher: bool,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.0;
    let sees_all = staff.role != Role::Association;
    let role = match staff.role {
        Role::Researcher => "web-office-role-researcher",
        Role::Editor => "web-office-role-editor",
        Role::Association => "web-office-role-association",
    };
    let page = OverviewPage {
        frame: frame(&state, &ask, &staff, ask.t("web-office-overview-title")),
        who: ask.tv(
            "web-office-overview-who",
            &[("name", &staff.name), ("role", &ask.t(role))],
        ),
        waves: waves(&state, &ask).await?,
        practices: if sees_all {
            practices(&state, &ask).await?
        } else {
            Vec::new()
        },
        editions: if sees_all {
            editions(&state, &ask).await?
        } else {
            Vec::new()
        },
        staff_sees_all: sees_all,
        researcher: staff.role == Role::Researcher,
    };
    Ok(html(&page)?.into_response())
}

pub(super) async fn waves(state: &State, ask: &Ask) -> Result<Vec<WaveView>, PageError> {
    let mut views = Vec::new();
    for stored in state.store.waves().await? {
        let wave = stored.wave;
        let mut invitations = state.store.invitations(&wave.name).await?;
        invitations.retain(|i| !fieldwork::is_test(&i.municipality));
        let submitted = invitations.iter().filter(|i| i.submitted.is_some()).count();
        let begun = invitations
            .iter()
            .filter(|i| i.opened.is_some() && i.submitted.is_none())
            .count();
        let number = |n: usize| numbers::thousands(ask.lang, n as i64);
        let phase = match (wave.frozen, wave.phase(state.now())) {
            (Some(_), _) => "web-office-phase-frozen",
            (None, Phase::Planned) => "web-office-phase-planned",
            (None, Phase::Open) => "web-office-phase-open",
            (None, Phase::Closed) => "web-office-phase-ended",
        };
        views.push(WaveView {
            title: wave.title.get(ask.lang).to_owned(),
            phase: ask.t(phase),
            open: phase == "web-office-phase-open",
            response: ask.tv(
                "web-office-overview-response",
                &[
                    ("invited", &number(invitations.len())),
                    ("submitted", &number(submitted)),
                    ("begun", &number(begun)),
                ],
            ),
            href: ask.to(&format!("/verwaltung/ruecklauf/{}", wave.name)),
            field_href: ask.to(&format!("/verwaltung/feld/{}", wave.name)),
        });
    }
    Ok(views)
}

async fn practices(state: &State, ask: &Ask) -> Result<Vec<CountView>, PageError> {
    let all = state.store.practices().await?;
    let count = |(state, word): (practices::State, &str)| CountView {
        label: life(ask, state),
        count: all.iter().filter(|p| p.state == state).count(),
        href: ask.to(&format!("/verwaltung/praxisbeispiele?stand={word}")),
    };
    Ok(STATES
        .into_iter()
        .map(count)
        .filter(|c| c.count > 0)
        .collect())
}

pub(super) async fn editions(state: &State, ask: &Ask) -> Result<Vec<EditionView>, PageError> {
    let rows = state.store.editions().await?;
    let view = |row: store::EditionRow| EditionView {
        href: ask.to(&format!("/verwaltung/ausgaben/{}", row.draft.key)),
        title: format!("{} ({})", row.draft.title, ask.date(row.draft.date)),
        published: match row.published {
            Some(at) => ask.tv(
                "web-office-edition-published",
                &[("moment", &ask.moment(at))],
            ),
            None => ask.t("web-office-edition-draft"),
        },
    };
    Ok(rows.into_iter().map(view).collect())
}
