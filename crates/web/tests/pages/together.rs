//! Several departments of one municipality on one response, and what the house keeps to itself.

use axum::http::StatusCode;
use fieldwork::{Origin, WaveName};
use questionnaire::{Answer, VariableKey};
use store::Role;

use crate::support::{Form, Page, TestApp, after, shown_link, town};

fn pairs(all: &[(String, String)]) -> Vec<(&str, &str)> {
    all.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect()
}

fn shown_code(page: &Page) -> String {
    let text = page.text();
    let from = text.find("<code id=\"code\">").unwrap() + "<code id=\"code\">".len();
    text[from..from + 19].to_owned()
}

/// Hands pages to a department; its path and code.
async fn department(app: &TestApp, name: &str, pages: &[&str]) -> (String, String) {
    let mut sent = vec![("name", name), ("bis", "2017-03-15")];
    sent.extend(pages.iter().map(|page| ("abschnitt", *page)));
    let page = app.post(&app.answers("/fachbereiche"), &sent).await;
    (shown_link(&page), shown_code(&page))
}

async fn standing(app: &TestApp) -> fieldwork::Response {
    let wave = WaveName("probe".into());
    app.state.store.response(&wave, &town().key).await.unwrap()
}

async fn save(app: &TestApp, at: &str, fields: &[(&str, &str)]) -> Page {
    let shown = Form::of(&app.get(at).await.text());
    let mut sent = pairs(&shown.hidden);
    sent.extend(fields.iter().copied());
    app.post(at, &sent).await
}

#[tokio::test]
async fn a_department_sees_and_answers_its_sections_only() {
    let app = TestApp::new("sections_only").await;
    let (social, code) = department(&app, "Sozialamt", &["aufgaben", "strategie"]).await;
    let start = app.get(&social).await;
    start
        .shows("<h1>Sozialamt</h1>")
        .shows("Aufgaben und Ressourcen");
    start
        .hides("Anliegen und Praxisbeispiel")
        .hides("Über Ihre Kommune");
    // Its own code leads to the same place.
    let typed = app
        .post("/zugang", &[("code", &code)])
        .await
        .to()
        .to_owned();
    app.get(&typed).await.shows("<h1>Sozialamt</h1>");
    app.get(&format!("{social}/seite/aufgaben"))
        .await
        .shows("Wie groß ist die Herausforderung");
    // Everything else is not there for it: other pages, and all that is the contact's.
    for below in [
        "/seite/basis",
        "/seite/austausch",
        "/pruefen",
        "/fertig",
        "/aufgabenliste",
        "/fachbereiche",
        "/fachbereiche/1",
        "/uebernehmen",
        "/mitzeichnung",
        "/aenderungen",
        "/antworten.pdf",
        "/zurueckziehen",
        "/vergleichsblatt",
        "/vergleichsblatt.pdf",
    ] {
        let page = app.get(&format!("{social}{below}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "GET {below}");
    }
    let before = standing(&app).await;
    for below in [
        "",
        "/seite/basis",
        "/seite/austausch",
        "/pruefen",
        "/aufgabenliste",
        "/fachbereiche",
        "/fachbereiche/1",
        "/uebernehmen",
        "/mitzeichnung",
        "/zurueckziehen",
        "/kurzform/1",
    ] {
        let sent = [
            ("rolle", "leitung"),
            ("sicher", "ja"),
            ("_stand", "rolle:0:"),
            ("was", "beenden"),
        ];
        let page = app.post(&format!("{social}{below}"), &sent).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "POST {below}");
    }
    // What it smuggles into a page of its own is not taken either.
    let own = format!("{social}/seite/strategie");
    save(
        &app,
        &own,
        &[
            ("konzept", "nein"),
            ("rolle", "leitung"),
            ("_stand", "rolle:0:"),
        ],
    )
    .await;
    let now = standing(&app).await;
    assert_eq!(
        now.answers().get(&"rolle".into()),
        before.answers().get(&"rolle".into())
    );
    assert_eq!(
        now.answers()[&VariableKey::from("konzept")],
        Answer::Choice("nein".into())
    );
    // Ended, the link opens nothing.
    app.post(&app.answers("/fachbereiche/1"), &[("was", "beenden")])
        .await
        .to();
    assert_eq!(app.get(&social).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn after_the_field_period_a_department_reads_its_sections_only() {
    let app = TestApp::new("sections_after").await;
    let (social, _) = department(&app, "Sozialamt", &["strategie"]).await;
    save(&app, &app.answers("/seite/basis"), &[("rolle", "leitung")]).await;
    let late = app.at(after);
    late.get(&social)
        .await
        .shows("Die Befragung ist beendet")
        .shows("Strategie")
        .hides("Leitung der Verwaltung");
}

#[tokio::test]
async fn the_task_list_goes_from_open_to_checked_and_the_contact_is_told() {
    let app = TestApp::new("task_list").await;
    let (social, _) = department(&app, "Sozialamt", &["strategie"]).await;
    let (school, _) = department(&app, "Schulamt", &["austausch"]).await;
    let list = app.answers("/aufgabenliste");
    app.get(&list)
        .await
        .shows("0 von 4 Abschnitten")
        .shows("Sozialamt: bis zum 15.\u{a0}März 2017")
        .shows("offen");
    let wrong = app.post(&list, &[("was", "mail"), ("mail", "keine")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    app.post(&list, &[("was", "mail"), ("mail", "amt@stadt.example")])
        .await
        .to();
    save(
        &app,
        &format!("{social}/seite/strategie"),
        &[("konzept", "nein")],
    )
    .await;
    app.get(&list).await.shows("begonnen");
    app.post(
        &format!("{social}/fertig-melden"),
        &[("seite", "strategie")],
    )
    .await
    .to();
    app.get(&list)
        .await
        .shows("Sozialamt: fertig gemeldet")
        .shows(">fertig<");
    assert!(
        app.state.store.mails(9).await.unwrap().is_empty(),
        "others are at work"
    );
    app.post(
        &format!("{school}/fertig-melden"),
        &[("seite", "austausch")],
    )
    .await
    .to();
    let mails = app.state.store.mails(9).await.unwrap();
    assert_eq!(
        (mails.len(), mails[0].to.as_str()),
        (1, "amt@stadt.example")
    );
    assert!(mails[0].body.contains("alle Fachbereiche") && !mails[0].body.contains(&app.token));
    app.post(
        &format!("{school}/fertig-melden"),
        &[("seite", "austausch")],
    )
    .await
    .to();
    assert_eq!(
        app.state.store.mails(9).await.unwrap().len(),
        1,
        "told once"
    );
    app.post(&list, &[("was", "geprueft"), ("seite", "strategie")])
        .await
        .to();
    app.get(&list).await.shows(">geprüft<");
    save(
        &app,
        &format!("{social}/seite/strategie"),
        &[("konzept", "ja")],
    )
    .await;
    app.get(&list)
        .await
        .hides(">geprüft<")
        .shows("seit Ihrer Prüfung geändert");
}

#[tokio::test]
async fn the_second_department_sees_whose_answer_stands_and_chooses() {
    let app = TestApp::new("whose_answer").await;
    let (one, _) = department(&app, "Sozialamt", &["basis"]).await;
    let (two, _) = department(&app, "Ausländeramt", &["basis"]).await;
    let (at_one, at_two) = (format!("{one}/seite/basis"), format!("{two}/seite/basis"));
    let shown = Form::of(&app.get(&at_two).await.text());
    save(
        &app,
        &at_one,
        &[("rolle", "leitung"), ("gefluechtete", "100")],
    )
    .await;
    let mut sent = pairs(&shown.hidden);
    sent.extend([("rolle", "integration"), ("gefluechtete", "100")]);
    let page = app.post(&at_two, &sent).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.shows("Gespeichert von Sozialamt um 14:05 Uhr")
        .shows("Leitung der Verwaltung")
        .shows("Fachstelle Integration");
    let form = Form::of(&page.text());
    let mut sent = pairs(&form.hidden);
    sent.extend(
        form.first_choice
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str())),
    );
    app.post(&at_two, &sent).await.to();
    let record = standing(&app).await.records[&VariableKey::from("rolle")].clone();
    assert_eq!(record.answer, Some(Answer::Choice("integration".into())));
    assert!(
        matches!(record.by, Origin::Department(id) if id.0 == 2),
        "{:?}",
        record.by
    );
    app.get(&app.answers("/seite/basis"))
        .await
        .shows("Zuletzt beantwortet von Ausländeramt");
}

/// A page that comes back with an error showed the others' newer answers as if its writer had given the old ones.
#[tokio::test]
async fn what_others_saved_meanwhile_survives_a_page_that_comes_back_with_an_error() {
    let app = TestApp::new("meanwhile").await;
    let (one, _) = department(&app, "Sozialamt", &["basis"]).await;
    let (two, _) = department(&app, "Ausländeramt", &["basis"]).await;
    let (at_one, at_two) = (format!("{one}/seite/basis"), format!("{two}/seite/basis"));
    save(&app, &at_one, &[("rolle", "integration")]).await;
    let shown = Form::of(&app.get(&at_two).await.text());
    save(
        &app,
        &at_one,
        &[("rolle", "leitung"), ("gefluechtete", "100")],
    )
    .await;
    let mut sent = pairs(&shown.hidden);
    sent.extend([("rolle", "integration"), ("gefluechtete", "viele")]);
    let back = app.post(&at_two, &sent).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    back.shows("value=\"leitung\" checked")
        .shows("value=\"viele\"");
    // Corrected: the other number is no news that may be passed over.
    let again = Form::of(&back.text());
    let mut sent = pairs(&again.hidden);
    sent.extend([("rolle", "leitung"), ("gefluechtete", "7")]);
    let told = app.post(&at_two, &sent).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    told.shows("_wahl.gefluechtete").hides("_wahl.rolle");
    let now = standing(&app).await.answers();
    assert_eq!(
        now[&VariableKey::from("rolle")],
        Answer::Choice("leitung".into())
    );
    assert_eq!(
        now[&VariableKey::from("gefluechtete")],
        Answer::Number(100.0)
    );
    // "What is saved" is chosen: the page that comes back for another reason shows that.
    let form = Form::of(&told.text());
    let mut sent = pairs(&form.hidden);
    sent.retain(|(name, _)| *name != "rolle");
    sent.push(("_wahl.gefluechtete", "gespeichert"));
    let back = app.post(&at_two, &sent).await;
    if back.status == StatusCode::UNPROCESSABLE_ENTITY {
        back.shows("value=\"100\"").hides("value=\"7\"");
    }
    assert_eq!(
        standing(&app).await.answers()[&VariableKey::from("gefluechtete")],
        Answer::Number(100.0)
    );
}

/// "1,000 races of two departments on the same answer: no silent overwrite."
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_races_on_one_answer_overwrite_nothing_silently() {
    let app = TestApp::new("races").await;
    let (one, _) = department(&app, "Sozialamt", &["basis"]).await;
    let (two, _) = department(&app, "Ausländeramt", &["basis"]).await;
    let app = std::sync::Arc::new(app);
    let (mut told, mut silent) = (0, 0);
    let mut wins = [0, 0];
    for round in 0..1000 {
        let before = standing(&app).await.version(&"gefluechtete".into());
        let race = [(&one, 2 * round + 1), (&two, 2 * round + 2)].map(|(path, number)| {
            let (app, at) = (app.clone(), format!("{path}/seite/basis"));
            async move {
                let shown = Form::of(&app.get(&at).await.text());
                (app, at, shown, number.to_string())
            }
        });
        let [a, b] = race;
        // Both have seen the same state; then both send at once, each from a task of its own.
        let (a, b) = (a.await, b.await);
        let race = [a, b].map(|(app, at, shown, number)| {
            tokio::spawn(async move {
                let mut sent = pairs(&shown.hidden);
                sent.extend([("gefluechtete", number.as_str()), ("_genannt", "rolle")]);
                let page = app.post(&at, &sent).await;
                (page.status, page.text(), number)
            })
        });
        let mut done = Vec::new();
        for task in race {
            done.push(task.await.unwrap());
        }
        let won: Vec<usize> = (0..2)
            .filter(|i| done[*i].0 == StatusCode::SEE_OTHER)
            .collect();
        let lost: Vec<usize> = (0..2)
            .filter(|i| done[*i].0 == StatusCode::CONFLICT)
            .collect();
        let now = standing(&app).await;
        let record = &now.records[&VariableKey::from("gefluechtete")];
        let right = won.len() == 1
            && lost.len() == 1
            && record.version == before + 1
            && record.answer == Some(Answer::Number(done[won[0]].2.parse().unwrap()))
            && matches!(record.by, Origin::Department(id) if id.0 == won[0] as i64 + 1);
        // The loser reads both values and who saved the other.
        let winner = ["Sozialamt", "Ausländeramt"][won.first().copied().unwrap_or(0)];
        let page = lost.first().map_or("", |i| &done[*i].1);
        told += usize::from(right && page.contains(winner) && page.contains("_wahl.gefluechtete"));
        silent += usize::from(!right);
        if let Some(i) = won.first() {
            wins[*i] += 1;
        }
    }
    println!(
        "1000 races: {told} times the second was told, {silent} silent; first to save: {wins:?}"
    );
    assert_eq!((told, silent), (1000, 0));
}

#[tokio::test]
async fn comments_stay_inside_the_municipality() {
    let app = TestApp::new("comments").await.with_edition().await;
    let (social, _) = department(&app, "Sozialamt", &["basis"]).await;
    let words = "Zahl bitte mit dem Ausländeramt abgleichen";
    save(
        &app,
        &format!("{social}/seite/basis"),
        &[("rolle", "leitung"), ("_anmerkung.rolle", words)],
    )
    .await;
    app.get(&app.answers("/seite/basis"))
        .await
        .shows(words)
        .shows("Sozialamt");
    let (other, _) = department(&app, "Schulamt", &["strategie"]).await;
    app.get(&format!("{other}/seite/strategie"))
        .await
        .hides(words);
    // No page of the institute shows it, paper entry included; and it is no answer.
    let signed = app.staff(Role::Researcher).await;
    for path in [
        "/verwaltung/ruecklauf/probe",
        "/verwaltung/ruecklauf/probe/kommunen/05999001",
        "/antworten/papier.probe.05999001/seite/basis",
        "/antworten/papier.probe.05999001/pruefen",
        "/verwaltung/protokoll",
        "/verwaltung/ruecklauf/probe/datenschutz",
    ] {
        let page = signed.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        page.hides(words);
    }
    let document = serde_json::to_string(&standing(&app).await).unwrap();
    assert!(!document.contains(words));
}

#[tokio::test]
async fn facts_of_the_last_wave_are_taken_over_with_consent_and_marked() {
    let app = TestApp::new("take_over").await;
    // The same questionnaire was asked in winter.
    let store = &app.state.store;
    let mut earlier = store
        .wave(&WaveName("probe".into()))
        .await
        .unwrap()
        .unwrap();
    earlier.wave.name = WaveName("winter".into());
    earlier.wave.opens = "2016-01-01T00:00:00Z".parse().unwrap();
    earlier.wave.closes = "2016-03-01T00:00:00Z".parse().unwrap();
    let winter = earlier.wave.name.clone();
    store
        .put_wave(earlier, crate::support::within(), "test")
        .await
        .unwrap();
    let (link, code) = (
        fieldwork::AccessToken::from_random([9; 16]).hash(),
        fieldwork::AccessCode::from_random([9; 10]).hash(),
    );
    let new = store::NewInvitation {
        municipality: town().key,
        link,
        code,
    };
    store
        .invite(&winter, "test", vec![new], crate::support::within(), "test")
        .await
        .unwrap();
    let record = |answer| fieldwork::AnswerRecord {
        answer: Some(answer),
        version: 1,
        saved: "2016-02-01T00:00:00Z".parse().unwrap(),
        by: Origin::Contact,
    };
    let response = fieldwork::Response {
        wave: winter.clone(),
        municipality: town().key,
        records: [
            ("gefluechtete".into(), record(Answer::Number(321.0))),
            ("konzept".into(), record(Answer::Choice("ja".into()))),
            (
                "aufgaben.wohnen".into(),
                record(Answer::Choice("gross".into())),
            ),
            ("anliegen".into(), record(Answer::Text("Damals".into()))),
        ]
        .into(),
        submitted: None,
    };
    store
        .import_responses(vec![response], crate::support::before())
        .await
        .unwrap();
    let at = app.answers("/uebernehmen");
    let offered = app.get(&at).await;
    // Facts only: no rating, no text.
    offered
        .shows("321\u{a0}Personen")
        .shows("Integrationskonzept")
        .hides("Damals")
        .hides("eher groß");
    let nothing = app.post(&at, &[]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    app.post(&at, &[("frage", "gefluechtete")]).await.to();
    let record = standing(&app).await.records[&VariableKey::from("gefluechtete")].clone();
    assert_eq!(record.by, Origin::TakenOver(winter));
    app.get(&app.answers("/seite/basis"))
        .await
        .shows("Übernommen aus der Befragung winter. Bitte prüfen.");
    app.get(&at).await.hides("321\u{a0}Personen");
    app.post(&at, &[("abschnitt", "strategie")]).await.to();
    assert!(
        standing(&app)
            .await
            .answers()
            .contains_key(&"konzept".into())
    );
    save(
        &app,
        &app.answers("/seite/basis"),
        &[("rolle", "leitung"), ("gefluechtete", "400")],
    )
    .await;
    app.get(&app.answers("/seite/basis"))
        .await
        .hides("Übernommen aus");
}

/// Answers everything as the contact and submits.
async fn submitted(app: &TestApp) {
    let mut at = app.post(&app.answers(""), &[]).await.to().to_owned();
    for _ in 0..12 {
        let path = at.split('#').next().unwrap().to_owned();
        let page = app.get(&path).await;
        if page.text().contains("id=\"fertig\"") {
            return;
        }
        let mut sent = Form::of(&page.text()).filled();
        sent.retain(|(n, _)| !n.starts_with("_anmerkung"));
        at = app.post(&path, &pairs(&sent)).await.to().to_owned();
    }
    panic!("not submitted");
}

#[tokio::test]
async fn changes_after_submitting_keep_who_when_before_and_after() {
    let app = TestApp::new("history").await;
    submitted(&app).await;
    let list = app.answers("/aenderungen");
    app.get(&list).await.shows("wurde nichts geändert");
    let (social, _) = department(&app, "Sozialamt", &["basis"]).await;
    save(
        &app,
        &format!("{social}/seite/basis"),
        &[("rolle", "leitung"), ("gefluechtete", "77")],
    )
    .await;
    app.get(&list)
        .await
        .shows("Sozialamt")
        .shows("12\u{a0}Personen")
        .shows("77\u{a0}Personen")
        .shows("14:05 Uhr");
    let late = app.at(after);
    let refused = late
        .post(&format!("{social}/seite/basis"), &[("gefluechtete", "78")])
        .await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_sign_off_is_read_only_and_tells_when_answers_changed_since() {
    let app = TestApp::new("sign_off").await;
    save(
        &app,
        &app.answers("/seite/basis"),
        &[("rolle", "leitung"), ("gefluechtete", "100")],
    )
    .await;
    let made = app
        .post(&app.answers("/mitzeichnung"), &[("was", "link")])
        .await;
    let link = shown_link(&made);
    app.get(&link)
        .await
        .shows("Leitung der Verwaltung")
        .hides(&app.token)
        .hides("/seite/");
    let without = app.post(&link, &[("funktion", " ")]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    app.post(&link, &[("funktion", "Bürgermeisteramt")])
        .await
        .to();
    app.get(&app.answers("/mitzeichnung"))
        .await
        .shows("Mitgezeichnet: Bürgermeisteramt, 1.\u{a0}März 2017")
        .hides("danach geändert");
    save(
        &app,
        &app.answers("/seite/basis"),
        &[("rolle", "leitung"), ("gefluechtete", "101")],
    )
    .await;
    app.get(&app.answers("/mitzeichnung"))
        .await
        .shows("danach geändert");
    app.post(
        &app.answers("/mitzeichnung"),
        &[
            ("was", "papier"),
            ("funktion", "Hauptamt"),
            ("tag", "28.02.2017"),
        ],
    )
    .await
    .to();
    app.get(&app.answers("/mitzeichnung"))
        .await
        .shows("Auf Papier mitgezeichnet: Hauptamt, 28.\u{a0}Februar 2017");
    app.get(&app.answers("/antworten.pdf"))
        .await
        .shows("%PDF Beispielstadt, Stadt 2");
}

#[tokio::test]
async fn a_new_contact_takes_over_and_the_old_link_opens_nothing() {
    let app = TestApp::new("new_contact").await;
    save(
        &app,
        &app.answers("/seite/basis"),
        &[("rolle", "leitung"), ("gefluechtete", "100")],
    )
    .await;
    let (social, _) = department(&app, "Sozialamt", &["strategie"]).await;
    let signed = app.staff(Role::Researcher).await;
    let at = "/verwaltung/ruecklauf/probe/kommunen/05999001";
    signed
        .get("/verwaltung/ruecklauf/probe/kommunen?name=beispiel")
        .await
        .shows(at);
    let unsaid = signed.post(at, &[("was", "neu")]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    let new = signed
        .post(at, &[("was", "neu"), ("fachbereiche", "behalten")])
        .await;
    let link = shown_link(&new);
    assert_eq!(
        app.get(&app.answers("")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        app.get(&format!("/antworten/{}", app.code)).await.status,
        StatusCode::NOT_FOUND
    );
    app.get(&format!("{link}/pruefen"))
        .await
        .shows("Leitung der Verwaltung");
    app.get(&social).await.shows("<h1>Sozialamt</h1>");
    let again = signed
        .post(at, &[("was", "neu"), ("fachbereiche", "beenden")])
        .await;
    shown_link(&again);
    assert_eq!(app.get(&social).await.status, StatusCode::NOT_FOUND);
    let editor = app.staff(Role::Editor).await;
    assert_eq!(
        editor.post(at, &[("was", "neu")]).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn answers_on_paper_are_typed_in_by_the_institute_and_marked() {
    let app = TestApp::new("on_paper").await;
    let at = "/antworten/papier.probe.05999001/seite/basis";
    assert_eq!(app.get(at).await.to(), "/anmelden");
    assert_eq!(
        app.staff(Role::Editor).await.get(at).await.status,
        StatusCode::FORBIDDEN
    );
    let signed = app.staff(Role::Researcher).await;
    save(&signed, at, &[("rolle", "leitung"), ("gefluechtete", "55")])
        .await
        .to();
    assert_eq!(
        standing(&app).await.records[&VariableKey::from("rolle")].by,
        Origin::Paper
    );
    app.get(&app.answers("/seite/basis"))
        .await
        .shows("von Papier übertragen");
}

#[tokio::test]
async fn a_withdrawal_asks_first_deletes_and_is_too_late_after_freezing() {
    let app = TestApp::new("withdrawal").await;
    let at = app.answers("/zurueckziehen");
    submitted(&app).await;
    let (social, _) = department(&app, "Sozialamt", &["basis"]).await;
    let unsure = app.post(&at, &[]).await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!standing(&app).await.records.is_empty());
    app.post(&at, &[("sicher", "ja")]).await.to();
    app.get(&at).await.shows("zurückgezogen und gelöscht");
    assert!(standing(&app).await.records.is_empty());
    assert_eq!(app.get(&social).await.status, StatusCode::NOT_FOUND);
    let refused = app
        .post(&app.answers("/seite/basis"), &[("rolle", "leitung")])
        .await;
    assert_eq!(refused.status, StatusCode::CONFLICT);

    let frozen = TestApp::new("withdrawal_frozen").await;
    (frozen.state.steps.close_wave)(
        WaveName("probe".into()),
        crate::support::within(),
        "test".into(),
    )
    .await
    .unwrap();
    let late = frozen.at(after);
    late.post(&frozen.answers("/zurueckziehen"), &[("sicher", "ja")])
        .await
        .to();
    late.get(&frozen.answers("/zurueckziehen"))
        .await
        .shows("nicht mehr möglich");
}

#[tokio::test]
async fn the_information_and_the_record_are_made_of_the_waves_settings() {
    let app = TestApp::new("information").await;
    let public = "/datenschutz/probe";
    app.get(public)
        .await
        .shows("Noch nicht angegeben.")
        .shows("studie@institut.example");
    // A period that nobody stated deletes nothing, so none is promised.
    app.get(public).await.hides("30.\u{a0}Juni 2017");
    let signed = app.staff(Role::Researcher).await;
    let at = "/verwaltung/ruecklauf/probe/datenschutz";
    signed.get(at).await.shows("Noch ist nichts gespeichert");
    let mut sent = vec![
        ("version", "0"),
        ("verantwortlich", "Institut, Musterweg 1\n12345 Musterstadt"),
        ("beauftragt", "dsb@institut.example"),
        ("grundlage", "Art. 6 Abs. 1 Buchst. e DSGVO"),
        ("auftrag", "Rechenzentrum Nord"),
        ("herkunft", "Internetseiten der Kommunen"),
        ("aufsicht", "Landesbeauftragte"),
        ("zusammen", "30"),
        ("verlauf", "60"),
        ("antworten", "365"),
        ("kontakte", "200"),
        ("mails", "100"),
        ("protokoll", "viele"),
    ];
    let wrong = signed.post(at, &sent).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.shows("viele").shows("Musterweg 1");
    sent.pop();
    sent.push(("protokoll", "1000"));
    signed.post(at, &sent).await.to();
    let stale = signed.post(at, &sent).await;
    assert_eq!(
        stale.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "another window saved in between"
    );
    app.get(public)
        .await
        .shows("Musterweg 1")
        .shows("dsb@institut.example")
        .shows("Rechenzentrum Nord")
        .shows("1.\u{a0}Mai 2017")
        .hides("Noch nicht angegeben");
    signed
        .get("/verwaltung/ruecklauf/probe/verzeichnis")
        .await
        .shows("Art. 6 Abs. 1")
        .shows("Betroffene Personen");
    signed
        .get("/verwaltung/vorlagen/auftragsverarbeitung")
        .await
        .shows("Art. 28");
    assert_eq!(
        app.get("/datenschutz/gibt-es-nicht").await.status,
        StatusCode::NOT_FOUND
    );
}
