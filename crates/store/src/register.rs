//! The lists of municipalities that were imported.

use jiff::Timestamp;
use register::Register;

use crate::database::Store;
use crate::error::{StoreError, read_json, write_json};

impl Store {
    /// Keeps a list and returns its number. Lists are only ever added: waves know which one they used.
    pub async fn import_register(
        &self,
        register: &Register,
        label: &str,
        at: Timestamp,
    ) -> Result<i64, StoreError> {
        const INSERT: &str = "INSERT INTO register_list (label, imported, document) VALUES ($1, $2, $3) RETURNING id";
        let document = write_json("register_list", register)?;
        let label = label.to_owned();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let id = sqlx::query_scalar(INSERT)
                        .bind(label)
                        .bind(at.as_millisecond())
                        .bind(document)
                        .fetch_one(db)
                        .await?;
                    Ok(id)
                })
            })
            .await
    }

    /// The newest list with its number.
    pub async fn newest_register(&self) -> Result<Option<(i64, Register)>, StoreError> {
        const SELECT: &str = "SELECT id, document FROM register_list ORDER BY id DESC LIMIT 1";
        let row: Option<(i64, String)> = sqlx::query_as(SELECT).fetch_optional(&self.read).await?;
        row.map(|(id, document)| Ok((id, read_json("register_list", &document)?)))
            .transpose()
    }

    /// One list.
    pub async fn register(&self, id: i64) -> Result<Option<Register>, StoreError> {
        const SELECT: &str = "SELECT document FROM register_list WHERE id = $1";
        let row: Option<String> = sqlx::query_scalar(SELECT)
            .bind(id)
            .fetch_optional(&self.read)
            .await?;
        row.map(|document| read_json("register_list", &document))
            .transpose()
    }
}
