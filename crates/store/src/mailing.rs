//! Mailings of a wave: what was written to whom, once, and the texts that were written.

use std::collections::BTreeMap;

use fieldwork::contact::address_hash;
use fieldwork::{AccessHash, Message, MessageKind, WaveName};
use jiff::Timestamp;
use register::Key;

use crate::database::Store;
use crate::error::{StoreError, read_time, read_word, write_word};
use crate::mail::NewMail;
use crate::sql::{self, Connection};

/// One municipality of a mailing.
#[derive(Clone, Debug)]
pub struct MailingLine {
    /// Whom it goes to.
    pub municipality: Key,
    /// A new link and code that work from now on, beside those from before; `None` where the text has none.
    pub access: Option<(AccessHash, AccessHash)>,
    /// The mail; `None` for a letter.
    pub mail: Option<NewMail>,
}

/// What one mailing was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailing {
    /// What was written.
    pub kind: MessageKind,
    /// The first, second, ... of its kind.
    pub round: i64,
    /// Municipalities it went to.
    pub count: usize,
    /// When the last of it was queued.
    pub at: Timestamp,
}

/// A text of a wave with its version; version 0 is the text of the house.
pub type WaveText = (Message, i64);

/// Whether a line may be written now: within the transaction, so that an objection or an answer of a moment ago counts.
async fn may_write(
    db: &mut Connection,
    wave: &str,
    kind: MessageKind,
    line: &MailingLine,
) -> Result<bool, StoreError> {
    const OBJECTED: &str = "SELECT EXISTS (SELECT 1 FROM contact WHERE wave = $1
        AND municipality = $2 AND objected IS NOT NULL)
        OR EXISTS (SELECT 1 FROM objection WHERE address = $3)";
    const STANDS: &str = "SELECT submitted, withdrawn FROM invitation
        WHERE wave = $1 AND municipality = $2";
    let address = line.mail.as_ref().map(|m| address_hash(&m.to));
    let objected: bool = sql::query_scalar(OBJECTED)
        .bind(wave)
        .bind(line.municipality.as_str())
        .bind(address.unwrap_or_default())
        .fetch_one(&mut *db)
        .await?;
    let stands: Option<(Option<i64>, Option<i64>)> = sql::query_as(STANDS)
        .bind(wave)
        .bind(line.municipality.as_str())
        .fetch_optional(&mut *db)
        .await?;
    let right = match (kind, stands) {
        (_, Some((_, Some(_withdrawn)))) => false,
        (MessageKind::Reminder, stands) => matches!(stands, Some((None, _))),
        (MessageKind::Thanks, stands) => matches!(stands, Some((Some(_), _))),
        (MessageKind::DepartmentsFinished, stands) => stands.is_some(),
        (MessageKind::Invitation | MessageKind::Letter | MessageKind::Registration, _) => true,
    };
    Ok(right && !objected)
}

/// Makes an invitation, or adds a further link and code to the one that is there.
async fn give_access(
    db: &mut Connection,
    wave: &str,
    municipality: &Key,
    (link, code): &(AccessHash, AccessHash),
    channel: &str,
    at: i64,
) -> Result<(), StoreError> {
    const INVITE: &str =
        "INSERT INTO invitation (wave, municipality, link_hash, code_hash, channel, invited)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (wave, municipality) DO NOTHING";
    const FURTHER: &str =
        "INSERT INTO invitation_access (hash, wave, municipality, made) VALUES ($1, $2, $3, $4)";
    let made = sql::query(INVITE)
        .bind(wave)
        .bind(municipality.as_str())
        .bind(&link.0)
        .bind(&code.0)
        .bind(channel)
        .bind(at)
        .execute(&mut *db)
        .await?;
    if made.rows_affected() == 1 {
        return Ok(());
    }
    for hash in [link, code] {
        sql::query(FURTHER)
            .bind(&hash.0)
            .bind(wave)
            .bind(municipality.as_str())
            .bind(at)
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

/// Queues one line of a mailing within a transaction; `false` when it was written before or may not be.
pub(crate) async fn queue_line(
    db: &mut Connection,
    wave: &str,
    (kind, round): (MessageKind, i64),
    channel: &str,
    line: &MailingLine,
    at: i64,
) -> Result<bool, StoreError> {
    const ONCE: &str = "INSERT INTO mailing (wave, municipality, kind, round, at)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (wave, municipality, kind, round) DO NOTHING";
    const MAIL: &str = "UPDATE mailing SET mail = $5
        WHERE wave = $1 AND municipality = $2 AND kind = $3 AND round = $4";
    if !may_write(&mut *db, wave, kind, line).await? {
        return Ok(false);
    }
    let word = write_word("mailing", &kind)?;
    let first = sql::query(ONCE)
        .bind(wave)
        .bind(line.municipality.as_str())
        .bind(&word)
        .bind(round)
        .bind(at)
        .execute(&mut *db)
        .await?;
    if first.rows_affected() == 0 {
        return Ok(false);
    }
    if let Some(access) = &line.access {
        give_access(&mut *db, wave, &line.municipality, access, channel, at).await?;
    }
    if let Some(mail) = &line.mail {
        let id = crate::mail::queue(&mut *db, mail, at).await?;
        sql::query(MAIL)
            .bind(wave)
            .bind(line.municipality.as_str())
            .bind(&word)
            .bind(round)
            .bind(id)
            .execute(&mut *db)
            .await?;
    }
    Ok(true)
}

impl Store {
    /// Queues a mailing: for each municipality the access, the mail and the note that it was written, in one
    /// transaction. The same kind and round is written once, however often it is asked for and whatever crashes in
    /// between; nobody who objected is written to. Returns the municipalities that were written to now.
    pub async fn queue_mailing(
        &self,
        wave: &WaveName,
        kind: MessageKind,
        round: i64,
        channel: &str,
        lines: Vec<MailingLine>,
        (at, actor): (Timestamp, &str),
    ) -> Result<Vec<Key>, StoreError> {
        let at = at.as_millisecond();
        let mut written = Vec::new();
        for chunk in lines.chunks(200) {
            let (wave, channel, actor) = (wave.0.clone(), channel.to_owned(), actor.to_owned());
            let chunk = chunk.to_vec();
            let part: Vec<Key> = self
                .writer
                .write(move |db| {
                    Box::pin(async move {
                        let mut part = Vec::new();
                        for line in &chunk {
                            let of = (kind, round);
                            if queue_line(&mut *db, &wave, of, &channel, line, at).await? {
                                part.push(line.municipality.clone());
                            }
                        }
                        if !part.is_empty() {
                            let detail = format!("{} {round}: {}", kind.word(), part.len());
                            crate::audit::record(db, at, &actor, "mailing", &wave, &detail).await?;
                        }
                        Ok(part)
                    })
                })
                .await?;
            written.extend(part);
        }
        Ok(written)
    }

    /// What was written in a wave so far.
    pub async fn mailings(&self, wave: &WaveName) -> Result<Vec<Mailing>, StoreError> {
        const SELECT: &str = "SELECT kind, round, COUNT(*), MAX(at) FROM mailing WHERE wave = $1
            GROUP BY kind, round ORDER BY MAX(at), kind, round";
        let rows: Vec<(String, i64, i64, i64)> = sql::query_as(SELECT)
            .bind(&wave.0)
            .fetch_all(&self.read)
            .await?;
        rows.into_iter()
            .map(|(kind, round, count, at)| {
                Ok(Mailing {
                    kind: read_word("mailing", &kind)?,
                    round,
                    count: usize::try_from(count).unwrap_or_default(),
                    at: read_time("mailing", at)?,
                })
            })
            .collect()
    }

    /// To whom one kind was written, with the number of its last round.
    pub async fn written_to(
        &self,
        wave: &WaveName,
        kind: MessageKind,
    ) -> Result<BTreeMap<Key, i64>, StoreError> {
        const SELECT: &str = "SELECT municipality, MAX(round) FROM mailing
            WHERE wave = $1 AND kind = $2 GROUP BY municipality";
        let rows: Vec<(String, i64)> = sql::query_as(SELECT)
            .bind(&wave.0)
            .bind(write_word("mailing", &kind)?)
            .fetch_all(&self.read)
            .await?;
        rows.into_iter()
            .map(|(key, round)| {
                let key = Key::new(key).map_err(|e| StoreError::Document {
                    table: "mailing",
                    cause: e.to_string(),
                })?;
                Ok((key, round))
            })
            .collect()
    }

    /// The text of one kind: the wave's own, else that of the house with version 0.
    pub async fn wave_text(
        &self,
        wave: &WaveName,
        kind: MessageKind,
    ) -> Result<WaveText, StoreError> {
        const SELECT: &str =
            "SELECT subject, body, version FROM wave_text WHERE wave = $1 AND kind = $2";
        let row: Option<(String, String, i64)> = sql::query_as(SELECT)
            .bind(&wave.0)
            .bind(kind.word())
            .fetch_optional(&self.read)
            .await?;
        Ok(row.map_or_else(
            || (kind.default_text(), 0),
            |(subject, body, version)| (Message { subject, body }, version),
        ))
    }

    /// Keeps a text of a wave whose writer saw `version`; `false` when somebody else changed it since.
    pub async fn put_wave_text(
        &self,
        wave: &WaveName,
        kind: MessageKind,
        (message, version): WaveText,
        at: Timestamp,
        actor: &str,
    ) -> Result<bool, StoreError> {
        const INSERT: &str = "INSERT INTO wave_text (wave, kind, version, subject, body)
            VALUES ($1, $2, $3 + 1, $4, $5) ON CONFLICT (wave, kind) DO UPDATE SET
            version = excluded.version, subject = excluded.subject, body = excluded.body
            WHERE wave_text.version = $3";
        let (wave, actor, at) = (wave.0.clone(), actor.to_owned(), at.as_millisecond());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let done = sql::query(INSERT)
                        .bind(&wave)
                        .bind(kind.word())
                        .bind(version)
                        .bind(message.subject)
                        .bind(message.body)
                        .execute(&mut *db)
                        .await?;
                    if done.rows_affected() == 0 {
                        return Ok(false);
                    }
                    crate::audit::record(db, at, &actor, "wave-text", &wave, kind.word()).await?;
                    Ok(true)
                })
            })
            .await
    }
}
