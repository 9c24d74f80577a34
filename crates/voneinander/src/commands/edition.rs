//! `edition add`.

use anyhow::{Context, bail};
use clap::Subcommand;
use edition::{Beginning, Draft, is_edition_key};
use fieldwork::WaveName;
use jiff::civil::Date;

use super::Data;
use crate::clock;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin the draft of an edition: a chapter for each field of action, with the examples that are released.
    /// Its texts are written in the back office.
    Add {
        /// Key in addresses, e.g. 2016-2.
        #[arg(long)]
        edition: String,
        /// Name of the wave whose findings it carries.
        #[arg(long, value_name = "NAME")]
        wave: String,
        /// Title.
        #[arg(long)]
        title: String,
        /// Date that all outputs carry, e.g. 2016-07-01.
        #[arg(long, value_name = "DATE")]
        date: Date,
        /// Earlier wave with which the edition compares.
        #[arg(long, value_name = "NAME")]
        compare_with: Option<String>,
        #[command(flatten)]
        data: Data,
    },
}

pub async fn run(command: Command) -> anyhow::Result<()> {
    let Command::Add {
        edition: key,
        wave,
        title,
        date,
        compare_with,
        data,
    } = command;
    if !is_edition_key(&key) {
        bail!("--edition {key}: expected up to 40 letters, digits and hyphens, e.g. 2016-2");
    }
    let store = data.open().await?;
    let stored = store
        .wave(&WaveName(wave.clone()))
        .await?
        .with_context(|| format!("there is no wave \"{wave}\""))?;
    let practices = store.practices().await?;
    let fields = store.fields_of_action().await?;
    let new = Beginning {
        key: key.clone(),
        title,
        date,
        compare_with,
    };
    let draft = Draft::begin(new, &stored.wave, &practices, fields);
    if store.edition(&key).await?.is_some() {
        bail!("the edition \"{key}\" is there already; write its texts in the back office");
    }
    store
        .save_edition(draft, 0, clock::now(), "command line")
        .await?
        .map_err(|_| {
            anyhow::anyhow!("the edition \"{key}\" was begun by somebody else in this moment")
        })?;
    store.close().await;
    println!(
        "edition {key} begun; write its texts in the back office, then `voneinander publish --edition {key}`"
    );
    Ok(())
}
