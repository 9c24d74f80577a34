//! A published example as everybody sees it, and small parts of it in words.

use practices::{
    Answer, Attachment, CodeKind, FieldOfAction, LICENCES, Publication, PublishedExample, TakenUp,
    chain,
};
use questionnaire::Lang;
use register::Municipality;

use crate::State;
use crate::error::PageError;
use crate::frame::Ask;
use crate::practice::{ANSWERS, EVIDENCE, MODES, Part, parts, place, unit, word};

/// Parts that are told in paragraphs.
const STORY: [&str; 7] = [
    "problem",
    "steps",
    "result",
    "obstacle",
    "helped",
    "requires",
    "differently",
];

/// A link or a file of the example.
pub(crate) struct Way {
    pub href: String,
    pub label: String,
}

/// A picture of the example.
pub(crate) struct PictureView {
    pub href: String,
    pub alternative: String,
    pub rights: String,
}

/// A link of the chain of those who took it up.
pub(crate) struct ChainView {
    pub depth: usize,
    pub place: String,
    pub href: String,
    pub running: String,
    pub changed: String,
    pub advice: String,
}

/// A published wording with what stands around it.
pub(crate) struct Shown {
    pub title: String,
    pub place: String,
    /// What the register says of its municipality; empty where nobody knows it.
    pub place_line: String,
    /// Address of its municipality's profile.
    pub place_href: String,
    /// The one sentence that says it.
    pub sentence: String,
    /// What is told: the problem, the steps, the result, the obstacle, what it takes.
    pub story: Vec<Part>,
    /// What places it: kind, cost, staff and the like.
    pub parts: Vec<Part>,
    /// The first axis of honesty: how the result is known.
    pub evidence: String,
    /// The second: how often it was taken up.
    pub taken_up: String,
    pub confirmed: String,
    /// What the owner last said, where it is more than "runs".
    pub said: Option<String>,
    /// Why readers should be careful: faded, or ended.
    pub warning: Option<String>,
    pub chain: Vec<ChainView>,
    pub links: Vec<Way>,
    pub files: Vec<Way>,
    pub pictures: Vec<PictureView>,
    pub licence: String,
    pub cite: String,
    pub versions: Vec<Way>,
    pub ask_href: String,
    pub also_href: String,
}

/// "Beschlussvorlage (PDF, 120 kB)"
pub(crate) fn file_line(ask: &Ask, file: &Attachment) -> String {
    let size = file.bytes.div_ceil(1024).to_string();
    let values = [
        ("name", file.name.as_str()),
        ("kind", &file.kind.ending().to_uppercase()),
        ("size", &size),
    ];
    ask.tv("web-practice-file", &values)
}

/// How often an example was taken up, in words.
pub(crate) fn taken_up(ask: &Ask, count: usize) -> String {
    let number = count.to_string();
    match TakenUp::of(count) {
        TakenUp::NotYet => ask.t("web-practice-taken-up-not-yet"),
        TakenUp::Once => ask.t("web-practice-taken-up-once"),
        TakenUp::Several => ask.tv("web-practice-taken-up-several", &[("count", &number)]),
        TakenUp::Often => ask.tv("web-practice-taken-up-often", &[("count", &number)]),
    }
}

/// The name of conditions of use.
pub(crate) fn licence(key: &str) -> &str {
    let known = LICENCES.iter().find(|(k, _)| *k == key);
    known.map_or(key, |(_, name)| name)
}

/// Kind of a code in words.
pub(crate) fn code_kind(ask: &Ask, kind: CodeKind) -> String {
    match kind {
        CodeKind::Success => ask.t("web-practice-code-success"),
        CodeKind::Obstacle => ask.t("web-practice-code-obstacle"),
        CodeKind::Prerequisite => ask.t("web-practice-code-prerequisite"),
    }
}

/// "Stadt, Hessen, 12 300 Einwohner"
fn place_line(ask: &Ask, unit: &Municipality) -> String {
    let kind = match ask.lang {
        Lang::De => unit.kind.german(),
        Lang::En => unit.kind.english(),
    };
    let land = edition::charts::land_name(ask.lang, unit.land);
    let count = edition::numbers::thousands(ask.lang, unit.inhabitants.into());
    let values = [("kind", kind), ("land", land), ("count", count.as_str())];
    ask.tv("web-place-line", &values)
}

/// An example with one of its published wordings as the page shows it.
pub(crate) async fn shown(
    state: &State,
    ask: &Ask,
    fields: &[FieldOfAction],
    example: &PublishedExample,
    publication: &Publication,
) -> Result<Shown, PageError> {
    let id = example.id.0;
    let form = &publication.form;
    let place_of = unit(state, &example.municipality, &example.wave).await?;
    let place_line = place_of.as_ref().map(|unit| place_line(ask, unit));
    let place_name = place_of.map_or_else(|| example.municipality.to_string(), |unit| unit.name);
    let mut links_of = Vec::new();
    for (depth, t) in chain(&example.take_ups) {
        let mode = ask.t(&format!(
            "web-practice-mode-{}",
            word(&MODES, t.form.running.mode)
        ));
        let year = t.form.running.since.to_string();
        links_of.push(ChainView {
            depth,
            href: crate::place::href_of_key(ask, t.municipality.as_str()),
            place: place(state, &t.municipality, &example.wave).await?,
            running: ask.tv("web-practice-since", &[("mode", &mode), ("year", &year)]),
            changed: t.form.changed.clone(),
            advice: t.form.advice.clone(),
        });
    }
    let said = example.confirmation.as_ref();
    let ended = said.is_some_and(|s| s.answer == Answer::Ended);
    let said_words = said.filter(|s| s.answer != Answer::Runs).map(|s| {
        let word = ask.t(&format!("web-practice-answer-{}", word(&ANSWERS, s.answer)));
        if s.note.is_empty() {
            word
        } else {
            format!("{word}: {}", s.note)
        }
    });
    let faded = example
        .faded
        .map(|day| ask.tv("web-practice-faded-since", &[("day", &ask.date(day))]));
    let file = |a: &Attachment| format!("/beispiele/{id}/dateien/{}", a.file);
    let number = publication.number.to_string();
    let address = format!("{}/beispiele/{id}/fassung/{number}", state.base_url);
    let values = [
        ("place", place_name.as_str()),
        ("title", &form.title),
        ("number", &number),
        ("day", &ask.date(publication.published)),
        ("address", &address),
    ];
    let hidden = ["links", "files", "mailbox", "evidence", "sentence"];
    let hidden = hidden.map(|k| crate::practice::label(ask, k));
    let mut wording = parts(ask, fields, form);
    wording.retain(|p| !hidden.contains(&p.label));
    let told = STORY.map(|k| crate::practice::label(ask, k));
    let story = wording.extract_if(.., |p| told.contains(&p.label));
    let story: Vec<Part> = story.collect();
    let mut numbers: Vec<(u32, jiff::civil::Date)> = example.earlier.clone();
    numbers.push((example.publication.number, example.publication.published));
    Ok(Shown {
        title: form.title.clone(),
        sentence: form.sentence.trim().to_owned(),
        story,
        parts: wording,
        evidence: ask.t(&format!(
            "web-practice-evidence-{}",
            word(&EVIDENCE, form.evidence)
        )),
        taken_up: taken_up(ask, example.take_ups.len()),
        confirmed: ask.date(example.confirmed),
        warning: if ended { said_words.clone() } else { faded },
        said: said_words.filter(|_| !ended),
        chain: links_of,
        links: form
            .links
            .iter()
            .map(|l| Way {
                href: l.url.clone(),
                label: l.title.clone(),
            })
            .collect(),
        files: form
            .attachments
            .iter()
            .filter(|a| !a.kind.is_picture())
            .map(|a| Way {
                href: file(a),
                label: file_line(ask, a),
            })
            .collect(),
        pictures: form
            .attachments
            .iter()
            .filter(|a| a.kind.is_picture())
            .map(|a| PictureView {
                href: file(a),
                alternative: a.alternative.clone(),
                rights: a.rights.clone(),
            })
            .collect(),
        licence: licence(&publication.licence).to_owned(),
        cite: ask.tv("web-practice-cite", &values),
        versions: numbers
            .into_iter()
            .filter(|(n, _)| *n != publication.number)
            .map(|(n, day)| {
                let values = [("number", n.to_string()), ("day", ask.date(day))];
                let values = values.each_ref().map(|(k, v)| (*k, v.as_str()));
                Way {
                    href: ask.to(&format!("/beispiele/{id}/fassung/{n}")),
                    label: ask.tv("web-practice-version-of", &values),
                }
            })
            .collect(),
        ask_href: ask.to(&format!("/beispiele/{id}/frage")),
        also_href: ask.to(&format!("/beispiele/{id}/auch")),
        place_href: crate::place::href_of_key(ask, example.municipality.as_str()),
        place_line: place_line.unwrap_or_default(),
        place: place_name,
    })
}
