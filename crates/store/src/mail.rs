//! The mail queue: a mail is queued in the transaction that causes it.

use crate::sql::{self, Connection};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::database::Store;
use crate::error::{StoreError, read_time, read_word, write_word};

/// A mail to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct NewMail {
    pub to: String,
    pub subject: String,
    pub body: String,
}

/// How far a mail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailState {
    /// Waits.
    Queued,
    /// Handed over, outcome not yet known. After a crash it stays so: a mail goes out at most once.
    Sending,
    /// Sent, or written as a file.
    Sent,
    /// Refused; the note says why.
    Failed,
}

/// A mail in the outbox.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Mail {
    pub id: i64,
    pub to: String,
    pub subject: String,
    pub body: String,
    pub state: MailState,
    pub queued: Timestamp,
    pub done: Option<Timestamp>,
    /// File name of the `.eml`, or why it failed.
    pub note: String,
}

/// Queues a mail within the transaction that causes it.
pub(crate) async fn queue(db: &mut Connection, mail: &NewMail, at: i64) -> Result<(), StoreError> {
    const INSERT: &str = "INSERT INTO mail (recipient, subject, body, state, queued, note)
        VALUES ($1, $2, $3, 'queued', $4, '')";
    sql::query(INSERT)
        .bind(&mail.to)
        .bind(&mail.subject)
        .bind(&mail.body)
        .bind(at)
        .execute(db)
        .await?;
    Ok(())
}

type Row = (
    i64,
    String,
    String,
    String,
    String,
    i64,
    Option<i64>,
    String,
);

macro_rules! select_mail {
    ($rest:literal) => {
        concat!(
            "SELECT id, recipient, subject, body, state, queued, done, note FROM mail ",
            $rest
        )
    };
}

fn mail((id, to, subject, body, state, queued, done, note): Row) -> Result<Mail, StoreError> {
    Ok(Mail {
        id,
        to,
        subject,
        body,
        state: read_word("mail", &state)?,
        queued: read_time("mail", queued)?,
        done: done.map(|at| read_time("mail", at)).transpose()?,
        note,
    })
}

impl Store {
    /// Queues mails that no other change causes.
    pub async fn queue_mails(&self, mails: Vec<NewMail>, at: Timestamp) -> Result<(), StoreError> {
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    for mail in &mails {
                        queue(&mut *db, mail, at.as_millisecond()).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// The outbox, newest first.
    pub async fn mails(&self, limit: i64) -> Result<Vec<Mail>, StoreError> {
        const SELECT: &str = select_mail!("ORDER BY id DESC LIMIT $1");
        let rows: Vec<Row> = sql::query_as(SELECT)
            .bind(limit)
            .fetch_all(&self.read)
            .await?;
        rows.into_iter().map(mail).collect()
    }

    /// One mail.
    pub async fn mail(&self, id: i64) -> Result<Option<Mail>, StoreError> {
        const SELECT: &str = select_mail!("WHERE id = $1");
        let row: Option<Row> = sql::query_as(SELECT)
            .bind(id)
            .fetch_optional(&self.read)
            .await?;
        row.map(mail).transpose()
    }

    /// Takes the next waiting mail: it is marked as being sent, durable, before it is handed over.
    pub async fn take_mail(&self) -> Result<Option<Mail>, StoreError> {
        const NEXT: &str = "UPDATE mail SET state = 'sending' WHERE id =
            (SELECT MIN(id) FROM mail WHERE state = 'queued')
            RETURNING id, recipient, subject, body, state, queued, done, note";
        const WAITING: &str = "SELECT EXISTS (SELECT 1 FROM mail WHERE state = 'queued')";
        // Asked again and again: the writer is left alone while nothing waits.
        let waiting: bool = sql::query_scalar(WAITING).fetch_one(&self.read).await?;
        if !waiting {
            return Ok(None);
        }
        self.writer
            .write(|db| {
                Box::pin(async move {
                    let row: Option<Row> = sql::query_as(NEXT).fetch_optional(db).await?;
                    row.map(mail).transpose()
                })
            })
            .await
    }

    /// Says what became of a mail.
    pub async fn finish_mail(
        &self,
        id: i64,
        state: MailState,
        note: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE mail SET state = $2, note = $3, done = $4 WHERE id = $1";
        let (state, note) = (write_word("mail", &state)?, note.to_owned());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(UPDATE)
                        .bind(id)
                        .bind(state)
                        .bind(note)
                        .bind(at.as_millisecond())
                        .execute(db)
                        .await?;
                    Ok(())
                })
            })
            .await
    }
}
