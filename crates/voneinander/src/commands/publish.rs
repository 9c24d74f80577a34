//! `publish`.

use std::path::PathBuf;

use super::Data;
use crate::{clock, publish};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    data: Data,
    /// Folder for `handreichung.pdf`, `site/` and `data/`.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Key of the edition, where there are several.
    #[arg(long, value_name = "KEY")]
    edition: Option<String>,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let store = arguments.data.open().await?;
    let key = publish::key(&store, arguments.edition).await?;
    let published = publish::publish(
        &store,
        &key,
        Some(&arguments.out),
        clock::now(),
        "command line",
    )
    .await?;
    store.close().await;
    println!(
        "edition {key}: {} findings, {} examples, {} files in {}",
        published.edition.release.findings.len(),
        published.edition.examples.len(),
        published.files.len(),
        arguments.out.display()
    );
    Ok(())
}
