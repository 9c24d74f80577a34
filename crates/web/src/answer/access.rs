//! Who is answering what: the invitation behind a link or a typed code.

use std::sync::Arc;

use axum::http::request::Parts;
use fieldwork::{AccessCode, AccessToken, Phase, Response, Wave};
use questionnaire::Questionnaire;
use store::{Invitation, StoredWave};

use crate::State;
use crate::error::PageError;
use crate::frame::{Ask, Frame};
use crate::known::KnownWave;
use crate::layers::address;

/// An invitation with its wave.
pub(crate) struct Access {
    /// The secret as it stands in the address.
    pub segment: String,
    pub invitation: Invitation,
    /// What was saved when this request came in.
    pub standing: Response,
    pub stored: Arc<StoredWave>,
    pub questionnaire: Arc<Questionnaire>,
    /// Name of the municipality as the register has it.
    pub municipality: String,
}

impl Access {
    /// Finds the invitation. An unknown link is "not found"; a wrong code in an address counts as a wrong attempt.
    pub(crate) async fn find(
        state: &State,
        segment: &str,
        parts: &Parts,
    ) -> Result<Self, PageError> {
        let found = match AccessCode::from_typed(segment) {
            Some(code) => match state.store.invitation_by_code(&code.hash()).await? {
                Some(invitation) => {
                    let (wave, key) = (&invitation.wave, &invitation.municipality);
                    let standing = state.store.response(wave, key).await?;
                    Some((invitation, standing))
                }
                None => {
                    let (from, limits) = (address(parts, &state.limits), state.limits);
                    let (most, window) = (limits.wrong_codes, limits.window_seconds);
                    let waits = state.throttle.check(from, state.now(), most, window);
                    waits.map_err(PageError::TooMany)?;
                    state.throttle.wrong(from, state.now());
                    None
                }
            },
            None => {
                let hash = AccessToken::from_link(segment).hash();
                state.store.answering(&hash).await?
            }
        };
        let (invitation, standing) = found.ok_or(PageError::NotFound)?;
        let name = &invitation.wave;
        let known = state.known.wave(&state.store, name, state.now()).await?;
        let KnownWave {
            stored,
            questionnaire,
        } = known.ok_or_else(|| PageError::internal("an invitation without its wave"))?;
        let register = state
            .known
            .register(&state.store, stored.register_list)
            .await?;
        let municipality = register
            .get(&invitation.municipality)
            .map(|m| m.name.clone());
        Ok(Self {
            segment: segment.to_owned(),
            municipality: municipality.unwrap_or_else(|| invitation.municipality.to_string()),
            invitation,
            standing,
            stored,
            questionnaire,
        })
    }

    pub(crate) fn wave(&self) -> &Wave {
        &self.stored.wave
    }

    /// Whether answers can be given now. A withdrawn invitation is closed.
    pub(crate) fn phase(&self, state: &State) -> Phase {
        match self.invitation.withdrawn {
            Some(_) => Phase::Closed,
            None => self.wave().phase(state.now()),
        }
    }

    /// Address of the first page, or below it: `""`, `"/pruefen"`, ...
    pub(crate) fn path(&self, below: &str) -> String {
        format!("/antworten/{}{below}", self.segment)
    }

    /// What is saved by now, read again: others may have saved since the request came in.
    pub(crate) async fn response(&self, state: &State) -> Result<Response, PageError> {
        let (wave, key) = (&self.invitation.wave, &self.invitation.municipality);
        Ok(state.store.response(wave, key).await?)
    }

    /// The frame of a page about this invitation; the wave says itself whether its data are made up.
    pub(crate) fn frame(&self, state: &State, ask: &Ask, title: impl Into<String>) -> Frame {
        let mut frame = Frame::new(state, ask, title);
        frame.synthetic |= self.wave().synthetic;
        frame.instance = self.wave().title.get(ask.lang).to_owned();
        frame
    }
}

/// "Gespeichert um 14:05 Uhr", with the day where it is not today's; `None` before the first save.
pub(crate) fn saved_line(state: &State, ask: &Ask, response: &Response) -> Option<String> {
    let last = response.records.values().map(|r| r.saved).max()?;
    let today = crate::frame::day(state.now()) == crate::frame::day(last);
    Some(if today {
        ask.tv("web-answer-saved-today", &[("time", &ask.clock(last))])
    } else {
        ask.tv("web-answer-saved-on", &[("moment", &ask.moment(last))])
    })
}

/// Minutes, e.g. "15 bis 20 Minuten".
pub(crate) fn minutes(ask: &Ask, (from, to): (u32, u32)) -> String {
    let (from, to) = (from.to_string(), to.to_string());
    ask.tv(
        "web-answer-first-minutes-text",
        &[("from", &from), ("to", &to)],
    )
}

/// The last day on which answers can be changed.
pub(crate) fn last_day(ask: &Ask, wave: &Wave) -> String {
    let last = wave.closes.checked_sub(jiff::SignedDuration::from_secs(1));
    ask.date(crate::frame::day(last.unwrap_or(wave.closes)))
}
