//! Many respondents at once: `cargo xtask bench`. One walk is recorded, then replayed for every other link, so that the
//! generator costs little; its own CPU is told apart from the server's.
//!
//! First a questionnaire of seven pages (`sieben.yaml`), as long as the one that LimeSurvey was measured with on the same
//! machine; then the demo's, which has nine pages and more questions on each.

mod process;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use process::{cpu_seconds, line, memory};
use stories::http::Client;
use stories::{Demo, form, run};

/// Respondents at once.
const AT_ONCE: usize = 32;

/// One request of the recorded walk; the token stands in it as [`TOKEN`].
enum Step {
    Get(String),
    Post(String, Vec<(String, String)>),
}

const TOKEN: &str = "{token}";

fn main() -> anyhow::Result<()> {
    // `cargo test` runs benches once with --test: there is nothing to measure then.
    if std::env::args().any(|a| a == "--test") {
        return Ok(());
    }
    let each: usize = std::env::var("RESPONSES")
        .ok()
        .map_or(Ok(60), |n| n.parse())
        .context("RESPONSES")?;
    let demo = Demo::start("load")?;
    add_wave(&demo)?;
    // What a server does once (reading the list of municipalities, the questionnaire, the texts) is none of a response.
    let warm = demo.invite_to(WAVE, AT_ONCE)?;
    replay(&demo, &warm, &record(&demo, &warm[0])?.0, 1)?;
    let before = measure(&demo, WAVE, each)?;
    println!();
    let after = measure(&demo, "probe", each)?;
    let (_, peak) = memory(demo.pid());
    line("memory, peak", format!("{peak:.0} MB"), "limit 150 MB");
    anyhow::ensure!((before, after) == (7, 9), "pages: {before}, {after}");
    Ok(())
}

/// The wave of seven pages.
const WAVE: &str = "lasttest";

fn add_wave(demo: &Demo) -> anyhow::Result<()> {
    const SETTINGS: &str = r#"
name = "lasttest"
contact = "studie@institut.example"
minutes = [8, 12]
opens = "2016-01-01T00:00:00Z"
closes = "2099-01-01T00:00:00Z"
synthetic = true
[title]
de = "Ehrenamt in den Kommunen"
en = "Volunteering in municipalities"
[purpose]
de = "Wir messen, wie viele zugleich antworten können."
en = "We measure how many can answer at once."
[institute]
name = "Institut"
[funder]
name = "Stiftung"
"#;
    let (settings, questionnaire) = (demo.data.join("last.toml"), demo.data.join("last.yaml"));
    std::fs::write(&settings, SETTINGS)?;
    std::fs::write(&questionnaire, include_str!("sieben.yaml"))?;
    let path = |path: &std::path::Path| path.to_string_lossy().into_owned();
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
    Ok(())
}

/// Replays the walk for each link, and says how long each request took.
fn replay(
    demo: &Demo,
    links: &[String],
    steps: &[Step],
    at_once: usize,
) -> anyhow::Result<Vec<Duration>> {
    let next = AtomicUsize::new(0);
    let replay = || -> anyhow::Result<Vec<Duration>> {
        let mut client = Client::connect(&demo.base)?;
        let mut times = Vec::new();
        while let Some(link) = links.get(next.fetch_add(1, Ordering::Relaxed)) {
            let token = token(link);
            for step in steps {
                let asked = Instant::now();
                let (answer, wanted) = match step {
                    Step::Get(path) => (client.get(&path.replace(TOKEN, token))?, 200),
                    Step::Post(path, fields) => {
                        (client.post(&path.replace(TOKEN, token), fields)?, 303)
                    }
                };
                times.push(asked.elapsed());
                anyhow::ensure!(
                    answer.status == wanted,
                    "{} instead of {wanted}: {}",
                    answer.status,
                    answer.text()
                );
            }
        }
        Ok(times)
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..at_once).map(|_| scope.spawn(replay)).collect();
        let mut all = Vec::new();
        for worker in workers {
            all.extend(worker.join().expect("no worker panics")?);
        }
        Ok(all)
    })
}

fn token(link: &str) -> &str {
    link.rsplit('/').next().unwrap_or_default()
}

/// Measures a wave with so many responses of each respondent, and says how many pages it has.
fn measure(demo: &Demo, wave: &str, each: usize) -> anyhow::Result<usize> {
    let links = demo.invite_to(wave, 1 + AT_ONCE * each)?;
    let (steps, pages) = record(demo, &links[0])?;
    let links = &links[1..];
    let (began, server) = (Instant::now(), cpu_seconds(demo.pid()));
    let own = cpu_seconds(std::process::id());
    let mut times = replay(demo, links, &steps, AT_ONCE)?;
    let wall = began.elapsed().as_secs_f64();
    let server = cpu_seconds(demo.pid()) - server;
    let own = cpu_seconds(std::process::id()) - own;
    // Every response is whole: the last page says so to each of them.
    let mut client = Client::connect(&demo.base)?;
    for link in links {
        let done = client.get(&format!("/antworten/{}/fertig", token(link)))?;
        anyhow::ensure!(done.text().contains("id=\"fertig\""), "{link}");
    }

    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    let responses = links.len() as f64;
    let rate = responses / wall;
    let requests = steps.len();
    line(
        &format!("{AT_ONCE} at once, {pages} pages ({requests} requests), complete responses"),
        format!("{rate:.0} a second"),
        "limit 300; LimeSurvey 3.7 to 4.1",
    );
    line(
        "  times the limit; times LimeSurvey (4.1)",
        format!("{:.2}; {:.0}", rate / 300.0, rate / 4.1),
        "",
    );
    line(
        "  server CPU a complete response",
        format!("{:.2} ms", server * 1e3 / responses),
        "limit 3 ms; LimeSurvey 475 ms",
    );
    let cost = server * 1e3 / responses;
    line(
        "  of the limit; of LimeSurvey's",
        format!("{:.2}; 1 in {:.0}", cost / 3.0, 475.0 / cost),
        "",
    );
    line(
        "  the generator's own CPU a response",
        format!("{:.2} ms", own * 1e3 / responses),
        "not the server's",
    );
    line(
        "  a page: half, 99 of 100, longest",
        format!("{:.1} {:.1} {:.1} ms", at(0.5), at(0.99), at(1.0)),
        "99 of 100: limit 50 ms; LimeSurvey 2,082",
    );
    Ok(pages)
}

/// Walks once by real forms and keeps every request.
fn record(demo: &Demo, link: &str) -> anyhow::Result<(Vec<Step>, usize)> {
    let token = link.rsplit('/').next().context("a link")?;
    let kept = |path: &str| path.replace(token, TOKEN);
    let mut client = Client::connect(&demo.base)?;
    let (mut steps, mut path, mut pages) = (Vec::new(), link.to_owned(), 0);
    for _ in 0..40 {
        let html = client.get(&path)?.text();
        steps.push(Step::Get(kept(&path)));
        if html.contains("id=\"fertig\"") {
            return Ok((steps, pages));
        }
        pages += usize::from(path.contains("/seite/"));
        let fields = form::fill(&html, &mut |_, count| count / 2).context("a form")?;
        let action = form::action(&html, &path);
        let answer = client.post(&action, &fields)?;
        let to = answer.header("location").context("a redirection")?;
        steps.push(Step::Post(kept(&action), fields));
        path = to.strip_prefix(&demo.base).unwrap_or(to).to_owned();
    }
    anyhow::bail!("40 pages and no end")
}
