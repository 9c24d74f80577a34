//! What holds for every page: headers, weight, error pages, the texts of the instance.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::support::TestApp;

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
    assert_eq!(page.headers["referrer-policy"], "no-referrer");
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
