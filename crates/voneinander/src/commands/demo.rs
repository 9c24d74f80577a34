//! `demo`: the whole chain on made-up data, and then `serve`.

use std::fs::DirBuilder;
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use register::Register;
use store::{Role, Store};

use super::{Server, note_address, serve, staff};
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
    #[command(flatten)]
    server: Server,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let mut config = match &arguments.data {
        Some(folder) => Config::read(folder)?,
        None => Config::default(),
    };
    if let Some(listen) = arguments.listen {
        config.listen = listen;
    }
    // What can fail at once comes first: then nothing is left behind.
    let listener = if arguments.no_serve {
        None
    } else {
        Some(serve::bind(&mut config).await?)
    };
    let register = arguments.register.map(read_register).transpose()?;
    let with_register = register.is_some();
    let mut folder = Folder::new(arguments.data)?;
    println!(
        "Voneinander: demo study with invented municipalities, in {}",
        folder.path.display()
    );
    let built = build(&arguments.server, &folder.path, &config, register);
    let store = tokio::select! {
        store = built => store?,
        () = serve::asked_to_stop() => {
            eprintln!("interrupted; {}", folder.leftovers());
            return Ok(ExitCode::from(INTERRUPTED));
        }
    };
    if with_register && !store.fresh {
        println!(
            "\n  the demo was there already, on the list it was built with; --register was not used"
        );
    }
    match listener {
        Some(listener) => {
            println!("\nserving on {} — end with Ctrl+C", config.base_url());
            serve::serve(store.store, &config, listener, &folder.path).await?;
        }
        None => {
            store.store.close().await;
            if folder.temporary {
                folder.temporary = false;
                println!("\nthe data stay in {}", folder.path.display());
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The exit code that shells expect after Ctrl+C.
const INTERRUPTED: u8 = 130;

/// The data folder; a temporary one goes when this value does.
struct Folder {
    path: PathBuf,
    temporary: bool,
}

impl Folder {
    fn new(named: Option<PathBuf>) -> anyhow::Result<Self> {
        if let Some(path) = named {
            return Ok(Self {
                path,
                temporary: false,
            });
        }
        let path = std::env::temp_dir().join(format!("voneinander-demo-{}", std::process::id()));
        // A new folder of one's own: nobody else may have put anything there.
        DirBuilder::new()
            .mode(0o700)
            .create(&path)
            .with_context(|| format!("{}", path.display()))?;
        Ok(Self {
            path,
            temporary: true,
        })
    }

    fn leftovers(&self) -> String {
        if self.temporary {
            "nothing is left".to_owned()
        } else {
            format!("remove {} before the next demo", self.path.display())
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.temporary
            && let Err(error) = std::fs::remove_dir_all(&self.path)
        {
            eprintln!("{} could not be removed: {error}", self.path.display());
        }
    }
}

struct Built {
    store: Store,
    /// Built now, not found.
    fresh: bool,
}

/// Builds the demo where it is not there yet, and prints its addresses.
async fn build(
    server: &Server,
    folder: &Path,
    config: &Config,
    register: Option<Register>,
) -> anyhow::Result<Built> {
    let store = server.create(folder).await?;
    let fresh = !demo::is_built(&store).await?;
    let base_url = config.base_url();
    note_address(folder, &base_url)?;
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
        "  second edition            {base_url}/ausgaben/{}/site/ergebnisse/veraenderung.html",
        demo::EDITION_AGAIN
    );
    println!(
        "  files                     {}",
        folder.join(FOLDER).join(demo::EDITION).display()
    );
    Ok(Built { store, fresh })
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
