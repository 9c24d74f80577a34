//! Links that were mailed to the owner of a practice or to who proposed it; and the files beside a form.

use crate::sql::{self, Connection};
use fieldwork::AccessHash;
use jiff::Timestamp;
use practices::{FileKind, Practice, PracticeId};

use crate::database::Store;
use crate::error::{StoreError, read_word, write_word};

/// What a mailed link opens.
#[derive(Clone, Debug)]
pub struct PracticeLink {
    /// The practice as it stands.
    pub practice: Practice,
    /// `form` to fill in the short form, `confirm` to say how it stands.
    pub purpose: String,
    /// For whom it was made.
    pub actor: String,
    /// Whether it has been used.
    pub used: bool,
}

/// A kept file.
#[derive(Clone, Debug)]
pub struct PracticeFile {
    /// The practice beside which it stands.
    pub practice: PracticeId,
    /// What it is.
    pub kind: FileKind,
    /// Name for people, without an ending.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Keeps a link's hash inside a transaction.
pub(crate) async fn put(
    db: &mut Connection,
    hash: &AccessHash,
    practice: i64,
    purpose: &str,
    actor: &str,
    at: i64,
) -> Result<(), StoreError> {
    const INSERT: &str = "INSERT INTO practice_link (hash, practice, purpose, actor, made)
        VALUES ($1, $2, $3, $4, $5)";
    sql::query(INSERT)
        .bind(&hash.0)
        .bind(practice)
        .bind(purpose)
        .bind(actor)
        .bind(at)
        .execute(db)
        .await?;
    Ok(())
}

impl Store {
    /// Keeps a link that no other change causes.
    pub async fn put_practice_link(
        &self,
        hash: AccessHash,
        practice: PracticeId,
        purpose: &'static str,
        actor: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let (actor, at) = (actor.to_owned(), at.as_millisecond());
        self.writer
            .write(move |db| {
                Box::pin(async move { put(db, &hash, practice.0, purpose, &actor, at).await })
            })
            .await
    }

    /// What a mailed link opens.
    pub async fn practice_link(
        &self,
        hash: &AccessHash,
    ) -> Result<Option<PracticeLink>, StoreError> {
        const SELECT: &str =
            "SELECT practice, purpose, actor, used IS NOT NULL FROM practice_link WHERE hash = $1";
        let row: Option<(i64, String, String, bool)> = sql::query_as(SELECT)
            .bind(&hash.0)
            .fetch_optional(&self.read)
            .await?;
        let Some((id, purpose, actor, used)) = row else {
            return Ok(None);
        };
        let practice = self.practice(PracticeId(id)).await?;
        Ok(practice.map(|practice| PracticeLink {
            practice,
            purpose,
            actor,
            used,
        }))
    }

    /// Notes that a link was used; `false` when it had been before.
    pub async fn use_practice_link(
        &self,
        hash: &AccessHash,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        const UPDATE: &str = "UPDATE practice_link SET used = $2 WHERE hash = $1 AND used IS NULL";
        let hash = hash.clone();
        self.writer
            .write_single(move |db| {
                Box::pin(async move {
                    let done = sql::query(UPDATE)
                        .bind(hash.0)
                        .bind(at.as_millisecond())
                        .execute(db)
                        .await?;
                    Ok(done.rows_affected() == 1)
                })
            })
            .await
    }

    /// Keeps a file that was looked into (`practices::inspect`) and returns its number. It never changes.
    pub async fn add_practice_file(
        &self,
        file: PracticeFile,
        at: Timestamp,
        actor: &str,
    ) -> Result<i64, StoreError> {
        const INSERT: &str = "INSERT INTO practice_file (practice, kind, name, added, actor, bytes)
            VALUES ($1, $2, $3, $4, $5, $6) RETURNING id";
        let actor = actor.to_owned();
        self.writer
            .write_single(move |db| {
                Box::pin(async move {
                    Ok(sql::query_scalar(INSERT)
                        .bind(file.practice.0)
                        .bind(write_word("practice_file", &file.kind)?)
                        .bind(file.name)
                        .bind(at.as_millisecond())
                        .bind(actor)
                        .bind(file.bytes)
                        .fetch_one(db)
                        .await?)
                })
            })
            .await
    }

    /// A kept file.
    pub async fn practice_file(&self, id: i64) -> Result<Option<PracticeFile>, StoreError> {
        const SELECT: &str = "SELECT practice, kind, name, bytes FROM practice_file WHERE id = $1";
        let row: Option<(i64, String, String, Vec<u8>)> = sql::query_as(SELECT)
            .bind(id)
            .fetch_optional(&self.read)
            .await?;
        row.map(|(practice, kind, name, bytes)| {
            Ok(PracticeFile {
                practice: PracticeId(practice),
                kind: read_word("practice_file", &kind)?,
                name,
                bytes,
            })
        })
        .transpose()
    }

    /// Bytes of all files that were kept for a practice: a bound for what may be added.
    pub async fn practice_file_bytes(&self, id: PracticeId) -> Result<i64, StoreError> {
        const SELECT: &str = "SELECT CAST(COALESCE(SUM(LENGTH(bytes)), 0) AS BIGINT) FROM practice_file WHERE practice = $1";
        Ok(sql::query_scalar(SELECT)
            .bind(id.0)
            .fetch_one(&self.read)
            .await?)
    }

    /// Whether a file stands beside a published wording that was not taken back.
    pub async fn is_public_file(
        &self,
        practice: PracticeId,
        file: i64,
    ) -> Result<bool, StoreError> {
        const SELECT: &str =
            "SELECT v.form FROM practice_version v JOIN practice p ON p.id = v.practice
            WHERE v.practice = $1 AND p.hidden IS NULL";
        let forms: Vec<String> = sql::query_scalar(SELECT)
            .bind(practice.0)
            .fetch_all(&self.read)
            .await?;
        for form in forms {
            let form: practices::Form = crate::error::read_json("practice_version", &form)?;
            if form.attachments.iter().any(|a| a.file == file) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
