//! Findings that researchers keep: the query with title and wording, by whom and when.

use fieldwork::WaveName;
use findings::workspace::Query;
use jiff::Timestamp;

use crate::database::Store;
use crate::error::{StoreError, read_json, read_time, write_json};
use crate::sql;

/// Number of a kept finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeptId(pub i64);

impl KeptId {
    /// The key by which editors insert it, e.g. `auswertung-3`.
    pub fn key(self) -> String {
        format!("auswertung-{}", self.0)
    }
}

/// What its keeper writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptText {
    /// Title: the finding in few words.
    pub title: String,
    /// The finding in sentences, as it will stand beside the chart.
    pub wording: String,
}

/// A finding that was kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Number.
    pub id: KeptId,
    /// The wave that it was asked of.
    pub wave: WaveName,
    /// Counts the saves.
    pub version: u32,
    /// What was asked.
    pub query: Query,
    /// Title and wording.
    pub text: KeptText,
    /// When and by whom (mail address) it was kept.
    pub made: (Timestamp, String),
    /// When and by whom it was last changed.
    pub changed: (Timestamp, String),
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq)]
pub enum KeptUpdate {
    /// Durable.
    Saved,
    /// Somebody else changed it in the meantime; this is what stands now.
    Conflict(Box<Kept>),
    /// There is no such finding any more.
    Gone,
}

type Row = (
    i64,
    String,
    i64,
    String,
    String,
    String,
    i64,
    String,
    i64,
    String,
);

const TABLE: &str = "kept_finding";

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, wave, version, query, title, wording, made, made_by, changed, changed_by FROM kept_finding ",
            $rest
        )
    };
}

fn kept(row: Row) -> Result<Kept, StoreError> {
    let (id, wave, version, query, title, wording, made, made_by, changed, changed_by) = row;
    Ok(Kept {
        id: KeptId(id),
        wave: WaveName(wave),
        version: u32::try_from(version).map_err(|e| StoreError::Document {
            table: TABLE,
            cause: e.to_string(),
        })?,
        query: read_json(TABLE, &query)?,
        text: KeptText { title, wording },
        made: (read_time(TABLE, made)?, made_by),
        changed: (read_time(TABLE, changed)?, changed_by),
    })
}

impl Store {
    /// All kept findings, in the order in which they were kept.
    pub async fn kept_findings(&self) -> Result<Vec<Kept>, StoreError> {
        const SELECT: &str = select!("ORDER BY id");
        let rows: Vec<Row> = sql::query_as(SELECT).fetch_all(&self.read).await?;
        rows.into_iter().map(kept).collect()
    }

    /// The kept findings of one wave.
    pub async fn kept_findings_of(&self, wave: &WaveName) -> Result<Vec<Kept>, StoreError> {
        const SELECT: &str = select!("WHERE wave = $1 ORDER BY id");
        let rows: Vec<Row> = sql::query_as(SELECT)
            .bind(&wave.0)
            .fetch_all(&self.read)
            .await?;
        rows.into_iter().map(kept).collect()
    }

    /// One kept finding.
    pub async fn kept_finding(&self, id: KeptId) -> Result<Option<Kept>, StoreError> {
        const SELECT: &str = select!("WHERE id = $1");
        let row: Option<Row> = sql::query_as(SELECT)
            .bind(id.0)
            .fetch_optional(&self.read)
            .await?;
        row.map(kept).transpose()
    }

    /// Keeps a finding of a wave.
    pub async fn keep_finding(
        &self,
        wave: &WaveName,
        query: &Query,
        text: KeptText,
        at: Timestamp,
        actor: &str,
    ) -> Result<KeptId, StoreError> {
        const INSERT: &str = "INSERT INTO kept_finding
            (wave, version, query, title, wording, made, made_by, changed, changed_by)
            VALUES ($1, 1, $2, $3, $4, $5, $6, $5, $6) RETURNING id";
        let query = write_json(TABLE, query)?;
        let (wave, actor, at) = (wave.0.clone(), actor.to_owned(), at.as_millisecond());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let id: i64 = sql::query_scalar(INSERT)
                        .bind(&wave)
                        .bind(&query)
                        .bind(&text.title)
                        .bind(&text.wording)
                        .bind(at)
                        .bind(&actor)
                        .fetch_one(&mut *db)
                        .await?;
                    let subject = id.to_string();
                    crate::audit::record(db, at, &actor, "finding-kept", &subject, &wave).await?;
                    Ok(KeptId(id))
                })
            })
            .await
    }

    /// Changes title and wording, having seen version `seen`. Writing what stands already is no conflict.
    pub async fn reword_finding(
        &self,
        id: KeptId,
        text: KeptText,
        seen: u32,
        at: Timestamp,
        actor: &str,
    ) -> Result<KeptUpdate, StoreError> {
        const SELECT: &str = select!("WHERE id = $1");
        const UPDATE: &str =
            "UPDATE kept_finding SET title = $2, wording = $3, version = version + 1,
            changed = $4, changed_by = $5 WHERE id = $1";
        let (actor, at) = (actor.to_owned(), at.as_millisecond());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let row: Option<Row> = sql::query_as(SELECT)
                        .bind(id.0)
                        .fetch_optional(&mut *db)
                        .await?;
                    let Some(standing) = row.map(kept).transpose()? else {
                        return Ok(KeptUpdate::Gone);
                    };
                    if standing.text == text {
                        return Ok(KeptUpdate::Saved);
                    }
                    if standing.version != seen {
                        return Ok(KeptUpdate::Conflict(Box::new(standing)));
                    }
                    sql::query(UPDATE)
                        .bind(id.0)
                        .bind(&text.title)
                        .bind(&text.wording)
                        .bind(at)
                        .bind(&actor)
                        .execute(&mut *db)
                        .await?;
                    let subject = id.0.to_string();
                    crate::audit::record(db, at, &actor, "finding-reworded", &subject, "").await?;
                    Ok(KeptUpdate::Saved)
                })
            })
            .await
    }

    /// Deletes a kept finding, having seen version `seen`. Published editions keep what they froze.
    pub async fn delete_finding(
        &self,
        id: KeptId,
        seen: u32,
        at: Timestamp,
        actor: &str,
    ) -> Result<KeptUpdate, StoreError> {
        const SELECT: &str = select!("WHERE id = $1");
        const DELETE: &str = "DELETE FROM kept_finding WHERE id = $1";
        let (actor, at) = (actor.to_owned(), at.as_millisecond());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let row: Option<Row> = sql::query_as(SELECT)
                        .bind(id.0)
                        .fetch_optional(&mut *db)
                        .await?;
                    let Some(standing) = row.map(kept).transpose()? else {
                        return Ok(KeptUpdate::Gone);
                    };
                    if standing.version != seen {
                        return Ok(KeptUpdate::Conflict(Box::new(standing)));
                    }
                    sql::query(DELETE).bind(id.0).execute(&mut *db).await?;
                    let (subject, title) = (id.0.to_string(), standing.text.title);
                    crate::audit::record(db, at, &actor, "finding-deleted", &subject, &title)
                        .await?;
                    Ok(KeptUpdate::Saved)
                })
            })
            .await
    }
}
