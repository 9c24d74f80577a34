//! Opening the database: its file, its pools, its schema.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};
use tokio::sync::{Mutex, MutexGuard};

use crate::dialect;
use crate::error::{BackupError, OpenError, StoreError};
use crate::sql::{self, Connection, Lane, Pool};
use crate::writer::Writer;

/// The schema that this program writes. A newer one is refused.
pub const SCHEMA_VERSION: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

/// The steps of the schema by their numbers, ascending; each is applied once.
const MIGRATIONS: [(i64, &str); 14] = [
    (1, include_str!("../migrations/sqlite/0001.sql")),
    (11, include_str!("../migrations/sqlite/0011.sql")),
    (14, include_str!("../migrations/sqlite/0014.sql")),
    (15, include_str!("../migrations/sqlite/0015.sql")),
    (16, include_str!("../migrations/sqlite/0016.sql")),
    (17, include_str!("../migrations/sqlite/0017.sql")),
    (18, include_str!("../migrations/sqlite/0018.sql")),
    (20, include_str!("../migrations/sqlite/0020.sql")),
    (22, include_str!("../migrations/sqlite/0022.sql")),
    (23, include_str!("../migrations/sqlite/0023.sql")),
    (24, include_str!("../migrations/sqlite/0024.sql")),
    (25, include_str!("../migrations/sqlite/0025.sql")),
    (27, include_str!("../migrations/sqlite/0027.sql")),
    (32, include_str!("../migrations/sqlite/0032.sql")),
];

const FILE: &str = "voneinander.db";

/// The database: cheap to clone, one a process.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) read: Pool,
    /// For the two short reads of every page of answering, in a file: a pool asks a connection once more whether it
    /// lives when it comes back, which costs as much as the read itself. A server answers several at once: from its pool.
    hot: Option<Arc<Mutex<Option<Connection>>>>,
    pub(crate) writer: Writer,
    folder: PathBuf,
}

impl Store {
    /// Opens the database in `folder` and makes it when it is not there.
    pub async fn create(folder: &Path) -> Result<Self, OpenError> {
        make_folder(folder)?;
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

    /// Opens the PostgreSQL database at `url` (`postgres://USER:PASSWORD@HOST/DATABASE`, also by a socket's folder as
    /// `?host=`) and makes its tables where they are not there; `folder` holds the files beside it. Several programs on
    /// several machines may do so at once.
    pub async fn connect(url: &str, folder: &Path) -> Result<Self, OpenError> {
        make_folder(folder)?;
        let options = PgConnectOptions::from_str(url)
            .map_err(|cause| OpenError::Address {
                url: without_password(url),
                cause,
            })?
            .application_name("voneinander")
            .options([
                ("synchronous_commit", "on"),
                ("lock_timeout", "10s"),
                ("client_min_messages", "warning"),
            ]);
        let mut connection = PgConnection::connect_with(&options).await?;
        migrate_server(&mut connection).await?;
        let reading = options
            .clone()
            .options([("default_transaction_read_only", "on")]);
        let read = PgPoolOptions::new()
            .max_connections(8)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(reading)
            .await?;
        let connection = Connection::Postgres(Box::new(connection), Box::new(options));
        Ok(Self {
            read: Pool::Postgres(read),
            hot: None,
            writer: Writer::start(connection),
            folder: folder.to_owned(),
        })
    }

    /// The data folder, for files beside the database (mails, editions).
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    async fn open_file(folder: &Path, create: bool) -> Result<Self, OpenError> {
        let options = options(&folder.join(FILE)).create_if_missing(create);
        let mut connection = SqliteConnection::connect_with(&options).await?;
        migrate(&mut connection).await?;
        // The writer waits for its turn itself (`writer`).
        sqlx::query("PRAGMA busy_timeout = 0")
            .execute(&mut connection)
            .await?;
        let read = SqlitePoolOptions::new()
            .max_connections(4)
            // A file needs no question whether it is still there: that would be a round trip a request.
            .test_before_acquire(false)
            .connect_with(options.clone().read_only(true).create_if_missing(false))
            .await?;
        let hot = options.read_only(true).create_if_missing(false);
        let hot = SqliteConnection::connect_with(&hot).await?;
        Ok(Self {
            read: Pool::Sqlite(read),
            hot: Some(Arc::new(Mutex::new(Some(Connection::Sqlite(hot))))),
            writer: Writer::start(Connection::Sqlite(connection)),
            folder: folder.to_owned(),
        })
    }

    /// The connection for the reads of every page, until the store is closed.
    pub(crate) async fn hot(&self) -> Result<Hot<'_>, StoreError> {
        let Some(hot) = &self.hot else {
            return Ok(Hot::Pool(&self.read));
        };
        let guard = hot.lock().await;
        if guard.is_some() {
            Ok(Hot::Own(guard))
        } else {
            Err(StoreError::Stopped)
        }
    }

    /// A consistent copy of the database into a new file, while others go on writing. The file has its name only when
    /// it is whole and on the disk; only its owner may read it.
    pub async fn backup(&self, file: &Path) -> Result<(), BackupError> {
        let Pool::Sqlite(read) = &self.read else {
            return Err(BackupError::Server);
        };
        let mut connection = read.acquire().await.map_err(StoreError::from)?;
        copy_into(&mut connection, file).await
    }

    /// Whether the database answers and the writer lives.
    pub async fn health(&self) -> Result<(), StoreError> {
        sql::query("SELECT 1").execute(&self.read).await?;
        self.writer.alive()
    }

    /// Stops taking writes, commits what waits, and closes. The writer's connection goes last: the last one carries
    /// the log over into the database file, and readers cannot.
    pub async fn close(self) {
        let connection = self.writer.drain().await;
        self.read.close().await;
        if let Some(hot) = self.hot
            && let Some(hot) = hot.lock().await.take()
            && let Err(cause) = hot.close().await
        {
            tracing::error!(%cause, "a reader was not closed in order");
        }
        if let Some(connection) = connection
            && let Err(cause) = connection.close().await
        {
            tracing::error!(%cause, "the database was not closed in order; nothing is lost");
        }
    }
}

/// The connection for short reads: one of its own, or the pool.
pub(crate) enum Hot<'a> {
    Own(MutexGuard<'a, Option<Connection>>),
    Pool(&'a Pool),
}

impl<'a> From<&'a mut Hot<'_>> for Lane<'a> {
    fn from(hot: &'a mut Hot<'_>) -> Self {
        match hot {
            Hot::Own(guard) => guard
                .as_mut()
                .expect("`Store::hot` gives it out only while it is there")
                .into(),
            Hot::Pool(pool) => (*pool).into(),
        }
    }
}

/// A database's address without what must not be printed.
fn without_password(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => url.to_owned(),
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

const VERSIONS: &str = "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)";
const APPLIED: &str = "SELECT version FROM schema_version";
const APPLY: &str = "INSERT INTO schema_version (version) VALUES ($1)";

/// The steps that are still to be taken, where `applied` were.
fn missing(
    applied: Vec<i64>,
) -> Result<impl Iterator<Item = (i64, &'static str)> + Send, OpenError> {
    let found = applied.iter().copied().max().unwrap_or(0);
    if found > SCHEMA_VERSION {
        return Err(OpenError::Newer {
            found,
            known: SCHEMA_VERSION,
        });
    }
    let open = move |step: &(i64, &str)| !applied.contains(&step.0);
    Ok(MIGRATIONS.into_iter().filter(open))
}

/// Brings the schema to [`SCHEMA_VERSION`]; forward only.
async fn migrate(connection: &mut SqliteConnection) -> Result<(), OpenError> {
    sqlx::query(VERSIONS).execute(&mut *connection).await?;
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let applied = sqlx::query_scalar(APPLIED)
        .fetch_all(&mut *transaction)
        .await?;
    for (number, sql) in missing(applied)? {
        sqlx::raw_sql(sql).execute(&mut *transaction).await?;
        sqlx::query(APPLY)
            .bind(number)
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// The same on a server, where two nodes may start at once.
async fn migrate_server(connection: &mut PgConnection) -> Result<(), OpenError> {
    let mut transaction = connection.begin_with(dialect::BEGIN_POSTGRES).await?;
    sqlx::query(VERSIONS).execute(&mut *transaction).await?;
    let applied = sqlx::query_scalar(APPLIED)
        .fetch_all(&mut *transaction)
        .await?;
    for (number, sql) in missing(applied)? {
        sqlx::raw_sql(AssertSqlSafe(dialect::postgres(sql)))
            .execute(&mut *transaction)
            .await?;
        sqlx::query(APPLY)
            .bind(number)
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

impl Store {
    /// Makes a data folder from a file that [`Store::backup`] wrote (or from a database as it lies there); refuses
    /// files that are none or are too new. Sessions and sign-in links of then do not work any more.
    pub async fn restore(file: &Path, folder: &Path) -> Result<(), OpenError> {
        let nothing = |cause: sqlx::Error| OpenError::NoBackup {
            file: file.to_owned(),
            cause: cause.to_string(),
        };
        let as_it_lies = SqliteConnectOptions::new().filename(file).read_only(true);
        let mut connection = SqliteConnection::connect_with(&as_it_lies)
            .await
            .map_err(nothing)?;
        let found: Option<i64> = sqlx::query_scalar("SELECT MAX(version) FROM schema_version")
            .fetch_one(&mut connection)
            .await
            .map_err(nothing)?;
        let found = found.unwrap_or(0);
        if found > SCHEMA_VERSION {
            return Err(OpenError::Newer {
                found,
                known: SCHEMA_VERSION,
            });
        }
        make_folder(folder)?;
        copy_into(&mut connection, &folder.join(FILE)).await?;
        connection.close().await?;
        let options = options(&folder.join(FILE)).create_if_missing(false);
        let mut restored = SqliteConnection::connect_with(&options).await?;
        migrate(&mut restored).await?;
        sqlx::raw_sql("DELETE FROM session; DELETE FROM sign_in_link;")
            .execute(&mut restored)
            .await?;
        restored.close().await?;
        Ok(())
    }
}

/// A folder that only its owner may enter, where it is not there yet: it will hold what municipalities answered.
fn make_folder(folder: &Path) -> Result<(), OpenError> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|cause| OpenError::Folder {
            folder: folder.to_owned(),
            cause,
        })
}

/// Copies what the connection sees into `file` by way of a file beside it.
async fn copy_into(connection: &mut SqliteConnection, file: &Path) -> Result<(), BackupError> {
    use std::os::unix::fs::OpenOptionsExt;
    const COPY: &str = "VACUUM INTO $1";
    let fault = |cause| BackupError::File {
        file: file.to_owned(),
        cause,
    };
    let mut part = file.as_os_str().to_owned();
    part.push(".teil");
    let part = PathBuf::from(part);
    // SQLite copies into an empty file, so that its rights can be set before anything stands in it.
    std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&part)
        .map_err(fault)?;
    let copied = sqlx::query(COPY)
        .bind(part.to_string_lossy().into_owned())
        .execute(connection)
        .await;
    if let Err(error) = copied {
        std::fs::remove_file(&part).map_err(fault)?;
        return Err(StoreError::from(error).into());
    }
    let whole = std::fs::File::open(&part).and_then(|f| f.sync_all());
    whole
        .and_then(|()| std::fs::rename(&part, file))
        .map_err(fault)
}
