//! `invite`.

use std::path::PathBuf;

use fieldwork::WaveName;
use register::Key;

use super::{Data, base_url};
use crate::clock;
use crate::config::Config;
use crate::invite::{Whom, invite, write_csv};

#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("whom").required(true)))]
pub struct Arguments {
    /// Name of the wave.
    #[arg(long, value_name = "NAME")]
    wave: String,
    /// Everybody who was not invited yet.
    #[arg(long, group = "whom")]
    all: bool,
    /// These keys, separated by commas; who was invited before gets a new link.
    #[arg(long, value_name = "KEY,...", value_delimiter = ',', group = "whom")]
    ags: Vec<String>,
    /// So many who were not invited yet.
    #[arg(long, value_name = "N", group = "whom", value_parser = clap::value_parser!(u32).range(1..))]
    count: Option<u32>,
    /// File for the links: `ags,name,link,code`. They are written once, since only hashes are kept.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Address for the links, where it differs from the configured one.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    #[command(flatten)]
    data: Data,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let config = Config::read(&arguments.data.folder)?;
    let base_url = arguments
        .base_url
        .unwrap_or_else(|| base_url(&arguments.data.folder, &config));
    let whom = match arguments.count {
        _ if arguments.all => Whom::All,
        Some(count) => Whom::Count(count as usize),
        None => Whom::Keys(
            arguments
                .ags
                .into_iter()
                .map(Key::new)
                .collect::<Result<_, _>>()?,
        ),
    };
    let store = arguments.data.open().await?;
    let mut kept = None;
    let invited = invite(
        &store,
        &WaveName(arguments.wave),
        whom,
        &base_url,
        clock::now(),
        |invited| {
            if !invited.is_empty() {
                kept = write_csv(&arguments.out, invited)?;
            }
            Ok(())
        },
    )
    .await?;
    store.close().await;
    if invited.is_empty() {
        println!("everybody was invited before; name keys with --ags to make new links for them");
        return Ok(());
    }
    println!(
        "{} invitations written to {}",
        invited.len(),
        arguments.out.display()
    );
    if let Some(kept) = kept {
        println!("what stood there before is now {}", kept.display());
    }
    Ok(())
}
