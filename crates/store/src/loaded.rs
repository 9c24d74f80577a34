//! Responses that come from elsewhere, whole: those of an earlier wave that was run with another program.

use fieldwork::{Response, WaveName};
use jiff::Timestamp;

use crate::database::Store;
use crate::error::{StoreError, write_json};
use crate::invitation::NewInvitation;
use crate::sql;

/// A response to load, with an invitation for a municipality that has none: its link is known to nobody.
#[derive(Clone, Debug)]
pub struct LoadedResponse {
    /// The response.
    pub response: Response,
    /// The invitation that stands for it.
    pub invitation: NewInvitation,
}

impl Store {
    /// Loads responses into a wave, all or none. They are marked: their channel is `source`, and the log has a line for
    /// each. `false` when the wave is frozen, or one of the municipalities already has answers in it.
    pub async fn load_responses(
        &self,
        wave: &WaveName,
        loaded: Vec<LoadedResponse>,
        source: &str,
        at: Timestamp,
        actor: &str,
    ) -> Result<bool, StoreError> {
        const OPEN: &str = "SELECT COUNT(*) FROM wave WHERE name = $1 AND frozen IS NULL";
        const THERE: &str = "SELECT COUNT(*) FROM response WHERE wave = $1 AND municipality = $2 AND records <> '{}'";
        const INVITE: &str =
            "INSERT INTO invitation (wave, municipality, link_hash, code_hash, channel, invited)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (wave, municipality) DO UPDATE SET channel = excluded.channel";
        const CAME: &str = "UPDATE invitation SET opened = $3, submitted = $4 WHERE wave = $1 AND municipality = $2";
        const PUT: &str = "INSERT INTO response (wave, municipality, records) VALUES ($1, $2, $3)
            ON CONFLICT (wave, municipality) DO UPDATE SET records = excluded.records";
        let (wave, source, actor) = (wave.0.clone(), source.to_owned(), actor.to_owned());
        let at = at.as_millisecond();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let open: i64 = sql::query_scalar(OPEN)
                        .bind(&wave)
                        .fetch_one(&mut *db)
                        .await?;
                    if open == 0 {
                        return Ok(false);
                    }
                    for LoadedResponse { response, .. } in &loaded {
                        let there: i64 = sql::query_scalar(THERE)
                            .bind(&wave)
                            .bind(response.municipality.as_str())
                            .fetch_one(&mut *db)
                            .await?;
                        if there > 0 {
                            return Ok(false);
                        }
                    }
                    for LoadedResponse {
                        response,
                        invitation,
                    } in &loaded
                    {
                        let unit = response.municipality.as_str();
                        let saved = response
                            .records
                            .values()
                            .map(|record| record.saved.as_millisecond());
                        sql::query(INVITE)
                            .bind(&wave)
                            .bind(unit)
                            .bind(&invitation.link.0)
                            .bind(&invitation.code.0)
                            .bind(&source)
                            .bind(at)
                            .execute(&mut *db)
                            .await?;
                        sql::query(CAME)
                            .bind(&wave)
                            .bind(unit)
                            .bind(saved.min().unwrap_or(at))
                            .bind(response.submitted.map(Timestamp::as_millisecond))
                            .execute(&mut *db)
                            .await?;
                        sql::query(PUT)
                            .bind(&wave)
                            .bind(unit)
                            .bind(write_json("response", &response.records)?)
                            .execute(&mut *db)
                            .await?;
                        let detail =
                            format!("{unit}: {} answers from {source}", response.records.len());
                        crate::audit::record(
                            &mut *db,
                            at,
                            &actor,
                            "response-loaded",
                            &wave,
                            &detail,
                        )
                        .await?;
                    }
                    Ok(true)
                })
            })
            .await
    }
}
