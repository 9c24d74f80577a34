//! Files that municipalities send along with their answers.

use crate::sql::{self};
use fieldwork::WaveName;
use jiff::Timestamp;
use register::Key;
use sha2::{Digest, Sha256};

use crate::database::Store;
use crate::error::StoreError;

impl Store {
    /// Keeps a file that was looked into and returns its id: the same bytes of the same municipality have the same.
    pub async fn keep_answer_file(
        &self,
        wave: &WaveName,
        municipality: &Key,
        name: &str,
        bytes: &[u8],
        at: Timestamp,
    ) -> Result<String, StoreError> {
        const INSERT: &str = "INSERT INTO answer_file (wave, municipality, id, name, saved, bytes)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (wave, municipality, id) DO NOTHING";
        let (wave, key) = (wave.to_string(), municipality.to_string());
        let mut hash = Sha256::new();
        for part in [wave.as_bytes(), key.as_bytes(), name.as_bytes(), bytes] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let hash = hash.finalize();
        let id: String = hash
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let (name, bytes, own) = (name.to_owned(), bytes.to_vec(), id.clone());
        self.writer
            .write_single(move |db| {
                Box::pin(async move {
                    sql::query(INSERT)
                        .bind(wave)
                        .bind(key)
                        .bind(own)
                        .bind(name)
                        .bind(at.as_millisecond())
                        .bind(bytes)
                        .execute(db)
                        .await?;
                    Ok(())
                })
            })
            .await?;
        Ok(id)
    }

    /// Deletes files that no answer names any more.
    pub async fn drop_answer_files(
        &self,
        wave: &WaveName,
        municipality: &Key,
        ids: Vec<String>,
    ) -> Result<(), StoreError> {
        const DELETE: &str =
            "DELETE FROM answer_file WHERE wave = $1 AND municipality = $2 AND id = $3";
        let (wave, key) = (wave.to_string(), municipality.to_string());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    for id in ids {
                        sql::query(DELETE)
                            .bind(wave.clone())
                            .bind(key.clone())
                            .bind(id)
                            .execute(&mut *db)
                            .await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Ids of the files that a municipality sent to a wave.
    pub async fn answer_files(
        &self,
        wave: &WaveName,
        municipality: &Key,
    ) -> Result<Vec<String>, StoreError> {
        const SELECT: &str =
            "SELECT id FROM answer_file WHERE wave = $1 AND municipality = $2 ORDER BY id";
        let rows: Vec<(String,)> = sql::query_as(SELECT)
            .bind(wave.to_string())
            .bind(municipality.to_string())
            .fetch_all(&self.read)
            .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// Name and bytes of one file.
    pub async fn answer_file(
        &self,
        wave: &WaveName,
        municipality: &Key,
        id: &str,
    ) -> Result<Option<(String, Vec<u8>)>, StoreError> {
        const SELECT: &str = "SELECT name, bytes FROM answer_file
            WHERE wave = $1 AND municipality = $2 AND id = $3";
        Ok(sql::query_as(SELECT)
            .bind(wave.to_string())
            .bind(municipality.to_string())
            .bind(id.to_owned())
            .fetch_optional(&self.read)
            .await?)
    }
}
