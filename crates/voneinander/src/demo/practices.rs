//! The demo's practices: their texts from `demo/praxisbeispiele.toml`, each given to an invented municipality.

use std::collections::BTreeSet;

use anyhow::Context;
use fieldwork::Wave;
use jiff::Timestamp;
use practices::{
    Answer, Confirmation, Form, Practice, PracticeId, PublishedExample, State, TakeUp, TakeUpForm,
    TakeUpId,
};
use register::{Key, Kind, Municipality, Register};
use serde::Deserialize;
use store::{LinkCheck, LinkOutcome, Store};

use super::SEED;

const FILE: &str = include_str!("../../../../demo/praxisbeispiele.toml");
const TAKE_UPS: &str = include_str!("../../../../demo/uebernahmen.toml");

#[derive(Debug, Deserialize)]
struct File {
    practice: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
struct TakeUpFile {
    take_up: Vec<TakeUpEntry>,
}

#[derive(Debug, Deserialize)]
struct TakeUpEntry {
    /// Place of the example in its file, from 1.
    example: usize,
    /// Place of the take-up in this file from which it learned, from 1.
    via: Option<usize>,
    municipality_kind: Kind,
    inhabitants: u32,
    #[serde(flatten)]
    form: TakeUpForm,
}

#[derive(Debug, Deserialize)]
struct Entry {
    municipality_kind: Kind,
    inhabitants: u32,
    codes: BTreeSet<String>,
    #[serde(flatten)]
    form: Form,
}

/// Adds the practices and returns the numbers of the released ones by field of action, in the file's order.
///
/// They belong to units of the invented list even where the study is built on the official one: nothing is
/// made up about a municipality that exists.
pub async fn add(store: &Store, wave: &Wave, at: Timestamp) -> anyhow::Result<Vec<(String, i64)>> {
    let file: File = toml::from_str(FILE).context("demo/praxisbeispiele.toml")?;
    let invented = Register::invented(SEED);
    let mut taken = BTreeSet::new();
    let mut new = Vec::new();
    let mut codes = Vec::new();
    for entry in file.practice {
        codes.push(entry.codes);
        let unit = nearest(
            &invented,
            entry.municipality_kind,
            entry.inhabitants,
            &taken,
        )?;
        taken.insert(unit.key.clone());
        let day = crate::clock::day(at);
        new.push(Practice {
            id: PracticeId(0),
            municipality: unit.key.clone(),
            wave: wave.name.0.clone(),
            form: trimmed(entry.form),
            state: State::Released,
            version: 1,
            released: Some(day),
            confirmed: Some(day),
        });
    }
    let fields: Vec<String> = new.iter().map(|p| p.form.field.clone()).collect();
    let ids = store.add_practices(new, at, "demo").await?;
    store
        .put_release_terms(ids.clone(), "cc-by-4.0", true)
        .await?;
    store
        .add_practices(named(&invented, wave, &taken)?, at, "demo")
        .await?;
    for (id, codes) in ids.iter().zip(codes) {
        store
            .code_practice(*id, BTreeSet::new(), codes, at, "demo")
            .await?;
    }
    take_ups(store, &invented, &mut taken, &ids, at).await?;
    Ok(fields
        .into_iter()
        .zip(ids)
        .map(|(field, id)| (field, id.0))
        .collect())
}

/// Other municipalities that took examples up; one more waits for the editors.
async fn take_ups(
    store: &Store,
    invented: &Register,
    taken: &mut BTreeSet<Key>,
    ids: &[PracticeId],
    at: Timestamp,
) -> anyhow::Result<()> {
    let file: TakeUpFile = toml::from_str(TAKE_UPS).context("demo/uebernahmen.toml")?;
    let mut made: Vec<TakeUpId> = Vec::new();
    let last = file.take_up.len() - 1;
    for (place, entry) in file.take_up.into_iter().enumerate() {
        let unit = nearest(invented, entry.municipality_kind, entry.inhabitants, taken)?;
        let key = unit.key.clone();
        taken.insert(key.clone());
        let waits = place == last;
        let new = TakeUp {
            id: TakeUpId(0),
            practice: ids[entry.example - 1],
            municipality: key,
            via: entry.via.map(|v| made[v - 1]),
            form: entry.form,
            state: if waits {
                State::InReview
            } else {
                State::Published
            },
            version: 1,
            released: (!waits).then(|| crate::clock::day(at)),
        };
        let id = store
            .add_take_up(new, "post@kommune.example", Vec::new(), at)
            .await?;
        made.push(id);
    }
    Ok(())
}

/// What happened to the published examples since: most owners confirmed within the last year, some said that something
/// has changed or ended, some did not answer and faded; all were asked when the open wave began. One link does not
/// answer.
pub async fn age(store: &Store, now: Timestamp) -> anyhow::Result<()> {
    let today = crate::clock::day(now);
    for (place, example) in store.published().await?.into_iter().enumerate() {
        let back = |days: i64| today - jiff::Span::new().days(days);
        let days = 20 + (place as i64 * 37) % 300;
        match place % 9 {
            // Asked twice and silent since.
            4 => {
                store.ask_owner(example.id, None, now, back(120)).await?;
                store.ask_owner(example.id, None, now, today).await?;
                store.fade(example.id, now).await?;
                continue;
            }
            7 => {
                let said = (
                    Answer::RegularService,
                    "Seit dem neuen Stellenplan ohne Frist.",
                );
                confirm(store, &example, said, back(days), now).await?;
            }
            2 if place == 29 => {
                let said = (
                    Answer::Ended,
                    "Die Erprobung ist abgeschlossen; das Haus wird anders genutzt.",
                );
                confirm(store, &example, said, back(days), now).await?;
            }
            _ => confirm(store, &example, (Answer::Runs, ""), back(days), now).await?,
        }
        // The first is asked by mail as soon as the service runs.
        if place > 0 {
            store.ask_owner(example.id, None, now, today).await?;
        }
    }
    let dead = "https://www.stadt-20.example/erst-klingeln";
    let links = store.published().await?;
    let links = links.iter().flat_map(|e| &e.publication.form.links);
    for link in links {
        let gone = link.url == dead;
        let check = LinkCheck {
            url: link.url.clone(),
            checked: now,
            outcome: if gone {
                LinkOutcome::Dead
            } else {
                LinkOutcome::Refused
            },
            note: if gone { "404" } else { "Beispieldaten" }.to_owned(),
            failures: u32::from(gone),
        };
        store.put_link_check(check).await?;
    }
    Ok(())
}

async fn confirm(
    store: &Store,
    example: &PublishedExample,
    (answer, note): (Answer, &str),
    on: jiff::civil::Date,
    now: Timestamp,
) -> anyhow::Result<()> {
    let said = Confirmation {
        on,
        answer,
        note: note.to_owned(),
    };
    let by = example.municipality.to_string();
    store
        .confirm(example.id, said, &by, Vec::new(), now)
        .await?;
    Ok(())
}

/// Three that were named and wait for an editor.
fn named(invented: &Register, wave: &Wave, taken: &BTreeSet<Key>) -> anyhow::Result<Vec<Practice>> {
    let texts = [
        (
            "Fahrradwerkstatt am Bauhof",
            "Einmal in der Woche reparieren Ehrenamtliche und Geflüchtete gemeinsam Räder.",
            "begegnung",
            7_300,
        ),
        (
            "Wohnführerschein",
            "Ein Kurs an vier Abenden erklärt Mietvertrag, Heizen, Mülltrennung und Nachbarschaft.",
            "wohnen",
            34_000,
        ),
        (
            "Lotsen im Jobcenter",
            "Zwei Beschäftigte begleiten Geflüchtete von der Beratung bis zum ersten Arbeitstag.",
            "arbeit",
            121_000,
        ),
    ];
    texts
        .into_iter()
        .map(|(title, description, field, inhabitants)| {
            let kind = if inhabitants > 100_000 {
                Kind::IndependentCity
            } else {
                Kind::Town
            };
            let unit = nearest(invented, kind, inhabitants, taken)?;
            Ok(Practice {
                id: PracticeId(0),
                municipality: unit.key.clone(),
                wave: wave.name.0.clone(),
                form: Form::nominated(
                    title.into(),
                    description.into(),
                    field.into(),
                    Some("post@kommune.example".into()),
                ),
                state: State::Nominated,
                version: 1,
                released: None,
                confirmed: None,
            })
        })
        .collect()
}

/// The unit of this kind that is nearest in inhabitants and has no example yet.
fn nearest<'a>(
    register: &'a Register,
    kind: Kind,
    inhabitants: u32,
    taken: &BTreeSet<Key>,
) -> anyhow::Result<&'a Municipality> {
    register
        .municipalities()
        .iter()
        .filter(|m| m.kind == kind && m.inhabitants > 0 && !taken.contains(&m.key))
        .min_by_key(|m| m.inhabitants.abs_diff(inhabitants))
        .with_context(|| format!("the list has no {kind:?} left"))
}

fn trimmed(mut form: Form) -> Form {
    for text in [
        &mut form.title,
        &mut form.sentence,
        &mut form.problem,
        &mut form.steps,
        &mut form.run_by,
        &mut form.partners,
        &mut form.staff,
        &mut form.funding,
        &mut form.result,
        &mut form.obstacle,
        &mut form.helped,
        &mut form.requires,
        &mut form.differently,
    ] {
        *text = text.trim().to_owned();
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_has_six_complete_examples_a_field() {
        let file: File = toml::from_str(FILE).unwrap();
        for (field, ..) in practices::DEFAULT_FIELDS {
            assert_eq!(
                file.practice
                    .iter()
                    .filter(|e| e.form.field == field)
                    .count(),
                6,
                "{field}"
            );
        }
        let small = file
            .practice
            .iter()
            .filter(|e| e.inhabitants < 10_000)
            .count();
        assert!(small >= 12, "{small} from places below 10,000");
        for entry in &file.practice {
            let faults = trimmed(entry.form.clone()).check();
            assert!(faults.is_empty(), "{}: {faults:?}", entry.form.title);
            let subfield = entry.form.subfield.as_deref().unwrap();
            assert!(
                practices::SUBFIELDS
                    .iter()
                    .any(|(key, ..)| *key == subfield)
            );
            let known = |c: &String| practices::CODES.iter().any(|(key, ..)| key == c);
            assert!(entry.codes.iter().all(known), "{:?}", entry.codes);
        }
    }

    #[tokio::test]
    async fn owners_are_asked_reminded_and_silence_fades() {
        let folder = std::env::temp_dir().join(format!("voneinander-fresh-{}", std::process::id()));
        if folder.exists() {
            std::fs::remove_dir_all(&folder).unwrap();
        }
        let store = Store::create(&folder).await.unwrap();
        let day = jiff::civil::date(2024, 3, 1);
        let mut form = Form::nominated("Café".into(), "x".into(), "sprache".into(), None);
        form.mailbox = Some("treff@stadt.example".into());
        let practice = Practice {
            id: PracticeId(0),
            municipality: Key::new("99001001").unwrap(),
            wave: String::new(),
            form,
            state: State::Published,
            version: 1,
            released: Some(day),
            confirmed: Some(day),
        };
        let at = |y, m, d| crate::clock::midnight(jiff::civil::date(y, m, d));
        store
            .add_practices(vec![practice], at(2024, 3, 1), "test")
            .await
            .unwrap();
        let round = async |y, m, d| {
            let done = jobs::ask_owners(&store, "http://x", at(y, m, d), &|| [9; 16]).await;
            let done = done.unwrap();
            (done.asked, done.reminded, done.faded)
        };
        assert_eq!(round(2025, 2, 1).await, (0, 0, 0));
        assert_eq!(round(2025, 3, 2).await, (1, 0, 0));
        assert_eq!(round(2025, 3, 3).await, (0, 0, 0), "once");
        let mail = store.mails(5).await.unwrap().remove(0);
        assert_eq!(mail.to, "treff@stadt.example");
        assert!(mail.body.contains("http://x/bestaetigen/"), "{}", mail.body);
        // The demo's secret is the same each time; a link of a reminder is another one.
        let remind = jobs::ask_owners(&store, "http://x", at(2025, 3, 23), &|| [8; 16]).await;
        assert_eq!(remind.unwrap().reminded, 1);
        assert_eq!(round(2025, 4, 27).await, (0, 0, 1));
        let example = store.published().await.unwrap().remove(0);
        assert_eq!(example.state(), State::Faded);
        confirm(
            &store,
            &example,
            (Answer::Runs, ""),
            jiff::civil::date(2025, 5, 1),
            at(2025, 5, 1),
        )
        .await
        .unwrap();
        assert_eq!(round(2025, 5, 2).await, (0, 0, 0));
        assert_eq!(
            store.published().await.unwrap()[0].state(),
            State::Published
        );
        store.close().await;
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
