//! Practices and their life.

use fieldwork::{AccessHash, WaveName};
use jiff::Timestamp;
use jiff::civil::Date;
use practices::{Form, Practice, PracticeId, State};
use register::Key;
use sqlx::SqliteConnection;

use crate::database::Store;
use crate::error::{StoreError, read_json, read_time, read_word, write_json, write_word};
use crate::mail::NewMail;

/// One step in a practice's life.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct PracticeEvent {
    pub at: Timestamp,
    pub actor: String,
    pub state: State,
    pub note: String,
}

/// What became of a change to a practice.
#[derive(Clone, Debug, PartialEq)]
pub enum PracticeUpdate {
    /// Durable; the new version.
    Saved(u32),
    /// Somebody else changed it; this is what stands now.
    Conflict(Box<Practice>),
    /// There is no such practice, or its state does not allow the step.
    NotPossible,
}

/// What a mailed release link shows: exactly this version.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct ReleaseLink {
    pub practice: Practice,
    /// The version that the link was mailed for; another one has since been written when it differs.
    pub version: u32,
}

type Row = (
    i64,
    String,
    String,
    String,
    i64,
    String,
    Option<String>,
    Option<String>,
);

macro_rules! select_practice {
    ($rest:literal) => {
        concat!("SELECT id, municipality, wave, state, version, form, released, confirmed FROM practice ", $rest)
    };
}

fn practice(
    (id, municipality, wave, state, version, form, released, confirmed): Row,
) -> Result<Practice, StoreError> {
    let fault = |cause: String| StoreError::Document {
        table: "practice",
        cause,
    };
    let date = |text: Option<String>| {
        text.map(|t| t.parse::<Date>().map_err(|e| fault(e.to_string())))
            .transpose()
    };
    Ok(Practice {
        id: PracticeId(id),
        municipality: Key::new(municipality).map_err(|e| fault(e.to_string()))?,
        wave,
        form: read_json("practice", &form)?,
        state: read_word("practice", &state)?,
        version: u32::try_from(version).map_err(|e| fault(e.to_string()))?,
        released: date(released)?,
        confirmed: date(confirmed)?,
    })
}

async fn event(
    db: &mut SqliteConnection,
    id: i64,
    at: i64,
    actor: &str,
    state: &str,
    note: &str,
) -> Result<(), StoreError> {
    const INSERT: &str =
        "INSERT INTO practice_event (practice, at, actor, state, note) VALUES ($1, $2, $3, $4, $5)";
    sqlx::query(INSERT)
        .bind(id)
        .bind(at)
        .bind(actor)
        .bind(state)
        .bind(note)
        .execute(db)
        .await?;
    Ok(())
}

/// A practice that a response names; one with the same title from the same response is not added twice.
pub(crate) async fn nominate(
    db: &mut SqliteConnection,
    wave: &WaveName,
    municipality: &Key,
    form: Form,
    at: i64,
) -> Result<(), StoreError> {
    const SAME: &str = select_practice!("WHERE municipality = $1 AND wave = $2");
    let rows: Vec<Row> = sqlx::query_as(SAME)
        .bind(municipality.as_str())
        .bind(&wave.0)
        .fetch_all(&mut *db)
        .await?;
    for row in rows {
        if practice(row)?.form.title == form.title {
            return Ok(());
        }
    }
    let new = Practice {
        id: PracticeId(0),
        municipality: municipality.clone(),
        wave: wave.0.clone(),
        form,
        state: State::Nominated,
        version: 1,
        released: None,
        confirmed: None,
    };
    insert(db, &new, at, municipality.as_str()).await?;
    Ok(())
}

async fn insert(
    db: &mut SqliteConnection,
    new: &Practice,
    at: i64,
    actor: &str,
) -> Result<i64, StoreError> {
    const INSERT: &str =
        "INSERT INTO practice (municipality, wave, state, version, form, released, confirmed)
        VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
    let state = write_word("practice", &new.state)?;
    let id: i64 = sqlx::query_scalar(INSERT)
        .bind(new.municipality.as_str())
        .bind(&new.wave)
        .bind(&state)
        .bind(i64::from(new.version))
        .bind(write_json("practice", &new.form)?)
        .bind(new.released.map(|d| d.to_string()))
        .bind(new.confirmed.map(|d| d.to_string()))
        .fetch_one(&mut *db)
        .await?;
    event(db, id, at, actor, &state, "").await?;
    Ok(id)
}

/// Reads one practice inside a transaction.
async fn read(db: &mut SqliteConnection, id: PracticeId) -> Result<Option<Practice>, StoreError> {
    const SELECT: &str = select_practice!("WHERE id = $1");
    let row: Option<Row> = sqlx::query_as(SELECT).bind(id.0).fetch_optional(db).await?;
    row.map(practice).transpose()
}

async fn write(db: &mut SqliteConnection, practice: &Practice) -> Result<(), StoreError> {
    const UPDATE: &str =
        "UPDATE practice SET state = $2, version = $3, form = $4, released = $5, confirmed = $6
        WHERE id = $1";
    sqlx::query(UPDATE)
        .bind(practice.id.0)
        .bind(write_word("practice", &practice.state)?)
        .bind(i64::from(practice.version))
        .bind(write_json("practice", &practice.form)?)
        .bind(practice.released.map(|d| d.to_string()))
        .bind(practice.confirmed.map(|d| d.to_string()))
        .execute(db)
        .await?;
    Ok(())
}

impl Store {
    /// All practices, by number.
    pub async fn practices(&self) -> Result<Vec<Practice>, StoreError> {
        const SELECT: &str = select_practice!("ORDER BY id");
        let rows: Vec<Row> = sqlx::query_as(SELECT).fetch_all(&self.read).await?;
        rows.into_iter().map(practice).collect()
    }

    /// One practice.
    pub async fn practice(&self, id: PracticeId) -> Result<Option<Practice>, StoreError> {
        const SELECT: &str = select_practice!("WHERE id = $1");
        let row: Option<Row> = sqlx::query_as(SELECT)
            .bind(id.0)
            .fetch_optional(&self.read)
            .await?;
        row.map(practice).transpose()
    }

    /// Its life so far, oldest first.
    pub async fn practice_events(&self, id: PracticeId) -> Result<Vec<PracticeEvent>, StoreError> {
        const SELECT: &str =
            "SELECT at, actor, state, note FROM practice_event WHERE practice = $1 ORDER BY id";
        let rows: Vec<(i64, String, String, String)> = sqlx::query_as(SELECT)
            .bind(id.0)
            .fetch_all(&self.read)
            .await?;
        rows.into_iter()
            .map(|(at, actor, state, note)| {
                let state = read_word("practice_event", &state)?;
                Ok(PracticeEvent {
                    at: read_time("practice_event", at)?,
                    actor,
                    state,
                    note,
                })
            })
            .collect()
    }

    /// Adds practices as they are (demo, import) and returns their numbers.
    pub async fn add_practices(
        &self,
        new: Vec<Practice>,
        at: Timestamp,
        actor: &str,
    ) -> Result<Vec<PracticeId>, StoreError> {
        let actor = actor.to_owned();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let mut ids = Vec::with_capacity(new.len());
                    for practice in &new {
                        ids.push(PracticeId(
                            insert(&mut *db, practice, at.as_millisecond(), &actor).await?,
                        ));
                    }
                    Ok(ids)
                })
            })
            .await
    }

    /// An editor saves the form, having seen version `seen`. A released or published wording that changes
    /// must be released again: it becomes a draft.
    pub async fn save_practice(
        &self,
        id: PracticeId,
        form: Form,
        seen: u32,
        at: Timestamp,
        actor: &str,
    ) -> Result<PracticeUpdate, StoreError> {
        let actor = actor.to_owned();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let Some(mut practice) = read(&mut *db, id).await? else {
                        return Ok(PracticeUpdate::NotPossible);
                    };
                    if practice.state == State::Withdrawn {
                        return Ok(PracticeUpdate::NotPossible);
                    }
                    if practice.version != seen && practice.form != form {
                        return Ok(PracticeUpdate::Conflict(Box::new(practice)));
                    }
                    if practice.form == form && practice.state != State::Nominated {
                        return Ok(PracticeUpdate::Saved(practice.version));
                    }
                    practice.form = form;
                    practice.version += 1;
                    practice.state = State::Draft;
                    practice.released = None;
                    write(&mut *db, &practice).await?;
                    let at = at.as_millisecond();
                    event(&mut *db, id.0, at, &actor, "draft", "").await?;
                    crate::audit::record(db, at, &actor, "practice-saved", &id.0.to_string(), "")
                        .await?;
                    Ok(PracticeUpdate::Saved(practice.version))
                })
            })
            .await
    }

    /// Sends exactly the version `seen` for release: keeps the link's hash and queues the mail in one transaction.
    pub async fn send_for_release(
        &self,
        id: PracticeId,
        seen: u32,
        link: AccessHash,
        mail: NewMail,
        at: Timestamp,
        actor: &str,
    ) -> Result<PracticeUpdate, StoreError> {
        const LINK: &str =
            "INSERT INTO release_link (hash, practice, version, made) VALUES ($1, $2, $3, $4)";
        let actor = actor.to_owned();
        let at = at.as_millisecond();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let Some(mut practice) = read(&mut *db, id).await? else {
                        return Ok(PracticeUpdate::NotPossible);
                    };
                    if practice.version != seen {
                        return Ok(PracticeUpdate::Conflict(Box::new(practice)));
                    }
                    if matches!(
                        practice.state,
                        State::Withdrawn | State::Released | State::Published
                    ) {
                        return Ok(PracticeUpdate::NotPossible);
                    }
                    practice.state = State::SentForRelease;
                    write(&mut *db, &practice).await?;
                    sqlx::query(LINK)
                        .bind(link.0)
                        .bind(id.0)
                        .bind(i64::from(seen))
                        .bind(at)
                        .execute(&mut *db)
                        .await?;
                    crate::mail::queue(&mut *db, &mail, at).await?;
                    event(&mut *db, id.0, at, &actor, "sent-for-release", "").await?;
                    crate::audit::record(
                        db,
                        at,
                        &actor,
                        "practice-sent-for-release",
                        &id.0.to_string(),
                        "",
                    )
                    .await?;
                    Ok(PracticeUpdate::Saved(seen))
                })
            })
            .await
    }

    /// What a mailed release link shows.
    pub async fn release_link(&self, hash: &AccessHash) -> Result<Option<ReleaseLink>, StoreError> {
        const SELECT: &str = "SELECT practice, version FROM release_link WHERE hash = $1";
        let row: Option<(i64, i64)> = sqlx::query_as(SELECT)
            .bind(&hash.0)
            .fetch_optional(&self.read)
            .await?;
        let Some((id, version)) = row else {
            return Ok(None);
        };
        let practice = self.practice(PracticeId(id)).await?;
        Ok(practice.map(|practice| ReleaseLink {
            practice,
            version: u32::try_from(version).unwrap_or(0),
        }))
    }

    /// The municipality releases the wording behind its link, or asks for changes with a note.
    pub async fn answer_release(
        &self,
        hash: &AccessHash,
        release: bool,
        note: &str,
        at: Timestamp,
        today: Date,
    ) -> Result<PracticeUpdate, StoreError> {
        let Some(link) = self.release_link(hash).await? else {
            return Ok(PracticeUpdate::NotPossible);
        };
        let (id, seen, note) = (link.practice.id, link.version, note.to_owned());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let Some(mut practice) = read(&mut *db, id).await? else {
                        return Ok(PracticeUpdate::NotPossible);
                    };
                    if practice.version != seen {
                        return Ok(PracticeUpdate::Conflict(Box::new(practice)));
                    }
                    if practice.state != State::SentForRelease {
                        return Ok(PracticeUpdate::NotPossible);
                    }
                    let state = if release {
                        State::Released
                    } else {
                        State::ChangesRequested
                    };
                    practice.state = state;
                    if release {
                        practice.released = Some(today);
                        practice.confirmed = Some(today);
                    }
                    write(&mut *db, &practice).await?;
                    let word = write_word("practice", &state)?;
                    let municipality = practice.municipality.to_string();
                    event(
                        &mut *db,
                        id.0,
                        at.as_millisecond(),
                        &municipality,
                        &word,
                        &note,
                    )
                    .await?;
                    Ok(PracticeUpdate::Saved(seen))
                })
            })
            .await
    }

    /// Marks released practices as published, with an edition.
    pub async fn mark_published(
        &self,
        ids: Vec<PracticeId>,
        at: Timestamp,
        actor: &str,
    ) -> Result<(), StoreError> {
        let actor = actor.to_owned();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    for id in ids {
                        let Some(mut practice) = read(&mut *db, id).await? else {
                            continue;
                        };
                        if practice.state == State::Released {
                            practice.state = State::Published;
                            write(&mut *db, &practice).await?;
                            event(&mut *db, id.0, at.as_millisecond(), &actor, "published", "")
                                .await?;
                        }
                    }
                    Ok(())
                })
            })
            .await
    }
}
