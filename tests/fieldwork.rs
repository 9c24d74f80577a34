//! Field work on the real binary: from a file of contacts to mails at a real SMTP server, letters, registrations,
//! and the field that is watched.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use stories::http::Client;
use stories::smtp::{Mood, Smtp, Taken};
use stories::{Demo, run, run_failing};

const WAVE: &str = "probe";

/// A file with contacts for the first keys of the demo's list; the third one objects.
fn contacts(demo: &Demo, count: usize) -> anyhow::Result<String> {
    let links = demo.data.join("alle.csv");
    let keys: Vec<String> = keys().into_iter().take(count).collect();
    let mut text = "AGS;Anrede;Nachname;E-Mail;Straße;PLZ;Ort;Widerspruch\n".to_owned();
    for (i, key) in keys.iter().enumerate() {
        let objects = if i == 2 { "ja" } else { "" };
        text.push_str(&format!(
            "{key};Frau;Müller{i};amt{i}@kommune.example;Markt {i};{};Ort;{objects}\n",
            10_000 + i
        ));
    }
    std::fs::write(&links, text)?;
    Ok(links.to_string_lossy().into_owned())
}

/// Keys of the demo's invented list that nobody has invited.
fn keys() -> Vec<String> {
    let register = register::Register::invented(2016);
    let asked = register
        .municipalities()
        .iter()
        .filter(|u| u.population().is_some());
    asked.map(|u| u.key.to_string()).take(40).collect()
}

/// Sends mails to this server from now on.
fn through(demo: &mut Demo, smtp: &Smtp) -> anyhow::Result<()> {
    let file = demo.data.join("voneinander.toml");
    let text = std::fs::read_to_string(&file).unwrap_or_default();
    // The demo writes a base address of its own, if any; the mail section is ours.
    let kept: String = text.split("[mail]").next().unwrap_or_default().to_owned();
    let mail = format!(
        "{kept}\n[mail]\nsmtp = \"{}\"\nfrom = \"Studie <studie@institut.example>\"\n",
        smtp.url
    );
    std::fs::write(&file, mail)?;
    demo.kill_and_restart()
}

/// Waits until the server has taken so many mails.
fn wait(smtp: &Smtp, count: usize) -> Vec<Taken> {
    // The demo's examples have owners, who are asked by mail when their time comes: those mails are not ours.
    let ours = || -> Vec<Taken> {
        let mut taken = smtp.taken();
        taken.retain(|mail| mail.to.iter().any(|to| to.starts_with("amt")));
        taken
    };
    let begun = Instant::now();
    while ours().len() < count && begun.elapsed() < Duration::from_secs(30) {
        std::thread::yield_now();
    }
    ours()
}

/// The text of a mail without the soft line breaks of quoted-printable.
fn plain(mail: &Taken) -> String {
    mail.text.replace("=\n", "").replace("=3D", "=")
}

fn link(mail: &Taken) -> Option<String> {
    let text = plain(mail);
    let at = text.find("/antworten/")?;
    let rest = &text[at..];
    let end = rest.find(|c: char| c.is_whitespace()).unwrap_or(rest.len());
    Some(rest[..end].to_owned())
}

#[test]
fn invitations_reach_a_real_server_once_and_reminders_only_the_silent() -> anyhow::Result<()> {
    let mut demo = Demo::start("mailing")?;
    let file = contacts(&demo, 6)?;
    let import = [
        "contacts",
        "import",
        &file,
        "--wave",
        WAVE,
        "--data",
        demo.data(),
    ];
    let said = run(&[&import[..], &["--check"]].concat())?;
    assert!(
        said.contains("6 new") && said.contains("nothing was changed"),
        "{said}"
    );
    run(&import)?;
    let smtp = Smtp::start()?;
    through(&mut demo, &smtp)?;
    let send = |kind: &str, round: &str| {
        run(&[
            "mail",
            "send",
            "--wave",
            WAVE,
            "--kind",
            kind,
            "--round",
            round,
            "--data",
            demo.data(),
        ])
    };
    assert!(send("invitation", "1")?.contains("5 mails"));
    assert!(
        send("invitation", "1")?.contains("0 mails"),
        "a second press writes nobody"
    );
    let taken = wait(&smtp, 5);
    let mut to: Vec<&str> = taken
        .iter()
        .flat_map(|t| t.to.iter().map(String::as_str))
        .collect();
    to.sort_unstable();
    assert_eq!(
        to,
        [
            "amt0@kommune.example",
            "amt1@kommune.example",
            "amt3@kommune.example",
            "amt4@kommune.example",
            "amt5@kommune.example"
        ]
    );
    let first = taken
        .iter()
        .find(|t| t.to[0].starts_with("amt0"))
        .expect("the first mail");
    let path = link(first).expect("a link in the mail");
    let mut client = Client::connect(&demo.base)?;
    assert_eq!(client.get(&path)?.status, 200);
    stories::walk(&mut client, &path, &mut |_, _| 0)?;
    assert!(
        send("reminder", "1")?.contains("4 mails"),
        "who answered is not reminded"
    );
    let reminded = wait(&smtp, 9);
    assert!(reminded[5..].iter().all(|t| !t.to[0].starts_with("amt0")));
    let again = reminded[5..]
        .iter()
        .find(|t| t.to[0].starts_with("amt1"))
        .expect("a reminder");
    let before = taken
        .iter()
        .find(|t| t.to[0].starts_with("amt1"))
        .and_then(link)
        .expect("a link");
    let after = link(again).expect("a link in the reminder");
    for path in [&before, &after] {
        assert_eq!(client.get(path)?.status, 200, "both links work: {path}");
    }
    assert!(send("thanks", "1")?.contains("1 mails"));
    assert_eq!(
        wait(&smtp, 10).last().map(|t| t.to[0].clone()),
        Some("amt0@kommune.example".into())
    );
    Ok(())
}

#[test]
fn a_mail_that_is_put_off_goes_later_and_one_that_broke_off_never_twice() -> anyhow::Result<()> {
    let mut demo = Demo::start("postponed")?;
    let file = contacts(&demo, 2)?;
    run(&[
        "contacts",
        "import",
        &file,
        "--wave",
        WAVE,
        "--data",
        demo.data(),
    ])?;
    let smtp = Smtp::start()?;
    smtp.be(Mood::Silent);
    through(&mut demo, &smtp)?;
    run(&[
        "mail",
        "send",
        "--wave",
        WAVE,
        "--kind",
        "invitation",
        "--data",
        demo.data(),
    ])?;
    wait(&smtp, 2);
    smtp.be(Mood::Kind);
    // Killed and started again: what broke off is not handed over a second time.
    demo.kill_and_restart()?;
    let link = demo.sign_in_link("researcher")?;
    let mut client = Client::connect(&demo.base)?;
    let signed = client.post(&link, &[])?;
    let cookie = signed
        .header("set-cookie")
        .and_then(|c| c.split(';').next())
        .unwrap_or_default()
        .to_owned();
    client.headers = format!("Cookie: {cookie}\r\n");
    let begun = Instant::now();
    let mut outbox = String::new();
    while !outbox.contains("ungeklärt") && begun.elapsed() < Duration::from_secs(20) {
        outbox = client.get("/verwaltung/postausgang")?.text();
    }
    assert!(outbox.contains("ungeklärt"), "{outbox}");
    assert_eq!(wait(&smtp, 2).len(), 2);
    Ok(())
}

#[test]
fn a_mail_at_hand_when_the_server_is_killed_is_not_sent_again() -> anyhow::Result<()> {
    let mut demo = Demo::start("killed-mailing")?;
    let file = contacts(&demo, 2)?;
    let data = demo.data().to_owned();
    run(&["contacts", "import", &file, "--wave", WAVE, "--data", &data])?;
    let smtp = Smtp::start()?;
    smtp.be(Mood::Holding("amt"));
    let send = ["mail", "send", "--wave", WAVE, "--kind", "invitation"];
    run(&[&send[..], &["--data", &data]].concat())?;
    through(&mut demo, &smtp)?;
    // The first one is claimed and begun; then the power goes.
    let begun = Instant::now();
    while smtp.held().is_empty() && begun.elapsed() < Duration::from_secs(30) {
        std::thread::yield_now();
    }
    let held = smtp.held();
    assert_eq!(held.len(), 1, "{held:?}");
    demo.stop()?;
    smtp.be(Mood::Kind);
    demo.kill_and_restart()?;
    // All others go out; this one waits for a person, who may know whether it arrived.
    let taken = wait(&smtp, 1);
    run(&[&send[..], &["--data", &data]].concat())?;
    assert_eq!(taken.len(), 1);
    assert_ne!(taken[0].to, held);
    let mut client = Client::connect(&demo.base)?;
    client.sign_in(&demo.sign_in_link("researcher")?)?;
    let outbox = client.get("/verwaltung/postausgang")?.text();
    // Both stand in the outbox, one of them sent.
    for address in ["amt0@kommune.example", "amt1@kommune.example"] {
        assert!(outbox.contains(address), "{outbox}");
    }
    let again = wait(&smtp, 1);
    assert_eq!(again.len(), 1, "{again:?}");
    Ok(())
}

#[test]
fn a_mail_that_came_back_marks_its_contact() -> anyhow::Result<()> {
    let demo = Demo::start("bounced")?;
    let file = contacts(&demo, 2)?;
    run(&[
        "contacts",
        "import",
        &file,
        "--wave",
        WAVE,
        "--data",
        demo.data(),
    ])?;
    let notice = demo.data.join("zurueck.eml");
    std::fs::write(
        &notice,
        "Subject: x\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; amt1@kommune.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 unknown\r\n\r\n--b--\r\n",
    )?;
    let said = run(&[
        "mail",
        "bounces",
        &notice.to_string_lossy(),
        "--data",
        demo.data(),
    ])?;
    assert!(said.contains("1 mails came back, 1 contacts"), "{said}");
    let plan = run(&[
        "mail",
        "send",
        "--wave",
        WAVE,
        "--kind",
        "invitation",
        "--check",
        "--data",
        demo.data(),
    ])?;
    assert!(
        plan.contains("1 would be written to") && plan.contains("1 not: an earlier mail came back"),
        "{plan}"
    );
    Ok(())
}

#[test]
fn letters_carry_the_code_in_fours_and_the_table_keeps_its_zeros() -> anyhow::Result<()> {
    let demo = Demo::start("letters")?;
    let file = contacts(&demo, 4)?;
    run(&[
        "contacts",
        "import",
        &file,
        "--wave",
        WAVE,
        "--data",
        demo.data(),
    ])?;
    let out = demo.data.join("briefe");
    let said = run(&[
        "letters",
        "--wave",
        WAVE,
        "--out",
        &out.to_string_lossy(),
        "--data",
        demo.data(),
    ])?;
    assert!(said.contains("3 letters"), "who objected gets none: {said}");
    let pdf = std::fs::read(out.join("briefe.pdf"))?;
    assert!(pdf.starts_with(b"%PDF-"));
    let csv = std::fs::read_to_string(out.join("serienbrief.csv"))?;
    assert!(csv.starts_with("\u{feff}AGS;"));
    let code = csv
        .split(';')
        .find(|c| c.len() == 19 && c.matches('-').count() == 3)
        .expect("a code in fours");
    assert!(csv.contains("\r\n0"), "keys keep their leading zero: {csv}");
    let mut client = Client::connect(&demo.base)?;
    let typed = [("code".to_owned(), code.to_lowercase())];
    assert_eq!(
        client.post("/zugang", &typed)?.status,
        303,
        "the printed code opens"
    );
    let again = run_failing(&[
        "letters",
        "--wave",
        WAVE,
        "--out",
        &out.to_string_lossy(),
        "--data",
        demo.data(),
    ])?;
    assert!(again.contains("not there yet"), "{again}");
    Ok(())
}

#[test]
fn a_rehearsal_leaves_nothing_behind() -> anyhow::Result<()> {
    let demo = Demo::start("rehearsed")?;
    // What the server beside it makes as it runs: its mails, its index, the log of its database.
    let servers = [
        "postausgang",
        "suche",
        "mails",
        "voneinander.db-wal",
        "voneinander.db-shm",
    ];
    let files = |folder: &Path| -> anyhow::Result<BTreeSet<String>> {
        let mut names = BTreeSet::new();
        for entry in std::fs::read_dir(folder)? {
            names.insert(entry?.file_name().to_string_lossy().into_owned());
        }
        names.retain(|name| !servers.contains(&name.as_str()));
        Ok(names)
    };
    let before = files(&demo.data)?;
    let said = run(&["wave", "rehearse", "--wave", WAVE, "--data", demo.data()])?;
    assert!(
        said.contains("400 invited") && said.contains("nothing of it was kept"),
        "{said}"
    );
    assert_eq!(files(&demo.data)?, before);
    let waves = run(&["wave", "list", "--data", demo.data()])?;
    let line = waves
        .lines()
        .find(|l| l.starts_with(WAVE))
        .unwrap_or_default()
        .to_owned();
    assert!(!line.contains("frozen"), "{line}");
    Ok(())
}

#[test]
fn a_municipality_registers_itself_and_the_institute_sees_by_which_circular() -> anyhow::Result<()>
{
    let demo = Demo::start("registered")?;
    run(&[
        "channel",
        "add",
        "--wave",
        WAVE,
        "--code",
        "dlt-17",
        "--name",
        "Rundschreiben Landkreistag",
        "--data",
        demo.data(),
    ])?;
    let key = keys().remove(7);
    let mut client = Client::connect(&demo.base)?;
    let page = format!("/teilnehmen/{WAVE}?kanal=dlt-17");
    assert!(client.get(&page)?.text().contains("dlt-17"));
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let form = [
        field("kommune", &key),
        field("mail", "rathaus@kommune.example"),
        field("name", "Meier"),
        field("kanal", "dlt-17"),
    ];
    assert_eq!(client.post(&page, &form)?.status, 200);
    let confirm = mail_with(&demo, "/teilnehmen/bestaetigen/")?;
    let shown = client.get(&confirm)?;
    assert!(
        shown.text().contains("id=\"bestaetigen\""),
        "the link only shows"
    );
    // Who is signed in sees the registration; inviting waits for the address.
    let link = demo.sign_in_link("researcher")?;
    let signed = client.post(&link, &[])?;
    let cookie = signed
        .header("set-cookie")
        .and_then(|c| c.split(';').next())
        .unwrap_or_default()
        .to_owned();
    client.headers = format!("Cookie: {cookie}\r\n");
    let list = format!("/verwaltung/feld/{WAVE}/anmeldungen");
    let decide = [field("was", "einladen")];
    assert_eq!(
        client.post(&format!("{list}/1"), &decide)?.status,
        409,
        "not confirmed yet"
    );
    client.post(&confirm, &[])?;
    assert_eq!(client.post(&format!("{list}/1"), &decide)?.status, 303);
    let answers = mail_with(&demo, "/antworten/")?;
    client.headers.clear();
    assert_eq!(client.get(&answers)?.status, 200);
    client.headers = format!("Cookie: {cookie}\r\n");
    let watch = client.get(&format!("/verwaltung/feld/{WAVE}"))?.text();
    assert!(
        watch.contains("Rundschreiben Landkreistag (dlt-17)"),
        "{watch}"
    );
    Ok(())
}

/// The path of the first such link in a mail that was written as a file.
fn mail_with(demo: &Demo, mark: &str) -> anyhow::Result<String> {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(20) {
        let folder = demo.data.join("mails");
        let entries = std::fs::read_dir(&folder)
            .map(|d| d.flatten().collect::<Vec<_>>())
            .unwrap_or_default();
        for entry in entries {
            let taken = Taken {
                to: Vec::new(),
                text: std::fs::read_to_string(entry.path())?.replace("\r\n", "\n"),
            };
            let text = plain(&taken);
            if let Some(at) = text.find(mark) {
                let rest = &text[at..];
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                return Ok(rest[..end].to_owned());
            }
        }
        std::thread::yield_now();
    }
    anyhow::bail!("no mail with {mark}")
}

#[test]
fn a_file_with_faults_changes_nothing_and_all_of_them_are_told() -> anyhow::Result<()> {
    let demo = Demo::start("faults")?;
    let file = demo.data.join("kaputt.csv");
    // Latin-1, a lost zero, a mistyped heading, no address.
    let mut bytes =
        b"AGS;E-Mial;E-Mail;Stra\xdfe;PLZ;Ort\n1001000;x;a b@c;;1234;K\xf6ln\n".to_vec();
    bytes.extend(b"99999999;;;;;\n");
    std::fs::write(&file, bytes)?;
    let said = run_failing(&[
        "contacts",
        "import",
        &file.to_string_lossy(),
        "--wave",
        WAVE,
        "--data",
        demo.data(),
    ])?;
    for part in [
        "vermutlich „E-Mail“",
        "führende Null",
        "keine E-Mail-Adresse",
        "01234",
        "Es wurde nichts übernommen",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    Ok(())
}

#[test]
fn the_contact_is_told_by_mail_when_its_departments_have_finished() -> anyhow::Result<()> {
    let mut demo = Demo::start("departments-finished")?;
    let file = contacts(&demo, 1)?;
    let (wave, data) = (["--wave", WAVE], ["--data", demo.data()]);
    run(&[&["contacts", "import", &file], &wave[..], &data[..]].concat())?;
    let smtp = Smtp::start()?;
    run(&[
        &["mail", "send", "--kind", "invitation", "--round", "1"],
        &wave[..],
        &data[..],
    ]
    .concat())?;
    through(&mut demo, &smtp)?;
    let path = link(&wait(&smtp, 1)[0]).context("a link in the invitation")?;
    let mut client = Client::connect(&demo.base)?;
    let sent = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(owned).collect()
    };
    let handed = client.post(
        &format!("{path}/fachbereiche"),
        &sent(&[
            ("name", "Sozialamt"),
            ("bis", ""),
            ("abschnitt", "aufgaben"),
        ]),
    )?;
    assert_eq!(handed.status, 200, "{}", handed.text());
    let html = handed.text();
    let own = html
        .split(['"', '<', '>', ' '])
        .filter_map(|word| word.find("/antworten/").map(|at| &word[at..]))
        .find(|word| !word.starts_with(&path))
        .context("the department's link")?
        .to_owned();
    let done = client.post(&format!("{own}/fertig-melden"), &sent(&[]))?;
    assert_eq!(done.status, 303, "{}", done.text());
    let told = wait(&smtp, 2);
    let mail = told.last().context("a mail")?;
    assert_eq!(mail.to, ["amt0@kommune.example"]);
    assert!(plain(mail).contains("alle Fachbereiche"), "{}", mail.text);
    let back = link(mail).context("a link to the answers")?;
    assert_eq!(client.get(&back)?.status, 200);
    Ok(())
}
