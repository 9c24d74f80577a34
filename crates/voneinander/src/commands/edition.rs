//! `edition add`.

use anyhow::{Context, bail};
use clap::Subcommand;
use edition::sentences::Patterns;
use edition::{ChapterText, Draft, Logo};
use fieldwork::WaveName;
use jiff::civil::Date;
use practices::{DEFAULT_FIELDS, State};

use super::Data;
use crate::clock;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin the draft of an edition: a chapter for each field of action, with the examples that are released.
    /// Its texts are written in the back office.
    Add {
        /// Key in addresses, e.g. 2016-2.
        #[arg(long)]
        edition: String,
        /// Name of the wave whose findings it carries.
        #[arg(long, value_name = "NAME")]
        wave: String,
        /// Title.
        #[arg(long)]
        title: String,
        /// Date that all outputs carry, e.g. 2016-07-01.
        #[arg(long, value_name = "DATE")]
        date: Date,
        /// Earlier wave with which the edition compares.
        #[arg(long, value_name = "NAME")]
        compare_with: Option<String>,
        #[command(flatten)]
        data: Data,
    },
}

pub async fn run(command: Command) -> anyhow::Result<()> {
    let Command::Add {
        edition: key,
        wave,
        title,
        date,
        compare_with,
        data,
    } = command;
    let right = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !right {
        bail!("--edition {key}: expected letters, digits and hyphens, e.g. 2016-2");
    }
    let store = data.open().await?;
    let stored = store
        .wave(&WaveName(wave.clone()))
        .await?
        .with_context(|| format!("there is no wave \"{wave}\""))?;
    let released: Vec<(String, i64)> = store
        .practices()
        .await?
        .into_iter()
        .filter(|p| matches!(p.state, State::Released | State::Published | State::Faded))
        .map(|p| (p.form.field, p.id.0))
        .collect();
    let chapter = |(field, ..): (&str, &str, &str)| ChapterText {
        field: field.to_owned(),
        markdown: String::new(),
        findings: Vec::new(),
        examples: released
            .iter()
            .filter(|(of, _)| of == field)
            .map(|(_, id)| *id)
            .collect(),
    };
    let fields = store.fields_of_action().await?;
    let logo = |supporter: &fieldwork::Supporter| Logo {
        name: supporter.name.clone(),
        svg: supporter.logo_svg.clone(),
    };
    let draft = Draft {
        key: key.clone(),
        wave,
        title,
        subtitle: stored.wave.title.de.clone(),
        date,
        publisher: logo(&stored.wave.institute),
        imprint: vec![
            stored.wave.institute.name.clone(),
            stored.wave.contact.clone(),
        ],
        funder: logo(&stored.wave.funder),
        supporters: stored.wave.supporters.iter().map(logo).collect(),
        foreword: String::new(),
        introduction: String::new(),
        method: String::new(),
        fields,
        chapters: DEFAULT_FIELDS.into_iter().map(chapter).collect(),
        compare_with,
        change: String::new(),
        sentences: Patterns::new(),
    };
    if store.edition(&key).await?.is_some() {
        bail!("the edition \"{key}\" is there already; write its texts in the back office");
    }
    store
        .save_edition(draft, 0, clock::now(), "command line")
        .await?
        .map_err(|_| {
            anyhow::anyhow!("the edition \"{key}\" was begun by somebody else in this moment")
        })?;
    store.close().await;
    println!(
        "edition {key} begun; write its texts in the back office, then `voneinander publish --edition {key}`"
    );
    Ok(())
}
