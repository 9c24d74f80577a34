//! Which answers lead to which examples, as editors wrote it for a wave.

use fieldwork::WaveName;
use jiff::Timestamp;

use crate::database::Store;
use crate::error::StoreError;
use crate::sql;

/// A mapping as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatchingText {
    /// As it was written.
    pub text: String,
    /// Counts the saves; 0 where nobody saved yet.
    pub version: u32,
}

/// What became of a change to a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MatchingUpdate {
    /// Durable; the new version.
    Saved(u32),
    /// Somebody else changed it; this is what stands now.
    Conflict(MatchingText),
}

const SELECT: &str = "SELECT document, version FROM matching WHERE wave = $1";

fn read((text, version): (String, i64)) -> MatchingText {
    MatchingText {
        text,
        version: u32::try_from(version).unwrap_or(0),
    }
}

impl Store {
    /// The mapping of a wave; `None` where nobody wrote one.
    pub async fn matching(&self, wave: &WaveName) -> Result<Option<MatchingText>, StoreError> {
        let row: Option<(String, i64)> = sql::query_as(SELECT)
            .bind(&wave.0)
            .fetch_optional(&self.read)
            .await?;
        Ok(row.map(read))
    }

    /// Keeps the mapping of a wave, having seen the version that `new` carries. The caller has checked it.
    pub async fn put_matching(
        &self,
        wave: &WaveName,
        new: MatchingText,
        at: Timestamp,
        actor: &str,
    ) -> Result<MatchingUpdate, StoreError> {
        const PUT: &str =
            "INSERT INTO matching (wave, document, version, changed, changed_by) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (wave) DO UPDATE SET document = excluded.document, version = excluded.version,
            changed = excluded.changed, changed_by = excluded.changed_by";
        let (wave, at, actor) = (wave.0.clone(), at.as_millisecond(), actor.to_owned());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let row: Option<(String, i64)> = sql::query_as(SELECT)
                        .bind(&wave)
                        .fetch_optional(&mut *db)
                        .await?;
                    let now = row.map(read).unwrap_or_default();
                    if now.version != new.version {
                        return Ok(MatchingUpdate::Conflict(now));
                    }
                    let version = now.version + 1;
                    sql::query(PUT)
                        .bind(&wave)
                        .bind(new.text)
                        .bind(i64::from(version))
                        .bind(at)
                        .bind(&actor)
                        .execute(&mut *db)
                        .await?;
                    crate::audit::record(db, at, &actor, "matching-saved", &wave, "").await?;
                    Ok(MatchingUpdate::Saved(version))
                })
            })
            .await
    }
}
