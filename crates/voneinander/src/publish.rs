//! Publishing an edition: freezing it, and writing handbook, site and data.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use dataset::Dataset;
use edition::markdown::TextFault;
use edition::{Draft, Edition, Example, ExampleTakeUp, FieldFacts};
use fieldwork::WaveName;
use findings::workspace::{Isolated, Workspace};
use findings::{
    Audited, Before, GapBasis, GapExample, Mapping, Release, ReleasedChange, WaveData, gap_tables,
};
use jiff::Timestamp;
use practices::{
    CodeKind, Form, LICENCES, Practice, PracticeId, PublishedExample, State, TakeUp, chain,
};
use questionnaire::{Lang, Questionnaire, Text};
use register::Register;
use store::{Store, StoredWave};

use crate::{close, compare};

/// Folder of the published editions in the data folder.
pub const FOLDER: &str = "ausgaben";

/// Why an edition was not published, in words for editors.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.en)]
struct Refused(Text);

fn refused(de: String, en: String) -> anyhow::Error {
    Refused(Text { de, en }).into()
}

/// Why an edition was not published, in both languages.
pub fn words(error: &anyhow::Error) -> Text {
    let own = error.chain().find_map(|e| e.downcast_ref::<Refused>());
    if let Some(Refused(text)) = own {
        return text.clone();
    }
    let audit = error
        .chain()
        .find_map(|e| e.downcast_ref::<findings::AuditError>());
    let en = format!("{error:#}");
    match audit {
        Some(_) => Text {
            de: format!(
                "Die Geheimhaltungsprüfung ist nicht bestanden. Die Meldung nennt Tabelle, Zeile und Zelle:\n{en}"
            ),
            en,
        },
        None => Text {
            de: format!("Es ist nichts veröffentlicht. Das Programm meldet:\n{en}"),
            en,
        },
    }
}

/// What was written.
pub struct Published {
    /// The frozen edition.
    pub edition: Edition,
    /// Files by their path below the output folder.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Key of the edition to publish: the one named, or the one with the newest date.
pub async fn key(store: &Store, named: Option<String>) -> anyhow::Result<String> {
    if let Some(key) = named {
        return Ok(key);
    }
    let editions = store.editions().await?;
    let newest = editions.into_iter().max_by_key(|e| e.draft.date);
    let newest = newest.context("there is no edition to publish")?;
    Ok(newest.draft.key)
}

/// What an edition is made of before it is audited.
struct Parts {
    draft: Draft,
    release: Release,
    examples: Vec<Example>,
    shared: Vec<FieldFacts>,
    change: Option<ReleasedChange>,
    gaps: GapBasis,
    register: Register,
    questionnaire: Questionnaire,
}

/// How the edition would look now: not audited, and never published.
pub async fn preview(store: &Store, key: &str) -> anyhow::Result<Edition> {
    let parts = parts(store, key).await?;
    let mut edition = parts
        .draft
        .preview(parts.release, parts.examples, parts.shared);
    edition.change = parts.change;
    edition.gaps = Some(parts.gaps);
    Ok(edition)
}

/// Freezes the draft with the released findings of its wave and the released examples, after the audit of what the
/// edition would say together with everything about this wave that is out.
pub async fn freeze(store: &Store, key: &str) -> anyhow::Result<Edition> {
    let Parts {
        draft,
        release,
        examples,
        shared,
        change,
        gaps,
        register,
        questionnaire,
    } = parts(store, key).await?;
    let dataset = dataset(store, &release.wave).await?;
    let before = store.left_the_house(&release.wave).await?;
    let kept = store.audit_of_wave(&release.wave).await?;
    let day = draft.date;
    let paradata = close::paradata_of(store, &WaveName(release.wave.clone())).await?;
    let audited = tokio::task::spawn_blocking(move || {
        let waves = [WaveData {
            dataset: &dataset,
            questionnaire: &questionnaire,
            register: &register,
            paradata: &paradata,
        }];
        let before: Vec<Before<'_>> = before
            .iter()
            .map(|(name, release)| Before { name, release })
            .collect();
        findings::audit_edition(release, kept.as_ref(), &waves, &before, day)
    });
    let audited = audited.await??;
    said_of_kept(&audited)?;
    let mut edition = draft.freeze(audited, examples, shared);
    edition.change = change;
    edition.gaps = Some(gaps);
    Ok(edition)
}

/// What the audit held back in kept findings. One that a person wrote must still say what it says.
fn said_of_kept(audited: &Audited) -> anyhow::Result<()> {
    for held in &audited.report().held_back {
        let words = held.words().de;
        let mut kept = audited.release().kept.iter();
        let Some(finding) = kept.find(|kept| kept.key.0 == held.key) else {
            continue;
        };
        // Tables that the program made for the gaps have no words of their own.
        if findings::is_gap_table(finding) {
            tracing::info!("{words}");
            continue;
        }
        tracing::warn!("{words}");
        let shown = finding.table.finding.rows.iter().any(|row| row.n.is_some());
        if !shown {
            bail!("{words} Nichts davon ist übrig: Nehmen Sie die Auswertung aus der Ausgabe.");
        }
        let said = format!("{} {}", finding.title, finding.wording);
        let foreign = finding.table.foreign_percents(&said);
        if !foreign.is_empty() {
            bail!(
                "{words} Ihr Text nennt noch {} %: Ändern Sie ihn, oder nehmen Sie die Auswertung aus der Ausgabe.",
                foreign.join(", ")
            );
        }
    }
    Ok(())
}

async fn dataset(store: &Store, wave: &str) -> anyhow::Result<Dataset> {
    let found = store.dataset(&fieldwork::WaveName(wave.to_owned())).await?;
    found.context("the edition's wave has no dataset")
}

async fn parts(store: &Store, key: &str) -> anyhow::Result<Parts> {
    let row = store
        .edition(key)
        .await?
        .with_context(|| format!("there is no edition \"{key}\""))?;
    let wave = fieldwork::WaveName(row.draft.wave.clone());
    let release = store.release(&wave).await?.ok_or_else(|| {
        refused(
            format!("Die Befragung „{wave}“ dieser Ausgabe ist noch nicht abgeschlossen."),
            format!(
                "the wave \"{wave}\" of this edition is not closed yet: `voneinander wave close`"
            ),
        )
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
    let published: BTreeMap<PracticeId, PublishedExample> = store
        .published()
        .await?
        .into_iter()
        .map(|e| (e.id, e))
        .collect();
    let draft = choose(row.draft, &practices, &published);
    let mut take_ups = store.take_ups(Some(State::Published)).await?;
    let places = Places {
        register: &register,
        invented: &invented,
    };
    let mut examples = Vec::new();
    for id in draft.chapters.iter().flat_map(|c| &c.examples) {
        let id = PracticeId(*id);
        let Some(practice) = practices.get(&id) else {
            continue;
        };
        let terms = store.release_terms(id).await?;
        let wave = titles.get(&practice.wave).cloned().unwrap_or_default();
        let known = published.get(&id);
        let own: Vec<TakeUp> = take_ups.extract_if(.., |t| t.practice == id).collect();
        examples.push(example((practice, known, &own), &terms, &places, wave)?);
    }
    let shared = shared(store, &draft, &examples, &practices).await?;
    let basis = basis(store, &examples, (&practices, &published), &places, &stored).await?;
    let release = with_kept(store, release, &draft, (&wave, &basis)).await?;
    let change = match draft.compare_with.clone() {
        Some(earlier) => Some(compare::change(store, &earlier, &wave).await?),
        None => None,
    };
    let questionnaire = Questionnaire::read(&stored.questionnaire, "questionnaire of the edition")?;
    Ok(Parts {
        draft,
        release,
        examples,
        shared,
        change,
        gaps: basis,
        register,
        questionnaire,
    })
}

/// What gaps are counted from: the wave's mapping, and every example that is published or becomes so with this edition,
/// with the kind of place it comes from.
async fn basis(
    store: &Store,
    chosen: &[Example],
    (practices, published): (
        &BTreeMap<PracticeId, Practice>,
        &BTreeMap<PracticeId, PublishedExample>,
    ),
    places: &Places<'_>,
    stored: &StoredWave,
) -> anyhow::Result<GapBasis> {
    let mapping = mapping(store, stored).await?;
    let mut examples = Vec::new();
    for example in chosen {
        if let Some(practice) = practices.get(&PracticeId(example.id)) {
            let place = places.find(&practice.municipality)?;
            examples.push(GapExample::new(&example.form.field, place));
        }
    }
    for example in published.values() {
        if !chosen.iter().any(|e| e.id == example.id.0) {
            let place = places.find(&example.municipality)?;
            examples.push(GapExample::new(&example.publication.form.field, place));
        }
    }
    Ok(GapBasis::new(&mapping, examples))
}

/// The mapping of a wave as editors wrote it, or the default one.
async fn mapping(store: &Store, stored: &StoredWave) -> anyhow::Result<Mapping> {
    let Some(kept) = store.matching(&stored.wave.name).await? else {
        return Ok(Mapping::default());
    };
    let questionnaire = Questionnaire::read(&stored.questionnaire, "questionnaire of the edition")?;
    let (fields, codes) = (store.fields_of_action().await?, store.codes().await?);
    let fields = fields.iter().filter(|f| f.parent.is_none());
    let fields: Vec<&str> = fields.map(|f| f.key.as_str()).collect();
    let codes = codes.iter().filter(|c| c.kind == CodeKind::Prerequisite);
    let codes: Vec<&str> = codes.map(|c| c.key.as_str()).collect();
    let read = Mapping::read(&kept.text, &questionnaire, &fields, &codes);
    Ok(read.unwrap_or_else(|faults| {
        tracing::warn!(?faults, "the mapping has faults; the default one is used");
        Mapping::default()
    }))
}

/// Adds the kept findings that the draft names, released anew. A wording that says a percentage which is not released
/// is refused: text is no way round disclosure control.
async fn with_kept(
    store: &Store,
    mut release: Release,
    draft: &Draft,
    (wave, basis): (&WaveName, &GapBasis),
) -> anyhow::Result<Release> {
    let mut texts = vec![
        draft.foreword.as_str(),
        draft.introduction.as_str(),
        draft.method.as_str(),
        draft.change.as_str(),
    ];
    for chapter in &draft.chapters {
        texts.push(&chapter.markdown);
        texts.extend(chapter.findings.iter().map(String::as_str));
    }
    let mut kept = store.kept_findings_of(wave).await?;
    kept.retain(|kept| edition::kept::is_named(&kept.id.key(), &texts));
    let stored = store.wave(wave).await?.context("the wave is gone")?;
    let register = store
        .register(stored.register_list)
        .await?
        .context("the wave's list of municipalities is gone")?;
    // The newest version of the dataset: what the researcher saw who kept them.
    let newest = store.newest_dataset(wave).await?;
    let (_, dataset) = newest.context("the dataset is gone")?;
    let questionnaire = Questionnaire::read(&stored.questionnaire, "questionnaire of the edition")?;
    let basis = basis.clone();
    let made = tokio::task::spawn_blocking(move || {
        let workspace = Workspace::new(dataset, &questionnaire, &register, release.clone())?;
        for kept in kept {
            let (key, text) = (kept.id.key(), &kept.text);
            let finding = workspace.kept(&key, &kept.query, &text.title, &text.wording);
            let finding = finding.with_context(|| format!("the kept finding {key}"))?;
            let said = format!("{} {}", text.title, text.wording);
            let foreign = finding.table.foreign_percents(&said);
            if !foreign.is_empty() {
                let percents = foreign.join(", ");
                return Err(refused(
                    format!(
                        "Das Ergebnis {key} nennt Prozentzahlen, die nicht freigegeben sind: {percents}"
                    ),
                    format!(
                        "the kept finding {key} says percentages that are not released: {percents}"
                    ),
                ));
            }
            release.kept.push(finding);
        }
        let isolated = workspace.isolated(&release.kept)?;
        if !isolated.is_empty() {
            let line =
                |i: &Isolated| format!("{} within {}: {} between", i.within, i.larger, i.between);
            let lines: Vec<String> = isolated.iter().map(line).collect();
            let lines = lines.join("\n");
            return Err(refused(
                format!(
                    "Behaltene Ergebnisse verraten zusammen die Antwort einer Kommune; nehmen Sie eines davon aus der Ausgabe:\n{lines}"
                ),
                format!(
                    "kept findings give somebody away together; take one of them out of the edition:\n{lines}"
                ),
            ));
        }
        // The tables by Länder for the gaps leave as kept findings do; one that would give somebody away stays.
        for table in gap_tables(&workspace, &basis) {
            release.kept.push(table);
            if !workspace.isolated(&release.kept)?.is_empty() {
                release.kept.pop();
            }
        }
        Ok(release)
    });
    made.await?
}

/// Leaves out of a draft what is not released, and says nothing of what was not chosen.
fn choose(
    mut draft: Draft,
    practices: &BTreeMap<PracticeId, Practice>,
    published: &BTreeMap<PracticeId, PublishedExample>,
) -> Draft {
    for chapter in &mut draft.chapters {
        chapter.examples.retain(|id| {
            let id = PracticeId(*id);
            let released = practices
                .get(&id)
                .is_some_and(|p| p.state == State::Released);
            released || published.contains_key(&id)
        });
    }
    draft
}

/// Where municipalities are looked up: in the wave's list, then among the invented ones.
struct Places<'a> {
    register: &'a Register,
    invented: &'a Register,
}

impl Places<'_> {
    fn find(&self, key: &register::Key) -> anyhow::Result<&register::Municipality> {
        let found = self.register.get(key).or_else(|| self.invented.get(key));
        found.with_context(|| format!("the register has no unit {key}"))
    }
}

/// A released wording that is not yet published goes before the published one.
fn example(
    (practice, published, own): (&Practice, Option<&PublishedExample>, &[TakeUp]),
    (licence, mailbox): &(String, bool),
    places: &Places,
    wave: questionnaire::Text,
) -> anyhow::Result<Example> {
    let unit = places
        .find(&practice.municipality)
        .with_context(|| format!("practice {}", practice.id.0))?;
    let fresh = practice.state == State::Released;
    let (form, number, licence, released) = match published.filter(|_| !fresh) {
        Some(e) => {
            let p = &e.publication;
            (p.form.clone(), p.number, p.licence.clone(), p.released)
        }
        None => {
            let day = practice
                .released
                .with_context(|| format!("practice {} has no day of release", practice.id.0))?;
            let form = Form {
                mailbox: practice.form.mailbox.clone().filter(|_| *mailbox),
                ..practice.form.clone()
            };
            let number = published.map_or(1, |e| e.publication.number + 1);
            (form, number, licence.clone(), day)
        }
    };
    let mut take_ups = Vec::new();
    for (depth, t) in chain(own) {
        take_ups.push(ExampleTakeUp {
            municipality: places.find(&t.municipality)?.plain_name(),
            depth,
            form: t.form.clone(),
            released: t.released.unwrap_or(released),
        });
    }
    let known = LICENCES.iter().find(|(key, _)| *key == licence);
    Ok(Example {
        id: practice.id.0,
        form,
        municipality: unit.plain_name(),
        kind: questionnaire::Text {
            de: unit.kind.german().to_owned(),
            en: unit.kind.english().to_owned(),
        },
        inhabitants: unit.inhabitants,
        land: unit.land.code().to_owned(),
        wave,
        released,
        confirmed: practice.confirmed.unwrap_or(released),
        number,
        licence: known.map_or(licence.clone(), |(_, name)| (*name).to_owned()),
        said: published.and_then(|e| e.confirmation.clone()),
        faded: published.and_then(|e| e.faded),
        take_ups,
    })
}

/// What the examples of each chapter share, from the codes that editors gave them.
async fn shared(
    store: &Store,
    draft: &Draft,
    examples: &[Example],
    practices: &BTreeMap<PracticeId, Practice>,
) -> anyhow::Result<Vec<FieldFacts>> {
    let (codes, coded) = (store.codes().await?, store.coded().await?);
    let fields = store.fields_of_action().await?;
    let facts = |chapter: &edition::ChapterText| {
        let key = &chapter.field;
        let within = examples.iter().filter(|e| e.form.field == *key);
        let within = within.map(|e| PracticeId(e.id)).collect();
        let named = practices.values().filter(|p| p.form.field == *key).count();
        let found = findings::field_examples(named, &within, &codes, &coded);
        let of_kind = |kind: CodeKind| {
            let lessons = found.lessons.iter().filter(|l| l.code.kind == kind);
            let said = lessons.map(|l| {
                let (de, en) = (l.code.de.clone(), l.code.en.clone());
                (questionnaire::Text { de, en }, l.examples.len())
            });
            said.collect()
        };
        FieldFacts {
            field: key.clone(),
            named: found.named,
            published: found.published,
            coded: found.coded,
            criteria: fields
                .iter()
                .find(|f| f.key == *key)
                .map(|f| f.criteria.clone())
                .unwrap_or_default(),
            success: of_kind(CodeKind::Success),
            obstacles: of_kind(CodeKind::Obstacle),
            prerequisites: of_kind(CodeKind::Prerequisite),
        }
    };
    Ok(draft.chapters.iter().map(facts).collect())
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

/// Refuses texts that name what is not there, all faults at once. A number that disclosure control holds back is only
/// told: the text says so itself.
fn check(edition: &Edition) -> anyhow::Result<()> {
    let (held, faults): (Vec<_>, Vec<_>) = edition::markdown::check(edition)
        .into_iter()
        .partition(|(_, f)| f.only_held());
    let line = |(text, fault): &(String, TextFault)| {
        format!("{text}:{}:{}: {}", fault.line, fault.column, fault.problem)
    };
    for fault in &held {
        tracing::warn!("{}", line(fault));
    }
    if !faults.is_empty() {
        let lines: Vec<String> = faults.iter().map(line).collect();
        let german =
            |(text, fault): &(String, TextFault)| format!("{text}: {}", fault.message(Lang::De));
        let german: Vec<String> = faults.iter().map(german).collect();
        return Err(refused(
            format!(
                "In den Texten der Ausgabe stimmt etwas nicht:\n{}",
                german.join("\n")
            ),
            format!(
                "the edition's texts have faults, nothing was published:\n{}",
                lines.join("\n")
            ),
        ));
    }
    Ok(())
}

/// Publishes: freezes, renders, keeps, and writes into the data folder and, where named, into `out`.
pub async fn publish(
    store: &Store,
    key: &str,
    out: Option<&Path>,
    at: Timestamp,
    actor: &str,
) -> anyhow::Result<Published> {
    let own = store.folder().join(FOLDER).join(key);
    for folder in [Some(own.as_path()), out].into_iter().flatten() {
        check_folder(folder)?;
    }
    let edition = freeze(store, key).await?;
    check(&edition)?;
    let wave = fieldwork::WaveName(edition.release.wave.clone());
    let stored = store
        .wave(&wave)
        .await?
        .context("the edition's wave is gone")?;
    let questionnaire = Questionnaire::read(&stored.questionnaire, "questionnaire of the edition")?;
    let dataset = dataset(store, &wave.0).await?;
    let codebook = dataset.codebook().to_csv();
    let (edition, files) = tokio::task::spawn_blocking(move || {
        render(&edition, &questionnaire, &codebook).map(|files| (edition, files))
    })
    .await??;
    if let Some(out) = out {
        write(out, &files)?;
    }
    write(&own, &files)?;
    store.freeze_edition(&edition, at, actor).await?;
    let ids = edition.examples.iter().map(|e| PracticeId(e.id)).collect();
    let today = crate::clock::day(at);
    store
        .mark_published(ids, Vec::new(), at, today, actor)
        .await?;
    Ok(Published { edition, files })
}

/// What an edition consists of; a folder with anything else is somebody's and left alone.
const PARTS: [&str; 3] = ["handreichung.pdf", "site", "data"];

/// Whether an edition may take the place of this folder: it is new, empty, or an edition.
fn check_folder(folder: &Path) -> anyhow::Result<()> {
    let said = || format!("{}", folder.display());
    if !folder.exists() {
        return Ok(());
    }
    if !folder.is_dir() {
        bail!("{} is a file; name a folder", folder.display());
    }
    for entry in folder.read_dir().with_context(said)? {
        let name = entry.with_context(said)?.file_name();
        if !PARTS.iter().any(|part| name == *part) {
            bail!(
                "{} holds other files (\"{}\"); name a new or empty folder",
                folder.display(),
                name.display()
            );
        }
    }
    Ok(())
}

/// Writes all files into a new folder beside `folder` and then puts it in its place: readers see the old edition or
/// the new one.
fn write(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    let said = |path: &Path| format!("{}", path.display());
    check_folder(folder)?;
    // Its own name, also where it was called `.` or ends with a slash.
    let folder = match folder.canonicalize() {
        Ok(there) => there,
        Err(_) => std::path::absolute(folder).with_context(|| said(folder))?,
    };
    let (fresh, old) = (with_suffix(&folder, "neu"), with_suffix(&folder, "alt"));
    let written = write_new(&fresh, files);
    if written.is_err() && fresh.exists() {
        std::fs::remove_dir_all(&fresh).with_context(|| said(&fresh))?;
    }
    written?;
    let there = folder.exists();
    if there {
        std::fs::rename(&folder, &old).with_context(|| said(&folder))?;
    }
    std::fs::rename(&fresh, &folder).with_context(|| said(&folder))?;
    if there {
        std::fs::remove_dir_all(&old).with_context(|| said(&old))?;
    }
    Ok(())
}

fn write_new(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> anyhow::Result<()> {
    for (path, bytes) in files {
        let file = folder.join(path);
        let parent = file.parent().context("every file has a folder")?;
        std::fs::create_dir_all(parent).with_context(|| format!("{}", parent.display()))?;
        std::fs::write(&file, bytes).with_context(|| format!("{}", file.display()))?;
    }
    Ok(())
}

/// A folder beside this one that nobody else has.
fn with_suffix(folder: &Path, suffix: &str) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{suffix}-{}", std::process::id()));
    folder.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_anybody_else_is_replaced() {
        let folder =
            std::env::temp_dir().join(format!("voneinander-publish-{}", std::process::id()));
        if folder.exists() {
            std::fs::remove_dir_all(&folder).unwrap();
        }
        let files = |text: &str| -> BTreeMap<String, Vec<u8>> {
            [
                ("handreichung.pdf".to_owned(), text.into()),
                ("site/index.html".to_owned(), text.into()),
            ]
            .into()
        };
        let out = folder.join("ausgabe");
        let theirs = folder.join("ausgabe.alt");
        std::fs::create_dir_all(&theirs).unwrap();
        write(&out, &files("eins")).unwrap();
        write(&out, &files("zwei")).unwrap();
        assert_eq!(std::fs::read(out.join("site/index.html")).unwrap(), b"zwei");
        assert!(theirs.exists(), "a folder with a similar name stays");
        std::fs::write(out.join("notizen.txt"), "meine").unwrap();
        let error = write(&out, &files("drei")).unwrap_err().to_string();
        assert!(error.contains("notizen.txt"), "{error}");
        assert_eq!(std::fs::read(out.join("site/index.html")).unwrap(), b"zwei");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
