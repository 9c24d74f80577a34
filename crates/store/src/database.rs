//! Opening the database: its file, its pools, its schema.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, SqliteConnection, SqlitePool};

use crate::error::{OpenError, StoreError};
use crate::writer::Writer;

/// The schema that this program writes. A newer one is refused.
pub const SCHEMA_VERSION: i64 = MIGRATIONS.len() as i64;

const MIGRATIONS: [&str; 1] = [include_str!("../migrations/sqlite/0001.sql")];

const FILE: &str = "voneinander.db";

/// The database: cheap to clone, one a process.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) read: SqlitePool,
    pub(crate) writer: Writer,
    folder: PathBuf,
}

impl Store {
    /// Opens the database in `folder` and makes it when it is not there.
    pub async fn create(folder: &Path) -> Result<Self, OpenError> {
        std::fs::create_dir_all(folder).map_err(|cause| OpenError::Folder {
            folder: folder.to_owned(),
            cause,
        })?;
        Self::open_file(folder, true).await
    }

    /// Opens the database in `folder`.
    pub async fn open(folder: &Path) -> Result<Self, OpenError> {
        if !folder.join(FILE).is_file() {
            return Err(OpenError::NotThere {
                folder: folder.to_owned(),
            });
        }
        Self::open_file(folder, false).await
    }

    /// The data folder, for files beside the database (mails, editions).
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    async fn open_file(folder: &Path, create: bool) -> Result<Self, OpenError> {
        let options = options(&folder.join(FILE)).create_if_missing(create);
        let mut connection = SqliteConnection::connect_with(&options).await?;
        migrate(&mut connection).await?;
        let read = SqlitePoolOptions::new()
            .max_connections(4)
            // A file needs no question whether it is still there: that would be a round trip a request.
            .test_before_acquire(false)
            .connect_with(options.read_only(true).create_if_missing(false))
            .await?;
        Ok(Self {
            read,
            writer: Writer::start(connection),
            folder: folder.to_owned(),
        })
    }

    /// A consistent copy of the database into a new file, while others go on writing.
    pub async fn backup(&self, file: &Path) -> Result<(), StoreError> {
        const BACKUP: &str = "VACUUM INTO $1";
        let mut connection = self.read.acquire().await?;
        sqlx::query(BACKUP)
            .bind(file.to_string_lossy().into_owned())
            .execute(&mut *connection)
            .await?;
        Ok(())
    }

    /// Whether the database answers and the writer lives.
    pub async fn health(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.read).await?;
        self.writer.alive()
    }

    /// Stops taking writes, commits what waits, and closes. The writer's connection goes last: the last one carries
    /// the log over into the database file, and readers cannot.
    pub async fn close(self) {
        let connection = self.writer.drain().await;
        self.read.close().await;
        if let Some(connection) = connection
            && let Err(cause) = connection.close().await
        {
            tracing::error!(%cause, "the database was not closed in order; nothing is lost");
        }
    }
}

fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .pragma("cache_size", "-8000")
        .pragma("secure_delete", "on")
}

/// Brings the schema to [`SCHEMA_VERSION`]; forward only.
async fn migrate(connection: &mut SqliteConnection) -> Result<(), OpenError> {
    sqlx::query("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)")
        .execute(&mut *connection)
        .await?;
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let found: Option<i64> = sqlx::query_scalar("SELECT MAX(version) FROM schema_version")
        .fetch_one(&mut *transaction)
        .await?;
    let found = found.unwrap_or(0);
    if found > SCHEMA_VERSION {
        return Err(OpenError::Newer {
            found,
            known: SCHEMA_VERSION,
        });
    }
    for (number, sql) in (1i64..)
        .zip(MIGRATIONS)
        .filter(|(number, _)| *number > found)
    {
        sqlx::raw_sql(sql).execute(&mut *transaction).await?;
        sqlx::query("INSERT INTO schema_version (version) VALUES ($1)")
            .bind(number)
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

impl Store {
    /// Makes a data folder from a file that [`Store::backup`] wrote; refuses files that are none or are too new.
    pub async fn restore(file: &Path, folder: &Path) -> Result<(), OpenError> {
        let mut connection = SqliteConnection::connect_with(
            &SqliteConnectOptions::new().filename(file).read_only(true),
        )
        .await?;
        let found: i64 = sqlx::query_scalar("SELECT MAX(version) FROM schema_version")
            .fetch_one(&mut connection)
            .await?;
        if found > SCHEMA_VERSION {
            return Err(OpenError::Newer {
                found,
                known: SCHEMA_VERSION,
            });
        }
        connection.close().await?;
        let fault = |cause| OpenError::Folder {
            folder: folder.to_owned(),
            cause,
        };
        std::fs::create_dir_all(folder).map_err(fault)?;
        std::fs::copy(file, folder.join(FILE)).map_err(fault)?;
        Self::open(folder).await?.close().await;
        Ok(())
    }
}
