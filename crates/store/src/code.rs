//! The lists that editors keep: codes with which examples carry them, and the fields of action. And what became of links.

use std::collections::{BTreeMap, BTreeSet};

use crate::sql::{self, Connection};
use jiff::Timestamp;
use practices::{Code, FieldOfAction, PracticeId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize as Ser};
use sha2::{Digest, Sha256};

use crate::database::Store;
use crate::error::{StoreError, read_json, read_time, read_word, write_json, write_word};

/// What became of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Ser, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkOutcome {
    /// It answers.
    Alive,
    /// It does not: not found, no such host, or it fails again and again.
    Dead,
    /// Its owner does not want robots to look; people look for themselves.
    NotAllowed,
    /// Not looked at: the address leads into a private network, or is none.
    Refused,
}

/// The last look at a link.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkCheck {
    /// Address.
    pub url: String,
    /// When.
    pub checked: Timestamp,
    /// Outcome.
    pub outcome: LinkOutcome,
    /// Status or cause.
    pub note: String,
    /// How often in a row it did not answer.
    pub failures: u32,
}

/// What became of saving a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListUpdate {
    /// It stands.
    Saved,
    /// It is not what the editor had seen any more; nothing was changed.
    Conflict,
}

/// A mark of a list as it stands: equal lists have equal marks.
pub fn stand<T: Serialize>(list: &[T]) -> Result<String, StoreError> {
    let digest = Sha256::digest(write_json("list", &list)?.as_bytes());
    Ok(digest[..8].iter().map(|b| format!("{b:02x}")).collect())
}

const SELECT_CODES: &str = "SELECT document FROM code ORDER BY position";
const SELECT_FIELDS: &str = "SELECT document FROM field_of_action ORDER BY position";

fn list<T: DeserializeOwned>(
    rows: Result<Vec<String>, sql::Error>,
    table: &'static str,
    defaults: fn() -> Vec<T>,
) -> Result<Vec<T>, StoreError> {
    let rows = rows?;
    if rows.is_empty() {
        return Ok(defaults());
    }
    let entries = rows.iter().map(|document| read_json(table, document));
    entries.collect()
}

async fn put<T: Serialize>(
    db: &mut Connection,
    (clear, insert): (&'static str, &'static str),
    table: &'static str,
    entries: Vec<(String, T)>,
) -> Result<(), StoreError> {
    sql::query(clear).execute(&mut *db).await?;
    for (position, (key, entry)) in (0i64..).zip(entries) {
        sql::query(insert)
            .bind(key)
            .bind(position)
            .bind(write_json(table, &entry)?)
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

impl Store {
    /// The code list; the default one where nobody has kept another.
    pub async fn codes(&self) -> Result<Vec<Code>, StoreError> {
        let rows = sql::query_scalar(SELECT_CODES).fetch_all(&self.read).await;
        list(rows, "code", Code::defaults)
    }

    /// Keeps a code list in its order, when what stands is still what the editor had `seen` (the mark of [`stand`]).
    pub async fn put_codes(
        &self,
        codes: Vec<Code>,
        seen: &str,
        at: Timestamp,
        actor: &str,
    ) -> Result<ListUpdate, StoreError> {
        const CLEAR: &str = "DELETE FROM code";
        const INSERT: &str = "INSERT INTO code (key, position, document) VALUES ($1, $2, $3)";
        let (at, actor) = (at.as_millisecond(), actor.to_owned());
        let seen = seen.to_owned();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let rows = sql::query_scalar(SELECT_CODES).fetch_all(&mut *db).await;
                    let standing = list(rows, "code", Code::defaults)?;
                    if stand(&standing)? != seen {
                        return Ok(ListUpdate::Conflict);
                    }
                    let entries = codes.into_iter().map(|c| (c.key.clone(), c)).collect();
                    put(&mut *db, (CLEAR, INSERT), "code", entries).await?;
                    crate::audit::record(db, at, &actor, "codes-saved", "", "").await?;
                    Ok(ListUpdate::Saved)
                })
            })
            .await
    }

    /// The codes that each practice carries.
    pub async fn coded(&self) -> Result<BTreeMap<PracticeId, BTreeSet<String>>, StoreError> {
        const SELECT: &str = "SELECT practice, code FROM practice_code ORDER BY practice, code";
        let rows: Vec<(i64, String)> = sql::query_as(SELECT).fetch_all(&self.read).await?;
        let mut all: BTreeMap<PracticeId, BTreeSet<String>> = BTreeMap::new();
        for (id, code) in rows {
            all.entry(PracticeId(id)).or_default().insert(code);
        }
        Ok(all)
    }

    /// Changes the codes of a practice from what was seen to what is wanted; what others set meanwhile stays.
    pub async fn code_practice(
        &self,
        id: PracticeId,
        seen: BTreeSet<String>,
        wanted: BTreeSet<String>,
        at: Timestamp,
        actor: &str,
    ) -> Result<(), StoreError> {
        const ADD: &str =
            "INSERT INTO practice_code (practice, code, actor, at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (practice, code) DO NOTHING";
        const REMOVE: &str = "DELETE FROM practice_code WHERE practice = $1 AND code = $2";
        let (at, actor) = (at.as_millisecond(), actor.to_owned());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    for code in wanted.difference(&seen) {
                        sql::query(ADD)
                            .bind(id.0)
                            .bind(code)
                            .bind(&actor)
                            .bind(at)
                            .execute(&mut *db)
                            .await?;
                    }
                    for code in seen.difference(&wanted) {
                        sql::query(REMOVE)
                            .bind(id.0)
                            .bind(code)
                            .execute(&mut *db)
                            .await?;
                    }
                    if seen != wanted {
                        let id = id.0.to_string();
                        crate::audit::record(db, at, &actor, "practice-coded", &id, "").await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// The fields of action in two levels; the default list where nobody has kept another.
    pub async fn fields_of_action(&self) -> Result<Vec<FieldOfAction>, StoreError> {
        let rows = sql::query_scalar(SELECT_FIELDS).fetch_all(&self.read).await;
        list(rows, "field_of_action", practices::default_fields)
    }

    /// Keeps a list of fields in its order, when what stands is still what the editor had `seen` (the mark of [`stand`]).
    pub async fn put_fields_of_action(
        &self,
        fields: Vec<FieldOfAction>,
        seen: &str,
        at: Timestamp,
        actor: &str,
    ) -> Result<ListUpdate, StoreError> {
        const CLEAR: &str = "DELETE FROM field_of_action";
        const INSERT: &str =
            "INSERT INTO field_of_action (key, position, document) VALUES ($1, $2, $3)";
        let (at, actor) = (at.as_millisecond(), actor.to_owned());
        let seen = seen.to_owned();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let rows = sql::query_scalar(SELECT_FIELDS).fetch_all(&mut *db).await;
                    let standing = list(rows, "field_of_action", practices::default_fields)?;
                    if stand(&standing)? != seen {
                        return Ok(ListUpdate::Conflict);
                    }
                    let entries = fields.into_iter().map(|f| (f.key.clone(), f)).collect();
                    put(&mut *db, (CLEAR, INSERT), "field_of_action", entries).await?;
                    crate::audit::record(db, at, &actor, "fields-saved", "", "").await?;
                    Ok(ListUpdate::Saved)
                })
            })
            .await
    }

    /// The last looks at links, by address.
    pub async fn link_checks(&self) -> Result<BTreeMap<String, LinkCheck>, StoreError> {
        const SELECT: &str =
            "SELECT url, checked, outcome, note, failures FROM link_check ORDER BY url";
        let rows: Vec<(String, i64, String, String, i64)> =
            sql::query_as(SELECT).fetch_all(&self.read).await?;
        rows.into_iter()
            .map(|(url, checked, outcome, note, failures)| {
                let check = LinkCheck {
                    url: url.clone(),
                    checked: read_time("link_check", checked)?,
                    outcome: read_word("link_check", &outcome)?,
                    note,
                    failures: u32::try_from(failures).unwrap_or(u32::MAX),
                };
                Ok((url, check))
            })
            .collect()
    }

    /// Keeps a look at a link in the place of the last one.
    pub async fn put_link_check(&self, check: LinkCheck) -> Result<(), StoreError> {
        const PUT: &str = "INSERT INTO link_check (url, checked, outcome, note, failures) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (url) DO UPDATE SET checked = excluded.checked, outcome = excluded.outcome,
            note = excluded.note, failures = excluded.failures";
        self.writer
            .write_single(move |db| {
                Box::pin(async move {
                    sql::query(PUT)
                        .bind(check.url)
                        .bind(check.checked.as_millisecond())
                        .bind(write_word("link_check", &check.outcome)?)
                        .bind(check.note)
                        .bind(i64::from(check.failures))
                        .execute(db)
                        .await?;
                    Ok(())
                })
            })
            .await
    }
}
