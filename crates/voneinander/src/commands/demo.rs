//! `demo`: the whole chain on made-up data, and then `serve`.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context;
use register::Register;
use store::{Role, Store};

use super::{note_address, serve, staff};
use crate::config::Config;
use crate::demo;
use crate::publish::FOLDER;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Keep the data in this folder; without it they go into a temporary one.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Stop after publishing.
    #[arg(long)]
    no_serve: bool,
    /// Address to listen on.
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Build the study on this list of municipalities instead of the invented one.
    #[arg(long, value_name = "FILE")]
    register: Option<PathBuf>,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let temporary = arguments.data.is_none();
    let folder = arguments.data.unwrap_or_else(|| {
        std::env::temp_dir().join(format!("voneinander-demo-{}", std::process::id()))
    });
    println!(
        "Voneinander: demo study with invented municipalities, in {}",
        folder.display()
    );
    let register = arguments.register.map(read_register).transpose()?;
    let store = Store::create(&folder).await?;
    let mut config = Config::read(&folder)?;
    if let Some(listen) = arguments.listen {
        config.listen = listen;
    }
    let listener = if arguments.no_serve {
        None
    } else {
        Some(serve::bind(&config).await?)
    };
    let base_url = config.base_url();
    note_address(&folder, &base_url)?;
    let respond = demo::build(&store, register, &base_url).await?;
    let sign_in = staff::add(
        &store,
        "demo@institut.example",
        "Demo-Zugang",
        Role::Researcher,
        None,
        &base_url,
    )
    .await?;
    println!();
    println!("  answer as a municipality  {}", respond.link);
    println!(
        "                            ({}, code {})",
        respond.name, respond.code
    );
    println!("  back office (one-time)    {sign_in}");
    println!(
        "  public site               {base_url}/ausgaben/{}/site/index.html",
        demo::EDITION
    );
    println!(
        "  handbook PDF              {base_url}/ausgaben/{}/handreichung.pdf",
        demo::EDITION
    );
    println!(
        "  files                     {}",
        folder.join(FOLDER).join(demo::EDITION).display()
    );
    match listener {
        Some(listener) => {
            println!("\nserving on {base_url} — end with Ctrl+C");
            serve::serve(store, &config, listener, &folder).await?;
        }
        None => store.close().await,
    }
    if temporary && arguments.no_serve {
        println!("\nthe data stay in {}", folder.display());
    } else if temporary {
        std::fs::remove_dir_all(&folder).with_context(|| format!("{}", folder.display()))?;
    }
    Ok(())
}

fn read_register(file: PathBuf) -> anyhow::Result<Register> {
    let bytes = std::fs::read(&file).with_context(|| format!("{}", file.display()))?;
    let name = file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    Ok(Register::read(&bytes, &name)?)
}
