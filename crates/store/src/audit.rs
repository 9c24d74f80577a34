//! The audit log: every change by staff, in the transaction of the change.

use crate::sql::{self, Connection};
use jiff::Timestamp;

use crate::database::Store;
use crate::error::{StoreError, read_time};

/// One line of the log.
#[derive(Clone, Debug)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// Who: the mail address of a member of staff, or the name of the command line.
    pub actor: String,
    /// What was done, a stable word, e.g. `practice-saved`.
    pub action: String,
    /// To what.
    pub subject: String,
    /// More about it.
    pub detail: String,
}

/// Writes a line within the transaction of the change itself.
pub(crate) async fn record(
    db: &mut Connection,
    at: i64,
    actor: &str,
    action: &str,
    subject: &str,
    detail: &str,
) -> Result<(), StoreError> {
    const INSERT: &str =
        "INSERT INTO audit (at, actor, action, subject, detail) VALUES ($1, $2, $3, $4, $5)";
    sql::query(INSERT)
        .bind(at)
        .bind(actor)
        .bind(action)
        .bind(subject)
        .bind(detail)
        .execute(db)
        .await?;
    Ok(())
}

impl Store {
    /// The last `limit` lines, newest first.
    pub async fn audit_log(&self, limit: i64) -> Result<Vec<AuditEntry>, StoreError> {
        const SELECT: &str =
            "SELECT at, actor, action, subject, detail FROM audit ORDER BY id DESC LIMIT $1";
        let rows: Vec<(i64, String, String, String, String)> = sql::query_as(SELECT)
            .bind(limit)
            .fetch_all(&self.read)
            .await?;
        rows.into_iter()
            .map(|(at, actor, action, subject, detail)| {
                Ok(AuditEntry {
                    at: read_time("audit", at)?,
                    actor,
                    action,
                    subject,
                    detail,
                })
            })
            .collect()
    }
}
