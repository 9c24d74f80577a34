//! Responses: saving a page, reading what stands, submitting.
//!
//! A response is one document in one row: a save reads it, applies the change ([`Response::apply`]) and writes it
//! back inside one transaction. Versions stand at each variable, so that two departments on different questions
//! never conflict.

use std::collections::BTreeMap;
use std::sync::Arc;

use fieldwork::{AccessHash, AnswerRecord, Conflict, Response, Save, WaveName};
use jiff::Timestamp;
use practices::Form;
use questionnaire::{Answer, Nomination, VariableKey};
use register::Key;

use crate::database::Store;
use crate::error::{StoreError, read_json, read_time, write_json};
use crate::invitation::{Invitation, invitation};
use crate::sql::{self, Connection};
use crate::standing::Standing;

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

/// What stands behind a link.
#[derive(Clone, Debug)]
pub struct Answering {
    /// The invitation.
    pub invitation: Invitation,
    /// What it answered so far.
    pub response: Arc<Standing>,
    /// Whether departments are at work here, or somebody wrote a comment for the house.
    pub shared: bool,
}

macro_rules! select_answering {
    ($from:literal, $which:literal) => {
        concat!(
            "SELECT invitation.wave, invitation.municipality, channel, invited, opened, submitted, withdrawn, arrived,
            records, EXISTS (SELECT 1 FROM department WHERE department.wave = invitation.wave
            AND department.municipality = invitation.municipality) OR EXISTS (SELECT 1 FROM answer_comment
            WHERE answer_comment.wave = invitation.wave AND answer_comment.municipality = invitation.municipality) ",
            $from,
            " LEFT JOIN response ON response.wave = invitation.wave
            AND response.municipality = invitation.municipality ",
            $which
        )
    };
}

type Records = BTreeMap<VariableKey, AnswerRecord>;

fn records(document: Option<&str>) -> Result<Records, StoreError> {
    document.map_or_else(|| Ok(Records::new()), |text| read_json("response", text))
}

/// What stands, if answers of this municipality may still change at `at`; `None` when they may not.
async fn open(
    db: &mut Connection,
    wave: &WaveName,
    municipality: &Key,
    at: i64,
) -> Result<Option<Response>, StoreError> {
    let row = open_row(db, wave, municipality, at).await?;
    row.map(|(document, submitted)| response(wave, municipality, document, submitted))
        .transpose()
}

/// The same as it stands in the row: the document, and when it was submitted.
async fn open_row(
    db: &mut Connection,
    wave: &WaveName,
    municipality: &Key,
    at: i64,
) -> Result<Option<(Option<String>, Option<i64>)>, StoreError> {
    const SELECT: &str = "SELECT response.records, invitation.submitted FROM invitation
        JOIN wave ON wave.name = invitation.wave
        LEFT JOIN response ON response.wave = invitation.wave
        AND response.municipality = invitation.municipality
        WHERE invitation.wave = $1 AND invitation.municipality = $2 AND invitation.withdrawn IS NULL
        AND wave.frozen IS NULL AND wave.opens <= $3 AND wave.closes > $3";
    Ok(sql::query_as(SELECT)
        .bind(&wave.0)
        .bind(municipality.as_str())
        .bind(at)
        .fetch_optional(db)
        .await?)
}

/// The practices that a document names. One that does not have the word, as most, is not read.
fn nominations(document: Option<String>) -> Result<Vec<Nomination>, StoreError> {
    let document = document.filter(|text| text.contains("\"nominations\""));
    let records = records(document.as_deref())?.into_values();
    let named = records.filter_map(|record| match record.answer {
        Some(Answer::Nominations(named)) => Some(named),
        _ => None,
    });
    Ok(named.flatten().collect())
}

fn response(
    wave: &WaveName,
    municipality: &Key,
    document: Option<String>,
    submitted: Option<i64>,
) -> Result<Response, StoreError> {
    Ok(Response {
        wave: wave.clone(),
        municipality: municipality.clone(),
        records: records(document.as_deref())?,
        submitted: submitted
            .map(|at| read_time("invitation", at))
            .transpose()?,
    })
}

async fn write(db: &mut Connection, response: &Response) -> Result<(), StoreError> {
    const UPSERT: &str = "INSERT INTO response (wave, municipality, records) VALUES ($1, $2, $3)
        ON CONFLICT (wave, municipality) DO UPDATE SET records = excluded.records";
    sql::query(UPSERT)
        .bind(&response.wave.0)
        .bind(response.municipality.as_str())
        .bind(write_json("response", &response.records)?)
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
        const SELECT: &str = "SELECT response.records, invitation.submitted FROM invitation
            LEFT JOIN response ON response.wave = invitation.wave
            AND response.municipality = invitation.municipality
            WHERE invitation.wave = $1 AND invitation.municipality = $2";
        let row: Option<(Option<String>, Option<i64>)> = sql::query_as(SELECT)
            .bind(&wave.0)
            .bind(municipality.as_str())
            .fetch_optional(&self.read)
            .await?;
        let (document, submitted) = row.unwrap_or_default();
        response(wave, municipality, document, submitted)
    }

    /// The invitation behind a link with what it answered so far: the one read that every page of answering needs.
    pub async fn answering(&self, hash: &AccessHash) -> Result<Option<Answering>, StoreError> {
        const SELECT: &str = select_answering!("FROM invitation", "WHERE link_hash = $1");
        // The link of a reminder: seldom, and looked for only when the first read found nothing.
        const FURTHER: &str = select_answering!(
            "FROM invitation_access JOIN invitation ON invitation.wave = invitation_access.wave
            AND invitation.municipality = invitation_access.municipality",
            "WHERE invitation_access.hash = $1"
        );
        type Row = (
            String,
            String,
            String,
            i64,
            Option<i64>,
            Option<i64>,
            Option<i64>,
            Option<String>,
            Option<String>,
            bool,
        );
        let mut row: Option<Row> = sql::query_as(SELECT)
            .bind(&hash.0)
            .fetch_optional(&self.read)
            .await?;
        if row.is_none() {
            row = sql::query_as(FURTHER)
                .bind(&hash.0)
                .fetch_optional(&self.read)
                .await?;
        }
        let Some(row) = row else { return Ok(None) };
        let (wave, key, channel, invited, opened, submitted, withdrawn, arrived, document, shared) =
            row;
        let row = (
            wave, key, channel, invited, opened, submitted, withdrawn, arrived,
        );
        let invitation = invitation(row)?;
        let response = self.standing(&invitation, document)?;
        Ok(Some(Answering {
            invitation,
            response,
            shared,
        }))
    }

    /// What an invitation's document says; parsed only where it is another than last time.
    fn standing(
        &self,
        invitation: &Invitation,
        document: Option<String>,
    ) -> Result<Arc<Standing>, StoreError> {
        let (whose, submitted) = (
            (&invitation.wave, &invitation.municipality),
            invitation.submitted,
        );
        let known = document.as_deref();
        let known = known.and_then(|text| self.remembered.find(whose, submitted, text));
        if let Some(known) = known {
            return Ok(known);
        }
        let response = Response {
            wave: invitation.wave.clone(),
            municipality: invitation.municipality.clone(),
            records: records(document.as_deref())?,
            submitted,
        };
        let standing = Arc::new(Standing::of(response, document));
        if standing.document.is_some() {
            self.remembered.keep(&standing);
        }
        Ok(standing)
    }

    /// All responses of a wave, by municipality: for freezing and for watching the field.
    /// Who was invited and never answered has one without records.
    pub async fn responses(&self, wave: &WaveName) -> Result<BTreeMap<Key, Response>, StoreError> {
        const SELECT: &str = "SELECT municipality, records FROM response WHERE wave = $1";
        let rows: Vec<(String, String)> = sql::query_as(SELECT)
            .bind(&wave.0)
            .fetch_all(&self.read)
            .await?;
        let mut documents: BTreeMap<String, String> = rows.into_iter().collect();
        self.invitations(wave)
            .await?
            .into_iter()
            .map(|i| {
                let document = documents.remove(i.municipality.as_str());
                let response = Response {
                    wave: wave.clone(),
                    municipality: i.municipality.clone(),
                    records: records(document.as_deref())?,
                    submitted: i.submitted,
                };
                Ok((i.municipality, response))
            })
            .collect()
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
                    let at = save.at.as_millisecond();
                    let Some(mut response) = open(&mut *db, &wave, &municipality, at).await? else {
                        return Ok(SaveOutcome::Closed);
                    };
                    let before = response.clone();
                    match response.apply(&save) {
                        Err(conflicts) => Ok(SaveOutcome::Conflict(conflicts)),
                        Ok(changed) => {
                            if !changed.is_empty() {
                                write(&mut *db, &response).await?;
                            }
                            if before.submitted.is_some() {
                                crate::together::record(db, &before, &response, &changed).await?;
                            }
                            Ok(SaveOutcome::Saved(changed))
                        }
                    }
                })
            })
            .await
    }

    /// Saves one page whose writer has just read `before`. Where nothing else was saved since, this is one statement
    /// that checks field period and content itself; otherwise, and for what was submitted already, it goes the long way
    /// of [`Store::save`], which keeps the history.
    pub async fn save_after(
        &self,
        before: &Response,
        save: Save,
    ) -> Result<SaveOutcome, StoreError> {
        let before = Standing::from(before.clone());
        Ok(self.save_onto(&before, save).await?.0)
    }

    /// The same onto what stood, and what stands now, where nobody else had to be asked.
    pub async fn save_onto(
        &self,
        before: &Standing,
        save: Save,
    ) -> Result<(SaveOutcome, Option<Arc<Standing>>), StoreError> {
        const GUARDED: &str = "INSERT INTO response (wave, municipality, records)
            SELECT invitation.wave, invitation.municipality, $3 FROM invitation
            JOIN wave ON wave.name = invitation.wave
            WHERE invitation.wave = $1 AND invitation.municipality = $2 AND invitation.withdrawn IS NULL
            AND wave.frozen IS NULL AND wave.opens <= $4 AND wave.closes > $4
            AND invitation.submitted IS NULL
            ON CONFLICT (wave, municipality) DO UPDATE SET records = excluded.records
            WHERE response.records = $5";
        let (wave, municipality) = (before.wave.clone(), before.municipality.clone());
        let mut after = Response::clone(before);
        let changed = match after.apply(&save) {
            Ok(changed) if !changed.is_empty() => changed,
            // Conflicts and empty saves are judged by what stands now.
            _ => return Ok((self.save(&wave, &municipality, save).await?, None)),
        };
        let old = match &before.document {
            Some(document) => document.clone(),
            None => write_json("response", &before.records)?,
        };
        let new = write_json("response", &after.records)?;
        let after = Arc::new(Standing::of(after, Some(new.clone())));
        let at = save.at.as_millisecond();
        let (name, key) = (wave.clone(), municipality.clone());
        let written = self
            .writer
            .write_single(move |db| {
                Box::pin(async move {
                    let done = sql::query(GUARDED)
                        .bind(name.0)
                        .bind(key.as_str())
                        .bind(new)
                        .bind(at)
                        .bind(old)
                        .execute(db)
                        .await?;
                    Ok(done.rows_affected())
                })
            })
            .await?;
        if written == 1 {
            self.remembered.keep(&after);
            return Ok((SaveOutcome::Saved(changed), Some(after)));
        }
        Ok((self.save(&wave, &municipality, save).await?, None))
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
                    let row = open_row(&mut *db, &wave, &municipality, at).await?;
                    let Some((document, _)) = row else {
                        return Ok(SubmitOutcome::Closed);
                    };
                    sql::query(UPDATE)
                        .bind(&wave.0)
                        .bind(municipality.as_str())
                        .bind(at)
                        .execute(&mut *db)
                        .await?;
                    for named in nominations(document)? {
                        let form = Form::nominated(
                            named.title,
                            named.description,
                            named.field,
                            named.mailbox,
                        );
                        crate::practice::nominate(&mut *db, &wave, &municipality, form, at).await?;
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
        for chunk in responses.chunks(100) {
            let chunk = chunk.to_vec();
            self.writer
                .write(move |db| {
                    Box::pin(async move {
                        for response in &chunk {
                            sql::query(UPDATE)
                                .bind(&response.wave.0)
                                .bind(response.municipality.as_str())
                                .bind(opened.as_millisecond())
                                .bind(response.submitted.map(Timestamp::as_millisecond))
                                .execute(&mut *db)
                                .await?;
                            write(&mut *db, response).await?;
                        }
                        Ok(())
                    })
                })
                .await?;
        }
        Ok(())
    }
}
