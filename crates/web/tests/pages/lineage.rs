//! Where the questions of a wave come from: proposed, decided by researchers, two of them at once.

use axum::http::StatusCode;
use fieldwork::{Wave, WaveName};
use store::{Role, StoredWave};

use crate::support::{TestApp, wave, within};

/// An earlier wave with other words, an option fewer and a scale of three points.
async fn with_an_earlier_wave(app: &TestApp) {
    let questionnaire = include_str!("fragebogen.yaml")
        .replace("version: 1", "version: 7")
        .replace(
            "Wie viele Geflüchtete hat Ihre Kommune 2015 aufgenommen?",
            "Wie viele Geflüchtete kamen 2014 in Ihre Kommune?",
        )
        .replace("          integration: { de: \"Fachstelle Integration\", en: \"integration office\" }\n",
            "          integration: { de: \"Fachstelle Integration\", en: \"integration office\" }\n          asyl: { de: \"Stelle für Asyl\", en: \"office for asylum\" }\n")
        .replace("    sehr-gering: { de: \"sehr gering\", en: \"very small\" }\n", "")
        .replace("    sehr-gross: { de: \"sehr groß\", en: \"very large\" }\n", "");
    put_earlier(app, questionnaire).await;
}

/// Keeps the wave before, with its questionnaire.
async fn put_earlier(app: &TestApp, questionnaire: String) {
    let earlier = Wave {
        name: WaveName("frueher".into()),
        opens: "2016-01-31T23:00:00Z".parse().unwrap(),
        closes: "2016-03-31T22:00:00Z".parse().unwrap(),
        ..wave()
    };
    let stored = StoredWave {
        wave: earlier,
        register_list: 1,
        questionnaire,
    };
    let put = app.state.store.put_wave(stored, within(), "test").await;
    assert!(put.unwrap());
}

const PAIR: &str = "/verwaltung/herkunft/probe/frueher";

fn attribute(tag: &str, name: &str) -> Option<String> {
    let needle = format!(" {name}=\"");
    let start = tag.find(&needle)? + needle.len();
    let end = start + tag[start..].find('"')?;
    Some(tag[start..end].to_owned())
}

/// What a browser without script sends when nothing was changed.
async fn filled(app: &TestApp, path: &str) -> Vec<(String, String)> {
    let page = app.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}");
    let html = page.text();
    let start = html.find("id=\"frage\"").expect("a form");
    let end = start + html[start..].find("</form>").expect("its end");
    let (mut sent, mut list) = (Vec::new(), None::<(String, bool)>);
    for piece in html[start..end].split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name = attribute(tag, "name");
        let value = attribute(tag, "value").unwrap_or_default();
        let kind = attribute(tag, "type");
        match (tag.split(' ').next(), kind.as_deref()) {
            (Some("input"), Some("radio" | "checkbox")) if !tag.ends_with(" checked") => {}
            (Some("input"), _) => sent.push((name.expect("a name"), value)),
            (Some("textarea"), _) => sent.push((name.expect("a name"), text.to_owned())),
            (Some("select"), _) => list = Some((name.expect("a name"), false)),
            (Some("option"), _) => {
                let (name, seen) = list.as_mut().expect("an option stands in a list");
                let chosen = tag.ends_with(" selected");
                if chosen && *seen {
                    sent.pop();
                }
                if chosen || !*seen {
                    sent.push((name.clone(), value));
                    *seen = true;
                }
            }
            _ => {}
        }
    }
    sent
}

fn with(mut sent: Vec<(String, String)>, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    for (name, value) in changes {
        sent.retain(|(n, _)| n != name);
        sent.push(((*name).to_owned(), (*value).to_owned()));
    }
    sent
}

async fn post(app: &TestApp, path: &str, sent: &[(String, String)]) -> crate::support::Page {
    let sent: Vec<(&str, &str)> = sent.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    app.post(path, &sent).await
}

#[tokio::test]
async fn a_researcher_confirms_and_only_then_it_counts() {
    let app = TestApp::new("lineage").await;
    with_an_earlier_wave(&app).await;
    let editor = app.staff(Role::Editor).await;
    assert_eq!(editor.get(PAIR).await.status, StatusCode::FORBIDDEN);
    let app = app.staff(Role::Researcher).await;
    let file = app
        .get("/verwaltung/herkunft/probe/naechster-fragebogen.yaml")
        .await;
    file.shows("version: 2");
    app.get("/verwaltung/herkunft/probe").await.shows(PAIR);
    app.get(PAIR)
        .await
        .shows("8 von 8 Fragen sind noch nicht bestätigt")
        .shows("kamen 2014 in Ihre Kommune")
        .shows("Andere Skala");
    // What is the same, with one button.
    let sent = [("was", "unveraendert")];
    app.post(PAIR, &sent).await.to();
    app.get(PAIR).await.shows("Bestätigt von").hides("8 von 8");

    // Another wording: whether it can be compared has to be said, and a note written.
    let path = format!("{PAIR}/frage/gefluechtete");
    let form = filled(&app, &path).await;
    let bare = with(
        form.clone(),
        &[("schritt", "reworded"), ("notiz-de", ""), ("notiz-en", "")],
    );
    let bare: Vec<_> = bare
        .into_iter()
        .filter(|(n, _)| n != "vergleichbar")
        .collect();
    let page = post(&app, &path, &bare).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("ob sich die Antworten vergleichen lassen")
        .shows("schreiben Sie eine Anmerkung");
    let same = with(form.clone(), &[("schritt", "same")]);
    post(&app, &path, &same)
        .await
        .shows("Der Wortlaut ist nicht mehr derselbe");
    let good = [
        ("schritt", "reworded"),
        ("vergleichbar", "nein"),
        ("notiz-de", "Anderes Jahr."),
        ("notiz-en", ""),
    ];
    post(&app, &path, &with(form, &good)).await.to();
    app.get(PAIR)
        .await
        .shows("Anderes Jahr.")
        .shows("Wird nicht verglichen.");

    // Options that were merged, and a scale with its mapping.
    let path = format!("{PAIR}/frage/rolle");
    let form = filled(&app, &path).await;
    let merged = [
        ("schritt", "options"),
        ("vergleichbar", "ja"),
        ("teil.asyl", "integration"),
        ("notiz-de", "Zusammengelegt."),
    ];
    post(&app, &path, &with(form, &merged)).await.to();
    app.get(PAIR)
        .await
        .shows("Zusammengelegt: Fachstelle Integration und Stelle für Asyl");
    let path = format!("{PAIR}/frage/aufgaben");
    let form = filled(&app, &path).await;
    let mut gap = with(form, &[("schritt", "scale"), ("notiz-de", "Drei Stufen.")]);
    gap.retain(|(n, _)| !n.starts_with("wird."));
    gap.push(("wird.mittel".into(), "mittel".into()));
    let page = post(&app, &path, &gap).await;
    page.shows("Die Zuordnung hat Lücken");
    for (from, to) in [
        ("gering", "sehr-gering"),
        ("gering", "gering"),
        ("gross", "gross"),
        ("gross", "sehr-gross"),
    ] {
        gap.push((format!("wird.{from}"), to.into()));
    }
    post(&app, &path, &gap).await.to();
    app.get(PAIR)
        .await
        .shows("Wird nach der Zuordnung verglichen.");
    let links = {
        let store = &app.state.store;
        let (old, new) = (WaveName("frueher".into()), WaveName("probe".into()));
        let kept = store.lineage(&old, &new).await.unwrap();
        let read = async |name: &WaveName| {
            let stored = store.wave(name).await.unwrap().unwrap();
            questionnaire::Questionnaire::read(&stored.questionnaire, "").unwrap()
        };
        let (old, mut new) = (read(&old).await, read(&new).await);
        let lineage = questionnaire::lineage::decided(&old, &new, &store::decisions(&kept));
        new.lineage = Some(lineage);
        questionnaire::lineage::links(&old, &new).unwrap()
    };
    let of = |key: &str| {
        links
            .iter()
            .find(|l| l.new.as_ref().is_some_and(|k| k.0 == key))
            .unwrap()
    };
    let groups: Vec<Vec<String>> = of("rolle").groups.iter().map(|g| g.old.clone()).collect();
    assert!(
        groups.contains(&vec!["integration".into(), "asyl".into()]),
        "{groups:?}"
    );
    assert_eq!(of("aufgaben.wohnen").groups.len(), 3);
    assert_eq!(
        of("gefluechtete").refused,
        Some(questionnaire::lineage::Refusal::Reworded)
    );

    // Taken back, it is a proposal again.
    let form = with(filled(&app, &path).await, &[("was", "zuruecknehmen")]);
    post(&app, &path, &form).await.to();
    app.get(&path)
        .await
        .shows("Vorschlag, noch nicht bestätigt.");
}

#[tokio::test]
async fn two_researchers_at_once_lose_nothing() {
    let app = TestApp::new("lineage_two").await;
    with_an_earlier_wave(&app).await;
    let one = app.staff(Role::Researcher).await;
    let two = &one;
    let path = format!("{PAIR}/frage/gefluechtete");
    let (mine, theirs) = (filled(&one, &path).await, filled(two, &path).await);
    let decide = |sent: Vec<(String, String)>, comparable: &str, note: &str| {
        with(
            sent,
            &[
                ("schritt", "reworded"),
                ("vergleichbar", comparable),
                ("notiz-de", note),
            ],
        )
    };
    post(two, &path, &decide(theirs, "nein", "Anderes Jahr."))
        .await
        .to();
    let page = post(&one, &path, &decide(mine, "ja", "Nur umformuliert.")).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.shows("Anderes Jahr.")
        .shows("Nur umformuliert.")
        .shows("Jemand anders hat inzwischen entschieden");
    // Nothing was overwritten; another question stands for itself.
    one.get(PAIR)
        .await
        .shows("Anderes Jahr.")
        .hides("Nur umformuliert.");
    let stale = [
        ("was", "angekreuzt"),
        ("frage", "gefluechtete"),
        ("frage", "konzept"),
        ("stand.gefluechtete", "0"),
        ("stand.konzept", "0"),
    ];
    let page = one.post(PAIR, &stale).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.shows("Dabei bleibt es")
        .shows("Eine Entscheidung ist gespeichert");
    // Having seen both, one may decide.
    let html = post(
        &one,
        &path,
        &decide(filled(&one, &path).await, "ja", "Nur umformuliert."),
    )
    .await;
    html.to();
    one.get(PAIR).await.shows("Nur umformuliert.");
}

/// An earlier wave whose battery differs item by item: another wording, another key, one more, one fewer.
async fn with_other_items(app: &TestApp) {
    let questionnaire = include_str!("fragebogen.yaml")
        .replace("version: 1", "version: 7")
        .replace("          sprache: {", "          deutsch: {")
        .replace(
            "Wohnraum für Geflüchtete und andere Haushalte bereitstellen",
            "Wohnraum für Geflüchtete bereitstellen",
        )
        .replacen(
            "          koordination: {",
            "          bus: { de: \"Busse\", en: \"Buses\" }\n          umsicht: {",
            1,
        )
        .replace(
            "Aufgabe oder Bereich „koordination“ vor Ort bewältigen",
            "Etwas ganz anderes",
        );
    put_earlier(app, questionnaire).await;
}

#[tokio::test]
async fn each_item_of_a_battery_has_its_line_and_saving_confirms_them_all() {
    let app = TestApp::new("lineage-items").await;
    with_other_items(&app).await;
    let app = app.staff(Role::Researcher).await;
    let path = format!("{PAIR}/frage/aufgaben");
    app.get(&path)
        .await
        .shows("früher unter dem Schlüssel „deutsch“, jetzt „sprache“")
        .shows("Wortlaut geändert; vorher: „Wohnraum für Geflüchtete bereitstellen“");
    let form = filled(&app, &path).await;
    let proposed = |name: &str| {
        let mut all = form.iter();
        all.find(|(n, _)| n == name).map(|(_, v)| v.clone())
    };
    assert_eq!(proposed("aus.sprache").as_deref(), Some("deutsch"));
    assert_eq!(proposed("aus.koordination").as_deref(), Some(""), "new");
    // Two items cannot be the same earlier one.
    let twice = with(form.clone(), &[("aus.koordination", "deutsch")]);
    let page = post(&app, &path, &twice).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("nicht dasselbe frühere fortführen");
    let good = [
        ("gleich.wohnen", "nein"),
        ("notiz-de.wohnen", "Jetzt auch andere Haushalte."),
        ("notiz-de.alt.bus", "Nach Bussen wird nicht mehr gefragt."),
    ];
    post(&app, &path, &with(form, &good)).await.to();
    app.get(PAIR)
        .await
        .shows("früher unter dem Schlüssel „deutsch“, jetzt „sprache“");
    let store = &app.state.store;
    let (old, new) = (WaveName("frueher".into()), WaveName("probe".into()));
    let kept = store.lineage(&old, &new).await.unwrap();
    let decided = store::decisions(&kept);
    let entry = decided.questions.iter().find(|e| e.key == "aufgaben");
    let entry = entry.expect("kept");
    let part = |key: &str| entry.part(key).expect("a line");
    assert_eq!(part("sprache").from, ["deutsch"]);
    assert_eq!(part("wohnen").comparable, Some(false));
    let note = part("wohnen").note.as_ref().map(|note| note.de.as_str());
    assert_eq!(note, Some("Jetzt auch andere Haushalte."));
    assert_eq!(part("koordination").step, questionnaire::lineage::Step::New);
    let dropped: Vec<&str> = entry.dropped.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(dropped, ["bus", "umsicht"]);
    // What was decided stands in the form again.
    let again = filled(&app, &path).await;
    let stands = |name: &str, value: &str| again.contains(&(name.to_owned(), value.to_owned()));
    assert!(stands("aus.sprache", "deutsch") && stands("gleich.wohnen", "nein"));
    assert!(stands(
        "notiz-de.alt.bus",
        "Nach Bussen wird nicht mehr gefragt."
    ));
}
