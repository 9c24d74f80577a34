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
    /// Handed over, outcome not yet known. After a crash it becomes [`MailState::Unclear`].
    Sending,
    /// It was handed over and nobody knows whether it left: never sent again by itself, a mail goes out at most once.
    Unclear,
    /// Sent, or written as a file.
    Sent,
    /// Refused; the note says why.
    Failed,
    /// It left, and came back; the note says why.
    Bounced,
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
    /// How often it was handed over.
    pub attempts: i64,
}

/// Queues a mail within the transaction that causes it; returns its number.
pub(crate) async fn queue(db: &mut Connection, mail: &NewMail, at: i64) -> Result<i64, StoreError> {
    const INSERT: &str = "INSERT INTO mail (recipient, subject, body, state, queued, note)
        VALUES ($1, $2, $3, 'queued', $4, '') RETURNING id";
    let id = sql::query_scalar(INSERT)
        .bind(&mail.to)
        .bind(&mail.subject)
        .bind(&mail.body)
        .bind(at)
        .fetch_one(db)
        .await?;
    Ok(id)
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
    i64,
);

macro_rules! select_mail {
    ($rest:literal) => {
        concat!(
            "SELECT id, recipient, subject, body, state, queued, done, note, attempts FROM mail ",
            $rest
        )
    };
}

fn mail(
    (id, to, subject, body, state, queued, done, note, attempts): Row,
) -> Result<Mail, StoreError> {
    Ok(Mail {
        id,
        to,
        subject,
        body,
        state: read_word("mail", &state)?,
        queued: read_time("mail", queued)?,
        done: done.map(|at| read_time("mail", at)).transpose()?,
        note,
        attempts,
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

    /// Takes the next mail that waits and may go at `now`: it is marked as being sent, durable, before it is handed
    /// over. Nobody else takes it again, whatever crashes.
    pub async fn take_mail(&self, now: Timestamp) -> Result<Option<Mail>, StoreError> {
        const NEXT: &str =
            "UPDATE mail SET state = 'sending', claimed = $1, attempts = attempts + 1 WHERE id =
            (SELECT MIN(id) FROM mail WHERE state = 'queued' AND not_before <= $1)
            RETURNING id, recipient, subject, body, state, queued, done, note, attempts";
        const WAITING: &str =
            "SELECT EXISTS (SELECT 1 FROM mail WHERE state = 'queued' AND not_before <= $1)";
        let now = now.as_millisecond();
        // Asked again and again: the writer is left alone while nothing waits.
        let waiting: bool = sql::query_scalar(WAITING)
            .bind(now)
            .fetch_one(&self.read)
            .await?;
        if !waiting {
            return Ok(None);
        }
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let row: Option<Row> = sql::query_as(NEXT).bind(now).fetch_optional(db).await?;
                    row.map(mail).transpose()
                })
            })
            .await
    }

    /// Puts a mail back that was certainly not taken; it waits until `not_before`.
    pub async fn postpone_mail(
        &self,
        id: i64,
        not_before: Timestamp,
        note: &str,
    ) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE mail SET state = 'queued', not_before = $2, note = $3
            WHERE id = $1 AND state = 'sending'";
        let note = note.to_owned();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(UPDATE)
                        .bind(id)
                        .bind(not_before.as_millisecond())
                        .bind(note)
                        .execute(db)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    /// Mails that were claimed before `before` and never finished: the program ended while it handed them over. They
    /// become unclear, and a person decides. Returns how many.
    pub async fn settle_abandoned_mails(&self, before: Timestamp) -> Result<u64, StoreError> {
        const WAITING: &str = "SELECT EXISTS (SELECT 1 FROM mail WHERE state = 'sending'
            AND COALESCE(claimed, 0) < $1)";
        const UPDATE: &str = "UPDATE mail SET state = 'unclear', note = 'interrupted'
            WHERE state = 'sending' AND COALESCE(claimed, 0) < $1";
        let before = before.as_millisecond();
        let waiting: bool = sql::query_scalar(WAITING)
            .bind(before)
            .fetch_one(&self.read)
            .await?;
        if !waiting {
            return Ok(0);
        }
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let done = sql::query(UPDATE).bind(before).execute(db).await?;
                    Ok(done.rows_affected())
                })
            })
            .await
    }

    /// A person decides that an unclear or refused mail goes out again. `false`: it is neither.
    pub async fn send_mail_again(
        &self,
        id: i64,
        at: Timestamp,
        actor: &str,
    ) -> Result<bool, StoreError> {
        const UPDATE: &str = "UPDATE mail SET state = 'queued', not_before = 0, attempts = 0
            WHERE id = $1 AND state IN ('unclear', 'failed')";
        let (actor, at) = (actor.to_owned(), at.as_millisecond());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let done = sql::query(UPDATE).bind(id).execute(&mut *db).await?;
                    if done.rows_affected() == 0 {
                        return Ok(false);
                    }
                    crate::audit::record(db, at, &actor, "mail-again", &id.to_string(), "").await?;
                    Ok(true)
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
