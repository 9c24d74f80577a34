//! `config check`.

use anyhow::bail;
use clap::Subcommand;

use super::Data;
use crate::config::{Config, FILE};
use crate::pages;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say whether the configuration of a data folder can be used, and what holds.
    Check(Data),
}

pub fn run(command: &Command) -> anyhow::Result<()> {
    let Command::Check(data) = command;
    if !data.folder.is_dir() {
        bail!("{}: there is no such folder", data.folder.display());
    }
    let config = Config::read(&data.folder)?;
    config.outbox(&data.folder)?;
    pages::read(config.pages.as_deref())?;
    let origin = if data.folder.join(FILE).is_file() {
        FILE
    } else {
        "defaults"
    };
    println!("configuration is right ({origin})");
    println!("  listen    {}", config.listen);
    println!("  base-url  {}", config.base_url());
    println!(
        "  mail      {}",
        config.mail.smtp.as_deref().unwrap_or("written as files")
    );
    Ok(())
}
