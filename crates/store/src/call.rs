//! Calls for examples: who was written to, once each, and who wants no calls.

use std::collections::BTreeSet;

use fieldwork::WaveName;
use jiff::Timestamp;
use register::Key;

use crate::database::Store;
use crate::error::{StoreError, read_time};
use crate::mail::NewMail;
use crate::sql::{self, Connection};

/// A call that is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCall {
    /// Wave whose figures show the gap.
    pub wave: WaveName,
    /// Field of action.
    pub field: String,
    /// Group of places, by its word.
    pub place: String,
    /// Subject and text before anything was put in.
    pub subject: String,
    /// Text.
    pub body: String,
}

/// A call that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Number.
    pub id: i64,
    /// What it said, and to whom it went.
    pub call: NewCall,
    /// When it was queued.
    pub made: Timestamp,
    /// By whom.
    pub actor: String,
    /// Mails.
    pub mails: u32,
}

/// An address of a municipality that may be written to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Recipient {
    /// Municipality.
    pub municipality: Key,
    /// Address.
    pub mail: String,
}

type Row = (
    i64,
    String,
    String,
    String,
    String,
    String,
    i64,
    String,
    i64,
);

const OBJECTIONS: &str = "SELECT recipient FROM example_call_objection";

async fn objections(db: &mut Connection) -> Result<BTreeSet<String>, StoreError> {
    let all: Vec<String> = sql::query_scalar(OBJECTIONS).fetch_all(db).await?;
    Ok(all.into_iter().collect())
}

impl Store {
    /// Addresses through which owners of examples are reached, without those that want no calls; each once.
    pub async fn call_recipients(&self) -> Result<Vec<Recipient>, StoreError> {
        const SELECT: &str = "SELECT DISTINCT municipality, owner_mail FROM practice
            WHERE owner_mail <> '' AND NOT EXISTS (SELECT 1 FROM example_call_objection
            WHERE recipient = practice.owner_mail) ORDER BY municipality, owner_mail";
        let rows: Vec<(String, String)> = sql::query_as(SELECT).fetch_all(&self.read).await?;
        let recipient = |(municipality, mail): (String, String)| {
            let municipality = Key::new(municipality).map_err(|e| StoreError::Document {
                table: "practice",
                cause: e.to_string(),
            })?;
            Ok(Recipient { municipality, mail })
        };
        rows.into_iter().map(recipient).collect()
    }

    /// Addresses that want no calls.
    pub async fn call_objections(&self) -> Result<BTreeSet<String>, StoreError> {
        let all: Vec<String> = sql::query_scalar(OBJECTIONS).fetch_all(&self.read).await?;
        Ok(all.into_iter().collect())
    }

    /// Queues a call: each address gets one mail, and none that objected meanwhile. Answers how many were queued.
    pub async fn send_call(
        &self,
        call: NewCall,
        mails: Vec<(Recipient, NewMail)>,
        at: Timestamp,
        actor: &str,
    ) -> Result<u32, StoreError> {
        const INSERT: &str =
            "INSERT INTO example_call (wave, field, place, subject, body, made, actor)
            VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
        const MAIL: &str =
            "INSERT INTO example_call_mail (call, recipient, municipality) VALUES ($1, $2, $3)";
        let (at, actor) = (at.as_millisecond(), actor.to_owned());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let mut done = objections(&mut *db).await?;
                    let id: i64 = sql::query_scalar(INSERT)
                        .bind(&call.wave.0)
                        .bind(&call.field)
                        .bind(&call.place)
                        .bind(call.subject)
                        .bind(call.body)
                        .bind(at)
                        .bind(&actor)
                        .fetch_one(&mut *db)
                        .await?;
                    let mut queued = 0;
                    for (recipient, mail) in mails {
                        if !done.insert(recipient.mail.clone()) {
                            continue;
                        }
                        sql::query(MAIL)
                            .bind(id)
                            .bind(&recipient.mail)
                            .bind(recipient.municipality.as_str())
                            .execute(&mut *db)
                            .await?;
                        crate::mail::queue(&mut *db, &mail, at).await?;
                        queued += 1;
                    }
                    let what = format!("{} {}", call.field, call.place);
                    let detail = queued.to_string();
                    crate::audit::record(db, at, &actor, "call-sent", &what, &detail).await?;
                    Ok(queued)
                })
            })
            .await
    }

    /// The calls of a wave, the newest first.
    pub async fn calls(&self, wave: &WaveName) -> Result<Vec<Call>, StoreError> {
        const SELECT: &str =
            "SELECT id, wave, field, place, subject, body, made, actor, (SELECT COUNT(*)
            FROM example_call_mail WHERE call = example_call.id)
            FROM example_call WHERE wave = $1 ORDER BY id DESC";
        let rows: Vec<Row> = sql::query_as(SELECT)
            .bind(&wave.0)
            .fetch_all(&self.read)
            .await?;
        rows.into_iter()
            .map(
                |(id, wave, field, place, subject, body, made, actor, mails)| {
                    Ok(Call {
                        id,
                        call: NewCall {
                            wave: WaveName(wave),
                            field,
                            place,
                            subject,
                            body,
                        },
                        made: read_time("example_call", made)?,
                        actor,
                        mails: u32::try_from(mails).unwrap_or(u32::MAX),
                    })
                },
            )
            .collect()
    }

    /// Notes that an address wants no calls.
    pub async fn object_to_calls(
        &self,
        recipient: &str,
        at: Timestamp,
        actor: &str,
    ) -> Result<(), StoreError> {
        const PUT: &str =
            "INSERT INTO example_call_objection (recipient, noted, actor) VALUES ($1, $2, $3)
            ON CONFLICT (recipient) DO NOTHING";
        let (recipient, actor) = (recipient.to_owned(), actor.to_owned());
        let at = at.as_millisecond();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(PUT)
                        .bind(&recipient)
                        .bind(at)
                        .bind(&actor)
                        .execute(&mut *db)
                        .await?;
                    crate::audit::record(db, at, &actor, "call-objection", "", "").await
                })
            })
            .await
    }
}
