//! A house moves from LimeSurvey: its survey comes over, is answered, and the responses of an earlier wave are loaded.

use std::collections::BTreeSet;

use fantoccini::Locator;
use stories::browser::Browser;
use stories::http::Client;
use stories::{Demo, run, run_failing};

/// A small survey in the layout of LimeSurvey 2, with the types and conditions that town halls get most.
fn survey() -> String {
    let question = |qid: u32, gid: u32, kind: &str, code: &str, text: &str, more: &str| {
        format!(
            "<row><qid>{qid}</qid><parent_qid>0</parent_qid><sid>7</sid><gid>{gid}</gid><type>{kind}</type><title>{code}</title>\
             <question><![CDATA[{text}]]></question><question_order>{qid}</question_order><language>de</language>{more}</row>\n"
        )
    };
    let item = |qid: u32, parent: u32, code: &str, text: &str| {
        format!(
            "<row><qid>{qid}</qid><parent_qid>{parent}</parent_qid><gid>1</gid><type>T</type><title>{code}</title>\
             <question>{text}</question><question_order>{qid}</question_order><language>de</language><scale_id>0</scale_id></row>\n"
        )
    };
    let answer = |qid: u32, code: &str, order: u32| {
        format!(
            "<row><qid>{qid}</qid><code>{code}</code><answer>Antwort {code}</answer><sortorder>{order}</sortorder><language>de</language><scale_id>0</scale_id></row>\n"
        )
    };
    let group = |gid: u32, name: &str| {
        format!(
            "<row><gid>{gid}</gid><sid>7</sid><group_name>{name}</group_name><group_order>{gid}</group_order><language>de</language></row>\n"
        )
    };
    let questions = [
        question(
            1,
            1,
            "L",
            "Konzept",
            "<p>Gibt es ein <b>Konzept</b>?</p><script>alert(1)</script>",
            "<mandatory>Y</mandatory>",
        ),
        question(
            2,
            1,
            "M",
            "Bedarf",
            "Was wird gebraucht?",
            "<other>Y</other>",
        ),
        question(
            3,
            2,
            "N",
            "Stellen",
            "Wie viele Stellen?",
            "<relevance><![CDATA[Bedarf_P1 == \"Y\"]]></relevance>",
        ),
        question(4, 2, "F", "Lage", "Wie ist die Lage?", ""),
        question(5, 2, "S", "Ort", "Wo?", ""),
        question(
            6,
            3,
            "D",
            "Tag",
            "Seit wann? Sie nannten {Konzept.shown}.",
            "",
        ),
        question(7, 3, "R", "Rang", "Was ist am wichtigsten?", ""),
        question(8, 3, "Y", "Weiter", "Geht es weiter?", ""),
    ];
    let items = [
        item(21, 2, "P1", "Personal"),
        item(22, 2, "P2", "Geld"),
        item(41, 4, "W1", "Wohnen"),
        item(42, 4, "W2", "Schule"),
    ];
    let answers = [
        answer(1, "A1", 1),
        answer(1, "A2", 2),
        answer(4, "1", 1),
        answer(4, "2", 2),
        answer(4, "3", 3),
        answer(7, "R1", 1),
        answer(7, "R2", 2),
    ];
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document>\n<LimeSurveyDocType>Survey</LimeSurveyDocType>\n<DBVersion>177</DBVersion>\n\
         <languages><language>de</language></languages>\n<answers><rows>{}</rows></answers>\n<groups><rows>{}{}{}</rows></groups>\n\
         <questions><rows>{}</rows></questions>\n<subquestions><rows>{}</rows></subquestions>\n\
         <surveys><rows><row><sid>7</sid><language>de</language></row></rows></surveys>\n\
         <surveys_languagesettings><rows><row><surveyls_language>de</surveyls_language><surveyls_title>Umzug</surveyls_title></row></rows></surveys_languagesettings>\n</document>\n",
        answers.concat(),
        group(1, "Anfang"),
        group(2, "Mitte"),
        group(3, "Ende"),
        questions.concat(),
        items.concat()
    )
}

fn settings(name: &str, opens: &str, closes: &str) -> String {
    format!(
        "name = \"{name}\"\ncontact = \"studie@institut.example\"\nminutes = [5, 10]\nopens = \"{opens}\"\ncloses = \"{closes}\"\nsynthetic = true\n\
         title = {{ de = \"Umzug\", en = \"Move\" }}\npurpose = {{ de = \"Probe\", en = \"Trial\" }}\ninstitute = {{ name = \"Institut\" }}\nfunder = {{ name = \"Stiftung\" }}\n"
    )
}

/// Imports a survey, makes a wave of it and returns the links and keys of so many municipalities.
fn wave(
    demo: &Demo,
    name: &str,
    lss: &str,
    (opens, closes): (&str, &str),
    count: usize,
) -> anyhow::Result<Vec<(String, String)>> {
    let at = |ending: &str| format!("{}/{name}.{ending}", demo.data());
    let (yaml, report, toml, codes) = (at("yaml"), at("json"), at("toml"), at("csv"));
    run(&[
        "questionnaire",
        "import",
        lss,
        "-o",
        &yaml,
        "--report",
        &report,
    ])?;
    run(&["questionnaire", "check", &yaml])?;
    std::fs::write(&toml, settings(name, opens, closes))?;
    run(&[
        "wave",
        "add",
        "--settings",
        &toml,
        "--questionnaire",
        &yaml,
        "--data",
        demo.data(),
    ])?;
    let count = count.to_string();
    run(&[
        "invite",
        "--wave",
        name,
        "--count",
        &count,
        "--data",
        demo.data(),
        "--out",
        &codes,
    ])?;
    let text = std::fs::read_to_string(&codes)?;
    let invited = text.lines().skip(1).filter_map(|line| {
        let cells: Vec<&str> = line.split(',').map(|cell| cell.trim_matches('"')).collect();
        let link = cells.iter().find(|cell| cell.starts_with(&demo.base))?;
        let key = cells
            .iter()
            .find(|cell| cell.len() >= 5 && cell.bytes().all(|b| b.is_ascii_digit()))?;
        Some((link[demo.base.len()..].to_owned(), (*key).to_owned()))
    });
    Ok(invited.collect())
}

const OPEN: (&str, &str) = ("2020-01-01T00:00:00Z", "2098-01-01T00:00:00Z");

/// Questions of which a refused page says something, and what it says.
fn refused(html: &str) -> Vec<(String, String)> {
    let summary = html.split("id=\"fehler\"").nth(1).unwrap_or_default();
    let summary = summary.split("</ul>").next().unwrap_or_default();
    let lines = summary.split("<a href=\"#").skip(1).filter_map(|link| {
        let (anchor, rest) = link.split_once('"')?;
        let said = rest.split('>').nth(1)?.split('<').next()?;
        let key = anchor
            .trim_start_matches("feld-")
            .trim_start_matches("frage-");
        let key = key.split('.').next()?.split("--").next()?;
        Some((key.to_owned(), said.to_owned()))
    });
    lines.collect()
}

/// Sends what the page's form takes, as a person would: of a question that is refused, what was typed is left open.
/// Where the next page is.
fn sent(client: &mut Client, path: &str, html: &str) -> Result<String, String> {
    let mut html = html.to_owned();
    let (mut open, mut told) = (BTreeSet::new(), String::new());
    for _ in 0..12 {
        let mut fields = stories::form::fill(&html, &mut |_, _| 0)
            .ok_or_else(|| format!("no form: {}", html.chars().take(2_000).collect::<String>()))?;
        // A list takes its first option; options that are ranked take one rank each.
        let mut taken = BTreeSet::new();
        for (name, values) in stories::form::selects(&html) {
            let question = name.split('.').next().unwrap_or_default().to_owned();
            let free = values
                .into_iter()
                .find(|v| !taken.contains(&(question.clone(), v.clone())));
            if let Some(value) = free
                && let Some(field) = fields.iter_mut().find(|(field, _)| *field == name)
            {
                taken.insert((question, value.clone()));
                field.1 = value;
            }
        }
        let action = stories::form::action(&html, path);
        fields.retain(|(field, _)| {
            field
                .split('.')
                .next()
                .is_some_and(|question| !open.contains(question))
        });
        let answer = if stories::form::in_parts(&html) {
            client.post_parts(&action, &fields)
        } else {
            client.post(&action, &fields)
        };
        let answer = answer.map_err(|error| error.to_string())?;
        if let Some(next) = answer.header("location") {
            return Ok(next.to_owned());
        }
        html = answer.text();
        let wrong = refused(&html);
        told = format!("{} {wrong:?}, open {open:?}", answer.status);
        open.extend(wrong.into_iter().map(|(question, _)| question));
    }
    Err(told)
}

/// Answers by real forms until the pages of questions are behind; how many those were.
fn walked(demo: &Demo, link: &str, name: &str) -> anyhow::Result<usize> {
    let mut client = Client::connect(&demo.base)?;
    let (mut path, mut pages) = (link.to_owned(), 0);
    for _ in 0..80 {
        let page = client.get(&path)?;
        let html = page.text();
        assert_eq!(page.status, 200, "{name}, {path}: {html}");
        assert!(
            !html.contains("alert("),
            "{name}, {path}: a script came through"
        );
        pages += usize::from(path.contains("/seite/"));
        if pages > 0 && !path.contains("/seite/") {
            return Ok(pages);
        }
        let next = sent(&mut client, &path, &html)
            .map_err(|said| anyhow::anyhow!("{name}, {path}: {said}"))?;
        path = next.strip_prefix(&demo.base).unwrap_or(&next).to_owned();
    }
    anyhow::bail!("{name}: 80 pages and no end")
}

/// The real surveys beside the project, and those of `LSS_FOLDER`.
fn real() -> Vec<std::path::PathBuf> {
    let beside = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/lss");
    let more = std::env::var("LSS_FOLDER").map(std::path::PathBuf::from);
    let mut files = Vec::new();
    for folder in [Some(beside), more.ok()].into_iter().flatten() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            eprintln!("{} is not there: nothing is walked", folder.display());
            continue;
        };
        files.extend(entries.flatten().map(|entry| entry.path()));
    }
    files.retain(|path| path.extension().is_some_and(|ending| ending == "lss"));
    files.sort();
    files
}

#[test]
fn real_surveys_are_walked_to_their_end_by_real_forms() -> anyhow::Result<()> {
    let files = real();
    if files.is_empty() {
        return Ok(());
    }
    let demo = Demo::start("limesurvey-real")?;
    let mut stopped = Vec::new();
    for (at, file) in files.iter().enumerate() {
        let walk = || {
            let name = format!("umzug-{at}");
            let lss = file.to_string_lossy();
            let (link, _) = wave(&demo, &name, &lss, OPEN, 1)?.remove(0);
            walked(&demo, &link, &lss)
        };
        match walk() {
            Ok(pages) => println!("{}: {pages} pages", file.display()),
            Err(error) => stopped.push(format!("{}: {error:#}", file.display())),
        }
    }
    assert!(
        stopped.is_empty(),
        "{} of {} stop:\n{}",
        stopped.len(),
        files.len(),
        stopped.join("\n")
    );
    Ok(())
}

#[test]
fn a_survey_is_walked_to_its_end_by_real_forms() -> anyhow::Result<()> {
    let demo = Demo::start("limesurvey-forms")?;
    let own = format!("{}/own.lss", demo.data());
    std::fs::write(&own, survey())?;
    let (link, _) = wave(&demo, "umzug-form", &own, OPEN, 1)?.remove(0);
    assert_eq!(walked(&demo, &link, "own")?, 3);
    Ok(())
}

#[tokio::test]
async fn a_clerk_answers_a_survey_that_came_over() -> anyhow::Result<()> {
    let demo = Demo::start("limesurvey-browser")?;
    let lss = format!("{}/own.lss", demo.data());
    std::fs::write(&lss, survey())?;
    let (link, _) = wave(&demo, "umzug", &lss, OPEN, 1)?.remove(0);
    let browser = Browser::open(390, 844).await?;
    browser.client.goto(&format!("{}{link}", demo.base)).await?;
    let mut seen = String::new();
    for _ in 0..20 {
        assert!(
            !browser.scrolls_sideways().await?,
            "scrolls sideways at 390 px"
        );
        seen += &browser.client.source().await?;
        if browser.client.find(Locator::Id("fertig")).await.is_ok() {
            break;
        }
        let send = "const form = document.getElementById('bogen'); if (!form) return null;
            const seen = new Set();
            for (const input of form.querySelectorAll('input[type=radio], input[type=checkbox]')) {
                if (!seen.has(input.name) && !input.name.endsWith('.special')) { seen.add(input.name); if (!input.checked) input.click(); }
            }
            form.querySelector('button').click(); return 'sent';";
        let sent = browser.client.execute(send, vec![]).await?;
        assert!(
            !sent.is_null(),
            "no form: {}",
            browser.client.source().await?
        );
    }
    assert!(
        browser.client.find(Locator::Id("fertig")).await.is_ok(),
        "not at the end"
    );
    for said in [
        "Gibt es ein ",
        "Wie viele Stellen?",
        "Sie nannten Antwort A1.",
    ] {
        assert!(seen.contains(said), "{said} was not seen");
    }
    assert!(!seen.contains("alert(1)"), "a script came through");
    browser.close().await
}

#[test]
fn responses_of_an_earlier_wave_are_loaded_all_or_none() -> anyhow::Result<()> {
    let demo = Demo::start("limesurvey-responses")?;
    let lss = format!("{}/own.lss", demo.data());
    std::fs::write(&lss, survey())?;
    let invited = wave(&demo, "umzug-neu", &lss, OPEN, 2)?;
    // The earlier waves were run elsewhere: nobody is invited here.
    let yaml = format!("{}/umzug-neu.yaml", demo.data());
    for name in ["umzug-alt", "umzug-zahl"] {
        let toml = format!("{}/{name}.toml", demo.data());
        std::fs::write(
            &toml,
            settings(name, "2015-01-01T00:00:00Z", "2015-06-01T00:00:00Z"),
        )?;
        run(&[
            "wave",
            "add",
            "--settings",
            &toml,
            "--questionnaire",
            &yaml,
            "--data",
            demo.data(),
        ])?;
    }
    let (one, two) = (&invited[0].1, &invited[1].1);
    let file = format!("{}/antworten.csv", demo.data());
    let import = |wave: &'static str| {
        vec![
            "responses",
            "import",
            file.as_str(),
            "--wave",
            wave,
            "--ags",
            "AGS",
            "--data",
            demo.data(),
        ]
    };
    let heading = "\"id\",\"submitdate\",\"lastpage\",\"startlanguage\",\"AGS\",\"Konzept\",\"Bedarf[P1]\",\"Bedarf[P2]\",\"Bedarf[other]\",\"Stellen\",\"Lage[W1]\",\"Lage[W2]\",\"Ort\",\"Tag\",\"Rang[1]\",\"Rang[2]\",\"Weiter\"\n";
    let wrong = format!(
        "{heading}\"1\",\"2015-03-01 10:00:00\",\"3\",\"de\",\"{one}\",\"A9\",\"Y\",\"\",\"\",\"viele\",\"1\",\"4\",\"x\",\"gestern\",\"R1\",\"R2\",\"Y\"\n\"2\",\"\",\"1\",\"de\",\"99\",\"A1\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n"
    );
    std::fs::write(&file, wrong)?;
    let said = run_failing(&import("umzug-alt"))?;
    for part in [
        "line 2, column Konzept: \"A9\" is no answer code",
        "column Stellen: \"viele\" is no number",
        "column Lage[W2]: \"4\"",
        "column Tag: \"gestern\"",
        "nothing was loaded",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let right = format!(
        "{heading}\"1\",\"2015-03-01 10:00:00\",\"3\",\"de\",\"{one}\",\"A1\",\"Y\",\"\",\"Zeit\",\"2.5000000000\",\"1\",\"3\",\"Rathaus, \"\"Haus B\"\"\",\"2014-05-01 00:00:00\",\"R2\",\"R1\",\"Y\"\n\"2\",\"\",\"1\",\"de\",\"{two}\",\"A2\",\"\",\"Y\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n"
    );
    std::fs::write(&file, right)?;
    let said = run(&import("umzug-alt"))?;
    assert!(
        said.contains("2 responses loaded, 1 of them submitted"),
        "{said}"
    );
    let said = run_failing(&import("umzug-alt"))?;
    assert!(said.contains("has answered in this wave"), "{said}");
    // The same as LimeSurvey's "VV" file: two headings, tabs, its own signs.
    let vv = format!(
        "Response ID\tDate submitted\tAGS\tGibt es ein Konzept?\tPersonal\tWo?\n\
         id\tsubmitdate\tAGS\tKonzept\tBedarf_P1\tOrt\n\
         1\t1980-01-01 00:00:00\t{one}\tA1\tY\tZeile eins{{newline}}Zeile zwei\n\
         2\t{{question_not_shown}}\t{two}\tA2\t{{question_not_shown}}\t\n"
    );
    std::fs::write(&file, vv)?;
    let said = run(&import("umzug-neu"))?;
    assert!(
        said.contains("2 responses loaded, 1 of them submitted"),
        "{said}"
    );
    // Headings by numbers need the survey's structure; headings in words are refused with what to choose.
    let by_number = format!(
        "\"id\",\"submitdate\",\"AGS\",\"7X1X1\",\"7X1X2P1\",\"7X1X2other\",\"7X2X4W1\",\"7X3X71\",\"7X3X72\"\n\
         \"1\",\"2015-03-01 10:00:00\",\"{one}\",\"A1\",\"Y\",\"Zeit\",\"2\",\"R2\",\"R1\"\n"
    );
    std::fs::write(&file, by_number)?;
    let said = run_failing(&import("umzug-zahl"))?;
    assert!(
        said.contains("--lss FILE.lss") && said.matches("error: ").count() == 1,
        "{said}"
    );
    let mut with = import("umzug-zahl");
    with.extend(["--lss", &lss]);
    let said = run(&with)?;
    assert!(said.contains("1 responses loaded"), "{said}");
    std::fs::write(
        &file,
        format!(
            "\"AGS\",\"Konzept. Gibt es ein Konzept?\",\"Wie viele Stellen sind es?\"\n\"{two}\",\"Antwort A1\",\"3\"\n"
        ),
    )?;
    let said = run_failing(&import("umzug-zahl"))?;
    assert!(said.contains("Headings, \"Question code\""), "{said}");
    let page = Client::connect(&demo.base)?
        .get(&format!("{}/seite/anfang", invited[1].0))?
        .text();
    assert!(
        page.contains("checked"),
        "what was loaded stands in the form: {page}"
    );
    Ok(())
}
