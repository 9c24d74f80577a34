//! What matching needs: a wave's mapping, the code list, and the published examples with their public facts.

use std::sync::Arc;

use findings::{Mapping, Matching, PublishedPractice};
use practices::{Code, CodeKind, PublishedExample};
use questionnaire::Questionnaire;
use register::Register;
use store::StoredWave;

use crate::State;
use crate::error::PageError;

/// Everything that is matched with answers of a wave.
pub(crate) async fn matching(
    state: &State,
    stored: &StoredWave,
    questionnaire: &Questionnaire,
) -> Result<Matching, PageError> {
    let register = state
        .known
        .register(&state.store, stored.register_list)
        .await?;
    let codes = state.store.codes().await?;
    Ok(Matching {
        mapping: mapping(state, stored, questionnaire, &codes).await?,
        practices: practices(state, &register).await?,
        codes,
    })
}

/// The mapping that editors wrote for this wave; the default one where they wrote none, or where the lists that it names
/// have changed since.
pub(crate) async fn mapping(
    state: &State,
    stored: &StoredWave,
    questionnaire: &Questionnaire,
    codes: &[Code],
) -> Result<Mapping, PageError> {
    let Some(kept) = state.store.matching(&stored.wave.name).await? else {
        return Ok(Mapping::default());
    };
    let read = read(state, &kept.text, questionnaire, codes).await?;
    Ok(read.unwrap_or_else(|faults| {
        tracing::warn!(?faults, wave = %stored.wave.name, "the mapping has faults; the default one is used");
        Mapping::default()
    }))
}

/// A mapping as it was written, or what is wrong with it.
pub(crate) async fn read(
    state: &State,
    text: &str,
    questionnaire: &Questionnaire,
    codes: &[Code],
) -> Result<Result<Mapping, Vec<findings::MappingFault>>, PageError> {
    let fields = state.store.fields_of_action().await?;
    let fields = fields.iter().filter(|f| f.parent.is_none());
    let fields: Vec<&str> = fields.map(|f| f.key.as_str()).collect();
    let codes = codes.iter().filter(|c| c.kind == CodeKind::Prerequisite);
    let codes: Vec<&str> = codes.map(|c| c.key.as_str()).collect();
    Ok(Mapping::read(text, questionnaire, &fields, &codes))
}

/// All published examples whose municipality is known, with their codes.
pub(crate) async fn practices(
    state: &State,
    register: &Arc<Register>,
) -> Result<Vec<PublishedPractice>, PageError> {
    let coded = state.store.coded().await?;
    let all = state.known.published(&state.store).await?;
    let public = |example: &PublishedExample| {
        let invented = || (state.steps.invented)(&example.municipality);
        let found = register.get(&example.municipality).cloned();
        let place = found.or_else(invented)?;
        let codes = coded.get(&example.id).cloned().unwrap_or_default();
        Some(PublishedPractice::new(example, &place).with_codes(codes))
    };
    Ok(all.iter().filter_map(public).collect())
}
