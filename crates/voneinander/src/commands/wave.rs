//! `wave`: make, list, close.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Subcommand;
use fieldwork::{Phase, Wave, WaveName};
use jiff::SignedDuration;
use questionnaire::Questionnaire;
use serde::Deserialize;

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
    /// Rehearse a wave on a copy that is thrown away: invitations, generated answers, evaluation.
    Rehearse {
        /// Name of the wave.
        #[arg(long, value_name = "NAME")]
        wave: String,
        /// Seed of the generated answers.
        #[arg(long, value_name = "SEED", default_value_t = 1)]
        seed: u64,
        #[command(flatten)]
        data: Data,
    },
    /// Extend the field period of a wave.
    Extend {
        /// Name of the wave.
        #[arg(long, value_name = "NAME")]
        wave: String,
        /// The new last day, as 2017-04-30.
        #[arg(long, value_name = "DAY")]
        until: jiff::civil::Date,
        #[command(flatten)]
        data: Data,
    },
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
        Command::Rehearse { wave, seed, data } => {
            let base_url =
                super::base_url(&data.folder, &crate::config::Config::read(&data.folder)?);
            let store = data.open().await?;
            let name = WaveName(wave);
            let found =
                crate::field::rehearse(&store, &name, seed, &base_url, clock::now()).await?;
            store.close().await;
            println!(
                "rehearsed in {:.1} s: {} invited, {} mails, N = {}, {} findings; nothing of it was kept",
                found.seconds, found.invited, found.mails, found.n, found.findings
            );
            for (disposition, count) in found.dispositions {
                let word = serde_json::to_string(&disposition)?;
                println!("  {count:>6} {}", word.trim_matches('"'));
            }
            for page in found.unseen {
                println!("  nobody saw the page \"{page}\"");
            }
            Ok(())
        }
        Command::Extend { wave, until, data } => {
            let store = data.open().await?;
            let name = WaveName(wave);
            let closes = clock::midnight(until.tomorrow()?);
            if !store
                .extend_wave(&name, closes, clock::now(), "command line")
                .await?
            {
                bail!(
                    "the wave \"{name}\" is not extended: it is not there, it was closed, or it lasts longer already"
                );
            }
            store.close().await;
            println!("the wave {name} can be answered until {until}");
            Ok(())
        }
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

/// Keys of the settings file.
const KEYS: [&str; 11] = [
    "name",
    "title",
    "purpose",
    "institute",
    "funder",
    "supporters",
    "contact",
    "minutes",
    "opens",
    "closes",
    "synthetic",
];

/// Reads a settings file and says everything that is wrong in it.
fn read_settings(text: &str) -> anyhow::Result<Wave> {
    let mut table: toml::Table = toml::from_str(text)?;
    let unknown: Vec<&String> = table
        .keys()
        .filter(|key| !KEYS.contains(&key.as_str()))
        .collect();
    if let Some(key) = unknown.first() {
        bail!("unknown key \"{key}\"; there are: {}", KEYS.join(", "));
    }
    let none = || toml::Value::Array(Vec::new());
    table.entry("supporters").or_insert_with(none);
    // Faults of a value are told with their line; a missing list of supporters is none.
    let wave: Wave = match toml::from_str(text) {
        Ok(wave) => wave,
        Err(fault) => Wave::deserialize(table).map_err(|_| fault)?,
    };
    let wrong: Vec<String> = fieldwork::settings_faults(&wave)
        .into_iter()
        .map(|fault| fault.said.en)
        .collect();
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n  "));
    }
    Ok(Wave {
        frozen: None,
        ..wave
    })
}

async fn add(settings: PathBuf, file: PathBuf, data: Data) -> anyhow::Result<()> {
    let said = |path: &PathBuf| path.display().to_string();
    let text = std::fs::read_to_string(&settings).with_context(|| said(&settings))?;
    let wave = read_settings(&text).with_context(|| said(&settings))?;
    let source = std::fs::read_to_string(&file).with_context(|| said(&file))?;
    let questionnaire = Questionnaire::read(&source, &said(&file))?;
    let store = data.open().await?;
    let name = wave.name.clone();
    let made = store
        .make_wave(
            wave,
            (source, &questionnaire),
            store::WaveMade::Either,
            clock::now(),
            "command line",
        )
        .await?;
    if let Err(refused) = made {
        let words = refused.message(questionnaire::Lang::En);
        match refused {
            fieldwork::WaveRefused::AnswersLost(..) => bail!("{}: {words}", said(&file)),
            _ => bail!(words),
        }
    }
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
            "{:<12} {} to {}  {:<7} {}",
            wave.name.0,
            clock::day(wave.opens),
            clock::day(wave.closes - SignedDuration::from_millis(1)),
            match (wave.frozen, wave.phase(now)) {
                (Some(_), _) => "frozen",
                (None, Phase::Planned) => "planned",
                (None, Phase::Open) => "open",
                (None, Phase::Closed) => "ended",
            },
            wave.title.de
        );
    }
    store.close().await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: &str = r#"name = "2017-1"
contact = "studie@institut.example"
minutes = [15, 20]
opens = "2017-02-05T23:00:00Z"
closes = "2017-03-31T22:00:00Z"
synthetic = false
title = { de = "A", en = "A" }
purpose = { de = "B", en = "B" }
institute = { name = "I" }
funder = { name = "F" }
"#;

    #[test]
    fn settings_without_supporters_can_be_read() {
        let wave = read_settings(RIGHT).unwrap();
        assert_eq!((wave.name.0.as_str(), wave.supporters.len()), ("2017-1", 0));
    }

    #[test]
    fn a_wave_needs_no_funder_but_a_logo_needs_a_name() {
        let without = RIGHT.replace("funder = { name = \"F\" }\n", "");
        assert!(!read_settings(&without).unwrap().has_funder());
        let logo = RIGHT.replace("name = \"F\"", "name = \"\", logo_svg = \"<svg/>\"");
        let error = read_settings(&logo).unwrap_err().to_string();
        assert!(error.contains("whose logo this is"), "{error}");
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let wrong = RIGHT
            .replace("\"2017-1\"", "\"a/b ä\"")
            .replace("[15, 20]", "[20, 15]")
            .replace("2017-03-31", "2016-03-31");
        let error = read_settings(&wrong).unwrap_err().to_string();
        for part in ["a-z, 0-9", "[20, 15]", "is not after opens"] {
            assert!(error.contains(part), "{error}");
        }
        let unknown = format!("opend = 1\n{RIGHT}");
        let error = read_settings(&unknown).unwrap_err().to_string();
        assert!(error.contains("unknown key \"opend\""), "{error}");
        let line = RIGHT.replace("synthetic = false", "synthetic = 1");
        let error = read_settings(&line).unwrap_err().to_string();
        assert!(error.contains("line 6"), "{error}");
    }
}
