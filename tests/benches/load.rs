//! Many respondents at once: `cargo xtask bench`. One walk is recorded, then replayed for every other link, so that the
//! generator costs little; its own CPU is told apart from the server's.

mod process;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use process::{cpu_seconds, line, memory};
use stories::http::Client;
use stories::{Demo, form};

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
    let links = demo.invite(1 + AT_ONCE * each)?;
    let (steps, pages) = record(&demo, &links[0])?;
    let tokens: Vec<&str> = links[1..]
        .iter()
        .map(|link| link.rsplit('/').next().unwrap_or_default())
        .collect();

    let next = AtomicUsize::new(0);
    let (began, server) = (Instant::now(), cpu_seconds(demo.pid()));
    let own = cpu_seconds(std::process::id());
    let replay = || -> anyhow::Result<Vec<Duration>> {
        let mut client = Client::connect(&demo.base)?;
        let mut times = Vec::new();
        while let Some(token) = tokens.get(next.fetch_add(1, Ordering::Relaxed)) {
            for step in &steps {
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
    let mut times: Vec<Duration> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(replay)).collect();
        let mut all = Vec::new();
        for worker in workers {
            all.extend(worker.join().expect("no worker panics")?);
        }
        anyhow::Ok(all)
    })?;
    let wall = began.elapsed().as_secs_f64();
    let server = cpu_seconds(demo.pid()) - server;
    let own = cpu_seconds(std::process::id()) - own;
    // Every response is whole: the last page says so to each of them.
    let mut client = Client::connect(&demo.base)?;
    for token in &tokens {
        let done = client.get(&format!("/antworten/{token}/fertig"))?;
        anyhow::ensure!(done.text().contains("id=\"fertig\""), "{token}");
    }

    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    let responses = tokens.len() as f64;
    let rate = responses / wall;
    line(
        &format!("{AT_ONCE} respondents at once, {pages} pages each, complete responses"),
        format!("{rate:.0} a second"),
        "limit 300; LimeSurvey 3.7 to 4.1",
    );
    line(
        "  ratio to LimeSurvey (4.1)",
        format!("{:.0} times as many", rate / 4.1),
        "",
    );
    line(
        "  server CPU a complete response",
        format!("{:.2} ms", server * 1e3 / responses),
        "limit 3 ms; LimeSurvey 475 ms",
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
    let (_, peak) = memory(demo.pid());
    line("  memory, peak", format!("{peak:.0} MB"), "limit 150 MB");
    Ok(())
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
        let fields = form::fill(&html, &mut |_, count| count - 1).context("a form")?;
        let action = form::action(&html, &path);
        let answer = client.post(&action, &fields)?;
        let to = answer.header("location").context("a redirection")?;
        steps.push(Step::Post(kept(&action), fields));
        path = to.strip_prefix(&demo.base).unwrap_or(to).to_owned();
    }
    anyhow::bail!("40 pages and no end")
}
