//! Links, typed codes, and what happens to those who guess.

use axum::http::StatusCode;

use crate::support::TestApp;

#[tokio::test]
async fn a_typed_code_opens_the_questionnaire() {
    let app = TestApp::new("typed_code").await;
    let typed = app.code.to_lowercase().replace('-', " ");
    let to = app
        .post("/zugang", &[("code", &typed)])
        .await
        .to()
        .to_owned();
    app.get(&to).await.shows("Fragebogen beginnen");
}

#[tokio::test]
async fn a_wrong_code_says_so_and_nothing_about_others() {
    let app = TestApp::new("wrong_code").await;
    let short = app.post("/zugang", &[("code", "ABCD")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    short.shows("hat 16 Zeichen").shows("value=\"ABCD\"");
    let wrong = app
        .post("/zugang", &[("code", "ABCD-EFGH-JKMN-PQRS")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong
        .shows("Dieser Zugangscode passt nicht")
        .shows("aria-invalid");
}

#[tokio::test]
async fn after_ten_wrong_codes_the_address_waits_and_links_still_work() {
    let app = TestApp::new("ten_wrong_codes").await;
    for _ in 0..10 {
        app.post("/zugang", &[("code", "ABCD-EFGH-JKMN-PQRS")])
            .await;
    }
    let eleventh = app.post("/zugang", &[("code", &app.code)]).await;
    assert_eq!(eleventh.status, StatusCode::TOO_MANY_REQUESTS);
    eleventh.shows("Bitte warten Sie eine Weile");
    assert!(
        eleventh.headers["retry-after"]
            .to_str()
            .unwrap()
            .parse::<u32>()
            .unwrap()
            <= 900
    );
    app.get(&app.answers("")).await.shows("Fragebogen beginnen");
    let guessed = app.get("/antworten/ABCD-EFGH-JKMN-PQRT").await;
    assert_eq!(guessed.status, StatusCode::TOO_MANY_REQUESTS);
    let grouped = app.get(&format!("/antworten/{}", app.code)).await;
    assert_eq!(
        grouped.status,
        StatusCode::OK,
        "who holds a code goes on answering"
    );
}

#[tokio::test]
async fn an_unknown_link_offers_a_way_on() {
    let app = TestApp::new("unknown_link").await;
    let page = app.get("/antworten/00000000000000000000000000").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    page.shows("Seite nicht gefunden")
        .shows("href=\"/zugang\"")
        .shows("die Nummer");
}
