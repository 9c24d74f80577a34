//! Visits of the accessibility test: every type of question, empty, answered, with faults and disagreed upon, for the
//! contact, a department, who signs, and the institute that types in what came on paper.

use stories::http::Client;
use stories::{Demo, of_demo, types};
use xtask::axe::{Step, Visit};

use crate::{check, click, fill, then, visit};

const WAVE: &str = "typen";
const PAGES: [&str; 6] = [
    "auswahl",
    "tabellen",
    "zahlen",
    "texte",
    "dateien",
    "beispiele",
];

const ON: &str = "button[value=weiter]";

fn choose(at: &str, value: &str) -> Step {
    Step::Choose(format!("select[name='{at}']"), value.to_owned())
}

fn typed(name: &str, text: &str) -> Step {
    fill(&format!("[name='{name}']"), text)
}

fn picked(name: &str, value: &str) -> Step {
    check(&format!("[name='{name}'][value='{value}']"))
}

/// All pages of answering `demo/fragentypen.yaml`.
pub fn every_type(demo: &Demo) -> anyhow::Result<Vec<Visit>> {
    let towns = demo.wave_of(WAVE, &of_demo("fragentypen.yaml"), 3)?;
    let [fresh, full, shared] = [&towns[0], &towns[1], &towns[2]].map(|town| town.link.as_str());
    let mut client = Client::connect(&demo.base)?;
    client.post(full, &[])?;
    types::answer(&mut client, full, &PAGES)?;
    let mut visits = vec![visit("types: first page", fresh, "#bogen button")];
    visits.extend(faults(fresh));
    for page in PAGES {
        let path = format!("{full}/seite/{page}");
        visits.push(visit(
            &format!("types, answered: {page}"),
            &path,
            "#bogen .question",
        ));
    }
    let english = format!("{full}/seite/tabellen?lang=en");
    visits.push(visit("types in English", &english, "html[lang=en] #bogen"));
    visits.extend(disagreed(full));
    visits.extend(sent_in(full));
    visits.extend(together(shared));
    Ok(visits)
}

/// Each page empty, then with what cannot be taken.
fn faults(link: &str) -> Vec<Visit> {
    let at = |page: &str| format!("{link}/seite/{page}");
    let page = |page: &str| {
        visit(
            &format!("types, empty: {page}"),
            &at(page),
            "#bogen .question",
        )
    };
    let wrong = |name: &str, mut steps: Vec<Step>| {
        steps.push(click(ON));
        then(
            &format!("types with faults: {name}"),
            steps,
            422,
            ".summary a",
        )
    };
    vec![
        page("auswahl"),
        wrong(
            "auswahl",
            vec![
                picked("konzept", "sonst"),
                picked("partner", "vereine"),
                picked("partner", "schulen"),
                picked("partner", "kammern"),
                picked("partner", "keine"),
            ],
        ),
        page("tabellen"),
        wrong(
            "tabellen",
            vec![
                picked("wege.familien", "post"),
                picked("wege.familien", "keiner"),
            ],
        ),
        page("zahlen"),
        wrong(
            "zahlen",
            vec![
                typed("personal", "viele"),
                typed("anteile.beratung", "60"),
                typed("mittel.vorjahr.euro", "-3"),
            ],
        ),
        page("zahlen"),
        wrong(
            "a doubt about numbers",
            vec![
                typed("personal", "50"),
                typed("anteile.beratung", "100"),
                typed("anteile.verwaltung", "0"),
                typed("anteile.netzwerk", "0"),
                typed("mittel.vorjahr.euro", "1"),
                typed("mittel.heuer.euro", "900"),
            ],
        ),
        page("texte"),
        wrong(
            "texte",
            vec![
                typed("plz", "1067"),
                typed("beginn", "31.02.2010"),
                choose("vorrang.wohnen", "1"),
                choose("vorrang.arbeit", "1"),
            ],
        ),
        page("dateien"),
        wrong(
            "dateien",
            vec![
                typed("postfach", "kein Postfach"),
                Step::Attach(
                    "[name='_datei.unterlagen']".into(),
                    "Konzept.pdf".into(),
                    "kein PDF".into(),
                ),
                typed("vorbild", "berg"),
            ],
        ),
        visit(
            "types: review with missing answers",
            &format!("{link}/pruefen"),
            ".summary a",
        ),
    ]
}

/// The same page in two windows: several types stand side by side.
fn disagreed(link: &str) -> Vec<Visit> {
    let changed = |point: &str, tick: &str, text: &str| {
        vec![
            picked("lage.amt", point),
            picked("profil.ton", text),
            picked("wege.junge", tick),
            click(ON),
        ]
    };
    let mut mine = vec![Step::Elsewhere(changed("schlecht", "keiner", "1"))];
    mine.extend(changed("gut", "keiner", "4"));
    vec![
        visit(
            "types: a page for two windows",
            &format!("{link}/seite/tabellen"),
            "#bogen",
        ),
        then("types: two windows disagree", mine, 409, "#bogen .pair"),
    ]
}

/// Review, sent in, and what the contact finds then.
fn sent_in(link: &str) -> Vec<Visit> {
    let at = |below: &str| format!("{link}{below}");
    vec![
        visit(
            "types: everything answered",
            &at("/pruefen"),
            "#bogen button",
        ),
        then(
            "types: sent in",
            vec![click("#bogen button")],
            200,
            "#fertig",
        ),
        visit(
            "types: a page after sending",
            &at("/seite/zahlen"),
            "#bogen",
        ),
        then(
            "types: changed after sending",
            vec![typed("personal", "13"), click(ON)],
            200,
            "main h1",
        ),
        visit("types: history of changes", &at("/aenderungen"), "table"),
        visit(
            "types: task list after sending",
            &at("/aufgabenliste"),
            ".tasks .task",
        ),
    ]
}

/// A department with its pages, a comment beside a question, and the sign-off.
fn together(link: &str) -> Vec<Visit> {
    let tasks = format!("{link}/aufgabenliste");
    let first = "input[name=abschnitt]";
    let comment = vec![
        Step::Press("details.beside summary >> nth=0".into()),
        fill(
            "[name^=_anmerkung] >> nth=0",
            "Bitte mit der Kämmerei abgleichen",
        ),
        picked("gremium", "ja"),
        click("button[value=zurueck]"),
    ];
    vec![
        visit(
            "types: a new department",
            &format!("{link}/fachbereiche"),
            "#bogen",
        ),
        then(
            "types: a department's link",
            vec![
                fill("#name", "Sozialamt"),
                check(&format!("{first} >> nth=0")),
                check(&format!("{first} >> nth=1")),
                click("#bogen button"),
            ],
            200,
            "#link",
        ),
        then(
            "types: a department's sections",
            vec![Step::Follow(
                "#link".into(),
                r"http\S+/antworten/\S+".into(),
            )],
            200,
            ".tasks .task",
        ),
        then(
            "types: a department's page",
            vec![click(".tasks .task a >> nth=0")],
            200,
            "#bogen",
        ),
        then("types: a comment is written", comment, 200, "main h1"),
        then(
            "types: a page with a comment",
            vec![
                click(".tasks .task a >> nth=0"),
                Step::Press("details.beside summary >> nth=0".into()),
            ],
            200,
            ".remark",
        ),
        visit(
            "types: the contact reads the comment",
            &format!("{link}/seite/auswahl"),
            ".remark",
        ),
        visit("types: task list with a department", &tasks, ".tasks .task"),
        visit(
            "types: sign-offs",
            &format!("{link}/mitzeichnung"),
            "#bogen",
        ),
        then(
            "types: a sign-off's link",
            vec![click("button[value=link]")],
            200,
            "#link",
        ),
        then(
            "types: answers to sign",
            vec![Step::Follow(
                "#link".into(),
                r"http\S+/mitzeichnung/\S+".into(),
            )],
            200,
            "#funktion",
        ),
        then(
            "types: signed without a function",
            vec![click("#bogen button")],
            422,
            ".summary a",
        ),
        then(
            "types: signed",
            vec![
                fill("#funktion", "Bürgermeisteramt"),
                click("#bogen button"),
            ],
            200,
            ".note.done",
        ),
    ]
}
