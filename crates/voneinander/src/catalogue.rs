//! The catalogue's index: built from the store whenever the store's stamp says that something changed.
//!
//! The folder `suche/` of the data folder holds one index a stamp; it may be deleted at any time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use anyhow::Context;
use practices::{DEFAULT_FIELDS, Entry, PublishedExample};
use register::{Land, Municipality, Register};
use search::{Added, Document, Lists, Search};
use serde::Serialize;
use store::Store;
use tokio::runtime::Handle;

/// Folder of the indexes in the data folder.
const FOLDER: &str = "suche";
/// Entries that are read at once.
const CHUNK: i64 = 2_000;

/// An index that is open, with the entries that are not in the store as such.
pub struct Open {
    stamp: String,
    /// The index.
    pub search: Search,
    /// Published practices by number, as the catalogue shows them.
    pub own: BTreeMap<i64, Entry>,
}

/// The catalogue of a data folder.
#[derive(Clone)]
pub struct Catalogue {
    store: Store,
    open: Arc<Mutex<Option<Arc<Open>>>>,
    building: Arc<tokio::sync::Mutex<()>>,
}

const CALM: &str = "no holder of this lock panics";

impl Catalogue {
    /// Nothing is read yet.
    pub fn new(store: &Store) -> Self {
        Self {
            store: store.clone(),
            open: Arc::default(),
            building: Arc::default(),
        }
    }

    /// The store behind it.
    pub fn store(&self) -> &Store {
        &self.store
    }

    fn opened(&self) -> Option<Arc<Open>> {
        self.open.lock().expect(CALM).clone()
    }

    /// The index as the store stands now; builds it where it must.
    pub async fn current(&self) -> anyhow::Result<Arc<Open>> {
        let stamp = self.stamp().await?;
        if let Some(open) = self.opened().filter(|o| o.stamp == stamp) {
            return Ok(open);
        }
        let _one_at_a_time = self.building.lock().await;
        let stamp = self.stamp().await?;
        if let Some(open) = self.opened().filter(|o| o.stamp == stamp) {
            return Ok(open);
        }
        let open = Arc::new(self.read(stamp).await?);
        *self.open.lock().expect(CALM) = Some(Arc::clone(&open));
        Ok(open)
    }

    /// The index that is open, also where a newer one is being built: nobody waits for it.
    pub async fn soon(&self) -> anyhow::Result<Arc<Open>> {
        let Some(open) = self.opened() else {
            return self.current().await;
        };
        if open.stamp != self.stamp().await? && self.building.try_lock().is_ok() {
            let again = self.clone();
            tokio::spawn(async move {
                if let Err(error) = again.current().await {
                    tracing::error!(
                        error = format!("{error:#}"),
                        "the catalogue's index was not built"
                    );
                }
            });
        }
        Ok(open)
    }

    async fn stamp(&self) -> anyhow::Result<String> {
        let stamp = self.store.catalogue_stamp().await?;
        Ok(format!("{stamp}-f{}", search::FORMAT))
    }

    async fn read(&self, stamp: String) -> anyhow::Result<Open> {
        let own = published(&self.store).await?;
        let kept = self.store.search_lists().await?;
        let added = Added {
            parts: kept.parts,
            synonyms: kept.synonyms,
        };
        let folder = self.store.folder().join(FOLDER);
        let (store, runtime) = (self.store.clone(), Handle::current());
        tokio::task::spawn_blocking(move || {
            let lists = Lists::read(&added).unwrap_or_else(|faults| {
                // The page refuses faulty lists; ours alone are better than none.
                tracing::error!(?faults, "the search's lists have faults and are left out");
                Lists::ours()
            });
            let there = folder.join(&stamp);
            if !there.is_dir() {
                build(&folder, &there, lists.clone(), &own, &store, &runtime)?;
            }
            let search = Search::open(&there, lists)?;
            Ok(Open { stamp, search, own })
        })
        .await?
    }
}

/// Builds beside and renames: readers see a whole index or none. Older ones go.
fn build(
    folder: &Path,
    there: &Path,
    lists: Lists,
    own: &BTreeMap<i64, Entry>,
    store: &Store,
    runtime: &Handle,
) -> anyhow::Result<()> {
    let said = |path: &Path| format!("{}", path.display());
    let fresh = folder.join(format!("neu-{}", std::process::id()));
    if fresh.exists() {
        std::fs::remove_dir_all(&fresh).with_context(|| said(&fresh))?;
    }
    std::fs::create_dir_all(&fresh).with_context(|| said(&fresh))?;
    let built = search::build(&fresh, lists, &mut |take| {
        for (id, entry) in own {
            take(document(format!("p:{id}"), entry));
        }
        let mut after = 0;
        loop {
            let chunk = runtime
                .block_on(store.entries(after, CHUNK))
                .map_err(|e| e.to_string())?;
            let Some((last, _)) = chunk.last() else {
                return Ok(());
            };
            after = *last;
            for (_, entry) in &chunk {
                take(document(format!("i:{}", entry.id), entry));
            }
        }
    });
    if let Err(error) = built {
        std::fs::remove_dir_all(&fresh).with_context(|| said(&fresh))?;
        return Err(error.into());
    }
    if there.exists() {
        // Another process was quicker.
        return std::fs::remove_dir_all(&fresh).with_context(|| said(&fresh));
    }
    std::fs::rename(&fresh, there).with_context(|| said(there))?;
    for entry in folder.read_dir().with_context(|| said(folder))? {
        let old: PathBuf = entry.with_context(|| said(folder))?.path();
        let building = old
            .file_name()
            .is_some_and(|n| n.to_string_lossy().starts_with("neu-"));
        if old != there && !building {
            // Whoever has it open keeps its pages.
            std::fs::remove_dir_all(&old).with_context(|| said(&old))?;
        }
    }
    Ok(())
}

/// The published practices as the catalogue shows them.
async fn published(store: &Store) -> anyhow::Result<BTreeMap<i64, Entry>> {
    let public = store.published().await?;
    if public.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut lists: BTreeMap<i64, Register> = BTreeMap::new();
    let (mut of_wave, mut synthetic) = (BTreeMap::new(), false);
    for wave in store.waves().await? {
        synthetic |= wave.wave.synthetic;
        of_wave.insert(wave.wave.name.0.clone(), wave.register_list);
        if let std::collections::btree_map::Entry::Vacant(place) = lists.entry(wave.register_list)
            && let Some(register) = store.register(wave.register_list).await?
        {
            place.insert(register);
        }
    }
    let invented = synthetic.then(|| Register::invented(crate::demo::SEED));
    let unit = |example: &PublishedExample| {
        let list = of_wave.get(&example.wave).and_then(|list| lists.get(list));
        list.and_then(|r| r.get(&example.municipality))
            .or_else(|| lists.values().find_map(|r| r.get(&example.municipality)))
            .or_else(|| invented.as_ref()?.get(&example.municipality))
    };
    Ok(public
        .iter()
        .map(|example| (example.id.0, entry(example, unit(example))))
        .collect())
}

fn entry(example: &PublishedExample, unit: Option<&Municipality>) -> Entry {
    let form = &example.publication.form;
    let parts: Vec<(String, String)> = [
        ("problem", &form.problem),
        ("steps", &form.steps),
        ("result", &form.result),
        ("obstacle", &form.obstacle),
        ("helped", &form.helped),
        ("requires", &form.requires),
        ("differently", &form.differently),
        ("run-by", &form.run_by),
        ("partners", &form.partners),
        ("builds-on", &form.builds_on),
        ("added", &form.added),
        ("staff", &form.staff),
        ("funding", &form.funding),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text.trim().to_owned()))
    .filter(|(_, text)| !text.is_empty())
    .collect();
    let texts: Vec<&str> = parts.iter().map(|(_, text)| text.as_str()).collect();
    Entry {
        id: example.id.0.to_string(),
        title: form.title.clone(),
        sentence: form.sentence.clone(),
        text: texts.join("\n\n"),
        field: form.field.clone(),
        municipality: unit.map_or_else(
            || example.municipality.to_string(),
            Municipality::plain_name,
        ),
        land: unit.map(|u| u.land.code().to_owned()).unwrap_or_default(),
        place_kind: unit.map(|u| u.kind.german().to_owned()).unwrap_or_default(),
        size_class: unit
            .map(|u| u.size_class().range_german().to_owned())
            .unwrap_or_default(),
        lang: "de".to_owned(),
        target: form.target_groups.iter().map(word).collect(),
        kind: word(&form.kind),
        cost: word(&form.cost),
        state: word(&form.running.mode),
        evidence: word(&form.evidence),
        confirmed: Some(example.confirmed),
        faded: example.faded.is_some(),
        parts,
        key: Some(example.municipality.to_string()),
    }
}

/// The word by which forms and databases call a value.
fn word<T: Serialize>(value: &T) -> String {
    let value = serde_json::to_value(value).expect("an enum without fields becomes a word");
    value.as_str().unwrap_or_default().to_owned()
}

fn document(id: String, entry: &Entry) -> Document {
    let source = if id.starts_with("p:") {
        "own"
    } else {
        "imported"
    };
    let mut facets: Vec<(String, String)> = [
        ("field", field(&entry.field)),
        ("land", land(&entry.land)),
        ("size", entry.size_class.clone()),
        ("type", entry.place_kind.clone()),
        ("cost", entry.cost.clone()),
        ("state", entry.state.clone()),
        ("evidence", entry.evidence.clone()),
        ("kind", entry.kind.clone()),
        ("lang", entry.lang.clone()),
        ("source", source.to_owned()),
        (
            "confirmed",
            entry
                .confirmed
                .map(|d| d.year().to_string())
                .unwrap_or_default(),
        ),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    facets.extend(
        entry
            .target
            .iter()
            .map(|t| ("target".to_owned(), t.clone())),
    );
    Document {
        id,
        title: entry.title.clone(),
        summary: entry.sentence.clone(),
        text: entry.text.clone(),
        place: entry.municipality.clone(),
        facets,
        confirmed: entry.confirmed,
        faded: entry.faded,
    }
}

/// The key of a field of action where the text names one of ours by key or name.
fn field(text: &str) -> String {
    let same = |(key, de, en): &(&str, &str, &str)| {
        [*key, *de, *en]
            .iter()
            .any(|n| n.eq_ignore_ascii_case(text))
    };
    DEFAULT_FIELDS
        .iter()
        .find(|f| same(f))
        .map_or_else(|| text.to_owned(), |(key, ..)| (*key).to_owned())
}

/// The register's two digits where the text names a Land by code, abbreviation or name.
fn land(text: &str) -> String {
    let found = Land::ALL
        .into_iter()
        .find(|l| [l.code(), l.abbreviation(), l.german(), l.english()].contains(&text));
    found.map_or_else(|| text.to_owned(), |l| l.code().to_owned())
}
