//! The catalogue on the demo: what is found and why, what can be taken along, and examples of another collection.

use anyhow::Context;
use stories::http::Client;
use stories::{Demo, folder, run, run_failing};

/// Bytes of the start page over the wire, with its stylesheet and script.
const MOST: usize = 60_000;

#[test]
fn a_reader_finds_keeps_and_takes_along() -> anyhow::Result<()> {
    let demo = Demo::start("catalogue")?;
    let mut client = Client::connect(&demo.base)?;
    let page = client.get("/beispiele?q=Deutschunterricht+Freiwillige")?;
    assert_eq!(page.status, 200);
    let text = page.text();
    assert!(text.contains("Gefunden, weil:"), "every hit says why");
    assert!(
        text.contains("&#38;land=") || text.contains("&amp;land="),
        "the map leads on"
    );
    let typed = client.get("/beispiele?q=Wohnugssuche")?.text();
    assert!(
        typed.contains("Tippfehler") || typed.contains("Gesucht wurde auch"),
        "a typing error is no dead end"
    );
    let words = client.get("/beispiele/vorschlaege?q=Wohn")?.text();
    let words: Vec<String> = serde_json::from_str(&words)?;
    assert!(words.iter().any(|w| w.starts_with("Wohn")), "{words:?}");
    let feed = client.get("/beispiele/feed.atom?q=Wohnung")?;
    assert!(
        feed.header("content-type")
            .unwrap_or_default()
            .starts_with("application/atom+xml")
    );
    assert!(feed.text().contains("<entry>"));
    let paper = client
        .get("/beispiele/eintrag/1/beschlussvorlage.txt")?
        .text();
    assert!(paper.contains("1. Beschlussvorschlag") && paper.contains("Quelle:"));
    for path in [
        "/beispiele/eintrag/1/beispiel.pdf",
        "/beispiele/merkliste.pdf?ids=1,2,3",
    ] {
        let pdf = client.get(path)?;
        assert!(pdf.body.starts_with(b"%PDF"), "{path}");
    }
    let kept = client.post(
        "/beispiele/merkliste",
        &[
            ("code", "2"),
            ("schritt", "dazu"),
            ("zurueck", "https://anderswo.example"),
        ]
        .map(|(n, v)| (n.to_owned(), v.to_owned())),
    )?;
    assert_eq!(
        kept.header("location"),
        Some("/beispiele"),
        "nobody is sent elsewhere"
    );
    assert!(
        kept.header("set-cookie")
            .unwrap_or_default()
            .starts_with("merkliste=2;")
    );
    Ok(())
}

#[test]
fn another_collection_is_read_whole_or_not_at_all() -> anyhow::Result<()> {
    let folder = folder("sammlung")?;
    let rest = r#""field": "bildung", "municipality": "Almenbruck", "land": "NW", "type": "Stadt", "size_class": "klein", "lang": "de""#;
    let good = folder.join("gut.json");
    std::fs::write(
        &good,
        format!(
            "[{{\"id\": \"a\", \"title\": \"Ausbildungsplätze in Handwerksbetrieben\", \"text\": \"\", {rest}}},\n{{\"id\": \"b\", \"title\": \"Sportvereine öffnen sich für Neubürgerinnen\", \"text\": \"\", {rest}}}]"
        ),
    )?;
    let bad = folder.join("schlecht.json");
    std::fs::write(
        &bad,
        format!(
            "[{{\"id\": \"c\", \"title\": \"Gut\", \"text\": \"\", {rest}}},\n{{\"id\": \"d\", \"text\": \"\", {rest}}}]"
        ),
    )?;
    let path = |file: &std::path::Path| file.to_string_lossy().into_owned();
    let data = path(&folder.join("daten"));
    run(&["practices", "import", &path(&good), "--data", &data])?;
    let said = run_failing(&["practices", "import", &path(&bad), "--data", &data])?;
    assert!(
        said.contains("line 2, entry \"d\": \"title\" is missing"),
        "{said}"
    );
    let queries = folder.join("fragen.txt");
    std::fs::write(
        &queries,
        "Azubi Werkstatt\nVereinssport Zugewanderte\nGut\n",
    )?;
    let found = run(&[
        "practices",
        "search",
        "--queries",
        &path(&queries),
        "--data",
        &data,
    ])?;
    let lines: Vec<Vec<serde_json::Value>> = found
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    assert_eq!(lines.len(), 3);
    assert_eq!(
        (&lines[0][0]["id"], &lines[1][0]["id"]),
        (&"a".into(), &"b".into())
    );
    assert!(
        lines[2].is_empty(),
        "nothing of the faulty file was imported"
    );
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

#[test]
fn the_start_page_is_small() -> anyhow::Result<()> {
    let demo = Demo::start("catalogue-size")?;
    let mut client = Client::connect(&demo.base)?;
    client.headers = "Accept-Encoding: gzip\r\n".to_owned();
    let page = client.get("/beispiele")?;
    let mut plain = Client::connect(&demo.base)?;
    let text = plain.get("/beispiele")?.text();
    let mut bytes = page.body.len();
    for mark in ["href=\"/stil-", "src=\"/suche-"] {
        let at = text.find(mark).context("a stylesheet and a script")?;
        let path: String = text[at..].split('"').nth(1).unwrap_or_default().to_owned();
        bytes += client.get(&path)?.body.len();
    }
    println!("the catalogue's start page: {bytes} bytes over the wire");
    assert!(bytes < MOST, "{bytes} bytes");
    Ok(())
}
