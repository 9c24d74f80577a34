//! `population`, `contacts`, `mail`, `letters`, `channel`: field work from the command line.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Subcommand;
use fieldwork::contact::{contact_changes, read_contacts};
use fieldwork::{
    Choice, MailingOrder, MessageKind, Sample, SampleSize, StratumBy, WaveName, choose,
};
use register::{Key, Kind, Land, Register, SizeClass};
use store::{Channel, Store};

use super::{Data, base_url};
use crate::clock;
use crate::config::Config;
use crate::field::{self, LetterFile};

#[derive(Debug, clap::Args)]
pub struct PopulationArguments {
    /// Name of the wave.
    #[arg(long, value_name = "NAME")]
    wave: String,
    /// Only these Länder, by abbreviation (NW) or number (05), separated by commas.
    #[arg(long, value_name = "LAND,...", value_delimiter = ',')]
    land: Vec<String>,
    /// Only these types: independent-city, town, municipality, unincorporated, county.
    #[arg(long = "type", value_name = "TYPE,...", value_delimiter = ',')]
    kind: Vec<String>,
    /// Only these size classes: under5000, small-town, medium-town, large-city, county.
    #[arg(long, value_name = "CLASS,...", value_delimiter = ',')]
    size: Vec<String>,
    /// Only units with at least so many inhabitants.
    #[arg(long, value_name = "N")]
    inhabitants_from: Option<u32>,
    /// File with an own list of keys, one a line.
    #[arg(long, value_name = "FILE")]
    own: Option<PathBuf>,
    /// A random sample: `200` in all, `20/stratum`, or `10%`.
    #[arg(long, value_name = "SIZE")]
    sample: Option<String>,
    /// Strata of the sample: land, size, type.
    #[arg(
        long,
        value_name = "BY,...",
        value_delimiter = ',',
        default_value = "size"
    )]
    by: Vec<String>,
    /// Units with at least so many inhabitants are all taken beside the sample.
    #[arg(long, value_name = "N")]
    all_from: Option<u32>,
    /// Seed of the sample; kept with the wave.
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    seed: u64,
    /// Count only, and keep nothing.
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    data: Data,
}

#[derive(Debug, Subcommand)]
pub enum ContactsCommand {
    /// Read contacts from xlsx or CSV; every fault is told, and with one nothing is read.
    Import {
        /// The file.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Name of the wave.
        #[arg(long, value_name = "NAME")]
        wave: String,
        /// Say what would happen, and change nothing.
        #[arg(long)]
        check: bool,
        #[command(flatten)]
        data: Data,
    },
}

#[derive(Debug, Subcommand)]
pub enum MailCommand {
    /// Queue a mailing; `serve` sends it.
    Send {
        /// Name of the wave.
        #[arg(long, value_name = "NAME")]
        wave: String,
        /// invitation, reminder or thanks.
        #[arg(long, value_name = "KIND")]
        kind: String,
        /// The round, where it is not the next one: the same round is never written twice to anybody.
        #[arg(long, value_name = "N")]
        round: Option<i64>,
        /// Say who would be written to, show the text for one of them, and send nothing.
        #[arg(long)]
        check: bool,
        #[command(flatten)]
        data: Data,
    },
    /// Take mails back in that did not arrive: notifications (RFC 3464) as files, folders of files, or mbox.
    Bounces {
        /// Files or folders.
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        data: Data,
    },
}

#[derive(Debug, clap::Args)]
pub struct LettersArguments {
    /// Name of the wave.
    #[arg(long, value_name = "NAME")]
    wave: String,
    /// New folder for briefe.pdf, serienbrief.xlsx and serienbrief.csv: the same codes in all three.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Only municipalities that no mail can reach.
    #[arg(long)]
    without_mail: bool,
    #[command(flatten)]
    data: Data,
}

#[derive(Debug, Subcommand)]
pub enum ChannelCommand {
    /// Add a channel, or change its name.
    Add {
        /// Name of the wave.
        #[arg(long, value_name = "NAME")]
        wave: String,
        /// Code in addresses (`?kanal=CODE`), e.g. `dlt-17`.
        #[arg(long, value_name = "CODE")]
        code: String,
        /// Name, e.g. "Rundschreiben des Landkreistags".
        #[arg(long, value_name = "NAME")]
        name: String,
        #[command(flatten)]
        data: Data,
    },
}

fn land(word: &str) -> anyhow::Result<Land> {
    let found = Land::ALL.into_iter().find(|land| {
        land.abbreviation().eq_ignore_ascii_case(word)
            || land.code() == word
            || land.german() == word
    });
    found.with_context(|| {
        let all: Vec<&str> = Land::ALL.into_iter().map(Land::abbreviation).collect();
        format!("\"{word}\" is no Land; there are: {}", all.join(", "))
    })
}

/// A word of an enum as the register writes it (`small-town`).
fn word<T: serde::Serialize + Copy>(what: &str, all: &[T], word: &str) -> anyhow::Result<T> {
    let name = |value: &T| {
        let text = serde_json::to_string(value).unwrap_or_default();
        text.trim_matches('"').to_owned()
    };
    let found = all.iter().find(|value| name(value) == word);
    found.copied().with_context(|| {
        let all: Vec<String> = all.iter().map(name).collect();
        format!("\"{word}\" is no {what}; there are: {}", all.join(", "))
    })
}

fn sample_size(text: &str) -> anyhow::Result<SampleSize> {
    let number = |text: &str| text.parse::<u32>().ok().filter(|n| *n > 0);
    let size = match (text.strip_suffix('%'), text.strip_suffix("/stratum")) {
        (Some(percent), _) => number(percent).map(SampleSize::Percent),
        (None, Some(n)) => number(n).map(SampleSize::PerStratum),
        (None, None) => number(text).map(SampleSize::Total),
    };
    size.with_context(|| format!("--sample {text}: expected 200, 20/stratum or 10%"))
}

impl PopulationArguments {
    fn choice(&self) -> anyhow::Result<Choice> {
        let own = match &self.own {
            None => None,
            Some(file) => {
                let text =
                    std::fs::read_to_string(file).with_context(|| format!("{}", file.display()))?;
                let keys = text
                    .split([',', ';', '\n'])
                    .map(str::trim)
                    .filter(|k| !k.is_empty());
                Some(keys.map(Key::new).collect::<Result<Vec<_>, _>>()?)
            }
        };
        let sample = match &self.sample {
            None => None,
            Some(size) => Some(Sample {
                size: sample_size(size)?,
                by: self
                    .by
                    .iter()
                    .map(|by| match by.as_str() {
                        "land" => Ok(StratumBy::Land),
                        "size" => Ok(StratumBy::SizeClass),
                        "type" => Ok(StratumBy::Kind),
                        other => bail!("--by {other}: expected land, size or type"),
                    })
                    .collect::<anyhow::Result<_>>()?,
                all_from: self.all_from,
                seed: self.seed,
            }),
        };
        Ok(Choice {
            laender: self
                .land
                .iter()
                .map(|w| land(w))
                .collect::<anyhow::Result<_>>()?,
            kinds: self
                .kind
                .iter()
                .map(|w| word("type", &Kind::ALL, w))
                .collect::<anyhow::Result<_>>()?,
            size_classes: self
                .size
                .iter()
                .map(|w| word("size class", &SizeClass::ALL, w))
                .collect::<anyhow::Result<_>>()?,
            inhabitants_from: self.inhabitants_from,
            own,
            sample,
        })
    }
}

/// The list of a wave with its number.
async fn list(store: &Store, name: &WaveName) -> anyhow::Result<(i64, Register)> {
    let stored = store
        .wave(name)
        .await?
        .with_context(|| format!("there is no wave \"{name}\""))?;
    let register = store.register(stored.register_list).await?;
    let register = register.context("the wave's list of municipalities is gone")?;
    Ok((stored.register_list, register))
}

pub async fn population(arguments: PopulationArguments) -> anyhow::Result<()> {
    let name = WaveName(arguments.wave.clone());
    let choice = arguments.choice()?;
    let store = arguments.data.open().await?;
    let (number, register) = list(&store, &name).await?;
    let chosen = choose(&register, &choice).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("{}", lines.join("\n  "))
    })?;
    for stratum in &chosen.strata {
        println!(
            "{:>6} of {:>6}  {}",
            stratum.taken, stratum.units, stratum.label
        );
    }
    if arguments.check {
        println!(
            "{} municipalities would be asked; nothing was kept",
            chosen.keys.len()
        );
    } else if store
        .put_population(&name, number, &chosen, clock::now(), "command line")
        .await?
    {
        println!(
            "{} municipalities belong to the wave {name}, from the list {} (seed {})",
            chosen.keys.len(),
            register.label(),
            arguments.seed
        );
    } else {
        bail!("the wave \"{name}\" was closed and is not changed any more");
    }
    store.close().await;
    Ok(())
}

pub async fn contacts(command: ContactsCommand) -> anyhow::Result<()> {
    let ContactsCommand::Import {
        file,
        wave,
        check,
        data,
    } = command;
    let bytes = std::fs::read(&file).with_context(|| format!("{}", file.display()))?;
    let store = data.open().await?;
    let name = WaveName(wave);
    let (_, register) = list(&store, &name).await?;
    let file_name = file.file_name().map(|n| n.to_string_lossy().into_owned());
    let read = read_contacts(&bytes, &file_name.unwrap_or_default(), &register)?;
    for note in &read.notes {
        println!("{note}");
    }
    let before = store.contacts(&name).await?;
    let before = before
        .into_iter()
        .map(|(key, kept)| (key, kept.contact))
        .collect();
    let changes = contact_changes(&before, &read.rows);
    println!(
        "{} contacts: {} new, {} changed, {} as before, {} who object",
        read.rows.len(),
        changes.new.len(),
        changes.changed.len(),
        changes.same,
        changes.objected
    );
    if check {
        println!("nothing was changed");
    } else {
        let contacts = read
            .rows
            .into_iter()
            .map(|row| (row.key, row.contact))
            .collect();
        store
            .put_contacts(&name, contacts, clock::now(), "command line")
            .await?;
        println!("kept with the wave {name}");
    }
    store.close().await;
    Ok(())
}

pub async fn mail(command: MailCommand) -> anyhow::Result<()> {
    match command {
        MailCommand::Send {
            wave,
            kind,
            round,
            check,
            data,
        } => {
            let right = [
                MessageKind::Invitation,
                MessageKind::Reminder,
                MessageKind::Thanks,
            ];
            let kind = right
                .into_iter()
                .find(|k| k.word() == kind)
                .with_context(|| {
                    format!("--kind {kind}: expected invitation, reminder or thanks")
                })?;
            let base_url = base_url(&data.folder, &Config::read(&data.folder)?);
            let store = data.open().await?;
            let order = MailingOrder {
                wave: WaveName(wave),
                kind,
                round,
                only: None,
                unreachable_only: false,
                preview: None,
            };
            if check {
                let plan = field::plan(&store, &order, &base_url).await?;
                for fault in &plan.faults {
                    println!("{fault}");
                }
                println!(
                    "{} would be written to (round {})",
                    plan.to.len(),
                    plan.round
                );
                for (reason, count) in &plan.left_out {
                    println!("{count:>6} not: {}", reason.words());
                }
                if let Some((name, to, text)) = plan.preview {
                    println!("\nfor {name} <{to}>\n\n{}\n\n{}", text.subject, text.body);
                }
            } else {
                let sent = field::send(&store, &order, &base_url, clock::now(), "command line");
                println!("{} mails queued", sent.await?);
            }
            store.close().await;
        }
        MailCommand::Bounces { files, data } => {
            let store = data.open().await?;
            let (mut read, mut marked) = (0, 0);
            for file in files {
                for bytes in contents(&file)? {
                    for bounce in jobs::read_bounces(&bytes).into_iter().filter(|b| b.failed) {
                        read += 1;
                        let to = bounce.recipient.as_deref();
                        let now = clock::now();
                        let found = store
                            .note_bounce(bounce.mail, to, &bounce.reason, now)
                            .await?;
                        for (wave, key) in &found {
                            println!("{wave} {key}: {}", bounce.reason);
                        }
                        marked += found.len();
                    }
                }
            }
            store.close().await;
            println!("{read} mails came back, {marked} contacts are marked");
        }
    }
    Ok(())
}

/// A file, or all files of a folder (a Maildir's `new` and `cur` too).
fn contents(path: &Path) -> anyhow::Result<Vec<Vec<u8>>> {
    let said = || format!("{}", path.display());
    if !path.is_dir() {
        return Ok(vec![std::fs::read(path).with_context(said)?]);
    }
    let mut entries: Vec<PathBuf> = std::fs::read_dir(path)
        .with_context(said)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()
        .with_context(said)?;
    entries.sort();
    let mut all = Vec::new();
    for entry in entries {
        all.extend(contents(&entry)?);
    }
    Ok(all)
}

pub async fn letters(arguments: LettersArguments) -> anyhow::Result<()> {
    let folder = &arguments.data.folder;
    let base_url = base_url(folder, &Config::read(folder)?);
    let out = &arguments.out;
    // The codes stand in these files only: an older set of them is never written over.
    std::fs::create_dir(out)
        .with_context(|| format!("{}: expected a folder that is not there yet", out.display()))?;
    let store = arguments.data.open().await?;
    let order = MailingOrder {
        wave: WaveName(arguments.wave),
        kind: MessageKind::Letter,
        round: None,
        only: None,
        unreachable_only: arguments.without_mail,
        preview: None,
    };
    let files = [
        (LetterFile::Pdf, "briefe.pdf"),
        (LetterFile::Xlsx, "serienbrief.xlsx"),
        (LetterFile::Csv, "serienbrief.csv"),
    ];
    let kinds = files.map(|(kind, _)| kind);
    let by = (clock::now(), "command line");
    let (made, count) = field::letters(&store, &order, &kinds, &base_url, by).await?;
    for ((_, name), bytes) in files.into_iter().zip(made) {
        super::write_private(&out.join(name), &bytes)?;
    }
    store.close().await;
    println!("{count} letters written to {}", out.display());
    Ok(())
}

pub async fn channel(command: ChannelCommand) -> anyhow::Result<()> {
    let ChannelCommand::Add {
        wave,
        code,
        name,
        data,
    } = command;
    if !fieldwork::is_channel_code(&code) {
        bail!("--code {code}: expected 3 to 20 of a-z, 0-9 and -, e.g. dlt-17");
    }
    let store = data.open().await?;
    let wave = WaveName(wave);
    list(&store, &wave).await?;
    let channel = Channel { code, name };
    store
        .put_channel(&wave, channel.clone(), clock::now(), "command line")
        .await?;
    store.close().await;
    println!(
        "{}: {}/teilnehmen/{wave}?kanal={}",
        channel.name,
        base_url(&data.folder, &Config::read(&data.folder)?),
        channel.code
    );
    Ok(())
}
