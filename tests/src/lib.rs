//! What the stories need: the served demo, a plain HTTP client, a browser.
//!
//! Without further words the demo's database is a file. Where VONEINANDER_TEST_SERVER names a PostgreSQL server, each data
//! folder has a database of its own there: `cargo xtask test` starts a server and runs the stories on both.

pub mod browser;
mod demo;
pub mod form;
pub mod http;
pub mod keyboard;
mod server;
pub mod smtp;
pub mod types;
mod wave;

pub use demo::{Demo, folder, run, run_failing, run_under};
pub use wave::{Invited, of_demo};

/// Walks from the page behind a link to the one with `id="fertig"` and returns the pages it saw.
pub fn walk(
    client: &mut http::Client,
    link: &str,
    choose: &mut dyn FnMut(&str, usize) -> usize,
) -> anyhow::Result<Vec<(String, String)>> {
    let mut seen = Vec::new();
    let mut path = link.to_owned();
    for _ in 0..40 {
        let page = client.get(&path)?;
        let html = page.text();
        seen.push((path.clone(), html.clone()));
        if html.contains("id=\"fertig\"") {
            return Ok(seen);
        }
        let Some(fields) = form::fill(&html, choose) else {
            anyhow::bail!("{path}: no form with the id \"bogen\": {}", page.status);
        };
        let answer = client.post(&form::action(&html, &path), &fields)?;
        match answer.header("location") {
            Some(next) => {
                path = next
                    .split_once("//")
                    .and_then(|(_, r)| r.find('/').map(|at| r[at..].to_owned()))
                    .unwrap_or_else(|| next.to_owned())
            }
            None => anyhow::bail!(
                "{path}: {} instead of a redirection: {}",
                answer.status,
                answer.text()
            ),
        }
    }
    anyhow::bail!(
        "40 pages and no end: {:?}",
        seen.iter().map(|(p, _)| p).collect::<Vec<_>>()
    )
}
