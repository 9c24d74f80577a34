//! Privacy of a wave: what the study states, what is deleted when, and the texts that are made of it.

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use edition::numbers;
use fieldwork::{Privacy, Wave, WaveName};
use store::{DeletionKind, Staff};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame, day};
use crate::markdown;
use crate::office::session::{Signed, frame};
use crate::public::privacy::{Facts, Section, record};

struct FieldView {
    name: &'static str,
    label: String,
    hint: String,
    value: String,
    missing: bool,
}

struct DaysView {
    name: &'static str,
    label: String,
    value: String,
    error: bool,
}

struct DueView {
    what: String,
    when: String,
    held: String,
}

#[derive(Template)]
#[template(path = "together/privacy.html")]
struct PrivacyPage {
    frame: Frame,
    error: Option<String>,
    /// Nothing is stated yet, so nothing is deleted.
    nothing: bool,
    version: i64,
    fields: Vec<FieldView>,
    days: Vec<DaysView>,
    due: Vec<DueView>,
    done: Vec<(String, String)>,
    info_href: String,
    record_href: String,
    contract_href: String,
    measures_href: String,
    back_href: String,
}

#[derive(Template)]
#[template(path = "together/sections.html")]
struct RecordPage {
    frame: Frame,
    over: String,
    lead: String,
    sections: Vec<Section>,
    back: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "public/text.html")]
struct TextPage {
    frame: Frame,
    text: String,
    text_lang: Option<&'static str>,
}

/// Fields of days: name, label, and how to reach the number.
type Days = (&'static str, &'static str, fn(&mut Privacy) -> &mut u32);

const DAYS: [Days; 6] = [
    ("zusammen", "privacy-days-together", |p| {
        &mut p.together_days
    }),
    ("verlauf", "privacy-days-history", |p| &mut p.history_days),
    ("antworten", "privacy-days-answers", |p| &mut p.answers_days),
    ("kontakte", "privacy-days-contacts", |p| {
        &mut p.contacts_days
    }),
    ("mails", "privacy-days-mails", |p| &mut p.mails_days),
    ("protokoll", "privacy-days-audit", |p| &mut p.audit_days),
];

/// Fields of words: name, label, hint, and how to reach the text.
type Words = (
    &'static str,
    &'static str,
    &'static str,
    fn(&mut Privacy) -> &mut String,
);

const WORDS: [Words; 6] = [
    (
        "verantwortlich",
        "privacy-controller",
        "privacy-controller-hint",
        |p| &mut p.controller,
    ),
    (
        "beauftragt",
        "privacy-officer",
        "privacy-officer-hint",
        |p| &mut p.officer,
    ),
    ("grundlage", "privacy-basis", "privacy-basis-hint", |p| {
        &mut p.legal_basis
    }),
    (
        "auftrag",
        "privacy-processors",
        "privacy-processors-hint",
        |p| &mut p.processors,
    ),
    ("herkunft", "privacy-origin", "privacy-origin-hint", |p| {
        &mut p.origin
    }),
    (
        "aufsicht",
        "privacy-authority",
        "privacy-authority-hint",
        |p| &mut p.authority,
    ),
];

/// A kind of deletion in words.
fn kind(ask: &Ask, kind: DeletionKind) -> String {
    ask.t(match kind {
        DeletionKind::Together => "privacy-kind-together",
        DeletionKind::History => "privacy-kind-history",
        DeletionKind::Answers => "privacy-kind-answers",
        DeletionKind::Contacts => "privacy-kind-contacts",
        DeletionKind::Mails => "privacy-kind-mails",
        DeletionKind::Audit => "privacy-kind-audit",
    })
}

async fn due(
    state: &State,
    ask: &Ask,
    wave: &Wave,
    stated: &Privacy,
) -> Result<Vec<DueView>, PageError> {
    let on = |at| ask.date(day(at));
    let answers = match stated.answers_until(wave) {
        Some(at) => on(at),
        None => ask.tv(
            "privacy-after-freezing",
            &[("days", &stated.answers_days.to_string())],
        ),
    };
    let rolling = |days: u32| ask.tv("privacy-older-than", &[("days", &days.to_string())]);
    let all = [
        (DeletionKind::Together, on(stated.together_until(wave))),
        (DeletionKind::History, on(stated.history_until(wave))),
        (DeletionKind::Answers, answers),
        (DeletionKind::Contacts, on(stated.contacts_until(wave))),
        (DeletionKind::Mails, rolling(stated.mails_days)),
        (DeletionKind::Audit, rolling(stated.audit_days)),
    ];
    let mut views = Vec::new();
    for (what, when) in all {
        let held = state.store.held(&wave.name, what).await?;
        views.push(DueView {
            what: kind(ask, what),
            when,
            held: numbers::thousands(ask.lang, held),
        });
    }
    Ok(views)
}

async fn page(
    state: &State,
    ask: &Ask,
    staff: &Staff,
    (wave, version, stated): (&Wave, i64, Privacy),
    (error, wrong): (Option<String>, Vec<(&'static str, String)>),
) -> Result<Response, PageError> {
    let status = if error.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let mut own = stated.clone();
    let fields = WORDS.map(|(name, label, hint, of)| {
        let value = of(&mut own).clone();
        FieldView {
            name,
            label: ask.t(label),
            hint: ask.t(hint),
            missing: value.is_empty(),
            value,
        }
    });
    let days = DAYS.map(|(name, label, of)| {
        let typed = wrong.iter().find(|(n, _)| *n == name);
        DaysView {
            name,
            label: ask.t(label),
            value: typed.map_or_else(|| of(&mut own).to_string(), |(_, v)| v.clone()),
            error: typed.is_some(),
        }
    });
    let deletions = state.store.deletions(&wave.name).await?;
    let done = deletions.iter().map(|d| {
        let count = numbers::thousands(ask.lang, d.counted);
        let what = kind(ask, d.kind);
        let words = ask.tv("privacy-deleted", &[("what", &what), ("count", &count)]);
        (ask.moment(d.at), words)
    });
    let name = &wave.name;
    let title = wave.title.get(ask.lang);
    let below = |path: &str| ask.to(&format!("/verwaltung/ruecklauf/{name}{path}"));
    let page = PrivacyPage {
        frame: frame(
            state,
            ask,
            staff,
            ask.tv("privacy-office-title", &[("wave", title)]),
        ),
        error,
        nothing: version == 0,
        version,
        fields: fields.into(),
        days: days.into(),
        due: due(state, ask, wave, &stated).await?,
        done: done.collect(),
        info_href: ask.to(&format!("/datenschutz/{name}")),
        record_href: below("/verzeichnis"),
        contract_href: ask.to("/verwaltung/vorlagen/auftragsverarbeitung"),
        measures_href: ask.to("/verwaltung/vorlagen/massnahmen"),
        back_href: below(""),
    };
    Ok((status, html(&page)?).into_response())
}

/// The wave with what is stated about it, and the version of that.
pub(crate) async fn stated(state: &State, name: &str) -> Result<(Wave, i64, Privacy), PageError> {
    let wave = WaveName(name.to_owned());
    let stored = state.store.wave(&wave).await?.ok_or(PageError::NotFound)?;
    let row = state.store.wave_privacy(&wave).await?;
    let (version, stated) = row.map_or((0, Privacy::default()), |r| (r.version, r.stated));
    Ok((stored.wave, version, stated))
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let (wave, version, stated) = stated(&state, &name).await?;
    page(
        &state,
        &ask,
        &staff,
        (&wave, version, stated),
        (None, Vec::new()),
    )
    .await
}

pub(crate) async fn save(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let (wave, version, mut stated) = stated(&state, &name).await?;
    let text = |name: &str| {
        let found = sent.iter().find(|(n, _)| n == name);
        found.map_or("", |(_, v)| v.trim()).replace("\r\n", "\n")
    };
    let mut wrong = Vec::new();
    for (name, _, _, of) in WORDS {
        *of(&mut stated) = text(name).chars().take(2000).collect();
    }
    for (name, _, of) in DAYS {
        match text(name).parse() {
            Ok(days @ 1..=36500) => *of(&mut stated) = days,
            _ => wrong.push((name, text(name))),
        }
    }
    if !wrong.is_empty() {
        let error = Some(ask.t("privacy-days-wrong"));
        return page(
            &state,
            &ask,
            &staff,
            (&wave, version, stated),
            (error, wrong),
        )
        .await;
    }
    let seen = text("version").parse().unwrap_or(version);
    let put = state
        .store
        .put_wave_privacy(&wave.name, &stated, seen, state.now(), &staff.mail);
    if !put.await? {
        let error = Some(ask.t("privacy-conflict"));
        return page(
            &state,
            &ask,
            &staff,
            (&wave, version, stated),
            (error, Vec::new()),
        )
        .await;
    }
    let to = format!("/verwaltung/ruecklauf/{name}/datenschutz");
    Ok(Redirect::to(&ask.to(&to)).into_response())
}

/// The record of processing (Art. 30 DSGVO), made of the wave's settings.
pub(crate) async fn processing(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let facts = Facts::of(&state, &name).await?;
    let back = format!("/verwaltung/ruecklauf/{name}/datenschutz");
    let page = RecordPage {
        frame: frame(&state, &ask, &staff, ask.t("privacy-record-title")),
        over: facts.wave.title.get(ask.lang).to_owned(),
        lead: ask.t("privacy-record-lead"),
        sections: record(&ask, &facts),
        back: Some((ask.to(&back), ask.t("privacy-back"))),
    };
    Ok(html(&page)?.into_response())
}

const CONTRACT: &str = include_str!("../../../../docs/vorlagen/auftragsverarbeitung.md");
const MEASURES: &str = include_str!("../../../../docs/vorlagen/massnahmen.md");

/// A template: processing on behalf (Art. 28), technical and organisational measures (Art. 32).
pub(crate) async fn template(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let (text, title) = match name.as_str() {
        "auftragsverarbeitung" => (CONTRACT, "privacy-contract-title"),
        "massnahmen" => (MEASURES, "privacy-measures-title"),
        _ => return Err(PageError::NotFound),
    };
    let page = TextPage {
        frame: frame(&state, &ask, &staff, ask.t(title)),
        text: markdown::html(text),
        text_lang: (ask.lang != questionnaire::Lang::De).then_some("de"),
    };
    Ok(html(&page)?.into_response())
}
