//! Where the questions of a wave come from, as researchers decided it for a pair of waves.

use fieldwork::WaveName;
use jiff::Timestamp;
use questionnaire::Text;
use questionnaire::lineage::{Decisions, Entry};
use serde::{Deserialize, Serialize};

use crate::database::Store;
use crate::error::{StoreError, read_json, read_time, write_json};
use crate::sql;

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineageDecision {
    /// What became of a question of the later questionnaire.
    Question(Entry),
    /// A question of the earlier one is not asked any more: its key and the note for readers.
    Dropped(String, Text),
}

impl LineageDecision {
    /// What it is about, also after it was taken back.
    fn part(&self) -> String {
        match self {
            Self::Question(entry) => format!("question.{}", entry.key),
            Self::Dropped(key, _) => format!("dropped.{key}"),
        }
    }
}

/// A decision as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptLineage {
    /// What was decided; `None` where it was taken back.
    pub decision: Option<LineageDecision>,
    /// Whether it is about a question of the later wave, and the question's key.
    pub of: (bool, String),
    /// Counts the saves.
    pub version: u32,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// What became of decisions that were sent together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineageUpdate {
    /// How many are kept now.
    pub saved: usize,
    /// Somebody else decided these since; this is what stands, and nothing was overwritten.
    pub conflicts: Vec<KeptLineage>,
}

/// All that is decided about a pair of waves.
pub fn decisions(kept: &[KeptLineage]) -> Decisions {
    let mut all = Decisions::default();
    for decision in kept.iter().filter_map(|kept| kept.decision.clone()) {
        match decision {
            LineageDecision::Question(entry) => all.questions.push(entry),
            LineageDecision::Dropped(key, note) => all.dropped.push((key, note)),
        }
    }
    all
}

type Row = (String, String, i64, i64, String);

fn read((part, document, version, at, by): Row) -> Result<KeptLineage, StoreError> {
    let (kind, key) = part.split_once('.').unwrap_or(("", &part));
    let decision = match document.as_str() {
        "" => None,
        document => Some(read_json("lineage", document)?),
    };
    Ok(KeptLineage {
        decision,
        of: (kind == "question", key.to_owned()),
        version: u32::try_from(version).unwrap_or(0),
        at: read_time("lineage", at)?,
        by,
    })
}

impl Store {
    /// What was decided about the questions of `later` against `earlier`.
    pub async fn lineage(
        &self,
        earlier: &WaveName,
        later: &WaveName,
    ) -> Result<Vec<KeptLineage>, StoreError> {
        const SELECT: &str = "SELECT part, document, version, changed, changed_by FROM lineage
            WHERE earlier = $1 AND later = $2 ORDER BY part";
        let rows: Vec<Row> = sql::query_as(SELECT)
            .bind(&earlier.0)
            .bind(&later.0)
            .fetch_all(&self.read)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// Differs as soon as something is decided about the pair.
    pub async fn lineage_stamp(
        &self,
        earlier: &WaveName,
        later: &WaveName,
    ) -> Result<i64, StoreError> {
        const SELECT: &str = "SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM lineage
            WHERE earlier = $1 AND later = $2";
        let stamp = sql::query_scalar(SELECT)
            .bind(&earlier.0)
            .bind(&later.0)
            .fetch_one(&self.read)
            .await?;
        Ok(stamp)
    }

    /// Keeps decisions, each having seen the version beside it (0 where nothing was decided), or takes them back.
    /// Each stands for itself: what somebody else decided since stays, and is told.
    pub async fn put_lineage(
        &self,
        (earlier, later): (&WaveName, &WaveName),
        sent: Vec<(LineageDecision, u32, bool)>,
        at: Timestamp,
        actor: &str,
    ) -> Result<LineageUpdate, StoreError> {
        const SELECT: &str = "SELECT part, document, version, changed, changed_by FROM lineage
            WHERE earlier = $1 AND later = $2 AND part = $3";
        const PUT: &str =
            "INSERT INTO lineage (earlier, later, part, document, version, changed, changed_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (earlier, later, part) DO UPDATE SET document = excluded.document,
            version = excluded.version, changed = excluded.changed, changed_by = excluded.changed_by";
        let (earlier, later, actor) = (earlier.0.clone(), later.0.clone(), actor.to_owned());
        let mut new = Vec::new();
        for (decision, seen, back) in sent {
            let document = match back {
                true => String::new(),
                false => write_json("lineage", &decision)?,
            };
            new.push((decision.part(), document, i64::from(seen)));
        }
        self.writer
            .write(move |db| {
                Box::pin(async move {
                    let mut update = LineageUpdate::default();
                    let at = at.as_millisecond();
                    for (part, document, seen) in new {
                        let row: Option<Row> = sql::query_as(SELECT)
                            .bind(&earlier)
                            .bind(&later)
                            .bind(&part)
                            .fetch_optional(&mut *db)
                            .await?;
                        if let Some(row) = row
                            && row.2 != seen
                        {
                            update.conflicts.push(read(row)?);
                            continue;
                        }
                        sql::query(PUT)
                            .bind(&earlier)
                            .bind(&later)
                            .bind(&part)
                            .bind(document)
                            .bind(seen + 1)
                            .bind(at)
                            .bind(&actor)
                            .execute(&mut *db)
                            .await?;
                        let pair = format!("{earlier} {later}");
                        crate::audit::record(db, at, &actor, "lineage-saved", &pair, &part).await?;
                        update.saved += 1;
                    }
                    Ok(update)
                })
            })
            .await
    }
}
