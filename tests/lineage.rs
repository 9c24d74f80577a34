//! Where the questions of the demo's second wave come from: a researcher decides in the back office, by plain forms, and
//! what is compared follows at once. The next wave's file begins with the last one.

use anyhow::Context;
use stories::http::Client;
use stories::{Demo, folder, run};

const PAIR: &str = "/verwaltung/herkunft/2016-2/2016-1";

fn signed_in(demo: &Demo) -> anyhow::Result<Client> {
    let mut client = Client::connect(&demo.base)?;
    let answer = client.post(&demo.sign_in_link("researcher")?, &[])?;
    anyhow::ensure!(answer.status == 303, "signing in gives {}", answer.status);
    let cookie = answer.header("set-cookie").context("a cookie")?;
    let cookie = cookie.split(';').next().unwrap_or_default();
    client.headers = format!("Cookie: {cookie}\r\n");
    Ok(client)
}

fn pairs(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = fields.iter();
    owned
        .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
        .collect()
}

/// What the evaluation workspace says about the change of a question.
fn change(client: &mut Client, question: &str) -> anyhow::Result<String> {
    let path = format!("/verwaltung/auswertung?befragung=2016-2&frage={question}&vergleich=2016-1");
    let page = client.get(&path)?;
    anyhow::ensure!(page.status == 200, "{path}: {}", page.status);
    let text = page.text();
    let from = text.find("id=\"veraenderung\"").context("the change")?;
    // What follows under other headings is about one wave alone.
    let rest = &text[from..];
    Ok(rest[..rest.find("<h3").unwrap_or(rest.len())].to_owned())
}

#[test]
fn what_a_researcher_decides_is_what_is_compared() -> anyhow::Result<()> {
    let demo = Demo::start("lineage")?;
    let mut client = signed_in(&demo)?;
    let page = client.get(PAIR)?.text();
    for said in [
        "0 von ",
        "Steht so in der Datei des Fragebogens.",
        "Zusammengelegt",
    ] {
        assert!(page.contains(said), "{said}");
    }
    // The demo's file says that the two periods differ.
    let before = change(&mut client, "gefluechtete")?;
    assert!(before.contains("messen"), "refused by the file");
    let path = format!("{PAIR}/frage/gefluechtete");
    let mut sent = vec![
        ("stand", "0"),
        ("von", "gefluechtete"),
        ("schritt", "reworded"),
        ("vergleichbar", "ja"),
        ("notiz-de", "Beides hochgerechnet auf ein Jahr (erfunden)."),
        ("notiz-en", ""),
    ];
    let answer = client.post(&path, &pairs(&sent))?;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let after = change(&mut client, "gefluechtete")?;
    assert!(
        !after.contains("messen") && after.contains("<table"),
        "compared now"
    );

    // Somebody who saw the page before that does not overwrite it.
    sent[3].1 = "nein";
    let answer = client.post(&path, &pairs(&sent))?;
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("Beides hochgerechnet"));
    // Taken back, the file counts again.
    sent[0].1 = "1";
    sent.push(("was", "zuruecknehmen"));
    assert_eq!(client.post(&path, &pairs(&sent))?.status, 303);
    assert!(change(&mut client, "gefluechtete")?.contains("messen"));

    // Item by item: one that is linked to another key is compared, one that is not is refused with the reason.
    let items = [
        "landkreis-kreis",
        "wohlfahrt",
        "vereine-ini",
        "schulen",
        "arbeitsagentur",
        "kammern",
        "migranten",
    ];
    let path = format!("{PAIR}/frage/netzwerk");
    let mut lines: Vec<(String, String)> = items
        .iter()
        .map(|item| (format!("aus.{item}"), (*item).to_owned()))
        .collect();
    lines.extend(pairs(&[
        ("von", "netzwerk"),
        ("schritt", "same"),
        ("aus.nachbarkommunen", ""),
        ("notiz-de.nachbarkommunen", "Anders gemeint (erfunden)."),
        ("stand", "0"),
    ]));
    assert!(change(&mut client, "netzwerk")?.contains("Nachbarkommunen"));
    assert_eq!(client.post(&path, &lines)?.status, 303);
    assert!(!change(&mut client, "netzwerk")?.contains("Nachbarkommunen"));
    let refused = client.get(PAIR)?.text();
    assert!(
        refused.contains("früher") || refused.contains("Neu"),
        "the list says so"
    );
    lines.retain(|(name, _)| name != "aus.nachbarkommunen" && name != "stand");
    lines.extend(pairs(&[
        ("aus.nachbarkommunen", "nachbarn"),
        ("stand", "1"),
    ]));
    assert_eq!(client.post(&path, &lines)?.status, 303);
    let linked = change(&mut client, "netzwerk")?;
    assert!(
        linked.contains("Nachbarkommunen"),
        "compared under another key"
    );
    // Each answer of the scale by itself, with what is not for publication marked.
    assert!(
        linked.contains("id=\"antworten\"") && linked.contains("nicht zur Veröffentlichung"),
        "answer by answer"
    );

    // "Stelle": the file merges two answers; both waves speak of the merged one.
    let merged = change(&mut client, "stelle")?;
    assert!(
        merged.contains("Im Winter wurde unterschieden"),
        "the note stands beside it"
    );
    // What is said to be incomparable is refused with its note, in the edition too.
    let split = [
        ("stand", "0"),
        ("von", "stelle"),
        ("schritt", "new"),
        ("notiz-de", "Anders abgegrenzt als im Winter (erfunden)."),
    ];
    let path = format!("{PAIR}/frage/stelle");
    assert_eq!(client.post(&path, &pairs(&split))?.status, 303);
    assert!(!change(&mut client, "stelle")?.contains("Im Winter wurde unterschieden"));
    let out = demo.data.join("aus");
    let words = [
        "publish",
        "--edition",
        "2016-2",
        "--data",
        demo.data(),
        "--out",
    ];
    let out_said = out.to_string_lossy();
    run(&[&words[..], &[&*out_said]].concat())?;
    let refused = std::fs::read_to_string(out.join("data/nicht-vergleichbar.csv"))?;
    assert!(
        refused.contains("Anders abgegrenzt als im Winter"),
        "{refused}"
    );
    Ok(())
}

#[test]
fn the_next_wave_begins_with_the_last_questionnaire_and_compares_nothing_yet() -> anyhow::Result<()>
{
    let demo = Demo::start("lineage-next")?;
    let mut client = signed_in(&demo)?;
    let file = client
        .get("/verwaltung/herkunft/2016-2/naechster-fragebogen.yaml")?
        .text();
    assert!(file.contains("\nversion: 3\n") && !file.contains("\nlineage:"));
    let dir = folder("lineage-file")?;
    let path = |name: &str| dir.join(name).to_string_lossy().into_owned();
    std::fs::write(path("neu.yaml"), file)?;
    let settings = "name = \"2017\"\ntitle = { de = \"Frühjahr 2017\", en = \"Spring 2017\" }\npurpose = { de = \"Probe.\", en = \"Trial.\" }\ninstitute = { name = \"Institut (erfunden)\" }\nfunder = { name = \"Stiftung (erfunden)\" }\nsupporters = []\ncontact = \"studie@institut.example\"\nminutes = [15, 20]\nopens = \"2017-03-01T00:00:00Z\"\ncloses = \"2017-05-01T00:00:00Z\"\nsynthetic = true\n";
    std::fs::write(path("2017.toml"), settings)?;
    let (new, toml) = (path("neu.yaml"), path("2017.toml"));
    run(&[
        "wave",
        "add",
        "--settings",
        &toml,
        "--questionnaire",
        &new,
        "--data",
        demo.data(),
    ])?;
    std::fs::remove_dir_all(&dir)?;
    let pair = "/verwaltung/herkunft/2017/2016-2";
    let page = client.get(pair)?.text();
    assert!(page.contains("sind noch nicht bestätigt") && !page.contains(": 0 von "));
    let confirmed = client.post(pair, &pairs(&[("was", "unveraendert")]))?;
    assert_eq!(confirmed.status, 303);
    assert!(client.get(pair)?.text().contains(": 0 von "));
    Ok(())
}
