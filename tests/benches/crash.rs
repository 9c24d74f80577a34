//! What was confirmed is kept, over HTTP and under load: `cargo xtask bench`.
//!
//! First the server is killed (`kill -9`) every 200 ms for a minute. Then its disk loses power 20 times: an ext4 file
//! system in a file is shut down without its log (the ioctl that the file system's own tests use), and mounted again.
//! The control is the same server with `synchronous=NORMAL`: if nothing were lost there, the cut would be none.
//!
//! What is answered while the cut is being made is no confirmation, and is told apart: there ext4 itself confirms what it
//! loses. The witness shows this without any database or server: plain files, appended to and synced, lose blocks in the
//! same way, and only those that were confirmed while the cut was made. (We take it that an `fsync` under way finds its
//! transaction dropped with the log and holds it for written.) A machine without power returns nothing.
//!
//! Each save writes a text of its own into a page that nobody saved before; a save without an answer is sent again, as
//! people do. In the end each page is read back: its text is there, and it was saved once (its version is 1).

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use stories::http::Client;
use stories::{Demo, form, run};

/// Who save at once.
const AT_ONCE: usize = 16;
/// Pages of the questionnaire, each with one text.
const PAGES: usize = 20;
const WAVE: &str = "absturz";

fn main() -> anyhow::Result<()> {
    // `cargo test` runs benches once with --test: there is nothing to measure then.
    if std::env::args().any(|a| a == "--test") {
        return Ok(());
    }
    let only = std::env::args().skip(1).find(|a| !a.starts_with('-'));
    let wanted = |name: &str| only.as_deref().is_none_or(|only| only == name);
    if wanted("kill") {
        killed()?;
    }
    if wanted("power") {
        match Disk::make() {
            Ok(disk) => {
                witness(&disk, 20)?;
                cut(&disk, &[], 20)?;
                cut(&disk, &[("VONEINANDER_CONTROL_SYNCHRONOUS", "normal")], 20)?;
            }
            Err(why) => {
                println!("power loss: not simulated, this machine does not allow it: {why:#}")
            }
        }
    }
    Ok(())
}

/// The pages that are there to be saved, and what a browser sends for each.
struct Work {
    tokens: Vec<String>,
    forms: Vec<Vec<(String, String)>>,
    next: AtomicUsize,
}

impl Work {
    /// Makes the wave and so many invitations.
    fn make(demo: &Demo, invitations: usize) -> anyhow::Result<Self> {
        let (settings, questionnaire) = (demo.data.join("w.toml"), demo.data.join("w.yaml"));
        std::fs::write(&settings, SETTINGS)?;
        let mut pages = String::new();
        for page in 1..=PAGES {
            pages.push_str(&format!(
                "  - key: s{page}\n    title: {{ de: Seite {page}, en: Page {page} }}\n    questions:\n      - \
                 key: a{page}\n        type: short-text\n        required: false\n        text: {{ de: Text {page}, \
                 en: Text {page} }}\n        max-length: 200\n"
            ));
        }
        std::fs::write(&questionnaire, format!("{QUESTIONNAIRE}{pages}"))?;
        let path = |path: &Path| path.to_string_lossy().into_owned();
        run(&[
            "wave",
            "add",
            "--settings",
            &path(&settings),
            "--questionnaire",
            &path(&questionnaire),
            "--data",
            demo.data(),
        ])?;
        let links = demo.invite_to(WAVE, invitations)?;
        let token = |link: &String| link.rsplit('/').next().unwrap_or_default().to_owned();
        let tokens: Vec<String> = links.iter().map(token).collect();
        let mut client = Client::connect(&demo.base)?;
        let form = |page: usize| -> anyhow::Result<Vec<(String, String)>> {
            let html = client.get(&address(&tokens[0], page))?.text();
            form::fill(&html, &mut |_, _| 0).context("a form")
        };
        let forms = (1..=PAGES).map(form).collect::<Result<_, _>>()?;
        Ok(Self {
            tokens,
            forms,
            next: AtomicUsize::new(0),
        })
    }

    /// Token and page (from 1) of a number; `None` behind the last.
    fn page(&self, number: usize) -> Option<(&str, usize)> {
        let token = self.tokens.get(number / PAGES)?;
        Some((token, number % PAGES + 1))
    }

    /// Sends one save; whether it was confirmed.
    fn save(&self, client: &mut Client, number: usize) -> anyhow::Result<bool> {
        let (token, page) = self.page(number).context("a page")?;
        let mut fields = self.forms[page - 1].clone();
        let name = format!("a{page}");
        let field = fields.iter_mut().find(|(field, _)| *field == name);
        field.context("the field")?.1 = text(number);
        let answer = client.post(&address(token, page), &fields)?;
        Ok(answer.status == 303)
    }

    /// How a save is found: how often it was made, and whether its text is there.
    fn found(&self, client: &mut Client, number: usize) -> anyhow::Result<(u32, bool)> {
        let (token, page) = self.page(number).context("a page")?;
        let html = client.get(&address(token, page))?.text();
        let stand = html.split(&format!("\"a{page}:")).nth(1);
        let version = stand.and_then(|rest| rest.split(':').next()?.parse().ok());
        let there = html.contains(&format!("\"{}\"", text(number)));
        Ok((version.context("no version")?, there))
    }
}

fn address(token: &str, page: usize) -> String {
    format!("/antworten/{token}/seite/s{page}")
}

fn text(number: usize) -> String {
    format!("Sicherung {number:06}")
}

/// Kills the server every 200 ms for a minute.
fn killed() -> anyhow::Result<()> {
    const EVERY: Duration = Duration::from_millis(200);
    let seconds: u64 = std::env::var("SECONDS").map_or(Ok(60), |s| s.parse())?;
    let mut demo = Demo::start("crash")?;
    let work = Work::make(&demo, 4_000)?;
    let base = demo.base.clone();
    let (over, again) = (AtomicBool::new(false), AtomicUsize::new(0));
    let saver = || -> anyhow::Result<Vec<usize>> {
        let mut confirmed = Vec::new();
        let mut client = None;
        while !over.load(Ordering::Relaxed) {
            let number = work.next.fetch_add(1, Ordering::Relaxed);
            if work.page(number).is_none() {
                break;
            }
            loop {
                let open = match client.take() {
                    Some(open) => Ok(open),
                    None => Client::connect(&base),
                };
                let saved = open.and_then(|mut open| {
                    let saved = work.save(&mut open, number)?;
                    Ok((saved, open))
                });
                match saved {
                    Ok((true, open)) => {
                        client = Some(open);
                        confirmed.push(number);
                        break;
                    }
                    Ok((false, _)) => bail!("save {number} was refused"),
                    // The server is gone: the same is sent again when it is back.
                    Err(_) => {
                        again.fetch_add(1, Ordering::Relaxed);
                        std::thread::sleep(Duration::from_millis(2));
                    }
                }
            }
        }
        Ok(confirmed)
    };
    let (mut kills, mut ready) = (0_u32, Duration::ZERO);
    let confirmed = std::thread::scope(|scope| {
        let savers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(saver)).collect();
        let (began, mut last) = (Instant::now(), Instant::now());
        while began.elapsed() < Duration::from_secs(seconds) {
            std::thread::sleep(EVERY.saturating_sub(last.elapsed()));
            last = Instant::now();
            demo.kill_and_restart()?;
            ready += last.elapsed();
            kills += 1;
        }
        over.store(true, Ordering::Relaxed);
        let mut all = Vec::new();
        for saver in savers {
            all.extend(saver.join().expect("no saver panics")?);
        }
        anyhow::Ok(all)
    })?;
    let mut client = Client::connect(&demo.base)?;
    let (mut lost, mut twice) = (0, 0);
    for number in &confirmed {
        let (version, there) = work.found(&mut client, *number)?;
        lost += usize::from(!there);
        twice += usize::from(version > 1);
    }
    let (n, sent) = (confirmed.len(), again.into_inner());
    println!(
        "kill -9 every 200 ms for {seconds} s: {kills} kills, serving again after {:.0} ms; {n} saves confirmed, {sent} \
         times sent again or not connected; lost {lost}, twice {twice}",
        ready.as_secs_f64() * 1e3 / f64::from(kills.max(1)),
    );
    ensure!(
        lost == 0 && twice == 0,
        "a confirmed save was lost or made twice"
    );
    ensure!(seconds < 60 || n >= 10_000, "fewer than 10,000 saves");
    Ok(())
}

/// An ext4 file system in a file.
struct Disk {
    folder: PathBuf,
}

impl Disk {
    fn make() -> anyhow::Result<Self> {
        let folder = stories::folder("disk")?;
        let disk = Self { folder };
        std::fs::create_dir(disk.mounted())?;
        std::fs::File::create(disk.image())?.set_len(1 << 30)?;
        command("mkfs.ext4", &["-q", &disk.image().to_string_lossy()])?;
        disk.mount()?;
        Ok(disk)
    }

    fn image(&self) -> PathBuf {
        self.folder.join("image")
    }

    fn mounted(&self) -> PathBuf {
        self.folder.join("mounted")
    }

    fn mount(&self) -> anyhow::Result<()> {
        let (image, at) = (self.image(), self.mounted());
        command(
            "mount",
            &[
                "-o",
                "loop",
                &image.to_string_lossy(),
                &at.to_string_lossy(),
            ],
        )
    }

    fn unmount(&self) -> anyhow::Result<()> {
        command("umount", &[&*self.mounted().to_string_lossy()])
    }

    /// Shuts the file system down at once: nothing more reaches the disk, the log of the file system neither.
    fn cut(&self) -> anyhow::Result<()> {
        // EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH.
        const CUT: &str = "import fcntl, os, struct, sys
fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587d, struct.pack('I', 2))";
        command("python3", &["-c", CUT, &self.mounted().to_string_lossy()])
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let gone = self.unmount();
        if let Err(error) = gone.and_then(|()| Ok(std::fs::remove_dir_all(&self.folder)?)) {
            eprintln!("{}: {error:#}", self.folder.display());
        }
    }
}

fn command(program: &str, arguments: &[&str]) -> anyhow::Result<()> {
    let output = Command::new(program).args(arguments).output();
    let output = output.with_context(|| format!("{program} cannot be started"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "{program} {arguments:?}: {}",
        said.trim()
    );
    Ok(())
}

/// Cuts the power so many times under threads that append to plain files and sync them: what of it the file system says
/// it has written, and has not.
fn witness(disk: &Disk, times: usize) -> anyhow::Result<()> {
    const BLOCK: usize = 4096;
    let (mut before, mut during, mut lost) = (0, 0, 0);
    for _ in 0..times {
        let gone = AtomicBool::new(false);
        let file = |writer: usize| disk.mounted().join(format!("witness-{writer}"));
        // Blocks that were confirmed before the cut, and all that were.
        let append = |writer: usize| -> anyhow::Result<(usize, usize)> {
            use std::io::Write;
            let mut file = std::fs::File::create(file(writer))?;
            let (mut before, mut all) = (0, 0);
            while file
                .write_all(&[1; BLOCK])
                .and_then(|()| file.sync_all())
                .is_ok()
            {
                all += 1;
                if !gone.load(Ordering::Relaxed) {
                    before = all;
                }
            }
            Ok((before, all))
        };
        let confirmed = std::thread::scope(|scope| {
            let append = &append;
            let writers: Vec<_> = (0..AT_ONCE)
                .map(|n| scope.spawn(move || append(n)))
                .collect();
            std::thread::sleep(Duration::from_millis(300));
            gone.store(true, Ordering::Relaxed);
            disk.cut()?;
            let join = |writer: std::thread::ScopedJoinHandle<'_, _>| {
                writer.join().expect("no writer panics")
            };
            writers
                .into_iter()
                .map(join)
                .collect::<anyhow::Result<Vec<_>>>()
        })?;
        disk.unmount()?;
        disk.mount()?;
        for (writer, (sure, all)) in confirmed.into_iter().enumerate() {
            let bytes = std::fs::read(file(writer)).unwrap_or_default();
            let there = bytes
                .chunks(BLOCK)
                .take_while(|block| *block == [1; BLOCK])
                .count();
            ensure!(
                there >= sure,
                "the disk lost what it had written before the cut"
            );
            before += sure;
            during += all - sure;
            lost += all.saturating_sub(there);
        }
    }
    println!(
        "power cut {times} times, plain files (the witness): {before} blocks synced before the cut, lost 0; {during} said \
         to be synced while it was made, lost {lost}"
    );
    Ok(())
}

/// Cuts the power so many times under load, and reads back what was confirmed.
fn cut(disk: &Disk, environment: &[(&str, &str)], times: usize) -> anyhow::Result<()> {
    let control = !environment.is_empty();
    let mut demo = Demo::start_in(&disk.mounted(), environment)?;
    let work = Work::make(&demo, 4_000)?;
    // The copied files are nobody's saves: what the cut takes must not be among them.
    command("sync", &["-f", &disk.mounted().to_string_lossy()])?;
    let (mut saves, mut lost, mut twice, mut rounds) = (0, 0, 0, 0);
    let (mut during, mut lost_during) = (0, 0);
    let mut all: Vec<usize> = Vec::new();
    for _ in 0..times {
        let gone = AtomicBool::new(false);
        // What was confirmed, and what was answered while the cut was made: who has lost power answers nobody.
        let saver = || -> anyhow::Result<(Vec<usize>, Vec<usize>)> {
            let (mut confirmed, mut late) = (Vec::new(), Vec::new());
            let mut client = Client::connect(&demo.base)?;
            loop {
                let number = work.next.fetch_add(1, Ordering::Relaxed);
                if work.page(number).is_none() {
                    return Ok((confirmed, late));
                }
                let saved = work.save(&mut client, number);
                match (saved, gone.load(Ordering::Relaxed)) {
                    (Ok(true), false) => confirmed.push(number),
                    (Ok(true), true) => late.push(number),
                    (_, true) => return Ok((confirmed, late)),
                    (Ok(false), false) => bail!("save {number} was refused"),
                    (Err(error), false) => return Err(error),
                }
            }
        };
        let (confirmed, late) = std::thread::scope(|scope| {
            let savers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(saver)).collect();
            std::thread::sleep(Duration::from_millis(700));
            gone.store(true, Ordering::Relaxed);
            disk.cut()?;
            let (mut all, mut later) = (Vec::new(), Vec::new());
            for saver in savers {
                let (confirmed, late) = saver.join().expect("no saver panics")?;
                all.extend(confirmed);
                later.extend(late);
            }
            anyhow::Ok((all, later))
        })?;
        demo.stop()?;
        disk.unmount()?;
        disk.mount()?;
        demo.start_again()?;
        let before = lost;
        let mut client = Client::connect(&demo.base)?;
        for number in &confirmed {
            let (version, there) = work.found(&mut client, *number)?;
            lost += usize::from(!there);
            twice += usize::from(version > 1);
        }
        for number in &late {
            lost_during += usize::from(!work.found(&mut client, *number)?.1);
        }
        during += late.len();
        rounds += usize::from(lost > before);
        saves += confirmed.len();
        all.extend(confirmed);
    }
    if !control {
        let mut client = Client::connect(&demo.base)?;
        for number in all {
            ensure!(
                work.found(&mut client, number)? == (1, true),
                "save {number} was lost later"
            );
        }
    }
    let how = if control {
        "NORMAL (the control)"
    } else {
        "FULL"
    };
    println!(
        "power cut {times} times, synchronous={how}: {saves} saves confirmed before the cut, lost {lost} in {rounds} cuts, \
         twice {twice}; {during} answered while it was made, lost {lost_during}"
    );
    ensure!(twice == 0, "a save was made twice");
    ensure!((lost > 0) == control, "lost: {lost}");
    Ok(())
}

const SETTINGS: &str = r#"
name = "absturz"
contact = "studie@institut.example"
minutes = [8, 12]
opens = "2016-01-01T00:00:00Z"
closes = "2099-01-01T00:00:00Z"
synthetic = true
[title]
de = "Absturz"
en = "Crash"
[purpose]
de = "Wir prüfen, ob etwas verloren geht."
en = "We look whether anything is lost."
[institute]
name = "Institut"
[funder]
name = "Stiftung"
"#;

const QUESTIONNAIRE: &str = "format: 1
key: absturz
version: 1
title: { de: Absturz, en: Crash }
pages:
";
