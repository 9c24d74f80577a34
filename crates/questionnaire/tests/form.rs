//! Forms: what browsers send becomes typed answers, or problems that keep what was typed.

use questionnaire::{
    Answer, Answers, DONT_KNOW, Lang, Parsed, ProblemKind, Questionnaire, REFUSED, VariableKey,
    mark,
};

fn demo() -> Questionnaire {
    let source = include_str!("../../../demo/fragebogen.yaml");
    Questionnaire::read(source, "demo/fragebogen.yaml").unwrap_or_else(|f| panic!("\n{f}"))
}

fn send(page: &str, fields: &[(&str, &str)], standing: &Answers) -> Parsed {
    let fields: Vec<(String, String)> = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    demo().page(page).expect("a page").parse(&fields, standing)
}

fn sent(page: &str, fields: &[(&str, &str)]) -> Parsed {
    send(page, fields, &Answers::new())
}

fn change<'p>(parsed: &'p Parsed, variable: &str) -> Option<&'p Answer> {
    parsed.changes[&VariableKey::from(variable)].as_ref()
}

#[test]
fn each_kind_of_answer_is_read() {
    let parsed = sent(
        "basis",
        &[
            ("rolle", "leitung"),
            ("stelle", DONT_KNOW),
            ("gefluechtete", "1.250"),
            ("gefluechtete.special", ""),
        ],
    );
    assert_eq!(parsed.problems, []);
    assert_eq!(
        change(&parsed, "rolle"),
        Some(&Answer::Choice("leitung".into()))
    );
    assert_eq!(change(&parsed, "stelle"), Some(&Answer::DontKnow));
    assert_eq!(
        change(&parsed, "gefluechtete"),
        Some(&Answer::Number(1250.0))
    );
    assert_eq!(change(&parsed, "trend"), None);
    assert_eq!(parsed.missing, [VariableKey::from("trend")]);

    let parsed = sent(
        "basis",
        &[("gefluechtete", " "), ("gefluechtete.special", REFUSED)],
    );
    assert_eq!(change(&parsed, "gefluechtete"), Some(&Answer::Refused));

    let parsed = sent(
        "aufgaben",
        &[
            ("aufgaben.wohnen", "gross"),
            ("aufgaben.sprache", DONT_KNOW),
        ],
    );
    assert_eq!(
        change(&parsed, "aufgaben.wohnen"),
        Some(&Answer::Choice("gross".into()))
    );
    assert_eq!(change(&parsed, "aufgaben.sprache"), Some(&Answer::DontKnow));
    assert_eq!(parsed.missing.len(), 9);

    let parsed = sent("bedarf", &[("bedarf-von", "bund"), ("bedarf-von", "land")]);
    let both = Answer::Choices(["bund".to_owned(), "land".to_owned()].into());
    assert_eq!(change(&parsed, "bedarf-von"), Some(&both));
}

#[test]
fn what_was_typed_is_quoted_and_kept() {
    let parsed = sent(
        "basis",
        &[("gefluechtete", "12,5 Tsd."), ("rolle", "leitung")],
    );
    let problem = parsed.problem(&"gefluechtete".into()).unwrap();
    assert_eq!(problem.kind, ProblemKind::NotANumber { decimals: 0 });
    assert_eq!(
        problem.message(Lang::De),
        "Bitte geben Sie eine ganze Zahl ein, zum Beispiel 1250. Sie haben „12,5 Tsd.“ eingegeben."
    );
    assert_eq!(
        problem.message(Lang::En),
        "Please enter a whole number, for example 1250. You entered “12,5 Tsd.”."
    );
    assert_eq!(
        problem.typed,
        [("gefluechtete".to_owned(), "12,5 Tsd.".to_owned())]
    );
    assert!(!parsed.changes.contains_key(&"gefluechtete".into()));
    assert_eq!(
        change(&parsed, "rolle"),
        Some(&Answer::Choice("leitung".into()))
    );
}

#[test]
fn each_problem_is_told() {
    let long = "a".repeat(2001);
    type Case<'c> = (&'c str, &'c [(&'c str, &'c str)], &'c str);
    let cases: [Case; 14] = [
        (
            "basis",
            &[("rolle", "chefin")],
            "gehört nicht zur Frage: „chefin“",
        ),
        ("basis", &[("rolle", DONT_KNOW)], "gehört nicht zur Frage"),
        (
            "basis",
            &[("rolle", "leitung"), ("rolle", "soziales")],
            "nur eine Antwort",
        ),
        ("basis", &[("gefluechtete", "12,5")], "ganze Zahl"),
        ("basis", &[("gefluechtete", "-3")], "ab 0"),
        (
            "basis",
            &[("gefluechtete", "900000")],
            "höchstens 200\u{202F}000",
        ),
        (
            "basis",
            &[("gefluechtete", "3"), ("gefluechtete.special", DONT_KNOW)],
            "entweder",
        ),
        (
            "ressourcen",
            &[("personal", "1,25")],
            "eine Stelle hinter dem Komma",
        ),
        (
            "ressourcen",
            &[("personal", "2,500")],
            "Bitte schreiben Sie 2500 oder 2,5.",
        ),
        (
            "bedarf",
            &[("bedarf-von", "keine"), ("bedarf-von", "bund")],
            "„von niemandem“",
        ),
        (
            "bedarf",
            &[
                ("bedarf-von", "bund"),
                ("bedarf-von", "land"),
                ("bedarf-von", "verbaende"),
                ("bedarf-von", "stiftungen"),
            ],
            "höchstens 3",
        ),
        (
            "austausch-praxis",
            &[("anliegen", &long)],
            "2\u{202F}001 Zeichen, Platz ist für 2\u{202F}000. Bitte kürzen Sie ihn um 1 Zeichen",
        ),
        (
            "austausch-praxis",
            &[("praxis.1.description", "Ein Café")],
            "1. Beispiel einen Titel",
        ),
        (
            "austausch-praxis",
            &[
                ("praxis.2.title", "Café"),
                ("praxis.2.field", "sprache"),
                ("praxis.2.mailbox", "rathaus"),
            ],
            "E-Mail-Adresse",
        ),
    ];
    for (page, fields, words) in cases {
        let parsed = sent(page, fields);
        assert_eq!(
            parsed.problems.len(),
            1,
            "{fields:?}: {:?}",
            parsed.problems
        );
        let problem = &parsed.problems[0];
        let message = problem.message(Lang::De);
        assert!(message.contains(words), "{message}");
        assert!(!problem.message(Lang::En).is_empty());
        assert_eq!(problem.typed.len(), fields.len(), "{fields:?}");
        assert!(parsed.changes.values().all(Option::is_none), "{fields:?}");
    }
}

#[test]
fn practices_are_named_in_their_order() {
    let parsed = sent(
        "austausch-praxis",
        &[
            ("anliegen", "  Zeile 1\r\nZeile 2  "),
            ("praxis.2.title", "Zweites"),
            ("praxis.2.field", "wohnen"),
            ("praxis.1.title", "Erstes"),
            ("praxis.1.description", "Was getan wird"),
            ("praxis.1.field", "sprache"),
            ("praxis.1.mailbox", "integration@beispielstadt.example"),
            ("praxis.3.title", ""),
            ("praxis.3.field", "sprache"),
        ],
    );
    assert_eq!(parsed.problems, []);
    assert_eq!(
        change(&parsed, "anliegen"),
        Some(&Answer::Text("Zeile 1\nZeile 2".into()))
    );
    let Some(Answer::Nominations(named)) = change(&parsed, "praxis") else {
        panic!("{parsed:?}");
    };
    assert_eq!(named.len(), 2);
    assert_eq!(
        (named[0].title.as_str(), named[1].title.as_str()),
        ("Erstes", "Zweites")
    );
    assert_eq!(named[1].mailbox, None);
    let words = demo().describe(
        &"praxis".into(),
        change(&parsed, "praxis").unwrap(),
        Lang::De,
    );
    assert_eq!(words, "Erstes (Sprache); Zweites (Wohnen)");
}

#[test]
fn a_dependent_question_counts_only_on_its_route() {
    let themes = VariableKey::from("konzept-themen");
    // Shown before, answered, then turned off in the same form: kept as it was, and not on the route.
    let standing = send(
        "strategie",
        &[
            ("konzept", "ja"),
            ("konzept-themen", "sprache"),
            ("strategie-gremium", "ja"),
        ],
        &Answers::new(),
    )
    .applied_to(&Answers::new());
    let off = send(
        "strategie",
        &[
            ("konzept", "nein"),
            ("konzept-themen", "sprache"),
            ("strategie-gremium", "ja"),
        ],
        &standing,
    );
    let answers = off.applied_to(&standing);
    assert!(answers.contains_key(&themes));
    assert!(!demo().on_route(&themes, &answers));
    assert!(!demo().answers_on_route(&answers).contains_key(&themes));
    assert_eq!(off.missing, []);
    // Not shown yet: the page tells that it is open now.
    let on = sent(
        "strategie",
        &[("konzept", "in-arbeit"), ("strategie-gremium", "ja")],
    );
    assert_eq!(on.missing, [themes]);
}

#[test]
fn two_departments_on_one_page_do_not_take_each_others_answers_back() {
    // The other department answered `lage` after this page was shown; here it was and is empty.
    let shown = [
        ("_asked", "aufgaben"),
        ("_asked", "lage"),
        ("_shown.lage", ""),
    ];
    let parsed = sent("aufgaben", &shown);
    assert!(!parsed.changes.contains_key(&"lage".into()));
    assert!(parsed.changes.contains_key(&"aufgaben.wohnen".into()));
    let good = Answer::Choice("gut".into());
    let marked = mark(Some(&good));
    let parsed = sent("aufgaben", &[("_shown.lage", &marked), ("lage", "gut")]);
    assert!(!parsed.changes.contains_key(&"lage".into()));
    let parsed = sent(
        "aufgaben",
        &[("_shown.lage", &marked), ("lage", "schlecht")],
    );
    assert_eq!(
        change(&parsed, "lage"),
        Some(&Answer::Choice("schlecht".into()))
    );
}

#[test]
fn a_forged_form_changes_nothing_else() {
    let parsed = sent(
        "basis",
        &[
            ("konzept", "ja"),
            ("rolle.x", "1"),
            ("", ""),
            (".", "."),
            ("praxis.1.title", "x"),
            ("_asked", "🙂"),
        ],
    );
    assert!(parsed.changes.is_empty(), "{parsed:?}");
    let parsed = sent(
        "austausch-praxis",
        &[
            ("praxis.99999999999999999999.title", "x"),
            ("praxis", "x"),
            ("praxis.1", "x"),
        ],
    );
    assert!(!parsed.changes.contains_key(&"praxis".into()));
    assert_eq!(parsed.problems.len(), 1);
}
