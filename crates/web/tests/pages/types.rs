//! Every type of question: what is typed is taken or told, what was typed stays, and what is asked follows.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use fieldwork::WaveName;
use questionnaire::{Answer, Answers};

use crate::support::{Page, TestApp, shown_link, town};

const TYPES: &str = include_str!("../../../../demo/fragentypen.yaml");

async fn answers(app: &TestApp) -> Answers {
    let wave = WaveName("probe".into());
    let response = app.state.store.response(&wave, &town().key).await;
    response.expect("a response").answers()
}

/// What the page itself carries: what was asked, and how it stood.
async fn hidden(app: &TestApp, page: &str) -> (String, String) {
    let text = app
        .get(&app.answers(&format!("/seite/{page}")))
        .await
        .text();
    let (_, rest) = text.split_once("name=\"_stand\" value=\"").expect("a form");
    let (stand, _) = rest.split_once('"').expect("a value");
    ("_stand".to_owned(), stand.to_owned())
}

async fn sent(app: &TestApp, page: &str, fields: &[(&str, &str)]) -> Page {
    let address = app.answers(&format!("/seite/{page}"));
    let (name, stand) = hidden(app, page).await;
    let mut all = vec![(name.as_str(), stand.as_str())];
    all.extend(fields);
    app.post(&address, &all).await
}

const CHOICES: [(&str, &str); 8] = [
    ("konzept", "sonst"),
    ("konzept.sonst.text", "Ein <b>Leitbild</b> & mehr"),
    ("konzept.comment", "seit Langem"),
    ("gremium", "ja"),
    ("sitz", "amt"),
    ("partner", "vereine"),
    ("partner.vereine.comment", "drei"),
    ("zufrieden", "4"),
];

#[tokio::test]
async fn choices_take_texts_of_ones_own_and_later_texts_name_them() {
    let app = TestApp::asking("types_choices", TYPES).await;
    app.post(&app.answers(""), &[]).await;
    let page = app.get(&app.answers("/seite/auswahl")).await;
    page.shows("href=\"https://example.org/anleitung\"")
        .shows("value=\"rathaus\" selected>")
        .shows("name=\"konzept.sonst.text\"");
    let next = sent(&app, "auswahl", &CHOICES).await;
    assert_eq!(next.to(), app.answers("/seite/tabellen"));
    let kept = answers(&app).await;
    assert_eq!(
        kept.get(&"konzept".into()),
        Some(&Answer::Choice("sonst".into()))
    );
    let own = Answer::Text("Ein <b>Leitbild</b> & mehr".into());
    assert_eq!(kept.get(&"konzept.sonst.text".into()), Some(&own));
    assert!(
        kept.contains_key(&questionnaire::SEED.into()),
        "the order's seed is kept"
    );
    let tables = app.get(&app.answers("/seite/tabellen")).await;
    tables
        .shows("„Ein &lt;b&gt;Leitbild&lt;/b&gt; &amp; mehr“")
        .shows("mit Vereinen")
        .hides("mit Schulen");
    assert_eq!(
        tables.text(),
        app.get(&app.answers("/seite/tabellen")).await.text()
    );
    let review = app.get(&app.answers("/pruefen")).await;
    review
        .shows("Ein &#60;b&#62;Leitbild")
        .shows("Anmerkung")
        .hides("<b>Leitbild");
}

#[tokio::test]
async fn numbers_and_sums_are_told_with_what_was_typed() {
    let app = TestApp::asking("types_numbers", TYPES).await;
    app.post(&app.answers(""), &[]).await;
    let wrong = sent(
        &app,
        "zahlen",
        &[("personal", "viele"), ("anteile.beratung", "60 %")],
    )
    .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong
        .shows("Sie haben „viele“ eingegeben")
        .shows("value=\"viele\"")
        .shows("Die Zahlen ergeben zusammen 60");
    let right = [
        ("personal", "12,5"),
        ("anteile.beratung", "60"),
        ("anteile.verwaltung", "30"),
        ("anteile.netzwerk", "10"),
        ("mittel.vorjahr.euro", "1.000"),
        ("mittel.heuer.euro", "20 000"),
        ("mittel.heuer.quelle", "Land"),
    ];
    let told = sent(&app, "zahlen", &right).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    told.shows("Zehnfache")
        .shows("!mittel.vorjahr.euro")
        .shows("7,5\u{a0}Stellen");
    let mut again = right.to_vec();
    again.push(("_genannt", "!mittel.vorjahr.euro"));
    assert!(sent(&app, "zahlen", &again).await.to().contains("/seite/"));
    app.get(&app.answers("/seite/zahlen"))
        .await
        .shows("Das sind viele Stellen: <span data-wort=\"beratungsstellen\">7,5");
}

#[tokio::test]
async fn texts_days_and_ranks_are_read_and_their_faults_told() {
    let app = TestApp::asking("types_texts", TYPES).await;
    app.post(&app.answers(""), &[]).await;
    let wrong = [
        ("plz", "1067"),
        ("beginn", "31.02.2010"),
        ("vorrang.wohnen", "1"),
        ("vorrang.arbeit", "1"),
    ];
    let page = sent(&app, "texte", &wrong).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("Bitte geben Sie fünf Ziffern ein")
        .shows("value=\"31.02.2010\"")
        .shows("Platz 1 ist zweimal vergeben");
    let right = [
        ("plz", "01067"),
        ("beginn", "1.9.2015"),
        ("vorrang.wohnen", "2"),
        ("vorrang.arbeit", "1"),
        ("orte.eins", "Markt"),
    ];
    assert!(sent(&app, "texte", &right).await.to().contains("/seite/"));
    let kept = answers(&app).await;
    let order = Answer::Ranking(vec!["arbeit".into(), "wohnen".into()]);
    assert_eq!(kept.get(&"vorrang".into()), Some(&order));
    assert_eq!(
        kept.get(&"beginn".into()),
        Some(&Answer::Date(jiff::civil::date(2015, 9, 1)))
    );
    app.get(&app.answers("/pruefen"))
        .await
        .shows("1. Arbeit; 2. Wohnen")
        .shows("01.09.2015");
}

/// A form as a browser sends it with a file.
fn multipart(fields: &[(&str, &str)], file: (&str, &str, &[u8])) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!(
            "--grenze\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend(part.bytes());
    }
    let (name, file_name, bytes) = file;
    let head = format!(
        "--grenze\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\ncontent-type: application/pdf\r\n\r\n"
    );
    body.extend(head.bytes());
    body.extend(bytes);
    body.extend(b"\r\n--grenze--\r\n");
    ("multipart/form-data; boundary=grenze".to_owned(), body)
}

#[tokio::test]
async fn files_are_looked_into_and_municipalities_searched() {
    let app = TestApp::asking("types_files", TYPES).await;
    app.post(&app.answers(""), &[]).await;
    let address = app.answers("/seite/dateien/dateien");
    let (name, stand) = hidden(&app, "dateien").await;
    let send = async |fields: &[(&str, &str)], file: (&str, &str, &[u8])| {
        let mut all = vec![(name.as_str(), stand.as_str())];
        all.extend(fields);
        let (kind, body) = multipart(&all, file);
        let request = Request::post(&address).header("content-type", kind);
        app.send(request.body(Body::from(body)).expect("a request"))
            .await
    };
    let asked = [("postfach", "keine Adresse"), ("vorbild", "Nachbar")];
    let wrong = send(&asked, ("_datei.unterlagen", "konzept.pdf", b"MZ no pdf")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong
        .shows("konzept.pdf")
        .shows("nicht von einer Art")
        .shows("vollständige E-Mail-Adresse")
        .shows("value=\"keine Adresse\"")
        .shows("value=\"05999002\"");
    let asked = [
        ("postfach", "rathaus@beispielstadt.example"),
        ("vorbild", "Nachbar"),
        ("_kommune.vorbild", "05999002"),
        ("unterlagen", "00112233|5|fremd.pdf"),
    ];
    let right = send(
        &asked,
        ("_datei.unterlagen", "../konzept.pdf", b"%PDF-1.7 x"),
    )
    .await;
    assert!(right.to().contains("/antworten/"), "{}", right.to());
    let kept = answers(&app).await;
    let Some(Answer::Municipality(place)) = kept.get(&"vorbild".into()) else {
        panic!("{kept:?}");
    };
    assert_eq!(
        (place.key.as_str(), place.name.as_str()),
        ("05999002", "Nachbarort")
    );
    let Some(Answer::Files(files)) = kept.get(&"unterlagen".into()) else {
        panic!("{kept:?}");
    };
    assert_eq!(files.len(), 1, "another's file is not named: {files:?}");
    assert_eq!(files[0].name, "konzept.pdf");
    let file = app
        .get(&app.answers(&format!("/datei/{}", files[0].id)))
        .await;
    assert_eq!(file.bytes, b"%PDF-1.7 x");
    // Its tick taken away, it is gone when the page is saved: the answer, and the file itself.
    let address = app.answers(&format!("/datei/{}", files[0].id));
    sent(
        &app,
        "dateien",
        &[("postfach", "rathaus@beispielstadt.example")],
    )
    .await;
    assert!(!answers(&app).await.contains_key(&"unterlagen".into()));
    assert_eq!(app.get(&address).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_researcher_sees_the_way_of_a_kind_of_respondent() {
    let app = TestApp::asking("types_paths", TYPES).await;
    let staff = app.staff(store::Role::Researcher).await;
    let open = staff.get("/verwaltung/ruecklauf/probe/wege").await;
    open.shows("<svg").shows("Sicher gesehen: 5 von 6");
    let best = staff
        .get("/verwaltung/ruecklauf/probe/wege?lage.amt=gut")
        .await;
    best.shows("Sicher gesehen: 6 von 6");
    let wrong = staff
        .get("/verwaltung/ruecklauf/probe/wege?personal=viel")
        .await;
    wrong.shows("Sie haben „viel“ eingegeben");
}

/// The text of the second page names an answer of the first: the contact reads it, a department that has not got the
/// first page does not.
#[tokio::test]
async fn inserted_answers_of_other_sections_stay_from_a_department() {
    let app = TestApp::asking("types_departments", TYPES).await;
    app.post(&app.answers(""), &[]).await;
    sent(&app, "auswahl", &CHOICES).await;
    app.get(&app.answers("/seite/tabellen"))
        .await
        .shows("„Ein &lt;b&gt;Leitbild&lt;/b&gt; &amp; mehr“");
    let handed = [
        ("name", "Sozialamt"),
        ("bis", "2017-03-15"),
        ("abschnitt", "tabellen"),
    ];
    let made = app.post(&app.answers("/fachbereiche"), &handed).await;
    let social = shown_link(&made);
    app.get(&format!("{social}/seite/tabellen"))
        .await
        .shows("Beim Konzept haben Sie geantwortet: „…“")
        // What is asked rests on all answers, also on those that this department does not read.
        .shows("name=\"lage.vereine\"")
        .hides("name=\"lage.schulen\"")
        .hides("etwas anderes")
        .hides("Leitbild");
}

/// The value between two marks of a page.
fn between(text: &str, before: &str, behind: &str) -> String {
    let (_, rest) = text.split_once(before).expect("what stands before");
    rest.split_once(behind)
        .expect("what stands behind")
        .0
        .to_owned()
}

#[tokio::test]
async fn what_may_come_up_waits_in_a_template_and_the_script_is_one_small_file() {
    let app = TestApp::asking("types_script", TYPES).await;
    app.post(&app.answers(""), &[]).await;
    let page = app.get(&app.answers("/seite/zahlen")).await;
    let text = page.text();
    page.shows("<template data-was=\"q:viel\" data-stand=\"\">");
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.contains("script-src 'self';") && !policy.contains("unsafe"),
        "{policy}"
    );
    let address = between(&text, "<script src=\"", "\"");
    assert_eq!(text.matches("<script").count(), 1);
    let request = Request::get(&address).header("accept-encoding", "gzip");
    let script = app.send(request.body(Body::empty()).unwrap()).await;
    assert!(
        script.headers["cache-control"]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    println!("{} bytes of script over the wire", script.bytes.len());
    assert!(script.bytes.len() <= 15_000);
    // A page with nothing to show or count has no script at all.
    let first = app.get(&app.answers("")).await;
    first.hides("<script");
    // A question that came up is sent with what it was shown with, and saved as if it had been there.
    let live = between(&text, "data-lebendig=\"", "\"");
    assert!(
        live.contains("personal") && live.contains("anteile.beratung"),
        "{live}"
    );
}

#[tokio::test]
async fn municipalities_are_suggested_to_who_may_answer() {
    let app = TestApp::asking("types_suggest", TYPES).await;
    let found = app.get(&app.answers("/kommunen?q=nachb")).await;
    assert_eq!(found.headers["content-type"], "application/json");
    found.shows("[\"05999002\",\"Nachbarort\",");
    assert_eq!(app.get(&app.answers("/kommunen?q=")).await.text(), "[]");
    let stranger = app.get("/antworten/niemand/kommunen?q=nachb").await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
}

const FRENCH: &str = "
format: 1
key: sprachen
version: 1
languages: [de, en, fr]
title: { de: Probe, en: Trial, fr: Essai }
pages:
  - key: eins
    title: { de: Eins, en: One, fr: Un }
    questions:
      - key: farbe
        type: single
        text: { de: Welche Farbe?, en: Which colour?, fr: Quelle couleur ? }
        options:
          rot: { de: rot, en: red, fr: rouge }
          blau: { de: blau, en: blue, fr: bleu }
  - key: zwei
    title: { de: Zwei, en: Two, fr: Deux }
    questions:
      - key: grund
        type: short-text
        text: { de: \"Warum {farbe}?\", en: \"Why {farbe}?\", fr: \"Pourquoi {farbe} ?\" }
  - key: drei
    title: { de: Drei, en: Three, fr: Trois }
    questions:
      - key: stellen
        type: number
        dont-know: true
        no-answer: true
        unit: { de: Stellen, en: positions, fr: postes }
        text: { de: Wie viele?, en: How many?, fr: Combien ? }
      - key: genug
        type: yes-no
        required: false
        text: { de: \"Reichen {stellen}?\", en: \"Are {stellen} enough?\", fr: \"Est-ce que {stellen} suffisent ?\" }
      - key: wann
        type: date
        default: 2016-05-01
        required: false
        text: { de: Wann?, en: When?, fr: Quand ? }
      - key: rang
        type: ranking
        required: false
        text: { de: Rang?, en: Rank?, fr: Rang ? }
        options: { a: { de: a, en: a, fr: a }, b: { de: b, en: b, fr: b } }
      - key: weiter
        type: long-text
        required: false
        text: { de: Sonst?, en: Else?, fr: Autre chose ? }
";

#[tokio::test]
async fn a_french_questionnaire_has_no_german_among_its_questions() {
    for (name, file) in [
        ("types_tongue", FRENCH.to_owned()),
        // French alone: there is nothing to choose.
        ("types_tongue_only", only_french()),
    ] {
        let app = TestApp::asking(name, &file).await;
        app.post(&app.answers(""), &[]).await;
        let path = app.answers("/seite/drei?sprache=fr");
        let page = app.get(&path).await;
        let shown = page.text();
        let (_, form) = shown.split_once("<form id=\"bogen\"").expect("a form");
        let (form, _) = form.split_once("</form>").expect("its end");
        let own = [
            "oui",
            "non",
            "ne sait pas",
            "sans réponse",
            "facultatif",
            "Jour, mois et année",
            "Attribuez les rangs",
            "Enregistrer la page et continuer",
            "Pouvons-nous citer cette réponse ?",
        ];
        for words in own {
            assert!(form.contains(words), "{name}: {words}");
        }
        for words in [
            "weiß nicht",
            "keine Angabe",
            "freiwillig",
            ">ja<",
            ">nein<",
            "speichern und",
            "Tag, Monat",
            "Plätze",
            "zitieren",
        ] {
            assert!(!form.contains(words), "{name}: {words}");
        }
        let stand = between(&shown, "name=\"_stand\" value=\"", "\"");
        let wrong = [
            ("_stand", stand.as_str()),
            ("stellen", "viele"),
            ("wann", "bald"),
        ];
        app.post(&path, &wrong)
            .await
            .shows("Veuillez saisir un nombre possible ici")
            .shows("Veuillez saisir une date possible ici")
            .hides("Bitte geben Sie");
    }
}

/// The same questionnaire with its French words only.
fn only_french() -> String {
    let file = FRENCH.replace("[de, en, fr]", "[fr]");
    let lines = file.lines().map(|line| {
        let mut line = line.to_owned();
        while let Some(at) = line.find("de: ") {
            let end = line[at..].find("fr: ").expect("French behind it");
            line.replace_range(at..at + end, "");
        }
        line
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn what_a_text_inserts_from_its_own_page_is_there_for_the_script() {
    let app = TestApp::asking("types_live_words", FRENCH).await;
    app.post(&app.answers(""), &[]).await;
    let page = app.get(&app.answers("/seite/drei")).await;
    page.shows("name=\"wann\" value=\"01.05.2016\"")
        .shows("<span data-satz>Reichen <span data-wort=\"stellen\">…</span>?</span>");
    let live = between(&page.text(), "data-lebendig=\"", "\"");
    assert!(
        live.contains("weiß nicht") && live.contains("Stellen"),
        "{live}"
    );
}

#[tokio::test]
async fn the_language_of_the_questions_is_chosen_and_kept() {
    let app = TestApp::asking("types_french", FRENCH).await;
    app.get(&app.answers(""))
        .await
        .shows("?sprache=fr\" lang=\"fr\" hreflang=\"fr\">Français</a>");
    let begun = app.post(&app.answers("?sprache=fr"), &[]).await;
    assert_eq!(begun.to(), app.answers("/seite/eins?sprache=fr"));
    let page = app.get(begun.to()).await;
    page.shows("<h1 lang=\"fr\">Un</h1>")
        .shows("<div lang=\"fr\">")
        .shows("Quelle couleur ?")
        .shows("rouge")
        .shows("<html lang=\"de\">")
        .shows("Enregistrer la page et continuer")
        .hides("Welche Farbe");
    let stand = between(&page.text(), "name=\"_stand\" value=\"", "\"");
    let next = app
        .post(begun.to(), &[("_stand", stand.as_str()), ("farbe", "rot")])
        .await;
    assert_eq!(next.to(), app.answers("/seite/zwei?sprache=fr"));
    app.get(next.to()).await.shows("Pourquoi rouge ?");
    app.get(&app.answers("/seite/zwei?lang=en&sprache=fr"))
        .await
        .shows("Pourquoi rouge ?")
        .shows("<html lang=\"en\">")
        .hides("Warum");
    // A language that it has not got is passed over.
    app.get(&app.answers("/seite/zwei?sprache=it"))
        .await
        .shows("Warum rot?");
}
