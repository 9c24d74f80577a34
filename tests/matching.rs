//! Needs and practices meet on the demo: for a municipality behind its own link, for the house as gaps, and from a gap to
//! a call for examples.

use anyhow::Context;
use stories::http::Client;
use stories::{Demo, walk};

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

/// The first address in a page that begins so.
fn address(page: &str, begins: &str) -> anyhow::Result<String> {
    let at = page
        .find(&format!("\"{begins}"))
        .context(begins.to_owned())?;
    let rest = &page[at + 1..];
    let address = rest.split('"').next().unwrap_or_default();
    Ok(address.replace("&#38;", "&").replace("&amp;", "&"))
}

#[test]
fn a_municipality_sees_what_fits_and_nobody_else_learns_of_it() -> anyhow::Result<()> {
    let demo = Demo::start("fits")?;
    let links = demo.invite(2)?;
    let (own, other) = (&links[0], &links[1]);
    let mut client = Client::connect(&demo.base)?;
    let public = |client: &mut Client| -> anyhow::Result<Vec<String>> {
        let paths = [
            "/",
            "/beispiele",
            "/beispiele/1",
            "/handlungsfelder/wohnen",
            "/kommune",
        ];
        paths.iter().map(|p| Ok(client.get(p)?.text())).collect()
    };
    let before = public(&mut client)?;
    // The highest point of every scale, and a coordination office.
    walk(&mut client, own, &mut |name, _| {
        if name.contains('.') { 4 } else { 0 }
    })?;
    let page = client.get(&format!("{own}/beispiele"))?;
    assert_eq!(page.status, 200);
    let text = page.text();
    assert!(text.contains("Passt, weil:"), "{text}");
    assert!(text.contains("Bedarf „") && text.contains("Herausforderung „"));
    assert!(text.contains("Setzt voraus, was Sie haben:"), "{text}");
    let others = client.get(&format!("{other}/beispiele"))?.text();
    assert!(
        !others.contains("Passt, weil:"),
        "the other one answered nothing"
    );
    assert_eq!(client.get("/antworten/gibtesnicht/beispiele")?.status, 404);
    assert!(
        before == public(&mut client)?,
        "public pages stay as they were"
    );
    Ok(())
}

#[test]
fn a_gap_leads_to_a_call_that_reaches_each_address_once() -> anyhow::Result<()> {
    let demo = Demo::start("gaps")?;
    let data = std::fs::read_to_string(demo.data.join("ausgaben/2016-1/data/luecken.csv"))?;
    let lines: Vec<&str> = data.lines().collect();
    assert!(lines.len() > 40, "{} lines", lines.len());
    assert!(
        lines
            .iter()
            .any(|l| l.contains(",groessenklasse,") && l.ends_with(",luecke"))
    );
    assert!(lines.iter().any(|l| l.contains(",land,")), "by Länder too");
    let site = demo
        .data
        .join("ausgaben/2016-1/site/ergebnisse/luecken.html");
    let site = std::fs::read_to_string(site)?;
    assert!(site.contains("Lücke:") && site.contains("role=\"img\""));
    // Nothing is said that is not in the open data: every percentage of the page stands there.
    let parts: Vec<&str> = site.split("\u{a0}%").collect();
    for part in &parts[..parts.len() - 1] {
        let digits: String = part
            .chars()
            .rev()
            .take_while(char::is_ascii_digit)
            .collect();
        let value: String = digits.chars().rev().collect();
        let known = lines.iter().any(|l| l.split(',').any(|cell| cell == value));
        let bound = ["10", "50", "90", "19", "39", "59", "79", "100", ""].contains(&value.as_str());
        assert!(known || bound, "{value} % stands on the page only");
    }
    let mut client = Client::connect(&demo.base)?;
    let answer = client.post(&demo.sign_in_link("editor")?, &[])?;
    let cookie = answer.header("set-cookie").context("a cookie")?;
    let cookie = cookie.split(';').next().unwrap_or_default();
    client.headers = format!("Cookie: {cookie}\r\n");
    let gaps = client.get("/verwaltung/luecken/2016-1")?.text();
    assert!(gaps.contains("tabelle-luecken-klassen") && gaps.contains("tabelle-luecken-laender"));
    let begins = "/verwaltung/luecken/2016-1/aufruf?";
    let mut sent = None;
    for part in gaps.split(begins).skip(1) {
        let path = address(&format!("\"{begins}{part}"), begins)?;
        if client.get(&path)?.text().contains("name=\"widerspruch\"") {
            sent = Some(path);
            break;
        }
    }
    let path = sent.context("no gap has anybody to ask")?;
    let faulty = [("betreff", "Bitte"), ("text", "Guten Tag, {kommunne}")];
    assert_eq!(client.post(&path, &pairs(&faulty))?.status, 422);
    let call = [
        ("betreff", "Beispiel zu {feld}"),
        ("text", "Guten Tag, {kommune}: {link}"),
    ];
    let to = client.post(&path, &pairs(&call))?;
    let to = to.header("location").context("no redirection")?.to_owned();
    let count: usize = to.rsplit('=').next().unwrap_or_default().parse()?;
    assert!(count > 0);
    let outbox = client.get("/verwaltung/postausgang")?.text();
    assert_eq!(
        outbox.matches("Beispiel zu ").count(),
        count,
        "one mail an address"
    );
    assert!(client.get(&to)?.text().contains("Bisherige Aufrufe"));
    // Who objects is not asked again.
    let page = client.get(&path)?.text();
    let mail = page
        .split("name=\"widerspruch\" value=\"")
        .nth(1)
        .context("an address")?;
    let mail = mail.split('"').next().unwrap_or_default().to_owned();
    client.post(&path, &pairs(&[("widerspruch", &mail)]))?;
    assert!(
        !client
            .get(&path)?
            .text()
            .contains(&format!("value=\"{mail}\""))
    );
    Ok(())
}
