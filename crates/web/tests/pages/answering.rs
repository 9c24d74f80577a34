//! From the link to the page after submitting, with two windows and a late save.

use axum::http::StatusCode;
use fieldwork::WaveName;
use questionnaire::{Answer, VariableKey};

use crate::support::{Form, TestApp, after, before};

fn pairs(all: &[(String, String)]) -> Vec<(&str, &str)> {
    all.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect()
}

async fn saved(app: &TestApp, variable: &str) -> Option<Answer> {
    let hash = fieldwork::AccessToken::from_link(&app.token).hash();
    let found = app.state.store.answering(&hash).await.unwrap();
    let invitation = found.unwrap().invitation;
    let wave = WaveName("probe".into());
    let response = app
        .state
        .store
        .response(&wave, &invitation.municipality)
        .await
        .unwrap();
    response
        .answers()
        .get(&VariableKey::from(variable))
        .cloned()
}

#[tokio::test]
async fn a_municipality_answers_from_the_link_to_the_end() {
    let app = TestApp::new("from_link_to_end").await;
    let first = app.get(&app.answers("")).await;
    first
        .shows("Beispielstadt, Stadt")
        .shows("Fragebogen beginnen")
        .shows("Stiftung Gemeinsam vor Ort")
        .shows("31.\u{a0}März 2017");
    first.shows("Beispieldaten: erfundene Kommunen");
    let mut at = app.post(&app.answers(""), &[]).await.to().to_owned();
    assert_eq!(at, app.answers("/seite/basis"));
    let mut steps = 0;
    let page = loop {
        let page = app.get(at.split('#').next().unwrap()).await;
        assert_eq!(page.status, StatusCode::OK);
        if page.text().contains("id=\"fertig\"") {
            break page;
        }
        let form = Form::of(&page.text());
        let sent = form.filled();
        at = app
            .post(at.split('#').next().unwrap(), &pairs(&sent))
            .await
            .to()
            .to_owned();
        steps += 1;
        assert!(steps < 10, "the walker does not arrive");
    };
    page.shows("Ihre Antworten sind abgesendet")
        .shows("/vergleichsblatt.pdf");
    assert_eq!(
        saved(&app, "aufgaben.wohnen").await,
        Some(Answer::Choice("sehr-gering".into()))
    );
    assert_eq!(
        saved(&app, "gefluechtete").await,
        Some(Answer::Number(12.0))
    );
    assert!(
        saved(&app, "konzept-themen").await.is_some(),
        "the question that came up was answered"
    );
    let review = app.get(&app.answers("/pruefen")).await;
    review
        .shows("Leitung der Verwaltung")
        .shows("12\u{a0}Personen")
        .shows("Gespeichert um 14:05 Uhr");
}

#[tokio::test]
async fn looking_at_a_mailed_link_changes_nothing() {
    let app = TestApp::new("looking_changes_nothing").await;
    for below in ["", "/seite/basis", "/pruefen", "/fertig"] {
        app.get(&app.answers(below)).await;
    }
    let hash = fieldwork::AccessToken::from_link(&app.token).hash();
    let found = app.state.store.answering(&hash).await.unwrap();
    let invitation = found.unwrap().invitation;
    assert_eq!((invitation.opened, invitation.submitted), (None, None));
}

#[tokio::test]
async fn what_cannot_be_read_is_said_and_kept_and_the_rest_is_saved() {
    let app = TestApp::new("said_and_kept").await;
    let at = app.answers("/seite/basis");
    let form = Form::of(&app.get(&at).await.text());
    let mut sent = pairs(&form.hidden);
    sent.extend([("rolle", "leitung"), ("gefluechtete", "12,5 Tsd.")]);
    let page = app.post(&at, &sent).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("Bitte geben Sie eine ganze Zahl ein")
        .shows("value=\"12,5 Tsd.\"");
    page.shows("href=\"#feld-gefluechtete\"")
        .shows("aria-invalid=\"true\"");
    assert_eq!(
        saved(&app, "rolle").await,
        Some(Answer::Choice("leitung".into()))
    );
    assert_eq!(saved(&app, "gefluechtete").await, None);
}

#[tokio::test]
async fn open_required_questions_are_named_once_and_may_wait() {
    let app = TestApp::new("named_once").await;
    let at = app.answers("/seite/basis");
    let form = Form::of(&app.get(&at).await.text());
    let page = app.post(&at, &pairs(&form.hidden)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("2 Fragen sind noch offen");
    let again = Form::of(&page.text());
    let next = app.post(&at, &pairs(&again.hidden)).await;
    assert_eq!(next.to(), app.answers("/seite/aufgaben"));
    let refused = app.post(&app.answers("/pruefen"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused
        .shows("Antworten fehlen noch")
        .shows("/seite/basis#frage-rolle");
}

#[tokio::test]
async fn the_second_window_is_told_what_the_first_changed_and_chooses() {
    let app = TestApp::new("second_window").await;
    let at = app.answers("/seite/basis");
    let shown = Form::of(&app.get(&at).await.text());
    let with = |role: &'static str, number: &'static str| {
        let mut sent = pairs(&shown.hidden);
        sent.extend([("rolle", role), ("gefluechtete", number)]);
        sent
    };
    app.post(&at, &with("leitung", "100")).await.to();
    let page = app.post(&at, &with("integration", "100")).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.shows("Fachstelle Integration")
        .shows("Leitung der Verwaltung")
        .shows("um 14:05 Uhr");
    assert_eq!(
        saved(&app, "rolle").await,
        Some(Answer::Choice("leitung".into()))
    );

    let form = Form::of(&page.text());
    let without = app.post(&at, &pairs(&form.hidden)).await;
    assert_eq!(
        without.status,
        StatusCode::CONFLICT,
        "no choice is no permission"
    );

    let mut sent = pairs(&form.hidden);
    sent.extend(
        form.first_choice
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str())),
    );
    assert_eq!(
        app.post(&at, &sent).await.to(),
        app.answers("/seite/aufgaben")
    );
    assert_eq!(
        saved(&app, "rolle").await,
        Some(Answer::Choice("integration".into()))
    );

    app.post(&at, &with("sonstige", "100")).await;
    let mut sent = pairs(&form.hidden);
    sent.push(("_wahl.rolle", "gespeichert"));
    app.post(&at, &sent).await.to();
    assert_eq!(
        saved(&app, "rolle").await,
        Some(Answer::Choice("integration".into()))
    );
}

#[tokio::test]
async fn two_departments_on_one_page_do_not_disturb_each_other() {
    let app = TestApp::new("two_departments").await;
    let at = app.answers("/seite/basis");
    let shown = Form::of(&app.get(&at).await.text());
    let mut one = pairs(&shown.hidden);
    one.extend([
        ("rolle", "leitung"),
        ("gefluechtete", ""),
        ("_genannt", "gefluechtete"),
    ]);
    app.post(&at, &one).await.to();
    let mut two = pairs(&shown.hidden);
    two.extend([("gefluechtete", "77"), ("_genannt", "rolle")]);
    let next = app.post(&at, &two).await;
    assert_eq!(next.to(), app.answers("/seite/aufgaben?inzwischen=basis"));
    app.get(next.to())
        .await
        .shows("hat inzwischen noch jemand aus Ihrem Haus geantwortet");
    assert_eq!(
        saved(&app, "rolle").await,
        Some(Answer::Choice("leitung".into()))
    );
    assert_eq!(
        saved(&app, "gefluechtete").await,
        Some(Answer::Number(77.0))
    );
}

#[tokio::test]
async fn before_and_after_the_field_period_a_page_says_so() {
    let app = TestApp::new("field_period").await;
    app.at(before)
        .get(&app.answers(""))
        .await
        .shows("ab 1.\u{a0}Februar 2017");
    let at = app.answers("/seite/basis");
    let form = Form::of(&app.get(&at).await.text());
    let mut sent = pairs(&form.hidden);
    sent.extend([("rolle", "leitung"), ("gefluechtete", "100")]);
    app.post(&at, &sent).await.to();
    let late = app.at(after);
    late.get(&app.answers(""))
        .await
        .shows("Die Befragung ist beendet")
        .shows("Leitung der Verwaltung");
    sent.retain(|(name, _)| *name != "gefluechtete");
    sent.push(("gefluechtete", "834"));
    let refused = late.post(&at, &sent).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    // What was typed too late is not saved, but it is not lost either.
    refused
        .shows("Die Befragung ist beendet")
        .shows("Nicht gespeichert")
        .shows("834");
}

#[tokio::test]
async fn english_stays_english_over_the_whole_way() {
    let app = TestApp::new("english").await;
    let first = app.get(&app.answers("?lang=en")).await;
    first
        .shows("<html lang=\"en\">")
        .shows("Begin the questionnaire")
        .shows("Reception and integration");
    let to = app
        .post(&app.answers("?lang=en"), &[])
        .await
        .to()
        .to_owned();
    assert_eq!(to, app.answers("/seite/basis?lang=en"));
    app.get(&to)
        .await
        .shows("In which role do you answer?")
        .shows("Save page and continue")
        .hides("web-answer-");
}

#[tokio::test]
async fn the_questionnaire_can_be_passed_on_as_pdf() {
    let app = TestApp::new("pdf").await;
    let pdf = app.get(&app.answers("/fragebogen.pdf")).await;
    assert_eq!(pdf.headers["content-type"], "application/pdf");
    pdf.shows("%PDF probe");
}
