//! Start, method, download and imprint.

use askama::Template;
use register::Population;

use super::frame::{Area, Frame, Site};
use super::parts::{self, Ids};
use crate::charts::Medium;
use crate::document::{Fact, MethodPart, facts, method_parts};
use crate::tables;
use crate::translation::text;
use crate::{Logo, data, numbers};

use super::{change, examples};

#[derive(Template)]
#[template(path = "start.html")]
struct Start<'a> {
    frame: Frame,
    wave: String,
    period: String,
    subtitle: String,
    pdf: String,
    facts: Vec<Fact>,
    introduction: String,
    /// Words of the link to what has changed.
    change: Option<String>,
    fields: Vec<FieldCard>,
    organisations: Vec<(String, Vec<&'a Logo>)>,
}

struct FieldCard {
    file: String,
    title: String,
    sentence: String,
    count: String,
}

#[derive(Template)]
#[template(path = "method.html")]
struct Method {
    frame: Frame,
    parts: Vec<MethodPart>,
    text: String,
}

#[derive(Template)]
#[template(path = "download.html")]
struct Download {
    frame: Frame,
    pdf: String,
    /// File and question.
    files: Vec<(String, String)>,
    /// Whether there are files on the change.
    change: bool,
}

#[derive(Template)]
#[template(path = "imprint.html")]
struct Imprint {
    frame: Frame,
    lines: Vec<String>,
    funder: String,
    supporters: Vec<String>,
    source: String,
}

pub(super) fn start(site: &Site<'_>) -> askama::Result<String> {
    let edition = site.edition;
    let release = &edition.release;
    let source = site.source();
    let fields = edition
        .chapters
        .iter()
        .map(|chapter| {
            let sentence = chapter
                .findings
                .iter()
                .filter_map(|key| source.subject(key, Population::Municipalities).ok())
                .find_map(|subject| source.sentence(subject));
            let count = chapter.examples.len().to_string();
            FieldCard {
                file: examples::file(chapter),
                title: examples::title(site, chapter),
                sentence: sentence.map(|s| s.text).unwrap_or_default(),
                count: text(
                    site.lang,
                    "edition-site-count-examples",
                    &[("count", &count)],
                ),
            }
        })
        .collect();
    let mut organisations = vec![(site.t("edition-site-publisher"), vec![&edition.publisher])];
    if !edition.funder.name.is_empty() {
        organisations.push((site.t("edition-site-funder"), vec![&edition.funder]));
    }
    if !edition.supporters.is_empty() {
        organisations.push((
            site.t("edition-site-supporters"),
            edition.supporters.iter().collect(),
        ));
    }
    Start {
        frame: site.frame(Area::Start, site.t("edition-site-start")),
        wave: release.title.get(site.lang).to_owned(),
        period: numbers::period(site.lang, release.field_period),
        subtitle: edition.subtitle.clone(),
        pdf: site.pdf_label(),
        facts: facts(site.lang, edition),
        introduction: parts::markdown(site, &edition.introduction, 0, &Ids::default()),
        change: change::link(site),
        fields,
        organisations,
    }
    .render()
}

pub(super) fn method(site: &Site<'_>) -> askama::Result<String> {
    Method {
        frame: site.frame(Area::Method, site.t("edition-site-method")),
        parts: method_parts(site.lang, &site.edition.release, Medium::Screen),
        text: parts::markdown(site, &site.edition.method, 1, &Ids::default()),
    }
    .render()
}

pub(super) fn download(site: &Site<'_>) -> askama::Result<String> {
    let findings = &site.edition.release.findings;
    let kept = site.edition.release.kept.iter();
    Download {
        frame: site.frame(Area::Download, site.t("edition-site-download")),
        pdf: site.pdf_label(),
        change: site.edition.change.is_some(),
        files: findings
            .iter()
            .map(|f| (data::file_name(f), tables::caption(site.lang, f)))
            .chain(kept.map(|k| (data::kept_file_name(k), k.title.clone())))
            .collect(),
    }
    .render()
}

pub(super) fn imprint(site: &Site<'_>) -> askama::Result<String> {
    let edition = site.edition;
    let release = &edition.release;
    let values = [
        ("wave", release.title.get(site.lang).to_owned()),
        ("period", numbers::period(site.lang, release.field_period)),
        ("frozen", numbers::date(site.lang, release.frozen)),
        ("date", numbers::date(site.lang, edition.date)),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
    Imprint {
        frame: site.frame(Area::Imprint, site.t("edition-site-imprint")),
        lines: edition.imprint.clone(),
        funder: edition.funder.name.clone(),
        supporters: edition.supporters.iter().map(|s| s.name.clone()).collect(),
        source: text(site.lang, "edition-site-source-text", &values),
    }
    .render()
}
