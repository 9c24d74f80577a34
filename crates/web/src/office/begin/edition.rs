//! An edition begins: title, date, and the waves that it speaks of.

use askama::Template;
use axum::extract::{Form, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use edition::{Beginning, Draft, is_edition_key};
use fieldwork::WaveName;
use jiff::civil::Date;
use store::{Staff, StoredWave};

use super::form::with_entered;
use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame, day};
use crate::office::edition_form::Typed;
use crate::office::session::{Signed, frame};

/// A wave to choose: name, words, chosen.
type ChoiceView = (String, String, bool);

#[derive(Template)]
#[template(path = "begin/edition.html")]
struct BeginPage {
    frame: Frame,
    back: String,
    wrong: Vec<(&'static str, String)>,
    title: String,
    key: String,
    date: String,
    waves: Vec<ChoiceView>,
    earlier: Vec<ChoiceView>,
}

impl BeginPage {
    fn error(&self, field: &str) -> Option<&String> {
        let own = self.wrong.iter().find(|(name, _)| *name == field);
        own.map(|(_, said)| said)
    }
}

fn choice(ask: &Ask, wave: &StoredWave, chosen: &str) -> ChoiceView {
    let wave = &wave.wave;
    let closed = match wave.frozen {
        Some(_) => ask.t("web-office-phase-frozen"),
        None => ask.t("begin-edition-not-closed"),
    };
    let words = format!("{} ({closed})", wave.title.get(ask.lang));
    (wave.name.0.clone(), words, wave.name.0 == chosen)
}

async fn page(
    state: &State,
    ask: &Ask,
    staff: &Staff,
    sent: &Typed,
    wrong: Vec<(&'static str, String)>,
) -> Result<Response, PageError> {
    let text = |name: &str| sent.get(name).cloned().unwrap_or_default();
    let waves = state.store.waves().await?;
    let newest = waves.iter().find(|w| w.wave.frozen.is_some());
    let wave = sent.get("wave").cloned();
    let wave = wave.or_else(|| newest.map(|w| w.wave.name.0.clone()));
    let wave = wave.unwrap_or_default();
    let earlier = text("compare_with");
    let closed = waves.iter().filter(|w| w.wave.frozen.is_some());
    let status = match wrong.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = BeginPage {
        frame: frame(state, ask, staff, ask.t("begin-edition-title")),
        back: ask.to("/verwaltung/ausgaben"),
        title: text("title"),
        key: text("key"),
        date: match sent.get("date") {
            Some(date) => date.clone(),
            None => day(state.now()).to_string(),
        },
        earlier: closed.map(|w| choice(ask, w, &earlier)).collect(),
        waves: waves.iter().map(|w| choice(ask, w, &wave)).collect(),
        wrong,
    };
    Ok((status, html(&page)?).into_response())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    page(&state, &ask, &staff, &Typed::new(), Vec::new()).await
}

/// What was typed, or all that is wrong in it.
async fn read(
    state: &State,
    ask: &Ask,
    sent: &Typed,
) -> Result<Result<(Beginning, StoredWave), Vec<(&'static str, String)>>, PageError> {
    let text = |name: &str| sent.get(name).map_or("", |v| v.trim()).to_owned();
    let mut wrong = Vec::new();
    let (title, key, typed) = (text("title"), text("key"), text("date"));
    if title.is_empty() {
        wrong.push(("title", ask.t("begin-edition-title-wrong")));
    }
    if !is_edition_key(&key) {
        wrong.push(("key", with_entered(ask, "begin-edition-key-wrong", &key)));
    } else if state.store.edition(&key).await?.is_some() {
        wrong.push(("key", ask.tv("begin-edition-key-taken", &[("typed", &key)])));
    }
    let date: Option<Date> = typed.parse().ok();
    if date.is_none() {
        let said = ask.tv("web-office-edition-date-wrong", &[("typed", &typed)]);
        wrong.push(("date", said));
    }
    let wave = state.store.wave(&WaveName(text("wave"))).await?;
    if wave.is_none() {
        wrong.push(("wave", ask.t("begin-edition-wave-wrong")));
    }
    let earlier = Some(text("compare_with")).filter(|w| !w.is_empty());
    if let (Some(earlier), Some(wave)) = (&earlier, &wave) {
        let compared = state.store.wave(&WaveName(earlier.clone())).await?;
        let before = |w: &StoredWave| w.wave.frozen.is_some() && w.wave.closes <= wave.wave.opens;
        if !compared.is_some_and(|w| before(&w)) {
            wrong.push(("compare_with", ask.t("begin-edition-compare-wrong")));
        }
    }
    match (date, wave, wrong.is_empty()) {
        (Some(date), Some(wave), true) => {
            let new = Beginning {
                key,
                title,
                date,
                compare_with: earlier,
            };
            Ok(Ok((new, wave)))
        }
        _ => Ok(Err(wrong)),
    }
}

/// Begins the draft and leads to it.
pub(crate) async fn begin(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let (new, stored) = match read(&state, &ask, &sent).await? {
        Ok(read) => read,
        Err(wrong) => return page(&state, &ask, &staff, &sent, wrong).await,
    };
    let key = new.key.clone();
    let practices = state.store.practices().await?;
    let fields = state.store.fields_of_action().await?;
    let draft = Draft::begin(new, &stored.wave, &practices, fields);
    let saved = state
        .store
        .save_edition(draft, 0, state.now(), &staff.mail)
        .await?;
    if saved.is_err() {
        let said = ask.tv("begin-edition-key-taken", &[("typed", &key)]);
        return page(&state, &ask, &staff, &sent, vec![("key", said)]).await;
    }
    Ok(Redirect::to(&ask.to(&format!("/verwaltung/ausgaben/{key}"))).into_response())
}
