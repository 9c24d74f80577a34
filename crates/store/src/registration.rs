//! Channels, and municipalities that registered themselves.

use fieldwork::{AccessHash, Contact, WaveName};
use jiff::Timestamp;
use register::Key;

use crate::database::Store;
use crate::error::{StoreError, read_json, read_time, write_json};
use crate::mail::NewMail;
use crate::mailing::{MailingLine, queue_line};
use crate::sql;

/// A way by which municipalities hear of a wave, e.g. the circular of an association.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Its code, in addresses (`?kanal=…`) and typed.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A municipality that registered itself.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Registration {
    pub id: i64,
    pub wave: WaveName,
    pub municipality: Key,
    /// Code of the channel with which it came.
    pub channel: Option<String>,
    pub contact: Contact,
    pub made: Timestamp,
    /// When the address was confirmed by its link.
    pub confirmed: Option<Timestamp>,
    /// When the institute decided, and whether it agreed.
    pub decided: Option<(Timestamp, bool)>,
}

type Row = (
    i64,
    String,
    String,
    Option<String>,
    String,
    i64,
    Option<i64>,
    Option<i64>,
    Option<String>,
);

fn registration(
    (id, wave, municipality, channel, document, made, confirmed, decided, decision): Row,
) -> Result<Registration, StoreError> {
    let time = |at: i64| read_time("registration", at);
    Ok(Registration {
        id,
        wave: WaveName(wave),
        municipality: Key::new(municipality).map_err(|e| StoreError::Document {
            table: "registration",
            cause: e.to_string(),
        })?,
        channel,
        contact: read_json("registration", &document)?,
        made: time(made)?,
        confirmed: confirmed.map(time).transpose()?,
        decided: decided
            .map(|at| Ok::<_, StoreError>((time(at)?, decision.as_deref() == Some("invited"))))
            .transpose()?,
    })
}

macro_rules! select_registration {
    ($rest:literal) => {
        concat!(
            "SELECT id, wave, municipality, channel, document, made, confirmed, decided, decision
            FROM registration ",
            $rest
        )
    };
}

impl Store {
    /// Keeps a channel, or its new name.
    pub async fn put_channel(
        &self,
        wave: &WaveName,
        channel: Channel,
        at: Timestamp,
        actor: &str,
    ) -> Result<(), StoreError> {
        const UPSERT: &str = "INSERT INTO channel (wave, code, name) VALUES ($1, $2, $3)
            ON CONFLICT (wave, code) DO UPDATE SET name = excluded.name";
        let (wave, actor, at) = (wave.0.clone(), actor.to_owned(), at.as_millisecond());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(UPSERT)
                        .bind(&wave)
                        .bind(&channel.code)
                        .bind(&channel.name)
                        .execute(&mut *db)
                        .await?;
                    crate::audit::record(db, at, &actor, "channel-put", &wave, &channel.code).await
                })
            })
            .await
    }

    /// The channels of a wave, by name.
    pub async fn channels(&self, wave: &WaveName) -> Result<Vec<Channel>, StoreError> {
        const SELECT: &str = "SELECT code, name FROM channel WHERE wave = $1 ORDER BY name, code";
        let rows: Vec<(String, String)> = sql::query_as(SELECT)
            .bind(&wave.0)
            .fetch_all(&self.read)
            .await?;
        Ok(rows
            .into_iter()
            .map(|(code, name)| Channel { code, name })
            .collect())
    }

    /// Keeps a registration and queues the mail that asks to confirm it.
    pub async fn register_municipality(
        &self,
        wave: &WaveName,
        municipality: &Key,
        contact: &Contact,
        channel: Option<String>,
        (hash, mail): (AccessHash, NewMail),
        at: Timestamp,
    ) -> Result<(), StoreError> {
        const INSERT: &str =
            "INSERT INTO registration (wave, municipality, hash, channel, document, made)
            VALUES ($1, $2, $3, $4, $5, $6)";
        let document = write_json("registration", contact)?;
        let (wave, municipality) = (wave.0.clone(), municipality.clone());
        let at = at.as_millisecond();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(INSERT)
                        .bind(wave)
                        .bind(municipality.as_str())
                        .bind(hash.0)
                        .bind(channel)
                        .bind(document)
                        .bind(at)
                        .execute(&mut *db)
                        .await?;
                    crate::mail::queue(db, &mail, at).await?;
                    Ok(())
                })
            })
            .await
    }

    /// The registration behind the link of its mail.
    pub async fn registration_by_link(
        &self,
        hash: &AccessHash,
    ) -> Result<Option<Registration>, StoreError> {
        const SELECT: &str = select_registration!("WHERE hash = $1");
        let row: Option<Row> = sql::query_as(SELECT)
            .bind(&hash.0)
            .fetch_optional(&self.read)
            .await?;
        row.map(registration).transpose()
    }

    /// All registrations of a wave, the newest first.
    pub async fn registrations(&self, wave: &WaveName) -> Result<Vec<Registration>, StoreError> {
        const SELECT: &str = select_registration!("WHERE wave = $1 ORDER BY id DESC");
        let rows: Vec<Row> = sql::query_as(SELECT)
            .bind(&wave.0)
            .fetch_all(&self.read)
            .await?;
        rows.into_iter().map(registration).collect()
    }

    /// Notes that the address of a registration was confirmed.
    pub async fn confirm_registration(&self, id: i64, at: Timestamp) -> Result<(), StoreError> {
        const UPDATE: &str =
            "UPDATE registration SET confirmed = COALESCE(confirmed, $2) WHERE id = $1";
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(UPDATE)
                        .bind(id)
                        .bind(at.as_millisecond())
                        .execute(db)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    /// The institute agrees: contact, invitation with its channel, and the mail with the link, in one transaction.
    /// `None` as line refuses. `false`: it was decided before, or the address is not confirmed.
    pub async fn decide_registration(
        &self,
        registration: &Registration,
        line: Option<MailingLine>,
        at: Timestamp,
        actor: &str,
    ) -> Result<bool, StoreError> {
        const DECIDE: &str = "UPDATE registration SET decided = $2, decision = $3, decided_by = $4
            WHERE id = $1 AND decided IS NULL AND ($3 = 'refused' OR confirmed IS NOT NULL)";
        const ARRIVED: &str = "UPDATE invitation SET arrived = COALESCE(arrived, $3)
            WHERE wave = $1 AND municipality = $2";
        let (registration, actor) = (registration.clone(), actor.to_owned());
        let at = at.as_millisecond();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let decision = if line.is_some() { "invited" } else { "refused" };
                    let done = sql::query(DECIDE)
                        .bind(registration.id)
                        .bind(at)
                        .bind(decision)
                        .bind(&actor)
                        .execute(&mut *db)
                        .await?;
                    if done.rows_affected() == 0 {
                        return Ok(false);
                    }
                    let (wave, key) = (&registration.wave.0, &registration.municipality);
                    if let Some(line) = line {
                        crate::contact::put(&mut *db, wave, key, &registration.contact, at).await?;
                        // A round of its own for each registration: who was invited by mail before gets it all the same.
                        let of = (
                            fieldwork::MessageKind::Invitation,
                            1_000_000 + registration.id,
                        );
                        queue_line(&mut *db, wave, of, "Selbstanmeldung", &line, at).await?;
                        if let Some(channel) = &registration.channel {
                            sql::query(ARRIVED)
                                .bind(wave)
                                .bind(key.as_str())
                                .bind(channel)
                                .execute(&mut *db)
                                .await?;
                        }
                    }
                    let action = format!("registration-{decision}");
                    crate::audit::record(db, at, &actor, &action, wave, key.as_str()).await?;
                    Ok(true)
                })
            })
            .await
    }
}
