//! Visits of the accessibility test: answering, and the evaluation workspace.

use anyhow::Context;
use stories::http::Client;
use stories::{Demo, walk};
use xtask::axe::{Step, Visit};

use crate::{check, click, fill, then, visit};

/// Routes without a page to look at, each with the reason.
pub const NO_PAGE: [(&str, &str, &str); 46] = [
    (
        "GET",
        "/verwaltung/befragungen/entwurf/{draft}/fragebogen.yaml",
        "a questionnaire's file: tests/begin.rs",
    ),
    (
        "GET",
        "/verwaltung/herkunft/{wave}/naechster-fragebogen.yaml",
        "a questionnaire's file: tests/lineage.rs",
    ),
    (
        "POST",
        "/verwaltung/herkunft/{wave}/{earlier}",
        "leads back, or shows the same page: crates/web/tests/pages/lineage.rs",
    ),
    (
        "POST",
        "/verwaltung/herkunft/{wave}/{earlier}/entfallen/{question}",
        "leads back to the questions",
    ),
    (
        "GET",
        "/antworten/{token}/kommunen",
        "JSON: crates/web/tests/pages/types.rs",
    ),
    ("GET", "/antworten/{token}/datei/{id}", "one's own file"),
    (
        "GET",
        "/verwaltung/ruecklauf/{wave}/kommunen/{key}/dateien/{id}",
        "a municipality's file: tests/privacy.rs",
    ),
    (
        "POST",
        "/antworten/{token}/seite/{page}/dateien",
        "the same page as without files: crates/web/tests/pages/types.rs",
    ),
    (
        "POST",
        "/verwaltung/feld/{wave}/kontakte/uebernehmen",
        "leads back to the contacts",
    ),
    (
        "POST",
        "/verwaltung/feld/{wave}/kontakte/widerspruch",
        "leads back to the contacts",
    ),
    (
        "POST",
        "/verwaltung/feld/{wave}/kontakte/datei",
        "shows what was found: crates/web/tests/pages/field.rs",
    ),
    (
        "POST",
        "/verwaltung/feld/{wave}/anmeldungen/{id}",
        "leads back: tests/fieldwork.rs",
    ),
    (
        "GET",
        "/teilnehmen/bestaetigen/{token}",
        "a sentence and a button: tests/fieldwork.rs",
    ),
    (
        "POST",
        "/teilnehmen/bestaetigen/{token}",
        "a sentence: tests/fieldwork.rs",
    ),
    (
        "POST",
        "/verwaltung/feld/{wave}/schreiben/{kind}/senden",
        "leads back: tests/fieldwork.rs",
    ),
    (
        "POST",
        "/verwaltung/feld/{wave}/grundgesamtheit",
        "leads back: crates/web/tests/pages/field.rs",
    ),
    (
        "GET",
        "/antworten/{token}/antworten.pdf",
        "a PDF, made as the questionnaire's",
    ),
    (
        "POST",
        "/antworten/{token}/fertig-melden",
        "leads back to the department's page",
    ),
    (
        "POST",
        "/antworten/{token}/uebernehmen",
        "leads back to the task list",
    ),
    (
        "POST",
        "/mitzeichnung/{token}",
        "leads back to the page that is looked at",
    ),
    (
        "POST",
        "/verwaltung/ruecklauf/{wave}/kommunen/{key}",
        "shows the link as the page of a department does",
    ),
    (
        "POST",
        "/verwaltung/ruecklauf/{wave}/datenschutz",
        "leads back to the page",
    ),
    (
        "POST",
        "/verwaltung/postausgang/{id}/noch-einmal",
        "leads back to the mail: tests/fieldwork.rs",
    ),
    (
        "GET",
        "/beispiele/{id}/dateien/{file}",
        "a file as it was kept",
    ),
    (
        "GET",
        "/kurzform/{token}/dateien/{file}",
        "a file as it was kept",
    ),
    (
        "GET",
        "/freigabe/{token}/dateien/{file}",
        "a file as it was kept",
    ),
    (
        "GET",
        "/verwaltung/praxisbeispiele/{id}/dateien/{file}",
        "a file as it was kept",
    ),
    (
        "POST",
        "/antworten/{token}/kurzform/{id}",
        "leads on to the short form, which is looked at",
    ),
    ("GET", "/beispiele/feed.atom", "a feed: tests/catalogue.rs"),
    ("GET", "/beispiele/vorschlaege", "JSON: tests/catalogue.rs"),
    (
        "GET",
        "/beispiele/merkliste.pdf",
        "a PDF: tests/catalogue.rs",
    ),
    (
        "GET",
        "/beispiele/eintrag/{code}/beispiel.pdf",
        "a PDF: tests/catalogue.rs",
    ),
    (
        "GET",
        "/beispiele/eintrag/{code}/beschlussvorlage.txt",
        "a text: tests/catalogue.rs",
    ),
    ("GET", "/health", "read by machines"),
    (
        "GET",
        "/antworten/{token}/fragebogen.pdf",
        "a PDF: tests/pdf.rs",
    ),
    (
        "GET",
        "/antworten/{token}/vergleichsblatt.pdf",
        "a PDF: tests/pdf.rs",
    ),
    (
        "GET",
        "/verwaltung/ausgaben/{key}/vorschau.pdf",
        "a PDF: the handbook of tests/pdf.rs",
    ),
    (
        "GET",
        "/verwaltung/auswertung/tabelle.csv",
        "a file: tests/workspace.rs",
    ),
    (
        "GET",
        "/verwaltung/auswertung/tabelle.xlsx",
        "a file: tests/workspace.rs",
    ),
    (
        "GET",
        "/verwaltung/auswertung/diagramm.svg",
        "a file: tests/workspace.rs",
    ),
    (
        "GET",
        "/verwaltung/auswertung/diagramm.png",
        "a file: tests/workspace.rs",
    ),
    (
        "GET",
        "/verwaltung/auswertung/anfrage.json",
        "a file: tests/workspace.rs",
    ),
    (
        "POST",
        "/verwaltung/offene-antworten/{wave}/{variable}/abgleich",
        "leads back to the page: tests/coding.rs",
    ),
    (
        "POST",
        "/verwaltung/offene-antworten/{wave}/{variable}/fassung",
        "leads back to the page: tests/coding.rs",
    ),
    (
        "POST",
        "/verwaltung/ergebnisse/{id}/loeschen",
        "leads back to the list",
    ),
    (
        "POST",
        "/verwaltung/offene-antworten/{wave}/{variable}/kodieren",
        "leads back to the page: tests/coding.rs",
    ),
];

/// Answering a wave, from the first page to the feedback sheet.
pub fn answering(demo: &Demo) -> anyhow::Result<Vec<Visit>> {
    let mut links = demo.invite(2)?.into_iter();
    let (fresh, full) = (
        links.next().context("a link")?,
        links.next().context("a second link")?,
    );
    // Somebody who answers everything, once with the first choice, so that conditional questions come up.
    let pages = walk(&mut Client::connect(&demo.base)?, &full, &mut |_, _| 0)?;
    let mut visits = vec![
        visit("first page", &fresh, "#bogen button"),
        visit(
            "first page in English",
            &format!("{fresh}?lang=en"),
            "#bogen button",
        ),
        visit(
            "feedback sheet, nothing sent in",
            &format!("{fresh}/vergleichsblatt"),
            "main h1",
        ),
        visit("first page again", &fresh, "#bogen button"),
        then(
            "a page without answers",
            vec![click("#bogen button")],
            200,
            "#bogen fieldset",
        ),
        then(
            "a page with errors",
            vec![
                fill("input[name=gefluechtete]", "etwa hundert"),
                click("#bogen button"),
            ],
            422,
            ".summary [href='#frage-gefluechtete'], .summary a",
        ),
        visit("the page again", &format!("{fresh}/seite/basis"), "#bogen"),
        then(
            "missing answers",
            vec![fill("input[name=gefluechtete]", ""), click("#bogen button")],
            422,
            ".summary a",
        ),
        visit(
            "the page once more",
            &format!("{fresh}/seite/basis"),
            "#bogen",
        ),
        then(
            "two windows disagree",
            vec![
                Step::Elsewhere(vec![
                    check("input[name=rolle] >> nth=0"),
                    fill("input[name=gefluechtete]", "120"),
                    click("#bogen button"),
                ]),
                check("input[name=rolle] >> nth=1"),
                fill("input[name=gefluechtete]", "130"),
                click("#bogen button"),
            ],
            409,
            "#bogen .pair",
        ),
        visit(
            "review with missing answers",
            &format!("{fresh}/pruefen"),
            ".summary a",
        ),
    ];
    let long = "Wir brauchen Zeit. ".repeat(40_000);
    visits.push(visit(
        "a page with a long text",
        &format!("{fresh}/seite/austausch-praxis"),
        "#bogen",
    ));
    visits.push(then(
        "a text that is far too long",
        vec![
            fill("textarea[name=anliegen]", &long),
            click("#bogen button"),
        ],
        413,
        "main h1",
    ));
    let mut addresses: Vec<&String> = pages.iter().map(|(path, _)| path).collect();
    addresses.dedup();
    for path in addresses.into_iter().filter(|p| **p != full) {
        let what = path.rsplit('/').next().unwrap_or_default();
        visits.push(visit(&format!("answered: {what}"), path, "main h1"));
    }
    for page in ["aufgaben", "austausch-praxis"] {
        let path = format!("{fresh}/seite/{page}");
        visits.push(visit(&format!("empty: {page}"), &path, "#bogen fieldset"));
    }
    let review = format!("{full}/pruefen");
    visits.push(visit(
        "everything answered, to send",
        &review,
        "#bogen button",
    ));
    visits.push(then(
        "sent in",
        vec![click("#bogen button")],
        200,
        "#fertig",
    ));
    visits.push(visit("first page after sending", &full, "#bogen"));
    visits.push(visit(
        "examples that fit",
        &format!("{full}/beispiele"),
        "main h1",
    ));
    visits.push(visit(
        "feedback sheet",
        &format!("{full}/vergleichsblatt"),
        "table.sheet",
    ));
    Ok(visits)
}

/// Answering together: departments, sign-off, taking over, history, withdrawal.
pub fn together(demo: &Demo) -> anyhow::Result<Vec<Visit>> {
    let link = demo.invite(1)?.into_iter().next().context("a link")?;
    let tasks = format!("{link}/aufgabenliste");
    let sign = format!("{link}/mitzeichnung");
    let gone = format!("{link}/zurueckziehen");
    Ok(vec![
        visit("task list, nothing begun", &tasks, ".tasks .task"),
        then(
            "an address that is none",
            vec![fill("#mail", "keine@adresse"), click("button[value=mail]")],
            422,
            ".summary a",
        ),
        visit(
            "a new department",
            &format!("{link}/fachbereiche"),
            "#bogen",
        ),
        then(
            "a department without a name",
            vec![click("#bogen button")],
            422,
            ".summary a",
        ),
        then(
            "link and code of a department",
            vec![
                fill("#name", "Sozialamt"),
                check("input[name=abschnitt] >> nth=0"),
                click("#bogen button"),
            ],
            200,
            "#link",
        ),
        then(
            "a department's first page",
            vec![Step::Follow(
                "#link".into(),
                r"http\S+/antworten/\S+".into(),
            )],
            200,
            ".tasks .task",
        ),
        visit("task list with a department", &tasks, ".tasks .task"),
        then(
            "one department",
            vec![click("a[href*='/fachbereiche/']")],
            200,
            "#bogen",
        ),
        then(
            "its access ended",
            vec![click("button[value=beenden]")],
            200,
            ".tasks .task",
        ),
        visit(
            "facts of the last wave",
            &format!("{link}/uebernehmen"),
            "main h1",
        ),
        visit("sign-offs", &sign, "#bogen"),
        then(
            "link for a sign-off",
            vec![click("button[value=link]")],
            200,
            "#link",
        ),
        then(
            "answers to sign",
            vec![Step::Follow(
                "#link".into(),
                r"http\S+/mitzeichnung/\S+".into(),
            )],
            200,
            "#funktion",
        ),
        visit(
            "history of changes",
            &format!("{link}/aenderungen"),
            "main h1",
        ),
        visit("before withdrawing", &gone, "#sicher"),
        then("not sure", vec![click("#bogen button")], 422, ".summary a"),
        then(
            "withdrawn",
            vec![check("#sicher"), click("#bogen button")],
            200,
            "#zurueckgezogen",
        ),
        visit(
            "information on data protection",
            "/datenschutz/probe",
            "main h2",
        ),
    ])
}

/// Privacy and one municipality, in the back office.
pub fn privacy() -> Vec<Visit> {
    let here = "/verwaltung/ruecklauf/probe";
    vec![
        visit(
            "privacy of a wave",
            &format!("{here}/datenschutz"),
            "#angaben",
        ),
        visit(
            "record of processing",
            &format!("{here}/verzeichnis"),
            "main h2",
        ),
        visit(
            "template for processing on behalf",
            "/verwaltung/vorlagen/auftragsverarbeitung",
            "main h2",
        ),
        visit(
            "a municipality to be found",
            &format!("{here}/kommunen?name=0"),
            "main ul a",
        ),
        then(
            "one municipality of a wave",
            vec![click("main ul a >> nth=0")],
            200,
            "#neu",
        ),
    ]
}

/// The evaluation workspace, and the findings that are kept of it.
pub fn workspace() -> Vec<Visit> {
    let here = "/verwaltung/auswertung";
    let kept = "/verwaltung/ergebnisse";
    let change = |text: &str| vec![fill("#wortlaut", text), click("#wortlaut-aendern button")];
    vec![
        visit("workspace", here, "#ergebnis .chart"),
        visit(
            "workspace: one item by role, filtered",
            &format!("{here}?befragung=2016-1&frage=aufgaben.wohnen&nach=rolle&nur=town%3Dtowns"),
            "#ergebnis td.intern",
        ),
        visit(
            "workspace: a battery by size",
            &format!("{here}?befragung=2016-1&frage=aufgaben&nach=size-class"),
            "#ergebnis .chart",
        ),
        visit(
            "workspace: change between two waves",
            &format!("{here}?befragung=2016-2&frage=aufgaben&nach=size-class&vergleich=2016-1"),
            "#veraenderung",
        ),
        visit(
            "workspace: unweighted",
            &format!("{here}?befragung=2016-1&frage=lage&zaehlen=respondents"),
            "#ergebnis .note.warn",
        ),
        visit(
            "workspace in English",
            &format!("{here}?befragung=2016-1&frage=personal&nach=size-class&lang=en"),
            "html[lang=en] #ergebnis .chart",
        ),
        Visit {
            status: 422,
            ..visit(
                "workspace: no such question",
                &format!("{here}?frage=gibt-es-nicht"),
                "#ergebnis .summary",
            )
        },
        visit(
            "lineage of a wave",
            "/verwaltung/herkunft/2016-2",
            "main li a",
        ),
        visit(
            "lineage of the questions of two waves",
            "/verwaltung/herkunft/2016-2/2016-1",
            "#frage-stelle",
        ),
        visit(
            "lineage of a question with merged options",
            "/verwaltung/herkunft/2016-2/2016-1/frage/stelle",
            "#teile",
        ),
        then(
            "a decision without a note",
            vec![
                fill("#notiz-de", ""),
                fill("#notiz-en", ""),
                click("#frage button >> nth=0"),
            ],
            422,
            ".summary a",
        ),
        visit("no finding is kept", kept, "main h1"),
        visit(
            "a finding to keep",
            &format!("{here}?befragung=2016-1&frage=konzept&nach=size-class"),
            "#behalten",
        ),
        then(
            "a finding without a title",
            vec![click("#behalten button")],
            422,
            ".summary a",
        ),
        then(
            "a finding kept",
            vec![
                fill("#titel", "Konzepte nach Größe"),
                click("#behalten button"),
            ],
            200,
            "#wortlaut-aendern",
        ),
        then(
            "a finding that two change",
            vec![
                Step::Elsewhere(change("Der eine Satz.")),
                fill("#wortlaut", "Ein anderer Satz."),
                click("#wortlaut-aendern button"),
            ],
            409,
            ".note.warn dl",
        ),
        visit("findings that are kept", kept, "table"),
        then(
            "a finding again",
            vec![click("tbody a >> nth=0")],
            200,
            "#wortlaut-aendern",
        ),
    ]
}

/// Field work in the back office, and registering oneself.
pub fn field() -> Vec<Visit> {
    let here = "/verwaltung/feld/probe";
    vec![
        visit(
            "registering a municipality",
            "/teilnehmen/probe",
            "#teilnehmen",
        ),
        then(
            "registering without a known municipality",
            vec![
                fill("#kommune", "Gibtesnicht"),
                fill("#mail", "a@b.example"),
                click("#teilnehmen button"),
            ],
            422,
            ".summary a",
        ),
        visit("watching the field", here, "table"),
        then(
            "extending to an earlier day",
            vec![fill("#bis", "2000-01-01"), click("#verlaengern button")],
            200,
            ".summary a",
        ),
        visit("population", &format!("{here}/grundgesamtheit"), "#auswahl"),
        then(
            "population counted",
            vec![click("#auswahl button")],
            200,
            "#uebernehmen",
        ),
        visit("contacts", &format!("{here}/kontakte"), "#datei"),
        visit(
            "a mail's text",
            &format!("{here}/schreiben/invitation"),
            "#text",
        ),
        then(
            "a mail's text with a fault",
            vec![fill("#text", "{komune}"), click("#text-form button")],
            422,
            ".summary a",
        ),
        visit(
            "a letter's text",
            &format!("{here}/schreiben/letter"),
            "#text",
        ),
        visit(
            "registrations and channels",
            &format!("{here}/anmeldungen"),
            "#kanal",
        ),
        then(
            "a channel without a code",
            vec![
                fill("#name", "Rundschreiben"),
                fill("#code", "x"),
                click("#kanal button"),
            ],
            200,
            ".summary a",
        ),
        visit("rehearsal and pretest", &format!("{here}/probe"), "#proben"),
        then(
            "a test link",
            vec![click("#test button")],
            200,
            ".note.done a",
        ),
    ]
}

/// Waves made and changed, editions begun and published, in the back office.
pub fn begin() -> Vec<Visit> {
    let attach = |name: &str, text: &str| {
        Step::Attach("#datei".to_owned(), name.to_owned(), text.to_owned())
    };
    let new = "/verwaltung/befragungen/neu";
    let whole = include_str!("../demo/fragebogen.yaml");
    vec![
        visit("waves", "/verwaltung/befragungen", ".cards"),
        visit("a new wave", new, "#fragebogen"),
        then(
            "a questionnaire with faults",
            vec![
                attach("falsch.yaml", "format: 1\nkey: probe\nversion: eins\n"),
                click("#fragebogen button"),
            ],
            422,
            ".summary dl",
        ),
        visit("a new wave again", new, "#fragebogen"),
        then(
            "a questionnaire without faults",
            vec![attach("neu.yaml", whole), click("#fragebogen button")],
            200,
            "#befragung",
        ),
        then(
            "settings that lack something",
            vec![click("#befragung button[value=anlegen]")],
            422,
            ".summary a[href='#name']",
        ),
        then(
            "a draft of a wave kept",
            vec![click("#befragung button[value=merken]")],
            200,
            ".note.done",
        ),
        visit("a survey of LimeSurvey", new, "#fragebogen"),
        then(
            "what came over from LimeSurvey",
            vec![
                attach("umfrage.lss", include_str!("limesurvey/kurz.lss")),
                click("#fragebogen button"),
            ],
            200,
            "#bericht",
        ),
        visit("a wave with answers", "/verwaltung/feld/probe", "#aendern"),
        then(
            "changing a wave",
            vec![click("#aendern button")],
            200,
            "#befragung #name[readonly]",
        ),
        visit(
            "editions in the back office",
            "/verwaltung/ausgaben",
            "main dl a",
        ),
        visit("a new edition", "/verwaltung/ausgaben/neu", "#ausgabe"),
        then(
            "an edition without a title",
            vec![click("#ausgabe button")],
            422,
            ".summary a[href='#title']",
        ),
        then(
            "an edition begun",
            vec![
                fill("#title", "Kommunen lernen weiter"),
                fill("#key", "barriere"),
                click("#ausgabe button"),
            ],
            200,
            "#feld-title",
        ),
        visit(
            "before publishing",
            "/verwaltung/ausgaben/barriere/veroeffentlichen",
            "#veroeffentlichen",
        ),
        then(
            "an edition is being made",
            vec![click("#veroeffentlichen button")],
            200,
            "#stand",
        ),
    ]
}
