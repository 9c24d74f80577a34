//! The back office: who may see what, and editing that tells about others.

use axum::http::StatusCode;
use store::Role;

use crate::support::TestApp;

#[tokio::test]
async fn without_signing_in_there_is_only_the_sign_in() {
    let app = TestApp::new("without_signing_in").await;
    let page = app.get("/verwaltung/protokoll").await;
    assert_eq!(page.to(), "/anmelden");
    let wrong = app
        .post("/anmelden", &[("mail", "a@b.example"), ("passwort", "x")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.shows("passt nicht");
}

#[tokio::test]
async fn a_sign_in_link_shows_only_a_button_and_works_once() {
    let app = TestApp::new("sign_in_link")
        .await
        .staff(Role::Researcher)
        .await;
    app.get("/verwaltung")
        .await
        .shows("Alex Beispiel")
        .shows("Praxisbeispiele");
    let out = app.post("/abmelden", &[]).await;
    assert_eq!(out.to(), "/anmelden");
    assert_eq!(
        app.get("/verwaltung").await.to(),
        "/anmelden",
        "the session has ended"
    );
}

#[tokio::test]
async fn a_password_signs_in() {
    let app = TestApp::new("password").await;
    let hash = store::hash_password("ein langes Passwort").unwrap();
    let at = (app.state.clock)();
    app.state
        .store
        .put_staff(
            "r@institut.example",
            "R",
            Role::Researcher,
            Some(hash),
            at,
            "test",
        )
        .await
        .unwrap();
    let page = app
        .post(
            "/anmelden",
            &[
                ("mail", "R@institut.example"),
                ("passwort", "ein langes Passwort"),
            ],
        )
        .await;
    assert_eq!(page.to(), "/verwaltung");
}

#[tokio::test]
async fn associations_see_response_rates_only() {
    let app = TestApp::new("associations")
        .await
        .with_edition()
        .await
        .staff(Role::Association)
        .await;
    app.get("/verwaltung").await.hides("Praxisbeispiele");
    app.get("/verwaltung/ruecklauf/probe")
        .await
        .shows("Nach Land")
        .shows("Nordrhein-Westfalen")
        .hides("Abschließen");
    for path in [
        "/verwaltung/praxisbeispiele",
        "/verwaltung/protokoll",
        "/verwaltung/ausgaben/2016-1",
    ] {
        assert_eq!(app.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let closed = app
        .post("/verwaltung/ruecklauf/probe/abschliessen", &[])
        .await;
    assert_eq!(closed.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn closing_is_asked_first_and_written_down() {
    let app = TestApp::new("closing").await.staff(Role::Researcher).await;
    let path = "/verwaltung/ruecklauf/probe/abschliessen";
    app.get(path)
        .await
        .shows("Befragung endgültig abschließen")
        .shows("Das lässt sich nicht zurücknehmen");
    assert_eq!(
        app.post(path, &[]).await.to(),
        "/verwaltung/ruecklauf/probe"
    );
    assert_eq!(
        app.get(path).await.status,
        StatusCode::CONFLICT,
        "closed is closed"
    );
    app.get("/verwaltung/protokoll")
        .await
        .shows("Befragung abgeschlossen")
        .shows("researcher@institut.example");
}

fn form<'a>(version: &'a str, title: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("_version", version),
        ("title", title),
        ("sentence", "Ein Satz."),
        ("field", "wohnen"),
        ("kind", "project"),
        ("problem", "Problem"),
        ("steps", "Schritte"),
        ("run_by", "Amt"),
        ("result", "Ergebnis"),
        ("obstacle", "Hürde"),
        ("requires", "Geld"),
        ("since", "2014"),
        ("mode", "running"),
        ("cost", "under5000"),
        ("evidence", "counted"),
        ("mailbox", "amt@stadt.example"),
    ]
}

#[tokio::test]
async fn an_editor_completes_a_practice_and_sends_it_for_release() {
    let app = TestApp::new("completes")
        .await
        .with_edition()
        .await
        .staff(Role::Editor)
        .await;
    app.get("/verwaltung/praxisbeispiele")
        .await
        .shows("Neue Idee")
        .shows("Beispielstadt, Stadt");
    let path = "/verwaltung/praxisbeispiele/1";
    app.get(path)
        .await
        .shows("Vorher fehlen noch")
        .shows("Ausgangslage");
    let wrong = app
        .post(
            path,
            &[("_version", "1"), ("title", "Neue Idee"), ("since", "bald")],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong
        .shows("Sie haben „bald“ eingegeben")
        .shows("value=\"bald\"");
    assert_eq!(app.post(path, &form("1", "Neue Idee")).await.to(), path);
    let second = app.post(path, &form("1", "Andere Idee")).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    second
        .shows("Inzwischen geändert")
        .shows("Andere Idee")
        .shows("Neue Idee");

    let early = app
        .post(
            &format!("{path}/freigabe"),
            &[("_version", "2"), ("an", "amt@stadt.example")],
        )
        .await;
    assert_eq!(early.status, StatusCode::CONFLICT, "not before the review");
    let step = [("_version", "2"), ("schritt", "hand-in")];
    assert_eq!(app.post(&format!("{path}/schritt"), &step).await.to(), path);
    app.get(path).await.shows("in Prüfung");
    let sent = app
        .post(
            &format!("{path}/freigabe"),
            &[("_version", "2"), ("an", "amt@stadt.example")],
        )
        .await;
    assert_eq!(sent.to(), path);
    app.get(path).await.shows("wartet auf Freigabe");
    app.get("/verwaltung/postausgang")
        .await
        .shows("Bitte um Freigabe: Neue Idee")
        .shows("amt@stadt.example");
    app.get("/verwaltung/postausgang/1")
        .await
        .shows("http://127.0.0.1:8080/freigabe/")
        .shows("Guten Tag");
    app.get("/verwaltung/protokoll")
        .await
        .shows("zur Freigabe gesendet")
        .shows("editor@institut.example");
}

#[tokio::test]
async fn an_edition_tells_faults_with_line_and_column_and_shows_a_preview() {
    let app = TestApp::new("edition")
        .await
        .with_edition()
        .await
        .staff(Role::Editor)
        .await;
    let path = "/verwaltung/ausgaben/2016-1";
    app.get(path)
        .await
        .shows("Vorwort")
        .shows("Beispiele und ihre Reihenfolge")
        .shows("Wohnlotsen")
        .hides("web-office-");
    let faulty = "Erste Zeile.\n\nRund {{ anteil gibt-es-nicht }} sagen das.";
    let saved = app
        .post(
            path,
            &[
                ("_version", "1"),
                ("einleitung", faulty),
                ("beispiele-wohnen", "1 2"),
                ("beispiel-2", "1"),
            ],
        )
        .await;
    assert_eq!(saved.to(), path);
    app.get(path)
        .await
        .shows("Zeile 3, Spalte 6")
        .shows("gibt-es-nicht");
    let draft = app
        .state
        .store
        .edition("2016-1")
        .await
        .unwrap()
        .unwrap()
        .draft;
    assert_eq!(
        draft
            .chapters
            .iter()
            .find(|c| c.field == "wohnen")
            .unwrap()
            .examples,
        [2]
    );
    let late = app
        .post(path, &[("_version", "1"), ("title", "Anderer Titel")])
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.shows("Anderer Titel").shows("Inzwischen geändert");
    let date = app
        .post(path, &[("_version", "2"), ("date", "morgen")])
        .await;
    assert_eq!(date.status, StatusCode::UNPROCESSABLE_ENTITY);
    app.get(&format!("{path}/vorschau"))
        .await
        .shows("<svg")
        .hides("{{");
    app.get(&format!("{path}/vorschau.pdf"))
        .await
        .shows("%PDF handbook");
}

#[tokio::test]
async fn two_editors_of_an_edition_lose_nothing_and_see_both_where_they_met() {
    let app = TestApp::new("edition_together")
        .await
        .with_edition()
        .await
        .staff(Role::Editor)
        .await;
    let path = "/verwaltung/ausgaben/2016-1";
    let shown = app.get(path).await;
    let was = shown.hidden("_was");
    let first = [
        ("_version", "1"),
        ("_was", was.as_str()),
        ("title", "Neuer Titel"),
        ("vorwort", "Bleibt.\n\nVon der Ersten."),
    ];
    assert_eq!(app.post(path, &first).await.to(), path);
    // The second one has the page as it was before: another field stands beside the first one's.
    let second = [
        ("_version", "1"),
        ("_was", was.as_str()),
        ("subtitle", "Neuer Untertitel"),
        ("vorwort", "Bleibt.\n\nVon der Zweiten."),
    ];
    let met = app.post(path, &second).await;
    assert_eq!(met.status, StatusCode::CONFLICT);
    met.shows("Inzwischen geändert")
        .shows("<td>Von der Zweiten.</td><td>Von der Ersten.</td>")
        .shows("Neuer Untertitel");
    let again = [
        ("_version", met.hidden("_version")),
        ("_was", met.hidden("_was")),
        ("subtitle", "Neuer Untertitel".to_owned()),
        ("vorwort", "Bleibt.\n\nVon beiden.".to_owned()),
    ];
    let again = again.each_ref().map(|(n, v)| (*n, v.as_str()));
    assert_eq!(app.post(path, &again).await.to(), path);
    let draft = app.state.store.edition("2016-1").await.unwrap().unwrap();
    assert_eq!(draft.draft.subtitle, "Neuer Untertitel");
    assert!(draft.draft.foreword.ends_with("Von beiden."));
}

#[tokio::test]
async fn a_session_that_ends_while_writing_keeps_what_was_written() {
    let app = TestApp::new("expired").await.with_edition().await;
    let hash = store::hash_password("ein langes Passwort").unwrap();
    let at = (app.state.clock)();
    let mail = "r@institut.example";
    let put = app
        .state
        .store
        .put_staff(mail, "R", Role::Researcher, Some(hash), at, "test");
    put.await.unwrap();
    let path = "/verwaltung/ausgaben/2016-1";
    let written = [
        ("_version", "1"),
        ("title", "Ein <b>langer</b> Text & mehr"),
    ];
    let kept = app.post(path, &written).await;
    assert_eq!(kept.status, StatusCode::UNAUTHORIZED);
    kept.shows("Ihre Anmeldung ist abgelaufen")
        .shows("Ein &#60;b&#62;langer&#60;/b&#62; Text &#38; mehr");
    let (to, body) = (kept.hidden("wohin"), kept.hidden("behalten"));
    assert_eq!(to, path);
    let sign_in = |password: &'static str| {
        let (to, body, app) = (to.clone(), body.clone(), &app);
        async move {
            let typed = [
                ("mail", mail),
                ("passwort", password),
                ("wohin", &to),
                ("behalten", &body),
            ];
            app.post("/anmelden", &typed).await
        }
    };
    sign_in("falsch").await.shows("passt nicht").shows("langer");
    let again = sign_in("ein langes Passwort").await;
    again.shows("Sie sind wieder angemeldet");
    assert_eq!(again.hidden("title"), "Ein <b>langer</b> Text & mehr");
}
