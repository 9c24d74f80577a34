//! Results: a page a theme, with sentence, chart and numbers of every question.

use askama::Template;
use findings::{Domain, Finding};
use questionnaire::{Page, Question};
use register::Population;

use super::frame::{Area, Frame, Site};
use super::parts::{self, Ids};
use super::{change, gaps};
use crate::data;
use crate::figures::Subject;
use crate::sentences;
use crate::tables;
use crate::translation::text;

#[derive(Template)]
#[template(path = "results.html")]
struct Results {
    frame: Frame,
    lead: String,
    /// Words of the link to what has changed.
    change: Option<String>,
    gaps: Option<String>,
    themes: Vec<ThemeLine>,
}

struct ThemeLine {
    file: String,
    title: String,
    /// Id, wording, sentence.
    questions: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "theme.html")]
struct ThemePage {
    frame: Frame,
    intro: Option<String>,
    questions: Vec<QuestionPart>,
    before: Option<(String, String)>,
    after: Option<(String, String)>,
}

struct QuestionPart {
    id: String,
    text: String,
    help: Option<String>,
    parts: Vec<PopulationPart>,
    csv: String,
    /// What has changed since an earlier wave, or why it is not compared, as HTML.
    change: Option<String>,
}

struct PopulationPart {
    title: String,
    figure: String,
    table: String,
}

/// The findings of one page of the questionnaire.
struct Theme<'a> {
    file: String,
    title: String,
    intro: Option<String>,
    findings: Vec<&'a Finding>,
}

pub(super) fn index(site: &Site<'_>) -> askama::Result<String> {
    let source = site.source();
    let themes = group(site)
        .into_iter()
        .map(|theme| ThemeLine {
            file: theme.file,
            title: theme.title,
            questions: theme
                .findings
                .iter()
                .map(|finding| {
                    let subject = Subject {
                        finding,
                        item: None,
                        population: Population::Municipalities,
                    };
                    let sentence = source.sentence(subject).map_or_else(
                        || sentences::held_back(site.lang, finding, Population::Municipalities),
                        |s| s.short,
                    );
                    (
                        anchor(finding),
                        tables::caption(site.lang, finding),
                        sentence,
                    )
                })
                .collect(),
        })
        .collect();
    let method = &site.edition.release.method;
    let all = crate::numbers::thousands(
        site.lang,
        (method.n_municipalities + method.n_counties).into(),
    );
    Results {
        frame: Frame {
            root: "../",
            ..site.frame(Area::Results, site.t("edition-site-results"))
        },
        lead: text(site.lang, "edition-site-results-lead", &[("n", &all)]),
        change: change::link(site),
        gaps: gaps::link(site),
        themes,
    }
    .render()
}

pub(super) fn themes(site: &Site<'_>) -> Vec<(String, askama::Result<String>)> {
    let themes = group(site);
    let link = |i: Option<usize>| {
        i.and_then(|i| themes.get(i))
            .map(|t| (t.file.clone(), t.title.clone()))
    };
    (0..themes.len())
        .map(|i| {
            let theme = &themes[i];
            let ids = Ids::default();
            let page = ThemePage {
                frame: site.frame_below(Area::Results, theme.title.clone(), Vec::new()),
                intro: theme.intro.clone(),
                questions: theme
                    .findings
                    .iter()
                    .map(|f| question(site, f, &ids))
                    .collect(),
                before: link(i.checked_sub(1)),
                after: link(Some(i + 1)),
            };
            (format!("ergebnisse/{}", theme.file), page.render())
        })
        .collect()
}

fn question(site: &Site<'_>, finding: &Finding, ids: &Ids) -> QuestionPart {
    let asked = asked(site, finding).and_then(|(_, q)| q.help.as_ref());
    let populations = Population::ALL
        .into_iter()
        .filter(|p| finding.rows.iter().any(|r| r.domain == Domain::All(*p)));
    let id = anchor(finding);
    let csv = data::file_name(finding);
    QuestionPart {
        text: tables::caption(site.lang, finding),
        help: asked.map(|h| h.get(site.lang).to_owned()),
        parts: populations
            .map(|population| {
                let subject = Subject {
                    finding,
                    item: None,
                    population,
                };
                PopulationPart {
                    title: sentences::domain_label(site.lang, Domain::All(population)),
                    figure: parts::figure(site, subject, true, ids),
                    table: parts::numbers(site, subject, ids),
                }
            })
            .collect(),
        csv,
        change: crate::change::below_question(site.lang, site.edition, &finding.key.0),
        id,
    }
}

/// Findings by theme, in the order of the questionnaire.
fn group<'a>(site: &Site<'a>) -> Vec<Theme<'a>> {
    let mut themes: Vec<Theme<'a>> = Vec::new();
    for finding in &site.edition.release.findings {
        let title = finding.theme.get(site.lang).to_owned();
        if let Some(theme) = themes.last_mut()
            && theme.title == title
        {
            theme.findings.push(finding);
            continue;
        }
        let page = asked(site, finding).map(|(page, _)| page);
        let name = page.map_or_else(|| slug(&title), |p| p.key.clone());
        themes.push(Theme {
            file: format!("{name}.html"),
            title,
            intro: None,
            findings: vec![finding],
        });
    }
    themes
}

/// Page and question of the questionnaire.
fn asked<'a>(site: &Site<'a>, finding: &Finding) -> Option<(&'a Page, &'a Question)> {
    let key = finding.key.0.as_str();
    let key = key
        .strip_suffix(findings::INHABITANTS_SUFFIX)
        .unwrap_or(key);
    site.questionnaire?.pages.iter().find_map(|page| {
        let question = page.questions.iter().find(|q| q.key == key)?;
        Some((page, question))
    })
}

fn anchor(finding: &Finding) -> String {
    finding.key.0.replace('.', "-")
}

/// A title as a file name.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.to_lowercase().chars() {
        match c {
            'ä' => slug.push_str("ae"),
            'ö' => slug.push_str("oe"),
            'ü' => slug.push_str("ue"),
            'ß' => slug.push_str("ss"),
            'a'..='z' | '0'..='9' => slug.push(c),
            _ if slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.trim_matches('-').to_owned()
}
