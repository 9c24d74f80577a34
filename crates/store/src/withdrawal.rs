//! Taking back: a municipality withdraws its answers, and a new contact takes over from an old one.

use fieldwork::{AccessHash, WaveName};
use jiff::Timestamp;
use register::Key;

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::{self, Connection};

/// What became of a withdrawal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithdrawOutcome {
    /// The answers are deleted; `clean` says whether they have left the database's files too, or will with the next try.
    Withdrawn {
        /// Whether nothing is left in the files.
        clean: bool,
    },
    /// The dataset is frozen: it is too late.
    Frozen,
    /// It was withdrawn before, or was never invited.
    NotThere,
}

/// What belongs to the answers of one municipality in one wave, in an order that keeps references whole.
/// Practices that were named go too, unless their municipality has released them: those have a life of their own.
pub(crate) const OF_RESPONSE: [&str; 19] = [
    "DELETE FROM answer_file WHERE wave = $1 AND municipality = $2",
    "DELETE FROM department_section WHERE department IN
        (SELECT id FROM department WHERE wave = $1 AND municipality = $2)",
    "DELETE FROM department WHERE wave = $1 AND municipality = $2",
    "DELETE FROM section_check WHERE wave = $1 AND municipality = $2",
    "DELETE FROM finished_notice WHERE wave = $1 AND municipality = $2",
    "DELETE FROM answer_comment WHERE wave = $1 AND municipality = $2",
    "DELETE FROM answer_change WHERE wave = $1 AND municipality = $2",
    "DELETE FROM sign_off WHERE wave = $1 AND municipality = $2",
    "DELETE FROM response WHERE wave = $1 AND municipality = $2",
    "DELETE FROM pretest_comment WHERE wave = $1 AND municipality = $2",
    "DELETE FROM pretest_page WHERE wave = $1 AND municipality = $2",
    "DELETE FROM practice_event WHERE practice IN (SELECT id FROM practice WHERE wave = $1 AND municipality = $2
        AND released IS NULL AND id NOT IN (SELECT practice FROM practice_version))",
    "DELETE FROM practice_file WHERE practice IN (SELECT id FROM practice WHERE wave = $1 AND municipality = $2
        AND released IS NULL AND id NOT IN (SELECT practice FROM practice_version))",
    "DELETE FROM practice_link WHERE practice IN (SELECT id FROM practice WHERE wave = $1 AND municipality = $2
        AND released IS NULL AND id NOT IN (SELECT practice FROM practice_version))",
    "DELETE FROM practice_asked WHERE practice IN (SELECT id FROM practice WHERE wave = $1 AND municipality = $2
        AND released IS NULL AND id NOT IN (SELECT practice FROM practice_version))",
    "DELETE FROM practice_confirmation WHERE practice IN (SELECT id FROM practice WHERE wave = $1 AND municipality = $2
        AND released IS NULL AND id NOT IN (SELECT practice FROM practice_version))",
    "DELETE FROM practice_code WHERE practice IN (SELECT id FROM practice WHERE wave = $1 AND municipality = $2
        AND released IS NULL AND id NOT IN (SELECT practice FROM practice_version))",
    "DELETE FROM release_link WHERE practice IN (SELECT id FROM practice WHERE wave = $1 AND municipality = $2
        AND released IS NULL AND id NOT IN (SELECT practice FROM practice_version))",
    "DELETE FROM practice WHERE wave = $1 AND municipality = $2
        AND released IS NULL AND id NOT IN (SELECT practice FROM practice_version)
        AND id NOT IN (SELECT practice FROM take_up)",
];

async fn delete(db: &mut Connection, wave: &str, municipality: &Key) -> Result<(), StoreError> {
    for statement in OF_RESPONSE {
        sql::query(statement)
            .bind(wave)
            .bind(municipality.as_str())
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

impl Store {
    /// Takes back all that a municipality answered to a wave, as long as the dataset is not frozen: answers, comments,
    /// history, departments, sign-offs, and the practices that it named and has not released. `actor` stands in the
    /// audit log. Afterwards the files of the database are cleaned of it.
    pub async fn withdraw(
        &self,
        wave: &WaveName,
        municipality: &Key,
        at: Timestamp,
        actor: &str,
    ) -> Result<WithdrawOutcome, StoreError> {
        const FROZEN: &str = "SELECT frozen FROM wave WHERE name = $1";
        const MARK: &str = "UPDATE invitation SET withdrawn = $3, submitted = NULL
            WHERE wave = $1 AND municipality = $2 AND withdrawn IS NULL";
        let (name, key, actor) = (wave.0.clone(), municipality.clone(), actor.to_owned());
        let done = self
            .writer
            .write(move |db| {
                Box::pin(async move {
                    let at = at.as_millisecond();
                    let frozen: Option<Option<i64>> = sql::query_scalar(FROZEN)
                        .bind(&name)
                        .fetch_optional(&mut *db)
                        .await?;
                    if frozen.flatten().is_some() {
                        return Ok(Some(WithdrawOutcome::Frozen));
                    }
                    let marked = sql::query(MARK)
                        .bind(&name)
                        .bind(key.as_str())
                        .bind(at)
                        .execute(&mut *db)
                        .await?;
                    if marked.rows_affected() == 0 {
                        return Ok(Some(WithdrawOutcome::NotThere));
                    }
                    delete(db, &name, &key).await?;
                    let (action, key) = ("response-withdrawn", key.as_str());
                    crate::audit::record(db, at, &actor, action, &name, key).await?;
                    Ok(None)
                })
            })
            .await?;
        self.remembered.forget(municipality);
        match done {
            Some(not) => Ok(not),
            None => Ok(WithdrawOutcome::Withdrawn {
                clean: self.scrub().await?,
            }),
        }
    }

    /// Removes from the database's files what was deleted. `false` when somebody was reading an older state for too
    /// long: to be tried again.
    pub async fn scrub(&self) -> Result<bool, StoreError> {
        self.writer.scrub().await
    }

    /// Gives a municipality a new link and code, for a new contact; the old ones open nothing any more. The links of its
    /// departments are kept or ended. Its answers stay. `false` when it was never invited.
    pub async fn renew_access(
        &self,
        (wave, municipality): (&WaveName, &Key),
        (link, code): (AccessHash, AccessHash),
        keep_departments: bool,
        at: Timestamp,
        actor: &str,
    ) -> Result<bool, StoreError> {
        const UPDATE: &str = "UPDATE invitation SET link_hash = $3, code_hash = $4
            WHERE wave = $1 AND municipality = $2";
        // A reminder's links end too.
        const FURTHER: &str = "DELETE FROM invitation_access WHERE wave = $1 AND municipality = $2";
        // Whoever left keeps no way to be told.
        const NOTICE: &str = "DELETE FROM finished_notice WHERE wave = $1 AND municipality = $2";
        const DEPARTMENTS: &str = "UPDATE department SET ended = $3
            WHERE wave = $1 AND municipality = $2 AND ended IS NULL";
        let (wave, key, actor) = (wave.0.clone(), municipality.clone(), actor.to_owned());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let at = at.as_millisecond();
                    let done = sql::query(UPDATE)
                        .bind(&wave)
                        .bind(key.as_str())
                        .bind(link.0)
                        .bind(code.0)
                        .execute(&mut *db)
                        .await?;
                    if done.rows_affected() == 0 {
                        return Ok(false);
                    }
                    for statement in [FURTHER, NOTICE] {
                        sql::query(statement)
                            .bind(&wave)
                            .bind(key.as_str())
                            .execute(&mut *db)
                            .await?;
                    }
                    if !keep_departments {
                        sql::query(DEPARTMENTS)
                            .bind(&wave)
                            .bind(key.as_str())
                            .bind(at)
                            .execute(&mut *db)
                            .await?;
                    }
                    let kept = if keep_departments { "kept" } else { "ended" };
                    let detail = format!("{}: departments {kept}", key.as_str());
                    crate::audit::record(db, at, &actor, "access-renewed", &wave, &detail).await?;
                    Ok(true)
                })
            })
            .await
    }
}
