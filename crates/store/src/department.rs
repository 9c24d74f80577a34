//! Departments of a municipality: their links, their sections, and the mail when all have finished.

use std::collections::{BTreeMap, BTreeSet};

use fieldwork::{AccessHash, Department, DepartmentId, Response, WaveName};
use jiff::Timestamp;
use jiff::civil::Date;
use register::Key;

use crate::database::Store;
use crate::error::{StoreError, read_time};
use crate::invitation::Invitation;
use crate::mail::NewMail;
use crate::sql::{self, Connection};

/// A department as the contact adds it: secrets only as hashes.
#[derive(Clone, Debug)]
pub struct NewDepartment {
    /// Name, never a person's.
    pub name: String,
    /// Day until which its answers are asked for.
    pub until: Option<Date>,
    /// Keys of the pages that it gets.
    pub sections: BTreeSet<String>,
    /// Hash of the link's token.
    pub link: AccessHash,
    /// Hash of the typed code.
    pub code: AccessHash,
}

/// A department with the invitation that it answers and what stands.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct DepartmentAccess {
    pub department: Department,
    pub invitation: Invitation,
    pub response: Response,
}

/// What became of marking sections as finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FinishOutcome {
    /// Marked; others are still at work.
    Marked,
    /// Marked, and nobody is at work any more.
    AllFinished {
        /// The contact left an address for this, and a mail to it is queued.
        told: bool,
    },
    /// The department has no such section, or its link was ended.
    NotThere,
}

type Row = (i64, String, String, i64, Option<i64>);

fn department(
    (id, name, until, made, ended): Row,
    sections: BTreeMap<String, Option<Timestamp>>,
) -> Result<Department, StoreError> {
    Ok(Department {
        id: DepartmentId(id),
        name,
        // A day that cannot be read is none: it is a wish and no right hangs on it.
        until: until.parse().ok(),
        made: read_time("department", made)?,
        ended: ended.map(|at| read_time("department", at)).transpose()?,
        sections,
    })
}

const SELECT_ALL: &str = "SELECT id, name, until, made, ended FROM department
    WHERE wave = $1 AND municipality = $2 ORDER BY id";
const SELECT_SECTIONS: &str = "SELECT department, page, finished FROM department_section
    WHERE department IN (SELECT id FROM department WHERE wave = $1 AND municipality = $2)";

type SectionRow = (i64, String, Option<i64>);

/// The departments of a municipality in the order in which they were added, ended ones included.
async fn departments(
    db: &mut Connection,
    wave: &WaveName,
    municipality: &Key,
) -> Result<Vec<Department>, StoreError> {
    let rows = sql::query_as(SELECT_ALL)
        .bind(&wave.0)
        .bind(municipality.as_str())
        .fetch_all(&mut *db)
        .await?;
    let sections = sql::query_as(SELECT_SECTIONS)
        .bind(&wave.0)
        .bind(municipality.as_str())
        .fetch_all(db)
        .await?;
    joined(rows, sections)
}

fn joined(rows: Vec<Row>, sections: Vec<SectionRow>) -> Result<Vec<Department>, StoreError> {
    let mut by: BTreeMap<i64, BTreeMap<String, Option<Timestamp>>> = BTreeMap::new();
    for (id, page, finished) in sections {
        let finished = finished.map(|at| read_time("department_section", at));
        by.entry(id)
            .or_default()
            .insert(page, finished.transpose()?);
    }
    let whole = |row: Row| {
        let sections = by.remove(&row.0).unwrap_or_default();
        department(row, sections)
    };
    rows.into_iter().map(whole).collect()
}

async fn put_sections(
    db: &mut Connection,
    id: i64,
    sections: &BTreeSet<String>,
) -> Result<(), StoreError> {
    const SELECT: &str = "SELECT page FROM department_section WHERE department = $1";
    const DELETE: &str = "DELETE FROM department_section WHERE department = $1 AND page = $2";
    const INSERT: &str = "INSERT INTO department_section (department, page) VALUES ($1, $2)
        ON CONFLICT (department, page) DO NOTHING";
    let before: Vec<String> = sql::query_scalar(SELECT)
        .bind(id)
        .fetch_all(&mut *db)
        .await?;
    for page in before.iter().filter(|page| !sections.contains(*page)) {
        sql::query(DELETE)
            .bind(id)
            .bind(page)
            .execute(&mut *db)
            .await?;
    }
    for page in sections {
        sql::query(INSERT)
            .bind(id)
            .bind(page)
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

impl Store {
    /// The departments of a municipality in the order in which they were added, ended ones included.
    pub async fn departments(
        &self,
        wave: &WaveName,
        municipality: &Key,
    ) -> Result<Vec<Department>, StoreError> {
        let rows: Vec<Row> = sql::query_as(SELECT_ALL)
            .bind(&wave.0)
            .bind(municipality.as_str())
            .fetch_few(&self.read)
            .await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let sections = sql::query_as(SELECT_SECTIONS)
            .bind(&wave.0)
            .bind(municipality.as_str())
            .fetch_few(&self.read)
            .await?;
        joined(rows, sections)
    }

    /// Hands sections to a new department.
    pub async fn add_department(
        &self,
        wave: &WaveName,
        municipality: &Key,
        new: NewDepartment,
        at: Timestamp,
    ) -> Result<DepartmentId, StoreError> {
        const INSERT: &str = "INSERT INTO department
            (wave, municipality, name, until, link_hash, code_hash, made)
            VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
        let (wave, municipality) = (wave.clone(), municipality.clone());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let id: i64 = sql::query_scalar(INSERT)
                        .bind(&wave.0)
                        .bind(municipality.as_str())
                        .bind(&new.name)
                        .bind(new.until.map(|d| d.to_string()).unwrap_or_default())
                        .bind(&new.link.0)
                        .bind(&new.code.0)
                        .bind(at.as_millisecond())
                        .fetch_one(&mut *db)
                        .await?;
                    put_sections(db, id, &new.sections).await?;
                    Ok(DepartmentId(id))
                })
            })
            .await
    }

    /// Changes name, day and sections. What it marked as finished stays for the sections that it keeps.
    pub async fn change_department(
        &self,
        id: DepartmentId,
        name: &str,
        until: Option<Date>,
        sections: BTreeSet<String>,
    ) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE department SET name = $2, until = $3 WHERE id = $1";
        let name = name.to_owned();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(UPDATE)
                        .bind(id.0)
                        .bind(name)
                        .bind(until.map(|d| d.to_string()).unwrap_or_default())
                        .execute(&mut *db)
                        .await?;
                    put_sections(db, id.0, &sections).await
                })
            })
            .await
    }

    /// Gives a department a new link and code; the old ones open nothing any more.
    pub async fn renew_department(
        &self,
        id: DepartmentId,
        link: AccessHash,
        code: AccessHash,
    ) -> Result<(), StoreError> {
        const UPDATE: &str =
            "UPDATE department SET link_hash = $2, code_hash = $3, ended = NULL WHERE id = $1";
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(UPDATE)
                        .bind(id.0)
                        .bind(link.0)
                        .bind(code.0)
                        .execute(db)
                        .await?;
                    Ok(())
                })
            })
            .await
    }

    /// Ends a department's link. Its answers stay, and so does its name beside them.
    pub async fn end_department(&self, id: DepartmentId, at: Timestamp) -> Result<(), StoreError> {
        const UPDATE: &str = "UPDATE department SET ended = $2 WHERE id = $1 AND ended IS NULL";
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let at = at.as_millisecond();
                    sql::query(UPDATE).bind(id.0).bind(at).execute(db).await?;
                    Ok(())
                })
            })
            .await
    }

    /// The department behind a link, unless it was ended, with what stands.
    pub async fn department_by_link(
        &self,
        hash: &AccessHash,
    ) -> Result<Option<DepartmentAccess>, StoreError> {
        const SELECT: &str = "SELECT id, wave, municipality FROM department
            WHERE link_hash = $1 AND ended IS NULL";
        self.department(SELECT, hash).await
    }

    /// The department behind a typed code, unless it was ended, with what stands.
    pub async fn department_by_code(
        &self,
        hash: &AccessHash,
    ) -> Result<Option<DepartmentAccess>, StoreError> {
        const SELECT: &str = "SELECT id, wave, municipality FROM department
            WHERE code_hash = $1 AND ended IS NULL";
        self.department(SELECT, hash).await
    }

    async fn department(
        &self,
        select: &'static str,
        hash: &AccessHash,
    ) -> Result<Option<DepartmentAccess>, StoreError> {
        const SELECT: &str = "SELECT id, name, until, made, ended FROM department WHERE id = $1";
        const SECTIONS: &str =
            "SELECT page, finished FROM department_section WHERE department = $1";
        let found: Option<(i64, String, String)> = sql::query_as(select)
            .bind(&hash.0)
            .fetch_optional(&self.read)
            .await?;
        let Some((id, wave, key)) = found else {
            return Ok(None);
        };
        let key = Key::new(key).map_err(|e| StoreError::Document {
            table: "department",
            cause: e.to_string(),
        })?;
        let Some((invitation, response)) = self.answering_of(&WaveName(wave), &key).await? else {
            return Ok(None);
        };
        let row: Row = sql::query_as(SELECT).bind(id).fetch_one(&self.read).await?;
        let sections: Vec<(String, Option<i64>)> = sql::query_as(SECTIONS)
            .bind(id)
            .fetch_few(&self.read)
            .await?;
        let time = |(page, at): (String, Option<i64>)| {
            let at = at.map(|at| read_time("department_section", at));
            Ok((page, at.transpose()?))
        };
        let sections: Result<_, StoreError> = sections.into_iter().map(time).collect();
        Ok(Some(DepartmentAccess {
            department: department(row, sections?)?,
            invitation,
            response,
        }))
    }

    /// Marks sections of a department as finished, or as open again. `asked` are the pages that the answers lead to now.
    /// When nobody is at work any more, the mail to the contact is queued in the same transaction; its recipient is the
    /// address that the contact left.
    pub async fn finish_sections(
        &self,
        access: &DepartmentAccess,
        pages: BTreeSet<String>,
        finished: bool,
        asked: BTreeSet<String>,
        mail: NewMail,
        at: Timestamp,
    ) -> Result<FinishOutcome, StoreError> {
        const UPDATE: &str = "UPDATE department_section SET finished = $3
            WHERE department = $1 AND page = $2
            AND department IN (SELECT id FROM department WHERE ended IS NULL)";
        const NOTICE: &str =
            "SELECT mail FROM finished_notice WHERE wave = $1 AND municipality = $2";
        let id = access.department.id.0;
        let wave = access.invitation.wave.clone();
        let municipality = access.invitation.municipality.clone();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let moment = at.as_millisecond();
                    let asked: BTreeSet<&str> = asked.iter().map(String::as_str).collect();
                    let all = |departments: &[Department]| {
                        departments
                            .iter()
                            .filter(|d| d.ended.is_none())
                            .all(|d| d.finished(&asked))
                    };
                    let before = all(&departments(db, &wave, &municipality).await?);
                    for page in &pages {
                        let done = sql::query(UPDATE)
                            .bind(id)
                            .bind(page)
                            .bind(finished.then_some(moment))
                            .execute(&mut *db)
                            .await?;
                        if done.rows_affected() == 0 {
                            return Ok(FinishOutcome::NotThere);
                        }
                    }
                    if before || !all(&departments(db, &wave, &municipality).await?) {
                        return Ok(FinishOutcome::Marked);
                    }
                    let to: Option<String> = sql::query_scalar(NOTICE)
                        .bind(&wave.0)
                        .bind(municipality.as_str())
                        .fetch_optional(&mut *db)
                        .await?;
                    let told = to.is_some();
                    if let Some(to) = to {
                        crate::mail::queue(db, &NewMail { to, ..mail }, moment).await?;
                    }
                    Ok(FinishOutcome::AllFinished { told })
                })
            })
            .await
    }
}
