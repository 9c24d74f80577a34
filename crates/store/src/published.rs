//! What everybody may see of practices: published wordings, how fresh they are, and who took them up.

use std::collections::BTreeMap;

use crate::sql::{self, Connection};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use practices::{
    Actor, Answer, Confirmation, Form, Practice, PracticeId, Publication, PublishedExample, State,
    Step, next,
};
use register::Key;

use crate::database::Store;
use crate::error::{StoreError, read_json, read_time, read_word, write_json, write_word};
use crate::mail::NewMail;
use crate::practice::{PracticeUpdate, StepTaken, event, read, read_day, write};

/// Keeps a wording for good, as the practice's next one; the mailbox only where its owner released it.
pub(crate) async fn keep(
    db: &mut Connection,
    practice: &Practice,
    today: Date,
) -> Result<(), StoreError> {
    const ACCEPTED: &str = "SELECT licence, mailbox_released FROM practice WHERE id = $1";
    const NUMBER: &str =
        "SELECT COALESCE(MAX(number), 0) + 1 FROM practice_version WHERE practice = $1";
    const INSERT: &str =
        "INSERT INTO practice_version (practice, number, version, form, released, published, licence)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    const SHOW: &str = "UPDATE practice SET hidden = NULL, faded = NULL WHERE id = $1";
    let (licence, mailbox): (String, i64) = sql::query_as(ACCEPTED)
        .bind(practice.id.0)
        .fetch_one(&mut *db)
        .await?;
    let number: i64 = sql::query_scalar(NUMBER)
        .bind(practice.id.0)
        .fetch_one(&mut *db)
        .await?;
    let form = Form {
        mailbox: practice.form.mailbox.clone().filter(|_| mailbox == 1),
        ..practice.form.clone()
    };
    sql::query(INSERT)
        .bind(practice.id.0)
        .bind(number)
        .bind(i64::from(practice.version))
        .bind(write_json("practice_version", &form)?)
        .bind(practice.released.unwrap_or(today).to_string())
        .bind(today.to_string())
        .bind(licence)
        .execute(&mut *db)
        .await?;
    sql::query(SHOW).bind(practice.id.0).execute(db).await?;
    Ok(())
}

/// Takes a practice off the public pages.
pub(crate) async fn hide(db: &mut Connection, id: PracticeId, at: i64) -> Result<(), StoreError> {
    const UPDATE: &str = "UPDATE practice SET hidden = $2 WHERE id = $1";
    sql::query(UPDATE).bind(id.0).bind(at).execute(db).await?;
    Ok(())
}

type VersionRow = (i64, i64, i64, String, String, String, String);

fn publication(
    (_, number, version, form, released, published, licence): &VersionRow,
) -> Result<Publication, StoreError> {
    let count = |n: i64| {
        u32::try_from(n).map_err(|e| StoreError::Document {
            table: "practice_version",
            cause: e.to_string(),
        })
    };
    Ok(Publication {
        number: count(*number)?,
        version: count(*version)?,
        form: read_json("practice_version", form)?,
        released: read_day("practice_version", released)?,
        published: read_day("practice_version", published)?,
        licence: licence.clone(),
    })
}

/// A day of a moment as it is counted in Germany.
fn day(at: i64) -> Result<Date, StoreError> {
    let zone = TimeZone::get("Europe/Berlin").expect("the time zone table is compiled in");
    Ok(read_time("practice", at)?.to_zoned(zone).date())
}

/// Number, municipality, wave, last confirmation and fading of a practice.
type OwnerRow = (i64, String, String, Option<String>, Option<i64>);

impl Store {
    /// All published examples, by number; what was taken back is not among them.
    pub async fn published(&self) -> Result<Vec<PublishedExample>, StoreError> {
        const VERSIONS: &str =
            "SELECT v.practice, v.number, v.version, v.form, v.released, v.published, v.licence
            FROM practice_version v JOIN practice p ON p.id = v.practice
            WHERE p.hidden IS NULL ORDER BY v.practice, v.number";
        const OWNERS: &str =
            "SELECT id, municipality, wave, confirmed, faded FROM practice ORDER BY id";
        let rows: Vec<VersionRow> = sql::query_as(VERSIONS).fetch_all(&self.read).await?;
        let mut versions: BTreeMap<i64, Vec<VersionRow>> = BTreeMap::new();
        for row in rows {
            versions.entry(row.0).or_default().push(row);
        }
        let mut said = self.confirmations().await?;
        let mut take_ups = self.take_ups(Some(State::Published)).await?;
        let owners: Vec<OwnerRow> = sql::query_as(OWNERS).fetch_all(&self.read).await?;
        let mut examples = Vec::with_capacity(versions.len());
        for (id, municipality, wave, confirmed, faded) in owners {
            let Some((newest, earlier)) = versions.get(&id).and_then(|v| v.split_last()) else {
                continue;
            };
            let publication = publication(newest)?;
            let id = PracticeId(id);
            examples.push(PublishedExample {
                id,
                municipality: Key::new(municipality).map_err(|e| StoreError::Document {
                    table: "practice",
                    cause: e.to_string(),
                })?,
                wave,
                earlier: earlier
                    .iter()
                    .map(|row| {
                        let number = u32::try_from(row.1).unwrap_or(0);
                        Ok((number, read_day("practice_version", &row.5)?))
                    })
                    .collect::<Result<_, StoreError>>()?,
                confirmed: match confirmed {
                    Some(day) => read_day("practice", &day)?,
                    None => publication.released,
                },
                confirmation: said.remove(&id).and_then(|mut all| all.pop()),
                faded: faded.map(day).transpose()?,
                take_ups: take_ups.extract_if(.., |t| t.practice == id).collect(),
                publication,
            });
        }
        Ok(examples)
    }

    /// Changes whenever [`Store::published`] may answer something else.
    pub async fn published_stamp(&self) -> Result<(i64, i64), StoreError> {
        const SELECT: &str = "SELECT (SELECT COALESCE(MAX(id), 0) FROM practice_event),
            (SELECT COALESCE(MAX(id), 0) FROM take_up_event)";
        Ok(sql::query_as(SELECT).fetch_one(&self.read).await?)
    }

    /// One published example.
    pub async fn published_example(
        &self,
        id: PracticeId,
    ) -> Result<Option<PublishedExample>, StoreError> {
        Ok(self.published().await?.into_iter().find(|e| e.id == id))
    }

    /// One published wording, also an earlier one; `None` where there is none or it was taken back.
    pub async fn publication(
        &self,
        id: PracticeId,
        number: u32,
    ) -> Result<Option<Publication>, StoreError> {
        const SELECT: &str =
            "SELECT v.practice, v.number, v.version, v.form, v.released, v.published, v.licence
            FROM practice_version v JOIN practice p ON p.id = v.practice
            WHERE v.practice = $1 AND v.number = $2 AND p.hidden IS NULL";
        let row: Option<VersionRow> = sql::query_as(SELECT)
            .bind(id.0)
            .bind(i64::from(number))
            .fetch_optional(&self.read)
            .await?;
        row.as_ref().map(publication).transpose()
    }

    /// What owners said about their examples, oldest first.
    async fn confirmations(&self) -> Result<BTreeMap<PracticeId, Vec<Confirmation>>, StoreError> {
        const SELECT: &str =
            "SELECT practice, day, answer, note FROM practice_confirmation ORDER BY id";
        let rows: Vec<(i64, String, String, String)> =
            sql::query_as(SELECT).fetch_all(&self.read).await?;
        let mut all: BTreeMap<PracticeId, Vec<Confirmation>> = BTreeMap::new();
        for (id, on, answer, note) in rows {
            all.entry(PracticeId(id)).or_default().push(Confirmation {
                on: read_day("practice_confirmation", &on)?,
                answer: read_word("practice_confirmation", &answer)?,
                note,
            });
        }
        Ok(all)
    }

    /// The days on which owners were asked how their examples stand.
    pub async fn asked_owners(&self) -> Result<BTreeMap<PracticeId, Vec<Date>>, StoreError> {
        const SELECT: &str = "SELECT practice, day FROM practice_asked ORDER BY id";
        let rows: Vec<(i64, String)> = sql::query_as(SELECT).fetch_all(&self.read).await?;
        let mut all: BTreeMap<PracticeId, Vec<Date>> = BTreeMap::new();
        for (id, day) in rows {
            let day = read_day("practice_asked", &day)?;
            all.entry(PracticeId(id)).or_default().push(day);
        }
        Ok(all)
    }

    /// Notes that an owner is asked today: with the link and the mail where one goes out.
    pub async fn ask_owner(
        &self,
        id: PracticeId,
        question: Option<(fieldwork::AccessHash, NewMail)>,
        at: Timestamp,
        today: Date,
    ) -> Result<(), StoreError> {
        const INSERT: &str = "INSERT INTO practice_asked (practice, day) VALUES ($1, $2)";
        let at = at.as_millisecond();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(INSERT)
                        .bind(id.0)
                        .bind(today.to_string())
                        .execute(&mut *db)
                        .await?;
                    if let Some((link, mail)) = question {
                        crate::practice_link::put(&mut *db, &link, id.0, "confirm", "", at).await?;
                        crate::mail::queue(&mut *db, &mail, at).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// The owner says how the example stands. It is fresh again; an end or a change shows on it.
    pub async fn confirm(
        &self,
        id: PracticeId,
        said: Confirmation,
        actor: &str,
        mails: Vec<NewMail>,
        at: Timestamp,
    ) -> Result<PracticeUpdate, StoreError> {
        const INSERT: &str = "INSERT INTO practice_confirmation (practice, day, answer, note)
            VALUES ($1, $2, $3, $4)";
        const FRESH: &str = "UPDATE practice SET faded = NULL WHERE id = $1";
        let (at, actor) = (at.as_millisecond(), actor.to_owned());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let Some(mut practice) = public(&mut *db, id).await? else {
                        return Ok(PracticeUpdate::NotPossible);
                    };
                    let word = write_word("practice_confirmation", &said.answer)?;
                    sql::query(INSERT)
                        .bind(id.0)
                        .bind(said.on.to_string())
                        .bind(&word)
                        .bind(&said.note)
                        .execute(&mut *db)
                        .await?;
                    practice.confirmed = Some(said.on);
                    // A newer wording in preparation stays in its state; what is published is fresh again.
                    practice.state =
                        next(practice.state, Step::Confirm, Actor::Owner).unwrap_or(practice.state);
                    write(&mut *db, &practice).await?;
                    sql::query(FRESH).bind(id.0).execute(&mut *db).await?;
                    let note = match said.answer {
                        Answer::Runs => word,
                        _ => format!("{word}: {}", said.note),
                    };
                    let taken = StepTaken {
                        step: Step::Confirm,
                        who: Actor::Owner,
                        actor,
                        note,
                        mails,
                    };
                    event(&mut *db, id.0, at, practice.state, &taken).await?;
                    Ok(PracticeUpdate::Saved(practice.version))
                })
            })
            .await
    }

    /// Lets a published example fade: its owner did not answer.
    pub async fn fade(&self, id: PracticeId, at: Timestamp) -> Result<PracticeUpdate, StoreError> {
        const FADE: &str = "UPDATE practice SET faded = $2 WHERE id = $1 AND faded IS NULL";
        let at = at.as_millisecond();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let Some(mut practice) = public(&mut *db, id).await? else {
                        return Ok(PracticeUpdate::NotPossible);
                    };
                    practice.state =
                        next(practice.state, Step::Fade, Actor::Service).unwrap_or(practice.state);
                    write(&mut *db, &practice).await?;
                    let done = sql::query(FADE)
                        .bind(id.0)
                        .bind(at)
                        .execute(&mut *db)
                        .await?;
                    if done.rows_affected() == 1 {
                        let taken = StepTaken {
                            step: Step::Fade,
                            who: Actor::Service,
                            actor: "voneinander".to_owned(),
                            note: String::new(),
                            mails: Vec::new(),
                        };
                        event(&mut *db, id.0, at, practice.state, &taken).await?;
                    }
                    Ok(PracticeUpdate::Saved(practice.version))
                })
            })
            .await
    }
}

/// A practice that stands on the public pages.
async fn public(db: &mut Connection, id: PracticeId) -> Result<Option<Practice>, StoreError> {
    const SELECT: &str =
        "SELECT EXISTS (SELECT 1 FROM practice_version v JOIN practice p ON p.id = v.practice
        WHERE p.id = $1 AND p.hidden IS NULL)";
    let there: bool = sql::query_scalar(SELECT)
        .bind(id.0)
        .fetch_one(&mut *db)
        .await?;
    if there { read(db, id).await } else { Ok(None) }
}
