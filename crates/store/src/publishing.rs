//! Publishing an edition: asked for by an editor, done by whoever runs the jobs.

use jiff::Timestamp;

use crate::database::Store;
use crate::error::{StoreError, read_time};
use crate::sql;

/// A publication that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publishing {
    /// Key of the edition.
    pub edition: String,
    /// When it was asked for.
    pub asked: Timestamp,
    /// By whom.
    pub by: String,
    /// When it was done, or failed; `None` while it is under way.
    pub ended: Option<Timestamp>,
    /// Why it failed; empty where it did not.
    pub fault: String,
}

type Row = (String, i64, String, Option<i64>, String);

fn read((edition, asked, by, ended, fault): Row) -> Result<Publishing, StoreError> {
    Ok(Publishing {
        edition,
        asked: read_time("publishing", asked)?,
        by,
        ended: ended.map(|at| read_time("publishing", at)).transpose()?,
        fault,
    })
}

impl Store {
    /// The last publication of an edition that was asked for in the back office.
    pub async fn publishing(&self, edition: &str) -> Result<Option<Publishing>, StoreError> {
        const SELECT: &str =
            "SELECT edition, asked, asked_by, ended, fault FROM publishing WHERE edition = $1";
        let row: Option<Row> = sql::query_as(SELECT)
            .bind(edition)
            .fetch_optional(&self.read)
            .await?;
        row.map(read).transpose()
    }

    /// Asks for a publication. `false`: one is under way already.
    pub async fn ask_publishing(
        &self,
        edition: &str,
        at: Timestamp,
        actor: &str,
    ) -> Result<bool, StoreError> {
        const PUT: &str = "INSERT INTO publishing (edition, asked, asked_by, fault) VALUES ($1, $2, $3, '')
            ON CONFLICT (edition) DO UPDATE SET asked = excluded.asked, asked_by = excluded.asked_by,
            alive = NULL, ended = NULL, fault = '' WHERE publishing.ended IS NOT NULL";
        let (edition, actor) = (edition.to_owned(), actor.to_owned());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let put = sql::query(PUT)
                        .bind(&edition)
                        .bind(at.as_millisecond())
                        .bind(&actor)
                        .execute(&mut *db)
                        .await?;
                    Ok(put.rows_affected() > 0)
                })
            })
            .await
    }

    /// Takes a publication that nobody does: just asked for, or left by somebody who gave no sign since `silent`.
    pub async fn take_publishing(
        &self,
        silent: Timestamp,
        at: Timestamp,
    ) -> Result<Option<Publishing>, StoreError> {
        const WAITING: &str = "SELECT edition, asked, asked_by, ended, fault FROM publishing
            WHERE ended IS NULL AND (alive IS NULL OR alive < $1) ORDER BY asked, edition LIMIT 1";
        const TAKE: &str = "UPDATE publishing SET alive = $2
            WHERE edition = $1 AND ended IS NULL AND (alive IS NULL OR alive < $3)";
        // Looked at every two seconds: only what is there goes through the writer.
        let waiting: Option<Row> = sql::query_as(WAITING)
            .bind(silent.as_millisecond())
            .fetch_optional(&self.read)
            .await?;
        let Some(waiting) = waiting.map(read).transpose()? else {
            return Ok(None);
        };
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let taken = sql::query(TAKE)
                        .bind(&waiting.edition)
                        .bind(at.as_millisecond())
                        .bind(silent.as_millisecond())
                        .execute(&mut *db)
                        .await?;
                    Ok((taken.rows_affected() > 0).then_some(waiting))
                })
            })
            .await
    }

    /// A sign that a publication is still under way.
    pub async fn publishing_alive(&self, edition: &str, at: Timestamp) -> Result<(), StoreError> {
        const UPDATE: &str =
            "UPDATE publishing SET alive = $2 WHERE edition = $1 AND ended IS NULL";
        self.mark(UPDATE, edition, at, None).await
    }

    /// A publication is done, or failed for a reason.
    pub async fn end_publishing(
        &self,
        edition: &str,
        at: Timestamp,
        fault: &str,
    ) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE publishing SET ended = $2, fault = $3 WHERE edition = $1";
        self.mark(UPDATE, edition, at, Some(fault.to_owned())).await
    }

    async fn mark(
        &self,
        update: &'static str,
        edition: &str,
        at: Timestamp,
        fault: Option<String>,
    ) -> Result<(), StoreError> {
        let edition = edition.to_owned();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let query = sql::query(update).bind(edition).bind(at.as_millisecond());
                    match fault {
                        Some(fault) => query.bind(fault).execute(&mut *db).await?,
                        None => query.execute(&mut *db).await?,
                    };
                    Ok(())
                })
            })
            .await
    }
}
