//! Calls for examples: who was written to, once each, and who wants no calls.

use std::collections::BTreeSet;

use fieldwork::WaveName;
use fieldwork::contact::address_hash;
use jiff::Timestamp;
use register::Key;

use crate::database::Store;
use crate::error::{StoreError, read_time};
use crate::mail::NewMail;
use crate::sql;

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

/// Addresses that are not written to: those that want no calls, and the hashes of those that want no mails at all.
#[derive(Clone, Debug, Default)]
pub struct Refusals {
    calls: BTreeSet<String>,
    all: BTreeSet<String>,
}

impl Refusals {
    /// Whether this address is left alone.
    pub fn hold(&self, mail: &str) -> bool {
        self.calls.contains(mail) || self.all.contains(&address_hash(mail))
    }
}

const NO_CALLS: &str = "SELECT recipient FROM example_call_objection";
const NO_MAILS: &str = "SELECT address FROM objection";

impl Store {
    /// Whom a call may reach: contacts of the wave, and addresses through which owners of examples were reached; none
    /// that objected or came back.
    pub async fn call_recipients(&self, wave: &WaveName) -> Result<Vec<Recipient>, StoreError> {
        const OWNERS: &str = "SELECT DISTINCT municipality, owner_mail FROM practice
            WHERE owner_mail <> '' ORDER BY municipality, owner_mail";
        let mut all: Vec<Recipient> = Vec::new();
        for (municipality, contact) in self.contacts(wave).await? {
            all.extend(contact.mail().map(|mail| Recipient {
                municipality,
                mail: mail.to_owned(),
            }));
        }
        let rows: Vec<(String, String)> = sql::query_as(OWNERS).fetch_all(&self.read).await?;
        for (municipality, mail) in rows {
            let municipality = Key::new(municipality).map_err(|e| StoreError::Document {
                table: "practice",
                cause: e.to_string(),
            })?;
            all.push(Recipient { municipality, mail });
        }
        let refusals = self.call_refusals().await?;
        all.retain(|recipient| !refusals.hold(&recipient.mail));
        Ok(all)
    }

    /// Addresses that are not written to.
    pub async fn call_refusals(&self) -> Result<Refusals, StoreError> {
        let calls: Vec<String> = sql::query_scalar(NO_CALLS).fetch_all(&self.read).await?;
        let all: Vec<String> = sql::query_scalar(NO_MAILS).fetch_all(&self.read).await?;
        Ok(Refusals {
            calls: calls.into_iter().collect(),
            all: all.into_iter().collect(),
        })
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
                    let calls: Vec<String> =
                        sql::query_scalar(NO_CALLS).fetch_all(&mut *db).await?;
                    let all: Vec<String> = sql::query_scalar(NO_MAILS).fetch_all(&mut *db).await?;
                    let refusals = Refusals {
                        calls: calls.into_iter().collect(),
                        all: all.into_iter().collect(),
                    };
                    let mut done = BTreeSet::new();
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
                        if refusals.hold(&recipient.mail) || !done.insert(recipient.mail.clone()) {
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
