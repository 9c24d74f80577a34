//! What is stated about a wave's privacy, and the deletions that its retention periods ask for.

use fieldwork::{Privacy, WaveName};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::database::Store;
use crate::error::{StoreError, read_json, read_time, read_word, write_json, write_word};
use crate::sql::{self, Connection};

/// The stated settings of a wave as they are kept: the version that a save must name, and what is stated.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct PrivacyRow {
    pub version: i64,
    pub stated: Privacy,
}

/// What is deleted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeletionKind {
    /// Departments, comments, checks, sign-offs, addresses for notices.
    Together,
    /// History of changes after submitting.
    History,
    /// Single answers with moment and giver; the frozen dataset stays.
    Answers,
    /// Contacts, registrations, and files of contacts that wait.
    Contacts,
    /// Mails that were sent; of the whole instance.
    Mails,
    /// Lines of the audit log; of the whole instance.
    Audit,
}

/// What was deleted, when.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Deleted {
    pub kind: DeletionKind,
    pub at: Timestamp,
    /// Rows of the main table.
    pub counted: i64,
}

const TOGETHER: [&str; 6] = [
    "DELETE FROM department_section WHERE department IN (SELECT id FROM department WHERE wave = $1)",
    "DELETE FROM section_check WHERE wave = $1",
    "DELETE FROM finished_notice WHERE wave = $1",
    "DELETE FROM answer_comment WHERE wave = $1",
    "DELETE FROM sign_off WHERE wave = $1",
    "DELETE FROM department WHERE wave = $1",
];
const HISTORY: [&str; 1] = ["DELETE FROM answer_change WHERE wave = $1"];
/// Only of a frozen wave: before that there is no dataset to keep.
const ANSWERS: [&str; 2] = [
    "DELETE FROM response WHERE wave = $1
    AND wave IN (SELECT name FROM wave WHERE frozen IS NOT NULL)",
    "DELETE FROM answer_file WHERE wave = $1
    AND wave IN (SELECT name FROM wave WHERE frozen IS NOT NULL)",
];
const CONTACTS: [&str; 3] = [
    "DELETE FROM contact WHERE wave = $1",
    "DELETE FROM contact_import WHERE wave = $1",
    "DELETE FROM registration WHERE wave = $1",
];
/// What waits or is at hand stays; everything else holds an address and nobody needs it any more.
const MAILS: &str = "DELETE FROM mail WHERE state NOT IN ('queued', 'sending') AND queued < $1";
const AUDIT: &str = "DELETE FROM audit WHERE at < $1";

const COUNT_TOGETHER: &str = "SELECT (SELECT COUNT(*) FROM department WHERE wave = $1)
    + (SELECT COUNT(*) FROM answer_comment WHERE wave = $1)
    + (SELECT COUNT(*) FROM sign_off WHERE wave = $1)
    + (SELECT COUNT(*) FROM section_check WHERE wave = $1)
    + (SELECT COUNT(*) FROM finished_notice WHERE wave = $1)";
const COUNT_HISTORY: &str = "SELECT COUNT(*) FROM answer_change WHERE wave = $1";
const COUNT_ANSWERS: &str = "SELECT COUNT(*) FROM response WHERE wave = $1";
const COUNT_CONTACTS: &str = "SELECT (SELECT COUNT(*) FROM contact WHERE wave = $1)
    + (SELECT COUNT(*) FROM contact_import WHERE wave = $1)
    + (SELECT COUNT(*) FROM registration WHERE wave = $1)";
const COUNT_MAILS: &str = "SELECT COUNT(*) FROM mail WHERE state NOT IN ('queued', 'sending')";
const COUNT_AUDIT: &str = "SELECT COUNT(*) FROM audit";

async fn note(
    db: &mut Connection,
    (wave, kind): (&str, DeletionKind),
    counted: i64,
    at: i64,
) -> Result<(), StoreError> {
    const INSERT: &str = "INSERT INTO deletion (wave, kind, at, counted) VALUES ($1, $2, $3, $4)";
    sql::query(INSERT)
        .bind(wave)
        .bind(write_word("deletion", &kind)?)
        .bind(at)
        .bind(counted)
        .execute(db)
        .await?;
    Ok(())
}

impl Store {
    /// What is stated about a wave's privacy; `None` while nothing is.
    pub async fn wave_privacy(&self, wave: &WaveName) -> Result<Option<PrivacyRow>, StoreError> {
        const SELECT: &str = "SELECT version, document FROM wave_privacy WHERE wave = $1";
        let row: Option<(i64, String)> = sql::query_as(SELECT)
            .bind(&wave.0)
            .fetch_optional(&self.read)
            .await?;
        row.map(|(version, document)| {
            Ok(PrivacyRow {
                version,
                stated: read_json("wave_privacy", &document)?,
            })
        })
        .transpose()
    }

    /// Keeps what is stated about a wave's privacy, when nobody else has since `seen` (0 is "nothing yet").
    /// `false` when somebody has.
    pub async fn put_wave_privacy(
        &self,
        wave: &WaveName,
        stated: &Privacy,
        seen: i64,
        at: Timestamp,
        actor: &str,
    ) -> Result<bool, StoreError> {
        const UPSERT: &str = "INSERT INTO wave_privacy (wave, version, document) VALUES ($1, $2, $3)
            ON CONFLICT (wave) DO UPDATE SET version = excluded.version, document = excluded.document
            WHERE wave_privacy.version = $4";
        let document = write_json("wave_privacy", stated)?;
        let (wave, actor) = (wave.0.clone(), actor.to_owned());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let put = sql::query(UPSERT)
                        .bind(&wave)
                        .bind(seen + 1)
                        .bind(document)
                        .bind(seen)
                        .execute(&mut *db)
                        .await?;
                    if put.rows_affected() == 0 {
                        return Ok(false);
                    }
                    let at = at.as_millisecond();
                    crate::audit::record(db, at, &actor, "privacy-put", &wave, "").await?;
                    Ok(true)
                })
            })
            .await
    }

    /// How much there is to delete of a kind now.
    pub async fn held(&self, wave: &WaveName, kind: DeletionKind) -> Result<i64, StoreError> {
        let sql = match kind {
            DeletionKind::Together => COUNT_TOGETHER,
            DeletionKind::History => COUNT_HISTORY,
            DeletionKind::Answers => COUNT_ANSWERS,
            DeletionKind::Contacts => COUNT_CONTACTS,
            DeletionKind::Mails => COUNT_MAILS,
            DeletionKind::Audit => COUNT_AUDIT,
        };
        let mut query = sql::query_scalar(sql);
        if !matches!(kind, DeletionKind::Mails | DeletionKind::Audit) {
            query = query.bind(&wave.0);
        }
        Ok(query.fetch_one(&self.read).await?)
    }

    /// Deletes all of a kind that a wave holds and notes it; the number of rows.
    pub async fn delete_kind(
        &self,
        wave: &WaveName,
        kind: DeletionKind,
        at: Timestamp,
    ) -> Result<i64, StoreError> {
        let statements: &'static [&'static str] = match kind {
            DeletionKind::Together => &TOGETHER,
            DeletionKind::History => &HISTORY,
            DeletionKind::Answers => &ANSWERS,
            DeletionKind::Contacts => &CONTACTS,
            DeletionKind::Mails | DeletionKind::Audit => &[],
        };
        let wave = wave.0.clone();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let mut counted: i64 = 0;
                    for statement in statements {
                        let done = sql::query(statement).bind(&wave).execute(&mut *db).await?;
                        counted += i64::try_from(done.rows_affected()).unwrap_or(i64::MAX);
                    }
                    if counted > 0 {
                        note(db, (&wave, kind), counted, at.as_millisecond()).await?;
                    }
                    Ok(counted)
                })
            })
            .await
    }

    /// Deletes sent mails and lines of the audit log from before these moments and notes it; the number of rows.
    pub async fn delete_old(
        &self,
        mails_before: Timestamp,
        audit_before: Timestamp,
        at: Timestamp,
    ) -> Result<i64, StoreError> {
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let mut all: i64 = 0;
                    let kinds = [
                        (DeletionKind::Mails, MAILS, mails_before),
                        (DeletionKind::Audit, AUDIT, audit_before),
                    ];
                    for (kind, statement, before) in kinds {
                        let done = sql::query(statement)
                            .bind(before.as_millisecond())
                            .execute(&mut *db)
                            .await?;
                        let counted = i64::try_from(done.rows_affected()).unwrap_or(i64::MAX);
                        if counted > 0 {
                            note(&mut *db, ("", kind), counted, at.as_millisecond()).await?;
                        }
                        all += counted;
                    }
                    Ok(all)
                })
            })
            .await
    }

    /// What was deleted of a wave, and of the whole instance, newest first.
    pub async fn deletions(&self, wave: &WaveName) -> Result<Vec<Deleted>, StoreError> {
        const SELECT: &str = "SELECT kind, at, counted FROM deletion
            WHERE wave = $1 OR wave = '' ORDER BY id DESC LIMIT 200";
        let rows: Vec<(String, i64, i64)> = sql::query_as(SELECT)
            .bind(&wave.0)
            .fetch_all(&self.read)
            .await?;
        rows.into_iter()
            .map(|(kind, at, counted)| {
                Ok(Deleted {
                    kind: read_word("deletion", &kind)?,
                    at: read_time("deletion", at)?,
                    counted,
                })
            })
            .collect()
    }
}
