//! The pretest of a wave: comments beside questions, and when pages were shown and saved.

use fieldwork::WaveName;
use jiff::Timestamp;
use register::Key;

use crate::database::Store;
use crate::error::{StoreError, read_time};
use crate::sql;

/// A comment beside a question.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct PretestComment {
    pub municipality: String,
    /// Key of the question.
    pub question: String,
    pub text: String,
    pub at: Timestamp,
}

/// A page that was shown or saved.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct PretestStep {
    pub municipality: String,
    /// Key of the page.
    pub page: String,
    /// Whether it was saved; else it was shown.
    pub saved: bool,
    pub at: Timestamp,
}

impl Store {
    /// Begins or ends the pretest of a wave.
    pub async fn set_pretest(
        &self,
        wave: &WaveName,
        on: bool,
        at: Timestamp,
        actor: &str,
    ) -> Result<(), StoreError> {
        const ON: &str =
            "INSERT INTO pretest (wave, since) VALUES ($1, $2) ON CONFLICT (wave) DO NOTHING";
        const OFF: &str = "DELETE FROM pretest WHERE wave = $1";
        let (wave, actor, at) = (wave.0.clone(), actor.to_owned(), at.as_millisecond());
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    if on {
                        sql::query(ON)
                            .bind(&wave)
                            .bind(at)
                            .execute(&mut *db)
                            .await?;
                    } else {
                        sql::query(OFF).bind(&wave).execute(&mut *db).await?;
                    }
                    let action = if on { "pretest-on" } else { "pretest-off" };
                    crate::audit::record(db, at, &actor, action, &wave, "").await
                })
            })
            .await
    }

    /// Whether a wave is in its pretest.
    pub async fn is_pretest(&self, wave: &WaveName) -> Result<bool, StoreError> {
        const SELECT: &str = "SELECT EXISTS (SELECT 1 FROM pretest WHERE wave = $1)";
        Ok(sql::query_scalar(SELECT)
            .bind(&wave.0)
            .fetch_one(&self.read)
            .await?)
    }

    /// Keeps that a page was shown or saved, with the comments that came beside it (question, text).
    pub async fn pretest_step(
        &self,
        wave: &WaveName,
        municipality: &Key,
        step: PretestStep,
        comments: Vec<(String, String)>,
    ) -> Result<(), StoreError> {
        const STEP: &str = "INSERT INTO pretest_page (wave, municipality, page, step, at)
            VALUES ($1, $2, $3, $4, $5)";
        const COMMENT: &str = "INSERT INTO pretest_comment (wave, municipality, question, text, at)
            VALUES ($1, $2, $3, $4, $5)";
        let (wave, municipality) = (wave.0.clone(), municipality.clone());
        let at = step.at.as_millisecond();
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    sql::query(STEP)
                        .bind(&wave)
                        .bind(municipality.as_str())
                        .bind(&step.page)
                        .bind(if step.saved { "saved" } else { "shown" })
                        .bind(at)
                        .execute(&mut *db)
                        .await?;
                    for (question, text) in &comments {
                        sql::query(COMMENT)
                            .bind(&wave)
                            .bind(municipality.as_str())
                            .bind(question)
                            .bind(text)
                            .bind(at)
                            .execute(&mut *db)
                            .await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// All comments of a pretest, by question.
    pub async fn pretest_comments(
        &self,
        wave: &WaveName,
    ) -> Result<Vec<PretestComment>, StoreError> {
        const SELECT: &str = "SELECT municipality, question, text, at FROM pretest_comment
            WHERE wave = $1 ORDER BY question, id";
        let rows: Vec<(String, String, String, i64)> = sql::query_as(SELECT)
            .bind(&wave.0)
            .fetch_all(&self.read)
            .await?;
        rows.into_iter()
            .map(|(municipality, question, text, at)| {
                Ok(PretestComment {
                    municipality,
                    question,
                    text,
                    at: read_time("pretest_comment", at)?,
                })
            })
            .collect()
    }

    /// All steps of a pretest, municipality by municipality in their order.
    pub async fn pretest_steps(&self, wave: &WaveName) -> Result<Vec<PretestStep>, StoreError> {
        const SELECT: &str = "SELECT municipality, page, step, at FROM pretest_page
            WHERE wave = $1 ORDER BY municipality, id";
        let rows: Vec<(String, String, String, i64)> = sql::query_as(SELECT)
            .bind(&wave.0)
            .fetch_all(&self.read)
            .await?;
        rows.into_iter()
            .map(|(municipality, page, step, at)| {
                Ok(PretestStep {
                    municipality,
                    page,
                    saved: step == "saved",
                    at: read_time("pretest_page", at)?,
                })
            })
            .collect()
    }
}
