//! `register import`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;
use edition::numbers;
use questionnaire::Lang;
use register::Register;
use store::Store;

use super::Data;
use crate::clock;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read the official AuszugGV (CSV or xlsx) into a data folder.
    Import {
        /// The file.
        file: PathBuf,
        #[command(flatten)]
        data: Data,
    },
}

pub async fn run(command: Command) -> anyhow::Result<ExitCode> {
    let Command::Import { file, data } = command;
    let name = file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let bytes = std::fs::read(&file).with_context(|| format!("{}", file.display()))?;
    let register = match Register::read(&bytes, &name) {
        Ok(register) => register,
        Err(faults) => {
            eprintln!("{faults}");
            eprintln!("nothing was changed");
            return Ok(ExitCode::FAILURE);
        }
    };
    let store = Store::create(&data.folder).await?;
    store
        .import_register(&register, &name, clock::now())
        .await?;
    store.close().await;
    let counts = register.counts();
    let thousands = |n: u64| numbers::thousands(Lang::De, i64::try_from(n).unwrap_or(i64::MAX));
    println!("{name}");
    println!(
        "  Gemeinden               {:>12}",
        thousands(counts.municipalities.into())
    );
    println!(
        "  davon mit Einwohnern    {:>12}",
        thousands(counts.with_inhabitants.into())
    );
    println!(
        "  Gemeindeverbände        {:>12}",
        thousands(counts.associations.into())
    );
    println!(
        "  Kreise                  {:>12}",
        thousands(counts.districts.into())
    );
    println!(
        "  Länder                  {:>12}",
        thousands(counts.laender.into())
    );
    println!(
        "  Einwohner               {:>12}",
        thousands(counts.inhabitants)
    );
    Ok(ExitCode::SUCCESS)
}
