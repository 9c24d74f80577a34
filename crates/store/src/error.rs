//! What can go wrong between the program and its database.

use std::path::PathBuf;

use crate::sql;

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum OpenError {
    #[error(
        "{folder}: there is no Voneinander database here; `voneinander demo --data DIR` or `voneinander register import FILE --data DIR` makes one"
    )]
    NotThere { folder: PathBuf },
    #[error(
        "the database has schema version {found}, this program knows versions up to {known}: use a newer program"
    )]
    Newer { found: i64, known: i64 },
    #[error(
        "{url} is no address of a PostgreSQL database ({cause}); it looks like postgres://USER:PASSWORD@HOST/DATABASE"
    )]
    Address { url: String, cause: sqlx::Error },
    #[error(
        "{url} asks for an encrypted connection (sslmode), which this program does not make: use a socket, a network of your own or a tunnel, and leave sslmode out"
    )]
    Encryption { url: String },
    #[error("{folder}: {cause}")]
    Folder {
        folder: PathBuf,
        cause: std::io::Error,
    },
    #[error("{file} is no backup of Voneinander: {cause}")]
    NoBackup { file: PathBuf, cause: String },
    #[error(transparent)]
    Copy(#[from] BackupError),
    #[error("the database cannot be opened: {0}")]
    Sql(sql::Error),
}

impl From<sqlx::Error> for OpenError {
    fn from(error: sqlx::Error) -> Self {
        Self::Sql(error.into())
    }
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error.into())
    }
}

/// Why a copy of the database was not made. There is no half file under its name.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum BackupError {
    #[error("{file}: {cause}")]
    File {
        file: PathBuf,
        cause: std::io::Error,
    },
    #[error("a PostgreSQL database is copied by its own tools: pg_dump, pg_restore")]
    Server,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a read or write did not happen. Nothing of a failed write remains.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The queue of waiting saves or reads is full, or another process holds the database: try again (503).
    #[error("the database is busy: too many wait, or another program holds it")]
    Busy,
    /// The writer has stopped: the program is shutting down (503).
    #[error("the writer has stopped")]
    Stopped,
    /// An edition whose release has not passed the audit is not kept as published.
    #[error("the release of the edition \"{0}\" has not passed the audit of disclosure control")]
    Unaudited(String),
    /// The database refused.
    #[error("the database refused: {0}")]
    Sql(sql::Error),
    /// The code of one write panicked; it was rolled back (a fault of this program).
    #[error("a write panicked and was rolled back")]
    Panicked,
    /// A document in the database cannot be read.
    #[error("a document in the table {table} cannot be read: {cause}")]
    Document {
        /// Table.
        table: &'static str,
        /// What the reader said.
        cause: String,
    },
    /// The commit of a whole batch failed.
    #[error("the commit failed: {0}")]
    Commit(String),
}

impl From<sql::Error> for StoreError {
    fn from(error: sql::Error) -> Self {
        /// What PostgreSQL says when a lock was not given in time (`lock_timeout`).
        const LOCK_NOT_AVAILABLE: &str = "55P03";
        match &error {
            sql::Error::Closed | sql::Error::Postgres(sqlx::Error::PoolClosed) => Self::Stopped,
            sql::Error::Sqlite(cause)
                if cause.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) =>
            {
                Self::Busy
            }
            sql::Error::Postgres(sqlx::Error::PoolTimedOut) => Self::Busy,
            sql::Error::Postgres(sqlx::Error::Database(cause))
                if cause.code().as_deref() == Some(LOCK_NOT_AVAILABLE) =>
            {
                Self::Busy
            }
            _ => Self::Sql(error),
        }
    }
}

impl From<sql::Error> for BackupError {
    fn from(error: sql::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Reads a JSON document of `table`.
pub(crate) fn read_json<T: serde::de::DeserializeOwned>(
    table: &'static str,
    text: &str,
) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|cause| StoreError::Document {
        table,
        cause: cause.to_string(),
    })
}

/// Writes a JSON document for `table`.
pub(crate) fn write_json<T: serde::Serialize>(
    table: &'static str,
    value: &T,
) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|cause| StoreError::Document {
        table,
        cause: cause.to_string(),
    })
}

/// A kebab-case enum as its word.
pub(crate) fn write_word<T: serde::Serialize>(
    table: &'static str,
    value: &T,
) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        Ok(other) => Err(StoreError::Document {
            table,
            cause: format!("{other} is no word"),
        }),
        Err(cause) => Err(StoreError::Document {
            table,
            cause: cause.to_string(),
        }),
    }
}

/// A word as its kebab-case enum.
pub(crate) fn read_word<T: serde::de::DeserializeOwned>(
    table: &'static str,
    word: &str,
) -> Result<T, StoreError> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).map_err(|cause| {
        StoreError::Document {
            table,
            cause: cause.to_string(),
        }
    })
}

/// Milliseconds of the database as a time.
pub(crate) fn read_time(
    table: &'static str,
    milliseconds: i64,
) -> Result<jiff::Timestamp, StoreError> {
    jiff::Timestamp::from_millisecond(milliseconds).map_err(|cause| StoreError::Document {
        table,
        cause: cause.to_string(),
    })
}
