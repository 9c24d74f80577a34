//! Waves that are being made or changed in the back office.

use std::collections::BTreeMap;

use fieldwork::WaveName;
use jiff::Timestamp;
use questionnaire::limesurvey::ImportReport;

use crate::database::Store;
use crate::error::{StoreError, read_json, read_time, write_json};
use crate::sql;

/// A wave that is being made or changed; nothing of it holds yet.
#[derive(Clone, Debug, PartialEq)]
pub struct WaveDraft {
    /// Its key in addresses.
    pub key: String,
    /// The wave that is to be changed; `None` for a new one.
    pub wave: Option<WaveName>,
    /// [`crate::StoredWave::print`] of that wave when it was read.
    pub seen: String,
    /// Name of the file that the questionnaire came in.
    pub file: String,
    /// The questionnaire's text, without faults.
    pub questionnaire: String,
    /// What came over and what did not, where it came from LimeSurvey.
    pub report: Option<ImportReport>,
    /// What was typed, by field.
    pub settings: BTreeMap<String, String>,
    /// When it was last changed.
    pub changed: Timestamp,
    /// By whom.
    pub by: String,
}

type Row = (
    String,
    String,
    String,
    String,
    String,
    String,
    String,
    i64,
    String,
);

fn read(row: Row) -> Result<WaveDraft, StoreError> {
    let (key, wave, seen, file, questionnaire, report, settings, changed, by) = row;
    Ok(WaveDraft {
        key,
        wave: Some(wave).filter(|w| !w.is_empty()).map(WaveName),
        seen,
        file,
        questionnaire,
        report: match report.as_str() {
            "" => None,
            report => Some(read_json("wave_draft", report)?),
        },
        settings: read_json("wave_draft", &settings)?,
        changed: read_time("wave_draft", changed)?,
        by,
    })
}

impl Store {
    /// All drafts, the last changed first.
    pub async fn wave_drafts(&self) -> Result<Vec<WaveDraft>, StoreError> {
        const SELECT: &str =
            "SELECT draft, wave, seen, file, questionnaire, report, settings, changed, changed_by
            FROM wave_draft ORDER BY changed DESC, draft";
        let rows: Vec<Row> = sql::query_as(SELECT).fetch_all(&self.read).await?;
        rows.into_iter().map(read).collect()
    }

    /// One draft.
    pub async fn wave_draft(&self, key: &str) -> Result<Option<WaveDraft>, StoreError> {
        const SELECT: &str =
            "SELECT draft, wave, seen, file, questionnaire, report, settings, changed, changed_by
            FROM wave_draft WHERE draft = $1";
        let row: Option<Row> = sql::query_as(SELECT)
            .bind(key)
            .fetch_optional(&self.read)
            .await?;
        row.map(read).transpose()
    }

    /// Keeps a draft, having seen it as it was last changed at `seen`; `None` for a new one. `false`: somebody else changed
    /// it since, and nothing was overwritten.
    pub async fn put_wave_draft(
        &self,
        draft: WaveDraft,
        seen: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        const PUT: &str = "INSERT INTO wave_draft
            (draft, wave, seen, file, questionnaire, report, settings, changed, changed_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (draft) DO UPDATE SET seen = excluded.seen, file = excluded.file,
            questionnaire = excluded.questionnaire, report = excluded.report, settings = excluded.settings,
            changed = excluded.changed, changed_by = excluded.changed_by WHERE wave_draft.changed = $10";
        let report = match &draft.report {
            Some(report) => write_json("wave_draft", report)?,
            None => String::new(),
        };
        let settings = write_json("wave_draft", &draft.settings)?;
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let put = sql::query(PUT)
                        .bind(draft.key)
                        .bind(draft.wave.map(|w| w.0).unwrap_or_default())
                        .bind(draft.seen)
                        .bind(draft.file)
                        .bind(draft.questionnaire)
                        .bind(report)
                        .bind(settings)
                        .bind(draft.changed.as_millisecond())
                        .bind(draft.by)
                        .bind(seen.map(|at| at.as_millisecond()))
                        .execute(&mut *db)
                        .await?;
                    Ok(put.rows_affected() > 0)
                })
            })
            .await
    }

    /// Throws a draft away.
    pub async fn drop_wave_draft(&self, key: &str) -> Result<(), StoreError> {
        const DELETE: &str = "DELETE FROM wave_draft WHERE draft = $1";
        let key = key.to_owned();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(DELETE).bind(key).execute(&mut *db).await?;
                    Ok(())
                })
            })
            .await
    }
}
