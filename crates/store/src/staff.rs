//! Staff, their sign-in links and their sessions.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use fieldwork::AccessHash;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;

use crate::database::Store;
use crate::error::{StoreError, read_word, write_word};
use crate::sql;

/// Number of a member of staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaffId(pub i64);

/// What a member of staff may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Designs, watches the field, evaluates; may also edit.
    Researcher,
    /// Edits practices and editions.
    Editor,
    /// Sees response rates only.
    Association,
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Staff {
    pub id: StaffId,
    pub mail: String,
    pub name: String,
    pub role: Role,
}

type Row = (i64, String, String, String);

fn staff((id, mail, name, role): Row) -> Result<Staff, StoreError> {
    Ok(Staff {
        id: StaffId(id),
        mail,
        name,
        role: read_word("staff", &role)?,
    })
}

/// Hashings that run at once: each takes 19 MiB and a core.
static HASHING: Semaphore = Semaphore::const_new(2);
/// Those and the ones that wait; more hear [`StoreError::Busy`].
static ASKED: Semaphore = Semaphore::const_new(18);

/// Argon2id with its default parameters (RFC 9106, second recommended option scaled by the crate).
/// Takes tens of milliseconds: call it outside the writer, on a blocking thread.
pub fn hash_password(password: &str) -> Result<String, StoreError> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|cause| StoreError::Document {
            table: "staff",
            cause: cause.to_string(),
        })
}

impl Store {
    /// Adds a member of staff or changes name and role. `password` is hashed already ([`hash_password`]); a new one
    /// ends the sessions that stand.
    pub async fn put_staff(
        &self,
        mail: &str,
        name: &str,
        role: Role,
        password: Option<String>,
        at: Timestamp,
        actor: &str,
    ) -> Result<StaffId, StoreError> {
        const UPSERT: &str =
            "INSERT INTO staff (mail, name, role, password) VALUES ($1, $2, $3, $4)
            ON CONFLICT (mail) DO UPDATE SET name = excluded.name, role = excluded.role,
            password = COALESCE(excluded.password, staff.password) RETURNING id";
        let (mail, name, actor) = (mail.to_lowercase(), name.to_owned(), actor.to_owned());
        const SESSIONS: &str = "DELETE FROM session WHERE staff = $1";
        let role = write_word("staff", &role)?;
        let renewed = password.is_some();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let id: i64 = sql::query_scalar(UPSERT)
                        .bind(&mail)
                        .bind(name)
                        .bind(&role)
                        .bind(password)
                        .fetch_one(&mut *db)
                        .await?;
                    if renewed {
                        sql::query(SESSIONS).bind(id).execute(&mut *db).await?;
                    }
                    crate::audit::record(
                        db,
                        at.as_millisecond(),
                        &actor,
                        "staff-put",
                        &mail,
                        &role,
                    )
                    .await?;
                    Ok(StaffId(id))
                })
            })
            .await
    }

    /// All members of staff, by mail address.
    pub async fn all_staff(&self) -> Result<Vec<Staff>, StoreError> {
        const SELECT: &str = "SELECT id, mail, name, role FROM staff ORDER BY mail";
        let rows: Vec<Row> = sql::query_as(SELECT).fetch_all(&self.read).await?;
        rows.into_iter().map(staff).collect()
    }

    /// Takes away somebody's access at once: sign-in links, sessions, the entry itself. What the audit log says of
    /// them stays. `false` when there is nobody with this address.
    pub async fn remove_staff(
        &self,
        mail: &str,
        at: Timestamp,
        actor: &str,
    ) -> Result<bool, StoreError> {
        const SELECT: &str = "SELECT id FROM staff WHERE mail = $1";
        const DELETE: [&str; 3] = [
            "DELETE FROM session WHERE staff = $1",
            "DELETE FROM sign_in_link WHERE staff = $1",
            "DELETE FROM staff WHERE id = $1",
        ];
        let (mail, actor) = (mail.to_lowercase(), actor.to_owned());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let id: Option<i64> = sql::query_scalar(SELECT)
                        .bind(&mail)
                        .fetch_optional(&mut *db)
                        .await?;
                    let Some(id) = id else { return Ok(false) };
                    for delete in DELETE {
                        sql::query(delete).bind(id).execute(&mut *db).await?;
                    }
                    let at = at.as_millisecond();
                    crate::audit::record(db, at, &actor, "staff-removed", &mail, "").await?;
                    Ok(true)
                })
            })
            .await
    }

    /// The member of staff with this mail address and password; `None` when either is wrong.
    /// Takes as long for an unknown address as for a wrong password.
    pub async fn staff_by_password(
        &self,
        mail: &str,
        password: &str,
    ) -> Result<Option<Staff>, StoreError> {
        const SELECT: &str = "SELECT id, mail, name, role, password FROM staff WHERE mail = $1";
        /// A well-formed hash that no password has: verifying it takes as long as a real one.
        const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2R5$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        let row: Option<(i64, String, String, String, Option<String>)> = sql::query_as(SELECT)
            .bind(mail.to_lowercase())
            .fetch_optional(&self.read)
            .await?;
        let hash = row.as_ref().and_then(|r| r.4.clone());
        let known = hash.is_some();
        let password = password.to_owned();
        let asked = ASKED.try_acquire().map_err(|_| StoreError::Busy)?;
        let hashing = HASHING.acquire().await.map_err(|_| StoreError::Stopped)?;
        let right = tokio::task::spawn_blocking(move || {
            // Held by the thread: an asker who goes away does not make room for another hashing.
            let _held = (asked, hashing);
            let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
            PasswordHash::new(&hash).is_ok_and(|hash| {
                Argon2::default()
                    .verify_password(password.as_bytes(), &hash)
                    .is_ok()
            })
        })
        .await
        .unwrap_or(false);
        match row {
            Some((id, mail, name, role, _)) if right && known => {
                staff((id, mail, name, role)).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Keeps a one-time sign-in link.
    pub async fn put_sign_in_link(
        &self,
        hash: AccessHash,
        id: StaffId,
        expires: Timestamp,
    ) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO sign_in_link (hash, staff, expires) VALUES ($1, $2, $3)";
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(INSERT)
                        .bind(hash.0)
                        .bind(id.0)
                        .bind(expires.as_millisecond())
                        .execute(db)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    /// Uses up a sign-in link: the member of staff, or `None` when it is unknown, used or expired.
    pub async fn use_sign_in_link(
        &self,
        hash: &AccessHash,
        at: Timestamp,
    ) -> Result<Option<Staff>, StoreError> {
        const TAKE: &str =
            "DELETE FROM sign_in_link WHERE hash = $1 AND expires > $2 RETURNING staff";
        const SELECT: &str = "SELECT id, mail, name, role FROM staff WHERE id = $1";
        let hash = hash.0.clone();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let id: Option<i64> = sql::query_scalar(TAKE)
                        .bind(hash)
                        .bind(at.as_millisecond())
                        .fetch_optional(&mut *db)
                        .await?;
                    let Some(id) = id else { return Ok(None) };
                    let row: Option<Row> = sql::query_as(SELECT)
                        .bind(id)
                        .fetch_optional(&mut *db)
                        .await?;
                    row.map(staff).transpose()
                })
            })
            .await
    }

    /// Begins a session.
    pub async fn begin_session(
        &self,
        hash: AccessHash,
        id: StaffId,
        at: Timestamp,
        expires: Timestamp,
    ) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO session (hash, staff, expires) VALUES ($1, $2, $3)";
        const OLD: &str = "DELETE FROM session WHERE expires <= $1";
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(OLD)
                        .bind(at.as_millisecond())
                        .execute(&mut *db)
                        .await?;
                    sql::query(INSERT)
                        .bind(hash.0)
                        .bind(id.0)
                        .bind(expires.as_millisecond())
                        .execute(db)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    /// Who a session belongs to, unless it has expired.
    pub async fn session(
        &self,
        hash: &AccessHash,
        at: Timestamp,
    ) -> Result<Option<Staff>, StoreError> {
        const SELECT: &str = "SELECT staff.id, staff.mail, staff.name, staff.role FROM session
            JOIN staff ON staff.id = session.staff WHERE session.hash = $1 AND session.expires > $2";
        let row: Option<Row> = sql::query_as(SELECT)
            .bind(&hash.0)
            .bind(at.as_millisecond())
            .fetch_optional(&self.read)
            .await?;
        row.map(staff).transpose()
    }

    /// Ends a session.
    pub async fn end_session(&self, hash: &AccessHash) -> Result<(), StoreError> {
        const DELETE: &str = "DELETE FROM session WHERE hash = $1";
        let hash = hash.0.clone();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(DELETE).bind(hash).execute(db).await?;
                    Ok(())
                })
            })
            .await
    }
}
