//! Opening the database: its file, its pools, its schema.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::TransactionBehavior;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions, PgSslMode};
use sqlx::{AssertSqlSafe, Connection as _};

use crate::dialect;
use crate::error::{BackupError, OpenError, StoreError};
use crate::file::{self, Access, Readers};
use crate::sql::{self, Connection, Pool};
use crate::standing::Remembered;
use crate::writer::Writer;

/// The schema that this program writes. A newer one is refused.
pub const SCHEMA_VERSION: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

/// The steps of the schema by their numbers, ascending; each is applied once.
const MIGRATIONS: [(i64, &str); 16] = [
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
    (39, include_str!("../migrations/sqlite/0039.sql")),
    (41, include_str!("../migrations/sqlite/0041.sql")),
];

const FILE: &str = "voneinander.db";

/// The database: cheap to clone, one a process.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) read: Pool,
    pub(crate) writer: Writer,
    pub(crate) remembered: Arc<Remembered>,
    folder: PathBuf,
}

impl Store {
    /// Opens the database in `folder` and makes it when it is not there.
    pub async fn create(folder: &Path) -> Result<Self, OpenError> {
        make_folder(folder)?;
        Self::open_file(folder, Access::Create, false)
    }

    /// Opens the database in `folder`.
    pub async fn open(folder: &Path) -> Result<Self, OpenError> {
        if !folder.join(FILE).is_file() {
            return Err(OpenError::NotThere {
                folder: folder.to_owned(),
            });
        }
        Self::open_file(folder, Access::Write, false)
    }

    /// The same, but a commit does not wait for the disk (`synchronous=NORMAL`): what was saved last is lost with the
    /// power. Only the control of the bench that cuts the power wants this.
    pub async fn open_careless(folder: &Path) -> Result<Self, OpenError> {
        Self::open_file(folder, Access::Write, true)
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
        use PgSslMode::{Require, VerifyCa, VerifyFull};
        if matches!(options.get_ssl_mode(), Require | VerifyCa | VerifyFull) {
            return Err(OpenError::Encryption {
                url: without_password(url),
            });
        }
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
            writer: Writer::start(connection),
            remembered: Arc::default(),
            folder: folder.to_owned(),
        })
    }

    /// The data folder, for files beside the database (mails, editions).
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn open_file(folder: &Path, access: Access, careless: bool) -> Result<Self, OpenError> {
        let file = folder.join(FILE);
        let mut connection = file::open(&file, access)?;
        migrate(&mut connection)?;
        if careless {
            connection.execute_batch("PRAGMA synchronous = NORMAL")?;
        }
        // The writer waits for its turn itself (`writer`).
        connection.busy_timeout(Duration::ZERO)?;
        Ok(Self {
            read: Pool::Sqlite(Readers::of(file)?),
            writer: Writer::start(Connection::Sqlite(connection)),
            remembered: Arc::default(),
            folder: folder.to_owned(),
        })
    }

    /// A consistent copy of the database into a new file, while others go on writing. The file has its name only when
    /// it is whole and on the disk; only its owner may read it.
    pub async fn backup(&self, file: &Path) -> Result<(), BackupError> {
        let Pool::Sqlite(_) = &self.read else {
            return Err(BackupError::Server);
        };
        file::long(|| {
            let connection = file::open(&self.folder.join(FILE), Access::Read);
            copy_into(&connection.map_err(sql::Error::from)?, file)
        })
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
        if let Some(connection) = connection
            && let Err(cause) = connection.close().await
        {
            tracing::error!(%cause, "the database was not closed in order; nothing is lost");
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
fn migrate(connection: &mut rusqlite::Connection) -> Result<(), OpenError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(VERSIONS)?;
    let applied = {
        let mut statement = transaction.prepare(APPLIED)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        rows.collect::<Result<Vec<i64>, _>>()?
    };
    for (number, sql) in missing(applied)? {
        transaction.execute_batch(sql)?;
        transaction.execute(APPLY, [number])?;
    }
    transaction.commit()?;
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
        let nothing = |cause: rusqlite::Error| OpenError::NoBackup {
            file: file.to_owned(),
            cause: cause.to_string(),
        };
        let newest = "SELECT MAX(version) FROM schema_version";
        let connection =
            rusqlite::Connection::open_with_flags(file, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)
                .map_err(nothing)?;
        let found: Option<i64> = connection
            .query_row(newest, [], |row| row.get(0))
            .map_err(nothing)?;
        let found = found.unwrap_or(0);
        if found > SCHEMA_VERSION {
            return Err(OpenError::Newer {
                found,
                known: SCHEMA_VERSION,
            });
        }
        make_folder(folder)?;
        copy_into(&connection, &folder.join(FILE))?;
        drop(connection);
        let mut restored = file::open(&folder.join(FILE), Access::Write)?;
        migrate(&mut restored)?;
        restored.execute_batch("DELETE FROM session; DELETE FROM sign_in_link;")?;
        restored.close().map_err(|(_, cause)| cause)?;
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
fn copy_into(connection: &rusqlite::Connection, file: &Path) -> Result<(), BackupError> {
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
    let copied = connection.execute(COPY, [part.to_string_lossy()]);
    if let Err(error) = copied {
        std::fs::remove_file(&part).map_err(fault)?;
        return Err(StoreError::from(sql::Error::from(error)).into());
    }
    let whole = std::fs::File::open(&part).and_then(|f| f.sync_all());
    whole
        .and_then(|()| std::fs::rename(&part, file))
        .map_err(fault)
}
