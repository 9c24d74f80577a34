//! Every type of question of `demo/fragentypen.yaml`, answered by keyboard alone in headless Chromium; each control
//! that gets the focus is seen, and what stands in the review is what was typed.

use anyhow::Context;
use fantoccini::Locator;
use fantoccini::key::Key;
use questionnaire::{QuestionKind, Questionnaire};
use stories::browser::Browser;
use stories::http::Client;
use stories::keyboard::Deed::{self, File, Find, List, Pick, Tick, Type};
use stories::keyboard::Keyboard;
use stories::{Demo, of_demo};

const CHOICES: [(&str, Deed); 11] = [
    ("konzept", Pick("sonst")),
    ("konzept.sonst.text", Type("Ein Leitbild, 3 Seiten")),
    ("konzept.comment", Type("seit Langem")),
    ("gremium", Pick("nein")),
    ("sitz", List("verein")),
    ("partner", Tick("vereine")),
    ("partner", Tick("sonst")),
    ("partner.vereine.comment", Type("drei")),
    ("partner.sonst.text", Type("Kirchen & Moscheen")),
    ("zufrieden", Pick("4")),
    ("empfehlung", Pick("9")),
];

const TABLES: [(&str, Deed); 14] = [
    ("lage.vereine", Pick("gut")),
    ("lage.amt", Pick("mittel")),
    ("lage.land", Pick("_dont-know")),
    ("spalten.personal", Pick("schlecht")),
    ("spalten.geld", Pick("mittel")),
    ("urteil.wohnen.wichtig", Pick("3")),
    ("urteil.wohnen.gelingt", Pick("schlecht")),
    ("urteil.sprache.wichtig", Pick("2")),
    ("urteil.sprache.gelingt", Pick("gut")),
    ("profil.tempo", Pick("2")),
    ("profil.ton", Pick("5")),
    ("wege.familien", Tick("post")),
    ("wege.familien", Tick("netz")),
    ("wege.junge", Tick("keiner")),
];

const NUMBERS: [(&str, Deed); 8] = [
    ("personal", Type("12,5")),
    ("anteile.beratung", Type("60")),
    ("anteile.verwaltung", Type("30")),
    ("anteile.netzwerk", Type("10")),
    ("mittel.vorjahr.euro", Type("1.000")),
    ("mittel.vorjahr.quelle", Type("Kreis")),
    ("mittel.heuer.euro", Type("20000")),
    ("mittel.heuer.quelle", Type("Land")),
];

const WRONG_TEXTS: [(&str, Deed); 2] = [("plz", Type("1067")), ("beginn", Type("31.02.2010"))];

const TEXTS: [(&str, Deed); 8] = [
    ("plz", Type("01067")),
    ("anliegen", Type("Mehr Zeit.")),
    ("orte.eins", Type("Markt")),
    ("orte.zwei", Type("Bücherei")),
    ("vorrang.arbeit", List("1")),
    ("vorrang.wohnen", List("2")),
    ("vorrang.schule", List("3")),
    ("beginn", Type("1.9.2015")),
];

/// The file itself is made when the story begins.
const FILES: [(&str, Deed); 3] = [
    ("postfach", Type("rathaus@ort.example")),
    ("_datei.unterlagen", File("")),
    ("vorbild", Find("Wisken")),
];

const EXAMPLE: [(&str, Deed); 4] = [
    ("praxis.1.title", Type("Sprachcafé")),
    ("praxis.1.description", Type("Jeden Dienstag.")),
    ("praxis.1.field", List("sprache")),
    ("praxis.1.mailbox", Type("cafe@ort.example")),
];

/// The review then: question or item, and answer.
const STANDS: [(&str, &str); 42] = [
    (
        "Gibt es ein Konzept für das Zusammenleben?",
        "etwas anderes",
    ),
    ("etwas anderes: Ihr Text", "Ein Leitbild, 3 Seiten"),
    ("Anmerkung", "seit Langem"),
    ("Gibt es einen Beirat?", "nein"),
    ("Wo sitzt die Koordination?", "freier Träger"),
    ("Mit wem arbeiten Sie zusammen?", "Vereine; andere Partner"),
    ("Vereine: Anmerkung", "drei"),
    ("andere Partner: Ihr Text", "Kirchen & Moscheen"),
    ("Wie zufrieden sind Sie mit der Zusammenarbeit?", "4"),
    (
        "Würden Sie Ihren Weg anderen empfehlen (1 gar nicht, 10 unbedingt)?",
        "9",
    ),
    ("mit dem Land", "weiß nicht"),
    ("im eigenen Haus", "mittel"),
    ("mit Vereinen", "gut"),
    ("Personal", "schlecht"),
    ("Geld", "mittel"),
    ("Wohnen: Wichtigkeit", "3"),
    ("Wohnen: Gelingen", "schlecht"),
    ("Sprache: Wichtigkeit", "2"),
    ("Sprache: Gelingen", "gut"),
    ("langsam – schnell", "2"),
    ("förmlich – freundlich", "5"),
    ("Familien", "Post; Internet"),
    ("junge Leute", "gar nicht"),
    ("Wie viele Stellen gibt es dafür?", "12,5 Stellen"),
    ("Beratung", "60 %"),
    ("Verwaltung", "30 %"),
    ("Vernetzung", "10 %"),
    ("im Vorjahr: Betrag", "1\u{202f}000 Euro"),
    ("im Vorjahr: Quelle", "Kreis"),
    ("in diesem Jahr: Betrag", "20\u{202f}000 Euro"),
    ("in diesem Jahr: Quelle", "Land"),
    ("Rechnerisch für Beratung", "7,5 Stellen"),
    ("Welche Postleitzahl hat das Rathaus?", "01067"),
    ("Was wünschen Sie sich?", "Mehr Zeit."),
    ("Erster Ort", "Markt"),
    ("Zweiter Ort", "Bücherei"),
    ("Was hat Vorrang?", "1. Arbeit; 2. Wohnen; 3. Schule"),
    ("Seit wann gibt es die Koordination?", "01.09.2015"),
    (
        "An welches Postfach können wir uns wenden?",
        "rathaus@ort.example",
    ),
    ("Möchten Sie uns Ihr Konzept schicken?", "Konzept.pdf"),
    ("Welche Kommune ist Ihnen ein Vorbild?", "Wiskengau (01809)"),
    ("Was gelingt besonders gut?", "Sprachcafé (Sprache)"),
];

/// The page that the browser shows: the key at the end of its address.
async fn page(browser: &Browser) -> anyhow::Result<String> {
    let address = browser.client.current_url().await?;
    Ok(address
        .path()
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_owned())
}

/// All that stands in the review, as pairs of label and answer.
async fn review(browser: &Browser) -> anyhow::Result<Vec<(String, String)>> {
    let script = "return [...document.querySelectorAll('dl.answers > div')].map(d =>
        [d.querySelector('dt').innerText.trim().replace(/^\\d+ (?=[A-ZÄÖÜ])/, ''), d.querySelector('dd').innerText.trim().replace(/\\u00a0/g, ' ')])";
    let found = browser.client.execute(script, vec![]).await?;
    let pairs: Vec<(String, String)> = serde_json::from_value(found)?;
    Ok(pairs)
}

async fn answered(width: u32) -> anyhow::Result<()> {
    let demo = Demo::start(&format!("keyboard-{width}"))?;
    let invited = demo.wave_of("typen", &of_demo("fragentypen.yaml"), 1)?;
    let file = demo.data.join("Konzept.pdf");
    std::fs::write(&file, b"%PDF-1.7 a concept")?;
    let file = file.to_string_lossy().into_owned();
    let mut files = FILES;
    files[1].1 = File(&file);
    let browser = Browser::open(width, 844).await?;
    let mut keyboard = Keyboard::of(&browser);
    let first = format!("{}{}", demo.base, invited[0].link);
    browser.client.goto(&first).await?;
    // The first control leads past the head of the page.
    let skip = keyboard.next().await?.context("no control")?;
    assert_eq!(skip.href, "#inhalt");
    keyboard.press(&[Key::Enter.into()]).await?;
    let begin = keyboard.next().await?.context("no control")?;
    assert_eq!(
        begin.tag, "button",
        "the skip link leads to what is done here: {begin:?}"
    );
    keyboard.leave(&[Key::Enter.into()]).await?;
    let mut pages = Vec::new();
    while let here = page(&browser).await?
        && here != "pruefen"
    {
        match here.as_str() {
            "auswahl" => keyboard.through(&CHOICES).await?,
            "tabellen" => keyboard.through(&TABLES).await?,
            "zahlen" => {
                keyboard.through(&NUMBERS).await?;
                // The doubt is told once; the same numbers sent again are meant so.
                assert_eq!(page(&browser).await?, "zahlen");
                error_leads(&browser, &mut keyboard, "feld-mittel.vorjahr.euro").await?;
                keyboard.through(&[]).await?;
            }
            "texte" => {
                keyboard.through(&WRONG_TEXTS).await?;
                assert_eq!(page(&browser).await?, "texte");
                error_leads(&browser, &mut keyboard, "feld-plz").await?;
                // Back to the field from the one after it.
                keyboard.next().await?;
                let again = keyboard.back().await?.context("no control")?;
                assert_eq!((again.name.as_str(), again.value.as_str()), ("plz", "1067"));
                keyboard.text("01067").await?;
                keyboard.through(&TEXTS[1..]).await?;
            }
            "dateien" => keyboard.through(&files).await?,
            "beispiele" => keyboard.through(&EXAMPLE).await?,
            other => anyhow::bail!(
                "a page that nobody expects: {other}, {}",
                browser.client.source().await?
            ),
        }
        pages.push(here);
        assert!(pages.len() < 9, "the pages do not end: {pages:?}");
    }
    println!(
        "{width} px: {} controls in {} pages: {pages:?}",
        keyboard.seen,
        pages.len()
    );
    let found = review(&browser).await?;
    let stands: Vec<(&str, &str)> = found
        .iter()
        .map(|(l, a)| (l.as_str(), a.as_str()))
        .collect();
    for pair in STANDS {
        assert!(stands.contains(&pair), "{pair:?} is not in {stands:#?}");
    }
    assert_eq!(stands.len(), STANDS.len(), "{stands:#?}");
    let example = Client::connect(&demo.base)?
        .get(&format!("{}/seite/beispiele", invited[0].link))?
        .text();
    for typed in ["Jeden Dienstag.", "cafe@ort.example"] {
        assert!(example.contains(typed), "{typed}: {example}");
    }
    // Sent in by keyboard as well.
    keyboard.until(|f| f.tag == "button").await?;
    keyboard.leave(&[Key::Enter.into()]).await?;
    browser
        .client
        .find(Locator::Id("fertig"))
        .await
        .context("not sent in")?;
    browser.close().await
}

/// The first control of the error summary leads to the field.
async fn error_leads(
    browser: &Browser,
    keyboard: &mut Keyboard<'_>,
    field: &str,
) -> anyhow::Result<()> {
    let link = keyboard
        .until(|f| f.tag == "a" && f.href == format!("#{field}"))
        .await
        .with_context(|| format!("no link to {field}"))?;
    let inside = "return document.activeElement.closest('.summary') !== null";
    assert_eq!(
        browser.client.execute(inside, vec![]).await?,
        true,
        "{link:?}"
    );
    keyboard.press(&[Key::Enter.into()]).await?;
    let there = keyboard.focus().await?.context("nothing has the focus")?;
    assert_eq!(there.id, field);
    assert_eq!(there.hidden, None, "{there:?}");
    Ok(())
}

#[tokio::test]
async fn every_type_of_question_is_answered_by_keyboard_alone_on_a_wide_screen()
-> anyhow::Result<()> {
    answered(1280).await
}

#[tokio::test]
async fn every_type_of_question_is_answered_by_keyboard_alone_on_a_narrow_screen()
-> anyhow::Result<()> {
    answered(390).await
}

/// A type that is added to the file is to be answered here too.
#[test]
fn the_story_answers_every_question_of_the_file() -> anyhow::Result<()> {
    let text = std::fs::read_to_string(of_demo("fragentypen.yaml"))?;
    let file = Questionnaire::read(&text, "fragentypen.yaml")
        .map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
    let answered: Vec<&str> = [&CHOICES[..], &TABLES, &NUMBERS, &TEXTS, &EXAMPLE, &FILES]
        .concat()
        .iter()
        .map(|(name, _)| name.trim_start_matches("_datei."))
        .map(|name| name.split('.').next().unwrap_or_default())
        .collect();
    for question in file.pages.iter().flat_map(|page| &page.questions) {
        let silent = matches!(
            question.kind,
            QuestionKind::Computed { .. } | QuestionKind::Note
        );
        assert!(
            silent || answered.contains(&question.key.as_str()),
            "{} is not answered",
            question.key
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_focus_that_nobody_sees_is_told() -> anyhow::Result<()> {
    let browser = Browser::open(1280, 844).await?;
    for (style, why) in [
        ("a:focus{outline:none}", "no outline"),
        (
            "a:focus{outline:3px solid}p{position:fixed;inset:0;background:red}",
            "covered by <p>",
        ),
        (
            "a:focus{outline:3px solid;position:fixed;left:-500px}",
            "outside the window",
        ),
    ] {
        let page = format!("data:text/html,<style>{style}</style><a href=x>Weiter</a><p>Kopf</p>");
        browser.client.goto(&page).await?;
        let told = Keyboard::of(&browser)
            .next()
            .await
            .err()
            .map(|e| e.to_string());
        assert!(
            told.as_ref().is_some_and(|told| told.contains(why)),
            "{why}: {told:?}"
        );
    }
    browser.close().await
}
