//! An example lives: proposed, edited, released, published, changed; taken up by others; faded and confirmed.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use jiff::civil::date;
use practices::{PracticeId, State};
use store::Role;

use crate::support::{TestApp, within};

const FORM: [(&str, &str); 11] = [
    ("title", "Nachbarn kochen"),
    ("sentence", "Zwölf Haushalte kochen reihum für alle."),
    ("kind", "project"),
    ("field", "begegnung"),
    ("problem", "Man kannte sich nicht."),
    ("steps", "Erst luden drei Haushalte ein.\n\nDann zwölf."),
    ("mode", "running"),
    ("since", "2015"),
    ("result", "An 20 Abenden kamen zusammen 400 Gäste."),
    ("evidence", "counted"),
    ("mailbox", "begegnung@beispielstadt.example"),
];

fn with<'a>(extra: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = FORM
        .iter()
        .filter(|(n, _)| !extra.iter().any(|(e, _)| e == n))
        .copied()
        .collect();
    fields.extend_from_slice(extra);
    fields
}

/// The address below `what` in the newest mail to `to`.
async fn mailed(app: &TestApp, to: &str, what: &str) -> String {
    let mails = app.state.store.mails(50).await.unwrap();
    let mail = mails
        .iter()
        .find(|m| m.to == to && m.body.contains(what))
        .unwrap_or_else(|| panic!("no mail to {to} with {what}: {mails:?}"));
    let at = mail.body.find(what).unwrap();
    mail.body[at..]
        .split_whitespace()
        .next()
        .unwrap()
        .to_owned()
}

/// From the proposal to the published example, which has the number 1.
async fn published(name: &str) -> (TestApp, TestApp) {
    let app = TestApp::new(name).await;
    let editor = app.staff(Role::Editor).await;
    let begun = app
        .post(
            "/beispiel-melden",
            &[
                ("title", "Nachbarn kochen"),
                ("kommune", "Beispielstadt"),
                ("wer", "Initiative Offene Küche"),
                ("mail", "kueche@verein.example"),
            ],
        )
        .await;
    let form = begun.to().to_owned();
    assert_eq!(
        mailed(&app, "kueche@verein.example", "/kurzform/").await,
        form
    );
    mailed(
        &app,
        "editor@institut.example",
        "/verwaltung/praxisbeispiele",
    )
    .await;
    // A draft may be half; handing it in may not.
    let half = [
        ("_version", "1"),
        ("title", "Nachbarn kochen"),
        ("schritt", "speichern"),
    ];
    assert_eq!(app.post(&form, &half).await.to(), form);
    let early = [
        ("_version", "2"),
        ("title", "Nachbarn kochen"),
        ("schritt", "abgeben"),
    ];
    let early = app.post(&form, &early).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    early.shows("Diese Angabe fehlt noch").shows("Ausgangslage");
    let whole = with(&[
        ("_version", "2"),
        ("schritt", "abgeben"),
        ("target_groups.families", "ja"),
    ]);
    assert_eq!(app.post(&form, &whole).await.to(), form);
    app.get(&form)
        .await
        .shows("bei der Redaktion")
        .hides("id=\"kurzform\"");
    mailed(
        &app,
        "editor@institut.example",
        "/verwaltung/praxisbeispiele/1",
    )
    .await;
    let path = "/verwaltung/praxisbeispiele/1";
    editor
        .get(path)
        .await
        .shows("in Prüfung")
        .shows("Initiative Offene Küche");
    release(&app, &editor, "3").await;
    let step = [("_version", "3"), ("schritt", "publish")];
    assert_eq!(
        editor.post(&format!("{path}/schritt"), &step).await.to(),
        path
    );
    (app, editor)
}

/// Sends the version for release and releases it behind the mailed link.
async fn release(app: &TestApp, editor: &TestApp, version: &str) {
    let path = "/verwaltung/praxisbeispiele/1";
    let to = [
        ("_version", version),
        ("an", "rathaus@beispielstadt.example"),
    ];
    assert_eq!(
        editor.post(&format!("{path}/freigabe"), &to).await.to(),
        path
    );
    let link = mailed(app, "rathaus@beispielstadt.example", "/freigabe/").await;
    app.get(&link)
        .await
        .shows("CC BY 4.0")
        .shows("Wortlaut freigeben");
    let accepted = [
        ("schritt", "freigeben"),
        ("bedingungen", "cc-by-4.0"),
        ("einverstanden", "ja"),
    ];
    app.post(&link, &accepted)
        .await
        .shows("Dieser Wortlaut ist freigegeben");
    mailed(app, "editor@institut.example", path).await;
}

#[tokio::test]
async fn proposed_edited_released_published_changed() {
    let (app, editor) = published("life").await;
    app.get("/beispiele/1")
        .await
        .shows("Nachbarn kochen")
        .shows("noch nicht übernommen")
        .shows("Fassung 1 vom 1.\u{a0}März 2017")
        .shows("Familien")
        .hides("begegnung@beispielstadt.example")
        .hides("kueche@verein.example");
    let path = "/verwaltung/praxisbeispiele/1";
    let changed = with(&[
        ("_version", "3"),
        ("sentence", "Zwanzig Haushalte kochen reihum."),
        ("run_by", "Initiative Offene Küche"),
    ]);
    assert_eq!(editor.post(path, &changed).await.to(), path);
    app.get("/beispiele/1")
        .await
        .shows("Zwölf Haushalte")
        .hides("Zwanzig");
    let step = [("_version", "4"), ("schritt", "hand-in")];
    editor.post(&format!("{path}/schritt"), &step).await.to();
    release(&app, &editor, "4").await;
    let step = [("_version", "4"), ("schritt", "publish")];
    editor.post(&format!("{path}/schritt"), &step).await.to();
    app.get("/beispiele/1")
        .await
        .shows("Zwanzig Haushalte")
        .shows("/beispiele/1/fassung/1")
        .shows("Einwohner");
    app.get("/beispiele/1/fassung/1")
        .await
        .shows("Zwölf Haushalte")
        .shows("Dies ist eine ältere Fassung")
        .hides("Zwanzig");
    let steps: Vec<String> = app
        .state
        .store
        .practice_events(PracticeId(1))
        .await
        .unwrap()
        .iter()
        .map(|e| format!("{:?}", e.step.unwrap()))
        .collect();
    assert_eq!(
        steps,
        [
            "Nominate",
            "Save",
            "Save",
            "HandIn",
            "SendForRelease",
            "Release",
            "Publish",
            "Save",
            "HandIn",
            "SendForRelease",
            "Release",
            "Publish"
        ]
    );
    let step = [
        ("_version", "4"),
        ("schritt", "withdraw"),
        ("hinweis", "Wunsch"),
    ];
    editor.post(&format!("{path}/schritt"), &step).await.to();
    for gone in ["/beispiele/1", "/beispiele/1/fassung/1"] {
        assert_eq!(app.get(gone).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn two_editors_lose_nothing() {
    let (_, editor) = published("two_editors").await;
    let path = "/verwaltung/praxisbeispiele/1";
    let page = editor.get(path).await.text();
    let was = page
        .split("name=\"_was\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let seen = [
        ("_version", "3"),
        ("_was", was),
        ("run_by", "Initiative Offene Küche"),
        ("cost", "not-known"),
        ("cost_once", "not-known"),
        ("duty", "not-known"),
        ("target_groups.families", "ja"),
    ];
    let typed = |extra: (&'static str, &'static str)| {
        let mut fields = with(&[extra]);
        fields.extend(seen);
        fields
            .into_iter()
            .map(|(n, v)| (n.to_owned(), v.to_owned()))
            .collect::<Vec<_>>()
    };
    let send = |fields: Vec<(String, String)>| {
        let editor = &editor;
        async move {
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(n, v)| (n.as_str(), v.as_str()))
                .collect();
            editor.post(path, &fields).await
        }
    };
    assert_eq!(send(typed(("result", "500 Gäste."))).await.to(), path);
    // Another field: both stand.
    assert_eq!(
        send(typed(("problem", "Man grüßte sich nicht.")))
            .await
            .to(),
        path
    );
    editor
        .get(path)
        .await
        .shows("500 Gäste.")
        .shows("Man grüßte sich nicht.");
    // The same field: side by side, nothing saved.
    let both = send(typed(("result", "600 Gäste."))).await;
    assert_eq!(both.status, StatusCode::CONFLICT);
    both.shows("<td>600 Gäste.</td><td>500 Gäste.</td>");
    editor
        .get(path)
        .await
        .shows("500 Gäste.")
        .hides("600 Gäste.");
}

#[tokio::test]
async fn another_municipality_took_it_up() {
    let (app, editor) = published("taken_up").await;
    let form = [
        ("kommune", "05999002"),
        ("mode", "running"),
        ("since", "2016"),
        ("changed", "Wir kochen mittags."),
        ("advice", "Fangen Sie klein an."),
        ("mail", "rathaus@nachbarort.example"),
    ];
    app.post("/beispiele/1/auch", &form)
        .await
        .shows("Vielen Dank");
    app.get("/beispiele/1").await.hides("Wir kochen mittags.");
    let one = "/verwaltung/uebernahmen/1";
    editor
        .get("/verwaltung/uebernahmen")
        .await
        .shows("Nachbarort");
    let to = [("_version", "1"), ("an", "rathaus@nachbarort.example")];
    assert_eq!(editor.post(&format!("{one}/freigabe"), &to).await.to(), one);
    let link = mailed(&app, "rathaus@nachbarort.example", "/uebernahme/").await;
    app.get(&link).await.shows("Wir kochen mittags.");
    app.get("/beispiele/1").await.hides("Wir kochen mittags.");
    let without = app.post(&link, &[("schritt", "freigeben")]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    let accepted = [("schritt", "freigeben"), ("bedingungen", "cc-by-4.0")];
    app.post(&link, &accepted).await.shows("freigegeben");
    app.get("/beispiele/1")
        .await
        .shows("einmal übernommen")
        .shows("Nachbarort")
        .shows("Wir kochen mittags.")
        .hides("rathaus@nachbarort.example");
}

#[tokio::test]
async fn silence_fades_and_one_answer_makes_fresh() {
    let (app, _) = published("fades").await;
    let store = &app.state.store;
    let token = fieldwork::AccessToken::from_random([7; 16]);
    let mail = store::NewMail {
        to: "rathaus@beispielstadt.example".into(),
        subject: "s".into(),
        body: "b".into(),
    };
    let question = Some((token.hash(), mail));
    store
        .ask_owner(PracticeId(1), question, within(), date(2017, 3, 1))
        .await
        .unwrap();
    store.fade(PracticeId(1), within()).await.unwrap();
    app.get("/beispiele/1").await.shows("verblasst seit");
    app.get("/handlungsfelder/begegnung")
        .await
        .shows("verblasst seit")
        .shows("davon veröffentlicht: 1");
    let link = format!("/bestaetigen/{}", token.as_str());
    app.get(&link).await.shows("Nachbarn kochen");
    app.get("/beispiele/1").await.shows("verblasst seit");
    let ended = app.post(&link, &[("antwort", "ended")]).await;
    assert_eq!(
        ended.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "an end has a reason"
    );
    app.post(&link, &[("antwort", "regular-service")])
        .await
        .shows("Vielen Dank");
    app.get("/beispiele/1")
        .await
        .hides("verblasst")
        .shows("ist jetzt Regelangebot");
    let standing = store.practice(PracticeId(1)).await.unwrap().unwrap();
    assert_eq!(standing.state, State::Published);
    app.post(&link, &[("antwort", "runs")])
        .await
        .shows("Vielen Dank");
    app.get("/beispiele/1")
        .await
        .shows("ist jetzt Regelangebot");
}

#[tokio::test]
async fn questions_reach_the_owner_without_an_address_on_the_page() {
    let (app, _) = published("relay").await;
    let question = [
        ("frage", "Wer spült?"),
        ("mail", "ich@anderswo.example"),
        ("wer", "Anderswo"),
    ];
    app.post("/beispiele/1/frage", &question)
        .await
        .shows("auf dem Weg")
        .hides("rathaus@");
    let mails = app.state.store.mails(1).await.unwrap();
    assert_eq!(mails[0].to, "rathaus@beispielstadt.example");
    assert!(mails[0].body.contains("Wer spült?") && mails[0].body.contains("ich@anderswo.example"));
    for _ in 0..9 {
        app.post("/beispiele/1/frage", &question).await;
    }
    let more = app.post("/beispiele/1/frage", &question).await;
    assert_eq!(more.status, StatusCode::TOO_MANY_REQUESTS);
}

fn multipart(path: &str, version: &str, bytes: &[u8], extra: &[(&str, &str)]) -> Request<Body> {
    let mut body = Vec::new();
    let mut field = |name: &str, value: &[u8], file: &str| {
        body.extend(
            format!("--grenze\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n")
                .bytes(),
        );
        body.extend(value);
        body.extend(b"\r\n");
    };
    field("_version", version.as_bytes(), "");
    for (name, value) in extra {
        field(name, value.as_bytes(), "");
    }
    field("datei", bytes, "; filename=\"Übersicht.pdf\"");
    body.extend(b"--grenze--\r\n");
    Request::post(path)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=grenze")
        .body(Body::from(body))
        .unwrap()
}

#[tokio::test]
async fn a_file_is_known_by_its_content_and_handed_out_with_care() {
    let (app, editor) = published("files").await;
    let path = "/verwaltung/praxisbeispiele/1";
    let to = format!("{path}/dateien");
    let page = editor
        .send(multipart(&to, "3", b"<script>alert(1)</script>", &[]))
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("weder PDF, ODT, DOCX, PNG noch JPEG");
    let active = b"%PDF-1.7\n<< /S /JavaScript >>\nstartxref\n9\n%%EOF";
    let page = editor.send(multipart(&to, "3", active, &[])).await;
    page.shows("Makros, Skripte oder eingebettete");
    let large = vec![b' '; practices::MAX_DOCUMENT + 200 * 1024];
    let page = editor.send(multipart(&to, "3", &large, &[])).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    let good = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\nstartxref\n9\n%%EOF";
    let kept = editor
        .send(multipart(&to, "3", good, &[("name", "Übersicht")]))
        .await;
    assert_eq!(kept.to(), path);
    editor.get(path).await.shows("Übersicht (PDF, 1 kB)");
    // Not public before the wording with it is.
    assert_eq!(
        app.get("/beispiele/1/dateien/1").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(app.get(&format!("{to}/1")).await.to(), "/anmelden");
    let step = [("_version", "4"), ("schritt", "hand-in")];
    editor.post(&format!("{path}/schritt"), &step).await.to();
    release(&app, &editor, "4").await;
    let step = [("_version", "4"), ("schritt", "publish")];
    editor.post(&format!("{path}/schritt"), &step).await.to();
    let file = app.get("/beispiele/1/dateien/1").await;
    assert_eq!(file.bytes, good);
    assert_eq!(file.headers[header::CONTENT_TYPE], "application/pdf");
    assert_eq!(
        file.headers[header::CONTENT_DISPOSITION],
        "attachment; filename=\"Uebersicht.pdf\""
    );
    assert_eq!(file.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
}

#[tokio::test]
async fn a_municipality_fills_in_the_form_of_what_it_named() {
    let app = TestApp::new("named").await;
    let named = practices::Practice {
        id: PracticeId(0),
        municipality: crate::support::town().key,
        wave: "probe".into(),
        form: practices::Form::nominated(
            "Wohnlotsen".into(),
            "Wir lotsen.".into(),
            "wohnen".into(),
            None,
        ),
        state: State::Nominated,
        version: 1,
        released: None,
        confirmed: None,
    };
    let store = &app.state.store;
    store
        .add_practices(vec![named], within(), "test")
        .await
        .unwrap();
    let form = app
        .post(&app.answers("/kurzform/1"), &[])
        .await
        .to()
        .to_owned();
    app.get(&form)
        .await
        .shows("Wohnlotsen")
        .shows("Wir lotsen.")
        .shows("Beispielstadt, Stadt");
    let fields = with(&[
        ("_version", "1"),
        ("title", "Wohnlotsen"),
        ("schritt", "abgeben"),
    ]);
    assert_eq!(app.post(&form, &fields).await.to(), form);
    let standing = store.practice(PracticeId(1)).await.unwrap().unwrap();
    assert_eq!(standing.state, State::InReview);
    let events = store.practice_events(PracticeId(1)).await.unwrap();
    assert_eq!(
        events.last().unwrap().actor,
        "05999001",
        "the municipality itself"
    );
    // Somebody else's practice is not reached that way.
    assert_eq!(
        app.post(&app.answers("/kurzform/9"), &[]).await.status,
        StatusCode::NOT_FOUND
    );
}
