//! Writes a sheet, the demo's questionnaire and a small handbook to a folder, to look at them.
//!
//! `cargo run --release -p handbook --example look -- FOLDER`

#[path = "../tests/demo/mod.rs"]
mod demo;

use std::path::PathBuf;
use std::time::Instant;

use handbook::{QuestionnaireCover, render_feedback_sheet, render_handbook, render_questionnaire};
use jiff::civil::date;
use questionnaire::{Lang, Questionnaire};

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).expect("a folder to write to"));
    let write = |name: &str, bytes: Vec<u8>, start: Instant| {
        println!("{name}: {} bytes, {:.3?}", bytes.len(), start.elapsed());
        std::fs::write(folder.join(name), bytes).expect("the folder can be written to");
    };
    for round in ["erst", "dann"] {
        println!("{round}:");
        let start = Instant::now();
        match render_feedback_sheet(&handbook::sample::sheet(), Lang::De) {
            Ok(bytes) => write("vergleichsblatt.pdf", bytes, start),
            Err(error) => println!("{error}"),
        }
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/fragebogen.yaml");
    let source = std::fs::read_to_string(file).expect("the demo's questionnaire");
    let questionnaire = Questionnaire::read(&source, file).expect("it is faultless");
    let cover = QuestionnaireCover {
        title: "Aufnahme und Integration in den Kommunen".to_owned(),
        institute: "Institut für kommunales Lernen (erfunden)".to_owned(),
        purpose: "Wir möchten wissen, wie Kommunen Geflüchtete aufnehmen und was ihnen dabei hilft.\n\n\
                  Aus den Antworten entsteht eine Handreichung mit Beispielen, aus denen andere lernen können."
            .to_owned(),
        until: date(2016, 3, 5),
        contact: "befragung@institut.example, 030 0000000".to_owned(),
        synthetic: true,
    };
    for (lang, name) in [
        (Lang::De, "fragebogen.pdf"),
        (Lang::En, "questionnaire.pdf"),
    ] {
        let start = Instant::now();
        match render_questionnaire(&questionnaire, &cover, lang) {
            Ok(bytes) => write(name, bytes, start),
            Err(error) => println!("{error}"),
        }
    }
    let start = Instant::now();
    match render_handbook(&demo::edition()) {
        Ok(bytes) => write("handreichung.pdf", bytes, start),
        Err(error) => println!("{error}"),
    }
}
