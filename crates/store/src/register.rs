//! The lists of municipalities that were imported.

use jiff::Timestamp;
use register::Register;

use crate::database::Store;
use crate::error::{StoreError, read_json, read_time, write_json};
use crate::sql;

/// A list that was imported, without its units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterList {
    /// Its number, which waves refer to.
    pub id: i64,
    /// Name of the file.
    pub label: String,
    /// Date of its figures (`YYYY-MM-DD`), where known.
    pub date: Option<String>,
    /// When it was read in.
    pub imported: Timestamp,
}

impl Store {
    /// Keeps a list and returns its number. Lists are only ever added: waves know which one they used.
    pub async fn import_register(
        &self,
        register: &Register,
        label: &str,
        at: Timestamp,
    ) -> Result<i64, StoreError> {
        const INSERT: &str = "INSERT INTO register_list (label, imported, date, document) VALUES ($1, $2, $3, $4) RETURNING id";
        let document = write_json("register_list", register)?;
        let label = label.to_owned();
        let date = register.date().map(str::to_owned);
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let id = sql::query_scalar(INSERT)
                        .bind(label)
                        .bind(at.as_millisecond())
                        .bind(date)
                        .bind(document)
                        .fetch_one(db)
                        .await?;
                    Ok(id)
                })
            })
            .await
    }

    /// All lists, the newest first: by the date of their figures, then by the moment of their import.
    pub async fn register_lists(&self) -> Result<Vec<RegisterList>, StoreError> {
        const SELECT: &str = "SELECT id, label, date, imported FROM register_list ORDER BY COALESCE(date, '') DESC, id DESC";
        let rows: Vec<(i64, String, Option<String>, i64)> =
            sql::query_as(SELECT).fetch_all(&self.read).await?;
        rows.into_iter()
            .map(|(id, label, date, imported)| {
                Ok(RegisterList {
                    id,
                    label,
                    date,
                    imported: read_time("register_list", imported)?,
                })
            })
            .collect()
    }

    /// The newest list with its number: by the date of its figures, then by the moment of its import.
    pub async fn newest_register(&self) -> Result<Option<(i64, Register)>, StoreError> {
        const SELECT: &str = "SELECT id, document FROM register_list ORDER BY COALESCE(date, '') DESC, id DESC LIMIT 1";
        let row: Option<(i64, String)> = sql::query_as(SELECT).fetch_optional(&self.read).await?;
        row.map(|(id, document)| Ok((id, read_json("register_list", &document)?)))
            .transpose()
    }

    /// The number of the newest list, if there is one.
    pub async fn newest_register_number(&self) -> Result<Option<i64>, StoreError> {
        const SELECT: &str = "SELECT MAX(id) FROM register_list";
        Ok(sql::query_scalar(SELECT).fetch_one(&self.read).await?)
    }

    /// One list.
    pub async fn register(&self, id: i64) -> Result<Option<Register>, StoreError> {
        const SELECT: &str = "SELECT document FROM register_list WHERE id = $1";
        let row: Option<String> = sql::query_scalar(SELECT)
            .bind(id)
            .fetch_optional(&self.read)
            .await?;
        row.map(|document| read_json("register_list", &document))
            .transpose()
    }
}
