//! `practices import` and `practices search`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;
use practices::Entry;
use search::{Entries, EntryFault, Request};
use serde::Serialize;

use super::Data;
use crate::catalogue::{Catalogue, Open};
use crate::clock;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read examples of another collection into the catalogue.
    Import {
        /// JSON: a list of {"id","title","text","field","municipality","land","type","size_class","lang"}; more fields
        /// of the form may be there. An entry that is there under the same id is replaced.
        file: PathBuf,
        #[command(flatten)]
        data: Data,
    },
    /// Find examples by words.
    Search {
        /// The words.
        #[arg(required_unless_present = "queries")]
        query: Option<String>,
        #[command(flatten)]
        data: Data,
        /// At most so many examples for each query.
        #[arg(long, default_value_t = 10)]
        limit: usize,
        /// Answer as JSON: a list of {"id","score"}.
        #[arg(long)]
        json: bool,
        /// A file with one query a line, each answered by one line of JSON.
        #[arg(long, value_name = "FILE", conflicts_with = "query")]
        queries: Option<PathBuf>,
    },
}

pub async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Import { file, data } => import(&file, &data).await,
        Command::Search {
            query,
            data,
            limit,
            json,
            queries,
        } => {
            find(query, &data, limit, json, queries).await?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Faults that are listed; more are counted.
const LISTED: usize = 200;
/// Entries that one commit carries.
const CHUNK: usize = 2_000;

fn entries(file: &Path) -> anyhow::Result<Entries<BufReader<File>>> {
    let opened = File::open(file).with_context(|| format!("{}", file.display()))?;
    Ok(Entries::new(BufReader::with_capacity(1 << 16, opened)))
}

/// Once through the file for its faults, once for its entries: nothing is imported of a faulty one.
fn check(file: &Path) -> anyhow::Result<Result<i64, Vec<EntryFault>>> {
    let (mut faults, mut lines, mut count) = (Vec::new(), BTreeMap::new(), 0);
    for entry in entries(file)? {
        match entry {
            Ok((line, entry)) => {
                count += 1;
                if let Some(first) = lines.insert(entry.id.clone(), line) {
                    faults.push(EntryFault {
                        line,
                        id: Some(entry.id),
                        problem: format!(
                            "the same id stands in line {first}; every entry needs its own"
                        ),
                    });
                }
            }
            Err(found) => faults.extend(found),
        }
    }
    Ok(if faults.is_empty() {
        Ok(count)
    } else {
        Err(faults)
    })
}

async fn import(file: &Path, data: &Data) -> anyhow::Result<ExitCode> {
    let count = match check(file)? {
        Ok(count) => count,
        Err(faults) => {
            for fault in faults.iter().take(LISTED) {
                eprintln!("{}: {fault}", file.display());
            }
            if faults.len() > LISTED {
                eprintln!("and {} more", faults.len() - LISTED);
            }
            eprintln!("nothing was imported");
            return Ok(ExitCode::FAILURE);
        }
    };
    let store = data.create().await?;
    let batch = store.begin_entries(clock::now()).await?;
    let (mut chunk, mut place): (Vec<Entry>, i64) = (Vec::with_capacity(CHUNK), 1);
    for entry in entries(file)? {
        let (_, entry) =
            entry.map_err(|_| anyhow::anyhow!("{} changed while it was read", file.display()))?;
        chunk.push(entry);
        if chunk.len() == CHUNK {
            let full = std::mem::replace(&mut chunk, Vec::with_capacity(CHUNK));
            store.add_entries(batch, place, full).await?;
            place += CHUNK as i64;
        }
    }
    store.add_entries(batch, place, chunk).await?;
    store
        .finish_entries(batch, count, clock::now(), "command line")
        .await?;
    let catalogue = Catalogue::new(&store);
    let documents = catalogue.current().await?.search.documents();
    drop(catalogue);
    store.close().await;
    println!("{count} entries imported; the catalogue has {documents}");
    Ok(ExitCode::SUCCESS)
}

#[derive(Serialize)]
struct Line {
    id: String,
    score: f64,
}

async fn find(
    query: Option<String>,
    data: &Data,
    limit: usize,
    json: bool,
    queries: Option<PathBuf>,
) -> anyhow::Result<()> {
    let store = data.open().await?;
    let open = Catalogue::new(&store).current().await?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if let Some(file) = queries {
        let opened = File::open(&file).with_context(|| format!("{}", file.display()))?;
        for line in BufReader::new(opened).lines() {
            let line = line.with_context(|| format!("{}", file.display()))?;
            let hits = hits(&open, line.trim().trim_start_matches('\u{feff}'), limit)?;
            writeln!(out, "{}", serde_json::to_string(&hits)?)?;
        }
    } else if let Some(query) = query {
        if json {
            writeln!(
                out,
                "{}",
                serde_json::to_string(&hits(&open, &query, limit)?)?
            )?;
        } else {
            let request = Request {
                why: true,
                ..request(&query, limit)
            };
            let found = open.search.find(&request)?;
            for hit in found.hits {
                let why: Vec<String> = hit
                    .why
                    .iter()
                    .map(|r| format!("{} → {}", r.typed, r.word))
                    .collect();
                writeln!(out, "{}\t{}\t{}", name(&hit.id), hit.title, why.join(", "))?;
            }
        }
    }
    out.flush()?;
    drop(out);
    store.close().await;
    Ok(())
}

fn request(query: &str, limit: usize) -> Request {
    Request {
        text: query.to_owned(),
        limit,
        today: Some(clock::day(clock::now())),
        ..Request::default()
    }
}

fn hits(open: &Open, query: &str, limit: usize) -> anyhow::Result<Vec<Line>> {
    if query.is_empty() {
        return Ok(Vec::new());
    }
    let found = open.search.find(&request(query, limit))?;
    let line = |hit: search::Hit| Line {
        id: name(&hit.id),
        // Six digits say enough and are the same everywhere.
        score: (f64::from(hit.score) * 1e6).round() / 1e6,
    };
    Ok(found.hits.into_iter().map(line).collect())
}

/// The id as its file wrote it; `beispiel-12` for an example from a wave.
fn name(id: &str) -> String {
    match id.split_once(':') {
        Some(("i", own)) => own.to_owned(),
        Some((_, number)) => format!("beispiel-{number}"),
        None => id.to_owned(),
    }
}
