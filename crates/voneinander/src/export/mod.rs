//! Handing on a frozen dataset: the files for statistics programs, and beside them what an archive wants to have.

mod design;
mod mask;
mod readme;
mod requests;

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use dataset::{Cell, Dataset, Values};
use exchange::{Format, Table};
use fieldwork::{Disposition, Response, WaveName};
use findings::Release;
use handbook::{ArchiveCover, ChannelRow, Methods, QuestionnaireCover};
use jiff::SignedDuration;
use questionnaire::{Lang, Questionnaire};
use register::{Key, Population, Register};
use store::{Invitation, Store, StoredWave};

use crate::{clock, close};
use design::Design;

/// For whom the files are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Access {
    /// For an archive and for researchers who signed: no inhabitants; the Land group only where enough share it.
    Archive,
    /// For the house alone: with inhabitants and Land group, so that every figure can be made again.
    House,
}

/// What was asked for.
#[derive(Clone, Debug)]
pub struct Order {
    /// Name of the wave.
    pub wave: WaveName,
    /// Files for statistics programs.
    pub formats: Vec<Format>,
    /// Language of labels and documents.
    pub lang: Lang,
    /// For whom.
    pub access: Access,
}

/// All that is kept of a closed wave.
struct Kept {
    stored: StoredWave,
    /// Version of the dataset: 1 is the one that was frozen, later ones have open answers coded.
    version: i64,
    dataset: Dataset,
    release: Release,
    questionnaire: Questionnaire,
    register: Register,
    invitations: Vec<Invitation>,
    responses: BTreeMap<Key, Response>,
}

/// Files by their path below the output folder. The same wave gives the same bytes.
pub async fn files(store: &Store, order: Order) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let kept = kept(store, &order.wave).await?;
    tokio::task::spawn_blocking(move || write(kept, &order)).await?
}

async fn kept(store: &Store, name: &WaveName) -> anyhow::Result<Kept> {
    let Some(stored) = store.wave(name).await? else {
        let names: Vec<String> = store
            .waves()
            .await?
            .into_iter()
            .map(|w| w.wave.name.0)
            .collect();
        bail!(
            "there is no wave \"{name}\"; there are: {}",
            names.join(", ")
        )
    };
    let not_closed = || {
        format!(
            "the wave \"{name}\" is not closed yet, and only a closed one has a dataset: `voneinander wave close`"
        )
    };
    let (version, dataset) = store.newest_dataset(name).await?.with_context(not_closed)?;
    let release = store.release(name).await?.with_context(not_closed)?;
    let register = store
        .register(stored.register_list)
        .await?
        .context("the wave's list of municipalities is gone")?;
    let questionnaire = Questionnaire::read(
        &stored.questionnaire,
        &format!("questionnaire of wave {name}"),
    )?;
    Ok(Kept {
        version,
        dataset,
        release,
        questionnaire,
        register,
        invitations: store.invitations(name).await?,
        responses: store.responses(name).await?,
        stored,
    })
}

fn write(mut kept: Kept, order: &Order) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let design = design::design(&kept.dataset, &kept.register, order.access)?;
    mask_texts(&mut kept.dataset, &kept.register)?;
    let wave = &kept.stored.wave;
    let table = Table::new(
        &kept.dataset,
        design.columns.clone(),
        &wave.title,
        wave.synthetic,
    );
    let names = Names::of(order.lang);
    let mut files = BTreeMap::new();
    for format in &order.formats {
        let name = format!("{}.{}", wave.name, format.extension());
        files.insert(name, table.write(*format, order.lang)?);
    }
    let cover = cover(&kept, order.lang);
    let codebook = table.codebook_json();
    let json = serde_json::to_string_pretty(&codebook)? + "\n";
    files.insert(
        format!("{}.csv", names.codebook),
        table.codebook_csv().into_bytes(),
    );
    files.insert(format!("{}.json", names.codebook), json.into_bytes());
    files.insert(
        format!("{}.pdf", names.codebook),
        handbook::render_codebook(&codebook, &kept.questionnaire, &cover, order.lang)?,
    );
    files.insert(
        names.questionnaire.to_owned(),
        handbook::render_questionnaire(&kept.questionnaire, &paper(&kept, order.lang), order.lang)?,
    );
    let methods = methods(&kept, &table, &design, order);
    files.insert(
        names.methods.to_owned(),
        handbook::render_methods(&methods, &kept.release, &cover, order.lang)?,
    );
    let requests = requests::requests(&kept.release, &table, order)?;
    let readme = readme::readme(
        &kept.stored.wave,
        kept.version,
        &design,
        &requests,
        order,
        names,
    );
    files.insert("README.txt".to_owned(), readme.into_bytes());
    files.extend(requests);
    Ok(files)
}

/// Names of the files beside the data, in the reader's language.
#[derive(Clone, Copy)]
struct Names {
    codebook: &'static str,
    questionnaire: &'static str,
    methods: &'static str,
    requests: &'static str,
}

impl Names {
    fn of(lang: Lang) -> Self {
        match lang {
            Lang::De => Self {
                codebook: "codebuch",
                questionnaire: "fragebogen.pdf",
                methods: "methodenbericht.pdf",
                requests: "anfragen",
            },
            Lang::En => Self {
                codebook: "codebook",
                questionnaire: "questionnaire.pdf",
                methods: "methods-report.pdf",
                requests: "requests",
            },
        }
    }
}

/// Free texts leave without the names of their municipality and without contacts.
fn mask_texts(dataset: &mut Dataset, register: &Register) -> anyhow::Result<()> {
    let units = std::mem::take(&mut dataset.units);
    for column in &mut dataset.columns {
        let Values::Text(cells) = &mut column.values else {
            continue;
        };
        for (unit, cell) in units.iter().zip(cells) {
            if let Cell::Value(text) = cell {
                let unit = register.get(&Key::new(unit.as_str())?);
                let names = unit.map_or_else(Vec::new, |unit| mask::names(unit, register));
                *text = mask::mask(text, &names);
            }
        }
    }
    dataset.units = units;
    Ok(())
}

fn cover(kept: &Kept, lang: Lang) -> ArchiveCover {
    let wave = &kept.stored.wave;
    let list = match kept.register.date() {
        Some(date) => format!("{} ({date})", kept.register.label()),
        None => kept.register.label().to_owned(),
    };
    ArchiveCover {
        title: wave.title.get(lang).to_owned(),
        wave: wave.name.to_string(),
        institute: wave.institute.name.clone(),
        funder: wave.funder.name.clone(),
        supporters: wave.supporters.iter().map(|s| s.name.clone()).collect(),
        contact: wave.contact.clone(),
        register: list,
        frozen: kept.dataset.frozen,
        synthetic: wave.synthetic,
    }
}

fn paper(kept: &Kept, lang: Lang) -> QuestionnaireCover {
    let wave = &kept.stored.wave;
    QuestionnaireCover {
        title: wave.title.get(lang).to_owned(),
        institute: wave.institute.name.clone(),
        purpose: wave.purpose.get(lang).to_owned(),
        until: clock::day(wave.closes - SignedDuration::from_millis(1)),
        contact: wave.contact.clone(),
        synthetic: wave.synthetic,
    }
}

fn methods(kept: &Kept, table: &Table, design: &Design, order: &Order) -> Methods {
    let dispositions = close::dispositions(&kept.invitations, &kept.responses, &kept.questionnaire);
    let mut channels: BTreeMap<&str, ChannelRow> = BTreeMap::new();
    for invitation in &kept.invitations {
        let row = channels
            .entry(&invitation.channel)
            .or_insert_with(|| ChannelRow::new(&invitation.channel));
        row.invited += 1;
        row.opened += u32::from(invitation.opened.is_some());
        let counts = dispositions
            .get(&invitation.municipality)
            .is_some_and(|d: &Disposition| d.counts());
        row.counted += u32::from(counts);
    }
    let wave = &kept.stored.wave;
    Methods {
        purpose: wave.purpose.get(order.lang).to_owned(),
        minutes: wave.minutes,
        questionnaire_version: kept.questionnaire.version,
        questions: kept.questionnaire.questions().count(),
        pages: kept.questionnaire.pages.len(),
        populations: (
            kept.register.of(Population::Municipalities).count(),
            kept.register.of(Population::Counties).count(),
        ),
        channels: channels.into_values().collect(),
        rows: table.rows,
        apart: design.apart,
        columns: table.fields.len(),
        design: table
            .fields
            .iter()
            .filter(|field| field.design)
            .map(|field| (field.name.clone(), field.text.get(order.lang).to_owned()))
            .collect(),
        land_group: design.land_group,
        fewest_alike: design.fewest_alike,
        inhabitants: order.access == Access::House,
    }
}
