//! Contacts of municipalities: apart from answers, and no export reads them.

use std::collections::BTreeMap;

use fieldwork::contact::address_hash;
use fieldwork::{AccessHash, Contact, WaveName};
use jiff::Timestamp;
use register::Key;

use crate::database::Store;
use crate::error::{StoreError, read_json, read_time, write_json};
use crate::sql::{self, Connection};

/// A contact as it is kept.
#[derive(Clone, Debug)]
pub struct KeptContact {
    /// The contact; `objected` holds whoever said so.
    pub contact: Contact,
    /// When the objection came in.
    pub objected: Option<Timestamp>,
    /// When a mail came back, and why.
    pub bounced: Option<(Timestamp, String)>,
}

impl KeptContact {
    /// The address to which a mail may go: none after an objection or where mails come back.
    pub fn mail(&self) -> Option<&str> {
        let open = self.objected.is_none() && self.bounced.is_none();
        self.contact.mail.as_deref().filter(|_| open)
    }
}

fn key(text: String) -> Result<Key, StoreError> {
    Key::new(text).map_err(|e| StoreError::Document {
        table: "contact",
        cause: e.to_string(),
    })
}

/// Writes a contact within a transaction. An objection is never taken back by a file.
pub(crate) async fn put(
    db: &mut Connection,
    wave: &str,
    municipality: &Key,
    contact: &Contact,
    at: i64,
) -> Result<(), StoreError> {
    const UPSERT: &str = "INSERT INTO contact (wave, municipality, document, changed, objected)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (wave, municipality) DO UPDATE SET changed = excluded.changed,
        objected = COALESCE(contact.objected, excluded.objected),
        bounced = CASE WHEN contact.document = excluded.document THEN contact.bounced END,
        bounce = CASE WHEN contact.document = excluded.document THEN contact.bounce END,
        document = excluded.document";
    const OBJECTS: &str = "SELECT at FROM objection WHERE address = $1";
    let hash = contact.mail.as_deref().map(address_hash);
    let mut objected = contact.objected.then_some(at);
    if let Some(hash) = &hash {
        match objected {
            Some(at) => object(db, hash, at).await?,
            None => {
                objected = sql::query_scalar(OBJECTS)
                    .bind(hash)
                    .fetch_optional(&mut *db)
                    .await?;
            }
        }
    }
    sql::query(UPSERT)
        .bind(wave)
        .bind(municipality.as_str())
        .bind(write_json("contact", contact)?)
        .bind(at)
        .bind(objected)
        .execute(db)
        .await?;
    Ok(())
}

async fn object(db: &mut Connection, hash: &str, at: i64) -> Result<(), StoreError> {
    const INSERT: &str =
        "INSERT INTO objection (address, at) VALUES ($1, $2) ON CONFLICT (address) DO NOTHING";
    sql::query(INSERT).bind(hash).bind(at).execute(db).await?;
    Ok(())
}

impl Store {
    /// All contacts of a wave, by key.
    pub async fn contacts(
        &self,
        wave: &WaveName,
    ) -> Result<BTreeMap<Key, KeptContact>, StoreError> {
        const SELECT: &str =
            "SELECT municipality, document, objected, bounced, bounce FROM contact WHERE wave = $1";
        type Row = (String, String, Option<i64>, Option<i64>, Option<String>);
        let rows: Vec<Row> = sql::query_as(SELECT)
            .bind(&wave.0)
            .fetch_all(&self.read)
            .await?;
        rows.into_iter()
            .map(|(municipality, document, objected, bounced, bounce)| {
                let time = |at: Option<i64>| at.map(|at| read_time("contact", at)).transpose();
                let mut contact: Contact = read_json("contact", &document)?;
                let objected = time(objected)?;
                contact.objected |= objected.is_some();
                let bounced = time(bounced)?.map(|at| (at, bounce.unwrap_or_default()));
                let kept = KeptContact {
                    contact,
                    objected,
                    bounced,
                };
                Ok((key(municipality)?, kept))
            })
            .collect()
    }

    /// Keeps contacts, in chunks: new ones, and others in the place of those that stood there.
    pub async fn put_contacts(
        &self,
        wave: &WaveName,
        contacts: Vec<(Key, Contact)>,
        at: Timestamp,
        actor: &str,
    ) -> Result<(), StoreError> {
        let at = at.as_millisecond();
        for chunk in contacts.chunks(500) {
            let (wave, actor, chunk) = (wave.0.clone(), actor.to_owned(), chunk.to_vec());
            self.writer
                .write(move |db| {
                    Box::pin(async move {
                        for (municipality, contact) in &chunk {
                            put(&mut *db, &wave, municipality, contact, at).await?;
                        }
                        let detail = format!("{} contacts", chunk.len());
                        crate::audit::record(db, at, &actor, "contacts-put", &wave, &detail).await
                    })
                })
                .await?;
        }
        Ok(())
    }

    /// Notes that a contact does not want to be written to; its address is remembered as a hash for later waves.
    /// `false`: there is no such contact.
    pub async fn note_objection(
        &self,
        wave: &WaveName,
        municipality: &Key,
        at: Timestamp,
        actor: &str,
    ) -> Result<bool, StoreError> {
        const SELECT: &str = "SELECT document FROM contact WHERE wave = $1 AND municipality = $2";
        const UPDATE: &str = "UPDATE contact SET objected = COALESCE(objected, $3)
            WHERE wave = $1 AND municipality = $2";
        let (wave, municipality) = (wave.0.clone(), municipality.clone());
        let (actor, at) = (actor.to_owned(), at.as_millisecond());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let document: Option<String> = sql::query_scalar(SELECT)
                        .bind(&wave)
                        .bind(municipality.as_str())
                        .fetch_optional(&mut *db)
                        .await?;
                    let Some(document) = document else {
                        return Ok(false);
                    };
                    let contact: Contact = read_json("contact", &document)?;
                    if let Some(mail) = &contact.mail {
                        object(&mut *db, &address_hash(mail), at).await?;
                    }
                    sql::query(UPDATE)
                        .bind(&wave)
                        .bind(municipality.as_str())
                        .bind(at)
                        .execute(&mut *db)
                        .await?;
                    let detail = municipality.as_str();
                    crate::audit::record(db, at, &actor, "contact-objected", &wave, detail).await?;
                    Ok(true)
                })
            })
            .await
    }

    /// Keeps a file of contacts that was looked at until its button is pressed, at most a day.
    pub async fn keep_contact_import(
        &self,
        hash: &AccessHash,
        wave: &WaveName,
        contacts: &[(Key, Contact)],
        at: Timestamp,
        actor: &str,
    ) -> Result<(), StoreError> {
        const FORGET: &str = "DELETE FROM contact_import WHERE made < $1";
        const INSERT: &str = "INSERT INTO contact_import (hash, wave, made, made_by, document)
            VALUES ($1, $2, $3, $4, $5)";
        const DAY: i64 = 24 * 3600 * 1000;
        let document = write_json("contact_import", &contacts)?;
        let (hash, wave, actor) = (hash.0.clone(), wave.0.clone(), actor.to_owned());
        let at = at.as_millisecond();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(FORGET).bind(at - DAY).execute(&mut *db).await?;
                    sql::query(INSERT)
                        .bind(hash)
                        .bind(wave)
                        .bind(at)
                        .bind(actor)
                        .bind(document)
                        .execute(db)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    /// Takes such a file over, once: how many contacts were kept; `None` when it is gone.
    pub async fn take_contact_import(
        &self,
        hash: &AccessHash,
        wave: &WaveName,
        at: Timestamp,
        actor: &str,
    ) -> Result<Option<usize>, StoreError> {
        const TAKE: &str =
            "DELETE FROM contact_import WHERE hash = $1 AND wave = $2 RETURNING document";
        let (hash, wave, actor) = (hash.0.clone(), wave.0.clone(), actor.to_owned());
        let at = at.as_millisecond();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let document: Option<String> = sql::query_scalar(TAKE)
                        .bind(hash)
                        .bind(&wave)
                        .fetch_optional(&mut *db)
                        .await?;
                    let Some(document) = document else {
                        return Ok(None);
                    };
                    let contacts: Vec<(Key, Contact)> = read_json("contact_import", &document)?;
                    for (municipality, contact) in &contacts {
                        put(&mut *db, &wave, municipality, contact, at).await?;
                    }
                    let detail = format!("{} contacts", contacts.len());
                    crate::audit::record(db, at, &actor, "contacts-put", &wave, &detail).await?;
                    Ok(Some(contacts.len()))
                })
            })
            .await
    }

    /// Notes that a mail came back: by its number, else by the address of the contacts that have it.
    /// Returns whose contacts were marked.
    pub async fn note_bounce(
        &self,
        mail: Option<i64>,
        address: Option<&str>,
        reason: &str,
        at: Timestamp,
    ) -> Result<Vec<(WaveName, Key)>, StoreError> {
        const BY_MAIL: &str = "UPDATE contact SET bounced = $2, bounce = $3 WHERE EXISTS
            (SELECT 1 FROM mailing WHERE mailing.mail = $1 AND mailing.wave = contact.wave
            AND mailing.municipality = contact.municipality) RETURNING wave, municipality";
        const NOTE: &str = "UPDATE mail SET state = 'bounced', note = $2 WHERE id = $1";
        const ALL: &str = "SELECT wave, municipality, document FROM contact";
        const ONE: &str =
            "UPDATE contact SET bounced = $3, bounce = $4 WHERE wave = $1 AND municipality = $2";
        let (reason, at) = (reason.to_owned(), at.as_millisecond());
        let address = address.map(str::to_lowercase);
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let mut marked: Vec<(String, String)> = Vec::new();
                    if let Some(mail) = mail {
                        marked = sql::query_as(BY_MAIL)
                            .bind(mail)
                            .bind(at)
                            .bind(&reason)
                            .fetch_all(&mut *db)
                            .await?;
                        sql::query(NOTE)
                            .bind(mail)
                            .bind(&reason)
                            .execute(&mut *db)
                            .await?;
                    } else if let Some(address) = address {
                        let all: Vec<(String, String, String)> =
                            sql::query_as(ALL).fetch_all(&mut *db).await?;
                        for (wave, municipality, document) in all {
                            let contact: Contact = read_json("contact", &document)?;
                            if contact.mail.map(|m| m.to_lowercase()).as_ref() != Some(&address) {
                                continue;
                            }
                            sql::query(ONE)
                                .bind(&wave)
                                .bind(&municipality)
                                .bind(at)
                                .bind(&reason)
                                .execute(&mut *db)
                                .await?;
                            marked.push((wave, municipality));
                        }
                    }
                    marked
                        .into_iter()
                        .map(|(wave, municipality)| Ok((WaveName(wave), key(municipality)?)))
                        .collect()
                })
            })
            .await
    }
}
