//! Invitations: who may answer which wave, and how far they are.

use std::collections::BTreeSet;

use fieldwork::{AccessHash, WaveName};
use jiff::Timestamp;
use register::Key;

use crate::database::Store;
use crate::error::{StoreError, read_time};
use crate::sql::{self, Connection};

/// An invitation as it is made: secrets only as hashes.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    /// The unit.
    pub municipality: Key,
    /// Hash of the link's token.
    pub link: AccessHash,
    /// Hash of the typed code.
    pub code: AccessHash,
}

/// An invitation as it stands.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Invitation {
    pub wave: WaveName,
    pub municipality: Key,
    /// The channel through which it came, e.g. "Rundschreiben".
    pub channel: String,
    pub invited: Timestamp,
    pub opened: Option<Timestamp>,
    pub submitted: Option<Timestamp>,
    pub withdrawn: Option<Timestamp>,
    /// Code of the channel with which the municipality came, where it named one.
    pub arrived: Option<String>,
}

pub(crate) type InvitationRow = (
    String,
    String,
    String,
    i64,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<String>,
);

pub(crate) fn invitation(
    (wave, key, channel, invited, opened, submitted, withdrawn, arrived): InvitationRow,
) -> Result<Invitation, StoreError> {
    let time = |at: Option<i64>| at.map(|at| read_time("invitation", at)).transpose();
    Ok(Invitation {
        wave: WaveName(wave),
        municipality: Key::new(key).map_err(|e| StoreError::Document {
            table: "invitation",
            cause: e.to_string(),
        })?,
        channel,
        invited: read_time("invitation", invited)?,
        opened: time(opened)?,
        submitted: time(submitted)?,
        withdrawn: time(withdrawn)?,
        arrived,
    })
}

macro_rules! upsert {
    ($rows:literal) => {
        concat!(
            "INSERT INTO invitation (wave, municipality, link_hash, code_hash, channel, invited) VALUES ",
            $rows,
            " ON CONFLICT (wave, municipality) DO UPDATE SET link_hash = excluded.link_hash,
            code_hash = excluded.code_hash, channel = excluded.channel, invited = excluded.invited"
        )
    };
}

/// Writes as many invitations as `sql` has rows.
async fn upsert(
    sql: &'static str,
    (wave, channel, at): (&str, &str, i64),
    rows: &[NewInvitation],
    db: &mut Connection,
) -> Result<(), StoreError> {
    let mut query = sql::query(sql).bind(wave);
    for (place, new) in rows.iter().enumerate() {
        query = query
            .bind(new.municipality.as_str())
            .bind(&new.link.0)
            .bind(&new.code.0);
        if place == 0 {
            query = query.bind(channel).bind(at);
        }
    }
    query.execute(db).await?;
    Ok(())
}

impl Store {
    /// Makes invitations in chunks. A municipality that was invited before gets the new link and code; the old ones
    /// stop working, those of its reminders too; its answers stay.
    pub async fn invite(
        &self,
        wave: &WaveName,
        channel: &str,
        invitations: Vec<NewInvitation>,
        at: Timestamp,
        actor: &str,
    ) -> Result<(), StoreError> {
        /// Rows that one statement carries: most of what a statement costs is not its rows.
        const TOGETHER: usize = 8;
        const ONE: &str = upsert!("($1, $2, $3, $4, $5, $6)");
        const EIGHT: &str = upsert!(
            "($1, $2, $3, $4, $5, $6), ($1, $7, $8, $9, $5, $6), ($1, $10, $11, $12, $5, $6),
            ($1, $13, $14, $15, $5, $6), ($1, $16, $17, $18, $5, $6), ($1, $19, $20, $21, $5, $6),
            ($1, $22, $23, $24, $5, $6), ($1, $25, $26, $27, $5, $6)"
        );
        const FURTHER: &str = "SELECT DISTINCT municipality FROM invitation_access WHERE wave = $1";
        const FORGET: &str = "DELETE FROM invitation_access WHERE wave = $1 AND municipality = $2";
        let at = at.as_millisecond();
        for chunk in invitations.chunks(500) {
            let (wave, channel, actor) = (wave.0.clone(), channel.to_owned(), actor.to_owned());
            let chunk = chunk.to_vec();
            self.writer
                .write(move |db| {
                    Box::pin(async move {
                        let further: Vec<String> = sql::query_scalar(FURTHER)
                            .bind(&wave)
                            .fetch_all(&mut *db)
                            .await?;
                        let further: BTreeSet<String> = further.into_iter().collect();
                        let known =
                            |new: &&NewInvitation| further.contains(new.municipality.as_str());
                        for new in chunk.iter().filter(known) {
                            sql::query(FORGET)
                                .bind(&wave)
                                .bind(new.municipality.as_str())
                                .execute(&mut *db)
                                .await?;
                        }
                        let (eights, rest) = chunk.as_chunks::<TOGETHER>();
                        for eight in eights {
                            upsert(EIGHT, (&wave, &channel, at), eight, &mut *db).await?;
                        }
                        for one in rest.chunks(1) {
                            upsert(ONE, (&wave, &channel, at), one, &mut *db).await?;
                        }
                        let detail = format!("{} invitations by {channel}", chunk.len());
                        crate::audit::record(db, at, &actor, "invited", &wave, &detail).await
                    })
                })
                .await?;
        }
        Ok(())
    }

    /// The invitation behind a typed code.
    pub async fn invitation_by_code(
        &self,
        hash: &AccessHash,
    ) -> Result<Option<Invitation>, StoreError> {
        const SELECT: &str =
            "SELECT wave, municipality, channel, invited, opened, submitted, withdrawn, arrived
            FROM invitation WHERE code_hash = $1";
        const FURTHER: &str =
            "SELECT invitation.wave, invitation.municipality, channel, invited, opened,
            submitted, withdrawn, arrived FROM invitation_access
            JOIN invitation ON invitation.wave = invitation_access.wave
            AND invitation.municipality = invitation_access.municipality
            WHERE invitation_access.hash = $1";
        let mut row: Option<InvitationRow> = sql::query_as(SELECT)
            .bind(&hash.0)
            .fetch_optional(&self.read)
            .await?;
        if row.is_none() {
            row = sql::query_as(FURTHER)
                .bind(&hash.0)
                .fetch_optional(&self.read)
                .await?;
        }
        row.map(invitation).transpose()
    }

    /// Notes with which channel a municipality came. The first one stays.
    pub async fn mark_arrived(
        &self,
        wave: &WaveName,
        municipality: &Key,
        channel: &str,
    ) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE invitation SET arrived = $3
            WHERE wave = $1 AND municipality = $2 AND arrived IS NULL
            AND EXISTS (SELECT 1 FROM channel WHERE channel.wave = $1 AND channel.code = $3)";
        let (wave, municipality) = (wave.0.clone(), municipality.clone());
        let channel = channel.to_owned();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(UPDATE)
                        .bind(wave)
                        .bind(municipality.as_str())
                        .bind(channel)
                        .execute(db)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    /// All invitations of a wave, by key.
    pub async fn invitations(&self, wave: &WaveName) -> Result<Vec<Invitation>, StoreError> {
        const SELECT: &str =
            "SELECT wave, municipality, channel, invited, opened, submitted, withdrawn, arrived
            FROM invitation WHERE wave = $1 ORDER BY municipality";
        let rows: Vec<InvitationRow> = sql::query_as(SELECT)
            .bind(&wave.0)
            .fetch_all(&self.read)
            .await?;
        rows.into_iter().map(invitation).collect()
    }

    /// Notes that a municipality has begun.
    pub async fn mark_opened(
        &self,
        wave: &WaveName,
        municipality: &Key,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE invitation SET opened = $3 WHERE wave = $1 AND municipality = $2 AND opened IS NULL";
        let (wave, municipality) = (wave.0.clone(), municipality.clone());
        self.writer
            .write_single(move |db| {
                Box::pin(async move {
                    sql::query(UPDATE)
                        .bind(wave)
                        .bind(municipality.as_str())
                        .bind(at.as_millisecond())
                        .execute(db)
                        .await?;
                    Ok(())
                })
            })
            .await
    }
}
