//! Closing a wave: dispositions, the frozen dataset, what is released.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use dataset::Dataset;
use fieldwork::{Disposition, Response, WaveName, disposition};
use findings::WaveFacts;
use jiff::Timestamp;
use questionnaire::Questionnaire;
use register::Key;
use store::{Invitation, Store};

use crate::clock;

/// Questions whose shares are also said as shares of the inhabitants.
const INHABITANTS_TOO: [&str; 2] = ["lage", "konzept"];

/// What closing found.
pub struct Closed {
    /// Invitations by what became of them.
    pub dispositions: BTreeMap<Disposition, usize>,
    /// Rows of the dataset: the one N.
    pub rows: usize,
    /// Findings that were released.
    pub findings: usize,
}

/// What became of each invitation of a wave, by the written rule.
pub fn dispositions(
    invitations: &[Invitation],
    responses: &BTreeMap<Key, Response>,
    questionnaire: &Questionnaire,
) -> BTreeMap<Key, Disposition> {
    invitations
        .iter()
        .map(|invitation| {
            let answers = responses
                .get(&invitation.municipality)
                .map(Response::answers)
                .unwrap_or_default();
            let progress = questionnaire.required(&answers);
            let disposition = disposition(
                invitation.opened.is_some(),
                invitation.submitted.is_some(),
                invitation.withdrawn.is_some(),
                progress.answered,
                progress.asked,
            );
            (invitation.municipality.clone(), disposition)
        })
        .collect()
}

/// Freezes the dataset of a wave and keeps what it releases. Once only.
pub async fn close_wave(
    store: &Store,
    name: &WaveName,
    at: Timestamp,
    actor: &str,
) -> anyhow::Result<Closed> {
    let Some(stored) = store.wave(name).await? else {
        bail!("there is no wave \"{name}\"")
    };
    if let Some(frozen) = stored.wave.frozen {
        bail!(
            "the wave \"{name}\" was closed on {} and is not changed any more",
            clock::day(frozen)
        );
    }
    let questionnaire = Questionnaire::read(
        &stored.questionnaire,
        &format!("questionnaire of wave {name}"),
    )?;
    let register = store
        .register(stored.register_list)
        .await?
        .context("the wave's list of municipalities is gone")?;
    let invitations = store.invitations(name).await?;
    let responses = store.responses(name).await?;
    let dispositions = dispositions(&invitations, &responses, &questionnaire);

    let counted: Vec<(String, questionnaire::Answers)> = responses
        .values()
        .filter(|r| {
            dispositions
                .get(&r.municipality)
                .is_some_and(|d| d.counts())
        })
        .map(|r| (r.municipality.to_string(), r.answers()))
        .collect();
    let dataset = Dataset::freeze(&questionnaire, &name.0, clock::day(at), &counted)?;
    let last_day = clock::day(stored.wave.closes)
        .yesterday()
        .context("the field period ends before it begins")?;
    let facts = WaveFacts {
        title: stored.wave.title.clone(),
        field_period: (clock::day(stored.wave.opens), last_day),
        inhabitants_too: INHABITANTS_TOO.map(str::to_owned).to_vec(),
        synthetic: stored.wave.synthetic,
    };
    let by_unit: Vec<(Key, Disposition)> = dispositions
        .iter()
        .map(|(key, d)| (key.clone(), *d))
        .collect();
    let release = findings::evaluate(&dataset, &questionnaire, &register, &facts, &by_unit)?;
    if !store.freeze(name, &dataset, &release, at, actor).await? {
        bail!("the wave \"{name}\" was closed by somebody else in the meantime");
    }
    let mut counts = BTreeMap::new();
    for disposition in dispositions.into_values() {
        *counts.entry(disposition).or_insert(0) += 1;
    }
    Ok(Closed {
        dispositions: counts,
        rows: counted.len(),
        findings: release.findings.len(),
    })
}
