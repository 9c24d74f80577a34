//! Contacts and answers live apart: what is handed on for analysis is searched for everything that a contact, a
//! department or a comment ever said; files that were sent along open to researchers only and go with the answers.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use fieldwork::{Privacy, WaveName};
use jiff::{SignedDuration, Timestamp};
use store::DeletionKind;
use stories::http::Client;
use stories::{Demo, Invited, of_demo, run, types};

/// Stands in every field of contacts, departments, comments, mailboxes, and in the names of files.
const MARK: &str = "merkzeichen";
/// Stands in an answer that is exported, so that the search is known to find what is there.
const OPEN: &str = "Offenwort";
const WAVE: &str = "zeugen";

fn fields(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter()
        .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
        .collect()
}

/// What is chosen, turned by the number of the town, so that not all say the same: a wave of one mind has nothing to
/// evaluate.
fn turned(fields: &mut Vec<(String, String)>, number: usize) {
    let turns: [&[&str]; 7] = [
        &["schlecht", "mittel", "gut"],
        &["1", "2", "3", "4", "5"],
        &["ja", "nein"],
        &["sonst", "geplant", "nein"],
        &["amt", "rathaus", "verein"],
        &["post", "netz"],
        &["12,5", "4", "100"],
    ];
    for (name, value) in fields.iter_mut() {
        let sets = ["mittel.", "plz", "anteile.", "partner"];
        if name.starts_with('_')
            || name.contains(".text")
            || sets.iter().any(|s| name.starts_with(s))
        {
            continue;
        }
        // Points of importance go up to three, ranks must differ.
        let most = if name.ends_with(".wichtig") { 3 } else { 5 };
        let turn = turns.iter().find(|turn| turn.contains(&value.as_str()));
        if let Some(turn) = turn.filter(|_| !name.starts_with("vorrang")) {
            let turn = &turn[..turn.len().min(most)];
            let at = turn.iter().position(|v| v == value).unwrap_or(0);
            *value = turn[(at + number) % turn.len()].to_owned();
        }
    }
    // A text of one's own belongs to the option that it was typed for.
    let own = fields
        .iter()
        .any(|(name, value)| name == "konzept" && value == "sonst");
    fields.retain(|(name, _)| own || name != "konzept.sonst.text");
}

/// One municipality answers all, with the mark wherever somebody of the town hall may be named.
fn answered(demo: &Demo, town: &Invited, number: usize) -> anyhow::Result<()> {
    let mut client = Client::connect(&demo.base)?;
    let link = &town.link;
    client.post(link, &[])?;
    let handed = [
        ("name", "Amt Merkzeichen"),
        ("bis", "2097-01-01"),
        ("abschnitt", "auswahl"),
    ];
    client.post(&format!("{link}/fachbereiche"), &fields(&handed))?;
    let notice = [("was", "mail"), ("mail", "merkzeichen@amt.example")];
    client.post(&format!("{link}/aufgabenliste"), &fields(&notice))?;
    for page in [
        "auswahl",
        "tabellen",
        "zahlen",
        "texte",
        "dateien",
        "beispiele",
    ] {
        let path = format!("{link}/seite/{page}");
        let shown = client.get(&path)?.text();
        let mut sent = stories::form::hidden(&shown);
        let own = types::of_page(page).iter();
        sent.extend(own.map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
        turned(&mut sent, number);
        let more: &[(&str, &str)] = match page {
            "auswahl" => &[("_anmerkung.konzept", "Frau Merkzeichen fragen")],
            "beispiele" => &[("praxis.1.mailbox", "merkzeichen@beispiel.example")],
            _ => &[],
        };
        sent.extend(fields(more));
        for (name, value) in &mut sent {
            match name.as_str() {
                "anliegen" => *value = format!("{OPEN} bitte"),
                "postfach" => *value = "merkzeichen@postfach.example".to_owned(),
                _ => {}
            }
        }
        let file = (
            "_datei.unterlagen",
            "Merkzeichen.pdf",
            &b"%PDF-1.7 Merkzeichen"[..],
        );
        let saved = match page {
            "dateien" => client.upload(&format!("{path}/dateien"), &sent, file)?,
            _ => client.post(&path, &sent)?,
        };
        assert_eq!(saved.status, 303, "{page}: {}", saved.text());
    }
    let signed = [
        ("was", "papier"),
        ("funktion", "Amtsleitung Merkzeichen"),
        ("tag", "01.02.2020"),
    ];
    client.post(&format!("{link}/mitzeichnung"), &fields(&signed))?;
    let sent = client.post(&format!("{link}/pruefen"), &[])?;
    assert_eq!(sent.status, 303, "{}", sent.text());
    Ok(())
}

fn contacts(demo: &Demo, wave: &str, keys: &[String]) -> anyhow::Result<()> {
    let mut text =
        "AGS;Anrede;Titel;Vorname;Nachname;Funktion;E-Mail;Straße;PLZ;Ort;Quelle\n".to_owned();
    for (i, key) in keys.iter().enumerate() {
        text.push_str(&format!(
            "{key};Frau;Dr. Merkzeichen;Merkzeichen;Merkzeichen;Amt Merkzeichen;merkzeichen{i}@amt.example;Merkzeichen {i};10115;Merkzeichen;Merkzeichen\n"
        ));
    }
    let file = demo.data.join("kontakte.csv");
    std::fs::write(&file, text)?;
    let file = file.to_string_lossy().into_owned();
    run(&[
        "contacts",
        "import",
        &file,
        "--wave",
        wave,
        "--data",
        demo.data(),
    ])?;
    Ok(())
}

/// The field period ended on 1 January 2021; the wave is closed.
fn closed(demo: &Demo) -> anyhow::Result<()> {
    let settings = demo.data.join(format!("{WAVE}.toml"));
    let text = std::fs::read_to_string(&settings)?.replace("2098-01-01", "2021-01-01");
    std::fs::write(&settings, text)?;
    let settings = settings.to_string_lossy().into_owned();
    let file = of_demo("fragentypen.yaml").to_string_lossy().into_owned();
    let add = [
        "wave",
        "add",
        "--settings",
        &settings,
        "--questionnaire",
        &file,
    ];
    run(&[&add[..], &["--data", demo.data()]].concat())?;
    run(&["wave", "close", "--wave", WAVE, "--data", demo.data()])?;
    Ok(())
}

/// All files below a folder.
fn below(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Prints every member of an archive.
const UNZIP: &str = "import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
for name in archive.namelist(): print(name, archive.read(name).decode('utf-8', 'replace'))";

/// All that a file says: its bytes, and what programs read of it.
fn said(file: &Path) -> anyhow::Result<String> {
    let mut text = String::from_utf8_lossy(&std::fs::read(file)?).into_owned();
    let read_back = Path::new(env!("CARGO_MANIFEST_DIR")).join("read_back.py");
    let ending = file
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default();
    let mut readers = Vec::new();
    if matches!(ending, "sav" | "parquet" | "xlsx") {
        let mut python = xtask::tools::python();
        python.arg(read_back).arg(file);
        readers.push(python);
    }
    if matches!(ending, "xlsx" | "zip" | "docx") {
        let mut python = xtask::tools::python();
        python.args(["-c", UNZIP]).arg(file);
        readers.push(python);
    }
    if ending == "pdf" {
        let mut poppler = Command::new("pdftotext");
        poppler.arg(file).arg("-");
        readers.push(poppler);
    }
    for mut reader in readers {
        let output = reader.output()?;
        if !output.status.success() {
            bail!(
                "{}: {}",
                file.display(),
                String::from_utf8_lossy(&output.stderr)
            );
        }
        text.push_str(&String::from_utf8_lossy(&output.stdout));
    }
    Ok(text.to_lowercase())
}

/// Files below a folder that say a word, by their endings; how many there are in all.
fn saying(folder: &Path, word: &str) -> anyhow::Result<(Vec<String>, usize)> {
    let files = below(folder)?;
    let mut found = Vec::new();
    for file in &files {
        if said(file)?.contains(&word.to_lowercase()) {
            found.push(file.strip_prefix(folder)?.to_string_lossy().into_owned());
        }
    }
    Ok((found, files.len()))
}

#[test]
fn nothing_that_is_handed_on_for_analysis_names_a_contact() -> anyhow::Result<()> {
    let demo = Demo::start("privacy-exports")?;
    let towns = demo.wave_of(WAVE, &of_demo("fragentypen.yaml"), 6)?;
    let keys: Vec<String> = towns.iter().map(|town| town.key.clone()).collect();
    contacts(&demo, WAVE, &keys)?;
    for (number, town) in towns.iter().enumerate() {
        answered(&demo, town, number)?;
    }
    closed(&demo)?;
    for access in ["archive", "house"] {
        let out = demo.data.join(format!("export-{access}"));
        let place = out.to_string_lossy().into_owned();
        let what = [
            "dataset", "export", "--wave", WAVE, "--format", "all", "--access", access,
        ];
        run(&[&what[..], &["--data", demo.data(), "--out", &place]].concat())?;
        let (open, all) = saying(&out, OPEN)?;
        for ending in ["csv", "sav", "xlsx", "parquet"] {
            let data = format!("{WAVE}.{ending}");
            assert!(
                open.contains(&data),
                "the search does not find what is in {data}: {open:?}"
            );
        }
        let (named, _) = saying(&out, MARK)?;
        println!("{access}: {all} files");
        assert!(named.is_empty(), "{access}: {named:?} name a contact");
    }
    // What researchers load down in their workspace.
    let mut office = Client::connect(&demo.base)?;
    office.sign_in(&demo.sign_in_link("researcher")?)?;
    for what in ["", "/tabelle.csv", "/anfrage.json"] {
        let page = office.get(&format!(
            "/verwaltung/auswertung{what}?befragung={WAVE}&frage=konzept"
        ))?;
        assert!(!page.text().to_lowercase().contains(MARK), "{what}");
    }
    // The edition's handbook, site and open data, with the contacts of the wave that it is made of.
    let invited = run(&["wave", "list", "--data", demo.data()])?;
    assert!(invited.contains("2016-1"), "{invited}");
    contacts(&demo, "2016-1", &keys)?;
    let out = demo.data.join("ausgabe-neu");
    run(&[
        "publish",
        "--data",
        demo.data(),
        "--out",
        &out.to_string_lossy(),
    ])?;
    let (named, all) = saying(&out, MARK)?;
    println!("edition: {all} files");
    assert!(all > 50, "{all} files");
    assert!(named.is_empty(), "the edition: {named:?} name a contact");
    Ok(())
}

#[test]
fn a_file_sent_along_is_saved_by_researchers_only_and_goes_with_the_answers() -> anyhow::Result<()>
{
    let demo = Demo::start("privacy-files")?;
    let town = demo
        .wave_of(WAVE, &of_demo("fragentypen.yaml"), 1)?
        .remove(0);
    let mut client = Client::connect(&demo.base)?;
    client.post(&town.link, &[])?;
    let page = format!("{}/seite/dateien", town.link);
    let shown = client.get(&page)?.text();
    let content = b"%PDF-1.7 <script>alert(1)</script>";
    let sent = (
        "_datei.unterlagen",
        "../../Unser Konzept;ä.pdf",
        &content[..],
    );
    let saved = client.upload(
        &format!("{page}/dateien"),
        &stories::form::hidden(&shown),
        sent,
    )?;
    assert!([303, 422].contains(&saved.status), "{}", saved.text());
    let place = format!("/verwaltung/ruecklauf/{WAVE}/kommunen/{}", town.key);
    let mut office = Client::connect(&demo.base)?;
    office.sign_in(&demo.sign_in_link("researcher")?)?;
    let listed = office.get(&place)?.text();
    let at = listed
        .find(&format!("{place}/dateien/"))
        .with_context(|| format!("not listed: {listed}"))?;
    let address = listed[at..]
        .split('"')
        .next()
        .unwrap_or_default()
        .to_owned();
    assert!(
        listed.contains("Unser Konzept;ä.pdf")
            && listed.contains("Möchten Sie uns Ihr Konzept schicken?"),
        "{listed}"
    );
    let file = office.get(&address)?;
    assert_eq!((file.status, file.body.as_slice()), (200, &content[..]));
    for (header, value) in [
        (
            "content-disposition",
            "attachment; filename=\"Unser_Konzept__.pdf\"",
        ),
        ("x-content-type-options", "nosniff"),
        ("content-type", "application/octet-stream"),
        ("content-security-policy", "default-src 'none'; sandbox"),
    ] {
        assert_eq!(file.header(header), Some(value), "{header}");
    }
    // Nobody else: neither other roles, nor without signing in, nor under another municipality.
    for role in ["editor", "association"] {
        let mut other = Client::connect(&demo.base)?;
        other.sign_in(&demo.sign_in_link(role)?)?;
        assert_eq!(other.get(&address)?.status, 403, "{role}");
    }
    assert_eq!(client.get(&address)?.header("location"), Some("/anmelden"));
    let elsewhere = address.replace(&format!("/{}/", town.key), "/05999001/");
    assert_eq!(office.get(&elsewhere)?.status, 404);
    let sure = client.post(
        &format!("{}/zurueckziehen", town.link),
        &fields(&[("sicher", "ja")]),
    )?;
    assert_eq!(sure.status, 303);
    assert_eq!(office.get(&address)?.status, 404, "the file is still there");
    assert!(!office.get(&place)?.text().contains("/dateien/"));
    Ok(())
}

#[tokio::test]
async fn each_kind_of_data_is_deleted_on_its_day_and_the_dataset_stays() -> anyhow::Result<()> {
    let mut demo = Demo::start("privacy-periods")?;
    let towns = demo.wave_of(WAVE, &of_demo("fragentypen.yaml"), 6)?;
    let other = demo.wave_of("bleibt", &of_demo("fragentypen.yaml"), 2)?;
    for (wave, towns) in [(WAVE, &towns), ("bleibt", &other)] {
        let keys: Vec<String> = towns.iter().map(|town| town.key.clone()).collect();
        contacts(&demo, wave, &keys)?;
        for (number, town) in towns.iter().enumerate() {
            answered(&demo, town, number)?;
        }
    }
    // A change after sending in has a history.
    let mut corrected = types::of_page("zahlen").to_vec();
    corrected[0].1 = "13";
    let page = format!("{}/seite/zahlen", towns[0].link);
    assert_eq!(
        Client::connect(&demo.base)?.save(&page, &corrected)?.status,
        303
    );
    closed(&demo)?;
    demo.stop()?;
    let store = demo.store().await?;
    let (wave, stays) = (WaveName(WAVE.into()), WaveName("bleibt".into()));
    let stated = Privacy {
        together_days: 30,
        history_days: 60,
        contacts_days: 90,
        answers_days: 365,
        mails_days: 3650,
        ..Privacy::default()
    };
    let kept = store.wave(&wave).await?.context("the wave")?.wave;
    assert!(
        store
            .put_wave_privacy(&wave, &stated, 0, kept.closes, "story")
            .await?
    );
    let kinds = [
        DeletionKind::Together,
        DeletionKind::History,
        DeletionKind::Contacts,
        DeletionKind::Answers,
    ];
    let days = |at: Timestamp, days: i64| at + SignedDuration::from_hours(24 * days);
    let frozen = kept.frozen.context("closed")?;
    let ends = [
        days(kept.closes, 30),
        days(kept.closes, 60),
        days(kept.closes, 90),
        days(frozen, 365),
    ];
    for (number, end) in ends.into_iter().enumerate() {
        for (moment, gone) in [
            (end - SignedDuration::from_secs(1), number),
            (end, number + 1),
        ] {
            jobs::keep_periods(&store, moment).await?;
            for (place, kind) in kinds.into_iter().enumerate() {
                let held = store.held(&wave, kind).await?;
                assert_eq!(held == 0, place < gone, "{kind:?} at {moment}: {held}");
            }
        }
    }
    // What must stay: the dataset and what was released of it, who was asked, and the other wave as a whole.
    assert!(store.newest_dataset(&wave).await?.is_some() && store.release(&wave).await?.is_some());
    assert_eq!(store.invitations(&wave).await?.len(), 6);
    for kind in [
        DeletionKind::Together,
        DeletionKind::Contacts,
        DeletionKind::Answers,
    ] {
        assert!(
            store.held(&stays, kind).await? > 0,
            "{kind:?} of a wave for which nothing is stated"
        );
    }
    let key = register::Key::new(towns[0].key.clone()).map_err(|e| anyhow::anyhow!("{e}"))?;
    assert!(
        store.answer_files(&wave, &key).await?.is_empty(),
        "files go with the answers"
    );
    let noted: Vec<DeletionKind> = store
        .deletions(&wave)
        .await?
        .into_iter()
        .map(|d| d.kind)
        .collect();
    for kind in kinds {
        assert!(noted.contains(&kind), "{kind:?} is not noted: {noted:?}");
    }
    store.close().await;
    Ok(())
}
