//! Examples that fit a municipality's own answers: for itself, with reasons, and invisible to everybody else.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use jiff::civil::date;
use practices::{Form as PracticeForm, Practice, PracticeId, State as Life};
use store::Role;

use crate::support::{Form, TestApp, complete, invite, neighbour, town, within};

/// The neighbour's published example on housing, which needs volunteers and a coordination office.
async fn with_an_example(app: &TestApp) {
    let nominated = PracticeForm::nominated(
        "Wohnlotsen".into(),
        "Wir begleiten.".into(),
        "wohnen".into(),
        None,
    );
    let new = Practice {
        id: PracticeId(0),
        municipality: neighbour().key,
        wave: "probe".into(),
        form: complete(nominated),
        state: Life::Released,
        version: 1,
        released: Some(date(2017, 2, 1)),
        confirmed: None,
    };
    let store = &app.state.store;
    let ids = store.add_practices(vec![new], within(), "test").await;
    let ids = ids.expect("added");
    let codes = ["braucht-ehrenamt", "braucht-stelle"].map(str::to_owned);
    let coding = store.code_practice(
        ids[0],
        BTreeSet::new(),
        codes.into_iter().collect(),
        within(),
        "test",
    );
    coding.await.expect("coded");
    let today = date(2017, 2, 1);
    let published = store.mark_published(ids, Vec::new(), within(), today, "test");
    published.await.expect("published");
}

/// Answers the page of tasks and resources: housing is a very large challenge, hardly any volunteers.
async fn rate(app: &TestApp) {
    let path = app.answers("/seite/aufgaben");
    let mut sent = Form::of(&app.get(&path).await.text()).filled();
    for (name, value) in &mut sent {
        match name.as_str() {
            "aufgaben.wohnen" => *value = "sehr-gross".into(),
            "ressourcen.ehrenamt" => *value = "gering".into(),
            name if name.starts_with("ressourcen.") => *value = "sehr-gross".into(),
            _ => {}
        }
    }
    let sent: Vec<(&str, &str)> = sent.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    app.post(&path, &sent).await.to();
}

/// Everything that everybody sees.
async fn public(app: &TestApp) -> Vec<Vec<u8>> {
    let mut pages = Vec::new();
    for path in [
        "/",
        "/beispiele",
        "/beispiele/1",
        "/handlungsfelder/wohnen",
        "/kommune",
        "/kommune?q=beispiel",
        "/kommune/05999001-beispielstadt",
        "/kommune/05999002-nachbarort",
    ] {
        let page = app.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        pages.push(page.bytes);
    }
    pages
}

#[tokio::test]
async fn a_municipality_sees_what_fits_its_answers_and_nobody_else_does() {
    let app = TestApp::new("fits").await;
    with_an_example(&app).await;
    let (other, _) = invite(&app.state.store, &neighbour().key, 2).await;
    let everybody = public(&app).await;
    let own = app.answers("/beispiele");
    app.get(&own).await.shows("Noch passt kein Beispiel");
    rate(&app).await;
    let page = app.get(&own).await;
    page.shows("Beispielstadt, Stadt")
        .shows("Wohnlotsen")
        .shows("Herausforderung „Wohnraum für Geflüchtete und andere Haushalte bereitstellen“ sehr groß")
        .shows("gleiches Land")
        .shows("Setzt voraus, was bei Ihnen fehlt: freiwillig Engagierte.")
        .shows("Setzt auch voraus: eine Koordinierungsstelle.")
        .shows("Eine feste Ansprechperson");
    assert_eq!(page.headers["cache-control"], "no-store");
    app.get(&format!("{own}?lang=en"))
        .await
        .shows("Presupposes what you lack: volunteers.");
    // The other municipality's link leads to its own page only, and a link that nobody has to none.
    app.get(&format!("/antworten/{other}/beispiele"))
        .await
        .shows("Nachbarort")
        .shows("Noch passt kein Beispiel")
        .hides("Beispielstadt")
        .hides("Wohnlotsen");
    for token in [
        neighbour().key.to_string(),
        town().key.to_string(),
        "x".repeat(22),
    ] {
        let page = app.get(&format!("/antworten/{token}/beispiele")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
    }
    assert!(
        everybody == public(&app).await,
        "what it answered shows on no public page"
    );
}

#[tokio::test]
async fn editors_write_which_answers_lead_where() {
    let app = TestApp::new("fits_mapping").await;
    with_an_example(&app).await;
    rate(&app).await;
    let editor = app.staff(Role::Editor).await;
    let path = "/verwaltung/ruecklauf/probe/zuordnung";
    editor
        .get(path)
        .await
        .shows("Bedarf bedarf.wohnungsbau: wohnen");
    let faulty = "Bedarf gibt.es-nicht: wohnen\nHerausforderung aufgaben.wohnen: mond\nUnfug";
    let page = editor
        .post(path, &[("text", faulty), ("version", "0")])
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("Zeile 3:");
    let faulty = "Bedarf gibt.es-nicht: wohnen\nHerausforderung aufgaben.wohnen: mond";
    let page = editor
        .post(path, &[("text", faulty), ("version", "0")])
        .await;
    page.shows("Zeile 1: „gibt.es-nicht“")
        .shows("Zeile 2: „mond“ ist kein Handlungsfeld");
    let text = "Herausforderung aufgaben.sprache: wohnen";
    let saved = editor.post(path, &[("text", text), ("version", "0")]).await;
    assert_eq!(
        saved.to(),
        "/verwaltung/ruecklauf/probe/zuordnung?gespeichert=1"
    );
    app.get(&app.answers("/beispiele"))
        .await
        .shows("Noch passt kein Beispiel")
        .hides("Wohnlotsen");
    let late = editor.post(path, &[("text", text), ("version", "0")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let respondent = app.get(path).await;
    assert_eq!(respondent.to().split('?').next(), Some("/anmelden"));
}
