//! What a municipality keeps beside its answers: checks, comments, changes after submitting, sign-offs.
//!
//! Nothing of it is read for a dataset, and no page of the institute shows it.

use std::collections::BTreeMap;

use fieldwork::{AccessHash, Department, Origin, Response, SectionCheck, WaveName};
use jiff::Timestamp;
use questionnaire::{Answer, VariableKey};
use register::Key;

use crate::database::Store;
use crate::error::{StoreError, read_json, read_time, write_json};
use crate::invitation::{Invitation, InvitationRow, invitation};
use crate::sql::{self, Connection};

/// A comment beside a question. It stays inside the municipality.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Comment {
    pub id: i64,
    pub question: String,
    pub by: Origin,
    pub at: Timestamp,
    pub words: String,
}

/// An answer that was changed after submitting.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct AnswerChange {
    pub variable: VariableKey,
    pub at: Timestamp,
    pub by: Origin,
    pub before: Option<Answer>,
    pub after: Option<Answer>,
}

/// Somebody's word that the answers may go out (Mitzeichnung).
#[derive(Clone, Debug)]
pub struct SignOff {
    /// Number.
    pub id: i64,
    /// When it was asked for.
    pub made: Timestamp,
    /// When it was given; `None` while it is not.
    pub signed: Option<Timestamp>,
    /// In which function; empty while it is not given.
    pub function: String,
    /// Sum of the versions of all answers that it was given for.
    pub stand: u64,
    /// Whether it was given on paper and noted by the contact.
    pub on_paper: bool,
}

/// All of it, for one municipality in one wave.
#[derive(Clone, Debug, Default)]
pub struct Together {
    /// Departments, ended ones included.
    pub departments: Vec<Department>,
    /// The contact's checks by page.
    pub checks: BTreeMap<String, SectionCheck>,
    /// Comments, oldest first.
    pub comments: Vec<Comment>,
    /// Sign-offs, oldest first.
    pub sign_offs: Vec<SignOff>,
    /// Where the contact wants to be told that all departments have finished.
    pub notice: Option<String>,
}

type SignOffRow = (i64, String, i64, Option<i64>, String, i64);

fn sign_off((id, link, made, signed, function, stand): SignOffRow) -> Result<SignOff, StoreError> {
    let time = |at| read_time("sign_off", at);
    Ok(SignOff {
        id,
        made: time(made)?,
        signed: signed.map(time).transpose()?,
        function,
        stand: u64::try_from(stand).unwrap_or_default(),
        on_paper: link.is_empty(),
    })
}

/// Keeps what changed in a response that was submitted already, in the transaction of the change.
pub(crate) async fn record(
    db: &mut Connection,
    before: &Response,
    after: &Response,
    changed: &[VariableKey],
) -> Result<(), StoreError> {
    const INSERT: &str = "INSERT INTO answer_change
        (wave, municipality, variable, at, origin, before, after) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    for variable in changed {
        let Some(now) = after.records.get(variable) else {
            continue;
        };
        let then = before.records.get(variable).and_then(|r| r.answer.as_ref());
        sql::query(INSERT)
            .bind(&after.wave.0)
            .bind(after.municipality.as_str())
            .bind(variable.as_str())
            .bind(now.saved.as_millisecond())
            .bind(write_json("answer_change", &now.by)?)
            .bind(write_json("answer_change", &then)?)
            .bind(write_json("answer_change", &now.answer)?)
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

impl Store {
    /// The invitation of one municipality with what it answered so far.
    pub async fn answering_of(
        &self,
        wave: &WaveName,
        municipality: &Key,
    ) -> Result<Option<(Invitation, Response)>, StoreError> {
        const SELECT: &str =
            "SELECT wave, municipality, channel, invited, opened, submitted, withdrawn, arrived
            FROM invitation WHERE wave = $1 AND municipality = $2";
        let row: Option<InvitationRow> = sql::query_as(SELECT)
            .bind(&wave.0)
            .bind(municipality.as_str())
            .fetch_optional(&self.read)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let response = self.response(wave, municipality).await?;
        Ok(Some((invitation(row)?, response)))
    }

    /// What a municipality keeps beside its answers.
    pub async fn together(
        &self,
        wave: &WaveName,
        municipality: &Key,
    ) -> Result<Together, StoreError> {
        const CHECKS: &str = "SELECT page, stand, at FROM section_check
            WHERE wave = $1 AND municipality = $2";
        const SIGN_OFFS: &str = "SELECT id, link_hash, made, signed, function, stand FROM sign_off
            WHERE wave = $1 AND municipality = $2 ORDER BY id";
        const NOTICE: &str =
            "SELECT mail FROM finished_notice WHERE wave = $1 AND municipality = $2";
        let (name, key) = (&wave.0, municipality.as_str());
        let checks: Vec<(String, i64, i64)> = sql::query_as(CHECKS)
            .bind(name)
            .bind(key)
            .fetch_few(&self.read)
            .await?;
        let check = |(page, stand, at): (String, i64, i64)| {
            let at = read_time("section_check", at)?;
            let stand = u64::try_from(stand).unwrap_or_default();
            Ok((page, SectionCheck { stand, at }))
        };
        let checks: Result<_, StoreError> = checks.into_iter().map(check).collect();
        let sign_offs: Vec<SignOffRow> = sql::query_as(SIGN_OFFS)
            .bind(name)
            .bind(key)
            .fetch_few(&self.read)
            .await?;
        let sign_offs: Result<_, StoreError> = sign_offs.into_iter().map(sign_off).collect();
        Ok(Together {
            departments: self.departments(wave, municipality).await?,
            checks: checks?,
            comments: self.comments(wave, municipality).await?,
            sign_offs: sign_offs?,
            notice: sql::query_scalar(NOTICE)
                .bind(name)
                .bind(key)
                .fetch_optional(&self.read)
                .await?,
        })
    }

    /// The comments of a municipality, oldest first.
    pub async fn comments(
        &self,
        wave: &WaveName,
        municipality: &Key,
    ) -> Result<Vec<Comment>, StoreError> {
        const SELECT: &str = "SELECT id, question, origin, at, words FROM answer_comment
            WHERE wave = $1 AND municipality = $2 ORDER BY id";
        let rows: Vec<(i64, String, String, i64, String)> = sql::query_as(SELECT)
            .bind(&wave.0)
            .bind(municipality.as_str())
            .fetch_few(&self.read)
            .await?;
        rows.into_iter()
            .map(|(id, question, origin, at, words)| {
                Ok(Comment {
                    id,
                    question,
                    by: read_json("answer_comment", &origin)?,
                    at: read_time("answer_comment", at)?,
                    words,
                })
            })
            .collect()
    }

    /// Keeps or takes back the contact's word that a section was checked.
    pub async fn check_section(
        &self,
        wave: &WaveName,
        municipality: &Key,
        page: &str,
        check: Option<SectionCheck>,
    ) -> Result<(), StoreError> {
        const UPSERT: &str = "INSERT INTO section_check (wave, municipality, page, stand, at)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (wave, municipality, page)
            DO UPDATE SET stand = excluded.stand, at = excluded.at";
        const DELETE: &str =
            "DELETE FROM section_check WHERE wave = $1 AND municipality = $2 AND page = $3";
        let (wave, key, page) = (wave.0.clone(), municipality.clone(), page.to_owned());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let query = match check {
                        Some(check) => sql::query(UPSERT)
                            .bind(wave)
                            .bind(key.as_str())
                            .bind(page)
                            .bind(i64::try_from(check.stand).unwrap_or(i64::MAX))
                            .bind(check.at.as_millisecond()),
                        None => sql::query(DELETE).bind(wave).bind(key.as_str()).bind(page),
                    };
                    query.execute(db).await?;
                    Ok(())
                })
            })
            .await
    }

    /// Keeps where the contact wants to be told that all departments have finished; empty takes it back.
    pub async fn put_finished_notice(
        &self,
        wave: &WaveName,
        municipality: &Key,
        mail: &str,
    ) -> Result<(), StoreError> {
        const DELETE: &str = "DELETE FROM finished_notice WHERE wave = $1 AND municipality = $2";
        const INSERT: &str =
            "INSERT INTO finished_notice (wave, municipality, mail) VALUES ($1, $2, $3)";
        let (wave, key, mail) = (wave.0.clone(), municipality.clone(), mail.to_owned());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(DELETE)
                        .bind(&wave)
                        .bind(key.as_str())
                        .execute(&mut *db)
                        .await?;
                    if !mail.is_empty() {
                        sql::query(INSERT)
                            .bind(&wave)
                            .bind(key.as_str())
                            .bind(mail)
                            .execute(db)
                            .await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Adds comments beside questions.
    pub async fn add_comments(
        &self,
        wave: &WaveName,
        municipality: &Key,
        by: Origin,
        comments: Vec<(String, String)>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO answer_comment
            (wave, municipality, question, origin, at, words) VALUES ($1, $2, $3, $4, $5, $6)";
        let origin = write_json("answer_comment", &by)?;
        let (wave, key) = (wave.0.clone(), municipality.clone());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    for (question, words) in &comments {
                        sql::query(INSERT)
                            .bind(&wave)
                            .bind(key.as_str())
                            .bind(question)
                            .bind(&origin)
                            .bind(at.as_millisecond())
                            .bind(words)
                            .execute(&mut *db)
                            .await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// The answers that were changed after submitting, oldest first.
    pub async fn answer_changes(
        &self,
        wave: &WaveName,
        municipality: &Key,
    ) -> Result<Vec<AnswerChange>, StoreError> {
        const SELECT: &str = "SELECT variable, at, origin, before, after FROM answer_change
            WHERE wave = $1 AND municipality = $2 ORDER BY id";
        let rows: Vec<(String, i64, String, String, String)> = sql::query_as(SELECT)
            .bind(&wave.0)
            .bind(municipality.as_str())
            .fetch_few(&self.read)
            .await?;
        rows.into_iter()
            .map(|(variable, at, origin, before, after)| {
                Ok(AnswerChange {
                    variable: VariableKey(variable),
                    at: read_time("answer_change", at)?,
                    by: read_json("answer_change", &origin)?,
                    before: read_json("answer_change", &before)?,
                    after: read_json("answer_change", &after)?,
                })
            })
            .collect()
    }

    /// Asks for a sign-off behind a link.
    pub async fn ask_sign_off(
        &self,
        wave: &WaveName,
        municipality: &Key,
        link: AccessHash,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.put_sign_off(wave, municipality, link.0, at, None)
            .await
    }

    /// Notes a sign-off that was given on paper for the answers of this `stand`.
    pub async fn note_sign_off(
        &self,
        wave: &WaveName,
        municipality: &Key,
        function: &str,
        (day, stand): (Timestamp, u64),
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let given = Some((function.to_owned(), day, stand));
        self.put_sign_off(wave, municipality, String::new(), at, given)
            .await
    }

    async fn put_sign_off(
        &self,
        wave: &WaveName,
        municipality: &Key,
        link: String,
        at: Timestamp,
        given: Option<(String, Timestamp, u64)>,
    ) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO sign_off
            (wave, municipality, link_hash, made, signed, function, stand)
            VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let (wave, key) = (wave.0.clone(), municipality.clone());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let signed = given.as_ref().map(|(_, day, _)| day.as_millisecond());
                    let (function, _, stand) = given.unwrap_or_default();
                    sql::query(INSERT)
                        .bind(wave)
                        .bind(key.as_str())
                        .bind(link)
                        .bind(at.as_millisecond())
                        .bind(signed)
                        .bind(function)
                        .bind(i64::try_from(stand).unwrap_or(i64::MAX))
                        .execute(db)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    /// The sign-off behind a link with the invitation and what stands.
    pub async fn sign_off_by_link(
        &self,
        hash: &AccessHash,
    ) -> Result<Option<(SignOff, Invitation, Response)>, StoreError> {
        const SELECT: &str = "SELECT id, link_hash, made, signed, function, stand FROM sign_off
            WHERE link_hash = $1";
        const WHOSE: &str = "SELECT wave, municipality FROM sign_off WHERE link_hash = $1";
        let row: Option<SignOffRow> = sql::query_as(SELECT)
            .bind(&hash.0)
            .fetch_optional(&self.read)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let (wave, key): (String, String) = sql::query_as(WHOSE)
            .bind(&hash.0)
            .fetch_one(&self.read)
            .await?;
        let key = Key::new(key).map_err(|e| StoreError::Document {
            table: "sign_off",
            cause: e.to_string(),
        })?;
        let found = self.answering_of(&WaveName(wave), &key).await?;
        let sign_off = sign_off(row)?;
        Ok(found.map(|(invitation, response)| (sign_off, invitation, response)))
    }

    /// Gives a sign-off for the answers of this `stand`, in a function; again gives it anew.
    pub async fn sign(
        &self,
        id: i64,
        function: &str,
        stand: u64,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        const UPDATE: &str =
            "UPDATE sign_off SET signed = $2, function = $3, stand = $4 WHERE id = $1";
        let function = function.to_owned();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(UPDATE)
                        .bind(id)
                        .bind(at.as_millisecond())
                        .bind(function)
                        .bind(i64::try_from(stand).unwrap_or(i64::MAX))
                        .execute(db)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    /// Takes back the request for a sign-off, or what was noted.
    pub async fn drop_sign_off(
        &self,
        wave: &WaveName,
        municipality: &Key,
        id: i64,
    ) -> Result<(), StoreError> {
        const DELETE: &str =
            "DELETE FROM sign_off WHERE id = $1 AND wave = $2 AND municipality = $3";
        let (wave, key) = (wave.0.clone(), municipality.clone());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(DELETE)
                        .bind(id)
                        .bind(wave)
                        .bind(key.as_str())
                        .execute(db)
                        .await?;
                    Ok(())
                })
            })
            .await
    }
}
