//! SQLite in a file: opening it, readers, and how a statement runs there.
//!
//! A statement runs where it is asked, on the caller's thread: a read of one row takes some ten microseconds, which is
//! less than it costs to wake another thread. The writer, which waits for the disk, has a thread of its own (`writer`).

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, OpenFlags, Row, Statement};
use tokio::runtime::{Handle, RuntimeFlavor};

use crate::sql::{Error, Value};

/// Prepared statements that a connection keeps.
const STATEMENTS: usize = 200;
/// Connections for reading that are kept open.
const READERS: usize = 4;

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// For writing; made where it is not there.
    Create,
    /// For writing.
    Write,
    /// For reading.
    Read,
}

/// Opens the file with the settings of this program: what is committed is on the disk, what is deleted is overwritten.
pub(crate) fn open(file: &Path, access: Access) -> Result<Connection, rusqlite::Error> {
    let kind = match access {
        Access::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let connection = Connection::open_with_flags(file, kind | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    if access != Access::Read {
        connection.execute_batch("PRAGMA journal_mode = WAL")?;
    }
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -8000;
        PRAGMA secure_delete = ON",
    )?;
    Ok(connection)
}

/// Connections for reading, opened as they are needed.
#[derive(Clone, Debug)]
pub(crate) struct Readers(Arc<Idle>);

#[derive(Debug)]
struct Idle {
    file: PathBuf,
    /// `None` when they were closed.
    idle: Mutex<Option<Vec<Connection>>>,
}

const CALM: &str = "no holder of this lock panics";

impl Readers {
    /// Readers of a file that is there.
    pub(crate) fn of(file: PathBuf) -> Result<Self, rusqlite::Error> {
        let first = open(&file, Access::Read)?;
        Ok(Self(Arc::new(Idle {
            file,
            idle: Mutex::new(Some(vec![first])),
        })))
    }

    /// Works with a connection that nobody else uses meanwhile.
    pub(crate) fn with<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let idle = match self.0.idle.lock().expect(CALM).as_mut() {
            Some(idle) => idle.pop(),
            None => return Err(Error::Closed),
        };
        let connection = match idle {
            Some(connection) => connection,
            None => open(&self.0.file, Access::Read)?,
        };
        let result = work(&connection);
        if let Some(idle) = self.0.idle.lock().expect(CALM).as_mut()
            && idle.len() < READERS
        {
            idle.push(connection);
        }
        result
    }

    /// Closes all that nobody uses; the others close when they are given back.
    pub(crate) fn close(&self) {
        self.0.idle.lock().expect(CALM).take();
    }
}

/// Runs work that may take long where others must not wait for this thread.
pub(crate) fn long<T>(work: impl FnOnce() -> T) -> T {
    let many = |handle: Handle| handle.runtime_flavor() == RuntimeFlavor::MultiThread;
    if Handle::try_current().is_ok_and(many) {
        tokio::task::block_in_place(work)
    } else {
        work()
    }
}

/// Binds the values to the numbers of their parameters (`$1`, `$2`, …).
fn bind(statement: &mut Statement<'_>, values: &[Value]) -> Result<(), rusqlite::Error> {
    for place in 1..=statement.parameter_count() {
        let number = statement
            .parameter_name(place)
            .and_then(|name| name.get(1..)?.parse::<usize>().ok());
        let value = number.and_then(|number| values.get(number.checked_sub(1)?));
        let value = value.ok_or(rusqlite::Error::InvalidParameterCount(values.len(), place))?;
        statement.raw_bind_parameter(place, value)?;
    }
    Ok(())
}

/// Runs a statement; how many rows it wrote.
pub(crate) fn execute(connection: &Connection, sql: &str, values: &[Value]) -> Result<u64, Error> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, values)?;
    let mut rows = statement.raw_query();
    while rows.next()?.is_some() {}
    Ok(connection.changes())
}

/// The rows of a statement's answer, at most `most`.
pub(crate) fn rows<O>(
    connection: &Connection,
    sql: &str,
    values: &[Value],
    most: usize,
    read: impl Fn(&Row<'_>) -> Result<O, rusqlite::Error>,
) -> Result<Vec<O>, Error> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, values)?;
    let mut rows = statement.raw_query();
    let mut all = Vec::new();
    while all.len() < most
        && let Some(row) = rows.next()?
    {
        all.push(read(row)?);
    }
    Ok(all)
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Integer(value) => value.to_sql(),
            Self::Text(value) => value.to_sql(),
            Self::Bytes(value) => value.to_sql(),
        }
    }
}
