//! Open answers of a closed wave: frames of codes, what coders chose, and the dataset's next versions.

use std::collections::BTreeSet;

use dataset::{CodeFrame, Dataset};
use fieldwork::WaveName;
use jiff::Timestamp;

use crate::database::Store;
use crate::error::{StoreError, read_json, write_json};
use crate::sql;

/// What one coder chose for one answer, or what was settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coding {
    /// Register key of the unit that answered.
    pub municipality: String,
    /// Mail address of the coder; `None` for what was settled.
    pub coder: Option<String>,
    /// Keys of codes; empty when none fits.
    pub codes: BTreeSet<String>,
}

impl Store {
    /// The frame of an open question with its version; version 0 and no codes before somebody wrote one.
    pub async fn code_frame(
        &self,
        wave: &WaveName,
        variable: &str,
    ) -> Result<(i64, CodeFrame), StoreError> {
        const SELECT: &str =
            "SELECT version, document FROM code_frame WHERE wave = $1 AND variable = $2";
        let row: Option<(i64, String)> = sql::query_as(SELECT)
            .bind(&wave.0)
            .bind(variable)
            .fetch_optional(&self.read)
            .await?;
        row.map_or(Ok((0, CodeFrame::default())), |(version, document)| {
            Ok((version, read_json("code_frame", &document)?))
        })
    }

    /// Keeps a frame if its writer saw the version that stands; `false` when somebody else changed it.
    pub async fn put_code_frame(
        &self,
        wave: &WaveName,
        variable: &str,
        (seen, frame): (i64, &CodeFrame),
        at: Timestamp,
        actor: &str,
    ) -> Result<bool, StoreError> {
        const UPSERT: &str =
            "INSERT INTO code_frame (wave, variable, version, document) VALUES ($1, $2, $3, $4)
            ON CONFLICT (wave, variable) DO UPDATE SET version = excluded.version,
            document = excluded.document WHERE code_frame.version = $5";
        let document = write_json("code_frame", frame)?;
        let (wave, variable) = (wave.0.clone(), variable.to_owned());
        let (at, actor) = (at.as_millisecond(), actor.to_owned());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let put = sql::query(UPSERT)
                        .bind(&wave)
                        .bind(&variable)
                        .bind(seen + 1)
                        .bind(document)
                        .bind(seen)
                        .execute(&mut *db)
                        .await?;
                    if put.rows_affected() == 0 {
                        return Ok(false);
                    }
                    crate::audit::record(db, at, &actor, "code-frame-saved", &wave, &variable)
                        .await?;
                    Ok(true)
                })
            })
            .await
    }

    /// Everything that was chosen and settled for one question, by municipality, what was settled first.
    pub async fn codings(
        &self,
        wave: &WaveName,
        variable: &str,
    ) -> Result<Vec<Coding>, StoreError> {
        const SELECT: &str = "SELECT municipality, coder, codes FROM coding
            WHERE wave = $1 AND variable = $2 ORDER BY municipality, coder";
        let rows: Vec<(String, String, String)> = sql::query_as(SELECT)
            .bind(&wave.0)
            .bind(variable)
            .fetch_all(&self.read)
            .await?;
        rows.into_iter()
            .map(|(municipality, coder, codes)| {
                Ok(Coding {
                    municipality,
                    coder: Some(coder).filter(|coder| !coder.is_empty()),
                    codes: read_json("coding", &codes)?,
                })
            })
            .collect()
    }

    /// Keeps what a coder chose, or what was settled; later choices of the same coder replace earlier ones.
    pub async fn put_codings(
        &self,
        wave: &WaveName,
        variable: &str,
        codings: Vec<Coding>,
        at: Timestamp,
        actor: &str,
    ) -> Result<(), StoreError> {
        const UPSERT: &str = "INSERT INTO coding (wave, variable, municipality, coder, codes, at)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (wave, variable, municipality, coder)
            DO UPDATE SET codes = excluded.codes, at = excluded.at";
        let (wave, variable) = (wave.0.clone(), variable.to_owned());
        let (at, actor) = (at.as_millisecond(), actor.to_owned());
        let rows: Vec<(String, String, String)> = codings
            .into_iter()
            .map(|coding| {
                let codes = write_json("coding", &coding.codes)?;
                let coder = coding.coder.unwrap_or_default();
                Ok((coding.municipality, coder, codes))
            })
            .collect::<Result<_, StoreError>>()?;
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let count = rows.len();
                    for (municipality, coder, codes) in rows {
                        sql::query(UPSERT)
                            .bind(&wave)
                            .bind(&variable)
                            .bind(municipality)
                            .bind(coder)
                            .bind(codes)
                            .bind(at)
                            .execute(&mut *db)
                            .await?;
                    }
                    let detail = format!("{variable}: {count} answers");
                    crate::audit::record(db, at, &actor, "answers-coded", &wave, &detail).await
                })
            })
            .await
    }

    /// The newest version of a wave's dataset with its number; 1 is the one that was frozen.
    pub async fn newest_dataset(
        &self,
        name: &WaveName,
    ) -> Result<Option<(i64, Dataset)>, StoreError> {
        const SELECT: &str = "SELECT version, document FROM dataset_version WHERE wave = $1
            ORDER BY version DESC LIMIT 1";
        let row: Option<(i64, String)> = sql::query_as(SELECT)
            .bind(&name.0)
            .fetch_optional(&self.read)
            .await?;
        match row {
            Some((version, document)) => {
                Ok(Some((version, read_json("dataset_version", &document)?)))
            }
            None => Ok(self.dataset(name).await?.map(|dataset| (1, dataset))),
        }
    }

    /// Number of the newest version of a wave's dataset; 1 while it is the one that was frozen.
    pub async fn newest_version(&self, name: &WaveName) -> Result<i64, StoreError> {
        const SELECT: &str = "SELECT MAX(version) FROM dataset_version WHERE wave = $1";
        let version: Option<i64> = sql::query_scalar(SELECT)
            .bind(&name.0)
            .fetch_one(&self.read)
            .await?;
        Ok(version.unwrap_or(1))
    }

    /// Adds a version of a wave's dataset behind `seen`, the newest that its maker saw; earlier ones stay as they are.
    /// `false` when somebody else added one in the meantime.
    pub async fn add_dataset_version(
        &self,
        name: &WaveName,
        (seen, dataset): (i64, &Dataset),
        note: &str,
        at: Timestamp,
        actor: &str,
    ) -> Result<bool, StoreError> {
        const INSERT: &str =
            "INSERT INTO dataset_version (wave, version, made, made_by, note, document)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (wave, version) DO NOTHING";
        let document = write_json("dataset_version", dataset)?;
        let (name, note, actor) = (name.0.clone(), note.to_owned(), actor.to_owned());
        let at = at.as_millisecond();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let put = sql::query(INSERT)
                        .bind(&name)
                        .bind(seen + 1)
                        .bind(at)
                        .bind(&actor)
                        .bind(&note)
                        .bind(document)
                        .execute(&mut *db)
                        .await?;
                    if put.rows_affected() == 0 {
                        return Ok(false);
                    }
                    crate::audit::record(db, at, &actor, "dataset-version", &name, &note).await?;
                    Ok(true)
                })
            })
            .await
    }
}
