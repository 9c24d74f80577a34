//! Profiles of municipalities: what the register says, and who is like them.

use axum::http::StatusCode;
use register::{Municipality, Register};

use crate::support::{TestApp, neighbour, town, within};

/// The two municipalities with degrees of urbanisation, and one in another Land.
async fn with_a_newer_list(app: &TestApp) {
    let like = |key: &str, name: &str, inhabitants, land| Municipality {
        key: register::Key::new(key).unwrap(),
        name: name.into(),
        inhabitants,
        land,
        urbanisation: Some(2),
        ..town()
    };
    let own = town().land;
    let register = Register::new(
        "Liste",
        Some("2019-12-31".into()),
        true,
        vec![
            like("05999001", "Beispielstadt, Stadt", 23_456, own),
            neighbour(),
            like("09999003", "Ähnlichstadt", 23_500, register::Land::Bayern),
            like("05999004", "Fastgleich, Stadt", 27_000, own),
        ],
    );
    app.state
        .store
        .import_register(&register, "Liste", within())
        .await
        .unwrap();
}

#[tokio::test]
async fn every_municipality_has_a_profile_with_those_like_it() {
    let app = TestApp::new("place_profile").await;
    with_a_newer_list(&app).await;
    let lead = app.get("/kommune/05999001").await;
    assert_eq!(lead.to(), "/kommune/05999001-beispielstadt");
    let page = app.get("/kommune/05999001-beispielstadt").await;
    page.shows("<h1>Beispielstadt</h1>")
        .shows("23\u{202f}456")
        .shows("80,50")
        .shows("mittlere Besiedlungsdichte")
        .shows("31.\u{a0}Dezember 2019")
        .shows("auch kreisangehörige Stadt")
        .shows("15 % mehr")
        .shows("gleiches Land");
    let text = page.text();
    let place = |name: &str| text.find(name).expect(name);
    assert!(
        place("Fastgleich") < place("Ähnlichstadt"),
        "the same Land counts"
    );
    let without = app.get("/kommune/05999001-beispielstadt?ohne=land").await;
    let text = without.shows("das Land zählt nicht").text();
    let place = |name: &str| text.find(name).expect(name);
    assert!(place("Ähnlichstadt") < place("Fastgleich"));
    // The other language keeps what was asked.
    without.shows("/kommune/05999001-beispielstadt?ohne=land&#38;lang=en");
    let missing = app.get("/kommune/05999999-nirgends").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert_eq!(app.get("/kommune/abc").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_municipality_is_found_by_name_key_and_land() {
    let app = TestApp::new("place_find").await;
    with_a_newer_list(&app).await;
    let found = app.get("/kommune?q=aehnlich").await;
    found
        .shows("Eine Kommune")
        .shows("/kommune/09999003-aehnlichstadt");
    assert_eq!(
        app.get("/kommune?q=0599%209001").await.to(),
        "/kommune/05999001-beispielstadt"
    );
    app.get("/kommune?land=05")
        .await
        .shows("3 Kommunen")
        .hides("Ähnlichstadt");
    app.get("/kommune?q=gibtesnicht")
        .await
        .shows("Keine Kommune gefunden");
    app.get("/kommune/abstand")
        .await
        .shows("Abstand = 1,0 ·")
        .shows("doppelt oder halb so viele Einwohner");
}
