//! axe-core over every page of the route table in headless Chromium: light and dark, 390 and 1280 px wide, with what
//! the demo holds, and the states between: errors, conflicts, nothing there yet, closed, too many attempts.

mod visits;
mod visits_types;

use std::collections::BTreeSet;
use std::time::Instant;

use anyhow::Context;
use stories::http::Client;
use stories::{Demo, run};
use xtask::axe::{self, Seen, Step, Visit};

#[test]
fn no_page_has_a_barrier() -> anyhow::Result<()> {
    let demo = Demo::start("accessibility")?;
    let start = Instant::now();
    // Two browsers at a time; within each, a visit finds what those before it left.
    let plans = [public(&demo)?, private(&demo)?];
    let halves = std::thread::scope(|scope| {
        let look = |plan: &'_ Vec<Visit>| axe::look(&demo.base, plan);
        let threads = plans.each_ref().map(|plan| scope.spawn(move || look(plan)));
        threads.map(|thread| thread.join().expect("looking does not panic"))
    });
    let mut seen = Vec::new();
    for half in halves {
        seen.extend(half?);
    }
    println!("{} states in {} s", seen.len(), start.elapsed().as_secs());
    let faults: Vec<String> = seen
        .iter()
        .flat_map(|s| s.faults.iter().map(move |f| format!("{}: {f}", s.name)))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(seen.len(), plans.iter().map(Vec::len).sum::<usize>());
    every_route_was_visited(&seen);
    Ok(())
}

/// All that one sees of answering, with every type of question: one browser, one after another.
#[test]
fn no_page_of_answering_has_a_barrier_whatever_is_asked() -> anyhow::Result<()> {
    let demo = Demo::start("accessibility-types")?;
    let plan = visits_types::every_type(&demo)?;
    let start = Instant::now();
    let seen = axe::look(&demo.base, &plan)?;
    println!("{} states in {} s", seen.len(), start.elapsed().as_secs());
    let fault = |s: &Seen| {
        s.faults
            .iter()
            .map(|f| format!("{}: {f}", s.name))
            .collect()
    };
    let faults: Vec<String> = seen
        .iter()
        .flat_map(|s| -> Vec<String> { fault(s) })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(seen.len(), plan.len());
    Ok(())
}

fn every_route_was_visited(seen: &[Seen]) {
    let requests: BTreeSet<&(String, String)> = seen.iter().flat_map(|s| &s.requests).collect();
    let visited =
        |method: &str, path: &str| requests.iter().any(|(m, p)| m == method && fits(path, p));
    for route in web::routes() {
        let named = visits::NO_PAGE
            .iter()
            .any(|(method, path, _)| (*method, *path) == (route.method, route.path));
        assert!(
            named || visited(route.method, route.path),
            "{} {} is neither visited nor named as a route without a page",
            route.method,
            route.path
        );
    }
    for (method, path, _) in visits::NO_PAGE {
        let known = web::routes()
            .iter()
            .any(|r| (r.method, r.path) == (method, path));
        assert!(known, "{method} {path} is no route any more");
    }
}

/// Whether a path belongs to a route; a word of the route counts before what varies.
fn fits(route: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    for word in route.split('/') {
        if word.starts_with("{*") {
            return parts.next().is_some();
        }
        match parts.next() {
            Some(part) if part == word || word.starts_with('{') => {}
            _ => return false,
        }
    }
    parts.next().is_none()
}

#[test]
fn a_path_fits_its_route_only() {
    assert!(fits(
        "/ausgaben/{key}/{*path}",
        "/ausgaben/2016-1/site/a.html"
    ));
    assert!(fits("/antworten/{token}", "/antworten/abc"));
    assert!(!fits("/antworten/{token}", "/antworten/abc/pruefen"));
    assert!(!fits("/ausgaben/{key}/{*path}", "/ausgaben/2016-1"));
    assert!(!fits("/", "/impressum"));
}

fn visit(name: &str, to: &str, see: &str) -> Visit {
    Visit {
        name: name.to_owned(),
        to: Some(to.to_owned()),
        steps: Vec::new(),
        status: 200,
        see: see.to_owned(),
    }
}

/// Goes on from the page before.
fn then(name: &str, steps: Vec<Step>, status: u16, see: &str) -> Visit {
    Visit {
        name: name.to_owned(),
        to: None,
        steps,
        status,
        see: see.to_owned(),
    }
}

fn fill(at: &str, text: &str) -> Step {
    Step::Fill(at.to_owned(), text.to_owned())
}

fn click(at: &str) -> Step {
    Step::Click(at.to_owned())
}

fn check(at: &str) -> Step {
    Step::Check(at.to_owned())
}

/// Answering and the back office.
fn private(demo: &Demo) -> anyhow::Result<Vec<Visit>> {
    let mut visits = visits::answering(demo)?;
    visits.extend(visits::together(demo)?);
    visits.extend(office(demo)?);
    // Closing stops what all others need, and wrong codes stop further ones.
    visits.extend(closed(demo)?);
    visits.push(visit(
        "association signs in",
        &demo.sign_in_link("association")?,
        "#anmelden",
    ));
    visits.push(then(
        "association's overview",
        vec![click("#anmelden button")],
        200,
        ".cards",
    ));
    visits.push(Visit {
        status: 403,
        ..visit(
            "not for associations",
            "/verwaltung/praxisbeispiele",
            "main h1",
        )
    });
    let wrong = vec![
        Step::Post(
            "/zugang".into(),
            "code".into(),
            "AAAA-BBBB-CCCC-DDDD".into(),
            12,
        ),
        fill("#code", "AAAA-BBBB-CCCC-DDDD"),
        click("#zugang button"),
    ];
    visits.push(visit("code again", "/zugang", "#code"));
    visits.push(then("too many codes", wrong, 429, "main h1"));
    Ok(visits)
}

/// What everybody sees.
fn public(demo: &Demo) -> anyhow::Result<Vec<Visit>> {
    let mut visits = vec![
        visit("start", "/", "main h1"),
        visit("start in English", "/?lang=en", "html[lang=en] main h1"),
        visit("Impressum", "/impressum", "main h1"),
        visit("Datenschutz", "/datenschutz", "main h1"),
        visit("Barrierefreiheit", "/barrierefreiheit", "main h1"),
        visit("editions", "/ausgaben", "main a[href*='2016-1']"),
        visit("site", "/ausgaben/2016-1", "main h1"),
        visit("catalogue", "/beispiele", "#q"),
        visit("found", "/beispiele?q=Sprachkurs", ".cards"),
        then("kept", vec![click(".cards button")], 200, ".cards"),
        visit("kept examples", "/beispiele/merkliste", ".cards"),
        visit("nothing found", "/beispiele?q=xqzxqz", "#q"),
        visit("an entry", "/beispiele/eintrag/1", "main h1"),
        visit("municipalities found", "/kommune?q=berg", ".places"),
        visit("how likeness is measured", "/kommune/abstand", "table"),
        visit("municipalities", "/kommune", ".places"),
        then(
            "profile of a municipality",
            vec![click(".places a >> nth=0")],
            200,
            "#wie-diese",
        ),
        visit(
            "catalogue in English",
            "/beispiele?q=Wohnung&lang=en",
            "html[lang=en] .cards",
        ),
    ];
    let site = demo.data.join("ausgaben/2016-1/site");
    let mut pages = vec![
        "herunterladen.html".to_owned(),
        "impressum.html".to_owned(),
        "methode.html".to_owned(),
    ];
    for folder in ["ergebnisse", "beispiele"] {
        let mut names: Vec<String> = std::fs::read_dir(site.join(folder))?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<Result<_, std::io::Error>>()?;
        names.sort();
        // The examples are made alike; each theme has other charts.
        let enough = if folder == "beispiele" {
            1
        } else {
            names.len()
        };
        let fields = names.iter().find(|n| n.starts_with("feld-")).cloned();
        pages.extend(names.iter().take(enough).map(|n| format!("{folder}/{n}")));
        pages.extend(fields.map(|n| format!("{folder}/{n}")));
        if !pages.contains(&format!("{folder}/index.html")) {
            pages.push(format!("{folder}/index.html"));
        }
    }
    visits.extend(pages.iter().map(|p| {
        visit(
            &format!("site: {p}"),
            &format!("/ausgaben/2016-1/site/{p}"),
            "main h1",
        )
    }));
    visits.extend(examples(demo)?);
    visits.push(visit("code", "/zugang", "#code"));
    visits.push(then(
        "a code that is too short",
        vec![fill("#code", "AAAA"), click("#zugang button")],
        422,
        "#code[aria-invalid]",
    ));
    visits.push(then(
        "a wrong code",
        vec![
            fill("#code", "AAAA-BBBB-CCCC-DDDD"),
            click("#zugang button"),
        ],
        422,
        "#code[aria-invalid]",
    ));
    visits.push(Visit {
        status: 404,
        ..visit("no such page", "/gibt-es-nicht", "main h1")
    });
    visits.push(Visit {
        status: 404,
        ..visit(
            "no such link",
            "/antworten/0000000000000000000000000a",
            "main h1",
        )
    });
    Ok(visits)
}

/// Published examples, what one can do with them, and a proposal with its short form.
fn examples(demo: &Demo) -> anyhow::Result<Vec<Visit>> {
    let page = Client::connect(&demo.base)?.get("/beispiele/1")?.text();
    let over = page.split("class=\"over\"").nth(1).context("the place")?;
    let over = over.split("</p>").next().unwrap_or_default();
    // The field of action, the place as a link to its profile, what the register says.
    let place = over.split(" · ").nth(1).unwrap_or_default().trim();
    let place = place.split('>').nth(1).unwrap_or(place);
    let place = place.split('<').next().unwrap_or(place);
    let question = "/beispiele/2/frage";
    Ok(vec![
        visit("an example that was taken up", "/beispiele/2", ".chain"),
        visit("an example that faded", "/beispiele/5", ".note.warn"),
        visit("a wording of it", "/beispiele/2/fassung/1", ".honest"),
        visit("a field of action", "/handlungsfelder/wohnen", "main h1"),
        visit("a question", question, "#frage-form"),
        then(
            "a question without words",
            vec![click("#frage-form button")],
            422,
            "#frage[aria-invalid]",
        ),
        then(
            "a question sent",
            vec![
                fill("#frage", "Wer heizt?"),
                fill("#mail", "wir@anderswo.example"),
                click("#frage-form button"),
            ],
            200,
            ".note.done",
        ),
        visit("did that too", "/beispiele/2/auch", "#auch"),
        then(
            "a take-up without words",
            vec![fill("#mail", "wir@anderswo.example"), click("#auch button")],
            422,
            ".summary a",
        ),
        visit("propose", "/beispiel-melden", "#melden"),
        then(
            "a proposal without words",
            vec![click("#melden button")],
            422,
            ".summary a",
        ),
        then(
            "the short form",
            vec![
                fill("#title", "Ein Vorschlag"),
                fill("#kommune", place),
                fill("#wer", "Verein am Ort"),
                fill("#mail", "verein@anderswo.example"),
                click("#melden button"),
            ],
            200,
            "#kurzform",
        ),
        then(
            "the short form without a file",
            vec![click("#hochladen button")],
            422,
            ".summary a",
        ),
        then(
            "the short form handed in too early",
            vec![click("#kurzform [value=abgeben]")],
            422,
            ".summary a",
        ),
    ])
}

/// Who signs in again after a session ended, and the password.
const AGAIN: (&str, &str) = ("wieder@institut.example", "wieder da nach der Pause");

fn office(demo: &Demo) -> anyhow::Result<Vec<Visit>> {
    demo.add_researcher(AGAIN.0, AGAIN.1)?;
    let link = demo.sign_in_link("researcher")?;
    let practices = "/verwaltung/praxisbeispiele";
    let open = "/verwaltung/offene-antworten/2016-1/anliegen";
    let mut visits = vec![
        visit("sign in", "/anmelden", "#passwort"),
        then(
            "a wrong password",
            vec![
                fill("#mail", "niemand@institut.example"),
                fill("#passwort", "falsch"),
                click("#anmelden button"),
            ],
            422,
            ".summary",
        ),
        visit("sign in by link", &link, "#anmelden button"),
        then("overview", vec![click("#anmelden button")], 200, ".cards"),
        visit(
            "response of a closed wave",
            "/verwaltung/ruecklauf/2016-1",
            "table",
        ),
        visit(
            "way through the questionnaire",
            "/verwaltung/ruecklauf/2016-1/wege",
            "svg",
        ),
        visit(
            "weights report",
            "/verwaltung/ruecklauf/2016-1/gewichtung",
            "table",
        ),
        visit(
            "which answers lead where",
            "/verwaltung/ruecklauf/2016-1/zuordnung",
            "#text",
        ),
        then(
            "a mapping with errors",
            vec![fill("#text", "Unfug"), click("#zuordnung button")],
            422,
            ".summary a",
        ),
        visit("gaps", "/verwaltung/luecken", "#tabelle-luecken-klassen"),
        visit(
            "gaps in English",
            "/verwaltung/luecken/2016-1?feld=wohnen&lang=en",
            "html[lang=en] #karte",
        ),
        then(
            "a call for examples",
            vec![click(".places a >> nth=0")],
            200,
            "#aufruf",
        ),
        then(
            "a call that lacks its text",
            vec![
                fill("#betreff", "Bitte"),
                fill("#text", "{unbekannt}"),
                click("#aufruf button"),
            ],
            422,
            ".summary a",
        ),
        visit(
            "response of an open wave",
            "/verwaltung/ruecklauf/probe",
            "table",
        ),
        visit("open answers", "/verwaltung/offene-antworten", "section h2"),
        visit("a frame of codes", &format!("{open}/codes"), "#codes"),
        then(
            "a frame of codes with errors",
            vec![fill("#codes", "Geld"), click("main form button")],
            422,
            ".summary a",
        ),
        then(
            "answers to be coded",
            vec![
                fill("#codes", "geld | Finanzierung | funding"),
                click("main form button"),
            ],
            200,
            "fieldset",
        ),
        visit(
            "coders side by side",
            &format!("{open}/abgleich"),
            "main h2",
        ),
        visit("what may be quoted", &format!("{open}/zitate"), "main h1"),
        visit("search lists", "/verwaltung/suche", "#synonyms"),
        then(
            "search lists with faults",
            vec![fill("#synonyms", "Kita"), click("main form button")],
            200,
            ".summary",
        ),
        visit("practices", practices, "table"),
        visit(
            "practices, nominated",
            &format!("{practices}?stand=eingereicht"),
            "main h1",
        ),
        visit(
            "practices, none",
            &format!("{practices}?stand=gibt-es-nicht"),
            "main h1",
        ),
        visit("a published practice", &format!("{practices}/1"), "#praxis"),
        visit("to a nominated practice", practices, "table"),
        then(
            "a nominated practice",
            vec![click("tr:has(.tag.todo) a >> nth=0")],
            200,
            "#praxis",
        ),
    ];
    let texts = ["title", "sentence", "problem", "steps", "result"];
    let mut complete: Vec<Step> = texts
        .iter()
        .map(|name| fill(&format!("#feld-{name}"), "Was die Kommune dazu schreibt."))
        .collect();
    for (name, value) in [
        ("kind", "project"),
        ("mode", "running"),
        ("evidence", "counted"),
    ] {
        complete.push(Step::Choose(format!("#feld-{name}"), value.to_owned()));
    }
    let mut wrong = complete.clone();
    wrong.extend([
        fill("#feld-since", "seit langem"),
        click("#praxis .actions button"),
    ]);
    visits.push(then("a practice with errors", wrong, 422, ".summary a"));
    complete.extend([
        fill("#feld-since", "2014"),
        click("#praxis .actions button"),
    ]);
    visits.push(then(
        "a practice completed",
        complete,
        200,
        "#schritt-hand-in",
    ));
    visits.push(then(
        "a file that is none",
        vec![click("#hochladen button")],
        422,
        ".summary a",
    ));
    visits.push(visit("to the completed practice", practices, "table"));
    visits.push(then(
        "the completed practice",
        vec![click("a:text-is('Was die Kommune dazu schreibt.')")],
        200,
        "#schritt-hand-in",
    ));
    visits.push(then(
        "a practice handed in",
        vec![click("#schritt-hand-in button")],
        200,
        "#an",
    ));
    visits.push(then(
        "a practice that is coded",
        vec![
            check("#kodieren input[type=checkbox] >> nth=0"),
            click("#kodieren button"),
        ],
        200,
        "#kodieren :checked",
    ));
    visits.push(then(
        "a practice that two change",
        vec![
            Step::Elsewhere(vec![
                fill("#feld-result", "Zwei Gruppen"),
                click("#praxis .actions button"),
            ]),
            fill("#feld-result", "Drei Gruppen"),
            click("#praxis .actions button"),
        ],
        409,
        ".note.warn",
    ));
    visits.extend([
        visit("to the practice again", practices, "table"),
        then(
            "the practice before it is sent",
            vec![click("a:text-is('Was die Kommune dazu schreibt.')")],
            200,
            "#an",
        ),
        then(
            "a practice sent for release",
            vec![
                fill("#an", "rathaus@kommune.example"),
                click("form:has(#an) button"),
            ],
            200,
            "main h1",
        ),
        visit("outbox", "/verwaltung/postausgang", "table"),
        then("a mail", vec![click("td a >> nth=0")], 200, "main pre"),
        then(
            "a wording to release",
            vec![Step::Follow(
                "main pre".into(),
                r"http\S+/freigabe/\S+".into(),
            )],
            200,
            "#freigabe",
        ),
        then(
            "changes without a note",
            vec![click("#freigabe [value=aendern]")],
            422,
            ".summary [href='#hinweis']",
        ),
        then(
            "a wording released",
            vec![
                check("#einverstanden"),
                click("#freigabe [value=freigeben]"),
            ],
            200,
            ".note.done",
        ),
        visit("outbox again", "/verwaltung/postausgang", "table"),
        then(
            "the mail that asks an owner",
            vec![click("td a:has-text('Läuft es noch') >> nth=0")],
            200,
            "main pre",
        ),
        then(
            "how does it stand",
            vec![Step::Follow(
                "main pre".into(),
                r"http\S+/bestaetigen/\S+".into(),
            )],
            200,
            "#stand",
        ),
        then(
            "no answer chosen",
            vec![click("#stand button")],
            422,
            ".summary a",
        ),
        then(
            "it runs",
            vec![check("#stand [value=runs]"), click("#stand button")],
            200,
            ".note.done",
        ),
        visit("a new practice", "/verwaltung/praxisbeispiele/neu", "#neu"),
        then(
            "a new practice of nobody",
            vec![fill("#kommune", "Nirgendwo"), click("#neu button")],
            422,
            ".summary a",
        ),
        visit("links", "/verwaltung/links", "table"),
        visit("codes", "/verwaltung/kodes", "#liste"),
        then("codes kept", vec![click("#liste button")], 200, "#liste"),
        visit("fields", "/verwaltung/handlungsfelder", "#liste"),
        then("fields kept", vec![click("#liste button")], 200, "#liste"),
        visit("take-ups", "/verwaltung/uebernahmen", "table"),
        then(
            "a take-up that waits",
            vec![click("tr:has(.tag.todo) a >> nth=0")],
            200,
            "#uebernahme",
        ),
        then(
            "a take-up with errors",
            vec![fill("#since", "bald"), click("#uebernahme button")],
            422,
            ".summary a",
        ),
        then(
            "a take-up kept",
            vec![fill("#since", "2016"), click("#uebernahme button")],
            200,
            "#senden",
        ),
        then(
            "a take-up sent",
            vec![click("#senden button")],
            200,
            "#uebernahme",
        ),
        visit("outbox with a take-up", "/verwaltung/postausgang", "table"),
        then(
            "a take-up's mail",
            vec![click("td a >> nth=0")],
            200,
            "main pre",
        ),
        then(
            "a take-up to release",
            vec![Step::Follow(
                "main pre".into(),
                r"http\S+/uebernahme/\S+".into(),
            )],
            200,
            "#freigabe",
        ),
        then(
            "a take-up released without the conditions",
            vec![click("#freigabe [value=freigeben]")],
            422,
            ".summary a",
        ),
        then(
            "a take-up released",
            vec![check("#bedingungen"), click("#freigabe [value=freigeben]")],
            200,
            ".note.done",
        ),
        visit("the first take-up", "/verwaltung/uebernahmen/1", "#zurueck"),
        then(
            "a take-up taken back",
            vec![click("#zurueck button")],
            200,
            "#uebernahme",
        ),
        visit("an edition", "/verwaltung/ausgaben/2016-1", "textarea"),
        then(
            "an edition that two change",
            vec![
                Step::Elsewhere(vec![
                    fill("#feld-vorwort", "Ein anderes Vorwort."),
                    click("main form button >> nth=-1"),
                ]),
                fill("#feld-vorwort", "Anteil: {{ anteil gibt-es-nicht }}"),
                click("main form button >> nth=-1"),
            ],
            409,
            ".note.warn",
        ),
        visit(
            "the edition again",
            "/verwaltung/ausgaben/2016-1",
            "textarea",
        ),
        then(
            "an edition with a fault",
            vec![
                fill("#feld-vorwort", "Anteil: {{ anteil gibt-es-nicht }}"),
                click("main form button >> nth=-1"),
            ],
            200,
            ".has-error",
        ),
        visit(
            "an edition's preview",
            "/verwaltung/ausgaben/2016-1/vorschau",
            "section h2",
        ),
        visit("audit log", "/verwaltung/protokoll", "table"),
    ]);
    visits.extend(visits::field());
    visits.extend(visits::begin());
    visits.extend(visits::workspace());
    visits.extend(visits::privacy());
    Ok(visits)
}

/// The pages of a wave that is over, for one who had answered and one who had not; staff is still signed in.
fn closed(demo: &Demo) -> anyhow::Result<Vec<Visit>> {
    let (silent, answered) = over(demo)?;
    let close = "/verwaltung/ruecklauf/probe/abschliessen";
    Ok(vec![
        visit("a wave that is over", &silent, "main h1"),
        visit(
            "a wave that is over, answered",
            &answered,
            "a[href*=vergleichsblatt]",
        ),
        visit(
            "its feedback sheet",
            &format!("{answered}/vergleichsblatt"),
            "table.sheet",
        ),
        visit("before closing", close, "main form button"),
        then(
            "closed by the button",
            vec![click("main form button")],
            200,
            "main h1",
        ),
        visit(
            "to write while the session ends",
            "/verwaltung/suche",
            "#synonyms",
        ),
        then(
            "the session ended",
            vec![
                Step::Elsewhere(vec![
                    click("a[href='/verwaltung']"),
                    click("[action*=abmelden] button"),
                ]),
                click("main form button"),
            ],
            401,
            "#noch-einmal",
        ),
        then(
            "the session ended, wrong password",
            vec![
                fill("#mail", AGAIN.0),
                fill("#passwort", "falsch und wieder falsch"),
                click("#anmelden button"),
            ],
            401,
            ".summary",
        ),
        then(
            "signed in again, what was written is to be sent",
            vec![
                fill("#mail", AGAIN.0),
                fill("#passwort", AGAIN.1),
                click("#anmelden button"),
            ],
            200,
            "#noch-einmal",
        ),
        then(
            "sent after all",
            vec![click("#noch-einmal button")],
            200,
            "main h1",
        ),
        visit("to sign out", "/verwaltung", ".cards"),
        then(
            "signed out",
            vec![click("[action*=abmelden] button")],
            200,
            "main h1",
        ),
    ])
}

/// Links to the wave that is over: of one that had not answered and of one that had.
fn over(demo: &Demo) -> anyhow::Result<(String, String)> {
    let file = demo.data.join("links.csv");
    let out = file.to_str().context("path")?;
    let invite = |wave: &str, whom: &[&str]| -> anyhow::Result<Vec<(String, String)>> {
        let always = [
            "invite",
            "--data",
            demo.data(),
            "--out",
            out,
            "--wave",
            wave,
        ];
        run(&[&always, whom].concat())?;
        let text = std::fs::read_to_string(&file)?;
        let line = |line: &str| {
            let link = line.split(',').find_map(|c| c.strip_prefix(&demo.base))?;
            Some((line.split(',').next()?.to_owned(), link.to_owned()))
        };
        Ok(text.lines().filter_map(line).collect())
    };
    let keys: Vec<String> = invite("probe", &["--count", "60"])?
        .into_iter()
        .map(|(key, _)| key)
        .collect();
    let mut client = Client::connect(&demo.base)?;
    let (mut silent, mut answered) = (None, None);
    for (_, link) in invite("2016-1", &["--ags", &keys.join(",")])? {
        let has_sheet = client.get(&link)?.text().contains("/vergleichsblatt");
        if has_sheet {
            &mut answered
        } else {
            &mut silent
        }
        .get_or_insert(link);
    }
    Ok((
        silent.context("everybody had answered")?,
        answered.context("nobody had answered")?,
    ))
}
