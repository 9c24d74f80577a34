//! Making invitations: secrets are made here, kept as hashes, and written once.

use std::collections::BTreeSet;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use fieldwork::{Phase, WaveName};
use jiff::{SignedDuration, Timestamp};
use register::{Key, Municipality, Register};
use store::{NewInvitation, Store};

use crate::{clock, secrets};

/// Whom to invite.
pub enum Whom {
    /// Everybody of both populations who was not invited yet.
    All,
    /// The next so many who were not invited yet, spread over the register.
    Count(usize),
    /// These; who was invited before gets a new link, and the old one stops working.
    Keys(Vec<Key>),
}

/// An invitation as it is handed to people, once.
pub struct Invited {
    /// Key of the unit.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// The link.
    pub link: String,
    /// The code for typing.
    pub code: String,
}

/// Makes invitations of one wave. `write` gets their links before they count: where it fails, nobody is invited.
pub async fn invite(
    store: &Store,
    name: &WaveName,
    whom: Whom,
    base_url: &str,
    at: Timestamp,
    write: impl FnOnce(&[Invited]) -> anyhow::Result<()>,
) -> anyhow::Result<Vec<Invited>> {
    let Some(stored) = store.wave(name).await? else {
        let names: Vec<String> = store
            .waves()
            .await?
            .into_iter()
            .map(|w| w.wave.name.0)
            .collect();
        bail!(
            "there is no wave \"{name}\"; there are: {}",
            names.join(", ")
        );
    };
    let register = store
        .register(stored.register_list)
        .await?
        .context("the wave's list of municipalities is gone")?;
    let before: BTreeSet<Key> = store
        .invitations(name)
        .await?
        .into_iter()
        .map(|i| i.municipality)
        .collect();
    let over = stored.wave.phase(at) == Phase::Closed;
    let open: Vec<&Municipality> = register
        .municipalities()
        .iter()
        .filter(|m| m.population().is_some() && !before.contains(&m.key))
        .collect();
    let chosen: Vec<&Municipality> = match whom {
        Whom::Keys(keys) => named(&register, keys)?,
        _ if over => Vec::new(),
        Whom::All => open,
        Whom::Count(count) => spread(&open, count)?,
    };
    // Who was invited gets a new link also after the end, to read the feedback sheet; nobody new is invited then.
    let uninvited = chosen.iter().find(|unit| !before.contains(&unit.key));
    if over && (chosen.is_empty() || uninvited.is_some()) {
        bail!(
            "the wave \"{name}\" ended on {}: nobody is invited any more{}",
            clock::day(stored.wave.closes - SignedDuration::from_millis(1)),
            uninvited.map_or_else(String::new, |unit| format!(
                ", and {} ({}) was not",
                unit.key, unit.name
            ))
        );
    }

    let mut new = Vec::with_capacity(chosen.len());
    let mut invited = Vec::with_capacity(chosen.len());
    for unit in chosen {
        let (token, code) = (secrets::token()?, secrets::code()?);
        new.push(NewInvitation {
            municipality: unit.key.clone(),
            link: token.hash(),
            code: code.hash(),
        });
        invited.push(Invited {
            key: unit.key.clone(),
            name: unit.name.clone(),
            link: format!("{base_url}/antworten/{}", token.as_str()),
            code: code.grouped(),
        });
    }
    write(&invited)?;
    store
        .invite(name, "Kommandozeile", new, at, "command line")
        .await
        .context("not all of the links that were written work; run the command again")?;
    Ok(invited)
}

/// The units with these keys; every key that cannot be invited is named.
fn named(register: &Register, keys: Vec<Key>) -> anyhow::Result<Vec<&Municipality>> {
    let mut wrong = Vec::new();
    let mut units = Vec::new();
    for key in keys.into_iter().collect::<BTreeSet<Key>>() {
        match register.get(&key) {
            None => wrong.push(format!("the list of municipalities has no unit {key}")),
            Some(unit) if unit.population().is_none() => wrong.push(format!(
                "{key} ({}) belongs to no population that is asked",
                unit.name
            )),
            Some(unit) => units.push(unit),
        }
    }
    if !wrong.is_empty() {
        bail!("{}; nobody was invited", wrong.join("; "));
    }
    Ok(units)
}

fn spread<'a>(open: &[&'a Municipality], count: usize) -> anyhow::Result<Vec<&'a Municipality>> {
    if count > open.len() {
        bail!(
            "only {} municipalities were not invited yet; --count {count} is too many",
            open.len()
        );
    }
    Ok((0..count).map(|i| open[i * open.len() / count]).collect())
}

/// Writes the links: `ags,name,link,code`, for the owner's eyes only. A file that is there already is kept under
/// another name, which is returned: its links may be the only copy.
pub fn write_csv(file: &Path, invited: &[Invited]) -> anyhow::Result<Option<PathBuf>> {
    let said = || format!("{}", file.display());
    let kept = file.exists().then(|| free_name(file));
    if let Some(kept) = &kept {
        std::fs::rename(file, kept).with_context(said)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    let mut csv = csv::Writer::from_writer(options.open(file).with_context(said)?);
    csv.write_record(["ags", "name", "link", "code"])?;
    for i in invited {
        csv.write_record([i.key.as_str(), &i.name, &i.link, &i.code])?;
    }
    let written = csv
        .into_inner()
        .map_err(|e| e.into_error())
        .with_context(said)?;
    written.sync_all().with_context(said)?;
    Ok(kept)
}

/// `codes.csv.1`, or the next number that is free.
fn free_name(file: &Path) -> PathBuf {
    let numbered = |number: u32| {
        let mut name = file.as_os_str().to_owned();
        name.push(format!(".{number}"));
        PathBuf::from(name)
    };
    let taken = (1..)
        .take_while(|number| numbered(*number).exists())
        .count();
    numbered(taken as u32 + 1)
}
