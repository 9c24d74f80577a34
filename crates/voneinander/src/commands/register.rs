//! `register import`, `register lists`, `register find`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;
use edition::numbers;
use questionnaire::Lang;
use register::{Change, ChangeKind, History, Key, Register};

use super::Data;
use crate::clock;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read the official list (AuszugGV as CSV or xlsx, GV100AD) into a data folder; tells what changed since the last.
    Import {
        /// The file.
        file: PathBuf,
        #[command(flatten)]
        data: Data,
    },
    /// The lists of a data folder, the newest first.
    Lists {
        #[command(flatten)]
        data: Data,
    },
    /// Find a unit by name or key, also by the one that it had in an older list.
    Find {
        /// A name, or a key of 5, 8 or 9 digits.
        what: String,
        #[command(flatten)]
        data: Data,
    },
}

/// Changes that are printed one by one; of more the numbers are enough.
const PRINTED: usize = 40;
/// Units that a search by name prints.
const FOUND: usize = 20;

pub async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Import { file, data } => import(file, data).await,
        Command::Lists { data } => lists(data).await,
        Command::Find { what, data } => find(&what, data).await,
    }
}

async fn import(file: PathBuf, data: Data) -> anyhow::Result<ExitCode> {
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
    let store = data.create().await?;
    let before = store.newest_register().await?;
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
    if let Some((_, before)) = before {
        let is_older = register.date() < before.date();
        let (earlier, later) = if is_older {
            println!(
                "  The list is older than {}: it is kept for its keys, new waves use the newer one.",
                before.label()
            );
            (&register, &before)
        } else {
            (&before, &register)
        };
        print_changes(earlier, later);
    }
    Ok(ExitCode::SUCCESS)
}

/// What happened to units from one list to the next.
fn print_changes(earlier: &Register, later: &Register) {
    let history = History::between(earlier, later);
    let changes = history.changes();
    println!(
        "  Changes from {} to {}: {}",
        earlier.label(),
        later.label(),
        changes.len()
    );
    for change in changes.iter().take(PRINTED) {
        println!("    {}", in_words(change, earlier, later));
    }
    if changes.len() > PRINTED {
        println!("    and {} more", changes.len() - PRINTED);
    }
}

fn in_words(change: &Change, earlier: &Register, later: &Register) -> String {
    let named = |keys: &[Key], register: &Register| {
        let named = keys.iter().map(|key| match register.get(key) {
            Some(unit) => format!("{key} {}", unit.name),
            None => key.to_string(),
        });
        named.collect::<Vec<_>>().join(" + ")
    };
    let word = match change.kind {
        ChangeKind::Renamed => "renamed",
        ChangeKind::Rekeyed => "new key",
        ChangeKind::Merged => "merged",
        ChangeKind::Split => "split",
        ChangeKind::Gone => "gone, successor unknown",
    };
    let after = match change.after.as_slice() {
        [] => String::new(),
        keys => format!(" -> {}", named(keys, later)),
    };
    format!("{word}: {}{after}", named(&change.before, earlier))
}

async fn lists(data: Data) -> anyhow::Result<ExitCode> {
    let store = data.open().await?;
    for list in store.register_lists().await? {
        let date = list.date.as_deref().unwrap_or("date unknown");
        println!("{:>4}  {date}  {}", list.id, list.label);
    }
    store.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn find(what: &str, data: Data) -> anyhow::Result<ExitCode> {
    let store = data.open().await?;
    let mut lists = Vec::new();
    for list in store.register_lists().await? {
        lists.extend(store.register(list.id).await?);
    }
    store.close().await;
    let Some((newest, older)) = lists.split_first() else {
        anyhow::bail!("there is no list of municipalities yet: `voneinander register import FILE`");
    };
    let mut found = matching(newest, what)
        .iter()
        .map(|unit| format!("{}  {}", unit.key, unit.name))
        .collect::<Vec<_>>();
    for list in older {
        let history = History::between(list, newest);
        for unit in matching(list, what) {
            let after = history.successors(&unit.key);
            let now = after.iter().filter_map(|key| newest.get(key));
            let now: Vec<String> = now
                .map(|unit| format!("{} {}", unit.key, unit.name))
                .collect();
            let same = newest
                .get(&unit.key)
                .is_some_and(|now| now.name == unit.name);
            if !same {
                let now = if now.is_empty() {
                    "no successor known".to_owned()
                } else {
                    format!("now {}", now.join(" + "))
                };
                let line = format!("{}  {} ({}): {now}", unit.key, unit.name, list.label());
                found.push(line);
            }
        }
    }
    for line in &found {
        println!("{line}");
    }
    if found.is_empty() {
        eprintln!(
            "no unit of {} lists is called or has the key \"{what}\"",
            lists.len()
        );
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

fn matching<'r>(list: &'r Register, what: &str) -> Vec<&'r register::Municipality> {
    match Key::new(what) {
        Ok(key) => list.get(&key).into_iter().collect(),
        Err(_) => list.search(what, FOUND),
    }
}
