//! Several servers on one database: what one took, the others know, and nobody misses one that stops.
//!
//! Only a database server lets several in: where VONEINANDER_TEST_SERVER names none, the story says so.

use anyhow::Context;
use stories::http::Client;
use stories::{Demo, form, walk};

#[test]
fn a_response_goes_on_at_the_other_node_when_the_first_one_stops() -> anyhow::Result<()> {
    if std::env::var_os("VONEINANDER_TEST_SERVER").is_none() {
        eprintln!("skipped: VONEINANDER_TEST_SERVER names no PostgreSQL server");
        return Ok(());
    }
    let mut first = Demo::start("nodes")?;
    let second = first.second_node("nodes-2")?;
    let links = first.invite(4)?;
    let link = &links[0];

    // Begun at the first node: what it answered stands at the second.
    let one = &mut Client::connect(&first.base)?;
    let begun = one.get(link)?.text();
    assert!(begun.contains("id=\"bogen\""), "{begun}");
    let mut pages = 0;
    let mut path = link.clone();
    while pages < 3 {
        let html = one.get(&path)?.text();
        let fields = form::fill(&html, &mut |_, _| 0).context("a form")?;
        let saved = one.post(&form::action(&html, &path), &fields)?;
        let next = saved.header("location").context("a redirection")?;
        path = next.strip_prefix(&first.base).unwrap_or(next).to_owned();
        pages += 1;
    }
    let two = &mut Client::connect(&second.base)?;
    let there = two.get(&path)?;
    assert_eq!(there.status, 200, "{path}: {}", there.text());

    // A session of the back office holds at both.
    let signed_in = one.post(&first.sign_in_link("researcher")?, &[])?;
    let cookie = signed_in.header("set-cookie").context("a cookie")?;
    two.headers = format!(
        "Cookie: {}\r\n",
        cookie.split(';').next().unwrap_or_default()
    );
    let office = two.get("/verwaltung")?;
    assert_eq!(office.status, 200, "{}", office.text());

    // The first goes without a word; the second takes everybody to the end.
    first.stop()?;
    let seen = walk(two, link, &mut |_, _| 0)?;
    let (_, last) = seen.last().context("pages")?;
    assert!(last.contains("id=\"fertig\""));
    for link in &links[1..] {
        walk(&mut Client::connect(&second.base)?, link, &mut |_, _| 0)?;
    }
    Ok(())
}
