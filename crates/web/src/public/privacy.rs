//! What people are told about a wave's data (Art. 13 DSGVO) and the record of processing (Art. 30), made of what the
//! study states and of what this program does. Nothing is claimed that a setting does not say.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Response};
use fieldwork::{Privacy, Wave};
use questionnaire::QuestionKind;

use crate::State;
use crate::answer::access::last_day;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame, day};
use crate::office::privacy::stated;

/// A heading with its paragraphs.
pub(crate) struct Section {
    pub title: String,
    pub words: Vec<String>,
}

#[derive(Template)]
#[template(path = "together/sections.html")]
struct InfoPage {
    frame: Frame,
    over: String,
    lead: String,
    sections: Vec<Section>,
    back: Option<(String, String)>,
}

fn section(ask: &Ask, title: &str, words: Vec<String>) -> Section {
    Section {
        title: ask.t(title),
        words,
    }
}

/// What is stated, line by line; or that it is not stated yet.
fn lines(ask: &Ask, text: &str) -> Vec<String> {
    if text.trim().is_empty() {
        return vec![ask.t("privacy-not-stated")];
    }
    text.lines().map(str::to_owned).collect()
}

/// What a wave's texts are made of.
pub(crate) struct Facts {
    pub wave: Wave,
    pub stated: Privacy,
    /// Whether somebody has stated it: before that nothing is deleted.
    pub kept: bool,
    /// Whether the questionnaire takes files along.
    pub files: bool,
    /// Whether it asks for practices with a mailbox.
    pub practices: bool,
}

impl Facts {
    /// The facts of a wave of this name.
    pub(crate) async fn of(state: &State, name: &str) -> Result<Self, PageError> {
        let (wave, version, stated) = stated(state, name).await?;
        let stored = state.store.wave(&wave.name).await?;
        let stored = stored.ok_or(PageError::NotFound)?;
        let questionnaire = state.known.questionnaire(&stored)?;
        let asks = |of: fn(&QuestionKind) -> bool| questionnaire.questions().any(|q| of(&q.kind));
        Ok(Self {
            wave,
            stated,
            kept: version > 0,
            files: asks(|kind| matches!(kind, QuestionKind::File { .. })),
            practices: asks(|kind| matches!(kind, QuestionKind::Nomination { .. })),
        })
    }
}

/// Which data are kept, without what staff of the institute leave.
fn data(ask: &Ask, facts: &Facts) -> Vec<String> {
    let mut words = vec![ask.t("privacy-data-answers")];
    if facts.files {
        words.push(ask.t("privacy-data-files"));
    }
    if facts.practices {
        words.push(ask.t("privacy-data-practices"));
    }
    words.push(ask.t("privacy-data-contacts"));
    words.push(ask.t("privacy-data-inside"));
    words
}

fn origin(ask: &Ask, stated: &Privacy) -> Vec<String> {
    let mut words = lines(ask, &stated.origin);
    words.push(ask.t("privacy-origin-own"));
    words
}

fn periods(ask: &Ask, facts: &Facts) -> Vec<String> {
    let (wave, stated) = (&facts.wave, &facts.stated);
    if !facts.kept {
        return vec![ask.t("privacy-not-stated"), ask.t("privacy-period-dataset")];
    }
    let on = |key: &str, at| ask.tv(key, &[("day", &ask.date(day(at)))]);
    let days = |key: &str, days: u32| ask.tv(key, &[("days", &days.to_string())]);
    vec![
        on("privacy-period-together", stated.together_until(wave)),
        on("privacy-period-history", stated.history_until(wave)),
        match stated.answers_until(wave) {
            Some(at) => on("privacy-period-answers", at),
            None => days("privacy-period-answers-days", stated.answers_days),
        },
        on("privacy-period-contacts", stated.contacts_until(wave)),
        days("privacy-period-mails", stated.mails_days),
        days("privacy-period-audit", stated.audit_days),
        ask.t("privacy-period-dataset"),
    ]
}

fn controller(ask: &Ask, wave: &Wave, stated: &Privacy) -> Vec<String> {
    let mut words = vec![wave.institute.name.clone()];
    words.extend(lines(ask, &stated.controller));
    words.push(wave.contact.clone());
    words
}

fn recipients(ask: &Ask, wave: &Wave, stated: &Privacy) -> Vec<String> {
    let mut words = vec![ask.t("privacy-recipients-researchers")];
    if stated.processors.trim().is_empty() {
        words.push(ask.t("privacy-processors-none"));
    } else {
        words.push(ask.t("privacy-processors-some"));
        words.extend(stated.processors.lines().map(str::to_owned));
    }
    let funder = if wave.has_funder() { "yes" } else { "no" };
    words.push(ask.tv("privacy-recipients-not", &[("funder", funder)]));
    words
}

/// The information text (Art. 13).
fn information(ask: &Ask, facts: &Facts) -> Vec<Section> {
    let (wave, stated) = (&facts.wave, &facts.stated);
    let mut data = data(ask, facts);
    data.push(ask.t("privacy-data-cookies"));
    let t = |key: &str| ask.t(key);
    let opens = ask.date(day(wave.opens));
    let field = [("from", opens.as_str()), ("until", &last_day(ask, wave))];
    let withdraw = match wave.frozen {
        Some(at) => ask.tv("privacy-info-frozen", &[("day", &ask.date(day(at)))]),
        None => t("privacy-info-withdraw"),
    };
    vec![
        section(ask, "privacy-controller", controller(ask, wave, stated)),
        section(ask, "privacy-officer", lines(ask, &stated.officer)),
        section(
            ask,
            "privacy-purpose",
            vec![
                wave.purpose.get(ask.lang).to_owned(),
                ask.tv("privacy-field", &field),
            ],
        ),
        section(ask, "privacy-basis", lines(ask, &stated.legal_basis)),
        section(ask, "privacy-data", data),
        section(ask, "privacy-origin", origin(ask, stated)),
        section(ask, "privacy-recipients", recipients(ask, wave, stated)),
        section(ask, "privacy-abroad", vec![t("privacy-abroad-text")]),
        section(ask, "privacy-periods", periods(ask, facts)),
        section(
            ask,
            "privacy-rights",
            vec![
                t("privacy-rights-text"),
                withdraw,
                t("privacy-rights-voluntary"),
            ],
        ),
        section(ask, "privacy-authority", lines(ask, &stated.authority)),
        section(ask, "privacy-automated", vec![t("privacy-automated-text")]),
    ]
}

/// The record of processing (Art. 30).
pub(crate) fn record(ask: &Ask, facts: &Facts) -> Vec<Section> {
    let (wave, stated) = (&facts.wave, &facts.stated);
    let mut data = data(ask, facts);
    data.push(ask.t("privacy-data-staff"));
    let t = |key: &str| ask.t(key);
    vec![
        section(ask, "privacy-controller", controller(ask, wave, stated)),
        section(ask, "privacy-officer", lines(ask, &stated.officer)),
        section(
            ask,
            "privacy-purpose",
            vec![wave.purpose.get(ask.lang).to_owned()],
        ),
        section(ask, "privacy-basis", lines(ask, &stated.legal_basis)),
        section(
            ask,
            "privacy-subjects",
            vec![t("privacy-subjects-contacts"), t("privacy-subjects-staff")],
        ),
        section(ask, "privacy-data", data),
        section(ask, "privacy-origin", origin(ask, stated)),
        section(ask, "privacy-recipients", recipients(ask, wave, stated)),
        section(ask, "privacy-abroad", vec![t("privacy-abroad-text")]),
        section(ask, "privacy-periods", periods(ask, facts)),
        section(
            ask,
            "privacy-measures-title",
            vec![t("privacy-measures-see")],
        ),
    ]
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
) -> Result<Response, PageError> {
    let facts = Facts::of(&state, &name).await?;
    let wave = &facts.wave;
    let mut frame = Frame::new(&state, &ask, ask.t("privacy-info-title"));
    frame.synthetic |= wave.synthetic;
    let page = InfoPage {
        frame,
        over: wave.title.get(ask.lang).to_owned(),
        lead: ask.t("privacy-info-lead"),
        sections: information(&ask, &facts),
        back: None,
    };
    Ok(html(&page)?.into_response())
}
