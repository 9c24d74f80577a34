//! `/`: what is asked now, and what was published.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::{IntoResponse, Response};
use fieldwork::{Phase, Wave};

use crate::State;
use crate::answer::access::last_day;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame, day};
use crate::public::editions::{EditionView, published};

struct WaveView {
    title: String,
    when: String,
    open: bool,
    /// Where a municipality registers itself.
    participate: Option<String>,
}

#[derive(Template)]
#[template(path = "public/start.html")]
struct StartPage {
    frame: Frame,
    waves: Vec<WaveView>,
    editions: Vec<EditionView>,
}

fn view(ask: &Ask, wave: &Wave, phase: Phase) -> WaveView {
    let (first, last) = (ask.date(day(wave.opens)), last_day(ask, wave));
    let values = [("first", first.as_str()), ("last", last.as_str())];
    WaveView {
        title: wave.title.get(ask.lang).to_owned(),
        when: match phase {
            Phase::Planned => ask.tv("web-public-start-planned", &values),
            Phase::Open => ask.tv("web-public-start-open", &values),
            Phase::Closed => ask.tv("web-public-start-closed", &values),
        },
        open: phase == Phase::Open,
        participate: (phase == Phase::Open).then(|| ask.to(&format!("/teilnehmen/{}", wave.name))),
    }
}

pub(crate) async fn show(Extract(state): Extract<State>, ask: Ask) -> Result<Response, PageError> {
    let now = state.now();
    let waves = state.store.waves().await?;
    let page = StartPage {
        frame: Frame::new(&state, &ask, ask.t("web-public-start-title")),
        waves: waves
            .iter()
            .map(|w| view(&ask, &w.wave, w.wave.phase(now)))
            .collect(),
        editions: published(&state, &ask).await?,
    };
    Ok(html(&page)?.into_response())
}
