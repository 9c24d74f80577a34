//! Choosing who is asked: the count first, then it is taken.

use askama::Template;
use axum::extract::{Form, Path, Query, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use edition::numbers;
use fieldwork::{Choice, Chosen, Sample, SampleSize, StratumBy, WaveName, choose};
use questionnaire::Lang;
use register::{Key, Kind, Land, SizeClass};
use store::{Staff, StoredWave};

use super::{title, wave};
use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::{Signed, frame};

type Sent = Vec<(String, String)>;

struct BoxView {
    name: &'static str,
    value: String,
    label: String,
    checked: bool,
}

struct Counted {
    lead: String,
    strata: Vec<(String, String, String)>,
    /// What was asked for, handed on to the button.
    sent: Sent,
}

#[derive(Template)]
#[template(path = "field/population.html")]
struct PopulationPage {
    frame: Frame,
    back: String,
    here: String,
    kept: Option<String>,
    faults: Vec<String>,
    groups: Vec<(String, Vec<BoxView>)>,
    values: Vec<(&'static str, String, String)>,
    own: String,
    counted: Option<Counted>,
    saved: bool,
}

const KINDS: [Kind; 4] = [
    Kind::IndependentCity,
    Kind::Town,
    Kind::Municipality,
    Kind::County,
];

fn has(sent: &Sent, name: &str, value: &str) -> bool {
    sent.iter().any(|(n, v)| n == name && v == value)
}

fn value<'s>(sent: &'s Sent, name: &str) -> &'s str {
    let found = sent.iter().find(|(n, _)| n == name);
    found.map_or("", |(_, v)| v.trim())
}

/// What was typed as a choice, and what is wrong in it.
fn read(sent: &Sent, ask: &Ask) -> (Choice, Vec<String>) {
    let mut faults = Vec::new();
    let mut number = |name: &str| -> Option<u32> {
        let typed = value(sent, name);
        if typed.is_empty() {
            return None;
        }
        let plain = typed.replace(['.', ' ', '\u{202f}'], "");
        let read = plain.parse().ok();
        if read.is_none() {
            faults.push(ask.tv("web-field-population-number", &[("typed", typed)]));
        }
        read
    };
    let (from, all_from) = (number("ab"), number("alle_ab"));
    let (total, seed) = (number("umfang"), number("startwert").unwrap_or(1));
    let by = [
        ("land", StratumBy::Land),
        ("groesse", StratumBy::SizeClass),
        ("art", StratumBy::Kind),
    ];
    let size = total
        .filter(|n| *n > 0)
        .map(|n| match value(sent, "weise") {
            "schicht" => SampleSize::PerStratum(n),
            "prozent" => SampleSize::Percent(n),
            _ => SampleSize::Total(n),
        });
    let mut own = Vec::new();
    for typed in value(sent, "eigene").split([',', ';', '\n', ' ', '\r', '\t']) {
        match Key::new(typed.trim()) {
            _ if typed.trim().is_empty() => {}
            Ok(key) => own.push(key),
            Err(_) => faults.push(ask.tv("web-field-population-key", &[("typed", typed)])),
        }
    }
    let choice = Choice {
        laender: Land::ALL
            .into_iter()
            .filter(|l| has(sent, "land", l.code()))
            .collect(),
        kinds: KINDS
            .into_iter()
            .filter(|k| has(sent, "art", &format!("{k:?}")))
            .collect(),
        size_classes: SizeClass::ALL
            .into_iter()
            .filter(|s| has(sent, "groesse", &format!("{s:?}")))
            .collect(),
        inhabitants_from: from,
        own: (!own.is_empty()).then_some(own),
        sample: size.map(|size| Sample {
            size,
            by: by
                .into_iter()
                .filter(|(word, _)| has(sent, "schichten", word))
                .map(|(_, by)| by)
                .collect(),
            all_from,
            seed: seed.into(),
        }),
    };
    (choice, faults)
}

fn groups(ask: &Ask, sent: &Sent) -> Vec<(String, Vec<BoxView>)> {
    let german = ask.lang == Lang::De;
    let view = |name: &'static str, value: String, de: &str, en: &str| BoxView {
        checked: has(sent, name, &value),
        name,
        value,
        label: if german { de } else { en }.to_owned(),
    };
    vec![
        (
            ask.t("web-field-by-land"),
            Land::ALL
                .map(|l| view("land", l.code().to_owned(), l.german(), l.english()))
                .into(),
        ),
        (
            ask.t("web-field-by-type"),
            KINDS
                .map(|k| view("art", format!("{k:?}"), k.german(), k.english()))
                .into(),
        ),
        (
            ask.t("web-field-by-size"),
            SizeClass::ALL
                .map(|s| {
                    view(
                        "groesse",
                        format!("{s:?}"),
                        s.german_plural(),
                        s.english_plural(),
                    )
                })
                .into(),
        ),
    ]
}

fn counted(ask: &Ask, chosen: &Chosen, sent: &Sent) -> Counted {
    let number = |n: usize| numbers::thousands(ask.lang, n as i64);
    let keep = |(name, _): &&(String, String)| name != "zaehlen" && name != "lang";
    Counted {
        lead: ask.tv(
            "web-field-population-count",
            &[("count", &number(chosen.keys.len()))],
        ),
        strata: chosen
            .strata
            .iter()
            .map(|s| {
                (
                    s.label.clone(),
                    number(s.units as usize),
                    number(s.taken as usize),
                )
            })
            .collect(),
        sent: sent.iter().filter(keep).cloned().collect(),
    }
}

async fn page(
    state: &State,
    ask: &Ask,
    staff: &Staff,
    stored: &StoredWave,
    sent: &Sent,
) -> Result<Response, PageError> {
    let register = state
        .known
        .register(&state.store, stored.register_list)
        .await?;
    let (choice, mut faults) = read(sent, ask);
    let mut view = None;
    if has(sent, "zaehlen", "1") {
        match choose(&register, &choice) {
            Ok(chosen) if faults.is_empty() => view = Some(counted(ask, &chosen, sent)),
            Ok(_) => {}
            Err(found) => faults.extend(found.iter().map(ToString::to_string)),
        }
    }
    let kept = state.store.population(&stored.wave.name).await?.map(|p| {
        let seed = p
            .chosen
            .choice
            .sample
            .as_ref()
            .map_or("–".to_owned(), |s| s.seed.to_string());
        let count = numbers::thousands(ask.lang, p.chosen.keys.len() as i64);
        let values = [
            ("count", count.as_str()),
            ("moment", &ask.moment(p.taken)),
            ("who", &p.taken_by),
            ("list", register.label()),
            ("seed", &seed),
        ];
        ask.tv("web-field-population-kept", &values)
    });
    let name = &stored.wave.name;
    let field = |name: &'static str, key: &str| (name, ask.t(key), value(sent, name).to_owned());
    let page = PopulationPage {
        frame: frame(
            state,
            ask,
            staff,
            title(ask, "web-field-population-title", stored),
        ),
        back: ask.to(&format!("/verwaltung/feld/{name}")),
        here: ask.to(&format!("/verwaltung/feld/{name}/grundgesamtheit")),
        kept,
        faults,
        groups: groups(ask, sent),
        values: vec![
            field("ab", "web-field-population-from"),
            field("umfang", "web-field-population-size"),
            field("alle_ab", "web-field-population-all-from"),
            field("startwert", "web-field-population-seed"),
        ],
        own: value(sent, "eigene").to_owned(),
        counted: view,
        saved: has(sent, "uebernommen", "1"),
    };
    Ok(html(&page)?.into_response())
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    Query(sent): Query<Sent>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let stored = wave(&state, &name).await?;
    page(&state, &ask, &staff, &stored, &sent).await
}

pub(crate) async fn take(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let stored = wave(&state, &name).await?;
    let register = state
        .known
        .register(&state.store, stored.register_list)
        .await?;
    let (choice, faults) = read(&sent, &ask);
    let chosen = choose(&register, &choice);
    let (Ok(chosen), true) = (chosen, faults.is_empty()) else {
        return page(&state, &ask, &staff, &stored, &sent).await;
    };
    let (wave, list) = (WaveName(name.clone()), stored.register_list);
    let put = state
        .store
        .put_population(&wave, list, &chosen, state.now(), &staff.mail);
    if !put.await? {
        return Err(PageError::Conflict);
    }
    let to = format!("/verwaltung/feld/{name}/grundgesamtheit?uebernommen=1");
    Ok(Redirect::to(&ask.to(&to)).into_response())
}
