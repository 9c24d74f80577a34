//! `dataset export`.

use std::path::PathBuf;

use anyhow::Context;
use clap::Subcommand;
use exchange::Format;
use fieldwork::WaveName;
use questionnaire::Lang;

use super::Data;
use crate::export::{self, Access, Order};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the frozen dataset of a closed wave for statistics programs, with codebook, questionnaire and methods
    /// report, as an archive takes it.
    Export {
        /// Name of the wave.
        #[arg(long, value_name = "NAME")]
        wave: String,
        /// sav, csv, xlsx or parquet; several with commas, or `all`.
        #[arg(long, value_name = "FORMAT", value_delimiter = ',', required = true, value_parser = format)]
        format: Vec<Formats>,
        /// Language of labels and documents: de or en.
        #[arg(long, default_value = "de", value_name = "LANG", value_parser = lang)]
        lang: Lang,
        /// For whom the files are. Those for the house can tell who is who.
        #[arg(long, value_enum, default_value = "archive")]
        access: Access,
        #[command(flatten)]
        data: Data,
        /// Folder for the files; those of an earlier export are replaced.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

/// What one word of `--format` asks for.
#[derive(Clone, Debug)]
pub struct Formats(Vec<Format>);

fn format(word: &str) -> Result<Formats, String> {
    if word == "all" {
        return Ok(Formats(Format::ALL.to_vec()));
    }
    Format::from_extension(word)
        .map(|format| Formats(vec![format]))
        .ok_or_else(|| "expected sav, csv, xlsx, parquet or all".to_owned())
}

fn lang(word: &str) -> Result<Lang, String> {
    match word {
        "de" => Ok(Lang::De),
        "en" => Ok(Lang::En),
        _ => Err("expected de or en".to_owned()),
    }
}

pub async fn run(command: Command) -> anyhow::Result<()> {
    let Command::Export {
        wave,
        format,
        lang,
        access,
        data,
        out,
    } = command;
    let mut formats: Vec<Format> = Vec::new();
    for format in format.into_iter().flat_map(|f| f.0) {
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
    let store = data.open().await?;
    let order = Order {
        wave: WaveName(wave),
        formats,
        lang,
        access,
    };
    let files = export::files(&store, order).await?;
    store.close().await;
    for (name, bytes) in &files {
        let path = out.join(name);
        let folder = path.parent().context("each file is in a folder")?;
        std::fs::create_dir_all(folder).with_context(|| format!("{}", folder.display()))?;
        std::fs::write(&path, bytes).with_context(|| format!("{}", path.display()))?;
    }
    let shown = files.keys().filter(|name| !name.contains('/'));
    for name in shown {
        println!("{}", out.join(name).display());
    }
    let requests = files.keys().filter(|name| name.contains('/')).count();
    if requests > 0 {
        println!("and {requests} requests that make the published numbers again");
    }
    Ok(())
}
