//! Practices: their wordings and the steps of their life. Which step is possible says `practices::next`.

use crate::sql::{self, Connection};
use fieldwork::{AccessHash, WaveName};
use jiff::Timestamp;
use jiff::civil::Date;
use practices::{Actor, Form, Practice, PracticeId, State, Step, next};
use register::Key;

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
    /// The step; unknown for what was written before steps had names.
    pub step: Option<Step>,
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

/// What a municipality decides about a wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReleaseDecision {
    /// Released under these conditions of use, with the function mailbox or without.
    Release {
        /// Key of the conditions, one of `practices::LICENCES`.
        licence: String,
        /// Whether the mailbox may be published.
        mailbox: bool,
    },
    /// To be changed first.
    Changes {
        /// What.
        note: String,
    },
    /// Not to be published at all.
    Refuse {
        /// Why, if it said.
        note: String,
    },
}

/// A step that changes nothing but the state.
#[derive(Clone, Debug)]
pub struct StepTaken {
    /// The step.
    pub step: Step,
    /// In which role.
    pub who: Actor,
    /// By whom: the mail address of a member of staff, a municipality's key, or how somebody called themselves.
    pub actor: String,
    /// Words to it.
    pub note: String,
    /// Mails that it causes.
    pub mails: Vec<NewMail>,
}

pub(crate) type Row = (
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
    Ok(Practice {
        id: PracticeId(id),
        municipality: Key::new(municipality).map_err(|e| fault(e.to_string()))?,
        wave,
        form: read_json("practice", &form)?,
        state: read_word("practice", &state)?,
        version: u32::try_from(version).map_err(|e| fault(e.to_string()))?,
        released: released.map(|d| read_day("practice", &d)).transpose()?,
        confirmed: confirmed.map(|d| read_day("practice", &d)).transpose()?,
    })
}

/// A day of the database.
pub(crate) fn read_day(table: &'static str, text: &str) -> Result<Date, StoreError> {
    text.parse()
        .map_err(|cause: jiff::Error| StoreError::Document {
            table,
            cause: cause.to_string(),
        })
}

/// Writes a step into the history, and what staff did into the audit log.
pub(crate) async fn event(
    db: &mut Connection,
    id: i64,
    at: i64,
    state: State,
    taken: &StepTaken,
) -> Result<(), StoreError> {
    const INSERT: &str = "INSERT INTO practice_event (practice, at, actor, state, step, note)
        VALUES ($1, $2, $3, $4, $5, $6)";
    let step = write_word("practice_event", &taken.step)?;
    sql::query(INSERT)
        .bind(id)
        .bind(at)
        .bind(&taken.actor)
        .bind(write_word("practice_event", &state)?)
        .bind(&step)
        .bind(&taken.note)
        .execute(&mut *db)
        .await?;
    for mail in &taken.mails {
        crate::mail::queue(&mut *db, mail, at).await?;
    }
    if taken.who == Actor::Editor {
        let action = match taken.step {
            Step::Save => "practice-saved".to_owned(),
            Step::SendForRelease => "practice-sent-for-release".to_owned(),
            _ => format!("practice-{step}"),
        };
        crate::audit::record(db, at, &taken.actor, &action, &id.to_string(), &taken.note).await?;
    }
    Ok(())
}

/// A practice that a response names; one with the same title from the same response is not added twice.
pub(crate) async fn nominate(
    db: &mut Connection,
    wave: &WaveName,
    municipality: &Key,
    form: Form,
    at: i64,
) -> Result<(), StoreError> {
    const SAME: &str = select_practice!("WHERE municipality = $1 AND wave = $2");
    let rows: Vec<Row> = sql::query_as(SAME)
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
    insert(db, &new, at, named(Actor::Owner, municipality.as_str())).await?;
    Ok(())
}

fn named(who: Actor, actor: &str) -> StepTaken {
    StepTaken {
        step: Step::Nominate,
        who,
        actor: actor.to_owned(),
        note: String::new(),
        mails: Vec::new(),
    }
}

pub(crate) async fn insert(
    db: &mut Connection,
    new: &Practice,
    at: i64,
    taken: StepTaken,
) -> Result<i64, StoreError> {
    const INSERT: &str =
        "INSERT INTO practice (municipality, wave, state, version, form, released, confirmed)
        VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
    let id: i64 = sql::query_scalar(INSERT)
        .bind(new.municipality.as_str())
        .bind(&new.wave)
        .bind(write_word("practice", &new.state)?)
        .bind(i64::from(new.version))
        .bind(write_json("practice", &new.form)?)
        .bind(new.released.map(|d| d.to_string()))
        .bind(new.confirmed.map(|d| d.to_string()))
        .fetch_one(&mut *db)
        .await?;
    event(db, id, at, new.state, &taken).await?;
    Ok(id)
}

/// Reads one practice inside a transaction.
pub(crate) async fn read(
    db: &mut Connection,
    id: PracticeId,
) -> Result<Option<Practice>, StoreError> {
    const SELECT: &str = select_practice!("WHERE id = $1");
    let row: Option<Row> = sql::query_as(SELECT).bind(id.0).fetch_optional(db).await?;
    row.map(practice).transpose()
}

pub(crate) async fn write(db: &mut Connection, practice: &Practice) -> Result<(), StoreError> {
    const UPDATE: &str =
        "UPDATE practice SET state = $2, version = $3, form = $4, released = $5, confirmed = $6
        WHERE id = $1";
    sql::query(UPDATE)
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
    /// All practices, by number: the newest wording of each, published or not.
    pub async fn practices(&self) -> Result<Vec<Practice>, StoreError> {
        const SELECT: &str = select_practice!("ORDER BY id");
        let rows: Vec<Row> = sql::query_as(SELECT).fetch_all(&self.read).await?;
        rows.into_iter().map(practice).collect()
    }

    /// The practices that a municipality named in a wave, by number.
    pub async fn practices_of(
        &self,
        wave: &WaveName,
        municipality: &Key,
    ) -> Result<Vec<Practice>, StoreError> {
        const SELECT: &str = select_practice!("WHERE wave = $1 AND municipality = $2 ORDER BY id");
        let rows: Vec<Row> = sql::query_as(SELECT)
            .bind(&wave.0)
            .bind(municipality.as_str())
            .fetch_few(&self.read)
            .await?;
        rows.into_iter().map(practice).collect()
    }

    /// One practice.
    pub async fn practice(&self, id: PracticeId) -> Result<Option<Practice>, StoreError> {
        const SELECT: &str = select_practice!("WHERE id = $1");
        let row: Option<Row> = sql::query_as(SELECT)
            .bind(id.0)
            .fetch_optional(&self.read)
            .await?;
        row.map(practice).transpose()
    }

    /// Its life so far, oldest first.
    pub async fn practice_events(&self, id: PracticeId) -> Result<Vec<PracticeEvent>, StoreError> {
        const SELECT: &str = "SELECT at, actor, state, step, note FROM practice_event
            WHERE practice = $1 ORDER BY id";
        let rows: Vec<(i64, String, String, String, String)> = sql::query_as(SELECT)
            .bind(id.0)
            .fetch_all(&self.read)
            .await?;
        rows.into_iter()
            .map(|(at, actor, state, step, note)| {
                Ok(PracticeEvent {
                    at: read_time("practice_event", at)?,
                    actor,
                    state: read_word("practice_event", &state)?,
                    step: match step.as_str() {
                        "" => None,
                        step => Some(read_word("practice_event", step)?),
                    },
                    note,
                })
            })
            .collect()
    }

    /// Where the owner of a practice was last reached: for the house only, never published.
    pub async fn owner_mail(&self, id: PracticeId) -> Result<String, StoreError> {
        const SELECT: &str = "SELECT owner_mail FROM practice WHERE id = $1";
        let mail: Option<String> = sql::query_scalar(SELECT)
            .bind(id.0)
            .fetch_optional(&self.read)
            .await?;
        Ok(mail.unwrap_or_default())
    }

    /// The conditions of use that the owner accepted last, and whether its mailbox may be published.
    pub async fn release_terms(&self, id: PracticeId) -> Result<(String, bool), StoreError> {
        const SELECT: &str = "SELECT licence, mailbox_released FROM practice WHERE id = $1";
        let row: Option<(String, i64)> = sql::query_as(SELECT)
            .bind(id.0)
            .fetch_optional(&self.read)
            .await?;
        Ok(row.map_or_else(Default::default, |(licence, mailbox)| {
            (licence, mailbox == 1)
        }))
    }

    /// Notes the conditions for practices that come with them (demo, import).
    pub async fn put_release_terms(
        &self,
        ids: Vec<PracticeId>,
        licence: &str,
        mailbox: bool,
    ) -> Result<(), StoreError> {
        const UPDATE: &str =
            "UPDATE practice SET licence = $2, mailbox_released = $3 WHERE id = $1";
        let licence = licence.to_owned();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    for id in ids {
                        sql::query(UPDATE)
                            .bind(id.0)
                            .bind(&licence)
                            .bind(i64::from(mailbox))
                            .execute(&mut *db)
                            .await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Notes where the owner is reached.
    pub async fn put_owner_mail(&self, id: PracticeId, mail: &str) -> Result<(), StoreError> {
        let mail = mail.to_owned();
        self.writer
            .write(move |db| Box::pin(async move { owner_mail(db, id.0, &mail).await }))
            .await
    }

    /// Adds practices as they are (demo, import) and returns their numbers. What is published gets its first
    /// citable wording.
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
                        let taken = named(Actor::Service, &actor);
                        let id = insert(&mut *db, practice, at.as_millisecond(), taken).await?;
                        ids.push(PracticeId(id));
                        if let (State::Published, Some(day)) = (practice.state, practice.released) {
                            let mut published = practice.clone();
                            published.id = PracticeId(id);
                            crate::published::keep(&mut *db, &published, day).await?;
                        }
                    }
                    Ok(ids)
                })
            })
            .await
    }

    /// Adds one practice by a named step, with the link to its form where one was mailed, and the mails that follow.
    pub async fn propose_practice(
        &self,
        new: Practice,
        owner: &str,
        link: Option<AccessHash>,
        taken: StepTaken,
        at: Timestamp,
    ) -> Result<PracticeId, StoreError> {
        let (at, owner) = (at.as_millisecond(), owner.to_owned());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let actor = taken.actor.clone();
                    let id = insert(&mut *db, &new, at, taken).await?;
                    owner_mail(&mut *db, id, &owner).await?;
                    if let Some(link) = link {
                        crate::practice_link::put(&mut *db, &link, id, "form", &actor, at).await?;
                    }
                    Ok(PracticeId(id))
                })
            })
            .await
    }

    /// Saves the form, having seen version `seen`. A released or published wording that changes must be released
    /// again: it becomes a draft; what is published stays as it is until the new wording is.
    pub async fn save_practice(
        &self,
        id: PracticeId,
        form: Form,
        seen: u32,
        at: Timestamp,
        (who, actor): (Actor, &str),
    ) -> Result<PracticeUpdate, StoreError> {
        let taken = StepTaken {
            step: Step::Save,
            ..named(who, actor)
        };
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let Some(mut practice) = read(&mut *db, id).await? else {
                        return Ok(PracticeUpdate::NotPossible);
                    };
                    let Ok(state) = next(practice.state, Step::Save, who) else {
                        return Ok(PracticeUpdate::NotPossible);
                    };
                    if practice.version != seen && practice.form != form {
                        return Ok(PracticeUpdate::Conflict(Box::new(practice)));
                    }
                    if practice.form == form && practice.state != State::Nominated {
                        return Ok(PracticeUpdate::Saved(practice.version));
                    }
                    practice.form = form;
                    practice.version += 1;
                    practice.state = state;
                    practice.released = None;
                    write(&mut *db, &practice).await?;
                    event(&mut *db, id.0, at.as_millisecond(), state, &taken).await?;
                    Ok(PracticeUpdate::Saved(practice.version))
                })
            })
            .await
    }

    /// Takes a step that changes the state alone, having seen version `seen`. Withdrawing also takes what is published
    /// off the public pages.
    pub async fn take_practice_step(
        &self,
        id: PracticeId,
        seen: u32,
        taken: StepTaken,
        at: Timestamp,
    ) -> Result<PracticeUpdate, StoreError> {
        let at = at.as_millisecond();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let Some(mut practice) = read(&mut *db, id).await? else {
                        return Ok(PracticeUpdate::NotPossible);
                    };
                    let Ok(state) = next(practice.state, taken.step, taken.who) else {
                        return Ok(PracticeUpdate::NotPossible);
                    };
                    if practice.version != seen {
                        return Ok(PracticeUpdate::Conflict(Box::new(practice)));
                    }
                    practice.state = state;
                    write(&mut *db, &practice).await?;
                    if state == State::Withdrawn {
                        crate::published::hide(&mut *db, id, at).await?;
                    }
                    event(&mut *db, id.0, at, state, &taken).await?;
                    Ok(PracticeUpdate::Saved(seen))
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
        let at = at.as_millisecond();
        let to = mail.to.clone();
        let taken = StepTaken {
            step: Step::SendForRelease,
            mails: vec![mail],
            ..named(Actor::Editor, actor)
        };
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let Some(mut practice) = read(&mut *db, id).await? else {
                        return Ok(PracticeUpdate::NotPossible);
                    };
                    let Ok(state) = next(practice.state, Step::SendForRelease, Actor::Editor)
                    else {
                        return Ok(PracticeUpdate::NotPossible);
                    };
                    if practice.version != seen {
                        return Ok(PracticeUpdate::Conflict(Box::new(practice)));
                    }
                    practice.state = state;
                    write(&mut *db, &practice).await?;
                    owner_mail(&mut *db, id.0, &to).await?;
                    sql::query(LINK)
                        .bind(link.0)
                        .bind(id.0)
                        .bind(i64::from(seen))
                        .bind(at)
                        .execute(&mut *db)
                        .await?;
                    event(&mut *db, id.0, at, state, &taken).await?;
                    Ok(PracticeUpdate::Saved(seen))
                })
            })
            .await
    }

    /// What a mailed release link shows.
    pub async fn release_link(&self, hash: &AccessHash) -> Result<Option<ReleaseLink>, StoreError> {
        const SELECT: &str = "SELECT practice, version FROM release_link WHERE hash = $1";
        let row: Option<(i64, i64)> = sql::query_as(SELECT)
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

    /// The municipality releases the wording behind its link with its conditions of use, asks for changes, or refuses.
    pub async fn answer_release(
        &self,
        hash: &AccessHash,
        decision: ReleaseDecision,
        mails: Vec<NewMail>,
        at: Timestamp,
        today: Date,
    ) -> Result<PracticeUpdate, StoreError> {
        const ACCEPTED: &str =
            "UPDATE practice SET licence = $2, mailbox_released = $3 WHERE id = $1";
        let Some(link) = self.release_link(hash).await? else {
            return Ok(PracticeUpdate::NotPossible);
        };
        let (id, seen, at) = (link.practice.id, link.version, at.as_millisecond());
        let (step, note) = match &decision {
            ReleaseDecision::Release { licence, .. } => (Step::Release, licence.clone()),
            ReleaseDecision::Changes { note } => (Step::RequestChanges, note.clone()),
            ReleaseDecision::Refuse { note } => (Step::Withdraw, note.clone()),
        };
        let taken = StepTaken {
            step,
            note,
            mails,
            ..named(Actor::Owner, link.practice.municipality.as_str())
        };
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let Some(mut practice) = read(&mut *db, id).await? else {
                        return Ok(PracticeUpdate::NotPossible);
                    };
                    if practice.version != seen {
                        return Ok(PracticeUpdate::Conflict(Box::new(practice)));
                    }
                    // The link of a wording that is settled takes nothing back: other links are for that.
                    if practice.state != State::SentForRelease {
                        return Ok(PracticeUpdate::NotPossible);
                    }
                    let Ok(state) = next(practice.state, step, Actor::Owner) else {
                        return Ok(PracticeUpdate::NotPossible);
                    };
                    practice.state = state;
                    if let ReleaseDecision::Release { licence, mailbox } = decision {
                        practice.released = Some(today);
                        practice.confirmed = Some(today);
                        sql::query(ACCEPTED)
                            .bind(id.0)
                            .bind(licence)
                            .bind(i64::from(mailbox))
                            .execute(&mut *db)
                            .await?;
                    }
                    write(&mut *db, &practice).await?;
                    event(&mut *db, id.0, at, state, &taken).await?;
                    Ok(PracticeUpdate::Saved(seen))
                })
            })
            .await
    }

    /// Publishes released practices on a day: each gets its next citable wording. Others are left alone. The mail for
    /// each, where one is to go out, is queued with it.
    pub async fn mark_published(
        &self,
        ids: Vec<PracticeId>,
        mails: Vec<NewMail>,
        at: Timestamp,
        today: Date,
        actor: &str,
    ) -> Result<(), StoreError> {
        let taken = StepTaken {
            step: Step::Publish,
            ..named(Actor::Editor, actor)
        };
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    for id in ids {
                        let Some(mut practice) = read(&mut *db, id).await? else {
                            continue;
                        };
                        let Ok(state) = next(practice.state, Step::Publish, Actor::Editor) else {
                            continue;
                        };
                        practice.state = state;
                        write(&mut *db, &practice).await?;
                        crate::published::keep(&mut *db, &practice, today).await?;
                        event(&mut *db, id.0, at.as_millisecond(), state, &taken).await?;
                    }
                    for mail in &mails {
                        crate::mail::queue(&mut *db, mail, at.as_millisecond()).await?;
                    }
                    Ok(())
                })
            })
            .await
    }
}

async fn owner_mail(db: &mut Connection, id: i64, mail: &str) -> Result<(), StoreError> {
    const UPDATE: &str = "UPDATE practice SET owner_mail = $2 WHERE id = $1";
    sql::query(UPDATE).bind(id).bind(mail).execute(db).await?;
    Ok(())
}
