//! Publishing an edition: freezing it, and writing handbook, site and data.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use edition::{Draft, Edition, Example};
use jiff::Timestamp;
use practices::{Practice, PracticeId, State};
use questionnaire::Questionnaire;
use register::Register;
use store::Store;

/// Folder of the published editions in the data folder.
pub const FOLDER: &str = "ausgaben";

/// What was written.
pub struct Published {
    /// The frozen edition.
    pub edition: Edition,
    /// Files by their path below the output folder.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Key of the edition to publish: the one named, or the only one there is.
pub async fn key(store: &Store, named: Option<String>) -> anyhow::Result<String> {
    if let Some(key) = named {
        return Ok(key);
    }
    let keys: Vec<String> = store
        .editions()
        .await?
        .into_iter()
        .map(|e| e.draft.key)
        .collect();
    match keys.as_slice() {
        [only] => Ok(only.clone()),
        [] => bail!("there is no edition to publish"),
        many => bail!(
            "there are several editions, name one with --edition: {}",
            many.join(", ")
        ),
    }
}

/// Freezes the draft with the released findings of its wave and the released examples.
pub async fn freeze(store: &Store, key: &str) -> anyhow::Result<Edition> {
    let row = store
        .edition(key)
        .await?
        .with_context(|| format!("there is no edition \"{key}\""))?;
    let wave = fieldwork::WaveName(row.draft.wave.clone());
    let release = store.release(&wave).await?.with_context(|| {
        format!("the wave \"{wave}\" of this edition is not closed yet: `voneinander wave close`")
    })?;
    let stored = store
        .wave(&wave)
        .await?
        .context("the edition's wave is gone")?;
    let register = store
        .register(stored.register_list)
        .await?
        .context("the wave's list of municipalities is gone")?;
    // A made-up study on the official list keeps its examples on invented municipalities.
    let invented = if stored.wave.synthetic {
        Register::invented(crate::demo::SEED)
    } else {
        register.clone()
    };
    let titles: BTreeMap<String, questionnaire::Text> = store
        .waves()
        .await?
        .into_iter()
        .map(|w| (w.wave.name.0, w.wave.title))
        .collect();
    let practices: BTreeMap<PracticeId, Practice> = store
        .practices()
        .await?
        .into_iter()
        .map(|p| (p.id, p))
        .collect();
    let draft = choose(row.draft, &practices);
    let examples = draft
        .chapters
        .iter()
        .flat_map(|c| &c.examples)
        .filter_map(|id| practices.get(&PracticeId(*id)))
        .map(|practice| example(practice, &register, &invented, &titles))
        .collect::<anyhow::Result<Vec<_>>>()?;
    Ok(draft.freeze(release, examples))
}

/// Leaves out of a draft what is not released, and says nothing of what was not chosen.
fn choose(mut draft: Draft, practices: &BTreeMap<PracticeId, Practice>) -> Draft {
    for chapter in &mut draft.chapters {
        chapter.examples.retain(|id| {
            practices
                .get(&PracticeId(*id))
                .is_some_and(|p| matches!(p.state, State::Released | State::Published))
        });
    }
    draft
}

fn example(
    practice: &Practice,
    register: &Register,
    invented: &Register,
    titles: &BTreeMap<String, questionnaire::Text>,
) -> anyhow::Result<Example> {
    let unit = register
        .get(&practice.municipality)
        .or_else(|| invented.get(&practice.municipality))
        .with_context(|| {
            format!(
                "practice {}: the register has no unit {}",
                practice.id.0, practice.municipality
            )
        })?;
    let day = practice
        .released
        .with_context(|| format!("practice {} has no day of release", practice.id.0))?;
    Ok(Example {
        id: practice.id.0,
        form: practice.form.clone(),
        municipality: unit.plain_name(),
        kind: questionnaire::Text {
            de: unit.kind.german().to_owned(),
            en: unit.kind.english().to_owned(),
        },
        inhabitants: unit.inhabitants,
        land: unit.land.code().to_owned(),
        wave: titles.get(&practice.wave).cloned().unwrap_or_default(),
        released: day,
        confirmed: practice.confirmed.unwrap_or(day),
    })
}

/// Renders all outputs of a frozen edition.
pub fn render(
    edition: &Edition,
    questionnaire: &Questionnaire,
    codebook: &str,
) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let handbook = handbook::render_handbook(edition)?;
    let mut files = BTreeMap::new();
    for (path, bytes) in edition::site::write(edition, questionnaire, handbook.len())? {
        files.insert(format!("site/{path}"), bytes);
    }
    for (path, bytes) in edition::data::write(edition, codebook)? {
        files.insert(format!("data/{path}"), bytes);
    }
    files.insert("handreichung.pdf".to_owned(), handbook);
    Ok(files)
}

/// Publishes: freezes, renders, keeps, and writes into the data folder and, where named, into `out`.
pub async fn publish(
    store: &Store,
    key: &str,
    out: Option<&Path>,
    at: Timestamp,
    actor: &str,
) -> anyhow::Result<Published> {
    let edition = freeze(store, key).await?;
    let wave = fieldwork::WaveName(edition.release.wave.clone());
    let stored = store
        .wave(&wave)
        .await?
        .context("the edition's wave is gone")?;
    let questionnaire = Questionnaire::read(&stored.questionnaire, "questionnaire of the edition")?;
    let dataset = store
        .dataset(&wave)
        .await?
        .context("the edition's wave has no dataset")?;
    let codebook = dataset.codebook().to_csv();
    let (edition, files) = tokio::task::spawn_blocking(move || {
        render(&edition, &questionnaire, &codebook).map(|files| (edition, files))
    })
    .await??;
    store.freeze_edition(&edition, at, actor).await?;
    let ids = edition.examples.iter().map(|e| PracticeId(e.id)).collect();
    store.mark_published(ids, at, actor).await?;
    let own = store.folder().join(FOLDER).join(key);
    write(&own, &files)?;
    if let Some(out) = out {
        write(out, &files)?;
    }
    Ok(Published { edition, files })
}

/// Writes all files into a new folder beside `folder` and then puts it in its place: readers see the old edition or
/// the new one. Folders that hold something else are left alone.
fn write(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    let said = |path: &Path| format!("{}", path.display());
    if folder.is_dir()
        && !folder.join("handreichung.pdf").is_file()
        && folder.read_dir()?.next().is_some()
    {
        bail!(
            "{} holds other files; name a new or empty folder",
            folder.display()
        );
    }
    let fresh = with_suffix(folder, ".neu");
    if fresh.exists() {
        std::fs::remove_dir_all(&fresh).with_context(|| said(&fresh))?;
    }
    for (path, bytes) in files {
        let file = fresh.join(path);
        let parent = file.parent().context("every file has a folder")?;
        std::fs::create_dir_all(parent).with_context(|| said(parent))?;
        std::fs::write(&file, bytes).with_context(|| said(&file))?;
    }
    let old = with_suffix(folder, ".alt");
    if old.exists() {
        std::fs::remove_dir_all(&old).with_context(|| said(&old))?;
    }
    if folder.exists() {
        std::fs::rename(folder, &old).with_context(|| said(folder))?;
    }
    std::fs::rename(&fresh, folder).with_context(|| said(folder))?;
    if old.exists() {
        std::fs::remove_dir_all(&old).with_context(|| said(&old))?;
    }
    Ok(())
}

fn with_suffix(folder: &Path, suffix: &str) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(suffix);
    folder.with_file_name(name)
}
