//! One text of SQL for two databases: SQLite in a file, PostgreSQL behind a URL.
//!
//! A [`Query`] holds its text and what is bound to it, and is handed to whichever database the store was opened on.
//! Both number their parameters `$1`, both know `ON CONFLICT` and `RETURNING`; the few texts that differ stand in
//! `dialect`, each with its reason.

use std::marker::PhantomData;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgRow};
use sqlx::{Connection as _, FromRow};

use crate::file::{self, Readers};

/// What a database says when it does not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// SQLite.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL.
    #[error(transparent)]
    Postgres(#[from] sqlx::Error),
    /// The program is shutting down.
    #[error("the database is closed")]
    Closed,
    /// A row that must be there is not.
    #[error("the answer has no row")]
    NoRow,
}

/// A connection to either database.
#[derive(Debug)]
pub(crate) enum Connection {
    Sqlite(rusqlite::Connection),
    /// With its address, so that a lost connection can be made anew.
    Postgres(Box<PgConnection>, Box<PgConnectOptions>),
}

impl Connection {
    pub(crate) async fn close(self) -> Result<(), Error> {
        match self {
            Self::Sqlite(connection) => Ok(connection.close().map_err(|(_, cause)| cause)?),
            Self::Postgres(connection, _) => Ok(connection.close().await?),
        }
    }

    /// Runs statements that take nothing and answer nothing.
    pub(crate) async fn run(&mut self, sql: &'static str) -> Result<(), Error> {
        match self {
            Self::Sqlite(db) => file::execute(db, sql, &[]).map(drop),
            Self::Postgres(db, _) => Ok(sqlx::raw_sql(sql).execute(&mut **db).await.map(drop)?),
        }
    }

    /// Makes a connection to a server anew; a file's cannot be lost.
    pub(crate) async fn renew(&mut self) -> Result<(), Error> {
        if let Self::Postgres(connection, options) = self {
            **connection = PgConnection::connect_with(options).await?;
        }
        Ok(())
    }
}

/// Connections for reading.
#[derive(Clone, Debug)]
pub(crate) enum Pool {
    Sqlite(Readers),
    Postgres(PgPool),
}

impl Pool {
    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite(readers) => readers.close(),
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Where a query runs.
pub(crate) enum Lane<'a> {
    Sqlite(&'a mut rusqlite::Connection),
    Readers(&'a Readers),
    Postgres(&'a mut PgConnection),
    PostgresPool(&'a PgPool),
}

impl<'a> From<&'a mut Connection> for Lane<'a> {
    fn from(connection: &'a mut Connection) -> Self {
        match connection {
            Connection::Sqlite(connection) => Self::Sqlite(connection),
            Connection::Postgres(connection, _) => Self::Postgres(connection),
        }
    }
}

impl<'a> From<&'a Pool> for Lane<'a> {
    fn from(pool: &'a Pool) -> Self {
        match pool {
            Pool::Sqlite(readers) => Self::Readers(readers),
            Pool::Postgres(pool) => Self::PostgresPool(pool),
        }
    }
}

/// What may be bound.
#[derive(Debug)]
pub(crate) enum Value {
    Integer(Option<i64>),
    Text(Option<String>),
    Bytes(Vec<u8>),
}

macro_rules! from {
    ($($given:ty => |$value:ident| $made:expr;)*) => {$(
        impl From<$given> for Value {
            fn from($value: $given) -> Self {
                $made
            }
        }
    )*};
}

from! {
    i64 => |value| Self::Integer(Some(value));
    Option<i64> => |value| Self::Integer(value);
    &str => |value| Self::Text(Some(value.to_owned()));
    &String => |value| Self::Text(Some(value.clone()));
    String => |value| Self::Text(Some(value));
    Option<&str> => |value| Self::Text(value.map(str::to_owned));
    Option<String> => |value| Self::Text(value);
    Vec<u8> => |value| Self::Bytes(value);
    &[u8] => |value| Self::Bytes(value.to_vec());
}

/// A row that can be read from both databases.
pub(crate) trait Record: for<'r> FromRow<'r, PgRow> + Send + Unpin {
    /// Reads it from SQLite's answer.
    fn of(row: &rusqlite::Row<'_>) -> Result<Self, rusqlite::Error>
    where
        Self: Sized;
}

/// A value that can be read from both databases.
pub(crate) trait Field:
    rusqlite::types::FromSql
    + for<'r> sqlx::Decode<'r, sqlx::Postgres>
    + sqlx::Type<sqlx::Postgres>
    + Send
    + Unpin
{
}

impl<T> Field for T where
    T: rusqlite::types::FromSql
        + for<'r> sqlx::Decode<'r, sqlx::Postgres>
        + sqlx::Type<sqlx::Postgres>
        + Send
        + Unpin
{
}

macro_rules! record {
    ($($field:ident $place:literal)*) => {
        impl<$($field: Field),*> Record for ($($field,)*) {
            fn of(row: &rusqlite::Row<'_>) -> Result<Self, rusqlite::Error> {
                Ok(($(row.get::<_, $field>($place)?,)*))
            }
        }
    };
}

record!(A 0);
record!(A 0 B 1);
record!(A 0 B 1 C 2);
record!(A 0 B 1 C 2 D 3);
record!(A 0 B 1 C 2 D 3 E 4);
record!(A 0 B 1 C 2 D 3 E 4 F 5);
record!(A 0 B 1 C 2 D 3 E 4 F 5 G 6);
record!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7);
record!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8);
record!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9);
record!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10);
record!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11);
record!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12);

/// A statement with what is bound to it; `O` is a row of its answer.
pub(crate) struct Query<O> {
    sql: &'static str,
    values: Vec<Value>,
    rows: PhantomData<fn() -> O>,
}

/// A statement whose answer has one column.
pub(crate) struct Scalar<O>(Query<(O,)>);

/// A statement without an answer.
pub(crate) fn query(sql: &'static str) -> Query<()> {
    query_as(sql)
}

/// A statement that answers rows.
pub(crate) fn query_as<O>(sql: &'static str) -> Query<O> {
    Query {
        sql,
        values: Vec::new(),
        rows: PhantomData,
    }
}

/// A statement that answers single values.
pub(crate) fn query_scalar<O>(sql: &'static str) -> Scalar<O> {
    Scalar(query_as(sql))
}

/// What a statement changed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Done(u64);

impl Done {
    /// Rows that it wrote.
    pub(crate) fn rows_affected(self) -> u64 {
        self.0
    }
}

macro_rules! bound {
    ($query:expr, $values:expr) => {{
        let mut query = $query;
        for value in $values {
            query = match value {
                Value::Integer(value) => query.bind(value),
                Value::Text(value) => query.bind(value),
                Value::Bytes(value) => query.bind(value),
            };
        }
        query
    }};
}

impl<O> Query<O> {
    /// Binds the next parameter.
    pub(crate) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }
}

impl Query<()> {
    /// Runs it.
    pub(crate) async fn execute<'a>(self, lane: impl Into<Lane<'a>> + Send) -> Result<Done, Error> {
        let Self { sql, values, .. } = self;
        Ok(Done(match lane.into() {
            Lane::Sqlite(db) => file::execute(db, sql, &values)?,
            Lane::Readers(readers) => readers.with(|db| file::execute(db, sql, &values))?,
            Lane::Postgres(db) => bound!(sqlx::query(sql), values)
                .execute(db)
                .await?
                .rows_affected(),
            Lane::PostgresPool(db) => bound!(sqlx::query(sql), values)
                .execute(db)
                .await?
                .rows_affected(),
        }))
    }
}

impl<O: Record> Query<O> {
    /// All rows.
    pub(crate) async fn fetch_all<'a>(
        self,
        lane: impl Into<Lane<'a>> + Send,
    ) -> Result<Vec<O>, Error> {
        let Self { sql, values, .. } = self;
        let all = usize::MAX;
        Ok(match lane.into() {
            Lane::Sqlite(db) => file::rows(db, sql, &values, all, O::of)?,
            Lane::Readers(readers) => {
                file::long(|| readers.with(|db| file::rows(db, sql, &values, all, O::of)))?
            }
            Lane::Postgres(db) => bound!(sqlx::query_as(sql), values).fetch_all(db).await?,
            Lane::PostgresPool(db) => bound!(sqlx::query_as(sql), values).fetch_all(db).await?,
        })
    }

    /// All rows of an answer that is known to be short, e.g. about one municipality: it is read at once, where telling
    /// the runtime first would cost more than reading.
    pub(crate) async fn fetch_few<'a>(
        self,
        lane: impl Into<Lane<'a>> + Send,
    ) -> Result<Vec<O>, Error> {
        match lane.into() {
            Lane::Readers(readers) => {
                let Self { sql, values, .. } = self;
                readers.with(|db| file::rows(db, sql, &values, usize::MAX, O::of))
            }
            lane => self.fetch_all(lane).await,
        }
    }

    /// The first row, which must be there.
    pub(crate) async fn fetch_one<'a>(self, lane: impl Into<Lane<'a>> + Send) -> Result<O, Error> {
        self.fetch_optional(lane).await?.ok_or(Error::NoRow)
    }

    /// The first row, if any.
    pub(crate) async fn fetch_optional<'a>(
        self,
        lane: impl Into<Lane<'a>> + Send,
    ) -> Result<Option<O>, Error> {
        let Self { sql, values, .. } = self;
        Ok(match lane.into() {
            Lane::Sqlite(db) => file::rows(db, sql, &values, 1, O::of)?.pop(),
            Lane::Readers(readers) => readers
                .with(|db| file::rows(db, sql, &values, 1, O::of))?
                .pop(),
            Lane::Postgres(db) => {
                bound!(sqlx::query_as(sql), values)
                    .fetch_optional(db)
                    .await?
            }
            Lane::PostgresPool(db) => {
                bound!(sqlx::query_as(sql), values)
                    .fetch_optional(db)
                    .await?
            }
        })
    }
}

impl<O> Scalar<O> {
    /// Binds the next parameter.
    pub(crate) fn bind(self, value: impl Into<Value>) -> Self {
        Self(self.0.bind(value))
    }
}

impl<O> Scalar<O>
where
    (O,): Record,
{
    /// All values.
    pub(crate) async fn fetch_all<'a>(
        self,
        lane: impl Into<Lane<'a>> + Send,
    ) -> Result<Vec<O>, Error> {
        let rows = self.0.fetch_all(lane).await?;
        Ok(rows.into_iter().map(|(value,)| value).collect())
    }

    /// The first value, which must be there.
    pub(crate) async fn fetch_one<'a>(self, lane: impl Into<Lane<'a>> + Send) -> Result<O, Error> {
        self.0.fetch_one(lane).await.map(|(value,)| value)
    }

    /// The first value, if any.
    pub(crate) async fn fetch_optional<'a>(
        self,
        lane: impl Into<Lane<'a>> + Send,
    ) -> Result<Option<O>, Error> {
        Ok(self.0.fetch_optional(lane).await?.map(|(value,)| value))
    }
}
