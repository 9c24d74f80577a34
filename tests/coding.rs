//! Open answers: two people code them without seeing one another, differences are settled, the dataset gets its next
//! version; and what may be quoted.

use anyhow::Context;
use stories::http::Client;
use stories::{Demo, form, run, walk};

const QUESTION: &str = "/verwaltung/offene-antworten/2016-1/anliegen";

/// Somebody of the house who is signed in.
fn signed_in(demo: &Demo, role: &str) -> anyhow::Result<Client> {
    let link = demo.sign_in_link(role)?;
    let mut client = Client::connect(&demo.base)?;
    let answer = client.post(&link, &[])?;
    let cookie = answer.header("set-cookie").context("no cookie")?;
    let cookie = cookie.split(';').next().unwrap_or_default();
    client.headers = format!("Cookie: {cookie}\r\n");
    Ok(client)
}

fn field(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// Numbers of the answers on a page: names of the boxes are `a<number>`.
fn numbers(html: &str) -> Vec<String> {
    let mut numbers: Vec<String> = html
        .split(" name=\"a")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|n| n.bytes().all(|b| b.is_ascii_digit()))
        .map(str::to_owned)
        .collect();
    numbers.dedup();
    numbers
}

#[test]
fn two_coders_agree_and_the_dataset_gets_its_next_version() -> anyhow::Result<()> {
    let demo = Demo::start("coding")?;
    let (mut one, mut two) = (signed_in(&demo, "researcher")?, signed_in(&demo, "editor")?);
    let frame = format!("{QUESTION}/codes");
    let lines = "geld | Finanzierung | funding\npersonal | Personal | staff\n";
    let sent = [
        field("_version", "0"),
        field("codes", lines),
        field("other", ""),
    ];
    let wrong = [
        field("_version", "0"),
        field("codes", "Geld"),
        field("other", "x.y"),
    ];
    let told = one.post(&frame, &wrong)?;
    assert_eq!(told.status, 422);
    assert!(
        told.text().contains("Zeile 1") && told.text().contains("x.y"),
        "all faults at once"
    );
    assert_eq!(
        two.post(&frame, &sent)?.status,
        403,
        "editors code, researchers write the frame"
    );
    assert_eq!(one.post(&frame, &sent)?.status, 303);
    assert_eq!(
        one.post(&frame, &sent)?.status,
        422,
        "the second writer saw an older version"
    );
    // Both read the same ten answers; they differ in one.
    let code = format!("{QUESTION}/kodieren");
    let page = one.get(&code)?.text();
    let asked = numbers(&page);
    assert_eq!(asked.len(), 10, "{page}");
    let ticks = |first: &str| -> Vec<(String, String)> {
        let code = |(at, number): (usize, &String)| {
            field(&format!("a{number}"), if at == 0 { first } else { "geld" })
        };
        asked.iter().enumerate().map(code).collect()
    };
    assert_eq!(one.post(&code, &ticks("geld"))?.status, 303);
    let page = two.get(&code)?.text();
    assert_eq!(
        numbers(&page),
        asked,
        "the second coder gets the same answers"
    );
    assert!(
        !page.contains(" checked"),
        "and does not see what the first one chose"
    );
    assert_eq!(two.post(&code, &ticks("personal"))?.status, 303);
    let compare = format!("{QUESTION}/abgleich");
    let page = one.get(&compare)?.text();
    assert!(page.contains("<dt>gleich kodiert</dt><dd>9</dd>"), "{page}");
    // 40 decisions of two codes on ten answers, by hand: alpha = 1 - 39 * 4 / (2 * 20 * 20) = 0.805.
    assert!(
        page.contains("<dt>Krippendorffs Alpha</dt><dd>0,81</dd>") || page.contains("0,80"),
        "{page}"
    );
    assert_eq!(numbers(&page), asked[..1], "one answer is to be settled");
    let settle = [field(&format!("a{}", asked[0]), "personal")];
    assert_eq!(one.post(&compare, &settle)?.status, 303);
    let version = format!("{QUESTION}/fassung");
    assert_eq!(two.post(&version, &[])?.status, 403);
    assert_eq!(one.post(&version, &[])?.status, 303);
    assert!(one.get(&compare)?.text().contains("Es gilt Fassung 2."));
    // The next version is what is handed on; it says so.
    let out = demo.data.join("archiv").to_string_lossy().into_owned();
    let what = ["dataset", "export", "--wave", "2016-1", "--format", "csv"];
    run(&[&what[..], &["--data", demo.data(), "--out", &out]].concat())?;
    let csv = std::fs::read_to_string(demo.data.join("archiv/2016-1.csv"))?;
    let head: Vec<&str> = csv.lines().next().unwrap_or_default().split(',').collect();
    assert!(
        head.contains(&"anliegen.geld") && head.contains(&"anliegen.personal"),
        "{head:?}"
    );
    let readme = std::fs::read_to_string(demo.data.join("archiv/README.txt"))?;
    assert!(readme.contains("Fassung 2"), "{readme}");
    Ok(())
}

#[test]
fn only_what_its_municipality_allowed_is_quoted() -> anyhow::Result<()> {
    let demo = Demo::start("quotes")?;
    let mut staff = signed_in(&demo, "researcher")?;
    let links = demo.invite(3)?;
    // By name, by type and size, not at all: the three radio buttons beside the long text.
    for (choice, link) in links.iter().enumerate() {
        let mut client = Client::connect(&demo.base)?;
        let choose = &mut |name: &str, count: usize| {
            if name.starts_with("_zitat.") {
                choice
            } else {
                count / 2
            }
        };
        let pages = walk(&mut client, link, choose)?;
        assert!(
            pages
                .iter()
                .any(|(_, html)| html.contains("Dürfen wir aus dieser Antwort zitieren?"))
        );
        // The walker leaves long texts empty: this one has something to say.
        let page = format!("{link}/seite/austausch-praxis");
        let html = client.get(&page)?.text();
        let mut fields = form::fill(&html, choose).context("the page has its form")?;
        fields.retain(|(name, _)| name != "anliegen");
        fields.push(field(
            "anliegen",
            "Verlässliches Geld über das Jahr hinaus.",
        ));
        client.post(&form::action(&html, &page), &fields)?;
        let again = client.get(&page)?.text();
        let word = ["name", "art", "nein"][choice];
        let kept = format!("name=\"_zitat.anliegen\" value=\"{word}\" checked");
        assert!(again.contains(&kept), "{again}");
    }
    run(&["wave", "close", "--wave", "probe", "--data", demo.data()])?;
    let page = staff
        .get("/verwaltung/offene-antworten/probe/anliegen/zitate")?
        .text();
    assert_eq!(page.matches("<blockquote>").count(), 2, "{page}");
    assert!(page.contains("1 weitere"), "{page}");
    let by: Vec<&str> = page
        .split("<figcaption>")
        .skip(1)
        .filter_map(|r| r.split('<').next())
        .collect();
    let sizes = by
        .iter()
        .filter(|b| b.contains("Einwohner") || b.contains("Landkreise jeder Größe"));
    assert_eq!(
        sizes.count(),
        1,
        "one by type and size, one by name: {by:?}"
    );
    Ok(())
}
