//! One town hall, two departments and their contact on one questionnaire with every type of question: handed out,
//! answered, disagreed upon, commented, signed off, sent in, changed afterwards, and handed to a new contact.

use std::process::Command;

use anyhow::{Context, bail};
use fantoccini::Locator;
use stories::browser::Browser;
use stories::http::{Answer, Client};
use stories::{Demo, Invited, form, of_demo, types};

const WAVE: &str = "gemeinsam";

/// What a page shows once: the path of a link, and its code.
fn shown_once(demo: &Demo, page: &Answer) -> anyhow::Result<(String, String)> {
    let text = page.text();
    let inside = |id: &str| {
        let start = text.find(&format!("<code id=\"{id}\">"))? + id.len() + 12;
        let end = start + text[start..].find('<')?;
        Some(text[start..end].to_owned())
    };
    let link = inside("link").with_context(|| format!("no link: {} {text}", page.status))?;
    let path = link
        .strip_prefix(&demo.base)
        .context("a link to another place")?;
    Ok((path.to_owned(), inside("code").unwrap_or_default()))
}

fn fields(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter()
        .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
        .collect()
}

/// A town hall with two departments: the Sozialamt has the first two sections, the Kämmerei the second and the third.
struct House {
    demo: Demo,
    town: Invited,
    contact: Client,
    social: (String, String),
    money: (String, String),
}

impl House {
    fn new(name: &str) -> anyhow::Result<Self> {
        let demo = Demo::start(name)?;
        let town = demo
            .wave_of(WAVE, &of_demo("fragentypen.yaml"), 1)?
            .remove(0);
        let mut contact = Client::connect(&demo.base)?;
        contact.post(&town.link, &[])?;
        let mut hand_out = |department: &str, sections: [&str; 2]| {
            let [one, two] = sections;
            let sent = [
                ("name", department),
                ("bis", "2097-03-15"),
                ("abschnitt", one),
                ("abschnitt", two),
            ];
            let page = contact.post(&format!("{}/fachbereiche", town.link), &fields(&sent))?;
            shown_once(&demo, &page)
        };
        let social = hand_out("Sozialamt", ["auswahl", "tabellen"])?;
        let money = hand_out("Kämmerei", ["tabellen", "zahlen"])?;
        Ok(Self {
            demo,
            town,
            contact,
            social,
            money,
        })
    }

    /// The text of a page of the contact.
    fn contacts(&mut self, below: &str) -> anyhow::Result<String> {
        let page = self.contact.get(&format!("{}{below}", self.town.link))?;
        if page.status != 200 {
            bail!("{below}: {}", page.status);
        }
        Ok(page.text())
    }

    fn researcher(&self) -> anyhow::Result<Client> {
        let mut client = Client::connect(&self.demo.base)?;
        client.sign_in(&self.demo.sign_in_link("researcher")?)?;
        Ok(client)
    }
}

#[test]
fn a_department_has_its_sections_and_its_comments_stay_in_the_house() -> anyhow::Result<()> {
    let mut house = House::new("together-sections")?;
    let mut social = Client::connect(&house.demo.base)?;
    // The code that was read out on the telephone opens the same door as the link.
    let typed = social.post(
        "/zugang",
        &fields(&[("code", &house.social.1.to_lowercase())]),
    )?;
    let door = typed.header("location").context("the code opens nothing")?;
    let door = door
        .strip_prefix(&house.demo.base)
        .unwrap_or(door)
        .to_owned();
    let start = social.get(&door)?.text();
    assert!(
        start.contains("Sozialamt") && start.contains("Tabellen"),
        "{start}"
    );
    assert!(
        !start.contains("Texte und Tage"),
        "a section of others: {start}"
    );
    for page in ["texte", "zahlen", "dateien"] {
        let path = format!("{}/seite/{page}", house.social.0);
        assert_eq!(social.get(&path)?.status, 404, "{page}");
        assert_eq!(
            social.post(&path, &fields(types::of_page(page)))?.status,
            404,
            "{page}"
        );
    }
    let words = "Bitte mit dem Ausländeramt abgleichen";
    let page = format!("{}/seite/auswahl", house.social.0);
    let mut sent = types::of_page("auswahl").to_vec();
    sent.push(("_anmerkung.konzept", words));
    assert_eq!(social.save(&page, &sent)?.status, 303);
    // The contact reads answer, giver and comment; the other department none of it; the institute no comment.
    let seen = house.contacts("/seite/auswahl")?;
    for part in [words, "Sozialamt", "Ein Leitbild"] {
        assert!(seen.contains(part), "{part}: {seen}");
    }
    let mut money = Client::connect(&house.demo.base)?;
    assert_eq!(
        money
            .get(&format!("{}/seite/auswahl", house.money.0))?
            .status,
        404
    );
    let tables = money
        .get(&format!("{}/seite/tabellen", house.money.0))?
        .text();
    assert!(
        !tables.contains(words) && !tables.contains("etwas anderes"),
        "{tables}"
    );
    let mut office = house.researcher()?;
    let key = &house.town.key;
    for path in [
        format!("/verwaltung/ruecklauf/{WAVE}"),
        format!("/verwaltung/ruecklauf/{WAVE}/kommunen/{key}"),
        format!("/verwaltung/feld/{WAVE}"),
        format!("/antworten/papier.{WAVE}.{key}/seite/auswahl"),
        "/verwaltung/protokoll".to_owned(),
        "/verwaltung/postausgang".to_owned(),
    ] {
        let page = office.get(&path)?;
        assert_eq!(page.status, 200, "{path}");
        assert!(!page.text().contains(words), "{path} shows the comment");
    }
    let pdf = house
        .contact
        .get(&format!("{}/antworten.pdf", house.town.link))?;
    assert!(
        !poppler(&house.demo, &pdf.body)?.contains(words),
        "the PDF shows the comment"
    );
    Ok(())
}

#[tokio::test]
async fn the_second_department_sees_both_answers_and_chooses_in_the_browser() -> anyhow::Result<()>
{
    let mut house = House::new("together-collision")?;
    let mut social = Client::connect(&house.demo.base)?;
    types::answer(&mut social, &house.social.0, &["auswahl", "tabellen"])?;
    let browser = Browser::open(1280, 844).await?;
    let page = format!("{}{}/seite/tabellen", house.demo.base, house.money.0);
    browser.client.goto(&page).await?;
    // While the Kämmerei looks at it, the Sozialamt changes its mind.
    let mut sent = types::of_page("tabellen").to_vec();
    sent.retain(|(name, _)| *name != "lage.amt" && *name != "profil.ton");
    sent.extend([("lage.amt", "schlecht"), ("profil.ton", "4")]);
    assert_eq!(
        social
            .save(&format!("{}/seite/tabellen", house.social.0), &sent)?
            .status,
        303
    );
    let choose =
        |name: &'static str, value: &'static str| format!("input[name='{name}'][value='{value}']");
    for (name, value) in [
        ("lage.amt", "gut"),
        ("profil.ton", "1"),
        ("spalten.geld", "gut"),
    ] {
        let radio = browser
            .client
            .find(Locator::Css(&choose(name, value)))
            .await?;
        radio.click().await?;
    }
    browser
        .client
        .find(Locator::Css("button[value=weiter]"))
        .await?
        .click()
        .await?;
    let pairs = browser
        .client
        .wait()
        .for_element(Locator::Css("#bogen .pair"))
        .await;
    let both = browser.client.source().await?;
    pairs.with_context(|| format!("nobody was told: {both}"))?;
    for part in [
        "Sozialamt",
        "schlecht",
        "gut",
        "_wahl.lage.amt",
        "_wahl.profil.ton",
    ] {
        assert!(both.contains(part), "{part}: {both}");
    }
    assert!(
        !both.contains("_wahl.spalten.geld"),
        "nobody else changed it: {both}"
    );
    // Until somebody has chosen, what was saved stands.
    let before = house.contacts("/pruefen")?;
    assert!(before.contains("schlecht"), "{before}");
    for (name, start) in [
        ("_wahl.lage.amt", "ihre"),
        ("_wahl.profil.ton", "gespeichert"),
    ] {
        let at = format!("input[name='{name}'][value^='{start}']");
        browser
            .client
            .find(Locator::Css(&at))
            .await?
            .click()
            .await?;
    }
    browser
        .client
        .find(Locator::Css("#bogen .actions button"))
        .await?
        .click()
        .await?;
    let numbers = Locator::Css("input[name=personal]");
    let next = browser.client.wait().for_element(numbers).await;
    if next.is_err() {
        let (at, page) = (
            browser.client.current_url().await?,
            browser.client.source().await?,
        );
        bail!("the choice does not lead on: {at} {page}");
    }
    browser.close().await?;
    let shown = house.contacts("/seite/tabellen")?;
    let checked = |name: &str, value: &str| {
        shown.contains(&format!("name=\"{name}\" value=\"{value}\" checked"))
    };
    assert!(
        checked("lage.amt", "gut"),
        "the one of the Kämmerei was chosen"
    );
    assert!(
        checked("profil.ton", "4"),
        "the one of the Sozialamt was kept"
    );
    assert!(
        checked("spalten.geld", "gut"),
        "what nobody disputed is saved"
    );
    assert!(shown.contains("Kämmerei"), "who gave it");
    Ok(())
}

/// What is written on the pages of a PDF.
fn poppler(demo: &Demo, pdf: &[u8]) -> anyhow::Result<String> {
    let file = demo.data.join("gelesen.pdf");
    std::fs::write(&file, pdf)?;
    let output = Command::new("pdftotext")
        .arg("-layout")
        .arg(&file)
        .arg("-")
        .output()?;
    Ok(String::from_utf8_lossy(&output.stdout).replace(['\u{a0}', '\u{202f}'], " "))
}

#[test]
fn from_the_first_section_to_a_new_contact() -> anyhow::Result<()> {
    let mut house = House::new("together-whole")?;
    let (mut social, mut money) = (
        Client::connect(&house.demo.base)?,
        Client::connect(&house.demo.base)?,
    );
    let open = house.contacts("/aufgabenliste")?;
    assert!(
        open.contains("0 von") && open.contains("15.\u{a0}März 2097"),
        "{open}"
    );
    types::answer(&mut social, &house.social.0, &["auswahl", "tabellen"])?;
    types::answer(&mut money, &house.money.0, &["zahlen"])?;
    for (client, link, sections) in [
        (&mut social, &house.social.0, ["auswahl", "tabellen"]),
        (&mut money, &house.money.0, ["tabellen", "zahlen"]),
    ] {
        for section in sections {
            let done = fields(&[("seite", section), ("was", "fertig")]);
            assert_eq!(
                client.post(&format!("{link}/fertig-melden"), &done)?.status,
                303
            );
        }
    }
    let list = house.contacts("/aufgabenliste")?;
    assert!(
        list.contains("Sozialamt: fertig gemeldet") && list.contains("Kämmerei: fertig gemeldet"),
        "{list}"
    );
    // What is missing is named, and nothing can be sent in before.
    let missing = house.contacts("/pruefen")?;
    assert!(missing.contains("class=\"summary\""), "{missing}");
    let link = house.town.link.clone();
    types::answer(
        &mut house.contact,
        &link,
        &["texte", "dateien", "beispiele"],
    )?;
    let checked = fields(&[("was", "geprueft"), ("seite", "zahlen")]);
    house
        .contact
        .post(&format!("{link}/aufgabenliste"), &checked)?;
    assert!(house.contacts("/aufgabenliste")?.contains(">geprüft<"));
    sign_off(&mut house)?;
    // The PDF of the own answers has what was answered, under the numbers of the empty questionnaire.
    let own = house.contact.get(&format!("{link}/antworten.pdf"))?;
    let own = poppler(&house.demo, &own.body)?;
    for part in [
        "Kirchen & Moscheen",
        "12,5 Stellen",
        "15 000 Euro",
        "1. Arbeit",
        "01.09.2015",
        "Konzept.pdf",
        "Wiskenbeck",
    ] {
        assert!(own.contains(part), "{part}: {own}");
    }
    let empty = house.contact.get(&format!("{link}/fragebogen.pdf"))?;
    let empty = poppler(&house.demo, &empty.body)?;
    for text in [
        "Gibt es einen Beirat?",
        "Wie viele Stellen gibt es dafür?",
        "Was hat Vorrang?",
    ] {
        let numbered = |pdf: &str| {
            let line = pdf
                .lines()
                .find(|line| line.contains(text))?
                .trim()
                .to_owned();
            Some(line[..line.find(text)?].trim().to_owned())
        };
        let number = numbered(&empty).with_context(|| format!("{text}: {empty}"))?;
        assert!(!number.is_empty(), "{text} has no number");
        assert_eq!(Some(number), numbered(&own), "{text}: {own}");
    }
    let review = house.contacts("/pruefen")?;
    assert!(!review.contains("class=\"summary\""), "{review}");
    let sent = house
        .contact
        .post(&format!("{link}/pruefen"), &form::hidden(&review))?;
    assert_eq!(sent.status, 303, "{}", sent.text());
    assert!(house.contacts("/fertig")?.contains("id=\"fertig\""));
    assert!(
        house
            .contacts("/aenderungen")?
            .contains("wurde nichts geändert")
    );
    // Afterwards a department corrects a number: the history names who, before and after.
    let mut corrected = types::of_page("zahlen").to_vec();
    corrected[0].1 = "13";
    assert_eq!(
        money
            .save(&format!("{}/seite/zahlen", house.money.0), &corrected)?
            .status,
        303
    );
    let history = house.contacts("/aenderungen")?;
    for part in ["Kämmerei", "12,5\u{a0}Stellen", "13\u{a0}Stellen"] {
        assert!(history.contains(part), "{part}: {history}");
    }
    assert!(house.contacts("/mitzeichnung")?.contains("danach geändert"));
    assert!(
        house
            .contacts("/aufgabenliste")?
            .contains("seit Ihrer Prüfung geändert")
    );
    new_contact(&mut house)
}

/// A link that only shows; who opens it signs with a function and the day is kept.
fn sign_off(house: &mut House) -> anyhow::Result<()> {
    let link = house.town.link.clone();
    let made = house
        .contact
        .post(&format!("{link}/mitzeichnung"), &fields(&[("was", "link")]))?;
    let (sign, _) = shown_once(&house.demo, &made)?;
    let mut head = Client::connect(&house.demo.base)?;
    let shown = head.get(&sign)?.text();
    assert!(
        shown.contains("Ein Leitbild") && shown.contains("Mehr Zeit."),
        "{shown}"
    );
    assert!(
        !shown.contains("/seite/") && !shown.contains(&link),
        "it leads to a page that writes: {shown}"
    );
    let token = sign.rsplit('/').next().unwrap_or_default();
    for below in [
        "",
        "/seite/texte",
        "/pruefen",
        "/aufgabenliste",
        "/antworten.pdf",
    ] {
        let path = format!("/antworten/{token}{below}");
        assert_eq!(head.get(&path)?.status, 404, "{path}");
        assert_eq!(
            head.post(&path, &fields(&[("anliegen", "x")]))?.status,
            if below == "/antworten.pdf" { 405 } else { 404 },
            "{path}"
        );
    }
    assert_eq!(head.post(&sign, &fields(&[("funktion", "")]))?.status, 422);
    assert_eq!(
        head.post(&sign, &fields(&[("funktion", "Bürgermeisteramt")]))?
            .status,
        303
    );
    let signed = house.contacts("/mitzeichnung")?;
    assert!(
        signed.contains("Mitgezeichnet: Bürgermeisteramt, "),
        "{signed}"
    );
    let year = format!("\u{a0}{}", jiff::Zoned::now().year());
    let line = signed
        .split("Mitgezeichnet: Bürgermeisteramt")
        .nth(1)
        .unwrap_or_default();
    assert!(
        line.split('<')
            .next()
            .unwrap_or_default()
            .contains(year.trim()),
        "no day: {line}"
    );
    assert!(!signed.contains("danach geändert"), "{signed}");
    Ok(())
}

/// The contact has left: the institute gives the new one a link, and what the old one kept opens nothing.
fn new_contact(house: &mut House) -> anyhow::Result<()> {
    let mut office = house.researcher()?;
    let at = format!("/verwaltung/ruecklauf/{WAVE}/kommunen/{}", house.town.key);
    let given = office.post(
        &at,
        &fields(&[("was", "neu"), ("fachbereiche", "behalten")]),
    )?;
    let (new, code) = shown_once(&house.demo, &given)?;
    let mut anyone = Client::connect(&house.demo.base)?;
    for below in [
        "",
        "/seite/texte",
        "/pruefen",
        "/aufgabenliste",
        "/antworten.pdf",
        "/mitzeichnung",
    ] {
        assert_eq!(
            anyone.get(&format!("{}{below}", house.town.link))?.status,
            404,
            "{below}"
        );
        assert_eq!(anyone.get(&format!("{new}{below}"))?.status, 200, "{below}");
    }
    assert!(
        anyone
            .get(&format!("{new}/pruefen"))?
            .text()
            .contains("13\u{a0}Stellen"),
        "the answers are kept"
    );
    assert_eq!(
        anyone.get(&house.money.0)?.status,
        200,
        "departments were to be kept"
    );
    let typed = anyone.post("/zugang", &fields(&[("code", &code)]))?;
    assert_eq!(typed.status, 303);
    let ended = office.post(&at, &fields(&[("was", "neu"), ("fachbereiche", "beenden")]))?;
    let (newest, _) = shown_once(&house.demo, &ended)?;
    for gone in [&new, &house.money.0, &house.social.0] {
        assert_eq!(anyone.get(gone)?.status, 404, "{gone}");
    }
    assert_eq!(anyone.get(&newest)?.status, 200);
    let typed = anyone.post("/zugang", &fields(&[("code", &code)]))?;
    assert_eq!(typed.status, 422, "the old code opens");
    Ok(())
}
