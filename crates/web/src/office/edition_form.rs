//! An edition's form: from the draft to fields, and back.

use std::collections::BTreeMap;

use edition::{ChapterText, Draft, Logo};
use jiff::civil::Date;
use practices::{Practice, State as Life};

use crate::frame::Ask;
use crate::practice::field;

/// Supporters that the form has room for.
const SUPPORTERS: usize = 6;

/// What was typed, by field.
pub(crate) type Typed = BTreeMap<String, String>;

/// A text with its place in the form.
pub(crate) struct TextView {
    pub name: String,
    pub label: String,
    pub value: String,
    pub faults: Vec<String>,
}

/// An organisation with its logo.
pub(crate) struct LogoView {
    pub name: String,
    pub label: String,
    pub value: String,
    pub svg: String,
}

/// An example that may be chosen; an empty place leaves it out.
pub(crate) struct ExampleView {
    pub name: String,
    pub label: String,
    pub place: String,
    pub released: bool,
}

/// A chapter's part of the form.
pub(crate) struct ChapterView {
    pub text: TextView,
    pub findings_name: String,
    pub findings: String,
    pub examples: Vec<ExampleView>,
    /// Hidden field that says which examples the page showed.
    pub shown_name: String,
    pub shown: String,
}

/// The name of a text for people.
pub(crate) fn label(ask: &Ask, name: &str) -> String {
    match name {
        "vorwort" => ask.t("web-office-edition-foreword"),
        "einleitung" => ask.t("web-office-edition-introduction"),
        "methode" => ask.t("web-office-edition-method"),
        "veraenderung" => ask.t("web-office-edition-change"),
        key => field(ask.lang, &practices::default_fields(), key),
    }
}

/// The organisations: publisher, funder, supporters.
pub(crate) fn logos(ask: &Ask, draft: &Draft) -> Vec<LogoView> {
    let view = |name: String, label: String, logo: Option<&Logo>| LogoView {
        name,
        label,
        value: logo.map(|l| l.name.clone()).unwrap_or_default(),
        svg: logo.and_then(|l| l.svg.clone()).unwrap_or_default(),
    };
    let mut all = vec![
        view(
            "publisher".into(),
            ask.t("web-office-edition-publisher"),
            Some(&draft.publisher),
        ),
        view(
            "funder".into(),
            ask.t("web-office-edition-funder"),
            Some(&draft.funder),
        ),
    ];
    let room = (draft.supporters.len() + 1).clamp(3, SUPPORTERS);
    for i in 0..room {
        let number = (i + 1).to_string();
        let label = ask.tv("web-office-edition-supporter", &[("number", &number)]);
        all.push(view(
            format!("supporter-{i}"),
            label,
            draft.supporters.get(i),
        ));
    }
    all
}

/// The chapters with the examples of their field: chosen ones in their order, then the others.
pub(crate) fn chapters(
    ask: &Ask,
    draft: &Draft,
    practices: &[Practice],
    faults: &BTreeMap<String, Vec<String>>,
) -> Vec<ChapterView> {
    let chapter = |chapter: &ChapterText| {
        let key = &chapter.field;
        let place = |id: i64| {
            chapter
                .examples
                .iter()
                .position(|e| *e == id)
                .map(|p| p + 1)
        };
        let usable = |p: &&Practice| p.form.field == *key && p.state != Life::Withdrawn;
        let mut examples: Vec<(Option<usize>, &Practice)> = practices
            .iter()
            .filter(usable)
            .map(|p| (place(p.id.0), p))
            .collect();
        examples.sort_by_key(|(place, p)| (place.unwrap_or(usize::MAX), p.id));
        let example = |(place, p): (Option<usize>, &Practice)| ExampleView {
            name: format!("beispiel-{}", p.id.0),
            label: p.form.title.clone(),
            place: place.map(|p| p.to_string()).unwrap_or_default(),
            released: matches!(p.state, Life::Released | Life::Published | Life::Faded),
        };
        let shown: Vec<String> = examples.iter().map(|(_, p)| p.id.0.to_string()).collect();
        ChapterView {
            shown_name: format!("beispiele-{key}"),
            shown: shown.join(" "),
            text: TextView {
                name: format!("kapitel-{key}"),
                label: field(ask.lang, &draft.fields, key),
                value: chapter.markdown.clone(),
                faults: faults.get(key).cloned().unwrap_or_default(),
            },
            findings_name: format!("ergebnisse-{key}"),
            findings: chapter.findings.join(", "),
            examples: examples.into_iter().map(example).collect(),
        }
    };
    draft.chapters.iter().map(chapter).collect()
}

/// The draft as it was typed; what the form does not show stays as it is.
/// `Err` names the date when it is none.
pub(crate) fn read(draft: &Draft, sent: &Typed) -> Result<Draft, String> {
    let text = |name: &str, before: &str| match sent.get(name) {
        Some(value) => value.replace("\r\n", "\n").trim().to_owned(),
        None => before.to_owned(),
    };
    let logo = |name: &str, before: Option<&Logo>| {
        let svg = text(
            &format!("{name}-svg"),
            before.and_then(|l| l.svg.as_deref()).unwrap_or_default(),
        );
        Logo {
            name: text(name, before.map_or("", |l| l.name.as_str())),
            svg: Some(svg).filter(|svg| svg.starts_with("<svg")),
        }
    };
    let date = text("date", &draft.date.to_string());
    let date: Date = date.parse().map_err(|_| date.clone())?;
    let supporters =
        (0..SUPPORTERS).map(|i| logo(&format!("supporter-{i}"), draft.supporters.get(i)));
    let chapter = |chapter: &ChapterText| {
        let key = &chapter.field;
        let findings = text(&format!("ergebnisse-{key}"), &chapter.findings.join(","));
        ChapterText {
            field: key.clone(),
            markdown: text(&format!("kapitel-{key}"), &chapter.markdown),
            findings: findings
                .split([',', '\n', ' '])
                .filter(|k| !k.is_empty())
                .map(str::to_owned)
                .collect(),
            examples: examples(chapter, sent),
        }
    };
    Ok(Draft {
        title: text("title", &draft.title),
        subtitle: text("subtitle", &draft.subtitle),
        date,
        publisher: logo("publisher", Some(&draft.publisher)),
        imprint: text("imprint", &draft.imprint.join("\n"))
            .lines()
            .map(str::to_owned)
            .collect(),
        funder: logo("funder", Some(&draft.funder)),
        supporters: supporters.filter(|s| !s.name.is_empty()).collect(),
        foreword: text("vorwort", &draft.foreword),
        introduction: text("einleitung", &draft.introduction),
        method: text("methode", &draft.method),
        change: text("veraenderung", &draft.change),
        compare_with: Some(text(
            "compare_with",
            draft.compare_with.as_deref().unwrap_or_default(),
        ))
        .filter(|wave| !wave.is_empty()),
        chapters: draft.chapters.iter().map(chapter).collect(),
        ..draft.clone()
    })
}

/// The chosen examples of a chapter by their places; equal places keep the order of their numbers.
fn examples(chapter: &ChapterText, sent: &Typed) -> Vec<i64> {
    let shown = format!("beispiele-{}", chapter.field);
    let Some(shown) = sent.get(&shown) else {
        return chapter.examples.clone();
    };
    let place = |id: i64| {
        sent.get(&format!("beispiel-{id}"))?
            .trim()
            .parse::<u32>()
            .ok()
    };
    let ids = shown.split(' ').filter_map(|id| id.parse::<i64>().ok());
    let mut chosen: Vec<(u32, i64)> = ids.filter_map(|id| Some((place(id)?, id))).collect();
    chosen.sort_unstable();
    chosen.into_iter().map(|(_, id)| id).collect()
}
