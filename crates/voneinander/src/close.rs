//! Closing a wave: dispositions, the frozen dataset, what is released.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context, bail};
use dataset::Dataset;
use fieldwork::{Disposition, Response, Wave, WaveName, disposition};
use findings::{Audited, Paradata, WaveData, WaveFacts};
use jiff::{SignedDuration, Timestamp};
use questionnaire::Questionnaire;
use register::{Key, Register};
use store::{FreezeOutcome, Invitation, Store};

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

/// Evaluations that may be overtaken by new answers before closing gives up.
const ATTEMPTS: usize = 5;

/// Freezes the dataset of a wave and keeps what it releases. Once only; within the field period it ends that.
/// Answers that come in while it evaluates are evaluated too: what was confirmed to a municipality counts.
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
    if at < stored.wave.opens {
        bail!(
            "the field period of the wave \"{name}\" begins on {} only",
            clock::day(stored.wave.opens)
        );
    }
    let questionnaire = Arc::new(Questionnaire::read(
        &stored.questionnaire,
        &format!("questionnaire of wave {name}"),
    )?);
    let register = store
        .register(stored.register_list)
        .await?
        .context("the wave's list of municipalities is gone")?;
    let (register, wave) = (Arc::new(register), Arc::new(stored.wave));
    for _ in 0..ATTEMPTS {
        let seen = store.field_state(name).await?;
        // Test responses belong to no municipality: they count nowhere.
        let mut invitations = store.invitations(name).await?;
        invitations.retain(|i| !fieldwork::is_test(&i.municipality));
        let mut responses = store.responses(name).await?;
        responses.retain(|key, _| !fieldwork::is_test(key));
        let (questionnaire, register, wave) =
            (questionnaire.clone(), register.clone(), wave.clone());
        let evaluated = tokio::task::spawn_blocking(move || {
            evaluate(
                &wave,
                &questionnaire,
                &register,
                &invitations,
                &responses,
                at,
            )
        });
        let (dataset, audited, closed) = evaluated.await??;
        let frozen = store.freeze(name, seen, (&dataset, &audited), at, actor);
        match frozen.await? {
            FreezeOutcome::Frozen => return Ok(closed),
            FreezeOutcome::Before => {
                bail!("the wave \"{name}\" was closed by somebody else in the meantime")
            }
            FreezeOutcome::Changed => {}
        }
    }
    bail!(
        "answers to the wave \"{name}\" keep coming in: end its field period first (`closes` in `wave add`), or try again"
    )
}

/// From what came back to what is frozen. Takes seconds for a large wave: on a thread of its own.
fn evaluate(
    wave: &Wave,
    questionnaire: &Questionnaire,
    register: &Register,
    invitations: &[Invitation],
    responses: &BTreeMap<Key, Response>,
    at: Timestamp,
) -> anyhow::Result<(Dataset, Audited, Closed)> {
    let dispositions = dispositions(invitations, responses, questionnaire);
    let counted: Vec<(String, questionnaire::Answers)> = responses
        .values()
        .filter(|r| {
            dispositions
                .get(&r.municipality)
                .is_some_and(|d| d.counts())
        })
        .map(|r| (r.municipality.to_string(), r.answers()))
        .collect();
    if counted.is_empty() {
        bail!(
            "no response to the wave \"{}\" counts yet: there is nothing to evaluate",
            wave.name
        );
    }
    let dataset = Dataset::freeze(questionnaire, &wave.name.0, clock::day(at), &counted)?;
    // The last moment in which answers came in, also where closing comes before the planned end.
    let last = wave.closes.min(at) - SignedDuration::from_millis(1);
    let paradata = paradata(invitations, responses);
    let facts = WaveFacts {
        title: wave.title.clone(),
        field_period: (clock::day(wave.opens), clock::day(last)),
        inhabitants_too: INHABITANTS_TOO.map(str::to_owned).to_vec(),
        paradata: paradata.clone(),
        synthetic: wave.synthetic,
    };
    let by_unit: Vec<(Key, Disposition)> = dispositions
        .iter()
        .map(|(key, d)| (key.clone(), *d))
        .collect();
    let release = findings::evaluate(&dataset, questionnaire, register, &facts, &by_unit)?;
    let waves = [WaveData {
        dataset: &dataset,
        questionnaire,
        register,
        paradata: &paradata,
    }];
    // Feedback sheets show it from now on.
    let audited = findings::protect(release, &waves, &[], clock::day(at))?;
    let mut counts = BTreeMap::new();
    for disposition in dispositions.into_values() {
        *counts.entry(disposition).or_insert(0) += 1;
    }
    let closed = Closed {
        dispositions: counts,
        rows: counted.len(),
        findings: audited.release().findings.len(),
    };
    Ok((dataset, audited, closed))
}

/// How each response to a wave came in.
pub async fn paradata_of(store: &Store, wave: &WaveName) -> anyhow::Result<Vec<Paradata>> {
    let invitations = store.invitations(wave).await?;
    Ok(paradata(&invitations, &store.responses(wave).await?))
}

/// How each response came in: the channel of its invitation, and the day on which it was submitted or else last
/// changed.
fn paradata(invitations: &[Invitation], responses: &BTreeMap<Key, Response>) -> Vec<Paradata> {
    let of = |invitation: &Invitation| {
        let response = responses.get(&invitation.municipality)?;
        let changed = response.records.values().map(|record| record.saved).max();
        let answered = invitation.submitted.or(changed)?;
        Some(Paradata {
            unit: invitation.municipality.to_string(),
            answered: clock::day(answered),
            channel: invitation
                .arrived
                .clone()
                .unwrap_or_else(|| invitation.channel.clone()),
        })
    };
    invitations.iter().filter_map(of).collect()
}
