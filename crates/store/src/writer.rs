//! The one writer: it commits waiting saves together (group commit), each in a savepoint of its own.
//!
//! A write is work on the connection. The writer takes what waits, opens one immediate transaction, runs each
//! piece of work in a savepoint, commits once, and only then answers: what was answered is durable
//! (`synchronous=FULL`). Work that fails is rolled back alone; a failed commit fails its whole batch.
//! The queue is bounded: when it is full the caller hears [`StoreError::Busy`].

use std::pin::Pin;

use sqlx::SqliteConnection;
use tokio::sync::{mpsc, oneshot};

use crate::error::StoreError;

/// Writes that may wait.
const QUEUE: usize = 1024;
/// Writes that one commit may carry.
const BATCH: usize = 128;

/// A future on a borrowed connection.
pub type Work<'c, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'c>>;

/// Sends the answer once the commit is known: `None` is a commit that succeeded.
type Answer = Box<dyn FnOnce(Option<String>) + Send>;
type Job = Box<dyn for<'c> FnOnce(&'c mut SqliteConnection) -> Work<'c, Answer> + Send>;

enum Message {
    Write(Job, oneshot::Sender<StoreError>),
    Drain(oneshot::Sender<()>),
}

/// A handle to the writer.
#[derive(Clone, Debug)]
pub struct Writer {
    queue: mpsc::Sender<Message>,
}

impl Writer {
    pub(crate) fn start(connection: SqliteConnection) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        tokio::spawn(run(connection, waiting));
        Self { queue }
    }

    /// Runs `work` in the next commit and returns what it returned, once that is durable.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl for<'c> FnOnce(&'c mut SqliteConnection) -> Work<'c, T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (value_sender, value) = oneshot::channel();
        let (error_sender, error) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            Box::pin(async move {
                let result = work(connection).await?;
                let answer: Answer = Box::new(move |failure| {
                    let answer = match failure {
                        None => Ok(result),
                        Some(cause) => Err(StoreError::Commit(cause)),
                    };
                    // The asker may be gone (a dropped request); the write stands all the same.
                    let _gone = value_sender.send(answer);
                });
                Ok(answer)
            })
        });
        match self.queue.try_send(Message::Write(job, error_sender)) {
            Ok(()) => {}
            Err(mpsc::error::TrySendError::Full(_)) => return Err(StoreError::Busy),
            Err(mpsc::error::TrySendError::Closed(_)) => return Err(StoreError::Stopped),
        }
        match value.await {
            Ok(answer) => answer,
            Err(_) => Err(error.await.unwrap_or(StoreError::Stopped)),
        }
    }

    pub(crate) fn alive(&self) -> Result<(), StoreError> {
        if self.queue.is_closed() {
            Err(StoreError::Stopped)
        } else {
            Ok(())
        }
    }

    /// Commits what waits and stops.
    pub(crate) async fn drain(&self) {
        let (sender, drained) = oneshot::channel();
        if self.queue.send(Message::Drain(sender)).await.is_ok() {
            let _stopped_already = drained.await;
        }
    }
}

async fn run(mut connection: SqliteConnection, mut waiting: mpsc::Receiver<Message>) {
    while let Some(message) = waiting.recv().await {
        let mut batch = Vec::new();
        let mut drain = None;
        let mut next = Some(message);
        while let Some(message) = next {
            match message {
                Message::Write(job, failed) => batch.push((job, failed)),
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
        if !batch.is_empty() {
            commit(&mut connection, batch).await;
        }
        if let Some(sender) = drain {
            while let Ok(Message::Write(job, failed)) = waiting.try_recv() {
                commit(&mut connection, vec![(job, failed)]).await;
            }
            let _asker_gone = sender.send(());
            break;
        }
    }
}

/// One transaction for all of `batch`.
async fn commit(connection: &mut SqliteConnection, batch: Vec<(Job, oneshot::Sender<StoreError>)>) {
    if let Err(cause) = execute(connection, "BEGIN IMMEDIATE").await {
        let cause = cause.to_string();
        for (_, failed) in batch {
            let _asker_gone = failed.send(StoreError::Commit(cause.clone()));
        }
        return;
    }
    let alone = batch.len() == 1;
    let mut answers = Vec::with_capacity(batch.len());
    for (job, failed) in batch {
        match undoable(connection, job, alone).await {
            Ok(answer) => answers.push(answer),
            Err(error) => {
                tracing::debug!(%error, "a write was rolled back");
                let _asker_gone = failed.send(error);
            }
        }
    }
    let failure = match execute(connection, "COMMIT").await {
        Ok(()) => None,
        Err(cause) => {
            tracing::error!(%cause, "a commit failed");
            if let Err(cause) = execute(connection, "ROLLBACK").await {
                tracing::error!(%cause, "and could not be rolled back");
            }
            Some(cause.to_string())
        }
    };
    for answer in answers {
        answer(failure.clone());
    }
}

/// Runs one job so that its failure takes back its own writes only. A job that is alone needs no savepoint: on failure
/// its transaction, which holds nothing else, is rolled back and begun anew.
async fn undoable(
    connection: &mut SqliteConnection,
    job: Job,
    alone: bool,
) -> Result<Answer, StoreError> {
    if alone {
        let result = job(connection).await;
        if result.is_err() {
            execute(connection, "ROLLBACK").await?;
            execute(connection, "BEGIN IMMEDIATE").await?;
        }
        return result;
    }
    execute(connection, "SAVEPOINT save").await?;
    let result = job(connection).await;
    if result.is_err() {
        execute(connection, "ROLLBACK TO save").await?;
    }
    execute(connection, "RELEASE save").await?;
    result
}

async fn execute(connection: &mut SqliteConnection, sql: &'static str) -> Result<(), StoreError> {
    sqlx::query(sql).execute(connection).await?;
    Ok(())
}
