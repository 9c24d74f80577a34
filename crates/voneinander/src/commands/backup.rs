//! `backup` and `restore`.

use std::path::PathBuf;

use anyhow::bail;
use store::Store;

use super::Data;

#[derive(Debug, clap::Args)]
pub struct Backup {
    #[command(flatten)]
    data: Data,
    /// File to write; it must not exist yet.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Debug, clap::Args)]
pub struct Restore {
    /// File that `backup` wrote.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    #[command(flatten)]
    data: Data,
}

pub async fn backup(arguments: Backup) -> anyhow::Result<()> {
    if arguments.out.exists() {
        bail!(
            "{} is there already; name a new file",
            arguments.out.display()
        );
    }
    let store = arguments.data.open().await?;
    store.backup(&arguments.out).await?;
    store.close().await;
    let size = std::fs::metadata(&arguments.out)?.len();
    println!("{} written, {size} bytes", arguments.out.display());
    Ok(())
}

pub async fn restore(arguments: Restore) -> anyhow::Result<()> {
    let folder = &arguments.data.folder;
    if folder.is_dir() && folder.read_dir()?.next().is_some() {
        bail!("{} is not empty; name a new folder", folder.display());
    }
    if !arguments.from.is_file() {
        bail!("{}: there is no such file", arguments.from.display());
    }
    Store::restore(&arguments.from, folder).await?;
    println!(
        "{} made from {}",
        folder.display(),
        arguments.from.display()
    );
    println!(
        "publish the editions again: voneinander publish --data {} --out DIR",
        folder.display()
    );
    Ok(())
}
