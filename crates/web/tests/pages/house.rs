//! What holds for every page: headers, weight, error pages, the texts of the instance.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use store::{NewMail, Role};

use crate::support::{TestApp, within};

#[tokio::test]
async fn a_page_with_two_batteries_of_ten_weighs_at_most_60_kb() {
    let app = TestApp::new("weight").await;
    let gzipped = |path: String| {
        let request = Request::get(path).header(header::ACCEPT_ENCODING, "gzip");
        app.send(request.body(Body::empty()).unwrap())
    };
    let page = gzipped(app.answers("/seite/aufgaben")).await;
    assert_eq!(page.headers["content-encoding"], "gzip");
    let plain = app.get(&app.answers("/seite/aufgaben")).await.text();
    assert_eq!(
        plain.matches("class=\"item").count(),
        20 + 2,
        "twenty items in two lists"
    );
    let style = plain
        .split("href=\"/stil-")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let style = gzipped(format!("/stil-{style}")).await;
    assert!(
        style.bytes.len() <= 15_000,
        "stylesheet: {} bytes",
        style.bytes.len()
    );
    assert!(
        style.headers["cache-control"]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    let external = plain.matches(" src=").count() + plain.matches("rel=\"stylesheet\"").count();
    assert!(external < 6, "{external} further requests");
    let weight = page.bytes.len() + style.bytes.len();
    println!("{weight} bytes over the wire, {} requests", external + 1);
    assert!(weight <= 60_000, "{weight} bytes");
}

#[tokio::test]
async fn pages_are_careful() {
    let app = TestApp::new("careful").await;
    let page = app.get(&app.answers("")).await;
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"));
    assert_eq!(page.headers["referrer-policy"], "same-origin");
    assert_eq!(page.headers["cache-control"], "no-store");
    assert!(
        !page.headers.contains_key("set-cookie"),
        "no cookie while answering"
    );
    page.hides("<script").hides(" style=");
    page.shows("href=\"/impressum\"")
        .shows("href=\"/datenschutz\"")
        .shows("href=\"/barrierefreiheit\"");
}

#[tokio::test]
async fn requests_from_other_sites_are_refused() {
    let app = TestApp::new("cross_site").await;
    let request = Request::post(app.answers("")).header("sec-fetch-site", "cross-site");
    let page = app.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    page.shows("Kein Zugriff").shows("die Nummer");
}

#[tokio::test]
async fn a_body_that_is_too_large_is_told() {
    let app = TestApp::new("too_large").await;
    let text = "x".repeat(600_000);
    let page = app
        .post(&app.answers("/seite/austausch"), &[("anliegen", &text)])
        .await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    page.shows("Die Eingabe ist zu groß");
}

#[tokio::test]
async fn the_start_leads_to_the_code_and_to_the_texts() {
    let app = TestApp::new("start").await;
    app.get("/")
        .await
        .shows("Die Befragung läuft vom")
        .shows("href=\"/zugang\"")
        .hides("web-public-");
    app.get("/impressum").await.shows("<h1>Impressum</h1>");
    app.get("/impressum?lang=en")
        .await
        .shows("<html lang=\"en\">")
        .shows("lang=\"de\"");
    app.get("/health").await.shows("ok");
    let missing = app.get("/gibt-es-nicht").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn no_edition_leaves_its_folder() {
    let app = TestApp::new("folder").await;
    for path in [
        "/ausgaben/x/../../etc/passwd",
        "/ausgaben/%2e%2e/voneinander.db",
        "/ausgaben/2016-1/site/",
    ] {
        assert_eq!(app.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

/// An address of the route table with real things in its places.
fn address(app: &TestApp, path: &str) -> String {
    let token = if path.starts_with("/freigabe") || path.starts_with("/anmelden") {
        "unbekannt"
    } else {
        &app.token
    };
    path.replace("/handlungsfelder/{key}", "/handlungsfelder/wohnen")
        .replace("/kommunen/{key}", "/kommunen/05999001")
        .replace("{name}", "massnahmen")
        .replace("{token}", token)
        .replace("{place}", "05999001-beispielstadt")
        .replace("{page}", "basis")
        .replace("{wave}", "probe")
        .replace("{id}", "1")
        .replace("{kind}", "invitation")
        .replace("{key}/{*path}", "2016-1/site/index.html")
        .replace("{key}", "2016-1")
}

/// Pages of what this small town hall has none of, and of links that are secret: their own stories show them.
const OF_WHAT_IS_NOT_HERE: [&str; 34] = [
    "/antworten/{token}/aufgabenliste",
    "/antworten/{token}/datei/{id}",
    "/antworten/{token}/fachbereiche/{id}",
    "/antworten/{token}/fertig-melden",
    "/mitzeichnung/{token}",
    "/beispiele/eintrag/{code}",
    "/beispiele/eintrag/{code}/beispiel.pdf",
    "/beispiele/eintrag/{code}/beschlussvorlage.txt",
    "/beispiele/merkliste.pdf",
    "/beispiele/{id}",
    "/beispiele/{id}/auch",
    "/beispiele/{id}/frage",
    "/bestaetigen/{token}",
    "/freigabe/{token}",
    "/kurzform/{token}",
    "/teilnehmen/bestaetigen/{token}",
    "/uebernahme/{token}",
    "/verwaltung/befragungen/entwurf/{draft}",
    "/verwaltung/befragungen/entwurf/{draft}/fragebogen.yaml",
    "/verwaltung/ergebnisse/{id}",
    "/verwaltung/herkunft/{wave}/{earlier}",
    "/verwaltung/herkunft/{wave}/{earlier}/entfallen/{question}",
    "/verwaltung/herkunft/{wave}/{earlier}/frage/{question}",
    "/verwaltung/luecken/{wave}/aufruf",
    "/verwaltung/offene-antworten/{wave}/{variable}/abgleich",
    "/verwaltung/offene-antworten/{wave}/{variable}/codes",
    "/verwaltung/offene-antworten/{wave}/{variable}/fassung",
    "/verwaltung/offene-antworten/{wave}/{variable}/kodieren",
    "/verwaltung/offene-antworten/{wave}/{variable}/zitate",
    "/verwaltung/ruecklauf/{wave}/gewichtung",
    "/verwaltung/ruecklauf/{wave}/kommunen/{key}/dateien/{id}",
    "/verwaltung/uebernahmen/{id}",
    "/verwaltung/uebernahmen/{id}/freigabe",
    "/verwaltung/uebernahmen/{id}/zurueckziehen",
];

#[tokio::test]
async fn the_route_table_tells_what_is_there() {
    let app = TestApp::new("route_table").await.with_edition().await;
    let site = app.state.editions.folder.join("2016-1/site");
    std::fs::create_dir_all(&site).unwrap();
    std::fs::write(
        site.join("index.html"),
        "<!DOCTYPE html><title>Ausgabe</title>",
    )
    .unwrap();
    let mail = NewMail {
        to: "a@b.example".into(),
        subject: "Betreff".into(),
        body: "Text".into(),
    };
    app.state
        .store
        .queue_mails(vec![mail], within())
        .await
        .unwrap();
    let signed = app.staff(Role::Researcher).await;
    // Signing out comes last, closing a wave before it: both change what the others show.
    let late =
        |route: &&web::Route| route.path == "/abmelden" || route.path.ends_with("abschliessen");
    let (last, first): (Vec<&web::Route>, Vec<&web::Route>) = web::routes().iter().partition(late);
    let mut absent = BTreeSet::new();
    for route in first.into_iter().chain(last.into_iter().rev()) {
        let path = address(&app, route.path);
        for query in ["", "?lang=en"] {
            let page = match route.method {
                "GET" => signed.get(&format!("{path}{query}")).await,
                _ => signed.post(&path, &[]).await,
            };
            let (status, what) = (page.status, format!("{} {path}", route.method));
            assert_ne!(status, StatusCode::METHOD_NOT_ALLOWED, "{what}");
            assert!(!status.is_server_error(), "{what}: {status}");
            if status == StatusCode::NOT_FOUND {
                absent.insert(route.path);
            }
            if status == StatusCode::OK && page.headers["content-type"] != "application/pdf" {
                page.hides("web-public-")
                    .hides("web-answer-")
                    .hides("web-office-")
                    .hides("web-practice-")
                    .hides("web-release-")
                    .hides("web-place-")
                    .hides("web-fit-")
                    .hides("web-field-")
                    .hides("lineage-")
                    .hides("gaps-")
                    .hides("begin-");
            }
        }
    }
    assert_eq!(absent, BTreeSet::from(OF_WHAT_IS_NOT_HERE));
}
