//! Who is asked in a wave: what was chosen, from which list, with which seed.

use fieldwork::{Chosen, WaveName};
use jiff::Timestamp;

use crate::database::Store;
use crate::error::{StoreError, read_json, read_time, write_json};
use crate::sql;

/// The population of a wave as it is kept.
#[derive(Clone, Debug)]
pub struct Population {
    /// What was chosen, with strata, seed and keys.
    pub chosen: Chosen,
    /// Number of the list it was chosen from.
    pub register_list: i64,
    /// When it was taken.
    pub taken: Timestamp,
    /// By whom.
    pub taken_by: String,
}

impl Store {
    /// Keeps the population of a wave; a later choice takes its place, invitations stay. `false`: the wave is frozen.
    pub async fn put_population(
        &self,
        wave: &WaveName,
        register_list: i64,
        chosen: &Chosen,
        at: Timestamp,
        actor: &str,
    ) -> Result<bool, StoreError> {
        const UPSERT: &str =
            "INSERT INTO population (wave, register_list, taken, taken_by, document)
            SELECT wave.name, $2, $3, $4, $5 FROM wave WHERE wave.name = $1 AND wave.frozen IS NULL
            ON CONFLICT (wave) DO UPDATE SET register_list = excluded.register_list,
            taken = excluded.taken, taken_by = excluded.taken_by, document = excluded.document";
        let document = write_json("population", chosen)?;
        let detail = format!("{} municipalities", chosen.keys.len());
        let (wave, actor, at) = (wave.0.clone(), actor.to_owned(), at.as_millisecond());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let done = sql::query(UPSERT)
                        .bind(&wave)
                        .bind(register_list)
                        .bind(at)
                        .bind(&actor)
                        .bind(document)
                        .execute(&mut *db)
                        .await?;
                    if done.rows_affected() == 0 {
                        return Ok(false);
                    }
                    crate::audit::record(db, at, &actor, "population-put", &wave, &detail).await?;
                    Ok(true)
                })
            })
            .await
    }

    /// The population of a wave; `None` where none was chosen: then everybody of the list belongs to it.
    pub async fn population(&self, wave: &WaveName) -> Result<Option<Population>, StoreError> {
        const SELECT: &str =
            "SELECT register_list, taken, taken_by, document FROM population WHERE wave = $1";
        let row: Option<(i64, i64, String, String)> = sql::query_as(SELECT)
            .bind(&wave.0)
            .fetch_optional(&self.read)
            .await?;
        row.map(|(register_list, taken, taken_by, document)| {
            Ok(Population {
                chosen: read_json("population", &document)?,
                register_list,
                taken: read_time("population", taken)?,
                taken_by,
            })
        })
        .transpose()
    }
}
