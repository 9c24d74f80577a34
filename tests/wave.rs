//! A wave from questionnaire to handbook, and back to those who answered, on the real binary.

use stories::http::Client;
use stories::{Demo, run, run_failing, run_under, walk};

#[test]
fn a_municipality_answers_and_gets_its_feedback_sheet() -> anyhow::Result<()> {
    let demo = Demo::start("answers")?;
    let link = demo.invite(1)?.remove(0);
    let mut client = Client::connect(&demo.base)?;
    let first = client.get(&link)?.text();
    for said in [
        "Beispieldaten",
        "freiwillig",
        "Minuten",
        "fragebogen.pdf",
        "Impressum",
        "Datenschutz",
        "Barrierefreiheit",
    ] {
        assert!(first.contains(said), "the first page does not say {said:?}");
    }
    let pages = walk(&mut client, &link, &mut |_, count| count.saturating_sub(1))?;
    assert!(pages.len() >= 10, "{} pages", pages.len());
    let token = link.rsplit('/').next().unwrap_or_default();
    let sheet = client.get(&format!("/antworten/{token}/vergleichsblatt"))?;
    assert_eq!(sheet.status, 200);
    for said in ["Vergleichsgruppe", "sehr gering", "role=\"img\""] {
        assert!(
            sheet.text().contains(said),
            "the sheet does not say {said:?}"
        );
    }
    let pdf = client.get(&format!("/antworten/{token}/vergleichsblatt.pdf"))?;
    assert!(pdf.body.starts_with(b"%PDF-"), "{}", pdf.status);
    let blank = client.get(&format!("/antworten/{token}/fragebogen.pdf"))?;
    assert!(blank.body.starts_with(b"%PDF-"), "{}", blank.status);
    Ok(())
}

#[test]
fn a_saved_page_survives_a_killed_server() -> anyhow::Result<()> {
    let mut demo = Demo::start("killed")?;
    let link = demo.invite(1)?.remove(0);
    let mut client = Client::connect(&demo.base)?;
    client.post(&link, &[])?;
    let page = format!("{link}/seite/basis");
    let html = client.get(&page)?.text();
    let mut fields = stories::form::fill(&html, &mut |_, _| 0).expect("the form");
    fields.retain(|(name, _)| name != "gefluechtete");
    fields.push(("gefluechtete".into(), "1.250".into()));
    assert_eq!(
        client
            .post(&stories::form::action(&html, &page), &fields)?
            .status,
        303
    );
    demo.kill_and_restart()?;
    let again = Client::connect(&demo.base)?.get(&page)?.text();
    assert!(
        again.contains("value=\"1250\"")
            || again.contains("value=\"1.250\"")
            || again.contains("1\u{202f}250"),
        "{again}"
    );
    Ok(())
}

#[test]
fn two_windows_on_one_page_overwrite_nothing() -> anyhow::Result<()> {
    let demo = Demo::start("windows")?;
    let link = demo.invite(1)?.remove(0);
    let (mut one, mut two) = (Client::connect(&demo.base)?, Client::connect(&demo.base)?);
    one.post(&link, &[])?;
    let page = format!("{link}/seite/basis");
    let (html_one, html_two) = (one.get(&page)?.text(), two.get(&page)?.text());
    let fill = |html: &str, option: usize| {
        stories::form::fill(html, &mut |_, count| option.min(count - 1)).expect("the form")
    };
    assert_eq!(
        one.post(
            &stories::form::action(&html_one, &page),
            &fill(&html_one, 0)
        )?
        .status,
        303
    );
    let told = two.post(
        &stories::form::action(&html_two, &page),
        &fill(&html_two, 1),
    )?;
    assert_eq!(told.status, 409);
    assert!(
        told.text().contains("id=\"bogen\""),
        "the second window can choose"
    );
    Ok(())
}

#[test]
fn wrong_codes_are_stopped_and_a_valid_link_still_works() -> anyhow::Result<()> {
    let demo = Demo::start("codes")?;
    let link = demo.invite(1)?.remove(0);
    let mut client = Client::connect(&demo.base)?;
    let wrong = [("code".to_owned(), "AAAA-BBBB-CCCC-DDDD".to_owned())];
    let statuses: Vec<u16> = (0..15)
        .map(|_| client.post("/zugang", &wrong).map(|a| a.status))
        .collect::<Result<_, _>>()?;
    assert!(statuses[0] < 500 && statuses[0] != 429, "{statuses:?}");
    assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
    assert_eq!(client.get(&link)?.status, 200);
    assert_eq!(
        client.get("/antworten/0000000000000000000000000a")?.status,
        404
    );
    Ok(())
}

#[test]
fn publishing_twice_writes_the_same_bytes_in_another_place_zone_and_language() -> anyhow::Result<()>
{
    let demo = Demo::start("publish")?;
    let out = |name: &str| demo.data.join(name).to_string_lossy().into_owned();
    run(&["publish", "--data", demo.data(), "--out", &out("eins")])?;
    let elsewhere = [
        ("TZ", "Pacific/Auckland"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "tr_TR.UTF-8"),
        ("RAYON_NUM_THREADS", "1"),
    ];
    run_under(
        &elsewhere,
        &[
            "publish",
            "--data",
            demo.data(),
            "--out",
            &out("anderswo/zwei"),
        ],
    )?;
    let files = |name: &str| -> anyhow::Result<Vec<(String, Vec<u8>)>> {
        let root = demo.data.join(name);
        let mut found = Vec::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.push((
                        path.strip_prefix(&root)?.to_string_lossy().into_owned(),
                        std::fs::read(&path)?,
                    ));
                }
            }
        }
        found.sort();
        Ok(found)
    };
    let (one, two) = (files("eins")?, files("anderswo/zwei")?);
    assert!(one.iter().any(|(name, _)| name == "handreichung.pdf"));
    assert!(one.iter().any(|(name, _)| name == "site/index.html"));
    assert!(
        one.iter()
            .any(|(name, _)| name.starts_with("data/") && name.ends_with(".csv"))
    );
    assert_eq!(one.len(), two.len());
    for (a, b) in one.iter().zip(&two) {
        assert!(a == b, "{} differs", a.0);
    }
    Ok(())
}

#[test]
fn broken_files_are_told_and_change_nothing() -> anyhow::Result<()> {
    let folder = stories::folder("broken")?;
    let register = folder.join("liste.csv");
    std::fs::write(&register, "satzart,land\n60,99\n")?;
    let data = folder.join("data");
    let said = run_failing(&[
        "register",
        "import",
        &register.to_string_lossy(),
        "--data",
        &data.to_string_lossy(),
    ])?;
    assert!(said.contains("liste.csv:1"), "{said}");
    assert!(!data.exists(), "nothing was made");
    let questionnaire = folder.join("bogen.yaml");
    std::fs::write(&questionnaire, "format: 1\ntitel: x\npages: []\n")?;
    let said = run_failing(&["questionnaire", "check", &questionnaire.to_string_lossy()])?;
    assert!(said.contains(":2:1"), "{said}");
    Ok(())
}

#[test]
fn a_wave_is_closed_once() -> anyhow::Result<()> {
    let demo = Demo::start("close")?;
    let said = run_failing(&["wave", "close", "--wave", "2016-1", "--data", demo.data()])?;
    assert!(said.contains("not changed any more"), "{said}");
    Ok(())
}

#[test]
fn a_page_with_two_batteries_stays_light() -> anyhow::Result<()> {
    let demo = Demo::start("light")?;
    let link = demo.invite(1)?.remove(0);
    let mut client = Client::connect(&demo.base)?;
    client.post(&link, &[])?;
    client.headers = "Accept-Encoding: gzip\r\n".into();
    let page = client.get(&format!("{link}/seite/ressourcen"))?;
    client.headers.clear();
    let html = client.get(&format!("{link}/seite/ressourcen"))?.text();
    // The page has one battery of ten items: it is counted twice, and everything it asks for once.
    let mut bytes = page.bytes * 2;
    let mut requests = 1;
    for (at, _) in html
        .match_indices("<link rel=\"stylesheet\" href=\"")
        .chain(html.match_indices("<script src=\""))
    {
        let start = at + html[at..].find("=\"/").expect("an address") + 2;
        let end = start + html[start..].find('"').expect("its end");
        client.headers = "Accept-Encoding: gzip\r\n".into();
        bytes += client.get(&html[start..end])?.bytes;
        requests += 1;
    }
    println!("{bytes} bytes in {requests} requests");
    assert!(bytes <= 60_000, "{bytes} bytes");
    assert!(requests <= 6, "{requests} requests");
    Ok(())
}
