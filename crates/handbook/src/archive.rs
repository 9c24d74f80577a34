//! What an archive takes beside the data: the codebook and the methods report.

use ::questionnaire::{Lang, Question, Questionnaire};
use edition::charts::Medium;
use edition::document::{MethodPart, RowGroup, Table, method_parts};
use edition::numbers;
use edition::translation::text;
use findings::Release;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::RenderError;
use crate::render::render;
use crate::words::{tag, words};

/// What stands on the first page of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveCover {
    /// Title of the wave.
    pub title: String,
    /// Its name.
    pub wave: String,
    /// Who asked.
    pub institute: String,
    /// Who paid.
    pub funder: String,
    /// Who supported.
    pub supporters: Vec<String>,
    /// Mail address for questions.
    pub contact: String,
    /// The list of municipalities, as its import named it.
    pub register: String,
    /// Day on which the dataset was frozen: the date of both documents.
    pub frozen: Date,
    /// Made-up data.
    pub synthetic: bool,
}

/// Invitations that went out by one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelRow {
    /// Name of the channel.
    pub channel: String,
    /// Units invited.
    pub invited: u32,
    /// Units that opened their link.
    pub opened: u32,
    /// Units that count.
    pub counted: u32,
}

impl ChannelRow {
    /// A channel without invitations.
    pub fn new(channel: &str) -> Self {
        Self {
            channel: channel.to_owned(),
            invited: 0,
            opened: 0,
            counted: 0,
        }
    }
}

/// The settings and counts of a wave that its release does not carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Methods {
    /// Why the municipalities were asked; paragraphs separated by an empty line.
    pub purpose: String,
    /// Minutes that answering takes, as announced.
    pub minutes: (u32, u32),
    /// Version of the questionnaire.
    pub questionnaire_version: u32,
    /// Questions and pages.
    pub questions: usize,
    /// See `questions`.
    pub pages: usize,
    /// Units of the register, municipalities and counties.
    pub populations: (usize, usize),
    /// Invitations by channel.
    pub channels: Vec<ChannelRow>,
    /// Rows of the dataset.
    pub rows: usize,
    /// Rows that stand for nobody.
    pub apart: usize,
    /// Columns of the files.
    pub columns: usize,
    /// Columns of the design: name and what it is.
    pub design: Vec<(String, String)>,
    /// Whether the Land group is among them.
    pub land_group: bool,
    /// Whether the number of inhabitants is.
    pub inhabitants: bool,
    /// Fewest units of the register that share what a row's design columns say, weights apart.
    pub fewest_alike: usize,
}

/// The codebook as PDF/UA-1. `codebook` is the value of the codebook's JSON file, format 1.
pub fn render_codebook(
    codebook: &Value,
    questionnaire: &Questionnaire,
    cover: &ArchiveCover,
    lang: Lang,
) -> Result<Vec<u8>, RenderError> {
    let none = Vec::new();
    let fields = codebook["fields"].as_array().unwrap_or(&none);
    let design: Vec<Value> = fields
        .iter()
        .filter(|field| field["design"] == json!(true))
        .map(|field| design_value(field, lang))
        .collect();
    let pages: Vec<Value> = questionnaire
        .pages
        .iter()
        .map(|page| {
            let questions = page.questions.iter();
            let questions: Vec<Value> = questions
                .filter_map(|question| question_value(question, fields, lang))
                .collect();
            json!({ "title": page.title.get(lang), "questions": questions })
        })
        .filter(|page| page["questions"] != json!([]))
        .collect();
    let mut value = head(cover, "codebook", lang);
    value["design"] = json!(design);
    value["pages"] = json!(pages);
    value["rows"] = json!(count(lang, codebook["rows"].as_u64().unwrap_or(0)));
    value["columns"] = json!(count(lang, fields.len() as u64));
    let identifier = format!("codebook/{}/{}", cover.wave, tag(lang));
    render("codebook.typ", &value, cover.frozen, &identifier)
}

/// The methods report as PDF/UA-1: what was asked, by whom, who answered, how weights were made and what they assume,
/// what the files hold. Its figures are those of the wave's settings and of its release.
pub fn render_methods(
    methods: &Methods,
    release: &Release,
    cover: &ArchiveCover,
    lang: Lang,
) -> Result<Vec<u8>, RenderError> {
    let mut parts = vec![study(methods, release, cover, lang)];
    parts.extend(method_parts(lang, release, Medium::Print));
    if let Some(part) = parts.iter_mut().find(|part| part.key == "ruecklauf") {
        let counted = ["1", "2"].map(|n| text(lang, &format!("archive-methods-counted-{n}"), &[]));
        part.paragraphs.extend(counted);
        part.tables.push(channels(&methods.channels, lang));
    }
    parts.push(files(methods, lang));
    let mut value = head(cover, "methods", lang);
    value["parts"] = json!(parts);
    let identifier = format!("methods/{}/{}", cover.wave, tag(lang));
    render("methods.typ", &value, cover.frozen, &identifier)
}

fn count(lang: Lang, n: u64) -> String {
    numbers::thousands(lang, i64::try_from(n).unwrap_or(i64::MAX))
}

/// What both documents begin with.
fn head(cover: &ArchiveCover, document: &str, lang: Lang) -> Value {
    json!({
        "lang": tag(lang),
        "words": words(lang),
        "document": text(lang, &format!("archive-{document}-document"), &[]),
        "title": cover.title,
        "institute": cover.institute,
        "contact": cover.contact,
        "wave": cover.wave,
        "date": numbers::date(lang, cover.frozen),
        "synthetic": cover.synthetic,
    })
}

/// The wording of a JSON text in `lang`.
fn wording(value: &Value, lang: Lang) -> &str {
    value[tag(lang)].as_str().unwrap_or_default()
}

fn design_value(field: &Value, lang: Lang) -> Value {
    json!({
        "column": field["column"],
        "sav_name": field["sav_name"],
        "text": wording(&field["text"], lang),
        "values": values(field, lang),
    })
}

/// Values that are answers, not missing ones.
fn values(field: &Value, lang: Lang) -> Vec<Value> {
    let values = field["values"].as_array().into_iter().flatten();
    let plain = |value: &Value| match value {
        Value::String(word) => word.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    values
        .filter(|value| value["missing"] != json!(true))
        .map(|value| {
            json!({
                "value": plain(&value["value"]),
                "sav_value": plain(&value["sav_value"]),
                "label": wording(&value["label"], lang),
            })
        })
        .collect()
}

/// One question with its columns; `None` where it has none.
fn question_value(question: &Question, fields: &[Value], lang: Lang) -> Option<Value> {
    let own: Vec<&Value> = fields
        .iter()
        .filter(|field| field["question"] == json!(question.key))
        .collect();
    let first = own.first()?;
    let columns: Vec<Value> = own
        .iter()
        .map(|field| {
            json!({
                "column": field["column"],
                "sav_name": field["sav_name"],
                "item": if field["item"].is_null() { "" } else { wording(&field["item"], lang) },
            })
        })
        .collect();
    let kind = match first["type"].as_str() {
        Some("coded") if question.ordered() => "scale",
        Some(kind @ ("coded" | "flag" | "number")) => kind,
        _ => "text",
    };
    Some(json!({
        "number": question.number,
        "text": question.text.get(lang).trim(),
        "kind": text(lang, &format!("archive-codebook-kind-{kind}"), &[]),
        "unit": wording(&first["unit"], lang),
        "filter": question.show_if.is_some(),
        "columns": columns,
        "values": values(first, lang),
    }))
}

/// Who asked whom, when and how, as one table.
fn study(methods: &Methods, release: &Release, cover: &ArchiveCover, lang: Lang) -> MethodPart {
    let word = |key: &str, values: &[(&str, &str)]| text(lang, key, values);
    let (from, to) = methods.minutes;
    let (municipalities, counties) = methods.populations;
    let plain = |n: usize| count(lang, n as u64);
    let mut rows = vec![("institute", cover.institute.clone())];
    if !cover.funder.is_empty() {
        rows.push(("funder", cover.funder.clone()));
    }
    if !cover.supporters.is_empty() {
        rows.push(("supporters", numbers::list(lang, &cover.supporters)));
    }
    rows.extend([
        ("contact", cover.contact.clone()),
        ("period", numbers::period(lang, release.field_period)),
        ("mode", word("archive-methods-mode", &[])),
        (
            "questionnaire",
            word(
                "archive-methods-questionnaire",
                &[
                    ("version", &methods.questionnaire_version.to_string()),
                    ("questions", &plain(methods.questions)),
                    ("pages", &plain(methods.pages)),
                    ("from", &from.to_string()),
                    ("to", &to.to_string()),
                ],
            ),
        ),
        (
            "population",
            word(
                "archive-methods-population",
                &[
                    ("municipalities", &plain(municipalities)),
                    ("counties", &plain(counties)),
                ],
            ),
        ),
        ("register", cover.register.clone()),
        ("selection", word("archive-methods-selection", &[])),
        ("frozen", numbers::date(lang, release.frozen)),
    ]);
    let rows = rows
        .into_iter()
        .map(|(key, value)| vec![word(&format!("archive-methods-row-{key}"), &[]), value])
        .collect();
    let purpose = methods.purpose.split("\n\n").map(|p| p.trim().to_owned());
    MethodPart {
        key: "anlage".to_owned(),
        title: word("archive-methods-title-study", &[]),
        paragraphs: purpose.collect(),
        points: Vec::new(),
        tables: vec![table(
            "anlage",
            word("archive-methods-study", &[]),
            [
                word("archive-methods-what", &[]),
                word("archive-methods-setting", &[]),
            ]
            .to_vec(),
            rows,
        )],
        charts: Vec::new(),
    }
}

fn channels(channels: &[ChannelRow], lang: Lang) -> Table {
    let word = |key: &str| text(lang, key, &[]);
    let rows = channels
        .iter()
        .map(|row| {
            let name = if row.channel.is_empty() {
                word("archive-methods-channel-none")
            } else {
                row.channel.clone()
            };
            let plain = |n: u32| count(lang, n.into());
            vec![
                name,
                plain(row.invited),
                plain(row.opened),
                plain(row.counted),
            ]
        })
        .collect();
    let heads = ["channel", "invited", "opened", "counted"];
    table(
        "wege",
        word("archive-methods-channels"),
        heads
            .map(|head| word(&format!("archive-methods-head-{head}")))
            .to_vec(),
        rows,
    )
}

/// What the files hold, and what not.
fn files(methods: &Methods, lang: Lang) -> MethodPart {
    let word = |key: &str, values: &[(&str, &str)]| text(lang, key, values);
    let plain = |n: usize| count(lang, n as u64);
    let mut paragraphs = vec![word(
        "archive-methods-files",
        &[
            ("rows", &plain(methods.rows)),
            ("columns", &plain(methods.columns)),
        ],
    )];
    if methods.apart > 0 {
        let apart = plain(methods.apart);
        paragraphs.push(word("archive-methods-apart", &[("apart", &apart)]));
    }
    let mut points: Vec<String> = ["missing", "without", "texts", "variance"]
        .map(|key| word(&format!("archive-methods-point-{key}"), &[]))
        .to_vec();
    let alike = plain(methods.fewest_alike);
    let risk = match (methods.inhabitants, methods.land_group) {
        (true, _) => "house",
        (false, true) => "land",
        (false, false) => "no-land",
    };
    points.push(word(
        &format!("archive-methods-risk-{risk}"),
        &[("alike", &alike)],
    ));
    let rows = methods
        .design
        .iter()
        .map(|(name, what)| vec![name.clone(), what.clone()])
        .collect();
    MethodPart {
        key: "dateien".to_owned(),
        title: word("archive-methods-title-files", &[]),
        paragraphs,
        points,
        tables: vec![table(
            "spalten",
            word("archive-methods-columns", &[]),
            [
                word("archive-codebook-column", &[]),
                word("archive-codebook-meaning", &[]),
            ]
            .to_vec(),
            rows,
        )],
        charts: Vec::new(),
    }
}

fn table(id: &str, caption: String, columns: Vec<String>, rows: Vec<Vec<String>>) -> Table {
    Table {
        id: id.to_owned(),
        caption,
        base: String::new(),
        columns,
        groups: vec![RowGroup {
            title: String::new(),
            rows,
        }],
        notes: Vec::new(),
    }
}
