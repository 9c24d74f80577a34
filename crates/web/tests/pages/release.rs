//! Back to those who answered: the feedback sheet, and the release of their practice.

use axum::http::StatusCode;
use fieldwork::AccessToken;
use practices::{Actor, PracticeId, State, Step};
use store::{NewMail, StepTaken};

use crate::support::{Form, TestApp};

/// Walks to the end with the first answers.
async fn answer_all(app: &TestApp) {
    let mut at = app.post(&app.answers(""), &[]).await.to().to_owned();
    while !at.ends_with("/fertig") {
        let path = at.split('#').next().unwrap().to_owned();
        let sent = Form::of(&app.get(&path).await.text()).filled();
        let sent: Vec<(&str, &str)> = sent.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        at = app.post(&path, &sent).await.to().to_owned();
    }
}

#[tokio::test]
async fn after_submitting_the_sheet_is_there_at_once() {
    let app = TestApp::new("sheet").await.with_edition().await;
    let sheet = app.answers("/vergleichsblatt");
    assert_eq!(
        app.get(&sheet).await.to(),
        app.answers("/pruefen"),
        "not before submitting"
    );
    answer_all(&app).await;
    let page = app.get(&sheet).await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows("Vergleichsgruppe")
        .shows("Aufnahme und Integration")
        .hides("web-answer-");
    // Figures beside the answers need a wave that passed the audit: `tests/wave.rs`.
    app.get(&app.answers("/vergleichsblatt.pdf"))
        .await
        .shows("%PDF sheet");
}

#[tokio::test]
async fn without_a_closed_wave_the_sheet_says_so() {
    let app = TestApp::new("no_sheet").await;
    answer_all(&app).await;
    app.get(&app.answers("/vergleichsblatt"))
        .await
        .shows("noch keine abgeschlossene Befragung");
}

async fn send(app: &TestApp, number: u8) -> String {
    let store = &app.state.store;
    let practice = store.practice(PracticeId(2)).await.unwrap().unwrap();
    let mut form = practice.form.clone();
    form.sentence = format!("Fassung {number}.");
    let at = (app.state.clock)();
    let by = (Actor::Editor, "test");
    store
        .save_practice(practice.id, form, practice.version, at, by)
        .await
        .unwrap();
    let taken = StepTaken {
        step: Step::HandIn,
        who: Actor::Editor,
        actor: "test".into(),
        note: String::new(),
        mails: Vec::new(),
    };
    store
        .take_practice_step(practice.id, practice.version + 1, taken, at)
        .await
        .unwrap();
    let token = AccessToken::from_random([number; 16]);
    let mail = NewMail {
        to: "a@b.example".into(),
        subject: "s".into(),
        body: "b".into(),
    };
    let seen = practice.version + 1;
    store
        .send_for_release(practice.id, seen, token.hash(), mail, at, "test")
        .await
        .unwrap();
    format!("/freigabe/{}", token.as_str())
}

#[tokio::test]
async fn a_link_shows_the_wording_and_the_button_releases_it() {
    let app = TestApp::new("releases").await.with_edition().await;
    let path = send(&app, 1).await;
    app.get(&path)
        .await
        .shows("Fassung 1.")
        .shows("Wortlaut freigeben")
        .shows("Beispielstadt, Stadt");
    let standing = app
        .state
        .store
        .practice(PracticeId(2))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        standing.state,
        State::SentForRelease,
        "looking releases nothing"
    );
    let unread = app.post(&path, &[("schritt", "freigeben")]).await;
    assert_eq!(
        unread.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the conditions are accepted in the same step"
    );
    let accepted = [
        ("schritt", "freigeben"),
        ("bedingungen", "cc-by-4.0"),
        ("einverstanden", "ja"),
    ];
    app.post(&path, &accepted)
        .await
        .shows("Dieser Wortlaut ist freigegeben");
    let released = app
        .state
        .store
        .practice(PracticeId(2))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (released.state, released.released),
        (State::Released, Some(jiff::civil::date(2017, 3, 1)))
    );
}

#[tokio::test]
async fn changes_are_asked_for_with_words() {
    let app = TestApp::new("changes").await.with_edition().await;
    let path = send(&app, 1).await;
    let empty = app
        .post(&path, &[("schritt", "aendern"), ("hinweis", " ")])
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    app.post(
        &path,
        &[("schritt", "aendern"), ("hinweis", "Bitte 45 statt 40.")],
    )
    .await
    .shows("Änderungswunsch");
    let events = app
        .state
        .store
        .practice_events(PracticeId(2))
        .await
        .unwrap();
    assert_eq!(events.last().unwrap().note, "Bitte 45 statt 40.");
}

#[tokio::test]
async fn an_older_link_shows_and_releases_nothing() {
    let app = TestApp::new("older_link").await.with_edition().await;
    let old = send(&app, 1).await;
    send(&app, 2).await;
    app.get(&old)
        .await
        .shows("älteren Fassung")
        .hides("Fassung 2.");
    let accepted = [
        ("schritt", "freigeben"),
        ("bedingungen", "cc-by-4.0"),
        ("einverstanden", "ja"),
    ];
    let refused = app.post(&old, &accepted).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
}
