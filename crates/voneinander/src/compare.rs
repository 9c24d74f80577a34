//! Two closed waves side by side: what an edition says has changed.

use anyhow::Context;
use dataset::Dataset;
use fieldwork::WaveName;
use findings::{Release, ReleasedChange, Side};
use questionnaire::{Questionnaire, lineage};
use register::Register;
use store::Store;

/// What changed from the wave `earlier` to `later`.
pub async fn change(
    store: &Store,
    earlier: &str,
    later: &WaveName,
) -> anyhow::Result<ReleasedChange> {
    let before = closed(store, &WaveName(earlier.to_owned())).await?;
    let mut after = closed(store, later).await?;
    let kept = store.lineage(&WaveName(earlier.to_owned()), later).await?;
    let decided = lineage::decided(
        &before.questionnaire,
        &after.questionnaire,
        &store::decisions(&kept),
    );
    after.questionnaire.lineage = Some(decided);
    let compared =
        tokio::task::spawn_blocking(move || findings::change(&before.side(), &after.side()));
    Ok(compared.await??)
}

/// A closed wave with all that a comparison needs.
struct Closed {
    dataset: Dataset,
    questionnaire: Questionnaire,
    register: Register,
    release: Release,
}

impl Closed {
    fn side(&self) -> Side<'_> {
        Side {
            dataset: &self.dataset,
            questionnaire: &self.questionnaire,
            register: &self.register,
            release: &self.release,
        }
    }
}

async fn closed(store: &Store, wave: &WaveName) -> anyhow::Result<Closed> {
    let stored = store
        .wave(wave)
        .await?
        .with_context(|| format!("there is no wave \"{wave}\""))?;
    let open = || format!("the wave \"{wave}\" is not closed yet: `voneinander wave close`");
    let questionnaire = Questionnaire::read(
        &stored.questionnaire,
        &format!("questionnaire of wave {wave}"),
    )?;
    let register = store.register(stored.register_list).await?;
    Ok(Closed {
        dataset: store.dataset(wave).await?.with_context(open)?,
        release: store.release(wave).await?.with_context(open)?,
        register: register.context("the wave's list of municipalities is gone")?,
        questionnaire,
    })
}
