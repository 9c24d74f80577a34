//! Field work in the back office: population, contacts, registering, the pretest, and what others may not see.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use fieldwork::{MessageKind, WaveName};
use store::{MailingLine, NewMail, Role};

use crate::support::{Form, TestApp, town, within};

const HERE: &str = "/verwaltung/feld/probe";

fn file(name: &str, bytes: &[u8]) -> Request<Body> {
    let mut body = format!(
        "--grenze\r\nContent-Disposition: form-data; name=\"datei\"; filename=\"{name}\"\r\n\r\n"
    )
    .into_bytes();
    body.extend(bytes);
    body.extend(b"\r\n--grenze--\r\n");
    Request::post(format!("{HERE}/kontakte/datei"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=grenze")
        .body(Body::from(body))
        .unwrap()
}

#[tokio::test]
async fn a_population_is_counted_before_it_is_taken() {
    let app = TestApp::new("field_population").await;
    let staff = app.staff(Role::Researcher).await;
    let path = format!("{HERE}/grundgesamtheit");
    staff.get(&path).await.shows("noch keine Auswahl");
    let counted = staff
        .get(&format!("{path}?zaehlen=1&groesse=MediumTown"))
        .await;
    counted.shows("1 Kommunen wären es");
    assert!(
        staff
            .state
            .store
            .population(&WaveName("probe".into()))
            .await
            .unwrap()
            .is_none()
    );
    let taken = staff
        .post(&path, &[("groesse", "MediumTown"), ("startwert", "7")])
        .await;
    staff
        .get(taken.to())
        .await
        .shows("Die Auswahl ist übernommen");
    let kept = staff
        .state
        .store
        .population(&WaveName("probe".into()))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(kept.chosen.keys, [town().key]);
    let wrong = staff
        .get(&format!("{path}?zaehlen=1&eigene=05999009"))
        .await;
    wrong.shows("05999009 steht nicht in der Liste");
}

#[tokio::test]
async fn a_file_of_contacts_changes_nothing_before_its_button() {
    let app = TestApp::new("field_contacts").await;
    let staff = app.staff(Role::Researcher).await;
    let bad = staff
        .send(file("k.csv", b"AGS;E-Mail\n5999001;a b\n"))
        .await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    bad.shows("Zeile 2")
        .shows("führende Null")
        .shows("keine E-Mail-Adresse")
        .shows("05999001");
    let good = staff
        .send(file(
            "k.csv",
            "AGS;Nachname;E-Mail\n05999001;Müller;rathaus@kommune.example\n".as_bytes(),
        ))
        .await;
    good.shows("1 neu").shows("Noch ist nichts geändert");
    let wave = WaveName("probe".into());
    assert!(staff.state.store.contacts(&wave).await.unwrap().is_empty());
    let token = good.text();
    let at = token.find("name=\"token\" value=\"").unwrap() + 20;
    let token = &token[at..at + token[at..].find('"').unwrap()];
    let taken = staff
        .post(&format!("{HERE}/kontakte/uebernehmen"), &[("token", token)])
        .await;
    staff
        .get(taken.to())
        .await
        .shows("1 Kontakte sind übernommen")
        .shows("rathaus@kommune.example");
    let twice = staff
        .post(&format!("{HERE}/kontakte/uebernehmen"), &[("token", token)])
        .await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    // An objection holds against a later file.
    staff
        .post(
            &format!("{HERE}/kontakte/widerspruch"),
            &[("ags", "05999001")],
        )
        .await
        .to();
    let contact = staff
        .state
        .store
        .contacts(&wave)
        .await
        .unwrap()
        .remove(&town().key)
        .unwrap();
    assert_eq!(contact.mail(), None);
    let line = MailingLine {
        municipality: town().key,
        access: None,
        mail: Some(NewMail {
            to: "Rathaus@Kommune.example".into(),
            subject: "x".into(),
            body: "x".into(),
        }),
    };
    let written = staff
        .state
        .store
        .queue_mailing(
            &wave,
            MessageKind::Invitation,
            1,
            "E-Mail",
            vec![line],
            (within(), "test"),
        )
        .await
        .unwrap();
    assert!(written.is_empty(), "nobody who objected is written to");
}

#[tokio::test]
async fn links_are_masked_for_those_without_the_role() {
    let app = TestApp::new("field_masked").await;
    let mail = NewMail {
        to: "a@b.example".into(),
        subject: "Einladung".into(),
        body: format!(
            "http://a.example/antworten/{} und AB12-CD34-EF56-GH78",
            app.token
        ),
    };
    app.state
        .store
        .queue_mails(vec![mail], within())
        .await
        .unwrap();
    let editor = app.staff(Role::Editor).await;
    editor
        .get("/verwaltung/postausgang/1")
        .await
        .hides(&app.token)
        .hides("AB12")
        .shows("/antworten/…");
    let researcher = app.staff(Role::Researcher).await;
    researcher
        .get("/verwaltung/postausgang/1")
        .await
        .shows(&app.token);
    let association = app.staff(Role::Association).await;
    association
        .get(HERE)
        .await
        .shows("Wie gleichmäßig")
        .hides("/kontakte");
    for path in [
        "kontakte",
        "grundgesamtheit",
        "schreiben/invitation",
        "anmeldungen",
        "probe",
    ] {
        let page = association.get(&format!("{HERE}/{path}")).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(
            editor.get(&format!("{HERE}/{path}")).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_pretest_takes_comments_and_test_responses_count_nowhere() {
    let app = TestApp::new("field_pretest").await;
    let staff = app.staff(Role::Researcher).await;
    let page = app.answers("/seite/basis");
    app.get(&page).await.hides("_pretest.");
    staff
        .post(&format!("{HERE}/probe"), &[("was", "pretest-an")])
        .await
        .to();
    let shown = app.get(&page).await;
    shown.shows("_pretest.");
    let html = shown.text();
    let at = html.find("name=\"_pretest.").unwrap() + 6;
    let name = html[at..at + html[at..].find('"').unwrap()].to_owned();
    let mut fields = Form::of(&html).filled();
    fields.retain(|(n, _)| *n != name);
    fields.push((name, "Das Wort ist unklar.".into()));
    let pairs: Vec<(&str, &str)> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    app.post(&page, &pairs).await;
    staff
        .get(&format!("{HERE}/probe"))
        .await
        .shows("Das Wort ist unklar.")
        .shows("Minuten (Median)");
    let made = staff
        .post(&format!("{HERE}/probe"), &[("was", "test")])
        .await;
    made.shows("/antworten/")
        .shows("Der Link wird nur jetzt gezeigt");
    staff
        .get(HERE)
        .await
        .shows("1 Testantworten")
        .shows("von 1 eingeladenen");
}

#[tokio::test]
async fn the_field_period_is_extended_and_never_shortened() {
    let app = TestApp::new("field_extend").await;
    let staff = app.staff(Role::Researcher).await;
    let path = format!("{HERE}/verlaengern");
    staff
        .post(&path, &[("bis", "2017-02-01")])
        .await
        .shows("verlängert den Befragungszeitraum nicht");
    staff.post(&path, &[("bis", "2017-04-30")]).await.to();
    staff.get(HERE).await.shows("30.\u{a0}April 2017");
}
