//! The demo's practices: their texts from `demo/praxisbeispiele.toml`, each given to an invented municipality.

use std::collections::BTreeSet;

use anyhow::Context;
use fieldwork::Wave;
use jiff::Timestamp;
use practices::{Form, Practice, PracticeId, State};
use register::{Key, Kind, Municipality, Register};
use serde::Deserialize;
use store::Store;

use super::SEED;

const FILE: &str = include_str!("../../../../demo/praxisbeispiele.toml");

#[derive(Debug, Deserialize)]
struct File {
    practice: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    municipality_kind: Kind,
    inhabitants: u32,
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
    for entry in file.practice {
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
    Ok(fields
        .into_iter()
        .zip(ids)
        .map(|(field, id)| (field, id.0))
        .collect())
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
            assert_eq!(
                entry.form.missing(),
                Vec::<&str>::new(),
                "{}",
                entry.form.title
            );
        }
    }
}
