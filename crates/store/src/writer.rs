//! The one writer: it commits waiting saves together (group commit), each in a savepoint of its own.
//!
//! A write is work on the connection. The writer takes what waits, opens one immediate transaction, runs each
//! piece of work in a savepoint, commits once, and only then answers: what was answered is durable
//! (`synchronous=FULL`; PostgreSQL's `synchronous_commit`). Work that fails or panics is rolled back alone; a failed commit fails its whole batch.
//! The queue is bounded: when it is full, or another process holds the database for too long, the caller hears
//! [`StoreError::Busy`].

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};

use crate::dialect;
use crate::error::StoreError;
use crate::sql::{self, Connection};

/// Writes that may wait.
const QUEUE: usize = 1024;
/// Writes that one commit may carry. A server keeps 64 open savepoints of a transaction at hand.
const BATCH: usize = 64;

/// How long a file's batch waits for company where the one before it had some: with many at work, few commits carry all
/// their saves, and the disk and the processor have less to do. Who works alone never waits.
const GATHER: Duration = Duration::from_millis(2);

/// The same where the batch before had many saves: what all of them change together is written once a commit, and readers
/// look at fewer states.
const GATHER_MANY: Duration = Duration::from_millis(5);
/// Saves that are many.
const MANY: usize = 8;

/// How long a writer waits for its turn at a file.
const PATIENCE: Duration = Duration::from_secs(10);

/// A future on a borrowed connection.
pub type Work<'c, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'c>>;

/// Sends the answer once the commit is known: the error with which a commit failed, if it did.
type Answer = Box<dyn FnOnce(Option<StoreError>) + Send>;
type Job = Box<dyn for<'c> FnOnce(&'c mut Connection) -> Work<'c, Answer> + Send>;

/// What waits to be written.
struct Waiting {
    job: Job,
    /// Whether the job is a single statement: alone it needs no transaction around it, since each statement commits
    /// itself, as durable as a commit.
    single: bool,
    failed: oneshot::Sender<StoreError>,
}

enum Message {
    Write(Waiting),
    Scrub(oneshot::Sender<bool>),
    Drain(oneshot::Sender<Connection>),
}

/// A handle to the writer.
#[derive(Clone, Debug)]
pub struct Writer {
    queue: mpsc::Sender<Message>,
}

impl Writer {
    pub(crate) fn start(connection: Connection) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        if let Connection::Sqlite(_) = connection {
            // A file makes its writer wait for the disk: on a thread of its own.
            let runtime = Handle::current();
            std::thread::spawn(move || runtime.block_on(run(connection, waiting)));
        } else {
            tokio::spawn(run(connection, waiting));
        }
        Self { queue }
    }

    /// Runs `work` in the next commit and returns what it returned, once that is durable.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl for<'c> FnOnce(&'c mut Connection) -> Work<'c, T> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.enqueue(false, work).await
    }

    /// The same for work that executes exactly one statement.
    pub(crate) async fn write_single<T: Send + 'static>(
        &self,
        work: impl for<'c> FnOnce(&'c mut Connection) -> Work<'c, T> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.enqueue(true, work).await
    }

    async fn enqueue<T: Send + 'static>(
        &self,
        single: bool,
        work: impl for<'c> FnOnce(&'c mut Connection) -> Work<'c, T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (value_sender, value) = oneshot::channel();
        let (error_sender, error) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            Box::pin(async move {
                let result = work(connection).await?;
                let answer: Answer = Box::new(move |failure| {
                    let answer = match failure {
                        None => Ok(result),
                        Some(error) => Err(error),
                    };
                    // The asker may be gone (a dropped request); the write stands all the same.
                    let _gone = value_sender.send(answer);
                });
                Ok(answer)
            })
        });
        let waiting = Waiting {
            job,
            single,
            failed: error_sender,
        };
        match self.queue.try_send(Message::Write(waiting)) {
            Ok(()) => {}
            Err(mpsc::error::TrySendError::Full(_)) => return Err(StoreError::Busy),
            Err(mpsc::error::TrySendError::Closed(_)) => return Err(StoreError::Stopped),
        }
        match value.await {
            Ok(answer) => answer,
            Err(_) => Err(error.await.unwrap_or(StoreError::Stopped)),
        }
    }

    /// Removes from the files what was deleted, between two transactions; see [`scrub`].
    pub(crate) async fn scrub(&self) -> Result<bool, StoreError> {
        let (sender, done) = oneshot::channel();
        let asked = self.queue.send(Message::Scrub(sender)).await;
        asked.map_err(|_| StoreError::Stopped)?;
        done.await.map_err(|_| StoreError::Stopped)
    }

    pub(crate) fn alive(&self) -> Result<(), StoreError> {
        if self.queue.is_closed() {
            Err(StoreError::Stopped)
        } else {
            Ok(())
        }
    }

    /// Commits what waits, stops, and gives the connection back; `None` when the writer had stopped already.
    pub(crate) async fn drain(&self) -> Option<Connection> {
        let (sender, drained) = oneshot::channel();
        self.queue.send(Message::Drain(sender)).await.ok()?;
        drained.await.ok()
    }
}

async fn run(mut connection: Connection, mut waiting: mpsc::Receiver<Message>) {
    // Whether a failed commit may have left its transaction open: then nothing may commit itself.
    let mut doubtful = false;
    let mut before = 0;
    while let Some(message) = waiting.recv().await {
        // A server is waited for at each statement anyway: meanwhile others queue up.
        if before > 1 && matches!(connection, Connection::Sqlite(_)) {
            let time = if before < MANY { GATHER } else { GATHER_MANY };
            // This thread is the writer's own.
            std::thread::sleep(time);
        }
        let mut batch = Vec::new();
        let mut drain = None;
        let mut scrubs = Vec::new();
        let mut next = Some(message);
        while let Some(message) = next {
            match message {
                Message::Write(write) => batch.push(write),
                Message::Scrub(sender) => scrubs.push(sender),
                Message::Drain(sender) => {
                    waiting.close();
                    drain = Some(sender);
                }
            }
            next = if batch.len() < BATCH {
                waiting.try_recv().ok()
            } else {
                None
            };
        }
        before = batch.len();
        if !batch.is_empty() {
            doubtful = write(&mut connection, batch, doubtful).await;
        }
        if !scrubs.is_empty() {
            let clean = scrub(&mut connection).await;
            for sender in scrubs {
                let _asker_gone = sender.send(clean);
            }
        }
        if let Some(sender) = drain {
            while let Ok(Message::Write(last)) = waiting.try_recv() {
                doubtful = write(&mut connection, vec![last], doubtful).await;
            }
            let _asker_gone = sender.send(connection);
            return;
        }
    }
}

/// Removes from the files what was deleted. SQLite has overwritten it in the database (`secure_delete`), but the log
/// (`-wal`) still holds older pages: they are carried over and the log is cut to nothing. `false` when a reader held
/// on to an older state for too long; then it is to be tried again.
async fn scrub(connection: &mut Connection) -> bool {
    let cut = match connection {
        Connection::Sqlite(db) => {
            let first = |row: &rusqlite::Row<'_>| row.get::<_, i64>(0);
            let busy = db.query_row(dialect::CUT_LOG_SQLITE, [], first);
            busy.map(|busy| busy == 0).map_err(sql::Error::from)
        }
        Connection::Postgres(..) => connection
            .run(dialect::REWRITE_POSTGRES)
            .await
            .map(|()| true),
    };
    cut.unwrap_or_else(|error| {
        tracing::error!(%error, "what was deleted could not be removed from the files yet");
        false
    })
}

/// Writes a batch; says whether the connection's state is in doubt afterwards.
async fn write(connection: &mut Connection, mut batch: Vec<Waiting>, doubtful: bool) -> bool {
    // A server has other writers: without the lock of a transaction, a single statement could slip between another's
    // reading and writing.
    if batch.len() == 1
        && !doubtful
        && batch[0].single
        && matches!(connection, Connection::Sqlite(_))
        && let Some(Waiting { job, failed, .. }) = batch.pop()
    {
        match guarded(connection, job).await {
            Ok(answer) => answer(None),
            Err(error) => {
                let _asker_gone = failed.send(error);
            }
        }
        return false;
    }
    commit(connection, batch).await
}

/// One transaction for all of `batch`; says whether it may still be open.
async fn commit(connection: &mut Connection, batch: Vec<Waiting>) -> bool {
    if let Err(error) = begin(connection).await {
        tracing::error!(%error, writes = batch.len(), "no transaction could be begun");
        for Waiting { failed, .. } in batch {
            let _asker_gone = failed.send(again(&error));
        }
        return true;
    }
    let alone = batch.len() == 1;
    let mut answers = Vec::with_capacity(batch.len());
    for Waiting {
        job,
        single,
        failed,
    } in batch
    {
        match undoable(connection, job, single, alone).await {
            Ok(answer) => answers.push(answer),
            Err(error) => {
                tracing::debug!(%error, "a write was rolled back");
                let _asker_gone = failed.send(error);
            }
        }
    }
    let failure = execute(connection, "COMMIT").await.err();
    if let Some(error) = &failure {
        tracing::error!(%error, "a commit failed");
    }
    for answer in answers {
        answer(failure.as_ref().map(again));
    }
    failure.is_some()
}

/// Begins a transaction. One that a failed commit left open is taken back first, and a lost connection is made anew:
/// the next batch must not inherit either.
async fn begin(connection: &mut Connection) -> Result<(), StoreError> {
    let first = start(connection).await;
    if first.is_ok() || matches!(first, Err(StoreError::Busy)) {
        return first;
    }
    if execute(connection, "ROLLBACK").await.is_err() {
        connection.renew().await?;
    }
    start(connection).await
}

/// Begins a transaction that no other writer shares, whatever program or machine it is on.
async fn start(connection: &mut Connection) -> Result<(), StoreError> {
    match connection {
        // SQLite itself asks ever more seldom, at last every 100 ms: beside a writer that never rests, whose pauses are
        // shorter than one, another process could starve.
        Connection::Sqlite(_) => {
            let until = Instant::now() + PATIENCE;
            loop {
                let begun = execute(connection, "BEGIN IMMEDIATE").await;
                if !matches!(begun, Err(StoreError::Busy)) || Instant::now() > until {
                    return begun;
                }
                // This thread is the writer's own.
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        Connection::Postgres(..) => {
            let begun = execute(connection, dialect::BEGIN_POSTGRES).await;
            if matches!(begun, Err(StoreError::Busy)) {
                execute(connection, "ROLLBACK").await?;
            }
            begun
        }
    }
}

/// The error of a whole batch, for each of its writes.
fn again(error: &StoreError) -> StoreError {
    match error {
        StoreError::Busy => StoreError::Busy,
        other => StoreError::Commit(other.to_string()),
    }
}

/// Runs a job; its panic is an error of this write only, and the writer lives on.
async fn guarded(connection: &mut Connection, job: Job) -> Result<Answer, StoreError> {
    let mut work = job(connection);
    std::future::poll_fn(move |context| {
        match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
            Ok(poll) => poll,
            Err(_) => Poll::Ready(Err(StoreError::Panicked)),
        }
    })
    .await
}

/// Runs one job so that its failure takes back its own writes only. A job that is alone needs no savepoint: on failure
/// its transaction, which holds nothing else, is rolled back and begun anew. Nor does a single statement in a file:
/// SQLite takes back what a statement did before it failed, and the transaction goes on.
async fn undoable(
    connection: &mut Connection,
    job: Job,
    single: bool,
    alone: bool,
) -> Result<Answer, StoreError> {
    if single && matches!(connection, Connection::Sqlite(_)) {
        return guarded(connection, job).await;
    }
    if alone {
        let result = guarded(connection, job).await;
        if result.is_err() {
            execute(connection, "ROLLBACK").await?;
            start(connection).await?;
        }
        return result;
    }
    execute(connection, "SAVEPOINT save").await?;
    let result = guarded(connection, job).await;
    if result.is_err() {
        execute(connection, "ROLLBACK TO save").await?;
    }
    // A server releases it with the commit: each statement is a way there and back.
    if matches!(connection, Connection::Sqlite(_)) {
        execute(connection, "RELEASE save").await?;
    }
    result
}

async fn execute(connection: &mut Connection, sql: &'static str) -> Result<(), StoreError> {
    Ok(connection.run(sql).await?)
}
