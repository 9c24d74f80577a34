//! What is read again and again and seldom changes: waves, questionnaires and lists of municipalities, parsed once.
//!
//! Only the pages of those who answer take a wave from here, at most a second old: whether a save is still in time
//! is decided in the store, inside the transaction.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use fieldwork::WaveName;
use findings::workspace::Workspace;
use findings::{CodeAnalysis, ReleasedChange, Side};
use jiff::Timestamp;
use practices::{PracticeId, PublishedExample};
use questionnaire::Questionnaire;
use register::{Neighbours, Register};
use store::{Store, StoredWave};
use tokio::sync::OnceCell;

use crate::error::PageError;

/// Seconds after which a wave is read again: the command line may have changed it.
const FRESH: i64 = 1;

/// A wave with its parsed questionnaire.
#[derive(Clone, Debug)]
pub(crate) struct KnownWave {
    pub stored: Arc<StoredWave>,
    pub questionnaire: Arc<Questionnaire>,
    /// Whether pages take comments.
    pub pretest: bool,
}

/// Waves and questionnaires by the wave's name, and lists by number.
#[derive(Debug, Default)]
pub struct Known {
    waves: Mutex<BTreeMap<WaveName, (Timestamp, KnownWave)>>,
    questionnaires: Mutex<BTreeMap<String, (String, Arc<Questionnaire>)>>,
    /// Each read once, whoever asks meanwhile: a long list takes 50 ms, and after a start everybody asks.
    registers: Mutex<BTreeMap<i64, Arc<OnceCell<Arc<Register>>>>>,
    neighbours: Mutex<BTreeMap<i64, Arc<Neighbours>>>,
    published: Mutex<Option<Published>>,
    /// With the version of the dataset.
    workspaces: Mutex<BTreeMap<WaveName, (i64, Arc<Workspace>)>>,
    /// By the earlier and the later wave, with the stamp of what was decided about their questions and the versions of
    /// their datasets: another node may have made a newer one.
    changes: Mutex<BTreeMap<(WaveName, WaveName), Change>>,
}

/// The published examples with the stamp at which they were read.
type Published = ((i64, i64), Arc<Vec<PublishedExample>>);

/// A comparison with what it was made of.
type Change = ((i64, i64, i64), Arc<ReleasedChange>);

/// A closed wave with all that a comparison needs.
struct Closed {
    workspace: Arc<Workspace>,
    questionnaire: Arc<Questionnaire>,
    register: Arc<Register>,
}

impl Closed {
    fn side(&self) -> Side<'_> {
        Side {
            dataset: self.workspace.dataset(),
            questionnaire: &self.questionnaire,
            register: &self.register,
            release: self.workspace.release(),
        }
    }
}

const CALM: &str = "no holder of this lock panics";

impl Known {
    /// A wave as it stood at most a second before `now`; `None` when there is none of this name.
    pub(crate) async fn wave(
        &self,
        store: &Store,
        name: &WaveName,
        now: Timestamp,
    ) -> Result<Option<KnownWave>, PageError> {
        if let Some((read, wave)) = self.waves.lock().expect(CALM).get(name)
            && (0..FRESH).contains(&(now.as_second() - read.as_second()))
        {
            return Ok(Some(wave.clone()));
        }
        let Some(stored) = store.wave(name).await? else {
            return Ok(None);
        };
        let questionnaire = self.questionnaire(&stored)?;
        let stored = Arc::new(stored);
        let wave = KnownWave {
            stored,
            questionnaire,
            pretest: store.is_pretest(name).await?,
        };
        let mut waves = self.waves.lock().expect(CALM);
        waves.insert(name.clone(), (now, wave.clone()));
        Ok(Some(wave))
    }

    /// Reads a wave again the next time: it has just been closed.
    pub(crate) fn forget(&self, name: &WaveName) {
        self.waves.lock().expect(CALM).remove(name);
    }

    /// The questionnaire of a wave; parsed again only when its file has changed.
    pub(crate) fn questionnaire(
        &self,
        stored: &StoredWave,
    ) -> Result<Arc<Questionnaire>, PageError> {
        let name = &stored.wave.name.0;
        let mut known = self.questionnaires.lock().expect(CALM);
        if let Some((file, questionnaire)) = known.get(name)
            && *file == stored.questionnaire
        {
            return Ok(questionnaire.clone());
        }
        let parsed = Questionnaire::read(&stored.questionnaire, name)
            .map_err(|faults| PageError::internal(format!("questionnaire of {name}: {faults}")))?;
        let parsed = Arc::new(parsed);
        known.insert(name.clone(), (stored.questionnaire.clone(), parsed.clone()));
        Ok(parsed)
    }

    /// The evaluation workspace of a closed wave on the newest version of its dataset, weighted once; `None` while the
    /// wave is not closed.
    pub(crate) async fn workspace(
        &self,
        store: &Store,
        name: &WaveName,
    ) -> Result<Option<Arc<Workspace>>, PageError> {
        let Some(stored) = store.wave(name).await? else {
            return Ok(None);
        };
        if stored.wave.frozen.is_none() {
            return Ok(None);
        }
        let version = store.newest_version(name).await?;
        if let Some((of, workspace)) = self.workspaces.lock().expect(CALM).get(name)
            && *of == version
        {
            return Ok(Some(workspace.clone()));
        }
        let (newest, release) = (
            store.newest_dataset(name).await?,
            store.release(name).await?,
        );
        let (Some((version, dataset)), Some(release)) = (newest, release) else {
            return Ok(None);
        };
        let questionnaire = self.questionnaire(&stored)?;
        let register = self.register(store, stored.register_list).await?;
        let weigh = move || Workspace::new(dataset, &questionnaire, &register, release);
        let workspace = tokio::task::spawn_blocking(weigh)
            .await
            .map_err(PageError::internal)?;
        let workspace = Arc::new(workspace.map_err(PageError::internal)?);
        let mut workspaces = self.workspaces.lock().expect(CALM);
        workspaces.insert(name.clone(), (version, workspace.clone()));
        Ok(Some(workspace))
    }

    /// What has changed between two closed waves, compared once for each version of their datasets; `None` while one
    /// of them is not closed.
    pub(crate) async fn change(
        &self,
        store: &Store,
        (before, after): (&WaveName, &WaveName),
    ) -> Result<Option<Arc<ReleasedChange>>, PageError> {
        let waves = (before.clone(), after.clone());
        let versions = (
            store.lineage_stamp(before, after).await?,
            store.newest_version(before).await?,
            store.newest_version(after).await?,
        );
        if let Some((of, change)) = self.changes.lock().expect(CALM).get(&waves)
            && *of == versions
        {
            return Ok(Some(change.clone()));
        }
        let Some((one, other)) = self.both(store, (before, after)).await? else {
            return Ok(None);
        };
        let compare = move || findings::change_with_panel(&one.side(), &other.side());
        let change = tokio::task::spawn_blocking(compare)
            .await
            .map_err(PageError::internal)?;
        let change = Arc::new(change.map_err(PageError::internal)?);
        let mut changes = self.changes.lock().expect(CALM);
        changes.insert(waves, (versions, change.clone()));
        Ok(Some(change))
    }

    /// Everything about the answers of a question's scales in two closed waves, for researchers alone.
    pub(crate) async fn code_analysis(
        &self,
        store: &Store,
        waves: (&WaveName, &WaveName),
        question: String,
    ) -> Result<Vec<CodeAnalysis>, PageError> {
        let Some((one, other)) = self.both(store, waves).await? else {
            return Ok(Vec::new());
        };
        let compare = move || findings::code_analysis(&one.side(), &other.side(), &question);
        let all = tokio::task::spawn_blocking(compare).await;
        all.map_err(PageError::internal)?
            .map_err(PageError::internal)
    }

    /// Two closed waves, the later one with its lineage; `None` while one of them is not closed.
    async fn both(
        &self,
        store: &Store,
        (before, after): (&WaveName, &WaveName),
    ) -> Result<Option<(Closed, Closed)>, PageError> {
        let (Some(one), Some(mut other)) = (
            self.closed(store, before).await?,
            self.closed(store, after).await?,
        ) else {
            return Ok(None);
        };
        let related = self.related(
            store,
            (before, &one.questionnaire),
            after,
            &other.questionnaire,
        );
        other.questionnaire = Arc::new(related.await?);
        Ok(Some((one, other)))
    }

    /// The later questionnaire with the lineage against the earlier one: what researchers decided, then what its file says.
    pub(crate) async fn related(
        &self,
        store: &Store,
        (before, old): (&WaveName, &Questionnaire),
        after: &WaveName,
        new: &Questionnaire,
    ) -> Result<Questionnaire, PageError> {
        let kept = store.lineage(before, after).await?;
        let lineage = questionnaire::lineage::decided(old, new, &store::decisions(&kept));
        Ok(Questionnaire {
            lineage: Some(lineage),
            ..new.clone()
        })
    }

    async fn closed(&self, store: &Store, name: &WaveName) -> Result<Option<Closed>, PageError> {
        let (workspace, stored) = (self.workspace(store, name).await?, store.wave(name).await?);
        let (Some(workspace), Some(stored)) = (workspace, stored) else {
            return Ok(None);
        };
        Ok(Some(Closed {
            workspace,
            questionnaire: self.questionnaire(&stored)?,
            register: self.register(store, stored.register_list).await?,
        }))
    }

    /// The list of municipalities with this number. Lists never change.
    pub(crate) async fn register(
        &self,
        store: &Store,
        list: i64,
    ) -> Result<Arc<Register>, PageError> {
        let cell = {
            let mut known = self.registers.lock().expect(CALM);
            known.entry(list).or_default().clone()
        };
        let read = async || {
            let register = store.register(list).await?.ok_or_else(|| {
                PageError::internal(format!("the list of municipalities {list} is not there"))
            })?;
            Ok(Arc::new(register))
        };
        cell.get_or_try_init(read).await.cloned()
    }

    /// The units of a list made ready for finding neighbours, once.
    pub(crate) async fn neighbours(
        &self,
        store: &Store,
        list: i64,
    ) -> Result<Arc<Neighbours>, PageError> {
        if let Some(neighbours) = self.neighbours.lock().expect(CALM).get(&list) {
            return Ok(neighbours.clone());
        }
        let register = self.register(store, list).await?;
        let made = tokio::task::spawn_blocking(move || Neighbours::of(&register));
        let made = Arc::new(made.await.map_err(PageError::internal)?);
        let mut known = self.neighbours.lock().expect(CALM);
        known.insert(list, made.clone());
        Ok(made)
    }

    /// All published examples, read again when something was published, confirmed, taken up or taken back.
    pub(crate) async fn published(
        &self,
        store: &Store,
    ) -> Result<Arc<Vec<PublishedExample>>, PageError> {
        let stamp = store.published_stamp().await?;
        if let Some((of, examples)) = self.published.lock().expect(CALM).as_ref()
            && *of == stamp
        {
            return Ok(examples.clone());
        }
        let examples = Arc::new(store.published().await?);
        *self.published.lock().expect(CALM) = Some((stamp, examples.clone()));
        Ok(examples)
    }

    /// One published example.
    pub(crate) async fn published_example(
        &self,
        store: &Store,
        id: PracticeId,
    ) -> Result<Option<PublishedExample>, PageError> {
        let all = self.published(store).await?;
        Ok(all.iter().find(|e| e.id == id).cloned())
    }
}
