//! Editions: the editors' draft with its version, and what was frozen.

use edition::{Draft, Edition};
use findings::{AuditReport, Release};
use jiff::Timestamp;

use crate::database::Store;
use crate::error::{StoreError, read_json, read_time, write_json};
use crate::sql;

/// An edition as it is kept.
#[derive(Clone, Debug)]
pub struct EditionRow {
    /// The editors' draft.
    pub draft: Draft,
    /// Counts the saves of the draft.
    pub version: u32,
    /// When it was last published.
    pub published: Option<Timestamp>,
}

type Row = (String, i64, Option<i64>);

fn edition_row((draft, version, published): Row) -> Result<EditionRow, StoreError> {
    Ok(EditionRow {
        draft: read_json("edition", &draft)?,
        version: u32::try_from(version).map_err(|e| StoreError::Document {
            table: "edition",
            cause: e.to_string(),
        })?,
        published: published.map(|at| read_time("edition", at)).transpose()?,
    })
}

impl Store {
    /// All editions, by key.
    pub async fn editions(&self) -> Result<Vec<EditionRow>, StoreError> {
        const SELECT: &str = "SELECT draft, version, published FROM edition ORDER BY key";
        let rows: Vec<Row> = sql::query_as(SELECT).fetch_all(&self.read).await?;
        rows.into_iter().map(edition_row).collect()
    }

    /// One edition.
    pub async fn edition(&self, key: &str) -> Result<Option<EditionRow>, StoreError> {
        const SELECT: &str = "SELECT draft, version, published FROM edition WHERE key = $1";
        let row: Option<Row> = sql::query_as(SELECT)
            .bind(key)
            .fetch_optional(&self.read)
            .await?;
        row.map(edition_row).transpose()
    }

    /// Saves a draft, having seen version `seen` (0 for a new one).
    /// The outer error is the database's, the inner one what stands now when somebody else saved.
    pub async fn save_edition(
        &self,
        draft: Draft,
        seen: u32,
        at: Timestamp,
        actor: &str,
    ) -> Result<Result<u32, Box<EditionRow>>, StoreError> {
        const SELECT: &str = "SELECT draft, version, published FROM edition WHERE key = $1";
        const UPSERT: &str = "INSERT INTO edition (key, version, draft) VALUES ($1, $2, $3)
            ON CONFLICT (key) DO UPDATE SET version = excluded.version, draft = excluded.draft";
        let actor = actor.to_owned();
        let document = write_json("edition", &draft)?;
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let row: Option<Row> = sql::query_as(SELECT)
                        .bind(&draft.key)
                        .fetch_optional(&mut *db)
                        .await?;
                    let standing = row.map(edition_row).transpose()?;
                    let version = standing.as_ref().map_or(0, |s| s.version);
                    if let Some(standing) = standing
                        && version != seen
                        && standing.draft != draft
                    {
                        return Ok(Err(Box::new(standing)));
                    }
                    let next = version + 1;
                    sql::query(UPSERT)
                        .bind(&draft.key)
                        .bind(i64::from(next))
                        .bind(document)
                        .execute(&mut *db)
                        .await?;
                    crate::audit::record(
                        db,
                        at.as_millisecond(),
                        &actor,
                        "edition-saved",
                        &draft.key,
                        "",
                    )
                    .await?;
                    Ok(Ok(next))
                })
            })
            .await
    }

    /// Keeps a frozen edition beside its draft, and its release for the audits to come.
    /// An edition whose release has not passed the audit is refused.
    pub async fn freeze_edition(
        &self,
        edition: &Edition,
        at: Timestamp,
        actor: &str,
    ) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE edition SET published = $2, frozen = $3 WHERE key = $1";
        const KEEP: &str =
            "INSERT INTO published_release (edition, published, wave, document, audit)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (edition, published) DO NOTHING";
        let passed = edition
            .audit
            .as_ref()
            .filter(|audit| audit.is_of(&edition.release));
        let Some(audit) = passed else {
            return Err(StoreError::Unaudited(edition.key.clone()));
        };
        let (wave, release, audit) = (
            edition.release.wave.clone(),
            write_json("published", &edition.release)?,
            write_json("published", audit)?,
        );
        let (key, frozen, actor) = (
            edition.key.clone(),
            write_json("edition", edition)?,
            actor.to_owned(),
        );
        let at = at.as_millisecond();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(UPDATE)
                        .bind(&key)
                        .bind(at)
                        .bind(frozen)
                        .execute(&mut *db)
                        .await?;
                    sql::query(KEEP)
                        .bind(&key)
                        .bind(at)
                        .bind(wave)
                        .bind(release)
                        .bind(audit)
                        .execute(&mut *db)
                        .await?;
                    crate::audit::record(db, at, &actor, "edition-published", &key, "").await
                })
            })
            .await
    }

    /// Releases of a wave that are out: what feedback sheets show, and what editions have published, the oldest first.
    /// Each has a name for people.
    pub async fn left_the_house(&self, wave: &str) -> Result<Vec<(String, Release)>, StoreError> {
        const SHEETS: &str = "SELECT document FROM released WHERE wave = $1";
        const EDITIONS: &str = "SELECT edition, document FROM published_release WHERE wave = $1 ORDER BY published, edition";
        let sheets: Option<String> = sql::query_scalar(SHEETS)
            .bind(wave)
            .fetch_optional(&self.read)
            .await?;
        let editions: Vec<(String, String)> = sql::query_as(EDITIONS)
            .bind(wave)
            .fetch_all(&self.read)
            .await?;
        let sheets = sheets.map(|document| ("Vergleichsblätter".to_owned(), document));
        let editions = editions
            .into_iter()
            .map(|(key, document)| (format!("Ausgabe {key}"), document));
        let mut releases: Vec<(String, Release)> = Vec::new();
        for (name, document) in sheets.into_iter().chain(editions) {
            releases.push((name, read_json("published", &document)?));
        }
        Ok(releases)
    }

    /// What the audit said when a wave was closed.
    pub async fn audit_of_wave(&self, wave: &str) -> Result<Option<AuditReport>, StoreError> {
        const SELECT: &str = "SELECT document FROM audited WHERE wave = $1";
        let row: Option<String> = sql::query_scalar(SELECT)
            .bind(wave)
            .fetch_optional(&self.read)
            .await?;
        row.map(|text| read_json("audited", &text)).transpose()
    }

    /// What the audit said when an edition was last published.
    pub async fn audit_of(&self, key: &str) -> Result<Option<AuditReport>, StoreError> {
        const SELECT: &str = "SELECT audit FROM published_release WHERE edition = $1 ORDER BY published DESC LIMIT 1";
        let row: Option<String> = sql::query_scalar(SELECT)
            .bind(key)
            .fetch_optional(&self.read)
            .await?;
        row.map(|text| read_json("published", &text)).transpose()
    }

    /// The frozen edition.
    pub async fn frozen_edition(&self, key: &str) -> Result<Option<Edition>, StoreError> {
        const SELECT: &str = "SELECT frozen FROM edition WHERE key = $1 AND frozen IS NOT NULL";
        let row: Option<String> = sql::query_scalar(SELECT)
            .bind(key)
            .fetch_optional(&self.read)
            .await?;
        row.map(|text| read_json("edition", &text)).transpose()
    }
}
