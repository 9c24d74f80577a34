//! The sample edition's site and data in a folder, to be looked at: `cargo run -p edition --example write_site DIR`.

use std::fs;
use std::path::Path;

use questionnaire::Questionnaire;

fn main() {
    let folder = std::env::args().nth(1).expect("a folder is named");
    let edition = edition::sample::edition();
    let source = include_str!("../../../demo/fragebogen.yaml");
    let questionnaire = Questionnaire::read(source, "demo/fragebogen.yaml")
        .expect("the demo's questionnaire has no fault");
    let site = edition::site::write(&edition, &questionnaire, 3_100_000)
        .expect("the sample can be written");
    let data = edition::data::write(&edition, "").expect("the sample can be written");
    let all = site
        .into_iter()
        .map(|(path, bytes)| (format!("site/{path}"), bytes))
        .chain(
            data.into_iter()
                .map(|(path, bytes)| (format!("data/{path}"), bytes)),
        );
    for (path, bytes) in all {
        let path = Path::new(&folder).join(path);
        let parent = path.parent().expect("a file has a folder");
        fs::create_dir_all(parent).expect("the folder can be made");
        fs::write(path, bytes).expect("the file can be written");
    }
}
