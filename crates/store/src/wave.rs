//! Waves with their questionnaire, and what was frozen of them.

use std::hash::{Hash, Hasher};

use crate::sql::{self, Lane};
use dataset::Dataset;
use fieldwork::{Wave, WaveName, WaveRefused, lost_answers};
use findings::{Audited, Release};
use jiff::Timestamp;
use questionnaire::Questionnaire;
use sha2::{Digest, Sha256};

use crate::database::Store;
use crate::error::{StoreError, read_json, read_time, write_json};

/// A wave as it is kept.
#[derive(Clone, Debug)]
pub struct StoredWave {
    /// The wave; `frozen` is set once its dataset is.
    pub wave: Wave,
    /// Number of the list of municipalities that it uses.
    pub register_list: i64,
    /// The questionnaire's file, as its author wrote it.
    pub questionnaire: String,
}

impl StoredWave {
    /// Differs as soon as the settings or the questionnaire do.
    pub fn print(&self) -> String {
        let document = serde_json::to_string(&self.wave).unwrap_or_default();
        let mut hasher = Sha256::new();
        hasher.update(document.as_bytes());
        hasher.update([0]);
        hasher.update(self.questionnaire.as_bytes());
        let digest = hasher.finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Whether a wave is made or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaveMade {
    /// Made, or changed whatever stands: the command line.
    Either,
    /// Made; no other wave has its name.
    New,
    /// Changed, having seen what has this [`StoredWave::print`].
    Having(String),
}

/// What came back to a wave at one moment: differs as soon as an answer or an invitation does. Within one run of the
/// program only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldState(u64);

/// What became of freezing a wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FreezeOutcome {
    /// Frozen now.
    Frozen,
    /// It was frozen before and stays as it is.
    Before,
    /// Answers came in since they were read; nothing was frozen.
    Changed,
}

type Row = (String, i64, String, Option<i64>);

/// Reads all that dispositions and datasets are made of, in one statement: nothing comes in between.
async fn field_state<'a>(
    db: impl Into<Lane<'a>> + Send,
    name: &str,
) -> Result<FieldState, StoreError> {
    const SELECT: &str = "SELECT invitation.municipality, opened, submitted, withdrawn, records FROM invitation
        LEFT JOIN response ON response.wave = invitation.wave AND response.municipality = invitation.municipality
        WHERE invitation.wave = $1 ORDER BY invitation.municipality";
    type Invited = (
        String,
        Option<i64>,
        Option<i64>,
        Option<i64>,
        Option<String>,
    );
    let rows: Vec<Invited> = sql::query_as(SELECT).bind(name).fetch_all(db).await?;
    let mut hasher = std::hash::DefaultHasher::new();
    rows.hash(&mut hasher);
    Ok(FieldState(hasher.finish()))
}

fn stored((document, register_list, questionnaire, frozen): Row) -> Result<StoredWave, StoreError> {
    let mut wave: Wave = read_json("wave", &document)?;
    wave.frozen = frozen.map(|at| read_time("wave", at)).transpose()?;
    // Freezing ends the field period, also where it would have lasted longer.
    if let Some(frozen) = wave.frozen {
        wave.closes = wave.closes.min(frozen);
    }
    Ok(StoredWave {
        wave,
        register_list,
        questionnaire,
    })
}

impl Store {
    /// Makes a wave or changes its settings and its questionnaire, on the newest list of municipalities; `questionnaire` is
    /// its text and what was read of it. The settings have no faults ([`fieldwork::settings_faults`]).
    /// The inner error says why nothing was changed.
    pub async fn make_wave(
        &self,
        wave: Wave,
        (source, questionnaire): (String, &Questionnaire),
        made: WaveMade,
        at: Timestamp,
        actor: &str,
    ) -> Result<Result<(), WaveRefused>, StoreError> {
        let name = wave.name.clone();
        let Some((register_list, _)) = self.newest_register().await? else {
            return Ok(Err(WaveRefused::NoRegister));
        };
        let answered = self.responses(&name).await?;
        let lost = lost_answers(answered.values(), questionnaire);
        if let Some(first) = lost.first() {
            let refused = WaveRefused::AnswersLost(name, (*first).clone(), lost.len() - 1);
            return Ok(Err(refused));
        }
        let stored = StoredWave {
            wave,
            register_list,
            questionnaire: source,
        };
        let put = self.put_seen(stored, made, at, actor).await?;
        Ok(put.map_err(|refused| refused(name)))
    }

    /// Makes a wave or replaces its settings; answers and invitations stay, and with invitations the list of
    /// municipalities that they were made from. A frozen wave stays as it is: `false`.
    pub async fn put_wave(
        &self,
        stored: StoredWave,
        at: Timestamp,
        actor: &str,
    ) -> Result<bool, StoreError> {
        let put = self.put_seen(stored, WaveMade::Either, at, actor).await?;
        Ok(put.is_ok())
    }

    /// Puts a wave where what stands is what was seen; else says with what words it is refused.
    async fn put_seen(
        &self,
        stored: StoredWave,
        made: WaveMade,
        at: Timestamp,
        actor: &str,
    ) -> Result<Result<(), fn(WaveName) -> WaveRefused>, StoreError> {
        const SELECT: &str =
            "SELECT document, register_list, questionnaire, frozen FROM wave WHERE name = $1";
        const UPSERT: &str =
            "INSERT INTO wave (name, register_list, questionnaire, document, opens, closes)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (name) DO UPDATE SET register_list = CASE
            WHEN EXISTS (SELECT 1 FROM invitation WHERE invitation.wave = wave.name)
            THEN wave.register_list ELSE excluded.register_list END,
            questionnaire = excluded.questionnaire, document = excluded.document,
            opens = excluded.opens, closes = excluded.closes WHERE wave.frozen IS NULL";
        let document = write_json("wave", &stored.wave)?;
        let actor = actor.to_owned();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let name = stored.wave.name.0;
                    let row: Option<Row> = sql::query_as(SELECT)
                        .bind(&name)
                        .fetch_optional(&mut *db)
                        .await?;
                    let standing = row.map(self::stored).transpose()?;
                    let refused: Option<fn(WaveName) -> WaveRefused> = match (&standing, &made) {
                        (Some(_), WaveMade::New) => Some(WaveRefused::Taken),
                        (Some(stands), _) if stands.wave.frozen.is_some() => {
                            Some(WaveRefused::Closed)
                        }
                        (Some(stands), WaveMade::Having(seen)) if stands.print() != *seen => {
                            Some(WaveRefused::Changed)
                        }
                        _ => None,
                    };
                    if let Some(refused) = refused {
                        return Ok(Err(refused));
                    }
                    let put = sql::query(UPSERT)
                        .bind(&name)
                        .bind(stored.register_list)
                        .bind(stored.questionnaire)
                        .bind(document)
                        .bind(stored.wave.opens.as_millisecond())
                        .bind(stored.wave.closes.as_millisecond())
                        .execute(&mut *db)
                        .await?;
                    if put.rows_affected() == 0 {
                        let closed: fn(WaveName) -> WaveRefused = WaveRefused::Closed;
                        return Ok(Err(closed));
                    }
                    let at = at.as_millisecond();
                    crate::audit::record(db, at, &actor, "wave-put", &name, "").await?;
                    Ok(Ok(()))
                })
            })
            .await
    }

    /// Extends the field period of a wave. `false`: there is no such wave, it is frozen, or it lasts longer already.
    pub async fn extend_wave(
        &self,
        name: &WaveName,
        closes: Timestamp,
        at: Timestamp,
        actor: &str,
    ) -> Result<bool, StoreError> {
        const SELECT: &str =
            "SELECT document FROM wave WHERE name = $1 AND frozen IS NULL AND closes < $2";
        const UPDATE: &str = "UPDATE wave SET closes = $2, document = $3 WHERE name = $1";
        let (name, actor) = (name.0.clone(), actor.to_owned());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let document: Option<String> = sql::query_scalar(SELECT)
                        .bind(&name)
                        .bind(closes.as_millisecond())
                        .fetch_optional(&mut *db)
                        .await?;
                    let Some(document) = document else {
                        return Ok(false);
                    };
                    let mut wave: Wave = read_json("wave", &document)?;
                    wave.closes = closes;
                    sql::query(UPDATE)
                        .bind(&name)
                        .bind(closes.as_millisecond())
                        .bind(write_json("wave", &wave)?)
                        .execute(&mut *db)
                        .await?;
                    let (at, until) = (at.as_millisecond(), closes.to_string());
                    crate::audit::record(db, at, &actor, "wave-extended", &name, &until).await?;
                    Ok(true)
                })
            })
            .await
    }

    /// One wave.
    pub async fn wave(&self, name: &WaveName) -> Result<Option<StoredWave>, StoreError> {
        const SELECT: &str =
            "SELECT document, register_list, questionnaire, frozen FROM wave WHERE name = $1";
        let row: Option<Row> = sql::query_as(SELECT)
            .bind(&name.0)
            .fetch_optional(&self.read)
            .await?;
        row.map(stored).transpose()
    }

    /// All waves, the newest field period first.
    pub async fn waves(&self) -> Result<Vec<StoredWave>, StoreError> {
        const SELECT: &str = "SELECT document, register_list, questionnaire, frozen FROM wave ORDER BY opens DESC, name";
        let rows: Vec<Row> = sql::query_as(SELECT).fetch_all(&self.read).await?;
        rows.into_iter().map(stored).collect()
    }

    /// What came back so far: read it before the responses, and hand it to [`Store::freeze`].
    pub async fn field_state(&self, name: &WaveName) -> Result<FieldState, StoreError> {
        field_state(&self.read, &name.0).await
    }

    /// Freezes a wave: keeps its dataset and what it releases, made of what came back at `seen`. Feedback sheets read
    /// that release, so it has passed the audit.
    /// An answer that was confirmed to a municipality in the meantime would be missing: then nothing is frozen.
    pub async fn freeze(
        &self,
        name: &WaveName,
        seen: FieldState,
        (dataset, audited): (&Dataset, &Audited),
        at: Timestamp,
        actor: &str,
    ) -> Result<FreezeOutcome, StoreError> {
        const MARK: &str = "UPDATE wave SET frozen = $2 WHERE name = $1 AND frozen IS NULL";
        const DATASET: &str = "INSERT INTO dataset (wave, frozen, document) VALUES ($1, $2, $3)";
        const RELEASED: &str = "INSERT INTO released (wave, document) VALUES ($1, $2)";
        let dataset = write_json("dataset", dataset)?;
        const AUDITED: &str = "INSERT INTO audited (wave, document) VALUES ($1, $2)";
        let release = write_json("released", audited.release())?;
        let report = write_json("audited", audited.report())?;
        let (name, actor) = (name.0.clone(), actor.to_owned());
        let at = at.as_millisecond();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    if field_state(&mut *db, &name).await? != seen {
                        return Ok(FreezeOutcome::Changed);
                    }
                    let marked = sql::query(MARK)
                        .bind(&name)
                        .bind(at)
                        .execute(&mut *db)
                        .await?;
                    if marked.rows_affected() == 0 {
                        return Ok(FreezeOutcome::Before);
                    }
                    sql::query(DATASET)
                        .bind(&name)
                        .bind(at)
                        .bind(dataset)
                        .execute(&mut *db)
                        .await?;
                    sql::query(RELEASED)
                        .bind(&name)
                        .bind(release)
                        .execute(&mut *db)
                        .await?;
                    sql::query(AUDITED)
                        .bind(&name)
                        .bind(report)
                        .execute(&mut *db)
                        .await?;
                    crate::audit::record(db, at, &actor, "wave-frozen", &name, "").await?;
                    Ok(FreezeOutcome::Frozen)
                })
            })
            .await
    }

    /// The frozen dataset of a wave.
    pub async fn dataset(&self, name: &WaveName) -> Result<Option<Dataset>, StoreError> {
        const SELECT: &str = "SELECT document FROM dataset WHERE wave = $1";
        let row: Option<String> = sql::query_scalar(SELECT)
            .bind(&name.0)
            .fetch_optional(&self.read)
            .await?;
        row.map(|document| read_json("dataset", &document))
            .transpose()
    }

    /// What a closed wave releases.
    pub async fn release(&self, name: &WaveName) -> Result<Option<Release>, StoreError> {
        const SELECT: &str = "SELECT document FROM released WHERE wave = $1";
        let row: Option<String> = sql::query_scalar(SELECT)
            .bind(&name.0)
            .fetch_optional(&self.read)
            .await?;
        row.map(|document| read_json("released", &document))
            .transpose()
    }

    /// What the last closed wave releases: the figures beside a municipality's own answers.
    pub async fn last_release(&self) -> Result<Option<(Timestamp, Release)>, StoreError> {
        const SELECT: &str = "SELECT wave.frozen, released.document FROM released
            JOIN wave ON wave.name = released.wave ORDER BY wave.closes DESC LIMIT 1";
        let row: Option<(i64, String)> = sql::query_as(SELECT).fetch_optional(&self.read).await?;
        row.map(|(at, document)| Ok((read_time("wave", at)?, read_json("released", &document)?)))
            .transpose()
    }
}
