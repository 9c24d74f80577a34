//! `wave`: make, list, close.

use std::path::PathBuf;

use anyhow::Context;
use clap::Subcommand;
use fieldwork::{Wave, WaveName};
use questionnaire::Questionnaire;
use store::StoredWave;

use super::Data;
use crate::{clock, close};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a wave, or replace its settings, from a settings file and a questionnaire.
    Add {
        /// Settings as TOML: the fields of a wave (`docs/anleitung/forschung.md` shows one).
        #[arg(long, value_name = "FILE")]
        settings: PathBuf,
        /// Questionnaire file.
        #[arg(long, value_name = "FILE")]
        questionnaire: PathBuf,
        #[command(flatten)]
        data: Data,
    },
    /// List the waves.
    List(Data),
    /// Close a wave: freeze its dataset and evaluate it. This cannot be undone.
    Close {
        /// Name of the wave.
        #[arg(long, value_name = "NAME")]
        wave: String,
        #[command(flatten)]
        data: Data,
    },
}

pub async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Add {
            settings,
            questionnaire,
            data,
        } => add(settings, questionnaire, data).await,
        Command::List(data) => list(data).await,
        Command::Close { wave, data } => {
            let store = data.open().await?;
            let closed = close::close_wave(
                &store,
                &WaveName(wave.clone()),
                clock::now(),
                "command line",
            )
            .await?;
            store.close().await;
            println!(
                "wave {wave} closed: N = {}, {} findings",
                closed.rows, closed.findings
            );
            for (disposition, count) in closed.dispositions {
                println!(
                    "  {count:>6} {}",
                    serde_json::to_string(&disposition)?.trim_matches('"')
                );
            }
            Ok(())
        }
    }
}

async fn add(settings: PathBuf, file: PathBuf, data: Data) -> anyhow::Result<()> {
    let said = |path: &PathBuf| path.display().to_string();
    let text = std::fs::read_to_string(&settings).with_context(|| said(&settings))?;
    let mut wave: Wave = toml::from_str(&text).with_context(|| said(&settings))?;
    wave.frozen = None;
    let source = std::fs::read_to_string(&file).with_context(|| said(&file))?;
    Questionnaire::read(&source, &said(&file))?;
    let store = data.open().await?;
    let (register_list, _) = store
        .newest_register()
        .await?
        .context("there is no list of municipalities yet: `voneinander register import FILE`")?;
    let name = wave.name.clone();
    store
        .put_wave(StoredWave {
            wave,
            register_list,
            questionnaire: source,
        })
        .await?;
    store.close().await;
    println!("wave {name} is kept");
    Ok(())
}

async fn list(data: Data) -> anyhow::Result<()> {
    let store = data.open().await?;
    let now = clock::now();
    for stored in store.waves().await? {
        let wave = stored.wave;
        println!(
            "{:<12} {} to {}  {:?}  {}",
            wave.name.0,
            clock::day(wave.opens),
            clock::day(wave.closes),
            wave.phase(now),
            wave.title.de
        );
    }
    store.close().await;
    Ok(())
}
