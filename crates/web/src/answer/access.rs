//! Who is answering what: the invitation behind a link or a typed code.

use std::borrow::Cow;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use fieldwork::{AccessCode, AccessToken, Department, Origin, Phase, Response, Wave, WaveName};
use questionnaire::{Answer, Answers, Page, Questionnaire, SEED, VariableKey, seed};
use register::Key;
use store::{DepartmentAccess, Invitation, Standing, StoredWave};

use crate::State;
use crate::error::PageError;
use crate::frame::{Ask, Frame};
use crate::known::KnownWave;
use crate::layers::address;
use crate::office::session::Signed;

/// Who writes behind an address.
#[derive(Clone, Debug)]
pub(crate) enum Writer {
    /// Who holds the link of the invitation.
    Contact,
    /// A department: its sections only.
    Department(Department),
    /// The institute, which types in what came on paper.
    Institute,
}

/// First part of the address under which the institute types in what came on paper: no token has a full stop.
pub(crate) const PAPER: &str = "papier.";

/// An invitation with its wave.
pub(crate) struct Access {
    /// The secret as it stands in the address.
    pub segment: String,
    pub invitation: Invitation,
    /// What was saved when this request came in.
    pub standing: Arc<Standing>,
    pub stored: Arc<StoredWave>,
    /// The questionnaire, in the order that this municipality sees.
    pub questionnaire: Arc<Questionnaire>,
    /// Whether the wave is in its pretest.
    pub pretest: bool,
    pub register: Arc<register::Register>,
    /// Name of the municipality as the register has it.
    pub municipality: String,
    pub writer: Writer,
    /// Whether departments are at work here, or comments stand beside questions; true also where nobody has looked.
    pub shared: bool,
}

type Found = (Invitation, Arc<Standing>, Writer);

impl Access {
    /// The contact's access. What a department or the institute writes through is "not found" here.
    pub(crate) async fn find(
        state: &State,
        segment: &str,
        parts: &Parts,
    ) -> Result<Self, PageError> {
        let access = Self::find_any(state, segment, parts).await?;
        match access.writer {
            Writer::Contact => Ok(access),
            _ => Err(PageError::NotFound),
        }
    }

    /// Access to the whole questionnaire: the contact's, or the institute's that types in from paper.
    pub(crate) async fn find_whole(
        state: &State,
        segment: &str,
        parts: &Parts,
    ) -> Result<Self, PageError> {
        let access = Self::find_any(state, segment, parts).await?;
        match access.writer {
            Writer::Department(_) => Err(PageError::NotFound),
            _ => Ok(access),
        }
    }

    /// Anybody's access; ask [`Access::sees`] before a page is shown or saved. An unknown link is "not found"; a wrong
    /// code in an address counts as a wrong attempt.
    pub(crate) async fn find_any(
        state: &State,
        segment: &str,
        parts: &Parts,
    ) -> Result<Self, PageError> {
        let found = if let Some(whose) = segment.strip_prefix(PAPER) {
            on_paper(state, whose, parts).await?
        } else if let Some(code) = AccessCode::from_typed(segment) {
            let found = by_code(state, &code).await?;
            if found.is_none() {
                let (from, limits) = (address(parts, &state.limits), state.limits);
                let (most, window) = (limits.wrong_codes, limits.window_seconds);
                let waits = state.throttle.check(from, state.now(), most, window);
                waits.map_err(PageError::TooMany)?;
                state.throttle.wrong(from, state.now());
            }
            found
        } else {
            let hash = AccessToken::from_link(segment).hash();
            match state.store.answering(&hash).await? {
                Some(found) => {
                    let contact = (found.invitation, found.response, Writer::Contact);
                    let mut access = Self::of(state, segment, contact).await?;
                    access.shared = found.shared;
                    return Ok(access.in_tongue(parts));
                }
                None => state.store.department_by_link(&hash).await?.map(department),
            }
        };
        let (invitation, standing, writer) = found.ok_or(PageError::NotFound)?;
        let access = Self::of(state, segment, (invitation, standing, writer)).await?;
        Ok(access.in_tongue(parts))
    }

    /// The access with its questions in the language that the address names, where the questionnaire has it.
    fn in_tongue(mut self, parts: &Parts) -> Self {
        let named = parts.uri.query().is_some_and(|q| q.contains("sprache="));
        let main = self.questionnaire.more.languages.first();
        if !named && main.is_none_or(|main| main == "de" || main == "en") {
            return self;
        }
        let ask = Ask::of(parts);
        // Where its main language is another, our own words among the questions are in that too.
        let shown = self.questionnaire.tag(ask.lang).to_owned();
        let tongue = ask.tongue.unwrap_or(shown);
        if let Some(translated) = self.questionnaire.translated(&tongue) {
            self.questionnaire = Arc::new(translated);
        }
        self
    }

    /// The access with its wave, for an invitation that was found.
    pub(crate) async fn of(
        state: &State,
        segment: &str,
        (invitation, standing, writer): Found,
    ) -> Result<Self, PageError> {
        let name = &invitation.wave;
        let known = state.known.wave(&state.store, name, state.now()).await?;
        let KnownWave {
            stored,
            questionnaire,
            pretest,
        } = known.ok_or_else(|| PageError::internal("an invitation without its wave"))?;
        let register = state
            .known
            .register(&state.store, stored.register_list)
            .await?;
        let municipality = register
            .get(&invitation.municipality)
            .map(|m| m.name.clone());
        let questionnaire = if questionnaire.is_random() {
            let seed = seed(standing.answers(), &seed_of(&invitation));
            questionnaire
                .ordered_for(seed)
                .map_or(questionnaire, Arc::new)
        } else {
            questionnaire
        };
        Ok(Self {
            segment: segment.to_owned(),
            register,
            municipality: municipality.unwrap_or_else(|| invitation.municipality.to_string()),
            invitation,
            standing,
            stored,
            questionnaire,
            writer,
            pretest,
            shared: true,
        })
    }

    /// Whether this writer may see and answer a page.
    pub(crate) fn sees(&self, page: &str) -> bool {
        match &self.writer {
            Writer::Department(department) => department.has(page),
            Writer::Contact | Writer::Institute => true,
        }
    }

    /// The answers on the pages that this writer may see.
    pub(crate) fn known<'a>(&self, answers: &'a Answers) -> Cow<'a, Answers> {
        let Writer::Department(department) = &self.writer else {
            return Cow::Borrowed(answers);
        };
        let seen = |key: &VariableKey| {
            let page = self.questionnaire.page_of(key.question());
            page.is_some_and(|page| department.has(&page.key))
        };
        let own = answers.iter().filter(|(key, _)| seen(key));
        Cow::Owned(own.map(|(k, a)| (k.clone(), a.clone())).collect())
    }

    /// Who an answer of this writer is by.
    pub(crate) fn origin(&self) -> Origin {
        match &self.writer {
            Writer::Contact => Origin::Contact,
            Writer::Department(department) => Origin::Department(department.id),
            Writer::Institute => Origin::Paper,
        }
    }

    /// The page after `after` on the writer's route.
    pub(crate) fn next_page(&self, after: &str, answers: &Answers) -> Option<&Page> {
        let mut next = self.questionnaire.next_page(Some(after), answers);
        while let Some(page) = next.filter(|page| !self.sees(&page.key)) {
            next = self.questionnaire.next_page(Some(&page.key), answers);
        }
        next
    }

    /// The page before `before` on the writer's route.
    pub(crate) fn previous_page(&self, before: &str, answers: &Answers) -> Option<&Page> {
        let mut previous = self.questionnaire.previous_page(before, answers);
        while let Some(page) = previous.filter(|page| !self.sees(&page.key)) {
            previous = self.questionnaire.previous_page(&page.key, answers);
        }
        previous
    }

    /// Where the writer's way ends: the review, or for a department its own first page.
    pub(crate) fn end(&self) -> String {
        match self.writer {
            Writer::Department(_) => self.path(""),
            Writer::Contact | Writer::Institute => self.path("/pruefen"),
        }
    }

    /// The seed of this municipality's random orders, where it is not kept yet and something is in random order.
    pub(crate) fn fresh_seed(&self) -> Option<Answer> {
        if !self.questionnaire.is_random() {
            return None;
        }
        let key = VariableKey(SEED.to_owned());
        let kept = self.standing.records.contains_key(&key);
        let seed = || seed(self.standing.answers(), &seed_of(&self.invitation));
        (!kept).then(|| Answer::Number(seed() as f64))
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
        if fieldwork::is_test(&self.invitation.municipality) {
            frame.notice = Some(ask.t("together-test"));
        }
        if matches!(self.writer, Writer::Institute) {
            let of = [("municipality", self.municipality.as_str())];
            frame.notice = Some(ask.tv("together-on-paper", &of));
        }
        frame
    }
}

fn department(access: DepartmentAccess) -> Found {
    let writer = Writer::Department(access.department);
    (access.invitation, Arc::new(access.response.into()), writer)
}

/// The invitation or the department behind a typed code.
async fn by_code(state: &State, code: &AccessCode) -> Result<Option<Found>, PageError> {
    if let Some(invitation) = state.store.invitation_by_code(&code.hash()).await? {
        let (wave, key) = (&invitation.wave, &invitation.municipality);
        let standing = state.store.response(wave, key).await?;
        let standing = Arc::new(standing.into());
        return Ok(Some((invitation, standing, Writer::Contact)));
    }
    let found = state.store.department_by_code(&code.hash()).await?;
    Ok(found.map(department))
}

/// The invitation `<wave>.<key>` for a researcher who is signed in; for everybody else there is nothing.
async fn on_paper(state: &State, whose: &str, parts: &Parts) -> Result<Option<Found>, PageError> {
    let signed = Signed::from_request_parts(&mut parts.clone(), state).await?;
    signed.researcher()?;
    let Some((wave, key)) = whose.rsplit_once('.') else {
        return Ok(None);
    };
    let Ok(key) = Key::new(key) else {
        return Ok(None);
    };
    let wave = WaveName(wave.to_owned());
    let found = state.store.answering_of(&wave, &key).await?;
    Ok(found.map(|(invitation, standing)| {
        let standing = Arc::new(standing.into());
        (invitation, standing, Writer::Institute)
    }))
}

/// What a municipality's random order is made from.
fn seed_of(invitation: &Invitation) -> String {
    format!("{}/{}", invitation.wave, invitation.municipality)
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

/// Who does not see the answers; a funder is named only where there is one.
pub(crate) fn sees_not(ask: &Ask, wave: &Wave) -> String {
    let funder = if wave.has_funder() { "yes" } else { "no" };
    ask.tv("web-answer-first-sees-not-text", &[("funder", funder)])
}

/// The last day on which answers can be changed.
pub(crate) fn last_day(ask: &Ask, wave: &Wave) -> String {
    let last = wave.closes.checked_sub(jiff::SignedDuration::from_secs(1));
    ask.date(crate::frame::day(last.unwrap_or(wave.closes)))
}
