//! The catalogue's pages, on a finder that is made up.

use std::sync::Arc;

use practices::Entry;
use store::Role;
use web::finder::{Answer, Because, Example, Finder};

use crate::support::TestApp;

fn example() -> Example {
    Example {
        code: "s-a 1".into(),
        entry: Entry {
            id: "a 1".into(),
            title: "Ausbildungsplätze <in> Betrieben".into(),
            text: "Erster Absatz.\n\nZweiter Absatz.".into(),
            municipality: "Almenbruck".into(),
            land: "05".into(),
            ..Entry::default()
        },
        why: vec![Because {
            typed: "Azubi".into(),
            word: "Ausbildungsplätze".into(),
            relation: "synonym",
        }],
    }
}

fn finder() -> Finder {
    Finder {
        search: Arc::new(|wanted| {
            Box::pin(async move {
                let hits = wanted.text != "nichts";
                Ok(Answer {
                    total: usize::from(hits),
                    examples: if hits { vec![example()] } else { Vec::new() },
                    facets: [(
                        "land".to_owned(),
                        [("05".to_owned(), 1), ("09".to_owned(), 3)].into(),
                    )]
                    .into(),
                    instead: Vec::new(),
                })
            })
        }),
        example: Arc::new(|code| {
            Box::pin(async move { Ok((code == "s-a 1").then(|| (example(), Vec::new()))) })
        }),
        check_lists: Arc::new(|_, synonyms| {
            if synonyms.contains('=') {
                Vec::new()
            } else {
                vec!["Zeile 1: kein Zeichen".into()]
            }
        }),
        ..Finder::empty()
    }
}

async fn app(name: &str) -> TestApp {
    let mut app = TestApp::new(name).await;
    app.state.finder = finder();
    app.at(app.state.clock)
}

#[tokio::test]
async fn what_is_found_says_why_and_its_address_can_be_kept() {
    let app = app("catalogue-search").await;
    let page = app.get("/beispiele?q=Azubi&land=05").await;
    page.shows("Ein Beispiel")
        .shows("bedeutet dasselbe")
        .shows("Ausbildungsplätze &#60;in&#62; Betrieben");
    page.shows("/beispiele/eintrag/s-a%201")
        .shows("/beispiele/feed.atom?q=Azubi&#38;land=05");
    assert!(
        page.headers["content-security-policy"]
            .to_str()
            .unwrap()
            .contains("script-src 'self'")
    );
    app.get("/beispiele?q=nichts")
        .await
        .shows("Kein Beispiel gefunden");
}

#[tokio::test]
async fn an_entry_of_another_collection_says_so() {
    let app = app("catalogue-entry").await;
    app.get("/beispiele/eintrag/s-a%201")
        .await
        .shows("aus einer anderen Sammlung")
        .shows("Zweiter Absatz.");
    assert_eq!(app.get("/beispiele/eintrag/77").await.status, 404);
    app.get("/beispiele/eintrag/s-a%201/beschlussvorlage.txt")
        .await
        .shows("[bitte ergänzen]");
}

#[tokio::test]
async fn the_list_of_kept_examples_is_a_cookie_or_an_address() {
    let app = app("catalogue-kept").await;
    let fields = [
        ("code", "s-a 1"),
        ("schritt", "dazu"),
        ("zurueck", "/beispiele?q=Azubi"),
    ];
    let kept = app.post("/beispiele/merkliste", &fields).await;
    assert_eq!(kept.to(), "/beispiele?q=Azubi");
    assert!(
        kept.headers["set-cookie"]
            .to_str()
            .unwrap()
            .starts_with("merkliste=s-a%201;")
    );
    app.get("/beispiele/merkliste?ids=s-a%25201")
        .await
        .shows("Ausbildungsplätze");
    app.get("/beispiele/merkliste")
        .await
        .shows("Noch steht nichts");
}

#[tokio::test]
async fn editors_extend_the_lists_and_nothing_faulty_is_kept() {
    let editor = app("catalogue-lists").await.staff(Role::Editor).await;
    let sent = |synonyms: &'static str| [("parts", ""), ("synonyms", synonyms), ("version", "0")];
    editor
        .post("/verwaltung/suche", &sent("Kita"))
        .await
        .shows("Zeile 1: kein Zeichen");
    assert_eq!(editor.state.store.search_lists().await.unwrap().version, 0);
    let saved = editor.post("/verwaltung/suche", &sent("Kita = Hort")).await;
    assert_eq!(saved.to(), "/verwaltung/suche?gespeichert=1");
    editor
        .post("/verwaltung/suche", &sent("Kita = Krippe"))
        .await
        .shows("Jemand anders");
    assert_eq!(
        editor.state.store.search_lists().await.unwrap().synonyms,
        "Kita = Hort"
    );
}

#[tokio::test]
async fn two_editors_at_one_list_see_both_and_nothing_is_overwritten() {
    let editor = app("catalogue-codes").await.staff(Role::Editor).await;
    for (at, name) in [
        ("/verwaltung/kodes", "web-practice-codes-title"),
        ("/verwaltung/handlungsfelder", "web-practice-fields-title"),
    ] {
        let mark = |html: String| -> String {
            let (_, rest) = html.split_once("name=\"_stand\" value=\"").unwrap();
            rest.split_once('"').unwrap().0.to_owned()
        };
        let stand = mark(editor.get(at).await.text());
        let new = |de: &'static str, stand: &str| {
            [
                ("_stand".to_owned(), stand.to_owned()),
                ("neu.de".to_owned(), de.to_owned()),
            ]
        };
        let send = |fields: [(String, String); 2]| {
            let editor = &editor;
            async move {
                let fields: Vec<(&str, &str)> = fields
                    .iter()
                    .map(|(n, v)| (n.as_str(), v.as_str()))
                    .collect();
                editor.post(at, &fields).await
            }
        };
        assert_eq!(send(new("Ein Brunnen", &stand)).await.to(), at);
        let second = send(new("Ein Backhaus", &stand)).await;
        assert_eq!(second.status, axum::http::StatusCode::CONFLICT, "{name}");
        second.shows("inzwischen gespeichert").shows("Ein Backhaus");
        editor
            .get(at)
            .await
            .shows("Ein Brunnen")
            .hides("Ein Backhaus");
        // With what stands now it goes through; the same name twice does not, and stays typed.
        let seen = mark(editor.get(at).await.text());
        let twice = send(new("Ein Brunnen", &seen)).await;
        assert_eq!(twice.status, axum::http::StatusCode::UNPROCESSABLE_ENTITY);
        twice.shows("value=\"Ein Brunnen\"");
        assert_eq!(send(new("Ein Backhaus", &seen)).await.to(), at);
        editor
            .get(at)
            .await
            .shows("Ein Brunnen")
            .shows("Ein Backhaus");
    }
}
