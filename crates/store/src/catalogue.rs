//! The catalogue beside the practices: imported entries, the search's lists, and what tells that it changed.

use jiff::Timestamp;
use practices::Entry;

use crate::database::Store;
use crate::error::{StoreError, read_json, write_json};
use crate::sql;

/// What editors added to the search's lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchLists {
    /// Parts of compounds.
    pub parts: String,
    /// Synonyms.
    pub synonyms: String,
    /// Counts the saves; 0 where nobody saved yet.
    pub version: u32,
}

/// What became of a change to the lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchListsUpdate {
    /// Durable; the new version.
    Saved(u32),
    /// Somebody else changed them; this is what stands now.
    Conflict(SearchLists),
}

type ListRow = (String, String, i64);

fn lists((parts, synonyms, version): ListRow) -> SearchLists {
    SearchLists {
        parts,
        synonyms,
        version: u32::try_from(version).unwrap_or(0),
    }
}

const LISTS: &str = "SELECT parts, synonyms, version FROM search_list WHERE only_row = 1";
const COUNT_UP: &str = "UPDATE catalogue_state SET revision = revision + 1 WHERE only_row = 1";

impl Store {
    /// Begins an import and returns its number. What an earlier one left behind half-way goes.
    pub async fn begin_entries(&self, at: Timestamp) -> Result<i64, StoreError> {
        const LEFT: &str = "DELETE FROM catalogue_entry WHERE batch <> 0";
        let number = at.as_millisecond().max(1);
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(LEFT).execute(&mut *db).await?;
                    Ok(number)
                })
            })
            .await
    }

    /// Adds entries to an import; nobody sees them yet.
    pub async fn add_entries(
        &self,
        batch: i64,
        first_place: i64,
        entries: Vec<Entry>,
    ) -> Result<(), StoreError> {
        const INSERT: &str =
            "INSERT INTO catalogue_entry (id, batch, place, document) VALUES ($1, $2, $3, $4)";
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    for (place, entry) in (first_place..).zip(&entries) {
                        sql::query(INSERT)
                            .bind(&entry.id)
                            .bind(batch)
                            .bind(place)
                            .bind(write_json("catalogue_entry", entry)?)
                            .execute(&mut *db)
                            .await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Makes an import public, all at once: an entry that was there under the same name is replaced.
    pub async fn finish_entries(
        &self,
        batch: i64,
        count: i64,
        at: Timestamp,
        actor: &str,
    ) -> Result<(), StoreError> {
        const COUNT: &str = "SELECT COUNT(*) FROM catalogue_entry WHERE batch = $1";
        const REPLACED: &str = "DELETE FROM catalogue_entry WHERE batch = 0
            AND id IN (SELECT id FROM catalogue_entry WHERE batch = $1)";
        const LAST: &str = "SELECT COALESCE(MAX(place), 0) FROM catalogue_entry WHERE batch = 0";
        const PUBLIC: &str =
            "UPDATE catalogue_entry SET batch = 0, place = place + $2 WHERE batch = $1";
        let actor = actor.to_owned();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let there: i64 = sql::query_scalar(COUNT)
                        .bind(batch)
                        .fetch_one(&mut *db)
                        .await?;
                    if there != count {
                        // Another import began meanwhile and took this one's rows away.
                        return Err(StoreError::Busy);
                    }
                    sql::query(REPLACED).bind(batch).execute(&mut *db).await?;
                    let last: i64 = sql::query_scalar(LAST).fetch_one(&mut *db).await?;
                    sql::query(PUBLIC)
                        .bind(batch)
                        .bind(last)
                        .execute(&mut *db)
                        .await?;
                    sql::query(COUNT_UP).execute(&mut *db).await?;
                    let at = at.as_millisecond();
                    let count = count.to_string();
                    crate::audit::record(db, at, &actor, "entries-imported", &count, "").await?;
                    Ok(())
                })
            })
            .await
    }

    /// Public entries after a place, in order, with their places.
    pub async fn entries(&self, after: i64, limit: i64) -> Result<Vec<(i64, Entry)>, StoreError> {
        const SELECT: &str = "SELECT place, document FROM catalogue_entry
            WHERE batch = 0 AND place > $1 ORDER BY place LIMIT $2";
        let rows: Vec<(i64, String)> = sql::query_as(SELECT)
            .bind(after)
            .bind(limit)
            .fetch_all(&self.read)
            .await?;
        rows.into_iter()
            .map(|(place, document)| Ok((place, read_json("catalogue_entry", &document)?)))
            .collect()
    }

    /// One imported entry.
    pub async fn entry(&self, id: &str) -> Result<Option<Entry>, StoreError> {
        const SELECT: &str = "SELECT document FROM catalogue_entry WHERE id = $1 AND batch = 0";
        let row: Option<String> = sql::query_scalar(SELECT)
            .bind(id)
            .fetch_optional(&self.read)
            .await?;
        row.map(|document| read_json("catalogue_entry", &document))
            .transpose()
    }

    /// Changes whenever the catalogue or the lists change: an index that was built at another stamp is old.
    pub async fn catalogue_stamp(&self) -> Result<String, StoreError> {
        const SELECT: &str = "SELECT
            (SELECT revision FROM catalogue_state WHERE only_row = 1),
            (SELECT COALESCE(MAX(id), 0) FROM practice_event),
            (SELECT COALESCE(MAX(version), 0) FROM search_list)";
        let (revision, event, list): (i64, i64, i64) =
            sql::query_as(SELECT).fetch_one(&self.read).await?;
        Ok(format!("{revision}-{event}-{list}"))
    }

    /// What editors added to the search's lists.
    pub async fn search_lists(&self) -> Result<SearchLists, StoreError> {
        let row: Option<ListRow> = sql::query_as(LISTS).fetch_optional(&self.read).await?;
        Ok(row.map(lists).unwrap_or_default())
    }

    /// An editor saves the lists, having seen version `seen`.
    pub async fn save_search_lists(
        &self,
        new: SearchLists,
        at: Timestamp,
        actor: &str,
    ) -> Result<SearchListsUpdate, StoreError> {
        const SAVE: &str =
            "INSERT INTO search_list (only_row, parts, synonyms, version, changed, changed_by)
            VALUES (1, $1, $2, $3, $4, $5)
            ON CONFLICT (only_row) DO UPDATE SET parts = excluded.parts, synonyms = excluded.synonyms,
                version = excluded.version, changed = excluded.changed, changed_by = excluded.changed_by";
        let (at, actor) = (at.as_millisecond(), actor.to_owned());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let row: Option<ListRow> =
                        sql::query_as(LISTS).fetch_optional(&mut *db).await?;
                    let now = row.map(lists).unwrap_or_default();
                    if now.version != new.version {
                        return Ok(SearchListsUpdate::Conflict(now));
                    }
                    let version = now.version + 1;
                    sql::query(SAVE)
                        .bind(&new.parts)
                        .bind(&new.synonyms)
                        .bind(i64::from(version))
                        .bind(at)
                        .bind(&actor)
                        .execute(&mut *db)
                        .await?;
                    crate::audit::record(
                        db,
                        at,
                        &actor,
                        "search-lists-saved",
                        &version.to_string(),
                        "",
                    )
                    .await?;
                    Ok(SearchListsUpdate::Saved(version))
                })
            })
            .await
    }
}
