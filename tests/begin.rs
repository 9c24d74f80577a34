//! Waves and editions begin in the back office: nobody needs the command line for them.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use stories::http::{Answer, Client};
use stories::{Demo, run, walk};

const NEW: &str = "/verwaltung/befragungen/neu";

fn office(demo: &Demo, role: &str) -> anyhow::Result<Client> {
    let mut client = Client::connect(&demo.base)?;
    client.sign_in(&demo.sign_in_link(role)?)?;
    Ok(client)
}

/// Sends the form of a draft as it stands.
fn send(
    client: &mut Client,
    draft: &str,
    settings: &[(String, String)],
    file: Option<(&str, &[u8])>,
) -> anyhow::Result<Answer> {
    let shown = client.get(draft)?.text();
    let mut all = settings.to_vec();
    all.push(("_stand".into(), hidden(&shown, "_stand")?));
    match file {
        None => client.post_parts(draft, &all),
        Some((name, bytes)) => client.upload(draft, &all, ("datei", name, bytes)),
    }
}

fn hidden(html: &str, name: &str) -> anyhow::Result<String> {
    let start = format!("name=\"{name}\" value=\"");
    let value = html.split(&start).nth(1);
    let value = value.and_then(|rest| rest.split('"').next());
    Ok(value.with_context(|| format!("no {name}"))?.to_owned())
}

/// Where an answer leads.
fn to(answer: &Answer) -> anyhow::Result<String> {
    let to = answer.header("location").map(str::to_owned);
    to.with_context(|| format!("{}: {}", answer.status, answer.text()))
}

fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

/// Settings of a wave that is open now.
fn settings(name: &str) -> Vec<(String, String)> {
    fields(&[
        ("name", name),
        ("title-de", "Umzug der Kommunen"),
        ("title-en", ""),
        ("purpose-de", "Wir möchten wissen, wie es geht."),
        ("opens", "2020-02-06"),
        ("closes", "31.12.2049"),
        ("minutes-from", "5"),
        ("minutes-to", "10"),
        ("institute", "Institut für Umzüge"),
        ("contact", "studie@institut.example"),
        ("funder", "Stiftung Umzug"),
        ("supporter-0", "Verband der Umziehenden"),
        ("synthetic", "1"),
        ("tun", "anlegen"),
    ])
}

#[test]
fn a_wave_is_made_from_a_questionnaire_in_the_browser() -> anyhow::Result<()> {
    let demo = Demo::start("begin-yaml")?;
    let mut client = office(&demo, "researcher")?;
    let whole = include_str!("../demo/fragebogen.yaml");
    // A file with faults: all of them, each with its line and what would be right; nothing is begun.
    let wrong = whole.replace("type: single", "type: singel");
    let told = client.upload(NEW, &[], ("datei", "wellen.yaml", wrong.as_bytes()))?;
    assert_eq!(told.status, 422);
    for said in ["wellen.yaml, Zeile", "singel", "Richtig wäre:"] {
        assert!(told.text().contains(said), "no {said:?} in {}", told.text());
    }
    let zip = client.upload(NEW, &[], ("datei", "umfrage.lss", b"PK\x03\x04".as_slice()))?;
    assert!(
        zip.status == 422 && zip.text().contains("ZIP"),
        "{}",
        zip.status
    );

    let draft = to(&client.upload(NEW, &[], ("datei", "wellen.yaml", whole.as_bytes()))?)?;
    let shown = client.get(&draft)?.text();
    assert!(shown.contains("ohne Fehler"), "{shown}");
    // What is wrong in the settings comes at once, and what was typed stays.
    let mut typed = settings("Neue Welle");
    typed.retain(|(name, _)| name != "contact");
    typed.push(("contact".into(), "keine Adresse".into()));
    let told = send(&mut client, &draft, &typed, None)?;
    assert_eq!(told.status, 422);
    for said in [
        "href=\"#name\"",
        "href=\"#contact\"",
        "value=\"Neue Welle\"",
        "value=\"keine Adresse\"",
        "value=\"Verband der Umziehenden\"",
    ] {
        assert!(told.text().contains(said), "no {said:?}");
    }
    assert!(client.get(&draft)?.text().contains("value=\"Neue Welle\""));
    // Somebody else had the draft open: nothing is overwritten in silence.
    let mut late = settings("neu-2");
    late.push(("_stand".into(), "1".into()));
    let told = client.post_parts(&draft, &late)?;
    assert_eq!(told.status, 409);
    assert!(
        told.text().contains("value=\"neu-2\""),
        "what was typed stays"
    );
    assert!(client.get(&draft)?.text().contains("value=\"Neue Welle\""));
    // The name of a wave that is there is refused.
    let taken = send(&mut client, &draft, &settings("probe"), None)?;
    assert!(
        taken.status == 409 && taken.text().contains("gibt es schon"),
        "{}",
        taken.status
    );
    let made = send(&mut client, &draft, &settings("neu-1"), None)?;
    assert_eq!(to(&made)?, "/verwaltung/feld/neu-1");
    let field = client.get("/verwaltung/feld/neu-1")?.text();
    for said in ["Umzug der Kommunen", "grundgesamtheit", "kontakte", "2049"] {
        assert!(field.contains(said), "no {said:?} in {field}");
    }
    assert_eq!(
        client.get(&draft)?.status,
        404,
        "the draft has become the wave"
    );
    let list = run(&["wave", "list", "--data", demo.data()])?;
    assert!(
        list.contains("neu-1") && list.contains("2049-12-31"),
        "{list}"
    );
    Ok(())
}

#[test]
fn a_survey_of_limesurvey_becomes_a_wave_that_is_answered_and_changed() -> anyhow::Result<()> {
    let demo = Demo::start("begin-lss")?;
    let mut client = office(&demo, "researcher")?;
    let lss = include_bytes!("limesurvey/kurz.lss");
    let draft = to(&client.upload(NEW, &[], ("datei", "umfrage.txt", lss.as_slice()))?)?;
    let shown = client.get(&draft)?.text();
    for said in [
        "id=\"bericht\"",
        "von 3 Fragen",
        "unbekannt",
        "value=\"Umzug\"",
    ] {
        assert!(shown.contains(said), "no {said:?} in {shown}");
    }
    let yaml = client.get(&format!("{draft}/fragebogen.yaml"))?;
    assert!(
        yaml.text().contains("format: 1") && !yaml.text().contains("alert"),
        "{}",
        yaml.text()
    );
    let made = send(&mut client, &draft, &settings("umzug"), None)?;
    assert_eq!(to(&made)?, "/verwaltung/feld/umzug");
    let link = demo.invite_to("umzug", 1)?.remove(0);
    walk(&mut Client::connect(&demo.base)?, &link, &mut |_, _| 0)?;

    // Changed: the title, with the same questionnaire.
    let change = to(&client.post("/verwaltung/befragungen/aendern/umzug", &[])?)?;
    let shown = client.get(&change)?.text();
    assert!(shown.contains("schon geantwortet"), "{shown}");
    let mut titled = settings("umzug");
    titled[1].1 = "Umzug, zweiter Anlauf".into();
    let done = send(&mut client, &change, &titled, None)?;
    assert_eq!(to(&done)?, "/verwaltung/feld/umzug");
    assert!(
        client
            .get("/verwaltung/feld/umzug")?
            .text()
            .contains("zweiter Anlauf")
    );

    // A questionnaire that lacks what was answered is refused, on the page as on the command line.
    let change = to(&client.post("/verwaltung/befragungen/aendern/umzug", &[])?)?;
    let other = yaml
        .text()
        .replace("konzept", "anders")
        .replace("Konzept", "Anders");
    let told = send(
        &mut client,
        &change,
        &titled,
        Some(("anders.yaml", other.as_bytes())),
    )?;
    assert_eq!(told.status, 409, "{}", told.text());
    assert!(
        told.text().contains("gibt es schon Antworten auf"),
        "{}",
        told.text()
    );
    // Somebody else changes the wave in the meantime: nothing is overwritten, and what differs is named.
    let stale = to(&client.post("/verwaltung/befragungen/aendern/umzug", &[])?)?;
    run(&[
        "wave",
        "extend",
        "--wave",
        "umzug",
        "--until",
        "2050-01-31",
        "--data",
        demo.data(),
    ])?;
    let told = send(&mut client, &stale, &titled, None)?;
    assert_eq!(told.status, 409, "{}", told.text());
    assert!(
        told.text().contains("von jemand anderem geändert") && told.text().contains("2050-01-31")
    );
    let list = run(&["wave", "list", "--data", demo.data()])?;
    assert!(list.contains("2050-01-31"), "{list}");
    // Sent once more, it holds.
    assert_eq!(
        to(&send(&mut client, &stale, &titled, None)?)?,
        "/verwaltung/feld/umzug"
    );
    Ok(())
}

#[test]
fn an_edition_is_begun_and_published_by_an_editor() -> anyhow::Result<()> {
    let demo = Demo::start("begin-edition")?;
    let mut client = office(&demo, "editor")?;
    assert_eq!(client.get(NEW)?.status, 403, "waves are the researchers'");
    let sent = fields(&[
        ("title", "Kommunen lernen weiter"),
        ("key", "2016-9"),
        ("date", "2016-09-01"),
        ("wave", "2016-1"),
        ("compare_with", ""),
    ]);
    let wrong = client.post("/verwaltung/ausgaben/neu", &fields(&[("key", "neu")]))?;
    assert_eq!(wrong.status, 422);
    let begun = client.post("/verwaltung/ausgaben/neu", &sent)?;
    assert_eq!(to(&begun)?, "/verwaltung/ausgaben/2016-9");
    let again = client.post("/verwaltung/ausgaben/neu", &sent)?;
    assert_eq!(again.status, 422, "an edition is begun once");

    let ask = "/verwaltung/ausgaben/2016-9/veroeffentlichen";
    let shown = client.get(ask)?.text();
    assert!(
        shown.contains("Jetzt veröffentlichen?") && shown.contains("Geheimhaltung"),
        "{shown}"
    );
    let form = fields(&[("_version", &hidden(&shown, "_version")?)]);
    let begun = Instant::now();
    assert_eq!(to(&client.post(ask, &form)?)?, ask);
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "the server is not blocked"
    );
    let shown = client.get(ask)?.text();
    assert!(shown.contains("Die Ausgabe wird erstellt"), "{shown}");
    let done = loop {
        let start = Instant::now();
        let shown = client.get(ask)?.text();
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "pages come while it is made"
        );
        if !shown.contains("Die Ausgabe wird erstellt") {
            break shown;
        }
        if begun.elapsed() > Duration::from_secs(600) {
            bail!("the edition is not published after ten minutes");
        }
        std::thread::sleep(Duration::from_millis(250));
    };
    assert!(done.contains("Veröffentlicht:"), "{done}");
    let mut public = Client::connect(&demo.base)?;
    assert_eq!(public.get("/ausgaben/2016-9/site/index.html")?.status, 200);
    let pdf = public.get("/ausgaben/2016-9/handreichung.pdf")?;
    assert!(pdf.body.starts_with(b"%PDF-"), "{}", pdf.status);

    // An edition of a wave that is not closed says why it cannot be published.
    let open = fields(&[
        ("title", "Zu früh"),
        ("key", "frueh"),
        ("date", "2016-09-01"),
        ("wave", "probe"),
    ]);
    client.post("/verwaltung/ausgaben/neu", &open)?;
    let shown = client
        .get("/verwaltung/ausgaben/frueh/veroeffentlichen")?
        .text();
    assert!(
        shown.contains("noch nicht abgeschlossen") && !shown.contains("id=\"veroeffentlichen\""),
        "{shown}"
    );
    // Asked for all the same, it is told why it cannot be done.
    let ask = "/verwaltung/ausgaben/frueh/veroeffentlichen";
    let version = fields(&[("_version", "1")]);
    client.post(ask, &version)?;
    let begun = Instant::now();
    let told = loop {
        let shown = client.get(ask)?.text();
        if !shown.contains("Die Ausgabe wird erstellt") {
            break shown;
        }
        if begun.elapsed() > Duration::from_secs(60) {
            bail!("nothing is told after a minute");
        }
        std::thread::sleep(Duration::from_millis(250));
    };
    assert!(
        told.contains("Die Ausgabe wurde nicht veröffentlicht")
            && told.contains("ist noch nicht abgeschlossen"),
        "{told}"
    );
    Ok(())
}
