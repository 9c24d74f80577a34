//! What the search reaches: quality on the judged set beside PostgreSQL and SQLite, and time and memory on 100,000
//! documents. `cargo xtask bench` runs it; fails where a target is missed.

#[path = "../tests/judged/mod.rs"]
mod judged;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use judged::{Figures, Judged, Share};
use search::{Document, Lists, Request, Search, build};

const DOCUMENTS: usize = 100_000;

fn main() -> ExitCode {
    let folder = std::env::temp_dir().join(format!("voneinander-finding-{}", std::process::id()));
    let quality = quality(&folder.join("judged"));
    let speed = speed(&folder.join("large"));
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    if quality && speed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Hands each document to its argument.
type Documents<'a> = dyn FnMut(&mut dyn FnMut(Document)) + 'a;

fn open(folder: &Path, read: &mut Documents<'_>) -> Search {
    std::fs::create_dir_all(folder).expect("a folder of our own");
    build(folder, Lists::ours(), &mut |take| {
        read(take);
        Ok(())
    })
    .expect("the documents are indexed");
    Search::open(folder, Lists::ours()).expect("the index opens")
}

fn figures(
    queries: &[Judged],
    share: Share,
    found: impl Fn(usize, &Judged) -> Vec<String>,
) -> Figures {
    let mut figures = Figures::default();
    for (number, query) in queries.iter().enumerate().filter(|(_, q)| q.share == share) {
        figures.add(query, &found(number, query));
    }
    figures
}

fn quality(folder: &Path) -> bool {
    let documents = judged::documents();
    let search = open(folder, &mut |take| documents.iter().cloned().for_each(take));
    let queries = Judged::read();
    let own = |_: usize, query: &Judged| -> Vec<String> {
        let request = Request {
            text: query.query.clone(),
            limit: 10,
            ..Request::default()
        };
        let found = search.find(&request).expect("the index answers");
        found.hits.into_iter().map(|hit| hit.id).collect()
    };
    println!("{} documents, {} queries", documents.len(), queries.len());
    println!("  tuned       {}", figures(&queries, Share::Tuned, own));
    let untouched = figures(&queries, Share::Untouched, own);
    println!("  untouched   {untouched}");
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/others.py");
    let out = Command::new("python3").arg(script).output();
    match out.map(|out| serde_json::from_slice::<BTreeMap<String, Vec<Vec<String>>>>(&out.stdout)) {
        Ok(Ok(others)) => {
            for (name, answers) in others {
                let theirs = figures(&queries, Share::Untouched, |number, _| {
                    answers[number].clone()
                });
                let ratio = untouched.ndcg() / theirs.ndcg();
                println!("  untouched   {theirs}: {name}; ours has {ratio:.1} times its nDCG@10");
            }
        }
        _ => println!("  PostgreSQL and SQLite are not compared: python3 with sqlite3 is missing"),
    }
    untouched.ndcg() >= 0.85 && untouched.without == 0
}

/// Numbers that look random and are the same each time.
struct Lot(u64);

impl Lot {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n as u64) as usize
    }
}

/// Documents put together from the judged ones: two texts, words of others, and names of their own.
fn made_up(take: &mut dyn FnMut(Document)) {
    let known = judged::documents();
    let words: Vec<&str> = known
        .iter()
        .flat_map(|d| d.text.split(' ').chain(d.title.split(' ')))
        .collect();
    let mut lot = Lot(5);
    for number in 0..DOCUMENTS {
        let (first, second) = (
            &known[lot.below(known.len())],
            &known[lot.below(known.len())],
        );
        let mut text = format!("{} {}", first.text, second.text);
        for _ in 0..25 {
            text.push(' ');
            text.push_str(words[lot.below(words.len())]);
        }
        text.push_str(&format!(" Kreis{}heim", lot.below(20_000)));
        take(Document {
            id: number.to_string(),
            title: format!("{} {}", first.title, words[lot.below(words.len())]),
            text,
            place: format!("Ort{}", number % 8_000),
            facets: vec![
                ("land".into(), format!("{:02}", 1 + number % 16)),
                ("field".into(), (number % 6).to_string()),
            ],
            ..Document::default()
        });
    }
}

fn speed(folder: &Path) -> bool {
    let before = cpu();
    let search = open(folder, &mut made_up);
    let built = cpu() - before;
    let building = memory();
    println!("{} documents", search.documents());
    println!(
        "  built       {built:.1} s of CPU (at most 60), at most {building:.0} MB with reading and writing them"
    );
    let queries = Judged::read();
    let mut times: Vec<f64> = Vec::new();
    for round in 0..6 {
        for query in &queries {
            let request = Request {
                text: query.query.clone(),
                limit: 10,
                facets: true,
                why: true,
                ..Request::default()
            };
            let begin = Instant::now();
            search.find(&request).expect("the index answers");
            if round > 0 {
                times.push(begin.elapsed().as_secs_f64() * 1000.0);
            }
        }
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    let (half, most) = (at(0.5), at(0.99));
    let memory = memory();
    println!(
        "  answered    p50 {half:.1} ms (below 5), p99 {most:.1} ms (below 20), with facets and reasons"
    );
    println!("  memory      {memory:.0} MB at most (below 200)");
    built <= 60.0 && half < 5.0 && most < 20.0 && memory < 200.0
}

/// Seconds of CPU of this process so far.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux tells");
    let after = stat.rsplit(')').next().expect("a name in brackets");
    let fields: Vec<f64> = after
        .split_whitespace()
        .map(|f| f.parse().unwrap_or(0.0))
        .collect();
    (fields[11] + fields[12]) / 100.0
}

/// The most memory that this process had, in MB.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells");
    let line = status
        .lines()
        .find(|l| l.starts_with("VmHWM"))
        .expect("Linux tells");
    let kilobytes: f64 = line
        .split_whitespace()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .expect("a number");
    kilobytes / 1024.0
}
