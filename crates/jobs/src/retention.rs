//! Keeps the retention periods that a study states: what is over is deleted, noted, and removed from the files.

use fieldwork::WaveName;
use jiff::{SignedDuration, Timestamp};
use store::{DeletionKind, Store, StoreError};

/// Deletes what is over at `now`; the number of rows. A wave for which nothing is stated keeps everything.
pub async fn keep_periods(store: &Store, now: Timestamp) -> Result<i64, StoreError> {
    let mut deleted = 0;
    let (mut mails, mut audit): (Option<u32>, Option<u32>) = (None, None);
    for stored in store.waves().await? {
        let wave = &stored.wave;
        let Some(row) = store.wave_privacy(&wave.name).await? else {
            continue;
        };
        let stated = row.stated;
        mails = Some(mails.map_or(stated.mails_days, |days| days.min(stated.mails_days)));
        audit = Some(audit.map_or(stated.audit_days, |days| days.max(stated.audit_days)));
        let ends = [
            (DeletionKind::Together, Some(stated.together_until(wave))),
            (DeletionKind::History, Some(stated.history_until(wave))),
            (DeletionKind::Contacts, Some(stated.contacts_until(wave))),
            (DeletionKind::Answers, stated.answers_until(wave)),
        ];
        for (kind, until) in ends {
            if until.is_some_and(|until| until <= now) {
                deleted += delete(store, &wave.name, kind, now).await?;
            }
        }
    }
    if let (Some(mails), Some(audit)) = (mails, audit) {
        let before = |days: u32| {
            let hours = SignedDuration::from_hours(24 * i64::from(days));
            now.checked_sub(hours).unwrap_or(Timestamp::MIN)
        };
        let old = store.delete_old(before(mails), before(audit), now);
        deleted += old.await?;
    }
    // Also what a withdrawal could not remove while somebody was reading.
    if !store.scrub().await? {
        tracing::warn!("somebody reads an older state; the log is cut in the next round");
    }
    Ok(deleted)
}

async fn delete(
    store: &Store,
    wave: &WaveName,
    kind: DeletionKind,
    now: Timestamp,
) -> Result<i64, StoreError> {
    if store.held(wave, kind).await? == 0 {
        return Ok(0);
    }
    store.delete_kind(wave, kind, now).await
}
