//! The demo's edition: the editors' texts from `demo/`.

use anyhow::Context;
use edition::sentences::Patterns;
use edition::{ChapterText, Draft, Logo};
use jiff::civil::Date;
use serde::Deserialize;

pub const INSTITUTE: &str = "Institut für kommunales Lernen (erfunden)";
pub const INSTITUTE_LOGO: &str = include_str!("../../../../demo/logos/institut.svg");
pub const FUNDER: &str = "Stiftung Gemeinsam vor Ort (erfunden)";
pub const FUNDER_LOGO: &str = include_str!("../../../../demo/logos/stiftung.svg");
pub const SUPPORTERS: [(&str, &str); 2] = [
    (
        "Verband der Städte im Beispielland (erfunden)",
        include_str!("../../../../demo/logos/staedte.svg"),
    ),
    (
        "Landkreisbund Beispielland (erfunden)",
        include_str!("../../../../demo/logos/landkreise.svg"),
    ),
];

const FILE: &str = include_str!("../../../../demo/ausgabe.toml");
const AGAIN: &str = include_str!("../../../../demo/ausgabe-2016-2.toml");
const FOREWORD_AGAIN: &str = include_str!("../../../../demo/texte-2016-2/vorwort.md");
const INTRODUCTION_AGAIN: &str = include_str!("../../../../demo/texte-2016-2/einleitung.md");
const CHANGE_AGAIN: &str = include_str!("../../../../demo/texte-2016-2/veraenderung.md");
const FOREWORD: &str = include_str!("../../../../demo/texte/vorwort.md");
const INTRODUCTION: &str = include_str!("../../../../demo/texte/einleitung.md");
const METHOD: &str = include_str!("../../../../demo/texte/methode.md");
const CHAPTERS: [(&str, &str); 6] = [
    ("sprache", include_str!("../../../../demo/texte/sprache.md")),
    ("bildung", include_str!("../../../../demo/texte/bildung.md")),
    (
        "engagement",
        include_str!("../../../../demo/texte/engagement.md"),
    ),
    (
        "begegnung",
        include_str!("../../../../demo/texte/begegnung.md"),
    ),
    ("wohnen", include_str!("../../../../demo/texte/wohnen.md")),
    ("arbeit", include_str!("../../../../demo/texte/arbeit.md")),
];

#[derive(Debug, Deserialize)]
struct File {
    key: String,
    title: String,
    subtitle: String,
    date: String,
    imprint: Vec<String>,
    chapter: Vec<Chapter>,
    #[serde(default)]
    sentences: Patterns,
}

/// What the second edition says otherwise.
#[derive(Debug, Deserialize)]
struct FileAgain {
    key: String,
    compare_with: String,
    title: String,
    subtitle: String,
    date: String,
    sentences: Patterns,
}

#[derive(Debug, Deserialize)]
struct Chapter {
    field: String,
    findings: Vec<String>,
}

/// The draft, with these examples (field of action and number) in their order.
pub fn draft(wave: &str, examples: Vec<(String, i64)>) -> anyhow::Result<Draft> {
    let file: File = toml::from_str(FILE).context("demo/ausgabe.toml")?;
    let date: Date = file.date.parse().context("demo/ausgabe.toml: date")?;
    let logo = |name: &str, svg: &str| Logo {
        name: name.to_owned(),
        svg: Some(svg.to_owned()),
    };
    let chapters = file
        .chapter
        .into_iter()
        .map(|chapter| {
            let (_, markdown) = CHAPTERS
                .into_iter()
                .find(|(field, _)| *field == chapter.field)
                .with_context(|| {
                    format!(
                        "demo/ausgabe.toml: there is no text for the field {}",
                        chapter.field
                    )
                })?;
            let chosen = examples
                .iter()
                .filter(|(field, _)| *field == chapter.field)
                .map(|(_, id)| *id)
                .collect();
            Ok(ChapterText {
                field: chapter.field,
                markdown: markdown.to_owned(),
                findings: chapter.findings,
                examples: chosen,
            })
        })
        .collect::<anyhow::Result<_>>()?;
    Ok(Draft {
        key: file.key,
        wave: wave.to_owned(),
        title: file.title,
        subtitle: file.subtitle,
        date,
        publisher: logo(INSTITUTE, INSTITUTE_LOGO),
        imprint: file.imprint,
        funder: logo(FUNDER, FUNDER_LOGO),
        supporters: SUPPORTERS
            .into_iter()
            .map(|(name, svg)| logo(name, svg))
            .collect(),
        foreword: FOREWORD.to_owned(),
        introduction: INTRODUCTION.to_owned(),
        method: METHOD.to_owned(),
        fields: practices::default_fields(),
        chapters,
        compare_with: None,
        change: String::new(),
        sentences: file.sentences,
    })
}

/// The draft of the second edition, which compares both waves; what its file leaves out is as in the first.
pub fn draft_again(wave: &str, examples: Vec<(String, i64)>) -> anyhow::Result<Draft> {
    let file: FileAgain = toml::from_str(AGAIN).context("demo/ausgabe-2016-2.toml")?;
    let first = draft(wave, examples)?;
    let mut sentences = first.sentences.clone();
    sentences.extend(file.sentences);
    Ok(Draft {
        key: file.key,
        title: file.title,
        subtitle: file.subtitle,
        date: file
            .date
            .parse()
            .context("demo/ausgabe-2016-2.toml: date")?,
        foreword: FOREWORD_AGAIN.to_owned(),
        introduction: INTRODUCTION_AGAIN.to_owned(),
        compare_with: Some(file.compare_with),
        change: CHANGE_AGAIN.to_owned(),
        sentences,
        ..first
    })
}
