//! Take-ups: other municipalities that did it too.

use crate::sql::{self, Connection};
use fieldwork::AccessHash;
use jiff::Timestamp;
use jiff::civil::Date;
use practices::{PracticeId, State, TakeUp, TakeUpForm, TakeUpId};
use register::Key;

use crate::database::Store;
use crate::error::{StoreError, read_json, read_time, read_word, write_json, write_word};
use crate::mail::NewMail;
use crate::practice::read_day;

/// What became of a change to a take-up.
#[derive(Clone, Debug, PartialEq)]
pub enum TakeUpUpdate {
    /// Durable; the new version.
    Saved(u32),
    /// Somebody else changed it; this is what stands now.
    Conflict(Box<TakeUp>),
    /// There is none, or its state does not allow the step.
    NotPossible,
}

/// A step of a take-up's life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeUpEvent {
    /// When.
    pub at: Timestamp,
    /// Who: a member of staff, or the key of the municipality.
    pub actor: String,
    /// `added`, `saved`, `sent-for-release`, `released`, `refused` or `withdrawn`.
    pub step: String,
    /// Version of the wording.
    pub version: u32,
}

/// Writes a step within the transaction that takes it.
async fn event(
    db: &mut Connection,
    (id, version): (i64, u32),
    at: i64,
    actor: &str,
    step: &str,
) -> Result<(), StoreError> {
    const INSERT: &str =
        "INSERT INTO take_up_event (take_up, at, actor, step, version) VALUES ($1, $2, $3, $4, $5)";
    sql::query(INSERT)
        .bind(id)
        .bind(at)
        .bind(actor)
        .bind(step)
        .bind(i64::from(version))
        .execute(db)
        .await?;
    Ok(())
}

type Row = (
    i64,
    i64,
    String,
    Option<i64>,
    String,
    i64,
    String,
    Option<String>,
);

macro_rules! select_take_up {
    ($rest:literal) => {
        concat!(
            "SELECT id, practice, municipality, via, state, version, form, released FROM take_up ",
            $rest
        )
    };
}

fn take_up(
    (id, practice, municipality, via, state, version, form, released): Row,
) -> Result<TakeUp, StoreError> {
    let fault = |cause: String| StoreError::Document {
        table: "take_up",
        cause,
    };
    Ok(TakeUp {
        id: TakeUpId(id),
        practice: PracticeId(practice),
        municipality: Key::new(municipality).map_err(|e| fault(e.to_string()))?,
        via: via.map(TakeUpId),
        form: read_json("take_up", &form)?,
        state: read_word("take_up", &state)?,
        version: u32::try_from(version).map_err(|e| fault(e.to_string()))?,
        released: released.map(|d| read_day("take_up", &d)).transpose()?,
    })
}

async fn read(db: &mut Connection, id: TakeUpId) -> Result<Option<TakeUp>, StoreError> {
    const SELECT: &str = select_take_up!("WHERE id = $1");
    let row: Option<Row> = sql::query_as(SELECT).bind(id.0).fetch_optional(db).await?;
    row.map(take_up).transpose()
}

async fn write(db: &mut Connection, take_up: &TakeUp) -> Result<(), StoreError> {
    const UPDATE: &str =
        "UPDATE take_up SET state = $2, version = $3, form = $4, released = $5 WHERE id = $1";
    sql::query(UPDATE)
        .bind(take_up.id.0)
        .bind(write_word("take_up", &take_up.state)?)
        .bind(i64::from(take_up.version))
        .bind(write_json("take_up", &take_up.form)?)
        .bind(take_up.released.map(|d| d.to_string()))
        .execute(db)
        .await?;
    Ok(())
}

impl Store {
    /// Take-ups by number, all or those in one state.
    pub async fn take_ups(&self, state: Option<State>) -> Result<Vec<TakeUp>, StoreError> {
        const SELECT: &str = select_take_up!("ORDER BY id");
        let rows: Vec<Row> = sql::query_as(SELECT).fetch_all(&self.read).await?;
        let all = rows.into_iter().map(take_up);
        all.filter(|t| {
            t.as_ref()
                .map_or(true, |t| state.is_none_or(|s| t.state == s))
        })
        .collect()
    }

    /// One take-up.
    pub async fn take_up(&self, id: TakeUpId) -> Result<Option<TakeUp>, StoreError> {
        const SELECT: &str = select_take_up!("WHERE id = $1");
        let row: Option<Row> = sql::query_as(SELECT)
            .bind(id.0)
            .fetch_optional(&self.read)
            .await?;
        row.map(take_up).transpose()
    }

    /// What became of a take-up, oldest first.
    pub async fn take_up_events(&self, id: TakeUpId) -> Result<Vec<TakeUpEvent>, StoreError> {
        const SELECT: &str =
            "SELECT at, actor, step, version FROM take_up_event WHERE take_up = $1 ORDER BY id";
        let rows: Vec<(i64, String, String, i64)> = sql::query_as(SELECT)
            .bind(id.0)
            .fetch_all(&self.read)
            .await?;
        rows.into_iter()
            .map(|(at, actor, step, version)| {
                Ok(TakeUpEvent {
                    at: read_time("take_up_event", at)?,
                    actor,
                    step,
                    version: u32::try_from(version).unwrap_or(0),
                })
            })
            .collect()
    }

    /// Where a take-up's municipality is reached: for the house only.
    pub async fn take_up_mail(&self, id: TakeUpId) -> Result<String, StoreError> {
        const SELECT: &str = "SELECT owner_mail FROM take_up WHERE id = $1";
        let mail: Option<String> = sql::query_scalar(SELECT)
            .bind(id.0)
            .fetch_optional(&self.read)
            .await?;
        Ok(mail.unwrap_or_default())
    }

    /// Adds a take-up in its state, with the mails that follow.
    pub async fn add_take_up(
        &self,
        new: TakeUp,
        owner_mail: &str,
        mails: Vec<NewMail>,
        at: Timestamp,
    ) -> Result<TakeUpId, StoreError> {
        const INSERT: &str =
            "INSERT INTO take_up (practice, municipality, via, state, version, form, released, owner_mail, made)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id";
        let (owner_mail, at) = (owner_mail.to_owned(), at.as_millisecond());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let id: i64 = sql::query_scalar(INSERT)
                        .bind(new.practice.0)
                        .bind(new.municipality.as_str())
                        .bind(new.via.map(|v| v.0))
                        .bind(write_word("take_up", &new.state)?)
                        .bind(i64::from(new.version))
                        .bind(write_json("take_up", &new.form)?)
                        .bind(new.released.map(|d| d.to_string()))
                        .bind(owner_mail)
                        .bind(at)
                        .fetch_one(&mut *db)
                        .await?;
                    let who = new.municipality.as_str();
                    event(&mut *db, (id, new.version), at, who, "added").await?;
                    for mail in &mails {
                        crate::mail::queue(&mut *db, mail, at).await?;
                    }
                    Ok(TakeUpId(id))
                })
            })
            .await
    }

    /// An editor saves the wording, having seen version `seen`; a wording that changes must be released again.
    pub async fn save_take_up(
        &self,
        id: TakeUpId,
        form: TakeUpForm,
        seen: u32,
        at: Timestamp,
        actor: &str,
    ) -> Result<TakeUpUpdate, StoreError> {
        let actor = actor.to_owned();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let Some(mut take_up) = read(&mut *db, id).await? else {
                        return Ok(TakeUpUpdate::NotPossible);
                    };
                    if take_up.version != seen && take_up.form != form {
                        return Ok(TakeUpUpdate::Conflict(Box::new(take_up)));
                    }
                    if take_up.form == form {
                        return Ok(TakeUpUpdate::Saved(take_up.version));
                    }
                    take_up.form = form;
                    take_up.version += 1;
                    take_up.state = State::InReview;
                    take_up.released = None;
                    write(&mut *db, &take_up).await?;
                    let at = at.as_millisecond();
                    event(&mut *db, (id.0, take_up.version), at, &actor, "saved").await?;
                    let id = id.0.to_string();
                    crate::audit::record(db, at, &actor, "take-up-saved", &id, "").await?;
                    Ok(TakeUpUpdate::Saved(take_up.version))
                })
            })
            .await
    }

    /// Sends exactly the version `seen` for release.
    pub async fn send_take_up(
        &self,
        id: TakeUpId,
        seen: u32,
        (link, mail): (AccessHash, NewMail),
        at: Timestamp,
        actor: &str,
    ) -> Result<TakeUpUpdate, StoreError> {
        const LINK: &str =
            "INSERT INTO take_up_link (hash, take_up, version, made) VALUES ($1, $2, $3, $4)";
        let (at, actor) = (at.as_millisecond(), actor.to_owned());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let Some(mut take_up) = read(&mut *db, id).await? else {
                        return Ok(TakeUpUpdate::NotPossible);
                    };
                    if take_up.version != seen {
                        return Ok(TakeUpUpdate::Conflict(Box::new(take_up)));
                    }
                    if !matches!(take_up.state, State::InReview | State::SentForRelease) {
                        return Ok(TakeUpUpdate::NotPossible);
                    }
                    take_up.state = State::SentForRelease;
                    write(&mut *db, &take_up).await?;
                    sql::query(LINK)
                        .bind(link.0)
                        .bind(id.0)
                        .bind(i64::from(seen))
                        .bind(at)
                        .execute(&mut *db)
                        .await?;
                    crate::mail::queue(&mut *db, &mail, at).await?;
                    event(&mut *db, (id.0, seen), at, &actor, "sent-for-release").await?;
                    let id = id.0.to_string();
                    crate::audit::record(db, at, &actor, "take-up-sent-for-release", &id, "")
                        .await?;
                    Ok(TakeUpUpdate::Saved(seen))
                })
            })
            .await
    }

    /// The take-up behind a mailed link with the version that the link is for.
    pub async fn take_up_link(
        &self,
        hash: &AccessHash,
    ) -> Result<Option<(TakeUp, u32)>, StoreError> {
        const SELECT: &str = "SELECT take_up, version FROM take_up_link WHERE hash = $1";
        let row: Option<(i64, i64)> = sql::query_as(SELECT)
            .bind(&hash.0)
            .fetch_optional(&self.read)
            .await?;
        let Some((id, version)) = row else {
            return Ok(None);
        };
        let take_up = self.take_up(TakeUpId(id)).await?;
        Ok(take_up.map(|t| (t, u32::try_from(version).unwrap_or(0))))
    }

    /// The municipality releases the wording behind its link, which is then shown, or takes it back.
    pub async fn answer_take_up(
        &self,
        hash: &AccessHash,
        release: bool,
        at: Timestamp,
        today: Date,
    ) -> Result<TakeUpUpdate, StoreError> {
        let Some((take_up, version)) = self.take_up_link(hash).await? else {
            return Ok(TakeUpUpdate::NotPossible);
        };
        let id = take_up.id;
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let Some(mut take_up) = read(&mut *db, id).await? else {
                        return Ok(TakeUpUpdate::NotPossible);
                    };
                    if take_up.version != version {
                        return Ok(TakeUpUpdate::Conflict(Box::new(take_up)));
                    }
                    if take_up.state != State::SentForRelease {
                        return Ok(TakeUpUpdate::NotPossible);
                    }
                    take_up.state = if release {
                        State::Published
                    } else {
                        State::Withdrawn
                    };
                    take_up.released = release.then_some(today);
                    write(&mut *db, &take_up).await?;
                    let who = take_up.municipality.as_str();
                    let step = if release { "released" } else { "refused" };
                    event(db, (id.0, version), at.as_millisecond(), who, step).await?;
                    Ok(TakeUpUpdate::Saved(version))
                })
            })
            .await
    }

    /// An editor takes a take-up back.
    pub async fn withdraw_take_up(
        &self,
        id: TakeUpId,
        at: Timestamp,
        actor: &str,
    ) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE take_up SET state = 'withdrawn' WHERE id = $1";
        let (at, actor) = (at.as_millisecond(), actor.to_owned());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let Some(take_up) = read(&mut *db, id).await? else {
                        return Ok(());
                    };
                    sql::query(UPDATE).bind(id.0).execute(&mut *db).await?;
                    event(&mut *db, (id.0, take_up.version), at, &actor, "withdrawn").await?;
                    let id = id.0.to_string();
                    crate::audit::record(db, at, &actor, "take-up-withdrawn", &id, "").await
                })
            })
            .await
    }
}
