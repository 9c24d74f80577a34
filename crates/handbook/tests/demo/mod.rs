//! An edition of the demo's size: its 36 examples, texts and logos around the sample findings of `edition`.

use std::path::{Path, PathBuf};

use edition::{Edition, Logo};
use practices::Form;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo")
}

fn read(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).expect("the demo's files are part of the project")
}

/// The edition.
pub fn edition() -> Edition {
    let mut edition = edition::sample::edition();
    let practices: toml::Table = read("praxisbeispiele.toml").parse().expect("TOML");
    let pattern = edition.examples[0].clone();
    let lands = [
        "01", "03", "05", "06", "07", "08", "09", "12", "13", "14", "15", "16",
    ];
    edition.examples = practices["practice"]
        .as_array()
        .expect("a list")
        .iter()
        .enumerate()
        .map(|(index, practice)| {
            let mut practice = practice.as_table().expect("a table").clone();
            practice.remove("municipality_kind");
            let inhabitants = practice.remove("inhabitants").and_then(|n| n.as_integer());
            let form: Form = toml::Value::Table(practice).try_into().expect("a form");
            let mut example = pattern.clone();
            example.id = index as i64 + 1;
            example.municipality = format!("Musterkommune {}", index + 1);
            example.inhabitants = inhabitants.expect("a number") as u32;
            example.land = lands[index % lands.len()].to_owned();
            example.form = form;
            example
        })
        .collect();
    edition.foreword = read("texte/vorwort.md");
    edition.introduction = read("texte/einleitung.md");
    edition.method = read("texte/methode.md");
    for chapter in &mut edition.chapters {
        chapter.markdown = read(&format!("texte/{}.md", chapter.field));
        chapter.examples = edition
            .examples
            .iter()
            .filter(|example| example.form.field == chapter.field)
            .map(|example| example.id)
            .collect();
    }
    let logo = |name: &str, file: &str| Logo {
        name: name.to_owned(),
        svg: Some(read(&format!("logos/{file}.svg"))),
    };
    edition.publisher = logo("Institut für kommunales Lernen (erfunden)", "institut");
    edition.funder = logo("Stiftung Gemeinsam vor Ort (erfunden)", "stiftung");
    edition.supporters = vec![
        logo("Verband der Städte im Beispielland (erfunden)", "staedte"),
        logo("Landkreisbund Beispielland (erfunden)", "landkreise"),
    ];
    edition
}
