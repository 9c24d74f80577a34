//! `responses import`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Subcommand;
use fieldwork::{AnswerRecord, Origin, Response, Wave, WaveName};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use questionnaire::Questionnaire;
use questionnaire::limesurvey::{self, CellFault, LoadedResponse};
use register::{Key, Register};
use store::NewInvitation;

use super::Data;
use crate::{clock, secrets};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Load responses that LimeSurvey exported into a wave whose questionnaire came over from it: the CSV with question
    /// codes as headings and answer codes as values, or the "VV" file. All or none are loaded.
    Import {
        /// The export.
        file: PathBuf,
        /// Name of the wave.
        #[arg(long, value_name = "NAME")]
        wave: String,
        /// Heading of the column with the municipality's key (AGS).
        #[arg(long, value_name = "COLUMN", default_value = "ags")]
        ags: String,
        /// Headings of columns to leave out, with commas between.
        #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
        skip: Vec<String>,
        /// The survey's structure (.lss), for exports whose headings are numbers (111X222X333).
        #[arg(long, value_name = "FILE")]
        lss: Option<PathBuf>,
        #[command(flatten)]
        data: Data,
    },
}

/// What stands as channel of loaded responses.
const SOURCE: &str = "LimeSurvey";
/// Faults shown at most.
const SHOWN: usize = 200;

pub async fn run(command: Command) -> anyhow::Result<ExitCode> {
    let Command::Import {
        file,
        wave,
        ags,
        skip,
        lss,
        data,
    } = command;
    let store = data.open().await?;
    let name = WaveName(wave);
    let Some(stored) = store.wave(&name).await? else {
        bail!("there is no wave \"{name}\": make it with `voneinander wave add`");
    };
    if stored.wave.frozen.is_some() {
        bail!("the wave \"{name}\" was closed and is not changed any more");
    }
    let questionnaire = Questionnaire::read(&stored.questionnaire, "the wave's questionnaire")?;
    let register = store
        .register(stored.register_list)
        .await?
        .context("the wave's list of municipalities is gone")?;
    let bytes = read(&file)?;
    let numbers = match &lss {
        None => BTreeMap::new(),
        Some(lss) => limesurvey::headings(&read(lss)?, &lss.display().to_string())?,
    };
    let mut faults = Vec::new();
    let rows = match limesurvey::responses(&bytes, &questionnaire, &ags, &skip, &numbers) {
        Ok(rows) => rows,
        Err(found) => {
            faults = found;
            Vec::new()
        }
    };
    let answered: BTreeSet<Key> = store
        .responses(&name)
        .await?
        .into_iter()
        .filter(|(_, response)| !response.records.is_empty())
        .map(|(key, _)| key)
        .collect();
    let mut seen = BTreeMap::new();
    let mut loaded = Vec::new();
    for row in rows {
        match response(&row, &stored.wave, &register, &answered, &mut seen) {
            Ok(response) => loaded.push(store::LoadedResponse {
                invitation: NewInvitation {
                    municipality: response.municipality.clone(),
                    link: secrets::token()?.hash(),
                    code: secrets::code()?.hash(),
                },
                response,
            }),
            Err((column, what, help)) => faults.push(CellFault {
                line: row.line,
                column: column.unwrap_or(&ags).to_owned(),
                what,
                help,
            }),
        }
    }
    if !faults.is_empty() {
        tell(&file, &faults);
        return Ok(ExitCode::FAILURE);
    }
    let submitted = loaded.iter().filter(|l| l.response.submitted.is_some());
    let (count, submitted) = (loaded.len(), submitted.count());
    let done = store
        .load_responses(&name, loaded, SOURCE, clock::now(), "command line")
        .await?;
    if !done {
        bail!("somebody answered or closed the wave in the meantime; nothing was loaded");
    }
    store.close().await;
    println!(
        "wave {name}: {count} responses loaded, {submitted} of them submitted; their channel is {SOURCE}"
    );
    Ok(ExitCode::SUCCESS)
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    let name = || file.display().to_string();
    let mut bytes = Vec::new();
    let limit = limesurvey::RESPONSES_SIZE as u64 + 1;
    let opened = std::fs::File::open(file).with_context(name)?;
    opened
        .take(limit)
        .read_to_end(&mut bytes)
        .with_context(name)?;
    Ok(bytes)
}

fn tell(file: &Path, faults: &[CellFault]) {
    for fault in faults.iter().take(SHOWN) {
        eprintln!("error: {}, {fault}", file.display());
    }
    if faults.len() > SHOWN {
        eprintln!("and {} more", faults.len() - SHOWN);
    }
    eprintln!("nothing was loaded");
}

/// Column (the unit's where none is said), what is wrong, what would be right.
type Wrong = (Option<&'static str>, String, String);

fn response(
    row: &LoadedResponse,
    wave: &Wave,
    register: &Register,
    answered: &BTreeSet<Key>,
    seen: &mut BTreeMap<Key, usize>,
) -> Result<Response, Wrong> {
    let wrong = |what: String, help: &str| (None, what, help.to_owned());
    let digits: String = row.unit.chars().filter(|c| !c.is_whitespace()).collect();
    // Spreadsheets take the first zero away.
    let digits = if digits.len() == 7 {
        format!("0{digits}")
    } else {
        digits
    };
    let key = Key::new(digits).map_err(|_| {
        wrong(
            format!("\"{}\" is no key of a municipality", row.unit),
            "write the eight digits of the AGS, e.g. 03159016; a response that belongs to no municipality cannot be loaded",
        )
    })?;
    if register.get(&key).is_none() {
        return Err(wrong(
            format!("{key} is not in the wave's list of municipalities"),
            "`voneinander register find` leads from an old key to today's",
        ));
    }
    if let Some(first) = seen.insert(key.clone(), row.line) {
        return Err(wrong(
            format!("{key} stands twice, first in line {first}"),
            "keep one response of each municipality",
        ));
    }
    if answered.contains(&key) {
        return Err(wrong(
            format!("{key} has answered in this wave"),
            "answers are not overwritten; leave the row out",
        ));
    }
    let submitted = row
        .submitted
        .as_deref()
        .map(|at| moment(at, wave))
        .transpose()?;
    let saved = submitted.unwrap_or(wave.opens);
    let record = |answer| AnswerRecord {
        answer: Some(answer),
        version: 1,
        saved,
        by: Origin::default(),
    };
    let answers = row.answers.clone().into_iter();
    Ok(Response {
        wave: wave.name.clone(),
        municipality: key,
        records: answers
            .map(|(variable, answer)| (variable, record(answer)))
            .collect(),
        submitted,
    })
}

/// A time as LimeSurvey writes it, in Germany. Where it keeps no dates it writes the year 1980: then the wave's end.
fn moment(written: &str, wave: &Wave) -> Result<Timestamp, Wrong> {
    let read = written.replacen(' ', "T", 1).parse::<DateTime>().ok();
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    let at = read
        .and_then(|at| at.to_zoned(zone).ok())
        .map(|at| at.timestamp());
    match (read, at) {
        (Some(read), _) if read.year() <= 1980 => Ok(wave.closes - SignedDuration::from_millis(1)),
        (_, Some(at)) => Ok(at),
        _ => Err((
            Some("submitdate"),
            format!("\"{written}\" is no time"),
            "it reads like 2020-03-01 12:30:00".to_owned(),
        )),
    }
}
