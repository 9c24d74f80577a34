//! What can go wrong between the program and its database.

use std::path::PathBuf;

use sqlx::error::DatabaseError;
use sqlx::sqlite::SqliteError;

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
    Sql(sqlx::Error),
}

impl From<sqlx::Error> for OpenError {
    fn from(error: sqlx::Error) -> Self {
        Self::Sql(error)
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
    Sql(sqlx::Error),
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

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        /// Primary result code of SQLite for a lock that was not given within the busy timeout.
        const SQLITE_BUSY: i32 = 5;
        /// What PostgreSQL says to the same (`lock_timeout`).
        const LOCK_NOT_AVAILABLE: &str = "55P03";
        let busy = |cause: &dyn DatabaseError| {
            let code = cause.code().unwrap_or_default();
            if cause.try_downcast_ref::<SqliteError>().is_some() {
                code.parse()
                    .is_ok_and(|code: i32| code & 0xff == SQLITE_BUSY)
            } else {
                code == LOCK_NOT_AVAILABLE
            }
        };
        match &error {
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::PoolClosed => Self::Stopped,
            sqlx::Error::Database(cause) if busy(cause.as_ref()) => Self::Busy,
            _ => Self::Sql(error),
        }
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
