//! The evaluation workspace on the demo: what researchers see, what they may take along, and what editors get of it.

use std::time::Instant;

use anyhow::Context;
use stories::Demo;
use stories::http::Client;

const HERE: &str = "/verwaltung/auswertung";

fn signed_in(demo: &Demo, role: &str) -> anyhow::Result<Client> {
    let mut client = Client::connect(&demo.base)?;
    let answer = client.post(&demo.sign_in_link(role)?, &[])?;
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

#[test]
fn a_researcher_asks_keeps_and_takes_along() -> anyhow::Result<()> {
    let demo = Demo::start("workspace")?;
    let mut client = signed_in(&demo, "researcher")?;
    // The first answer weighs the wave; every other one is there at once.
    client.get(HERE)?;
    let asked = [
        "?befragung=2016-1&frage=aufgaben&nach=rolle",
        "?befragung=2016-1&frage=aufgaben.wohnen&nach=size-class&zaehlen=inhabitants",
        "?befragung=2016-1&frage=personal&nach=land-group&wer=municipalities",
        "?befragung=2016-1&frage=bedarf&wer=counties",
        "?befragung=2016-1&frage=konzept&nach=stelle&nur=town%3Dtowns&nur=land%3DBY",
    ];
    for query in asked {
        let start = Instant::now();
        let page = client.get(&format!("{HERE}{query}"))?;
        let took = start.elapsed();
        assert_eq!(page.status, 200, "{query}");
        println!("{query}: {} ms", took.as_millis());
        assert!(took.as_secs_f64() < 1.0, "{query} took {took:?}");
    }
    let page = client.get(&format!("{HERE}{}", asked[0]))?.text();
    for said in [
        "<svg",
        "Unterscheiden sich die Gruppen?",
        "Nicht zur Veröffentlichung",
        "intern",
    ] {
        assert!(page.contains(said), "no {said:?}");
    }
    let ranked = client
        .get(&format!("{HERE}?befragung=2016-1&frage=aufgaben"))?
        .text();
    assert!(ranked.contains("mögliche Ränge"));

    // Two waves: comparing them takes a moment once, and is there at once afterwards.
    let compared =
        format!("{HERE}?befragung=2016-2&frage=aufgaben&vergleich=2016-1&nach=size-class");
    client.get(&compared)?;
    let start = Instant::now();
    let page = client.get(&compared)?.text();
    assert!(start.elapsed().as_secs_f64() < 1.0, "{:?}", start.elapsed());
    assert!(page.contains("Was hat sich verändert?") && page.contains("id=\"veraenderung\""));
    let narrowed = client.get(&format!("{compared}&nur=town%3Dtowns"))?.text();
    assert!(narrowed.contains("ohne Einschränkung. Bitte wählen Sie so"));

    // Files: released ones say nothing of what is held back, internal ones say what they are.
    let query = "?befragung=2016-1&frage=aufgaben.wohnen&nach=rolle";
    let csv = client.get(&format!("{HERE}/tabelle.csv{query}"))?.text();
    assert!(
        csv.contains("unter-10") && !csv.contains("NICHT ZUR"),
        "{csv}"
    );
    assert!(!csv.contains("standardfehler"));
    let internal = format!("{query}&fassung=intern");
    let answer = client.get(&format!("{HERE}/tabelle.csv{internal}"))?;
    let name = answer
        .header("content-disposition")
        .context("a name")?
        .to_owned();
    assert!(name.contains("NICHT-VEROEFFENTLICHEN"), "{name}");
    let csv = answer.text();
    assert!(csv.starts_with("# NICHT ZUR VERÖFFENTLICHUNG"), "{csv}");
    assert!(csv.contains("nicht zur Veröffentlichung") && csv.contains("standardfehler"));
    for (file, begins) in [
        ("tabelle.xlsx", b"PK".as_slice()),
        ("diagramm.svg", b"<svg"),
        ("diagramm.png", b"\x89PNG"),
        ("anfrage.json", b"{"),
    ] {
        let answer = client.get(&format!("{HERE}/{file}{query}"))?;
        assert!(answer.body.starts_with(begins), "{file}: {}", answer.status);
    }
    let svg = client
        .get(&format!("{HERE}/diagramm.svg{internal}"))?
        .text();
    assert!(svg.contains("NICHT ZUR VERÖFFENTLICHUNG") && svg.contains("[intern]"));
    // Unweighted numbers are never released.
    let unweighted = format!("{HERE}/tabelle.csv?befragung=2016-1&frage=lage&zaehlen=respondents");
    assert_eq!(client.get(&unweighted)?.status, 409);
    Ok(())
}

#[test]
fn a_kept_finding_loses_nothing_and_tells_nothing() -> anyhow::Result<()> {
    let demo = Demo::start("kept-finding")?;
    let mut client = signed_in(&demo, "researcher")?;
    let keep = |title: &str, wording: &str| {
        pairs(&[
            ("befragung", "2016-1"),
            ("frage", "konzept"),
            ("nach", "size-class"),
            ("titel", title),
            ("wortlaut", wording),
        ])
    };
    let behalten = format!("{HERE}/behalten");
    // A percentage that is not released cannot be written into the wording.
    let refused = client.post(&behalten, &keep("Konzepte", "Genau 99,9 % haben eines."))?;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("99,9"));
    let kept = client.post(
        &behalten,
        &keep("Konzepte nach Größe", "Größere haben öfter eines."),
    )?;
    assert_eq!(kept.status, 303);
    let place = kept.header("location").context("where it is")?.to_owned();
    let page = client.get(&place)?.text();
    assert!(page.contains("auswertung-1") && page.contains("Konzepte nach Größe"));
    // Two at once: the second hears of the first, and its text stands on the page.
    let change = |text: &str| {
        let fields = [
            ("_version", "1"),
            ("titel", "Konzepte nach Größe"),
            ("wortlaut", text),
        ];
        pairs(&fields)
    };
    assert_eq!(client.post(&place, &change("Der erste Satz."))?.status, 303);
    let conflict = client.post(&place, &change("Der zweite Satz."))?;
    assert_eq!(conflict.status, 409);
    let text = conflict.text();
    assert!(text.contains("Der erste Satz.") && text.contains("Der zweite Satz."));

    // Editors see what was kept, released, and not the workspace.
    let mut editor = signed_in(&demo, "editor")?;
    assert_eq!(editor.get(HERE)?.status, 403);
    assert_eq!(
        editor
            .get(&format!("{HERE}/tabelle.csv?fassung=intern"))?
            .status,
        403
    );
    let page = editor.get(&place)?.text();
    assert!(page.contains("Der erste Satz.") && !page.contains("wortlaut-aendern"));
    assert!(
        !page.contains("intern"),
        "editors do not see what is held back"
    );
    assert_eq!(editor.post(&place, &change("Nein."))?.status, 403);

    // The editor inserts it; the edition that is published carries it, with its numbers as open data.
    let edition = "/verwaltung/ausgaben/2016-1";
    let page = editor.get(edition)?.text();
    assert!(
        page.contains("<code>auswertung-1</code>"),
        "its key can be seen"
    );
    let version = page
        .split("name=\"_version\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .context("the version")?
        .to_owned();
    let text = "Das zeigt sich so:\n\n{{ diagramm auswertung-1 }}\n\n{{ satz auswertung-1 }} Gesamt: {{ anteil auswertung-1 gruppe=medium-town }}.";
    let fields = [("_version", version.as_str()), ("methode", text)];
    assert_eq!(editor.post(edition, &pairs(&fields))?.status, 303);
    let page = editor.get(edition)?.text();
    assert!(!page.contains("has-error"), "the inserted key is known");
    let preview = editor.get(&format!("{edition}/vorschau"))?.text();
    assert!(preview.contains("Konzepte nach Größe") && preview.contains("Der erste Satz."));
    let out = demo.data.join("ausgabe");
    let out = out.to_str().context("a path")?;
    stories::run(&[
        "publish",
        "--edition",
        "2016-1",
        "--data",
        demo.data(),
        "--out",
        out,
    ])?;
    let method = std::fs::read_to_string(format!("{out}/site/methode.html"))?;
    assert!(method.contains("Konzepte nach Größe"), "the site has it");
    let data = std::fs::read_to_string(format!("{out}/data/ergebnis-auswertung-1.csv"))?;
    assert!(
        data.contains("prozent") && data.contains("large-city"),
        "{data}"
    );

    let mut association = signed_in(&demo, "association")?;
    assert_eq!(association.get(&place)?.status, 403);
    Ok(())
}
