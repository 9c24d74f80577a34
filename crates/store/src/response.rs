//! Responses: saving a page, reading what stands, submitting.

use std::collections::BTreeMap;

use fieldwork::{AnswerRecord, Conflict, Response, Save, Version, WaveName};
use jiff::Timestamp;
use practices::Form;
use questionnaire::{Answer, VariableKey};
use register::Key;
use sqlx::SqliteConnection;

use crate::database::Store;
use crate::error::{StoreError, read_json, read_time, write_json};

/// What became of a save.
#[derive(Clone, Debug, PartialEq)]
pub enum SaveOutcome {
    /// Durable; these variables changed.
    Saved(Vec<VariableKey>),
    /// Somebody else changed these variables in the meantime; nothing was saved.
    Conflict(Vec<Conflict>),
    /// The field period is over, or the invitation was withdrawn; nothing was saved.
    Closed,
}

/// What became of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubmitOutcome {
    /// Submitted now, or again.
    Submitted,
    /// The field period is over.
    Closed,
}

type RecordRow = (String, Option<String>, i64, i64);

const RECORDS: &str =
    "SELECT variable, answer, version, saved FROM answer WHERE wave = $1 AND municipality = $2";

fn record(
    (variable, answer, version, saved): RecordRow,
) -> Result<(VariableKey, AnswerRecord), StoreError> {
    let answer = answer.map(|text| read_json("answer", &text)).transpose()?;
    let version = Version::try_from(version).map_err(|_| StoreError::Document {
        table: "answer",
        cause: format!("version {version}"),
    })?;
    Ok((
        VariableKey(variable),
        AnswerRecord {
            answer,
            version,
            saved: read_time("answer", saved)?,
        },
    ))
}

/// Whether answers of this municipality may still change at `at`, checked inside the transaction.
async fn open(
    db: &mut SqliteConnection,
    wave: &WaveName,
    municipality: &Key,
    at: i64,
) -> Result<bool, StoreError> {
    const SELECT: &str = "SELECT COUNT(*) FROM invitation JOIN wave ON wave.name = invitation.wave
        WHERE invitation.wave = $1 AND invitation.municipality = $2 AND invitation.withdrawn IS NULL
        AND wave.frozen IS NULL AND wave.opens <= $3 AND wave.closes > $3";
    let open: i64 = sqlx::query_scalar(SELECT)
        .bind(&wave.0)
        .bind(municipality.as_str())
        .bind(at)
        .fetch_one(db)
        .await?;
    Ok(open == 1)
}

async fn write_record(
    db: &mut SqliteConnection,
    wave: &WaveName,
    municipality: &Key,
    variable: &VariableKey,
    record: &AnswerRecord,
) -> Result<(), StoreError> {
    const UPSERT: &str = "INSERT INTO answer (wave, municipality, variable, answer, version, saved)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (wave, municipality, variable)
        DO UPDATE SET answer = excluded.answer, version = excluded.version, saved = excluded.saved";
    let answer = record
        .answer
        .as_ref()
        .map(|answer| write_json("answer", answer))
        .transpose()?;
    sqlx::query(UPSERT)
        .bind(&wave.0)
        .bind(municipality.as_str())
        .bind(&variable.0)
        .bind(answer)
        .bind(i64::from(record.version))
        .bind(record.saved.as_millisecond())
        .execute(db)
        .await?;
    Ok(())
}

impl Store {
    /// What one municipality answered so far.
    pub async fn response(
        &self,
        wave: &WaveName,
        municipality: &Key,
    ) -> Result<Response, StoreError> {
        const SUBMITTED: &str =
            "SELECT submitted FROM invitation WHERE wave = $1 AND municipality = $2";
        let rows: Vec<RecordRow> = sqlx::query_as(RECORDS)
            .bind(&wave.0)
            .bind(municipality.as_str())
            .fetch_all(&self.read)
            .await?;
        let submitted: Option<Option<i64>> = sqlx::query_scalar(SUBMITTED)
            .bind(&wave.0)
            .bind(municipality.as_str())
            .fetch_optional(&self.read)
            .await?;
        Ok(Response {
            wave: wave.clone(),
            municipality: municipality.clone(),
            records: rows.into_iter().map(record).collect::<Result<_, _>>()?,
            submitted: submitted
                .flatten()
                .map(|at| read_time("invitation", at))
                .transpose()?,
        })
    }

    /// All answers of a wave, by municipality: for freezing and for watching the field.
    pub async fn responses(&self, wave: &WaveName) -> Result<BTreeMap<Key, Response>, StoreError> {
        const SELECT: &str =
            "SELECT municipality, variable, answer, version, saved FROM answer WHERE wave = $1";
        let rows: Vec<(String, String, Option<String>, i64, i64)> = sqlx::query_as(SELECT)
            .bind(&wave.0)
            .fetch_all(&self.read)
            .await?;
        let mut responses: BTreeMap<Key, Response> = self
            .invitations(wave)
            .await?
            .into_iter()
            .map(|i| {
                let response = Response {
                    wave: wave.clone(),
                    municipality: i.municipality.clone(),
                    records: BTreeMap::new(),
                    submitted: i.submitted,
                };
                (i.municipality, response)
            })
            .collect();
        for (key, variable, answer, version, saved) in rows {
            let key = Key::new(key).map_err(|e| StoreError::Document {
                table: "answer",
                cause: e.to_string(),
            })?;
            let (variable, record) = record((variable, answer, version, saved))?;
            if let Some(response) = responses.get_mut(&key) {
                response.records.insert(variable, record);
            }
        }
        Ok(responses)
    }

    /// Saves one page. Durable when this returns [`SaveOutcome::Saved`].
    pub async fn save(
        &self,
        wave: &WaveName,
        municipality: &Key,
        save: Save,
    ) -> Result<SaveOutcome, StoreError> {
        let (wave, municipality) = (wave.clone(), municipality.clone());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    if !open(&mut *db, &wave, &municipality, save.at.as_millisecond()).await? {
                        return Ok(SaveOutcome::Closed);
                    }
                    let rows: Vec<RecordRow> = sqlx::query_as(RECORDS)
                        .bind(&wave.0)
                        .bind(municipality.as_str())
                        .fetch_all(&mut *db)
                        .await?;
                    let records = rows.into_iter().map(record).collect::<Result<_, _>>()?;
                    let mut response = Response {
                        wave: wave.clone(),
                        municipality: municipality.clone(),
                        records,
                        submitted: None,
                    };
                    match response.apply(&save) {
                        Err(conflicts) => Ok(SaveOutcome::Conflict(conflicts)),
                        Ok(changed) => {
                            for variable in &changed {
                                write_record(
                                    &mut *db,
                                    &wave,
                                    &municipality,
                                    variable,
                                    &response.records[variable],
                                )
                                .await?;
                            }
                            Ok(SaveOutcome::Saved(changed))
                        }
                    }
                })
            })
            .await
    }

    /// Submits a response. The practices that it names become nominated practices in the same transaction;
    /// submitting again adds only new ones.
    pub async fn submit(
        &self,
        wave: &WaveName,
        municipality: &Key,
        at: Timestamp,
    ) -> Result<SubmitOutcome, StoreError> {
        const UPDATE: &str = "UPDATE invitation SET submitted = $3, opened = COALESCE(opened, $3)
            WHERE wave = $1 AND municipality = $2";
        let (wave, municipality) = (wave.clone(), municipality.clone());
        let at = at.as_millisecond();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    if !open(&mut *db, &wave, &municipality, at).await? {
                        return Ok(SubmitOutcome::Closed);
                    }
                    sqlx::query(UPDATE)
                        .bind(&wave.0)
                        .bind(municipality.as_str())
                        .bind(at)
                        .execute(&mut *db)
                        .await?;
                    let rows: Vec<RecordRow> = sqlx::query_as(RECORDS)
                        .bind(&wave.0)
                        .bind(municipality.as_str())
                        .fetch_all(&mut *db)
                        .await?;
                    for row in rows {
                        if let Some(Answer::Nominations(nominations)) = record(row)?.1.answer {
                            for nomination in nominations {
                                let form = Form::nominated(
                                    nomination.title,
                                    nomination.description,
                                    nomination.field,
                                    nomination.mailbox,
                                );
                                crate::practice::nominate(&mut *db, &wave, &municipality, form, at)
                                    .await?;
                            }
                        }
                    }
                    Ok(SubmitOutcome::Submitted)
                })
            })
            .await
    }

    /// Brings in whole responses at once (demo, import), in chunks, as submitted or not.
    pub async fn import_responses(
        &self,
        responses: Vec<Response>,
        opened: Timestamp,
    ) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE invitation SET opened = $3, submitted = $4 WHERE wave = $1 AND municipality = $2";
        for chunk in responses.chunks(50) {
            let chunk = chunk.to_vec();
            self.writer
                .write(move |db| {
                    Box::pin(async move {
                        for response in &chunk {
                            sqlx::query(UPDATE)
                                .bind(&response.wave.0)
                                .bind(response.municipality.as_str())
                                .bind(opened.as_millisecond())
                                .bind(response.submitted.map(Timestamp::as_millisecond))
                                .execute(&mut *db)
                                .await?;
                            for (variable, record) in &response.records {
                                write_record(
                                    &mut *db,
                                    &response.wave,
                                    &response.municipality,
                                    variable,
                                    record,
                                )
                                .await?;
                            }
                        }
                        Ok(())
                    })
                })
                .await?;
        }
        Ok(())
    }
}
