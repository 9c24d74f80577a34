//! The command line: one file a command.

mod backup;
mod config;
mod dataset;
mod demo;
mod edition;
mod estimate;
mod field;
mod invite;
mod practices;
mod publish;
mod questionnaire;
mod register;
mod responses;
mod serve;
mod staff;
mod wave;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand};
use store::Store;

/// Software with which municipalities learn from one another.
#[derive(Debug, Parser)]
#[command(name = "voneinander", version, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the demo study, evaluate it, publish an edition and serve everything.
    Demo(demo::Arguments),
    /// Serve a data folder.
    Serve(serve::Arguments),
    /// The list of municipalities.
    #[command(subcommand)]
    Register(register::Command),
    /// Questionnaire files.
    #[command(subcommand)]
    Questionnaire(questionnaire::Command),
    /// Waves: make, list, close.
    #[command(subcommand)]
    Wave(wave::Command),
    /// Frozen datasets: hand them on.
    #[command(subcommand)]
    Dataset(dataset::Command),
    /// Choose who is asked in a wave, from its list of municipalities.
    Population(field::PopulationArguments),
    /// Contacts of municipalities.
    #[command(subcommand)]
    Contacts(field::ContactsCommand),
    /// Make invitations and write their links once.
    Invite(invite::Arguments),
    /// Mailings, and mails that came back.
    #[command(subcommand)]
    Mail(field::MailCommand),
    /// Letters for the print shop, as PDF and as table.
    Letters(field::LettersArguments),
    /// Ways by which municipalities hear of a wave.
    #[command(subcommand)]
    Channel(field::ChannelCommand),
    /// Responses from elsewhere.
    #[command(subcommand)]
    Responses(responses::Command),
    /// The catalogue of examples: import, search.
    #[command(subcommand)]
    Practices(practices::Command),
    /// Drafts of editions.
    #[command(subcommand)]
    Edition(edition::Command),
    /// Answer a request file: estimates with standard errors, as JSON.
    Estimate(estimate::Arguments),
    /// Publish an edition: handbook, site and data.
    Publish(publish::Arguments),
    /// Copy the database into a file, also while `serve` runs.
    Backup(backup::Backup),
    /// Make a data folder from such a file.
    Restore(backup::Restore),
    /// People who may sign in.
    #[command(subcommand)]
    Staff(staff::Command),
    /// The configuration file.
    #[command(subcommand)]
    Config(config::Command),
}

/// The data folder, on every command that needs one.
#[derive(Debug, clap::Args)]
pub struct Data {
    /// Folder with the database, the configuration and the published editions.
    #[arg(long = "data", value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    server: Server,
}

/// A database server instead of the file in the data folder.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Server {
    /// PostgreSQL database to use instead of a file in the data folder: `postgres://USER:PASSWORD@HOST/DATABASE`.
    /// Left out, the environment's VONEINANDER_DATABASE is asked, where others on the machine do not see a password.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

impl Server {
    fn url(&self) -> Option<String> {
        let told = || {
            std::env::var("VONEINANDER_DATABASE")
                .ok()
                .filter(|u| !u.is_empty())
        };
        self.database.clone().or_else(told)
    }

    /// Opens the database of the data folder `folder` and makes it when it is not there.
    async fn create(&self, folder: &Path) -> Result<Store, store::OpenError> {
        match self.url() {
            Some(url) => Store::connect(&url, folder).await,
            None => Store::create(folder).await,
        }
    }
}

/// The control of `tests/benches/crash.rs`: shows that its cut of power loses what was not on the disk.
const CARELESS: &str = "VONEINANDER_CONTROL_SYNCHRONOUS";

impl Data {
    async fn open(&self) -> anyhow::Result<Store> {
        Ok(match self.server.url() {
            Some(url) => Store::connect(&url, &self.folder).await?,
            None if std::env::var(CARELESS).is_ok_and(|how| how == "normal") => {
                tracing::warn!("{CARELESS}: what is saved is not safe from a loss of power");
                Store::open_careless(&self.folder).await?
            }
            None => Store::open(&self.folder).await?,
        })
    }

    async fn create(&self) -> anyhow::Result<Store> {
        Ok(self.server.create(&self.folder).await?)
    }
}

impl Arguments {
    /// Runs the command.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .context("the runtime could not be started")?;
        let done = runtime.block_on(async {
            match self.command {
                Command::Demo(arguments) => return demo::run(arguments).await,
                Command::Serve(arguments) => serve::run(arguments).await?,
                Command::Register(command) => return register::run(command).await,
                Command::Questionnaire(command) => return questionnaire::run(&command),
                Command::Wave(command) => wave::run(command).await?,
                Command::Dataset(command) => dataset::run(command).await?,
                Command::Population(arguments) => field::population(arguments).await?,
                Command::Contacts(command) => field::contacts(command).await?,
                Command::Invite(arguments) => invite::run(arguments).await?,
                Command::Mail(command) => field::mail(command).await?,
                Command::Letters(arguments) => field::letters(arguments).await?,
                Command::Channel(command) => field::channel(command).await?,
                Command::Responses(command) => return responses::run(command).await,
                Command::Practices(command) => return practices::run(command).await,
                Command::Edition(command) => edition::run(command).await?,
                Command::Estimate(arguments) => return estimate::run(&arguments),
                Command::Publish(arguments) => publish::run(arguments).await?,
                Command::Backup(arguments) => backup::backup(arguments).await?,
                Command::Restore(arguments) => backup::restore(arguments).await?,
                Command::Staff(command) => staff::run(command).await?,
                Command::Config(command) => config::run(&command)?,
            }
            Ok(ExitCode::SUCCESS)
        });
        // A rendering that nobody waits for any more does not hold up the end.
        runtime.shutdown_background();
        done
    }
}

/// Writes a new file for its owner's eyes only.
fn write_private(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let said = || format!("{}", file.display());
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    let mut open = options.open(file).with_context(said)?;
    open.write_all(bytes).with_context(said)?;
    open.sync_all().with_context(said)
}

/// Where `serve` notes under which address it runs, so that `invite` beside it makes links that work.
const ADDRESS_FILE: &str = "adresse.txt";

fn note_address(data: &Path, base_url: &str) -> anyhow::Result<()> {
    let file = data.join(ADDRESS_FILE);
    std::fs::write(&file, base_url).with_context(|| format!("{}", file.display()))
}

/// The address for links: the configured one, else where `serve` last ran, else the default.
fn base_url(data: &Path, config: &crate::config::Config) -> String {
    let noted = || {
        std::fs::read_to_string(data.join(ADDRESS_FILE))
            .ok()
            .map(|text| text.trim().to_owned())
    };
    config
        .base_url
        .clone()
        .or_else(noted)
        .unwrap_or_else(|| config.base_url())
}
