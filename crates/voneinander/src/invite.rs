//! Making invitations: secrets are made here, kept as hashes, and written once.

use std::path::Path;

use anyhow::{Context, bail};
use fieldwork::WaveName;
use jiff::Timestamp;
use register::{Key, Municipality};
use store::{NewInvitation, Store};

use crate::secrets;

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

/// Makes invitations of one wave.
pub async fn invite(
    store: &Store,
    name: &WaveName,
    whom: Whom,
    base_url: &str,
    at: Timestamp,
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
    let before: std::collections::BTreeSet<Key> = store
        .invitations(name)
        .await?
        .into_iter()
        .map(|i| i.municipality)
        .collect();
    let open: Vec<&Municipality> = register
        .municipalities()
        .iter()
        .filter(|m| m.population().is_some() && !before.contains(&m.key))
        .collect();
    let chosen: Vec<&Municipality> = match whom {
        Whom::All => open,
        Whom::Count(count) => spread(&open, count)?,
        Whom::Keys(keys) => keys
            .iter()
            .map(|key| {
                let unit = register
                    .get(key)
                    .with_context(|| format!("the register has no unit {key}"))?;
                unit.population().map(|_| unit).with_context(|| {
                    format!(
                        "{key} ({}) belongs to no population that is asked",
                        unit.name
                    )
                })
            })
            .collect::<anyhow::Result<_>>()?,
    };

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
    store
        .invite(name, "Kommandozeile", new, at, "command line")
        .await?;
    Ok(invited)
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

/// Writes the links: `ags,name,link,code`.
pub fn write_csv(file: &Path, invited: &[Invited]) -> anyhow::Result<()> {
    let mut csv = csv::Writer::from_path(file).with_context(|| format!("{}", file.display()))?;
    csv.write_record(["ags", "name", "link", "code"])?;
    for i in invited {
        csv.write_record([i.key.as_str(), &i.name, &i.link, &i.code])?;
    }
    csv.flush().with_context(|| format!("{}", file.display()))
}
